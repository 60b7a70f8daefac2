// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use super::*;

#[test]
fn assets_are_found_by_location_and_back() {
	ExtBuilder::default().registered().build_and_execute(|| {
		for asset in [DOT, VDOT, WSTETH, PICA] {
			let location = Registry::location_of(asset).expect("it has one");
			assert_eq!(Registry::asset_at(&location), Some(asset));
		}
		let contract = AccountKey20 { network: None, key: CONTRACT };
		assert_eq!(Registry::location_of(WSTETH), Some(outside(ETHEREUM, [contract])));
		for asset in [STATOM, JITOSOL, STATOM + 1] {
			assert_eq!(Registry::location_of(asset), None);
		}
		assert_eq!(Registry::asset_at(&bifrost()), None);
	});
}

#[test]
fn reserves_and_status_are_told() {
	ExtBuilder::default().registered().build_and_execute(|| {
		assert_eq!(Registry::reserve_of(DOT), Some(asset_hub()));
		assert_eq!(Registry::reserve_of(VDOT), Some(bifrost()));
		assert_eq!(Registry::reserve_of(JITOSOL), None);
		assert_eq!(Registry::status_of(DOT), Some(AssetStatus::Active));
		assert_ok!(Registry::set_status(root(), DOT, AssetStatus::ExitsOnly));
		assert_eq!(Registry::status_of(DOT), Some(AssetStatus::ExitsOnly));
		assert_eq!(Registry::reserve_of(DOT + 1), None);
		assert_eq!(Registry::status_of(DOT + 1), None);
	});
}

#[test]
fn pica_is_here() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(Registry::asset_at(&Location::here()), Some(PICA));
		assert_eq!(Registry::asset_at(&outside(OURS, [])), Some(PICA));
		assert_eq!(Registry::location_of(PICA), Some(Location::here()));
		assert_eq!(Registry::reserve_of(PICA), Some(Location::here()));
		assert_eq!(Registry::status_of(PICA), Some(AssetStatus::Active));
	});
}
