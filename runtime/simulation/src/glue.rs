// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The bridge: it carries messages between the gateway and Picasso's lanes, as one that proves both chains'
//! consensus would. It believes nobody: where a message comes from it takes from the queue that it lies in.

use crate::{
	gateway::{self, Exported},
	network::{AssetHub, Bifrost},
	parachain, picasso,
	places::*,
};
use codec::{Decode, Encode};
use picasso_primitives::lanes::{Carrier, Delivery, LaneId};
use picasso_runtime::{Lanes, Runtime};
use sp_runtime::DispatchResult;
use staging_xcm::{latest::prelude::*, VersionedXcm};
use std::{cell::RefCell, collections::VecDeque};
use xcm_simulator::TestExt;

/// More blocks than messages of any test need to come to rest.
const LIMIT: u32 = 500;

thread_local! {
	/// Messages to Picasso that it had no room for yet.
	static PENDING: RefCell<VecDeque<(LaneId, Vec<u8>)>> = const { RefCell::new(VecDeque::new()) };
}

/// Carries messages both ways until nothing moves.
pub fn carry() {
	for _ in 0..LIMIT {
		take_from_gateway();
		let waits = PENDING.with(|pending| !pending.borrow().is_empty());
		if !waits && !picasso::is_busy() {
			return;
		}
		bring_in();
		for para in [ASSET_HUB, BIFROST] {
			bring_out(para);
		}
	}
	panic!("messages don't come to rest");
}

/// Brings what the gateway exported to the lanes, and leaves it there.
pub fn bring() {
	take_from_gateway();
	bring_in();
}

/// Takes what the gateway exported, lane by lane. What comes from chains without a lane is nobody's.
fn take_from_gateway() {
	for Exported { source, destination, message } in gateway::take() {
		assert_eq!(destination, Here, "Picasso is all there is there");
		let lane = picasso::on_chain(|| pallet_lanes::LaneIds::<Runtime>::get(&source));
		let Some(lane) = lane else { continue };
		let bytes = VersionedXcm::from(message).encode();
		PENDING.with(|pending| pending.borrow_mut().push_back((lane, bytes)));
	}
}

/// Brings in what waits, in a block, as far as there is room.
fn bring_in() {
	picasso::block(|| {
		PENDING.with(|pending| {
			let mut pending = pending.borrow_mut();
			let waiting = core::mem::take(&mut *pending);
			for (lane, bytes) in waiting {
				// The bridge brings it again.
				if receive(lane, &bytes).is_err() {
					pending.push_back((lane, bytes));
				}
			}
		});
	});
}

/// Brings a message to a lane.
pub fn receive(lane: LaneId, bytes: &[u8]) -> DispatchResult {
	<Lanes as Carrier>::receive(lane, bytes)
}

/// Brings out what waits for one chain, and tells what became of it.
fn bring_out(para: u32) {
	let lane = picasso::on_chain(|| picasso::lane(para));
	while let Some((nonce, bytes)) = picasso::on_chain(|| <Lanes as Carrier>::next(lane)) {
		let delivery = deliver(para, &bytes);
		picasso::block(|| {
			<Lanes as Carrier>::settle(lane, nonce, delivery).expect("it is the oldest")
		});
	}
}

/// Delivers a message to a parachain. Whether that let it in is what its queue tells first thereafter.
fn deliver(para: u32, bytes: &[u8]) -> Delivery {
	let message = VersionedXcm::<()>::decode(&mut &bytes[..]).expect("Picasso encodes");
	let message = Xcm::<()>::try_from(message).expect("of this version");
	let seen = on_parachain(para, parachain::outcomes).len();
	if gateway::import(para, message).is_err() {
		return Delivery::Refused;
	}
	let first = on_parachain(para, parachain::outcomes).into_iter().nth(seen);
	match first.expect("each message ends somehow") {
		Err(XcmError::Barrier) => Delivery::Refused,
		_ => Delivery::Accepted,
	}
}

fn on_parachain<R>(para: u32, what: impl FnOnce() -> R) -> R {
	match para {
		ASSET_HUB => AssetHub::execute_with(what),
		BIFROST => Bifrost::execute_with(what),
		_ => panic!("no lane leads there"),
	}
}
