// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What somebody says of an operator: a quorum of the AVS's own table, or its arbiter.

use super::{accusation_message, Case, EntryClaim, EvidenceError};
use crate::{
	avs::{AvsKey, AvsSignature, EntryProof, StakeTables, MAX_OPERATORS},
	EraIndex,
};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::{ConstU32, H256};
use sp_runtime::{BoundedVec, Perbill};

/// That an operator did in an era what the condition names.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Accusation<AccountId> {
	/// The era of the fault.
	pub era: EraIndex,
	/// The accused's entry in the table of that era.
	pub entry: EntryClaim<AccountId>,
	/// The hash of whatever shows the fault, for people to look at.
	pub fact: H256,
}

/// An accusation that operators of the AVS signed: see [`accusation_message`].
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Attestation<AccountId> {
	/// What they say.
	pub accusation: Accusation<AccountId>,
	/// Who says it.
	pub ballots: Ballots<AccountId>,
}

/// Signatures by operators of a stake table, in its order.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Ballots<AccountId> {
	/// By their places in a table that is kept whole.
	#[codec(index = 0)]
	Listed(BoundedVec<(u32, AvsSignature), ConstU32<MAX_OPERATORS>>),
	/// With what proves their entries.
	#[codec(index = 1)]
	Proved(BoundedVec<(EntryProof<AccountId>, AvsSignature), ConstU32<MAX_OPERATORS>>),
}

/// Somebody in a table who signed.
struct Signer {
	place: u32,
	key: Option<AvsKey>,
	weight: u128,
	signature: AvsSignature,
}

impl<AccountId: Encode + Clone> Ballots<AccountId> {
	pub(super) fn count(&self) -> u32 {
		let count = match self {
			Self::Listed(ballots) => ballots.len(),
			Self::Proved(ballots) => ballots.len(),
		};
		// At most `MAX_OPERATORS`.
		count as u32
	}

	fn signers<Tables: StakeTables<AccountId>>(
		self,
		case: &Case<AccountId>,
		era: EraIndex,
	) -> Result<Vec<Signer>, EvidenceError> {
		let missing = EvidenceError::EntryNotInTable;
		match self {
			Self::Listed(ballots) => {
				let entries = Tables::entries(case.avs, era);
				let signer = |(place, signature): (u32, AvsSignature)| {
					let entry = entries.get(place as usize).ok_or(missing)?;
					Ok(Signer { place, key: entry.key, weight: entry.weight, signature })
				};
				ballots.into_iter().map(signer).collect()
			},
			Self::Proved(ballots) => {
				let table = Tables::summary(case.avs, era).ok_or(missing)?;
				let signer = |(entry, signature): (EntryProof<AccountId>, AvsSignature)| {
					if !crate::avs::verify_entry(&table, &entry) {
						return Err(missing);
					}
					let EntryProof { index: place, key, weight, .. } = entry;
					Ok(Signer { place, key, weight, signature })
				};
				ballots.into_iter().map(signer).collect()
			},
		}
	}
}

impl<AccountId: Encode + Clone + PartialEq> Attestation<AccountId> {
	/// Weights are counted before signatures, which cost the most.
	pub(super) fn verify<Tables: StakeTables<AccountId>>(
		self,
		case: &Case<AccountId>,
		quorum: Perbill,
	) -> Result<(), EvidenceError> {
		let Self { accusation: Accusation { era, entry: _, fact }, ballots } = self;
		let table = Tables::summary(case.avs, era).ok_or(EvidenceError::EntryNotInTable)?;
		let signers = ballots.signers::<Tables>(case, era)?;
		if !signers.is_sorted_by(|one, next| one.place < next.place) {
			return Err(EvidenceError::SignersUnordered);
		}
		// Of one table, whose sum is below 2¹²⁷.
		let together = signers.iter().fold(0u128, |sum, signer| sum.saturating_add(signer.weight));
		// Rounds up: a quorum is never less than what it says.
		if together == 0 || together < quorum.mul_ceil(table.total) {
			return Err(EvidenceError::QuorumNotReached);
		}
		let Case { genesis, avs, number, .. } = *case;
		let accused = &case.accused.entry.operator;
		let message = accusation_message(genesis, avs, era, number, accused, fact);
		let signed =
			|signer: &Signer| signer.key.is_some_and(|key| key.verify(&message, &signer.signature));
		signers.iter().all(signed).then_some(()).ok_or(EvidenceError::SignatureInvalid)
	}
}
