// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Rewards: the currencies there are, what streams to pools, and what is paid to positions.

use crate::{pallet::*, positions::Settled, types::*, WeightInfo};
use alloc::vec::Vec;
use frame_support::{
	dispatch::PostDispatchInfo, pallet_prelude::*, storage::with_storage_layer,
	traits::tokens::Preservation,
};
use frame_system::pallet_prelude::BlockNumberFor;
use picasso_primitives::{
	assets::Transfers,
	math::MAX_OWED,
	restaking::{CurrencyStatus, RewardCurrency},
	rewards::PoolRewards,
	AssetId, Balance, PoolId,
};
use sp_runtime::{
	traits::{AccountIdConversion, BlockNumberProvider, CheckedAdd, Zero},
	ArithmeticError,
};

/// What names the account of all rewards. It is longer than the asset that names a vault's account: no
/// two accounts of the ledger are one.
const REWARDS: [u8; 20] = *b"rewards of all pools";

impl<T: Config> PoolRewards<T::AccountId, BlockNumberFor<T>> for Pallet<T> {
	fn credit(
		from: &T::AccountId,
		currency: AssetId,
		blocks: BlockNumberFor<T>,
		amounts: &[(PoolId, Balance)],
	) -> Result<Balance, DispatchError> {
		let slot = Self::active_slot(currency)?;
		ensure!(!blocks.is_zero(), Error::<T>::NoTimeToStream);
		let now = T::BlockNumberProvider::current_block_number();
		let until = now.checked_add(&blocks).ok_or(ArithmeticError::Overflow)?;
		with_storage_layer(|| {
			let mut sum: Balance = 0;
			for (pool, amount) in amounts.iter().copied() {
				let until = match Self::credit_pool(pool, slot, amount, until) {
					Err(error) if error == Error::<T>::PoolNotFound.into() => continue,
					until => until?,
				};
				sum = sum.checked_add(amount).ok_or(ArithmeticError::Overflow)?;
				Self::deposit_event(Event::RewardsCredited { pool, currency, amount, until });
			}
			let account = Self::reward_account();
			T::Transfers::transfer(currency, from, &account, sum, Preservation::Expendable)?;
			Ok(sum)
		})
	}

	fn currencies() -> Vec<AssetId> {
		RewardCurrencies::<T>::get()
			.into_iter()
			.filter(|currency| currency.status == CurrencyStatus::Active)
			.map(|currency| currency.asset)
			.collect()
	}
}

/// What pools are credited.
impl<T: Config> Pallet<T> {
	/// The account that holds all rewards that are owed.
	pub fn reward_account() -> T::AccountId {
		T::PalletId::get().into_sub_account_truncating(REWARDS)
	}

	pub(crate) fn do_add_reward_currency(funder: &T::AccountId, asset: AssetId) -> DispatchResult {
		RewardCurrencies::<T>::try_mutate(|currencies| {
			let listed = currencies.iter().any(|currency| currency.asset == asset);
			ensure!(!listed, Error::<T>::CurrencyExists);
			currencies
				.try_push(RewardCurrency { asset, status: CurrencyStatus::Active })
				.map_err(|_| Error::<T>::TooManyCurrencies)?;
			Self::open_account(&Self::reward_account(), asset, funder)
		})?;
		Self::deposit_event(Event::RewardCurrencyAdded { asset });
		Ok(())
	}

	pub(crate) fn do_set_reward_currency(asset: AssetId, new: CurrencyStatus) -> DispatchResult {
		let old = RewardCurrencies::<T>::try_mutate(|currencies| {
			let listed = currencies.iter_mut().find(|currency| currency.asset == asset);
			let currency = listed.ok_or(Error::<T>::CurrencyNotFound)?;
			Ok::<_, DispatchError>(core::mem::replace(&mut currency.status, new))
		})?;
		Self::deposit_event(Event::RewardCurrencyChanged { asset, old, new });
		Ok(())
	}

	fn active_slot(asset: AssetId) -> Result<usize, DispatchError> {
		let currencies = RewardCurrencies::<T>::get();
		let found = currencies.iter().position(|currency| currency.asset == asset);
		let slot = found.ok_or(Error::<T>::CurrencyNotFound)?;
		ensure!(currencies[slot].status == CurrencyStatus::Active, Error::<T>::CurrencyRetired);
		Ok(slot)
	}

	fn credit_pool(
		id: PoolId,
		slot: usize,
		amount: Balance,
		until: BlockNumberFor<T>,
	) -> Result<BlockNumberFor<T>, DispatchError> {
		Self::change_pool(id, |pool| {
			pool.accrue();
			while pool.rewards.slots.len() <= slot {
				pool.rewards
					.slots
					.try_push(RewardSlot::default())
					.map_err(|_| Error::<T>::TooManyCurrencies)?;
			}
			let record = &mut pool.rewards.slots[slot];
			record.owed = record
				.owed
				.checked_add(amount)
				.filter(|owed| *owed <= MAX_OWED)
				.ok_or(ArithmeticError::Overflow)?;
			record.stream =
				record.stream.joined_by(amount, until).ok_or(ArithmeticError::Overflow)?;
			Ok(record.stream.until)
		})
	}
}

/// What positions are paid.
impl<T: Config> Pallet<T> {
	/// Pays a position all that it is owed. A currency that cannot be moved stays owed and stops no
	/// other. A position without shares that is owed nothing any more goes away.
	pub(crate) fn do_claim(owner: &T::AccountId, id: PoolId) -> Result<u32, DispatchError> {
		Self::change_pool(id, |pool| {
			Self::change_position(pool, id, owner, |pool, settled| {
				let lost = !settled.lost_shares.is_zero();
				let due = settled.owed.iter().filter(|owed| !owed.is_zero()).count() as u32;
				ensure!(due > 0 || lost, Error::<T>::NothingToClaim);
				let paid = Self::pay_owed(pool, id, owner, settled);
				if lost {
					// What was lost is told all the same.
					return Ok(due);
				}
				paid.map(|()| due)
			})
		})
	}

	/// Pays what is owed: into the pool's stake what compounds, and the rest to the owner. An error where
	/// no currency can be moved.
	fn pay_owed(
		pool: &mut Pool<T>,
		id: PoolId,
		owner: &T::AccountId,
		settled: &mut Settled,
	) -> DispatchResult {
		let currencies = RewardCurrencies::<T>::get();
		let mut refusal = None;
		let mut paid = false;
		for slot in 0..settled.owed.len() {
			let amount = settled.owed[slot];
			if amount.is_zero() {
				continue;
			}
			let currency = currencies.get(slot).ok_or(Error::<T>::CurrencyNotFound)?.asset;
			let who = owner.clone();
			let done = match Self::compound(pool, settled, owner, slot, currency, amount) {
				Ok(shares) => Ok(Event::Compounded { who, pool: id, amount, shares }),
				Err(_) => {
					let pool_owes = &mut pool.rewards.slots[slot].owed;
					let paid = Self::pay_reward(pool_owes, currency, owner, amount);
					paid.map(|()| Event::Claimed { who, pool: id, currency, amount })
				},
			};
			Self::deposit_event(match done {
				Ok(event) => {
					settled.owed[slot] = 0;
					paid = true;
					event
				},
				Err(error) => {
					refusal = Some(error);
					let who = owner.clone();
					Event::ClaimFailed { who, pool: id, currency, amount, error }
				},
			});
		}
		refusal.filter(|_| !paid).map_or(Ok(()), Err)
	}

	/// What a claim in so many currencies costs at the most: of what was earned before a loss, or of what
	/// compounds, which is never both.
	pub(crate) fn weight_of_claim(currencies: u32) -> Weight {
		T::WeightInfo::claim(currencies).max(T::WeightInfo::claim_compounding(currencies))
	}

	/// What a claim in so many currencies has cost.
	pub(crate) fn claimed(currencies: u32) -> PostDispatchInfo {
		Some(Self::weight_of_claim(currencies)).into()
	}

	/// Pays the treasury what streamed to a pool while it had no shares.
	pub(crate) fn do_move_unearned(id: PoolId) -> DispatchResult {
		Self::change_pool(id, |pool| {
			pool.accrue();
			let any = pool.rewards.slots.iter().any(|slot| !slot.unearned.is_zero());
			ensure!(any, Error::<T>::NothingToClaim);
			Self::pay_unearned(pool, id)
		})
	}

	/// Pays the treasury what is unearned. A currency that cannot be moved stays as it is.
	pub(crate) fn pay_unearned(pool: &mut Pool<T>, id: PoolId) -> DispatchResult {
		let treasury = T::Treasury::get();
		let currencies = RewardCurrencies::<T>::get();
		let mut refusal = None;
		let mut paid = false;
		for (slot, RewardCurrency { asset, .. }) in pool.rewards.slots.iter_mut().zip(currencies) {
			let amount = slot.unearned;
			if amount.is_zero() {
				continue;
			}
			match Self::pay_reward(&mut slot.owed, asset, &treasury, amount) {
				Ok(()) => {
					slot.unearned = 0;
					paid = true;
					Self::deposit_event(Event::UnearnedMoved { pool: id, currency: asset, amount });
				},
				Err(error) => refusal = Some(error),
			}
		}
		refusal.filter(|_| !paid).map_or(Ok(()), Err)
	}

	/// Pays `amount` out of what a pool owes in one currency: never more than that, whatever else the
	/// account of rewards holds. An error leaves everything as it was.
	pub(crate) fn pay_reward(
		pool_owes: &mut Balance,
		currency: AssetId,
		to: &T::AccountId,
		amount: Balance,
	) -> DispatchResult {
		let rest = pool_owes.checked_sub(amount).ok_or(ArithmeticError::Underflow)?;
		let account = Self::reward_account();
		T::Transfers::transfer(currency, &account, to, amount, Preservation::Preserve)?;
		*pool_owes = rest;
		Ok(())
	}
}
