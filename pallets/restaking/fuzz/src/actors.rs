// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Who and what the inputs name by a byte.

use pallet_restaking::Pallet;
use picasso_primitives::{
	assets::{foreign_asset_id, Network},
	AssetId, PICA,
};
use picasso_runtime::{configs::governance::TreasuryAccount, AccountId, Runtime};
use sp_keyring::Sr25519Keyring;

/// Whole tokens of 9 decimals, without a deposit cap in their way.
pub const JITO_SOL: AssetId = foreign_asset_id(Network::Solana, 0, 1);
/// A reward currency beside PICA and jitoSOL.
pub const DOT: AssetId = foreign_asset_id(Network::Polkadot, 0, 1);
/// An asset of the harness's own: no vault, not sufficient, and with a large minimum balance. Whatever
/// the preset's assets make easy, it does not.
pub const COARSE: AssetId = foreign_asset_id(Network::Osmosis, 0, 1);
/// The minimum balance of [`COARSE`].
pub const COARSE_MINIMUM: u128 = 1_000;

/// Every asset, PICA among them.
pub const ASSETS: [AssetId; 8] = [
	PICA,
	JITO_SOL,
	foreign_asset_id(Network::Solana, 0, 2),
	foreign_asset_id(Network::Stride, 0, 1),
	foreign_asset_id(Network::Ethereum, 0, 1),
	foreign_asset_id(Network::Bifrost, 0, 1),
	DOT,
	COARSE,
];

/// How many accounts sign: operators, restakers, one with hardly any PICA and one with none.
pub const SIGNERS: u8 = 8;

/// The account of a signer.
pub fn signer(index: u8) -> AccountId {
	match index % SIGNERS {
		0 => Sr25519Keyring::Alice.to_account_id(),
		1 => Sr25519Keyring::Bob.to_account_id(),
		2 => Sr25519Keyring::Charlie.to_account_id(),
		3 => Sr25519Keyring::Dave.to_account_id(),
		4 => Sr25519Keyring::Eve.to_account_id(),
		5 => Sr25519Keyring::Ferdie.to_account_id(),
		6 => AccountId::new([6; 32]),
		_ => AccountId::new([7; 32]),
	}
}

/// Has stake and exits in many pools, and never signs anything.
pub fn saver() -> AccountId {
	AccountId::new([8; 32])
}

/// Does not exist at first.
pub fn nobody() -> AccountId {
	AccountId::new([9; 32])
}

/// Pays rewards, and does nothing else.
pub fn payer() -> AccountId {
	AccountId::new([10; 32])
}

/// Exists, holds every asset, and takes what others cannot take.
pub fn sink() -> AccountId {
	AccountId::new([11; 32])
}

/// The treasury: the issuer of foreign assets, and what governance pays from.
pub fn treasury() -> AccountId {
	TreasuryAccount::get()
}

/// Everyone whom an input can name, those who never sign included.
pub fn everyone() -> Vec<AccountId> {
	let vaults = ASSETS.into_iter().map(Pallet::<Runtime>::vault_account);
	(0..SIGNERS)
		.map(signer)
		.chain([saver(), nobody(), treasury(), Pallet::<Runtime>::reward_account()])
		.chain(vaults)
		.collect()
}

/// One of everyone.
pub fn anyone(index: u8) -> AccountId {
	let everyone = everyone();
	everyone[usize::from(index) % everyone.len()].clone()
}

/// One of all assets.
pub fn asset(index: u8) -> AssetId {
	ASSETS[usize::from(index) % ASSETS.len()]
}
