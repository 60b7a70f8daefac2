// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! The goals that the ledger is built to, and whether it reaches them.

use crate::report::{grouped, Report};
use picasso_ledger_bench_runtime::meter::Step;

/// A goal and what was measured.
pub struct Goal {
	what: String,
	limit: f64,
	measured: f64,
	/// Where it is worst.
	at: String,
}

impl Goal {
	fn is_met(&self) -> bool {
		self.measured <= self.limit
	}
}

/// The most bytes of our own state per position, keys included.
const MAX_BYTES: f64 = 200.0;
/// The most of what nomination pools' same step takes.
const MAX_OF_NOMINATION_POOLS: f64 = 0.3;
/// The most that a slash or a claim may take of the same in a pool of ten, and a claim after many eras of
/// one after an era.
const MAX_OF_LESS: f64 = 1.05;
/// Pools of one asset that are slashed together.
const POOLS: f64 = 8.0;

/// The most that steps may take natively, in bare transfers.
const LIMITS: &[(Step, &str, f64)] = &[
	(Step::Stake, "stake, new position", 1.7),
	(Step::StakeMore, "stake, same position", 1.7),
	(Step::Unstake, "unstake, half", 0.7),
	(Step::UnstakeRest, "unstake, the rest", 0.7),
	(Step::Withdraw, "withdraw", 1.7),
	(Step::Claim1, "claim of 1 currency", 1.6),
	(Step::Claim2, "claim of 2 currencies", 2.6),
	(Step::Claim8, "claim of 8 currencies", 8.6),
	(Step::Slash1, "slash of one pool, proceeds moved", 2.0),
];

/// Our steps that nomination pools have too.
const SHARED: &[(Step, &str)] = &[
	(Step::Stake, "stake, new position"),
	(Step::StakeMore, "stake, same position"),
	(Step::Unstake, "unstake, half"),
	(Step::UnstakeRest, "unstake, the rest"),
	(Step::Withdraw, "withdraw"),
	(Step::Claim1, "claim of 1 currency"),
	(Step::Slash1, "slash"),
];

/// Claims, and what they must not cost more than.
const CLAIMS: &[(Step, Step, &str)] = &[
	(Step::ClaimAfterEras, Step::ClaimAfterEra, "claim after 10,000 eras against after 1"),
	(Step::ClaimOfMany, Step::ClaimOfFew, "claim from this pool against one of 10"),
];

/// Every goal that the reports say something of. `bytes` are those of a position, by currencies earned.
pub fn goals(reports: &[Report], bytes: &[(u32, f64)]) -> Vec<Goal> {
	let mut goals = Vec::new();
	scaling(reports, &mut goals);
	claims(reports, &mut goals);
	for (step, title, limit) in LIMITS {
		let worst = worst(reports, |report| report.native.transfers(*step));
		add(&mut goals, format!("{title}, natively, in bare transfers"), *limit, worst);
	}
	let further = worst(reports, |Report { native, .. }| {
		let extra = native.transfers(Step::Slash8)? - native.transfers(Step::Slash1)?;
		Some(extra / (POOLS - 1.0))
	});
	let what = "each further pool of the asset slashed, natively, in bare transfers";
	add(&mut goals, what.into(), 0.6, further);
	for (step, title) in SHARED {
		let worst = worst(reports, |report| report.wasm.as_ref()?.of_nomination_pools(*step));
		let what = format!("{title}, as Wasm, against nomination pools");
		add(&mut goals, what, MAX_OF_NOMINATION_POOLS, worst);
	}
	for (currencies, bytes) in bytes {
		goals.push(Goal {
			what: "bytes of our own state per position, keys included".into(),
			limit: MAX_BYTES,
			measured: *bytes,
			at: format!("{currencies} currencies earned"),
		});
	}
	goals
}

/// A slash costs the same however many restakers there are: in one state, which is the same to search
/// through for both.
fn scaling(reports: &[Report], goals: &mut Vec<Goal>) {
	let [smallest, .., largest] = reports else { return };
	let at = format!("{} against 10", grouped(largest.population));
	let modes = [("natively", Some(&largest.native)), ("as Wasm", largest.wasm.as_ref())];
	for (name, mode) in modes {
		let ratio = mode.and_then(|mode| mode.of_other(Step::Slash1, Step::SlashFew));
		let found = ratio.map(|ratio| (ratio, at.clone()));
		add(goals, format!("slash of one pool, {name}, in one state"), MAX_OF_LESS, found);
	}
	let keys = |report: &Report| {
		let keys = report.accesses.get(&Step::Slash1)?;
		Some((keys.reads, keys.writes))
	};
	if let (Some(few), Some(many)) = (keys(smallest), keys(largest)) {
		let apart = few.0.abs_diff(many.0) + few.1.abs_diff(many.1);
		let at =
			format!("{} against {}", grouped(largest.population), grouped(smallest.population));
		add(
			goals,
			"reads and writes of a slash that differ".into(),
			0.0,
			Some((f64::from(apart), at)),
		);
	}
}

/// A claim costs the same however long nobody asked for it, and however many restakers there are.
fn claims(reports: &[Report], goals: &mut Vec<Goal>) {
	for (step, other, title) in CLAIMS {
		let found = worst(reports, |report| report.native.of_other(*step, *other));
		add(goals, format!("{title}, natively, in one state"), MAX_OF_LESS, found);
		let found = worst(reports, |report| report.wasm.as_ref()?.of_other(*step, *other));
		add(goals, format!("{title}, as Wasm, in one state"), MAX_OF_LESS, found);
		let apart = worst(reports, |Report { accesses, .. }| {
			let (one, other) = (accesses.get(step)?, accesses.get(other)?);
			let apart = one.reads.abs_diff(other.reads) + one.writes.abs_diff(other.writes);
			Some(f64::from(apart))
		});
		add(goals, format!("{title}, reads and writes that differ"), 0.0, apart);
	}
}

/// How slashes and transfers do on a chain of the largest population against one of the smallest, which
/// has less state to search through.
pub fn print_scaling(reports: &[Report]) {
	let [smallest, .., largest] = reports else { return };
	let modes = [("natively", Some(&largest.native)), ("as Wasm", largest.wasm.as_ref())];
	for (name, mode) in modes {
		let Some(mode) = mode else { continue };
		let ratio = |step| mode.of_smallest(step).unwrap_or(f64::NAN);
		println!(
			"  {name}, on a chain of {} restakers against one of {}: a slash takes {:.2}, a bare transfer {:.2}",
			grouped(largest.population),
			grouped(smallest.population),
			ratio(Step::Slash1),
			ratio(Step::AssetTransfer),
		);
	}
}

fn add(goals: &mut Vec<Goal>, what: String, limit: f64, found: Option<(f64, String)>) {
	if let Some((measured, at)) = found {
		goals.push(Goal { what, limit, measured, at });
	}
}

/// The worst of what was measured, and where.
fn worst(reports: &[Report], measured: impl Fn(&Report) -> Option<f64>) -> Option<(f64, String)> {
	reports
		.iter()
		.filter_map(|report| Some((measured(report)?, report.population)))
		.max_by(|one, other| one.0.total_cmp(&other.0))
		.map(|(measured, population)| (measured, grouped(population)))
}

/// Prints the goals, and how many are missed.
pub fn print(goals: &[Goal]) {
	println!("\nGOALS, where they are furthest from being met\n");
	for goal in goals {
		let Goal { what, limit, measured, at } = goal;
		let verdict = if goal.is_met() { "met" } else { "MISSED" };
		println!("  {verdict:<8}{what:<70}{measured:>9.3} of at most {limit:<8}at {at}");
	}
	let missed = goals.iter().filter(|goal| !goal.is_met()).count();
	println!("\n{} goals, {} missed", goals.len(), missed);
}
