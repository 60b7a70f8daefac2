// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! Accounts, the keys by which operators sign for AVSs, and what they sign.

use super::Chain;
use picasso_primitives::{
	avs::{possession_message, AvsKey, AvsSignature, StakeTables},
	conditions::{
		round_message, Accusation, DoubleSign, EntryClaim, Evidence, Round, SignedMessage,
	},
	AvsId, EraIndex,
};
use picasso_runtime::{AccountId, Avs, BlockNumber, System};
use sp_core::{crypto::Pair, ed25519, H256};
use sp_runtime::traits::{BlakeTwo256, Hash};
use std::collections::BTreeMap;

/// The account of somebody's.
pub fn account(role: &str, number: u32) -> AccountId {
	AccountId::new(BlakeTwo256::hash(format!("{role} {number}").as_bytes()).0)
}

/// One of an operator's pairs of keys.
pub fn pair(operator: &AccountId, number: u8) -> ed25519::Pair {
	let seed = BlakeTwo256::hash_of(&(operator, number));
	ed25519::Pair::from_seed(&seed.0)
}

fn genesis() -> H256 {
	System::block_hash(BlockNumber::MIN)
}

/// A key, as it proves to be somebody's.
pub type Signer = (AvsKey, AvsSignature);

/// Pairs of keys by their public ones: of those that were shown to the chain.
#[derive(Default)]
pub struct Keys(BTreeMap<[u8; 32], ed25519::Pair>);

impl Keys {
	/// A key of an operator's, with the proof that it has it.
	pub fn prove(&mut self, avs: AvsId, operator: &AccountId, number: u8) -> Signer {
		let pair = pair(operator, number);
		let message = possession_message(genesis(), avs, operator);
		let proof = AvsSignature::Ed25519(pair.sign(&message).0);
		let public = pair.public().0;
		self.0.insert(public, pair);
		(AvsKey::Ed25519(public), proof)
	}

	fn sign(&self, key: AvsKey, message: &[u8]) -> Option<AvsSignature> {
		match key {
			AvsKey::Ed25519(public) => {
				self.0.get(&public).map(|pair| AvsSignature::Ed25519(pair.sign(message).0))
			},
			_ => None,
		}
	}
}

impl Chain {
	/// Two messages for one round, by whoever stands at a place of a table that is kept whole.
	pub fn signed_twice(
		&self,
		avs: AvsId,
		era: EraIndex,
		place: u32,
		round: Round,
	) -> Option<Evidence<AccountId>> {
		let key = <Avs as StakeTables<AccountId>>::entry(avs, era, place)?.key?;
		let message = |content: u8| {
			let content = H256::repeat_byte(content);
			let message = round_message(genesis(), avs, era, round, content);
			Some(SignedMessage { era, content, signature: self.keys.sign(key, &message)? })
		};
		Some(Evidence::DoubleSign(DoubleSign {
			round,
			one: message(1)?,
			other: message(2)?,
			entry: EntryClaim::Listed(place),
			earlier_entry: None,
		}))
	}

	/// What an arbiter says of whoever stands at a place of a table that is kept whole.
	pub fn accusation(era: EraIndex, place: u32) -> Evidence<AccountId> {
		let fact = H256::repeat_byte(3);
		Evidence::Arbiter(Accusation { era, entry: EntryClaim::Listed(place), fact })
	}
}
