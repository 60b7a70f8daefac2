// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The account that holds all that is to be paid: how money comes in and goes out.

use crate::pallet::*;
use frame_support::{
	defensive,
	pallet_prelude::*,
	traits::{fungibles::Inspect, tokens::Preservation},
};
use picasso_primitives::{
	assets::Transfers, restaking::StakeLedger, rewards::PoolRewards, AssetId, Balance, PICA,
};
use sp_runtime::traits::{AccountIdConversion, Zero};

impl<T: Config> Pallet<T> {
	/// The account that holds what escrows, the pot and those who are owed something have. It keeps the
	/// minimum balance of each currency beside, so that what is owed can be paid to the last planck.
	pub fn account() -> T::AccountId {
		T::PalletId::get().into_account_truncating()
	}

	/// Takes money in.
	pub(crate) fn receive(
		from: &T::AccountId,
		currency: AssetId,
		amount: Balance,
	) -> DispatchResult {
		ensure!(!amount.is_zero(), Error::<T>::ZeroAmount);
		ensure!(T::Ledger::currencies().contains(&currency), Error::<T>::CurrencyNotActive);
		let account = Self::account();
		if T::Assets::balance(currency, &account).is_zero() {
			let (treasury, least) = (T::Treasury::get(), T::Assets::minimum_balance(currency));
			T::Transfers::transfer(currency, &treasury, &account, least, Preservation::Preserve)?;
		}
		let preservation =
			if currency == PICA { Preservation::Preserve } else { Preservation::Expendable };
		T::Transfers::transfer(currency, from, &account, amount, preservation)
	}

	/// Pays money out.
	pub(crate) fn pay_out(to: &T::AccountId, currency: AssetId, amount: Balance) -> DispatchResult {
		T::Transfers::transfer(currency, &Self::account(), to, amount, Preservation::Preserve)
	}

	/// Where an operator is paid; others at their own account.
	fn reward_account_of(who: &T::AccountId) -> T::AccountId {
		RewardAccounts::<T>::get(who).unwrap_or_else(|| who.clone())
	}

	/// Pays an operator or the treasury, together with what it was still owed. What can't be moved stays
	/// owed, and stops nobody.
	pub(crate) fn pay_due(who: &T::AccountId, currency: AssetId, amount: Balance) {
		if amount.is_zero() {
			return;
		}
		let owed = Dues::<T>::get(who, currency);
		// Together no more than this pallet's account holds.
		let Some(due) = owed.checked_add(amount) else {
			defensive!("what is owed fits");
			return;
		};
		match Self::try_pay_due(who, currency, due) {
			Ok(()) if owed.is_zero() => {},
			Ok(()) => Dues::<T>::remove(who, currency),
			Err(error) => {
				Dues::<T>::insert(who, currency, due);
				let who = who.clone();
				Self::deposit_event(Event::DueKept { who, currency, amount: due, error });
			},
		}
	}

	fn try_pay_due(who: &T::AccountId, currency: AssetId, amount: Balance) -> DispatchResult {
		let to = Self::reward_account_of(who);
		Self::pay_out(&to, currency, amount)?;
		Self::deposit_event(Event::DuePaid { who: who.clone(), to, currency, amount });
		Ok(())
	}

	pub(crate) fn do_collect(who: &T::AccountId, currency: AssetId) -> DispatchResult {
		let due = Dues::<T>::take(who, currency);
		ensure!(!due.is_zero(), Error::<T>::NothingDue);
		Self::try_pay_due(who, currency, due)
	}

	pub(crate) fn do_set_reward_account(
		operator: T::AccountId,
		new: Option<T::AccountId>,
	) -> DispatchResult {
		ensure!(T::Ledger::operator(&operator).is_some(), Error::<T>::NotAnOperator);
		let old = RewardAccounts::<T>::take(&operator);
		if let Some(account) = &new {
			RewardAccounts::<T>::insert(&operator, account);
		}
		Self::deposit_event(Event::RewardAccountChanged { operator, old, new });
		Ok(())
	}
}
