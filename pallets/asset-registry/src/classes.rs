// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Trust classes: which assets are in them, and what their vaults may be worth together.

use crate::{pallet::*, WeightInfo};
use frame_support::{pallet_prelude::*, traits::tokens::ConversionFromAssetBalance};
use picasso_primitives::{
	registry::{AssetStatus, TrustClass, VaultCaps, VaultPolicy},
	restaking::{VaultSettings, VaultStatus},
	AssetId, Balance, PICA,
};
use sp_runtime::traits::Zero;

impl<T: Config> Pallet<T> {
	pub(crate) fn join_class(class: TrustClass, asset: AssetId) -> Result<(), Error<T>> {
		ClassMembers::<T>::try_mutate(class, |members| members.try_push(asset))
			.map_err(|_| Error::<T>::TooManyMembers)
	}

	pub(crate) fn do_set_trust(asset: AssetId, new: TrustClass) -> DispatchResult {
		let old = Self::change(asset, |record| Ok(core::mem::replace(&mut record.trust, new)))?;
		if old != new {
			let deposit_cap = T::Vaults::deposit_cap(asset);
			// A vault that takes nothing needs no room.
			if !deposit_cap.is_zero() {
				let cap = ClassCaps::<T>::get(new);
				Self::ensure_room(new, cap, Some((asset, deposit_cap)))?;
			}
			ClassMembers::<T>::mutate(old, |members| members.retain(|member| *member != asset));
			Self::join_class(new, asset)?;
		}
		Self::deposit_event(Event::TrustChanged { asset, old, new });
		Ok(())
	}

	pub(crate) fn do_set_class_cap(class: TrustClass, new: Option<Balance>) -> DispatchResult {
		Self::ensure_room(class, new, None)?;
		let old = ClassCaps::<T>::get(class);
		ClassCaps::<T>::set(class, new);
		Self::deposit_event(Event::ClassCapChanged { class, old, new });
		Ok(())
	}

	/// Whether Σ worth(deposit cap) over a class's assets is within `cap`, where one asset may have another
	/// deposit cap than its vault's, and be of the class or not.
	fn ensure_room(
		class: TrustClass,
		cap: Option<Balance>,
		changed: Option<(AssetId, Balance)>,
	) -> Result<(), Error<T>> {
		let others = ClassMembers::<T>::get(class)
			.into_iter()
			.filter(|member| changed.is_none_or(|(asset, _)| asset != *member))
			.map(|member| (member, T::Vaults::deposit_cap(member)));
		let mut total: Balance = 0;
		for (asset, deposit_cap) in others.chain(changed) {
			if deposit_cap.is_zero() {
				continue;
			}
			let cap = cap.ok_or(Error::<T>::ClassCapExceeded)?;
			let worth =
				T::Worth::from_asset_balance(deposit_cap, asset).map_err(|_| Error::<T>::NoRate)?;
			total = total
				.checked_add(worth)
				.filter(|total| *total <= cap)
				.ok_or(Error::<T>::ClassCapExceeded)?;
		}
		Ok(())
	}
}

impl<T: Config> VaultPolicy for Pallet<T> {
	fn ensure_allowed(asset: AssetId, settings: &VaultSettings) -> DispatchResult {
		if asset == PICA {
			return Ok(());
		}
		let record = Assets::<T>::get(asset).ok_or(Error::<T>::NotRegistered)?;
		let may_be_open = record.status == AssetStatus::Active;
		ensure!(settings.status != VaultStatus::Open || may_be_open, Error::<T>::AssetNotActive);
		// Where rates rose beyond the class's cap, a vault can still be closed, or its cap lowered.
		if settings.deposit_cap > T::Vaults::deposit_cap(asset) {
			let cap = ClassCaps::<T>::get(record.trust);
			Self::ensure_room(record.trust, cap, Some((asset, settings.deposit_cap)))?;
		}
		Ok(())
	}

	fn weight() -> Weight {
		<T as Config>::WeightInfo::ensure_allowed()
	}
}
