// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What the registry stores.

use crate::Config;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{pallet_prelude::*, CloneNoBound, DebugNoBound, EqNoBound, PartialEqNoBound};
use picasso_primitives::{
	avs::{AvsKey, AvsStatus, Magnitude, PicaTable, TableEntry, Terms, WHOLE},
	math::Ratio,
	AvsId, Balance, EraIndex, PoolId,
};
use sp_runtime::{Perbill, Perquintill};

/// The most terms of an AVS that are kept: those in force, those to come, and those that were in force
/// within the unbonding window.
pub const MAX_TERMS: u32 = 16;

/// The most times within the unbonding window that an operator may have come and gone.
pub const MAX_TENURES: u32 = 8;

/// What asks to become an AVS.
#[derive(
	CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[scale_info(skip_type_params(T))]
pub struct Application<T: Config> {
	/// Who asks, and will speak for it.
	pub proposer: T::AccountId,
	/// What it would ask for and pay.
	pub terms: Terms<T::AccountId>,
	/// What it is, UTF-8.
	pub metadata: BoundedVec<u8, T::MaxMetadataLength>,
	/// The referendum that decides.
	pub referendum: u32,
	/// Planck of PICA held of the proposer.
	pub deposit: Balance,
}

/// A service that rents security.
#[derive(
	CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[scale_info(skip_type_params(T))]
pub struct AvsRecord<T: Config> {
	/// Who speaks for it; governance where nobody does.
	pub owner: Option<T::AccountId>,
	/// Who was asked to.
	pub next_owner: Option<T::AccountId>,
	/// What it is, UTF-8.
	pub metadata: BoundedVec<u8, T::MaxMetadataLength>,
	/// What it is doing.
	pub status: AvsStatus,
	/// The first eras of its terms in [`TermsOf`](crate::TermsOf), ascending.
	pub terms: BoundedVec<EraIndex, ConstU32<MAX_TERMS>>,
	/// Operators in [`Members`](crate::Members).
	pub members: u32,
	/// Operators in [`Invitations`](crate::Invitations).
	pub invitations: u32,
	/// Allocations to it in [`Allocations`](crate::Allocations).
	pub allocations: u32,
	/// Its last table, the one before, and the first era of which a summary may be kept.
	pub tables: TableHistory,
}

/// Which tables are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct TableHistory {
	/// The era of the last table.
	pub last: Option<EraIndex>,
	/// The era of the table before it.
	pub previous: Option<EraIndex>,
	/// The era before which no summary is kept.
	pub oldest: EraIndex,
}

/// The most verdicts on one operator that are awaited at a time and keep it from serving meanwhile. More of
/// them keep it when they come.
pub const MAX_AWAITED: u32 = 8;

/// What keeps an operator from serving an AVS.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Exclusion {
	/// The first era in which it may serve again; the last one there can be stands for never.
	pub until: EraIndex,
	/// Verdicts that are awaited, or were when this was last written. Where they came in time, nothing had to
	/// be written then.
	pub awaited: BoundedVec<Sentence, ConstU32<MAX_AWAITED>>,
}

/// What a verdict comes to, unless its fault is cancelled before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Sentence {
	/// The era of the verdict.
	pub due: EraIndex,
	/// The first era in which the operator may serve again.
	pub until: EraIndex,
}

impl Exclusion {
	/// Whether it holds in an era.
	pub fn holds(&self, era: EraIndex) -> bool {
		self.until > era || self.awaited.iter().any(|sentence| sentence.until > era)
	}

	/// Makes room for verdicts to come, in the era `now`, of those that came.
	pub fn settle(&mut self, now: EraIndex) {
		let until = &mut self.until;
		self.awaited.retain(|sentence| {
			let came = sentence.due <= now;
			if came {
				*until = (*until).max(sentence.until);
			}
			!came
		});
	}
}

/// An operator that applied to an AVS.
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
pub struct AvsMember {
	/// The key by which it signs; none for the chain, where session keys do.
	pub key: Option<AvsKey>,
	/// The first era it serves in; none until the AVS approved it, where it must.
	pub since: Option<EraIndex>,
	/// The last era it serves in, once it leaves.
	pub until: Option<EraIndex>,
}

/// From the first era to the last that an operator answered to an AVS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Tenure {
	/// The first.
	pub since: EraIndex,
	/// The last; none while it serves.
	pub until: Option<EraIndex>,
}

/// When an operator answered to an AVS, and what it paid for the record.
#[derive(
	CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[scale_info(skip_type_params(T))]
pub struct Tenures<T: Config> {
	/// Ascending and apart.
	pub eras: BoundedVec<Tenure, ConstU32<MAX_TENURES>>,
	/// What the operator paid for being kept in mind.
	pub deposit: T::MemberDeposit,
}

/// Who has a key.
#[derive(
	CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[scale_info(skip_type_params(T))]
pub struct KeyOwner<T: Config> {
	/// The operator that proved it.
	pub operator: T::AccountId,
	/// For how many AVSs it uses the key.
	pub uses: u32,
	/// The first era in which nobody can be held any more to what it signed, once nobody uses it.
	pub held_until: EraIndex,
	/// What the operator paid for being kept in mind.
	pub deposit: T::MemberDeposit,
}

/// What binds an operator or a pool: what it serves, and what it served.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Bond {
	/// How many AVSs it serves.
	pub serves: u32,
	/// The first era in which it is not held any more to what it served.
	pub held_until: EraIndex,
}

/// A magnitude at the turn of an era, and the generation of the pool that it was of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct AtTurn {
	/// The era that began.
	pub era: EraIndex,
	/// The magnitude then.
	pub magnitude: Magnitude,
	/// The generation then.
	pub generation: u32,
}

/// What is left of a pool after all that AVSs slashed of it, and what of that is put behind AVSs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct PoolMagnitude {
	/// The generation of the pool that this is of.
	pub generation: u32,
	/// What is left, of [`WHOLE`].
	pub left: Magnitude,
	/// What was left at the turn of the last era in which that changed.
	pub at_turn: AtTurn,
	/// What is put behind AVSs, and what was taken back and is still held to it.
	pub encumbered: Magnitude,
	/// What binds the pool.
	pub bond: Bond,
}

impl PoolMagnitude {
	/// Of a generation of a pool that nobody has slashed.
	pub fn new(generation: u32, era: EraIndex) -> Self {
		let at_turn = AtTurn { era, magnitude: WHOLE, generation };
		Self { generation, left: WHOLE, at_turn, encumbered: 0, bond: Bond::default() }
	}

	/// What was left at the turn of `era`, the current one.
	pub fn at_turn(&self, era: EraIndex) -> AtTurn {
		if self.at_turn.era == era {
			return self.at_turn;
		}
		AtTurn { era, magnitude: self.left, generation: self.generation }
	}
}

/// The part of a pool that is put behind an AVS.
#[derive(
	CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[scale_info(skip_type_params(T))]
pub struct Allocation<T: Config> {
	/// The generation of the pool that this is of.
	pub generation: u32,
	/// What counts, and can be slashed.
	pub active: Magnitude,
	/// What counts from a later era on.
	pub increase: Magnitude,
	/// That era.
	pub since: EraIndex,
	/// What counted at the turn of the last era in which that changed.
	pub at_turn: AtTurn,
	/// What was taken back and can still be slashed, by the first era in which it cannot, ascending.
	pub releases: BoundedVec<(EraIndex, Magnitude), T::MaxReleases>,
	/// What counted, less what was slashed since: by the first era in which it did, ascending. Where there
	/// were more changes than are kept, the larger of two counts for both.
	pub counted: BoundedVec<(EraIndex, Magnitude), T::MaxReleases>,
}

impl<T: Config> Allocation<T> {
	/// Nothing.
	pub fn new(generation: u32, era: EraIndex) -> Self {
		let at_turn = AtTurn { era, magnitude: 0, generation };
		Self {
			generation,
			active: 0,
			increase: 0,
			since: era,
			at_turn,
			releases: BoundedVec::new(),
			counted: BoundedVec::new(),
		}
	}

	/// Notes what counts from an era on. Nobody can be held to what ceased to count more than `held` eras
	/// before.
	pub fn note(&mut self, from: EraIndex, magnitude: Magnitude, held: EraIndex) {
		if self.counted.last().is_some_and(|(last, _)| *last == from) {
			self.counted.pop();
		}
		while self.counted.get(1).is_some_and(|(next, _)| next.saturating_add(held) < from) {
			self.counted.remove(0);
		}
		if self.counted.is_full() {
			let (first, merged) = self.counted.remove(0);
			if let Some((from, kept)) = self.counted.iter_mut().next() {
				(*from, *kept) = (first, merged.max(*kept));
			}
		}
		// There is room now.
		self.counted.force_push((from, magnitude));
	}

	/// What counted in an era, less what was slashed since.
	pub fn counted_in(&self, era: EraIndex) -> Magnitude {
		let known = self.counted.iter().rev().find(|(from, _)| *from <= era);
		known.map_or(0, |(_, part)| *part)
	}

	/// Takes `amount` of `all` that can be slashed: of each part alike, rounded up, and less of the last
	/// ones where that is too much. None where the amount is more than all.
	pub fn take(&mut self, amount: Magnitude, all: Magnitude) -> Option<()> {
		let ratio = Ratio::new(amount, all)?;
		let mut rest = amount;
		let parts = core::iter::once(&mut self.active);
		for part in parts.chain(self.releases.iter_mut().map(|(_, amount)| amount)) {
			let taken = ratio.of(*part)?.min(rest);
			*part = part.checked_sub(taken)?;
			rest = rest.checked_sub(taken)?;
		}
		for (_, counted) in self.counted.iter_mut() {
			*counted = counted.checked_sub(ratio.of(*counted)?)?;
		}
		(rest == 0).then_some(())
	}

	/// What counted at the turn of `era`, the current one.
	pub fn at_turn(&self, era: EraIndex) -> AtTurn {
		if self.at_turn.era == era {
			return self.at_turn;
		}
		AtTurn { era, magnitude: self.active_in(era), generation: self.generation }
	}

	/// What counts in `era`, the current one, and can be slashed.
	pub fn active_in(&self, era: EraIndex) -> Magnitude {
		if self.since <= era {
			self.total()
		} else {
			self.active
		}
	}

	/// What counts in the next era. Never more than what is left of the pool.
	pub fn total(&self) -> Magnitude {
		self.active.saturating_add(self.increase)
	}
}

/// A change of what an operator puts behind an AVS.
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
pub struct AllocationChange {
	/// The AVS.
	pub avs: AvsId,
	/// The pool, one of the operator's.
	pub pool: PoolId,
	/// The part of the pool's stake that is to be behind the AVS, 0 to 10¹⁸ for all of it.
	pub fraction: Perquintill,
}

/// An entry of a table, as it is stored.
#[derive(
	CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[scale_info(skip_type_params(T))]
pub struct StoredEntry<T: Config> {
	/// The operator.
	pub operator: T::AccountId,
	/// Its key.
	pub key: Option<AvsKey>,
	/// Its units of security.
	pub weight: u128,
	/// Its commission in the table's era.
	pub commission: Perbill,
	/// Its pools, and the units of security that each brought.
	pub pools: BoundedVec<(PoolId, u128), T::MaxPoolsPerMember>,
}

impl<T: Config> From<StoredEntry<T>> for TableEntry<T::AccountId> {
	fn from(entry: StoredEntry<T>) -> Self {
		let StoredEntry { operator, key, weight, commission, pools } = entry;
		Self { operator, key, weight, commission, pools: pools.into_inner() }
	}
}

/// Which tables of PICA's pools there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct PicaHistory {
	/// The last one that is whole.
	pub last: Option<PicaTable>,
	/// The one before.
	pub previous: Option<PicaTable>,
	/// The one that is being built.
	pub draft: Option<PicaDraft>,
	/// One of which what is left is to be forgotten, before another is begun.
	pub obsolete: Option<PicaTable>,
}

/// A table of PICA's pools that is not whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct PicaDraft {
	/// What is known of it.
	pub table: PicaTable,
	/// The pool that was looked at last.
	pub after: PoolId,
}

/// How far the tables of an era are built.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct EraTurn {
	/// The era.
	pub era: EraIndex,
	/// Whether that of PICA's pools is.
	pub pica: bool,
	/// The AVS whose turn is next.
	pub next: AvsId,
	/// How many numbers of AVSs are still to be looked at.
	pub remaining: u32,
	/// Blocks that it took so far.
	pub blocks: u32,
}

impl EraTurn {
	/// Whether all are.
	pub fn is_over(&self) -> bool {
		self.pica && self.remaining == 0
	}
}
