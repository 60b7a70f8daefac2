// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Rounds: as an era begins, its fixed yield and the revenue of the era before are paid, step by step, in
//! what blocks leave of their weight.

use crate::{pallet::*, types::*, WeightInfo};
use frame_support::{pallet_prelude::*, traits::DefensiveSaturating, weights::WeightMeter};
use picasso_primitives::{
	restaking::StakeLedger, rewards::PoolRewards, AssetId, Balance, EraIndex, PoolId,
};

/// A block has no weight left for the next step.
pub(crate) struct NoRoom;

/// Reserves the weight of a step.
pub(crate) fn reserve(meter: &mut WeightMeter, weight: Weight) -> Result<(), NoRoom> {
	meter.try_consume(weight).map_err(|_| NoRoom)
}

impl<T: Config> Pallet<T> {
	/// Pays as much as the meter allows.
	pub(crate) fn go_on_with_round(meter: &mut WeightMeter) {
		if reserve(meter, T::WeightInfo::go_on_with_round()).is_err() {
			return;
		}
		let now = T::Ledger::current_era();
		let mut round = Round::<T>::get();
		if round.stage == Stage::Over {
			if round.era >= now {
				return;
			}
			round = Self::next_round(round);
		}
		round.blocks = round.blocks.saturating_add(1);
		while round.stage != Stage::Over && Self::step(&mut round, now, meter).is_ok() {}
		Round::<T>::put(round);
	}

	/// One after the other: none is left out, however late it is.
	fn next_round(last: RoundState<T>) -> RoundState<T> {
		RoundState {
			era: last.era.saturating_add(1),
			stage: Stage::SumYields(Walk::default()),
			pica: last.pica_failed,
			..Default::default()
		}
	}

	fn step(
		round: &mut RoundState<T>,
		now: EraIndex,
		meter: &mut WeightMeter,
	) -> Result<(), NoRoom> {
		match round.stage {
			Stage::SumYields(walk) => Self::sum_yields(round, walk, now, meter),
			Stage::PayYields(walk) => Self::pay_yields(round, walk, now, meter),
			Stage::PayAvss => Self::pay_avss(round, meter),
			Stage::ForgetPoints => Self::forget_points(round, meter),
			Stage::PayPica { page, paid, failed } => {
				Self::pay_pica(round, page, paid, failed, meter)
			},
			Stage::Over => Ok(()),
		}
	}

	pub(crate) fn end_round(round: &mut RoundState<T>) {
		let RoundState { era, blocks, yields, .. } = *round;
		let record = EraRecord { yields, revenue: round.revenue.clone(), blocks };
		History::<T>::insert(era, record);
		if let Some(forgotten) = era.checked_sub(T::KeptEras::get()) {
			History::<T>::remove(forgotten);
		}
		round.stage = Stage::Over;
		Self::deposit_event(Event::EraPaid { era, blocks });
	}

	/// Credits pools, whose rewards then stream for the length of an era, and returns what was moved.
	/// Where nothing can be, an event says why.
	pub(crate) fn credit(
		era: EraIndex,
		currency: AssetId,
		amounts: &[(PoolId, Balance)],
	) -> Result<Balance, DispatchError> {
		if amounts.is_empty() {
			return Ok(0);
		}
		let blocks = T::Ledger::era_length().into();
		T::Ledger::credit(&Self::account(), currency, blocks, amounts).inspect_err(|error| {
			let amount = sum(amounts);
			Self::deposit_event(Event::CreditFailed { era, currency, amount, error: *error });
		})
	}
}

/// Planck of one currency that pools are paid, of which there are no more than 128 bits can tell: they are
/// parts of what this pallet's account holds.
pub(crate) fn sum(amounts: &[(PoolId, Balance)]) -> Balance {
	amounts.iter().fold(0, |sum: Balance, (_, amount)| sum.defensive_saturating_add(*amount))
}
