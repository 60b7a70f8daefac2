// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What became of messages out: those that were refused are given back to their senders.

use crate::{pallet::*, types::*, WeightInfo};
use frame_support::{pallet_prelude::*, storage::with_storage_layer};
use picasso_primitives::lanes::{Delivery, LaneId, MessageNonce};
use staging_xcm::{prelude::*, VersionedXcm};

impl<T: Config> Pallet<T> {
	/// Settles the oldest message. That of which the return fails is kept beside, so that it doesn't hold up
	/// those behind it.
	pub(crate) fn do_settle(id: LaneId, nonce: MessageNonce, delivery: Delivery) -> DispatchResult {
		let mut lane = Self::lane(id)?;
		ensure!(nonce == lane.oldest_out, Error::<T>::NotNext);
		let message = Outbox::<T>::take(id, nonce).ok_or(Error::<T>::NotNext)?;
		lane.oldest_out = nonce.checked_add(1).ok_or(Error::<T>::NotNext)?;
		// Before the return, which may send a message itself.
		Lanes::<T>::insert(id, &lane);
		let topic = message.id;
		match delivery {
			Delivery::Accepted => {
				Self::deposit_event(Event::MessageAccepted { lane: id, nonce, id: topic })
			},
			Delivery::Refused => match Self::give_back(&lane, &message) {
				Ok(()) => {
					Self::deposit_event(Event::MessageReturned { lane: id, nonce, id: topic })
				},
				Err(error) => {
					Self::keep_return(id, nonce, message)?;
					Self::deposit_event(Event::ReturnFailed { lane: id, nonce, id: topic, error });
				},
			},
		}
		Ok(())
	}

	pub(crate) fn do_settle_by_vote(
		id: LaneId,
		nonce: MessageNonce,
		delivery: Delivery,
	) -> DispatchResult {
		if !Returns::<T>::contains_key(id, nonce) {
			return Self::do_settle(id, nonce, delivery);
		}
		match delivery {
			Delivery::Accepted => {
				let message = Self::take_return(id, nonce)?;
				Self::deposit_event(Event::ReturnGivenUp { lane: id, nonce, id: message.id });
				Ok(())
			},
			Delivery::Refused => Self::do_retry_return(id, nonce),
		}
	}

	pub(crate) fn do_retry_return(id: LaneId, nonce: MessageNonce) -> DispatchResult {
		let lane = Self::lane(id)?;
		// Taken before it is given back, so that nothing is given back twice.
		let message = Self::take_return(id, nonce)?;
		Self::give_back(&lane, &message)?;
		Self::deposit_event(Event::MessageReturned { lane: id, nonce, id: message.id });
		Ok(())
	}

	/// The most that settling a message costs, with what returning it does.
	pub fn weight_of_settling() -> Weight {
		T::WeightInfo::settle().saturating_add(T::OnRefused::weight())
	}

	fn keep_return(id: LaneId, nonce: MessageNonce, message: OutboundMessage<T>) -> DispatchResult {
		Returns::<T>::insert(id, nonce, message);
		Lanes::<T>::try_mutate(id, |lane| {
			let lane = lane.as_mut().ok_or(Error::<T>::LaneNotFound)?;
			// At most as many as the outbox holds.
			lane.failed_returns =
				lane.failed_returns.checked_add(1).ok_or(Error::<T>::ReturnNotFound)?;
			Ok(())
		})
	}

	fn take_return(id: LaneId, nonce: MessageNonce) -> Result<OutboundMessage<T>, DispatchError> {
		let message = Returns::<T>::take(id, nonce).ok_or(Error::<T>::ReturnNotFound)?;
		Lanes::<T>::try_mutate(id, |lane| {
			let lane = lane.as_mut().ok_or(Error::<T>::LaneNotFound)?;
			lane.failed_returns =
				lane.failed_returns.checked_sub(1).ok_or(Error::<T>::ReturnNotFound)?;
			Ok(message)
		})
	}

	/// Has what is in a message given back, or leaves everything as it was.
	fn give_back(lane: &Lane, message: &OutboundMessage<T>) -> DispatchResult {
		with_storage_layer(|| {
			let sent = Self::as_sent(message).ok_or(Error::<T>::MessageUnreadable)?;
			T::OnRefused::refused(message.sender.clone(), &lane.chain, sent)
		})
	}

	/// The message without what this chain put before it.
	fn as_sent(message: &OutboundMessage<T>) -> Option<Xcm<()>> {
		let versioned =
			VersionedXcm::<()>::decode_all_with_mem_and_depth_limit(&mut &message.bytes[..])
				.ok()?;
		let xcm = Xcm::<()>::try_from(versioned).ok()?;
		Some(Xcm(xcm.0.into_iter().skip(message.prefix.into()).collect()))
	}
}
