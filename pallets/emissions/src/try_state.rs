// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The invariants, by the numbers that the crate's documentation gives them.

use crate::{pallet::*, types::*};
use alloc::collections::{BTreeMap, BTreeSet};
use frame_support::{ensure, traits::fungibles::Inspect};
use picasso_primitives::{AssetId, Balance, PICA};
use sp_runtime::TryRuntimeError;

/// Sums by currency.
#[derive(Default)]
struct Sums(BTreeMap<AssetId, Balance>);

impl Sums {
	fn add(&mut self, currency: AssetId, amount: Balance) -> Result<(), TryRuntimeError> {
		let sum = self.0.entry(currency).or_default();
		*sum = sum.checked_add(amount).ok_or("8: what is owed is beyond all there can be")?;
		Ok(())
	}

	fn add_purse<T: Config>(&mut self, purse: &Purse<T>) -> Result<(), TryRuntimeError> {
		let mut seen = BTreeSet::new();
		for (currency, amount) in purse.iter() {
			ensure!(amount > 0, "11: an amount of zero is kept");
			ensure!(seen.insert(currency), "11: a currency is kept twice");
			self.add(currency, amount)?;
		}
		Ok(())
	}
}

impl<T: Config> Pallet<T> {
	/// Checks every invariant.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_solvency()?;
		Self::check_points()?;
		Self::check_split()
	}

	/// What is owed, by currency.
	fn owed() -> Result<Sums, TryRuntimeError> {
		let mut owed = Sums::default();
		owed.add(PICA, Pot::<T>::get())?;
		for account in Accounts::<T>::iter_values() {
			owed.add_purse(&account.escrow)?;
		}
		for due in DuePay::<T>::iter_values() {
			owed.add_purse(&due)?;
		}
		for (_, currency, amount) in Dues::<T>::iter() {
			ensure!(amount > 0, "11: an amount of zero is kept");
			owed.add(currency, amount)?;
		}
		let round = Round::<T>::get();
		owed.add_purse(&round.pica)?;
		owed.add_purse(&round.pica_failed)?;
		let paid_already = match round.stage {
			Stage::PayPica { paid, .. } => round.pica.first().map(|(currency, _)| (currency, paid)),
			_ => None,
		};
		for paying in round.paying.into_iter().flat_map(|paying| paying.currencies) {
			let rest = paying.rest().ok_or("11: more is paid than there is")?;
			owed.add(paying.currency, rest)?;
			owed.add(paying.currency, paying.failed)?;
			owed.add(paying.currency, paying.parts.pica_stakers)?;
		}
		if let Some((currency, paid)) = paid_already {
			let sum = owed.0.entry(currency).or_default();
			*sum = sum.checked_sub(paid).ok_or("11: more is paid than there is")?;
		}
		Ok(owed)
	}

	fn check_solvency() -> Result<(), TryRuntimeError> {
		let account = Self::account();
		for (currency, owed) in Self::owed()?.0 {
			let held = T::Assets::balance(currency, &account);
			ensure!(owed <= held, "8: more is owed than is held");
		}
		let RoundState { stage, yields, .. } = Round::<T>::get();
		let summed = !matches!(stage, Stage::SumYields(_));
		let within = yields.paid <= yields.available && yields.available <= yields.due;
		ensure!(!summed || within, "11: more yield is paid than there is");
		Ok(())
	}

	fn check_points() -> Result<(), TryRuntimeError> {
		let round = Round::<T>::get();
		let mut totals = BTreeMap::<_, u32>::new();
		for (era, _, points) in Points::<T>::iter() {
			ensure!(points.blocks > 0, "11: a validator that made no block");
			*totals.entry(era).or_default() += points.blocks;
		}
		for (era, total) in PointsTotals::<T>::iter() {
			let counted = totals.remove(&era).unwrap_or_default();
			// Those of the era that is being paid go one by one.
			let going = era.checked_add(1) == Some(round.era);
			ensure!(counted == total || going && counted < total, "11: blocks are miscounted");
		}
		ensure!(totals.is_empty(), "11: blocks that are in no sum");
		Ok(())
	}

	fn check_split() -> Result<(), TryRuntimeError> {
		ensure!(CurrentSplit::<T>::get().validate().is_ok(), "11: parts are not the whole");
		Ok(())
	}
}
