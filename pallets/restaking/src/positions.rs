// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Positions: shares of a pool, and what they earned. Whatever changes either goes through here: the
//! position is first brought up to date with its pool, and then written once.

use crate::{pallet::*, types::*};
use alloc::vec::Vec;
use frame_support::{defensive, pallet_prelude::*, traits::DefensiveSaturating};
use picasso_primitives::{
	math::{PerShare, Tally},
	Balance, EraIndex, PoolId,
};
use sp_runtime::{
	traits::{BlockNumberProvider, Zero},
	ArithmeticError,
};

/// A position, up to date with its pool.
#[derive(Default)]
pub(crate) struct Settled {
	/// Shares of the pool's current generation.
	pub(crate) shares: Balance,
	/// What it is owed, by slot of the currency, in planck.
	pub(crate) owed: Vec<Balance>,
	/// Shares that were lost with an earlier generation and are gone now.
	pub(crate) lost_shares: Balance,
	/// Whether its rewards in PICA become stake.
	pub(crate) compounds: bool,
}

impl Settled {
	fn is_empty(&self) -> bool {
		self.shares == 0 && self.owed.iter().all(|owed| *owed == 0)
	}
}

impl<T: Config> Pool<T> {
	/// Brings what the shares earned up to the current block.
	pub(crate) fn accrue(&mut self) {
		self.accrue_to(self.active.shares)
	}

	/// As [`Self::accrue`], to so many shares. Without any, what streamed is the treasury's.
	pub(crate) fn accrue_to(&mut self, shares: Balance) {
		let now = T::BlockNumberProvider::current_block_number();
		for slot in self.rewards.slots.iter_mut() {
			let released = slot.stream.release(self.rewards.updated, now);
			if released.is_zero() {
				continue;
			}
			if shares > 0 {
				slot.per_share = slot.per_share.grown_by(released, shares);
			} else {
				// It is part of what is owed, which fits.
				slot.unearned.defensive_saturating_accrue(released);
			}
		}
		self.rewards.updated = now;
	}

	/// What each share has earned, by slot.
	pub(crate) fn earned(&self) -> impl Iterator<Item = PerShare> + '_ {
		self.rewards.slots.iter().map(|slot| slot.per_share)
	}

	/// A position as it is stored.
	fn position(&self, settled: Settled) -> Position<T> {
		let tallies: Vec<_> = self
			.earned()
			.zip(settled.owed.iter().copied().chain(core::iter::repeat(0)))
			.map(|(earned, owed)| Tally::of(owed, settled.shares, &earned))
			.collect();
		Position {
			generation: self.generation,
			shares: settled.shares,
			compounds: settled.compounds,
			// As long as the pool's list of slots, which has the same bound.
			tallies: BoundedVec::truncate_from(tallies),
		}
	}
}

impl<T: Config> Position<T> {
	/// What is owed for the shares, by slot, where each share has earned `earned`.
	pub(crate) fn owed(&self, earned: impl Iterator<Item = PerShare>) -> Vec<Balance> {
		// Neither list is longer than the other where it matters: earnings without a tally are all the
		// restaker's, and a tally without earnings is what was owed when the last shares left.
		let mut earned = earned.fuse();
		let mut tallies = self.tallies.iter().copied();
		core::iter::from_fn(|| match (earned.next(), tallies.next()) {
			(None, None) => None,
			(earned, tally) => Some((earned.unwrap_or_default(), tally.unwrap_or_default())),
		})
		.map(|(earned, tally)| tally.owed(self.shares, &earned))
		.collect()
	}
}

impl<T: Config> Pallet<T> {
	/// Changes a pool. An error leaves it as it was.
	pub(crate) fn change_pool<R>(
		id: PoolId,
		change: impl FnOnce(&mut Pool<T>) -> Result<R, DispatchError>,
	) -> Result<R, DispatchError> {
		Pools::<T>::try_mutate(id, |pool| change(pool.as_mut().ok_or(Error::<T>::PoolNotFound)?))
	}

	/// Changes what `who` has in a pool, which is brought up to date first and is for the caller to
	/// store. A position without shares and without rewards goes away.
	pub(crate) fn change_position<R>(
		pool: &mut Pool<T>,
		id: PoolId,
		who: &T::AccountId,
		change: impl FnOnce(&mut Pool<T>, &mut Settled) -> Result<R, DispatchError>,
	) -> Result<R, DispatchError> {
		pool.accrue();
		Positions::<T>::try_mutate_exists(who, id, |slot| {
			let existed = slot.is_some();
			let mut settled = Self::settle(pool, id, slot.take());
			let result = change(pool, &mut settled)?;
			if *who == pool.operator {
				pool.own_shares = settled.shares;
			}
			let remains = !settled.is_empty();
			pool.positions = match (existed, remains) {
				(false, true) => pool.positions.checked_add(1).ok_or(ArithmeticError::Overflow)?,
				(true, false) => pool.positions.checked_sub(1).ok_or(ArithmeticError::Underflow)?,
				_ => pool.positions,
			};
			*slot = remains.then(|| pool.position(settled));
			Ok(result)
		})
	}

	/// A position, up to date with its pool.
	///
	/// Shares of an earlier generation are counted off it here: the position must be stored.
	fn settle(pool: &Pool<T>, id: PoolId, position: Option<Position<T>>) -> Settled {
		let Some(position) = position else {
			return Settled::default();
		};
		let Position { shares, compounds, .. } = position;
		if position.generation == pool.generation {
			let owed = position.owed(pool.earned());
			return Settled { shares, owed, lost_shares: 0, compounds };
		}
		let owed = Self::settle_lost(id, &position);
		Settled { shares: 0, owed, lost_shares: shares, compounds }
	}

	/// What is owed to a position of an earlier generation. The record of that generation goes with
	/// the last of its shares.
	fn settle_lost(id: PoolId, position: &Position<T>) -> Vec<Balance> {
		LostGenerations::<T>::mutate_exists(id, position.generation, |record| {
			let Some(lost) = record else { return position.owed(core::iter::empty()) };
			let owed = position.owed(lost.earned.iter().copied());
			match lost.shares.checked_sub(position.shares) {
				Some(0) => *record = None,
				Some(rest) => lost.shares = rest,
				None => {
					defensive!("a generation has all shares of its positions");
				},
			}
			owed
		})
	}

	/// Adds `amount` planck to a pool's stake for `who`, who gets at least `min_shares` for it. Returns
	/// the shares. The pool is for the caller to store.
	pub(crate) fn issue_shares(
		pool: &mut Pool<T>,
		id: PoolId,
		who: &T::AccountId,
		amount: Balance,
		min_shares: Balance,
	) -> Result<Balance, DispatchError> {
		pool.at_turn = pool.stake_at_turn(Self::clock()?.index);
		Self::change_position(pool, id, who, |pool, settled| {
			let issued = pool.active.deposit(amount).map_err(Error::<T>::of_deposit)?;
			ensure!(issued >= min_shares, Error::<T>::SharesBelowMinimum);
			settled.shares = settled.shares.checked_add(issued).ok_or(ArithmeticError::Overflow)?;
			Ok(issued)
		})
	}

	/// Takes `shares` of `who` out of a pool's stake, all where none are named. Returns how many, and
	/// the planck they were worth. The pool is for the caller to store.
	pub(crate) fn burn_shares(
		pool: &mut Pool<T>,
		id: PoolId,
		who: &T::AccountId,
		shares: Option<Balance>,
		era: EraIndex,
	) -> Result<(Balance, Balance), DispatchError> {
		pool.at_turn = pool.stake_at_turn(era);
		Self::change_position(pool, id, who, |pool, settled| {
			let burned = shares.unwrap_or(settled.shares);
			settled.shares =
				settled.shares.checked_sub(burned).ok_or(Error::<T>::NotEnoughShares)?;
			let amount = pool.active.redeem(burned).map_err(Error::<T>::of_redemption)?;
			Ok((burned, amount))
		})
	}
}
