// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! The ledger and its assets, as the Picasso runtime has them.

use crate::{configs::UNIT, people, *};
use frame_support::{
	parameter_types,
	traits::{
		fungible::{self, HoldConsideration},
		AsEnsureOriginWithArg, ConstU128, ConstU32, LinearStoragePrice,
	},
	PalletId,
};
use frame_system::{EnsureRoot, EnsureRootWithSuccess};
use pallet_restaking::EraSettings;
use picasso_primitives::assets::{self, NativeOrForeign};
use sp_runtime::Perbill;

/// An era: four hours.
pub const ERA_BLOCKS: BlockNumber = 4 * 600;
/// Exits mature once a day.
pub const ERAS_PER_DAY: u32 = 6;
/// From an exit to the day in which it may mature.
pub const UNBONDING_DAYS: u32 = 7;

parameter_types! {
	pub Governance: AccountId = people::governance();
	pub const ProductionEras: EraSettings<BlockNumber> = EraSettings {
		length: ERA_BLOCKS,
		unbonding: UNBONDING_DAYS * ERAS_PER_DAY,
		granularity: ERAS_PER_DAY,
	};
	pub const OperatorDepositReason: RuntimeHoldReason =
		RuntimeHoldReason::Restaking(pallet_restaking::HoldReason::OperatorDeposit);
	pub const MaxCommission: Perbill = Perbill::from_percent(20);
	pub const RestakingPalletId: PalletId = PalletId(*b"pica/rst");
}

impl pallet_assets::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Balance = Balance;
	type RemoveItemsLimit = ConstU32<1_000>;
	type AssetId = AssetId;
	type AssetIdParameter = AssetId;
	type ReserveData = ();
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureRootWithSuccess<AccountId, Governance>>;
	type ForceOrigin = EnsureRoot<AccountId>;
	type AssetDeposit = ConstU128<UNIT>;
	type AssetAccountDeposit = ConstU128<UNIT>;
	type MetadataDepositBase = ConstU128<UNIT>;
	type MetadataDepositPerByte = ConstU128<UNIT>;
	type ApprovalDeposit = ConstU128<UNIT>;
	type StringLimit = ConstU32<50>;
	type Freezer = ();
	type Holder = ();
	type Extra = ();
	type CallbackHandle = ();
	type AssetIdAllocator = ();
	type WeightInfo = ();
}

impl pallet_restaking::Config for Runtime {
	type Assets = fungible::UnionOf<Balances, Assets, NativeOrForeign, AssetId, AccountId>;
	type Transfers = assets::NativeAndForeign<Balances, Runtime>;
	type NativeAsset = ConstU128<{ picasso_primitives::PICA }>;
	type GovernanceOrigin = EnsureRootWithSuccess<AccountId, Governance>;
	type Treasury = Governance;
	type OperatorDeposit = HoldConsideration<
		AccountId,
		Balances,
		OperatorDepositReason,
		LinearStoragePrice<ConstU128<UNIT>, ConstU128<UNIT>, Balance>,
	>;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Obligations = ();
	type VaultPolicy = ();
	type ExitRoutes = ();
	type StakeLocks = ();
	type BlockNumberProvider = System;
	type PalletId = RestakingPalletId;
	type MaxMetadataLength = ConstU32<256>;
	type MaxNameLength = ConstU32<32>;
	type MaxCommission = MaxCommission;
	type MaxPoolsPerOperator = ConstU32<32>;
	type MaxPoolsPerAsset = ConstU32<4>;
	type MaxBuckets = ConstU32<8>;
	type MaxRewardCurrencies = ConstU32<8>;
	type MaxWithdrawals = ConstU32<32>;
	type MaxEraLength = ConstU32<{ 42 * ERA_BLOCKS }>;
	type MaxUnbonding = ConstU32<{ 8 * UNBONDING_DAYS * ERAS_PER_DAY }>;
	type DefaultEraSettings = ProductionEras;
	type WeightInfo = crate::weights::WeightInfo<Runtime>;
}
