// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Types of the restaking ledger that cross its border, and the runtime API by which users read it.

// `decl_runtime_apis` repeats the bounds of the trait that it declares.
#![allow(clippy::multiple_bound_locations)]

use crate::{AssetId, Balance, BlockNumber, EraIndex, PoolId};
use alloc::vec::Vec;
use codec::{Codec, Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_runtime::{DispatchError, FixedU128, Perbill};

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
	/// Takes no new stake.
	#[codec(index = 1)]
	Closed,
}

/// Names a ticket among those of its owner: all exits from one pool that mature in one era are one
/// ticket.
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
	/// Its part of what its pools earn.
	pub commission: Perbill,
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
	/// Whether the operator lets new stake in. The vault must be open too.
	pub status: PoolStatus,
	/// Planck staked in it, exits in progress not counted.
	pub active: Balance,
	/// Shares that divide them.
	pub shares: Balance,
	/// Planck on their way out that have not matured.
	pub unbonding: Balance,
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
}

/// An exit in progress.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct TicketInfo {
	/// The argument that `withdraw` takes.
	pub ticket: TicketId,
	/// The asset it pays.
	pub asset: AssetId,
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

		/// All that an account has staked, and its exits in progress.
		fn position(account: AccountId) -> AccountInfo;

		/// Shares that `amount` planck would buy in `pool` now, or why they can't.
		fn preview_stake(pool: PoolId, amount: Balance) -> Result<Balance, DispatchError>;

		/// What an exit with `shares` of `pool` would give now, or why it can't.
		fn preview_unstake(pool: PoolId, shares: Balance) -> Result<ExitPreview, DispatchError>;
	}
}
