// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Reports: how a fault comes to be known.

use crate::{pallet::*, types::*, WeightInfo};
use frame_support::{
	pallet_prelude::*,
	traits::{Consideration, Footprint},
};
use picasso_primitives::{
	conditions::{Case, Condition, Evidence, EvidenceSize},
	restaking::StakeLedger,
	slashing::{FaultId, FaultStatus, Slashable, SlashableParts, SlashingTerms},
	AvsId, EraIndex,
};
use sp_core::H256;
use sp_runtime::{traits::Zero, ArithmeticError, Perbill};

/// What a report took.
pub(crate) struct Reported {
	/// Pools that answer for the fault.
	pub(crate) pools: u32,
	/// Whether the reporter put down a bond.
	pub(crate) bonded: bool,
}

/// A fault that evidence proves.
pub(crate) struct Proved<T: Config> {
	pub(crate) fault: FaultId<T::AccountId>,
	pub(crate) condition: Condition<T::AccountId>,
	/// The era in which it is due.
	pub(crate) due: EraIndex,
}

/// A fault as it is told first.
pub(crate) struct NewFault<T: Config> {
	pub(crate) condition: Condition<T::AccountId>,
	pub(crate) fraction: Perbill,
	/// The era in which it is due.
	pub(crate) due: EraIndex,
	pub(crate) reporter: Option<T::AccountId>,
	pub(crate) bond: Option<T::ReportBond>,
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_report(
		who: &T::AccountId,
		avs: AvsId,
		number: u8,
		evidence: Evidence<T::AccountId>,
	) -> Result<Reported, DispatchError> {
		let Proved { fault, condition, due } = Self::examine(who, avs, number, evidence)?;
		let bond = condition.fault.rests_on_word().then(|| {
			let footprint = Footprint::from_mel::<FaultRecord<T>>();
			T::ReportBond::new(who, footprint)
		});
		let bond = bond.transpose()?;
		let bonded = bond.is_some();
		let fraction = condition.slash.maximum();
		let new = NewFault { condition, fraction, due, reporter: Some(who.clone()), bond };
		let pools = Self::open(fault, new)?;
		Ok(Reported { pools, bonded })
	}

	/// What it costs to report a fault that so many pools answer for. Places in a table make it be read.
	pub(crate) fn weight_of_report(evidence: EvidenceSize, pools: u32) -> Weight {
		let report = T::WeightInfo::report(evidence.signatures, pools);
		if evidence.is_listed {
			report.saturating_add(T::WeightInfo::attest_for(1))
		} else {
			report
		}
	}

	/// Whether evidence proves a fault that is not known yet. Changes nothing: what is cheap to see comes
	/// first, signatures come last.
	pub(crate) fn examine(
		who: &T::AccountId,
		avs: AvsId,
		number: u8,
		evidence: Evidence<T::AccountId>,
	) -> Result<Proved<T>, DispatchError> {
		let now = T::Ledger::current_era();
		let era = evidence.era();
		ensure!(era <= now, Error::<T>::EraInFuture);
		let condition = Self::condition(avs, era, number)?;
		let last = era.saturating_add(condition.evidence_window);
		ensure!(now <= last, Error::<T>::EvidenceTooOld);
		let accused = evidence.accused::<T::Tables>(avs).map_err(Error::<T>::from)?;
		let operator = accused.entry.operator.clone();
		let fault = FaultId { avs, operator, era: accused.era, condition: number };
		Self::ensure_unknown(&fault)?;
		let case = Case {
			genesis: Self::genesis(),
			avs,
			number,
			condition: &condition,
			accused: &accused,
			reporter: who,
		};
		evidence.verify::<T::Tables>(&case).map_err(Error::<T>::from)?;
		let due = Self::due(&condition, fault.era, now)?;
		Ok(Proved { fault, condition, due })
	}

	/// Keeps a fault that was proved and is not known yet, marks the pools that answer for it, and says when it
	/// is looked at. Returns how many pools there are.
	pub(crate) fn open(
		fault: FaultId<T::AccountId>,
		new: NewFault<T>,
	) -> Result<u32, DispatchError> {
		let NewFault { condition, fraction, due, reporter, bond } = new;
		let FaultId { avs, operator, .. } = &fault;
		let pools = T::Parts::pools(*avs, operator);
		for pool in &pools {
			T::Ledger::open_report(*pool)?;
		}
		let count = pools.len() as u32;
		if condition.awaits_others() {
			Self::count_offender(&fault, |count| count.checked_add(1))?;
		}
		let mut record = FaultRecord {
			condition,
			fraction,
			charged: Perbill::zero(),
			status: FaultStatus::Pending,
			due,
			reporter: reporter.clone(),
			bond,
			dispute: Dispute::None,
			detained: None,
			// As many as an operator may put behind an AVS, which has the same bound.
			pools: pools.try_into().map_err(|_| ArithmeticError::Overflow)?,
			charges: BoundedVec::new(),
			attempts: 0,
		};
		if !record.condition.fault.rests_on_word() {
			Self::detain(&fault, &mut record, due);
		}
		let detained = record.detained.is_some();
		Self::keep(&fault, record);
		Self::enqueue(due, &fault);
		Self::deposit_event(Event::FaultReported { fault, reporter, fraction, due, detained });
		Ok(count)
	}

	/// Raises what a known fault costs; what was charged already stays so.
	pub(crate) fn raise(
		fault: FaultId<T::AccountId>,
		mut record: FaultRecord<T>,
		new: Perbill,
	) -> DispatchResult {
		let old = core::mem::replace(&mut record.fraction, new);
		if record.is_final() {
			// Pools that were removed meanwhile have nothing left to take.
			record.pools.retain(|pool| T::Ledger::pool_stake(*pool).is_some());
			for pool in &record.pools {
				T::Ledger::open_report(*pool)?;
			}
		}
		if record.status != FaultStatus::Pending {
			let now = T::Ledger::current_era();
			record.due = Self::due(&record.condition, fault.era, now)?;
			record.status = FaultStatus::Pending;
			record.dispute = Dispute::None;
			Self::enqueue(record.due, &fault);
		}
		let due = record.due;
		Self::keep(&fault, record);
		Self::deposit_event(Event::FaultRaised { fault, old, new, due });
		Ok(())
	}

	/// The era in which a fault of `era` that is reported in `now` is due: not before that.
	pub(crate) fn due(
		condition: &Condition<T::AccountId>,
		era: EraIndex,
		now: EraIndex,
	) -> Result<EraIndex, DispatchError> {
		let due = condition.due(era, now).ok_or(ArithmeticError::Overflow)?;
		Ok(due.max(now))
	}

	pub(crate) fn condition(
		avs: AvsId,
		era: EraIndex,
		number: u8,
	) -> Result<Condition<T::AccountId>, DispatchError> {
		let conditions = T::Terms::conditions(avs, era);
		conditions.into_iter().nth(number.into()).ok_or(Error::<T>::ConditionNotFound.into())
	}

	pub(crate) fn count_offender(
		fault: &FaultId<T::AccountId>,
		count: impl FnOnce(u32) -> Option<u32>,
	) -> DispatchResult {
		let key = (fault.avs, fault.era, fault.condition);
		Offenders::<T>::try_mutate(key, |offenders| {
			*offenders = count(*offenders).ok_or(ArithmeticError::Overflow)?;
			Ok(())
		})
	}

	pub(crate) fn genesis() -> H256 {
		frame_system::Pallet::<T>::block_hash(
			frame_system::pallet_prelude::BlockNumberFor::<T>::zero(),
		)
	}
}

/// Where faults are kept.
impl<T: Config> Pallet<T> {
	pub(crate) fn fault(fault: &FaultId<T::AccountId>) -> Result<FaultRecord<T>, DispatchError> {
		Faults::<T>::get(fault).ok_or(Error::<T>::FaultNotFound.into())
	}

	pub(crate) fn ensure_unknown(fault: &FaultId<T::AccountId>) -> DispatchResult {
		ensure!(!Faults::<T>::contains_key(fault), Error::<T>::AlreadyReported);
		Ok(())
	}

	pub(crate) fn keep(fault: &FaultId<T::AccountId>, record: FaultRecord<T>) {
		Faults::<T>::insert(fault, record);
	}

	pub(crate) fn enqueue(era: EraIndex, fault: &FaultId<T::AccountId>) {
		Queue::<T>::insert(era, fault, ());
	}
}
