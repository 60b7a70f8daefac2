// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The pallets' configuration, a file for each area.

pub mod assets;
pub mod avs;
pub mod consensus;
pub mod emissions;
pub mod fees;
pub mod governance;
pub mod offences;
pub mod payments;
pub mod restaking;
pub mod slashing;
pub mod system;
pub mod xcm;
