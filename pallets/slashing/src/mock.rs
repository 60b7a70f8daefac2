// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! A chain with balances, assets, the ledger of stake, AVSs and slashing.

use crate as pallet_slashing;
use crate::{pallet::*, types::*};
use frame_support::{
	assert_ok, derive_impl, parameter_types,
	traits::{
		fungible, fungible::HoldConsideration, AsEnsureOriginWithArg, ConstU32, ConstU64,
		Footprint, Hooks, LinearStoragePrice,
	},
	weights::Weight,
	PalletId,
};
use frame_system::{EnsureRoot, EnsureRootWithSuccess, EnsureSigned};
use pallet_avs::AllocationChange;
use picasso_primitives::{
	assets::{self, NativeOrForeign},
	avs::{
		possession_message, ApplicationId, AssetTerms, AvsKey, AvsSignature, Membership, Referenda,
		ReferendumOutcome, StakeTables, Terms,
	},
	conditions::{
		accusation_message, round_message, Accusation, Condition, Destination, DoubleSign,
		EntryClaim, Evidence, Fault, Jail, Round, SignedMessage, SlashFraction,
	},
	restaking::{StakeLedger, VaultSettings, VaultStatus},
	slashing::FaultId,
	AssetId, AvsId, Balance, EraIndex, PoolId, PICA,
};
use sp_core::{crypto::Pair, ed25519, H256};
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::{
	traits::{Convert, IdentityLookup},
	BuildStorage, DispatchError, DispatchResult, FixedU128, Perbill, Perquintill,
};

/// Wide enough to tell the vaults' accounts apart.
pub type AccountId = u128;

pub const GOVERNANCE: AccountId = 1;
pub const ISSUER: AccountId = 2;
pub const TREASURY: AccountId = 3;
pub const VICTIMS: AccountId = 4;
pub const ARBITER: AccountId = 5;
pub const JUDGE: AccountId = 6;
pub const REPORTER: AccountId = 7;
/// Operators; each has a pool of [`SOL`] and one of PICA.
pub const OPERATORS: [AccountId; 4] = [10, 11, 12, 13];
pub const ALICE: AccountId = 20;
pub const BOB: AccountId = 21;
pub const CAROL: AccountId = 22;

pub const SOL: AssetId = 1000;

pub const UNIT: Balance = 1_000_000_000;
pub const ENDOWMENT: Balance = 1_000_000 * UNIT;
pub const REPORT_BOND: Balance = 100 * UNIT;
pub const DISPUTE_BOND: Balance = 50 * UNIT;
pub const ERA: u64 = 10;
pub const UNBONDING: EraIndex = 7;

/// The AVS that tests set up.
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
	pub type Avs = pallet_avs;
	#[runtime::pallet_index(5)]
	pub type Slashing = pallet_slashing;
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
	pub const MemberReason: RuntimeHoldReason =
		RuntimeHoldReason::Avs(pallet_avs::HoldReason::Member);
	pub const ReportReason: RuntimeHoldReason = RuntimeHoldReason::Slashing(HoldReason::Report);
	pub const DisputeReason: RuntimeHoldReason = RuntimeHoldReason::Slashing(HoldReason::Dispute);
	pub const ReportBond: Balance = REPORT_BOND;
	pub const DisputeBond: Balance = DISPUTE_BOND;
	pub const Free: Balance = 0;
	pub const MaxCommission: Perbill = Perbill::from_percent(20);
	pub const ApplicationDeposit: Balance = UNIT;
	pub const RejectionCost: Perbill = Perbill::from_percent(10);
	pub const MockEraSettings: pallet_restaking::EraSettings<u64> = pallet_restaking::EraSettings {
		length: ERA,
		unbonding: UNBONDING,
		granularity: 1,
	};
	/// What a block leaves for steps.
	pub static IdleWeight: Weight = Weight::MAX;
	pub static Ceiling: Perbill = Perbill::one();
}

/// A planck for a byte.
pub struct StoragePrice;

impl Convert<Footprint, Balance> for StoragePrice {
	fn convert(footprint: Footprint) -> Balance {
		Balance::from(footprint.size)
	}
}

/// A weight for each call named.
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

impl pallet_avs::WeightInfo for Weights {
	costs!(0;
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
		build_table(u32, u32),
		build_pica_page(),
		forget_pica_page(),
	);
}

/// A step costs 10, looking for it 1.
impl crate::WeightInfo for Weights {
	costs!(0;
		report(u32, u32),
		dispute(),
		decide(u32),
		attest(),
		attest_for(u32),
	);
	costs!(10; attend(u32), judge(u32));
	costs!(1; look_at_queue(), look_at_closings());
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

/// Referenda that nobody decides.
pub struct MockReferenda;

impl Referenda<AccountId> for MockReferenda {
	fn submit(_: &AccountId, application: ApplicationId) -> Result<u32, DispatchError> {
		Ok(application)
	}

	fn place_decision_deposit(_: &AccountId, _: u32) -> DispatchResult {
		Ok(())
	}

	fn outcome(_: u32) -> ReferendumOutcome {
		ReferendumOutcome::Ongoing
	}
}

impl pallet_avs::Config for Test {
	type Ledger = Restaking;
	type PayCurrencies = frame_support::traits::Everything;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Referenda = MockReferenda;
	type OnTable = Slashing;
	type Paymaster = ();
	type ShortestDispute = ConstU32<1>;
	type AvsAdminOrigin = EnsureRoot<AccountId>;
	type Treasury = Treasury;
	type ApplicationDeposit = ApplicationDeposit;
	type RejectionCost = RejectionCost;
	type MemberDeposit = HoldConsideration<AccountId, Balances, MemberReason, StoragePrice>;
	type MaxApplications = ConstU32<3>;
	type MaxMetadataLength = ConstU32<16>;
	type MaxNotice = ConstU32<20>;
	type MaxMembers = ConstU32<256>;
	type MaxPoolsPerMember = ConstU32<6>;
	type PicaPage = ConstU32<4>;
	type MaxReleases = ConstU32<8>;
	type MaxChanges = ConstU32<4>;
	type ErasPerYear = ConstU32<2190>;
	type WeightInfo = Weights;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Scene;
}

impl pallet_slashing::Config for Test {
	type Ledger = Restaking;
	type Tables = Avs;
	type Terms = Avs;
	type Parts = Avs;
	type Jails = Avs;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type ReportBond = HoldConsideration<
		AccountId,
		Balances,
		ReportReason,
		LinearStoragePrice<ReportBond, Free, Balance>,
	>;
	type DisputeBond = HoldConsideration<
		AccountId,
		Balances,
		DisputeReason,
		LinearStoragePrice<DisputeBond, Free, Balance>,
	>;
	type DecisionOrigin = EnsureRoot<AccountId>;
	type EraCeiling = Ceiling;
	type Treasury = Treasury;
	type MaxPools = ConstU32<6>;
	type WeightInfo = Weights;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Scene;
}

/// Builds a chain on which four operators have pools, and the persons are endowed.
pub struct ExtBuilder;

impl ExtBuilder {
	pub fn build() -> sp_io::TestExternalities {
		let people =
			|| [GOVERNANCE, ALICE, BOB, CAROL, ARBITER, REPORTER].into_iter().chain(OPERATORS);
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
				balances: people().chain([TREASURY, VICTIMS]).map(|who| (who, ENDOWMENT)).collect(),
				..Default::default()
			},
			assets: pallet_assets::GenesisConfig {
				assets: vec![(SOL, ISSUER, true, 1)],
				accounts: people().map(|who| (SOL, who, ENDOWMENT)).collect(),
				..Default::default()
			},
			restaking: pallet_restaking::GenesisConfig {
				era: MockEraSettings::get(),
				funder: Some(GOVERNANCE),
				reward_currencies: vec![PICA],
				vaults: [SOL, PICA].map(|asset| (asset, settings)).to_vec(),
				stakes: vec![(OPERATORS[0], pica_pool(0), 1_000 * UNIT)],
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
			IdleWeight::set(Weight::MAX);
			Ceiling::set(Perbill::one());
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

/// Checks every invariant of all three pallets.
pub fn check() {
	Restaking::do_try_state().expect("the ledger's invariants hold");
	Avs::do_try_state().expect("the registry's invariants hold");
	Slashing::do_try_state().expect("the invariants of slashing hold");
}

fn chain_terms() -> pallet_avs::ChainTerms {
	pallet_avs::ChainTerms {
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

/// Half of what answers, to the treasury; two eras to report, two to dispute.
pub fn condition(fault: Fault<AccountId>) -> Condition<AccountId> {
	Condition {
		fault,
		slash: SlashFraction::Fixed(Perbill::from_percent(50)),
		evidence_window: 2,
		dispute_window: 2,
		jail: Jail::None,
		destination: Destination::Treasury,
		reporter_share: Perbill::zero(),
		veto: None,
	}
}

pub fn arbiter() -> Fault<AccountId> {
	Fault::Arbiter { arbiter: ARBITER }
}

/// Terms that ask for little: a unit of security for each planck of either asset.
pub fn terms(conditions: Vec<Condition<AccountId>>) -> Terms<AccountId> {
	let asset =
		|asset| AssetTerms { asset, weight: FixedU128::from_u32(1), floor: None, cap: None };
	Terms {
		assets: vec![asset(PICA), asset(SOL)].try_into().expect("two assets"),
		minimum_security: 0,
		target_security: 0,
		minimum_operators: 1,
		maximum_operators: 256,
		minimum_stake: 0,
		minimum_self_stake: 0,
		maximum_share: Perbill::one(),
		minimum_nakamoto: 0,
		minimum_commission: Perbill::zero(),
		maximum_commission: Perbill::one(),
		membership: Membership::Open,
		conditions: conditions.try_into().expect("few conditions"),
		pay_currency: PICA,
		pay_per_era: 1_000,
		notice: 3,
	}
}

pub fn origin(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

/// An AVS of Carol's.
pub fn onboard(terms: Terms<AccountId>) -> AvsId {
	let avs = pallet_avs::NextAvsId::<Test>::get();
	let application = pallet_avs::NextApplicationId::<Test>::get();
	assert_ok!(Avs::propose(origin(CAROL), Box::new(terms), vec![], false));
	assert_ok!(Avs::onboard(RuntimeOrigin::root(), application));
	avs
}

/// Has operators 1 to 3 stand for an AVS with half of both pools each, and Alice stake in all of them:
/// 1,000 units of SOL for the first, 2,000 and 3,000 for the others, and a tenth of that in PICA. Ends in
/// the first era of their table.
pub fn serve(avs: AvsId) {
	for operator in 1..4 {
		join(operator, avs);
		let amount = operator as Balance * 1_000 * UNIT;
		stake(ALICE, sol_pool(operator), amount);
		stake(ALICE, pica_pool(operator), amount / 10);
		allocate(operator, avs, sol_pool(operator), 50);
		allocate(operator, avs, pica_pool(operator), 50);
	}
	next_era();
}

/// An AVS with these conditions, which is served as [`serve`] says.
pub fn served(conditions: Vec<Condition<AccountId>>) -> AvsId {
	let avs = onboard(terms(conditions));
	serve(avs);
	avs
}

pub fn pair(operator: usize) -> ed25519::Pair {
	ed25519::Pair::from_seed(&[operator as u8; 32])
}

/// Another key of the same operator.
pub fn second_pair(operator: usize) -> ed25519::Pair {
	ed25519::Pair::from_seed(&[100 + operator as u8; 32])
}

pub fn signature(pair: &ed25519::Pair, message: &[u8]) -> AvsSignature {
	AvsSignature::Ed25519(pair.sign(message).0)
}

/// A key of an operator's, proved for an AVS.
pub fn key(operator: usize, avs: AvsId, pair: &ed25519::Pair) -> (AvsKey, AvsSignature) {
	let message = possession_message(genesis(), avs, &OPERATORS[operator]);
	(AvsKey::Ed25519(pair.public().0), signature(pair, &message))
}

pub fn genesis() -> H256 {
	System::block_hash(0)
}

pub fn join(operator: usize, avs: AvsId) {
	let key = key(operator, avs, &pair(operator));
	assert_ok!(Avs::join(origin(OPERATORS[operator]), avs, Some(key)));
}

pub fn try_allocate(operator: usize, avs: AvsId, pool: PoolId, part: u64) -> DispatchResult {
	let change = AllocationChange { avs, pool, fraction: Perquintill::from_percent(part) };
	let changes = vec![change].try_into().expect("one change");
	frame_support::storage::with_storage_layer(|| {
		Avs::allocate(origin(OPERATORS[operator]), changes)
	})
}

pub fn allocate(operator: usize, avs: AvsId, pool: PoolId, part: u64) {
	assert_ok!(try_allocate(operator, avs, pool, part));
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
	Avs::on_idle(block, Weight::MAX);
	Slashing::on_idle(block, IdleWeight::get());
}

pub fn run_to_era(index: EraIndex) {
	while era() < index {
		next_block();
	}
}

pub fn next_era() {
	run_to_era(era() + 1);
}

/// An operator's place in a table that is kept whole.
pub fn place(avs: AvsId, era: EraIndex, operator: usize) -> u32 {
	let entries = <Avs as StakeTables<AccountId>>::entries(avs, era);
	let found = entries.iter().position(|entry| entry.operator == OPERATORS[operator]);
	found.expect("an operator of the table") as u32
}

pub fn listed(avs: AvsId, era: EraIndex, operator: usize) -> EntryClaim<AccountId> {
	EntryClaim::Listed(place(avs, era, operator))
}

/// An entry with its proof, as it has to be kept for later.
pub fn proved(avs: AvsId, era: EraIndex, operator: usize) -> EntryClaim<AccountId> {
	let proof = Avs::entry_with_proof(avs, era, &OPERATORS[operator]);
	EntryClaim::Proved(proof.expect("an operator of the table"))
}

/// What an operator signs in a round.
pub fn signed(
	pair: &ed25519::Pair,
	avs: AvsId,
	era: EraIndex,
	round: Round,
	content: u8,
) -> SignedMessage {
	let content = H256::repeat_byte(content);
	let message = round_message(genesis(), avs, era, round, content);
	SignedMessage { era, content, signature: signature(pair, &message) }
}

/// Two messages of one round by an operator's first key.
pub fn double_sign(
	avs: AvsId,
	era: EraIndex,
	operator: usize,
	entry: EntryClaim<AccountId>,
) -> Evidence<AccountId> {
	let message = |content| signed(&pair(operator), avs, era, 7, content);
	Evidence::DoubleSign(DoubleSign {
		round: 7,
		one: message(1),
		other: message(2),
		entry,
		earlier_entry: None,
	})
}

pub fn accusation(avs: AvsId, era: EraIndex, operator: usize) -> Accusation<AccountId> {
	Accusation { era, entry: listed(avs, era, operator), fact: H256::repeat_byte(9) }
}

/// The arbiter's word that an operator is at fault in the current era.
pub fn accuse(avs: AvsId, operator: usize) -> FaultId<AccountId> {
	let era = era();
	let evidence = Evidence::Arbiter(accusation(avs, era, operator));
	assert_ok!(report(ARBITER, avs, 0, evidence));
	fault(avs, operator, era)
}

/// What an operator signs to accuse another.
pub fn vote(by: usize, avs: AvsId, era: EraIndex, condition: u8, accused: usize) -> AvsSignature {
	let fact = H256::repeat_byte(9);
	let accused = OPERATORS[accused];
	signature(&pair(by), &accusation_message(genesis(), avs, era, condition, &accused, fact))
}

pub fn report(
	who: AccountId,
	avs: AvsId,
	condition: u8,
	evidence: Evidence<AccountId>,
) -> DispatchResult {
	Slashing::report(origin(who), avs, condition, Box::new(evidence))
		.map(|_| ())
		.map_err(|error| error.error)
}

pub fn fault(avs: AvsId, operator: usize, era: EraIndex) -> FaultId<AccountId> {
	FaultId { avs, operator: OPERATORS[operator], era, condition: 0 }
}

pub fn record(fault: &FaultId<AccountId>) -> FaultRecord<Test> {
	Slashing::fault(fault).expect("a fault")
}

/// Planck staked in a pool.
pub fn staked(pool: PoolId) -> Balance {
	<Restaking as StakeLedger<AccountId>>::pool_stake(pool).expect("a pool").active
}

/// Planck of an asset that an account has.
pub fn balance(asset: AssetId, who: AccountId) -> Balance {
	if asset == PICA {
		Balances::free_balance(who)
	} else {
		Assets::balance(asset, who)
	}
}

/// Planck of PICA that an account has, bonds included.
pub fn wealth_of(who: AccountId) -> Balance {
	<Balances as fungible::Inspect<AccountId>>::total_balance(&who)
}

/// The last event of this pallet.
pub fn last_event() -> Event<Test> {
	events().pop().expect("an event")
}

pub fn events() -> Vec<Event<Test>> {
	let own = |event| match event {
		RuntimeEvent::Slashing(event) => Some(event),
		_ => None,
	};
	System::events().into_iter().filter_map(|record| own(record.event)).collect()
}

#[cfg(feature = "runtime-benchmarks")]
pub struct Scene;

#[cfg(feature = "runtime-benchmarks")]
impl pallet_restaking::BenchmarkHelper<AccountId> for Scene {
	fn create_asset(_: AssetId) {}

	fn mint(_: AssetId, _: &AccountId, _: Balance) {}
}

#[cfg(feature = "runtime-benchmarks")]
impl pallet_avs::BenchmarkHelper<AccountId> for Scene {
	fn endow(who: &AccountId) {
		use frame_support::traits::fungible::Mutate;
		Balances::set_balance(who, ENDOWMENT);
	}

	fn create_vault(_: AssetId) {}

	fn register_operator(who: &AccountId) {
		assert_ok!(Restaking::register_operator(origin(*who), Perbill::from_percent(1), vec![]));
	}

	fn create_pool(operator: &AccountId, asset: AssetId) -> PoolId {
		let pool = pallet_restaking::NextPoolId::<Test>::get();
		assert_ok!(Restaking::create_pool(origin(*operator), asset, vec![]));
		pool
	}

	fn copy_pool(pool: PoolId, _: &AccountId) -> PoolId {
		pool
	}

	fn turn_era() {
		next_era();
	}

	fn reject(_: u32) {}
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::BenchmarkHelper<AccountId> for Scene {
	fn serve(
		keys: sp_core::crypto::KeyTypeId,
		conditions: Vec<Condition<AccountId>>,
		operators: u32,
		pools: u32,
	) -> AvsId {
		use pallet_avs::BenchmarkHelper;
		let avs = onboard(terms(conditions));
		for number in 0..operators {
			let operator = frame_benchmarking::account("operator", number, 0);
			<Scene as BenchmarkHelper<AccountId>>::endow(&operator);
			assert_ok!(Assets::mint(origin(ISSUER), SOL, operator, ENDOWMENT));
			Scene::register_operator(&operator);
			let public = sp_io::crypto::ecdsa_generate(keys, None);
			let message = possession_message(genesis(), avs, &operator);
			let proof = sp_io::crypto::ecdsa_sign(keys, &public, &message).expect("a key");
			let key = (AvsKey::Ecdsa(public.0), AvsSignature::Ecdsa(proof.0));
			assert_ok!(Avs::join(origin(operator), avs, Some(key)));
			for pool in 0..if number == 0 { pools } else { 1 } {
				let pool = Scene::create_pool(&operator, if pool % 2 == 0 { SOL } else { PICA });
				stake(operator, pool, if number == 0 { 2 * UNIT } else { UNIT });
				let fraction = Perquintill::from_percent(50);
				let changes = vec![AllocationChange { avs, pool, fraction }].try_into();
				assert_ok!(Avs::allocate(origin(operator), changes.expect("one change")));
			}
		}
		next_era();
		avs
	}

	fn prove(avs: AvsId, operator: &AccountId) -> picasso_primitives::avs::EntryProof<AccountId> {
		Avs::entry_with_proof(avs, era(), operator).expect("an operator of the table")
	}

	fn fill_table(_: AvsId) {}

	fn endow(who: &AccountId) {
		<Scene as pallet_avs::BenchmarkHelper<AccountId>>::endow(who);
	}

	fn turn_era() {
		System::set_block_number(System::block_number() + ERA);
		Restaking::on_initialize(System::block_number());
		Avs::on_idle(System::block_number(), Weight::MAX);
	}
}
