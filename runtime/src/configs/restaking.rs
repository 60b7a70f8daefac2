// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Restaking.

use crate::{
	configs::{assets::NativeAndForeign, governance::GovernanceOrigin},
	*,
};
use frame_support::{
	parameter_types,
	traits::{ConstU128, ConstU32},
	PalletId,
};

parameter_types! {
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
	type WeightInfo = crate::weights::pallet_restaking::WeightInfo<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::CreateByRoot;
}
