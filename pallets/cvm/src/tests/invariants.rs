// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Each invariant is seen to be broken by a state that breaks it.

use super::*;
use frame_support::BoundedVec;

fn fails(corrupt: impl FnOnce(TicketId, TicketId), with: &'static str) {
	ExtBuilder.build().execute_with(|| {
		close(1);
		let stalled = exit_home(1_000, 1);
		run_to_era(stalled.maturity);
		next_block();
		let queued = exit_home(500, 2);
		assert_ok!(Cvm::do_try_state());
		corrupt(queued, stalled);
		let error = Cvm::do_try_state().expect_err("a corrupted state");
		assert_eq!(error, with.into());
	});
}

fn change_exit(ticket: TicketId, change: impl FnOnce(&mut Exit)) {
	Exits::<Test>::mutate(executor(), ticket, |exit| change(exit.as_mut().expect("an exit")));
}

fn change_record(change: impl FnOnce(&mut ExecutorRecord<AccountId>)) {
	Executors::<Test>::mutate(executor(), |record| change(record.as_mut().expect("a record")));
}

fn change_funds(change: impl FnOnce(&mut StalledFunds)) {
	Stalled::<Test>::mutate(executor(), DOT, |funds| change(funds.as_mut().expect("funds")));
}

#[test]
fn the_queue_is_what_is_recorded() {
	let unrecorded = "1: what is queued is not recorded";
	fails(|queued, _| Queue::<Test>::insert(9, (executor(), queued), ()), unrecorded);
	fails(|_, stalled| Queue::<Test>::insert(9, (executor(), stalled), ()), unrecorded);
	fails(|queued, _| Exits::<Test>::remove(executor(), queued), unrecorded);
	fails(|queued, _| change_exit(queued, |exit| exit.queued = None), unrecorded);
	fails(
		|queued, _| Queue::<Test>::remove(queued.maturity, (executor(), queued)),
		"1: what is recorded is not queued",
	);
	fails(
		|_, stalled| change_exit(stalled, |exit| exit.queued = Some(9)),
		"1: what is recorded is not queued",
	);
	let behind = "1: the walk has left an exit behind";
	fails(|queued, _| NextEra::<Test>::put(queued.maturity + 1), behind);
	fails(|_, _| NextEra::<Test>::kill(), behind);
}

#[test]
fn executors_are_their_owners() {
	let other = "2: an executor that is not its owner's";
	fails(|_, _| change_record(|record| record.salt = 1), other);
	fails(|_, _| change_record(|record| record.owner.network = 1), other);
	let keepers = BoundedVec::truncate_from(vec![ALICE, BOB, ALICE]);
	fails(|_, _| change_record(|record| record.keepers = keepers), "2: a keeper twice");
	fails(|_, _| change_record(|record| record.exits = 3), "2: exits are miscounted");
	fails(|_, stalled| Exits::<Test>::remove(executor(), stalled), "2: exits are miscounted");
	fails(|_, _| Executors::<Test>::remove(executor()), "2: an exit of nobody's");
	fails(
		|_, stalled| {
			for pool in 100..103 {
				let exit = Exit { route: route(1), queued: None, paid: None };
				Exits::<Test>::insert(executor(), TicketId { pool, ..stalled }, exit);
			}
			change_record(|record| record.exits = 5);
		},
		"2: more exits than allowed",
	);
}

#[test]
fn what_is_due_is_what_was_paid() {
	let differs = "3: what is due is not what exits were paid";
	fails(|_, _| change_funds(|funds| funds.due = 1_001), differs);
	fails(|_, stalled| change_exit(stalled, |exit| exit.paid = None), differs);
	fails(
		|_, stalled| change_exit(stalled, |exit| exit.paid = Some((DOT, 0))),
		"3: an exit was paid nothing",
	);
	fails(|_, _| change_funds(|funds| funds.left = 1_001), "3: more is left than is due");
	fails(|_, _| Stalled::<Test>::remove(executor(), DOT), "3: an exit was paid and is not due");
	fails(
		|queued, _| change_exit(queued, |exit| exit.paid = Some((DOT, Balance::MAX))),
		"3: more is due than there can be",
	);
}
