// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! How a stake table is built: who keeps to the terms, what each brings, and what counts of it.

use crate::{pallet::*, types::*};
use alloc::{vec, vec::Vec};
use core::cmp::Reverse;
use frame_support::traits::{Defensive, DefensiveSaturating};
use picasso_primitives::{
	avs::{table_root, AssetTerms, AvsKey, Dormancy, TableEntry, TableSummary, Terms, CHAIN},
	math::{cap_share, nakamoto, part_of},
	restaking::StakeLedger,
	AvsId, Balance, EraIndex, PoolId,
};
use sp_runtime::{FixedPointNumber, FixedU128, Perbill};

/// What one pool brings.
pub(crate) struct PoolPart {
	pool: PoolId,
	/// The place of its asset in the terms.
	asset: usize,
	/// Planck of it.
	planck: Balance,
}

/// A member that keeps to the terms, and what it brings.
pub(crate) struct Candidate<AccountId> {
	operator: AccountId,
	key: Option<AvsKey>,
	commission: Perbill,
	parts: Vec<PoolPart>,
	/// Units of security, before any cap.
	weight: u128,
}

/// A table before it is stored, heaviest first.
pub(crate) struct NewTable<AccountId> {
	pub(crate) entries: Vec<TableEntry<AccountId>>,
	pub(crate) summary: TableSummary,
}

/// ⌊planck · weight⌋ units of security. Below 2¹²⁷ over all assets: see
/// [`MAX_ASSET_WEIGHT`](picasso_primitives::avs::MAX_ASSET_WEIGHT).
pub(crate) fn units(planck: Balance, weight: FixedU128) -> u128 {
	weight.checked_mul_int(planck).defensive_unwrap_or(u128::MAX)
}

/// Of units of security of one table: it fits, see [`units`].
fn sum(units: impl Iterator<Item = u128>) -> u128 {
	units.fold(0, |sum, units| sum.defensive_saturating_add(units))
}

impl<T: Config> Pallet<T> {
	/// What a member brings in an era, the current one; nothing where it doesn't serve then, or doesn't
	/// keep to the terms.
	pub(crate) fn candidate(
		avs: AvsId,
		terms: &Terms<T::AccountId>,
		operator: &T::AccountId,
		member: &AvsMember,
		era: EraIndex,
	) -> Option<Candidate<T::AccountId>> {
		let serves = member.since.is_some_and(|since| since <= era)
			&& member.until.is_none_or(|until| era <= until);
		if !serves || (member.key.is_none() && avs != CHAIN) {
			return None;
		}
		let standing = T::Ledger::operator(operator)?;
		let commissions = terms.minimum_commission..=terms.maximum_commission;
		if standing.chilled || !commissions.contains(&standing.commission) {
			return None;
		}
		let mut parts = Vec::new();
		let (mut weight, mut own_weight) = (0u128, 0u128);
		for pool in AllocatedPools::<T>::get(operator, avs) {
			let Some((part, own)) = Self::brings(avs, terms, pool, era) else { continue };
			let worth = terms.assets.get(part.asset).map(|asset| asset.weight)?;
			weight = weight.defensive_saturating_add(units(part.planck, worth));
			own_weight = own_weight.defensive_saturating_add(units(own, worth));
			parts.push(part);
		}
		let enough =
			weight > 0 && weight >= terms.minimum_stake && own_weight >= terms.minimum_self_stake;
		let (key, commission) = (member.key, standing.commission);
		enough.then(|| Candidate { operator: operator.clone(), key, commission, parts, weight })
	}

	/// What a pool brings, and what of it is the operator's own: ⌊stake · part / whole⌋ planck.
	fn brings(
		avs: AvsId,
		terms: &Terms<T::AccountId>,
		pool: PoolId,
		era: EraIndex,
	) -> Option<(PoolPart, Balance)> {
		let part = Allocations::<T>::get(pool, avs)?.at_turn(era);
		let whole = PoolMagnitudes::<T>::get(pool)?.at_turn(era);
		let stake = T::Ledger::pool_stake(pool)?;
		let of_one_generation = part.generation == stake.generation_at_turn
			&& whole.generation == stake.generation_at_turn;
		if !of_one_generation || part.magnitude == 0 {
			return None;
		}
		let asset = terms.assets.binary_search_by_key(&stake.asset, |terms| terms.asset).ok()?;
		let counted = |planck| part_of(planck, part.magnitude, whole.magnitude);
		let planck = counted(stake.active_at_turn);
		Some((PoolPart { pool, asset, planck }, counted(stake.own)))
	}

	/// The units of security that what counted of a pool in an era weighs by today's stake; none of a
	/// generation that was lost.
	pub(crate) fn counted_units(
		avs: AvsId,
		terms: &Terms<T::AccountId>,
		pool: PoolId,
		era: EraIndex,
	) -> Option<u128> {
		let part = Allocations::<T>::get(pool, avs)?;
		let whole = PoolMagnitudes::<T>::get(pool)?;
		let stake = T::Ledger::pool_stake(pool)?;
		let of_one_generation =
			part.generation == stake.generation && whole.generation == stake.generation;
		let asset = terms.asset(stake.asset).filter(|_| of_one_generation)?;
		let planck = part_of(stake.active, part.counted_in(era), whole.left);
		Some(units(planck, asset.weight)).filter(|units| *units > 0)
	}

	/// The table of those who serve.
	pub(crate) fn table_of(
		terms: &Terms<T::AccountId>,
		mut candidates: Vec<Candidate<T::AccountId>>,
	) -> NewTable<T::AccountId> {
		candidates.sort_by(|one, other| {
			(Reverse(one.weight), &one.operator).cmp(&(Reverse(other.weight), &other.operator))
		});
		candidates.truncate(terms.maximum_operators as usize);
		let totals = totals(terms, &candidates);
		let mut entries: Vec<_> =
			candidates.into_iter().map(|candidate| entry(terms, &totals, candidate)).collect();
		entries.sort_by(|one, other| {
			(Reverse(one.weight), &one.operator).cmp(&(Reverse(other.weight), &other.operator))
		});
		let mut weights: Vec<_> = entries.iter().map(|entry| entry.weight).collect();
		let shared = cap_share(&mut weights, terms.maximum_share);
		for (entry, weight) in entries.iter_mut().zip(&weights) {
			entry.weight = *weight;
		}
		let total = sum(weights.iter().copied());
		let short = terms.assets.iter().zip(&totals).find(|(asset, total)| is_short(asset, total));
		let operators = entries.len() as u32;
		let dormancy = if operators < terms.minimum_operators {
			Some(Dormancy::TooFewOperators)
		} else if let Some((asset, _)) = short {
			Some(Dormancy::AssetBelowFloor(asset.asset))
		} else if !shared {
			Some(Dormancy::ShareTooLarge)
		} else if total < terms.minimum_security {
			Some(Dormancy::TooLittleSecurity)
		} else if nakamoto(&weights) < terms.minimum_nakamoto {
			Some(Dormancy::TooConcentrated)
		} else {
			None
		};
		let root = table_root(&entries);
		NewTable { entries, summary: TableSummary { root, operators, total, dormancy } }
	}
}

/// Planck of each asset of the terms that all of them bring.
fn totals<AccountId>(
	terms: &Terms<AccountId>,
	candidates: &[Candidate<AccountId>],
) -> Vec<Balance> {
	let mut totals = vec![0u128; terms.assets.len()];
	for part in candidates.iter().flat_map(|candidate| &candidate.parts) {
		if let Some(total) = totals.get_mut(part.asset) {
			// Parts of pools of one vault.
			*total = total.defensive_saturating_add(part.planck);
		}
	}
	totals
}

fn is_short(asset: &AssetTerms, total: &Balance) -> bool {
	asset.floor.is_some_and(|floor| *total < floor)
}

/// What a candidate's pools weigh where each asset counts up to its cap: ⌊⌊planck · cap / all⌋ · weight⌋.
fn entry<AccountId>(
	terms: &Terms<AccountId>,
	totals: &[Balance],
	candidate: Candidate<AccountId>,
) -> TableEntry<AccountId> {
	let Candidate { operator, key, commission, parts, .. } = candidate;
	let pools: Vec<_> = parts
		.iter()
		.filter_map(|part| {
			let (asset, total) = (terms.assets.get(part.asset)?, *totals.get(part.asset)?);
			let cap = asset.cap.unwrap_or(total).min(total);
			let counted = part_of(part.planck, cap, total);
			Some((part.pool, units(counted, asset.weight)))
		})
		.collect();
	let weight = sum(pools.iter().map(|(_, units)| *units));
	TableEntry { operator, key, weight, commission, pools }
}
