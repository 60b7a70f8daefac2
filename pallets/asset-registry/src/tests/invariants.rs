// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Each invariant is seen to be broken by a state that breaks it.

use super::*;
use frame_support::BoundedVec;

fn fails(corrupt: impl FnOnce(), with: &'static str) {
	ExtBuilder::default().registered().build().execute_with(|| {
		assert_ok!(Registry::do_try_state());
		corrupt();
		let error = Registry::do_try_state().expect_err("a corrupted state");
		assert_eq!(error, with.into());
	});
}

fn change(asset: AssetId, change: impl FnOnce(&mut AssetRecord)) {
	Assets::<Test>::mutate(asset, |record| change(record.as_mut().expect("registered")));
}

/// Changes what an asset is elsewhere on both sides.
fn repoint(asset: AssetId, foreign: ForeignId) {
	change(asset, |record| {
		AssetIds::<Test>::remove(&record.foreign);
		AssetIds::<Test>::insert(&foreign, asset);
		record.foreign = foreign;
	});
}

fn with_asset(change: impl FnOnce(&mut pallet_assets::AssetDetails<Balance, u64, Balance>)) {
	pallet_assets::Asset::<Test>::mutate(DOT, |asset| change(asset.as_mut().expect("there")));
}

#[test]
fn ids_and_foreign_ids_are_a_bijection() {
	let lost = "1: an asset that is not found by what it is elsewhere";
	let astray = "1: a foreign id that leads to another asset, or none";
	let foreign = || ForeignId::SolanaMint([1; 32]);
	fails(|| AssetIds::<Test>::remove(vdot().foreign), lost);
	fails(|| AssetIds::<Test>::insert(dot().foreign, VDOT), lost);
	fails(|| change(DOT, |record| record.foreign = vdot().foreign), lost);
	fails(|| AssetIds::<Test>::insert(foreign(), DOT), astray);
	fails(|| AssetIds::<Test>::insert(foreign(), DOT + 1), astray);
	fails(|| Assets::<Test>::remove(DOT), astray);
}

#[test]
fn forms_are_canonical() {
	let foreign = "2: a foreign id that is not canonical";
	let reserve = "2: a reserve that is missing or not canonical";
	let contract = AccountKey20 { network: None, key: CONTRACT };
	fails(|| repoint(WSTETH, ForeignId::Xcm(outside(ETHEREUM, [contract]))), foreign);
	fails(|| repoint(DOT, ForeignId::Xcm(Location::here())), foreign);
	fails(|| repoint(STATOM, ics20(b"uatom")), foreign);
	fails(|| change(DOT, |record| record.reserve = None), reserve);
	fails(|| change(STATOM, |record| record.reserve = Some(Location::here())), reserve);
	let by_hash = outside(ByGenesis(crate::networks::POLKADOT_GENESIS), []);
	fails(|| change(STATOM, |record| record.reserve = Some(by_hash)), reserve);
	let local = || {
		let record = Assets::<Test>::take(JITOSOL).expect("registered");
		AssetIds::<Test>::insert(&record.foreign, 7);
		Assets::<Test>::insert(7, record);
		ClassMembers::<Test>::insert(TrustClass::Custodian, BoundedVec::truncate_from(vec![7]));
	};
	fails(local, "2: an asset of this chain");
}

#[test]
fn assets_exist_as_they_are_registered() {
	let gone = "3: a registered asset that doesn't exist";
	let insufficient = "3: an asset that an account without PICA can't hold";
	let differs = "3: decimals or symbol are not those of the asset";
	let impossible = "3: decimals or symbol that an asset can't have";
	fails(|| pallet_assets::Asset::<Test>::remove(DOT), gone);
	fails(|| with_asset(|asset| asset.is_sufficient = false), insufficient);
	fails(|| change(VDOT, |record| record.decimals = 12), differs);
	fails(|| change(VDOT, |record| record.symbol = dot().symbol), differs);
	fails(|| pallet_assets::Metadata::<Test>::remove(VDOT), differs);
	let both = |decimals| {
		change(DOT, |record| record.decimals = decimals);
		pallet_assets::Metadata::<Test>::mutate(DOT, |metadata| metadata.decimals = decimals);
	};
	fails(|| both(12), impossible);
	fails(|| both(31), impossible);
}

#[test]
fn assets_are_frozen_by_their_status() {
	let frozen = "4: an asset is frozen here and not there, or conversely";
	fails(|| change(DOT, |record| record.status = AssetStatus::Frozen), frozen);
	fails(|| with_asset(|asset| asset.status = pallet_assets::AssetStatus::Frozen), frozen);
	fails(|| with_asset(|asset| asset.status = pallet_assets::AssetStatus::Destroying), frozen);
}

#[test]
fn classes_have_their_assets() {
	let set = |class, members: &[AssetId]| {
		ClassMembers::<Test>::insert(class, BoundedVec::truncate_from(members.to_vec()));
	};
	let twice = "5: an asset that is in a class twice";
	let other = "5: an asset in a class that is not its own";
	let none = "5: an asset in no class";
	fails(|| set(TrustClass::LightClient, &[DOT, DOT]), twice);
	fails(|| change(DOT, |record| record.trust = TrustClass::Staked), other);
	fails(|| set(TrustClass::LightClient, &[DOT, DOT + 1]), other);
	fails(|| set(TrustClass::LightClient, &[]), none);
}

#[test]
fn a_class_without_a_cap_takes_nothing() {
	let uncapped = || {
		set_rate(DOT, 1, 1);
		assert_ok!(Registry::set_class_cap(root(), TrustClass::LightClient, Some(1)));
		assert_ok!(set_vault(DOT, 1, VaultStatus::Open));
		assert_ok!(Registry::do_try_state());
		ClassCaps::<Test>::remove(TrustClass::LightClient);
	};
	fails(uncapped, "6: a vault of a class that takes nothing");
}
