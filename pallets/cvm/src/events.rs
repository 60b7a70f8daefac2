// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What happened.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod events {
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// All steps of a program were taken. A program inside another is told of before that one.
		ProgramExecuted {
			/// The executor.
			executor: T::AccountId,
			/// The program's tag.
			tag: BoundedVec<u8, ConstU32<MAX_TAG>>,
		},
		/// A step of a program failed: nothing of it happened.
		ProgramFailed {
			/// The executor.
			executor: T::AccountId,
			/// The program's tag.
			tag: BoundedVec<u8, ConstU32<MAX_TAG>>,
			/// Which step: its number, from 0; in a spawned program after that of the spawn.
			path: BoundedVec<u32, ConstU32<MAX_DEPTH>>,
			/// Why.
			error: DispatchError,
		},
		/// The assets of a program that failed were sent on their way home.
		Refunded {
			/// The executor.
			executor: T::AccountId,
			/// The program's tag.
			tag: BoundedVec<u8, ConstU32<MAX_TAG>>,
			/// The message that they went with.
			message_id: [u8; 32],
		},
		/// The assets of a program that failed could not be sent: they stay with the executor.
		RefundFailed {
			/// The executor.
			executor: T::AccountId,
			/// The program's tag.
			tag: BoundedVec<u8, ConstU32<MAX_TAG>>,
			/// Why.
			error: DispatchError,
		},
		/// A step sent assets to another chain.
		AssetsSent {
			/// The executor.
			executor: T::AccountId,
			/// The message that they went with.
			message_id: [u8; 32],
		},
		/// A step asked another chain for what it trapped.
		RecoverySent {
			/// The executor.
			executor: T::AccountId,
			/// The message that asks.
			message_id: [u8; 32],
		},
		/// An owner decided which local accounts may act for an executor.
		KeepersChanged {
			/// The executor.
			executor: T::AccountId,
			/// Those of before.
			old: Keepers<T::AccountId>,
			/// Those of now.
			new: Keepers<T::AccountId>,
		},
		/// An exit goes home at maturity.
		ExitRecorded {
			/// The executor.
			executor: T::AccountId,
			/// The exit.
			ticket: TicketId,
		},
		/// An owner sent an exit another way, or took it off its way.
		ExitRouteChanged {
			/// The executor.
			executor: T::AccountId,
			/// The exit.
			ticket: TicketId,
			/// The way it went.
			old: Route,
			/// The way it goes; none where it stays with the executor.
			new: Option<Route>,
		},
		/// An exit was paid, and was sent on its way home.
		ExitCompleted {
			/// The executor.
			executor: T::AccountId,
			/// The exit.
			ticket: TicketId,
			/// Planck of the pool's asset.
			amount: Balance,
			/// The message that they went with.
			message_id: [u8; 32],
		},
		/// An exit could not be withdrawn, or what it paid could not be sent: it stays with the executor
		/// until somebody tries again.
		ExitStalled {
			/// The executor.
			executor: T::AccountId,
			/// The exit.
			ticket: TicketId,
			/// Why.
			error: DispatchError,
		},
		/// An exit was worth nothing when it matured.
		ExitWorthless {
			/// The executor.
			executor: T::AccountId,
			/// The exit.
			ticket: TicketId,
		},
	}
}
