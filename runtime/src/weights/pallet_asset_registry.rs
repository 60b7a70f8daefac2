// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

#![allow(missing_docs)]

use core::marker::PhantomData;
use frame_support::weights::Weight;

pub struct WeightInfo<T>(PhantomData<T>);
impl<T> pallet_asset_registry::WeightInfo for WeightInfo<T> {
	fn register() -> Weight {
		Weight::from_parts(300_000_000, 0)
	}
	fn set_reserve() -> Weight {
		Weight::from_parts(300_000_000, 0)
	}
	fn set_status() -> Weight {
		Weight::from_parts(300_000_000, 0)
	}
	fn set_trust() -> Weight {
		Weight::from_parts(300_000_000, 0)
	}
	fn set_class_cap() -> Weight {
		Weight::from_parts(300_000_000, 0)
	}
	fn ensure_allowed() -> Weight {
		Weight::from_parts(300_000_000, 0)
	}
}
