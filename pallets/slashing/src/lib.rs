// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! # Slashing
//!
//! Faults: how they are proved, disputed and punished.
//!
//! ## Terminology
//!
//! - *Condition*: a kind of misbehaviour that an AVS's terms name, with what it costs.
//! - *Evidence*: what proves a fault; the runtime verifies it.
//! - *Fault*: what an operator did for an AVS in an era against a condition. There is one for each of these.
//! - *Duty*: what the chain itself counts: operators attest that they are there, round by round.
//! - *Charge*: what a fault costs one pool, in magnitudes: parts of a pool that no other AVS's slash
//!   changes.
//!
//! ## Goals
//!
//! - Nobody's word is taken where a proof can be had; where a word is all there is, it can be disputed.
//! - One fault is punished once, at what answered for it when it was done, wherever that has gone since,
//!   and nothing else is touched.
//! - Nothing is dropped, and nothing stands in the way of anything else.
//! - Nothing costs more for more restakers.
//!
//! ## Design
//!
//! ### The life of a fault
//!
//! Reported with its evidence, or found by the chain itself → pending, while it can be disputed → charged,
//! when it is due → collected, from pool after pool → settled; forgotten when nobody can be held to it any
//! more. Cancelled instead, where a dispute ends so.
//!
//! A fault is judged by the terms of its era. It is due in the era after the last of the dispute window,
//! before anything that secured the AVS in the era of the fault can have left. While it is not settled the
//! operator's pools that are behind the AVS take no new stake; exits stay open, and can be slashed until
//! they mature. Where keys or the chain itself prove it, the operator serves no more from the report on.
//!
//! ### What a fault costs
//!
//! Of each pool that counted for the AVS in the era of the fault, ⌈what counted · fraction⌉, in magnitudes. All
//! AVSs together take at most [`Config::EraCeiling`] of a pool in an era; the rest waits for the next, and
//! keeps waiting with it. A fault that costs more than was known when it was charged is charged the
//! difference.
//!
//! Fractions that grow are known when they are due: repetitions by what the operator was convicted of
//! before, faults of many together when nobody else can be reported.
//!
//! ### Carrying out
//!
//! [`Queue`] says which fault is looked at in which era; one after the other, in what blocks leave of their
//! weight ([`Hooks::on_idle`]). What fails is parked: it changes nothing, an event says why, and it comes
//! again, after one era, two, four; or when anyone asks for it.
//!
//! ### Duty
//!
//! Where an AVS's terms ask for it, its rounds are counted in windows: one after the other, each with the
//! operators of the table that is there when it begins. Whoever attests costs one write; when a window is
//! over, only those who attested too little are looked at one by one.
//!
//! ### Invariants
//!
//! 9. Every fault that is not final is in the queue, its pools are marked, its bond is held. What was taken
//!    for a fault is never more than it costs, and all of it once it is settled.
//!
//! ## Limitations
//!
//! - An operator may report itself by another account and get the reporter's share: terms should keep that
//!   small.
//! - What a ceiling defers can't be taken from exits that mature meanwhile.
//! - A fault that was cancelled can't be reported again.
//! - Who is detained for a verdict serves again when the jail that it asks for would be over, if no block had
//!   time for the verdict by then; what comes late begins when it comes. Blocks have time for thousands in an
//!   era. And of one operator, at most eight detentions are noted at a time.
//! - Kinds of faults count as repetitions, not conditions: one arbiter's accusation after another's does.
//!   Only faults under terms whose fractions grow with repetitions are remembered for it.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

use frame_support::pallet_macros::import_section;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod calls;
mod collecting;
mod config;
mod consensus;
mod disputes;
mod duties;
mod errors;
mod events;
#[cfg(test)]
mod mock;
mod queue;
mod reads;
mod reports;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
mod types;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;

#[import_section(config::config)]
#[import_section(events::events)]
#[import_section(errors::errors)]
#[import_section(calls::calls)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use crate::reports::Reported;
	use alloc::{boxed::Box, vec::Vec};
	use frame_support::{
		dispatch::PostDispatchInfo,
		pallet_prelude::*,
		traits::{fungible, Consideration, EnsureOrigin, Footprint},
		weights::WeightMeter,
	};
	use frame_system::pallet_prelude::*;
	use picasso_primitives::{
		avs::{AvsSignature, StakeTables, MAX_OPERATORS},
		conditions::{DutyWindow, Evidence, EvidenceError, Round},
		restaking::StakeLedger,
		slashing::{FaultId, Jails, Slashable, SlashableParts, SlashedPool, SlashingTerms},
		AvsId, Balance, BlockNumber, EraIndex,
	};
	use sp_core::H256;
	use sp_runtime::Perbill;

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// Faults. Written by reports, disputes, and as verdicts are carried out; forgotten when nobody can be
	/// held to them. Nobody chooses what many of them are called: operators are registered, for a deposit, and
	/// in an AVS's table.
	#[pallet::storage]
	pub type Faults<T: Config> = StorageMap<_, Twox64Concat, FaultId<T::AccountId>, FaultRecord<T>>;

	/// Which faults are looked at in which era, by names that nobody chooses, as of [`Faults`]. Written with them.
	#[pallet::storage]
	pub type Queue<T: Config> =
		StorageDoubleMap<_, Twox64Concat, EraIndex, Twox64Concat, FaultId<T::AccountId>, ()>;

	/// The era before which nothing is in [`Queue`]. Written as it is worked off.
	#[pallet::storage]
	pub type QueueStart<T: Config> = StorageValue<_, EraIndex, ValueQuery>;

	/// How many operators are at fault together, by AVS, era and number of the condition, where that
	/// decides what it costs. Written by reports and cancellations; goes with the first of these faults
	/// that is forgotten.
	#[pallet::storage]
	pub type Offenders<T: Config> = StorageNMap<
		_,
		(NMapKey<Twox64Concat, AvsId>, NMapKey<Twox64Concat, EraIndex>, NMapKey<Twox64Concat, u8>),
		u32,
		ValueQuery,
	>;

	/// What operators were convicted of, by AVS and operator, ascending by era. Written by verdicts of what costs
	/// more when repeated; what is too long ago to count goes with the last fault that is forgotten.
	#[pallet::storage]
	pub type Convictions<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		AvsId,
		Blake2_128Concat,
		T::AccountId,
		BoundedVec<Conviction, ConstU32<MAX_CONVICTIONS>>,
		ValueQuery,
	>;

	/// Windows of duty by AVS. Written by attestations, and as one follows the other.
	#[pallet::storage]
	pub type Duties<T: Config> = StorageMap<_, Twox64Concat, AvsId, DutyWindow>;

	/// Which AVS's window is over with which block. Written with [`Duties`].
	#[pallet::storage]
	pub type Closings<T: Config> =
		StorageDoubleMap<_, Twox64Concat, BlockNumber, Twox64Concat, AvsId, ()>;

	/// The block before which nothing is in [`Closings`]. Written as it is worked off.
	#[pallet::storage]
	pub type ClosingsStart<T: Config> = StorageValue<_, BlockNumber, ValueQuery>;

	/// Why PICA is held.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// A report's bond.
		#[codec(index = 0)]
		Report,
		/// A dispute's bond.
		#[codec(index = 1)]
		Dispute,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_idle(_: BlockNumberFor<T>, remaining: Weight) -> Weight {
			let mut meter = WeightMeter::with_limit(remaining);
			Self::work_off(&mut meter);
			Self::close_windows(&mut meter);
			meter.consumed()
		}

		fn integrity_test() {
			let limits = <T as frame_system::Config>::BlockWeights::get();
			let normal = limits
				.get(frame_support::dispatch::DispatchClass::Normal)
				.max_total
				.unwrap_or(limits.max_block);
			let left = limits.max_block.saturating_sub(normal);
			let judge = T::WeightInfo::judge(T::MaxPools::get());
			let steps =
				[Self::weight_of_step(), judge.saturating_add(T::WeightInfo::look_at_closings())];
			for step in steps {
				assert!(step.all_lte(left), "a step fits beside a full load: {step:?}");
			}
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
