// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What the pallet stores, and what its parts hand to one another.

use crate::{Config, Error};
use alloc::vec::Vec;
use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::pallet_prelude::*;
use picasso_primitives::{
	cvm::{Owner, Route, Salt},
	AssetId, Balance, EraIndex,
};

/// Keepers of one executor, at the most.
pub const MAX_KEEPERS: u32 = 4;

/// Local accounts that may act for an executor.
pub type Keepers<AccountId> = BoundedVec<AccountId, ConstU32<MAX_KEEPERS>>;

/// An executor.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct ExecutorRecord<AccountId> {
	/// Whose it is.
	pub owner: Owner,
	/// Which of the owner's it is.
	pub salt: Salt,
	/// Local accounts that the owner lets act for it.
	pub keepers: Keepers<AccountId>,
	/// How many exits of its are recorded.
	pub exits: u32,
}

/// An exit that goes home.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Exit {
	/// The way.
	pub route: Route,
	/// The era in whose queue it is; none where it stalled.
	pub queued: Option<EraIndex>,
	/// What the ticket paid, in planck of the asset, if it was paid and could not be sent.
	pub paid: Option<(AssetId, Balance)>,
}

/// What an executor holds of an asset for exits that were paid and could not be sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct StalledFunds {
	/// Planck that they were paid.
	pub due: Balance,
	/// Planck of them that no program has spent.
	pub left: Balance,
}

/// Who runs a program.
pub(crate) struct Runner<'a, AccountId> {
	/// Whose executors act.
	pub(crate) owner: &'a Owner,
	/// The keeper who acts for the owner, if it isn't the owner.
	pub(crate) keeper: Option<&'a AccountId>,
}

/// A step that failed, and why.
pub(crate) struct Failure {
	/// Where it is, the innermost number first.
	path: Vec<u32>,
	/// Why.
	pub(crate) error: DispatchError,
}

impl Failure {
	/// It is inside the step of this number.
	pub(crate) fn inside(mut self, step: u32) -> Self {
		self.path.push(step);
		self
	}

	/// Where the step is, the outermost number first.
	pub(crate) fn path(mut self) -> Vec<u32> {
		self.path.reverse();
		self.path
	}
}

impl From<DispatchError> for Failure {
	fn from(error: DispatchError) -> Self {
		Self { path: Vec::new(), error }
	}
}

impl<T: Config> From<Error<T>> for Failure {
	fn from(error: Error<T>) -> Self {
		DispatchError::from(error).into()
	}
}
