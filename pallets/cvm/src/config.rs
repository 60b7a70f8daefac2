// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What a runtime decides of programs.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod config {
	#[pallet::config]
	pub trait Config:
		frame_system::Config<
		RuntimeEvent: From<Event<Self>>,
		AccountId: From<[u8; 32]> + Into<[u8; 32]>,
	>
	{
		/// The ledger of stake.
		type Ledger: Restaking<Self::AccountId>;

		/// Takes assets to other chains.
		type Remote: RemoteTransfers<Self::AccountId>;

		/// Every asset there is, PICA among them.
		type Assets: fungibles::Inspect<Self::AccountId, AssetId = AssetId, Balance = Balance>;

		/// Moves them.
		type Transfers: Transfers<Self::AccountId>;

		/// Whoever can own executors, and who that is: an account of this chain, or one of another as
		/// the transport proved it.
		type OwnerOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = Owner>;

		/// The most that a program may weigh.
		#[pallet::constant]
		type MaxWeight: Get<Weight>;

		/// The most exits of one executor that are on their way home at a time.
		#[pallet::constant]
		type MaxExits: Get<u32>;

		/// What calls and steps cost.
		type WeightInfo: WeightInfo;

		/// Sets the scene of benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper<Self::AccountId>;
	}
}
