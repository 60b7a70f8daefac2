// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! What the command line takes.

use clap::{Parser, Subcommand, ValueEnum};

/// A proof-of-stake chain that pools the security of many assets.
#[derive(Debug, Parser)]
pub struct Cli {
	/// What to do instead of running a node.
	#[command(subcommand)]
	pub subcommand: Option<Command>,

	/// How to run a node.
	#[clap(flatten)]
	pub run: sc_cli::RunCmd,

	/// Make blocks on demand instead of by slots, for tests: alone, without BABE's timing and without
	/// GRANDPA.
	#[arg(long, value_enum, value_name = "WHEN")]
	pub sealing: Option<Sealing>,

	/// When to stop for want of disk.
	#[clap(flatten)]
	pub storage_monitor: sc_storage_monitor::StorageMonitorParams,
}

/// When a block is made on demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Sealing {
	/// Whenever a transaction waits, and when the RPC `engine_createBlock` asks. A block for a
	/// transaction is final at once: clients are told so without being told first that it is in a block.
	Instant,
	/// When the RPC `engine_createBlock` asks.
	Manual,
}

/// What the node can do beside running.
#[derive(Debug, Subcommand)]
#[allow(clippy::large_enum_variant)]
pub enum Command {
	/// Keys: make, inspect and insert them.
	#[command(subcommand)]
	Key(sc_cli::KeySubcommand),

	/// Write a network's chain spec.
	ExportChainSpec(sc_cli::ExportChainSpecCmd),

	/// Validate blocks.
	CheckBlock(sc_cli::CheckBlockCmd),

	/// Write blocks to a file.
	ExportBlocks(sc_cli::ExportBlocksCmd),

	/// Write the state of a block as a chain spec.
	ExportState(sc_cli::ExportStateCmd),

	/// Read blocks from a file.
	ImportBlocks(sc_cli::ImportBlocksCmd),

	/// Remove a chain's database.
	PurgeChain(sc_cli::PurgeChainCmd),

	/// Revert the chain by a number of blocks.
	Revert(sc_cli::RevertCmd),

	/// Tell what the database holds.
	ChainInfo(sc_cli::ChainInfoCmd),
}
