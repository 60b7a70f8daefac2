// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The pallets that can be benchmarked, and what their benchmarks need of the runtime.

mod xcm;

pub use xcm::{MessagesOfBenchmarks, ProgramScene, RatedAssets};

use crate::*;
use alloc::vec;
use configs::{assets::NativeAndForeign, payments::PaidAsset};
use frame_support::{
	assert_ok,
	traits::{fungibles::Mutate, Get, Hooks},
	BoundedVec,
};
use pallet_restaking::Bucket;
use picasso_primitives::{
	avs::{
		possession_message, AssetTerms, AvsKey, AvsSignature, EntryProof, Membership, PicaTable,
		StakeTables, TableEntry, TableSummary, Terms, MAX_ASSETS, MAX_OPERATORS,
	},
	conditions::Condition,
	math::SharePool,
	restaking::{VaultSettings, VaultStatus},
	AvsId, EraIndex, PoolId,
};
use sp_core::crypto::KeyTypeId;
use sp_runtime::{FixedU128, Perbill};
use staging_xcm::latest::Location;

pub use frame_system_benchmarking::{
	extensions::Pallet as SystemExtensionsBench, Pallet as SystemBench,
};
pub use pallet_xcm::benchmarking::Pallet as PolkadotXcmBench;
pub use pallet_xcm_benchmarks::{
	fungible::Pallet as XcmFungibleBench, generic::Pallet as XcmGenericBench,
};

impl frame_system_benchmarking::Config for Runtime {}

frame_benchmarking::define_benchmarks!(
	[frame_system, SystemBench::<Runtime>]
	[frame_system_extensions, SystemExtensionsBench::<Runtime>]
	[pallet_assets, Assets]
	[pallet_asset_registry, AssetRegistry]
	[pallet_avs, Avs]
	[pallet_balances, Balances]
	[pallet_collective, TechnicalCollective]
	[pallet_conviction_voting, ConvictionVoting]
	[pallet_cvm, Cvm]
	[pallet_emissions, Emissions]
	[pallet_identity, Identity]
	[pallet_im_online, ImOnline]
	[pallet_lanes, Lanes]
	[pallet_membership, TechnicalMembership]
	[pallet_multisig, Multisig]
	[pallet_parameters, Parameters]
	[pallet_preimage, Preimage]
	[pallet_proxy, Proxy]
	[pallet_referenda, Referenda]
	[pallet_restaking, Restaking]
	[pallet_scheduler, Scheduler]
	[pallet_slashing, Slashing]
	[pallet_timestamp, Timestamp]
	[pallet_treasury, Treasury]
	[pallet_utility, Utility]
	[pallet_whitelist, Whitelist]
	[pallet_xcm, PolkadotXcmBench::<Runtime>]
	[pallet_xcm_benchmarks::fungible, XcmFungibleBench::<Runtime>]
	[pallet_xcm_benchmarks::generic, XcmGenericBench::<Runtime>]
);

/// Registers assets as root, which creates them.
pub struct CreateByRoot;

impl pallet_restaking::BenchmarkHelper<AccountId> for CreateByRoot {
	fn create_asset(asset: AssetId) {
		xcm::register(asset, asset as u32);
	}

	fn mint(asset: AssetId, who: &AccountId, amount: Balance) {
		assert_ok!(NativeAndForeign::mint_into(asset, who, amount));
	}
}

/// Payments in an asset that is made for them.
pub struct TreasuryArguments;

impl pallet_treasury::ArgumentsFactory<PaidAsset, Location> for TreasuryArguments {
	fn create_asset_kind(_: u32) -> PaidAsset {
		PaidAsset::Here(picasso_primitives::PICA)
	}

	fn create_beneficiary(seed: [u8; 32]) -> Location {
		let beneficiary = AccountId::new(seed);
		assert_ok!(NativeAndForeign::mint_into(
			picasso_primitives::PICA,
			&beneficiary,
			constants::currency::PICA,
		));
		configs::xcm::account_location(&beneficiary)
	}
}

/// Vaults, operators and pools as governance and operators make them.
pub struct AvsScene;

impl pallet_avs::BenchmarkHelper<AccountId> for AvsScene {
	fn endow(who: &AccountId) {
		let amount = 10_000_000 * constants::currency::PICA;
		assert_ok!(NativeAndForeign::mint_into(picasso_primitives::PICA, who, amount));
	}

	fn create_vault(asset: AssetId) {
		if RewardCurrenciesOf::get().is_empty() {
			let pica = picasso_primitives::PICA;
			let treasury = configs::governance::TreasuryAccount::get();
			Self::endow(&treasury);
			assert_ok!(Restaking::add_reward_currency(RuntimeOrigin::root(), pica));
		}
		let funder = configs::governance::TreasuryAccount::get();
		<CreateByRoot as pallet_restaking::BenchmarkHelper<_>>::create_asset(asset);
		assert_ok!(NativeAndForeign::mint_into(asset, &funder, 1_000));
		let settings = VaultSettings {
			deposit_cap: 1_000_000_000_000,
			minimum_stake: 0,
			status: VaultStatus::Open,
			yield_rate: Default::default(),
		};
		assert_ok!(Restaking::create_vault(RuntimeOrigin::root(), asset, settings));
	}

	fn register_operator(who: &AccountId) {
		let origin = RuntimeOrigin::signed(who.clone());
		assert_ok!(Restaking::register_operator(origin, Perbill::from_percent(1), Vec::new()));
	}

	fn create_pool(operator: &AccountId, asset: AssetId) -> PoolId {
		let origin = || RuntimeOrigin::signed(operator.clone());
		let pool = pallet_restaking::NextPoolId::<Runtime>::get();
		assert_ok!(Restaking::create_pool(origin(), asset, Vec::new()));
		let least = pallet_restaking::Vaults::<Runtime>::get(asset)
			.map_or(0, |vault| vault.settings.minimum_stake);
		let amount = least.max(1_000_000);
		assert_ok!(NativeAndForeign::mint_into(asset, operator, 2 * amount));
		assert_ok!(Restaking::stake(origin(), pool, amount, 0));
		pool
	}

	fn copy_pool(of: PoolId, operator: &AccountId) -> PoolId {
		let pool = pallet_restaking::NextPoolId::<Runtime>::get();
		pallet_restaking::NextPoolId::<Runtime>::put(pool + 1);
		let mut copy = pallet_restaking::Pools::<Runtime>::get(of).expect("a pool");
		copy.operator = operator.clone();
		pallet_restaking::PoolsByAsset::<Runtime>::insert(copy.asset, pool, ());
		// So much that products with it are of more than 128 bits.
		let much = 10u128.pow(20);
		copy.active = SharePool { balance: much * 2, shares: much * 3 };
		copy.own_shares = much;
		let exits = SharePool { balance: 1, shares: 1 };
		let bucket = Bucket { maturity: 1, generation: 0, exits };
		let slot = copy.rewards.slots.first().copied().unwrap_or_default();
		copy.buckets = BoundedVec::truncate_from(vec![bucket; 64]);
		copy.rewards.slots = BoundedVec::truncate_from(vec![slot; 64]);
		pallet_restaking::Pools::<Runtime>::insert(pool, copy);
		pool
	}

	fn turn_era() {
		let length = Restaking::era_info().expect("a clock").length;
		let block = System::block_number() + length;
		System::set_block_number(block);
		Restaking::on_initialize(block);
	}

	fn reject(referendum: u32) {
		let rejected = pallet_referenda::ReferendumInfo::Rejected(0, None, None);
		pallet_referenda::ReferendumInfoFor::<Runtime>::insert(referendum, rejected);
	}
}

/// AVSs that operators serve, as governance and operators make them.
pub struct SlashingScene;

impl SlashingScene {
	const ASSETS: AssetId = 7 << 96 | 9_000;

	fn join(keys: KeyTypeId, operator: &AccountId, avs: AvsId) {
		let public = sp_io::crypto::ecdsa_generate(keys, None);
		let message = possession_message(System::block_hash(0), avs, operator);
		let proof = sp_io::crypto::ecdsa_sign(keys, &public, &message).expect("the key is there");
		let key = (AvsKey::Ecdsa(public.0), AvsSignature::Ecdsa(proof.0));
		assert_ok!(Avs::join(RuntimeOrigin::signed(operator.clone()), avs, Some(key)));
	}

	fn terms(conditions: Vec<Condition<AccountId>>) -> Terms<AccountId> {
		let assets: Vec<_> = (0..AssetId::from(MAX_ASSETS))
			.map(|number| AssetTerms {
				asset: Self::ASSETS + number,
				weight: FixedU128::from_u32(1),
				floor: None,
				cap: None,
			})
			.collect();
		Terms {
			assets: assets.try_into().expect("as many as may be"),
			minimum_security: 0,
			target_security: 0,
			minimum_operators: 1,
			maximum_operators: MAX_OPERATORS,
			minimum_stake: 0,
			minimum_self_stake: 0,
			maximum_share: Perbill::one(),
			minimum_nakamoto: 0,
			minimum_commission: Perbill::zero(),
			maximum_commission: Perbill::one(),
			membership: Membership::Open,
			conditions: conditions.try_into().expect("few conditions"),
			pay_currency: picasso_primitives::PICA,
			pay_per_era: 0,
			notice: 0,
		}
	}
}

impl pallet_slashing::BenchmarkHelper<AccountId> for SlashingScene {
	fn serve(
		keys: KeyTypeId,
		conditions: Vec<Condition<AccountId>>,
		operators: u32,
		pools: u32,
	) -> AvsId {
		use pallet_avs::BenchmarkHelper;
		for number in 0..AssetId::from(MAX_ASSETS) {
			AvsScene::create_vault(Self::ASSETS + number);
		}
		let owner = frame_benchmarking::account("owner", 0, 0);
		AvsScene::endow(&owner);
		let application = pallet_avs::NextApplicationId::<Runtime>::get();
		let avs = pallet_avs::NextAvsId::<Runtime>::get();
		let terms = alloc::boxed::Box::new(Self::terms(conditions));
		assert_ok!(Avs::propose(RuntimeOrigin::signed(owner), terms, Vec::new(), false));
		assert_ok!(Avs::onboard(RuntimeOrigin::root(), application));
		for number in 0..operators {
			let operator: AccountId = frame_benchmarking::account("operator", number, 0);
			AvsScene::endow(&operator);
			AvsScene::register_operator(&operator);
			Self::join(keys, &operator, avs);
			for pool in 0..if number == 0 { pools } else { 1 } {
				let asset = Self::ASSETS + AssetId::from(pool % MAX_ASSETS);
				let pool = AvsScene::create_pool(&operator, asset);
				if number == 0 {
					let origin = RuntimeOrigin::signed(operator.clone());
					assert_ok!(Restaking::stake(origin, pool, 1_000_000, 0));
				}
				let fraction = sp_runtime::Perquintill::from_percent(50);
				let change = pallet_avs::AllocationChange { avs, pool, fraction };
				let changes = BoundedVec::truncate_from(alloc::vec![change]);
				assert_ok!(Avs::allocate(RuntimeOrigin::signed(operator.clone()), changes));
			}
		}
		<Self as pallet_slashing::BenchmarkHelper<AccountId>>::turn_era();
		avs
	}

	fn prove(avs: AvsId, operator: &AccountId) -> EntryProof<AccountId> {
		let era = <Avs as StakeTables<AccountId>>::last_table(avs).expect("a table");
		Avs::entry_with_proof(avs, era, operator).expect("an operator of the table")
	}

	fn fill_table(avs: AvsId) {
		let era = <Avs as StakeTables<AccountId>>::last_table(avs).expect("a table");
		for page in 0..MAX_OPERATORS.div_ceil(picasso_primitives::avs::TABLE_PAGE) {
			pallet_avs::TablePages::<Runtime>::mutate((avs, era, page), |entries| {
				for entry in entries.iter_mut() {
					let most: u32 = <Runtime as pallet_avs::Config>::MaxPoolsPerMember::get();
					let pools = alloc::vec![(1, 1); most as usize];
					entry.pools = BoundedVec::truncate_from(pools);
				}
			});
		}
	}

	fn endow(who: &AccountId) {
		<AvsScene as pallet_avs::BenchmarkHelper<AccountId>>::endow(who);
	}

	fn turn_era() {
		<AvsScene as pallet_avs::BenchmarkHelper<AccountId>>::turn_era();
		Avs::on_idle(System::block_number(), frame_support::weights::Weight::MAX);
	}
}

/// What AVSs pay to whom.
pub struct EmissionsScene;

impl pallet_emissions::BenchmarkHelper<AccountId> for EmissionsScene {
	type PaidAsset = PaidAsset;
	type Beneficiary = Location;

	fn payment_abroad() -> (PaidAsset, Location) {
		xcm::payment_abroad()
	}

	fn list_currency(currency: AssetId) {
		if RewardCurrenciesOf::get().iter().any(|listed| listed.asset == currency) {
			return;
		}
		let treasury = configs::governance::TreasuryAccount::get();
		if currency != picasso_primitives::PICA {
			<CreateByRoot as pallet_restaking::BenchmarkHelper<_>>::create_asset(currency);
		}
		Self::endow(&treasury, currency);
		assert_ok!(Restaking::add_reward_currency(RuntimeOrigin::root(), currency));
	}

	fn endow(who: &AccountId, currency: AssetId) {
		let amount = 1_000 * constants::currency::PICA;
		assert_ok!(NativeAndForeign::mint_into(currency, who, amount));
	}

	fn onboard(currency: AssetId) -> AvsId {
		let keys = KeyTypeId(*b"emis");
		let avs =
			<SlashingScene as pallet_slashing::BenchmarkHelper<_>>::serve(keys, Vec::new(), 0, 0);
		let first = pallet_avs::Avss::<Runtime>::get(avs).expect("an AVS").terms[0];
		pallet_avs::TermsOf::<Runtime>::mutate(avs, first, |terms| {
			terms.as_mut().expect("terms").pay_currency = currency;
		});
		avs
	}

	fn register_operator(who: &AccountId) {
		<AvsScene as pallet_avs::BenchmarkHelper<_>>::endow(who);
		<AvsScene as pallet_avs::BenchmarkHelper<_>>::register_operator(who);
	}

	fn create_pools(asset: AssetId, rate: FixedU128, count: u32) -> Vec<PoolId> {
		use pallet_avs::BenchmarkHelper;
		if !pallet_restaking::Vaults::<Runtime>::contains_key(asset) {
			let treasury = configs::governance::TreasuryAccount::get();
			if asset != picasso_primitives::PICA {
				<CreateByRoot as pallet_restaking::BenchmarkHelper<_>>::create_asset(asset);
			}
			Self::endow(&treasury, asset);
			let settings = VaultSettings {
				deposit_cap: 10u128.pow(29),
				minimum_stake: 0,
				status: VaultStatus::Open,
				yield_rate: Default::default(),
			};
			assert_ok!(Restaking::create_vault(RuntimeOrigin::root(), asset, settings));
		}
		pallet_restaking::Vaults::<Runtime>::mutate(asset, |vault| {
			vault.as_mut().expect("a vault").settings.yield_rate = rate;
		});
		let operator: AccountId = frame_benchmarking::account("pools", 0, 0);
		Self::register_operator(&operator);
		let first = AvsScene::create_pool(&operator, asset);
		let treasury = configs::governance::TreasuryAccount::get();
		for currency in RewardCurrenciesOf::get() {
			use picasso_primitives::rewards::PoolRewards;
			Self::endow(&treasury, currency.asset);
			let amounts = [(first, 1_000_000)];
			assert_ok!(Restaking::credit(&treasury, currency.asset, 1_000, &amounts));
		}
		(0..count).map(|_| AvsScene::copy_pool(first, &operator)).collect()
	}

	fn set_table(avs: AvsId, era: EraIndex, entries: Vec<TableEntry<AccountId>>) {
		let summary = TableSummary {
			root: Default::default(),
			operators: entries.len() as u32,
			total: entries.iter().map(|entry| entry.weight).sum(),
			dormancy: None,
		};
		pallet_avs::Tables::<Runtime>::insert(avs, era, summary);
		let stored = entries.into_iter().map(|entry| pallet_avs::StoredEntry {
			operator: entry.operator,
			key: entry.key,
			weight: entry.weight,
			commission: entry.commission,
			pools: BoundedVec::truncate_from(entry.pools),
		});
		let page = BoundedVec::truncate_from(stored.collect());
		pallet_avs::TablePages::<Runtime>::insert((avs, era, 0), page);
		pallet_avs::Avss::<Runtime>::mutate(avs, |record| {
			record.as_mut().expect("an AVS").tables.last = Some(era);
		});
	}

	fn set_pica_table(era: EraIndex, stakes: Vec<(PoolId, Balance)>) {
		let table = PicaTable {
			era,
			pools: stakes.len() as u32,
			total: stakes.iter().map(|(_, stake)| stake).sum(),
			pages: 1,
		};
		let history = pallet_avs::PicaHistory { last: Some(table), ..Default::default() };
		pallet_avs::PicaTables::<Runtime>::put(history);
		pallet_avs::PicaPages::<Runtime>::insert(era, 0, BoundedVec::truncate_from(stakes));
	}

	fn put_behind_chain(operator: &AccountId, pools: &[PoolId]) {
		use picasso_primitives::avs::{CHAIN, WHOLE};
		let asset = pallet_restaking::Pools::<Runtime>::get(pools[0]).expect("a pool").asset;
		if !pallet_avs::Avss::<Runtime>::contains_key(CHAIN) {
			let avs = Self::onboard(picasso_primitives::PICA);
			assert_eq!(avs, CHAIN, "the first AVS is the chain");
		}
		let first = pallet_avs::Avss::<Runtime>::get(CHAIN).expect("the chain").terms[0];
		pallet_avs::TermsOf::<Runtime>::mutate(CHAIN, first, |terms| {
			terms.as_mut().expect("terms").assets[0].asset = asset;
		});
		for pool in pools {
			pallet_restaking::Pools::<Runtime>::mutate(pool, |pool| {
				pool.as_mut().expect("a pool").operator = operator.clone();
			});
			let whole = pallet_avs::PoolMagnitude::new(0, 0);
			pallet_avs::PoolMagnitudes::<Runtime>::insert(pool, whole);
			let mut part = pallet_avs::Allocation::new(0, 0);
			part.note(0, WHOLE / 2, 1);
			pallet_avs::Allocations::<Runtime>::insert(pool, CHAIN, part);
		}
		let pools = BoundedVec::truncate_from(pools.to_vec());
		pallet_avs::AllocatedPools::<Runtime>::insert(operator, CHAIN, pools);
	}

	fn turn_era() {
		<AvsScene as pallet_avs::BenchmarkHelper<_>>::turn_era();
	}
}

type RewardCurrenciesOf = pallet_restaking::RewardCurrencies<Runtime>;
