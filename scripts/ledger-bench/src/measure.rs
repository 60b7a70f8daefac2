// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! Measures chains: which rounds are run on which, and what came of them.

use crate::{native::Entries, wasm::Wasm};
use picasso_ledger_bench_runtime::meter::{Accesses, Reading, Step};
use std::collections::BTreeMap;

/// Rounds that are measured on one chain before it is another's turn.
const TURN: u32 = 5;
/// Members of a nomination pool that are told of a slash together.
const MEMBERS: u32 = 1_000;
/// Slashes of a nomination pool that are measured.
const POOL_SLASHES: u32 = 11;

/// A chain that can be measured.
pub trait Chain {
	/// See `round` of the runtime's schemes. Each call takes new passers-by.
	fn round(&mut self, count: u32) -> Result<Vec<Reading>, String>;
	/// See `claims` of the runtime's schemes: no rounds after it.
	fn claims(&mut self, count: u32) -> Result<Vec<Reading>, String>;
	/// See `slash_pool` of the runtime's schemes.
	fn slash_pool(&mut self, times: u32) -> Result<Vec<Reading>, String>;
	/// See `apply_slashes` of the runtime's schemes.
	fn apply_slashes(&mut self, from: u32, to: u32) -> Result<Vec<Reading>, String>;
}

/// How long steps took, in nanoseconds, each time.
#[derive(Default)]
pub struct Times(BTreeMap<Step, Vec<u64>>);

impl Times {
	fn add(&mut self, readings: Vec<Reading>) {
		for Reading { step, nanos, .. } in readings {
			self.0.entry(step).or_default().push(nanos);
		}
	}

	/// The median of a step, in microseconds.
	pub fn median(&self, step: Step) -> Option<f64> {
		let mut nanos = self.0.get(&step)?.clone();
		nanos.sort_unstable();
		let middle = nanos.len() / 2;
		let doubled = match nanos.len() % 2 {
			0 => nanos.get(middle.checked_sub(1)?)? + nanos.get(middle)?,
			_ => 2 * nanos.get(middle)?,
		};
		Some(doubled as f64 / 2_000.0)
	}
}

/// How thoroughly to measure.
#[derive(Clone, Copy)]
pub struct Effort {
	/// Measurements of each step.
	pub samples: u32,
	/// The most members of a nomination pool that are told of a slash.
	pub members: u32,
}

/// Measures the rounds of a chain, and in turns with it those of another.
pub fn measure_rounds(
	chain: &mut dyn Chain,
	other: &mut dyn Chain,
	effort: Effort,
) -> Result<(Times, Times), String> {
	let (mut times, mut others) = (Times::default(), Times::default());
	chain.round(TURN)?;
	other.round(TURN)?;
	let mut left = effort.samples;
	while left > 0 {
		let count = left.min(TURN);
		times.add(chain.round(count)?);
		others.add(other.round(count)?);
		left -= count;
	}
	Ok((times, others))
}

/// Measures a chain's claims after few eras and after many, and of pools of few and of many, beside
/// what `times` has of it. The chain is of no use for rounds after that.
pub fn measure_claims(
	chain: &mut dyn Chain,
	times: &mut Times,
	effort: Effort,
) -> Result<(), String> {
	times.add(chain.claims(effort.samples)?);
	Ok(())
}

/// What a slash of a nomination pool costs, in microseconds.
#[derive(Clone, Copy)]
pub struct PoolSlash {
	/// The slash of the pool.
	pub pool: f64,
	/// One member being told.
	pub member: f64,
	/// How many of the members were told.
	pub members_told: u32,
	/// The pool and all its members: as many times that.
	pub all: f64,
}

/// Measures slashes of the nomination pool of a chain of `population`: the members who are not told
/// weigh on all that follows.
pub fn measure_pool_slash(
	chain: &mut dyn Chain,
	population: u32,
	effort: Effort,
) -> Result<PoolSlash, String> {
	let mut times = Times::default();
	times.add(chain.slash_pool(POOL_SLASHES)?);
	let members_told = population.min(effort.members);
	for from in (0..members_told).step_by(MEMBERS as usize) {
		times.add(chain.apply_slashes(from, members_told.min(from + MEMBERS))?);
	}
	let pool = times.median(Step::PoolSlash).ok_or("no slash was measured")?;
	let member = times.median(Step::PoolApplySlash).ok_or("no member was slashed")?;
	let all = pool + f64::from(population) * member;
	Ok(PoolSlash { pool, member, members_told, all })
}

/// What steps touch in a chain's state: the last time of a few, when nothing is new any more.
pub fn count_accesses(state: &Entries) -> Result<BTreeMap<Step, Accesses>, String> {
	let mut counting = Wasm::of(state, true)?;
	let mut readings = counting.round(2)?;
	readings.extend(counting.slash_pool(1)?);
	readings.extend(counting.apply_slashes(0, 2)?);
	readings.extend(counting.claims(2)?);
	Ok(readings.into_iter().map(|reading| (reading.step, reading.accesses)).collect())
}
