// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Whom pools admit, and how they end.

use super::*;

fn wind_up(pool: u32) {
	assert_ok!(Restaking::set_pool_status(origin(OPERATOR), pool, PoolStatus::WindingUp));
}

#[test]
fn a_restricted_pool_takes_stake_of_the_approved_and_of_its_operator() {
	ExtBuilder::default().build_and_execute(|| {
		stake(BOB, SOL_POOL, 100);
		assert_ok!(Restaking::set_pool_access(origin(OPERATOR), SOL_POOL, PoolAccess::Approved));
		let (old, new) = (PoolAccess::Everyone, PoolAccess::Approved);
		assert_eq!(last_event(), Event::PoolAccessChanged { pool: SOL_POOL, old, new });
		assert_ok!(Restaking::set_approval(origin(OPERATOR), ALICE, true));
		assert_eq!(
			last_event(),
			Event::ApprovalChanged { operator: OPERATOR, restaker: ALICE, approved: true }
		);
		stake(ALICE, SOL_POOL, 100);
		stake(OPERATOR, SOL_POOL, 100);
		assert_noop!(Restaking::stake(origin(BOB), SOL_POOL, 1, 0), Error::<Test>::NotApproved);
		// Who is in it stays, and can leave.
		unstake(BOB, SOL_POOL, 50);
		assert_ok!(Restaking::set_approval(origin(OPERATOR), ALICE, false));
		assert_noop!(Restaking::stake(origin(ALICE), SOL_POOL, 1, 0), Error::<Test>::NotApproved);
		assert_ok!(Restaking::set_pool_access(origin(OPERATOR), SOL_POOL, PoolAccess::Everyone));
		stake(BOB, SOL_POOL, 100);
	});
}

#[test]
fn access_and_approvals_are_the_operators_alone() {
	ExtBuilder::default().build_and_execute(|| {
		let access = |who, pool| Restaking::set_pool_access(who, pool, PoolAccess::Approved);
		assert_noop!(access(origin(ALICE), SOL_POOL), Error::<Test>::NotPoolOperator);
		assert_noop!(access(origin(OPERATOR), 99), Error::<Test>::PoolNotFound);
		assert_noop!(access(RuntimeOrigin::root(), SOL_POOL), BadOrigin);
		for approved in [true, false] {
			assert_noop!(
				Restaking::set_approval(origin(ALICE), BOB, approved),
				Error::<Test>::OperatorNotFound
			);
		}
		assert_noop!(Restaking::set_approval(RuntimeOrigin::root(), BOB, true), BadOrigin);
	});
}

#[test]
fn winding_up_is_for_good() {
	ExtBuilder::default().build_and_execute(|| {
		wind_up(SOL_POOL);
		for status in [PoolStatus::Open, PoolStatus::Closed, PoolStatus::WindingUp] {
			assert_noop!(
				Restaking::set_pool_status(origin(OPERATOR), SOL_POOL, status),
				Error::<Test>::PoolWindingUp
			);
		}
		assert_noop!(Restaking::stake(origin(ALICE), SOL_POOL, 1, 0), Error::<Test>::PoolNotOpen);
	});
}

#[test]
fn absent_restakers_are_seen_out_with_everything_and_the_pool_is_removed() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		stake(BOB, SOL_POOL, 50);
		credit(SOL_POOL, PICA, 3_000, 10);
		run_to_block(System::block_number() + 10);
		let before = (balance(PICA, ALICE), balance(PICA, BOB));
		assert_noop!(
			Restaking::unstake_for(origin(GOVERNANCE), SOL_POOL, ALICE),
			Error::<Test>::PoolNotWindingUp
		);
		wind_up(SOL_POOL);
		for who in [ALICE, BOB] {
			assert_ok!(Restaking::unstake_for(origin(GOVERNANCE), SOL_POOL, who));
		}
		let ticket = TicketId { pool: SOL_POOL, maturity: 8, into: None };
		assert_eq!(last_event(), Event::Unstaked { who: BOB, ticket, shares: 50, amount: 50 });
		assert_noop!(
			Restaking::unstake_for(origin(GOVERNANCE), SOL_POOL, ALICE),
			Error::<Test>::NotEnoughShares
		);
		let remove = || Restaking::remove_pool(origin(OPERATOR), SOL_POOL);
		assert_noop!(remove(), Error::<Test>::PoolNotEmpty);
		run_to_era(ticket.maturity);
		for who in [ALICE, BOB] {
			assert_ok!(Restaking::withdraw_for(origin(GOVERNANCE), who, ticket));
		}
		// Rewards still owed keep the positions, and so the pool.
		assert_noop!(remove(), Error::<Test>::PoolNotEmpty);
		for who in [ALICE, BOB] {
			assert_ok!(Restaking::claim_for(origin(GOVERNANCE), who, SOL_POOL));
		}
		assert_ok!(remove());
		assert_eq!(last_event(), Event::PoolRemoved { pool: SOL_POOL });
		assert_eq!((balance(SOL, ALICE), balance(SOL, BOB)), (ENDOWMENT, ENDOWMENT));
		assert_eq!(
			(balance(PICA, ALICE), balance(PICA, BOB)),
			(before.0 + 2_000, before.1 + 1_000)
		);
		assert_eq!(Pools::<Test>::get(SOL_POOL), None);
		assert_eq!(PoolsByOperator::<Test>::get(OPERATOR, SOL).into_inner(), Vec::<u32>::new());
		assert_eq!(Operators::<Test>::get(OPERATOR).unwrap().pools, 2);
	});
}

#[test]
fn shares_worth_less_than_a_planck_do_not_hold_a_pool_up() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		stake(BOB, SOL_POOL, 1);
		slash(SOL_POOL, 1, 2);
		wind_up(SOL_POOL);
		assert_noop!(Restaking::unstake(origin(BOB), SOL_POOL, 1), Error::<Test>::ExitWorthNothing);
		assert_ok!(Restaking::unstake_for(origin(ALICE), SOL_POOL, BOB));
		assert_eq!(last_event(), Event::DustBurned { who: BOB, pool: SOL_POOL, shares: 1 });
		assert_eq!(Positions::<Test>::get(BOB, SOL_POOL), None);
		assert_ok!(Restaking::unstake_for(origin(BOB), SOL_POOL, ALICE));
		assert_eq!(Pools::<Test>::get(SOL_POOL).unwrap().active, SharePool::default());
	});
}

#[test]
fn a_removed_pool_leaves_worthless_tickets_that_can_be_cleared() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		let ticket = unstake(ALICE, SOL_POOL, 100);
		slash(SOL_POOL, 1, 1);
		wind_up(SOL_POOL);
		assert_ok!(Restaking::remove_pool(origin(OPERATOR), SOL_POOL));
		assert_noop!(Restaking::withdraw(origin(ALICE), ticket), Error::<Test>::TicketNotMature);
		run_to_era(ticket.maturity);
		assert_ok!(Restaking::withdraw(origin(ALICE), ticket));
		assert_eq!(
			last_event(),
			Event::Withdrawn { who: ALICE, ticket, beneficiary: ALICE, amount: 0 }
		);
		assert_eq!(Tickets::<Test>::iter().count(), 0);
	});
}

#[test]
fn remove_pool_fails_unless_wound_up_unreported_and_empty() {
	ExtBuilder::default().build_and_execute(|| {
		let remove = |who| Restaking::remove_pool(origin(who), SOL_POOL);
		assert_noop!(remove(OPERATOR), Error::<Test>::PoolNotWindingUp);
		assert_noop!(remove(ALICE), Error::<Test>::NotPoolOperator);
		assert_noop!(Restaking::remove_pool(origin(OPERATOR), 99), Error::<Test>::PoolNotFound);
		assert_noop!(Restaking::remove_pool(RuntimeOrigin::root(), SOL_POOL), BadOrigin);
		stake(ALICE, SOL_POOL, 100);
		let apart = unstake(ALICE, SOL_POOL, 50);
		wind_up(SOL_POOL);
		assert_noop!(remove(OPERATOR), Error::<Test>::PoolNotEmpty);
		run_to_era(apart.maturity);
		let listed = unstake(ALICE, SOL_POOL, 50);
		assert_eq!(MaturedBuckets::<Test>::iter_prefix(SOL_POOL).count(), 1);
		run_to_era(listed.maturity);
		assert_ok!(Restaking::withdraw(origin(ALICE), listed));
		assert_noop!(remove(OPERATOR), Error::<Test>::PoolNotEmpty);
		assert_ok!(Restaking::withdraw(origin(ALICE), apart));
		assert_ok!(Restaking::open_report(SOL_POOL));
		assert_noop!(remove(OPERATOR), Error::<Test>::PoolReported);
		assert_ok!(Restaking::settle_report(SOL_POOL));
		assert_ok!(remove(OPERATOR));
		assert_noop!(remove(OPERATOR), Error::<Test>::PoolNotFound);
	});
}

#[test]
fn what_still_streams_to_a_removed_pool_is_the_treasurys() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Balances::transfer_keep_alive(origin(ALICE), TREASURY, UNIT));
		credit(SOL_POOL, PICA, 1_000, 10);
		wind_up(SOL_POOL);
		run_to_block(System::block_number() + 3);
		assert_ok!(Restaking::remove_pool(origin(OPERATOR), SOL_POOL));
		assert_eq!(balance(PICA, TREASURY), UNIT + 1_000);
	});
}

#[test]
fn rewards_that_cannot_be_moved_keep_a_pool() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Assets::transfer(origin(ALICE), SOL, TREASURY, 1));
		assert_ok!(Balances::transfer_keep_alive(origin(ALICE), TREASURY, UNIT));
		credit(COARSE_POOL, SOL, 1_000, 10);
		wind_up(COARSE_POOL);
		assert_ok!(Assets::freeze_asset(origin(ISSUER), SOL));
		let remove = || Restaking::remove_pool(origin(OPERATOR), COARSE_POOL);
		assert_noop!(remove(), pallet_assets::Error::<Test>::AssetNotLive);
		// Nor may another currency be paid and this one lost.
		credit(COARSE_POOL, PICA, 1_000, 10);
		assert_noop!(remove(), Error::<Test>::PoolNotEmpty);
		assert_ok!(Assets::thaw_asset(origin(ISSUER), SOL));
		assert_ok!(remove());
		assert_eq!(balance(SOL, TREASURY), 1_001);
	});
}
