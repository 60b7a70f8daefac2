// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What can be wrong.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod errors {
	#[pallet::error]
	pub enum Error<T> {
		/// The terms of that era have no such condition.
		ConditionNotFound,
		/// The fault would be in an era that has not begun.
		EraInFuture,
		/// The fault is too long ago to be reported.
		EvidenceTooOld,
		/// The evidence proves nothing.
		Evidence(EvidenceError),
		/// The fault is known already.
		AlreadyReported,
		/// There is no such fault.
		FaultNotFound,
		/// The caller is not the accused.
		NotAccused,
		/// It is too late: the verdict is being carried out, or is final.
		NotPending,
		/// The fault was disputed already.
		AlreadyDisputed,
		/// There is no dispute to decide.
		NotDisputed,
		/// What it would cost is not less than what it costs.
		NotReduced,
		/// Nothing is to be carried out now.
		NothingDue,
		/// The caller may not decide.
		NotJudge,
		/// No window of duty is open.
		NoDuty,
		/// The caller is not in that place of the table whose operators are on duty.
		NotOnDuty,
		/// The round is not the current one, nor the one before.
		RoundOver,
		/// The round is attested already.
		AlreadyAttested,
	}

	impl<T> From<EvidenceError> for Error<T> {
		fn from(error: EvidenceError) -> Self {
			Self::Evidence(error)
		}
	}
}
