// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Numbers that follow from a seed, as libFuzzer asks of a mutator.

/// SplitMix64 (Steele, Lea, Flood, 2014).
pub struct Rng(u64);

impl Rng {
	/// Starts from a seed.
	pub fn new(seed: u64) -> Self {
		Self(seed)
	}

	/// Any number.
	pub fn next(&mut self) -> u64 {
		self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
		let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
		let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
		mixed ^ (mixed >> 31)
	}

	/// A number below `bound`, which is not zero.
	pub fn below(&mut self, bound: usize) -> usize {
		(self.next() % bound as u64) as usize
	}

	/// True once in `times`.
	pub fn once_in(&mut self, times: usize) -> bool {
		self.below(times) == 0
	}

	/// One of `items`; none where there are none.
	pub fn pick<T: Clone>(&mut self, items: &[T]) -> Option<T> {
		(!items.is_empty()).then(|| items[self.below(items.len())].clone())
	}

	/// Any byte.
	pub fn byte(&mut self) -> u8 {
		self.next() as u8
	}

	/// An amount of any magnitude, small ones as often as large ones.
	pub fn amount(&mut self) -> u128 {
		let bits = u128::from(self.next()) << 64 | u128::from(self.next());
		// 10²⁹, the most that a vault may hold, has 97 bits.
		bits >> (128 - 1 - self.below(98))
	}

	/// A part of `whole`: often all of it, or next to nothing, or a little too much.
	pub fn part_of(&mut self, whole: u128) -> u128 {
		match self.below(8) {
			0..=2 => whole,
			3 => 1,
			4 => whole / 2,
			5 => whole.saturating_add(1),
			6 => whole.saturating_sub(1),
			_ => self.amount().checked_rem(whole).unwrap_or(0),
		}
	}
}
