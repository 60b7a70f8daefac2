// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What the pallet does, by subject.

use crate::{
	mock::{Lanes, *},
	pallet::*,
	types::*,
};
use frame_support::{
	assert_noop, assert_ok,
	traits::{ProcessMessage, ProcessMessageError},
	weights::{Weight, WeightMeter},
};
use picasso_primitives::{
	lanes::{Carrier, Delivery, MessageOrigin},
	registry::AssetStatus,
	Balance,
};
use sp_runtime::DispatchError;
use staging_xcm::{prelude::*, VersionedXcm};

mod arrivals;
mod inbound;
mod invariants;
mod limits;
mod opening;
mod ordering;
mod outbound;
mod processing;
mod senders;
mod settling;
mod waiting;
mod walks;
