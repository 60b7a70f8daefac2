// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What governance, and anyone, can ask for.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod calls {
	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Opens a lane to a chain. Nothing moves on it before a bridge that proves the chain's consensus
		/// carries its messages.
		///
		/// ## Dispatch Origin
		/// `GovernanceOrigin`.
		///
		/// ## Parameters
		/// - `chain`: where the chain is in the universe: its global consensus, then its parachains' ids if
		///   it is one, as in `[GlobalConsensus(Polkadot), Parachain(1000)]`.
		///
		/// ## Errors
		/// - `NotAChain`, `OwnConsensus`, `LaneExists`, `TooManyLanes`.
		///
		/// ## Events
		/// - `LaneOpened`.
		///
		/// ## Complexity
		/// O(1).
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::open_lane())]
		pub fn open_lane(origin: OriginFor<T>, chain: InteriorLocation) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_open_lane(chain)
		}

		/// Pauses a lane: nothing is sent, carried or settled on it, and what comes in waits in the queue.
		///
		/// ## Dispatch Origin
		/// `PauseOrigin` or `GovernanceOrigin`.
		///
		/// ## Parameters
		/// - `lane`: the lane.
		///
		/// ## Errors
		/// - `LaneNotFound`, `LanePaused`.
		///
		/// ## Events
		/// - `LanePaused`.
		///
		/// ## Complexity
		/// O(1).
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::pause_lane())]
		pub fn pause_lane(origin: OriginFor<T>, lane: LaneId) -> DispatchResult {
			if let Err(origin) = T::PauseOrigin::try_origin(origin) {
				T::GovernanceOrigin::ensure_origin(origin)?;
			}
			Self::do_pause_lane(lane)
		}

		/// Lets a paused lane go on.
		///
		/// ## Dispatch Origin
		/// `GovernanceOrigin`.
		///
		/// ## Parameters
		/// - `lane`: the lane.
		///
		/// ## Errors
		/// - `LaneNotFound`, `LaneOpen`.
		///
		/// ## Events
		/// - `LaneResumed`.
		///
		/// ## Complexity
		/// O(1).
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::resume_lane())]
		pub fn resume_lane(origin: OriginFor<T>, lane: LaneId) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_resume_lane(lane)
		}

		/// Limits how much of a foreign asset comes in a day. What is beyond waits.
		///
		/// ## Dispatch Origin
		/// `GovernanceOrigin`.
		///
		/// ## Parameters
		/// - `asset`: the asset.
		/// - `limit`: planck of it a day; none for no limit, zero for none to come in.
		///
		/// ## Errors
		/// - `AssetNotFound`: it isn't registered, and a limit is named.
		///
		/// ## Events
		/// - `InflowLimitChanged`.
		///
		/// ## Complexity
		/// O(1).
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::set_inflow_limit())]
		pub fn set_inflow_limit(
			origin: OriginFor<T>,
			asset: AssetId,
			limit: Option<Balance>,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_set_inflow_limit(asset, limit)
		}

		/// Says what became of a message, where no bridge can any more: the oldest that waits to be carried,
		/// or one the return of which has failed. It works on a paused lane too.
		///
		/// ## Dispatch Origin
		/// `GovernanceOrigin`.
		///
		/// ## Parameters
		/// - `lane`: the lane.
		/// - `nonce`: the message's number on it.
		/// - `delivery`: what became of it. One the return of which has failed is given up as `Accepted`, and
		///   returned as `Refused`.
		///
		/// ## Errors
		/// - `LaneNotFound`, `NotNext`.
		/// - `MessageUnreadable`, and what the return fails with, of one the return of which had failed.
		///
		/// ## Events
		/// - `MessageAccepted`, `MessageReturned`, `ReturnFailed` or `ReturnGivenUp`.
		///
		/// ## Complexity
		/// O(size of the message).
		#[pallet::call_index(4)]
		#[pallet::weight(
			T::WeightInfo::settle_by_vote().saturating_add(T::OnRefused::weight())
		)]
		pub fn settle_by_vote(
			origin: OriginFor<T>,
			lane: LaneId,
			nonce: MessageNonce,
			delivery: Delivery,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_settle_by_vote(lane, nonce, delivery)
		}

		/// Tries again to give back what was in a message that was refused.
		///
		/// ## Dispatch Origin
		/// Signed, by anyone.
		///
		/// ## Parameters
		/// - `lane`: the lane.
		/// - `nonce`: the message's number on it.
		///
		/// ## Errors
		/// - `LaneNotFound`, `LanePaused`, `ReturnNotFound`, `MessageUnreadable`.
		/// - What the return fails with.
		///
		/// ## Events
		/// - `MessageReturned`.
		///
		/// ## Complexity
		/// O(size of the message).
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::retry_return().saturating_add(T::OnRefused::weight()))]
		pub fn retry_return(
			origin: OriginFor<T>,
			lane: LaneId,
			nonce: MessageNonce,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::ensure_open(lane)?;
			Self::do_retry_return(lane, nonce)
		}

		/// Lets in a message that was set aside, now that there is room. This is done by itself where a block
		/// leaves weight for it.
		///
		/// ## Dispatch Origin
		/// Signed, by anyone.
		///
		/// ## Parameters
		/// - `lane`: the lane.
		/// - `index`: the message's number among those of the lane that were set aside.
		/// - `weight_limit`: the most that it may weigh.
		///
		/// ## Errors
		/// - `LaneNotFound`, `LanePaused`, `MessageNotFound`.
		/// - `BehindAnother`, `AssetNotActive`, `OverLimit`: it must still wait.
		/// - `WeightLimitTooLow`, `TryLater`.
		///
		/// ## Events
		/// - `MessageReleased`, or `MessageRefused` where it is not fit to be processed.
		///
		/// ## Complexity
		/// O(size of the message), and what it does.
		#[pallet::call_index(6)]
		#[pallet::weight(
			T::WeightInfo::release(T::MaxArrivals::get()).saturating_add(*weight_limit)
		)]
		pub fn release(
			origin: OriginFor<T>,
			lane: LaneId,
			index: u64,
			weight_limit: Weight,
		) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			Self::do_release(lane, index, weight_limit)
		}
	}
}
