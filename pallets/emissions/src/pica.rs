// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The PICA stakers' part of all revenue, which goes to all pools of PICA by their stake at the turn of the
//! era in which it was earned, whomever their operators serve.

use crate::{
	pallet::*,
	rounds::{reserve, sum, NoRoom},
	types::*,
	WeightInfo,
};
use alloc::vec::Vec;
use frame_support::{
	pallet_prelude::*,
	traits::{Defensive, DefensiveSaturating},
	weights::WeightMeter,
};
use picasso_primitives::{
	avs::{PicaStakes, PicaTable},
	math::part_of,
	rewards::PoolRewards,
	AssetId, Balance,
};
use sp_runtime::traits::Zero;

impl<T: Config> Pallet<T> {
	/// Pays a page of pools in the first of the currencies that are left, or settles it. Without any, the
	/// round is over.
	pub(crate) fn pay_pica(
		round: &mut RoundState<T>,
		page: u32,
		paid: Balance,
		failed: Balance,
		meter: &mut WeightMeter,
	) -> Result<(), NoRoom> {
		let era = round.era.saturating_sub(1);
		let Some((currency, amount)) = round.pica.first() else {
			reserve(meter, T::WeightInfo::settle_pica())?;
			Self::end_round(round);
			return Ok(());
		};
		let table = T::Avss::served_pica(era).filter(|table| page < table.pages);
		let Some(PicaTable { era: table, total, .. }) = table else {
			reserve(meter, T::WeightInfo::settle_pica())?;
			Self::settle_pica(round, currency, paid, failed);
			return Ok(());
		};
		reserve(meter, T::WeightInfo::pay_pica_page())?;
		let amounts: Vec<_> = <T::Avss as PicaStakes>::page(table, page)
			.into_iter()
			.map(|(pool, stake)| (pool, part_of(amount, stake, total)))
			.filter(|(_, part)| !part.is_zero())
			.collect();
		let (paid, failed) = match Self::credit(era, currency, &amounts) {
			// Parts of one amount.
			Ok(moved) => (paid.defensive_saturating_add(moved), failed),
			Err(_) => (paid, failed.defensive_saturating_add(sum(&amounts))),
		};
		round.stage = Stage::PayPica { page: page.saturating_add(1), paid, failed };
		Ok(())
	}

	/// What rounding leaves, or all where nobody has staked PICA, is the treasury's; what couldn't be
	/// moved waits for the next round, but for what is of a retired currency: that is the treasury's, too.
	fn settle_pica(round: &mut RoundState<T>, currency: AssetId, paid: Balance, failed: Balance) {
		let amount = round.pica.of(currency);
		let failed = if T::Ledger::currencies().contains(&currency) { failed } else { 0 };
		let left = amount.checked_sub(paid).and_then(|left| left.checked_sub(failed));
		let settled = round
			.pica
			.take(currency, amount)
			.and_then(|()| round.pica_failed.put(currency, failed));
		settled.defensive_proof("what waits fits");
		Self::pay_due(&T::Treasury::get(), currency, left.defensive_unwrap_or_default());
		let era = round.era.saturating_sub(1);
		Self::deposit_event(Event::PicaStakersPaid { era, currency, amount: paid });
		round.stage = Stage::PayPica { page: 0, paid: 0, failed: 0 };
	}
}
