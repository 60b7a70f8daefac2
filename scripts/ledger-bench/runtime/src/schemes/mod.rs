// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! The schemes and their steps, in rounds: in each a few passers-by go through all of a scheme and leave
//! nothing behind, so that the population stays what it is, and time passes for all schemes alike.

pub(crate) mod asset_rewards;
mod claims;
mod floor;
pub(crate) mod ledger;
mod nomination_pools;

pub use asset_rewards::AssetRewardsScheme;
pub use claims::claims;
pub use floor::Floor;
pub use ledger::{join_pool_of, Ledger};
pub use nomination_pools::{apply_slashes, slash_pool, NominationPoolsScheme};

use crate::{
	configs::UNIT,
	meter::{clear_events, pass_blocks, Meter, Reading},
	people, AccountId, AssetId, Assets, Balance, Balances, FreezableAssets, System,
};
use alloc::vec::Vec;
use frame_support::traits::{fungible::Mutate, fungibles};

/// What an account stakes by one call.
pub const STAKE: Balance = 100 * UNIT;
/// What an account has of each asset before it stakes anything.
const ENDOWMENT: Balance = 1_000 * UNIT;

/// One way to stake.
pub trait Scheme {
	/// Opens what the steps need, once.
	fn open();
	/// Makes `who`, endowed, one of the population.
	fn join(who: &AccountId);
	/// Gives a passer-by, endowed, what else their round needs.
	fn welcome(_who: &AccountId) {}
	/// Measures all steps for passers-by, who are endowed, and leaves no stake of theirs behind.
	fn round<M: Meter>(passers_by: &[AccountId], readings: &mut Vec<Reading>);
}

/// Gives an account of each asset that can be staked.
pub fn endow(who: &AccountId) {
	endow_with(who, ENDOWMENT)
}

fn endow_with(who: &AccountId, amount: Balance) {
	Balances::mint_into(who, amount).expect("coins can be minted");
	mint(ledger::STAKED, who, amount);
	<FreezableAssets as fungibles::Mutate<_>>::mint_into(asset_rewards::STAKED, who, amount)
		.expect("assets can be minted");
}

fn mint(asset: AssetId, who: &AccountId, amount: Balance) {
	<Assets as fungibles::Mutate<_>>::mint_into(asset, who, amount).expect("assets can be minted");
}

/// Opens all schemes.
pub fn open() {
	pass_blocks(1);
	System::note_finished_initialize();
	endow_with(&people::payee(), ENDOWMENT);
	Ledger::open();
	NominationPoolsScheme::open();
	AssetRewardsScheme::open();
	clear_events();
}

/// Does something for each of the restakers `from` to `to`.
pub fn for_restakers(from: u32, to: u32, what: impl Fn(&AccountId)) {
	for number in from..to {
		what(&people::restaker(number));
		clear_events();
	}
}

/// Measures each step `count` times, after one that only warms up. The passers-by are named by `first`
/// and on: nobody should come twice.
pub fn round<M: Meter>(first: u32, count: u32) -> Vec<Reading> {
	let passers_by: Vec<_> = (first..=first + count).map(people::passer_by).collect();
	for who in &passers_by {
		endow(who);
		Ledger::welcome(who);
	}
	let mut readings = Vec::new();
	Floor::round::<M>(&passers_by, &mut readings);
	Ledger::round::<M>(&passers_by, &mut readings);
	NominationPoolsScheme::round::<M>(&passers_by, &mut readings);
	AssetRewardsScheme::round::<M>(&passers_by, &mut readings);
	clear_events();
	M::settle();
	readings
}
