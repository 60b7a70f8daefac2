// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

mod batches;
mod costs;
mod fees;
pub mod offences;
mod origins;
mod presets;
mod proxies;
mod referenda;
mod tracks;
mod votes;

use crate::*;
use frame_support::traits::OnInitialize;
use sp_genesis_builder::PresetId;
use sp_keyring::Sr25519Keyring;

/// The first block of a network.
fn network(preset: &str) -> sp_io::TestExternalities {
	let patch = get_preset(&PresetId::from(preset)).expect("a preset");
	let mut externalities = sp_io::TestExternalities::default();
	externalities.execute_with(|| {
		let mut config = serde_json::to_value(RuntimeGenesisConfig::default()).expect("JSON");
		merge(&mut config, serde_json::from_slice(&patch).expect("JSON"));
		frame_support::genesis_builder_helper::build_state::<RuntimeGenesisConfig>(
			serde_json::to_vec(&config).expect("JSON"),
		)
		.expect("the preset builds");
		System::set_block_number(1);
	});
	externalities
}

fn merge(into: &mut serde_json::Value, patch: serde_json::Value) {
	match (into, patch) {
		(serde_json::Value::Object(into), serde_json::Value::Object(patch)) => {
			for (key, value) in patch {
				merge(into.entry(key).or_insert(serde_json::Value::Null), value);
			}
		},
		(into, value) => *into = value,
	}
}

/// Lets blocks pass: what is scheduled happens, and eras turn.
fn pass(blocks: BlockNumber) {
	for _ in 0..blocks {
		let now = System::block_number() + 1;
		System::set_block_number(now);
		Scheduler::on_initialize(now);
		Restaking::on_initialize(now);
	}
}

fn account(key: Sr25519Keyring) -> AccountId {
	key.to_account_id()
}

fn signed(key: Sr25519Keyring) -> RuntimeOrigin {
	RuntimeOrigin::signed(key.to_account_id())
}
