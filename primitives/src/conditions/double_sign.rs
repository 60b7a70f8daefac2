// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Two different messages for one round, by one operator.

use super::{round_message, Case, EntryClaim, EvidenceError, Round};
use crate::{
	avs::{AvsSignature, StakeTables, TableEntry},
	EraIndex,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::H256;

/// Two messages of one round with different contents. The operator need not have used the same key for
/// both, nor signed them in one era: the fault is in the later one.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct DoubleSign<AccountId> {
	/// The round.
	pub round: Round,
	/// One message.
	pub one: SignedMessage,
	/// The other.
	pub other: SignedMessage,
	/// The operator's entry in the table of the later era.
	pub entry: EntryClaim<AccountId>,
	/// Its entry in the table of the earlier era, where that is another.
	pub earlier_entry: Option<EntryClaim<AccountId>>,
}

/// What an operator signed in a round: see [`round_message`].
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
pub struct SignedMessage {
	/// The era of the table that it was signed for.
	pub era: EraIndex,
	/// The hash of what was said.
	pub content: H256,
	/// By the operator's key in that table.
	pub signature: AvsSignature,
}

impl SignedMessage {
	fn verify<AccountId>(
		&self,
		round: Round,
		entry: &TableEntry<AccountId>,
		case: &Case<AccountId>,
	) -> Result<(), EvidenceError> {
		let message = round_message(case.genesis, case.avs, self.era, round, self.content);
		let signed = entry.key.is_some_and(|key| key.verify(&message, &self.signature));
		signed.then_some(()).ok_or(EvidenceError::SignatureInvalid)
	}
}

impl<AccountId: Encode + Clone + PartialEq> DoubleSign<AccountId> {
	pub(super) fn era(&self) -> EraIndex {
		self.one.era.max(self.other.era)
	}

	pub(super) fn verify<Tables: StakeTables<AccountId>>(
		self,
		case: &Case<AccountId>,
	) -> Result<(), EvidenceError> {
		let Self { round, one, other, entry: _, earlier_entry } = self;
		let entry = &case.accused.entry;
		if one.content == other.content {
			return Err(EvidenceError::MessagesAlike);
		}
		let (earlier, later) = if one.era <= other.era { (one, other) } else { (other, one) };
		if earlier.era == later.era {
			earlier.verify(round, entry, case)?;
		} else {
			let claim = earlier_entry.ok_or(EvidenceError::OperatorsDiffer)?;
			let before = claim.entry::<Tables>(case.avs, earlier.era)?;
			if before.operator != entry.operator {
				return Err(EvidenceError::OperatorsDiffer);
			}
			earlier.verify(round, &before, case)?;
		}
		later.verify(round, entry, case)
	}
}
