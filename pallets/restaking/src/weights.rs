// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What the calls cost: the runtime implements this by what its benchmarks measured.

use frame_support::weights::Weight;

/// Weights of the calls and of the hook, at their worst case.
pub trait WeightInfo {
	/// The hook of every block, in one that turns the era.
	fn on_initialize() -> Weight;
	/// See the call.
	fn create_vault() -> Weight;
	/// See the call.
	fn set_vault() -> Weight;
	/// See the call.
	fn set_era_settings() -> Weight;
	/// See the call.
	fn register_operator() -> Weight;
	/// See the call.
	fn create_pool() -> Weight;
	/// See the call.
	fn set_pool_status() -> Weight;
	/// See the call.
	fn stake() -> Weight;
	/// See the call.
	fn unstake() -> Weight;
	/// See the call.
	fn withdraw() -> Weight;
	/// See the call.
	fn move_proceeds() -> Weight;
}
