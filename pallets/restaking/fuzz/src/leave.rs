// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The end of an input: whatever happened, everyone can leave, operators last, and nothing is left.

use crate::{
	actors::{anyone, asset, sink},
	execute::{dispatch, freeze_account, freeze_asset},
	steps::{Freeze, Input, Step},
	time, world,
};
use frame_support::traits::{
	fungibles::Inspect,
	tokens::{DepositConsequence, Provenance},
};
use pallet_restaking::{
	Approvals, Call, MaturedBuckets, Operators, ParkedProceeds, Pools, Positions, Vaults,
};
use picasso_primitives::{
	restaking::OperatorStatus, slashing::Slashable, AssetId, Balance, PoolId,
};
use picasso_runtime::{
	configs::assets::NativeAndForeign, AccountId, Restaking, Runtime, RuntimeCall, RuntimeOrigin,
};
use sp_runtime::DispatchResult;

/// Panics where anyone is kept in, or anything is left behind that is anyone's.
pub fn everyone_leaves(input: &Input) {
	lift_freezes(input);
	settle_reports();
	unstake_all();
	withdraw_all();
	claim_all();
	wind_up_all();
	move_all_proceeds();
	check_nothing_is_left();
}

fn call(who: &AccountId, call: Call<Runtime>) -> DispatchResult {
	dispatch(RuntimeCall::Restaking(call), RuntimeOrigin::signed(who.clone())).result
}

fn must(who: &AccountId, what: Call<Runtime>) {
	let told = format!("{what:?}");
	if let Err(error) = call(who, what) {
		panic!("{who:?} is kept in: {told} fails: {error:?}");
	}
}

/// Whether an account cannot be paid: it does not exist and the amount would not make it exist.
fn cannot_receive(asset: AssetId, who: &AccountId, amount: Balance) -> bool {
	NativeAndForeign::can_deposit(asset, who, amount, Provenance::Extant)
		!= DepositConsequence::Success
}

/// An issuer's right to stop its asset is none of the ledger's business.
fn lift_freezes(input: &Input) {
	for step in &input.steps {
		match step {
			Step::FreezeAsset { asset: id, frozen: true } => {
				let _ = freeze_asset(asset(*id), false);
			},
			Step::FreezeAccount { asset: id, who, .. } => {
				let _ = freeze_account(asset(*id), anyone(*who), Freeze::Not);
			},
			_ => {},
		}
	}
}

fn settle_reports() {
	for (id, pool) in Pools::<Runtime>::iter().collect::<Vec<_>>() {
		for _ in 0..pool.open_reports {
			<Restaking as Slashable<AccountId>>::settle_report(id).expect("a report is open");
		}
	}
}

/// Shares that are worth a planck at least, by owner and pool.
fn exits_worth_something() -> Vec<(AccountId, PoolId, Balance)> {
	let worth_something = |who: &AccountId, id: PoolId| {
		let position = Positions::<Runtime>::get(who, id)?;
		let pool = Pools::<Runtime>::get(id)?;
		let value = pool.active.value_of(position.shares).ok()?;
		Some(position.generation == pool.generation && value > 0)
	};
	world::positions()
		.into_iter()
		.filter(|(who, id, _)| worth_something(who, *id) == Some(true))
		.collect()
}

/// What others leave behind may lift a position to a planck: so again until nobody has any.
fn unstake_all() {
	loop {
		let exits = exits_worth_something();
		if exits.is_empty() {
			break;
		}
		for (who, pool, shares) in exits {
			must(&who, Call::unstake { pool, shares });
		}
	}
	for (id, pool) in Pools::<Runtime>::iter() {
		assert!(
			pool.active.balance <= pool.positions.into(),
			"{} planck are left in pool {id}, which {} positions are worth nothing of",
			pool.active.balance,
			pool.positions,
		);
	}
}

fn withdraw_all() {
	let last = world::tickets().iter().map(|(_, id, _)| id.maturity).max().unwrap_or_default();
	while time::era() < last {
		time::turn_eras(1);
	}
	for (who, ticket, _) in world::tickets() {
		if call(&who, Call::withdraw { ticket }).is_err() {
			must(&who, Call::withdraw_to { ticket, beneficiary: sink() });
		}
	}
	assert!(world::tickets().is_empty(), "a ticket is left");
	assert_eq!(MaturedBuckets::<Runtime>::iter().count(), 0, "a matured bucket is left");
	for pool in Pools::<Runtime>::iter_values() {
		assert!(
			pool.buckets.iter().all(|bucket| bucket.exits.is_empty()),
			"points without tickets are left"
		);
	}
}

/// What a position still owes its owner must be what the owner cannot receive.
fn claim_all() {
	for (owner, pool, _) in world::positions() {
		let result = call(&sink(), Call::claim_for { owner: owner.clone(), pool });
		let info = Restaking::account_info(&owner);
		let rest = info.positions.into_iter().find(|position| position.pool == pool);
		for (currency, owed) in rest.into_iter().flat_map(|position| position.rewards) {
			assert!(
				cannot_receive(currency, &owner, owed),
				"{owed} planck of {currency} stay owed to {owner:?}, who could receive them: {result:?}"
			);
		}
	}
}

/// However absent its restakers are, an operator can leave.
fn wind_up_all() {
	for (who, operator) in Operators::<Runtime>::iter().collect::<Vec<_>>() {
		if operator.status != OperatorStatus::Leaving {
			must(&who, Call::set_operator_status { status: OperatorStatus::Leaving });
		}
	}
	for (who, pool, shares) in world::positions() {
		let generation = Positions::<Runtime>::get(&who, pool).map(|position| position.generation);
		let current = Pools::<Runtime>::get(pool).map(|pool| pool.generation);
		if generation == current && shares > 0 {
			must(&sink(), Call::unstake_for { pool, who });
		}
	}
	withdraw_all();
	claim_all();
	for (id, pool) in Pools::<Runtime>::iter().collect::<Vec<_>>() {
		if pool.positions == 0 {
			must(&pool.operator, Call::remove_pool { pool: id });
		}
	}
	for (operator, restaker, ()) in Approvals::<Runtime>::iter().collect::<Vec<_>>() {
		must(&operator, Call::set_approval { restaker, approved: false });
	}
	for (who, operator) in Operators::<Runtime>::iter().collect::<Vec<_>>() {
		if operator.pools == 0 {
			must(&who, Call::deregister_operator {});
		}
	}
}

fn move_all_proceeds() {
	for (asset, beneficiary, amount) in ParkedProceeds::<Runtime>::iter().collect::<Vec<_>>() {
		let result = call(&sink(), Call::move_proceeds { asset, beneficiary: beneficiary.clone() });
		assert!(
			result.is_ok() || cannot_receive(asset, &beneficiary, amount),
			"{amount} planck of {asset} stay parked for {beneficiary:?}: {result:?}"
		);
	}
}

fn check_nothing_is_left() {
	for (asset, vault) in Vaults::<Runtime>::iter() {
		let parked: Balance = ParkedProceeds::<Runtime>::iter_prefix_values(asset).sum();
		assert_eq!(vault.custody, parked, "planck of {asset} are left that are nobody's");
	}
	for (who, pool, shares) in world::positions() {
		assert_eq!(shares, 0, "{who:?} still has shares of pool {pool}");
	}
}
