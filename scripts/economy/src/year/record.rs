// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! What is written down of each era.

use super::{happenings::pica, scene::price};
use crate::world::{Chain, Flows};
use frame_support::traits::fungible::Inspect;
use pallet_avs::{Avss, Tables};
use pallet_emissions::{History, Pot};
use pallet_restaking::Pools;
use picasso_primitives::{assets::PICA, avs::CHAIN, math::Parts, AssetId, Balance};
use picasso_runtime::{constants::time, Balances, Runtime, System};
use std::collections::BTreeMap;

/// One vault in one era.
#[derive(Clone, Debug)]
pub struct VaultRecord {
	/// What its asset is called.
	pub symbol: &'static str,
	/// Whole units staked, exits not counted.
	pub stake: f64,
	/// What a share of all its pools together is worth, in planck of the asset: 1 at first.
	pub share_price: f64,
	/// Fixed yield of a year by this era's, in percent of what is staked, by the prices of the scene.
	pub fixed_yield: f64,
	/// The same of revenue, the PICA stakers' part included.
	pub revenue_yield: f64,
	/// Whole units slashed since the beginning.
	pub slashed: f64,
}

/// One era.
#[derive(Clone, Debug)]
pub struct Record {
	/// Its number.
	pub era: u32,
	/// The block in which it was written.
	pub block: u32,
	/// Whole PICA in the pot.
	pub pot: f64,
	/// Whole PICA made for this era.
	pub emitted: f64,
	/// Whole PICA made since the beginning.
	pub emitted_in_all: f64,
	/// Whole PICA burned since the beginning.
	pub burned_in_all: f64,
	/// Whole PICA that there are.
	pub issuance: f64,
	/// Fixed yield due for this era, in whole PICA.
	pub yield_due: f64,
	/// Fixed yield paid.
	pub yield_paid: f64,
	/// Revenue of the era before, by currency: restakers', PICA stakers', operators', treasury's, in whole
	/// units.
	pub revenue: Vec<(&'static str, [f64; 4])>,
	/// The same in all currencies, by the prices of the scene, in whole PICA.
	pub revenue_worth: [f64; 4],
	/// AVSs that there are, and those whose table can be relied on; the chain not counted.
	pub avss: (u32, u32),
	/// Vault by vault.
	pub vaults: Vec<VaultRecord>,
	/// Restakers' positions, and exits in progress.
	pub positions: u64,
	/// Blocks that its round took.
	pub round_blocks: u32,
	flows: Flows,
	stakes: BTreeMap<AssetId, Balance>,
}

fn parts(parts: &Parts) -> [u128; 4] {
	[parts.restakers, parts.pica_stakers, parts.operators, parts.treasury]
}

impl Record {
	/// Of the era that has just begun, after its round.
	pub(super) fn take(chain: &Chain, before: Option<&Self>) -> Self {
		let era = Chain::era();
		let flows = chain.books.flows.clone();
		let history = History::<Runtime>::get(era);
		let yields = history.as_ref().map(|record| record.yields).unwrap_or_default();
		let (mut stakes, mut shares) = (BTreeMap::new(), BTreeMap::new());
		let mut assets = BTreeMap::new();
		let mut positions = 0;
		for (id, pool) in Pools::<Runtime>::iter() {
			*stakes.entry(pool.asset).or_insert(0) += pool.active.balance;
			*shares.entry(pool.asset).or_insert(0) += pool.active.shares;
			assets.insert(id, pool.asset);
			positions += u64::from(pool.positions);
		}
		let mut revenue = Vec::new();
		let mut revenue_worth = [0.0; 4];
		for asset in chain.scene.currencies.iter().map(|id| chain.scene.asset(*id)) {
			let payments = history.iter().flat_map(|record| &record.revenue.0);
			let paid = payments
				.into_iter()
				.find(|paid| paid.currency == asset.id)
				.map(|paid| parts(&paid.parts))
				.unwrap_or_default();
			let paid = paid.map(|planck| planck as f64 / asset.unit() as f64);
			for (sum, units) in revenue_worth.iter_mut().zip(paid) {
				*sum += units * price(asset.id);
			}
			revenue.push((asset.symbol, paid));
		}
		let avss: Vec<_> = Avss::<Runtime>::iter().filter(|(avs, _)| *avs != CHAIN).collect();
		let awake = avss.iter().filter(|(avs, record)| {
			let table = record.tables.last.and_then(|last| Tables::<Runtime>::get(avs, last));
			table.is_some_and(|table| table.dormancy.is_none())
		});
		let mut record = Self {
			era,
			block: System::block_number(),
			pot: pica(Pot::<Runtime>::get()),
			emitted: pica(yields.emitted),
			emitted_in_all: pica(flows.emitted),
			burned_in_all: pica(flows.burned),
			issuance: pica(<Balances as Inspect<_>>::total_issuance()),
			yield_due: pica(yields.due),
			yield_paid: pica(yields.paid),
			revenue,
			revenue_worth,
			avss: (avss.len() as u32, awake.count() as u32),
			vaults: Vec::new(),
			positions,
			round_blocks: history.map_or(0, |record| record.blocks),
			flows,
			stakes,
		};
		record.vaults = record.of_vaults(chain, before, &assets, &shares);
		record
	}

	fn of_vaults(
		&self,
		chain: &Chain,
		before: Option<&Self>,
		assets: &BTreeMap<u32, AssetId>,
		shares: &BTreeMap<AssetId, Balance>,
	) -> Vec<VaultRecord> {
		let eras = f64::from(time::YEAR) / f64::from(time::era::PRODUCTION);
		let (mut fixed, mut revenue) = (BTreeMap::new(), BTreeMap::new());
		let grown = |now: Balance, then: Option<Balance>| (now - then.unwrap_or_default()) as f64;
		for (pool, amount) in &self.flows.fixed_by_pool {
			let Some(asset) = assets.get(pool) else { continue };
			let then = before.and_then(|before| before.flows.fixed_by_pool.get(pool)).copied();
			*fixed.entry(*asset).or_insert(0.0) += grown(*amount, then) / 1e12;
		}
		for (key, amount) in &self.flows.revenue_by_pool {
			let (pool, currency) = key;
			let Some(asset) = assets.get(pool) else { continue };
			let then = before.and_then(|before| before.flows.revenue_by_pool.get(key)).copied();
			let units = grown(*amount, then) / chain.scene.asset(*currency).unit() as f64;
			*revenue.entry(*asset).or_insert(0.0) += units * price(*currency);
		}
		let vaults = chain.scene.assets.iter().filter(|asset| asset.has_vault);
		vaults
			.map(|asset| {
				let unit = asset.unit() as f64;
				let staked = self.stakes.get(&asset.id).copied().unwrap_or_default();
				let shares = shares.get(&asset.id).copied().unwrap_or_default();
				let stake = staked as f64 / unit;
				let worth = stake * price(asset.id);
				let yearly = |paid: Option<&f64>| match worth > 0.0 {
					true => paid.copied().unwrap_or_default() * eras / worth * 100.0,
					false => 0.0,
				};
				VaultRecord {
					symbol: asset.symbol,
					stake,
					share_price: if shares > 0 { staked as f64 / shares as f64 } else { 1.0 },
					fixed_yield: yearly(fixed.get(&asset.id)),
					revenue_yield: yearly(revenue.get(&asset.id)),
					slashed: self.flows.slashed.get(&asset.id).copied().unwrap_or_default() as f64
						/ unit,
				}
			})
			.collect()
	}

	/// The names of what [`Self::row`] tells.
	pub fn header(&self) -> String {
		let mut names: Vec<String> = [
			"era",
			"block",
			"days",
			"pot_pica",
			"emitted_pica",
			"emitted_total_pica",
			"burned_total_pica",
			"issuance_pica",
			"yield_due_pica",
			"yield_paid_pica",
			"avss",
			"avss_awake",
			"positions",
			"round_blocks",
		]
		.map(String::from)
		.to_vec();
		for (symbol, _) in &self.revenue {
			for part in ["restakers", "pica_stakers", "operators", "treasury"] {
				names.push(format!("revenue_{part}_{symbol}"));
			}
		}
		for vault in &self.vaults {
			let symbol = vault.symbol;
			for what in [
				"stake",
				"share_price",
				"fixed_yield_percent",
				"revenue_yield_percent",
				"slashed_total",
			] {
				names.push(format!("{what}_{symbol}"));
			}
		}
		names.join(",")
	}

	/// A line for a table.
	pub fn row(&self) -> String {
		let days = f64::from(self.block) / f64::from(time::DAYS);
		let mut cells = vec![
			self.era.to_string(),
			self.block.to_string(),
			format!("{days:.3}"),
			format!("{:.6}", self.pot),
			format!("{:.6}", self.emitted),
			format!("{:.6}", self.emitted_in_all),
			format!("{:.6}", self.burned_in_all),
			format!("{:.6}", self.issuance),
			format!("{:.6}", self.yield_due),
			format!("{:.6}", self.yield_paid),
			self.avss.0.to_string(),
			self.avss.1.to_string(),
			self.positions.to_string(),
			self.round_blocks.to_string(),
		];
		for (_, paid) in &self.revenue {
			cells.extend(paid.map(|units| format!("{units:.6}")));
		}
		for vault in &self.vaults {
			cells.push(format!("{:.6}", vault.stake));
			cells.push(format!("{:.9}", vault.share_price));
			cells.push(format!("{:.4}", vault.fixed_yield));
			cells.push(format!("{:.4}", vault.revenue_yield));
			cells.push(format!("{:.6}", vault.slashed));
		}
		cells.join(",")
	}

	/// Whole units claimed since the beginning, by currency.
	pub fn claimed(&self, chain_currencies: &[(AssetId, f64)]) -> Vec<f64> {
		chain_currencies
			.iter()
			.map(|(id, unit)| self.flows.claimed.get(id).copied().unwrap_or_default() as f64 / unit)
			.collect()
	}

	/// Whole PICA paid as fixed yield since the beginning, and due.
	pub fn yields_in_all(&self) -> (f64, f64) {
		(pica(self.flows.yields.1), pica(self.flows.yields.0))
	}

	/// Whether the vault of PICA is among those that are written down.
	pub fn knows_pica(&self) -> bool {
		self.stakes.contains_key(&PICA)
	}
}
