// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What the calls cost: the runtime implements this by what its benchmarks measured.

use frame_support::weights::Weight;

/// The weights of the calls and of the hook, each at its worst case.
#[allow(missing_docs)]
pub trait WeightInfo {
	fn on_initialize() -> Weight;
	fn create_vault() -> Weight;
	fn set_vault() -> Weight;
	fn set_era_settings() -> Weight;
	fn register_operator() -> Weight;
	fn create_pool() -> Weight;
	fn set_pool_status() -> Weight;
	fn stake() -> Weight;
	fn unstake() -> Weight;
	fn withdraw() -> Weight;
	fn move_proceeds() -> Weight;
	fn set_metadata() -> Weight;
	fn set_commission() -> Weight;
	fn set_operator_status() -> Weight;
	fn deregister_operator() -> Weight;
	fn set_chilled() -> Weight;
	fn set_pool_access() -> Weight;
	fn set_approval() -> Weight;
	fn remove_pool() -> Weight;
	fn unstake_for() -> Weight;
	fn redelegate() -> Weight;
	fn complete_move() -> Weight;
	fn cancel_unstake() -> Weight;
	fn transfer_ticket() -> Weight;
	/// `n`: tickets.
	fn withdraw_many(n: u32) -> Weight;
	fn add_reward_currency() -> Weight;
	fn set_reward_currency() -> Weight;
	/// `n`: currencies paid.
	fn claim(n: u32) -> Weight;
	/// `n`: currencies paid, PICA among them, which becomes stake.
	fn claim_compounding(n: u32) -> Weight;
	fn set_compounding() -> Weight;
	fn move_unearned() -> Weight;
	/// `n`: positions looked at.
	fn staked_value(n: u32) -> Weight;
	/// `n`: exits looked at.
	fn exiting_value(n: u32) -> Weight;
}
