// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use super::*;

#[test]
fn stake_moves_the_amount_and_issues_shares() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Restaking::stake(origin(ALICE), SOL_POOL, 100, 100));
		assert_eq!(
			last_event(),
			Event::Staked { who: ALICE, pool: SOL_POOL, amount: 100, shares: 100 }
		);
		assert_eq!(balance(SOL, ALICE), ENDOWMENT - 100);
		assert_eq!(balance(SOL, Restaking::vault_account(SOL)), 101);
		assert_eq!(Vaults::<Test>::get(SOL).unwrap().custody, 100);
		assert_eq!(
			Pools::<Test>::get(SOL_POOL).unwrap().active,
			SharePool { balance: 100, shares: 100 }
		);
		assert_eq!(Positions::<Test>::get(ALICE, SOL_POOL), Some(position(0, 100)));
	});
}

#[test]
fn stake_after_a_loss_buys_more_shares_at_the_lower_price() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		slash(SOL_POOL, 1, 2);
		stake(BOB, SOL_POOL, 100);
		assert_eq!(shares_of(BOB, SOL_POOL), 200);
	});
}

#[test]
fn stake_fails_below_min_shares() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 3);
		slash(SOL_POOL, 3, 10);
		assert_eq!(Pools::<Test>::get(SOL_POOL).unwrap().active.balance, 2);
		assert_noop!(
			Restaking::stake(origin(BOB), SOL_POOL, 3, 5),
			Error::<Test>::SharesBelowMinimum
		);
		assert_ok!(Restaking::stake(origin(BOB), SOL_POOL, 3, 4));
	});
}

#[test]
fn stake_fails_for_zero_and_below_the_minimum() {
	ExtBuilder::default().minimum_stake(10).build_and_execute(|| {
		assert_noop!(Restaking::stake(origin(ALICE), SOL_POOL, 0, 0), Error::<Test>::ZeroAmount);
		assert_noop!(
			Restaking::stake(origin(ALICE), SOL_POOL, 9, 0),
			Error::<Test>::BelowMinimumStake
		);
		stake(ALICE, SOL_POOL, 10);
	});
}

#[test]
fn stake_fails_for_an_unknown_pool_and_without_signature() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(Restaking::stake(origin(ALICE), 99, 1, 0), Error::<Test>::PoolNotFound);
		assert_noop!(Restaking::stake(RuntimeOrigin::root(), SOL_POOL, 1, 0), BadOrigin);
	});
}

#[test]
fn stake_fills_a_vault_to_its_cap_and_no_further() {
	ExtBuilder::default().deposit_cap(100).build_and_execute(|| {
		assert_noop!(Restaking::stake(origin(ALICE), SOL_POOL, 101, 0), Error::<Test>::VaultFull);
		stake(ALICE, SOL_POOL, 60);
		stake(BOB, SOL_POOL, 40);
		assert_noop!(Restaking::stake(origin(BOB), SOL_POOL, 1, 0), Error::<Test>::VaultFull);
	});
}

#[test]
fn exits_in_progress_count_against_the_cap_until_they_are_withdrawn() {
	ExtBuilder::default().deposit_cap(100).build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		let ticket = unstake(ALICE, SOL_POOL, 100);
		assert_noop!(Restaking::stake(origin(BOB), SOL_POOL, 1, 0), Error::<Test>::VaultFull);
		run_to_era(ticket.maturity);
		assert_ok!(Restaking::withdraw(origin(ALICE), ticket));
		stake(BOB, SOL_POOL, 100);
	});
}

#[test]
fn stake_fails_with_more_than_the_caller_has() {
	ExtBuilder::default().deposit_cap(MAX_BALANCE).build_and_execute(|| {
		assert_noop!(
			Restaking::stake(origin(ALICE), SOL_POOL, ENDOWMENT + 1, 0),
			pallet_assets::Error::<Test>::BalanceLow
		);
		stake(ALICE, SOL_POOL, ENDOWMENT);
		assert_eq!(balance(SOL, ALICE), 0);
	});
}

#[test]
fn stake_fails_when_the_asset_is_frozen() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Assets::freeze_asset(origin(ISSUER), SOL));
		assert_noop!(
			Restaking::stake(origin(ALICE), SOL_POOL, 1, 0),
			pallet_assets::Error::<Test>::AssetNotLive
		);
		assert_ok!(Assets::thaw_asset(origin(ISSUER), SOL));
	});
}

#[test]
fn staking_pica_leaves_the_account_alive() {
	ExtBuilder::default().deposit_cap(MAX_BALANCE).build_and_execute(|| {
		let deposit = ExistentialDeposit::get();
		assert_noop!(
			Restaking::stake(origin(ALICE), PICA_POOL, ENDOWMENT, 0),
			TokenError::NotExpendable
		);
		stake(ALICE, PICA_POOL, ENDOWMENT - deposit);
		assert_eq!(balance(PICA, ALICE), deposit);
	});
}

#[test]
fn stake_in_a_pool_whose_shares_are_worthless_is_refused() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		let set = |balance| {
			Pools::<Test>::mutate(SOL_POOL, |pool| pool.as_mut().unwrap().active.balance = balance)
		};
		set(0);
		assert_noop!(Restaking::stake(origin(BOB), SOL_POOL, 100, 0), Error::<Test>::PoolWorthless);
		set(100);
	});
}

#[test]
fn shares_of_an_earlier_generation_are_worth_nothing_and_do_not_mix_with_new_ones() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		slash(SOL_POOL, 1, 1);
		assert_noop!(
			Restaking::unstake(origin(ALICE), SOL_POOL, 1),
			Error::<Test>::NotEnoughShares
		);
		stake(ALICE, SOL_POOL, 7);
		assert_eq!(Positions::<Test>::get(ALICE, SOL_POOL), Some(position(1, 7)));
	});
}

#[test]
fn a_donation_to_the_vault_changes_no_price() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 1);
		let vault = Restaking::vault_account(SOL);
		assert_ok!(Assets::transfer(origin(ALICE), SOL, vault, 1_000_000));
		stake(BOB, SOL_POOL, 100);
		assert_eq!(shares_of(BOB, SOL_POOL), 100);
	});
}

#[test]
fn stake_fails_when_shares_overflow() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		Pools::<Test>::mutate(SOL_POOL, |pool| {
			pool.as_mut().unwrap().active = SharePool { balance: 1, shares: u128::MAX };
		});
		assert_noop!(Restaking::stake(origin(BOB), SOL_POOL, 2, 0), ArithmeticError::Overflow);
		Pools::<Test>::mutate(SOL_POOL, |pool| {
			pool.as_mut().unwrap().active = SharePool { balance: 100, shares: 100 };
		});
	});
}
