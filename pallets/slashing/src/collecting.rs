// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Carrying out verdicts: what a fault costs, and taking it.

use crate::{pallet::*, types::*};
use alloc::vec::Vec;
use frame_support::pallet_prelude::*;
use picasso_primitives::{
	avs::{StakeTables, CHAIN},
	conditions::{Destination, Jail, SlashFraction},
	math::Ratio,
	restaking::StakeLedger,
	slashing::{
		Answerable, FaultId, FaultStatus, Jails, Payee, Proceeds, Slashable, SlashableParts,
		TakenPart,
	},
	EraIndex, PoolId,
};
use sp_runtime::{ArithmeticError, Perbill};

impl<T: Config> Pallet<T> {
	/// Carries out what is due of a fault. Where something is left, it is looked at again in the next era.
	pub(crate) fn attend(
		fault: &FaultId<T::AccountId>,
		mut record: FaultRecord<T>,
	) -> DispatchResult {
		let now = T::Ledger::current_era();
		match record.status {
			FaultStatus::Pending if record.due <= now => Self::convict(fault, &mut record)?,
			FaultStatus::Collecting => {},
			FaultStatus::Settled | FaultStatus::Cancelled if Self::forgettable(fault) <= now => {
				Self::forget(fault);
				return Ok(());
			},
			_ => return Ok(()),
		}
		if Self::collect(fault, &mut record)? {
			record.status = FaultStatus::Settled;
			Self::free(fault, &mut record)?;
			Self::enqueue(Self::forgettable(fault).max(now), fault);
			Self::deposit_event(Event::FaultSettled { fault: fault.clone() });
		} else {
			let until = now.checked_add(1).ok_or(ArithmeticError::Overflow)?;
			Self::enqueue(until, fault);
			Self::deposit_event(Event::FaultDeferred { fault: fault.clone(), until });
		}
		record.attempts = 0;
		Self::keep(fault, record);
		Ok(())
	}

	/// Fixes what a fault costs, and gives bonds back that nobody decided upon.
	fn convict(fault: &FaultId<T::AccountId>, record: &mut FaultRecord<T>) -> DispatchResult {
		let fraction = Self::fraction(fault, record);
		Self::return_report_bond(record)?;
		Self::return_dispute_bond(fault, record)?;
		Self::jail(fault, record)?;
		Self::note_conviction(fault, record);
		Self::charge(fault, record, fraction)?;
		record.charged = record.charged.max(fraction);
		record.status = FaultStatus::Collecting;
		Self::deposit_event(Event::Convicted { fault: fault.clone(), fraction });
		Ok(())
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

	fn jail(fault: &FaultId<T::AccountId>, record: &mut FaultRecord<T>) -> DispatchResult {
		let FaultId { avs, operator, .. } = fault;
		let now = T::Ledger::current_era();
		match record.condition.jail {
			Jail::None => {},
			// The table of this era may be built already: it is out of the next ones.
			Jail::Eras(eras) => {
				let until = now.saturating_add(eras).saturating_add(1);
				T::Jails::jail(*avs, operator, Some(until))?;
			},
			Jail::Forever => T::Jails::jail(*avs, operator, None)?,
		}
		Self::acquit(fault, record)
	}

	/// Notes a conviction, to tell repetitions by; the oldest makes room.
	fn note_conviction(fault: &FaultId<T::AccountId>, record: &FaultRecord<T>) {
		let conviction = Conviction { kind: record.condition.fault.kind(), era: fault.era };
		let now = T::Ledger::current_era();
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

	/// Charges each pool ⌈what answers · fraction⌉; what was charged already counts.
	fn charge(
		fault: &FaultId<T::AccountId>,
		record: &mut FaultRecord<T>,
		fraction: Perbill,
	) -> DispatchResult {
		if record.charged.is_zero() {
			let charges: Vec<_> =
				record.pools.iter().filter_map(|pool| Self::new_charge(fault, *pool)).collect();
			record.charges = BoundedVec::truncate_from(charges);
		}
		let ratio = Ratio::new(fraction.deconstruct().into(), Perbill::one().deconstruct().into())
			.ok_or(ArithmeticError::Overflow)?;
		for charge in record.charges.iter_mut() {
			let owed = ratio.of(charge.base).ok_or(ArithmeticError::Overflow)?;
			charge.owed = charge.owed.max(owed);
		}
		Ok(())
	}

	fn new_charge(fault: &FaultId<T::AccountId>, pool: PoolId) -> Option<Charge> {
		let Answerable { generation, magnitude } =
			T::Parts::answerable(fault.avs, pool, fault.era)?;
		Some(Charge { pool, generation, base: magnitude, owed: 0, taken: 0 })
	}

	/// Takes what is charged and not taken yet, up to the ceiling. False where some is left.
	fn collect(
		fault: &FaultId<T::AccountId>,
		record: &mut FaultRecord<T>,
	) -> Result<bool, DispatchError> {
		let ceiling = T::EraCeiling::get();
		let mut ratios = Vec::new();
		let mut complete = true;
		for charge in record.charges.iter_mut() {
			let Charge { pool, generation, owed, taken, .. } = *charge;
			let magnitude = owed.checked_sub(taken).ok_or(ArithmeticError::Underflow)?;
			if magnitude == 0 {
				continue;
			}
			match T::Parts::take(fault.avs, pool, Answerable { generation, magnitude }, ceiling)? {
				// What is gone can't be owed.
				TakenPart::Nothing => charge.owed = taken,
				TakenPart::Part { magnitude, of_pool, more } => {
					charge.taken = taken.checked_add(magnitude).ok_or(ArithmeticError::Overflow)?;
					// There may have been less than is owed.
					if !more {
						charge.owed = charge.taken;
					}
					complete &= !more;
					if !of_pool.is_zero() {
						ratios.push((pool, of_pool));
					}
				},
			}
		}
		let proceeds = Self::proceeds(fault, record);
		for slashed in T::Ledger::slash_for(&ratios, &proceeds)? {
			Self::deposit_event(Event::FaultSlashed {
				fault: fault.clone(),
				pool: slashed.pool,
				asset: slashed.asset,
				active: slashed.active,
				exits: slashed.exits,
			});
		}
		Ok(complete)
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

	fn forget(fault: &FaultId<T::AccountId>) {
		let FaultId { avs, operator, era, condition } = fault;
		let now = T::Ledger::current_era();
		Faults::<T>::remove((avs, operator, era, condition));
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
