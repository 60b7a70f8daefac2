// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! How messages come from other chains and go there.
//!
//! The bridges that prove other chains' consensus are to carry what the lanes hold, by
//! `picasso_primitives::lanes::Carrier`; nothing else is to change for them.

use super::{
	assets::RegisteredReserves, returns::Returns, stranded::ToTrap, UniversalLocation, XcmConfig,
};
use crate::{
	configs::{
		governance::{parameters::dynamic_params::xcm, GovernanceOrigin, RootOrGeneralAdmin},
		system::MAXIMUM_BLOCK_WEIGHT,
	},
	*,
};
use frame_support::{parameter_types, traits::ConstU32, weights::Weight};
use pallet_lanes::{InflowGuard, LaneRouter, LocalHereRouter, ProcessLaneMessage};
use picasso_primitives::lanes::LaneId;
use sp_runtime::Perbill;
use staging_xcm::latest::prelude::*;
use staging_xcm_builder::WithUniqueTopic;
use staging_xcm_executor::{Config as ExecutorConfig, XcmExecutor};

/// What takes messages to other chains.
pub type Transport = LaneRouter<Runtime>;

/// Sends messages to other chains and to this one, each with a topic of its own.
pub type Router = WithUniqueTopic<(Transport, LocalHereRouter<Runtime>)>;

/// A place, by its junctions.
pub fn place_of(junctions: &[Junction]) -> Option<InteriorLocation> {
	let mut place = InteriorLocation::Here;
	for junction in junctions {
		place.push(*junction).ok()?;
	}
	Some(place)
}

/// The lane to the chain that a location, as this chain sees it, is or is on.
pub fn lane_towards(location: &Location) -> Option<LaneId> {
	let (1, junctions) = location.unpack() else { return None };
	(1..=junctions.len()).find_map(|length| {
		let chain = place_of(junctions.get(..length)?)?;
		pallet_lanes::LaneIds::<Runtime>::get(chain)
	})
}

parameter_types! {
	/// What messages may use as a block begins: a fifth of it.
	pub MessageServiceWeight: Option<Weight> = Some(Perbill::from_percent(20) * MAXIMUM_BLOCK_WEIGHT);
	/// And of what transactions leave of it.
	pub MessageIdleWeight: Option<Weight> = Some(Perbill::from_percent(20) * MAXIMUM_BLOCK_WEIGHT);
}

impl pallet_message_queue::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_message_queue::weights::SubstrateWeight<Runtime>;
	type MessageProcessor = InflowGuard<Runtime>;
	type Size = u32;
	type QueueChangeHandler = ();
	type QueuePausedQuery = Lanes;
	type HeapSize = ConstU32<{ 64 * 1024 }>;
	type MaxStale = ConstU32<8>;
	type ServiceWeight = MessageServiceWeight;
	type IdleMaxServiceWeight = MessageIdleWeight;
}

parameter_types! {
	/// What a waiting message may weigh to be let in by itself: a twentieth of a block.
	pub MaxIdleMessageWeight: Weight = Perbill::from_percent(5) * MAXIMUM_BLOCK_WEIGHT;
}

impl pallet_lanes::Config for Runtime {
	type GovernanceOrigin = GovernanceOrigin;
	type PauseOrigin = RootOrGeneralAdmin;
	type UniversalLocation = UniversalLocation;
	type Versions = PolkadotXcm;
	type Locations = AssetRegistry;
	type IsReserve = RegisteredReserves;
	type Aliasers = <XcmConfig as ExecutorConfig>::Aliasers;
	type UniversalAliases = <XcmConfig as ExecutorConfig>::UniversalAliases;
	type Queue = MessageQueue;
	type Processor = ProcessLaneMessage<XcmExecutor<XcmConfig>, RuntimeCall, Runtime>;
	type OnStranded = ToTrap;
	type OnRefused = Returns;
	type DeliveryFee = xcm::DeliveryFee;
	type DeliveryFeePerByte = xcm::DeliveryFeePerByte;
	type MaxIdleWeight = MaxIdleMessageWeight;
	type BlockNumberProvider = System;
	type Day = ConstU32<{ constants::time::DAYS }>;
	type MaxLanes = ConstU32<64>;
	type MaxMessageSize = ConstU32<{ 16 * 1024 }>;
	type MaxOutbox = ConstU32<1_024>;
	type MaxInbound = ConstU32<1_024>;
	type MaxWaiting = ConstU32<1_024>;
	type MaxArrivals = ConstU32<16>;
	type WeightInfo = crate::weights::pallet_lanes::WeightInfo<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::MessagesOfBenchmarks;
}
