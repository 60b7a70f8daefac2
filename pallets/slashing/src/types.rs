// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What is stored of faults.

use crate::Config;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	pallet_prelude::*, CloneNoBound, DebugNoBound, DefaultNoBound, EqNoBound, PartialEqNoBound,
};
use picasso_primitives::{
	avs::Magnitude, conditions::Condition, slashing::FaultStatus, EraIndex, PoolId,
};
use sp_runtime::Perbill;

/// The most faults of an operator that an AVS remembers to tell repetitions by.
pub const MAX_CONVICTIONS: u32 = 32;

/// A fault that was reported, and what became of it.
#[derive(
	CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[scale_info(skip_type_params(T))]
pub struct FaultRecord<T: Config> {
	/// What the terms of its era said of it.
	pub condition: Condition<T::AccountId>,
	/// What it may cost at the most: as reported, or as a dispute left it.
	pub fraction: Perbill,
	/// What of it was carried out.
	pub charged: Perbill,
	/// What became of it.
	pub status: FaultStatus,
	/// The era in which the verdict is carried out.
	pub due: EraIndex,
	/// Who reported it; none where the chain itself did.
	pub reporter: Option<T::AccountId>,
	/// What the reporter put down, while that is undecided.
	pub bond: Option<T::ReportBond>,
	/// What became of the accused's dispute.
	pub dispute: Dispute<T>,
	/// The era of the verdict that the operator is kept from serving for, where it is.
	pub detained: Option<EraIndex>,
	/// The pools that answer for it. While it is not final they take no new stake.
	pub pools: BoundedVec<PoolId, T::MaxPools>,
	/// What of them it costs, once the verdict is carried out; those that had nothing are missing.
	pub charges: BoundedVec<Charge, T::MaxPools>,
	/// How often carrying it out failed.
	pub attempts: u32,
}

impl<T: Config> FaultRecord<T> {
	/// Whether nothing more comes of it.
	pub fn is_final(&self) -> bool {
		matches!(self.status, FaultStatus::Settled | FaultStatus::Cancelled)
	}

	/// Whether all that it was charged was taken.
	pub fn is_collected(&self) -> bool {
		self.charges.iter().all(|charge| charge.taken == charge.owed)
	}
}

/// What became of a dispute.
#[derive(
	CloneNoBound,
	DebugNoBound,
	PartialEqNoBound,
	EqNoBound,
	DefaultNoBound,
	Encode,
	Decode,
	MaxEncodedLen,
	TypeInfo,
)]
#[scale_info(skip_type_params(T))]
pub enum Dispute<T: Config> {
	/// There was none.
	#[default]
	#[codec(index = 0)]
	None,
	/// The accused put a bond down for it.
	#[codec(index = 1)]
	Open(T::DisputeBond),
	/// It was decided, or nobody did in time.
	#[codec(index = 2)]
	Over,
}

/// What a fault costs a pool, in magnitudes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Charge {
	/// The pool.
	pub pool: PoolId,
	/// The generation of it that answers.
	pub generation: u32,
	/// What answered for the fault when its verdict was first carried out.
	pub base: Magnitude,
	/// What of that it costs.
	pub owed: Magnitude,
	/// What of that was taken.
	pub taken: Magnitude,
}

/// A fault of which an operator was convicted, to tell repetitions by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Conviction {
	/// The kind of the fault.
	pub kind: u8,
	/// Its era.
	pub era: EraIndex,
}

/// How a dispute, or a verdict without one, is decided.
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
pub enum Decision {
	/// There was no fault: nothing is taken. The reporter's bond is lost, the accused's goes back.
	#[codec(index = 0)]
	Cancel,
	/// It costs less. Both bonds go back.
	#[codec(index = 1)]
	Reduce(Perbill),
	/// It stands. The accused's bond is lost.
	#[codec(index = 2)]
	Uphold,
}
