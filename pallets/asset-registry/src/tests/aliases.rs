// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Other forms of what is registered: each is the same, or refused.

use super::*;
use crate::networks::{KUSAMA_GENESIS, POLKADOT_GENESIS};

const NEW: AssetId = foreign_asset_id(Network::Osmosis, 1, 1);

fn told(foreign: ForeignId) -> Details {
	details(foreign, "NEW", 10, Some(asset_hub()), TrustClass::LightClient)
}

/// The form is one of what is registered already.
fn same(location: Location, asset: AssetId) {
	assert_eq!(Registry::asset_at(&location), Some(asset), "{location:?}");
	let again = Registry::register(root(), NEW, told(ForeignId::Xcm(location)));
	assert_noop!(again, Error::<Test>::ForeignIdTaken);
}

/// The form is none.
fn refused(location: Location, error: Error<Test>) {
	assert_eq!(Registry::asset_at(&location), None, "{location:?}");
	assert_noop!(Registry::register(root(), NEW, told(ForeignId::Xcm(location))), error);
}

fn refused_id(foreign: ForeignId, error: Error<Test>) {
	assert_noop!(Registry::register(root(), NEW, told(foreign)), error);
}

fn with_assets(test: impl FnOnce()) {
	ExtBuilder::default().registered().build_and_execute(test);
}

fn contract(network: Option<NetworkId>) -> staging_xcm::v5::Junction {
	AccountKey20 { network, key: CONTRACT }
}

#[test]
fn a_contract_and_its_location_are_one() {
	with_assets(|| {
		same(outside(ETHEREUM, [contract(None)]), WSTETH);
		same(outside(ETHEREUM, [contract(Some(ETHEREUM))]), WSTETH);
		let foreign = Assets::<Test>::get(WSTETH).expect("registered").foreign;
		assert_eq!(foreign, ForeignId::Erc20 { chain: 1, address: CONTRACT });
	});
	// And the other way round.
	ExtBuilder::default().build_and_execute(|| {
		let location = outside(ETHEREUM, [contract(Some(ETHEREUM))]);
		register(WSTETH, Details { foreign: ForeignId::Xcm(location), ..wsteth() });
		let again = Registry::register(root(), NEW, wsteth());
		assert_noop!(again, Error::<Test>::ForeignIdTaken);
		// On another network it is another.
		let foreign = ForeignId::Erc20 { chain: 10, address: CONTRACT };
		register(NEW, Details { foreign, ..wsteth() });
	});
}

#[test]
fn a_network_with_a_name_goes_by_no_hash() {
	with_assets(|| {
		same(outside(ByGenesis(POLKADOT_GENESIS), []), DOT);
		let key = GeneralKey { length: 2, data: key(b"\x09\x00") };
		same(outside(ByGenesis(POLKADOT_GENESIS), [Parachain(2030), key]), VDOT);
		let ksm = ForeignId::Xcm(outside(ByGenesis(KUSAMA_GENESIS), []));
		register(NEW, Details { decimals: 12, ..told(ksm) });
		assert_eq!(Registry::location_of(NEW), Some(outside(Kusama, [])));
	});
}

#[test]
fn a_network_that_shares_its_hash_or_has_a_number_is_not_named_by_it() {
	with_assets(|| {
		for hash in crate::networks::AMBIGUOUS_GENESES {
			refused(outside(ByGenesis(hash), []), Error::AmbiguousNetwork);
			refused(outside(ByGenesis(hash), [contract(None)]), Error::AmbiguousNetwork);
		}
		refused(outside(ByGenesis([3; 32]), [contract(None)]), Error::AmbiguousNetwork);
	});
}

#[test]
fn a_network_is_not_named_by_a_fork() {
	with_assets(|| {
		let fork = ByFork { block_number: 0, block_hash: POLKADOT_GENESIS };
		refused(outside(fork, []), Error::AmbiguousNetwork);
	});
}

#[test]
fn a_parachain_is_not_named_by_a_number_of_ethereum() {
	with_assets(|| {
		for chain_id in crate::networks::EVM_PARACHAINS {
			let network = Ethereum { chain_id };
			refused(outside(network, []), Error::AmbiguousNetwork);
			refused(outside(network, [contract(None)]), Error::AmbiguousNetwork);
			let foreign = ForeignId::Erc20 { chain: chain_id, address: CONTRACT };
			refused_id(foreign, Error::AmbiguousNetwork);
		}
	});
}

#[test]
fn an_account_tells_its_network_or_not() {
	with_assets(|| {
		let account = |network| AccountId32 { network, id: [5; 32] };
		let key = |network| AccountKey20 { network, key: [5; 20] };
		let on = |step| outside(Polkadot, [Parachain(2004), PalletInstance(48), step]);
		let first = foreign_asset_id(Network::Polkadot, 0, 10);
		let second = foreign_asset_id(Network::Polkadot, 0, 11);
		register(first, told(ForeignId::Xcm(on(account(Some(Polkadot))))));
		register(second, told(ForeignId::Xcm(on(key(None)))));
		assert_eq!(Registry::location_of(first), Some(on(account(None))));
		let by_hash = ByGenesis(POLKADOT_GENESIS);
		for network in [None, Some(Polkadot), Some(by_hash)] {
			same(on(account(network)), first);
			same(on(key(network)), second);
		}
		for network in [Kusama, ETHEREUM, OURS, ByGenesis([0; 32])] {
			refused(on(account(Some(network))), Error::AmbiguousLocation);
			refused(on(key(Some(network))), Error::AmbiguousLocation);
		}
		refused(outside(ETHEREUM, [contract(Some(Polkadot))]), Error::AmbiguousLocation);
	});
}

#[test]
fn what_stands_for_something_else_is_no_asset() {
	with_assets(|| {
		let id = staging_xcm::v5::BodyId::Unit;
		let part = staging_xcm::v5::BodyPart::Voice;
		for step in [
			AccountIndex64 { network: None, index: 1 },
			AccountIndex64 { network: Some(Polkadot), index: 1 },
			OnlyChild,
			Plurality { id, part },
			GlobalConsensus(Polkadot),
			GlobalConsensus(Kusama),
		] {
			refused(outside(Polkadot, [Parachain(2030), step]), Error::AmbiguousLocation);
			refused(outside(ByGenesis([3; 32]), [step]), Error::AmbiguousLocation);
		}
	});
}

#[test]
fn a_key_ends_with_zeros() {
	with_assets(|| {
		let on = |length, data| outside(Polkadot, [Parachain(2030), GeneralKey { length, data }]);
		same(on(2, key(b"\x09\x00")), VDOT);
		refused(on(2, key(b"\x09\x00\x01")), Error::AmbiguousLocation);
		refused(on(0, key(b"\x09")), Error::AmbiguousLocation);
		refused(on(31, [1; 32]), Error::AmbiguousLocation);
		for length in [33, 34, u8::MAX] {
			refused(on(length, key(b"\x09\x00")), Error::AmbiguousLocation);
		}
		// A key is as long as it says.
		register(NEW, told(ForeignId::Xcm(on(1, key(b"\x09")))));
		assert_eq!(Registry::asset_at(&on(32, [1; 32])), None);
	});
}

#[test]
fn a_location_is_one_step_up_and_begins_with_a_network() {
	with_assets(|| {
		let network = GlobalConsensus(Polkadot);
		refused(Location::parent(), Error::LocationNotGlobal);
		refused(Location::new(1, [Parachain(2030)]), Error::LocationNotGlobal);
		for parents in [2, 3, u8::MAX] {
			refused(Location::new(parents, [network]), Error::LocationNotGlobal);
			refused(Location::ancestor(parents), Error::LocationNotGlobal);
		}
		refused(Location::new(0, [network]), Error::LocalLocation);
		refused(Location::new(0, [PalletInstance(1)]), Error::LocalLocation);
	});
}

#[test]
fn what_is_here_is_not_elsewhere() {
	with_assets(|| {
		for location in [Location::here(), outside(OURS, [])] {
			let local = Registry::register(root(), NEW, told(ForeignId::Xcm(location)));
			assert_noop!(local, Error::<Test>::LocalLocation);
		}
		refused(outside(OURS, [PalletInstance(1)]), Error::LocalLocation);
		refused(outside(OURS, [GlobalConsensus(Polkadot)]), Error::LocalLocation);
	});
}

#[test]
fn nothing_is_canonical_where_this_chain_is_part_of_another() {
	ExtBuilder::default().build_and_execute(|| {
		Universe::set([GlobalConsensus(Kusama), Parachain(3000)].into());
		refused(outside(Polkadot, []), Error::LocationNotGlobal);
	});
}

#[test]
fn relay_chains_have_one_asset() {
	with_assets(|| {
		let account = AccountId32 { network: None, id: [5; 32] };
		for network in [Polkadot, Kusama] {
			for step in [PalletInstance(5), GeneralIndex(0), account, contract(None)] {
				refused(outside(network, [step]), Error::AmbiguousLocation);
			}
			for number in [0, 1000, 1002, 1999] {
				refused(outside(network, [Parachain(number)]), Error::AmbiguousLocation);
			}
		}
		register(NEW, told(ForeignId::Xcm(outside(Polkadot, [Parachain(2000)]))));
	});
}

#[test]
fn ethereum_has_contracts_and_bitcoin_has_none() {
	with_assets(|| {
		let mut address = [0; 32];
		address[..20].copy_from_slice(&CONTRACT);
		for step in [
			GeneralKey { length: 20, data: address },
			AccountId32 { network: None, id: address },
			PalletInstance(1),
			GeneralIndex(1),
			Parachain(2000),
		] {
			refused(outside(ETHEREUM, [step]), Error::AmbiguousLocation);
			refused(outside(BitcoinCore, [step]), Error::AmbiguousLocation);
			refused(outside(BitcoinCash, [step]), Error::AmbiguousLocation);
		}
		refused(outside(ETHEREUM, [contract(None), GeneralIndex(1)]), Error::AmbiguousLocation);
		refused(outside(PolkadotBulletin, []), Error::AmbiguousLocation);
	});
}

#[test]
fn addresses_of_a_networks_own_token_are_no_contracts() {
	with_assets(|| {
		let mut polygon = [0; 20];
		polygon[18..].copy_from_slice(&[0x10, 0x10]);
		for (chain, address) in [(1, [0; 20]), (1, [0xee; 20]), (10, [0; 20]), (137, polygon)] {
			refused_id(ForeignId::Erc20 { chain, address }, Error::InvalidAddress);
			let key = AccountKey20 { network: None, key: address };
			refused(outside(Ethereum { chain_id: chain }, [key]), Error::InvalidAddress);
		}
		refused_id(ForeignId::SolanaMint([0; 32]), Error::InvalidAddress);
	});
}

#[test]
fn traces_are_told_as_they_are_here() {
	with_assets(|| {
		for trace in [
			"",
			"uatom",
			"ibc/27394FB092D2ECCD56123C74F36E4C1F926001CEADA9CA97EA622B25F41E5EB2",
			"transfer/channel-0/ibc/27394FB092D2ECCD56123C74F36E4C1F926001CEADA9CA97EA",
			"transfer/channel-0",
			"transfer/channel-0/",
			"transfer/channel-/uatom",
			"transfer/channel-x/uatom",
			"transfer/connection-0/uatom",
			"/channel-0/uatom",
			"transfer/channel-00/uatom",
			"transfer/channel-0/transfer/channel-01/uatom",
			"transfer/channel-0/u atom",
			"transfer/channel-0/uatom\n",
			"transfer/channel-0/\u{fc}atom",
			"transfer/channel-0/uatom\0",
		] {
			refused_id(ics20(trace.as_bytes()), Error::InvalidTrace);
		}
		for (number, trace) in [
			"transfer/channel-10/uatom",
			"transfer/channel-0/transfer/channel-1/uatom",
			"transfer/channel-0/factory/osmo1abc/token",
			"wasm.osmo1abc/channel-7/cw20:osmo1def",
		]
		.into_iter()
		.enumerate()
		{
			let foreign = ics20(trace.as_bytes());
			let class = [TrustClass::LightClient, TrustClass::Committee][number % 2];
			let details = Details { trust: class, reserve: None, ..told(foreign) };
			register(NEW + number as AssetId, details);
		}
	});
}
