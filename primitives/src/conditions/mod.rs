// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What counts as misbehaviour, what proves it, and what it costs. A further kind is added here: its
//! evidence and how that is verified.

mod attested;
mod double_sign;
mod evidence;
mod fraction;
mod messages;
mod missed_duty;

pub use attested::{Accusation, Attestation, Ballots};
pub use double_sign::{DoubleSign, SignedMessage};
pub use evidence::{Accused, Case, EntryClaim, Evidence, EvidenceError, EvidenceSize};
pub use fraction::SlashFraction;
pub use messages::{accusation_message, duty_message, round_message, Round};
pub use missed_duty::{Attended, Duty, DutyWindow};

use crate::{avs::TermsError, BlockNumber, EraIndex};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::Perbill;

/// Eras from the end of a dispute window to the slash: the window ends within an era, the slash comes with
/// the next.
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
	/// Who may cancel or reduce a verdict, beside governance.
	pub veto: Option<AccountId>,
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
	MissedDuty(Duty),
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

impl<AccountId> Fault<AccountId> {
	/// Whether it rests on somebody's word, and can be wrong: not on keys or on what the chain saw.
	pub fn rests_on_word(&self) -> bool {
		matches!(self, Self::Attested { .. } | Self::Arbiter { .. })
	}

	/// Its kind, by which repetitions are counted.
	pub fn kind(&self) -> u8 {
		match self {
			Self::DoubleSign => 0,
			Self::MissedDuty(_) => 1,
			Self::Attested { .. } => 2,
			Self::Arbiter { .. } => 3,
			Self::Consensus => 4,
		}
	}

	/// Whether the SDK finds it where the AVS is the chain itself, and says what it costs.
	pub fn is_of_consensus(&self) -> bool {
		matches!(self, Self::Consensus | Self::MissedDuty(_))
	}

	/// Whether both can't be conditions of the same terms: an AVS has one kind of duty, or none.
	pub(crate) fn excludes(&self, other: &Self) -> bool
	where
		AccountId: PartialEq,
	{
		self == other || matches!((self, other), (Self::MissedDuty(_), Self::MissedDuty(_)))
	}
}

/// What conditions of the chain's terms must keep to.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
	/// Eras for which stake is held at the least.
	pub unbonding: EraIndex,
	/// Blocks of an era.
	pub era_length: BlockNumber,
	/// Eras that governance needs to decide a dispute.
	pub shortest_dispute: EraIndex,
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
	/// The first era in which an operator may serve again after a verdict in `era`; the last there can be
	/// stands for never. The table of that era may be built already: it is out of the next ones.
	pub fn until(&self, era: EraIndex) -> Option<EraIndex> {
		match self {
			Self::None => None,
			Self::Eras(eras) => Some(era.saturating_add(*eras).saturating_add(1)),
			Self::Forever => Some(EraIndex::MAX),
		}
	}

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
	pub(crate) fn validate(&self, limits: &Limits) -> Result<(), TermsError> {
		if self.slash.maximum() == Perbill::zero() {
			return Err(TermsError::ConditionWithoutSlash);
		}
		let countable = match &self.fault {
			// A window may end in the era after that of its table.
			Fault::MissedDuty(duty) => duty.is_sound(limits.era_length) && self.evidence_window > 0,
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
		if self.fault.rests_on_word() && self.dispute_window < limits.shortest_dispute {
			return Err(TermsError::ConditionIndisputable);
		}
		let held = self
			.evidence_window
			.checked_add(self.dispute_window)
			.and_then(|eras| eras.checked_add(APPLY_DELAY))
			.is_some_and(|eras| eras < limits.unbonding);
		if held {
			Ok(())
		} else {
			Err(TermsError::ConditionOutlastsUnbonding)
		}
	}

	/// The era in which a verdict is carried out: of a fault in `fault` that is reported in `now`. A whole
	/// dispute window lies between; where the fraction depends on who else is at fault, it starts when
	/// nobody else can be reported.
	///
	/// It is before an exit made in the era of the fault matures, by what [`Self::validate`] asks.
	pub fn due(&self, fault: EraIndex, now: EraIndex) -> Option<EraIndex> {
		if self.awaits_others() {
			let last = fault.checked_add(self.evidence_window)?;
			return last.checked_add(self.dispute_window)?.checked_add(APPLY_DELAY);
		}
		match self.dispute_window {
			0 => Some(now),
			window => now.checked_add(window)?.checked_add(APPLY_DELAY),
		}
	}

	/// Whether what it costs is known only when nobody else can be reported for the era. For the chain's own
	/// consensus the SDK says what it costs, and says it again when others come.
	pub fn awaits_others(&self) -> bool {
		self.slash.is_correlated() && self.fault != Fault::Consensus
	}

	/// Whether it threatens with no more than `known` does, for the same.
	pub(crate) fn is_no_harder_than(&self, known: &Self) -> bool {
		self.fault == known.fault
			&& self.slash.is_no_more_than(&known.slash)
			&& self.evidence_window <= known.evidence_window
			&& self.dispute_window >= known.dispute_window
			&& self.jail.is_no_longer_than(&known.jail)
			&& self.destination == known.destination
			&& self.reporter_share <= known.reporter_share
			&& (self.veto == known.veto || known.veto.is_none())
	}
}
