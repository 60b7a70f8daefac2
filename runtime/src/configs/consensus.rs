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
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	parameter_types,
	traits::{ConstU32, ConstU64},
};
use pallet_session::historical::{self, NoteHistoricalRoot};
use pallet_tempo::PerTempo;
use picasso_primitives::{
	avs::{StakeTables, CHAIN},
	EraIndex,
};
use scale_info::TypeInfo;
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
	type SessionManager = NoteHistoricalRoot<Self, TableValidators>;
	type SessionHandler = <SessionKeys as OpaqueKeys>::KeyTypeIdProviders;
	type Keys = SessionKeys;
	type DisablingStrategy = pallet_session::disabling::UpToLimitWithReEnablingDisablingStrategy;
	type WeightInfo = pallet_session::weights::SubstrateWeight<Runtime>;
	type Currency = Balances;
	type KeyDeposit = SessionKeyDeposit;
}

impl historical::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type FullIdentification = Exposure;
	type FullIdentificationOf = ExposureOf;
}

/// The stake behind a validator when it was chosen.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Exposure {
	/// The era of the chain's table.
	pub era: EraIndex,
	/// Units of security.
	pub weight: u128,
}

/// What the chain's last table says of a validator; nothing is behind one that it doesn't name.
pub struct ExposureOf;

impl Convert<AccountId, Option<Exposure>> for ExposureOf {
	fn convert(validator: AccountId) -> Option<Exposure> {
		let Some(era) = Avs::last_table(CHAIN) else { return Some(Exposure::default()) };
		let entry = Avs::entries(CHAIN, era).into_iter().find(|entry| entry.operator == validator);
		Some(Exposure { era, weight: entry.map_or(0, |entry| entry.weight) })
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

/// The validators are those of the chain's stake table that have session keys. Where too few have,
/// those there are stay.
pub struct TableValidators;

impl TableValidators {
	fn has_keys(account: &AccountId) -> bool {
		pallet_session::NextKeys::<Runtime>::contains_key(account)
	}

	/// Whether the same validators with the same keys are queued already, so that GRANDPA need not
	/// change its set.
	fn are_queued(validators: &[(AccountId, Exposure)]) -> bool {
		let queued = pallet_session::QueuedKeys::<Runtime>::get();
		let same =
			|((known, keys), (validator, _)): (&(AccountId, SessionKeys), &(AccountId, _))| {
				known == validator
					&& pallet_session::NextKeys::<Runtime>::get(validator).as_ref() == Some(keys)
			};
		queued.len() == validators.len() && queued.iter().zip(validators).all(same)
	}
}

impl historical::SessionManager<AccountId, Exposure> for TableValidators {
	fn new_session(_: SessionIndex) -> Option<Vec<(AccountId, Exposure)>> {
		let (era, mut validators) = Avs::plan_validators(Self::has_keys)?;
		// In an order that does not change with every stake.
		validators.sort_by(|one, other| one.0.cmp(&other.0));
		let validators: Vec<_> = validators
			.into_iter()
			.map(|(validator, weight)| (validator, Exposure { era, weight }))
			.collect();
		(!Self::are_queued(&validators)).then_some(validators)
	}

	/// Whoever has keys at genesis is a validator: a preset must name no others.
	fn new_session_genesis(_: SessionIndex) -> Option<Vec<(AccountId, Exposure)>> {
		let mut validators: Vec<_> = pallet_session::NextKeys::<Runtime>::iter_keys()
			.map(|validator| (validator, Exposure::default()))
			.collect();
		validators.sort_by(|one, other| one.0.cmp(&other.0));
		Some(validators)
	}

	fn start_session(_: SessionIndex) {}

	fn end_session(index: SessionIndex) {
		if let Some(first) = index.checked_sub(KEPT_SESSIONS) {
			historical::Pallet::<Runtime>::prune_up_to(first);
		}
	}
}

impl pallet_session::SessionManager<AccountId> for TableValidators {
	fn new_session(index: SessionIndex) -> Option<Vec<AccountId>> {
		<Self as historical::SessionManager<_, _>>::new_session(index).map(accounts)
	}

	fn new_session_genesis(index: SessionIndex) -> Option<Vec<AccountId>> {
		<Self as historical::SessionManager<_, _>>::new_session_genesis(index).map(accounts)
	}

	fn start_session(index: SessionIndex) {
		<Self as historical::SessionManager<_, _>>::start_session(index)
	}

	fn end_session(index: SessionIndex) {
		<Self as historical::SessionManager<_, _>>::end_session(index)
	}
}

fn accounts(validators: Vec<(AccountId, Exposure)>) -> Vec<AccountId> {
	validators.into_iter().map(|(validator, _)| validator).collect()
}
