// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The mock parachain: a runtime with balances, assets by location and pallet-xcm, and what XCM is
//! configured to on Asset Hub, as far as it bears on Picasso.
//!
//! The chains that run it differ by their number, which is in their storage, and by what hangs on it:
//! [`asset_hub`](crate::asset_hub), [`bifrost`](crate::bifrost) and [`gateway`](crate::gateway) say what.
//! What is paid for the execution of messages goes to [`TREASURY`], so that each planck has an owner.

use crate::{asset_hub, bifrost, gateway, network::ParachainXcmRouter, places::*};
use frame_support::{
	derive_impl, parameter_types,
	traits::{
		AsEnsureOriginWithArg, ConstU32, Contains, ContainsPair, Disabled, Everything, Get, Nothing,
	},
	weights::Weight,
};
use frame_system::{EnsureRoot, EnsureSigned};
use picasso_runtime::configs::governance::TreasuryAccount;
use polkadot_parachain_primitives::primitives::{Id as ParaId, Sibling};
use sp_io::TestExternalities;
use sp_runtime::{
	traits::{Dispatchable, Identity, IdentityLookup, TryConvertInto as JustTry},
	BuildStorage, DispatchResult,
};
use staging_xcm::{latest::prelude::*, VersionedXcm};
use staging_xcm_builder::{
	AccountId32Aliases, AliasChildLocation, AllowExplicitUnpaidExecutionFrom,
	AllowKnownQueryResponses, AllowTopLevelPaidExecutionFrom, DescribeAllTerminal, DescribeFamily,
	EnsureXcmOrigin, ExternalConsensusLocationsConverterFor, FixedRateOfFungible,
	FixedWeightBounds, FrameTransactionalProcessor, FungibleAdapter, FungiblesAdapter,
	HashedDescription, IsConcrete, MatchedConvertedConcreteId, NetworkExportTable,
	NetworkExportTableItem, NoChecking, ParentIsPreset, SiblingParachainConvertsVia,
	SignedAccountId32AsNative, SignedToAccountId32, SovereignSignedViaLocation, TakeRevenue,
	TakeWeightCredit, TrailingSetTopicAsId, UnpaidRemoteExporter, WithComputedOrigin,
	WithUniqueTopic,
};
use staging_xcm_executor::{
	traits::{Properties, ShouldExecute, TransactAsset},
	AssetsInHolding, XcmExecutor,
};
use xcm_simulator::mock_message_queue;

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
	pub struct Runtime;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(10)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(30)]
	pub type MsgQueue = mock_message_queue;
	#[runtime::pallet_index(31)]
	pub type PolkadotXcm = pallet_xcm;
	#[runtime::pallet_index(50)]
	pub type Tokens = pallet_assets;
}

type Block = frame_system::mocking::MockBlock<Runtime>;

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Runtime {
	type Block = Block;
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
	type AccountData = pallet_balances::AccountData<Balance>;
}

parameter_types! {
	pub const ExistentialDeposit: Balance = DOT / 100;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Runtime {
	type Balance = Balance;
	type ExistentialDeposit = ExistentialDeposit;
	type AccountStore = System;
}

#[cfg(feature = "runtime-benchmarks")]
pub struct LocationOf;
#[cfg(feature = "runtime-benchmarks")]
impl pallet_assets::BenchmarkHelper<Location, ()> for LocationOf {
	fn create_asset_id_parameter(id: u32) -> Location {
		sibling(id)
	}
	fn create_reserve_id_parameter(_: u32) {}
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config for Runtime {
	type Balance = Balance;
	type AssetId = Location;
	type AssetIdParameter = Location;
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type ForceOrigin = EnsureRoot<AccountId>;
	type ReserveData = ();
	type Freezer = ();
	type Holder = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = LocationOf;
}

impl mock_message_queue::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type XcmExecutor = XcmExecutor<XcmConfig>;
}

/// Number of the chain whose storage is looked at.
pub fn number() -> u32 {
	<MsgQueue as Get<ParaId>>::get().into()
}

/// What `Balances` holds.
pub struct NativeLocation;
impl Get<Location> for NativeLocation {
	fn get() -> Location {
		match number() {
			BIFROST => Location::here(),
			_ => dot(),
		}
	}
}

pub struct UniversalLocation;
impl Get<InteriorLocation> for UniversalLocation {
	fn get() -> InteriorLocation {
		[GlobalConsensus(Polkadot), Parachain(number())].into()
	}
}

parameter_types! {
	pub const Network: Option<NetworkId> = Some(Polkadot);
	pub const RelayNetwork: NetworkId = Polkadot;
	pub CheckingAccount: AccountId = PolkadotXcm::check_account();
	pub TreasuryLocation: Location = account(&TREASURY);
	/// A millisecond for each instruction.
	pub const InstructionWeight: Weight = Weight::from_parts(1_000_000_000, 0);
	pub const MaxInstructions: u32 = 100;
	/// Whether the chain lets nobody's message in.
	pub static Closed: bool = false;
	/// An account of Picasso whose messages Asset Hub lets in for nothing.
	pub static Welcome: Option<[u8; 32]> = None;
}

pub type LocationToAccount = (
	ParentIsPreset<AccountId>,
	SiblingParachainConvertsVia<Sibling, AccountId>,
	AccountId32Aliases<RelayNetwork, AccountId>,
	ExternalConsensusLocationsConverterFor<UniversalLocation, AccountId>,
	HashedDescription<AccountId, DescribeFamily<DescribeAllTerminal>>,
);

/// All assets but the native one.
pub struct Foreign;
impl Contains<Location> for Foreign {
	fn contains(location: &Location) -> bool {
		*location != NativeLocation::get()
	}
}

pub type AssetTransactor = (
	FungibleAdapter<Balances, IsConcrete<NativeLocation>, LocationToAccount, AccountId, ()>,
	FungiblesAdapter<
		Tokens,
		MatchedConvertedConcreteId<Location, Balance, Foreign, Identity, JustTry>,
		LocationToAccount,
		AccountId,
		NoChecking,
		CheckingAccount,
	>,
);

/// Assets of other chains by the chain whose word for them is believed.
pub struct Reserves;
impl ContainsPair<Asset, Location> for Reserves {
	fn contains(asset: &Asset, origin: &Location) -> bool {
		match number() {
			ASSET_HUB => asset_hub::is_reserve(&asset.id.0, origin),
			BIFROST => bifrost::is_reserve(&asset.id.0, origin),
			_ => false,
		}
	}
}

/// The relay chain and Asset Hub teleport DOT.
pub struct Teleporters;
impl ContainsPair<Asset, Location> for Teleporters {
	fn contains(asset: &Asset, origin: &Location) -> bool {
		number() == ASSET_HUB && asset.id.0 == dot() && *origin == Location::parent()
	}
}

/// What the gateway says comes from Picasso, does: it is the near end of the bridge.
pub struct UniversalAliases;
impl Contains<(Location, Junction)> for UniversalAliases {
	fn contains((origin, claimed): &(Location, Junction)) -> bool {
		*origin == sibling(GATEWAY) && *claimed == GlobalConsensus(picasso())
	}
}

/// Other parachains have the gateway export for nothing, and Picasso's treasury, and who else is welcome, pays
/// on Asset Hub without a fee, as a chain would have to allow by its own governance.
pub struct Unpaid;
impl Contains<Location> for Unpaid {
	fn contains(origin: &Location) -> bool {
		match number() {
			GATEWAY => matches!(origin.unpack(), (1, [Parachain(_)])),
			ASSET_HUB => core::iter::once(TreasuryAccount::get().into())
				.chain(Welcome::get())
				.any(|account| *origin == picasso_account(account)),
			_ => false,
		}
	}
}

/// Lets messages on to `Barrier` unless the chain is closed.
pub struct UnlessClosed<Barrier>(core::marker::PhantomData<Barrier>);
impl<Barrier: ShouldExecute> ShouldExecute for UnlessClosed<Barrier> {
	fn should_execute<Call>(
		origin: &Location,
		instructions: &mut [Instruction<Call>],
		max_weight: Weight,
		properties: &mut Properties,
	) -> Result<(), frame_support::traits::ProcessMessageError> {
		// The gateway is no end of the way.
		if Closed::get() && number() != GATEWAY {
			return Err(frame_support::traits::ProcessMessageError::Unsupported);
		}
		Barrier::should_execute(origin, instructions, max_weight, properties)
	}
}

pub type Barrier = TrailingSetTopicAsId<(
	TakeWeightCredit,
	UnlessClosed<(
		AllowKnownQueryResponses<PolkadotXcm>,
		WithComputedOrigin<
			(AllowTopLevelPaidExecutionFrom<Everything>, AllowExplicitUnpaidExecutionFrom<Unpaid>),
			UniversalLocation,
			ConstU32<8>,
		>,
	)>,
)>;

/// What a second of execution costs, by asset: about a DOT. None where the chain takes no such fee.
pub fn price(location: &Location) -> Option<Balance> {
	let prices = [
		(NativeLocation::get(), DOT),
		(dot(), DOT),
		(bifrost::vdot_where(number()), DOT * 2 / 3),
		(usdc(), 5 * USDC),
		(wsteth(), WSTETH / 1_000),
		(pica(), 100 * UNIT),
	];
	prices.into_iter().find_map(|(priced, price)| (priced == *location).then_some(price))
}

/// The price of a second of execution in one asset.
macro_rules! rate {
	($name:ident, $location:expr) => {
		pub struct $name;
		impl Get<(AssetId, u128, u128)> for $name {
			fn get() -> (AssetId, u128, u128) {
				let location = $location;
				let price = price(&location).expect("it has a price; qed");
				(AssetId(location), price, 0)
			}
		}
	};
}
rate!(NativeRate, NativeLocation::get());
rate!(DotRate, dot());
rate!(VdotRate, bifrost::vdot_where(number()));
rate!(UsdcRate, usdc());
rate!(WstethRate, wsteth());
rate!(PicaRate, pica());

/// Fees are the treasury's.
pub struct ToTreasury;
impl TakeRevenue for ToTreasury {
	fn take_revenue(revenue: AssetsInHolding) {
		for asset in revenue.into_per_asset_holdings() {
			AssetTransactor::deposit_asset(asset, &TreasuryLocation::get(), None)
				.unwrap_or_else(|(_, error)| panic!("the treasury takes all fees: {error:?}"));
		}
	}
}

parameter_types! {
	pub Bridges: Vec<NetworkExportTableItem> = (!gateway::Halted::get())
		.then(|| NetworkExportTableItem::new(picasso(), None, sibling(GATEWAY), None))
		.into_iter()
		.collect();
}

pub type Router = WithUniqueTopic<(
	ParachainXcmRouter<MsgQueue>,
	UnpaidRemoteExporter<
		NetworkExportTable<Bridges>,
		ParachainXcmRouter<MsgQueue>,
		UniversalLocation,
	>,
)>;

pub struct XcmConfig;
impl staging_xcm_executor::Config for XcmConfig {
	type RuntimeCall = RuntimeCall;
	type XcmSender = Router;
	type XcmEventEmitter = PolkadotXcm;
	type AssetTransactor = AssetTransactor;
	type OriginConverter = (
		SovereignSignedViaLocation<LocationToAccount, RuntimeOrigin>,
		SignedAccountId32AsNative<RelayNetwork, RuntimeOrigin>,
	);
	type IsReserve = Reserves;
	type IsTeleporter = Teleporters;
	type UniversalLocation = UniversalLocation;
	type Barrier = Barrier;
	type Weigher = FixedWeightBounds<InstructionWeight, RuntimeCall, MaxInstructions>;
	type Trader = (
		FixedRateOfFungible<NativeRate, ToTreasury>,
		FixedRateOfFungible<DotRate, ToTreasury>,
		FixedRateOfFungible<VdotRate, ToTreasury>,
		FixedRateOfFungible<UsdcRate, ToTreasury>,
		FixedRateOfFungible<WstethRate, ToTreasury>,
		FixedRateOfFungible<PicaRate, ToTreasury>,
	);
	type ResponseHandler = PolkadotXcm;
	type AssetTrap = PolkadotXcm;
	type AssetLocker = ();
	type AssetExchanger = ();
	type SubscriptionService = PolkadotXcm;
	type PalletInstancesInfo = AllPalletsWithSystem;
	type MaxAssetsIntoHolding = ConstU32<64>;
	type FeeManager = ();
	type MessageExporter = gateway::Exporter;
	type UniversalAliases = UniversalAliases;
	type CallDispatcher = RuntimeCall;
	type SafeCallFilter = Everything;
	// A chain speaks for its own accounts, and for nobody else's.
	type Aliasers = AliasChildLocation;
	type TransactionalProcessor = FrameTransactionalProcessor;
	type HrmpNewChannelOpenRequestHandler = ();
	type HrmpChannelAcceptedHandler = ();
	type HrmpChannelClosingHandler = ();
	type XcmRecorder = PolkadotXcm;
}

pub type LocalOriginToLocation = SignedToAccountId32<RuntimeOrigin, AccountId, Network>;

impl pallet_xcm::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type UniversalLocation = UniversalLocation;
	type SendXcmOrigin = EnsureXcmOrigin<RuntimeOrigin, LocalOriginToLocation>;
	type XcmRouter = Router;
	type ExecuteXcmOrigin = EnsureXcmOrigin<RuntimeOrigin, LocalOriginToLocation>;
	type XcmExecuteFilter = Everything;
	type XcmExecutor = XcmExecutor<XcmConfig>;
	type XcmTeleportFilter = Everything;
	type XcmReserveTransferFilter = Everything;
	type Weigher = FixedWeightBounds<InstructionWeight, RuntimeCall, MaxInstructions>;
	type RuntimeCall = RuntimeCall;
	type RuntimeOrigin = RuntimeOrigin;
	const VERSION_DISCOVERY_QUEUE_SIZE: u32 = 100;
	type AdvertisedXcmVersion = pallet_xcm::CurrentXcmVersion;
	type TrustedLockers = Nothing;
	type SovereignAccountOf = LocationToAccount;
	type Currency = Balances;
	type CurrencyMatcher = IsConcrete<NativeLocation>;
	type MaxLockers = ConstU32<8>;
	type MaxRemoteLockConsumers = ConstU32<0>;
	type RemoteLockConsumerIdentifier = ();
	type WeightInfo = pallet_xcm::TestWeightInfo;
	type AdminOrigin = EnsureRoot<AccountId>;
	type AuthorizedAliasConsideration = Disabled;
}

/// What a chain begins with.
pub struct Genesis {
	pub number: u32,
	pub balances: Vec<(AccountId, Balance)>,
	/// Assets and the least that an account holds of each.
	pub assets: Vec<(Location, Balance)>,
	pub accounts: Vec<(Location, AccountId, Balance)>,
}

impl Genesis {
	pub fn build(self) -> TestExternalities {
		let mut storage = frame_system::GenesisConfig::<Runtime>::default()
			.build_storage()
			.expect("the system has a genesis");
		pallet_balances::GenesisConfig::<Runtime> { balances: self.balances, ..Default::default() }
			.assimilate_storage(&mut storage)
			.expect("balances are above the existential deposit");
		let mut ext = TestExternalities::new(storage);
		ext.execute_with(|| {
			System::set_block_number(1);
			MsgQueue::set_para_id(self.number.into());
			for (asset, minimum) in self.assets {
				Tokens::force_create(RuntimeOrigin::root(), asset, TREASURY, true, minimum)
					.expect("each asset is named once");
			}
			for (asset, who, amount) in self.accounts {
				mint(&asset, &who, amount);
			}
		});
		ext
	}
}

/// Makes some of an asset for somebody, as its issuer.
pub fn mint(asset: &Location, who: &AccountId, amount: Balance) {
	use frame_support::traits::{fungible, fungibles};
	let done = if *asset == NativeLocation::get() {
		<Balances as fungible::Mutate<_>>::mint_into(who, amount)
	} else {
		<Tokens as fungibles::Mutate<_>>::mint_into(asset.clone(), who, amount)
	};
	done.expect("an issuer mints as it likes");
}

/// What somebody has of an asset.
pub fn balance(asset: &Location, who: &AccountId) -> Balance {
	if *asset == NativeLocation::get() {
		Balances::free_balance(who)
	} else {
		Tokens::balance(asset.clone(), who)
	}
}

/// How much there is of an asset.
pub fn issuance(asset: &Location) -> Balance {
	if *asset == NativeLocation::get() {
		pallet_balances::TotalIssuance::<Runtime>::get()
	} else {
		Tokens::total_supply(asset.clone())
	}
}

/// All that accounts have of an asset.
pub fn held(asset: &Location) -> Balance {
	if *asset == NativeLocation::get() {
		frame_system::Account::<Runtime>::iter_values()
			.map(|account| account.data.free + account.data.reserved)
			.sum()
	} else {
		pallet_assets::Account::<Runtime>::iter_prefix_values(asset)
			.map(|account| account.balance)
			.sum()
	}
}

/// The account of a place.
pub fn account_of(place: &Location) -> AccountId {
	use staging_xcm_executor::traits::ConvertLocation;
	LocationToAccount::convert_location(place).expect("all places of the tests have accounts")
}

/// Has somebody execute a message, as a transaction.
pub fn execute(who: &AccountId, message: Xcm<RuntimeCall>) -> DispatchResult {
	let message = Box::new(VersionedXcm::from(message));
	let call = pallet_xcm::Call::execute { message, max_weight: Weight::MAX };
	RuntimeCall::PolkadotXcm(call)
		.dispatch(RuntimeOrigin::signed(who.clone()))
		.map(|_| ())
		.map_err(|failed| failed.error)
}

/// Assets that wait in the trap, with whom they wait for.
pub fn trapped() -> Vec<(Location, Assets)> {
	let mut waiting = Vec::new();
	for record in System::events() {
		match record.event {
			RuntimeEvent::PolkadotXcm(pallet_xcm::Event::AssetsTrapped {
				origin, assets, ..
			}) => waiting.push((origin, assets)),
			RuntimeEvent::PolkadotXcm(pallet_xcm::Event::AssetsClaimed {
				origin, assets, ..
			}) => {
				let claimed =
					waiting.iter().position(|other| *other == (origin.clone(), assets.clone()));
				waiting.swap_remove(claimed.expect("what is claimed was trapped"));
			},
			_ => (),
		}
	}
	waiting
		.into_iter()
		.map(|(origin, assets)| (origin, assets.try_into().expect("it is of this version")))
		.collect()
}

/// How messages of other parachains ended since the chain began.
pub fn outcomes() -> Vec<Result<(), XcmError>> {
	System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::MsgQueue(mock_message_queue::Event::Success { .. }) => Some(Ok(())),
			RuntimeEvent::MsgQueue(mock_message_queue::Event::Fail { error, .. }) => {
				Some(Err(error))
			},
			_ => None,
		})
		.collect()
}

/// The errors among them.
pub fn failures() -> Vec<XcmError> {
	outcomes().into_iter().filter_map(Result::err).collect()
}
