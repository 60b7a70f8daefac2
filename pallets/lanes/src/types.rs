// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What the pallet stores, and what it asks of others.

use crate::Config;
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{pallet_prelude::*, CloneNoBound, DebugNoBound, EqNoBound, PartialEqNoBound};
use picasso_primitives::{lanes::MessageNonce, AssetId};
use staging_xcm::v5::{Asset, InteriorLocation, Location, Xcm, XcmHash};

/// Whether a lane moves.
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
pub enum LaneStatus {
	/// It does.
	#[codec(index = 0)]
	Open,
	/// Nothing is sent, carried or settled on it, and what comes in waits in the queue.
	#[codec(index = 1)]
	Paused,
}

/// A lane to one other chain.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Lane {
	/// Where the chain is in the universe.
	pub chain: InteriorLocation,
	/// Whether the lane moves.
	pub status: LaneStatus,
	/// The oldest message that is not settled.
	pub oldest_out: MessageNonce,
	/// The message that will be sent next.
	pub next_out: MessageNonce,
	/// How many messages were refused and could not be returned.
	pub failed_returns: u32,
	/// The number of the message that will be set aside next.
	pub next_waiting: u64,
	/// How many messages are set aside.
	pub waiting: u32,
}

impl Lane {
	/// A new one.
	pub fn to(chain: InteriorLocation) -> Self {
		Self {
			chain,
			status: LaneStatus::Open,
			oldest_out: 0,
			next_out: 0,
			failed_returns: 0,
			next_waiting: 0,
			waiting: 0,
		}
	}

	/// Whether it is paused.
	pub fn is_paused(&self) -> bool {
		self.status == LaneStatus::Paused
	}

	/// Where the chain at the other end is, as this chain sees it: this one's location in the universe is
	/// one junction.
	pub fn location(&self) -> Location {
		Location::new(1, self.chain.clone())
	}

	/// Messages that are kept until they have reached the other chain or have been returned.
	pub fn kept(&self) -> u64 {
		self.next_out.saturating_sub(self.oldest_out).saturating_add(self.failed_returns.into())
	}
}

/// A message to another chain.
#[derive(
	CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[scale_info(skip_type_params(T))]
#[codec(mel_bound())]
pub struct OutboundMessage<T: Config> {
	/// The message, encoded with its version, as it is carried.
	pub bytes: BoundedVec<u8, T::MaxMessageSize>,
	/// Its topic, or else its hash.
	pub id: XcmHash,
	/// Who sent it, as far as it is known.
	pub sender: Option<Location>,
	/// How many instructions this chain put before those of the sender, to say where it comes from.
	pub prefix: u8,
}

/// A message from another chain that was set aside.
#[derive(
	CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[scale_info(skip_type_params(T))]
#[codec(mel_bound())]
pub struct WaitingMessage<T: Config> {
	/// The message, encoded with its version, as it came.
	pub bytes: BoundedVec<u8, T::MaxMessageSize>,
	/// Assets that it brings, and by which it has its place in the order. None if it is too heavy to be
	/// let in by itself.
	pub assets: BoundedVec<AssetId, T::MaxArrivals>,
}

/// Why a message was set aside.
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
pub enum DelayReason {
	/// A message of the same lane that brings this asset too waits.
	#[codec(index = 0)]
	Behind(AssetId),
	/// This asset doesn't come in at present.
	#[codec(index = 1)]
	NotActive(AssetId),
	/// There isn't room under this asset's limit.
	#[codec(index = 2)]
	OverLimit(AssetId),
}

/// Keeps what came in messages that are not fit to be executed: the chain that holds it believes that it is
/// here.
pub trait OnStranded {
	/// Keeps assets, that `owner` can claim from then on, as this chain sees it. What is worth less than that
	/// costs stays with the chain that holds it.
	fn stranded(owner: &Location, assets: Vec<Asset>);

	/// The most that it costs for so many amounts.
	fn weight(assets: u32) -> Weight;
}

/// Gives back what was in messages that had no effect on the other chain.
pub trait OnRefused {
	/// Gives it back. `sender` is who sent the message, as far as it is known; `message` what they sent to
	/// `chain`, without what this chain put before it. An error leaves everything as it was.
	fn refused(
		sender: Option<Location>,
		chain: &InteriorLocation,
		message: Xcm<()>,
	) -> DispatchResult;

	/// The most that it costs.
	fn weight() -> Weight;
}
