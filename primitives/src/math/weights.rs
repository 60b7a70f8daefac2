// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! How weight is spread over the operators of a stake table.
//!
//! Weights are units of security, whole numbers. Bounds: those who weigh keep a table's sum below
//! 2¹²⁷; products are computed in 256 bits.

use super::mul_div;
use sp_core::U256;
use sp_runtime::{Perbill, Rounding};

/// Caps weights, which must descend, so that none has more than `share` of what is then their sum: the
/// heaviest are lowered to one common weight, the others stay. False where no such weight exists, as
/// there are fewer than 1 / `share` of them; they stay as they are then.
///
/// With the k heaviest at weight c and the others' sum r, c ≤ share · (k · c + r) holds up to
/// c = ⌊share · r / (1 - k · share)⌋. The least k for which the next weight is at most c is the one: rounding
/// down favours the cap.
pub fn cap_share(weights: &mut [u128], share: Perbill) -> bool {
	const WHOLE: u128 = 1_000_000_000;
	let share = u128::from(share.deconstruct());
	let mut rest = sum(weights);
	let mut taken_share = 0;
	for capped in 0..weights.len() {
		let Some(free_share) = WHOLE.checked_sub(taken_share).filter(|free| *free > 0) else {
			break;
		};
		let Some(cap) = mul_div(rest, share, free_share, Rounding::Down) else { break };
		if weights[capped] <= cap {
			weights[..capped].fill(cap);
			return true;
		}
		rest = rest.saturating_sub(weights[capped]);
		taken_share = taken_share.saturating_add(share);
	}
	// All of them alike: right where there are exactly 1 / share of them, or more.
	let enough =
		u128::try_from(weights.len()).is_ok_and(|count| count.saturating_mul(share) >= WHOLE);
	if let (true, Some(least)) = (enough, weights.last().copied()) {
		weights.fill(least);
	}
	enough || weights.is_empty()
}

/// ⌊amount · part / whole⌋; nothing of nothing. A part that is more than the whole counts as the whole, so
/// that the result is at most the amount.
pub fn part_of(amount: u128, part: u128, whole: u128) -> u128 {
	mul_div(amount, part.min(whole), whole, Rounding::Down).unwrap_or_default()
}

/// The Nakamoto coefficient of weights, which must descend: the fewest operators that together have
/// more than a third of all, and so can halt whatever needs two thirds to agree. Zero where there is no
/// weight.
pub fn nakamoto(weights: &[u128]) -> u32 {
	let all = sum(weights);
	let mut together: u128 = 0;
	for (before, weight) in weights.iter().enumerate() {
		together = together.saturating_add(*weight);
		if U256::from(together) * 3 > U256::from(all) {
			return u32::try_from(before).map_or(u32::MAX, |before| before.saturating_add(1));
		}
	}
	0
}

/// The Herfindahl index of weights: the sum of the squares of their shares, rounded down. 1 where one
/// operator has all, 1 / n where n have the same.
pub fn herfindahl(weights: &[u128]) -> Perbill {
	let all = U256::from(sum(weights));
	if all.is_zero() {
		return Perbill::zero();
	}
	let squares = weights.iter().fold(U256::zero(), |sum, weight| {
		// Below 2²⁵⁴ over all weights, as their sum is below 2¹²⁷.
		sum + U256::from(*weight) * U256::from(*weight)
	});
	// Both shortened alike, so that the product with a billion fits.
	let parts =
		(squares >> 32) * U256::from(1_000_000_000u32) / ((all * all) >> 32).max(U256::one());
	Perbill::from_parts(parts.min(U256::from(1_000_000_000u32)).low_u32())
}

/// The part of the heaviest of weights, which must descend, in all of them, rounded up.
pub fn largest_share(weights: &[u128]) -> Perbill {
	let largest = weights.first().copied().unwrap_or_default();
	let parts = mul_div(largest, 1_000_000_000, sum(weights), Rounding::Up).unwrap_or_default();
	Perbill::from_parts(u32::try_from(parts).unwrap_or(u32::MAX))
}

fn sum(weights: &[u128]) -> u128 {
	weights.iter().fold(0, |sum, weight| sum.saturating_add(*weight))
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::{collection::vec, prelude::*};

	fn descending(mut weights: Vec<u128>) -> Vec<u128> {
		weights.sort_unstable_by(|one, other| other.cmp(one));
		weights
	}

	#[test]
	fn the_heaviest_are_lowered_to_one_weight() {
		let mut weights = [100, 60, 20, 20];
		assert!(cap_share(&mut weights, Perbill::from_percent(40)));
		// c = 0.4 · 40 / 0.2 = 80 > 60, so only the first is lowered: 0.4 · 100 / 0.6 = 66.
		assert_eq!(weights, [66, 60, 20, 20]);
		let mut weights = [1_000, 900, 20, 20];
		assert!(cap_share(&mut weights, Perbill::from_percent(40)));
		assert_eq!(weights, [80, 80, 20, 20]);
	}

	#[test]
	fn too_few_operators_cannot_keep_to_a_small_share() {
		let mut weights = [50, 50];
		assert!(!cap_share(&mut weights, Perbill::from_percent(49)));
		assert_eq!(weights, [50, 50]);
		assert!(cap_share(&mut weights, Perbill::from_percent(50)));
		let mut weights = [70, 30];
		assert!(cap_share(&mut weights, Perbill::from_percent(50)));
		assert_eq!(weights, [30, 30]);
		assert!(cap_share(&mut [5], Perbill::one()));
		assert!(cap_share(&mut [], Perbill::one()));
	}

	#[test]
	fn the_nakamoto_coefficient_counts_those_who_can_halt() {
		assert_eq!(nakamoto(&[]), 0);
		assert_eq!(nakamoto(&[0, 0]), 0);
		assert_eq!(nakamoto(&[1]), 1);
		assert_eq!(nakamoto(&[1, 1, 1]), 2);
		assert_eq!(nakamoto(&[34, 33, 33]), 1);
		assert_eq!(nakamoto(&[10; 10]), 4);
	}

	#[test]
	fn the_herfindahl_index_tells_one_from_many() {
		assert_eq!(herfindahl(&[]), Perbill::zero());
		assert_eq!(herfindahl(&[1 << 100]), Perbill::one());
		assert_eq!(herfindahl(&[1 << 100; 4]), Perbill::from_percent(25));
		assert_eq!(herfindahl(&[3 << 60, 1 << 60]), Perbill::from_rational(10u32, 16));
	}

	#[test]
	fn the_largest_share_is_that_of_the_first() {
		assert_eq!(largest_share(&[]), Perbill::zero());
		assert_eq!(largest_share(&[3, 1]), Perbill::from_percent(75));
		assert_eq!(largest_share(&[1, 1, 1]), Perbill::from_parts(333_333_334));
	}

	#[test]
	fn a_part_is_rounded_down_and_never_more_than_all() {
		assert_eq!(part_of(10, 1, 3), 3);
		assert_eq!(part_of(10, 3, 3), 10);
		assert_eq!(part_of(10, 4, 3), 10);
		assert_eq!(part_of(10, 0, 3), 0);
		assert_eq!(part_of(10, 3, 0), 0);
		assert_eq!(part_of(u128::MAX, u128::MAX - 1, u128::MAX), u128::MAX - 1);
	}

	proptest! {
		#[test]
		fn parts_of_a_whole_are_together_at_most_all(
			amount in any::<u128>(),
			parts in vec(0..1u128 << 120, 1..40),
		) {
			let whole = sum(&parts);
			let (mut together, mut lost) = (0u128, 0);
			for part in &parts {
				let exact = U256::from(amount) * U256::from(*part);
				let counted = part_of(amount, *part, whole);
				if whole > 0 {
					prop_assert_eq!(U256::from(counted), exact / U256::from(whole));
				}
				together += counted;
				lost += 1;
			}
			// Less than a unit is lost of each.
			prop_assert!(together <= amount);
			prop_assert!(whole == 0 || amount - together < lost);
		}

		#[test]
		fn no_share_is_above_its_cap(
			weights in vec(1..1u128 << 110, 1..40),
			percent in 1..=100u32,
		) {
			let before = descending(weights);
			let share = Perbill::from_percent(percent);
			let mut after = before.clone();
			let possible = cap_share(&mut after, share);
			prop_assert_eq!(possible, before.len() as u128 * u128::from(percent) >= 100);
			if !possible {
				prop_assert_eq!(before, after);
				return Ok(());
			}
			let all = sum(&after);
			for (one, other) in before.iter().zip(&after) {
				prop_assert!(other <= one);
				prop_assert!(U256::from(*other) * 100 <= U256::from(all) * percent);
			}
			// Nobody is lowered without need: one more unit for those who were would be too much for
			// the first of them.
			let lowered = before.iter().zip(&after).filter(|(one, other)| one != other).count();
			if lowered > 0 && lowered * (percent as usize) < 100 {
				let more = U256::from(after[0]) + 1;
				let all_then = U256::from(all) + lowered;
				prop_assert!(more * 100 > all_then * percent);
			}
		}

		#[test]
		fn the_coefficient_is_the_least(weights in vec(0..1u128 << 100, 1..40)) {
			let weights = descending(weights);
			let count = nakamoto(&weights) as usize;
			let all = U256::from(sum(&weights));
			let of = |count: usize| U256::from(sum(&weights[..count])) * 3;
			if all.is_zero() {
				prop_assert_eq!(count, 0);
			} else {
				prop_assert!(of(count) > all && of(count - 1) <= all);
			}
		}
	}
}
