// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The same path, failing at each of its steps: where the funds are then, and how their owner has them
//! back.
//!
//! | step | failure | where the funds are | what brings them home |
//! |---|---|---|---|
//! | the message is executed on Asset Hub | the fee there is too small | the user's account on Asset Hub | nothing happened |
//! | Asset Hub sends it to the gateway | the gateway takes nothing | the user's account on Asset Hub | nothing happened |
//! | Picasso takes it off the lane | the lane is paused | a message that waits on Picasso, its assets in the reserve | the lane goes on; then as ever |
//! | its assets are let in | no more comes in that day | a message that waits on Picasso, its assets in the reserve | there is room, and it is let in by itself; then as ever |
//! | its assets are let in | the asset takes exits only | a message that waits on Picasso, its assets in the reserve | the asset is active again, and it is let in by itself; then as ever |
//! | its assets are let in | the asset is frozen | a message that waits on Picasso, its assets in the reserve | the asset is active again, and it is let in by itself; then as ever |
//! | the call is made | the program makes no sense | the executor's account on Picasso | a program that sends it home |
//! | the call is made | it is not one that messages may make | the executor's account on Picasso | a program that sends it home |
//! | the program stakes | too few shares would come of it | the executor's account on Picasso | a program that sends it home |
//! | the program stakes | the vault takes nothing | the executor's account on Picasso | a program that sends it home |
//! | the program stakes | there is no such pool; the program names a refund | the user's account on Asset Hub | the refund took it home |
//! | the program claims and unstakes | there are fewer shares than named | the pool, or an exit from it, as the executor's | a program that asks for less |
//! | the program claims and unstakes | the message that brings it can't pay | the pool, or an exit from it, as the executor's | a message that pays |
//! | the exit goes home | the lane is paused | the executor's account on Picasso | the lane goes on, and anyone completes the exit |
//! | the exit goes home | the asset is frozen | the pool, or an exit from it, as the executor's | the asset is active again, and anyone completes the exit |
//! | the exit goes home | its way leads nowhere | the executor's account on Picasso | a program that sends it another way |
//! | Asset Hub lets the message in | it is closed | the executor's account on Picasso | a program that sends it again |
//! | Asset Hub gives it to the beneficiary | it knows no such account | Asset Hub's trap, as the executor's | a program that recovers it |
//! | Asset Hub gives what is recovered to the beneficiary | it knows no such account either | Asset Hub's trap, as the executor's | a program that recovers it |

use crate::{
	asset_hub, books, gateway,
	glue::carry,
	network::AssetHub,
	parachain,
	picasso::{self, foreign, lane, on_chain, root, DOT_ID, VDOT_ID},
	places::*,
	users::*,
};
use frame_support::assert_ok;
use picasso_primitives::{
	cvm::{Amount, Instruction as Step, Program, Refund, Route},
	registry::AssetStatus,
	restaking::{Restaking as _, TicketId, VaultSettings, VaultStatus},
	Balance, PoolId,
};
use picasso_runtime::{Restaking, Runtime};
use staging_xcm::latest::prelude::*;
use xcm_simulator::TestExt;

/// What is sent, and what Alice begins with.
const SENT: Balance = 100 * DOT;
const START: Balance = asset_hub::ENDOWMENT * DOT;

/// Where funds can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
	/// In the user's account on Asset Hub.
	User,
	/// In the executor's account on Picasso.
	Executor,
	/// In a message that waits on Picasso, in its lane's queue or beside it.
	Waiting,
	/// In Asset Hub's trap, as the executor's.
	TrapThere,
	/// In a pool.
	Pool,
}

impl Place {
	fn told(self) -> &'static str {
		match self {
			Place::User => "the user's account on Asset Hub",
			Place::Executor => "the executor's account on Picasso",
			Place::Waiting => "a message that waits on Picasso, its assets in the reserve",
			Place::TrapThere => "Asset Hub's trap, as the executor's",
			Place::Pool => "the pool, or an exit from it, as the executor's",
		}
	}

	/// How much vDOT of Alice's is there.
	fn holds(self) -> Balance {
		match self {
			Place::User => there(),
			Place::Executor => here(),
			Place::Waiting => {
				let reserve = books::reserve(vdot());
				reserve - on_chain(|| picasso::issuance(VDOT_ID))
			},
			Place::TrapThere => {
				let claimer = picasso_account(executor(&ALICE).into());
				AssetHub::execute_with(parachain::trapped)
					.into_iter()
					.filter(|(owner, _)| *owner == claimer)
					.flat_map(|(_, assets)| assets.into_inner())
					.filter(|asset| asset.id.0 == vdot())
					.map(|asset| match asset.fun {
						Fungible(amount) => amount,
						NonFungible(_) => 0,
					})
					.sum()
			},
			Place::Pool => staked(),
		}
	}
}

fn there() -> Balance {
	AssetHub::execute_with(|| parachain::balance(&vdot(), &ALICE))
}

fn here() -> Balance {
	let executor = executor(&ALICE);
	on_chain(|| picasso::balance(VDOT_ID, &executor))
}

/// A position's and its exits' worth, while nothing is slashed.
fn staked() -> Balance {
	let executor = executor(&ALICE);
	on_chain(|| {
		let exits: Balance = pallet_restaking::Tickets::<Runtime>::iter_prefix_values(&executor)
			.map(|ticket| ticket.points)
			.sum();
		Restaking::shares_of(&executor, pool()) + exits
	})
}

fn pool() -> PoolId {
	picasso::pool(VDOT_ID)
}

/// A step, how it fails, where that leaves funds, and what brings them home.
struct Row {
	step: &'static str,
	failure: &'static str,
	place: Place,
	fail: fn(),
	recover: fn(),
	/// By what.
	way: &'static str,
}

/// What is lost on fees, in all, at the most.
const FEES: Balance = 4 * DOT;

fn ordered(min_shares: Balance, fees: (Balance, Balance)) -> sp_runtime::DispatchResult {
	let pool = on_chain(pool);
	let message = order(&ALICE, &foreign(VDOT_ID), SENT, pool, min_shares, fees);
	AssetHub::execute_with(|| parachain::execute(&ALICE, message))
}

fn restaked() {
	assert_ok!(restake(&ALICE, &foreign(VDOT_ID), SENT, on_chain(pool)));
	carry();
}

fn governs(call: impl Into<picasso_runtime::RuntimeCall>) {
	picasso::block(|| {
		assert_ok!(root(call));
	});
}

fn set_status(status: AssetStatus) {
	governs(pallet_asset_registry::Call::set_status { asset: VDOT_ID, status });
}

fn pause() {
	let lane = on_chain(|| lane(ASSET_HUB));
	governs(pallet_lanes::Call::pause_lane { lane });
}

fn resume() {
	let lane = on_chain(|| lane(ASSET_HUB));
	governs(pallet_lanes::Call::resume_lane { lane });
	carry();
}

fn commanded(steps: Vec<Step>) {
	commanded_whole(program(steps));
}

fn commanded_whole(program: Program) {
	assert_ok!(command(&ALICE, &foreign(DOT_ID), program));
	carry();
}

/// Takes all that the executor has home.
fn taken_home() {
	commanded(vec![take_home(&ALICE, &foreign(VDOT_ID))]);
}

fn unstake(home: Option<Route>) -> Step {
	Step::Unstake { pool: on_chain(pool), shares: Amount::All, home }
}

fn unstaked() {
	commanded(vec![unstake(Some(home(&ALICE, ample(&foreign(VDOT_ID)))))]);
	picasso::pass_eras(4);
	carry();
}

fn the_exit() -> TicketId {
	let executor = executor(&ALICE);
	on_chain(|| {
		pallet_cvm::Exits::<Runtime>::iter_prefix(&executor).next().expect("it goes home").0
	})
}

fn completed() {
	let (executor, ticket) = (executor(&ALICE), the_exit());
	picasso::block(|| {
		let anyone = picasso_runtime::AccountId::new([200; 32]);
		let call = pallet_cvm::Call::complete_exit { executor, ticket };
		assert_ok!(picasso::signed(&anyone, call));
	});
	carry();
}

/// In one block: what waits is let in at its end, and stakes.
fn opened() {
	picasso::block(|| {
		let (asset, status) = (VDOT_ID, AssetStatus::Active);
		assert_ok!(root(pallet_asset_registry::Call::set_status { asset, status }));
		assert_ok!(root(vault_call(VaultStatus::Open)));
	});
	picasso::pass(2);
	carry();
}

fn set_vault(status: VaultStatus) {
	picasso::block(|| {
		assert_ok!(root(vault_call(status)));
	});
}

fn vault_call(status: VaultStatus) -> pallet_restaking::Call<Runtime> {
	let vault = pallet_restaking::Vaults::<Runtime>::get(VDOT_ID).expect("it is there");
	let settings = VaultSettings { status, ..vault.settings };
	pallet_restaking::Call::set_vault { asset: VDOT_ID, settings }
}

fn left_pool() {
	unstaked();
}

/// What Alice's trapped funds are recovered by.
fn recovered() {
	let amount = Place::TrapThere.holds();
	let route = home(&ALICE, ample(&foreign(VDOT_ID)));
	commanded(vec![Step::Recover { asset: VDOT_ID, amount, route }]);
}

/// A way to somebody that Asset Hub knows no account of.
fn nowhere() -> Route {
	Route {
		destination: None,
		beneficiary: Location::new(0, [GeneralIndex(5)]),
		fee: ample(&foreign(VDOT_ID)),
	}
}

const MIN: Balance = Balance::MAX;

fn rows() -> Vec<Row> {
	vec![
		Row {
			step: "the message is executed on Asset Hub",
			failure: "the fee there is too small",
			place: Place::User,
			fail: || assert!(ordered(0, (DOT, 1)).is_err()),
			recover: || (),
			way: "nothing happened",
		},
		Row {
			step: "Asset Hub sends it to the gateway",
			failure: "the gateway takes nothing",
			place: Place::User,
			fail: || {
				gateway::Halted::set(true);
				assert!(ordered(0, (DOT, DOT)).is_err());
			},
			recover: || (),
			way: "nothing happened",
		},
		Row {
			step: "Picasso takes it off the lane",
			failure: "the lane is paused",
			place: Place::Waiting,
			fail: || {
				pause();
				assert_ok!(ordered(0, (DOT, DOT)));
				stuck();
			},
			recover: || {
				resume();
				left_pool();
			},
			way: "the lane goes on; then as ever",
		},
		Row {
			step: "its assets are let in",
			failure: "no more comes in that day",
			place: Place::Waiting,
			fail: || {
				limit(Some(0));
				restaked();
			},
			recover: || {
				limit(None);
				picasso::pass(2);
				carry();
				left_pool();
			},
			way: "there is room, and it is let in by itself; then as ever",
		},
		Row {
			step: "its assets are let in",
			failure: "the asset takes exits only",
			place: Place::Waiting,
			fail: || {
				set_status(AssetStatus::ExitsOnly);
				restaked();
			},
			recover: || {
				opened();
				left_pool();
			},
			way: "the asset is active again, and it is let in by itself; then as ever",
		},
		Row {
			step: "its assets are let in",
			failure: "the asset is frozen",
			place: Place::Waiting,
			fail: || {
				set_status(AssetStatus::Frozen);
				restaked();
			},
			recover: || {
				opened();
				left_pool();
			},
			way: "the asset is active again, and it is let in by itself; then as ever",
		},
		Row {
			step: "the call is made",
			failure: "the program makes no sense",
			place: Place::Executor,
			fail: || {
				let call = run(program(vec![]));
				let fees = (DOT, DOT);
				assert_ok!(send(&ALICE, &foreign(VDOT_ID), SENT, fees, vec![call]));
				carry();
			},
			recover: taken_home,
			way: "a program that sends it home",
		},
		Row {
			step: "the call is made",
			failure: "it is not one that messages may make",
			place: Place::Executor,
			fail: || {
				use codec::Encode;
				let call = picasso_runtime::RuntimeCall::System(frame_system::Call::remark {
					remark: vec![],
				});
				let fees = (DOT, DOT);
				assert_ok!(send(&ALICE, &foreign(VDOT_ID), SENT, fees, vec![call.encode()]));
				carry();
			},
			recover: taken_home,
			way: "a program that sends it home",
		},
		Row {
			step: "the program stakes",
			failure: "too few shares would come of it",
			place: Place::Executor,
			fail: || {
				assert_ok!(ordered(MIN, (DOT, DOT)));
				carry();
			},
			recover: taken_home,
			way: "a program that sends it home",
		},
		Row {
			step: "the program stakes",
			failure: "the vault takes nothing",
			place: Place::Executor,
			fail: || {
				set_vault(VaultStatus::ExitsOnly);
				restaked();
			},
			recover: taken_home,
			way: "a program that sends it home",
		},
		Row {
			step: "the program stakes",
			failure: "there is no such pool; the program names a refund",
			place: Place::User,
			fail: || {
				let mut failing = program(vec![Step::Stake {
					pool: PoolId::MAX,
					amount: Amount::All,
					min_shares: 0,
				}]);
				failing.refund = Some(Refund {
					assets: vec![VDOT_ID].try_into().expect("one"),
					route: home(&ALICE, ample(&foreign(VDOT_ID))),
				});
				let fees = (DOT, DOT);
				assert_ok!(send(&ALICE, &foreign(VDOT_ID), SENT, fees, vec![run(failing)]));
				carry();
			},
			recover: || (),
			way: "the refund took it home",
		},
		Row {
			step: "the program claims and unstakes",
			failure: "there are fewer shares than named",
			place: Place::Pool,
			fail: || {
				restaked();
				let shares = Amount::Exactly(Balance::MAX);
				commanded(vec![Step::Unstake { pool: on_chain(pool), shares, home: None }]);
			},
			recover: left_pool,
			way: "a program that asks for less",
		},
		Row {
			step: "the program claims and unstakes",
			failure: "the message that brings it can't pay",
			place: Place::Pool,
			fail: || {
				restaked();
				let call = run(program(vec![unstake(None)]));
				assert_ok!(send(&ALICE, &foreign(DOT_ID), 0, (1, DOT), vec![call]));
				carry();
			},
			recover: left_pool,
			way: "a message that pays",
		},
		Row {
			step: "the exit goes home",
			failure: "the lane is paused",
			place: Place::Executor,
			fail: || {
				restaked();
				commanded(vec![unstake(Some(home(&ALICE, ample(&foreign(VDOT_ID)))))]);
				pause();
				picasso::pass_eras(4);
			},
			recover: || {
				resume();
				completed();
			},
			way: "the lane goes on, and anyone completes the exit",
		},
		Row {
			step: "the exit goes home",
			failure: "the asset is frozen",
			place: Place::Pool,
			fail: || {
				restaked();
				commanded(vec![unstake(Some(home(&ALICE, ample(&foreign(VDOT_ID)))))]);
				set_status(AssetStatus::Frozen);
				picasso::pass_eras(4);
			},
			recover: || {
				opened();
				completed();
			},
			way: "the asset is active again, and anyone completes the exit",
		},
		Row {
			step: "the exit goes home",
			failure: "its way leads nowhere",
			place: Place::Executor,
			fail: || {
				restaked();
				let away = Route {
					destination: Some(parachain_from_picasso(BIFROST)),
					..home(&ALICE, DOT)
				};
				commanded(vec![unstake(Some(away))]);
				picasso::pass_eras(4);
				carry();
			},
			recover: taken_home,
			way: "a program that sends it another way",
		},
		Row {
			step: "Asset Hub lets the message in",
			failure: "it is closed",
			place: Place::Executor,
			fail: || {
				restaked();
				commanded(vec![unstake(Some(home(&ALICE, ample(&foreign(VDOT_ID)))))]);
				parachain::Closed::set(true);
				picasso::pass_eras(4);
				carry();
				parachain::Closed::set(false);
			},
			recover: taken_home,
			way: "a program that sends it again",
		},
		Row {
			step: "Asset Hub gives it to the beneficiary",
			failure: "it knows no such account",
			place: Place::TrapThere,
			fail: || {
				restaked();
				commanded(vec![unstake(Some(nowhere()))]);
				picasso::pass_eras(4);
				carry();
			},
			recover: recovered,
			way: "a program that recovers it",
		},
		Row {
			step: "Asset Hub gives what is recovered to the beneficiary",
			failure: "it knows no such account either",
			place: Place::TrapThere,
			fail: || {
				restaked();
				commanded(vec![unstake(Some(nowhere()))]);
				picasso::pass_eras(4);
				carry();
				let amount = Place::TrapThere.holds();
				commanded(vec![Step::Recover { asset: VDOT_ID, amount, route: nowhere() }]);
			},
			recover: recovered,
			way: "a program that recovers it",
		},
	]
}

fn limit(limit: Option<Balance>) {
	governs(pallet_lanes::Call::set_inflow_limit { asset: VDOT_ID, limit });
}

/// Carries as far as a paused lane lets.
fn stuck() {
	crate::glue::bring();
	picasso::pass(3);
}

#[test]
fn each_step_failing_leaves_funds_where_their_owner_has_them_back() {
	println!("| step | failure | where the funds are | what brings them home |");
	println!("|---|---|---|---|");
	for Row { step, failure, place, fail, recover, way } in rows() {
		picasso::begin();
		books::check();
		let context = format!("{step}: {failure}");
		assert_eq!(there(), START);
		fail();
		books::check_owned();
		let found = place.holds();
		assert!(
			found > SENT - FEES,
			"{context}: {found} in {}\n{}",
			place.told(),
			[Place::User, Place::Executor, Place::Waiting, Place::TrapThere, Place::Pool]
				.map(|place| format!("{place:?} {}\n", place.holds()))
				.concat()
		);
		recover();
		let home = there();
		assert!(home > START - FEES, "{context}: {home} came home of {START}");
		books::check();
		picasso::try_state();
		let line = format!("| {step} | {failure} | {} | {way} |", place.told());
		println!("{line}");
		assert!(include_str!("steps.rs").contains(&line), "the table above has it");
	}
}
