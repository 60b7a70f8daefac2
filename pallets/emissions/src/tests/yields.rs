// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use super::*;

/// What the pallet's account holds of PICA beside what any must.
fn held() -> Balance {
	balance(PICA, Emissions::account()) - UNIT
}

fn last_yields() -> YieldPaid {
	Round::<Test>::get().yields
}

#[test]
fn pools_get_their_rate_by_the_stake_at_the_turn() {
	// Of 1,000 in a hundred eras a tenth: one in each.
	ExtBuilder::default().yield_rate(1, 10).execute(|| {
		stake(ALICE, sol_pool(0), 300 * UNIT);
		stake(BOB, sol_pool(1), 100 * UNIT);
		stake(BOB, pica_pool(1), 600 * UNIT);
		let issued = Balances::total_issuance();
		next_era();
		let due = UNIT;
		let yields = YieldPaid { due, available: due, paid: due, emitted: due };
		assert_eq!(last_yields(), yields);
		assert_eq!(Balances::total_issuance(), issued + due);
		assert_eq!((Pot::<Test>::get(), held()), (0, 0));
		assert_eq!(
			events(),
			vec![Event::YieldPaid { era: 1, yields }, Event::EraPaid { era: 1, blocks: 1 }]
		);
		// It streams in the era, from the block after.
		assert_eq!(rewards_of(ALICE, sol_pool(0)), vec![]);
		next_block();
		assert_eq!(rewards_of(ALICE, sol_pool(0)), vec![(PICA, 3 * UNIT / 100)]);
		pass(8);
		assert_eq!(rewards_of(ALICE, sol_pool(0)), vec![(PICA, 27 * UNIT / 100)]);
	});
}

#[test]
fn the_pot_pays_before_anything_is_made() {
	ExtBuilder::default().yield_rate(1, 10).execute(|| {
		stake(ALICE, sol_pool(0), 1_000 * UNIT);
		assert_ok!(Emissions::donate(origin(BOB), UNIT * 3 / 2));
		let issued = Balances::total_issuance();
		next_era();
		assert_eq!(last_yields().emitted, 0);
		assert_eq!(Pot::<Test>::get(), UNIT / 2);
		next_era();
		assert_eq!(last_yields().emitted, UNIT / 2);
		assert_eq!(Pot::<Test>::get(), 0);
		assert_eq!(Balances::total_issuance(), issued + UNIT / 2);
	});
}

#[test]
fn all_are_cut_alike_where_the_pot_is_short() {
	ExtBuilder::default().yield_rate(1, 1).execute(|| {
		stake(ALICE, sol_pool(0), 300 * UNIT);
		stake(BOB, pica_pool(1), 100 * UNIT);
		Ceiling::set(Perbill::zero());
		assert_ok!(Emissions::donate(origin(BOB), UNIT));
		next_era();
		let (due, available) = (4 * UNIT, UNIT);
		assert_eq!(
			events()[1..],
			[
				Event::YieldCut { era: 1, due, available },
				Event::YieldPaid { era: 1, yields: last_yields() },
				Event::EraPaid { era: 1, blocks: 1 },
			]
		);
		assert_eq!(last_yields(), YieldPaid { due, available, paid: UNIT, emitted: 0 });
		pass(10);
		assert_eq!(rewards_of(ALICE, sol_pool(0)), vec![(PICA, UNIT * 3 / 4)]);
		assert_eq!(rewards_of(BOB, pica_pool(1)), vec![(PICA, UNIT / 4)]);
		// What was cut is not owed.
		assert_ok!(Emissions::donate(origin(BOB), 100 * UNIT));
		next_era();
		assert_eq!(last_yields().paid, 4 * UNIT);
	});
}

#[test]
fn a_year_makes_no_more_than_its_ceiling() {
	ExtBuilder::default().yield_rate(100, 1).execute(|| {
		stake(ALICE, sol_pool(0), 100_000 * UNIT);
		Ceiling::set(Perbill::from_percent(1));
		let issued = Balances::total_issuance();
		for _ in 0..100 {
			next_era();
		}
		let ceiling = issued / 100;
		let made = Balances::total_issuance() - issued;
		assert!(made <= ceiling && made > ceiling - 100, "{made} of {ceiling}");
		assert_eq!(Year::<Test>::get().expect("a year").emitted, made);
		// The next year begins with what there is then.
		next_era();
		let year = Year::<Test>::get().expect("a year");
		assert_eq!(year.issuance, issued + made);
		assert_eq!(year.emitted, year.issuance / 100 / 100);
	});
}

#[test]
fn a_ceiling_that_is_lowered_stops_emission_for_the_year() {
	ExtBuilder::default().yield_rate(100, 1).execute(|| {
		stake(ALICE, sol_pool(0), 100_000 * UNIT);
		Ceiling::set(Perbill::from_percent(50));
		next_era();
		assert!(last_yields().emitted > 0);
		Ceiling::set(Perbill::from_parts(1));
		next_era();
		assert_eq!(last_yields().emitted, 0);
		assert_eq!(last_yields().paid, 0);
	});
}

#[test]
fn an_era_shorter_than_a_walk_misses_its_yield_and_nothing_else() {
	ExtBuilder::default().yield_rate(1, 10).execute(|| {
		stake(ALICE, sol_pool(0), 1_000 * UNIT);
		fund(AVS, SOL, 1_000);
		set_simple_table(0);
		// A step in each block, and there are more than an era has blocks.
		IdleWeight::set(Weight::from_parts(11, 0));
		pass(ERA);
		System::set_block_number(ERA * 2 - 1);
		next_block();
		assert_eq!(era(), 2);
		next_block();
		assert!(events().contains(&Event::YieldMissed { era: 1 }));
		IdleWeight::set(Weight::MAX);
		pass(2);
		assert_eq!(Round::<Test>::get().era, 2);
		assert_eq!(last_yields().paid, UNIT);
		assert_eq!(History::<Test>::get(1).expect("a record").yields.paid, 0);
		assert!(!History::<Test>::get(1).expect("a record").revenue.0.is_empty());
	});
}

#[test]
fn rates_raised_in_the_midst_of_a_round_pay_no_more_than_was_made() {
	ExtBuilder::default().yield_rate(1, 10).execute(|| {
		for operator in [0, 1] {
			stake(ALICE, sol_pool(operator), 500 * UNIT);
			stake(ALICE, pica_pool(operator), 500 * UNIT);
		}
		pass(ERA - 2);
		// The walk that sums up is over, that which pays is not.
		IdleWeight::set(Weight::from_parts(61, 0));
		next_block();
		assert!(matches!(Round::<Test>::get().stage, Stage::PayYields(_)));
		let settings = VaultSettings {
			deposit_cap: ENDOWMENT * 100,
			minimum_stake: 0,
			status: VaultStatus::Open,
			yield_rate: FixedU128::from_u32(9),
		};
		for asset in [SOL, PICA] {
			assert_ok!(Restaking::set_vault(RuntimeOrigin::root(), asset, settings));
		}
		IdleWeight::set(Weight::MAX);
		next_block();
		let YieldPaid { due, paid, .. } = last_yields();
		assert_eq!(due, 2 * UNIT);
		assert!(paid <= due);
		assert_eq!(Pot::<Test>::get(), due - paid);
		check();
	});
}

#[test]
fn a_yield_that_cannot_be_moved_stays_in_the_pot() {
	ExtBuilder::default().yield_rate(1, 10).execute(|| {
		stake(ALICE, sol_pool(0), 1_000 * UNIT);
		assert_ok!(Restaking::set_reward_currency(
			RuntimeOrigin::root(),
			PICA,
			CurrencyStatus::Retired
		));
		next_era();
		assert_eq!(last_yields().paid, 0);
		assert_eq!(Pot::<Test>::get(), UNIT);
		assert!(events().iter().any(|event| matches!(
			event,
			Event::CreditFailed { era: 1, currency: PICA, amount: UNIT, .. }
		)));
	});
}
