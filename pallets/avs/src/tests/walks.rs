// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Random walks through calls of the ledger and of the registry together. Invariants hold after each
//! step, tables show the turn, and no AVS's slash changes what another can take.

use super::*;
use picasso_primitives::{
	restaking::{StakeLedger, TicketId},
	PoolId,
};
use proptest::prelude::*;
use std::collections::BTreeMap;

const AVSS: [u32; 2] = [1, 2];

#[derive(Clone, Debug)]
enum Step {
	Stake(usize, u128),
	Unstake(usize, u8),
	Withdraw(usize),
	Allocate(usize, u32, bool, u64),
	Join(usize, u32),
	Leave(usize, u32),
	Free(usize, u32, bool),
	/// By which AVS, whom, for a fault how many eras ago, and what part of what.
	Slash(u32, usize, u32, u32, u32),
	Chill(usize, bool),
	Terms(u32, u64),
	Blocks(u64),
	/// Whether blocks leave room for tables.
	Room(bool),
}

fn step() -> impl Strategy<Value = Step> {
	let operator = 0..4usize;
	let avs = 1..3u32;
	prop_oneof![
		4 => (operator.clone(), 1..1_000_000u128).prop_map(|(to, amount)| Step::Stake(to, amount)),
		2 => (operator.clone(), 1..=100u8).prop_map(|(of, part)| Step::Unstake(of, part)),
		1 => operator.clone().prop_map(Step::Withdraw),
		6 => (operator.clone(), avs.clone(), any::<bool>(), 0..=100u64)
			.prop_map(|(by, avs, sol, part)| Step::Allocate(by, avs, sol, part)),
		3 => (operator.clone(), avs.clone()).prop_map(|(by, avs)| Step::Join(by, avs)),
		1 => (operator.clone(), avs.clone()).prop_map(|(by, avs)| Step::Leave(by, avs)),
		1 => (operator.clone(), avs.clone(), any::<bool>())
			.prop_map(|(of, avs, sol)| Step::Free(of, avs, sol)),
		3 => (avs.clone(), operator.clone(), 0..4u32, 0..=100u32, 1..=100u32).prop_map(
			|(avs, of, ago, part, whole)| Step::Slash(avs, of, ago, part.min(whole), whole)
		),
		1 => (operator, any::<bool>()).prop_map(|(of, chilled)| Step::Chill(of, chilled)),
		1 => (avs, 0..3_000u64).prop_map(|(of, pay)| Step::Terms(of, pay)),
		6 => (1..25u64).prop_map(Step::Blocks),
		1 => any::<bool>().prop_map(Step::Room),
	]
}

fn pool_of(operator: usize, sol: bool) -> PoolId {
	if sol {
		sol_pool(operator)
	} else {
		pica_pool(operator)
	}
}

/// What each AVS can take of each pool, in planck.
fn slashable() -> BTreeMap<(u32, PoolId), u128> {
	OPERATORS
		.iter()
		.flat_map(Avs::operator_allocations)
		.map(|info| ((info.avs, info.pool), info.slashable_stake))
		.collect()
}

/// By magnitudes, without the walk's own arithmetic: S · b / m at the turn.
fn expected_table(avs: u32, stakes: &BTreeMap<PoolId, (u128, u128, u128)>) -> u128 {
	stakes
		.iter()
		.filter(|(pool, _)| Allocations::<Test>::contains_key(**pool, avs))
		.map(|(_, (stake, part, whole))| {
			let product = sp_core::U256::from(*stake) * sp_core::U256::from(*part);
			(product / sp_core::U256::from(*whole)).as_u128()
		})
		.sum()
}

fn take(step: &Step) {
	// A call that fails changes nothing, as in a block.
	let done = frame_support::storage::with_storage_layer(|| run(step));
	let _: Result<(), _> = done;
}

fn run(step: &Step) -> sp_runtime::DispatchResult {
	match *step {
		Step::Stake(to, amount) => Restaking::stake(origin(BOB), sol_pool(to), amount, 0)
			.and_then(|()| Restaking::stake(origin(BOB), pica_pool(to), amount, 0)),
		Step::Unstake(of, part) => {
			let position = pallet_restaking::Positions::<Test>::get(BOB, sol_pool(of));
			let shares = position.map_or(0, |position| position.shares) * u128::from(part) / 100;
			Restaking::unstake(origin(BOB), sol_pool(of), shares)
		},
		Step::Withdraw(of) => {
			let ticket = TicketId { pool: sol_pool(of), maturity: era() / 2 * 2, into: None };
			Restaking::withdraw(origin(BOB), ticket)
		},
		Step::Allocate(by, avs, sol, part) => {
			try_allocate(by, avs, pool_of(by, sol), percent(part))
		},
		Step::Join(by, avs) => Avs::join(origin(OPERATORS[by]), avs, Some(key(by, avs))),
		Step::Leave(by, avs) => Avs::leave(origin(OPERATORS[by]), avs),
		Step::Free(of, avs, sol) => Avs::free_allocation(origin(BOB), avs, pool_of(of, sol)),
		Step::Slash(avs, of, ago, part, whole) => {
			let before = slashable();
			let fault = era().saturating_sub(ago);
			slash_for(fault, avs, of, part.into(), whole.into());
			let after = slashable();
			for ((other, pool), could) in before.into_iter().filter(|((by, _), _)| *by != avs) {
				let can = after.get(&(other, pool)).copied().unwrap_or_default();
				let stake = <Restaking as StakeLedger<AccountId>>::pool_stake(pool).unwrap();
				// A pool that was lost whole has nothing left for anyone.
				assert!(
					could.abs_diff(can) <= 1 || stake.active == 0,
					"{other} {pool}: {could} {can}"
				);
			}
			Ok(())
		},
		Step::Chill(of, chilled) => {
			Restaking::set_chilled(RuntimeOrigin::root(), OPERATORS[of], chilled)
		},
		Step::Terms(of, pay) => {
			let changed = Terms { pay_per_era: pay.into(), ..both() };
			Avs::set_terms(origin(ALICE), of, Box::new(changed))
		},
		Step::Blocks(count) => {
			(0..count).for_each(|_| pass_block());
			Ok(())
		},
		Step::Room(room) => {
			let (all, none) = (frame_support::weights::Weight::MAX, Default::default());
			let room = if room { all } else { none };
			IdleWeight::set(room);
			Ok(())
		},
	}
}

/// A block; where the era turns in it, the tables are what was there before.
fn pass_block() {
	let before = era();
	let stakes: BTreeMap<_, _> = (0..8)
		.map(|pool| (pool, <Restaking as StakeLedger<AccountId>>::pool_stake(pool).unwrap()))
		.collect();
	next_block();
	let now = era();
	let built = AVSS.map(|avs| Avss::<Test>::get(avs).unwrap().tables.last == Some(now));
	if now == before || built != [true, true] {
		return;
	}
	for avs in AVSS {
		let serves = |pool: PoolId| {
			let operator = OPERATORS[pool as usize / 2];
			let standing = <Restaking as StakeLedger<AccountId>>::operator(&operator).unwrap();
			let member = Members::<Test>::get(avs, operator);
			!standing.chilled
				&& member.is_some_and(|member| {
					member.since.is_some_and(|since| since <= now) && member.until.is_none()
				})
		};
		let parts: BTreeMap<_, _> = stakes
			.iter()
			.filter(|(pool, _)| serves(**pool))
			.filter_map(|(pool, stake)| {
				let part = Allocations::<Test>::get(pool, avs)?;
				let whole = PoolMagnitudes::<Test>::get(pool)?;
				let alike =
					part.generation == stake.generation && whole.generation == stake.generation;
				alike.then(|| (*pool, (stake.active, part.total(), whole.left)))
			})
			.collect();
		let total: u128 = table(avs).into_iter().map(|(_, weight)| weight).sum();
		assert_eq!(total, expected_table(avs, &parts), "the table of {avs} in era {now}");
	}
}

/// Both assets count alike.
fn both() -> Terms<AccountId> {
	let assets = vec![asset_terms(PICA), asset_terms(SOL)].try_into().unwrap();
	Terms { assets, ..terms() }
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..Default::default() })]

	#[test]
	fn everything_holds_whatever_is_done(steps in proptest::collection::vec(step(), 1..120)) {
		ExtBuilder::build().execute_with(|| {
			// The chain takes nothing here: its operator's pool is free again.
			assert_ok!(Avs::leave(origin(OPERATORS[0]), CHAIN));
			for avs in AVSS {
				assert_eq!(onboard(both()), avs);
			}
			for operator in 0..4 {
				join(operator, 1);
			}
			let mut tables = BTreeMap::new();
			for step in &steps {
				take(step);
				check();
				for (avs, era, table) in Tables::<Test>::iter() {
					let known = tables.entry((avs, era)).or_insert(table);
					assert_eq!(*known, table, "a table changed");
				}
			}
		});
	}
}
