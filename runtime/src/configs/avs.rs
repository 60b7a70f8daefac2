// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! AVSs, and how they come before PICA holders.

use crate::{
	configs::{
		governance::{
			parameters::dynamic_params,
			tracks::{id, Tracks},
			TreasuryAccount,
		},
		restaking::StorageDeposit,
	},
	constants::{currency::PICA, time},
	*,
};
use alloc::boxed::Box;
use frame_support::{
	parameter_types,
	traits::{
		fungible::HoldConsideration, schedule::DispatchTime, ConstU32, Contains, EitherOf, Get,
		StorePreimage,
	},
};
use frame_system::EnsureRoot;
use pallet_origins::{AvsAdmin, Origin};
use pallet_referenda::{ReferendumCount, ReferendumInfo, ReferendumInfoFor, TracksInfo};
use picasso_primitives::{
	avs::{ApplicationId, ReferendumOutcome, MAX_ASSETS, MAX_OPERATORS},
	rewards::PoolRewards,
};
use sp_runtime::{traits::Zero, DispatchError, DispatchResult};

parameter_types! {
	/// As much as the decision deposit: what an AVS costs the chain to keep in mind is little, what it
	/// costs its voters to read is not.
	pub const ApplicationDeposit: Balance = 100_000 * PICA;
	pub const MemberDepositReason: RuntimeHoldReason =
		RuntimeHoldReason::Avs(pallet_avs::HoldReason::Member);
}

/// The currencies that pools are rewarded in.
pub struct RewardCurrencies;

impl Contains<AssetId> for RewardCurrencies {
	fn contains(asset: &AssetId) -> bool {
		Restaking::currencies().contains(asset)
	}
}

/// Eras of their present length in a year.
pub struct ErasPerYear;

impl Get<u32> for ErasPerYear {
	fn get() -> u32 {
		Restaking::era_info().and_then(|era| time::YEAR.checked_div(era.length)).unwrap_or_default()
	}
}

/// Referenda on the AVS track.
pub struct AvsReferenda;

impl picasso_primitives::avs::Referenda<AccountId> for AvsReferenda {
	fn submit(proposer: &AccountId, application: ApplicationId) -> Result<u32, DispatchError> {
		let referendum = ReferendumCount::<Runtime>::get();
		let call = RuntimeCall::Avs(pallet_avs::Call::onboard { application });
		Referenda::submit(
			RuntimeOrigin::signed(proposer.clone()),
			Box::new(OriginCaller::Origins(Origin::AvsAdmin)),
			Preimage::bound(call)?,
			DispatchTime::After(BlockNumber::zero()),
		)?;
		Ok(referendum)
	}

	fn place_decision_deposit(payer: &AccountId, referendum: u32) -> DispatchResult {
		let origin = RuntimeOrigin::signed(payer.clone());
		Referenda::place_decision_deposit(origin, referendum)
			.map(|_| ())
			.map_err(|error| error.error)
	}

	fn outcome(referendum: u32) -> ReferendumOutcome {
		match ReferendumInfoFor::<Runtime>::get(referendum) {
			Some(ReferendumInfo::Ongoing(_)) => ReferendumOutcome::Ongoing,
			Some(ReferendumInfo::Approved(since, ..)) if is_enacted(since) => {
				ReferendumOutcome::Enacted
			},
			Some(ReferendumInfo::Approved(..)) => ReferendumOutcome::Approved,
			Some(ReferendumInfo::Rejected(..)) => ReferendumOutcome::Rejected,
			Some(ReferendumInfo::Killed(_)) => ReferendumOutcome::Killed,
			Some(ReferendumInfo::Cancelled(..) | ReferendumInfo::TimedOut(..)) | None => {
				ReferendumOutcome::Ended
			},
		}
	}
}

/// Whether what was approved in a block has been tried: twice the time that it takes is over, should the
/// scheduler have had much to do.
fn is_enacted(since: BlockNumber) -> bool {
	let period = Tracks::info(id::AVS_ADMIN).map_or(0, |track| track.min_enactment_period);
	since.saturating_add(period.saturating_mul(2)) < System::block_number()
}

impl pallet_avs::Config for Runtime {
	type Ledger = Restaking;
	type PayCurrencies = RewardCurrencies;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Referenda = AvsReferenda;
	type OnTable = Slashing;
	type Paymaster = Emissions;
	type ShortestDispute = crate::configs::slashing::ShortestDispute;
	type AvsAdminOrigin = EitherOf<EnsureRoot<AccountId>, AvsAdmin>;
	type Treasury = TreasuryAccount;
	type ApplicationDeposit = ApplicationDeposit;
	type RejectionCost = dynamic_params::avs::RejectionCost;
	type MemberDeposit =
		HoldConsideration<AccountId, Balances, MemberDepositReason, StorageDeposit>;
	type MaxApplications = ConstU32<64>;
	type MaxMetadataLength = ConstU32<256>;
	// Eight weeks.
	type MaxNotice = ConstU32<{ 8 * time::unbonding::PRODUCTION }>;
	// An eighth more than a table has operators, so that those who bring too little block nobody before
	// they are removed. With as many pools each, a table fits into what transactions leave of a block:
	// the integrity test says so.
	type MaxMembers = ConstU32<{ MAX_OPERATORS + MAX_OPERATORS / 8 }>;
	// A pool for each asset that terms can name.
	type MaxPoolsPerMember = ConstU32<MAX_ASSETS>;
	type PicaPage = ConstU32<64>;
	type MaxReleases = <Self as pallet_restaking::Config>::MaxBuckets;
	type MaxChanges = ConstU32<32>;
	type ErasPerYear = ErasPerYear;
	type WeightInfo = crate::weights::pallet_avs::WeightInfo<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::AvsScene;
}
