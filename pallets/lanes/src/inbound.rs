// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Messages in: how they come into the queue, and are processed out of it.

use crate::pallet::*;
use alloc::vec::Vec;
use codec::Decode;
use core::marker::PhantomData;
use frame_support::{
	dispatch::GetDispatchInfo,
	pallet_prelude::*,
	traits::{
		ContainsPair, EnqueueMessage, ProcessMessage, ProcessMessageError, QueueFootprintQuery,
		QueuePausedQuery,
	},
	weights::WeightMeter,
	BoundedSlice,
};
use picasso_primitives::lanes::{Carrier, Delivery, LaneId, MessageNonce, MessageOrigin};
use sp_runtime::traits::{BlakeTwo256, Hash};
use staging_xcm::{prelude::*, VersionedXcm};

impl<T: Config> Carrier for Pallet<T> {
	/// An error says that the message can't be taken now, and changes nothing: the bridge brings it again.
	fn receive(lane: LaneId, message: &[u8]) -> DispatchResult {
		ensure!(Lanes::<T>::contains_key(lane), Error::<T>::LaneNotFound);
		let is_small = message.len() <= T::MaxMessageSize::get() as usize;
		ensure!(is_small, Error::<T>::MessageTooLarge);
		let bytes = BoundedSlice::try_from(message).map_err(|_| Error::<T>::MessageTooLarge)?;
		let origin = MessageOrigin::Lane(lane);
		ensure!(Self::queue_has_room(origin), Error::<T>::QueueFull);
		T::Queue::enqueue_message(bytes, origin);
		let id = BlakeTwo256::hash(message).0;
		Self::deposit_event(Event::MessageReceived { lane, id });
		Ok(())
	}

	fn next(lane: LaneId) -> Option<(MessageNonce, Vec<u8>)> {
		Self::next_to_carry(lane)
	}

	fn settle(lane: LaneId, nonce: MessageNonce, delivery: Delivery) -> DispatchResult {
		Self::ensure_open(lane)?;
		Self::do_settle(lane, nonce, delivery)
	}
}

impl<T: Config> Pallet<T> {
	/// Whether one more message may wait in the queue. Those that were found too heavy to be processed, and
	/// wait for whoever pays for them, hold nobody up as long as no others wait with them.
	pub(crate) fn queue_has_room(origin: MessageOrigin) -> bool {
		let footprint = T::Queue::footprint(origin);
		footprint.ready_pages == 0 || footprint.storage.count < T::MaxInbound::get().into()
	}
}

impl<T: Config> QueuePausedQuery<MessageOrigin> for Pallet<T> {
	fn is_paused(origin: &MessageOrigin) -> bool {
		match origin {
			MessageOrigin::Here => false,
			MessageOrigin::Lane(lane) => Lanes::<T>::get(lane).is_some_and(|lane| lane.is_paused()),
		}
	}
}

/// Has the executor process messages, each with the location of the chain that it comes from as its origin.
///
/// It is `ProcessXcmMessage` of `staging-xcm-builder`, with the one difference that where a lane leads to is
/// in storage.
pub struct ProcessLaneMessage<Executor, Call, T>(PhantomData<(Executor, Call, T)>);

impl<Executor: ExecuteXcm<Call>, Call: Decode + GetDispatchInfo, T: Config> ProcessMessage
	for ProcessLaneMessage<Executor, Call, T>
{
	type Origin = MessageOrigin;

	fn process_message(
		message: &[u8],
		origin: MessageOrigin,
		meter: &mut WeightMeter,
		id: &mut XcmHash,
	) -> Result<bool, ProcessMessageError> {
		let location = match origin {
			MessageOrigin::Here => Location::here(),
			MessageOrigin::Lane(lane) => {
				Pallet::<T>::location_of(lane).ok_or(ProcessMessageError::Unsupported)?
			},
		};
		let message = arrivals_first::<Call, T>(&location, decode::<Call>(message)?);
		let prepared = Executor::prepare(message, Weight::MAX)
			.map_err(|_| ProcessMessageError::Unsupported)?;
		let required = prepared.weight_of();
		if !meter.can_consume(required) {
			return Err(ProcessMessageError::Overweight(required));
		}
		let (used, result) = match Executor::execute(location, prepared, id, Weight::zero()) {
			Outcome::Complete { used } => (used, Ok(true)),
			// Nothing of it was executed.
			Outcome::Incomplete {
				used,
				error: InstructionError { error: XcmError::Barrier, .. },
			} => (used, Err(ProcessMessageError::Unsupported)),
			Outcome::Incomplete { used, .. } => (used, Ok(false)),
			// What it used isn't known: the most that it may have.
			Outcome::Error(InstructionError { error: XcmError::ExceedsStackLimit, .. }) => {
				(required, Err(ProcessMessageError::StackLimitReached))
			},
			Outcome::Error(_) => (required, Err(ProcessMessageError::Unsupported)),
		};
		meter.consume(used);
		result
	}
}

/// The most assets that a message may bring at once to pay: what barriers let pass.
const MAX_ASSETS_THAT_PAY: usize = 2;

/// Has a message bring all that it brings, and become its sender's, before it pays.
///
/// Chains have the fee come first, and the rest once it is paid: if that fails, the rest would stay with its
/// reserve, and nobody could claim it here; and the fee would be the chain's, not the sender's. The
/// instructions are the same ones, so that the price is as it was or less.
pub(crate) fn arrivals_first<Call, T: Config>(chain: &Location, message: Xcm<Call>) -> Xcm<Call> {
	let brings = |it: &Instruction<Call>| matches!(it, Instruction::ReserveAssetDeposited(_));
	let pays = |it: &Instruction<Call>| matches!(it, Instruction::PayFees { .. });
	let Xcm(mut arriving) = message;
	let count = arriving.iter().take_while(|it| brings(it) || pays(it)).count();
	let mut rest = arriving.split_off(count);
	let mut brought = Assets::new();
	for instruction in &arriving {
		if let Instruction::ReserveAssetDeposited(assets) = instruction {
			assets.inner().iter().for_each(|asset| brought.push(asset.clone()));
		}
	}
	let is_held = |asset| T::IsReserve::contains(asset, chain);
	let fits = (1..=MAX_ASSETS_THAT_PAY).contains(&brought.len())
		// One that the chain isn't believed to hold must not keep out another.
		&& brought.inner().iter().all(is_held);
	let Some(pay) = arriving.iter().position(pays).filter(|pay| fits && *pay > 0) else {
		arriving.append(&mut rest);
		return Xcm(arriving);
	};
	let becomes_sender = matches!(
		rest.first(),
		Some(Instruction::AliasOrigin(sender)) if T::Aliasers::contains(chain, sender)
	);
	rest.insert(usize::from(becomes_sender), arriving.swap_remove(pay));
	rest.insert(0, Instruction::ReserveAssetDeposited(brought));
	Xcm(rest)
}

/// Reads a message within the bounds that all messages have.
pub(crate) fn decode<Call: Decode + GetDispatchInfo>(
	message: &[u8],
) -> Result<Xcm<Call>, ProcessMessageError> {
	let versioned = VersionedXcm::<Call>::decode_all_with_mem_and_depth_limit(&mut &message[..])
		.map_err(|_| ProcessMessageError::Corrupt)?;
	versioned.try_into().map_err(|_| ProcessMessageError::Unsupported)
}
