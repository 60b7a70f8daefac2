// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Disputes: who may say what of a fault before it is carried out, and what becomes of bonds.

use crate::{pallet::*, types::*};
use frame_support::{
	pallet_prelude::*,
	traits::{Consideration, Footprint},
};
use picasso_primitives::{
	math::Ratio,
	restaking::StakeLedger,
	slashing::{FaultId, FaultStatus, Jails, Slashable},
	EraIndex, PoolId,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_dispute(who: &T::AccountId, fault: FaultId<T::AccountId>) -> DispatchResult {
		let mut record = Self::undecided(&fault)?;
		ensure!(*who == fault.operator, Error::<T>::NotAccused);
		ensure!(matches!(record.dispute, Dispute::None), Error::<T>::AlreadyDisputed);
		let bond = T::DisputeBond::new(who, Footprint::from_mel::<FaultRecord<T>>())?;
		record.dispute = Dispute::Open(bond);
		Self::keep(&fault, record);
		Self::deposit_event(Event::FaultDisputed { fault });
		Ok(())
	}

	/// Decides as governance, or as `judge`, where the condition names that account.
	pub(crate) fn do_decide(
		judge: Option<&T::AccountId>,
		fault: FaultId<T::AccountId>,
		decision: Decision,
	) -> DispatchResult {
		let mut record = Self::undecided(&fault)?;
		let named = judge.is_none() || record.condition.veto.as_ref() == judge;
		ensure!(named, Error::<T>::NotJudge);
		match decision {
			Decision::Cancel => Self::cancel(&fault, &mut record)?,
			Decision::Reduce(fraction) => {
				let less = fraction < record.fraction && fraction >= record.charged;
				ensure!(less, Error::<T>::NotReduced);
				record.fraction = fraction;
				Self::return_report_bond(&mut record)?;
				Self::return_dispute_bond(&fault, &mut record)?;
			},
			Decision::Uphold => {
				let Dispute::Open(bond) = core::mem::replace(&mut record.dispute, Dispute::Over)
				else {
					return Err(Error::<T>::NotDisputed.into());
				};
				bond.burn(&fault.operator);
				Self::return_report_bond(&mut record)?;
			},
		}
		Self::keep(&fault, record);
		Self::deposit_event(Event::FaultDecided { fault, decision });
		Ok(())
	}

	/// Ends a fault as none. Where some of it was charged before, only what was to come is cancelled.
	fn cancel(fault: &FaultId<T::AccountId>, record: &mut FaultRecord<T>) -> DispatchResult {
		if let (Some(bond), Some(reporter)) = (record.bond.take(), &record.reporter) {
			bond.burn(reporter);
		}
		Self::return_dispute_bond(fault, record)?;
		record.fraction = record.charged;
		if !record.charged.is_zero() {
			// What was charged before may still have to be collected.
			record.status = FaultStatus::Collecting;
			Self::enqueue(T::Ledger::current_era(), fault);
			return Ok(());
		}
		record.status = FaultStatus::Cancelled;
		if record.condition.awaits_others() {
			Self::count_offender(fault, |count| count.checked_sub(1))?;
		}
		Self::acquit(fault, record);
		Self::free(record, &[])?;
		// Consensus faults may be told, and disputed, until nobody can be held to them any more.
		Self::enqueue(Self::forgettable(fault).max(T::Ledger::current_era()), fault);
		Ok(())
	}

	/// A fault that can still be decided upon.
	fn undecided(fault: &FaultId<T::AccountId>) -> Result<FaultRecord<T>, DispatchError> {
		let record = Self::fault(fault)?;
		ensure!(record.status == FaultStatus::Pending, Error::<T>::NotPending);
		ensure!(T::Ledger::current_era() < record.due, Error::<T>::NotPending);
		Ok(record)
	}

	/// Lets the pools that answered for a fault take stake again. For pools of which `parts` were taken, that
	/// was settled as they were.
	pub(crate) fn free(record: &FaultRecord<T>, parts: &[(PoolId, Ratio)]) -> DispatchResult {
		let is_settled = |id| parts.iter().any(|(pool, _)| pool == id);
		for pool in record.pools.iter().filter(|pool| !is_settled(*pool)) {
			T::Ledger::settle_report(*pool)?;
		}
		Ok(())
	}

	/// Keeps the accused from serving in wait for a verdict in an era, and no longer for one in another.
	pub(crate) fn detain(
		fault: &FaultId<T::AccountId>,
		record: &mut FaultRecord<T>,
		due: EraIndex,
	) {
		let FaultId { avs, operator, .. } = fault;
		let until = record.condition.jail.until(due);
		let detained = until.is_some_and(|until| T::Jails::detain(*avs, operator, due, until));
		Self::acquit(fault, record);
		record.detained = detained.then_some(due);
	}

	/// Ends the detention of the accused.
	pub(crate) fn acquit(fault: &FaultId<T::AccountId>, record: &mut FaultRecord<T>) {
		let due = record.detained.take();
		if let Some((due, until)) =
			due.and_then(|due| Some((due, record.condition.jail.until(due)?)))
		{
			T::Jails::acquit(fault.avs, &fault.operator, due, until);
		}
	}

	pub(crate) fn return_report_bond(record: &mut FaultRecord<T>) -> DispatchResult {
		match (record.bond.take(), &record.reporter) {
			(Some(bond), Some(reporter)) => bond.drop(reporter),
			_ => Ok(()),
		}
	}

	pub(crate) fn return_dispute_bond(
		fault: &FaultId<T::AccountId>,
		record: &mut FaultRecord<T>,
	) -> DispatchResult {
		match core::mem::replace(&mut record.dispute, Dispute::Over) {
			Dispute::Open(bond) => bond.drop(&fault.operator),
			Dispute::None | Dispute::Over => Ok(()),
		}
	}
}
