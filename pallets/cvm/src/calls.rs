// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What owners, keepers and anyone can ask for.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod calls {
	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Runs a program in one of the caller's executors: all of it, or nothing.
		///
		/// If a step fails, nothing of the program happens. Its funds stay with the executor, or go the way
		/// that the program names for that. The call succeeds in any case: events say what happened.
		///
		/// ## Dispatch Origin
		/// `OwnerOrigin`: an account of this chain, or of another as the transport proved it.
		///
		/// ## Parameters
		/// - `salt`: which of the caller's executors.
		/// - `program`: what it does.
		///
		/// ## Errors
		/// - `ProgramTooLarge`, `ProgramTooDeep`, `TooManySteps`, `ProgramTooHeavy`: it is beyond bounds.
		/// - `ProgramEmpty`, `RefundInside`, `NoAssets`, `DuplicateAsset`, `ZeroPortion`: it makes no sense.
		///
		/// ## Events
		/// - `ProgramExecuted`; or `ProgramFailed`, and then `Refunded` or `RefundFailed` where the program
		///   has a refund.
		/// - What its steps tell: `AssetsSent`, `RecoverySent`, `ExitRecorded`, `ExitRouteChanged`, and the
		///   ledger's.
		///
		/// ## Complexity
		/// The sum of its steps' and of its refund's.
		#[pallet::call_index(0)]
		#[pallet::weight(Pallet::<T>::weigh(program))]
		pub fn execute(origin: OriginFor<T>, salt: Salt, program: Program) -> DispatchResult {
			let owner = T::OwnerOrigin::ensure_origin(origin)?;
			Self::do_execute(&owner, salt, program)
		}

		/// Runs a program in an executor whose owner made the caller a keeper of it. It can spawn programs
		/// in those executors of the owner's that the caller keeps, too.
		///
		/// ## Dispatch Origin
		/// Signed, by a keeper of the executor.
		///
		/// ## Parameters
		/// - `executor`: the account of the executor.
		/// - `program`: what it does.
		///
		/// ## Errors
		/// - `ExecutorNotFound`, `NotKeeper`.
		/// - As for `execute`.
		///
		/// ## Events
		/// - As for `execute`.
		///
		/// ## Complexity
		/// As for `execute`.
		#[pallet::call_index(1)]
		#[pallet::weight(Pallet::<T>::weight_of_execute_as(program))]
		pub fn execute_as(
			origin: OriginFor<T>,
			executor: T::AccountId,
			program: Program,
		) -> DispatchResult {
			let keeper = ensure_signed(origin)?;
			Self::do_execute_as(&keeper, &executor, program)
		}

		/// Decides which local accounts may act for one of the caller's executors. They can do with it
		/// whatever a program can, but they can't make others its keepers.
		///
		/// ## Dispatch Origin
		/// `OwnerOrigin`.
		///
		/// ## Parameters
		/// - `salt`: which of the caller's executors.
		/// - `keepers`: all of them; they take the place of those of before.
		///
		/// ## Errors
		/// - `DuplicateKeeper`.
		///
		/// ## Events
		/// - `KeepersChanged`.
		///
		/// ## Complexity
		/// O(1).
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::set_keepers())]
		pub fn set_keepers(
			origin: OriginFor<T>,
			salt: Salt,
			keepers: Keepers<T::AccountId>,
		) -> DispatchResult {
			let owner = T::OwnerOrigin::ensure_origin(origin)?;
			Self::do_set_keepers(&owner, salt, keepers)
		}

		/// Completes an exit that goes home: one that matured and waits in the queue, or one that stalled.
		///
		/// One that isn't paid yet is paid to the executor, even if it can't be sent: it stalls then. One
		/// that was paid stays as it was if it can't be sent. What a program spent meanwhile is not taken
		/// from funds that came later.
		///
		/// ## Dispatch Origin
		/// Signed, by anyone.
		///
		/// ## Parameters
		/// - `executor`: the account of the executor.
		/// - `ticket`: the exit.
		///
		/// ## Errors
		/// - `ExitNotFound`, `ExitNotMature`, `ExitSpent`.
		/// - What the ledger fails with, where it can't be withdrawn.
		/// - What sending fails with, where it was paid before.
		///
		/// ## Events
		/// - `ExitCompleted`, `ExitStalled` or `ExitWorthless`.
		///
		/// ## Complexity
		/// O(1).
		#[pallet::call_index(3)]
		#[pallet::weight(
			T::WeightInfo::complete_exit().saturating_add(T::Remote::weight_of_sending(1))
		)]
		pub fn complete_exit(
			origin: OriginFor<T>,
			executor: T::AccountId,
			ticket: TicketId,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_complete_exit(&executor, ticket)
		}

		/// Sends an exit of one of the caller's executors another way, or takes it off its way. One that
		/// stalled is queued again, and is tried by itself from the current era on.
		///
		/// ## Dispatch Origin
		/// `OwnerOrigin`.
		///
		/// ## Parameters
		/// - `salt`: which of the caller's executors.
		/// - `ticket`: the exit.
		/// - `route`: the way; none for it to stay: with the ledger until a program withdraws it, or with
		///   the executor if it was paid.
		///
		/// ## Errors
		/// - `ExitNotFound`.
		///
		/// ## Events
		/// - `ExitRouteChanged`.
		///
		/// ## Complexity
		/// O(1). The next attempt is paid for in advance.
		#[pallet::call_index(4)]
		#[pallet::weight(
			T::WeightInfo::set_exit_route().saturating_add(Pallet::<T>::weight_of_completing())
		)]
		pub fn set_exit_route(
			origin: OriginFor<T>,
			salt: Salt,
			ticket: TicketId,
			route: Option<Route>,
		) -> DispatchResult {
			let owner = T::OwnerOrigin::ensure_origin(origin)?;
			Self::do_set_exit_route(&owner, salt, ticket, route)
		}
	}
}
