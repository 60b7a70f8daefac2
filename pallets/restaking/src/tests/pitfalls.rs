// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Defects that other restaking systems had, each named after where it was found. Those of shares and
//! slashes, of exits against slashes, of griefing, and of rewards that concern the ledger.

use super::*;
use frame_support::traits::Get;
use picasso_primitives::math::Ratio;

fn pool(id: u32) -> Pool<Test> {
	Pools::<Test>::get(id).expect("a pool")
}

/// The attacker's own slashes drive what is left to a few units, after which real ones round to
/// nothing.
#[test]
fn eigenlayer_cantina_h_3_1_2_slashes_never_round_to_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 1_000 * UNIT);
		let mut slashes = 0;
		while pool(SOL_POOL).generation == 0 {
			slash(SOL_POOL, 99, 100);
			slashes += 1;
			assert!(slashes < 10, "the factor decays without end");
		}
		// Whoever comes then is slashed at full precision.
		stake(BOB, SOL_POOL, 1_000 * UNIT);
		assert_eq!(slash(SOL_POOL, 1, 1_000).active, UNIT);
	});
}

#[test]
fn eigenlayer_egsl_16_a_factor_of_zero_is_a_total_loss() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		let taken = slash(SOL_POOL, u128::MAX - 1, u128::MAX);
		assert_eq!((taken.active, pool(SOL_POOL).generation), (100, 1));
		assert_noop!(
			Restaking::unstake(origin(ALICE), SOL_POOL, 1),
			Error::<Test>::NotEnoughShares
		);
	});
}

#[test]
fn eigenlayer_egsl_13_a_tiny_slash_burns_something() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 5);
		unstake(ALICE, SOL_POOL, 2);
		let taken = slash(SOL_POOL, 1, u128::MAX);
		assert_eq!((taken.active, taken.exits), (1, 1));
	});
}

#[test]
fn eigenlayer_certora_i_03_precision_does_not_decay_for_ever() {
	ExtBuilder::default().build_and_execute(|| {
		for _ in 0..200 {
			if pool(SOL_POOL).active.is_empty() {
				stake(ALICE, SOL_POOL, UNIT);
			}
			slash(SOL_POOL, 1, 2);
			let SharePool { balance, shares } = pool(SOL_POOL).active;
			assert!(balance * 1_000_000_000 >= shares);
		}
		assert!(pool(SOL_POOL).generation > 5);
	});
}

#[test]
fn symbiotic_certora_m_01_repeated_total_slashes_overflow_nothing() {
	ExtBuilder::default().deposit_cap(MAX_BALANCE).build_and_execute(|| {
		for generation in 0..50 {
			stake(ALICE, SOL_POOL, 1_000 * UNIT);
			assert_eq!(shares_of(ALICE, SOL_POOL), 1_000 * UNIT);
			slash(SOL_POOL, 1, 1);
			assert_eq!(pool(SOL_POOL).generation, generation + 1);
		}
	});
}

#[test]
fn symbiotic_bailsec_i_04_a_deposit_after_insolvency_mints_no_huge_shares() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 2);
		slash(SOL_POOL, 1, 2);
		stake(BOB, SOL_POOL, UNIT);
		assert_eq!(shares_of(BOB, SOL_POOL), 2 * UNIT);
		slash(SOL_POOL, 1, 1);
		stake(BOB, SOL_POOL, UNIT);
		assert_eq!(shares_of(BOB, SOL_POOL), UNIT);
	});
}

#[test]
fn jito_adv_01_shares_of_a_pool_slashed_to_zero_do_not_dilute_the_next_depositor() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		slash(SOL_POOL, 1, 1);
		stake(BOB, SOL_POOL, 100);
		assert_eq!(Restaking::preview_unstake(SOL_POOL, 100).unwrap().amount, 100);
		assert_noop!(
			Restaking::unstake(origin(ALICE), SOL_POOL, 1),
			Error::<Test>::NotEnoughShares
		);
	});
}

/// Jito ADV-04 and ADV-02, Symbiotic Bailsec I-02 and I-03.
#[test]
fn first_depositor_and_donation_inflate_no_share() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 1);
		assert_ok!(Assets::transfer(origin(ALICE), SOL, Restaking::vault_account(SOL), UNIT));
		stake(BOB, SOL_POOL, UNIT / 2);
		assert_eq!(shares_of(BOB, SOL_POOL), UNIT / 2);
		// Nor by leaving shares behind that are worth less than they were.
		slash(SOL_POOL, 1, 3);
		unstake(BOB, SOL_POOL, UNIT / 2);
		let SharePool { balance, shares } = pool(SOL_POOL).active;
		assert!(balance <= shares);
	});
}

/// EigenLayer Certora C-01, Cantina H-3.1.1.
#[test]
fn amounts_at_the_edge_of_their_type_are_refused_and_not_wrapped() {
	ExtBuilder::default().deposit_cap(MAX_BALANCE).build_and_execute(|| {
		stake(ALICE, SOL_POOL, 10);
		for amount in [u128::MAX, u128::MAX / 2 + 1, MAX_BALANCE + 1] {
			assert_noop!(
				Restaking::stake(origin(ALICE), SOL_POOL, amount, 0),
				Error::<Test>::VaultFull
			);
			assert_noop!(
				Restaking::unstake(origin(ALICE), SOL_POOL, amount),
				Error::<Test>::NotEnoughShares
			);
		}
	});
}

#[test]
fn eigenlayer_egsl_09_no_delay_overflows() {
	ExtBuilder::default().build_and_execute(|| {
		let unbonding: u32 = <Test as Config>::MaxUnbonding::get();
		for settings in [
			EraSettings { length: u64::MAX, unbonding: UNBONDING, granularity: GRANULARITY },
			EraSettings { length: ERA, unbonding: unbonding + 1, granularity: GRANULARITY },
			EraSettings { length: ERA, unbonding: u32::MAX, granularity: GRANULARITY },
		] {
			assert_noop!(
				Restaking::set_era_settings(RuntimeOrigin::root(), settings),
				Error::<Test>::InvalidEraSettings
			);
		}
	});
}

/// Shares where assets were meant: after a loss the two differ, and each is told by its name.
#[test]
fn jito_h_01_v1_shares_are_not_assets() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		slash(SOL_POOL, 1, 2);
		stake(BOB, SOL_POOL, 10);
		assert_eq!(shares_of(BOB, SOL_POOL), 20);
		let ticket = unstake(BOB, SOL_POOL, 20);
		assert_eq!(points_of(BOB, ticket), 10);
		run_to_era(ticket.maturity);
		assert_ok!(Restaking::withdraw(origin(BOB), ticket));
		assert_eq!(balance(SOL, BOB), ENDOWMENT);
	});
}

/// EGN6-01, EGSL-17, Tangle: a pending slash that makes every exit fail, a bad entry that blocks all.
#[test]
fn a_pending_slash_stops_no_exit_and_a_bad_entry_no_other() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		assert_ok!(Restaking::open_report(SOL_POOL));
		let ticket = unstake(ALICE, SOL_POOL, 50);
		run_to_era(ticket.maturity);
		let bad = TicketId { pool: 7, ..ticket };
		let tickets = vec![bad, ticket].try_into().unwrap();
		assert_ok!(Restaking::withdraw_many(origin(ALICE), tickets));
		assert_eq!(balance(SOL, ALICE), ENDOWMENT - 50);
	});
}

/// EGSL-01, EGSL-02: two slashes take of what is there, in either order the same but for rounding.
#[test]
fn eigenlayer_egsl_01_and_02_two_slashes_do_not_count_twice_and_hardly_depend_on_order() {
	let left = |first: (u128, u128), second: (u128, u128)| {
		let mut left = 0;
		ExtBuilder::default().build_and_execute(|| {
			stake(ALICE, SOL_POOL, 1_000_003);
			slash(SOL_POOL, first.0, first.1);
			slash(SOL_POOL, second.0, second.1);
			left = pool(SOL_POOL).active.balance;
		});
		left
	};
	let (one, other) = (left((1, 3), (2, 7)), left((2, 7), (1, 3)));
	assert!(one.abs_diff(other) <= 1);
	assert!(one >= 1_000_003 * 2 * 5 / 21 - 2);
}

#[test]
fn eigenlayer_egsl_03_queued_stake_is_slashed_with_the_rest() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 400);
		for era in 0..3 {
			run_to_era(era * GRANULARITY);
			unstake(ALICE, SOL_POOL, 100);
		}
		let taken = slash(SOL_POOL, 1, 2);
		assert_eq!((taken.active, taken.exits), (50, 150));
	});
}

#[test]
fn symbiotic_statemind_v2_m_03_matured_exits_are_not_slashed() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 200);
		let ticket = unstake(ALICE, SOL_POOL, 100);
		run_to_era(ticket.maturity - 1);
		assert_eq!(slash(SOL_POOL, 1, 10).exits, 10);
		run_to_era(ticket.maturity);
		assert_eq!(slash(SOL_POOL, 1, 2).exits, 0);
		assert_ok!(Restaking::withdraw(origin(ALICE), ticket));
		assert_eq!(balance(SOL, ALICE), ENDOWMENT - 200 + 90);
	});
}

/// Karak M-04, OtterSec SUG-02: who comes while a slash is pending would pay for what was before.
#[test]
fn a_pending_slash_is_visible_to_new_depositors() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		assert_ok!(Restaking::open_report(SOL_POOL));
		assert_noop!(Restaking::stake(origin(BOB), SOL_POOL, 1, 0), Error::<Test>::PoolReported);
		assert!(!Restaking::pool_page(Default::default(), SOL_POOL, 1).items[0].takes_stake);
	});
}

/// Jito #17, Tangle slash.rs:45, Symbiotic L-03: leaving to escape.
#[test]
fn no_way_out_escapes_a_slash() {
	let ways: [fn(); 5] = [
		|| {
			unstake(ALICE, SOL_POOL, 100);
		},
		|| {
			assert_ok!(Restaking::redelegate(origin(ALICE), SOL_POOL, 100, 3));
		},
		|| {
			let ticket = unstake(ALICE, SOL_POOL, 100);
			assert_ok!(Restaking::transfer_ticket(origin(ALICE), ticket, 100, BOB));
		},
		|| {
			let leaving = OperatorStatus::Leaving;
			assert_ok!(Restaking::set_operator_status(origin(OPERATOR), leaving));
			assert_ok!(Restaking::unstake_for(origin(BOB), SOL_POOL, ALICE));
		},
		|| {
			assert_ok!(Restaking::set_chilled(RuntimeOrigin::root(), OPERATOR, true));
		},
	];
	for way in ways {
		ExtBuilder::default().build_and_execute(|| {
			assert_ok!(Restaking::create_pool(origin(OPERATOR), SOL, vec![]));
			stake(ALICE, SOL_POOL, 100);
			way();
			run_to_era(UNBONDING - 1);
			let taken = slash(SOL_POOL, 1, 2);
			assert_eq!(taken.active + taken.exits, 50);
		});
	}
}

/// Tangle slash.rs:75-106: every pool and asset is hit, and one that fails does not pass unnoticed.
#[test]
fn tangle_every_pool_of_a_slash_is_hit() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		stake(ALICE, COARSE_POOL, 100);
		stake(ALICE, PICA_POOL, 100);
		let half = Ratio::new(1, 2).unwrap();
		let pools = [SOL_POOL, COARSE_POOL, PICA_POOL].map(|pool| (pool, half));
		let taken = Restaking::slash(&pools, &GOVERNANCE).unwrap();
		assert_eq!(taken.iter().map(|slashed| slashed.active).collect::<Vec<_>>(), [50, 50, 50]);
		assert_noop!(
			Restaking::slash(&[(SOL_POOL, half), (99, half)], &GOVERNANCE),
			Error::<Test>::PoolNotFound
		);
	});
}

/// Tangle: 50 dust delegations fill an operator.
#[test]
fn tangle_dust_delegations_fill_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		for who in 1_000..1_200 {
			assert_ok!(Assets::transfer(origin(ALICE), SOL, who, 2));
			stake(who, SOL_POOL, 1);
		}
		stake(BOB, SOL_POOL, 100);
		unstake(BOB, SOL_POOL, 100);
	});
}

/// EigenLayer I-02: a full list that blocks leaving.
#[test]
fn eigenlayer_i_02_no_list_fills_up_and_blocks_leaving() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 1_000);
		for index in 0..100 {
			run_to_era(index * GRANULARITY);
			unstake(ALICE, SOL_POOL, 10);
		}
		assert_eq!(shares_of(ALICE, SOL_POOL), 0);
	});
}

/// EigenLayer Certora M-01: entries that were dealt with cost nothing later.
#[test]
fn eigenlayer_certora_m_01_no_stale_entries_remain() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		for index in 0..10 {
			run_to_era(index * GRANULARITY);
			unstake(ALICE, SOL_POOL, 10);
		}
		run_to_era(100);
		for info in Restaking::account_info(&ALICE).tickets {
			assert_ok!(Restaking::withdraw(origin(ALICE), info.ticket));
		}
		assert!(pool(SOL_POOL).buckets.is_empty());
		assert_eq!(MaturedBuckets::<Test>::iter().count(), 0);
		assert_eq!(Tickets::<Test>::iter().count(), 0);
		assert_eq!(Positions::<Test>::iter().count(), 0);
	});
}

/// Tangle operator.rs:124-139: an operator that leaves strands its delegators.
#[test]
fn tangle_a_leaving_operator_strands_nobody() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		let leaving = OperatorStatus::Leaving;
		assert_ok!(Restaking::set_operator_status(origin(OPERATOR), leaving));
		let ticket = unstake(ALICE, SOL_POOL, 100);
		run_to_era(ticket.maturity);
		assert_ok!(Restaking::withdraw(origin(ALICE), ticket));
		assert_eq!(balance(SOL, ALICE), ENDOWMENT);
	});
}

/// Tangle rewards: retroactive accrual for fresh deposits.
#[test]
fn tangle_fresh_deposits_accrue_nothing_of_the_past() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 1);
		credit(SOL_POOL, PICA, 1_000, 1);
		run_to_block(100);
		stake(BOB, SOL_POOL, 1_000 * UNIT);
		assert_eq!(rewards_of(BOB, SOL_POOL), vec![]);
		assert_noop!(Restaking::claim(origin(BOB), SOL_POOL), Error::<Test>::NothingToClaim);
	});
}

/// Symbiotic Bailsec I-44: a deposit just in time for a payment.
#[test]
fn symbiotic_bailsec_i_44_one_block_of_stake_earns_one_block_of_rewards() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		stake(BOB, SOL_POOL, 100);
		credit(SOL_POOL, PICA, 1_000, 100);
		run_to_block(System::block_number() + 1);
		unstake(BOB, SOL_POOL, 100);
		run_to_block(System::block_number() + 200);
		assert_eq!(rewards_of(BOB, SOL_POOL), vec![(PICA, 5)]);
	});
}

/// REW-001: one pool for all, drained by one bad entry. A pool pays what it was credited, no more.
#[test]
fn eigenlayer_rew_001_a_pool_cannot_pay_with_what_is_another_pools() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		stake(BOB, PICA_POOL, 100);
		credit(SOL_POOL, PICA, 100, 1);
		credit(PICA_POOL, PICA, 100, 1);
		run_to_block(10);
		// Had a counter gone wrong and told Alice too much, the pool could not pay it.
		let owed = |owed| {
			Pools::<Test>::mutate(SOL_POOL, |pool| {
				pool.as_mut().unwrap().rewards.slots[0].owed = owed
			})
		};
		owed(99);
		assert_noop!(Restaking::claim(origin(ALICE), SOL_POOL), ArithmeticError::Underflow);
		owed(100);
		assert_ok!(Restaking::claim(origin(ALICE), SOL_POOL));
		assert_ok!(Restaking::claim(origin(BOB), PICA_POOL));
	});
}

/// pallet-asset-rewards: an overflow in a reward counter that blocks unstaking.
#[test]
fn asset_rewards_no_counter_blocks_unstaking() {
	ExtBuilder::default().deposit_cap(MAX_BALANCE).build_and_execute(|| {
		use frame_support::traits::fungibles::Mutate;
		// More than there will ever be, to a single share, again and again.
		assert_ok!(NativeAndForeign::mint_into(SOL, &GOVERNANCE, MAX_BALANCE));
		stake(ALICE, PICA_POOL, 1);
		for _ in 0..10 {
			assert_ok!(Restaking::credit(&GOVERNANCE, SOL, 1, &[(PICA_POOL, MAX_BALANCE)]));
			run_to_block(System::block_number() + 1);
			assert_ok!(Restaking::claim(origin(ALICE), PICA_POOL));
			assert_ok!(Assets::transfer(origin(ALICE), SOL, GOVERNANCE, MAX_BALANCE));
		}
		stake(BOB, PICA_POOL, 1_000 * UNIT);
		credit(PICA_POOL, SOL, 1_000 * UNIT + 1, 1);
		run_to_block(System::block_number() + 1);
		assert_eq!(rewards_of(BOB, PICA_POOL), vec![(SOL, 1_000 * UNIT)]);
		unstake(BOB, PICA_POOL, 1_000 * UNIT);
		unstake(ALICE, PICA_POOL, 1);
	});
}

/// Jito #281: a commission that changes at once, and for what was earned before.
#[test]
fn jito_281_commission_changes_neither_at_once_nor_for_the_past() {
	ExtBuilder::default().build_and_execute(|| {
		run_to_era(5);
		assert_ok!(Restaking::set_commission(origin(OPERATOR), Perbill::from_percent(20)));
		for era in 0..12 {
			assert_eq!(Restaking::commission(&OPERATOR, era), Some(Perbill::from_percent(1)));
		}
		assert_eq!(Restaking::commission(&OPERATOR, 12), Some(Perbill::from_percent(20)));
	});
}
