// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use super::*;
use frame_support::traits::{
	fungibles::{metadata::Inspect, Mutate},
	Hooks,
};

fn refused(details: Details, error: Error<Test>) {
	assert_noop!(Registry::register(root(), DOT, details), error);
}

#[test]
fn register_creates_an_asset_that_anybody_can_hold() {
	ExtBuilder::default().build_and_execute(|| {
		register(DOT, dot());
		let there = pallet_assets::Asset::<Test>::get(DOT).expect("it was created");
		assert!(there.is_sufficient);
		assert_eq!(there.min_balance, 10);
		for member in [there.owner, there.issuer, there.admin, there.freezer] {
			assert_eq!(member, TREASURY);
		}
		assert_eq!(Foreign::symbol(DOT), b"DOT");
		assert_eq!(Foreign::name(DOT), b"A name");
		assert_eq!(Foreign::decimals(DOT), 10);
		let record = AssetRecord {
			foreign: ForeignId::Xcm(outside(Polkadot, [])),
			decimals: 10,
			symbol: dot().symbol,
			reserve: Some(asset_hub()),
			trust: TrustClass::LightClient,
			status: AssetStatus::Active,
		};
		assert_eq!(Assets::<Test>::get(DOT), Some(record.clone()));
		assert_eq!(AssetIds::<Test>::get(&record.foreign), Some(DOT));
		assert_eq!(ClassMembers::<Test>::get(TrustClass::LightClient).to_vec(), vec![DOT]);
		let registered = Event::AssetRegistered {
			asset: DOT,
			foreign: record.foreign,
			decimals: 10,
			symbol: record.symbol,
			reserve: record.reserve,
			trust: TrustClass::LightClient,
			adopted: false,
		};
		assert_eq!(events(), vec![registered]);
		// Bob never had PICA. The treasury's is not touched.
		assert_ok!(Foreign::mint_into(DOT, &BOB, 10));
		assert_eq!(Balances::free_balance(TREASURY), UNIT);
	});
}

#[test]
fn metadata_is_out_of_the_owners_reach() {
	ExtBuilder::default().registered().build_and_execute(|| {
		let change = Foreign::set_metadata(
			RuntimeOrigin::signed(TREASURY),
			DOT,
			b"DOT".to_vec(),
			b"DOT".to_vec(),
			12,
		);
		assert_noop!(change, pallet_assets::Error::<Test>::NoPermission);
	});
}

#[test]
fn register_adopts_what_agrees() {
	ExtBuilder::default().asset(DOT, (TREASURY, true, 10), ("DOT", 10)).build_and_execute(|| {
		register(DOT, dot());
		assert!(matches!(events()[..], [Event::AssetRegistered { adopted: true, .. }]));
		assert_eq!(Foreign::name(DOT), b"A name");
	});
}

#[test]
fn register_fails_when_what_is_there_differs() {
	let with = |asset, metadata, error| {
		ExtBuilder::default()
			.asset(DOT, asset, metadata)
			.build_and_execute(|| refused(dot(), error));
	};
	let good = (TREASURY, true, 10);
	with(good, ("DOT", 12), Error::DecimalsMismatch);
	with(good, ("dot", 10), Error::SymbolMismatch);
	with((TREASURY, true, 1), ("DOT", 10), Error::MinimumBalanceMismatch);
	with((TREASURY, false, 10), ("DOT", 10), Error::NotSufficient);
	with((ALICE, true, 10), ("DOT", 10), Error::TeamMismatch);
}

#[test]
fn register_fails_when_somebody_else_may_issue_what_is_there() {
	ExtBuilder::default().asset(DOT, (TREASURY, true, 10), ("DOT", 10)).build_and_execute(|| {
		for (issuer, admin, freezer) in [(ALICE, 1, 1), (1, ALICE, 1), (1, 1, ALICE)] {
			let owner = RuntimeOrigin::signed(TREASURY);
			assert_ok!(Foreign::set_team(owner, DOT, issuer, admin, freezer));
			refused(dot(), Error::TeamMismatch);
		}
	});
}

#[test]
fn register_fails_when_what_is_there_is_frozen_or_going() {
	ExtBuilder::default().asset(DOT, (TREASURY, true, 10), ("DOT", 10)).build_and_execute(|| {
		let owner = || RuntimeOrigin::signed(TREASURY);
		assert_ok!(Foreign::freeze_asset(owner(), DOT));
		refused(dot(), Error::AssetNotLive);
		assert_ok!(Foreign::start_destroy(owner(), DOT));
		refused(dot(), Error::AssetNotLive);
	});
}

#[test]
fn only_governance_decides() {
	ExtBuilder::default().registered().build_and_execute(|| {
		let alice = || RuntimeOrigin::signed(ALICE);
		let bad = DispatchError::BadOrigin;
		assert_noop!(Registry::register(alice(), DOT, dot()), bad);
		assert_noop!(Registry::set_reserve(alice(), STATOM, bifrost()), bad);
		assert_noop!(Registry::set_status(alice(), DOT, AssetStatus::Frozen), bad);
		assert_noop!(Registry::set_trust(alice(), DOT, TrustClass::Staked), bad);
		assert_noop!(Registry::set_class_cap(alice(), TrustClass::Staked, Some(1)), bad);
	});
}

#[test]
fn register_fails_when_the_id_is_of_this_chain() {
	ExtBuilder::default().build_and_execute(|| {
		let ours = foreign_asset_id(Network::Picasso, 0, 1);
		for id in [PICA, 0, 2, 7 << 64, ours, ours | 7 << 64] {
			assert_noop!(Registry::register(root(), id, dot()), Error::<Test>::NotForeign);
		}
		register(foreign_asset_id(Network::Centauri, 0, 0), dot());
	});
}

#[test]
fn register_fails_when_the_id_or_the_foreign_id_is_taken() {
	ExtBuilder::default().registered().build_and_execute(|| {
		for (asset, _) in five() {
			let other =
				details(ForeignId::SolanaMint([1; 32]), "other", 9, None, TrustClass::LightClient);
			let again = Registry::register(root(), asset, other);
			assert_noop!(again, Error::<Test>::AlreadyRegistered);
		}
		for (asset, details) in five() {
			let again = Registry::register(root(), asset + 1, details);
			assert_noop!(again, Error::<Test>::ForeignIdTaken);
		}
	});
}

#[test]
fn register_fails_when_details_are_no_good() {
	ExtBuilder::default().build_and_execute(|| {
		refused(Details { decimals: 31, ..dot() }, Error::TooManyDecimals);
		refused(Details { minimum_balance: 0, ..dot() }, Error::ZeroMinimumBalance);
		for symbol in ["", "D T", "DOT\n", "\u{d6}T", "DOT\u{7f}"] {
			let symbol = symbol.as_bytes().to_vec().try_into().expect("short enough");
			refused(Details { symbol, ..dot() }, Error::InvalidSymbol);
		}
	});
}

#[test]
fn register_fails_when_a_location_lacks_its_reserve() {
	ExtBuilder::default().build_and_execute(|| {
		refused(Details { reserve: None, ..dot() }, Error::ReserveMissing);
		refused(Details { reserve: None, ..vdot() }, Error::ReserveMissing);
		register(WSTETH, Details { reserve: None, ..wsteth() });
	});
}

#[test]
fn register_fails_when_the_reserve_is_not_a_chain() {
	ExtBuilder::default().build_and_execute(|| {
		let with = |reserve, error| refused(Details { reserve: Some(reserve), ..dot() }, error);
		let account = AccountId32 { network: None, id: [1; 32] };
		let contract = AccountKey20 { network: None, key: CONTRACT };
		with(Location::here(), Error::LocalLocation);
		with(Location::new(0, [Parachain(1000)]), Error::LocalLocation);
		with(Location::new(0, [account]), Error::LocalLocation);
		with(outside(OURS, []), Error::LocalLocation);
		with(outside(OURS, [Parachain(1)]), Error::LocalLocation);
		with(Location::parent(), Error::LocationNotGlobal);
		with(Location::new(1, [Parachain(1000)]), Error::LocationNotGlobal);
		with(Location::new(2, [GlobalConsensus(Polkadot)]), Error::LocationNotGlobal);
		with(outside(ByFork { block_number: 0, block_hash: [1; 32] }, []), Error::AmbiguousNetwork);
		with(outside(Polkadot, [account]), Error::NotAChain);
		with(outside(Polkadot, [Parachain(1000), account]), Error::NotAChain);
		with(outside(Polkadot, [Parachain(1000), PalletInstance(50)]), Error::NotAChain);
		with(outside(Polkadot, [Parachain(1000), Parachain(1)]), Error::NotAChain);
		with(outside(ETHEREUM, [contract]), Error::NotAChain);
		with(outside(ETHEREUM, [Parachain(1)]), Error::NotAChain);
		with(outside(BitcoinCore, [Parachain(1)]), Error::NotAChain);
	});
}

#[test]
fn reserves_are_kept_by_their_canonical_names() {
	ExtBuilder::default().build_and_execute(|| {
		let by_hash = outside(ByGenesis(crate::networks::POLKADOT_GENESIS), [Parachain(1000)]);
		register(DOT, Details { reserve: Some(by_hash), ..dot() });
		assert_eq!(Registry::reserve_of(DOT), Some(asset_hub()));
		let solo = outside(ByGenesis([3; 32]), []);
		register(STATOM, Details { reserve: Some(solo.clone()), ..statom() });
		assert_eq!(Registry::reserve_of(STATOM), Some(solo));
	});
}

#[test]
fn register_fails_when_a_class_is_full() {
	ExtBuilder::default().build_and_execute(|| {
		for number in 0..5 {
			let asset = foreign_asset_id(Network::Solana, 0, number);
			let mint = ForeignId::SolanaMint([number as u8 + 1; 32]);
			let details = details(mint, "SPL", 9, None, TrustClass::Staked);
			if number < 4 {
				register(asset, details);
			} else {
				let fifth = Registry::register(root(), asset, details);
				assert_noop!(fifth, Error::<Test>::TooManyMembers);
			}
		}
	});
}

#[test]
fn register_fails_when_a_vault_takes_stake_already() {
	ExtBuilder::default().build_and_execute(|| {
		let settings = picasso_primitives::restaking::VaultSettings {
			deposit_cap: 1,
			minimum_stake: 0,
			status: VaultStatus::Open,
			yield_rate: Default::default(),
		};
		Vaults::set([(DOT, settings)].into());
		refused(dot(), Error::DepositCapNotZero);
	});
}

#[test]
fn a_reserve_comes_once() {
	ExtBuilder::default().registered().build_and_execute(|| {
		assert_eq!(Registry::reserve_of(STATOM), None);
		let not_a_chain = outside(Polkadot, [PalletInstance(1)]);
		for (reserve, error) in [
			(not_a_chain, Error::<Test>::NotAChain),
			(Location::here(), Error::LocalLocation),
			(Location::parent(), Error::LocationNotGlobal),
			(outside(ByGenesis([0; 32]), []), Error::AmbiguousNetwork),
		] {
			assert_noop!(Registry::set_reserve(root(), STATOM, reserve), error);
		}
		let unknown = Registry::set_reserve(root(), STATOM + 1, bifrost());
		assert_noop!(unknown, Error::<Test>::NotRegistered);
		assert_ok!(Registry::set_reserve(root(), STATOM, bifrost()));
		assert_eq!(events(), vec![Event::ReserveSet { asset: STATOM, reserve: bifrost() }]);
		assert_eq!(Registry::reserve_of(STATOM), Some(bifrost()));
		for asset in [STATOM, DOT] {
			let again = Registry::set_reserve(root(), asset, asset_hub());
			assert_noop!(again, Error::<Test>::ReserveIsKnown);
		}
	});
}

#[test]
fn names_and_symbols_fit_into_pallet_assets() {
	ExtBuilder::default().build_and_execute(|| {
		Registry::integrity_test();
		let symbol = vec![b'S'; MAX_SYMBOL as usize].try_into().expect("as long as may be");
		let name = vec![b'N'; MAX_NAME as usize].try_into().expect("as long as may be");
		register(STATOM, Details { symbol, name, decimals: MAX_DECIMALS, ..statom() });
	});
}
