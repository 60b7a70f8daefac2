// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! A chain with balances, assets, the ledger of stake and AVSs.

use crate as pallet_avs;
use crate::{pallet::*, types::*};
use frame_support::{
	assert_ok, derive_impl, parameter_types,
	traits::{
		fungible, fungible::HoldConsideration, AsEnsureOriginWithArg, ConstU32, ConstU64, Contains,
		Footprint, Hooks,
	},
	weights::Weight,
	PalletId,
};
use frame_system::{EnsureRoot, EnsureRootWithSuccess, EnsureSigned};
use picasso_primitives::{
	assets::{self, NativeOrForeign},
	avs::{
		possession_message, ApplicationId, AssetTerms, AvsKey, AvsSignature, Membership, Referenda,
		ReferendumOutcome, Terms,
	},
	emissions::Paymaster,
	math::Ratio,
	restaking::{StakeLedger, VaultSettings, VaultStatus},
	slashing::{Claim, Slashable, SlashableParts, SlashedPool},
	AssetId, AvsId, Balance, EraIndex, PoolId, PICA,
};
use sp_core::{crypto::Pair, ed25519, H256};
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::{
	traits::{Convert, IdentityLookup},
	BuildStorage, DispatchError, DispatchResult, FixedU128, Perbill, Perquintill,
};
use std::collections::BTreeMap;

/// Wide enough to tell the vaults' accounts apart.
pub type AccountId = u128;

pub const GOVERNANCE: AccountId = 1;
pub const ISSUER: AccountId = 2;
pub const TREASURY: AccountId = 3;
/// Operators; each has a pool of [`SOL`] and one of PICA.
pub const OPERATORS: [AccountId; 4] = [10, 11, 12, 13];
pub const ALICE: AccountId = 20;
pub const BOB: AccountId = 21;

pub const SOL: AssetId = 1000;
/// An asset for which there is no vault.
pub const IDLE: AssetId = 1002;

pub const UNIT: Balance = 1_000_000_000;
pub const ENDOWMENT: Balance = 1_000_000 * UNIT;
pub const DEPOSIT: Balance = 1_000 * UNIT;
pub const ERA: u64 = 10;
pub const UNBONDING: EraIndex = 7;
pub const GRANULARITY: EraIndex = 2;

/// The pool of [`SOL`] of an operator, and that of PICA.
pub fn sol_pool(operator: usize) -> PoolId {
	operator as PoolId * 2
}

pub fn pica_pool(operator: usize) -> PoolId {
	sol_pool(operator) + 1
}

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
	pub type Assets = pallet_assets;
	#[runtime::pallet_index(3)]
	pub type Restaking = pallet_restaking;
	#[runtime::pallet_index(4)]
	pub type Avs = pallet_avs;
}

type Block = frame_system::mocking::MockBlock<Test>;

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
	type AccountData = pallet_balances::AccountData<Balance>;
}

parameter_types! {
	pub const ExistentialDeposit: Balance = UNIT;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = Balance;
	type ExistentialDeposit = ExistentialDeposit;
	type AccountStore = System;
	type RuntimeHoldReason = RuntimeHoldReason;
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
	pub const RestakingPalletId: PalletId = PalletId(*b"restakng");
	pub const NativeAsset: AssetId = PICA;
	pub const Funder: AccountId = GOVERNANCE;
	pub const Treasury: AccountId = TREASURY;
	pub const OperatorReason: RuntimeHoldReason =
		RuntimeHoldReason::Restaking(pallet_restaking::HoldReason::OperatorDeposit);
	pub const MemberReason: RuntimeHoldReason = RuntimeHoldReason::Avs(HoldReason::Member);
	pub const MaxCommission: Perbill = Perbill::from_percent(20);
	pub const ApplicationDeposit: Balance = DEPOSIT;
	pub const RejectionCost: Perbill = Perbill::from_percent(10);
	pub const MockEraSettings: pallet_restaking::EraSettings<u64> = pallet_restaking::EraSettings {
		length: ERA,
		unbonding: UNBONDING,
		granularity: GRANULARITY,
	};
	/// What a block leaves for tables.
	pub static IdleWeight: Weight = Weight::MAX;
	pub static Outcomes: BTreeMap<u32, ReferendumOutcome> = BTreeMap::new();
	pub static DecisionDeposits: Vec<u32> = Vec::new();
	pub static RefuseReferenda: bool = false;
	/// What a step of the table of PICA's pools costs.
	pub static PicaPageCost: u64 = 0;
}

/// 100 for an item and 1 for a byte.
pub struct StoragePrice;

impl Convert<Footprint, Balance> for StoragePrice {
	fn convert(footprint: Footprint) -> Balance {
		Balance::from(footprint.count) * 100 + Balance::from(footprint.size)
	}
}

/// A weight of nothing for each call named.
macro_rules! free {
	($($call:ident($($argument:ty)?)),* $(,)?) => {
		$(fn $call($(_: $argument)?) -> Weight {
			Weight::zero()
		})*
	};
}

pub struct Free;

impl pallet_restaking::WeightInfo for Free {
	free!(
		on_initialize(),
		create_vault(),
		set_vault(),
		set_era_settings(),
		register_operator(),
		create_pool(),
		set_pool_status(),
		stake(),
		unstake(),
		withdraw(),
		move_proceeds(),
		set_metadata(),
		set_commission(),
		set_operator_status(),
		deregister_operator(),
		set_chilled(),
		set_pool_access(),
		set_approval(),
		remove_pool(),
		unstake_for(),
		redelegate(),
		complete_move(),
		cancel_unstake(),
		transfer_ticket(),
		withdraw_many(u32),
		add_reward_currency(),
		set_reward_currency(),
		claim(u32),
		claim_compounding(u32),
		set_compounding(),
		move_unearned(),
		staked_value(u32),
		exiting_value(u32),
	);
}

/// Building a table costs 10, 2 for each member with a pool, and 4 for each with three.
impl crate::WeightInfo for Free {
	free!(
		propose(),
		onboard(),
		settle_applications(u32),
		set_terms(),
		set_metadata(),
		offer_ownership(),
		accept_ownership(),
		join(),
		set_key(),
		forget_key(),
		leave(u32),
		admit(),
		withdraw_invitation(),
		remove_unfit(u32),
		release_operator(),
		allocate(u32),
		free_allocation(),
		offboard(),
		go_on_with_turn(),
	);

	fn build_pica_page() -> Weight {
		Weight::from_parts(PicaPageCost::get(), 0)
	}

	fn forget_pica_page() -> Weight {
		Weight::from_parts(PicaPageCost::get(), 0)
	}

	fn build_table(members: u32, full: u32) -> Weight {
		Weight::from_parts(10 + 2 * u64::from(members) + 4 * u64::from(full), 0)
	}
}

impl pallet_restaking::Config for Test {
	type Assets = fungible::UnionOf<Balances, Assets, NativeOrForeign, AssetId, AccountId>;
	type Transfers = assets::NativeAndForeign<Balances, Test>;
	type NativeAsset = NativeAsset;
	type GovernanceOrigin = EnsureRootWithSuccess<AccountId, Funder>;
	type Treasury = Treasury;
	type OperatorDeposit = HoldConsideration<AccountId, Balances, OperatorReason, StoragePrice>;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Obligations = Avs;
	type VaultPolicy = ();
	type ExitRoutes = ();
	type StakeLocks = ();
	type BlockNumberProvider = System;
	type PalletId = RestakingPalletId;
	type MaxMetadataLength = ConstU32<16>;
	type MaxNameLength = ConstU32<8>;
	type MaxCommission = MaxCommission;
	type MaxPoolsPerOperator = ConstU32<6>;
	type MaxPoolsPerAsset = ConstU32<4>;
	type MaxBuckets = ConstU32<4>;
	type MaxRewardCurrencies = ConstU32<3>;
	type MaxWithdrawals = ConstU32<5>;
	type MaxEraLength = ConstU64<100>;
	type MaxUnbonding = ConstU32<10>;
	type DefaultEraSettings = MockEraSettings;
	type WeightInfo = Free;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Scene;
}

/// PICA and SOL.
pub struct PayCurrencies;

impl Contains<AssetId> for PayCurrencies {
	fn contains(asset: &AssetId) -> bool {
		[PICA, SOL].contains(asset)
	}
}

/// Referenda that end as a test says.
pub struct MockReferenda;

impl Referenda<AccountId> for MockReferenda {
	fn submit(_: &AccountId, application: ApplicationId) -> Result<u32, DispatchError> {
		if RefuseReferenda::get() {
			return Err(DispatchError::Unavailable);
		}
		let referendum = 100 + application;
		Outcomes::mutate(|outcomes| outcomes.insert(referendum, ReferendumOutcome::Ongoing));
		Ok(referendum)
	}

	fn place_decision_deposit(_: &AccountId, referendum: u32) -> DispatchResult {
		DecisionDeposits::mutate(|deposits| deposits.push(referendum));
		Ok(())
	}

	fn outcome(referendum: u32) -> ReferendumOutcome {
		Outcomes::get().get(&referendum).copied().unwrap_or(ReferendumOutcome::Ended)
	}
}

parameter_types! {
	/// AVSs whose escrow is empty.
	pub static Broke: Vec<AvsId> = vec![];
	/// What was set aside: AVS, era, currency and planck.
	pub static SetAside: Vec<(AvsId, EraIndex, AssetId, Balance)> = vec![];
	/// The first era that is not paid out; none where all are.
	pub static FirstUnpaid: Option<EraIndex> = None;
	/// AVSs that were forgotten, and their last owners.
	pub static Closed: Vec<(AvsId, Option<AccountId>)> = vec![];
}

/// Pays for all but those who can't.
pub struct MockPaymaster;

impl Paymaster<AccountId> for MockPaymaster {
	fn set_aside(avs: AvsId, era: EraIndex, currency: AssetId, amount: Balance) -> bool {
		SetAside::mutate(|known| known.push((avs, era, currency, amount)));
		!Broke::get().contains(&avs)
	}

	fn weight_of_setting_aside() -> Weight {
		Weight::zero()
	}

	fn first_unpaid_era() -> Option<EraIndex> {
		FirstUnpaid::get()
	}

	fn close(avs: AvsId, owner: Option<AccountId>) {
		Closed::mutate(|known| known.push((avs, owner)));
	}

	fn forget_operator(_: &AccountId) {}
}

impl pallet_avs::Config for Test {
	type Ledger = Restaking;
	type PayCurrencies = PayCurrencies;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Referenda = MockReferenda;
	type OnTable = ();
	type Paymaster = MockPaymaster;
	type ShortestDispute = ConstU32<1>;
	type AvsAdminOrigin = EnsureRoot<AccountId>;
	type Treasury = Treasury;
	type ApplicationDeposit = ApplicationDeposit;
	type RejectionCost = RejectionCost;
	type MemberDeposit = HoldConsideration<AccountId, Balances, MemberReason, StoragePrice>;
	type MaxApplications = ConstU32<3>;
	type MaxMetadataLength = ConstU32<16>;
	type MaxNotice = ConstU32<20>;
	type MaxMembers = ConstU32<5>;
	type MaxPoolsPerMember = ConstU32<3>;
	type PicaPage = ConstU32<2>;
	type MaxReleases = ConstU32<4>;
	type MaxChanges = ConstU32<4>;
	type ErasPerYear = ConstU32<2190>;
	type WeightInfo = Free;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Scene;
}

/// Builds a chain on which four operators have pools, and the persons are endowed.
pub struct ExtBuilder;

impl ExtBuilder {
	pub fn build() -> sp_io::TestExternalities {
		let people = || [GOVERNANCE, ALICE, BOB].into_iter().chain(OPERATORS);
		let settings = VaultSettings {
			deposit_cap: ENDOWMENT * 100,
			minimum_stake: 0,
			status: VaultStatus::Open,
			yield_rate: FixedU128::from_u32(0),
		};
		let pools = || vec![(SOL, b"sol".to_vec()), (PICA, b"pica".to_vec())];
		let operator = |who| (who, Perbill::from_percent(5), b"operator".to_vec(), pools());
		let storage = RuntimeGenesisConfig {
			balances: pallet_balances::GenesisConfig {
				balances: people().chain([TREASURY]).map(|who| (who, ENDOWMENT)).collect(),
				..Default::default()
			},
			assets: pallet_assets::GenesisConfig {
				assets: [SOL, IDLE].iter().map(|id| (*id, ISSUER, true, 1)).collect(),
				accounts: people().map(|who| (SOL, who, ENDOWMENT)).collect(),
				..Default::default()
			},
			restaking: pallet_restaking::GenesisConfig {
				era: MockEraSettings::get(),
				funder: Some(GOVERNANCE),
				reward_currencies: vec![PICA, SOL],
				vaults: [SOL, PICA].map(|asset| (asset, settings)).to_vec(),
				stakes: vec![],
				operators: OPERATORS.map(operator).to_vec(),
			},
			avs: pallet_avs::GenesisConfig {
				terms: Some(chain_terms()),
				operators: vec![(OPERATORS[0], vec![pica_pool(0)])],
			},
			..Default::default()
		}
		.build_storage()
		.expect("genesis builds");
		let mut externalities = sp_io::TestExternalities::new(storage);
		externalities.register_extension(KeystoreExt::new(MemoryKeystore::new()));
		externalities.execute_with(|| {
			System::set_block_number(1);
			Outcomes::take();
			DecisionDeposits::take();
			RefuseReferenda::set(false);
			Broke::set(vec![]);
			SetAside::set(vec![]);
			FirstUnpaid::set(None);
			Closed::set(vec![]);
			IdleWeight::set(Weight::MAX);
			PicaPageCost::set(0);
		});
		externalities
	}

	/// Runs a test, and checks the invariants after it.
	pub fn execute(test: impl FnOnce()) {
		Self::build().execute_with(|| {
			check();
			test();
			check();
		})
	}
}

/// Checks every invariant of both pallets.
pub fn check() {
	Restaking::do_try_state().expect("the ledger's invariants hold");
	Avs::do_try_state().expect("the registry's invariants hold");
}

fn chain_terms() -> crate::genesis::ChainTerms {
	crate::genesis::ChainTerms {
		assets: vec![(PICA, FixedU128::from_u32(1))],
		minimum_operators: 1,
		maximum_operators: 3,
		minimum_stake: 1,
		pay_currency: PICA,
		pay_per_era: 0,
		notice: 2,
		evidence_window: 3,
		dispute_window: 1,
	}
}

/// Terms that ask for little: a unit of security for each planck of SOL.
pub fn terms() -> Terms<AccountId> {
	Terms {
		assets: vec![asset_terms(SOL)].try_into().expect("one asset"),
		minimum_security: 0,
		target_security: 0,
		minimum_operators: 1,
		maximum_operators: 4,
		minimum_stake: 0,
		minimum_self_stake: 0,
		maximum_share: Perbill::one(),
		minimum_nakamoto: 0,
		minimum_commission: Perbill::zero(),
		maximum_commission: Perbill::one(),
		membership: Membership::Open,
		conditions: Default::default(),
		pay_currency: PICA,
		pay_per_era: 1_000,
		notice: 3,
	}
}

pub fn asset_terms(asset: AssetId) -> AssetTerms {
	AssetTerms { asset, weight: FixedU128::from_u32(1), floor: None, cap: None }
}

pub fn origin(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

/// An AVS of Alice's, onboarded by the enactment of its referendum.
pub fn onboard(terms: Terms<AccountId>) -> AvsId {
	let (application, avs) = (NextApplicationId::<Test>::get(), NextAvsId::<Test>::get());
	assert_ok!(Avs::propose(origin(ALICE), Box::new(terms), b"an AVS".to_vec(), false));
	assert_ok!(Avs::onboard(RuntimeOrigin::root(), application));
	avs
}

fn pair(operator: usize) -> ed25519::Pair {
	ed25519::Pair::from_seed(&[operator as u8; 32])
}

/// A key of an operator's, proved for an AVS.
pub fn key(operator: usize, avs: AvsId) -> (AvsKey, AvsSignature) {
	let genesis: H256 = System::block_hash(0);
	let message = possession_message(genesis, avs, &OPERATORS[operator % 4]);
	let pair = pair(operator);
	(AvsKey::Ed25519(pair.public().0), AvsSignature::Ed25519(pair.sign(&message).0))
}

pub fn join(operator: usize, avs: AvsId) {
	assert_ok!(Avs::join(origin(OPERATORS[operator]), avs, Some(key(operator, avs))));
}

pub fn percent(part: u64) -> Perquintill {
	Perquintill::from_percent(part)
}

pub fn try_allocate(
	operator: usize,
	avs: AvsId,
	pool: PoolId,
	fraction: Perquintill,
) -> DispatchResult {
	let change = AllocationChange { avs, pool, fraction };
	let changes = vec![change].try_into().expect("one change");
	frame_support::storage::with_storage_layer(|| {
		Avs::allocate(origin(OPERATORS[operator]), changes)
	})
}

pub fn allocate(operator: usize, avs: AvsId, pool: PoolId, part: u64) {
	assert_ok!(try_allocate(operator, avs, pool, percent(part)));
}

pub fn stake(who: AccountId, pool: PoolId, amount: Balance) {
	assert_ok!(Restaking::stake(origin(who), pool, amount, 0));
}

pub fn era() -> EraIndex {
	<Restaking as StakeLedger<AccountId>>::current_era()
}

pub fn next_block() {
	let block = System::block_number() + 1;
	System::set_block_number(block);
	Restaking::on_initialize(block);
	Avs::on_idle(block, IdleWeight::get());
}

pub fn run_to_era(index: EraIndex) {
	while era() < index {
		next_block();
	}
}

pub fn next_era() {
	run_to_era(era() + 1);
}

/// An AVS's table of the current era: operators and weights.
pub fn table(avs: AvsId) -> Vec<(AccountId, u128)> {
	Avs::whole_table(avs, era()).into_iter().map(|entry| (entry.operator, entry.weight)).collect()
}

/// What the slashing pallet does for a fault of this era: takes an AVS's part of an operator's pools.
pub fn slash(avs: AvsId, operator: usize, numerator: u128, denominator: u128) -> Vec<SlashedPool> {
	slash_for(era(), avs, operator, numerator, denominator)
}

/// The same for a fault of an earlier era.
pub fn slash_for(
	fault: EraIndex,
	avs: AvsId,
	operator: usize,
	numerator: u128,
	denominator: u128,
) -> Vec<SlashedPool> {
	let ratio = Ratio::new(numerator, denominator).expect("a ratio");
	let mut parts = Vec::new();
	let claim = Claim::Part { of: ratio, counted_in: fault };
	for pool in Avs::pools(avs, &OPERATORS[operator]) {
		let taken = Avs::take(avs, pool, claim, Perbill::one()).expect("a part");
		parts.extend(taken.map(|part| (pool, part.of_pool)));
	}
	Restaking::slash(&parts, &TREASURY).expect("a slash")
}

/// The last event of the registry.
pub fn last_event() -> Event<Test> {
	System::events()
		.into_iter()
		.rev()
		.find_map(|record| match record.event {
			RuntimeEvent::Avs(event) => Some(event),
			_ => None,
		})
		.expect("an event")
}

#[cfg(feature = "runtime-benchmarks")]
pub struct Scene;

#[cfg(feature = "runtime-benchmarks")]
impl pallet_restaking::BenchmarkHelper<AccountId> for Scene {
	fn create_asset(_: AssetId) {}

	fn mint(_: AssetId, _: &AccountId, _: Balance) {}
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::BenchmarkHelper<AccountId> for Scene {
	fn endow(who: &AccountId) {
		use frame_support::traits::fungible::Mutate;
		Balances::set_balance(who, ENDOWMENT);
	}

	fn create_vault(asset: AssetId) {
		assert_ok!(Assets::force_create(RuntimeOrigin::root(), asset, ISSUER, true, 1));
		assert_ok!(Assets::mint(origin(ISSUER), asset, GOVERNANCE, UNIT));
		let settings = VaultSettings {
			deposit_cap: ENDOWMENT,
			minimum_stake: 0,
			status: VaultStatus::Open,
			yield_rate: FixedU128::from_u32(0),
		};
		assert_ok!(Restaking::create_vault(RuntimeOrigin::root(), asset, settings));
	}

	fn register_operator(who: &AccountId) {
		assert_ok!(Restaking::register_operator(origin(*who), Perbill::from_percent(1), vec![]));
	}

	fn create_pool(operator: &AccountId, asset: AssetId) -> PoolId {
		let pool = pallet_restaking::NextPoolId::<Test>::get();
		assert_ok!(Restaking::create_pool(origin(*operator), asset, vec![]));
		if asset != PICA {
			assert_ok!(Assets::mint(origin(ISSUER), asset, *operator, UNIT));
		}
		stake(*operator, pool, UNIT / 2);
		pool
	}

	fn copy_pool(of: PoolId, operator: &AccountId) -> PoolId {
		let pool = pallet_restaking::NextPoolId::<Test>::get();
		pallet_restaking::NextPoolId::<Test>::put(pool + 1);
		let record = pallet_restaking::Pools::<Test>::get(of).expect("a pool");
		let copy = pallet_restaking::Pool { operator: *operator, ..record };
		pallet_restaking::PoolsByAsset::<Test>::insert(copy.asset, pool, ());
		pallet_restaking::Pools::<Test>::insert(pool, copy);
		pool
	}

	fn turn_era() {
		let block = System::block_number() + ERA;
		System::set_block_number(block);
		Restaking::on_initialize(block);
	}

	fn reject(referendum: u32) {
		let rejected = ReferendumOutcome::Rejected;
		Outcomes::mutate(|outcomes| outcomes.insert(referendum, rejected));
	}
}
