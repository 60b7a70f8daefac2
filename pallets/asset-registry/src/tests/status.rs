// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use super::*;
use frame_support::{dispatch::GetDispatchInfo, traits::fungibles::Mutate, weights::Weight};
use AssetStatus::{Active, ExitsOnly, Frozen};

fn set(status: AssetStatus) {
	assert_ok!(Registry::set_status(root(), DOT, status));
}

fn with_vault(test: impl FnOnce()) {
	ExtBuilder::default().registered().build_and_execute(|| {
		set_rate(DOT, 1, 1);
		assert_ok!(Registry::set_class_cap(root(), TrustClass::LightClient, Some(100)));
		assert_ok!(set_vault(DOT, 100, VaultStatus::Open));
		System::reset_events();
		test();
	});
}

fn moves() -> bool {
	Foreign::transfer(RuntimeOrigin::signed(ALICE), DOT, BOB, 10).is_ok()
}

#[test]
fn nobody_moves_a_frozen_asset() {
	ExtBuilder::default().registered().build_and_execute(|| {
		assert_ok!(Foreign::mint_into(DOT, &ALICE, 1_000));
		assert!(moves());
		set(Frozen);
		assert!(!moves());
		assert_eq!(Foreign::balance(DOT, ALICE), 990);
		set(ExitsOnly);
		assert!(moves());
		set(Frozen);
		assert!(!moves());
		set(Active);
		assert!(moves());
	});
}

#[test]
fn set_status_tells_the_old_and_the_new() {
	ExtBuilder::default().registered().build_and_execute(|| {
		let mut old = Active;
		for new in [ExitsOnly, Frozen, Frozen, ExitsOnly, ExitsOnly, Active, Active, Frozen, Active]
		{
			set(new);
			assert_eq!(events(), vec![Event::StatusChanged { asset: DOT, old, new }]);
			assert_ok!(Registry::do_try_state());
			old = new;
		}
	});
}

#[test]
fn set_status_fails_when_the_asset_is_unknown() {
	ExtBuilder::default().build_and_execute(|| {
		for asset in [DOT, PICA] {
			let unknown = Registry::set_status(root(), asset, Frozen);
			assert_noop!(unknown, Error::<Test>::NotRegistered);
		}
	});
}

#[test]
fn set_status_fails_when_the_asset_is_being_destroyed() {
	ExtBuilder::default().registered().build().execute_with(|| {
		assert_ok!(Foreign::start_destroy(RuntimeOrigin::signed(TREASURY), DOT));
		let frozen = Registry::set_status(root(), DOT, Frozen);
		assert_noop!(frozen, pallet_assets::Error::<Test>::AssetNotLive);
		assert_ok!(Foreign::finish_destroy(RuntimeOrigin::signed(TREASURY), DOT));
		let gone = Registry::set_status(root(), DOT, Frozen);
		assert_noop!(gone, pallet_assets::Error::<Test>::Unknown);
	});
}

#[test]
fn set_status_freezes_whoever_freezes_and_whatever_was_frozen() {
	ExtBuilder::default().registered().build_and_execute(|| {
		let owner = || RuntimeOrigin::signed(TREASURY);
		assert_ok!(Foreign::set_team(owner(), DOT, TREASURY, ALICE, BOB));
		set(Frozen);
		set(Active);
		assert_ok!(Foreign::freeze_asset(RuntimeOrigin::signed(BOB), DOT));
		set(Frozen);
		assert_ok!(Foreign::thaw_asset(RuntimeOrigin::signed(ALICE), DOT));
		set(Frozen);
		assert_eq!(
			pallet_assets::Asset::<Test>::get(DOT).expect("there").status,
			pallet_assets::AssetStatus::Frozen
		);
	});
}

#[test]
fn leaving_active_stops_stakes_and_coming_back_does_not_start_them() {
	for status in [ExitsOnly, Frozen] {
		with_vault(|| {
			set(status);
			assert_eq!(vault_status(DOT), VaultStatus::ExitsOnly);
			set(Active);
			assert_eq!(vault_status(DOT), VaultStatus::ExitsOnly);
			assert_ok!(set_vault(DOT, 100, VaultStatus::Open));
		});
	}
}

#[test]
fn a_vault_is_not_opened_when_its_asset_is_not_active() {
	for status in [ExitsOnly, Frozen] {
		with_vault(|| {
			set(status);
			for cap in [0, 50, 100, 1_000] {
				let open = set_vault(DOT, cap, VaultStatus::Open);
				assert_noop!(open, Error::<Test>::AssetNotActive);
			}
			assert_ok!(set_vault(DOT, 100, VaultStatus::Closed));
			assert_ok!(set_vault(DOT, 50, VaultStatus::ExitsOnly));
		});
	}
}

#[test]
fn set_status_costs_what_stopping_costs_too() {
	let call = Call::<Test>::set_status { asset: DOT, status: Frozen };
	assert_eq!(call.get_dispatch_info().call_weight, Weight::from_parts(10 + 5, 0));
	assert_eq!(Registry::weight(), Weight::from_parts(1, 0));
}
