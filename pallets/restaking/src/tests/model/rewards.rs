// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The model's rewards, twice: as the documentation says they are divided and rounded, and as fractions
//! that are never rounded, against which the first are bounded.

use super::reference::{refuse, Exact, Model, Number, Pool, Position};
use crate::{mock::*, pallet::*};
use num_bigint::BigInt;
use picasso_primitives::{restaking::CurrencyStatus, AssetId, Balance, PoolId};
use sp_runtime::DispatchError;

type Done = Result<(), DispatchError>;

/// What streams to a pool in one currency.
#[derive(Clone, Default)]
pub struct Slot {
	/// What a share has earned since the beginning, in planck / 2¹²⁸.
	pub per_share: Number,
	pub remaining: Number,
	pub until: u64,
	pub unearned: Number,
	pub owed: Number,
}

/// What was found in a position.
pub struct Settled {
	pub shares: Number,
	pub owed: Vec<Number>,
	pub compounds: bool,
	/// Whether shares of an earlier generation were.
	pub lost: bool,
}

impl Pool {
	/// Divides what streamed up to now.
	pub fn accrue(&mut self, now: u64) {
		let shares = self.active.shares.clone();
		for (index, slot) in self.slots.iter_mut().enumerate() {
			let released = if now >= slot.until {
				slot.remaining.clone()
			} else {
				&slot.remaining * (now - self.updated) / (slot.until - self.updated)
			};
			if released == Number::ZERO {
				continue;
			}
			slot.remaining -= &released;
			if shares == Number::ZERO {
				slot.unearned += released;
				continue;
			}
			slot.per_share += (&released << 128u8) / &shares;
			self.roundings += 1;
			for position in self.positions.values_mut() {
				if position.exists && position.generation == self.generation {
					let exact = &mut position.exact[index];
					exact.earned += ((&released * &position.shares) << 256u16) / &shares;
					// Less than 2⁻¹²⁸ planck for each share.
					exact.slack += &position.shares << 128u8;
				}
			}
		}
		self.updated = now;
	}

	/// What a position is owed, by currency, up to where the pool was last accrued.
	pub fn pending(&self, position: &Position) -> Vec<Number> {
		if let Some(ended) = &position.ended {
			return ended.clone();
		}
		let count = self.slots.len().max(position.tallies.len());
		(0..count)
			.map(|index| {
				let earned = self.slots.get(index).map_or(Number::ZERO, |slot| {
					(&slot.per_share * &position.shares + even()) >> 128u8
				});
				let tally = position.tallies.get(index).cloned().unwrap_or_default();
				(BigInt::from(earned) - tally).to_biguint().unwrap_or_default()
			})
			.collect()
	}

	pub fn settle(&self, who: AccountId) -> Settled {
		let found = self.positions.get(&who).filter(|position| position.exists);
		let Some(position) = found else {
			let (shares, owed) = (Number::ZERO, Vec::new());
			return Settled { shares, owed, compounds: false, lost: false };
		};
		let owed = self.pending(position);
		let old = position.generation != self.generation;
		let shares = if old { Number::ZERO } else { position.shares.clone() };
		let lost = old && position.shares > Number::ZERO;
		Settled { shares, owed, compounds: position.compounds, lost }
	}

	pub fn store(&mut self, who: AccountId, shares: Number, owed: Vec<Number>) {
		self.roundings += 1;
		let position = self.positions.entry(who).or_default();
		position.exact.resize_with(3, Exact::default);
		for exact in &mut position.exact {
			// A planck where what is owed is rounded down, and one where the tally is rounded up.
			exact.slack += Number::from(2u8) << 256u16;
		}
		position.exists = shares > Number::ZERO || owed.iter().any(|owed| *owed > Number::ZERO);
		position.compounds &= position.exists;
		position.generation = self.generation;
		position.ended = None;
		let mut owed = owed.into_iter();
		position.tallies = self
			.slots
			.iter()
			.map(|slot| {
				let earned = ceiling(&slot.per_share * &shares);
				BigInt::from(earned) - BigInt::from(owed.next().unwrap_or_default())
			})
			.collect();
		position.shares = shares;
	}

	/// All stake is lost: what its shares earned until now stays theirs.
	pub fn end_generation(&mut self, now: u64) {
		self.accrue(now);
		let mut positions = core::mem::take(&mut self.positions);
		for position in positions.values_mut() {
			if position.exists && position.generation == self.generation {
				position.ended = Some(self.pending(position));
			}
		}
		self.positions = positions;
		self.active = Default::default();
		self.generation += 1;
	}

	/// That nobody was given more than they earned, nor less but for what rounding may have kept.
	pub fn check_earnings(&self) {
		for (who, position) in &self.positions {
			let pending = if position.exists { self.pending(position) } else { Vec::new() };
			for (index, exact) in position.exact.iter().enumerate() {
				let pending = pending.get(index).cloned().unwrap_or_default();
				let given = (&exact.paid + pending) << 256u16;
				// All that sequences of up to a million operations may gain by parts that come out even.
				let most = &exact.earned + (even() << (128u8 + 20));
				assert!(given <= most, "{who} was given more than the position earned");
				let kept = most - given;
				let bound = &exact.slack + (Number::from(1u8) << 256u16);
				assert!(kept < bound, "{who} was given less than the position earned");
			}
		}
	}
}

/// What makes up for parts that have no finite binary fraction: 2⁻⁴⁰ planck, in planck / 2¹²⁸.
fn even() -> Number {
	Number::from(1u8) << 88u8
}

fn ceiling(scaled: Number) -> Number {
	(scaled + ((Number::from(1u8) << 128u8) - 1u8)) >> 128u8
}

impl Model {
	pub fn credit(
		&mut self,
		currency: AssetId,
		blocks: u64,
		amounts: &[(PoolId, Balance)],
	) -> Done {
		let found = self.currencies.iter().position(|listed| listed.asset == currency);
		let Some(index) = found else { return refuse(Error::CurrencyNotFound) };
		if self.currencies[index].status != CurrencyStatus::Active {
			return refuse(Error::CurrencyRetired);
		}
		if blocks == 0 {
			return refuse(Error::NoTimeToStream);
		}
		// Pools that are gone get nothing.
		let there = amounts.iter().filter(|(id, _)| self.pools.contains_key(id));
		let amounts: Vec<_> = there.copied().collect();
		let sum: Number = amounts.iter().map(|(_, amount)| *amount).sum();
		self.tokens.transfer(currency, GOVERNANCE, Restaking::reward_account(), &sum, false)?;
		let (now, end) = (self.block, self.block + blocks);
		for (id, amount) in amounts {
			let pool = self.pool_mut(id);
			pool.accrue(now);
			if pool.slots.len() <= index {
				pool.slots.resize_with(index + 1, Slot::default);
			}
			let slot = &mut pool.slots[index];
			let streams = slot.remaining > Number::ZERO;
			slot.until = if streams { slot.until.max(end) } else { end };
			slot.remaining += amount;
			slot.owed += amount;
		}
		Ok(())
	}

	pub fn claim(&mut self, who: AccountId, id: PoolId) -> Done {
		// Where nothing can be paid, not even the stream has been touched.
		let mut pool = self.pool(id)?.clone();
		pool.accrue(self.block);
		let Settled { mut shares, mut owed, compounds, lost } = pool.settle(who);
		let due = owed.iter().any(|owed| *owed > Number::ZERO);
		if !due && !lost {
			return refuse(Error::NothingToClaim);
		}
		let (mut refusal, mut paid) = (None, false);
		let account = Restaking::reward_account();
		for (index, owed) in owed.iter_mut().enumerate() {
			if *owed == Number::ZERO {
				continue;
			}
			let currency = self.currencies[index].asset;
			let compounds = compounds && shares > Number::ZERO && currency == NativeAsset::get();
			let bought = compounds.then(|| self.compound(&mut pool, who, owed)).flatten();
			let paid_out = match bought {
				Some(bought) => {
					shares += bought;
					Ok(())
				},
				None => self.tokens.transfer(currency, account, who, owed, true),
			};
			match paid_out {
				Ok(()) => {
					let position = pool.positions.get_mut(&who).expect("it is owed something");
					position.exact[index].paid += &*owed;
					pool.slots[index].owed -= &*owed;
					*owed = Number::ZERO;
					paid = true;
				},
				Err(error) => refusal = Some(error),
			}
		}
		if let Some(error) = refusal.filter(|_| !paid && !lost) {
			return Err(error);
		}
		pool.store(who, shares, owed);
		self.pools.insert(id, pool);
		Ok(())
	}

	/// Puts what a position is owed into the pool that earned it, if pool and vault take it. Returns the
	/// shares that it buys.
	fn compound(&mut self, pool: &mut Pool, who: AccountId, amount: &Number) -> Option<Number> {
		let bought = self.bought(pool, who, amount).ok()?;
		let (from, to) = (Restaking::reward_account(), Restaking::vault_account(pool.asset));
		self.tokens.transfer(pool.asset, from, to, amount, true).ok()?;
		self.vaults.get_mut(&pool.asset).expect("a vault").custody += amount;
		pool.active.join(amount, &bought);
		Some(bought)
	}

	pub fn move_unearned(&mut self, id: PoolId) -> Done {
		let mut pool = self.pool(id)?.clone();
		pool.accrue(self.block);
		let amounts: Vec<_> = pool.slots.iter().map(|slot| slot.unearned.clone()).collect();
		if amounts.iter().all(|amount| *amount == Number::ZERO) {
			return refuse(Error::NothingToClaim);
		}
		let (mut refusal, mut paid) = (None, false);
		for (slot, payment) in pool.slots.iter_mut().zip(self.pay_treasury(&amounts)) {
			match payment {
				Some(Ok(())) => {
					slot.owed -= core::mem::take(&mut slot.unearned);
					paid = true;
				},
				Some(Err(error)) => refusal = Some(error),
				None => {},
			}
		}
		if let Some(error) = refusal.filter(|_| !paid) {
			return Err(error);
		}
		self.pools.insert(id, pool);
		Ok(())
	}

	/// Pays out of the account of rewards what is not nothing; each payment for itself.
	pub fn pay_treasury(&mut self, amounts: &[Number]) -> Vec<Option<Done>> {
		let account = Restaking::reward_account();
		amounts
			.iter()
			.zip(self.currencies.clone())
			.map(|(amount, currency)| {
				(*amount > Number::ZERO)
					.then(|| self.tokens.transfer(currency.asset, account, TREASURY, amount, true))
			})
			.collect()
	}
}
