// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The gateway: the parachain at which the bridge to Picasso ends. It exports what other parachains ask
//! it to, and passes on what comes from Picasso with the origin that the bridge proved.

use crate::{
	network,
	parachain::{number, Genesis, Router},
	places::*,
};
use frame_support::{ensure, parameter_types};
use sp_io::TestExternalities;
use staging_xcm::latest::prelude::*;
use staging_xcm_executor::traits::ExportXcm;
use std::{cell::RefCell, collections::VecDeque};
use xcm_simulator::TestExt;

/// A message on its way to Picasso.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
	/// Who sent it: a chain, by its universal location.
	pub source: InteriorLocation,
	/// Where to, inside Picasso.
	pub destination: InteriorLocation,
	pub message: Xcm<()>,
}

thread_local! {
	static EXPORTED: RefCell<VecDeque<Exported>> = const { RefCell::new(VecDeque::new()) };
}

parameter_types! {
	/// Whether the gateway has told the other chains to send it nothing to export.
	pub static Halted: bool = false;
}

/// Takes the messages that wait to be carried to Picasso.
pub fn take() -> Vec<Exported> {
	EXPORTED.with(|queue| queue.borrow_mut().drain(..).collect())
}

/// Takes messages to Picasso, at the gateway.
pub struct Exporter;

impl ExportXcm for Exporter {
	type Ticket = (Exported, XcmHash);

	fn validate(
		network: NetworkId,
		_: u32,
		source: &mut Option<InteriorLocation>,
		destination: &mut Option<InteriorLocation>,
		message: &mut Option<Xcm<()>>,
	) -> SendResult<Self::Ticket> {
		ensure!(number() == GATEWAY && network == picasso(), SendError::NotApplicable);
		let exported = Exported {
			source: source.take().ok_or(SendError::MissingArgument)?,
			destination: destination.take().ok_or(SendError::MissingArgument)?,
			message: message.take().ok_or(SendError::MissingArgument)?,
		};
		let id = xcm_simulator::helpers::derive_topic_id(&exported.message);
		Ok(((exported, id), Assets::new()))
	}

	fn deliver((exported, id): Self::Ticket) -> Result<XcmHash, SendError> {
		EXPORTED.with(|queue| queue.borrow_mut().push_back(exported));
		Ok(id)
	}
}

/// Passes a message that the bridge brought on to a parachain. Picasso has put where it comes from before
/// all else.
pub fn import(para: u32, message: Xcm<()>) -> Result<XcmHash, SendError> {
	network::Gateway::execute_with(|| send_xcm::<Router>(sibling(para), message).map(|(id, _)| id))
}

pub fn genesis() -> TestExternalities {
	Genesis {
		number: GATEWAY,
		balances: vec![(TREASURY, DOT)],
		assets: Vec::new(),
		accounts: Vec::new(),
	}
	.build()
}
