// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! Runs the runtime's benchmarks: `frame-omni-bencher`, built from the workspace's own dependencies.
//! `scripts/benchmark` calls it.

use clap::Parser;
use frame_benchmarking_cli::PalletCmd;
use sp_runtime::traits::BlakeTwo256;

fn main() -> sc_cli::Result<()> {
	let command = PalletCmd::parse();
	let mut logger = sc_cli::LoggerBuilder::new("warn,frame=info");
	logger.with_colors(false);
	logger.init()?;
	command.run_with_spec::<BlakeTwo256, sp_io::SubstrateHostFunctions>(None)
}
