// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What transactions cost, and who sets it.

use super::network;
use crate::{
	configs::{
		fees::{LengthToFee, WeightToFee},
		governance::parameters::{dynamic_params::fees, RuntimeParameters, MAX_PER_BASE_WEIGHT},
	},
	constants::currency::MILLI_PICA,
	*,
};
use frame_support::{
	assert_noop, assert_ok,
	weights::{constants::ExtrinsicBaseWeight, Weight, WeightToFee as _},
};
use pallet_origins::Origin;
use sp_keyring::Sr25519Keyring::Alice;
use sp_runtime::{traits::BadOrigin, Perbill};

fn base_fee() -> Balance {
	WeightToFee::weight_to_fee(&ExtrinsicBaseWeight::get())
}

fn byte_fee() -> Balance {
	LengthToFee::weight_to_fee(&Weight::from_parts(1, 0))
}

fn set(per_base_weight: Balance) -> RuntimeParameters {
	RuntimeParameters::Fees(fees::Parameters::PerBaseWeight(
		fees::PerBaseWeight,
		Some(per_base_weight),
	))
}

#[test]
fn the_base_weight_of_an_extrinsic_costs_a_hundredth_of_a_pica() {
	sp_io::TestExternalities::default().execute_with(|| {
		assert!(base_fee().abs_diff(10 * MILLI_PICA) < MILLI_PICA / 100);
		assert_eq!(WeightToFee::weight_to_fee(&Weight::zero()), 0);
		assert_eq!(byte_fee(), MILLI_PICA / 10);
	});
}

#[test]
fn the_general_admin_sets_what_transactions_cost() {
	network(DEVELOPMENT).execute_with(|| {
		let before = base_fee();
		let signed = RuntimeOrigin::signed(Alice.to_account_id());
		assert_noop!(Parameters::set_parameter(signed, set(1)), BadOrigin);
		let other = Origin::AvsAdmin.into();
		assert_noop!(Parameters::set_parameter(other, set(1)), BadOrigin);
		assert_ok!(Parameters::set_parameter(Origin::GeneralAdmin.into(), set(20 * MILLI_PICA)));
		assert!(base_fee().abs_diff(2 * before) < MILLI_PICA / 100);
	});
}

#[test]
fn no_setting_makes_transactions_dearer_than_anyone_could_pay_to_correct_it() {
	network(DEVELOPMENT).execute_with(|| {
		assert_ok!(Parameters::set_parameter(RuntimeOrigin::root(), set(Balance::MAX)));
		let slack = Perbill::from_percent(1) * MAX_PER_BASE_WEIGHT;
		assert!(base_fee().abs_diff(MAX_PER_BASE_WEIGHT) < slack);
	});
}
