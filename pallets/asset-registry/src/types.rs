// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What is told and what is kept of an asset.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use picasso_primitives::{
	registry::{AssetStatus, ForeignId, TrustClass},
	AssetId, Balance,
};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_runtime::FixedU128;
use staging_xcm::v5::Location;

/// Bytes of a symbol, at the most.
pub const MAX_SYMBOL: u32 = 16;
/// Bytes of a name, at the most.
pub const MAX_NAME: u32 = 50;
/// The most decimals an asset has: 10³⁰ is the largest unit of which a balance holds many.
pub const MAX_DECIMALS: u8 = 30;

/// What an asset is called in short: printable ASCII without spaces.
pub type Symbol = BoundedVec<u8, ConstU32<MAX_SYMBOL>>;
/// What an asset is called, UTF-8.
pub type Name = BoundedVec<u8, ConstU32<MAX_NAME>>;

/// What governance tells of an asset when it registers it.
#[derive(
	Clone,
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
pub struct Details {
	/// What it is elsewhere, in any form that has a canonical one.
	pub foreign: ForeignId,
	/// Decimals of its unit: those it has elsewhere.
	pub decimals: u8,
	/// Its symbol.
	pub symbol: Symbol,
	/// Its name.
	pub name: Name,
	/// The least planck of it that an account may hold.
	pub minimum_balance: Balance,
	/// The chain that holds what is issued here, as this chain sees it. Only where no bridge leads to it
	/// yet there may be none.
	pub reserve: Option<Location>,
	/// How the link to that chain is secured.
	pub trust: TrustClass,
}

/// What is kept of an asset.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct AssetRecord {
	/// What it is elsewhere, in canonical form.
	pub foreign: ForeignId,
	/// Decimals of its unit.
	pub decimals: u8,
	/// Its symbol.
	pub symbol: Symbol,
	/// The chain that holds what is issued here, in canonical form, if a bridge leads to it.
	pub reserve: Option<Location>,
	/// How the link to that chain is secured.
	pub trust: TrustClass,
	/// What may be done with it.
	pub status: AssetStatus,
}

/// Takes rates as a chain begins: pallet-asset-rate itself has no genesis, and vaults of genesis need them.
pub trait GenesisRates {
	/// One planck of `asset` is worth `rate` planck of PICA.
	fn set(asset: AssetId, rate: FixedU128);
}
