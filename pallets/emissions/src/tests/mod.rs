// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What the pallet does, by subject.

use crate::{mock::*, pallet::*, types::*};
use frame_support::{assert_noop, assert_ok, weights::Weight};
use picasso_primitives::{
	avs::CHAIN,
	emissions::{Paid, Paymaster, YieldPaid},
	math::{Parts, Split},
	restaking::{CurrencyStatus, VaultSettings, VaultStatus},
	AssetId, Balance, PICA,
};
use sp_runtime::{DispatchError, FixedU128, Perbill};

mod authors;
mod escrows;
mod invariants;
mod pica;
mod pitfalls;
mod reads;
mod revenue;
mod rounds;
mod spending;
mod yields;
