// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What calls and steps cost. The runtime has them measured.

use frame_support::weights::Weight;

/// What calls and steps cost.
pub trait WeightInfo {
	/// `fund`.
	fn fund() -> Weight;
	/// `pay_revenue`.
	fn pay_revenue() -> Weight;
	/// `donate`.
	fn donate() -> Weight;
	/// `set_split`.
	fn set_split() -> Weight;
	/// `set_reward_account`.
	fn set_reward_account() -> Weight;
	/// `collect`.
	fn collect() -> Weight;
	/// `refund` in so many currencies.
	fn refund(currencies: u32) -> Weight;
	/// `spend`.
	fn spend() -> Weight;
	/// `check_payment`.
	fn check_payment() -> Weight;
	/// Setting aside what an AVS pays for an era.
	fn set_aside() -> Weight;
	/// Noting who made a block.
	fn note_author() -> Weight;
	/// Looking at the round, and beginning the next.
	fn go_on_with_round() -> Weight;
	/// Summing up the fixed yields of a page of pools.
	fn sum_yields() -> Weight;
	/// Making PICA for them.
	fn emit() -> Weight;
	/// Paying the fixed yields of a page of pools.
	fn pay_yields() -> Weight;
	/// Looking for the next AVS that owes something, and how it is shared out.
	fn open_pay() -> Weight;
	/// Reading a page of a stake table.
	fn read_page() -> Weight;
	/// Paying so many operators of a page in one currency.
	fn pay_operators(operators: u32) -> Weight;
	/// Crediting so many pools in one currency.
	fn credit(pools: u32) -> Weight;
	/// Paying a validator with as many pools as may be, in so many currencies.
	fn pay_author(currencies: u32) -> Weight;
	/// Settling what an AVS paid, in so many currencies.
	fn close_pay(currencies: u32) -> Weight;
	/// Forgetting what a few validators did.
	fn forget_points() -> Weight;
	/// Paying a page of PICA's pools in one currency.
	fn pay_pica_page() -> Weight;
	/// Settling a currency of the PICA stakers' part, or ending the round.
	fn settle_pica() -> Weight;
}
