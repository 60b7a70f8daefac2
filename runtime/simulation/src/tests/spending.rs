// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What AVSs have on other chains their owners pay there.

use crate::{
	glue::carry,
	network::AssetHub,
	parachain,
	picasso::{self, on_chain, signed},
	places::*,
};
use frame_support::{assert_noop, assert_ok};
use picasso_primitives::{
	avs::{Terms, CHAIN},
	AvsId, Balance, PICA,
};
use picasso_runtime::{
	configs::{
		payments::{PaidAsset, PaymentId},
		xcm::{LocationToAccountId, UniversalLocation},
	},
	AccountId as LocalAccount, Avs, Emissions, Runtime, RuntimeEvent, RuntimeOrigin,
};
use sp_keyring::Sr25519Keyring;
use sp_runtime::DispatchResult;
use staging_xcm::latest::prelude::*;
use staging_xcm_executor::traits::ConvertLocation;
use xcm_simulator::TestExt;

type Event = pallet_emissions::Event<Runtime>;

/// What the chain over there takes for a message; what is over comes back.
const FEE: Balance = USDC / 10;

fn owner() -> LocalAccount {
	Sr25519Keyring::Ferdie.to_account_id()
}

/// The chain's own, without its conditions, which are nobody else's.
fn terms() -> Terms<LocalAccount> {
	let first = pallet_avs::Avss::<Runtime>::get(CHAIN).expect("the chain").terms[0];
	let terms = pallet_avs::TermsOf::<Runtime>::get(CHAIN, first).expect("its terms");
	Terms { conditions: Default::default(), ..terms }
}

/// An AVS that has PICA here to send messages by, and so much USDC on Asset Hub.
fn onboard(funds: Balance) -> AvsId {
	let avs = picasso::block(|| {
		let (avs, application) = (
			pallet_avs::NextAvsId::<Runtime>::get(),
			pallet_avs::NextApplicationId::<Runtime>::get(),
		);
		let origin = RuntimeOrigin::signed(owner());
		assert_ok!(Avs::propose(origin.clone(), Box::new(terms()), Vec::new(), false));
		assert_ok!(Avs::onboard(RuntimeOrigin::root(), application));
		let account = sp_runtime::MultiAddress::Id(Emissions::account_of(avs));
		let pica = 10 * picasso_runtime::constants::currency::PICA;
		assert_ok!(picasso_runtime::Balances::transfer_keep_alive(origin, account, pica));
		avs
	});
	let there = account_there(avs);
	AssetHub::execute_with(|| parachain::mint(&usdc(), &there, funds));
	avs
}

/// The AVS's account on Asset Hub.
fn account_there(avs: AvsId) -> AccountId {
	let account = on_chain(|| Emissions::account_of(avs));
	AssetHub::execute_with(|| parachain::account_of(&picasso_account(account.into())))
}

fn usdc_of(who: &AccountId) -> Balance {
	AssetHub::execute_with(|| parachain::balance(&usdc(), who))
}

/// Pays Bob on Asset Hub.
fn pay_bob(avs: AvsId, amount: Balance, fee: Option<Balance>) -> DispatchResult {
	let asset = PaidAsset::There { chain: parachain_from_picasso(ASSET_HUB), asset: usdc() };
	let fee = fee.map(|amount| Box::new(Asset { id: AssetId(usdc()), fun: Fungible(amount) }));
	let spend = pallet_emissions::Call::spend {
		avs,
		asset: Box::new(asset),
		amount,
		beneficiary: Box::new(account(&BOB)),
		fee,
	};
	let outcome = picasso::block(|| signed(&owner(), spend));
	carry();
	outcome
}

fn last_event() -> Event {
	let last = picasso::history().into_iter().rev().find_map(|event| match event {
		RuntimeEvent::Emissions(event) => Some(event),
		_ => None,
	});
	last.expect("an event")
}

/// The payment that was made last.
fn payment() -> PaymentId {
	let last = picasso::history().into_iter().rev().find_map(|event| match event {
		RuntimeEvent::Emissions(Event::Spent { payment, .. }) => Some(payment),
		_ => None,
	});
	last.expect("a payment")
}

fn check(avs: AvsId, payment: PaymentId) -> DispatchResult {
	let check = pallet_emissions::Call::check_payment { avs, payment };
	picasso::block(|| signed(&Sr25519Keyring::Charlie.to_account_id(), check))
}

#[test]
fn an_avs_pays_on_another_chain_for_a_fee() {
	picasso::begin();
	let avs = onboard(1_000 * USDC);
	let (there, before) = (account_there(avs), usdc_of(&BOB));
	let fees = usdc_of(&TREASURY);
	assert_ok!(pay_bob(avs, 300 * USDC, Some(FEE)));
	assert_eq!(usdc_of(&BOB), before + 300 * USDC);
	let fee = usdc_of(&TREASURY) - fees;
	assert!(fee > 0 && fee < FEE, "what is over comes back");
	assert_eq!(usdc_of(&there), 700 * USDC - fee);
	assert_eq!(payment(), PaymentId::Unreported);
	picasso::try_state();
}

#[test]
fn what_an_avs_lacks_there_moves_nothing_but_the_fee() {
	picasso::begin();
	let avs = onboard(100 * USDC);
	let (there, before) = (account_there(avs), usdc_of(&BOB));
	assert_ok!(pay_bob(avs, 300 * USDC, Some(FEE)));
	assert_eq!(usdc_of(&BOB), before);
	let left = usdc_of(&there);
	assert!(left > 100 * USDC - FEE && left < 100 * USDC);
}

#[test]
fn a_chain_that_lets_an_avs_in_tells_what_became_of_the_payment() {
	picasso::begin();
	let avs = onboard(1_000 * USDC);
	let (there, before) = (account_there(avs), usdc_of(&BOB));
	parachain::Welcome::set(Some(on_chain(|| Emissions::account_of(avs)).into()));
	assert_ok!(pay_bob(avs, 300 * USDC, None));
	assert_eq!(usdc_of(&BOB), before + 300 * USDC);
	assert_eq!(usdc_of(&there), 700 * USDC);
	let first = payment();
	assert_ok!(check(avs, first));
	assert_eq!(last_event(), Event::PaymentSucceeded { avs, payment: first });

	assert_ok!(pay_bob(avs, 701 * USDC, None));
	let second = payment();
	assert_ok!(check(avs, second));
	assert_eq!(last_event(), Event::PaymentFailed { avs, payment: second });
	assert_eq!(usdc_of(&there), 700 * USDC);
	picasso::try_state();
}

#[test]
fn a_chain_that_lets_nobody_in_for_nothing_moves_nothing() {
	picasso::begin();
	let avs = onboard(1_000 * USDC);
	let there = account_there(avs);
	assert_ok!(pay_bob(avs, 300 * USDC, None));
	assert_eq!(usdc_of(&there), 1_000 * USDC);
	let waiting = pallet_emissions::Error::<Runtime>::PaymentInProgress;
	assert_eq!(check(avs, payment()), Err(waiting.into()));
}

#[test]
fn an_avs_pays_here_what_it_has_here_to_accounts_of_other_chains_too() {
	picasso::begin();
	let avs = onboard(0);
	picasso::block(|| {
		let account = Emissions::account_of(avs);
		let alice = account_from_picasso(ASSET_HUB, &ALICE);
		let to = LocationToAccountId::convert_location(&alice).expect("it has an account here");
		let spend = |amount| {
			let (asset, beneficiary) = (Box::new(PaidAsset::Here(PICA)), Box::new(alice.clone()));
			Emissions::spend(RuntimeOrigin::signed(owner()), avs, asset, amount, beneficiary, None)
		};
		let before = picasso_runtime::Balances::free_balance(&account);
		let amount = before / 2;
		assert_ok!(spend(amount));
		assert_eq!(picasso_runtime::Balances::free_balance(&to), amount);
		assert_eq!(picasso_runtime::Balances::free_balance(&account), before - amount);
		assert_noop!(spend(before), sp_runtime::TokenError::FundsUnavailable);
	});
}

#[test]
fn nothing_is_paid_here_to_what_nobody_can_act_as() {
	picasso::begin();
	let avs = onboard(0);
	picasso::block(|| {
		let spend = |beneficiary: Location| {
			let (origin, asset) = (RuntimeOrigin::signed(owner()), Box::new(PaidAsset::Here(PICA)));
			let pica = picasso_runtime::constants::currency::PICA;
			Emissions::spend(origin, avs, asset, pica, Box::new(beneficiary), None)
		};
		let id = [9; 32];
		let key = AccountKey20 { network: None, key: [9; 20] };
		let nobody: [Location; 4] = [
			AccountId32 { network: Some(NetworkId::Polkadot), id }.into(),
			PalletInstance(1).into(),
			key.into(),
			Location::here(),
		];
		for nobody in nobody {
			assert_noop!(spend(nobody), pallet_xcm::Error::<Runtime>::AccountNotSovereign);
		}
		for network in [None, Some(UniversalLocation::network())] {
			assert_ok!(spend(AccountId32 { network, id }.into()));
		}
		let pica = picasso_runtime::Balances::free_balance(LocalAccount::new(id));
		assert_eq!(pica, 2 * picasso_runtime::constants::currency::PICA);
	});
}

#[test]
fn no_avs_has_this_chain_pay_by_a_message() {
	picasso::begin();
	let avs = onboard(0);
	picasso::block(|| {
		let here = || PaidAsset::There { chain: Location::here(), asset: Location::here() };
		for fee in [None, Some(Asset { id: AssetId(Location::here()), fun: Fungible(1) })] {
			let (origin, to) = (RuntimeOrigin::signed(owner()), Box::new(account(&BOB)));
			assert_noop!(
				Emissions::spend(origin, avs, Box::new(here()), 1, to, fee.map(Box::new)),
				pallet_xcm::Error::<Runtime>::Unreachable
			);
		}
	});
}
