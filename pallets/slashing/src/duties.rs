// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Duty: windows in which operators attest that they are there, one after the other, and what becomes of
//! those who don't.

use crate::{pallet::*, reports::NewFault, WeightInfo};
use frame_support::{
	defensive, pallet_prelude::*, storage::with_storage_layer, weights::WeightMeter,
};
use picasso_primitives::{
	avs::{AvsSignature, StakeTables, TableEntry, TableSummary, CHAIN},
	conditions::{duty_message, Attended, Duty, DutyWindow, Fault, Round},
	restaking::StakeLedger,
	slashing::{FaultId, OnTable, SlashingTerms},
	AvsId, BlockNumber, EraIndex,
};
use sp_runtime::traits::UniqueSaturatedInto;

impl<T: Config> OnTable for Pallet<T> {
	/// The first table of an AVS that asks for duty, or one after it lay dormant, begins a window.
	fn on_table(avs: AvsId, era: EraIndex, table: &TableSummary) {
		if table.dormancy.is_none() && !Duties::<T>::contains_key(avs) {
			Self::open_window(avs, era, table.operators);
		}
	}
}

/// Attesting.
impl<T: Config> Pallet<T> {
	pub(crate) fn do_attest(who: &T::AccountId, avs: AvsId, place: u32) -> DispatchResult {
		let mut window = Duties::<T>::get(avs).ok_or(Error::<T>::NoDuty)?;
		let round = window.round(Self::now()).ok_or(Error::<T>::NoDuty)?;
		let entry = T::Tables::entry(avs, window.era, place);
		let serves = entry.is_some_and(|entry| entry.operator == *who);
		ensure!(serves, Error::<T>::NotOnDuty);
		ensure!(window.attend(place, round), Error::<T>::AlreadyAttested);
		Self::keep_attested(avs, window, round, 1);
		Ok(())
	}

	pub(crate) fn do_attest_for(
		avs: AvsId,
		number: Round,
		signatures: &[(u32, AvsSignature)],
	) -> DispatchResult {
		let mut window = Duties::<T>::get(avs).ok_or(Error::<T>::NoDuty)?;
		let current = window.round(Self::now()).ok_or(Error::<T>::NoDuty)?;
		let rounds = [Some(current), current.checked_sub(1)];
		let asked = |round: &u32| window.round_number(*round) == number;
		let round = rounds.into_iter().flatten().find(asked).ok_or(Error::<T>::RoundOver)?;
		let message = duty_message(Self::genesis(), avs, window.era, number);
		let entries = T::Tables::entries(avs, window.era);
		let signed = |entry: &TableEntry<_>, signature| {
			entry.key.is_some_and(|key| key.verify(&message, signature))
		};
		let mut operators = 0u32;
		for (place, signature) in signatures {
			let entry = entries.get(*place as usize);
			if entry.is_some_and(|entry| signed(entry, signature)) && window.attend(*place, round) {
				// At most as many as the table has.
				operators = operators.saturating_add(1);
			}
		}
		ensure!(operators > 0, Error::<T>::AlreadyAttested);
		Self::keep_attested(avs, window, round, operators);
		Ok(())
	}

	fn keep_attested(avs: AvsId, window: DutyWindow, round: u32, operators: u32) {
		let round = window.round_number(round);
		Duties::<T>::insert(avs, window);
		Self::deposit_event(Event::DutyAttested { avs, round, operators });
	}

	pub(crate) fn now() -> BlockNumber {
		frame_system::Pallet::<T>::block_number().unique_saturated_into()
	}
}

/// Windows.
impl<T: Config> Pallet<T> {
	/// Begins a window of an AVS whose terms ask for it. For the chain the SDK counts.
	fn open_window(avs: AvsId, era: EraIndex, operators: u32) {
		if avs == CHAIN {
			return;
		}
		let Some((condition, duty)) = Self::duty(avs, era) else { return };
		let attended = alloc::vec![Attended::default(); operators as usize];
		let Ok(attended) = BoundedVec::try_from(attended) else {
			defensive!("a table has a bounded number of operators");
			return;
		};
		let opened = Self::now();
		let window = DutyWindow { era, condition, duty, opened, attended, judged: 0 };
		let closes = window.closes();
		Duties::<T>::insert(avs, window);
		Closings::<T>::insert(closes, avs, ());
		Self::deposit_event(Event::DutyWindowOpened { avs, era, closes });
	}

	/// What the terms of an era ask for, and the number of the condition.
	fn duty(avs: AvsId, era: EraIndex) -> Option<(u8, Duty)> {
		let conditions = T::Terms::conditions(avs, era).into_iter().zip(0u8..);
		conditions.into_iter().find_map(|(condition, number)| match condition.fault {
			Fault::MissedDuty(duty) => Some((number, duty)),
			_ => None,
		})
	}

	/// Judges as many windows that are over as the meter allows.
	pub(crate) fn close_windows(meter: &mut WeightMeter) {
		let look = T::WeightInfo::look_at_closings();
		if !meter.can_consume(look) {
			return;
		}
		let now = Self::now();
		let start = ClosingsStart::<T>::get();
		let mut block = start;
		// A window closes in a later block than it was opened in: none comes to those that were looked at.
		while block <= now && meter.try_consume(look).is_ok() {
			if let Some(avs) = Closings::<T>::iter_key_prefix(block).next() {
				if meter.try_consume(T::WeightInfo::judge(T::MaxPools::get())).is_err() {
					break;
				}
				Self::attend_closing(block, avs);
			} else {
				block = block.saturating_add(1);
			}
		}
		if block != start {
			ClosingsStart::<T>::put(block);
		}
	}

	/// Judges the next operator of the window that is over with a block. A closing of no such window is
	/// forgotten: it would be looked at for ever, and others' never.
	fn attend_closing(block: BlockNumber, avs: AvsId) {
		match Duties::<T>::get(avs).filter(|window| window.closes() == block) {
			Some(window) => Self::judge_next(avs, window),
			None => Closings::<T>::remove(block, avs),
		}
	}

	/// The window of an AVS that is over, if any.
	pub(crate) fn window_over(avs: AvsId) -> Option<DutyWindow> {
		Duties::<T>::get(avs).filter(|window| window.closes() <= Self::now())
	}

	/// Judges the next operator that attested too little; after the last, the next window begins.
	pub(crate) fn judge_next(avs: AvsId, mut window: DutyWindow) {
		let Some(place) = window.next_at_fault() else {
			Self::close(avs, &window);
			return;
		};
		let judged = with_storage_layer(|| Self::convict_absent(avs, &window, place));
		if let Err(reason) = judged {
			// One fault of an era is punished once, however many windows were missed in it.
			if reason != Error::<T>::AlreadyReported.into() {
				Self::deposit_event(Event::DutyUnjudged { avs, place, reason });
			}
		}
		Duties::<T>::insert(avs, window);
	}

	fn convict_absent(avs: AvsId, window: &DutyWindow, place: u32) -> DispatchResult {
		let DutyWindow { era, condition: number, .. } = *window;
		let entry = T::Tables::entry(avs, era, place).ok_or(Error::<T>::NotOnDuty)?;
		if T::Tables::is_excluded(avs, &entry.operator) {
			return Ok(());
		}
		let condition = Self::condition(avs, era, number)?;
		let last = era.saturating_add(condition.evidence_window);
		let now = T::Ledger::current_era();
		ensure!(now <= last, Error::<T>::EvidenceTooOld);
		let due = Self::due(&condition, era, now)?;
		let fault = FaultId { avs, operator: entry.operator, era, condition: number };
		Self::ensure_unknown(&fault)?;
		let fraction = condition.slash.maximum();
		Self::open(fault, NewFault { condition, fraction, due, reporter: None, bond: None })?;
		Ok(())
	}

	fn close(avs: AvsId, window: &DutyWindow) {
		Duties::<T>::remove(avs);
		Closings::<T>::remove(window.closes(), avs);
		Self::deposit_event(Event::DutyWindowClosed { avs, era: window.era });
		let table = T::Tables::last_table(avs)
			.and_then(|era| Some((era, T::Tables::summary(avs, era)?)))
			.filter(|(_, table)| table.dormancy.is_none());
		if let Some((era, table)) = table {
			Self::open_window(avs, era, table.operators);
		}
	}
}
