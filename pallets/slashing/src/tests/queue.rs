// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The queue: bounded work, in turn, that nothing holds up.

use super::*;
use frame_support::weights::Weight;

fn accuse_all(avs: u32) -> Vec<FaultId<AccountId>> {
	(1..4).map(|operator| accuse(avs, operator)).collect()
}

fn statuses(faults: &[FaultId<AccountId>]) -> usize {
	faults.iter().filter(|fault| record(fault).status == FaultStatus::Settled).count()
}

#[test]
fn a_block_carries_out_what_it_has_room_for() {
	ExtBuilder::execute(|| {
		let faults = accuse_all(served(vec![condition(arbiter())]));
		run_to_era(3);
		// A step and two looks; another look is not a step.
		IdleWeight::set(Weight::from_parts(15, 0));
		next_era();
		assert_eq!(statuses(&faults), 1);
		for settled in [2, 3, 3] {
			next_block();
			check();
			assert_eq!(statuses(&faults), settled);
		}
	});
}

#[test]
fn a_verdict_that_is_parked_keeps_who_was_detained_from_serving() {
	ExtBuilder::execute(|| {
		let jail = Jail::Eras(0);
		let avs = served(vec![Condition { jail, ..condition(Fault::DoubleSign) }]);
		let excluded = || Avs::is_excluded(avs, &OPERATORS[1]);
		let evidence = double_sign(avs, era(), 1, listed(avs, era(), 1));
		assert_ok!(report(REPORTER, avs, 0, evidence));
		let fault = fault(avs, 1, era());
		let break_it = |broken: bool| {
			Faults::<Test>::mutate(&fault, |record| {
				let pools = &mut record.as_mut().unwrap().pools;
				if broken {
					pools.force_push(99);
				} else {
					pools.pop();
				}
			});
		};
		break_it(true);
		// It is due in era 4, and tried again in 5, 7 and 11.
		for later in 2..13 {
			run_to_era(later);
			assert!(excluded(), "in era {later}");
		}
		assert_eq!(record(&fault).attempts, 4);
		break_it(false);
		assert_ok!(Slashing::retry(origin(BOB), fault.clone()));
		assert!(matches!(last_event(), Event::FaultSlashed { jailed_until: Some(13), .. }));
		assert!(excluded());
		next_era();
		assert!(!excluded());
	});
}

/// In this era, as in those that a dispute takes.
#[test]
fn a_verdict_that_comes_at_once_jails_from_the_report_on() {
	ExtBuilder::execute(|| {
		let (jail, dispute_window) = (Jail::Eras(1), 0);
		let terms = Condition { jail, dispute_window, ..condition(Fault::DoubleSign) };
		let avs = served(vec![terms]);
		let (now, excluded) = (era(), || Avs::is_excluded(avs, &OPERATORS[1]));
		assert_ok!(report(REPORTER, avs, 0, double_sign(avs, now, 1, listed(avs, now, 1))));
		next_block();
		assert_eq!(era(), now);
		let jailed_until = Some(now + 2);
		let told = last_event();
		assert!(
			matches!(told, Event::FaultSlashed { jailed_until: until, .. } if until == jailed_until)
		);
		run_to_era(now + 1);
		assert!(excluded());
		next_era();
		assert!(!excluded());
	});
}

/// No block has room for it, for longer than the jail that it asks for.
#[test]
fn a_verdict_that_is_late_jails_from_then_on() {
	ExtBuilder::execute(|| {
		let jail = Jail::Eras(0);
		let avs = served(vec![Condition { jail, ..condition(Fault::DoubleSign) }]);
		let (now, excluded) = (era(), || Avs::is_excluded(avs, &OPERATORS[1]));
		assert_ok!(report(REPORTER, avs, 0, double_sign(avs, now, 1, listed(avs, now, 1))));
		IdleWeight::set(Weight::zero());
		let due = now + 3;
		run_to_era(due);
		assert!(excluded());
		next_era();
		assert!(!excluded());
		IdleWeight::set(Weight::MAX);
		next_block();
		let jailed_until = Some(due + 2);
		let told = last_event();
		assert!(
			matches!(told, Event::FaultSlashed { jailed_until: until, .. } if until == jailed_until)
		);
		assert!(excluded());
		next_era();
		assert!(!excluded());
	});
}

#[test]
fn without_room_nothing_is_lost() {
	ExtBuilder::execute(|| {
		let faults = accuse_all(served(vec![condition(arbiter())]));
		IdleWeight::set(Weight::zero());
		run_to_era(6);
		assert_eq!(statuses(&faults), 0);
		IdleWeight::set(Weight::MAX);
		next_block();
		assert_eq!(statuses(&faults), 3);
	});
}

/// Tangle services lib.rs:293-318: a slash that fails stays at the head of its queue, blocks the rest and is
/// orphaned.
#[test]
fn tangle_a_verdict_that_fails_is_parked_and_blocks_nobody() {
	ExtBuilder::execute(|| {
		let avs = served(vec![condition(arbiter())]);
		let faults = accuse_all(avs);
		let bad = faults[0].clone();
		// A pool that can't be found: what the ledger itself rules out.
		Faults::<Test>::mutate(&bad, |record| {
			record.as_mut().unwrap().pools.force_push(99);
		});
		let staked_before = staked(sol_pool(1));
		run_to_era(4);
		assert_eq!(statuses(&faults[1..]), 2);
		let parked = |until| {
			let reason = pallet_restaking::Error::<Test>::PoolNotFound.into();
			Event::FaultParked { fault: bad.clone(), reason, until }
		};
		assert!(events().contains(&parked(5)));
		assert_eq!((staked(sol_pool(1)), record(&bad).attempts), (staked_before, 1));
		run_to_era(5);
		assert!(events().contains(&parked(7)));
		assert!(frame_support::storage::with_storage_layer(|| {
			Slashing::retry(origin(BOB), bad.clone())
		})
		.is_err());
		// When what was in the way is gone, anyone has it carried out.
		Faults::<Test>::mutate(&bad, |record| {
			record.as_mut().unwrap().pools.pop();
		});
		assert_ok!(Slashing::retry(origin(BOB), bad.clone()));
		assert_eq!(staked(sol_pool(1)), 750 * UNIT);
		assert_noop!(Slashing::retry(origin(BOB), bad.clone()), Error::<Test>::NothingDue);
		run_to_era(9);
		assert_eq!(staked(sol_pool(1)), 750 * UNIT);
	});
}

#[test]
fn retry_fails_for_what_is_not_due() {
	ExtBuilder::execute(|| {
		let fault = accuse(served(vec![condition(arbiter())]), 1);
		assert_noop!(Slashing::retry(origin(BOB), fault.clone()), Error::<Test>::NothingDue);
		let unknown = FaultId { era: 0, ..fault };
		assert_noop!(Slashing::retry(origin(BOB), unknown), Error::<Test>::FaultNotFound);
	});
}

#[test]
fn proceeds_that_cannot_be_moved_are_parked_and_the_verdict_stands() {
	ExtBuilder::execute(|| {
		let avs = served(vec![condition(arbiter())]);
		let fault = accuse(avs, 1);
		assert_ok!(Assets::freeze_asset(origin(ISSUER), SOL));
		run_to_era(4);
		assert_eq!(record(&fault).status, FaultStatus::Settled);
		assert_eq!(staked(sol_pool(1)), 750 * UNIT);
		assert_eq!(balance(SOL, TREASURY), 0);
		assert_ok!(Assets::thaw_asset(origin(ISSUER), SOL));
		assert_ok!(Restaking::move_proceeds(origin(BOB), SOL, TREASURY));
		assert_eq!(balance(SOL, TREASURY), 250 * UNIT);
	});
}

/// An arbiter that accuses everybody, each era: work and loss are bounded, and bonds are lost.
#[test]
fn an_arbiter_gone_wild_costs_what_it_may() {
	ExtBuilder::execute(|| {
		let slash = SlashFraction::Fixed(Perbill::from_percent(1));
		let avs = served(vec![Condition { slash, ..condition(arbiter()) }]);
		let mut faults = Vec::new();
		for _ in 0..3 {
			faults.extend(accuse_all(avs));
			for operator in 1..4 {
				let again = Evidence::Arbiter(accusation(avs, era(), operator));
				assert_noop!(report(ARBITER, avs, 0, again), Error::<Test>::AlreadyReported);
			}
			next_era();
		}
		assert_eq!(Faults::<Test>::iter().count(), 9);
		let governance = RuntimeOrigin::root;
		let before = wealth_of(ARBITER);
		let pending: Vec<_> =
			faults.iter().filter(|fault| record(fault).due > era()).cloned().collect();
		for fault in &pending {
			assert_ok!(Slashing::decide(governance(), fault.clone(), Decision::Cancel));
		}
		let lost = REPORT_BOND * pending.len() as u128;
		assert_eq!(wealth_of(ARBITER), before - lost);
		run_to_era(era() + 4);
		// One part in a hundred of the half, for those that stood.
		let stood = 3 - pending.len() / 3;
		assert!(staked(sol_pool(1)) >= (1_000 - 5 * stood as u128) * UNIT);
	});
}
