// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Rewards that stream to whoever holds shares, at a cost that does not depend on how many do.
//!
//! The method is that of "Scalable Reward Distribution on the Ethereum Blockchain" (Batog, Boca,
//! Johnson, 2018): what each share has earned since the beginning is one number, [`PerShare`], and a
//! holder keeps what part of it is none of theirs, a [`Tally`].
//!
//! Both count modulo 2¹²⁸ planck. What a share has earned since the beginning may wrap, and so may its
//! product with any number of shares: what one holder is owed is a difference, and as long as that is
//! below 2¹²⁷ planck it comes out exact. So nothing here can overflow, however little was staked when
//! however much was paid, and no counter can ever keep anyone from leaving.

use super::mul_div;
use crate::Balance;
use codec::{Compact, Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::U256;
use sp_runtime::{
	traits::{AtLeast32BitUnsigned, UniqueSaturatedInto},
	Rounding,
};

/// The most planck of one currency that one pool may owe: 2¹²⁷ - 1.
pub const MAX_OWED: Balance = i128::MAX as u128;

/// What is added to a holder's earnings before they are rounded down, in planck / 2¹²⁸: 2⁻⁴⁰ planck.
///
/// A part that comes out even, such as a third of 3, would else miss its last planck, as a third has no
/// finite binary fraction. It is more than what is missing for up to 2⁸⁸ shares, and so little that all
/// holders together cannot gain a planck by it within 2⁴⁰ operations.
const EVEN: u128 = 1 << 88;

/// What one share has earned since the beginning, in planck: 128 bits before the binary point, which
/// wrap, and 128 behind it.
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
pub struct PerShare {
	/// Whole planck.
	whole: u128,
	/// Planck / 2¹²⁸.
	fraction: u128,
}

impl PerShare {
	/// Divides `amount` planck among `shares`: grows by ⌊amount · 2¹²⁸ / shares⌋ / 2¹²⁸ planck.
	///
	/// Rounds down: all shares together earn less than one planck too little, as there are fewer than
	/// 2¹²⁸. Without shares it does not grow.
	#[must_use]
	pub fn grown_by(self, amount: Balance, shares: Balance) -> Self {
		let (Some(whole), Some(rest)) = (amount.checked_div(shares), amount.checked_rem(shares))
		else {
			return self;
		};
		// Below 2¹²⁸, as the rest is below the divisor.
		let behind = (U256::from(rest) << 128) / U256::from(shares);
		let (fraction, carry) = self.fraction.overflowing_add(behind.low_u128());
		let whole = self.whole.wrapping_add(whole).wrapping_add(carry.into());
		Self { whole, fraction }
	}

	/// ⌊shares · per share + `more` / 2¹²⁸⌋: what `shares` have earned since the beginning, in planck,
	/// modulo 2¹²⁸.
	fn times(&self, shares: Balance, more: u128) -> u128 {
		// (2¹²⁸ - 1)² + 2¹²⁸ - 1 < 2²⁵⁶
		let behind = U256::from(self.fraction) * U256::from(shares) + U256::from(more);
		self.whole.wrapping_mul(shares).wrapping_add((behind >> 128).low_u128())
	}
}

/// What one holder's shares have earned since the beginning and is not owed to the holder: earned
/// before they came, or paid. In planck, modulo 2¹²⁸.
///
/// It is stored as a compact integer with its sign in the lowest bit ("zigzag"), as it is negative
/// where a holder has left and was not paid yet.
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
pub struct Tally(Compact<u128>);

impl Default for Tally {
	fn default() -> Self {
		Self(Compact(0))
	}
}

impl Tally {
	/// The tally of a holder of `shares` who is owed `owed` planck: ⌈shares · per share⌉ - owed.
	///
	/// Rounds up, by less than one planck: what a share earned in part stays in the pool.
	pub fn of(owed: Balance, shares: Balance, per_share: &PerShare) -> Self {
		let value = per_share.times(shares, u128::MAX).wrapping_sub(owed);
		let sign = if value > MAX_OWED { u128::MAX } else { 0 };
		Self(Compact((value << 1) ^ sign))
	}

	/// What a holder of `shares` is owed, in planck: ⌊shares · per share + 2⁻⁴⁰⌋ - tally.
	///
	/// Never more than what was divided among the shares while they were held. Where rounding up left
	/// nothing, the difference is -1 and nothing is owed.
	pub fn owed(&self, shares: Balance, per_share: &PerShare) -> Balance {
		let Compact(stored) = self.0;
		let sign = if stored & 1 == 1 { u128::MAX } else { 0 };
		let value = (stored >> 1) ^ sign;
		let owed = per_share.times(shares, EVEN).wrapping_sub(value);
		if owed > MAX_OWED {
			0
		} else {
			owed
		}
	}
}

/// An amount that is released evenly, block by block.
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
pub struct Stream<BlockNumber> {
	/// Planck not released yet.
	pub remaining: Balance,
	/// The block in which the last of them is released.
	pub until: BlockNumber,
}

impl<BlockNumber: AtLeast32BitUnsigned + Copy> Stream<BlockNumber> {
	/// Releases what is due for the blocks after `since` up to `now`, and returns it:
	/// ⌊remaining · (now - since) / (until - since)⌋ planck, all of it in the last block.
	///
	/// What rounding holds back, by less than a planck, a later release makes good.
	pub fn release(&mut self, since: BlockNumber, now: BlockNumber) -> Balance {
		if now >= self.until {
			return core::mem::take(&mut self.remaining);
		}
		let blocks = |to: BlockNumber| -> u128 {
			to.checked_sub(&since).map_or(0, UniqueSaturatedInto::unique_saturated_into)
		};
		let due = mul_div(self.remaining, blocks(now), blocks(self.until), Rounding::Down);
		let split = due.and_then(|due| Some((due, self.remaining.checked_sub(due)?)));
		// Nothing only where `now` lies before `since`.
		let Some((due, rest)) = split else { return 0 };
		self.remaining = rest;
		due
	}

	/// Adds `amount` planck to be released by block `until`. What still streams is spread, together
	/// with it, up to the later of both ends. Nothing where the sum is beyond [`MAX_OWED`].
	///
	/// What is due by now must have been released.
	#[must_use]
	pub fn joined_by(self, amount: Balance, until: BlockNumber) -> Option<Self> {
		let remaining = self.remaining.checked_add(amount).filter(|sum| *sum <= MAX_OWED)?;
		let until = if self.remaining == 0 { until } else { self.until.max(until) };
		Some(Self { remaining, until })
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	/// Any amount, with small ones and large ones alike.
	fn amount() -> impl Strategy<Value = u128> {
		(any::<u128>(), 1..127u32).prop_map(|(bits, width)| bits >> (128 - width))
	}

	fn per_share() -> impl Strategy<Value = PerShare> {
		(any::<u128>(), any::<u128>()).prop_map(|(whole, fraction)| PerShare { whole, fraction })
	}

	#[test]
	fn an_amount_is_divided_among_all_shares() {
		let third = PerShare::default().grown_by(1, 3);
		assert_eq!(third, PerShare { whole: 0, fraction: u128::MAX / 3 });
		assert_eq!(PerShare::default().grown_by(7, 2).times(2, 0), 7);
		assert_eq!(PerShare::default().grown_by(7, 0), PerShare::default());
	}

	#[test]
	fn fractions_carry_into_whole_planck() {
		let half = PerShare::default().grown_by(1, 2);
		assert_eq!(half.grown_by(1, 2), PerShare { whole: 1, fraction: 0 });
		let last = PerShare { whole: u128::MAX, fraction: 1 << 127 };
		assert_eq!(last.grown_by(1, 2), PerShare { whole: 0, fraction: 0 });
	}

	#[test]
	fn a_holder_is_owed_what_was_earned_since_and_what_was_owed_before() {
		let start = PerShare::default().grown_by(10, 3);
		let tally = Tally::of(5, 2, &start);
		// ⌊2 · 10/3⌋ - ⌈2 · 10/3⌉ + 5
		assert_eq!(tally.owed(2, &start), 4);
		assert_eq!(tally.owed(2, &start.grown_by(30, 3)), 24);
		assert_eq!(Tally::default().owed(2, &start), 6);
	}

	#[test]
	fn parts_that_come_out_even_are_owed_to_the_last_planck() {
		for shares in [3, 7, 200, 10u128.pow(25) * 3] {
			let one = PerShare::default().grown_by(21, 21 * shares);
			assert_eq!(Tally::default().owed(shares, &one), 1);
			let tally = Tally::of(0, shares, &one);
			assert_eq!(tally.owed(shares, &one), 0);
			assert_eq!(tally.owed(shares, &one.grown_by(21, 21 * shares)), 1);
		}
		let one = PerShare::default().grown_by(1, 200);
		assert_eq!(Tally::default().owed(199, &one), 0);
	}

	#[test]
	fn nothing_owed_stays_nothing_where_the_tally_was_rounded_up() {
		let price = PerShare::default().grown_by(10, 3);
		let tally = Tally::of(0, 2, &price);
		assert_eq!(tally.owed(2, &price), 0);
		assert_eq!(tally, Tally::of(tally.owed(2, &price), 2, &price));
	}

	#[test]
	fn who_left_unpaid_is_owed_the_same_for_ever() {
		let tally = Tally::of(9, 0, &PerShare::default().grown_by(1, 3));
		assert_eq!(tally.owed(0, &PerShare { whole: u128::MAX, fraction: u128::MAX }), 9);
		assert_eq!(tally.owed(0, &PerShare::default()), 9);
	}

	#[test]
	fn the_most_that_can_be_owed_and_the_largest_tally_are_exact() {
		let nothing = PerShare::default();
		let tally = Tally::of(MAX_OWED, 0, &nothing);
		assert_eq!(tally.owed(0, &nothing), MAX_OWED);
		let most = nothing.grown_by(MAX_OWED, 1);
		assert_eq!(Tally::default().owed(1, &most), MAX_OWED);
		let tally = Tally::of(0, 1, &most);
		assert_eq!(tally.owed(1, &most), 0);
		assert_eq!(tally.owed(1, &most.grown_by(7, 1)), 7);
	}

	#[test]
	fn a_tally_takes_few_bytes_whatever_its_sign() {
		let price = PerShare::default().grown_by(1 << 40, 1);
		assert_eq!(Tally::default().encode().len(), 1);
		assert!(Tally::of(0, 1 << 10, &price).encode().len() <= 8);
		assert!(Tally::of(1 << 50, 0, &price).encode().len() <= 8);
		assert_eq!(Tally::max_encoded_len(), 17);
	}

	#[test]
	fn a_stream_releases_evenly_and_ends_with_its_last_block() {
		let mut stream = Stream { remaining: 10u128, until: 14u32 };
		assert_eq!(stream.release(10, 10), 0);
		assert_eq!(stream.release(10, 11), 2);
		assert_eq!(stream.release(11, 13), 5);
		assert_eq!(stream.release(13, 14), 3);
		assert_eq!(stream, Stream { remaining: 0, until: 14 });
		assert_eq!(stream.release(14, 99), 0);
		assert_eq!(Stream { remaining: 7, until: 3u32 }.release(1, 3), 7);
		assert_eq!(Stream { remaining: 7, until: 3u32 }.release(1, 4), 7);
	}

	#[test]
	fn streams_join_up_to_the_later_end() {
		let stream = Stream { remaining: 10, until: 14u32 };
		assert_eq!(stream.joined_by(5, 20), Some(Stream { remaining: 15, until: 20 }));
		assert_eq!(stream.joined_by(5, 12), Some(Stream { remaining: 15, until: 14 }));
		let over = Stream { remaining: 0, until: 14u32 };
		assert_eq!(over.joined_by(5, 12), Some(Stream { remaining: 5, until: 12 }));
		assert_eq!(stream.joined_by(MAX_OWED, 12), None);
		assert_eq!(over.joined_by(MAX_OWED, 12), Some(Stream { remaining: MAX_OWED, until: 12 }));
	}

	proptest! {
		#![proptest_config(ProptestConfig::with_cases(2_000))]

		#[test]
		fn growth_follows_the_formula(start in per_share(), amount in amount(), shares in amount()) {
			prop_assume!(shares > 0);
			let grown = start.grown_by(amount, shares);
			let as_number = |p: PerShare| (U256::from(p.whole) << 128) | U256::from(p.fraction);
			let exact = (U256::from(amount) << 128) / U256::from(shares);
			prop_assert_eq!(as_number(grown), as_number(start).overflowing_add(exact).0);
		}

		/// However far the counters have wrapped, holders are owed no more than was paid, and less
		/// only by two planck each.
		#[test]
		fn holders_are_owed_what_was_paid(
			start in per_share(),
			shares in prop::collection::vec((0..1u128 << 122, 0..1u128 << 100), 1..8),
			paid in prop::collection::vec(0..1u128 << 120, 1..5),
		) {
			let all: u128 = shares.iter().map(|(shares, _)| shares).sum();
			prop_assume!(all > 0);
			let tallies: Vec<_> =
				shares.iter().map(|(shares, before)| Tally::of(*before, *shares, &start)).collect();
			let end = paid.iter().fold(start, |price, amount| price.grown_by(*amount, all));
			let whole = shares.iter().map(|(_, before)| before).chain(&paid).sum::<u128>();
			let owed: u128 =
				shares.iter().zip(tallies).map(|((shares, _), tally)| tally.owed(*shares, &end)).sum();
			prop_assert!(owed <= whole);
			prop_assert!(whole - owed <= 2 * shares.len() as u128 + paid.len() as u128);
		}

		#[test]
		fn tallies_come_back_from_their_bytes(
			price in per_share(), shares in any::<u128>(), owed in 0..=MAX_OWED,
		) {
			let tally = Tally::of(owed, shares, &price);
			prop_assert_eq!(Tally::decode(&mut &tally.encode()[..]), Ok(tally));
			let told = tally.owed(shares, &price);
			prop_assert!(told == owed || told + 1 == owed);
		}

		/// Whenever it is looked at, a stream has released its part, and in the end all of it.
		#[test]
		fn a_stream_releases_all_of_it(
			amount in amount(), length in 1..10_000u32, looks in prop::collection::vec(1..500u32, 0..40),
		) {
			let mut stream = Stream { remaining: amount, until: length };
			let (mut block, mut released) = (0, 0);
			for step in looks {
				released += stream.release(block, block + step);
				block += step;
				let due = U256::from(amount) * U256::from(block.min(length)) / U256::from(length);
				prop_assert!(U256::from(released) <= due);
				prop_assert!(due - U256::from(released) <= U256::from(40));
			}
			released += stream.release(block, block.max(length));
			prop_assert_eq!((released, stream.remaining), (amount, 0));
		}
	}
}
