// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! AVSs: who speaks for them, what they ask for and pay, and how they go.

use crate::{pallet::*, types::*};
use alloc::{boxed::Box, vec::Vec};
use frame_support::{
	pallet_prelude::*,
	traits::{Contains, EnsureOrigin},
};
use frame_system::{ensure_signed, pallet_prelude::OriginFor};
use picasso_primitives::{
	avs::{AvsStatus, Terms, CHAIN},
	conditions::{Condition, Fault, Limits},
	emissions::{Payer, Payers, Paymaster},
	restaking::StakeLedger,
	slashing::SlashingTerms,
	AvsId, EraIndex,
};
use sp_runtime::ArithmeticError;

/// How many eras of old terms are looked at when they change: more than the one that a change adds.
const FORGOTTEN_AT_ONCE: u32 = 2;

impl<T: Config> SlashingTerms<T::AccountId> for Pallet<T> {
	fn conditions(avs: AvsId, era: EraIndex) -> Vec<Condition<T::AccountId>> {
		let Some(record) = Avss::<T>::get(avs) else { return Vec::new() };
		Self::terms_of(avs, &record, era)
			.map_or_else(|_| Vec::new(), |terms| terms.conditions.into_inner())
	}
}

impl<T: Config> Payers<T::AccountId> for Pallet<T> {
	fn next_avs() -> AvsId {
		NextAvsId::<T>::get()
	}

	fn payer(avs: AvsId) -> Option<Payer<T::AccountId>> {
		let record = Avss::<T>::get(avs)?;
		let era = T::Ledger::current_era();
		let terms = Self::terms_of(avs, &record, era).ok()?;
		let next = record.terms.last().copied().filter(|from| *from > era);
		let next_currency =
			next.and_then(|from| TermsOf::<T>::get(avs, from)).map(|terms| terms.pay_currency);
		let is_gone = Self::is_gone(&record, era);
		let (currency, per_era) = (terms.pay_currency, terms.pay_per_era);
		Some(Payer { owner: record.owner, currency, per_era, next_currency, is_gone })
	}
}

impl<T: Config> Pallet<T> {
	/// Whether an origin speaks for an AVS: its owner does, and for the chain governance.
	pub(crate) fn ensure_speaks_for(origin: OriginFor<T>, avs: AvsId) -> DispatchResult {
		let owner = Self::existing(avs)?.owner;
		let Some(owner) = owner else {
			return T::AvsAdminOrigin::ensure_origin(origin).map(|_| ()).map_err(Into::into);
		};
		let who = ensure_signed(origin)?;
		ensure!(who == owner, Error::<T>::NotAvsOwner);
		Ok(())
	}

	/// As [`Self::ensure_speaks_for`], or governance.
	pub(crate) fn ensure_may_offboard(origin: OriginFor<T>, avs: AvsId) -> DispatchResult {
		match T::AvsAdminOrigin::try_origin(origin) {
			Ok(_) => Ok(()),
			Err(origin) => Self::ensure_speaks_for(origin, avs),
		}
	}

	pub(crate) fn existing(avs: AvsId) -> Result<AvsRecord<T>, DispatchError> {
		Avss::<T>::get(avs).ok_or(Error::<T>::AvsNotFound.into())
	}

	pub(crate) fn change_avs<R>(
		avs: AvsId,
		change: impl FnOnce(&mut AvsRecord<T>) -> Result<R, DispatchError>,
	) -> Result<R, DispatchError> {
		Avss::<T>::try_mutate(avs, |slot| change(slot.as_mut().ok_or(Error::<T>::AvsNotFound)?))
	}

	/// Whether terms agree with themselves and with the chain.
	pub(crate) fn ensure_valid_terms(
		avs: Option<AvsId>,
		terms: &Terms<T::AccountId>,
	) -> DispatchResult {
		let limits = Limits {
			unbonding: T::Ledger::unbonding(),
			era_length: T::Ledger::era_length(),
			shortest_dispute: T::ShortestDispute::get(),
		};
		terms.validate(&limits).map_err(Error::<T>::from)?;
		let known = terms.assets.iter().all(|asset| T::Ledger::deposit_cap(asset.asset).is_some());
		ensure!(known, Error::<T>::TermsAssetUnknown);
		let chains = terms.conditions.iter().any(|condition| condition.fault == Fault::Consensus);
		ensure!(!chains || avs == Some(CHAIN), Error::<T>::TermsConditionIsTheChains);
		ensure!(
			T::PayCurrencies::contains(&terms.pay_currency),
			Error::<T>::TermsPayCurrencyUnlisted
		);
		ensure!(terms.notice <= T::MaxNotice::get(), Error::<T>::TermsNoticeTooLong);
		Ok(())
	}

	/// Adds an AVS and returns its number.
	pub(crate) fn add_avs(
		owner: Option<T::AccountId>,
		metadata: BoundedVec<u8, T::MaxMetadataLength>,
		terms: Terms<T::AccountId>,
	) -> Result<AvsId, DispatchError> {
		let avs = NextAvsId::<T>::get();
		NextAvsId::<T>::put(avs.checked_add(1).ok_or(ArithmeticError::Overflow)?);
		let oldest = T::Ledger::current_era();
		let record = AvsRecord {
			owner: owner.clone(),
			next_owner: None,
			metadata,
			status: AvsStatus::Active,
			terms: BoundedVec::truncate_from(alloc::vec![oldest]),
			members: 0,
			invitations: 0,
			allocations: 0,
			tables: TableHistory { oldest, ..Default::default() },
		};
		Avss::<T>::insert(avs, record);
		TermsOf::<T>::insert(avs, oldest, terms);
		Self::deposit_event(Event::Onboarded { avs, owner });
		Ok(avs)
	}

	/// Changes terms: those that favour stake from the next era on, others when stake that is against
	/// them has had its time to leave, and the notice is over. What was still to come is dropped.
	pub(crate) fn do_set_terms(avs: AvsId, new: Terms<T::AccountId>) -> DispatchResult {
		Self::ensure_valid_terms(Some(avs), &new)?;
		let era = T::Ledger::current_era();
		let (old, from) = Self::change_avs(avs, |record| {
			ensure!(record.status == AvsStatus::Active, Error::<T>::AvsLeaving);
			let old = Self::terms_of(avs, record, era)?;
			let pending = record.terms.last().copied().filter(|from| *from > era);
			ensure!(old != new || pending.is_some(), Error::<T>::TermsUnchanged);
			if let Some(dropped) = pending {
				record.terms.pop();
				TermsOf::<T>::remove(avs, dropped);
			}
			let next = era.checked_add(1).ok_or(ArithmeticError::Overflow)?;
			let from = if new.favours_stake(&old) {
				next
			} else {
				Self::end_of_notice(era, old.notice)?.max(next)
			};
			Self::forget_old_terms(avs, record, era);
			record.terms.try_push(from).map_err(|_| Error::<T>::TooManyTerms)?;
			TermsOf::<T>::insert(avs, from, &new);
			Ok((old, from))
		})?;
		Self::deposit_event(Event::TermsChanged {
			avs,
			old: Box::new(old),
			new: Box::new(new),
			from,
		});
		Ok(())
	}

	/// An AVS's terms in an era within the unbonding window.
	pub(crate) fn terms_of(
		avs: AvsId,
		record: &AvsRecord<T>,
		era: EraIndex,
	) -> Result<Terms<T::AccountId>, DispatchError> {
		let from = record.terms.iter().rev().find(|from| **from <= era);
		let terms = from.and_then(|from| TermsOf::<T>::get(avs, from));
		terms.ok_or(Error::<T>::AvsNotFound.into())
	}

	/// An AVS's terms in the current era.
	pub(crate) fn current_terms(avs: AvsId) -> Result<Terms<T::AccountId>, DispatchError> {
		Self::terms_of(avs, &Self::existing(avs)?, T::Ledger::current_era())
	}

	/// Forgets terms to which nobody can be held any more.
	fn forget_old_terms(avs: AvsId, record: &mut AvsRecord<T>, era: EraIndex) {
		let held = |next: &EraIndex| next.saturating_add(T::Ledger::unbonding()) >= era;
		for _ in 0..FORGOTTEN_AT_ONCE {
			if record.terms.get(1).is_none_or(held) {
				return;
			}
			let forgotten = record.terms.remove(0);
			TermsOf::<T>::remove(avs, forgotten);
		}
	}

	/// The era when a notice given now is over, and an exit made now has matured.
	fn end_of_notice(era: EraIndex, notice: EraIndex) -> Result<EraIndex, DispatchError> {
		let noticed = era.checked_add(notice).ok_or(ArithmeticError::Overflow)?;
		let matured = T::Ledger::maturity().ok_or(ArithmeticError::Overflow)?;
		Ok(noticed.max(matured))
	}

	pub(crate) fn do_set_metadata(avs: AvsId, metadata: Vec<u8>) -> DispatchResult {
		let metadata = Self::bounded_metadata(metadata)?;
		Self::change_avs(avs, |record| {
			record.metadata = metadata;
			Ok(())
		})?;
		Self::deposit_event(Event::MetadataChanged { avs });
		Ok(())
	}

	pub(crate) fn bounded_metadata(
		metadata: Vec<u8>,
	) -> Result<BoundedVec<u8, T::MaxMetadataLength>, DispatchError> {
		metadata.try_into().map_err(|_| Error::<T>::MetadataTooLong.into())
	}

	pub(crate) fn do_offer_ownership(
		avs: AvsId,
		next_owner: Option<T::AccountId>,
	) -> DispatchResult {
		Self::change_avs(avs, |record| {
			record.next_owner = next_owner.clone();
			Ok(())
		})?;
		Self::deposit_event(Event::OwnershipOffered { avs, next_owner });
		Ok(())
	}

	pub(crate) fn do_accept_ownership(who: &T::AccountId, avs: AvsId) -> DispatchResult {
		let old = Self::change_avs(avs, |record| {
			let offered = record.next_owner.take().filter(|next| next == who);
			let new = offered.ok_or(Error::<T>::NotNextOwner)?;
			Ok(record.owner.replace(new))
		})?;
		Self::deposit_event(Event::OwnerChanged { avs, old, new: who.clone() });
		Ok(())
	}

	pub(crate) fn do_offboard(avs: AvsId) -> DispatchResult {
		ensure!(avs != CHAIN, Error::<T>::ChainCannotLeave);
		let era = T::Ledger::current_era();
		let notice = Self::current_terms(avs)?.notice;
		let next = era.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		let until = Self::end_of_notice(era, notice)?.max(next);
		Self::change_avs(avs, |record| {
			ensure!(record.status == AvsStatus::Active, Error::<T>::AvsLeaving);
			record.status = AvsStatus::Leaving(until);
			Ok(())
		})?;
		Self::deposit_event(Event::OffboardingStarted { avs, until });
		Ok(())
	}

	/// Whether an AVS's last era is over.
	pub(crate) fn is_gone(record: &AvsRecord<T>, era: EraIndex) -> bool {
		matches!(record.status, AvsStatus::Leaving(until) if until <= era)
	}

	/// Forgets an AVS that is gone, of which nobody is held to anything. False where something is left.
	pub(crate) fn forget_if_settled(avs: AvsId, record: &AvsRecord<T>, era: EraIndex) -> bool {
		let AvsStatus::Leaving(until) = record.status else { return false };
		let settled = until <= era
			&& record.members == 0
			&& record.invitations == 0
			&& record.allocations == 0
			&& record.tables.last.is_none()
			&& Exclusions::<T>::iter_key_prefix(avs).next().is_none()
			&& record.tables.oldest >= until;
		if settled {
			Avss::<T>::remove(avs);
			for from in &record.terms {
				TermsOf::<T>::remove(avs, from);
			}
			T::Paymaster::close(avs, record.owner.clone());
			Self::deposit_event(Event::Offboarded { avs });
		}
		settled
	}
}
