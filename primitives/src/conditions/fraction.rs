// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What a fault costs.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::Perbill;

/// The part of the AVS's part of a pool that a fault costs.
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
pub enum SlashFraction {
	/// Always the same.
	#[codec(index = 0)]
	Fixed(Perbill),
	/// More with each repetition within the unbonding window.
	#[codec(index = 1)]
	Repeats {
		/// The first time.
		first: Perbill,
		/// More for each further time.
		more: Perbill,
		/// At the most.
		maximum: Perbill,
	},
	/// More the more operators are at fault in one era: (3 · offenders / operators)², as BABE has it. It is
	/// known when nobody else can be reported for that era, and taken then.
	#[codec(index = 2)]
	Correlated {
		/// At the most.
		maximum: Perbill,
	},
}

impl SlashFraction {
	/// The most it can be.
	pub fn maximum(&self) -> Perbill {
		match *self {
			Self::Fixed(fraction) => fraction,
			Self::Repeats { maximum, .. } | Self::Correlated { maximum } => maximum,
		}
	}

	/// What a fault costs that was proved against the same operator `before` times already, where
	/// `offenders` of `operators` are at fault in its era.
	///
	/// Rounds down, by less than a billionth.
	pub fn of(&self, before: u32, offenders: u32, operators: u32) -> Perbill {
		let fraction = match *self {
			Self::Fixed(fraction) => fraction,
			Self::Repeats { first, more, .. } => {
				// A part: never more than the whole.
				let parts = u64::from(more.deconstruct()).saturating_mul(before.into());
				let parts = parts.saturating_add(first.deconstruct().into()).min(1_000_000_000);
				Perbill::from_parts(u32::try_from(parts).unwrap_or(1_000_000_000))
			},
			Self::Correlated { .. } => {
				let share = Perbill::from_rational(offenders.saturating_mul(3), operators.max(1));
				share.square()
			},
		};
		fraction.min(self.maximum())
	}

	/// Whether it depends on what the operator was found guilty of before.
	pub fn is_of_repeats(&self) -> bool {
		matches!(self, Self::Repeats { .. })
	}

	/// Whether it depends on who else is at fault in the era.
	pub fn is_correlated(&self) -> bool {
		matches!(self, Self::Correlated { .. })
	}

	pub(super) fn is_no_more_than(&self, known: &Self) -> bool {
		match (*self, *known) {
			(Self::Fixed(one), Self::Fixed(other)) => one <= other,
			(
				Self::Repeats { first, more, maximum },
				Self::Repeats { first: known, more: by, maximum: most },
			) => first <= known && more <= by && maximum <= most,
			(Self::Correlated { maximum: one }, Self::Correlated { maximum: other }) => {
				one <= other
			},
			_ => false,
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn repeated_faults_cost_more_up_to_the_maximum() {
		let percent = Perbill::from_percent;
		let (first, more, maximum) = (percent(1), percent(10), percent(25));
		let slash = SlashFraction::Repeats { first, more, maximum };
		let costs = [0, 1, 2, 3, u32::MAX].map(|before| slash.of(before, 1, 10));
		assert_eq!(costs, [1, 11, 21, 25, 25].map(percent));
	}

	#[test]
	fn faults_together_cost_as_the_sdk_has_it() {
		let slash = SlashFraction::Correlated { maximum: Perbill::one() };
		assert_eq!(slash.of(0, 1, 100), Perbill::from_parts(900_000));
		assert_eq!(slash.of(9, 10, 100), Perbill::from_percent(9));
		assert_eq!(slash.of(0, 34, 100), Perbill::one());
		assert_eq!(slash.of(0, 1, 0), Perbill::one());
		let bounded = SlashFraction::Correlated { maximum: Perbill::from_percent(5) };
		assert_eq!(bounded.of(0, 10, 100), Perbill::from_percent(5));
	}
}
