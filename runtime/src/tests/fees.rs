// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use crate::{configs::assets::WeightToFee, constants::currency::MILLI_PICA};
use frame_support::weights::{
	constants::ExtrinsicBaseWeight, Weight, WeightToFee as WeightToFeeTrait,
};

#[test]
fn the_base_weight_of_an_extrinsic_costs_a_hundredth_of_a_pica() {
	let fee = WeightToFee::weight_to_fee(&ExtrinsicBaseWeight::get());
	assert!(fee.abs_diff(10 * MILLI_PICA) < MILLI_PICA / 100);
	assert_eq!(WeightToFee::weight_to_fee(&Weight::zero()), 0);
}
