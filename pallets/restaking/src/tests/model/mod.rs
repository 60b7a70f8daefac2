// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The ledger against a model of it: random sequences of all calls and of what other pallets do to the
//! ledger, with vaults of 0 to 18 decimals. After each operation both must have come to the same, to the
//! planck, refusals included; and in the end everyone must be able to leave.
//!
//! Environment:
//! - `MODEL_SECONDS`: for how long new sequences are begun, 60 by default.
//! - `MODEL_CHECK_EVERY`: after how many operations everything is compared and every invariant checked,
//!   1 by default. After the others, all that they could have to do with is compared.

mod action;
mod calls;
mod choices;
mod ending;
mod exits;
mod reference;
mod rewards;
mod scene;
mod system;
mod tokens;
mod transitions;

use crate::{mock::Restaking, types::EraSettings};
use proptest::{
	prelude::*,
	strategy::BoxedStrategy,
	test_runner::{Config, FileFailurePersistence, TestError, TestRunner},
};
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest};
use reference::Model;
use std::{
	cell::{Cell, RefCell},
	collections::BTreeMap,
	time::{Duration, Instant},
};
use transitions::{transition, Kind, Transition};

/// How many transitions a sequence has.
const LENGTH: core::ops::Range<usize> = 200..2_000;

struct Reference;

impl ReferenceStateMachine for Reference {
	type State = Model;
	type Transition = Transition;

	/// Each granularity, with the longest period for which a pool can keep buckets or a shorter one.
	fn init_state() -> BoxedStrategy<Model> {
		prop_oneof![
			(1..=20u64, Just(1), 1..=4u32),
			(1..=20u64, Just(2), 2..=7u32),
			(1..=20u64, Just(3), 3..=10u32),
		]
		.prop_map(|(length, granularity, unbonding)| {
			Model::new(EraSettings { length, unbonding, granularity })
		})
		.boxed()
	}

	fn transitions(_: &Model) -> BoxedStrategy<Transition> {
		thread_local! {
			static TRANSITION: BoxedStrategy<Transition> = transition().boxed();
		}
		TRANSITION.with(Clone::clone)
	}

	fn apply(state: Model, transition: &Transition) -> Model {
		state.apply(transition)
	}
}

/// What was done so far.
#[derive(Default)]
struct Done {
	sequences: u64,
	operations: u64,
	eras: u64,
	/// How often what came of each kind.
	outcomes: BTreeMap<Kind, BTreeMap<&'static str, u64>>,
}

thread_local! {
	static DONE: RefCell<Done> = RefCell::default();
}

fn setting(name: &str, default: u64) -> u64 {
	let set = std::env::var(name).ok();
	set.map_or(default, |value| value.parse().unwrap_or_else(|_| panic!("{name} is a number")))
}

/// The pallet beside the model.
struct Ledger {
	chain: sp_io::TestExternalities,
	check_every: u64,
	operations: u64,
}

impl Ledger {
	/// Does what the model did last, and compares.
	fn follow(&mut self, model: &Model) {
		self.operations += 1;
		let check = self.operations.is_multiple_of(self.check_every);
		let step = model.last.as_ref().expect("the model has done something");
		self.chain.execute_with(|| {
			let outcome = system::execute(&step.action);
			assert_eq!(outcome, step.outcome, "{:?}", step.action);
			if check {
				system::compare_all(model);
				Restaking::do_try_state().expect("the invariants hold");
			} else {
				system::compare_touched(model, &step.action);
			}
		});
	}
}

struct Comparison;

impl StateMachineTest for Comparison {
	type SystemUnderTest = Ledger;
	type Reference = Reference;

	fn init_test(model: &Model) -> Ledger {
		let chain = system::chain(model.genesis);
		Ledger { chain, check_every: setting("MODEL_CHECK_EVERY", 1), operations: 0 }
	}

	fn apply(mut ledger: Ledger, model: &Model, transition: Transition) -> Ledger {
		ledger.follow(model);
		DONE.with_borrow_mut(|done| {
			let refusal = model.last.as_ref().and_then(|step| step.outcome.clone().err());
			let outcome = refusal.map_or("accepted", <&'static str>::from);
			*done.outcomes.entry(transition.kind).or_default().entry(outcome).or_default() += 1;
		});
		ledger
	}

	fn teardown(mut ledger: Ledger, mut model: Model) {
		model.everyone_leaves(|model| ledger.follow(model));
		ledger.chain.execute_with(|| {
			system::compare_all(&model);
			Restaking::do_try_state().expect("the invariants hold at the end");
		});
		system::check_dust(&model);
		DONE.with_borrow_mut(|done| {
			done.sequences += 1;
			done.operations += ledger.operations;
			done.eras += u64::from(model.era);
		});
	}
}

/// Tells how far it has come, once a minute and in the end; then also what came of each kind.
fn tell(since: Instant, with_outcomes: bool) {
	DONE.with_borrow(|done| {
		let Done { sequences, operations, eras, outcomes } = done;
		let seconds = since.elapsed().as_secs();
		println!("{operations} operations, {eras} eras, {sequences} sequences, {seconds} s");
		for (kind, counts) in outcomes.iter().filter(|_| with_outcomes) {
			let counts: Vec<_> =
				counts.iter().map(|(what, count)| format!("{what} {count}")).collect();
			println!("{kind:?}: {}", counts.join(", "));
		}
	});
}

/// The calls of a sequence, as the model resolves them.
fn retell(mut model: Model, transitions: &[Transition]) -> String {
	let mut told = format!("{:?}\n", model.genesis);
	for transition in transitions {
		model = model.apply(transition);
		told.push_str(&format!("{:?}\n", model.last));
	}
	told
}

#[test]
fn the_ledger_does_what_its_model_does() {
	let time = Duration::from_secs(setting("MODEL_SECONDS", 60));
	let since = Instant::now();
	let told = Cell::new(since);
	let running = Cell::new(false);
	let config = Config {
		// Until a sequence is rejected because time is up.
		cases: u32::MAX,
		max_global_rejects: 0,
		max_shrink_time: 300_000,
		failure_persistence: Some(Box::new(FileFailurePersistence::SourceParallel(
			"proptest-regressions",
		))),
		source_file: Some(file!()),
		..Config::default()
	};
	let strategy = Reference::sequential_strategy(LENGTH);
	let result = TestRunner::new(config.clone()).run(&strategy, |(model, transitions, seen)| {
		// Where the last sequence did not come to its end, it is being made smaller.
		let failed = running.replace(true);
		if !failed && since.elapsed() >= time {
			return Err(TestCaseError::reject("time is up"));
		}
		Comparison::test_sequential(config.clone(), model, transitions, seen);
		running.set(failed);
		if told.get().elapsed() >= Duration::from_secs(60) {
			told.set(Instant::now());
			tell(since, false);
		}
		Ok(())
	});
	match result {
		Ok(()) | Err(TestError::Abort(_)) => tell(since, true),
		Err(TestError::Fail(reason, (model, transitions, _))) => {
			panic!("{reason}\n{}", retell(model, &transitions))
		},
	}
}
