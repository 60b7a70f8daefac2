// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What can be changed without an upgrade of the runtime.

use crate::{
	configs::governance::RootOrGeneralAdmin,
	constants::currency::{MILLI_PICA, PICA},
	*,
};
use frame_support::{
	dynamic_params::{dynamic_pallet_params, dynamic_params},
	traits::EnsureOriginWithArg,
};
use sp_runtime::Perbill;

/// The parameters, and what they are until governance sets them.
#[dynamic_params(RuntimeParameters, pallet_parameters::Parameters::<Runtime>)]
pub mod dynamic_params {
	use super::*;

	/// What transactions cost.
	#[dynamic_pallet_params]
	#[codec(index = 0)]
	pub mod fees {
		/// What the base weight of an extrinsic costs, in planck; other weight costs in proportion.
		#[codec(index = 0)]
		pub static PerBaseWeight: Balance = 10 * MILLI_PICA;

		/// What a byte of a transaction costs, in planck.
		#[codec(index = 1)]
		pub static PerByte: Balance = MILLI_PICA / 10;

		/// The part of each fee that is the chain's pay as AVS 0; the rest is the treasury's.
		#[codec(index = 2)]
		pub static ChainPart: Perbill = Perbill::from_percent(50);
	}

	/// What it takes to become an AVS.
	#[dynamic_pallet_params]
	#[codec(index = 1)]
	pub mod avs {
		/// The part of its deposit that an application loses when it is rejected.
		#[codec(index = 0)]
		pub static RejectionCost: Perbill = Perbill::from_percent(10);
	}

	/// What faults may cost.
	#[dynamic_pallet_params]
	#[codec(index = 2)]
	pub mod slashing {
		/// The most that all AVSs together take of one pool in one era, of what was left of it when the
		/// era began; the rest waits.
		#[codec(index = 0)]
		pub static EraCeiling: Perbill = Perbill::from_percent(50);
	}

	/// What stake earns.
	#[dynamic_pallet_params]
	#[codec(index = 3)]
	pub mod emissions {
		/// The most PICA that is made in a year for the fixed yield, as a part of what there is as the year
		/// begins.
		#[codec(index = 0)]
		pub static Ceiling: Perbill = Perbill::from_percent(5);

		/// Eras for which the escrow of an AVS must last, or else an event warns: three days in
		/// production.
		#[codec(index = 1)]
		pub static WarningEras: u32 = 18;
	}

	/// What messages to other chains cost. Programs pay for theirs by weight.
	#[dynamic_pallet_params]
	#[codec(index = 4)]
	pub mod xcm {
		/// What the delivery of a message costs, in planck.
		#[codec(index = 0)]
		pub static DeliveryFee: Balance = 100 * MILLI_PICA;

		/// What each byte of it costs, in planck.
		#[codec(index = 1)]
		pub static DeliveryFeePerByte: Balance = MILLI_PICA / 10;
	}
}

/// The most that [`dynamic_params::fees::PerBaseWeight`] counts for: a slip must not make transactions
/// so dear that nobody could vote to correct it.
pub const MAX_PER_BASE_WEIGHT: Balance = PICA;
/// The most that [`dynamic_params::fees::PerByte`] counts for.
pub const MAX_PER_BYTE: Balance = 10 * MILLI_PICA;

/// Who may set which parameter.
pub struct ParameterOrigins;

impl EnsureOriginWithArg<RuntimeOrigin, RuntimeParametersKey> for ParameterOrigins {
	type Success = ();

	fn try_origin(origin: RuntimeOrigin, key: &RuntimeParametersKey) -> Result<(), RuntimeOrigin> {
		use frame_support::traits::EnsureOrigin;
		match key {
			RuntimeParametersKey::Fees(_)
			| RuntimeParametersKey::Avs(_)
			| RuntimeParametersKey::Slashing(_)
			| RuntimeParametersKey::Emissions(_)
			| RuntimeParametersKey::Xcm(_) => RootOrGeneralAdmin::try_origin(origin).map(|_| ()),
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin(_: &RuntimeParametersKey) -> Result<RuntimeOrigin, ()> {
		Ok(RuntimeOrigin::root())
	}
}

impl pallet_parameters::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeParameters = RuntimeParameters;
	type AdminOrigin = ParameterOrigins;
	// Those of the SDK, by RocksDB's times, which are above ours: it keeps the others to itself.
	type WeightInfo = ();
}

/// Any parameter, for benchmarks to set.
#[cfg(feature = "runtime-benchmarks")]
impl Default for RuntimeParameters {
	fn default() -> Self {
		use dynamic_params::fees::{Parameters, PerByte};
		RuntimeParameters::Fees(Parameters::PerByte(PerByte, Some(0)))
	}
}
