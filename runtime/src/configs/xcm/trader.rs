// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What messages pay for their execution: PICA, or any asset that governance set a rate for.

use super::{assets::AssetTransactors, TreasuryLocation};
use crate::{configs::fees::WeightToFee, AssetRegistry, Balance, Runtime};
use alloc::vec::Vec;
use frame_support::weights::{Weight, WeightToFee as _};
use picasso_primitives::{registry::AssetLocations, PICA};
use sp_runtime::{
	helpers_128bit::multiply_by_rational_with_rounding, FixedPointNumber, FixedU128, Rounding,
};
use staging_xcm::latest::prelude::*;
use staging_xcm_builder::deposit_or_burn_fee;
use staging_xcm_executor::{traits::WeightTrader, AssetsInHolding};

/// Sells weight for one asset a message, and gives what was paid to the treasury in the end.
pub struct GovernedRates {
	/// What was sold.
	weight: Weight,
	/// What was paid, all of one asset.
	paid: Option<(AssetId, AssetsInHolding)>,
}

/// What a weight costs in an asset, in planck of it: the fee in PICA divided by the rate, rounded up.
pub fn price(weight: Weight, asset: crate::AssetId) -> Option<Balance> {
	let fee = WeightToFee::weight_to_fee(&weight);
	if asset == PICA {
		return Some(fee);
	}
	let rate = pallet_asset_rate::ConversionRateToNative::<Runtime>::get(asset)?.into_inner();
	multiply_by_rational_with_rounding(fee, FixedU128::DIV, rate, Rounding::Up)
}

fn price_at(weight: Weight, id: &AssetId) -> Result<Asset, XcmError> {
	let asset = AssetRegistry::asset_at(&id.0).ok_or(XcmError::AssetNotFound)?;
	let amount = price(weight, asset).ok_or(XcmError::TooExpensive)?;
	Ok(Asset { id: id.clone(), fun: Fungible(amount) })
}

impl WeightTrader for GovernedRates {
	fn new() -> Self {
		Self { weight: Weight::zero(), paid: None }
	}

	fn buy_weight(
		&mut self,
		weight: Weight,
		mut payment: AssetsInHolding,
		_: &XcmContext,
	) -> Result<AssetsInHolding, (AssetsInHolding, XcmError)> {
		let offered = payment.fungible.keys().next().cloned();
		let wanted = match &self.paid {
			// A message pays with one asset.
			Some((id, _)) => Some(id.clone()),
			None => offered,
		};
		let Some(id) = wanted else { return Err((payment, XcmError::TooExpensive)) };
		let due = match price_at(weight, &id) {
			Ok(due) => due,
			Err(error) => return Err((payment, error)),
		};
		let Ok(taken) = payment.try_take(due.into()) else {
			return Err((payment, XcmError::TooExpensive));
		};
		let Some(sum) = self.weight.checked_add(&weight) else {
			payment.subsume_assets(taken);
			return Err((payment, XcmError::Overflow));
		};
		self.weight = sum;
		match &mut self.paid {
			Some((_, paid)) => paid.subsume_assets(taken),
			None => self.paid = Some((id, taken)),
		}
		Ok(payment)
	}

	/// Gives back what was paid beyond the price of the weight that is kept: that of the whole, rounded up
	/// once.
	fn refund_weight(&mut self, weight: Weight, _: &XcmContext) -> Option<AssetsInHolding> {
		let (id, paid) = self.paid.as_mut()?;
		let kept = self.weight.saturating_sub(weight);
		let Fungible(due) = price_at(kept, id).ok()?.fun else { return None };
		let had = paid.fungible.get(id)?.amount();
		self.weight = kept;
		let back = had.checked_sub(due).filter(|back| *back > 0)?;
		paid.try_take(Asset { id: id.clone(), fun: Fungible(back) }.into()).ok()
	}

	fn quote_weight(
		&mut self,
		weight: Weight,
		given: AssetId,
		_: &XcmContext,
	) -> Result<Asset, XcmError> {
		price_at(weight, &given)
	}
}

impl Drop for GovernedRates {
	fn drop(&mut self) {
		if let Some((_, paid)) = self.paid.take() {
			deposit_or_burn_fee::<AssetTransactors>(paid, None, TreasuryLocation::get());
		}
	}
}

/// The assets that messages can pay with.
pub fn accepted() -> Vec<AssetId> {
	let rated = pallet_asset_rate::ConversionRateToNative::<Runtime>::iter_keys();
	core::iter::once(PICA)
		.chain(rated)
		.filter_map(AssetRegistry::location_of)
		.map(AssetId)
		.collect()
}
