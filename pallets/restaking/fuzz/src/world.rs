// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The worlds that inputs start from: the development network, some time after its start. Each is made
//! once, and what an input does to it is rolled back.

use crate::{actors::*, execute, time};
use codec::Encode;
use frame_support::{assert_ok, genesis_builder_helper::build_state};
use frame_system::RawOrigin;
use pallet_restaking::{Call, Pools, Positions, Tickets};
use picasso_primitives::{
	math::Ratio,
	restaking::{OperatorStatus, PoolAccess, PoolStatus, TicketId},
	rewards::PoolRewards,
	slashing::Slashable,
	AssetId, Balance, PoolId, PICA,
};
use picasso_runtime::{
	configs::system::ProxyType, AccountId, Restaking, Runtime, RuntimeCall, RuntimeGenesisConfig,
	RuntimeOrigin, DEVELOPMENT,
};
use serde_json::{json, Value};
use sp_core::traits::Externalities;
use sp_runtime::{traits::Dispatchable, MultiAddress, Perbill};
use sp_state_machine::BasicExternalities;
use std::cell::RefCell;

thread_local! {
	static FINE: RefCell<BasicExternalities> = RefCell::new(build(false));
	static COARSE_GRID: RefCell<BasicExternalities> = RefCell::new(build(true));
}

/// Does something in a world and undoes it.
pub fn within<R>(coarse_grid: bool, act: impl FnOnce() -> R) -> R {
	let world = if coarse_grid { &COARSE_GRID } else { &FINE };
	world.with_borrow_mut(|world| {
		world.storage_start_transaction();
		let result = world.execute_with(act);
		world.storage_rollback_transaction().expect("a transaction was started");
		result
	})
}

/// Which of the preset's pools of each operator are kept, by their place there: fewer of them make an
/// audit faster, and operators can create more.
const KEPT_POOLS: [&[usize]; 3] = [&[0, 1, 2, 3, 6], &[0, 1, 6], &[0, 6]];

const ALICE_JITO: PoolId = 0;
const ALICE_MSOL: PoolId = 1;
const ALICE_STATOM: PoolId = 2;
const ALICE_WSTETH: PoolId = 3;
const ALICE_PICA: PoolId = 4;
const BOB_JITO: PoolId = 5;
const BOB_MSOL: PoolId = 6;
const BOB_PICA: PoolId = 7;
const CHARLIE_JITO: PoolId = 8;
const CHARLIE_PICA: PoolId = 9;

const ALICE: u8 = 0;
const CHARLIE: u8 = 2;
const DAVE: u8 = 3;
const EVE: u8 = 4;
const FERDIE: u8 = 5;
const PAUPER: u8 = 6;
const STRANGER: u8 = 7;

fn build(coarse_grid: bool) -> BasicExternalities {
	let mut world = BasicExternalities::new_empty();
	world.execute_with(|| {
		build_state::<RuntimeGenesisConfig>(genesis(coarse_grid)).expect("the preset starts");
		frame_system::Pallet::<Runtime>::set_block_number(1);
		issue_coarse_asset();
		endow();
		stake_widely();
		let eras = time::waiting_time();
		reward();
		leave_and_wait(eras);
		slash();
		leave_again();
		disagree();
		// Nobody reads what happened so far.
		frame_system::Pallet::<Runtime>::reset_events();
		Restaking::do_try_state().expect("the world is sound");
	});
	world
}

/// The preset as the node would start it, with the eras of production but for their length if asked.
fn genesis(coarse_grid: bool) -> Vec<u8> {
	let patch = picasso_runtime::get_preset(&DEVELOPMENT.into()).expect("there is such a preset");
	let patch: Value = serde_json::from_slice(&patch).expect("the preset is JSON");
	let mut genesis =
		serde_json::to_value(RuntimeGenesisConfig::default()).expect("a default can be written");
	merge(&mut genesis, patch);
	if coarse_grid {
		merge(&mut genesis["restaking"]["era"], json!({ "unbonding": 42, "granularity": 6 }));
	}
	let operators = genesis["restaking"]["operators"].as_array_mut().expect("a list");
	for (operator, kept) in operators.iter_mut().zip(KEPT_POOLS) {
		let pools = operator[3].take();
		operator[3] = kept.iter().map(|place| pools[*place].clone()).collect();
	}
	genesis.to_string().into_bytes()
}

fn merge(into: &mut Value, patch: Value) {
	match (into, patch) {
		(Value::Object(into), Value::Object(patch)) => {
			for (key, value) in patch {
				merge(into.entry(key).or_insert(Value::Null), value);
			}
		},
		(into, patch) => *into = patch,
	}
}

fn issue_coarse_asset() {
	let call = pallet_assets::Call::force_create {
		id: COARSE,
		owner: MultiAddress::Id(treasury()),
		is_sufficient: false,
		min_balance: COARSE_MINIMUM,
	};
	assert_ok!(RuntimeCall::Assets(call).dispatch(RawOrigin::Root.into()));
}

fn endow() {
	let give = |who: AccountId, asset: AssetId, amount: Balance| {
		let call = if asset == PICA {
			RuntimeCall::Balances(pallet_balances::Call::force_set_balance {
				who: MultiAddress::Id(who),
				new_free: amount,
			})
		} else {
			let beneficiary = MultiAddress::Id(who);
			let call = pallet_assets::Call::mint { id: asset, beneficiary, amount };
			let issuer = RuntimeOrigin::signed(treasury());
			assert_ok!(RuntimeCall::Assets(call).dispatch(issuer));
			return;
		};
		assert_ok!(call.dispatch(RawOrigin::Root.into()));
	};
	for asset in ASSETS {
		for who in [saver(), payer(), sink()] {
			give(who, asset, 10u128.pow(22));
		}
	}
	(0..6).map(signer).chain([treasury()]).for_each(|who| give(who, COARSE, 10u128.pow(12)));
	give(signer(PAUPER), PICA, 5_000_000_000);
	give(signer(PAUPER), JITO_SOL, 2_000_000);
	give(signer(STRANGER), JITO_SOL, 5_000_000_007);
	give(signer(STRANGER), DOT, 70_000_000_003);
}

fn act(who: AccountId, call: Call<Runtime>) {
	let told = format!("{call:?}");
	if let Err(error) = RuntimeCall::Restaking(call).dispatch(RuntimeOrigin::signed(who)) {
		panic!("the world is made of calls that succeed, but {told} fails: {error:?}");
	}
}

fn stake(who: AccountId, pool: PoolId, amount: Balance) {
	act(who, Call::stake { pool, amount, min_shares: 0 });
}

fn unstake_part(who: AccountId, pool: PoolId, divisor: Balance, into: Option<PoolId>) {
	let shares = Positions::<Runtime>::get(&who, pool).expect("it staked").shares / divisor;
	let call = match into {
		Some(into) => Call::redelegate { pool, shares, into },
		None => Call::unstake { pool, shares },
	};
	act(who, call);
}

fn stake_widely() {
	for pool in [ALICE_JITO, BOB_JITO, BOB_MSOL, CHARLIE_JITO] {
		stake(signer(DAVE), pool, 10_000_000_001);
		stake(signer(EVE), pool, 3_333_333_333);
		stake(saver(), pool, 7_000_000_000);
	}
	for pool in [ALICE_PICA, BOB_PICA, CHARLIE_PICA] {
		stake(signer(DAVE), pool, 1_000_000_000_000_007);
		stake(saver(), pool, 77_000_000_000_000);
	}
	stake(signer(EVE), ALICE_WSTETH, 5 * 10u128.pow(18) + 1);
	stake(saver(), ALICE_WSTETH, 10u128.pow(18));
	stake(signer(EVE), ALICE_STATOM, 1_000_003);
	stake(signer(FERDIE), ALICE_STATOM, 999_983);
	stake(signer(ALICE), ALICE_JITO, 1_000_000_000);
	stake(signer(STRANGER), ALICE_JITO, 4_000_000_000);
}

/// Streams that end soon, that end late, and one to a pool without stake; and who has what is earned in
/// PICA become stake.
fn reward() {
	for pool in [ALICE_PICA, BOB_PICA] {
		act(signer(DAVE), Call::set_compounding { pool, compound: true });
	}
	let credit = |currency, blocks, amounts: &[(PoolId, Balance)]| {
		let from = payer();
		assert_ok!(<Restaking as PoolRewards<_, _>>::credit(&from, currency, blocks, amounts));
	};
	credit(PICA, 5, &[(ALICE_JITO, 1_000_000_007), (ALICE_STATOM, 999), (CHARLIE_PICA, 12_345)]);
	credit(PICA, 10_000, &[(ALICE_PICA, 10u128.pow(16)), (BOB_PICA, 10u128.pow(15) + 7)]);
	credit(JITO_SOL, 10_000, &[(ALICE_JITO, 10u128.pow(13)), (BOB_PICA, 77)]);
	credit(DOT, 600, &[(ALICE_JITO, 10u128.pow(12)), (ALICE_MSOL, 5_000), (ALICE_STATOM, 31)]);
	time::pass_blocks(7);
}

/// Exits that have matured, one of them moved out of its pool's list, and one that is to move.
fn leave_and_wait(eras: u32) {
	unstake_part(signer(DAVE), ALICE_JITO, 7, None);
	unstake_part(saver(), ALICE_JITO, 7, None);
	unstake_part(signer(DAVE), ALICE_PICA, 9, None);
	unstake_part(signer(EVE), BOB_JITO, 2, Some(ALICE_JITO));
	time::turn_eras(eras);
	unstake_part(signer(EVE), ALICE_JITO, 3, None);
	time::turn_eras(eras);
}

/// A pool that lost a third, and one that lost all, exits in progress included, and began anew.
fn slash() {
	unstake_part(signer(FERDIE), ALICE_STATOM, 2, None);
	unstake_part(signer(DAVE), BOB_JITO, 5, None);
	let third = Ratio::new(1, 3).expect("a part");
	let pools = [(BOB_JITO, third), (ALICE_STATOM, Ratio::ONE)];
	<Restaking as Slashable<_>>::slash(&pools, &treasury()).expect("there are such pools");
	stake(signer(FERDIE), ALICE_STATOM, 2_000_001);
	let poor = nobody();
	// What is parked because of a freeze can be moved when that ends; what is too little to receive cannot.
	let hundredth = Ratio::new(1, 100).expect("a part");
	let msol = ASSETS[2];
	assert_ok!(execute::freeze_asset(msol, true).result);
	<Restaking as Slashable<_>>::slash(&[(BOB_MSOL, hundredth)], &treasury()).expect("parked");
	assert_ok!(execute::freeze_asset(msol, false).result);
	let tiny = Ratio::new(1, 10_000_000_000_000).expect("a part");
	<Restaking as Slashable<_>>::slash(&[(CHARLIE_PICA, tiny)], &poor)
		.expect("proceeds are parked");
}

/// Exits that have not matured.
fn leave_again() {
	unstake_part(signer(DAVE), ALICE_JITO, 3, None);
	unstake_part(saver(), ALICE_JITO, 3, None);
	unstake_part(signer(EVE), BOB_JITO, 3, Some(CHARLIE_JITO));
	unstake_part(signer(DAVE), BOB_PICA, 2, None);
	time::turn_eras(1);
	unstake_part(signer(DAVE), ALICE_JITO, 4, None);
}

/// Operators' choices, a proxy, and a report; and an operator that is all but gone.
fn disagree() {
	let metadata = b"Ferdie".to_vec();
	act(signer(FERDIE), Call::register_operator { commission: Perbill::zero(), metadata });
	act(signer(FERDIE), Call::create_pool { asset: JITO_SOL, name: Vec::new() });
	act(signer(FERDIE), Call::set_operator_status { status: OperatorStatus::Leaving });
	act(
		signer(CHARLIE),
		Call::set_pool_status { pool: CHARLIE_PICA, status: PoolStatus::WindingUp },
	);
	act(signer(ALICE), Call::set_pool_access { pool: ALICE_MSOL, access: PoolAccess::Approved });
	act(signer(ALICE), Call::set_approval { restaker: signer(DAVE), approved: true });
	<Restaking as Slashable<AccountId>>::open_report(BOB_MSOL).expect("there is such a pool");
	let call = pallet_proxy::Call::add_proxy {
		delegate: MultiAddress::Id(signer(EVE)),
		proxy_type: ProxyType::Restaking,
		delay: 0,
	};
	assert_ok!(RuntimeCall::Proxy(call).dispatch(RuntimeOrigin::signed(signer(DAVE))));
}

/// Every pool there is.
pub fn pools() -> Vec<PoolId> {
	Pools::<Runtime>::iter_keys().collect()
}

/// Every ticket there is, and whose it is, in an order that does not depend on hashes of accounts.
pub fn tickets() -> Vec<(AccountId, TicketId, Balance)> {
	let mut tickets: Vec<_> =
		Tickets::<Runtime>::iter().map(|(who, id, ticket)| (who, id, ticket.points)).collect();
	tickets.sort_by_key(|(who, id, _)| (who.clone(), id.encode()));
	tickets
}

/// Every position there is: whose, where, and how many shares.
pub fn positions() -> Vec<(AccountId, PoolId, Balance)> {
	Positions::<Runtime>::iter().map(|(who, id, position)| (who, id, position.shares)).collect()
}
