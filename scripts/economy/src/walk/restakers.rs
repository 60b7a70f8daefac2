// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! What restakers do.

use super::{step::R, Step, Walker};
use crate::{calls::RestakingCall as Call, world::Chain};
use pallet_restaking::{Pools, Positions, Tickets, Vaults};
use picasso_primitives::{assets::PICA, restaking::TicketId, AssetId, Balance, PoolId};
use picasso_runtime::AccountId;

impl Walker<'_> {
	pub(super) fn some_restakers_step(&mut self) -> Option<Step> {
		match self.dice.below(100) {
			0..=23 => self.stake(),
			24..=38 => self.unstake(),
			39..=46 => self.redelegate(),
			47..=53 => self.complete_move(),
			54..=60 => self.cancel(),
			61..=71 => self.withdraw(),
			72..=76 => self.transfer_ticket(),
			77..=92 => self.claim(),
			93..=96 => self.set_compounding(),
			_ => self.sweep(),
		}
	}

	/// The number of a pool that there is.
	pub(super) fn pool(&mut self) -> Option<PoolId> {
		let next = pallet_restaking::NextPoolId::<R>::get();
		let pool = self.dice.below(next.into()) as PoolId;
		Pools::<R>::contains_key(pool).then_some(pool)
	}

	/// A position that somebody has.
	fn position(&mut self) -> Option<(AccountId, PoolId, Balance)> {
		let who = self.anyone();
		let positions: Vec<_> = Positions::<R>::iter_prefix(&who).collect();
		let (pool, position) = self.dice.one_of(&positions)?;
		Some((who, *pool, position.shares))
	}

	fn ticket(
		&mut self,
		suits: impl Fn(&TicketId) -> bool,
	) -> Option<(AccountId, TicketId, Balance)> {
		let who = self.anyone();
		let tickets: Vec<_> =
			Tickets::<R>::iter_prefix(&who).filter(|(ticket, _)| suits(ticket)).collect();
		let (id, ticket) = self.dice.one_of(&tickets)?;
		Some((who, *id, ticket.points))
	}

	/// An amount that somebody has, or one that they have not: nothing that leaves so little that it would
	/// be lost.
	pub(super) fn affordable(&mut self, asset: AssetId, who: &AccountId) -> Balance {
		let has = Chain::balance(asset, who);
		let minimum = self.chain.scene.asset(asset).minimum;
		let most = has.saturating_sub(minimum);
		match self.dice.below(20) {
			0 => self.dice.amount(u128::MAX >> 20),
			1 => most,
			2 if asset != PICA => has,
			3 => self.dice.evenly(1, 20).min(most),
			4..=9 => self.dice.amount(most),
			_ => self.dice.evenly(0, most / 64),
		}
	}

	/// A part of what there is, all of it, or more.
	pub(super) fn part_of(&mut self, all: Balance) -> Balance {
		match self.dice.below(16) {
			0..=4 => all,
			5 => all.saturating_add(self.dice.amount(1_000)),
			6 => self.dice.evenly(0, 3).min(all),
			7..=10 => self.dice.amount(all),
			_ => self.dice.evenly(0, all),
		}
	}

	fn stake(&mut self) -> Option<Step> {
		let (who, pool) = (self.anyone(), self.pool()?);
		let asset = Chain::asset_of(pool)?;
		let mut amount = self.affordable(asset, &who);
		if self.dice.once_in(2) {
			let least = Vaults::<R>::get(asset)?.settings.minimum_stake;
			amount = amount.max(least);
		}
		let amount = self.within_means(asset, &who, amount);
		let min_shares = if self.dice.once_in(20) { amount } else { 0 };
		Some(Step::signed("stake", &who, Call::stake { pool, amount, min_shares }))
	}

	fn unstake(&mut self) -> Option<Step> {
		let (who, pool, all) = self.position()?;
		let shares = self.part_of(all);
		if self.dice.once_in(12) {
			let by = self.restaker();
			return Some(Step::signed("unstake for", &by, Call::unstake_for { pool, who }));
		}
		Some(Step::signed("unstake", &who, Call::unstake { pool, shares }))
	}

	fn redelegate(&mut self) -> Option<Step> {
		let (who, pool, all) = self.position()?;
		let asset = Chain::asset_of(pool)?;
		let others: Vec<_> = pallet_restaking::PoolsByAsset::<R>::iter_key_prefix(asset).collect();
		let into = *self.dice.one_of(&others)?;
		let shares = self.part_of(all);
		Some(Step::signed("redelegate", &who, Call::redelegate { pool, shares, into }))
	}

	fn complete_move(&mut self) -> Option<Step> {
		let now = Chain::era();
		let early = self.dice.once_in(20);
		let suits = |ticket: &TicketId| ticket.into.is_some() && (early || ticket.maturity <= now);
		let (owner, ticket, _) = self.ticket(suits)?;
		let by = self.restaker();
		Some(Step::signed("complete move", &by, Call::complete_move { owner, ticket }))
	}

	fn cancel(&mut self) -> Option<Step> {
		let now = Chain::era();
		let late = self.dice.once_in(20);
		let (who, ticket, all) = self.ticket(|ticket| late || ticket.maturity > now)?;
		let points = self.part_of(all);
		Some(Step::signed("cancel unstake", &who, Call::cancel_unstake { ticket, points }))
	}

	fn withdraw(&mut self) -> Option<Step> {
		let now = Chain::era();
		let early = self.dice.once_in(20);
		let (who, ticket, _) = self.ticket(|ticket| early || ticket.maturity <= now)?;
		Some(match self.dice.below(8) {
			0 => {
				let beneficiary = self.anyone();
				Step::signed("withdraw to", &who, Call::withdraw_to { ticket, beneficiary })
			},
			1 => {
				let by = self.restaker();
				Step::signed("withdraw for", &by, Call::withdraw_for { owner: who, ticket })
			},
			2 => {
				let tickets: Vec<_> = Tickets::<R>::iter_key_prefix(&who).take(32).collect();
				let tickets = tickets.try_into().expect("no more than that");
				Step::signed("withdraw many", &who, Call::withdraw_many { tickets })
			},
			_ => Step::signed("withdraw", &who, Call::withdraw { ticket }),
		})
	}

	fn transfer_ticket(&mut self) -> Option<Step> {
		let (who, ticket, all) = self.ticket(|_| true)?;
		let (points, to) = (self.part_of(all), self.anyone());
		Some(Step::signed("transfer ticket", &who, Call::transfer_ticket { ticket, points, to }))
	}

	fn claim(&mut self) -> Option<Step> {
		let (who, pool, _) = self.position()?;
		if self.dice.once_in(3) {
			let by = self.restaker();
			return Some(Step::signed("claim for", &by, Call::claim_for { owner: who, pool }));
		}
		Some(Step::signed("claim", &who, Call::claim { pool }))
	}

	/// Mostly in pools of PICA: in others it can't be.
	fn set_compounding(&mut self) -> Option<Step> {
		let (who, pool, _) = self.position()?;
		if Chain::asset_of(pool) != Some(PICA) && !self.dice.once_in(20) {
			return None;
		}
		let compound = !self.dice.once_in(4);
		Some(Step::signed("set compounding", &who, Call::set_compounding { pool, compound }))
	}

	/// What anybody can ask for on behalf of others.
	fn sweep(&mut self) -> Option<Step> {
		let by = self.restaker();
		if self.dice.once_in(2) {
			let pool = self.pool()?;
			return Some(Step::signed("move unearned", &by, Call::move_unearned { pool }));
		}
		let parked: Vec<_> = pallet_restaking::ParkedProceeds::<R>::iter_keys().collect();
		let (asset, beneficiary) = self.dice.one_of(&parked)?.clone();
		Some(Step::signed("move proceeds", &by, Call::move_proceeds { asset, beneficiary }))
	}
}
