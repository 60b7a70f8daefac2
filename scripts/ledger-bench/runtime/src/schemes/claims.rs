// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! Claims of two currencies: after many eras beside after one, and in the population's pool beside in one
//! of ten restakers. Each pair in one state and in turns.

use super::{
	endow,
	ledger::{currencies, pass_eras, stake, EARNINGS_PER_BLOCK, FEW, MAIN},
	Ledger, Scheme, STAKE,
};
use crate::{
	configs::ERA_BLOCKS,
	meter::{clear_events, measure_calls_in_turns, prepare_as, Meter, Reading, Step},
	people, AccountId, Balance, Restaking, Runtime,
};
use alloc::vec::Vec;
use pallet_restaking::Call;
use picasso_primitives::{rewards::PoolRewards, PoolId};

/// Eras that pass without a touch of the positions that are claimed after them.
const MANY_ERAS: u32 = 10_000;
/// What both pools earn in an era, in each of the two currencies.
const EARNINGS_PER_ERA: Balance = EARNINGS_PER_BLOCK * ERA_BLOCKS as Balance;

/// Measures each claim `count` times, after one that only warms up. The passers-by are named by `first`
/// and on, two for each time. It takes thousands of eras: the chain is of no use for rounds after it.
pub fn claims<M: Meter>(first: u32, count: u32) -> Vec<Reading> {
	let pairs: Vec<_> = (0..=count)
		.map(|pair| [0, 1].map(|place| people::passer_by(first + 2 * pair + place)))
		.collect();
	let (of_many, of_few) = (people::restaker(0), people::neighbour(2));
	pairs.iter().flatten().for_each(endow);
	pairs.iter().flatten().chain([&of_many, &of_few]).for_each(Ledger::welcome);

	pairs.iter().for_each(|[early, _]| stake(early, MAIN, STAKE));
	(1..MANY_ERAS).for_each(|_| pass_earning_era());
	pairs.iter().for_each(|[_, late]| stake(late, MAIN, STAKE));
	pass_earning_era();

	let mut readings = Vec::new();
	let eras = pairs.into_iter().map(|pair| pair.map(|who| claim(who, MAIN)));
	let steps = [Step::ClaimAfterEras, Step::ClaimAfterEra];
	measure_calls_in_turns::<M, _>(steps, &mut readings, eras);

	let members = [(of_many, MAIN), (of_few, FEW)];
	for (who, pool) in &members {
		prepare_as(who, Call::<Runtime>::claim { pool: *pool });
	}
	let turns = (0..=count).map(|_| members.clone().map(|(who, pool)| claim(who, pool)));
	let steps = [Step::ClaimOfMany, Step::ClaimOfFew];
	measure_calls_in_turns::<M, _>(steps, &mut readings, turns);
	clear_events();
	M::settle();
	readings
}

fn claim(who: AccountId, pool: PoolId) -> (AccountId, Call<Runtime>) {
	(who, Call::claim { pool })
}

/// An era in which both pools are credited in both currencies.
fn pass_earning_era() {
	let amounts = [MAIN, FEW].map(|pool| (pool, EARNINGS_PER_ERA));
	for currency in currencies(2) {
		Restaking::credit(&people::governance(), currency, ERA_BLOCKS, &amounts)
			.expect("governance can pay");
	}
	pass_eras(1);
	clear_events();
}
