// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What proves a fault, and how it is verified: one way for each kind.

use super::{Accusation, Attestation, Ballots, Condition, DoubleSign, Fault};
use crate::{
	avs::{EntryProof, StakeTables, TableEntry},
	AvsId, EraIndex,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::PalletError;
use scale_info::TypeInfo;
use sp_core::H256;

/// What somebody brings to prove a fault. What the chain finds out by itself needs none.
// Calls take it boxed.
#[allow(clippy::large_enum_variant)]
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Evidence<AccountId> {
	/// Two messages of one round.
	#[codec(index = 0)]
	DoubleSign(DoubleSign<AccountId>),
	/// What a quorum says.
	#[codec(index = 2)]
	Attested(Attestation<AccountId>),
	/// What the arbiter says.
	#[codec(index = 3)]
	Arbiter(Accusation<AccountId>),
}

/// Why evidence proves nothing.
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
	PalletError,
)]
pub enum EvidenceError {
	/// It is not of the kind that the condition asks for.
	#[codec(index = 0)]
	OfAnotherKind,
	/// The AVS has no such entry in its table of that era, or no table.
	#[codec(index = 1)]
	EntryNotInTable,
	/// A signature is not by the key of its entry over the message.
	#[codec(index = 2)]
	SignatureInvalid,
	/// Both messages say the same.
	#[codec(index = 3)]
	MessagesAlike,
	/// The messages are not by one operator, or an entry is missing for one of them.
	#[codec(index = 4)]
	OperatorsDiffer,
	/// Those who signed weigh less than the terms ask for.
	#[codec(index = 5)]
	QuorumNotReached,
	/// Those who signed are not in the order of the table, or one is there twice.
	#[codec(index = 6)]
	SignersUnordered,
	/// It is not the arbiter's word.
	#[codec(index = 7)]
	NotArbiter,
}

/// An operator's entry in a stake table.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum EntryClaim<AccountId> {
	/// Its place in a table that is kept whole: the last one, or the one before.
	#[codec(index = 0)]
	Listed(u32),
	/// What proves it, for any table that somebody can be held to.
	#[codec(index = 1)]
	Proved(EntryProof<AccountId>),
}

impl<AccountId: Encode + Clone> EntryClaim<AccountId> {
	/// The entry, where it is in the table. Its pools are named only where the table is kept whole.
	pub fn entry<Tables: StakeTables<AccountId>>(
		&self,
		avs: AvsId,
		era: EraIndex,
	) -> Result<TableEntry<AccountId>, EvidenceError> {
		match self {
			Self::Listed(place) => Tables::entry(avs, era, *place),
			Self::Proved(proof) => Tables::verify_entry(avs, era, proof).then(|| proof.into()),
		}
		.ok_or(EvidenceError::EntryNotInTable)
	}
}

/// What it takes to verify evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EvidenceSize {
	/// How many signatures there are.
	pub signatures: u32,
	/// Whether it names places in tables, which have to be read then.
	pub is_listed: bool,
}

/// Who is accused, before any signature is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accused<AccountId> {
	/// The entry of whose fault it would be, which is in the table.
	pub entry: TableEntry<AccountId>,
	/// The era of the table.
	pub era: EraIndex,
}

/// Where and by whom evidence is brought.
pub struct Case<'a, AccountId> {
	/// The hash of the chain's first block.
	pub genesis: H256,
	/// The AVS.
	pub avs: AvsId,
	/// The number of the condition in the terms of the fault's era.
	pub number: u8,
	/// The condition.
	pub condition: &'a Condition<AccountId>,
	/// Who is accused: what [`Evidence::accused`] found.
	pub accused: &'a Accused<AccountId>,
	/// Who brings the evidence.
	pub reporter: &'a AccountId,
}

impl<AccountId: Encode + Clone + PartialEq> Evidence<AccountId> {
	/// The era in which the fault would have been.
	pub fn era(&self) -> EraIndex {
		match self {
			Self::DoubleSign(evidence) => evidence.era(),
			Self::Attested(evidence) => evidence.accusation.era,
			Self::Arbiter(evidence) => evidence.era,
		}
	}

	/// What it takes to verify it.
	pub fn size(&self) -> EvidenceSize {
		let listed = |entry: &EntryClaim<_>| matches!(entry, EntryClaim::Listed(_));
		match self {
			Self::DoubleSign(evidence) => EvidenceSize {
				signatures: 2,
				is_listed: listed(&evidence.entry)
					|| evidence.earlier_entry.as_ref().is_some_and(listed),
			},
			Self::Attested(Attestation { accusation, ballots }) => EvidenceSize {
				signatures: ballots.count(),
				is_listed: listed(&accusation.entry) || matches!(ballots, Ballots::Listed(_)),
			},
			Self::Arbiter(accusation) => {
				EvidenceSize { signatures: 0, is_listed: listed(&accusation.entry) }
			},
		}
	}

	/// Who is accused: an operator in the table of that era.
	pub fn accused<Tables: StakeTables<AccountId>>(
		&self,
		avs: AvsId,
	) -> Result<Accused<AccountId>, EvidenceError> {
		let (entry, era) = match self {
			Self::DoubleSign(evidence) => (&evidence.entry, evidence.era()),
			Self::Attested(Attestation { accusation, .. }) | Self::Arbiter(accusation) => {
				(&accusation.entry, accusation.era)
			},
		};
		Ok(Accused { entry: entry.entry::<Tables>(avs, era)?, era })
	}

	/// Whether it proves what the condition names, of whom it accuses. That one's entry is not looked up again.
	pub fn verify<Tables: StakeTables<AccountId>>(
		self,
		case: &Case<AccountId>,
	) -> Result<(), EvidenceError> {
		match (self, &case.condition.fault) {
			(Self::DoubleSign(evidence), Fault::DoubleSign) => evidence.verify::<Tables>(case),
			(Self::Attested(evidence), Fault::Attested { quorum }) => {
				evidence.verify::<Tables>(case, *quorum)
			},
			(Self::Arbiter(_), Fault::Arbiter { arbiter }) if arbiter == case.reporter => Ok(()),
			(Self::Arbiter(_), Fault::Arbiter { .. }) => Err(EvidenceError::NotArbiter),
			_ => Err(EvidenceError::OfAnotherKind),
		}
	}
}
