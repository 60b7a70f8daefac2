// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The model of the ledger: maps and numbers without a bound, and the rules as the pallet's documentation
//! tells them. It shares no arithmetic with the pallet, and no storage.

use super::{
	action::{sum_of, Action, Outcome, Step},
	rewards::Slot,
	scene::{asset, ASSETS, CURRENCIES, FIRST_POOLS, OPERATORS},
	tokens::Tokens,
	transitions::Transition,
};
use crate::{mock::*, pallet::*, types::EraSettings};
use num_bigint::{BigInt, BigUint};
use picasso_primitives::{
	restaking::{
		CurrencyStatus, OperatorStatus, PoolAccess, PoolStatus, RewardCurrency, TicketId,
		VaultSettings, VaultStatus,
	},
	slashing::SlashedPool,
	AssetId, Balance, EraIndex, PoolId,
};
use sp_runtime::DispatchError;
use std::collections::{BTreeMap, BTreeSet};

/// Planck, shares, points: without a bound.
pub type Number = BigUint;

/// Back to what the pallet stores; the rules keep it within.
pub fn planck(number: &Number) -> Balance {
	number.try_into().expect("the rules keep numbers within 128 bits")
}

pub fn refuse<T>(error: Error<Test>) -> Result<T, DispatchError> {
	Err(error.into())
}

/// A balance divided into shares.
#[derive(Clone, Default)]
pub struct Divided {
	pub balance: Number,
	pub shares: Number,
}

impl Divided {
	pub fn is_empty(&self) -> bool {
		self.shares == Number::ZERO
	}

	/// The shares that `amount` buys.
	pub fn bought_by(&self, amount: &Number) -> Result<Number, DispatchError> {
		let shares = if self.is_empty() {
			amount.clone()
		} else if self.balance == Number::ZERO {
			return refuse(Error::PoolWorthless);
		} else {
			amount * &self.shares / &self.balance
		};
		if shares == Number::ZERO {
			return refuse(Error::BuysNoShare);
		}
		Ok(shares)
	}

	pub fn worth_of(&self, shares: &Number) -> Number {
		if self.is_empty() {
			Number::ZERO
		} else {
			shares * &self.balance / &self.shares
		}
	}

	pub fn join(&mut self, amount: &Number, shares: &Number) {
		self.balance += amount;
		self.shares += shares;
	}

	pub fn leave(&mut self, shares: &Number) -> Number {
		let amount = self.worth_of(shares);
		self.balance -= &amount;
		self.shares -= shares;
		amount
	}

	/// What a slash takes, and whether no share is left then.
	pub fn loses(&self, numerator: u128, denominator: u128) -> (Number, bool) {
		let product = &self.balance * numerator;
		let taken = (product + (denominator - 1)) / denominator;
		let rest = &self.balance - &taken;
		let ends = rest * 1_000_000_000u128 < self.shares;
		if ends {
			(self.balance.clone(), true)
		} else {
			(taken, false)
		}
	}
}

/// Exits that mature together.
#[derive(Clone, Default)]
pub struct Exits {
	pub generation: u32,
	pub divided: Divided,
}

/// What one restaker has in a pool, or had: it stays here for ever, so that all it ever earned can be
/// compared with all it was paid.
#[derive(Clone, Default)]
pub struct Position {
	/// Whether the ledger has it.
	pub exists: bool,
	pub generation: u32,
	pub shares: Number,
	/// Whether it compounds, as long as the ledger has it.
	pub compounds: bool,
	/// Earnings that are not the restaker's, by currency.
	pub tallies: Vec<BigInt>,
	/// What it was owed when its generation was lost.
	pub ended: Option<Vec<Number>>,
	pub exact: Vec<Exact>,
}

/// What a position earned in one currency if nothing were ever rounded.
#[derive(Clone, Default)]
pub struct Exact {
	/// In planck / 2²⁵⁶.
	pub earned: Number,
	pub paid: Number,
	/// The most that rounding may have kept from it, in planck / 2²⁵⁶.
	pub slack: Number,
}

#[derive(Clone)]
pub struct Pool {
	pub operator: AccountId,
	pub asset: AssetId,
	pub status: PoolStatus,
	pub access: PoolAccess,
	pub open_reports: u32,
	pub generation: u32,
	pub active: Divided,
	/// Planck staked, and the generation, when the era last turned.
	pub at_turn: (Number, u32),
	/// By maturity; matured ones without points are dropped in time.
	pub exits: BTreeMap<EraIndex, Exits>,
	pub positions: BTreeMap<AccountId, Position>,
	/// The block up to which rewards are counted.
	pub updated: u64,
	pub slots: Vec<Slot>,
	/// How often rewards were divided and positions written: each may leave dust.
	pub roundings: u64,
}

impl Pool {
	fn new(operator: AccountId, asset: AssetId) -> Self {
		Self {
			operator,
			asset,
			status: PoolStatus::Open,
			access: PoolAccess::Everyone,
			open_reports: 0,
			generation: 0,
			active: Divided::default(),
			at_turn: (Number::ZERO, 0),
			exits: BTreeMap::new(),
			positions: BTreeMap::new(),
			updated: 0,
			slots: Vec::new(),
			roundings: 0,
		}
	}

	/// Shares of the current generation.
	pub fn shares_of(&self, who: AccountId) -> Number {
		self.positions
			.get(&who)
			.filter(|position| position.exists && position.generation == self.generation)
			.map_or(Number::ZERO, |position| position.shares.clone())
	}

	pub fn count(&self) -> usize {
		self.positions.values().filter(|position| position.exists).count()
	}
}

#[derive(Clone)]
pub struct Vault {
	pub settings: VaultSettings,
	pub custody: Number,
}

#[derive(Clone, Copy)]
pub struct Operator {
	pub status: OperatorStatus,
	pub chilled: bool,
}

impl Operator {
	pub fn is_serving(&self) -> bool {
		self.status == OperatorStatus::Active && !self.chilled
	}
}

/// Points of one owner in one bucket.
#[derive(Clone)]
pub struct Ticket {
	pub generation: u32,
	pub points: Number,
}

/// Owner, pool, maturity, and where it goes.
pub type TicketKey = (AccountId, PoolId, EraIndex, Option<PoolId>);

pub fn key_of(owner: AccountId, id: &TicketId) -> TicketKey {
	(owner, id.pool, id.maturity, id.into)
}

#[derive(Clone)]
pub struct Model {
	/// What the clock started with.
	pub genesis: EraSettings<u64>,
	pub block: u64,
	pub era: EraIndex,
	pub started: u64,
	pub settings: EraSettings<u64>,
	pub tokens: Tokens,
	pub vaults: BTreeMap<AssetId, Vault>,
	pub parked: BTreeMap<(AssetId, AccountId), Number>,
	pub operators: BTreeMap<AccountId, Operator>,
	pub approvals: BTreeSet<(AccountId, AccountId)>,
	pub pools: BTreeMap<PoolId, Pool>,
	pub next_pool: PoolId,
	pub currencies: Vec<RewardCurrency>,
	pub tickets: BTreeMap<TicketKey, Ticket>,
	/// What was done last, and what must have come of it.
	pub last: Option<Step>,
}

/// A failing case is told by its calls, not by its states.
impl core::fmt::Debug for Model {
	fn fmt(&self, f: &mut core::fmt::Formatter) -> core::fmt::Result {
		write!(f, "{:?}", self.genesis)
	}
}

impl Model {
	pub fn new(genesis: EraSettings<u64>) -> Self {
		let mut model = Self {
			genesis,
			block: 1,
			era: 0,
			started: 0,
			settings: genesis,
			tokens: Tokens::new(),
			vaults: BTreeMap::new(),
			parked: BTreeMap::new(),
			operators: BTreeMap::new(),
			approvals: BTreeSet::new(),
			pools: BTreeMap::new(),
			next_pool: 0,
			currencies: Vec::new(),
			tickets: BTreeMap::new(),
			last: None,
		};
		for currency in &CURRENCIES[..2] {
			model.list_currency(*currency).expect("a new currency");
		}
		for asset in &ASSETS {
			let settings = VaultSettings { deposit_cap: asset.cap, ..open_vault() };
			model.vaults.insert(asset.id, Vault { settings, custody: Number::ZERO });
			let account = Restaking::vault_account(asset.id);
			model.open_account(account, asset.id).expect("governance pays");
		}
		for (operator, assets) in OPERATORS.into_iter().zip(FIRST_POOLS) {
			model.register(operator).expect("a new operator");
			for asset in assets {
				model.create_pool(operator, ASSETS[*asset].id).expect("a pool of an operator");
			}
		}
		model
	}

	/// Decides what a transition is in this state, does it, and notes what must come of it.
	pub fn apply(mut self, transition: &Transition) -> Self {
		let action = self.choose(transition);
		self.perform(action);
		self
	}

	pub fn perform(&mut self, action: Action) {
		let outcome = self.outcome_of(&action);
		self.last = Some(Step { action, outcome });
	}

	fn outcome_of(&mut self, action: &Action) -> Outcome {
		let done = match action {
			Action::Signed(who, call) => self.call(*who, call),
			Action::Root(call) => self.decree(call),
			Action::Slash { pools, beneficiary } => return self.slash(pools, *beneficiary),
			Action::OpenReport(pool) => self.count_reports(*pool, true),
			Action::SettleReport(pool) => self.count_reports(*pool, false),
			Action::Credit { currency, blocks, amounts } => {
				self.credit(*currency, *blocks, amounts)
			},
			Action::Donate { asset, to, amount } => {
				self.tokens.transfer(*asset, ISSUER, *to, &(*amount).into(), false)
			},
			Action::Freeze(asset) => self.tokens.freeze(*asset),
			Action::Thaw(asset) => self.tokens.thaw(*asset),
			Action::Eras(eras) => {
				(0..*eras).for_each(|_| {
					let due = self.started + self.settings.length;
					self.pass(due.max(self.block + 1) - self.block);
				});
				Ok(())
			},
			Action::Blocks(blocks) => {
				self.pass(*blocks);
				Ok(())
			},
		};
		done.map(|()| Vec::new())
	}

	/// Jumps ahead: the era turns once where it is due.
	fn pass(&mut self, blocks: u64) {
		self.block += blocks;
		if self.block >= self.started + self.settings.length {
			self.era += 1;
			for pool in self.pools.values_mut() {
				pool.at_turn = (pool.active.balance.clone(), pool.generation);
			}
			self.started = self.block;
			self.forget_spent_exits();
		}
	}

	/// What the points of a matured bucket without points would be worth is nothing for ever.
	fn forget_spent_exits(&mut self) {
		let era = self.era;
		for pool in self.pools.values_mut() {
			pool.exits.retain(|maturity, exits| *maturity > era || !exits.divided.is_empty());
		}
	}

	/// The first multiple of the granularity that leaves the whole unbonding period behind it.
	pub fn maturity(&self) -> EraIndex {
		let earliest = self.era + self.settings.unbonding;
		earliest.div_ceil(self.settings.granularity) * self.settings.granularity
	}

	pub fn pool(&self, id: PoolId) -> Result<&Pool, DispatchError> {
		self.pools.get(&id).ok_or(Error::<Test>::PoolNotFound.into())
	}

	pub fn pool_mut(&mut self, id: PoolId) -> &mut Pool {
		self.pools.get_mut(&id).expect("checked before")
	}

	pub fn is_suspended(&self, pool: &Pool) -> bool {
		!self.operators[&pool.operator].is_serving()
	}

	pub fn vault_is_open(&self, asset: AssetId) -> Result<(), DispatchError> {
		let open = self.vaults[&asset].settings.status == VaultStatus::Open;
		open.then_some(()).ok_or(Error::<Test>::VaultNotOpen.into())
	}

	pub fn admits(&self, pool: &Pool, who: AccountId) -> Result<(), DispatchError> {
		if pool.status != PoolStatus::Open {
			return refuse(Error::PoolNotOpen);
		}
		if self.is_suspended(pool) {
			return refuse(Error::OperatorNotServing);
		}
		if pool.open_reports > 0 {
			return refuse(Error::PoolReported);
		}
		let approved = pool.operator == who || self.approvals.contains(&(pool.operator, who));
		if pool.access == PoolAccess::Approved && !approved {
			return refuse(Error::NotApproved);
		}
		Ok(())
	}

	/// Pays out of a vault.
	pub fn release(
		&mut self,
		asset: AssetId,
		to: AccountId,
		amount: &Number,
	) -> Result<(), DispatchError> {
		if *amount == Number::ZERO {
			return Ok(());
		}
		self.tokens.transfer(asset, Restaking::vault_account(asset), to, amount, true)?;
		self.vaults.get_mut(&asset).expect("a vault").custody -= amount;
		Ok(())
	}

	pub fn open_account(&mut self, account: AccountId, id: AssetId) -> Result<(), DispatchError> {
		self.tokens.transfer(id, GOVERNANCE, account, &asset(id).minimum.into(), true)
	}

	pub fn list_currency(&mut self, asset: AssetId) -> Result<(), DispatchError> {
		if self.currencies.iter().any(|currency| currency.asset == asset) {
			return refuse(Error::CurrencyExists);
		}
		if self.currencies.len() == CURRENCIES.len() {
			return refuse(Error::TooManyCurrencies);
		}
		self.open_account(Restaking::reward_account(), asset)?;
		self.currencies.push(RewardCurrency { asset, status: CurrencyStatus::Active });
		Ok(())
	}

	pub fn register(&mut self, who: AccountId) -> Result<(), DispatchError> {
		if self.operators.contains_key(&who) {
			return refuse(Error::OperatorExists);
		}
		let operator = Operator { status: OperatorStatus::Active, chilled: false };
		self.operators.insert(who, operator);
		Ok(())
	}

	pub fn create_pool(&mut self, who: AccountId, asset: AssetId) -> Result<(), DispatchError> {
		if self.vaults[&asset].settings.status == VaultStatus::Closed {
			return refuse(Error::VaultNotOpen);
		}
		let Some(operator) = self.operators.get(&who) else {
			return refuse(Error::OperatorNotFound);
		};
		if operator.status == OperatorStatus::Leaving {
			return refuse(Error::OperatorLeaving);
		}
		let own = self.pools.values().filter(|pool| pool.operator == who);
		if own.clone().count() == 6 {
			return refuse(Error::TooManyPools);
		}
		if own.filter(|pool| pool.asset == asset).count() == 4 {
			return refuse(Error::TooManyPoolsForAsset);
		}
		self.pools.insert(self.next_pool, Pool::new(who, asset));
		self.next_pool += 1;
		Ok(())
	}

	fn count_reports(&mut self, id: PoolId, opened: bool) -> Result<(), DispatchError> {
		let open = self.pool(id)?.open_reports;
		let count = if opened { open.checked_add(1) } else { open.checked_sub(1) };
		let Some(count) = count else { return refuse(Error::NoOpenReport) };
		self.pool_mut(id).open_reports = count;
		Ok(())
	}

	fn slash(&mut self, pools: &[(PoolId, u128, u128)], beneficiary: AccountId) -> Outcome {
		for (id, ..) in pools {
			self.pool(*id)?;
		}
		let (era, now) = (self.era, self.block);
		let mut slashed = Vec::new();
		for (id, numerator, denominator) in pools {
			let pool = self.pool_mut(*id);
			let (active, ends) = pool.active.loses(*numerator, *denominator);
			if ends {
				pool.end_generation(now);
			} else {
				pool.active.balance -= &active;
			}
			let mut from_exits = Number::ZERO;
			for (_, exits) in pool.exits.iter_mut().filter(|(maturity, _)| **maturity > era) {
				let (taken, ends) = exits.divided.loses(*numerator, *denominator);
				exits.divided.balance -= &taken;
				if ends {
					exits.divided = Divided::default();
					exits.generation += 1;
				}
				from_exits += taken;
			}
			let (active, exits) = (planck(&active), planck(&from_exits));
			slashed.push(SlashedPool { pool: *id, asset: pool.asset, active, exits });
		}
		for group in slashed.chunk_by(|one, next| one.asset == next.asset) {
			let asset = group[0].asset;
			let sum = sum_of(group);
			if self.release(asset, beneficiary, &sum).is_err() {
				*self.parked.entry((asset, beneficiary)).or_default() += sum;
			}
		}
		Ok(slashed)
	}
}
