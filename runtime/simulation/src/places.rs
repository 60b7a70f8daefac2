// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Where chains, assets and accounts are, and who sees them there.

use frame_support::parameter_types;
use staging_xcm::latest::prelude::*;

pub type AccountId = sp_runtime::AccountId32;
pub type Balance = u128;

/// Numbers of parachains.
pub const ASSET_HUB: u32 = 1000;
pub const BIFROST: u32 = 2030;
pub const GATEWAY: u32 = 2500;

/// One DOT, and one vDOT.
pub const DOT: Balance = 10_000_000_000;
/// One USDC.
pub const USDC: Balance = 1_000_000;
/// One wstETH.
pub const WSTETH: Balance = 1_000_000_000_000_000_000;
/// One BNC, and one PICA.
pub const UNIT: Balance = 1_000_000_000_000;

pub const ALICE: AccountId = AccountId::new([1; 32]);
pub const BOB: AccountId = AccountId::new([2; 32]);
/// Takes the fees of each of the mock chains.
pub const TREASURY: AccountId = AccountId::new([250; 32]);

parameter_types! {
	/// Hash of Picasso's block 0.
	pub static PicassoGenesis: [u8; 32] = [77; 32];
}

/// Picasso's network.
pub fn picasso() -> NetworkId {
	ByGenesis(PicassoGenesis::get())
}

/// Picasso, as a parachain sees it.
pub fn picasso_from_parachain() -> Location {
	Location::new(2, [GlobalConsensus(picasso())])
}

/// An account of Picasso, as a parachain sees it.
pub fn picasso_account(id: [u8; 32]) -> Location {
	Location::new(2, [GlobalConsensus(picasso()), AccountId32 { network: None, id }])
}

/// A parachain, as another sees it.
pub fn sibling(para: u32) -> Location {
	Location::new(1, [Parachain(para)])
}

/// A parachain, as Picasso sees it.
pub fn parachain_from_picasso(para: u32) -> Location {
	Location::new(1, [GlobalConsensus(Polkadot), Parachain(para)])
}

/// An account of the chain that sees it, as that chain writes it.
pub fn account(who: &AccountId) -> Location {
	AccountId32 { network: Some(Polkadot), id: who.clone().into() }.into()
}

/// An account of a parachain, as Picasso sees it.
pub fn account_from_picasso(para: u32, who: &AccountId) -> Location {
	Location::new(
		1,
		[
			GlobalConsensus(Polkadot),
			Parachain(para),
			AccountId32 { network: Some(Polkadot), id: who.clone().into() },
		],
	)
}

/// vDOT's place inside Bifrost.
pub fn vdot_key() -> Junction {
	let mut data = [0; 32];
	data[0] = 9;
	GeneralKey { length: 2, data }
}

/// Assets as a parachain other than their issuer sees them.
pub fn dot() -> Location {
	Location::parent()
}

pub fn vdot() -> Location {
	Location::new(1, [Parachain(BIFROST), vdot_key()])
}

pub fn wsteth() -> Location {
	let key = hex(b"7f39c581f595b53c5cb19bd0b3f8da6c935e2ca0");
	Location::new(
		2,
		[GlobalConsensus(Ethereum { chain_id: 1 }), AccountKey20 { network: None, key }],
	)
}

pub fn pica() -> Location {
	picasso_from_parachain()
}

/// USDC, as Asset Hub sees it.
pub fn usdc() -> Location {
	Location::new(0, [PalletInstance(50), GeneralIndex(1337)])
}

/// Something that a parachain sees, as Picasso sees it.
pub fn from_picasso(para: u32, location: Location) -> Location {
	let there = [GlobalConsensus(Polkadot), Parachain(para)].into();
	location.reanchored(&picasso_from_parachain(), &there).expect("Picasso sees all of Polkadot")
}

fn hex(text: &[u8; 40]) -> [u8; 20] {
	let digit = |at: usize| (text[at] as char).to_digit(16).expect("a digit") as u8;
	core::array::from_fn(|byte| digit(2 * byte) << 4 | digit(2 * byte + 1))
}
