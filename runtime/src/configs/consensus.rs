// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Consensus: BABE makes blocks, GRANDPA finalises them, sessions say who does, offences who did
//! wrong.

use crate::{
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
use sp_consensus_babe::{AllowedSlots, BabeEpochConfiguration};
use sp_runtime::traits::{Convert, ConvertInto, OpaqueKeys};
use sp_staking::SessionIndex;

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
		pallet_babe::EquivocationReportSystem<Self, Offences, Historical, ReportLongevity>;
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
		pallet_grandpa::EquivocationReportSystem<Self, Offences, Historical, ReportLongevity>;
}

impl pallet_authorship::Config for Runtime {
	type FindAuthor = pallet_session::FindAccountFromAuthorIndex<Self, Babe>;
	type EventHandler = ();
}

parameter_types! {
	pub const SessionKeyDeposit: Balance = deposit(3, 160);
}

impl pallet_session::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type ValidatorId = AccountId;
	type ValidatorIdOf = ConvertInto;
	type ShouldEndSession = Babe;
	type NextSessionRotation = Babe;
	type SessionManager = NoteHistoricalRoot<Self, GenesisValidators>;
	type SessionHandler = <SessionKeys as OpaqueKeys>::KeyTypeIdProviders;
	type Keys = SessionKeys;
	type DisablingStrategy = pallet_session::disabling::UpToLimitWithReEnablingDisablingStrategy;
	type WeightInfo = pallet_session::weights::SubstrateWeight<Runtime>;
	type Currency = Balances;
	type KeyDeposit = SessionKeyDeposit;
}

impl historical::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type FullIdentification = ();
	type FullIdentificationOf = Unidentified;
}

/// An account is all there is to know of a validator until stake tables choose them.
pub struct Unidentified;

impl Convert<AccountId, Option<()>> for Unidentified {
	fn convert(_: AccountId) -> Option<()> {
		Some(())
	}
}

/// Reports are verified and kept; what follows from them is the slashing pallet's to say.
impl pallet_offences::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type IdentificationTuple = historical::IdentificationTuple<Self>;
	type OnOffenceHandler = ();
}

/// Sessions for which the keys of validators can be proved: the unbonding period in production.
const KEPT_SESSIONS: u32 = unbonding::PRODUCTION * era::PRODUCTION / session::PRODUCTION as u32;

/// The validators of genesis, for ever; their keys are their own to change.
pub struct GenesisValidators;

impl GenesisValidators {
	fn is_changed(validator: &AccountId, keys: &SessionKeys) -> bool {
		pallet_session::NextKeys::<Runtime>::get(validator).as_ref() != Some(keys)
	}
}

impl pallet_session::SessionManager<AccountId> for GenesisValidators {
	/// None where nothing changed, so that GRANDPA need not change its set.
	fn new_session(_: SessionIndex) -> Option<Vec<AccountId>> {
		let queued = pallet_session::QueuedKeys::<Runtime>::get();
		queued
			.iter()
			.any(|(validator, keys)| Self::is_changed(validator, keys))
			.then(|| queued.into_iter().map(|(validator, _)| validator).collect())
	}

	/// Whoever has keys at genesis is a validator: a preset must name no others.
	fn new_session_genesis(_: SessionIndex) -> Option<Vec<AccountId>> {
		Some(pallet_session::NextKeys::<Runtime>::iter_keys().collect())
	}

	fn start_session(_: SessionIndex) {}

	fn end_session(index: SessionIndex) {
		if let Some(first) = index.checked_sub(KEPT_SESSIONS) {
			historical::Pallet::<Runtime>::prune_up_to(first);
		}
	}
}

impl historical::SessionManager<AccountId, ()> for GenesisValidators {
	fn new_session(index: SessionIndex) -> Option<Vec<(AccountId, ())>> {
		<Self as pallet_session::SessionManager<_>>::new_session(index).map(identified)
	}

	fn new_session_genesis(index: SessionIndex) -> Option<Vec<(AccountId, ())>> {
		<Self as pallet_session::SessionManager<_>>::new_session_genesis(index).map(identified)
	}

	fn start_session(index: SessionIndex) {
		<Self as pallet_session::SessionManager<_>>::start_session(index)
	}

	fn end_session(index: SessionIndex) {
		<Self as pallet_session::SessionManager<_>>::end_session(index)
	}
}

fn identified(validators: Vec<AccountId>) -> Vec<(AccountId, ())> {
	validators.into_iter().map(|validator| (validator, ())).collect()
}
