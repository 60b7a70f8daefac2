// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! A chain with balances, assets, the ledger of stake and programs. Other chains are what tests say they
//! are.

use crate as pallet_cvm;
use crate::pallet::*;
use frame_support::{
	assert_ok, derive_impl,
	pallet_prelude::ValueQuery,
	parameter_types,
	traits::{
		fungible,
		fungibles::{Inspect, Mutate},
		tokens::{Fortitude, Precision, Preservation},
		AsEnsureOriginWithArg, ConstU32, ConstU64, EnsureOrigin, Hooks,
	},
	weights::Weight,
	PalletId,
};
use frame_system::{EnsureRoot, EnsureRootWithSuccess, EnsureSigned, RawOrigin};
use picasso_primitives::{
	assets::{self, NativeOrForeign},
	cvm::{
		Amount, Instruction, Owner, Portions, Program, Refund, RemoteTransfers, Route, Salt,
		Spawned,
	},
	math::Ratio,
	restaking::{Restaking as _, TicketId, VaultSettings, VaultStatus},
	rewards::PoolRewards,
	slashing::Slashable,
	AssetId, Balance, EraIndex, PoolId, PICA,
};
use sp_runtime::{
	traits::IdentityLookup, AccountId32, BuildStorage, DispatchError, DispatchResult, FixedU128,
	Perbill,
};
use staging_xcm::v5::{Junction, Location};

pub type AccountId = AccountId32;

pub const GOVERNANCE: AccountId = AccountId::new([1; 32]);
pub const ISSUER: AccountId = AccountId::new([2; 32]);
pub const TREASURY: AccountId = AccountId::new([3; 32]);
pub const OPERATOR: AccountId = AccountId::new([10; 32]);
pub const ALICE: AccountId = AccountId::new([20; 32]);
pub const BOB: AccountId = AccountId::new([21; 32]);
/// Signs for an account of another network.
pub const REMOTE: AccountId = AccountId::new([30; 32]);
/// Owns nothing.
pub const NOBODY: AccountId = AccountId::new([31; 32]);

/// Assets for which there are vaults; an account must hold 10 planck of the second.
pub const DOT: AssetId = 1000;
pub const COARSE: AssetId = 1001;
/// An asset for which there is no vault.
pub const IDLE: AssetId = 1002;

/// The pools of [`DOT`], the one of [`COARSE`], and that of PICA.
pub const DOT_POOL: PoolId = 0;
pub const OTHER_DOT_POOL: PoolId = 1;
pub const COARSE_POOL: PoolId = 2;
pub const PICA_POOL: PoolId = 3;

pub const UNIT: Balance = 1_000_000_000;
pub const ENDOWMENT: Balance = 1_000_000 * UNIT;
pub const ERA: u64 = 10;
pub const UNBONDING: u32 = 3;

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
	pub type Cvm = pallet_cvm;
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

pub type NativeAndForeign =
	fungible::UnionOf<Balances, Assets, NativeOrForeign, AssetId, AccountId>;

/// What was sent: from whom, what, and how.
pub type Sent = (AccountId, Vec<(AssetId, Balance)>, Route);

parameter_types! {
	pub const RestakingPalletId: PalletId = PalletId(*b"restakng");
	pub const NativeAsset: AssetId = PICA;
	pub const Funder: AccountId = GOVERNANCE;
	pub const Treasury: AccountId = TREASURY;
	pub const MaxCommission: Perbill = Perbill::from_percent(20);
	pub const MockEraSettings: pallet_restaking::EraSettings<u64> = pallet_restaking::EraSettings {
		length: ERA,
		unbonding: UNBONDING,
		granularity: 1,
	};
	/// What a block leaves for exits.
	pub static IdleWeight: Weight = Weight::MAX;
	pub static HeaviestProgram: Weight = Weight::from_parts(100_000, 0);
	/// Fees of routes that nothing can be sent on.
	pub static Closed: Vec<Balance> = Vec::new();
}

/// What was sent. In storage, so that what is undone was not sent.
#[frame_support::storage_alias]
pub type Outbox = StorageValue<Mock, Vec<Sent>, ValueQuery>;

/// What was asked back.
#[frame_support::storage_alias]
pub type Recovered = StorageValue<Mock, Vec<Sent>, ValueQuery>;

/// A weight for each step or call named.
macro_rules! costs {
	($weight:expr; $($call:ident($($argument:ty),*)),* $(,)?) => {
		$(fn $call($(_: $argument),*) -> Weight {
			Weight::from_parts($weight, 0)
		})*
	};
}

pub struct Weights;

impl pallet_restaking::WeightInfo for Weights {
	costs!(0;
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

/// Each step has another weight; an asset more costs 1 more.
impl crate::WeightInfo for Weights {
	costs!(1; next_exit());
	costs!(10;
		set_keepers(),
		complete_exit(),
		complete_queued(),
		set_exit_route(),
	);
	costs!(1_000; execute());
	costs!(1_001; execute_as());
	costs!(20; stake());
	costs!(30; unstake());
	costs!(40; unstake_home());
	costs!(50; withdraw());
	costs!(60; claim());
	costs!(70; redelegate());

	fn transfer(assets: u32) -> Weight {
		Weight::from_parts(200 + u64::from(assets), 0)
	}

	fn spawn(assets: u32) -> Weight {
		Weight::from_parts(300 + u64::from(assets), 0)
	}

	fn leave(assets: u32) -> Weight {
		Weight::from_parts(400 + u64::from(assets), 0)
	}
}

/// What completing an exit costs.
pub const COMPLETING: u64 = 10 + 5_001;

impl pallet_restaking::Config for Test {
	type Assets = NativeAndForeign;
	type Transfers = assets::NativeAndForeign<Balances, Test>;
	type NativeAsset = NativeAsset;
	type GovernanceOrigin = EnsureRootWithSuccess<AccountId, Funder>;
	type Treasury = Treasury;
	type OperatorDeposit = ();
	type RuntimeHoldReason = RuntimeHoldReason;
	type Obligations = ();
	type VaultPolicy = ();
	type ExitRoutes = Cvm;
	type StakeLocks = ();
	type BlockNumberProvider = System;
	type PalletId = RestakingPalletId;
	type MaxMetadataLength = ConstU32<16>;
	type MaxNameLength = ConstU32<8>;
	type MaxCommission = MaxCommission;
	type MaxPoolsPerOperator = ConstU32<6>;
	type MaxPoolsPerAsset = ConstU32<4>;
	type MaxBuckets = ConstU32<8>;
	type MaxRewardCurrencies = ConstU32<3>;
	type MaxWithdrawals = ConstU32<5>;
	type MaxEraLength = ConstU64<100>;
	type MaxUnbonding = ConstU32<10>;
	type DefaultEraSettings = MockEraSettings;
	type WeightInfo = Weights;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Scene;
}

/// Burns what is sent.
pub struct Transport;

/// What the transport says of a route that nothing can be sent on.
pub const NO_WAY: DispatchError = DispatchError::Unavailable;

impl Transport {
	fn ensure_open(route: &Route) -> DispatchResult {
		let nowhere = route.beneficiary.parents > 2;
		if nowhere || Closed::get().contains(&route.fee) {
			return Err(NO_WAY);
		}
		Ok(())
	}
}

impl RemoteTransfers<AccountId> for Transport {
	fn send(
		from: &AccountId,
		assets: &[(AssetId, Balance)],
		route: &Route,
	) -> Result<[u8; 32], DispatchError> {
		for (asset, amount) in assets {
			NativeAndForeign::burn_from(
				*asset,
				from,
				*amount,
				Preservation::Expendable,
				Precision::Exact,
				Fortitude::Polite,
			)?;
		}
		// Late, so that it is seen whether all is undone.
		Self::ensure_open(route)?;
		Outbox::mutate(|sent| sent.push((from.clone(), assets.to_vec(), route.clone())));
		Ok(message(Outbox::get().len()))
	}

	fn recover(
		owner: &AccountId,
		asset: AssetId,
		amount: Balance,
		route: &Route,
	) -> Result<[u8; 32], DispatchError> {
		Self::ensure_open(route)?;
		let recovered = (owner.clone(), vec![(asset, amount)], route.clone());
		Recovered::mutate(|all| all.push(recovered));
		Ok(message(200))
	}

	fn weight_of_sending(assets: u32) -> Weight {
		Weight::from_parts(5_000 + u64::from(assets), 0)
	}

	fn weight_of_recovering() -> Weight {
		Weight::from_parts(7_000, 0)
	}
}

/// The message that was sent as number `number`, from 1.
pub fn message(number: usize) -> [u8; 32] {
	[number as u8; 32]
}

/// [`REMOTE`] stands for an account of Polkadot that has the same bytes; the others for themselves.
pub struct EnsureOwner;

impl EnsureOrigin<RuntimeOrigin> for EnsureOwner {
	type Success = Owner;

	fn try_origin(origin: RuntimeOrigin) -> Result<Owner, RuntimeOrigin> {
		match origin.clone().into() {
			Ok(RawOrigin::Signed(who)) if who != NOBODY => Ok(owner(&who)),
			_ => Err(origin),
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin() -> Result<RuntimeOrigin, ()> {
		Ok(origin(REMOTE))
	}
}

impl pallet_cvm::Config for Test {
	type Ledger = Restaking;
	type Remote = Transport;
	type Assets = NativeAndForeign;
	type Transfers = assets::NativeAndForeign<Balances, Test>;
	type OwnerOrigin = EnsureOwner;
	type MaxWeight = HeaviestProgram;
	type MaxExits = ConstU32<4>;
	type WeightInfo = Weights;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Scene;
}

/// Sets the scene of benchmarks.
#[cfg(feature = "runtime-benchmarks")]
pub struct Scene;

#[cfg(feature = "runtime-benchmarks")]
impl pallet_restaking::BenchmarkHelper<AccountId> for Scene {
	fn create_asset(asset: AssetId) {
		assert_ok!(Assets::force_create(RuntimeOrigin::root(), asset, ISSUER, true, 1));
	}

	fn mint(asset: AssetId, who: &AccountId, amount: Balance) {
		assert_ok!(NativeAndForeign::mint_into(asset, who, amount));
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::BenchmarkHelper<AccountId> for Scene {
	fn asset(number: u32) -> AssetId {
		use pallet_restaking::BenchmarkHelper;
		let asset = 5_000 + AssetId::from(number);
		if !Assets::asset_exists(asset) {
			Self::create_asset(asset);
		}
		asset
	}

	fn endow(who: &AccountId, asset: AssetId) {
		assert_ok!(NativeAndForeign::mint_into(asset, who, 10u128.pow(15)));
	}

	fn pools() -> (PoolId, PoolId) {
		(DOT_POOL, OTHER_DOT_POOL)
	}

	fn reward(pool: PoolId) {
		credit(pool);
	}

	fn turn_to(era: EraIndex) {
		run_to_era(era);
	}
}

/// Builds a chain on which an operator has pools, and the persons are endowed.
#[derive(Default)]
pub struct ExtBuilder;

impl ExtBuilder {
	pub fn build(self) -> sp_io::TestExternalities {
		let people = || [GOVERNANCE, TREASURY, OPERATOR, ALICE, BOB].into_iter();
		let settings = VaultSettings {
			deposit_cap: ENDOWMENT * 100,
			minimum_stake: 0,
			status: VaultStatus::Open,
			yield_rate: FixedU128::from_u32(0),
		};
		let pools = [DOT, DOT, COARSE, PICA].map(|asset| (asset, b"pool".to_vec())).to_vec();
		let foreign = [(DOT, 1), (COARSE, 10), (IDLE, 1)];
		let storage = RuntimeGenesisConfig {
			balances: pallet_balances::GenesisConfig {
				balances: people().map(|who| (who, ENDOWMENT)).collect(),
				..Default::default()
			},
			assets: pallet_assets::GenesisConfig {
				assets: foreign.map(|(id, least)| (id, ISSUER, true, least)).to_vec(),
				accounts: foreign
					.iter()
					.flat_map(|(id, _)| people().map(move |who| (*id, who, ENDOWMENT)))
					.collect(),
				..Default::default()
			},
			restaking: pallet_restaking::GenesisConfig {
				era: MockEraSettings::get(),
				funder: Some(GOVERNANCE),
				reward_currencies: vec![PICA, DOT],
				vaults: [DOT, COARSE, PICA].map(|asset| (asset, settings)).to_vec(),
				stakes: [DOT_POOL, OTHER_DOT_POOL, COARSE_POOL, PICA_POOL]
					.map(|pool| (OPERATOR, pool, 1_000 * UNIT))
					.to_vec(),
				operators: vec![(OPERATOR, Perbill::zero(), b"op".to_vec(), pools)],
			},
			..Default::default()
		}
		.build_storage()
		.expect("genesis builds");
		let mut externalities = sp_io::TestExternalities::new(storage);
		externalities.execute_with(|| {
			System::set_block_number(1);
			IdleWeight::set(Weight::MAX);
			HeaviestProgram::set(Weight::from_parts(1_000_000, 0));
			Closed::set(Vec::new());
		});
		externalities
	}

	/// Runs a test, and checks the invariants after it.
	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			check();
			test();
			check();
		})
	}
}

/// Checks every invariant.
pub fn check() {
	Restaking::do_try_state().expect("the ledger's invariants hold");
	Cvm::do_try_state().expect("the invariants of programs hold");
}

pub fn origin(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

pub fn owner(who: &AccountId) -> Owner {
	let network = if *who == REMOTE { 5 } else { 1 };
	Owner { network, account: who.clone().into() }
}

/// The executor of salt 0 of [`REMOTE`].
pub fn executor() -> AccountId {
	executor_of(&REMOTE, 0)
}

pub fn executor_of(who: &AccountId, salt: Salt) -> AccountId {
	Cvm::executor_of(&owner(who), salt)
}

/// A way to [`REMOTE`]'s account on the reserve. Its fee tells it from others.
pub fn route(fee: Balance) -> Route {
	let id = REMOTE.into();
	let beneficiary = Location::new(0, [Junction::AccountId32 { network: None, id }]);
	Route { destination: None, beneficiary, fee }
}

pub fn close(fee: Balance) {
	Closed::mutate(|closed| closed.push(fee));
}

pub fn open(fee: Balance) {
	Closed::mutate(|closed| closed.retain(|other| *other != fee));
}

pub fn portions(portions: &[(AssetId, Amount)]) -> Portions {
	portions.to_vec().try_into().expect("few assets")
}

pub fn program(instructions: &[Instruction]) -> Program {
	Program {
		tag: b"tag".to_vec().try_into().expect("short"),
		instructions: instructions.to_vec().try_into().expect("few instructions"),
		refund: None,
	}
}

/// With a way home for what is left if it fails.
pub fn with_refund(program: Program, assets: &[AssetId], fee: Balance) -> Program {
	let assets = assets.to_vec().try_into().expect("few assets");
	Program { refund: Some(Refund { assets, route: route(fee) }), ..program }
}

/// Makes planck of an asset for somebody.
pub fn give(who: &AccountId, asset: AssetId, amount: Balance) {
	assert_ok!(NativeAndForeign::mint_into(asset, who, amount));
}

pub fn execute(instructions: &[Instruction]) {
	assert_ok!(Cvm::execute(origin(REMOTE), 0, program(instructions)));
}

/// Runs a program that must succeed.
pub fn succeed(instructions: &[Instruction]) {
	System::reset_events();
	execute(instructions);
	assert_eq!(events().last(), Some(&executed(executor())));
}

pub fn executed(executor: AccountId) -> Event<Test> {
	Event::ProgramExecuted { executor, tag: b"tag".to_vec().try_into().expect("short") }
}

pub fn failed(path: &[u32], error: impl Into<DispatchError>) -> Event<Test> {
	Event::ProgramFailed {
		executor: executor(),
		tag: b"tag".to_vec().try_into().expect("short"),
		path: path.to_vec().try_into().expect("not deep"),
		error: error.into(),
	}
}

pub fn transfer(to: &AccountId, asset: AssetId, amount: Amount) -> Instruction {
	Instruction::Transfer { to: to.clone(), assets: portions(&[(asset, amount)]) }
}

pub fn stake(pool: PoolId, amount: Amount) -> Instruction {
	Instruction::Stake { pool, amount, min_shares: 0 }
}

pub fn unstake(pool: PoolId, shares: Amount, home: Option<Route>) -> Instruction {
	Instruction::Unstake { pool, shares, home }
}

pub fn spawn(assets: &[(AssetId, Amount)], salt: Salt, inner: Program) -> Instruction {
	let to = Spawned::Executor { salt, program: Box::new(inner) };
	Instruction::Spawn { assets: portions(assets), to }
}

pub fn send(asset: AssetId, amount: Amount, fee: Balance) -> Instruction {
	let to = Spawned::Account(route(fee));
	Instruction::Spawn { assets: portions(&[(asset, amount)]), to }
}

/// The exit that what leaves a pool now joins.
pub fn ticket(pool: PoolId) -> TicketId {
	TicketId { pool, maturity: era() + UNBONDING, into: None }
}

/// An exit of so many planck of [`DOT`] that goes home with this fee.
pub fn exit_home(amount: Balance, fee: Balance) -> TicketId {
	exit_home_of(&REMOTE, DOT_POOL, amount, fee)
}

pub fn exit_home_of(who: &AccountId, pool: PoolId, amount: Balance, fee: Balance) -> TicketId {
	let asset = Restaking::asset_of(pool).expect("a pool");
	give(&executor_of(who, 0), asset, amount);
	let steps =
		[stake(pool, Amount::Exactly(amount)), unstake(pool, Amount::All, Some(route(fee)))];
	System::reset_events();
	assert_ok!(Cvm::execute(origin(who.clone()), 0, program(&steps)));
	assert_eq!(events().last(), Some(&executed(executor_of(who, 0))));
	ticket(pool)
}

pub fn balance(asset: AssetId, who: &AccountId) -> Balance {
	NativeAndForeign::balance(asset, who)
}

pub fn shares(who: &AccountId, pool: PoolId) -> Balance {
	Restaking::shares_of(who, pool)
}

pub fn era() -> EraIndex {
	Restaking::current_era()
}

/// Runs a block, and what it leaves to exits.
pub fn next_block() {
	let block = System::block_number() + 1;
	System::set_block_number(block);
	Restaking::on_initialize(block);
	let left = IdleWeight::get();
	let used = Cvm::on_idle(block, left);
	assert!(used.all_lte(left), "no more is used than there was");
}

/// Turns the clock of the ledger, and leaves nothing to exits.
pub fn run_to_era(index: EraIndex) {
	while era() < index {
		let block = System::block_number() + 1;
		System::set_block_number(block);
		Restaking::on_initialize(block);
	}
}

pub fn slash(pool: PoolId, numerator: u128, denominator: u128) {
	let ratio = Ratio::new(numerator, denominator).expect("a ratio");
	Restaking::slash(&[(pool, ratio)], &TREASURY).expect("a slash");
}

/// Has a pool earn 1,000 [`UNIT`]s of PICA and of [`DOT`].
pub fn credit(pool: PoolId) {
	for currency in [PICA, DOT] {
		assert_ok!(Restaking::credit(&GOVERNANCE, currency, 1, &[(pool, 1_000 * UNIT)]));
	}
	System::set_block_number(System::block_number() + 2);
}

pub fn freeze(asset: AssetId) {
	assert_ok!(Assets::freeze_asset(origin(ISSUER), asset));
}

pub fn thaw(asset: AssetId) {
	assert_ok!(Assets::thaw_asset(origin(ISSUER), asset));
}

/// Events of this pallet since the last time they were asked for.
pub fn events() -> Vec<Event<Test>> {
	let events = System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::Cvm(event) => Some(event),
			_ => None,
		})
		.collect();
	System::reset_events();
	events
}
