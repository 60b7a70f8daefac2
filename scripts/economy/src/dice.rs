// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! Chance that is the same for the same seed, on every machine and in every version.

/// SplitMix64, after Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators" (2014).
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
	/// The same throws for the same seed.
	pub fn new(seed: u64) -> Self {
		Self(seed)
	}

	/// Any number.
	pub fn number(&mut self) -> u64 {
		self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
		let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
		let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
		z ^ (z >> 31)
	}

	/// A number below a bound, which is no less than 1.
	pub fn below(&mut self, bound: u64) -> u64 {
		self.number() % bound.max(1)
	}

	/// A number from `low` to `high`, both included.
	pub fn between(&mut self, low: u64, high: u64) -> u64 {
		low + self.below(high.saturating_sub(low).saturating_add(1))
	}

	/// An amount from 1 to `most`, and 0 where that is 0; of any order of magnitude alike.
	pub fn amount(&mut self, most: u128) -> u128 {
		if most == 0 {
			return 0;
		}
		let bits = 128 - most.leading_zeros();
		let scale = 1u128 << self.below(u64::from(bits));
		let wide = (u128::from(self.number()) << 64) | u128::from(self.number());
		(scale + wide % scale).min(most)
	}

	/// An amount from `low` to `high`, both included, evenly.
	pub fn evenly(&mut self, low: u128, high: u128) -> u128 {
		let wide = (u128::from(self.number()) << 64) | u128::from(self.number());
		let span = high.saturating_sub(low).saturating_add(1);
		low + wide % span.max(1)
	}

	/// True once in `times`.
	pub fn once_in(&mut self, times: u64) -> bool {
		self.below(times) == 0
	}

	/// One of several; none of none.
	pub fn one_of<'a, Item>(&mut self, items: &'a [Item]) -> Option<&'a Item> {
		if items.is_empty() {
			return None;
		}
		items.get(self.below(items.len() as u64) as usize)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn the_same_seed_throws_the_same() {
		// The first numbers of the published generator for seed 1234567.
		let mut dice = Dice::new(1_234_567);
		let numbers = [dice.number(), dice.number(), dice.number()];
		assert_eq!(
			numbers,
			[6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
		);
	}

	#[test]
	fn amounts_are_within_their_bounds() {
		let mut dice = Dice::new(0);
		for most in [0, 1, 2, 3, 1_000, u128::MAX] {
			for _ in 0..1_000 {
				let amount = dice.amount(most);
				assert!(amount <= most && (amount > 0 || most == 0));
			}
		}
	}
}
