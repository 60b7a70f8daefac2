// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What Picasso's pallets, runtime and node share: types, the traits by which pallets meet, runtime
//! APIs, and the mathematics of shares with no storage behind it.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub mod assets;
pub mod avs;
pub mod conditions;
pub mod cvm;
pub mod emissions;
pub mod lanes;
pub mod math;
pub mod registry;
pub mod restaking;
pub mod rewards;
pub mod slashing;

pub use assets::{AssetId, PICA};

/// An amount of any asset, in its smallest unit (planck).
pub type Balance = u128;

/// Number of a block.
pub type BlockNumber = u32;

/// Number of an era, the chain's restaking clock.
pub type EraIndex = u32;

/// Number of a session, in which the validators stay the same.
pub type SessionIndex = u32;

/// Number of an AVS, given in order of onboarding; 0 is the chain itself.
pub type AvsId = u32;

/// Number of a pool, given in order of creation.
pub type PoolId = u32;
