// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The networks start, and start sound.

use super::network;
use crate::{
	configs::{
		assets::NativeAndForeign,
		consensus::EpochDuration,
		governance::{
			tracks::{SubmissionDeposit, Tracks},
			TechnicalCollectiveInstance, TechnicalMembershipInstance,
		},
	},
	constants::time,
	*,
};
use frame_support::traits::{fungibles::Inspect, Get};
use pallet_referenda::TracksInfo;
use pallet_restaking::CurrentEra;
use sp_genesis_builder::PresetId;
use sp_keyring::Sr25519Keyring;

#[test]
fn each_preset_builds_a_sound_ledger() {
	for preset in preset_names() {
		network(preset.as_ref()).execute_with(|| {
			#[cfg(feature = "try-runtime")]
			Restaking::do_try_state().expect("the invariants hold");
			let vaults = Restaking::vault_infos();
			assert_eq!(vaults.len(), 7);
			for vault in vaults {
				assert_eq!(
					NativeAndForeign::balance(vault.asset, &vault.account),
					NativeAndForeign::minimum_balance(vault.asset),
				);
			}
			let operators = Restaking::operator_page(None, 10).items;
			assert_eq!(operators.len(), 3);
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
fn no_validator_of_genesis_can_take_its_keys_away() {
	use frame_support::traits::Contains;
	type Filter = <Runtime as frame_system::Config>::BaseCallFilter;
	assert!(!Filter::contains(&pallet_session::Call::purge_keys {}.into()));
	assert!(Filter::contains(&pallet_utility::Call::batch { calls: Vec::new() }.into()));
}

#[test]
fn validators_are_those_of_the_preset_and_their_keys_can_be_proved() {
	for (preset, count) in [(DEVELOPMENT, 1), (LOCAL, 3)] {
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
