// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Consensus: BABE makes blocks, GRANDPA finalises them, sessions say who does.

use crate::{
	configs::offences::{disable_anew, note_disabled, KeyOwners},
	constants::{
		currency::deposit,
		time::{era, session, unbonding, MILLISECS_PER_BLOCK, PRIMARY_PROBABILITY},
	},
	*,
};
use frame_support::{
	parameter_types,
	traits::{ConstU32, ConstU64},
};
use pallet_session::historical::{self, NoteHistoricalRoot};
use pallet_tempo::PerTempo;
use picasso_primitives::SessionIndex;
use sp_consensus_babe::{AllowedSlots, BabeEpochConfiguration};
use sp_runtime::traits::{Convert, ConvertInto, OpaqueKeys};

/// The most validators there can be: those of a stake table.
pub type MaxAuthorities = ConstU32<256>;

/// How BABE chooses authors, from genesis on.
pub const BABE_GENESIS_EPOCH_CONFIG: BabeEpochConfiguration = BabeEpochConfiguration {
	c: PRIMARY_PROBABILITY,
	allowed_slots: AllowedSlots::PrimaryAndSecondaryVRFSlots,
};

/// Slots of an epoch, which is a session.
pub type EpochDuration =
	PerTempo<Runtime, ConstU64<{ session::PRODUCTION }>, ConstU64<{ session::DEVELOPMENT }>>;

/// Blocks for which an offence can be reported: the unbonding period.
pub type ReportLongevity = PerTempo<
	Runtime,
	ConstU64<{ unbonding::PRODUCTION as u64 * era::PRODUCTION as u64 }>,
	ConstU64<{ unbonding::DEVELOPMENT as u64 * era::DEVELOPMENT as u64 }>,
>;

impl pallet_babe::Config for Runtime {
	type EpochDuration = EpochDuration;
	type ExpectedBlockTime = ConstU64<MILLISECS_PER_BLOCK>;
	type EpochChangeTrigger = pallet_babe::ExternalTrigger;
	type DisabledValidators = Session;
	// The formula of the SDK, over the number of validators.
	type WeightInfo = ();
	type MaxAuthorities = MaxAuthorities;
	type MaxNominators = ConstU32<0>;
	type KeyOwnerProof = sp_session::MembershipProof;
	type EquivocationReportSystem =
		pallet_babe::EquivocationReportSystem<Self, Offences, KeyOwners, ReportLongevity>;
}

parameter_types! {
	/// Sets of authorities that GRANDPA remembers the session of.
	pub MaxSetIdSessionEntries: u64 = KEPT_SESSIONS.into();
}

impl pallet_grandpa::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	// The formula of the SDK, over the number of validators.
	type WeightInfo = ();
	type MaxAuthorities = MaxAuthorities;
	type MaxNominators = ConstU32<0>;
	type MaxSetIdSessionEntries = MaxSetIdSessionEntries;
	type KeyOwnerProof = sp_session::MembershipProof;
	type EquivocationReportSystem =
		pallet_grandpa::EquivocationReportSystem<Self, Offences, KeyOwners, ReportLongevity>;
}

impl pallet_authorship::Config for Runtime {
	type FindAuthor = pallet_session::FindAccountFromAuthorIndex<Self, Babe>;
	type EventHandler = (ImOnline, crate::configs::emissions::AuthorPoints);
}

parameter_types! {
	pub const SessionKeyDeposit: Balance = deposit(4, 224);
}

impl pallet_session::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type ValidatorId = AccountId;
	type ValidatorIdOf = ConvertInto;
	type ShouldEndSession = Babe;
	type NextSessionRotation = Babe;
	type SessionManager = NoteHistoricalRoot<Self, TableValidators>;
	type SessionHandler = <SessionKeys as OpaqueKeys>::KeyTypeIdProviders;
	type Keys = SessionKeys;
	type DisablingStrategy = pallet_session::disabling::UpToLimitWithReEnablingDisablingStrategy;
	type WeightInfo = pallet_session::weights::SubstrateWeight<Runtime>;
	type Currency = Balances;
	type KeyDeposit = SessionKeyDeposit;
}

/// Validators are told by their accounts alone, so that a proof of whose a key is holds whatever becomes of
/// their stake. Which table chose them is the registry's to say.
impl historical::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type FullIdentification = ();
	type FullIdentificationOf = UnitIdentification;
}

/// Nothing more of a validator than its account.
pub struct UnitIdentification;

impl Convert<AccountId, Option<()>> for UnitIdentification {
	fn convert(_: AccountId) -> Option<()> {
		Some(())
	}
}

/// Sessions for which the keys of validators can be proved: twice the unbonding period in production. It
/// is told in blocks, of which a session has fewer than slots where some are missed.
pub const KEPT_SESSIONS: SessionIndex =
	2 * unbonding::PRODUCTION * era::PRODUCTION / session::PRODUCTION as u32;

/// The validators are those of the chain's stake table that have session keys. Where too few have,
/// those there are stay.
pub struct TableValidators;

impl TableValidators {
	fn has_keys(account: &AccountId) -> bool {
		pallet_session::NextKeys::<Runtime>::contains_key(account)
	}

	/// Whether the same validators with the same keys are queued already, so that GRANDPA need not
	/// change its set.
	fn are_queued(validators: &[AccountId]) -> bool {
		let queued = pallet_session::QueuedKeys::<Runtime>::get();
		let same = |((known, keys), validator): (&(AccountId, SessionKeys), &AccountId)| {
			known == validator
				&& pallet_session::NextKeys::<Runtime>::get(validator).as_ref() == Some(keys)
		};
		queued.len() == validators.len() && queued.iter().zip(validators).all(same)
	}

	/// The validators of a session, in an order that does not change with every stake.
	fn plan(session: SessionIndex) -> Vec<AccountId> {
		let chosen = Avs::plan_validators(Self::has_keys);
		Avs::note_session(session, chosen.as_ref().map(|(era, _)| *era));
		let mut validators = match chosen {
			Some((_, validators)) => validators.into_iter().map(|(account, _)| account).collect(),
			None => Session::validators(),
		};
		validators.retain(Self::has_keys);
		validators.sort();
		validators
	}
}

impl pallet_session::SessionManager<AccountId> for TableValidators {
	fn new_session(session: SessionIndex) -> Option<Vec<AccountId>> {
		let validators = Self::plan(session);
		(!validators.is_empty() && !Self::are_queued(&validators)).then_some(validators)
	}

	/// Whoever has keys at genesis is a validator: a preset must name no others.
	fn new_session_genesis(session: SessionIndex) -> Option<Vec<AccountId>> {
		Avs::note_session(session, None);
		let mut validators: Vec<_> = pallet_session::NextKeys::<Runtime>::iter_keys().collect();
		validators.sort();
		Some(validators)
	}

	fn start_session(_: SessionIndex) {
		disable_anew();
	}

	fn end_session(session: SessionIndex) {
		note_disabled();
		if let Some(last) = session.checked_sub(KEPT_SESSIONS + 1) {
			historical::Pallet::<Runtime>::prune_up_to(last + 1);
			Avs::forget_session(last);
		}
	}
}

impl historical::SessionManager<AccountId, ()> for TableValidators {
	fn new_session(session: SessionIndex) -> Option<Vec<(AccountId, ())>> {
		<Self as pallet_session::SessionManager<_>>::new_session(session).map(identified)
	}

	fn new_session_genesis(session: SessionIndex) -> Option<Vec<(AccountId, ())>> {
		<Self as pallet_session::SessionManager<_>>::new_session_genesis(session).map(identified)
	}

	fn start_session(session: SessionIndex) {
		<Self as pallet_session::SessionManager<_>>::start_session(session)
	}

	fn end_session(session: SessionIndex) {
		<Self as pallet_session::SessionManager<_>>::end_session(session)
	}
}

fn identified(validators: Vec<AccountId>) -> Vec<(AccountId, ())> {
	validators.into_iter().map(|validator| (validator, ())).collect()
}
