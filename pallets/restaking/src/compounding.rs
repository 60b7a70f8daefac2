// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Compounding: rewards in PICA that become stake in the pool of PICA that earned them, where the
//! restaker wants that.

use crate::{pallet::*, positions::Settled, types::*};
use frame_support::{ensure, pallet_prelude::*};
use picasso_primitives::{AssetId, Balance, PoolId};
use sp_runtime::{traits::Zero, ArithmeticError};

impl<T: Config> Pallet<T> {
	/// Shares and earnings stay as they are: the position need not be up to date with its pool.
	pub(crate) fn do_set_compounding(
		who: &T::AccountId,
		id: PoolId,
		compounds: bool,
	) -> DispatchResult {
		let pool = Pools::<T>::get(id).ok_or(Error::<T>::PoolNotFound)?;
		ensure!(pool.asset == T::NativeAsset::get(), Error::<T>::CannotCompound);
		let old = Positions::<T>::try_mutate(who, id, |position| {
			let position = position.as_mut().ok_or(Error::<T>::PositionNotFound)?;
			Ok::<_, Error<T>>(core::mem::replace(&mut position.compounds, compounds))
		})?;
		let (who, new) = (who.clone(), compounds);
		Self::deposit_event(Event::CompoundingChanged { who, pool: id, old, new });
		Ok(())
	}

	/// Makes what a position is owed in the currency of `slot` stake of its own, by the rules of `stake`,
	/// and returns the shares: ⌊amount · shares / active⌋. Rounds in favour of the pool, by less than
	/// one share.
	///
	/// An error, which leaves everything as it was, where the position does not compound that currency
	/// or the pool does not take it. One without shares does not compound: its owner has left.
	pub(crate) fn compound(
		pool: &mut Pool<T>,
		settled: &mut Settled,
		owner: &T::AccountId,
		slot: usize,
		currency: AssetId,
		amount: Balance,
	) -> Result<Balance, DispatchError> {
		let compounds = settled.compounds
			&& !settled.shares.is_zero()
			&& currency == pool.asset
			&& currency == T::NativeAsset::get();
		ensure!(compounds, Error::<T>::CannotCompound);
		Self::ensure_admits(pool, owner)?;
		Self::take_into_vault(currency, amount, |vault_account| {
			let era = Self::clock()?.index;
			let mut active = pool.active;
			let issued = active.deposit(amount).map_err(Error::<T>::of_deposit)?;
			let shares = settled.shares.checked_add(issued).ok_or(ArithmeticError::Overflow)?;
			let pool_owes = &mut pool.rewards.slots[slot].owed;
			Self::pay_reward(pool_owes, currency, vault_account, amount)?;
			pool.at_turn = pool.stake_at_turn(era);
			pool.active = active;
			settled.shares = shares;
			Ok(issued)
		})
	}
}
