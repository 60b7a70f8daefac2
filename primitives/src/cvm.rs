// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Programs: what an account does here with one message, and how it is written down.
//!
//! ## Format
//!
//! SCALE. A program is
//!
//! ```text
//! tag           compact length, at most 32 bytes: the sender's, told by each event
//! instructions  compact count, at most 32, then each: one byte that says which, then its fields
//! refund        0, or 1 and: compact count of assets (at most 8), each u128; a route
//! ```
//!
//! Numbers are little-endian; balances, pool and asset ids are not compact. The golden vectors in
//! `primitives/vectors/cvm.json` show each instruction, each amount and the accounts of executors;
//! `scripts/e2e/cvm-codec.mjs` writes them without any code of this repository.
//!
//! ## Executors
//!
//! An executor's account is the BLAKE2b digest, of 256 bits and without a key, of 52 bytes:
//!
//! ```text
//!  0.. 8  pica/cvm, in ASCII
//!  8..12  the owner's network, little-endian
//! 12..44  the owner's account
//! 44..52  the salt, little-endian
//! ```

// `decl_runtime_apis` repeats the bounds of the trait that it declares.
#![allow(clippy::multiple_bound_locations)]

use crate::{restaking::TicketId, AssetId, Balance, PoolId};
use alloc::{boxed::Box, vec::Vec};
use codec::{Codec, Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, weights::Weight, BoundedVec};
use scale_info::TypeInfo;
use sp_runtime::{
	traits::{BlakeTwo256, Hash},
	AccountId32, DispatchError, Perbill,
};
use staging_xcm::{v5::Location, VersionedLocation, VersionedXcm};

#[cfg(test)]
mod tests;

/// Bytes of a program's tag, at the most.
pub const MAX_TAG: u32 = 32;
/// Instructions of one program, at the most, those of programs inside it not counted.
pub const MAX_INSTRUCTIONS: u32 = 32;
/// Assets that one instruction moves, at the most.
pub const MAX_ASSETS: u32 = 8;
/// Instructions of a program and of those inside it, at the most.
pub const MAX_STEPS: u32 = 64;
/// How deep programs may lie in one another: one that spawns none has depth 1.
pub const MAX_DEPTH: u32 = 3;
/// Bytes of an encoded program, at the most.
pub const MAX_SIZE: u32 = 4 * 1024;

/// Tells the executors of one owner apart.
pub type Salt = u64;

/// How much of what the executor has.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Amount {
	/// So many planck, or shares.
	#[codec(index = 0)]
	Exactly(Balance),
	/// All of it.
	#[codec(index = 1)]
	All,
	/// `base + part · (held − base)`, rounded down; all of it where that is less than `base`.
	#[codec(index = 2)]
	Part {
		/// What is taken at any rate.
		base: Balance,
		/// The part of the rest.
		part: Perbill,
	},
}

impl Amount {
	/// The amount, of `held`. An exact one may be more than there is.
	pub fn of(self, held: Balance) -> Balance {
		match self {
			Amount::Exactly(amount) => amount,
			Amount::All => held,
			Amount::Part { base, part } => match held.checked_sub(base) {
				// At most `held`, as a part is at most the whole.
				Some(rest) => base.saturating_add(part.mul_floor(rest)),
				None => held,
			},
		}
	}
}

/// The way of assets to an account of another chain.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Route {
	/// The chain, as this one sees it; the reserve of the assets where none is named.
	pub destination: Option<Location>,
	/// Who gets them, as that chain sees it.
	pub beneficiary: Location,
	/// What of the first asset may be spent on fees there, in planck.
	pub fee: Balance,
}

/// Assets and how much of each.
pub type Portions = BoundedVec<(AssetId, Amount), ConstU32<MAX_ASSETS>>;

/// Where a spawn takes assets to, and what happens to them there.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum Spawned {
	/// To another executor of the same owner on this chain, which runs a program.
	#[codec(index = 0)]
	Executor {
		/// Which one.
		salt: Salt,
		/// What it does.
		program: Box<Program>,
	},
	/// To an account of another chain: at most two assets, which one chain holds.
	#[codec(index = 1)]
	Account(Route),
}

/// A step of a program, taken by its executor.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum Instruction {
	/// Gives assets to an account of this chain.
	#[codec(index = 0)]
	Transfer {
		/// Who gets them.
		to: AccountId32,
		/// What.
		assets: Portions,
	},
	/// Stakes an asset in a pool.
	#[codec(index = 1)]
	Stake {
		/// The pool.
		pool: PoolId,
		/// How much of what the executor has of the pool's asset.
		amount: Amount,
		/// The least shares that must come of it.
		min_shares: Balance,
	},
	/// Begins an exit. Where a way home is named, what is paid at maturity takes it by itself.
	#[codec(index = 2)]
	Unstake {
		/// The pool.
		pool: PoolId,
		/// How many of the executor's shares.
		shares: Amount,
		/// The way home.
		home: Option<Route>,
	},
	/// Takes what a matured exit is worth.
	#[codec(index = 3)]
	Withdraw {
		/// The exit.
		ticket: TicketId,
	},
	/// Takes what a position has earned.
	#[codec(index = 4)]
	Claim {
		/// Its pool.
		pool: PoolId,
	},
	/// Begins an exit into another pool of the same asset.
	#[codec(index = 5)]
	Redelegate {
		/// The pool.
		from: PoolId,
		/// How many of the executor's shares.
		shares: Amount,
		/// The pool that they move into.
		into: PoolId,
	},
	/// Sends assets on.
	#[codec(index = 6)]
	Spawn {
		/// What.
		assets: Portions,
		/// Where to, and what happens there.
		to: Spawned,
	},
	/// Sends what was trapped on another chain, as the executor's, to an account there.
	#[codec(index = 7)]
	Recover {
		/// The asset.
		asset: AssetId,
		/// Exactly what was trapped, in planck.
		amount: Balance,
		/// The way: the chain that trapped it, who gets it, and what of it may be spent on fees.
		route: Route,
	},
}

/// Assets that take a way home if the program fails.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Refund {
	/// All that the executor has of these. The first one pays the fees over there. One chain holds them, and
	/// the executor has at most two of them: no more go in one message.
	pub assets: BoundedVec<AssetId, ConstU32<MAX_ASSETS>>,
	/// The way.
	pub route: Route,
}

/// What an executor does, all of it or nothing.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Program {
	/// The sender's own mark: told by each event.
	pub tag: BoundedVec<u8, ConstU32<MAX_TAG>>,
	/// The steps.
	pub instructions: BoundedVec<Instruction, ConstU32<MAX_INSTRUCTIONS>>,
	/// What becomes of the assets if a step fails. They stay with the executor where it doesn't say.
	pub refund: Option<Refund>,
}

impl Program {
	/// The programs that this one spawns.
	pub fn spawned(&self) -> impl Iterator<Item = &Program> {
		self.instructions.iter().filter_map(|instruction| match instruction {
			Instruction::Spawn { to: Spawned::Executor { program, .. }, .. } => Some(&**program),
			_ => None,
		})
	}

	/// How deep programs lie in this one: 1 if it spawns none.
	pub fn depth(&self) -> u32 {
		self.spawned().map(Program::depth).max().unwrap_or_default().saturating_add(1)
	}

	/// Instructions of this program and of all inside it.
	pub fn steps(&self) -> u32 {
		let own = self.instructions.len() as u32;
		self.spawned().map(Program::steps).fold(own, u32::saturating_add)
	}
}

/// Whose an executor is: an account of a network, as the transport proved it.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Owner {
	/// The network, by its number: [`crate::assets::Network`].
	pub network: u32,
	/// The account: that of this chain itself, else a digest of its location.
	pub account: [u8; 32],
}

impl Owner {
	/// The account of one of its executors: see the [module](self).
	pub fn executor(&self, salt: Salt) -> [u8; 32] {
		(b"pica/cvm", self.network, self.account, salt).using_encoded(BlakeTwo256::hash).0
	}
}

/// Takes assets of an account to other chains.
pub trait RemoteTransfers<AccountId> {
	/// Takes assets out of an account and sends them on their way. They have one reserve. Returns the
	/// message's id. An error leaves everything as it was.
	fn send(
		from: &AccountId,
		assets: &[(AssetId, Balance)],
		route: &Route,
	) -> Result<[u8; 32], DispatchError>;

	/// Sends what another chain trapped as `owner`'s to an account there. Returns the message's id.
	fn recover(
		owner: &AccountId,
		asset: AssetId,
		amount: Balance,
		route: &Route,
	) -> Result<[u8; 32], DispatchError>;

	/// The most that sending so many assets costs.
	fn weight_of_sending(assets: u32) -> Weight;

	/// The most that recovering costs.
	fn weight_of_recovering() -> Weight;
}

/// A step of a program, in words.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Explained {
	/// Where the step is: its number, from 0; in a spawned program after that of the spawn.
	pub path: Vec<u32>,
	/// What it does, in English, as UTF-8.
	pub text: Vec<u8>,
	/// The most that it costs.
	pub weight: Weight,
}

/// What a program may cost.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Weighed {
	/// The most that `cvm.execute` with it weighs.
	pub weight: Weight,
	/// Bytes of it, encoded.
	pub size: u32,
	/// How deep programs lie in it.
	pub depth: u32,
}

/// What one message is to restake.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct RestakeOrder {
	/// Who restakes: an account of a chain, as this chain sees it.
	pub origin: VersionedLocation,
	/// Which of their executors.
	pub salt: Salt,
	/// The asset.
	pub asset: AssetId,
	/// How much of it is staked, in planck; fees come on top.
	pub amount: Balance,
	/// The pool.
	pub pool: PoolId,
	/// The least shares that must come of it.
	pub min_shares: Balance,
	/// What may be spent on fees here, in planck of the asset. What is left of it is the executor's.
	pub fee: Balance,
	/// What may be spent on fees on the origin's own chain, in planck of the asset.
	pub local_fee: Balance,
}

sp_api::decl_runtime_apis! {
	/// How front ends build programs.
	pub trait CvmApi<AccountId: Codec> {
		/// The account of an executor. `origin` is an account as this chain sees it: one of its own, or
		/// of another chain. None where it can't own any.
		fn executor_of(origin: VersionedLocation, salt: Salt) -> Option<AccountId>;

		/// What a program may cost, or why it can't be run.
		fn weigh(program: Program) -> Result<Weighed, DispatchError>;

		/// The program that an order comes to, and the message that the order's origin executes on its
		/// own chain (`pallet_xcm.execute`) to have it run here.
		fn encode_restake(order: RestakeOrder) -> Result<(Program, VersionedXcm<()>), DispatchError>;

		/// A program in words, step by step.
		fn explain(program: Program) -> Result<Vec<Explained>, DispatchError>;
	}
}
