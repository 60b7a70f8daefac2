// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What the pallet does, by subject.

use crate::{mock::*, pallet::*, types::*};
use codec::{DecodeLimit, Encode};
use frame_support::{assert_noop, assert_ok, weights::Weight};
use picasso_primitives::{
	cvm::{
		Amount, Instruction, Program, Route, Spawned, MAX_DEPTH, MAX_INSTRUCTIONS, MAX_SIZE,
		MAX_STEPS,
	},
	restaking::TicketId,
	Balance, PICA,
};
use sp_runtime::{DispatchError, Perbill, TokenError};

mod bounds;
mod executors;
mod exits;
mod explain;
mod failures;
mod invariants;
mod properties;
mod stalled;
mod steps;
