// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Executors: their accounts, and who may act for them.

use crate::{pallet::*, types::*};
use frame_support::pallet_prelude::*;
use picasso_primitives::cvm::{Owner, Salt};

impl<T: Config> Pallet<T> {
	/// The account of an executor, whether it has run or not: the BLAKE2b digest, of 256 bits, of 52
	/// bytes. [`Owner::executor`] says which.
	pub fn executor_of(owner: &Owner, salt: Salt) -> T::AccountId {
		owner.executor(salt).into()
	}

	/// Whether an account is an executor that has run.
	pub fn is_executor(account: &T::AccountId) -> bool {
		Executors::<T>::contains_key(account)
	}

	/// Records an executor, if it isn't recorded, and returns its account.
	pub(crate) fn record(owner: &Owner, salt: Salt) -> T::AccountId {
		let executor = Self::executor_of(owner, salt);
		if !Self::is_executor(&executor) {
			Executors::<T>::insert(&executor, Self::new_record(owner, salt));
		}
		executor
	}

	fn new_record(owner: &Owner, salt: Salt) -> ExecutorRecord<T::AccountId> {
		ExecutorRecord { owner: owner.clone(), salt, keepers: Keepers::new(), exits: 0 }
	}

	/// Whether an account keeps an executor.
	pub(crate) fn keeps(keeper: &T::AccountId, executor: &T::AccountId) -> bool {
		Executors::<T>::get(executor).is_some_and(|record| record.keepers.contains(keeper))
	}

	pub(crate) fn do_set_keepers(
		owner: &Owner,
		salt: Salt,
		keepers: Keepers<T::AccountId>,
	) -> DispatchResult {
		let mut rest = &keepers[..];
		while let Some((keeper, others)) = rest.split_first() {
			ensure!(!others.contains(keeper), Error::<T>::DuplicateKeeper);
			rest = others;
		}
		let executor = Self::executor_of(owner, salt);
		let old = Executors::<T>::mutate(&executor, |slot| {
			let record = slot.get_or_insert_with(|| Self::new_record(owner, salt));
			core::mem::replace(&mut record.keepers, keepers.clone())
		});
		Self::deposit_event(Event::KeepersChanged { executor, old, new: keepers });
		Ok(())
	}
}
