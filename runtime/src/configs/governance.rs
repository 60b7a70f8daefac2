// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Governance. Until referenda come, root decides, and sudo is root on development networks alone: no
//! other preset names its key.

use crate::*;
use frame_support::{parameter_types, PalletId};
use frame_system::EnsureRootWithSuccess;
use sp_runtime::traits::AccountIdConversion;

parameter_types! {
	/// The treasury: takes fees and dust, and pays what governance opens.
	pub TreasuryAccount: AccountId = PalletId(*b"pica/tsy").into_account_truncating();
}

/// Governance, paying from the treasury.
pub type GovernanceOrigin = EnsureRootWithSuccess<AccountId, TreasuryAccount>;

impl pallet_sudo::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type WeightInfo = pallet_sudo::weights::SubstrateWeight<Runtime>;
}
