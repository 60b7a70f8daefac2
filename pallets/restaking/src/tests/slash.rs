// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use super::*;
use frame_support::storage::with_storage_layer;
use picasso_primitives::{
	math::Ratio,
	slashing::{PoolSlash, Proceeds, SlashedPool},
};

fn ratio(numerator: u128, denominator: u128) -> Ratio {
	Ratio::new(numerator, denominator).expect("a ratio")
}

fn custody(asset: u128) -> u128 {
	Vaults::<Test>::get(asset).expect("a vault").custody
}

fn pool(id: u32) -> Pool<Test> {
	Pools::<Test>::get(id).expect("a pool")
}

#[test]
fn a_slash_reaches_stake_and_unmatured_exits_and_reports_exactly_what_it_took() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 1_000);
		let matured = unstake(ALICE, SOL_POOL, 101);
		run_to_era(matured.maturity - 1);
		unstake(ALICE, SOL_POOL, 203);
		run_to_era(matured.maturity);
		let taken = slash(SOL_POOL, 1, 3);
		// ⌈696 / 3⌉ and ⌈203 / 3⌉; the 101 that matured are not touched.
		assert_eq!(taken, SlashedPool { pool: SOL_POOL, asset: SOL, active: 232, exits: 68 });
		assert_eq!(balance(SOL, TREASURY), 300);
		assert_eq!(custody(SOL), 700);
		assert_ok!(Restaking::withdraw(origin(ALICE), matured));
		assert_eq!(
			last_event(),
			Event::Withdrawn { who: ALICE, ticket: matured, beneficiary: ALICE, amount: 101 }
		);
	});
}

#[test]
fn a_tiny_slash_takes_a_planck() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 1_000);
		let taken = slash(SOL_POOL, 1, u128::MAX);
		assert_eq!((taken.active, taken.exits), (1, 0));
		assert_eq!(balance(SOL, TREASURY), 1);
	});
}

#[test]
fn a_slash_of_nothing_takes_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 1_000);
		assert_eq!(slash(SOL_POOL, 0, 1).active, 0);
		assert_eq!(slash(PICA_POOL, 1, 1).active, 0);
		assert_eq!(pool(PICA_POOL).generation, 0);
	});
}

#[test]
fn pools_slashed_together_move_their_proceeds_together() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Restaking::create_pool(origin(OPERATOR), SOL, vec![]));
		stake(ALICE, SOL_POOL, 100);
		stake(ALICE, 3, 200);
		stake(ALICE, PICA_POOL, 1_000_000_000);
		let before = balance(PICA, GOVERNANCE);
		System::reset_events();
		let slashed = Restaking::slash(
			&[(SOL_POOL, ratio(1, 10)), (3, ratio(1, 2)), (PICA_POOL, ratio(1, 4))],
			&GOVERNANCE,
		)
		.unwrap();
		assert_eq!(
			slashed.iter().map(|pool| pool.active).collect::<Vec<_>>(),
			[10, 100, 250_000_000]
		);
		assert_eq!(balance(PICA, GOVERNANCE), before + 250_000_000);
		let moved = |event: &RuntimeEvent| match event {
			RuntimeEvent::Assets(pallet_assets::Event::Transferred { to, .. })
			| RuntimeEvent::Balances(pallet_balances::Event::Transfer { to, .. }) => *to == GOVERNANCE,
			_ => false,
		};
		let moves = System::events().into_iter().filter(|record| moved(&record.event)).count();
		assert_eq!(moves, 2);
	});
}

#[test]
fn a_slash_that_fails_for_one_pool_takes_from_none() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		assert_noop!(
			Restaking::slash(&[(SOL_POOL, Ratio::ONE), (99, Ratio::ONE)], &TREASURY),
			Error::<Test>::PoolNotFound
		);
	});
}

#[test]
fn a_ratio_beyond_the_whole_is_refused() {
	ExtBuilder::default().build_and_execute(|| {
		use codec::{Decode, Encode};
		stake(ALICE, SOL_POOL, 100);
		for forged in [(3u128, 2u128), (1, 0)] {
			let ratio = Ratio::decode(&mut &forged.encode()[..]).unwrap();
			assert_noop!(
				Restaking::slash(&[(SOL_POOL, ratio)], &TREASURY),
				Error::<Test>::InvalidRatio
			);
		}
	});
}

#[test]
fn total_loss_ends_a_generation_and_new_stakers_start_clean() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		unstake(ALICE, SOL_POOL, 40);
		let taken = slash(SOL_POOL, 1, 1);
		assert_eq!((taken.active, taken.exits), (60, 40));
		assert_eq!((pool(SOL_POOL).generation, pool(SOL_POOL).active), (1, SharePool::default()));
		assert_eq!(pool(SOL_POOL).buckets[0].generation, 1);
		assert_eq!(RenewedPools::take(), [(SOL_POOL, 1)]);
		stake(BOB, SOL_POOL, 70);
		assert_eq!(shares_of(BOB, SOL_POOL), 70);
		assert_eq!(Restaking::preview_unstake(SOL_POOL, 70).unwrap().amount, 70);
	});
}

#[test]
fn lost_precision_ends_a_generation_and_the_dust_goes_with_the_proceeds() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100_000 * UNIT);
		let mut taken = 0;
		let mut slashes = 0;
		while pool(SOL_POOL).generation == 0 {
			taken += slash(SOL_POOL, 9, 10).active;
			slashes += 1;
			Restaking::do_try_state().unwrap();
		}
		assert_eq!(slashes, 10);
		assert_eq!(RenewedPools::take(), [(SOL_POOL, 1)]);
		assert_eq!(taken, 100_000 * UNIT);
		assert_eq!(custody(SOL), 0);
	});
}

#[test]
fn share_ratio_does_not_overflow_after_a_hundred_total_losses() {
	ExtBuilder::default().build_and_execute(|| {
		for generation in 0..100 {
			assert_eq!(pool(SOL_POOL).generation, generation);
			stake(ALICE, SOL_POOL, 1_000);
			unstake(ALICE, SOL_POOL, 500);
			let taken = slash(SOL_POOL, 1, 1);
			assert_eq!((taken.active, taken.exits), (500, 500));
		}
		assert_eq!(balance(SOL, TREASURY), 100_000);
	});
}

#[test]
fn nobody_inherits_a_loss_in_a_bucket() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		let ticket = unstake(ALICE, SOL_POOL, 40);
		slash(SOL_POOL, 1, 1);
		stake(BOB, SOL_POOL, 100);
		assert_eq!(unstake(BOB, SOL_POOL, 30), ticket);
		run_to_era(ticket.maturity);
		assert_ok!(Restaking::withdraw(origin(ALICE), ticket));
		assert_eq!(
			last_event(),
			Event::Withdrawn { who: ALICE, ticket, beneficiary: ALICE, amount: 0 }
		);
		assert_ok!(Restaking::withdraw(origin(BOB), ticket));
		assert_eq!(
			last_event(),
			Event::Withdrawn { who: BOB, ticket, beneficiary: BOB, amount: 30 }
		);
		// Matured and empty, it has nothing left to tell apart.
		assert!(pool(SOL_POOL).buckets.is_empty());
	});
}

#[test]
fn proceeds_that_cannot_be_moved_are_parked_and_moved_later_by_anyone() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		assert_ok!(Assets::freeze_asset(origin(ISSUER), SOL));
		slash(SOL_POOL, 1, 2);
		assert_eq!(
			last_event(),
			Event::ProceedsParked {
				asset: SOL,
				beneficiary: TREASURY,
				amount: 50,
				reason: unmovable()
			}
		);
		slash(SOL_POOL, 1, 2);
		assert_eq!(ParkedProceeds::<Test>::get(SOL, TREASURY), 75);
		assert_eq!(custody(SOL), 100);
		Restaking::do_try_state().unwrap();
		assert_noop!(
			Restaking::move_proceeds(origin(BOB), SOL, TREASURY),
			pallet_assets::Error::<Test>::AssetNotLive
		);
		assert_ok!(Assets::thaw_asset(origin(ISSUER), SOL));
		assert_ok!(Restaking::move_proceeds(origin(BOB), SOL, TREASURY));
		assert_eq!(
			last_event(),
			Event::ProceedsMoved { asset: SOL, beneficiary: TREASURY, amount: 75 }
		);
		assert_eq!((custody(SOL), balance(SOL, TREASURY)), (25, 75));
		assert_noop!(
			Restaking::move_proceeds(origin(BOB), SOL, TREASURY),
			Error::<Test>::NothingParked
		);
		assert_noop!(Restaking::move_proceeds(RuntimeOrigin::root(), SOL, TREASURY), BadOrigin);
	});
}

#[test]
fn proceeds_below_the_beneficiarys_minimum_balance_are_parked_until_there_are_enough() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, COARSE_POOL, 100);
		slash(COARSE_POOL, 1, 20);
		assert_eq!(ParkedProceeds::<Test>::get(COARSE, TREASURY), 5);
		slash(COARSE_POOL, 1, 5);
		assert_eq!(balance(COARSE, TREASURY), 19);
		assert_ok!(Restaking::move_proceeds(origin(BOB), COARSE, TREASURY));
		assert_eq!(balance(COARSE, TREASURY), 24);
	});
}

#[test]
fn a_slash_settles_a_report_where_it_is_to() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		let part = ratio(1, 10);
		let slash = |settles| {
			let slash = PoolSlash { pool: SOL_POOL, part, settles };
			with_storage_layer(|| Restaking::slash_for(&[slash], &Proceeds::all_to(TREASURY)))
		};
		assert_noop!(slash(true), Error::<Test>::NoOpenReport);
		assert_ok!(Restaking::open_report(SOL_POOL));
		assert_ok!(slash(false));
		assert_eq!(pool(SOL_POOL).open_reports, 1);
		assert_ok!(slash(true));
		assert_eq!((pool(SOL_POOL).open_reports, pool(SOL_POOL).active.balance), (0, 81));
	});
}

#[test]
fn a_pool_under_report_takes_no_stake_and_lets_everyone_leave() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		assert_ok!(Restaking::open_report(SOL_POOL));
		assert_ok!(Restaking::open_report(SOL_POOL));
		assert_noop!(Restaking::stake(origin(BOB), SOL_POOL, 1, 0), Error::<Test>::PoolReported);
		unstake(ALICE, SOL_POOL, 50);
		assert_ok!(Restaking::settle_report(SOL_POOL));
		assert_noop!(Restaking::stake(origin(BOB), SOL_POOL, 1, 0), Error::<Test>::PoolReported);
		assert_ok!(Restaking::settle_report(SOL_POOL));
		stake(BOB, SOL_POOL, 1);
		assert_noop!(Restaking::settle_report(SOL_POOL), Error::<Test>::NoOpenReport);
		assert_noop!(Restaking::open_report(99), Error::<Test>::PoolNotFound);
	});
}
