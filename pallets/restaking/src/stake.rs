// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Stake on its way into a pool and out of its shares.

use crate::{pallet::*, types::*};
use frame_support::{pallet_prelude::*, traits::tokens::Preservation};
use picasso_primitives::{
	assets::Transfers,
	restaking::{PoolAccess, PoolStatus, TicketId, VaultStatus},
	AssetId, Balance, PoolId,
};
use sp_runtime::{traits::Zero, ArithmeticError};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_stake(
		who: &T::AccountId,
		id: PoolId,
		amount: Balance,
		min_shares: Balance,
	) -> Result<Balance, DispatchError> {
		let shares = Self::change_pool(id, |pool| {
			Self::ensure_admits(pool, who)?;
			let asset = pool.asset;
			Self::take_into_vault(asset, amount, |account| {
				let shares = Self::issue_shares(pool, id, who, amount, min_shares)?;
				T::Transfers::transfer(asset, who, account, amount, Self::preservation(asset))?;
				Ok(shares)
			})
		})?;
		Self::deposit_event(Event::Staked { who: who.clone(), pool: id, amount, shares });
		Ok(shares)
	}

	/// Begins an exit of `shares`; to another pool of the same asset, where one is named.
	pub(crate) fn do_unstake(
		who: &T::AccountId,
		id: PoolId,
		shares: Balance,
		into: Option<PoolId>,
	) -> Result<TicketId, DispatchError> {
		Self::change_pool(id, |pool| {
			if let Some(into) = into {
				Self::ensure_can_move(pool, id, into)?;
			}
			let clock = Self::clock()?;
			let (shares, amount) = Self::burn_shares(pool, id, who, Some(shares), clock.index)?;
			ensure!(!amount.is_zero(), Error::<T>::ExitWorthNothing);
			Self::begin_exit(pool, &clock, id, who, shares, amount, into)
		})
	}

	/// Sees a restaker out of a pool that is being wound up, by a ticket of theirs. Shares worth less
	/// than a planck go for nothing: they must not hold up the winding up.
	pub(crate) fn do_unstake_for(id: PoolId, who: &T::AccountId) -> DispatchResult {
		Self::change_pool(id, |pool| {
			ensure!(pool.status == PoolStatus::WindingUp, Error::<T>::PoolNotWindingUp);
			let clock = Self::clock()?;
			let (shares, amount) = Self::burn_shares(pool, id, who, None, clock.index)?;
			ensure!(!shares.is_zero(), Error::<T>::NotEnoughShares);
			if amount.is_zero() {
				Self::deposit_event(Event::DustBurned { who: who.clone(), pool: id, shares });
				return Ok(());
			}
			Self::begin_exit(pool, &clock, id, who, shares, amount, None).map(|_| ())
		})
	}

	/// Whether a pool takes stake from `who`.
	pub(crate) fn ensure_admits(pool: &Pool<T>, who: &T::AccountId) -> DispatchResult {
		ensure!(pool.status == PoolStatus::Open, Error::<T>::PoolNotOpen);
		ensure!(!pool.suspended, Error::<T>::OperatorNotServing);
		ensure!(pool.open_reports == 0, Error::<T>::PoolReported);
		let admitted = match pool.access {
			PoolAccess::Everyone => true,
			PoolAccess::Approved => {
				*who == pool.operator || Approvals::<T>::contains_key(&pool.operator, who)
			},
		};
		ensure!(admitted, Error::<T>::NotApproved);
		Ok(())
	}

	/// Counts `amount` as in a vault, if that takes so much more. `deposit` moves it into the vault's
	/// account; an error of its leaves the vault as it was.
	pub(crate) fn take_into_vault<R>(
		asset: AssetId,
		amount: Balance,
		deposit: impl FnOnce(&T::AccountId) -> Result<R, DispatchError>,
	) -> Result<R, DispatchError> {
		Self::change_vault(asset, |vault| {
			Self::ensure_has_room(vault, amount)?;
			vault.custody = vault.custody.checked_add(amount).ok_or(ArithmeticError::Overflow)?;
			deposit(&Self::vault_account(asset))
		})
	}

	/// Whether a vault takes `amount` more.
	fn ensure_has_room(vault: &Vault, amount: Balance) -> DispatchResult {
		ensure!(!amount.is_zero(), Error::<T>::ZeroAmount);
		ensure!(vault.settings.status == VaultStatus::Open, Error::<T>::VaultNotOpen);
		ensure!(amount >= vault.settings.minimum_stake, Error::<T>::BelowMinimumStake);
		let room = vault.settings.deposit_cap.checked_sub(vault.custody);
		ensure!(room.is_some_and(|room| amount <= room), Error::<T>::VaultFull);
		Ok(())
	}

	fn ensure_can_move(pool: &Pool<T>, id: PoolId, into: PoolId) -> DispatchResult {
		let target = Pools::<T>::get(into).ok_or(Error::<T>::PoolNotFound)?;
		ensure!(into != id && target.asset == pool.asset, Error::<T>::CannotMoveThere);
		Ok(())
	}

	/// Shares that `amount` would buy, if the pool and its vault take it from anyone.
	pub(crate) fn shares_for_stake(id: PoolId, amount: Balance) -> Result<Balance, DispatchError> {
		let pool = Pools::<T>::get(id).ok_or(Error::<T>::PoolNotFound)?;
		Self::ensure_admits(&pool, &pool.operator)?;
		let vault = Vaults::<T>::get(pool.asset).ok_or(Error::<T>::VaultNotFound)?;
		Self::ensure_has_room(&vault, amount)?;
		pool.active.shares_for(amount).map_err(Error::<T>::of_deposit)
	}

	/// The planck that an exit of `shares` would be worth, and the ticket it would join.
	pub(crate) fn worth_of_exit(
		id: PoolId,
		shares: Balance,
	) -> Result<(Balance, TicketId), DispatchError> {
		let pool = Pools::<T>::get(id).ok_or(Error::<T>::PoolNotFound)?;
		let amount = pool.active.value_of(shares).map_err(Error::<T>::of_redemption)?;
		ensure!(!amount.is_zero(), Error::<T>::ExitWorthNothing);
		let maturity = Self::clock()?.maturity().ok_or(ArithmeticError::Overflow)?;
		Ok((amount, TicketId { pool: id, maturity, into: None }))
	}

	fn preservation(asset: AssetId) -> Preservation {
		if asset == T::NativeAsset::get() {
			Preservation::Preserve
		} else {
			Preservation::Expendable
		}
	}
}
