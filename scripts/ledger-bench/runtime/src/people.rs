// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! Who is on the chain. Accounts are hashes, so that they spread over the trie as public keys do.

use crate::AccountId;
use codec::Encode;
use sp_io::hashing::blake2_256;

fn account(role: &str, number: u32) -> AccountId {
	(role, number).using_encoded(blake2_256).into()
}

/// Decides, and pays for vaults and pools.
pub fn governance() -> AccountId {
	account("governance", 0)
}

/// Answers for one pool.
pub fn operator(number: u32) -> AccountId {
	account("operator", number)
}

/// One of those who are in the pools while others are measured.
pub fn restaker(number: u32) -> AccountId {
	account("restaker", number)
}

/// One who comes, is measured, and leaves again.
pub fn passer_by(number: u32) -> AccountId {
	account("passer-by", number)
}

/// One whose exits are in progress in any era: a pool that anybody uses has such.
pub fn leaver(number: u32) -> AccountId {
	account("leaver", number)
}

/// One of the few who are in a small pool.
pub fn neighbour(number: u32) -> AccountId {
	account("neighbour", number)
}

/// Validates, so that the pool has somebody to nominate.
pub fn validator() -> AccountId {
	account("validator", 0)
}

/// Founded the nomination pool.
pub fn founder() -> AccountId {
	account("founder", 0)
}

/// Is paid by transfers and slashes. Has an account of each asset.
pub fn payee() -> AccountId {
	account("payee", 0)
}
