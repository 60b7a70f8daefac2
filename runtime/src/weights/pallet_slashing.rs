// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

// Written by scripts/benchmark.

#![allow(missing_docs)]
use core::marker::PhantomData;
use frame_support::weights::Weight;
pub struct WeightInfo<T>(PhantomData<T>);
impl<T: frame_system::Config> pallet_slashing::WeightInfo for WeightInfo<T> {
	fn report(s: u32, p: u32) -> Weight {
		Weight::from_parts(
			300_000_000 + 60_000_000 * u64::from(s) + 50_000_000 * u64::from(p),
			10_000,
		)
	}
	fn dispute() -> Weight {
		Weight::from_parts(200_000_000, 10_000)
	}
	fn decide(p: u32) -> Weight {
		Weight::from_parts(200_000_000 + 50_000_000 * u64::from(p), 10_000)
	}
	fn attend(p: u32) -> Weight {
		Weight::from_parts(300_000_000 + 300_000_000 * u64::from(p), 10_000)
	}
	fn look_at_queue() -> Weight {
		Weight::from_parts(20_000_000, 10_000)
	}
	fn attest() -> Weight {
		Weight::from_parts(200_000_000, 10_000)
	}
	fn attest_for(s: u32) -> Weight {
		Weight::from_parts(200_000_000 + 60_000_000 * u64::from(s), 10_000)
	}
	fn judge(p: u32) -> Weight {
		Weight::from_parts(300_000_000 + 50_000_000 * u64::from(p), 10_000)
	}
	fn look_at_closings() -> Weight {
		Weight::from_parts(20_000_000, 10_000)
	}
}
