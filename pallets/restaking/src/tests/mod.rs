// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

mod acting;
mod bad_input;
mod compounding;
mod eras;
mod exits;
mod invariants;
mod model;
mod operators;
mod pitfalls;
mod pools;
mod reads;
mod rewards;
mod slash;
mod stake;
mod tickets;
mod vaults;
mod walks;

use crate::{mock::*, pallet::*, types::*};
use frame_support::{assert_noop, assert_ok, assert_storage_noop};
use picasso_primitives::{
	math::{SharePool, MAX_BALANCE},
	restaking::{
		Commission, CurrencyStatus, OperatorStatus, PoolAccess, PoolStatus, TicketId,
		VaultSettings, VaultStatus,
	},
	rewards::PoolRewards,
	slashing::Slashable,
	PICA,
};
use sp_runtime::{traits::BadOrigin, ArithmeticError, DispatchError, Perbill, TokenError};

/// Why a frozen asset cannot be moved, as an event tells it.
fn unmovable() -> DispatchError {
	DispatchError::from(pallet_assets::Error::<Test>::AssetNotLive).stripped()
}
