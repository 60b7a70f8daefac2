// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Each call at its worst case: long texts, full lists of buckets, accounts and records that do not
//! exist yet or that go away.

use crate::{pallet::*, types::*};
use alloc::{vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::{
	assert_ok,
	traits::{
		fungibles::{Inspect, Mutate},
		EnsureOrigin, Get, Hooks,
	},
};
use frame_system::{Pallet as System, RawOrigin};
use picasso_primitives::{
	math::SharePool,
	restaking::{PoolStatus, TicketId, VaultSettings, VaultStatus},
	AssetId, Balance, EraIndex, PoolId,
};
use sp_runtime::{
	traits::{BlockNumberProvider, One, Zero},
	FixedU128, Perbill,
};

/// Sets the scene: assets are created where only the runtime knows how.
pub trait BenchmarkHelper {
	/// Creates an asset that any account can hold.
	fn create_asset(asset: AssetId);
}

const ASSET: AssetId = 7_000;
const AMOUNT: Balance = 1_000_000_000_000;

fn settings() -> VaultSettings {
	VaultSettings {
		deposit_cap: AMOUNT * 1_000_000,
		minimum_stake: 1,
		status: VaultStatus::Open,
		yield_rate: FixedU128::one(),
	}
}

fn longest<Bound: Get<u32>>() -> Vec<u8> {
	vec![b'x'; Bound::get() as usize]
}

fn governance<T: Config>() -> T::RuntimeOrigin {
	T::GovernanceOrigin::try_successful_origin().expect("governance can act")
}

/// An asset that governance's account and `who` have.
fn asset_of<T: Config>(who: &T::AccountId) {
	T::BenchmarkHelper::create_asset(ASSET);
	let funder = T::GovernanceOrigin::ensure_origin(governance::<T>()).expect("governance acts");
	assert_ok!(T::Assets::mint_into(ASSET, &funder, AMOUNT));
	assert_ok!(T::Assets::mint_into(ASSET, who, AMOUNT * 10));
}

/// A clock as narrow as can be: a bucket for each era, as many as a pool may have.
fn clock<T: Config>(index: EraIndex) {
	let settings =
		EraSettings { length: One::one(), unbonding: T::MaxBuckets::get(), granularity: 1 };
	assert_ok!(Pallet::<T>::ensure_valid_era_settings(&settings));
	CurrentEra::<T>::put(EraClock { index, started: Zero::zero(), settings });
}

fn operator<T: Config>() -> T::AccountId {
	let operator: T::AccountId = account("operator", 0, 0);
	let origin = RawOrigin::Signed(operator.clone());
	let metadata = longest::<T::MaxMetadataLength>();
	assert_ok!(Pallet::<T>::register_operator(origin.into(), Perbill::one(), metadata));
	operator
}

/// A pool in which another restaker has stake, and has left in each of the `MaxBuckets` eras up to
/// the current one: its list of buckets is full, and at the least one of them has matured.
fn full_pool<T: Config>(who: &T::AccountId) -> PoolId {
	asset_of::<T>(who);
	clock::<T>(0);
	assert_ok!(Pallet::<T>::create_vault(governance::<T>(), ASSET, settings()));
	let operator = operator::<T>();
	let pool = NextPoolId::<T>::get();
	let name = longest::<T::MaxNameLength>();
	assert_ok!(Pallet::<T>::create_pool(RawOrigin::Signed(operator).into(), ASSET, name));
	let other: T::AccountId = account("other", 0, 0);
	assert_ok!(T::Assets::mint_into(ASSET, &other, AMOUNT * 10));
	let origin = RawOrigin::Signed(other.clone());
	assert_ok!(Pallet::<T>::stake(origin.clone().into(), pool, AMOUNT, 0));
	for era in 0..T::MaxBuckets::get() {
		clock::<T>(era);
		assert_ok!(Pallet::<T>::unstake(origin.clone().into(), pool, 1_000));
	}
	// A price that no longer divides evenly.
	Pools::<T>::mutate(pool, |pool| {
		pool.as_mut().expect("a pool").active.balance -= 7;
	});
	Vaults::<T>::mutate(ASSET, |vault| vault.as_mut().expect("a vault").custody -= 7);
	pool
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn on_initialize() {
		clock::<T>(0);
		let now = T::BlockNumberProvider::current_block_number();
		CurrentEra::<T>::mutate(|clock| clock.as_mut().expect("a clock").started = Zero::zero());
		if now.is_zero() {
			System::<T>::set_block_number(One::one());
		}
		#[block]
		{
			Pallet::<T>::on_initialize(System::<T>::block_number());
		}
		assert_eq!(CurrentEra::<T>::get().map(|clock| clock.index), Some(1));
	}

	#[benchmark]
	fn create_vault() {
		asset_of::<T>(&whitelisted_caller());
		let origin = governance::<T>();
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, ASSET, settings());
		assert!(Vaults::<T>::contains_key(ASSET));
	}

	#[benchmark]
	fn set_vault() {
		asset_of::<T>(&whitelisted_caller());
		assert_ok!(Pallet::<T>::create_vault(governance::<T>(), ASSET, settings()));
		let new = VaultSettings { status: VaultStatus::Closed, ..settings() };
		let origin = governance::<T>();
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, ASSET, new);
		assert_eq!(Vaults::<T>::get(ASSET).map(|vault| vault.settings), Some(new));
	}

	#[benchmark]
	fn set_era_settings() {
		clock::<T>(0);
		let new = EraSettings { unbonding: 1, ..CurrentEra::<T>::get().expect("a clock").settings };
		let origin = governance::<T>();
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, new);
		assert_eq!(CurrentEra::<T>::get().map(|clock| clock.settings), Some(new));
	}

	#[benchmark]
	fn register_operator() {
		let caller: T::AccountId = whitelisted_caller();
		let metadata = longest::<T::MaxMetadataLength>();
		#[extrinsic_call]
		_(RawOrigin::Signed(caller.clone()), Perbill::one(), metadata);
		assert!(Operators::<T>::contains_key(caller));
	}

	#[benchmark]
	fn create_pool() {
		let pool = full_pool::<T>(&whitelisted_caller());
		let operator = Pools::<T>::get(pool).expect("a pool").operator;
		for _ in 2..T::MaxPoolsPerAsset::get() {
			assert_ok!(Pallet::<T>::do_create_pool(&operator, ASSET, Vec::new()));
		}
		let next = NextPoolId::<T>::get();
		let name = longest::<T::MaxNameLength>();
		#[extrinsic_call]
		_(RawOrigin::Signed(operator), ASSET, name);
		assert!(Pools::<T>::contains_key(next));
	}

	#[benchmark]
	fn set_pool_status() {
		let pool = full_pool::<T>(&whitelisted_caller());
		let operator = Pools::<T>::get(pool).expect("a pool").operator;
		#[extrinsic_call]
		_(RawOrigin::Signed(operator), pool, PoolStatus::Closed);
		assert_eq!(Pools::<T>::get(pool).map(|pool| pool.status), Some(PoolStatus::Closed));
	}

	#[benchmark]
	fn stake() {
		let caller: T::AccountId = whitelisted_caller();
		let pool = full_pool::<T>(&caller);
		// All the caller has: its account of the asset goes away.
		let amount = T::Assets::balance(ASSET, &caller);
		#[extrinsic_call]
		_(RawOrigin::Signed(caller.clone()), pool, amount, amount);
		assert!(Positions::<T>::get(caller, pool).is_some_and(|position| position.shares > amount));
	}

	#[benchmark]
	fn unstake() {
		let caller: T::AccountId = whitelisted_caller();
		let pool = full_pool::<T>(&caller);
		assert_ok!(Pallet::<T>::stake(RawOrigin::Signed(caller.clone()).into(), pool, AMOUNT, 0));
		// The era in which the oldest bucket has matured: the exit needs a new one in its place.
		clock::<T>(T::MaxBuckets::get());
		#[extrinsic_call]
		_(RawOrigin::Signed(caller.clone()), pool, 1_001);
		let maturity = 2 * T::MaxBuckets::get();
		assert!(Tickets::<T>::contains_key(caller, TicketId { pool, maturity }));
		assert_eq!(MaturedBuckets::<T>::iter().count(), 1);
		let buckets = Pools::<T>::get(pool).expect("a pool").buckets;
		assert_eq!(buckets.len() as u32, T::MaxBuckets::get());
	}

	#[benchmark]
	fn withdraw() {
		let caller: T::AccountId = whitelisted_caller();
		let pool = full_pool::<T>(&caller);
		let amount = T::Assets::balance(ASSET, &caller);
		assert_ok!(Pallet::<T>::stake(RawOrigin::Signed(caller.clone()).into(), pool, amount, 0));
		let shares = Positions::<T>::get(&caller, pool).expect("a position").shares;
		let maturity = T::MaxBuckets::get();
		clock::<T>(0);
		assert_ok!(Pallet::<T>::unstake(RawOrigin::Signed(caller.clone()).into(), pool, shares));
		// Its bucket is stored apart, beside a full list.
		clock::<T>(maturity);
		let other: T::AccountId = account("other", 0, 0);
		assert_ok!(Pallet::<T>::unstake(RawOrigin::Signed(other).into(), pool, 1_001));
		let bucket = MaturedBuckets::<T>::get(pool, maturity).expect("a bucket stored apart");
		assert_ne!(bucket.exits, SharePool::default());
		#[extrinsic_call]
		_(RawOrigin::Signed(caller.clone()), TicketId { pool, maturity });
		assert!(T::Assets::balance(ASSET, &caller) > AMOUNT);
	}

	#[benchmark]
	fn move_proceeds() {
		let caller: T::AccountId = whitelisted_caller();
		let pool = full_pool::<T>(&caller);
		let beneficiary: T::AccountId = account("beneficiary", 0, 0);
		Pools::<T>::mutate(pool, |pool| pool.as_mut().expect("a pool").active.balance -= 100);
		ParkedProceeds::<T>::insert(ASSET, &beneficiary, 100);
		#[extrinsic_call]
		_(RawOrigin::Signed(caller), ASSET, beneficiary.clone());
		assert_eq!(T::Assets::balance(ASSET, &beneficiary), 100);
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::mock::ExtBuilder::default().build(),
		crate::mock::Test
	);
}
