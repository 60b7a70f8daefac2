// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What happened.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod events {
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A lane to a chain was opened.
		LaneOpened {
			/// The lane.
			lane: LaneId,
			/// Where the chain is in the universe.
			chain: InteriorLocation,
		},
		/// A lane was paused: what goes out is refused, and what comes in waits.
		LanePaused {
			/// The lane.
			lane: LaneId,
		},
		/// A lane goes on.
		LaneResumed {
			/// The lane.
			lane: LaneId,
		},
		/// The limit of an asset's inflow changed.
		InflowLimitChanged {
			/// The asset.
			asset: AssetId,
			/// What it was, in planck a day; none is no limit.
			old: Option<Balance>,
			/// What it is.
			new: Option<Balance>,
		},
		/// A message waits to be carried.
		MessageQueued {
			/// The lane.
			lane: LaneId,
			/// Its number on it.
			nonce: MessageNonce,
			/// Its topic, or else its hash.
			id: XcmHash,
		},
		/// A message was let in over there.
		MessageAccepted {
			/// The lane.
			lane: LaneId,
			/// Its number on it.
			nonce: MessageNonce,
			/// Its topic, or else its hash.
			id: XcmHash,
		},
		/// A message was refused over there, and what was in it given back.
		MessageReturned {
			/// The lane.
			lane: LaneId,
			/// Its number on it.
			nonce: MessageNonce,
			/// Its topic, or else its hash.
			id: XcmHash,
		},
		/// A message was refused over there, and what was in it could not be given back. It is kept.
		ReturnFailed {
			/// The lane.
			lane: LaneId,
			/// Its number on it.
			nonce: MessageNonce,
			/// Its topic, or else its hash.
			id: XcmHash,
			/// Why.
			error: DispatchError,
		},
		/// A message the return of which had failed was given up by vote.
		ReturnGivenUp {
			/// The lane.
			lane: LaneId,
			/// Its number on it.
			nonce: MessageNonce,
			/// Its topic, or else its hash.
			id: XcmHash,
		},
		/// A message came in, and waits to be processed.
		MessageReceived {
			/// The lane.
			lane: LaneId,
			/// Its hash.
			id: XcmHash,
		},
		/// A message was set aside.
		MessageDelayed {
			/// The lane.
			lane: LaneId,
			/// Its number among those of the lane that were set aside.
			index: u64,
			/// Why.
			reason: DelayReason,
		},
		/// A message that had been set aside was processed.
		MessageReleased {
			/// The lane.
			lane: LaneId,
			/// Its number among those of the lane that were set aside.
			index: u64,
			/// Its topic, or else its hash.
			id: XcmHash,
			/// Whether it ran to its end.
			success: bool,
		},
		/// A message that had been set aside was not fit to be processed, and is gone.
		MessageRefused {
			/// The lane.
			lane: LaneId,
			/// Its number among those of the lane that were set aside.
			index: u64,
			/// Why.
			error: ProcessMessageError,
		},
		/// A message that is set aside is too heavy to be let in by itself: somebody must release it.
		MessageTooHeavy {
			/// The lane.
			lane: LaneId,
			/// Its number among those of the lane that were set aside.
			index: u64,
			/// What it weighs.
			required: Weight,
		},
	}
}
