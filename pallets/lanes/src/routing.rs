// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What a runtime's XCM configuration takes from here: routers, and who notes senders.

use crate::{outbound::planck, pallet::*};
use alloc::vec::Vec;
use codec::Encode;
use core::marker::PhantomData;
use frame_support::{
	ensure,
	traits::{EnqueueMessage, Get},
	BoundedSlice,
};
use picasso_primitives::lanes::MessageOrigin;
use sp_runtime::traits::{BlakeTwo256, Hash};
use staging_xcm::{prelude::*, VersionedLocation, VersionedXcm};
use staging_xcm_builder::{InspectMessageQueues, LocalExporter};
use staging_xcm_executor::traits::{EventEmitter, ExportXcm};

/// Sends messages to chains that there are lanes to.
///
/// It is [`LocalExporter`], and tells those who try a message without sending it what it would have sent.
pub struct LaneRouter<T>(PhantomData<T>);

type Exporter<T> = LocalExporter<Pallet<T>, <T as Config>::UniversalLocation>;

impl<T: Config> SendXcm for LaneRouter<T> {
	type Ticket = <Pallet<T> as ExportXcm>::Ticket;

	fn validate(
		destination: &mut Option<Location>,
		message: &mut Option<Xcm<()>>,
	) -> SendResult<Self::Ticket> {
		Exporter::<T>::validate(destination, message)
	}

	fn deliver(ticket: Self::Ticket) -> Result<XcmHash, SendError> {
		Exporter::<T>::deliver(ticket)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn ensure_successful_delivery(destination: Option<Location>) {
		Pallet::<T>::open_for_benchmarks(destination);
	}
}

impl<T: Config> InspectMessageQueues for LaneRouter<T> {
	/// For runtime APIs only, whose writes are dropped.
	fn clear_messages() {
		let _ = Outbox::<T>::clear(u32::MAX, None);
		Lanes::<T>::translate_values(|mut lane: crate::Lane| {
			lane.oldest_out = lane.next_out;
			Some(lane)
		});
	}

	fn get_messages() -> Vec<(VersionedLocation, Vec<VersionedXcm<()>>)> {
		Lanes::<T>::iter()
			.map(|(id, lane)| {
				let messages = (lane.oldest_out..lane.next_out)
					.filter_map(|nonce| Outbox::<T>::get(id, nonce))
					.filter_map(|message| {
						let mut bytes = &message.bytes[..];
						VersionedXcm::decode_all_with_mem_and_depth_limit(&mut bytes).ok()
					})
					.collect::<Vec<_>>();
				(VersionedLocation::from(lane.location()), messages)
			})
			.filter(|(_, messages)| !messages.is_empty())
			.collect()
	}
}

/// Sends messages to this chain itself, through the queue. They cost by their bytes.
///
/// A message runs with this chain itself as its origin until it says who sent it. Whatever sends through this
/// must put that before all else, as the executor and pallet-xcm do, and barriers must not trust this chain's
/// own location.
pub struct LocalHereRouter<T>(PhantomData<T>);

impl<T: Config> SendXcm for LocalHereRouter<T> {
	type Ticket = (Vec<u8>, XcmHash);

	fn validate(
		destination: &mut Option<Location>,
		message: &mut Option<Xcm<()>>,
	) -> SendResult<Self::Ticket> {
		let is_here = destination.as_ref().ok_or(SendError::MissingArgument)?.is_here();
		ensure!(is_here, SendError::NotApplicable);
		let message = message.take().ok_or(SendError::MissingArgument)?;
		let topic = match message.last() {
			Some(SetTopic(topic)) => Some(*topic),
			_ => None,
		};
		let message = VersionedXcm::<()>::from(message);
		message.check_is_decodable().map_err(|()| SendError::ExceedsMaxMessageSize)?;
		let bytes = message.encode();
		let is_small = bytes.len() <= T::MaxMessageSize::get() as usize;
		ensure!(is_small, SendError::ExceedsMaxMessageSize);
		ensure!(Pallet::<T>::queue_has_room(MessageOrigin::Here), FULL);
		let fee = Pallet::<T>::fee_per_bytes(bytes.len()).ok_or(SendError::Fees)?;
		let id = topic.unwrap_or_else(|| BlakeTwo256::hash(&bytes).0);
		Ok(((bytes, id), planck(fee)))
	}

	fn deliver((bytes, id): Self::Ticket) -> Result<XcmHash, SendError> {
		ensure!(Pallet::<T>::queue_has_room(MessageOrigin::Here), FULL);
		let bytes =
			BoundedSlice::try_from(&bytes[..]).map_err(|_| SendError::ExceedsMaxMessageSize)?;
		T::Queue::enqueue_message(bytes, MessageOrigin::Here);
		Ok(id)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn ensure_successful_delivery(_: Option<Location>) {}
}

const FULL: SendError = SendError::Transport("as many messages as may be wait to be processed");

/// The queue doesn't show what is in it.
impl<T: Config> InspectMessageQueues for LocalHereRouter<T> {
	fn clear_messages() {}

	fn get_messages() -> Vec<(VersionedLocation, Vec<VersionedXcm<()>>)> {
		Vec::new()
	}
}

/// Notes who sent a message, so that what is in it can be given back to them, and passes on what it is told.
pub struct RecordSenders<Inner, T>(PhantomData<(Inner, T)>);

impl<Inner: EventEmitter, T: Config> EventEmitter for RecordSenders<Inner, T> {
	fn emit_sent_event(
		origin: Location,
		destination: Location,
		message: Option<Xcm<()>>,
		message_id: XcmHash,
	) {
		Pallet::<T>::note_sender(&origin, &destination, &message_id);
		Inner::emit_sent_event(origin, destination, message, message_id);
	}

	fn emit_send_failure_event(
		origin: Location,
		destination: Location,
		error: SendError,
		message_id: XcmHash,
	) {
		Inner::emit_send_failure_event(origin, destination, error, message_id);
	}

	fn emit_process_failure_event(origin: Location, error: XcmError, message_id: XcmHash) {
		Inner::emit_process_failure_event(origin, error, message_id);
	}
}
