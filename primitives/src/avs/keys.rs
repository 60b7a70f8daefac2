// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The keys by which operators sign for AVSs.

use crate::AvsId;
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::traits::Verify;

/// A public key of an operator's. It may be used for several AVSs, and by no other operator.
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
)]
pub enum AvsKey {
	/// Schnorr signatures over Ristretto, as accounts of this chain use.
	#[codec(index = 0)]
	Sr25519([u8; 32]),
	/// Ed25519, as Solana's and Cosmos's validators use.
	#[codec(index = 1)]
	Ed25519([u8; 32]),
	/// ECDSA over secp256k1, compressed, as Ethereum and Bitcoin use.
	#[codec(index = 2)]
	Ecdsa([u8; 33]),
}

/// A signature by an [`AvsKey`].
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
pub enum AvsSignature {
	/// By an Sr25519 key, in the signing context "substrate".
	#[codec(index = 0)]
	Sr25519([u8; 64]),
	/// By an Ed25519 key.
	#[codec(index = 1)]
	Ed25519([u8; 64]),
	/// By an ECDSA key, over the message's Blake2b-256 hash, with its recovery id.
	#[codec(index = 2)]
	Ecdsa([u8; 65]),
}

impl AvsKey {
	/// Whether `signature` is this key's over `message`.
	pub fn verify(&self, message: &[u8], signature: &AvsSignature) -> bool {
		match (*self, *signature) {
			(Self::Sr25519(key), AvsSignature::Sr25519(signature)) => {
				let key = sp_core::sr25519::Public::from_raw(key);
				sp_core::sr25519::Signature::from_raw(signature).verify(message, &key)
			},
			(Self::Ed25519(key), AvsSignature::Ed25519(signature)) => {
				let key = sp_core::ed25519::Public::from_raw(key);
				sp_core::ed25519::Signature::from_raw(signature).verify(message, &key)
			},
			(Self::Ecdsa(key), AvsSignature::Ecdsa(signature)) => {
				let key = sp_core::ecdsa::Public::from_raw(key);
				sp_core::ecdsa::Signature::from_raw(signature).verify(message, &key)
			},
			_ => false,
		}
	}
}

/// What an operator signs with a key to prove that it has it: the bytes `picasso/avs/key`, the genesis
/// hash, the AVS (4 bytes, little endian), and the operator's account.
pub fn possession_message<AccountId: Encode>(
	genesis: H256,
	avs: AvsId,
	operator: &AccountId,
) -> Vec<u8> {
	(*b"picasso/avs/key", genesis, avs, operator).encode()
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_core::{ecdsa, ed25519, sr25519, Pair};

	fn message() -> Vec<u8> {
		possession_message(H256::repeat_byte(7), 3, &[9u8; 32])
	}

	#[test]
	fn the_message_has_the_bytes_it_says() {
		let expected = [&b"picasso/avs/key"[..], &[7; 32], &[3, 0, 0, 0], &[9; 32]].concat();
		assert_eq!(message(), expected);
	}

	#[test]
	fn each_scheme_signs_for_its_own_key_alone() {
		let (sr, ed, ec) = (
			sr25519::Pair::from_seed(&[1; 32]),
			ed25519::Pair::from_seed(&[1; 32]),
			ecdsa::Pair::from_seed(&[1; 32]),
		);
		let keys = [
			AvsKey::Sr25519(sr.public().0),
			AvsKey::Ed25519(ed.public().0),
			AvsKey::Ecdsa(ec.public().0),
		];
		let signatures = [
			AvsSignature::Sr25519(sr.sign(&message()).0),
			AvsSignature::Ed25519(ed.sign(&message()).0),
			AvsSignature::Ecdsa(ec.sign(&message()).0),
		];
		for (at, key) in keys.iter().enumerate() {
			for (of, signature) in signatures.iter().enumerate() {
				assert_eq!(key.verify(&message(), signature), at == of);
				assert!(!key.verify(b"another message", signature));
			}
		}
		assert!(!AvsKey::Ecdsa([0; 33]).verify(&message(), &signatures[2]));
	}
}
