// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! # Lanes
//!
//! Messages to and from other chains: what waits to be carried, what may come in and how much a day, and
//! what came back.
//!
//! ## Terminology
//!
//! - *Lane*: joins this chain with one other, both ways.
//! - *Bridge*: a pallet that proves another chain's consensus and carries the messages of a lane:
//!   [`Carrier`](picasso_primitives::lanes::Carrier). Nobody else has a way in.
//! - *Outbox*: messages of a lane that were sent and are not settled.
//! - *To settle*: to tell what became of a message over there. It was *accepted*, whatever it then did, or
//!   *refused* and had no effect.
//! - *Return*: giving back what was in a message that was refused.
//! - *Arrival*: an amount of an asset that a message brings from the chain that holds it.
//! - *Set aside*: taken out of the queue to wait for room under a limit.
//!
//! ## Goals
//!
//! - A message is from the chain that it was proved to be from, and nothing else.
//! - A bridge that fails, or a chain that does, costs no more than what comes in in about a day; and nothing
//!   that comes is dropped for it: it waits.
//! - What a sender put into a message is theirs until the other chain has it.
//! - One bad message holds up no other, and a flood fills nothing without bound.
//!
//! ## Design
//!
//! ### Out
//!
//! [`LaneRouter`] takes messages to exactly the chain at the end of a lane; what goes on inside of it isn't
//! its matter. Each is put down in a version of XCM that the other chain understands, and begins with
//! `UniversalOrigin` of this chain's consensus, as who brings it there can but say which chain sent it. It
//! costs a fee and a fee for each byte, and is refused where the lane is paused, or keeps as many messages
//! as it may.
//!
//! The bridge carries the oldest and settles it; messages are settled in their order. What was refused is
//! given back by [`Config::OnRefused`] to its sender, whom [`RecordSenders`] noted as it was sent. Where that
//! fails the message is kept beside, anyone can have it tried again, and those behind it go on.
//!
//! ### In
//!
//! What a bridge brings goes into the message queue, one queue to a lane, and is processed with the chain's
//! location as its origin ([`ProcessLaneMessage`]). Where as many messages as may be wait there, no more
//! are received: the bridge brings them again.
//!
//! [`InflowGuard`] stands before that. It finds what a message brings, following its origin as the executor
//! does: an amount counts if the executor would believe it. An asset that has a limit has a [`Bucket`] that
//! drains by the limit in a day; a message has room if each of its assets has, and each may come in
//! ([`AssetStatus`](picasso_primitives::registry::AssetStatus)). An amount above the limit has room in an
//! empty bucket, and leaves it above the limit.
//!
//! A message brings all that it brings, and becomes its sender's, before it pays, in whatever order its chain
//! put that: a fee that is too small leaves nothing with the reserve that nobody here can claim. What comes
//! in a message that can't be executed is kept for its owner by [`Config::OnStranded`].
//!
//! What a message brings is counted in the transaction in which it is processed. One that may yet be executed
//! is not counted; one that failed, before it ran or midway, is, as what it brought was kept here.
//!
//! A message that has no room is set aside, and those behind it go on; but none that brings an asset that a
//! message of the same lane that is set aside brings too, so these keep their order. As blocks leave weight
//! for it, the first of each asset is tried again ([`Hooks::on_idle`]), and anyone can do the same with
//! [`release`](Pallet::release). A message that is too heavy to be let in so
//! ([`Config::MaxIdleWeight`]) loses its place, and waits for whoever pays for its weight.
//!
//! ### A paused lane
//!
//! Nothing on it takes effect: nothing is sent, given to carry, settled, returned or processed; what comes
//! in waits. Governance can settle by vote what no bridge will.
//!
//! ### Invariants
//!
//! 1. Lanes are numbered from 0 without gaps, and found by their chains, each chain by one lane.
//! 2. The outbox of a lane has each message that is sent and not settled, and no other; with failed returns
//!    no more than may be.
//! 3. Failed returns are of settled messages, and counted.
//! 4. Messages that are set aside are counted, and no more than may be.
//! 5. For each lane and asset the order has each message that brings it and isn't too heavy, by number.
//! 6. Only what has a limit is counted.
//! 7. In any window of a day, what comes in of an asset is no more than its limit and the larger of its
//!    limit and the largest amount that one message brings.
//! 8. Every message received is processed or found unfit, in the queue, or set aside.
//!
//! ## Limitations
//!
//! - A message that brings assets inside of an error handler, an appendix or under another origin is
//!   refused, as is one that brings more than [`Config::MaxArrivals`] amounts: what it brought stays on the
//!   other chain. Nothing that honest chains send is like that.
//! - Where as many messages as may be are set aside, the first that would be more holds up its lane.
//! - A message that the executor finds too heavy for a block waits in the queue's own way, and is overtaken.
//! - The sender of a message that wasn't sent by the executor, as `pallet_xcm.send` does, isn't known. Of one
//!   that a message of another chain has sent, the executor tells that chain: what comes back is its account's.
//! - The same message brought twice is two messages: that it isn't is the bridge's matter.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub use bucket::Bucket;
use frame_support::pallet_macros::import_section;
pub use inbound::ProcessLaneMessage;
pub use inflow::InflowGuard;
pub use outbound::Ticket;
pub use pallet::*;
pub use routing::{LaneRouter, LocalHereRouter, RecordSenders};
pub use types::*;
pub use weights::WeightInfo;

mod arrivals;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod bucket;
mod calls;
mod config;
mod errors;
mod events;
mod inbound;
mod inflow;
#[cfg(test)]
mod mock;
mod opening;
mod outbound;
mod routing;
mod settling;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
mod types;
mod waiting;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;

#[import_section(config::config)]
#[import_section(events::events)]
#[import_section(errors::errors)]
#[import_section(calls::calls)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::{
		pallet_prelude::*,
		traits::{
			Contains, ContainsPair, EnqueueMessage, EnsureOrigin, ProcessMessage,
			ProcessMessageError, QueueFootprintQuery,
		},
		weights::WeightMeter,
	};
	use frame_system::pallet_prelude::*;
	use picasso_primitives::{
		lanes::{Delivery, LaneId, MessageNonce, MessageOrigin},
		registry::AssetLocations,
		AssetId, Balance,
	};
	use sp_runtime::traits::{BlockNumberProvider, Zero};
	use staging_xcm::{
		v5::{Asset, InteriorLocation, Junction, Location, XcmHash},
		GetVersion,
	};

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// Lanes, by number. Written by governance, and with each message that is sent, settled or set aside.
	#[pallet::storage]
	pub type Lanes<T: Config> = StorageMap<_, Twox64Concat, LaneId, Lane>;

	/// The number of the lane to a chain, by its location in the universe. Written with the lane.
	#[pallet::storage]
	pub type LaneIds<T: Config> = StorageMap<_, Blake2_128Concat, InteriorLocation, LaneId>;

	/// The number of the lane that is opened next. Written as one is.
	#[pallet::storage]
	pub type NextLane<T: Config> = StorageValue<_, LaneId, ValueQuery>;

	/// Messages that wait to be carried or settled, by lane and number: those from the lane's `oldest_out`
	/// and below its `next_out`. Written as they are sent; each goes as it is settled.
	#[pallet::storage]
	pub type Outbox<T: Config> =
		StorageDoubleMap<_, Twox64Concat, LaneId, Twox64Concat, MessageNonce, OutboundMessage<T>>;

	/// Messages that were refused and could not be returned, by lane and number, as many as the lane's
	/// `failed_returns`. Written as they are settled; each goes as it is returned, or given up by vote.
	#[pallet::storage]
	pub type Returns<T: Config> =
		StorageDoubleMap<_, Twox64Concat, LaneId, Twox64Concat, MessageNonce, OutboundMessage<T>>;

	/// Messages that were set aside, by lane and number, as many as the lane's `waiting`. Written by
	/// [`InflowGuard`]; each goes as it is let in.
	#[pallet::storage]
	pub type Waiting<T: Config> =
		StorageDoubleMap<_, Twox64Concat, LaneId, Twox64Concat, u64, WaitingMessage<T>>;

	/// The numbers of those that bring an asset, in their order, by lane and asset. Written with [`Waiting`];
	/// never empty.
	#[pallet::storage]
	pub type WaitingFor<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		LaneId,
		Twox64Concat,
		AssetId,
		BoundedVec<u64, T::MaxWaiting>,
		ValueQuery,
	>;

	/// The key of [`WaitingFor`] that was gone through last. Written by each step; none between rounds.
	#[pallet::storage]
	pub type IdleCursor<T: Config> = StorageValue<_, (LaneId, AssetId)>;

	/// How much of an asset comes in a day, in planck; without one, any amount. Written by governance.
	#[pallet::storage]
	pub type InflowLimits<T: Config> = StorageMap<_, Twox64Concat, AssetId, Balance>;

	/// How much has come in of late, of assets that have a limit. Written as messages are let in; goes with
	/// the limit.
	#[pallet::storage]
	pub type Inflows<T: Config> = StorageMap<_, Twox64Concat, AssetId, Bucket<BlockNumberFor<T>>>;

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_idle(_: BlockNumberFor<T>, remaining: Weight) -> Weight {
			let mut meter = WeightMeter::with_limit(remaining);
			Self::let_waiting_in(&mut meter);
			meter.consumed()
		}

		fn integrity_test() {
			assert!(!T::Day::get().is_zero(), "a day has blocks");
			assert!(T::MaxLanes::get() > 0, "there is a lane");
			assert!(T::MaxOutbox::get() > 0, "something can be sent");
			assert!(T::MaxInbound::get() > 0, "something can come in");
			assert!(T::MaxWaiting::get() > 0, "something can wait");
			assert!(T::MaxArrivals::get() > 0, "something can be brought");
			let longest = <T::Queue as EnqueueMessage<MessageOrigin>>::MaxMessageLen::get();
			assert!(T::MaxMessageSize::get() <= longest, "each message fits into the queue");
			let limits = <T as frame_system::Config>::BlockWeights::get();
			let normal = limits
				.get(frame_support::dispatch::DispatchClass::Normal)
				.max_total
				.unwrap_or(limits.max_block);
			let room = limits.max_block.saturating_sub(normal);
			let most = T::MaxArrivals::get();
			let step = T::WeightInfo::seek_waiting()
				.saturating_add(T::WeightInfo::release(most))
				.saturating_add(T::WeightInfo::pass_over(most));
			assert!(step.all_lte(room), "a step fits beside a full load: {step:?}");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
