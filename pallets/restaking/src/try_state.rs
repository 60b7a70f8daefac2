// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The ledger's invariants, numbered as in the pallet's documentation.

use crate::{pallet::*, types::*};
use alloc::collections::BTreeMap;
use frame_support::{
	ensure,
	traits::{fungibles::Inspect, Get},
};
use picasso_primitives::{math::SharePool, AssetId, Balance, EraIndex, PoolId};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks every invariant.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_custody()?;
		Self::check_shares()?;
		Self::check_points()?;
		Self::check_prices()?;
		Self::check_buckets()?;
		Self::check_operators()
	}

	fn all_buckets() -> impl Iterator<Item = (PoolId, Bucket)> {
		Pools::<T>::iter()
			.flat_map(|(id, pool)| pool.buckets.into_iter().map(move |bucket| (id, bucket)))
			.chain(MaturedBuckets::<T>::iter().map(|(id, _, bucket)| (id, bucket)))
	}

	/// Invariant 1.
	fn check_custody() -> Result<(), TryRuntimeError> {
		let mut owed = BTreeMap::<AssetId, Balance>::new();
		let mut add = |asset, amount| {
			let sum = owed.entry(asset).or_default();
			*sum = sum.checked_add(amount).ok_or("1: what is owed overflows")?;
			Ok::<_, TryRuntimeError>(())
		};
		for (_, pool) in Pools::<T>::iter() {
			add(pool.asset, pool.active.balance)?;
		}
		for (id, bucket) in Self::all_buckets() {
			let pool = Pools::<T>::get(id).ok_or("1: a bucket of no pool")?;
			add(pool.asset, bucket.exits.balance)?;
		}
		for (asset, _, amount) in ParkedProceeds::<T>::iter() {
			ensure!(amount > 0, "1: nothing is parked");
			add(asset, amount)?;
		}
		for (asset, vault) in Vaults::<T>::iter() {
			let counted = owed.remove(&asset).unwrap_or_default();
			ensure!(vault.custody == counted, "1: custody is not the sum of stake and exits");
			let held = T::Assets::total_balance(asset, &Self::vault_account(asset));
			ensure!(held >= counted, "1: the vault's account holds less than its custody");
		}
		ensure!(owed.is_empty(), "1: stake in an asset without a vault");
		Ok(())
	}

	/// Invariant 2, stake.
	fn check_shares() -> Result<(), TryRuntimeError> {
		let mut sums = BTreeMap::<PoolId, Balance>::new();
		for (_, id, position) in Positions::<T>::iter() {
			let pool = Pools::<T>::get(id).ok_or("2: a position in no pool")?;
			ensure!(position.shares > 0, "2: an empty position");
			ensure!(position.generation <= pool.generation, "2: a position ahead of its pool");
			if position.generation == pool.generation {
				let sum = sums.entry(id).or_default();
				*sum = sum.checked_add(position.shares).ok_or("2: shares overflow")?;
			}
		}
		for (id, pool) in Pools::<T>::iter() {
			let held = sums.remove(&id).unwrap_or_default();
			ensure!(pool.active.shares == held, "2: a pool's shares are not its positions'");
		}
		Ok(())
	}

	/// Invariant 2, exits.
	fn check_points() -> Result<(), TryRuntimeError> {
		let mut sums = BTreeMap::<(PoolId, EraIndex, u32), Balance>::new();
		for (_, id, ticket) in Tickets::<T>::iter() {
			ensure!(ticket.points > 0, "2: an empty ticket");
			let sum = sums.entry((id.pool, id.maturity, ticket.generation)).or_default();
			*sum = sum.checked_add(ticket.points).ok_or("2: points overflow")?;
		}
		for (id, bucket) in Self::all_buckets() {
			let held = sums.remove(&(id, bucket.maturity, bucket.generation)).unwrap_or_default();
			ensure!(bucket.exits.shares == held, "2: a bucket's points are not its tickets'");
		}
		Ok(())
	}

	/// Invariant 3.
	fn check_prices() -> Result<(), TryRuntimeError> {
		let sound = |shares: &SharePool| shares.balance <= shares.shares;
		ensure!(
			Pools::<T>::iter_values().all(|pool| sound(&pool.active)),
			"3: a share is worth more than a planck"
		);
		ensure!(
			Self::all_buckets().all(|(_, bucket)| sound(&bucket.exits)),
			"3: a point is worth more than a planck"
		);
		Ok(())
	}

	/// Invariant 4.
	fn check_buckets() -> Result<(), TryRuntimeError> {
		let era = CurrentEra::<T>::get().ok_or("4: no clock")?.index;
		for pool in Pools::<T>::iter_values() {
			ensure!(
				pool.buckets.windows(2).all(|pair| pair[0].maturity < pair[1].maturity),
				"4: buckets do not ascend"
			);
		}
		ensure!(
			Self::all_buckets()
				.all(|(_, bucket)| bucket.generation > 0 || !bucket.exits.is_empty()),
			"4: an empty bucket"
		);
		for (id, maturity, bucket) in MaturedBuckets::<T>::iter() {
			ensure!(
				maturity == bucket.maturity && maturity <= era && !bucket.exits.is_empty(),
				"4: an unmatured or empty bucket among the matured"
			);
			let pool = Pools::<T>::get(id).ok_or("4: a matured bucket of no pool")?;
			ensure!(
				pool.buckets.iter().all(|listed| listed.maturity != maturity),
				"4: a bucket both listed and stored apart"
			);
		}
		Ok(())
	}

	/// Invariant 5.
	fn check_operators() -> Result<(), TryRuntimeError> {
		let mut counts = BTreeMap::<T::AccountId, u32>::new();
		for (operator, asset, pools) in PoolsByOperator::<T>::iter() {
			for id in &pools {
				let pool = Pools::<T>::get(id).ok_or("5: a listed pool does not exist")?;
				ensure!(
					pool.operator == operator && pool.asset == asset,
					"5: a pool is listed under another operator or asset"
				);
			}
			let count = counts.entry(operator).or_default();
			*count = count.checked_add(pools.len() as u32).ok_or("5: pools overflow")?;
		}
		for (account, operator) in Operators::<T>::iter() {
			ensure!(
				operator.pools == counts.remove(&account).unwrap_or_default(),
				"5: an operator's count of pools is wrong"
			);
			ensure!(operator.pools <= T::MaxPoolsPerOperator::get(), "5: too many pools");
		}
		ensure!(counts.is_empty(), "5: pools of no operator");
		Ok(())
	}
}
