// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Messages out: how they are written down for the other chain, and wait to be carried.

use crate::{pallet::*, types::*, WeightInfo};
use alloc::{vec, vec::Vec};
use codec::Encode;
use frame_support::{ensure, traits::Get, BoundedVec, DebugNoBound};
use picasso_primitives::{
	lanes::{LaneId, MessageNonce},
	Balance,
};
use sp_runtime::traits::{BlakeTwo256, Hash};
use staging_xcm::{prelude::*, GetVersion, VersionedXcm};
use staging_xcm_executor::traits::ExportXcm;

/// A message that can be delivered to a lane.
#[derive(DebugNoBound)]
pub struct Ticket<T: Config> {
	lane: LaneId,
	bytes: BoundedVec<u8, T::MaxMessageSize>,
	id: XcmHash,
	prefix: u8,
}

impl<T: Config> ExportXcm for Pallet<T> {
	type Ticket = Ticket<T>;

	fn validate(
		network: NetworkId,
		_channel: u32,
		universal_source: &mut Option<InteriorLocation>,
		destination: &mut Option<InteriorLocation>,
		message: &mut Option<Xcm<()>>,
	) -> SendResult<Self::Ticket> {
		let chain = destination
			.clone()
			.ok_or(SendError::MissingArgument)?
			.pushed_front_with(GlobalConsensus(network))
			.map_err(|_| SendError::NotApplicable)?;
		let id = LaneIds::<T>::get(&chain).ok_or(SendError::NotApplicable)?;
		let lane = Self::ensure_has_room(id)?;
		let source = universal_source.take().ok_or(SendError::MissingArgument)?;
		let message = message.take().ok_or(SendError::MissingArgument)?;
		let ticket = Self::write_down(id, &lane, source, message)?;
		let price = Self::price_of(ticket.bytes.len()).ok_or(SendError::Fees)?;
		Ok((ticket, price))
	}

	fn deliver(ticket: Self::Ticket) -> Result<XcmHash, SendError> {
		let Ticket { lane: id, bytes, id: topic, prefix } = ticket;
		let mut lane = Self::ensure_has_room(id)?;
		let nonce = lane.next_out;
		lane.next_out = nonce.checked_add(1).ok_or(FULL)?;
		let message = OutboundMessage { bytes, id: topic, sender: None, prefix };
		Lanes::<T>::insert(id, lane);
		Outbox::<T>::insert(id, nonce, message);
		Self::deposit_event(Event::MessageQueued { lane: id, nonce, id: topic });
		Ok(topic)
	}
}

const FULL: SendError = SendError::Transport("as many messages as may be wait to be carried");
const PAUSED: SendError = SendError::Transport("the lane is paused");

impl<T: Config> Pallet<T> {
	fn ensure_has_room(id: LaneId) -> Result<Lane, SendError> {
		let lane = Lanes::<T>::get(id).ok_or(SendError::NotApplicable)?;
		ensure!(!lane.is_paused(), PAUSED);
		ensure!(lane.kept() < T::MaxOutbox::get().into(), FULL);
		Ok(lane)
	}

	/// The message as the other chain gets it: in a version of XCM that it understands, and with where it
	/// comes from before all else, as whoever brings it there can only say which chain sent it.
	fn write_down(
		lane_id: LaneId,
		lane: &Lane,
		source: InteriorLocation,
		message: Xcm<()>,
	) -> Result<Ticket<T>, SendError> {
		let version = T::Versions::get_version_for(&lane.location())
			.ok_or(SendError::DestinationUnsupported)?;
		let (network, interior) = source.split_global().map_err(|()| SendError::Unroutable)?;
		let own = T::UniversalLocation::get().global_consensus().ok();
		ensure!(own == Some(network), SendError::Unroutable);
		let topic = match message.last() {
			Some(SetTopic(topic)) => Some(*topic),
			_ => None,
		};
		let mut instructions = vec![UniversalOrigin(GlobalConsensus(network))];
		if interior != Here {
			instructions.push(DescendOrigin(interior));
		}
		let prefix = if instructions.len() > 1 { 2 } else { 1 };
		instructions.extend(message.0);
		let message = VersionedXcm::from(Xcm::<()>(instructions))
			.into_version(version)
			.map_err(|()| SendError::DestinationUnsupported)?;
		message.check_is_decodable().map_err(|()| SendError::ExceedsMaxMessageSize)?;
		let bytes = message.encode();
		let id = topic.unwrap_or_else(|| BlakeTwo256::hash(&bytes).0);
		let bytes = bytes.try_into().map_err(|_| SendError::ExceedsMaxMessageSize)?;
		Ok(Ticket { lane: lane_id, bytes, id, prefix })
	}

	/// What a message of so many bytes costs. Nothing where that is beyond 128 bits.
	fn price_of(bytes: usize) -> Option<Assets> {
		let fee = Self::fee_per_bytes(bytes)?.checked_add(T::DeliveryFee::get())?;
		Some(planck(fee))
	}

	pub(crate) fn fee_per_bytes(bytes: usize) -> Option<Balance> {
		T::DeliveryFeePerByte::get().checked_mul(bytes.try_into().ok()?)
	}

	/// Notes who sent the message that was just delivered to a chain. A sender is told of right after the
	/// delivery, so the message is the newest of its lane: others that have the same topic, as all have that
	/// one program sends, stay as they are.
	pub(crate) fn note_sender(sender: &Location, destination: &Location, id: &XcmHash) {
		let Some(chain) = Self::chain_at(destination) else { return };
		let Some(lane_id) = LaneIds::<T>::get(chain) else { return };
		let newest = Lanes::<T>::get(lane_id).and_then(|lane| lane.next_out.checked_sub(1));
		let Some(nonce) = newest else { return };
		let Some(mut message) = Outbox::<T>::get(lane_id, nonce) else { return };
		if message.id == *id && message.sender.is_none() {
			message.sender = Some(sender.clone());
			Outbox::<T>::insert(lane_id, nonce, message);
		}
	}

	/// Where a location that this chain sees is in the universe, if it is out of this chain's consensus.
	fn chain_at(location: &Location) -> Option<InteriorLocation> {
		let (network, interior) =
			staging_xcm_builder::ensure_is_remote(T::UniversalLocation::get(), location.clone())
				.ok()?;
		interior.pushed_front_with(GlobalConsensus(network)).ok()
	}

	/// The most that sending a message to a lane costs, and noting who sent it.
	pub fn weight_of_export() -> Weight {
		T::WeightInfo::export().saturating_add(T::WeightInfo::note_sender())
	}

	pub(crate) fn next_to_carry(id: LaneId) -> Option<(MessageNonce, Vec<u8>)> {
		let lane = Self::ensure_open(id).ok()?;
		let message = Outbox::<T>::get(id, lane.oldest_out)?;
		Some((lane.oldest_out, message.bytes.into_inner()))
	}
}

/// So many planck of PICA; no asset at all where there are none.
pub(crate) fn planck(amount: Balance) -> Assets {
	if amount == 0 {
		Assets::new()
	} else {
		(Here, amount).into()
	}
}
