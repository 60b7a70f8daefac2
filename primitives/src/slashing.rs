// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! How stake is taken away: what the slashing pallet asks of the ledger and of the registry of AVSs, and
//! what it tells.

// `decl_runtime_apis` repeats the bounds of the trait that it declares.
#![allow(clippy::multiple_bound_locations)]

use crate::{
	avs::{Magnitude, TableSummary},
	conditions::{Condition, Evidence, Round},
	math::Ratio,
	AssetId, AvsId, Balance, BlockNumber, EraIndex, PoolId,
};
use alloc::vec::Vec;
use codec::{Codec, Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::storage::with_storage_layer;
use scale_info::TypeInfo;
use sp_runtime::{DispatchError, DispatchResult, Perbill};

/// Who gets what is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proceeds<AccountId> {
	/// Who gets its part first, rounded down.
	pub reporter: Option<(AccountId, Perbill)>,
	/// Who gets the rest.
	pub rest: Payee<AccountId>,
}

impl<AccountId> Proceeds<AccountId> {
	/// All of it goes to one account.
	pub fn all_to(beneficiary: AccountId) -> Self {
		Self { reporter: None, rest: Payee::Account(beneficiary) }
	}
}

/// Who gets something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Payee<AccountId> {
	/// An account.
	Account(AccountId),
	/// Nobody: PICA is burnt. Other assets live elsewhere, where burning them here would leave them to
	/// nobody: they go to the account named.
	Nobody {
		/// Who gets what can't be burnt.
		or: AccountId,
	},
}

/// What is to be taken from one pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolSlash {
	/// The pool.
	pub pool: PoolId,
	/// The part of it.
	pub part: Ratio,
	/// Whether a report that was noted is settled by it.
	pub settles: bool,
}

/// What was taken from one pool.
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
pub struct SlashedPool {
	/// The pool.
	pub pool: PoolId,
	/// The asset staked in it.
	pub asset: AssetId,
	/// Planck taken from its stake.
	pub active: Balance,
	/// Planck taken from exits that had not matured.
	pub exits: Balance,
}

/// A ledger that stake can be taken from.
pub trait Slashable<AccountId> {
	/// Takes of each pool its ratio: of its stake, and of each bucket of exits that has not matured,
	/// rounded up. What is left of a pool or bucket whose shares are worth next to nothing is taken
	/// too, and its generation ends.
	///
	/// The proceeds go to whom they are for, or are parked for them in the ledger where they can't be
	/// moved. Returns exactly what was taken, which is the caller's to tell. The cost does not depend on the
	/// number of restakers; pools of one asset that stand side by side move together.
	///
	/// The caller must be in a storage layer, that takes back what was written before an error.
	fn slash_for(
		pools: &[PoolSlash],
		proceeds: &Proceeds<AccountId>,
	) -> Result<Vec<SlashedPool>, DispatchError>;

	/// As [`Self::slash_for`], where one account gets all and no report is settled; in a storage layer of
	/// its own.
	fn slash(
		pools: &[(PoolId, Ratio)],
		beneficiary: &AccountId,
	) -> Result<Vec<SlashedPool>, DispatchError>
	where
		AccountId: Clone,
	{
		let slash = |(pool, part): &_| PoolSlash { pool: *pool, part: *part, settles: false };
		let pools: Vec<_> = pools.iter().map(slash).collect();
		let proceeds = Proceeds::all_to(beneficiary.clone());
		with_storage_layer(|| Self::slash_for(&pools, &proceeds))
	}

	/// Notes a report that could slash a pool: until it is settled the pool takes no new stake, so that
	/// nobody pays for what happened before they came.
	fn open_report(pool: PoolId) -> DispatchResult;

	/// Settles a report that was noted.
	fn settle_report(pool: PoolId) -> DispatchResult;
}

/// What operators put behind AVSs, of which a slash takes a part.
pub trait SlashableParts<AccountId> {
	/// The pools of an operator of which something is behind an AVS, or is still held to it.
	fn pools(avs: AvsId, operator: &AccountId) -> Vec<PoolId>;

	/// The AVSs that can take something of a pool, and what part of it: for reads alone, it looks at all.
	fn claims(pool: PoolId) -> Vec<(AvsId, Ratio)>;

	/// Takes what is claimed of what is behind an AVS of a pool: of what counts, and of what was taken back
	/// and is still held to it. All AVSs together take no more of the pool in one era than the `ceiling`.
	/// None where nothing is there: it never was, or the pool was lost.
	///
	/// The ledger must slash the pool in turn; what other AVSs can take of it stays the same.
	fn take(
		avs: AvsId,
		pool: PoolId,
		claim: Claim,
		ceiling: Perbill,
	) -> Result<Option<TakenPart>, DispatchError>;
}

/// What is claimed of what is behind an AVS of a pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
	/// A part, rounded up, of what counted in an era within the unbonding window, and is still there.
	Part {
		/// The part.
		of: Ratio,
		/// The era.
		counted_in: EraIndex,
	},
	/// A magnitude of what is left of a generation of the pool, or all that is there.
	Rest(Answerable),
}

/// What of a pool answers for a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answerable {
	/// The generation of the pool.
	pub generation: u32,
	/// The part of it.
	pub magnitude: Magnitude,
}

/// What was taken of what is behind an AVS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TakenPart {
	/// What the claim is a part of; of a rest, itself.
	pub base: Answerable,
	/// What the claim comes to, of what is there.
	pub owed: Magnitude,
	/// What of that was taken: the ceiling leaves the rest for a later era.
	pub taken: Magnitude,
	/// What was taken, of the whole pool: what the ledger must slash it by.
	pub of_pool: Ratio,
}

/// What AVSs asked of their operators, for as long as anybody can be held to it.
pub trait SlashingTerms<AccountId> {
	/// The conditions in the terms of an era.
	fn conditions(avs: AvsId, era: EraIndex) -> Vec<Condition<AccountId>>;
}

/// Who serves an AVS no more, whatever its table says.
pub trait Jails<AccountId> {
	/// Keeps an operator from serving for a verdict on it that is `due` in this era or a later one, and after
	/// it up to `until`, as if it were jailed then: where the verdict comes when it is due, nothing is left to
	/// do. That it is kept is the caller's to tell. False where too many verdicts are awaited already: they
	/// keep it, each up to its own end.
	fn detain(avs: AvsId, operator: &AccountId, due: EraIndex, until: EraIndex) -> bool;

	/// Ends what [`Self::detain`] began: the fault was cancelled, or the verdict came in another era. Where
	/// nothing else keeps the operator from serving, that is told.
	fn acquit(avs: AvsId, operator: &AccountId, due: EraIndex, until: EraIndex);

	/// Keeps an operator from serving up to an era, not in it; the last there can be stands for never. That it
	/// is jailed is the caller's to tell.
	fn jail(avs: AvsId, operator: &AccountId, until: EraIndex);
}

/// Whoever wants to know of each stake table.
pub trait OnTable {
	/// The table of an era is whole.
	fn on_table(avs: AvsId, era: EraIndex, table: &TableSummary);
}

/// Nobody does.
impl OnTable for () {
	fn on_table(_: AvsId, _: EraIndex, _: &TableSummary) {}
}

/// Names a fault: what an operator did for an AVS in an era against a condition.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct FaultId<AccountId> {
	/// The AVS.
	pub avs: AvsId,
	/// The operator.
	pub operator: AccountId,
	/// The era.
	pub era: EraIndex,
	/// The number of the condition in the terms of that era, from zero.
	pub condition: u8,
}

/// What became of a fault.
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
pub enum FaultStatus {
	/// It can be disputed, or waits for its era.
	#[codec(index = 0)]
	Pending,
	/// Some of what it costs is still to be taken.
	#[codec(index = 1)]
	Collecting,
	/// All that it costs was taken.
	#[codec(index = 2)]
	Settled,
	/// It was none.
	#[codec(index = 3)]
	Cancelled,
}

/// Whose faults are asked for.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub enum FaultsOf<AccountId> {
	/// Those that cost a restaker something: of pools in which it has stake or exits in progress.
	#[codec(index = 0)]
	Restaker(AccountId),
	/// An operator's.
	#[codec(index = 1)]
	Operator(AccountId),
	/// Those against an AVS.
	#[codec(index = 2)]
	Avs(AvsId),
}

/// A fault, as [`SlashingApi`] tells it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct FaultInfo<AccountId> {
	/// The fault.
	pub fault: FaultId<AccountId>,
	/// What the terms of its era said of it.
	pub condition: Condition<AccountId>,
	/// What became of it.
	pub status: FaultStatus,
	/// What it costs at the most, of what answered for it.
	pub fraction: Perbill,
	/// What of that was charged.
	pub charged: Perbill,
	/// The era in which it is carried out.
	pub due: EraIndex,
	/// Who reported it; none where the chain itself did.
	pub reporter: Option<AccountId>,
	/// Whether the accused disputes it, and nobody decided.
	pub disputed: bool,
	/// The pools that answer for it.
	pub pools: Vec<PoolId>,
}

/// What could be taken of a restaker for one condition of one AVS, as [`SlashingApi::exposure`] tells it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct ExposureInfo<AccountId> {
	/// The pool.
	pub pool: PoolId,
	/// The AVS.
	pub avs: AvsId,
	/// The number of the condition in its terms of this era, from zero.
	pub condition_number: u8,
	/// The condition.
	pub condition: Condition<AccountId>,
	/// Planck of the pool's asset that one fault could cost, stake and exits together, rounded up.
	pub most: Balance,
}

/// What a report would be, as [`SlashingApi::verify`] tells it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct FaultPreview<AccountId> {
	/// The fault.
	pub fault: FaultId<AccountId>,
	/// What it would cost at the most, of what answers for it.
	pub fraction: Perbill,
	/// The era in which it would be carried out.
	pub due: EraIndex,
}

/// A window of duty, as [`SlashingApi::duty`] tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct DutyInfo {
	/// The era of the table whose operators are on duty.
	pub era: EraIndex,
	/// The number of the current round, to be signed; none where the window is over.
	pub round: Option<Round>,
	/// The block with which the window is over.
	pub closes: BlockNumber,
	/// Rounds that each operator must attest.
	pub required: u32,
}

sp_api::decl_runtime_apis! {
	/// How users read of faults.
	pub trait SlashingApi<AccountId: Codec> {
		/// Faults that are not final.
		fn pending(of: FaultsOf<AccountId>) -> Vec<FaultInfo<AccountId>>;

		/// Faults that are final, for as long as anybody could be held to them.
		fn history(of: FaultsOf<AccountId>) -> Vec<FaultInfo<AccountId>>;

		/// What could still be taken of a restaker, by pool, AVS and condition.
		fn exposure(account: AccountId) -> Vec<ExposureInfo<AccountId>>;

		/// Whether evidence would stand if `reporter` brought it now, and what would follow.
		fn verify(
			reporter: AccountId,
			avs: AvsId,
			condition: u8,
			evidence: Evidence<AccountId>,
		) -> Result<FaultPreview<AccountId>, DispatchError>;

		/// The window of duty of an AVS, if any.
		fn duty(avs: AvsId) -> Option<DutyInfo>;
	}
}

/// Faults of the chain's own consensus, for whoever punishes them.
pub trait ConsensusFaults<AccountId> {
	/// A validator that the chain's table of `era` chose equivocated; `fraction` is what the SDK's
	/// offence says it costs. More offenders at the same time make it rise: it is then told again, with
	/// the higher fraction.
	fn equivocated(validator: &AccountId, era: EraIndex, fraction: Perbill) -> DispatchResult;

	/// A validator that the chain's table of `era` chose was not heard of for a session.
	fn was_absent(validator: &AccountId, era: EraIndex, fraction: Perbill) -> DispatchResult;
}

/// Nobody punishes them.
impl<AccountId> ConsensusFaults<AccountId> for () {
	fn equivocated(_: &AccountId, _: EraIndex, _: Perbill) -> DispatchResult {
		Ok(())
	}

	fn was_absent(_: &AccountId, _: EraIndex, _: Perbill) -> DispatchResult {
		Ok(())
	}
}
