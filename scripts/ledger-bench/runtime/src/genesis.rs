// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! The state a measurement starts from: assets, and the schemes opened in them.

use crate::{
	people,
	schemes::{asset_rewards, ledger},
	RuntimeGenesisConfig,
};
use sp_core::storage::Storage;
use sp_runtime::BuildStorage;

/// The storage before anything is opened.
pub fn storage() -> Storage {
	let issuer = people::governance();
	let freezable = [asset_rewards::STAKED, asset_rewards::REWARD];
	RuntimeGenesisConfig {
		assets: pallet_assets::GenesisConfig {
			assets: ledger::assets().map(|id| (id, issuer.clone(), true, 1)).collect(),
			..Default::default()
		},
		freezable_assets: pallet_assets::GenesisConfig {
			assets: freezable.map(|id| (id, issuer.clone(), true, 1)).to_vec(),
			..Default::default()
		},
		..Default::default()
	}
	.build_storage()
	.expect("genesis builds")
}
