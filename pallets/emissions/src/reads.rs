// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What users are told: see [`EmissionsApi`](picasso_primitives::emissions::EmissionsApi). For reads alone:
//! it looks at all there is.

use crate::{escrows::eras_of, pallet::*};
use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec::Vec,
};
use frame_support::traits::Get;
use picasso_primitives::{
	avs::{PicaStakes, StakeTables, TableEntry, CHAIN},
	emissions::{AvsAccount, Earner, EraPayout, Payers, Projection, VaultYield, YieldPaid, Yields},
	math::{part_of, yield_of},
	restaking::StakeLedger,
	AssetId, AvsId, Balance, EraIndex, PoolId, PICA,
};
use sp_runtime::FixedU128;

/// Amounts by currency. What is told saturates: it is no money.
#[derive(Default)]
struct Amounts(BTreeMap<AssetId, Balance>);

impl Amounts {
	fn add(&mut self, currency: AssetId, amount: Balance) {
		let sum = self.0.entry(currency).or_default();
		*sum = sum.saturating_add(amount);
	}

	fn into_vec(self) -> Vec<(AssetId, Balance)> {
		self.0.into_iter().filter(|(_, amount)| *amount > 0).collect()
	}
}

impl<T: Config> Pallet<T> {
	fn vaults() -> impl Iterator<Item = (AssetId, FixedU128)> {
		core::iter::successors(T::Ledger::yield_after(None), |(asset, _)| {
			T::Ledger::yield_after(Some(*asset))
		})
	}

	/// See [`EmissionsApi::yields`](picasso_primitives::emissions::EmissionsApi).
	pub fn yields() -> Yields {
		let last = Self::last_yields();
		let pot = Pot::<T>::get();
		let emission_per_era = Self::allowance(&Self::current_year());
		let lacking = last.due.saturating_sub(emission_per_era);
		let vaults = Self::vaults()
			.map(|(asset, rate)| {
				let paid = part_of(rate.into_inner(), last.available, last.due);
				VaultYield { asset, rate, paid_rate: FixedU128::from_inner(paid) }
			})
			.collect();
		let runway = (lacking > 0).then(|| eras_of(pot, lacking));
		Yields { vaults, pot, emission_per_era, runway, last, split: CurrentSplit::<T>::get() }
	}

	/// Those of the last round that got so far.
	fn last_yields() -> YieldPaid {
		let round = Round::<T>::get();
		match round.stage {
			crate::Stage::SumYields(_) => {
				let before = round.era.checked_sub(1).and_then(History::<T>::get);
				before.map(|record| record.yields).unwrap_or_default()
			},
			_ => round.yields,
		}
	}

	/// See [`EmissionsApi::avs_account`](picasso_primitives::emissions::EmissionsApi).
	pub fn avs_account(avs: AvsId) -> Option<AvsAccount<T::AccountId>> {
		let payer = T::Avss::payer(avs);
		if payer.is_none() && !Accounts::<T>::contains_key(avs) {
			return None;
		}
		let account = Accounts::<T>::get(avs);
		let era = T::Ledger::current_era();
		let mut due = Amounts::default();
		let first = Round::<T>::get().era.saturating_sub(1);
		for (currency, amount) in
			(first..=era).flat_map(|era| DuePay::<T>::get(era, avs).iter().collect::<Vec<_>>())
		{
			due.add(currency, amount);
		}
		let runway = payer
			.filter(|payer| payer.per_era > 0 && !payer.is_gone)
			.map(|payer| eras_of(account.escrow.of(payer.currency), payer.per_era));
		Some(AvsAccount {
			account: Self::account_of(avs),
			escrow: account.escrow.iter().collect(),
			due: due.into_vec(),
			runway,
			paid: account.paid.0.into_inner(),
		})
	}

	/// See [`EmissionsApi::history`](picasso_primitives::emissions::EmissionsApi).
	pub fn history(era: EraIndex) -> Option<EraPayout> {
		let record = History::<T>::get(era)?;
		let (yields, blocks) = (record.yields, record.blocks);
		Some(EraPayout { yields, revenue: record.revenue.0.into_inner(), blocks })
	}

	/// See [`EmissionsApi::projected`](picasso_primitives::emissions::EmissionsApi).
	pub fn projected(earner: Earner<T::AccountId>) -> Projection {
		let pools = Self::stakes_of(&earner);
		let eras = T::BlocksPerYear::get().checked_div(T::Ledger::era_length());
		let eras = Balance::from(eras.unwrap_or_default());
		let (mut stake, mut revenue, mut pica) =
			(Amounts::default(), Amounts::default(), Amounts::default());
		for (asset, amount) in pools.values() {
			stake.add(*asset, *amount);
		}
		let payers = match earner {
			Earner::Avs(avs) => avs..avs.saturating_add(1),
			_ => CHAIN..T::Avss::next_avs(),
		};
		for avs in payers {
			let Some(payer) = T::Avss::payer(avs).filter(|payer| !payer.is_gone) else { continue };
			let yearly = payer.per_era.saturating_mul(eras);
			let split = CurrentSplit::<T>::get();
			let parts = split.of(yearly);
			revenue.add(payer.currency, Self::earned_by(avs, parts.restakers, &pools));
			pica.add(payer.currency, Self::earned_by_pica(parts.pica_stakers, &pools));
		}
		let fixed = match earner {
			Earner::Avs(_) => 0,
			_ => Self::fixed_yield_of(&pools),
		};
		Projection {
			stake: stake.into_vec(),
			fixed,
			revenue: revenue.into_vec(),
			pica_stakers: pica.into_vec(),
		}
	}

	/// The pools of an earner, their assets, and planck staked in them.
	fn stakes_of(earner: &Earner<T::AccountId>) -> BTreeMap<PoolId, (AssetId, Balance)> {
		let behind: Option<BTreeSet<PoolId>> = match earner {
			Earner::Avs(avs) => Some(
				Self::last_entries(*avs)
					.into_iter()
					.flat_map(|entry| entry.pools.into_iter().map(|(pool, _)| pool))
					.collect(),
			),
			_ => None,
		};
		let wanted = |pool: PoolId, asset: AssetId| match earner {
			Earner::Vault(vault) => *vault == asset,
			Earner::Operator(operator) => {
				T::Ledger::pool_stake(pool).is_some_and(|stake| stake.operator == *operator)
			},
			Earner::Avs(_) => behind.as_ref().is_some_and(|behind| behind.contains(&pool)),
		};
		let mut pools = BTreeMap::new();
		for (asset, _) in Self::vaults() {
			let all = T::Ledger::stakes_at_turn(asset, None, u32::MAX).items;
			for (pool, _) in all.into_iter().filter(|(pool, _)| wanted(*pool, asset)) {
				let active = T::Ledger::pool_stake(pool).map_or(0, |stake| stake.active);
				pools.insert(pool, (asset, active));
			}
		}
		pools
	}

	fn last_entries(avs: AvsId) -> Vec<TableEntry<T::AccountId>> {
		<T::Avss as StakeTables<_>>::last_table(avs)
			.map_or_else(Vec::new, |era| T::Avss::entries(avs, era))
	}

	/// What pools get of the restakers' part of an AVS's pay, by its last table.
	fn earned_by(
		avs: AvsId,
		part: Balance,
		pools: &BTreeMap<PoolId, (AssetId, Balance)>,
	) -> Balance {
		let entries = Self::last_entries(avs);
		let total = entries.iter().fold(0u128, |sum, entry| sum.saturating_add(entry.weight));
		let split = CurrentSplit::<T>::get();
		let earned = entries.iter().map(|entry| {
			let of_operator = part_of(part, entry.weight, total);
			let commission = split.commission(entry.commission).mul_floor(of_operator);
			let rest = of_operator.saturating_sub(commission);
			let units = |counts: &dyn Fn(PoolId) -> bool| {
				entry
					.pools
					.iter()
					.filter(|(pool, _)| counts(*pool))
					.fold(0u128, |sum, (_, units)| sum.saturating_add(*units))
			};
			part_of(rest, units(&|pool| pools.contains_key(&pool)), units(&|_| true))
		});
		earned.fold(0, Balance::saturating_add)
	}

	/// What pools of PICA among those named get of the PICA stakers' part.
	fn earned_by_pica(part: Balance, pools: &BTreeMap<PoolId, (AssetId, Balance)>) -> Balance {
		let total = <T::Avss as PicaStakes>::last_table().map_or(0, |table| table.total);
		let own = pools
			.values()
			.filter(|(asset, _)| *asset == PICA)
			.fold(0u128, |sum, (_, stake)| sum.saturating_add(*stake));
		part_of(part, own, total)
	}

	/// The fixed yield of a year, as the pot could pay it in the last era.
	fn fixed_yield_of(pools: &BTreeMap<PoolId, (AssetId, Balance)>) -> Balance {
		let rates: BTreeMap<_, _> = Self::vaults().collect();
		let last = Self::last_yields();
		let due = pools
			.values()
			.filter_map(|(asset, stake)| yield_of(*stake, *rates.get(asset)?, 1, 1))
			.fold(0, Balance::saturating_add);
		if last.due == 0 {
			return due;
		}
		part_of(due, last.available, last.due)
	}
}
