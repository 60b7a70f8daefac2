// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What a runtime decides of slashing.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod config {
	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>, Hash = H256> {
		/// The ledger of stake, from which is taken.
		type Ledger: StakeLedger<Self::AccountId> + Slashable<Self::AccountId>;

		/// The stake tables, which say who answers for what.
		type Tables: StakeTables<Self::AccountId>;

		/// The terms, which say what a fault is.
		type Terms: SlashingTerms<Self::AccountId>;

		/// What operators put behind AVSs.
		type Parts: SlashableParts<Self::AccountId>;

		/// Keeps operators from serving.
		type Jails: Jails<Self::AccountId>;

		/// PICA, which bonds are held in.
		type Currency: fungible::hold::Inspect<
			Self::AccountId,
			Balance = Balance,
			Reason = Self::RuntimeHoldReason,
		>;

		/// Why a bond is held.
		type RuntimeHoldReason: From<HoldReason>;

		/// What a reporter puts down whose evidence is somebody's word.
		type ReportBond: Consideration<Self::AccountId, Footprint>;

		/// What the accused puts down to dispute.
		type DisputeBond: Consideration<Self::AccountId, Footprint>;

		/// Who decides disputes.
		type DecisionOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// The most that all AVSs together take of one pool in one era.
		type EraCeiling: Get<Perbill>;

		/// Who gets what goes to the chain.
		type Treasury: Get<Self::AccountId>;

		/// The most pools that one operator may put behind one AVS.
		#[pallet::constant]
		type MaxPools: Get<u32>;

		/// What calls cost.
		type WeightInfo: WeightInfo;

		/// Sets the scene of benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper<Self::AccountId>;
	}
}
