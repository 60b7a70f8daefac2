// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

#![allow(missing_docs)]

use core::marker::PhantomData;
use frame_support::weights::Weight;

pub struct WeightInfo<T>(PhantomData<T>);
impl<T> pallet_lanes::WeightInfo for WeightInfo<T> {
	fn open_lane() -> Weight {
		Weight::from_parts(300_000_000, 0)
	}
	fn pause_lane() -> Weight {
		Weight::from_parts(300_000_000, 0)
	}
	fn resume_lane() -> Weight {
		Weight::from_parts(300_000_000, 0)
	}
	fn set_inflow_limit() -> Weight {
		Weight::from_parts(300_000_000, 0)
	}
	fn settle_by_vote() -> Weight {
		Weight::from_parts(300_000_000, 0)
	}
	fn retry_return() -> Weight {
		Weight::from_parts(300_000_000, 0)
	}
	fn release(_arrivals: u32) -> Weight {
		Weight::from_parts(300_000_000, 0)
	}
	fn export() -> Weight {
		Weight::from_parts(300_000_000, 0)
	}
	fn note_sender() -> Weight {
		Weight::from_parts(300_000_000, 0)
	}
	fn send_here() -> Weight {
		Weight::from_parts(300_000_000, 0)
	}
	fn receive() -> Weight {
		Weight::from_parts(300_000_000, 0)
	}
	fn next() -> Weight {
		Weight::from_parts(300_000_000, 0)
	}
	fn settle() -> Weight {
		Weight::from_parts(300_000_000, 0)
	}
	fn guard(_arrivals: u32) -> Weight {
		Weight::from_parts(300_000_000, 0)
	}
	fn seek_waiting() -> Weight {
		Weight::from_parts(300_000_000, 0)
	}
	fn pass_over(_arrivals: u32) -> Weight {
		Weight::from_parts(300_000_000, 0)
	}
}
