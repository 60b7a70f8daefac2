// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The Picasso runtime: which pallets make the chain. `configs` configures them by area, `apis` says
//! what the node and users can ask, `genesis_config_presets` how networks start.

#![cfg_attr(not(feature = "std"), no_std)]
#![recursion_limit = "256"]
// The macros that make a runtime of pallets generate much that nobody documents.
#![allow(missing_docs)]

extern crate alloc;

#[cfg(feature = "std")]
include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));

pub mod apis;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarks;
pub mod configs;
pub mod constants;
mod genesis_config_presets;
#[cfg(test)]
mod tests;
mod transactions;
pub mod weights;

pub use transactions::{SignedPayload, TxExtension, UncheckedExtrinsic};

use alloc::vec::Vec;
use sp_runtime::{
	generic, impl_opaque_keys,
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
/// How many transactions an account has sent.
pub type Nonce = u32;
/// A hash of 256 bits.
pub type Hash = sp_core::H256;
/// A block's header.
pub type Header = generic::Header<BlockNumber, BlakeTwo256>;
/// A block.
pub type Block = generic::Block<Header, UncheckedExtrinsic>;

impl_opaque_keys! {
	/// The keys by which a validator takes part in consensus.
	pub struct SessionKeys {
		/// Makes blocks.
		pub babe: Babe,
		/// Finalises them.
		pub grandpa: Grandpa,
		/// Says that it is there.
		pub im_online: ImOnline,
	}
}

/// Version of the runtime. `spec_version` rises with every release.
#[sp_version::runtime_version]
pub const VERSION: RuntimeVersion = RuntimeVersion {
	spec_name: alloc::borrow::Cow::Borrowed("picasso"),
	impl_name: alloc::borrow::Cow::Borrowed("picasso-node"),
	authoring_version: 1,
	spec_version: 1,
	impl_version: 0,
	apis: apis::RUNTIME_API_VERSIONS,
	transaction_version: 1,
	system_version: 1,
};

/// The pallets, grouped by area; an index is never used again for another pallet.
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

	// The system: 0 to 19.
	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Timestamp = pallet_timestamp;
	#[runtime::pallet_index(2)]
	pub type Tempo = pallet_tempo;
	#[runtime::pallet_index(3)]
	pub type Utility = pallet_utility;
	#[runtime::pallet_index(4)]
	pub type Multisig = pallet_multisig;
	#[runtime::pallet_index(5)]
	pub type Proxy = pallet_proxy;
	#[runtime::pallet_index(6)]
	pub type Identity = pallet_identity;
	#[runtime::pallet_index(7)]
	pub type Preimage = pallet_preimage;
	#[runtime::pallet_index(8)]
	pub type Scheduler = pallet_scheduler;
	#[runtime::pallet_index(9)]
	pub type MultiBlockMigrations = pallet_migrations;

	// Money: 20 to 29.
	#[runtime::pallet_index(20)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(21)]
	pub type TransactionPayment = pallet_transaction_payment;
	#[runtime::pallet_index(22)]
	pub type Assets = pallet_assets;
	#[runtime::pallet_index(23)]
	pub type AssetRegistry = pallet_asset_registry;
	#[runtime::pallet_index(24)]
	pub type AssetRate = pallet_asset_rate;

	// Consensus: 30 to 39. Authorship comes before session, which reads the author.
	#[runtime::pallet_index(30)]
	pub type Babe = pallet_babe;
	#[runtime::pallet_index(31)]
	pub type Authorship = pallet_authorship;
	#[runtime::pallet_index(32)]
	pub type Offences = pallet_offences;
	#[runtime::pallet_index(33)]
	pub type Historical = pallet_session::historical;
	#[runtime::pallet_index(34)]
	pub type Session = pallet_session;
	#[runtime::pallet_index(35)]
	pub type Grandpa = pallet_grandpa;
	#[runtime::pallet_index(36)]
	pub type ImOnline = pallet_im_online;

	// Governance: 40 to 49. 40 was sudo, until referenda came.
	#[runtime::pallet_index(41)]
	pub type Treasury = pallet_treasury;
	#[runtime::pallet_index(42)]
	pub type Parameters = pallet_parameters;
	#[runtime::pallet_index(43)]
	pub type Origins = pallet_origins;
	#[runtime::pallet_index(44)]
	pub type Referenda = pallet_referenda;
	#[runtime::pallet_index(45)]
	pub type ConvictionVoting = pallet_conviction_voting;
	#[runtime::pallet_index(46)]
	pub type Whitelist = pallet_whitelist;
	#[runtime::pallet_index(47)]
	pub type TechnicalCollective = pallet_collective<Instance1>;
	#[runtime::pallet_index(48)]
	pub type TechnicalMembership = pallet_membership<Instance1>;

	// Restaking: 50 to 59.
	#[runtime::pallet_index(50)]
	pub type Restaking = pallet_restaking;
	#[runtime::pallet_index(51)]
	pub type Avs = pallet_avs;
	#[runtime::pallet_index(52)]
	pub type Slashing = pallet_slashing;
	#[runtime::pallet_index(53)]
	pub type Emissions = pallet_emissions;

	// Other chains: 60 to 69.
	#[runtime::pallet_index(60)]
	pub type PolkadotXcm = pallet_xcm;
	#[runtime::pallet_index(61)]
	pub type Cvm = pallet_cvm;
	#[runtime::pallet_index(62)]
	pub type Lanes = pallet_lanes;
	#[runtime::pallet_index(63)]
	pub type MessageQueue = pallet_message_queue;
}

/// All pallets' hooks, and the way a block is executed.
pub type Executive = frame_executive::Executive<
	Runtime,
	Block,
	frame_system::ChainContext<Runtime>,
	Runtime,
	AllPalletsWithSystem,
>;

/// The genesis presets that the node and the tools ask for by name.
pub use genesis_config_presets::{preset_names, DEVELOPMENT, LOCAL};

/// The text of a preset.
pub fn get_preset(id: &sp_genesis_builder::PresetId) -> Option<Vec<u8>> {
	genesis_config_presets::get_preset(id)
}
