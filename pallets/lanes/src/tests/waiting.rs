// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use super::*;

fn release(index: u64) -> Result<(), DispatchError> {
	release_within(index, Weight::MAX)
}

fn release_within(index: u64, limit: Weight) -> Result<(), DispatchError> {
	let released = Lanes::release(RuntimeOrigin::signed(ALICE), HUB, index, limit);
	released.map(drop).map_err(|error| error.error)
}

fn waiting() -> Vec<u64> {
	let mut indices: Vec<_> = Waiting::<Test>::iter_key_prefix(HUB).collect();
	indices.sort();
	indices
}

/// Messages that bring an asset that doesn't come in.
fn hold_up(messages: &[(&[(u128, Balance)], u8)]) {
	set_status(DOT, AssetStatus::Frozen);
	set_status(USDC, AssetStatus::Frozen);
	for (amounts, topic) in messages {
		bring(HUB, bringing(amounts, *topic));
	}
	assert!(processed().is_empty());
	assert_eq!(waiting().len(), messages.len());
	events();
}

fn thaw(asset: u128) {
	set_status(asset, AssetStatus::Active);
}

fn heavy(amount: Balance, topic: u8, weight: Weight) -> Xcm<()> {
	let mut message = bringing(&[(DOT, amount)], topic);
	let weight_limit = Limited(weight);
	message.0.insert(1, UnpaidExecution { weight_limit, check_origin: None });
	message
}

#[test]
fn messages_of_an_asset_keep_their_order() {
	ExtBuilder.build_and_execute(|| {
		set_limit(DOT, 1_000);
		bring(HUB, bringing(&[(DOT, 950)], 1));
		bring(HUB, bringing(&[(DOT, 200)], 2));
		// There would be room for it, but it is behind the other.
		bring(HUB, bringing(&[(DOT, 50)], 3));
		let behind = DelayReason::Behind(DOT);
		let delayed = Event::MessageDelayed { lane: HUB, index: 1, reason: behind };
		assert_eq!(events().last(), Some(&delayed));
		bring(HUB, bringing(&[(USDC, 1)], 4));
		assert_eq!(processed(), vec![1, 4]);
		assert_noop!(release(1), Error::<Test>::BehindAnother);
		run_to(15);
		assert!(processed().is_empty(), "10 planck a block");
		run_to(16);
		assert_eq!(processed(), vec![2]);
		run_to(21);
		assert_eq!(processed(), vec![3]);
		assert!(waiting().is_empty());
		assert_eq!(WaitingFor::<Test>::iter().count(), 0);
	});
}

#[test]
fn a_message_of_two_assets_waits_for_its_turn_in_both() {
	ExtBuilder.build_and_execute(|| {
		hold_up(&[(&[(DOT, 1)], 1), (&[(DOT, 1), (USDC, 1)], 2), (&[(USDC, 1)], 3)]);
		thaw(USDC);
		idle();
		assert!(processed().is_empty(), "the second is behind the first, the third behind it");
		assert_noop!(release(1), Error::<Test>::BehindAnother);
		assert_noop!(release(2), Error::<Test>::BehindAnother);
		thaw(DOT);
		// One round may come to an asset before another that it waits for.
		idle();
		idle();
		assert_eq!(processed(), vec![1, 2, 3]);
	});
}

#[test]
fn an_asset_that_must_wait_holds_up_no_other() {
	ExtBuilder.build_and_execute(|| {
		hold_up(&[(&[(DOT, 1)], 1), (&[(DOT, 1)], 2), (&[(USDC, 1)], 3), (&[(USDC, 1)], 4)]);
		thaw(USDC);
		idle();
		assert_eq!(processed(), vec![3, 4]);
		assert_eq!(waiting(), vec![0, 1]);
	});
}

#[test]
fn lanes_do_not_wait_for_one_another() {
	ExtBuilder.build_and_execute(|| {
		hold_up(&[(&[(DOT, 1)], 1)]);
		bring(BIFROST, bringing(&[(VDOT, 1)], 2));
		assert_eq!(processed(), vec![2]);
		thaw(DOT);
		pause(HUB);
		idle();
		assert!(processed().is_empty());
		assert_noop!(release(0), Error::<Test>::LanePaused);
		resume(HUB);
		idle();
		assert_eq!(processed(), vec![1]);
	});
}

#[test]
fn anyone_releases_a_message_that_has_room() {
	ExtBuilder.build_and_execute(|| {
		hold_up(&[(&[(DOT, 1)], 1)]);
		assert_noop!(release(0), Error::<Test>::AssetNotActive);
		thaw(DOT);
		set_limit(DOT, 0);
		assert_noop!(release(0), Error::<Test>::OverLimit);
		set_limit(DOT, 10);
		assert_noop!(release(1), Error::<Test>::MessageNotFound);
		assert_noop!(
			Lanes::release(RuntimeOrigin::signed(ALICE), 7, 0, Weight::MAX),
			Error::<Test>::LaneNotFound
		);
		let limit = Weight::from_parts(1_000, 1_000);
		let released = Lanes::release(RuntimeOrigin::signed(ALICE), HUB, 0, limit);
		// What it weighs without its arrival, the arrival, and what it did.
		let weight = released.expect("it has room").actual_weight;
		assert_eq!(weight, Some(Weight::from_parts(10 + 1 + 1, 1)));
		let event = Event::MessageReleased { lane: HUB, index: 0, id: [1; 32], success: true };
		assert_eq!(events(), vec![event]);
		assert_eq!((processed(), Lanes::inflow_of(DOT)), (vec![1], 1));
		assert_noop!(release(0), Error::<Test>::MessageNotFound);
	});
}

#[test]
fn a_released_message_that_fails_midway_says_so() {
	ExtBuilder.build_and_execute(|| {
		hold_up(&[(&[(DOT, 1)], 1)]);
		thaw(DOT);
		Endings::set(vec![Ending::Incomplete]);
		idle();
		let event = Event::MessageReleased { lane: HUB, index: 0, id: [1; 32], success: false };
		assert_eq!(events(), vec![event]);
	});
}

#[test]
fn a_released_message_that_can_not_be_executed_is_gone_and_what_it_brings_kept() {
	ExtBuilder.build_and_execute(|| {
		hold_up(&[(&[(DOT, 1)], 1), (&[(DOT, 1)], 2), (&[(DOT, 1)], 3)]);
		thaw(DOT);
		set_limit(DOT, 10);
		let error = ProcessMessageError::Unsupported;
		Endings::set(vec![Ending::Failed(error)]);
		assert_ok!(release(0));
		let refused = |index, error| Event::MessageRefused { lane: HUB, index, error };
		let released = Event::MessageReleased { lane: HUB, index: 0, id: [1; 32], success: false };
		assert_eq!(events(), vec![released]);
		assert_eq!(Stranded::take().len(), 1);
		assert_eq!(Lanes::inflow_of(DOT), 1);
		// A bad one does not hold up those behind it.
		let error = ProcessMessageError::StackLimitReached;
		Endings::set(vec![Ending::Failed(error)]);
		idle();
		assert_eq!(processed(), vec![3]);
		assert_eq!(events()[0], refused(1, error));
		assert_eq!(Lanes::inflow_of(DOT), 2);
	});
}

#[test]
fn a_release_that_can_not_be_now_leaves_everything() {
	ExtBuilder.build_and_execute(|| {
		hold_up(&[(&[(DOT, 1)], 1)]);
		thaw(DOT);
		set_limit(DOT, 10);
		for error in [ProcessMessageError::Yield, ProcessMessageError::StackLimitReached] {
			Endings::set(vec![Ending::Failed(error)]);
			assert_noop!(release(0), Error::<Test>::TryLater);
		}
		Endings::set(vec![Ending::Failed(ProcessMessageError::Yield)]);
		idle();
		assert_eq!(waiting(), vec![0]);
		assert_noop!(release_within(0, Weight::zero()), Error::<Test>::WeightLimitTooLow);
		assert_ok!(release(0));
	});
}

/// As it is taken out before it is processed.
#[test]
fn a_message_can_not_release_itself_once_more() {
	ExtBuilder.build_and_execute(|| {
		hold_up(&[(&[(DOT, 1)], 1)]);
		thaw(DOT);
		set_limit(DOT, 10);
		Endings::set(vec![Ending::Release(HUB, 0)]);
		idle();
		assert_eq!((processed(), Lanes::inflow_of(DOT)), (vec![1], 1));
	});
}

#[test]
fn a_heavy_message_loses_its_place_and_is_released_by_who_pays() {
	ExtBuilder.build_and_execute(|| {
		set_status(DOT, AssetStatus::Frozen);
		let required = MaxIdleWeight::get().saturating_add(Weight::from_parts(1, 0));
		bring(HUB, heavy(1, 1, required));
		bring(HUB, bringing(&[(DOT, 1)], 2));
		thaw(DOT);
		IdleWeight::set(MaxIdleWeight::get());
		events();
		idle();
		assert_eq!(processed(), vec![2]);
		assert_eq!(events()[0], Event::MessageTooHeavy { lane: HUB, index: 0, required });
		assert_eq!(waiting(), vec![0]);
		idle();
		assert_eq!(events(), vec![], "it isn't tried again by itself");
		set_limit(DOT, 10);
		bring(HUB, bringing(&[(DOT, 10)], 3));
		assert_noop!(release(0), Error::<Test>::OverLimit);
		System::set_block_number(1 + DAY);
		assert_noop!(release_within(0, MaxIdleWeight::get()), Error::<Test>::WeightLimitTooLow);
		assert_ok!(release_within(0, required));
		assert_eq!(processed(), vec![3, 1]);
		assert_eq!(Lanes::inflow_of(DOT), 1);
	});
}

#[test]
fn a_message_that_only_this_block_has_no_weight_for_keeps_its_place() {
	ExtBuilder.build_and_execute(|| {
		set_status(DOT, AssetStatus::Frozen);
		bring(HUB, heavy(1, 1, MaxIdleWeight::get()));
		bring(HUB, bringing(&[(DOT, 1)], 2));
		thaw(DOT);
		IdleWeight::set(MaxIdleWeight::get());
		idle();
		assert!(processed().is_empty());
		IdleWeight::set(MaxIdleWeight::get().saturating_mul(2));
		idle();
		assert_eq!(processed(), vec![1, 2]);
	});
}

#[test]
fn steps_pay_before_they_look_and_go_on_in_the_next_block() {
	ExtBuilder.build_and_execute(|| {
		hold_up(&[(&[(DOT, 1)], 1), (&[(USDC, 1)], 2)]);
		thaw(DOT);
		thaw(USDC);
		// Looking for one asset, and letting in one message and finding no other, are 1 + 2 · 14 + 1.
		IdleWeight::set(Weight::from_parts(14, 10));
		idle();
		assert_eq!(processed().len(), 0);
		IdleWeight::set(Weight::from_parts(30, 10));
		idle();
		assert_eq!(processed().len(), 1);
		assert!(IdleCursor::<Test>::exists());
		idle();
		assert_eq!(processed().len(), 1);
		idle();
		assert!(!IdleCursor::<Test>::exists(), "the round is over");
		IdleWeight::set(Weight::zero());
		idle();
	});
}

#[test]
fn a_full_waiting_room_holds_the_lane_and_loses_nothing() {
	ExtBuilder.build_and_execute(|| {
		set_limit(DOT, 1);
		let room = MAX_WAITING as u8;
		bring(HUB, bringing(&[(DOT, 1)], 0));
		(1..=room).for_each(|topic| bring(HUB, bringing(&[(DOT, 1)], topic)));
		assert_eq!(processed(), vec![0]);
		assert_eq!(lane(HUB).waiting, MAX_WAITING);
		assert_eq!(guard(HUB, bringing(&[(DOT, 1)], 99)), Err(ProcessMessageError::Yield));
		// What would be one more stays at the head of the queue, and then the queue fills too.
		for topic in room + 1..=room + MAX_INBOUND as u8 {
			bring(HUB, bringing(&[(DOT, 1)], topic));
		}
		assert_noop!(receive(HUB, outgoing(1)), Error::<Test>::QueueFull);
		assert_eq!(queued(HUB), u64::from(MAX_INBOUND));
		bring(BIFROST, outgoing(77));
		assert_eq!(processed(), vec![77]);
		// One a day.
		let expected: Vec<_> = (1..=room + MAX_INBOUND as u8).collect();
		let mut came = vec![];
		for day in 1..=expected.len() as u64 {
			run_to(1 + day * DAY);
			came.extend(processed());
			assert_eq!(came.len() as u64, day);
		}
		assert_eq!(came, expected);
	});
}

#[test]
fn a_message_that_brings_too_much_to_look_at_by_now_is_refused() {
	ExtBuilder.build_and_execute(|| {
		hold_up(&[(&[(DOT, 1)], 1)]);
		Waiting::<Test>::mutate(HUB, 0, |message| {
			let message = message.as_mut().expect("a message");
			message.bytes = vec![255].try_into().expect("room");
		});
		assert_ok!(release(0));
		let error = ProcessMessageError::Corrupt;
		assert_eq!(events(), vec![Event::MessageRefused { lane: HUB, index: 0, error }]);
	});
}
