// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Vaults: what may be staked, and the accounts that hold it.

use crate::{pallet::*, types::*, WeightInfo};
use frame_support::{
	pallet_prelude::*,
	traits::{fungibles::Inspect, tokens::Preservation, DefensiveOption},
};
use picasso_primitives::{
	assets::Transfers,
	math::MAX_BALANCE,
	registry::{VaultCaps, VaultPolicy},
	restaking::{VaultSettings, VaultStatus},
	AssetId, Balance,
};
use sp_runtime::{
	traits::{AccountIdConversion, Zero},
	ArithmeticError, FixedPointNumber,
};

impl<T: Config> Pallet<T> {
	/// The account that holds what is staked of an asset.
	pub fn vault_account(asset: AssetId) -> T::AccountId {
		T::PalletId::get().into_sub_account_truncating(asset)
	}

	pub(crate) fn do_create_vault(
		funder: &T::AccountId,
		asset: AssetId,
		settings: VaultSettings,
	) -> DispatchResult {
		Self::ensure_valid_vault_settings(asset, &settings)?;
		ensure!(!Vaults::<T>::contains_key(asset), Error::<T>::VaultExists);
		Self::open_account(&Self::vault_account(asset), asset, funder)?;
		Vaults::<T>::insert(asset, Vault { settings, custody: 0 });
		Self::deposit_event(Event::VaultCreated { asset, settings });
		Ok(())
	}

	pub(crate) fn do_set_vault(asset: AssetId, new: VaultSettings) -> DispatchResult {
		Self::ensure_valid_vault_settings(asset, &new)?;
		let old = Vaults::<T>::try_mutate(asset, |vault| {
			let vault = vault.as_mut().ok_or(Error::<T>::VaultNotFound)?;
			Ok::<_, Error<T>>(core::mem::replace(&mut vault.settings, new))
		})?;
		Self::deposit_event(Event::VaultChanged { asset, old, new });
		Ok(())
	}

	fn ensure_valid_vault_settings(asset: AssetId, settings: &VaultSettings) -> DispatchResult {
		let valid =
			settings.deposit_cap <= MAX_BALANCE && settings.minimum_stake <= settings.deposit_cap;
		ensure!(valid, Error::<T>::InvalidVaultSettings);
		// A full vault earns in a year no more PICA than there can be.
		let yearly = settings.yield_rate.checked_mul_int(settings.deposit_cap);
		ensure!(yearly.is_some_and(|yearly| yearly <= MAX_BALANCE), Error::<T>::YieldRateTooHigh);
		T::VaultPolicy::ensure_allowed(asset, settings)
	}

	/// Stops new stake into a vault that takes any. One that is closed, or isn't there, stays so.
	fn do_stop_stakes(asset: AssetId) {
		let change = Vaults::<T>::mutate(asset, |vault| {
			let settings = &mut vault.as_mut()?.settings;
			let old = *settings;
			if old.status != VaultStatus::Open {
				return None;
			}
			settings.status = VaultStatus::ExitsOnly;
			Some((old, *settings))
		});
		if let Some((old, new)) = change {
			Self::deposit_event(Event::VaultChanged { asset, old, new });
		}
	}

	/// Gives an account of the ledger's the asset's minimum balance. It stays there, so that the
	/// account can hold any amount of the asset from then on.
	pub(crate) fn open_account(
		account: &T::AccountId,
		asset: AssetId,
		funder: &T::AccountId,
	) -> DispatchResult {
		ensure!(T::Assets::asset_exists(asset), Error::<T>::AssetNotFound);
		// Without a provider an account cannot hold an asset that is not sufficient.
		frame_system::Pallet::<T>::inc_providers(account);
		let minimum = T::Assets::minimum_balance(asset);
		T::Transfers::transfer(asset, funder, account, minimum, Preservation::Preserve)?;
		Ok(())
	}

	/// Changes the vault of an asset that has one. An error leaves it as it was.
	pub(crate) fn change_vault<R>(
		asset: AssetId,
		change: impl FnOnce(&mut Vault) -> Result<R, DispatchError>,
	) -> Result<R, DispatchError> {
		Vaults::<T>::try_mutate(asset, |vault| {
			change(vault.as_mut().defensive_ok_or(Error::<T>::VaultNotFound)?)
		})
	}

	/// Pays `amount` out of the vault.
	pub(crate) fn release(asset: AssetId, to: &T::AccountId, amount: Balance) -> DispatchResult {
		if amount.is_zero() {
			return Ok(());
		}
		Self::change_vault(asset, |vault| {
			vault.custody = vault.custody.checked_sub(amount).ok_or(ArithmeticError::Underflow)?;
			// The vault's account keeps the minimum balance that it was opened with.
			let account = Self::vault_account(asset);
			T::Transfers::transfer(asset, &account, to, amount, Preservation::Preserve)
		})
	}
}

impl<T: Config> VaultCaps for Pallet<T> {
	fn deposit_cap(asset: AssetId) -> Balance {
		Vaults::<T>::get(asset).map_or(0, |vault| vault.settings.deposit_cap)
	}

	fn stop_stakes(asset: AssetId) {
		Self::do_stop_stakes(asset);
	}

	fn weight_of_stopping() -> Weight {
		T::WeightInfo::set_vault()
	}
}
