// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Real defects of other systems.

use super::*;
use crate::networks::WRAPPED_SOL;

/// DOT has 10 decimals; it went as one of 12 elsewhere (Composable #3385).
#[test]
fn dot_with_12_decimals_is_refused() {
	ExtBuilder::default().build_and_execute(|| {
		let twelve = Registry::register(root(), DOT, Details { decimals: 12, ..dot() });
		assert_noop!(twelve, Error::<Test>::WrongDecimals);
		// Also by another name.
		let by_hash = outside(ByGenesis(crate::networks::POLKADOT_GENESIS), []);
		let details = Details { decimals: 12, foreign: ForeignId::Xcm(by_hash), ..dot() };
		assert_noop!(Registry::register(root(), DOT, details), Error::<Test>::WrongDecimals);
		register(DOT, dot());
	});
}

#[test]
fn tokens_that_everybody_knows_have_the_decimals_that_everybody_knows() {
	ExtBuilder::default().build_and_execute(|| {
		let known = [
			(ForeignId::Xcm(outside(Polkadot, [])), 10),
			(ForeignId::Xcm(outside(Kusama, [])), 12),
			(ForeignId::Xcm(outside(ETHEREUM, [])), 18),
			(ForeignId::Xcm(outside(BitcoinCore, [])), 8),
			(ForeignId::Xcm(outside(BitcoinCash, [])), 8),
			(ForeignId::SolanaMint(WRAPPED_SOL), 9),
		];
		for (number, (foreign, known)) in known.into_iter().enumerate() {
			let asset = foreign_asset_id(Network::Neutron, 0, number as u64);
			let trust = [TrustClass::LightClient, TrustClass::Staked][number % 2];
			for decimals in (0..=MAX_DECIMALS).filter(|decimals| *decimals != known) {
				let details = Details { foreign: foreign.clone(), decimals, trust, ..dot() };
				let wrong = Registry::register(root(), asset, details);
				assert_noop!(wrong, Error::<Test>::WrongDecimals);
			}
			register(asset, Details { foreign, decimals: known, trust, ..dot() });
		}
	});
}

/// A token of the same name under two ids, by two bridges that name it differently.
#[test]
fn an_asset_that_two_bridges_name_differently_has_one_id() {
	ExtBuilder::default().registered().build_and_execute(|| {
		let contract = AccountKey20 { network: Some(ETHEREUM), key: CONTRACT };
		let foreign = ForeignId::Xcm(outside(ETHEREUM, [contract]));
		let again = Registry::register(root(), WSTETH + 1, Details { foreign, ..wsteth() });
		assert_noop!(again, Error::<Test>::ForeignIdTaken);
	});
}
