// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! A chain with balances, assets and the registry. Vaults and rates are what tests say they are.

use crate as pallet_asset_registry;
use crate::{pallet::*, types::*};
use frame_support::{
	assert_ok, derive_impl, parameter_types,
	traits::{tokens::ConversionFromAssetBalance, AsEnsureOriginWithArg, ConstU32},
	weights::Weight,
};
use frame_system::{EnsureRoot, EnsureRootWithSuccess, EnsureSigned};
use picasso_primitives::{
	assets::{foreign_asset_id, Network},
	registry::{ForeignId, TrustClass, VaultCaps, VaultPolicy},
	restaking::{VaultSettings, VaultStatus},
	AssetId, Balance,
};
use sp_runtime::{
	traits::IdentityLookup, BuildStorage, DispatchResult, FixedPointNumber, FixedU128,
};
use staging_xcm::v5::{
	InteriorLocation, Junction,
	Junction::*,
	Location,
	NetworkId::{self, *},
};
use std::collections::BTreeMap;

pub type AccountId = u64;

/// Owns all foreign assets.
pub const TREASURY: AccountId = 1;
pub const ALICE: AccountId = 2;
pub const BOB: AccountId = 3;

pub const UNIT: Balance = 1_000_000_000_000;

/// This chain, as others name it.
pub const OURS: NetworkId = ByGenesis([7; 32]);
pub const ETHEREUM: NetworkId = Ethereum { chain_id: 1 };

pub const DOT: AssetId = foreign_asset_id(Network::Polkadot, 0, 1);
pub const VDOT: AssetId = foreign_asset_id(Network::Bifrost, 0, 1);
pub const WSTETH: AssetId = foreign_asset_id(Network::Ethereum, 0, 1);
pub const STATOM: AssetId = foreign_asset_id(Network::Stride, 0, 1);
pub const JITOSOL: AssetId = foreign_asset_id(Network::Solana, 0, 1);

/// The contract of [`WSTETH`].
pub const CONTRACT: [u8; 20] = [0x7f; 20];
/// The mint of [`JITOSOL`].
pub const MINT: [u8; 32] = [9; 32];
pub const TRACE: &[u8] = b"transfer/channel-0/stuatom";

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(2)]
	pub type Foreign = pallet_assets;
	#[runtime::pallet_index(3)]
	pub type Registry = pallet_asset_registry;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = frame_system::mocking::MockBlock<Test>;
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
	type AccountData = pallet_balances::AccountData<Balance>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = Balance;
	type AccountStore = System;
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config for Test {
	type Balance = Balance;
	type AssetId = AssetId;
	type AssetIdParameter = AssetId;
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type ForceOrigin = EnsureRoot<AccountId>;
	type ReserveData = ();
	type Freezer = ();
	type Holder = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
}

parameter_types! {
	pub const Owner: AccountId = TREASURY;
	pub static Universe: InteriorLocation = [GlobalConsensus(OURS)].into();
	/// The vaults that there are.
	pub static Vaults: BTreeMap<AssetId, VaultSettings> = BTreeMap::new();
	/// Planck of PICA to a planck of each asset.
	pub static Rates: BTreeMap<AssetId, FixedU128> = BTreeMap::new();
}

/// The ledger, as far as there is one.
pub struct Ledger;

impl VaultCaps for Ledger {
	fn deposit_cap(asset: AssetId) -> Balance {
		Vaults::get().get(&asset).map_or(0, |settings| settings.deposit_cap)
	}

	fn stop_stakes(asset: AssetId) {
		Vaults::mutate(|vaults| {
			if let Some(settings) = vaults.get_mut(&asset) {
				if settings.status == VaultStatus::Open {
					settings.status = VaultStatus::ExitsOnly;
				}
			}
		});
	}

	fn weight_of_stopping() -> Weight {
		Weight::from_parts(5, 0)
	}
}

/// Worth by [`Rates`], rounded down.
pub struct Worth;

impl GenesisRates for Worth {
	fn set(asset: AssetId, rate: FixedU128) {
		Rates::mutate(|rates| rates.insert(asset, rate));
	}
}

impl ConversionFromAssetBalance<Balance, AssetId, Balance> for Worth {
	type Error = ();

	fn from_asset_balance(balance: Balance, asset: AssetId) -> Result<Balance, ()> {
		Rates::get().get(&asset).map(|rate| rate.saturating_mul_int(balance)).ok_or(())
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn ensure_successful(asset: AssetId) {
		set_rate(asset, 1, 1);
	}
}

/// Each costs ten, and asking the policy one.
pub struct Weights;

impl crate::WeightInfo for Weights {
	fn register() -> Weight {
		Weight::from_parts(10, 0)
	}

	fn set_reserve() -> Weight {
		Weight::from_parts(10, 0)
	}

	fn set_status() -> Weight {
		Weight::from_parts(10, 0)
	}

	fn set_trust() -> Weight {
		Weight::from_parts(10, 0)
	}

	fn set_class_cap() -> Weight {
		Weight::from_parts(10, 0)
	}

	fn ensure_allowed() -> Weight {
		Weight::from_parts(1, 0)
	}
}

impl pallet_asset_registry::Config for Test {
	type GovernanceOrigin = EnsureRootWithSuccess<AccountId, Owner>;
	type UniversalLocation = Universe;
	type Vaults = Ledger;
	type Worth = Worth;
	type GenesisRates = Worth;
	type MaxClassMembers = ConstU32<4>;
	type WeightInfo = Weights;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Scene;
}

#[cfg(feature = "runtime-benchmarks")]
pub struct Scene;

#[cfg(feature = "runtime-benchmarks")]
impl crate::BenchmarkHelper for Scene {
	fn create_vault(asset: AssetId, deposit_cap: Balance) {
		assert_ok!(set_vault(asset, deposit_cap, VaultStatus::Open));
	}
}

/// Builds a chain on which the treasury has PICA.
#[derive(Default)]
pub struct ExtBuilder {
	genesis: RuntimeGenesisConfig,
	registered: bool,
}

impl ExtBuilder {
	/// With the five assets registered, no two of the same class but `VDOT` and `WSTETH`.
	pub fn registered(mut self) -> Self {
		self.registered = true;
		self
	}

	/// With an asset of pallet-assets that the registry doesn't know: owner, whether it is sufficient, its
	/// minimum balance, its symbol and its decimals.
	pub fn asset(
		mut self,
		asset: AssetId,
		(owner, is_sufficient, minimum): (AccountId, bool, Balance),
		(symbol, decimals): (&str, u8),
	) -> Self {
		let assets = &mut self.genesis.foreign;
		assets.assets.push((asset, owner, is_sufficient, minimum));
		assets.metadata.push((asset, b"As it was".to_vec(), symbol.into(), decimals));
		self
	}

	/// With what the registry starts with.
	pub fn registry(mut self, genesis: GenesisConfig<Test>) -> Self {
		self.genesis.registry = genesis;
		self
	}

	pub fn build(mut self) -> sp_io::TestExternalities {
		Vaults::set(BTreeMap::new());
		Rates::set(BTreeMap::new());
		Universe::set([GlobalConsensus(OURS)].into());
		self.genesis.balances.balances.push((TREASURY, UNIT));
		let storage = self.genesis.build_storage().expect("genesis builds");
		let mut externalities = sp_io::TestExternalities::new(storage);
		externalities.execute_with(|| {
			System::set_block_number(1);
			if self.registered {
				for (asset, details) in five() {
					register(asset, details);
				}
				System::reset_events();
			}
		});
		externalities
	}

	/// Runs a test, and checks the invariants after it.
	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			assert_ok!(Registry::do_try_state());
		})
	}
}

pub fn root() -> RuntimeOrigin {
	RuntimeOrigin::root()
}

/// One step up, in a network, and from there.
pub fn outside<const N: usize>(network: NetworkId, path: [Junction; N]) -> Location {
	let mut location = Location::new(1, [GlobalConsensus(network)]);
	for step in path {
		location.push_interior(step).expect("no more than eight");
	}
	location
}

pub fn asset_hub() -> Location {
	outside(Polkadot, [Parachain(1000)])
}

pub fn bifrost() -> Location {
	outside(Polkadot, [Parachain(2030)])
}

pub fn ics20(trace: &[u8]) -> ForeignId {
	ForeignId::Ics20(trace.to_vec().try_into().expect("short enough"))
}

pub fn details(
	foreign: ForeignId,
	symbol: &str,
	decimals: u8,
	reserve: Option<Location>,
	trust: TrustClass,
) -> Details {
	Details {
		foreign,
		decimals,
		symbol: symbol.as_bytes().to_vec().try_into().expect("short enough"),
		name: b"A name".to_vec().try_into().expect("short enough"),
		minimum_balance: 10,
		reserve,
		trust,
	}
}

pub fn dot() -> Details {
	let foreign = ForeignId::Xcm(outside(Polkadot, []));
	details(foreign, "DOT", 10, Some(asset_hub()), TrustClass::LightClient)
}

pub fn vdot() -> Details {
	let key = GeneralKey { length: 2, data: key(b"\x09\x00") };
	let foreign = ForeignId::Xcm(outside(Polkadot, [Parachain(2030), key]));
	details(foreign, "vDOT", 10, Some(bifrost()), TrustClass::Staked)
}

pub fn wsteth() -> Details {
	let foreign = ForeignId::Erc20 { chain: 1, address: CONTRACT };
	details(foreign, "wstETH", 18, Some(asset_hub()), TrustClass::Staked)
}

pub fn statom() -> Details {
	details(ics20(TRACE), "stATOM", 6, None, TrustClass::Committee)
}

pub fn jitosol() -> Details {
	details(ForeignId::SolanaMint(MINT), "jitoSOL", 9, None, TrustClass::Custodian)
}

pub fn five() -> [(AssetId, Details); 5] {
	[(DOT, dot()), (VDOT, vdot()), (WSTETH, wsteth()), (STATOM, statom()), (JITOSOL, jitosol())]
}

/// Padded with zeros.
pub fn key(bytes: &[u8]) -> [u8; 32] {
	let mut data = [0; 32];
	data[..bytes.len()].copy_from_slice(bytes);
	data
}

pub fn register(asset: AssetId, details: Details) {
	assert_ok!(Registry::register(root(), asset, details));
}

pub fn set_rate(asset: AssetId, numerator: u128, denominator: u128) {
	let rate = FixedU128::from_rational(numerator, denominator);
	Rates::mutate(|rates| rates.insert(asset, rate));
}

/// What the ledger does when governance creates or changes a vault.
pub fn set_vault(asset: AssetId, deposit_cap: Balance, status: VaultStatus) -> DispatchResult {
	let settings =
		VaultSettings { deposit_cap, minimum_stake: 0, status, yield_rate: FixedU128::default() };
	Registry::ensure_allowed(asset, &settings)?;
	Vaults::mutate(|vaults| vaults.insert(asset, settings));
	Ok(())
}

pub fn vault_status(asset: AssetId) -> VaultStatus {
	Vaults::get()[&asset].status
}

/// Events of this pallet since the last time they were asked for.
pub fn events() -> Vec<Event<Test>> {
	let events = System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::Registry(event) => Some(event),
			_ => None,
		})
		.collect();
	System::reset_events();
	events
}
