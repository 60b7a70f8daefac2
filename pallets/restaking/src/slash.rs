// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Taking stake away, and what becomes of it.

use crate::{pallet::*, types::*};
use alloc::vec::Vec;
use frame_support::{
	pallet_prelude::*,
	storage::with_storage_layer,
	traits::{
		fungibles::Mutate,
		tokens::{Fortitude, Precision, Preservation},
	},
};
use picasso_primitives::{
	math::{Ratio, SharePool},
	slashing::{Payee, Proceeds, Slashable, SlashedPool},
	AssetId, Balance, EraIndex, PoolId,
};
use sp_runtime::{traits::Zero, ArithmeticError};

impl<T: Config> Slashable<T::AccountId> for Pallet<T> {
	fn slash_for(
		pools: &[(PoolId, Ratio)],
		proceeds: &Proceeds<T::AccountId>,
	) -> Result<Vec<SlashedPool>, DispatchError> {
		let era = Self::clock()?.index;
		with_storage_layer(|| {
			let slashed = pools
				.iter()
				.map(|(pool, ratio)| Self::slash_pool(*pool, ratio, era))
				.collect::<Result<Vec<_>, _>>()?;
			for of_one_asset in slashed.chunk_by(|one, next| one.asset == next.asset) {
				Self::pay_proceeds(of_one_asset, proceeds)?;
			}
			Ok(slashed)
		})
	}

	fn open_report(pool: PoolId) -> DispatchResult {
		Self::count_reports(pool, |open| {
			open.checked_add(1).ok_or(ArithmeticError::Overflow.into())
		})
	}

	fn settle_report(pool: PoolId) -> DispatchResult {
		Self::count_reports(pool, |open| open.checked_sub(1).ok_or(Error::<T>::NoOpenReport.into()))
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

	/// Takes the ratio of a pool's stake and unmatured exits. The vault still holds what was taken.
	fn slash_pool(id: PoolId, ratio: &Ratio, era: EraIndex) -> Result<SlashedPool, DispatchError> {
		Self::change_pool(id, |pool| {
			pool.at_turn = pool.stake_at_turn(era);
			let (shares, ended) = (pool.active.shares, pool.generation);
			let active = Self::take(&mut pool.active, &mut pool.generation, ratio)?;
			let lost = pool.generation != ended;
			if lost {
				pool.own_shares = 0;
				Self::keep_earnings(pool, id, ended, shares);
			}
			let mut exits: Balance = 0;
			for bucket in pool.buckets.iter_mut().filter(|bucket| bucket.maturity > era) {
				let taken = Self::take(&mut bucket.exits, &mut bucket.generation, ratio)?;
				exits = exits.checked_add(taken).ok_or(ArithmeticError::Overflow)?;
			}
			Self::deposit_event(Event::Slashed { pool: id, active, exits });
			if lost {
				Self::deposit_event(Event::PoolLost { pool: id, generation: pool.generation });
			}
			Ok(SlashedPool { pool: id, asset: pool.asset, active, exits })
		})
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
		let moved = with_storage_layer(|| Self::release(asset, beneficiary, amount));
		let beneficiary = beneficiary.clone();
		match moved {
			Ok(()) => Self::deposit_event(Event::ProceedsMoved { asset, beneficiary, amount }),
			Err(reason) => {
				ParkedProceeds::<T>::try_mutate(asset, &beneficiary, |parked| {
					*parked = parked.checked_add(amount).ok_or(ArithmeticError::Overflow)?;
					Ok::<_, DispatchError>(())
				})?;
				Self::deposit_event(Event::ProceedsParked { asset, beneficiary, amount, reason });
			},
		}
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

	fn count_reports(
		id: PoolId,
		count: impl FnOnce(u32) -> Result<u32, DispatchError>,
	) -> DispatchResult {
		Pools::<T>::try_mutate(id, |pool| {
			let pool = pool.as_mut().ok_or(Error::<T>::PoolNotFound)?;
			pool.open_reports = count(pool.open_reports)?;
			Ok(())
		})
	}
}
