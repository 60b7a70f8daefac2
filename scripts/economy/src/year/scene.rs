// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! Where the year begins: production's clocks, six vaults, and what things are worth.

use super::{crowd::Crowd, Plan};
use crate::world::{account, Asset, Operator, Scene};
use pallet_restaking::EraSettings;
use pallet_tempo::Tempo;
use picasso_primitives::{
	assets::{foreign_asset_id, Network, PICA},
	AssetId,
};
use picasso_runtime::constants::time;
use sp_runtime::Perbill;

/// What AVSs pay in, beside PICA and [`JITO_SOL`].
pub(super) const USD: AssetId = foreign_asset_id(Network::Osmosis, 0, 1);
pub(super) const JITO_SOL: AssetId = foreign_asset_id(Network::Solana, 0, 1);

/// Whole PICA that a whole unit of each asset is worth. Nothing on the chain knows it: it is for the picture,
/// and for what people would do.
pub(super) fn price(asset: AssetId) -> f64 {
	match assets().into_iter().find(|known| known.id == asset) {
		Some(Asset { id: PICA, .. }) => 1.0,
		Some(Asset { id: USD, .. }) => 100.0,
		// Each vault earns a twentieth of what is in it.
		Some(asset) => asset.yearly_yield as f64 / 1_000.0 * 20.0,
		None => 0.0,
	}
}

pub(super) fn assets() -> Vec<Asset> {
	let foreign = |network, symbol, decimals, yearly: u128, endowment, has_vault| Asset {
		id: foreign_asset_id(network, 0, 1),
		symbol,
		decimals,
		minimum: 1,
		yearly_yield: yearly * 1_000,
		has_vault,
		endowment,
	};
	let pica = Asset {
		id: PICA,
		symbol: "PICA",
		decimals: 12,
		minimum: 1_000_000_000,
		yearly_yield: 50,
		has_vault: true,
		endowment: 100_000,
	};
	vec![
		pica,
		foreign(Network::Solana, "jitoSOL", 9, 1_000, 20, true),
		foreign(Network::Stride, "stATOM", 6, 50, 400, true),
		foreign(Network::Ethereum, "wstETH", 18, 20_000, 1, true),
		foreign(Network::Bifrost, "vDOT", 10, 40, 400, true),
		foreign(Network::Polkadot, "DOT", 10, 30, 400, true),
		foreign(Network::Osmosis, "USD", 6, 0, 1_000, false),
	]
}

/// The scene, and who is on it.
pub(super) fn scene(plan: &Plan) -> (Scene, Crowd) {
	let assets = assets();
	let vaults: Vec<_> =
		assets.iter().filter(|asset| asset.has_vault && asset.id != PICA).collect();
	let some = |role: &str, count| (0..count).map(|number| account(role, number)).collect();
	let operators: Vec<_> = some("operator", plan.operators);
	let restakers: Vec<_> = some("restaker", plan.restakers);
	let owners: Vec<_> = some("owner", plan.avss.saturating_add(2));
	let others: Vec<_> = some("other", 1);
	// Each operator has pools for two foreign assets, and one for PICA.
	let genesis = operators.iter().enumerate().map(|(at, who)| {
		let of = |shift: usize| vaults[(at + shift) % vaults.len()].id;
		Operator {
			account: who.clone(),
			commission: Perbill::from_percent((at % 5) as u32 * 4),
			assets: vec![of(0), of(2), PICA],
			validates: at * 5 < operators.len() * 2,
		}
	});
	let rich = owners.iter().chain(&others).cloned().collect();
	let scene = Scene {
		tempo: Tempo::Production,
		era: EraSettings {
			length: time::era::PRODUCTION,
			unbonding: time::unbonding::PRODUCTION,
			granularity: time::granularity::PRODUCTION,
		},
		session: time::session::PRODUCTION as u32,
		currencies: vec![PICA, JITO_SOL, USD],
		operators: genesis.collect(),
		people: restakers.clone(),
		rich: (rich, 100),
		self_stake: 50_000 * 10u128.pow(12),
		chain_pay: 0,
		chain_windows: (6, 6),
		assets,
	};
	(scene, Crowd::new(operators, restakers, owners, others))
}
