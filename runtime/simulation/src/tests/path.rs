// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The whole path: from Asset Hub into a pool and back, by messages alone.

use crate::{
	bifrost::vdot_where,
	books,
	glue::carry,
	network::{AssetHub, Bifrost},
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
use staging_xcm::latest::{
	prelude::*,
	AssetTransferFilter::{ReserveDeposit, ReserveWithdraw},
};
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

/// vDOT that a user of Asset Hub sends through Bifrost, and what is to happen with it here.
fn through_bifrost(preserve_origin: bool, remote_xcm: Xcm<()>) {
	let planck = |location: Location, amount: Balance| Asset::from((location, amount));
	let there = vdot_where(BIFROST);
	let on = InitiateTransfer {
		destination: picasso_from_parachain(),
		remote_fees: Some(ReserveDeposit(Definite(planck(there, DOT).into()))),
		preserve_origin,
		assets: vec![ReserveDeposit(Wild(AllCounted(1)))].try_into().expect("one"),
		remote_xcm,
	};
	let message = Xcm(vec![
		WithdrawAsset(planck(vdot(), 52 * DOT).into()),
		PayFees { asset: planck(vdot(), DOT) },
		InitiateTransfer {
			destination: sibling(BIFROST),
			remote_fees: Some(ReserveWithdraw(Definite(planck(vdot(), DOT).into()))),
			preserve_origin: true,
			assets: vec![ReserveWithdraw(Definite(planck(vdot(), 50 * DOT).into()))]
				.try_into()
				.expect("one"),
			remote_xcm: Xcm(vec![on]),
		},
		RefundSurplus,
		DepositAsset { assets: Wild(All), beneficiary: account(&ALICE) },
	]);
	assert_ok!(AssetHub::execute_with(|| parachain::execute(&ALICE, message)));
	carry();
	books::check();
}

/// The other way: see the crate's documentation.
#[test]
fn where_bifrost_is_the_reserve_assets_come_by_one_lane_and_programs_by_the_other() {
	picasso::begin_with(BIFROST);
	books::check();
	let executor = executor(&ALICE);
	let has = || on_chain(|| picasso::balance(VDOT_ID, &executor));
	let pool = on_chain(|| picasso::pool(VDOT_ID));
	through_bifrost(false, remote(&ALICE, vec![]));
	let came = has();
	assert!(came > 49 * DOT && came < 51 * DOT, "{came}");

	let stake = Step::Stake { pool, amount: Amount::All, min_shares: 0 };
	assert_ok!(command(&ALICE, &foreign(DOT_ID), program(vec![stake])));
	carry();
	books::check();
	let shares = || on_chain(|| Restaking::shares_of(&executor, pool));
	// The ledger leaves its stakers' accounts what they must hold.
	assert!(shares() > 49 * DOT);

	// Home, to the user's account on Bifrost.
	let before = Bifrost::execute_with(|| parachain::balance(&vdot_where(BIFROST), &ALICE));
	let steps = vec![Step::Unstake { pool, shares: Amount::All, home: Some(home(&ALICE, DOT)) }];
	assert_ok!(command(&ALICE, &foreign(DOT_ID), program(steps)));
	carry();
	picasso::pass_eras(4);
	carry();
	books::check();
	let after = Bifrost::execute_with(|| parachain::balance(&vdot_where(BIFROST), &ALICE));
	assert!(after - before > 48 * DOT);
	picasso::try_state();
}

#[test]
fn bifrost_says_in_vain_that_it_is_a_user_of_asset_hub() {
	picasso::begin_with(BIFROST);
	let executor = executor(&ALICE);
	let pool = on_chain(|| picasso::pool(VDOT_ID));
	let stake = Step::Stake { pool, amount: Amount::All, min_shares: 0 };
	through_bifrost(true, remote(&ALICE, vec![run(program(vec![stake]))]));
	assert_eq!(on_chain(|| Restaking::shares_of(&executor, pool)), 0);
	// What it brought is Bifrost's to claim, whose word it came by: a user has no use for this way.
	let traps = books::traps();
	assert!(!traps.is_empty());
	assert!(traps.iter().all(|(owner, _)| *owner == parachain_from_picasso(BIFROST)));
	picasso::try_state();
}
