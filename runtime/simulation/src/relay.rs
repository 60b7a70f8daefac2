// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The relay chain: it has DOT, which it teleports to Asset Hub and back.

use crate::{network::RelayChainXcmRouter, places::*};
use frame_support::{
	derive_impl, parameter_types,
	traits::{ConstU32, Disabled, Everything, Nothing, ProcessMessage, ProcessMessageError},
	weights::{Weight, WeightMeter},
};
use frame_system::EnsureRoot;
use polkadot_parachain_primitives::primitives::Id as ParaId;
use sp_io::TestExternalities;
use sp_runtime::{traits::IdentityLookup, BuildStorage};
use staging_xcm::latest::prelude::*;
use staging_xcm_builder::{
	AccountId32Aliases, AllowTopLevelPaidExecutionFrom, Case, ChildParachainConvertsVia,
	EnsureXcmOrigin, FixedRateOfFungible, FixedWeightBounds, FrameTransactionalProcessor,
	FungibleAdapter, IsConcrete, ProcessXcmMessage, SignedAccountId32AsNative, SignedToAccountId32,
	SovereignSignedViaLocation, TakeWeightCredit, TrailingSetTopicAsId, WithComputedOrigin,
	WithUniqueTopic,
};
use staging_xcm_executor::XcmExecutor;
use xcm_simulator::{AggregateMessageOrigin, UmpQueueId};

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
	#[runtime::pallet_index(1)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(2)]
	pub type XcmPallet = pallet_xcm;
	#[runtime::pallet_index(3)]
	pub type MessageQueue = pallet_message_queue;
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
	pub const ExistentialDeposit: Balance = DOT;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Runtime {
	type Balance = Balance;
	type ExistentialDeposit = ExistentialDeposit;
	type AccountStore = System;
}

parameter_types! {
	pub const DotLocation: Location = Location::here();
	pub const RelayNetwork: NetworkId = Polkadot;
	pub const Network: Option<NetworkId> = Some(Polkadot);
	pub UniversalLocation: InteriorLocation = GlobalConsensus(Polkadot).into();
	pub const InstructionWeight: Weight = Weight::from_parts(1_000_000_000, 0);
	pub Rate: (AssetId, u128, u128) = (AssetId(Location::here()), DOT, 0);
	pub DotForAssetHub: (AssetFilter, Location) = (
		Wild(AllOf { id: AssetId(Location::here()), fun: WildFungible }),
		Parachain(ASSET_HUB).into(),
	);
	pub const MaxInstructions: u32 = 100;
	pub const HeapSize: u32 = 65_536;
	pub const ServiceWeight: Option<Weight> = Some(Weight::from_parts(1_000_000_000_000, 1_000_000));
}

pub type LocationToAccount =
	(ChildParachainConvertsVia<ParaId, AccountId>, AccountId32Aliases<RelayNetwork, AccountId>);

pub struct XcmConfig;
impl staging_xcm_executor::Config for XcmConfig {
	type RuntimeCall = RuntimeCall;
	type XcmSender = WithUniqueTopic<RelayChainXcmRouter>;
	type XcmEventEmitter = XcmPallet;
	type AssetTransactor =
		FungibleAdapter<Balances, IsConcrete<DotLocation>, LocationToAccount, AccountId, ()>;
	type OriginConverter = (
		SovereignSignedViaLocation<LocationToAccount, RuntimeOrigin>,
		SignedAccountId32AsNative<RelayNetwork, RuntimeOrigin>,
	);
	type IsReserve = ();
	type IsTeleporter = Case<DotForAssetHub>;
	type UniversalLocation = UniversalLocation;
	type Barrier = TrailingSetTopicAsId<(
		TakeWeightCredit,
		WithComputedOrigin<
			AllowTopLevelPaidExecutionFrom<Everything>,
			UniversalLocation,
			ConstU32<8>,
		>,
	)>;
	type Weigher = FixedWeightBounds<InstructionWeight, RuntimeCall, MaxInstructions>;
	// Fees are burned: nobody counts DOT on the relay chain.
	type Trader = FixedRateOfFungible<Rate, ()>;
	type ResponseHandler = XcmPallet;
	type AssetTrap = XcmPallet;
	type AssetLocker = ();
	type AssetExchanger = ();
	type SubscriptionService = XcmPallet;
	type PalletInstancesInfo = AllPalletsWithSystem;
	type MaxAssetsIntoHolding = ConstU32<64>;
	type FeeManager = ();
	type MessageExporter = ();
	type UniversalAliases = Nothing;
	type CallDispatcher = RuntimeCall;
	type SafeCallFilter = Everything;
	type Aliasers = Nothing;
	type TransactionalProcessor = FrameTransactionalProcessor;
	type HrmpNewChannelOpenRequestHandler = ();
	type HrmpChannelAcceptedHandler = ();
	type HrmpChannelClosingHandler = ();
	type XcmRecorder = XcmPallet;
}

pub type LocalOriginToLocation = SignedToAccountId32<RuntimeOrigin, AccountId, Network>;

impl pallet_xcm::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type UniversalLocation = UniversalLocation;
	type SendXcmOrigin = EnsureXcmOrigin<RuntimeOrigin, LocalOriginToLocation>;
	type XcmRouter = WithUniqueTopic<RelayChainXcmRouter>;
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
	type CurrencyMatcher = IsConcrete<DotLocation>;
	type MaxLockers = ConstU32<8>;
	type MaxRemoteLockConsumers = ConstU32<0>;
	type RemoteLockConsumerIdentifier = ();
	type WeightInfo = pallet_xcm::TestWeightInfo;
	type AdminOrigin = EnsureRoot<AccountId>;
	type AuthorizedAliasConsideration = Disabled;
}

/// Executes what a parachain sent up.
pub struct Processor;
impl ProcessMessage for Processor {
	type Origin = AggregateMessageOrigin;

	fn process_message(
		message: &[u8],
		origin: Self::Origin,
		meter: &mut WeightMeter,
		id: &mut [u8; 32],
	) -> Result<bool, ProcessMessageError> {
		let AggregateMessageOrigin::Ump(UmpQueueId::Para(para)) = origin;
		ProcessXcmMessage::<Junction, XcmExecutor<XcmConfig>, RuntimeCall>::process_message(
			message,
			Parachain(para.into()),
			meter,
			id,
		)
	}
}

impl pallet_message_queue::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = ();
	type MessageProcessor = Processor;
	type Size = u32;
	type QueueChangeHandler = ();
	type QueuePausedQuery = ();
	type HeapSize = HeapSize;
	type MaxStale = ConstU32<8>;
	type ServiceWeight = ServiceWeight;
	type IdleMaxServiceWeight = ();
}

pub fn genesis() -> TestExternalities {
	let mut storage = frame_system::GenesisConfig::<Runtime>::default()
		.build_storage()
		.expect("the system has a genesis");
	pallet_balances::GenesisConfig::<Runtime> {
		balances: [ALICE, BOB].map(|who| (who, 1_000 * DOT)).to_vec(),
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.expect("balances are above the existential deposit");
	let mut ext = TestExternalities::new(storage);
	ext.execute_with(|| System::set_block_number(1));
	ext
}
