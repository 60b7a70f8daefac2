// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What stake earns: how the registry of AVSs and the pallet that pays meet, and how users read it.

// `decl_runtime_apis` repeats the bounds of the trait that it declares.
#![allow(clippy::multiple_bound_locations)]

use crate::{
	math::{Parts, Split},
	AssetId, AvsId, Balance, EraIndex, PoolId,
};
use alloc::vec::Vec;
use codec::{Codec, Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::weights::Weight;
use scale_info::TypeInfo;
use sp_runtime::{FixedU128, Perbill};

/// Who keeps what AVSs pay, as the registry of AVSs sees it.
pub trait Paymaster<AccountId> {
	/// Sets aside what an AVS pays for an era, in planck of `currency`, as its table of the era comes.
	/// False where it can't pay in full: then nothing is, but of the chain, which is never asleep.
	fn set_aside(avs: AvsId, era: EraIndex, currency: AssetId, amount: Balance) -> bool;

	/// The most that it costs to set pay aside.
	fn weight_of_setting_aside() -> Weight;

	/// The first era that is not paid out: tables that served in it must be kept whole.
	fn first_unpaid_era() -> Option<EraIndex>;

	/// An AVS is forgotten: what it has left is its owner's, or the treasury's where it had none.
	fn close(avs: AvsId, owner: Option<AccountId>);

	/// An operator is gone, and with it what it decided.
	fn forget_operator(operator: &AccountId);
}

/// Everything is paid, by nobody.
impl<AccountId> Paymaster<AccountId> for () {
	fn set_aside(_: AvsId, _: EraIndex, _: AssetId, _: Balance) -> bool {
		true
	}

	fn weight_of_setting_aside() -> Weight {
		Weight::zero()
	}

	fn first_unpaid_era() -> Option<EraIndex> {
		None
	}

	fn close(_: AvsId, _: Option<AccountId>) {}

	fn forget_operator(_: &AccountId) {}
}

/// The AVSs, as whoever keeps their money sees them.
pub trait Payers<AccountId> {
	/// Numbers of AVSs are below this.
	fn next_avs() -> AvsId;

	/// What an AVS that there is pays.
	fn payer(avs: AvsId) -> Option<Payer<AccountId>>;
}

/// What an AVS pays, as [`Payers::payer`] tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payer<AccountId> {
	/// Who speaks for it; nobody does for the chain but governance.
	pub owner: Option<AccountId>,
	/// The currency of its terms in this era.
	pub currency: AssetId,
	/// Planck of it in each era.
	pub per_era: Balance,
	/// The currency of its terms to come, if there are any.
	pub next_currency: Option<AssetId>,
	/// Whether its last era is over: it pays for no more.
	pub is_gone: bool,
}

/// What was paid of one currency: by an AVS since it came, or by all for an era.
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
pub struct Paid {
	/// The currency.
	pub currency: AssetId,
	/// To whom, in planck of it. What operators took as commission is theirs.
	pub parts: Parts,
}

/// The fixed yield of an era, in planck of PICA.
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
pub struct YieldPaid {
	/// What the rates of all vaults come to.
	pub due: Balance,
	/// What the pot could pay of it.
	pub available: Balance,
	/// What was paid.
	pub paid: Balance,
	/// What was made for it.
	pub emitted: Balance,
}

/// What was paid when an era began: see [`EmissionsApi::history`].
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct EraPayout {
	/// The fixed yield that streams in the era.
	pub yields: YieldPaid,
	/// The revenue of the era before, by currency, which streams in the era.
	pub revenue: Vec<Paid>,
	/// Blocks that it took.
	pub blocks: u32,
}

/// The fixed yield of a vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct VaultYield {
	/// The asset it is for.
	pub asset: AssetId,
	/// Planck of PICA per planck of the asset per year, as governance set it.
	pub rate: FixedU128,
	/// The same, as the pot could pay it in the last era.
	pub paid_rate: FixedU128,
}

/// The fixed yields, as [`EmissionsApi::yields`] tells them.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Yields {
	/// By vault.
	pub vaults: Vec<VaultYield>,
	/// Planck of PICA in the pot.
	pub pot: Balance,
	/// Planck of PICA that may be made for an era.
	pub emission_per_era: Balance,
	/// Eras for which the pot can pay the last era's yields in full, with what may be made; none where it
	/// always can.
	pub runway: Option<u32>,
	/// What was paid for the last era.
	pub last: YieldPaid,
	/// How revenue is divided.
	pub split: Split,
}

/// The money of an AVS, as [`EmissionsApi::avs_account`] tells it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct AvsAccount<AccountId> {
	/// The account that has what it can spend, on other chains too.
	pub account: AccountId,
	/// Planck by currency that it was funded with and has not paid.
	pub escrow: Vec<(AssetId, Balance)>,
	/// Planck by currency that are set aside for eras that are not paid out, revenue included.
	pub due: Vec<(AssetId, Balance)>,
	/// Eras for which the escrow lasts by the terms in force; none where they ask for no pay.
	pub runway: Option<u32>,
	/// What it paid since it came.
	pub paid: Vec<Paid>,
}

/// What earns, for [`EmissionsApi::projected`].
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub enum Earner<AccountId> {
	/// All pools of an asset.
	#[codec(index = 0)]
	Vault(AssetId),
	/// All pools of an operator.
	#[codec(index = 1)]
	Operator(AccountId),
	/// All pools behind an AVS, and what it alone pays them; no fixed yield.
	#[codec(index = 2)]
	Avs(AvsId),
}

/// What restakers earn in a year by today's stake, tables and terms.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Projection {
	/// Planck staked, by asset.
	pub stake: Vec<(AssetId, Balance)>,
	/// The fixed yield, in planck of PICA.
	pub fixed: Balance,
	/// What AVSs pay restakers for security after their operators' commission, in planck by currency.
	pub revenue: Vec<(AssetId, Balance)>,
	/// What AVSs pay all who staked PICA, of which stake in PICA gets its part, in planck by currency.
	pub pica_stakers: Vec<(AssetId, Balance)>,
}

/// What a position can claim.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct PendingRewards {
	/// The pool.
	pub pool: PoolId,
	/// Planck by currency.
	pub amounts: Vec<(AssetId, Balance)>,
}

/// What one validator did in an era, and what decides of its pay.
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
pub struct EraPoints {
	/// Blocks that it made.
	pub blocks: u32,
	/// The era of the table that chose it.
	pub table: EraIndex,
	/// Its commission in the era.
	pub commission: Perbill,
}

sp_api::decl_runtime_apis! {
	/// How users read what stake earns.
	pub trait EmissionsApi<AccountId: Codec> {
		/// The fixed yields.
		fn yields() -> Yields;

		/// What an account can claim now, pool by pool.
		fn pending(account: AccountId) -> Vec<PendingRewards>;

		/// What restakers of a vault, of an operator or of an AVS earn in a year by today's stake: the
		/// fixed part and the revenue part apart.
		fn projected(earner: Earner<AccountId>) -> Projection;

		/// The money of an AVS.
		fn avs_account(avs: AvsId) -> Option<AvsAccount<AccountId>>;

		/// What was paid as an era began; none where it is forgotten or was not paid out yet.
		fn history(era: EraIndex) -> Option<EraPayout>;
	}
}
