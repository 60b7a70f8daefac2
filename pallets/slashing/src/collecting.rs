// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Carrying out verdicts: what a fault costs, and taking it.

use crate::{pallet::*, types::*};
use alloc::vec::Vec;
use frame_support::pallet_prelude::*;
use picasso_primitives::{
	avs::{StakeTables, CHAIN},
	conditions::{Destination, SlashFraction},
	math::Ratio,
	restaking::StakeLedger,
	slashing::{
		Answerable, Claim, FaultId, FaultStatus, Jails, Payee, PoolSlash, Proceeds, Slashable,
		SlashableParts, SlashedPool, TakenPart,
	},
	EraIndex, PoolId,
};
use sp_runtime::{ArithmeticError, Perbill};

/// What the ledger must take of pools.
type Parts = Vec<(PoolId, Ratio)>;

impl<T: Config> Pallet<T> {
	/// Carries out what is due of a fault. Where something is left, it is looked at again in the next era.
	/// Returns what is to be kept of it: nothing where nobody can be held to it any more.
	pub(crate) fn attend(
		fault: &FaultId<T::AccountId>,
		mut record: FaultRecord<T>,
		now: EraIndex,
	) -> Result<Option<FaultRecord<T>>, DispatchError> {
		let mut jailed_until = None;
		let parts = match record.status {
			FaultStatus::Pending if record.due <= now => {
				let is_first = record.charged.is_zero();
				jailed_until = Self::convict(fault, &mut record, now)?;
				if is_first {
					Self::take_first(fault, &mut record)?
				} else {
					Self::take_rest(fault, &mut record)?
				}
			},
			FaultStatus::Collecting => Self::take_rest(fault, &mut record)?,
			FaultStatus::Settled | FaultStatus::Cancelled if Self::forgettable(fault) <= now => {
				Self::forget(fault, now);
				return Ok(None);
			},
			_ => return Ok(Some(record)),
		};
		let settles = record.is_collected();
		let pools = Self::slash(fault, &record, &parts, settles)?;
		let until = if settles {
			record.status = FaultStatus::Settled;
			Self::free(&record, &parts)?;
			Self::enqueue(Self::forgettable(fault).max(now), fault);
			None
		} else {
			let next = now.checked_add(1).ok_or(ArithmeticError::Overflow)?;
			Self::enqueue(next, fault);
			Some(next)
		};
		record.attempts = 0;
		let (fault, fraction) = (fault.clone(), record.charged);
		Self::deposit_event(Event::FaultSlashed { fault, fraction, pools, jailed_until, until });
		Ok(Some(record))
	}

	/// Fixes what a fault costs, and gives bonds back that nobody decided upon. Returns up to which era the
	/// operator is jailed for it.
	fn convict(
		fault: &FaultId<T::AccountId>,
		record: &mut FaultRecord<T>,
		now: EraIndex,
	) -> Result<Option<EraIndex>, DispatchError> {
		let fraction = Self::fraction(fault, record);
		Self::return_report_bond(record)?;
		Self::return_dispute_bond(fault, record)?;
		let jailed_until = Self::jail(fault, record, now);
		Self::note_conviction(fault, record, now);
		Self::raise_charges(record, fraction)?;
		record.charged = record.charged.max(fraction);
		record.status = FaultStatus::Collecting;
		Ok(jailed_until)
	}

	/// What a fault that is due costs, of what answered for it. For the chain's own consensus the SDK says so.
	pub(crate) fn fraction(fault: &FaultId<T::AccountId>, record: &FaultRecord<T>) -> Perbill {
		let FaultId { avs, operator, era, condition: number } = fault;
		let condition = &record.condition;
		let told = *avs == CHAIN && condition.fault.is_of_consensus();
		if told || record.attempts > 0 {
			return record.fraction;
		}
		// It depends on nothing that would have to be looked up.
		if let SlashFraction::Fixed(fraction) = condition.slash {
			return fraction.min(record.fraction);
		}
		let kind = condition.fault.kind();
		let before = Convictions::<T>::get(avs, operator)
			.iter()
			.filter(|conviction| conviction.kind == kind && conviction.era != *era)
			.count() as u32;
		let offenders = Offenders::<T>::get((avs, era, number));
		let operators = T::Tables::summary(*avs, *era).map_or(0, |table| table.operators);
		condition.slash.of(before, offenders, operators).min(record.fraction)
	}

	fn jail(
		fault: &FaultId<T::AccountId>,
		record: &mut FaultRecord<T>,
		now: EraIndex,
	) -> Option<EraIndex> {
		let until = record.condition.jail.until(now)?;
		if record.detained == Some(now) {
			// Who was detained for a verdict of this era is in jail already.
			record.detained = None;
		} else {
			T::Jails::jail(fault.avs, &fault.operator, until);
			Self::acquit(fault, record);
		}
		Some(until)
	}

	/// Notes a conviction, where repetitions are told by it; the oldest makes room.
	fn note_conviction(fault: &FaultId<T::AccountId>, record: &FaultRecord<T>, now: EraIndex) {
		if !record.condition.slash.is_of_repeats() {
			return;
		}
		let conviction = Conviction { kind: record.condition.fault.kind(), era: fault.era };
		Convictions::<T>::mutate(fault.avs, &fault.operator, |known| {
			known.retain(|known| Self::is_held(known.era, now));
			if known.contains(&conviction) {
				return;
			}
			if known.is_full() {
				known.remove(0);
			}
			known.force_push(conviction);
		});
	}

	/// Charges each pool that was charged before ⌈what answered · fraction⌉, where that is more.
	fn raise_charges(record: &mut FaultRecord<T>, fraction: Perbill) -> DispatchResult {
		let ratio = Self::ratio(fraction)?;
		for charge in record.charges.iter_mut() {
			let owed = ratio.of(charge.base).ok_or(ArithmeticError::Overflow)?;
			charge.owed = charge.owed.max(owed);
		}
		Ok(())
	}

	/// Charges each pool ⌈what answers · fraction⌉ and takes that, up to the ceiling. Returns what the
	/// ledger must take of pools.
	fn take_first(
		fault: &FaultId<T::AccountId>,
		record: &mut FaultRecord<T>,
	) -> Result<Parts, DispatchError> {
		let claim = Claim::Part { of: Self::ratio(record.charged)?, counted_in: fault.era };
		let ceiling = T::EraCeiling::get();
		let mut parts = Parts::new();
		let mut charges = Vec::new();
		for pool in record.pools.iter().copied() {
			let part = T::Parts::take(fault.avs, pool, claim, ceiling)?;
			let Some(TakenPart { base, owed, taken, of_pool }) = part else { continue };
			let Answerable { generation, magnitude: base } = base;
			charges.push(Charge { pool, generation, base, owed, taken });
			if !of_pool.is_zero() {
				parts.push((pool, of_pool));
			}
		}
		// As many as there are pools, at the most.
		record.charges = BoundedVec::truncate_from(charges);
		Ok(parts)
	}

	/// Takes what is charged and not taken yet, up to the ceiling. Returns what the ledger must take of pools.
	fn take_rest(
		fault: &FaultId<T::AccountId>,
		record: &mut FaultRecord<T>,
	) -> Result<Parts, DispatchError> {
		let ceiling = T::EraCeiling::get();
		let mut parts = Parts::new();
		for charge in record.charges.iter_mut().filter(|charge| charge.owed > charge.taken) {
			let Charge { pool, generation, owed, taken, .. } = *charge;
			let magnitude = owed.checked_sub(taken).ok_or(ArithmeticError::Underflow)?;
			let claim = Claim::Rest(Answerable { generation, magnitude });
			// What is gone can't be owed: all of it, or some.
			let (owed, now_taken) = match T::Parts::take(fault.avs, pool, claim, ceiling)? {
				None => (0, 0),
				Some(TakenPart { owed, taken, of_pool, .. }) => {
					if !of_pool.is_zero() {
						parts.push((pool, of_pool));
					}
					(owed, taken)
				},
			};
			charge.owed = taken.checked_add(owed).ok_or(ArithmeticError::Overflow)?;
			charge.taken = taken.checked_add(now_taken).ok_or(ArithmeticError::Overflow)?;
		}
		Ok(parts)
	}

	/// Has the ledger take parts of pools.
	fn slash(
		fault: &FaultId<T::AccountId>,
		record: &FaultRecord<T>,
		parts: &Parts,
		settles: bool,
	) -> Result<Vec<SlashedPool>, DispatchError> {
		let slash = |(pool, part): &_| PoolSlash { pool: *pool, part: *part, settles };
		let slashes: Vec<_> = parts.iter().map(slash).collect();
		T::Ledger::slash_for(&slashes, &Self::proceeds(fault, record))
	}

	fn ratio(fraction: Perbill) -> Result<Ratio, ArithmeticError> {
		let whole = Perbill::one().deconstruct();
		Ratio::new(fraction.deconstruct().into(), whole.into()).ok_or(ArithmeticError::Overflow)
	}

	/// Who gets what is taken. An operator that reports itself gets nothing of it.
	fn proceeds(fault: &FaultId<T::AccountId>, record: &FaultRecord<T>) -> Proceeds<T::AccountId> {
		let reporter = record.reporter.clone().filter(|reporter| *reporter != fault.operator);
		let rest = match &record.condition.destination {
			Destination::Treasury => Payee::Account(T::Treasury::get()),
			Destination::Burn => Payee::Nobody { or: T::Treasury::get() },
			Destination::Victims(account) => Payee::Account(account.clone()),
		};
		let share = record.condition.reporter_share;
		Proceeds { reporter: reporter.map(|reporter| (reporter, share)), rest }
	}

	/// The era in which nobody can be held to a fault any more, nor to what it repeats.
	pub(crate) fn forgettable(fault: &FaultId<T::AccountId>) -> EraIndex {
		fault.era.saturating_add(T::Ledger::unbonding()).saturating_add(1)
	}

	fn is_held(era: EraIndex, now: EraIndex) -> bool {
		era.saturating_add(T::Ledger::unbonding()) >= now
	}

	/// Forgets what is kept of a fault beside it.
	fn forget(fault: &FaultId<T::AccountId>, now: EraIndex) {
		let FaultId { avs, operator, era, condition } = fault;
		Offenders::<T>::remove((avs, era, condition));
		Convictions::<T>::mutate_exists(avs, operator, |slot| {
			if let Some(known) = slot {
				known.retain(|known| Self::is_held(known.era, now));
				if known.is_empty() {
					*slot = None;
				}
			}
		});
		Self::deposit_event(Event::FaultForgotten { fault: fault.clone() });
	}
}
