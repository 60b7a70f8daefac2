// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What AVSs have beside their escrows, here and on other chains, and whom they pay of it.

use crate::{pallet::*, types::*};
use frame_support::{
	pallet_prelude::*,
	traits::tokens::{transfer::Transfer, PaymentStatus},
};
use frame_system::pallet_prelude::*;
use picasso_primitives::{emissions::Payers, AvsId, Balance};
use sp_runtime::traits::{AccountIdConversion, BlockNumberProvider, Saturating, Zero};

impl<T: Config> Pallet<T> {
	/// The account of an AVS, that has what it can spend. On other chains it is the account of this one.
	pub fn account_of(avs: AvsId) -> T::AccountId {
		// A number alone would make the chain's that of the pallet, which holds all escrows.
		T::PalletId::get().into_sub_account_truncating((*b"avs", avs))
	}

	/// Who speaks for an AVS, or did when it was forgotten; nobody does for the chain.
	pub(crate) fn owner_of(avs: AvsId) -> Option<T::AccountId> {
		let owner = Accounts::<T>::get(avs).heir.or_else(|| T::Avss::payer(avs)?.owner);
		// Which inherits what nobody owned.
		owner.filter(|owner| *owner != T::Treasury::get())
	}

	/// Lets in who may spend what an AVS has. What nobody owns, governance does.
	pub(crate) fn ensure_spender(origin: OriginFor<T>, avs: AvsId) -> DispatchResult {
		ensure!(avs < T::Avss::next_avs(), Error::<T>::AvsNotFound);
		let owner = Self::owner_of(avs);
		let speaker = match T::GovernanceOrigin::try_origin(origin) {
			Ok(_) => None,
			Err(origin) => Some(ensure_signed(origin)?),
		};
		ensure!(speaker == owner, Error::<T>::NotTheOwner);
		Ok(())
	}

	pub(crate) fn do_spend(
		avs: AvsId,
		asset: PaidAssetOf<T>,
		amount: Balance,
		beneficiary: BeneficiaryOf<T>,
		fee: Option<FeeOf<T>>,
	) -> DispatchResult {
		ensure!(!amount.is_zero(), Error::<T>::ZeroAmount);
		let account = Self::account_of(avs);
		let payment = T::Payments::transfer(&account, &beneficiary, asset.clone(), amount, fee)?;
		if T::Payments::check_transfer(payment) == PaymentStatus::InProgress {
			Self::wait_for(avs, payment)?;
		}
		Self::deposit_event(Event::Spent { avs, asset, amount, beneficiary, payment });
		Ok(())
	}

	/// Waits for what another chain tells of a payment. The oldest gives way where there are too many, if it
	/// was waited for long enough.
	fn wait_for(avs: AvsId, payment: PaymentIdOf<T>) -> DispatchResult {
		let now = T::BlockNumberProvider::current_block_number();
		OpenPayments::<T>::try_mutate(avs, |open| {
			if open.is_full() {
				let oldest = open.first().filter(|oldest| oldest.expires <= now);
				let OpenPayment { payment, .. } = oldest.ok_or(Error::<T>::TooManyPayments)?;
				Self::deposit_event(Event::PaymentUnknown { avs, payment: *payment });
				open.remove(0);
			}
			let expires = now.saturating_add(T::PaymentPeriod::get());
			open.try_push(OpenPayment { payment, expires })
				.map_err(|_| Error::<T>::TooManyPayments.into())
		})
	}

	pub(crate) fn do_check_payment(avs: AvsId, payment: PaymentIdOf<T>) -> DispatchResult {
		OpenPayments::<T>::try_mutate_exists(avs, |slot| {
			let mut open = slot.take().ok_or(Error::<T>::PaymentNotFound)?;
			let place = open
				.iter()
				.position(|known| known.payment == payment)
				.ok_or(Error::<T>::PaymentNotFound)?;
			open.remove(place);
			let event = match T::Payments::check_transfer(payment) {
				PaymentStatus::Success => Event::PaymentSucceeded { avs, payment },
				PaymentStatus::Failure => Event::PaymentFailed { avs, payment },
				PaymentStatus::Unknown => Event::PaymentUnknown { avs, payment },
				PaymentStatus::InProgress => return Err(Error::<T>::PaymentInProgress.into()),
			};
			*slot = (!open.is_empty()).then_some(open);
			Self::deposit_event(event);
			Ok(())
		})
	}
}
