// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The table of PICA's pools, by whose stake the PICA stakers' part of revenue is shared out. It is of
//! whole pools, whatever is put behind AVSs.

use crate::{pallet::*, types::*, WeightInfo};
use alloc::vec::Vec;
use frame_support::{pallet_prelude::*, traits::DefensiveSaturating, weights::WeightMeter};
use picasso_primitives::{
	avs::{PicaStakes, PicaTable},
	restaking::{Page, StakeLedger},
	Balance, EraIndex, PoolId, PICA,
};

impl<T: Config> Pallet<T> {
	/// Goes on with the table of an era, the current one, as far as the meter allows. Whether it is whole,
	/// and the one that it makes obsolete forgotten.
	pub(crate) fn go_on_with_pica(era: EraIndex, meter: &mut WeightMeter) -> bool {
		loop {
			let tables = PicaTables::<T>::get();
			let whole = tables.last.is_some_and(|last| last.era == era);
			let (weight, step): (_, fn(PicaHistory, EraIndex)) = match tables.obsolete {
				Some(_) => (T::WeightInfo::forget_pica_page(), Self::forget_pica_page),
				None if whole => return true,
				None => (T::WeightInfo::build_pica_page(), Self::build_pica_page),
			};
			if meter.try_consume(weight).is_err() {
				return false;
			}
			step(tables, era);
		}
	}

	/// Looks at as many pools as a page has room for, and stores those with stake. What was built for an
	/// era that is over is of no use.
	pub(crate) fn build_pica_page(mut tables: PicaHistory, era: EraIndex) {
		let (mut table, after) = match tables.draft.take() {
			Some(draft) if draft.table.era == era => (draft.table, Some(draft.after)),
			Some(draft) => {
				tables.obsolete = Some(draft.table);
				return PicaTables::<T>::put(tables);
			},
			None => (PicaTable { era, ..Default::default() }, None),
		};
		let Page { items, next } = T::Ledger::stakes_at_turn(PICA, after, T::PicaPage::get());
		if !items.is_empty() {
			// Together they are PICA's issuance at the most, and pools are numbered alike.
			for (_, stake) in &items {
				table.total = table.total.defensive_saturating_add(*stake);
			}
			table.pools = table.pools.defensive_saturating_add(items.len() as u32);
			PicaPages::<T>::insert(era, table.pages, BoundedVec::truncate_from(items));
			table.pages = table.pages.defensive_saturating_add(1);
		}
		match next {
			Some(after) => tables.draft = Some(PicaDraft { table, after }),
			None => {
				tables.obsolete = core::mem::replace(&mut tables.previous, tables.last);
				tables.last = Some(table);
				Self::deposit_event(Event::PicaTableBuilt { table });
			},
		}
		PicaTables::<T>::put(tables);
	}

	/// Forgets the last page that is left of a table that nobody asks for any more.
	pub(crate) fn forget_pica_page(mut tables: PicaHistory, _: EraIndex) {
		tables.obsolete = tables.obsolete.and_then(|table| {
			let pages = table.pages.checked_sub(1)?;
			PicaPages::<T>::remove(table.era, pages);
			(pages > 0).then_some(PicaTable { pages, ..table })
		});
		PicaTables::<T>::put(tables);
	}

	/// See [`AvsApi::pica_tables`](picasso_primitives::avs::AvsApi).
	pub fn pica_tables() -> Vec<PicaTable> {
		let PicaHistory { last, previous, .. } = PicaTables::<T>::get();
		last.into_iter().chain(previous).collect()
	}

	/// See [`AvsApi::pica_stakes`](picasso_primitives::avs::AvsApi).
	pub fn pica_stakes(era: EraIndex, page: u32) -> Page<(PoolId, Balance), u32> {
		let pages = <Self as PicaStakes>::table(era).map_or(0, |table| table.pages);
		let next = page.saturating_add(1);
		let items = <Self as PicaStakes>::page(era, page);
		Page { items, next: (next < pages).then_some(next) }
	}
}

impl<T: Config> PicaStakes for Pallet<T> {
	fn last_table() -> Option<PicaTable> {
		PicaTables::<T>::get().last
	}

	fn table(era: EraIndex) -> Option<PicaTable> {
		Self::pica_tables().into_iter().find(|table| table.era == era)
	}

	fn served_pica(era: EraIndex) -> Option<PicaTable> {
		// The last one comes first.
		Self::pica_tables().into_iter().find(|table| table.era <= era)
	}

	fn page(era: EraIndex, page: u32) -> Vec<(PoolId, Balance)> {
		match Self::table(era) {
			Some(table) if page < table.pages => PicaPages::<T>::get(era, page).into_inner(),
			_ => Vec::new(),
		}
	}
}
