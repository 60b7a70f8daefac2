// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Each invariant is seen to be broken by a state that breaks it.

use super::*;

fn fails(corrupt: impl FnOnce(), with: &'static str) {
	ExtBuilder.build().execute_with(|| {
		set_limit(DOT, 10);
		for topic in 1..=3 {
			send(None, hub(), outgoing(topic));
			bring(HUB, bringing(&[(DOT, 10), (USDC, 1)], topic));
		}
		ReturnError::set(Some(DispatchError::Other("no")));
		assert_ok!(<Lanes as Carrier>::settle(HUB, 0, Delivery::Refused));
		assert_ok!(Lanes::do_try_state());
		corrupt();
		let error = Lanes::do_try_state().expect_err("a corrupted state");
		assert_eq!(error, with.into());
	});
}

fn change(change: impl FnOnce(&mut Lane)) {
	crate::Lanes::<Test>::mutate(HUB, |lane| change(lane.as_mut().expect("a lane")));
}

#[test]
fn lanes_are_numbered_and_found() {
	fails(|| NextLane::<Test>::put(4), "1: too many lanes");
	fails(|| NextLane::<Test>::put(3), "1: lanes are miscounted");
	fails(
		|| {
			let lane = crate::Lanes::<Test>::take(BIFROST).expect("a lane");
			crate::Lanes::<Test>::insert(2, lane);
		},
		"1: a lane has a number that wasn't given yet",
	);
	fails(|| LaneIds::<Test>::insert(hub(), BIFROST), "1: a lane isn't found by its chain");
	let nowhere: InteriorLocation = [GlobalConsensus(Kusama)].into();
	fails(|| LaneIds::<Test>::insert(nowhere, HUB), "1: a chain leads to no lane");
}

#[test]
fn the_outbox_has_what_is_not_settled() {
	let other = "2: other messages wait to be carried than are not settled";
	fails(|| Outbox::<Test>::remove(HUB, 1), other);
	let stored = || Outbox::<Test>::get(HUB, 1).expect("a message");
	fails(|| Outbox::<Test>::insert(HUB, 3, stored()), other);
	fails(|| Outbox::<Test>::insert(HUB, 0, stored()), other);
	fails(|| Outbox::<Test>::insert(7, 0, stored()), "2: a message on a lane that there isn't");
	fails(
		|| {
			(1..3).for_each(|nonce| Outbox::<Test>::remove(HUB, nonce));
			change(|lane| lane.oldest_out = 4);
		},
		"2: what wasn't sent is settled",
	);
	fails(
		|| {
			let message = stored();
			(3..8).for_each(|nonce| Outbox::<Test>::insert(HUB, nonce, &message));
			change(|lane| lane.next_out = 8);
		},
		"2: more messages are kept than may be",
	);
}

#[test]
fn returns_are_counted_and_settled() {
	let stored = || Returns::<Test>::get(HUB, 0).expect("a return");
	fails(|| Returns::<Test>::remove(HUB, 0), "3: returns are miscounted");
	fails(|| change(|lane| lane.failed_returns = 2), "3: returns are miscounted");
	fails(
		|| {
			Returns::<Test>::insert(HUB, 2, stored());
			change(|lane| lane.failed_returns = 2);
		},
		"3: what isn't settled is returned",
	);
	fails(|| Returns::<Test>::insert(7, 0, stored()), "3: a return on a lane that there isn't");
}

#[test]
fn what_waits_is_counted_and_bounded() {
	let stored = || Waiting::<Test>::get(HUB, 0).expect("a message");
	fails(|| Waiting::<Test>::remove(HUB, 1), "4: messages that wait are miscounted");
	fails(
		|| {
			(2..7).for_each(|index| Waiting::<Test>::insert(HUB, index, stored()));
			change(|lane| lane.waiting = 7);
		},
		"4: more messages wait than may",
	);
	fails(
		|| change(|lane| lane.next_waiting = 1),
		"4: a message has a number that wasn't given yet",
	);
	fails(
		|| Waiting::<Test>::insert(7, 0, stored()),
		"4: a message waits on a lane that there isn't",
	);
}

#[test]
fn the_order_is_that_of_coming() {
	let order = "5: messages wait in another order than they came in";
	let put = |indices: &[u64]| {
		WaitingFor::<Test>::insert(
			HUB,
			DOT,
			frame_support::BoundedVec::truncate_from(indices.to_vec()),
		)
	};
	fails(|| put(&[1, 0]), order);
	fails(|| put(&[0]), order);
	fails(|| put(&[0, 1, 2]), order);
	fails(|| WaitingFor::<Test>::remove(HUB, DOT), "5: a message has no place in the order");
	fails(|| WaitingFor::<Test>::insert(HUB, VDOT, frame_support::BoundedVec::default()), order);
}

#[test]
fn only_what_is_limited_is_counted() {
	fails(|| InflowLimits::<Test>::remove(DOT), "6: what isn't limited is counted");
}
