// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What operators put behind AVSs, and what AVSs take of it.

use crate::{pallet::*, types::*};
use alloc::vec::Vec;
use frame_support::{pallet_prelude::*, traits::DefensiveSaturating};
use picasso_primitives::{
	avs::{AvsStatus, Magnitude},
	math::Ratio,
	restaking::{Obligations, PoolStake, StakeLedger},
	slashing::SlashableParts,
	AvsId, EraIndex, PoolId,
};
use sp_runtime::{traits::Zero, ArithmeticError, Perquintill};

/// Putting behind, and taking back.
impl<T: Config> Pallet<T> {
	/// Puts a fraction of a pool behind an AVS: more counts from the next era on, less is out of the next
	/// table and held until an exit made now would mature.
	pub(crate) fn do_allocate(operator: &T::AccountId, change: AllocationChange) -> DispatchResult {
		let AllocationChange { avs, pool, fraction } = change;
		let stake = T::Ledger::pool_stake(pool).ok_or(Error::<T>::PoolNotFound)?;
		ensure!(stake.operator == *operator, Error::<T>::NotPoolOperator);
		if !fraction.is_zero() {
			let member = Members::<T>::get(avs, operator);
			let stands = member.is_some_and(|member| member.until.is_none());
			ensure!(stands, Error::<T>::NotMember);
			let status = Self::existing(avs)?.status;
			ensure!(status == AvsStatus::Active, Error::<T>::AvsLeaving);
			let era = T::Ledger::current_era();
			let schedule = TermsOf::<T>::get(avs).ok_or(Error::<T>::AvsNotFound)?;
			let taken = schedule.at(era).asset(stake.asset).is_some();
			ensure!(taken, Error::<T>::AssetNotTaken);
		}
		Self::set_allocation(avs, pool, &stake, fraction)
	}

	/// Takes back all that an operator put behind an AVS.
	pub(crate) fn withdraw_allocations(avs: AvsId, operator: &T::AccountId) -> DispatchResult {
		for pool in AllocatedPools::<T>::get(operator, avs) {
			let stake = T::Ledger::pool_stake(pool).ok_or(Error::<T>::PoolNotFound)?;
			Self::set_allocation(avs, pool, &stake, Perquintill::zero())?;
		}
		Ok(())
	}

	fn set_allocation(
		avs: AvsId,
		pool: PoolId,
		stake: &PoolStake<T::AccountId>,
		fraction: Perquintill,
	) -> DispatchResult {
		let era = T::Ledger::current_era();
		let mut whole = Self::magnitude_of(pool, stake, era);
		let mut part = match Allocations::<T>::get(pool, avs) {
			Some(part) => part,
			None if fraction.is_zero() => return Err(Error::<T>::AllocationNotFound.into()),
			None => Self::new_allocation(avs, pool, stake, &mut whole, era)?,
		};
		Self::bring_up_to_date(&mut part, &mut whole, era);
		let old = part.total();
		// ⌊left · fraction⌋: rounds down, by less than one part in 10²⁷.
		let new = fraction.mul_floor(whole.left);
		let held_until = Self::move_to(&mut part, &mut whole, new, era)?;
		let left = whole.left;
		PoolMagnitudes::<T>::insert(pool, whole);
		Allocations::<T>::insert(pool, avs, part);
		Self::deposit_event(Event::AllocationChanged { avs, pool, old, new, left, held_until });
		Ok(())
	}

	/// Notes what counted at the turn, and then changes what counts. What counted and is taken back is
	/// held until the era returned.
	fn move_to(
		part: &mut Allocation<T>,
		whole: &mut PoolMagnitude,
		new: Magnitude,
		era: EraIndex,
	) -> Result<Option<EraIndex>, DispatchError> {
		let released = part.active.saturating_sub(new);
		let encumbered = whole
			.encumbered
			.checked_sub(part.total())
			.and_then(|others| others.checked_add(new)?.checked_add(released))
			.ok_or(ArithmeticError::Overflow)?;
		let fits = encumbered <= whole.left || encumbered <= whole.encumbered;
		ensure!(fits, Error::<T>::PoolExhausted);
		part.at_turn = part.at_turn(era);
		part.increase = new.saturating_sub(part.active);
		part.since = era.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		part.active = part.active.min(new);
		whole.encumbered = encumbered;
		if released.is_zero() {
			return Ok(None);
		}
		let held_until = T::Ledger::maturity().ok_or(ArithmeticError::Overflow)?;
		match part.releases.last_mut() {
			Some((until, amount)) if *until >= held_until => {
				*amount = amount.checked_add(released).ok_or(ArithmeticError::Overflow)?;
			},
			_ => part
				.releases
				.try_push((held_until, released))
				.map_err(|_| Error::<T>::TooManyReleases)?,
		}
		whole.bond.held_until = whole.bond.held_until.max(held_until);
		Ok(Some(held_until))
	}

	/// What is left of a pool: all of it where its generation is new.
	fn magnitude_of(pool: PoolId, stake: &PoolStake<T::AccountId>, era: EraIndex) -> PoolMagnitude {
		match PoolMagnitudes::<T>::get(pool) {
			Some(whole) if whole.generation == stake.generation => whole,
			Some(whole) => PoolMagnitude {
				at_turn: whole.at_turn(era),
				bond: whole.bond,
				..PoolMagnitude::new(stake.generation, era)
			},
			None => PoolMagnitude::new(stake.generation, era),
		}
	}

	/// Counts what was put behind in an earlier era, frees what can't be slashed any more, and all that is
	/// of a generation that was lost.
	fn bring_up_to_date(part: &mut Allocation<T>, whole: &mut PoolMagnitude, era: EraIndex) {
		if part.generation != whole.generation {
			part.at_turn = part.at_turn(era);
			part.generation = whole.generation;
			(part.active, part.increase) = (0, 0);
			part.releases = BoundedVec::new();
			return;
		}
		if part.since <= era {
			(part.active, part.increase) = (part.total(), 0);
		}
		part.releases.retain(|(until, amount)| {
			let held = *until > era;
			if !held {
				whole.encumbered.defensive_saturating_reduce(*amount);
			}
			held
		});
	}

	fn new_allocation(
		avs: AvsId,
		pool: PoolId,
		stake: &PoolStake<T::AccountId>,
		whole: &mut PoolMagnitude,
		era: EraIndex,
	) -> Result<Allocation<T>, DispatchError> {
		AllocatedPools::<T>::try_mutate(&stake.operator, avs, |pools| {
			pools.try_push(pool).map_err(|_| Error::<T>::TooManyPools)
		})?;
		Self::change_avs(avs, |record| {
			record.allocations =
				record.allocations.checked_add(1).ok_or(ArithmeticError::Overflow)?;
			Ok(())
		})?;
		whole.bond.serves = whole.bond.serves.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		Ok(Allocation::new(stake.generation, era))
	}

	/// Forgets an allocation of which nothing counts, counted in this era, or is held.
	pub(crate) fn do_free_allocation(avs: AvsId, pool: PoolId) -> DispatchResult {
		let era = T::Ledger::current_era();
		let stake = T::Ledger::pool_stake(pool).ok_or(Error::<T>::PoolNotFound)?;
		let mut part = Allocations::<T>::get(pool, avs).ok_or(Error::<T>::AllocationNotFound)?;
		let mut whole = Self::magnitude_of(pool, &stake, era);
		Self::bring_up_to_date(&mut part, &mut whole, era);
		let idle = part.total().is_zero()
			&& part.at_turn(era).magnitude.is_zero()
			&& part.releases.is_empty();
		ensure!(idle, Error::<T>::AllocationInUse);
		whole.bond.serves = whole.bond.serves.checked_sub(1).ok_or(ArithmeticError::Underflow)?;
		PoolMagnitudes::<T>::insert(pool, whole);
		Allocations::<T>::remove(pool, avs);
		AllocatedPools::<T>::mutate_exists(&stake.operator, avs, |slot| {
			if let Some(pools) = slot {
				pools.retain(|listed| *listed != pool);
				if pools.is_empty() {
					*slot = None;
				}
			}
		});
		Self::change_avs(avs, |record| {
			record.allocations =
				record.allocations.checked_sub(1).ok_or(ArithmeticError::Underflow)?;
			Ok(())
		})?;
		Self::deposit_event(Event::AllocationFreed { avs, pool });
		Ok(())
	}

	/// What of an allocation can be slashed now: what counts, and what was taken back lately.
	pub(crate) fn slashable(part: &Allocation<T>, era: EraIndex) -> Magnitude {
		let held = part.releases.iter().filter(|(until, _)| *until > era);
		// Together they are at most what is left of the pool.
		held.fold(part.active_in(era), |sum, (_, amount)| sum.defensive_saturating_add(*amount))
	}
}

impl<T: Config> SlashableParts<T::AccountId> for Pallet<T> {
	fn take(
		avs: AvsId,
		operator: &T::AccountId,
		ratio: &Ratio,
	) -> Result<Vec<(PoolId, Ratio)>, DispatchError> {
		let mut ratios = Vec::new();
		for pool in AllocatedPools::<T>::get(operator, avs) {
			ratios.extend(Self::take_of_pool(avs, pool, ratio)?.map(|ratio| (pool, ratio)));
		}
		Ok(ratios)
	}
}

impl<T: Config> Pallet<T> {
	fn take_of_pool(
		avs: AvsId,
		pool: PoolId,
		ratio: &Ratio,
	) -> Result<Option<Ratio>, DispatchError> {
		let era = T::Ledger::current_era();
		let stake = T::Ledger::pool_stake(pool).ok_or(Error::<T>::PoolNotFound)?;
		let mut part = Allocations::<T>::get(pool, avs).ok_or(Error::<T>::AllocationNotFound)?;
		let mut whole = Self::magnitude_of(pool, &stake, era);
		Self::bring_up_to_date(&mut part, &mut whole, era);
		part.at_turn = part.at_turn(era);
		whole.at_turn = whole.at_turn(era);
		// Each rounds up, by less than one part in 10²⁷, and is at most what it is taken from.
		let part_of = |amount: Magnitude| ratio.of(amount).ok_or(ArithmeticError::Overflow);
		let mut taken = part_of(part.active)?;
		part.active = part.active.checked_sub(taken).ok_or(ArithmeticError::Underflow)?;
		for (_, amount) in part.releases.iter_mut() {
			let taken_back = part_of(*amount)?;
			*amount = amount.checked_sub(taken_back).ok_or(ArithmeticError::Underflow)?;
			taken = taken.checked_add(taken_back).ok_or(ArithmeticError::Overflow)?;
		}
		let of = whole.left;
		whole.left = of.checked_sub(taken).ok_or(ArithmeticError::Underflow)?;
		whole.encumbered = whole.encumbered.checked_sub(taken).ok_or(ArithmeticError::Underflow)?;
		PoolMagnitudes::<T>::insert(pool, whole);
		Allocations::<T>::insert(pool, avs, part);
		let ratio = Ratio::new(taken, of).filter(|ratio| !ratio.is_zero());
		if ratio.is_some() {
			Self::deposit_event(Event::PartTaken { avs, pool, taken, of });
		}
		Ok(ratio)
	}
}

/// What binds pools and operators, for the ledger.
impl<T: Config> Obligations<T::AccountId> for Pallet<T> {
	fn bind_pool(pool: PoolId) -> bool {
		PoolMagnitudes::<T>::get(pool).is_some_and(|whole| Self::binds(&whole.bond))
	}

	fn bind_operator(operator: &T::AccountId) -> bool {
		Self::binds(&Bonds::<T>::get(operator))
	}

	fn forget_pool(pool: PoolId) {
		PoolMagnitudes::<T>::remove(pool);
	}

	fn forget_operator(operator: &T::AccountId) {
		Bonds::<T>::remove(operator);
	}
}

impl<T: Config> Pallet<T> {
	fn binds(bond: &Bond) -> bool {
		bond.serves > 0 || bond.held_until > T::Ledger::current_era()
	}
}
