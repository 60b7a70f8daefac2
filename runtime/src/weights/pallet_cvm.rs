// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

#![allow(missing_docs)]

use core::marker::PhantomData;
use frame_support::weights::Weight;

pub struct WeightInfo<T>(PhantomData<T>);
impl<T> pallet_cvm::WeightInfo for WeightInfo<T> {
	fn execute() -> Weight {
		Weight::from_parts(300_000_000, 0)
	}
	fn execute_as() -> Weight {
		Weight::from_parts(300_000_000, 0)
	}
	fn set_keepers() -> Weight {
		Weight::from_parts(300_000_000, 0)
	}
	fn complete_exit() -> Weight {
		Weight::from_parts(300_000_000, 0)
	}
	fn set_exit_route() -> Weight {
		Weight::from_parts(300_000_000, 0)
	}
	fn transfer(_assets: u32) -> Weight {
		Weight::from_parts(300_000_000, 0)
	}
	fn stake() -> Weight {
		Weight::from_parts(300_000_000, 0)
	}
	fn unstake() -> Weight {
		Weight::from_parts(300_000_000, 0)
	}
	fn unstake_home() -> Weight {
		Weight::from_parts(300_000_000, 0)
	}
	fn withdraw() -> Weight {
		Weight::from_parts(300_000_000, 0)
	}
	fn claim() -> Weight {
		Weight::from_parts(300_000_000, 0)
	}
	fn redelegate() -> Weight {
		Weight::from_parts(300_000_000, 0)
	}
	fn spawn(_assets: u32) -> Weight {
		Weight::from_parts(300_000_000, 0)
	}
	fn leave(_assets: u32) -> Weight {
		Weight::from_parts(300_000_000, 0)
	}
	fn next_exit() -> Weight {
		Weight::from_parts(300_000_000, 0)
	}
	fn complete_queued() -> Weight {
		Weight::from_parts(300_000_000, 0)
	}
}
