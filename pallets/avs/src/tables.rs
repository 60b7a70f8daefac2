// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Stake tables: their turn in each era, where they are kept, and for how long.

use crate::{building::NewTable, pallet::*, types::*, WeightInfo};
use alloc::vec::Vec;
use frame_support::{pallet_prelude::*, traits::Defensive, weights::WeightMeter};
use picasso_primitives::{
	avs::{
		AvsStatus, Dormancy, EntryProof, StakeTables, TableEntry, TableSummary, Terms, TABLE_PAGE,
	},
	emissions::Paymaster,
	restaking::StakeLedger,
	slashing::OnTable,
	AvsId, EraIndex, PoolId,
};

/// How many eras of old summaries are looked at when a table is built: more than the one that a table
/// adds, so that what was left behind is caught up with.
const FORGOTTEN_AT_ONCE: u32 = 4;

/// The turn of an era.
impl<T: Config> Pallet<T> {
	/// Builds as many tables as the meter allows.
	pub(crate) fn go_on_with_turn(meter: &mut WeightMeter) {
		if meter.try_consume(Self::weight_of_going_on()).is_err() {
			return;
		}
		let era = T::Ledger::current_era();
		let mut turn = Turn::<T>::get();
		if turn.era != era {
			if !Self::may_begin(era) {
				return;
			}
			turn = Self::begin_turn(turn, era);
		} else if turn.is_over() {
			return;
		}
		turn.blocks = turn.blocks.saturating_add(1);
		turn.pica = turn.pica || Self::go_on_with_pica(era, meter);
		while turn.pica && turn.remaining > 0 {
			let weight = Self::weight_of_building(turn.next);
			if meter.try_consume(weight).is_err() {
				break;
			}
			Self::visit(turn.next, era);
			let next = turn.next.saturating_add(1);
			turn.next = if next < NextAvsId::<T>::get() { next } else { 0 };
			turn.remaining = turn.remaining.saturating_sub(1);
		}
		if turn.is_over() {
			Self::deposit_event(Event::EraTurned { era, blocks: turn.blocks });
			if meter
				.try_consume(T::WeightInfo::settle_applications(T::MaxApplications::get()))
				.is_ok()
			{
				Self::settle_applications();
			}
		}
		Turn::<T>::put(turn);
	}

	/// Whether an era may turn: the tables that it makes obsolete are those of eras that were paid out.
	fn may_begin(era: EraIndex) -> bool {
		let unpaid = T::Paymaster::first_unpaid_era();
		unpaid.is_none_or(|unpaid| unpaid.saturating_add(1) >= era)
	}

	/// Those who are still without a table of the era before come first.
	fn begin_turn(last: EraTurn, era: EraIndex) -> EraTurn {
		if last.remaining > 0 {
			Self::deposit_event(Event::EraOverran { era: last.era, remaining: last.remaining });
		}
		let remaining = NextAvsId::<T>::get();
		EraTurn { era, pica: false, next: last.next, remaining, blocks: 0 }
	}

	/// What it costs to see how far the turn is, and whether the next may begin.
	pub(crate) fn weight_of_going_on() -> Weight {
		T::WeightInfo::go_on_with_turn().saturating_add(T::DbWeight::get().reads(1))
	}

	/// What the table of an AVS costs, and its pay; for a number that no AVS has any more, what it costs to see that.
	fn weight_of_building(avs: AvsId) -> Weight {
		match Avss::<T>::get(avs) {
			Some(record) => Self::weight_of_table(record.members, record.allocations)
				.saturating_add(T::Paymaster::weight_of_setting_aside()),
			None => T::DbWeight::get().reads(1),
		}
	}

	/// What a table costs at the most that has so many members and allocations, those of operators that
	/// left included.
	///
	/// It was measured of members that have one pool behind the AVS, and of members that have as many as
	/// may be, p. Where `m` members have `a` pools, it is as if x = ⌈(a - m) / (p - 1)⌉ of them were of the
	/// latter and m - x of the former: they would have as many pools in all, or a few more.
	pub(crate) fn weight_of_table(members: u32, allocations: u32) -> Weight {
		let most = T::MaxPoolsPerMember::get();
		let pools = allocations.clamp(members, members.saturating_mul(most).max(members));
		let full = pools.saturating_sub(members).div_ceil(most.saturating_sub(1).max(1));
		T::WeightInfo::build_table(members.saturating_sub(full), full)
	}

	pub(crate) fn visit(avs: AvsId, era: EraIndex) {
		let Some(mut record) = Avss::<T>::get(avs) else { return };
		Self::forget_old_tables(avs, &mut record.tables, era);
		if Self::is_gone(&record, era) {
			if Self::is_paid_out(&record) {
				Self::forget_last_tables(avs, &mut record.tables);
				Self::forget_exclusions(avs, era);
			}
			Self::forget_departed(avs, &mut record, era);
			if Self::forget_if_settled(avs, &record, era) {
				return;
			}
		} else {
			Self::build(avs, &mut record, era);
		}
		Avss::<T>::insert(avs, record);
	}

	/// Builds an AVS's table of an era and keeps it.
	pub(crate) fn build(avs: AvsId, record: &mut AvsRecord<T>, era: EraIndex) {
		let Ok(terms) = Self::terms_of(avs, record, era).defensive() else { return };
		let members: Vec<_> = Members::<T>::iter_prefix(avs).collect();
		let mut candidates = Vec::new();
		for (operator, member) in members {
			if member.until.is_some_and(|until| until < era) {
				Self::forget_member(record, avs, &operator);
			} else if !Self::excludes(avs, &operator, era) {
				candidates.extend(Self::candidate(avs, &terms, &operator, &member, era));
			}
		}
		let before = record.tables.last.and_then(|last| Tables::<T>::get(avs, last));
		let NewTable { entries, mut summary } = Self::table_of(&terms, candidates);
		if summary.dormancy.is_none() {
			let Terms { pay_currency, pay_per_era, .. } = terms;
			let paid = T::Paymaster::set_aside(avs, era, pay_currency, pay_per_era);
			summary.dormancy = (!paid).then_some(Dormancy::Unpaid);
		}
		Self::keep(avs, &mut record.tables, era, entries, summary);
		Self::tell(avs, era, before, summary);
		T::OnTable::on_table(avs, era, &summary);
	}

	fn forget_departed(avs: AvsId, record: &mut AvsRecord<T>, era: EraIndex) {
		let departed: Vec<_> = Members::<T>::iter_prefix(avs)
			.filter(|(_, member)| member.until.is_some_and(|until| until < era))
			.collect();
		for (operator, _) in departed {
			Self::forget_member(record, avs, &operator);
		}
	}

	fn tell(avs: AvsId, era: EraIndex, before: Option<TableSummary>, table: TableSummary) {
		Self::deposit_event(Event::TableBuilt { avs, era, table });
		let slept = before.is_none_or(|before| before.dormancy.is_some());
		match table.dormancy {
			Some(reason) => Self::deposit_event(Event::AvsDormant { avs, reason }),
			None if slept => Self::deposit_event(Event::AvsAwake { avs }),
			None => {},
		}
	}
}

/// What is kept.
impl<T: Config> Pallet<T> {
	fn keep(
		avs: AvsId,
		history: &mut TableHistory,
		era: EraIndex,
		entries: Vec<TableEntry<T::AccountId>>,
		summary: TableSummary,
	) {
		if let Some(oldest) = history.previous {
			Self::forget_entries(avs, oldest);
		}
		for (page, entries) in entries.chunks(TABLE_PAGE as usize).enumerate() {
			let stored: Vec<_> = entries.iter().cloned().map(Self::stored).collect();
			let page = page as u32;
			TablePages::<T>::insert((avs, era, page), BoundedVec::truncate_from(stored));
		}
		Tables::<T>::insert(avs, era, summary);
		history.previous = history.last;
		history.last = Some(era);
	}

	fn stored(entry: TableEntry<T::AccountId>) -> StoredEntry<T> {
		let TableEntry { operator, key, weight, commission, pools } = entry;
		// As many as an operator has, which has the same bound.
		let pools = BoundedVec::truncate_from(pools);
		StoredEntry { operator, key, weight, commission, pools }
	}

	fn forget_entries(avs: AvsId, era: EraIndex) {
		let operators = Tables::<T>::get(avs, era).map_or(0, |table| table.operators);
		for page in 0..operators.div_ceil(TABLE_PAGE) {
			TablePages::<T>::remove((avs, era, page));
		}
	}

	/// Forgets summaries to which nobody can be held any more.
	fn forget_old_tables(avs: AvsId, history: &mut TableHistory, era: EraIndex) {
		for _ in 0..FORGOTTEN_AT_ONCE {
			let held = history.oldest.saturating_add(T::Ledger::unbonding()) >= era;
			let whole = [history.last, history.previous].contains(&Some(history.oldest));
			if held || whole {
				return;
			}
			Tables::<T>::remove(avs, history.oldest);
			history.oldest = history.oldest.saturating_add(1);
		}
	}

	/// Whether every era in which an AVS that is gone served is paid out. Until then who earned its last
	/// pay is told by its last table, and by who is in jail: at the turn that ends its last era, neither
	/// is paid for yet.
	fn is_paid_out(record: &AvsRecord<T>) -> bool {
		let AvsStatus::Leaving(until) = record.status else { return false };
		T::Paymaster::first_unpaid_era().is_none_or(|unpaid| unpaid >= until)
	}

	/// An AVS that is gone needs nobody in jail but those on whom a verdict is awaited.
	fn forget_exclusions(avs: AvsId, era: EraIndex) {
		let known = Exclusions::<T>::iter_prefix(avs).take(FORGOTTEN_AT_ONCE as usize);
		for (operator, exclusion) in known.collect::<Vec<_>>() {
			if exclusion.awaited.iter().all(|sentence| sentence.due <= era) {
				Exclusions::<T>::remove(avs, operator);
			}
		}
	}

	/// An AVS that is gone needs no table whole.
	fn forget_last_tables(avs: AvsId, history: &mut TableHistory) {
		for era in [history.last.take(), history.previous.take()].into_iter().flatten() {
			Self::forget_entries(avs, era);
		}
	}

	fn is_kept_whole(avs: AvsId, era: EraIndex) -> bool {
		Avss::<T>::get(avs)
			.is_some_and(|record| [record.tables.last, record.tables.previous].contains(&Some(era)))
	}

	/// A table that is kept whole, heaviest first.
	pub(crate) fn whole_table(avs: AvsId, era: EraIndex) -> Vec<TableEntry<T::AccountId>> {
		let operators = Tables::<T>::get(avs, era).map_or(0, |table| table.operators);
		let pages = if Self::is_kept_whole(avs, era) { operators.div_ceil(TABLE_PAGE) } else { 0 };
		(0..pages).flat_map(|page| TablePages::<T>::get((avs, era, page))).map(Into::into).collect()
	}

	pub(crate) fn prove_entry(
		avs: AvsId,
		era: EraIndex,
		operator: &T::AccountId,
	) -> Result<EntryProof<T::AccountId>, DispatchError> {
		let entries = Self::whole_table(avs, era);
		let index = entries.iter().position(|entry| entry.operator == *operator);
		let proof = index.and_then(|index| picasso_primitives::avs::entry_proof(&entries, index));
		proof.ok_or(Error::<T>::EntryNotFound.into())
	}
}

impl<T: Config> StakeTables<T::AccountId> for Pallet<T> {
	fn last_table(avs: AvsId) -> Option<EraIndex> {
		Avss::<T>::get(avs)?.tables.last
	}

	fn summary(avs: AvsId, era: EraIndex) -> Option<TableSummary> {
		Tables::<T>::get(avs, era)
	}

	fn entries(avs: AvsId, era: EraIndex) -> Vec<TableEntry<T::AccountId>> {
		Self::whole_table(avs, era)
	}

	fn entry(avs: AvsId, era: EraIndex, place: u32) -> Option<TableEntry<T::AccountId>> {
		let page = <Self as StakeTables<_>>::page(avs, era, place / TABLE_PAGE);
		page.into_iter().nth((place % TABLE_PAGE) as usize)
	}

	fn page(avs: AvsId, era: EraIndex, page: u32) -> Vec<TableEntry<T::AccountId>> {
		let entries = Self::is_kept_whole(avs, era).then(|| TablePages::<T>::get((avs, era, page)));
		entries.into_iter().flatten().map(Into::into).collect()
	}

	fn served(avs: AvsId, era: EraIndex) -> Option<(EraIndex, TableSummary)> {
		let TableHistory { last, previous, .. } = Avss::<T>::get(avs)?.tables;
		let table = [last, previous].into_iter().flatten().find(|table| *table <= era)?;
		Some((table, Tables::<T>::get(avs, table)?))
	}

	fn counted_pools(avs: AvsId, operator: &T::AccountId, era: EraIndex) -> Vec<(PoolId, u128)> {
		let record = Avss::<T>::get(avs);
		let terms = record.and_then(|record| Self::terms_of(avs, &record, era).ok());
		let Some(terms) = terms else { return Vec::new() };
		AllocatedPools::<T>::get(operator, avs)
			.into_iter()
			.filter_map(|pool| Some((pool, Self::counted_units(avs, &terms, pool, era)?)))
			.collect()
	}

	fn is_excluded(avs: AvsId, operator: &T::AccountId) -> bool {
		let era = T::Ledger::current_era();
		Exclusions::<T>::try_get(avs, operator).is_ok_and(|exclusion| exclusion.holds(era))
	}

	fn was_liable(avs: AvsId, operator: &T::AccountId, era: EraIndex) -> bool {
		Self::answered(avs, operator, era)
	}
}
