// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! From a proposal to an AVS, or to nothing.

use super::*;
use frame_support::traits::fungible::InspectHold;
use sp_runtime::{DispatchError, FixedPointNumber, TokenError};

fn propose() -> ApplicationId {
	let application = NextApplicationId::<Test>::get();
	assert_ok!(Avs::propose(origin(ALICE), Box::new(terms()), b"an AVS".to_vec(), true));
	application
}

fn decide(application: ApplicationId, outcome: ReferendumOutcome) {
	let referendum = Applications::<Test>::get(application).unwrap().referendum;
	Outcomes::mutate(|outcomes| outcomes.insert(referendum, outcome));
}

fn held() -> u128 {
	Balances::balance_on_hold(&HoldReason::Application.into(), &ALICE)
}

#[test]
fn a_proposal_holds_its_deposit_and_opens_its_referendum() {
	ExtBuilder::execute(|| {
		let application = propose();
		assert_eq!(held(), DEPOSIT);
		assert_eq!(DecisionDeposits::get(), [100 + application]);
		assert_eq!(
			last_event(),
			Event::Proposed { application, proposer: ALICE, referendum: 100 + application }
		);
		assert_ok!(Avs::propose(origin(BOB), Box::new(terms()), vec![], false));
		assert_eq!(DecisionDeposits::get().len(), 1);
	});
}

#[test]
fn a_proposal_fails_without_pica_without_a_referendum_and_where_many_wait() {
	ExtBuilder::execute(|| {
		let propose = |who, metadata: Vec<u8>| {
			let terms = Box::new(terms());
			frame_support::storage::with_storage_layer(|| {
				Avs::propose(origin(who), terms, metadata, false)
			})
		};
		assert_noop!(propose(77, vec![]), TokenError::FundsUnavailable);
		assert_noop!(propose(ALICE, vec![0; 17]), Error::<Test>::MetadataTooLong);
		RefuseReferenda::set(true);
		assert_noop!(propose(ALICE, vec![]), DispatchError::Unavailable);
		RefuseReferenda::set(false);
		for _ in 0..3 {
			assert_ok!(propose(ALICE, vec![]));
		}
		assert_noop!(propose(ALICE, vec![]), Error::<Test>::TooManyApplications);
	});
}

#[test]
fn nobody_but_governance_onboards() {
	ExtBuilder::execute(|| {
		let application = propose();
		assert_noop!(Avs::onboard(origin(ALICE), application), BadOrigin);
		assert_noop!(Avs::onboard(RuntimeOrigin::none(), application), BadOrigin);
		assert_ok!(Avs::onboard(RuntimeOrigin::root(), application));
		assert_eq!(last_event(), Event::Onboarded { avs: 1, owner: Some(ALICE) });
		assert_eq!(held(), 0);
		assert_noop!(
			Avs::onboard(RuntimeOrigin::root(), application),
			Error::<Test>::ApplicationNotFound
		);
	});
}

#[test]
fn an_application_ends_as_its_referendum_does() {
	let outcomes = [
		(ReferendumOutcome::Rejected, DEPOSIT / 10),
		(ReferendumOutcome::Killed, DEPOSIT),
		(ReferendumOutcome::Ended, 0),
		(ReferendumOutcome::Enacted, 0),
	];
	for (outcome, lost) in outcomes {
		ExtBuilder::execute(|| {
			let application = propose();
			let settle = || Avs::settle_application(origin(BOB), application);
			let (free, treasury) =
				(Balances::free_balance(ALICE), Balances::free_balance(TREASURY));
			for open in [ReferendumOutcome::Ongoing, ReferendumOutcome::Approved] {
				decide(application, open);
				let settled = frame_support::storage::with_storage_layer(settle);
				assert_eq!(settled, Err(Error::<Test>::ApplicationUndecided.into()));
			}
			decide(application, outcome);
			assert_ok!(settle());
			assert_eq!(held(), 0);
			assert_eq!(Balances::free_balance(ALICE), free + DEPOSIT - lost);
			assert_eq!(Balances::free_balance(TREASURY), treasury + lost);
			let returned = DEPOSIT - lost;
			assert_eq!(last_event(), Event::ApplicationEnded { application, returned, lost });
			assert_noop!(settle(), Error::<Test>::ApplicationNotFound);
		});
	}
}

#[test]
fn what_is_decided_is_settled_by_itself() {
	ExtBuilder::execute(|| {
		let (one, other) = (propose(), propose());
		decide(one, ReferendumOutcome::Rejected);
		next_era();
		assert!(!Applications::<Test>::contains_key(one));
		assert!(Applications::<Test>::contains_key(other));
		assert_eq!(held(), DEPOSIT);
	});
}

#[test]
fn terms_that_no_longer_fit_are_not_onboarded() {
	ExtBuilder::execute(|| {
		let application = propose();
		Applications::<Test>::mutate(application, |record| {
			record.as_mut().unwrap().terms.pay_currency = IDLE;
		});
		let onboarded = frame_support::storage::with_storage_layer(|| {
			Avs::onboard(RuntimeOrigin::root(), application)
		});
		assert_eq!(onboarded, Err(Error::<Test>::TermsPayCurrencyUnlisted.into()));
		decide(application, ReferendumOutcome::Enacted);
		assert_ok!(Avs::settle_application(origin(BOB), application));
		assert_eq!(held(), 0);
	});
}

#[test]
fn an_offer_tells_what_is_paid_for_what() {
	ExtBuilder::execute(|| {
		stake(ALICE, sol_pool(0), 600);
		stake(BOB, sol_pool(1), 400);
		stake(BOB, pica_pool(1), 400);
		let asset =
			AssetTerms { weight: FixedU128::from_u32(2), cap: Some(900), ..asset_terms(SOL) };
		let offered = Terms {
			assets: vec![asset].try_into().unwrap(),
			minimum_security: 500,
			target_security: 500,
			..terms()
		};
		assert_ok!(Avs::propose(origin(ALICE), Box::new(offered), vec![], false));
		let offer = Avs::offer(0, 0..8).unwrap();
		assert_eq!(offer.pay_per_year, 1_000 * 2190);
		assert_eq!(offer.pay_per_unit_asked, FixedU128::from_u32(2));
		assert_eq!(offer.security_offered, 1_800);
		assert_eq!(
			offer.pay_per_unit_offered,
			FixedU128::checked_from_rational(1_000, 1_800).unwrap()
		);
		let AssetOffer { offered, pay_asked, .. } = offer.assets[0];
		assert_eq!((offered, pay_asked), (1_000, FixedU128::from_u32(4)));
		assert_ok!(Restaking::set_chilled(RuntimeOrigin::root(), OPERATORS[0], true));
		assert_eq!(Avs::offer(0, 0..8).unwrap().security_offered, 800);
	});
}
