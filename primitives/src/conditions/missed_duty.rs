// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Duty: an AVS's rounds are counted in windows, and whoever attested too few of them is at fault.

use super::Round;
use crate::{avs::MAX_OPERATORS, BlockNumber, EraIndex};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::ConstU32;
use sp_runtime::{BoundedVec, Perbill};

/// How duty is counted.
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
pub struct Duty {
	/// Blocks of a round.
	pub round: BlockNumber,
	/// Rounds that are counted together.
	pub window: u32,
	/// The part of them that must be attested.
	pub least: Perbill,
}

impl Duty {
	/// Whether there is something to count, and a window is over before its table is forgotten.
	pub(super) fn is_sound(&self, era_length: BlockNumber) -> bool {
		let blocks = self.round.checked_mul(self.window);
		self.least > Perbill::zero()
			&& blocks.is_some_and(|blocks| blocks > 0 && blocks <= era_length)
	}

	/// Rounds of a window that must be attested: rounds up, by less than one.
	pub fn required(&self) -> u32 {
		self.least.mul_ceil(self.window)
	}
}

/// What an operator attested in a window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Attended {
	/// How many rounds.
	#[codec(compact)]
	pub rounds: u32,
	/// The round after the last of them.
	#[codec(compact)]
	pub next: u32,
}

/// A window of an AVS, and what the operators of a table attested in it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct DutyWindow {
	/// The era of the table whose operators are on duty.
	pub era: EraIndex,
	/// The number of the condition in the terms of that era.
	pub condition: u8,
	/// How duty is counted.
	pub duty: Duty,
	/// The block in which it began.
	pub opened: BlockNumber,
	/// By place in the table.
	pub attended: BoundedVec<Attended, ConstU32<MAX_OPERATORS>>,
	/// Up to which place it has been judged, once it is over.
	pub judged: u32,
}

impl DutyWindow {
	/// The block with which it is over; never, past the last one there can be.
	pub fn closes(&self) -> BlockNumber {
		let blocks = self.duty.round.saturating_mul(self.duty.window);
		self.opened.saturating_add(blocks)
	}

	/// The round in a block, counted from the window's first; none where the window is over.
	pub fn round(&self, now: BlockNumber) -> Option<u32> {
		let round = now.checked_sub(self.opened)?.checked_div(self.duty.round)?;
		(round < self.duty.window).then_some(round)
	}

	/// The number by which a round is named in [`duty_message`](super::duty_message): its first block.
	pub fn round_number(&self, round: u32) -> Round {
		Round::from(self.opened).saturating_add(Round::from(self.duty.round) * Round::from(round))
	}

	/// Counts that the operator in a place attests a round. False where it has done so, or there is no
	/// such place.
	pub fn attend(&mut self, place: u32, round: u32) -> bool {
		let Some(attended) = self.attended.get_mut(place as usize) else { return false };
		let Some(next) = round.checked_add(1).filter(|_| attended.next <= round) else {
			return false;
		};
		// At most the window's rounds.
		*attended = Attended { rounds: attended.rounds.saturating_add(1), next };
		true
	}

	/// Goes on from where it has been judged to the next operator that attested too little.
	pub fn next_at_fault(&mut self) -> Option<u32> {
		let required = self.duty.required();
		while let Some(attended) = self.attended.get(self.judged as usize) {
			let place = self.judged;
			self.judged = self.judged.saturating_add(1);
			if attended.rounds < required {
				return Some(place);
			}
		}
		None
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn window(operators: u32) -> DutyWindow {
		DutyWindow {
			era: 1,
			condition: 0,
			duty: Duty { round: 3, window: 4, least: Perbill::from_percent(50) },
			opened: 100,
			attended: alloc::vec![Attended::default(); operators as usize].try_into().unwrap(),
			judged: 0,
		}
	}

	#[test]
	fn rounds_follow_blocks_until_the_window_is_over() {
		let window = window(1);
		let rounds = [99, 100, 102, 103, 111, 112].map(|block| window.round(block));
		assert_eq!(rounds, [None, Some(0), Some(0), Some(1), Some(3), None]);
		assert_eq!(window.closes(), 112);
		assert_eq!(window.round_number(2), 106);
	}

	#[test]
	fn a_round_counts_once_for_each() {
		let mut window = window(2);
		assert!(window.attend(0, 0));
		assert!(!window.attend(0, 0));
		assert!(window.attend(0, 2));
		assert!(!window.attend(0, 1));
		assert!(!window.attend(2, 0));
		assert!(window.attend(1, 3));
		assert_eq!(window.next_at_fault(), Some(1));
		assert_eq!(window.next_at_fault(), None);
	}

	#[test]
	fn a_window_counts_something_and_is_no_longer_than_an_era() {
		let duty = Duty { round: 5, window: 2, least: Perbill::from_percent(1) };
		assert!(duty.is_sound(10));
		assert_eq!(duty.required(), 1);
		assert!(!duty.is_sound(9));
		assert!(!Duty { round: 0, ..duty }.is_sound(10));
		assert!(!Duty { window: 0, ..duty }.is_sound(10));
		assert!(!Duty { least: Perbill::zero(), ..duty }.is_sound(10));
		assert!(!Duty { round: u32::MAX, ..duty }.is_sound(u32::MAX));
	}
}
