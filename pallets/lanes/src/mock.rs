// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! A chain with a message queue and lanes. Assets, their reserves, and what an executor makes of messages are
//! what tests say they are.

use crate as pallet_lanes;
use crate::{pallet::*, types::*};
use codec::{Decode, Encode};
use frame_support::{
	assert_ok, derive_impl, ord_parameter_types, parameter_types,
	traits::{
		ConstU32, ConstU64, Contains, ContainsPair, Hooks, ProcessMessage, ProcessMessageError,
		QueueFootprintQuery, ServiceQueues,
	},
	weights::{Weight, WeightMeter},
};
use frame_system::{EnsureRoot, EnsureSignedBy};
use picasso_primitives::{
	lanes::{Carrier, LaneId, MessageNonce, MessageOrigin},
	registry::{AssetLocations, AssetStatus},
	AssetId, Balance,
};
use sp_runtime::{BuildStorage, DispatchError, DispatchResult};
use staging_xcm::{prelude::*, GetVersion, VersionedXcm};
use std::collections::BTreeMap;

pub type AccountId = u64;

/// Pauses lanes.
pub const GUARDIAN: AccountId = 1;
pub const ALICE: AccountId = 20;

/// Blocks of a day.
pub const DAY: u64 = 100;
pub const MAX_SIZE: u32 = 2_048;
pub const MAX_OUTBOX: u32 = 4;
pub const MAX_INBOUND: u32 = 8;
pub const MAX_WAITING: u32 = 6;
pub const MAX_ARRIVALS: u32 = 4;

/// Lanes that there are.
pub const HUB: LaneId = 0;
pub const BIFROST: LaneId = 1;

/// Assets held by the hub.
pub const DOT: AssetId = 100;
pub const USDC: AssetId = 101;
/// An asset held by Bifrost.
pub const VDOT: AssetId = 200;

/// An asset that this chain itself is believed to hold for others, as none should be.
pub const SELF_HELD: AssetId = 300;

pub fn hub() -> InteriorLocation {
	[GlobalConsensus(Polkadot), Parachain(1000)].into()
}

pub fn bifrost() -> InteriorLocation {
	[GlobalConsensus(Polkadot), Parachain(2030)].into()
}

pub fn outside(chain: InteriorLocation) -> Location {
	Location::new(1, chain)
}

/// Where assets are.
pub fn location(asset: AssetId) -> Location {
	match asset {
		DOT => Location::new(1, [GlobalConsensus(Polkadot)]),
		USDC => Location::new(
			1,
			[GlobalConsensus(Polkadot), Parachain(1000), PalletInstance(50), GeneralIndex(1337)],
		),
		SELF_HELD => Location::new(0, [GeneralIndex(7)]),
		VDOT => Location::new(1, [GlobalConsensus(Polkadot), Parachain(2030), GeneralIndex(0)]),
		_ => Location::new(
			1,
			[GlobalConsensus(ByGenesis([9; 32])), Parachain(1000), GeneralIndex(asset)],
		),
	}
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
	pub type MessageQueue = pallet_message_queue;
	#[runtime::pallet_index(2)]
	pub type Lanes = pallet_lanes;
}

type Block = frame_system::mocking::MockBlock<Test>;

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
}

parameter_types! {
	pub const MaxIdleWeight: Weight = Weight::from_parts(10_000, 10_000);
	pub Universal: InteriorLocation = [GlobalConsensus(ByGenesis([7; 32]))].into();
	/// What a block leaves for steps.
	pub static IdleWeight: Weight = Weight::from_parts(1_000_000, 1_000_000);
	pub static Fee: Balance = 0;
	pub static FeePerByte: Balance = 0;
	pub static Version: Option<u32> = Some(5);
	/// What may be done with assets; others aren't registered.
	pub static Statuses: BTreeMap<AssetId, AssetStatus> = BTreeMap::new();
	/// What was processed, and where it came from.
	pub static Processed: Vec<(MessageOrigin, Xcm<()>)> = vec![];
	/// How the next messages end, if not well.
	pub static Endings: Vec<Ending> = vec![];
	/// What was given back.
	/// What was kept of messages that could not be executed, and whose it is.
	pub static Stranded: Vec<(Location, Vec<Asset>)> = Vec::new();
	pub static GivenBack: Vec<(Option<Location>, InteriorLocation, Xcm<()>)> = vec![];
	/// What returning fails with.
	pub static ReturnError: Option<DispatchError> = None;
	/// Sends that were told of.
	pub static Told: Vec<(Location, Location, XcmHash)> = vec![];
}

ord_parameter_types! {
	pub const Guardian: AccountId = GUARDIAN;
}

#[derive(Clone, Debug)]
pub enum Ending {
	Incomplete,
	Failed(ProcessMessageError),
	/// It would release a message itself.
	Release(LaneId, u64),
}

impl pallet_message_queue::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = ();
	type MessageProcessor = crate::InflowGuard<Test>;
	type Size = u32;
	type QueueChangeHandler = ();
	type QueuePausedQuery = Lanes;
	type HeapSize = ConstU32<4_096>;
	type MaxStale = ConstU32<2>;
	type ServiceWeight = ();
	type IdleMaxServiceWeight = ();
}

/// A step costs 10, beginning one 1; what is brought costs 1 each.
pub struct Weights;

fn cost(weight: u64) -> Weight {
	Weight::from_parts(weight, 0)
}

macro_rules! costs {
	($weight:expr; $($call:ident),* $(,)?) => {
		$(fn $call() -> Weight {
			cost($weight)
		})*
	};
}

impl crate::WeightInfo for Weights {
	costs!(5; open_lane, pause_lane, resume_lane, set_inflow_limit, settle_by_vote, retry_return);
	costs!(5; export, note_sender, send_here, receive, next, settle);
	costs!(1; seek_waiting);

	fn release(arrivals: u32) -> Weight {
		cost(10 + u64::from(arrivals))
	}

	fn guard(arrivals: u32) -> Weight {
		cost(10 + u64::from(arrivals))
	}

	fn pass_over(_: u32) -> Weight {
		cost(0)
	}
}

/// Assets as tests register them.
pub struct Registry;

impl Registry {
	fn known() -> impl Iterator<Item = AssetId> {
		Statuses::get().into_keys()
	}
}

impl AssetLocations for Registry {
	fn asset_at(at: &Location) -> Option<AssetId> {
		Self::known().find(|asset| location(*asset) == *at)
	}

	fn location_of(asset: AssetId) -> Option<Location> {
		Self::known().find(|known| *known == asset).map(location)
	}

	fn reserve_of(asset: AssetId) -> Option<Location> {
		Self::known().find(|known| *known == asset).map(|asset| match asset {
			DOT | USDC => outside(hub()),
			VDOT => outside(bifrost()),
			_ => location(asset).split_last_interior().0,
		})
	}

	fn status_of(asset: AssetId) -> Option<AssetStatus> {
		Statuses::get().get(&asset).copied()
	}
}

/// Registered assets come from where they are held; others from anywhere.
pub struct Reserves;

impl ContainsPair<Asset, Location> for Reserves {
	fn contains(asset: &Asset, origin: &Location) -> bool {
		match Registry::asset_at(&asset.id.0) {
			Some(id) => Registry::reserve_of(id).as_ref() == Some(origin),
			None => true,
		}
	}
}

/// A chain may act as what is inside of it.
pub struct Aliases;

impl ContainsPair<Location, Location> for Aliases {
	fn contains(origin: &Location, target: &Location) -> bool {
		target.starts_with(origin)
	}
}

/// Bifrost may act as Polkadot.
pub struct UniversalAliases;

impl Contains<(Location, Junction)> for UniversalAliases {
	fn contains((origin, global): &(Location, Junction)) -> bool {
		*origin == outside(bifrost()) && *global == GlobalConsensus(Polkadot)
	}
}

pub struct Versions;

impl GetVersion for Versions {
	fn get_version_for(_: &Location) -> Option<u32> {
		Version::get()
	}
}

/// An executor that notes what it is given. A message weighs what its `UnpaidExecution` says, or else 1.
pub struct Executor;

pub fn weight_of(message: &Xcm<()>) -> Weight {
	let said = message.iter().find_map(|instruction| match instruction {
		UnpaidExecution { weight_limit: Limited(weight), .. } => Some(*weight),
		_ => None,
	});
	said.unwrap_or(Weight::from_parts(1, 1))
}

impl ProcessMessage for Executor {
	type Origin = MessageOrigin;

	fn process_message(
		message: &[u8],
		origin: MessageOrigin,
		meter: &mut WeightMeter,
		id: &mut [u8; 32],
	) -> Result<bool, ProcessMessageError> {
		let versioned = VersionedXcm::<()>::decode(&mut &message[..])
			.map_err(|_| ProcessMessageError::Corrupt)?;
		let xcm = Xcm::<()>::try_from(versioned).map_err(|_| ProcessMessageError::Unsupported)?;
		let required = weight_of(&xcm);
		if !meter.can_consume(required) {
			return Err(ProcessMessageError::Overweight(required));
		}
		meter.consume(required);
		if let Some(SetTopic(topic)) = xcm.last() {
			*id = *topic;
		}
		let ending = Endings::mutate(|endings| (!endings.is_empty()).then(|| endings.remove(0)));
		match ending {
			Some(Ending::Failed(error)) => {
				// What a message does before it fails.
				frame_support::storage::unhashed::put(b"left behind", &());
				return Err(error);
			},
			Some(Ending::Release(lane, index)) => {
				let released =
					Lanes::release(RuntimeOrigin::signed(ALICE), lane, index, Weight::MAX);
				assert!(released.is_err(), "it is let in already");
			},
			Some(Ending::Incomplete) | None => (),
		}
		Processed::mutate(|processed| processed.push((origin, xcm)));
		Ok(!matches!(ending, Some(Ending::Incomplete)))
	}
}

/// Gives back as tests say.
pub struct Refunds;

impl OnRefused for Refunds {
	fn refused(
		sender: Option<Location>,
		chain: &InteriorLocation,
		message: Xcm<()>,
	) -> DispatchResult {
		frame_support::storage::unhashed::put(b"half way", &());
		if let Some(error) = ReturnError::get() {
			return Err(error);
		}
		frame_support::storage::unhashed::kill(b"half way");
		GivenBack::mutate(|given| given.push((sender, chain.clone(), message)));
		Ok(())
	}

	fn weight() -> Weight {
		cost(7)
	}
}

/// Keeps a list of what was stranded, and whose it is.
pub struct Strands;

impl OnStranded for Strands {
	fn stranded(owner: &Location, assets: Vec<Asset>) {
		Stranded::mutate(|stranded| stranded.push((owner.clone(), assets)));
	}

	fn weight(assets: u32) -> Weight {
		cost(u64::from(assets))
	}
}

pub struct Teller;

impl staging_xcm_executor::traits::EventEmitter for Teller {
	fn emit_sent_event(
		origin: Location,
		destination: Location,
		_: Option<Xcm<()>>,
		message_id: XcmHash,
	) {
		Told::mutate(|told| told.push((origin, destination, message_id)));
	}

	fn emit_send_failure_event(_: Location, _: Location, _: SendError, _: XcmHash) {}

	fn emit_process_failure_event(_: Location, _: XcmError, _: XcmHash) {}
}

impl crate::Config for Test {
	type GovernanceOrigin = EnsureRoot<AccountId>;
	type PauseOrigin = EnsureSignedBy<Guardian, AccountId>;
	type UniversalLocation = Universal;
	type Versions = Versions;
	type Locations = Registry;
	type IsReserve = Reserves;
	type Aliasers = Aliases;
	type UniversalAliases = UniversalAliases;
	type Queue = MessageQueue;
	type Processor = Executor;
	type OnStranded = Strands;
	type OnRefused = Refunds;
	type DeliveryFee = Fee;
	type DeliveryFeePerByte = FeePerByte;
	type MaxIdleWeight = MaxIdleWeight;
	type BlockNumberProvider = System;
	type Day = ConstU64<DAY>;
	type MaxLanes = ConstU32<3>;
	type MaxMessageSize = ConstU32<MAX_SIZE>;
	type MaxOutbox = ConstU32<MAX_OUTBOX>;
	type MaxInbound = ConstU32<MAX_INBOUND>;
	type MaxWaiting = ConstU32<MAX_WAITING>;
	type MaxArrivals = ConstU32<MAX_ARRIVALS>;
	type WeightInfo = Weights;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Scene;
}

#[cfg(feature = "runtime-benchmarks")]
pub struct Scene;

#[cfg(feature = "runtime-benchmarks")]
impl crate::BenchmarkHelper for Scene {
	fn register(_: &InteriorLocation, count: u32) -> Vec<(AssetId, Location)> {
		let assets = (0..count).map(|number| 1_000 + AssetId::from(number));
		assets
			.map(|asset| {
				set_status(asset, AssetStatus::Active);
				(asset, location(asset))
			})
			.collect()
	}

	fn set_version(_: &Location) {}
}

/// What the queue may weigh in a block.
pub const SERVICE: Weight = Weight::from_parts(20_000_000_000, 20_000_000);

#[derive(Default)]
pub struct ExtBuilder;

impl ExtBuilder {
	/// Two lanes, and three assets.
	pub fn build(self) -> sp_io::TestExternalities {
		let storage = RuntimeGenesisConfig::default().build_storage().expect("a genesis");
		let mut ext = sp_io::TestExternalities::from(storage);
		ext.execute_with(|| {
			System::set_block_number(1);
			assert_ok!(Lanes::open_lane(RuntimeOrigin::root(), hub()));
			assert_ok!(Lanes::open_lane(RuntimeOrigin::root(), bifrost()));
			[DOT, USDC, VDOT].into_iter().for_each(|asset| set_status(asset, AssetStatus::Active));
			System::reset_events();
		});
		ext
	}

	/// Runs a test, and checks every invariant after it.
	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			assert_ok!(Lanes::do_try_state());
			assert_ok!(MessageQueue::do_try_state());
			for key in [&b"left behind"[..], b"half way"] {
				let left = frame_support::storage::unhashed::exists(key);
				assert!(!left, "nothing is left of what failed");
			}
		});
	}
}

pub fn set_status(asset: AssetId, status: AssetStatus) {
	Statuses::mutate(|statuses| statuses.insert(asset, status));
}

pub fn set_limit(asset: AssetId, limit: Balance) {
	assert_ok!(Lanes::set_inflow_limit(RuntimeOrigin::root(), asset, Some(limit)));
	System::reset_events();
}

pub fn pause(lane: LaneId) {
	assert_ok!(Lanes::pause_lane(RuntimeOrigin::signed(GUARDIAN), lane));
	System::reset_events();
}

pub fn resume(lane: LaneId) {
	assert_ok!(Lanes::resume_lane(RuntimeOrigin::root(), lane));
	System::reset_events();
}

/// A message that brings amounts, and has a topic.
pub fn bringing(amounts: &[(AssetId, Balance)], topic: u8) -> Xcm<()> {
	let assets: Vec<Asset> =
		amounts.iter().map(|(asset, amount)| (location(*asset), *amount).into()).collect();
	Xcm(vec![ReserveAssetDeposited(assets.into()), ClearOrigin, SetTopic([topic; 32])])
}

pub fn encoded(message: Xcm<()>) -> Vec<u8> {
	VersionedXcm::from(message).encode()
}

pub fn receive(lane: LaneId, message: Xcm<()>) -> DispatchResult {
	Lanes::receive(lane, &encoded(message))
}

/// Brings a message and has the queue processed.
pub fn bring(lane: LaneId, message: Xcm<()>) {
	assert_ok!(receive(lane, message));
	service();
}

pub fn service() {
	MessageQueue::service_queues(SERVICE);
}

/// The same without the queue.
pub fn guard(lane: LaneId, message: Xcm<()>) -> Result<bool, ProcessMessageError> {
	let mut meter = WeightMeter::with_limit(SERVICE);
	let origin = MessageOrigin::Lane(lane);
	crate::InflowGuard::<Test>::process_message(&encoded(message), origin, &mut meter, &mut [0; 32])
}

/// Has what waits let in as far as there is room.
pub fn idle() {
	let left = IdleWeight::get();
	let used = Lanes::on_idle(System::block_number(), left);
	assert!(used.all_lte(left), "no more is used than there was");
}

/// Goes to a block, and does there what blocks do.
pub fn run_to(block: u64) {
	System::set_block_number(block);
	service();
	idle();
}

/// Topics of what was processed since the last time they were asked for.
pub fn processed() -> Vec<u8> {
	Processed::take()
		.into_iter()
		.map(|(_, message)| match message.last() {
			Some(SetTopic(topic)) => topic[0],
			_ => 0,
		})
		.collect()
}

pub fn queued(lane: LaneId) -> u64 {
	MessageQueue::footprint(MessageOrigin::Lane(lane)).storage.count
}

pub fn lane(id: LaneId) -> Lane {
	crate::Lanes::<Test>::get(id).expect("a lane")
}

/// Sends as the executor does: the sender is told of after the delivery.
pub fn send(sender: Option<Location>, chain: InteriorLocation, message: Xcm<()>) -> XcmHash {
	let (id, _) = send_xcm::<Router>(outside(chain.clone()), message).expect("a message sent");
	if let Some(sender) = sender {
		<Emitter as staging_xcm_executor::traits::EventEmitter>::emit_sent_event(
			sender,
			outside(chain),
			None,
			id,
		);
	}
	id
}

pub type Router =
	staging_xcm_builder::WithUniqueTopic<(crate::LaneRouter<Test>, crate::LocalHereRouter<Test>)>;
pub type Emitter = crate::RecordSenders<Teller, Test>;

pub fn someone(number: u8) -> Location {
	AccountId32 { network: None, id: [number; 32] }.into()
}

/// A message for another chain with a topic.
pub fn outgoing(topic: u8) -> Xcm<()> {
	Xcm(vec![ClearOrigin, SetTopic([topic; 32])])
}

pub fn outbox(lane: LaneId) -> Vec<MessageNonce> {
	let mut nonces: Vec<_> = Outbox::<Test>::iter_key_prefix(lane).collect();
	nonces.sort();
	nonces
}

/// Events of this pallet since the last time they were asked for.
pub fn events() -> Vec<Event<Test>> {
	let events = System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::Lanes(event) => Some(event),
			_ => None,
		})
		.collect();
	System::reset_events();
	events
}

/// Those of the queue.
pub fn queue_events() -> Vec<pallet_message_queue::Event<Test>> {
	let events = System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::MessageQueue(event) => Some(event),
			_ => None,
		})
		.collect();
	System::reset_events();
	events
}
