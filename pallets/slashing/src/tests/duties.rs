// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Duty: the chain counts, and nobody accuses.

use super::*;

/// Rounds of a block, four to a window, of which half must be attested.
fn duty() -> Condition<AccountId> {
	let duty = Duty { round: 1, window: 4, least: Perbill::from_percent(50) };
	let slash = SlashFraction::Fixed(Perbill::from_percent(10));
	Condition { slash, jail: Jail::Eras(1), ..condition(Fault::MissedDuty(duty)) }
}

fn window(avs: u32) -> DutyWindow {
	Duties::<Test>::get(avs).expect("a window")
}

fn attest(avs: u32, operator: usize) -> sp_runtime::DispatchResult {
	let place = place(avs, window(avs).era, operator);
	Slashing::attest(origin(OPERATORS[operator]), avs, place)
}

/// The faults of an AVS's operators, by operator.
fn at_fault(avs: u32) -> Vec<AccountId> {
	let mut found: Vec<_> = Faults::<Test>::iter_keys()
		.filter(|fault| fault.avs == avs)
		.map(|fault| fault.operator)
		.collect();
	found.sort();
	found
}

#[test]
fn whoever_attests_too_little_is_at_fault_without_an_accuser() {
	ExtBuilder::execute(|| {
		let avs = served(vec![duty()]);
		assert_eq!((window(avs).era, window(avs).opened), (1, 10));
		// The first attests always, the second half of the time, the third once.
		assert_ok!(attest(avs, 1));
		assert_ok!(attest(avs, 3));
		next_block();
		assert_ok!(attest(avs, 1));
		assert_ok!(attest(avs, 2));
		next_block();
		next_block();
		assert_ok!(attest(avs, 1));
		assert_ok!(attest(avs, 2));
		next_block();
		assert_eq!(at_fault(avs), [OPERATORS[3]]);
		let fault = fault(avs, 3, 1);
		assert_eq!((record(&fault).reporter, record(&fault).bond), (None, None));
		assert!(Avs::is_excluded(avs, &OPERATORS[3]));
		// The next window began at once.
		assert_eq!((window(avs).era, window(avs).opened), (1, 14));
		run_to_era(4);
		assert_eq!(staked(sol_pool(3)), 2_850 * UNIT);
	});
}

#[test]
fn going_silent_does_not_help() {
	ExtBuilder::execute(|| {
		let avs = served(vec![duty()]);
		assert_ok!(Avs::leave(origin(OPERATORS[1]), avs));
		run_to_era(2);
		assert_eq!(at_fault(avs), [OPERATORS[1], OPERATORS[2], OPERATORS[3]]);
		run_to_era(5);
		assert_eq!(staked(sol_pool(1)), 950 * UNIT);
	});
}

#[test]
fn a_window_missed_twice_in_an_era_is_one_fault() {
	ExtBuilder::execute(|| {
		let avs = served(vec![Condition { jail: Jail::None, ..duty() }]);
		run_to_era(2);
		assert_eq!(Faults::<Test>::iter().count(), 3);
		assert!(!events().iter().any(|event| matches!(event, Event::DutyUnjudged { .. })));
		run_to_era(3);
		assert_eq!(Faults::<Test>::iter().count(), 6);
		assert_eq!(at_fault(avs).len(), 6);
	});
}

#[test]
fn attestations_are_taken_by_signature_too() {
	ExtBuilder::execute(|| {
		let avs = served(vec![duty()]);
		let info = Slashing::duty_info(avs).unwrap();
		assert_eq!(info, DutyInfo { era: 1, round: Some(10), closes: 14, required: 2 });
		let ballot = |operator: usize, round| {
			let message = duty_message(genesis(), avs, 1, round);
			(place(avs, 1, operator), signature(&pair(operator), &message))
		};
		let attest = |round, ballots: Vec<_>| {
			Slashing::attest_for(origin(BOB), avs, round, ballots.try_into().unwrap())
		};
		// One is wrong, one is nobody's, two are right, one of them twice.
		let stranger = (9, ballot(1, 10).1);
		let wrong = (ballot(3, 10).0, ballot(2, 10).1);
		let ballots = vec![wrong, stranger, ballot(1, 10), ballot(2, 10), ballot(2, 10)];
		assert_ok!(attest(10, ballots));
		let round = 10;
		assert_eq!(last_event(), Event::DutyAttested { avs, round, operators: 2 });
		assert_noop!(attest(10, vec![ballot(1, 10)]), Error::<Test>::AlreadyAttested);
		assert_noop!(attest(11, vec![ballot(1, 11)]), Error::<Test>::RoundOver);
		assert_noop!(attest(9, vec![ballot(1, 9)]), Error::<Test>::RoundOver);
		next_block();
		// Of this round or of the last; not of the one before.
		assert_ok!(attest(10, vec![ballot(3, 10)]));
		assert_ok!(attest(11, vec![ballot(1, 11)]));
		next_block();
		assert_noop!(attest(10, vec![ballot(1, 10)]), Error::<Test>::RoundOver);
	});
}

#[test]
fn attest_fails_each_for_its_own_reason() {
	ExtBuilder::execute(|| {
		let idle = served(vec![]);
		assert_noop!(Slashing::attest(origin(ALICE), idle, 0), Error::<Test>::NoDuty);
		assert_noop!(Slashing::judge(origin(ALICE), idle), Error::<Test>::NoDuty);
		let avs = onboard(terms(vec![duty()]));
		for operator in 1..4 {
			join(operator, avs);
			allocate(operator, avs, sol_pool(operator), 25);
		}
		assert_noop!(Slashing::attest(origin(ALICE), avs, 0), Error::<Test>::NoDuty);
		next_era();
		assert_noop!(Slashing::attest(origin(ALICE), avs, 0), Error::<Test>::NotOnDuty);
		assert_noop!(Slashing::attest(origin(OPERATORS[1]), avs, 9), Error::<Test>::NotOnDuty);
		assert_noop!(Slashing::judge(origin(ALICE), avs), Error::<Test>::NoDuty);
		assert_ok!(attest(avs, 1));
		assert_noop!(attest(avs, 1), Error::<Test>::AlreadyAttested);
		IdleWeight::set(Default::default());
		for _ in 0..4 {
			next_block();
		}
		assert_noop!(attest(avs, 1), Error::<Test>::NoDuty);
		// Anyone can have it judged: three who did too little, and then it is over.
		for _ in 0..3 {
			assert_ok!(Slashing::judge(origin(BOB), avs));
		}
		assert_eq!(at_fault(avs).len(), 3);
		assert_ok!(Slashing::judge(origin(BOB), avs));
		assert_noop!(Slashing::judge(origin(BOB), avs), Error::<Test>::NoDuty);
		assert_eq!(window(avs).opened, System::block_number() as u32);
	});
}

#[test]
fn those_who_did_their_duty_cost_no_work() {
	ExtBuilder::execute(|| {
		let avs = served(vec![duty()]);
		for _ in 0..2 {
			for operator in 1..4 {
				assert_ok!(attest(avs, operator));
			}
			next_block();
		}
		next_block();
		// Looks at the blocks since, and one step: to close the window.
		let looks = 20;
		IdleWeight::set(frame_support::weights::Weight::from_parts(10 + looks, 0));
		next_block();
		assert_eq!(window(avs).opened, System::block_number() as u32);
		assert_eq!(Faults::<Test>::iter().count(), 0);
	});
}

#[test]
fn an_avs_that_lies_dormant_or_leaves_asks_for_no_duty() {
	ExtBuilder::execute(|| {
		let avs = served(vec![Condition { jail: Jail::None, ..duty() }]);
		for operator in OPERATORS.into_iter().skip(1) {
			assert_ok!(Avs::leave(origin(operator), avs));
		}
		// The window that began in this era is judged; none follows a table without operators.
		run_to_era(3);
		assert!(Duties::<Test>::get(avs).is_none());
		assert_eq!(Closings::<Test>::iter().count(), 0);
		for operator in 1..4 {
			join(operator, avs);
			allocate(operator, avs, sol_pool(operator), 50);
		}
		next_era();
		assert_eq!(window(avs).era, 4);
	});
}

#[test]
fn a_window_that_is_judged_too_late_costs_nobody() {
	ExtBuilder::execute(|| {
		let avs = served(vec![duty()]);
		IdleWeight::set(Default::default());
		// Tables of two eras are kept whole.
		run_to_era(3);
		IdleWeight::set(frame_support::weights::Weight::MAX);
		next_block();
		assert_eq!(Faults::<Test>::iter().count(), 0);
		let unjudged = |event: &&Event<Test>| matches!(event, Event::DutyUnjudged { .. });
		assert_eq!(events().iter().filter(unjudged).count(), 3);
		assert_eq!(window(avs).era, 3);
	});
}

#[test]
fn a_closing_without_its_window_is_forgotten_and_stands_in_nobodys_way() {
	ExtBuilder::execute(|| {
		let avs = served(vec![duty()]);
		// One of nobody's, and one of a window that closes later.
		let closes = System::block_number() as u32 + 1;
		for stray in [avs + 1, avs] {
			Closings::<Test>::insert(closes, stray, ());
		}
		assert!(Slashing::do_try_state().is_err());
		// Enough for these two and the blocks looked at, not for one of them time after time.
		IdleWeight::set(frame_support::weights::Weight::from_parts(60, 0));
		next_block();
		assert_eq!(Closings::<Test>::iter_keys().collect::<Vec<_>>(), [(14, avs)]);
		assert_eq!(window(avs).judged, 0, "a window that is not over is not judged");
		assert_eq!(ClosingsStart::<Test>::get(), closes + 1);
		for _ in 0..3 {
			next_block();
		}
		assert_eq!(window(avs).opened, 14);
		assert_eq!(at_fault(avs).len(), 3);
	});
}
