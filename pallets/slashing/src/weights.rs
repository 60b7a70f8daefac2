// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What calls and steps cost. The runtime has them measured.

use frame_support::weights::Weight;

/// What calls and steps cost.
pub trait WeightInfo {
	/// `report` with evidence of so many signatures, against an operator with so many pools.
	fn report(signatures: u32, pools: u32) -> Weight;
	/// `dispute`.
	fn dispute() -> Weight;
	/// `decide` upon a fault that so many pools answer for.
	fn decide(pools: u32) -> Weight;
	/// Looking at a fault of the queue that so many pools answer for, and carrying it out.
	fn attend(pools: u32) -> Weight;
	/// Looking for the next fault of the queue.
	fn look_at_queue() -> Weight;
	/// `attest`.
	fn attest() -> Weight;
	/// `attest_for` with so many signatures.
	fn attest_for(signatures: u32) -> Weight;
	/// Judging the next operator of a window of duty, who has so many pools.
	fn judge(pools: u32) -> Weight;
	/// Looking for the next window of duty that is over.
	fn look_at_closings() -> Weight;
}
