// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What the ledger stores.

use crate::Config;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt::Debug;
use frame_support::{pallet_prelude::*, CloneNoBound, DebugNoBound, EqNoBound, PartialEqNoBound};
use picasso_primitives::{
	math::SharePool,
	restaking::{PoolStatus, VaultSettings},
	AssetId, Balance, EraIndex,
};
use serde::{Deserialize, Serialize};
use sp_runtime::Perbill;

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
	pub commission: Perbill,
	/// Who it says it is: free text or a link, UTF-8.
	pub metadata: BoundedVec<u8, T::MaxMetadataLength>,
	/// How many pools it has.
	pub pools: u32,
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
	/// What the operator calls it, UTF-8.
	pub name: BoundedVec<u8, T::MaxNameLength>,
	/// Whether it takes new stake.
	pub status: PoolStatus,
	/// Reports that could slash it and are not settled: while there are any, it takes no new stake.
	pub open_reports: u32,
	/// How many times it has been lost whole: shares of an earlier generation are worth nothing.
	pub generation: u32,
	/// The stake and its shares.
	pub active: SharePool,
	/// Exits in progress by their era of maturity, ascending, no two alike. Matured ones leave the
	/// list for `MaturedBuckets` when room is needed.
	pub buckets: BoundedVec<Bucket, T::MaxBuckets>,
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

/// What one restaker has in one pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Position {
	/// The generation of the pool that the shares are of.
	pub generation: u32,
	/// Shares of the pool's stake.
	pub shares: Balance,
}

/// A claim on a bucket; pool, maturity and owner are its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Ticket {
	/// The generation of the bucket that the points are of.
	pub generation: u32,
	/// Points of the bucket's exits.
	pub points: Balance,
}
