// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! # Tempo
//!
//! How fast a network's clocks run: for production, or for development.
//!
//! ## Goals
//!
//! One runtime serves every network, so that what is tested is what validators run. Times that people
//! live by (an hour's session, a week's unbonding) are too long to develop by; times to develop by
//! are too short to be safe.
//!
//! ## Design
//!
//! Genesis says which it is and nothing can change it. A time with two values is a
//! [`PerTempo`], which reads the tempo.
//!
//! ## Limitations
//!
//! A time is read from storage where it was a constant: one read, from a block's cache but for the
//! first time, which [`Hooks::on_initialize`] pays for.

#![cfg_attr(not(feature = "std"), no_std)]

pub use pallet::*;

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::marker::PhantomData;
use frame_support::traits::Get;
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Which values the times of a network have.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub enum Tempo {
	/// Those that people live by.
	#[default]
	#[codec(index = 0)]
	Production,
	/// Those that developers and tests can wait for.
	#[codec(index = 1)]
	Development,
}

/// A value that depends on the network's tempo.
pub struct PerTempo<T, Production, Development>(PhantomData<(T, Production, Development)>);

impl<T: Config, Value, Production: Get<Value>, Development: Get<Value>> Get<Value>
	for PerTempo<T, Production, Development>
{
	fn get() -> Value {
		match NetworkTempo::<T>::get() {
			Tempo::Production => Production::get(),
			Tempo::Development => Development::get(),
		}
	}
}

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::pallet_prelude::*;
	use frame_system::pallet_prelude::*;

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config {}

	/// The network's tempo. Written by genesis alone.
	#[pallet::storage]
	pub type NetworkTempo<T: Config> = StorageValue<_, Tempo, ValueQuery>;

	/// The tempo a network starts with, and keeps.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Which it is.
		pub tempo: Tempo,
		/// Nothing.
		#[serde(skip)]
		pub _config: PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			NetworkTempo::<T>::put(self.tempo);
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(_: BlockNumberFor<T>) -> Weight {
			T::DbWeight::get().reads(1)
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use frame_support::{derive_impl, traits::ConstU32};
	use sp_runtime::BuildStorage;

	#[frame_support::runtime]
	mod runtime {
		#[runtime::runtime]
		#[runtime::derive(RuntimeCall, RuntimeEvent, RuntimeError, RuntimeOrigin, RuntimeTask)]
		pub struct Test;

		#[runtime::pallet_index(0)]
		pub type System = frame_system;
		#[runtime::pallet_index(1)]
		pub type Network = crate;
	}

	#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
	impl frame_system::Config for Test {
		type Block = frame_system::mocking::MockBlock<Test>;
	}

	impl Config for Test {}

	#[test]
	fn a_time_follows_the_tempo_of_genesis() {
		for (tempo, expected) in [(Tempo::Production, 600), (Tempo::Development, 20)] {
			let mut genesis = RuntimeGenesisConfig::default();
			genesis.network.tempo = tempo;
			let storage = genesis.build_storage().expect("genesis builds");
			sp_io::TestExternalities::new(storage).execute_with(|| {
				let length: u32 = PerTempo::<Test, ConstU32<600>, ConstU32<20>>::get();
				assert_eq!(length, expected);
			});
		}
	}
}
