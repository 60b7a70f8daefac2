// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The pallets that can be benchmarked, and what their benchmarks need of the runtime.

use crate::*;
use configs::assets::NativeAndForeign;
use frame_support::{assert_ok, traits::fungibles::Mutate};

pub use frame_system_benchmarking::{
	extensions::Pallet as SystemExtensionsBench, Pallet as SystemBench,
};

impl frame_system_benchmarking::Config for Runtime {}

frame_benchmarking::define_benchmarks!(
	[frame_system, SystemBench::<Runtime>]
	[frame_system_extensions, SystemExtensionsBench::<Runtime>]
	[pallet_assets, Assets]
	[pallet_balances, Balances]
	[pallet_collective, TechnicalCollective]
	[pallet_conviction_voting, ConvictionVoting]
	[pallet_identity, Identity]
	[pallet_membership, TechnicalMembership]
	[pallet_multisig, Multisig]
	[pallet_parameters, Parameters]
	[pallet_preimage, Preimage]
	[pallet_proxy, Proxy]
	[pallet_referenda, Referenda]
	[pallet_restaking, Restaking]
	[pallet_scheduler, Scheduler]
	[pallet_timestamp, Timestamp]
	[pallet_treasury, Treasury]
	[pallet_utility, Utility]
	[pallet_whitelist, Whitelist]
);

/// Creates assets as root.
pub struct CreateByRoot;

impl pallet_restaking::BenchmarkHelper<AccountId> for CreateByRoot {
	fn create_asset(asset: AssetId) {
		let owner = configs::governance::TreasuryAccount::get();
		assert_ok!(Assets::force_create(RuntimeOrigin::root(), asset, owner.into(), true, 1));
	}

	fn mint(asset: AssetId, who: &AccountId, amount: Balance) {
		assert_ok!(NativeAndForeign::mint_into(asset, who, amount));
	}
}

/// Payments in an asset that is made for them.
pub struct TreasuryArguments;

impl pallet_treasury::ArgumentsFactory<AssetId, AccountId> for TreasuryArguments {
	fn create_asset_kind(_: u32) -> AssetId {
		picasso_primitives::PICA
	}

	fn create_beneficiary(seed: [u8; 32]) -> AccountId {
		let beneficiary = AccountId::new(seed);
		assert_ok!(NativeAndForeign::mint_into(
			picasso_primitives::PICA,
			&beneficiary,
			constants::currency::PICA,
		));
		beneficiary
	}
}
