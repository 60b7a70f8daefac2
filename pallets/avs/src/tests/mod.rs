// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Tests by topic.

mod allocations;
mod applications;
mod jails;
mod members;
mod offboarding;
mod pay;
mod pica;
mod tables;
mod terms;
mod turn;
mod walks;

use crate::{mock::*, pallet::*, types::*};
use frame_support::{assert_noop, assert_ok};
use picasso_primitives::{avs::*, conditions::*, PICA};
use sp_runtime::{traits::BadOrigin, FixedU128, Perbill};
