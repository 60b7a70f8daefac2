// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Faults of the chain's own consensus: AVS 0.

use super::*;

fn equivocated(percent: u32) -> sp_runtime::DispatchResult {
	Slashing::equivocated(&OPERATORS[0], 0, Perbill::from_percent(percent))
}

#[test]
fn an_equivocation_costs_what_the_sdk_says_and_jails_at_once() {
	ExtBuilder::execute(|| {
		assert!(!Avs::is_excluded(CHAIN, &OPERATORS[0]));
		assert_ok!(equivocated(20));
		assert!(Avs::is_excluded(CHAIN, &OPERATORS[0]));
		let fault = fault(CHAIN, 0, 0);
		assert_eq!((record(&fault).reporter, record(&fault).due), (None, 2));
		run_to_era(2);
		assert_eq!(staked(pica_pool(0)), 800 * UNIT);
		assert!(Avs::is_excluded(CHAIN, &OPERATORS[0]));
		run_to_era(6);
		assert!(!Avs::is_excluded(CHAIN, &OPERATORS[0]));
	});
}

/// EigenLayer EGSL-01 and 02: one fault is counted twice, or by its order.
#[test]
fn egsl_01_a_fault_that_is_told_again_costs_the_difference() {
	for (first, second) in [(20, 50), (50, 20), (20, 20)] {
		for between in [0, 1, 2, 3] {
			ExtBuilder::execute(|| {
				assert_ok!(equivocated(first));
				run_to_era(between);
				assert_ok!(equivocated(second));
				run_to_era(7);
				let highest = u128::from(first.max(second));
				assert_eq!(staked(pica_pool(0)), (1_000 - 10 * highest) * UNIT, "{between}");
			});
		}
	}
}

#[test]
fn a_raise_that_is_cancelled_leaves_what_was_charged() {
	ExtBuilder::execute(|| {
		assert_ok!(equivocated(20));
		run_to_era(2);
		assert_ok!(equivocated(50));
		let raised = fault(CHAIN, 0, 0);
		let (old, new) = (Perbill::from_percent(20), Perbill::from_percent(50));
		let told = Event::FaultRaised { fault: raised.clone(), old, new, due: 4 };
		assert_eq!(last_event(), told);
		let root = RuntimeOrigin::root();
		assert_ok!(Slashing::decide(root, raised.clone(), Decision::Cancel));
		run_to_era(5);
		assert_eq!(staked(pica_pool(0)), 800 * UNIT);
		assert_eq!(record(&raised).status, FaultStatus::Settled);
	});
}

#[test]
fn a_validator_that_was_absent_serves_no_more_for_an_era_and_pays_what_the_sdk_says() {
	ExtBuilder::execute(|| {
		for (percent, cost) in [(0, 0), (9, 70)] {
			let then = era();
			let fraction = Perbill::from_percent(percent);
			let before = staked(pica_pool(0));
			assert_ok!(Slashing::was_absent(&OPERATORS[0], then, fraction));
			let fault = FaultId { condition: 1, ..fault(CHAIN, 0, then) };
			assert!(Avs::is_excluded(CHAIN, &OPERATORS[0]));
			run_to_era(then + 2);
			assert_eq!(record(&fault).status, FaultStatus::Settled);
			assert_eq!(before - staked(pica_pool(0)), cost * UNIT);
			run_to_era(then + 5);
			assert!(!Avs::is_excluded(CHAIN, &OPERATORS[0]));
		}
	});
}

#[test]
fn what_the_terms_of_its_era_do_not_name_is_no_fault() {
	ExtBuilder::execute(|| {
		let chain = Avs::avs_info(CHAIN).unwrap().terms;
		let milder = Terms { conditions: Default::default(), ..chain };
		assert_ok!(Avs::set_terms(RuntimeOrigin::root(), CHAIN, Box::new(milder)));
		let unnamed = |era| {
			let all = Perbill::one();
			[
				Slashing::was_absent(&OPERATORS[0], era, all),
				Slashing::equivocated(&OPERATORS[0], era, all),
			]
		};
		assert_eq!(unnamed(1), [Err(Error::<Test>::ConditionNotFound.into()); 2]);
		// Before, they were faults.
		assert_eq!(unnamed(0), [Ok(()); 2]);
	});
}

#[test]
fn what_is_too_long_ago_is_not_punished() {
	ExtBuilder::execute(|| {
		run_to_era(UNBONDING + 1);
		assert_noop!(equivocated(50), Error::<Test>::EvidenceTooOld);
	});
}

#[test]
fn a_fault_that_is_cancelled_when_nobody_is_held_to_it_any_more_is_forgotten() {
	ExtBuilder::execute(|| {
		let mut terms = Avs::avs_info(CHAIN).unwrap().terms;
		terms.conditions.iter_mut().for_each(|condition| condition.dispute_window = 2);
		assert_ok!(Avs::set_terms(RuntimeOrigin::root(), CHAIN, Box::new(terms)));
		run_to_era(UNBONDING + 1);
		assert_ok!(Slashing::equivocated(&OPERATORS[0], 1, Perbill::from_percent(20)));
		let late = fault(CHAIN, 0, 1);
		assert_eq!(record(&late).due, UNBONDING + 4);
		run_to_era(UNBONDING + 3);
		assert_ok!(Slashing::decide(RuntimeOrigin::root(), late.clone(), Decision::Cancel));
		check();
		next_era();
		assert_eq!(Slashing::fault(&late), Err(Error::<Test>::FaultNotFound.into()));
	});
}

#[test]
fn who_does_not_validate_loses_nothing() {
	ExtBuilder::execute(|| {
		assert_ok!(Slashing::equivocated(&OPERATORS[2], 0, Perbill::one()));
		run_to_era(3);
		assert_eq!(record(&fault(CHAIN, 2, 0)).status, FaultStatus::Settled);
		assert_eq!(record(&fault(CHAIN, 2, 0)).charges.len(), 0);
	});
}
