// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The model's calls: who may, and what stake, operators and governance do by them.

use super::reference::{refuse, Model, Number, Pool};
use crate::{mock::*, pallet::*};
use picasso_primitives::{
	math::MAX_BALANCE,
	restaking::{OperatorStatus, PoolStatus, VaultSettings, VaultStatus},
	AssetId, Balance, PoolId,
};
use sp_runtime::DispatchError;

type Done = Result<(), DispatchError>;

impl Model {
	/// A call by an account.
	pub fn call(&mut self, who: AccountId, call: &Call<Test>) -> Done {
		match call {
			Call::stake { pool, amount, min_shares } => {
				self.stake(who, *pool, *amount, *min_shares)
			},
			Call::unstake { pool, shares } => self.unstake(who, *pool, *shares, None),
			Call::redelegate { pool, shares, into } => {
				self.unstake(who, *pool, *shares, Some(*into))
			},
			Call::unstake_for { pool, who } => self.unstake_for(*pool, *who),
			Call::withdraw { ticket } => self.withdraw(who, ticket, who),
			Call::withdraw_to { ticket, beneficiary } => self.withdraw(who, ticket, *beneficiary),
			Call::withdraw_for { owner, ticket } => self.withdraw_for(*owner, ticket),
			Call::withdraw_many { tickets } => {
				for ticket in tickets {
					// What cannot be paid stays, and stops no other.
					let _ = self.withdraw(who, ticket, who);
				}
				Ok(())
			},
			Call::complete_move { owner, ticket } => self.complete_move(*owner, ticket),
			Call::cancel_unstake { ticket, points } => self.cancel_unstake(who, ticket, *points),
			Call::transfer_ticket { ticket, points, to } => {
				self.transfer_ticket(who, ticket, *points, *to)
			},
			Call::move_proceeds { asset, beneficiary } => self.move_proceeds(*asset, *beneficiary),
			Call::claim { pool } => self.claim(who, *pool),
			Call::claim_for { owner, pool } => self.claim(*owner, *pool),
			Call::set_compounding { pool, compound } => self.set_compounding(who, *pool, *compound),
			Call::move_unearned { pool } => self.move_unearned(*pool),
			Call::register_operator { .. } => self.register(who),
			Call::deregister_operator {} => self.deregister(who),
			Call::set_operator_status { status } => self.set_operator_status(who, *status),
			Call::set_approval { restaker, approved } => {
				self.set_approval(who, *restaker, *approved)
			},
			Call::create_pool { asset, .. } => self.create_pool(who, *asset),
			Call::set_pool_status { pool, status } => {
				let pool = self.own_pool(who, *pool)?;
				if pool.status == PoolStatus::WindingUp {
					return refuse(Error::PoolWindingUp);
				}
				pool.status = *status;
				Ok(())
			},
			Call::set_pool_access { pool, access } => {
				self.own_pool(who, *pool)?.access = *access;
				Ok(())
			},
			Call::remove_pool { pool } => self.remove_pool(who, *pool),
			other => unreachable!("no rule for {other:?}"),
		}
	}

	/// A call by governance.
	pub fn decree(&mut self, call: &Call<Test>) -> Done {
		match call {
			Call::set_vault { asset, settings } => self.set_vault(*asset, settings),
			Call::set_era_settings { settings } => {
				let granules = (settings.unbonding.max(1) - 1).div_ceil(settings.granularity);
				let sound = (1..=100).contains(&settings.length)
					&& (settings.granularity..=10).contains(&settings.unbonding)
					&& granules < 4;
				if !sound {
					return refuse(Error::InvalidEraSettings);
				}
				if settings.granularity != self.genesis.granularity {
					return refuse(Error::GranularityIsFixed);
				}
				self.settings = *settings;
				Ok(())
			},
			Call::set_chilled { operator, chilled } => match self.operators.get_mut(operator) {
				Some(operator) => {
					operator.chilled = *chilled;
					Ok(())
				},
				None => refuse(Error::OperatorNotFound),
			},
			Call::set_reward_currency { asset, status } => {
				let mut listed = self.currencies.iter_mut();
				match listed.find(|currency| currency.asset == *asset) {
					Some(currency) => {
						currency.status = *status;
						Ok(())
					},
					None => refuse(Error::CurrencyNotFound),
				}
			},
			Call::add_reward_currency { asset } => self.list_currency(*asset),
			other => unreachable!("no rule for {other:?}"),
		}
	}

	fn stake(&mut self, who: AccountId, id: PoolId, amount: Balance, min_shares: Balance) -> Done {
		let amount = Number::from(amount);
		let pool = self.pool(id)?;
		let asset = pool.asset;
		let shares = self.bought(pool, who, &amount)?;
		if shares < min_shares.into() {
			return refuse(Error::SharesBelowMinimum);
		}
		let (vault, native) = (Restaking::vault_account(asset), NativeAsset::get());
		self.tokens.transfer(asset, who, vault, &amount, asset == native)?;
		self.vaults.get_mut(&asset).expect("a vault").custody += &amount;
		self.issue(id, who, &amount, &shares);
		Ok(())
	}

	/// The shares that new stake of `who` buys, if pool and vault take it.
	pub fn bought(
		&self,
		pool: &Pool,
		who: AccountId,
		amount: &Number,
	) -> Result<Number, DispatchError> {
		self.admits(pool, who)?;
		let vault = &self.vaults[&pool.asset];
		if *amount == Number::ZERO {
			return refuse(Error::ZeroAmount);
		}
		if vault.settings.status != VaultStatus::Open {
			return refuse(Error::VaultNotOpen);
		}
		if *amount < vault.settings.minimum_stake.into() {
			return refuse(Error::BelowMinimumStake);
		}
		if &vault.custody + amount > vault.settings.deposit_cap.into() {
			return refuse(Error::VaultFull);
		}
		pool.active.bought_by(amount)
	}

	fn set_compounding(&mut self, who: AccountId, id: PoolId, compound: bool) -> Done {
		if self.pool(id)?.asset != NativeAsset::get() {
			return refuse(Error::CannotCompound);
		}
		match self.pool_mut(id).positions.get_mut(&who).filter(|position| position.exists) {
			Some(position) => {
				position.compounds = compound;
				Ok(())
			},
			None => refuse(Error::PositionNotFound),
		}
	}

	/// Gives shares for planck that the vault holds already.
	pub fn issue(&mut self, id: PoolId, who: AccountId, amount: &Number, shares: &Number) {
		let now = self.block;
		let pool = self.pool_mut(id);
		pool.accrue(now);
		let settled = pool.settle(who);
		pool.active.join(amount, shares);
		pool.store(who, settled.shares + shares, settled.owed);
	}

	/// Burns shares that the position has, and returns their worth.
	pub fn burn(&mut self, id: PoolId, who: AccountId, shares: &Number) -> Number {
		let now = self.block;
		let pool = self.pool_mut(id);
		pool.accrue(now);
		let settled = pool.settle(who);
		let amount = pool.active.leave(shares);
		pool.store(who, settled.shares - shares, settled.owed);
		amount
	}

	fn unstake(
		&mut self,
		who: AccountId,
		id: PoolId,
		shares: Balance,
		into: Option<PoolId>,
	) -> Done {
		let pool = self.pool(id)?;
		if let Some(into) = into {
			let asset = self.pool(into)?.asset;
			if into == id || asset != pool.asset {
				return refuse(Error::CannotMoveThere);
			}
		}
		let shares = Number::from(shares);
		if shares > pool.shares_of(who) {
			return refuse(Error::NotEnoughShares);
		}
		if pool.active.worth_of(&shares) == Number::ZERO {
			return refuse(Error::ExitWorthNothing);
		}
		let amount = self.burn(id, who, &shares);
		self.begin_exit(id, who, &amount, into);
		Ok(())
	}

	fn unstake_for(&mut self, id: PoolId, who: AccountId) -> Done {
		let pool = self.pool(id)?;
		if pool.status != PoolStatus::WindingUp {
			return refuse(Error::PoolNotWindingUp);
		}
		let shares = pool.shares_of(who);
		if shares == Number::ZERO {
			return refuse(Error::NotEnoughShares);
		}
		let amount = self.burn(id, who, &shares);
		if amount > Number::ZERO {
			self.begin_exit(id, who, &amount, None);
		}
		Ok(())
	}

	fn move_proceeds(&mut self, asset: AssetId, beneficiary: AccountId) -> Done {
		let Some(amount) = self.parked.get(&(asset, beneficiary)).cloned() else {
			return refuse(Error::NothingParked);
		};
		self.release(asset, beneficiary, &amount)?;
		self.parked.remove(&(asset, beneficiary));
		Ok(())
	}

	fn set_vault(&mut self, asset: AssetId, settings: &VaultSettings) -> Done {
		let VaultSettings { deposit_cap, minimum_stake, yield_rate, .. } = *settings;
		if deposit_cap > MAX_BALANCE || minimum_stake > deposit_cap {
			return refuse(Error::InvalidVaultSettings);
		}
		// A rate counts parts of 10¹⁸.
		let yearly = Number::from(yield_rate.into_inner()) * deposit_cap / 10u128.pow(18);
		if yearly > MAX_BALANCE.into() {
			return refuse(Error::YieldRateTooHigh);
		}
		match self.vaults.get_mut(&asset) {
			Some(vault) => {
				vault.settings = *settings;
				Ok(())
			},
			None => refuse(Error::VaultNotFound),
		}
	}

	fn set_operator_status(&mut self, who: AccountId, status: OperatorStatus) -> Done {
		let Some(operator) = self.operators.get_mut(&who) else {
			return refuse(Error::OperatorNotFound);
		};
		if operator.status == OperatorStatus::Leaving {
			return refuse(Error::OperatorLeaving);
		}
		operator.status = status;
		if status == OperatorStatus::Leaving {
			for pool in self.pools.values_mut().filter(|pool| pool.operator == who) {
				pool.status = PoolStatus::WindingUp;
			}
		}
		Ok(())
	}

	fn deregister(&mut self, who: AccountId) -> Done {
		let Some(operator) = self.operators.get(&who) else {
			return refuse(Error::OperatorNotFound);
		};
		if operator.status != OperatorStatus::Leaving {
			return refuse(Error::OperatorNotLeaving);
		}
		if self.pools.values().any(|pool| pool.operator == who) {
			return refuse(Error::PoolsRemain);
		}
		if self.approvals.iter().any(|(operator, _)| *operator == who) {
			return refuse(Error::ApprovalsRemain);
		}
		self.operators.remove(&who);
		Ok(())
	}

	fn set_approval(&mut self, who: AccountId, restaker: AccountId, approved: bool) -> Done {
		if !self.operators.contains_key(&who) {
			return refuse(Error::OperatorNotFound);
		}
		if approved {
			self.approvals.insert((who, restaker));
		} else {
			self.approvals.remove(&(who, restaker));
		}
		Ok(())
	}

	fn own_pool(&mut self, who: AccountId, id: PoolId) -> Result<&mut Pool, DispatchError> {
		if self.pool(id)?.operator != who {
			return refuse(Error::NotPoolOperator);
		}
		Ok(self.pool_mut(id))
	}

	fn remove_pool(&mut self, who: AccountId, id: PoolId) -> Done {
		let pool = self.own_pool(who, id)?;
		if pool.status != PoolStatus::WindingUp {
			return refuse(Error::PoolNotWindingUp);
		}
		if pool.count() > 0 || pool.exits.values().any(|exits| !exits.divided.is_empty()) {
			return refuse(Error::PoolNotEmpty);
		}
		if pool.open_reports > 0 {
			return refuse(Error::PoolReported);
		}
		// All of it or nothing: the payments that succeed are undone where one fails.
		let owed: Vec<_> = pool.slots.iter().map(|slot| slot.owed.clone()).collect();
		let before = self.tokens.clone();
		let paid = self.pay_treasury(&owed);
		let all = paid.iter().flatten().all(|payment| payment.is_ok());
		let any = paid.iter().flatten().any(|payment| payment.is_ok());
		if !all {
			self.tokens = before;
			let refusal = paid.into_iter().flatten().filter_map(Result::err).next_back();
			return if any { refuse(Error::PoolNotEmpty) } else { refusal.map_or(Ok(()), Err) };
		}
		self.pools.remove(&id);
		Ok(())
	}
}
