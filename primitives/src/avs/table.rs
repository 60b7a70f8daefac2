// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Stake tables: who secures an AVS in an era, and with how much weight.

use super::AvsKey;
use crate::{AssetId, AvsId, Balance, EraIndex, PoolId};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::{ConstU32, H256};
use sp_runtime::{traits::Keccak256, BoundedVec, Perbill};

/// Entries of a table that are stored together.
pub const TABLE_PAGE: u32 = 32;

/// The most hashes from an entry to a table's root: 2⁸ operators.
pub const MAX_PROOF: u32 = 8;

/// One operator in a table.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct TableEntry<AccountId> {
	/// The operator.
	pub operator: AccountId,
	/// The key by which it signs; none in the chain's own table, where session keys do.
	pub key: Option<AvsKey>,
	/// Its units of security, after all caps.
	pub weight: u128,
	/// The part of its restakers' earnings that it takes in this era.
	pub commission: Perbill,
	/// Its pools, and the units of security that each brought before the cap on one operator's share.
	pub pools: Vec<(PoolId, u128)>,
}

/// Why nobody should rely on an AVS's table.
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
pub enum Dormancy {
	/// Fewer operators than the terms ask for.
	#[codec(index = 0)]
	TooFewOperators,
	/// Less security than the terms ask for.
	#[codec(index = 1)]
	TooLittleSecurity,
	/// Less of an asset than the terms ask for.
	#[codec(index = 2)]
	AssetBelowFloor(AssetId),
	/// No weights keep to the largest share that the terms allow.
	#[codec(index = 3)]
	ShareTooLarge,
	/// Fewer operators than the terms ask for have more than a third.
	#[codec(index = 4)]
	TooConcentrated,
	/// The AVS has not set aside what it pays in the era.
	#[codec(index = 5)]
	Unpaid,
}

/// What is known of a table for as long as somebody may be held to it.
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
pub struct TableSummary {
	/// The root of its Merkle tree: see [`table_root`].
	pub root: H256,
	/// How many operators it has.
	pub operators: u32,
	/// The sum of their weights.
	pub total: u128,
	/// Why nobody should rely on it, if so.
	pub dormancy: Option<Dormancy>,
}

/// An entry with what proves that it is in a table of a known root.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct EntryProof<AccountId> {
	/// The entry's operator.
	pub operator: AccountId,
	/// Its key.
	pub key: Option<AvsKey>,
	/// Its weight.
	pub weight: u128,
	/// Its place in the table, heaviest first.
	pub index: u32,
	/// Hashes beside the way from the entry to the root, lowest first.
	pub siblings: BoundedVec<H256, ConstU32<MAX_PROOF>>,
}

impl<AccountId: Clone> From<&EntryProof<AccountId>> for TableEntry<AccountId> {
	/// The commission and the pools are not proved.
	fn from(proof: &EntryProof<AccountId>) -> Self {
		let EntryProof { operator, key, weight, .. } = proof;
		Self {
			operator: operator.clone(),
			key: *key,
			weight: *weight,
			commission: Perbill::zero(),
			pools: Vec::new(),
		}
	}
}

/// A leaf of a table's tree: the SCALE encoding of (operator, key, weight). It is never as long as two
/// hashes, which an inner node is of.
fn leaf<AccountId: Encode>(operator: &AccountId, key: &Option<AvsKey>, weight: u128) -> Vec<u8> {
	(operator, key, weight).encode()
}

fn leaves<AccountId: Encode>(entries: &[TableEntry<AccountId>]) -> Vec<Vec<u8>> {
	entries.iter().map(|entry| leaf(&entry.operator, &entry.key, entry.weight)).collect()
}

/// The root of the binary Merkle tree over a table's entries, heaviest first, by Keccak-256; zero where
/// there are none. The tree is that of the SDK's `binary-merkle-tree`: an odd node moves up as it is.
pub fn table_root<AccountId: Encode>(entries: &[TableEntry<AccountId>]) -> H256 {
	binary_merkle_tree::merkle_root::<Keccak256, _>(leaves(entries))
}

/// Proves that entry number `index` is in the table.
pub fn entry_proof<AccountId: Encode + Clone>(
	entries: &[TableEntry<AccountId>],
	index: usize,
) -> Option<EntryProof<AccountId>> {
	let TableEntry { operator, key, weight, .. } = entries.get(index)?.clone();
	let proof = binary_merkle_tree::merkle_proof::<Keccak256, _, _>(
		leaves(entries),
		u32::try_from(index).ok()?,
	);
	let index = u32::try_from(index).ok()?;
	let siblings = BoundedVec::try_from(proof.proof).ok()?;
	Some(EntryProof { operator, key, weight, index, siblings })
}

/// Whether an entry is in the table that a summary is of.
pub fn verify_entry<AccountId: Encode>(
	table: &TableSummary,
	entry: &EntryProof<AccountId>,
) -> bool {
	let leaf = leaf(&entry.operator, &entry.key, entry.weight);
	entry.index < table.operators
		&& binary_merkle_tree::verify_proof::<Keccak256, _, _>(
			&table.root,
			entry.siblings.iter().copied(),
			table.operators,
			entry.index,
			&leaf,
		)
}

/// The stake tables, for whoever relies on them.
pub trait StakeTables<AccountId: Encode> {
	/// The era of an AVS's last table.
	fn last_table(avs: AvsId) -> Option<EraIndex>;

	/// What is known of a table within the unbonding window.
	fn summary(avs: AvsId, era: EraIndex) -> Option<TableSummary>;

	/// A table that is still kept whole: the last one, or the one before. Heaviest first.
	fn entries(avs: AvsId, era: EraIndex) -> Vec<TableEntry<AccountId>>;

	/// The entry in a place of a table that is still kept whole.
	fn entry(avs: AvsId, era: EraIndex, place: u32) -> Option<TableEntry<AccountId>>;

	/// Some entries of a table that is still kept whole: page by page of [`TABLE_PAGE`], heaviest first.
	fn page(avs: AvsId, era: EraIndex, page: u32) -> Vec<TableEntry<AccountId>>;

	/// The table that served in an era, its own or the last one before it, where that is still kept whole.
	fn served(avs: AvsId, era: EraIndex) -> Option<(EraIndex, TableSummary)>;

	/// The pools that an operator put behind an AVS, and the units of security that what counted of each
	/// in an era within the unbonding window weighs by today's stake. For whoever needs to share out among
	/// the pools of one operator that may be in no table any more.
	fn counted_pools(avs: AvsId, operator: &AccountId, era: EraIndex) -> Vec<(PoolId, u128)>;

	/// Whether an operator serves an AVS no more, whatever its table says: it is in jail.
	fn is_excluded(avs: AvsId, operator: &AccountId) -> bool;

	/// Whether an entry was in a table within the unbonding window.
	fn verify_entry(avs: AvsId, era: EraIndex, entry: &EntryProof<AccountId>) -> bool {
		Self::summary(avs, era).is_some_and(|table| verify_entry(&table, entry))
	}

	/// Whether an operator answered to an AVS in an era within the unbonding window.
	fn was_liable(avs: AvsId, operator: &AccountId, era: EraIndex) -> bool;
}

/// What is known of the stakes of PICA's pools at the turn of an era.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct PicaTable {
	/// The era that began.
	pub era: EraIndex,
	/// How many pools had stake.
	pub pools: u32,
	/// Planck of PICA staked in them.
	pub total: Balance,
	/// Pages that list them.
	pub pages: u32,
}

/// The stakes of PICA's pools at turns of eras, for whoever shares out what PICA stakers earn. Tables are
/// kept of two eras: the last one whose table is whole, and the one whose was before.
pub trait PicaStakes {
	/// The last table.
	fn last_table() -> Option<PicaTable>;

	/// A table that is kept.
	fn table(era: EraIndex) -> Option<PicaTable>;

	/// The table of an era, or the last one before it, where that is kept.
	fn served_pica(era: EraIndex) -> Option<PicaTable>;

	/// Pools and their stake in planck: a page of a table that is kept, in no particular order.
	fn page(era: EraIndex, page: u32) -> Vec<(PoolId, Balance)>;
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	fn table(operators: u8) -> Vec<TableEntry<[u8; 32]>> {
		(0..operators)
			.map(|number| TableEntry {
				operator: [number; 32],
				key: (number % 2 == 0).then_some(AvsKey::Sr25519([number; 32])),
				weight: 1_000 - u128::from(number),
				commission: Perbill::zero(),
				pools: alloc::vec![(number.into(), 7)],
			})
			.collect()
	}

	fn summary(entries: &[TableEntry<[u8; 32]>]) -> TableSummary {
		let operators = entries.len() as u32;
		TableSummary { root: table_root(entries), operators, total: 0, dormancy: None }
	}

	#[test]
	fn no_entry_is_in_an_empty_table() {
		assert_eq!(table_root(&table(0)), H256::zero());
		assert_eq!(entry_proof(&table(0), 0), None);
		let entry = entry_proof(&table(1), 0).unwrap();
		assert!(verify_entry(&summary(&table(1)), &entry));
		assert!(!verify_entry(&summary(&table(0)), &entry));
	}

	proptest! {
		#[test]
		fn every_entry_is_proved_and_no_other(size in 1..40u8, at in any::<u8>(), with in any::<u8>()) {
			let entries = table(size);
			let at = usize::from(at % size);
			let known = summary(&entries);
			let entry = entry_proof(&entries, at).unwrap();
			prop_assert!(verify_entry(&known, &entry));
			let altered = [
				EntryProof { weight: entry.weight + 1, ..entry.clone() },
				EntryProof { operator: [0xff; 32], ..entry.clone() },
				EntryProof { key: Some(AvsKey::Ed25519([with; 32])), ..entry.clone() },
				EntryProof { index: known.operators + u32::from(with), ..entry.clone() },
				EntryProof {
					siblings: BoundedVec::truncate_from(
						entry.siblings.iter().skip(1).copied().chain([H256::zero()]).collect(),
					),
					..entry.clone()
				},
			];
			for altered in altered {
				prop_assert!(!verify_entry(&known, &altered));
			}
			let other = summary(&table(size + 1));
			prop_assert!(!verify_entry(&other, &entry));
		}
	}
}
