// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Every order of what could be done around a fault to escape it, up to six steps long: what answered for
//! it when it was done is slashed to the planck.
//!
//! Steps are a block or an era apart, the fault lies before or after any of them. A plain model says what
//! is left: a part of each pool's stake and of each exit, and nothing of what had matured.

use super::*;
use picasso_primitives::restaking::TicketId;

/// What could be done.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
	Unstake,
	Withdraw,
	Redelegate,
	Decrease,
	OptOut,
	Leave,
	Chill,
	GoSilent,
	AvsExit,
	ChangeTerms,
}

const STEPS: [Step; 10] = [
	Step::Unstake,
	Step::Withdraw,
	Step::Redelegate,
	Step::Decrease,
	Step::OptOut,
	Step::Leave,
	Step::Chill,
	Step::GoSilent,
	Step::AvsExit,
	Step::ChangeTerms,
];

/// What one step does; one that can't be done any more does nothing.
fn take(step: Step, avs: u32) {
	let pool = sol_pool(1);
	let shares = |part: u128| {
		let position = pallet_restaking::Positions::<Test>::get(ALICE, pool);
		position.map_or(0, |position| position.shares / part)
	};
	let done = frame_support::storage::with_storage_layer(|| match step {
		Step::Unstake => Restaking::unstake(origin(ALICE), pool, shares(3)),
		Step::Withdraw => {
			let ticket = TicketId { pool, maturity: era(), into: None };
			Restaking::withdraw(origin(ALICE), ticket)
		},
		Step::Redelegate => Restaking::redelegate(origin(ALICE), pool, shares(4), sol_pool(2)),
		Step::Decrease => try_allocate(1, avs, pool, 20),
		Step::OptOut => Avs::leave(origin(OPERATORS[1]), avs),
		Step::Leave => {
			let leaving = picasso_primitives::restaking::OperatorStatus::Leaving;
			Restaking::set_operator_status(origin(OPERATORS[1]), leaving)
		},
		Step::Chill => Restaking::set_chilled(RuntimeOrigin::root(), OPERATORS[1], true),
		// A new key, as one would who wants to be somebody else.
		Step::GoSilent => {
			let (new, proof) = key(1, avs, &second_pair(1));
			Avs::set_key(origin(OPERATORS[1]), avs, new, proof)
		},
		Step::AvsExit => Avs::offboard(origin(CAROL), avs),
		Step::ChangeTerms => Avs::set_terms(origin(CAROL), avs, Box::new(terms(vec![]))),
	});
	let _: Result<(), sp_runtime::DispatchError> = done;
}

/// What Alice has that the fault of `fault` can reach: stake in the pool, and each exit from it that matures
/// later than in this era.
fn reachable() -> (u128, Vec<(TicketId, u128)>) {
	let info = Restaking::account_info(&ALICE);
	let position = info.positions.iter().find(|info| info.pool == sol_pool(1));
	let exits = info
		.tickets
		.iter()
		.filter(|info| info.ticket.pool == sol_pool(1) && info.ticket.maturity > era())
		.map(|info| (info.ticket, info.value));
	(position.map_or(0, |info| info.value), exits.collect())
}

/// The operator signs twice, by the key of the table; none where it is in no table of this era.
fn offence(avs: u32) -> Option<(u32, Evidence<AccountId>)> {
	let entries = <Avs as StakeTables<AccountId>>::entries(avs, era());
	let key = entries.iter().find(|entry| entry.operator == OPERATORS[1])?.key;
	let found = [pair(1), second_pair(1)].into_iter().find(|pair| {
		use sp_core::Pair;
		key == Some(AvsKey::Ed25519(pair.public().0))
	});
	let pair = found.expect("one of its keys");
	let message = |content| signed(&pair, avs, era(), 7, content);
	let (one, other, entry) = (message(1), message(2), proved(avs, era(), 1));
	let evidence = DoubleSign { round: 7, one, other, entry, earlier_entry: None };
	Some((era(), Evidence::DoubleSign(evidence)))
}

/// A fault that was done, reported as late as can be and carried out as late as can be.
struct Done {
	era: u32,
	evidence: Evidence<AccountId>,
	/// What of the pool counted for the AVS then, less what was slashed since: nothing was.
	counted: u128,
}

impl Done {
	fn now() -> Option<Self> {
		let (era, evidence) = offence(AVS)?;
		let part = pallet_avs::Allocations::<Test>::get(sol_pool(1), AVS)?;
		Some(Self { era, evidence, counted: part.counted_in(era) })
	}

	/// The next era, with what becomes of the fault in it.
	fn pass_era(&self, steps: &[Step]) {
		if era() + 1 == self.era + 5 && Slashing::fault(&fault(AVS, 1, self.era)).is_ok() {
			return self.pass_slash(steps);
		}
		next_era();
		if era() == self.era + 2 {
			let result = report(REPORTER, AVS, 0, self.evidence.clone());
			// Where terms without the condition came before the fault, it was none.
			assert_eq!(result.is_ok(), !Avs::conditions(AVS, self.era).is_empty(), "{steps:?}");
		}
	}

	fn pass_slash(&self, steps: &[Step]) {
		while System::block_number() % ERA != ERA - 1 {
			next_block();
		}
		let (stake, exits) = reachable();
		next_era();
		let record = record(&fault(AVS, 1, self.era));
		assert_eq!(record.status, FaultStatus::Settled, "{steps:?}");
		let (stake_after, exits_after) = reachable();
		assert_eq!(stake_after, self.left(stake), "{steps:?}: stake");
		for (ticket, value) in exits.into_iter().filter(|(ticket, _)| ticket.maturity > era()) {
			let after = exits_after.iter().find(|(other, _)| *other == ticket);
			assert_eq!(after, Some(&(ticket, self.left(value))), "{steps:?}");
		}
	}

	/// What is left when ⌈value · (counted / 2) / whole⌉ is gone.
	fn left(&self, value: u128) -> u128 {
		use sp_core::U256;
		let product = U256::from(value) * U256::from(self.counted.div_ceil(2));
		let (gone, rest) = product.div_mod(U256::from(WHOLE));
		value - gone.as_u128() - u128::from(!rest.is_zero())
	}
}

/// The fault comes before step number `at`; a turn of the era follows each step whose bit is set.
fn walk(steps: &[Step], at: usize, turns: u32) {
	let mut done = None;
	let pass_era = |done: &Option<Done>| match done {
		Some(done) => done.pass_era(steps),
		None => next_era(),
	};
	for (number, step) in steps.iter().enumerate() {
		if number == at {
			done = Done::now();
		}
		take(*step, AVS);
		if turns & (1 << number) != 0 {
			pass_era(&done);
		}
	}
	done = done.or_else(|| Done::now().filter(|_| at == steps.len()));
	let Some(era_of_fault) = done.as_ref().map(|done| done.era) else { return };
	while era() < era_of_fault + 5 {
		pass_era(&done);
	}
}

/// Calls `visit` with every sequence of `length` different steps.
fn sequences(length: usize, visit: &mut impl FnMut(&[Step])) {
	fn extend(chosen: &mut Vec<Step>, length: usize, visit: &mut impl FnMut(&[Step])) {
		if chosen.len() == length {
			return visit(chosen);
		}
		for step in STEPS {
			if !chosen.contains(&step) {
				chosen.push(step);
				extend(chosen, length, visit);
				chosen.pop();
			}
		}
	}
	extend(&mut Vec::new(), length, visit)
}

/// A state from which every walk begins, taken back after each.
fn each_from_one_state(mut walk_all: impl FnMut(&mut dyn FnMut(&[Step], usize, u32))) {
	ExtBuilder::build().execute_with(|| {
		let avs = served(vec![condition(Fault::DoubleSign)]);
		assert_eq!(avs, AVS);
		// An exit that matures early in the walk, as there may always be.
		assert_ok!(Restaking::unstake(origin(ALICE), sol_pool(1), 90 * UNIT + 7));
		run_to_era(6);
		walk_all(&mut |steps, at, turns| {
			sp_io::storage::start_transaction();
			walk(steps, at, turns);
			check();
			sp_io::storage::rollback_transaction();
		});
	});
}

/// All orders of up to two steps, with the fault before each of them or after all, and the turns of eras in
/// all places.
#[test]
fn no_order_of_two_steps_escapes() {
	each_from_one_state(|walk| {
		for length in 1..=2 {
			sequences(length, &mut |steps| {
				for at in 0..=length {
					for turns in 0..1 << length {
						walk(steps, at, turns);
					}
				}
			});
		}
	});
}

/// All orders of three to six steps are 187,200, with many places for the fault and the turns: a sample of
/// them, each time another; `WALKS` says how many, `all` for all with the fault in the middle.
#[test]
fn no_order_of_six_steps_escapes() {
	use proptest::prelude::*;
	let asked = std::env::var("WALKS").unwrap_or_default();
	if asked == "all" {
		return each_from_one_state(|walk| {
			for length in 3..=6 {
				sequences(length, &mut |steps| walk(steps, length / 2, 0b010101));
			}
		});
	}
	let cases = asked.parse().unwrap_or(300);
	let config = ProptestConfig { cases, failure_persistence: None, ..Default::default() };
	let steps = Just(STEPS.to_vec()).prop_shuffle();
	let mut runner = proptest::test_runner::TestRunner::new(config);
	let walks = (steps, 3..=6usize, 0..=6usize, 0..64u32);
	each_from_one_state(|walk| {
		let walk = std::cell::RefCell::new(walk);
		runner
			.run(&walks, |(steps, length, at, turns)| {
				walk.borrow_mut()(&steps[..length], at.min(length), turns);
				Ok(())
			})
			.unwrap();
	});
}
