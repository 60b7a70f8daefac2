// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use super::*;
use VaultStatus::{Closed, ExitsOnly, Open};

const CLASS: TrustClass = TrustClass::Staked;
const LIGHT: TrustClass = TrustClass::LightClient;

fn set_cap(class: TrustClass, cap: impl Into<Option<Balance>>) {
	assert_ok!(Registry::set_class_cap(root(), class, cap.into()));
}

/// [`VDOT`] is worth two planck of PICA, [`WSTETH`] a quarter of one; they are [`CLASS`].
fn with_rates(test: impl FnOnce()) {
	ExtBuilder::default().registered().build_and_execute(|| {
		set_rate(VDOT, 2, 1);
		set_rate(WSTETH, 1, 4);
		test();
	});
}

#[test]
fn vaults_of_a_class_fit_into_its_cap() {
	with_rates(|| {
		set_cap(CLASS, 1_000);
		assert_ok!(set_vault(VDOT, 300, Open));
		let exceeded = DispatchError::from(Error::<Test>::ClassCapExceeded);
		// A quarter, rounded down.
		assert_noop!(set_vault(WSTETH, 1_604, Open), exceeded);
		assert_ok!(set_vault(WSTETH, 1_603, Open));
		// The new cap counts in place of the old.
		assert_ok!(set_vault(VDOT, 250, Open));
		assert_ok!(set_vault(VDOT, 300, Open));
		assert_noop!(set_vault(VDOT, 301, Open), exceeded);
		assert_ok!(set_vault(VDOT, 0, Open));
		assert_ok!(set_vault(WSTETH, 4_003, Open));
	});
}

#[test]
fn closed_vaults_count() {
	with_rates(|| {
		set_cap(CLASS, 1_000);
		assert_ok!(set_vault(VDOT, 500, Closed));
		assert_noop!(set_vault(WSTETH, 4, Open), Error::<Test>::ClassCapExceeded);
	});
}

#[test]
fn classes_do_not_count_for_each_other() {
	with_rates(|| {
		set_rate(DOT, 1, 1);
		set_cap(CLASS, 1_000);
		set_cap(LIGHT, 10);
		assert_ok!(set_vault(VDOT, 500, Open));
		assert_ok!(set_vault(DOT, 10, Open));
		assert_noop!(set_vault(DOT, 11, Open), Error::<Test>::ClassCapExceeded);
	});
}

#[test]
fn a_class_without_a_cap_takes_nothing() {
	with_rates(|| {
		let exceeded = DispatchError::from(Error::<Test>::ClassCapExceeded);
		// However little it is worth.
		assert_noop!(set_vault(WSTETH, 1, Open), exceeded);
		assert_ok!(set_vault(WSTETH, 0, Open));
		set_cap(CLASS, 0);
		assert_ok!(set_vault(WSTETH, 3, Open));
		assert_noop!(set_vault(WSTETH, 4, Open), exceeded);
		assert_noop!(Registry::set_class_cap(root(), CLASS, None), exceeded);
		assert_ok!(set_vault(WSTETH, 0, Open));
		set_cap(CLASS, None);
	});
}

#[test]
fn a_cap_needs_a_rate_for_each_vault() {
	ExtBuilder::default().registered().build_and_execute(|| {
		set_cap(CLASS, 1_000);
		set_rate(VDOT, 1, 1);
		let no_rate = DispatchError::from(Error::<Test>::NoRate);
		assert_noop!(set_vault(WSTETH, 1, Open), no_rate);
		// One that takes nothing needs none.
		assert_ok!(set_vault(WSTETH, 0, Open));
		assert_ok!(set_vault(VDOT, 1, Open));
		Rates::mutate(|rates| rates.remove(&VDOT));
		assert_noop!(Registry::set_class_cap(root(), CLASS, Some(1_000)), no_rate);
		set_cap(LIGHT, 1_000);
		assert_noop!(Registry::set_trust(root(), VDOT, LIGHT), no_rate);
		set_rate(WSTETH, 1, 1);
		assert_noop!(set_vault(WSTETH, 1, Open), no_rate);
	});
}

#[test]
fn worth_beyond_all_there_can_be_exceeds_every_cap() {
	with_rates(|| {
		set_cap(CLASS, Balance::MAX);
		set_rate(WSTETH, 1, 1);
		assert_ok!(set_vault(VDOT, 1, Open));
		assert_noop!(set_vault(WSTETH, Balance::MAX, Open), Error::<Test>::ClassCapExceeded);
	});
}

#[test]
fn a_vault_is_closed_or_lowered_even_if_rates_rose_beyond_the_cap() {
	with_rates(|| {
		set_cap(CLASS, 1_000);
		assert_ok!(set_vault(VDOT, 400, Open));
		assert_ok!(set_vault(WSTETH, 3, Open));
		set_rate(VDOT, 4, 1);
		let exceeded = DispatchError::from(Error::<Test>::ClassCapExceeded);
		assert_noop!(set_vault(VDOT, 401, Open), exceeded);
		assert_noop!(set_vault(WSTETH, 4, Open), exceeded);
		assert_noop!(Registry::set_class_cap(root(), CLASS, Some(1_000)), exceeded);
		assert_ok!(set_vault(VDOT, 400, ExitsOnly));
		assert_ok!(set_vault(VDOT, 350, Closed));
		assert_ok!(set_vault(WSTETH, 3, Open));
		Rates::set(Default::default());
		assert_ok!(set_vault(VDOT, 300, ExitsOnly));
	});
}

#[test]
fn what_is_not_registered_gets_no_vault_but_pica() {
	ExtBuilder::default().build_and_execute(|| {
		for cap in [0, 1] {
			assert_noop!(set_vault(DOT, cap, Closed), Error::<Test>::NotRegistered);
		}
		assert_ok!(set_vault(PICA, Balance::MAX, Open));
	});
}

#[test]
fn set_class_cap_fails_when_the_vaults_are_worth_more() {
	with_rates(|| {
		set_cap(CLASS, 1_000);
		assert_eq!(
			events(),
			vec![Event::ClassCapChanged { class: CLASS, old: None, new: Some(1_000) }]
		);
		assert_ok!(set_vault(VDOT, 300, Open));
		assert_ok!(set_vault(WSTETH, 40, Open));
		let exceeded = DispatchError::from(Error::<Test>::ClassCapExceeded);
		assert_noop!(Registry::set_class_cap(root(), CLASS, Some(609)), exceeded);
		set_cap(CLASS, 610);
		assert_eq!(
			events(),
			vec![Event::ClassCapChanged { class: CLASS, old: Some(1_000), new: Some(610) }]
		);
		assert_eq!(ClassCaps::<Test>::get(CLASS), Some(610));
	});
}

#[test]
fn set_trust_moves_an_asset_into_a_class_with_room() {
	with_rates(|| {
		set_rate(DOT, 1, 1);
		set_cap(CLASS, 1_000);
		set_cap(LIGHT, 700);
		assert_ok!(set_vault(VDOT, 300, Open));
		assert_ok!(set_vault(DOT, 101, Open));
		System::reset_events();
		let exceeded = DispatchError::from(Error::<Test>::ClassCapExceeded);
		assert_noop!(Registry::set_trust(root(), VDOT, LIGHT), exceeded);
		assert_noop!(Registry::set_trust(root(), VDOT, TrustClass::Custodian), exceeded);
		assert_ok!(set_vault(DOT, 100, Open));
		assert_ok!(Registry::set_trust(root(), VDOT, LIGHT));
		let moved = Event::TrustChanged { asset: VDOT, old: CLASS, new: LIGHT };
		assert_eq!(events(), vec![moved]);
		assert_eq!(ClassMembers::<Test>::get(LIGHT).to_vec(), vec![DOT, VDOT]);
		assert_eq!(ClassMembers::<Test>::get(CLASS).to_vec(), vec![WSTETH]);
		// Its vault counts there now, and here no more.
		assert_noop!(set_vault(DOT, 101, Open), exceeded);
		assert_ok!(set_vault(WSTETH, 3_000, Open));
	});
}

#[test]
fn set_trust_leaves_an_asset_in_its_class() {
	with_rates(|| {
		assert_ok!(Registry::set_trust(root(), VDOT, CLASS));
		assert_eq!(ClassMembers::<Test>::get(CLASS).to_vec(), vec![VDOT, WSTETH]);
		let same = Event::TrustChanged { asset: VDOT, old: CLASS, new: CLASS };
		assert_eq!(events(), vec![same]);
	});
}

#[test]
fn set_trust_asks_no_room_for_an_asset_without_stake() {
	with_rates(|| {
		assert_ok!(Registry::set_trust(root(), VDOT, TrustClass::Custodian));
		assert_ok!(Registry::set_trust(root(), VDOT, LIGHT));
	});
}

#[test]
fn set_trust_fails_when_the_asset_is_unknown_or_the_class_is_full() {
	with_rates(|| {
		for asset in [PICA, DOT + 1] {
			let unknown = Registry::set_trust(root(), asset, CLASS);
			assert_noop!(unknown, Error::<Test>::NotRegistered);
		}
		for asset in [DOT, STATOM] {
			assert_ok!(Registry::set_trust(root(), asset, CLASS));
		}
		let fifth = Registry::set_trust(root(), JITOSOL, CLASS);
		assert_noop!(fifth, Error::<Test>::TooManyMembers);
	});
}
