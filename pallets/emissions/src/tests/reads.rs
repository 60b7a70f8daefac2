// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use super::*;
use picasso_primitives::emissions::{AvsAccount, Earner, Projection, VaultYield};

#[test]
fn yields_tell_rates_and_how_long_the_pot_lasts() {
	ExtBuilder::default().yield_rate(1, 10).execute(|| {
		stake(ALICE, sol_pool(0), 1_000 * UNIT);
		Ceiling::set(Perbill::zero());
		assert_ok!(Emissions::donate(origin(BOB), UNIT * 5 / 2));
		next_era();
		let told = Emissions::yields();
		let rate = FixedU128::from_rational(1, 10);
		let vault = |asset| VaultYield { asset, rate, paid_rate: rate };
		assert_eq!(told.vaults.len(), 2);
		assert!(told.vaults.contains(&vault(SOL)) && told.vaults.contains(&vault(PICA)));
		assert_eq!((told.pot, told.emission_per_era, told.runway), (UNIT * 3 / 2, 0, Some(1)));
		assert_eq!(told.last.paid, UNIT);
		next_era();
		next_era();
		let told = Emissions::yields();
		assert_eq!((told.pot, told.runway), (0, Some(0)));
		assert_eq!(told.vaults[0].paid_rate, FixedU128::from_rational(1, 20));
		Ceiling::set(Perbill::one());
		assert_eq!(Emissions::yields().runway, None);
	});
}

#[test]
fn an_avs_account_tells_escrow_runway_and_what_was_paid() {
	ExtBuilder::default().execute(|| {
		assert_eq!(Emissions::avs_account(9), None);
		stake(ALICE, sol_pool(0), 10 * UNIT);
		fund(AVS, SOL, 3_500);
		set_simple_table(0);
		next_era();
		set_simple_table(1);
		let parts = Parts { restakers: 500, pica_stakers: 200, operators: 200, treasury: 100 };
		let paid = Paid { currency: SOL, parts };
		assert_eq!(
			Emissions::avs_account(AVS),
			Some(AvsAccount {
				account: Emissions::account_of(AVS),
				escrow: vec![(SOL, 1_500)],
				due: vec![(SOL, 1_000)],
				runway: Some(1),
				paid: vec![paid],
			})
		);
		let history = Emissions::history(1).expect("a record");
		assert_eq!((history.revenue, history.blocks), (vec![paid], 1));
		assert_eq!(Emissions::history(2), None);
	});
}

#[test]
fn projections_keep_the_fixed_part_and_revenue_apart() {
	ExtBuilder::default().yield_rate(1, 10).execute(|| {
		stake(ALICE, sol_pool(0), 300 * UNIT);
		stake(BOB, sol_pool(1), 100 * UNIT);
		stake(BOB, pica_pool(1), 50 * UNIT);
		fund(AVS, SOL, 3_000);
		set_table(
			AVS,
			0,
			vec![
				entry(OPERATORS[0], 30, 10, &[(sol_pool(0), 30)]),
				entry(OPERATORS[1], 10, 0, &[(sol_pool(1), 6), (pica_pool(1), 4)]),
			],
		);
		KnownStakes::set([(0, vec![(pica_pool(1), 50)])].into());
		next_era();
		// 100,000 in a year, half of it restakers': 37,500 and 12,500.
		assert_eq!(
			Emissions::projected(Earner::Vault(SOL)),
			Projection {
				stake: vec![(SOL, 400 * UNIT)],
				fixed: 40 * UNIT,
				revenue: vec![(SOL, 33_750 + 7_500)],
				pica_stakers: vec![],
			}
		);
		assert_eq!(
			Emissions::projected(Earner::Operator(OPERATORS[1])),
			Projection {
				stake: vec![(PICA, 50 * UNIT), (SOL, 100 * UNIT)],
				fixed: 15 * UNIT,
				revenue: vec![(SOL, 12_500)],
				pica_stakers: vec![(SOL, 20_000)],
			}
		);
		let of_avs = Emissions::projected(Earner::Avs(AVS));
		assert_eq!(of_avs.fixed, 0);
		assert_eq!(of_avs.revenue, vec![(SOL, 33_750 + 12_500)]);
		assert_eq!(Emissions::projected(Earner::Avs(7)), Projection::default());
	});
}
