// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Provisional: to be measured by `scripts/benchmark pallet_emissions`.

#![allow(clippy::unnecessary_cast)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Weight functions for `pallet_emissions`.
pub struct WeightInfo<T>(PhantomData<T>);
impl<T: frame_system::Config> pallet_emissions::WeightInfo for WeightInfo<T> {
	fn fund() -> Weight {
		T::DbWeight::get().reads_writes(6, 4)
	}
	fn pay_revenue() -> Weight {
		T::DbWeight::get().reads_writes(6, 4)
	}
	fn donate() -> Weight {
		T::DbWeight::get().reads_writes(6, 4)
	}
	fn set_split() -> Weight {
		T::DbWeight::get().reads_writes(6, 4)
	}
	fn set_reward_account() -> Weight {
		T::DbWeight::get().reads_writes(6, 4)
	}
	fn collect() -> Weight {
		T::DbWeight::get().reads_writes(6, 4)
	}
	fn refund(c: u32) -> Weight {
		T::DbWeight::get().reads_writes(18, 18).saturating_mul(u64::from(c) + 1)
	}
	fn set_aside() -> Weight {
		T::DbWeight::get().reads_writes(3, 2)
	}
	fn note_author() -> Weight {
		T::DbWeight::get().reads_writes(6, 4)
	}
	fn go_on_with_round() -> Weight {
		T::DbWeight::get().reads_writes(6, 4)
	}
	fn sum_yields() -> Weight {
		T::DbWeight::get().reads_writes(64, 64)
	}
	fn emit() -> Weight {
		T::DbWeight::get().reads_writes(6, 4)
	}
	fn pay_yields() -> Weight {
		T::DbWeight::get().reads_writes(64, 64)
	}
	fn open_pay() -> Weight {
		T::DbWeight::get().reads_writes(6, 4)
	}
	fn read_page() -> Weight {
		T::DbWeight::get().reads_writes(6, 4)
	}
	fn pay_operators(o: u32) -> Weight {
		T::DbWeight::get().reads_writes(5, 3).saturating_mul(u64::from(o))
	}
	fn credit(p: u32) -> Weight {
		T::DbWeight::get().reads_writes(1, 1).saturating_mul(u64::from(p))
	}
	fn pay_author(c: u32) -> Weight {
		T::DbWeight::get().reads_writes(18, 18).saturating_mul(u64::from(c) + 1)
	}
	fn close_pay(c: u32) -> Weight {
		T::DbWeight::get().reads_writes(18, 18).saturating_mul(u64::from(c) + 1)
	}
	fn forget_points() -> Weight {
		T::DbWeight::get().reads_writes(6, 4)
	}
	fn pay_pica_page() -> Weight {
		T::DbWeight::get().reads_writes(64, 64)
	}
	fn settle_pica() -> Weight {
		T::DbWeight::get().reads_writes(64, 64)
	}
}
