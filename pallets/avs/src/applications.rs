// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Applications: from a proposal to an AVS, or to nothing.

use crate::{pallet::*, types::*};
use alloc::vec::Vec;
use frame_support::{
	pallet_prelude::*,
	storage::with_storage_layer,
	traits::{
		fungible::hold::Mutate,
		tokens::{Fortitude, Precision, Restriction},
	},
};
use picasso_primitives::{
	avs::{ApplicationId, Referenda, ReferendumOutcome, Terms},
	Balance,
};
use sp_runtime::{ArithmeticError, Perbill};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_propose(
		proposer: &T::AccountId,
		terms: Terms<T::AccountId>,
		metadata: Vec<u8>,
		place_decision_deposit: bool,
	) -> DispatchResult {
		let metadata = Self::bounded_metadata(metadata)?;
		Self::ensure_valid_terms(None, &terms)?;
		let room = Applications::<T>::count() < T::MaxApplications::get();
		ensure!(room, Error::<T>::TooManyApplications);
		let application = NextApplicationId::<T>::get();
		let next = application.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		NextApplicationId::<T>::put(next);

		let deposit = T::ApplicationDeposit::get();
		T::Currency::hold(&HoldReason::Application.into(), proposer, deposit)?;
		let referendum = T::Referenda::submit(proposer, application)?;
		if place_decision_deposit {
			T::Referenda::place_decision_deposit(proposer, referendum)?;
		}
		let proposer = proposer.clone();
		let record =
			Application { proposer: proposer.clone(), terms, metadata, referendum, deposit };
		Applications::<T>::insert(application, record);
		Self::deposit_event(Event::Proposed { application, proposer, referendum });
		Ok(())
	}

	/// Makes an application an AVS, and gives its deposit back. Its terms must still be right.
	pub(crate) fn do_onboard(application: ApplicationId) -> DispatchResult {
		let record = Applications::<T>::take(application).ok_or(Error::<T>::ApplicationNotFound)?;
		Self::ensure_valid_terms(None, &record.terms)?;
		Self::return_deposit(&record.proposer, record.deposit)?;
		Self::add_avs(Some(record.proposer), record.metadata, record.terms)?;
		Ok(())
	}

	/// Ends an application whose referendum is over and did not onboard it.
	pub(crate) fn do_settle_application(application: ApplicationId) -> DispatchResult {
		let record = Applications::<T>::take(application).ok_or(Error::<T>::ApplicationNotFound)?;
		let cost = match T::Referenda::outcome(record.referendum) {
			ReferendumOutcome::Ongoing | ReferendumOutcome::Approved => {
				return Err(Error::<T>::ApplicationUndecided.into())
			},
			ReferendumOutcome::Rejected => T::RejectionCost::get(),
			ReferendumOutcome::Killed => Perbill::one(),
			ReferendumOutcome::Enacted | ReferendumOutcome::Ended => Perbill::zero(),
		};
		// Rounds up, by less than a planck.
		let lost = cost.mul_ceil(record.deposit);
		let returned = record.deposit.checked_sub(lost).ok_or(ArithmeticError::Underflow)?;
		T::Currency::transfer_on_hold(
			&HoldReason::Application.into(),
			&record.proposer,
			&T::Treasury::get(),
			lost,
			Precision::Exact,
			Restriction::Free,
			Fortitude::Polite,
		)?;
		Self::return_deposit(&record.proposer, returned)?;
		Self::deposit_event(Event::ApplicationEnded { application, returned, lost });
		Ok(())
	}

	fn return_deposit(proposer: &T::AccountId, amount: Balance) -> DispatchResult {
		let reason = HoldReason::Application.into();
		T::Currency::release(&reason, proposer, amount, Precision::Exact)?;
		Ok(())
	}

	/// Ends all applications that are over: there are few at a time. One that can't be ended waits for
	/// the next time, or for anyone's call.
	pub(crate) fn settle_applications() {
		let applications: Vec<_> = Applications::<T>::iter_keys().collect();
		for application in applications {
			match with_storage_layer(|| Self::do_settle_application(application)) {
				Ok(()) => {},
				Err(error) if error == Error::<T>::ApplicationUndecided.into() => {},
				Err(error) => Self::deposit_event(Event::ApplicationStuck { application, error }),
			}
		}
	}
}
