// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

#![allow(missing_docs)]

use core::marker::PhantomData;
use frame_support::weights::Weight;

pub struct WeightInfo<T>(PhantomData<T>);
impl<T> WeightInfo<T> {
	pub fn report_holding() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn buy_execution() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn pay_fees() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn asset_claimer() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn query_response() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn transact() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn refund_surplus() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn set_error_handler() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn set_appendix() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn clear_error() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn descend_origin() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn execute_with_origin() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn clear_origin() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn report_error() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn claim_asset() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn trap() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn subscribe_version() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn unsubscribe_version() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn burn_asset() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn expect_asset() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn expect_origin() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn expect_error() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn expect_transact_status() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn query_pallet() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn expect_pallet() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn report_transact_status() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn clear_transact_status() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn set_topic() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn clear_topic() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn set_fees_mode() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn unpaid_execution() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
	pub fn alias_origin() -> Weight {
		Weight::from_parts(100_000_000, 0)
	}
}
