// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Jails: who is kept from serving an AVS, until a verdict is final or for what it asks.

use crate::{pallet::*, types::*};
use picasso_primitives::{restaking::StakeLedger, slashing::Jails, AvsId, EraIndex};

impl<T: Config> Jails<T::AccountId> for Pallet<T> {
	fn detain(avs: AvsId, operator: &T::AccountId, due: EraIndex, until: EraIndex) -> bool {
		Exclusions::<T>::mutate(avs, operator, |exclusion| {
			if exclusion.awaited.is_full() {
				exclusion.settle(T::Ledger::current_era());
			}
			exclusion.awaited.try_push(Sentence { due, until }).is_ok()
		})
	}

	fn acquit(avs: AvsId, operator: &T::AccountId, due: EraIndex, until: EraIndex) {
		let sentence = Sentence { due, until };
		let was_awaited = Exclusions::<T>::mutate_exists(avs, operator, |slot| {
			let awaited = &mut slot.as_mut()?.awaited;
			let place = awaited.iter().position(|awaited| *awaited == sentence)?;
			Some(awaited.swap_remove(place))
		});
		let is_free =
			was_awaited.is_some() && !Self::excludes(avs, operator, T::Ledger::current_era());
		if is_free {
			let operator = operator.clone();
			Self::deposit_event(Event::OperatorReadmitted { avs, operator });
		}
	}

	fn jail(avs: AvsId, operator: &T::AccountId, until: EraIndex) {
		// Nobody serves an AVS that is forgotten.
		if !Avss::<T>::contains_key(avs) {
			return;
		}
		Exclusions::<T>::mutate(avs, operator, |exclusion| {
			exclusion.until = exclusion.until.max(until);
		});
	}
}

impl<T: Config> Pallet<T> {
	/// Whether something keeps an operator from serving in the current era. What no longer does is
	/// forgotten.
	pub(crate) fn excludes(avs: AvsId, operator: &T::AccountId, era: EraIndex) -> bool {
		let Ok(exclusion) = Exclusions::<T>::try_get(avs, operator) else { return false };
		if !exclusion.holds(era) {
			Exclusions::<T>::remove(avs, operator);
		}
		exclusion.holds(era)
	}
}
