// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The whole path: from Asset Hub into a pool and back, by messages alone.

use crate::{
	books,
	glue::carry,
	network::AssetHub,
	parachain,
	picasso::{self, foreign, on_chain, DOT_ID, FOREIGN, PICA_ID, VDOT_ID},
	places::*,
	users::*,
};
use frame_support::assert_ok;
use picasso_primitives::{
	cvm::{Amount, Instruction as Step},
	restaking::Restaking as _,
};
use picasso_runtime::{Cvm, Restaking, Runtime, RuntimeEvent};
use xcm_simulator::TestExt;

#[test]
fn assets_come_in_and_go_home() {
	picasso::begin();
	books::check();
	for asset in FOREIGN {
		let there = || AssetHub::execute_with(|| parachain::balance(&(asset.there)(), &ALICE));
		let start = there();
		let executor = executor(&ALICE);
		assert_ok!(send(&ALICE, &asset, 10 * asset.unit, (ample(&asset), ample(&asset)), vec![]));
		carry();
		books::check();
		let came = on_chain(|| picasso::balance(asset.id, &executor));
		assert!(came > 10 * asset.unit && came < 11 * asset.unit, "{asset:?}: {came}");

		assert_ok!(command(&ALICE, &asset, program(vec![take_home(&ALICE, &asset)])));
		carry();
		books::check();
		let left = on_chain(|| picasso::balance(asset.id, &executor));
		assert!(left < asset.unit, "what the last message did not spend: {left}");
		let end = there();
		assert!(end > start - asset.unit * 2 && end < start, "{asset:?}: {start} {end}");
	}
	picasso::try_state();
}

#[test]
fn a_user_who_never_was_here_restakes_by_one_message_and_goes_home_by_one() {
	picasso::begin();
	let asset = foreign(VDOT_ID);
	let executor = executor(&ALICE);
	let pool = on_chain(|| picasso::pool(VDOT_ID));
	assert!(!on_chain(|| Cvm::is_executor(&executor)));

	// In, by one message.
	let amount = 1_000 * asset.unit;
	assert_ok!(restake(&ALICE, &asset, amount, pool));
	carry();
	books::check();
	let shares = on_chain(|| Restaking::shares_of(&executor, pool));
	assert!(shares > 0);

	// It earns.
	picasso::pass_eras(2);
	let earned = on_chain(|| picasso::balance(PICA_ID, &executor));
	assert_ok!(command(&ALICE, &foreign(DOT_ID), program(vec![Step::Claim { pool }])));
	carry();
	books::check();
	assert!(on_chain(|| picasso::balance(PICA_ID, &executor)) > earned);

	// Home, by one message.
	let before = AssetHub::execute_with(|| parachain::balance(&vdot(), &ALICE));
	let steps = vec![
		Step::Claim { pool },
		Step::Unstake { pool, shares: Amount::All, home: Some(home(&ALICE, ample(&asset))) },
	];
	assert_ok!(command(&ALICE, &foreign(DOT_ID), program(steps)));
	carry();
	books::check();
	assert_eq!(on_chain(|| Restaking::shares_of(&executor, pool)), 0);
	picasso::pass_eras(4);
	carry();
	books::check();
	let completed = picasso::history().into_iter().any(|event| {
		matches!(event, RuntimeEvent::Cvm(pallet_cvm::Event::<Runtime>::ExitCompleted { .. }))
	});
	assert!(completed);
	let after = AssetHub::execute_with(|| parachain::balance(&vdot(), &ALICE));
	let back = after - before;
	assert!(back > amount - asset.unit && back <= amount, "{back}");
	picasso::try_state();
}
