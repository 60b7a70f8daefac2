// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Restaking.

use crate::{
	configs::{
		assets::NativeAndForeign,
		governance::{voting::VoteLocks, GovernanceOrigin, TreasuryAccount},
	},
	constants::{currency::deposit, time},
	*,
};
use frame_support::{
	parameter_types,
	traits::{fungible::HoldConsideration, ConstU128, ConstU32, Footprint},
	PalletId,
};
use pallet_restaking::EraSettings;
use picasso_primitives::assets;
use sp_runtime::{
	traits::{Convert, UniqueSaturatedInto},
	Perbill,
};

parameter_types! {
	pub const ProductionEras: EraSettings<BlockNumber> = EraSettings {
		length: time::era::PRODUCTION,
		unbonding: time::unbonding::PRODUCTION,
		granularity: time::granularity::PRODUCTION,
	};
	pub const OperatorDepositReason: RuntimeHoldReason =
		RuntimeHoldReason::Restaking(pallet_restaking::HoldReason::OperatorDeposit);
	/// A fifth of the half of revenue that is the restakers': they keep 40 % of all.
	pub const MaxCommission: Perbill = Perbill::from_percent(20);
	pub const RestakingPalletId: PalletId = PalletId(*b"pica/rst");
}

/// What state costs, by items and bytes.
pub struct StorageDeposit;

impl Convert<Footprint, Balance> for StorageDeposit {
	fn convert(footprint: Footprint) -> Balance {
		deposit(footprint.count.unique_saturated_into(), footprint.size.unique_saturated_into())
	}
}

impl pallet_restaking::Config for Runtime {
	type Assets = NativeAndForeign;
	type Transfers = assets::NativeAndForeign<Balances, Runtime>;
	type NativeAsset = ConstU128<{ picasso_primitives::PICA }>;
	type GovernanceOrigin = GovernanceOrigin;
	type Treasury = TreasuryAccount;
	type OperatorDeposit =
		HoldConsideration<AccountId, Balances, OperatorDepositReason, StorageDeposit>;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Obligations = Avs;
	type VaultPolicy = AssetRegistry;
	type ExitRoutes = Cvm;
	type StakeLocks = VoteLocks;
	type BlockNumberProvider = System;
	type PalletId = RestakingPalletId;
	type MaxMetadataLength = ConstU32<256>;
	type MaxNameLength = ConstU32<32>;
	type MaxCommission = MaxCommission;
	type MaxPoolsPerOperator = ConstU32<32>;
	type MaxPoolsPerAsset = ConstU32<4>;
	// Seven days of unbonding, by the day, and one more that the last exits of a day join.
	type MaxBuckets = ConstU32<8>;
	type MaxRewardCurrencies = ConstU32<8>;
	type MaxWithdrawals = ConstU32<32>;
	type MaxEraLength = ConstU32<{ 7 * time::DAYS }>;
	// Eight weeks.
	type MaxUnbonding = ConstU32<{ 8 * time::unbonding::PRODUCTION }>;
	type DefaultEraSettings = ProductionEras;
	type WeightInfo = crate::weights::pallet_restaking::WeightInfo<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::CreateByRoot;
}
