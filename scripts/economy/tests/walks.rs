// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! Random walks through everything, for as long as tests may take. `scripts/soak economy` goes on.
//!
//! Environment:
//! - `ECONOMY_SECONDS`: for how long new walks are begun, 40 by default.
//! - `ECONOMY_SEED`: the seed of the first walk, 0 by default.

use picasso_economy::walk::{walk, Done};
use std::time::{Duration, Instant};

fn setting(name: &str, default: u64) -> u64 {
	let set = std::env::var(name).ok();
	set.map_or(default, |value| value.parse().unwrap_or_else(|_| panic!("{name} is a number")))
}

#[test]
fn money_and_invariants_hold_whatever_is_done_and_everyone_gets_away() {
	let time = Duration::from_secs(setting("ECONOMY_SECONDS", 40));
	let (first, since) = (setting("ECONOMY_SEED", 0), Instant::now());
	let mut all = Done::default();
	for seed in first.. {
		match walk(seed, 1_000) {
			Ok(done) => all.add(done),
			Err(failure) => panic!("{failure}"),
		}
		if since.elapsed() >= time {
			break;
		}
	}
	println!("{all}");
	// Walks that are refused everywhere prove nothing.
	assert!(all.accepted * 2 > all.operations, "{all}");
}

#[test]
fn a_walk_is_told_by_its_seed() {
	let outcomes = || walk(7, 200).map(|done| done.outcomes).map_err(|failure| failure.to_string());
	assert_eq!(outcomes(), outcomes());
}
