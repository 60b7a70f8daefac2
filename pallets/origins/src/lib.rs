// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! # Origins
//!
//! The origins that referenda decide as, beside root.
//!
//! ## Terminology
//!
//! - **Track**: a queue of referenda with deposits, periods and thresholds of its own. What is approved
//!   there is dispatched by the track's origin.
//!
//! ## Goals
//!
//! A power that is needed often, or fast, has its own origin, which can do that and nothing else; so its
//! track can ask for less than root's.
//!
//! ## Design
//!
//! An [`Origin`] carries nothing and nobody can sign for it: referenda alone dispatch by it. For each
//! there is a type by its name that lets it alone through, an [`EnsureOrigin`], for other pallets'
//! configuration to name.
//!
//! There are no calls and no storage.

#![cfg_attr(not(feature = "std"), no_std)]

pub use pallet::*;

#[frame_support::pallet]
pub mod pallet {
	use codec::DecodeWithMemTracking;
	use frame_support::{
		pallet_prelude::*,
		traits::{EnsureOrigin, OriginTrait},
	};
	use scale_info::TypeInfo;

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config {}

	/// What referenda decide as, beside root.
	#[pallet::origin]
	#[derive(
		Clone,
		Copy,
		Debug,
		PartialEq,
		Eq,
		Encode,
		Decode,
		DecodeWithMemTracking,
		MaxEncodedLen,
		TypeInfo,
	)]
	pub enum Origin {
		/// Dispatches as root what the technical collective has whitelisted.
		#[codec(index = 0)]
		WhitelistedCaller,
		/// Runs what can be undone: vaults, reward currencies, the clock, registrars, parameters.
		#[codec(index = 1)]
		GeneralAdmin,
		/// Cancels referenda; their deposits go back.
		#[codec(index = 2)]
		ReferendumCanceller,
		/// Kills referenda; their deposits are lost.
		#[codec(index = 3)]
		ReferendumKiller,
		/// Lets AVSs in, and votes them out.
		#[codec(index = 4)]
		AvsAdmin,
		/// Cancels slashes within their dispute window.
		#[codec(index = 5)]
		SlashAdmin,
	}

	macro_rules! ensure_each {
		($($(#[$doc:meta])* $name:ident,)+) => {
			$(
				$(#[$doc])*
				pub struct $name;

				impl<O: OriginTrait + From<Origin>> EnsureOrigin<O> for $name
				where
					for<'a> &'a O::PalletsOrigin: TryInto<&'a Origin>,
				{
					type Success = ();

					fn try_origin(origin: O) -> Result<(), O> {
						let own = matches!(origin.caller().try_into(), Ok(Origin::$name));
						own.then_some(()).ok_or(origin)
					}

					#[cfg(feature = "runtime-benchmarks")]
					fn try_successful_origin() -> Result<O, ()> {
						Ok(O::from(Origin::$name))
					}
				}
			)+
		};
	}

	ensure_each!(
		/// Lets [`Origin::WhitelistedCaller`] through.
		WhitelistedCaller,
		/// Lets [`Origin::GeneralAdmin`] through.
		GeneralAdmin,
		/// Lets [`Origin::ReferendumCanceller`] through.
		ReferendumCanceller,
		/// Lets [`Origin::ReferendumKiller`] through.
		ReferendumKiller,
		/// Lets [`Origin::AvsAdmin`] through.
		AvsAdmin,
		/// Lets [`Origin::SlashAdmin`] through.
		SlashAdmin,
	);
}

#[cfg(test)]
mod tests {
	use super::*;
	use frame_support::{derive_impl, traits::EnsureOrigin};

	#[frame_support::runtime]
	mod runtime {
		#[runtime::runtime]
		#[runtime::derive(RuntimeCall, RuntimeEvent, RuntimeError, RuntimeOrigin, RuntimeTask)]
		pub struct Test;

		#[runtime::pallet_index(0)]
		pub type System = frame_system;
		#[runtime::pallet_index(1)]
		pub type Origins = crate;
	}

	#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
	impl frame_system::Config for Test {
		type Block = frame_system::mocking::MockBlock<Test>;
	}

	impl Config for Test {}

	const ALL: [Origin; 6] = [
		Origin::WhitelistedCaller,
		Origin::GeneralAdmin,
		Origin::ReferendumCanceller,
		Origin::ReferendumKiller,
		Origin::AvsAdmin,
		Origin::SlashAdmin,
	];

	fn passes<Ensure: EnsureOrigin<RuntimeOrigin>>(own: Origin) {
		for origin in ALL {
			assert_eq!(Ensure::ensure_origin(origin.into()).is_ok(), origin == own);
		}
		for other in [RuntimeOrigin::root(), RuntimeOrigin::none(), RuntimeOrigin::signed(1)] {
			assert!(Ensure::ensure_origin(other).is_err());
		}
	}

	#[test]
	fn each_type_lets_its_own_origin_through_and_no_other() {
		passes::<WhitelistedCaller>(Origin::WhitelistedCaller);
		passes::<GeneralAdmin>(Origin::GeneralAdmin);
		passes::<ReferendumCanceller>(Origin::ReferendumCanceller);
		passes::<ReferendumKiller>(Origin::ReferendumKiller);
		passes::<AvsAdmin>(Origin::AvsAdmin);
		passes::<SlashAdmin>(Origin::SlashAdmin);
	}
}
