// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use super::*;

fn root() -> RuntimeOrigin {
	RuntimeOrigin::root()
}

#[test]
fn create_vault_opens_it_and_pays_the_minimum_balance() {
	ExtBuilder::default().build_and_execute(|| {
		let before = balance(IDLE, GOVERNANCE);
		assert_ok!(Restaking::create_vault(root(), IDLE, open_vault()));
		assert_eq!(last_event(), Event::VaultCreated { asset: IDLE, settings: open_vault() });
		assert_eq!(Vaults::<Test>::get(IDLE), Some(Vault { settings: open_vault(), custody: 0 }));
		assert_eq!(balance(IDLE, Restaking::vault_account(IDLE)), 1);
		assert_eq!(balance(IDLE, GOVERNANCE), before - 1);
	});
}

#[test]
fn each_vault_has_an_account_of_its_own() {
	let accounts = [SOL, COARSE, IDLE, PICA].map(Restaking::vault_account);
	for (index, account) in accounts.iter().enumerate() {
		assert!(!accounts[..index].contains(account));
	}
}

#[test]
fn create_vault_fails_for_anyone_but_governance() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(Restaking::create_vault(origin(ALICE), IDLE, open_vault()), BadOrigin);
	});
}

#[test]
fn create_vault_fails_for_an_unknown_asset() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Restaking::create_vault(root(), 4, open_vault()),
			Error::<Test>::AssetNotFound
		);
	});
}

#[test]
fn create_vault_fails_when_there_is_one() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Restaking::create_vault(root(), SOL, open_vault()),
			Error::<Test>::VaultExists
		);
	});
}

#[test]
fn create_vault_fails_when_the_minimum_balance_cannot_be_paid() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Assets::transfer(origin(GOVERNANCE), IDLE, ALICE, ENDOWMENT));
		assert_noop!(
			Restaking::create_vault(root(), IDLE, open_vault()),
			pallet_assets::Error::<Test>::NoAccount
		);
		// Nor with the last that keeps the payer's account.
		assert_ok!(Assets::transfer(origin(ALICE), IDLE, GOVERNANCE, 1));
		assert_noop!(
			Restaking::create_vault(root(), IDLE, open_vault()),
			pallet_assets::Error::<Test>::BalanceLow
		);
		assert_ok!(Assets::transfer(origin(ALICE), IDLE, GOVERNANCE, 1));
		assert_ok!(Restaking::create_vault(root(), IDLE, open_vault()));
	});
}

#[test]
fn vault_settings_are_refused_when_they_contradict_themselves_or_the_ledger() {
	ExtBuilder::default().build_and_execute(|| {
		for settings in [
			VaultSettings { deposit_cap: MAX_BALANCE + 1, ..open_vault() },
			VaultSettings { deposit_cap: 5, minimum_stake: 6, ..open_vault() },
		] {
			assert_noop!(
				Restaking::create_vault(root(), IDLE, settings),
				Error::<Test>::InvalidVaultSettings
			);
			assert_noop!(
				Restaking::set_vault(root(), SOL, settings),
				Error::<Test>::InvalidVaultSettings
			);
		}
	});
}

#[test]
fn set_vault_tells_old_and_new() {
	ExtBuilder::default().build_and_execute(|| {
		let new = VaultSettings { status: VaultStatus::ExitsOnly, ..open_vault() };
		assert_ok!(Restaking::set_vault(root(), SOL, new));
		assert_eq!(last_event(), Event::VaultChanged { asset: SOL, old: open_vault(), new });
		assert_eq!(Vaults::<Test>::get(SOL).map(|vault| vault.settings), Some(new));
	});
}

#[test]
fn set_vault_fails_for_anyone_but_governance_and_without_a_vault() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(Restaking::set_vault(origin(ALICE), SOL, open_vault()), BadOrigin);
		assert_noop!(
			Restaking::set_vault(root(), IDLE, open_vault()),
			Error::<Test>::VaultNotFound
		);
	});
}

#[test]
fn a_closed_vault_refuses_stake_and_pools_and_lets_everyone_leave() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		for status in [VaultStatus::ExitsOnly, VaultStatus::Closed] {
			let settings = VaultSettings { status, ..open_vault() };
			assert_ok!(Restaking::set_vault(root(), SOL, settings));
			assert_noop!(
				Restaking::stake(origin(ALICE), SOL_POOL, 100, 0),
				Error::<Test>::VaultNotOpen
			);
		}
		assert_noop!(
			Restaking::create_pool(origin(OPERATOR), SOL, b"two".to_vec()),
			Error::<Test>::VaultNotOpen
		);
		let ticket = unstake(ALICE, SOL_POOL, 100);
		run_to_era(ticket.maturity);
		assert_ok!(Restaking::withdraw(origin(ALICE), ticket));
		assert_eq!(balance(SOL, ALICE), ENDOWMENT);
	});
}

#[test]
fn a_cap_below_what_is_held_stops_stake_alone() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		let settings = VaultSettings { deposit_cap: 50, ..open_vault() };
		assert_ok!(Restaking::set_vault(root(), SOL, settings));
		assert_noop!(Restaking::stake(origin(BOB), SOL_POOL, 1, 0), Error::<Test>::VaultFull);
		unstake(ALICE, SOL_POOL, 100);
	});
}
