// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What an AVS asks for and pays.

use crate::{
	conditions::{Condition, Limits},
	math::MAX_BALANCE,
	AssetId, Balance, EraIndex,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::ConstU32;
use sp_runtime::{BoundedVec, FixedU128, Perbill};

/// The most assets in terms.
pub const MAX_ASSETS: u32 = 16;
/// The most conditions in terms.
pub const MAX_CONDITIONS: u32 = 8;
/// The most operators in a table.
pub const MAX_OPERATORS: u32 = 256;
/// The most units of security that a planck may count for: 10⁶. With [`MAX_BALANCE`] it bounds the sum of
/// a table: 16 · 10⁶ · 10²⁹ < 2¹²⁷.
pub const MAX_ASSET_WEIGHT: FixedU128 = FixedU128::from_u32(1_000_000);

/// What an AVS asks for and pays. Security is measured in units of the AVS's own choosing.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Terms<AccountId> {
	/// The assets that count, ascending by id.
	pub assets: BoundedVec<AssetTerms, ConstU32<MAX_ASSETS>>,
	/// The units of security below which the AVS lies dormant.
	pub minimum_security: u128,
	/// The units of security that the AVS would like to have.
	pub target_security: u128,
	/// The number of operators below which the AVS lies dormant.
	pub minimum_operators: u32,
	/// The most operators: the heaviest serve.
	pub maximum_operators: u32,
	/// The least units of security that an operator brings, all of its pools' together.
	pub minimum_stake: u128,
	/// The least units of security among them that are the operator's own.
	pub minimum_self_stake: u128,
	/// The most of the table's weight that one operator may have: what is above does not count.
	pub maximum_share: Perbill,
	/// The Nakamoto coefficient below which the AVS lies dormant.
	pub minimum_nakamoto: u32,
	/// The least commission of an operator.
	pub minimum_commission: Perbill,
	/// The highest commission of an operator.
	pub maximum_commission: Perbill,
	/// Who may serve.
	pub membership: Membership,
	/// What counts as misbehaviour, and what it costs.
	pub conditions: BoundedVec<Condition<AccountId>, ConstU32<MAX_CONDITIONS>>,
	/// The currency the AVS pays in.
	pub pay_currency: AssetId,
	/// Planck of it that the AVS pays in each era.
	pub pay_per_era: Balance,
	/// Eras from the AVS's word that it leaves, or changes terms against stake, to its doing so.
	pub notice: EraIndex,
}

/// How stake of one asset counts.
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
pub struct AssetTerms {
	/// The asset.
	pub asset: AssetId,
	/// Units of security that a planck counts for.
	pub weight: FixedU128,
	/// Planck, over all operators, below which the AVS lies dormant.
	pub floor: Option<Balance>,
	/// Planck, over all operators, beyond which stake counts no more: each operator's counts in
	/// proportion.
	pub cap: Option<Balance>,
}

/// Who may serve an AVS.
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
pub enum Membership {
	/// Every operator that keeps to the terms.
	#[default]
	#[codec(index = 0)]
	Open,
	/// Those whom the AVS invited beforehand.
	#[codec(index = 1)]
	Invited,
	/// Those who asked and whom the AVS then approved.
	#[codec(index = 2)]
	Approved,
}

/// Why terms contradict themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermsError {
	/// `assets` is empty.
	NoAssets,
	/// `assets` do not ascend, or one is there twice.
	AssetsUnordered,
	/// A `weight` in `assets` is zero or too large.
	AssetWeightOutOfRange,
	/// A `floor` in `assets` is above its `cap` or above all there can be.
	AssetFloorAboveCap,
	/// `minimum_security` is above `target_security`.
	SecurityBoundsCrossed,
	/// `minimum_operators` is zero or above `maximum_operators`, or that is above [`MAX_OPERATORS`].
	OperatorBoundsCrossed,
	/// `minimum_self_stake` is above `minimum_stake`.
	SelfStakeAboveStake,
	/// `minimum_operators` with `maximum_share` each are not the whole.
	MaximumShareTooSmall,
	/// `minimum_nakamoto` is more than `maximum_operators` can have.
	NakamotoTooLarge,
	/// `minimum_commission` is above `maximum_commission`.
	CommissionBoundsCrossed,
	/// One of `conditions` threatens nothing.
	ConditionWithoutSlash,
	/// One of `conditions` takes longer, from fault to slash, than stake is held.
	ConditionOutlastsUnbonding,
	/// One of `conditions` names shares, quorums or duties beyond the whole, or nothing to count.
	ConditionOutOfRange,
	/// One of `conditions` rests on somebody's word and leaves governance no time to decide a dispute.
	ConditionIndisputable,
	/// Two of `conditions` are alike.
	ConditionsAlike,
}

impl<AccountId: PartialEq> Terms<AccountId> {
	/// Whether the terms agree with themselves, within the chain's limits.
	pub fn validate(&self, limits: &Limits) -> Result<(), TermsError> {
		use TermsError::*;
		let ensure = |holds: bool, error: TermsError| if holds { Ok(()) } else { Err(error) };
		ensure(!self.assets.is_empty(), NoAssets)?;
		ensure(self.assets.is_sorted_by(|one, next| one.asset < next.asset), AssetsUnordered)?;
		for asset in &self.assets {
			let in_range = asset.weight > FixedU128::default() && asset.weight <= MAX_ASSET_WEIGHT;
			ensure(in_range, AssetWeightOutOfRange)?;
			let most = asset.cap.unwrap_or(MAX_BALANCE).min(MAX_BALANCE);
			ensure(asset.floor.unwrap_or(0) <= most, AssetFloorAboveCap)?;
		}
		ensure(self.minimum_security <= self.target_security, SecurityBoundsCrossed)?;
		let operators = 1..=self.maximum_operators.min(MAX_OPERATORS);
		let bounded = self.maximum_operators <= MAX_OPERATORS;
		ensure(bounded && operators.contains(&self.minimum_operators), OperatorBoundsCrossed)?;
		ensure(self.minimum_self_stake <= self.minimum_stake, SelfStakeAboveStake)?;
		let whole = u64::from(self.minimum_operators) * u64::from(self.maximum_share.deconstruct());
		ensure(whole >= 1_000_000_000, MaximumShareTooSmall)?;
		// Of n operators alike, more than a third.
		ensure(self.minimum_nakamoto <= self.maximum_operators / 3 + 1, NakamotoTooLarge)?;
		ensure(self.minimum_commission <= self.maximum_commission, CommissionBoundsCrossed)?;
		for (at, condition) in self.conditions.iter().enumerate() {
			condition.validate(limits)?;
			let again = self.conditions.iter().skip(at + 1);
			let alike = |other: &Condition<_>| other.fault.excludes(&condition.fault);
			ensure(!again.into_iter().any(alike), ConditionsAlike)?;
		}
		Ok(())
	}

	/// Whether these terms, after `old` ones, take nothing from stake and threaten it with nothing new:
	/// the same assets, currency and conditions or milder ones, no less pay or notice, and nobody shut out.
	pub fn favours_stake(&self, old: &Self) -> bool {
		let milder = |condition: &Condition<AccountId>| {
			old.conditions.iter().any(|known| condition.is_no_harder_than(known))
		};
		self.assets == old.assets
			&& self.minimum_security <= old.minimum_security
			&& self.minimum_operators <= old.minimum_operators
			&& self.maximum_operators >= old.maximum_operators
			&& self.minimum_stake <= old.minimum_stake
			&& self.minimum_self_stake <= old.minimum_self_stake
			&& self.maximum_share >= old.maximum_share
			&& self.minimum_nakamoto <= old.minimum_nakamoto
			&& self.minimum_commission <= old.minimum_commission
			&& self.maximum_commission >= old.maximum_commission
			&& (self.membership == old.membership || self.membership == Membership::Open)
			&& self.conditions.iter().all(milder)
			&& self.pay_currency == old.pay_currency
			&& self.pay_per_era >= old.pay_per_era
			&& self.notice >= old.notice
	}

	/// How stake of an asset counts; none where it doesn't.
	pub fn asset(&self, asset: AssetId) -> Option<&AssetTerms> {
		let found = self.assets.binary_search_by_key(&asset, |terms| terms.asset).ok()?;
		self.assets.get(found)
	}
}
