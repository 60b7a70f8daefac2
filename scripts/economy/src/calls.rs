// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! The calls of the runtime, by its pallets' names.

use picasso_runtime::Runtime;

/// Foreign assets.
pub type AssetsCall = pallet_assets::Call<Runtime>;
/// AVSs.
pub type AvsCall = pallet_avs::Call<Runtime>;
/// PICA.
pub type BalancesCall = pallet_balances::Call<Runtime>;
/// What stake earns.
pub type EmissionsCall = pallet_emissions::Call<Runtime>;
/// What governance decides without an upgrade.
pub type ParametersCall = pallet_parameters::Call<Runtime>;
/// Referenda.
pub type ReferendaCall = pallet_referenda::Call<Runtime>;
/// The ledger of stake.
pub type RestakingCall = pallet_restaking::Call<Runtime>;
/// Faults.
pub type SlashingCall = pallet_slashing::Call<Runtime>;
