// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! Nomination pools with delegated staking.
//!
//! The pool measured is in use as the ledger's is: somebody has unbonded in each of the last eras. No
//! operator takes a commission, nothing is left to pay out when somebody unbonds, and it is never the
//! measured call that settles the pool's account with the staking pallet: all this would cost more.

use super::{endow_with, Scheme, STAKE};
use crate::{
	configs::{BONDING_ERAS, EXISTENTIAL_DEPOSIT, FOUNDERS_BOND, UNIT},
	meter::{clear_events, measure_calls, measure_each, prepare, prepare_as, Meter, Reading, Step},
	people, AccountId, Balance, Balances, NominationPools, Runtime,
};
use alloc::{vec, vec::Vec};
use frame_support::{dispatch::RawOrigin, traits::fungible::Mutate};
use pallet_nomination_pools::{BondExtra, Call, ConfigOp, PoolMembers};
use pallet_staking::{slashing::do_slash, ActiveEra, ActiveEraInfo, CurrentEra, Ledger};

/// The pool that the population is in.
const POOL: u32 = 1;
/// What a leaver has in the pool, and what they leave with in their era.
const LEAVERS_STAKE: Balance = 1_000_000 * UNIT;
const EXIT: Balance = UNIT;

/// Nomination pools.
pub struct NominationPoolsScheme;

impl Scheme for NominationPoolsScheme {
	fn open() {
		let limits = Call::<Runtime>::set_configs {
			min_join_bond: ConfigOp::Noop,
			min_create_bond: ConfigOp::Noop,
			max_pools: ConfigOp::Remove,
			max_members: ConfigOp::Remove,
			max_members_per_pool: ConfigOp::Remove,
			global_max_commission: ConfigOp::Noop,
		};
		prepare(RawOrigin::Root, limits);
		let (validator, founder) = (people::validator(), people::founder());
		endow_with(&validator, FOUNDERS_BOND * 2);
		endow_with(&founder, FOUNDERS_BOND * 2);
		let payee = pallet_staking::RewardDestination::Stash;
		prepare_as(
			&validator,
			pallet_staking::Call::<Runtime>::bond { value: FOUNDERS_BOND, payee },
		);
		prepare_as(
			&validator,
			pallet_staking::Call::<Runtime>::validate { prefs: Default::default() },
		);
		let of_founder = || founder.clone().into();
		prepare_as(
			&founder,
			Call::<Runtime>::create {
				amount: FOUNDERS_BOND,
				root: of_founder(),
				nominator: of_founder(),
				bouncer: of_founder(),
			},
		);
		prepare_as(
			&founder,
			Call::<Runtime>::nominate { pool_id: POOL, validators: vec![validator] },
		);
		start_era(1);
		for number in 0..BONDING_ERAS {
			let leaver = people::leaver(number);
			endow_with(&leaver, LEAVERS_STAKE * 2);
			let amount = LEAVERS_STAKE;
			prepare_as(&leaver, Call::<Runtime>::join { amount, pool_id: POOL });
		}
		for _ in 0..=BONDING_ERAS {
			pass_era();
		}
	}

	fn join(who: &AccountId) {
		prepare_as(who, join());
	}

	fn round<M: Meter>(passers_by: &[AccountId], readings: &mut Vec<Reading>) {
		let extra = || BondExtra::FreeBalance(STAKE);
		measure_calls::<M, _>(Step::PoolJoin, readings, passers_by, |_| join());
		measure_calls::<M, _>(Step::PoolBondExtra, readings, passers_by, |_| {
			Call::<Runtime>::bond_extra { extra: extra() }
		});
		earn();
		measure_calls::<M, _>(Step::PoolClaim, readings, passers_by, |_| {
			Call::<Runtime>::claim_payout {}
		});
		measure_calls::<M, _>(Step::PoolUnbond, readings, passers_by, |who| {
			unbond(who, points(who) / 2)
		});
		measure_calls::<M, _>(Step::PoolUnbondRest, readings, passers_by, |who| {
			unbond(who, points(who))
		});
		(0..BONDING_ERAS).for_each(|_| pass_era());
		measure_calls::<M, _>(Step::PoolWithdraw, readings, passers_by, withdraw_unbonded);
	}
}

/// Measures slashes of the pool: what the staking pallet does when the slash of its validator is
/// applied, and what the pools note for their members to suffer later. The first only warms up.
pub fn slash_pool<M: Meter>(times: u32) -> Vec<Reading> {
	let mut readings = Vec::new();
	let pool = NominationPools::generate_bonded_account(POOL);
	let stake = Ledger::<Runtime>::get(&pool).expect("the pool has bonded").total;
	// It is applied as late as it may be: what was unbonded in the meantime is slashed too.
	let era = CurrentEra::<Runtime>::get().expect("an era") + 1 - BONDING_ERAS;
	let reports: Vec<_> = (0..=times).map(|_| people::payee()).collect();
	measure_each::<M>(Step::PoolSlash, &mut readings, &reports, |_| {
		let mut imbalance = Default::default();
		do_slash::<Runtime>(&pool, stake / 100, &mut 0, &mut imbalance, era);
		Ok(())
	});
	readings
}

/// Measures `apply_slash` for restakers `from` to `to`. The first of them only warms up.
pub fn apply_slashes<M: Meter>(from: u32, to: u32) -> Vec<Reading> {
	let mut readings = Vec::new();
	let members: Vec<_> = (from..to).map(people::restaker).collect();
	measure_calls::<M, _>(Step::PoolApplySlash, &mut readings, &members, |member| {
		Call::<Runtime>::apply_slash { member_account: member.clone().into() }
	});
	clear_events();
	readings
}

fn join() -> Call<Runtime> {
	Call::join { amount: STAKE, pool_id: POOL }
}

fn withdraw_unbonded(who: &AccountId) -> Call<Runtime> {
	Call::withdraw_unbonded { member_account: who.clone().into(), num_slashing_spans: 0 }
}

fn points(who: &AccountId) -> Balance {
	PoolMembers::<Runtime>::get(who).expect("a member").points
}

fn unbond(who: &AccountId, unbonding_points: Balance) -> Call<Runtime> {
	Call::unbond { member_account: who.clone().into(), unbonding_points }
}

/// The pool's reward account is paid for an era.
fn earn() {
	let account = NominationPools::generate_reward_account(POOL);
	let amount = FOUNDERS_BOND.max(EXISTENTIAL_DEPOSIT);
	Balances::mint_into(&account, amount).expect("coins can be minted");
}

fn start_era(index: u32) {
	CurrentEra::<Runtime>::put(index);
	ActiveEra::<Runtime>::put(ActiveEraInfo { index, start: Some(0) });
}

/// An era passes: who unbonded when it could be withdrawn today takes it, and unbonds a little more.
fn pass_era() {
	let index = CurrentEra::<Runtime>::get().expect("an era") + 1;
	start_era(index);
	let leaver = people::leaver(index % BONDING_ERAS);
	let member = PoolMembers::<Runtime>::get(&leaver).expect("a member");
	if !member.unbonding_eras.is_empty() {
		prepare_as(&leaver, withdraw_unbonded(&leaver));
	}
	prepare_as(&leaver, unbond(&leaver, EXIT));
}
