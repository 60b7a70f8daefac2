// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Assets as they come, their reserves, and what may be done with them.

use crate::{canonical, networks, pallet::*, types::*};
use frame_support::{
	pallet_prelude::*,
	traits::{fungibles::Create, Get},
};
use frame_system::RawOrigin;
use picasso_primitives::{
	assets::Network,
	registry::{AssetStatus, ForeignId, VaultCaps},
	AssetId,
};
use sp_runtime::traits::Zero;
use staging_xcm::v5::Location;

/// Whether an id says that its asset comes from another network: PICA's has no network.
pub(crate) fn is_foreign(asset: AssetId) -> bool {
	asset >> 96 > Network::Picasso as AssetId
}

impl<T: Config> Pallet<T> {
	/// The canonical form of what an asset is elsewhere.
	pub(crate) fn canonical(foreign: ForeignId) -> Result<ForeignId, Error<T>> {
		Ok(canonical::canonical(foreign, &T::UniversalLocation::get())?)
	}

	/// The canonical form of a reserve.
	pub(crate) fn canonical_reserve(reserve: &Location) -> Result<Location, Error<T>> {
		Ok(canonical::canonical_chain(reserve, &T::UniversalLocation::get())?)
	}

	pub(crate) fn do_register(
		owner: T::AccountId,
		asset: AssetId,
		details: Details,
	) -> DispatchResult {
		ensure!(is_foreign(asset), Error::<T>::NotForeign);
		ensure!(!Assets::<T>::contains_key(asset), Error::<T>::AlreadyRegistered);
		let foreign = Self::canonical(details.foreign.clone())?;
		ensure!(!AssetIds::<T>::contains_key(&foreign), Error::<T>::ForeignIdTaken);
		let reserve = details.reserve.as_ref().map(Self::canonical_reserve).transpose()?;
		let may_lack_reserve = !matches!(foreign, ForeignId::Xcm(_));
		ensure!(reserve.is_some() || may_lack_reserve, Error::<T>::ReserveMissing);
		Self::ensure_valid_decimals(&foreign, details.decimals)?;
		Self::ensure_valid_symbol(&details.symbol)?;
		ensure!(!details.minimum_balance.is_zero(), Error::<T>::ZeroMinimumBalance);
		// So that no class takes more by it.
		ensure!(T::Vaults::deposit_cap(asset).is_zero(), Error::<T>::DepositCapNotZero);

		let adopted = Self::create_or_adopt(owner, asset, &details)?;
		Self::join_class(details.trust, asset)?;
		let Details { decimals, symbol, trust, .. } = details;
		AssetIds::<T>::insert(&foreign, asset);
		let record = AssetRecord {
			foreign: foreign.clone(),
			decimals,
			symbol: symbol.clone(),
			reserve: reserve.clone(),
			trust,
			status: AssetStatus::Active,
		};
		Assets::<T>::insert(asset, record);
		Self::deposit_event(Event::AssetRegistered {
			asset,
			foreign,
			decimals,
			symbol,
			reserve,
			trust,
			adopted,
		});
		Ok(())
	}

	pub(crate) fn ensure_valid_decimals(foreign: &ForeignId, decimals: u8) -> Result<(), Error<T>> {
		ensure!(decimals <= MAX_DECIMALS, Error::<T>::TooManyDecimals);
		let known = networks::decimals_of(foreign);
		ensure!(known.is_none_or(|known| known == decimals), Error::<T>::WrongDecimals);
		Ok(())
	}

	pub(crate) fn ensure_valid_symbol(symbol: &Symbol) -> Result<(), Error<T>> {
		let valid = !symbol.is_empty() && symbol.iter().all(u8::is_ascii_graphic);
		ensure!(valid, Error::<T>::InvalidSymbol);
		Ok(())
	}

	/// Sees to it that the asset is there as told, and its metadata out of its owner's reach. Returns
	/// whether it was there before.
	fn create_or_adopt(
		owner: T::AccountId,
		asset: AssetId,
		details: &Details,
	) -> Result<bool, DispatchError> {
		let adopted = pallet_assets::Asset::<T>::contains_key(asset);
		if adopted {
			Self::ensure_adoptable(&owner, asset, details)?;
		} else {
			let minimum = details.minimum_balance;
			<pallet_assets::Pallet<T> as Create<_>>::create(asset, owner, true, minimum)?;
		}
		pallet_assets::Pallet::<T>::force_set_metadata(
			RawOrigin::Root.into(),
			asset.into(),
			details.name.to_vec(),
			details.symbol.to_vec(),
			details.decimals,
			true,
		)?;
		Ok(adopted)
	}

	fn ensure_adoptable(owner: &T::AccountId, asset: AssetId, details: &Details) -> DispatchResult {
		let there = pallet_assets::Asset::<T>::get(asset).ok_or(Error::<T>::AssetNotLive)?;
		let is_live = there.status == pallet_assets::AssetStatus::Live;
		ensure!(is_live, Error::<T>::AssetNotLive);
		let mut team = [&there.owner, &there.issuer, &there.admin, &there.freezer].into_iter();
		ensure!(team.all(|member| member == owner), Error::<T>::TeamMismatch);
		ensure!(there.is_sufficient, Error::<T>::NotSufficient);
		let minimum = details.minimum_balance;
		ensure!(there.min_balance == minimum, Error::<T>::MinimumBalanceMismatch);
		let metadata = pallet_assets::Metadata::<T>::get(asset);
		ensure!(metadata.decimals == details.decimals, Error::<T>::DecimalsMismatch);
		ensure!(metadata.symbol[..] == details.symbol[..], Error::<T>::SymbolMismatch);
		Ok(())
	}

	pub(crate) fn do_set_reserve(asset: AssetId, reserve: Location) -> DispatchResult {
		let reserve = Self::canonical_reserve(&reserve)?;
		Self::change(asset, |record| {
			ensure!(record.reserve.is_none(), Error::<T>::ReserveIsKnown);
			record.reserve = Some(reserve.clone());
			Ok(())
		})?;
		Self::deposit_event(Event::ReserveSet { asset, reserve });
		Ok(())
	}

	pub(crate) fn do_set_status(asset: AssetId, new: AssetStatus) -> DispatchResult {
		let old = Self::change(asset, |record| Ok(core::mem::replace(&mut record.status, new)))?;
		Self::set_frozen(asset, new == AssetStatus::Frozen)?;
		if new != AssetStatus::Active {
			T::Vaults::stop_stakes(asset);
		}
		Self::deposit_event(Event::StatusChanged { asset, old, new });
		Ok(())
	}

	/// Freezes or thaws an asset in pallet-assets, unless it is so already.
	fn set_frozen(asset: AssetId, frozen: bool) -> DispatchResult {
		let there =
			pallet_assets::Asset::<T>::get(asset).ok_or(pallet_assets::Error::<T>::Unknown)?;
		let is_frozen = there.status == pallet_assets::AssetStatus::Frozen;
		if frozen == is_frozen {
			return Ok(());
		}
		if frozen {
			let freezer = RawOrigin::Signed(there.freezer);
			pallet_assets::Pallet::<T>::freeze_asset(freezer.into(), asset.into())
		} else {
			let admin = RawOrigin::Signed(there.admin);
			pallet_assets::Pallet::<T>::thaw_asset(admin.into(), asset.into())
		}
	}

	/// Changes the record of an asset. An error leaves it as it was.
	pub(crate) fn change<R>(
		asset: AssetId,
		change: impl FnOnce(&mut AssetRecord) -> Result<R, Error<T>>,
	) -> Result<R, Error<T>> {
		Assets::<T>::try_mutate(asset, |record| {
			change(record.as_mut().ok_or(Error::<T>::NotRegistered)?)
		})
	}
}
