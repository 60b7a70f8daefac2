// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! Measures what the restaking ledger costs with few restakers and with many, natively and as Wasm, and
//! beside it what a user would use instead. `scripts/bench-ledger` calls it.

mod goals;
mod measure;
mod native;
mod report;
mod wasm;

use clap::Parser;
use measure::{count_accesses, measure_claims, measure_pool_slash, measure_rounds, Effort};
use native::Native;
use report::{grouped, Mode, Report};
use std::time::Instant;
use wasm::Wasm;

/// How many positions are added to find out how many bytes each takes.
const POSITIONS_WEIGHED: u32 = 1_000;
/// The most members of a nomination pool that are told of a slash. Of more, it would take half an hour.
const MEMBERS_TOLD: u32 = 100_000;
/// And in a larger population.
const MEMBERS_TOLD_OF_MANY: u32 = 10_000;

/// Measures the cost of the restaking ledger, beside that of nomination pools and of asset rewards.
#[derive(Parser)]
struct Options {
	/// How many restakers there are in the pool.
	#[arg(long, value_delimiter = ',', default_values_t = [10, 1_000, 100_000, 1_000_000])]
	restakers: Vec<u32>,

	/// How many times each step is measured.
	#[arg(long, default_value_t = 101)]
	samples: u32,

	/// Only natively: quick.
	#[arg(long)]
	native_only: bool,

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
	options.restakers.sort_unstable();
	options.restakers.dedup();
	let Some(fewest) = options.restakers.first().copied().filter(|fewest| *fewest > 0) else {
		return Err("there must be restakers".into());
	};
	let bytes = bytes_per_position();
	let mut smallest = Native::new();
	smallest.populate(fewest);
	let reports = options
		.restakers
		.iter()
		.map(|population| measure_population(&mut smallest, *population, &options))
		.collect::<Result<Vec<_>, _>>()?;
	if options.csv {
		report::print_csv(&reports);
	} else {
		report::print_table(&reports);
		goals::print(&goals::goals(&reports, &bytes));
		goals::print_scaling(&reports);
	}
	Ok(())
}

/// Measures all there is to measure of a population, in turns with the smallest one.
fn measure_population(
	smallest: &mut Native,
	population: u32,
	options: &Options,
) -> Result<Report, String> {
	let effort = Effort {
		samples: options.samples,
		members: if population > MEMBERS_TOLD { MEMBERS_TOLD_OF_MANY } else { MEMBERS_TOLD },
	};
	let start = Instant::now();
	let say = |what: &str| {
		let seconds = start.elapsed().as_secs();
		eprintln!("{} restakers: {what} after {seconds} s", grouped(population));
	};
	let mut chain = Native::new();
	let growth = chain.populate(population);
	say("there");
	let (mut times, of_smallest) = measure_rounds(&mut chain, smallest, effort)?;
	chain.undoing(|chain| measure_claims(chain, &mut times, effort))?;
	let pool_slash = chain.undoing(|chain| measure_pool_slash(chain, population, effort))?;
	let native = Mode { times, smallest: of_smallest, pool_slash };
	say("measured natively");
	if options.native_only {
		return Ok(Report { population, native, wasm: None, accesses: Default::default(), growth });
	}

	let state = chain.entries();
	// There is not memory for it and for the trie.
	drop(chain);
	let accesses = count_accesses(&state)?;
	say("counted");
	let mut many = Wasm::of(&state, false)?;
	drop(state);
	let mut few = Wasm::of(&smallest.entries(), false)?;
	let (mut times, of_smallest) = measure_rounds(&mut many, &mut few, effort)?;
	let pool_slash = measure_pool_slash(&mut many, population, effort)?;
	measure_claims(&mut many, &mut times, effort)?;
	let wasm = Some(Mode { times, smallest: of_smallest, pool_slash });
	say("measured as Wasm");
	Ok(Report { population, native, wasm, accesses, growth })
}

/// Bytes of our own state per position, by the number of currencies that its pool earns.
fn bytes_per_position() -> Vec<(u32, f64)> {
	let mut chain = Native::new();
	[0, 1, 2, 8]
		.map(|currencies| (currencies, chain.own_bytes_per_position(currencies, POSITIONS_WEIGHED)))
		.to_vec()
}
