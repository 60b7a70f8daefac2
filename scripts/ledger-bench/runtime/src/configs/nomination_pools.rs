// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! Nomination pools that stake by delegation, as relay chains have them: bags list for voters, 28 eras
//! of bonding. No election is held.

use crate::{configs::UNIT, *};
use frame_election_provider_support::NoElection;
use frame_support::{
	parameter_types,
	traits::{ConstU32, ConstU8},
	PalletId,
};
use frame_system::EnsureRoot;
use sp_core::U256;
use sp_runtime::{traits::Convert, FixedU128, Perbill};

/// Eras from an unbond to the one in which it can be withdrawn.
pub const BONDING_ERAS: u32 = 28;

/// The bags that voters are in, by their stake: 200 of them, each a ninth wider than the one before.
static THRESHOLDS: [u64; 200] = bag_thresholds();

const fn bag_thresholds() -> [u64; 200] {
	let mut thresholds = [0; 200];
	let mut threshold = 10_000_000_000u128;
	let mut bag = 0;
	while bag < thresholds.len() {
		thresholds[bag] = threshold as u64;
		threshold = threshold * 1_112 / 1_000;
		bag += 1;
	}
	thresholds
}

parameter_types! {
	pub BagThresholds: &'static [u64] = &THRESHOLDS;
}

impl pallet_bags_list::Config<pallet_bags_list::Instance1> for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = ();
	type ScoreProvider = Staking;
	type BagThresholds = BagThresholds;
	type MaxAutoRebagPerBlock = ConstU32<5>;
	type Score = frame_election_provider_support::VoteWeight;
}

/// Bounds that only the staking pallet's own benchmarks use.
pub struct NoBenchmarks;

impl pallet_staking::BenchmarkingConfig for NoBenchmarks {
	type MaxValidators = ConstU32<1>;
	type MaxNominators = ConstU32<1>;
}

type NoElectionAtAll = NoElection<(AccountId, BlockNumber, Staking, ConstU32<1>, ConstU32<1>)>;

impl pallet_staking::Config for Runtime {
	type OldCurrency = Balances;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type CurrencyBalance = Balance;
	type UnixTime = Timestamp;
	type CurrencyToVote = sp_staking::currency_to_vote::U128CurrencyToVote;
	type ElectionProvider = NoElectionAtAll;
	type GenesisElectionProvider = NoElectionAtAll;
	type NominationsQuota = pallet_staking::FixedNominationsQuota<16>;
	type HistoryDepth = ConstU32<84>;
	type RewardRemainder = ();
	type RuntimeEvent = RuntimeEvent;
	type Slash = ();
	type Reward = ();
	type SessionsPerEra = ConstU32<6>;
	type BondingDuration = ConstU32<BONDING_ERAS>;
	type SlashDeferDuration = ConstU32<{ BONDING_ERAS - 1 }>;
	type AdminOrigin = EnsureRoot<AccountId>;
	type SessionInterface = ();
	type EraPayout = ();
	type NextNewSession = ();
	type MaxExposurePageSize = ConstU32<512>;
	type MaxValidatorSet = ConstU32<1_000>;
	type VoterList = VoterList;
	type TargetList = pallet_staking::UseValidatorsMap<Self>;
	type MaxUnlockingChunks = ConstU32<32>;
	type MaxControllersInDeprecationBatch = ConstU32<100>;
	type EventListeners = (NominationPools, DelegatedStaking);
	type Filter = pallet_nomination_pools::AllPoolMembers<Self>;
	type BenchmarkingConfig = NoBenchmarks;
	type WeightInfo = ();
}

parameter_types! {
	pub const DelegatedStakingPalletId: PalletId = PalletId(*b"py/dlstk");
	pub const SlashRewardFraction: Perbill = Perbill::from_percent(1);
	pub const PoolsPalletId: PalletId = PalletId(*b"py/nopls");
}

impl pallet_delegated_staking::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type PalletId = DelegatedStakingPalletId;
	type Currency = Balances;
	type OnSlash = ();
	type SlashRewardFraction = SlashRewardFraction;
	type RuntimeHoldReason = RuntimeHoldReason;
	type CoreStaking = Staking;
}

/// A balance as a wide number, and back.
pub struct Wide;

impl Convert<Balance, U256> for Wide {
	fn convert(balance: Balance) -> U256 {
		balance.into()
	}
}

impl Convert<U256, Balance> for Wide {
	fn convert(wide: U256) -> Balance {
		wide.try_into().unwrap_or(Balance::MAX)
	}
}

impl pallet_nomination_pools::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = ();
	type Currency = Balances;
	type RuntimeFreezeReason = RuntimeFreezeReason;
	type RewardCounter = FixedU128;
	type PalletId = PoolsPalletId;
	type MaxPointsToBalance = ConstU8<10>;
	type MaxUnbonding = ConstU32<8>;
	type BalanceToU256 = Wide;
	type U256ToBalance = Wide;
	type StakeAdapter =
		pallet_nomination_pools::adapter::DelegateStake<Self, Staking, DelegatedStaking>;
	type MaxUnbondingPools = ConstU32<{ BONDING_ERAS + 4 }>;
	type MaxMetadataLen = ConstU32<256>;
	type AdminOrigin = EnsureRoot<AccountId>;
	type BlockNumberProvider = System;
	type Filter = pallet_staking::AllStakers<Runtime>;
}

/// What a validator and the pool's founder bond.
pub const FOUNDERS_BOND: Balance = 1_000_000 * UNIT;
