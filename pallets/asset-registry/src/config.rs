// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What a runtime decides of the registry.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod config {
	/// Assets are created, named and frozen in pallet-assets itself, whose `ForceOrigin` must let root
	/// through: metadata that root sets costs no deposit, and its owner can't change it.
	#[pallet::config]
	pub trait Config:
		frame_system::Config<RuntimeEvent: From<Event<Self>>>
		+ pallet_assets::Config<AssetId = AssetId, Balance = Balance>
	{
		/// Registers assets and decides of their status and trust. Its account owns them.
		type GovernanceOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = Self::AccountId>;

		/// Where this chain is in the universe. It is a consensus system of its own: one junction.
		type UniversalLocation: Get<InteriorLocation>;

		/// The vaults, which are bounded from here.
		type Vaults: VaultCaps;

		/// What planck of an asset are worth in planck of PICA.
		type Worth: ConversionFromAssetBalance<Balance, AssetId, Balance>;

		/// Takes the rates of genesis.
		type GenesisRates: GenesisRates;

		/// The most assets of one trust class.
		#[pallet::constant]
		type MaxClassMembers: Get<u32>;

		/// What calls cost.
		type WeightInfo: WeightInfo;

		/// Sets the scene of benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper;
	}
}
