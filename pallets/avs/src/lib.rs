// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! # AVSs
//!
//! Services that rent security: they come by vote of PICA holders, under terms that they write
//! themselves; operators put parts of their pools behind them; each era they have a stake table.
//!
//! ## Terminology
//!
//! - *AVS*: an actively validated service. Number 0 is the chain: its table is the validators'.
//! - *Terms*: what an AVS asks for and pays.
//! - *Member*: an operator that stands for an AVS.
//! - *Allocation*: the part of a pool that its operator put behind an AVS.
//! - *Magnitude*: such a part, of what the pool would be had nobody slashed it ([`WHOLE`]).
//! - *Stake table*: an AVS's operators and their weights for one era.
//! - *Tenure*: from the first era to the last that an operator answered to an AVS.
//!
//! ## Goals
//!
//! - Stake is unique: no two AVSs can take the same coin, and what one takes leaves untouched what the
//!   others can.
//! - A table is what others rely on: right to the planck, never changed, provable after it is forgotten.
//! - No AVS and no operator can hold up the others, or keep a restaker from leaving.
//! - Nothing costs more for more restakers.
//!
//! ## Design
//!
//! ### Magnitudes
//!
//! Of a pool of stake `S`, `m` is what is left of [`WHOLE`], and `b` what is put behind an AVS: the AVS
//! can take up to `S · b / m`. A slash of another AVS takes `x` from its own `b'` and from `m`, and the
//! ratio `x / m` from the pool: `(S · (m - x) / m) · b / (m - x) = S · b / m`. The parts of a pool, those
//! taken back and still held included, are never more than `m`. Slashes round up, allocations down. A
//! pool that is lost whole, or to next to nothing, begins a new generation, of which nothing is put behind
//! anyone: see [`PoolMagnitude`].
//!
//! More counts from the next era on. Less is out of the next table, and can be slashed until an exit made
//! at that moment would mature: whoever relied on it can still be made whole.
//!
//! ### Tables
//!
//! When the era turns, all AVSs get their tables one after the other, each in one step, in what blocks
//! leave of their weight ([`Hooks::on_idle`]). What is staked and put behind AVSs keeps changing
//! meanwhile: pools, magnitudes and allocations note what they were at the turn before they first change
//! in an era ([`AtTurn`], and the ledger's own note), and a table is built of that. Should an era be over
//! before all are built, the others keep their old tables and come first in the next.
//!
//! A table is built in one step, so what it is built of is bounded: by the members that there may be, and
//! the pools that each may put behind the AVS. Each has room of its own; no bound on all together lets
//! some keep the others out.
//!
//! A table is built like this:
//! 1. Of each member that the terms admit, each pool brings `⌊S · b / m⌋` planck of its asset.
//! 2. These weigh `⌊planck · weight⌋` units each. Members below the minimum stake or self-stake drop out,
//!    then all but the heaviest, up to the maximum number; among equals the lower account comes first.
//! 3. Where an asset has more than its cap, each pool's planck count as `⌊planck · cap / all⌋`.
//! 4. No operator gets more than its largest share: see
//!    [`cap_share`](picasso_primitives::math::cap_share).
//! 5. What the AVS pays for the era is set aside ([`Config::Paymaster`]); where it can't be, nobody should
//!    rely on the table, and nobody is paid by it.
//!
//! The table of PICA's pools comes before them, page by page: what each had staked at the turn, in all,
//! whatever of it is put behind AVSs. If the era is over before it is whole it is begun anew.
//!
//! The last table and the one before are kept whole, the summaries of older ones, with the roots of their
//! Merkle trees, as long as anybody can be held to them. An era that is not paid out keeps its tables: until
//! then the turn of the next but one waits, and the tables that are there serve on.
//!
//! ### Coming and going
//!
//! An application is a referendum on the AVS track; only its enactment onboards. An AVS leaves after its
//! notice, or is sent away by vote; when its last era is over anyone can release its operators one by
//! one.
//!
//! Terms that take nothing from stake are in force in the next era; others when whoever is against them
//! has had time to leave. Those of an era in which somebody may have been at fault are kept, and so is
//! what counted of each pool then: a fault is judged by the terms of its era, and costs what answered for
//! it then.
//!
//! An operator in jail is in no table that is built; those who rely on a table that is there ask
//! [`StakeTables::is_excluded`](picasso_primitives::avs::StakeTables::is_excluded).
//!
//! ### Invariants
//!
//! 5. The parts of a pool, what was taken back and is still held included, are together what is noted
//!    as encumbered, which is never more than what is left of the pool, which never grows within a
//!    generation and is never more than [`WHOLE`].
//! 6. What one AVS takes leaves what another can take unchanged but for one unit.
//! 7. A table that is kept whole has the root of its summary, and the weights add up. So do the stakes
//!    of PICA's pools.
//! 8. Counts of members, allocations, AVSs served and uses of keys are true, nothing is kept of pools
//!    and operators that are gone but what operators answered for, and deposits of applications are
//!    held.
//!
//! ## Limitations
//!
//! - Whether an operator keeps to the terms in its commission, its self-stake, and whether it is chilled,
//!   is asked when the table is built, in or soon after the first block of the era.
//! - An AVS has at most [`Config::MaxMembers`] members. Where they are many and some bring less than
//!   the terms ask, anyone can have those removed.
//! - What was put behind AVSs of a pool that was lost is behind them no more; of exits in progress from the
//!   lost generation nobody but a slash before the loss takes anything.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub use chain::Validator;
use frame_support::pallet_macros::import_section;
pub use genesis::ChainTerms;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

mod allocations;
mod applications;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod building;
mod calls;
mod chain;
mod config;
mod errors;
mod events;
mod genesis;
mod governing;
mod jails;
mod members;
#[cfg(test)]
mod mock;
mod pica;
mod reads;
mod tables;
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
	use alloc::{boxed::Box, vec::Vec};
	use frame_support::{
		pallet_prelude::*,
		traits::{fungible, Consideration, Contains, EnsureOrigin, Footprint},
		weights::WeightMeter,
	};
	use frame_system::pallet_prelude::*;
	use picasso_primitives::{
		avs::{
			ApplicationId, AvsKey, AvsSignature, Dormancy, Magnitude, PicaTable, Referenda,
			TableSummary, Terms, TermsError, CHAIN, TABLE_PAGE,
		},
		emissions::Paymaster,
		restaking::StakeLedger,
		slashing::OnTable,
		AssetId, AvsId, Balance, EraIndex, PoolId, SessionIndex,
	};
	use sp_core::H256;
	use sp_runtime::Perbill;

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// Applications by number. Written by proposers, and when they are decided.
	#[pallet::storage]
	pub type Applications<T: Config> =
		CountedStorageMap<_, Twox64Concat, ApplicationId, Application<T>>;

	/// The number of the next application. Written by proposers.
	#[pallet::storage]
	pub type NextApplicationId<T: Config> = StorageValue<_, ApplicationId, ValueQuery>;

	/// AVSs by number. Written when one comes, changes or goes; its counts move with [`Members`] and
	/// [`Allocations`], its history with [`Tables`] and [`TablePages`].
	#[pallet::storage]
	pub type Avss<T: Config> = StorageMap<_, Twox64Concat, AvsId, AvsRecord<T>>;

	/// The number of the next AVS. Written when one comes.
	#[pallet::storage]
	pub type NextAvsId<T: Config> = StorageValue<_, AvsId, ValueQuery>;

	/// Terms by AVS and the first era in which they are in force, for as long as anybody can be held to
	/// them. Written when it comes, and by its owner.
	#[pallet::storage]
	pub type TermsOf<T: Config> =
		StorageDoubleMap<_, Twox64Concat, AvsId, Twox64Concat, EraIndex, Terms<T::AccountId>>;

	/// Operators that stand for an AVS. Written by operators and the AVS; those who left go when the
	/// next table is built.
	#[pallet::storage]
	pub type Members<T: Config> =
		StorageDoubleMap<_, Twox64Concat, AvsId, Blake2_128Concat, T::AccountId, AvsMember>;

	/// Operators that an AVS invited, or approved before they joined. Written by the AVS, and by those
	/// who join.
	#[pallet::storage]
	pub type Invitations<T: Config> =
		StorageDoubleMap<_, Twox64Concat, AvsId, Blake2_128Concat, T::AccountId, ()>;

	/// When operators answered to AVSs. Written with [`Members`]; goes when nobody can be held to it.
	#[pallet::storage]
	pub type TenuresOf<T: Config> =
		StorageDoubleMap<_, Twox64Concat, AvsId, Blake2_128Concat, T::AccountId, Tenures<T>>;

	/// Who serves an AVS no more, whatever its table says, by AVS and operator. Written by reports and
	/// verdicts; goes when a table is built that nothing keeps the operator from, when the last of what
	/// kept it is cancelled, and with the AVS.
	#[pallet::storage]
	pub type Exclusions<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		AvsId,
		Blake2_128Concat,
		T::AccountId,
		Exclusion,
		ValueQuery,
	>;

	/// What binds operators. Written with [`Members`]; goes with the operator.
	#[pallet::storage]
	pub type Bonds<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Bond, ValueQuery>;

	/// Who has a key. Written by operators.
	#[pallet::storage]
	pub type KeyOwners<T: Config> = StorageMap<_, Blake2_128Concat, AvsKey, KeyOwner<T>>;

	/// What is left of pools, and how much of it is put behind AVSs. Written with [`Allocations`], and by
	/// slashes; goes with the pool.
	#[pallet::storage]
	pub type PoolMagnitudes<T: Config> = StorageMap<_, Twox64Concat, PoolId, PoolMagnitude>;

	/// Parts of pools that are put behind AVSs, by pool and AVS. Written by operators, and by slashes.
	#[pallet::storage]
	pub type Allocations<T: Config> =
		StorageDoubleMap<_, Twox64Concat, PoolId, Twox64Concat, AvsId, Allocation<T>>;

	/// The pools of an operator of which something is in [`Allocations`] to an AVS. Written with them.
	#[pallet::storage]
	pub type AllocatedPools<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		T::AccountId,
		Twox64Concat,
		AvsId,
		BoundedVec<PoolId, T::MaxPoolsPerMember>,
		ValueQuery,
	>;

	/// Tables by AVS and era, for as long as anybody can be held to them. Written once, when a table is
	/// built.
	#[pallet::storage]
	pub type Tables<T: Config> =
		StorageDoubleMap<_, Twox64Concat, AvsId, Twox64Concat, EraIndex, TableSummary>;

	/// Entries of the last table and the one before, by AVS, era and page, heaviest first. Written once,
	/// when a table is built.
	#[pallet::storage]
	pub type TablePages<T: Config> = StorageNMap<
		_,
		(NMapKey<Twox64Concat, AvsId>, NMapKey<Twox64Concat, EraIndex>, NMapKey<Twox64Concat, u32>),
		BoundedVec<StoredEntry<T>, ConstU32<TABLE_PAGE>>,
		ValueQuery,
	>;

	/// Which tables of PICA's pools there are. Written by each step of building or forgetting one.
	#[pallet::storage]
	pub type PicaTables<T: Config> = StorageValue<_, PicaHistory, ValueQuery>;

	/// Pools of PICA and what each had staked at the turn, in planck, by era and page. Written once, when
	/// the page is built.
	#[pallet::storage]
	pub type PicaPages<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		EraIndex,
		Twox64Concat,
		u32,
		BoundedVec<(PoolId, Balance), T::PicaPage>,
		ValueQuery,
	>;

	/// The eras of the chain's tables that chose validators, by session. Written as sessions are planned;
	/// goes when nobody can be held to it.
	#[pallet::storage]
	pub type SessionTables<T: Config> = StorageMap<_, Twox64Concat, SessionIndex, EraIndex>;

	/// How far the tables of the era are built. Written by each step of it.
	#[pallet::storage]
	pub type Turn<T: Config> = StorageValue<_, EraTurn, ValueQuery>;

	/// The chain as AVS 0, as it starts.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The terms of AVS 0; no AVS where there are none.
		pub terms: Option<genesis::ChainTerms>,
		/// Its operators, and the pools that they put behind it whole.
		pub operators: Vec<(T::AccountId, Vec<PoolId>)>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			self.build_chain();
		}
	}

	/// Why the registry holds PICA.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// An application's deposit.
		#[codec(index = 0)]
		Application,
		/// An operator's deposit for what is stored of it.
		#[codec(index = 1)]
		Member,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_idle(_: BlockNumberFor<T>, remaining: Weight) -> Weight {
			let mut meter = WeightMeter::with_limit(remaining);
			Self::go_on_with_turn(&mut meter);
			meter.consumed()
		}

		fn integrity_test() {
			assert!(T::MaxMembers::get() > 0, "an AVS needs operators");
			assert!(T::MaxPoolsPerMember::get() > 0, "operators need to bring something");
			assert!(T::PicaPage::get() > 0, "a page needs room");
			let members = T::MaxMembers::get();
			let allocations = members.saturating_mul(T::MaxPoolsPerMember::get());
			let largest = Self::weight_of_table(members, allocations)
				.saturating_add(T::Paymaster::weight_of_setting_aside())
				.saturating_add(Self::weight_of_going_on());
			let limits = <T as frame_system::Config>::BlockWeights::get();
			let normal = limits
				.get(frame_support::dispatch::DispatchClass::Normal)
				.max_total
				.unwrap_or(limits.max_block);
			assert!(
				largest.all_lte(limits.max_block.saturating_sub(normal)),
				"the largest table can be built beside a full load of transactions: {largest:?}",
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
