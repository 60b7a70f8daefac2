// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The chain as AVS 0: its table says who validates.

use crate::pallet::*;
use alloc::vec::Vec;
use picasso_primitives::{avs::CHAIN, restaking::StakeLedger, EraIndex, SessionIndex};

/// A validator that the chain's table names, and its weight in units of security.
pub type Validator<AccountId> = (AccountId, u128);

impl<T: Config> Pallet<T> {
	/// The validators of the chain's last table, heaviest first, and the table's era: those of its
	/// operators that are ready and not in jail. None where they would be too few, which an event tells; then the old
	/// ones stay.
	pub fn plan_validators(
		is_ready: impl Fn(&T::AccountId) -> bool,
	) -> Option<(EraIndex, Vec<Validator<T::AccountId>>)> {
		let record = Avss::<T>::get(CHAIN)?;
		let era = record.tables.last?;
		let now = T::Ledger::current_era();
		let needed = Self::terms_of(CHAIN, &record, now).ok()?.minimum_operators;
		let validators: Vec<_> = Self::whole_table(CHAIN, era)
			.into_iter()
			.map(|entry| (entry.operator, entry.weight))
			.filter(|(operator, _)| is_ready(operator) && !Self::excludes(CHAIN, operator, now))
			.collect();
		let found = validators.len() as u32;
		if found < needed.max(1) {
			Self::deposit_event(Event::ValidatorsKept { era, found, needed });
			return None;
		}
		Some((era, validators))
	}

	/// Notes the era of the table that chose a session's validators. Without one they are those of the
	/// session before.
	pub fn note_session(session: SessionIndex, table: Option<EraIndex>) {
		let before = || session.checked_sub(1).and_then(SessionTables::<T>::get);
		SessionTables::<T>::insert(session, table.or_else(before).unwrap_or_default());
	}

	/// Forgets a session.
	pub fn forget_session(session: SessionIndex) {
		SessionTables::<T>::remove(session);
	}

	/// The era of the table that chose a session's validators.
	pub fn table_of_session(session: SessionIndex) -> Option<EraIndex> {
		SessionTables::<T>::get(session)
	}
}
