// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Offences of validators: how equivocation and absence are found, and who is told.

use crate::{configs::consensus::MaxAuthorities, *};
use core::marker::PhantomData;
use frame_support::{
	pallet_prelude::ValueQuery,
	parameter_types,
	storage::{with_storage_layer, with_transaction, TransactionOutcome},
	storage_alias,
	traits::{ConstU32, Get, KeyOwnerProofSystem},
	weights::Weight,
};
use pallet_im_online::UnresponsivenessOffence;
use pallet_session::historical::IdentificationTuple;
use pallet_slashing::WeightInfo as _;
use picasso_primitives::{
	avs::{StakeTables, CHAIN},
	slashing::ConsensusFaults,
	EraIndex, SessionIndex,
};
use sp_core::crypto::KeyTypeId;
use sp_runtime::{
	transaction_validity::TransactionPriority, DispatchError, DispatchResult, Perbill,
};
use sp_session::MembershipProof;
use sp_staking::offence::{
	Offence, OffenceDetails, OffenceError, OffenceSeverity, OnOffenceHandler, ReportOffence,
};

/// Who punishes validators.
pub type Punisher = Slashing;

/// Who is told of faults.
#[cfg(not(test))]
pub type Faults = Punisher;
#[cfg(test)]
pub type Faults = crate::tests::offences::Recorded<Punisher>;

/// A validator, as offences name it.
type Offender = IdentificationTuple<Runtime>;

const LOG_TARGET: &str = "runtime::offences";

impl pallet_offences::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type IdentificationTuple = Offender;
	type OnOffenceHandler = Equivocations<Faults>;
}

parameter_types! {
	/// Before everything else: few, small, and late they are worthless.
	pub const HeartbeatPriority: TransactionPriority = TransactionPriority::MAX;
}

impl pallet_im_online::Config for Runtime {
	type AuthorityId = pallet_im_online::sr25519::AuthorityId;
	type MaxKeys = MaxAuthorities;
	// Nothing bounded by it is left in the pallet.
	type MaxPeerInHeartbeats = ConstU32<0>;
	type RuntimeEvent = RuntimeEvent;
	type ValidatorSet = Historical;
	type NextSessionRotation = Babe;
	type ReportUnresponsiveness = Absences<Faults>;
	type UnsignedPriority = HeartbeatPriority;
	type WeightInfo = pallet_im_online::weights::SubstrateWeight<Runtime>;
}

/// Disables validators that equivocated, as far as the session pallet's strategy allows, and tells
/// `Told` of them.
pub struct Equivocations<Told>(PhantomData<Told>);

impl<Told: ConsensusFaults<AccountId>> OnOffenceHandler<AccountId, Offender, Weight>
	for Equivocations<Told>
{
	fn on_offence(
		offences: &[OffenceDetails<AccountId, Offender>],
		fractions: &[Perbill],
		session: SessionIndex,
	) -> Weight {
		// Who offended longer ago has left the set, or was let in again.
		let is_recent = Session::current_index() <= session.saturating_add(1);
		for (OffenceDetails { offender: (validator, ()), .. }, fraction) in
			offences.iter().zip(fractions)
		{
			if is_recent {
				Session::report_offence(validator.clone(), OffenceSeverity(*fraction));
			}
			tell(validator, session, |era| Told::equivocated(validator, era, *fraction));
		}
		// The session, its table, what disabling looks up and changes for each, and its punishment.
		let count = offences.len() as u64;
		let punishment = crate::weights::pallet_slashing::WeightInfo::<Runtime>::judge(
			<Runtime as pallet_slashing::Config>::MaxPools::get(),
		);
		<Runtime as frame_system::Config>::DbWeight::get()
			.reads_writes(count.saturating_mul(3).saturating_add(1), count)
			.saturating_add(punishment.saturating_mul(count))
	}
}

/// Who is disabled as a session ends, until the next one starts, in the same block.
#[storage_alias]
type Disabled = StorageValue<Offences, Vec<(AccountId, OffenceSeverity)>, ValueQuery>;

/// Notes who is disabled: the session pallet forgets it when the set changes.
pub fn note_disabled() {
	let disabled = pallet_session::DisabledValidators::<Runtime>::get();
	if disabled.is_empty() {
		return;
	}
	let validators = Session::validators();
	let accounts = disabled.into_iter().filter_map(|(index, severity)| {
		let validator = validators.get(index as usize)?;
		Some((validator.clone(), severity))
	});
	Disabled::put(accounts.collect::<Vec<_>>());
}

/// Disables them anew, as far as the strategy allows and as long as they are kept from serving. A set is chosen
/// a session before it starts: it may be another, and have those in it that were found at fault since.
pub fn disable_anew() {
	for (validator, severity) in Disabled::take() {
		if Avs::is_excluded(CHAIN, &validator) {
			Session::report_offence(validator, severity);
		}
	}
}

/// Tells `Told` of validators that were not heard of for a session. They are not disabled: that would
/// keep nobody from anything.
pub struct Absences<Told>(PhantomData<Told>);

impl<Told: ConsensusFaults<AccountId>>
	ReportOffence<AccountId, Offender, UnresponsivenessOffence<Offender>> for Absences<Told>
{
	fn report_offence(
		_: Vec<AccountId>,
		offence: UnresponsivenessOffence<Offender>,
	) -> Result<(), OffenceError> {
		let fraction = offence.slash_fraction(offence.offenders.len() as u32);
		for (validator, ()) in &offence.offenders {
			tell(validator, offence.session_index, |era| {
				Told::was_absent(validator, era, fraction)
			});
		}
		Ok(())
	}

	/// Each session is looked at once.
	fn is_known_offence(_: &[Offender], _: &SessionIndex) -> bool {
		false
	}
}

/// Tells of a fault with the era of the table that chose the validator. That nobody could take it in
/// undoes neither the report nor the others of it: the offence is on chain, and the log says so.
fn tell(
	validator: &AccountId,
	session: SessionIndex,
	fault: impl FnOnce(EraIndex) -> DispatchResult,
) {
	let told = Avs::table_of_session(session)
		.ok_or(DispatchError::Unavailable)
		.and_then(|era| with_storage_layer(|| fault(era)));
	if let Err(error) = told {
		log::error!(
			target: LOG_TARGET,
			"the fault of {validator:?} in session {session} was not taken in: {error:?}",
		);
	}
}

/// Whose a key was in a session, this one or one that is kept.
///
/// It is `Historical`, which takes a validator's keys of this session to be those that it has set last:
/// whoever sets others, to come two sessions later, could not be convicted by those in use. Here keys
/// in use are proved, against the root that was noted when the session was planned.
pub struct KeyOwners;

impl<Key: AsRef<[u8]>> KeyOwnerProofSystem<(KeyTypeId, Key)> for KeyOwners {
	type Proof = MembershipProof;
	type IdentificationTuple = Offender;

	fn prove(key: (KeyTypeId, Key)) -> Option<MembershipProof> {
		in_passing(|| {
			for (validator, keys) in keys_in_use() {
				pallet_session::NextKeys::<Runtime>::insert(validator, keys);
			}
			Historical::prove(key)
		})
	}

	fn check_proof(key: (KeyTypeId, Key), proof: MembershipProof) -> Option<Offender> {
		in_passing(|| {
			// As of a session that is over.
			pallet_session::CurrentIndex::<Runtime>::put(proof.session.checked_add(1)?);
			Historical::check_proof(key, proof)
		})
	}
}

/// The keys that this session's validators take part by.
fn keys_in_use() -> impl Iterator<Item = (AccountId, SessionKeys)> {
	let babe = Babe::authorities().into_iter().map(|(key, _)| key);
	let grandpa = Grandpa::grandpa_authorities().into_iter().map(|(key, _)| key);
	let im_online = pallet_im_online::Keys::<Runtime>::get();
	Session::validators().into_iter().zip(babe).zip(grandpa).zip(im_online).map(
		|(((validator, babe), grandpa), im_online)| {
			(validator, SessionKeys { babe, grandpa, im_online })
		},
	)
}

/// What is asked in a state that is then forgotten.
fn in_passing<Answer>(ask: impl FnOnce() -> Option<Answer>) -> Option<Answer> {
	with_transaction(|| TransactionOutcome::Rollback(Ok::<_, DispatchError>(ask()))).ok().flatten()
}
