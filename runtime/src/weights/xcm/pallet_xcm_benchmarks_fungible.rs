// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

#![allow(missing_docs)]

use core::marker::PhantomData;
use frame_support::weights::Weight;

pub struct WeightInfo<T>(PhantomData<T>);
impl<T> WeightInfo<T> {
	pub fn withdraw_asset() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn transfer_asset() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn transfer_reserve_asset() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn reserve_asset_deposited() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn initiate_reserve_withdraw() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn receive_teleported_asset() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn deposit_asset() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn deposit_reserve_asset() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn initiate_teleport() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn initiate_transfer() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
}
