// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What is wrong.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod errors {
	#[pallet::error]
	pub enum Error<T> {
		/// There is no such lane.
		LaneNotFound,
		/// There is a lane to this chain.
		LaneExists,
		/// There are as many lanes as there may be.
		TooManyLanes,
		/// The location isn't that of a chain: a global consensus, and parachains of it.
		NotAChain,
		/// The location is of this chain's own consensus.
		OwnConsensus,
		/// The lane is paused.
		LanePaused,
		/// The lane isn't paused.
		LaneOpen,
		/// The message is larger than messages may be.
		MessageTooLarge,
		/// As many messages of the lane as may be wait to be processed. It can be received later.
		QueueFull,
		/// It is another message's turn to be settled.
		NotNext,
		/// No return of such a message has failed.
		ReturnNotFound,
		/// The message can't be read any more.
		MessageUnreadable,
		/// No such message is set aside.
		MessageNotFound,
		/// An earlier message of the lane brings one of the assets too.
		BehindAnother,
		/// One of the assets doesn't come in at present.
		AssetNotActive,
		/// There isn't room under the limit of one of the assets.
		OverLimit,
		/// The message weighs more than the limit named.
		WeightLimitTooLow,
		/// The message can't be processed now, or not from here.
		TryLater,
		/// There is no such foreign asset.
		AssetNotFound,
	}

	impl<T> From<DelayReason> for Error<T> {
		fn from(reason: DelayReason) -> Self {
			match reason {
				DelayReason::Behind(_) => Self::BehindAnother,
				DelayReason::NotActive(_) => Self::AssetNotActive,
				DelayReason::OverLimit(_) => Self::OverLimit,
			}
		}
	}
}
