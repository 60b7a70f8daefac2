// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Validators that sign twice, and validators that are not there.

use super::network;
use crate::{
	configs::{
		consensus::{TableValidators, KEPT_SESSIONS},
		offences::KeyOwners,
	},
	constants::time::session::DEVELOPMENT as SLOTS,
	*,
};
use codec::{Decode, Encode};
use core::{
	cell::{Cell, RefCell},
	marker::PhantomData,
};
use frame_support::{
	assert_noop, assert_ok,
	traits::{KeyOwnerProofSystem, OnFinalize, OnInitialize},
};
use frame_system::{offchain::CreateAuthorizedTransaction, RawOrigin};
use pallet_im_online::Heartbeat;
use pallet_slashing::Faults;
use picasso_primitives::{
	slashing::{ConsensusFaults, Jails},
	EraIndex, SessionIndex,
};
use sp_consensus_babe::{
	digests::{CompatibleDigestItem, PreDigest, SecondaryPlainPreDigest},
	Slot,
};
use sp_core::{crypto::Pair, H256};
use sp_keyring::{
	Ed25519Keyring,
	Sr25519Keyring::{self, Alice, Bob, Charlie, Dave},
};
use sp_runtime::{
	traits::Dispatchable,
	transaction_validity::{InvalidTransaction, TransactionSource, TransactionValidity},
	Digest, DigestItem, DispatchResult, Perbill,
};
use sp_session::MembershipProof;

/// What was told of a validator.
#[derive(Debug, PartialEq)]
enum Fault {
	Equivocation(AccountId, EraIndex, Perbill),
	Absence(AccountId, EraIndex, Perbill),
}

thread_local! {
	static TOLD: RefCell<Vec<Fault>> = const { RefCell::new(Vec::new()) };
	static REFUSES: Cell<bool> = const { Cell::new(false) };
}

/// Notes what is told, and passes it on.
pub struct Recorded<Told>(PhantomData<Told>);

impl<Told: ConsensusFaults<AccountId>> ConsensusFaults<AccountId> for Recorded<Told> {
	fn equivocated(validator: &AccountId, era: EraIndex, fraction: Perbill) -> DispatchResult {
		note(Fault::Equivocation(validator.clone(), era, fraction))?;
		Told::equivocated(validator, era, fraction)
	}

	fn was_absent(validator: &AccountId, era: EraIndex, fraction: Perbill) -> DispatchResult {
		note(Fault::Absence(validator.clone(), era, fraction))?;
		Told::was_absent(validator, era, fraction)
	}
}

/// Changes the state, so that it shows if a refusal leaves anything behind.
fn note(fault: Fault) -> DispatchResult {
	TOLD.with_borrow_mut(|told| told.push(fault));
	Avs::note_session(SessionIndex::MAX, Some(7));
	if REFUSES.get() {
		return Err("refused".into());
	}
	Ok(())
}

fn told() -> Vec<Fault> {
	TOLD.take()
}

/// In ten-thousandths.
fn equivocation(who: Sr25519Keyring, fraction: u32) -> Fault {
	Fault::Equivocation(who.to_account_id(), 0, Perbill::from_rational(fraction, 10_000))
}

/// In ten-thousandths.
fn absence(who: Sr25519Keyring, fraction: u32) -> Fault {
	Fault::Absence(who.to_account_id(), 0, Perbill::from_rational(fraction, 10_000))
}

/// The slot of the first block.
const FIRST: u64 = 1_000;

fn index_of(who: Sr25519Keyring) -> u32 {
	let position = Session::validators().iter().position(|known| *known == who.to_account_id());
	position.expect("a validator") as u32
}

fn pre_digest(who: Sr25519Keyring, slot: u64) -> Digest {
	let digest = SecondaryPlainPreDigest { authority_index: index_of(who), slot: slot.into() };
	Digest { logs: vec![DigestItem::babe_pre_digest(PreDigest::SecondaryPlain(digest))] }
}

/// A block without transactions, as far as consensus is concerned.
fn make_block(author: Sr25519Keyring, slot: u64) {
	let number = System::block_number() + 1;
	System::initialize(&number, &H256::zero(), &pre_digest(author, slot));
	Babe::on_initialize(number);
	Authorship::on_initialize(number);
	Session::on_initialize(number);
	Babe::on_finalize(number);
	Authorship::on_finalize(number);
	Grandpa::on_finalize(number);
}

/// Makes blocks to the end of a session, and the first of the next one.
fn end_session(authors: &[Sr25519Keyring]) {
	let session = Session::current_index();
	let next = FIRST + (u64::from(session) + 1) * SLOTS;
	for (slot, author) in (next - SLOTS + 1..=next).zip(authors.iter().cycle()) {
		make_block(*author, slot);
	}
	assert_eq!(Session::current_index(), session + 1);
}

/// The local network's four validators, in their first slot.
fn four_validators(test: impl FnOnce()) {
	told();
	REFUSES.set(false);
	network(LOCAL).execute_with(|| {
		System::set_block_number(0);
		make_block(Alice, FIRST);
		test()
	});
}

fn signed_header(who: Sr25519Keyring, slot: u64, state_root: H256) -> Header {
	let digest = pre_digest(who, slot);
	let mut header = Header {
		parent_hash: H256::zero(),
		number: 2,
		state_root,
		extrinsics_root: H256::zero(),
		digest,
	};
	let signature = who.pair().sign(header.hash().as_ref());
	header.digest.push(DigestItem::babe_seal(signature.into()));
	header
}

/// Two blocks of a validator's for one slot.
fn double_block(who: Sr25519Keyring, slot: u64) -> sp_consensus_babe::EquivocationProof<Header> {
	let [first_header, second_header] =
		[1, 2].map(|byte| signed_header(who, slot, H256::repeat_byte(byte)));
	let offender = who.public().into();
	sp_consensus_babe::EquivocationProof {
		offender,
		slot: Slot::from(slot),
		first_header,
		second_header,
	}
}

fn prove_babe_key(who: Sr25519Keyring) -> MembershipProof {
	KeyOwners::prove((sp_consensus_babe::KEY_TYPE, who.public())).expect("a proof")
}

fn babe_report(who: Sr25519Keyring, slot: u64, key_owner_proof: MembershipProof) -> RuntimeCall {
	let equivocation_proof = Box::new(double_block(who, slot));
	pallet_babe::Call::report_equivocation_unsigned { equivocation_proof, key_owner_proof }.into()
}

fn report_double_block(who: Sr25519Keyring, slot: u64) -> RuntimeCall {
	babe_report(who, slot, prove_babe_key(who))
}

/// Two votes of a validator's in one round.
fn report_double_vote(who: Ed25519Keyring, round: u64) -> RuntimeCall {
	let set_id = Grandpa::current_set_id();
	// As GRANDPA's own crate encodes a prevote.
	let vote = |byte| (H256::repeat_byte(byte), 7u32);
	let signed = |byte| {
		let payload = sp_consensus_grandpa::localized_payload(round, set_id, &(0u8, vote(byte)));
		(vote(byte), who.pair().sign(&payload))
	};
	let proof = (set_id, 0u8, round, who.public(), signed(1), signed(2)).encode();
	let equivocation_proof =
		sp_consensus_grandpa::EquivocationProof::decode(&mut &proof[..]).expect("a proof");
	let key_owner_proof =
		KeyOwners::prove((sp_consensus_grandpa::KEY_TYPE, who.public())).expect("a proof");
	pallet_grandpa::Call::report_equivocation_unsigned {
		equivocation_proof: Box::new(equivocation_proof),
		key_owner_proof,
	}
	.into()
}

/// What the pool of the node that reports says.
fn validity(transaction: UncheckedExtrinsic) -> TransactionValidity {
	sp_io::storage::start_transaction();
	let validity =
		Executive::validate_transaction(TransactionSource::Local, transaction, H256::zero());
	sp_io::storage::rollback_transaction();
	validity
}

fn report(call: RuntimeCall) {
	assert_ok!(validity(UncheckedExtrinsic::new_bare(call.clone())));
	assert_ok!(call.clone().dispatch(RuntimeOrigin::none()));
	let again = validity(UncheckedExtrinsic::new_bare(call));
	assert_eq!(again, Err(InvalidTransaction::Stale.into()));
}

fn is_disabled(who: Sr25519Keyring) -> bool {
	Session::disabled_validators().contains(&index_of(who))
}

#[test]
fn who_makes_two_blocks_for_a_slot_is_told_and_disabled() {
	four_validators(|| {
		report(report_double_block(Dave, FIRST + 1));
		assert_eq!(told(), [equivocation(Dave, 5_625)]);
		let kind = *b"babe:equivocatio";
		let slot = (FIRST + 1).encode();
		System::assert_last_event(pallet_offences::Event::Offence { kind, slot }.into());
		assert_eq!(Session::disabled_validators(), [index_of(Dave)]);
	});
}

#[test]
fn who_votes_twice_in_a_round_is_told_and_disabled() {
	four_validators(|| {
		report(report_double_vote(Ed25519Keyring::Dave, 3));
		assert_eq!(told(), [equivocation(Dave, 5_625)]);
		assert!(is_disabled(Dave));
	});
}

#[test]
fn who_offends_at_the_same_time_as_others_is_told_again_and_not_all_are_disabled() {
	four_validators(|| {
		report(report_double_block(Dave, FIRST + 1));
		told();
		report(report_double_block(Charlie, FIRST + 1));
		assert_eq!(told(), [equivocation(Dave, 10_000), equivocation(Charlie, 10_000)]);
		assert_eq!(Session::disabled_validators().len(), 1);
	});
}

#[test]
fn a_fault_that_is_not_taken_in_stays_reported_and_leaves_nothing_half_done() {
	four_validators(|| {
		REFUSES.set(true);
		report(report_double_block(Dave, FIRST + 1));
		assert_eq!(told(), [equivocation(Dave, 5_625)]);
		assert_eq!(pallet_offences::Reports::<Runtime>::iter().count(), 1);
		assert!(is_disabled(Dave));
		assert_eq!(Avs::table_of_session(SessionIndex::MAX), None);
	});
}

#[test]
fn a_report_needs_two_blocks_and_the_key_of_a_validator() {
	four_validators(|| {
		let mut proof = double_block(Dave, FIRST + 1);
		proof.second_header = proof.first_header.clone();
		let key_owner_proof = prove_babe_key(Dave);
		let equivocation_proof = Box::new(proof);
		let call: RuntimeCall =
			pallet_babe::Call::report_equivocation_unsigned { equivocation_proof, key_owner_proof }
				.into();
		assert_noop!(
			call.dispatch(RuntimeOrigin::none()),
			pallet_babe::Error::<Runtime>::InvalidEquivocationProof,
		);
		let others = babe_report(Dave, FIRST + 1, prove_babe_key(Charlie));
		assert_noop!(
			others.dispatch(RuntimeOrigin::none()),
			pallet_babe::Error::<Runtime>::InvalidKeyOwnershipProof,
		);
	});
}

#[test]
fn keys_in_use_convict_whatever_keys_are_set_for_later() {
	four_validators(|| {
		let dave = Dave.to_account_id();
		let others = pallet_session::NextKeys::<Runtime>::get(Alice.to_account_id());
		let proof = prove_babe_key(Dave);
		pallet_session::NextKeys::<Runtime>::insert(&dave, others.expect("keys"));
		assert_eq!(prove_babe_key(Dave).trie_nodes, proof.trie_nodes);
		report(report_double_block(Dave, FIRST + 1));
		pallet_session::NextKeys::<Runtime>::remove(&dave);
		report(report_double_block(Dave, FIRST + 2));
		assert_eq!(told().len(), 2);
		// Nothing of what was asked in passing stays.
		assert!(!pallet_session::NextKeys::<Runtime>::contains_key(&dave));
		assert_eq!(Session::current_index(), 0);
	});
}

#[test]
fn keys_convict_for_as_long_as_sessions_are_kept() {
	let everyone = [Alice, Bob, Charlie, Dave];
	four_validators(|| {
		let proof = prove_babe_key(Dave);
		end_session(&everyone);
		end_session(&everyone);
		report(babe_report(Dave, FIRST + 1, proof.clone()));
		assert_eq!(told(), [equivocation(Dave, 5_625)]);
		assert!(!is_disabled(Dave), "who offended long ago is not disabled");
		// The last session, in the next one.
		let last = FIRST + 2 * SLOTS + 1;
		let late = prove_babe_key(Dave);
		end_session(&everyone);
		report(babe_report(Dave, last, late));
		assert!(is_disabled(Dave));

		let end = <TableValidators as pallet_session::SessionManager<AccountId>>::end_session;
		end(KEPT_SESSIONS);
		assert!(KeyOwners::check_proof(
			(sp_consensus_babe::KEY_TYPE, Dave.public()),
			proof.clone()
		)
		.is_some());
		assert_eq!(Avs::table_of_session(0), Some(0));
		end(KEPT_SESSIONS + 1);
		assert!(
			KeyOwners::check_proof((sp_consensus_babe::KEY_TYPE, Dave.public()), proof).is_none()
		);
		assert_eq!(Avs::table_of_session(0), None);
	});
}

#[test]
fn a_proof_is_of_the_state_of_its_slots_session() {
	use sp_consensus_babe::runtime_decl_for_babe_api::BabeApiV2;
	four_validators(|| {
		let prove =
			|slot: u64| Runtime::generate_key_ownership_proof(slot.into(), Dave.public().into());
		assert!(prove(FIRST).is_some());
		assert!(prove(FIRST + SLOTS - 1).is_some());
		assert!(prove(FIRST + SLOTS).is_none());
		end_session(&[Alice, Bob, Charlie, Dave]);
		assert!(prove(FIRST + SLOTS).is_some());
		assert!(prove(FIRST + SLOTS - 1).is_none());
	});
}

#[test]
fn who_makes_a_block_is_there() {
	four_validators(|| {
		end_session(&[Alice, Bob, Charlie, Dave]);
		assert_eq!(told(), []);
	});
}

#[test]
fn who_is_not_heard_of_for_a_session_is_told() {
	four_validators(|| {
		end_session(&[Alice, Bob, Charlie]);
		// The SDK lets one in ten be absent, and one at least.
		assert_eq!(told(), [absence(Dave, 0)]);
		end_session(&[Alice, Bob]);
		let mut found = told();
		found.sort_by_key(|fault| *fault != absence(Charlie, 525));
		assert_eq!(found, [absence(Charlie, 525), absence(Dave, 525)]);
		assert_eq!(Session::disabled_validators(), Vec::<u32>::new());
	});
}

/// Has a validator set another key: the set changes with the second session from now.
fn change_set(who: Sr25519Keyring, key: Ed25519Keyring) {
	pallet_session::NextKeys::<Runtime>::mutate(who.to_account_id(), |keys| {
		keys.as_mut().expect("keys").grandpa = key.public().into();
	});
}

#[test]
fn who_equivocated_stays_disabled_when_the_set_changes() {
	four_validators(|| {
		change_set(Charlie, Ed25519Keyring::Eve);
		end_session(&[Alice, Bob, Charlie, Dave]);
		report(report_double_block(Dave, FIRST + SLOTS + 1));
		let disabled = pallet_session::DisabledValidators::<Runtime>::get();
		// Chosen before that was known, and with another set of keys.
		end_session(&[Alice, Bob, Charlie]);
		assert_eq!(Session::disabled_validators(), [index_of(Dave)]);
		assert_eq!(pallet_session::DisabledValidators::<Runtime>::get(), disabled);
		end_session(&[Alice, Bob, Charlie]);
		assert!(!Session::validators().contains(&Dave.to_account_id()));
		assert_eq!(Session::disabled_validators(), Vec::<u32>::new());
	});
}

#[test]
fn who_was_acquitted_is_not_disabled_when_the_set_changes() {
	four_validators(|| {
		change_set(Charlie, Ed25519Keyring::Eve);
		end_session(&[Alice, Bob, Charlie, Dave]);
		report(report_double_block(Dave, FIRST + SLOTS + 1));
		let (fault, record) = Faults::<Runtime>::iter().next().expect("a fault");
		let due = record.detained.expect("it is detained");
		let until = record.condition.jail.until(due).expect("it would be jailed");
		Avs::acquit(fault.avs, &fault.operator, due, until);
		assert!(is_disabled(Dave));
		// It says that it is there, or it would be absent.
		assert_ok!(heartbeat(Dave, Dave).dispatch(RawOrigin::Authorized.into()));
		end_session(&[Alice, Bob, Charlie]);
		assert!(!is_disabled(Dave));
	});
}

fn heartbeat(who: Sr25519Keyring, signer: Sr25519Keyring) -> RuntimeCall {
	let heartbeat = Heartbeat {
		block_number: System::block_number(),
		session_index: Session::current_index(),
		authority_index: index_of(who),
		validators_len: Session::validators().len() as u32,
	};
	let signature = signer.pair().sign(&heartbeat.encode()).into();
	pallet_im_online::Call::heartbeat { heartbeat, signature }.into()
}

fn as_node_sends(call: RuntimeCall) -> UncheckedExtrinsic {
	type Sent = pallet_im_online::Call<Runtime>;
	<Runtime as CreateAuthorizedTransaction<Sent>>::create_authorized_transaction(call)
}

#[test]
fn who_sends_a_heartbeat_is_there() {
	four_validators(|| {
		let call = heartbeat(Dave, Dave);
		let valid = validity(as_node_sends(call.clone())).expect("a valid transaction");
		assert!(valid.propagate);
		assert_ok!(call.dispatch(RawOrigin::Authorized.into()));
		end_session(&[Alice, Bob, Charlie]);
		assert_eq!(told(), []);
		// It is good for one session.
		end_session(&[Alice, Bob, Charlie]);
		assert_eq!(told(), [absence(Dave, 0)]);
	});
}

#[test]
fn a_heartbeat_needs_the_validators_own_signature() {
	four_validators(|| {
		let forged = validity(as_node_sends(heartbeat(Dave, Charlie)));
		assert_eq!(forged, Err(InvalidTransaction::BadProof.into()));
		for origin in [RuntimeOrigin::none(), RuntimeOrigin::signed(Dave.to_account_id())] {
			let call = heartbeat(Dave, Dave);
			assert_noop!(call.dispatch(origin), sp_runtime::traits::BadOrigin);
		}
	});
}
