// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Tests by topic.

mod collecting;
mod consensus;
mod disputes;
mod duties;
mod interleavings;
mod pitfalls;
mod queue;
mod reports;
mod walks;

use crate::{mock::*, pallet::*, types::*};
use frame_support::{assert_noop, assert_ok};
use picasso_primitives::{avs::*, conditions::*, slashing::*, PICA};
use sp_runtime::{traits::BadOrigin, Perbill};
