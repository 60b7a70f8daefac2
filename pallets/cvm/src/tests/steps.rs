// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use super::*;
use picasso_primitives::restaking::ExitRoutes;

#[test]
fn transfer_gives_assets_to_an_account() {
	ExtBuilder.build_and_execute(|| {
		give(&executor(), DOT, 100);
		give(&executor(), COARSE, 1_000);
		let part = Amount::Part { base: 10, part: Perbill::from_percent(50) };
		let assets = portions(&[(DOT, Amount::Exactly(30)), (COARSE, part)]);
		succeed(&[Instruction::Transfer { to: ALICE, assets }]);
		assert_eq!(balance(DOT, &ALICE), ENDOWMENT + 30);
		assert_eq!(balance(COARSE, &ALICE), ENDOWMENT + 10 + 495);
		succeed(&[transfer(&BOB, DOT, Amount::All)]);
		assert_eq!((balance(DOT, &executor()), balance(DOT, &BOB)), (0, ENDOWMENT + 70));
	});
}

#[test]
fn amounts_are_of_what_is_left_at_the_step() {
	ExtBuilder.build_and_execute(|| {
		give(&executor(), DOT, 100);
		let half = Amount::Part { base: 0, part: Perbill::from_percent(50) };
		succeed(&[transfer(&ALICE, DOT, half), transfer(&BOB, DOT, half)]);
		assert_eq!(balance(DOT, &ALICE), ENDOWMENT + 50);
		assert_eq!(balance(DOT, &BOB), ENDOWMENT + 25);
		// All of it where that is less than the base.
		let part = Amount::Part { base: 26, part: Perbill::from_percent(50) };
		succeed(&[transfer(&BOB, DOT, part)]);
		assert_eq!(balance(DOT, &BOB), ENDOWMENT + 50);
	});
}

#[test]
fn stake_takes_what_the_executor_has() {
	ExtBuilder.build_and_execute(|| {
		give(&executor(), DOT, 1_000);
		succeed(&[stake(DOT_POOL, Amount::Exactly(400)), stake(OTHER_DOT_POOL, Amount::All)]);
		assert_eq!(shares(&executor(), DOT_POOL), 400);
		assert_eq!(shares(&executor(), OTHER_DOT_POOL), 600);
		assert_eq!(balance(DOT, &executor()), 0);
	});
}

/// Whoever stakes PICA keeps the existential deposit.
#[test]
fn stake_of_all_pica_leaves_the_account_alive() {
	ExtBuilder.build_and_execute(|| {
		give(&executor(), PICA, 5 * UNIT);
		succeed(&[stake(PICA_POOL, Amount::All)]);
		assert_eq!(shares(&executor(), PICA_POOL), 4 * UNIT);
		assert_eq!(balance(PICA, &executor()), UNIT);
	});
}

#[test]
fn unstake_and_withdraw_give_back_what_was_staked() {
	ExtBuilder.build_and_execute(|| {
		give(&executor(), DOT, 1_000);
		let ticket = ticket(DOT_POOL);
		succeed(&[stake(DOT_POOL, Amount::All), unstake(DOT_POOL, Amount::All, None)]);
		assert!(!Cvm::has_route(&executor(), ticket));
		execute(&[Instruction::Withdraw { ticket }]);
		let early = pallet_restaking::Error::<Test>::TicketNotMature;
		assert_eq!(events().last(), Some(&failed(&[0], early)));
		run_to_era(ticket.maturity);
		succeed(&[Instruction::Withdraw { ticket }]);
		assert_eq!(balance(DOT, &executor()), 1_000);
	});
}

#[test]
fn claim_takes_what_a_position_earned() {
	ExtBuilder.build_and_execute(|| {
		give(&executor(), DOT, 1_000 * UNIT);
		succeed(&[stake(DOT_POOL, Amount::All)]);
		credit(DOT_POOL);
		succeed(&[Instruction::Claim { pool: DOT_POOL }]);
		assert_eq!(balance(DOT, &executor()), 500 * UNIT);
		assert_eq!(balance(PICA, &executor()), 500 * UNIT);
	});
}

#[test]
fn redelegate_begins_a_move() {
	ExtBuilder.build_and_execute(|| {
		give(&executor(), DOT, 1_000);
		let redelegate = Instruction::Redelegate {
			from: DOT_POOL,
			shares: Amount::Exactly(600),
			into: OTHER_DOT_POOL,
		};
		succeed(&[stake(DOT_POOL, Amount::All), redelegate]);
		assert_eq!(shares(&executor(), DOT_POOL), 400);
		let ticket = TicketId { into: Some(OTHER_DOT_POOL), ..ticket(DOT_POOL) };
		run_to_era(ticket.maturity);
		assert_ok!(Restaking::complete_move(origin(BOB), executor(), ticket));
		assert_eq!(shares(&executor(), OTHER_DOT_POOL), 600);
	});
}

#[test]
fn spawn_goes_on_in_another_executor() {
	ExtBuilder.build_and_execute(|| {
		give(&executor(), DOT, 1_000);
		give(&executor(), PICA, 5 * UNIT);
		let second = executor_of(&REMOTE, 1);
		let third = executor_of(&REMOTE, 2);
		let innermost = program(&[transfer(&ALICE, DOT, Amount::Exactly(100))]);
		let inner = program(&[
			stake(DOT_POOL, Amount::Exactly(500)),
			spawn(&[(DOT, Amount::All)], 2, innermost),
		]);
		let assets = [(DOT, Amount::Exactly(900)), (PICA, Amount::All)];
		System::reset_events();
		execute(&[spawn(&assets, 1, inner), transfer(&BOB, DOT, Amount::All)]);
		let all = [&third, &second, &executor()].map(|who| executed(who.clone()));
		assert_eq!(events(), all);
		assert_eq!(shares(&second, DOT_POOL), 500);
		assert_eq!(balance(PICA, &second), 5 * UNIT);
		assert_eq!(balance(DOT, &third), 300);
		assert_eq!(balance(DOT, &ALICE), ENDOWMENT + 100);
		assert_eq!(balance(DOT, &BOB), ENDOWMENT + 100);
		assert!(Cvm::is_executor(&second) && Cvm::is_executor(&third));
	});
}

#[test]
fn spawn_sends_assets_to_another_chain() {
	ExtBuilder.build_and_execute(|| {
		give(&executor(), DOT, 1_000);
		give(&executor(), COARSE, 1_000);
		let assets = portions(&[(DOT, Amount::Exactly(600)), (COARSE, Amount::All)]);
		let to = Spawned::Account(route(7));
		System::reset_events();
		execute(&[Instruction::Spawn { assets, to }]);
		let (executor, message_id) = (executor(), message(1));
		let sent = Event::AssetsSent { executor: executor.clone(), message_id };
		assert_eq!(events(), vec![sent, executed(executor.clone())]);
		let sent = (executor.clone(), vec![(DOT, 600), (COARSE, 1_000)], route(7));
		assert_eq!(Outbox::get(), vec![sent]);
		assert_eq!((balance(DOT, &executor), balance(COARSE, &executor)), (400, 0));
	});
}

#[test]
fn recover_asks_another_chain_for_what_it_trapped() {
	ExtBuilder.build_and_execute(|| {
		System::reset_events();
		execute(&[Instruction::Recover { asset: DOT, amount: 55, route: route(3) }]);
		let (executor, message_id) = (executor(), message(200));
		let sent = Event::RecoverySent { executor: executor.clone(), message_id };
		assert_eq!(events(), vec![sent, executed(executor.clone())]);
		assert_eq!(Recovered::get(), vec![(executor, vec![(DOT, 55)], route(3))]);
	});
}

#[test]
fn steps_that_move_nothing_fail() {
	ExtBuilder.build_and_execute(|| {
		let nothing = DispatchError::from(Error::<Test>::NothingToMove);
		let tiny = Amount::Part { base: 0, part: Perbill::from_parts(1) };
		give(&executor(), DOT, 100);
		for step in [
			transfer(&ALICE, COARSE, Amount::All),
			// There is no such asset.
			transfer(&ALICE, 77, Amount::All),
			transfer(&ALICE, DOT, tiny),
			stake(COARSE_POOL, Amount::All),
			unstake(DOT_POOL, Amount::All, None),
			Instruction::Redelegate { from: DOT_POOL, shares: Amount::All, into: OTHER_DOT_POOL },
			spawn(&[(COARSE, Amount::All)], 1, program(&[stake(DOT_POOL, Amount::All)])),
			send(COARSE, Amount::All, 1),
		] {
			System::reset_events();
			execute(&[step]);
			assert_eq!(events(), vec![failed(&[0], nothing)]);
		}
		let itself = DispatchError::from(Error::<Test>::MovesToItself);
		for step in [
			transfer(&executor(), DOT, Amount::All),
			spawn(&[(DOT, Amount::All)], 0, program(&[stake(DOT_POOL, Amount::All)])),
		] {
			execute(&[step]);
			assert_eq!(events(), vec![failed(&[0], itself)]);
		}
		execute(&[stake(99, Amount::All)]);
		assert_eq!(events(), vec![failed(&[0], Error::<Test>::PoolNotFound)]);
		execute(&[stake(DOT_POOL, Amount::Exactly(101))]);
		let low = pallet_assets::Error::<Test>::BalanceLow;
		assert_eq!(events(), vec![failed(&[0], low)]);
	});
}

#[test]
fn a_life_in_one_program_each() {
	ExtBuilder.build_and_execute(|| {
		give(&executor(), DOT, 1_000 * UNIT);
		succeed(&[stake(DOT_POOL, Amount::All)]);
		credit(DOT_POOL);
		let ticket = ticket(DOT_POOL);
		succeed(&[
			Instruction::Claim { pool: DOT_POOL },
			send(PICA, Amount::All, 2),
			stake(OTHER_DOT_POOL, Amount::All),
			unstake(DOT_POOL, Amount::All, Some(route(1))),
		]);
		assert_eq!(Outbox::get(), vec![(executor(), vec![(PICA, 500 * UNIT)], route(2))]);
		assert_eq!(shares(&executor(), OTHER_DOT_POOL), 500 * UNIT);
		run_to_era(ticket.maturity);
		next_block();
		let home = (executor(), vec![(DOT, 1_000 * UNIT)], route(1));
		assert_eq!(Outbox::get().last(), Some(&home));
	});
}
