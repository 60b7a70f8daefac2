// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use super::*;
use frame_support::traits::tokens::PaymentStatus;
use std::collections::BTreeSet;

fn spend(
	who: AccountId,
	asset: Option<AssetId>,
	amount: Balance,
	fee: Option<Balance>,
) -> sp_runtime::DispatchResult {
	Emissions::spend(origin(who), AVS, Box::new(asset), amount, Box::new(ALICE), fee.map(Box::new))
}

fn check_payment(payment: u64) -> sp_runtime::DispatchResult {
	Emissions::check_payment(origin(BOB), AVS, payment)
}

fn spent(asset: Option<AssetId>, amount: Balance, payment: u64) -> Event<Test> {
	Event::Spent { avs: AVS, asset, amount, beneficiary: ALICE, payment }
}

fn open() -> Vec<u64> {
	OpenPayments::<Test>::get(AVS).into_iter().map(|open| open.payment).collect()
}

#[test]
fn what_an_avs_has_here_is_paid_at_once() {
	ExtBuilder::default().execute(|| {
		let account = Emissions::account_of(AVS);
		assert_ok!(Assets::transfer(origin(BOB), SOL, account, 500));
		let before = balance(SOL, ALICE);
		events();
		assert_ok!(spend(OWNER, Some(SOL), 300, None));
		assert_eq!(events(), vec![spent(Some(SOL), 300, 0)]);
		assert_eq!((balance(SOL, account), balance(SOL, ALICE)), (200, before + 300));
		assert_ok!(spend(OWNER, Some(SOL), 200, None));
		assert_eq!(balance(SOL, account), 0);
		assert!(!OpenPayments::<Test>::contains_key(AVS));
		assert_noop!(check_payment(0), Error::<Test>::PaymentNotFound);
	});
}

#[test]
fn spending_leaves_escrows_and_what_is_due_alone() {
	ExtBuilder::default().execute(|| {
		fund(AVS, SOL, 5_000);
		let fails = pallet_assets::Error::<Test>::NoAccount;
		assert_noop!(spend(OWNER, Some(SOL), 1, None), fails);
		assert_eq!(escrow(AVS, SOL), 5_000);
	});
}

#[test]
fn another_chain_is_asked_and_what_it_tells_is_passed_on() {
	ExtBuilder::default().execute(|| {
		for amount in [10, 20] {
			assert_ok!(spend(OWNER, None, amount, None));
		}
		let account = Emissions::account_of(AVS);
		let orders: Vec<_> = Orders::get().into_iter().map(|(order, _)| order).collect();
		assert_eq!(orders, [(account, ALICE, 10, None), (account, ALICE, 20, None)]);
		assert_eq!(events(), vec![spent(None, 10, 1), spent(None, 20, 2)]);
		assert_eq!(open(), [1, 2]);
		assert_noop!(check_payment(1), Error::<Test>::PaymentInProgress);

		report(2, PaymentStatus::Failure);
		assert_ok!(check_payment(2));
		assert_eq!(events(), vec![Event::PaymentFailed { avs: AVS, payment: 2 }]);
		assert_eq!(open(), [1]);
		assert_noop!(check_payment(2), Error::<Test>::PaymentNotFound);

		report(1, PaymentStatus::Success);
		assert_ok!(check_payment(1));
		assert_eq!(events(), vec![Event::PaymentSucceeded { avs: AVS, payment: 1 }]);
		assert!(!OpenPayments::<Test>::contains_key(AVS));
	});
}

#[test]
fn what_is_not_told_of_gives_way_and_is_taken_in_as_long_as_it_need_not() {
	ExtBuilder::default().execute(|| {
		for _ in 0..MAX_OPEN_PAYMENTS {
			assert_ok!(spend(OWNER, None, 10, None));
		}
		pass(PAYMENT_PERIOD - 1);
		assert_noop!(spend(OWNER, None, 10, None), Error::<Test>::TooManyPayments);
		pass(1);
		events();
		assert_ok!(spend(OWNER, None, 10, None));
		let unknown = Event::PaymentUnknown { avs: AVS, payment: 1 };
		// Orders of the mock are not taken back: that which was refused has a number.
		let newest = u64::from(MAX_OPEN_PAYMENTS) + 2;
		assert_eq!(events(), vec![unknown, spent(None, 10, newest)]);
		let others = 2..=u64::from(MAX_OPEN_PAYMENTS);
		assert_eq!(open(), others.chain([newest]).collect::<Vec<_>>());
		assert_noop!(check_payment(1), Error::<Test>::PaymentNotFound);
		// It is late, but there was room for it.
		assert_noop!(check_payment(2), Error::<Test>::PaymentInProgress);
		report(2, PaymentStatus::Success);
		assert_ok!(check_payment(2));
		assert_eq!(events(), vec![Event::PaymentSucceeded { avs: AVS, payment: 2 }]);
	});
}

#[test]
fn what_nobody_can_tell_is_not_waited_for() {
	ExtBuilder::default().execute(|| {
		assert_ok!(spend(OWNER, None, 10, None));
		events();
		report(1, PaymentStatus::Unknown);
		assert_ok!(check_payment(1));
		assert_eq!(events(), vec![Event::PaymentUnknown { avs: AVS, payment: 1 }]);
		assert!(!OpenPayments::<Test>::contains_key(AVS));
	});
}

#[test]
fn nothing_is_waited_for_that_nobody_will_tell() {
	ExtBuilder::default().execute(|| {
		assert_ok!(spend(OWNER, None, 10, Some(2)));
		assert_eq!(Orders::get()[0].0, (Emissions::account_of(AVS), ALICE, 10, Some(2)));
		assert!(!OpenPayments::<Test>::contains_key(AVS));
	});
}

#[test]
fn payments_not_told_of_are_bounded_and_make_room() {
	ExtBuilder::default().execute(|| {
		for _ in 0..MAX_OPEN_PAYMENTS {
			assert_ok!(spend(OWNER, None, 1, None));
		}
		assert_noop!(spend(OWNER, None, 1, None), Error::<Test>::TooManyPayments);
		report(7, PaymentStatus::Success);
		assert_ok!(check_payment(7));
		assert_ok!(spend(OWNER, None, 1, None));
	});
}

#[test]
fn spending_fails_for_others_and_for_nothing() {
	ExtBuilder::default().execute(|| {
		assert_noop!(spend(ALICE, None, 1, None), Error::<Test>::NotTheOwner);
		assert_noop!(spend(OWNER, None, 0, None), Error::<Test>::ZeroAmount);
		let by =
			|origin, avs| Emissions::spend(origin, avs, Box::new(None), 1, Box::new(ALICE), None);
		// Governance doesn't speak for what is somebody's.
		assert_noop!(by(RuntimeOrigin::root(), AVS), Error::<Test>::NotTheOwner);
		assert_noop!(by(RuntimeOrigin::none(), AVS), DispatchError::BadOrigin);
		assert_noop!(by(RuntimeOrigin::root(), AVS + 1), Error::<Test>::AvsNotFound);
		assert_noop!(by(origin(OWNER), AVS + 1), Error::<Test>::AvsNotFound);
		let none = RuntimeOrigin::none();
		assert_noop!(Emissions::check_payment(none, AVS, 1), DispatchError::BadOrigin);
		assert_noop!(check_payment(1), Error::<Test>::PaymentNotFound);
	});
}

#[test]
fn governance_spends_what_nobody_owns() {
	ExtBuilder::default().execute(|| {
		let by = |origin| Emissions::spend(origin, AVS, Box::new(None), 1, Box::new(ALICE), None);
		change_payer(AVS, |payer| payer.owner = None);
		assert_noop!(by(origin(OWNER)), Error::<Test>::NotTheOwner);
		assert_ok!(by(RuntimeOrigin::root()));
	});
}

#[test]
fn an_owner_spends_what_a_forgotten_avs_has() {
	ExtBuilder::default().execute(|| {
		// There is a later one, so that the number was an AVS's.
		KnownPayers::mutate(|payers| payers.insert(AVS + 1, payer(SOL, 1)));
		for funds in [0, 5_000] {
			if funds > 0 {
				KnownPayers::mutate(|payers| payers.insert(AVS, payer(SOL, 1)));
				fund(AVS, SOL, funds);
			}
			KnownPayers::mutate(|payers| payers.remove(&AVS));
			Emissions::close(AVS, Some(OWNER));
			assert_ok!(spend(OWNER, None, 1, None));
			// Anyone may empty its escrow.
			let refunded = Emissions::refund(origin(ALICE), AVS);
			assert_eq!(refunded.is_ok(), funds > 0);
			assert_ok!(spend(OWNER, None, 1, None));
			assert_noop!(spend(ALICE, None, 1, None), Error::<Test>::NotTheOwner);
		}
		let root = RuntimeOrigin::root();
		assert_noop!(
			Emissions::spend(root, AVS, Box::new(None), 1, Box::new(ALICE), None),
			Error::<Test>::NotTheOwner
		);
		report(1, PaymentStatus::Success);
		assert_ok!(check_payment(1));
	});
}

#[test]
fn governance_spends_for_the_treasury_what_it_inherits() {
	ExtBuilder::default().execute(|| {
		KnownPayers::mutate(|payers| payers.insert(AVS + 1, payer(SOL, 1)));
		fund(AVS, SOL, 5_000);
		KnownPayers::mutate(|payers| payers.remove(&AVS));
		Emissions::close(AVS, None);
		let root = RuntimeOrigin::root();
		assert_ok!(Emissions::spend(root, AVS, Box::new(None), 1, Box::new(ALICE), None));
	});
}

#[test]
fn accounts_of_avss_are_apart_from_each_other_and_from_escrows() {
	ExtBuilder::default().execute(|| {
		let accounts: BTreeSet<_> = (0..256).map(Emissions::account_of).collect();
		assert_eq!(accounts.len(), 256);
		assert!(!accounts.contains(&Emissions::account()));
	});
}
