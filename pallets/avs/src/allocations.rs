// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What operators put behind AVSs, and what AVSs take of it.

use crate::{pallet::*, types::*};
use alloc::vec::Vec;
use frame_support::{pallet_prelude::*, traits::DefensiveSaturating};
use picasso_primitives::{
	avs::{AvsStatus, Magnitude},
	emissions::Paymaster,
	math::Ratio,
	restaking::{Obligations, PoolStake, StakeLedger},
	slashing::{Answerable, Claim, SlashableParts, TakenPart},
	AvsId, EraIndex, PoolId,
};
use sp_runtime::{traits::Zero, ArithmeticError, Perbill, Perquintill};

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
			let taken = Self::current_terms(avs)?.asset(stake.asset).is_some();
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
		part.note(part.since, new, T::Ledger::unbonding());
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

	/// What is left of a pool: all of it where nothing of it was ever put behind an AVS.
	fn magnitude_of(pool: PoolId, stake: &PoolStake<T::AccountId>, era: EraIndex) -> PoolMagnitude {
		let known = PoolMagnitudes::<T>::get(pool);
		known.unwrap_or_else(|| PoolMagnitude::new(stake.generation, era))
	}

	/// Counts what was put behind in an earlier era, frees what can't be slashed any more, and all that is
	/// of a generation that was lost.
	fn bring_up_to_date(part: &mut Allocation<T>, whole: &mut PoolMagnitude, era: EraIndex) {
		if part.generation != whole.generation {
			part.at_turn = part.at_turn(era);
			part.generation = whole.generation;
			(part.active, part.increase) = (0, 0);
			part.releases = BoundedVec::new();
			part.counted = BoundedVec::new();
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
	fn pools(avs: AvsId, operator: &T::AccountId) -> Vec<PoolId> {
		AllocatedPools::<T>::get(operator, avs).into_inner()
	}

	fn claims(pool: PoolId) -> Vec<(AvsId, Ratio)> {
		let era = T::Ledger::current_era();
		let Some(whole) = PoolMagnitudes::<T>::get(pool) else { return Vec::new() };
		Allocations::<T>::iter_prefix(pool)
			.filter(|(_, part)| part.generation == whole.generation)
			.filter_map(|(avs, part)| {
				let claim = Ratio::new(Self::slashable(&part, era), whole.left)?;
				(!claim.is_zero()).then_some((avs, claim))
			})
			.collect()
	}

	fn take(
		avs: AvsId,
		pool: PoolId,
		claim: Claim,
		ceiling: Perbill,
	) -> Result<Option<TakenPart>, DispatchError> {
		let taken = PoolMagnitudes::<T>::try_mutate(pool, |whole| {
			let whole = whole.as_mut().ok_or(None)?;
			Allocations::<T>::try_mutate(pool, avs, |part| {
				let part = part.as_mut().ok_or(None)?;
				Self::take_claimed(part, whole, claim, ceiling).map_err(Some)?.ok_or(None)
			})
		});
		match taken {
			Ok(part) => Ok(Some(part)),
			// Nothing is there, and nothing changes.
			Err(None) => Ok(None),
			Err(Some(error)) => Err(error),
		}
	}
}

impl<T: Config> Pallet<T> {
	/// Takes what is claimed of a part, up to the ceiling; none where nothing of it is there.
	fn take_claimed(
		part: &mut Allocation<T>,
		whole: &mut PoolMagnitude,
		claim: Claim,
		ceiling: Perbill,
	) -> Result<Option<TakenPart>, DispatchError> {
		let era = T::Ledger::current_era();
		Self::bring_up_to_date(part, whole, era);
		let there = Self::slashable(part, era);
		let (base, owed) = match claim {
			Claim::Part { of, counted_in } => {
				let base = part.counted_in(counted_in).min(there);
				(base, of.of(base).ok_or(ArithmeticError::Overflow)?)
			},
			Claim::Rest(rest) if rest.generation == whole.generation => {
				(rest.magnitude, rest.magnitude.min(there))
			},
			Claim::Rest(_) => return Ok(None),
		};
		if owed.is_zero() {
			return Ok(None);
		}
		part.at_turn = part.at_turn(era);
		whole.at_turn = whole.at_turn(era);
		let taken = owed.min(Self::room_below(ceiling, whole)?);
		let of_pool = Self::take_of(part, whole, taken, there)?;
		let base = Answerable { generation: whole.generation, magnitude: base };
		Ok(Some(TakenPart { base, owed, taken, of_pool }))
	}

	/// Takes a magnitude of all that `there` is of a part, and of its pool. Returns what it was of the pool.
	fn take_of(
		part: &mut Allocation<T>,
		whole: &mut PoolMagnitude,
		taken: Magnitude,
		there: Magnitude,
	) -> Result<Ratio, DispatchError> {
		let of_pool = Ratio::new(taken, whole.left).ok_or(ArithmeticError::Overflow)?;
		part.take(taken, there).ok_or(ArithmeticError::Overflow)?;
		whole.left = whole.left.checked_sub(taken).ok_or(ArithmeticError::Underflow)?;
		whole.encumbered = whole.encumbered.checked_sub(taken).ok_or(ArithmeticError::Underflow)?;
		Ok(of_pool)
	}

	/// What all AVSs together may still take of a pool in the current era: ⌊ceiling · what was left at its
	/// turn⌋, less what they took.
	fn room_below(ceiling: Perbill, whole: &PoolMagnitude) -> Result<Magnitude, DispatchError> {
		let at_turn = match whole.at_turn.generation == whole.generation {
			true => whole.at_turn.magnitude,
			// It was lost whole in this era, and is new.
			false => whole.left,
		};
		let most = ceiling.mul_floor(at_turn);
		let taken = at_turn.checked_sub(whole.left).ok_or(ArithmeticError::Underflow)?;
		Ok(most.saturating_sub(taken))
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

	fn renew_pool(pool: PoolId, generation: u32) {
		let era = T::Ledger::current_era();
		PoolMagnitudes::<T>::mutate_extant(pool, |whole| {
			let PoolMagnitude { bond, .. } = *whole;
			let at_turn = whole.at_turn(era);
			*whole = PoolMagnitude { at_turn, bond, ..PoolMagnitude::new(generation, era) };
		});
	}

	fn forget_pool(pool: PoolId) {
		PoolMagnitudes::<T>::remove(pool);
	}

	fn forget_operator(operator: &T::AccountId) {
		Bonds::<T>::remove(operator);
		T::Paymaster::forget_operator(operator);
	}
}

impl<T: Config> Pallet<T> {
	fn binds(bond: &Bond) -> bool {
		bond.serves > 0 || bond.held_until > T::Ledger::current_era()
	}
}
