// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! Where walks begin: few people, few pools, short eras, and assets of 6 to 18 decimals.

use crate::{
	dice::Dice,
	world::{account, Asset, Operator, Scene},
};
use pallet_restaking::EraSettings;
use pallet_tempo::Tempo;
use picasso_primitives::assets::{foreign_asset_id, Network, PICA};
use picasso_runtime::AccountId;
use sp_runtime::Perbill;

/// Who is there.
pub struct People {
	/// Those who stake.
	pub restakers: Vec<AccountId>,
	/// Operators, and those who could become one.
	pub operators: Vec<AccountId>,
	/// Those who speak for AVSs.
	pub owners: Vec<AccountId>,
	/// Whose word counts for AVSs that ask for an arbiter.
	pub arbiter: AccountId,
	/// Those whom AVSs say they harm.
	pub victims: AccountId,
	/// Where operators are paid, if not at their own account: some have nothing yet.
	pub purses: Vec<AccountId>,
}

impl People {
	/// All of them.
	pub fn all(&self) -> impl Iterator<Item = &AccountId> {
		let single = [&self.arbiter, &self.victims];
		self.restakers
			.iter()
			.chain(&self.operators)
			.chain(&self.owners)
			.chain(&self.purses)
			.chain(single)
	}
}

fn some(role: &str, count: u32) -> Vec<AccountId> {
	(0..count).map(|number| account(role, number)).collect()
}

fn assets() -> Vec<Asset> {
	let foreign = |network, symbol, decimals, minimum, yearly_yield, has_vault| Asset {
		id: foreign_asset_id(network, 0, 1),
		symbol,
		decimals,
		minimum,
		yearly_yield,
		has_vault,
		endowment: 1_000_000,
	};
	vec![
		Asset {
			id: PICA,
			symbol: "PICA",
			decimals: 12,
			minimum: 1_000_000_000,
			yearly_yield: 50,
			has_vault: true,
			endowment: 10_000_000,
		},
		foreign(Network::Solana, "SOL", 9, 1, 100_000, true),
		foreign(Network::Stride, "ATOM", 6, 500, 5_000, true),
		foreign(Network::Ethereum, "ETH", 18, 1_000_000, 2_000_000, true),
		// Nobody stakes it; AVSs pay in it.
		foreign(Network::Osmosis, "USD", 6, 10, 0, false),
	]
}

/// Somewhere to begin.
pub fn scene(dice: &mut Dice) -> (Scene, People) {
	let assets = assets();
	let ids: Vec<_> = assets.iter().map(|asset| asset.id).collect();
	let people = People {
		restakers: some("restaker", 6),
		operators: some("operator", 6),
		owners: some("owner", 3),
		arbiter: account("arbiter", 0),
		victims: account("victims", 0),
		purses: some("purse", 3),
	};
	let pools = [vec![ids[1], PICA], vec![ids[2], ids[1], PICA], vec![ids[3], PICA], vec![ids[1]]];
	let operators =
		people.operators.iter().zip(pools).enumerate().map(|(at, (who, assets))| Operator {
			account: who.clone(),
			commission: Perbill::from_percent(5 * at as u32),
			assets,
			validates: at < 3,
		});
	let (granularity, unbonding) = match dice.below(3) {
		0 => (1, dice.between(5, 7) as u32),
		1 => (2, dice.between(5, 8) as u32),
		_ => (3, dice.between(6, 9) as u32),
	};
	let length = dice.between(4, 14) as u32;
	let everyone = people.restakers.iter().chain(&people.operators[4..]).chain(&people.owners);
	let scene = Scene {
		tempo: Tempo::Development,
		era: EraSettings { length, unbonding, granularity },
		session: dice.between(2, 12) as u32,
		currencies: vec![PICA, ids[1], ids[4]],
		operators: operators.collect(),
		people: everyone.chain([&people.arbiter]).cloned().collect(),
		rich: (Vec::new(), 1),
		self_stake: 1_000 * 10u128.pow(12),
		chain_pay: if dice.once_in(2) { 0 } else { dice.amount(10u128.pow(15)) },
		chain_windows: (1, dice.below(3) as u32),
		assets,
	};
	(scene, people)
}
