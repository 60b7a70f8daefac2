// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Random walks through the ledger: the invariants hold after every step, nobody profits, and at the
//! end everyone can leave.

use super::*;
use frame_support::traits::fungibles::Inspect;
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
	Stake { who: AccountId, pool: u32, amount: u128 },
	Unstake { who: AccountId, pool: u32, part: u8 },
	Withdraw { who: AccountId, nth: usize },
	Slash { pool: u32, numerator: u128, denominator: u128 },
	Donate { pool: u32, amount: u128 },
	Wait { eras: u32 },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
	let who = prop::sample::select(vec![ALICE, BOB, GOVERNANCE]);
	let pool = 0..3u32;
	let amount = prop_oneof![1..20u128, 1..UNIT * 1_000];
	let step = prop_oneof![
		4 => (who.clone(), pool.clone(), amount.clone())
			.prop_map(|(who, pool, amount)| Step::Stake { who, pool, amount }),
		4 => (who.clone(), pool.clone(), any::<u8>())
			.prop_map(|(who, pool, part)| Step::Unstake { who, pool, part }),
		3 => (who, any::<prop::sample::Index>())
			.prop_map(|(who, nth)| Step::Withdraw { who, nth: nth.index(8) }),
		1 => (pool.clone(), any::<u128>(), 1..=u128::MAX)
			.prop_map(|(pool, numerator, denominator)| Step::Slash { pool, numerator, denominator }),
		1 => (pool.clone(), 1..100u128)
			.prop_map(|(pool, numerator)| Step::Slash { pool, numerator, denominator: 100 }),
		1 => (pool, amount).prop_map(|(pool, amount)| Step::Donate { pool, amount }),
		2 => (1..12u32).prop_map(|eras| Step::Wait { eras }),
	];
	prop::collection::vec(step, 1..60)
}

fn run(step: Step) {
	match step {
		// Too little for a share, or too much for the purse or the vault, is refused whole.
		Step::Stake { who, pool, amount } => {
			let before = balance(asset_of(pool), who);
			if Restaking::stake(origin(who), pool, amount, 0).is_ok() {
				assert_eq!(balance(asset_of(pool), who), before - amount);
			}
		},
		Step::Unstake { who, pool, part } => {
			let shares = shares_of(who, pool) * u128::from(part) / 255;
			let price = Pools::<Test>::get(pool).unwrap().active;
			match Restaking::unstake(origin(who), pool, shares) {
				Ok(()) => assert!(price.value_of(shares).unwrap() > 0),
				Err(error) => assert_eq!(error, Error::<Test>::ExitWorthNothing.into()),
			}
		},
		Step::Withdraw { who, nth } => {
			let told = Restaking::account_info(&who).tickets;
			let Some(info) = told.get(nth) else { return };
			let before = balance(info.asset, who);
			match Restaking::withdraw(origin(who), info.ticket) {
				Ok(()) => assert_eq!(balance(info.asset, who), before + info.value),
				Err(error) => {
					assert!(!info.mature);
					assert_eq!(error, Error::<Test>::TicketNotMature.into());
				},
			}
		},
		Step::Slash { pool, numerator, denominator } => {
			slash(pool, numerator.min(denominator), denominator);
		},
		Step::Donate { pool, amount } => {
			let vault = Restaking::vault_account(asset_of(pool));
			assert_ok!(
				<NativeAndForeign as frame_support::traits::fungibles::Mutate<_>>::mint_into(
					asset_of(pool),
					&vault,
					amount.max(UNIT)
				)
			);
		},
		Step::Wait { eras } => run_to_era(era() + eras),
	}
}

fn asset_of(pool: u32) -> u128 {
	[SOL, COARSE, PICA][pool as usize]
}

fn everyone_leaves() {
	for who in [ALICE, BOB, GOVERNANCE] {
		for position in Restaking::account_info(&who).positions {
			if position.value > 0 {
				assert_ok!(Restaking::unstake(origin(who), position.pool, position.shares));
			}
		}
	}
	run_to_era(era() + UNBONDING + GRANULARITY);
	for who in [ALICE, BOB, GOVERNANCE] {
		for info in Restaking::account_info(&who).tickets {
			assert_ok!(Restaking::withdraw(origin(who), info.ticket));
		}
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(256))]

	#[test]
	fn invariants_hold_on_every_walk_and_everyone_can_leave(steps in steps()) {
		ExtBuilder::default().build_and_execute(|| {
			let operations = steps.len() as u128;
			for step in steps {
				run(step);
				Restaking::do_try_state().unwrap();
			}
			everyone_leaves();
			for (asset, vault) in Vaults::<Test>::iter() {
				let parked: u128 = ParkedProceeds::<Test>::iter_prefix_values(asset).sum();
				assert!(vault.custody - parked <= operations, "more than dust is left");
				let account = Restaking::vault_account(asset);
				assert!(NativeAndForeign::balance(asset, &account) >= vault.custody);
			}
			assert_eq!(Tickets::<Test>::iter().count(), 0);
		});
	}

	#[test]
	fn stake_then_unstake_never_profits(
		others in 1..UNIT, part in 0..999_999_999u128, amount in 1..UNIT,
	) {
		ExtBuilder::default().build_and_execute(|| {
			stake(BOB, SOL_POOL, others);
			slash(SOL_POOL, part, 1_000_000_000);
			if Pools::<Test>::get(SOL_POOL).unwrap().active.balance == 0 {
				return;
			}
			stake(ALICE, SOL_POOL, amount);
			let shares = shares_of(ALICE, SOL_POOL);
			let worth = Restaking::preview_unstake(SOL_POOL, shares).map_or(0, |exit| exit.amount);
			assert!(worth <= amount && amount - worth <= 2);
		});
	}
}
