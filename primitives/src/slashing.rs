// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! How stake is taken away: what the slashing pallet asks of the ledger.

use crate::{math::Ratio, AssetId, AvsId, Balance, EraIndex, PoolId};
use alloc::vec::Vec;
use sp_runtime::{DispatchError, DispatchResult, Perbill};

/// What was taken from one pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlashedPool {
	/// The pool.
	pub pool: PoolId,
	/// The asset staked in it.
	pub asset: AssetId,
	/// Planck taken from its stake.
	pub active: Balance,
	/// Planck taken from exits that had not matured.
	pub exits: Balance,
}

/// A ledger that stake can be taken from.
pub trait Slashable<AccountId> {
	/// Takes of each pool its ratio: of its stake, and of each bucket of exits that has not matured,
	/// rounded up. What is left of a pool or bucket whose shares are worth next to nothing is taken
	/// too, and its generation ends.
	///
	/// The proceeds go to `beneficiary`, or are parked for it in the ledger where they can't be moved.
	/// Returns exactly what was taken. The cost does not depend on the number of restakers; pools of
	/// one asset that stand side by side move together.
	fn slash(
		pools: &[(PoolId, Ratio)],
		beneficiary: &AccountId,
	) -> Result<Vec<SlashedPool>, DispatchError>;

	/// Notes a report that could slash a pool: until it is settled the pool takes no new stake, so that
	/// nobody pays for what happened before they came.
	fn open_report(pool: PoolId) -> DispatchResult;

	/// Settles a report that was noted.
	fn settle_report(pool: PoolId) -> DispatchResult;
}

/// What operators put behind AVSs, of which a slash takes a part.
pub trait SlashableParts<AccountId> {
	/// Takes `ratio` of what an operator put behind an AVS, in each of its pools: of what counts, and of
	/// what was withdrawn and is still held to it. Rounds up. Returns the ratio of each whole pool that
	/// the ledger must slash in turn; what other AVSs can take of the pools stays the same.
	fn take(
		avs: AvsId,
		operator: &AccountId,
		ratio: &Ratio,
	) -> Result<Vec<(PoolId, Ratio)>, DispatchError>;
}

/// Faults of the chain's own consensus, for whoever punishes them.
pub trait ConsensusFaults<AccountId> {
	/// A validator that the chain's table of `era` chose equivocated; `fraction` is what the SDK's
	/// offence says it costs. More offenders at the same time make it rise: it is then told again, with
	/// the higher fraction.
	fn equivocated(validator: &AccountId, era: EraIndex, fraction: Perbill) -> DispatchResult;

	/// A validator that the chain's table of `era` chose was not heard of for a session.
	fn was_absent(validator: &AccountId, era: EraIndex, fraction: Perbill) -> DispatchResult;
}

/// Nobody punishes them.
impl<AccountId> ConsensusFaults<AccountId> for () {
	fn equivocated(_: &AccountId, _: EraIndex, _: Perbill) -> DispatchResult {
		Ok(())
	}

	fn was_absent(_: &AccountId, _: EraIndex, _: Perbill) -> DispatchResult {
		Ok(())
	}
}
