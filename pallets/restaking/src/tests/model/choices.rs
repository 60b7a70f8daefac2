// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What a transition is in a state: raw numbers become persons, pools, tickets and amounts of which most,
//! but not all, are such that the ledger accepts the call.

use super::{
	action::Action,
	reference::{planck, Model, Number, Pool, TicketKey},
	scene::{asset, ASSETS, BENEFICIARIES, CURRENCIES, OPERATORS, PEOPLE, STRANGER},
	transitions::{Kind, Measure, Transition},
};
use crate::{mock::*, pallet::*, types::EraSettings};
use picasso_primitives::{
	math::MAX_BALANCE,
	restaking::{
		CurrencyStatus, OperatorStatus, PoolAccess, PoolStatus, TicketId, VaultSettings,
		VaultStatus,
	},
	AssetId, Balance, PoolId,
};
use sp_runtime::{FixedU128, Perbill};

impl Transition {
	fn person(&self) -> AccountId {
		PEOPLE[usize::from(self.who) % PEOPLE.len()]
	}

	fn other_person(&self) -> AccountId {
		PEOPLE[usize::from(self.whom) % PEOPLE.len()]
	}

	fn operator(&self) -> AccountId {
		OPERATORS[usize::from(self.who) % OPERATORS.len()]
	}

	fn beneficiary(&self) -> AccountId {
		BENEFICIARIES[usize::from(self.whom) % BENEFICIARIES.len()]
	}

	fn asset(&self) -> AssetId {
		ASSETS[usize::from(self.pool) % ASSETS.len()].id
	}

	fn foreign_asset(&self) -> AssetId {
		let foreign: Vec<_> =
			ASSETS.iter().filter(|asset| asset.id != NativeAsset::get()).collect();
		foreign[usize::from(self.pool) % foreign.len()].id
	}

	fn currency(&self) -> AssetId {
		// Now and then one that is no currency.
		match self.nth % 16 {
			15 => ASSETS[0].id,
			nth => CURRENCIES[usize::from(nth) % CURRENCIES.len()],
		}
	}

	/// True once in `times`.
	fn once_in(&self, times: u16) -> bool {
		self.nth.is_multiple_of(times)
	}

	/// A part of what there is, or beyond it.
	fn part_of(&self, all: Balance) -> Balance {
		let few = self.amount % 10 + 1;
		match self.measure {
			Measure::All | Measure::Limit => all,
			Measure::Few => few.min(all),
			Measure::Part | Measure::Units => self.amount % (all + 1),
			Measure::Half => all / 2,
			Measure::TooMuch => all + few,
			Measure::Nothing => 0,
		}
	}

	/// An amount of an asset, from one planck to 10⁹ whole units.
	fn amount_of(&self, id: AssetId) -> Balance {
		let unit = 10u128.pow(asset(id).decimals);
		match self.measure {
			Measure::Few => self.amount % 20 + 1,
			Measure::Nothing => 0,
			Measure::Half => unit,
			Measure::Part => self.amount % (1_000 * unit) + 1,
			Measure::TooMuch | Measure::All | Measure::Limit | Measure::Units => {
				let most = if self.once_in(4) { 1_000_000_000 } else { 100_000_000 };
				(self.amount % most + 1) * unit
			},
		}
	}

	/// A ratio, from the least there can be to all.
	fn ratio(&self) -> (u128, u128) {
		let percent = self.amount % 100 + 1;
		match self.measure {
			Measure::All if self.once_in(3) => (1, 1),
			Measure::All | Measure::Few => (1, u128::MAX),
			Measure::Nothing => (0, 1),
			Measure::Half => (1, 2),
			Measure::Part => (percent, 100),
			Measure::Units => (percent, 10_000),
			// What is left is so little that shares run into the limit of their precision.
			Measure::Limit => {
				let rest = self.amount % (u128::MAX >> (18 + self.nth % 13));
				(u128::MAX - rest, u128::MAX)
			},
			Measure::TooMuch => {
				let denominator = self.amount.rotate_left(64).max(1);
				(self.amount % denominator, denominator)
			},
		}
	}
}

impl Model {
	/// What a transition is in this state.
	pub fn choose(&self, t: &Transition) -> Action {
		let (who, pool) = (t.person(), self.some_pool(t));
		match t.kind {
			Kind::Stake => Action::Signed(who, self.some_stake(t, who, pool)),
			Kind::Unstake => {
				let pool = self.staked_pool_of(t, who);
				let shares = t.part_of(self.shares(pool, who));
				Action::Signed(who, Call::unstake { pool, shares })
			},
			Kind::Redelegate => {
				let pool = self.staked_pool_of(t, who);
				let (shares, into) = (t.part_of(self.shares(pool, who)), self.some_sister(t, pool));
				Action::Signed(who, Call::redelegate { pool, shares, into })
			},
			Kind::UnstakeFor => {
				let pool = self.some_closing_pool(t);
				Action::Signed(STRANGER, Call::unstake_for { pool, who: self.member(t, pool) })
			},
			Kind::Withdraw
			| Kind::WithdrawTo
			| Kind::WithdrawFor
			| Kind::WithdrawMany
			| Kind::CompleteMove
			| Kind::CancelUnstake
			| Kind::TransferTicket => self.choose_of_tickets(t),
			Kind::Claim => {
				let any = (self.own_pool_of(t, who), who);
				let (pool, who) = self.some_compounding(t).unwrap_or(any);
				Action::Signed(who, Call::claim { pool })
			},
			Kind::ClaimFor => {
				let any = (pool, self.member(t, pool));
				let (pool, owner) = self.some_compounding(t).unwrap_or(any);
				Action::Signed(STRANGER, Call::claim_for { owner, pool })
			},
			Kind::SetCompounding => {
				let fits = |pool: &Pool| {
					let has = pool.positions.get(&who).is_some_and(|own| own.exists);
					has && pool.asset == NativeAsset::get()
				};
				let fitting = pick(&self.pools_where(fits), t.pool);
				let pool = fitting.filter(|_| !t.once_in(6)).unwrap_or(pool);
				Action::Signed(who, Call::set_compounding { pool, compound: !t.once_in(4) })
			},
			Kind::MoveUnearned => {
				let idle: Vec<_> = self.pools_where(|pool| pool.active.is_empty());
				let pool = pick(&idle, t.pool).unwrap_or(pool);
				Action::Signed(STRANGER, Call::move_unearned { pool })
			},
			Kind::MoveProceeds => {
				let parked: Vec<_> = self.parked.keys().copied().collect();
				let (asset, beneficiary) =
					pick(&parked, t.pool).unwrap_or((t.asset(), t.beneficiary()));
				Action::Signed(STRANGER, Call::move_proceeds { asset, beneficiary })
			},
			Kind::Eras => Action::Eras(1 + u32::from(t.nth % 80)),
			Kind::Blocks => Action::Blocks(1 + u64::from(t.nth % 8)),
			Kind::Slash => self.some_slash(t),
			Kind::OpenReport => Action::OpenReport(pool),
			Kind::SettleReport => {
				let reported: Vec<_> = self.pools_where(|pool| pool.open_reports > 0);
				Action::SettleReport(pick(&reported, t.pool).unwrap_or(pool))
			},
			Kind::Credit => self.some_credit(t),
			Kind::Donate => {
				let asset = t.asset();
				let reward = t.once_in(3);
				let vault = Restaking::vault_account(asset);
				let to = if reward { Restaking::reward_account() } else { vault };
				Action::Donate { asset, to, amount: t.amount_of(asset) }
			},
			Kind::Freeze => Action::Freeze(t.foreign_asset()),
			Kind::Thaw => {
				let frozen: Vec<_> = self.tokens.frozen().collect();
				Action::Thaw(pick(&frozen, t.pool).unwrap_or(t.foreign_asset()))
			},
			_ => self.choose_of_operators(t, pool),
		}
	}

	fn choose_of_tickets(&self, t: &Transition) -> Action {
		let wanted = |key: &TicketKey| match t.kind {
			_ if t.once_in(4) => true,
			Kind::CancelUnstake => key.2 > self.era,
			Kind::TransferTicket => true,
			Kind::CompleteMove => key.2 <= self.era && key.3.is_some(),
			_ => key.2 <= self.era,
		};
		let (owner, ticket) = self.some_ticket(t, t.nth, wanted);
		let points = t.part_of(self.points_of(owner, &ticket));
		match t.kind {
			Kind::Withdraw => Action::Signed(owner, Call::withdraw { ticket }),
			Kind::WithdrawTo => {
				let beneficiary = t.other_person();
				Action::Signed(owner, Call::withdraw_to { ticket, beneficiary })
			},
			Kind::WithdrawFor => Action::Signed(STRANGER, Call::withdraw_for { owner, ticket }),
			Kind::WithdrawMany => {
				// Some of them twice, immature, or another owner's.
				let other = |n: u16| self.some_ticket(t, t.nth.wrapping_mul(7 * n + 3), |_| true).1;
				let others = (0..4).map(other);
				let tickets: Vec<_> = core::iter::once(ticket).chain(others).collect();
				let tickets = tickets.try_into().expect("five at the most");
				Action::Signed(owner, Call::withdraw_many { tickets })
			},
			Kind::CompleteMove => Action::Signed(STRANGER, Call::complete_move { owner, ticket }),
			Kind::CancelUnstake => Action::Signed(owner, Call::cancel_unstake { ticket, points }),
			_ => {
				let to = t.other_person();
				Action::Signed(owner, Call::transfer_ticket { ticket, points, to })
			},
		}
	}

	fn choose_of_operators(&self, t: &Transition, pool: PoolId) -> Action {
		let own = self.pools.get(&pool).map_or(t.operator(), |pool| pool.operator);
		let own = if t.once_in(20) { t.operator() } else { own };
		let operator = t.operator();
		match t.kind {
			Kind::SetPoolStatus => {
				let status = match t.nth % 30 {
					0 => PoolStatus::WindingUp,
					1..5 => PoolStatus::Closed,
					_ => PoolStatus::Open,
				};
				Action::Signed(own, Call::set_pool_status { pool, status })
			},
			Kind::SetPoolAccess => {
				let access = if t.once_in(5) { PoolAccess::Approved } else { PoolAccess::Everyone };
				Action::Signed(own, Call::set_pool_access { pool, access })
			},
			Kind::SetApproval => {
				let (restaker, approved) = (t.other_person(), !t.once_in(3));
				Action::Signed(operator, Call::set_approval { restaker, approved })
			},
			Kind::SetOperatorStatus => {
				let status = match t.nth % 60 {
					0 => OperatorStatus::Leaving,
					1..7 => OperatorStatus::Paused,
					_ => OperatorStatus::Active,
				};
				Action::Signed(operator, Call::set_operator_status { status })
			},
			Kind::SetChilled => {
				Action::Root(Call::set_chilled { operator, chilled: t.once_in(12) })
			},
			Kind::SetVault => {
				let (asset, settings) = (t.asset(), self.some_settings(t));
				Action::Root(Call::set_vault { asset, settings })
			},
			Kind::SetEraSettings => {
				let same = !t.once_in(10);
				let EraSettings { granularity, .. } = self.genesis;
				let settings = EraSettings {
					length: u64::from(t.nth % 21),
					unbonding: u32::from(t.pool % 12),
					granularity: if same { granularity } else { granularity % 3 + 1 },
				};
				Action::Root(Call::set_era_settings { settings })
			},
			Kind::SetCurrency => {
				let retired = t.once_in(10);
				let status = if retired { CurrencyStatus::Retired } else { CurrencyStatus::Active };
				Action::Root(Call::set_reward_currency { asset: t.currency(), status })
			},
			Kind::ListCurrency => Action::Root(Call::add_reward_currency { asset: t.currency() }),
			Kind::CreatePool => {
				let (asset, name) = (t.asset(), b"pool".to_vec());
				Action::Signed(operator, Call::create_pool { asset, name })
			},
			Kind::RemovePool => {
				let pool = self.some_closing_pool(t);
				let own = self.pools.get(&pool).map_or(own, |pool| pool.operator);
				Action::Signed(own, Call::remove_pool { pool })
			},
			Kind::Register => {
				let (commission, metadata) = (Perbill::from_percent(1), Vec::new());
				Action::Signed(operator, Call::register_operator { commission, metadata })
			},
			_ => {
				let leaving = |who: &AccountId| {
					self.operators.get(who).is_some_and(|o| o.status == OperatorStatus::Leaving)
				};
				let who = OPERATORS.into_iter().find(leaving).unwrap_or(operator);
				if let Some((_, restaker)) = self.approvals.iter().find(|(of, _)| *of == who) {
					let (restaker, approved) = (*restaker, false);
					return Action::Signed(who, Call::set_approval { restaker, approved });
				}
				Action::Signed(who, Call::deregister_operator {})
			},
		}
	}

	fn some_stake(&self, t: &Transition, who: AccountId, id: PoolId) -> Call<Test> {
		let Some(pool) = self.pools.get(&id) else {
			return Call::stake { pool: id, amount: 1, min_shares: 0 };
		};
		let vault = &self.vaults[&pool.asset];
		let amount = match t.measure {
			Measure::All | Measure::TooMuch => {
				t.part_of(planck(&self.tokens.balance(pool.asset, who)))
			},
			Measure::Limit => {
				let custody = planck(&vault.custody);
				let room = vault.settings.deposit_cap.saturating_sub(custody);
				room + t.amount % 2
			},
			_ => t.amount_of(pool.asset),
		};
		let bought = pool.active.bought_by(&amount.into());
		let shares = bought.map_or(0, |shares| planck(&shares));
		let min_shares = match t.nth % 20 {
			0 => shares.saturating_add(1),
			1 => shares,
			_ => 0,
		};
		Call::stake { pool: id, amount, min_shares }
	}

	fn some_slash(&self, t: &Transition) -> Action {
		let (numerator, denominator) = t.ratio();
		let ids: Vec<_> = self.pools.keys().copied().collect();
		let count = 1 + usize::from(t.nth % 3);
		let mut pools: Vec<_> = (0..count)
			.filter_map(|n| pick(&ids, t.pool.wrapping_add(5 * n as u8)))
			.map(|pool| (pool, numerator, denominator))
			.collect();
		if t.once_in(40) {
			pools.push((self.next_pool, numerator, denominator));
		}
		Action::Slash { pools, beneficiary: t.beneficiary() }
	}

	fn some_credit(&self, t: &Transition) -> Action {
		let compounding = self.some_compounding(t).map(|(pool, _)| pool);
		let currency = compounding.map_or(t.currency(), |_| NativeAsset::get());
		let mut amount = t.amount_of(currency);
		let ids: Vec<_> = self.pools.keys().copied().collect();
		let mut amounts: Vec<_> = compounding.map(|pool| (pool, amount)).into_iter().collect();
		for n in 0..=(t.who % 3) {
			amounts.extend(pick(&ids, t.pool.wrapping_add(n * 3)).map(|pool| (pool, amount)));
			amount = amount / 3 + 1;
		}
		if t.whom == 0 {
			amounts.push((self.next_pool, 1));
		}
		let blocks = if t.whom == 1 { 0 } else { 1 + u64::from(t.nth) % 1000 };
		Action::Credit { currency, blocks, amounts }
	}

	fn some_settings(&self, t: &Transition) -> VaultSettings {
		let (cap, custody) = (asset(t.asset()).cap, &self.vaults[&t.asset()].custody);
		let deposit_cap = match t.nth % 12 {
			0 => planck(custody),
			1 => planck(custody) / 2,
			2 => MAX_BALANCE + t.amount % 2,
			3 => 10,
			_ => cap,
		};
		let minimum_stake = if t.once_in(5) { t.amount % 100 } else { 0 };
		let status = match t.who % 20 {
			0 => VaultStatus::Closed,
			1 | 2 => VaultStatus::ExitsOnly,
			_ => VaultStatus::Open,
		};
		let yield_rate = FixedU128::from_inner(match t.whom % 12 {
			0 => t.amount,
			// What the largest cap allows, or a little too much.
			1 => 10u128.pow(18) + t.amount % 2,
			_ => 0,
		});
		VaultSettings { deposit_cap, minimum_stake, status, yield_rate }
	}

	fn shares(&self, id: PoolId, who: AccountId) -> Balance {
		self.pools.get(&id).map_or(0, |pool| planck(&pool.shares_of(who)))
	}

	fn pools_where(&self, matches: impl Fn(&Pool) -> bool) -> Vec<PoolId> {
		self.pools.iter().filter(|(_, pool)| matches(pool)).map(|(id, _)| *id).collect()
	}

	/// Any pool; now and then one that does not exist.
	fn some_pool(&self, t: &Transition) -> PoolId {
		let count = self.pools.len();
		if t.pool == u8::MAX || count == 0 {
			return self.next_pool;
		}
		*self.pools.keys().nth(usize::from(t.pool) % count).expect("below the count")
	}

	/// Most often a pool in which the person has something.
	fn own_pool_of(&self, t: &Transition, who: AccountId) -> PoolId {
		let own = self.pools_where(|pool| pool.positions.get(&who).is_some_and(|own| own.exists));
		let any = self.some_pool(t);
		if t.once_in(15) {
			any
		} else {
			pick(&own, t.pool).unwrap_or(any)
		}
	}

	/// Every other time a position that compounds, if there are any.
	fn some_compounding(&self, t: &Transition) -> Option<(PoolId, AccountId)> {
		pick(&self.compounding(), t.pool).filter(|_| t.once_in(2))
	}

	/// Most often a pool in which the person has shares.
	fn staked_pool_of(&self, t: &Transition, who: AccountId) -> PoolId {
		let own = self.pools_where(|pool| pool.shares_of(who) > Number::ZERO);
		if t.once_in(15) {
			self.own_pool_of(t, who)
		} else {
			pick(&own, t.pool).unwrap_or(self.some_pool(t))
		}
	}

	/// Most often another pool of the same asset.
	fn some_sister(&self, t: &Transition, id: PoolId) -> PoolId {
		let any = self.some_pool(t);
		let Some(asset) = self.pools.get(&id).map(|pool| pool.asset) else { return any };
		let sisters: Vec<_> = self.pools_where(|pool| pool.asset == asset);
		let others: Vec<_> = sisters.into_iter().filter(|other| *other != id).collect();
		if t.once_in(10) {
			any
		} else {
			pick(&others, t.whom).unwrap_or(any)
		}
	}

	/// Most often a pool that is being wound up.
	fn some_closing_pool(&self, t: &Transition) -> PoolId {
		let closing = self.pools_where(|pool| pool.status == PoolStatus::WindingUp);
		let any = self.some_pool(t);
		if t.once_in(10) {
			any
		} else {
			pick(&closing, t.pool).unwrap_or(any)
		}
	}

	/// Most often somebody who has something in the pool.
	fn member(&self, t: &Transition, id: PoolId) -> AccountId {
		let Some(pool) = self.pools.get(&id) else { return t.other_person() };
		let positions = pool.positions.iter().filter(|(_, position)| position.exists);
		let members: Vec<_> = positions.map(|(who, _)| *who).collect();
		pick(&members, t.whom).unwrap_or(t.other_person())
	}

	/// A ticket as wanted and its owner; where there is none, one that nobody has.
	fn some_ticket(
		&self,
		t: &Transition,
		nth: u16,
		wanted: impl Fn(&TicketKey) -> bool,
	) -> (AccountId, TicketId) {
		let bogus = TicketId { pool: self.some_pool(t), maturity: self.maturity(), into: None };
		let found: Vec<_> = self.tickets.keys().filter(|key| wanted(key)).collect();
		match found.get(usize::from(nth) % found.len().max(1)) {
			Some((owner, pool, maturity, into)) if !nth.is_multiple_of(50) => {
				(*owner, TicketId { pool: *pool, maturity: *maturity, into: *into })
			},
			_ => (t.person(), bogus),
		}
	}
}

/// The nth of a list, from its beginning again where it ends.
fn pick<T: Copy>(list: &[T], nth: u8) -> Option<T> {
	(!list.is_empty()).then(|| list[usize::from(nth) % list.len()])
}
