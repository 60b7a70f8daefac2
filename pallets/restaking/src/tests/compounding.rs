// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use super::*;
use num_bigint::BigUint;
use picasso_primitives::{restaking::StakeLedger, Balance, PoolId};

fn pass(blocks: u64) {
	run_to_block(System::block_number() + blocks);
}

fn compound(who: AccountId, pool: PoolId) {
	assert_ok!(Restaking::set_compounding(origin(who), pool, true));
}

/// What a claim by anyone did: planck of PICA paid to the owner, and shares issued to it.
fn claim(who: AccountId, pool: PoolId) -> (Balance, Balance) {
	let (money, shares) = (balance(PICA, who), shares_of(who, pool));
	System::reset_events();
	assert_ok!(Restaking::claim_for(origin(GOVERNANCE), who, pool));
	(balance(PICA, who) - money, shares_of(who, pool) - shares)
}

fn was_told(event: Event<Test>) -> bool {
	System::events().iter().any(|record| record.event == event.clone().into())
}

fn custody() -> Balance {
	Vaults::<Test>::get(PICA).expect("a vault").custody
}

fn pool_becomes(status: PoolStatus) {
	assert_ok!(Restaking::set_pool_status(origin(OPERATOR), PICA_POOL, status));
}

fn set_vault(settings: VaultSettings) {
	assert_ok!(Restaking::set_vault(RuntimeOrigin::root(), PICA, settings));
}

#[test]
fn set_compounding_tells_old_and_new_and_the_position_tells_it() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, PICA_POOL, 100);
		let told = || Restaking::account_info(&ALICE).positions[0].compounds;
		assert!(!told());
		for (old, new) in [(false, true), (true, true), (true, false)] {
			assert_ok!(Restaking::set_compounding(origin(ALICE), PICA_POOL, new));
			let event = Event::CompoundingChanged { who: ALICE, pool: PICA_POOL, old, new };
			assert_eq!(last_event(), event);
			assert_eq!(told(), new);
		}
	});
}

#[test]
fn set_compounding_fails_without_a_position_and_where_pica_cannot_be_staked() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, PICA_POOL, 100);
		stake(ALICE, SOL_POOL, 100);
		let set = |origin, pool| Restaking::set_compounding(origin, pool, true);
		assert_noop!(set(origin(BOB), PICA_POOL), Error::<Test>::PositionNotFound);
		assert_noop!(set(origin(ALICE), SOL_POOL), Error::<Test>::CannotCompound);
		assert_noop!(set(origin(ALICE), 99), Error::<Test>::PoolNotFound);
		assert_noop!(set(RuntimeOrigin::root(), PICA_POOL), BadOrigin);
	});
}

#[test]
fn what_compounds_buys_shares_at_the_pools_price() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, PICA_POOL, 1_000);
		stake(BOB, PICA_POOL, 501);
		slash(PICA_POOL, 2, 7);
		compound(ALICE, PICA_POOL);
		credit(PICA_POOL, PICA, 1_501 * 7, 10);
		pass(10);
		let SharePool { balance: active, shares } = Pools::<Test>::get(PICA_POOL).unwrap().active;
		assert_eq!((active, shares), (1_072, 1_501));
		let (held, rewards) = (custody(), balance(PICA, Restaking::reward_account()));

		let amount = 7_000;
		let bought = amount * shares / active;
		assert!(bought * active < amount * shares, "it does not come out even");
		assert_eq!(claim(ALICE, PICA_POOL), (0, bought));
		let event = Event::Compounded { who: ALICE, pool: PICA_POOL, amount, shares: bought };
		assert_eq!(last_event(), event);
		assert_eq!(
			Pools::<Test>::get(PICA_POOL).unwrap().active,
			SharePool { balance: active + amount, shares: shares + bought }
		);
		assert_eq!(custody(), held + amount);
		assert_eq!(balance(PICA, Restaking::vault_account(PICA)), UNIT + custody());
		assert_eq!(balance(PICA, Restaking::reward_account()), rewards - amount);
		assert_eq!(
			Pools::<Test>::get(PICA_POOL).unwrap().rewards.slots[0].owed,
			1_501 * 7 - amount
		);
		assert_noop!(Restaking::claim(origin(ALICE), PICA_POOL), Error::<Test>::NothingToClaim);
		// Bob is owed what he was, and is paid.
		assert_eq!(claim(BOB, PICA_POOL), (501 * 7, 0));
	});
}

#[test]
fn who_compounds_earns_on_it_and_others_earn_what_is_left_to_them() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, PICA_POOL, 3 * UNIT);
		stake(BOB, PICA_POOL, 2 * UNIT);
		compound(ALICE, PICA_POOL);
		// Fractions that are never rounded, in planck / 2¹²⁸.
		let scaled = |amount: Balance| BigUint::from(amount) << 128u8;
		let (mut staked, mut earned) = (scaled(3 * UNIT), BigUint::ZERO);
		let still = scaled(2 * UNIT);
		let mut paid = 0;
		for round in 1..=12u64 {
			let amount = UNIT / 3 * u128::from(round);
			credit(PICA_POOL, PICA, amount, round);
			pass(round);
			let all = &staked + &still;
			earned += scaled(amount) * &still / &all;
			staked += scaled(amount) * &staked / &all;
			let (money, shares) = claim(ALICE, PICA_POOL);
			assert!(money == 0 && shares > 0);
			if round % 3 == 0 {
				paid += claim(BOB, PICA_POOL).0;
			}
		}
		// Each claim may leave a planck in the pool, and gives nobody one more.
		let (staked, earned) = (staked >> 128u8, earned >> 128u8);
		let [alice, bob] = [shares_of(ALICE, PICA_POOL), paid].map(BigUint::from);
		assert!(alice <= staked && &staked - &alice <= 24u8.into(), "{alice} of {staked}");
		assert!(bob <= earned && &earned - &bob <= 24u8.into(), "{bob} of {earned}");
		let pool = Pools::<Test>::get(PICA_POOL).unwrap();
		assert!(pool.rewards.slots[0].owed <= 24, "dust is left");
		assert_eq!(pool.active.balance, custody());
	});
}

#[test]
fn a_stake_doubles_with_each_credit_of_as_much_as_there_is() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, PICA_POOL, 100);
		stake(BOB, PICA_POOL, 100);
		compound(ALICE, PICA_POOL);
		for round in 0..10 {
			credit(PICA_POOL, PICA, 100 * (1 << round) + 100, 10);
			pass(10);
			assert_eq!(claim(ALICE, PICA_POOL), (0, 100 << round));
			assert_eq!(claim(BOB, PICA_POOL), (100, 0));
		}
		assert_eq!(Pools::<Test>::get(PICA_POOL).unwrap().rewards.slots[0].owed, 0);
	});
}

#[test]
fn what_pool_or_vault_do_not_take_is_paid() {
	let refusals: [(&str, fn()); 9] = [
		("closed", || pool_becomes(PoolStatus::Closed)),
		("winding up", || pool_becomes(PoolStatus::WindingUp)),
		("suspended", || {
			assert_ok!(Restaking::set_chilled(RuntimeOrigin::root(), OPERATOR, true));
		}),
		("reported", || {
			assert_ok!(<Restaking as Slashable<AccountId>>::open_report(PICA_POOL));
		}),
		("for the approved", || {
			let access = PoolAccess::Approved;
			assert_ok!(Restaking::set_pool_access(origin(OPERATOR), PICA_POOL, access));
		}),
		("vault closed", || {
			set_vault(VaultSettings { status: VaultStatus::ExitsOnly, ..open_vault() })
		}),
		("vault full", || set_vault(VaultSettings { deposit_cap: 150 + 749, ..open_vault() })),
		("below the minimum", || set_vault(VaultSettings { minimum_stake: 751, ..open_vault() })),
		("not to compound", || {
			assert_ok!(Restaking::set_compounding(origin(ALICE), PICA_POOL, false));
		}),
	];
	for (refusal, refuse) in refusals {
		ExtBuilder::default().build_and_execute(|| {
			stake(ALICE, PICA_POOL, 75);
			stake(BOB, PICA_POOL, 75);
			compound(ALICE, PICA_POOL);
			credit(PICA_POOL, PICA, 1_500, 10);
			pass(10);
			refuse();
			let before = Vaults::<Test>::get(PICA);
			assert_eq!(claim(ALICE, PICA_POOL), (750, 0), "{refusal}");
			let (who, pool) = (ALICE, PICA_POOL);
			assert_eq!(last_event(), Event::Claimed { who, pool, currency: PICA, amount: 750 });
			assert_eq!(Vaults::<Test>::get(PICA), before, "{refusal}");
		});
	}
}

#[test]
fn a_vault_takes_what_just_fits() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, PICA_POOL, 75);
		stake(BOB, PICA_POOL, 75);
		compound(ALICE, PICA_POOL);
		credit(PICA_POOL, PICA, 1_500, 10);
		pass(10);
		let (deposit_cap, minimum_stake) = (150 + 750, 750);
		set_vault(VaultSettings { deposit_cap, minimum_stake, ..open_vault() });
		assert_ok!(Restaking::set_pool_access(origin(OPERATOR), PICA_POOL, PoolAccess::Approved));
		assert_ok!(Restaking::set_approval(origin(OPERATOR), ALICE, true));
		assert_eq!(claim(ALICE, PICA_POOL), (0, 750));
	});
}

#[test]
fn a_claim_pays_all_other_currencies() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, PICA_POOL, 100);
		compound(ALICE, PICA_POOL);
		credit(PICA_POOL, SOL, 300, 3);
		credit(PICA_POOL, PICA, 200, 3);
		pass(3);
		let before = balance(SOL, ALICE);
		let told = Restaking::claim(origin(ALICE), PICA_POOL).expect("a claim");
		assert_eq!(told.actual_weight, Some(frame_support::weights::Weight::from_parts(2, 2)));
		assert_eq!((shares_of(ALICE, PICA_POOL), balance(SOL, ALICE)), (300, before + 300));

		// One that cannot be moved stays owed, and keeps nothing from compounding.
		credit(PICA_POOL, SOL, 300, 3);
		credit(PICA_POOL, PICA, 600, 3);
		pass(3);
		assert_ok!(Assets::freeze_asset(origin(ISSUER), SOL));
		assert_eq!(claim(ALICE, PICA_POOL), (0, 600));
		let (who, pool, currency) = (ALICE, PICA_POOL, SOL);
		let error = unmovable();
		assert!(was_told(Event::ClaimFailed { who, pool, currency, amount: 300, error }));
		assert_eq!(rewards_of(ALICE, PICA_POOL), vec![(SOL, 300)]);
		assert_ok!(Assets::thaw_asset(origin(ISSUER), SOL));
	});
}

#[test]
fn rewards_in_pica_of_other_pools_are_paid() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, PICA_POOL, 100);
		stake(ALICE, SOL_POOL, 100);
		compound(ALICE, PICA_POOL);
		credit(SOL_POOL, PICA, 200, 3);
		pass(3);
		assert_eq!(claim(ALICE, SOL_POOL), (200, 0));
	});
}

#[test]
fn who_has_left_with_all_shares_is_paid_and_compounds_again_when_back() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, PICA_POOL, 100);
		compound(ALICE, PICA_POOL);
		credit(PICA_POOL, PICA, 500, 10);
		pass(10);
		unstake(ALICE, PICA_POOL, 100);
		credit(PICA_POOL, PICA, 70, 10);
		pass(5);
		stake(ALICE, PICA_POOL, 10);
		assert!(Positions::<Test>::get(ALICE, PICA_POOL).unwrap().compounds);
		pass(5);
		assert_eq!(claim(ALICE, PICA_POOL), (0, 535));

		unstake(ALICE, PICA_POOL, 545);
		assert_eq!(Positions::<Test>::get(ALICE, PICA_POOL), None);
		stake(ALICE, PICA_POOL, 10);
		assert!(!Positions::<Test>::get(ALICE, PICA_POOL).unwrap().compounds);

		compound(ALICE, PICA_POOL);
		credit(PICA_POOL, PICA, 70, 10);
		pass(10);
		unstake(ALICE, PICA_POOL, 10);
		assert_eq!(claim(ALICE, PICA_POOL), (70, 0));
		assert_eq!(Positions::<Test>::get(ALICE, PICA_POOL), None);
	});
}

#[test]
fn what_was_earned_before_a_total_loss_is_paid() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, PICA_POOL, 100);
		compound(ALICE, PICA_POOL);
		credit(PICA_POOL, PICA, 500, 10);
		pass(10);
		slash(PICA_POOL, 1, 1);
		assert_eq!(claim(ALICE, PICA_POOL), (500, 0));
		assert_eq!(Positions::<Test>::get(ALICE, PICA_POOL), None);
		assert_eq!(LostGenerations::<Test>::iter().count(), 0);
	});
}

#[test]
fn what_an_operator_compounds_is_its_own_and_counts_from_the_next_turn() {
	ExtBuilder::default().build_and_execute(|| {
		stake(OPERATOR, PICA_POOL, 100);
		stake(ALICE, PICA_POOL, 100);
		compound(OPERATOR, PICA_POOL);
		credit(PICA_POOL, PICA, 400, 5);
		run_to_era(1);
		assert_eq!(claim(OPERATOR, PICA_POOL), (0, 200));
		let told = || <Restaking as StakeLedger<AccountId>>::pool_stake(PICA_POOL).unwrap();
		assert_eq!((told().active, told().own, told().active_at_turn), (400, 300, 200));
		run_to_era(2);
		assert_eq!((told().active, told().own, told().active_at_turn), (400, 300, 400));
	});
}

#[test]
fn what_compounds_leaves_as_any_stake_does() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, PICA_POOL, 100);
		compound(ALICE, PICA_POOL);
		credit(PICA_POOL, PICA, 500, 10);
		pass(10);
		assert_eq!(claim(ALICE, PICA_POOL), (0, 500));
		let before = balance(PICA, ALICE);
		let ticket = unstake(ALICE, PICA_POOL, 600);
		run_to_era(ticket.maturity);
		assert_ok!(Restaking::withdraw(origin(ALICE), ticket));
		assert_eq!(balance(PICA, ALICE), before + 600);
		assert_eq!(custody(), 0);
	});
}

#[test]
fn a_claim_that_cannot_be_moved_at_all_leaves_pool_and_position_as_they_were() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, PICA_POOL, 100);
		compound(ALICE, PICA_POOL);
		credit(PICA_POOL, PICA, 500, 10);
		pass(10);
		let account = Restaking::reward_account();
		// As no call can make it.
		let holds = |amount| {
			assert_ok!(Balances::force_set_balance(RuntimeOrigin::root(), account, amount));
		};
		holds(UNIT + 499);
		let claim = || Restaking::claim(origin(ALICE), PICA_POOL);
		assert_noop!(claim(), TokenError::NotExpendable);
		holds(UNIT + 500);
		assert_ok!(claim());
		assert_eq!(shares_of(ALICE, PICA_POOL), 600);
	});
}

#[test]
fn others_who_claim_bit_by_bit_cost_a_restaker_less_than_a_planck_each_time() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, PICA_POOL, 999);
		stake(BOB, PICA_POOL, 999);
		slash(PICA_POOL, 1, 7);
		compound(ALICE, PICA_POOL);
		compound(BOB, PICA_POOL);
		credit(PICA_POOL, PICA, 99_999, 50);
		for _ in 0..50 {
			pass(1);
			claim(ALICE, PICA_POOL);
		}
		claim(BOB, PICA_POOL);
		let worth = |who| Restaking::staked_value(&who, PICA, 10);
		assert!(worth(ALICE) >= worth(BOB), "she earned on what she earned");
		assert!(worth(ALICE) + worth(BOB) + 51 >= 2 * 999 * 6 / 7 + 99_999);
	});
}
