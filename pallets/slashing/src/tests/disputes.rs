// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Disputes, and what becomes of bonds.

use super::*;

/// Bonds that the arbiter and the first operator have on hold.
fn bonds() -> (u128, u128) {
	use frame_support::traits::fungible::InspectHold;
	(
		Balances::balance_on_hold(&HoldReason::Report.into(), &ARBITER),
		Balances::balance_on_hold(&HoldReason::Dispute.into(), &OPERATORS[1]),
	)
}

/// What the arbiter and the first operator have, bonds included.
fn wealth() -> (u128, u128) {
	(wealth_of(ARBITER), wealth_of(OPERATORS[1]))
}

fn accused() -> FaultId<AccountId> {
	let veto = Some(JUDGE);
	accuse(served(vec![Condition { veto, ..condition(arbiter()) }]), 1)
}

fn dispute(fault: &FaultId<AccountId>) {
	assert_ok!(Slashing::dispute(origin(OPERATORS[1]), fault.clone()));
}

fn decide(fault: &FaultId<AccountId>, decision: Decision) {
	assert_ok!(Slashing::decide(RuntimeOrigin::root(), fault.clone(), decision));
	assert_eq!(last_event(), Event::FaultDecided { fault: fault.clone(), decision });
}

#[test]
fn a_cancelled_fault_leaves_everything_as_it_was() {
	ExtBuilder::execute(|| {
		let fault = accused();
		let before = wealth();
		dispute(&fault);
		assert_eq!(last_event(), Event::FaultDisputed { fault: fault.clone() });
		assert_eq!(bonds(), (REPORT_BOND, DISPUTE_BOND));
		assert!(Restaking::stake(origin(BOB), sol_pool(1), UNIT, 0).is_err());
		decide(&fault, Decision::Cancel);
		assert_eq!(bonds(), (0, 0));
		// The false report lost its bond.
		assert_eq!(wealth(), (before.0 - REPORT_BOND, before.1));
		stake(BOB, sol_pool(1), UNIT);
		run_to_era(6);
		assert_eq!(staked(sol_pool(1)), 1_001 * UNIT);
		assert_eq!(record(&fault).status, FaultStatus::Cancelled);
		assert_eq!(Slashing::pending(FaultsOf::Avs(AVS)), []);
		assert_eq!(Slashing::history(FaultsOf::Operator(OPERATORS[1])).len(), 1);
	});
}

#[test]
fn a_fault_that_is_upheld_costs_the_dispute() {
	ExtBuilder::execute(|| {
		let fault = accused();
		let before = wealth();
		dispute(&fault);
		decide(&fault, Decision::Uphold);
		assert_eq!(bonds(), (0, 0));
		assert_eq!(wealth(), (before.0, before.1 - DISPUTE_BOND));
		let again = Slashing::dispute(origin(OPERATORS[1]), fault.clone());
		assert_noop!(again, Error::<Test>::AlreadyDisputed);
		run_to_era(4);
		assert_eq!(staked(sol_pool(1)), 750 * UNIT);
	});
}

#[test]
fn a_reduced_fault_costs_less_and_gives_both_bonds_back() {
	ExtBuilder::execute(|| {
		let fault = accused();
		let before = wealth();
		dispute(&fault);
		decide(&fault, Decision::Reduce(Perbill::from_percent(10)));
		assert_eq!((bonds(), wealth()), ((0, 0), before));
		run_to_era(4);
		assert_eq!(staked(sol_pool(1)), 950 * UNIT);
		assert_eq!(record(&fault).charged, Perbill::from_percent(10));
	});
}

#[test]
fn what_nobody_decides_is_carried_out_and_gives_both_bonds_back() {
	ExtBuilder::execute(|| {
		let fault = accused();
		let before = wealth();
		dispute(&fault);
		run_to_era(4);
		assert_eq!((bonds(), wealth()), ((0, 0), before));
		assert_eq!(staked(sol_pool(1)), 750 * UNIT);
	});
}

#[test]
fn dispute_and_decide_fail_each_for_their_own_reasons() {
	ExtBuilder::execute(|| {
		let fault = accused();
		let disputed = |who| Slashing::dispute(origin(who), fault.clone());
		let decided = |who, decision| Slashing::decide(origin(who), fault.clone(), decision);
		let unknown = FaultId { era: 0, ..fault.clone() };
		let (accused, root) = (origin(OPERATORS[1]), RuntimeOrigin::root());
		assert_noop!(Slashing::dispute(accused, unknown.clone()), Error::<Test>::FaultNotFound);
		let cancel = Decision::Cancel;
		assert_noop!(Slashing::decide(root, unknown, cancel), Error::<Test>::FaultNotFound);
		assert_noop!(disputed(ALICE), Error::<Test>::NotAccused);
		assert_noop!(Slashing::dispute(RuntimeOrigin::root(), fault.clone()), BadOrigin);
		assert_noop!(decided(CAROL, cancel), Error::<Test>::NotJudge);
		assert_noop!(decided(JUDGE, Decision::Uphold), Error::<Test>::NotDisputed);
		let same = Decision::Reduce(Perbill::from_percent(50));
		assert_noop!(decided(JUDGE, same), Error::<Test>::NotReduced);
		assert_ok!(decided(JUDGE, Decision::Reduce(Perbill::from_percent(49))));
		run_to_era(4);
		assert_noop!(disputed(OPERATORS[1]), Error::<Test>::NotPending);
		assert_noop!(decided(JUDGE, cancel), Error::<Test>::NotPending);
	});
}

#[test]
fn what_is_due_and_not_carried_out_yet_cannot_be_cancelled() {
	ExtBuilder::execute(|| {
		let fault = accused();
		IdleWeight::set(Default::default());
		run_to_era(3);
		assert_ok!(Slashing::dispute(origin(OPERATORS[1]), fault.clone()));
		run_to_era(4);
		assert_eq!(record(&fault).status, FaultStatus::Pending);
		let late = Slashing::decide(RuntimeOrigin::root(), fault.clone(), Decision::Cancel);
		assert_noop!(late, Error::<Test>::NotPending);
		assert_ok!(Slashing::retry(origin(BOB), fault));
		assert_eq!(staked(sol_pool(1)), 750 * UNIT);
	});
}
