// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What the registry tells.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod events {
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// Something asks to become an AVS.
		Proposed {
			/// Its number as an application.
			application: ApplicationId,
			/// Who asks.
			proposer: T::AccountId,
			/// The referendum that decides.
			referendum: u32,
		},
		/// An application is over without an AVS.
		ApplicationEnded {
			/// The application.
			application: ApplicationId,
			/// Planck of PICA given back to the proposer.
			returned: Balance,
			/// Planck of PICA paid to the treasury.
			lost: Balance,
		},
		/// An application is over, and its deposit cannot be moved.
		ApplicationStuck {
			/// The application.
			application: ApplicationId,
			/// Why.
			error: DispatchError,
		},
		/// An AVS came.
		Onboarded {
			/// Its number.
			avs: AvsId,
			/// Who speaks for it.
			owner: Option<T::AccountId>,
		},
		/// An AVS will ask for and pay something else.
		TermsChanged {
			/// The AVS.
			avs: AvsId,
			/// What it asks for and pays now.
			old: Box<Terms<T::AccountId>>,
			/// What it will.
			new: Box<Terms<T::AccountId>>,
			/// The first era in which it will.
			from: EraIndex,
		},
		/// An AVS says something else of itself.
		MetadataChanged {
			/// The AVS.
			avs: AvsId,
		},
		/// An AVS was offered to somebody, or to nobody any more.
		OwnershipOffered {
			/// The AVS.
			avs: AvsId,
			/// To whom.
			next_owner: Option<T::AccountId>,
		},
		/// Somebody else speaks for an AVS.
		OwnerChanged {
			/// The AVS.
			avs: AvsId,
			/// Who spoke for it.
			old: Option<T::AccountId>,
			/// Who does.
			new: T::AccountId,
		},
		/// An AVS is leaving.
		OffboardingStarted {
			/// The AVS.
			avs: AvsId,
			/// The first era in which it has no table any more.
			until: EraIndex,
		},
		/// An AVS is gone, and nobody can be held to it any more.
		Offboarded {
			/// The AVS.
			avs: AvsId,
		},
		/// An operator stands for an AVS.
		OperatorJoined {
			/// The AVS.
			avs: AvsId,
			/// The operator.
			operator: T::AccountId,
			/// The key by which it signs.
			key: Option<AvsKey>,
			/// The first era it serves in; none until it is approved.
			since: Option<EraIndex>,
		},
		/// An AVS approved an operator, or invited it to join.
		OperatorAdmitted {
			/// The AVS.
			avs: AvsId,
			/// The operator.
			operator: T::AccountId,
		},
		/// An operator no longer stands for an AVS.
		OperatorLeft {
			/// The AVS.
			avs: AvsId,
			/// The operator.
			operator: T::AccountId,
			/// The last era it serves in.
			until: EraIndex,
			/// Whether it went by its own will.
			willing: bool,
		},
		/// An AVS takes an invitation back.
		InvitationWithdrawn {
			/// The AVS.
			avs: AvsId,
			/// The operator.
			operator: T::AccountId,
		},
		/// An operator can no longer be held to what it did for an AVS.
		OperatorReleased {
			/// The AVS.
			avs: AvsId,
			/// The operator.
			operator: T::AccountId,
		},
		/// An operator signs for an AVS by another key, from the next era on.
		KeyChanged {
			/// The AVS.
			avs: AvsId,
			/// The operator.
			operator: T::AccountId,
			/// The key it signed by.
			old: Option<AvsKey>,
			/// The key it will sign by.
			new: AvsKey,
		},
		/// A key is nobody's any more.
		KeyForgotten {
			/// The operator that had it.
			operator: T::AccountId,
			/// The key.
			key: AvsKey,
		},
		/// An operator put more or less of a pool behind an AVS. More counts from the next era on; less is
		/// out of its next table, and can be slashed until the era named.
		AllocationChanged {
			/// The AVS.
			avs: AvsId,
			/// The pool.
			pool: PoolId,
			/// What was put behind the AVS, of the magnitude that is left of the pool.
			old: Magnitude,
			/// What is.
			new: Magnitude,
			/// The magnitude that is left of the pool, of 10^27.
			left: Magnitude,
			/// The first era in which what was taken back cannot be slashed any more.
			held_until: Option<EraIndex>,
		},
		/// What was put behind an AVS of a pool is free, and forgotten.
		AllocationFreed {
			/// The AVS.
			avs: AvsId,
			/// The pool.
			pool: PoolId,
		},
		/// An operator was kept from serving an AVS, and may serve it again.
		OperatorReadmitted {
			/// The AVS.
			avs: AvsId,
			/// The operator.
			operator: T::AccountId,
		},
		/// An AVS has a table of an era.
		TableBuilt {
			/// The AVS.
			avs: AvsId,
			/// The era.
			era: EraIndex,
			/// Its operators and their weight.
			table: TableSummary,
		},
		/// Nobody should rely on an AVS: it is not as secure as its terms ask.
		AvsDormant {
			/// The AVS.
			avs: AvsId,
			/// Why.
			reason: Dormancy,
		},
		/// An AVS is as secure as its terms ask again.
		AvsAwake {
			/// The AVS.
			avs: AvsId,
		},
		/// The stakes of PICA's pools at the turn of an era are known.
		PicaTableBuilt {
			/// The era, how many pools there are, and the planck staked in them.
			table: PicaTable,
		},
		/// All AVSs have their tables of an era.
		EraTurned {
			/// The era.
			era: EraIndex,
			/// Blocks that it took.
			blocks: u32,
		},
		/// The era turned before all AVSs had their tables: the old ones serve, and those who waited
		/// come first.
		EraOverran {
			/// The era that is over.
			era: EraIndex,
			/// How many numbers of AVSs were not looked at.
			remaining: u32,
		},
		/// The validators stay, as the chain's table would leave too few.
		ValidatorsKept {
			/// The era of the table.
			era: EraIndex,
			/// How many there would be.
			found: u32,
			/// How many there must be.
			needed: u32,
		},
	}
}
