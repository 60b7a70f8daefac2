// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Each invariant is seen to be broken by a state that breaks it.

use super::*;
use picasso_primitives::emissions::EraPoints;

fn fails(corrupt: impl FnOnce(), with: &'static str) {
	ExtBuilder::default().build().execute_with(|| {
		fund(AVS, SOL, 1_000);
		assert_ok!(Emissions::do_try_state());
		corrupt();
		let error = Emissions::do_try_state().expect_err("a corrupted state");
		assert_eq!(error, with.into());
	});
}

#[test]
fn what_is_owed_is_held() {
	let more = "8: more is owed than is held";
	fails(|| Pot::<Test>::put(2 * UNIT), more);
	fails(|| Dues::<Test>::insert(ALICE, SOL, 11), more);
	fails(|| DuePay::<Test>::mutate(0, AVS, |due| due.put(SOL, 11)).expect("room"), more);
	fails(
		|| Accounts::<Test>::mutate(AVS, |account| account.escrow.put(SOL, 11)).expect("room"),
		more,
	);
	fails(|| Round::<Test>::mutate(|round| round.pica.put(SOL, 11)).expect("room"), more);
	fails(
		|| {
			Round::<Test>::mutate(|round| {
				let parts = Parts { restakers: 11, ..Default::default() };
				round.paying = Some(Paying {
					avs: AVS,
					shares: Shares::Points { total: 1, after: None },
					currencies: vec![PayingCurrency::new(SOL, parts)].try_into().expect("one"),
					at: 0,
					page: 0,
				});
			})
		},
		more,
	);
	fails(
		|| {
			Pot::<Test>::put(1);
			Dues::<Test>::insert(ALICE, PICA, Balance::MAX);
		},
		"8: what is owed is beyond all there can be",
	);
}

#[test]
fn nothing_is_kept_for_nothing() {
	fails(|| Dues::<Test>::insert(ALICE, SOL, 0), "11: an amount of zero is kept");
}

#[test]
fn blocks_are_counted() {
	let points = |blocks| EraPoints { blocks, ..Default::default() };
	fails(|| Points::<Test>::insert(3, ALICE, points(0)), "11: a validator that made no block");
	fails(|| Points::<Test>::insert(3, ALICE, points(1)), "11: blocks that are in no sum");
	fails(|| PointsTotals::<Test>::insert(3, 1), "11: blocks are miscounted");
}

#[test]
fn parts_are_the_whole() {
	let treasury = Perbill::zero();
	fails(
		|| CurrentSplit::<Test>::put(Split { treasury, ..Default::default() }),
		"11: parts are not the whole",
	);
}

#[test]
fn a_round_pays_no_more_than_there_is() {
	fails(
		|| Round::<Test>::mutate(|round| round.yields.paid = 1),
		"11: more yield is paid than there is",
	);
}
