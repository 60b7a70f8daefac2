// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! The node's service: its parts, block authorship, finality, and how they come together.

mod authorship;
mod finality;
mod parts;
mod seals;

pub use parts::{parts, revert_consensus, Backend, Client, Parts, SelectChain, TransactionPool};

use crate::cli::Sealing;
use futures::FutureExt;
use parts::Consensus;
use picasso_runtime::{Block, Hash};
use sc_client_api::Backend as _;
use sc_consensus_grandpa::warp_proof::NetworkProvider;
use sc_network::{
	config::{FullNetworkConfiguration, NetworkBackendType},
	NetworkBackend,
};
use sc_network_sync::WarpSyncConfig;
use sc_service::{Configuration, Error, PartialComponents, TaskManager};
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use std::sync::Arc;

/// Starts a node.
pub fn start(config: Configuration, sealing: Option<Sealing>) -> Result<TaskManager, Error> {
	match config.network.network_backend {
		NetworkBackendType::Litep2p => {
			start_over::<sc_network::Litep2pNetworkBackend>(config, sealing)
		},
		NetworkBackendType::Libp2p => {
			start_over::<sc_network::NetworkWorker<Block, Hash>>(config, sealing)
		},
	}
}

fn start_over<Network: NetworkBackend<Block, Hash>>(
	config: Configuration,
	sealing: Option<Sealing>,
) -> Result<TaskManager, Error> {
	let PartialComponents {
		client,
		backend,
		mut task_manager,
		import_queue,
		keystore_container,
		select_chain,
		transaction_pool,
		other:
			Consensus { block_import, babe_link, grandpa_link, seal_requests, mut rpc, mut telemetry },
	} = parts(&config, sealing)?;

	let metrics = Network::register_notification_metrics(config.prometheus_registry());
	let mut network_config = FullNetworkConfiguration::<Block, Hash, Network>::new(
		&config.network,
		config.prometheus_registry().cloned(),
	);
	let genesis = client.chain_info().genesis_hash;
	let (grandpa_protocol, grandpa_notifications) = finality::protocol::<Network>(
		&genesis,
		&config,
		metrics.clone(),
		network_config.peer_store_handle(),
	);
	let grandpa_protocol_name = finality::protocol_name(&genesis, &config);
	network_config.add_notification_protocol(grandpa_protocol);
	let warp_sync = Arc::new(NetworkProvider::new(
		backend.clone(),
		grandpa_link.shared_authority_set().clone(),
		Vec::new(),
	));

	let (network, system_rpc_tx, tx_handler_controller, sync_service, _bitswap) =
		sc_service::build_network(sc_service::BuildNetworkParams {
			config: &config,
			net_config: network_config,
			client: client.clone(),
			transaction_pool: transaction_pool.clone(),
			spawn_handle: task_manager.spawn_handle(),
			spawn_essential_handle: task_manager.spawn_essential_handle(),
			import_queue,
			block_announce_validator_builder: None,
			warp_sync_config: Some(WarpSyncConfig::WithProvider(warp_sync)),
			block_relay: None,
			metrics,
			gap_sync_body_policy: None,
		})?;

	if config.offchain_worker.enabled {
		let workers = sc_offchain::OffchainWorkers::new(sc_offchain::OffchainWorkerOptions {
			runtime_api_provider: client.clone(),
			keystore: Some(keystore_container.keystore()),
			offchain_db: backend.offchain_storage(),
			transaction_pool: Some(OffchainTransactionPoolFactory::new(transaction_pool.clone())),
			network_provider: Arc::new(network.clone()),
			is_validator: config.role.is_authority(),
			enable_http_requests: false,
			custom_extensions: |_| Vec::new(),
		})?;
		task_manager.spawn_handle().spawn(
			"offchain-workers-runner",
			"offchain-worker",
			workers.run(client.clone(), task_manager.spawn_handle()).boxed(),
		);
	}

	let role = config.role;
	let author = authorship::Author {
		force_authoring: config.force_authoring,
		is_development: config.chain_spec.chain_type() == sc_service::ChainType::Development,
		prometheus: config.prometheus_registry().cloned(),
		client: client.clone(),
		transaction_pool: transaction_pool.clone(),
		keystore: keystore_container.keystore(),
		select_chain,
		block_import,
		babe_link,
	};
	let voter = finality::Voter {
		role,
		name: config.network.node_name.clone(),
		prometheus: config.prometheus_registry().cloned(),
		keystore: keystore_container.keystore(),
		protocol_name: grandpa_protocol_name,
		notifications: grandpa_notifications,
		link: grandpa_link,
		voter_state: rpc.grandpa.voter_state.clone(),
	};
	let votes = !config.disable_grandpa && sealing.is_none();
	let (seal_sink, seal_stream) = seal_requests.unzip();
	rpc.sealing = seal_sink;

	sc_service::spawn_tasks(sc_service::SpawnTasksParams {
		config,
		backend,
		client,
		keystore: keystore_container.keystore(),
		network: network.clone(),
		sync_service: sync_service.clone(),
		rpc_builder: Box::new(move |executor| {
			crate::rpc::create(rpc.clone(), executor).map_err(Into::into)
		}),
		transaction_pool: transaction_pool.clone(),
		task_manager: &mut task_manager,
		system_rpc_tx,
		tx_handler_controller,
		telemetry: telemetry.as_mut(),
		tracing_execute_block: None,
	})?;

	let telemetry = telemetry.as_ref().map(|telemetry| telemetry.handle());
	match sealing.zip(seal_stream) {
		Some((sealing, requests)) => {
			author.seal_on_demand(sealing, requests, &task_manager, telemetry.clone())?
		},
		None if role.is_authority() => {
			author.author_by_slots(sync_service.clone(), &task_manager, telemetry.clone())?
		},
		None => {},
	}
	if votes {
		let pool = OffchainTransactionPoolFactory::new(transaction_pool);
		voter.vote(network, sync_service, pool, &task_manager, telemetry)?;
	}
	Ok(task_manager)
}
