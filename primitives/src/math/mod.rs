// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The arithmetic of money, with no storage: each function states its formula, its rounding and its
//! bound.

mod ratio;
mod rewards;
mod share_pool;
mod split;
mod weights;
mod yields;

pub use ratio::Ratio;
pub use rewards::{PerShare, Stream, Tally, MAX_OWED};
pub use share_pool::{ShareError, SharePool, MAX_BALANCE, SHARES_PER_PLANCK_LIMIT};
pub use split::{Parts, Split, SplitError, LEAST_FOR_RESTAKERS};
pub use weights::{cap_share, herfindahl, largest_share, nakamoto, part_of};
pub use yields::{emission_of, yield_of};

use sp_runtime::{helpers_128bit::multiply_by_rational_with_rounding, Rounding};

/// a · b / c with a product of 256 bits; nothing where the result is beyond 128 bits or c is zero.
fn mul_div(a: u128, b: u128, c: u128, rounding: Rounding) -> Option<u128> {
	multiply_by_rational_with_rounding(a, b, c, rounding)
}
