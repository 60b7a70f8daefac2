// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What the runtime API tells users. Nothing here is reachable from a call.

use crate::{pallet::*, types::*};
use alloc::vec::Vec;
use frame_support::pallet_prelude::DispatchError;
use frame_system::pallet_prelude::BlockNumberFor;
use picasso_primitives::{
	restaking::{
		AccountInfo, EraInfo, ExitPreview, OperatorInfo, Page, PoolFilter, PoolInfo, PositionInfo,
		RewardCurrency, RewardStreamInfo, TicketId, TicketInfo, VaultInfo, VaultStatus, MAX_PAGE,
	},
	AssetId, Balance, BlockNumber, PoolId,
};
use sp_runtime::traits::UniqueSaturatedInto;

impl<T: Config> Pallet<T> {
	/// See [`RestakingApi::era`](picasso_primitives::restaking::RestakingApi).
	pub fn era_info() -> Option<EraInfo> {
		CurrentEra::<T>::get().map(|clock| EraInfo {
			index: clock.index,
			started: block_number::<T>(clock.started),
			length: block_number::<T>(clock.settings.length),
			unbonding: clock.settings.unbonding,
		})
	}

	/// See [`RestakingApi::vaults`](picasso_primitives::restaking::RestakingApi). Vaults are few:
	/// governance opens each.
	pub fn vault_infos() -> Vec<VaultInfo<T::AccountId>> {
		let mut vaults: Vec<_> = Vaults::<T>::iter()
			.map(|(asset, Vault { settings, custody })| VaultInfo {
				asset,
				settings,
				custody,
				account: Self::vault_account(asset),
			})
			.collect();
		vaults.sort_by_key(|vault| vault.asset);
		vaults
	}

	/// See [`RestakingApi::operators`](picasso_primitives::restaking::RestakingApi).
	pub fn operator_page(
		start: Option<T::AccountId>,
		count: u32,
	) -> Page<OperatorInfo<T::AccountId>, T::AccountId> {
		let first = start.as_ref().and_then(|account| {
			Operators::<T>::get(account).map(|operator| (account.clone(), operator))
		});
		let rest = match &start {
			Some(account) => Operators::<T>::iter_from(Operators::<T>::hashed_key_for(account)),
			None => Operators::<T>::iter(),
		};
		let mut operators = first.into_iter().chain(rest);
		let items = operators
			.by_ref()
			.take(page_length(count))
			.map(|(account, operator)| OperatorInfo {
				pools: Self::pools_of(&account),
				operator: account,
				commission: operator.commission,
				status: operator.status,
				chilled: operator.chilled,
				metadata: operator.metadata.into_inner(),
			})
			.collect();
		Page { items, next: operators.next().map(|(account, _)| account) }
	}

	/// See [`RestakingApi::pools`](picasso_primitives::restaking::RestakingApi).
	pub fn pool_page(
		filter: PoolFilter<T::AccountId>,
		start: PoolId,
		count: u32,
	) -> Page<PoolInfo<T::AccountId>, PoolId> {
		let end = start.saturating_add(page_length(count) as u32);
		let matches = |pool: &Pool<T>| {
			filter.operator.as_ref().is_none_or(|operator| *operator == pool.operator)
				&& filter.asset.is_none_or(|asset| asset == pool.asset)
		};
		let items = (start..end.min(NextPoolId::<T>::get()))
			.filter_map(|id| Some((id, Pools::<T>::get(id)?)))
			.filter(|(_, pool)| matches(pool))
			.map(|(id, pool)| Self::pool_info(id, pool))
			.collect();
		Page { items, next: (end < NextPoolId::<T>::get()).then_some(end) }
	}

	/// See [`RestakingApi::position`](picasso_primitives::restaking::RestakingApi).
	pub fn account_info(account: &T::AccountId) -> AccountInfo {
		let mut positions: Vec<_> = Positions::<T>::iter_prefix(account)
			.filter_map(|(id, position)| Self::position_info(id, position))
			.collect();
		positions.sort_by_key(|position| position.pool);
		let mut tickets: Vec<_> = Tickets::<T>::iter_prefix(account)
			.filter_map(|(id, ticket)| Self::ticket_info(id, ticket))
			.collect();
		tickets.sort_by_key(|info| (info.ticket.pool, info.ticket.maturity, info.ticket.into));
		AccountInfo { positions, tickets }
	}

	/// See [`RestakingApi::preview_stake`](picasso_primitives::restaking::RestakingApi).
	pub fn preview_stake(pool: PoolId, amount: Balance) -> Result<Balance, DispatchError> {
		Self::shares_for_stake(pool, amount)
	}

	/// See [`RestakingApi::preview_unstake`](picasso_primitives::restaking::RestakingApi).
	pub fn preview_unstake(pool: PoolId, shares: Balance) -> Result<ExitPreview, DispatchError> {
		let (amount, ticket) = Self::worth_of_exit(pool, shares)?;
		Ok(ExitPreview { amount, ticket })
	}

	/// See [`RestakingApi::reward_currencies`](picasso_primitives::restaking::RestakingApi).
	pub fn reward_currencies() -> Vec<RewardCurrency> {
		RewardCurrencies::<T>::get().into_inner()
	}

	fn pools_of(operator: &T::AccountId) -> Vec<PoolId> {
		let mut pools: Vec<_> =
			PoolsByOperator::<T>::iter_prefix_values(operator).flatten().collect();
		pools.sort();
		pools
	}

	fn pool_info(id: PoolId, pool: Pool<T>) -> PoolInfo<T::AccountId> {
		let era = CurrentEra::<T>::get().map_or(0, |clock| clock.index);
		let vault_open = Vaults::<T>::get(pool.asset)
			.is_some_and(|vault| vault.settings.status == VaultStatus::Open);
		PoolInfo {
			pool: id,
			takes_stake: vault_open && Self::ensure_admits(&pool, &pool.operator).is_ok(),
			self_stake: pool.self_stake(),
			rewards: Self::stream_infos(&pool),
			unbonding: pool
				.buckets
				.iter()
				.filter(|bucket| bucket.maturity > era)
				.fold(0, |sum, bucket| sum.saturating_add(bucket.exits.balance)),
			operator: pool.operator,
			asset: pool.asset,
			name: PoolNames::<T>::get(id).into_inner(),
			status: pool.status,
			access: pool.access,
			active: pool.active.balance,
			shares: pool.active.shares,
		}
	}

	fn stream_infos(pool: &Pool<T>) -> Vec<RewardStreamInfo> {
		let mut pool = pool.clone();
		pool.accrue();
		let slots = pool.rewards.slots.iter().zip(RewardCurrencies::<T>::get());
		slots
			.filter(|(slot, _)| slot.owed > 0)
			.map(|(slot, currency)| RewardStreamInfo {
				currency: currency.asset,
				remaining: slot.stream.remaining,
				until: block_number::<T>(slot.stream.until),
				owed: slot.owed,
			})
			.collect()
	}

	fn position_info(id: PoolId, position: Position<T>) -> Option<PositionInfo> {
		let mut pool = Pools::<T>::get(id)?;
		pool.accrue();
		let value = if position.generation == pool.generation {
			pool.active.value_of(position.shares).unwrap_or(0)
		} else {
			0
		};
		let rewards = Self::earned_by(&pool, id, &position);
		let Position { shares, compounds, .. } = position;
		Some(PositionInfo { pool: id, asset: pool.asset, shares, value, rewards, compounds })
	}

	/// What a position of a pool that is up to date is owed, by currency.
	fn earned_by(pool: &Pool<T>, id: PoolId, position: &Position<T>) -> Vec<(AssetId, Balance)> {
		let owed = if position.generation == pool.generation {
			position.owed(pool.earned())
		} else {
			let lost = LostGenerations::<T>::get(id, position.generation);
			position.owed(lost.into_iter().flat_map(|lost| lost.earned))
		};
		RewardCurrencies::<T>::get()
			.into_iter()
			.map(|currency| currency.asset)
			.zip(owed)
			.filter(|(_, owed)| *owed > 0)
			.collect()
	}

	fn ticket_info(id: TicketId, ticket: Ticket) -> Option<TicketInfo> {
		let pool = Pools::<T>::get(id.pool)?;
		let bucket =
			Self::bucket_of(&pool, id).filter(|bucket| bucket.generation == ticket.generation);
		Some(TicketInfo {
			ticket: id,
			asset: pool.asset,
			points: ticket.points,
			value: bucket.map_or(0, |bucket| bucket.exits.value_of(ticket.points).unwrap_or(0)),
			mature: CurrentEra::<T>::get().is_some_and(|clock| clock.index >= id.maturity),
		})
	}
}

fn page_length(count: u32) -> usize {
	count.min(MAX_PAGE) as usize
}

fn block_number<T: Config>(number: BlockNumberFor<T>) -> BlockNumber {
	number.unique_saturated_into()
}
