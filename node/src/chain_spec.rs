// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! The networks: each is a preset of the runtime.

use picasso_runtime::{Block, DEVELOPMENT, LOCAL, WASM_BINARY};
use sc_chain_spec::ChainSpecExtension;
use sc_service::{ChainType, GenericChainSpec};
use serde::{Deserialize, Serialize};

/// What a chain spec may carry beside the genesis.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ChainSpecExtension)]
#[serde(rename_all = "camelCase")]
pub struct Extensions {
	/// Blocks whose hashes are known.
	pub fork_blocks: sc_client_api::ForkBlocks<Block>,
	/// Hashes of blocks that are known to be bad.
	pub bad_blocks: sc_client_api::BadBlocks<Block>,
	/// A state to sync from; the RPC `sync_state_genSyncSpec` fills it in.
	pub light_sync_state: sc_sync_state_rpc::LightSyncStateExtension,
}

/// A chain spec of ours.
pub type ChainSpec = GenericChainSpec<Extensions>;

/// The spec that `--chain` names: a network of ours, or a file.
pub fn load(id: &str) -> Result<ChainSpec, String> {
	match id {
		"" | "dev" => {
			of_preset("Picasso Development", "picasso_dev", ChainType::Development, DEVELOPMENT)
		},
		"local" => of_preset("Picasso Local", "picasso_local", ChainType::Local, LOCAL),
		path => ChainSpec::from_json_file(path.into()).map_err(|error| {
			format!(
				"the chain spec `{path}` cannot be used: {error}. Name a network (dev, local), or a \
				 file that `picasso-node export-chain-spec` wrote."
			)
		}),
	}
}

fn of_preset(
	name: &str,
	id: &str,
	chain_type: ChainType,
	preset: &str,
) -> Result<ChainSpec, String> {
	let code = WASM_BINARY.ok_or(
		"this node was built without the Wasm runtime: build it again without SKIP_WASM_BUILD",
	)?;
	let properties = serde_json::json!({
		"tokenSymbol": "PICA",
		"tokenDecimals": 12,
		"ss58Format": 49,
	});
	let properties = properties.as_object().expect("an object was written just above").clone();
	Ok(ChainSpec::builder(code, Extensions::default())
		.with_name(name)
		.with_id(id)
		.with_protocol_id("pica")
		.with_chain_type(chain_type)
		.with_properties(properties)
		.with_genesis_config_preset_name(preset)
		.build())
}
