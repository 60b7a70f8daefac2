// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What the registry's calls cost: measured by the runtime that runs them.

use frame_support::weights::Weight;

/// The weights of the calls and of the hooks.
#[allow(missing_docs)]
pub trait WeightInfo {
	fn propose() -> Weight;
	fn onboard() -> Weight;
	/// By number of applications.
	fn settle_applications(n: u32) -> Weight;
	fn set_terms() -> Weight;
	fn set_metadata() -> Weight;
	fn offer_ownership() -> Weight;
	fn accept_ownership() -> Weight;
	fn join() -> Weight;
	fn set_key() -> Weight;
	fn forget_key() -> Weight;
	/// By number of the operator's pools behind the AVS.
	fn leave(p: u32) -> Weight;
	fn admit() -> Weight;
	fn withdraw_invitation() -> Weight;
	/// By number of the operator's pools behind the AVS.
	fn remove_unfit(p: u32) -> Weight;
	fn release_operator() -> Weight;
	/// By number of changes.
	fn allocate(c: u32) -> Weight;
	fn free_allocation() -> Weight;
	fn offboard() -> Weight;
	/// What the hook costs beside the tables.
	fn go_on_with_turn() -> Weight;
	/// A step of the table of PICA's pools.
	fn build_pica_page() -> Weight;
	/// A step of forgetting one.
	fn forget_pica_page() -> Weight;
	/// By number of members that have one pool behind the AVS, and of those that have as many as may be.
	fn build_table(m: u32, f: u32) -> Weight;
}
