// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Jails: who is kept from serving an AVS, until a verdict is final or for what it asks.

use crate::{pallet::*, types::*};
use frame_support::pallet_prelude::*;
use picasso_primitives::{restaking::StakeLedger, slashing::Jails, AvsId, EraIndex};
use sp_runtime::ArithmeticError;

impl<T: Config> Jails<T::AccountId> for Pallet<T> {
	fn detain(avs: AvsId, operator: &T::AccountId) -> DispatchResult {
		Self::change_exclusion(avs, operator, |exclusion| {
			let verdicts = exclusion.verdicts.checked_add(1).ok_or(ArithmeticError::Overflow)?;
			*exclusion = Exclusion { verdicts, ..*exclusion };
			Ok(())
		})
	}

	fn acquit(avs: AvsId, operator: &T::AccountId) -> DispatchResult {
		Self::change_exclusion(avs, operator, |exclusion| {
			let verdicts = exclusion.verdicts.checked_sub(1).ok_or(ArithmeticError::Underflow)?;
			*exclusion = Exclusion { verdicts, ..*exclusion };
			Ok(())
		})
	}

	fn jail(avs: AvsId, operator: &T::AccountId, until: Option<EraIndex>) -> DispatchResult {
		Self::change_exclusion(avs, operator, |exclusion| {
			exclusion.until = exclusion.until.max(until.unwrap_or(EraIndex::MAX));
			Ok(())
		})
	}
}

impl<T: Config> Pallet<T> {
	/// Changes what keeps an operator from serving, and tells when that changes whether it may.
	fn change_exclusion(
		avs: AvsId,
		operator: &T::AccountId,
		change: impl FnOnce(&mut Exclusion) -> DispatchResult,
	) -> DispatchResult {
		let era = T::Ledger::current_era();
		let (before, after) = Exclusions::<T>::try_mutate_exists(avs, operator, |slot| {
			let mut exclusion = slot.unwrap_or_default();
			let before = exclusion;
			change(&mut exclusion)?;
			*slot = exclusion.holds(era).then_some(exclusion);
			Ok::<_, DispatchError>((before, exclusion))
		})?;
		let operator = operator.clone();
		if after.holds(era) && after != before {
			let until = (after.verdicts == 0).then_some(after.until);
			Self::deposit_event(Event::OperatorExcluded { avs, operator, until });
		} else if before.holds(era) && !after.holds(era) {
			Self::deposit_event(Event::OperatorReadmitted { avs, operator });
		}
		Ok(())
	}

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
