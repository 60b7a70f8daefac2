// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use super::*;
use frame_support::traits::QueuePausedQuery;
use sp_runtime::traits::{BlakeTwo256, Hash};

#[test]
fn a_message_comes_in_through_the_queue_of_its_lane() {
	ExtBuilder.build_and_execute(|| {
		assert_ok!(receive(HUB, outgoing(1)));
		let id = BlakeTwo256::hash(&encoded(outgoing(1))).0;
		assert_eq!(events(), vec![Event::MessageReceived { lane: HUB, id }]);
		assert_eq!(queued(HUB), 1);
		service();
		assert_eq!(Processed::take(), vec![(MessageOrigin::Lane(HUB), outgoing(1))]);
		assert_eq!(queued(HUB), 0);
	});
}

#[test]
fn receiving_fails_for_an_unknown_lane_or_a_large_message() {
	ExtBuilder.build_and_execute(|| {
		assert_noop!(receive(7, outgoing(1)), Error::<Test>::LaneNotFound);
		let largest = vec![0; MAX_SIZE as usize];
		assert_ok!(Lanes::receive(HUB, &largest));
		let larger = vec![0; MAX_SIZE as usize + 1];
		assert_noop!(Lanes::receive(HUB, &larger), Error::<Test>::MessageTooLarge);
	});
}

#[test]
fn a_flood_of_tiny_messages_is_held_back() {
	ExtBuilder.build_and_execute(|| {
		for _ in 0..MAX_INBOUND {
			assert_ok!(Lanes::receive(HUB, &[0]));
		}
		for _ in 0..100 {
			assert_noop!(Lanes::receive(HUB, &[0]), Error::<Test>::QueueFull);
		}
		// It is no other lane's matter.
		assert_ok!(receive(BIFROST, outgoing(1)));
		service();
		assert_eq!(processed(), vec![1]);
		assert_ok!(receive(HUB, outgoing(2)));
	});
}

#[test]
fn messages_too_heavy_for_any_block_do_not_shut_a_lane() {
	ExtBuilder.build_and_execute(|| {
		let heavy = Xcm(vec![UnpaidExecution {
			weight_limit: Limited(SERVICE.saturating_mul(2)),
			check_origin: None,
		}]);
		for _ in 0..2 * MAX_INBOUND {
			bring(HUB, heavy.clone());
		}
		assert_eq!(queued(HUB), u64::from(2 * MAX_INBOUND), "they wait for who pays for them");
		bring(HUB, outgoing(1));
		assert_eq!(processed(), vec![1]);
	});
}

/// The guard's own weight counts to what a message needs: what fits alone but not with it must not be tried
/// for ever at the head of the queue.
#[test]
fn a_message_that_fits_but_for_the_guard_is_not_tried_for_ever() {
	ExtBuilder.build_and_execute(|| {
		let barely = Xcm(vec![UnpaidExecution {
			weight_limit: Limited(Weight::from_parts(100, 0)),
			check_origin: None,
		}]);
		let origin = MessageOrigin::Lane(HUB);
		let mut meter = WeightMeter::with_limit(Weight::from_parts(105, 10));
		let result = crate::InflowGuard::<Test>::process_message(
			&encoded(barely.clone()),
			origin,
			&mut meter,
			&mut [0; 32],
		);
		let needed = Weight::from_parts(110, 0);
		assert_eq!(result, Err(ProcessMessageError::Overweight(needed)));
		let mut meter = WeightMeter::with_limit(needed);
		let result = crate::InflowGuard::<Test>::process_message(
			&encoded(barely.clone()),
			origin,
			&mut meter,
			&mut [0; 32],
		);
		assert_eq!(result, Ok(true));
		assert_eq!(meter.consumed(), needed);
		// The most that the guard may need is asked for beforehand.
		let mut meter = WeightMeter::with_limit(Weight::from_parts(13, 0));
		let result = crate::InflowGuard::<Test>::process_message(
			&encoded(barely),
			origin,
			&mut meter,
			&mut [0; 32],
		);
		let most = Weight::from_parts(14, 0);
		assert_eq!(result, Err(ProcessMessageError::Overweight(most)));
	});
}

#[test]
fn the_same_message_twice_is_two_messages() {
	ExtBuilder.build_and_execute(|| {
		set_limit(DOT, 150);
		bring(HUB, bringing(&[(DOT, 100)], 1));
		bring(HUB, bringing(&[(DOT, 100)], 1));
		assert_eq!(processed(), vec![1]);
		assert_eq!(lane(HUB).waiting, 1, "the other waits as any would");
		assert_eq!(Lanes::inflow_of(DOT), 100);
	});
}

#[test]
fn a_paused_lane_takes_messages_in_and_lets_them_wait() {
	ExtBuilder.build_and_execute(|| {
		pause(HUB);
		bring(HUB, outgoing(1));
		bring(HUB, outgoing(2));
		bring(BIFROST, outgoing(3));
		assert_eq!(processed(), vec![3]);
		assert_eq!(queued(HUB), 2);
		resume(HUB);
		service();
		assert_eq!(processed(), vec![1, 2]);
		assert!(!Lanes::is_paused(&MessageOrigin::Here));
		assert!(!Lanes::is_paused(&MessageOrigin::Lane(7)));
	});
}

#[test]
fn what_can_not_be_read_is_refused_and_holds_up_nothing() {
	ExtBuilder.build_and_execute(|| {
		let deep = (0..9).fold(Xcm::<()>(vec![]), |inner, _| Xcm(vec![SetAppendix(inner)]));
		let mut with_more = encoded(outgoing(1));
		with_more.push(0);
		let bad = [
			vec![],
			vec![255; 40],
			encoded(outgoing(1))[..5].to_vec(),
			with_more,
			encoded(deep),
			encoded(Xcm(vec![ClearOrigin; 101])),
		];
		for bytes in bad {
			assert_ok!(Lanes::receive(HUB, &bytes));
			assert_ok!(receive(HUB, outgoing(1)));
			service();
			assert_eq!(processed(), vec![1]);
			let failed = queue_events().into_iter().filter(|event| {
				let error = ProcessMessageError::Corrupt;
				matches!(event, pallet_message_queue::Event::ProcessingFailed { error: e, .. } if *e == error)
			});
			assert_eq!(failed.count(), 1);
		}
	});
}

#[test]
fn a_message_of_a_lane_that_there_is_not_is_refused() {
	ExtBuilder.build_and_execute(|| {
		assert_eq!(guard(7, outgoing(1)), Err(ProcessMessageError::Unsupported));
	});
}
