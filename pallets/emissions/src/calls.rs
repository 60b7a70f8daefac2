// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What users, operators and governance can ask for.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod calls {
	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Funds an AVS: adds to the escrow out of which it sets its pay aside, era by era.
		///
		/// ## Dispatch Origin
		/// Signed, by anyone.
		///
		/// ## Parameters
		/// - `avs`: the AVS.
		/// - `currency`: that of its terms, or of its terms to come.
		/// - `amount`: planck of it.
		///
		/// ## Errors
		/// - `AvsNotFound`, `AvsIsGone`, `WrongCurrency`, `CurrencyNotActive`, `ZeroAmount`.
		/// - What the transfer fails with.
		///
		/// ## Events
		/// - `EscrowFunded`.
		///
		/// ## Complexity
		/// O(1).
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::fund())]
		pub fn fund(
			origin: OriginFor<T>,
			avs: AvsId,
			currency: AssetId,
			#[pallet::compact] amount: Balance,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_fund(who, avs, currency, amount)
		}

		/// Pays revenue of an AVS's: it is shared out with the AVS's pay for this era, to those who serve in
		/// it. Where nobody does, it waits for the next.
		///
		/// ## Dispatch Origin
		/// Signed, by anyone.
		///
		/// ## Parameters
		/// - `avs`: the AVS.
		/// - `currency`: any that pay is taken in.
		/// - `amount`: planck of it.
		///
		/// ## Errors
		/// - `AvsNotFound`, `AvsIsGone`, `CurrencyNotActive`, `ZeroAmount`.
		/// - What the transfer fails with.
		///
		/// ## Events
		/// - `RevenuePaid`.
		///
		/// ## Complexity
		/// O(1).
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::pay_revenue())]
		pub fn pay_revenue(
			origin: OriginFor<T>,
			avs: AvsId,
			currency: AssetId,
			#[pallet::compact] amount: Balance,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_pay_revenue(who, avs, currency, amount)
		}

		/// Gives PICA to the pot that pays the fixed yield: the less must be made for it.
		///
		/// ## Dispatch Origin
		/// Signed, by anyone.
		///
		/// ## Parameters
		/// - `amount`: planck of PICA.
		///
		/// ## Errors
		/// - `CurrencyNotActive`: PICA is not paid as a reward.
		/// - `ZeroAmount`.
		/// - What the transfer fails with.
		///
		/// ## Events
		/// - `Donated`.
		///
		/// ## Complexity
		/// O(1).
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::donate())]
		pub fn donate(origin: OriginFor<T>, #[pallet::compact] amount: Balance) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_donate(who, amount)
		}

		/// Decides how revenue is divided, from the next AVS that is paid for.
		///
		/// ## Dispatch Origin
		/// `GovernanceOrigin`.
		///
		/// ## Parameters
		/// - `split`: the parts of restakers (at least 40 %), of PICA stakers, of operators and of the
		///   treasury, in billionths; 10⁹ together.
		///
		/// ## Errors
		/// - `SplitNotTheWhole`, `TooLittleForRestakers`.
		///
		/// ## Events
		/// - `SplitChanged`.
		///
		/// ## Complexity
		/// O(1).
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::set_split())]
		pub fn set_split(origin: OriginFor<T>, split: Split) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			split.validate().map_err(Error::<T>::from)?;
			let old = CurrentSplit::<T>::mutate(|current| core::mem::replace(current, split));
			Self::deposit_event(Event::SplitChanged { old, new: split });
			Ok(())
		}

		/// Says where an operator is paid its part of revenue and its commission.
		///
		/// ## Dispatch Origin
		/// Signed, by the operator.
		///
		/// ## Parameters
		/// - `account`: the account; none for the operator's own.
		///
		/// ## Errors
		/// - `NotAnOperator`.
		///
		/// ## Events
		/// - `RewardAccountChanged`.
		///
		/// ## Complexity
		/// O(1).
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::set_reward_account())]
		pub fn set_reward_account(
			origin: OriginFor<T>,
			account: Option<T::AccountId>,
		) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			Self::do_set_reward_account(operator, account)
		}

		/// Pays an operator, or the treasury, what couldn't be moved when it was earned: to the account
		/// where the operator is paid.
		///
		/// ## Dispatch Origin
		/// Signed, by anyone.
		///
		/// ## Parameters
		/// - `who`: who is owed it.
		/// - `currency`: the currency.
		///
		/// ## Errors
		/// - `NothingDue`.
		/// - What the transfer fails with.
		///
		/// ## Events
		/// - `DuePaid`.
		///
		/// ## Complexity
		/// O(1).
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::collect())]
		pub fn collect(
			origin: OriginFor<T>,
			who: T::AccountId,
			currency: AssetId,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_collect(&who, currency)
		}

		/// Gives an AVS's owner back what is in its escrow and not needed any more: all of it once its last
		/// era is over, before that what is in currencies that its terms don't ask for, or that are retired.
		/// What belongs to nobody goes to the treasury.
		///
		/// ## Dispatch Origin
		/// Signed, by anyone.
		///
		/// ## Parameters
		/// - `avs`: the AVS, which may be forgotten already.
		///
		/// ## Errors
		/// - `NothingToRefund`.
		/// - What the transfer fails with, where none succeeds.
		///
		/// ## Events
		/// - `Refunded`, for each currency.
		///
		/// ## Complexity
		/// O(currencies).
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::refund(T::MaxCurrencies::get()))]
		pub fn refund(origin: OriginFor<T>, avs: AvsId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let paid = Self::do_refund(avs)?;
			Ok(Some(T::WeightInfo::refund(paid)).into())
		}

		/// Pays somebody of what an AVS has beside its escrow: its account here, or the account of this one
		/// on another chain. `avs_account` of the runtime API tells the account here; anyone can send to it.
		///
		/// ## Dispatch Origin
		/// Signed, by the AVS's owner, or who was when it was forgotten; `GovernanceOrigin` where nobody is,
		/// as of the chain.
		///
		/// ## Parameters
		/// - `avs`: the AVS.
		/// - `asset`: what is paid: an asset here, or one of another chain, as that chain sees it.
		/// - `amount`: planck of it.
		/// - `beneficiary`: to whom, as the chain where it is paid sees it.
		/// - `fee`: what pays for it on another chain, of what the AVS has there; what is over comes back, but
		///   what that chain doesn't take, or is too little, is lost. None where it lets the AVS's messages in
		///   for nothing: then it tells what became of the payment. Nothing is taken for assets here.
		///
		/// ## Errors
		/// - `NotTheOwner`, `AvsNotFound`, `ZeroAmount`, `TooManyPayments`.
		/// - What the transfer, or sending the message, fails with.
		///
		/// ## Events
		/// - `Spent`.
		///
		/// ## Complexity
		/// O(1).
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::spend())]
		pub fn spend(
			origin: OriginFor<T>,
			avs: AvsId,
			asset: Box<PaidAssetOf<T>>,
			#[pallet::compact] amount: Balance,
			beneficiary: Box<BeneficiaryOf<T>>,
			fee: Option<Box<FeeOf<T>>>,
		) -> DispatchResult {
			Self::ensure_spender(origin, avs)?;
			Self::do_spend(avs, *asset, amount, *beneficiary, fee.map(|fee| *fee))
		}

		/// Asks what became of an AVS's payment on another chain.
		///
		/// ## Dispatch Origin
		/// Signed, by anyone.
		///
		/// ## Parameters
		/// - `avs`: the AVS.
		/// - `payment`: names the payment, as the event of it did.
		///
		/// ## Errors
		/// - `PaymentNotFound`, `PaymentInProgress`.
		///
		/// ## Events
		/// - `PaymentSucceeded`, `PaymentFailed` or `PaymentUnknown`.
		///
		/// ## Complexity
		/// O(payments whose outcome is not known).
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::check_payment())]
		pub fn check_payment(
			origin: OriginFor<T>,
			avs: AvsId,
			payment: PaymentIdOf<T>,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_check_payment(avs, payment)
		}
	}
}
