// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use super::*;

fn buckets(pool: u32) -> Vec<(u32, SharePool)> {
	let pool = Pools::<Test>::get(pool).expect("a pool");
	pool.buckets.iter().map(|bucket| (bucket.maturity, bucket.exits)).collect()
}

#[test]
fn unstake_burns_shares_and_makes_a_ticket() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		assert_ok!(Restaking::unstake(origin(ALICE), SOL_POOL, 40));
		// 0 + 7 eras, and the next era that is a multiple of 2.
		let ticket = TicketId { pool: SOL_POOL, maturity: 8, into: None };
		assert_eq!(last_event(), Event::Unstaked { who: ALICE, ticket, shares: 40, amount: 40 });
		assert_eq!(shares_of(ALICE, SOL_POOL), 60);
		assert_eq!(
			Pools::<Test>::get(SOL_POOL).unwrap().active,
			SharePool { balance: 60, shares: 60 }
		);
		assert_eq!(buckets(SOL_POOL), vec![(8, SharePool { balance: 40, shares: 40 })]);
		assert_eq!(Tickets::<Test>::get(ALICE, ticket), Some(Ticket { generation: 0, points: 40 }));
		assert_eq!(balance(SOL, ALICE), ENDOWMENT - 100);
	});
}

#[test]
fn unstake_of_all_shares_ends_the_position() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		unstake(ALICE, SOL_POOL, 100);
		assert_eq!(Positions::<Test>::get(ALICE, SOL_POOL), None);
		assert_eq!(Pools::<Test>::get(SOL_POOL).unwrap().active, SharePool::default());
	});
}

#[test]
fn exits_of_one_maturity_join_one_ticket() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		let ticket = unstake(ALICE, SOL_POOL, 40);
		run_to_era(1);
		assert_eq!(unstake(ALICE, SOL_POOL, 30), ticket);
		assert_eq!(points_of(ALICE, ticket), 70);
		run_to_era(2);
		assert_ne!(unstake(ALICE, SOL_POOL, 30), ticket);
	});
}

#[test]
fn unstake_fails_when_shares_exceed_the_position() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		stake(BOB, SOL_POOL, 100);
		assert_noop!(
			Restaking::unstake(origin(ALICE), SOL_POOL, 101),
			Error::<Test>::NotEnoughShares
		);
		assert_noop!(
			Restaking::unstake(origin(OPERATOR), SOL_POOL, 1),
			Error::<Test>::NotEnoughShares
		);
	});
}

#[test]
fn unstake_fails_when_it_is_worth_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		slash(SOL_POOL, 1, 2);
		for shares in [0, 1] {
			assert_noop!(
				Restaking::unstake(origin(ALICE), SOL_POOL, shares),
				Error::<Test>::ExitWorthNothing
			);
		}
		unstake(ALICE, SOL_POOL, 2);
	});
}

#[test]
fn unstake_fails_for_an_unknown_pool_and_without_signature() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(Restaking::unstake(origin(ALICE), 99, 1), Error::<Test>::PoolNotFound);
		assert_noop!(Restaking::unstake(RuntimeOrigin::root(), SOL_POOL, 1), BadOrigin);
	});
}

#[test]
fn withdraw_pays_a_mature_ticket_once() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		let ticket = unstake(ALICE, SOL_POOL, 40);
		run_to_era(ticket.maturity);
		assert_ok!(Restaking::withdraw(origin(ALICE), ticket));
		assert_eq!(
			last_event(),
			Event::Withdrawn { who: ALICE, ticket, beneficiary: ALICE, amount: 40 }
		);
		assert_eq!(balance(SOL, ALICE), ENDOWMENT - 60);
		assert_eq!(Vaults::<Test>::get(SOL).unwrap().custody, 60);
		assert_eq!(buckets(SOL_POOL), vec![]);
		assert_noop!(Restaking::withdraw(origin(ALICE), ticket), Error::<Test>::TicketNotFound);
	});
}

#[test]
fn withdraw_fails_until_the_ticket_matures() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		let ticket = unstake(ALICE, SOL_POOL, 40);
		for era in 0..ticket.maturity {
			run_to_era(era);
			assert_noop!(
				Restaking::withdraw(origin(ALICE), ticket),
				Error::<Test>::TicketNotMature
			);
		}
		// The last block before the era, and the first of it.
		run_to_block(u64::from(ticket.maturity) * ERA - 1);
		assert_noop!(Restaking::withdraw(origin(ALICE), ticket), Error::<Test>::TicketNotMature);
		run_to_block(u64::from(ticket.maturity) * ERA);
		assert_ok!(Restaking::withdraw(origin(ALICE), ticket));
	});
}

#[test]
fn withdraw_fails_for_someone_elses_ticket() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		let ticket = unstake(ALICE, SOL_POOL, 40);
		run_to_era(ticket.maturity);
		assert_noop!(Restaking::withdraw(origin(BOB), ticket), Error::<Test>::TicketNotFound);
		assert_noop!(Restaking::withdraw(RuntimeOrigin::root(), ticket), BadOrigin);
	});
}

#[test]
fn withdraw_fails_and_keeps_the_ticket_when_the_asset_is_frozen() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		let ticket = unstake(ALICE, SOL_POOL, 40);
		run_to_era(ticket.maturity);
		assert_ok!(Assets::freeze_asset(origin(ISSUER), SOL));
		assert_noop!(
			Restaking::withdraw(origin(ALICE), ticket),
			pallet_assets::Error::<Test>::AssetNotLive
		);
		assert_ok!(Assets::thaw_asset(origin(ISSUER), SOL));
		assert_ok!(Restaking::withdraw(origin(ALICE), ticket));
	});
}

#[test]
fn waiting_longer_neither_gains_nor_loses() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		let ticket = unstake(ALICE, SOL_POOL, 40);
		run_to_era(ticket.maturity + 100);
		slash(SOL_POOL, 1, 2);
		assert_ok!(Restaking::withdraw(origin(ALICE), ticket));
		assert_eq!(balance(SOL, ALICE), ENDOWMENT - 60);
	});
}

#[test]
fn a_loss_reaches_unmatured_exits() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		let ticket = unstake(ALICE, SOL_POOL, 40);
		slash(SOL_POOL, 1, 2);
		run_to_era(ticket.maturity);
		assert_ok!(Restaking::withdraw(origin(ALICE), ticket));
		assert_eq!(
			last_event(),
			Event::Withdrawn { who: ALICE, ticket, beneficiary: ALICE, amount: 20 }
		);
	});
}

#[test]
fn exits_that_join_after_a_loss_do_not_share_it() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		stake(BOB, SOL_POOL, 100);
		let ticket = unstake(ALICE, SOL_POOL, 100);
		slash(SOL_POOL, 1, 2);
		assert_eq!(unstake(BOB, SOL_POOL, 100), ticket);
		run_to_era(ticket.maturity);
		assert_ok!(Restaking::withdraw(origin(BOB), ticket));
		assert_eq!(
			last_event(),
			Event::Withdrawn { who: BOB, ticket, beneficiary: BOB, amount: 50 }
		);
		assert_ok!(Restaking::withdraw(origin(ALICE), ticket));
		assert_eq!(
			last_event(),
			Event::Withdrawn { who: ALICE, ticket, beneficiary: ALICE, amount: 50 }
		);
	});
}

#[test]
fn the_last_ticket_takes_what_rounding_left() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 2);
		stake(BOB, SOL_POOL, 1);
		let ticket = unstake(ALICE, SOL_POOL, 2);
		unstake(BOB, SOL_POOL, 1);
		slash(SOL_POOL, 3, 10);
		assert_eq!(buckets(SOL_POOL), vec![(8, SharePool { balance: 2, shares: 3 })]);
		run_to_era(ticket.maturity);
		assert_ok!(Restaking::withdraw(origin(ALICE), ticket));
		assert_eq!(
			last_event(),
			Event::Withdrawn { who: ALICE, ticket, beneficiary: ALICE, amount: 1 }
		);
		assert_ok!(Restaking::withdraw(origin(BOB), ticket));
		assert_eq!(
			last_event(),
			Event::Withdrawn { who: BOB, ticket, beneficiary: BOB, amount: 1 }
		);
		assert_eq!(Vaults::<Test>::get(SOL).unwrap().custody, 0);
	});
}

#[test]
fn a_ticket_lost_to_the_last_planck_is_cleared_for_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		let ticket = unstake(ALICE, SOL_POOL, 40);
		slash(SOL_POOL, 1, 1);
		run_to_era(ticket.maturity);
		assert_ok!(Restaking::withdraw(origin(ALICE), ticket));
		assert_eq!(
			last_event(),
			Event::Withdrawn { who: ALICE, ticket, beneficiary: ALICE, amount: 0 }
		);
		assert_eq!(Tickets::<Test>::get(ALICE, ticket), None);
	});
}

#[test]
fn a_bucket_lost_whole_makes_room_without_a_trace() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		let lost = unstake(ALICE, SOL_POOL, 40);
		slash(SOL_POOL, 1, 1);
		stake(ALICE, SOL_POOL, 100);
		run_to_era(lost.maturity);
		unstake(ALICE, SOL_POOL, 10);
		assert_eq!(MaturedBuckets::<Test>::iter().count(), 0);
		assert_ok!(Restaking::withdraw(origin(ALICE), lost));
		assert_eq!(
			last_event(),
			Event::Withdrawn { who: ALICE, ticket: lost, beneficiary: ALICE, amount: 0 }
		);
	});
}

#[test]
fn a_ticket_of_an_earlier_generation_is_worth_nothing_and_does_not_mix_with_new_points() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		stake(BOB, SOL_POOL, 100);
		let ticket = unstake(ALICE, SOL_POOL, 40);
		unstake(BOB, SOL_POOL, 40);
		slash(SOL_POOL, 1, 1);
		stake(ALICE, SOL_POOL, 30);
		unstake(ALICE, SOL_POOL, 30);
		assert_eq!(Tickets::<Test>::get(ALICE, ticket), Some(Ticket { generation: 1, points: 30 }));
		run_to_era(ticket.maturity);
		assert_ok!(Restaking::withdraw(origin(BOB), ticket));
		assert_eq!(
			last_event(),
			Event::Withdrawn { who: BOB, ticket, beneficiary: BOB, amount: 0 }
		);
		assert_ok!(Restaking::withdraw(origin(ALICE), ticket));
		assert_eq!(
			last_event(),
			Event::Withdrawn { who: ALICE, ticket, beneficiary: ALICE, amount: 30 }
		);
	});
}

#[test]
fn tickets_nobody_withdraws_never_stop_an_exit_and_keep_their_worth() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		let tickets: Vec<_> = (0..50)
			.map(|era| {
				run_to_era(era * GRANULARITY);
				unstake(ALICE, SOL_POOL, 2)
			})
			.collect();
		assert!(buckets(SOL_POOL).len() <= 4);
		assert!(MaturedBuckets::<Test>::iter().count() > 40);
		Restaking::do_try_state().unwrap();
		run_to_era(tickets[49].maturity);
		// Oldest and newest in turn: stored apart, and in the list.
		for ticket in tickets.iter().step_by(2).chain(tickets.iter().rev().step_by(2)) {
			assert_ok!(Restaking::withdraw(origin(ALICE), *ticket));
		}
		assert_eq!(MaturedBuckets::<Test>::iter().count(), 0);
		assert_eq!(balance(SOL, ALICE), ENDOWMENT);
	});
}

#[test]
fn a_bucket_stored_apart_pays_each_of_its_tickets() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		stake(BOB, SOL_POOL, 100);
		let ticket = unstake(ALICE, SOL_POOL, 10);
		unstake(BOB, SOL_POOL, 20);
		slash(SOL_POOL, 1, 2);
		run_to_era(ticket.maturity);
		unstake(ALICE, SOL_POOL, 10);
		assert!(MaturedBuckets::<Test>::contains_key(SOL_POOL, ticket.maturity));
		assert_ok!(Restaking::withdraw(origin(BOB), ticket));
		assert_eq!(
			last_event(),
			Event::Withdrawn { who: BOB, ticket, beneficiary: BOB, amount: 10 }
		);
		assert_ok!(Restaking::withdraw(origin(ALICE), ticket));
		assert_eq!(
			last_event(),
			Event::Withdrawn { who: ALICE, ticket, beneficiary: ALICE, amount: 5 }
		);
		assert!(!MaturedBuckets::<Test>::contains_key(SOL_POOL, ticket.maturity));
	});
}

#[test]
fn little_stake_of_an_asset_with_a_high_minimum_balance_is_paid_to_the_planck() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, COARSE_POOL, 15);
		stake(BOB, COARSE_POOL, 3);
		let ticket = unstake(ALICE, COARSE_POOL, 15);
		unstake(BOB, COARSE_POOL, 3);
		run_to_era(ticket.maturity);
		assert_ok!(Restaking::withdraw(origin(ALICE), ticket));
		assert_ok!(Restaking::withdraw(origin(BOB), ticket));
		assert_eq!(balance(COARSE, ALICE), ENDOWMENT);
		assert_eq!(balance(COARSE, BOB), ENDOWMENT);
		assert_eq!(balance(COARSE, Restaking::vault_account(COARSE)), 10);
	});
}

#[test]
fn exits_do_not_depend_on_operator_pool_or_vault() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		assert_ok!(Restaking::set_pool_status(origin(OPERATOR), SOL_POOL, PoolStatus::Closed));
		let closed = VaultSettings { status: VaultStatus::Closed, deposit_cap: 0, ..open_vault() };
		assert_ok!(Restaking::set_vault(RuntimeOrigin::root(), SOL, closed));
		let ticket = unstake(ALICE, SOL_POOL, 100);
		run_to_era(ticket.maturity);
		assert_ok!(Restaking::withdraw(origin(ALICE), ticket));
	});
}
