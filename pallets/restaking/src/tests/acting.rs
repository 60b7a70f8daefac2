// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Restaking for accounts whose owners are proved elsewhere: what the calls do, without a signature.

use super::*;
use frame_support::storage::with_storage_layer;
use picasso_primitives::restaking::Restaking as Acting;

type Ledger = Restaking;

#[test]
fn who_is_acted_for_stakes_leaves_and_is_paid_as_by_calls() {
	ExtBuilder::default().build_and_execute(|| {
		let before = balance(SOL, ALICE);
		assert_eq!(<Ledger as Acting<_>>::asset_of(SOL_POOL), Some(SOL));
		assert_eq!(<Ledger as Acting<_>>::asset_of(99), None);
		assert_eq!(<Ledger as Acting<_>>::stake(&ALICE, SOL_POOL, 100, 100), Ok(100));
		assert_eq!(<Ledger as Acting<_>>::shares_of(&ALICE, SOL_POOL), 100);
		let ticket = <Ledger as Acting<_>>::unstake(&ALICE, SOL_POOL, 40).unwrap();
		assert_eq!(<Ledger as Acting<_>>::shares_of(&ALICE, SOL_POOL), 60);
		assert_noop!(
			with_storage_layer(|| <Ledger as Acting<_>>::withdraw(&ALICE, ticket)),
			Error::<Test>::TicketNotMature
		);
		run_to_era(ticket.maturity);
		assert_eq!(<Ledger as Acting<_>>::current_era(), ticket.maturity);
		assert_eq!(<Ledger as Acting<_>>::withdraw(&ALICE, ticket), Ok(Some((SOL, 40))));
		assert_eq!(balance(SOL, ALICE), before - 60);
		assert_noop!(
			with_storage_layer(|| <Ledger as Acting<_>>::claim(&ALICE, SOL_POOL)),
			Error::<Test>::NothingToClaim
		);
	});
}

#[test]
fn shares_of_an_earlier_generation_are_none() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		slash(SOL_POOL, 1, 1);
		assert_eq!(<Ledger as Acting<_>>::shares_of(&ALICE, SOL_POOL), 0);
	});
}
