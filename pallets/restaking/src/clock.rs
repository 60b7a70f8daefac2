// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The clock by which exits mature and commissions change.

use crate::{pallet::*, types::*};
use frame_support::{pallet_prelude::*, traits::DefensiveOption};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::traits::{BlockNumberProvider, CheckedAdd, Zero};

impl<T: Config> Pallet<T> {
	pub(crate) fn turn_era_if_due() {
		let Some(clock) = CurrentEra::<T>::get() else { return };
		let now = T::BlockNumberProvider::current_block_number();
		let due = clock.started.checked_add(&clock.settings.length).is_some_and(|end| now >= end);
		let Some(index) = clock.index.checked_add(1).filter(|_| due) else { return };
		CurrentEra::<T>::put(EraClock { index, started: now, ..clock });
		Self::deposit_event(Event::EraStarted { era: index });
	}

	pub(crate) fn do_set_era_settings(new: EraSettings<BlockNumberFor<T>>) -> DispatchResult {
		let clock = Self::clock()?;
		let old = clock.settings;
		Self::ensure_valid_era_settings(&new)?;
		ensure!(new.granularity == old.granularity, Error::<T>::GranularityIsFixed);
		CurrentEra::<T>::put(EraClock { settings: new, ..clock });
		Self::deposit_event(Event::EraSettingsChanged { old, new });
		Ok(())
	}

	/// Exits made in one era mature on a grid of `granularity`: in any era the unmatured ones are at
	/// most ⌈(unbonding - 1) / granularity⌉ + 1.
	pub(crate) fn ensure_valid_era_settings(
		settings: &EraSettings<BlockNumberFor<T>>,
	) -> DispatchResult {
		let EraSettings { length, unbonding, granularity } = *settings;
		let valid = !length.is_zero()
			&& length <= T::MaxEraLength::get()
			&& granularity > 0
			&& granularity <= unbonding
			&& unbonding <= T::MaxUnbonding::get()
			&& (unbonding - 1).div_ceil(granularity) < T::MaxBuckets::get();
		ensure!(valid, Error::<T>::InvalidEraSettings);
		Ok(())
	}

	/// The clock, which genesis sets.
	pub(crate) fn clock() -> Result<EraClock<BlockNumberFor<T>>, DispatchError> {
		CurrentEra::<T>::get().defensive_ok_or(Error::<T>::InvalidEraSettings.into())
	}
}
