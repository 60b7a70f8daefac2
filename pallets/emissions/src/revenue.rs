// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Revenue: what AVSs pay for an era is shared out to those who earned it.

use crate::{
	pallet::*,
	rounds::{reserve, sum, NoRoom},
	types::*,
	WeightInfo,
};
use alloc::vec::Vec;
use frame_support::{
	defensive,
	pallet_prelude::*,
	traits::{Defensive, DefensiveSaturating},
	weights::WeightMeter,
};
use picasso_primitives::{
	avs::{StakeTables, CHAIN, TABLE_PAGE},
	emissions::{EraPoints, Payers},
	math::{part_of, Parts},
	rewards::PoolRewards,
	AssetId, AvsId, Balance, EraIndex, PoolId,
};
use sp_runtime::{traits::Zero, Perbill};

/// What one operator and its pools earn of one currency, in planck.
struct Earning {
	pools: Vec<(PoolId, Balance)>,
	operator: Balance,
}

impl Earning {
	/// Of the restakers' part, an operator with `share` of `total` gets ⌊part · share / total⌋, of which it
	/// takes its commission, rounded down; each pool ⌊rest · units / all units⌋ of what is left. Of the
	/// operators' part it gets ⌊part · share / total⌋. What rounding leaves stays for the treasury.
	fn new(
		parts: &PayingCurrency,
		(share, total): (u128, u128),
		commission: Perbill,
		pools: &[(PoolId, u128)],
	) -> Self {
		let restakers = part_of(parts.parts.restakers, share, total);
		let taken = commission.mul_floor(restakers);
		// A part of it.
		let rest = restakers.saturating_sub(taken);
		let units =
			pools.iter().fold(0u128, |sum, (_, units)| sum.defensive_saturating_add(*units));
		let pools = pools
			.iter()
			.map(|(pool, own)| (*pool, part_of(rest, *own, units)))
			.filter(|(_, amount)| !amount.is_zero())
			.collect();
		// Two parts of one pay.
		let operator = part_of(parts.parts.operators, share, total).defensive_saturating_add(taken);
		Self { pools, operator }
	}
}

impl<T: Config> Pallet<T> {
	/// The era whose revenue a round pays: the one before.
	fn earned_in(round: &RoundState<T>) -> EraIndex {
		round.era.saturating_sub(1)
	}

	/// Pays a step of an AVS's pay, or looks for the next AVS.
	pub(crate) fn pay_avss(
		round: &mut RoundState<T>,
		meter: &mut WeightMeter,
	) -> Result<(), NoRoom> {
		let Some(mut paying) = round.paying.take() else { return Self::open_next(round, meter) };
		let outcome = match paying.shares {
			Shares::Weights { table, total, pages } => {
				if paying.at < paying.currencies.len() as u32 {
					Self::pay_by_weights(round, &mut paying, (table, total, pages), meter)
				} else {
					return Self::close_pay(round, paying, meter);
				}
			},
			Shares::Points { total, ref after } => {
				match Self::next_author(Self::earned_in(round), after.as_ref()) {
					Some((author, points)) => {
						Self::pay_author(round, &mut paying, (author, points, total), meter)
					},
					None => return Self::close_pay(round, paying, meter),
				}
			},
		};
		round.paying = Some(paying);
		outcome
	}

	/// Looks for the next AVS that owes something.
	fn open_next(round: &mut RoundState<T>, meter: &mut WeightMeter) -> Result<(), NoRoom> {
		reserve(meter, T::WeightInfo::open_pay())?;
		let era = Self::earned_in(round);
		let next = match round.after {
			Some(avs) => {
				DuePay::<T>::iter_prefix_from(era, DuePay::<T>::hashed_key_for(era, avs)).next()
			},
			None => DuePay::<T>::iter_prefix(era).next(),
		};
		let Some((avs, due)) = next else {
			round.stage = Stage::ForgetPoints;
			return Ok(());
		};
		round.after = Some(avs);
		DuePay::<T>::remove(era, avs);
		round.paying = Self::open(round, avs, due);
		Ok(())
	}

	/// How an AVS's pay is shared out. Nothing where it waits, or is given back.
	fn open(round: &RoundState<T>, avs: AvsId, due: Purse<T>) -> Option<Paying<T>> {
		let shares = Self::shares_of(avs, Self::earned_in(round));
		let active = T::Ledger::currencies();
		let gone = || T::Avss::payer(avs).is_none_or(|payer| payer.is_gone);
		let abandoned = shares.is_none() && gone();
		let split = CurrentSplit::<T>::get();
		let mut currencies = BoundedVec::new();
		for (currency, amount) in due.iter() {
			if abandoned || !active.contains(&currency) {
				Self::give_back(round, avs, currency, amount);
			} else if shares.is_none() {
				Self::carry(round, avs, currency, amount);
			} else {
				let paying = PayingCurrency::new(currency, split.of(amount));
				// As many as there were in the purse, which has the same bound.
				currencies.force_push(paying);
			}
		}
		let shares = shares.filter(|_| !currencies.is_empty())?;
		Some(Paying { avs, shares, currencies, at: 0, page: 0 })
	}

	/// By what the pay for an era is shared out: for the chain by blocks, for others by the table that
	/// served, if anyone could rely on it.
	fn shares_of(avs: AvsId, era: EraIndex) -> Option<Shares<T>> {
		if avs == CHAIN {
			let total = PointsTotals::<T>::get(era);
			return (total > 0).then_some(Shares::Points { total, after: None });
		}
		let (table, summary) = T::Avss::served(avs, era)?;
		let relied_on = summary.dormancy.is_none() && summary.total > 0;
		let pages = summary.operators.div_ceil(TABLE_PAGE);
		relied_on.then_some(Shares::Weights { table, total: summary.total, pages })
	}

	/// Keeps pay for the next round.
	fn carry(round: &RoundState<T>, avs: AvsId, currency: AssetId, amount: Balance) {
		if amount.is_zero() {
			// There is nothing to tell.
			return;
		}
		if Self::add_due_pay(round.era, avs, currency, amount).is_err() {
			defensive!("what is due fits");
		}
		let era = Self::earned_in(round);
		Self::deposit_event(Event::PayCarried { avs, era, currency, amount });
	}

	/// Gives pay back into the escrow.
	fn give_back(round: &RoundState<T>, avs: AvsId, currency: AssetId, amount: Balance) {
		let put = Accounts::<T>::mutate(avs, |account| account.escrow.put(currency, amount));
		put.defensive_proof("what is in escrow fits");
		let era = Self::earned_in(round);
		Self::deposit_event(Event::PayReturned { avs, era, currency, amount });
	}

	/// Pays a page of a stake table in one currency.
	fn pay_by_weights(
		round: &RoundState<T>,
		paying: &mut Paying<T>,
		(table, total, pages): (EraIndex, u128, u32),
		meter: &mut WeightMeter,
	) -> Result<(), NoRoom> {
		reserve(meter, T::WeightInfo::read_page())?;
		let (avs, page) = (paying.avs, paying.page);
		let entries = <T::Avss as StakeTables<_>>::page(avs, table, page);
		let pools: usize = entries.iter().map(|entry| entry.pools.len()).sum();
		reserve(meter, Self::weight_of_page(entries.len() as u32, pools as u32))?;
		let split = CurrentSplit::<T>::get();
		if let Some(currency) = paying.currencies.get_mut(paying.at as usize) {
			let (mut amounts, mut operators) = (Vec::new(), Vec::new());
			for entry in entries {
				if T::Avss::is_excluded(avs, &entry.operator) {
					continue;
				}
				let commission = split.commission(entry.commission);
				let share = (entry.weight, total);
				let earning = Earning::new(currency, share, commission, &entry.pools);
				amounts.extend(earning.pools);
				operators.push((entry.operator, earning.operator));
			}
			Self::pay_earnings(Self::earned_in(round), currency, &amounts, &operators);
		}
		paying.page = paying.page.saturating_add(1);
		if paying.page >= pages {
			(paying.at, paying.page) = (paying.at.saturating_add(1), 0);
		}
		Ok(())
	}

	/// What it costs to pay so many operators of a page, and so many pools of theirs.
	pub(crate) fn weight_of_page(operators: u32, pools: u32) -> Weight {
		T::WeightInfo::pay_operators(operators).saturating_add(T::WeightInfo::credit(pools))
	}

	/// Pays a validator for the blocks that it made, in all currencies.
	fn pay_author(
		round: &RoundState<T>,
		paying: &mut Paying<T>,
		(author, points, total): (T::AccountId, EraPoints, u32),
		meter: &mut WeightMeter,
	) -> Result<(), NoRoom> {
		reserve(meter, T::WeightInfo::pay_author(paying.currencies.len() as u32))?;
		let era = Self::earned_in(round);
		Points::<T>::remove(era, &author);
		if !T::Avss::is_excluded(CHAIN, &author) {
			let pools = T::Avss::counted_pools(CHAIN, &author, points.table);
			let commission = CurrentSplit::<T>::get().commission(points.commission);
			let share = (points.blocks.into(), total.into());
			for currency in paying.currencies.iter_mut() {
				let earning = Earning::new(currency, share, commission, &pools);
				let operator = [(author.clone(), earning.operator)];
				Self::pay_earnings(era, currency, &earning.pools, &operator);
			}
		}
		paying.shares = Shares::Points { total, after: Some(author) };
		Ok(())
	}

	/// Pays what was earned of one currency. Where pools can't be credited, nobody is paid: it waits.
	fn pay_earnings(
		era: EraIndex,
		paying: &mut PayingCurrency,
		pools: &[(PoolId, Balance)],
		operators: &[(T::AccountId, Balance)],
	) {
		let of_operators =
			operators.iter().fold(0u128, |sum, (_, amount)| sum.defensive_saturating_add(*amount));
		match Self::credit(era, paying.currency, pools) {
			Ok(moved) => {
				paying.restakers = paying.restakers.defensive_saturating_add(moved);
				for (operator, amount) in operators {
					Self::pay_due(operator, paying.currency, *amount);
				}
				paying.operators = paying.operators.defensive_saturating_add(of_operators);
			},
			Err(_) => {
				let failed = sum(pools).defensive_saturating_add(of_operators);
				paying.failed = paying.failed.defensive_saturating_add(failed);
			},
		}
	}

	/// Settles what an AVS paid: the PICA stakers' part waits for all AVSs, what is left is the
	/// treasury's.
	fn close_pay(
		round: &mut RoundState<T>,
		paying: Paying<T>,
		meter: &mut WeightMeter,
	) -> Result<(), NoRoom> {
		let currencies = paying.currencies.len() as u32;
		if let Err(no_room) = reserve(meter, T::WeightInfo::close_pay(currencies)) {
			round.paying = Some(paying);
			return Err(no_room);
		}
		let (avs, era) = (paying.avs, Self::earned_in(round));
		let mut account = Accounts::<T>::get(avs);
		for paid in paying.currencies {
			let currency = paid.currency;
			let treasury = paid.rest().defensive_unwrap_or_default();
			Self::carry(round, avs, currency, paid.failed);
			Self::pay_due(&T::Treasury::get(), currency, treasury);
			let parts = Parts {
				restakers: paid.restakers,
				pica_stakers: paid.parts.pica_stakers,
				operators: paid.operators,
				treasury,
			};
			let noted = round
				.pica
				.put(currency, parts.pica_stakers)
				.and_then(|()| round.revenue.add(currency, parts))
				.and_then(|()| account.paid.add(currency, parts));
			noted.defensive_proof("what was paid fits");
			Self::deposit_event(Event::AvsPaid { avs, era, currency, parts });
		}
		Accounts::<T>::insert(avs, account);
		Ok(())
	}
}
