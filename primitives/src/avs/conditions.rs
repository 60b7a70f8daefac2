// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What counts as misbehaviour, and what it costs.

use super::TermsError;
use crate::EraIndex;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::Perbill;

/// Eras from the end of a dispute to the slash, at the most: a slash waits where all AVSs together have
/// taken their most of a pool in an era.
pub const APPLY_DELAY: EraIndex = 1;

/// A kind of misbehaviour, and what it costs.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Condition<AccountId> {
	/// What was done, which says what proves it.
	pub fault: Fault<AccountId>,
	/// What it costs.
	pub slash: SlashFraction,
	/// Eras after the fault in which it can be reported.
	pub evidence_window: EraIndex,
	/// Eras after the report in which it can be disputed.
	pub dispute_window: EraIndex,
	/// How long the operator serves no more.
	pub jail: Jail,
	/// Who gets what is taken.
	pub destination: Destination<AccountId>,
	/// The part of it that is the reporter's first.
	pub reporter_share: Perbill,
}

/// What was done, which says what proves it.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Fault<AccountId> {
	/// Two different messages for one round, signed by the operator's key.
	#[codec(index = 0)]
	DoubleSign,
	/// Fewer attestations than asked for, as the chain counted them.
	#[codec(index = 1)]
	MissedDuty {
		/// Rounds that are counted together.
		window: u32,
		/// The part of them that must be attested.
		least: Perbill,
	},
	/// What a quorum of the AVS's own stake table says.
	#[codec(index = 2)]
	Attested {
		/// The part of the table's weight that must say it.
		quorum: Perbill,
	},
	/// What one account says.
	#[codec(index = 3)]
	Arbiter {
		/// Whose word it is.
		arbiter: AccountId,
	},
	/// Equivocation in the chain's own consensus.
	#[codec(index = 4)]
	Consensus,
}

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
	/// More the more operators are at fault in one era: (3 · offenders / operators)², as BABE has it.
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

	fn is_no_more_than(&self, known: &Self) -> bool {
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

/// How long an operator serves no more after a fault.
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
pub enum Jail {
	/// It goes on serving.
	#[default]
	#[codec(index = 0)]
	None,
	/// So many eras.
	#[codec(index = 1)]
	Eras(EraIndex),
	/// For ever.
	#[codec(index = 2)]
	Forever,
}

impl Jail {
	fn is_no_longer_than(&self, known: &Self) -> bool {
		match (self, known) {
			(Self::None, _) | (_, Self::Forever) => true,
			(Self::Eras(eras), Self::Eras(known)) => eras <= known,
			_ => false,
		}
	}
}

/// Who gets what a slash takes, after the reporter's share.
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
pub enum Destination<AccountId> {
	/// The chain's treasury.
	#[codec(index = 0)]
	Treasury,
	/// Nobody.
	#[codec(index = 1)]
	Burn,
	/// Those who were harmed, by an account named before the fault.
	#[codec(index = 2)]
	Victims(AccountId),
}

impl<AccountId: PartialEq> Condition<AccountId> {
	pub(super) fn validate(&self, unbonding: EraIndex) -> Result<(), TermsError> {
		if self.slash.maximum() == Perbill::zero() {
			return Err(TermsError::ConditionWithoutSlash);
		}
		let countable = match &self.fault {
			Fault::MissedDuty { window, least } => *window > 0 && *least > Perbill::zero(),
			// Less than half could say it of each other.
			Fault::Attested { quorum } => *quorum > Perbill::from_percent(50),
			_ => true,
		};
		let grows = match self.slash {
			SlashFraction::Repeats { first, maximum, .. } => first <= maximum,
			_ => true,
		};
		if !countable || !grows {
			return Err(TermsError::ConditionOutOfRange);
		}
		let held = self
			.evidence_window
			.checked_add(self.dispute_window)
			.and_then(|eras| eras.checked_add(APPLY_DELAY))
			.is_some_and(|eras| eras < unbonding);
		if held {
			Ok(())
		} else {
			Err(TermsError::ConditionOutlastsUnbonding)
		}
	}

	/// Whether it threatens with no more than `known` does, for the same.
	pub(super) fn is_no_harder_than(&self, known: &Self) -> bool {
		self.fault == known.fault
			&& self.slash.is_no_more_than(&known.slash)
			&& self.evidence_window <= known.evidence_window
			&& self.dispute_window >= known.dispute_window
			&& self.jail.is_no_longer_than(&known.jail)
			&& self.destination == known.destination
			&& self.reporter_share <= known.reporter_share
	}
}
