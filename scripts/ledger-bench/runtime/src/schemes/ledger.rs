// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! The restaking ledger.
//!
//! The pool measured is in use: somebody has left it on each of the last days, so that it keeps as
//! many buckets of exits in progress as it can, and each slash takes its part of all of them. It earns
//! in one currency, and earned in each block: each step brings that up to date.

use super::{endow_with, mint, Scheme, STAKE};
use crate::{
	configs::{ERAS_PER_DAY, ERA_BLOCKS, UNBONDING_DAYS, UNIT},
	meter::{
		measure_calls, measure_each, measure_in_turns, pass_blocks, prepare, prepare_as, Meter,
		Reading, Step,
	},
	people, AccountId, AssetId, Balance, BlockNumber, Restaking, Runtime, System,
};
use alloc::vec::Vec;
use core::ops::Range;
use frame_support::{dispatch::RawOrigin, traits::Hooks};
use pallet_restaking::{Call, CurrentEra, Pools, Positions, Tickets};
use picasso_primitives::{
	math::Ratio,
	restaking::{TicketId, VaultSettings, VaultStatus},
	rewards::PoolRewards,
	slashing::Slashable,
	PoolId,
};
use sp_runtime::{FixedU128, Perbill};

/// The asset staked.
pub const STAKED: AssetId = 1 << 96;
/// The first currency of rewards; the others follow.
const FIRST_CURRENCY: AssetId = 4 << 96;
const CURRENCIES: u32 = 8;

/// The pool that the population is in, which earns one currency; it and the next seven are slashed
/// together.
pub(super) const MAIN: PoolId = 0;
const POOLS: u32 = 8;
/// Of those, one that is as `MAIN` in all but its restakers: there are ten. Its key hashes to the same
/// nibble as that of `MAIN`: both are at the same depth of the trie.
pub(super) const FEW: PoolId = 3;
const FEW_RESTAKERS: u32 = 10;
/// Of those, one that earns nothing.
const IDLE: PoolId = 1;
/// A pool that earns two currencies, and one that earns eight.
const TWO: PoolId = 8;
const EIGHT: PoolId = 9;

/// What somebody leaves each of the eight with on each day, and what they leave from.
const EXIT: Balance = UNIT;
const LEAVERS_STAKE: Balance = 1_000_000 * UNIT;
/// What each pool earns in each currency: in a block, and over a time that no measurement outlasts.
pub(super) const EARNINGS_PER_BLOCK: Balance = 1_000_000 * UNIT;
const EARNINGS: Balance = EARNINGS_PER_BLOCK * EARNING_BLOCKS as Balance;
const EARNING_BLOCKS: BlockNumber = 1 << 31;

/// Every asset of the ledger.
pub fn assets() -> impl Iterator<Item = AssetId> {
	core::iter::once(STAKED).chain(currencies(CURRENCIES))
}

pub(super) fn currencies(count: u32) -> impl Iterator<Item = AssetId> {
	(0..count).map(|slot| FIRST_CURRENCY + AssetId::from(slot))
}

/// Our own ledger.
pub struct Ledger;

impl Scheme for Ledger {
	fn open() {
		let governance = people::governance();
		endow_with(&governance, LEAVERS_STAKE);
		let settings = VaultSettings {
			deposit_cap: picasso_primitives::math::MAX_BALANCE,
			minimum_stake: UNIT / 1_000,
			status: VaultStatus::Open,
			yield_rate: FixedU128::from_u32(1),
		};
		prepare(RawOrigin::Root, Call::<Runtime>::create_vault { asset: STAKED, settings });
		for asset in currencies(CURRENCIES) {
			mint(asset, &governance, EARNINGS * 5);
			prepare(RawOrigin::Root, Call::<Runtime>::add_reward_currency { asset });
		}
		(0..POOLS).for_each(|pool| open_pool(pool, u32::from(pool == MAIN || pool == FEW)));
		open_pool(TWO, 2);
		open_pool(EIGHT, 8);
		let leaver = people::leaver(0);
		endow_with(&leaver, LEAVERS_STAKE * 9);
		(0..POOLS).for_each(|pool| stake(&leaver, pool, LEAVERS_STAKE));
		// The operator and the leaver are restakers too.
		for number in 2..FEW_RESTAKERS {
			let who = people::neighbour(number);
			endow_with(&who, STAKE * 2);
			stake(&who, FEW, STAKE);
		}
		// The middle of a day.
		pass_eras(ERAS_PER_DAY / 2);
		for _ in 0..=UNBONDING_DAYS {
			pass_night();
			leave();
		}
	}

	fn join(who: &AccountId) {
		stake(who, MAIN, STAKE);
	}

	fn welcome(who: &AccountId) {
		currencies(CURRENCIES).for_each(|currency| mint(currency, who, UNIT));
	}

	fn round<M: Meter>(passers_by: &[AccountId], readings: &mut Vec<Reading>) {
		let stake_in = |pool| Call::<Runtime>::stake { pool, amount: STAKE, min_shares: 0 };
		let claim = |pool| Call::<Runtime>::claim { pool };
		let unstake = |who: &AccountId, pool, part| Call::<Runtime>::unstake {
			pool,
			shares: shares(who, pool) / part,
		};
		let each = passers_by;
		measure_calls::<M, _>(Step::Stake, readings, each, |_| stake_in(MAIN));
		measure_calls::<M, _>(Step::StakeMore, readings, each, |_| stake_in(MAIN));
		measure_calls::<M, _>(Step::Stake8, readings, each, |_| stake_in(EIGHT));
		each.iter().for_each(|who| stake(who, TWO, STAKE));

		measure_calls::<M, _>(Step::Claim1, readings, each, |_| claim(MAIN));
		measure_calls::<M, _>(Step::Claim2, readings, each, |_| claim(TWO));
		measure_calls::<M, _>(Step::Claim8, readings, each, |_| claim(EIGHT));

		measure_calls::<M, _>(Step::Unstake, readings, each, |who| unstake(who, MAIN, 2));
		measure_calls::<M, _>(Step::UnstakeRest, readings, each, |who| unstake(who, MAIN, 1));
		measure_calls::<M, _>(Step::Unstake8, readings, each, |who| unstake(who, EIGHT, 1));
		let maturity = maturity_of_today();
		for who in each {
			prepare_as(who, unstake(who, TWO, 1));
			// They leave nothing that is owed to them.
			[MAIN, TWO, EIGHT].into_iter().for_each(|pool| prepare_as(who, claim(pool)));
		}

		let of_pools =
			|pools: Range<PoolId>| pools.map(|pool| (pool, a_millionth())).collect::<Vec<_>>();
		let payee = people::payee();
		let slash = |pools: &[_]| Restaking::slash(pools, &payee).map(|_| ());
		let (main, few) = (of_pools(MAIN..MAIN + 1), of_pools(FEW..FEW + 1));
		measure_in_turns::<M>([Step::Slash1, Step::SlashFew], readings, each.len(), |step| {
			slash(if step == Step::Slash1 { &main } else { &few })
		});
		let all = of_pools(0..POOLS);
		measure_each::<M>(Step::Slash8, readings, each, |_| slash(&all));

		for _ in 0..UNBONDING_DAYS {
			pass_night();
			leave();
		}
		pass_night();
		let withdraw =
			|pool| Call::<Runtime>::withdraw { ticket: TicketId { pool, maturity, into: None } };
		measure_calls::<M, _>(Step::Withdraw, readings, each, |_| withdraw(MAIN));
		for who in each {
			[TWO, EIGHT].into_iter().for_each(|pool| prepare_as(who, withdraw(pool)));
			let [main, two, eight] =
				[MAIN, TWO, EIGHT].map(|pool| Positions::<Runtime>::get(who, pool));
			assert!(main.or(two).or(eight).is_none(), "who passes by leaves nothing");
		}
		leave();
	}
}

/// Adds a position of each of `who` to the pool that has no, one, two, or eight currencies, when it has
/// earned for a while: what a position keeps of that differs with what was earned before it came.
pub fn join_pool_of(currencies: u32, who: &AccountId) {
	let pool = match currencies {
		0 => IDLE,
		1 => MAIN,
		2 => TWO,
		_ => EIGHT,
	};
	pass_blocks(ERA_BLOCKS);
	stake(who, pool, STAKE);
}

fn open_pool(number: u32, earned: u32) {
	let operator = people::operator(number);
	endow_with(&operator, LEAVERS_STAKE);
	let commission = Perbill::from_percent(5);
	prepare_as(
		&operator,
		Call::<Runtime>::register_operator { commission, metadata: b"An operator".to_vec() },
	);
	prepare_as(
		&operator,
		Call::<Runtime>::create_pool { asset: STAKED, name: b"A pool of theirs".to_vec() },
	);
	stake(&operator, number, STAKE);
	for currency in currencies(earned) {
		let amounts = [(number, EARNINGS)];
		Restaking::credit(&people::governance(), currency, EARNING_BLOCKS, &amounts)
			.expect("governance can pay");
	}
}

pub(super) fn stake(who: &AccountId, pool: PoolId, amount: Balance) {
	prepare_as(who, Call::<Runtime>::stake { pool, amount, min_shares: 0 });
}

fn shares(who: &AccountId, pool: PoolId) -> Balance {
	Positions::<Runtime>::get(who, pool).expect("a position").shares
}

fn a_millionth() -> Ratio {
	Ratio::new(1, 1_000_000).expect("a part of a whole")
}

/// Time passes until the next day, when what is oldest of the exits in progress has matured.
fn pass_night() {
	pass_eras(ERAS_PER_DAY);
}

pub(super) fn pass_eras(count: u32) {
	for _ in 0..count {
		pass_blocks(ERA_BLOCKS);
		Restaking::on_initialize(System::block_number());
	}
}

/// The leaver takes what has matured today, and leaves with a little more.
fn leave() {
	let leaver = people::leaver(0);
	let era = CurrentEra::<Runtime>::get().expect("a clock").index;
	for pool in 0..POOLS {
		let ticket = TicketId { pool, maturity: era - era % ERAS_PER_DAY, into: None };
		if Tickets::<Runtime>::contains_key(&leaver, ticket) {
			prepare_as(&leaver, Call::<Runtime>::withdraw { ticket });
		}
		prepare_as(&leaver, Call::<Runtime>::unstake { pool, shares: EXIT });
		let buckets = Pools::<Runtime>::get(pool).expect("the pool").buckets.len() as u32;
		assert!(buckets <= UNBONDING_DAYS + 1, "matured buckets are emptied");
	}
}

fn maturity_of_today() -> u32 {
	let clock = CurrentEra::<Runtime>::get().expect("a clock");
	clock.maturity().expect("a maturity")
}
