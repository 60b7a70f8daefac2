// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What is done to the ledger, by users, by governance, and by the pallets that the ledger serves.

use super::reference::Number;
use crate::{mock::*, pallet::Call};
use picasso_primitives::{slashing::SlashedPool, AssetId, Balance, PoolId};
use sp_runtime::DispatchError;

#[derive(Clone, Debug)]
pub enum Action {
	/// A call by an account.
	Signed(AccountId, Call<Test>),
	/// A call by governance.
	Root(Call<Test>),
	/// A slash: pools, each with numerator and denominator of its ratio.
	Slash {
		pools: Vec<(PoolId, u128, u128)>,
		beneficiary: AccountId,
	},
	OpenReport(PoolId),
	SettleReport(PoolId),
	/// Rewards paid by governance's account.
	Credit {
		currency: AssetId,
		blocks: u64,
		amounts: Vec<(PoolId, Balance)>,
	},
	/// A transfer that the ledger is not told of.
	Donate {
		asset: AssetId,
		to: AccountId,
		amount: Balance,
	},
	/// The asset's issuer keeps everyone from moving it.
	Freeze(AssetId),
	Thaw(AssetId),
	/// So many turns of the era, by jumps from one to the next.
	Eras(u32),
	/// A jump ahead.
	Blocks(u64),
}

/// What a slash took; nothing for anything else.
pub type Outcome = Result<Vec<SlashedPool>, DispatchError>;

#[derive(Clone, Debug)]
pub struct Step {
	pub action: Action,
	pub outcome: Outcome,
}

/// The sum of what was taken.
pub fn sum_of(slashed: &[SlashedPool]) -> Number {
	slashed.iter().flat_map(|pool| [pool.active, pool.exits]).sum()
}
