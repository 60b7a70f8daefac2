// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Restaking.

use crate::{
	configs::{assets::NativeAndForeign, governance::GovernanceOrigin},
	constants::time,
	*,
};
use frame_support::{
	parameter_types,
	traits::{ConstU128, ConstU32},
	PalletId,
};
use pallet_restaking::EraSettings;

parameter_types! {
	pub const ProductionEras: EraSettings<BlockNumber> = EraSettings {
		length: time::era::PRODUCTION,
		unbonding: time::unbonding::PRODUCTION,
		granularity: time::granularity::PRODUCTION,
	};
	pub const RestakingPalletId: PalletId = PalletId(*b"pica/rst");
}

impl pallet_restaking::Config for Runtime {
	type Assets = NativeAndForeign;
	type NativeAsset = ConstU128<{ picasso_primitives::PICA }>;
	type GovernanceOrigin = GovernanceOrigin;
	type BlockNumberProvider = System;
	type PalletId = RestakingPalletId;
	type MaxMetadataLength = ConstU32<256>;
	type MaxNameLength = ConstU32<32>;
	type MaxPoolsPerOperator = ConstU32<32>;
	type MaxPoolsPerAsset = ConstU32<4>;
	// Seven days of unbonding, by the day, and one more that the last exits of a day join.
	type MaxBuckets = ConstU32<8>;
	type MaxEraLength = ConstU32<{ 7 * time::DAYS }>;
	// Eight weeks.
	type MaxUnbonding = ConstU32<{ 8 * time::unbonding::PRODUCTION }>;
	type DefaultEraSettings = ProductionEras;
	type WeightInfo = crate::weights::pallet_restaking::WeightInfo<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::CreateByRoot;
}
