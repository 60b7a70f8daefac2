// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The fixed yield: what is due, what is made for it, and how pools are paid.

use crate::{
	pallet::*,
	rounds::{reserve, sum, NoRoom},
	types::*,
	WeightInfo,
};
use alloc::vec::Vec;
use frame_support::{
	defensive,
	pallet_prelude::*,
	traits::{fungible::Inspect, fungible::Mutate, Defensive, DefensiveSaturating},
	weights::WeightMeter,
};
use picasso_primitives::{
	emissions::YieldPaid,
	math::{emission_of, part_of, yield_of},
	restaking::{Page, StakeLedger},
	Balance, EraIndex, PoolId, PICA,
};
use sp_runtime::traits::{BlockNumberProvider, Saturating, Zero};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_donate(who: T::AccountId, amount: Balance) -> DispatchResult {
		Self::receive(&who, PICA, amount)?;
		Pot::<T>::try_mutate(|pot| {
			*pot = pot.checked_add(amount).ok_or(sp_runtime::ArithmeticError::Overflow)?;
			Ok::<_, DispatchError>(())
		})?;
		Self::deposit_event(Event::Donated { who, amount });
		Ok(())
	}

	/// Sums up what a page of pools is due. When all are, makes what the pot lacks.
	pub(crate) fn sum_yields(
		round: &mut RoundState<T>,
		mut walk: Walk,
		now: EraIndex,
		meter: &mut WeightMeter,
	) -> Result<(), NoRoom> {
		reserve(meter, T::WeightInfo::sum_yields())?;
		if now != round.era {
			return Self::miss_yields(round);
		}
		if let Some(page) = Self::next_yields(&mut walk) {
			// No more than all vaults may earn together in a year, each of which fits.
			round.yields.due = round.yields.due.defensive_saturating_add(sum(&page));
			round.stage = Stage::SumYields(walk);
			return Ok(());
		}
		reserve(meter, T::WeightInfo::emit())?;
		round.yields = Self::fill_pot(round.yields);
		let YieldPaid { due, available, .. } = round.yields;
		if available < due {
			Self::deposit_event(Event::YieldCut { era: round.era, due, available });
		}
		round.stage = Stage::PayYields(Walk::default());
		Ok(())
	}

	/// Pays a page of pools their part of what is available.
	pub(crate) fn pay_yields(
		round: &mut RoundState<T>,
		mut walk: Walk,
		now: EraIndex,
		meter: &mut WeightMeter,
	) -> Result<(), NoRoom> {
		reserve(meter, T::WeightInfo::pay_yields())?;
		if now != round.era {
			return Self::miss_yields(round);
		}
		let (era, YieldPaid { due, available, paid, .. }) = (round.era, round.yields);
		let Some(mut page) = Self::next_yields(&mut walk) else {
			Self::deposit_event(Event::YieldPaid { era, yields: round.yields });
			round.stage = Stage::PayAvss;
			return Ok(());
		};
		scale(&mut page, available, due);
		// Governance may have raised rates or the length of eras since they were summed up.
		let (room, wanted) = (available.saturating_sub(paid), sum(&page));
		if wanted > room {
			scale(&mut page, room, wanted);
		}
		page.retain(|(_, amount)| !amount.is_zero());
		if let Ok(moved) = Self::credit(era, PICA, &page) {
			round.yields.paid = paid.defensive_saturating_add(moved);
			Pot::<T>::mutate(|pot| match pot.checked_sub(moved) {
				Some(rest) => *pot = rest,
				None => {
					defensive!("no more is paid than there is in the pot");
				},
			});
		}
		round.stage = Stage::PayYields(walk);
		Ok(())
	}

	/// The stakes of the turn are gone. What was not paid stays in the pot, and is not owed.
	fn miss_yields(round: &mut RoundState<T>) -> Result<(), NoRoom> {
		Self::deposit_event(Event::YieldMissed { era: round.era });
		round.stage = Stage::PayAvss;
		Ok(())
	}

	/// The next pools of a walk, and what each is due for an era; none where all were looked at.
	fn next_yields(walk: &mut Walk) -> Option<Vec<(PoolId, Balance)>> {
		let (asset, rate, after) = match walk.vault {
			Some((asset, rate, after)) => (asset, rate, Some(after)),
			None => {
				let (asset, rate) = T::Ledger::yield_after(walk.done)?;
				(asset, rate, None)
			},
		};
		let Page { items, next } = if rate.is_zero() {
			Page { items: Vec::new(), next: None }
		} else {
			T::Ledger::stakes_at_turn(asset, after, T::YieldPage::get())
		};
		*walk = match next {
			Some(after) => Walk { vault: Some((asset, rate, after)), ..*walk },
			None => Walk { done: Some(asset), vault: None },
		};
		let (blocks, year) = (T::Ledger::era_length(), T::BlocksPerYear::get());
		let due = |stake| {
			// The ledger has no rate by which a full vault would earn more than fits.
			yield_of(stake, rate, blocks, year).defensive_unwrap_or_default()
		};
		Some(items.into_iter().map(|(pool, stake)| (pool, due(stake))).collect())
	}

	/// Makes what the pot lacks, up to the ceiling.
	fn fill_pot(yields: YieldPaid) -> YieldPaid {
		let pot = Pot::<T>::get();
		let mut year = Self::current_year();
		// What is lacking, if anything.
		let wanted = yields.due.saturating_sub(pot).min(Self::allowance(&year));
		// Nothing where there is as much PICA as there can be.
		let made = T::Currency::mint_into(&Self::account(), wanted).unwrap_or_default();
		// Both are parts of what there is of PICA.
		let filled = pot.defensive_saturating_add(made);
		year.emitted = year.emitted.defensive_saturating_add(made);
		Year::<T>::put(year);
		Pot::<T>::put(filled);
		YieldPaid { available: yields.due.min(filled), emitted: made, ..yields }
	}

	/// The year by which the ceiling is reckoned. A new one begins with the first round after the last has
	/// passed.
	pub(crate) fn current_year() -> EmissionYear<T> {
		let now = T::BlockNumberProvider::current_block_number();
		let length = T::BlocksPerYear::get().into();
		Year::<T>::get().filter(|year| now.saturating_sub(year.began) < length).unwrap_or_else(
			|| EmissionYear { began: now, issuance: T::Currency::total_issuance(), emitted: 0 },
		)
	}

	/// Planck of PICA that may be made for an era.
	pub(crate) fn allowance(year: &EmissionYear<T>) -> Balance {
		let ceiling = T::EmissionCeiling::get();
		let (blocks, length) = (T::Ledger::era_length(), T::BlocksPerYear::get());
		// What is left of the year's, if anything: the ceiling may have been lowered.
		let left = ceiling.mul_floor(year.issuance).saturating_sub(year.emitted);
		emission_of(year.issuance, ceiling, blocks, length).min(left)
	}
}

/// ⌊amount · part / whole⌋ of each.
fn scale(amounts: &mut [(PoolId, Balance)], part: Balance, whole: Balance) {
	for (_, amount) in amounts {
		*amount = part_of(*amount, part, whole);
	}
}
