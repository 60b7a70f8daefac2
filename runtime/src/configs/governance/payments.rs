// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What the treasury pays: what it has here to accounts here at once, and what it has on other chains to
//! accounts there, by messages that tell how it went.

use super::TreasuryAccount;
use crate::{
	configs::xcm::{LocationToAccountId, XcmConfig},
	constants::time::DAYS,
	*,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	parameter_types,
	traits::{
		tokens::{Pay, PaymentStatus, Preservation},
		ConstU32,
	},
};
use picasso_primitives::assets::{self, Transfers};
use scale_info::TypeInfo;
use sp_runtime::{traits::TryConvert, DispatchError};
use staging_xcm::latest::prelude::*;
use staging_xcm_builder::{LocatableAssetId, PayOverXcm};
use staging_xcm_executor::traits::ConvertLocation;

/// What is paid, and where.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum PaidAsset {
	/// An asset of the treasury's account here.
	#[codec(index = 0)]
	Here(crate::AssetId),
	/// An asset of the treasury's account on another chain, which must let the treasury's messages in
	/// without payment.
	#[codec(index = 1)]
	There {
		/// The chain, as this one sees it.
		chain: Location,
		/// The asset, as that chain sees it.
		asset: Location,
	},
}

/// Names a payment.
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
pub enum PaymentId {
	/// It is done.
	#[codec(index = 0)]
	Done,
	/// Another chain will tell.
	#[codec(index = 1)]
	Query(QueryId),
}

parameter_types! {
	pub TreasuryInterior: InteriorLocation =
		AccountId32 { network: None, id: TreasuryAccount::get().into() }.into();
}

/// The same asset, for messages.
pub struct Located;

impl TryConvert<PaidAsset, LocatableAssetId> for Located {
	fn try_convert(asset: PaidAsset) -> Result<LocatableAssetId, PaidAsset> {
		match asset {
			PaidAsset::There { chain, asset } => {
				Ok(LocatableAssetId { asset_id: AssetId(asset), location: chain })
			},
			here => Err(here),
		}
	}
}

/// A beneficiary as it is.
pub struct AsItIs;

impl<'a> TryConvert<&'a Location, Location> for AsItIs {
	fn try_convert(location: &'a Location) -> Result<Location, &'a Location> {
		Ok(location.clone())
	}
}

/// Pays on other chains. They have a week to tell how it went.
type PayThere = PayOverXcm<
	TreasuryInterior,
	XcmConfig,
	PolkadotXcm,
	ConstU32<{ 7 * DAYS }>,
	Location,
	PaidAsset,
	Located,
	AsItIs,
>;

/// Pays here and there.
pub struct Payments;

impl Pay for Payments {
	type Balance = Balance;
	type Beneficiary = Location;
	type AssetKind = PaidAsset;
	type Id = PaymentId;
	type Error = DispatchError;

	fn pay(who: &Location, asset: PaidAsset, amount: Balance) -> Result<PaymentId, DispatchError> {
		let PaidAsset::Here(asset) = asset else {
			return PayThere::pay(who, asset, amount).map(PaymentId::Query).map_err(|failed| {
				log::debug!(target: "runtime::treasury", "a payment failed: {failed:?}");
				DispatchError::from(pallet_xcm::Error::<Runtime>::SendFailure)
			});
		};
		let account = LocationToAccountId::convert_location(who)
			.ok_or(pallet_xcm::Error::<Runtime>::AccountNotSovereign)?;
		type Moves = assets::NativeAndForeign<Balances, Runtime>;
		Moves::transfer(asset, &TreasuryAccount::get(), &account, amount, Preservation::Expendable)
			.map(|()| PaymentId::Done)
	}

	fn check_payment(id: PaymentId) -> PaymentStatus {
		match id {
			PaymentId::Done => PaymentStatus::Success,
			PaymentId::Query(query) => PayThere::check_payment(query),
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn ensure_successful(_: &Location, asset: PaidAsset, amount: Balance) {
		use crate::configs::assets::NativeAndForeign;
		use frame_support::traits::fungibles::Mutate;
		if let PaidAsset::Here(asset) = asset {
			let _ = NativeAndForeign::mint_into(asset, &TreasuryAccount::get(), amount);
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn ensure_concluded(_: PaymentId) {}
}
