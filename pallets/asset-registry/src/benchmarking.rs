// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Each call at its worst case: the longest location, name and symbol, and classes as full as may be, with a
//! vault and a rate for each asset.

use crate::{pallet::*, types::*};
use alloc::vec;
use frame_benchmarking::v2::*;
use frame_support::{
	assert_ok,
	traits::{tokens::ConversionFromAssetBalance, EnsureOrigin, Get},
	BoundedVec,
};
use picasso_primitives::{
	registry::{AssetStatus, ForeignId, TrustClass, VaultCaps, VaultPolicy, MAX_TRACE},
	restaking::{VaultSettings, VaultStatus},
	AssetId, Balance,
};
use sp_runtime::FixedU128;
use staging_xcm::v5::{Junction::*, Location, NetworkId::Polkadot};

/// Sets the scene: what only the runtime knows how.
pub trait BenchmarkHelper {
	/// Gives a registered asset, whose class has room, a vault with a deposit cap.
	fn create_vault(asset: AssetId, deposit_cap: Balance);
}

const DEPOSIT_CAP: Balance = 1_000_000;

/// An asset of a network that nobody has.
fn asset(number: u32) -> AssetId {
	AssetId::from(u32::MAX) << 96 | AssetId::from(number)
}

fn chain() -> Location {
	Location::new(1, [GlobalConsensus(Polkadot), Parachain(u32::MAX)])
}

/// As long as a location may be.
fn location(number: u32) -> Location {
	let key = GeneralKey { length: 32, data: [0xff; 32] };
	let number = GeneralIndex(Balance::MAX - Balance::from(number));
	let mut location = chain();
	for step in [key, key, key, key, key, number] {
		location.push_interior(step).expect("eight in all");
	}
	location
}

fn details(foreign: ForeignId, reserve: Option<Location>, trust: TrustClass) -> Details {
	Details {
		foreign,
		decimals: MAX_DECIMALS,
		symbol: BoundedVec::truncate_from(vec![b'~'; MAX_SYMBOL as usize]),
		name: BoundedVec::truncate_from(vec![b'~'; MAX_NAME as usize]),
		minimum_balance: 1,
		reserve,
		trust,
	}
}

fn origin<T: Config>() -> T::RuntimeOrigin {
	T::GovernanceOrigin::try_successful_origin().expect("governance has an origin")
}

fn register<T: Config>(number: u32, trust: TrustClass) -> AssetId {
	let asset = asset(number);
	let details = details(ForeignId::Xcm(location(number)), Some(chain()), trust);
	assert_ok!(Pallet::<T>::register(origin::<T>(), asset, details));
	asset
}

/// Fills a class up to so many assets, whose numbers begin with the one named.
fn fill<T: Config>(class: TrustClass, count: u32, first: u32) {
	let there = ClassMembers::<T>::get(class).len() as u32;
	(there..count).zip(first..).for_each(|(_, number)| {
		register::<T>(number, class);
	});
}

/// Gives each asset of a class a vault and a rate.
fn open_vaults<T: Config>(class: TrustClass) {
	let members = ClassMembers::<T>::get(class);
	members.iter().for_each(|member| T::Worth::ensure_successful(*member));
	assert_ok!(Pallet::<T>::set_class_cap(origin::<T>(), class, Some(Balance::MAX)));
	for member in members {
		if T::Vaults::deposit_cap(member) == 0 {
			<T as Config>::BenchmarkHelper::create_vault(member, DEPOSIT_CAP);
		}
	}
}

#[benchmarks]
mod benchmarks {
	use super::*;

	const CLASS: TrustClass = TrustClass::LightClient;
	const OTHER: TrustClass = TrustClass::Custodian;

	#[benchmark]
	fn register() {
		let full = T::MaxClassMembers::get();
		fill::<T>(CLASS, full - 1, 1);
		let asset = asset(0);
		let details = details(ForeignId::Xcm(location(0)), Some(chain()), CLASS);
		#[extrinsic_call]
		_(origin::<T>() as T::RuntimeOrigin, asset, details);
		assert!(Assets::<T>::contains_key(asset));
		assert_eq!(ClassMembers::<T>::get(CLASS).len() as u32, full);
	}

	#[benchmark]
	fn set_reserve() {
		let mut trace = b"transfer/channel-0/".to_vec();
		trace.resize(MAX_TRACE as usize, b'~');
		let foreign = ForeignId::Ics20(BoundedVec::truncate_from(trace));
		let asset = asset(0);
		let details = details(foreign, None, CLASS);
		assert_ok!(Pallet::<T>::register(origin::<T>(), asset, details));
		#[extrinsic_call]
		_(origin::<T>() as T::RuntimeOrigin, asset, chain());
		assert!(Assets::<T>::get(asset).is_some_and(|record| record.reserve.is_some()));
	}

	#[benchmark]
	fn set_status() {
		let asset = super::register::<T>(0, CLASS);
		#[extrinsic_call]
		_(origin::<T>() as T::RuntimeOrigin, asset, AssetStatus::Frozen);
		let there = pallet_assets::Asset::<T>::get(asset).expect("it was registered");
		assert_eq!(there.status, pallet_assets::AssetStatus::Frozen);
	}

	#[benchmark]
	fn set_trust() {
		let full = T::MaxClassMembers::get();
		fill::<T>(CLASS, full - 1, 1);
		let asset = super::register::<T>(0, CLASS);
		open_vaults::<T>(CLASS);
		fill::<T>(OTHER, full - 1, full + 1);
		open_vaults::<T>(OTHER);
		#[extrinsic_call]
		_(origin::<T>() as T::RuntimeOrigin, asset, OTHER);
		assert!(ClassMembers::<T>::get(OTHER).contains(&asset));
		assert_eq!(ClassMembers::<T>::get(OTHER).len() as u32, full);
	}

	#[benchmark]
	fn set_class_cap() {
		fill::<T>(CLASS, T::MaxClassMembers::get(), 0);
		open_vaults::<T>(CLASS);
		#[extrinsic_call]
		_(origin::<T>() as T::RuntimeOrigin, CLASS, Some(Balance::MAX - 1));
		assert_eq!(ClassCaps::<T>::get(CLASS), Some(Balance::MAX - 1));
	}

	#[benchmark]
	fn ensure_allowed() {
		fill::<T>(CLASS, T::MaxClassMembers::get(), 0);
		open_vaults::<T>(CLASS);
		let asset = asset(0);
		let settings = VaultSettings {
			deposit_cap: DEPOSIT_CAP + 1,
			minimum_stake: 0,
			status: VaultStatus::Open,
			yield_rate: FixedU128::default(),
		};
		let allowed;
		#[block]
		{
			allowed = <Pallet<T> as VaultPolicy>::ensure_allowed(asset, &settings);
		}
		assert_ok!(allowed);
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::mock::ExtBuilder::default().build(),
		crate::mock::Test
	);
}
