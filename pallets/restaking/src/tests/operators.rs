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
		assert_eq!(PoolNames::<Test>::get(3).as_slice(), b"bold");
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

/// What is held of an operator for its record, so many pools, and so many approvals.
fn deposit(metadata: usize, pools: u128, approvals: u128) -> u128 {
	use codec::MaxEncodedLen;
	let name = sp_runtime::BoundedVec::<u8, <Test as Config>::MaxNameLength>::max_encoded_len();
	let pool = (Pool::<Test>::max_encoded_len() + name) as u128;
	// 16 bytes for an account.
	(1 + pools + approvals) * 100 + metadata as u128 + pools * pool + approvals * 16
}

fn held(who: AccountId) -> u128 {
	use frame_support::traits::fungible::InspectHold;
	Balances::balance_on_hold(&HoldReason::OperatorDeposit.into(), &who)
}

fn leave(who: AccountId) {
	assert_ok!(Restaking::set_operator_status(origin(who), OperatorStatus::Leaving));
}

#[test]
fn the_deposit_follows_what_is_stored_and_goes_back() {
	ExtBuilder::default().build_and_execute(|| {
		let before = balance(PICA, BOB);
		assert_ok!(Restaking::register_operator(origin(BOB), Perbill::zero(), b"bob".to_vec()));
		assert_eq!(held(BOB), deposit(3, 0, 0));
		assert_ok!(Restaking::set_metadata(origin(BOB), b"bobby".to_vec()));
		assert_eq!(last_event(), Event::MetadataChanged { operator: BOB });
		assert_eq!(Operators::<Test>::get(BOB).unwrap().metadata.as_slice(), b"bobby");
		assert_eq!(held(BOB), deposit(5, 0, 0));
		assert_ok!(Restaking::create_pool(origin(BOB), SOL, vec![]));
		assert_ok!(Restaking::create_pool(origin(BOB), PICA, vec![]));
		assert_eq!(held(BOB), deposit(5, 2, 0));
		assert_ok!(Restaking::set_approval(origin(BOB), ALICE, true));
		assert_eq!(held(BOB), deposit(5, 2, 1));
		// To say it again changes nothing.
		assert_ok!(Restaking::set_approval(origin(BOB), ALICE, true));
		assert_eq!(held(BOB), deposit(5, 2, 1));
		assert_ok!(Restaking::set_approval(origin(BOB), ALICE, false));
		leave(BOB);
		for pool in [3, 4] {
			assert_ok!(Restaking::remove_pool(origin(BOB), pool));
		}
		assert_eq!(held(BOB), deposit(5, 0, 0));
		assert_ok!(Restaking::deregister_operator(origin(BOB)));
		assert_eq!(last_event(), Event::OperatorDeregistered { operator: BOB });
		assert_eq!((held(BOB), balance(PICA, BOB)), (0, before));
		assert_eq!(Operators::<Test>::get(BOB), None);
	});
}

#[test]
fn who_cannot_pay_the_deposit_is_no_operator() {
	ExtBuilder::default().build_and_execute(|| {
		let poor = 500;
		assert_ok!(Balances::transfer_keep_alive(origin(ALICE), poor, ExistentialDeposit::get()));
		assert_noop!(
			Restaking::register_operator(origin(poor), Perbill::zero(), vec![]),
			TokenError::FundsUnavailable
		);
		assert_ok!(Balances::transfer_keep_alive(origin(ALICE), poor, deposit(1, 0, 0)));
		assert_ok!(Restaking::register_operator(origin(poor), Perbill::zero(), vec![b'x']));
		for refused in [
			Restaking::create_pool(origin(poor), SOL, vec![]),
			Restaking::set_approval(origin(poor), ALICE, true),
			Restaking::set_metadata(origin(poor), b"xx".to_vec()),
		] {
			assert_eq!(refused, Err(TokenError::FundsUnavailable.into()));
		}
	});
}

#[test]
fn set_metadata_fails_for_strangers_and_bad_text() {
	ExtBuilder::default().build_and_execute(|| {
		let set = |who, metadata| Restaking::set_metadata(origin(who), metadata);
		assert_noop!(set(BOB, vec![]), Error::<Test>::OperatorNotFound);
		assert_noop!(set(OPERATOR, vec![b'x'; 17]), Error::<Test>::TextTooLong);
		assert_noop!(set(OPERATOR, vec![0xff]), Error::<Test>::TextNotUtf8);
		assert_noop!(Restaking::set_metadata(RuntimeOrigin::root(), vec![]), BadOrigin);
	});
}

#[test]
fn a_higher_commission_waits_until_whoever_disagrees_can_be_gone() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		let (old, new) = (Perbill::from_percent(1), Perbill::from_percent(20));
		assert_ok!(Restaking::set_commission(origin(OPERATOR), new));
		assert_eq!(
			last_event(),
			Event::CommissionChanged {
				operator: OPERATOR,
				old: Commission { first: old, then: None },
				new,
				from: 8
			}
		);
		let ticket = unstake(ALICE, SOL_POOL, 100);
		for era in 0..=10 {
			let expected = if era < ticket.maturity { old } else { new };
			assert_eq!(Restaking::commission(&OPERATOR, era), Some(expected));
		}
		assert_eq!(Restaking::commission(&BOB, 0), None);
	});
}

#[test]
fn a_lower_commission_holds_from_the_next_era_and_is_never_retroactive() {
	ExtBuilder::default().build_and_execute(|| {
		run_to_era(3);
		assert_ok!(Restaking::set_commission(origin(OPERATOR), Perbill::zero()));
		assert_eq!(Restaking::commission(&OPERATOR, 3), Some(Perbill::from_percent(1)));
		assert_eq!(Restaking::commission(&OPERATOR, 4), Some(Perbill::zero()));
		// In the era in which it takes effect the last one's is still to be told.
		run_to_era(4);
		let announce =
			|percent| Restaking::set_commission(origin(OPERATOR), Perbill::from_percent(percent));
		assert_noop!(announce(2), Error::<Test>::CommissionJustChanged);
		assert_eq!(Restaking::commission(&OPERATOR, 3), Some(Perbill::from_percent(1)));
		run_to_era(5);
		assert_ok!(announce(2));
		assert_eq!(Restaking::commission(&OPERATOR, 4), Some(Perbill::zero()));
	});
}

#[test]
fn an_announced_commission_can_be_replaced_and_starts_its_notice_anew() {
	ExtBuilder::default().build_and_execute(|| {
		let percent = Perbill::from_percent;
		assert_ok!(Restaking::set_commission(origin(OPERATOR), percent(20)));
		run_to_era(2);
		assert_ok!(Restaking::set_commission(origin(OPERATOR), percent(10)));
		assert_eq!(
			Operators::<Test>::get(OPERATOR).unwrap().commission,
			Commission { first: percent(1), then: Some((percent(10), 10)) }
		);
	});
}

#[test]
fn set_commission_fails_for_strangers_and_beyond_the_bound() {
	ExtBuilder::default().build_and_execute(|| {
		let high = Perbill::from_percent(21);
		assert_noop!(
			Restaking::set_commission(origin(OPERATOR), high),
			Error::<Test>::CommissionTooHigh
		);
		assert_noop!(
			Restaking::register_operator(origin(BOB), high, vec![]),
			Error::<Test>::CommissionTooHigh
		);
		assert_noop!(
			Restaking::set_commission(origin(BOB), Perbill::zero()),
			Error::<Test>::OperatorNotFound
		);
		assert_noop!(Restaking::set_commission(RuntimeOrigin::root(), high), BadOrigin);
	});
}

#[test]
fn a_paused_operator_takes_no_stake_and_lets_everyone_leave() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		let set = |status| Restaking::set_operator_status(origin(OPERATOR), status);
		assert_ok!(set(OperatorStatus::Paused));
		let (old, new) = (OperatorStatus::Active, OperatorStatus::Paused);
		assert_eq!(last_event(), Event::OperatorStatusChanged { operator: OPERATOR, old, new });
		for pool in [SOL_POOL, COARSE_POOL, PICA_POOL] {
			assert_noop!(
				Restaking::stake(origin(BOB), pool, 100, 0),
				Error::<Test>::OperatorNotServing
			);
		}
		assert_ok!(Restaking::create_pool(origin(OPERATOR), SOL, vec![]));
		assert_noop!(Restaking::stake(origin(BOB), 3, 100, 0), Error::<Test>::OperatorNotServing);
		unstake(ALICE, SOL_POOL, 100);
		assert_ok!(set(OperatorStatus::Active));
		stake(BOB, SOL_POOL, 100);
		stake(BOB, 3, 100);
	});
}

#[test]
fn a_chilled_operator_takes_no_stake_whatever_it_says_of_itself() {
	ExtBuilder::default().build_and_execute(|| {
		let chill = |chilled| Restaking::set_chilled(RuntimeOrigin::root(), OPERATOR, chilled);
		assert_ok!(chill(true));
		assert_eq!(
			last_event(),
			Event::OperatorChilled { operator: OPERATOR, old: false, new: true }
		);
		for status in [OperatorStatus::Paused, OperatorStatus::Active] {
			assert_ok!(Restaking::set_operator_status(origin(OPERATOR), status));
			assert_ok!(Restaking::set_pool_status(origin(OPERATOR), SOL_POOL, PoolStatus::Open));
			assert_noop!(
				Restaking::stake(origin(BOB), SOL_POOL, 100, 0),
				Error::<Test>::OperatorNotServing
			);
		}
		assert_ok!(chill(false));
		stake(BOB, SOL_POOL, 100);
		assert_noop!(Restaking::set_chilled(origin(ALICE), OPERATOR, true), BadOrigin);
		assert_noop!(
			Restaking::set_chilled(RuntimeOrigin::root(), BOB, true),
			Error::<Test>::OperatorNotFound
		);
	});
}

#[test]
fn leaving_is_for_good_and_winds_every_pool_up() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		leave(OPERATOR);
		for status in [OperatorStatus::Active, OperatorStatus::Paused, OperatorStatus::Leaving] {
			assert_noop!(
				Restaking::set_operator_status(origin(OPERATOR), status),
				Error::<Test>::OperatorLeaving
			);
		}
		for pool in [SOL_POOL, COARSE_POOL, PICA_POOL] {
			assert_eq!(Pools::<Test>::get(pool).unwrap().status, PoolStatus::WindingUp);
		}
		assert_noop!(
			Restaking::create_pool(origin(OPERATOR), SOL, vec![]),
			Error::<Test>::OperatorLeaving
		);
		assert_noop!(
			Restaking::set_operator_status(origin(BOB), OperatorStatus::Paused),
			Error::<Test>::OperatorNotFound
		);
		// It stays slashable until it is gone.
		assert_eq!(slash(SOL_POOL, 1, 2).active, 50);
	});
}

#[test]
fn deregister_fails_while_anything_is_left_to_answer_for() {
	ExtBuilder::default().build_and_execute(|| {
		let deregister = || Restaking::deregister_operator(origin(OPERATOR));
		assert_noop!(deregister(), Error::<Test>::OperatorNotLeaving);
		assert_ok!(Restaking::set_approval(origin(OPERATOR), ALICE, true));
		leave(OPERATOR);
		assert_noop!(deregister(), Error::<Test>::PoolsRemain);
		for pool in [SOL_POOL, COARSE_POOL, PICA_POOL] {
			BoundPool::set(Some(pool));
			assert_noop!(Restaking::remove_pool(origin(OPERATOR), pool), Error::<Test>::StillBound);
			BoundPool::set(None);
			assert_ok!(Restaking::remove_pool(origin(OPERATOR), pool));
		}
		assert_noop!(deregister(), Error::<Test>::ApprovalsRemain);
		assert_ok!(Restaking::set_approval(origin(OPERATOR), ALICE, false));
		BoundOperator::set(Some(OPERATOR));
		assert_noop!(deregister(), Error::<Test>::StillBound);
		BoundOperator::set(None);
		assert_eq!(ForgottenOperators::get(), []);
		assert_ok!(deregister());
		assert_eq!(ForgottenPools::take(), [SOL_POOL, COARSE_POOL, PICA_POOL]);
		assert_eq!(ForgottenOperators::take(), [OPERATOR]);
		assert_noop!(deregister(), Error::<Test>::OperatorNotFound);
		assert_noop!(Restaking::deregister_operator(RuntimeOrigin::root()), BadOrigin);
	});
}
