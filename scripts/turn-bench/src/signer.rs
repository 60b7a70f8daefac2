// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! The keys by which operators sign for AVSs.

use picasso_primitives::avs::{AvsKey, AvsSignature};
use sp_core::{crypto::Pair, ecdsa, ed25519, sr25519};

/// A kind of key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
	/// Schnorr signatures over Ristretto.
	Sr25519,
	/// Ed25519.
	Ed25519,
	/// ECDSA over secp256k1.
	Ecdsa,
}

/// Who signs, by a pair of keys.
// There are few of them.
#[allow(clippy::large_enum_variant)]
#[derive(Clone)]
pub enum Signer {
	/// By Schnorr signatures over Ristretto.
	Sr25519(sr25519::Pair),
	/// By Ed25519.
	Ed25519(ed25519::Pair),
	/// By ECDSA over secp256k1.
	Ecdsa(ecdsa::Pair),
}

impl Signer {
	/// Always the same for a seed.
	pub fn new(scheme: Scheme, seed: &[u8; 32]) -> Self {
		match scheme {
			Scheme::Sr25519 => Self::Sr25519(Pair::from_seed(seed)),
			Scheme::Ed25519 => Self::Ed25519(Pair::from_seed(seed)),
			Scheme::Ecdsa => Self::Ecdsa(Pair::from_seed(seed)),
		}
	}

	/// The public key.
	pub fn key(&self) -> AvsKey {
		match self {
			Self::Sr25519(pair) => AvsKey::Sr25519(pair.public().0),
			Self::Ed25519(pair) => AvsKey::Ed25519(pair.public().0),
			Self::Ecdsa(pair) => AvsKey::Ecdsa(pair.public().0),
		}
	}

	/// A signature of a message.
	pub fn sign(&self, message: &[u8]) -> AvsSignature {
		match self {
			Self::Sr25519(pair) => AvsSignature::Sr25519(pair.sign(message).0),
			Self::Ed25519(pair) => AvsSignature::Ed25519(pair.sign(message).0),
			Self::Ecdsa(pair) => AvsSignature::Ecdsa(pair.sign(message).0),
		}
	}
}
