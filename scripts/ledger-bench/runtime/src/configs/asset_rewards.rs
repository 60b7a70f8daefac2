// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! Asset rewards, as Asset Hub has them: what is staked stays with its owner, frozen.

use crate::{configs::UNIT, people, *};
use frame_support::{
	instances::Instance1,
	parameter_types,
	traits::{
		fungible::{self, HoldConsideration},
		AsEnsureOriginWithArg, ConstU128, ConstU32, LinearStoragePrice,
	},
	PalletId,
};
use frame_system::{EnsureRoot, EnsureRootWithSuccess};
use picasso_primitives::assets::NativeOrForeign;

parameter_types! {
	pub Governance: AccountId = people::governance();
	pub const AssetRewardsPalletId: PalletId = PalletId(*b"py/astrd");
	pub const PoolHoldReason: RuntimeHoldReason =
		RuntimeHoldReason::AssetRewards(pallet_asset_rewards::HoldReason::PoolCreation);
}

impl pallet_assets::Config<Instance1> for Runtime {
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
	type Freezer = AssetsFreezer;
	type Holder = ();
	type Extra = ();
	type CallbackHandle = ();
	type AssetIdAllocator = ();
	type WeightInfo = ();
}

impl pallet_assets_freezer::Config<Instance1> for Runtime {
	type RuntimeFreezeReason = RuntimeFreezeReason;
	type RuntimeEvent = RuntimeEvent;
}

impl pallet_asset_rewards::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type PalletId = AssetRewardsPalletId;
	type AssetId = AssetId;
	type Balance = Balance;
	type CreatePoolOrigin = EnsureRootWithSuccess<AccountId, Governance>;
	type Assets = fungible::UnionOf<Balances, FreezableAssets, NativeOrForeign, AssetId, AccountId>;
	type AssetsFreezer =
		fungible::UnionOf<Balances, AssetsFreezer, NativeOrForeign, AssetId, AccountId>;
	type RuntimeFreezeReason = RuntimeFreezeReason;
	type Consideration = HoldConsideration<
		AccountId,
		Balances,
		PoolHoldReason,
		LinearStoragePrice<ConstU128<UNIT>, ConstU128<0>, Balance>,
	>;
	type WeightInfo = ();
	type BlockNumberProvider = System;
}
