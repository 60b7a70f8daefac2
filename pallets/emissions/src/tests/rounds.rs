// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use super::*;
use frame_support::traits::Hooks;

/// Two operators, two pools each, an AVS that pays in two currencies, and stakes of PICA.
fn scene() {
	for operator in [0, 1] {
		stake(ALICE, sol_pool(operator), 50 * UNIT);
		stake(BOB, pica_pool(operator), 70 * UNIT);
	}
	fund(AVS, SOL, 10_000);
	KnownStakes::set([(0, vec![(pica_pool(0), 7), (pica_pool(1), 8), (99, 1)])].into());
	set_table(
		AVS,
		0,
		(0..2)
			.map(|number| {
				let pools = [(sol_pool(number), 50), (pica_pool(number), 70)];
				entry(OPERATORS[number], 120, 10, &pools)
			})
			.collect(),
	);
	assert_ok!(Emissions::pay_revenue(origin(BOB), AVS, PICA, 10 * UNIT));
}

/// What everybody has and can claim after two eras, and the events on the way.
fn outcome() -> Vec<Balance> {
	let people = [ALICE, BOB, TREASURY, OPERATORS[0], OPERATORS[1]];
	let held = people.iter().flat_map(|who| [balance(PICA, *who), balance(SOL, *who)]);
	let claims = [(ALICE, sol_pool(0)), (ALICE, sol_pool(1)), (BOB, pica_pool(0))];
	let owed =
		claims.iter().flat_map(|(who, pool)| rewards_of(*who, *pool)).map(|(_, amount)| amount);
	held.chain(owed).collect()
}

#[test]
fn a_round_pays_the_same_however_little_blocks_leave() {
	let run = |weight: Weight| {
		let mut result = Vec::new();
		ExtBuilder::default().yield_rate(1, 10).execute(|| {
			scene();
			pass(ERA - 2);
			IdleWeight::set(weight);
			next_era();
			// Steps that would be of later blocks come in this one, so that streams begin alike.
			while Round::<Test>::get().stage != Stage::Over {
				Emissions::on_idle(System::block_number(), IdleWeight::get());
				check();
			}
			assert_eq!(Round::<Test>::get().era, 1);
			IdleWeight::set(Weight::MAX);
			pass(ERA - 1);
			result = outcome();
		});
		result
	};
	let at_once = run(Weight::MAX);
	for step in [11, 21, 35] {
		assert_eq!(run(Weight::from_parts(step, 0)), at_once);
	}
}

#[test]
fn without_room_nothing_happens() {
	ExtBuilder::default().execute(|| {
		scene();
		IdleWeight::set(Weight::zero());
		next_era();
		assert_eq!(Round::<Test>::get(), RoundState::default());
		IdleWeight::set(Weight::from_parts(1, 0));
		next_block();
		assert_eq!(Round::<Test>::get().era, 1);
		assert_eq!(Emissions::first_unpaid_era(), Some(0));
		IdleWeight::set(Weight::MAX);
		next_block();
		assert_eq!(Emissions::first_unpaid_era(), Some(1));
	});
}

#[test]
fn rounds_follow_one_another_however_late_they_are() {
	ExtBuilder::default().execute(|| {
		scene();
		IdleWeight::set(Weight::zero());
		next_era();
		set_simple_table(1);
		next_era();
		set_simple_table(2);
		next_era();
		IdleWeight::set(Weight::MAX);
		pass(3);
		let eras: Vec<_> = events()
			.into_iter()
			.filter_map(|event| match event {
				Event::AvsPaid { era, currency: SOL, .. } => Some(era),
				_ => None,
			})
			.collect();
		assert_eq!(eras, [0, 1, 2]);
		assert_eq!(Round::<Test>::get().era, 3);
	});
}

#[test]
fn history_is_kept_for_a_few_eras() {
	ExtBuilder::default().execute(|| {
		for _ in 0..6 {
			next_era();
		}
		let mut kept: Vec<_> = History::<Test>::iter_keys().collect();
		kept.sort();
		assert_eq!(kept, [3, 4, 5, 6]);
	});
}

#[test]
fn purses_keep_no_zeros_and_take_no_more_than_there_is() {
	let mut purse = Purse::<Test>::default();
	assert_eq!(purse.put(1, 0), Some(()));
	assert!(purse.is_empty());
	assert_eq!(purse.put(1, 5), Some(()));
	assert_eq!(purse.put(1, Balance::MAX), None);
	assert_eq!(purse.take(1, 6), None);
	assert_eq!(purse.take(2, 1), None);
	assert_eq!(purse.put(2, 1), Some(()));
	assert_eq!(purse.put(3, 1), Some(()));
	assert_eq!(purse.put(4, 1), None);
	assert_eq!(purse.take(1, 5), Some(()));
	assert_eq!(purse.first(), Some((2, 1)));
	assert_eq!(purse.of(1), 0);
}
