// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! What must always hold: equations of money, cheap enough for every operation, and the invariants of the
//! four pallets.

use super::Chain;
use frame_support::traits::{fungibles::Inspect, Hooks};
use pallet_emissions::{Purse, RoundState, Stage};
use pallet_restaking::{MaturedBuckets, ParkedProceeds, Pools, Vaults};
use picasso_primitives::{assets::PICA, AssetId, Balance};
use picasso_runtime::{
	configs::assets::NativeAndForeign, Assets, Avs, Balances, Emissions, Restaking, Runtime,
	Slashing, System,
};
use std::collections::BTreeMap;

/// Amounts by asset, in planck.
#[derive(Default)]
struct Sums(BTreeMap<AssetId, Balance>);

impl Sums {
	fn add(&mut self, asset: AssetId, amount: Balance) -> Result<(), String> {
		let sum = self.0.entry(asset).or_default();
		*sum = sum.checked_add(amount).ok_or_else(|| format!("amounts of {asset} overflow"))?;
		Ok(())
	}

	fn take(&mut self, asset: AssetId, amount: Balance) -> Result<(), String> {
		let sum = self.0.entry(asset).or_default();
		*sum = sum.checked_sub(amount).ok_or_else(|| format!("more is paid of {asset} than is"))?;
		Ok(())
	}

	fn add_purse(&mut self, purse: &Purse<Runtime>) -> Result<(), String> {
		purse.iter().try_for_each(|(asset, amount)| self.add(asset, amount))
	}

	fn of(&self, asset: AssetId) -> Balance {
		self.0.get(&asset).copied().unwrap_or_default()
	}
}

/// What the ledger of stake has and owes.
struct Ledger {
	custody: Sums,
	/// By slot of the currency.
	owed: Vec<Balance>,
}

impl Ledger {
	fn read() -> Result<Self, String> {
		let mut ledger = Self { custody: Sums::default(), owed: Vec::new() };
		let mut assets = BTreeMap::new();
		for (id, pool) in Pools::<Runtime>::iter() {
			assets.insert(id, pool.asset);
			let exits = pool.buckets.iter().map(|bucket| bucket.exits.balance);
			for amount in exits.chain([pool.active.balance]) {
				ledger.custody.add(pool.asset, amount)?;
			}
			for (at, slot) in pool.rewards.slots.iter().enumerate() {
				if ledger.owed.len() <= at {
					ledger.owed.push(0);
				}
				ledger.owed[at] += slot.owed;
				if slot.stream.remaining + slot.unearned > slot.owed {
					return Err(format!("pool {id} has more to come than it is owed"));
				}
			}
		}
		for (pool, _, bucket) in MaturedBuckets::<Runtime>::iter() {
			let asset = assets.get(&pool).ok_or_else(|| format!("exits of no pool {pool}"))?;
			ledger.custody.add(*asset, bucket.exits.balance)?;
		}
		for (asset, _, amount) in ParkedProceeds::<Runtime>::iter() {
			ledger.custody.add(asset, amount)?;
		}
		Ok(ledger)
	}
}

/// What is to be paid, by currency.
fn owed() -> Result<Sums, String> {
	let mut owed = Sums::default();
	owed.add(PICA, pallet_emissions::Pot::<Runtime>::get())?;
	for account in pallet_emissions::Accounts::<Runtime>::iter_values() {
		owed.add_purse(&account.escrow)?;
	}
	for purse in pallet_emissions::DuePay::<Runtime>::iter_values() {
		owed.add_purse(&purse)?;
	}
	for (_, asset, amount) in pallet_emissions::Dues::<Runtime>::iter() {
		owed.add(asset, amount)?;
	}
	let RoundState { stage, paying, pica, pica_failed, .. } =
		pallet_emissions::Round::<Runtime>::get();
	owed.add_purse(&pica)?;
	owed.add_purse(&pica_failed)?;
	if let (Stage::PayPica { paid, .. }, Some((asset, _))) = (stage, pica.first()) {
		owed.take(asset, paid)?;
	}
	for paying in paying.into_iter().flat_map(|paying| paying.currencies) {
		let all = paying.parts.total().ok_or("parts are beyond all there is")?;
		owed.add(paying.currency, all)?;
		owed.take(paying.currency, paying.restakers)?;
		owed.take(paying.currency, paying.operators)?;
	}
	Ok(owed)
}

impl Chain {
	/// That every planck of every asset is where it belongs.
	pub fn check_money(&mut self) -> Result<(), String> {
		self.books.check_issuance()?;
		self.check_ledger()?;
		self.check_emissions()?;
		match crate::watch::noticed() {
			Some(message) => Err(format!("a pallet takes to be impossible: {message}")),
			None => Ok(()),
		}
	}

	/// Custody is stake, exits and parked proceeds; accounts hold that, what they were opened with, and what
	/// they were given, exactly.
	fn check_ledger(&self) -> Result<(), String> {
		let Ledger { custody, owed } = Ledger::read()?;
		for (asset, vault) in Vaults::<Runtime>::iter() {
			let counted = custody.of(asset);
			if vault.custody != counted {
				return Err(format!("custody of {asset} is {} and not {counted}", vault.custody));
			}
			let account = Restaking::vault_account(asset);
			let more = self.scene.asset(asset).minimum + self.books.gift(&account, asset);
			let held = NativeAndForeign::total_balance(asset, &account);
			if held != counted + more {
				return Err(format!(
					"the vault of {asset} holds {held} and not {counted} + {more}"
				));
			}
		}
		let account = Restaking::reward_account();
		let currencies = pallet_restaking::RewardCurrencies::<Runtime>::get();
		for (at, currency) in currencies.iter().enumerate() {
			let asset = currency.asset;
			let owed = owed.get(at).copied().unwrap_or_default();
			let more = self.scene.asset(asset).minimum + self.books.gift(&account, asset);
			let held = NativeAndForeign::total_balance(asset, &account);
			if held != owed + more {
				return Err(format!(
					"of rewards of {asset} there are {held} and not {owed} + {more}"
				));
			}
		}
		Ok(())
	}

	/// The account of what is to be paid holds that, what it was lent, and what it was given, exactly.
	fn check_emissions(&mut self) -> Result<(), String> {
		let owed = owed()?;
		let account = Emissions::account();
		for asset in &self.scene.assets {
			let (id, owed) = (asset.id, owed.of(asset.id));
			let held = NativeAndForeign::total_balance(id, &account);
			let lent = match id {
				PICA => asset.minimum,
				_ => self.books.lent(id, asset.minimum, held),
			};
			let more = lent + self.books.gift(&account, id);
			if held != owed + more {
				return Err(format!("to be paid of {id} are {held} and not {owed} + {more}"));
			}
		}
		Ok(())
	}

	/// That all invariants of the four pallets hold, and those of the two that keep money; that what all
	/// accounts have is what there is.
	pub fn check_invariants(&self) -> Result<(), String> {
		let fails = |of: &str, error| format!("{of}: {error:?}");
		Restaking::do_try_state().map_err(|error| fails("restaking", error))?;
		Avs::do_try_state().map_err(|error| fails("avs", error))?;
		Slashing::do_try_state().map_err(|error| fails("slashing", error))?;
		Emissions::do_try_state().map_err(|error| fails("emissions", error))?;
		let now = System::block_number();
		Balances::try_state(now).map_err(|error| fails("balances", error))?;
		Assets::try_state(now).map_err(|error| fails("assets", error))?;
		self.check_accounts()
	}

	fn check_accounts(&self) -> Result<(), String> {
		let mut sums = Sums::default();
		for account in frame_system::Account::<Runtime>::iter_values() {
			sums.add(PICA, account.data.free)?;
			sums.add(PICA, account.data.reserved)?;
		}
		for asset in self.scene.assets.iter().filter(|asset| asset.id != PICA) {
			for account in pallet_assets::Account::<Runtime>::iter_prefix_values(asset.id) {
				sums.add(asset.id, account.balance)?;
			}
		}
		for asset in &self.scene.assets {
			let (found, issued) = (sums.of(asset.id), NativeAndForeign::total_issuance(asset.id));
			if found != issued {
				return Err(format!("accounts have {found} of {} and not {issued}", asset.id));
			}
		}
		Ok(())
	}

	/// What is owed to nobody in particular when everyone is gone: the pot, and what waits for the chain's
	/// validators, in planck of PICA.
	pub fn owed_by_emissions(asset: AssetId) -> Result<Balance, String> {
		Ok(owed()?.of(asset))
	}
}
