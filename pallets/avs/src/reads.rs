// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What the runtime API tells users. Nothing here is reachable from a call.

use crate::{pallet::*, types::*};
use alloc::vec::Vec;
use frame_support::pallet_prelude::DispatchError;
use picasso_primitives::{
	avs::{
		AllocationInfo, ApplicationId, AssetOffer, AvsInfo, Concentration, EntryProof, Magnitude,
		Offer, SecurityInfo, TableEntry, TableSummary, TABLE_PAGE,
	},
	math::{herfindahl, largest_share, nakamoto, part_of},
	restaking::{OperatorStatus, Page, PoolStake, StakeLedger, MAX_PAGE},
	AssetId, AvsId, Balance, EraIndex, PoolId,
};
use sp_runtime::{
	traits::{Get, Saturating},
	FixedPointNumber, FixedU128, Perbill,
};

impl<T: Config> Pallet<T> {
	/// See [`AvsApi::avs`](picasso_primitives::avs::AvsApi).
	pub fn avs_info(avs: AvsId) -> Option<AvsInfo<T::AccountId>> {
		let record = Avss::<T>::get(avs)?;
		let era = T::Ledger::current_era();
		let terms = Self::terms_of(avs, &record, era).ok()?;
		let next = record.terms.last().copied().filter(|from| *from > era);
		Some(AvsInfo {
			avs,
			owner: record.owner,
			metadata: record.metadata.into_inner(),
			status: record.status,
			terms,
			next_terms: next.and_then(|from| Some((from, TermsOf::<T>::get(avs, from)?))),
			operators: record.members,
			table: record.tables.last,
		})
	}

	/// See [`AvsApi::avss`](picasso_primitives::avs::AvsApi).
	pub fn avs_page(start: AvsId, count: u32) -> Page<AvsInfo<T::AccountId>, AvsId> {
		let end = start.saturating_add(count.min(MAX_PAGE)).min(NextAvsId::<T>::get());
		let items = (start..end).filter_map(Self::avs_info).collect();
		Page { items, next: (end < NextAvsId::<T>::get()).then_some(end) }
	}

	/// See [`AvsApi::table`](picasso_primitives::avs::AvsApi).
	pub fn table_page(avs: AvsId, era: EraIndex, page: u32) -> Page<TableEntry<T::AccountId>, u32> {
		let operators = Tables::<T>::get(avs, era).map_or(0, |table| table.operators);
		let pages = operators.div_ceil(TABLE_PAGE);
		let items = TablePages::<T>::get((avs, era, page)).into_iter().map(Into::into).collect();
		let next = page.saturating_add(1);
		Page { items, next: (next < pages).then_some(next) }
	}

	/// See [`AvsApi::table_summary`](picasso_primitives::avs::AvsApi).
	pub fn table_summary(avs: AvsId, era: EraIndex) -> Option<TableSummary> {
		Tables::<T>::get(avs, era)
	}

	/// See [`AvsApi::security`](picasso_primitives::avs::AvsApi).
	pub fn security(avs: AvsId) -> Option<SecurityInfo> {
		let record = Avss::<T>::get(avs)?;
		let era = record.tables.last?;
		let TableSummary { total, operators, dormancy, .. } = Tables::<T>::get(avs, era)?;
		let entries = Self::whole_table(avs, era);
		let assets = Self::terms_of(avs, &record, era)
			.ok()?
			.assets
			.iter()
			.map(|terms| (terms.asset, Self::planck_behind(&entries, terms.asset, terms.weight)))
			.collect();
		Some(SecurityInfo { era, total, operators, dormancy, assets })
	}

	/// The planck of an asset that a table's units are of: rounded down for each pool.
	fn planck_behind(
		entries: &[TableEntry<T::AccountId>],
		asset: AssetId,
		weight: FixedU128,
	) -> Balance {
		let planck = |units: u128| {
			weight
				.reciprocal()
				.map_or(0, |planck_per_unit| planck_per_unit.saturating_mul_int(units))
		};
		entries
			.iter()
			.flat_map(|entry| &entry.pools)
			.filter(|(pool, _)| {
				T::Ledger::pool_stake(*pool).is_some_and(|stake| stake.asset == asset)
			})
			.fold(0, |sum, (_, units)| sum.saturating_add(planck(*units)))
	}

	/// See [`AvsApi::concentration`](picasso_primitives::avs::AvsApi).
	pub fn concentration(avs: AvsId) -> Option<Concentration> {
		let era = Avss::<T>::get(avs)?.tables.last?;
		let weights: Vec<_> =
			Self::whole_table(avs, era).into_iter().map(|entry| entry.weight).collect();
		Some(Concentration {
			largest_share: largest_share(&weights),
			nakamoto: nakamoto(&weights),
			herfindahl: herfindahl(&weights),
		})
	}

	/// See [`AvsApi::operator_allocations`](picasso_primitives::avs::AvsApi).
	pub fn operator_allocations(operator: &T::AccountId) -> Vec<AllocationInfo> {
		let mut infos: Vec<_> = AllocatedPools::<T>::iter_prefix(operator)
			.flat_map(|(avs, pools)| pools.into_iter().map(move |pool| (avs, pool)))
			.filter_map(|(avs, pool)| Self::allocation_info(avs, pool))
			.collect();
		infos.sort_by_key(|info| (info.avs, info.pool));
		infos
	}

	fn allocation_info(avs: AvsId, pool: PoolId) -> Option<AllocationInfo> {
		let era = T::Ledger::current_era();
		let part = Allocations::<T>::get(pool, avs)?;
		let whole = PoolMagnitudes::<T>::get(pool)?;
		let stake = T::Ledger::pool_stake(pool)?;
		let current = part.generation == stake.generation;
		let of = |part: Magnitude, whole: Magnitude| {
			let part = if current { part } else { 0 };
			FixedU128::from_inner(part_of(FixedU128::DIV, part, whole))
		};
		let (then, whole_then) = (part.at_turn(era), whole.at_turn(era));
		let slashable = Self::slashable(&part, era);
		let held = if current { slashable } else { 0 };
		Some(AllocationInfo {
			avs,
			pool,
			counted: of(then.magnitude, whole_then.magnitude),
			next: of(part.total(), whole.left),
			slashable: of(slashable, whole.left),
			slashable_stake: part_of(stake.active, held, whole.left),
		})
	}

	/// See [`AvsApi::entry_proof`](picasso_primitives::avs::AvsApi).
	pub fn entry_with_proof(
		avs: AvsId,
		era: EraIndex,
		operator: &T::AccountId,
	) -> Result<EntryProof<T::AccountId>, DispatchError> {
		Self::prove_entry(avs, era, operator)
	}

	/// See [`AvsApi::offer`](picasso_primitives::avs::AvsApi). `pools` are all there are: those of
	/// operators that could serve are counted.
	pub fn offer(
		application: ApplicationId,
		pools: impl Iterator<Item = PoolId>,
	) -> Option<Offer<T::AccountId>> {
		let Application { proposer, terms, metadata, referendum, .. } =
			Applications::<T>::get(application)?;
		let mut offered: Vec<Balance> = terms.assets.iter().map(|_| 0).collect();
		for stake in pools.filter_map(T::Ledger::pool_stake) {
			let found = terms.assets.binary_search_by_key(&stake.asset, |asset| asset.asset);
			let slot = found.ok().and_then(|at| offered.get_mut(at));
			if let Some(sum) = slot.filter(|_| Self::could_serve(&stake)) {
				*sum = sum.saturating_add(stake.active);
			}
		}
		let per = |units: u128| {
			FixedU128::checked_from_rational(terms.pay_per_era, units).unwrap_or_default()
		};
		let units: Vec<u128> = terms
			.assets
			.iter()
			.zip(&offered)
			.map(|(asset, offered)| {
				let counted = asset.cap.map_or(*offered, |cap| cap.min(*offered));
				asset.weight.saturating_mul_int(counted)
			})
			.collect();
		let security_offered = units.iter().fold(0u128, |sum, units| sum.saturating_add(*units));
		let (asked, now) = (per(terms.minimum_security), per(security_offered));
		let assets = terms
			.assets
			.iter()
			.zip(&offered)
			.map(|(asset, offered)| AssetOffer {
				asset: asset.asset,
				offered: *offered,
				pay_asked: asked.saturating_mul(asset.weight),
				pay_offered: now.saturating_mul(asset.weight),
			})
			.collect();
		let highest_slash = terms
			.conditions
			.iter()
			.map(|condition| condition.slash.maximum())
			.max()
			.unwrap_or(Perbill::zero());
		Some(Offer {
			proposer,
			metadata: metadata.into_inner(),
			referendum,
			pay_per_year: terms.pay_per_era.saturating_mul(T::ErasPerYear::get().into()),
			pay_per_unit_asked: asked,
			security_offered,
			pay_per_unit_offered: now,
			assets,
			highest_slash,
			terms,
		})
	}

	fn could_serve(stake: &PoolStake<T::AccountId>) -> bool {
		T::Ledger::operator(&stake.operator)
			.is_some_and(|standing| standing.status == OperatorStatus::Active && !standing.chilled)
	}
}
