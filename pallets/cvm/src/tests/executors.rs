// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use super::*;
use frame_support::BoundedVec;
use picasso_primitives::cvm::Owner;

fn keepers(keepers: &[AccountId]) -> Keepers<AccountId> {
	BoundedVec::try_from(keepers.to_vec()).expect("few keepers")
}

fn set_keepers(who: AccountId, salt: u64, of: &[AccountId]) {
	assert_ok!(Cvm::set_keepers(origin(who), salt, keepers(of)));
}

fn to_alice() -> Program {
	program(&[transfer(&ALICE, DOT, Amount::All)])
}

#[test]
fn owners_have_an_executor_for_each_salt() {
	let owner = |network, account| Owner { network, account: [account; 32] };
	let all = [
		Cvm::executor_of(&owner(1, 1), 0),
		Cvm::executor_of(&owner(1, 1), 1),
		Cvm::executor_of(&owner(1, 2), 0),
		Cvm::executor_of(&owner(2, 1), 0),
	];
	for (number, one) in all.iter().enumerate() {
		assert!(all[number + 1..].iter().all(|other| other != one));
	}
	let mut bytes = b"pica/cvm".to_vec();
	bytes.extend([5, 0, 0, 0]);
	bytes.extend([7; 32]);
	bytes.extend([2, 1, 0, 0, 0, 0, 0, 0]);
	let account = sp_io::hashing::blake2_256(&bytes);
	assert_eq!(Cvm::executor_of(&owner(5, 7), 258), AccountId::new(account));
}

#[test]
fn executors_are_recorded_as_they_first_run() {
	ExtBuilder.build_and_execute(|| {
		give(&executor(), DOT, UNIT);
		assert!(!Cvm::is_executor(&executor()));
		assert_ok!(Cvm::execute(origin(REMOTE), 0, to_alice()));
		let record = Executors::<Test>::get(executor()).expect("a record");
		let owner = owner(&REMOTE);
		assert_eq!(record, ExecutorRecord { owner, salt: 0, keepers: keepers(&[]), exits: 0 });
		// One that fails has run.
		assert_ok!(Cvm::execute(origin(ALICE), 3, to_alice()));
		assert!(Cvm::is_executor(&executor_of(&ALICE, 3)));
		assert!(!Cvm::is_executor(&ALICE));
	});
}

#[test]
fn only_owners_and_keepers_act() {
	ExtBuilder.build_and_execute(|| {
		give(&executor(), DOT, UNIT);
		assert_noop!(
			Cvm::execute_as(origin(BOB), executor(), to_alice()),
			Error::<Test>::ExecutorNotFound
		);
		set_keepers(REMOTE, 0, &[BOB]);
		for other in [ALICE, NOBODY, REMOTE] {
			assert_noop!(
				Cvm::execute_as(origin(other), executor(), to_alice()),
				Error::<Test>::NotKeeper
			);
		}
		for nobody in [origin(NOBODY), RuntimeOrigin::root(), RuntimeOrigin::none()] {
			let ticket = ticket(DOT_POOL);
			let bad = DispatchError::BadOrigin;
			assert_noop!(Cvm::execute(nobody.clone(), 0, to_alice()), bad);
			assert_noop!(Cvm::set_keepers(nobody.clone(), 0, keepers(&[])), bad);
			assert_noop!(Cvm::set_exit_route(nobody, 0, ticket, None), bad);
		}
		let root = RuntimeOrigin::root();
		let bad = DispatchError::BadOrigin;
		assert_noop!(Cvm::execute_as(root.clone(), executor(), to_alice()), bad);
		assert_noop!(Cvm::complete_exit(root, executor(), ticket(DOT_POOL)), bad);
		// The same bytes in another network are someone else, whose executors have nothing.
		let other = Owner { network: 1, account: REMOTE.into() };
		assert_ne!(Cvm::executor_of(&other, 0), executor());
		assert_ok!(Cvm::execute(origin(BOB), 0, to_alice()));
		assert_eq!(balance(DOT, &executor()), UNIT);
		assert_ok!(Cvm::execute_as(origin(BOB), executor(), to_alice()));
		assert_eq!(balance(DOT, &executor()), 0);
		assert_eq!(events().last(), Some(&executed(executor())));
	});
}

#[test]
fn owners_alone_name_keepers() {
	ExtBuilder.build_and_execute(|| {
		set_keepers(REMOTE, 0, &[ALICE, BOB]);
		set_keepers(REMOTE, 0, &[BOB, GOVERNANCE]);
		let changed = |old: &[_], new: &[_]| Event::KeepersChanged {
			executor: executor(),
			old: keepers(old),
			new: keepers(new),
		};
		let all = vec![changed(&[], &[ALICE, BOB]), changed(&[ALICE, BOB], &[BOB, GOVERNANCE])];
		assert_eq!(events(), all);
		// A keeper's own call is for its own executor.
		set_keepers(BOB, 0, &[BOB]);
		assert_eq!(
			Executors::<Test>::get(executor()).expect("a record").keepers,
			keepers(&[BOB, GOVERNANCE])
		);
		assert_noop!(
			Cvm::execute_as(origin(ALICE), executor(), to_alice()),
			Error::<Test>::NotKeeper
		);
		for twice in [[BOB, BOB, ALICE], [BOB, ALICE, BOB], [ALICE, BOB, BOB]] {
			assert_noop!(
				Cvm::set_keepers(origin(REMOTE), 0, keepers(&twice)),
				Error::<Test>::DuplicateKeeper
			);
		}
	});
}

/// A keeper of one executor could otherwise empty every one of its owner's.
#[test]
fn keepers_reach_no_executor_that_they_do_not_keep() {
	ExtBuilder.build_and_execute(|| {
		let other = executor_of(&REMOTE, 1);
		give(&other, DOT, UNIT);
		set_keepers(REMOTE, 0, &[BOB]);
		let through = program(&[spawn(&[], 1, to_alice())]);
		System::reset_events();
		assert_ok!(Cvm::execute_as(origin(BOB), executor(), through.clone()));
		assert_eq!(events(), vec![failed(&[0], Error::<Test>::NotKeeper)]);
		// Nor in a recorded one, nor deeper.
		set_keepers(REMOTE, 1, &[ALICE]);
		set_keepers(REMOTE, 2, &[BOB]);
		System::reset_events();
		let deeper = program(&[spawn(&[], 2, through.clone())]);
		assert_ok!(Cvm::execute_as(origin(BOB), executor(), deeper));
		assert_eq!(events(), vec![failed(&[0, 0], Error::<Test>::NotKeeper)]);
		assert_eq!(balance(DOT, &other), UNIT);
		// The owner does, and a keeper of both.
		set_keepers(REMOTE, 1, &[ALICE, BOB]);
		assert_ok!(Cvm::execute_as(origin(BOB), executor(), through));
		assert_eq!(balance(DOT, &other), 0);
	});
}
