// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! How messages come from other chains and go there: what the lanes offer to the bridges that carry.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::{DispatchError, DispatchResult};

/// Number of a lane, given in order of opening. A lane joins this chain with one other.
pub type LaneId = u32;

/// Number of a message on its lane, by direction, from 0.
pub type MessageNonce = u64;

/// Where a message in the queue comes from.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum MessageOrigin {
	/// This chain itself.
	#[codec(index = 0)]
	Here,
	/// The chain at the other end of a lane.
	#[codec(index = 1)]
	Lane(LaneId),
}

/// The queue's benchmarks need many origins.
#[cfg(feature = "runtime-benchmarks")]
impl From<u32> for MessageOrigin {
	fn from(number: u32) -> Self {
		Self::Lane(number)
	}
}

/// What became of a message over there.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Delivery {
	/// It was let in. What it did there, it did there.
	#[codec(index = 0)]
	Accepted,
	/// It was not let in, and had no effect.
	#[codec(index = 1)]
	Refused,
}

/// What a bridge that proves the other chain's consensus does with a lane. Nobody else has a way to it.
pub trait Carrier {
	/// Brings an encoded, versioned XCM that the chain at the other end sent.
	fn receive(lane: LaneId, message: &[u8]) -> DispatchResult;

	/// The oldest message that waits to be carried, if any.
	fn next(lane: LaneId) -> Option<(MessageNonce, alloc::vec::Vec<u8>)>;

	/// Tells what became of a message that was carried. Messages are told of in their order.
	fn settle(lane: LaneId, nonce: MessageNonce, delivery: Delivery) -> Result<(), DispatchError>;
}
