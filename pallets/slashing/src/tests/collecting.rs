// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What a fault costs, from whom it is taken and where it goes.

use super::*;

fn half() -> Condition<AccountId> {
	condition(arbiter())
}

/// Lets a fault of this era be carried out.
fn carry_out(fault: &FaultId<AccountId>) {
	run_to_era(fault.era + 3);
	assert_eq!(record(fault).status, FaultStatus::Settled);
}

#[test]
fn only_the_avss_part_is_taken_of_each_pool() {
	ExtBuilder::execute(|| {
		let avs = served(vec![half()]);
		let (before, pica) = (balance(SOL, TREASURY), balance(PICA, TREASURY));
		let fault = accuse(avs, 1);
		carry_out(&fault);
		// Half of the half that is behind it.
		assert_eq!((staked(sol_pool(1)), staked(pica_pool(1))), (750 * UNIT, 75 * UNIT));
		assert_eq!(staked(sol_pool(2)), 2_000 * UNIT);
		assert_eq!(balance(SOL, TREASURY), before + 250 * UNIT);
		assert_eq!(balance(PICA, TREASURY), pica + 25 * UNIT);
		let pools = [(sol_pool(1), SOL, 250), (pica_pool(1), PICA, 25)];
		let pools = pools.map(|(pool, asset, active)| SlashedPool {
			pool,
			asset,
			active: active * UNIT,
			exits: 0,
		});
		let fraction = Perbill::from_percent(50);
		let (pools, jailed_until, until) = (pools.to_vec(), None, None);
		let told = Event::FaultSlashed { fault, fraction, pools, jailed_until, until };
		assert_eq!(last_event(), told);
	});
}

#[test]
fn proceeds_go_where_the_terms_say() {
	let victims = Destination::Victims(VICTIMS);
	for destination in [Destination::Treasury, Destination::Burn, victims] {
		ExtBuilder::execute(|| {
			let reporter_share = Perbill::from_percent(10);
			let avs = served(vec![Condition { destination, reporter_share, ..half() }]);
			let all = |asset| [TREASURY, VICTIMS, ARBITER].map(|who| balance(asset, who));
			let (sol, pica, issued) = (all(SOL), all(PICA), Balances::total_issuance());
			carry_out(&accuse(avs, 1));
			let gained = |before: [u128; 3], after: [u128; 3]| {
				[0, 1, 2].map(|who| {
					(after[who] - before[who]) / UNIT * 10
						+ (after[who] - before[who]) % UNIT / (UNIT / 10)
				})
			};
			// Tenths of units: 250 of SOL and 25 of PICA, of which a tenth is the reporter's.
			let (sol, pica) = (gained(sol, all(SOL)), gained(pica, all(PICA)));
			let burnt = (issued - Balances::total_issuance()) / (UNIT / 10);
			match destination {
				Destination::Treasury => {
					assert_eq!((sol, pica, burnt), ([2_250, 0, 250], [225, 0, 25], 0));
				},
				// What lives elsewhere can't be burnt here.
				Destination::Burn => {
					assert_eq!((sol, pica, burnt), ([2_250, 0, 250], [0, 0, 25], 225));
				},
				Destination::Victims(_) => {
					assert_eq!((sol, pica, burnt), ([0, 2_250, 250], [0, 225, 25], 0));
				},
			}
		});
	}
}

#[test]
fn an_operator_that_reports_itself_gets_nothing_of_it() {
	ExtBuilder::execute(|| {
		let reporter_share = Perbill::one();
		let fault = Condition { reporter_share, ..condition(Fault::DoubleSign) };
		let avs = served(vec![fault]);
		let before = balance(SOL, OPERATORS[1]);
		let evidence = double_sign(avs, era(), 1, listed(avs, era(), 1));
		assert_ok!(report(OPERATORS[1], avs, 0, evidence));
		run_to_era(4);
		assert_eq!(balance(SOL, OPERATORS[1]), before);
		assert_eq!(balance(SOL, TREASURY), 250 * UNIT);
	});
}

#[test]
fn a_ceiling_defers_what_is_over_it() {
	ExtBuilder::execute(|| {
		let slash = SlashFraction::Fixed(Perbill::one());
		let avs = served(vec![Condition { slash, ..half() }]);
		Ceiling::set(Perbill::from_percent(30));
		let fault = accuse(avs, 1);
		run_to_era(4);
		// All that is behind the AVS is a half: of it 30 % of the whole now, 21 % of it next.
		assert_eq!(staked(sol_pool(1)), 700 * UNIT);
		assert_eq!(record(&fault).status, FaultStatus::Collecting);
		let pools = [(sol_pool(1), SOL, 300), (pica_pool(1), PICA, 30)];
		let pools = pools.map(|(pool, asset, active)| SlashedPool {
			pool,
			asset,
			active: active * UNIT,
			exits: 0,
		});
		let (fault_of, pools, fraction) = (fault.clone(), pools.to_vec(), Perbill::one());
		let (jailed_until, until) = (None, Some(5));
		let told = Event::FaultSlashed { fault: fault_of, fraction, pools, jailed_until, until };
		assert_eq!(last_event(), told);
		assert_noop!(
			Restaking::stake(origin(BOB), sol_pool(1), UNIT, 0),
			pallet_restaking::Error::<Test>::PoolReported
		);
		// Nobody can hurry it.
		assert_ok!(Slashing::retry(origin(BOB), fault.clone()));
		assert_eq!(staked(sol_pool(1)), 700 * UNIT);
		next_era();
		assert_eq!(staked(sol_pool(1)), 500 * UNIT);
		assert_eq!(record(&fault).status, FaultStatus::Settled);
		stake(BOB, sol_pool(1), UNIT);
	});
}

#[test]
fn two_conditions_each_take_of_what_the_other_left() {
	ExtBuilder::execute(|| {
		let avs = served(vec![half(), condition(Fault::DoubleSign)]);
		let evidence = double_sign(avs, era(), 1, listed(avs, era(), 1));
		let fault = accuse(avs, 1);
		assert_ok!(report(REPORTER, avs, 1, evidence));
		carry_out(&fault);
		// A half of 500, then a half of 250.
		assert_eq!(staked(sol_pool(1)), 625 * UNIT);
	});
}

#[test]
fn repetitions_cost_more() {
	ExtBuilder::execute(|| {
		let percent = Perbill::from_percent;
		let (first, more, maximum) = (percent(10), percent(20), percent(40));
		let slash = SlashFraction::Repeats { first, more, maximum };
		let avs = served(vec![Condition { slash, dispute_window: 1, ..half() }]);
		let mut costs = Vec::new();
		for _ in 0..4 {
			let fault = accuse(avs, 1);
			run_to_era(fault.era + 2);
			costs.push(record(&fault).charged);
		}
		assert_eq!(costs, [10, 30, 40, 40].map(percent));
		// What is long ago does not count.
		run_to_era(era() + UNBONDING + 1);
		let fault = accuse(avs, 1);
		run_to_era(fault.era + 2);
		assert_eq!(record(&fault).charged, percent(10));
	});
}

#[test]
fn faults_of_many_together_cost_more_when_all_are_known() {
	ExtBuilder::execute(|| {
		let slash = SlashFraction::Correlated { maximum: Perbill::from_percent(90) };
		let avs = served(vec![Condition { slash, evidence_window: 1, ..half() }]);
		let one = accuse(avs, 1);
		assert_eq!(record(&one).due, one.era + 4);
		let cancelled = accuse(avs, 2);
		assert_ok!(Slashing::decide(RuntimeOrigin::root(), cancelled, Decision::Cancel));
		run_to_era(one.era + 3);
		assert_eq!(record(&one).status, FaultStatus::Pending);
		next_era();
		// (3 · 1 / 3)², up to the maximum.
		assert_eq!(record(&one).charged, Perbill::from_percent(90));
	});
}

#[test]
fn a_pool_that_was_lost_meanwhile_owes_nothing() {
	ExtBuilder::execute(|| {
		let avs = served(vec![half()]);
		let fault = accuse(avs, 1);
		let all = picasso_primitives::math::Ratio::ONE;
		assert_ok!(Restaking::slash(&[(sol_pool(1), all)], &TREASURY));
		carry_out(&fault);
		assert_eq!((staked(sol_pool(1)), staked(pica_pool(1))), (0, 75 * UNIT));
	});
}

/// Of three pools one is lost before the verdict, one has room for all, and one for the rest of it in the next
/// era: each takes stake again once nothing is left.
#[test]
fn every_pool_that_answers_takes_stake_again_when_all_is_settled() {
	ExtBuilder::execute(|| {
		let slash = SlashFraction::Fixed(Perbill::one());
		let avs = served(vec![Condition { slash, ..half() }]);
		let fault = accuse(avs, 1);
		let marks = || {
			[sol_pool(1), pica_pool(1)]
				.map(|pool| pallet_restaking::Pools::<Test>::get(pool).unwrap().open_reports)
		};
		Ceiling::set(Perbill::from_percent(30));
		let all = picasso_primitives::math::Ratio::ONE;
		assert_ok!(Restaking::slash(&[(pica_pool(1), all)], &TREASURY));
		run_to_era(fault.era + 3);
		assert_eq!((record(&fault).status, marks()), (FaultStatus::Collecting, [1, 1]));
		// What is deferred of a pool that is lost meanwhile is owed by nobody who comes after.
		assert_ok!(Restaking::slash(&[(sol_pool(1), all)], &TREASURY));
		next_era();
		assert_eq!((record(&fault).status, marks()), (FaultStatus::Settled, [0, 0]));
		for pool in [sol_pool(1), pica_pool(1)] {
			stake(BOB, pool, UNIT);
		}
		next_era();
		assert_eq!((staked(sol_pool(1)), staked(pica_pool(1))), (UNIT, UNIT));
	});
}

#[test]
fn faults_are_forgotten_when_nobody_can_be_held_to_them() {
	ExtBuilder::execute(|| {
		let (first, more) = (Perbill::from_percent(50), Perbill::from_percent(10));
		let slash = SlashFraction::Repeats { first, more, maximum: Perbill::one() };
		let avs = served(vec![Condition { slash, ..half() }]);
		let fault = accuse(avs, 1);
		run_to_era(fault.era + UNBONDING);
		assert_eq!(Convictions::<Test>::get(avs, OPERATORS[1]).len(), 1);
		next_era();
		assert_eq!(last_event(), Event::FaultForgotten { fault: fault.clone() });
		assert!(Slashing::fault(&fault).is_err());
		assert_eq!(Convictions::<Test>::iter().count(), 0);
		assert_eq!(Queue::<Test>::iter().count(), 0);
	});
}

#[test]
fn faults_that_cost_no_more_when_repeated_are_not_counted() {
	ExtBuilder::execute(|| {
		let avs = served(vec![half()]);
		carry_out(&accuse(avs, 1));
		assert_eq!(Convictions::<Test>::iter().count(), 0);
	});
}

#[test]
fn exposure_is_what_each_condition_could_take() {
	ExtBuilder::execute(|| {
		let slash = SlashFraction::Fixed(Perbill::from_percent(10));
		let avs = served(vec![half(), Condition { slash, ..condition(Fault::DoubleSign) }]);
		assert_ok!(Restaking::unstake(origin(ALICE), sol_pool(1), 400 * UNIT));
		stake(BOB, sol_pool(1), 3);
		let exposed = |who| {
			let infos = Slashing::exposure(&who).into_iter();
			infos
				.filter(|info| info.pool == sol_pool(1))
				.map(|info| (info.avs, info.condition_number, info.most))
				.collect::<Vec<_>>()
		};
		assert_eq!(exposed(ALICE), [(avs, 0, 250 * UNIT), (avs, 1, 50 * UNIT)]);
		// Half of three is two, rounded up; a half of that one, a tenth one.
		assert_eq!(exposed(BOB), [(avs, 0, 1), (avs, 1, 1)]);
		assert_eq!(exposed(CAROL), []);
		let fault = accuse(avs, 1);
		let known =
			|of| Slashing::pending(of).into_iter().map(|info| info.fault).collect::<Vec<_>>();
		let of_bob = known(FaultsOf::Restaker(BOB));
		assert_eq!(of_bob, known(FaultsOf::Operator(OPERATORS[1])));
		assert_eq!(of_bob, [fault]);
		assert_eq!(known(FaultsOf::Restaker(CAROL)), []);
	});
}
