// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The queue of faults: who is looked at when, and what becomes of those that can't be carried out.

use crate::{pallet::*, types::*, WeightInfo};
use frame_support::{pallet_prelude::*, storage::with_storage_layer, weights::WeightMeter};
use picasso_primitives::{
	restaking::StakeLedger,
	slashing::{FaultId, FaultStatus},
	EraIndex,
};

/// The most eras that a fault is parked for.
const LONGEST_PARKING: EraIndex = 8;

impl<T: Config> Pallet<T> {
	/// Looks at as many faults of the queue as the meter allows.
	pub(crate) fn work_off(meter: &mut WeightMeter) {
		if !meter.can_consume(Self::weight_of_step()) {
			return;
		}
		let now = T::Ledger::current_era();
		let start = QueueStart::<T>::get();
		let mut era = start;
		while Self::work_off_era(era, now, meter) && era < now {
			era = era.saturating_add(1);
		}
		if era != start {
			QueueStart::<T>::put(era);
		}
	}

	/// What it costs at the most to look at a fault, and to carry it out. Nothing is looked at where there is
	/// less room: a fault leaves the queue before it is known how many pools answer for it.
	pub(crate) fn weight_of_step() -> Weight {
		T::WeightInfo::look_at_queue().saturating_add(T::WeightInfo::attend(T::MaxPools::get()))
	}

	/// Looks at the faults of an era, up to the current one, as the meter allows. Returns whether it saw all that
	/// were there.
	fn work_off_era(era: EraIndex, now: EraIndex, meter: &mut WeightMeter) -> bool {
		// They leave the queue as they are looked at; what comes to it of the current era meanwhile waits for
		// the next block, or is seen.
		let mut due = Queue::<T>::iter_key_prefix(era).drain();
		while meter.can_consume(Self::weight_of_step()) {
			meter.consume(T::WeightInfo::look_at_queue());
			let Some(fault) = due.next() else { return true };
			Faults::<T>::mutate_exists(&fault, |slot| {
				let Some(record) = slot.take() else { return };
				meter.consume(T::WeightInfo::attend(record.pools.len() as u32));
				*slot = Self::attend_or_park(&fault, record, now);
			});
		}
		false
	}

	/// Carries out what is due of a fault; where that fails it changes nothing and comes again later, so
	/// that it stands in nobody's way.
	fn attend_or_park(
		fault: &FaultId<T::AccountId>,
		record: FaultRecord<T>,
		now: EraIndex,
	) -> Option<FaultRecord<T>> {
		let attended = with_storage_layer(|| Self::attend(fault, record.clone(), now));
		attended.unwrap_or_else(|reason| Some(Self::park(fault, record, reason, now)))
	}

	fn park(
		fault: &FaultId<T::AccountId>,
		mut record: FaultRecord<T>,
		reason: DispatchError,
		now: EraIndex,
	) -> FaultRecord<T> {
		// What it costs is known now; who else was at fault may be forgotten later.
		record.fraction = Self::fraction(fault, &record);
		let eras = 1u32.checked_shl(record.attempts).unwrap_or(LONGEST_PARKING);
		let until = now.saturating_add(eras.clamp(1, LONGEST_PARKING));
		record.attempts = record.attempts.saturating_add(1);
		if record.status == FaultStatus::Pending && !record.condition.fault.rests_on_word() {
			Self::detain(fault, &mut record, until);
		}
		Self::enqueue(until, fault);
		Self::deposit_event(Event::FaultParked { fault: fault.clone(), reason, until });
		record
	}

	/// What anyone can ask for: to carry out what is due now.
	pub(crate) fn do_retry(fault: FaultId<T::AccountId>) -> DispatchResult {
		Faults::<T>::try_mutate_exists(&fault, |slot| {
			let record = slot.take().ok_or(Error::<T>::FaultNotFound)?;
			let now = T::Ledger::current_era();
			let due = match record.status {
				FaultStatus::Pending => record.due <= now,
				FaultStatus::Collecting => true,
				FaultStatus::Settled | FaultStatus::Cancelled => false,
			};
			ensure!(due, Error::<T>::NothingDue);
			*slot = Self::attend(&fault, record, now)?;
			Ok(())
		})
	}
}
