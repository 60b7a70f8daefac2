// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Taking stake away, and what becomes of it.

use crate::{pallet::*, types::*};
use alloc::vec::Vec;
use frame_support::{
	pallet_prelude::*,
	traits::{
		fungibles::Mutate,
		tokens::{Fortitude, Precision, Preservation},
	},
};
use picasso_primitives::{
	math::{Ratio, SharePool},
	restaking::Obligations,
	slashing::{Payee, PoolSlash, Proceeds, Slashable, SlashedPool},
	AssetId, Balance, EraIndex, PoolId,
};
use sp_runtime::{traits::Zero, ArithmeticError};

impl<T: Config> Slashable<T::AccountId> for Pallet<T> {
	fn slash_for(
		pools: &[PoolSlash],
		proceeds: &Proceeds<T::AccountId>,
	) -> Result<Vec<SlashedPool>, DispatchError> {
		let era = Self::clock()?.index;
		let slashed = pools
			.iter()
			.map(|slash| Self::slash_pool(slash, era))
			.collect::<Result<Vec<_>, _>>()?;
		for of_one_asset in slashed.chunk_by(|one, next| one.asset == next.asset) {
			Self::pay_proceeds(of_one_asset, proceeds)?;
		}
		Ok(slashed)
	}

	fn open_report(pool: PoolId) -> DispatchResult {
		Self::change_pool(pool, |pool| {
			pool.open_reports =
				pool.open_reports.checked_add(1).ok_or(ArithmeticError::Overflow)?;
			Ok(())
		})
	}

	fn settle_report(pool: PoolId) -> DispatchResult {
		Self::change_pool(pool, Self::end_report)
	}
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_move_proceeds(asset: AssetId, beneficiary: &T::AccountId) -> DispatchResult {
		let amount = ParkedProceeds::<T>::take(asset, beneficiary);
		ensure!(!amount.is_zero(), Error::<T>::NothingParked);
		Self::release(asset, beneficiary, amount)?;
		let beneficiary = beneficiary.clone();
		Self::deposit_event(Event::ProceedsMoved { asset, beneficiary, amount });
		Ok(())
	}

	/// Takes a part of a pool's stake and unmatured exits. The vault still holds what was taken.
	fn slash_pool(slash: &PoolSlash, era: EraIndex) -> Result<SlashedPool, DispatchError> {
		let PoolSlash { pool: id, part, settles } = slash;
		Self::change_pool(*id, |pool| {
			if *settles {
				Self::end_report(pool)?;
			}
			pool.at_turn = pool.stake_at_turn(era);
			let (shares, ended) = (pool.active.shares, pool.generation);
			let active = Self::take(&mut pool.active, &mut pool.generation, part)?;
			let mut exits: Balance = 0;
			for bucket in pool.buckets.iter_mut().filter(|bucket| bucket.maturity > era) {
				let taken = Self::take(&mut bucket.exits, &mut bucket.generation, part)?;
				exits = exits.checked_add(taken).ok_or(ArithmeticError::Overflow)?;
			}
			if pool.generation != ended {
				Self::lose(pool, *id, ended, shares);
			}
			Ok(SlashedPool { pool: *id, asset: pool.asset, active, exits })
		})
	}

	/// Settles one of the reports that were noted of a pool.
	fn end_report(pool: &mut Pool<T>) -> DispatchResult {
		pool.open_reports = pool.open_reports.checked_sub(1).ok_or(Error::<T>::NoOpenReport)?;
		Ok(())
	}

	/// Ends a generation of a pool, which had so many shares.
	fn lose(pool: &mut Pool<T>, id: PoolId, ended: u32, shares: Balance) {
		pool.own_shares = 0;
		Self::keep_earnings(pool, id, ended, shares);
		T::Obligations::renew_pool(id, pool.generation);
		Self::deposit_event(Event::PoolLost { pool: id, generation: pool.generation });
	}

	/// Takes the ratio of a share pool; where that ends its shares, a new generation begins.
	fn take(
		shares: &mut SharePool,
		generation: &mut u32,
		ratio: &Ratio,
	) -> Result<Balance, DispatchError> {
		let had_shares = !shares.is_empty();
		let taken = shares.slash(ratio).map_err(|_| Error::<T>::InvalidRatio)?;
		if had_shares && shares.is_empty() {
			*generation = generation.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		}
		Ok(taken)
	}

	/// Keeps what the shares of a generation had earned when it was lost.
	fn keep_earnings(pool: &mut Pool<T>, id: PoolId, generation: u32, shares: Balance) {
		pool.accrue_to(shares);
		let earned: Vec<_> = pool.rewards.slots.iter().map(|slot| slot.per_share).collect();
		if !earned.is_empty() {
			let earned = BoundedVec::truncate_from(earned);
			LostGenerations::<T>::insert(id, generation, LostGeneration { shares, earned });
		}
	}

	/// Pays what was taken from pools of one asset: the reporter's part first, rounded down.
	fn pay_proceeds(slashed: &[SlashedPool], proceeds: &Proceeds<T::AccountId>) -> DispatchResult {
		let Some(SlashedPool { asset, .. }) = slashed.first().copied() else { return Ok(()) };
		let amount = slashed
			.iter()
			.flat_map(|pool| [pool.active, pool.exits])
			.try_fold(0, Balance::checked_add)
			.ok_or(ArithmeticError::Overflow)?;
		let mut rest = amount;
		if let Some((reporter, share)) = &proceeds.reporter {
			let reward = share.mul_floor(amount);
			rest = amount.checked_sub(reward).ok_or(ArithmeticError::Underflow)?;
			Self::pay_or_park(asset, reporter, reward)?;
		}
		match &proceeds.rest {
			Payee::Account(beneficiary) => Self::pay_or_park(asset, beneficiary, rest),
			Payee::Nobody { .. } if asset == T::NativeAsset::get() => Self::burn(asset, rest),
			Payee::Nobody { or } => Self::pay_or_park(asset, or, rest),
		}
	}

	/// Moves what was taken to `beneficiary`, or parks it.
	fn pay_or_park(asset: AssetId, beneficiary: &T::AccountId, amount: Balance) -> DispatchResult {
		if amount.is_zero() {
			return Ok(());
		}
		// An error leaves everything as it was.
		let Err(reason) = Self::release(asset, beneficiary, amount) else { return Ok(()) };
		ParkedProceeds::<T>::try_mutate(asset, beneficiary, |parked| {
			*parked = parked.checked_add(amount).ok_or(ArithmeticError::Overflow)?;
			Ok::<_, DispatchError>(())
		})?;
		let beneficiary = beneficiary.clone();
		Self::deposit_event(Event::ProceedsParked { asset, beneficiary, amount, reason });
		Ok(())
	}

	/// Burns what was taken. The vault's account keeps the asset's minimum balance beside its custody.
	fn burn(asset: AssetId, amount: Balance) -> DispatchResult {
		if amount.is_zero() {
			return Ok(());
		}
		Self::change_vault(asset, |vault| {
			vault.custody = vault.custody.checked_sub(amount).ok_or(ArithmeticError::Underflow)?;
			T::Assets::burn_from(
				asset,
				&Self::vault_account(asset),
				amount,
				Preservation::Preserve,
				Precision::Exact,
				Fortitude::Force,
			)
			.map(|_| ())
		})?;
		Self::deposit_event(Event::ProceedsBurned { asset, amount });
		Ok(())
	}
}
