// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What the treasury and AVSs pay: what they have here to accounts here at once, and what they have on other
//! chains to accounts there, by messages.

use crate::{
	configs::{
		governance::TreasuryAccount,
		xcm::{account_location, LocationToAccountId, UniversalLocation, XcmConfig},
	},
	constants::time::DAYS,
	*,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	parameter_types,
	traits::{
		tokens::{transfer::Transfer, Pay, PaymentStatus, Preservation},
		ConstU32,
	},
};
use picasso_primitives::assets::{self, Transfers};
use scale_info::TypeInfo;
use sp_runtime::{traits::TryConvert, DispatchError};
use staging_xcm::latest::prelude::*;
use staging_xcm_builder::{
	LocatableAssetId, PayOverXcmWithHelper, TransferOverXcm, TransferOverXcmHelper,
};
use staging_xcm_executor::traits::{ConvertLocation, QueryHandler, QueryResponseStatus};

/// What is paid, and where.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum PaidAsset {
	/// An asset of the payer's account here.
	#[codec(index = 0)]
	Here(crate::AssetId),
	/// An asset of the payer's account on another chain, which must let the payer's messages in without
	/// payment, unless it is paid a fee.
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
	/// Another chain was asked, and paid for it. Nobody tells what becomes of it.
	#[codec(index = 2)]
	Unreported,
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

/// Who pays and who is paid, as they are.
pub struct AsItIs;

impl<'a> TryConvert<&'a Location, Location> for AsItIs {
	fn try_convert(location: &'a Location) -> Result<Location, &'a Location> {
		Ok(location.clone())
	}
}

/// The account of somebody who can act by it: of this chain, or of what is on another. Other places here have
/// but hashes, which would keep what is paid to them.
fn account_of(to: &Location) -> Option<AccountId> {
	match to.unpack() {
		(0, [AccountId32 { network, id }]) => {
			let is_ours = network.is_none_or(|network| network == UniversalLocation::network());
			is_ours.then(|| AccountId::new(*id))
		},
		(1, _) => LocationToAccountId::convert_location(to),
		_ => None,
	}
}

/// Has other chains pay. `Reports` is how they tell what became of it, whenever they do: pallet-xcm keeps the
/// timeout and goes by none.
type Orders<Reports> = TransferOverXcmHelper<
	XcmConfig,
	Reports,
	ConstU32<{ 7 * DAYS }>,
	Location,
	PaidAsset,
	Located,
	AsItIs,
>;

/// Has them pay for the treasury.
type PayThere = PayOverXcmWithHelper<TreasuryInterior, Orders<PolkadotXcm>>;

/// Has them pay for any account.
type TransferThere<Reports> = TransferOverXcm<AsItIs, Orders<Reports>>;

/// For messages that ask for no report: nothing is kept to wait for one.
pub struct NoReports;

impl QueryHandler for NoReports {
	type BlockNumber = BlockNumber;
	type Error = XcmError;
	type UniversalLocation = UniversalLocation;

	fn new_query(_: impl Into<Location>, _: BlockNumber, _: impl Into<Location>) -> QueryId {
		QueryId::default()
	}

	fn report_outcome(
		_: &mut Xcm<()>,
		_: impl Into<Location>,
		_: BlockNumber,
	) -> Result<QueryId, XcmError> {
		Err(XcmError::Unimplemented)
	}

	fn take_response(_: QueryId) -> QueryResponseStatus<BlockNumber> {
		QueryResponseStatus::NotFound
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn expect_response(_: QueryId, _: Response) {}
}

/// Pays here and there, for the treasury and for AVSs.
pub struct Payments;

impl Payments {
	fn pay_here(
		from: &AccountId,
		to: &Location,
		asset: crate::AssetId,
		amount: Balance,
	) -> Result<PaymentId, DispatchError> {
		let account = account_of(to).ok_or(pallet_xcm::Error::<Runtime>::AccountNotSovereign)?;
		type Moves = assets::NativeAndForeign<Balances, Runtime>;
		Moves::transfer(asset, from, &account, amount, Preservation::Expendable)
			.map(|()| PaymentId::Done)
	}

	fn not_sent(failed: XcmError) -> DispatchError {
		log::debug!(target: "runtime::payments", "a payment was not sent: {failed:?}");
		match failed {
			XcmError::FailedToTransactAsset(_) | XcmError::NotHoldingFees => {
				pallet_xcm::Error::<Runtime>::FeesNotMet.into()
			},
			_ => pallet_xcm::Error::<Runtime>::SendFailure.into(),
		}
	}

	fn status(id: PaymentId) -> PaymentStatus {
		match id {
			PaymentId::Done => PaymentStatus::Success,
			PaymentId::Query(query) => PayThere::check_payment(query),
			PaymentId::Unreported => PaymentStatus::Unknown,
		}
	}
}

/// Of the treasury.
impl Pay for Payments {
	type Balance = Balance;
	type Beneficiary = Location;
	type AssetKind = PaidAsset;
	type Id = PaymentId;
	type Error = DispatchError;

	fn pay(who: &Location, asset: PaidAsset, amount: Balance) -> Result<PaymentId, DispatchError> {
		if let PaidAsset::Here(asset) = asset {
			return Self::pay_here(&TreasuryAccount::get(), who, asset, amount);
		}
		PayThere::pay(who, asset, amount).map(PaymentId::Query).map_err(Self::not_sent)
	}

	fn check_payment(id: PaymentId) -> PaymentStatus {
		Self::status(id)
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

/// Of any account. It pays for the delivery of messages too.
impl Transfer for Payments {
	type Balance = Balance;
	type Sender = AccountId;
	type Beneficiary = Location;
	type AssetKind = PaidAsset;
	type RemoteFeeAsset = Asset;
	type Id = PaymentId;
	type Error = DispatchError;

	fn transfer(
		from: &AccountId,
		to: &Location,
		asset: PaidAsset,
		amount: Balance,
		fee: Option<Asset>,
	) -> Result<PaymentId, DispatchError> {
		if let PaidAsset::Here(asset) = asset {
			return Self::pay_here(from, to, asset, amount);
		}
		// This chain lets in no such message.
		if matches!(&asset, PaidAsset::There { chain, .. } if *chain == Location::here()) {
			return Err(pallet_xcm::Error::<Runtime>::Unreachable.into());
		}
		let from = account_location(from);
		let sent = match fee {
			Some(_) => TransferThere::<NoReports>::transfer(&from, to, asset, amount, fee)
				.map(|_| PaymentId::Unreported),
			None => TransferThere::<PolkadotXcm>::transfer(&from, to, asset, amount, None)
				.map(PaymentId::Query),
		};
		sent.map_err(Self::not_sent)
	}

	fn check_transfer(id: PaymentId) -> PaymentStatus {
		Self::status(id)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn ensure_successful(to: &Location, asset: PaidAsset, amount: Balance) {
		TransferThere::<PolkadotXcm>::ensure_successful(to, asset, amount);
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn ensure_concluded(id: PaymentId) {
		if let PaymentId::Query(query) = id {
			TransferThere::<PolkadotXcm>::ensure_concluded(query);
		}
	}
}
