// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What must hold while an input runs, whatever is called.

use crate::{
	actors::{saver, ASSETS},
	world,
};
use frame_support::traits::fungibles::Inspect;
use pallet_restaking::{Bucket, MaturedBuckets, Pools};
use picasso_primitives::{
	math::SharePool, restaking::PoolFilter, AssetId, Balance, EraIndex, PoolId, PICA,
};
use picasso_runtime::{configs::assets::NativeAndForeign, Restaking, Runtime};
use sp_core::U256;
use std::collections::BTreeMap;

/// Planck that the saver may lose to rounding in one input: each call that touches what is hers may
/// cost her one, and an input holds some dozens of them at most.
const ROUNDING: Balance = 200;

/// The price of something, and since when it is counted.
#[derive(Clone, Copy)]
struct Price {
	generation: u32,
	shares: SharePool,
}

impl Price {
	/// Whether a share is worth at least what it was. Who holds none, or lost all, cannot tell.
	fn is_kept_by(&self, later: &Self) -> bool {
		let (before, after) = (&self.shares, &later.shares);
		if self.generation != later.generation || before.shares == 0 || after.shares == 0 {
			return true;
		}
		U256::from(after.balance) * U256::from(before.shares)
			>= U256::from(before.balance) * U256::from(after.shares)
	}
}

/// What only a slash may take: the prices of shares and points, and what one owns who does nothing.
pub struct Audit {
	stake: BTreeMap<PoolId, Price>,
	exits: BTreeMap<(PoolId, EraIndex), Price>,
	savings: BTreeMap<AssetId, Balance>,
}

impl Audit {
	/// Notes how things are.
	pub fn begin() -> Self {
		let mut stake = BTreeMap::new();
		let mut exits = BTreeMap::new();
		let price = |bucket: &Bucket| Price { generation: bucket.generation, shares: bucket.exits };
		for (id, pool) in Pools::<Runtime>::iter() {
			stake.insert(id, Price { generation: pool.generation, shares: pool.active });
			exits.extend(pool.buckets.iter().map(|bucket| ((id, bucket.maturity), price(bucket))));
		}
		for (id, maturity, bucket) in MaturedBuckets::<Runtime>::iter() {
			exits.insert((id, maturity), price(&bucket));
		}
		Self { stake, exits, savings: savings() }
	}

	/// Panics where something was lost since the audit began.
	pub fn check(&self) {
		let now = Self::begin();
		for (pool, before) in &self.stake {
			if let Some(after) = now.stake.get(pool) {
				assert!(before.is_kept_by(after), "the price of a share of pool {pool} fell");
			}
		}
		for (bucket, before) in &self.exits {
			if let Some(after) = now.exits.get(bucket) {
				assert!(before.is_kept_by(after), "the price of a point of bucket {bucket:?} fell");
			}
		}
		for (asset, before) in &self.savings {
			let after = now.savings.get(asset).copied().unwrap_or_default();
			assert!(
				after.saturating_add(ROUNDING) >= *before,
				"who does nothing had {before} planck of asset {asset} and has {after}"
			);
		}
	}
}

/// Panics where an invariant of the ledger is broken.
pub fn check_invariants() {
	Restaking::do_try_state().expect("the ledger's invariants hold");
}

/// All that the saver owns, by asset: balance, stake, exits in progress, and rewards.
fn savings() -> BTreeMap<AssetId, Balance> {
	let who = saver();
	let mut savings: BTreeMap<_, _> = ASSETS
		.into_iter()
		.map(|asset| (asset, NativeAndForeign::total_balance(asset, &who)))
		.collect();
	let mut add = |asset, amount| {
		let sum: &mut Balance = savings.entry(asset).or_default();
		*sum = sum.checked_add(amount).expect("nobody owns that much");
	};
	let info = Restaking::account_info(&who);
	for position in info.positions {
		add(position.asset, position.value);
		position.rewards.into_iter().for_each(|(currency, owed)| add(currency, owed));
	}
	info.tickets.into_iter().for_each(|ticket| add(ticket.asset, ticket.value));
	savings
}

/// Panics where an asset's accounts hold more or less than was issued.
pub fn check_issuance() {
	pallet_assets::Pallet::<Runtime>::do_try_state().expect("foreign assets add up");
	let held = frame_system::Account::<Runtime>::iter_values()
		.try_fold(0, |sum: Balance, account| {
			sum.checked_add(account.data.free)?.checked_add(account.data.reserved)
		})
		.expect("nobody owns that much");
	assert_eq!(held, NativeAndForeign::total_issuance(PICA), "PICA adds up");
}

/// Panics where what users are told of the ledger cannot be told.
pub fn check_reads() {
	let _ = Restaking::era_info();
	let _ = Restaking::vault_infos();
	let _ = Restaking::operator_page(None, 256);
	let all = PoolFilter { operator: None, asset: None };
	let pools = Restaking::pool_page(all, 0, 256).items;
	assert_eq!(pools.len(), world::pools().len().min(256), "all pools are told");
	for pool in pools {
		let _ = Restaking::preview_stake(pool.pool, 1_000_000);
		let _ = Restaking::preview_unstake(pool.pool, pool.shares);
	}
}
