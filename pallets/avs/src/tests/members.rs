// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! How operators come and go, and their keys.

use super::*;

use frame_support::traits::fungible::InspectHold;
use picasso_primitives::restaking::{Obligations, OperatorStatus};

fn member(operator: usize, avs: u32) -> Option<AvsMember> {
	Members::<Test>::get(avs, OPERATORS[operator])
}

fn tenures(operator: usize, avs: u32) -> Vec<(u32, Option<u32>)> {
	TenuresOf::<Test>::get(avs, OPERATORS[operator]).map_or(vec![], |tenures| {
		tenures.eras.iter().map(|tenure| (tenure.since, tenure.until)).collect()
	})
}

#[test]
fn an_operator_serves_from_the_next_era() {
	ExtBuilder::execute(|| {
		let avs = onboard(terms());
		run_to_era(3);
		join(1, avs);
		let key = Some(key(1, avs).0);
		assert_eq!(member(1, avs), Some(AvsMember { key, since: Some(4), until: None }));
		assert_eq!(tenures(1, avs), [(4, None)]);
		assert!(Avs::bind_operator(&OPERATORS[1]) && !Avs::bind_operator(&OPERATORS[2]));
		assert!(!Avs::was_liable(avs, &OPERATORS[1], 3) && Avs::was_liable(avs, &OPERATORS[1], 4));
	});
}

#[test]
fn join_fails_each_for_its_own_reason() {
	ExtBuilder::execute(|| {
		let avs = onboard(terms());
		let join = |who, avs, key| {
			frame_support::storage::with_storage_layer(|| Avs::join(origin(who), avs, key))
		};
		let by = |operator: usize, avs| join(OPERATORS[operator], avs, Some(key(operator, avs)));
		assert_noop!(join(ALICE, avs, None), Error::<Test>::OperatorNotServing);
		assert_noop!(join(OPERATORS[1], avs, None), Error::<Test>::KeyMissing);
		assert_noop!(by(1, CHAIN), Error::<Test>::KeyNotNeeded);
		assert_noop!(by(1, 9), Error::<Test>::AvsNotFound);
		// A signature for another AVS, or another operator's.
		let elsewhere = key(1, 9);
		assert_noop!(join(OPERATORS[1], avs, Some(elsewhere)), Error::<Test>::KeyNotProved);
		assert_noop!(join(OPERATORS[1], avs, Some(key(2, avs))), Error::<Test>::KeyNotProved);
		assert_ok!(by(1, avs));
		assert_noop!(by(1, avs), Error::<Test>::AlreadyMember);
		assert_ok!(Restaking::set_chilled(RuntimeOrigin::root(), OPERATORS[2], true));
		assert_noop!(by(2, avs), Error::<Test>::OperatorNotServing);
		assert_ok!(Restaking::set_operator_status(origin(OPERATORS[3]), OperatorStatus::Leaving));
		assert_noop!(by(3, avs), Error::<Test>::OperatorNotServing);
		assert_ok!(Avs::offboard(origin(ALICE), avs));
		assert_noop!(by(0, avs), Error::<Test>::AvsLeaving);
		let full = onboard(terms());
		Avss::<Test>::mutate(full, |record| record.as_mut().unwrap().members = 5);
		assert_noop!(by(0, full), Error::<Test>::TooManyMembers);
		Avss::<Test>::mutate(full, |record| record.as_mut().unwrap().members = 0);
	});
}

#[test]
fn a_key_is_one_operators_alone() {
	ExtBuilder::execute(|| {
		let (one, other) = (onboard(terms()), onboard(terms()));
		join(1, one);
		join(1, other);
		let used = key(1, one).0;
		assert_eq!(KeyOwners::<Test>::get(used).unwrap().uses, 2);
		// Number 5 is operator 1 with another pair; nobody else can take what 1 has proved.
		let (new, proof) = key(5, one);
		assert_ok!(Avs::set_key(origin(OPERATORS[1]), one, new, proof));
		assert_eq!(
			last_event(),
			Event::KeyChanged { avs: one, operator: OPERATORS[1], old: Some(used), new }
		);
		KeyOwners::<Test>::mutate(new, |owner| owner.as_mut().unwrap().operator = 99);
		let (new, proof) = key(5, other);
		let set = || Avs::set_key(origin(OPERATORS[1]), other, new, proof);
		assert_noop!(set(), Error::<Test>::KeyTaken);
		KeyOwners::<Test>::mutate(new, |owner| owner.as_mut().unwrap().operator = OPERATORS[1]);
		assert_ok!(set());
		let forget = |who| Avs::forget_key(origin(who), used);
		assert_noop!(forget(OPERATORS[1]), Error::<Test>::KeyInUse);
		assert_eq!(KeyOwners::<Test>::get(used).unwrap().uses, 0);
		run_to_era(8);
		let deposits = || Balances::balance_on_hold(&HoldReason::Member.into(), &OPERATORS[1]);
		let before = deposits();
		frame_support::assert_err!(
			frame_support::storage::with_storage_layer(|| forget(BOB)),
			Error::<Test>::KeyTaken
		);
		assert_ok!(forget(OPERATORS[1]));
		assert!(deposits() < before);
		assert_noop!(forget(OPERATORS[1]), Error::<Test>::KeyNotFound);
	});
}

#[test]
fn set_key_fails_each_for_its_own_reason() {
	ExtBuilder::execute(|| {
		let avs = onboard(terms());
		let (new, proof) = key(1, avs);
		let set = |who, avs, proof| Avs::set_key(origin(who), avs, new, proof);
		assert_noop!(set(OPERATORS[1], avs, proof), Error::<Test>::NotMember);
		assert_noop!(set(OPERATORS[0], CHAIN, proof), Error::<Test>::KeyNotNeeded);
		join(1, avs);
		assert_noop!(set(OPERATORS[1], avs, key(1, 9).1), Error::<Test>::KeyNotProved);
		let other = AvsSignature::Sr25519([0; 64]);
		assert_noop!(set(OPERATORS[1], avs, other), Error::<Test>::KeyNotProved);
	});
}

#[test]
fn those_invited_may_join() {
	ExtBuilder::execute(|| {
		let avs = onboard(Terms { membership: Membership::Invited, ..terms() });
		let join = || Avs::join(origin(OPERATORS[1]), avs, Some(key(1, avs)));
		assert_noop!(join(), Error::<Test>::NotInvited);
		assert_noop!(Avs::admit(origin(BOB), avs, OPERATORS[1]), Error::<Test>::NotAvsOwner);
		assert_ok!(Avs::admit(origin(ALICE), avs, OPERATORS[1]));
		assert_noop!(Avs::admit(origin(ALICE), avs, OPERATORS[1]), Error::<Test>::AlreadyApproved);
		assert_ok!(Avs::withdraw_invitation(origin(ALICE), avs, OPERATORS[1]));
		assert_noop!(
			Avs::withdraw_invitation(origin(ALICE), avs, OPERATORS[1]),
			Error::<Test>::NotInvited
		);
		assert_noop!(join(), Error::<Test>::NotInvited);
		assert_ok!(Avs::admit(origin(ALICE), avs, OPERATORS[1]));
		assert_ok!(join());
		assert_eq!(Avss::<Test>::get(avs).unwrap().invitations, 0);
		Avss::<Test>::mutate(avs, |record| record.as_mut().unwrap().invitations = 5);
		let admitted =
			frame_support::storage::with_storage_layer(|| Avs::admit(origin(ALICE), avs, 99));
		assert_eq!(admitted, Err(Error::<Test>::TooManyInvitations.into()));
		Avss::<Test>::mutate(avs, |record| record.as_mut().unwrap().invitations = 0);
	});
}

#[test]
fn those_approved_serve_from_the_era_after() {
	ExtBuilder::execute(|| {
		let avs = onboard(Terms { membership: Membership::Approved, ..terms() });
		stake(ALICE, sol_pool(1), 100);
		join(1, avs);
		allocate(1, avs, sol_pool(1), 100);
		next_era();
		assert_eq!((table(avs), tenures(1, avs)), (vec![], vec![]));
		assert_ok!(Avs::admit(origin(ALICE), avs, OPERATORS[1]));
		assert_noop!(Avs::admit(origin(ALICE), avs, OPERATORS[1]), Error::<Test>::AlreadyApproved);
		next_era();
		assert_eq!(table(avs), [(OPERATORS[1], 100)]);
		assert_ok!(Avs::eject(origin(ALICE), avs, OPERATORS[1]));
		// Back at once only where the AVS wants it.
		let rejoin = || {
			frame_support::storage::with_storage_layer(|| {
				Avs::join(origin(OPERATORS[1]), avs, Some(key(1, avs)))
			})
		};
		assert_noop!(rejoin(), Error::<Test>::NotInvited);
		next_era();
		assert_eq!(table(avs), []);
		assert_ok!(rejoin());
		assert_eq!(member(1, avs).unwrap().since, None);
	});
}

#[test]
fn where_all_may_serve_none_is_sent_away_but_the_unfit() {
	ExtBuilder::execute(|| {
		let avs = onboard(Terms { minimum_stake: 50, ..terms() });
		let eject = |who| Avs::eject(origin(who), avs, OPERATORS[1]);
		let remove = || {
			frame_support::storage::with_storage_layer(|| {
				Avs::remove_unfit(origin(BOB), avs, OPERATORS[1])
			})
		};
		assert_noop!(eject(BOB), Error::<Test>::NotAvsOwner);
		assert_noop!(eject(ALICE), Error::<Test>::MembershipOpen);
		assert_noop!(remove(), Error::<Test>::NotMember);
		stake(ALICE, sol_pool(1), 50);
		join(1, avs);
		assert_noop!(remove(), Error::<Test>::OperatorFits);
		next_era();
		assert_noop!(remove(), Error::<Test>::OperatorFits);
		next_era();
		allocate(1, avs, sol_pool(1), 100);
		next_era();
		assert_noop!(remove(), Error::<Test>::OperatorFits);
		assert_ok!(Restaking::unstake(origin(ALICE), sol_pool(1), 1));
		next_era();
		assert_ok!(remove());
		let until = era();
		let operator = OPERATORS[1];
		assert_eq!(last_event(), Event::OperatorLeft { avs, operator, until, willing: false });
	});
}

#[test]
fn leaving_ends_service_with_the_era_and_liability_with_the_window() {
	ExtBuilder::execute(|| {
		let avs = onboard(terms());
		stake(ALICE, sol_pool(1), 100);
		join(1, avs);
		allocate(1, avs, sol_pool(1), 60);
		run_to_era(2);
		assert_eq!(table(avs), [(OPERATORS[1], 60)]);
		assert_ok!(Avs::leave(origin(OPERATORS[1]), avs));
		assert_noop!(Avs::leave(origin(OPERATORS[1]), avs), Error::<Test>::NotMember);
		next_era();
		assert_eq!((table(avs), member(1, avs)), (vec![], None));
		assert_eq!(tenures(1, avs), [(1, Some(2))]);
		assert!(Avs::was_liable(avs, &OPERATORS[1], 2) && !Avs::was_liable(avs, &OPERATORS[1], 3));
		let release = || {
			frame_support::storage::with_storage_layer(|| {
				Avs::release_operator(origin(BOB), avs, OPERATORS[1])
			})
		};
		let free = || {
			frame_support::storage::with_storage_layer(|| {
				Avs::free_allocation(origin(BOB), avs, sol_pool(1))
			})
		};
		run_to_era(9);
		assert_noop!(release(), Error::<Test>::StillLiable);
		assert_noop!(free(), Error::<Test>::AllocationInUse);
		assert!(Avs::bind_operator(&OPERATORS[1]) && Avs::bind_pool(sol_pool(1)));
		run_to_era(10);
		assert_ok!(release());
		assert_ok!(free());
		assert!(!Avs::bind_operator(&OPERATORS[1]) && !Avs::bind_pool(sol_pool(1)));
		assert_noop!(release(), Error::<Test>::NotMember);
		assert_noop!(free(), Error::<Test>::AllocationNotFound);
	});
}

#[test]
fn who_comes_and_goes_too_often_waits() {
	ExtBuilder::execute(|| {
		let avs = onboard(terms());
		join(1, avs);
		assert_ok!(Avs::leave(origin(OPERATORS[1]), avs));
		// Back in the same era, there is no gap.
		join(1, avs);
		assert_eq!(tenures(1, avs), [(1, None)]);
		let held = |tenure: u32| Tenure { since: tenure, until: Some(tenure) };
		assert_ok!(Avs::leave(origin(OPERATORS[1]), avs));
		TenuresOf::<Test>::mutate(avs, OPERATORS[1], |tenures| {
			let eras: Vec<_> = (0..8).map(|number| held(number * 2)).collect();
			tenures.as_mut().unwrap().eras = eras.try_into().unwrap();
		});
		run_to_era(7);
		Bonds::<Test>::mutate(OPERATORS[1], |_| ());
		TenuresOf::<Test>::mutate(avs, OPERATORS[1], |tenures| {
			let eras: Vec<_> = (0..8).map(|_| held(6)).collect();
			tenures.as_mut().unwrap().eras = eras.try_into().unwrap();
		});
		let rejoin = || {
			frame_support::storage::with_storage_layer(|| {
				Avs::join(origin(OPERATORS[1]), avs, Some(key(1, avs)))
			})
		};
		assert_noop!(rejoin(), Error::<Test>::TooManyTenures);
		run_to_era(14);
		assert_ok!(rejoin());
		assert_eq!(tenures(1, avs), [(15, None)]);
	});
}

#[test]
fn an_operator_that_serves_is_not_deregistered_and_a_pool_not_removed() {
	ExtBuilder::execute(|| {
		let avs = onboard(terms());
		join(1, avs);
		allocate(1, avs, sol_pool(1), 100);
		let operator = origin(OPERATORS[1]);
		assert_ok!(Restaking::set_operator_status(operator.clone(), OperatorStatus::Leaving));
		let remove = |pool| {
			frame_support::storage::with_storage_layer(|| {
				Restaking::remove_pool(origin(OPERATORS[1]), pool)
			})
		};
		assert!(remove(sol_pool(1)).is_err());
		assert_ok!(remove(pica_pool(1)));
		assert_ok!(Avs::leave(operator, avs));
		run_to_era(8);
		assert_ok!(Avs::free_allocation(origin(BOB), avs, sol_pool(1)));
		assert_ok!(remove(sol_pool(1)));
		assert!(!PoolMagnitudes::<Test>::contains_key(sol_pool(1)));
		assert!(Bonds::<Test>::contains_key(OPERATORS[1]));
		assert_ok!(Restaking::deregister_operator(origin(OPERATORS[1])));
		assert!(!Bonds::<Test>::contains_key(OPERATORS[1]));
	});
}
