// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use super::*;

#[test]
fn funding_moves_the_money_into_escrow() {
	ExtBuilder::default().execute(|| {
		let before = balance(SOL, OWNER);
		fund(AVS, SOL, 5_000);
		assert_eq!(balance(SOL, OWNER), before - 5_000);
		assert_eq!(escrow(AVS, SOL), 5_000);
		// The treasury lent the account what any must hold.
		assert_eq!(balance(SOL, Emissions::account()), 5_010);
		assert_eq!(balance(SOL, TREASURY), ENDOWMENT - 10);
		let funded = |amount| Event::EscrowFunded { avs: AVS, who: OWNER, currency: SOL, amount };
		assert_eq!(events(), vec![funded(5_000)]);
		assert_ok!(Emissions::fund(origin(ALICE), AVS, SOL, 1));
		assert_eq!(escrow(AVS, SOL), 5_001);
	});
}

#[test]
fn funding_fails_for_what_cannot_be_funded() {
	ExtBuilder::default().execute(|| {
		let fund = |avs, currency, amount| Emissions::fund(origin(OWNER), avs, currency, amount);
		assert_noop!(fund(2, SOL, 1), Error::<Test>::AvsNotFound);
		assert_noop!(fund(AVS, PICA, 1), Error::<Test>::WrongCurrency);
		assert_noop!(fund(AVS, IDLE, 1), Error::<Test>::WrongCurrency);
		assert_noop!(fund(AVS, SOL, 0), Error::<Test>::ZeroAmount);
		assert_noop!(fund(AVS, SOL, ENDOWMENT + 1), pallet_assets::Error::<Test>::BalanceLow);
		assert_noop!(Emissions::fund(RuntimeOrigin::root(), AVS, SOL, 1), DispatchError::BadOrigin);
		retire(SOL);
		assert_noop!(fund(AVS, SOL, 1), Error::<Test>::CurrencyNotActive);
		change_payer(AVS, |payer| payer.is_gone = true);
		assert_noop!(fund(AVS, SOL, 1), Error::<Test>::AvsIsGone);
	});
}

fn retire(currency: AssetId) {
	assert_ok!(Restaking::set_reward_currency(
		RuntimeOrigin::root(),
		currency,
		CurrencyStatus::Retired
	));
}

#[test]
fn the_currency_of_terms_to_come_can_be_funded_beforehand() {
	ExtBuilder::default().execute(|| {
		change_payer(AVS, |payer| payer.next_currency = Some(PICA));
		fund(AVS, PICA, 7);
		fund(AVS, SOL, 8);
		assert_eq!((escrow(AVS, PICA), escrow(AVS, SOL)), (7, 8));
	});
}

#[test]
fn pay_is_set_aside_in_full_or_not_at_all() {
	ExtBuilder::default().execute(|| {
		fund(AVS, SOL, 2_500);
		assert!(Emissions::set_aside(AVS, 0, SOL, 1_000));
		assert!(Emissions::set_aside(AVS, 1, SOL, 1_000));
		assert!(!Emissions::set_aside(AVS, 2, SOL, 1_000));
		assert_eq!(escrow(AVS, SOL), 500);
		assert_eq!(DuePay::<Test>::get(1, AVS).of(SOL), 1_000);
		assert!(!DuePay::<Test>::contains_key(2, AVS));
		assert!(Emissions::set_aside(AVS, 2, SOL, 0));
		retire(SOL);
		assert!(!Emissions::set_aside(AVS, 2, SOL, 1));
	});
}

#[test]
fn the_chain_pays_what_it_can() {
	ExtBuilder::default().execute(|| {
		KnownPayers::mutate(|payers| payers.insert(CHAIN, payer(PICA, 1_000)));
		fund(CHAIN, PICA, 300);
		assert!(Emissions::set_aside(CHAIN, 0, PICA, 1_000));
		assert_eq!((escrow(CHAIN, PICA), DuePay::<Test>::get(0, CHAIN).of(PICA)), (0, 300));
		assert!(Emissions::set_aside(CHAIN, 1, PICA, 1_000));
		assert!(!DuePay::<Test>::contains_key(1, CHAIN));
	});
}

#[test]
fn a_low_escrow_warns_era_by_era() {
	ExtBuilder::default().execute(|| {
		fund(AVS, SOL, 4_000);
		events();
		let low = |eras| Event::EscrowLow { avs: AVS, currency: SOL, eras };
		assert!(Emissions::set_aside(AVS, 0, SOL, 1_000));
		assert_eq!(events(), vec![]);
		for (era, left) in [(1, 2), (2, 1), (3, 0)] {
			assert!(Emissions::set_aside(AVS, era, SOL, 1_000));
			assert_eq!(events(), vec![low(left)]);
		}
	});
}

#[test]
fn revenue_is_paid_for_the_era_it_comes_in() {
	ExtBuilder::default().execute(|| {
		assert_ok!(Emissions::pay_revenue(origin(ALICE), AVS, PICA, 70));
		assert_ok!(Emissions::pay_revenue(origin(BOB), AVS, PICA, 30));
		assert_ok!(Emissions::pay_revenue(origin(BOB), AVS, SOL, 5));
		assert_eq!(DuePay::<Test>::get(0, AVS).iter().collect::<Vec<_>>(), [(PICA, 100), (SOL, 5)]);
		assert_eq!(
			events().last(),
			Some(&Event::RevenuePaid { avs: AVS, era: 0, who: BOB, currency: SOL, amount: 5 })
		);
		assert_eq!(escrow(AVS, SOL), 0);
	});
}

#[test]
fn paying_revenue_fails_for_what_cannot_be_paid() {
	ExtBuilder::default().execute(|| {
		let pay =
			|avs, currency, amount| Emissions::pay_revenue(origin(OWNER), avs, currency, amount);
		assert_noop!(pay(2, SOL, 1), Error::<Test>::AvsNotFound);
		assert_noop!(pay(AVS, IDLE, 1), Error::<Test>::CurrencyNotActive);
		assert_noop!(pay(AVS, SOL, 0), Error::<Test>::ZeroAmount);
		assert_noop!(pay(AVS, SOL, ENDOWMENT + 1), pallet_assets::Error::<Test>::BalanceLow);
		assert_noop!(
			Emissions::pay_revenue(RuntimeOrigin::none(), AVS, SOL, 1),
			DispatchError::BadOrigin
		);
		change_payer(AVS, |payer| payer.is_gone = true);
		assert_noop!(pay(AVS, SOL, 1), Error::<Test>::AvsIsGone);
	});
}

#[test]
fn an_avs_gets_back_what_its_terms_do_not_ask_for() {
	ExtBuilder::default().execute(|| {
		fund(AVS, SOL, 500);
		assert_noop!(Emissions::refund(origin(BOB), AVS), Error::<Test>::NothingToRefund);
		change_payer(AVS, |payer| (payer.currency, payer.next_currency) = (PICA, Some(SOL)));
		assert_noop!(Emissions::refund(origin(BOB), AVS), Error::<Test>::NothingToRefund);
		fund(AVS, PICA, 400);
		change_payer(AVS, |payer| payer.next_currency = None);
		let before = balance(SOL, OWNER);
		assert_ok!(Emissions::refund(origin(BOB), AVS));
		assert_eq!(balance(SOL, OWNER), before + 500);
		assert_eq!((escrow(AVS, SOL), escrow(AVS, PICA)), (0, 400));
		retire(PICA);
		assert_ok!(Emissions::refund(origin(BOB), AVS));
		assert_eq!(escrow(AVS, PICA), 0);
		assert_noop!(Emissions::refund(RuntimeOrigin::root(), AVS), DispatchError::BadOrigin);
	});
}

#[test]
fn an_avs_that_is_gone_gets_all_back_and_is_forgotten() {
	ExtBuilder::default().execute(|| {
		fund(AVS, SOL, 500);
		change_payer(AVS, |payer| (payer.is_gone, payer.owner) = (true, None));
		let before = balance(SOL, TREASURY);
		assert_ok!(Emissions::refund(origin(BOB), AVS));
		assert_eq!(balance(SOL, TREASURY), before + 500);
		assert_noop!(Emissions::refund(origin(BOB), AVS), Error::<Test>::NothingToRefund);
		Emissions::close(AVS, None);
		assert!(!Accounts::<Test>::contains_key(AVS));
		assert_noop!(Emissions::refund(origin(BOB), AVS), Error::<Test>::NothingToRefund);
	});
}

#[test]
fn what_a_forgotten_avs_left_is_its_last_owners() {
	ExtBuilder::default().execute(|| {
		fund(AVS, SOL, 500);
		KnownPayers::set(Default::default());
		Emissions::close(AVS, Some(ALICE));
		let before = balance(SOL, ALICE);
		assert_ok!(Emissions::refund(origin(BOB), AVS));
		assert_eq!(balance(SOL, ALICE), before + 500);
		// Whose it was is known on.
		assert_eq!(Emissions::owner_of(AVS), Some(ALICE));
		assert_noop!(Emissions::refund(origin(BOB), AVS), Error::<Test>::NothingToRefund);
	});
}

#[test]
fn a_currency_that_cannot_be_moved_stops_no_other_refund() {
	ExtBuilder::default().execute(|| {
		change_payer(AVS, |payer| payer.next_currency = Some(PICA));
		fund(AVS, SOL, 500);
		fund(AVS, PICA, 600);
		change_payer(AVS, |payer| payer.is_gone = true);
		freeze(SOL);
		assert_ok!(Emissions::refund(origin(BOB), AVS));
		assert_eq!((escrow(AVS, SOL), escrow(AVS, PICA)), (500, 0));
		assert_noop!(
			Emissions::refund(origin(BOB), AVS),
			pallet_assets::Error::<Test>::AssetNotLive
		);
		thaw(SOL);
		assert_ok!(Emissions::refund(origin(BOB), AVS));
		assert_eq!(escrow(AVS, SOL), 0);
	});
}

#[test]
fn donations_fill_the_pot() {
	ExtBuilder::default().execute(|| {
		assert_ok!(Emissions::donate(origin(ALICE), 10 * UNIT));
		assert_eq!(Pot::<Test>::get(), 10 * UNIT);
		assert_eq!(events(), vec![Event::Donated { who: ALICE, amount: 10 * UNIT }]);
		assert_noop!(Emissions::donate(origin(ALICE), 0), Error::<Test>::ZeroAmount);
		assert_noop!(Emissions::donate(RuntimeOrigin::root(), 1), DispatchError::BadOrigin);
		assert_noop!(
			Emissions::donate(origin(ALICE), ENDOWMENT),
			sp_runtime::TokenError::FundsUnavailable
		);
	});
}

#[test]
fn governance_alone_decides_the_split() {
	ExtBuilder::default().execute(|| {
		let percent = Perbill::from_percent;
		let split = |restakers, pica_stakers, operators, treasury| Split {
			restakers: percent(restakers),
			pica_stakers: percent(pica_stakers),
			operators: percent(operators),
			treasury: percent(treasury),
		};
		let new = split(60, 20, 10, 10);
		assert_noop!(Emissions::set_split(origin(ALICE), new), DispatchError::BadOrigin);
		let set = |split| Emissions::set_split(RuntimeOrigin::root(), split);
		assert_noop!(set(split(60, 20, 10, 9)), Error::<Test>::SplitNotTheWhole);
		assert_noop!(set(split(60, 20, 10, 11)), Error::<Test>::SplitNotTheWhole);
		assert_noop!(set(split(39, 20, 31, 10)), Error::<Test>::TooLittleForRestakers);
		assert_ok!(set(new));
		assert_eq!(CurrentSplit::<Test>::get(), new);
		assert_eq!(events(), vec![Event::SplitChanged { old: Split::default(), new }]);
	});
}
