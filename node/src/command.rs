// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! Does what the command line says.

use crate::{
	chain_spec,
	cli::{Cli, Command},
	preflight, service,
};
use sc_cli::SubstrateCli;
use sc_service::{Configuration, PartialComponents};
use sp_core::crypto::{set_default_ss58_version, Ss58AddressFormat};

/// Addresses start as those of Picasso do.
const SS58_PREFIX: u16 = 49;

impl SubstrateCli for Cli {
	fn impl_name() -> String {
		"Picasso Node".into()
	}

	fn impl_version() -> String {
		env!("SUBSTRATE_CLI_IMPL_VERSION").into()
	}

	fn description() -> String {
		env!("CARGO_PKG_DESCRIPTION").into()
	}

	fn author() -> String {
		env!("CARGO_PKG_AUTHORS").into()
	}

	fn support_url() -> String {
		concat!(env!("CARGO_PKG_REPOSITORY"), "/issues").into()
	}

	fn copyright_start_year() -> i32 {
		2026
	}

	fn load_spec(&self, id: &str) -> Result<Box<dyn sc_service::ChainSpec>, String> {
		Ok(Box::new(chain_spec::load(id)?))
	}
}

/// Reads the command line and does what it says.
pub fn run() -> sc_cli::Result<()> {
	set_default_ss58_version(Ss58AddressFormat::custom(SS58_PREFIX));
	let cli = Cli::from_args();
	match &cli.subcommand {
		None => run_node(&cli),
		Some(Command::Key(command)) => command.run(&cli),
		Some(Command::ExportChainSpec(command)) => command.run(cli.load_spec(&command.chain)?),
		Some(Command::PurgeChain(command)) => {
			cli.create_runner(command)?.sync_run(|config| command.run(config.database))
		},
		Some(Command::ChainInfo(command)) => cli
			.create_runner(command)?
			.sync_run(|config| command.run::<picasso_runtime::Block>(&config)),
		Some(Command::CheckBlock(command)) => cli.create_runner(command)?.async_run(|config| {
			let PartialComponents { client, import_queue, task_manager, .. } = parts(&config)?;
			Ok((command.run(client, import_queue), task_manager))
		}),
		Some(Command::ImportBlocks(command)) => cli.create_runner(command)?.async_run(|config| {
			let PartialComponents { client, import_queue, task_manager, .. } = parts(&config)?;
			Ok((command.run(client, import_queue), task_manager))
		}),
		Some(Command::ExportBlocks(command)) => cli.create_runner(command)?.async_run(|config| {
			let PartialComponents { client, task_manager, .. } = parts(&config)?;
			Ok((command.run(client, config.database), task_manager))
		}),
		Some(Command::ExportState(command)) => cli.create_runner(command)?.async_run(|config| {
			let PartialComponents { client, task_manager, .. } = parts(&config)?;
			Ok((command.run(client, config.chain_spec), task_manager))
		}),
		Some(Command::Revert(command)) => cli.create_runner(command)?.async_run(|config| {
			let PartialComponents { client, backend, task_manager, .. } = parts(&config)?;
			Ok((
				command.run(client, backend, Some(Box::new(service::revert_consensus))),
				task_manager,
			))
		}),
	}
}

fn parts(config: &Configuration) -> Result<service::Parts, sc_cli::Error> {
	service::parts(config, None).map_err(Into::into)
}

fn run_node(cli: &Cli) -> sc_cli::Result<()> {
	cli.create_runner(&cli.run)?.run_node_until_exit(|config| async move {
		preflight::ensure_ports_are_free(&config)?;
		preflight::ensure_disk_has_room(&config, &cli.storage_monitor)?;
		let database = config.database.path().map(Into::into);
		let task_manager = service::start(config, cli.sealing)?;
		if let Some(path) = database {
			sc_storage_monitor::StorageMonitorService::try_spawn(
				cli.storage_monitor.clone(),
				path,
				&task_manager.spawn_essential_handle(),
			)
			.map_err(|error| sc_cli::Error::Application(error.into()))?;
		}
		Ok::<_, sc_cli::Error>(task_manager)
	})
}
