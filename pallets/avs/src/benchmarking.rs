// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Each call at its worst case: the longest terms and texts, records that don't exist yet or go away,
//! operators with as many pools as they may have.

use crate::{pallet::*, types::*};
use alloc::{boxed::Box, vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::{
	assert_ok,
	traits::{EnsureOrigin, Get},
	weights::WeightMeter,
	BoundedVec,
};
use frame_system::RawOrigin;
use picasso_primitives::{
	avs::{
		possession_message, ApplicationId, AssetTerms, AvsKey, AvsSignature, AvsStatus, Membership,
		PicaTable, TableSummary, Terms, CHAIN, MAX_ASSETS, MAX_CONDITIONS, MAX_OPERATORS,
		TABLE_PAGE,
	},
	conditions::{Condition, Destination, Fault, Jail, SlashFraction},
	restaking::StakeLedger,
	AssetId, AvsId, EraIndex, PoolId, PICA,
};
use sp_core::{crypto::KeyTypeId, H256};
use sp_runtime::{FixedU128, Perbill, Perquintill};

/// Sets the scene: what only the runtime knows how.
pub trait BenchmarkHelper<AccountId> {
	/// Gives PICA to an account.
	fn endow(who: &AccountId);

	/// Creates a vault for an asset that doesn't exist yet.
	fn create_vault(asset: AssetId);

	/// Registers an operator.
	fn register_operator(who: &AccountId);

	/// Creates a pool of an operator's for an asset, in which it has stake.
	fn create_pool(operator: &AccountId, asset: AssetId) -> PoolId;

	/// A pool like one that there is, as large a value as there can be, of another operator's. It is
	/// written as it is: of tens of thousands each would take its time.
	fn copy_pool(of: PoolId, operator: &AccountId) -> PoolId;

	/// The restaking clock's next turn.
	fn turn_era();

	/// Has an application's referendum be rejected.
	fn reject(referendum: u32);
}

const ASSETS: AssetId = 7 << 96 | 9_000;
const KEYS: KeyTypeId = KeyTypeId(*b"bnch");

fn asset(number: u32) -> AssetId {
	ASSETS + AssetId::from(number)
}

/// Terms as long as they can be, which a change against stake follows.
fn terms<T: Config>() -> Terms<T::AccountId> {
	let assets: Vec<_> = (0..MAX_ASSETS)
		.map(|number| AssetTerms {
			asset: asset(number),
			weight: FixedU128::from_u32(2),
			floor: Some(0),
			cap: Some(1_000_000_000_000_000_000_000),
		})
		.collect();
	let conditions: Vec<_> = (0..MAX_CONDITIONS)
		.map(|number| Condition {
			fault: Fault::Arbiter { arbiter: account("arbiter", number, 0) },
			slash: SlashFraction::Fixed(Perbill::from_percent(5)),
			evidence_window: 0,
			dispute_window: T::ShortestDispute::get(),
			jail: Jail::Eras(1),
			destination: Destination::Victims(account("victims", number, 0)),
			reporter_share: Perbill::from_percent(33),
			veto: Some(account("veto", number, 0)),
		})
		.collect();
	Terms {
		assets: assets.try_into().expect("as many as may be"),
		minimum_security: 1,
		target_security: 2,
		minimum_operators: 1,
		maximum_operators: MAX_OPERATORS,
		minimum_stake: 1,
		minimum_self_stake: 1,
		maximum_share: Perbill::one(),
		minimum_nakamoto: 1,
		minimum_commission: Perbill::zero(),
		maximum_commission: Perbill::one(),
		membership: Membership::Open,
		conditions: conditions.try_into().expect("as many as may be"),
		pay_currency: PICA,
		pay_per_era: 1_000,
		notice: 0,
	}
}

fn create_vaults<T: Config>() {
	(0..MAX_ASSETS).for_each(|number| T::BenchmarkHelper::create_vault(asset(number)));
}

fn metadata<T: Config>() -> Vec<u8> {
	vec![b'x'; T::MaxMetadataLength::get() as usize]
}

fn signed<T: Config>(who: &T::AccountId) -> T::RuntimeOrigin {
	RawOrigin::Signed(who.clone()).into()
}

fn admin<T: Config>() -> T::RuntimeOrigin {
	T::AvsAdminOrigin::try_successful_origin().expect("governance can act")
}

fn owner<T: Config>() -> T::AccountId {
	let owner = account("owner", 0, 0);
	T::BenchmarkHelper::endow(&owner);
	owner
}

fn propose<T: Config>() -> ApplicationId {
	let application = NextApplicationId::<T>::get();
	let terms = Box::new(terms::<T>());
	assert_ok!(Pallet::<T>::propose(signed::<T>(&owner::<T>()), terms, metadata::<T>(), false));
	application
}

/// An AVS that is not the chain.
fn onboard<T: Config>(terms: Terms<T::AccountId>) -> AvsId {
	if NextAvsId::<T>::get() == CHAIN {
		NextAvsId::<T>::put(CHAIN + 1);
	}
	Pallet::<T>::add_avs(Some(owner::<T>()), BoundedVec::truncate_from(metadata::<T>()), terms)
		.expect("an AVS")
}

fn operator<T: Config>(number: u32) -> T::AccountId {
	let operator = account("operator", number, 0);
	T::BenchmarkHelper::endow(&operator);
	T::BenchmarkHelper::register_operator(&operator);
	operator
}

/// A key with a proof that it is the operator's. ECDSA takes the longest to verify.
fn key<T: Config>(operator: &T::AccountId, avs: AvsId) -> (AvsKey, AvsSignature) {
	let genesis: H256 = frame_system::Pallet::<T>::block_hash(
		frame_system::pallet_prelude::BlockNumberFor::<T>::default(),
	);
	let public = sp_io::crypto::ecdsa_generate(KEYS, None);
	let message = possession_message(genesis, avs, operator);
	let signature = sp_io::crypto::ecdsa_sign(KEYS, &public, &message).expect("the key is there");
	(AvsKey::Ecdsa(public.0), AvsSignature::Ecdsa(signature.0))
}

fn join<T: Config>(operator: &T::AccountId, avs: AvsId) {
	let key = key::<T>(operator, avs);
	assert_ok!(Pallet::<T>::join(signed::<T>(operator), avs, Some(key)));
}

/// Pools of an operator's for so many assets, all of each behind an AVS. They count from the next era.
fn allocate_pools<T: Config>(operator: &T::AccountId, avs: AvsId, pools: u32) -> Vec<PoolId> {
	(0..pools)
		.map(|number| {
			let pool = T::BenchmarkHelper::create_pool(operator, asset(number % MAX_ASSETS));
			let change = AllocationChange { avs, pool, fraction: Perquintill::one() };
			assert_ok!(Pallet::<T>::do_allocate(operator, change));
			pool
		})
		.collect()
}

/// A member with one pool, made by calls, and an AVS with tables that are due to be forgotten. Others are
/// written after its model, so that a table of thousands of pools takes no minutes to prepare.
struct Model<T: Config> {
	avs: AvsId,
	member: AvsMember,
	pool: PoolId,
	whole: PoolMagnitude,
	part: Allocation<T>,
}

impl<T: Config> Model<T> {
	/// In the first era that its pool counts in.
	fn new(avs: AvsId) -> Self {
		let first = operator::<T>(u32::MAX);
		join::<T>(&first, avs);
		let pool = T::BenchmarkHelper::create_pool(&first, asset(0));
		let fraction = Perquintill::from_percent(50);
		assert_ok!(Pallet::<T>::do_allocate(&first, AllocationChange { avs, pool, fraction }));
		turn_eras::<T>(T::Ledger::unbonding() + 8);
		let mut part = Allocations::<T>::get(pool, avs).expect("it was made");
		let releases = vec![(EraIndex::MAX, 1); T::MaxReleases::get() as usize];
		part.releases = BoundedVec::truncate_from(releases);
		Self {
			avs,
			member: Members::<T>::take(avs, &first).expect("it joined"),
			pool,
			whole: PoolMagnitudes::<T>::get(pool).expect("it was made"),
			part,
		}
	}

	fn add_member(&self, number: u32, pools: u32) {
		let avs = self.avs;
		let operator = operator::<T>(number);
		let pools: Vec<_> = (0..pools)
			.map(|_| {
				let pool = T::BenchmarkHelper::copy_pool(self.pool, &operator);
				PoolMagnitudes::<T>::insert(pool, self.whole);
				Allocations::<T>::insert(pool, avs, self.part.clone());
				pool
			})
			.collect();
		Members::<T>::insert(avs, &operator, self.member);
		AllocatedPools::<T>::insert(&operator, avs, BoundedVec::truncate_from(pools));
	}

	/// Of the AVS, of whose tables one is to be forgotten, and some summaries are.
	fn record_of(&self, members: u32, allocations: u32) -> AvsRecord<T> {
		let (avs, era) = (self.avs, T::Ledger::current_era());
		let table = TableSummary {
			root: H256::zero(),
			operators: members.min(MAX_OPERATORS),
			total: 1,
			dormancy: None,
		};
		let kept = [era - 1, era - 2];
		(0..8).chain(kept).for_each(|era| Tables::<T>::insert(avs, era, table));
		for page in 0..table.operators.div_ceil(TABLE_PAGE) {
			TablePages::<T>::insert((avs, era - 2, page), BoundedVec::default());
		}
		let tables = TableHistory { last: Some(era - 1), previous: Some(era - 2), oldest: 0 };
		let record = Avss::<T>::get(avs).expect("an AVS");
		AvsRecord { members, allocations, tables, ..record }
	}
}

fn turn_eras<T: Config>(count: EraIndex) {
	for _ in 0..count {
		T::BenchmarkHelper::turn_era();
	}
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn propose() {
		create_vaults::<T>();
		let caller = owner::<T>();
		let terms = Box::new(terms::<T>());
		#[extrinsic_call]
		_(RawOrigin::Signed(caller), terms, metadata::<T>(), true);
		assert_eq!(Applications::<T>::count(), 1);
	}

	#[benchmark]
	fn onboard() {
		create_vaults::<T>();
		let application = super::propose::<T>();
		let before = NextAvsId::<T>::get();
		#[extrinsic_call]
		_(admin::<T>() as T::RuntimeOrigin, application);
		assert_eq!(NextAvsId::<T>::get(), before + 1);
	}

	#[benchmark]
	fn settle_applications(n: Linear<1, { T::MaxApplications::get() }>) {
		create_vaults::<T>();
		for _ in 0..n {
			let application = super::propose::<T>();
			let record = Applications::<T>::get(application).expect("it was made");
			T::BenchmarkHelper::reject(record.referendum);
		}
		#[block]
		{
			Pallet::<T>::settle_applications();
		}
		assert_eq!(Applications::<T>::count(), 0);
	}

	#[benchmark]
	fn set_terms() {
		create_vaults::<T>();
		let avs = super::onboard::<T>(terms::<T>());
		// Neither in force nor dropped before: both have to be read.
		let more = Terms { pay_per_era: 2_000, ..terms::<T>() };
		assert_ok!(Pallet::<T>::do_set_terms(avs, more));
		let less = Terms { pay_per_era: 1, ..terms::<T>() };
		let caller = owner::<T>();
		#[extrinsic_call]
		_(RawOrigin::Signed(caller), avs, Box::new(less.clone()));
		let last = Avss::<T>::get(avs).and_then(|record| record.terms.last().copied());
		assert_eq!(last.and_then(|from| TermsOf::<T>::get(avs, from)), Some(less));
	}

	#[benchmark]
	fn set_metadata() {
		create_vaults::<T>();
		let avs = super::onboard::<T>(terms::<T>());
		let caller = owner::<T>();
		#[extrinsic_call]
		_(RawOrigin::Signed(caller), avs, metadata::<T>());
		assert_eq!(Avss::<T>::get(avs).map(|avs| avs.metadata.into_inner()), Some(metadata::<T>()));
	}

	#[benchmark]
	fn offer_ownership() {
		create_vaults::<T>();
		let avs = super::onboard::<T>(terms::<T>());
		let (caller, next) = (owner::<T>(), account::<T::AccountId>("next", 0, 0));
		#[extrinsic_call]
		_(RawOrigin::Signed(caller), avs, Some(next.clone()));
		assert_eq!(Avss::<T>::get(avs).and_then(|avs| avs.next_owner), Some(next));
	}

	#[benchmark]
	fn accept_ownership() {
		create_vaults::<T>();
		let avs = super::onboard::<T>(terms::<T>());
		let caller: T::AccountId = account("next", 0, 0);
		assert_ok!(Pallet::<T>::do_offer_ownership(avs, Some(caller.clone())));
		#[extrinsic_call]
		_(RawOrigin::Signed(caller.clone()), avs);
		assert_eq!(Avss::<T>::get(avs).and_then(|avs| avs.owner), Some(caller));
	}

	#[benchmark]
	fn join() {
		create_vaults::<T>();
		let avs = super::onboard::<T>(Terms { membership: Membership::Invited, ..terms::<T>() });
		let caller = operator::<T>(0);
		assert_ok!(Pallet::<T>::do_admit(avs, &caller));
		let key = super::key::<T>(&caller, avs);
		#[extrinsic_call]
		_(RawOrigin::Signed(caller.clone()), avs, Some(key));
		assert!(TenuresOf::<T>::contains_key(avs, caller));
	}

	#[benchmark]
	fn set_key() {
		create_vaults::<T>();
		let avs = super::onboard::<T>(terms::<T>());
		let caller = operator::<T>(0);
		super::join::<T>(&caller, avs);
		let (key, proof) = super::key::<T>(&caller, avs);
		#[extrinsic_call]
		_(RawOrigin::Signed(caller.clone()), avs, key, proof);
		assert_eq!(Members::<T>::get(avs, caller).and_then(|member| member.key), Some(key));
	}

	#[benchmark]
	fn forget_key() {
		create_vaults::<T>();
		let avs = super::onboard::<T>(terms::<T>());
		let caller = operator::<T>(0);
		super::join::<T>(&caller, avs);
		let key = Members::<T>::get(avs, &caller).and_then(|member| member.key).expect("a key");
		assert_ok!(Pallet::<T>::do_leave(avs, &caller, true));
		KeyOwners::<T>::mutate(key, |owner| {
			owner.as_mut().expect("it was used").held_until = 0;
		});
		#[extrinsic_call]
		_(RawOrigin::Signed(caller), key);
		assert!(!KeyOwners::<T>::contains_key(key));
	}

	#[benchmark]
	fn leave(p: Linear<1, { T::MaxPoolsPerMember::get() }>) {
		create_vaults::<T>();
		let avs = super::onboard::<T>(terms::<T>());
		let caller = operator::<T>(0);
		super::join::<T>(&caller, avs);
		allocate_pools::<T>(&caller, avs, p);
		turn_eras::<T>(1);
		#[extrinsic_call]
		_(RawOrigin::Signed(caller.clone()), avs);
		assert!(Members::<T>::get(avs, caller).is_some_and(|member| member.until.is_some()));
	}

	#[benchmark]
	fn admit() {
		create_vaults::<T>();
		let asking = Terms { membership: Membership::Approved, ..terms::<T>() };
		let avs = super::onboard::<T>(asking);
		let operator = operator::<T>(0);
		super::join::<T>(&operator, avs);
		let caller = owner::<T>();
		#[extrinsic_call]
		_(RawOrigin::Signed(caller), avs, operator.clone());
		assert!(Members::<T>::get(avs, operator).is_some_and(|member| member.since.is_some()));
	}

	#[benchmark]
	fn withdraw_invitation() {
		create_vaults::<T>();
		let avs = super::onboard::<T>(terms::<T>());
		let operator: T::AccountId = account("operator", 0, 0);
		assert_ok!(Pallet::<T>::do_admit(avs, &operator));
		let caller = owner::<T>();
		#[extrinsic_call]
		_(RawOrigin::Signed(caller), avs, operator.clone());
		assert!(!Invitations::<T>::contains_key(avs, operator));
	}

	#[benchmark]
	fn remove_unfit(p: Linear<1, { T::MaxPoolsPerMember::get() }>) {
		create_vaults::<T>();
		let much = Terms { minimum_stake: u128::MAX, ..terms::<T>() };
		let avs = super::onboard::<T>(much);
		let operator = operator::<T>(0);
		super::join::<T>(&operator, avs);
		allocate_pools::<T>(&operator, avs, p);
		turn_eras::<T>(2);
		let caller = owner::<T>();
		#[extrinsic_call]
		_(RawOrigin::Signed(caller), avs, operator.clone());
		assert!(Members::<T>::get(avs, operator).is_some_and(|member| member.until.is_some()));
	}

	#[benchmark]
	fn release_operator() {
		create_vaults::<T>();
		let avs = super::onboard::<T>(terms::<T>());
		let operator = operator::<T>(0);
		super::join::<T>(&operator, avs);
		assert_ok!(Pallet::<T>::do_leave(avs, &operator, true));
		TenuresOf::<T>::mutate(avs, &operator, |tenures| {
			let tenures = tenures.as_mut().expect("it joined");
			let over = Tenure { since: 0, until: Some(0) };
			tenures.eras = BoundedVec::truncate_from(vec![over; MAX_TENURES as usize]);
		});
		turn_eras::<T>(T::Ledger::unbonding() + 1);
		let caller = owner::<T>();
		#[extrinsic_call]
		_(RawOrigin::Signed(caller), avs, operator.clone());
		assert!(!TenuresOf::<T>::contains_key(avs, operator));
	}

	/// Each to an AVS of its own.
	#[benchmark]
	fn allocate(c: Linear<1, { T::MaxChanges::get() }>) {
		create_vaults::<T>();
		let caller = operator::<T>(0);
		let changes: Vec<_> = (0..c)
			.map(|number| {
				let avs = super::onboard::<T>(terms::<T>());
				super::join::<T>(&caller, avs);
				let pool = T::BenchmarkHelper::create_pool(&caller, asset(number % MAX_ASSETS));
				AllocationChange { avs, pool, fraction: Perquintill::from_percent(50) }
			})
			.collect();
		let bounded = BoundedVec::truncate_from(changes.clone());
		#[extrinsic_call]
		_(RawOrigin::Signed(caller), bounded);
		for AllocationChange { avs, pool, .. } in changes {
			assert!(Allocations::<T>::contains_key(pool, avs));
		}
	}

	#[benchmark]
	fn free_allocation() {
		create_vaults::<T>();
		let avs = super::onboard::<T>(terms::<T>());
		let operator = operator::<T>(0);
		super::join::<T>(&operator, avs);
		let pools = allocate_pools::<T>(&operator, avs, T::MaxPoolsPerMember::get());
		turn_eras::<T>(1);
		assert_ok!(Pallet::<T>::do_leave(avs, &operator, true));
		turn_eras::<T>(T::Ledger::unbonding() * 2);
		let (caller, pool) = (owner::<T>(), pools[pools.len() - 1]);
		#[extrinsic_call]
		_(RawOrigin::Signed(caller), avs, pool);
		assert!(!Allocations::<T>::contains_key(pool, avs));
	}

	#[benchmark]
	fn offboard() {
		create_vaults::<T>();
		let avs = super::onboard::<T>(terms::<T>());
		let caller = owner::<T>();
		#[extrinsic_call]
		_(RawOrigin::Signed(caller), avs);
		assert!(Avss::<T>::get(avs).is_some_and(|avs| avs.status != AvsStatus::Active));
	}

	#[benchmark]
	fn go_on_with_turn() {
		create_vaults::<T>();
		// An AVS that the meter leaves no room for.
		super::onboard::<T>(terms::<T>());
		let era = T::Ledger::current_era();
		Turn::<T>::put(EraTurn { era: era + 1, pica: true, next: 0, remaining: 1, blocks: 1 });
		let table = PicaTable { era, ..Default::default() };
		PicaTables::<T>::put(PicaHistory { last: Some(table), ..Default::default() });
		#[block]
		{
			let mut meter = WeightMeter::with_limit(Pallet::<T>::weight_of_going_on());
			Pallet::<T>::go_on_with_turn(&mut meter);
		}
		assert_eq!(Turn::<T>::get().era, era);
	}

	/// Each pool has stake, and there are more.
	#[benchmark]
	fn build_pica_page() {
		let operator = operator::<T>(0);
		let model = T::BenchmarkHelper::create_pool(&operator, PICA);
		(0..T::PicaPage::get()).for_each(|_| {
			T::BenchmarkHelper::copy_pool(model, &operator);
		});
		turn_eras::<T>(1);
		let era = T::Ledger::current_era();
		#[block]
		{
			Pallet::<T>::build_pica_page(PicaTables::<T>::get(), era);
		}
		let draft = PicaTables::<T>::get().draft.expect("there are more");
		assert!(draft.table.pools + 8 >= T::PicaPage::get());
	}

	#[benchmark]
	fn forget_pica_page() {
		let page = vec![(0, 1); T::PicaPage::get() as usize];
		PicaPages::<T>::insert(0, 1, BoundedVec::truncate_from(page));
		let obsolete = Some(PicaTable { era: 0, pages: 2, pools: 1, total: 1 });
		PicaTables::<T>::put(PicaHistory { obsolete, ..Default::default() });
		#[block]
		{
			Pallet::<T>::forget_pica_page(PicaTables::<T>::get(), 0);
		}
		assert!(!PicaPages::<T>::contains_key(0, 1));
	}

	/// `m` members have a pool each behind the AVS, `f` have as many as may be.
	#[benchmark]
	fn build_table(m: Linear<0, { T::MaxMembers::get() }>, f: Linear<0, { T::MaxMembers::get() }>) {
		create_vaults::<T>();
		let avs = super::onboard::<T>(terms::<T>());
		let model = Model::<T>::new(avs);
		let most = T::MaxPoolsPerMember::get();
		(0..m).for_each(|number| model.add_member(number, 1));
		(m..m + f).for_each(|number| model.add_member(number, most));
		let record = model.record_of(m + f, m + f * most);
		let era = T::Ledger::current_era();
		Avss::<T>::insert(avs, record);
		#[block]
		{
			Pallet::<T>::visit(avs, era);
		}
		let table = Tables::<T>::get(avs, era).expect("a table");
		assert_eq!(table.operators, (m + f).min(MAX_OPERATORS));
		assert!(table.total >= u128::from(table.operators));
		assert!(!Tables::<T>::contains_key(avs, 0));
		assert!(!TablePages::<T>::contains_key((avs, era - 2, 0)));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::ExtBuilder::build(), crate::mock::Test);
}
