// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use super::*;
use frame_support::traits::fungible::Mutate;
use picasso_primitives::emissions::EraPoints;

/// Fees of `amount` planck.
fn earn_fees(amount: Balance) {
	assert_ok!(Balances::mint_into(&Emissions::account(), amount));
	assert_ok!(Emissions::note_chain_revenue(amount));
}

fn with_chain(test: impl FnOnce()) {
	ExtBuilder::default().execute(|| {
		KnownPayers::mutate(|payers| payers.insert(CHAIN, payer(PICA, 0)));
		stake(ALICE, pica_pool(0), 30 * UNIT);
		stake(BOB, pica_pool(1), 10 * UNIT);
		for (operator, pool) in OPERATORS.into_iter().zip([pica_pool(0), pica_pool(1)]) {
			Counted::mutate(|counted| counted.insert((operator, 0), vec![(pool, 7)]));
		}
		test()
	});
}

#[test]
fn validators_are_paid_for_their_blocks() {
	with_chain(|| {
		earn_fees(100 * UNIT);
		for _ in 0..3 {
			Emissions::note_author(&OPERATORS[0]);
		}
		Emissions::note_author(&OPERATORS[1]);
		let before = OPERATORS.map(|operator| balance(PICA, operator));
		next_era();
		// Half to restakers, of which operators take 5 %; a fifth to operators.
		let earned = [3, 1].map(|blocks| blocks * 25 * UNIT / 2);
		let commission = earned.map(|earned| earned / 20);
		for number in [0, 1] {
			let operators = [15, 5][number] * UNIT;
			let after = balance(PICA, OPERATORS[number]);
			assert_eq!(after, before[number] + operators + commission[number]);
		}
		pass(ERA);
		assert_eq!(rewards_of(ALICE, pica_pool(0)), vec![(PICA, earned[0] - commission[0])]);
		assert_eq!(rewards_of(BOB, pica_pool(1)), vec![(PICA, earned[1] - commission[1])]);
		assert_eq!(Points::<Test>::iter().count(), 0);
		assert_eq!(PointsTotals::<Test>::iter().count(), 0);
	});
}

#[test]
fn what_decides_of_a_validators_pay_is_noted_with_its_first_block() {
	with_chain(|| {
		TableOfSession::set(4);
		Emissions::note_author(&OPERATORS[0]);
		TableOfSession::set(5);
		assert_ok!(Restaking::set_commission(origin(OPERATORS[0]), Perbill::from_percent(50)));
		Emissions::note_author(&OPERATORS[0]);
		Emissions::note_author(&ALICE);
		let commission = Perbill::from_percent(5);
		assert_eq!(
			Points::<Test>::get(0, OPERATORS[0]),
			Some(EraPoints { blocks: 2, table: 4, commission })
		);
		assert_eq!(
			Points::<Test>::get(0, ALICE),
			Some(EraPoints { blocks: 1, table: 5, commission: Perbill::zero() })
		);
		assert_eq!(PointsTotals::<Test>::get(0), 3);
	});
}

#[test]
fn what_the_chain_earned_waits_for_an_era_with_blocks() {
	with_chain(|| {
		earn_fees(100 * UNIT);
		next_era();
		assert_eq!(DuePay::<Test>::get(1, CHAIN).of(PICA), 100 * UNIT);
		Emissions::note_author(&OPERATORS[0]);
		next_era();
		assert!(DuePay::<Test>::iter().next().is_none());
	});
}

#[test]
fn blocks_of_an_era_in_which_nothing_was_earned_are_forgotten() {
	with_chain(|| {
		for number in 0..40 {
			Emissions::note_author(&(1_000 + number));
		}
		next_era();
		assert_eq!(Points::<Test>::iter().count(), 0);
		assert_eq!(PointsTotals::<Test>::iter().count(), 0);
	});
}

#[test]
fn a_validator_in_jail_and_one_without_pools_earn_nothing_for_theirs() {
	with_chain(|| {
		earn_fees(100 * UNIT);
		Emissions::note_author(&OPERATORS[0]);
		Emissions::note_author(&ALICE);
		Jailed::set([OPERATORS[0]].into());
		let treasury = balance(PICA, TREASURY);
		let alice = balance(PICA, ALICE);
		next_era();
		// A validator without pools has its own part for its blocks. Nobody has a table of PICA's pools.
		assert_eq!(balance(PICA, ALICE), alice + 10 * UNIT);
		assert_eq!(balance(PICA, TREASURY), treasury + 90 * UNIT);
	});
}
