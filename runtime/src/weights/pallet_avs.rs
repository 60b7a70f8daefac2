// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use core::marker::PhantomData;
use frame_support::weights::Weight;

pub struct WeightInfo<T>(PhantomData<T>);
impl<T: frame_system::Config> pallet_avs::WeightInfo for WeightInfo<T> {
	fn propose() -> Weight {
		Weight::zero()
	}
	fn onboard() -> Weight {
		Weight::zero()
	}
	fn settle_applications(_: u32) -> Weight {
		Weight::zero()
	}
	fn set_terms() -> Weight {
		Weight::zero()
	}
	fn set_metadata() -> Weight {
		Weight::zero()
	}
	fn offer_ownership() -> Weight {
		Weight::zero()
	}
	fn accept_ownership() -> Weight {
		Weight::zero()
	}
	fn join() -> Weight {
		Weight::zero()
	}
	fn set_key() -> Weight {
		Weight::zero()
	}
	fn forget_key() -> Weight {
		Weight::zero()
	}
	fn leave(_: u32) -> Weight {
		Weight::zero()
	}
	fn admit() -> Weight {
		Weight::zero()
	}
	fn withdraw_invitation() -> Weight {
		Weight::zero()
	}
	fn remove_unfit(_: u32) -> Weight {
		Weight::zero()
	}
	fn release_operator() -> Weight {
		Weight::zero()
	}
	fn allocate(_: u32) -> Weight {
		Weight::zero()
	}
	fn free_allocation() -> Weight {
		Weight::zero()
	}
	fn offboard() -> Weight {
		Weight::zero()
	}
	fn go_on_with_turn() -> Weight {
		Weight::zero()
	}
	fn build_table(_: u32, _: u32) -> Weight {
		Weight::zero()
	}
}
