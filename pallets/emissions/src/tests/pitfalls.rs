// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Defects of other systems' rewards, each as a test that this one hasn't it.

use super::*;
use picasso_primitives::{emissions::Payers, restaking::TicketId};

fn paying_scene() {
	stake(ALICE, sol_pool(0), 90 * UNIT);
	fund(AVS, SOL, 10_000);
	set_simple_table(0);
}

/// Tangle: a fresh deposit accrued for all the time that a pool existed.
#[test]
fn retroactive_accrual_for_fresh_deposits() {
	ExtBuilder::default().yield_rate(1, 10).execute(|| {
		paying_scene();
		next_era();
		pass(ERA - 1);
		stake(BOB, sol_pool(0), 810 * UNIT);
		assert_eq!(rewards_of(BOB, sol_pool(0)), vec![]);
	});
}

/// Tangle: a score that drifted up as its owner undelegated.
#[test]
fn score_that_drifts_up_on_undelegate() {
	ExtBuilder::default().execute(|| {
		paying_scene();
		next_era();
		pass(5);
		let owed = || rewards_of(ALICE, sol_pool(0))[0].1;
		assert_eq!(owed(), 250);
		for done in 1..=9 {
			let before = owed();
			assert_ok!(Restaking::unstake(origin(ALICE), sol_pool(0), 10 * UNIT));
			// Rounding takes a planck at the most.
			assert!(owed() <= before && owed() >= 250 - done);
		}
		let left = owed();
		pass(5);
		// Without shares it is nobody's.
		assert_eq!(owed(), left);
	});
}

/// Tangle: a reward that decayed by the same part whenever it was looked at.
#[test]
fn decay_that_is_always_ninety_percent() {
	ExtBuilder::default().execute(|| {
		paying_scene();
		stake(BOB, sol_pool(1), 90 * UNIT);
		set_table(
			AVS,
			0,
			vec![
				entry(OPERATORS[0], 1, 0, &[(sol_pool(0), 1)]),
				entry(OPERATORS[1], 1, 0, &[(sol_pool(1), 1)]),
			],
		);
		next_era();
		let before = balance(SOL, ALICE);
		for _ in 0..ERA {
			next_block();
			assert_ok!(Restaking::claim(origin(ALICE), sol_pool(0)));
		}
		// Who claims ten times gets what who claims once does.
		let claimed = balance(SOL, ALICE) - before;
		assert_eq!(rewards_of(BOB, sol_pool(1)), vec![(SOL, claimed)]);
	});
}

/// Bailsec I-44: a deposit just in time takes what others waited for.
#[test]
fn just_in_time_deposits() {
	ExtBuilder::default().yield_rate(1, 10).execute(|| {
		paying_scene();
		pass(ERA - 2);
		// Nine times as much as there was, in the block before the turn, and gone the block after it.
		stake(BOB, sol_pool(0), 810 * UNIT);
		next_era();
		let credited = Round::<Test>::get().yields.paid;
		next_block();
		assert_ok!(Restaking::unstake(origin(BOB), sol_pool(0), 810 * UNIT));
		pass(ERA);
		// One block of ten, by nine parts of ten.
		assert_eq!(
			rewards_of(BOB, sol_pool(0)),
			vec![(PICA, credited * 9 / 100), (SOL, 500 * 9 / 100)]
		);
	});
}

/// ELSC2-01: a filter by which parts went to the wrong ones.
#[test]
fn split_filter_wrong() {
	ExtBuilder::default().execute(|| {
		paying_scene();
		let before: Balance = OPERATORS.iter().map(|operator| balance(SOL, *operator)).sum();
		let treasury = balance(SOL, TREASURY);
		KnownStakes::set([(0, vec![(pica_pool(1), 1)])].into());
		next_era();
		let operators: Balance = OPERATORS.iter().map(|operator| balance(SOL, *operator)).sum();
		let owed = |pool| {
			let pool = pallet_restaking::Pools::<Test>::get(pool).expect("a pool");
			pool.rewards.slots.get(1).map_or(0, |slot| slot.owed)
		};
		assert_eq!(owed(sol_pool(0)), 500);
		assert_eq!(owed(pica_pool(1)), 200);
		assert_eq!(operators - before, 200);
		assert_eq!(balance(SOL, TREASURY) - treasury, 100);
		assert_eq!((owed(sol_pool(1)), owed(pica_pool(0))), (0, 0));
	});
}

/// REW-001: one pool of money for all, drained by whoever was owed too much.
#[test]
fn one_pool_for_all_drained_by_one() {
	ExtBuilder::default().execute(|| {
		paying_scene();
		KnownPayers::mutate(|payers| payers.insert(2, payer(SOL, 1_000)));
		// The second AVS has no money: the first one's escrow is not touched for it.
		set_table(2, 0, vec![entry(OPERATORS[1], 1, 0, &[(sol_pool(1), 1)])]);
		next_era();
		assert_eq!(escrow(AVS, SOL), 9_000);
		assert_eq!(DuePay::<Test>::iter().count(), 0);
		let pool = pallet_restaking::Pools::<Test>::get(sol_pool(1)).expect("a pool");
		assert!(pool.rewards.slots.is_empty());
	});
}

/// Jito #281: a commission that was raised at once, and for what was earned before.
#[test]
fn commission_change_at_once_and_retroactive() {
	ExtBuilder::default().execute(|| {
		stake(ALICE, pica_pool(0), 10 * UNIT);
		stake(ALICE, sol_pool(0), 10 * UNIT);
		Counted::set([((OPERATORS[0], 0), vec![(pica_pool(0), 1)])].into());
		KnownPayers::mutate(|payers| payers.insert(CHAIN, payer(PICA, 0)));
		fund(CHAIN, PICA, 100 * UNIT);
		assert!(Emissions::set_aside(CHAIN, 0, PICA, 100 * UNIT));
		Emissions::note_author(&OPERATORS[0]);
		fund(AVS, SOL, 1_000);
		set_table(AVS, 0, vec![entry(OPERATORS[0], 1, 5, &[(sol_pool(0), 1)])]);
		// From the next era on; the eras before are paid as they were.
		assert_ok!(Restaking::set_commission(origin(OPERATORS[0]), Perbill::zero()));
		next_era();
		pass(ERA);
		assert_eq!(rewards_of(ALICE, pica_pool(0)), vec![(PICA, 475 * UNIT / 10)]);
		assert_eq!(rewards_of(ALICE, sol_pool(0)), vec![(SOL, 475)]);
		// A higher one is in force when an exit made now has matured.
		assert_ok!(Restaking::set_commission(origin(OPERATORS[0]), Perbill::one()));
		Emissions::note_author(&OPERATORS[0]);
		let points = Points::<Test>::get(era(), OPERATORS[0]).expect("points");
		assert_eq!(points.commission, Perbill::zero());
	});
}

/// Tangle: a payment that was credited to who made it.
#[test]
fn a_reward_credited_to_the_payer() {
	ExtBuilder::default().execute(|| {
		paying_scene();
		let before = balance(SOL, OWNER);
		next_era();
		pass(ERA);
		assert_eq!(balance(SOL, OWNER), before);
		assert_eq!(rewards_of(ALICE, sol_pool(0)), vec![(SOL, 500)]);
	});
}

/// pallet-asset-rewards: an overflow in a reward counter that blocked unstaking.
#[test]
fn overflow_in_a_reward_counter_blocks_unstaking() {
	ExtBuilder::default().execute(|| {
		stake(ALICE, sol_pool(0), 1);
		change_payer(AVS, |payer| payer.per_era = ENDOWMENT / 2);
		fund(AVS, SOL, ENDOWMENT / 2);
		set_simple_table(0);
		next_era();
		pass(ERA);
		assert_ok!(Restaking::unstake(origin(ALICE), sol_pool(0), 1));
		assert_ok!(Restaking::claim(origin(ALICE), sol_pool(0)));
		let ticket = Restaking::account_info(&ALICE).tickets[0].ticket;
		let TicketId { maturity, .. } = ticket;
		while era() < maturity {
			next_era();
		}
		assert_ok!(Restaking::withdraw(origin(ALICE), ticket));
	});
}

/// EGN7-01: an emission that could be submitted twice.
#[test]
fn emission_submitted_twice() {
	ExtBuilder::default().yield_rate(1, 10).execute(|| {
		stake(ALICE, sol_pool(0), 1_000 * UNIT);
		let issued = Balances::total_issuance();
		next_era();
		let made = Balances::total_issuance() - issued;
		assert_eq!(made, UNIT);
		pass(ERA - 1);
		assert_eq!(Balances::total_issuance(), issued + made);
	});
}

/// REW-004: an entry of a loop that could not be skipped.
#[test]
fn an_unskippable_entry_in_a_reward_loop() {
	ExtBuilder::default().execute(|| {
		stake(ALICE, sol_pool(0), 10 * UNIT);
		KnownPayers::mutate(|payers| {
			payers.insert(2, payer(PICA, UNIT));
			payers.insert(3, payer(SOL, 1_000));
		});
		fund(2, PICA, UNIT);
		fund(3, SOL, 1_000);
		for avs in [2, 3] {
			set_table(avs, 0, vec![entry(OPERATORS[0], 1, 0, &[(sol_pool(0), 1), (99, 1)])]);
		}
		// One AVS's asset is frozen, an operator's account is blocked, a pool is gone, an AVS unknown.
		assert_ok!(Assets::block(origin(ISSUER), SOL, OPERATORS[0]));
		freeze(SOL);
		KnownPayers::mutate(|payers| payers.remove(&3));
		next_era();
		assert_eq!(Round::<Test>::get().stage, Stage::Over);
		assert_eq!(Registry::payer(3), None);
		pass(ERA);
		assert_eq!(rewards_of(ALICE, sol_pool(0)), vec![(PICA, UNIT / 4)]);
	});
}

/// What is claimed by nobody for many eras is there, and no more than it was.
#[test]
fn claiming_late_neither_loses_nor_gains() {
	ExtBuilder::default().yield_rate(1, 10).execute(|| {
		stake(ALICE, sol_pool(0), 100 * UNIT);
		stake(BOB, sol_pool(0), 100 * UNIT);
		let before = [ALICE, BOB].map(|who| balance(PICA, who));
		for _ in 0..30 {
			next_era();
			next_block();
			assert_ok!(Restaking::claim(origin(BOB), sol_pool(0)));
		}
		pass(ERA);
		for who in [ALICE, BOB] {
			assert_ok!(Restaking::claim(origin(who), sol_pool(0)));
		}
		let gained = balance(PICA, ALICE) - before[0];
		let gained_often = balance(PICA, BOB) - before[1];
		assert!(gained - gained_often <= 31, "{gained} and {gained_often}");
	});
}
