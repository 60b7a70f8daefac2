// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Emissions: what stake earns, and which part of fees is the validators'.

use crate::{
	configs::{
		assets::NativeAndForeign,
		governance::{parameters::dynamic_params, RootOrGeneralAdmin, TreasuryAccount},
		payments::Payments,
	},
	constants::time,
	*,
};
use frame_support::{
	defensive, parameter_types,
	traits::{
		fungible::{Balanced, Credit},
		ConstU32, Get, Imbalance, OnUnbalanced,
	},
	PalletId,
};
use picasso_primitives::{assets, EraIndex};

parameter_types! {
	pub const EmissionsPalletId: PalletId = PalletId(*b"pica/ems");
}

/// The era of the table that chose the validators of this session.
pub struct SessionTable;

impl Get<EraIndex> for SessionTable {
	fn get() -> EraIndex {
		Avs::table_of_session(Session::current_index()).unwrap_or_default()
	}
}

impl pallet_emissions::Config for Runtime {
	type Ledger = Restaking;
	type Avss = Avs;
	type Currency = Balances;
	type Assets = NativeAndForeign;
	type Transfers = assets::NativeAndForeign<Balances, Runtime>;
	type Payments = Payments;
	type GovernanceOrigin = RootOrGeneralAdmin;
	type Treasury = TreasuryAccount;
	type EmissionCeiling = dynamic_params::emissions::Ceiling;
	type WarningEras = dynamic_params::emissions::WarningEras;
	type SessionTable = SessionTable;
	type BlockNumberProvider = System;
	type BlocksPerYear = ConstU32<{ time::YEAR }>;
	type PaymentPeriod = ConstU32<{ 7 * time::DAYS }>;
	type PalletId = EmissionsPalletId;
	type MaxCurrencies = <Self as pallet_restaking::Config>::MaxRewardCurrencies;
	type MaxPools = <Self as pallet_avs::Config>::MaxPoolsPerMember;
	type YieldPage = ConstU32<64>;
	// Two unbonding periods.
	type KeptEras = ConstU32<{ 2 * time::unbonding::PRODUCTION }>;
	type WeightInfo = crate::weights::pallet_emissions::WeightInfo<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::EmissionsScene;
}

/// Blocks count for those who make them.
pub struct AuthorPoints;

impl pallet_authorship::EventHandler<AccountId, BlockNumber> for AuthorPoints {
	fn note_author(author: AccountId) {
		Emissions::note_author(&author);
	}
}

/// A governed part of each fee is the chain's pay to its validators, their restakers and PICA stakers; the
/// rest, and tips, are the treasury's.
///
/// Fees may be paid of PICA that a vote has locked. A tip is as much as its payer likes, and must not be a
/// way to pass on such PICA, by a validator of one's own; a fee is bounded by what a block can hold.
pub struct FeesToChain;

impl FeesToChain {
	fn to_chain(part: Credit<AccountId, Balances>) -> Result<(), Credit<AccountId, Balances>> {
		let amount = part.peek();
		if amount == 0 {
			return Ok(());
		}
		<Balances as Balanced<_>>::resolve(&Emissions::account(), part)?;
		if Emissions::note_chain_revenue(amount).is_err() {
			// It stays with what is nobody's: more is held than is owed.
			defensive!("fees of an era fit");
		}
		Ok(())
	}

	fn to_treasury(credit: Credit<AccountId, Balances>) {
		// What the treasury can't take, as it has nothing and this is less than an account must hold, is
		// burnt.
		drop(<Balances as Balanced<_>>::resolve(&TreasuryAccount::get(), credit));
	}
}

impl OnUnbalanced<Credit<AccountId, Balances>> for FeesToChain {
	fn on_unbalanceds(mut fee_and_tip: impl Iterator<Item = Credit<AccountId, Balances>>) {
		if let Some(fee) = fee_and_tip.next() {
			let part = dynamic_params::fees::ChainPart::get().mul_floor(fee.peek());
			let (chains, rest) = fee.split(part);
			let refused = Self::to_chain(chains).err();
			Self::to_treasury(rest);
			refused.into_iter().for_each(Self::to_treasury);
		}
		fee_and_tip.for_each(Self::to_treasury);
	}
}
