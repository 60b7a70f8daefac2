// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! How revenue is divided between those who earn it.

use crate::Balance;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_runtime::{PerThing, Perbill, Rounding};

/// The least part of all revenue that restakers are left, whatever their operators' commission.
pub const LEAST_FOR_RESTAKERS: Perbill = Perbill::from_percent(40);

/// The parts of revenue. They are the whole: see [`Split::validate`].
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
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub struct Split {
	/// The restakers', of which operators take their commission.
	pub restakers: Perbill,
	/// That of all who staked PICA, with whomever.
	pub pica_stakers: Perbill,
	/// The operators'.
	pub operators: Perbill,
	/// The treasury's; with it goes what rounding leaves of the others.
	pub treasury: Perbill,
}

impl Default for Split {
	/// 50, 20, 20 and 10 %.
	fn default() -> Self {
		Self {
			restakers: Perbill::from_percent(50),
			pica_stakers: Perbill::from_percent(20),
			operators: Perbill::from_percent(20),
			treasury: Perbill::from_percent(10),
		}
	}
}

/// Why parts of revenue cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SplitError {
	/// The parts are not the whole together.
	NotTheWhole,
	/// Restakers get less than [`LEAST_FOR_RESTAKERS`].
	TooLittleForRestakers,
}

/// An amount of one currency in its parts, in planck of it.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Parts {
	/// The restakers'.
	pub restakers: Balance,
	/// The PICA stakers'.
	pub pica_stakers: Balance,
	/// The operators'.
	pub operators: Balance,
	/// The treasury's.
	pub treasury: Balance,
}

impl Parts {
	/// Both together; nothing where a part is beyond 128 bits.
	pub fn checked_add(self, other: Self) -> Option<Self> {
		Some(Self {
			restakers: self.restakers.checked_add(other.restakers)?,
			pica_stakers: self.pica_stakers.checked_add(other.pica_stakers)?,
			operators: self.operators.checked_add(other.operators)?,
			treasury: self.treasury.checked_add(other.treasury)?,
		})
	}

	/// All of them; nothing where that is beyond 128 bits.
	pub fn total(&self) -> Option<Balance> {
		self.restakers
			.checked_add(self.pica_stakers)?
			.checked_add(self.operators)?
			.checked_add(self.treasury)
	}
}

impl Split {
	/// Whether the parts are the whole, and restakers' is large enough.
	pub fn validate(&self) -> Result<(), SplitError> {
		let parts = [self.restakers, self.pica_stakers, self.operators, self.treasury];
		let sum: u64 = parts.iter().map(|part| u64::from(part.deconstruct())).sum();
		if sum != u64::from(Perbill::ACCURACY) {
			return Err(SplitError::NotTheWhole);
		}
		if self.restakers < LEAST_FOR_RESTAKERS {
			return Err(SplitError::TooLittleForRestakers);
		}
		Ok(())
	}

	/// ⌊amount · part⌋ each; the treasury gets the rest, which is its part and less than 3 planck more.
	/// Together they are the amount, by construction.
	pub fn of(&self, amount: Balance) -> Parts {
		let restakers = self.restakers.mul_floor(amount);
		let pica_stakers = self.pica_stakers.mul_floor(amount);
		let operators = self.operators.mul_floor(amount);
		// Valid parts are at most the whole, and so are they rounded down.
		let treasury = [restakers, pica_stakers, operators]
			.into_iter()
			.fold(amount, |rest, part| rest.saturating_sub(part));
		Parts { restakers, pica_stakers, operators, treasury }
	}

	/// The commission that an operator which asks for `wanted` takes of its restakers' part: no more than
	/// leaves them [`LEAST_FOR_RESTAKERS`] of all.
	///
	/// With r for the restakers' part, r · (1 - c) ≥ 40 % up to c = 1 - ⌈40 % / r⌉.
	pub fn commission(&self, wanted: Perbill) -> Perbill {
		let kept = Perbill::from_rational_with_rounding(
			LEAST_FOR_RESTAKERS.deconstruct(),
			self.restakers.deconstruct(),
			Rounding::Up,
		);
		// Of parts that are not valid nothing can be taken.
		let most = kept.map_or(Perbill::zero(), |kept| kept.left_from_one());
		wanted.min(most)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	fn split(restakers: u32, pica_stakers: u32, operators: u32, treasury: u32) -> Split {
		Split {
			restakers: Perbill::from_parts(restakers),
			pica_stakers: Perbill::from_parts(pica_stakers),
			operators: Perbill::from_parts(operators),
			treasury: Perbill::from_parts(treasury),
		}
	}

	fn any_split() -> impl Strategy<Value = Split> {
		(400_000_000..=1_000_000_000u32, any::<u32>(), any::<u32>()).prop_map(|(first, b, c)| {
			let rest = 1_000_000_000 - first;
			let second = b % (rest + 1);
			let third = c % (rest - second + 1);
			split(first, second, third, rest - second - third)
		})
	}

	#[test]
	fn parts_are_the_whole() {
		assert_eq!(Split::default().validate(), Ok(()));
		let less = split(500_000_000, 200_000_000, 200_000_000, 99_999_999);
		let more = split(500_000_000, 200_000_000, 200_000_000, 100_000_001);
		for split in [less, more, split(0, 0, 0, 0)] {
			assert_eq!(split.validate(), Err(SplitError::NotTheWhole));
		}
	}

	#[test]
	fn restakers_get_two_fifths_at_the_least() {
		let least = split(400_000_000, 200_000_000, 200_000_000, 200_000_000);
		assert_eq!(least.validate(), Ok(()));
		assert_eq!(least.commission(Perbill::one()), Perbill::zero());
		let little = split(399_999_999, 200_000_001, 200_000_000, 200_000_000);
		assert_eq!(little.validate(), Err(SplitError::TooLittleForRestakers));
		assert_eq!(little.commission(Perbill::one()), Perbill::zero());
	}

	#[test]
	fn what_rounding_leaves_is_the_treasurys() {
		let parts = Split::default().of(9);
		assert_eq!(parts, Parts { restakers: 4, pica_stakers: 1, operators: 1, treasury: 3 });
		assert_eq!(Split::default().of(0), Parts::default());
	}

	#[test]
	fn commission_is_what_is_asked_up_to_a_fifth_by_default() {
		let split = Split::default();
		assert_eq!(split.commission(Perbill::from_percent(7)), Perbill::from_percent(7));
		assert_eq!(split.commission(Perbill::from_percent(90)), Perbill::from_percent(20));
	}

	proptest! {
		#[test]
		fn parts_add_up(split in any_split(), amount in any::<u128>()) {
			prop_assert_eq!(split.validate(), Ok(()));
			let parts = split.of(amount);
			prop_assert_eq!(parts.total(), Some(amount));
			prop_assert!(parts.treasury >= split.treasury.mul_floor(amount));
			prop_assert!(parts.treasury - split.treasury.mul_floor(amount) <= 3);
		}

		#[test]
		fn commission_leaves_restakers_their_due(split in any_split(), wanted in any::<u32>()) {
			let commission = split.commission(Perbill::from_parts(wanted % 1_000_000_001));
			let kept = u64::from(split.restakers.deconstruct())
				* u64::from(commission.left_from_one().deconstruct());
			prop_assert!(kept >= 400_000_000 * 1_000_000_000);
		}
	}
}
