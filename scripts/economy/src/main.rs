// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! The economy of the chain. `scripts/simulate-economy` and `scripts/soak economy` call it.

use clap::{Parser, Subcommand};
use picasso_economy::{
	walk::{self, Done},
	year::{self, Plan, Record},
};
use std::{
	fs::File,
	io::{BufWriter, Write},
	path::PathBuf,
	sync::{
		atomic::{AtomicBool, AtomicU64, Ordering},
		Mutex,
	},
	time::{Duration, Instant},
};

/// The economy of the chain, by the calls that people make.
#[derive(Parser)]
struct Options {
	#[command(subcommand)]
	command: Command,
}

#[derive(Subcommand)]
enum Command {
	/// Walks through all that people can do, at random.
	Walk(Walks),
	/// Lets a year pass, and writes it down.
	Year(Writing),
}

/// What year, and where it is written.
#[derive(clap::Args)]
struct Writing {
	#[command(flatten)]
	plan: Plan,

	/// The table, a row for each era.
	#[arg(long, default_value = "economy.csv")]
	csv: PathBuf,

	/// The picture.
	#[arg(long, default_value = "economy.svg")]
	svg: PathBuf,
}

/// How far to walk.
#[derive(clap::Args)]
struct Walks {
	/// The seed of the first walk; the others have the next ones.
	#[arg(long, default_value_t = 0)]
	seed: u64,

	/// Operations of a walk, those of its end not counted.
	#[arg(long, default_value_t = 4_000)]
	length: u64,

	/// Operations after which no further walk is begun.
	#[arg(long, default_value_t = u64::MAX)]
	operations: u64,

	/// Walks after which no further one is begun.
	#[arg(long, default_value_t = u64::MAX)]
	walks: u64,

	/// Walks at a time.
	#[arg(long, default_value_t = 1)]
	threads: usize,

	/// Tells what came of each kind of operation.
	#[arg(long)]
	outcomes: bool,
}

fn main() {
	let done = match Options::parse().command {
		Command::Walk(walks) => walk_all(&walks),
		Command::Year(writing) => simulate(&writing),
	};
	if let Err(error) = done {
		eprintln!("error: {error}");
		std::process::exit(1);
	}
}

/// Walks one after the other, in each thread, and tells how far it has come once a minute.
fn walk_all(options: &Walks) -> Result<(), String> {
	if options.operations == u64::MAX && options.walks == u64::MAX {
		return Err("name a number of operations, or of walks".into());
	}
	let since = Instant::now();
	let (next, failed) = (AtomicU64::new(0), AtomicBool::new(false));
	let (all, told) = (Mutex::new(Done::default()), Mutex::new(Instant::now()));
	let failures = Mutex::new(Vec::new());
	std::thread::scope(|scope| {
		for _ in 0..options.threads.max(1) {
			scope.spawn(|| loop {
				let over = all.lock().expect("nobody panics").operations >= options.operations;
				let number = next.fetch_add(1, Ordering::Relaxed);
				if over || failed.load(Ordering::Relaxed) || number >= options.walks {
					return;
				}
				match walk::walk(options.seed + number, options.length) {
					Ok(done) => {
						let mut all = all.lock().expect("nobody panics");
						all.add(done);
						let mut told = told.lock().expect("nobody panics");
						if told.elapsed() >= Duration::from_secs(60) {
							*told = Instant::now();
							println!("{all}, after {} s", since.elapsed().as_secs());
						}
					},
					Err(failure) => {
						failed.store(true, Ordering::Relaxed);
						failures.lock().expect("nobody panics").push(failure);
					},
				}
			});
		}
	});
	let all = all.into_inner().expect("nobody panics");
	if options.outcomes {
		for ((kind, outcome), count) in &all.outcomes {
			println!("{kind}: {outcome} {count}");
		}
		for (what, count) in &all.noticed {
			println!("noticed: {what} {count}");
		}
	}
	println!("{all}, in {} s", since.elapsed().as_secs());
	match failures.into_inner().expect("nobody panics").first() {
		Some(failure) => Err(failure.to_string()),
		None => Ok(()),
	}
}

/// Lets a year pass, writes it down, and tells how it was.
fn simulate(writing: &Writing) -> Result<(), String> {
	let Writing { plan, csv, svg } = writing;
	let since = Instant::now();
	let failed = |error: std::io::Error| format!("{}: {error}", csv.display());
	let mut table = BufWriter::new(File::create(csv).map_err(failed)?);
	let mut written = Ok(());
	let mut told = Instant::now();
	let year = year::simulate(plan, |record| {
		let mut write = |line: String| writeln!(table, "{line}");
		if record.era == 1 {
			written = write(record.header());
		}
		if written.is_ok() {
			written = write(record.row());
		}
		if told.elapsed() >= Duration::from_secs(30) {
			told = Instant::now();
			eprintln!("Era {} after {} s.", record.era, since.elapsed().as_secs());
		}
	})?;
	written.and_then(|()| table.flush()).map_err(failed)?;
	year::draw(&year.records, svg)?;
	let Some(last) = year.records.last() else { return Err("no era has passed".into()) };
	summarise(&year, last);
	println!(
		"\nMoney was counted in each of {} eras, and all invariants checked {} times: all held.\n\
		The table is {}, the picture {}. It took {} s.",
		year.records.len(),
		year.checks,
		csv.display(),
		svg.display(),
		since.elapsed().as_secs()
	);
	Ok(())
}

fn summarise(year: &year::Year, last: &Record) {
	let (paid, due) = last.yields_in_all();
	let (done, accepted) = year.operations;
	println!("{done} operations, {accepted} of them accepted.");
	println!(
		"Fixed yield: {paid:.0} PICA of {due:.0} due; {:.0} were made, {:.0} are in the pot. Burned: {:.0}.",
		last.emitted_in_all, last.pot, last.burned_in_all
	);
	let sums = year.records.iter().fold([0.0; 4], |mut sums, record| {
		for (sum, worth) in sums.iter_mut().zip(record.revenue_worth) {
			*sum += worth;
		}
		sums
	});
	let all: f64 = sums.iter().sum();
	let names = ["restakers", "PICA stakers", "operators", "treasury"];
	let parts: Vec<_> = names
		.iter()
		.zip(sums)
		.map(|(name, sum)| format!("{name} {:.1} %", sum / all.max(1.0) * 100.0))
		.collect();
	println!("Revenue: worth {all:.0} PICA; {}.", parts.join(", "));
	println!(
		"{:<10}{:>18}{:>13}{:>10}{:>10}{:>16}",
		"vault", "staked", "share", "fixed %", "revenue %", "slashed"
	);
	for (at, vault) in last.vaults.iter().enumerate() {
		let count = year.records.len().max(1) as f64;
		let mean =
			|value: &dyn Fn(&Record) -> f64| year.records.iter().map(value).sum::<f64>() / count;
		println!(
			"{:<10}{:>18.3}{:>13.6}{:>10.3}{:>10.3}{:>16.4}",
			vault.symbol,
			vault.stake,
			vault.share_price,
			mean(&|record| record.vaults[at].fixed_yield),
			mean(&|record| record.vaults[at].revenue_yield),
			vault.slashed
		);
	}
	let noticed: Vec<_> =
		year.noticed.iter().map(|(what, count)| format!("{what} {count}")).collect();
	println!("Noticed: {}.", noticed.join(", "));
}
