// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What an account has in the ledger, in bounded looks: for locks and votes, which count it.

use crate::{pallet::*, types::*};
use alloc::{collections::BTreeMap, vec::Vec};
use picasso_primitives::{restaking::TicketId, AssetId, Balance, PoolId};

impl<T: Config> Pallet<T> {
	/// Planck of `asset` that the positions of `who` are worth, of which `most` are looked at: of any
	/// asset, in the order of storage. Shares of an earlier generation are worth nothing.
	pub fn staked_value(who: &T::AccountId, asset: AssetId, most: u32) -> Balance {
		Positions::<T>::iter_prefix(who)
			.take(most as usize)
			.filter_map(|(id, position)| {
				let pool = Pools::<T>::get(id)?;
				(pool.asset == asset && pool.generation == position.generation)
					.then(|| pool.active.value_of(position.shares).unwrap_or(0))
			})
			.fold(0, |sum, value| sum.saturating_add(value))
	}

	/// Planck of `asset` that the exits of `who` are worth, mature or not, of which `most` are looked at.
	pub fn exiting_value(who: &T::AccountId, asset: AssetId, most: u32) -> Balance {
		Tickets::<T>::iter_prefix(who)
			.take(most as usize)
			.filter_map(|(id, ticket)| {
				let pool = Pools::<T>::get(id.pool).filter(|pool| pool.asset == asset)?;
				let bucket = Self::bucket_of(&pool, id)?;
				(bucket.generation == ticket.generation)
					.then(|| bucket.exits.value_of(ticket.points).unwrap_or(0))
			})
			.fold(0, |sum, value| sum.saturating_add(value))
	}

	/// What a slash can take of `who`: planck in each pool, of stake and of exits that have not matured.
	pub(crate) fn reachable_value(who: &T::AccountId) -> Vec<(PoolId, Balance)> {
		let era = Self::clock().map_or(0, |clock| clock.index);
		let mut values = BTreeMap::<PoolId, Balance>::new();
		let mut add = |id, value| {
			let sum = values.entry(id).or_default();
			*sum = sum.saturating_add(value);
		};
		for (id, position) in Positions::<T>::iter_prefix(who) {
			let pool = Pools::<T>::get(id).filter(|pool| pool.generation == position.generation);
			let value = pool.and_then(|pool| pool.active.value_of(position.shares).ok());
			add(id, value.unwrap_or(0));
		}
		for (id, ticket) in Tickets::<T>::iter_prefix(who).filter(|(id, _)| id.maturity > era) {
			let bucket = Pools::<T>::get(id.pool).and_then(|pool| Self::bucket_of(&pool, id));
			let bucket = bucket.filter(|bucket| bucket.generation == ticket.generation);
			let value = bucket.and_then(|bucket| bucket.exits.value_of(ticket.points).ok());
			add(id.pool, value.unwrap_or(0));
		}
		values.into_iter().filter(|(_, value)| *value > 0).collect()
	}

	/// The bucket that a ticket's points are of, wherever it is kept; none where all of it was paid.
	pub(crate) fn bucket_of(pool: &Pool<T>, ticket: TicketId) -> Option<Bucket> {
		let listed = pool.buckets.iter().find(|bucket| bucket.maturity == ticket.maturity);
		listed.copied().or_else(|| MaturedBuckets::<T>::get(ticket.pool, ticket.maturity))
	}
}
