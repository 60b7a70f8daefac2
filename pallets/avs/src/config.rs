// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What a runtime decides of the registry.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod config {
	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>, Hash = H256> {
		/// The ledger of stake.
		type Ledger: StakeLedger<Self::AccountId>;

		/// The currencies that an AVS may pay in.
		type PayCurrencies: Contains<AssetId>;

		/// PICA, which deposits of applications are held in.
		type Currency: fungible::hold::Mutate<
			Self::AccountId,
			Balance = Balance,
			Reason = Self::RuntimeHoldReason,
		>;

		/// Why a deposit is held.
		type RuntimeHoldReason: From<HoldReason>;

		/// Where applications are decided.
		type Referenda: Referenda<Self::AccountId>;

		/// Who wants to know of each table.
		type OnTable: OnTable;

		/// Who keeps what AVSs pay.
		type Paymaster: Paymaster<Self::AccountId>;

		/// Eras that governance needs to decide a dispute.
		type ShortestDispute: Get<EraIndex>;

		/// Who onboards AVSs, sends them away, and speaks for the chain as AVS 0.
		type AvsAdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Who gets what an application that is turned down loses.
		type Treasury: Get<Self::AccountId>;

		/// Planck of PICA that an application holds.
		type ApplicationDeposit: Get<Balance>;

		/// The part of them that an application loses when it is turned down; all of it where it was
		/// judged harmful.
		type RejectionCost: Get<Perbill>;

		/// What an operator pays for the record of an AVS that it serves, or of a key.
		type MemberDeposit: Consideration<Self::AccountId, Footprint>;

		/// The most applications at a time.
		#[pallet::constant]
		type MaxApplications: Get<u32>;

		/// The most bytes of an AVS's metadata.
		#[pallet::constant]
		type MaxMetadataLength: Get<u32>;

		/// The longest notice that terms may name, in eras.
		#[pallet::constant]
		type MaxNotice: Get<EraIndex>;

		/// The most operators that may stand for one AVS, in its table or not.
		#[pallet::constant]
		type MaxMembers: Get<u32>;

		/// The most pools of one operator that may be behind one AVS. Each member has its own, so that
		/// nobody's pools keep another's out; all of them together bound what a table is built of.
		#[pallet::constant]
		type MaxPoolsPerMember: Get<u32>;

		/// Pools of PICA that one step of their table looks at, and that a page of it holds at the most.
		#[pallet::constant]
		type PicaPage: Get<u32>;

		/// The most releases of one allocation at a time: the ledger's bound on a pool's buckets.
		#[pallet::constant]
		type MaxReleases: Get<u32>;

		/// The most allocations that one call changes.
		#[pallet::constant]
		type MaxChanges: Get<u32>;

		/// Eras in a year, for what is told to voters.
		type ErasPerYear: Get<u32>;

		/// What calls cost.
		type WeightInfo: WeightInfo;

		/// Sets the scene of benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper<Self::AccountId>;
	}
}
