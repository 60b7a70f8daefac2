// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Assets by location, and back.

use crate::{canonical, pallet::*};
use frame_support::traits::Get;
use picasso_primitives::{
	registry::{AssetLocations, AssetStatus, ForeignId},
	AssetId, PICA,
};
use staging_xcm::v5::Location;

impl<T: Config> AssetLocations for Pallet<T> {
	fn asset_at(location: &Location) -> Option<AssetId> {
		let universe = T::UniversalLocation::get();
		if canonical::is_this_chain(location, &universe) {
			return Some(PICA);
		}
		let foreign = canonical::canonical(ForeignId::Xcm(location.clone()), &universe).ok()?;
		AssetIds::<T>::get(foreign)
	}

	fn location_of(asset: AssetId) -> Option<Location> {
		if asset == PICA {
			return Some(Location::here());
		}
		match Assets::<T>::get(asset)?.foreign {
			ForeignId::Xcm(location) => Some(location),
			ForeignId::Erc20 { chain, address } => {
				Some(canonical::contract_location(chain, address))
			},
			ForeignId::Ics20(_) | ForeignId::SolanaMint(_) => None,
		}
	}

	fn reserve_of(asset: AssetId) -> Option<Location> {
		if asset == PICA {
			return Some(Location::here());
		}
		Assets::<T>::get(asset)?.reserve
	}

	fn status_of(asset: AssetId) -> Option<AssetStatus> {
		if asset == PICA {
			return Some(AssetStatus::Active);
		}
		Some(Assets::<T>::get(asset)?.status)
	}
}
