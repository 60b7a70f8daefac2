// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! Finality: GRANDPA.

use super::parts::GrandpaLink;
use picasso_runtime::{Block, Hash};
use sc_consensus_grandpa::{Config, GrandpaParams, SharedVoterState, VotingRulesBuilder};
use sc_network::{
	service::{traits::NetworkService, NotificationMetrics},
	NetworkBackend, NotificationService, ProtocolName,
};
use sc_network_sync::SyncingService;
use sc_service::{Configuration, Error, Role, TaskManager};
use sc_telemetry::TelemetryHandle;
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_keystore::KeystorePtr;
use std::{sync::Arc, time::Duration};
use substrate_prometheus_endpoint::Registry;

/// How long a vote may take to reach the others.
const GOSSIP_DURATION: Duration = Duration::from_millis(1_000);
/// Blocks between justifications that the voter makes.
const JUSTIFICATION_PERIOD: u32 = 512;

/// What GRANDPA's protocol is called on this chain.
pub fn protocol_name(genesis: &Hash, config: &Configuration) -> ProtocolName {
	sc_consensus_grandpa::protocol_standard_name(genesis, &config.chain_spec)
}

/// GRANDPA's protocol.
pub fn protocol<Network: NetworkBackend<Block, Hash>>(
	genesis: &Hash,
	config: &Configuration,
	metrics: NotificationMetrics,
	peers: Arc<dyn sc_network::peer_store::PeerStoreProvider>,
) -> (Network::NotificationProtocolConfig, Box<dyn NotificationService>) {
	sc_consensus_grandpa::grandpa_peers_set_config::<_, Network>(
		protocol_name(genesis, config),
		metrics,
		peers,
	)
}

/// Votes for blocks, and follows the votes of others.
pub struct Voter {
	pub role: Role,
	pub name: String,
	pub prometheus: Option<Registry>,
	pub keystore: KeystorePtr,
	pub protocol_name: ProtocolName,
	pub notifications: Box<dyn NotificationService>,
	pub link: GrandpaLink,
	pub voter_state: SharedVoterState,
}

impl Voter {
	/// Starts voting. A node that is no authority runs the same voter, without keys.
	pub fn vote(
		self,
		network: Arc<dyn NetworkService>,
		sync: Arc<SyncingService<Block>>,
		offchain_tx_pool_factory: OffchainTransactionPoolFactory<Block>,
		tasks: &TaskManager,
		telemetry: Option<TelemetryHandle>,
	) -> Result<(), Error> {
		let voter = sc_consensus_grandpa::run_grandpa_voter(GrandpaParams {
			config: Config {
				gossip_duration: GOSSIP_DURATION,
				justification_generation_period: JUSTIFICATION_PERIOD,
				name: Some(self.name),
				observer_enabled: false,
				keystore: self.role.is_authority().then_some(self.keystore),
				local_role: self.role,
				telemetry: telemetry.clone(),
				protocol_name: self.protocol_name,
			},
			link: self.link,
			network,
			sync,
			notification_service: self.notifications,
			voting_rule: VotingRulesBuilder::default().build(),
			prometheus_registry: self.prometheus,
			shared_voter_state: self.voter_state,
			telemetry,
			offchain_tx_pool_factory,
		})?;
		tasks.spawn_essential_handle().spawn_blocking("grandpa-voter", None, voter);
		Ok(())
	}
}
