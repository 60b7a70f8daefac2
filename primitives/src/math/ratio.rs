// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! An exact part of a whole.

use super::mul_div;
use crate::Balance;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::Rounding;

/// A part of a whole, `numerator / denominator`, from nothing to all of it.
///
/// It is kept as a fraction and never rounded before it is applied: a part of a part of a small
/// balance would else be lost, or counted twice.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Ratio {
	numerator: u128,
	denominator: u128,
}

impl Ratio {
	/// All of it.
	pub const ONE: Self = Self { numerator: 1, denominator: 1 };

	/// The part `numerator / denominator`; none where the denominator is zero or the part is more than
	/// the whole.
	pub const fn new(numerator: u128, denominator: u128) -> Option<Self> {
		if denominator == 0 || numerator > denominator {
			return None;
		}
		Some(Self { numerator, denominator })
	}

	/// Whether it is nothing.
	pub const fn is_zero(&self) -> bool {
		self.numerator == 0
	}

	/// ⌈amount · numerator / denominator⌉, which is never more than `amount`.
	///
	/// The product has 256 bits. Nothing is returned only for a ratio decoded from bytes that `new`
	/// would have refused.
	pub fn of(&self, amount: Balance) -> Option<Balance> {
		mul_div(amount, self.numerator, self.denominator, Rounding::Up)
			.filter(|part| *part <= amount)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;
	use sp_core::U256;

	#[test]
	fn a_ratio_is_part_of_a_whole() {
		assert_eq!(Ratio::new(1, 0), None);
		assert_eq!(Ratio::new(2, 1), None);
		assert_eq!(Ratio::new(1, 1), Some(Ratio::ONE));
		assert!(Ratio::new(0, 1).is_some_and(|ratio| ratio.is_zero()));
		assert!(Ratio::new(1, u128::MAX).is_some_and(|ratio| !ratio.is_zero()));
	}

	#[test]
	fn a_part_rounds_up() {
		assert_eq!(Ratio::new(1, 3).unwrap().of(10), Some(4));
		assert_eq!(Ratio::new(1, u128::MAX).unwrap().of(1), Some(1));
		assert_eq!(Ratio::new(0, 3).unwrap().of(10), Some(0));
		assert_eq!(Ratio::ONE.of(u128::MAX), Some(u128::MAX));
	}

	#[test]
	fn a_ratio_that_new_would_refuse_gives_nothing() {
		assert_eq!(Ratio { numerator: 1, denominator: 0 }.of(10), None);
		assert_eq!(Ratio { numerator: 3, denominator: 2 }.of(10), None);
	}

	proptest! {
		#[test]
		fn a_part_is_exact(amount in any::<u128>(), a in any::<u128>(), b in 1..u128::MAX) {
			let ratio = Ratio::new(a.min(b), b).unwrap();
			let product = U256::from(amount) * U256::from(a.min(b));
			let exact = (product + U256::from(b - 1)) / U256::from(b);
			prop_assert_eq!(ratio.of(amount).map(U256::from), Some(exact));
		}
	}
}
