// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Exits that go home: recorded as they begin, completed once they have matured.

use crate::{pallet::*, types::*, WeightInfo};
use frame_support::{
	defensive, pallet_prelude::*, storage::with_storage_layer, traits::DefensiveOption,
	weights::WeightMeter,
};
use picasso_primitives::{
	cvm::{Owner, RemoteTransfers, Route, Salt},
	restaking::{ExitRoutes, Restaking, TicketId},
	AssetId, Balance, EraIndex,
};
use sp_runtime::{traits::Zero, ArithmeticError};

/// Onto their way and off it.
impl<T: Config> Pallet<T> {
	/// Shares have joined an exit. Its way home, or that it has none, is the same for all of them.
	pub(crate) fn note_exit(
		executor: &T::AccountId,
		ticket: TicketId,
		home: Option<&Route>,
	) -> DispatchResult {
		match (Exits::<T>::get(executor, ticket), home) {
			(None, None) => Ok(()),
			(None, Some(route)) => Self::record_exit(executor, ticket, route),
			(Some(exit), home) => {
				ensure!(home == Some(&exit.route), Error::<T>::OtherRoute);
				Ok(())
			},
		}
	}

	fn record_exit(executor: &T::AccountId, ticket: TicketId, route: &Route) -> DispatchResult {
		Executors::<T>::try_mutate(executor, |slot| {
			let record = slot.as_mut().defensive_ok_or(Error::<T>::ExecutorNotFound)?;
			ensure!(record.exits < T::MaxExits::get(), Error::<T>::TooManyExits);
			record.exits = record.exits.checked_add(1).ok_or(ArithmeticError::Overflow)?;
			Ok::<_, DispatchError>(())
		})?;
		let exit = Exit { route: route.clone(), queued: None, paid: None };
		Self::enqueue(executor, ticket, exit, ticket.maturity);
		Self::deposit_event(Event::ExitRecorded { executor: executor.clone(), ticket });
		Ok(())
	}

	/// Records an exit as one that completes by itself from an era on.
	fn enqueue(executor: &T::AccountId, ticket: TicketId, exit: Exit, era: EraIndex) {
		Exits::<T>::insert(executor, ticket, Exit { queued: Some(era), ..exit });
		Queue::<T>::insert(era, (executor, ticket), ());
		NextEra::<T>::mutate(|next| *next = Some(next.map_or(era, |next| next.min(era))));
	}

	/// Its owner has withdrawn an exit, or lets it stay.
	pub(crate) fn forget_exit(executor: &T::AccountId, ticket: TicketId) {
		let Some(exit) = Self::remove_exit(executor, ticket) else { return };
		if let Some((asset, amount)) = exit.paid {
			Self::forget_stalled(executor, asset, amount);
		}
		Self::deposit_event(Event::ExitRouteChanged {
			executor: executor.clone(),
			ticket,
			old: exit.route,
			new: None,
		});
	}

	fn remove_exit(executor: &T::AccountId, ticket: TicketId) -> Option<Exit> {
		let exit = Exits::<T>::take(executor, ticket)?;
		if let Some(era) = exit.queued {
			Queue::<T>::remove(era, (executor, ticket));
		}
		Executors::<T>::mutate(executor, |slot| {
			let rest = slot.as_ref().and_then(|record| record.exits.checked_sub(1));
			let (Some(record), Some(rest)) = (slot, rest) else {
				defensive!("who has exits is recorded, with their number");
				return;
			};
			record.exits = rest;
		});
		Some(exit)
	}

	pub(crate) fn do_set_exit_route(
		owner: &Owner,
		salt: Salt,
		ticket: TicketId,
		route: Option<Route>,
	) -> DispatchResult {
		let executor = Self::executor_of(owner, salt);
		let exit = Exits::<T>::get(&executor, ticket).ok_or(Error::<T>::ExitNotFound)?;
		let Some(new) = route else {
			Self::forget_exit(&executor, ticket);
			return Ok(());
		};
		let era = match exit.queued {
			Some(era) => era,
			None => ticket.maturity.max(T::Ledger::current_era()),
		};
		let old = exit.route.clone();
		Self::enqueue(&executor, ticket, Exit { route: new.clone(), ..exit }, era);
		let new = Some(new);
		Self::deposit_event(Event::ExitRouteChanged { executor, ticket, old, new });
		Ok(())
	}
}

/// Home.
impl<T: Config> Pallet<T> {
	/// Completes exits that have matured, as many as the meter allows. An era is left behind once nothing
	/// is queued in it: nothing will be again, but for what stalled and was sent another way.
	pub(crate) fn go_on_with_exits(meter: &mut WeightMeter) {
		let look = T::WeightInfo::next_exit();
		if meter.try_consume(look).is_err() {
			return;
		}
		let Some(first) = NextEra::<T>::get() else { return };
		let now = T::Ledger::current_era();
		let mut era = first;
		while era <= now {
			if let Some((executor, ticket)) = Queue::<T>::iter_key_prefix(era).next() {
				if meter.try_consume(Self::weight_of_completing()).is_err() {
					break;
				}
				Self::complete_queued(era, &executor, ticket);
			} else {
				let Some(next) = era.checked_add(1) else { break };
				era = next;
			}
			if meter.try_consume(look).is_err() {
				break;
			}
		}
		if era != first {
			NextEra::<T>::put(era);
		}
	}

	/// Takes an exit out of the queue, and completes it if that is possible.
	pub(crate) fn complete_queued(era: EraIndex, executor: &T::AccountId, ticket: TicketId) {
		Queue::<T>::remove(era, (executor, ticket));
		let Some(exit) = Exits::<T>::get(executor, ticket) else {
			defensive!("what is queued is recorded");
			return;
		};
		let exit = Exit { queued: None, ..exit };
		Exits::<T>::insert(executor, ticket, &exit);
		if let Err(error) = Self::complete(executor, ticket, exit) {
			let executor = executor.clone();
			Self::deposit_event(Event::ExitStalled { executor, ticket, error });
		}
	}

	pub(crate) fn do_complete_exit(executor: &T::AccountId, ticket: TicketId) -> DispatchResult {
		let exit = Exits::<T>::get(executor, ticket).ok_or(Error::<T>::ExitNotFound)?;
		ensure!(ticket.maturity <= T::Ledger::current_era(), Error::<T>::ExitNotMature);
		Self::complete(executor, ticket, exit)
	}

	/// Withdraws an exit and sends it; or only sends it, if it was withdrawn. An error leaves everything
	/// as it was. That it was withdrawn and couldn't be sent is none.
	fn complete(executor: &T::AccountId, ticket: TicketId, exit: Exit) -> DispatchResult {
		with_storage_layer(|| match exit.paid {
			Some((asset, amount)) => {
				Self::send_stalled(executor, asset, amount)?;
				let message_id = T::Remote::send(executor, &[(asset, amount)], &exit.route)?;
				Self::close_exit(executor, ticket, amount, message_id);
				Ok(())
			},
			None => match T::Ledger::withdraw(executor, ticket)? {
				Some((asset, amount)) if !amount.is_zero() => {
					Self::send_or_stall(executor, ticket, exit, asset, amount)
				},
				_ => {
					Self::remove_exit(executor, ticket);
					let executor = executor.clone();
					Self::deposit_event(Event::ExitWorthless { executor, ticket });
					Ok(())
				},
			},
		})
	}

	fn send_or_stall(
		executor: &T::AccountId,
		ticket: TicketId,
		exit: Exit,
		asset: AssetId,
		amount: Balance,
	) -> DispatchResult {
		let sent =
			with_storage_layer(|| T::Remote::send(executor, &[(asset, amount)], &exit.route));
		let error = match sent {
			Ok(message_id) => {
				Self::close_exit(executor, ticket, amount, message_id);
				return Ok(());
			},
			Err(error) => error,
		};
		if let Some(era) = exit.queued {
			Queue::<T>::remove(era, (executor, ticket));
		}
		let exit = Exit { queued: None, paid: Some((asset, amount)), ..exit };
		Exits::<T>::insert(executor, ticket, exit);
		Self::add_stalled(executor, asset, amount)?;
		Self::deposit_event(Event::ExitStalled { executor: executor.clone(), ticket, error });
		Ok(())
	}

	fn close_exit(
		executor: &T::AccountId,
		ticket: TicketId,
		amount: Balance,
		message_id: [u8; 32],
	) {
		Self::remove_exit(executor, ticket);
		let executor = executor.clone();
		Self::deposit_event(Event::ExitCompleted { executor, ticket, amount, message_id });
	}
}

impl<T: Config> ExitRoutes<T::AccountId> for Pallet<T> {
	fn has_route(owner: &T::AccountId, ticket: TicketId) -> bool {
		Exits::<T>::contains_key(owner, ticket)
	}
}
