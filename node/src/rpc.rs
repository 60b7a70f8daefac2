// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! What the node answers beside what sc-service answers by itself (author, chain, state, system,
//! chainHead, transaction and archive).

use crate::service::{Backend, Client, SelectChain, TransactionPool};
use futures::channel::mpsc::Sender;
use jsonrpsee::RpcModule;
use picasso_runtime::{Block, BlockNumber, Hash};
use sc_consensus_babe::BabeWorkerHandle;
use sc_consensus_grandpa::{
	FinalityProofProvider, GrandpaJustificationStream, SharedAuthoritySet, SharedVoterState,
};
use sc_consensus_manual_seal::{
	rpc::{ManualSeal, ManualSealApiServer},
	EngineCommand,
};
use sc_rpc::SubscriptionTaskExecutor;
use sp_keystore::KeystorePtr;
use std::sync::Arc;

/// What GRANDPA's part needs.
#[derive(Clone)]
pub struct GrandpaParts {
	pub voter_state: SharedVoterState,
	pub authority_set: SharedAuthoritySet<Hash, BlockNumber>,
	pub justifications: GrandpaJustificationStream<Block>,
	pub finality_proofs: Arc<FinalityProofProvider<Backend, Block>>,
}

/// What all parts need.
#[derive(Clone)]
pub struct Dependencies {
	pub client: Arc<Client>,
	pub pool: Arc<TransactionPool>,
	pub select_chain: SelectChain,
	pub chain_spec: Arc<dyn Fn() -> Box<dyn sc_chain_spec::ChainSpec> + Send + Sync>,
	pub keystore: KeystorePtr,
	pub babe: BabeWorkerHandle<Block>,
	pub grandpa: GrandpaParts,
	/// Where requests for blocks go, if they are made on demand.
	pub sealing: Option<Sender<EngineCommand<Hash>>>,
}

/// Merges all parts.
pub fn create(
	dependencies: Dependencies,
	executor: SubscriptionTaskExecutor,
) -> Result<RpcModule<()>, Box<dyn std::error::Error + Send + Sync>> {
	use pallet_transaction_payment_rpc::{TransactionPayment, TransactionPaymentApiServer};
	use sc_consensus_babe_rpc::{Babe, BabeApiServer};
	use sc_consensus_grandpa_rpc::{Grandpa, GrandpaApiServer};
	use sc_sync_state_rpc::{SyncState, SyncStateApiServer};
	use substrate_frame_rpc_system::{System, SystemApiServer};

	let Dependencies { client, pool, select_chain, chain_spec, keystore, babe, grandpa, sealing } =
		dependencies;
	let mut module = RpcModule::new(());
	module.merge(System::new(client.clone(), pool).into_rpc())?;
	module.merge(TransactionPayment::new(client.clone()).into_rpc())?;
	module.merge(Babe::new(client.clone(), babe.clone(), keystore, select_chain).into_rpc())?;
	module.merge(
		Grandpa::new(
			executor,
			grandpa.authority_set.clone(),
			grandpa.voter_state,
			grandpa.justifications,
			grandpa.finality_proofs,
		)
		.into_rpc(),
	)?;
	module.merge(SyncState::new(chain_spec(), client, grandpa.authority_set, babe)?.into_rpc())?;
	if let Some(sink) = sealing {
		module.merge(ManualSeal::new(sink).into_rpc())?;
	}
	Ok(module)
}
