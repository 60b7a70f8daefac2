// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use super::*;
use frame_support::weights::Weight;
use picasso_primitives::math::MAX_OWED;

fn pass(blocks: u64) {
	run_to_block(System::block_number() + blocks);
}

fn slot(pool: u32, slot: usize) -> RewardSlot<u64> {
	Pools::<Test>::get(pool).expect("a pool").rewards.slots[slot]
}

fn claim(who: AccountId, pool: u32) -> u128 {
	let before = balance(PICA, who);
	assert_ok!(Restaking::claim(origin(who), pool));
	balance(PICA, who) - before
}

#[test]
fn a_credit_moves_the_money_and_streams_block_by_block() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 75);
		stake(BOB, SOL_POOL, 25);
		let (payer, account) = (balance(PICA, GOVERNANCE), Restaking::reward_account());
		let held = balance(PICA, account);
		credit(SOL_POOL, PICA, 1_000, 10);
		assert_eq!(
			last_event(),
			Event::RewardsCredited { pool: SOL_POOL, currency: PICA, amount: 1_000, until: 11 }
		);
		assert_eq!(balance(PICA, GOVERNANCE), payer - 1_000);
		assert_eq!(balance(PICA, account), held + 1_000);
		for block in 1..=10 {
			assert_eq!(rewards_of(ALICE, SOL_POOL).iter().map(|(_, x)| x).sum::<u128>(), {
				75 * (block - 1)
			});
			pass(1);
		}
		pass(5);
		assert_eq!(rewards_of(ALICE, SOL_POOL), vec![(PICA, 750)]);
		assert_eq!(rewards_of(BOB, SOL_POOL), vec![(PICA, 250)]);
		assert_eq!(claim(ALICE, SOL_POOL), 750);
		assert_eq!(claim(BOB, SOL_POOL), 250);
		assert_eq!(slot(SOL_POOL, 0).owed, 0);
		assert_noop!(Restaking::claim(origin(ALICE), SOL_POOL), Error::<Test>::NothingToClaim);
	});
}

#[test]
fn a_credit_names_a_listed_currency_a_time_and_pools() {
	ExtBuilder::default().build_and_execute(|| {
		let credit = |from, currency, blocks, amounts: &[(u32, u128)]| {
			Restaking::credit(&from, currency, blocks, amounts)
		};
		let one = [(SOL_POOL, 100)];
		assert_noop!(credit(ALICE, COARSE, 10, &one), Error::<Test>::CurrencyNotFound);
		assert_noop!(credit(ALICE, PICA, 0, &one), Error::<Test>::NoTimeToStream);
		assert_noop!(credit(ALICE, PICA, u64::MAX, &one), ArithmeticError::Overflow);
		assert_noop!(
			credit(ALICE, SOL, 10, &[(SOL_POOL, u128::MAX), (PICA_POOL, 1)]),
			ArithmeticError::Overflow
		);
		assert_noop!(
			credit(ALICE, SOL, 10, &[(SOL_POOL, ENDOWMENT + 1)]),
			pallet_assets::Error::<Test>::BalanceLow
		);
		assert_ok!(credit(ALICE, SOL, 10, &[(SOL_POOL, 40), (PICA_POOL, 60)]));
		assert_eq!(balance(SOL, ALICE), ENDOWMENT - 100);
		assert_eq!((slot(SOL_POOL, 1).owed, slot(PICA_POOL, 1).owed), (40, 60));
	});
}

#[test]
fn a_credit_passes_over_pools_that_are_gone_and_tells_what_it_moved() {
	ExtBuilder::default().build_and_execute(|| {
		let gone = 99;
		let amounts = [(gone, 5), (SOL_POOL, 40), (gone, 7), (PICA_POOL, 60), (gone, ENDOWMENT)];
		assert_eq!(Restaking::credit(&ALICE, SOL, 10, &amounts), Ok(100));
		assert_eq!(balance(SOL, ALICE), ENDOWMENT - 100);
		assert_eq!((slot(SOL_POOL, 1).owed, slot(PICA_POOL, 1).owed), (40, 60));
		assert_eq!(Pools::<Test>::get(gone), None);

		System::reset_events();
		assert_eq!(Restaking::credit(&ALICE, SOL, 10, &[(gone, 5), (gone + 1, 7)]), Ok(0));
		assert_eq!(Restaking::credit(&ALICE, SOL, 10, &[]), Ok(0));
		assert_eq!(balance(SOL, ALICE), ENDOWMENT - 100);
		assert_eq!(System::events(), vec![]);
		// It is no way round what else a credit must be.
		assert_noop!(
			Restaking::credit(&ALICE, COARSE, 10, &[(gone, 5)]),
			Error::<Test>::CurrencyNotFound
		);
	});
}

#[test]
fn a_pool_never_owes_more_than_its_counters_hold() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 1);
		credit(SOL_POOL, SOL, 1, 10);
		let owed = |owed| {
			Pools::<Test>::mutate(SOL_POOL, |pool| {
				pool.as_mut().unwrap().rewards.slots[1].owed = owed
			})
		};
		owed(MAX_OWED - 10);
		let credit = |amount| Restaking::credit(&ALICE, SOL, 10, &[(SOL_POOL, amount)]);
		assert_noop!(credit(11), ArithmeticError::Overflow);
		assert_ok!(credit(10));
		owed(11);
	});
}

#[test]
fn nobody_earns_for_time_before_they_came_or_after_they_left() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		credit(SOL_POOL, PICA, 1_000, 10);
		pass(4);
		stake(BOB, SOL_POOL, 100);
		assert_eq!(rewards_of(BOB, SOL_POOL), vec![]);
		pass(4);
		unstake(BOB, SOL_POOL, 100);
		pass(4);
		assert_eq!(claim(BOB, SOL_POOL), 200);
		assert_eq!(Positions::<Test>::get(BOB, SOL_POOL), None);
		assert_eq!(claim(ALICE, SOL_POOL), 800);
	});
}

#[test]
fn who_has_left_keeps_what_was_earned_until_it_is_claimed() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		credit(SOL_POOL, PICA, 1_000, 10);
		pass(10);
		let ticket = unstake(ALICE, SOL_POOL, 100);
		run_to_era(ticket.maturity);
		assert_ok!(Restaking::withdraw(origin(ALICE), ticket));
		let position = Positions::<Test>::get(ALICE, SOL_POOL).expect("a position");
		assert_eq!(position.shares, 0);
		assert_eq!(Pools::<Test>::get(SOL_POOL).unwrap().positions, 1);
		credit(SOL_POOL, PICA, 500, 10);
		pass(100);
		assert_eq!(claim(ALICE, SOL_POOL), 1_000);
		assert_eq!(Pools::<Test>::get(SOL_POOL).unwrap().positions, 0);
	});
}

#[test]
fn blocks_without_shares_pay_the_treasury() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Balances::transfer_keep_alive(origin(ALICE), TREASURY, UNIT));
		credit(SOL_POOL, PICA, 1_000, 10);
		pass(4);
		stake(ALICE, SOL_POOL, 1);
		pass(6);
		assert_eq!(rewards_of(ALICE, SOL_POOL), vec![(PICA, 600)]);
		assert_ok!(Restaking::move_unearned(origin(BOB), SOL_POOL));
		assert_eq!(
			last_event(),
			Event::UnearnedMoved { pool: SOL_POOL, currency: PICA, amount: 400 }
		);
		assert_eq!(balance(PICA, TREASURY), UNIT + 400);
		assert_eq!(claim(ALICE, SOL_POOL), 600);
		let again = |pool| Restaking::move_unearned(origin(BOB), pool);
		assert_noop!(again(SOL_POOL), Error::<Test>::NothingToClaim);
		assert_noop!(again(99), Error::<Test>::PoolNotFound);
		assert_noop!(Restaking::move_unearned(RuntimeOrigin::root(), SOL_POOL), BadOrigin);
	});
}

#[test]
fn unearned_rewards_that_cannot_be_moved_stay() {
	ExtBuilder::default().build_and_execute(|| {
		credit(PICA_POOL, SOL, 1_000, 10);
		pass(10);
		assert_ok!(Assets::freeze_asset(origin(ISSUER), SOL));
		let pay = || Restaking::move_unearned(origin(BOB), PICA_POOL);
		assert_noop!(pay(), pallet_assets::Error::<Test>::AssetNotLive);
		assert_ok!(Assets::thaw_asset(origin(ISSUER), SOL));
		assert_ok!(pay());
		assert_eq!(balance(SOL, TREASURY), 1_000);
	});
}

#[test]
fn what_streams_is_spread_with_what_joins_it() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 1);
		credit(SOL_POOL, PICA, 100, 10);
		pass(5);
		// 50 are left, and 150 join them for 20 blocks.
		credit(SOL_POOL, PICA, 150, 20);
		assert_eq!(rewards_of(ALICE, SOL_POOL), vec![(PICA, 50)]);
		pass(10);
		assert_eq!(rewards_of(ALICE, SOL_POOL), vec![(PICA, 150)]);
		// A shorter one does not hasten it.
		credit(SOL_POOL, PICA, 100, 1);
		pass(5);
		assert_eq!(rewards_of(ALICE, SOL_POOL), vec![(PICA, 250)]);
		pass(5);
		assert_eq!(claim(ALICE, SOL_POOL), 350);
	});
}

#[test]
fn every_currency_is_counted_by_itself_and_paid_at_once() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, COARSE_POOL, 100);
		credit(COARSE_POOL, SOL, 300, 3);
		pass(1);
		// A slot that comes later than the position counts from then on.
		credit(COARSE_POOL, PICA, 100, 10);
		pass(2);
		assert_eq!(rewards_of(ALICE, COARSE_POOL), vec![(PICA, 20), (SOL, 300)]);
		System::reset_events();
		assert_ok!(Restaking::claim_for(origin(BOB), ALICE, COARSE_POOL));
		for (currency, amount) in [(PICA, 20), (SOL, 300)] {
			let event = Event::Claimed { who: ALICE, pool: COARSE_POOL, currency, amount };
			System::assert_has_event(event.into());
		}
		assert_eq!(balance(SOL, ALICE), ENDOWMENT + 300);
	});
}

#[test]
fn a_currency_that_cannot_be_moved_stops_no_other_and_stays_owed() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, COARSE_POOL, 100);
		credit(COARSE_POOL, SOL, 300, 3);
		credit(COARSE_POOL, PICA, 100, 10);
		pass(10);
		assert_ok!(Assets::freeze_asset(origin(ISSUER), SOL));
		assert_eq!(claim(ALICE, COARSE_POOL), 100);
		System::assert_has_event(
			Event::ClaimFailed {
				who: ALICE,
				pool: COARSE_POOL,
				currency: SOL,
				amount: 300,
				error: unmovable(),
			}
			.into(),
		);
		assert_eq!(rewards_of(ALICE, COARSE_POOL), vec![(SOL, 300)]);
		// Alone it is an error, and changes nothing.
		assert_noop!(
			Restaking::claim(origin(ALICE), COARSE_POOL),
			pallet_assets::Error::<Test>::AssetNotLive
		);
		unstake(ALICE, COARSE_POOL, 100);
		assert_ok!(Assets::thaw_asset(origin(ISSUER), SOL));
		assert_ok!(Restaking::claim(origin(ALICE), COARSE_POOL));
		assert_eq!(balance(SOL, ALICE), ENDOWMENT + 300);
	});
}

#[test]
fn what_was_earned_before_a_total_loss_is_still_paid_and_nothing_after_it() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 60);
		stake(BOB, SOL_POOL, 40);
		credit(SOL_POOL, PICA, 1_000, 10);
		pass(5);
		slash(SOL_POOL, 1, 1);
		let lost = LostGenerations::<Test>::get(SOL_POOL, 0).expect("what it earned");
		assert_eq!(lost.shares, 100);
		stake(GOVERNANCE, SOL_POOL, 10);
		pass(5);
		assert_eq!(rewards_of(ALICE, SOL_POOL), vec![(PICA, 300)]);
		// Bob claims it, Alice stakes again with it.
		assert_eq!(claim(BOB, SOL_POOL), 200);
		assert_eq!(LostGenerations::<Test>::get(SOL_POOL, 0).unwrap().shares, 60);
		stake(ALICE, SOL_POOL, 10);
		assert_eq!(LostGenerations::<Test>::get(SOL_POOL, 0), None);
		assert_eq!(rewards_of(ALICE, SOL_POOL), vec![(PICA, 300)]);
		credit(SOL_POOL, PICA, 100, 10);
		pass(10);
		assert_eq!(claim(ALICE, SOL_POOL), 350);
		assert_eq!(claim(GOVERNANCE, SOL_POOL), 550);
	});
}

#[test]
fn a_position_of_a_lost_generation_is_cleared_by_a_claim() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 60);
		slash(SOL_POOL, 1, 1);
		assert_ok!(Restaking::claim_for(origin(BOB), ALICE, SOL_POOL));
		assert_eq!(Positions::<Test>::get(ALICE, SOL_POOL), None);
		assert_eq!(Pools::<Test>::get(SOL_POOL).unwrap().positions, 0);
	});
}

#[test]
fn a_loss_is_told_even_where_no_reward_can_be_moved() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, COARSE_POOL, 60);
		credit(COARSE_POOL, SOL, 300, 3);
		pass(3);
		slash(COARSE_POOL, 1, 1);
		assert_ok!(Assets::freeze_asset(origin(ISSUER), SOL));
		assert_ok!(Restaking::claim(origin(ALICE), COARSE_POOL));
		assert_eq!(LostGenerations::<Test>::iter().count(), 0);
		assert_eq!(rewards_of(ALICE, COARSE_POOL), vec![(SOL, 300)]);
		let claim = || Restaking::claim(origin(ALICE), COARSE_POOL);
		assert_noop!(claim(), pallet_assets::Error::<Test>::AssetNotLive);
		assert_ok!(Assets::thaw_asset(origin(ISSUER), SOL));
		assert_ok!(claim());
		assert_eq!(balance(SOL, ALICE), ENDOWMENT + 300);
	});
}

#[test]
fn rewards_of_several_lost_generations_add_up() {
	ExtBuilder::default().build_and_execute(|| {
		for _ in 0..3 {
			stake(ALICE, SOL_POOL, 60);
			stake(BOB, SOL_POOL, 60);
			credit(SOL_POOL, PICA, 100, 10);
			pass(10);
			slash(SOL_POOL, 1, 1);
		}
		assert_eq!(LostGenerations::<Test>::iter().count(), 1);
		assert_eq!(claim(ALICE, SOL_POOL), 150);
		assert_eq!(claim(BOB, SOL_POOL), 150);
		assert_eq!(LostGenerations::<Test>::iter().count(), 0);
	});
}

#[test]
fn claim_fails_where_nothing_is_owed() {
	ExtBuilder::default().build_and_execute(|| {
		let nothing = || Error::<Test>::NothingToClaim;
		assert_noop!(Restaking::claim(origin(ALICE), SOL_POOL), nothing());
		stake(ALICE, SOL_POOL, 1);
		assert_noop!(Restaking::claim(origin(ALICE), SOL_POOL), nothing());
		assert_noop!(Restaking::claim(origin(ALICE), 99), Error::<Test>::PoolNotFound);
		assert_noop!(Restaking::claim(RuntimeOrigin::root(), SOL_POOL), BadOrigin);
		assert_noop!(Restaking::claim_for(RuntimeOrigin::root(), ALICE, SOL_POOL), BadOrigin);
	});
}

#[test]
fn a_claim_pays_back_the_weight_of_currencies_it_did_not_pay() {
	ExtBuilder::default().build_and_execute(|| {
		// As much as either way of it takes.
		let kept = |currencies| Some(Weight::from_parts(currencies, currencies));
		stake(ALICE, SOL_POOL, 1);
		credit(SOL_POOL, PICA, 100, 1);
		pass(1);
		let told = Restaking::claim(origin(ALICE), SOL_POOL).expect("a claim");
		assert_eq!(told.actual_weight, kept(1));
		credit(SOL_POOL, PICA, 100, 1);
		credit(SOL_POOL, SOL, 100, 1);
		pass(1);
		let told = Restaking::claim_for(origin(BOB), ALICE, SOL_POOL).expect("a claim");
		assert_eq!(told.actual_weight, kept(2));
	});
}

#[test]
fn governance_lists_currencies_up_to_the_bound() {
	ExtBuilder::default().build_and_execute(|| {
		let add = |asset| Restaking::add_reward_currency(RuntimeOrigin::root(), asset);
		assert_noop!(add(SOL), Error::<Test>::CurrencyExists);
		assert_noop!(add(4), Error::<Test>::AssetNotFound);
		let before = balance(COARSE, GOVERNANCE);
		assert_ok!(add(COARSE));
		assert_eq!(last_event(), Event::RewardCurrencyAdded { asset: COARSE });
		assert_eq!(balance(COARSE, Restaking::reward_account()), 10);
		assert_eq!(balance(COARSE, GOVERNANCE), before - 10);
		assert_noop!(add(IDLE), Error::<Test>::TooManyCurrencies);
		assert_noop!(Restaking::add_reward_currency(origin(ALICE), IDLE), BadOrigin);
		let told: Vec<_> =
			Restaking::reward_currencies().iter().map(|currency| currency.asset).collect();
		assert_eq!(told, vec![PICA, SOL, COARSE]);
	});
}

#[test]
fn a_retired_currency_takes_no_rewards_and_stays_claimable() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		credit(SOL_POOL, PICA, 100, 10);
		let set =
			|asset, status| Restaking::set_reward_currency(RuntimeOrigin::root(), asset, status);
		assert_ok!(set(PICA, CurrencyStatus::Retired));
		let (old, new) = (CurrencyStatus::Active, CurrencyStatus::Retired);
		assert_eq!(last_event(), Event::RewardCurrencyChanged { asset: PICA, old, new });
		assert_eq!(<Restaking as PoolRewards<_, _>>::currencies(), vec![SOL]);
		assert_noop!(
			Restaking::credit(&GOVERNANCE, PICA, 10, &[(SOL_POOL, 1)]),
			Error::<Test>::CurrencyRetired
		);
		pass(10);
		assert_eq!(claim(ALICE, SOL_POOL), 100);
		assert_ok!(set(PICA, CurrencyStatus::Active));
		credit(SOL_POOL, PICA, 1, 1);
		assert_noop!(set(IDLE, CurrencyStatus::Retired), Error::<Test>::CurrencyNotFound);
		assert_noop!(
			Restaking::set_reward_currency(origin(ALICE), PICA, CurrencyStatus::Retired),
			BadOrigin
		);
	});
}

#[test]
fn pools_tell_what_streams_to_them_and_what_their_operators_have_in_them() {
	ExtBuilder::default().build_and_execute(|| {
		use picasso_primitives::restaking::RewardStreamInfo;
		stake(OPERATOR, SOL_POOL, 30);
		stake(ALICE, SOL_POOL, 70);
		slash(SOL_POOL, 1, 2);
		credit(SOL_POOL, SOL, 100, 10);
		pass(4);
		let told = || Restaking::pool_page(Default::default(), SOL_POOL, 1).items[0].clone();
		assert_eq!((told().self_stake, told().takes_stake), (15, true));
		let stream = RewardStreamInfo { currency: SOL, remaining: 60, until: 11, owed: 100 };
		assert_eq!(told().rewards, vec![stream]);
		assert_ok!(Restaking::set_chilled(RuntimeOrigin::root(), OPERATOR, true));
		assert!(!told().takes_stake);
	});
}

#[test]
fn splitting_a_stake_earns_no_more_than_leaving_it_whole() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 999);
		for _ in 0..9 {
			stake(BOB, SOL_POOL, 111);
		}
		for amount in [1, 7, 1_000] {
			credit(SOL_POOL, PICA, amount, 3);
			pass(3);
			// Touching a position again and again earns nothing.
			stake(BOB, SOL_POOL, 1);
			unstake(BOB, SOL_POOL, 1);
		}
		assert!(claim(BOB, SOL_POOL) <= claim(ALICE, SOL_POOL));
	});
}
