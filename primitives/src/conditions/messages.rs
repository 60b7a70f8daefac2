// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What operators sign for AVSs, byte by byte, so that any language can.
//!
//! Each message begins with a text that says what it is, none of which begins another, and with the hash
//! of the chain's first block: what is signed for one purpose, AVS or chain proves nothing for another.
//! Numbers are little endian, accounts and hashes 32 bytes.
//!
//! | message | bytes |
//! |---|---|
//! | [`duty_message`] | `picasso/avs/duty` (16), genesis (32), AVS (4), era (4), round (8) |
//! | [`round_message`] | `picasso/avs/round` (17), genesis (32), AVS (4), era (4), round (8), content (32) |
//! | [`accusation_message`] | `picasso/avs/accusation` (22), genesis (32), AVS (4), era (4), condition (1), accused (32), fact (32) |
//! | [`possession_message`](crate::avs::possession_message) | `picasso/avs/key` (15), genesis (32), AVS (4), operator (32) |
//!
//! The message is what is signed, whole: by Sr25519 in the signing context `substrate`, by Ed25519 as it
//! is, by ECDSA over its Blake2b-256 hash.

use crate::{AvsId, EraIndex};
use alloc::vec::Vec;
use codec::Encode;
use sp_core::H256;

/// Number of a round: what an AVS's operators sign once each.
pub type Round = u64;

/// What an operator signs in a round: that it takes `content` for right, the hash of whatever the AVS
/// agrees on. The era is that of the stake table by which the AVS counts the signature: whoever relies on
/// it must refuse another.
pub fn round_message(
	genesis: H256,
	avs: AvsId,
	era: EraIndex,
	round: Round,
	content: H256,
) -> Vec<u8> {
	(*b"picasso/avs/round", genesis, avs, era, round, content).encode()
}

/// What an operator signs to say that it was there in a round of duty.
pub fn duty_message(genesis: H256, avs: AvsId, era: EraIndex, round: Round) -> Vec<u8> {
	(*b"picasso/avs/duty", genesis, avs, era, round).encode()
}

/// What operators of an AVS sign to accuse one: that in `era` it did what the condition of that number
/// in the terms of the era names; `fact` is the hash of whatever shows it.
pub fn accusation_message<AccountId: Encode>(
	genesis: H256,
	avs: AvsId,
	era: EraIndex,
	condition: u8,
	accused: &AccountId,
	fact: H256,
) -> Vec<u8> {
	(*b"picasso/avs/accusation", genesis, avs, era, condition, accused, fact).encode()
}

#[cfg(test)]
mod tests {
	use super::*;

	const GENESIS: H256 = H256::repeat_byte(7);

	fn hex(bytes: &[u8]) -> String {
		bytes.iter().map(|byte| format!("{byte:02x}")).collect()
	}

	/// What a signer in another language can check itself against.
	#[test]
	fn messages_are_these_bytes() {
		let genesis = "07".repeat(32);
		assert_eq!(
			hex(&round_message(GENESIS, 3, 0x0102, 0x0a0b0c, H256::repeat_byte(9))),
			format!(
				"{}{genesis}0300000002010000{}{}",
				"7069636173736f2f6176732f726f756e64",
				"0c0b0a0000000000",
				"09".repeat(32)
			),
		);
		assert_eq!(
			hex(&duty_message(GENESIS, 3, 0x0102, 0x0a0b0c)),
			format!(
				"{}{genesis}0300000002010000{}",
				"7069636173736f2f6176732f64757479", "0c0b0a0000000000"
			),
		);
		assert_eq!(
			hex(&accusation_message(GENESIS, 3, 0x0102, 4, &[5u8; 32], H256::repeat_byte(9))),
			format!(
				"{}{genesis}030000000201000004{}{}",
				"7069636173736f2f6176732f61636375736174696f6e",
				"05".repeat(32),
				"09".repeat(32)
			),
		);
	}
}
