// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What the treasury has on other chains it pays there, and learns how it went.

use crate::{
	glue::carry,
	network::AssetHub,
	parachain,
	picasso::{self, on_chain, root, signed},
	places::*,
};
use frame_support::assert_ok;
use picasso_primitives::Balance;
use picasso_runtime::{
	configs::{governance::TreasuryAccount, payments::PaidAsset},
	AccountId as LocalAccount, Runtime, RuntimeEvent,
};
use sp_keyring::Sr25519Keyring;
use xcm_simulator::TestExt;

/// The treasury's account on Asset Hub.
fn treasury_there() -> AccountId {
	let treasury: LocalAccount = TreasuryAccount::get();
	AssetHub::execute_with(|| parachain::account_of(&picasso_account(treasury.into())))
}

fn usdc_of(who: &AccountId) -> Balance {
	AssetHub::execute_with(|| parachain::balance(&usdc(), who))
}

/// Has governance decide that Bob is paid, and anybody have it paid. Returns the number of the payment.
fn pay_bob(amount: Balance) -> u32 {
	let index = on_chain(pallet_treasury::SpendCount::<Runtime>::get);
	let asset = PaidAsset::There { chain: parachain_from_picasso(ASSET_HUB), asset: usdc() };
	let spend = pallet_treasury::Call::spend {
		asset_kind: Box::new(asset),
		amount,
		beneficiary: Box::new(account(&BOB)),
		valid_from: None,
	};
	assert_ok!(picasso::block(|| root(spend)));
	pay(index);
	index
}

fn pay(index: u32) {
	let payout = pallet_treasury::Call::payout { index };
	assert_ok!(picasso::block(|| signed(&anybody(), payout)));
	carry();
}

/// Has the outcome looked at, and says whether it was a success.
fn succeeded(index: u32) -> bool {
	let check = pallet_treasury::Call::check_status { index };
	assert_ok!(picasso::block(|| signed(&anybody(), check)));
	let last = picasso::history().into_iter().rev().find_map(|event| match event {
		RuntimeEvent::Treasury(pallet_treasury::Event::SpendProcessed { index: of }) => {
			(of == index).then_some(true)
		},
		RuntimeEvent::Treasury(pallet_treasury::Event::PaymentFailed { index: of, .. }) => {
			(of == index).then_some(false)
		},
		_ => None,
	});
	last.expect("an event tells")
}

fn anybody() -> LocalAccount {
	Sr25519Keyring::Charlie.to_account_id()
}

#[test]
fn the_treasury_pays_on_another_chain_and_learns_that_it_did() {
	picasso::begin();
	let treasury = treasury_there();
	AssetHub::execute_with(|| parachain::mint(&usdc(), &treasury, 1_000 * USDC));
	let before = usdc_of(&BOB);
	let index = pay_bob(300 * USDC);
	assert_eq!(usdc_of(&BOB), before + 300 * USDC);
	assert_eq!(usdc_of(&treasury), 700 * USDC);
	assert!(succeeded(index));
	picasso::try_state();
}

#[test]
fn a_payment_that_fails_there_is_told_and_can_be_made_again() {
	picasso::begin();
	let treasury = treasury_there();
	AssetHub::execute_with(|| parachain::mint(&usdc(), &treasury, 100 * USDC));
	let before = usdc_of(&BOB);
	let index = pay_bob(300 * USDC);
	assert_eq!(usdc_of(&BOB), before);
	assert_eq!(usdc_of(&treasury), 100 * USDC);
	assert!(!succeeded(index));

	AssetHub::execute_with(|| parachain::mint(&usdc(), &treasury, 200 * USDC));
	pay(index);
	assert_eq!(usdc_of(&BOB), before + 300 * USDC);
	assert!(succeeded(index));
}
