// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The invariants, by the numbers that the crate's documentation gives them.

use crate::{pallet::*, types::*};
use alloc::{collections::BTreeMap, vec::Vec};
use frame_support::{ensure, traits::fungible::hold::Inspect};
use picasso_primitives::{
	avs::{table_root, TableEntry, WHOLE},
	restaking::StakeLedger,
	Balance,
};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks every invariant.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_magnitudes()?;
		Self::check_tables()?;
		Self::check_pica_tables()?;
		Self::check_counts()?;
		Self::check_keys()?;
		Self::check_deposits()
	}

	/// 5.
	fn check_magnitudes() -> Result<(), TryRuntimeError> {
		for (pool, whole) in PoolMagnitudes::<T>::iter() {
			ensure!(whole.left <= WHOLE, "5: more is left of a pool than it was");
			ensure!(
				whole.encumbered <= whole.left,
				"5: more than the whole of a pool is given away"
			);
			let mut parts = 0;
			let mut given = 0u128;
			for (_, part) in Allocations::<T>::iter_prefix(pool) {
				parts += 1;
				if part.generation == whole.generation {
					let held = part.releases.iter().fold(0, |sum, (_, amount)| sum + amount);
					given += part.total() + held;
				}
				let ordered = part.releases.is_sorted_by(|one, next| one.0 < next.0);
				ensure!(ordered, "5: releases of a pool do not ascend");
			}
			ensure!(given == whole.encumbered, "5: what is noted as given away is not what is");
			ensure!(parts == whole.bond.serves, "8: a pool serves others than it says");
			let stake = T::Ledger::pool_stake(pool).ok_or("8: a pool is gone and kept in mind")?;
			ensure!(
				stake.generation == whole.generation,
				"5: magnitudes are not of the pool's generation"
			);
		}
		for pool in Allocations::<T>::iter_keys().map(|(pool, _)| pool) {
			ensure!(PoolMagnitudes::<T>::contains_key(pool), "5: a part of no pool");
		}
		Ok(())
	}

	/// 7.
	fn check_tables() -> Result<(), TryRuntimeError> {
		for (avs, record) in Avss::<T>::iter() {
			let history = record.tables;
			let kept = [history.last, history.previous];
			for era in kept.into_iter().flatten() {
				let summary = Tables::<T>::get(avs, era).ok_or("7: a table without a summary")?;
				let entries = Self::whole_table(avs, era);
				ensure!(entries.len() == summary.operators as usize, "7: operators are missing");
				ensure!(
					table_root(&entries) == summary.root,
					"7: a table is not what its root says"
				);
				let total = entries.iter().fold(0, |sum, entry| sum + entry.weight);
				ensure!(total == summary.total, "7: weights do not add up");
				ensure!(entries.is_sorted_by(heavier), "7: a table is not in order");
			}
			for era in Tables::<T>::iter_key_prefix(avs) {
				ensure!(era >= history.oldest, "7: a summary that should be forgotten");
			}
			let pages = TablePages::<T>::iter_key_prefix((avs,));
			for (era, _) in pages {
				ensure!(kept.contains(&Some(era)), "7: entries that should be forgotten");
			}
		}
		Ok(())
	}

	/// 7.
	fn check_pica_tables() -> Result<(), TryRuntimeError> {
		let PicaHistory { last, previous, draft, obsolete } = PicaTables::<T>::get();
		let whole = last.into_iter().chain(previous).chain(draft.map(|draft| draft.table));
		let mut pages = 0;
		for table in whole {
			let entries: Vec<_> =
				(0..table.pages).flat_map(|page| PicaPages::<T>::get(table.era, page)).collect();
			let total = entries.iter().fold(0, |sum, (_, stake)| sum + stake);
			ensure!(entries.len() == table.pools as usize, "7: pools of PICA are miscounted");
			ensure!(total == table.total, "7: stakes of PICA do not add up");
			pages += table.pages;
		}
		pages += obsolete.map_or(0, |table| table.pages);
		let found = PicaPages::<T>::iter_keys().count();
		ensure!(found == pages as usize, "7: pools of PICA that should be forgotten");
		Ok(())
	}

	/// 8.
	fn check_counts() -> Result<(), TryRuntimeError> {
		let mut serves = BTreeMap::<T::AccountId, u32>::new();
		for (avs, record) in Avss::<T>::iter() {
			let members: Vec<_> = Members::<T>::iter_prefix(avs).collect();
			ensure!(members.len() == record.members as usize, "8: members are miscounted");
			let invited = Invitations::<T>::iter_key_prefix(avs).count();
			ensure!(invited == record.invitations as usize, "8: invitations are miscounted");
			let parts = Allocations::<T>::iter_keys().filter(|(_, of)| *of == avs).count();
			ensure!(parts == record.allocations as usize, "8: allocations are miscounted");
			for (operator, member) in members {
				if member.until.is_none() {
					*serves.entry(operator).or_default() += 1;
				}
			}
			let kept: Vec<_> = TermsOf::<T>::iter_key_prefix(avs).collect();
			let known = kept.len() == record.terms.len()
				&& record.terms.iter().all(|from| kept.contains(from))
				&& record.terms.is_sorted_by(|one, next| one < next);
			ensure!(known && !kept.is_empty(), "8: an AVS's terms are not those it lists");
		}
		for (operator, bond) in Bonds::<T>::iter() {
			let found = serves.remove(&operator).unwrap_or_default();
			ensure!(found == bond.serves, "8: an operator serves others than it says");
			let known = T::Ledger::operator(&operator).is_some();
			ensure!(known, "8: an operator is gone and kept in mind");
		}
		ensure!(serves.is_empty(), "8: an operator serves and is not bound");
		for (operator, avs, pools) in AllocatedPools::<T>::iter() {
			for pool in pools {
				let known = Allocations::<T>::contains_key(pool, avs);
				ensure!(known, "8: a listed allocation does not exist");
				let owner = T::Ledger::pool_stake(pool).map(|stake| stake.operator);
				ensure!(owner.as_ref() == Some(&operator), "8: an allocation of another's pool");
			}
		}
		Ok(())
	}

	/// 8.
	fn check_keys() -> Result<(), TryRuntimeError> {
		let mut uses = BTreeMap::new();
		for (_, operator, member) in Members::<T>::iter() {
			if let Some(key) = member.key.filter(|_| member.until.is_none()) {
				let owner = KeyOwners::<T>::get(key).ok_or("8: a key of nobody's")?;
				ensure!(owner.operator == operator, "8: a key of another operator's");
				*uses.entry(key).or_insert(0u32) += 1;
			}
		}
		for (key, owner) in KeyOwners::<T>::iter() {
			let used = uses.get(&key).copied().unwrap_or_default();
			ensure!(owner.uses == used, "8: uses of a key are miscounted");
		}
		Ok(())
	}

	/// 8.
	fn check_deposits() -> Result<(), TryRuntimeError> {
		let mut deposits = BTreeMap::<T::AccountId, Balance>::new();
		for (_, application) in Applications::<T>::iter() {
			*deposits.entry(application.proposer).or_default() += application.deposit;
		}
		for (proposer, deposit) in deposits {
			let held = T::Currency::balance_on_hold(&HoldReason::Application.into(), &proposer);
			ensure!(held == deposit, "8: the deposit of an application is not held");
		}
		Ok(())
	}
}

fn heavier<AccountId: Ord>(one: &TableEntry<AccountId>, next: &TableEntry<AccountId>) -> bool {
	one.weight > next.weight || (one.weight == next.weight && one.operator != next.operator)
}
