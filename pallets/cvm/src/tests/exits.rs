// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use super::*;
use picasso_primitives::restaking::ExitRoutes;

fn completed(ticket: TicketId, amount: Balance, number: usize) -> Event<Test> {
	Event::ExitCompleted { executor: executor(), ticket, amount, message_id: message(number) }
}

fn stalled(ticket: TicketId, error: impl Into<DispatchError>) -> Event<Test> {
	Event::ExitStalled { executor: executor(), ticket, error: error.into() }
}

fn exits_of(who: &AccountId) -> u32 {
	Executors::<Test>::get(who).map_or(0, |record| record.exits)
}

fn complete(ticket: TicketId) {
	System::reset_events();
	assert_ok!(Cvm::complete_exit(origin(NOBODY), executor(), ticket));
}

fn sent(amount: Balance, fee: Balance) -> Sent {
	(executor(), vec![(DOT, amount)], route(fee))
}

#[test]
fn an_exit_comes_home_by_itself() {
	ExtBuilder.build_and_execute(|| {
		let ticket = exit_home(1_000, 1);
		let exit = Exit { route: route(1), queued: Some(ticket.maturity), paid: None };
		assert_eq!(Exits::<Test>::get(executor(), ticket), Some(exit));
		assert!(Cvm::has_route(&executor(), ticket));
		assert_eq!(exits_of(&executor()), 1);
		while era() < ticket.maturity {
			assert_eq!(Outbox::get(), vec![]);
			next_block();
		}
		assert_eq!(Outbox::get(), vec![sent(1_000, 1)]);
		assert_eq!(events(), vec![completed(ticket, 1_000, 1)]);
		assert_eq!(balance(DOT, &executor()), 0);
		assert!(!Cvm::has_route(&executor(), ticket));
		assert_eq!(exits_of(&executor()), 0);
		assert_eq!(Queue::<Test>::iter().count(), 0);
		assert_eq!(NextEra::<Test>::get(), Some(ticket.maturity + 1));
	});
}

#[test]
fn an_exit_is_told_of_as_it_begins() {
	ExtBuilder.build_and_execute(|| {
		give(&executor(), DOT, 10);
		System::reset_events();
		execute(&[stake(DOT_POOL, Amount::All), unstake(DOT_POOL, Amount::All, Some(route(1)))]);
		let recorded = Event::ExitRecorded { executor: executor(), ticket: ticket(DOT_POOL) };
		assert_eq!(events(), vec![recorded, executed(executor())]);
	});
}

#[test]
fn what_else_the_executor_has_stays() {
	ExtBuilder.build_and_execute(|| {
		let ticket = exit_home(1_000, 1);
		give(&executor(), DOT, 77);
		run_to_era(ticket.maturity);
		next_block();
		assert_eq!(Outbox::get(), vec![sent(1_000, 1)]);
		assert_eq!(balance(DOT, &executor()), 77);
	});
}

#[test]
fn exits_that_join_go_home_together() {
	ExtBuilder.build_and_execute(|| {
		let first = exit_home(1_000, 1);
		assert_eq!(exit_home(500, 1), first);
		assert_eq!(exits_of(&executor()), 1);
		give(&executor(), DOT, 20);
		for other in [Some(route(2)), None] {
			System::reset_events();
			execute(&[stake(DOT_POOL, Amount::All), unstake(DOT_POOL, Amount::All, other)]);
			assert_eq!(events(), vec![failed(&[1], Error::<Test>::OtherRoute)]);
		}
		run_to_era(first.maturity);
		next_block();
		assert_eq!(Outbox::get(), vec![sent(1_500, 1)]);
	});
}

#[test]
fn exits_on_their_way_are_bounded() {
	ExtBuilder.build_and_execute(|| {
		give(&executor(), DOT, 100);
		succeed(&[stake(DOT_POOL, Amount::All)]);
		let exit = unstake(DOT_POOL, Amount::Exactly(1), Some(route(1)));
		let mut tickets = Vec::new();
		for _ in 0..4 {
			tickets.push(ticket(DOT_POOL));
			succeed(std::slice::from_ref(&exit));
			// They mature, and nothing is left to them.
			run_to_era(era() + 1);
		}
		System::reset_events();
		execute(std::slice::from_ref(&exit));
		assert_eq!(events(), vec![failed(&[0], Error::<Test>::TooManyExits)]);
		// One without a way home is not counted, nor is another executor's.
		succeed(&[unstake(DOT_POOL, Amount::Exactly(1), None)]);
		exit_home_of(&ALICE, DOT_POOL, 1_000, 1);
		complete(tickets[0]);
		run_to_era(era() + 1);
		succeed(&[exit]);
	});
}

#[test]
fn anyone_completes_an_exit_that_has_matured() {
	ExtBuilder.build_and_execute(|| {
		let ticket = exit_home(1_000, 1);
		let complete_exit = |ticket| Cvm::complete_exit(origin(NOBODY), executor(), ticket);
		assert_noop!(complete_exit(ticket), Error::<Test>::ExitNotMature);
		let other = TicketId { pool: OTHER_DOT_POOL, ..ticket };
		assert_noop!(complete_exit(other), Error::<Test>::ExitNotFound);
		run_to_era(ticket.maturity);
		complete(ticket);
		assert_eq!(events(), vec![completed(ticket, 1_000, 1)]);
		assert_eq!(Outbox::get(), vec![sent(1_000, 1)]);
		assert_noop!(complete_exit(ticket), Error::<Test>::ExitNotFound);
		next_block();
		assert_eq!(events(), vec![]);
	});
}

#[test]
fn an_exit_that_cannot_be_sent_waits_for_another_attempt() {
	for by_itself in [true, false] {
		ExtBuilder.build_and_execute(|| {
			let ticket = exit_home(1_000, 1);
			close(1);
			run_to_era(ticket.maturity);
			System::reset_events();
			if by_itself {
				next_block();
			} else {
				complete(ticket);
			}
			assert_eq!(events(), vec![stalled(ticket, NO_WAY)]);
			assert_eq!(balance(DOT, &executor()), 1_000);
			let exit = Exit { route: route(1), queued: None, paid: Some((DOT, 1_000)) };
			assert_eq!(Exits::<Test>::get(executor(), ticket), Some(exit));
			let funds = StalledFunds { due: 1_000, left: 1_000 };
			assert_eq!(Stalled::<Test>::get(executor(), DOT), Some(funds));
			check();
			// Nobody tries by itself.
			open(1);
			next_block();
			assert_eq!(Outbox::get(), vec![]);
			close(1);
			assert_noop!(Cvm::complete_exit(origin(BOB), executor(), ticket), NO_WAY);
			open(1);
			complete(ticket);
			assert_eq!(events(), vec![completed(ticket, 1_000, 1)]);
			assert_eq!(Outbox::get(), vec![sent(1_000, 1)]);
			assert_eq!((balance(DOT, &executor()), exits_of(&executor())), (0, 0));
			assert_eq!(Stalled::<Test>::iter().count(), 0);
		});
	}
}

#[test]
fn an_exit_that_cannot_be_withdrawn_waits_for_another_attempt() {
	ExtBuilder.build_and_execute(|| {
		let ticket = exit_home(1_000, 1);
		run_to_era(ticket.maturity);
		freeze(DOT);
		System::reset_events();
		let frozen = DispatchError::from(pallet_assets::Error::<Test>::AssetNotLive);
		assert_noop!(Cvm::complete_exit(origin(BOB), executor(), ticket), frozen);
		next_block();
		assert_eq!(events(), vec![stalled(ticket, frozen)]);
		let exit = Exit { route: route(1), queued: None, paid: None };
		assert_eq!(Exits::<Test>::get(executor(), ticket), Some(exit));
		check();
		assert_noop!(Cvm::complete_exit(origin(BOB), executor(), ticket), frozen);
		thaw(DOT);
		complete(ticket);
		assert_eq!(events(), vec![completed(ticket, 1_000, 1)]);
	});
}

#[test]
fn an_exit_slashed_to_nothing_is_forgotten() {
	for by_itself in [true, false] {
		ExtBuilder.build_and_execute(|| {
			let ticket = exit_home(1_000, 1);
			slash(DOT_POOL, 1, 1);
			run_to_era(ticket.maturity);
			System::reset_events();
			if by_itself {
				next_block();
			} else {
				complete(ticket);
			}
			assert_eq!(events(), vec![Event::ExitWorthless { executor: executor(), ticket }]);
			assert!(!Cvm::has_route(&executor(), ticket));
			assert_eq!((exits_of(&executor()), Outbox::get()), (0, vec![]));
		});
	}
}

#[test]
fn a_slashed_exit_takes_home_what_is_left() {
	ExtBuilder.build_and_execute(|| {
		let ticket = exit_home(1_000, 1);
		slash(DOT_POOL, 1, 4);
		run_to_era(ticket.maturity);
		next_block();
		assert_eq!(Outbox::get(), vec![sent(750, 1)]);
	});
}

#[test]
fn owners_send_an_exit_another_way() {
	ExtBuilder.build_and_execute(|| {
		let ticket = exit_home(1_000, 1);
		let set = |who, route| Cvm::set_exit_route(origin(who), 0, ticket, route);
		assert_noop!(set(BOB, Some(route(2))), Error::<Test>::ExitNotFound);
		System::reset_events();
		assert_ok!(set(REMOTE, Some(route(2))));
		let changed = |old, new: Option<Balance>| Event::ExitRouteChanged {
			executor: executor(),
			ticket,
			old: route(old),
			new: new.map(route),
		};
		assert_eq!(events(), vec![changed(1, Some(2))]);
		close(2);
		run_to_era(ticket.maturity);
		next_block();
		assert_eq!(events(), vec![stalled(ticket, NO_WAY)]);
		// Sent another way, it goes by itself, in a later era, too.
		run_to_era(ticket.maturity + 3);
		next_block();
		assert_eq!(NextEra::<Test>::get(), Some(era() + 1));
		System::reset_events();
		assert_ok!(set(REMOTE, Some(route(3))));
		check();
		assert_eq!(NextEra::<Test>::get(), Some(era()));
		next_block();
		assert_eq!(events(), vec![changed(2, Some(3)), completed(ticket, 1_000, 1)]);
		assert_eq!(Outbox::get(), vec![sent(1_000, 3)]);
	});
}

#[test]
fn owners_let_an_exit_stay() {
	ExtBuilder.build_and_execute(|| {
		let first = exit_home(1_000, 1);
		assert_ok!(Cvm::set_exit_route(origin(REMOTE), 0, first, None));
		assert_eq!((exits_of(&executor()), Queue::<Test>::iter().count()), (0, 0));
		run_to_era(first.maturity);
		next_block();
		assert_eq!(Outbox::get(), vec![]);
		succeed(&[Instruction::Withdraw { ticket: first }]);
		assert_eq!(balance(DOT, &executor()), 1_000);
		// One that has stalled: the money is free.
		succeed(&[transfer(&ALICE, DOT, Amount::All)]);
		let second = exit_home(1_000, 1);
		close(1);
		run_to_era(second.maturity);
		next_block();
		System::reset_events();
		assert_ok!(Cvm::set_exit_route(origin(REMOTE), 0, second, None));
		let (executor, old) = (executor(), route(1));
		let stays = Event::ExitRouteChanged { executor, ticket: second, old, new: None };
		assert_eq!(events(), vec![stays]);
		assert_eq!(Stalled::<Test>::iter().count(), 0);
		open(1);
		assert_noop!(
			Cvm::set_exit_route(origin(REMOTE), 0, second, None),
			Error::<Test>::ExitNotFound
		);
	});
}

#[test]
fn an_owner_who_withdraws_takes_the_exit_off_its_way() {
	ExtBuilder.build_and_execute(|| {
		let ticket = exit_home(1_000, 1);
		run_to_era(ticket.maturity);
		System::reset_events();
		execute(&[Instruction::Withdraw { ticket }]);
		let (executor, old) = (executor(), route(1));
		let stays = Event::ExitRouteChanged { executor: executor.clone(), ticket, old, new: None };
		assert_eq!(events(), vec![stays, executed(executor.clone())]);
		next_block();
		assert_eq!(Outbox::get(), vec![]);
		assert_eq!((balance(DOT, &executor), exits_of(&executor)), (1_000, 0));
	});
}

#[test]
fn many_exits_of_an_era_take_as_many_blocks_as_they_need() {
	ExtBuilder.build_and_execute(|| {
		let people: Vec<_> = (100..110).map(|number| AccountId::new([number; 32])).collect();
		for (number, who) in people.iter().enumerate() {
			let ticket = exit_home_of(who, DOT_POOL, 1_000, number as Balance);
			assert_eq!(ticket.maturity, era() + UNBONDING);
		}
		// Some never get through.
		for fee in [0, 3, 4, 9] {
			close(fee);
		}
		run_to_era(UNBONDING);
		// A look before each of two exits, and one that finds a third, for which there is no room.
		IdleWeight::set(Weight::from_parts(2 * (1 + COMPLETING) + 1, 0));
		System::reset_events();
		for block in 1..=5 {
			next_block();
			assert_eq!(Queue::<Test>::iter().count(), 10 - 2 * block);
			assert_eq!(NextEra::<Test>::get().map(|next| next > UNBONDING), Some(block == 5));
			check();
		}
		let events = events();
		let stalled =
			events.iter().filter(|event| matches!(event, Event::ExitStalled { .. })).count();
		assert_eq!((stalled, events.len(), Outbox::get().len()), (4, 10, 6));
		assert_eq!(Exits::<Test>::iter().count(), 4);
	});
}

#[test]
fn no_exit_completes_where_a_block_leaves_nothing() {
	ExtBuilder.build_and_execute(|| {
		let ticket = exit_home(1_000, 1);
		run_to_era(ticket.maturity + 1);
		for left in [0, 1, COMPLETING] {
			IdleWeight::set(Weight::from_parts(left, 0));
			next_block();
			assert_eq!(Outbox::get(), vec![]);
		}
		IdleWeight::set(Weight::from_parts(COMPLETING + 1, 0));
		next_block();
		assert_eq!(Outbox::get(), vec![sent(1_000, 1)]);
		// Eras without exits are left behind as there is room, and one never comes again.
		IdleWeight::set(Weight::from_parts(1, 0));
		let next = NextEra::<Test>::get();
		next_block();
		assert_eq!(NextEra::<Test>::get(), next.map(|next| next + 1));
	});
}

#[test]
fn nothing_is_looked_for_where_no_exit_ever_went_home() {
	ExtBuilder.build_and_execute(|| {
		run_to_era(5);
		next_block();
		assert_eq!(NextEra::<Test>::get(), None);
	});
}

/// The ledger pays a ticket for anyone, but for one that goes home: it would stall.
#[test]
fn nobody_has_an_exit_paid_that_goes_home() {
	ExtBuilder.build_and_execute(|| {
		let ticket = exit_home(1_000, 1);
		run_to_era(ticket.maturity);
		assert_noop!(
			Restaking::withdraw_for(origin(BOB), executor(), ticket),
			pallet_restaking::Error::<Test>::TicketRouted
		);
		next_block();
		assert_eq!(Outbox::get(), vec![sent(1_000, 1)]);
	});
}

#[test]
fn an_exit_below_what_an_account_must_hold_stalls() {
	ExtBuilder.build_and_execute(|| {
		let ticket = exit_home_of(&REMOTE, COARSE_POOL, 100, 1);
		slash(COARSE_POOL, 99, 100);
		run_to_era(ticket.maturity);
		System::reset_events();
		next_block();
		assert!(matches!(events()[..], [Event::ExitStalled { .. }]));
		give(&executor(), COARSE, 10);
		complete(ticket);
		assert_eq!(Outbox::get(), vec![(executor(), vec![(COARSE, 1)], route(1))]);
	});
}
