// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What the pallet does, by subject.

use crate::{mock::*, pallet::*, types::*};
use frame_support::{assert_noop, assert_ok};
use picasso_primitives::{
	assets::{foreign_asset_id, Network},
	registry::{AssetLocations, AssetStatus, ForeignId, TrustClass, VaultPolicy},
	restaking::VaultStatus,
	AssetId, Balance, PICA,
};
use sp_runtime::DispatchError;
use staging_xcm::v5::{
	Junction::*,
	Location,
	NetworkId::{self, *},
};

mod aliases;
mod classes;
mod genesis;
mod invariants;
mod lookups;
mod pitfalls;
mod registration;
mod status;
mod walks;
