// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What is proved, and what isn't.

use super::*;

fn double_signed(avs: u32, operator: usize) -> Evidence<AccountId> {
	double_sign(avs, era(), operator, listed(avs, era(), operator))
}

/// An AVS with a condition against signing twice, in the era of its first table.
fn against_double_sign() -> u32 {
	served(vec![condition(Fault::DoubleSign)])
}

fn refused(avs: u32, evidence: Evidence<AccountId>, why: EvidenceError) {
	let evidence = Box::new(evidence);
	assert_noop!(
		Slashing::report(origin(REPORTER), avs, 0, evidence),
		Error::<Test>::Evidence(why)
	);
}

#[test]
fn two_messages_of_a_round_prove_a_fault_for_nothing() {
	ExtBuilder::execute(|| {
		let avs = against_double_sign();
		let (era, before) = (era(), balance(PICA, REPORTER));
		let evidence = Box::new(double_signed(avs, 1));
		let preview = Slashing::preview(&REPORTER, avs, 0, (*evidence).clone());
		let result = Slashing::report(origin(REPORTER), avs, 0, evidence).unwrap();
		assert_eq!(result.pays_fee, frame_support::dispatch::Pays::No);
		let (fault, fraction) = (fault(avs, 1, era), Perbill::from_percent(50));
		let (reporter, due) = (Some(REPORTER), era + 3);
		let (fault_of, detained) = (fault.clone(), false);
		let told = Event::FaultReported { fault: fault_of, reporter, fraction, due, detained };
		assert_eq!(last_event(), told);
		assert_eq!(preview, Ok(FaultPreview { fault: fault.clone(), fraction, due }));
		assert_eq!(balance(PICA, REPORTER), before);
		let record = record(&fault);
		assert_eq!((record.status, record.bond), (FaultStatus::Pending, None));
		assert_eq!(record.pools.into_inner(), [sol_pool(1), pica_pool(1)]);
	});
}

#[test]
fn an_entry_with_its_proof_does_when_the_table_is_forgotten() {
	ExtBuilder::execute(|| {
		let avs = against_double_sign();
		let (then, entry) = (era(), proved(avs, era(), 1));
		let place = listed(avs, era(), 1);
		run_to_era(then + 2);
		refused(avs, double_sign(avs, then, 1, place), EvidenceError::EntryNotInTable);
		assert_ok!(report(REPORTER, avs, 0, double_sign(avs, then, 1, entry)));
		assert_eq!(record(&fault(avs, 1, then)).due, then + 5);
	});
}

#[test]
fn evidence_that_is_not_quite_right_proves_nothing() {
	ExtBuilder::execute(|| {
		let avs = against_double_sign();
		let other = onboard(terms(vec![condition(Fault::DoubleSign)]));
		let era = era();
		let DoubleSign { round, one, other: second, entry, .. } = match double_signed(avs, 1) {
			Evidence::DoubleSign(evidence) => evidence,
			_ => unreachable!(),
		};
		let with = |round, one, other| {
			let (entry, earlier_entry) = (entry.clone(), None);
			Evidence::DoubleSign(DoubleSign { round, one, other, entry, earlier_entry })
		};
		// The same message twice; a round that was not signed; somebody else's signature.
		refused(avs, with(round, one, one), EvidenceError::MessagesAlike);
		refused(avs, with(round + 1, one, second), EvidenceError::SignatureInvalid);
		let forged = signed(&pair(2), avs, era, round, 2);
		refused(avs, with(round, one, forged), EvidenceError::SignatureInvalid);
		// Signed for another AVS, for another chain, with another scheme's name.
		let elsewhere = signed(&pair(1), other, era, round, 2);
		refused(avs, with(round, one, elsewhere), EvidenceError::SignatureInvalid);
		let content = sp_core::H256::repeat_byte(2);
		let message = round_message(sp_core::H256::repeat_byte(1), avs, era, round, content);
		let abroad = SignedMessage { era, content, signature: signature(&pair(1), &message) };
		refused(avs, with(round, one, abroad), EvidenceError::SignatureInvalid);
		let AvsSignature::Ed25519(bytes) = second.signature else { unreachable!() };
		let renamed = SignedMessage { signature: AvsSignature::Sr25519(bytes), ..second };
		refused(avs, with(round, one, renamed), EvidenceError::SignatureInvalid);
		// A message about something else: what an operator signs to accuse.
		let accusing = SignedMessage { signature: vote(1, avs, era, 0, 2), ..second };
		refused(avs, with(round, one, accusing), EvidenceError::SignatureInvalid);
		// An entry of another AVS, out of the table, or of an operator that isn't in it.
		let nobody = |entry| double_sign(avs, era, 1, entry);
		refused(avs, nobody(EntryClaim::Listed(3)), EvidenceError::EntryNotInTable);
		refused(avs, nobody(EntryClaim::Listed(u32::MAX)), EvidenceError::EntryNotInTable);
		let EntryClaim::Proved(proof) = proved(avs, era, 1) else { unreachable!() };
		let stranger = EntryProof { operator: OPERATORS[0], ..proof.clone() };
		refused(avs, nobody(EntryClaim::Proved(stranger)), EvidenceError::EntryNotInTable);
		let heavier = EntryProof { weight: proof.weight + 1, ..proof };
		refused(avs, nobody(EntryClaim::Proved(heavier)), EvidenceError::EntryNotInTable);
		assert_noop!(
			report(REPORTER, other, 0, double_signed(avs, 1)),
			Error::<Test>::Evidence(EvidenceError::EntryNotInTable)
		);
	});
}

#[test]
fn faults_are_reported_in_their_time_against_conditions_there_are() {
	ExtBuilder::execute(|| {
		let avs = against_double_sign();
		let then = era();
		let entry = proved(avs, then, 1);
		let evidence = || double_sign(avs, then, 1, entry.clone());
		assert_noop!(report(REPORTER, avs, 1, evidence()), Error::<Test>::ConditionNotFound);
		assert_noop!(report(REPORTER, 9, 0, evidence()), Error::<Test>::ConditionNotFound);
		let ahead = double_sign(avs, then + 1, 1, entry.clone());
		assert_noop!(report(REPORTER, avs, 0, ahead), Error::<Test>::EraInFuture);
		assert_noop!(
			Slashing::report(RuntimeOrigin::root(), avs, 0, Box::new(evidence())),
			BadOrigin
		);
		run_to_era(then + 3);
		assert_noop!(report(REPORTER, avs, 0, evidence()), Error::<Test>::EvidenceTooOld);
	});
}

#[test]
fn a_fault_is_reported_once() {
	ExtBuilder::execute(|| {
		let avs = against_double_sign();
		let entry = proved(avs, era(), 1);
		let then = era();
		let evidence = |round| {
			let message = |content| signed(&pair(1), avs, then, round, content);
			let (one, other) = (message(1), message(2));
			let (entry, earlier_entry) = (entry.clone(), None);
			Evidence::DoubleSign(DoubleSign { round, one, other, entry, earlier_entry })
		};
		assert_ok!(report(REPORTER, avs, 0, evidence(1)));
		for round in [1, 2] {
			let again = report(BOB, avs, 0, evidence(round));
			assert_noop!(again, Error::<Test>::AlreadyReported);
		}
		// In another era it is another one.
		next_era();
		let later = double_sign(avs, era(), 1, listed(avs, era(), 1));
		assert_ok!(report(REPORTER, avs, 0, later));
		run_to_era(then + 3);
		assert_noop!(report(BOB, avs, 0, evidence(1)), Error::<Test>::EvidenceTooOld);
	});
}

#[test]
fn a_key_that_was_rotated_after_the_fault_is_guilty_and_one_from_after_it_is_not() {
	ExtBuilder::execute(|| {
		let avs = against_double_sign();
		let then = era();
		let entry = proved(avs, then, 1);
		let (new, proof) = key(1, avs, &second_pair(1));
		assert_ok!(Avs::set_key(origin(OPERATORS[1]), avs, new, proof));
		let by = |pair, era, entry| {
			let message = |content| signed(pair, avs, era, 7, content);
			let (one, other) = (message(1), message(2));
			Evidence::DoubleSign(DoubleSign { round: 7, one, other, entry, earlier_entry: None })
		};
		next_era();
		// The new key proves nothing of the era before it, nor the old one of this.
		let (first, second) = (pair(1), second_pair(1));
		refused(avs, by(&second, then, entry.clone()), EvidenceError::SignatureInvalid);
		let now = listed(avs, era(), 1);
		refused(avs, by(&first, era(), now.clone()), EvidenceError::SignatureInvalid);
		// One message by each key is a fault of the later era.
		let (one, other) = (signed(&first, avs, then, 7, 1), signed(&second, avs, era(), 7, 2));
		let both = |earlier_entry| {
			let entry = now.clone();
			Evidence::DoubleSign(DoubleSign { round: 7, one, other, entry, earlier_entry })
		};
		refused(avs, both(None), EvidenceError::OperatorsDiffer);
		refused(avs, both(Some(proved(avs, then, 2))), EvidenceError::OperatorsDiffer);
		assert_ok!(report(REPORTER, avs, 0, by(&first, then, entry.clone())));
		assert_ok!(report(REPORTER, avs, 0, both(Some(entry))));
		let known = Faults::<Test>::iter_keys().map(|fault| fault.era).collect::<Vec<_>>();
		assert_eq!(known.len(), 2);
		assert!(known.contains(&then) && known.contains(&era()));
	});
}

#[test]
fn an_arbiter_accuses_with_a_bond_and_nobody_else_does() {
	ExtBuilder::execute(|| {
		let avs = served(vec![condition(arbiter())]);
		let evidence = || Evidence::Arbiter(accusation(avs, era(), 1));
		refused(avs, evidence(), EvidenceError::NotArbiter);
		refused(avs, double_signed(avs, 1), EvidenceError::OfAnotherKind);
		let before = balance(PICA, ARBITER);
		let result = Slashing::report(origin(ARBITER), avs, 0, Box::new(evidence())).unwrap();
		assert_eq!(result.pays_fee, frame_support::dispatch::Pays::Yes);
		assert_eq!(balance(PICA, ARBITER), before - REPORT_BOND);
		assert_noop!(report(ARBITER, avs, 0, evidence()), Error::<Test>::AlreadyReported);
		// One that is not in the table.
		let nobody = Accusation { entry: EntryClaim::Listed(3), ..accusation(avs, era(), 1) };
		let result = report(ARBITER, avs, 0, Evidence::Arbiter(nobody));
		assert_noop!(result, Error::<Test>::Evidence(EvidenceError::EntryNotInTable));
		let spend = balance(PICA, ARBITER) - UNIT;
		assert_ok!(Balances::transfer_keep_alive(origin(ARBITER), BOB, spend));
		let poor = Evidence::Arbiter(accusation(avs, era(), 2));
		let without_bond =
			frame_support::storage::with_storage_layer(|| report(ARBITER, avs, 0, poor));
		assert_eq!(without_bond, Err(sp_runtime::TokenError::FundsUnavailable.into()));
		assert_eq!(Faults::<Test>::iter().count(), 1);
	});
}

#[test]
fn a_quorum_by_weight_accuses() {
	ExtBuilder::execute(|| {
		// Of 6,600: the third has 3,300, which is not more than half.
		let quorum = Perbill::from_percent(51);
		let avs = served(vec![condition(Fault::Attested { quorum })]);
		let era = era();
		let ballot = |by: usize| (place(avs, era, by), vote(by, avs, era, 0, 1));
		let attested = |ballots: Vec<_>| {
			let ballots = Ballots::Listed(ballots.try_into().unwrap());
			Evidence::Attested(Attestation { accusation: accusation(avs, era, 1), ballots })
		};
		refused(avs, attested(vec![]), EvidenceError::QuorumNotReached);
		refused(avs, attested(vec![ballot(3)]), EvidenceError::QuorumNotReached);
		// Twice is once.
		let twice = vec![ballot(3), ballot(3)];
		refused(avs, attested(twice), EvidenceError::SignersUnordered);
		let disordered = vec![ballot(2), ballot(3)];
		refused(avs, attested(disordered), EvidenceError::SignersUnordered);
		let stranger = vec![ballot(3), (7, vote(2, avs, era, 0, 1))];
		refused(avs, attested(stranger), EvidenceError::EntryNotInTable);
		// Signatures that say something else: of another operator, another condition, another era.
		for wrong in [vote(2, avs, era, 0, 2), vote(2, avs, era, 1, 1), vote(2, avs, 0, 0, 1)] {
			let ballots = vec![ballot(3), (place(avs, era, 2), wrong)];
			refused(avs, attested(ballots), EvidenceError::SignatureInvalid);
		}
		let good = attested(vec![ballot(3), ballot(2)]);
		let before = balance(PICA, REPORTER);
		assert_ok!(report(REPORTER, avs, 0, good));
		assert_eq!(balance(PICA, REPORTER), before - REPORT_BOND);
		// With proofs, the same.
		let proof = |by| match proved(avs, era, by) {
			EntryClaim::Proved(proof) => proof,
			_ => unreachable!(),
		};
		let ballots = vec![3, 2].into_iter().map(|by| (proof(by), vote(by, avs, era, 0, 3)));
		let ballots = Ballots::Proved(ballots.collect::<Vec<_>>().try_into().unwrap());
		let accusation = Accusation { entry: proved(avs, era, 3), ..accusation(avs, era, 3) };
		let evidence = Evidence::Attested(Attestation { accusation, ballots });
		assert_ok!(report(REPORTER, avs, 0, evidence));
	});
}

#[test]
fn who_is_cleared_of_one_fault_waits_for_the_verdict_on_another() {
	ExtBuilder::execute(|| {
		let jail = Jail::Eras(1);
		let avs = served(vec![Condition { jail, ..condition(Fault::DoubleSign) }]);
		let excluded = || Avs::is_excluded(avs, &OPERATORS[1]);
		let first = era();
		next_era();
		for era in [first, first + 1] {
			let evidence = double_sign(avs, era, 1, listed(avs, era, 1));
			assert_ok!(report(REPORTER, avs, 0, evidence));
			assert!(matches!(last_event(), Event::FaultReported { detained: true, .. }));
		}
		let clear = |era| {
			let fault = FaultId { avs, operator: OPERATORS[1], era, condition: 0 };
			assert_ok!(Slashing::decide(RuntimeOrigin::root(), fault, Decision::Cancel));
		};
		clear(first);
		assert!(excluded());
		clear(first + 1);
		assert!(!excluded());
	});
}

#[test]
fn the_accused_serves_no_more_where_keys_prove_it() {
	ExtBuilder::execute(|| {
		let jail = Jail::Eras(2);
		let avs = served(vec![
			Condition { jail, ..condition(Fault::DoubleSign) },
			Condition { jail, ..condition(arbiter()) },
		]);
		let excluded = |operator: usize| Avs::is_excluded(avs, &OPERATORS[operator]);
		assert_ok!(report(REPORTER, avs, 0, double_signed(avs, 1)));
		let word = Evidence::Arbiter(accusation(avs, era(), 2));
		assert_ok!(report(ARBITER, avs, 1, word));
		assert_eq!([1, 2, 3].map(excluded), [true, false, false]);
		next_era();
		assert_eq!(Avs::entries(avs, era()).len(), 2);
		// Both were found guilty, and come back when they have served it.
		run_to_era(4);
		assert_eq!([1, 2, 3].map(excluded), [true, true, false]);
		run_to_era(6);
		assert_eq!([1, 2, 3].map(excluded), [true, true, false]);
		run_to_era(7);
		assert_eq!([1, 2, 3].map(excluded), [false; 3]);
		assert_eq!(Avs::entries(avs, era()).len(), 3);
	});
}
