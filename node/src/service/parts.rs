// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! The parts that both a running node and the subcommands need.

use super::seals::{NotingSeals, PuttingSealsBack, Seals};
use crate::{
	cli::Sealing,
	rpc::{Dependencies, GrandpaParts},
};
use futures::channel::mpsc;
use picasso_runtime::{apis::RuntimeApi, Block, BlockNumber, Hash};
use sc_consensus_babe::{BabeBlockImport, BabeLink};
use sc_consensus_grandpa::{
	FinalityProofProvider, GrandpaBlockImport, GrandpaPruningFilter, LinkHalf, SharedVoterState,
};
use sc_consensus_manual_seal::{consensus::timestamp::SlotTimestampProvider, EngineCommand};
use sc_executor::{HeapAllocStrategy, WasmExecutor, DEFAULT_HEAP_ALLOC_STRATEGY};
use sc_service::{Configuration, Error, PartialComponents, TFullBackend, TFullClient};
use sc_telemetry::{Telemetry, TelemetryWorker};
use sc_transaction_pool::TransactionPoolHandle;
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_consensus_babe::{
	inherents::{BabeCreateInherentDataProviders, InherentDataProvider as BabeInherent},
	SlotDuration,
};
use std::sync::Arc;

/// The functions of the host that the runtime may call.
type HostFunctions = sp_io::SubstrateHostFunctions;
/// Reads and writes the chain.
pub type Client = TFullClient<Block, RuntimeApi, WasmExecutor<HostFunctions>>;
/// The database.
pub type Backend = TFullBackend<Block>;
/// The rule of which fork to build on.
pub type SelectChain = sc_consensus::LongestChain<Backend, Block>;
/// Transactions waiting for a block.
pub type TransactionPool = TransactionPoolHandle<Block, Client>;
/// How a block enters the chain: by BABE's rules, then by GRANDPA's.
pub type BlockImport = NotingSeals<
	BabeBlockImport<
		Block,
		Client,
		GrandpaBlockImport<Backend, Block, Client, SelectChain>,
		BabeCreateInherentDataProviders<Block>,
		SelectChain,
	>,
>;
/// What GRANDPA's voter needs.
pub type GrandpaLink = LinkHalf<Block, Client, SelectChain>;
/// Both ends of the queue of requests for blocks.
type SealRequests = (mpsc::Sender<EngineCommand<Hash>>, mpsc::Receiver<EngineCommand<Hash>>);

/// The parts of consensus.
pub struct Consensus {
	pub block_import: BlockImport,
	pub babe_link: BabeLink<Block>,
	pub grandpa_link: GrandpaLink,
	/// Present if blocks are made on demand.
	pub seal_requests: Option<SealRequests>,
	pub rpc: Dependencies,
	pub telemetry: Option<Telemetry>,
}

/// All parts.
pub type Parts = PartialComponents<
	Client,
	Backend,
	SelectChain,
	sc_consensus::DefaultImportQueue<Block>,
	TransactionPool,
	Consensus,
>;

/// Blocks between justifications that GRANDPA keeps.
const GRANDPA_JUSTIFICATION_PERIOD: u32 = 512;

/// How many requests for blocks may wait.
const SEAL_REQUESTS: usize = 1_024;

/// Makes the parts.
pub fn parts(config: &Configuration, sealing: Option<Sealing>) -> Result<Parts, Error> {
	let telemetry = telemetry(config)?;
	let (client, backend, keystore_container, task_manager) =
		sc_service::new_full_parts::<Block, RuntimeApi, _>(
			config,
			telemetry.as_ref().map(|(_, telemetry)| telemetry.handle()),
			executor(config),
			// Blocks with justifications outlive pruning: warp sync needs them.
			vec![Arc::new(GrandpaPruningFilter)],
		)?;
	let client = Arc::new(client);
	let telemetry = telemetry.map(|(worker, telemetry)| {
		task_manager.spawn_handle().spawn("telemetry", None, worker.run());
		telemetry
	});
	let telemetry_handle = telemetry.as_ref().map(|telemetry| telemetry.handle());

	let select_chain = sc_consensus::LongestChain::new(backend.clone());
	let transaction_pool = Arc::from(
		sc_transaction_pool::Builder::new(
			task_manager.spawn_essential_handle(),
			client.clone(),
			config.role.is_authority().into(),
		)
		.with_options(config.transaction_pool.clone())
		.with_prometheus(config.prometheus_registry())
		.build(),
	);

	let (grandpa_block_import, grandpa_link) = sc_consensus_grandpa::block_import(
		client.clone(),
		GRANDPA_JUSTIFICATION_PERIOD,
		&client,
		select_chain.clone(),
		telemetry_handle.clone(),
	)?;
	let babe_config = sc_consensus_babe::configuration(&*client)?;
	let slot_duration = babe_config.slot_duration();
	let seals = Seals::default();
	let reports = PuttingSealsBack { seals: seals.clone(), pool: transaction_pool.clone() };
	let (import, babe_link) = sc_consensus_babe::block_import(
		babe_config,
		grandpa_block_import.clone(),
		client.clone(),
		inherents(client.clone(), slot_duration, sealing),
		select_chain.clone(),
		OffchainTransactionPoolFactory::new(reports),
	)?;
	let block_import = NotingSeals { seals, import };
	let (import_queue, babe) =
		sc_consensus_babe::import_queue(sc_consensus_babe::ImportQueueParams {
			link: babe_link.clone(),
			block_import: block_import.clone(),
			justification_import: Some(Box::new(grandpa_block_import)),
			client: client.clone(),
			slot_duration,
			spawner: &task_manager.spawn_essential_handle(),
			registry: config.prometheus_registry(),
			telemetry: telemetry_handle,
		})?;

	let authority_set = grandpa_link.shared_authority_set().clone();
	let spec = config.chain_spec.cloned_box();
	let rpc = Dependencies {
		client: client.clone(),
		pool: transaction_pool.clone(),
		select_chain: select_chain.clone(),
		chain_spec: Arc::new(move || spec.cloned_box()),
		keystore: keystore_container.keystore(),
		babe,
		grandpa: GrandpaParts {
			voter_state: SharedVoterState::empty(),
			justifications: grandpa_link.justification_stream(),
			finality_proofs: FinalityProofProvider::new_for_service(
				backend.clone(),
				Some(authority_set.clone()),
			),
			authority_set,
		},
		sealing: None,
	};
	Ok(PartialComponents {
		client,
		backend,
		task_manager,
		import_queue,
		keystore_container,
		select_chain,
		transaction_pool,
		other: Consensus {
			block_import,
			babe_link,
			grandpa_link,
			seal_requests: sealing.map(|_| mpsc::channel(SEAL_REQUESTS)),
			rpc,
			telemetry,
		},
	})
}

/// Reverts what BABE and GRANDPA remember beside the chain.
pub fn revert_consensus(
	client: Arc<Client>,
	backend: Arc<Backend>,
	blocks: BlockNumber,
) -> sc_cli::Result<()> {
	sc_consensus_babe::revert(client.clone(), backend, blocks)?;
	sc_consensus_grandpa::revert(client, blocks)?;
	Ok(())
}

/// What a block that is being imported is checked against: the system's time or, where blocks are made
/// on demand, the slot after the best block's.
fn inherents(
	client: Arc<Client>,
	slot_duration: SlotDuration,
	sealing: Option<Sealing>,
) -> BabeCreateInherentDataProviders<Block> {
	match sealing {
		None => Arc::new(move |_, ()| async move {
			let timestamp = sp_timestamp::InherentDataProvider::from_system_time();
			let slot = BabeInherent::from_timestamp_and_slot_duration(*timestamp, slot_duration);
			Ok((slot, timestamp))
		}),
		Some(_) => Arc::new(move |_, ()| {
			let clock = SlotTimestampProvider::new_babe(client.clone());
			async move {
				let clock = clock.map_err(|error| error.to_string())?;
				let timestamp = sp_timestamp::InherentDataProvider::new(clock.timestamp());
				Ok((BabeInherent::new(clock.slot()), timestamp))
			}
		}),
	}
}

fn telemetry(
	config: &Configuration,
) -> Result<Option<(TelemetryWorker, Telemetry)>, sc_telemetry::Error> {
	const BUFFERED_MESSAGES: usize = 16;
	config
		.telemetry_endpoints
		.clone()
		.filter(|endpoints| !endpoints.is_empty())
		.map(|endpoints| {
			let worker = TelemetryWorker::new(BUFFERED_MESSAGES)?;
			let telemetry = worker.handle().new_telemetry(endpoints);
			Ok((worker, telemetry))
		})
		.transpose()
}

fn executor(config: &Configuration) -> WasmExecutor<HostFunctions> {
	let heap = config.executor.default_heap_pages.map_or(DEFAULT_HEAP_ALLOC_STRATEGY, |pages| {
		HeapAllocStrategy::Static { extra_pages: pages as u32 }
	});
	WasmExecutor::builder()
		.with_execution_method(config.executor.wasm_method)
		.with_onchain_heap_alloc_strategy(heap)
		.with_offchain_heap_alloc_strategy(heap)
		.with_max_runtime_instances(config.executor.max_runtime_instances)
		.with_runtime_cache_size(config.executor.runtime_cache_size)
		.build()
}
