// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use super::*;

fn limit(asset: u128, limit: Option<Balance>) -> Result<(), DispatchError> {
	Lanes::set_inflow_limit(RuntimeOrigin::root(), asset, limit)
}

#[test]
fn what_has_no_limit_comes_in() {
	ExtBuilder.build_and_execute(|| {
		bring(HUB, bringing(&[(DOT, Balance::MAX)], 1));
		bring(HUB, bringing(&[(DOT, Balance::MAX)], 2));
		assert_eq!(processed(), vec![1, 2]);
		assert_eq!(Lanes::inflow_of(DOT), 0);
		assert_eq!(Inflows::<Test>::iter().count(), 0);
	});
}

#[test]
fn a_day_lets_in_the_limit_and_drains_evenly() {
	ExtBuilder.build_and_execute(|| {
		set_limit(DOT, 1_000);
		bring(HUB, bringing(&[(DOT, 600)], 1));
		bring(HUB, bringing(&[(DOT, 400)], 2));
		assert_eq!((processed(), Lanes::inflow_of(DOT)), (vec![1, 2], 1_000));
		bring(HUB, bringing(&[(DOT, 100)], 3));
		assert!(processed().is_empty());
		let delayed =
			Event::MessageDelayed { lane: HUB, index: 0, reason: DelayReason::OverLimit(DOT) };
		assert_eq!(events().last(), Some(&delayed));
		// Ten planck drain a block.
		run_to(10);
		assert_eq!((processed(), Lanes::inflow_of(DOT)), (vec![], 910));
		run_to(11);
		assert_eq!((processed(), Lanes::inflow_of(DOT)), (vec![3], 1_000));
		System::set_block_number(11 + DAY / 2);
		assert_eq!(Lanes::inflow_of(DOT), 500);
		System::set_block_number(11 + DAY);
		assert_eq!(Lanes::inflow_of(DOT), 0);
	});
}

#[test]
fn an_amount_above_the_limit_waits_for_an_empty_bucket() {
	ExtBuilder.build_and_execute(|| {
		set_limit(DOT, 1_000);
		bring(HUB, bringing(&[(DOT, 10)], 1));
		bring(HUB, bringing(&[(DOT, 2_500)], 2));
		assert_eq!(processed(), vec![1]);
		run_to(2);
		assert_eq!((processed(), Lanes::inflow_of(DOT)), (vec![2], 2_500));
		// For what is above the limit it takes longer until something else comes in.
		bring(HUB, bringing(&[(DOT, 1)], 3));
		run_to(2 + 150);
		assert_eq!((processed(), Lanes::inflow_of(DOT)), (vec![], 1_000));
		run_to(3 + 150);
		assert_eq!((processed(), Lanes::inflow_of(DOT)), (vec![3], 991));
	});
}

#[test]
fn each_asset_of_a_message_needs_room() {
	ExtBuilder.build_and_execute(|| {
		set_limit(DOT, 1_000);
		set_limit(USDC, 10);
		bring(HUB, bringing(&[(DOT, 100), (USDC, 10)], 1));
		bring(HUB, bringing(&[(DOT, 100), (USDC, 10)], 2));
		assert_eq!(processed(), vec![1]);
		assert_eq!((Lanes::inflow_of(DOT), Lanes::inflow_of(USDC)), (100, 10));
		// Two amounts of one asset are one.
		set_limit(VDOT, 100);
		let mut twice = bringing(&[(VDOT, 60)], 3);
		twice.0.insert(0, twice.0[0].clone());
		bring(BIFROST, bringing(&[(VDOT, 1)], 4));
		bring(BIFROST, twice);
		assert_eq!(processed(), vec![4]);
		assert_eq!(lane(BIFROST).waiting, 1);
	});
}

#[test]
fn assets_that_are_not_active_wait_until_they_are() {
	ExtBuilder.build_and_execute(|| {
		for (status, topic) in [(AssetStatus::ExitsOnly, 1), (AssetStatus::Frozen, 2)] {
			set_status(DOT, status);
			bring(HUB, bringing(&[(DOT, 5)], topic));
			let reason = DelayReason::NotActive(DOT);
			let index = u64::from(topic) - 1;
			let delayed = Event::MessageDelayed { lane: HUB, index, reason };
			assert_eq!(events().last(), Some(&delayed));
			run_to(System::block_number() + 10);
			assert!(processed().is_empty());
			// What else the lane brings goes on.
			bring(HUB, bringing(&[(USDC, 5)], 9));
			bring(HUB, outgoing(8));
			assert_eq!(processed(), vec![9, 8]);
			set_status(DOT, AssetStatus::Active);
			idle();
			assert_eq!(processed(), vec![topic]);
		}
	});
}

#[test]
fn unknown_assets_are_left_to_the_executor() {
	ExtBuilder.build_and_execute(|| {
		Statuses::mutate(|statuses| statuses.remove(&DOT));
		InflowLimits::<Test>::insert(DOT, 0);
		bring(HUB, bringing(&[(DOT, 5)], 1));
		assert_eq!(processed(), vec![1]);
	});
}

#[test]
fn what_comes_home_is_not_counted() {
	ExtBuilder.build_and_execute(|| {
		set_limit(DOT, 1);
		let home: Asset = (Here, 1_000u128).into();
		let withdraw = Xcm(vec![WithdrawAsset(home.into()), SetTopic([1; 32])]);
		bring(HUB, withdraw);
		assert_eq!(processed(), vec![1]);
	});
}

#[test]
fn what_came_in_a_message_that_can_not_be_executed_is_kept_for_its_owner_and_counted() {
	use ProcessMessageError::{BadFormat, Corrupt, Unsupported};
	for error in [Unsupported, Corrupt, BadFormat] {
		ExtBuilder.build_and_execute(|| {
			set_limit(DOT, 1_000);
			Endings::set(vec![Ending::Failed(error)]);
			assert_eq!(guard(HUB, bringing(&[(DOT, 900)], 1)), Ok(false));
			assert_eq!((processed(), Lanes::inflow_of(DOT)), (vec![], 900));
			let kept: Asset = (location(DOT), 900u128).into();
			assert_eq!(Stranded::take(), vec![(outside(hub()), vec![kept])]);
			// There is no room for more of it that day, executed or not.
			Endings::set(vec![Ending::Failed(error)]);
			assert_eq!(guard(HUB, bringing(&[(DOT, 900)], 2)), Ok(true));
			assert!(Stranded::take().is_empty());
			assert_eq!(lane(HUB).waiting, 1);
		});
	}
}

#[test]
fn a_message_that_may_yet_be_executed_is_not_counted() {
	ExtBuilder.build_and_execute(|| {
		set_limit(DOT, 1_000);
		Endings::set(vec![Ending::Failed(ProcessMessageError::StackLimitReached)]);
		bring(HUB, bringing(&[(DOT, 900)], 1));
		assert_eq!((processed(), Lanes::inflow_of(DOT)), (vec![], 0));
		assert!(Stranded::take().is_empty());
		// What failed midway has its assets trapped: they are here.
		Endings::set(vec![Ending::Incomplete]);
		bring(HUB, bringing(&[(DOT, 900)], 2));
		assert_eq!((processed(), Lanes::inflow_of(DOT)), (vec![2], 900));
	});
}

#[test]
fn what_is_too_heavy_for_the_queue_is_counted_when_it_comes_in() {
	ExtBuilder.build_and_execute(|| {
		set_limit(DOT, 1_000);
		let mut heavy = bringing(&[(DOT, 900)], 1);
		let weight_limit = Limited(SERVICE);
		heavy.0.insert(1, UnpaidExecution { weight_limit, check_origin: None });
		bring(HUB, heavy);
		assert_eq!((processed(), Lanes::inflow_of(DOT)), (vec![], 0));
		bring(HUB, bringing(&[(DOT, 900)], 2));
		assert_eq!((processed(), Lanes::inflow_of(DOT)), (vec![2], 900));
		let execute =
			|| MessageQueue::do_execute_overweight(MessageOrigin::Lane(HUB), 0, 0, Weight::MAX);
		// As there is no room it waits with the others, not in the queue.
		assert_ok!(execute());
		assert_eq!((processed(), Lanes::inflow_of(DOT)), (vec![], 900));
		assert_eq!(lane(HUB).waiting, 1);
	});
}

#[test]
fn limits_are_set_changed_and_lifted() {
	ExtBuilder.build_and_execute(|| {
		let changed = |old, new| vec![Event::InflowLimitChanged { asset: DOT, old, new }];
		assert_ok!(limit(DOT, Some(1_000)));
		assert_eq!(events(), changed(None, Some(1_000)));
		bring(HUB, bringing(&[(DOT, 1_000)], 1));
		events();
		// It drains by the old limit until it changes, by the new one after.
		System::set_block_number(1 + 10);
		assert_ok!(limit(DOT, Some(100)));
		assert_eq!(events(), changed(Some(1_000), Some(100)));
		assert_eq!(Lanes::inflow_of(DOT), 900);
		System::set_block_number(1 + 10 + DAY);
		assert_eq!(Lanes::inflow_of(DOT), 800);
		assert_ok!(limit(DOT, None));
		assert_eq!(events(), changed(Some(100), None));
		assert_eq!(Lanes::inflow_of(DOT), 0);
		assert_noop!(limit(7, Some(1)), Error::<Test>::AssetNotFound);
		assert_ok!(limit(7, None));
	});
}

#[test]
fn a_limit_of_zero_lets_nothing_in_until_it_is_raised() {
	ExtBuilder.build_and_execute(|| {
		set_limit(DOT, 0);
		bring(HUB, bringing(&[(DOT, 1)], 1));
		run_to(10 * DAY);
		assert!(processed().is_empty());
		set_limit(DOT, 1);
		idle();
		assert_eq!(processed(), vec![1]);
	});
}

/// A bucket that is looked at each block must not lose what is less than a planck each time.
#[test]
fn a_small_limit_drains_however_often_messages_come() {
	ExtBuilder.build_and_execute(|| {
		set_limit(DOT, 10);
		bring(HUB, bringing(&[(DOT, 10)], 0));
		for block in 2..=DAY + 1 {
			run_to(block);
			bring(HUB, bringing(&[(DOT, 1)], 1));
			if lane(HUB).waiting == MAX_WAITING {
				break;
			}
		}
		// A planck comes in each ten blocks.
		assert!(System::block_number() < DAY);
		processed();
		run_to(System::block_number() + 10);
		assert_eq!(processed(), vec![1]);
	});
}
