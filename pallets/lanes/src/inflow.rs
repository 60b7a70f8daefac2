// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! How much comes in a day: messages that bring more are set aside.

use crate::{arrivals::Arrivals, bucket::Bucket, pallet::*, types::*, WeightInfo};
use alloc::collections::BTreeMap;
use core::marker::PhantomData;
use frame_support::{
	pallet_prelude::*,
	storage::{with_storage_layer, with_transaction},
	traits::{ProcessMessage, ProcessMessageError},
	weights::WeightMeter,
};
use frame_system::pallet_prelude::BlockNumberFor;
use picasso_primitives::{
	lanes::{LaneId, MessageOrigin},
	registry::{AssetLocations, AssetStatus},
	AssetId, Balance,
};
use sp_runtime::{traits::BlockNumberProvider, SaturatedConversion, TransactionOutcome};
use staging_xcm::prelude::{Location, XcmHash};

/// Has messages of the queue processed, and sets aside those from lanes that bring more than may come in now.
///
/// What a message brings is counted in the transaction in which it is processed: nothing is counted that
/// doesn't come in, and nothing comes in that isn't counted, whenever that is.
pub struct InflowGuard<T>(PhantomData<T>);

impl<T: Config> ProcessMessage for InflowGuard<T> {
	type Origin = MessageOrigin;

	fn process_message(
		message: &[u8],
		origin: MessageOrigin,
		meter: &mut WeightMeter,
		id: &mut XcmHash,
	) -> Result<bool, ProcessMessageError> {
		// The most is asked for beforehand, what it was is paid.
		let most = T::WeightInfo::guard(T::MaxArrivals::get());
		ensure!(meter.can_consume(most), ProcessMessageError::Overweight(most));
		let location = match origin {
			MessageOrigin::Here => Location::here(),
			MessageOrigin::Lane(lane) => {
				Pallet::<T>::location_of(lane).ok_or(ProcessMessageError::Unsupported)?
			},
		};
		let arrivals =
			Pallet::<T>::arrivals(location, message).inspect_err(|_| meter.consume(most))?;
		let own = T::WeightInfo::guard(arrivals.looked_at);
		meter.consume(own);
		match Pallet::<T>::guard(message, origin, arrivals, meter, id) {
			// With what came before the message: it would else be tried for ever where it alone would fit
			// into a block.
			Err(ProcessMessageError::Overweight(required)) => {
				Err(ProcessMessageError::Overweight(required.saturating_add(own)))
			},
			result => result,
		}
	}
}

/// What became of a message that was to be let in. All but the first leave everything as it was.
#[derive(Debug)]
pub(crate) enum Passage {
	/// It was processed; whether to its end.
	In(bool),
	/// It must wait.
	Delayed(DelayReason),
	/// It could not be processed.
	Failed(ProcessMessageError),
}

/// Whether a message that failed so will never do better.
fn is_final(error: &ProcessMessageError) -> bool {
	use ProcessMessageError::*;
	match error {
		BadFormat | Corrupt | Unsupported => true,
		Overweight(_) | Yield | StackLimitReached => false,
	}
}

impl<T: Config> Pallet<T> {
	fn guard(
		message: &[u8],
		origin: MessageOrigin,
		arrivals: Arrivals,
		meter: &mut WeightMeter,
		id: &mut XcmHash,
	) -> Result<bool, ProcessMessageError> {
		let lane = match origin {
			MessageOrigin::Lane(lane) if !arrivals.sums.is_empty() => lane,
			// Nothing is brought from this chain to itself, whoever it acts as.
			MessageOrigin::Here if !arrivals.sums.is_empty() => {
				return Err(ProcessMessageError::Unsupported)
			},
			_ => return T::Processor::process_message(message, origin, meter, id),
		};
		let ahead = arrivals.sums.keys().find(|asset| WaitingFor::<T>::contains_key(lane, asset));
		let passage = match ahead {
			Some(asset) => Passage::Delayed(DelayReason::Behind(*asset)),
			None => Self::let_in(lane, &arrivals, message, meter, id),
		};
		match passage {
			Passage::In(success) => Ok(success),
			Passage::Failed(error) => Err(error),
			Passage::Delayed(reason) => {
				// It is tried again from the queue where there is no room.
				with_storage_layer(|| Self::set_aside(lane, message, &arrivals.sums, reason))
					.map_err(|_| ProcessMessageError::Yield)?;
				Ok(true)
			},
		}
	}

	/// Counts what a message brings and has it processed: both or neither. What a message brings that is not
	/// fit to be executed is kept for its owner.
	pub(crate) fn let_in(
		lane: LaneId,
		arrivals: &Arrivals,
		message: &[u8],
		meter: &mut WeightMeter,
		id: &mut XcmHash,
	) -> Passage {
		with_transaction::<_, DispatchError, _>(|| {
			if let Err(reason) = Self::count(&arrivals.sums) {
				return TransactionOutcome::Rollback(Ok(Passage::Delayed(reason)));
			}
			match Self::process(lane, message, meter, id) {
				Ok(success) => TransactionOutcome::Commit(Ok(Passage::In(success))),
				Err(error) if is_final(&error) => {
					let most = T::OnStranded::weight(arrivals.looked_at);
					if meter.try_consume(most).is_err() {
						let failed = Passage::Failed(ProcessMessageError::Overweight(most));
						return TransactionOutcome::Rollback(Ok(failed));
					}
					T::OnStranded::stranded(&arrivals.owner, arrivals.assets.clone());
					TransactionOutcome::Commit(Ok(Passage::In(false)))
				},
				Err(error) => TransactionOutcome::Rollback(Ok(Passage::Failed(error))),
			}
		})
		// Transactions lie in one another too deep.
		.unwrap_or(Passage::Failed(ProcessMessageError::Yield))
	}

	/// Has a message processed. An error leaves everything as it was.
	fn process(
		lane: LaneId,
		message: &[u8],
		meter: &mut WeightMeter,
		id: &mut XcmHash,
	) -> Result<bool, ProcessMessageError> {
		with_transaction::<_, DispatchError, _>(|| {
			match T::Processor::process_message(message, MessageOrigin::Lane(lane), meter, id) {
				Ok(success) => TransactionOutcome::Commit(Ok(Ok(success))),
				Err(error) => TransactionOutcome::Rollback(Ok(Err(error))),
			}
		})
		// Transactions lie in one another too deep.
		.unwrap_or(Err(ProcessMessageError::Yield))
	}

	/// Counts amounts, or says why one of them may not come in now. Not all is written in that case.
	fn count(sums: &BTreeMap<AssetId, Balance>) -> Result<(), DelayReason> {
		let now = T::BlockNumberProvider::current_block_number();
		for (&asset, &amount) in sums {
			let status = T::Locations::status_of(asset);
			let is_active = matches!(status, None | Some(AssetStatus::Active));
			ensure!(is_active, DelayReason::NotActive(asset));
			if let Some(limit) = InflowLimits::<T>::get(asset) {
				let filled = Inflows::<T>::get(asset)
					.unwrap_or_default()
					.filled(amount, limit, Self::day(), now)
					.ok_or(DelayReason::OverLimit(asset))?;
				Inflows::<T>::insert(asset, filled);
			}
		}
		Ok(())
	}

	fn day() -> u64 {
		T::Day::get().saturated_into()
	}

	pub(crate) fn do_set_inflow_limit(asset: AssetId, new: Option<Balance>) -> DispatchResult {
		let is_known = T::Locations::status_of(asset).is_some();
		ensure!(is_known || new.is_none(), Error::<T>::AssetNotFound);
		let old = InflowLimits::<T>::get(asset);
		if new.is_none() {
			Inflows::<T>::remove(asset);
		} else if let (Some(limit), Some(bucket)) = (old, Inflows::<T>::get(asset)) {
			// It drained by the old limit until now.
			Inflows::<T>::insert(asset, Self::drained(bucket, limit));
		}
		InflowLimits::<T>::set(asset, new);
		Self::deposit_event(Event::InflowLimitChanged { asset, old, new });
		Ok(())
	}

	/// How much of an asset has come in of late, and counts against its limit now, in planck.
	pub fn inflow_of(asset: AssetId) -> Balance {
		match (InflowLimits::<T>::get(asset), Inflows::<T>::get(asset)) {
			(Some(limit), Some(bucket)) => Self::drained(bucket, limit).level,
			_ => 0,
		}
	}

	fn drained(bucket: Bucket<BlockNumberFor<T>>, limit: Balance) -> Bucket<BlockNumberFor<T>> {
		bucket.drained(limit, Self::day(), T::BlockNumberProvider::current_block_number())
	}
}
