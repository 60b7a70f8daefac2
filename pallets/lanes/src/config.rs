// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What a runtime decides of lanes.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod config {
	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// Opens and resumes lanes, limits what comes in, and settles what no bridge can settle any more.
		type GovernanceOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Pauses lanes, as does [`Config::GovernanceOrigin`]: somebody who is faster.
		type PauseOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Where this chain is: one junction, its own consensus.
		type UniversalLocation: Get<InteriorLocation>;

		/// Which version of XCM other chains understand.
		type Versions: GetVersion;

		/// Assets by location.
		type Locations: AssetLocations;

		/// Which chain is believed to hold which asset: the executor's own.
		type IsReserve: ContainsPair<Asset, Location>;

		/// Who may act as whom: the executor's own.
		type Aliasers: ContainsPair<Location, Location>;

		/// Who may act as another consensus: the executor's own.
		type UniversalAliases: Contains<(Location, Junction)>;

		/// The queue that messages from lanes wait in to be processed. Its processor is
		/// [`InflowGuard`](crate::InflowGuard).
		type Queue: EnqueueMessage<MessageOrigin> + QueueFootprintQuery<MessageOrigin>;

		/// Processes messages that may come in: [`ProcessLaneMessage`](crate::ProcessLaneMessage).
		type Processor: ProcessMessage<Origin = MessageOrigin>;

		/// Keeps what came in messages that could not be executed.
		type OnStranded: OnStranded;

		/// Gives back what was in messages that were refused.
		type OnRefused: OnRefused;

		/// The price of a message, in planck of PICA.
		type DeliveryFee: Get<Balance>;

		/// The price of each byte of it on top, in planck of PICA.
		type DeliveryFeePerByte: Get<Balance>;

		/// The most that a waiting message may weigh to be let in by itself. A heavier one is let in by
		/// whoever pays for it, and doesn't hold up those behind it.
		type MaxIdleWeight: Get<Weight>;

		/// The clock by which inflows are limited.
		type BlockNumberProvider: BlockNumberProvider<BlockNumber = BlockNumberFor<Self>>;

		/// Blocks of a day, in which as much as the limit comes in.
		#[pallet::constant]
		type Day: Get<BlockNumberFor<Self>>;

		/// The most lanes.
		#[pallet::constant]
		type MaxLanes: Get<u32>;

		/// Bytes of a message, at the most, in either direction.
		#[pallet::constant]
		type MaxMessageSize: Get<u32>;

		/// Messages of a lane that wait to be carried or returned, at the most.
		#[pallet::constant]
		type MaxOutbox: Get<u32>;

		/// Messages of a lane in the queue beyond which no more are received.
		#[pallet::constant]
		type MaxInbound: Get<u32>;

		/// Messages of a lane that are set aside, at the most.
		#[pallet::constant]
		type MaxWaiting: Get<u32>;

		/// Amounts of assets that one message may bring.
		#[pallet::constant]
		type MaxArrivals: Get<u32>;

		/// What calls and steps cost.
		type WeightInfo: WeightInfo;

		/// Sets the scene of benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper;
	}
}
