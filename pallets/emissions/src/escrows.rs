// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What AVSs have for their pay: how it comes in, is set aside era by era, and goes back.

use crate::{pallet::*, types::*, WeightInfo};
use alloc::vec::Vec;
use frame_support::{defensive, pallet_prelude::*, storage::with_storage_layer};
use picasso_primitives::{
	avs::CHAIN,
	emissions::{Payer, Payers, Paymaster},
	restaking::StakeLedger,
	rewards::PoolRewards,
	AssetId, AvsId, Balance, EraIndex, PICA,
};
use sp_runtime::{
	traits::{UniqueSaturatedInto, Zero},
	ArithmeticError,
};

impl<T: Config> Paymaster<T::AccountId> for Pallet<T> {
	fn set_aside(avs: AvsId, era: EraIndex, currency: AssetId, amount: Balance) -> bool {
		if amount.is_zero() {
			return true;
		}
		let active = T::Ledger::currencies().contains(&currency);
		let mut account = Accounts::<T>::get(avs);
		let escrow = account.escrow.of(currency);
		let most = if active { escrow } else { 0 };
		let part = if avs == CHAIN { amount.min(most) } else { amount };
		if part > most {
			return false;
		}
		let moved = account
			.escrow
			.take(currency, part)
			.and_then(|()| Self::add_due_pay(era, avs, currency, part).ok());
		if moved.is_none() {
			defensive!("what was in escrow fits");
			return false;
		}
		Self::warn_if_low(avs, currency, account.escrow.of(currency), amount);
		Accounts::<T>::insert(avs, account);
		true
	}

	fn weight_of_setting_aside() -> Weight {
		T::WeightInfo::set_aside()
	}

	fn first_unpaid_era() -> Option<EraIndex> {
		let round = Round::<T>::get();
		match round.stage {
			Stage::Over => Some(round.era),
			_ => round.era.checked_sub(1),
		}
	}

	fn close(avs: AvsId, owner: Option<T::AccountId>) {
		Accounts::<T>::mutate_exists(avs, |slot| {
			let account = slot.take().unwrap_or_default();
			// Its owner spends what it has elsewhere, for as long as it likes.
			let kept = owner.is_some() || !account.escrow.is_empty();
			let heir = Some(owner.unwrap_or_else(T::Treasury::get));
			*slot = kept.then_some(Account { heir, ..account });
		});
	}

	fn forget_operator(operator: &T::AccountId) {
		RewardAccounts::<T>::remove(operator);
	}
}

impl<T: Config> Pallet<T> {
	/// Adds to what an AVS pays for an era.
	pub(crate) fn add_due_pay(
		era: EraIndex,
		avs: AvsId,
		currency: AssetId,
		amount: Balance,
	) -> DispatchResult {
		if amount.is_zero() {
			return Ok(());
		}
		DuePay::<T>::try_mutate(era, avs, |due| {
			due.put(currency, amount).ok_or(ArithmeticError::Overflow.into())
		})
	}

	/// Notes that the chain earned `amount` planck of PICA, which were paid into this pallet's account.
	pub fn note_chain_revenue(amount: Balance) -> DispatchResult {
		Self::add_due_pay(T::Ledger::current_era(), CHAIN, PICA, amount)
	}

	fn warn_if_low(avs: AvsId, currency: AssetId, escrow: Balance, per_era: Balance) {
		let eras = eras_of(escrow, per_era);
		if eras < T::WarningEras::get() && avs != CHAIN {
			Self::deposit_event(Event::EscrowLow { avs, currency, eras });
		}
	}

	/// An AVS that pays, or why it doesn't.
	fn paying(avs: AvsId) -> Result<Payer<T::AccountId>, DispatchError> {
		let payer = T::Avss::payer(avs).ok_or(Error::<T>::AvsNotFound)?;
		ensure!(!payer.is_gone, Error::<T>::AvsIsGone);
		Ok(payer)
	}

	pub(crate) fn do_fund(
		who: T::AccountId,
		avs: AvsId,
		currency: AssetId,
		amount: Balance,
	) -> DispatchResult {
		let payer = Self::paying(avs)?;
		let needed = currency == payer.currency || Some(currency) == payer.next_currency;
		ensure!(needed, Error::<T>::WrongCurrency);
		Self::receive(&who, currency, amount)?;
		Accounts::<T>::try_mutate(avs, |account| {
			account.escrow.put(currency, amount).ok_or(ArithmeticError::Overflow)
		})?;
		Self::deposit_event(Event::EscrowFunded { avs, who, currency, amount });
		Ok(())
	}

	pub(crate) fn do_pay_revenue(
		who: T::AccountId,
		avs: AvsId,
		currency: AssetId,
		amount: Balance,
	) -> DispatchResult {
		Self::paying(avs)?;
		Self::receive(&who, currency, amount)?;
		let era = T::Ledger::current_era();
		Self::add_due_pay(era, avs, currency, amount)?;
		Self::deposit_event(Event::RevenuePaid { avs, era, who, currency, amount });
		Ok(())
	}

	/// Gives back what an AVS doesn't need any more: all once its last era is over, and before that what
	/// its terms don't ask for. A currency that can't be moved stays, and stops no other.
	pub(crate) fn do_refund(avs: AvsId) -> Result<u32, DispatchError> {
		let (payer, owner) = (T::Avss::payer(avs), Self::owner_of(avs));
		let active = T::Ledger::currencies();
		let spare = |currency: AssetId| match &payer {
			Some(payer) if !payer.is_gone => {
				let asked = currency == payer.currency || Some(currency) == payer.next_currency;
				!asked || !active.contains(&currency)
			},
			_ => true,
		};
		Accounts::<T>::try_mutate_exists(avs, |slot| {
			let mut account = slot.take().ok_or(Error::<T>::NothingToRefund)?;
			let to = owner.unwrap_or_else(T::Treasury::get);
			let amounts: Vec<_> =
				account.escrow.iter().filter(|(currency, _)| spare(*currency)).collect();
			let mut outcome = Err(Error::<T>::NothingToRefund.into());
			let mut paid = 0u32;
			for (currency, amount) in amounts {
				let moved = with_storage_layer(|| Self::pay_out(&to, currency, amount));
				match moved {
					Ok(()) => {
						account.escrow.take(currency, amount).ok_or(ArithmeticError::Underflow)?;
						paid = paid.saturating_add(1);
						let to = to.clone();
						Self::deposit_event(Event::Refunded { avs, to, currency, amount });
					},
					Err(error) => outcome = Err(error),
				}
			}
			let forgotten = account.escrow.is_empty() && account.heir == Some(T::Treasury::get());
			*slot = (!forgotten).then_some(account);
			if paid > 0 {
				Ok(paid)
			} else {
				outcome
			}
		})
	}
}

/// Eras that an escrow lasts for.
pub(crate) fn eras_of(escrow: Balance, per_era: Balance) -> u32 {
	escrow.checked_div(per_era).map_or(u32::MAX, UniqueSaturatedInto::unique_saturated_into)
}
