// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What a runtime decides of the ledger.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod config {
	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// Every asset there is, PICA among them.
		type Assets: fungibles::Mutate<Self::AccountId, AssetId = AssetId, Balance = Balance>;

		/// Moves them.
		type Transfers: Transfers<Self::AccountId>;

		/// The native asset. Who stakes it keeps its existential deposit, and so the account.
		#[pallet::constant]
		type NativeAsset: Get<AssetId>;

		/// Decides of vaults, of reward currencies, of the clock, and of operators to be chilled. Its
		/// account pays the minimum balances of the ledger's accounts.
		type GovernanceOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = Self::AccountId>;

		/// Who gets rewards that nobody earned.
		type Treasury: Get<Self::AccountId>;

		/// What an operator pays for the storage of itself, its pools and its approvals, and gets back.
		type OperatorDeposit: Consideration<Self::AccountId, Footprint>;

		/// Why an operator's deposit is held.
		type RuntimeHoldReason: From<HoldReason>;

		/// What operators and pools answer for beyond the ledger.
		type Obligations: Obligations<Self::AccountId>;

		/// What vaults may be like, beyond what the ledger itself asks of them.
		type VaultPolicy: VaultPolicy;

		/// Exits that go on by themselves as they are paid.
		type ExitRoutes: ExitRoutes<Self::AccountId>;

		/// What keeps an owner from passing on exits, or having them paid to others.
		type StakeLocks: StakeLocks<Self::AccountId>;

		/// The clock that eras and reward streams count.
		type BlockNumberProvider: BlockNumberProvider<BlockNumber = BlockNumberFor<Self>>;

		/// Names the accounts of vaults and that of rewards.
		#[pallet::constant]
		type PalletId: Get<PalletId>;

		/// The most bytes of an operator's metadata.
		#[pallet::constant]
		type MaxMetadataLength: Get<u32>;

		/// The most bytes of a pool's name.
		#[pallet::constant]
		type MaxNameLength: Get<u32>;

		/// The highest commission of an operator.
		#[pallet::constant]
		type MaxCommission: Get<Perbill>;

		/// The most pools of one operator, over all assets.
		#[pallet::constant]
		type MaxPoolsPerOperator: Get<u32>;

		/// The most pools of one operator for one asset.
		#[pallet::constant]
		type MaxPoolsPerAsset: Get<u32>;

		/// The most buckets in a pool's value: bounds the unbonding period, counted in granules.
		#[pallet::constant]
		type MaxBuckets: Get<u32>;

		/// The most currencies that rewards are ever paid in, retired ones included.
		#[pallet::constant]
		type MaxRewardCurrencies: Get<u32>;

		/// The most tickets that one call withdraws.
		#[pallet::constant]
		type MaxWithdrawals: Get<u32>;

		/// The longest era there may be, in blocks: exits wait for eras to turn.
		#[pallet::constant]
		type MaxEraLength: Get<BlockNumberFor<Self>>;

		/// The longest unbonding period there may be, in eras.
		#[pallet::constant]
		type MaxUnbonding: Get<EraIndex>;

		/// How time passes on a network whose genesis doesn't say.
		type DefaultEraSettings: Get<EraSettings<BlockNumberFor<Self>>>;

		/// What calls cost.
		type WeightInfo: WeightInfo;

		/// Sets the scene of benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper<Self::AccountId>;
	}
}
