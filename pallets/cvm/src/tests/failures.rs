// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use super::*;
use sp_runtime::StateVersion;

/// Steps that all succeed, one after the other, from 10,000 planck of [`DOT`].
fn good_steps() -> Vec<Instruction> {
	vec![
		transfer(&ALICE, DOT, Amount::Exactly(100)),
		stake(DOT_POOL, Amount::Exactly(5_000)),
		unstake(DOT_POOL, Amount::Exactly(1_000), Some(route(1))),
		Instruction::Redelegate {
			from: DOT_POOL,
			shares: Amount::Exactly(500),
			into: OTHER_DOT_POOL,
		},
		spawn(&[(DOT, Amount::Exactly(200))], 1, program(&[transfer(&BOB, DOT, Amount::All)])),
		send(DOT, Amount::Exactly(300), 1),
		Instruction::Recover { asset: DOT, amount: 9, route: route(1) },
	]
}

fn bad_step() -> Instruction {
	stake(99, Amount::All)
}

/// All that there is but for events and this pallet's record of the executor, which a failed program leaves.
fn root() -> Vec<u8> {
	System::reset_events();
	sp_io::storage::root(StateVersion::V1)
}

fn prepare() {
	give(&executor(), DOT, 10_000);
	// It is recorded, whatever it does.
	execute(&[bad_step()]);
}

#[test]
fn a_program_that_fails_at_any_step_leaves_everything_as_it_was() {
	for place in 0..=good_steps().len() {
		ExtBuilder.build_and_execute(|| {
			prepare();
			let before = root();
			let mut steps = good_steps();
			steps.insert(place, bad_step());
			execute(&steps);
			let error = Error::<Test>::PoolNotFound;
			assert_eq!(events(), vec![failed(&[place as u32], error)]);
			assert_eq!(root(), before);
		});
	}
}

#[test]
fn the_good_steps_succeed() {
	ExtBuilder.build_and_execute(|| {
		prepare();
		succeed(&good_steps());
	});
}

#[test]
fn a_spawned_program_that_fails_at_any_step_fails_the_whole() {
	for place in 0..=good_steps().len() {
		ExtBuilder.build_and_execute(|| {
			prepare();
			let before = root();
			let mut steps = good_steps();
			steps[4] = transfer(&BOB, DOT, Amount::Exactly(200));
			steps.insert(place, bad_step());
			let spawned = spawn(&[(DOT, Amount::All)], 5, program(&steps));
			let through = spawn(&[(DOT, Amount::All)], 4, program(&[bad_claim(), spawned.clone()]));
			execute(&[transfer(&BOB, DOT, Amount::Exactly(1)), spawned]);
			let error = Error::<Test>::PoolNotFound;
			assert_eq!(events(), vec![failed(&[1, place as u32], error)]);
			assert_eq!(root(), before);
			execute(&[through]);
			let error = pallet_restaking::Error::<Test>::PoolNotFound;
			assert_eq!(events(), vec![failed(&[0, 0], error)]);
			assert_eq!(root(), before);
			assert!(!Cvm::is_executor(&executor_of(&REMOTE, 5)));
		});
	}
}

fn bad_claim() -> Instruction {
	Instruction::Claim { pool: 99 }
}

#[test]
fn the_path_leads_to_the_innermost_step() {
	ExtBuilder.build_and_execute(|| {
		prepare();
		let innermost = program(&[transfer(&ALICE, DOT, Amount::Exactly(1)), bad_step()]);
		let inner = program(&[spawn(&[(DOT, Amount::All)], 2, innermost)]);
		System::reset_events();
		execute(&[
			transfer(&ALICE, DOT, Amount::Exactly(1)),
			transfer(&ALICE, DOT, Amount::Exactly(1)),
			spawn(&[(DOT, Amount::All)], 1, inner),
		]);
		assert_eq!(events(), vec![failed(&[2, 0, 1], Error::<Test>::PoolNotFound)]);
	});
}

#[test]
fn a_refund_takes_all_that_the_executor_has() {
	for place in 0..=good_steps().len() {
		ExtBuilder.build_and_execute(|| {
			prepare();
			give(&executor(), COARSE, 500);
			let mut steps = good_steps();
			steps.insert(place, bad_step());
			System::reset_events();
			let program = with_refund(program(&steps), &[DOT, IDLE, COARSE], 8);
			let tag = program.tag.clone();
			assert_ok!(Cvm::execute(origin(REMOTE), 0, program));
			let executor = executor();
			let sent = (executor.clone(), vec![(DOT, 10_000), (COARSE, 500)], route(8));
			assert_eq!(Outbox::get(), vec![sent]);
			let error = Error::<Test>::PoolNotFound;
			let message_id = message(1);
			assert_eq!(
				events(),
				vec![
					failed(&[place as u32], error),
					Event::Refunded { executor: executor.clone(), tag, message_id },
				]
			);
			assert_eq!((balance(DOT, &executor), balance(COARSE, &executor)), (0, 0));
			assert_eq!(shares(&executor, DOT_POOL), 0);
		});
	}
}

#[test]
fn where_the_refund_fails_too_the_funds_stay() {
	ExtBuilder.build_and_execute(|| {
		prepare();
		let fails = |assets: &[_], error: DispatchError| {
			let before = root();
			let program = with_refund(program(&[bad_step()]), assets, 8);
			let tag = program.tag.clone();
			assert_ok!(Cvm::execute(origin(REMOTE), 0, program));
			let failed = failed(&[0], Error::<Test>::PoolNotFound);
			assert_eq!(
				events(),
				vec![failed, Event::RefundFailed { executor: executor(), tag, error }]
			);
			assert_eq!(root(), before);
		};
		// The first pays the fees, and there is none of it.
		fails(&[IDLE, DOT], Error::<Test>::NothingToMove.into());
		fails(&[IDLE], Error::<Test>::NothingToMove.into());
		close(8);
		fails(&[DOT], NO_WAY);
		assert_eq!(balance(DOT, &executor()), 10_000);
	});
}

#[test]
fn no_refund_is_taken_where_all_goes_well() {
	ExtBuilder.build_and_execute(|| {
		prepare();
		let program = with_refund(program(&[stake(DOT_POOL, Amount::Exactly(1))]), &[DOT], 8);
		System::reset_events();
		assert_ok!(Cvm::execute(origin(REMOTE), 0, program));
		assert_eq!(events(), vec![executed(executor())]);
		assert_eq!(Outbox::get(), vec![]);
	});
}

#[test]
fn a_later_program_takes_what_a_failed_one_left() {
	ExtBuilder.build_and_execute(|| {
		prepare();
		succeed(&[send(DOT, Amount::All, 4)]);
		assert_eq!(Outbox::get(), vec![(executor(), vec![(DOT, 10_000)], route(4))]);
	});
}

/// What the transport says is the error of the step.
#[test]
fn a_transport_that_refuses_fails_the_program() {
	ExtBuilder.build_and_execute(|| {
		prepare();
		close(1);
		for step in [
			send(DOT, Amount::All, 1),
			Instruction::Recover { asset: DOT, amount: 1, route: route(1) },
		] {
			let before = root();
			execute(&[transfer(&ALICE, DOT, Amount::Exactly(5)), step]);
			assert_eq!(events(), vec![failed(&[1], NO_WAY)]);
			assert_eq!(root(), before);
		}
	});
}

#[test]
fn too_few_shares_fail_the_program() {
	ExtBuilder.build_and_execute(|| {
		prepare();
		let stake = Instruction::Stake { pool: DOT_POOL, amount: Amount::All, min_shares: 10_001 };
		System::reset_events();
		execute(&[stake]);
		let error = pallet_restaking::Error::<Test>::SharesBelowMinimum;
		assert_eq!(events(), vec![failed(&[0], error)]);
		execute(&[transfer(&ALICE, PICA, Amount::Exactly(1))]);
		assert_eq!(events(), vec![failed(&[0], TokenError::FundsUnavailable)]);
	});
}
