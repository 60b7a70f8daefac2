// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What everybody knows of networks: their other names, and the decimals of their own tokens.

use hex_literal::hex;
use picasso_primitives::registry::ForeignId;
use staging_xcm::v5::{
	Junction::GlobalConsensus,
	NetworkId::{self, *},
};

pub(crate) const POLKADOT_GENESIS: [u8; 32] =
	hex!["91b171bb158e2d3848fa23a9f1c25182fb8e20313b2c1eb49219da7a70ce90c3"];
pub(crate) const KUSAMA_GENESIS: [u8; 32] =
	hex!["b0a8d493285c2df73290dfb7e61f870f17b41801197a149ca93654499ea3dafe"];

/// Hashes of first blocks by which no network of its own is named.
pub(crate) const AMBIGUOUS_GENESES: [[u8; 32]; 6] = [
	// XCM's stand-in for networks that are gone.
	[0; 32],
	// Ethereum and Ethereum Classic share it, and both have a number.
	hex!["d4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3"],
	// Sepolia has a number.
	hex!["25a5cc106eea7138acab33231d7160d69cb777ee0c2c553fcddf5138993e6dd9"],
	// Bitcoin and Bitcoin Cash share it, and both have a name; either way round.
	hex!["000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f"],
	hex!["6fe28c0ab6f1b372c1a6a246ae63f74f931e8365e15a089c68d6190000000000"],
	// Solana's mints are of a kind of their own.
	hex!["45296998a6f8e2a784db5d9f95e18fc23f70441a1039446801089879b08c7ef0"],
];

/// EIP-155 numbers of parachains: what is there has a location below its relay chain as well.
pub(crate) const EVM_PARACHAINS: [u64; 10] = [
	336,         // Shiden
	592,         // Astar
	686,         // Karura
	787,         // Acala
	1_284,       // Moonbeam
	1_285,       // Moonriver
	1_287,       // Moonbase Alpha
	222_222,     // Hydration
	420_420_418, // Kusama Asset Hub
	420_420_419, // Polkadot Asset Hub
];

/// Addresses that stand for a network's own token, on any network.
const NATIVE_STAND_INS: [[u8; 20]; 2] = [[0; 20], [0xee; 20]];

/// Contracts that are a network's own token, by the network's number.
const NATIVE_CONTRACTS: [(u64, [u8; 20]); 4] = [
	(137, hex!["0000000000000000000000000000000000001010"]), // Polygon
	(324, hex!["000000000000000000000000000000000000800a"]), // zkSync Era
	(1_088, hex!["deaddeaddeaddeaddeaddeaddeaddeaddead0000"]), // Metis
	(42_220, hex!["471ece3750da237f93b8e339c536989b8978a438"]), // Celo
];

/// The mint of wrapped SOL.
pub(crate) const WRAPPED_SOL: [u8; 32] =
	hex!["069b8857feab8184fb687f634618c035dac439dc1aeb3b5598a0f00000000001"];

/// Parachains below this number belong to the relay chain, whose token is theirs too.
pub(crate) const FIRST_PARACHAIN_OF_OTHERS: u32 = 2_000;

/// The name by which a network goes here; none where it has a better one, or shares this one.
pub(crate) fn canonical(network: NetworkId) -> Option<NetworkId> {
	match network {
		ByGenesis(POLKADOT_GENESIS) => Some(Polkadot),
		ByGenesis(KUSAMA_GENESIS) => Some(Kusama),
		ByGenesis(hash) if AMBIGUOUS_GENESES.contains(&hash) => None,
		Ethereum { chain_id } if EVM_PARACHAINS.contains(&chain_id) => None,
		// By a fork a network has as many names as it has blocks.
		ByFork { .. } => None,
		named => Some(named),
	}
}

/// Whether an address is that of a network's own token.
pub(crate) fn is_native(chain: u64, address: [u8; 20]) -> bool {
	NATIVE_STAND_INS.contains(&address) || NATIVE_CONTRACTS.contains(&(chain, address))
}

/// The decimals of a network's own token, where everybody knows them. The form must be canonical.
pub(crate) fn decimals_of(foreign: &ForeignId) -> Option<u8> {
	match foreign {
		ForeignId::Xcm(location) => match location.unpack() {
			(1, [GlobalConsensus(Polkadot)]) => Some(10),
			(1, [GlobalConsensus(Kusama)]) => Some(12),
			(1, [GlobalConsensus(Ethereum { chain_id: 1 })]) => Some(18),
			(1, [GlobalConsensus(BitcoinCore | BitcoinCash)]) => Some(8),
			_ => None,
		},
		ForeignId::SolanaMint(WRAPPED_SOL) => Some(9),
		_ => None,
	}
}
