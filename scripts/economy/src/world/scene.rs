// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! What a chain begins with.

use super::Chain;
use frame_support::traits::BuildGenesisConfig;
use pallet_asset_registry::Details;
use pallet_avs::ChainTerms;
use pallet_restaking::EraSettings;
use pallet_tempo::Tempo;
use picasso_primitives::{
	assets::PICA,
	registry::{ForeignId, TrustClass},
	restaking::{VaultSettings, VaultStatus},
	AssetId, Balance, PoolId,
};
use picasso_runtime::{
	configs::consensus::BABE_GENESIS_EPOCH_CONFIG, AccountId, AssetRegistryConfig, AssetsConfig,
	AvsConfig, BabeConfig, BalancesConfig, BlockNumber, RestakingConfig, RuntimeGenesisConfig,
	SessionConfig, SessionKeys, TempoConfig,
};
use sp_core::{ed25519, sr25519};
use sp_runtime::{
	traits::{BlakeTwo256, Hash},
	FixedPointNumber, FixedU128, Perbill,
};

/// An asset that there is.
#[derive(Clone, Debug)]
pub struct Asset {
	/// Its number.
	pub id: AssetId,
	/// What it is called.
	pub symbol: &'static str,
	/// How many decimals it has.
	pub decimals: u32,
	/// The least that an account must have of it, in planck.
	pub minimum: Balance,
	/// Thousandths of a PICA that a whole unit of it earns in a year.
	pub yearly_yield: u128,
	/// Whether there is a vault for it.
	pub has_vault: bool,
	/// What each of the people has of it, in whole units.
	pub endowment: u128,
}

impl Asset {
	/// Planck of a whole unit.
	pub fn unit(&self) -> Balance {
		10u128.pow(self.decimals)
	}

	/// Units of security that a planck counts for: a whole unit always counts for as many.
	pub fn weight(&self) -> FixedU128 {
		FixedU128::saturating_from_rational(10u128.pow(12), self.unit())
	}

	/// The settings of its vault at first.
	pub fn vault(&self) -> VaultSettings {
		let yearly = self.yearly_yield * 10u128.pow(9);
		VaultSettings {
			deposit_cap: 100_000_000 * self.unit(),
			minimum_stake: 1,
			status: VaultStatus::Open,
			yield_rate: FixedU128::saturating_from_rational(yearly, self.unit()),
		}
	}
}

/// An operator that there is from the beginning.
#[derive(Clone, Debug)]
pub struct Operator {
	/// Its account.
	pub account: AccountId,
	/// Its commission.
	pub commission: Perbill,
	/// What its pools are for; pools are numbered in this order.
	pub assets: Vec<AssetId>,
	/// Whether it validates, with its last pool, which must be of PICA.
	pub validates: bool,
}

/// What a chain begins with.
#[derive(Clone, Debug)]
pub struct Scene {
	/// How fast its clocks run.
	pub tempo: Tempo,
	/// How time passes in the ledger.
	pub era: EraSettings<BlockNumber>,
	/// Blocks of a session.
	pub session: BlockNumber,
	/// All assets, PICA among them.
	pub assets: Vec<Asset>,
	/// What rewards are paid in.
	pub currencies: Vec<AssetId>,
	/// Who has some of every asset, in whole units what the asset says.
	pub people: Vec<AccountId>,
	/// Who has so many times as much.
	pub rich: (Vec<AccountId>, u128),
	/// Operators.
	pub operators: Vec<Operator>,
	/// What each validator has staked, in planck of PICA.
	pub self_stake: Balance,
	/// What the chain pays its validators in each era, in planck of PICA, as far as it has it.
	pub chain_pay: Balance,
	/// Eras after a fault in which validators can be reported, and in which they can dispute it.
	pub chain_windows: (u32, u32),
}

impl Scene {
	/// An asset that there is.
	pub fn asset(&self, id: AssetId) -> &Asset {
		self.assets.iter().find(|asset| asset.id == id).expect("an asset of the scene")
	}

	/// What validates from the beginning.
	pub fn validators(&self) -> impl Iterator<Item = AccountId> + '_ {
		self.operators.iter().filter(|operator| operator.validates).map(|it| it.account.clone())
	}

	fn foreign(&self) -> impl Iterator<Item = &Asset> {
		self.assets.iter().filter(|asset| asset.id != PICA)
	}

	/// The pool of PICA that each validator validates with.
	fn validating_pools(&self) -> Vec<(AccountId, PoolId)> {
		let mut next = 0;
		let mut pools = Vec::new();
		for operator in &self.operators {
			next += operator.assets.len() as PoolId;
			if operator.validates {
				pools.push((operator.account.clone(), next - 1));
			}
		}
		pools
	}

	/// Writes it into the state.
	pub(super) fn build(&self) {
		let treasury = Chain::treasury();
		let everyone = || {
			let operators = self.operators.iter().map(|operator| operator.account.clone());
			let (rich, times) = &self.rich;
			let rich = rich.iter().map(|who| (who.clone(), *times));
			let people = self.people.iter().cloned().chain(operators).chain([treasury.clone()]);
			people.map(|who| (who, 1)).chain(rich)
		};
		let pica = self.asset(PICA);
		let config = RuntimeGenesisConfig {
			tempo: TempoConfig { tempo: self.tempo, ..Default::default() },
			balances: BalancesConfig {
				balances: everyone()
					.map(|(who, times)| (who, times * pica.endowment * pica.unit()))
					.collect(),
				..Default::default()
			},
			assets: AssetsConfig {
				assets: self
					.foreign()
					.map(|asset| (asset.id, treasury.clone(), true, asset.minimum))
					.collect(),
				accounts: self
					.foreign()
					.flat_map(|asset| {
						let amount = asset.endowment * asset.unit();
						everyone().map(move |(who, times)| (asset.id, who, times * amount))
					})
					.collect(),
				metadata: self
					.foreign()
					.map(|asset| {
						let (name, decimals) = (asset.symbol.into(), asset.decimals as u8);
						(asset.id, asset.symbol.into(), name, decimals)
					})
					.collect(),
				..Default::default()
			},
			asset_registry: self.asset_registry(),
			babe: BabeConfig { epoch_config: BABE_GENESIS_EPOCH_CONFIG, ..Default::default() },
			session: SessionConfig {
				keys: self.validators().map(session_keys).collect(),
				..Default::default()
			},
			restaking: self.ledger(),
			avs: self.registry(),
			..Default::default()
		};
		config.build();
	}

	/// Each asset has come over a channel of its own, and its vault may take any amount.
	fn asset_registry(&self) -> AssetRegistryConfig {
		let text = |text: String| text.into_bytes();
		let details = |(channel, asset): (usize, &Asset)| {
			let trace = format!("transfer/channel-{channel}/{}", asset.symbol);
			let details = Details {
				foreign: ForeignId::Ics20(text(trace).try_into().expect("a short trace")),
				decimals: asset.decimals as u8,
				symbol: text(asset.symbol.into()).try_into().expect("a short symbol"),
				name: text(asset.symbol.into()).try_into().expect("a short name"),
				minimum_balance: asset.minimum,
				reserve: None,
				trust: TrustClass::Custodian,
			};
			(asset.id, details)
		};
		AssetRegistryConfig {
			owner: Some(Chain::treasury()),
			assets: self.foreign().enumerate().map(details).collect(),
			rates: self.foreign().map(|asset| (asset.id, FixedU128::from_u32(1))).collect(),
			class_caps: vec![(TrustClass::Custodian, Balance::MAX)],
		}
	}

	fn ledger(&self) -> RestakingConfig {
		let vaults = self.assets.iter().filter(|asset| asset.has_vault);
		let operators = self.operators.iter().map(|operator| {
			let pools = operator.assets.iter().map(|asset| (*asset, b"pool".to_vec())).collect();
			(operator.account.clone(), operator.commission, Vec::new(), pools)
		});
		let stakes = self.validating_pools().into_iter();
		RestakingConfig {
			era: self.era,
			funder: Some(Chain::treasury()),
			vaults: vaults.map(|asset| (asset.id, asset.vault())).collect(),
			reward_currencies: self.currencies.clone(),
			operators: operators.collect(),
			stakes: stakes.map(|(who, pool)| (who, pool, self.self_stake)).collect(),
		}
	}

	fn registry(&self) -> AvsConfig {
		let (evidence_window, dispute_window) = self.chain_windows;
		AvsConfig {
			terms: Some(ChainTerms {
				assets: vec![(PICA, FixedU128::from_u32(1))],
				minimum_operators: 1,
				maximum_operators: 100,
				minimum_stake: 1,
				pay_currency: PICA,
				pay_per_era: self.chain_pay,
				notice: 1,
				evidence_window,
				dispute_window,
			}),
			operators: self
				.validating_pools()
				.into_iter()
				.map(|(validator, pool)| (validator, vec![pool]))
				.collect(),
		}
	}
}

/// Keys that nobody has: no block is sealed here.
fn session_keys(validator: AccountId) -> (AccountId, AccountId, SessionKeys) {
	let bytes = BlakeTwo256::hash_of(&("session", &validator)).0;
	let keys = SessionKeys {
		babe: sr25519::Public::from_raw(bytes).into(),
		grandpa: ed25519::Public::from_raw(bytes).into(),
		im_online: sr25519::Public::from_raw(bytes).into(),
	};
	(validator.clone(), validator, keys)
}
