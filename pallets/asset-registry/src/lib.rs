// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! # Asset registry
//!
//! What each asset is on other chains, and how far its link is trusted.
//!
//! ## Terminology
//!
//! - *Foreign id*: what an asset is elsewhere: a location, a trace, a contract or a mint.
//! - *Canonical form*: the one form in which a foreign id is kept, of all in which it may be told.
//! - *Reserve*: the chain that holds what is issued here.
//! - *Trust class*: how the link to the reserve is secured.
//! - *Class cap*: what the vaults of a class's assets may be worth together, in PICA.
//!
//! ## Goals
//!
//! - An id and a foreign id are one pair for ever: registering twice, registering under two names and
//!   pointing an id at something else are impossible, as no call does them.
//! - Decimals are checked, never assumed.
//! - No class of links can bring in more stake than governance trusts it with, and stakes cost nothing
//!   for it.
//! - A link that fails can be closed by one vote: for stake, or altogether.
//!
//! ## Design
//!
//! ### One form for each asset
//!
//! Registration turns a foreign id into its canonical form, or refuses it; [`AssetLocations::asset_at`]
//! does the same, by the same function. Lookups don't insist on the canonical form as what other chains
//! write is not ours to choose: an asset that is told in another form of the same meaning would be
//! stranded where it is refused. What can't be registered isn't found, either.
//!
//! | told | kept |
//! |---|---|
//! | an ERC-20 as a location: `AccountKey20` in `GlobalConsensus(Ethereum)` | `Erc20` |
//! | Polkadot or Kusama by the hash of its first block | by name |
//! | an account with the network that it is in anyway | the account alone |
//! | an account with another network | refused: nobody knows which of both counts |
//! | a network by one of its blocks (`ByFork`) | refused: it has as many such names as blocks |
//! | Ethereum, Bitcoin or Solana by the hash of its first block | refused: others share it, or it has a number or a kind of its own |
//! | a 20-byte contract on a network that is named by its first block | refused: such a network has an EIP-155 number |
//! | a parachain by its EIP-155 number | refused: it has a location |
//! | on Ethereum anything but contracts and the network itself, on Bitcoin anything but the latter | refused: it is one of these, or no asset |
//! | on Polkadot or Kusama anything in no parachain, or a system parachain itself | refused: their token is the network itself |
//! | addresses that stand for a network's own token | refused: it is the network itself |
//! | an account by index, a body, the only child, a network inside another | refused |
//! | a key longer than 32 bytes, or with other bytes than zeros behind its end | refused: nobody writes that in good faith |
//! | a location on this chain, also as others see it | refused |
//! | a location with other than one step up | refused: it is none |
//! | an ICS-20 denomination that is a hash, has no hop or has characters that can't be printed | refused |
//!
//! ### Where assets are
//!
//! An asset is one of pallet-assets, sufficient, so that an account that never had PICA can hold it.
//! Governance's account owns it; its metadata is beyond that account's reach. An asset that is there
//! already is adopted if it is the same in all of this; only its name may differ, and becomes what is told.
//!
//! ### What classes may take
//!
//! For each class, Σ worth(deposit cap) ≤ class cap over the vaults of its assets; and a vault holds no
//! more than its deposit cap, so that Σ worth(stake) ≤ class cap. It is checked where a sum can grow: when
//! a vault's cap is raised ([`VaultPolicy`]), when an asset comes into a class, and when the class's cap is
//! set. Worth is what [`Config::Worth`] says, in its rounding: pallet-asset-rate's is down, by less than a
//! planck of PICA for each asset. A class without a cap takes nothing.
//!
//! ### Invariants
//!
//! 1. [`Assets`] and [`AssetIds`] are each other's inverse.
//! 2. Foreign ids and reserves are canonical; ids are of other networks; what has a location has a
//!    reserve.
//! 3. Each registered asset exists, is sufficient, and has the decimals and the symbol of its record.
//! 4. It is frozen in pallet-assets exactly if its status is `Frozen`.
//! 5. It is in the list of its class, once, and in no other.
//! 6. A vault of a class without a cap takes nothing.
//!
//! ## Limitations
//!
//! - Worth is counted at the rates of when a cap was last set. Where rates rise, the vaults of a class may
//!   come to be worth more than its cap; they are not stopped, but none of them can be raised.
//! - What another chain calls its own assets, only that chain knows: where a parachain's token is at its
//!   own location and at that of a pallet of its, where a network that is named by its first block has a
//!   number as well, or where a contract is another one's front, governance must know it.
//! - Nothing keeps the owner of an asset, which is governance, from freezing or destroying it in
//!   pallet-assets; a runtime's filter of calls can.
//! - A reserve never changes: an asset that moves to another reserve is another asset.
//! - Before the first block the chain has no genesis hash to know its own locations by.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub use canonical::NotCanonical;
use frame_support::pallet_macros::import_section;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod calls;
mod canonical;
mod classes;
mod config;
mod errors;
mod events;
mod lookups;
#[cfg(test)]
mod mock;
mod networks;
mod registration;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
mod types;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;

#[cfg(doc)]
use picasso_primitives::registry::{AssetLocations, VaultPolicy};

#[import_section(config::config)]
#[import_section(events::events)]
#[import_section(errors::errors)]
#[import_section(calls::calls)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use frame_support::{
		pallet_prelude::*,
		traits::{tokens::ConversionFromAssetBalance, EnsureOrigin},
	};
	use frame_system::pallet_prelude::*;
	use picasso_primitives::{
		registry::{AssetStatus, ForeignId, TrustClass, VaultCaps},
		AssetId, Balance,
	};
	use sp_runtime::FixedU128;
	use staging_xcm::v5::{InteriorLocation, Location};

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// The registered assets, by id. Written by governance; never removed, and a foreign id never changes.
	#[pallet::storage]
	pub type Assets<T: Config> = StorageMap<_, Twox64Concat, AssetId, AssetRecord>;

	/// Their ids, by what they are elsewhere, in canonical form. Written with [`Assets`], whose inverse it
	/// is.
	#[pallet::storage]
	pub type AssetIds<T: Config> = StorageMap<_, Blake2_128Concat, ForeignId, AssetId>;

	/// The assets of each trust class. Written with [`Assets`].
	#[pallet::storage]
	pub type ClassMembers<T: Config> = StorageMap<
		_,
		Twox64Concat,
		TrustClass,
		BoundedVec<AssetId, T::MaxClassMembers>,
		ValueQuery,
	>;

	/// What the vaults of a class's assets may be worth together, in planck of PICA; where there is none,
	/// they take nothing. Written by governance.
	#[pallet::storage]
	pub type ClassCaps<T: Config> = StorageMap<_, Twox64Concat, TrustClass, Balance>;

	/// The assets a chain starts with, after those of pallet-assets and before the vaults.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The account that owns them.
		pub owner: Option<T::AccountId>,
		/// Their ids, and what they are.
		pub assets: Vec<(AssetId, Details)>,
		/// What assets are worth: planck of PICA for one planck of them.
		pub rates: Vec<(AssetId, FixedU128)>,
		/// What the vaults of classes may be worth, in planck of PICA.
		pub class_caps: Vec<(TrustClass, Balance)>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		/// A genesis that breaks the registry's rules must not start a chain: this panics, as genesis does.
		fn build(&self) {
			for (asset, rate) in &self.rates {
				T::GenesisRates::set(*asset, *rate);
			}
			for (class, cap) in &self.class_caps {
				Pallet::<T>::do_set_class_cap(*class, Some(*cap))
					.unwrap_or_else(|error| panic!("genesis: cap of {class:?}: {error:?}"));
			}
			let owner = || self.owner.clone().expect("genesis: assets need an owner");
			for (asset, details) in &self.assets {
				Pallet::<T>::do_register(owner(), *asset, details.clone())
					.unwrap_or_else(|error| panic!("genesis: asset {asset}: {error:?}"));
			}
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MaxClassMembers::get() > 0, "a class has room");
			let longest = MAX_SYMBOL.max(MAX_NAME);
			assert!(T::StringLimit::get() >= longest, "pallet-assets takes every name and symbol");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	impl<T> From<NotCanonical> for Error<T> {
		fn from(reason: NotCanonical) -> Self {
			match reason {
				NotCanonical::Local => Self::LocalLocation,
				NotCanonical::NotGlobal => Self::LocationNotGlobal,
				NotCanonical::AmbiguousNetwork => Self::AmbiguousNetwork,
				NotCanonical::AmbiguousLocation => Self::AmbiguousLocation,
				NotCanonical::InvalidTrace => Self::InvalidTrace,
				NotCanonical::InvalidAddress => Self::InvalidAddress,
				NotCanonical::NotAChain => Self::NotAChain,
			}
		}
	}
}
