// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Other chains: how messages come and go (`lanes`), what assets are there (`assets`), what a message may do
//! here (this file), how it pays (`trader`), and what programs do with what came (`owners`, `programs`, `orders`).

pub mod assets;
pub mod lanes;
pub mod orders;
pub mod owners;
pub mod programs;
pub mod returns;
pub mod stranded;
pub mod trader;

use crate::{
	configs::{
		governance::{RootOrGeneralAdmin, TreasuryAccount},
		restaking::StorageDeposit,
	},
	weights::xcm::PicassoXcmWeight,
	*,
};
use frame_support::{
	parameter_types,
	traits::{fungible::HoldConsideration, ConstU32, Contains, Equals, Everything, Get, Nothing},
};
use pallet_lanes::RecordSenders;
use pallet_xcm::XcmPassthrough;
use sp_core::H256;
use staging_xcm::latest::prelude::*;
use staging_xcm_builder::{
	AccountId32Aliases, AliasChildLocation, AllowExplicitUnpaidExecutionFrom,
	AllowKnownQueryResponses, AllowTopLevelPaidExecutionFrom, DescribeAllTerminal, EnsureXcmOrigin,
	ExternalConsensusLocationsConverterFor, FrameTransactionalProcessor, HashedDescription,
	IsConcrete, SendXcmFeeToAccount, SignedAccountId32AsNative, SignedToAccountId32,
	SovereignSignedViaLocation, TakeWeightCredit, TrailingSetTopicAsId, WeightInfoBounds,
	WithComputedOrigin, XcmFeeManagerFromComponents,
};
use staging_xcm_executor::XcmExecutor;

/// Where this chain is among all: it is a consensus of its own, named by its first block.
pub struct UniversalLocation;

impl UniversalLocation {
	/// The name of this chain's consensus.
	pub fn network() -> NetworkId {
		let H256(genesis) = System::block_hash(0);
		NetworkId::ByGenesis(genesis)
	}
}

impl Get<InteriorLocation> for UniversalLocation {
	fn get() -> InteriorLocation {
		GlobalConsensus(Self::network()).into()
	}
}

parameter_types! {
	/// Accounts are named without a network: there is but one here.
	pub const NoNetwork: Option<NetworkId> = None;
	pub const HereLocation: Location = Location::here();
	pub TreasuryLocation: Location = account_location(&TreasuryAccount::get());
}

/// Where an account of this chain is.
pub fn account_location(account: &AccountId) -> Location {
	AccountId32 { network: None, id: account.clone().into() }.into()
}

/// Accounts of locations: of accounts here, of all that is on other chains, and of what else is here.
pub type LocationToAccountId = (
	AccountId32Aliases<NoNetwork, AccountId>,
	ExternalConsensusLocationsConverterFor<UniversalLocation, AccountId>,
	HashedDescription<AccountId, DescribeAllTerminal>,
);

/// What a call of a message is signed by. Nobody becomes root.
type OriginConverter = (
	SovereignSignedViaLocation<LocationToAccountId, RuntimeOrigin>,
	SignedAccountId32AsNative<NoNetwork, RuntimeOrigin>,
	XcmPassthrough<RuntimeOrigin>,
);

/// Chains that a lane leads to, and all that is on them.
pub struct ConnectedChains;

impl Contains<Location> for ConnectedChains {
	fn contains(location: &Location) -> bool {
		lanes::lane_towards(location).is_some()
	}
}

/// Who pays nothing: the treasury, where governance has it pay. Not this chain itself: what anybody has it
/// send to itself begins as its own.
pub type Housekeeping = Equals<TreasuryLocation>;

/// Which messages are executed at all.
pub type Barrier = TrailingSetTopicAsId<(
	TakeWeightCredit,
	AllowKnownQueryResponses<PolkadotXcm>,
	WithComputedOrigin<
		(
			AllowTopLevelPaidExecutionFrom<ConnectedChains>,
			AllowExplicitUnpaidExecutionFrom<Housekeeping>,
		),
		UniversalLocation,
		ConstU32<8>,
	>,
)>;

/// What a message may call: programs, and what was trapped.
pub struct SafeCalls;

impl Contains<RuntimeCall> for SafeCalls {
	fn contains(call: &RuntimeCall) -> bool {
		matches!(
			call,
			RuntimeCall::Cvm(..) | RuntimeCall::PolkadotXcm(pallet_xcm::Call::claim_assets { .. })
		)
	}
}

/// Who doesn't pay for the delivery of what it sends: governance, and executors, which did with their program.
pub struct DeliveryPaid;

impl Contains<Location> for DeliveryPaid {
	fn contains(location: &Location) -> bool {
		Housekeeping::contains(location)
			|| Equals::<HereLocation>::contains(location)
			|| matches!(
				location.unpack(),
				(0, [AccountId32 { id, .. }]) if Cvm::is_executor(&(*id).into())
			)
	}
}

parameter_types! {
	pub const MaxInstructions: u32 = 100;
	pub const MaxAssetsIntoHolding: u32 = 16;
}

/// Weighs messages.
pub type Weigher = WeightInfoBounds<PicassoXcmWeight<RuntimeCall>, RuntimeCall, MaxInstructions>;

/// Sends messages, each with a topic of its own.
pub type XcmRouter = lanes::Router;

pub struct XcmConfig;

impl staging_xcm_executor::Config for XcmConfig {
	type RuntimeCall = RuntimeCall;
	type XcmSender = XcmRouter;
	type XcmEventEmitter = RecordSenders<PolkadotXcm, Runtime>;
	type AssetTransactor = assets::AssetTransactors;
	type OriginConverter = OriginConverter;
	type IsReserve = assets::RegisteredReserves;
	type IsTeleporter = ();
	type Aliasers = (AliasChildLocation, pallet_xcm::AuthorizedAliasers<Runtime>);
	type UniversalLocation = UniversalLocation;
	type Barrier = Barrier;
	type Weigher = Weigher;
	type Trader = trader::GovernedRates;
	type ResponseHandler = PolkadotXcm;
	type AssetTrap = PolkadotXcm;
	type AssetLocker = ();
	type AssetExchanger = ();
	type SubscriptionService = PolkadotXcm;
	type PalletInstancesInfo = AllPalletsWithSystem;
	type MaxAssetsIntoHolding = MaxAssetsIntoHolding;
	type FeeManager = XcmFeeManagerFromComponents<
		DeliveryPaid,
		SendXcmFeeToAccount<Self::AssetTransactor, TreasuryLocation>,
	>;
	type MessageExporter = ();
	type UniversalAliases = Nothing;
	type CallDispatcher = RuntimeCall;
	type SafeCallFilter = SafeCalls;
	type TransactionalProcessor = FrameTransactionalProcessor;
	type HrmpNewChannelOpenRequestHandler = ();
	type HrmpChannelAcceptedHandler = ();
	type HrmpChannelClosingHandler = ();
	type XcmRecorder = PolkadotXcm;
}

/// Where a local origin is: an account; nothing else sends messages.
pub type LocalOriginToLocation = SignedToAccountId32<RuntimeOrigin, AccountId, NoNetwork>;

parameter_types! {
	pub const AuthorizedAliasHoldReason: RuntimeHoldReason =
		RuntimeHoldReason::PolkadotXcm(pallet_xcm::HoldReason::AuthorizeAlias);
}

impl pallet_xcm::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Currency = Balances;
	type CurrencyMatcher = IsConcrete<HereLocation>;
	type AuthorizedAliasConsideration =
		HoldConsideration<AccountId, Balances, AuthorizedAliasHoldReason, StorageDeposit>;
	type SendXcmOrigin = EnsureXcmOrigin<RuntimeOrigin, LocalOriginToLocation>;
	type XcmRouter = XcmRouter;
	type ExecuteXcmOrigin = EnsureXcmOrigin<RuntimeOrigin, LocalOriginToLocation>;
	type XcmExecuteFilter = Everything;
	type XcmExecutor = XcmExecutor<XcmConfig>;
	type XcmTeleportFilter = Nothing;
	type XcmReserveTransferFilter = Everything;
	type Weigher = Weigher;
	type UniversalLocation = UniversalLocation;
	type RuntimeOrigin = RuntimeOrigin;
	type RuntimeCall = RuntimeCall;
	const VERSION_DISCOVERY_QUEUE_SIZE: u32 = 100;
	type AdvertisedXcmVersion = pallet_xcm::CurrentXcmVersion;
	type AdminOrigin = RootOrGeneralAdmin;
	type TrustedLockers = ();
	type SovereignAccountOf = LocationToAccountId;
	type MaxLockers = ConstU32<8>;
	type MaxRemoteLockConsumers = ConstU32<0>;
	type RemoteLockConsumerIdentifier = ();
	type WeightInfo = crate::weights::pallet_xcm::WeightInfo<Runtime>;
}
