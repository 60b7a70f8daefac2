// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! The goals that slashing is built to, and whether it reaches them.

use crate::{
	path::{Path, Side::*, Step, Touched},
	scene::POOLS_OF_ASSET,
	verification::Verification,
};
use picasso_turn_bench::chain::Keys;

/// A goal and what was measured.
pub struct Goal {
	what: &'static str,
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

/// The most that verifying evidence of two signatures may take of a bare check of one.
const MOST_CHECKS: f64 = 2.2;
/// The most that a slash of many restakers may take of one of ten.
const MOST_OF_FEW: f64 = 1.05;
/// The most that a slash of one pool may take, in bare transfers.
const MOST_TRANSFERS: f64 = 2.0;
/// And each further pool of the same asset.
const MOST_OF_FURTHER: f64 = 0.6;

/// What takes so many transfers on a path.
type Part = fn(&Path) -> f64;

/// Every goal that the measurements say something of.
pub fn goals(verifications: &[Verification], paths: &[Path]) -> Vec<Goal> {
	let mut goals = vec![
		worst(
			"evidence verified, in bare checks of a signature",
			MOST_CHECKS,
			verifications.iter().map(|one| (one.verify / one.check, named(one))),
		),
		worst(
			"evidence verified, and all else that a report looks at, in bare checks",
			MOST_CHECKS,
			verifications.iter().map(|one| (one.examine / one.check, named(one))),
		),
		worst(
			"what a slash adds on the whole path, against ten restakers in one state",
			MOST_OF_FEW,
			paths.iter().map(|path| (path.of_few(), placed(path))),
		),
		worst(
			"keys read and written by the whole path that differ with restakers",
			0.0,
			paths.iter().map(|path| (differing(path, paths), placed(path))),
		),
	];
	let parts: [(&str, &str, Part); 2] = [
		(
			"the ledger's part: slash of one pool, proceeds moved, in bare transfers",
			"the ledger's part: each further pool of the asset",
			|path| path.transfers(Step::Ledger(Many)),
		),
		(
			"what a slash adds on the whole path: one pool, in bare transfers",
			"what it adds on the whole path: each further pool of the asset",
			Path::whole,
		),
	];
	for (of_one, of_further, part) in parts {
		let single = paths.iter().filter(|path| path.scene.pools == 1);
		let one = single.clone().map(|path| (part(path), placed(path)));
		goals.push(worst(of_one, MOST_TRANSFERS, one));
		let further = single.flat_map(|one| {
			let alike = |path: &&Path| {
				let pools = path.scene.pools;
				path.scene.restakers == one.scene.restakers && pools > 1 && pools <= POOLS_OF_ASSET
			};
			paths.iter().filter(alike).map(move |path| {
				let further = f64::from(path.scene.pools - 1);
				((part(path) - part(one)) / further, placed(path))
			})
		});
		goals.push(worst(of_further, MOST_OF_FURTHER, further));
	}
	goals.retain(|goal| !goal.measured.is_nan());
	goals
}

/// How many keys a path touches more or fewer than that of ten restakers beside it, and than the first of as many
/// pools.
fn differing(path: &Path, paths: &[Path]) -> f64 {
	let keys = |one: Keys, other: Keys| {
		one.reads.abs_diff(other.reads) + one.writes.abs_diff(other.writes)
	};
	let apart = |one: &Touched, other: &Touched| {
		keys(one.report, other.report) + keys(one.verdict, other.verdict)
	};
	let first = paths.iter().find(|other| other.scene.pools == path.scene.pools);
	let of_first = first.map_or(0, |first| apart(&path.many, &first.many));
	f64::from(apart(&path.many, &path.few) + of_first)
}

fn named(one: &Verification) -> String {
	format!("{}, entry {}", one.scheme, one.entry)
}

fn placed(path: &Path) -> String {
	format!("{} pools, {} restakers", path.scene.pools, path.scene.restakers)
}

/// The worst of what was measured.
fn worst(what: &'static str, limit: f64, measured: impl Iterator<Item = (f64, String)>) -> Goal {
	let (measured, at) =
		measured.max_by(|one, other| one.0.total_cmp(&other.0)).unwrap_or((f64::NAN, "".into()));
	Goal { what, limit, measured, at }
}

/// Prints the goals, and how many are missed.
pub fn print(goals: &[Goal]) {
	println!("\nGOALS, where they are furthest from being met\n");
	for goal in goals {
		let Goal { what, limit, measured, at } = goal;
		let verdict = if goal.is_met() { "met" } else { "MISSED" };
		println!("  {verdict:<8}{what:<75}{measured:>8.3} of at most {limit:<6}at {at}");
	}
	let missed = goals.iter().filter(|goal| !goal.is_met()).count();
	println!("\n{} goals, {} missed", goals.len(), missed);
}
