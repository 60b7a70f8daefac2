// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What a runtime decides of emissions.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod config {
	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The ledger of stake, whose pools are credited.
		type Ledger: StakeLedger<Self::AccountId>
			+ PoolRewards<Self::AccountId, BlockNumberFor<Self>>;

		/// The AVSs: who pays, and the tables of those who earn.
		type Avss: Payers<Self::AccountId> + StakeTables<Self::AccountId> + PicaStakes;

		/// PICA, which is made.
		type Currency: fungible::Mutate<Self::AccountId, Balance = Balance>;

		/// Every asset there is, PICA among them.
		type Assets: fungibles::Inspect<Self::AccountId, AssetId = AssetId, Balance = Balance>;

		/// Moves them.
		type Transfers: Transfers<Self::AccountId>;

		/// Pays what accounts of this chain have, here and on other chains.
		type Payments: Transfer<
			Balance = Balance,
			Sender = Self::AccountId,
			Beneficiary: Parameter,
			AssetKind: Parameter,
			RemoteFeeAsset: Parameter,
			Id: Parameter,
			Error = DispatchError,
		>;

		/// Decides how revenue is divided, and speaks for AVSs that nobody owns.
		type GovernanceOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Who gets the treasury's part, and what nobody earned. It lends this pallet's account the minimum
		/// balance of each currency.
		type Treasury: Get<Self::AccountId>;

		/// The most PICA that is made in a year, as a part of what there is as the year begins.
		type EmissionCeiling: Get<Perbill>;

		/// Eras for which an escrow must last, or else an event warns.
		type WarningEras: Get<u32>;

		/// The era of the table that chose the validators of the current session.
		type SessionTable: Get<EraIndex>;

		/// The clock by which rewards stream and years pass.
		type BlockNumberProvider: BlockNumberProvider<BlockNumber = BlockNumberFor<Self>>;

		/// Blocks in a year.
		#[pallet::constant]
		type BlocksPerYear: Get<BlockNumber>;

		/// Blocks for which a payment is waited for that another chain tells nothing of, where others need the
		/// room.
		#[pallet::constant]
		type PaymentPeriod: Get<BlockNumberFor<Self>>;

		/// Names the account of all that is to be paid, and those of AVSs.
		#[pallet::constant]
		type PalletId: Get<PalletId>;

		/// The most currencies that there are: the ledger's bound on its reward currencies.
		#[pallet::constant]
		type MaxCurrencies: Get<u32>;

		/// The most pools of one operator that may be behind one AVS.
		#[pallet::constant]
		type MaxPools: Get<u32>;

		/// Pools that one step over a vault looks at.
		#[pallet::constant]
		type YieldPage: Get<u32>;

		/// Eras of which is kept what was paid.
		#[pallet::constant]
		type KeptEras: Get<EraIndex>;

		/// What calls and steps cost.
		type WeightInfo: WeightInfo;

		/// Sets the scene of benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper<
			Self::AccountId,
			PaidAsset = PaidAssetOf<Self>,
			Beneficiary = BeneficiaryOf<Self>,
		>;
	}
}
