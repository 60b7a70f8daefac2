// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Random walks over all calls, with other forms of the same assets on purpose. Beside the pallet goes a
//! model that knows which thing each form is of, and not how the pallet tells.

use super::*;
use crate::networks::{KUSAMA_GENESIS, POLKADOT_GENESIS};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// A thing that is an asset somewhere: its decimals, forms of it that are fine, and forms that aren't.
struct Thing {
	decimals: u8,
	good: Vec<ForeignId>,
	bad: Vec<ForeignId>,
}

fn located<const N: usize>(
	networks: &[NetworkId],
	paths: &[[staging_xcm::v5::Junction; N]],
) -> Vec<ForeignId> {
	let of = |network| move |path: &[_; N]| ForeignId::Xcm(outside(network, *path));
	networks.iter().flat_map(|network| paths.iter().map(of(*network))).collect()
}

fn fork() -> NetworkId {
	ByFork { block_number: 0, block_hash: POLKADOT_GENESIS }
}

fn relay_token(named: NetworkId, genesis: [u8; 32], decimals: u8) -> Thing {
	let mut bad = located(&[fork()], &[[]]);
	bad.extend(located(&[named], &[[PalletInstance(5)], [Parachain(1000)]]));
	for parents in [0, 2] {
		bad.push(ForeignId::Xcm(Location::new(parents, [GlobalConsensus(named)])));
	}
	Thing { decimals, good: located(&[named, ByGenesis(genesis)], &[[]]), bad }
}

fn keyed_token() -> Thing {
	let path = |length, bytes| [Parachain(2030), GeneralKey { length, data: key(bytes) }];
	let networks = [Polkadot, ByGenesis(POLKADOT_GENESIS)];
	Thing {
		decimals: 10,
		good: located(&networks, &[path(2, b"\x09\x00")]),
		bad: located(&networks, &[path(2, b"\x09\x00\x01"), path(33, b"\x09\x00")]),
	}
}

fn account_token() -> Thing {
	let path = |network| [Parachain(2006), AccountId32 { network, id: [5; 32] }];
	let index = [Parachain(2006), AccountIndex64 { network: None, index: 1 }];
	let by_hash = ByGenesis(POLKADOT_GENESIS);
	Thing {
		decimals: 12,
		good: located(
			&[Polkadot, by_hash],
			&[path(None), path(Some(Polkadot)), path(Some(by_hash))],
		),
		bad: located(&[Polkadot], &[path(Some(Kusama)), path(Some(OURS)), index]),
	}
}

fn contract() -> Thing {
	let path = |network| [AccountKey20 { network, key: CONTRACT }];
	let mut good = located(&[ETHEREUM], &[path(None), path(Some(ETHEREUM))]);
	good.push(ForeignId::Erc20 { chain: 1, address: CONTRACT });
	let mut bad = located(&[ETHEREUM], &[path(Some(Polkadot))]);
	bad.extend(located(&[ByGenesis([3; 32]), Ethereum { chain_id: 1284 }], &[path(None)]));
	bad.push(ForeignId::Erc20 { chain: 1284, address: CONTRACT });
	Thing { decimals: 18, good, bad }
}

/// The same contract's address on another network is another thing.
fn other_contract() -> Thing {
	let network = Ethereum { chain_id: 10 };
	let mut good = located(&[network], &[[AccountKey20 { network: None, key: CONTRACT }]]);
	good.push(ForeignId::Erc20 { chain: 10, address: CONTRACT });
	Thing { decimals: 18, good, bad: vec![ForeignId::Erc20 { chain: 10, address: [0; 20] }] }
}

fn ether() -> Thing {
	Thing {
		decimals: 18,
		good: located(&[ETHEREUM], &[[]]),
		bad: vec![
			ForeignId::Erc20 { chain: 1, address: [0; 20] },
			ForeignId::Erc20 { chain: 1, address: [0xee; 20] },
		],
	}
}

fn voucher() -> Thing {
	Thing {
		decimals: 6,
		good: vec![ics20(TRACE)],
		bad: [&b"stuatom"[..], b"ibc/27394FB092D2ECCD", b"transfer/channel-00/stuatom", b""]
			.map(ics20)
			.to_vec(),
	}
}

fn mint() -> Thing {
	Thing {
		decimals: 9,
		good: vec![ForeignId::SolanaMint(MINT)],
		bad: vec![ForeignId::SolanaMint([0; 32])],
	}
}

fn things() -> Vec<Thing> {
	vec![
		relay_token(Polkadot, POLKADOT_GENESIS, 10),
		relay_token(Kusama, KUSAMA_GENESIS, 12),
		keyed_token(),
		account_token(),
		contract(),
		other_contract(),
		ether(),
		voucher(),
		mint(),
	]
}

#[derive(Clone, Debug)]
enum Step {
	Register { number: usize, thing: usize, form: usize, bad: bool, class: usize },
	SetReserve { number: usize },
	SetStatus { number: usize, status: usize },
	SetTrust { number: usize, class: usize },
	SetClassCap { class: usize, cap: Option<Balance> },
	SetVault { number: usize, cap: Balance, open: bool },
}

const NUMBERS: usize = 12;
const STATUSES: [AssetStatus; 3] =
	[AssetStatus::Active, AssetStatus::ExitsOnly, AssetStatus::Frozen];
const CLASSES: [TrustClass; 4] =
	[TrustClass::LightClient, TrustClass::Staked, TrustClass::Committee, TrustClass::Custodian];

fn asset(number: usize) -> AssetId {
	foreign_asset_id(Network::Osmosis, 0, number as u64)
}

fn step() -> impl Strategy<Value = Step> {
	let number = 0..NUMBERS;
	let class = 0..CLASSES.len();
	prop_oneof![
		6 => (number.clone(), 0..9usize, 0..16usize, prop::bool::weighted(0.2), class.clone())
			.prop_map(|(number, thing, form, bad, class)| {
				Step::Register { number, thing, form, bad, class }
			}),
		1 => number.clone().prop_map(|number| Step::SetReserve { number }),
		2 => (number.clone(), 0..3usize)
			.prop_map(|(number, status)| Step::SetStatus { number, status }),
		2 => (number.clone(), class.clone())
			.prop_map(|(number, class)| Step::SetTrust { number, class }),
		2 => (class, prop::option::weighted(0.8, 0..1_000u128))
			.prop_map(|(class, cap)| Step::SetClassCap { class, cap }),
		3 => (number, 0..500u128, any::<bool>())
			.prop_map(|(number, cap, open)| Step::SetVault { number, cap, open }),
	]
}

/// Takes a step as a call does: an error leaves everything as it was.
fn dispatch(call: impl FnOnce() -> Result<(), DispatchError>) -> bool {
	frame_support::storage::with_storage_layer(call).is_ok()
}

/// Takes a step. `pairs` are the numbers that are registered, with the things they are.
fn take(step: Step, things: &[Thing], pairs: &mut BTreeMap<usize, usize>) {
	match step {
		Step::Register { number, thing, form, bad, class } => {
			let Thing { decimals, good, bad: bad_forms } = &things[thing];
			let forms = if bad { bad_forms } else { good };
			let foreign = forms[form % forms.len()].clone();
			let details = details(foreign, "SYM", *decimals, Some(asset_hub()), CLASSES[class]);
			let has_room = ClassMembers::<Test>::get(CLASSES[class]).len() < 4;
			let is_new = !pairs.contains_key(&number) && !pairs.values().any(|of| *of == thing);
			let registered = dispatch(|| Registry::register(root(), asset(number), details));
			assert_eq!(registered, !bad && is_new && has_room);
			if registered {
				pairs.insert(number, thing);
			}
		},
		Step::SetReserve { number } => {
			// All of them have one.
			assert!(!dispatch(|| Registry::set_reserve(root(), asset(number), bifrost())));
		},
		Step::SetStatus { number, status } => {
			let set = dispatch(|| Registry::set_status(root(), asset(number), STATUSES[status]));
			assert_eq!(set, pairs.contains_key(&number));
		},
		Step::SetTrust { number, class } => {
			dispatch(|| Registry::set_trust(root(), asset(number), CLASSES[class]));
		},
		Step::SetClassCap { class, cap } => {
			dispatch(|| Registry::set_class_cap(root(), CLASSES[class], cap));
		},
		Step::SetVault { number, cap, open } => {
			let status = if open { VaultStatus::Open } else { VaultStatus::ExitsOnly };
			dispatch(|| set_vault(asset(number), cap, status));
		},
	}
}

/// The two maps say what the model says, in every form; and what was once a pair is the same pair.
fn check(things: &[Thing], pairs: &BTreeMap<usize, usize>, before: &[(AssetId, ForeignId)]) {
	assert_ok!(Registry::do_try_state());
	for (asset, foreign) in before {
		let record = Assets::<Test>::get(asset).expect("once registered, for ever so");
		assert_eq!(record.foreign, *foreign);
		assert_eq!(AssetIds::<Test>::get(foreign), Some(*asset));
	}
	assert_eq!(Assets::<Test>::iter().count(), pairs.len());
	assert_eq!(AssetIds::<Test>::iter().count(), pairs.len());
	for (index, Thing { good, bad, .. }) in things.iter().enumerate() {
		let number = pairs.iter().find(|(_, thing)| **thing == index).map(|(number, _)| *number);
		for form in good {
			if let ForeignId::Xcm(location) = form {
				assert_eq!(Registry::asset_at(location), number.map(asset));
			}
		}
		for form in bad {
			assert_eq!(AssetIds::<Test>::get(form), None);
			if let ForeignId::Xcm(location) = form {
				assert_eq!(Registry::asset_at(location), None);
			}
		}
		let location = number.and_then(|number| Registry::location_of(asset(number)));
		if let Some(location) = location {
			assert_eq!(Registry::asset_at(&location), number.map(asset));
		}
	}
}

/// Rates stay: so the vaults of a class are within its cap all the time. All are worth the same.
fn check_caps() {
	for class in CLASSES {
		let members = ClassMembers::<Test>::get(class);
		let vaults = Vaults::get();
		let caps = members.iter().filter_map(|member| vaults.get(member));
		let total: Balance = caps.map(|settings| settings.deposit_cap).sum();
		assert!(total <= ClassCaps::<Test>::get(class).unwrap_or_default());
	}
	for (asset, settings) in Vaults::get() {
		let active = Registry::status_of(asset) == Some(AssetStatus::Active);
		assert!(active || settings.status != VaultStatus::Open);
	}
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..Default::default() })]

	#[test]
	fn ids_and_foreign_ids_stay_a_bijection(steps in prop::collection::vec(step(), 1..60)) {
		ExtBuilder::default().build_and_execute(|| {
			(0..NUMBERS).for_each(|number| set_rate(asset(number), 1, 1));
			let things = things();
			let mut pairs = BTreeMap::new();
			for step in steps {
				let before: Vec<_> = Assets::<Test>::iter()
					.map(|(asset, record)| (asset, record.foreign))
					.collect();
				take(step, &things, &mut pairs);
				check(&things, &pairs, &before);
				check_caps();
			}
		});
	}
}
