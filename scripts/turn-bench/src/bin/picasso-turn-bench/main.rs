// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! Measures what turns of the era cost. `scripts/bench-turn` calls it.

mod scene;

use clap::Parser;
use picasso_runtime::{configs::system::RuntimeBlockWeights, BlockNumber};
use picasso_turn_bench::chain::{Block, Chain, Load};
use scene::Scene;
use std::time::{Duration, Instant};

/// Turns before the one that is measured: the first tables come, and then each that is built has one to
/// forget.
const TURNS_BEFORE: u32 = 2;

/// Measures what turns of the era cost: with few AVSs and with many, and with few restakers and with many.
#[derive(Parser)]
struct Options {
	/// How many AVSs there are, in one chain after the other.
	#[arg(long, value_delimiter = ',', default_values_t = [1, 100, 1_000])]
	avss: Vec<u32>,

	/// How many operators stand for each.
	#[arg(long, default_value_t = 100)]
	operators: u32,

	/// How many assets each takes; each operator has a pool for each.
	#[arg(long, default_value_t = 4)]
	assets: u32,

	/// How many restakers there are over all pools, on chains of one AVS.
	#[arg(long, value_delimiter = ',', default_values_t = [10, 1_000, 100_000, 1_000_000])]
	restakers: Vec<u32>,

	/// Blocks of an era.
	#[arg(long, default_value_t = 600)]
	era_length: BlockNumber,

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

fn run(options: Options) -> Result<(), String> {
	let Options { operators, assets, era_length, .. } = options;
	if operators == 0 || assets == 0 || options.avss.contains(&0) {
		return Err("there must be AVSs, operators and assets".into());
	}
	let of = |avss, restakers| Scene { avss, operators, assets, restakers, era_length };
	print_head(options.csv);
	let mut turns = Vec::new();
	for avss in &options.avss {
		turns.extend(measure(of(*avss, 10), options.csv)?);
	}
	let mut alike = Vec::new();
	for restakers in &options.restakers {
		alike.extend(measure(of(1, *restakers), options.csv)?);
	}
	turns.extend(&alike);
	judge(&turns, &alike)
}

/// What is done as an era begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Work {
	/// Tables are built; what is paid in the last block is part of it.
	Turn,
	/// The rest is paid.
	Pay,
}

/// What the turn of an era took, or what is paid then.
#[derive(Clone, Copy)]
struct Turn {
	scene: Scene,
	work: Work,
	load: Load,
	blocks: usize,
	/// The largest and the median part of a block's weight that was used when all else was done.
	idle: (f64, f64),
	/// The largest part of a block's weight that was used at all, of blocks in which the turn got on: the
	/// end of a session takes all of a block, by what its pallet declares.
	total: f64,
	/// The longest and the median time of a block.
	time: (Duration, Duration),
	reads: u32,
	writes: u32,
}

/// Measures a turn with empty blocks, and one with full ones.
fn measure(scene: Scene, csv: bool) -> Result<Vec<Turn>, String> {
	let start = Instant::now();
	let mut chain = Chain::of(scene::storage(scene)?)?;
	eprintln!("{scene:?}: there after {} s", start.elapsed().as_secs());
	for _ in 0..TURNS_BEFORE {
		chain.turn(scene.era_length, Load::Empty)?;
		chain.pay(scene.era_length, Load::Empty)?;
	}
	let mut turns = Vec::new();
	for load in [Load::Empty, Load::Full] {
		let built = chain.turn(scene.era_length, load)?;
		let paid = chain.pay(scene.era_length, load)?;
		for (work, blocks) in [(Work::Turn, built), (Work::Pay, paid)] {
			let turn = Turn::of(scene, work, load, &blocks);
			turn.print(csv);
			turns.push(turn);
		}
	}
	Ok(turns)
}

impl Turn {
	fn of(scene: Scene, work: Work, load: Load, blocks: &[Block]) -> Self {
		let limit = RuntimeBlockWeights::get().max_block.ref_time() as f64;
		let mut idle: Vec<_> =
			blocks.iter().map(|block| block.idle.ref_time() as f64 / limit).collect();
		idle.sort_by(f64::total_cmp);
		let mut times: Vec<_> = blocks.iter().map(|block| block.time).collect();
		times.sort();
		let middle = blocks.len() / 2;
		let last = blocks.len().saturating_sub(1);
		let at = |of: &[f64], place: usize| of.get(place).copied().unwrap_or_default();
		let time = |place: usize| times.get(place).copied().unwrap_or_default();
		Self {
			scene,
			work,
			load,
			blocks: blocks.len(),
			idle: (at(&idle, last), at(&idle, middle)),
			total: blocks
				.iter()
				.filter(|block| block.idle.ref_time() > 0)
				.map(|block| block.total.ref_time() as f64 / limit)
				.fold(0.0, f64::max),
			time: (time(last), time(middle)),
			reads: blocks.iter().map(|block| block.reads).sum(),
			writes: blocks.iter().map(|block| block.writes).sum(),
		}
	}

	fn print(&self, csv: bool) {
		let Scene { avss, operators, assets, restakers, .. } = self.scene;
		let load = if self.load == Load::Full { "full" } else { "empty" };
		let work = if self.work == Work::Pay { "pay" } else { "turn" };
		let millis = |time: Duration| time.as_secs_f64() * 1_000.0;
		let (largest, median) = (self.idle.0 * 100.0, self.idle.1 * 100.0);
		let (longest, middle) = (millis(self.time.0), millis(self.time.1));
		let Self { blocks, reads, writes, .. } = self;
		let total = self.total * 100.0;
		if csv {
			println!(
				"{avss},{operators},{assets},{restakers},{work},{load},{blocks},{largest:.3},{median:.3},{total:.3},\
				{longest:.2},{middle:.2},{reads},{writes}"
			);
		} else {
			println!(
				"{avss:>6}{operators:>11}{assets:>8}{restakers:>11}{work:>6}{load:>8}{blocks:>8}{largest:>10.2}\
				{median:>9.2}{total:>9.2}{longest:>11.1}{middle:>9.1}{reads:>10}{writes:>8}"
			);
		}
	}
}

fn print_head(csv: bool) {
	if csv {
		println!(
			"avss,operators,assets,restakers,work,load,blocks,idle_largest_percent,idle_median_percent,\
			block_largest_percent,longest_ms,median_ms,reads,writes"
		);
		return;
	}
	println!("{EXPLANATION}\n");
	println!(
		"{:>6}{:>11}{:>8}{:>11}{:>6}{:>8}{:>8}{:>19}{:>9}{:>20}{:>18}",
		"AVSs",
		"operators",
		"assets",
		"restakers",
		"work",
		"load",
		"blocks",
		"idle %",
		"all %",
		"ms",
		"keys"
	);
	println!(
		"{:>58}{:>10}{:>9}{:>9}{:>11}{:>9}{:>10}{:>8}",
		"", "largest", "median", "largest", "longest", "median", "read", "written"
	);
}

const EXPLANATION: &str = "\
The third turn of an era, over blocks that are empty, and the fourth, over blocks that transactions fill as far as
they may. Beside the AVSs there is the chain as one, and the table of PICA's pools.
  turn    tables are built; what is paid in the last block of it is part of that
  pay     the rest is paid: each AVS to each of its operators' pools, yields and PICA stakers
  idle %  of a block's weight: used when all else of it was done; by the weights that the runtime declares
  all %   of a block's weight: used in all, where the turn got on; the end of a session leaves it no room
  ms      to execute a block natively, its state in a trie in memory, its state root included: a look-up in it
          takes the longer the larger all of state is, restakers' positions included
  keys    of all blocks of the turn, each once in a block, those that every block touches included";

/// Whether no block was over its limit, and restakers made no difference.
fn judge(turns: &[Turn], alike: &[Turn]) -> Result<(), String> {
	if turns.iter().any(|turn| turn.total > 1.0) {
		return Err("a block was over its limit".into());
	}
	eprintln!("No block was over its limit.");
	for load in [Load::Empty, Load::Full] {
		let mut costs = alike
			.iter()
			.filter(|turn| turn.load == load && turn.work == Work::Turn)
			.map(|turn| (turn.blocks, turn.reads, turn.writes, turn.idle));
		let first = costs.next();
		if costs.any(|cost| Some(cost) != first) {
			return Err("a turn costs more or less with other numbers of restakers".into());
		}
	}
	eprintln!(
		"A turn's weight, and what it reads and writes, is the same with all numbers of restakers."
	);
	Ok(())
}
