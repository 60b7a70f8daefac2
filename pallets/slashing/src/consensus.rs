// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Faults of the chain's own consensus: what the SDK found and proved.

use crate::{pallet::*, reports::NewFault};
use frame_support::pallet_prelude::*;
use picasso_primitives::{
	avs::CHAIN,
	conditions::Fault,
	restaking::StakeLedger,
	slashing::{ConsensusFaults, FaultId, FaultStatus, SlashingTerms},
	EraIndex,
};
use sp_runtime::Perbill;

impl<T: Config> ConsensusFaults<T::AccountId> for Pallet<T> {
	fn equivocated(validator: &T::AccountId, era: EraIndex, fraction: Perbill) -> DispatchResult {
		let equivocation = |fault: &Fault<_>| matches!(fault, Fault::Consensus);
		Self::told(validator, era, fraction, equivocation)
	}

	fn was_absent(validator: &T::AccountId, era: EraIndex, fraction: Perbill) -> DispatchResult {
		let absence = |fault: &Fault<_>| matches!(fault, Fault::MissedDuty(_));
		Self::told(validator, era, fraction, absence)
	}
}

impl<T: Config> Pallet<T> {
	/// Keeps what the SDK says of a validator, or raises what is known. Sessions are planned ahead, by tables
	/// of earlier eras: as long as anybody can be held to them, evidence is not too old.
	fn told(
		operator: &T::AccountId,
		era: EraIndex,
		fraction: Perbill,
		is_it: impl Fn(&Fault<T::AccountId>) -> bool,
	) -> DispatchResult {
		let last = era.saturating_add(T::Ledger::unbonding());
		let now = T::Ledger::current_era();
		ensure!(now <= last, Error::<T>::EvidenceTooOld);
		let conditions = T::Terms::conditions(CHAIN, era).into_iter().zip(0u8..);
		let (condition, number) = conditions
			.into_iter()
			.find(|(condition, _)| is_it(&condition.fault))
			.ok_or(Error::<T>::ConditionNotFound)?;
		let fault = FaultId { avs: CHAIN, operator: operator.clone(), era, condition: number };
		let fraction = fraction.min(condition.slash.maximum());
		match Self::fault(&fault) {
			Err(_) => {
				let due = Self::due(&condition, era, now)?;
				let new = NewFault { condition, fraction, due, reporter: None, bond: None };
				Self::open(fault, new).map(|_| ())
			},
			Ok(record) if record.status != FaultStatus::Cancelled && record.fraction < fraction => {
				Self::raise(fault, record, fraction)
			},
			Ok(_) => Ok(()),
		}
	}
}
