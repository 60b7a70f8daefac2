// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! A chain with balances, assets, the ledger of stake and emissions. AVSs and their tables are what tests
//! say they are.

use crate as pallet_emissions;
use crate::pallet::*;
use frame_support::{
	assert_ok, derive_impl, parameter_types,
	traits::{
		fungible,
		fungibles::Inspect,
		tokens::{transfer::Transfer, PaymentStatus, Preservation},
		AsEnsureOriginWithArg, ConstU32, ConstU64, Hooks,
	},
	weights::Weight,
	PalletId,
};
use frame_system::{EnsureRoot, EnsureRootWithSuccess, EnsureSigned};
use picasso_primitives::{
	assets::{self, NativeOrForeign, Transfers},
	avs::{
		Dormancy, EntryProof, PicaStakes, PicaTable, StakeTables, TableEntry, TableSummary,
		TABLE_PAGE,
	},
	emissions::{Payer, Payers, Paymaster},
	restaking::{StakeLedger, VaultSettings, VaultStatus},
	slashing::Slashable,
	AssetId, AvsId, Balance, EraIndex, PoolId, PICA,
};
use sp_core::H256;
use sp_runtime::{traits::IdentityLookup, BuildStorage, DispatchError, FixedU128, Perbill};
use std::collections::{BTreeMap, BTreeSet};

/// Wide enough to tell the pallets' accounts apart.
pub type AccountId = u128;

pub const GOVERNANCE: AccountId = 1;
pub const ISSUER: AccountId = 2;
pub const TREASURY: AccountId = 3;
pub const OWNER: AccountId = 4;
/// Operators; each has a pool of [`SOL`] and one of PICA.
pub const OPERATORS: [AccountId; 2] = [10, 11];
pub const ALICE: AccountId = 20;
pub const BOB: AccountId = 21;

/// A reward currency, of which an account must hold 10 planck.
pub const SOL: AssetId = 1000;
/// An asset that nothing is paid in.
pub const IDLE: AssetId = 1001;

pub const UNIT: Balance = 1_000_000_000;
pub const ENDOWMENT: Balance = 1_000_000 * UNIT;
pub const ERA: u64 = 10;
/// A hundred eras.
pub const YEAR: u32 = 1_000;

/// Blocks in which other chains must tell what became of a payment.
pub const PAYMENT_PERIOD: u64 = 20;

/// An AVS that there is.
pub const AVS: AvsId = 1;

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
	pub type Emissions = pallet_emissions;
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

type NativeAndForeign = fungible::UnionOf<Balances, Assets, NativeOrForeign, AssetId, AccountId>;

parameter_types! {
	pub const RestakingPalletId: PalletId = PalletId(*b"restakng");
	pub const EmissionsPalletId: PalletId = PalletId(*b"emission");
	pub const NativeAsset: AssetId = PICA;
	pub const Funder: AccountId = GOVERNANCE;
	pub const Treasury: AccountId = TREASURY;
	pub const MaxCommission: Perbill = Perbill::one();
	pub const MockEraSettings: pallet_restaking::EraSettings<u64> = pallet_restaking::EraSettings {
		length: ERA,
		unbonding: 3,
		granularity: 1,
	};
	/// What a block leaves for steps.
	pub static IdleWeight: Weight = Weight::MAX;
	pub static Ceiling: Perbill = Perbill::one();
	/// AVSs that there are.
	pub static KnownPayers: BTreeMap<AvsId, Payer<AccountId>> = BTreeMap::new();
	/// Tables by AVS and era.
	pub static KnownTables: BTreeMap<(AvsId, EraIndex), Table> = BTreeMap::new();
	/// Stakes of PICA's pools by era.
	pub static KnownStakes: BTreeMap<EraIndex, Vec<(PoolId, Balance)>> = BTreeMap::new();
	/// Who is in jail.
	pub static Jailed: BTreeSet<AccountId> = BTreeSet::new();
	/// What counted of validators' pools.
	pub static Counted: BTreeMap<(AccountId, EraIndex), Vec<(PoolId, u128)>> = BTreeMap::new();
	pub static TableOfSession: EraIndex = 0;
	/// Orders to other chains, by their numbers from 1, and what is known of them.
	pub static Orders: Vec<(Order, PaymentStatus)> = vec![];
}

/// Who has another chain pay, how much to whom, and for which fee.
pub type Order = (AccountId, AccountId, Balance, Option<Balance>);

/// Assets here are paid at once, and number 0 names that. What has no number is on another chain.
pub struct Payments;

impl Transfer for Payments {
	type Balance = Balance;
	type Sender = AccountId;
	type Beneficiary = AccountId;
	type AssetKind = Option<AssetId>;
	type RemoteFeeAsset = Balance;
	type Id = u64;
	type Error = DispatchError;

	fn transfer(
		from: &AccountId,
		to: &AccountId,
		asset: Option<AssetId>,
		amount: Balance,
		fee: Option<Balance>,
	) -> Result<u64, DispatchError> {
		type Moves = assets::NativeAndForeign<Balances, Test>;
		if let Some(asset) = asset {
			Moves::transfer(asset, from, to, amount, Preservation::Expendable)?;
			return Ok(0);
		}
		// Nobody reports on what is paid for.
		let status = if fee.is_some() { PaymentStatus::Unknown } else { PaymentStatus::InProgress };
		Orders::mutate(|orders| orders.push(((*from, *to, amount, fee), status)));
		Ok(Orders::get().len() as u64)
	}

	fn check_transfer(id: u64) -> PaymentStatus {
		match id.checked_sub(1) {
			None => PaymentStatus::Success,
			Some(place) => Orders::get()[place as usize].1.clone(),
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn ensure_successful(_: &AccountId, _: Option<AssetId>, _: Balance) {}

	#[cfg(feature = "runtime-benchmarks")]
	fn ensure_concluded(id: u64) {
		report(id, PaymentStatus::Success);
	}
}

/// Another chain tells what became of a payment.
pub fn report(id: u64, status: PaymentStatus) {
	Orders::mutate(|orders| orders[id as usize - 1].1 = status);
}

pub type Table = (Option<Dormancy>, Vec<TableEntry<AccountId>>);

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

/// A step costs 10, looking at the round 1.
impl crate::WeightInfo for Weights {
	costs!(0;
		fund(),
		pay_revenue(),
		donate(),
		set_split(),
		set_reward_account(),
		collect(),
		refund(u32),
		spend(),
		check_payment(),
		set_aside(),
		note_author(),
		emit(),
		read_page(),
		credit(u32),
	);
	costs!(10;
		sum_yields(),
		pay_yields(),
		open_pay(),
		pay_operators(u32),
		pay_author(u32),
		close_pay(u32),
		forget_points(),
		pay_pica_page(),
		settle_pica(),
	);
	costs!(1; go_on_with_round());
}

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
	type ExitRoutes = ();
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

/// The AVSs and tables that tests name. Tables are never forgotten.
pub struct Registry;

impl Payers<AccountId> for Registry {
	fn next_avs() -> AvsId {
		KnownPayers::get().keys().last().map_or(0, |last| last + 1)
	}

	fn payer(avs: AvsId) -> Option<Payer<AccountId>> {
		KnownPayers::get().get(&avs).cloned()
	}
}

fn summary((dormancy, entries): &Table) -> TableSummary {
	let total = entries.iter().map(|entry| entry.weight).sum();
	let operators = entries.len() as u32;
	TableSummary { root: H256::zero(), operators, total, dormancy: *dormancy }
}

impl StakeTables<AccountId> for Registry {
	fn last_table(avs: AvsId) -> Option<EraIndex> {
		KnownTables::get().keys().filter(|(of, _)| *of == avs).map(|(_, era)| *era).max()
	}

	fn summary(avs: AvsId, era: EraIndex) -> Option<TableSummary> {
		KnownTables::get().get(&(avs, era)).map(summary)
	}

	fn entries(avs: AvsId, era: EraIndex) -> Vec<TableEntry<AccountId>> {
		KnownTables::get().get(&(avs, era)).map_or(vec![], |(_, entries)| entries.clone())
	}

	fn entry(avs: AvsId, era: EraIndex, place: u32) -> Option<TableEntry<AccountId>> {
		Self::entries(avs, era).into_iter().nth(place as usize)
	}

	fn page(avs: AvsId, era: EraIndex, page: u32) -> Vec<TableEntry<AccountId>> {
		let size = TABLE_PAGE as usize;
		Self::entries(avs, era).into_iter().skip(page as usize * size).take(size).collect()
	}

	fn served(avs: AvsId, era: EraIndex) -> Option<(EraIndex, TableSummary)> {
		let tables = KnownTables::get();
		let served = tables.iter().rfind(|((of, table), _)| *of == avs && *table <= era);
		served.map(|((_, era), table)| (*era, summary(table)))
	}

	fn counted_pools(_: AvsId, operator: &AccountId, era: EraIndex) -> Vec<(PoolId, u128)> {
		Counted::get().get(&(*operator, era)).cloned().unwrap_or_default()
	}

	fn is_excluded(_: AvsId, operator: &AccountId) -> bool {
		Jailed::get().contains(operator)
	}

	fn verify_entry(_: AvsId, _: EraIndex, _: &EntryProof<AccountId>) -> bool {
		false
	}

	fn was_liable(_: AvsId, _: &AccountId, _: EraIndex) -> bool {
		false
	}
}

/// Pools to a page of PICA's stakes.
pub const PICA_PAGE: usize = 2;

impl PicaStakes for Registry {
	fn last_table() -> Option<PicaTable> {
		<Self as PicaStakes>::served_pica(EraIndex::MAX)
	}

	fn table(era: EraIndex) -> Option<PicaTable> {
		<Self as PicaStakes>::served_pica(era).filter(|table| table.era == era)
	}

	fn served_pica(era: EraIndex) -> Option<PicaTable> {
		let stakes = KnownStakes::get();
		let (era, stakes) = stakes.iter().rfind(|(table, _)| **table <= era)?;
		Some(PicaTable {
			era: *era,
			pools: stakes.len() as u32,
			total: stakes.iter().map(|(_, stake)| stake).sum(),
			pages: stakes.len().div_ceil(PICA_PAGE) as u32,
		})
	}

	fn page(era: EraIndex, page: u32) -> Vec<(PoolId, Balance)> {
		let stakes = KnownStakes::get().remove(&era).unwrap_or_default();
		stakes.into_iter().skip(page as usize * PICA_PAGE).take(PICA_PAGE).collect()
	}
}

impl pallet_emissions::Config for Test {
	type Ledger = Restaking;
	type Avss = Registry;
	type Currency = Balances;
	type Assets = NativeAndForeign;
	type Transfers = assets::NativeAndForeign<Balances, Test>;
	type Payments = Payments;
	type GovernanceOrigin = EnsureRoot<AccountId>;
	type Treasury = Treasury;
	type EmissionCeiling = Ceiling;
	type WarningEras = ConstU32<3>;
	type SessionTable = TableOfSession;
	type BlockNumberProvider = System;
	type BlocksPerYear = ConstU32<YEAR>;
	type PaymentPeriod = ConstU64<PAYMENT_PERIOD>;
	type PalletId = EmissionsPalletId;
	type MaxCurrencies = ConstU32<3>;
	type MaxPools = ConstU32<6>;
	type YieldPage = ConstU32<2>;
	type KeptEras = ConstU32<4>;
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
		use frame_support::traits::fungibles::Mutate;
		assert_ok!(NativeAndForeign::mint_into(asset, who, amount));
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::BenchmarkHelper<AccountId> for Scene {
	type PaidAsset = Option<AssetId>;
	type Beneficiary = AccountId;

	fn payment_abroad() -> (Option<AssetId>, AccountId) {
		(None, ALICE)
	}

	fn list_currency(currency: AssetId) {
		use pallet_restaking::BenchmarkHelper;
		let listed = pallet_restaking::RewardCurrencies::<Test>::get();
		if listed.iter().any(|listed| listed.asset == currency) {
			return;
		}
		Self::create_asset(currency);
		for who in [GOVERNANCE, TREASURY] {
			Self::mint(currency, &who, UNIT);
		}
		assert_ok!(Restaking::add_reward_currency(RuntimeOrigin::root(), currency));
	}

	fn endow(who: &AccountId, currency: AssetId) {
		<Self as pallet_restaking::BenchmarkHelper<_>>::mint(currency, who, 10u128.pow(15));
	}

	fn onboard(currency: AssetId) -> AvsId {
		KnownPayers::mutate(|payers| payers.insert(7, payer(currency, 1)));
		7
	}

	fn register_operator(who: &AccountId) {
		use pallet_restaking::BenchmarkHelper;
		Self::mint(PICA, who, UNIT);
		let commission = Perbill::from_percent(1);
		assert_ok!(Restaking::register_operator(origin(*who), commission, vec![]));
	}

	fn create_pools(asset: AssetId, rate: FixedU128, count: u32) -> Vec<PoolId> {
		use pallet_restaking::BenchmarkHelper;
		if asset != PICA {
			Self::create_asset(asset);
			Self::mint(asset, &GOVERNANCE, UNIT);
			let settings = VaultSettings {
				deposit_cap: ENDOWMENT,
				minimum_stake: 0,
				status: VaultStatus::Open,
				yield_rate: rate,
			};
			assert_ok!(Restaking::create_vault(RuntimeOrigin::root(), asset, settings));
		}
		(0..count)
			.map(|number| {
				let who = 1_000 + AccountId::from(number);
				Self::mint(PICA, &who, 2 * UNIT);
				Self::mint(asset, &who, UNIT);
				assert_ok!(Restaking::register_operator(origin(who), Perbill::zero(), vec![]));
				let pool = pallet_restaking::NextPoolId::<Test>::get();
				assert_ok!(Restaking::create_pool(origin(who), asset, vec![]));
				stake(who, pool, UNIT);
				pool
			})
			.collect()
	}

	fn set_table(avs: AvsId, era: EraIndex, entries: Vec<TableEntry<AccountId>>) {
		KnownTables::mutate(|tables| tables.insert((avs, era), (None, entries)));
	}

	fn set_pica_table(era: EraIndex, stakes: Vec<(PoolId, Balance)>) {
		KnownStakes::mutate(|known| known.insert(era, stakes));
	}

	fn put_behind_chain(operator: &AccountId, pools: &[PoolId]) {
		let pools = pools.iter().map(|pool| (*pool, 1)).collect();
		Counted::mutate(|counted| counted.insert((*operator, 1), pools));
	}

	fn turn_era() {
		let block = System::block_number() + ERA;
		System::set_block_number(block);
		Restaking::on_initialize(block);
	}
}

/// Builds a chain on which two operators have pools, the persons are endowed, and there is an AVS of
/// [`OWNER`]'s that pays 1,000 planck of [`SOL`] an era.
#[derive(Default)]
pub struct ExtBuilder {
	yield_rate: FixedU128,
}

impl ExtBuilder {
	/// The yearly yield of all vaults, in planck of PICA per planck.
	pub fn yield_rate(mut self, numerator: u128, denominator: u128) -> Self {
		self.yield_rate = FixedU128::from_rational(numerator, denominator);
		self
	}

	pub fn build(self) -> sp_io::TestExternalities {
		let people = || [GOVERNANCE, TREASURY, OWNER, ALICE, BOB].into_iter().chain(OPERATORS);
		let settings = VaultSettings {
			deposit_cap: ENDOWMENT * 100,
			minimum_stake: 0,
			status: VaultStatus::Open,
			yield_rate: self.yield_rate,
		};
		let pools = || vec![(SOL, b"sol".to_vec()), (PICA, b"pica".to_vec())];
		let operator = |who| (who, Perbill::from_percent(5), b"operator".to_vec(), pools());
		let foreign = [(SOL, 10), (IDLE, 1)];
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
				reward_currencies: vec![PICA, SOL],
				vaults: [SOL, PICA].map(|asset| (asset, settings)).to_vec(),
				stakes: vec![],
				operators: OPERATORS.map(operator).to_vec(),
			},
			..Default::default()
		}
		.build_storage()
		.expect("genesis builds");
		let mut externalities = sp_io::TestExternalities::new(storage);
		externalities.execute_with(|| {
			System::set_block_number(1);
			IdleWeight::set(Weight::MAX);
			Ceiling::set(Perbill::one());
			KnownPayers::set([(AVS, payer(SOL, 1_000))].into());
			KnownTables::set(BTreeMap::new());
			KnownStakes::set(BTreeMap::new());
			Jailed::set(BTreeSet::new());
			Counted::set(BTreeMap::new());
			TableOfSession::set(0);
			Orders::set(vec![]);
		});
		externalities
	}

	/// Runs a test, and checks the invariants after it.
	pub fn execute(self, test: impl FnOnce()) {
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
	Emissions::do_try_state().expect("the invariants of emissions hold");
}

pub fn payer(currency: AssetId, per_era: Balance) -> Payer<AccountId> {
	Payer { owner: Some(OWNER), currency, per_era, next_currency: None, is_gone: false }
}

pub fn change_payer(avs: AvsId, change: impl FnOnce(&mut Payer<AccountId>)) {
	KnownPayers::mutate(|payers| change(payers.get_mut(&avs).expect("an AVS")));
}

/// Operators' weights, commissions in percent, and what their pools brought.
pub fn entry(
	operator: AccountId,
	weight: u128,
	commission: u32,
	pools: &[(PoolId, u128)],
) -> TableEntry<AccountId> {
	let commission = Perbill::from_percent(commission);
	TableEntry { operator, key: None, weight, commission, pools: pools.to_vec() }
}

/// A table of an era on which one can rely, for which the AVS sets its pay aside.
pub fn set_table(avs: AvsId, era: EraIndex, entries: Vec<TableEntry<AccountId>>) {
	let Payer { currency, per_era, .. } = Registry::payer(avs).expect("an AVS");
	let paid = Emissions::set_aside(avs, era, currency, per_era);
	let dormancy = (!paid).then_some(Dormancy::Unpaid);
	KnownTables::mutate(|tables| tables.insert((avs, era), (dormancy, entries)));
}

/// The same table in which one operator is all there is, with its pool of [`SOL`].
pub fn set_simple_table(era: EraIndex) {
	set_table(AVS, era, vec![entry(OPERATORS[0], 10, 0, &[(sol_pool(0), 10)])]);
}

pub fn origin(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

pub fn stake(who: AccountId, pool: PoolId, amount: Balance) {
	assert_ok!(Restaking::stake(origin(who), pool, amount, 0));
}

pub fn fund(avs: AvsId, currency: AssetId, amount: Balance) {
	assert_ok!(Emissions::fund(origin(OWNER), avs, currency, amount));
}

pub fn balance(asset: AssetId, who: AccountId) -> Balance {
	NativeAndForeign::balance(asset, &who)
}

pub fn escrow(avs: AvsId, currency: AssetId) -> Balance {
	Accounts::<Test>::get(avs).escrow.of(currency)
}

pub fn era() -> EraIndex {
	Restaking::current_era()
}

/// Runs a block, and what it leaves to steps.
pub fn next_block() {
	let block = System::block_number() + 1;
	System::set_block_number(block);
	Restaking::on_initialize(block);
	let left = IdleWeight::get();
	let used = Emissions::on_idle(block, left);
	assert!(used.all_lte(left), "no more is used than there was");
}

pub fn pass(blocks: u64) {
	(0..blocks).for_each(|_| next_block());
}

/// Runs to the first block of the next era.
pub fn next_era() {
	let now = era();
	while era() == now {
		next_block();
	}
}

pub fn slash(pool: PoolId, numerator: u128, denominator: u128) {
	let ratio = picasso_primitives::math::Ratio::new(numerator, denominator).expect("a ratio");
	Restaking::slash(&[(pool, ratio)], &TREASURY).expect("a slash");
}

/// What a claim would pay.
pub fn rewards_of(who: AccountId, pool: PoolId) -> Vec<(AssetId, Balance)> {
	let positions = Restaking::account_info(&who).positions;
	let found = positions.into_iter().find(|position| position.pool == pool);
	found.map_or(Vec::new(), |position| position.rewards)
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
			RuntimeEvent::Emissions(event) => Some(event),
			_ => None,
		})
		.collect();
	System::reset_events();
	events
}
