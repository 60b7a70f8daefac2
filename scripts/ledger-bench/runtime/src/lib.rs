// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! A runtime to measure the restaking ledger in: the ledger, and beside it what a user would use
//! instead, each configured as a chain in production has it. `schemes` are the steps measured, `meter`
//! is how, and `api` is how the host asks for them where the runtime is Wasm.

#![cfg_attr(not(feature = "std"), no_std)]
#![recursion_limit = "256"]
// The macros that make a runtime of pallets generate much that nobody documents.
#![allow(missing_docs)]

extern crate alloc;

#[cfg(feature = "std")]
include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));

pub mod api;
pub mod configs;
#[cfg(feature = "std")]
pub mod genesis;
pub mod meter;
pub mod people;
pub mod schemes;
#[path = "../../../../runtime/src/weights/pallet_restaking.rs"]
mod weights;

use alloc::vec::Vec;
use sp_runtime::{
	generic,
	traits::{BlakeTwo256, IdentifyAccount, Verify},
	MultiAddress, MultiSignature,
};
use sp_version::RuntimeVersion;

pub use picasso_primitives::{AssetId, Balance, BlockNumber};

/// Any of the signature schemes that an account may use.
pub type Signature = MultiSignature;
/// An account.
pub type AccountId = <<Signature as Verify>::Signer as IdentifyAccount>::AccountId;
/// How extrinsics name an account.
pub type Address = MultiAddress<AccountId, ()>;
/// A block's header.
pub type Header = generic::Header<BlockNumber, BlakeTwo256>;
/// A block.
pub type Block =
	generic::Block<Header, generic::UncheckedExtrinsic<Address, RuntimeCall, Signature, ()>>;

/// Version of the runtime.
#[sp_version::runtime_version]
pub const VERSION: RuntimeVersion = RuntimeVersion {
	spec_name: alloc::borrow::Cow::Borrowed("picasso-ledger-bench"),
	impl_name: alloc::borrow::Cow::Borrowed("picasso-ledger-bench"),
	authoring_version: 1,
	spec_version: 1,
	impl_version: 0,
	apis: api::RUNTIME_API_VERSIONS,
	transaction_version: 1,
	system_version: 1,
};

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Runtime;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Timestamp = pallet_timestamp;
	#[runtime::pallet_index(2)]
	pub type Balances = pallet_balances;

	// Ours.
	#[runtime::pallet_index(10)]
	pub type Assets = pallet_assets;
	#[runtime::pallet_index(11)]
	pub type Restaking = pallet_restaking;

	// Nomination pools.
	#[runtime::pallet_index(20)]
	pub type Staking = pallet_staking;
	#[runtime::pallet_index(21)]
	pub type VoterList = pallet_bags_list<Instance1>;
	#[runtime::pallet_index(22)]
	pub type DelegatedStaking = pallet_delegated_staking;
	#[runtime::pallet_index(23)]
	pub type NominationPools = pallet_nomination_pools;

	// Asset rewards, which freeze what is staked: assets of their own, so that the freezer's reads are
	// in no other scheme's transfers.
	#[runtime::pallet_index(30)]
	pub type FreezableAssets = pallet_assets<Instance1>;
	#[runtime::pallet_index(31)]
	pub type AssetsFreezer = pallet_assets_freezer<Instance1>;
	#[runtime::pallet_index(32)]
	pub type AssetRewards = pallet_asset_rewards;
}
