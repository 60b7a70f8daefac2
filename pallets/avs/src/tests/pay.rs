// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What AVSs set aside for their pay, and how long tables are kept for whoever pays by them.

use super::*;
use picasso_primitives::emissions::{Payer, Payers};

fn served_avs() -> u32 {
	let avs = onboard(terms());
	stake(ALICE, sol_pool(1), 1_000);
	join(1, avs);
	allocate(1, avs, sol_pool(1), 50);
	next_era();
	avs
}

fn dormancy(avs: u32) -> Option<Dormancy> {
	Avs::security(avs).unwrap().dormancy
}

#[test]
fn pay_is_set_aside_as_a_table_comes_that_can_be_relied_on() {
	ExtBuilder::execute(|| {
		let avs = onboard(Terms { pay_per_era: 70, ..terms() });
		SetAside::set(vec![]);
		next_era();
		// Nobody serves: nothing is paid.
		assert_eq!(dormancy(avs), Some(Dormancy::TooFewOperators));
		assert!(SetAside::get().iter().all(|(of, ..)| *of != avs));
		stake(ALICE, sol_pool(1), 1_000);
		join(1, avs);
		allocate(1, avs, sol_pool(1), 50);
		next_era();
		assert_eq!(dormancy(avs), None);
		assert!(SetAside::get().contains(&(avs, era(), PICA, 70)));
	});
}

#[test]
fn an_avs_that_cannot_pay_sleeps_until_it_can() {
	ExtBuilder::execute(|| {
		let avs = served_avs();
		Broke::set(vec![avs]);
		next_era();
		assert_eq!(dormancy(avs), Some(Dormancy::Unpaid));
		System::assert_has_event(Event::AvsDormant { avs, reason: Dormancy::Unpaid }.into());
		// Those who stand for it are in its table all the same.
		assert_eq!(table(avs), [(OPERATORS[1], 500)]);
		Broke::set(vec![]);
		next_era();
		assert_eq!(dormancy(avs), None);
		System::assert_has_event(Event::AvsAwake { avs }.into());
	});
}

#[test]
fn an_era_that_is_not_paid_out_keeps_its_tables() {
	ExtBuilder::execute(|| {
		let avs = served_avs();
		let unpaid = era();
		FirstUnpaid::set(Some(unpaid));
		next_era();
		assert_eq!(<Avs as StakeTables<_>>::served(avs, unpaid).unwrap().0, unpaid);
		// The next turn would make the table of the unpaid era obsolete.
		next_era();
		assert_eq!(<Avs as StakeTables<_>>::last_table(avs), Some(unpaid + 1));
		assert_eq!(<Avs as StakeTables<_>>::page(avs, unpaid, 0).len(), 1);
		FirstUnpaid::set(Some(unpaid + 1));
		next_block();
		assert_eq!(<Avs as StakeTables<_>>::last_table(avs), Some(unpaid + 2));
		assert!(<Avs as StakeTables<_>>::page(avs, unpaid, 0).is_empty());
	});
}

#[test]
fn an_avs_that_leaves_keeps_its_last_table_until_it_is_paid_out() {
	ExtBuilder::execute(|| {
		let avs = served_avs();
		assert_ok!(Avs::offboard(origin(ALICE), avs));
		run_to_era(7);
		FirstUnpaid::set(Some(7));
		next_era();
		let served = <Avs as StakeTables<_>>::served(avs, 7).expect("a table");
		assert_eq!((served.0, served.1.operators), (7, 1));
		assert_eq!(<Avs as StakeTables<_>>::page(avs, 7, 0).len(), 1);
		assert!(<Avs as Payers<_>>::payer(avs).expect("it is known").is_gone);
		FirstUnpaid::set(Some(8));
		next_era();
		assert_eq!(<Avs as StakeTables<_>>::served(avs, 7), None);
	});
}

#[test]
fn an_avs_that_is_forgotten_is_closed_with_its_owner() {
	ExtBuilder::execute(|| {
		let avs = onboard(terms());
		assert_ok!(Avs::offboard(origin(ALICE), avs));
		run_to_era(20);
		assert_eq!(Avs::avs_info(avs), None);
		assert_eq!(Closed::get(), vec![(avs, Some(ALICE))]);
		assert_eq!(<Avs as Payers<_>>::payer(avs), None);
	});
}

#[test]
fn payers_tell_currencies_of_terms_in_force_and_to_come() {
	ExtBuilder::execute(|| {
		let avs = served_avs();
		let old = Avs::avs_info(avs).unwrap().terms;
		let new = Terms { pay_currency: SOL, ..old.clone() };
		let payer = Payer {
			owner: Some(ALICE),
			currency: PICA,
			per_era: old.pay_per_era,
			next_currency: None,
			is_gone: false,
		};
		assert_eq!(<Avs as Payers<_>>::payer(avs), Some(payer.clone()));
		assert_ok!(Avs::set_terms(origin(ALICE), avs, Box::new(new)));
		assert_eq!(
			<Avs as Payers<_>>::payer(avs),
			Some(Payer { next_currency: Some(SOL), ..payer })
		);
		assert_eq!(<Avs as Payers<_>>::next_avs(), avs + 1);
	});
}

#[test]
fn pools_of_who_left_are_told_by_what_counted() {
	ExtBuilder::execute(|| {
		let avs = served_avs();
		let served = era();
		assert_ok!(Avs::leave(origin(OPERATORS[1]), avs));
		next_era();
		assert_eq!(table(avs), []);
		let counted = |era| <Avs as StakeTables<_>>::counted_pools(avs, &OPERATORS[1], era);
		assert_eq!(counted(served), vec![(sol_pool(1), 500)]);
		assert_eq!(counted(era()), vec![]);
		assert_eq!(<Avs as StakeTables<_>>::counted_pools(99, &OPERATORS[1], served), vec![]);
	});
}
