// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Governance of PICA: referenda decide, and nothing is above them. `tracks` says who they decide as and
//! what they ask for; `voting` what an account votes with, staked PICA included; `parameters` what can
//! be changed without an upgrade. A technical collective lets a referendum go the faster way, and the
//! treasury pays.

pub mod parameters;
pub mod tracks;
pub mod voting;

use crate::{
	configs::{
		payments::{PaidAsset, Payments},
		system::MAXIMUM_BLOCK_WEIGHT,
	},
	*,
};
use frame_support::{
	parameter_types,
	traits::{
		tokens::UnityAssetBalanceConversion, AsEnsureOriginWithArg, ConstU32, EitherOf, MapSuccess,
		TotalIssuanceOf,
	},
	weights::Weight,
	PalletId,
};
use frame_system::{EnsureRoot, EnsureRootWithSuccess, EnsureSigned};
use pallet_collective::EnsureProportionAtLeast;
use pallet_origins::{GeneralAdmin, ReferendumCanceller, ReferendumKiller, WhitelistedCaller};
use sp_runtime::{
	traits::{AccountIdConversion, IdentityLookup, Replace},
	Perbill, Permill,
};
use tracks::{
	MotionDuration, PayoutPeriod, SpendPeriod, SubmissionDeposit, Tracks, UndecidingTimeout,
	VoteLockingPeriod, WhitelistExpiration,
};
use voting::{Pica, VotingWeights};

parameter_types! {
	pub const TreasuryPalletId: PalletId = PalletId(*b"pica/tsy");
	/// The treasury: takes fees and dust, and pays what governance opens.
	pub TreasuryAccount: AccountId = TreasuryPalletId::get().into_account_truncating();
}

/// Root, or the origin that runs what can be undone.
pub type RootOrGeneralAdmin = EitherOf<EnsureRoot<AccountId>, GeneralAdmin>;

/// The same, paying from the treasury.
pub type GovernanceOrigin = EitherOf<
	EnsureRootWithSuccess<AccountId, TreasuryAccount>,
	MapSuccess<GeneralAdmin, Replace<TreasuryAccount>>,
>;

impl pallet_origins::Config for Runtime {}

parameter_types! {
	/// Referenda are looked at in the block in which something is due.
	pub const AlarmInterval: BlockNumber = 1;
}

impl pallet_referenda::Config for Runtime {
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_referenda::weights::SubstrateWeight<Runtime>;
	type Scheduler = Scheduler;
	type Currency = Balances;
	type SubmitOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type CancelOrigin = EitherOf<EnsureRoot<AccountId>, ReferendumCanceller>;
	type KillOrigin = EitherOf<EnsureRoot<AccountId>, ReferendumKiller>;
	type Slash = Treasury;
	type Votes = Balance;
	type Tally = pallet_conviction_voting::TallyOf<Runtime>;
	type SubmissionDeposit = SubmissionDeposit;
	type MaxQueued = ConstU32<100>;
	type UndecidingTimeout = UndecidingTimeout;
	type AlarmInterval = AlarmInterval;
	type Tracks = Tracks;
	type Preimages = Preimage;
	type BlockNumberProvider = System;
}

impl pallet_conviction_voting::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = VotingWeights;
	type Currency = Pica;
	type Polls = Referenda;
	// Staked PICA is in the vault's account, and so part of what is issued.
	type MaxTurnout = TotalIssuanceOf<Balances, AccountId>;
	type MaxVotes = ConstU32<512>;
	type VoteLockingPeriod = VoteLockingPeriod;
	type BlockNumberProvider = System;
	type VotingHooks = ();
}

impl pallet_whitelist::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type WhitelistOrigin = EitherOf<
		EnsureRoot<AccountId>,
		EnsureProportionAtLeast<AccountId, TechnicalCollectiveInstance, 1, 3>,
	>;
	type DispatchWhitelistedOrigin = EitherOf<EnsureRoot<AccountId>, WhitelistedCaller>;
	type Preimages = Preimage;
	type DeferredDispatchExpiration = WhitelistExpiration;
	type BlockNumberProvider = System;
	type WeightInfo = pallet_whitelist::weights::SubstrateWeight<Runtime>;
}

/// The members of the technical collective, at most.
pub type MaxTechnicalMembers = ConstU32<6>;

/// The instance of pallet-collective that the technical collective is.
pub type TechnicalCollectiveInstance = pallet_collective::Instance1;
/// The instance of pallet-membership that knows its members.
pub type TechnicalMembershipInstance = pallet_membership::Instance1;

parameter_types! {
	/// What a motion of the collective may use when it is executed: half a block.
	pub MaxMotionWeight: Weight = Perbill::from_percent(50) * MAXIMUM_BLOCK_WEIGHT;
}

impl pallet_collective::Config<TechnicalCollectiveInstance> for Runtime {
	type RuntimeOrigin = RuntimeOrigin;
	type Proposal = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type MotionDuration = MotionDuration;
	type MaxProposals = ConstU32<100>;
	type MaxMembers = MaxTechnicalMembers;
	type DefaultVote = pallet_collective::MoreThanMajorityThenPrimeDefaultVote;
	type WeightInfo = pallet_collective::weights::SubstrateWeight<Runtime>;
	type SetMembersOrigin = EnsureRoot<AccountId>;
	type MaxProposalWeight = MaxMotionWeight;
	type DisapproveOrigin = EnsureRoot<AccountId>;
	type KillOrigin = EnsureRoot<AccountId>;
	type Consideration = ();
}

/// Who may whitelist for root is root's to say: a lesser track must not choose them.
impl pallet_membership::Config<TechnicalMembershipInstance> for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type AddOrigin = EnsureRoot<AccountId>;
	type RemoveOrigin = EnsureRoot<AccountId>;
	type SwapOrigin = EnsureRoot<AccountId>;
	type ResetOrigin = EnsureRoot<AccountId>;
	type PrimeOrigin = EnsureRoot<AccountId>;
	type MembershipInitialized = TechnicalCollective;
	type MembershipChanged = TechnicalCollective;
	type MaxMembers = MaxTechnicalMembers;
	type WeightInfo = pallet_membership::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	/// What the treasury keeps it keeps.
	pub const NothingBurnt: Permill = Permill::zero();
	pub const MaxSpend: Balance = Balance::MAX;
}

/// Pays in any asset it has. There is no price between assets that a limit could be counted in: root
/// alone spends, and without a limit.
impl pallet_treasury::Config for Runtime {
	type Currency = Balances;
	type RejectOrigin = RootOrGeneralAdmin;
	type RuntimeEvent = RuntimeEvent;
	type SpendPeriod = SpendPeriod;
	type Burn = NothingBurnt;
	type PalletId = TreasuryPalletId;
	type BurnDestination = ();
	type WeightInfo = pallet_treasury::weights::SubstrateWeight<Runtime>;
	type SpendFunds = ();
	type MaxApprovals = ConstU32<100>;
	type SpendOrigin = EnsureRootWithSuccess<AccountId, MaxSpend>;
	type AssetKind = PaidAsset;
	type Beneficiary = staging_xcm::v5::Location;
	type BeneficiaryLookup = IdentityLookup<Self::Beneficiary>;
	type Paymaster = Payments;
	type BalanceConverter = UnityAssetBalanceConversion;
	type PayoutPeriod = PayoutPeriod;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::TreasuryArguments;
	type BlockNumberProvider = System;
}
