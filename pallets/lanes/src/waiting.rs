// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Messages that were set aside: how they keep their order, and are let in.

use crate::{inflow::Passage, pallet::*, types::*, WeightInfo};
use alloc::{collections::BTreeMap, vec::Vec};
use frame_support::{
	pallet_prelude::*, storage::with_transaction, traits::ProcessMessageError, weights::WeightMeter,
};
use picasso_primitives::{lanes::LaneId, AssetId, Balance};
use sp_runtime::{
	traits::{BlakeTwo256, Hash},
	TransactionOutcome,
};

/// Why a message that is set aside was not let in.
pub(crate) enum Held<T: Config> {
	/// It can't be, now.
	Not(Error<T>),
	/// It weighs so much.
	TooHeavy(Weight),
	/// It would lie too deep in other calls, if it isn't too deep itself.
	TooDeep,
}

impl<T: Config> From<Error<T>> for Held<T> {
	fn from(error: Error<T>) -> Self {
		Self::Not(error)
	}
}

impl<T: Config> Pallet<T> {
	/// Sets a message aside. Writes part of it where there is no room.
	pub(crate) fn set_aside(
		id: LaneId,
		message: &[u8],
		sums: &BTreeMap<AssetId, Balance>,
		reason: DelayReason,
	) -> DispatchResult {
		let mut lane = Self::lane(id)?;
		ensure!(lane.waiting < T::MaxWaiting::get(), Error::<T>::QueueFull);
		let index = lane.next_waiting;
		lane.next_waiting = index.checked_add(1).ok_or(Error::<T>::QueueFull)?;
		lane.waiting = lane.waiting.checked_add(1).ok_or(Error::<T>::QueueFull)?;
		let assets: Vec<_> = sums.keys().copied().collect();
		let assets = BoundedVec::try_from(assets).map_err(|_| Error::<T>::MessageTooLarge)?;
		let bytes =
			BoundedVec::try_from(message.to_vec()).map_err(|_| Error::<T>::MessageTooLarge)?;
		for asset in &assets {
			WaitingFor::<T>::try_append(id, asset, index).map_err(|()| Error::<T>::QueueFull)?;
		}
		Waiting::<T>::insert(id, index, WaitingMessage { bytes, assets });
		Lanes::<T>::insert(id, lane);
		Self::deposit_event(Event::MessageDelayed { lane: id, index, reason });
		Ok(())
	}

	/// Takes a message out of those that wait.
	fn take_waiting(id: LaneId, index: u64) {
		let Some(message) = Waiting::<T>::take(id, index) else { return };
		Self::leave_order(id, index, &message.assets);
		Lanes::<T>::mutate_extant(id, |lane| {
			// As many as there are entries, of which one goes.
			lane.waiting = lane.waiting.saturating_sub(1);
		});
	}

	fn leave_order(id: LaneId, index: u64, assets: &[AssetId]) {
		for asset in assets {
			WaitingFor::<T>::mutate_exists(id, asset, |order| {
				if let Some(indices) = order {
					indices.retain(|other| *other != index);
				}
				if order.as_ref().is_some_and(|indices| indices.is_empty()) {
					*order = None;
				}
			});
		}
	}

	/// Lets a message in, if it has its turn and there is room. Where it isn't fit to be processed it is gone.
	/// Returns how many amounts were looked at.
	pub(crate) fn try_release(
		id: LaneId,
		index: u64,
		meter: &mut WeightMeter,
	) -> Result<u32, Held<T>> {
		let lane = Self::ensure_open(id)?;
		let message = Waiting::<T>::get(id, index).ok_or(Error::<T>::MessageNotFound)?;
		for asset in &message.assets {
			let first = WaitingFor::<T>::get(id, asset).first().copied();
			ensure!(first == Some(index), Held::Not(Error::<T>::BehindAnother));
		}
		let arrivals = match Self::arrivals(lane.location(), &message.bytes) {
			Ok(arrivals) => arrivals,
			Err(error) => {
				Self::refuse(id, index, error);
				return Ok(T::MaxArrivals::get());
			},
		};
		let mut topic = BlakeTwo256::hash(&message.bytes).0;
		let passage = with_transaction::<_, DispatchError, _>(|| {
			// Before it is processed, so that it can't have itself processed once more.
			Self::take_waiting(id, index);
			match Self::let_in(id, &arrivals, &message.bytes, meter, &mut topic) {
				Passage::In(success) => TransactionOutcome::Commit(Ok(Passage::In(success))),
				passage => TransactionOutcome::Rollback(Ok(passage)),
			}
		})
		.unwrap_or(Passage::Failed(ProcessMessageError::Yield));
		match passage {
			Passage::In(success) => {
				Self::deposit_event(Event::MessageReleased { lane: id, index, id: topic, success })
			},
			Passage::Delayed(reason) => return Err(Held::Not(reason.into())),
			Passage::Failed(ProcessMessageError::Overweight(required)) => {
				return Err(Held::TooHeavy(required))
			},
			Passage::Failed(ProcessMessageError::Yield) => {
				return Err(Held::Not(Error::<T>::TryLater))
			},
			Passage::Failed(ProcessMessageError::StackLimitReached) => return Err(Held::TooDeep),
			Passage::Failed(error) => Self::refuse(id, index, error),
		}
		Ok(arrivals.looked_at)
	}

	/// Forgets a message that is not fit to be processed, as the queue does.
	fn refuse(id: LaneId, index: u64, error: ProcessMessageError) {
		Self::take_waiting(id, index);
		Self::deposit_event(Event::MessageRefused { lane: id, index, error });
	}

	pub(crate) fn do_release(
		id: LaneId,
		index: u64,
		weight_limit: Weight,
	) -> DispatchResultWithPostInfo {
		let mut meter = WeightMeter::with_limit(weight_limit);
		let looked_at = Self::try_release(id, index, &mut meter).map_err(|held| match held {
			Held::Not(error) => error,
			Held::TooHeavy(_) => Error::<T>::WeightLimitTooLow,
			Held::TooDeep => Error::<T>::TryLater,
		})?;
		let used = T::WeightInfo::release(looked_at).saturating_add(meter.consumed());
		Ok(Some(used).into())
	}

	/// Lets in what has room by now: once round all assets of which messages wait, by lane, and the first
	/// message of each, and those behind it as long as they are let in. What a block has no weight for is gone
	/// on with in the next.
	pub(crate) fn let_waiting_in(meter: &mut WeightMeter) {
		while meter.try_consume(T::WeightInfo::seek_waiting()).is_ok() {
			let next = match IdleCursor::<T>::get() {
				Some((lane, asset)) => {
					let last = WaitingFor::<T>::hashed_key_for(lane, asset);
					WaitingFor::<T>::iter_keys_from(last).next()
				},
				None => WaitingFor::<T>::iter_keys().next(),
			};
			let Some((lane, asset)) = next else {
				IdleCursor::<T>::kill();
				return;
			};
			if Self::let_first_in(lane, asset, meter).is_err() {
				return;
			}
			IdleCursor::<T>::put((lane, asset));
		}
	}

	/// Lets in the first messages that bring an asset, as long as there is room. An error where there is no
	/// weight to look.
	fn let_first_in(lane: LaneId, asset: AssetId, meter: &mut WeightMeter) -> Result<(), ()> {
		let most = T::MaxArrivals::get();
		let cost = T::WeightInfo::release(most).saturating_add(T::WeightInfo::pass_over(most));
		loop {
			meter.try_consume(cost).map_err(|_| ())?;
			let order = WaitingFor::<T>::get(lane, asset);
			let Some(&index) = order.first() else { return Ok(()) };
			match Self::try_release(lane, index, meter) {
				Ok(_) => (),
				Err(Held::TooHeavy(required)) if required.any_gt(T::MaxIdleWeight::get()) => {
					Self::pass_over(lane, index, required)
				},
				// Nothing lies below a hook: it is too deep itself.
				Err(Held::TooDeep) => {
					Self::refuse(lane, index, ProcessMessageError::StackLimitReached)
				},
				Err(_) => return Ok(()),
			}
		}
	}

	/// Takes a message that no block may ever have room for out of the order, so that it doesn't hold up those
	/// behind it. It waits for somebody to release it.
	pub(crate) fn pass_over(id: LaneId, index: u64, required: Weight) {
		Waiting::<T>::mutate_exists(id, index, |message| {
			if let Some(message) = message {
				let assets = core::mem::take(&mut message.assets);
				Self::leave_order(id, index, &assets);
			}
		});
		Self::deposit_event(Event::MessageTooHeavy { lane: id, index, required });
	}
}
