// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What can be done with an exit beside waiting for it.

use super::*;

/// A second pool of the same asset and operator.
const OTHER_POOL: u32 = 3;

fn create_other_pool() {
	assert_ok!(Restaking::create_pool(origin(OPERATOR), SOL, b"bold".to_vec()));
}

fn redelegate(who: AccountId, shares: u128) -> TicketId {
	assert_ok!(Restaking::redelegate(origin(who), SOL_POOL, shares, OTHER_POOL));
	let Event::Unstaked { ticket, .. } = last_event() else { panic!("an exit") };
	ticket
}

#[test]
fn an_exit_is_taken_back_while_it_is_unmatured() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		let ticket = unstake(ALICE, SOL_POOL, 40);
		assert_ok!(Restaking::cancel_unstake(origin(ALICE), ticket, 30));
		assert_eq!(
			last_event(),
			Event::UnstakeCancelled { who: ALICE, ticket, amount: 30, shares: 30 }
		);
		assert_eq!((shares_of(ALICE, SOL_POOL), points_of(ALICE, ticket)), (90, 10));
		assert_ok!(Restaking::cancel_unstake(origin(ALICE), ticket, 10));
		assert_eq!(Tickets::<Test>::get(ALICE, ticket), None);
		assert!(Pools::<Test>::get(SOL_POOL).unwrap().buckets.is_empty());
		assert_eq!(Vaults::<Test>::get(SOL).unwrap().custody, 100);
	});
}

#[test]
fn an_exit_taken_back_keeps_the_loss_it_had() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		let ticket = unstake(ALICE, SOL_POOL, 40);
		slash(SOL_POOL, 1, 2);
		assert_ok!(Restaking::cancel_unstake(origin(ALICE), ticket, 40));
		// 20 planck at a price of a half.
		assert_eq!(
			last_event(),
			Event::UnstakeCancelled { who: ALICE, ticket, amount: 20, shares: 40 }
		);
	});
}

#[test]
fn cancel_fails_where_there_is_nothing_to_take_back() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		let ticket = unstake(ALICE, SOL_POOL, 40);
		let cancel = |who, points| Restaking::cancel_unstake(origin(who), ticket, points);
		assert_noop!(cancel(BOB, 1), Error::<Test>::TicketNotFound);
		assert_noop!(cancel(ALICE, 0), Error::<Test>::ZeroAmount);
		assert_noop!(cancel(ALICE, 41), Error::<Test>::NotEnoughPoints);
		assert_noop!(Restaking::cancel_unstake(RuntimeOrigin::root(), ticket, 1), BadOrigin);
		slash(SOL_POOL, 1, 2);
		assert_noop!(cancel(ALICE, 1), Error::<Test>::ExitWorthNothing);
		slash(SOL_POOL, 1, 1);
		assert_noop!(cancel(ALICE, 40), Error::<Test>::ExitWorthNothing);
		run_to_era(ticket.maturity);
		assert_noop!(cancel(ALICE, 40), Error::<Test>::TicketMature);
	});
}

#[test]
fn cancel_is_as_welcome_as_new_stake_is_but_for_cap_and_minimum() {
	ExtBuilder::default().deposit_cap(100).minimum_stake(50).build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		let ticket = unstake(ALICE, SOL_POOL, 40);
		let cancel = |who| Restaking::cancel_unstake(origin(who), ticket, 10);
		assert_ok!(cancel(ALICE));
		assert_ok!(Restaking::open_report(SOL_POOL));
		assert_noop!(cancel(ALICE), Error::<Test>::PoolReported);
		assert_ok!(Restaking::settle_report(SOL_POOL));
		assert_ok!(Restaking::set_pool_status(origin(OPERATOR), SOL_POOL, PoolStatus::Closed));
		assert_noop!(cancel(ALICE), Error::<Test>::PoolNotOpen);
		assert_ok!(Restaking::set_pool_status(origin(OPERATOR), SOL_POOL, PoolStatus::Open));
		// A ticket does not carry a stranger into a restricted pool.
		assert_ok!(Restaking::transfer_ticket(origin(ALICE), ticket, 10, BOB));
		assert_ok!(Restaking::set_pool_access(origin(OPERATOR), SOL_POOL, PoolAccess::Approved));
		assert_noop!(cancel(BOB), Error::<Test>::NotApproved);
		assert_ok!(Restaking::set_approval(origin(OPERATOR), BOB, true));
		let settings = VaultSettings { status: VaultStatus::ExitsOnly, ..open_vault() };
		assert_ok!(Restaking::set_vault(RuntimeOrigin::root(), SOL, settings));
		assert_noop!(cancel(BOB), Error::<Test>::VaultNotOpen);
		assert_ok!(Restaking::set_vault(RuntimeOrigin::root(), SOL, open_vault()));
		assert_ok!(cancel(BOB));
		assert_eq!(shares_of(BOB, SOL_POOL), 10);
	});
}

#[test]
fn a_ticket_taken_back_from_a_bucket_lost_before_leaves_later_exits_alone() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		let ticket = unstake(ALICE, SOL_POOL, 40);
		slash(SOL_POOL, 1, 1);
		stake(BOB, SOL_POOL, 50);
		assert_eq!(unstake(BOB, SOL_POOL, 50), ticket);
		assert_ok!(Restaking::cancel_unstake(origin(BOB), ticket, 50));
		// The bucket stays, to tell Alice's points from those of later exits.
		assert_eq!(Pools::<Test>::get(SOL_POOL).unwrap().buckets[0].generation, 1);
		unstake(BOB, SOL_POOL, 50);
		run_to_era(ticket.maturity);
		assert_ok!(Restaking::withdraw(origin(ALICE), ticket));
		assert_eq!(balance(SOL, ALICE), ENDOWMENT - 100);
		assert_ok!(Restaking::withdraw(origin(BOB), ticket));
		assert_eq!(balance(SOL, BOB), ENDOWMENT);
	});
}

#[test]
fn a_ticket_is_passed_on_whole_or_in_part() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		stake(BOB, SOL_POOL, 100);
		let ticket = unstake(ALICE, SOL_POOL, 40);
		unstake(BOB, SOL_POOL, 5);
		assert_ok!(Restaking::transfer_ticket(origin(ALICE), ticket, 15, BOB));
		assert_eq!(
			last_event(),
			Event::TicketTransferred { from: ALICE, to: BOB, ticket, points: 15 }
		);
		assert_eq!((points_of(ALICE, ticket), points_of(BOB, ticket)), (25, 20));
		assert_ok!(Restaking::transfer_ticket(origin(ALICE), ticket, 25, GOVERNANCE));
		assert_eq!(Tickets::<Test>::get(ALICE, ticket), None);
		run_to_era(ticket.maturity);
		assert_ok!(Restaking::transfer_ticket(origin(GOVERNANCE), ticket, 1, BOB));
		assert_ok!(Restaking::withdraw(origin(BOB), ticket));
		assert_ok!(Restaking::withdraw(origin(GOVERNANCE), ticket));
		assert_eq!(balance(SOL, BOB), ENDOWMENT - 100 + 21);
		assert_eq!(Vaults::<Test>::get(SOL).unwrap().custody, 155);
	});
}

#[test]
fn transfer_fails_beyond_what_the_ticket_holds_and_to_its_owner() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		let ticket = unstake(ALICE, SOL_POOL, 40);
		let transfer =
			|who, points, to| Restaking::transfer_ticket(origin(who), ticket, points, to);
		assert_noop!(transfer(ALICE, 1, ALICE), Error::<Test>::TransferToSelf);
		assert_noop!(transfer(ALICE, 0, BOB), Error::<Test>::ZeroAmount);
		assert_noop!(transfer(ALICE, 41, BOB), Error::<Test>::NotEnoughPoints);
		assert_noop!(transfer(BOB, 1, ALICE), Error::<Test>::TicketNotFound);
		assert_noop!(Restaking::transfer_ticket(RuntimeOrigin::root(), ticket, 1, BOB), BadOrigin);
	});
}

#[test]
fn worthless_points_never_mix_with_good_ones() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		stake(BOB, SOL_POOL, 100);
		let ticket = unstake(ALICE, SOL_POOL, 40);
		unstake(BOB, SOL_POOL, 40);
		slash(SOL_POOL, 1, 1);
		stake(BOB, SOL_POOL, 30);
		unstake(BOB, SOL_POOL, 30);
		// Alice's are lost, Bob's are of the new generation.
		assert_noop!(
			Restaking::transfer_ticket(origin(ALICE), ticket, 40, BOB),
			Error::<Test>::TicketWorthless
		);
		assert_ok!(Restaking::transfer_ticket(origin(BOB), ticket, 10, ALICE));
		assert_eq!(Tickets::<Test>::get(ALICE, ticket), Some(Ticket { generation: 1, points: 10 }));
		run_to_era(ticket.maturity);
		assert_ok!(Restaking::withdraw(origin(ALICE), ticket));
		assert_eq!(balance(SOL, ALICE), ENDOWMENT - 100 + 10);
	});
}

#[test]
fn a_ticket_is_paid_to_the_account_its_owner_names() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		let ticket = unstake(ALICE, SOL_POOL, 40);
		let pay = || Restaking::withdraw_to(origin(ALICE), ticket, BOB);
		assert_noop!(pay(), Error::<Test>::TicketNotMature);
		run_to_era(ticket.maturity);
		assert_noop!(
			Restaking::withdraw_to(origin(BOB), ticket, BOB),
			Error::<Test>::TicketNotFound
		);
		assert_noop!(Restaking::withdraw_to(RuntimeOrigin::root(), ticket, BOB), BadOrigin);
		assert_ok!(pay());
		assert_eq!(
			last_event(),
			Event::Withdrawn { who: ALICE, ticket, beneficiary: BOB, amount: 40 }
		);
		assert_eq!(balance(SOL, BOB), ENDOWMENT + 40);
	});
}

#[test]
fn a_ticket_that_goes_on_by_itself_is_paid_by_its_owner_alone() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		let ticket = unstake(ALICE, SOL_POOL, 40);
		run_to_era(ticket.maturity);
		Routed::set(Some((ALICE, ticket)));
		assert_noop!(
			Restaking::withdraw_for(origin(BOB), ALICE, ticket),
			Error::<Test>::TicketRouted
		);
		assert_ok!(Restaking::withdraw(origin(ALICE), ticket));
	});
}

#[test]
fn anyone_can_have_a_mature_ticket_paid_to_its_owner_unless_it_moves() {
	ExtBuilder::default().build_and_execute(|| {
		create_other_pool();
		stake(ALICE, SOL_POOL, 100);
		let ticket = unstake(ALICE, SOL_POOL, 40);
		let moving = redelegate(ALICE, 60);
		let pay = |ticket| Restaking::withdraw_for(origin(BOB), ALICE, ticket);
		assert_noop!(pay(ticket), Error::<Test>::TicketNotMature);
		run_to_era(ticket.maturity);
		assert_ok!(pay(ticket));
		assert_eq!(balance(SOL, ALICE), ENDOWMENT - 60);
		assert_noop!(pay(moving), Error::<Test>::TicketMoving);
		assert_noop!(Restaking::withdraw_for(RuntimeOrigin::root(), ALICE, moving), BadOrigin);
		// It must not hold up the winding up of the pool it leaves.
		let winding_up = PoolStatus::WindingUp;
		assert_ok!(Restaking::set_pool_status(origin(OPERATOR), SOL_POOL, winding_up));
		assert_ok!(pay(moving));
		assert_eq!(balance(SOL, ALICE), ENDOWMENT);
	});
}

#[test]
fn one_bad_ticket_does_not_stop_the_others() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		stake(ALICE, COARSE_POOL, 100);
		stake(ALICE, PICA_POOL, 100);
		let sol = unstake(ALICE, SOL_POOL, 40);
		let coarse = unstake(ALICE, COARSE_POOL, 40);
		run_to_era(sol.maturity);
		let early = unstake(ALICE, PICA_POOL, 100);
		let unknown = TicketId { pool: 99, maturity: 0, into: None };
		assert_ok!(Assets::freeze_asset(origin(ISSUER), SOL));
		System::reset_events();
		let all = vec![unknown, sol, early, coarse, coarse].try_into().unwrap();
		assert_ok!(Restaking::withdraw_many(origin(ALICE), all));
		let failed = |ticket, error| {
			System::assert_has_event(Event::WithdrawFailed { who: ALICE, ticket, error }.into())
		};
		failed(unknown, Error::<Test>::TicketNotFound.into());
		failed(sol, unmovable());
		failed(early, Error::<Test>::TicketNotMature.into());
		failed(coarse, Error::<Test>::TicketNotFound.into());
		assert_eq!(balance(COARSE, ALICE), ENDOWMENT - 60);
		assert_eq!((points_of(ALICE, sol), points_of(ALICE, early)), (40, 100));
		assert_ok!(Assets::thaw_asset(origin(ISSUER), SOL));
		assert_ok!(Restaking::withdraw_many(origin(ALICE), vec![sol].try_into().unwrap()));
		assert_eq!(balance(SOL, ALICE), ENDOWMENT - 60);
		assert_noop!(
			Restaking::withdraw_many(RuntimeOrigin::root(), vec![sol].try_into().unwrap()),
			BadOrigin
		);
	});
}

#[test]
fn a_move_waits_like_any_exit_and_anyone_completes_it() {
	ExtBuilder::default().build_and_execute(|| {
		create_other_pool();
		stake(ALICE, SOL_POOL, 100);
		let ticket = redelegate(ALICE, 40);
		assert_eq!(ticket, TicketId { pool: SOL_POOL, maturity: 8, into: Some(OTHER_POOL) });
		let complete = || Restaking::complete_move(origin(BOB), ALICE, ticket);
		assert_noop!(complete(), Error::<Test>::TicketNotMature);
		// What leaves is slashed with the pool it leaves, not with the one it goes to.
		slash(SOL_POOL, 1, 2);
		slash(OTHER_POOL, 1, 1);
		run_to_era(ticket.maturity);
		assert_ok!(complete());
		assert_eq!(last_event(), Event::Moved { who: ALICE, ticket, amount: 20, shares: 20 });
		assert_eq!(shares_of(ALICE, OTHER_POOL), 20);
		assert_eq!(Vaults::<Test>::get(SOL).unwrap().custody, 50);
		assert_noop!(complete(), Error::<Test>::TicketNotFound);
	});
}

#[test]
fn a_move_needs_another_pool_of_the_same_asset() {
	ExtBuilder::default().build_and_execute(|| {
		create_other_pool();
		stake(ALICE, SOL_POOL, 100);
		let start = |pool, shares, into| Restaking::redelegate(origin(ALICE), pool, shares, into);
		assert_noop!(start(SOL_POOL, 1, SOL_POOL), Error::<Test>::CannotMoveThere);
		assert_noop!(start(SOL_POOL, 1, PICA_POOL), Error::<Test>::CannotMoveThere);
		assert_noop!(start(SOL_POOL, 1, 99), Error::<Test>::PoolNotFound);
		assert_noop!(start(99, 1, OTHER_POOL), Error::<Test>::PoolNotFound);
		assert_noop!(start(SOL_POOL, 101, OTHER_POOL), Error::<Test>::NotEnoughShares);
		assert_noop!(start(SOL_POOL, 0, OTHER_POOL), Error::<Test>::ExitWorthNothing);
		assert_noop!(
			Restaking::redelegate(RuntimeOrigin::root(), SOL_POOL, 1, OTHER_POOL),
			BadOrigin
		);
	});
}

#[test]
fn a_move_that_its_pool_refuses_can_always_be_paid_instead() {
	ExtBuilder::default().build_and_execute(|| {
		create_other_pool();
		stake(ALICE, SOL_POOL, 100);
		let ticket = redelegate(ALICE, 100);
		run_to_era(ticket.maturity);
		let complete = || Restaking::complete_move(origin(BOB), ALICE, ticket);
		assert_ok!(Restaking::open_report(OTHER_POOL));
		assert_noop!(complete(), Error::<Test>::PoolReported);
		assert_ok!(Restaking::settle_report(OTHER_POOL));
		let closed = VaultSettings { status: VaultStatus::Closed, ..open_vault() };
		assert_ok!(Restaking::set_vault(RuntimeOrigin::root(), SOL, closed));
		assert_noop!(complete(), Error::<Test>::VaultNotOpen);
		let winding_up = PoolStatus::WindingUp;
		assert_ok!(Restaking::set_pool_status(origin(OPERATOR), OTHER_POOL, winding_up));
		assert_noop!(complete(), Error::<Test>::PoolNotOpen);
		assert_ok!(Restaking::remove_pool(origin(OPERATOR), OTHER_POOL));
		assert_noop!(complete(), Error::<Test>::PoolNotFound);
		assert_ok!(Restaking::withdraw(origin(ALICE), ticket));
		assert_eq!(balance(SOL, ALICE), ENDOWMENT);
	});
}

#[test]
fn only_a_moving_ticket_moves_and_only_one_worth_something() {
	ExtBuilder::default().build_and_execute(|| {
		create_other_pool();
		stake(ALICE, SOL_POOL, 100);
		let paid = unstake(ALICE, SOL_POOL, 40);
		let moving = redelegate(ALICE, 60);
		slash(SOL_POOL, 1, 1);
		run_to_era(paid.maturity);
		let complete = |ticket| Restaking::complete_move(origin(BOB), ALICE, ticket);
		assert_noop!(complete(paid), Error::<Test>::TicketNotMoving);
		assert_noop!(complete(moving), Error::<Test>::BuysNoShare);
		assert_noop!(Restaking::complete_move(RuntimeOrigin::root(), ALICE, moving), BadOrigin);
		assert_ok!(Restaking::withdraw(origin(ALICE), moving));
	});
}

#[test]
fn what_its_owner_has_locked_is_not_passed_on() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		let ticket = unstake(ALICE, SOL_POOL, 60);
		Locked::set(Some((ALICE, 90)));
		let give = |points| Restaking::transfer_ticket(origin(ALICE), ticket, points, BOB);
		assert_noop!(give(11), Error::<Test>::StakeLocked);
		assert_ok!(give(10));
		run_to_era(ticket.maturity);
		let divert = |to| Restaking::withdraw_to(origin(ALICE), ticket, to);
		assert_noop!(divert(BOB), Error::<Test>::StakeLocked);
		// What Bob was given is his, and what is Alice's is paid to her.
		assert_ok!(Restaking::withdraw_to(origin(BOB), ticket, ALICE));
		assert_ok!(divert(ALICE));
	});
}

#[test]
fn what_is_on_its_way_out_is_worth_its_points_and_nothing_once_lost() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		let ticket = unstake(ALICE, SOL_POOL, 100);
		assert_eq!(Restaking::exiting_value(&ALICE, SOL, 10), 100);
		assert_eq!(Restaking::exiting_value(&ALICE, SOL, 0), 0);
		assert_eq!(Restaking::exiting_value(&ALICE, COARSE, 10), 0);
		slash(SOL_POOL, 1, 1);
		assert_eq!(Restaking::exiting_value(&ALICE, SOL, 10), 0);
		Locked::set(Some((ALICE, 0)));
		assert_ok!(Restaking::transfer_ticket(origin(ALICE), ticket, 1, BOB));
	});
}

#[test]
fn what_is_staked_is_worth_its_shares_at_the_pools_price() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		stake(ALICE, COARSE_POOL, 1_000);
		stake(BOB, SOL_POOL, 50);
		assert_eq!(Restaking::staked_value(&ALICE, SOL, 10), 100);
		assert_eq!(Restaking::staked_value(&ALICE, COARSE, 10), 1_000);
		slash(SOL_POOL, 1, 4);
		assert_eq!(Restaking::staked_value(&ALICE, SOL, 10), 74);
		slash(SOL_POOL, 1, 1);
		assert_eq!(Restaking::staked_value(&ALICE, SOL, 10), 0);
		assert_eq!(Restaking::staked_value(&ALICE, SOL, 0), 0);
	});
}
