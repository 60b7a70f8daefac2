// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Random walks through calls of the ledger, the registry and this pallet together. Invariants hold after
//! each step; what hooks take from pools is what events say, and is where it belongs; in the end everything
//! is settled and forgotten, and everyone can leave.

use super::*;
use frame_support::weights::Weight;
use picasso_primitives::restaking::{StakeLedger, TicketId};
use proptest::prelude::*;
use std::collections::BTreeMap;

const AVSS: [u32; 2] = [1, 2];

#[derive(Clone, Debug)]
enum Step {
	Stake(usize, u128),
	Unstake(usize, u128),
	Withdraw,
	Allocate(usize, u32, bool, u64),
	Join(usize, u32),
	Leave(usize, u32),
	/// By whom, against which AVS, how many eras ago.
	SignTwice(usize, u32, u32),
	Accuse(usize, u32, u32),
	Attest(usize, u32),
	Dispute(usize),
	Decide(usize, u8),
	Retry(usize),
	Chill(usize, bool),
	/// The SDK says so of the chain's validator.
	Equivocate(u32, u32),
	Ceiling(u32),
	Freeze(bool),
	/// Whether blocks leave room for steps.
	Room(bool),
	Blocks(u64),
}

fn step() -> impl Strategy<Value = Step> {
	let (operator, avs, ago) = (1..4usize, 1..3u32, 0..4u32);
	let served = (operator.clone(), avs.clone());
	prop_oneof![
		3 => (operator.clone(), 1..5_000_000u128).prop_map(|(to, amount)| Step::Stake(to, amount)),
		3 => (operator.clone(), 1..=8u128).prop_map(|(of, part)| Step::Unstake(of, part)),
		1 => Just(Step::Withdraw),
		4 => (operator.clone(), avs.clone(), any::<bool>(), 0..=60u64)
			.prop_map(|(by, avs, sol, part)| Step::Allocate(by, avs, sol, part)),
		2 => served.clone().prop_map(|(by, avs)| Step::Join(by, avs)),
		1 => served.clone().prop_map(|(by, avs)| Step::Leave(by, avs)),
		5 => (operator.clone(), avs.clone(), ago.clone())
			.prop_map(|(by, avs, ago)| Step::SignTwice(by, avs, ago)),
		3 => (operator.clone(), avs, ago).prop_map(|(by, avs, ago)| Step::Accuse(by, avs, ago)),
		2 => served.prop_map(|(by, avs)| Step::Attest(by, avs)),
		2 => (0..8usize).prop_map(Step::Dispute),
		2 => (0..8usize, 0..3u8).prop_map(|(of, how)| Step::Decide(of, how)),
		1 => (0..8usize).prop_map(Step::Retry),
		1 => (operator, any::<bool>()).prop_map(|(of, chilled)| Step::Chill(of, chilled)),
		2 => (0..4u32, 0..=100u32).prop_map(|(ago, part)| Step::Equivocate(ago, part)),
		1 => (5..=100u32).prop_map(Step::Ceiling),
		1 => any::<bool>().prop_map(Step::Freeze),
		1 => any::<bool>().prop_map(Step::Room),
		8 => (1..20u64).prop_map(Step::Blocks),
	]
}

/// Entries of tables, with what proves them: by AVS, era and operator.
type Proofs = BTreeMap<(u32, u32, usize), EntryClaim<AccountId>>;

fn keep_proofs(proofs: &mut Proofs) {
	for avs in AVSS {
		for (operator, account) in OPERATORS.iter().enumerate() {
			let proof = Avs::entry_with_proof(avs, era(), account);
			if let Ok(proof) = proof {
				proofs.entry((avs, era(), operator)).or_insert(EntryClaim::Proved(proof));
			}
		}
	}
}

/// One of the faults there are.
fn some_fault(number: usize) -> Option<FaultId<AccountId>> {
	let mut keys: Vec<_> = Faults::<Test>::iter_keys().collect();
	keys.sort_by_key(|fault| (fault.avs, fault.operator, fault.era, fault.condition));
	keys.get(number).cloned()
}

fn run(step: &Step, proofs: &mut Proofs) -> sp_runtime::DispatchResult {
	let pool_of = |operator, sol| if sol { sol_pool(operator) } else { pica_pool(operator) };
	let fault_of = |number| some_fault(number).ok_or(Error::<Test>::FaultNotFound);
	match *step {
		Step::Stake(to, amount) => Restaking::stake(origin(BOB), sol_pool(to), amount, 0)
			.and_then(|()| Restaking::stake(origin(BOB), pica_pool(to), amount, 0)),
		Step::Unstake(of, part) => {
			let position = pallet_restaking::Positions::<Test>::get(BOB, sol_pool(of));
			let shares = position.map_or(0, |position| position.shares) / part;
			Restaking::unstake(origin(BOB), sol_pool(of), shares)
		},
		Step::Withdraw => withdraw_all(BOB),
		Step::Allocate(by, avs, sol, part) => try_allocate(by, avs, pool_of(by, sol), part),
		Step::Join(by, avs) => {
			let key = key(by, avs, &pair(by));
			Avs::join(origin(OPERATORS[by]), avs, Some(key))
		},
		Step::Leave(by, avs) => Avs::leave(origin(OPERATORS[by]), avs),
		Step::SignTwice(by, avs, ago) => {
			let then = era().saturating_sub(ago);
			let entry = proofs.get(&(avs, then, by)).ok_or(Error::<Test>::FaultNotFound)?;
			report(REPORTER, avs, 0, double_sign(avs, then, by, entry.clone()))
		},
		Step::Accuse(by, avs, ago) => {
			let era = era().saturating_sub(ago);
			let entry = proofs.get(&(avs, era, by)).ok_or(Error::<Test>::FaultNotFound)?.clone();
			let fact = sp_core::H256::zero();
			report(ARBITER, avs, 1, Evidence::Arbiter(Accusation { era, entry, fact }))
		},
		Step::Attest(by, avs) => {
			let window = Duties::<Test>::get(avs).ok_or(Error::<Test>::NoDuty)?;
			let entries = <Avs as StakeTables<AccountId>>::entries(avs, window.era);
			let place = entries.iter().position(|entry| entry.operator == OPERATORS[by]);
			Slashing::attest(origin(OPERATORS[by]), avs, place.map_or(9, |place| place as u32))
		},
		Step::Dispute(number) => {
			let fault = fault_of(number)?;
			Slashing::dispute(origin(fault.operator), fault)
		},
		Step::Decide(number, how) => {
			let decision = match how {
				0 => Decision::Cancel,
				1 => Decision::Reduce(Perbill::from_percent(3)),
				_ => Decision::Uphold,
			};
			Slashing::decide(RuntimeOrigin::root(), fault_of(number)?, decision)
		},
		Step::Retry(number) => Slashing::retry(origin(BOB), fault_of(number)?),
		Step::Chill(of, chilled) => {
			Restaking::set_chilled(RuntimeOrigin::root(), OPERATORS[of], chilled)
		},
		Step::Equivocate(ago, part) => {
			let era = era().saturating_sub(ago);
			Slashing::equivocated(&OPERATORS[0], era, Perbill::from_percent(part))
		},
		Step::Ceiling(part) => {
			Ceiling::set(Perbill::from_percent(part));
			Ok(())
		},
		Step::Freeze(frozen) => {
			if frozen {
				Assets::freeze_asset(origin(ISSUER), SOL)
			} else {
				Assets::thaw_asset(origin(ISSUER), SOL)
			}
		},
		Step::Room(room) => {
			IdleWeight::set(if room { Weight::MAX } else { Weight::from_parts(13, 0) });
			Ok(())
		},
		Step::Blocks(count) => {
			for _ in 0..count {
				pass_block();
				keep_proofs(proofs);
			}
			Ok(())
		},
	}
}

/// A block: what pools lose in it is what events say, and the treasury, the reporters and the vaults have it.
fn pass_block() {
	let everything = |asset| {
		let pools =
			(0..8).filter(|pool| (pool % 2 == 0) == (asset == SOL)).map(staked).sum::<u128>();
		let parked =
			pallet_restaking::ParkedProceeds::<Test>::iter_prefix_values(asset).sum::<u128>();
		let holders = [TREASURY, REPORTER, ARBITER].map(|who| balance(asset, who));
		(pools, parked + holders.iter().sum::<u128>())
	};
	let before = [SOL, PICA].map(everything);
	System::reset_events();
	next_block();
	let bonds: u128 = System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::Balances(pallet_balances::Event::Released {
				who: ARBITER,
				amount,
				..
			}) => Some(amount),
			_ => None,
		})
		.sum();
	let slashed = |of| {
		events()
			.into_iter()
			.flat_map(|event| match event {
				Event::FaultSlashed { pools, .. } => pools,
				_ => Vec::new(),
			})
			.filter(|slashed| slashed.asset == of)
			.fold((0, 0), |sum, slashed| (sum.0 + slashed.active, sum.1 + slashed.exits))
	};
	for (asset, (pools, gained)) in [SOL, PICA].into_iter().zip(before) {
		let (active, exits) = slashed(asset);
		let bonds = if asset == PICA { bonds } else { 0 };
		assert_eq!(everything(asset), (pools - active, gained + active + exits + bonds), "{asset}");
	}
}

fn withdraw_all(who: AccountId) -> sp_runtime::DispatchResult {
	let tickets: Vec<TicketId> = pallet_restaking::Tickets::<Test>::iter_key_prefix(who).collect();
	for ticket in tickets.into_iter().filter(|ticket| ticket.maturity <= era()) {
		Restaking::withdraw(origin(who), ticket)?;
	}
	Ok(())
}

/// Everything comes to an end, and everyone can leave.
fn end() {
	let _ = Assets::thaw_asset(origin(ISSUER), SOL);
	Ceiling::set(Perbill::one());
	IdleWeight::set(Weight::MAX);
	for avs in AVSS {
		assert_ok!(Avs::offboard(origin(CAROL), avs));
	}
	assert_ok!(Avs::leave(origin(OPERATORS[0]), CHAIN));
	for who in [ALICE, BOB] {
		let pools: Vec<_> = pallet_restaking::Positions::<Test>::iter_prefix(who).collect();
		for (pool, position) in pools {
			// Shares worth less than a planck are worth nothing.
			let _ = Restaking::unstake(origin(who), pool, position.shares);
		}
	}
	run_to_era(era() + 30);
	assert_eq!((Faults::<Test>::iter().count(), Queue::<Test>::iter().count()), (0, 0));
	assert_eq!((Duties::<Test>::iter().count(), Closings::<Test>::iter().count()), (0, 0));
	for who in [ALICE, BOB] {
		assert_ok!(withdraw_all(who));
	}
	for pool in 0..8 {
		let stake = <Restaking as StakeLedger<AccountId>>::pool_stake(pool).unwrap();
		assert_eq!(stake.open_reports, 0);
	}
	use frame_support::traits::fungible::InspectHold;
	assert_eq!(Balances::balance_on_hold(&HoldReason::Report.into(), &ARBITER), 0);
	check();
}

fn conditions() -> Vec<Condition<AccountId>> {
	let percent = Perbill::from_percent;
	let (first, more, maximum) = (percent(5), percent(20), percent(60));
	let reporter_share = percent(10);
	let duty = Duty { round: 2, window: 3, least: percent(30) };
	vec![
		Condition { reporter_share, jail: Jail::Eras(1), ..condition(Fault::DoubleSign) },
		Condition {
			slash: SlashFraction::Repeats { first, more, maximum },
			reporter_share,
			dispute_window: 1,
			..condition(arbiter())
		},
		Condition {
			slash: SlashFraction::Correlated { maximum: percent(20) },
			..condition(Fault::MissedDuty(duty))
		},
	]
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..Default::default() })]

	#[test]
	fn everything_holds_whatever_is_done(steps in proptest::collection::vec(step(), 1..150)) {
		ExtBuilder::build().execute_with(|| {
			assert_eq!(served(conditions()), 1);
			assert_eq!(onboard(terms(conditions())), 2);
			let mut proofs = Proofs::new();
			keep_proofs(&mut proofs);
			for step in &steps {
				// A call that fails changes nothing, as in a block.
				let done = frame_support::storage::with_storage_layer(|| run(step, &mut proofs));
				let _: sp_runtime::DispatchResult = done;
				check();
			}
			end();
		});
	}
}
