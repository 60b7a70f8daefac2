// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What can go wrong, one error for each cause.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod errors {
	#[pallet::error]
	pub enum Error<T> {
		/// There is no such asset.
		AssetNotFound,
		/// There is a vault for this asset already.
		VaultExists,
		/// There is no vault for this asset.
		VaultNotFound,
		/// The vault takes no new stake.
		VaultNotOpen,
		/// The stake would lift the vault above its deposit cap.
		VaultFull,
		/// The deposit cap is beyond what the ledger can count, or below the minimum stake.
		InvalidVaultSettings,
		/// A full vault would earn more in a year, at this rate, than there can be of PICA.
		YieldRateTooHigh,
		/// An era or an unbonding period of nothing or beyond its bound, a granularity of none or above
		/// the period, or more buckets than a pool can keep.
		InvalidEraSettings,
		/// Exits mature on a grid of eras that cannot change any more.
		GranularityIsFixed,
		/// The account is an operator already.
		OperatorExists,
		/// The account is not an operator.
		OperatorNotFound,
		/// The text is longer than allowed.
		TextTooLong,
		/// The text is not UTF-8.
		TextNotUtf8,
		/// The operator has as many pools as it may have.
		TooManyPools,
		/// The operator has as many pools for this asset as it may have.
		TooManyPoolsForAsset,
		/// The commission is above what the chain allows.
		CommissionTooHigh,
		/// The operator's commission changed in this era: another one can be announced in the next.
		CommissionJustChanged,
		/// The operator is leaving, for good.
		OperatorLeaving,
		/// The operator must be leaving first.
		OperatorNotLeaving,
		/// The operator is paused, leaving or chilled.
		OperatorNotServing,
		/// The operator still has pools.
		PoolsRemain,
		/// The operator still has approvals.
		ApprovalsRemain,
		/// Something is still secured, or can still be slashed for.
		StillBound,
		/// There is no such pool.
		PoolNotFound,
		/// The pool is another operator's.
		NotPoolOperator,
		/// The pool takes no new stake.
		PoolNotOpen,
		/// The pool is being wound up, for good.
		PoolWindingUp,
		/// The pool must be winding up.
		PoolNotWindingUp,
		/// Somebody still has something in the pool, or what it still owes cannot be moved.
		PoolNotEmpty,
		/// The pool is for restakers whom its operator approved.
		NotApproved,
		/// A report that could slash the pool is open: it takes no new stake until that is settled.
		PoolReported,
		/// No report on the pool is open.
		NoOpenReport,
		/// The ratio is more than the whole, or its denominator is zero.
		InvalidRatio,
		/// Nothing is parked for this account in this asset.
		NothingParked,
		/// The pool has lost all its stake.
		PoolWorthless,
		/// An amount of zero.
		ZeroAmount,
		/// The amount is below the vault's minimum stake.
		BelowMinimumStake,
		/// The amount is too small to buy a share.
		BuysNoShare,
		/// The amount buys fewer shares than the caller asked for.
		SharesBelowMinimum,
		/// The caller has fewer shares in the pool.
		NotEnoughShares,
		/// The shares are worth less than one planck.
		ExitWorthNothing,
		/// The caller has no such ticket: it never existed, was withdrawn, or is someone else's.
		TicketNotFound,
		/// The ticket matures in a later era.
		TicketNotMature,
		/// The ticket has matured and can be withdrawn.
		TicketMature,
		/// The ticket is to be paid, not to move into a pool.
		TicketNotMoving,
		/// The ticket is to move into a pool: its owner alone can have it paid.
		TicketMoving,
		/// The ticket has fewer points.
		NotEnoughPoints,
		/// The points were lost to a slash and are worth nothing.
		TicketWorthless,
		/// Stake moves into another pool of the same asset only.
		CannotMoveThere,
		/// What would be left to the owner is less than it has locked, by votes: the exit is its own to
		/// be paid, and no other's.
		StakeLocked,
		/// A transfer to the owner.
		TransferToSelf,
		/// The asset is a reward currency already.
		CurrencyExists,
		/// The asset is not a reward currency.
		CurrencyNotFound,
		/// The reward currency takes no new rewards.
		CurrencyRetired,
		/// There are as many reward currencies as there may ever be.
		TooManyCurrencies,
		/// Rewards must stream over a block at the least.
		NoTimeToStream,
		/// Nothing is owed.
		NothingToClaim,
		/// The caller has nothing in the pool.
		PositionNotFound,
		/// Rewards in PICA can become stake in a pool of PICA alone.
		CannotCompound,
		/// The ticket goes on by itself as it is paid: nobody but its owner may have it paid otherwise.
		TicketRouted,
	}

	impl<T: Config> Error<T> {
		/// What a user is told when shares cannot be issued.
		pub(crate) fn of_deposit(error: ShareError) -> DispatchError {
			match error {
				ShareError::Nothing => Error::<T>::BuysNoShare.into(),
				ShareError::Worthless => Error::<T>::PoolWorthless.into(),
				ShareError::NotEnoughShares | ShareError::Overflow => {
					ArithmeticError::Overflow.into()
				},
			}
		}

		/// What a user is told when shares cannot be redeemed.
		pub(crate) fn of_redemption(error: ShareError) -> DispatchError {
			match error {
				ShareError::NotEnoughShares => Error::<T>::NotEnoughShares.into(),
				ShareError::Nothing | ShareError::Worthless | ShareError::Overflow => {
					ArithmeticError::Overflow.into()
				},
			}
		}
	}
}
