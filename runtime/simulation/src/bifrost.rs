// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! A chain like Bifrost: vDOT is issued here, DOT is a voucher of Asset Hub's, and BNC pays too.

use crate::{asset_hub, parachain::Genesis, places::*};
use sp_io::TestExternalities;
use sp_runtime::traits::AccountIdConversion;
use staging_xcm::latest::prelude::*;

/// vDOT, as a parachain sees it.
pub fn vdot_where(number: u32) -> Location {
	match number {
		BIFROST => vdot_key().into(),
		_ => vdot(),
	}
}

pub fn is_reserve(asset: &Location, origin: &Location) -> bool {
	*asset == dot() && *origin == sibling(ASSET_HUB)
}

pub fn genesis() -> TestExternalities {
	let asset_hub: AccountId = polkadot_parachain_primitives::primitives::Sibling::from(ASSET_HUB)
		.into_account_truncating();
	let ones = asset_hub::ENDOWMENT;
	let vdot = vdot_where(BIFROST);
	Genesis {
		number: BIFROST,
		balances: [ALICE, BOB, TREASURY, asset_hub.clone()].map(|who| (who, ones * UNIT)).to_vec(),
		assets: vec![(vdot.clone(), DOT / 10_000), (dot(), DOT / 100)],
		accounts: vec![
			(vdot.clone(), ALICE, ones * DOT),
			(vdot.clone(), BOB, ones * DOT),
			(vdot.clone(), TREASURY, DOT),
			// What backs Asset Hub's vouchers.
			(vdot, asset_hub, asset_hub::VDOT_VOUCHERS),
			(dot(), ALICE, ones * DOT),
			(dot(), BOB, ones * DOT),
			(dot(), TREASURY, asset_hub::DOT_ON_BIFROST - 2 * ones * DOT),
		],
	}
	.build()
}
