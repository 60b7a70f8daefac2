// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What calls and steps cost. The runtime has them measured. What other chains' share of it costs, their
//! transport says: it is in none of these.

use frame_support::weights::Weight;

/// What calls and steps cost.
pub trait WeightInfo {
	/// `execute`, its steps and its refund apart.
	fn execute() -> Weight;
	/// `execute_as`, its steps and its refund apart.
	fn execute_as() -> Weight;
	/// `set_keepers`.
	fn set_keepers() -> Weight;
	/// `complete_exit`, sending apart.
	fn complete_exit() -> Weight;
	/// `set_exit_route`, the attempt that follows apart.
	fn set_exit_route() -> Weight;
	/// Giving so many assets to an account.
	fn transfer(assets: u32) -> Weight;
	/// Staking.
	fn stake() -> Weight;
	/// Beginning an exit.
	fn unstake() -> Weight;
	/// Beginning an exit that goes home.
	fn unstake_home() -> Weight;
	/// Withdrawing a ticket.
	fn withdraw() -> Weight;
	/// Claiming.
	fn claim() -> Weight;
	/// Beginning an exit into another pool.
	fn redelegate() -> Weight;
	/// Spawning a program, with so many assets, its steps apart.
	fn spawn(assets: u32) -> Weight;
	/// Reckoning so many assets that leave, sending apart.
	fn leave(assets: u32) -> Weight;
	/// Looking for an exit to complete.
	fn next_exit() -> Weight;
	/// Completing an exit by itself, sending apart.
	fn complete_queued() -> Weight;
}
