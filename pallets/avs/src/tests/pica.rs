// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The table of PICA's pools.

use super::*;
use frame_support::weights::Weight;
use picasso_primitives::{Balance, EraIndex, PoolId};

/// Stakes that count from the next era on.
fn stake_pica(stakes: &[Balance]) {
	for (operator, amount) in stakes.iter().enumerate().filter(|(_, amount)| **amount > 0) {
		stake(ALICE, pica_pool(operator), *amount);
	}
}

/// Leaves room in each block for so many steps.
fn room_for(steps: u64) {
	PicaPageCost::set(100);
	IdleWeight::set(Weight::from_parts(steps * 100, 0));
}

/// The stakes that are listed for an era, by pool.
fn listed(era: EraIndex) -> Vec<(PoolId, Balance)> {
	let mut stakes = Vec::new();
	let mut next = Some(0);
	while let Some(page) = next {
		let page = Avs::pica_stakes(era, page);
		stakes.extend(page.items);
		next = page.next;
	}
	stakes.sort();
	stakes
}

fn last() -> PicaTable {
	<Avs as PicaStakes>::last_table().unwrap()
}

#[test]
fn whole_pools_are_listed_whatever_is_put_behind_avss() {
	ExtBuilder::execute(|| {
		stake_pica(&[500, 30, 0, 7]);
		stake(ALICE, sol_pool(0), 1_000);
		next_era();
		let stakes = [(pica_pool(0), 500), (pica_pool(1), 30), (pica_pool(3), 7)];
		assert_eq!(listed(1), stakes);
		let table = PicaTable { era: 1, pools: 3, total: 537, pages: 2 };
		assert_eq!(Avs::pica_tables()[0], table);
		System::assert_has_event(Event::PicaTableBuilt { table }.into());
		assert_eq!(table.total, listed(1).iter().map(|(_, stake)| stake).sum::<u128>());
	});
}

#[test]
fn what_changes_after_the_turn_is_listed_in_the_next_era() {
	ExtBuilder::execute(|| {
		stake_pica(&[500, 30, 20, 7]);
		room_for(1);
		next_era();
		// One page of two is there.
		assert_eq!(last().era, 0);
		stake_pica(&[100, 100, 100, 100]);
		assert_ok!(Restaking::unstake(origin(ALICE), pica_pool(1), 60));
		slash(CHAIN, 0, 1, 2);
		assert_ok!(Restaking::create_pool(origin(OPERATORS[0]), PICA, vec![]));
		stake(BOB, 8, 1_000);
		(0..3).for_each(|_| next_block());
		let stakes =
			[(pica_pool(0), 500), (pica_pool(1), 30), (pica_pool(2), 20), (pica_pool(3), 7)];
		assert_eq!(listed(1), stakes);
		room_for(10);
		next_era();
		let stakes = [
			(pica_pool(0), 300),
			(pica_pool(1), 70),
			(pica_pool(2), 120),
			(pica_pool(3), 107),
			(8, 1_000),
		];
		assert_eq!(listed(2), stakes);
	});
}

#[test]
fn an_era_that_is_over_too_early_mixes_no_stakes() {
	ExtBuilder::execute(|| {
		stake_pica(&[500, 30, 20, 7]);
		room_for(10);
		next_era();
		room_for(0);
		next_era();
		room_for(1);
		next_block();
		assert_eq!(PicaTables::<Test>::get().draft.map(|draft| draft.table.era), Some(2));
		stake_pica(&[1, 1, 1, 1]);
		room_for(0);
		next_era();
		// The old one serves, and tables of AVSs wait.
		assert_eq!((last().era, listed(1).len()), (1, 4));
		System::assert_has_event(Event::EraOverran { era: 2, remaining: 1 }.into());
		room_for(1);
		for _ in 0..5 {
			check();
			assert_eq!(last().era, 1);
			next_block();
		}
		let stakes =
			[(pica_pool(0), 501), (pica_pool(1), 31), (pica_pool(2), 21), (pica_pool(3), 8)];
		assert_eq!((last().era, listed(3)), (3, stakes.to_vec()));
		assert_eq!(Avs::pica_tables()[1].era, 1);
		room_for(10);
		next_block();
		System::assert_last_event(Event::EraTurned { era: 3, blocks: 7 }.into());
	});
}

#[test]
fn the_last_table_is_kept_and_the_one_before() {
	ExtBuilder::execute(|| {
		stake_pica(&[500, 30, 20, 7]);
		run_to_era(5);
		let eras: Vec<_> = Avs::pica_tables().iter().map(|table| table.era).collect();
		assert_eq!(eras, [5, 4]);
		assert_eq!((listed(5).len(), listed(4).len(), listed(3).len()), (4, 4, 0));
		assert_eq!(PicaPages::<Test>::iter().count(), 4);
		assert_eq!(<Avs as PicaStakes>::table(3), None);
		// A page is forgotten in each step, and nothing is begun meanwhile.
		room_for(1);
		next_era();
		(0..2).for_each(|_| next_block());
		assert_eq!(PicaPages::<Test>::iter().count(), 6);
		next_block();
		assert_eq!(PicaPages::<Test>::iter().count(), 5);
		assert!(!Turn::<Test>::get().pica);
		next_block();
		assert_eq!(PicaPages::<Test>::iter().count(), 4);
	});
}

#[test]
fn the_order_holds_while_pools_go() {
	ExtBuilder::execute(|| {
		stake_pica(&[0, 30, 20, 7]);
		room_for(1);
		next_era();
		// The pool that was looked at last goes before the next step.
		let at = PicaTables::<Test>::get().draft.unwrap().after;
		pallet_restaking::PoolsByAsset::<Test>::remove(PICA, at);
		(0..3).for_each(|_| next_block());
		pallet_restaking::PoolsByAsset::<Test>::insert(PICA, at, ());
		assert_eq!(last(), PicaTable { era: 1, pools: 3, total: 57, pages: 2 });
		assert_eq!(listed(1), [(pica_pool(1), 30), (pica_pool(2), 20), (pica_pool(3), 7)]);
	});
}
