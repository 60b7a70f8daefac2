// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The invariants, by the numbers that the crate's documentation gives them.

use crate::{pallet::*, types::*};
use alloc::collections::BTreeMap;
use frame_support::{ensure, traits::Get};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks every invariant.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_queue()?;
		Self::check_executors()?;
		Self::check_stalled()
	}

	fn check_queue() -> Result<(), TryRuntimeError> {
		for (era, (executor, ticket), ()) in Queue::<T>::iter() {
			let exit = Exits::<T>::get(executor, ticket);
			let queued = exit.and_then(|exit| exit.queued);
			ensure!(queued == Some(era), "1: what is queued is not recorded");
			let ahead = NextEra::<T>::get().is_some_and(|next| next <= era);
			ensure!(ahead, "1: the walk has left an exit behind");
		}
		for (executor, ticket, exit) in Exits::<T>::iter() {
			let found =
				exit.queued.is_none_or(|era| Queue::<T>::contains_key(era, (&executor, ticket)));
			ensure!(found, "1: what is recorded is not queued");
		}
		Ok(())
	}

	fn check_executors() -> Result<(), TryRuntimeError> {
		for (executor, record) in Executors::<T>::iter() {
			let ExecutorRecord { owner, salt, keepers, exits } = record;
			ensure!(
				executor == Self::executor_of(&owner, salt),
				"2: an executor that is not its owner's"
			);
			let once = |keeper| keepers.iter().filter(|other| *other == keeper).count() == 1;
			ensure!(keepers.iter().all(once), "2: a keeper twice");
			let recorded = Exits::<T>::iter_key_prefix(&executor).count();
			ensure!(recorded == exits as usize, "2: exits are miscounted");
			ensure!(exits <= T::MaxExits::get(), "2: more exits than allowed");
		}
		for (executor, _) in Exits::<T>::iter_keys() {
			ensure!(Self::is_executor(&executor), "2: an exit of nobody's");
		}
		Ok(())
	}

	fn check_stalled() -> Result<(), TryRuntimeError> {
		let mut due = BTreeMap::<_, u128>::new();
		for (executor, _, exit) in Exits::<T>::iter() {
			let Some((asset, amount)) = exit.paid else { continue };
			ensure!(amount > 0, "3: an exit was paid nothing");
			let sum = due.entry((executor, asset)).or_default();
			*sum = sum.checked_add(amount).ok_or("3: more is due than there can be")?;
		}
		for (executor, asset, funds) in Stalled::<T>::iter() {
			let sum = due.remove(&(executor, asset));
			ensure!(sum == Some(funds.due), "3: what is due is not what exits were paid");
			ensure!(funds.left <= funds.due, "3: more is left than is due");
		}
		ensure!(due.is_empty(), "3: an exit was paid and is not due");
		Ok(())
	}
}
