// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Balances of all assets, as accounts of pallet-balances and pallet-assets have them: one that would
//! keep less than the minimum is closed, and what it kept is gone.

use super::{
	reference::Number,
	scene::{asset, ASSETS, PEOPLE, RICH, RICHES, STRANGER},
};
use crate::mock::{AccountId, Test};
use picasso_primitives::{AssetId, PICA};
use sp_runtime::{DispatchError, TokenError};
use std::collections::{BTreeMap, BTreeSet};

type Refusal = pallet_assets::Error<Test>;

/// The native ledger's error, or that of the ledger of all other assets.
fn either(id: AssetId, native: TokenError, foreign: Refusal) -> DispatchError {
	if id == PICA {
		native.into()
	} else {
		foreign.into()
	}
}

#[derive(Clone)]
pub struct Tokens {
	balances: BTreeMap<(AssetId, AccountId), Number>,
	frozen: BTreeSet<AssetId>,
}

impl Tokens {
	/// Restakers have their endowment.
	pub fn new() -> Self {
		let mut balances = BTreeMap::new();
		for asset in &ASSETS {
			for who in PEOPLE.into_iter().filter(|who| *who != STRANGER) {
				balances.insert((asset.id, who), asset.endowment().into());
			}
			for who in RICH {
				balances.insert((asset.id, who), RICHES.into());
			}
		}
		Self { balances, frozen: BTreeSet::new() }
	}

	pub fn balance(&self, asset: AssetId, who: AccountId) -> Number {
		self.balances.get(&(asset, who)).cloned().unwrap_or_default()
	}

	pub fn frozen(&self) -> impl Iterator<Item = AssetId> + '_ {
		self.frozen.iter().copied()
	}

	pub fn freeze(&mut self, asset: AssetId) -> Result<(), DispatchError> {
		let fresh = self.frozen.insert(asset);
		fresh.then_some(()).ok_or(pallet_assets::Error::<Test>::AssetNotLive.into())
	}

	pub fn thaw(&mut self, asset: AssetId) -> Result<(), DispatchError> {
		let known = self.frozen.remove(&asset);
		known.then_some(()).ok_or(pallet_assets::Error::<Test>::NotFrozen.into())
	}

	/// Moves `amount`. Where `keep` says so, the sender's account must live on.
	pub fn transfer(
		&mut self,
		id: AssetId,
		from: AccountId,
		to: AccountId,
		amount: &Number,
		keep: bool,
	) -> Result<(), DispatchError> {
		if *amount == Number::ZERO {
			return Ok(());
		}
		let minimum = Number::from(asset(id).minimum);
		if self.frozen.contains(&id) {
			return Err(Refusal::AssetNotLive.into());
		}
		let held = self.balance(id, from);
		if held == Number::ZERO && id != PICA {
			return Err(Refusal::NoAccount.into());
		}
		if held < *amount {
			return Err(either(id, TokenError::FundsUnavailable, Refusal::BalanceLow));
		}
		let mut rest = held - amount;
		if rest < minimum {
			if keep {
				return Err(either(id, TokenError::NotExpendable, Refusal::BalanceLow));
			}
			rest = Number::ZERO;
		}
		let had = self.balance(id, to);
		if had == Number::ZERO && *amount < minimum {
			return Err(TokenError::BelowMinimum.into());
		}
		if from != to {
			self.balances.insert((id, from), rest);
			self.balances.insert((id, to), had + amount);
		}
		Ok(())
	}
}
