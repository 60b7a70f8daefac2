// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! How networks start. `development` is one validator that is everything, `local` four on one machine:
//! the fewest of which one can fail.

use crate::{
	configs::{
		consensus::BABE_GENESIS_EPOCH_CONFIG,
		governance::{MaxTechnicalMembers, TreasuryAccount},
	},
	constants::{currency::PICA, time},
	AccountId, AssetId, AssetRegistryConfig, AvsConfig, BabeConfig, Balance, BalancesConfig,
	RestakingConfig, RuntimeGenesisConfig, SessionConfig, SessionKeys, TechnicalMembershipConfig,
	TempoConfig,
};
use alloc::{vec, vec::Vec};
use frame_support::{build_struct_json_patch, traits::Get, BoundedVec};
use hex_literal::hex;
use pallet_asset_registry::Details;
use pallet_avs::ChainTerms;
use pallet_restaking::EraSettings;
use pallet_tempo::Tempo;
use picasso_primitives::{
	assets::{foreign_asset_id, Network, PICA as PICA_ASSET},
	registry::{ForeignId, TrustClass},
	restaking::{VaultSettings, VaultStatus},
	PoolId,
};
use sp_genesis_builder::PresetId;
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};
use sp_runtime::{FixedPointNumber, FixedU128, Perbill};
use staging_xcm::v5::{
	Junction::{self, GeneralKey, GlobalConsensus, Parachain},
	Location, NetworkId,
};

/// One validator, sealed by it alone.
pub const DEVELOPMENT: &str = sp_genesis_builder::DEV_RUNTIME_PRESET;
/// Four validators.
pub const LOCAL: &str = sp_genesis_builder::LOCAL_TESTNET_RUNTIME_PRESET;

/// The presets there are.
pub fn preset_names() -> Vec<PresetId> {
	vec![PresetId::from(DEVELOPMENT), PresetId::from(LOCAL)]
}

/// The text of a preset.
pub fn get_preset(id: &PresetId) -> Option<Vec<u8>> {
	let patch = match id.as_ref() {
		DEVELOPMENT => development_network(&OPERATORS[..3], 1),
		LOCAL => development_network(&OPERATORS, OPERATORS.len()),
		_ => return None,
	};
	let text = serde_json::to_string(&patch).expect("a preset of our own can be written");
	Some(text.into_bytes())
}

/// A foreign asset of the development networks.
struct ForeignAsset {
	id: AssetId,
	name: &'static str,
	symbol: &'static str,
	decimals: u8,
	/// What one whole unit earns in a year, in whole PICA.
	yearly_yield: u128,
	/// What one whole unit is worth, in whole PICA.
	worth: u128,
	/// What it is elsewhere.
	foreign: Elsewhere,
}

/// Where a foreign asset comes from.
#[derive(Clone, Copy)]
enum Elsewhere {
	/// A mint on Solana.
	Solana([u8; 32]),
	/// A denomination on a Cosmos chain.
	Cosmos(&'static str),
	/// A contract on Ethereum, that Asset Hub holds.
	Ethereum([u8; 20]),
	/// A place on Polkadot, that Asset Hub holds.
	Polkadot(&'static [Junction]),
}

/// The chain of Polkadot that holds what the development networks issue of its assets.
fn asset_hub() -> Location {
	Location::new(1, [GlobalConsensus(NetworkId::Polkadot), Parachain(1000)])
}

/// vDOT: currency `VToken2(0)` of Bifrost's.
const VDOT: Junction = GeneralKey { length: 2, data: padded([9, 0]) };

const fn padded(key: [u8; 2]) -> [u8; 32] {
	let mut data = [0; 32];
	(data[0], data[1]) = (key[0], key[1]);
	data
}

const JITO_SOL: AssetId = foreign_asset_id(Network::Solana, 0, 1);
const DOT: AssetId = foreign_asset_id(Network::Polkadot, 0, 1);

const FOREIGN_ASSETS: [ForeignAsset; 6] = [
	ForeignAsset {
		id: JITO_SOL,
		name: "Jito Staked SOL",
		symbol: "jitoSOL",
		decimals: 9,
		yearly_yield: 1_000,
		worth: 20_000,
		foreign: Elsewhere::Solana(hex!(
			"ff588cc1d7f96c9abdcfdd4d0c0af1ad9fd0af4cd39cba30e69466d5e9b7d2a5"
		)),
	},
	ForeignAsset {
		id: foreign_asset_id(Network::Solana, 0, 2),
		name: "Marinade Staked SOL",
		symbol: "mSOL",
		decimals: 9,
		yearly_yield: 1_000,
		worth: 20_000,
		foreign: Elsewhere::Solana(hex!(
			"0b62ba074f722c9d41144f23cbcd4cd1ea5e2d2ae8f6bd07c4b6d2d6e65b5d6f"
		)),
	},
	ForeignAsset {
		id: foreign_asset_id(Network::Stride, 0, 1),
		name: "Stride Staked ATOM",
		symbol: "stATOM",
		decimals: 6,
		yearly_yield: 50,
		worth: 1_000,
		foreign: Elsewhere::Cosmos("transfer/channel-0/stuatom"),
	},
	ForeignAsset {
		id: foreign_asset_id(Network::Ethereum, 0, 1),
		name: "Wrapped Lido Staked ETH",
		symbol: "wstETH",
		decimals: 18,
		yearly_yield: 20_000,
		worth: 400_000,
		foreign: Elsewhere::Ethereum(hex!("7f39c581f595b53c5cb19bd0b3f8da6c935e2ca0")),
	},
	ForeignAsset {
		id: foreign_asset_id(Network::Bifrost, 0, 1),
		name: "Bifrost Voucher DOT",
		symbol: "vDOT",
		decimals: 10,
		yearly_yield: 40,
		worth: 800,
		foreign: Elsewhere::Polkadot(&[Parachain(2030), VDOT]),
	},
	ForeignAsset {
		id: DOT,
		name: "Polkadot",
		symbol: "DOT",
		decimals: 10,
		yearly_yield: 30,
		worth: 600,
		foreign: Elsewhere::Polkadot(&[]),
	},
];

/// What each well-known account has of each foreign asset, in whole units.
const ENDOWMENT: u128 = 1_000_000;
/// What it has of PICA, in whole PICA: enough for the deposits of several referenda.
const PICA_ENDOWMENT: u128 = 100_000_000;
/// What a vault takes, in whole units.
const DEPOSIT_CAP: u128 = 10_000_000;
/// What one call must stake, in thousandths of a unit.
const MINIMUM_STAKE_MILLIS: u128 = 1;
/// What all vaults of foreign assets may be worth, in whole PICA.
const CLASS_CAP: u128 = 10_000_000_000_000;
/// What the treasury has, in whole PICA.
const TREASURY: u128 = 10_000_000;

impl ForeignAsset {
	fn unit(&self) -> Balance {
		10u128.pow(self.decimals.into())
	}

	/// What one planck is worth, in planck of PICA.
	fn rate(&self) -> FixedU128 {
		let worth = self.worth.checked_mul(PICA).expect("a worth of our own fits");
		FixedU128::saturating_from_rational(worth, self.unit())
	}

	fn details(&self) -> Details {
		let (foreign, reserve) = match self.foreign {
			Elsewhere::Solana(mint) => (ForeignId::SolanaMint(mint), None),
			Elsewhere::Cosmos(trace) => (ForeignId::Ics20(bounded(trace)), None),
			Elsewhere::Ethereum(address) => {
				(ForeignId::Erc20 { chain: 1, address }, Some(asset_hub()))
			},
			Elsewhere::Polkadot(place) => {
				let network = Location::new(1, GlobalConsensus(NetworkId::Polkadot));
				let append = |to: Location, junction: &Junction| {
					to.appended_with(*junction).expect("it is not too deep")
				};
				(ForeignId::Xcm(place.iter().fold(network, append)), Some(asset_hub()))
			},
		};
		Details {
			foreign,
			decimals: self.decimals,
			symbol: bounded(self.symbol),
			name: bounded(self.name),
			minimum_balance: 1,
			reserve,
			trust: TrustClass::Custodian,
		}
	}

	fn vault(&self) -> VaultSettings {
		let yearly = self.yearly_yield.checked_mul(PICA).expect("a yield of our own fits");
		open_vault(self.unit(), FixedU128::saturating_from_rational(yearly, self.unit()))
	}
}

fn bounded<N: Get<u32>>(text: &str) -> BoundedVec<u8, N> {
	text.as_bytes().to_vec().try_into().expect("a text of our own is short enough")
}

fn open_vault(unit: Balance, yield_rate: FixedU128) -> VaultSettings {
	VaultSettings {
		deposit_cap: DEPOSIT_CAP * unit,
		minimum_stake: MINIMUM_STAKE_MILLIS * unit / 1_000,
		status: VaultStatus::Open,
		yield_rate,
	}
}

/// PICA earns a twentieth of itself in a year.
fn pica_vault() -> VaultSettings {
	open_vault(PICA, FixedU128::from_rational(1, 20))
}

/// The first so many of the operators validate.
fn development_network(operators: &[Operator], validators: usize) -> serde_json::Value {
	let validating = &operators[..validators];
	let people: Vec<AccountId> =
		Sr25519Keyring::well_known().map(|key| key.to_account_id()).collect();
	build_struct_json_patch!(RuntimeGenesisConfig {
		tempo: TempoConfig { tempo: Tempo::Development },
		balances: BalancesConfig { balances: pica_balances(&people) },
		assets: assets(&people),
		asset_registry: asset_registry(),
		babe: BabeConfig { epoch_config: BABE_GENESIS_EPOCH_CONFIG },
		session: SessionConfig { keys: session_keys(validating) },
		technical_membership: TechnicalMembershipConfig {
			members: technical_collective(),
			..Default::default()
		},
		restaking: RestakingConfig {
			era: EraSettings {
				length: time::era::DEVELOPMENT,
				unbonding: time::unbonding::DEVELOPMENT,
				granularity: time::granularity::DEVELOPMENT,
			},
			funder: Some(TreasuryAccount::get()),
			vaults: vaults(),
			reward_currencies: vec![PICA_ASSET, JITO_SOL, DOT],
			operators: with_pools(operators),
			stakes: stakes(operators),
		},
		avs: AvsConfig {
			terms: Some(chain_terms(enough(validators as u32))),
			operators: chain_operators(validating),
		},
	})
}

fn pica_balances(people: &[AccountId]) -> Vec<(AccountId, Balance)> {
	people
		.iter()
		.map(|account| (account.clone(), PICA_ENDOWMENT * PICA))
		.chain([(TreasuryAccount::get(), TREASURY * PICA)])
		.collect()
}

/// Six people, two of whom can whitelist a call.
fn technical_collective() -> BoundedVec<AccountId, MaxTechnicalMembers> {
	let members = Sr25519Keyring::invulnerable().map(|key| key.to_account_id()).collect();
	BoundedVec::truncate_from(members)
}

/// Any account can hold a foreign asset, without PICA: it may have come by a message.
fn assets(people: &[AccountId]) -> crate::AssetsConfig {
	let treasury = TreasuryAccount::get();
	crate::AssetsConfig {
		assets: FOREIGN_ASSETS.iter().map(|asset| (asset.id, treasury.clone(), true, 1)).collect(),
		metadata: FOREIGN_ASSETS
			.iter()
			.map(|asset| (asset.id, asset.name.into(), asset.symbol.into(), asset.decimals))
			.collect(),
		accounts: FOREIGN_ASSETS
			.iter()
			.flat_map(|asset| {
				people
					.iter()
					.chain([&treasury])
					.map(|account| (asset.id, account.clone(), ENDOWMENT * asset.unit()))
			})
			.collect(),
		..Default::default()
	}
}

/// They come by no bridge yet: trusted least, and bounded by what all vaults can take.
fn asset_registry() -> AssetRegistryConfig {
	let assets = FOREIGN_ASSETS.iter();
	AssetRegistryConfig {
		owner: Some(TreasuryAccount::get()),
		assets: assets.clone().map(|asset| (asset.id, asset.details())).collect(),
		rates: assets.map(|asset| (asset.id, asset.rate())).collect(),
		class_caps: vec![(TrustClass::Custodian, CLASS_CAP * PICA)],
	}
}

fn session_keys(validators: &[Operator]) -> Vec<(AccountId, AccountId, SessionKeys)> {
	validators
		.iter()
		.map(|(_, key)| {
			let account = key.to_account_id();
			let keys = SessionKeys {
				babe: key.public().into(),
				grandpa: ed25519_of(*key).public().into(),
				im_online: key.public().into(),
			};
			(account.clone(), account, keys)
		})
		.collect()
}

/// The key of the other scheme from the same seed.
fn ed25519_of(key: Sr25519Keyring) -> Ed25519Keyring {
	match key {
		Sr25519Keyring::Alice => Ed25519Keyring::Alice,
		Sr25519Keyring::Bob => Ed25519Keyring::Bob,
		Sr25519Keyring::Charlie => Ed25519Keyring::Charlie,
		_ => Ed25519Keyring::Dave,
	}
}

fn vaults() -> Vec<(AssetId, VaultSettings)> {
	FOREIGN_ASSETS
		.iter()
		.map(|asset| (asset.id, asset.vault()))
		.chain([(PICA_ASSET, pica_vault())])
		.collect()
}

/// An operator's name and key.
type Operator = (&'static str, Sr25519Keyring);

/// The operators. They are the validators of `local`; Dave is of `local` alone.
const OPERATORS: [Operator; 4] = [
	("Alice", Sr25519Keyring::Alice),
	("Bob", Sr25519Keyring::Bob),
	("Charlie", Sr25519Keyring::Charlie),
	("Dave", Sr25519Keyring::Dave),
];

/// Operators with a pool for each asset.
fn with_pools(
	operators: &[Operator],
) -> Vec<(AccountId, Perbill, Vec<u8>, Vec<(AssetId, Vec<u8>)>)> {
	operators
		.iter()
		.map(|&(name, key)| {
			let pools = FOREIGN_ASSETS
				.iter()
				.map(|asset| (asset.id, pool_name(name, asset.symbol)))
				.chain([(PICA_ASSET, pool_name(name, "PICA"))])
				.collect();
			(key.to_account_id(), Perbill::from_percent(1), name.into(), pools)
		})
		.collect()
}

/// What each operator stakes in its own PICA pool, in whole PICA.
const SELF_STAKE: u128 = 1_000_000;

/// The PICA pools: the last of each operator's pools.
fn pica_pools(operators: &[Operator]) -> impl Iterator<Item = (AccountId, PoolId)> + '_ {
	let pools_each = FOREIGN_ASSETS.len() as PoolId + 1;
	let last = move |number| number * pools_each - 1;
	operators.iter().zip(1..).map(move |((_, key), number)| (key.to_account_id(), last(number)))
}

fn stakes(operators: &[Operator]) -> Vec<(AccountId, PoolId, Balance)> {
	pica_pools(operators).map(|(operator, pool)| (operator, pool, SELF_STAKE * PICA)).collect()
}

/// As many validators as finality needs.
fn enough(validators: u32) -> u32 {
	validators - validators.saturating_sub(1) / 3
}

/// A unit of security for each planck of PICA, and validators that bring at least a hundredth of what the
/// first ones do.
fn chain_terms(minimum_operators: u32) -> ChainTerms {
	ChainTerms {
		assets: vec![(PICA_ASSET, FixedU128::from_u32(1))],
		minimum_operators,
		maximum_operators: 100,
		minimum_stake: SELF_STAKE * PICA / 100,
		pay_currency: PICA_ASSET,
		pay_per_era: 0,
		notice: time::unbonding::DEVELOPMENT,
		evidence_window: 1,
		dispute_window: 0,
	}
}

/// The validators put their PICA pools behind the chain, whole.
fn chain_operators(validators: &[Operator]) -> Vec<(AccountId, Vec<PoolId>)> {
	pica_pools(validators).map(|(validator, pool)| (validator, vec![pool])).collect()
}

fn pool_name(operator: &str, symbol: &str) -> Vec<u8> {
	alloc::format!("{operator} {symbol}").into_bytes()
}
