// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The end of a sequence: whatever happened, everyone gets away with all that is theirs.

use super::{
	action::Action,
	reference::{planck, Model, Number},
	scene::{ASSETS, BENEFICIARIES, PEOPLE, STRANGER},
};
use crate::{mock::*, pallet::*};
use picasso_primitives::{restaking::TicketId, Balance, PoolId};

impl Model {
	/// Everyone leaves, and `follow` is told of each step. Nobody may be refused.
	pub fn everyone_leaves(&mut self, mut follow: impl FnMut(&Self)) {
		let mut must = |model: &mut Self, action: Action| {
			model.perform(action);
			let step = model.last.as_ref().expect("just done");
			assert!(step.outcome.is_ok(), "nobody is held back: {step:?}");
			follow(model);
		};
		for asset in self.tokens.frozen().collect::<Vec<_>>() {
			must(self, Action::Thaw(asset));
		}
		// So that no payment is too small for its account.
		for asset in &ASSETS {
			for to in PEOPLE.into_iter().chain(BENEFICIARIES) {
				must(self, Action::Donate { asset: asset.id, to, amount: asset.minimum });
			}
		}
		// So that nobody is staked anew.
		for (id, who) in self.compounding() {
			let stop = Call::set_compounding { pool: id, compound: false };
			must(self, Action::Signed(who, stop));
		}
		// What those who leave round away may be a planck for those who stay.
		while let Some((pool, who, shares)) = self.some_stake_of_worth() {
			must(self, Action::Signed(who, Call::unstake { pool, shares }));
		}
		must(self, Action::Eras(15));
		let streams = self.pools.values().flat_map(|pool| &pool.slots);
		let end = streams.map(|slot| slot.until).max().unwrap_or_default();
		must(self, Action::Blocks(end.saturating_sub(self.block) + 1));
		for (owner, pool, maturity, into) in self.tickets.keys().copied().collect::<Vec<_>>() {
			let ticket = TicketId { pool, maturity, into };
			must(self, Action::Signed(owner, Call::withdraw { ticket }));
		}
		let ids: Vec<_> = self.pools.keys().copied().collect();
		for pool in ids {
			for owner in PEOPLE {
				if self.claimable(pool, owner) {
					must(self, Action::Signed(STRANGER, Call::claim_for { owner, pool }));
				}
			}
			if self.has_unearned(pool) {
				must(self, Action::Signed(STRANGER, Call::move_unearned { pool }));
			}
		}
		for (asset, beneficiary) in self.parked.keys().copied().collect::<Vec<_>>() {
			must(self, Action::Signed(STRANGER, Call::move_proceeds { asset, beneficiary }));
		}
		assert!(self.tickets.is_empty(), "no ticket is left");
	}

	/// All shares of a position, if they are worth a planck at the least.
	fn some_stake_of_worth(&self) -> Option<(PoolId, AccountId, Balance)> {
		let all = self.pools.iter().flat_map(|(id, pool)| PEOPLE.map(|who| (*id, pool, who)));
		all.map(|(id, pool, who)| (id, pool, who, pool.shares_of(who)))
			.find(|(_, pool, _, shares)| pool.active.worth_of(shares) > Number::ZERO)
			.map(|(id, _, who, shares)| (id, who, planck(&shares)))
	}

	/// Every position that compounds.
	pub fn compounding(&self) -> Vec<(PoolId, AccountId)> {
		let all = self.pools.iter().flat_map(|(id, pool)| {
			pool.positions.iter().map(|(who, position)| (*id, *who, position.compounds))
		});
		all.filter(|(.., compounds)| *compounds).map(|(id, who, _)| (id, who)).collect()
	}

	fn claimable(&self, id: PoolId, who: AccountId) -> bool {
		let mut pool = self.pools[&id].clone();
		pool.accrue(self.block);
		let settled = pool.settle(who);
		settled.lost || settled.owed.iter().any(|owed| *owed > Number::ZERO)
	}

	fn has_unearned(&self, id: PoolId) -> bool {
		let mut pool = self.pools[&id].clone();
		pool.accrue(self.block);
		pool.slots.iter().any(|slot| slot.unearned > Number::ZERO)
	}
}
