// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What is put behind AVSs, and what they take of it.

use super::*;
use picasso_primitives::slashing::{Answerable, Claim, SlashableParts};

const LESS: u128 = WHOLE / 100;

/// Two AVSs that operator 1 stands for, and its pool of SOL with a stake of `amount`.
fn two_avss(amount: u128) -> (u32, u32, u32) {
	let (one, other) = (onboard(terms()), onboard(terms()));
	join(1, one);
	join(1, other);
	stake(ALICE, sol_pool(1), amount);
	(one, other, sol_pool(1))
}

fn part(pool: u32, avs: u32) -> Allocation<Test> {
	Allocations::<Test>::get(pool, avs).unwrap()
}

fn whole(pool: u32) -> PoolMagnitude {
	PoolMagnitudes::<Test>::get(pool).unwrap()
}

/// What an AVS can take of a pool, in planck.
fn slashable(pool: u32, avs: u32) -> u128 {
	let infos = Avs::operator_allocations(&OPERATORS[1]);
	let found = infos.into_iter().find(|info| (info.pool, info.avs) == (pool, avs));
	found.map_or(0, |info| info.slashable_stake)
}

#[test]
fn more_counts_from_the_next_era_and_less_is_held() {
	ExtBuilder::execute(|| {
		let (avs, _, pool) = two_avss(1_000);
		allocate(1, avs, pool, 40);
		assert_eq!((part(pool, avs).active_in(0), part(pool, avs).total()), (0, 40 * LESS));
		assert_eq!(slashable(pool, avs), 0);
		next_era();
		assert_eq!((table(avs), slashable(pool, avs)), (vec![(OPERATORS[1], 400)], 400));
		allocate(1, avs, pool, 10);
		let held_until = Some(8);
		let (old, new, left) = (40 * LESS, 10 * LESS, WHOLE);
		assert_eq!(
			last_event(),
			Event::AllocationChanged { avs, pool, old, new, left, held_until }
		);
		assert_eq!((table(avs), slashable(pool, avs)), (vec![(OPERATORS[1], 400)], 400));
		next_era();
		assert_eq!((table(avs), slashable(pool, avs)), (vec![(OPERATORS[1], 100)], 400));
		run_to_era(8);
		assert_eq!(slashable(pool, avs), 100);
		assert_eq!(whole(pool).encumbered, 40 * LESS);
		allocate(1, avs, pool, 20);
		assert_eq!(whole(pool).encumbered, 20 * LESS);
	});
}

#[test]
fn what_never_counted_is_not_held() {
	ExtBuilder::execute(|| {
		let (avs, _, pool) = two_avss(1_000);
		allocate(1, avs, pool, 40);
		allocate(1, avs, pool, 0);
		assert!(part(pool, avs).releases.is_empty());
		assert_eq!(whole(pool).encumbered, 0);
		assert_ok!(Avs::free_allocation(origin(BOB), avs, pool));
	});
}

#[test]
fn stake_is_put_behind_one_avs_at_a_time() {
	ExtBuilder::execute(|| {
		let (one, other, pool) = two_avss(1_000);
		allocate(1, one, pool, 60);
		let most = try_allocate(1, other, pool, percent(41));
		assert_eq!(most, Err(Error::<Test>::PoolExhausted.into()));
		allocate(1, other, pool, 40);
		next_era();
		allocate(1, one, pool, 0);
		// It is held to what it secured.
		let again = try_allocate(1, other, pool, percent(41));
		assert_eq!(again, Err(Error::<Test>::PoolExhausted.into()));
		run_to_era(8);
		assert_ok!(Avs::free_allocation(origin(BOB), one, pool));
		allocate(1, other, pool, 100);
	});
}

#[test]
fn allocate_fails_each_for_its_own_reason() {
	ExtBuilder::execute(|| {
		let (avs, other, pool) = two_avss(1_000);
		let all = percent(100);
		assert_eq!(try_allocate(1, avs, 99, all), Err(Error::<Test>::PoolNotFound.into()));
		let others = try_allocate(1, avs, sol_pool(2), all);
		assert_eq!(others, Err(Error::<Test>::NotPoolOperator.into()));
		let stranger = try_allocate(2, avs, sol_pool(2), all);
		assert_eq!(stranger, Err(Error::<Test>::NotMember.into()));
		let untaken = try_allocate(1, avs, pica_pool(1), all);
		assert_eq!(untaken, Err(Error::<Test>::AssetNotTaken.into()));
		// All of a batch or none.
		let change = |avs, pool| AllocationChange { avs, pool, fraction: all };
		let changes = vec![change(avs, pool), change(other, pool)].try_into().unwrap();
		let batch = frame_support::storage::with_storage_layer(|| {
			Avs::allocate(origin(OPERATORS[1]), changes)
		});
		assert_eq!(batch, Err(Error::<Test>::PoolExhausted.into()));
		assert!(Allocations::<Test>::get(pool, avs).is_none());
		let nothing = try_allocate(2, avs, sol_pool(2), percent(0));
		assert_eq!(nothing, Err(Error::<Test>::AllocationNotFound.into()));
		assert_ok!(Avs::offboard(origin(ALICE), avs));
		assert_eq!(try_allocate(1, avs, pool, all), Err(Error::<Test>::AvsLeaving.into()));
	});
}

/// Three more pools of SOL of an operator's, with stake.
fn more_pools(operator: usize) -> [u32; 3] {
	[(); 3].map(|()| {
		let pool = pallet_restaking::NextPoolId::<Test>::get();
		assert_ok!(Restaking::create_pool(origin(OPERATORS[operator]), SOL, vec![]));
		stake(ALICE, pool, 1_000);
		pool
	})
}

#[test]
fn nobodys_pools_keep_anothers_out() {
	ExtBuilder::execute(|| {
		let (avs, _, first) = two_avss(1_000);
		let [second, third, fourth] = more_pools(1);
		for pool in [first, second, third] {
			allocate(1, avs, pool, 100);
		}
		let more = try_allocate(1, avs, fourth, percent(100));
		assert_eq!(more, Err(Error::<Test>::TooManyPools.into()));
		// What is still held takes its place, until it is freed.
		next_era();
		allocate(1, avs, first, 0);
		let more = try_allocate(1, avs, fourth, percent(100));
		assert_eq!(more, Err(Error::<Test>::TooManyPools.into()));
		run_to_era(10);
		assert_ok!(Avs::free_allocation(origin(BOB), avs, first));
		allocate(1, avs, fourth, 100);
		for operator in [0, 2, 3] {
			join(operator, avs);
			stake(ALICE, sol_pool(operator), 1_000);
			for pool in more_pools(operator) {
				allocate(operator, avs, pool, 100);
			}
		}
		next_era();
		assert_eq!(Avss::<Test>::get(avs).unwrap().allocations, 12);
		assert_eq!(table(avs).iter().map(|(_, weight)| weight).sum::<u128>(), 12_000);
	});
}

#[test]
fn one_avs_takes_its_part_and_leaves_the_others() {
	ExtBuilder::execute(|| {
		let (one, other, pool) = two_avss(1_000_000);
		allocate(1, one, pool, 30);
		allocate(1, other, pool, 50);
		next_era();
		let slashed = slash(one, 1, 1, 2);
		assert_eq!(slashed[0].active, 150_000);
		assert_eq!((slashable(pool, one), slashable(pool, other)), (150_000, 500_000));
		// The table of the era stays as it is; the next shows it.
		assert_eq!(table(one), [(OPERATORS[1], 300_000)]);
		next_era();
		assert_eq!(table(one), [(OPERATORS[1], 150_000)]);
		assert_eq!(table(other), [(OPERATORS[1], 500_000)]);
		let slashed = slash(other, 1, 1, 1);
		assert_eq!(slashed[0].active, 500_000);
		assert_eq!((slashable(pool, one), slashable(pool, other)), (150_000, 0));
	});
}

#[test]
fn an_increase_that_does_not_count_yet_is_not_slashed() {
	ExtBuilder::execute(|| {
		let (avs, _, pool) = two_avss(1_000_000);
		allocate(1, avs, pool, 10);
		next_era();
		allocate(1, avs, pool, 30);
		assert_eq!(slash(avs, 1, 1, 2)[0].active, 50_000);
		// Half of what is left of what counts.
		assert_eq!(slash(avs, 1, 1, 2)[0].active, 25_000);
		next_era();
		assert_eq!(table(avs), [(OPERATORS[1], 225_000)]);
	});
}

#[test]
fn what_was_taken_back_is_slashed_until_its_era() {
	ExtBuilder::execute(|| {
		let (avs, _, pool) = two_avss(1_000_000);
		allocate(1, avs, pool, 40);
		next_era();
		assert_ok!(Avs::leave(origin(OPERATORS[1]), avs));
		run_to_era(7);
		assert_eq!(slash(avs, 1, 1, 4), []);
		assert_eq!(slash_for(1, avs, 1, 1, 4)[0].active, 100_000);
		run_to_era(8);
		assert_eq!(slash_for(1, avs, 1, 1, 4), []);
		assert_ok!(Avs::free_allocation(origin(BOB), avs, pool));
	});
}

#[test]
fn exits_are_slashed_with_the_avss_part() {
	ExtBuilder::execute(|| {
		let (avs, _, pool) = two_avss(1_000_000);
		allocate(1, avs, pool, 40);
		next_era();
		assert_ok!(Restaking::unstake(origin(ALICE), pool, 400_000));
		let slashed = slash(avs, 1, 1, 2);
		assert_eq!((slashed[0].active, slashed[0].exits), (120_000, 80_000));
	});
}

/// EigenLayer, Cantina H-3.1.2: an attacker's own AVS drives the magnitude down, until slashes of the
/// others round to nothing.
#[test]
fn cantina_h_3_1_2_no_avs_makes_the_slashes_of_others_vanish() {
	ExtBuilder::execute(|| {
		let (own, other, pool) = two_avss(100_000_000_000_000);
		allocate(1, own, pool, 99);
		allocate(1, other, pool, 1);
		next_era();
		let before = slashable(pool, other);
		for _ in 0..40 {
			slash(own, 1, 9, 10);
		}
		assert!(slashable(pool, other).abs_diff(before) <= 40);
		assert!(slash(other, 1, 1, 1)[0].active.abs_diff(before) <= 41);
	});
}

#[test]
fn a_pool_that_was_lost_begins_anew() {
	ExtBuilder::execute(|| {
		let (one, other, pool) = two_avss(1_000);
		allocate(1, one, pool, 100);
		next_era();
		assert_eq!(slash(one, 1, 1, 1)[0].active, 1_000);
		let PoolMagnitude { generation, left, encumbered, at_turn, .. } = whole(pool);
		assert_eq!((generation, left, encumbered), (1, WHOLE, 0));
		assert_eq!((at_turn.generation, at_turn.magnitude), (0, WHOLE));
		assert_eq!(table(one), [(OPERATORS[1], 1_000)]);
		stake(BOB, pool, 500);
		assert_eq!(slash(one, 1, 1, 1), []);
		next_era();
		assert_eq!(table(one), []);
		allocate(1, other, pool, 100);
		assert_eq!(whole(pool).left, WHOLE);
		next_era();
		assert_eq!((table(one), table(other)), (vec![], vec![(OPERATORS[1], 500)]));
		assert_ok!(Avs::free_allocation(origin(BOB), one, pool));
	});
}

/// EigenLayer EGSL-10: what is put behind an AVS again can be slashed at once.
#[test]
fn egsl_10_what_is_put_behind_again_is_not_slashed_at_once() {
	ExtBuilder::execute(|| {
		let (avs, _, pool) = two_avss(1_000);
		allocate(1, avs, pool, 50);
		next_era();
		allocate(1, avs, pool, 0);
		run_to_era(8);
		allocate(1, avs, pool, 50);
		assert_eq!(slash(avs, 1, 1, 1), []);
		next_era();
		assert_eq!(slash(avs, 1, 1, 1)[0].active, 500);
	});
}

/// Karak H-04: a service slashes an operator that isn't registered with it.
#[test]
fn karak_h_04_an_avs_takes_nothing_of_others() {
	ExtBuilder::execute(|| {
		let (avs, other, pool) = two_avss(1_000);
		allocate(1, avs, pool, 50);
		next_era();
		assert_eq!(slash(other, 1, 1, 1), []);
		assert_eq!(slash(avs, 2, 1, 1), []);
		assert_eq!(slash(99, 1, 1, 1), []);
		let most = Answerable { generation: 0, magnitude: WHOLE };
		assert_eq!(Avs::take(other, pool, Claim::Rest(most), Perbill::one()), Ok(None));
	});
}
