// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! # CVM
//!
//! Programs: what an account of another chain does here with one message.
//!
//! ## Terminology
//!
//! - *Owner*: an account of a network, as the transport proved it: [`Owner`].
//! - *Executor*: an account of this chain that acts for an owner. An owner has as many as it has salts
//!   for.
//! - *Keeper*: a local account that an owner lets act for one executor.
//! - *Program*: a tag, a list of steps, and what becomes of the assets if a step fails: [`Program`]. Its
//!   format is that of [`picasso_primitives::cvm`].
//! - *Exit home*: an exit from a pool that is paid to an account of another chain by itself.
//!
//! ## Goals
//!
//! - All of a program happens, or nothing of it.
//! - Wherever something fails, the funds stay where their owner, and nobody else, can reach them.
//! - Who acts is proved, never said.
//! - An exit comes home without anyone's doing, and one that can't holds up no other.
//!
//! ## Design
//!
//! ### Executors
//!
//! The account of an executor is a digest of its owner and its salt: [`Owner::executor`] says of which
//! bytes. It needs no record to receive anything; [`Executors`] has one from its first program on.
//!
//! Its keepers act for that executor alone: a keeper's program can spawn a program in another executor of
//! the same owner only if it keeps that one, too.
//!
//! ### A program
//!
//! Bounds are checked first, and a program beyond them is an error of the call. Then its steps are taken,
//! in one storage layer. If one fails, the layer is undone, an event says which step it was and why, and
//! the call succeeds all the same, as the event and the refund must stay. The refund sends all that the
//! executor has of the assets named, in a layer of its own; if that fails, too, the funds stay with the
//! executor.
//!
//! A program that another spawns lies in the same layer: where it fails, all fails, and the funds are with
//! the outermost executor again. So it can't have a refund of its own: it would never be taken.
//!
//! What an amount is a part of is what the executor can spend of an asset at that step, or its shares of
//! a pool. An amount of none is an error: a step that does nothing would hide that something is wrong.
//!
//! ### Exits home
//!
//! An `Unstake` with a way home records it in [`Exits`], under the ticket that its shares joined, and
//! queues it in [`Queue`] under the era of maturity. Once the ledger's era is there, a walk in what blocks
//! leave of their weight ([`Hooks::on_idle`]) withdraws the ticket to the executor and sends what it paid,
//! and [`Call::complete_exit`] does the same for anyone who doesn't want to wait for it:
//!
//! - Both succeed: the record goes.
//! - What is paid can't be sent: it stays with the executor, and the record says how much it is. Anyone
//!   can try again, and its owner can send it another way.
//! - It can't be withdrawn: the ticket stays, and anyone can try again.
//! - The ticket is worth nothing: the record goes.
//!
//! Whatever happens, the walk goes on with the next one.
//!
//! ### Whose money it is
//!
//! What a stalled exit paid lies among all else that the executor has of the asset. [`Stalled`] says how
//! much of the executor's balance is stalled exits': it grows by what each paid, and whenever a program or
//! a refund spends some of the asset and leaves less than that, it falls to what is left. An exit is sent
//! later only as long as it covers the exit. So whoever completes an exit can't take funds that came after
//! the exit's own were spent: the exit is spent then, for good, and its owner forgets it.
//!
//! ### Invariants
//!
//! 1. What is queued is recorded as queued in that era, and the other way round; nothing is queued in an
//!    era that the walk has left behind.
//! 2. An executor's account is that of its owner and salt; it has no keeper twice; and its count of exits
//!    is that of its recorded ones, and within bounds.
//! 3. Per executor and asset, what is due to stalled exits is the sum of what they paid, and what is left
//!    of it is no more. None of it is zero.
//!
//! ## Limitations
//!
//! - All exits from one pool that mature in one era are one ticket. What joined it before its way home was
//!   named goes home with it, and so does what somebody gives to it unasked.
//! - If a ticket were paid to the executor by the ledger itself (`withdraw_for`), it wouldn't be known here
//!   what it paid. The ledger asks [`ExitRoutes`](picasso_primitives::restaking::ExitRoutes), and refuses that call for tickets that go home.
//! - Stalled exits of one executor in one asset are paid out of one purse, as they are completed: what a
//!   program spent of it is missing for the last one.
//! - Records of executors stay.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

use frame_support::pallet_macros::import_section;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod bounds;
mod calls;
mod config;
mod errors;
mod events;
mod executors;
mod exits;
mod explain;
#[cfg(test)]
mod mock;
mod stalled;
mod steps;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
mod types;
mod weighing;
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
	use frame_support::{
		pallet_prelude::*,
		traits::{fungibles, EnsureOrigin},
		weights::WeightMeter,
	};
	use frame_system::pallet_prelude::*;
	use picasso_primitives::{
		assets::Transfers,
		cvm::{Owner, Program, RemoteTransfers, Route, Salt, MAX_DEPTH, MAX_TAG},
		restaking::{Restaking, TicketId},
		AssetId, Balance, EraIndex,
	};

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// Executors that have run, by account. Written when one first runs or is given keepers; `exits` moves
	/// with [`Exits`].
	#[pallet::storage]
	pub type Executors<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, ExecutorRecord<T::AccountId>>;

	/// Exits that go home, by executor and ticket. Written when they begin, complete or stall, and by
	/// their owner.
	#[pallet::storage]
	pub type Exits<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, TicketId, Exit>;

	/// Exits that complete by themselves, by the era from which on. Written with [`Exits`].
	#[pallet::storage]
	pub type Queue<T: Config> =
		StorageDoubleMap<_, Twox64Concat, EraIndex, Blake2_128Concat, (T::AccountId, TicketId), ()>;

	/// The first era in which anything may be queued; none until anything ever was. Written by the walk
	/// over the queue, and when something is queued before it.
	#[pallet::storage]
	pub type NextEra<T: Config> = StorageValue<_, EraIndex>;

	/// What executors hold for exits that were paid and could not be sent, by executor and asset. Written
	/// with [`Exits`], and when a program spends some of it.
	#[pallet::storage]
	pub type Stalled<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, AssetId, StalledFunds>;

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_idle(_: BlockNumberFor<T>, remaining: Weight) -> Weight {
			let mut meter = WeightMeter::with_limit(remaining);
			Self::go_on_with_exits(&mut meter);
			meter.consumed()
		}

		fn integrity_test() {
			assert!(T::MaxExits::get() > 0, "an exit must be able to go home");
			assert!(
				T::WeightInfo::execute().all_lte(T::MaxWeight::get()),
				"a program must be able to run",
			);
			let limits = <T as frame_system::Config>::BlockWeights::get();
			let normal = limits
				.get(frame_support::dispatch::DispatchClass::Normal)
				.max_total
				.unwrap_or(limits.max_block);
			let room = limits.max_block.saturating_sub(normal);
			// Looking for an exit before and after it.
			let look = T::WeightInfo::next_exit();
			let step = Self::weight_of_completing().saturating_add(look).saturating_add(look);
			assert!(step.all_lte(room), "an exit completes beside a full load: {step:?}");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
