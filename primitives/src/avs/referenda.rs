// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! How an AVS's application comes before PICA holders.

use super::ApplicationId;
use sp_runtime::{DispatchError, DispatchResult};

/// Referenda about applications.
pub trait Referenda<AccountId> {
	/// Submits a referendum whose enactment onboards the application; `proposer` pays what that costs.
	/// Returns its number.
	fn submit(proposer: &AccountId, application: ApplicationId) -> Result<u32, DispatchError>;

	/// Places the decision deposit for a referendum.
	fn place_decision_deposit(payer: &AccountId, referendum: u32) -> DispatchResult;

	/// How a referendum stands.
	fn outcome(referendum: u32) -> ReferendumOutcome;
}

/// How a referendum stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferendumOutcome {
	/// It is not decided.
	Ongoing,
	/// It passed, and its enactment is due or past.
	Approved,
	/// It passed, and what it enacts was tried and is over.
	Enacted,
	/// It did not pass.
	Rejected,
	/// It was taken back by governance without judging it, or nobody cared.
	Ended,
	/// It was judged harmful.
	Killed,
}
