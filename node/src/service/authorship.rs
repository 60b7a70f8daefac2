// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! Making blocks: by BABE's slots, or on demand.

use super::parts::{BlockImport, Client, SelectChain, TransactionPool};
use crate::cli::Sealing;
use futures::{
	channel::mpsc::Receiver,
	stream::{self, BoxStream},
	Stream, StreamExt,
};
use futures_timer::Delay;
use picasso_runtime::{Block, Hash};
use sc_basic_authorship::ProposerFactory;
use sc_consensus_babe::{BabeLink, BabeParams, SlotProportion};
use sc_consensus_manual_seal::{
	consensus::{babe::BabeConsensusDataProvider, timestamp::SlotTimestampProvider},
	run_manual_seal, EngineCommand, ManualSealParams,
};
use sc_consensus_slots::BackoffAuthoringOnFinalizedHeadLagging;
use sc_network_sync::SyncingService;
use sc_service::{Error, TaskManager};
use sc_telemetry::TelemetryHandle;
use sc_transaction_pool_api::TransactionPool as _;
use sp_consensus_babe::{
	inherents::InherentDataProvider as BabeInherent, AuthorityId, BabeAuthorityWeight, KEY_TYPE,
};
use sp_core::crypto::ByteArray;
use sp_keystore::KeystorePtr;
use std::{sync::Arc, time::Duration};
use substrate_prometheus_endpoint::Registry;

/// Blocks that an author may be ahead of finality on a development network before it slows down to
/// one in so many slots.
const DEVELOPMENT_BACKOFF: u32 = 10;

/// How often the pool is looked at where blocks are made on demand.
const POOL_POLLING_PERIOD: Duration = Duration::from_millis(100);

/// A validator's key for BABE, and its weight.
type Authority = (AuthorityId, BabeAuthorityWeight);

/// Makes blocks.
pub struct Author {
	pub force_authoring: bool,
	pub is_development: bool,
	pub prometheus: Option<Registry>,
	pub client: Arc<Client>,
	pub transaction_pool: Arc<TransactionPool>,
	pub keystore: KeystorePtr,
	pub select_chain: SelectChain,
	pub block_import: BlockImport,
	pub babe_link: BabeLink<Block>,
}

impl Author {
	/// Makes a block in each slot that BABE gives to one of the node's keys.
	pub fn author_by_slots(
		self,
		sync: Arc<SyncingService<Block>>,
		tasks: &TaskManager,
		telemetry: Option<TelemetryHandle>,
	) -> Result<(), Error> {
		let mut backoff = BackoffAuthoringOnFinalizedHeadLagging::default();
		if self.is_development {
			backoff.max_interval = DEVELOPMENT_BACKOFF;
		}
		let env = self.proposer(tasks, telemetry.clone());
		let slot_duration = self.babe_link.config().slot_duration();
		let babe = sc_consensus_babe::start_babe(BabeParams {
			keystore: self.keystore,
			client: self.client,
			select_chain: self.select_chain,
			env,
			block_import: self.block_import,
			sync_oracle: sync.clone(),
			justification_sync_link: sync,
			create_inherent_data_providers: move |_, ()| async move {
				let timestamp = sp_timestamp::InherentDataProvider::from_system_time();
				let slot =
					BabeInherent::from_timestamp_and_slot_duration(*timestamp, slot_duration);
				Ok((slot, timestamp))
			},
			force_authoring: self.force_authoring,
			backoff_authoring_blocks: Some(backoff),
			babe_link: self.babe_link,
			block_proposal_slot_portion: SlotProportion::new(0.5),
			max_block_proposal_slot_portion: None,
			telemetry,
		})?;
		tasks.spawn_essential_handle().spawn_blocking("babe", Some("block-authoring"), babe);
		Ok(())
	}

	/// Makes a block for each request, and for each transaction if `sealing` says so. Each block is a
	/// slot later than its parent, whatever the time.
	pub fn seal_on_demand(
		self,
		sealing: Sealing,
		requests: Receiver<EngineCommand<Hash>>,
		tasks: &TaskManager,
		telemetry: Option<TelemetryHandle>,
	) -> Result<(), Error> {
		let env = self.proposer(tasks, telemetry);
		let authorities = self.babe_link.config().authorities.clone();
		self.ensure_only_authority(&authorities)?;
		let data = BabeConsensusDataProvider::new(
			self.client.clone(),
			self.keystore,
			self.babe_link.epoch_changes().clone(),
			authorities,
		)
		.map_err(|error| Error::Other(error.to_string()))?;
		let clock = self.client.clone();
		let seal = run_manual_seal(ManualSealParams {
			block_import: self.block_import,
			env,
			client: self.client,
			commands_stream: seal_commands(sealing, requests, self.transaction_pool.clone()),
			pool: self.transaction_pool,
			select_chain: self.select_chain,
			consensus_data_provider: Some(Box::new(data)),
			create_inherent_data_providers: move |_, ()| {
				let time = SlotTimestampProvider::new_babe(clock.clone());
				async move {
					let time = time.map_err(|error| error.to_string())?;
					let slot = BabeInherent::new(time.slot());
					Ok((time, slot))
				}
			},
		});
		tasks.spawn_essential_handle().spawn_blocking("seal", Some("block-authoring"), seal);
		Ok(())
	}

	/// BABE's rules hold for blocks on demand too: each slot must be this node's.
	fn ensure_only_authority(&self, authorities: &[Authority]) -> Result<(), Error> {
		match authorities {
			[(key, _)] if self.keystore.has_keys(&[(key.to_raw_vec(), KEY_TYPE)]) => Ok(()),
			_ => Err(Error::Other(
				"--sealing needs a chain whose one validator is this node: use it with --dev"
					.into(),
			)),
		}
	}

	fn proposer(
		&self,
		tasks: &TaskManager,
		telemetry: Option<TelemetryHandle>,
	) -> ProposerFactory<TransactionPool, Client> {
		ProposerFactory::new(
			tasks.spawn_handle(),
			self.client.clone(),
			self.transaction_pool.clone(),
			self.prometheus.as_ref(),
			telemetry,
		)
	}
}

/// What is to be sealed: what is asked for and, if `sealing` says so, whatever waits in the pool.
///
/// The pool is looked at from time to time: a transaction that it announces may not be ready yet for a
/// block on top of the last one.
fn seal_commands(
	sealing: Sealing,
	requests: Receiver<EngineCommand<Hash>>,
	pool: Arc<TransactionPool>,
) -> BoxStream<'static, EngineCommand<Hash>> {
	match sealing {
		Sealing::Manual => requests.boxed(),
		Sealing::Instant => stream::select(requests, waiting_transactions(pool)).boxed(),
	}
}

fn waiting_transactions(
	pool: Arc<TransactionPool>,
) -> impl Stream<Item = EngineCommand<Hash>> + Send {
	stream::unfold(pool, |pool| async move {
		loop {
			Delay::new(POOL_POLLING_PERIOD).await;
			if pool.status().ready > 0 {
				break;
			}
		}
		// BABE's inherent data makes no extrinsic, so a block of one transaction passes for empty.
		let seal = EngineCommand::SealNewBlock {
			create_empty: true,
			finalize: true,
			parent_hash: None,
			sender: None,
		};
		Some((seal, pool))
	})
}
