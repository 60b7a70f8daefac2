// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Restaking for accounts whose owners are proved elsewhere.

use crate::{exits::Redeemed, pallet::*};
use frame_support::pallet_prelude::*;
use picasso_primitives::{
	restaking::{Restaking, StakeLedger, TicketId},
	AssetId, Balance, EraIndex, PoolId,
};

impl<T: Config> Restaking<T::AccountId> for Pallet<T> {
	fn stake(
		who: &T::AccountId,
		pool: PoolId,
		amount: Balance,
		min_shares: Balance,
	) -> Result<Balance, DispatchError> {
		Self::do_stake(who, pool, amount, min_shares)
	}

	fn unstake(
		who: &T::AccountId,
		pool: PoolId,
		shares: Balance,
	) -> Result<TicketId, DispatchError> {
		Self::do_unstake(who, pool, shares, None)
	}

	fn redelegate(
		who: &T::AccountId,
		from: PoolId,
		shares: Balance,
		into: PoolId,
	) -> Result<TicketId, DispatchError> {
		Self::do_unstake(who, from, shares, Some(into))
	}

	fn withdraw(
		who: &T::AccountId,
		ticket: TicketId,
	) -> Result<Option<(AssetId, Balance)>, DispatchError> {
		let Redeemed { asset, amount } = Self::do_withdraw(who, ticket, who)?;
		Ok(asset.map(|asset| (asset, amount)))
	}

	fn claim(who: &T::AccountId, pool: PoolId) -> DispatchResult {
		Self::do_claim(who, pool).map(|_| ())
	}

	fn asset_of(pool: PoolId) -> Option<AssetId> {
		Pools::<T>::get(pool).map(|pool| pool.asset)
	}

	fn shares_of(who: &T::AccountId, pool: PoolId) -> Balance {
		let generation = Pools::<T>::get(pool).map(|pool| pool.generation);
		Positions::<T>::get(who, pool)
			.filter(|position| Some(position.generation) == generation)
			.map_or(0, |position| position.shares)
	}

	fn current_era() -> EraIndex {
		<Self as StakeLedger<T::AccountId>>::current_era()
	}
}
