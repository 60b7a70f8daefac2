// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The invariants, by the numbers that the crate's documentation gives them.

use crate::{pallet::*, registration::is_foreign, types::*};
use alloc::collections::BTreeSet;
use frame_support::ensure;
use picasso_primitives::{
	registry::{AssetStatus, ForeignId, VaultCaps},
	AssetId,
};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks every invariant.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_bijection()?;
		Self::check_classes()?;
		for (asset, record) in Assets::<T>::iter() {
			Self::check_canonical(asset, &record)?;
			Self::check_asset(asset, &record)?;
		}
		Ok(())
	}

	fn check_bijection() -> Result<(), TryRuntimeError> {
		for (asset, record) in Assets::<T>::iter() {
			let id = AssetIds::<T>::get(&record.foreign);
			ensure!(id == Some(asset), "1: an asset that is not found by what it is elsewhere");
		}
		for (foreign, asset) in AssetIds::<T>::iter() {
			let record = Assets::<T>::get(asset);
			let leads_back = record.is_some_and(|record| record.foreign == foreign);
			ensure!(leads_back, "1: a foreign id that leads to another asset, or none");
		}
		Ok(())
	}

	fn check_canonical(asset: AssetId, record: &AssetRecord) -> Result<(), TryRuntimeError> {
		ensure!(is_foreign(asset), "2: an asset of this chain");
		let foreign = Self::canonical(record.foreign.clone());
		let is_canonical = foreign.is_ok_and(|foreign| foreign == record.foreign);
		ensure!(is_canonical, "2: a foreign id that is not canonical");
		let reserve_is_canonical = match &record.reserve {
			Some(reserve) => {
				Self::canonical_reserve(reserve).is_ok_and(|canonical| canonical == *reserve)
			},
			None => !matches!(record.foreign, ForeignId::Xcm(_)),
		};
		ensure!(reserve_is_canonical, "2: a reserve that is missing or not canonical");
		Ok(())
	}

	fn check_asset(asset: AssetId, record: &AssetRecord) -> Result<(), TryRuntimeError> {
		let there = pallet_assets::Asset::<T>::get(asset)
			.ok_or("3: a registered asset that doesn't exist")?;
		ensure!(there.is_sufficient, "3: an asset that an account without PICA can't hold");
		let metadata = pallet_assets::Metadata::<T>::get(asset);
		let agrees =
			metadata.decimals == record.decimals && metadata.symbol[..] == record.symbol[..];
		ensure!(agrees, "3: decimals or symbol are not those of the asset");
		let valid = Self::ensure_valid_decimals(&record.foreign, record.decimals)
			.and_then(|()| Self::ensure_valid_symbol(&record.symbol));
		ensure!(valid.is_ok(), "3: decimals or symbol that an asset can't have");
		let expected = match record.status {
			AssetStatus::Frozen => pallet_assets::AssetStatus::Frozen,
			AssetStatus::Active | AssetStatus::ExitsOnly => pallet_assets::AssetStatus::Live,
		};
		ensure!(
			there.status == expected,
			"4: an asset is frozen here and not there, or conversely"
		);
		Ok(())
	}

	fn check_classes() -> Result<(), TryRuntimeError> {
		let mut seen = BTreeSet::new();
		for (class, members) in ClassMembers::<T>::iter() {
			for asset in members {
				ensure!(seen.insert(asset), "5: an asset that is in a class twice");
				let record = Assets::<T>::get(asset);
				let is_of_class = record.is_some_and(|record| record.trust == class);
				ensure!(is_of_class, "5: an asset in a class that is not its own");
				let takes_stake = T::Vaults::deposit_cap(asset) > 0;
				let may_take = ClassCaps::<T>::contains_key(class);
				ensure!(!takes_stake || may_take, "6: a vault of a class that takes nothing");
			}
		}
		let all = Assets::<T>::iter_keys().all(|asset| seen.contains(&asset));
		ensure!(all, "5: an asset in no class");
		Ok(())
	}
}
