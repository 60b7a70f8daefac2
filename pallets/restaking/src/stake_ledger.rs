// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What other pallets read of the ledger.

use crate::{pallet::*, types::*};
use alloc::vec::Vec;
use picasso_primitives::{
	restaking::{OperatorStanding, Page, PoolStake, StakeLedger},
	AssetId, Balance, BlockNumber, EraIndex, PoolId,
};
use sp_runtime::{traits::UniqueSaturatedInto, FixedU128};

impl<T: Config> StakeLedger<T::AccountId> for Pallet<T> {
	fn current_era() -> EraIndex {
		CurrentEra::<T>::get().map_or(0, |clock| clock.index)
	}

	fn maturity() -> Option<EraIndex> {
		CurrentEra::<T>::get()?.maturity()
	}

	fn unbonding() -> EraIndex {
		CurrentEra::<T>::get().map_or(0, |clock| clock.settings.unbonding)
	}

	fn era_length() -> BlockNumber {
		CurrentEra::<T>::get().map_or(0, |clock| clock.settings.length.unique_saturated_into())
	}

	fn pool_stake(id: PoolId) -> Option<PoolStake<T::AccountId>> {
		Pools::<T>::get(id).map(|pool| Self::stake_in(&pool))
	}

	fn stakes_at_turn(
		asset: AssetId,
		after: Option<PoolId>,
		count: u32,
	) -> Page<(PoolId, Balance), PoolId> {
		let ids = match after {
			Some(id) => {
				let after = PoolsByAsset::<T>::hashed_key_for(asset, id);
				PoolsByAsset::<T>::iter_key_prefix_from(asset, after)
			},
			None => PoolsByAsset::<T>::iter_key_prefix(asset),
		};
		let ids: Vec<_> = ids.take(count as usize).collect();
		let next = ids.last().copied().filter(|_| ids.len() == count as usize);
		let era = Self::current_era();
		let items = ids
			.into_iter()
			.filter_map(|id| Some((id, Pools::<T>::get(id)?.stake_at_turn(era).active)))
			.filter(|(_, stake)| *stake > 0)
			.collect();
		Page { items, next }
	}

	fn deposit_cap(asset: AssetId) -> Option<Balance> {
		Some(Vaults::<T>::get(asset)?.settings.deposit_cap)
	}

	fn yield_after(asset: Option<AssetId>) -> Option<(AssetId, FixedU128)> {
		let (asset, vault) = match asset {
			Some(asset) => Vaults::<T>::iter_from(Vaults::<T>::hashed_key_for(asset)).next(),
			None => Vaults::<T>::iter().next(),
		}?;
		Some((asset, vault.settings.yield_rate))
	}

	fn at_stake(who: &T::AccountId) -> Vec<(PoolId, Balance)> {
		Self::reachable_value(who)
	}

	fn operator(operator: &T::AccountId) -> Option<OperatorStanding> {
		let Operator { status, chilled, commission, .. } = Operators::<T>::get(operator)?;
		let commission = commission.at(Self::current_era());
		Some(OperatorStanding { status, chilled, commission })
	}
}

impl<T: Config> Pallet<T> {
	fn stake_in(pool: &Pool<T>) -> PoolStake<T::AccountId> {
		let at_turn = pool.stake_at_turn(Self::current_era());
		PoolStake {
			operator: pool.operator.clone(),
			asset: pool.asset,
			active: pool.active.balance,
			own: pool.self_stake(),
			generation: pool.generation,
			active_at_turn: at_turn.active,
			generation_at_turn: at_turn.generation,
			open_reports: pool.open_reports,
		}
	}
}
