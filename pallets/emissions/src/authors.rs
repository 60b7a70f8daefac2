// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What validators do, by which the chain's pay as AVS 0 is shared out.

use crate::{
	pallet::*,
	rounds::{reserve, NoRoom},
	types::*,
	WeightInfo,
};
use alloc::vec::Vec;
use frame_support::{dispatch::DispatchClass, pallet_prelude::*, weights::WeightMeter};
use picasso_primitives::{emissions::EraPoints, restaking::StakeLedger, EraIndex};

/// How many validators of an era are forgotten in one step.
pub(crate) const FORGOTTEN_AT_ONCE: usize = 16;

impl<T: Config> Pallet<T> {
	/// Notes who made a block. What its pay depends on is noted with its first one in an era.
	pub fn note_author(author: &T::AccountId) {
		frame_system::Pallet::<T>::register_extra_weight_unchecked(
			T::WeightInfo::note_author(),
			DispatchClass::Mandatory,
		);
		let era = T::Ledger::current_era();
		Points::<T>::mutate(era, author, |slot| {
			let points = slot.get_or_insert_with(|| EraPoints {
				blocks: 0,
				table: T::SessionTable::get(),
				commission: T::Ledger::operator(author)
					.map(|standing| standing.commission)
					.unwrap_or_default(),
			});
			points.blocks = points.blocks.saturating_add(1);
		});
		PointsTotals::<T>::mutate(era, |total| *total = total.saturating_add(1));
	}

	/// The validator of an era that comes after the one named.
	pub(crate) fn next_author(
		era: EraIndex,
		after: Option<&T::AccountId>,
	) -> Option<(T::AccountId, EraPoints)> {
		match after {
			Some(author) => {
				Points::<T>::iter_prefix_from(era, Points::<T>::hashed_key_for(era, author)).next()
			},
			None => Points::<T>::iter_prefix(era).next(),
		}
	}

	/// Forgets a few of the validators that are left of an era, which were paid or had nothing to be paid
	/// of.
	pub(crate) fn forget_points(
		round: &mut RoundState<T>,
		meter: &mut WeightMeter,
	) -> Result<(), NoRoom> {
		reserve(meter, T::WeightInfo::forget_points())?;
		let Some(era) = round.era.checked_sub(1) else {
			round.stage = FIRST_PICA_PAGE;
			return Ok(());
		};
		let left: Vec<_> = Points::<T>::iter_key_prefix(era).take(FORGOTTEN_AT_ONCE).collect();
		for author in &left {
			Points::<T>::remove(era, author);
		}
		if left.len() < FORGOTTEN_AT_ONCE {
			PointsTotals::<T>::remove(era);
			round.stage = FIRST_PICA_PAGE;
		}
		Ok(())
	}
}

/// Where the PICA stakers' part begins to be paid.
const FIRST_PICA_PAGE: Stage = Stage::PayPica { page: 0, paid: 0, failed: 0 };
