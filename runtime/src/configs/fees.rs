// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What transactions cost, and how it is paid.

use crate::{
	configs::{
		emissions::FeesToChain,
		governance::parameters::{dynamic_params::fees, MAX_PER_BASE_WEIGHT, MAX_PER_BYTE},
	},
	*,
};
use frame_support::{
	parameter_types,
	traits::{
		fungible::{Balanced, Inspect},
		tokens::{Fortitude::Force, Precision::Exact, Preservation::Preserve},
		ConstU8, Get, Imbalance,
	},
	unsigned::TransactionValidityError,
	weights::{
		constants::ExtrinsicBaseWeight, Weight, WeightToFeeCoefficient, WeightToFeeCoefficients,
		WeightToFeePolynomial,
	},
};
use pallet_transaction_payment::{
	FungibleAdapter, Multiplier, OnChargeTransaction, TargetedFeeAdjustment, TxCreditHold,
};
use sp_runtime::{
	traits::{DispatchInfoOf, PostDispatchInfoOf, Zero},
	transaction_validity::InvalidTransaction,
	FixedPointNumber, Perbill, Perquintill,
};

/// Weight costs in proportion to what governance asks for the base weight of an extrinsic.
pub struct WeightToFee;

impl WeightToFeePolynomial for WeightToFee {
	type Balance = Balance;

	fn polynomial() -> WeightToFeeCoefficients<Balance> {
		let fee = fees::PerBaseWeight::get().min(MAX_PER_BASE_WEIGHT);
		let weight = Balance::from(ExtrinsicBaseWeight::get().ref_time());
		alloc::vec![WeightToFeeCoefficient {
			degree: 1,
			negative: false,
			coeff_frac: Perbill::from_rational(fee % weight, weight),
			coeff_integer: fee / weight,
		}]
		.into()
	}
}

/// Each byte costs what governance asks for it.
pub struct LengthToFee;

impl frame_support::weights::WeightToFee for LengthToFee {
	type Balance = Balance;

	fn weight_to_fee(length: &Weight) -> Balance {
		let per_byte = fees::PerByte::get().min(MAX_PER_BYTE);
		Balance::from(length.ref_time()).saturating_mul(per_byte)
	}
}

/// PICA to the chain and the treasury: how fees are paid, but for what locks allow.
type InPica = FungibleAdapter<Balances, FeesToChain>;

/// Fees are paid in PICA, and locks don't stand in their way.
///
/// Who votes with stake has a lock above what its account holds, and could otherwise send nothing any
/// more: neither take the vote back nor leave. Who gets it is [`FeesToChain`]'s to say.
pub struct FeesDespiteLocks;

impl TxCreditHold<Runtime> for FeesDespiteLocks {
	type Credit = <InPica as TxCreditHold<Runtime>>::Credit;
}

impl OnChargeTransaction<Runtime> for FeesDespiteLocks {
	type Balance = Balance;
	type LiquidityInfo = <InPica as OnChargeTransaction<Runtime>>::LiquidityInfo;

	fn withdraw_fee(
		who: &AccountId,
		_: &RuntimeCall,
		_: &DispatchInfoOf<RuntimeCall>,
		fee_with_tip: Balance,
		tip: Balance,
	) -> Result<Self::LiquidityInfo, TransactionValidityError> {
		if fee_with_tip.is_zero() {
			return Ok(None);
		}
		let credit = <Balances as Balanced<_>>::withdraw(who, fee_with_tip, Exact, Preserve, Force)
			.map_err(|_| InvalidTransaction::Payment)?;
		let (tip, fee) = credit.split(tip);
		TransactionPayment::deposit_txfee(fee);
		Ok(Some(tip))
	}

	fn can_withdraw_fee(
		who: &AccountId,
		_: &RuntimeCall,
		_: &DispatchInfoOf<RuntimeCall>,
		fee_with_tip: Balance,
		_: Balance,
	) -> Result<(), TransactionValidityError> {
		let enough = <Balances as Inspect<_>>::reducible_balance(who, Preserve, Force);
		if fee_with_tip > enough {
			return Err(InvalidTransaction::Payment.into());
		}
		Ok(())
	}

	fn correct_and_deposit_fee(
		who: &AccountId,
		info: &DispatchInfoOf<RuntimeCall>,
		post_info: &PostDispatchInfoOf<RuntimeCall>,
		corrected_fee_with_tip: Balance,
		tip: Balance,
		liquidity_info: Self::LiquidityInfo,
	) -> Result<(), TransactionValidityError> {
		<InPica as OnChargeTransaction<Runtime>>::correct_and_deposit_fee(
			who,
			info,
			post_info,
			corrected_fee_with_tip,
			tip,
			liquidity_info,
		)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn endow_account(who: &AccountId, amount: Balance) {
		<InPica as OnChargeTransaction<Runtime>>::endow_account(who, amount);
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn minimum_balance() -> Balance {
		<InPica as OnChargeTransaction<Runtime>>::minimum_balance()
	}
}

/// What charging costs, with the three parameters that it reads, and the era, what the chain earned in it
/// and the account that gets it, of which two are written.
pub struct ChargingWeight;

impl pallet_transaction_payment::WeightInfo for ChargingWeight {
	fn charge_transaction_payment() -> Weight {
		pallet_transaction_payment::weights::SubstrateWeight::<Runtime>::charge_transaction_payment(
		)
		.saturating_add(<Runtime as frame_system::Config>::DbWeight::get().reads_writes(6, 2))
	}
}

parameter_types! {
	/// Blocks a quarter full keep fees as they are.
	pub const TargetBlockFullness: Perquintill = Perquintill::from_percent(25);
	/// A day of full blocks, which are 75 % above the target, multiplies fees by about
	/// e^(0.75 · 14 400 · 75 / 1 000 000) = 2.2: see `TargetedFeeAdjustment`.
	pub AdjustmentVariable: Multiplier = Multiplier::saturating_from_rational(75, 1_000_000);
	pub MinimumMultiplier: Multiplier = Multiplier::saturating_from_rational(1, 10);
	pub MaximumMultiplier: Multiplier = Multiplier::saturating_from_integer(1_000_000);
}

impl pallet_transaction_payment::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type OnChargeTransaction = FeesDespiteLocks;
	type WeightToFee = WeightToFee;
	type LengthToFee = LengthToFee;
	type FeeMultiplierUpdate = TargetedFeeAdjustment<
		Runtime,
		TargetBlockFullness,
		AdjustmentVariable,
		MinimumMultiplier,
		MaximumMultiplier,
	>;
	type OperationalFeeMultiplier = ConstU8<5>;
	type WeightInfo = ChargingWeight;
}
