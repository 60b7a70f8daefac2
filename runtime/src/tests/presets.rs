// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The networks start, and start sound.

use super::network;
use crate::{
	configs::{
		assets::NativeAndForeign,
		consensus::{EpochDuration, TableValidators},
		governance::{
			tracks::{SubmissionDeposit, Tracks},
			TechnicalCollectiveInstance, TechnicalMembershipInstance,
		},
	},
	constants::time,
	*,
};
use frame_support::{
	assert_ok,
	traits::{fungibles::Inspect, Get},
};
use pallet_referenda::TracksInfo;
use pallet_restaking::CurrentEra;
use pallet_session::SessionManager;
use picasso_primitives::avs::{StakeTables, Terms, CHAIN};
use sp_genesis_builder::PresetId;
use sp_keyring::Sr25519Keyring;

#[test]
fn each_preset_builds_a_sound_ledger() {
	for (preset, count) in [(DEVELOPMENT, 3), (LOCAL, 4)] {
		network(preset).execute_with(|| {
			#[cfg(feature = "try-runtime")]
			Restaking::do_try_state().expect("the ledger's invariants hold");
			#[cfg(feature = "try-runtime")]
			Avs::do_try_state().expect("the registry's invariants hold");
			let vaults = Restaking::vault_infos();
			assert_eq!(vaults.len(), 7);
			for vault in vaults {
				assert_eq!(
					NativeAndForeign::balance(vault.asset, &vault.account),
					NativeAndForeign::minimum_balance(vault.asset) + vault.custody,
				);
			}
			let operators = Restaking::operator_page(None, 10).items;
			assert_eq!(operators.len(), count);
			assert!(operators.iter().all(|operator| operator.pools.len() == 7));
		});
	}
}

#[test]
fn presets_run_at_the_tempo_of_development_and_the_default_at_that_of_production() {
	network(DEVELOPMENT).execute_with(|| {
		let clock = CurrentEra::<Runtime>::get().expect("a clock");
		assert_eq!((clock.settings.length, clock.settings.unbonding), (10, 3));
		assert_eq!(<EpochDuration as Get<u64>>::get(), time::session::DEVELOPMENT);
	});
	sp_io::TestExternalities::default().execute_with(|| {
		assert_eq!(<EpochDuration as Get<u64>>::get(), time::session::PRODUCTION);
	});
}

#[test]
fn a_network_that_says_nothing_has_the_times_of_production() {
	let settings = RuntimeGenesisConfig::default().restaking.era;
	assert_eq!(settings.length, 4 * time::HOURS);
	assert_eq!(settings.unbonding * settings.length, 7 * time::DAYS);
	assert_eq!(settings.granularity * settings.length, time::DAYS);
}

#[test]
fn the_chains_first_table_names_the_validators_of_genesis() {
	for (preset, count) in [(DEVELOPMENT, 1), (LOCAL, 4)] {
		network(preset).execute_with(|| {
			let table = Avs::entries(CHAIN, 0);
			assert_eq!(table.len(), count);
			let million = 1_000_000 * constants::currency::PICA;
			assert!(table.iter().all(|entry| entry.weight == million));
			assert!(table.iter().all(|entry| Session::validators().contains(&entry.operator)));
		});
	}
}

#[test]
fn validators_are_planned_from_the_chains_table() {
	let new_session = <TableValidators as SessionManager<AccountId>>::new_session;
	network(LOCAL).execute_with(|| {
		// What is queued stays, without a change of GRANDPA's set.
		assert_eq!(new_session(2), None);
		assert_eq!(Avs::table_of_session(2), Some(0));
		// One without keys is not planned for.
		let purge = |key: Sr25519Keyring| {
			assert_ok!(Session::purge_keys(RuntimeOrigin::signed(key.to_account_id())));
		};
		purge(Sr25519Keyring::Alice);
		let planned = new_session(2).expect("a new set");
		assert_eq!(planned.len(), 3);
		assert!(!planned.contains(&Sr25519Keyring::Alice.to_account_id()));
		// Where too few have keys, those there are stay, chosen by the table that chose them.
		purge(Sr25519Keyring::Bob);
		pallet_avs::SessionTables::<Runtime>::insert(2, 7);
		assert_eq!(new_session(3).map(|planned| planned.len()), Some(2));
		let kept = pallet_avs::Event::ValidatorsKept { era: 0, found: 2, needed: 3 };
		System::assert_last_event(kept.into());
		assert_eq!(Avs::table_of_session(3), Some(7));
		let terms = pallet_avs::TermsOf::<Runtime>::get(CHAIN, 0).unwrap();
		let fewer = Terms { minimum_operators: 2, ..terms };
		pallet_avs::TermsOf::<Runtime>::insert(CHAIN, 0, fewer);
		assert_eq!(new_session(3).map(|planned| planned.len()), Some(2));
		assert_eq!(Avs::table_of_session(3), Some(0));
	});
}

#[test]
fn validators_are_those_of_the_preset_and_their_keys_can_be_proved() {
	for (preset, count) in [(DEVELOPMENT, 1), (LOCAL, 4)] {
		network(preset).execute_with(|| {
			let validators = Session::validators();
			assert_eq!(validators.len(), count);
			assert!(validators.contains(&Sr25519Keyring::Alice.to_account_id()));
			assert_eq!(Grandpa::grandpa_authorities().len(), count);
			assert_eq!(Babe::authorities().len(), count);
			let (_, kept) = pallet_session::historical::HistoricalSessions::<Runtime>::get(0)
				.expect("the first session's root");
			assert_eq!(kept as usize, count);
		});
	}
}

#[test]
fn a_development_network_can_govern_itself() {
	for preset in preset_names() {
		network(preset.as_ref()).execute_with(|| {
			let members = pallet_membership::Members::<Runtime, TechnicalMembershipInstance>::get();
			assert_eq!(members.len(), 6);
			let collective =
				pallet_collective::Members::<Runtime, TechnicalCollectiveInstance>::get();
			assert_eq!(collective, members.into_inner());
			let dearest = Tracks::tracks().map(|track| track.info.decision_deposit).max();
			let deposits = dearest.expect("a track") + SubmissionDeposit::get();
			assert!(Balances::free_balance(Sr25519Keyring::Alice.to_account_id()) > 10 * deposits);
		});
	}
	assert!(RuntimeGenesisConfig::default().technical_membership.members.is_empty());
}

#[test]
fn an_unknown_preset_is_none() {
	assert_eq!(get_preset(&PresetId::from("nowhere")), None);
}
