// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What the calls of our own pallets cost, as `scripts/benchmark` measured it. The SDK's pallets bring
//! their own weights.

pub mod pallet_asset_registry;
pub mod pallet_avs;
pub mod pallet_cvm;
pub mod pallet_emissions;
pub mod pallet_lanes;
pub mod pallet_restaking;
pub mod pallet_slashing;
pub mod pallet_xcm;
pub mod xcm;
