// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! A chain with balances, assets and the ledger.

use crate as pallet_restaking;
use crate::{pallet::*, types::*};
use frame_support::{
	assert_ok, derive_impl, parameter_types,
	traits::{
		fungible, fungible::HoldConsideration, fungibles::Inspect, AsEnsureOriginWithArg, ConstU32,
		ConstU64, Footprint, OnInitialize,
	},
	weights::Weight,
	PalletId,
};
use frame_system::{EnsureRootWithSuccess, EnsureSigned};
use picasso_primitives::{
	assets::{self, NativeOrForeign},
	math::Ratio,
	registry::VaultPolicy,
	restaking::{ExitRoutes, Obligations, StakeLocks, TicketId, VaultSettings, VaultStatus},
	rewards::PoolRewards,
	slashing::{Slashable, SlashedPool},
	AssetId, Balance, PoolId, PICA,
};
use sp_runtime::{
	traits::{Convert, IdentityLookup},
	BuildStorage, DispatchError, DispatchResult, FixedU128, Perbill,
};

/// Wide enough to tell the vaults' accounts apart.
pub type AccountId = u128;

pub const GOVERNANCE: AccountId = 1;
pub const ISSUER: AccountId = 2;
pub const TREASURY: AccountId = 3;
pub const OPERATOR: AccountId = 10;
pub const ALICE: AccountId = 20;
pub const BOB: AccountId = 21;

/// An asset of 9 decimals, for which there is a vault.
pub const SOL: AssetId = 1000;
/// An asset whose accounts must hold 10 planck, for which there is a vault.
pub const COARSE: AssetId = 1001;
/// An asset for which there is no vault.
pub const IDLE: AssetId = 1002;

/// The pool of [`SOL`], of [`COARSE`] and of PICA.
pub const SOL_POOL: PoolId = 0;
pub const COARSE_POOL: PoolId = 1;
pub const PICA_POOL: PoolId = 2;

pub const UNIT: Balance = 1_000_000_000;
pub const ENDOWMENT: Balance = 1_000_000 * UNIT;
pub const CAP: Balance = 500_000 * UNIT;
pub const ERA: u64 = 10;
pub const UNBONDING: u32 = 7;
pub const GRANULARITY: u32 = 2;

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
	pub const ExistentialDeposit: Balance = 1_000_000_000;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = Balance;
	type ExistentialDeposit = ExistentialDeposit;
	type AccountStore = System;
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config for Test {
	type Balance = Balance;
	type AssetId = AssetId;
	type AssetIdParameter = AssetId;
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type ForceOrigin = frame_system::EnsureRoot<AccountId>;
	type ReserveData = ();
	type Freezer = ();
	type Holder = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
}

pub type NativeAndForeign =
	fungible::UnionOf<Balances, Assets, NativeOrForeign, AssetId, AccountId>;

parameter_types! {
	pub const RestakingPalletId: PalletId = PalletId(*b"restakng");
	pub const NativeAsset: AssetId = PICA;
	pub const Funder: AccountId = GOVERNANCE;
	pub const Treasury: AccountId = TREASURY;
	pub const DepositReason: RuntimeHoldReason =
		RuntimeHoldReason::Restaking(HoldReason::OperatorDeposit);
	pub const MaxCommission: Perbill = Perbill::from_percent(20);
	/// The pool and the operator that answer for something beyond the ledger.
	pub static BoundPool: Option<PoolId> = None;
	pub static ForgottenPools: Vec<PoolId> = Vec::new();
	pub static RenewedPools: Vec<(PoolId, u32)> = Vec::new();
	pub static ForgottenOperators: Vec<AccountId> = Vec::new();
	pub static BoundOperator: Option<AccountId> = None;
	/// The vault whose cap is bounded from outside, and how high it may be.
	pub static HighestCap: Option<(AssetId, Balance)> = None;
	/// An exit that goes on by itself.
	pub static Routed: Option<(AccountId, TicketId)> = None;
	/// Whose stake and exits are locked, and how much of them.
	pub static Locked: Option<(AccountId, Balance)> = None;
	pub const MockEraSettings: EraSettings<u64> =
		EraSettings { length: ERA, unbonding: UNBONDING, granularity: GRANULARITY };
}

/// 100 for an item and 1 for a byte.
pub struct StoragePrice;

impl Convert<Footprint, Balance> for StoragePrice {
	fn convert(footprint: Footprint) -> Balance {
		Balance::from(footprint.count) * 100 + Balance::from(footprint.size)
	}
}

pub struct MockObligations;

impl Obligations<AccountId> for MockObligations {
	fn bind_pool(pool: PoolId) -> bool {
		BoundPool::get() == Some(pool)
	}

	fn bind_operator(operator: &AccountId) -> bool {
		BoundOperator::get() == Some(*operator)
	}

	fn renew_pool(pool: PoolId, generation: u32) {
		RenewedPools::mutate(|pools| pools.push((pool, generation)));
	}

	fn forget_pool(pool: PoolId) {
		ForgottenPools::mutate(|pools| pools.push(pool));
	}

	fn forget_operator(operator: &AccountId) {
		ForgottenOperators::mutate(|operators| operators.push(*operator));
	}
}

/// Lets vaults take no more than it is told.
pub struct MockVaultPolicy;

impl VaultPolicy for MockVaultPolicy {
	fn ensure_allowed(asset: AssetId, settings: &VaultSettings) -> DispatchResult {
		let refused =
			HighestCap::get().is_some_and(|(of, most)| of == asset && settings.deposit_cap > most);
		if refused {
			return Err(DispatchError::Other("above the highest cap"));
		}
		Ok(())
	}

	fn weight() -> Weight {
		Weight::zero()
	}
}

/// The exit that is named goes on by itself.
pub struct MockRoutes;

impl ExitRoutes<AccountId> for MockRoutes {
	fn has_route(owner: &AccountId, ticket: TicketId) -> bool {
		Routed::get() == Some((*owner, ticket))
	}
}

/// Whoever is named keeps as much in the ledger.
pub struct MockLocks;

impl StakeLocks<AccountId> for MockLocks {
	fn cover(owner: &AccountId, asset: AssetId) -> (bool, Weight) {
		let kept = Locked::get().is_none_or(|locked| {
			locked.0 != *owner
				|| locked.1
					<= Restaking::staked_value(owner, asset, 10)
						+ Restaking::exiting_value(owner, asset, 10)
		});
		(kept, Weight::zero())
	}

	fn weight() -> Weight {
		Weight::zero()
	}
}

impl pallet_restaking::Config for Test {
	type Assets = NativeAndForeign;
	type Transfers = assets::NativeAndForeign<Balances, Test>;
	type NativeAsset = NativeAsset;
	type GovernanceOrigin = EnsureRootWithSuccess<AccountId, Funder>;
	type Treasury = Treasury;
	type OperatorDeposit = HoldConsideration<AccountId, Balances, DepositReason, StoragePrice>;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Obligations = MockObligations;
	type VaultPolicy = MockVaultPolicy;
	type ExitRoutes = MockRoutes;
	type StakeLocks = MockLocks;
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
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = CreateByRoot;
}

#[cfg(feature = "runtime-benchmarks")]
pub struct CreateByRoot;

#[cfg(feature = "runtime-benchmarks")]
impl crate::BenchmarkHelper<AccountId> for CreateByRoot {
	fn create_asset(asset: AssetId) {
		assert_ok!(Assets::force_create(RuntimeOrigin::root(), asset, ISSUER, true, 1));
	}

	fn mint(asset: AssetId, who: &AccountId, amount: Balance) {
		use frame_support::traits::fungibles::Mutate;
		assert_ok!(NativeAndForeign::mint_into(asset, who, amount));
	}
}

/// The tests' blocks cost nothing, but a claim a unit for each currency: of time, or, where it compounds,
/// of proof.
impl crate::WeightInfo for () {
	fn on_initialize() -> Weight {
		Weight::zero()
	}
	fn create_vault() -> Weight {
		Weight::zero()
	}
	fn set_vault() -> Weight {
		Weight::zero()
	}
	fn set_era_settings() -> Weight {
		Weight::zero()
	}
	fn register_operator() -> Weight {
		Weight::zero()
	}
	fn create_pool() -> Weight {
		Weight::zero()
	}
	fn set_pool_status() -> Weight {
		Weight::zero()
	}
	fn stake() -> Weight {
		Weight::zero()
	}
	fn unstake() -> Weight {
		Weight::zero()
	}
	fn withdraw() -> Weight {
		Weight::zero()
	}
	fn move_proceeds() -> Weight {
		Weight::zero()
	}
	fn set_metadata() -> Weight {
		Weight::zero()
	}
	fn set_commission() -> Weight {
		Weight::zero()
	}
	fn set_operator_status() -> Weight {
		Weight::zero()
	}
	fn deregister_operator() -> Weight {
		Weight::zero()
	}
	fn set_chilled() -> Weight {
		Weight::zero()
	}
	fn set_pool_access() -> Weight {
		Weight::zero()
	}
	fn set_approval() -> Weight {
		Weight::zero()
	}
	fn remove_pool() -> Weight {
		Weight::zero()
	}
	fn unstake_for() -> Weight {
		Weight::zero()
	}
	fn redelegate() -> Weight {
		Weight::zero()
	}
	fn complete_move() -> Weight {
		Weight::zero()
	}
	fn cancel_unstake() -> Weight {
		Weight::zero()
	}
	fn transfer_ticket() -> Weight {
		Weight::zero()
	}
	fn withdraw_many(_: u32) -> Weight {
		Weight::zero()
	}
	fn add_reward_currency() -> Weight {
		Weight::zero()
	}
	fn set_reward_currency() -> Weight {
		Weight::zero()
	}
	fn claim(currencies: u32) -> Weight {
		Weight::from_parts(currencies.into(), 0)
	}
	fn claim_compounding(currencies: u32) -> Weight {
		Weight::from_parts(0, currencies.into())
	}
	fn set_compounding() -> Weight {
		Weight::zero()
	}
	fn move_unearned() -> Weight {
		Weight::zero()
	}
	fn staked_value(_: u32) -> Weight {
		Weight::zero()
	}
	fn exiting_value(_: u32) -> Weight {
		Weight::zero()
	}
}

pub fn open_vault() -> VaultSettings {
	VaultSettings {
		deposit_cap: CAP,
		minimum_stake: 0,
		status: VaultStatus::Open,
		yield_rate: FixedU128::from_u32(0),
	}
}

/// Builds a chain on which an operator has a pool for each vault, and the persons are endowed.
pub struct ExtBuilder {
	settings: VaultSettings,
}

impl Default for ExtBuilder {
	fn default() -> Self {
		Self { settings: open_vault() }
	}
}

impl ExtBuilder {
	pub fn deposit_cap(mut self, deposit_cap: Balance) -> Self {
		self.settings.deposit_cap = deposit_cap;
		self
	}

	pub fn minimum_stake(mut self, minimum_stake: Balance) -> Self {
		self.settings.minimum_stake = minimum_stake;
		self
	}

	pub fn build(self) -> sp_io::TestExternalities {
		let people = [GOVERNANCE, OPERATOR, ALICE, BOB];
		let foreign = [(SOL, 1), (COARSE, 10), (IDLE, 1)];
		let storage = RuntimeGenesisConfig {
			balances: pallet_balances::GenesisConfig {
				balances: people.iter().map(|who| (*who, ENDOWMENT)).collect(),
				..Default::default()
			},
			assets: pallet_assets::GenesisConfig {
				assets: foreign.iter().map(|(id, minimum)| (*id, ISSUER, true, *minimum)).collect(),
				accounts: foreign
					.iter()
					.flat_map(|(id, _)| people.iter().map(move |who| (*id, *who, ENDOWMENT)))
					.collect(),
				..Default::default()
			},
			restaking: GenesisConfig {
				era: MockEraSettings::get(),
				funder: Some(GOVERNANCE),
				reward_currencies: vec![PICA, SOL],
				vaults: [SOL, COARSE, PICA].map(|asset| (asset, self.settings)).to_vec(),
				stakes: vec![],
				operators: vec![(
					OPERATOR,
					Perbill::from_percent(1),
					b"op".to_vec(),
					[SOL, COARSE, PICA].map(|asset| (asset, b"main".to_vec())).to_vec(),
				)],
			},
			..Default::default()
		}
		.build_storage()
		.expect("genesis builds");
		let mut externalities = sp_io::TestExternalities::new(storage);
		externalities.execute_with(|| System::set_block_number(1));
		externalities
	}

	/// Runs a test, and checks the invariants after it.
	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			Restaking::do_try_state().expect("invariants hold at genesis");
			test();
			Restaking::do_try_state().expect("invariants hold after the test");
		})
	}
}

pub fn origin(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

pub fn stake(who: AccountId, pool: PoolId, amount: Balance) {
	assert_ok!(Restaking::stake(origin(who), pool, amount, 0));
}

pub fn unstake(who: AccountId, pool: PoolId, shares: Balance) -> TicketId {
	assert_ok!(Restaking::unstake(origin(who), pool, shares));
	let maturity = CurrentEra::<Test>::get().and_then(|clock| clock.maturity());
	TicketId { pool, maturity: maturity.expect("a maturity"), into: None }
}

/// Shares of the pool's current generation.
pub fn shares_of(who: AccountId, pool: PoolId) -> Balance {
	let generation = Pools::<Test>::get(pool).expect("a pool").generation;
	Positions::<Test>::get(who, pool)
		.filter(|position| position.generation == generation)
		.map_or(0, |position| position.shares)
}

pub fn points_of(who: AccountId, ticket: TicketId) -> Balance {
	Tickets::<Test>::get(who, ticket).map_or(0, |ticket| ticket.points)
}

pub fn balance(asset: AssetId, who: AccountId) -> Balance {
	NativeAndForeign::balance(asset, &who)
}

pub fn era() -> u32 {
	CurrentEra::<Test>::get().map_or(0, |clock| clock.index)
}

pub fn run_to_block(block: u64) {
	while System::block_number() < block {
		System::set_block_number(System::block_number() + 1);
		Restaking::on_initialize(System::block_number());
	}
}

pub fn run_to_era(index: u32) {
	while era() < index {
		run_to_block(System::block_number() + 1);
	}
}

/// Slashes a pool for the treasury, and returns what was taken.
pub fn slash(pool: PoolId, numerator: u128, denominator: u128) -> SlashedPool {
	let ratio = Ratio::new(numerator, denominator).expect("a ratio");
	Restaking::slash(&[(pool, ratio)], &TREASURY).expect("a slash")[0]
}

/// Credits a pool with what governance pays.
pub fn credit(pool: PoolId, currency: AssetId, amount: Balance, blocks: u64) {
	assert_ok!(Restaking::credit(&GOVERNANCE, currency, blocks, &[(pool, amount)]));
}

/// What a claim would pay.
pub fn rewards_of(who: AccountId, pool: PoolId) -> Vec<(AssetId, Balance)> {
	let positions = Restaking::account_info(&who).positions;
	let found = positions.into_iter().find(|position| position.pool == pool);
	found.map_or(Vec::new(), |position| position.rewards)
}

/// A position in a pool that was never credited.
pub fn position(generation: u32, shares: Balance) -> Position<Test> {
	Position { generation, shares, compounds: false, tallies: Default::default() }
}

/// The last event of the ledger.
pub fn last_event() -> Event<Test> {
	System::events()
		.into_iter()
		.rev()
		.find_map(|record| match record.event {
			RuntimeEvent::Restaking(event) => Some(event),
			_ => None,
		})
		.expect("an event of the ledger")
}
