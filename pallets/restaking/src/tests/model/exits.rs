// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The model's exits.

use super::reference::{key_of, planck, refuse, Divided, Model, Number, Ticket};
use crate::{mock::*, pallet::*};
use picasso_primitives::{
	restaking::{PoolStatus, TicketId},
	Balance, PoolId,
};
use sp_runtime::DispatchError;

type Done = Result<(), DispatchError>;

impl Model {
	pub fn begin_exit(
		&mut self,
		id: PoolId,
		who: AccountId,
		amount: &Number,
		into: Option<PoolId>,
	) {
		let maturity = self.maturity();
		let exits = self.pool_mut(id).exits.entry(maturity).or_default();
		let points = exits.divided.bought_by(amount).expect("points are worth a planck at most");
		exits.divided.join(amount, &points);
		let generation = exits.generation;
		let ticket = TicketId { pool: id, maturity, into };
		self.grow(who, &ticket, generation, &points).expect("no ticket is ahead of its bucket");
	}

	/// Points of an earlier generation are worth nothing: they go where later ones come.
	fn grow(&mut self, who: AccountId, id: &TicketId, generation: u32, points: &Number) -> Done {
		let key = key_of(who, id);
		let held = self.tickets.get(&key);
		if held.is_some_and(|held| held.generation > generation) {
			return refuse(Error::TicketWorthless);
		}
		let held = held.filter(|held| held.generation == generation);
		let points = held.map_or(points.clone(), |held| &held.points + points);
		self.tickets.insert(key, Ticket { generation, points });
		Ok(())
	}

	/// Whether `owner` has so many points there.
	fn has(&self, owner: AccountId, id: &TicketId, points: &Number) -> Result<u32, DispatchError> {
		let Some(ticket) = self.tickets.get(&key_of(owner, id)) else {
			return refuse(Error::TicketNotFound);
		};
		if *points == Number::ZERO {
			return refuse(Error::ZeroAmount);
		}
		if ticket.points < *points {
			return refuse(Error::NotEnoughPoints);
		}
		Ok(ticket.generation)
	}

	fn shrink(&mut self, owner: AccountId, id: &TicketId, points: &Number) {
		let key = key_of(owner, id);
		let ticket = self.tickets.get_mut(&key).expect("checked before");
		ticket.points -= points;
		if ticket.points == Number::ZERO {
			self.tickets.remove(&key);
		}
	}

	/// The bucket of points, if they are worth anything.
	fn bucket(&mut self, id: &TicketId, generation: u32) -> Option<&mut Divided> {
		let exits = self.pools.get_mut(&id.pool)?.exits.get_mut(&id.maturity)?;
		(exits.generation == generation).then_some(&mut exits.divided)
	}

	/// The generation, the points and the worth of a ticket that has matured.
	fn matured(
		&mut self,
		owner: AccountId,
		id: &TicketId,
	) -> Result<(u32, Number, Number), DispatchError> {
		let Some(Ticket { generation, points }) = self.tickets.get(&key_of(owner, id)).cloned()
		else {
			return refuse(Error::TicketNotFound);
		};
		if self.era < id.maturity {
			return refuse(Error::TicketNotMature);
		}
		let bucket = self.bucket(id, generation);
		let amount = bucket.map_or(Number::ZERO, |bucket| bucket.worth_of(&points));
		Ok((generation, points, amount))
	}

	fn redeem(&mut self, owner: AccountId, id: &TicketId, generation: u32, points: &Number) {
		self.shrink(owner, id, points);
		if let Some(bucket) = self.bucket(id, generation) {
			bucket.leave(points);
		}
	}

	pub fn withdraw(&mut self, owner: AccountId, id: &TicketId, to: AccountId) -> Done {
		let (generation, points, amount) = self.matured(owner, id)?;
		if let Some(asset) = self.pools.get(&id.pool).map(|pool| pool.asset) {
			self.release(asset, to, &amount)?;
		}
		self.redeem(owner, id, generation, &points);
		Ok(())
	}

	pub fn withdraw_for(&mut self, owner: AccountId, id: &TicketId) -> Done {
		let pool = self.pools.get(&id.pool);
		let stays = pool.is_some_and(|pool| pool.status != PoolStatus::WindingUp);
		if id.into.is_some() && stays {
			return refuse(Error::TicketMoving);
		}
		self.withdraw(owner, id, owner)
	}

	pub fn complete_move(&mut self, owner: AccountId, id: &TicketId) -> Done {
		let Some(into) = id.into else { return refuse(Error::TicketNotMoving) };
		let (generation, points, amount) = self.matured(owner, id)?;
		let target = self.pool(into)?;
		self.admits(target, owner)?;
		self.vault_is_open(target.asset)?;
		let shares = target.active.bought_by(&amount)?;
		self.redeem(owner, id, generation, &points);
		self.issue(into, owner, &amount, &shares);
		Ok(())
	}

	pub fn cancel_unstake(&mut self, owner: AccountId, id: &TicketId, points: Balance) -> Done {
		let points = Number::from(points);
		let generation = self.has(owner, id, &points)?;
		if self.era >= id.maturity {
			return refuse(Error::TicketMature);
		}
		let pool = self.pool(id.pool)?;
		self.admits(pool, owner)?;
		self.vault_is_open(pool.asset)?;
		let bucket = self.bucket(id, generation);
		let amount = bucket.map_or(Number::ZERO, |bucket| bucket.worth_of(&points));
		if amount == Number::ZERO {
			return refuse(Error::ExitWorthNothing);
		}
		let shares = self.pool(id.pool)?.active.bought_by(&amount)?;
		self.redeem(owner, id, generation, &points);
		self.issue(id.pool, owner, &amount, &shares);
		Ok(())
	}

	pub fn transfer_ticket(
		&mut self,
		owner: AccountId,
		id: &TicketId,
		points: Balance,
		to: AccountId,
	) -> Done {
		if owner == to {
			return refuse(Error::TransferToSelf);
		}
		let points = Number::from(points);
		let generation = self.has(owner, id, &points)?;
		self.grow(to, id, generation, &points)?;
		self.shrink(owner, id, &points);
		Ok(())
	}

	/// Points of a ticket, none where there is no such ticket.
	pub fn points_of(&self, owner: AccountId, id: &TicketId) -> Balance {
		self.tickets.get(&key_of(owner, id)).map_or(0, |ticket| planck(&ticket.points))
	}
}
