// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What happened.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod events {
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// Somebody funded an AVS.
		EscrowFunded {
			/// The AVS.
			avs: AvsId,
			/// Who.
			who: T::AccountId,
			/// The currency.
			currency: AssetId,
			/// Planck of it.
			amount: Balance,
		},
		/// An AVS's escrow does not last as long as it should.
		EscrowLow {
			/// The AVS.
			avs: AvsId,
			/// The currency.
			currency: AssetId,
			/// Eras after this one that it can pay for by its terms.
			eras: u32,
		},
		/// Somebody paid revenue of an AVS's, which is shared out with its pay for the era.
		RevenuePaid {
			/// The AVS.
			avs: AvsId,
			/// The era.
			era: EraIndex,
			/// Who.
			who: T::AccountId,
			/// The currency.
			currency: AssetId,
			/// Planck of it.
			amount: Balance,
		},
		/// An AVS was given back what it doesn't need any more.
		Refunded {
			/// The AVS.
			avs: AvsId,
			/// To whom.
			to: T::AccountId,
			/// The currency.
			currency: AssetId,
			/// Planck of it.
			amount: Balance,
		},
		/// An AVS paid somebody, here or on another chain.
		Spent {
			/// The AVS.
			avs: AvsId,
			/// What was paid, and where.
			asset: PaidAssetOf<T>,
			/// Planck of it.
			amount: Balance,
			/// To whom.
			beneficiary: BeneficiaryOf<T>,
			/// Names the payment; what becomes of it is asked for by this: see `check_payment`.
			payment: PaymentIdOf<T>,
		},
		/// Another chain told that it made a payment of an AVS.
		PaymentSucceeded {
			/// The AVS.
			avs: AvsId,
			/// The payment.
			payment: PaymentIdOf<T>,
		},
		/// Another chain told that it didn't make a payment of an AVS: it moved nothing.
		PaymentFailed {
			/// The AVS.
			avs: AvsId,
			/// The payment.
			payment: PaymentIdOf<T>,
		},
		/// Nobody tells any more what became of a payment of an AVS. It may have been made.
		PaymentUnknown {
			/// The AVS.
			avs: AvsId,
			/// The payment.
			payment: PaymentIdOf<T>,
		},
		/// Somebody gave to the pot of the fixed yield.
		Donated {
			/// Who.
			who: T::AccountId,
			/// Planck of PICA.
			amount: Balance,
		},
		/// Governance decided how revenue is divided.
		SplitChanged {
			/// How it was.
			old: Split,
			/// How it is.
			new: Split,
		},
		/// An operator said where it is paid.
		RewardAccountChanged {
			/// The operator.
			operator: T::AccountId,
			/// Where it was paid; none for the operator's own account.
			old: Option<T::AccountId>,
			/// Where it is.
			new: Option<T::AccountId>,
		},
		/// The fixed yield of an era was paid; it streams in the era.
		YieldPaid {
			/// The era.
			era: EraIndex,
			/// What was due, and what was paid, in planck of PICA.
			yields: YieldPaid,
		},
		/// The pot cannot pay the fixed yield of an era in full: every vault gets the same part of it.
		YieldCut {
			/// The era.
			era: EraIndex,
			/// Planck of PICA that the rates come to.
			due: Balance,
			/// Planck of PICA that there are.
			available: Balance,
		},
		/// The fixed yield of an era, or what was left of it, was not paid, as the era was over first.
		YieldMissed {
			/// The era.
			era: EraIndex,
		},
		/// Some pools were not paid the fixed yield. It stays in the pot.
		YieldFailed {
			/// The era.
			era: EraIndex,
			/// Planck of PICA.
			amount: Balance,
			/// Why.
			error: DispatchError,
		},
		/// An AVS paid for an era.
		AvsPaid {
			/// The AVS.
			avs: AvsId,
			/// The era.
			era: EraIndex,
			/// The currency.
			currency: AssetId,
			/// To whom, in planck of it.
			parts: Parts,
		},
		/// An AVS's pay for an era waits for the next: nobody served, or it couldn't be moved.
		PayCarried {
			/// The AVS.
			avs: AvsId,
			/// The era.
			era: EraIndex,
			/// The currency.
			currency: AssetId,
			/// Planck of it.
			amount: Balance,
		},
		/// An AVS's pay for an era can never be paid, and is back in its escrow: it is gone, or the currency
		/// retired.
		PayReturned {
			/// The AVS.
			avs: AvsId,
			/// The era.
			era: EraIndex,
			/// The currency.
			currency: AssetId,
			/// Planck of it.
			amount: Balance,
		},
		/// Pools were not credited.
		CreditFailed {
			/// The era.
			era: EraIndex,
			/// The currency.
			currency: AssetId,
			/// Planck of it.
			amount: Balance,
			/// Why.
			error: DispatchError,
		},
		/// Those who staked PICA were paid their part of an era's revenue; it streams to them.
		PicaStakersPaid {
			/// The era.
			era: EraIndex,
			/// The currency.
			currency: AssetId,
			/// Planck of it.
			amount: Balance,
		},
		/// An operator, or the treasury, was paid what it was owed.
		DuePaid {
			/// Who was owed it.
			who: T::AccountId,
			/// The account that got it.
			to: T::AccountId,
			/// The currency.
			currency: AssetId,
			/// Planck of it.
			amount: Balance,
		},
		/// What an operator, or the treasury, is owed couldn't be paid. It stays owed: see `collect`.
		DueKept {
			/// Who is owed it.
			who: T::AccountId,
			/// The currency.
			currency: AssetId,
			/// Planck of it, in all.
			amount: Balance,
			/// Why.
			error: DispatchError,
		},
		/// All that was to be paid as an era began is.
		EraPaid {
			/// The era.
			era: EraIndex,
			/// Blocks that it took.
			blocks: u32,
		},
	}
}
