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
	[pallet_identity, Identity]
	[pallet_multisig, Multisig]
	[pallet_preimage, Preimage]
	[pallet_proxy, Proxy]
	[pallet_restaking, Restaking]
	[pallet_scheduler, Scheduler]
	[pallet_sudo, Sudo]
	[pallet_timestamp, Timestamp]
	[pallet_utility, Utility]
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
