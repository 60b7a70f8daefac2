// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use super::*;

fn paid(era: u32, restakers: u128, pica: u128, operators: u128, treasury: u128) -> Event<Test> {
	let parts = Parts { restakers, pica_stakers: pica, operators, treasury };
	Event::AvsPaid { avs: AVS, era, currency: SOL, parts }
}

#[test]
fn pay_goes_by_weight_and_streams_to_pools() {
	ExtBuilder::default().execute(|| {
		stake(ALICE, sol_pool(0), 30 * UNIT);
		stake(BOB, sol_pool(1), 10 * UNIT);
		stake(BOB, pica_pool(1), 10 * UNIT);
		fund(AVS, SOL, 1_000);
		// A hundredth of what its pools get is the second one's commission, a tenth the first's.
		set_table(
			AVS,
			0,
			vec![
				entry(OPERATORS[0], 30, 10, &[(sol_pool(0), 30)]),
				entry(OPERATORS[1], 10, 1, &[(sol_pool(1), 6), (pica_pool(1), 3)]),
			],
		);
		KnownStakes::set([(0, vec![(pica_pool(1), 10)])].into());
		let before = OPERATORS.map(|operator| balance(SOL, operator));
		let treasury = balance(SOL, TREASURY);
		next_era();
		// 500 restakers', 200 PICA stakers', 200 operators', 100 the treasury's. Of 500, 375 and 125:
		// 37 and 1 are commission. 338, and 124 in the ratio of 6 to 3: 82 and 41.
		let operators = [150 + 37, 50 + 1];
		let restakers = 338 + 82 + 41;
		let left = 1_000 - 200 - restakers - operators[0] - operators[1];
		assert!(events().contains(&paid(0, restakers, 200, operators[0] + operators[1], left)));
		for (operator, (before, earned)) in
			OPERATORS.into_iter().zip(before.into_iter().zip(operators))
		{
			assert_eq!(balance(SOL, operator), before + earned);
		}
		assert_eq!(balance(SOL, TREASURY), treasury + left);
		pass(ERA);
		assert_eq!(rewards_of(ALICE, sol_pool(0)), vec![(SOL, 338)]);
		assert_eq!(rewards_of(BOB, sol_pool(1)), vec![(SOL, 82)]);
		assert_eq!(rewards_of(BOB, pica_pool(1)), vec![(SOL, 41 + 200)]);
		// Nothing is left but what any account must hold.
		assert_eq!(balance(SOL, Emissions::account()), 10);
		let account = Accounts::<Test>::get(AVS);
		let parts = Parts {
			restakers,
			pica_stakers: 200,
			operators: operators[0] + operators[1],
			treasury: left,
		};
		assert_eq!(account.paid.0.to_vec(), vec![Paid { currency: SOL, parts }]);
	});
}

#[test]
fn revenue_joins_the_pay_of_its_era_whatever_its_currency() {
	ExtBuilder::default().execute(|| {
		stake(ALICE, sol_pool(0), 10 * UNIT);
		fund(AVS, SOL, 1_000);
		set_simple_table(0);
		assert_ok!(Emissions::pay_revenue(origin(BOB), AVS, SOL, 1_000));
		assert_ok!(Emissions::pay_revenue(origin(BOB), AVS, PICA, 10 * UNIT));
		next_era();
		// The era after has its own.
		assert_ok!(Emissions::pay_revenue(origin(BOB), AVS, PICA, UNIT));
		pass(ERA - 1);
		assert_eq!(DuePay::<Test>::get(1, AVS).of(PICA), UNIT);
		assert_eq!(
			rewards_of(ALICE, sol_pool(0)),
			vec![(PICA, 5 * UNIT * 9 / 10), (SOL, 1_000 * 9 / 10)]
		);
	});
}

#[test]
fn commission_leaves_restakers_two_fifths_of_all() {
	ExtBuilder::default().execute(|| {
		stake(ALICE, sol_pool(0), 10 * UNIT);
		fund(AVS, SOL, 1_000);
		set_table(AVS, 0, vec![entry(OPERATORS[0], 10, 100, &[(sol_pool(0), 10)])]);
		next_era();
		assert!(events().contains(&paid(0, 400, 200, 300, 100)));
	});
}

#[test]
fn an_operator_is_paid_where_it_says() {
	ExtBuilder::default().execute(|| {
		let set = |who, account| Emissions::set_reward_account(origin(who), account);
		assert_noop!(set(ALICE, Some(BOB)), Error::<Test>::NotAnOperator);
		assert_noop!(
			Emissions::set_reward_account(RuntimeOrigin::root(), None),
			DispatchError::BadOrigin
		);
		assert_ok!(set(OPERATORS[0], Some(BOB)));
		fund(AVS, SOL, 1_000);
		set_simple_table(0);
		let (before, own) = (balance(SOL, BOB), balance(SOL, OPERATORS[0]));
		next_era();
		assert_eq!((balance(SOL, BOB), balance(SOL, OPERATORS[0])), (before + 200, own));
		assert_ok!(set(OPERATORS[0], None));
		assert!(events().contains(&Event::RewardAccountChanged {
			operator: OPERATORS[0],
			old: Some(BOB),
			new: None
		}));
		assert_ok!(set(OPERATORS[0], Some(BOB)));
		Emissions::forget_operator(&OPERATORS[0]);
		assert_eq!(RewardAccounts::<Test>::get(OPERATORS[0]), None);
	});
}

#[test]
fn who_is_in_jail_earns_nothing_and_nobody_gains_by_it() {
	ExtBuilder::default().execute(|| {
		stake(ALICE, sol_pool(0), 10 * UNIT);
		fund(AVS, SOL, 1_000);
		set_table(
			AVS,
			0,
			vec![
				entry(OPERATORS[0], 10, 0, &[(sol_pool(0), 10)]),
				entry(OPERATORS[1], 10, 0, &[(sol_pool(1), 10)]),
			],
		);
		Jailed::set([OPERATORS[1]].into());
		next_era();
		assert!(events().contains(&paid(0, 250, 200, 100, 450)));
	});
}

#[test]
fn what_would_be_paid_to_a_pool_that_is_gone_is_the_treasurys() {
	ExtBuilder::default().execute(|| {
		fund(AVS, SOL, 1_000);
		set_table(AVS, 0, vec![entry(OPERATORS[0], 10, 0, &[(sol_pool(0), 10), (99, 10)])]);
		next_era();
		assert!(events().contains(&paid(0, 250, 200, 200, 350)));
	});
}

#[test]
fn an_avs_sleeps_unpaid_until_it_is_funded() {
	ExtBuilder::default().execute(|| {
		stake(ALICE, sol_pool(0), 10 * UNIT);
		set_simple_table(0);
		assert_ok!(Emissions::pay_revenue(origin(BOB), AVS, SOL, 600));
		next_era();
		// Revenue waits.
		let carried = Event::PayCarried { avs: AVS, era: 0, currency: SOL, amount: 600 };
		assert!(events().contains(&carried));
		assert_eq!(DuePay::<Test>::get(1, AVS).of(SOL), 600);
		fund(AVS, SOL, 1_000);
		set_simple_table(1);
		next_era();
		assert!(events().contains(&paid(1, 800, 320, 320, 160)));
	});
}

#[test]
fn pay_of_an_avs_that_nobody_served_comes_back_when_it_is_gone() {
	ExtBuilder::default().execute(|| {
		assert_ok!(Emissions::pay_revenue(origin(BOB), AVS, SOL, 600));
		next_era();
		change_payer(AVS, |payer| payer.is_gone = true);
		next_era();
		let returned = Event::PayReturned { avs: AVS, era: 1, currency: SOL, amount: 600 };
		assert!(events().contains(&returned));
		assert_eq!(escrow(AVS, SOL), 600);
		assert_ok!(Emissions::refund(origin(BOB), AVS));
	});
}

#[test]
fn an_avs_that_leaves_with_eras_unpaid_pays_them() {
	ExtBuilder::default().execute(|| {
		stake(ALICE, sol_pool(0), 10 * UNIT);
		fund(AVS, SOL, 2_000);
		set_simple_table(0);
		change_payer(AVS, |payer| payer.is_gone = true);
		next_era();
		assert!(events().contains(&paid(0, 500, 200, 200, 100)));
		assert_ok!(Emissions::refund(origin(BOB), AVS));
		assert_eq!(escrow(AVS, SOL), 0);
	});
}

#[test]
fn pay_in_a_currency_that_was_retired_comes_back() {
	ExtBuilder::default().execute(|| {
		stake(ALICE, sol_pool(0), 10 * UNIT);
		fund(AVS, SOL, 1_000);
		set_simple_table(0);
		assert_ok!(Emissions::pay_revenue(origin(BOB), AVS, PICA, 10 * UNIT));
		assert_ok!(Restaking::set_reward_currency(
			RuntimeOrigin::root(),
			SOL,
			CurrencyStatus::Retired
		));
		next_era();
		assert_eq!(escrow(AVS, SOL), 1_000);
		pass(ERA);
		assert_eq!(rewards_of(ALICE, sol_pool(0)), vec![(PICA, 5 * UNIT)]);
		assert_ok!(Emissions::refund(origin(BOB), AVS));
	});
}

#[test]
fn what_waits_for_pica_stakers_in_a_currency_that_is_retired_is_the_treasurys() {
	ExtBuilder::default().execute(|| {
		stake(ALICE, sol_pool(0), 10 * UNIT);
		KnownStakes::set([(0, vec![(pica_pool(1), 10)]), (1, vec![(pica_pool(1), 10)])].into());
		fund(AVS, SOL, 1_000);
		set_simple_table(0);
		freeze(SOL);
		next_era();
		assert_eq!(Round::<Test>::get().pica_failed.of(SOL), 200);
		let retired = CurrencyStatus::Retired;
		assert_ok!(Restaking::set_reward_currency(RuntimeOrigin::root(), SOL, retired));
		thaw(SOL);
		let treasury = balance(SOL, TREASURY);
		next_era();
		assert_eq!(Round::<Test>::get().pica_failed.of(SOL), 0);
		// The 100 of its own, which were owed, and the 200.
		let due = Dues::<Test>::get(TREASURY, SOL);
		assert_eq!(balance(SOL, TREASURY) + due, treasury + 300);
		check();
	});
}

#[test]
fn an_asset_that_is_frozen_while_owed_waits_and_stops_nothing_else() {
	ExtBuilder::default().execute(|| {
		stake(ALICE, sol_pool(0), 10 * UNIT);
		KnownStakes::set([(0, vec![(pica_pool(1), 10)])].into());
		fund(AVS, SOL, 1_000);
		set_simple_table(0);
		assert_ok!(Emissions::pay_revenue(origin(BOB), AVS, PICA, 10 * UNIT));
		freeze(SOL);
		next_era();
		// What pools and operators would have got, 700, waits for the next era; the PICA stakers' part does,
		// too; the treasury's is owed.
		assert_eq!(DuePay::<Test>::get(1, AVS).of(SOL), 700);
		assert_eq!(Round::<Test>::get().pica_failed.of(SOL), 200);
		assert_eq!(Dues::<Test>::get(TREASURY, SOL), 100);
		check();
		pass(ERA - 1);
		assert_eq!(rewards_of(ALICE, sol_pool(0)), vec![(PICA, 5 * UNIT * 9 / 10)]);
		let treasury = balance(SOL, TREASURY);
		thaw(SOL);
		next_era();
		pass(ERA);
		assert!(DuePay::<Test>::iter().next().is_none());
		assert_eq!(rewards_of(ALICE, sol_pool(0))[1], (SOL, 350));
		assert_eq!(balance(SOL, TREASURY), treasury + 170);
		assert_eq!(Dues::<Test>::iter().count(), 0);
	});
}

#[test]
fn an_operator_that_cannot_be_paid_is_owed_it() {
	ExtBuilder::default().execute(|| {
		stake(ALICE, sol_pool(0), 10 * UNIT);
		fund(AVS, SOL, 2_000);
		set_simple_table(0);
		let before = balance(SOL, OPERATORS[0]);
		assert_ok!(Assets::block(origin(ISSUER), SOL, OPERATORS[0]));
		next_era();
		assert_eq!(Dues::<Test>::get(OPERATORS[0], SOL), 200);
		assert!(events().iter().any(|event| matches!(
			event,
			Event::DueKept { who, currency: SOL, amount: 200, .. } if *who == OPERATORS[0]
		)));
		assert_noop!(
			Emissions::collect(origin(BOB), OPERATORS[0], SOL),
			sp_runtime::TokenError::Blocked
		);
		set_simple_table(1);
		next_era();
		assert_eq!(Dues::<Test>::get(OPERATORS[0], SOL), 400);
		check();
		assert_ok!(Assets::thaw(origin(ISSUER), SOL, OPERATORS[0]));
		assert_ok!(Emissions::collect(origin(BOB), OPERATORS[0], SOL));
		assert_eq!(balance(SOL, OPERATORS[0]), before + 400);
		assert_noop!(Emissions::collect(origin(BOB), OPERATORS[0], SOL), Error::<Test>::NothingDue);
		assert_noop!(
			Emissions::collect(RuntimeOrigin::root(), OPERATORS[0], SOL),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn what_a_lost_generation_had_earned_is_still_paid() {
	ExtBuilder::default().execute(|| {
		stake(ALICE, sol_pool(0), 10 * UNIT);
		fund(AVS, SOL, 1_000);
		set_simple_table(0);
		next_era();
		pass(5);
		slash(sol_pool(0), 1, 1);
		stake(BOB, sol_pool(0), 10 * UNIT);
		pass(5);
		assert_eq!(rewards_of(ALICE, sol_pool(0)), vec![(SOL, 250)]);
		assert_eq!(rewards_of(BOB, sol_pool(0)), vec![(SOL, 250)]);
		let before = balance(SOL, ALICE);
		assert_ok!(Restaking::claim(origin(ALICE), sol_pool(0)));
		assert_eq!(balance(SOL, ALICE), before + 250);
		assert_noop!(
			Restaking::claim(origin(ALICE), sol_pool(0)),
			pallet_restaking::Error::<Test>::NothingToClaim
		);
	});
}
