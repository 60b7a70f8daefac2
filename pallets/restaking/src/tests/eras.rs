// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use super::*;
use picasso_primitives::restaking::StakeLedger;

fn settings(length: u64, unbonding: u32, granularity: u32) -> EraSettings<u64> {
	EraSettings { length, unbonding, granularity }
}

#[test]
fn eras_turn_on_time_and_say_so() {
	ExtBuilder::default().build_and_execute(|| {
		run_to_block(ERA - 1);
		assert_eq!(era(), 0);
		run_to_block(ERA);
		assert_eq!(era(), 1);
		assert_eq!(last_event(), Event::EraStarted { era: 1 });
		run_to_block(10 * ERA);
		assert_eq!(era(), 10);
	});
}

#[test]
fn a_late_turn_moves_the_clock_by_one_era() {
	ExtBuilder::default().build_and_execute(|| {
		System::set_block_number(5 * ERA);
		run_to_block(5 * ERA + 1);
		assert_eq!(era(), 1);
		assert_eq!(CurrentEra::<Test>::get().unwrap().started, 5 * ERA + 1);
	});
}

#[test]
fn set_era_settings_tells_old_and_new_and_ends_the_era_by_the_new_length() {
	ExtBuilder::default().build_and_execute(|| {
		let (old, new) = (settings(ERA, UNBONDING, GRANULARITY), settings(3, 2, GRANULARITY));
		assert_ok!(Restaking::set_era_settings(RuntimeOrigin::root(), new));
		assert_eq!(last_event(), Event::EraSettingsChanged { old, new });
		run_to_block(3);
		assert_eq!(era(), 1);
	});
}

#[test]
fn a_shorter_unbonding_period_is_for_later_exits_alone() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		let earlier = unstake(ALICE, SOL_POOL, 50);
		let new = settings(ERA, 2, GRANULARITY);
		assert_ok!(Restaking::set_era_settings(RuntimeOrigin::root(), new));
		let later = unstake(ALICE, SOL_POOL, 50);
		assert_eq!((earlier.maturity, later.maturity), (8, 2));
		run_to_era(2);
		assert_ok!(Restaking::withdraw(origin(ALICE), later));
		assert_noop!(Restaking::withdraw(origin(ALICE), earlier), Error::<Test>::TicketNotMature);
	});
}

#[test]
fn set_era_settings_fails_when_they_make_no_sense() {
	ExtBuilder::default().build_and_execute(|| {
		let set = |new| Restaking::set_era_settings(RuntimeOrigin::root(), new);
		// 4 buckets: 1 + ⌈(unbonding - 1) / 2⌉ must not be more.
		assert_ok!(set(settings(ERA, 7, 2)));
		for bad in [
			settings(0, 7, 2),
			settings(101, 7, 2),
			settings(ERA, 0, 2),
			settings(ERA, 1, 2),
			settings(ERA, 11, 5),
			settings(ERA, 7, 0),
			settings(ERA, 8, 2),
		] {
			assert_noop!(set(bad), Error::<Test>::InvalidEraSettings);
		}
		assert_noop!(set(settings(ERA, 4, 1)), Error::<Test>::GranularityIsFixed);
		assert_noop!(Restaking::set_era_settings(origin(ALICE), settings(ERA, 7, 2)), BadOrigin);
	});
}

#[test]
fn the_list_of_buckets_has_room_for_every_era_and_every_valid_period() {
	for unbonding in GRANULARITY..=UNBONDING {
		ExtBuilder::default().build_and_execute(|| {
			let new = settings(ERA, unbonding, GRANULARITY);
			assert_ok!(Restaking::set_era_settings(RuntimeOrigin::root(), new));
			stake(ALICE, SOL_POOL, 100);
			for index in 0..30 {
				run_to_era(index);
				unstake(ALICE, SOL_POOL, 1);
			}
		});
	}
}

#[test]
fn the_last_era_stops_exits_rather_than_wrapping() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		CurrentEra::<Test>::mutate(|clock| clock.as_mut().unwrap().index = u32::MAX - 6);
		assert_noop!(Restaking::unstake(origin(ALICE), SOL_POOL, 1), ArithmeticError::Overflow);
	});
}

#[test]
fn the_operators_own_stake_is_told_apart() {
	ExtBuilder::default().build_and_execute(|| {
		let own = || <Restaking as StakeLedger<_>>::pool_stake(SOL_POOL).expect("a pool").own;
		stake(ALICE, SOL_POOL, 100);
		assert_eq!(own(), 0);
		stake(OPERATOR, SOL_POOL, 60);
		unstake(OPERATOR, SOL_POOL, 20);
		assert_eq!(own(), 40);
		slash(SOL_POOL, 1, 10);
		assert_eq!(own(), 36);
		slash(SOL_POOL, 1, 1);
		assert_eq!(own(), 0);
		stake(OPERATOR, SOL_POOL, 5);
		assert_eq!(own(), 5);
	});
}

#[test]
fn the_stake_at_the_turn_is_told_all_era_whatever_changes_first() {
	ExtBuilder::default().build_and_execute(|| {
		let told = || {
			let stake = <Restaking as StakeLedger<_>>::pool_stake(SOL_POOL).expect("a pool");
			(stake.active, stake.active_at_turn, stake.generation_at_turn)
		};
		stake(ALICE, SOL_POOL, 100);
		assert_eq!(told(), (100, 0, 0));
		run_to_era(1);
		assert_eq!(told(), (100, 100, 0));
		stake(ALICE, SOL_POOL, 10);
		assert_eq!(told(), (110, 100, 0));
		slash(SOL_POOL, 1, 10);
		assert_eq!(told(), (99, 100, 0));
		run_to_era(2);
		unstake(ALICE, SOL_POOL, 55);
		assert_eq!(told(), (50, 99, 0));
		run_to_era(3);
		slash(SOL_POOL, 1, 2);
		assert_eq!(told(), (25, 50, 0));
		run_to_era(4);
		slash(SOL_POOL, 1, 1);
		stake(ALICE, SOL_POOL, 7);
		assert_eq!(told(), (7, 25, 0));
		run_to_era(5);
		assert_eq!(told(), (7, 7, 1));
	});
}
