// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Members: how operators come to an AVS and go, and by which keys they sign.

use crate::{pallet::*, types::*};
use frame_support::traits::DefensiveSaturating;
use frame_support::{
	pallet_prelude::*,
	traits::{Consideration, Footprint},
};
use picasso_primitives::{
	avs::{possession_message, AvsKey, AvsSignature, AvsStatus, Membership, CHAIN},
	restaking::{OperatorStatus, StakeLedger},
	AvsId, EraIndex,
};
use sp_runtime::{traits::Zero, ArithmeticError};

/// Coming and going.
impl<T: Config> Pallet<T> {
	pub(crate) fn do_join(
		operator: &T::AccountId,
		avs: AvsId,
		key: Option<(AvsKey, AvsSignature)>,
	) -> DispatchResult {
		let standing = T::Ledger::operator(operator);
		let serving = standing.is_some_and(|standing| {
			standing.status != OperatorStatus::Leaving && !standing.chilled
		});
		ensure!(serving, Error::<T>::OperatorNotServing);
		ensure!(key.is_some() || avs == CHAIN, Error::<T>::KeyMissing);
		ensure!(key.is_none() || avs != CHAIN, Error::<T>::KeyNotNeeded);

		let era = T::Ledger::current_era();
		let next = era.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		let invited = Invitations::<T>::contains_key(avs, operator);
		let membership = Self::current_terms(avs)?.membership;
		ensure!(invited || membership != Membership::Invited, Error::<T>::NotInvited);
		let approved = invited || membership != Membership::Approved;

		let known = Members::<T>::get(avs, operator);
		let left = known.is_none_or(|member| member.until.is_some());
		ensure!(left, Error::<T>::AlreadyMember);
		// One that comes back in the era in which it left goes on as if it had not, where it may.
		let unbroken = known.filter(|member| member.until == Some(era));
		ensure!(approved || unbroken.is_none(), Error::<T>::NotInvited);
		let since = unbroken.and_then(|member| member.since).or(approved.then_some(next));

		Self::count_member(avs, known.is_none())?;
		let key = key.map(|(key, proof)| Self::use_key(operator, avs, key, &proof)).transpose()?;
		if invited {
			Self::forget_invitation(avs, operator)?;
		}
		Members::<T>::insert(avs, operator, AvsMember { key, since, until: None });
		if since.is_some() {
			Self::begin_tenure(avs, operator, next)?;
		}
		Self::bind_operator(operator)?;
		Self::deposit_event(Event::OperatorJoined { avs, operator: operator.clone(), key, since });
		Ok(())
	}

	fn count_member(avs: AvsId, new: bool) -> DispatchResult {
		Self::change_avs(avs, |record| {
			ensure!(record.status == AvsStatus::Active, Error::<T>::AvsLeaving);
			if new {
				ensure!(record.members < T::MaxMembers::get(), Error::<T>::TooManyMembers);
				record.members = record.members.checked_add(1).ok_or(ArithmeticError::Overflow)?;
			}
			Ok(())
		})
	}

	/// Approves an operator that stands, or invites one to.
	pub(crate) fn do_admit(avs: AvsId, operator: &T::AccountId) -> DispatchResult {
		let member = Members::<T>::get(avs, operator).filter(|member| member.until.is_none());
		match member {
			None => Self::invite(avs, operator)?,
			Some(AvsMember { since: Some(_), .. }) => {
				return Err(Error::<T>::AlreadyApproved.into())
			},
			Some(member) => {
				let era = T::Ledger::current_era();
				let next = era.checked_add(1).ok_or(ArithmeticError::Overflow)?;
				Members::<T>::insert(avs, operator, AvsMember { since: Some(next), ..member });
				Self::begin_tenure(avs, operator, next)?;
			},
		}
		Self::deposit_event(Event::OperatorAdmitted { avs, operator: operator.clone() });
		Ok(())
	}

	fn invite(avs: AvsId, operator: &T::AccountId) -> DispatchResult {
		let invited = Invitations::<T>::contains_key(avs, operator);
		ensure!(!invited, Error::<T>::AlreadyApproved);
		Invitations::<T>::insert(avs, operator, ());
		Self::change_avs(avs, |record| {
			let room = record.invitations < T::MaxMembers::get();
			ensure!(room, Error::<T>::TooManyInvitations);
			record.invitations =
				record.invitations.checked_add(1).ok_or(ArithmeticError::Overflow)?;
			Ok(())
		})
	}

	fn forget_invitation(avs: AvsId, operator: &T::AccountId) -> DispatchResult {
		Invitations::<T>::take(avs, operator).ok_or(Error::<T>::NotInvited)?;
		Self::change_avs(avs, |record| {
			record.invitations =
				record.invitations.checked_sub(1).ok_or(ArithmeticError::Underflow)?;
			Ok(())
		})
	}

	pub(crate) fn do_withdraw_invitation(avs: AvsId, operator: &T::AccountId) -> DispatchResult {
		Self::forget_invitation(avs, operator)?;
		let operator = operator.clone();
		Self::deposit_event(Event::InvitationWithdrawn { avs, operator });
		Ok(())
	}

	/// Ends an operator's service with this era, and takes back all that it put behind the AVS.
	pub(crate) fn do_leave(avs: AvsId, operator: &T::AccountId, willing: bool) -> DispatchResult {
		let era = T::Ledger::current_era();
		let member = Members::<T>::get(avs, operator).filter(|member| member.until.is_none());
		let member = member.ok_or(Error::<T>::NotMember)?;
		Members::<T>::insert(avs, operator, AvsMember { until: Some(era), ..member });
		if member.since.is_some() {
			Self::end_tenure(avs, operator, era)?;
		}
		if let Some(key) = member.key {
			Self::disuse_key(key)?;
		}
		Self::unbind_operator(operator)?;
		Self::withdraw_allocations(avs, operator)?;
		let operator = operator.clone();
		Self::deposit_event(Event::OperatorLeft { avs, operator, until: era, willing });
		Ok(())
	}

	/// Sends an operator away, which an AVS may that chooses its operators.
	pub(crate) fn do_eject(avs: AvsId, operator: &T::AccountId) -> DispatchResult {
		let membership = Self::current_terms(avs)?.membership;
		ensure!(membership != Membership::Open, Error::<T>::MembershipOpen);
		Self::do_leave(avs, operator, false)
	}

	/// Removes a member that brings less than the terms ask for, so that it takes no one's place.
	pub(crate) fn do_remove_unfit(avs: AvsId, operator: &T::AccountId) -> DispatchResult {
		let era = T::Ledger::current_era();
		let member = Members::<T>::get(avs, operator).filter(|member| member.until.is_none());
		let member = member.ok_or(Error::<T>::NotMember)?;
		// It has an era's time to bring its stake.
		let known = member.since.is_some_and(|since| since < era);
		let brings = Self::candidate(avs, &Self::current_terms(avs)?, operator, &member, era);
		ensure!(known && brings.is_none(), Error::<T>::OperatorFits);
		Self::do_leave(avs, operator, false)
	}

	/// Whether an AVS is past its last era, so that anyone may release its operators.
	pub(crate) fn ensure_gone(avs: AvsId) -> DispatchResult {
		let gone = Self::is_gone(&Self::existing(avs)?, T::Ledger::current_era());
		ensure!(gone, Error::<T>::AvsNotGone);
		Ok(())
	}

	/// Removes a member that left before `era`: tables up to then knew it.
	pub(crate) fn forget_member(record: &mut AvsRecord<T>, avs: AvsId, operator: &T::AccountId) {
		Members::<T>::remove(avs, operator);
		record.members.defensive_saturating_dec();
	}
}

/// What operators are held to.
impl<T: Config> Pallet<T> {
	/// Notes that an operator answers to an AVS from an era on. What nobody can be held to any more is
	/// forgotten.
	fn begin_tenure(avs: AvsId, operator: &T::AccountId, since: EraIndex) -> DispatchResult {
		let era = T::Ledger::current_era();
		TenuresOf::<T>::try_mutate(avs, operator, |slot| {
			let mut tenures = match slot.take() {
				Some(tenures) => tenures,
				None => {
					let footprint = Footprint::from_mel::<(AvsId, T::AccountId, Tenures<T>)>();
					let deposit = T::MemberDeposit::new(operator, footprint)?;
					Tenures { eras: BoundedVec::new(), deposit }
				},
			};
			tenures.eras.retain(|tenure| Self::is_held(tenure, era));
			match tenures.eras.last_mut() {
				// Without a gap it goes on.
				Some(last) if last.until.is_some_and(|until| until.saturating_add(1) >= since) => {
					last.until = None;
				},
				_ => tenures
					.eras
					.try_push(Tenure { since, until: None })
					.map_err(|_| Error::<T>::TooManyTenures)?,
			}
			*slot = Some(tenures);
			Ok(())
		})
	}

	fn end_tenure(avs: AvsId, operator: &T::AccountId, until: EraIndex) -> DispatchResult {
		TenuresOf::<T>::try_mutate(avs, operator, |slot| {
			let last = slot.as_mut().and_then(|tenures| tenures.eras.last_mut());
			last.ok_or(Error::<T>::NotMember)?.until = Some(until);
			Ok(())
		})
	}

	/// Whether anybody can still be held to what was done in a tenure.
	fn is_held(tenure: &Tenure, era: EraIndex) -> bool {
		tenure
			.until
			.and_then(|until| until.checked_add(T::Ledger::unbonding()))
			.is_none_or(|held| held >= era)
	}

	/// Forgets an operator that can't be held any more to what it did for an AVS, and gives its deposit
	/// back.
	pub(crate) fn do_release(avs: AvsId, operator: &T::AccountId) -> DispatchResult {
		let era = T::Ledger::current_era();
		let tenures = TenuresOf::<T>::take(avs, operator).ok_or(Error::<T>::NotMember)?;
		let held = tenures.eras.iter().any(|tenure| Self::is_held(tenure, era));
		ensure!(!held, Error::<T>::StillLiable);
		tenures.deposit.drop(operator)?;
		Self::deposit_event(Event::OperatorReleased { avs, operator: operator.clone() });
		Ok(())
	}

	/// Whether an operator answered to an AVS in an era.
	pub(crate) fn answered(avs: AvsId, operator: &T::AccountId, era: EraIndex) -> bool {
		TenuresOf::<T>::get(avs, operator).is_some_and(|tenures| {
			tenures
				.eras
				.iter()
				.any(|tenure| tenure.since <= era && tenure.until.is_none_or(|until| era <= until))
		})
	}

	fn bind_operator(operator: &T::AccountId) -> DispatchResult {
		Bonds::<T>::try_mutate(operator, |bond| {
			bond.serves = bond.serves.checked_add(1).ok_or(ArithmeticError::Overflow)?;
			Ok(())
		})
	}

	fn unbind_operator(operator: &T::AccountId) -> DispatchResult {
		let held_until = T::Ledger::maturity().ok_or(ArithmeticError::Overflow)?;
		Bonds::<T>::try_mutate(operator, |bond| {
			bond.serves = bond.serves.checked_sub(1).ok_or(ArithmeticError::Underflow)?;
			bond.held_until = bond.held_until.max(held_until);
			Ok(())
		})
	}
}

/// Keys.
impl<T: Config> Pallet<T> {
	pub(crate) fn do_set_key(
		operator: &T::AccountId,
		avs: AvsId,
		new: AvsKey,
		proof: &AvsSignature,
	) -> DispatchResult {
		ensure!(avs != CHAIN, Error::<T>::KeyNotNeeded);
		let member = Members::<T>::get(avs, operator).filter(|member| member.until.is_none());
		let member = member.ok_or(Error::<T>::NotMember)?;
		Self::use_key(operator, avs, new, proof)?;
		if let Some(old) = member.key {
			Self::disuse_key(old)?;
		}
		Members::<T>::insert(avs, operator, AvsMember { key: Some(new), ..member });
		let (operator, old) = (operator.clone(), member.key);
		Self::deposit_event(Event::KeyChanged { avs, operator, old, new });
		Ok(())
	}

	/// Notes that an operator uses a key, which it proves to have.
	fn use_key(
		operator: &T::AccountId,
		avs: AvsId,
		key: AvsKey,
		proof: &AvsSignature,
	) -> Result<AvsKey, DispatchError> {
		let genesis = frame_system::Pallet::<T>::block_hash(BlockNumberOf::<T>::zero());
		let message = possession_message(genesis, avs, operator);
		ensure!(key.verify(&message, proof), Error::<T>::KeyNotProved);
		KeyOwners::<T>::try_mutate(key, |slot| {
			let mut owner = match slot.take() {
				Some(owner) => owner,
				None => {
					let footprint = Footprint::from_mel::<(AvsKey, KeyOwner<T>)>();
					let deposit = T::MemberDeposit::new(operator, footprint)?;
					KeyOwner { operator: operator.clone(), uses: 0, held_until: 0, deposit }
				},
			};
			ensure!(owner.operator == *operator, Error::<T>::KeyTaken);
			owner.uses = owner.uses.checked_add(1).ok_or(ArithmeticError::Overflow)?;
			*slot = Some(owner);
			Ok(key)
		})
	}

	/// A key stays its operator's for as long as anybody can be held to what it signed.
	fn disuse_key(key: AvsKey) -> DispatchResult {
		let held_until = T::Ledger::maturity().ok_or(ArithmeticError::Overflow)?;
		KeyOwners::<T>::try_mutate(key, |slot| {
			let owner = slot.as_mut().ok_or(Error::<T>::KeyNotFound)?;
			owner.uses = owner.uses.checked_sub(1).ok_or(ArithmeticError::Underflow)?;
			owner.held_until = owner.held_until.max(held_until);
			Ok(())
		})
	}

	pub(crate) fn do_forget_key(who: &T::AccountId, key: AvsKey) -> DispatchResult {
		let owner = KeyOwners::<T>::take(key).ok_or(Error::<T>::KeyNotFound)?;
		ensure!(owner.operator == *who, Error::<T>::KeyTaken);
		let free = owner.uses.is_zero() && owner.held_until <= T::Ledger::current_era();
		ensure!(free, Error::<T>::KeyInUse);
		owner.deposit.drop(who)?;
		Self::deposit_event(Event::KeyForgotten { operator: who.clone(), key });
		Ok(())
	}
}

type BlockNumberOf<T> = frame_system::pallet_prelude::BlockNumberFor<T>;
