// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use super::*;
use picasso_primitives::{registry::VaultCaps, restaking::StakeLedger, AssetId};
use sp_runtime::{FixedPointNumber, FixedU128};

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
fn a_full_vault_earns_no_more_in_a_year_than_there_can_be_of_pica() {
	ExtBuilder::default().build_and_execute(|| {
		let with = |deposit_cap, yield_rate| VaultSettings {
			deposit_cap,
			yield_rate: FixedU128::from_inner(yield_rate),
			..open_vault()
		};
		// A planck of PICA, and parts of 10¹⁸ of it, for each planck of the asset.
		let one = FixedU128::DIV;
		let (most, small_cap) = (10u128.pow(20) * one, 10u128.pow(9));
		for (cap, rate) in [(MAX_BALANCE, one), (small_cap, most), (0, u128::MAX)] {
			assert_ok!(Restaking::set_vault(root(), SOL, with(cap, rate)));
		}
		for (cap, rate) in [(MAX_BALANCE, one + 1), (small_cap + 1, most), (MAX_BALANCE, u128::MAX)]
		{
			let too_high = || Error::<Test>::YieldRateTooHigh;
			assert_noop!(Restaking::create_vault(root(), IDLE, with(cap, rate)), too_high());
			assert_noop!(Restaking::set_vault(root(), SOL, with(cap, rate)), too_high());
		}
		assert_ok!(Restaking::create_vault(root(), IDLE, with(MAX_BALANCE, one)));
	});
}

#[test]
fn a_walk_over_yields_comes_to_each_vault_once() {
	ExtBuilder::default().build_and_execute(|| {
		let rate = |asset| FixedU128::from_inner(asset * 7);
		for asset in [SOL, COARSE, PICA] {
			let settings = VaultSettings { yield_rate: rate(asset), ..open_vault() };
			assert_ok!(Restaking::set_vault(root(), asset, settings));
		}
		let after = <Restaking as StakeLedger<AccountId>>::yield_after;
		let walk = || {
			let mut told: Vec<_> =
				core::iter::successors(after(None), |(asset, _)| after(Some(*asset))).collect();
			told.sort();
			told
		};
		let expected = |assets: &[AssetId]| -> Vec<_> {
			assets.iter().map(|asset| (*asset, rate(*asset))).collect()
		};
		assert_eq!(walk(), expected(&[PICA, SOL, COARSE]));
		let settings = VaultSettings { yield_rate: rate(IDLE), ..open_vault() };
		// The walk goes on where there is no vault yet, and one more changes no order.
		let order: Vec<_> = [PICA, SOL, COARSE].map(|asset| after(Some(asset))).to_vec();
		let behind = after(Some(IDLE));
		assert_ok!(Restaking::create_vault(root(), IDLE, settings));
		assert_eq!(walk(), expected(&[PICA, SOL, COARSE, IDLE]));
		assert_eq!(after(Some(IDLE)), behind);
		for (asset, next) in [PICA, SOL, COARSE].into_iter().zip(order) {
			let now = after(Some(asset));
			assert!(now == next || now == Some((IDLE, rate(IDLE))));
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
fn a_vault_is_only_what_the_policy_allows() {
	ExtBuilder::default().build_and_execute(|| {
		HighestCap::set(Some((SOL, CAP)));
		let refused = DispatchError::Other("above the highest cap");
		let high = VaultSettings { deposit_cap: CAP + 1, ..open_vault() };
		assert_noop!(Restaking::set_vault(root(), SOL, high), refused);
		assert_ok!(Restaking::set_vault(root(), SOL, open_vault()));
		HighestCap::set(Some((IDLE, CAP)));
		assert_noop!(Restaking::create_vault(root(), IDLE, high), refused);
	});
}

#[test]
fn stopping_stakes_closes_an_open_vault_and_leaves_others_as_they_are() {
	ExtBuilder::default().build_and_execute(|| {
		<Restaking as VaultCaps>::stop_stakes(SOL);
		let stopped = VaultSettings { status: VaultStatus::ExitsOnly, ..open_vault() };
		assert_eq!(
			last_event(),
			Event::VaultChanged { asset: SOL, old: open_vault(), new: stopped }
		);
		let closed = VaultSettings { status: VaultStatus::Closed, ..open_vault() };
		assert_ok!(Restaking::set_vault(root(), COARSE, closed));
		assert_storage_noop!(<Restaking as VaultCaps>::stop_stakes(SOL));
		assert_storage_noop!(<Restaking as VaultCaps>::stop_stakes(COARSE));
		assert_storage_noop!(<Restaking as VaultCaps>::stop_stakes(IDLE));
		assert_eq!(<Restaking as VaultCaps>::deposit_cap(SOL), CAP);
		assert_eq!(<Restaking as VaultCaps>::deposit_cap(IDLE), 0);
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
