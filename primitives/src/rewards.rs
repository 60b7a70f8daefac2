// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! How stake is rewarded: what the pallet that knows who earned what asks of the ledger.

use crate::{AssetId, Balance, PoolId};
use alloc::vec::Vec;
use sp_runtime::DispatchError;

/// A ledger whose pools earn rewards, in a few currencies that governance lists.
pub trait PoolRewards<AccountId, BlockNumber> {
	/// Moves the sum of `amounts`, in planck of `currency`, from an account into the ledger, which owes
	/// each pool its amount from then on: it streams evenly over the next `blocks` blocks to whoever
	/// holds shares in each of them, and to the treasury where nobody does. What still streams to the
	/// pool in the same currency is spread with it, up to the later of both ends.
	///
	/// A pool that is gone is passed over, and its amount not moved: returns what was, in planck. Else all
	/// of it or none. The cost does not depend on the number of restakers.
	fn credit(
		from: &AccountId,
		currency: AssetId,
		blocks: BlockNumber,
		amounts: &[(PoolId, Balance)],
	) -> Result<Balance, DispatchError>;

	/// The currencies that take new rewards.
	fn currencies() -> Vec<AssetId>;
}
