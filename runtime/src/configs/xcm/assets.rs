// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What assets are on other chains, which chain holds what is issued here, and how messages move them.

use super::{HereLocation, LocationToAccountId, UniversalLocation};
use crate::{
	configs::governance::{GovernanceOrigin, RootOrGeneralAdmin, TreasuryAccount},
	*,
};
use frame_support::traits::{ConstU32, ContainsPair};
use picasso_primitives::{registry::AssetLocations, PICA};
use sp_runtime::{
	traits::{MaybeEquivalence, TryConvertInto},
	FixedU128,
};
use staging_xcm::latest::{Asset, Location};
use staging_xcm_builder::{
	ConvertedConcreteId, FungibleAdapter, FungiblesAdapter, IsConcrete, NoChecking,
};

/// Foreign assets by location, as the registry knows them.
pub struct RegisteredLocations;

impl MaybeEquivalence<Location, crate::AssetId> for RegisteredLocations {
	fn convert(location: &Location) -> Option<crate::AssetId> {
		AssetRegistry::asset_at(location).filter(|asset| *asset != PICA)
	}

	fn convert_back(asset: &crate::AssetId) -> Option<Location> {
		Some(*asset).filter(|asset| *asset != PICA).and_then(AssetRegistry::location_of)
	}
}

/// The pairs of assets and chains that hold what is issued here of them. A governed fact of each asset:
/// its location doesn't tell.
pub struct RegisteredReserves;

impl ContainsPair<Asset, Location> for RegisteredReserves {
	fn contains(asset: &Asset, origin: &Location) -> bool {
		RegisteredLocations::convert(&asset.id.0)
			.and_then(AssetRegistry::reserve_of)
			.is_some_and(|reserve| reserve == *origin)
	}
}

/// Moves PICA by pallet-balances and registered assets by pallet-assets. What isn't registered can't be
/// moved: no asset is created because it arrives.
pub type AssetTransactors = (
	FungibleAdapter<Balances, IsConcrete<HereLocation>, LocationToAccountId, AccountId, ()>,
	FungiblesAdapter<
		Assets,
		ConvertedConcreteId<crate::AssetId, Balance, RegisteredLocations, TryConvertInto>,
		LocationToAccountId,
		AccountId,
		NoChecking,
		TreasuryAccount,
	>,
);

/// Sets the rates of genesis.
pub struct FirstRates;

impl pallet_asset_registry::GenesisRates for FirstRates {
	fn set(asset: crate::AssetId, rate: FixedU128) {
		pallet_asset_rate::ConversionRateToNative::<Runtime>::insert(asset, rate);
	}
}

impl pallet_asset_registry::Config for Runtime {
	type GovernanceOrigin = GovernanceOrigin;
	type UniversalLocation = UniversalLocation;
	type Vaults = Restaking;
	type Worth = AssetRate;
	type GenesisRates = FirstRates;
	type MaxClassMembers = ConstU32<64>;
	type WeightInfo = crate::weights::pallet_asset_registry::WeightInfo<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::RatedAssets;
}

/// What assets are worth in PICA: counts for fees, and for how much a class of assets may come to.
impl pallet_asset_rate::Config for Runtime {
	type WeightInfo = pallet_asset_rate::weights::SubstrateWeight<Runtime>;
	type RuntimeEvent = RuntimeEvent;
	type CreateOrigin = RootOrGeneralAdmin;
	type RemoveOrigin = RootOrGeneralAdmin;
	type UpdateOrigin = RootOrGeneralAdmin;
	type Currency = Balances;
	type AssetKind = crate::AssetId;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::RatedAssets;
}
