// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use super::*;

#[test]
fn all_pools_of_pica_get_their_part_whomever_they_serve() {
	ExtBuilder::default().execute(|| {
		stake(ALICE, pica_pool(0), 30 * UNIT);
		stake(BOB, pica_pool(1), 10 * UNIT);
		KnownPayers::mutate(|payers| payers.insert(2, payer(SOL, 500)));
		fund(AVS, SOL, 1_000);
		fund(2, SOL, 500);
		set_simple_table(0);
		set_table(2, 0, vec![entry(OPERATORS[1], 1, 0, &[(sol_pool(1), 1)])]);
		// Three pages, of which the first names a pool that is gone.
		let stakes = vec![(99, 10), (98, 10), (pica_pool(0), 30), (97, 5), (pica_pool(1), 10)];
		KnownStakes::set([(0, stakes)].into());
		let treasury = balance(SOL, TREASURY);
		next_era();
		// 300, by 65ths: 138 and 46.
		let event = Event::PicaStakersPaid { era: 0, currency: SOL, amount: 184 };
		assert!(events().contains(&event));
		assert_eq!(balance(SOL, TREASURY), treasury + 150 + 300 - 184);
		pass(ERA);
		assert_eq!(rewards_of(ALICE, pica_pool(0)), vec![(SOL, 138)]);
		assert_eq!(rewards_of(BOB, pica_pool(1)), vec![(SOL, 46)]);
	});
}

#[test]
fn without_stake_in_pica_the_part_is_the_treasurys() {
	ExtBuilder::default().execute(|| {
		fund(AVS, SOL, 1_000);
		set_simple_table(0);
		let treasury = balance(SOL, TREASURY);
		next_era();
		assert_eq!(balance(SOL, TREASURY), treasury + 300);
		assert!(Round::<Test>::get().pica.is_empty());
	});
}

#[test]
fn the_stakes_are_those_of_the_era_that_was_earned_in() {
	ExtBuilder::default().execute(|| {
		stake(ALICE, pica_pool(0), 10 * UNIT);
		stake(BOB, pica_pool(1), 10 * UNIT);
		fund(AVS, SOL, 1_000);
		set_simple_table(0);
		KnownStakes::set([(0, vec![(pica_pool(0), 1)]), (1, vec![(pica_pool(1), 1)])].into());
		next_era();
		pass(ERA);
		assert_eq!(rewards_of(ALICE, pica_pool(0)), vec![(SOL, 200)]);
		assert_eq!(rewards_of(BOB, pica_pool(1)), vec![]);
	});
}
