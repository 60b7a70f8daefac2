// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Slashing: what bonds cost, who decides, and how much of a pool an era can cost.

use crate::{
	configs::governance::{
		parameters::dynamic_params, tracks::ShortestDisputeWindow, TreasuryAccount,
	},
	constants::currency::PICA,
	*,
};
use frame_support::{
	parameter_types,
	traits::{fungible::HoldConsideration, EitherOf, Get, LinearStoragePrice},
};
use frame_system::EnsureRoot;
use pallet_origins::SlashAdmin;
use picasso_primitives::EraIndex;

parameter_types! {
	/// What an accusation costs that is cancelled: enough that an arbiter doesn't try it on everybody.
	pub const ReportBond: Balance = 1_000 * PICA;
	/// What a dispute costs that fails: less, as the accused has stake to lose.
	pub const DisputeBond: Balance = 500 * PICA;
	pub const Nothing: Balance = 0;
	pub const ReportReason: RuntimeHoldReason =
		RuntimeHoldReason::Slashing(pallet_slashing::HoldReason::Report);
	pub const DisputeReason: RuntimeHoldReason =
		RuntimeHoldReason::Slashing(pallet_slashing::HoldReason::Dispute);
}

/// The shortest dispute window that terms may name, in eras of their present length.
pub struct ShortestDispute;

impl Get<EraIndex> for ShortestDispute {
	fn get() -> EraIndex {
		let length = Restaking::era_info().map_or(1, |era| era.length.max(1));
		let window: BlockNumber = ShortestDisputeWindow::get();
		window.div_ceil(length)
	}
}

impl pallet_slashing::Config for Runtime {
	type Ledger = Restaking;
	type Tables = Avs;
	type Terms = Avs;
	type Parts = Avs;
	type Jails = Avs;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type ReportBond = HoldConsideration<
		AccountId,
		Balances,
		ReportReason,
		LinearStoragePrice<ReportBond, Nothing, Balance>,
	>;
	type DisputeBond = HoldConsideration<
		AccountId,
		Balances,
		DisputeReason,
		LinearStoragePrice<DisputeBond, Nothing, Balance>,
	>;
	type DecisionOrigin = EitherOf<EnsureRoot<AccountId>, SlashAdmin>;
	type EraCeiling = dynamic_params::slashing::EraCeiling;
	type Treasury = TreasuryAccount;
	type MaxPools = <Self as pallet_avs::Config>::MaxPoolsPerMember;
	type WeightInfo = crate::weights::pallet_slashing::WeightInfo<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::SlashingScene;
}
