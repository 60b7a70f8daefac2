// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What benchmarks of messages need: a lane, an asset of the chain at its end, and rates.

use super::AvsScene;
use crate::{
	configs::{
		assets::NativeAndForeign,
		governance::TreasuryAccount,
		payments::PaidAsset,
		xcm::{LocationToAccountId, MaxAssetsIntoHolding, XcmConfig},
	},
	constants::currency::PICA,
	AccountId, AssetRate, AssetRegistry, Balance, Balances, Lanes, PolkadotXcm, Restaking, Runtime,
	RuntimeCall, RuntimeOrigin, System,
};
use alloc::{boxed::Box, vec};
use frame_benchmarking::BenchmarkError;
use frame_support::{
	assert_ok, parameter_types,
	traits::{
		fungible::{ItemOf, Mutate},
		fungibles, Get,
	},
};
use pallet_asset_registry::Details;
use picasso_primitives::{
	assets::{foreign_asset_id, Network},
	registry::{ForeignId, TrustClass},
	restaking::{VaultSettings, VaultStatus},
	EraIndex, PoolId,
};
use sp_runtime::FixedU128;
use staging_xcm::latest::prelude::*;
use staging_xcm_builder::EnsureDelivery;
use staging_xcm_executor::{
	traits::{ConvertLocation, FeeReason},
	AssetsInHolding, FeesMode,
};

/// The number of the first asset that is registered for benchmarks, on [`Network::Polkadot`].
const FIRST: u64 = 1_000;

/// The chain at the end of the lane.
fn chain() -> Location {
	Location::new(1, [GlobalConsensus(NetworkId::Polkadot), Parachain(1000)])
}

fn open_lane() {
	let universal = chain().interior;
	if pallet_lanes::LaneIds::<Runtime>::get(&universal).is_none() {
		assert_ok!(Lanes::open_lane(RuntimeOrigin::root(), universal));
		set_version(chain());
	}
}

/// Has it be known that a chain understands the newest version of XCM: else nothing is sent to it.
fn set_version(chain: Location) {
	let (chain, version) = (Box::new(chain), staging_xcm::latest::VERSION);
	assert_ok!(PolkadotXcm::force_xcm_version(RuntimeOrigin::root(), chain, version));
}

/// What can be paid at the end of the lane, and somebody there.
pub fn payment_abroad() -> (PaidAsset, Location) {
	open_lane();
	let somebody = AccountId32 { network: Some(NetworkId::Polkadot), id: [7; 32] };
	let asset = Location::new(0, [PalletInstance(50), GeneralIndex(1337)]);
	(PaidAsset::There { chain: chain(), asset }, somebody.into())
}

fn location(number: u32) -> Location {
	let place = [PalletInstance(50), GeneralIndex(number.into())];
	chain().appended_with(place).expect("it is not too deep")
}

/// Registers an asset, as governance does, with as wide a cap as can be; where that was done, it is there.
pub fn register(asset: crate::AssetId, number: u32) {
	register_at(asset, location(number), chain());
}

fn register_at(asset: crate::AssetId, location: Location, reserve: Location) {
	if pallet_asset_registry::Assets::<Runtime>::contains_key(asset) {
		return;
	}
	let text = |text: &str| text.as_bytes().to_vec();
	let details = Details {
		foreign: ForeignId::Xcm(location),
		decimals: 10,
		symbol: text("BENCH").try_into().expect("it is short"),
		name: text("Benchmark").try_into().expect("it is short"),
		minimum_balance: 1,
		reserve: Some(reserve),
		trust: TrustClass::Custodian,
	};
	assert_ok!(AssetRegistry::register(RuntimeOrigin::root(), asset, details));
	let rate = FixedU128::from_u32(1);
	assert_ok!(AssetRate::create(RuntimeOrigin::root(), Box::new(asset), rate));
	let class = TrustClass::Custodian;
	assert_ok!(AssetRegistry::set_class_cap(RuntimeOrigin::root(), class, Some(Balance::MAX)));
}

/// A registered asset with a rate.
fn registered(number: u32) -> crate::AssetId {
	let asset = foreign_asset_id(Network::Polkadot, 0, FIRST + u64::from(number));
	register(asset, number);
	asset
}

fn amount_of(number: u32) -> Asset {
	registered(number);
	Asset { id: AssetId(location(number)), fun: Fungible(1_000_000_000_000) }
}

/// Lets pallet-asset-rate name assets.
pub struct RatedAssets;

impl pallet_asset_rate::AssetKindFactory<crate::AssetId> for RatedAssets {
	fn create_asset_kind(seed: u32) -> crate::AssetId {
		seed.into()
	}
}

/// Opens the lane, and gives who sends what the delivery costs.
pub struct Delivery;

impl EnsureDelivery for Delivery {
	fn ensure_successful_delivery(
		origin: &Location,
		_: &Location,
		_: FeeReason,
	) -> (Option<FeesMode>, Option<Assets>) {
		open_lane();
		if let Some(account) = LocationToAccountId::convert_location(origin) {
			let enough = 1_000 * PICA;
			let _ = <Balances as Mutate<_>>::mint_into(&account, enough);
		}
		(Some(FeesMode { jit_withdraw: true }), None)
	}
}

impl pallet_xcm::benchmarking::Config for Runtime {
	type DeliveryHelper = Delivery;

	fn reachable_dest() -> Option<Location> {
		open_lane();
		Some(chain())
	}

	fn reserve_transferable_asset_and_dest() -> Option<(Asset, Location)> {
		open_lane();
		let caller: AccountId = frame_benchmarking::whitelisted_caller();
		let enough = 1_000 * PICA;
		<Balances as Mutate<_>>::mint_into(&caller, enough).ok()?;
		Some((Self::get_asset(), chain()))
	}

	fn set_up_complex_asset_transfer() -> Option<(Assets, u32, Location, Box<dyn FnOnce()>)> {
		open_lane();
		let caller: AccountId = frame_benchmarking::whitelisted_caller();
		let enough = 1_000 * PICA;
		<Balances as Mutate<_>>::mint_into(&caller, enough).ok()?;
		let asset = registered(0);
		let Asset { fun: Fungible(amount), .. } = amount_of(0) else { return None };
		<NativeAndForeign as frame_support::traits::fungibles::Mutate<_>>::mint_into(
			asset, &caller, amount,
		)
		.ok()?;
		let assets: Assets = vec![amount_of(0)].into();
		let left = move || assert_eq!(crate::Assets::balance(asset, &caller), 0);
		Some((assets, 0, chain(), Box::new(left)))
	}

	fn get_asset() -> Asset {
		Asset { id: AssetId(Location::here()), fun: Fungible(PICA) }
	}

	fn get_assets(count: u32) -> Assets {
		(0..count).map(amount_of).collect::<alloc::vec::Vec<_>>().into()
	}

	fn batch_call(calls: alloc::vec::Vec<RuntimeCall>) -> Option<RuntimeCall> {
		Some(pallet_utility::Call::batch { calls }.into())
	}
}

impl pallet_xcm_benchmarks::Config for Runtime {
	type XcmConfig = XcmConfig;
	type AccountIdConverter = LocationToAccountId;
	type DeliveryHelper = Delivery;

	fn valid_destination() -> Result<Location, BenchmarkError> {
		open_lane();
		Ok(chain())
	}

	fn worst_case_holding(_: u32) -> AssetsInHolding {
		registered(0);
		pallet_xcm_benchmarks::generate_holding_assets(MaxAssetsIntoHolding::get())
	}
}

parameter_types! {
	pub const BenchmarkAsset: crate::AssetId =
		foreign_asset_id(Network::Polkadot, 0, FIRST);
	pub const NoCheckedAccount: Option<(AccountId, staging_xcm_builder::MintLocation)> = None;
	pub const NoTeleporter: Option<(Location, Asset)> = None;
	pub Reserve: Option<(Location, Asset)> = Some((chain(), amount_of(0)));
}

/// With a foreign asset: it costs more than PICA does.
impl pallet_xcm_benchmarks::fungible::Config for Runtime {
	type TransactAsset = ItemOf<crate::Assets, BenchmarkAsset, AccountId>;
	type CheckedAccount = NoCheckedAccount;
	type TrustedTeleporter = NoTeleporter;
	type TrustedReserve = Reserve;

	fn get_asset() -> Asset {
		amount_of(0)
	}
}

impl pallet_xcm_benchmarks::generic::Config for Runtime {
	type RuntimeCall = RuntimeCall;
	type TransactAsset = Balances;

	fn worst_case_response() -> (u64, Response) {
		(0, Response::Version(Default::default()))
	}

	fn worst_case_asset_exchange() -> Result<(Assets, Assets), BenchmarkError> {
		Err(BenchmarkError::Skip)
	}

	fn universal_alias() -> Result<(Location, Junction), BenchmarkError> {
		Err(BenchmarkError::Skip)
	}

	fn transact_origin_and_runtime_call() -> Result<(Location, RuntimeCall), BenchmarkError> {
		open_lane();
		let call = pallet_cvm::Call::set_keepers { salt: 0, keepers: Default::default() };
		Ok((chain(), call.into()))
	}

	fn subscribe_origin() -> Result<Location, BenchmarkError> {
		open_lane();
		Ok(chain())
	}

	fn claimable_asset() -> Result<(Location, Location, Assets), BenchmarkError> {
		let assets: Assets = vec![amount_of(0)].into();
		Ok((chain(), GeneralIndex(staging_xcm::latest::VERSION.into()).into(), assets))
	}

	fn worst_case_for_trader() -> Result<(Asset, WeightLimit), BenchmarkError> {
		Ok((Asset { id: AssetId(Location::here()), fun: Fungible(u128::MAX) }, Unlimited))
	}

	fn unlockable_asset() -> Result<(Location, Location, Asset), BenchmarkError> {
		Err(BenchmarkError::Skip)
	}

	fn export_message_origin_and_destination(
	) -> Result<(Location, NetworkId, InteriorLocation), BenchmarkError> {
		Err(BenchmarkError::Skip)
	}

	fn alias_origin() -> Result<(Location, Location), BenchmarkError> {
		let account = AccountId32 { network: None, id: [1; 32] };
		let within = chain().appended_with(account).map_err(|_| BenchmarkError::Skip)?;
		Ok((chain(), within))
	}
}

impl pallet_asset_registry::BenchmarkHelper for RatedAssets {
	fn create_vault(asset: crate::AssetId, deposit_cap: Balance) {
		let rate = FixedU128::from_u32(1);
		let _ = AssetRate::create(RuntimeOrigin::root(), Box::new(asset), rate);
		let treasury = TreasuryAccount::get();
		endow(&treasury, asset);
		let settings = VaultSettings {
			deposit_cap,
			minimum_stake: 0,
			status: VaultStatus::Open,
			yield_rate: Default::default(),
		};
		assert_ok!(Restaking::create_vault(RuntimeOrigin::root(), asset, settings));
	}
}

fn endow(who: &AccountId, asset: crate::AssetId) {
	assert_ok!(<NativeAndForeign as fungibles::Mutate<_>>::mint_into(asset, who, 10u128.pow(15)));
}

/// Lanes whose messages bring assets.
pub struct MessagesOfBenchmarks;

impl pallet_lanes::BenchmarkHelper for MessagesOfBenchmarks {
	fn register(
		chain: &InteriorLocation,
		count: u32,
	) -> alloc::vec::Vec<(crate::AssetId, Location)> {
		let reserve = Location::new(1, chain.clone());
		(0..count)
			.map(|number| {
				let asset = foreign_asset_id(Network::Polkadot, 1, number.into());
				let place = [PalletInstance(50), GeneralIndex(number.into())];
				let location = reserve.clone().appended_with(place).expect("it is not too deep");
				register_at(asset, location.clone(), reserve.clone());
				(asset, location)
			})
			.collect()
	}

	fn set_version(chain: &Location) {
		set_version(chain.clone());
	}
}

/// Programs over pools as operators make them.
pub struct ProgramScene;

impl pallet_cvm::BenchmarkHelper<AccountId> for ProgramScene {
	fn asset(number: u32) -> crate::AssetId {
		registered(number)
	}

	fn endow(who: &AccountId, asset: crate::AssetId) {
		endow(who, asset);
	}

	fn pools() -> (PoolId, PoolId) {
		use pallet_avs::BenchmarkHelper;
		let (asset, operator) = (registered(0), frame_benchmarking::account("operator", 0, 0));
		let vault = pallet_restaking::Vaults::<Runtime>::contains_key(asset);
		if !vault {
			<RatedAssets as pallet_asset_registry::BenchmarkHelper>::create_vault(
				asset,
				10u128.pow(29),
			);
		}
		endow(&operator, picasso_primitives::PICA);
		endow(&operator, picasso_primitives::PICA);
		AvsScene::endow(&operator);
		AvsScene::register_operator(&operator);
		let first = AvsScene::create_pool(&operator, asset);
		(first, AvsScene::copy_pool(first, &operator))
	}

	fn reward(pool: PoolId) {
		use picasso_primitives::rewards::PoolRewards;
		let treasury = TreasuryAccount::get();
		endow(&treasury, picasso_primitives::PICA);
		let listed = pallet_restaking::RewardCurrencies::<Runtime>::get().len() as u32;
		let most = <Runtime as pallet_restaking::Config>::MaxRewardCurrencies::get();
		for number in listed..most {
			let currency = registered(100 + number);
			endow(&treasury, currency);
			assert_ok!(Restaking::add_reward_currency(RuntimeOrigin::root(), currency));
		}
		for currency in pallet_restaking::RewardCurrencies::<Runtime>::get() {
			endow(&treasury, currency.asset);
			assert_ok!(Restaking::credit(&treasury, currency.asset, 1, &[(pool, 1_000_000)]));
		}
		System::set_block_number(System::block_number() + 2);
	}

	fn turn_to(era: EraIndex) {
		use pallet_avs::BenchmarkHelper;
		while Restaking::era_info().expect("a clock").index < era {
			AvsScene::turn_era();
		}
	}
}
