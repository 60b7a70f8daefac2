// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What calls and steps cost. The runtime has them measured.

use frame_support::weights::Weight;

/// What calls and steps cost.
pub trait WeightInfo {
	/// `open_lane`.
	fn open_lane() -> Weight;
	/// `pause_lane`.
	fn pause_lane() -> Weight;
	/// `resume_lane`.
	fn resume_lane() -> Weight;
	/// `set_inflow_limit`.
	fn set_inflow_limit() -> Weight;
	/// `settle_by_vote`, without what returning costs.
	fn settle_by_vote() -> Weight;
	/// `retry_return`, without what returning costs.
	fn retry_return() -> Weight;
	/// `release` of a message that brings so many amounts, without what it does.
	fn release(arrivals: u32) -> Weight;
	/// Validating and delivering a message to a lane.
	fn export() -> Weight;
	/// Noting who sent a message.
	fn note_sender() -> Weight;
	/// Validating and delivering a message to this chain itself.
	fn send_here() -> Weight;
	/// Receiving a message from a lane.
	fn receive() -> Weight;
	/// Reading the oldest message that waits to be carried.
	fn next() -> Weight;
	/// Settling a message, without what returning costs.
	fn settle() -> Weight;
	/// Looking at a message that brings so many amounts, and setting it aside.
	fn guard(arrivals: u32) -> Weight;
	/// Looking for an asset of which messages wait.
	fn seek_waiting() -> Weight;
	/// Taking a heavy message out of the order.
	fn pass_over(arrivals: u32) -> Weight;
}
