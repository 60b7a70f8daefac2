// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The arithmetic of money, with no storage: each function states its formula, its rounding and its
//! bound.

mod ratio;
mod share_pool;

pub use ratio::Ratio;
pub use share_pool::{ShareError, SharePool, MAX_BALANCE, SHARES_PER_PLANCK_LIMIT};
