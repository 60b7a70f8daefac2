// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What is wrong.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod errors {
	#[pallet::error]
	pub enum Error<T> {
		/// There is no such AVS.
		AvsNotFound,
		/// The last era of the AVS is over: it pays for no more.
		AvsIsGone,
		/// The AVS's terms ask for another currency.
		WrongCurrency,
		/// The currency is not one that pay is taken in, or not any more.
		CurrencyNotActive,
		/// An amount of zero.
		ZeroAmount,
		/// The parts are not the whole together.
		SplitNotTheWhole,
		/// Restakers would get less than 40 %.
		TooLittleForRestakers,
		/// The account is no operator.
		NotAnOperator,
		/// The account is owed nothing in this currency.
		NothingDue,
		/// The AVS has nothing that it could be given back now.
		NothingToRefund,
		/// The AVS is another's.
		NotTheOwner,
		/// The AVS made as many payments as there may be whose outcome is not known, and all of them lately:
		/// see `check_payment`.
		TooManyPayments,
		/// The AVS has no such payment whose outcome is not known.
		PaymentNotFound,
		/// The other chain has not told yet what became of the payment.
		PaymentInProgress,
	}
}
