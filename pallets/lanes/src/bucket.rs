// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! A bucket that leaks: how much came in of late.

use codec::{Decode, Encode, MaxEncodedLen};
use picasso_primitives::Balance;
use scale_info::TypeInfo;

/// How much came in, less what a day's limit has let go since.
///
/// A leaky bucket as a meter (Turner 1986): the level drains by `limit` planck a day, evenly, in whole
/// planck; what is less than a planck is kept as `rest / day`, so that draining often drains no less than
/// draining seldom. In any window of a day no more comes in than `limit` and what the bucket holds at its
/// end, which is the larger of `limit` and of the largest amount let in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Bucket<BlockNumber> {
	/// The level, in planck, at the block.
	pub level: Balance,
	/// What was not a whole planck when it last drained, in parts of which a day has one for each block.
	pub rest: u64,
	/// The block.
	pub at: BlockNumber,
}

impl<BlockNumber: Copy + TryInto<u64>> Bucket<BlockNumber>
where
	BlockNumber: sp_runtime::traits::CheckedSub,
{
	/// What the bucket is at a later block.
	pub fn drained(self, limit: Balance, day: u64, now: BlockNumber) -> Self {
		let elapsed =
			now.checked_sub(&self.at).map_or(0, |blocks| blocks.try_into().unwrap_or(u64::MAX));
		let left = leak(limit, day, elapsed, self.rest)
			.and_then(|(leaked, rest)| Some((self.level.checked_sub(leaked)?, rest)));
		match left {
			Some((level, rest)) if level > 0 => Self { level, rest, at: now },
			_ => Self { level: 0, rest: 0, at: now },
		}
	}

	/// The bucket with an amount more, if that has room: under the limit, or in an empty bucket, so that an
	/// amount above the limit isn't stuck for ever. A limit of zero has room for nothing.
	pub fn filled(
		self,
		amount: Balance,
		limit: Balance,
		day: u64,
		now: BlockNumber,
	) -> Option<Self> {
		let drained = self.drained(limit, day, now);
		let level = drained.level.checked_add(amount)?;
		let has_room = level <= limit || drained.level == 0;
		(has_room && limit > 0).then_some(Self { level, ..drained })
	}
}

/// `⌊(limit · blocks + rest) / day⌋`, and what the division leaves. Nothing where it is beyond 128 bits.
///
/// With `blocks = days · day + part`: the whole is `limit · days`, which alone can overflow, and
/// `⌊limit / day⌋ · part`, at most `limit`, and `((limit mod day) · part + rest) / day`, the numerator of
/// which is below `day²`.
fn leak(limit: Balance, day: u64, blocks: u64, rest: u64) -> Option<(Balance, u64)> {
	let (days, part) = (blocks.checked_div(day)?, blocks.checked_rem(day)?);
	let day = Balance::from(day);
	let numerator = limit.checked_rem(day)?.checked_mul(part.into())?.checked_add(rest.into())?;
	let leaked = limit
		.checked_mul(days.into())?
		.checked_add(limit.checked_div(day)?.checked_mul(part.into())?)?
		.checked_add(numerator.checked_div(day)?)?;
	Some((leaked, numerator.checked_rem(day)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	const DAY: u64 = 14_400;

	fn bucket(level: Balance) -> Bucket<u64> {
		Bucket { level, rest: 0, at: 0 }
	}

	#[test]
	fn a_bucket_drains_by_its_limit_in_a_day() {
		let full = bucket(1_000);
		assert_eq!(full.drained(1_000, DAY, DAY).level, 0);
		assert_eq!(full.drained(1_000, DAY, DAY / 2).level, 500);
		assert_eq!(full.drained(1_000, DAY, 14).level, 1_000, "15 blocks drain a planck");
		assert_eq!(full.drained(1_000, DAY, 15).level, 999);
		assert_eq!(bucket(2_500).drained(1_000, DAY, 2 * DAY).level, 500);
	}

	#[test]
	fn a_bucket_does_not_save_up() {
		let empty = bucket(0).drained(1_000, DAY, 10 * DAY);
		assert_eq!(empty, Bucket { level: 0, rest: 0, at: 10 * DAY });
		assert_eq!(empty.filled(1_000, 1_000, DAY, 10 * DAY).map(|full| full.level), Some(1_000));
	}

	#[test]
	fn a_clock_that_goes_back_drains_nothing() {
		let later = Bucket { level: 7, rest: 0, at: 100u64 };
		assert_eq!(later.drained(1_000, DAY, 50).level, 7);
	}

	#[test]
	fn an_amount_above_the_limit_needs_an_empty_bucket() {
		assert_eq!(bucket(0).filled(5_000, 1_000, DAY, 0).map(|full| full.level), Some(5_000));
		assert_eq!(bucket(1).filled(5_000, 1_000, DAY, 0), None);
		assert_eq!(bucket(1).filled(1_000, 1_000, DAY, 0), None);
		assert_eq!(bucket(1).filled(999, 1_000, DAY, 0).map(|full| full.level), Some(1_000));
	}

	#[test]
	fn a_limit_of_zero_has_room_for_nothing() {
		assert_eq!(bucket(0).filled(1, 0, DAY, 0), None);
	}

	#[test]
	fn extremes_do_not_overflow() {
		let full = Bucket { level: Balance::MAX, rest: DAY - 1, at: 0u64 };
		assert_eq!(full.drained(Balance::MAX, DAY, u64::MAX).level, 0);
		assert_eq!(full.drained(Balance::MAX, DAY, DAY).level, 0);
		assert_eq!(full.filled(1, Balance::MAX, DAY, 0), None);
		assert_eq!(bucket(Balance::MAX).drained(1, u64::MAX, u64::MAX - 1).level, Balance::MAX);
	}

	proptest! {
		/// Whole planck are what the exact quotient has, however often the bucket is looked at.
		#[test]
		fn draining_often_is_draining_once(
			limit in 0..1_000_000_000_000_000_000u128,
			day in 1..20_000u64,
			steps in prop::collection::vec(0..5_000u64, 1..40),
		) {
			let start = bucket(Balance::MAX / 2);
			let blocks: u64 = steps.iter().sum();
			let mut now = 0;
			let often = steps.iter().fold(start, |bucket, step| {
				now += step;
				bucket.drained(limit, day, now)
			});
			prop_assert_eq!(often, start.drained(limit, day, blocks));
			let exact = limit * u128::from(blocks) / u128::from(day);
			prop_assert_eq!(often.level, start.level - exact);
		}
	}
}
