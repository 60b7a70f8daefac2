// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Services that rent security: their terms, the keys of their operators, their stake tables, and how
//! others read them.

// `decl_runtime_apis` repeats the bounds of the trait that it declares.
#![allow(clippy::multiple_bound_locations)]

mod keys;
mod referenda;
mod table;
mod terms;

pub use keys::{possession_message, AvsKey, AvsSignature};
pub use referenda::{Referenda, ReferendumOutcome};
pub use table::{
	entry_proof, table_root, verify_entry, Dormancy, EntryProof, PicaStakes, PicaTable,
	StakeTables, TableEntry, TableSummary, MAX_PROOF, TABLE_PAGE,
};
pub use terms::{
	AssetTerms, Membership, Terms, TermsError, MAX_ASSETS, MAX_ASSET_WEIGHT, MAX_CONDITIONS,
	MAX_OPERATORS,
};

use crate::{restaking::Page, AssetId, AvsId, Balance, EraIndex, PoolId};
use alloc::vec::Vec;
use codec::{Codec, Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::{DispatchError, FixedU128, Perbill};

/// The chain itself, as an AVS: its table is the validators'.
pub const CHAIN: AvsId = 0;

/// A part of a pool's stake, of [`WHOLE`].
///
/// Magnitudes fall with the pool's stake when it is slashed, for the AVS that slashes alone: what the
/// others can slash stays the same.
pub type Magnitude = u128;

/// The magnitude of a pool that was never slashed: 10²⁷. As a generation of a pool ends before its price
/// falls below 10⁻⁹, at least 10¹⁸ of it are left in each.
pub const WHOLE: Magnitude = 10u128.pow(27);

/// Number of an application, given in order of arrival.
pub type ApplicationId = u32;

/// What an AVS is doing.
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
pub enum AvsStatus {
	/// It takes operators and has a table each era.
	#[codec(index = 0)]
	Active,
	/// It takes no more operators. It has tables up to the era named, not in it.
	#[codec(index = 1)]
	Leaving(EraIndex),
}

/// An AVS, as [`AvsApi::avs`] tells it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct AvsInfo<AccountId> {
	/// Its number.
	pub avs: AvsId,
	/// Who speaks for it; nobody does for the chain but governance.
	pub owner: Option<AccountId>,
	/// What it is, UTF-8.
	pub metadata: Vec<u8>,
	/// What it is doing.
	pub status: AvsStatus,
	/// What it asks for and pays in this era.
	pub terms: Terms<AccountId>,
	/// What it will, and from which era on.
	pub next_terms: Option<(EraIndex, Terms<AccountId>)>,
	/// Operators that applied and may serve, in the table or not.
	pub operators: u32,
	/// The era of its last table.
	pub table: Option<EraIndex>,
}

/// The security behind an AVS, as [`AvsApi::security`] tells it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct SecurityInfo {
	/// The era of the table.
	pub era: EraIndex,
	/// Units of security in it.
	pub total: u128,
	/// Operators in it.
	pub operators: u32,
	/// Why nobody should rely on it, if so.
	pub dormancy: Option<Dormancy>,
	/// Planck of each asset behind it, after caps.
	pub assets: Vec<(AssetId, Balance)>,
}

/// How an AVS's security is spread, as [`AvsApi::concentration`] tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Concentration {
	/// The largest part of one operator, rounded up.
	pub largest_share: Perbill,
	/// The fewest operators that have more than a third together.
	pub nakamoto: u32,
	/// The sum of the squares of all parts.
	pub herfindahl: Perbill,
}

/// What an operator put behind an AVS, as [`AvsApi::operator_allocations`] tells it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct AllocationInfo {
	/// The AVS.
	pub avs: AvsId,
	/// The pool.
	pub pool: PoolId,
	/// The part of the pool's stake that counts in this era.
	pub counted: FixedU128,
	/// The part that counts in the next.
	pub next: FixedU128,
	/// The part that can be slashed now.
	pub slashable: FixedU128,
	/// Planck that can be slashed now, exits not counted.
	pub slashable_stake: Balance,
}

/// What an application offers to operators and restakers, as [`AvsApi::offer`] tells voters.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Offer<AccountId> {
	/// Who asks.
	pub proposer: AccountId,
	/// What it is, UTF-8.
	pub metadata: Vec<u8>,
	/// The referendum that decides.
	pub referendum: u32,
	/// What it asks for and pays.
	pub terms: Terms<AccountId>,
	/// Planck of the pay currency per year.
	pub pay_per_year: Balance,
	/// Planck of the pay currency per era for a unit of the security asked at least.
	pub pay_per_unit_asked: FixedU128,
	/// Units of security that operators could bring now, each asset within its cap.
	pub security_offered: u128,
	/// Planck of the pay currency per era for a unit of the security offered.
	pub pay_per_unit_offered: FixedU128,
	/// Asset by asset.
	pub assets: Vec<AssetOffer>,
	/// The most that one fault can cost, of what is put behind the AVS.
	pub highest_slash: Perbill,
}

/// What an application offers for one asset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct AssetOffer {
	/// The asset.
	pub asset: AssetId,
	/// Planck that all pools of operators that could serve hold now.
	pub offered: Balance,
	/// Planck of the pay currency per era for a planck of the asset, where the security asked at least is
	/// what is there.
	pub pay_asked: FixedU128,
	/// The same where all that is offered is there.
	pub pay_offered: FixedU128,
}

sp_api::decl_runtime_apis! {
	/// How users read AVSs.
	pub trait AvsApi<AccountId: Codec> {
		/// An AVS.
		fn avs(avs: AvsId) -> Option<AvsInfo<AccountId>>;

		/// AVSs from number `start` on; looks at `count` numbers, at most
		/// [`MAX_PAGE`](crate::restaking::MAX_PAGE).
		fn avss(start: AvsId, count: u32) -> Page<AvsInfo<AccountId>, AvsId>;

		/// What an application offers.
		fn offer(application: ApplicationId) -> Option<Offer<AccountId>>;

		/// A page of an AVS's table of an era, the current or the one before; heaviest first.
		fn table(avs: AvsId, era: EraIndex, page: u32) -> Page<TableEntry<AccountId>, u32>;

		/// What is known of an AVS's table of an era within the unbonding window.
		fn table_summary(avs: AvsId, era: EraIndex) -> Option<TableSummary>;

		/// The security behind an AVS by its last table.
		fn security(avs: AvsId) -> Option<SecurityInfo>;

		/// How that security is spread.
		fn concentration(avs: AvsId) -> Option<Concentration>;

		/// What an operator put behind AVSs.
		fn operator_allocations(operator: AccountId) -> Vec<AllocationInfo>;

		/// An operator's entry in a table that is still kept whole, with its proof.
		fn entry_proof(
			avs: AvsId,
			era: EraIndex,
			operator: AccountId,
		) -> Result<EntryProof<AccountId>, DispatchError>;

		/// The tables of PICA's pools that are kept: the last one, and the one before.
		fn pica_tables() -> Vec<PicaTable>;

		/// A page of the table of PICA's pools of an era: pools, and planck staked in each at its turn.
		fn pica_stakes(era: EraIndex, page: u32) -> Page<(PoolId, Balance), u32>;
	}
}
