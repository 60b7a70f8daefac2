// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! Walks through all that people can do to the economy, at random: all four pallets together, by real calls
//! on the real runtime.
//!
//! After each operation the equations of money hold: see [`Chain::check_money`]. After each era so do all
//! invariants: see [`Chain::check_invariants`]. In the end everyone leaves, and nothing but dust is left:
//! see [`ending`].
//!
//! A walk is told by its seed. One that fails says which it was and what was done last.

pub mod ending;
mod faults;
mod governance;
mod operators;
mod restakers;
mod scene;
mod services;
mod step;

pub use scene::{scene, People};
pub use step::{Deed, Step};

use crate::{
	dice::Dice,
	watch,
	world::{Chain, World},
};
use picasso_primitives::{
	avs::{AvsStatus, CHAIN},
	AvsId, EraIndex,
};
use picasso_runtime::AccountId;
use std::{
	cell::RefCell,
	collections::{BTreeMap, VecDeque},
	fmt,
	panic::{catch_unwind, AssertUnwindSafe},
};

/// How many operations a failure tells.
const TOLD: usize = 30;

/// What a walk was made of.
#[derive(Clone, Debug, Default)]
pub struct Done {
	/// Walks.
	pub walks: u64,
	/// Operations, those that were refused and those of the end included.
	pub operations: u64,
	/// Those among them that were accepted.
	pub accepted: u64,
	/// Eras that passed.
	pub eras: u64,
	/// The most that was left of an asset when everyone had gone, in planck.
	pub dust: u128,
	/// How often what came of each kind of operation.
	pub outcomes: BTreeMap<(&'static str, &'static str), u64>,
	/// How often what was noticed.
	pub noticed: BTreeMap<&'static str, u64>,
}

impl Done {
	/// Adds another walk's.
	pub fn add(&mut self, other: Self) {
		self.walks += other.walks;
		self.operations += other.operations;
		self.accepted += other.accepted;
		self.eras += other.eras;
		self.dust = self.dust.max(other.dust);
		for (key, count) in other.outcomes {
			*self.outcomes.entry(key).or_default() += count;
		}
		for (key, count) in other.noticed {
			*self.noticed.entry(key).or_default() += count;
		}
	}
}

impl fmt::Display for Done {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		let Self { walks, operations, accepted, eras, dust, .. } = self;
		write!(
			f,
			"{operations} operations, {accepted} of them accepted, {eras} eras, {walks} walks; at most \
			{dust} planck of dust were left of an asset after one"
		)
	}
}

/// A walk that failed.
#[derive(Clone, Debug)]
pub struct Failure {
	/// Its seed.
	pub seed: u64,
	/// How long it was to be.
	pub length: u64,
	/// The operation with which it failed.
	pub operation: u64,
	/// Why.
	pub reason: String,
	/// What was done last.
	pub last: Vec<String>,
}

impl fmt::Display for Failure {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		let Self { seed, length, operation, reason, last } = self;
		writeln!(
			f,
			"the walk with seed {seed} of {length} operations failed at {operation}: {reason}"
		)?;
		writeln!(f, "what was done last:")?;
		for told in last {
			writeln!(f, "  {told}")?;
		}
		write!(f, "again: picasso-economy walk --seed {seed} --length {length} --walks 1")
	}
}

/// What was done last, told when it is too late to ask.
struct Trail {
	operations: u64,
	/// The era, what was done in it, and what came of it.
	last: VecDeque<(EraIndex, Step, &'static str)>,
	/// What is being done.
	doing: Option<Step>,
}

/// Someone who walks.
pub struct Walker<'a> {
	chain: &'a mut Chain,
	dice: Dice,
	trail: &'a RefCell<Trail>,
	people: scene::People,
	done: Done,
}

/// Walks so many operations, and then lets everyone leave.
pub fn walk(seed: u64, length: u64) -> Result<Done, Failure> {
	watch::begin();
	let trail = RefCell::new(Trail { operations: 0, last: VecDeque::new(), doing: None });
	let walked = catch_unwind(AssertUnwindSafe(|| {
		let mut dice = Dice::new(seed);
		let (scene, people) = scene::scene(&mut dice);
		let mut world = World::new(scene, dice.number());
		world.on_chain(|chain| {
			let mut walker = Walker { chain, dice, trail: &trail, people, done: Done::default() };
			walker.chain.check_invariants()?;
			if !walker.people.crowd.is_empty() {
				walker.gather_crowd()?;
			}
			for _ in 0..length {
				let step = walker.next_step();
				walker.take(step)?;
			}
			walker.end()?;
			Ok::<_, String>(walker.finish())
		})
	}));
	let reason = match walked {
		Ok(Ok(done)) => return Ok(done),
		Ok(Err(reason)) => reason,
		Err(panic) => panic
			.downcast_ref::<String>()
			.cloned()
			.or_else(|| panic.downcast_ref::<&str>().map(|message| message.to_string()))
			.unwrap_or_else(|| "a panic".into()),
	};
	let Trail { operations, last, doing } = trail.into_inner();
	let doing = doing.map(|step| format!("and then: {step:?}"));
	let told = |(era, step, outcome)| format!("era {era}: {step:?}: {outcome}");
	let last = last.into_iter().map(told).chain(doing).collect();
	Err(Failure { seed, length, operation: operations, reason, last })
}

impl Walker<'_> {
	/// Takes a step, and checks what must hold after it.
	fn take(&mut self, step: Step) -> Result<(), String> {
		let (kind, era) = (step.kind, Chain::era());
		self.trail.borrow_mut().doing = Some(step.clone());
		let outcome = step.deed.perform(self.chain);
		let told = outcome.as_ref().err().map_or("accepted", |error| (*error).into());
		{
			let mut trail = self.trail.borrow_mut();
			trail.doing = None;
			trail.operations += 1;
			trail.last.push_back((era, step, told));
			if trail.last.len() > TOLD {
				trail.last.pop_front();
			}
		}
		self.done.operations += 1;
		self.done.accepted += u64::from(outcome.is_ok());
		*self.done.outcomes.entry((kind, told)).or_default() += 1;
		self.chain.check_money()?;
		let passed = Chain::era() - era;
		if passed > 0 {
			self.done.eras += u64::from(passed);
			self.chain.check_invariants()?;
		}
		Ok(())
	}

	/// As [`Self::take`], where it may not be refused.
	fn must(&mut self, step: Step) -> Result<(), String> {
		let before = self.done.accepted;
		self.take(step)?;
		if self.done.accepted == before {
			return Err("nobody may be held back".into());
		}
		Ok(())
	}

	fn finish(self) -> Done {
		let noticed = std::mem::take(&mut self.chain.books.noticed);
		Done { walks: 1, noticed, ..self.done }
	}

	/// Anything that somebody could do now.
	fn next_step(&mut self) -> Step {
		loop {
			let step = match self.dice.below(100) {
				0..=39 => self.some_restakers_step(),
				40..=56 => self.some_operators_step(),
				57..=72 => self.some_services_step(),
				73..=78 => self.some_governance(),
				79..=85 => self.some_fault(),
				_ => Some(self.some_time()),
			};
			if let Some(step) = step {
				return step;
			}
		}
	}

	/// Blocks pass, and leave more or less room for what is done in the end of them.
	fn some_time(&mut self) -> Step {
		if self.dice.once_in(12) {
			let full = Chain::full_room();
			let room = match self.dice.below(6) {
				0 => full / 4,
				1 => full / 400,
				2 => full / 2_000,
				3 if self.dice.once_in(4) => full / 100_000,
				_ => full,
			};
			return Step { kind: "room", deed: Deed::Room(room) };
		}
		let era = self.chain.scene.era.length;
		let blocks = match self.dice.below(12) {
			0 => era as u64,
			1 => 1,
			_ => self.dice.between(1, (era as u64 / 2).max(2)),
		};
		Step { kind: "blocks", deed: Deed::Blocks(blocks as u32) }
	}

	fn restaker(&mut self) -> AccountId {
		self.dice.one_of(&self.people.restakers).expect("there are restakers").clone()
	}

	fn operator(&mut self) -> AccountId {
		self.dice.one_of(&self.people.operators).expect("there are operators").clone()
	}

	/// Anyone who may stake: mostly restakers, now and then an operator.
	fn anyone(&mut self) -> AccountId {
		if self.dice.once_in(5) {
			self.operator()
		} else {
			self.restaker()
		}
	}

	/// The number of an AVS: mostly of one that stays, seldom of the chain or of one that leaves or is gone.
	fn avs(&mut self) -> AvsId {
		let next = pallet_avs::NextAvsId::<picasso_runtime::Runtime>::get();
		match self.dice.below(12) {
			0 => CHAIN,
			1 => self.dice.below(u64::from(next) + 1) as AvsId,
			_ => {
				let mut staying: Vec<_> = pallet_avs::Avss::<picasso_runtime::Runtime>::iter()
					.filter(|(avs, record)| *avs != CHAIN && record.status == AvsStatus::Active)
					.map(|(avs, _)| avs)
					.collect();
				staying.sort();
				self.dice.one_of(&staying).copied().unwrap_or_default()
			},
		}
	}
}
