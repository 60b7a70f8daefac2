// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What the ledger stores.

use crate::Config;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt::Debug;
use frame_support::{pallet_prelude::*, CloneNoBound, DebugNoBound, EqNoBound, PartialEqNoBound};
use frame_system::pallet_prelude::BlockNumberFor;
use picasso_primitives::{
	math::{PerShare, SharePool, Stream, Tally},
	restaking::{Commission, OperatorStatus, PoolAccess, PoolStatus, VaultSettings},
	AssetId, Balance, EraIndex,
};
use serde::{Deserialize, Serialize};

/// How time passes in the ledger.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub struct EraSettings<BlockNumber> {
	/// Blocks from one turn of the era to the next.
	pub length: BlockNumber,
	/// Eras from an exit to the first in which it may mature.
	pub unbonding: EraIndex,
	/// Exits mature in eras that are a multiple of this, the first one that leaves the whole
	/// unbonding period behind it: it keeps the list of a pool's buckets short.
	pub granularity: EraIndex,
}

/// The restaking clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct EraClock<BlockNumber> {
	/// The current era.
	pub index: EraIndex,
	/// The block in which it began.
	pub started: BlockNumber,
	/// How time passes.
	pub settings: EraSettings<BlockNumber>,
}

impl<BlockNumber> EraClock<BlockNumber> {
	/// The era in which an exit made now matures; none past the last era there can be.
	pub fn maturity(&self) -> Option<EraIndex> {
		self.index
			.checked_add(self.settings.unbonding)?
			.checked_next_multiple_of(self.settings.granularity)
	}
}

/// The restaking of one asset: what governance decided, and what is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Vault {
	/// What governance decided.
	pub settings: VaultSettings,
	/// Planck of the asset held for others: stake, exits in progress, and parked proceeds of slashes.
	/// The vault's account holds as much, and the asset's minimum balance beside.
	pub custody: Balance,
}

/// Who answers for pools.
#[derive(
	CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[scale_info(skip_type_params(T))]
pub struct Operator<T: Config> {
	/// The part of the restakers' earnings that the operator keeps.
	pub commission: Commission,
	/// Who it says it is: free text or a link, UTF-8.
	pub metadata: BoundedVec<u8, T::MaxMetadataLength>,
	/// What it says of itself.
	pub status: OperatorStatus,
	/// Whether governance keeps its pools from taking stake.
	pub chilled: bool,
	/// How many pools it has.
	pub pools: u32,
	/// How many restakers it approved.
	pub approvals: u32,
	/// What it paid for the storage of itself, its pools and its approvals.
	pub deposit: T::OperatorDeposit,
}

impl<T: Config> Operator<T> {
	/// Whether its pools may take stake, each by its own status.
	pub fn is_serving(&self) -> bool {
		self.status == OperatorStatus::Active && !self.chilled
	}
}

/// Stake of one asset that one operator answers for.
#[derive(
	CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[scale_info(skip_type_params(T))]
pub struct Pool<T: Config> {
	/// Who answers for it.
	pub operator: T::AccountId,
	/// The asset staked in it.
	pub asset: AssetId,
	/// Whether it takes new stake.
	pub status: PoolStatus,
	/// From whom.
	pub access: PoolAccess,
	/// Whether its operator is paused, leaving or chilled: it takes no new stake then.
	pub suspended: bool,
	/// Reports that could slash it and are not settled: while there are any, it takes no new stake.
	pub open_reports: u32,
	/// How many times it has been lost whole: shares of an earlier generation are worth nothing.
	pub generation: u32,
	/// How many positions there are in it, those of earlier generations included.
	pub positions: u32,
	/// The stake and its shares.
	pub active: SharePool,
	/// The operator's own among these shares: as many as its position has.
	pub own_shares: Balance,
	/// The stake as it was at a turn of the era.
	pub at_turn: StakeAtTurn,
	/// Exits in progress by their era of maturity, ascending, no two alike. Matured ones leave the
	/// list for `MaturedBuckets` when room is needed.
	pub buckets: BoundedVec<Bucket, T::MaxBuckets>,
	/// What its shares earn.
	pub rewards: Rewards<T>,
}

/// The stake of a pool at the turn of the last era in which it changed: noted before the first change
/// in it. In a later era it has not changed since the turn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct StakeAtTurn {
	/// The era that began.
	pub era: EraIndex,
	/// Planck staked then.
	pub active: Balance,
	/// The generation of the pool's shares then.
	pub generation: u32,
}

impl<T: Config> Pool<T> {
	/// The stake at the turn of `era`, the current one.
	pub fn stake_at_turn(&self, era: EraIndex) -> StakeAtTurn {
		if self.at_turn.era == era {
			return self.at_turn;
		}
		StakeAtTurn { era, active: self.active.balance, generation: self.generation }
	}

	/// Planck of the operator's own among those staked.
	pub fn self_stake(&self) -> Balance {
		// Its shares are among all: they have a value.
		self.active.value_of(self.own_shares).unwrap_or_default()
	}
}

/// Exits from one pool that mature together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Bucket {
	/// The first era in which they can be withdrawn.
	pub maturity: EraIndex,
	/// How many times the bucket has been lost whole: tickets of an earlier generation are worth
	/// nothing.
	pub generation: u32,
	/// Planck on their way out, and the points that divide them among tickets.
	pub exits: SharePool,
}

/// What a pool's shares earn.
#[derive(
	CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[scale_info(skip_type_params(T))]
pub struct Rewards<T: Config> {
	/// The block up to which it is counted.
	pub updated: BlockNumberFor<T>,
	/// By slot of the currency, up to the last one that the pool was ever credited in.
	pub slots: BoundedVec<RewardSlot<BlockNumberFor<T>>, T::MaxRewardCurrencies>,
}

/// What a pool's shares earn in one currency. Amounts in planck of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct RewardSlot<BlockNumber> {
	/// What each share has earned.
	pub per_share: PerShare,
	/// What is still to come.
	pub stream: Stream<BlockNumber>,
	/// What streamed while there were no shares: the treasury's.
	pub unearned: Balance,
	/// All that was credited and not paid out yet.
	pub owed: Balance,
}

/// What each share of a generation that was lost had earned at its end, and how many shares still have
/// to be told.
#[derive(
	CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[scale_info(skip_type_params(T))]
pub struct LostGeneration<T: Config> {
	/// Shares of positions that were not touched since.
	pub shares: Balance,
	/// What each share had earned, by slot of the currency.
	pub earned: BoundedVec<PerShare, T::MaxRewardCurrencies>,
}

/// What one restaker has in one pool.
#[derive(
	CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[scale_info(skip_type_params(T))]
pub struct Position<T: Config> {
	/// The generation of the pool that the shares are of.
	#[codec(compact)]
	pub generation: u32,
	/// Shares of the pool's stake; none where all of it left and rewards are still owed.
	#[codec(compact)]
	pub shares: Balance,
	/// Whether its rewards in PICA become stake when they are claimed. In pools of PICA alone.
	pub compounds: bool,
	/// What of the shares' earnings is not the restaker's, by slot of the currency; where a slot is
	/// missing, nothing.
	pub tallies: BoundedVec<Tally, T::MaxRewardCurrencies>,
}

/// A claim on a bucket; pool, maturity and owner are its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Ticket {
	/// The generation of the bucket that the points are of.
	pub generation: u32,
	/// Points of the bucket's exits.
	pub points: Balance,
}
