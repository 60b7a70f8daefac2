// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What assets are on other chains, how far their links are trusted, and what that means to the vaults.

use crate::{restaking::VaultSettings, AssetId, Balance};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, weights::Weight, BoundedVec};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_runtime::DispatchResult;
use staging_xcm::v5::Location;

/// Bytes of an ICS-20 denomination trace, at the most.
pub const MAX_TRACE: u32 = 256;

/// What an asset is where it comes from.
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
pub enum ForeignId {
	/// An XCM location, as this chain sees it.
	#[codec(index = 0)]
	Xcm(Location),
	/// An ICS-20 denomination with its trace, `transfer/channel-0/uatom`, as text.
	#[codec(index = 1)]
	Ics20(BoundedVec<u8, ConstU32<MAX_TRACE>>),
	/// An ERC-20 contract.
	#[codec(index = 2)]
	Erc20 {
		/// The chain's EIP-155 number.
		chain: u64,
		/// The contract.
		address: [u8; 20],
	},
	/// The mint account of an SPL token.
	#[codec(index = 3)]
	SolanaMint([u8; 32]),
}

/// How the link to an asset's reserve is secured, from the strongest.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub enum TrustClass {
	/// Both chains check each other's consensus: light clients, both ways.
	#[codec(index = 0)]
	LightClient,
	/// One side, or both, believe validators who put stake up for it.
	#[codec(index = 1)]
	Staked,
	/// A committee of known signers.
	#[codec(index = 2)]
	Committee,
	/// One custodian.
	#[codec(index = 3)]
	Custodian,
}

/// What may be done with a foreign asset.
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
pub enum AssetStatus {
	/// All.
	#[default]
	#[codec(index = 0)]
	Active,
	/// It moves here and goes home. What arrives waits, and no vault takes stake of it.
	#[codec(index = 1)]
	ExitsOnly,
	/// Nobody moves it. Exits from pools go on, and are paid once it moves again.
	#[codec(index = 2)]
	Frozen,
}

/// Assets by location, and back: a bijection.
pub trait AssetLocations {
	/// The asset that is at a location, as this chain sees it.
	fn asset_at(location: &Location) -> Option<AssetId>;

	/// Where an asset is, as this chain sees it.
	fn location_of(asset: AssetId) -> Option<Location>;

	/// The chain that holds what is issued here, as this chain sees it.
	fn reserve_of(asset: AssetId) -> Option<Location>;

	/// What may be done with a foreign asset; none where it isn't registered.
	fn status_of(asset: AssetId) -> Option<AssetStatus>;
}

/// Says which settings a vault may have, as far as they are not the ledger's own matter.
pub trait VaultPolicy {
	/// Whether the vault of `asset` may have these settings. Asked before the vault has them.
	fn ensure_allowed(asset: AssetId, settings: &VaultSettings) -> DispatchResult;

	/// The most that it costs to find out.
	fn weight() -> Weight;
}

/// Any vault may have any settings.
impl VaultPolicy for () {
	fn ensure_allowed(_: AssetId, _: &VaultSettings) -> DispatchResult {
		Ok(())
	}

	fn weight() -> Weight {
		Weight::zero()
	}
}

/// The vaults, as far as the registry needs to know them.
pub trait VaultCaps {
	/// The most that the vault of an asset takes, in planck; zero where there is none.
	fn deposit_cap(asset: AssetId) -> Balance;

	/// Lets the vault of an asset, if there is one, take no more stake until governance opens it again.
	fn stop_stakes(asset: AssetId);

	/// The most that stopping costs.
	fn weight_of_stopping() -> Weight;
}
