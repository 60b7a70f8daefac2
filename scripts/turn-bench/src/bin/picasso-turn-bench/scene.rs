// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! A chain on which operators, restakers and AVSs have come.

use picasso_runtime::BlockNumber;
use picasso_turn_bench::{
	people::{account, build_genesis, onboard, open_pools, stake, stand_for, terms, vaults},
	signer::{Scheme, Signer},
};
use sp_core::storage::Storage;
use sp_runtime::Perquintill;
use sp_state_machine::BasicExternalities;

/// Who is on the chain.
#[derive(Clone, Copy, Debug)]
pub struct Scene {
	/// How many AVSs, the chain not counted.
	pub avss: u32,
	/// How many operators, each of which stands for all AVSs.
	pub operators: u32,
	/// How many assets, for each of which each operator has a pool that is behind all AVSs.
	pub assets: u32,
	/// How many restakers there are over all pools.
	pub restakers: u32,
	/// Blocks of an era.
	pub era_length: BlockNumber,
}

/// The state of a chain before its first block.
pub fn storage(scene: Scene) -> Result<Storage, String> {
	let mut state = BasicExternalities::new_empty();
	state.execute_with(|| {
		build_genesis(scene.era_length)?;
		populate(scene)
	})?;
	Ok(state.into_storages())
}

fn populate(scene: Scene) -> Result<(), String> {
	let mut assets = vaults();
	if assets.len() < scene.assets as usize {
		return Err(format!("the development network has vaults for {} assets", assets.len()));
	}
	assets.truncate(scene.assets as usize);
	let operators: Vec<_> =
		(0..scene.operators).map(|number| open_pools(number, &assets)).collect();
	let pools: Vec<_> = operators.iter().flat_map(|(_, pools)| pools).collect();
	let everywhere = pools.iter().cycle().zip(assets.iter().cycle());
	for (number, (pool, (asset, amount))) in (0..scene.restakers).zip(everywhere) {
		stake(&account("restaker", number), **pool, *asset, *amount);
	}
	for number in 0..scene.avss {
		let avs = onboard(number, terms(&assets));
		// Its part, where so many share.
		let fraction = Perquintill::from_rational(1u64, u64::from(scene.avss));
		for (operator, pools) in &operators {
			let signer = Signer::new(Scheme::Ed25519, operator.as_ref());
			stand_for(avs, operator, &signer, pools, fraction);
		}
	}
	Ok(())
}
