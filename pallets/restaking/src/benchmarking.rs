// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Each call at its worst case: long texts, full lists of buckets, accounts and records that do not
//! exist yet or that go away.

use crate::{pallet::*, types::*};
use alloc::{vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::{
	assert_ok,
	traits::{fungibles::Inspect, EnsureOrigin, Get, Hooks},
	BoundedVec,
};
use frame_system::{Pallet as System, RawOrigin};
use picasso_primitives::{
	math::{Ratio, SharePool, MAX_BALANCE},
	restaking::{
		CurrencyStatus, OperatorStatus, PoolAccess, PoolStatus, TicketId, VaultSettings,
		VaultStatus,
	},
	rewards::PoolRewards,
	slashing::Slashable,
	AssetId, Balance, EraIndex, PoolId,
};
use sp_runtime::{
	traits::{BlockNumberProvider, One, Zero},
	FixedU128, Perbill,
};

/// Sets the scene: assets are created where only the runtime knows how.
pub trait BenchmarkHelper<AccountId> {
	/// Creates an asset that any account can hold.
	fn create_asset(asset: AssetId);

	/// Gives `who` so much of an asset that exists.
	fn mint(asset: AssetId, who: &AccountId, amount: Balance);
}

const ASSET: AssetId = 7 << 96 | 7_000;
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
	T::BenchmarkHelper::mint(ASSET, &funder::<T>(), AMOUNT);
	T::BenchmarkHelper::mint(ASSET, who, AMOUNT * 10);
}

/// A clock as narrow as can be: a bucket for each era, as many as a pool may have.
fn clock<T: Config>(index: EraIndex) {
	let settings =
		EraSettings { length: One::one(), unbonding: T::MaxBuckets::get(), granularity: 1 };
	assert_ok!(Pallet::<T>::ensure_valid_era_settings(&settings));
	CurrentEra::<T>::put(EraClock { index, started: Zero::zero(), settings });
}

fn signed<T: Config>(who: &T::AccountId) -> T::RuntimeOrigin {
	RawOrigin::Signed(who.clone()).into()
}

fn funder<T: Config>() -> T::AccountId {
	T::GovernanceOrigin::ensure_origin(governance::<T>()).expect("governance acts")
}

/// PICA for deposits.
fn endow<T: Config>(who: &T::AccountId) {
	T::BenchmarkHelper::mint(T::NativeAsset::get(), who, 1_000_000 * AMOUNT);
}

/// An operator that says as much of itself as it may.
fn operator<T: Config>() -> T::AccountId {
	let operator: T::AccountId = account("operator", 0, 0);
	endow::<T>(&operator);
	let metadata = longest::<T::MaxMetadataLength>();
	assert_ok!(Pallet::<T>::register_operator(
		signed::<T>(&operator),
		T::MaxCommission::get(),
		metadata
	));
	operator
}

/// As many vaults, and pools in them, as an operator may have; returns the last of them.
fn most_pools<T: Config>(operator: &T::AccountId) -> PoolId {
	for index in 0..T::MaxPoolsPerOperator::get() {
		let asset = ASSET + 1_000 + AssetId::from(index / T::MaxPoolsPerAsset::get());
		if !Vaults::<T>::contains_key(asset) {
			T::BenchmarkHelper::create_asset(asset);
			T::BenchmarkHelper::mint(asset, &funder::<T>(), AMOUNT);
			assert_ok!(Pallet::<T>::create_vault(governance::<T>(), asset, settings()));
		}
		let name = longest::<T::MaxNameLength>();
		assert_ok!(Pallet::<T>::create_pool(signed::<T>(operator), asset, name));
	}
	NextPoolId::<T>::get() - 1
}

/// A pool in which another restaker has stake, and has left in each of the `MaxBuckets` eras up to
/// the current one: its list of buckets is full, and at the least one of them has matured. Rewards
/// stream to it in every currency there can be.
fn full_pool<T: Config>(who: &T::AccountId) -> PoolId {
	asset_of::<T>(who);
	clock::<T>(0);
	assert_ok!(Pallet::<T>::create_vault(governance::<T>(), ASSET, settings()));
	let operator = operator::<T>();
	let pool = NextPoolId::<T>::get();
	let name = longest::<T::MaxNameLength>();
	assert_ok!(Pallet::<T>::create_pool(signed::<T>(&operator), ASSET, name));
	let other = other_restaker::<T>();
	T::BenchmarkHelper::mint(ASSET, &other, AMOUNT * 10);
	assert_ok!(Pallet::<T>::stake(signed::<T>(&other), pool, AMOUNT, 0));
	reward::<T>(pool, T::MaxRewardCurrencies::get());
	fill_buckets::<T>(pool);
	pool
}

/// A pool of PICA as [`full_pool`] is, but that it was credited in `currencies` of all there can be, PICA
/// among them. Both `who` and the other restaker have stake in it.
fn full_pool_of_pica<T: Config>(who: &T::AccountId, currencies: u32) -> PoolId {
	clock::<T>(0);
	let pica = T::NativeAsset::get();
	// The network may have one.
	let settings = VaultSettings { deposit_cap: MAX_BALANCE, ..settings() };
	if Vaults::<T>::contains_key(pica) {
		assert_ok!(Pallet::<T>::set_vault(governance::<T>(), pica, settings));
	} else {
		assert_ok!(Pallet::<T>::create_vault(governance::<T>(), pica, settings));
	}
	let operator = operator::<T>();
	let name = longest::<T::MaxNameLength>();
	let pool = Pallet::<T>::do_create_pool(&operator, pica, name).expect("a pool");
	for who in [who, &other_restaker::<T>()] {
		endow::<T>(who);
		assert_ok!(Pallet::<T>::stake(signed::<T>(who), pool, AMOUNT, 0));
	}
	let foreign = (1..T::MaxRewardCurrencies::get()).map(|slot| ASSET + AssetId::from(slot));
	reward_in::<T>(pool, foreign.chain([pica]).collect(), currencies);
	fill_buckets::<T>(pool);
	pool
}

/// Lets the other restaker leave a pool in each of the `MaxBuckets` eras up to the current one, at a
/// price that does not divide evenly then.
fn fill_buckets<T: Config>(pool: PoolId) {
	let other = other_restaker::<T>();
	for era in 0..T::MaxBuckets::get() {
		clock::<T>(era);
		assert_ok!(Pallet::<T>::unstake(signed::<T>(&other), pool, 1_000));
	}
	make_price_uneven::<T>(pool);
}

fn other_restaker<T: Config>() -> T::AccountId {
	account("other", 0, 0)
}

/// A price that does not divide evenly.
fn make_price_uneven<T: Config>(pool: PoolId) {
	let asset = Pools::<T>::mutate(pool, |pool| {
		let pool = pool.as_mut().expect("a pool");
		pool.active.balance -= 7;
		pool.asset
	});
	Vaults::<T>::mutate(asset, |vault| vault.as_mut().expect("a vault").custody -= 7);
}

/// Streams rewards to a pool in so many of all currencies there can be, beginning with the last slot.
fn reward<T: Config>(pool: PoolId, currencies: u32) {
	let all = (1..=T::MaxRewardCurrencies::get()).map(|slot| ASSET + AssetId::from(slot));
	reward_in::<T>(pool, all.collect(), currencies);
}

/// As [`reward`], where `all` are the currencies there are.
fn reward_in<T: Config>(pool: PoolId, all: Vec<AssetId>, currencies: u32) {
	let funder = funder::<T>();
	let listed = RewardCurrencies::<T>::get();
	if listed.iter().map(|currency| currency.asset).ne(all.iter().copied()) {
		RewardCurrencies::<T>::kill();
		for currency in all.iter().copied() {
			if !T::Assets::asset_exists(currency) {
				T::BenchmarkHelper::create_asset(currency);
			}
			T::BenchmarkHelper::mint(currency, &funder, AMOUNT * 10);
			assert_ok!(Pallet::<T>::add_reward_currency(governance::<T>(), currency));
		}
	}
	for currency in all.into_iter().rev().take(currencies as usize) {
		assert_ok!(Pallet::<T>::credit(&funder, currency, 1_000u32.into(), &[(pool, AMOUNT)]));
	}
	pass_blocks::<T>(7);
}

fn pass_blocks<T: Config>(blocks: u32) {
	System::<T>::set_block_number(System::<T>::block_number() + blocks.into());
}

/// A restaker approved for a pool that only the approved may stake in.
fn approve<T: Config>(pool: PoolId, who: &T::AccountId) {
	let operator = Pools::<T>::get(pool).expect("a pool").operator;
	assert_ok!(Pallet::<T>::set_approval(signed::<T>(&operator), who.clone(), true));
	assert_ok!(Pallet::<T>::set_pool_access(signed::<T>(&operator), pool, PoolAccess::Approved));
}

/// Lets `who` stake, and the pool lose all of it; what it had earned stays to be told.
fn lose_stake<T: Config>(pool: PoolId, who: &T::AccountId) {
	assert_ok!(Pallet::<T>::stake(signed::<T>(who), pool, AMOUNT, 0));
	pass_blocks::<T>(7);
	assert_ok!(Pallet::<T>::slash(&[(pool, Ratio::ONE)], &funder::<T>()));
	let other = other_restaker::<T>();
	assert_ok!(Pallet::<T>::stake(signed::<T>(&other), pool, AMOUNT, 0));
	assert_eq!(LostGenerations::<T>::iter_prefix(pool).count(), 1);
	make_price_uneven::<T>(pool);
	pass_blocks::<T>(7);
}

/// Lets `who` stake and leave with everything in era 0, and takes the clock to the era of maturity,
/// in which the bucket is stored apart from a full list.
fn matured_ticket<T: Config>(pool: PoolId, who: &T::AccountId, into: Option<PoolId>) -> TicketId {
	assert_ok!(Pallet::<T>::stake(signed::<T>(who), pool, AMOUNT, 0));
	let shares = Positions::<T>::get(who, pool).expect("a position").shares;
	let maturity = T::MaxBuckets::get();
	clock::<T>(0);
	assert_ok!(Pallet::<T>::do_unstake(who, pool, shares, into));
	clock::<T>(maturity);
	assert_ok!(Pallet::<T>::unstake(signed::<T>(&other_restaker::<T>()), pool, 1_001));
	let bucket = MaturedBuckets::<T>::get(pool, maturity).expect("a bucket stored apart");
	assert_ne!(bucket.exits, SharePool::default());
	TicketId { pool, maturity, into }
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
		endow::<T>(&caller);
		let metadata = longest::<T::MaxMetadataLength>();
		#[extrinsic_call]
		_(RawOrigin::Signed(caller.clone()), T::MaxCommission::get(), metadata);
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
		lose_stake::<T>(pool, &caller);
		approve::<T>(pool, &caller);
		// All the caller has: its account of the asset goes away.
		let amount = T::Assets::balance(ASSET, &caller);
		#[extrinsic_call]
		_(RawOrigin::Signed(caller.clone()), pool, amount, amount);
		let position = Positions::<T>::get(caller, pool).expect("a position");
		assert_eq!(position.generation, 1);
		assert!(position.shares > amount);
	}

	#[benchmark]
	fn unstake() {
		let caller: T::AccountId = whitelisted_caller();
		let pool = full_pool::<T>(&caller);
		assert_ok!(Pallet::<T>::stake(signed::<T>(&caller), pool, AMOUNT, 0));
		// The era in which the oldest bucket has matured: the exit needs a new one in its place.
		clock::<T>(T::MaxBuckets::get());
		#[extrinsic_call]
		_(RawOrigin::Signed(caller.clone()), pool, 1_001);
		let maturity = 2 * T::MaxBuckets::get();
		assert!(Tickets::<T>::contains_key(caller, TicketId { pool, maturity, into: None }));
		assert_eq!(MaturedBuckets::<T>::iter_prefix(pool).count(), 1);
		let buckets = Pools::<T>::get(pool).expect("a pool").buckets;
		assert_eq!(buckets.len() as u32, T::MaxBuckets::get());
	}

	#[benchmark]
	fn withdraw() {
		let caller: T::AccountId = whitelisted_caller();
		let pool = full_pool::<T>(&caller);
		let ticket = matured_ticket::<T>(pool, &caller, None);
		#[extrinsic_call]
		_(RawOrigin::Signed(caller.clone()), ticket);
		assert!(T::Assets::balance(ASSET, &caller) > 9 * AMOUNT);
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

	#[benchmark]
	fn set_metadata() {
		let operator: T::AccountId = account("operator", 0, 0);
		endow::<T>(&operator);
		assert_ok!(Pallet::<T>::register_operator(
			signed::<T>(&operator),
			Perbill::zero(),
			Vec::new()
		));
		let metadata = longest::<T::MaxMetadataLength>();
		#[extrinsic_call]
		_(RawOrigin::Signed(operator.clone()), metadata);
		let record = Operators::<T>::get(operator).expect("an operator");
		assert_eq!(record.metadata.len() as u32, T::MaxMetadataLength::get());
	}

	#[benchmark]
	fn set_commission() {
		clock::<T>(0);
		let operator = operator::<T>();
		#[extrinsic_call]
		_(RawOrigin::Signed(operator.clone()), Perbill::zero());
		assert_eq!(Pallet::<T>::commission(&operator, 1), Some(Perbill::zero()));
	}

	#[benchmark]
	fn set_operator_status() {
		let operator = operator::<T>();
		let pool = most_pools::<T>(&operator);
		#[extrinsic_call]
		_(RawOrigin::Signed(operator), OperatorStatus::Leaving);
		assert_eq!(Pools::<T>::get(pool).map(|pool| pool.status), Some(PoolStatus::WindingUp));
	}

	#[benchmark]
	fn deregister_operator() {
		let operator = operator::<T>();
		let leaving = OperatorStatus::Leaving;
		assert_ok!(Pallet::<T>::set_operator_status(signed::<T>(&operator), leaving));
		#[extrinsic_call]
		_(RawOrigin::Signed(operator.clone()));
		assert!(!Operators::<T>::contains_key(operator));
	}

	#[benchmark]
	fn set_chilled() {
		let operator = operator::<T>();
		let pool = most_pools::<T>(&operator);
		let origin = governance::<T>();
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, operator, true);
		assert_eq!(Pools::<T>::get(pool).map(|pool| pool.suspended), Some(true));
	}

	#[benchmark]
	fn set_pool_access() {
		let pool = full_pool::<T>(&whitelisted_caller());
		let operator = Pools::<T>::get(pool).expect("a pool").operator;
		#[extrinsic_call]
		_(RawOrigin::Signed(operator), pool, PoolAccess::Approved);
		assert_eq!(Pools::<T>::get(pool).map(|pool| pool.access), Some(PoolAccess::Approved));
	}

	#[benchmark]
	fn set_approval() {
		let operator = operator::<T>();
		let restaker: T::AccountId = account("restaker", 0, 0);
		#[extrinsic_call]
		_(RawOrigin::Signed(operator.clone()), restaker.clone(), true);
		assert!(Approvals::<T>::contains_key(operator, restaker));
	}

	#[benchmark]
	fn remove_pool() {
		let operator = operator::<T>();
		let pool = most_pools::<T>(&operator);
		reward::<T>(pool, T::MaxRewardCurrencies::get());
		let winding_up = PoolStatus::WindingUp;
		assert_ok!(Pallet::<T>::set_pool_status(signed::<T>(&operator), pool, winding_up));
		#[extrinsic_call]
		_(RawOrigin::Signed(operator), pool);
		assert!(!Pools::<T>::contains_key(pool));
	}

	#[benchmark]
	fn unstake_for() {
		let caller: T::AccountId = whitelisted_caller();
		let pool = full_pool::<T>(&caller);
		let who: T::AccountId = account("restaker", 0, 0);
		T::BenchmarkHelper::mint(ASSET, &who, AMOUNT);
		assert_ok!(Pallet::<T>::stake(signed::<T>(&who), pool, AMOUNT, 0));
		let operator = Pools::<T>::get(pool).expect("a pool").operator;
		let winding_up = PoolStatus::WindingUp;
		assert_ok!(Pallet::<T>::set_pool_status(signed::<T>(&operator), pool, winding_up));
		clock::<T>(T::MaxBuckets::get());
		pass_blocks::<T>(7);
		#[extrinsic_call]
		_(RawOrigin::Signed(caller), pool, who.clone());
		assert_eq!(Positions::<T>::get(&who, pool).map(|position| position.shares), Some(0));
		assert_eq!(Tickets::<T>::iter_prefix(who).count(), 1);
	}

	#[benchmark]
	fn redelegate() {
		let caller: T::AccountId = whitelisted_caller();
		let pool = full_pool::<T>(&caller);
		assert_ok!(Pallet::<T>::stake(signed::<T>(&caller), pool, AMOUNT, 0));
		let operator = Pools::<T>::get(pool).expect("a pool").operator;
		let into = Pallet::<T>::do_create_pool(&operator, ASSET, Vec::new()).expect("a pool");
		clock::<T>(T::MaxBuckets::get());
		#[extrinsic_call]
		_(RawOrigin::Signed(caller.clone()), pool, 1_001, into);
		let maturity = 2 * T::MaxBuckets::get();
		let ticket = TicketId { pool, maturity, into: Some(into) };
		assert!(Tickets::<T>::contains_key(caller, ticket));
	}

	#[benchmark]
	fn complete_move() {
		let caller: T::AccountId = whitelisted_caller();
		let pool = full_pool::<T>(&caller);
		let operator = Pools::<T>::get(pool).expect("a pool").operator;
		let into = Pallet::<T>::do_create_pool(&operator, ASSET, Vec::new()).expect("a pool");
		let owner: T::AccountId = account("restaker", 0, 0);
		T::BenchmarkHelper::mint(ASSET, &owner, AMOUNT * 10);
		let other = other_restaker::<T>();
		assert_ok!(Pallet::<T>::stake(signed::<T>(&other), into, AMOUNT, 0));
		reward::<T>(into, T::MaxRewardCurrencies::get());
		lose_stake::<T>(into, &owner);
		let ticket = matured_ticket::<T>(pool, &owner, Some(into));
		approve::<T>(into, &owner);
		#[extrinsic_call]
		_(RawOrigin::Signed(caller), owner.clone(), ticket);
		let position = Positions::<T>::get(owner, into).expect("a position");
		assert_eq!(position.generation, 1);
		assert!(position.shares > 0);
	}

	#[benchmark]
	fn cancel_unstake() {
		let caller: T::AccountId = whitelisted_caller();
		let pool = full_pool::<T>(&caller);
		assert_ok!(Pallet::<T>::stake(signed::<T>(&caller), pool, AMOUNT, 0));
		approve::<T>(pool, &caller);
		assert_ok!(Pallet::<T>::unstake(signed::<T>(&caller), pool, 1_001));
		let (ticket, held) = Tickets::<T>::iter_prefix(&caller).next().expect("a ticket");
		pass_blocks::<T>(7);
		#[extrinsic_call]
		_(RawOrigin::Signed(caller.clone()), ticket, held.points - 1);
		assert_eq!(Tickets::<T>::get(caller, ticket).map(|ticket| ticket.points), Some(1));
	}

	#[benchmark]
	fn transfer_ticket() {
		let caller: T::AccountId = whitelisted_caller();
		let pool = full_pool::<T>(&caller);
		let ticket = matured_ticket::<T>(pool, &caller, None);
		let to: T::AccountId = account("beneficiary", 0, 0);
		#[extrinsic_call]
		_(RawOrigin::Signed(caller), ticket, 1, to.clone());
		assert!(Tickets::<T>::contains_key(to, ticket));
	}

	/// Tickets of as many pools, each in a bucket stored apart.
	#[benchmark]
	fn withdraw_many(n: Linear<1, { T::MaxWithdrawals::get() }>) {
		let caller: T::AccountId = whitelisted_caller();
		let pool = full_pool::<T>(&caller);
		let first = matured_ticket::<T>(pool, &caller, None);
		let bucket = MaturedBuckets::<T>::take(pool, first.maturity).expect("a bucket");
		let held = Tickets::<T>::take(&caller, first).expect("a ticket");
		let record = Pools::<T>::get(pool).expect("a pool");
		let mut tickets = Vec::new();
		for copy in 0..n {
			// As if exits of the same amount had been made from each.
			let id = pool + 1 + copy;
			Pools::<T>::insert(id, record.clone());
			MaturedBuckets::<T>::insert(id, first.maturity, bucket);
			Tickets::<T>::insert(&caller, TicketId { pool: id, ..first }, held);
			tickets.push(TicketId { pool: id, ..first });
		}
		Vaults::<T>::mutate(ASSET, |vault| {
			vault.as_mut().expect("a vault").custody += AMOUNT * Balance::from(n);
		});
		let account = Pallet::<T>::vault_account(ASSET);
		T::BenchmarkHelper::mint(ASSET, &account, AMOUNT * Balance::from(n));
		let tickets = BoundedVec::truncate_from(tickets);
		#[extrinsic_call]
		_(RawOrigin::Signed(caller.clone()), tickets);
		assert_eq!(Tickets::<T>::iter_prefix(caller).count(), 0);
	}

	/// Positions in as many pools, each with all it can store.
	#[benchmark]
	fn staked_value(n: Linear<0, 64>) {
		let caller: T::AccountId = whitelisted_caller();
		let pool = full_pool::<T>(&caller);
		assert_ok!(Pallet::<T>::stake(signed::<T>(&caller), pool, AMOUNT, 0));
		let record = Pools::<T>::get(pool).expect("a pool");
		let position = Positions::<T>::take(&caller, pool).expect("a position");
		for copy in 0..n {
			let id = pool + 1 + copy;
			Pools::<T>::insert(id, record.clone());
			Positions::<T>::insert(&caller, id, position.clone());
		}
		let value;
		#[block]
		{
			value = Pallet::<T>::staked_value(&caller, ASSET, n);
		}
		let each = record.active.value_of(position.shares).expect("a price");
		assert_eq!(value, each * Balance::from(n));
	}

	/// Exits from as many pools, each in a bucket stored apart.
	#[benchmark]
	fn exiting_value(n: Linear<0, 64>) {
		let caller: T::AccountId = whitelisted_caller();
		let pool = full_pool::<T>(&caller);
		let first = matured_ticket::<T>(pool, &caller, None);
		let bucket = MaturedBuckets::<T>::take(pool, first.maturity).expect("a bucket");
		let held = Tickets::<T>::take(&caller, first).expect("a ticket");
		let record = Pools::<T>::get(pool).expect("a pool");
		for copy in 0..n {
			let id = pool + 1 + copy;
			Pools::<T>::insert(id, record.clone());
			MaturedBuckets::<T>::insert(id, first.maturity, bucket);
			Tickets::<T>::insert(&caller, TicketId { pool: id, ..first }, held);
		}
		let value;
		#[block]
		{
			value = Pallet::<T>::exiting_value(&caller, ASSET, n);
		}
		let each = bucket.exits.value_of(held.points).expect("a price");
		assert_eq!(value, each * Balance::from(n));
	}

	#[benchmark]
	fn add_reward_currency() {
		asset_of::<T>(&whitelisted_caller());
		RewardCurrencies::<T>::kill();
		let origin = governance::<T>();
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, ASSET);
		assert_eq!(RewardCurrencies::<T>::get().len(), 1);
	}

	#[benchmark]
	fn set_reward_currency() {
		full_pool::<T>(&whitelisted_caller());
		let origin = governance::<T>();
		let asset = ASSET + AssetId::from(T::MaxRewardCurrencies::get());
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, asset, CurrencyStatus::Retired);
		let last = RewardCurrencies::<T>::get().last().map(|currency| currency.status);
		assert_eq!(last, Some(CurrencyStatus::Retired));
	}

	/// Of an earlier generation, and into accounts that did not exist.
	#[benchmark]
	fn claim(n: Linear<1, { T::MaxRewardCurrencies::get() }>) {
		let caller: T::AccountId = whitelisted_caller();
		asset_of::<T>(&caller);
		clock::<T>(0);
		assert_ok!(Pallet::<T>::create_vault(governance::<T>(), ASSET, settings()));
		let operator = operator::<T>();
		let pool = Pallet::<T>::do_create_pool(&operator, ASSET, Vec::new()).expect("a pool");
		let other = other_restaker::<T>();
		T::BenchmarkHelper::mint(ASSET, &other, AMOUNT * 10);
		assert_ok!(Pallet::<T>::stake(signed::<T>(&caller), pool, AMOUNT, 0));
		reward::<T>(pool, n);
		lose_stake::<T>(pool, &caller);
		#[extrinsic_call]
		_(RawOrigin::Signed(caller.clone()), pool);
		assert!(!Positions::<T>::contains_key(&caller, pool));
		let paid = (1..=T::MaxRewardCurrencies::get())
			.filter(|slot| T::Assets::balance(ASSET + AssetId::from(*slot), &caller) > 0);
		assert_eq!(paid.count() as u32, n);
	}

	/// PICA into a pool that only the approved may stake in, and all else into accounts that did not exist.
	#[benchmark]
	fn claim_compounding(n: Linear<1, { T::MaxRewardCurrencies::get() }>) {
		let caller: T::AccountId = whitelisted_caller();
		let pool = full_pool_of_pica::<T>(&caller, n);
		approve::<T>(pool, &caller);
		assert_ok!(Pallet::<T>::set_compounding(signed::<T>(&caller), pool, true));
		let shares = |who| Positions::<T>::get(who, pool).expect("a position").shares;
		let (before, money) = (shares(&caller), T::Assets::balance(T::NativeAsset::get(), &caller));
		#[extrinsic_call]
		claim(RawOrigin::Signed(caller.clone()), pool);
		assert!(shares(&caller) > before);
		assert_eq!(T::Assets::balance(T::NativeAsset::get(), &caller), money);
		let paid = (1..T::MaxRewardCurrencies::get())
			.filter(|slot| T::Assets::balance(ASSET + AssetId::from(*slot), &caller) > 0);
		assert_eq!(paid.count() as u32, n - 1);
	}

	#[benchmark]
	fn set_compounding() {
		let caller: T::AccountId = whitelisted_caller();
		let pool = full_pool_of_pica::<T>(&caller, T::MaxRewardCurrencies::get());
		#[extrinsic_call]
		_(RawOrigin::Signed(caller.clone()), pool, true);
		assert!(Positions::<T>::get(caller, pool).expect("a position").compounds);
	}

	#[benchmark]
	fn move_unearned() {
		let caller: T::AccountId = whitelisted_caller();
		asset_of::<T>(&caller);
		clock::<T>(0);
		assert_ok!(Pallet::<T>::create_vault(governance::<T>(), ASSET, settings()));
		let operator = operator::<T>();
		let pool = Pallet::<T>::do_create_pool(&operator, ASSET, Vec::new()).expect("a pool");
		reward::<T>(pool, T::MaxRewardCurrencies::get());
		#[extrinsic_call]
		_(RawOrigin::Signed(caller), pool);
		let pool = Pools::<T>::get(pool).expect("a pool");
		assert!(pool.rewards.slots.iter().all(|slot| slot.unearned == 0 && slot.owed < AMOUNT));
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::mock::ExtBuilder::default().build(),
		crate::mock::Test
	);
}
