// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The fixed yield, and how much PICA may be made for it.

use crate::Balance;
use sp_core::U256;
use sp_runtime::{FixedPointNumber, FixedU128, Perbill};

/// ⌊stake · rate · blocks / year⌋: planck of PICA that `stake` planck earn in so many blocks of a year at
/// a rate of planck per planck per year. Nothing where that is beyond 128 bits, or a year has no blocks.
///
/// The product has 256 bits: below 2⁹⁷ · 2¹²⁸ · 2³¹ for stakes up to 10²⁹ and eras up to 2³¹ blocks.
pub fn yield_of(stake: Balance, rate: FixedU128, blocks: u32, year: u32) -> Option<Balance> {
	let product =
		U256::from(stake).checked_mul(rate.into_inner().into())?.checked_mul(blocks.into())?;
	let divisor = U256::from(FixedU128::DIV).checked_mul(year.into())?;
	product.checked_div(divisor)?.try_into().ok()
}

/// ⌊⌊issuance · ceiling⌋ · blocks / year⌋: planck of PICA that may be made in so many blocks of a year
/// that began with such an issuance. All blocks of the year together make no more than the ceiling.
pub fn emission_of(issuance: Balance, ceiling: Perbill, blocks: u32, year: u32) -> Balance {
	super::part_of(ceiling.mul_floor(issuance), blocks.into(), year.into())
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::math::MAX_BALANCE;
	use proptest::prelude::*;

	#[test]
	fn a_yield_rounds_down_and_never_overflows() {
		let half = FixedU128::from_rational(1, 2);
		assert_eq!(yield_of(100, half, 1, 1), Some(50));
		assert_eq!(yield_of(99, half, 1, 1), Some(49));
		assert_eq!(yield_of(100, half, 1, 3), Some(16));
		assert_eq!(yield_of(100, half, 1, 0), None);
		assert_eq!(yield_of(MAX_BALANCE, FixedU128::from_inner(u128::MAX), 1, 1), None);
		let year = 5_259_600;
		assert_eq!(yield_of(MAX_BALANCE, FixedU128::from_u32(1), year, year), Some(MAX_BALANCE));
		assert_eq!(yield_of(u128::MAX, FixedU128::from_inner(u128::MAX), u32::MAX, 1), None);
	}

	#[test]
	fn a_year_makes_no_more_than_the_ceiling() {
		let ceiling = Perbill::from_percent(5);
		let eras = (0..1_000).map(|_| emission_of(999_999, ceiling, 7, 7_000));
		assert!(eras.sum::<u128>() <= 49_999);
		assert_eq!(emission_of(1_000, ceiling, 10, 10), 50);
		assert_eq!(emission_of(1_000, ceiling, 11, 10), 50);
		assert_eq!(emission_of(1_000, ceiling, 1, 0), 0);
	}

	proptest! {
		/// Many small stakes never earn more than one large one.
		#[test]
		fn parts_earn_no_more_than_the_whole(
			stakes in prop::collection::vec(0..1u128 << 90, 1..8),
			rate in 0..1u128 << 80, blocks in 1..100_000u32,
		) {
			let rate = FixedU128::from_inner(rate);
			let of = |stake| yield_of(stake, rate, blocks, 5_259_600);
			let whole = of(stakes.iter().sum()).unwrap();
			let parts: u128 = stakes.iter().map(|stake| of(*stake).unwrap()).sum();
			prop_assert!(parts <= whole);
			prop_assert!(whole - parts < stakes.len() as u128);
		}
	}
}
