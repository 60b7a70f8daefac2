// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use super::*;

const FAILURE: DispatchError = DispatchError::CannotLookup;

fn settle(nonce: u64, delivery: Delivery) -> Result<(), DispatchError> {
	<Lanes as Carrier>::settle(HUB, nonce, delivery)
}

fn vote(nonce: u64, delivery: Delivery) -> Result<(), DispatchError> {
	Lanes::settle_by_vote(RuntimeOrigin::root(), HUB, nonce, delivery)
}

fn retry(nonce: u64) -> Result<(), DispatchError> {
	Lanes::retry_return(RuntimeOrigin::signed(ALICE), HUB, nonce)
}

fn send_three() {
	for number in 1..=3 {
		send(Some(someone(number)), hub(), outgoing(number));
	}
	events();
}

/// A message the return of which has failed.
fn fail_first() {
	send_three();
	ReturnError::set(Some(FAILURE));
	assert_ok!(settle(0, Delivery::Refused));
	ReturnError::set(None);
	events();
}

#[test]
fn accepted_messages_are_gone() {
	ExtBuilder.build_and_execute(|| {
		send_three();
		assert_ok!(settle(0, Delivery::Accepted));
		assert_eq!(events(), vec![Event::MessageAccepted { lane: HUB, nonce: 0, id: [1; 32] }]);
		assert_eq!(outbox(HUB), vec![1, 2]);
		assert_eq!(<Lanes as Carrier>::next(HUB).map(|(nonce, _)| nonce), Some(1));
		assert_eq!(GivenBack::get(), vec![]);
	});
}

#[test]
fn messages_are_settled_in_their_order_and_once() {
	ExtBuilder.build_and_execute(|| {
		let not_next = DispatchError::from(Error::<Test>::NotNext);
		assert_noop!(settle(0, Delivery::Accepted), not_next);
		send_three();
		assert_noop!(settle(1, Delivery::Accepted), not_next);
		assert_noop!(settle(7, Delivery::Refused), not_next);
		assert_ok!(settle(0, Delivery::Accepted));
		assert_noop!(settle(0, Delivery::Refused), not_next);
		assert_noop!(vote(0, Delivery::Refused), not_next);
		assert_ok!(settle(1, Delivery::Refused));
		assert_noop!(settle(1, Delivery::Refused), not_next);
		assert_noop!(vote(1, Delivery::Refused), not_next);
		let lost = <Lanes as Carrier>::settle(7, 0, Delivery::Accepted);
		assert_noop!(lost, Error::<Test>::LaneNotFound);
	});
}

#[test]
fn what_was_refused_is_given_back_to_its_sender_as_they_sent_it() {
	ExtBuilder.build_and_execute(|| {
		for version in [5, 4, 3] {
			Version::set(Some(version));
			let nonce = lane(HUB).next_out;
			send(Some(someone(4)), hub(), outgoing(4));
			events();
			assert_ok!(settle(nonce, Delivery::Refused));
			assert_eq!(events(), vec![Event::MessageReturned { lane: HUB, nonce, id: [4; 32] }]);
			assert_eq!(GivenBack::take(), vec![(Some(someone(4)), hub(), outgoing(4))]);
		}
		send(None, hub(), outgoing(5));
		assert_ok!(settle(3, Delivery::Refused));
		assert_eq!(GivenBack::take(), vec![(None, hub(), outgoing(5))]);
		assert!(outbox(HUB).is_empty());
	});
}

#[test]
fn a_return_that_fails_is_kept_and_holds_up_no_other() {
	ExtBuilder.build_and_execute(|| {
		send_three();
		ReturnError::set(Some(FAILURE));
		assert_ok!(settle(0, Delivery::Refused));
		let failed = Event::ReturnFailed { lane: HUB, nonce: 0, id: [1; 32], error: FAILURE };
		assert_eq!(events(), vec![failed]);
		assert_eq!(lane(HUB).failed_returns, 1);
		ReturnError::set(None);
		assert_ok!(settle(1, Delivery::Refused));
		assert_ok!(settle(2, Delivery::Accepted));
		assert_eq!(GivenBack::take(), vec![(Some(someone(2)), hub(), outgoing(2))]);
		assert_eq!(Returns::<Test>::iter_keys().collect::<Vec<_>>(), vec![(HUB, 0)]);
	});
}

#[test]
fn a_return_that_failed_is_tried_again_by_anyone() {
	ExtBuilder.build_and_execute(|| {
		fail_first();
		ReturnError::set(Some(FAILURE));
		assert_noop!(retry(0), FAILURE);
		ReturnError::set(None);
		assert_noop!(retry(1), Error::<Test>::ReturnNotFound);
		let lost = Lanes::retry_return(RuntimeOrigin::signed(ALICE), 7, 0);
		assert_noop!(lost, Error::<Test>::LaneNotFound);
		pause(HUB);
		assert_noop!(retry(0), Error::<Test>::LanePaused);
		resume(HUB);
		assert_ok!(retry(0));
		assert_eq!(events(), vec![Event::MessageReturned { lane: HUB, nonce: 0, id: [1; 32] }]);
		assert_eq!(GivenBack::take(), vec![(Some(someone(1)), hub(), outgoing(1))]);
		assert_noop!(retry(0), Error::<Test>::ReturnNotFound);
		assert_eq!(lane(HUB).failed_returns, 0);
	});
}

#[test]
fn returns_that_failed_count_as_kept() {
	ExtBuilder.build_and_execute(|| {
		fail_first();
		send(None, hub(), outgoing(4));
		let full = validate_send::<Router>(outside(hub()), outgoing(5));
		assert!(matches!(full, Err(SendError::Transport(_))));
		assert_ok!(retry(0));
		send(None, hub(), outgoing(5));
	});
}

#[test]
fn nothing_is_settled_by_a_bridge_on_a_paused_lane() {
	ExtBuilder.build_and_execute(|| {
		send_three();
		pause(HUB);
		assert_noop!(settle(0, Delivery::Accepted), Error::<Test>::LanePaused);
		assert_noop!(settle(0, Delivery::Refused), Error::<Test>::LanePaused);
	});
}

#[test]
fn governance_settles_what_no_bridge_will() {
	ExtBuilder.build_and_execute(|| {
		send_three();
		pause(HUB);
		assert_noop!(vote(1, Delivery::Accepted), Error::<Test>::NotNext);
		assert_ok!(vote(0, Delivery::Accepted));
		assert_ok!(vote(1, Delivery::Refused));
		ReturnError::set(Some(FAILURE));
		assert_ok!(vote(2, Delivery::Refused));
		let told = vec![
			Event::MessageAccepted { lane: HUB, nonce: 0, id: [1; 32] },
			Event::MessageReturned { lane: HUB, nonce: 1, id: [2; 32] },
			Event::ReturnFailed { lane: HUB, nonce: 2, id: [3; 32], error: FAILURE },
		];
		assert_eq!(events(), told);
		assert_noop!(vote(2, Delivery::Refused), FAILURE);
		ReturnError::set(None);
		assert_ok!(vote(2, Delivery::Refused));
		assert_eq!(GivenBack::take().len(), 2);
		let lost = Lanes::settle_by_vote(RuntimeOrigin::root(), 7, 0, Delivery::Accepted);
		assert_noop!(lost, Error::<Test>::LaneNotFound);
	});
}

#[test]
fn governance_gives_up_a_return_that_can_never_be() {
	ExtBuilder.build_and_execute(|| {
		fail_first();
		assert_ok!(vote(0, Delivery::Accepted));
		assert_eq!(events(), vec![Event::ReturnGivenUp { lane: HUB, nonce: 0, id: [1; 32] }]);
		assert_eq!(GivenBack::get(), vec![]);
		assert_noop!(vote(0, Delivery::Accepted), Error::<Test>::NotNext);
	});
}

#[test]
fn a_message_that_can_not_be_read_any_more_is_kept() {
	ExtBuilder.build_and_execute(|| {
		send_three();
		Outbox::<Test>::mutate(HUB, 0, |message| {
			let message = message.as_mut().expect("a message");
			message.bytes = vec![255].try_into().expect("room");
		});
		assert_ok!(settle(0, Delivery::Refused));
		let error = Error::<Test>::MessageUnreadable.into();
		assert_eq!(events(), vec![Event::ReturnFailed { lane: HUB, nonce: 0, id: [1; 32], error }]);
		assert_noop!(retry(0), Error::<Test>::MessageUnreadable);
	});
}
