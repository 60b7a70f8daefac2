// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What the pallet stores.

use crate::Config;
use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{
	pallet_prelude::*, traits::tokens::transfer::Transfer, CloneNoBound, DebugNoBound,
	DefaultNoBound, EqNoBound, PartialEqNoBound,
};
use frame_system::pallet_prelude::BlockNumberFor;
use picasso_primitives::{
	emissions::{Paid, YieldPaid},
	math::Parts,
	AssetId, AvsId, Balance, EraIndex, PoolId,
};
use sp_runtime::FixedU128;

/// Amounts of a few currencies, in planck of each; none of them zero.
#[derive(
	CloneNoBound,
	DebugNoBound,
	DefaultNoBound,
	PartialEqNoBound,
	EqNoBound,
	Encode,
	Decode,
	MaxEncodedLen,
	TypeInfo,
)]
#[scale_info(skip_type_params(T))]
pub struct Purse<T: Config>(BoundedVec<(AssetId, Balance), T::MaxCurrencies>);

impl<T: Config> Purse<T> {
	/// What there is of a currency.
	pub fn of(&self, currency: AssetId) -> Balance {
		self.0.iter().find(|(known, _)| *known == currency).map_or(0, |(_, amount)| *amount)
	}

	/// Adds to it. Nothing where the sum is beyond 128 bits, or the currency one too many.
	#[must_use]
	pub fn put(&mut self, currency: AssetId, amount: Balance) -> Option<()> {
		if amount == 0 {
			return Some(());
		}
		if let Some((_, sum)) = self.0.iter_mut().find(|(known, _)| *known == currency) {
			*sum = sum.checked_add(amount)?;
			return Some(());
		}
		self.0.try_push((currency, amount)).ok()
	}

	/// Takes from it. Nothing where there is less.
	#[must_use]
	pub fn take(&mut self, currency: AssetId, amount: Balance) -> Option<()> {
		let rest = self.of(currency).checked_sub(amount)?;
		for (known, left) in self.0.iter_mut().filter(|(known, _)| *known == currency) {
			debug_assert_eq!(*known, currency);
			*left = rest;
		}
		self.0.retain(|(_, left)| *left > 0);
		Some(())
	}

	/// The first currency, and what there is of it.
	pub fn first(&self) -> Option<(AssetId, Balance)> {
		self.0.first().copied()
	}

	/// Every currency, and what there is of it.
	pub fn iter(&self) -> impl Iterator<Item = (AssetId, Balance)> + '_ {
		self.0.iter().copied()
	}

	/// Whether there is nothing.
	pub fn is_empty(&self) -> bool {
		self.0.is_empty()
	}
}

/// Sums of what was paid, by currency.
#[derive(
	CloneNoBound,
	DebugNoBound,
	DefaultNoBound,
	PartialEqNoBound,
	EqNoBound,
	Encode,
	Decode,
	MaxEncodedLen,
	TypeInfo,
)]
#[scale_info(skip_type_params(T))]
pub struct Payments<T: Config>(pub BoundedVec<Paid, T::MaxCurrencies>);

impl<T: Config> Payments<T> {
	/// Adds a payment. Nothing where a sum is beyond 128 bits, or the currency one too many.
	#[must_use]
	pub fn add(&mut self, currency: AssetId, parts: Parts) -> Option<()> {
		if let Some(paid) = self.0.iter_mut().find(|paid| paid.currency == currency) {
			paid.parts = paid.parts.checked_add(parts)?;
			return Some(());
		}
		self.0.try_push(Paid { currency, parts }).ok()
	}
}

/// The money of an AVS.
#[derive(
	CloneNoBound,
	DebugNoBound,
	DefaultNoBound,
	PartialEqNoBound,
	EqNoBound,
	Encode,
	Decode,
	MaxEncodedLen,
	TypeInfo,
)]
#[scale_info(skip_type_params(T))]
pub struct Account<T: Config> {
	/// What it was funded with, and has not set aside.
	pub escrow: Purse<T>,
	/// What it paid since it came.
	pub paid: Payments<T>,
	/// Whose all of it is, once the AVS is forgotten.
	pub heir: Option<T::AccountId>,
}

/// What AVSs pay, and where.
pub type PaidAssetOf<T> = <<T as Config>::Payments as Transfer>::AssetKind;
/// Whom AVSs pay.
pub type BeneficiaryOf<T> = <<T as Config>::Payments as Transfer>::Beneficiary;
/// What pays for execution on another chain.
pub type FeeOf<T> = <<T as Config>::Payments as Transfer>::RemoteFeeAsset;
/// Names a payment.
pub type PaymentIdOf<T> = <<T as Config>::Payments as Transfer>::Id;

/// The most payments of an AVS whose outcome is not known.
pub const MAX_OPEN_PAYMENTS: u32 = 32;

/// A payment whose outcome another chain has yet to tell.
#[derive(
	CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[scale_info(skip_type_params(T))]
pub struct OpenPayment<T: Config> {
	/// Names it.
	pub payment: PaymentIdOf<T>,
	/// The block from which it gives way to others.
	pub expires: BlockNumberFor<T>,
}

/// How far a walk over the pools of all vaults has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Walk {
	/// The vault that was done last.
	pub done: Option<AssetId>,
	/// The vault that is being walked, its rate as the walk found it, and the pool looked at last.
	pub vault: Option<(AssetId, FixedU128, PoolId)>,
}

/// What a round does next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub enum Stage {
	/// Sums up the fixed yields.
	#[codec(index = 0)]
	SumYields(Walk),
	/// Pays them.
	#[codec(index = 1)]
	PayYields(Walk),
	/// Pays what AVSs owe, one after the other.
	#[codec(index = 2)]
	PayAvss,
	/// Forgets what validators did.
	#[codec(index = 3)]
	ForgetPoints,
	/// Pays the PICA stakers' part of all of it, currency by currency.
	#[codec(index = 4)]
	PayPica {
		/// The next page of the table of PICA's pools.
		page: u32,
		/// Planck of the first currency that were paid.
		paid: Balance,
		/// Planck of it that couldn't be moved.
		failed: Balance,
	},
	/// Nothing.
	#[default]
	#[codec(index = 5)]
	Over,
}

/// By what an AVS's pay is shared out.
#[derive(
	CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[scale_info(skip_type_params(T))]
pub enum Shares<T: Config> {
	/// By weight in a stake table.
	#[codec(index = 0)]
	Weights {
		/// The era of the table.
		table: EraIndex,
		/// The sum of its weights.
		total: u128,
		/// Pages of it.
		pages: u32,
	},
	/// By blocks that validators made.
	#[codec(index = 1)]
	Points {
		/// All of them.
		total: u32,
		/// The validator that was paid last.
		after: Option<T::AccountId>,
	},
}

/// One currency of an AVS's pay, while it is shared out. In planck.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct PayingCurrency {
	/// The currency.
	pub currency: AssetId,
	/// To whom it is to go.
	pub parts: Parts,
	/// What restakers were paid.
	pub restakers: Balance,
	/// What operators were, commission included.
	pub operators: Balance,
	/// What couldn't be moved.
	pub failed: Balance,
}

impl PayingCurrency {
	/// Nothing of it is paid yet.
	pub fn new(currency: AssetId, parts: Parts) -> Self {
		Self { currency, parts, restakers: 0, operators: 0, failed: 0 }
	}

	/// What restakers and operators were not paid, and what is the treasury's anyway. None where more was
	/// paid than there was.
	pub fn rest(&self) -> Option<Balance> {
		self.parts
			.total()?
			.checked_sub(self.parts.pica_stakers)?
			.checked_sub(self.restakers)?
			.checked_sub(self.operators)?
			.checked_sub(self.failed)
	}
}

/// The AVS that is being paid for.
#[derive(
	CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[scale_info(skip_type_params(T))]
pub struct Paying<T: Config> {
	/// The AVS.
	pub avs: AvsId,
	/// By what.
	pub shares: Shares<T>,
	/// What it pays.
	pub currencies: BoundedVec<PayingCurrency, T::MaxCurrencies>,
	/// The currency that is being paid.
	pub at: u32,
	/// The next page of the table.
	pub page: u32,
}

/// What is paid as an era begins: its fixed yield, and the revenue of the era before.
#[derive(
	CloneNoBound,
	DebugNoBound,
	DefaultNoBound,
	PartialEqNoBound,
	EqNoBound,
	Encode,
	Decode,
	MaxEncodedLen,
	TypeInfo,
)]
#[scale_info(skip_type_params(T))]
pub struct RoundState<T: Config> {
	/// The era.
	pub era: EraIndex,
	/// What is done next.
	pub stage: Stage,
	/// Blocks that it took so far.
	pub blocks: u32,
	/// The fixed yield.
	pub yields: YieldPaid,
	/// The AVS that is being paid for.
	pub paying: Option<Paying<T>>,
	/// The AVS that was looked at last.
	pub after: Option<AvsId>,
	/// The PICA stakers' part that is to be paid.
	pub pica: Purse<T>,
	/// That which couldn't be, and waits for the next round.
	pub pica_failed: Purse<T>,
	/// What was paid of revenue.
	pub revenue: Payments<T>,
}

/// What was paid as an era began.
#[derive(
	CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[scale_info(skip_type_params(T))]
pub struct EraRecord<T: Config> {
	/// The fixed yield.
	pub yields: YieldPaid,
	/// The revenue of the era before.
	pub revenue: Payments<T>,
	/// Blocks that it took.
	pub blocks: u32,
}

/// The year by which the ceiling of emission is reckoned.
#[derive(
	CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[scale_info(skip_type_params(T))]
pub struct EmissionYear<T: Config> {
	/// The block in which it began.
	pub began: BlockNumberFor<T>,
	/// Planck of PICA that there were then.
	pub issuance: Balance,
	/// Planck of PICA made since.
	pub emitted: Balance,
}
