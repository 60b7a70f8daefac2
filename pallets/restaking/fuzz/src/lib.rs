// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! # Fuzzing the restaking ledger
//!
//! Runs the real runtime, natively and in memory, on what libFuzzer makes up: see [`steps`] for what an
//! input is. No call is filtered out: any bytes that decode as a call of the runtime are dispatched,
//! signed by one of a few accounts, with nothing but the runtime's own filter between.
//!
//! - [`world`]: what inputs start from.
//! - [`execute`]: what steps do.
//! - [`audit`] and [`leave`]: what must hold.
//! - [`mutate`] and [`generate`]: how inputs come to be. Calls are made up for the state that an input
//!   has reached, as bytes that change at random hardly ever name a ticket; and bytes are changed at
//!   random, too.
//!
//! A panic anywhere is a finding; overflows and `defensive!` panic here.

pub mod actors;
pub mod audit;
pub mod execute;
pub mod generate;
pub mod leave;
pub mod mutate;
pub mod rng;
pub mod steps;
pub mod time;
pub mod tools;
pub mod world;

use audit::Audit;
use execute::Outcome;
use steps::{Input, Step};

/// One input in so many is seen to its very end, where everyone leaves.
const INPUTS_PER_END: u64 = 8;

/// How closely an input is watched.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Care {
	/// At its end, as what is broken mostly stays so: audits cost more than steps.
	AtTheEnd,
	/// After every step, and everyone leaves at the end: to see where it broke.
	AtEveryStep,
}

/// Runs an input, and tells `observe` what came of each step.
pub fn run(bytes: &[u8], care: Care, mut observe: impl FnMut(&Step, Option<Outcome>)) {
	let input = Input::read(bytes);
	world::within(input.coarse_grid, || {
		let mut audit = Audit::begin();
		for step in &input.steps {
			let slashes = matches!(step, Step::Slash { .. });
			if slashes {
				audit.check();
			}
			observe(step, execute::execute(step));
			if slashes {
				audit = Audit::begin();
			}
			if care == Care::AtEveryStep {
				audit::check_invariants();
				audit.check();
			}
		}
		audit::check_invariants();
		audit.check();
		if care == Care::AtEveryStep || digest(bytes) % INPUTS_PER_END == 0 {
			audit::check_reads();
			leave::everyone_leaves(&input);
			audit::check_invariants();
			audit::check_issuance();
		}
	});
}

/// Chooses inputs by what they are, so that each does the same whenever it runs.
fn digest(bytes: &[u8]) -> u64 {
	// FNV-1a.
	let mix = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
	bytes.iter().fold(0xcbf2_9ce4_8422_2325, mix) >> 32
}
