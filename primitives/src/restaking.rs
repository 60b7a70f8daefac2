// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Types of the restaking ledger that cross its border, and the runtime API by which users read it.

// `decl_runtime_apis` repeats the bounds of the trait that it declares.
#![allow(clippy::multiple_bound_locations)]

use crate::{AssetId, Balance, BlockNumber, EraIndex, PoolId};
use alloc::vec::Vec;
use codec::{Codec, Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::weights::Weight;
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_runtime::{DispatchError, DispatchResult, FixedU128, Perbill};

/// Whether a vault takes new stake. Exits are open in every state.
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
pub enum VaultStatus {
	/// Takes new pools and new stake.
	#[default]
	#[codec(index = 0)]
	Open,
	/// Takes no new stake; may open again.
	#[codec(index = 1)]
	ExitsOnly,
	/// Takes neither new pools nor new stake: it is being wound down.
	#[codec(index = 2)]
	Closed,
}

/// What governance decides of a vault.
#[derive(
	Clone,
	Copy,
	Debug,
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
pub struct VaultSettings {
	/// The most planck the vault may hold, exits in progress included.
	pub deposit_cap: Balance,
	/// The least planck that one call may stake.
	pub minimum_stake: Balance,
	/// Whether the vault takes new stake.
	pub status: VaultStatus,
	/// Fixed yield: planck of PICA per planck of the asset per year.
	pub yield_rate: FixedU128,
}

/// Whether a pool takes new stake. Exits are open in every state.
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
pub enum PoolStatus {
	/// Takes new stake.
	#[default]
	#[codec(index = 0)]
	Open,
	/// Takes no new stake; may open again.
	#[codec(index = 1)]
	Closed,
	/// Takes no new stake and never will again: anyone may see its restakers out, so that it can be
	/// removed.
	#[codec(index = 2)]
	WindingUp,
}

/// Who may stake in a pool.
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
)]
pub enum PoolAccess {
	/// Anyone.
	#[default]
	#[codec(index = 0)]
	Everyone,
	/// Restakers that the operator approved, and the operator.
	#[codec(index = 1)]
	Approved,
}

/// What an operator says of itself. It is slashable in every state.
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
)]
pub enum OperatorStatus {
	/// Its pools take stake, each by its own status.
	#[default]
	#[codec(index = 0)]
	Active,
	/// None of its pools takes stake; may become active again.
	#[codec(index = 1)]
	Paused,
	/// All its pools are being wound up, for good.
	#[codec(index = 2)]
	Leaving,
}

/// An operator's commission: the part of its restakers' earnings that it keeps.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Commission {
	/// What it was first.
	pub first: Perbill,
	/// What it becomes, and the era from which on.
	pub then: Option<(Perbill, EraIndex)>,
}

impl Commission {
	/// The commission in an era.
	pub fn at(&self, era: EraIndex) -> Perbill {
		match self.then {
			Some((commission, from)) if from <= era => commission,
			_ => self.first,
		}
	}
}

/// Names a ticket among those of its owner: all exits from one pool that mature in one era and go to
/// the same place are one ticket.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct TicketId {
	/// The pool that is left.
	pub pool: PoolId,
	/// The first era in which the ticket can be withdrawn.
	pub maturity: EraIndex,
	/// The pool that the stake moves into at maturity, by anyone's call; none where it is to be paid.
	pub into: Option<PoolId>,
}

/// The restaking clock, as [`RestakingApi::era`] tells it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct EraInfo {
	/// The current era.
	pub index: EraIndex,
	/// The block in which it began.
	pub started: BlockNumber,
	/// Blocks from turn to turn.
	pub length: BlockNumber,
	/// Eras from an exit to the first in which it may mature.
	pub unbonding: EraIndex,
}

/// A vault, as [`RestakingApi::vaults`] tells it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct VaultInfo<AccountId> {
	/// The asset it is for.
	pub asset: AssetId,
	/// What governance decided of it.
	pub settings: VaultSettings,
	/// Planck of the asset it holds for restakers: stake, and exits in progress.
	pub custody: Balance,
	/// The account that holds them.
	pub account: AccountId,
}

/// An operator, as [`RestakingApi::operators`] tells it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct OperatorInfo<AccountId> {
	/// The account that registered.
	pub operator: AccountId,
	/// Its part of what its restakers earn: now, and from a later era on.
	pub commission: Commission,
	/// What it says of itself.
	pub status: OperatorStatus,
	/// Whether governance keeps its pools from taking stake.
	pub chilled: bool,
	/// Who it says it is: free text or a link, UTF-8.
	pub metadata: Vec<u8>,
	/// Its pools.
	pub pools: Vec<PoolId>,
}

/// A pool, as [`RestakingApi::pools`] tells it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct PoolInfo<AccountId> {
	/// Its number.
	pub pool: PoolId,
	/// Who answers for it.
	pub operator: AccountId,
	/// The asset staked in it.
	pub asset: AssetId,
	/// Its name, UTF-8.
	pub name: Vec<u8>,
	/// Whether the operator lets new stake in.
	pub status: PoolStatus,
	/// From whom.
	pub access: PoolAccess,
	/// Whether it takes new stake now: it and its vault are open, its operator is active and not
	/// chilled, and no report on it is open.
	pub takes_stake: bool,
	/// Planck staked in it, exits in progress not counted.
	pub active: Balance,
	/// Shares that divide them.
	pub shares: Balance,
	/// Planck on their way out that have not matured.
	pub unbonding: Balance,
	/// Planck of the operator's own among those staked.
	pub self_stake: Balance,
	/// What streams to its shares.
	pub rewards: Vec<RewardStreamInfo>,
}

/// Rewards that stream to a pool, as [`RestakingApi::pools`] tells them.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct RewardStreamInfo {
	/// The currency.
	pub currency: AssetId,
	/// Planck still to come.
	pub remaining: Balance,
	/// The block with which the stream ends.
	pub until: BlockNumber,
	/// Planck the pool owes in all, those still to come included.
	pub owed: Balance,
}

/// Which pools [`RestakingApi::pools`] tells: those of the operator and of the asset named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct PoolFilter<AccountId> {
	/// Only this operator's.
	pub operator: Option<AccountId>,
	/// Only this asset's.
	pub asset: Option<AssetId>,
}

/// A page of a longer list.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Page<Item, Key> {
	/// The items of this page.
	pub items: Vec<Item>,
	/// Where the next page starts; none at the end.
	pub next: Option<Key>,
}

/// Stake of one account in one pool.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct PositionInfo {
	/// The pool.
	pub pool: PoolId,
	/// The asset staked in it.
	pub asset: AssetId,
	/// Shares held.
	pub shares: Balance,
	/// What an exit with all of them would be worth now, in planck of the asset.
	pub value: Balance,
	/// What `claim` would pay in the next block, by currency, in planck of it.
	pub rewards: Vec<(AssetId, Balance)>,
	/// Whether `claim` turns what of them is PICA into stake in the pool.
	pub compounds: bool,
}

/// An exit in progress.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct TicketInfo {
	/// The argument that `withdraw` takes.
	pub ticket: TicketId,
	/// The asset it pays.
	pub asset: AssetId,
	/// Points of its bucket, by which it can be split, passed on or taken back.
	pub points: Balance,
	/// What it is worth now, in planck of the asset.
	pub value: Balance,
	/// Whether it can be withdrawn now.
	pub mature: bool,
}

/// All that one account has in the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct AccountInfo {
	/// Stake, pool by pool.
	pub positions: Vec<PositionInfo>,
	/// Exits in progress.
	pub tickets: Vec<TicketInfo>,
}

/// Whether a reward currency takes new rewards.
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
)]
pub enum CurrencyStatus {
	/// Takes new rewards.
	#[default]
	#[codec(index = 0)]
	Active,
	/// Takes no new rewards; what is owed in it stays claimable.
	#[codec(index = 1)]
	Retired,
}

/// An asset that rewards are paid in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct RewardCurrency {
	/// The asset.
	pub asset: AssetId,
	/// Whether it takes new rewards.
	pub status: CurrencyStatus,
}

/// What an exit would give.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct ExitPreview {
	/// Planck of the asset that leave the pool.
	pub amount: Balance,
	/// The ticket they join.
	pub ticket: TicketId,
}

/// The most items a page holds, however many are asked for.
pub const MAX_PAGE: u32 = 256;

/// Stake as those see it who build on it: read, never changed, at a cost that does not depend on the
/// number of restakers.
pub trait StakeLedger<AccountId> {
	/// The current era.
	fn current_era() -> EraIndex;

	/// The era in which an exit made now matures; none past the last era there can be. Whatever stake
	/// secures today can be held to it until then.
	fn maturity() -> Option<EraIndex>;

	/// Eras for which stake is held at the least before it is out of reach.
	fn unbonding() -> EraIndex;

	/// Blocks from one turn of the era to the next.
	fn era_length() -> BlockNumber;

	/// What is staked in a pool.
	fn pool_stake(pool: PoolId) -> Option<PoolStake<AccountId>>;

	/// Pools of an asset that had stake when the current era began, and how many planck. Looks at `count`
	/// of the asset's pools after the one named, in an order that stays the same whatever pools come and
	/// go; `next` is the last one looked at, if there may be more.
	fn stakes_at_turn(
		asset: AssetId,
		after: Option<PoolId>,
		count: u32,
	) -> Page<(PoolId, Balance), PoolId>;

	/// The deposit cap of an asset's vault, in planck; none where the asset has no vault.
	fn deposit_cap(asset: AssetId) -> Option<Balance>;

	/// The vault that comes after the one of the asset named, in an order that stays the same whatever
	/// vaults come, and its fixed yield: planck of PICA per planck of its asset per year.
	fn yield_after(asset: Option<AssetId>) -> Option<(AssetId, FixedU128)>;

	/// What an account has at stake: pools, and planck in them that a slash can reach. For reads alone:
	/// it looks at all there is.
	fn at_stake(who: &AccountId) -> Vec<(PoolId, Balance)>;

	/// What an operator is; none where the account is not one.
	fn operator(operator: &AccountId) -> Option<OperatorStanding>;
}

/// What is staked in a pool, as [`StakeLedger::pool_stake`] tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolStake<AccountId> {
	/// Who answers for it.
	pub operator: AccountId,
	/// The asset staked in it.
	pub asset: AssetId,
	/// Planck staked now.
	pub active: Balance,
	/// Planck of the operator's own among them.
	pub own: Balance,
	/// How many times it has been lost whole.
	pub generation: u32,
	/// Planck that were staked when the current era began.
	pub active_at_turn: Balance,
	/// How many times it had been lost whole then.
	pub generation_at_turn: u32,
	/// Reports on it that are not settled.
	pub open_reports: u32,
}

/// What an operator is, as [`StakeLedger::operator`] tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OperatorStanding {
	/// What it says of itself.
	pub status: OperatorStatus,
	/// Whether governance keeps its pools from taking stake.
	pub chilled: bool,
	/// Its part of what its restakers earn, in the current era.
	pub commission: Perbill,
}

/// What services and the chain know of an operator and its pools that the ledger does not: whether
/// they still answer for something.
pub trait Obligations<AccountId> {
	/// Whether a pool still secures something, or could be slashed for what it secured.
	fn bind_pool(pool: PoolId) -> bool;

	/// Whether an operator still serves something, or could be slashed for what it served.
	fn bind_operator(operator: &AccountId) -> bool;

	/// A pool was lost whole, and begins a new generation: what was lost answers for nothing any more. The
	/// pool is being written meanwhile, and is not to be read.
	fn renew_pool(pool: PoolId, generation: u32);

	/// A pool that nothing binds was removed.
	fn forget_pool(pool: PoolId);

	/// An operator that nothing binds deregistered.
	fn forget_operator(operator: &AccountId);
}

/// Acts in the ledger for an account that no signature of this chain stands for: its owner's is proved
/// elsewhere. Each does what the call of its name does, and like it must be in a storage layer, that takes
/// back what was written before an error.
pub trait Restaking<AccountId> {
	/// Returns the shares issued.
	fn stake(
		who: &AccountId,
		pool: PoolId,
		amount: Balance,
		min_shares: Balance,
	) -> Result<Balance, DispatchError>;

	/// Returns the exit that the shares joined.
	fn unstake(who: &AccountId, pool: PoolId, shares: Balance) -> Result<TicketId, DispatchError>;

	/// Returns the exit that the shares joined.
	fn redelegate(
		who: &AccountId,
		from: PoolId,
		shares: Balance,
		into: PoolId,
	) -> Result<TicketId, DispatchError>;

	/// Returns what was paid: an asset, and how many planck of it; none where the pool is gone.
	fn withdraw(
		who: &AccountId,
		ticket: TicketId,
	) -> Result<Option<(AssetId, Balance)>, DispatchError>;

	/// Pays what a position has earned.
	fn claim(who: &AccountId, pool: PoolId) -> DispatchResult;

	/// The asset of a pool.
	fn asset_of(pool: PoolId) -> Option<AssetId>;

	/// Shares of a pool that an account has.
	fn shares_of(who: &AccountId, pool: PoolId) -> Balance;

	/// The current era: exits that mature in it, or before, can be withdrawn.
	fn current_era() -> EraIndex;
}

/// Exits that go on as they are paid, so that nobody but their owners may have them paid otherwise.
pub trait ExitRoutes<AccountId> {
	/// Whether an exit of `owner`'s does.
	fn has_route(owner: &AccountId, ticket: TicketId) -> bool;
}

/// None does.
impl<AccountId> ExitRoutes<AccountId> for () {
	fn has_route(_: &AccountId, _: TicketId) -> bool {
		false
	}
}

/// Nothing is secured by anyone.
impl<AccountId> Obligations<AccountId> for () {
	fn bind_pool(_: PoolId) -> bool {
		false
	}

	fn bind_operator(_: &AccountId) -> bool {
		false
	}

	fn renew_pool(_: PoolId, _: u32) {}

	fn forget_pool(_: PoolId) {}

	fn forget_operator(_: &AccountId) {}
}

/// Locks on what an account has, wherever it has it: they keep it from being passed on out of the
/// ledger.
pub trait StakeLocks<AccountId> {
	/// Whether `owner`, who has just passed on some of what it has of `asset` in the ledger, still has as
	/// much as its locks ask for; and what it cost to find out.
	fn cover(owner: &AccountId, asset: AssetId) -> (bool, Weight);

	/// The most that it costs.
	fn weight() -> Weight;
}

/// Nothing is locked.
impl<AccountId> StakeLocks<AccountId> for () {
	fn cover(_: &AccountId, _: AssetId) -> (bool, Weight) {
		(true, Weight::zero())
	}

	fn weight() -> Weight {
		Weight::zero()
	}
}

sp_api::decl_runtime_apis! {
	/// How users read the restaking ledger.
	pub trait RestakingApi<AccountId: Codec> {
		/// The restaking clock.
		fn era() -> EraInfo;

		/// Every vault.
		fn vaults() -> Vec<VaultInfo<AccountId>>;

		/// Operators from `start` on (from the first if none), at most `count` and at most
		/// [`MAX_PAGE`] of them.
		fn operators(start: Option<AccountId>, count: u32) -> Page<OperatorInfo<AccountId>, AccountId>;

		/// Pools that `filter` lets through, from number `start` on. Looks at `count` pools, at most
		/// [`MAX_PAGE`]: a page may be empty and not the last.
		fn pools(filter: PoolFilter<AccountId>, start: PoolId, count: u32) -> Page<PoolInfo<AccountId>, PoolId>;

		/// The reward currencies, by slot.
		fn reward_currencies() -> Vec<RewardCurrency>;

		/// All that an account has staked, and its exits in progress.
		fn position(account: AccountId) -> AccountInfo;

		/// Shares that `amount` planck would buy in `pool` now, or why they can't.
		fn preview_stake(pool: PoolId, amount: Balance) -> Result<Balance, DispatchError>;

		/// What an exit with `shares` of `pool` would give now, or why it can't.
		fn preview_unstake(pool: PoolId, shares: Balance) -> Result<ExitPreview, DispatchError>;
	}
}
