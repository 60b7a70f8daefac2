// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! A year of eras on the real runtime: AVSs, operators and restakers do what they would, operators are
//! slashed now and then, and everything is written down era by era. Money is counted in every era.
//! `scripts/simulate-economy` calls it.

mod crowd;
mod happenings;
mod picture;
mod record;
mod scene;

pub use picture::draw;
pub use record::{Record, VaultRecord};

use crate::{
	dice::Dice,
	watch,
	world::{Chain, World},
};
use picasso_runtime::{Runtime, System};
use std::time::Instant;

/// What to simulate.
#[derive(Clone, Debug, clap::Args)]
pub struct Plan {
	/// Chance is the same for the same seed.
	#[arg(long, default_value_t = 1)]
	pub seed: u64,

	/// Eras of four hours each.
	#[arg(long, default_value_t = 2_190)]
	pub eras: u32,

	/// AVSs, the chain not counted.
	#[arg(long, default_value_t = 10)]
	pub avss: u32,

	/// Operators; two in five validate.
	#[arg(long, default_value_t = 50)]
	pub operators: u32,

	/// Restakers, of whom three in five are there from the beginning.
	#[arg(long, default_value_t = 10_000)]
	pub restakers: u32,

	/// Eras after which all invariants are checked, which takes the longer the more restakers there are.
	/// Money is counted after each.
	#[arg(long, default_value_t = 30)]
	pub check_every: u32,
}

/// What came of it.
pub struct Year {
	/// Era by era.
	pub records: Vec<Record>,
	/// Operations, and those among them that were accepted.
	pub operations: (u64, u64),
	/// How often invariants were checked.
	pub checks: u32,
	/// How often what was noticed.
	pub noticed: Vec<(&'static str, u64)>,
}

/// Eras after which the state is tidied up.
const TIDY_EVERY: u32 = 20;
/// Moments of an era in which people do something.
const MOMENTS: u32 = 4;

/// Lets the eras of a plan pass.
pub fn simulate(plan: &Plan, mut tell: impl FnMut(&Record)) -> Result<Year, String> {
	watch::begin();
	let began = Instant::now();
	let mut dice = Dice::new(plan.seed);
	let (scene, crowd) = scene::scene(plan);
	let mut world = World::new(scene, dice.number());
	let mut crowd = crowd;
	world.on_chain(|chain| {
		crowd.settle(chain, &mut dice, plan)?;
		chain.check_money()?;
		chain.check_invariants()
	})?;
	world.tidy();
	eprintln!("Everyone is there after {} s.", began.elapsed().as_secs());
	let mut records: Vec<Record> = Vec::new();
	let mut checks = 1;
	for number in 1..=plan.eras {
		let record = world.on_chain(|chain| {
			let in_era = |error: String| format!("era {number}, seed {}: {error}", plan.seed);
			turn(chain).map_err(in_era)?;
			let record = Record::take(chain, records.last());
			chain.check_money().map_err(in_era)?;
			for moment in 0..MOMENTS {
				crowd.act(chain, &mut dice, number, moment);
				let left = Chain::next_turn().saturating_sub(System::block_number() + 1);
				let blocks = left / (MOMENTS - moment);
				chain.jump(dice.between(1, u64::from(blocks.max(1))) as u32);
			}
			chain.check_money().map_err(in_era)?;
			if number % plan.check_every.max(1) == 0 || number == plan.eras {
				checks += 1;
				chain.check_invariants().map_err(in_era)?;
			}
			Ok::<_, String>(record)
		})?;
		tell(&record);
		records.push(record);
		if number % TIDY_EVERY == 0 {
			world.tidy();
		}
	}
	let noticed = world.on_chain(|chain| chain.books.noticed.clone().into_iter().collect());
	Ok(Year { records, operations: crowd.operations(), checks, noticed })
}

/// Jumps to the turn of the era, and lets blocks pass until its tables are built and its round is over.
fn turn(chain: &mut Chain) -> Result<(), String> {
	let turn = Chain::next_turn();
	chain.jump(turn.saturating_sub(System::block_number()).max(1));
	let era = Chain::era();
	for _ in 0..1_000 {
		let tables = pallet_avs::Turn::<Runtime>::get();
		let round = pallet_emissions::Round::<Runtime>::get();
		let over = round.era == era && round.stage == pallet_emissions::Stage::Over;
		if over && tables.era == era && tables.is_over() {
			return Ok(());
		}
		chain.jump(1);
	}
	Err("the turn has no end".into())
}
