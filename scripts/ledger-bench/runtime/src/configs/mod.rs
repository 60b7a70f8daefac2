// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! The pallets' configurations, by scheme.

mod asset_rewards;
mod nomination_pools;
mod restaking;
mod system;

pub use nomination_pools::{BONDING_ERAS, FOUNDERS_BOND};
pub use restaking::{ERAS_PER_DAY, ERA_BLOCKS, UNBONDING_DAYS};
pub use system::{EXISTENTIAL_DEPOSIT, UNIT};
