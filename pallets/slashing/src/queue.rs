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
		let look = T::WeightInfo::look_at_queue();
		if !meter.can_consume(look) {
			return;
		}
		let now = T::Ledger::current_era();
		let mut era = QueueStart::<T>::get();
		while meter.try_consume(look).is_ok() {
			if let Some(fault) = Queue::<T>::iter_key_prefix(era).next() {
				let record = Self::fault(&fault).ok();
				let pools = record.as_ref().map_or(0, |record| record.pools.len() as u32);
				if meter.try_consume(T::WeightInfo::attend(pools)).is_err() {
					break;
				}
				Queue::<T>::remove(era, &fault);
				if let Some(record) = record {
					Self::attend_or_park(&fault, record);
				}
			} else if era < now {
				era = era.saturating_add(1);
			} else {
				break;
			}
		}
		QueueStart::<T>::put(era);
	}

	/// Carries out what is due of a fault; where that fails it changes nothing and comes again later, so
	/// that it stands in nobody's way.
	fn attend_or_park(fault: &FaultId<T::AccountId>, record: FaultRecord<T>) {
		let Err(reason) = with_storage_layer(|| Self::attend(fault, record)) else { return };
		let Ok(mut record) = Self::fault(fault) else { return };
		// What it costs is known now; who else was at fault may be forgotten later.
		record.fraction = Self::fraction(fault, &record);
		let eras = 1u32.checked_shl(record.attempts).unwrap_or(LONGEST_PARKING);
		let until = T::Ledger::current_era().saturating_add(eras.clamp(1, LONGEST_PARKING));
		record.attempts = record.attempts.saturating_add(1);
		Self::keep(fault, record);
		Self::enqueue(until, fault);
		Self::deposit_event(Event::FaultParked { fault: fault.clone(), reason, until });
	}

	/// What anyone can ask for: to carry out what is due now.
	pub(crate) fn do_retry(fault: FaultId<T::AccountId>) -> DispatchResult {
		let record = Self::fault(&fault)?;
		let due = match record.status {
			FaultStatus::Pending => record.due <= T::Ledger::current_era(),
			FaultStatus::Collecting => true,
			FaultStatus::Settled | FaultStatus::Cancelled => false,
		};
		ensure!(due, Error::<T>::NothingDue);
		Self::attend(&fault, record)
	}
}
