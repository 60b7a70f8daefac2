// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! What was found, as tables.

use crate::{
	measure::{PoolSlash, Times},
	native::Growth,
};
use picasso_ledger_bench_runtime::meter::{Accesses, Step};
use std::collections::BTreeMap;

/// What was measured in one way of execution.
pub struct Mode {
	/// How long steps took.
	pub times: Times,
	/// How long they took with the smallest population, in turns with these.
	pub smallest: Times,
	/// What a slash of a nomination pool costs.
	pub pool_slash: PoolSlash,
}

impl Mode {
	/// How long a step takes, in microseconds.
	pub fn micros(&self, step: Step) -> Option<f64> {
		match step {
			Step::PoolSlash => Some(self.pool_slash.pool),
			Step::PoolApplySlash => Some(self.pool_slash.member),
			_ => self.times.median(step),
		}
	}

	/// How long a step takes, in bare transfers.
	pub fn transfers(&self, step: Step) -> Option<f64> {
		Some(self.micros(step)? / self.micros(Step::AssetTransfer)?)
	}

	/// A step against the same step of nomination pools.
	pub fn of_nomination_pools(&self, step: Step) -> Option<f64> {
		let theirs = match counterpart(step)? {
			Step::PoolSlash => self.pool_slash.all,
			theirs => self.micros(theirs)?,
		};
		Some(self.micros(step)? / theirs)
	}

	/// A step against another that it was measured in turns with, in the same state.
	pub fn of_other(&self, step: Step, other: Step) -> Option<f64> {
		Some(self.times.median(step)? / self.times.median(other)?)
	}

	/// A step against the same with the smallest population.
	pub fn of_smallest(&self, step: Step) -> Option<f64> {
		Some(self.times.median(step)? / self.smallest.median(step)?)
	}
}

/// What was measured of one population.
pub struct Report {
	/// How many restakers there are in the pool.
	pub population: u32,
	/// Natively, in memory.
	pub native: Mode,
	/// As Wasm, with a trie.
	pub wasm: Option<Mode>,
	/// What steps touched in the trie.
	pub accesses: BTreeMap<Step, Accesses>,
	/// What the last of the restakers added to state, each.
	pub growth: Growth,
}

/// The step of nomination pools that does what a step does.
pub fn counterpart(step: Step) -> Option<Step> {
	Some(match step {
		Step::Stake | Step::Stake8 | Step::RewardsStake => Step::PoolJoin,
		Step::StakeMore | Step::RewardsStakeMore => Step::PoolBondExtra,
		Step::Unstake | Step::RewardsUnstake => Step::PoolUnbond,
		Step::UnstakeRest | Step::Unstake8 | Step::RewardsUnstakeRest => Step::PoolUnbondRest,
		Step::Withdraw => Step::PoolWithdraw,
		Step::Claim1 | Step::RewardsHarvest => Step::PoolClaim,
		Step::Slash1 => Step::PoolSlash,
		_ => return None,
	})
}

/// Titles of groups and of steps, in order.
const ROWS: &[(&str, &[(Step, &str)])] = &[
	(
		"bare",
		&[
			(Step::Remark, "an empty call"),
			(Step::AssetTransfer, "assets.transfer"),
			(Step::NativeTransfer, "balances.transfer_allow_death"),
		],
	),
	(
		"restaking (ours)",
		&[
			(Step::Stake, "stake, new position"),
			(Step::StakeMore, "stake, same position"),
			(Step::Stake8, "stake, new, 8 currencies"),
			(Step::Unstake, "unstake, half"),
			(Step::UnstakeRest, "unstake, the rest"),
			(Step::Unstake8, "unstake, all, 8 currencies"),
			(Step::Withdraw, "withdraw"),
			(Step::Claim1, "claim, 1 currency"),
			(Step::Claim2, "claim, 2 currencies"),
			(Step::Claim8, "claim, 8 currencies"),
			(Step::ClaimAfterEra, "claim, 2, after 1 era"),
			(Step::ClaimAfterEras, "claim, 2, after 10,000 eras"),
			(Step::ClaimOfMany, "claim, 2, from this pool"),
			(Step::ClaimOfFew, "claim, 2, from one of 10"),
			(Step::Slash1, "slash of 1 pool"),
			(Step::SlashFew, "slash of 1 pool of 10 restakers"),
			(Step::Slash8, "slash of 8 pools"),
		],
	),
	(
		"nomination pools",
		&[
			(Step::PoolJoin, "join"),
			(Step::PoolBondExtra, "bond_extra"),
			(Step::PoolUnbond, "unbond, half"),
			(Step::PoolUnbondRest, "unbond, the rest"),
			(Step::PoolWithdraw, "withdraw_unbonded"),
			(Step::PoolClaim, "claim_payout"),
			(Step::PoolSlash, "slash of the pool"),
			(Step::PoolApplySlash, "apply_slash, each member"),
		],
	),
	(
		"asset rewards",
		&[
			(Step::RewardsStake, "stake, new"),
			(Step::RewardsStakeMore, "stake, more"),
			(Step::RewardsUnstake, "unstake, half"),
			(Step::RewardsUnstakeRest, "unstake, the rest"),
			(Step::RewardsHarvest, "harvest_rewards"),
		],
	),
];

/// The tables for reading.
pub fn print_table(reports: &[Report]) {
	println!("{EXPLANATION}");
	for report in reports {
		print_population(report);
	}
}

const EXPLANATION: &str = "\
Times are medians of single dispatches, in microseconds. Native: in memory, without a trie. Wasm: compiled by
wasmtime as in a node, state in a trie over a database in memory, whose caches are empty before each step but for
what every block touches; the writes' way into the trie and the state root are not in the time, as in weights.
  /transfer  in bare transfers of an asset, measured in the same way of execution with the same population
  /n.p.      against the step of nomination pools that does the same; a slash against one whose members all know
  /smallest  against the same step with the smallest population, measured in turns with it
Claims of 2 currencies after eras, and from pools of many and of 10, are measured in turns in one state.
Reads and writes are keys of all pallets, each once, and in brackets those of the restaking ledger.";

fn print_population(report: &Report) {
	let Report { population, native, wasm, accesses, growth } = report;
	println!("\n{} RESTAKERS IN THE POOL\n", grouped(*population));
	println!(
		"{:<34}{:>10}{:>10}{:>10}{:>10} |{:>10}{:>10}{:>8}{:>10}{:>9}{:>9}",
		"",
		"native us",
		"/transfer",
		"/n.p.",
		"/smallest",
		"Wasm us",
		"/transfer",
		"/n.p.",
		"/smallest",
		"reads",
		"writes",
	);
	for (group, rows) in ROWS {
		println!("{group}");
		for (step, title) in *rows {
			let touched = accesses.get(step);
			let keys = |all: u32, own: u32| match own {
				0 => format!("{all}    "),
				own => format!("{all} ({own})"),
			};
			println!(
				"  {title:<32}{:>10}{:>10}{:>10}{:>10} |{:>10}{:>10}{:>8}{:>10}{:>9}{:>9}",
				number(native.micros(*step), 2),
				number(native.transfers(*step), 2),
				number(native.of_nomination_pools(*step), 3),
				number(native.of_smallest(*step), 2),
				number(wasm.as_ref().and_then(|mode| mode.micros(*step)), 1),
				number(wasm.as_ref().and_then(|mode| mode.transfers(*step)), 2),
				number(wasm.as_ref().and_then(|mode| mode.of_nomination_pools(*step)), 3),
				number(wasm.as_ref().and_then(|mode| mode.of_smallest(*step)), 2),
				touched.map_or(String::new(), |keys_of| keys(keys_of.reads, keys_of.own_reads)),
				touched.map_or(String::new(), |keys_of| keys(keys_of.writes, keys_of.own_writes)),
			);
		}
	}
	for (name, mode) in [("natively", Some(native)), ("as Wasm", wasm.as_ref())] {
		let Some(Mode { pool_slash, .. }) = mode else { continue };
		let told = if pool_slash.members_told < *population {
			format!("extrapolated from {} members", grouped(pool_slash.members_told))
		} else {
			"every member measured".into()
		};
		println!(
			"a slash of the nomination pool until all {} members know, {name}: {:.3} s ({told})",
			grouped(*population),
			pool_slash.all / 1_000_000.0,
		);
	}
	println!(
		"bytes of state per position, all pallets: {:.1} ours, {:.1} nomination pools, {:.1} asset rewards",
		growth.ledger, growth.nomination_pools, growth.asset_rewards,
	);
}

/// The tables for machines.
pub fn print_csv(reports: &[Report]) {
	println!(
		"restakers,scheme,step,native_us,native_per_transfer,native_per_nomination_pools,wasm_us,\
		wasm_per_transfer,wasm_per_nomination_pools,reads,writes,own_reads,own_writes"
	);
	let cell = |value: Option<f64>| value.map_or(String::new(), |value| format!("{value:.4}"));
	for Report { population, native, wasm, accesses, .. } in reports {
		for (group, rows) in ROWS {
			for (step, title) in *rows {
				let keys = accesses.get(step).copied().unwrap_or_default();
				println!(
					"{population},{group},\"{title}\",{},{},{},{},{},{},{},{},{},{}",
					cell(native.micros(*step)),
					cell(native.transfers(*step)),
					cell(native.of_nomination_pools(*step)),
					cell(wasm.as_ref().and_then(|mode| mode.micros(*step))),
					cell(wasm.as_ref().and_then(|mode| mode.transfers(*step))),
					cell(wasm.as_ref().and_then(|mode| mode.of_nomination_pools(*step))),
					keys.reads,
					keys.writes,
					keys.own_reads,
					keys.own_writes,
				);
			}
		}
	}
}

/// A number with so many decimals, or nothing.
fn number(value: Option<f64>, decimals: usize) -> String {
	match value {
		// What rounds to nothing is told as what it is less than.
		Some(value) if value < 0.0005 => "<0.001".into(),
		Some(value) => format!("{value:.decimals$}"),
		None => String::new(),
	}
}

/// A count with its thousands apart.
pub fn grouped(count: u32) -> String {
	let digits = count.to_string();
	let groups: Vec<_> = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect();
	groups.join(",")
}
