// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The turn of an era, where blocks leave little room.

use super::*;
use frame_support::{traits::Hooks, weights::Weight};

/// Three AVSs that operator 1 is behind with a pool each.
fn three_avss() -> [u32; 3] {
	stake(ALICE, sol_pool(1), 1_000);
	let avss = [(); 3].map(|()| onboard(terms()));
	for avs in avss {
		join(1, avs);
		allocate(1, avs, sol_pool(1), 20);
	}
	next_era();
	avss
}

/// Leaves room in each block for one table of one member with one pool.
fn room_for_one() {
	IdleWeight::set(Weight::from_parts(12, 0));
}

fn last_tables(avss: [u32; 3]) -> [u32; 3] {
	avss.map(|avs| Avss::<Test>::get(avs).unwrap().tables.last.unwrap())
}

#[test]
fn tables_are_built_over_as_many_blocks_as_it_takes() {
	ExtBuilder::execute(|| {
		let avss = three_avss();
		let turned = era() + 1;
		room_for_one();
		run_to_era(turned);
		// The chain's comes first.
		assert_eq!(last_tables(avss), [1, 1, 1]);
		next_block();
		assert_eq!(last_tables(avss), [2, 1, 1]);
		// Old tables serve meanwhile.
		assert_eq!(Avs::security(avss[2]).unwrap().era, 1);
		next_block();
		next_block();
		assert_eq!(last_tables(avss), [2, 2, 2]);
		assert_eq!(last_event(), Event::EraTurned { era: turned, blocks: 4 });
		next_block();
		assert_eq!(Turn::<Test>::get().blocks, 4);
	});
}

#[test]
fn a_table_shows_the_turn_whatever_happens_before_it_is_built() {
	ExtBuilder::execute(|| {
		let avss = three_avss();
		let (turned, pool) = (era() + 1, sol_pool(1));
		room_for_one();
		run_to_era(turned);
		stake(BOB, pool, 5_000);
		assert_ok!(Restaking::unstake(origin(ALICE), pool, 100));
		slash(avss[1], 1, 1, 2);
		allocate(1, avss[1], pool, 0);
		allocate(1, avss[2], pool, 40);
		assert_ok!(Avs::leave(origin(OPERATORS[1]), avss[0]));
		(0..3).for_each(|_| next_block());
		assert_eq!(last_tables(avss), [turned; 3]);
		for avs in avss {
			assert_eq!(table(avs), [(OPERATORS[1], 200)]);
		}
		IdleWeight::set(Weight::MAX);
		next_era();
		assert_eq!((table(avss[0]), table(avss[1])), (vec![], vec![]));
		assert!(table(avss[2])[0].1 > 2_000);
	});
}

#[test]
fn an_era_that_is_over_too_early_mixes_nothing_and_starves_nobody() {
	ExtBuilder::execute(|| {
		let avss = three_avss();
		IdleWeight::set(Weight::zero());
		run_to_era(2);
		room_for_one();
		next_block();
		next_block();
		assert_eq!(last_tables(avss), [2, 1, 1]);
		IdleWeight::set(Weight::zero());
		run_to_era(3);
		room_for_one();
		next_block();
		System::assert_has_event(Event::EraOverran { era: 2, remaining: 2 }.into());
		assert_eq!(last_tables(avss), [2, 3, 1]);
		(0..3).for_each(|_| next_block());
		assert_eq!(last_tables(avss), [3, 3, 3]);
		assert_eq!(last_event(), Event::EraTurned { era: 3, blocks: 5 });
	});
}

#[test]
fn a_block_without_room_costs_nothing() {
	ExtBuilder::execute(|| {
		three_avss();
		assert_eq!(Avs::on_idle(1, Weight::zero()), Weight::zero());
		run_to_era(era() + 1);
		let used = Avs::on_idle(1, Weight::from_parts(5, 0));
		assert!(used.all_lte(Weight::from_parts(5, 0)));
	});
}

#[test]
fn a_table_costs_what_its_members_and_their_pools_do() {
	ExtBuilder::execute(|| {
		// 10, 2 for each member with a pool, and 4 for each with three.
		let cost = |members, pools| Avs::weight_of_table(members, pools).ref_time();
		assert_eq!((cost(0, 0), cost(1, 1), cost(1, 3), cost(5, 15)), (10, 12, 14, 30));
		assert_eq!((cost(2, 3), cost(2, 4), cost(2, 5)), (16, 16, 18));
		// A member without a pool costs what one with a pool does; pools of those who left cost nothing.
		assert_eq!((cost(2, 0), cost(0, 3), cost(1, 9)), (14, 10, 14));
	});
}
