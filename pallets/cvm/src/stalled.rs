// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What executors hold for exits that were paid and could not be sent.

use crate::{pallet::*, types::*};
use frame_support::{pallet_prelude::*, traits::Defensive};
use picasso_primitives::{AssetId, Balance};
use sp_runtime::{traits::Zero, ArithmeticError};

impl StalledFunds {
	/// An exit was paid.
	fn add(&mut self, amount: Balance) -> Option<()> {
		self.due = self.due.checked_add(amount)?;
		self.left = self.left.checked_add(amount)?;
		Some(())
	}

	/// An exit that was paid is sent.
	fn send(&mut self, amount: Balance) -> Option<()> {
		self.left = self.left.checked_sub(amount)?;
		self.forget(amount)
	}

	/// An exit that was paid is forgotten. What is left is the others', as far as it is due to them.
	fn forget(&mut self, amount: Balance) -> Option<()> {
		self.due = self.due.checked_sub(amount)?;
		self.left = self.left.min(self.due);
		Some(())
	}
}

impl<T: Config> Pallet<T> {
	/// An exit was paid to an executor.
	pub(crate) fn add_stalled(
		executor: &T::AccountId,
		asset: AssetId,
		amount: Balance,
	) -> DispatchResult {
		let mut funds = Stalled::<T>::get(executor, asset).unwrap_or_default();
		funds.add(amount).ok_or(ArithmeticError::Overflow)?;
		Self::put_stalled(executor, asset, funds);
		Ok(())
	}

	/// An exit that was paid is sent now, if what it paid is still there.
	pub(crate) fn send_stalled(
		executor: &T::AccountId,
		asset: AssetId,
		amount: Balance,
	) -> DispatchResult {
		let mut funds = Stalled::<T>::get(executor, asset).unwrap_or_default();
		funds.send(amount).ok_or(Error::<T>::ExitSpent)?;
		Self::put_stalled(executor, asset, funds);
		Ok(())
	}

	/// An exit that was paid is forgotten.
	pub(crate) fn forget_stalled(executor: &T::AccountId, asset: AssetId, amount: Balance) {
		let mut funds = Stalled::<T>::get(executor, asset).unwrap_or_default();
		if funds.forget(amount).defensive_proof("each exit paid is among what is due").is_some() {
			Self::put_stalled(executor, asset, funds);
		}
	}

	/// A program has spent some of an asset. What it left may be less than the stalled exits were paid.
	pub(crate) fn note_spent(executor: &T::AccountId, asset: AssetId) {
		let Some(mut funds) = Stalled::<T>::get(executor, asset) else { return };
		let held = Self::spendable(executor, asset);
		if held < funds.left {
			funds.left = held;
			Self::put_stalled(executor, asset, funds);
		}
	}

	pub(crate) fn note_spent_all(executor: &T::AccountId, assets: &[(AssetId, Balance)]) {
		for (asset, _) in assets {
			Self::note_spent(executor, *asset);
		}
	}

	fn put_stalled(executor: &T::AccountId, asset: AssetId, funds: StalledFunds) {
		if funds.due.is_zero() {
			Stalled::<T>::remove(executor, asset);
		} else {
			Stalled::<T>::insert(executor, asset, funds);
		}
	}
}
