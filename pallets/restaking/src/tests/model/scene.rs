// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Who and what the random sequences are about.

use crate::mock::{AccountId, ALICE, BOB, GOVERNANCE, ISSUER, OPERATOR, TREASURY};
use picasso_primitives::{AssetId, Balance, PICA};

/// An asset of the sequences, for which there is a vault.
pub struct Asset {
	pub id: AssetId,
	pub decimals: u32,
	/// The least that an account may hold.
	pub minimum: Balance,
	/// The most that its vault may hold at first.
	pub cap: Balance,
}

impl Asset {
	/// What each restaker has at first: all of them together could fill the vault twice.
	pub fn endowment(&self) -> Balance {
		self.cap / 5 * 2
	}
}

/// Vaults of 0, 6, 9, 12 and 18 decimals, each with room for 10⁹ whole units; the last one with room for
/// as much as the ledger can count.
pub const ASSETS: [Asset; 5] = [
	Asset { id: 2000, decimals: 0, minimum: 1, cap: 10u128.pow(9) },
	Asset { id: 2001, decimals: 6, minimum: 10, cap: 10u128.pow(15) },
	Asset { id: 2002, decimals: 9, minimum: 1, cap: 10u128.pow(18) },
	Asset { id: PICA, decimals: 12, minimum: 10u128.pow(9), cap: 10u128.pow(21) },
	Asset { id: 2003, decimals: 18, minimum: 1, cap: 10u128.pow(29) },
];

/// The currencies that rewards are paid in: two at first, one more once it is listed.
pub const CURRENCIES: [AssetId; 3] = [PICA, 2001, 2003];

pub const STRANGER: AccountId = 30;

/// Who may hold positions and tickets. The last one has nothing at first, so that some accounts are too
/// poor to be paid small amounts; it also makes the calls that anyone may make.
pub const PEOPLE: [AccountId; 6] = [ALICE, BOB, 22, 23, 24, STRANGER];

/// Who gets what is taken.
pub const BENEFICIARIES: [AccountId; 3] = [TREASURY, STRANGER, BOB];

pub const OPERATORS: [AccountId; 3] = [OPERATOR, 11, 12];

/// The assets of the pools that each operator has at first.
pub const FIRST_POOLS: [&[usize]; 3] = [&[0, 1, 2, 3, 4], &[0, 1, 2, 3, 4], &[1, 4, 4]];

/// Who pays donations and rewards, and can do so for ever.
pub const RICH: [AccountId; 2] = [ISSUER, GOVERNANCE];

pub const RICHES: Balance = 10u128.pow(35);

pub fn asset(id: AssetId) -> &'static Asset {
	ASSETS.iter().find(|asset| asset.id == id).expect("an asset of the sequences")
}
