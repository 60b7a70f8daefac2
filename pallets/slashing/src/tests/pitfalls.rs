// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Defects that slashing systems had, under "slash against exits and time".

use super::*;
use picasso_primitives::{math::Ratio, restaking::TicketId};

/// Half of what answers: reported in the era after the fault, due two eras later.
fn against_double_sign() -> u32 {
	served(vec![condition(Fault::DoubleSign)])
}

fn exit(who: AccountId, pool: u32, shares: u128) -> TicketId {
	let maturity = era() + UNBONDING;
	assert_ok!(Restaking::unstake(origin(who), pool, shares));
	TicketId { pool, maturity, into: None }
}

/// What a ticket is worth.
fn worth(who: AccountId, ticket: TicketId) -> u128 {
	let infos = Restaking::account_info(&who).tickets;
	infos.into_iter().find(|info| info.ticket == ticket).map_or(0, |info| info.value)
}

/// Tangle: unbonding of 5 rounds, a slash after 7.
#[test]
fn tangle_stake_that_was_there_at_the_fault_cannot_be_gone_before_the_slash() {
	ExtBuilder::execute(|| {
		// The latest there can be: reported in the last era, disputed to the end.
		let latest =
			Condition { evidence_window: 2, dispute_window: 3, ..condition(Fault::DoubleSign) };
		let avs = served(vec![latest]);
		let (then, entry) = (era(), proved(avs, era(), 1));
		let ticket = exit(ALICE, sol_pool(1), 1_000 * UNIT);
		run_to_era(then + 2);
		assert_ok!(report(REPORTER, avs, 0, double_sign(avs, then, 1, entry)));
		run_to_era(then + 6);
		assert_eq!(record(&fault(avs, 1, then)).status, FaultStatus::Settled);
		assert_eq!(worth(ALICE, ticket), 750 * UNIT);
		run_to_era(then + 7);
		let before = balance(SOL, ALICE);
		assert_ok!(Restaking::withdraw(origin(ALICE), ticket));
		assert_eq!(balance(SOL, ALICE), before + 750 * UNIT);
	});
}

/// Tangle, EGN6-01, EGSL-17: a pending slash makes every exit fail.
#[test]
fn egn6_01_a_pending_verdict_holds_up_no_exit() {
	ExtBuilder::execute(|| {
		let avs = against_double_sign();
		let ticket = exit(ALICE, sol_pool(1), 100 * UNIT);
		run_to_era(ticket.maturity);
		let now = era();
		assert_ok!(report(REPORTER, avs, 0, double_sign(avs, now, 1, listed(avs, now, 1))));
		assert_ok!(Restaking::withdraw(origin(ALICE), ticket));
		let late = exit(ALICE, sol_pool(1), 100 * UNIT);
		run_to_era(late.maturity);
		let before = balance(SOL, ALICE);
		assert_ok!(Restaking::withdraw(origin(ALICE), late));
		assert_eq!(balance(SOL, ALICE), before + 75 * UNIT);
	});
}

/// Symbiotic H-01: a later fault that is carried out first blocks the earlier one.
#[test]
fn symbiotic_h_01_verdicts_are_carried_out_in_any_order() {
	ExtBuilder::execute(|| {
		let late = Condition { dispute_window: 3, ..condition(Fault::DoubleSign) };
		let soon = Condition { dispute_window: 1, ..condition(arbiter()) };
		let avs = served(vec![soon, late]);
		let (then, entry) = (era(), proved(avs, era(), 1));
		assert_ok!(report(REPORTER, avs, 1, double_sign(avs, then, 1, entry)));
		next_era();
		let second = accuse(avs, 1);
		run_to_era(second.era + 2);
		assert_eq!(record(&second).status, FaultStatus::Settled);
		run_to_era(then + 4);
		let first = FaultId { condition: 1, ..fault(avs, 1, then) };
		assert_eq!(record(&first).status, FaultStatus::Settled);
		assert_eq!(staked(sol_pool(1)), 625 * UNIT);
	});
}

/// EigenLayer EGSL-03: stake on its way out is missed. Statemind V2 M-03: what has matured is slashed.
#[test]
fn egsl_03_exits_are_slashed_until_they_mature() {
	ExtBuilder::execute(|| {
		let avs = against_double_sign();
		let matured = exit(ALICE, sol_pool(1), 100 * UNIT);
		run_to_era(matured.maturity - 3);
		let leaving = exit(ALICE, sol_pool(1), 100 * UNIT);
		let now = era();
		assert_ok!(report(REPORTER, avs, 0, double_sign(avs, now, 1, listed(avs, now, 1))));
		run_to_era(matured.maturity);
		assert_eq!(worth(ALICE, matured), 100 * UNIT);
		assert_eq!(worth(ALICE, leaving), 75 * UNIT);
		assert_eq!(staked(sol_pool(1)), 600 * UNIT);
	});
}

/// OtterSec SUG-02: stake that came after the fault is slashed. Karak M-04: new depositors don't see it.
#[test]
fn karak_m_04_nobody_can_stake_into_a_pool_that_may_be_slashed() {
	ExtBuilder::execute(|| {
		let avs = against_double_sign();
		let now = era();
		assert_ok!(report(REPORTER, avs, 0, double_sign(avs, now, 1, listed(avs, now, 1))));
		for pool in [sol_pool(1), pica_pool(1)] {
			let refused = pallet_restaking::Error::<Test>::PoolReported;
			assert_noop!(Restaking::stake(origin(BOB), pool, UNIT, 0), refused);
		}
		stake(BOB, sol_pool(2), UNIT);
		run_to_era(now + 3);
		stake(BOB, sol_pool(1), UNIT);
		assert_eq!(staked(sol_pool(1)), 751 * UNIT);
	});
}

/// Jito #17, Tangle slash.rs:45, Symbiotic L-03: leaving, going offline, opting out or deallocating to escape.
#[test]
fn jito_17_nothing_an_operator_does_after_the_fault_lets_it_escape() {
	let escapes: [fn(u32); 5] = [
		|avs| {
			assert_ok!(Avs::leave(origin(OPERATORS[1]), avs));
		},
		|avs| {
			allocate(1, avs, sol_pool(1), 0);
			allocate(1, avs, pica_pool(1), 0);
		},
		|_| {
			let leaving = picasso_primitives::restaking::OperatorStatus::Leaving;
			assert_ok!(Restaking::set_operator_status(origin(OPERATORS[1]), leaving));
		},
		|_| {
			assert_ok!(Restaking::set_chilled(RuntimeOrigin::root(), OPERATORS[1], true));
		},
		|avs| {
			let (new, proof) = key(1, avs, &second_pair(1));
			assert_ok!(Avs::set_key(origin(OPERATORS[1]), avs, new, proof));
		},
	];
	for escape in escapes {
		ExtBuilder::execute(|| {
			let avs = against_double_sign();
			let (then, entry) = (era(), proved(avs, era(), 1));
			escape(avs);
			run_to_era(then + 2);
			assert_ok!(report(REPORTER, avs, 0, double_sign(avs, then, 1, entry)));
			run_to_era(then + 5);
			assert_eq!((staked(sol_pool(1)), staked(pica_pool(1))), (750 * UNIT, 75 * UNIT));
		});
	}
}

/// EigenLayer EGSL-10: what is put behind an AVS again can be slashed at once.
#[test]
fn egsl_10_what_was_put_behind_after_the_fault_does_not_answer_for_it() {
	ExtBuilder::execute(|| {
		let avs = onboard(terms(vec![condition(Fault::DoubleSign)]));
		join(1, avs);
		stake(ALICE, sol_pool(1), 1_000 * UNIT);
		stake(ALICE, pica_pool(1), 1_000 * UNIT);
		allocate(1, avs, sol_pool(1), 20);
		next_era();
		let (then, entry) = (era(), proved(avs, era(), 1));
		allocate(1, avs, sol_pool(1), 100);
		allocate(1, avs, pica_pool(1), 100);
		run_to_era(then + 2);
		assert_ok!(report(REPORTER, avs, 0, double_sign(avs, then, 1, entry)));
		run_to_era(then + 5);
		assert_eq!((staked(sol_pool(1)), staked(pica_pool(1))), (900 * UNIT, 1_000 * UNIT));
	});
}

/// Tangle lib.rs:1472-1499: ending one AVS wipes everybody's pending slashes.
#[test]
fn tangle_an_avs_that_ends_takes_no_verdict_with_it() {
	ExtBuilder::execute(|| {
		let (avs, other) = (against_double_sign(), onboard(terms(vec![condition(arbiter())])));
		join(1, other);
		allocate(1, other, sol_pool(1), 20);
		next_era();
		let (then, entry) = (era(), proved(avs, era(), 1));
		let evidence = Evidence::Arbiter(accusation(other, then, 1));
		assert_ok!(report(ARBITER, other, 0, evidence));
		assert_ok!(Avs::offboard(origin(CAROL), avs));
		next_era();
		assert_ok!(report(REPORTER, avs, 0, double_sign(avs, then, 1, entry)));
		run_to_era(then + 4);
		// A half of a half and a half of a fifth.
		assert_eq!(staked(sol_pool(1)), 650 * UNIT);
		// When it is gone, its last eras can still be punished.
		run_to_era(8);
		let last = era();
		let entry = proved(avs, last, 2);
		run_to_era(last + 2);
		assert!(Avs::avs_info(avs).is_some());
		assert_ok!(report(REPORTER, avs, 0, double_sign(avs, last, 2, entry)));
		run_to_era(last + 5);
		assert_eq!(staked(sol_pool(2)), 1_500 * UNIT);
	});
}

/// Tangle slash.rs:75-106: every delegator is looped over, errors are dropped, only the first asset is hit.
#[test]
fn tangle_every_asset_and_every_restaker_is_hit_alike() {
	ExtBuilder::execute(|| {
		let avs = against_double_sign();
		stake(BOB, sol_pool(1), 10 * UNIT);
		stake(CAROL, pica_pool(1), 10 * UNIT);
		let now = era();
		assert_ok!(report(REPORTER, avs, 0, double_sign(avs, now, 1, listed(avs, now, 1))));
		run_to_era(now + 3);
		let value = |who: AccountId, pool| {
			let positions = Restaking::account_info(&who).positions;
			positions.into_iter().find(|info| info.pool == pool).map_or(0, |info| info.value)
		};
		assert_eq!(value(ALICE, sol_pool(1)), 750 * UNIT);
		assert_eq!(value(BOB, sol_pool(1)), 75 * UNIT / 10);
		assert_eq!(value(ALICE, pica_pool(1)), 75 * UNIT);
		assert_eq!(value(CAROL, pica_pool(1)), 75 * UNIT / 10);
	});
}

/// Karak H-04: a service slashes an operator that isn't registered with it.
#[test]
fn karak_h_04_an_avs_accuses_nobody_elses_operators() {
	ExtBuilder::execute(|| {
		let avs = served(vec![condition(arbiter())]);
		let other = onboard(terms(vec![condition(arbiter())]));
		join(2, other);
		allocate(2, other, sol_pool(2), 50);
		next_era();
		// Its only operator is in the first place.
		let Accusation { era, fact, .. } = accusation(avs, era(), 1);
		for entry in [EntryClaim::Listed(1), proved(avs, era, 1)] {
			let evidence = Evidence::Arbiter(Accusation { era, entry, fact });
			let refused = Error::<Test>::Evidence(EvidenceError::EntryNotInTable);
			assert_noop!(report(ARBITER, other, 0, evidence), refused);
		}
		assert_ok!(report(ARBITER, other, 0, Evidence::Arbiter(accusation(other, era, 2))));
	});
}

/// Terms that change after the fault: it is judged by those of its era.
#[test]
fn terms_that_change_after_the_fault_change_nothing_of_it() {
	ExtBuilder::execute(|| {
		let avs = against_double_sign();
		let (then, entry) = (era(), proved(avs, era(), 1));
		assert_ok!(Avs::set_terms(origin(CAROL), avs, Box::new(terms(vec![]))));
		next_era();
		let now = double_sign(avs, era(), 2, listed(avs, era(), 2));
		assert_noop!(report(REPORTER, avs, 0, now), Error::<Test>::ConditionNotFound);
		assert_ok!(report(REPORTER, avs, 0, double_sign(avs, then, 1, entry)));
		run_to_era(then + 4);
		assert_eq!(staked(sol_pool(1)), 750 * UNIT);
	});
}

/// What other AVSs slash between the report and the verdict leaves it unchanged, but for a unit.
#[test]
fn what_others_take_meanwhile_changes_nothing() {
	ExtBuilder::execute(|| {
		let avs = against_double_sign();
		let now = era();
		assert_ok!(report(REPORTER, avs, 0, double_sign(avs, now, 1, listed(avs, now, 1))));
		// Another half of the pool's magnitude, gone by other hands.
		let whole = |pool| pallet_avs::PoolMagnitudes::<Test>::get(pool).unwrap().left;
		let other = onboard(terms(vec![]));
		join(1, other);
		allocate(1, other, sol_pool(1), 50);
		next_era();
		let all = Claim::Part { of: Ratio::ONE, counted_in: era() };
		let taken = Avs::take(other, sol_pool(1), all, Perbill::one()).unwrap();
		let TakenPart { of_pool, .. } = taken.unwrap();
		assert_eq!(of_pool, Ratio::new(WHOLE / 2, WHOLE).unwrap());
		assert_ok!(Restaking::slash(&[(sol_pool(1), of_pool)], &TREASURY));
		assert_eq!((staked(sol_pool(1)), whole(sol_pool(1))), (500 * UNIT, WHOLE / 2));
		run_to_era(now + 3);
		assert_eq!(staked(sol_pool(1)), 250 * UNIT);
	});
}
