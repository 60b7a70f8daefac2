// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use super::*;

/// Exits of so many planck each that were paid and can't be sent; their fees are their numbers, from 1.
fn stall(amounts: &[Balance]) -> Vec<TicketId> {
	(1..)
		.zip(amounts)
		.map(|(fee, amount)| {
			let pool = if fee % 2 == 0 { OTHER_DOT_POOL } else { DOT_POOL };
			let held = balance(DOT, &executor());
			give(&executor(), DOT, *amount);
			succeed(&[
				stake(pool, Amount::Exactly(*amount)),
				unstake(pool, Amount::All, Some(route(fee))),
			]);
			let ticket = ticket(pool);
			close(fee);
			run_to_era(ticket.maturity);
			next_block();
			assert_eq!(balance(DOT, &executor()), held + amount);
			open(fee);
			ticket
		})
		.collect()
}

fn complete(ticket: TicketId) -> Result<(), DispatchError> {
	Cvm::complete_exit(origin(NOBODY), executor(), ticket)
}

fn funds() -> (Balance, Balance) {
	Stalled::<Test>::get(executor(), DOT).map_or((0, 0), |funds| (funds.due, funds.left))
}

fn spend(amount: Balance) {
	succeed(&[transfer(&ALICE, DOT, Amount::Exactly(amount))]);
}

/// Who restakes what an exit paid, and sends new money later, must not have that taken home by anyone.
#[test]
fn money_that_came_after_an_exit_was_spent_is_not_taken() {
	ExtBuilder.build_and_execute(|| {
		let exit = stall(&[1_000])[0];
		succeed(&[stake(OTHER_DOT_POOL, Amount::All)]);
		assert_eq!(funds(), (1_000, 0));
		give(&executor(), DOT, 5_000);
		assert_noop!(complete(exit), Error::<Test>::ExitSpent);
		assert_ok!(Cvm::set_exit_route(origin(REMOTE), 0, exit, None));
		assert_eq!((funds(), Stalled::<Test>::iter().count()), ((0, 0), 0));
		assert_eq!(balance(DOT, &executor()), 5_000);
	});
}

#[test]
fn other_money_is_spent_first() {
	ExtBuilder.build_and_execute(|| {
		give(&executor(), DOT, 300);
		let exit = stall(&[1_000])[0];
		spend(300);
		assert_eq!(funds(), (1_000, 1_000));
		spend(1);
		assert_eq!(funds(), (1_000, 999));
		assert_noop!(complete(exit), Error::<Test>::ExitSpent);
		// A new way does not bring back what was spent.
		assert_ok!(Cvm::set_exit_route(origin(REMOTE), 0, exit, Some(route(5))));
		System::reset_events();
		next_block();
		let (executor, ticket) = (executor(), exit);
		let error = Error::<Test>::ExitSpent.into();
		assert_eq!(events(), vec![Event::ExitStalled { executor, ticket, error }]);
	});
}

#[test]
fn every_way_of_spending_counts() {
	let spending = [
		transfer(&ALICE, DOT, Amount::Exactly(100)),
		stake(DOT_POOL, Amount::Exactly(100)),
		send(DOT, Amount::Exactly(100), 9),
		spawn(&[(DOT, Amount::Exactly(100))], 1, program(&[stake(DOT_POOL, Amount::All)])),
	];
	for step in spending {
		ExtBuilder.build_and_execute(|| {
			stall(&[1_000]);
			succeed(&[step]);
			assert_eq!(funds(), (1_000, 900));
		});
	}
	ExtBuilder.build_and_execute(|| {
		stall(&[1_000]);
		let failing = with_refund(program(&[stake(99, Amount::All)]), &[DOT], 9);
		assert_ok!(Cvm::execute(origin(REMOTE), 0, failing));
		assert_eq!((funds(), balance(DOT, &executor())), ((1_000, 0), 0));
	});
}

#[test]
fn a_program_that_fails_spends_nothing() {
	ExtBuilder.build_and_execute(|| {
		let exit = stall(&[1_000])[0];
		execute(&[transfer(&ALICE, DOT, Amount::All), stake(99, Amount::All)]);
		assert_eq!(funds(), (1_000, 1_000));
		assert_ok!(complete(exit));
	});
}

#[test]
fn stalled_exits_are_paid_out_of_one_purse() {
	ExtBuilder.build_and_execute(|| {
		let exits = stall(&[100, 200, 400]);
		assert_eq!(funds(), (700, 700));
		spend(150);
		assert_eq!(funds(), (700, 550));
		give(&executor(), DOT, 1_000);
		assert_ok!(complete(exits[2]));
		assert_eq!(funds(), (300, 150));
		assert_noop!(complete(exits[1]), Error::<Test>::ExitSpent);
		assert_ok!(complete(exits[0]));
		assert_eq!(funds(), (200, 50));
		assert_noop!(complete(exits[1]), Error::<Test>::ExitSpent);
		assert_eq!(balance(DOT, &executor()), 1_050);
	});
}

#[test]
fn what_a_forgotten_exit_was_paid_is_free() {
	ExtBuilder.build_and_execute(|| {
		let exits = stall(&[100, 200]);
		assert_ok!(Cvm::set_exit_route(origin(REMOTE), 0, exits[0], None));
		assert_eq!(funds(), (200, 200));
		spend(100);
		assert_eq!(funds(), (200, 200));
		assert_ok!(complete(exits[1]));
		assert_eq!((funds(), balance(DOT, &executor())), ((0, 0), 0));
	});
}
