// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Who may call what: `origins.txt` has a line for each call, and a mark for each origin that it isn't
//! refused to.
//!
//! - `none`: an extrinsic that nobody signed,
//! - `signed`: an account of this chain that signs an extrinsic,
//! - `account`: an account of another chain, by a message that pays,
//! - `chain`: another chain itself, by a message that pays,
//! - `treasury`: the treasury's account, by a message of this chain's own,
//! - `root`: governance.
//!
//! What comes by messages passes the filter of calls and the conversion of origins, by every kind of origin
//! there is. Arguments are zeros, or what comes nearest: a call that fails for them was not refused to its
//! origin, and some of the SDK's look at them first: `Assets.force_cancel_approval` finds no such asset.
//!
//! After a change that is meant, `PICASSO_WRITE_ORIGINS=1 cargo test -p picasso-runtime origins` writes the
//! file anew.

use super::*;
use crate::configs::xcm::{account_location, SafeCalls, XcmConfig};
use codec::{Decode, Encode};
use frame_support::{
	storage::{with_transaction, TransactionOutcome},
	traits::{Contains, GetCallMetadata, OriginTrait},
};
use sp_runtime::{traits::Dispatchable, DispatchError};
use staging_xcm::latest::prelude::*;
use staging_xcm_executor::traits::ConvertOrigin;
use std::panic::{catch_unwind, AssertUnwindSafe};

type OriginConverter = <XcmConfig as staging_xcm_executor::Config>::OriginConverter;

/// Whether a call isn't refused to an origin, whatever becomes of it. What panics was let in.
fn lets_in(call: &RuntimeCall, origin: RuntimeOrigin) -> bool {
	let outcome = catch_unwind(AssertUnwindSafe(|| {
		with_transaction(|| {
			let result = call.clone().dispatch(origin).map(|_| ()).map_err(|failed| failed.error);
			TransactionOutcome::Rollback(Ok::<_, DispatchError>(result))
		})
		.expect("a transaction")
	}));
	!matches!(outcome, Ok(Err(DispatchError::BadOrigin)))
}

/// Whether a call isn't refused to a location that has it called by a message.
fn lets_message_in(call: &RuntimeCall, from: &Location) -> bool {
	let kinds =
		[OriginKind::Native, OriginKind::SovereignAccount, OriginKind::Superuser, OriginKind::Xcm];
	SafeCalls::contains(call)
		&& kinds.into_iter().any(|kind| {
			OriginConverter::convert_origin(from.clone(), kind)
				.is_ok_and(|origin| lets_in(call, origin))
		})
}

fn asset_hub() -> Location {
	Location::new(1, [GlobalConsensus(NetworkId::Polkadot), Parachain(1000)])
}

fn columns(call: &RuntimeCall) -> [bool; 6] {
	let remote = asset_hub()
		.appended_with(AccountId32 { network: Some(NetworkId::Polkadot), id: [7; 32] })
		.expect("it is not too deep");
	let treasury = account_location(&configs::governance::TreasuryAccount::get());
	[
		lets_in(call, RuntimeOrigin::none()),
		lets_in(call, signed(Sr25519Keyring::Alice)),
		lets_message_in(call, &remote),
		lets_message_in(call, &asset_hub()),
		lets_message_in(call, &treasury),
		lets_in(call, RuntimeOrigin::root()),
	]
}

/// A call by its place in the runtime. Its arguments are as simple as its types allow: zeros, a few of which
/// may have to be the version of a type that has many.
fn call_at(pallet: u8, index: u8) -> Option<RuntimeCall> {
	let call = |arguments: [u8; 1024]| {
		let bytes: Vec<u8> = [pallet, index].into_iter().chain(arguments).collect();
		RuntimeCall::decode(&mut &bytes[..])
	};
	let failed = match call([0; 1024]) {
		Ok(call) => return Some(call),
		Err(failed) => failed.to_string(),
	};
	let no_such = ["RuntimeCall", "Call"]
		.map(|name| format!("Could not decode `{name}`, variant doesn't exist"));
	if no_such.iter().any(|reason| failed.contains(reason)) {
		return None;
	}
	let version = staging_xcm::latest::VERSION as u8;
	let versions = (1..4096u32).map(|places| {
		core::array::from_fn(|at| if at < 12 && places & 1 << at != 0 { version } else { 0 })
	});
	versions.chain([[1; 1024]]).find_map(|arguments| call(arguments).ok())
}

/// Every call there is.
fn calls() -> Vec<RuntimeCall> {
	let places = (0..=255u8).flat_map(|pallet| (0..=255u8).map(move |index| (pallet, index)));
	let found: Vec<_> = places.filter_map(|(pallet, index)| call_at(pallet, index)).collect();
	for module in RuntimeCall::get_module_names() {
		for name in RuntimeCall::get_call_names(module) {
			let same = |call: &RuntimeCall| {
				let metadata = call.get_call_metadata();
				metadata.pallet_name == *module && metadata.function_name == *name
			};
			assert!(found.iter().any(same), "no arguments for {module}.{name}");
		}
	}
	found
}

fn line(call: &RuntimeCall) -> String {
	let metadata = call.get_call_metadata();
	let name = format!("{}.{}", metadata.pallet_name, metadata.function_name);
	let marks = columns(call).map(|lets_in| if lets_in { "x" } else { "." });
	let [none, signed, account, chain, treasury, root] = marks;
	format!("{name:52} {none:5} {signed:7} {account:8} {chain:6} {treasury:9} {root}\n")
}

fn table() -> String {
	let head = format!(
		"{:52} {:5} {:7} {:8} {:6} {:9} {}\n",
		"call", "none", "signed", "account", "chain", "treasury", "root"
	);
	calls().iter().fold(head, |table, call| table + &line(call))
}

#[test]
fn every_call_is_open_to_the_origins_of_the_table_and_no_other() {
	let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/tests/origins.txt");
	let found = network(DEVELOPMENT).execute_with(table);
	if std::env::var_os("PICASSO_WRITE_ORIGINS").is_some() {
		std::fs::write(path, &found).expect("the table can be written");
	}
	let written = std::fs::read_to_string(path).expect("the table can be read");
	for (found, written) in found.lines().zip(written.lines()) {
		assert_eq!(found, written);
	}
	assert_eq!(found.lines().count(), written.lines().count(), "calls came or went");
}

#[test]
fn messages_call_programs_and_what_was_trapped_and_nothing_else() {
	let found = network(DEVELOPMENT).execute_with(table);
	let by_message: Vec<_> = found
		.lines()
		.skip(1)
		.filter(|line| line[66..].split_whitespace().take(3).any(|mark| mark == "x"))
		.map(|line| line.split_whitespace().next().expect("a name"))
		.collect();
	assert!(!by_message.is_empty());
	for call in by_message {
		assert!(call.starts_with("Cvm.") || call == "PolkadotXcm.claim_assets", "{call}");
	}
}

#[test]
fn no_location_becomes_root() {
	network(DEVELOPMENT).execute_with(|| {
		let locations = [Location::here(), Location::parent(), asset_hub(), Location::new(1, [])];
		for location in locations {
			let origin = OriginConverter::convert_origin(location, OriginKind::Superuser);
			assert!(!origin.is_ok_and(|origin| origin.caller().encode() == root()));
		}
	});
}

fn root() -> Vec<u8> {
	RuntimeOrigin::root().caller().encode()
}
