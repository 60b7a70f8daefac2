// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Asset Hub: DOT is its own, USDC is issued here, wstETH came from Ethereum, vDOT from Bifrost.

use crate::{parachain::Genesis, places::*};
use sp_io::TestExternalities;
use sp_runtime::traits::AccountIdConversion;
use staging_xcm::latest::prelude::*;

/// The least that an account holds, by asset.
pub const USDC_MINIMUM: Balance = USDC / 100;
pub const VDOT_MINIMUM: Balance = DOT / 10_000;
pub const WSTETH_MINIMUM: Balance = WSTETH / 1_000_000;

/// What each user begins with of DOT, vDOT, USDC and wstETH, in whole ones.
pub const ENDOWMENT: Balance = 10_000;
/// What the treasury begins with.
const FLOAT: Balance = 1;

pub fn is_reserve(asset: &Location, origin: &Location) -> bool {
	(*asset == vdot() && *origin == sibling(BIFROST))
		|| (*asset == pica() && *origin == picasso_from_parachain())
}

/// All vDOT that Asset Hub has vouchers of at its beginning.
pub const VDOT_VOUCHERS: Balance = (2 * ENDOWMENT + FLOAT) * DOT;
/// All DOT that Bifrost has vouchers of at its beginning.
pub const DOT_ON_BIFROST: Balance = (2 * ENDOWMENT + FLOAT) * DOT;

pub fn genesis() -> TestExternalities {
	let bifrost: AccountId =
		polkadot_parachain_primitives::primitives::Sibling::from(BIFROST).into_account_truncating();
	let shares = [(ALICE, ENDOWMENT), (BOB, ENDOWMENT), (TREASURY, FLOAT)];
	let units = [(vdot(), DOT), (usdc(), USDC), (wsteth(), WSTETH)];
	Genesis {
		number: ASSET_HUB,
		balances: shares
			.iter()
			.map(|(who, ones)| (who.clone(), ones * DOT))
			.chain([(bifrost, DOT_ON_BIFROST)])
			.collect(),
		assets: vec![
			(vdot(), VDOT_MINIMUM),
			(usdc(), USDC_MINIMUM),
			(wsteth(), WSTETH_MINIMUM),
			(pica(), UNIT / 1_000),
		],
		accounts: units
			.iter()
			.flat_map(|(asset, unit)| {
				shares.iter().map(move |(who, ones)| (asset.clone(), who.clone(), ones * unit))
			})
			.collect(),
	}
	.build()
}
