// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Why the registry refuses.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod errors {
	#[pallet::error]
	#[derive(PartialEq)]
	pub enum Error<T> {
		/// Terms name no asset.
		TermsNoAssets,
		/// Assets of terms do not ascend, or one is there twice.
		TermsAssetsUnordered,
		/// An asset of terms has no vault.
		TermsAssetUnknown,
		/// The weight of an asset of terms is zero or too large.
		TermsAssetWeightOutOfRange,
		/// The floor of an asset of terms is above its cap.
		TermsAssetFloorAboveCap,
		/// The minimum security of terms is above the target.
		TermsSecurityBoundsCrossed,
		/// The minimum of operators of terms is zero or above the maximum, or that is too large.
		TermsOperatorBoundsCrossed,
		/// The minimum self-stake of terms is above the minimum stake.
		TermsSelfStakeAboveStake,
		/// The minimum of operators of terms cannot share the whole within the maximum share.
		TermsMaximumShareTooSmall,
		/// The minimum Nakamoto coefficient of terms is more than the maximum of operators can have.
		TermsNakamotoTooLarge,
		/// The minimum commission of terms is above the maximum.
		TermsCommissionBoundsCrossed,
		/// A condition of terms costs nothing.
		TermsConditionWithoutSlash,
		/// A condition of terms takes longer from fault to slash than stake is held.
		TermsConditionOutlastsUnbonding,
		/// A condition of terms has nothing to count, or parts beyond the whole.
		TermsConditionOutOfRange,
		/// A condition of terms rests on somebody's word, and its disputes are over before governance could
		/// decide one.
		TermsConditionIndisputable,
		/// Two conditions of terms are for the same fault.
		TermsConditionsAlike,
		/// A condition of terms is for faults of the chain's own consensus.
		TermsConditionIsTheChains,
		/// The pay currency of terms is not listed.
		TermsPayCurrencyUnlisted,
		/// The notice of terms is too long.
		TermsNoticeTooLong,
		/// Terms changed too often: those of earlier eras must still be known.
		TooManyTerms,
		/// The new terms are those there are.
		TermsUnchanged,
		/// The metadata is too long.
		MetadataTooLong,
		/// As many applications as can be are waiting.
		TooManyApplications,
		/// There is no such application.
		ApplicationNotFound,
		/// The application's referendum is not over.
		ApplicationUndecided,
		/// There is no such AVS.
		AvsNotFound,
		/// The AVS is leaving.
		AvsLeaving,
		/// The AVS is not past its last era.
		AvsNotGone,
		/// The caller does not speak for the AVS.
		NotAvsOwner,
		/// The AVS was not offered to the caller.
		NotNextOwner,
		/// The chain itself cannot leave.
		ChainCannotLeave,
		/// The caller is not an operator that may serve.
		OperatorNotServing,
		/// The operator stands for the AVS already.
		AlreadyMember,
		/// The operator does not stand for the AVS.
		NotMember,
		/// As many operators as can be stand for the AVS.
		TooManyMembers,
		/// As many operators as can be are invited to the AVS.
		TooManyInvitations,
		/// The AVS takes every operator that keeps to its terms.
		MembershipOpen,
		/// The AVS did not invite the operator.
		NotInvited,
		/// The operator serves already.
		AlreadyApproved,
		/// The operator left and came back too often within the unbonding window.
		TooManyTenures,
		/// The operator can still be held to what it did for the AVS.
		StillLiable,
		/// The operator keeps to the terms.
		OperatorFits,
		/// An AVS needs a key of its operators.
		KeyMissing,
		/// The chain needs session keys of its operators, and no other.
		KeyNotNeeded,
		/// The key was not proved to be the operator's.
		KeyNotProved,
		/// The key is another operator's.
		KeyTaken,
		/// There is no such key.
		KeyNotFound,
		/// The key is in use, or somebody can still be held to what it signed.
		KeyInUse,
		/// There is no such pool.
		PoolNotFound,
		/// The caller does not run the pool.
		NotPoolOperator,
		/// The AVS does not take the pool's asset.
		AssetNotTaken,
		/// More than the whole pool would be put behind AVSs, what was taken back lately included.
		PoolExhausted,
		/// The operator has put as many pools behind the AVS as it can, those of which something is
		/// still held included.
		TooManyPools,
		/// What was taken back waits in too many portions.
		TooManyReleases,
		/// There is no such allocation.
		AllocationNotFound,
		/// Something is still put behind the AVS, or held to it.
		AllocationInUse,
		/// The table is not kept whole, or the operator isn't in it.
		EntryNotFound,
	}

	impl<T> From<TermsError> for Error<T> {
		fn from(error: TermsError) -> Self {
			match error {
				TermsError::NoAssets => Self::TermsNoAssets,
				TermsError::AssetsUnordered => Self::TermsAssetsUnordered,
				TermsError::AssetWeightOutOfRange => Self::TermsAssetWeightOutOfRange,
				TermsError::AssetFloorAboveCap => Self::TermsAssetFloorAboveCap,
				TermsError::SecurityBoundsCrossed => Self::TermsSecurityBoundsCrossed,
				TermsError::OperatorBoundsCrossed => Self::TermsOperatorBoundsCrossed,
				TermsError::SelfStakeAboveStake => Self::TermsSelfStakeAboveStake,
				TermsError::MaximumShareTooSmall => Self::TermsMaximumShareTooSmall,
				TermsError::NakamotoTooLarge => Self::TermsNakamotoTooLarge,
				TermsError::CommissionBoundsCrossed => Self::TermsCommissionBoundsCrossed,
				TermsError::ConditionWithoutSlash => Self::TermsConditionWithoutSlash,
				TermsError::ConditionOutlastsUnbonding => Self::TermsConditionOutlastsUnbonding,
				TermsError::ConditionOutOfRange => Self::TermsConditionOutOfRange,
				TermsError::ConditionIndisputable => Self::TermsConditionIndisputable,
				TermsError::ConditionsAlike => Self::TermsConditionsAlike,
			}
		}
	}
}
