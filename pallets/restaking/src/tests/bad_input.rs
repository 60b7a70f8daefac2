// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Accounts that cannot receive, assets that cannot move, amounts that are too small: an error, or an
//! entry that a later call settles, and never a planck lost.

use super::*;
use frame_support::{
	assert_storage_noop,
	traits::{fungibles::Inspect, tokens::Preservation},
};
use picasso_primitives::assets::Transfers;

type Unmoved = pallet_assets::Error<Test>;

/// An asset that does not keep an account alive, with a vault and a pool.
const FRAIL: u128 = 1003;
const FRAIL_POOL: u32 = 3;

fn create_frail_vault() {
	assert_ok!(Assets::force_create(RuntimeOrigin::root(), FRAIL, ISSUER, false, 1));
	for who in [GOVERNANCE, ALICE] {
		assert_ok!(Assets::mint(origin(ISSUER), FRAIL, who, 1_000));
	}
	assert_ok!(Restaking::create_vault(RuntimeOrigin::root(), FRAIL, open_vault()));
	assert_ok!(Restaking::create_pool(origin(OPERATOR), FRAIL, vec![]));
}

#[test]
fn an_asset_that_is_not_sufficient_waits_for_an_account_with_a_provider() {
	ExtBuilder::default().build_and_execute(|| {
		create_frail_vault();
		stake(ALICE, FRAIL_POOL, 500);
		let ticket = unstake(ALICE, FRAIL_POOL, 500);
		let stranger = 77;
		assert_ok!(Restaking::transfer_ticket(origin(ALICE), ticket, 200, stranger));
		run_to_era(ticket.maturity);
		assert_noop!(Restaking::withdraw(origin(stranger), ticket), TokenError::CannotCreate);
		// Elsewhere at once, or here with some PICA.
		assert_ok!(Balances::transfer_keep_alive(origin(ALICE), stranger, 10 * UNIT));
		assert_ok!(Restaking::withdraw(origin(stranger), ticket));
		assert_ok!(Restaking::withdraw(origin(ALICE), ticket));
		assert_eq!(NativeAndForeign::balance(FRAIL, &stranger), 200);
		assert_eq!(NativeAndForeign::balance(FRAIL, &ALICE), 800);
	});
}

#[test]
fn a_blocked_account_is_paid_elsewhere_or_later() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		credit(SOL_POOL, SOL, 50, 1);
		let ticket = unstake(ALICE, SOL_POOL, 60);
		run_to_era(ticket.maturity);
		assert_ok!(Assets::block(origin(ISSUER), SOL, ALICE));
		assert_noop!(Restaking::withdraw(origin(ALICE), ticket), TokenError::Blocked);
		assert_noop!(Restaking::claim(origin(ALICE), SOL_POOL), TokenError::Blocked);
		assert_ok!(Restaking::withdraw_to(origin(ALICE), ticket, BOB));
		assert_eq!(balance(SOL, BOB), ENDOWMENT + 60);
		unstake(ALICE, SOL_POOL, 40);
		assert_ok!(Assets::thaw(origin(ISSUER), SOL, ALICE));
		assert_ok!(Restaking::claim(origin(ALICE), SOL_POOL));
	});
}

#[test]
fn pica_to_an_account_below_the_existential_deposit_waits() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, PICA_POOL, UNIT);
		let ticket = unstake(ALICE, PICA_POOL, UNIT);
		let stranger = 77;
		assert_ok!(Restaking::transfer_ticket(origin(ALICE), ticket, UNIT - 1, stranger));
		run_to_era(ticket.maturity);
		assert_noop!(Restaking::withdraw(origin(stranger), ticket), TokenError::BelowMinimum);
		assert_ok!(Restaking::withdraw_to(origin(stranger), ticket, BOB));
		assert_ok!(Restaking::withdraw(origin(ALICE), ticket));
	});
}

#[test]
fn less_than_the_assets_minimum_balance_waits_for_an_account_that_has_some() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, COARSE_POOL, 100);
		let ticket = unstake(ALICE, COARSE_POOL, 9);
		assert_ok!(Restaking::transfer_ticket(origin(ALICE), ticket, 9, 77));
		run_to_era(ticket.maturity);
		assert_noop!(Restaking::withdraw(origin(77), ticket), TokenError::BelowMinimum);
		assert_ok!(Assets::transfer(origin(BOB), COARSE, 77, 10));
		assert_ok!(Restaking::withdraw(origin(77), ticket));
		assert_eq!(balance(COARSE, 77), 19);
	});
}

#[test]
fn a_pool_of_one_planck_works_like_any_other() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 1);
		credit(SOL_POOL, PICA, 1, 1);
		run_to_block(System::block_number() + 1);
		let ticket = unstake(ALICE, SOL_POOL, 1);
		assert_ok!(Restaking::cancel_unstake(origin(ALICE), ticket, 1));
		unstake(ALICE, SOL_POOL, 1);
		run_to_era(ticket.maturity);
		assert_ok!(Restaking::withdraw(origin(ALICE), ticket));
		let before = balance(PICA, ALICE);
		assert_ok!(Restaking::claim(origin(ALICE), SOL_POOL));
		assert_eq!((balance(SOL, ALICE), balance(PICA, ALICE)), (ENDOWMENT, before + 1));
	});
}

#[test]
fn an_asset_being_destroyed_loses_no_ticket() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		let ticket = unstake(ALICE, SOL_POOL, 100);
		run_to_era(ticket.maturity);
		assert_ok!(Assets::start_destroy(origin(ISSUER), SOL));
		assert!(Restaking::withdraw(origin(ALICE), ticket).is_err());
		assert_eq!(points_of(ALICE, ticket), 100);
	});
}

fn raise_minimum_balance(asset: u128, minimum: u128) {
	let root = RuntimeOrigin::root();
	assert_ok!(Assets::force_asset_status(
		root, asset, ISSUER, ISSUER, ISSUER, ISSUER, minimum, true, false
	));
}

#[test]
fn a_minimum_balance_raised_later_makes_the_last_withdrawals_wait_and_burns_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, COARSE_POOL, 100);
		let ticket = unstake(ALICE, COARSE_POOL, 60);
		run_to_era(ticket.maturity);
		raise_minimum_balance(COARSE, 60);
		let issued = NativeAndForeign::total_issuance(COARSE);
		let pay = || Restaking::withdraw(origin(ALICE), ticket);
		assert_noop!(pay(), Unmoved::BalanceLow);
		// The vault would keep 50: whoever sends it 10 more lets everyone leave.
		assert_ok!(Assets::transfer(origin(BOB), COARSE, Restaking::vault_account(COARSE), 10));
		assert_ok!(pay());
		assert_eq!(balance(COARSE, ALICE), ENDOWMENT - 40);
		assert_eq!(NativeAndForeign::total_issuance(COARSE), issued);
	});
}

#[test]
fn a_minimum_balance_raised_later_makes_claims_wait_and_burns_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, COARSE_POOL, 50);
		stake(BOB, COARSE_POOL, 50);
		credit(COARSE_POOL, SOL, 100, 1);
		run_to_block(System::block_number() + 1);
		raise_minimum_balance(SOL, 60);
		let issued = NativeAndForeign::total_issuance(SOL);
		let pay = || Restaking::claim(origin(ALICE), COARSE_POOL);
		assert_noop!(pay(), Unmoved::BalanceLow);
		assert_ok!(Assets::transfer(origin(BOB), SOL, Restaking::reward_account(), 9));
		assert_ok!(pay());
		assert_eq!(balance(SOL, ALICE), ENDOWMENT + 50);
		assert_eq!(NativeAndForeign::total_issuance(SOL), issued);
	});
}

/// What the ledger relies on where it pays several currencies: no half of a transfer is ever done.
#[test]
fn a_transfer_that_fails_changes_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		create_frail_vault();
		let stranger = 77;
		let refused = |asset, from, to, amount, keep| {
			let preservation = if keep { Preservation::Preserve } else { Preservation::Expendable };
			let outcome = core::cell::OnceCell::new();
			let transfer = <Test as Config>::Transfers::transfer;
			assert_storage_noop!(outcome
				.set(transfer(asset, &from, &to, amount, preservation))
				.expect("done once"));
			outcome.into_inner().expect("done").unwrap_err()
		};
		assert_eq!(refused(SOL, 55, ALICE, 1, false), Unmoved::NoAccount.into());
		assert_eq!(refused(SOL, ALICE, BOB, ENDOWMENT + 1, false), Unmoved::BalanceLow.into());
		assert_eq!(refused(SOL, ALICE, BOB, ENDOWMENT, true), Unmoved::BalanceLow.into());
		assert_eq!(refused(4_000, ALICE, BOB, 1, false), Unmoved::Unknown.into());
		assert_eq!(refused(COARSE, ALICE, stranger, 9, false), TokenError::BelowMinimum.into());
		assert_eq!(refused(FRAIL, ALICE, stranger, 1, false), TokenError::CannotCreate.into());
		assert_eq!(refused(PICA, ALICE, stranger, 1, false), TokenError::BelowMinimum.into());
		assert_eq!(refused(PICA, stranger, ALICE, 1, false), TokenError::FundsUnavailable.into());
		assert_ok!(Assets::block(origin(ISSUER), SOL, BOB));
		assert_eq!(refused(SOL, ALICE, BOB, 1, false), TokenError::Blocked.into());
		assert_ok!(Assets::freeze(origin(ISSUER), SOL, ALICE));
		assert_eq!(refused(SOL, ALICE, GOVERNANCE, 1, false), Unmoved::Frozen.into());
		assert_ok!(Assets::freeze_asset(origin(ISSUER), COARSE));
		assert_eq!(refused(COARSE, ALICE, BOB, 10, false), Unmoved::AssetNotLive.into());
	});
}

/// The SDK's generic transfer debits the sender here, credits nobody and tells no error.
#[test]
fn more_than_half_of_all_balances_there_can_be_moves_whole() {
	ExtBuilder::default().build_and_execute(|| {
		let most = u128::MAX - NativeAndForeign::total_issuance(SOL);
		assert_ok!(Assets::mint(origin(ISSUER), SOL, BOB, most));
		let before = balance(SOL, GOVERNANCE);
		let transfer = <Test as Config>::Transfers::transfer;
		assert_ok!(transfer(SOL, &BOB, &GOVERNANCE, most, Preservation::Preserve));
		assert_eq!(balance(SOL, BOB), ENDOWMENT);
		assert_eq!(balance(SOL, GOVERNANCE), before + most);
	});
}
