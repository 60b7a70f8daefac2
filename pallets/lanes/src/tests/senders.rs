// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use super::*;
use staging_xcm_executor::traits::EventEmitter;

fn senders() -> Vec<Option<Location>> {
	outbox(HUB)
		.into_iter()
		.filter_map(|nonce| Outbox::<Test>::get(HUB, nonce))
		.map(|message| message.sender)
		.collect()
}

fn told(from: u8, to: InteriorLocation, topic: u8) {
	Emitter::emit_sent_event(someone(from), outside(to), None, [topic; 32]);
}

#[test]
fn the_sender_is_noted_and_told_on() {
	ExtBuilder.build_and_execute(|| {
		send(Some(someone(1)), hub(), outgoing(1));
		assert_eq!(senders(), vec![Some(someone(1))]);
		assert_eq!(Told::get(), vec![(someone(1), outside(hub()), [1; 32])]);
	});
}

#[test]
fn messages_of_one_topic_keep_their_own_senders() {
	ExtBuilder.build_and_execute(|| {
		send(Some(someone(1)), hub(), outgoing(1));
		send(None, hub(), outgoing(1));
		send(Some(someone(2)), hub(), outgoing(1));
		assert_eq!(senders(), vec![Some(someone(1)), None, Some(someone(2))]);
	});
}

#[test]
fn a_sender_noted_once_stays() {
	ExtBuilder.build_and_execute(|| {
		send(Some(someone(1)), hub(), outgoing(1));
		told(2, hub(), 1);
		assert_eq!(senders(), vec![Some(someone(1))]);
	});
}

#[test]
fn a_send_to_elsewhere_or_of_another_topic_notes_nobody() {
	ExtBuilder.build_and_execute(|| {
		told(1, hub(), 1);
		send(None, hub(), outgoing(1));
		told(1, hub(), 2);
		told(1, bifrost(), 1);
		told(1, [GlobalConsensus(Kusama)].into(), 1);
		Emitter::emit_sent_event(someone(1), Location::here(), None, [1; 32]);
		assert_eq!(senders(), vec![None]);
		assert_eq!(Told::get().len(), 5);
		Emitter::emit_send_failure_event(someone(1), outside(hub()), SendError::Fees, [1; 32]);
		Emitter::emit_process_failure_event(someone(1), XcmError::BadOrigin, [1; 32]);
		assert_eq!(senders(), vec![None]);
	});
}
