// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! Measures what a slash costs, from the report to the payout, and what it takes to verify evidence.
//! `scripts/bench-slash` calls it.

mod clock;
mod goals;
mod path;
mod report;
mod scene;
mod verification;

use clap::Parser;
use scene::Scene;

/// Measures what a slash costs from the report to the payout, with few restakers and with many, and with few
/// pools and with many; and what it takes to verify evidence.
#[derive(Parser)]
struct Options {
	/// How many restakers there are over the pools that are slashed, in one chain after the other.
	#[arg(long, value_delimiter = ',', default_values_t = [10, 1_000, 100_000, 1_000_000])]
	restakers: Vec<u32>,

	/// How many pools are slashed; each 16 are another operator's.
	#[arg(long, value_delimiter = ',', default_values_t = [1, 4, 16, 32])]
	pools: Vec<u32>,

	/// How many operators there are in the AVS's table.
	#[arg(long, default_value_t = 100)]
	operators: u32,

	/// How many times each step of the path is measured.
	#[arg(long, default_value_t = 1_001)]
	samples: u32,

	/// How many times verification is measured.
	#[arg(long, default_value_t = 1_001)]
	checks: u32,

	/// A table for machines.
	#[arg(long)]
	csv: bool,
}

fn main() {
	if let Err(error) = run(Options::parse()) {
		eprintln!("error: {error}");
		std::process::exit(1);
	}
}

fn run(mut options: Options) -> Result<(), String> {
	let Options { operators, samples, checks, csv, .. } = options;
	for list in [&mut options.restakers, &mut options.pools] {
		list.sort_unstable();
		list.dedup();
	}
	if options.restakers.contains(&0) || options.pools.contains(&0) || samples == 0 || checks == 0 {
		return Err("there must be restakers, pools and samples".into());
	}
	let verifications = verification::measure(operators, checks)?;
	report::print_verifications(&verifications, csv);
	report::print_head(csv);
	let mut paths = Vec::new();
	for pools in &options.pools {
		for restakers in &options.restakers {
			let scene = Scene { restakers: *restakers, pools: *pools, operators };
			let path = path::measure(scene, samples)?;
			report::print_path(&path, csv);
			paths.push(path);
		}
	}
	if !csv {
		goals::print(&goals::goals(&verifications, &paths));
	}
	Ok(())
}
