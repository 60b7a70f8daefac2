// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The ledger's invariants, numbered as in the pallet's documentation.

use crate::{pallet::*, types::*};
use alloc::{collections::BTreeMap, vec, vec::Vec};
use frame_support::{
	ensure,
	traits::{fungibles::Inspect, Get},
};
use picasso_primitives::{
	math::SharePool,
	restaking::{OperatorStatus, PoolStatus},
	AssetId, Balance, EraIndex, PoolId,
};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks every invariant.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_custody()?;
		Self::check_shares()?;
		Self::check_lost_generations()?;
		Self::check_points()?;
		Self::check_prices()?;
		Self::check_buckets()?;
		Self::check_operators()?;
		Self::check_pools()?;
		Self::check_rewards()
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
			ensure!(
				position.shares > 0
					|| Self::owed_to(&pool, id, &position).iter().any(|owed| *owed > 0),
				"2: an empty position"
			);
			ensure!(position.generation <= pool.generation, "2: a position ahead of its pool");
			ensure!(
				!position.compounds || pool.asset == T::NativeAsset::get(),
				"2: a position compounds what its pool cannot take"
			);
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

	/// Invariant 2, stake that was lost.
	fn check_lost_generations() -> Result<(), TryRuntimeError> {
		let mut sums = BTreeMap::<(PoolId, u32), Balance>::new();
		for (_, id, position) in Positions::<T>::iter() {
			let sum = sums.entry((id, position.generation)).or_default();
			*sum = sum.checked_add(position.shares).ok_or("2: lost shares overflow")?;
		}
		for (id, generation, lost) in LostGenerations::<T>::iter() {
			let pool = Pools::<T>::get(id).ok_or("2: a lost generation of no pool")?;
			ensure!(generation < pool.generation, "2: a generation is lost that is not over");
			let held = sums.remove(&(id, generation)).unwrap_or_default();
			ensure!(
				lost.shares == held && held > 0,
				"2: a lost generation's shares are not its positions'"
			);
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

	/// Invariant 5, operators.
	fn check_operators() -> Result<(), TryRuntimeError> {
		let mut approvals = BTreeMap::<T::AccountId, u32>::new();
		for (operator, _, _) in Approvals::<T>::iter() {
			let count = approvals.entry(operator).or_default();
			*count = count.checked_add(1).ok_or("5: approvals overflow")?;
		}
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
			ensure!(
				operator.approvals == approvals.remove(&account).unwrap_or_default(),
				"5: an operator's count of approvals is wrong"
			);
		}
		ensure!(counts.is_empty(), "5: pools of no operator");
		ensure!(approvals.is_empty(), "5: approvals of no operator");
		Ok(())
	}

	/// Invariant 5, pools.
	fn check_pools() -> Result<(), TryRuntimeError> {
		let mut counts = BTreeMap::<PoolId, u32>::new();
		for (_, id) in Positions::<T>::iter_keys() {
			let count = counts.entry(id).or_default();
			*count = count.checked_add(1).ok_or("5: positions overflow")?;
		}
		for (id, pool) in Pools::<T>::iter() {
			ensure!(
				pool.positions == counts.remove(&id).unwrap_or_default(),
				"5: a pool's count of positions is wrong"
			);
			let own = Positions::<T>::get(&pool.operator, id)
				.filter(|position| position.generation == pool.generation)
				.map_or(0, |position| position.shares);
			ensure!(pool.own_shares == own, "5: a pool takes its operator to have other shares");
			let operator = Operators::<T>::get(&pool.operator).ok_or("5: a pool of no operator")?;
			ensure!(
				pool.suspended != operator.is_serving(),
				"5: a pool takes its operator to be what it is not"
			);
			ensure!(
				operator.status != OperatorStatus::Leaving || pool.status == PoolStatus::WindingUp,
				"5: a pool outlives its operator"
			);
			ensure!(
				PoolsByOperator::<T>::get(&pool.operator, pool.asset).contains(&id),
				"5: a pool is not listed"
			);
			ensure!(
				PoolsByAsset::<T>::contains_key(pool.asset, id),
				"5: a pool is not of its asset"
			);
			ensure!(PoolNames::<T>::contains_key(id), "5: a pool has no name");
		}
		let listed = PoolsByAsset::<T>::iter_keys().count();
		ensure!(listed == Pools::<T>::iter_keys().count(), "5: an asset lists no pool");
		let named = |id| Pools::<T>::contains_key(id);
		ensure!(PoolNames::<T>::iter_keys().all(named), "5: a name of no pool");
		Ok(())
	}

	/// Invariant 6.
	fn check_rewards() -> Result<(), TryRuntimeError> {
		let currencies = RewardCurrencies::<T>::get();
		let mut debts = BTreeMap::<PoolId, Vec<Balance>>::new();
		for (_, id, position) in Positions::<T>::iter() {
			let pool = Pools::<T>::get(id).ok_or("6: a position in no pool")?;
			let owed = Self::owed_to(&pool, id, &position);
			ensure!(owed.len() <= pool.rewards.slots.len(), "6: a tally without a counter");
			let debt = debts.entry(id).or_insert_with(|| vec![0; pool.rewards.slots.len()]);
			for (sum, owed) in debt.iter_mut().zip(owed) {
				*sum = sum.checked_add(owed).ok_or("6: debts overflow")?;
			}
		}
		let mut owed = vec![0; currencies.len()];
		for (id, pool) in Pools::<T>::iter() {
			ensure!(pool.rewards.slots.len() <= currencies.len(), "6: a counter of no currency");
			let positions = debts.remove(&id).unwrap_or_else(|| vec![0; pool.rewards.slots.len()]);
			for ((slot, held), total) in
				pool.rewards.slots.iter().zip(positions).zip(owed.iter_mut())
			{
				let debt = held
					.checked_add(slot.unearned)
					.and_then(|sum| sum.checked_add(slot.stream.remaining))
					.ok_or("6: debts overflow")?;
				ensure!(debt <= slot.owed, "6: a pool owes more than it was credited");
				*total = slot.owed.checked_add(*total).ok_or("6: debts overflow")?;
			}
		}
		for (currency, owed) in currencies.iter().zip(owed) {
			let held = T::Assets::total_balance(currency.asset, &Self::reward_account());
			ensure!(held >= owed, "6: the account of rewards holds less than is owed");
		}
		Ok(())
	}

	/// What a position is owed, by slot.
	fn owed_to(pool: &Pool<T>, id: PoolId, position: &Position<T>) -> Vec<Balance> {
		if position.generation == pool.generation {
			return position.owed(pool.earned());
		}
		let lost = LostGenerations::<T>::get(id, position.generation);
		position.owed(lost.into_iter().flat_map(|lost| lost.earned))
	}
}
