// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use super::*;

#[test]
fn register_operator_records_who_and_for_what() {
	ExtBuilder::default().build_and_execute(|| {
		let commission = Perbill::from_percent(5);
		assert_ok!(Restaking::register_operator(origin(BOB), commission, b"bob".to_vec()));
		assert_eq!(last_event(), Event::OperatorRegistered { operator: BOB, commission });
		let operator = Operators::<Test>::get(BOB).unwrap();
		assert_eq!((operator.commission.at(0), operator.pools), (commission, 0));
		assert_eq!(operator.metadata.as_slice(), b"bob");
	});
}

#[test]
fn register_operator_fails_for_an_operator_and_for_bad_text() {
	ExtBuilder::default().build_and_execute(|| {
		let register =
			|who, metadata| Restaking::register_operator(origin(who), Perbill::zero(), metadata);
		assert_noop!(register(OPERATOR, vec![]), Error::<Test>::OperatorExists);
		assert_noop!(register(BOB, vec![b'x'; 17]), Error::<Test>::TextTooLong);
		assert_noop!(register(BOB, vec![0xff]), Error::<Test>::TextNotUtf8);
		assert_noop!(
			Restaking::register_operator(RuntimeOrigin::root(), Perbill::zero(), vec![]),
			BadOrigin
		);
	});
}

#[test]
fn create_pool_gives_numbers_in_order() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Restaking::create_pool(origin(OPERATOR), SOL, b"bold".to_vec()));
		assert_eq!(last_event(), Event::PoolCreated { pool: 3, operator: OPERATOR, asset: SOL });
		let pool = Pools::<Test>::get(3).unwrap();
		assert_eq!((pool.operator, pool.asset, pool.status), (OPERATOR, SOL, PoolStatus::Open));
		assert_eq!((pool.generation, pool.active), (0, SharePool::default()));
		assert_eq!(pool.name.as_slice(), b"bold");
		assert_eq!(PoolsByOperator::<Test>::get(OPERATOR, SOL).into_inner(), vec![0, 3]);
		assert_eq!(Operators::<Test>::get(OPERATOR).unwrap().pools, 4);
	});
}

#[test]
fn create_pool_fails_for_strangers_unknown_assets_and_bad_names() {
	ExtBuilder::default().build_and_execute(|| {
		let create = |who, asset, name| Restaking::create_pool(origin(who), asset, name);
		assert_noop!(create(BOB, SOL, vec![]), Error::<Test>::OperatorNotFound);
		assert_noop!(create(OPERATOR, IDLE, vec![]), Error::<Test>::VaultNotFound);
		assert_noop!(create(OPERATOR, SOL, vec![b'x'; 9]), Error::<Test>::TextTooLong);
		assert_noop!(create(OPERATOR, SOL, vec![0xff]), Error::<Test>::TextNotUtf8);
		assert_noop!(Restaking::create_pool(RuntimeOrigin::root(), SOL, vec![]), BadOrigin);
	});
}

#[test]
fn create_pool_fails_beyond_the_bounds() {
	ExtBuilder::default().build_and_execute(|| {
		let create = |asset| Restaking::create_pool(origin(OPERATOR), asset, vec![]);
		assert_ok!(create(SOL));
		assert_ok!(create(SOL));
		assert_ok!(create(SOL));
		assert_eq!(Operators::<Test>::get(OPERATOR).unwrap().pools, 6);
		assert_noop!(create(PICA), Error::<Test>::TooManyPools);
		Operators::<Test>::mutate(OPERATOR, |operator| operator.as_mut().unwrap().pools = 5);
		assert_noop!(create(SOL), Error::<Test>::TooManyPoolsForAsset);
		Operators::<Test>::mutate(OPERATOR, |operator| operator.as_mut().unwrap().pools = 6);
	});
}

#[test]
fn set_pool_status_closes_a_pool_to_stake_and_not_to_exits() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		assert_ok!(Restaking::set_pool_status(origin(OPERATOR), SOL_POOL, PoolStatus::Closed));
		assert_eq!(
			last_event(),
			Event::PoolStatusChanged {
				pool: SOL_POOL,
				old: PoolStatus::Open,
				new: PoolStatus::Closed
			}
		);
		assert_noop!(Restaking::stake(origin(ALICE), SOL_POOL, 100, 0), Error::<Test>::PoolNotOpen);
		unstake(ALICE, SOL_POOL, 100);
	});
}

#[test]
fn set_pool_status_fails_for_strangers_and_unknown_pools() {
	ExtBuilder::default().build_and_execute(|| {
		let set = |who, pool| Restaking::set_pool_status(who, pool, PoolStatus::Closed);
		assert_noop!(set(origin(ALICE), SOL_POOL), Error::<Test>::NotPoolOperator);
		assert_noop!(set(origin(OPERATOR), 99), Error::<Test>::PoolNotFound);
		assert_noop!(set(RuntimeOrigin::root(), SOL_POOL), BadOrigin);
	});
}
