// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! A state that breaks an invariant is caught, and by the check of that invariant.

use super::*;

/// A ledger with stake, an exit in the list and one stored apart; corrupted by `corrupt`.
fn complaint_about(corrupt: impl FnOnce()) -> String {
	ExtBuilder::default().build().execute_with(|| {
		stake(ALICE, SOL_POOL, 100);
		let ticket = unstake(ALICE, SOL_POOL, 10);
		run_to_era(ticket.maturity);
		unstake(ALICE, SOL_POOL, 10);
		run_to_era(ticket.maturity + GRANULARITY);
		unstake(ALICE, SOL_POOL, 10);
		assert_eq!(MaturedBuckets::<Test>::iter().count(), 1);
		Restaking::do_try_state().expect("invariants hold before");
		corrupt();
		match Restaking::do_try_state().expect_err("the corruption is caught") {
			sp_runtime::DispatchError::Other(complaint) => complaint.into(),
			other => panic!("not a complaint: {other:?}"),
		}
	})
}

fn with_pool(change: impl FnOnce(&mut Pool<Test>)) {
	Pools::<Test>::mutate(SOL_POOL, |pool| change(pool.as_mut().unwrap()));
}

fn with_vault(change: impl FnOnce(&mut Vault)) {
	Vaults::<Test>::mutate(SOL, |vault| change(vault.as_mut().unwrap()));
}

#[test]
fn custody_that_is_not_the_sum_is_caught() {
	assert!(complaint_about(|| with_vault(|vault| vault.custody += 1)).starts_with("1:"));
	assert!(complaint_about(|| with_pool(|pool| pool.active.balance -= 1)).starts_with("1:"));
	assert!(
		complaint_about(|| with_pool(|pool| pool.buckets[0].exits.balance -= 1)).starts_with("1:")
	);
}

#[test]
fn custody_that_is_not_held_is_caught() {
	let complaint = complaint_about(|| {
		let vault = Restaking::vault_account(SOL);
		assert_ok!(Assets::burn(origin(ISSUER), SOL, vault, 2));
	});
	assert_eq!(complaint, "1: the vault's account holds less than its custody");
}

#[test]
fn stake_without_a_vault_is_caught() {
	assert_eq!(
		complaint_about(|| Vaults::<Test>::remove(SOL)),
		"1: stake in an asset without a vault"
	);
}

#[test]
fn shares_that_nobody_holds_are_caught() {
	assert!(complaint_about(|| with_pool(|pool| pool.active.shares += 1)).starts_with("2:"));
	assert!(complaint_about(|| Positions::<Test>::remove(ALICE, SOL_POOL)).starts_with("2:"));
	let empty = position(0, 0);
	assert_eq!(
		complaint_about(|| Positions::<Test>::insert(BOB, SOL_POOL, empty)),
		"2: an empty position"
	);
	let ahead = position(1, 1);
	assert_eq!(
		complaint_about(|| Positions::<Test>::insert(BOB, SOL_POOL, ahead)),
		"2: a position ahead of its pool"
	);
	let shares = position(0, 1);
	assert_eq!(
		complaint_about(|| Positions::<Test>::insert(BOB, 99, shares)),
		"2: a position in no pool"
	);
}

#[test]
fn a_position_that_compounds_where_it_cannot_is_caught() {
	let complaint = complaint_about(|| {
		Positions::<Test>::mutate(ALICE, SOL_POOL, |position| {
			position.as_mut().unwrap().compounds = true;
		});
	});
	assert_eq!(complaint, "2: a position compounds what its pool cannot take");
}

#[test]
fn points_that_nobody_holds_are_caught() {
	assert!(
		complaint_about(|| with_pool(|pool| pool.buckets[0].exits.shares += 1)).starts_with("2:")
	);
	let (id, ticket) =
		(TicketId { pool: SOL_POOL, maturity: 8, into: None }, Ticket { generation: 0, points: 0 });
	assert_eq!(complaint_about(|| Tickets::<Test>::insert(BOB, id, ticket)), "2: an empty ticket");
	assert!(complaint_about(|| Tickets::<Test>::remove(ALICE, id)).starts_with("2:"));
}

#[test]
fn a_share_worth_more_than_a_planck_is_caught() {
	let complaint = complaint_about(|| {
		with_pool(|pool| pool.active.balance += 1);
		with_vault(|vault| vault.custody += 1);
	});
	assert_eq!(complaint, "3: a share is worth more than a planck");
	let complaint = complaint_about(|| {
		with_pool(|pool| pool.buckets[0].exits.balance += 1);
		with_vault(|vault| vault.custody += 1);
	});
	assert_eq!(complaint, "3: a point is worth more than a planck");
}

#[test]
fn buckets_in_disorder_are_caught() {
	assert_eq!(
		complaint_about(|| with_pool(|pool| pool.buckets.as_mut().reverse())),
		"4: buckets do not ascend"
	);
	let empty = Bucket { maturity: 100, generation: 0, exits: SharePool::default() };
	assert_eq!(
		complaint_about(|| with_pool(|pool| pool.buckets.try_push(empty).unwrap())),
		"4: an empty bucket"
	);
}

#[test]
fn a_bucket_stored_apart_before_its_time_or_twice_is_caught() {
	let complaint = complaint_about(|| {
		CurrentEra::<Test>::mutate(|clock| clock.as_mut().unwrap().index = 7);
	});
	assert_eq!(complaint, "4: an unmatured or empty bucket among the matured");
	let complaint = complaint_about(|| {
		let mut bucket = MaturedBuckets::<Test>::take(SOL_POOL, 8).unwrap();
		let listed = Pools::<Test>::get(SOL_POOL).unwrap().buckets[0].maturity;
		let (old, new) = (
			TicketId { pool: SOL_POOL, maturity: 8, into: None },
			TicketId { pool: SOL_POOL, maturity: listed, into: None },
		);
		let ticket = Tickets::<Test>::take(ALICE, old).unwrap();
		bucket.maturity = listed;
		bucket.generation = 1;
		run_to_era(listed);
		MaturedBuckets::<Test>::insert(SOL_POOL, listed, bucket);
		Tickets::<Test>::insert(BOB, new, Ticket { generation: 1, ..ticket });
	});
	assert_eq!(complaint, "4: a bucket both listed and stored apart");
}

#[test]
fn wrong_lists_of_pools_are_caught() {
	let complaint = complaint_about(|| {
		Operators::<Test>::mutate(OPERATOR, |operator| operator.as_mut().unwrap().pools += 1);
	});
	assert_eq!(complaint, "5: an operator's count of pools is wrong");
	assert_eq!(
		complaint_about(|| with_pool(|pool| pool.operator = BOB)),
		"5: a pool is listed under another operator or asset"
	);
	assert_eq!(complaint_about(|| Operators::<Test>::remove(OPERATOR)), "5: pools of no operator");
	assert_eq!(
		complaint_about(|| PoolsByAsset::<Test>::remove(SOL, SOL_POOL)),
		"5: a pool is not of its asset"
	);
	assert_eq!(
		complaint_about(|| PoolsByAsset::<Test>::insert(SOL, 99, ())),
		"5: an asset lists no pool"
	);
}

fn with_operator(change: impl FnOnce(&mut Operator<Test>)) {
	Operators::<Test>::mutate(OPERATOR, |operator| change(operator.as_mut().unwrap()));
}

/// A ledger whose SOL pool earns, was lost once with what it had earned, and earns again.
fn complaint_about_rewards(corrupt: impl FnOnce()) -> String {
	complaint_about(|| {
		assert_ok!(Balances::transfer_keep_alive(origin(ALICE), TREASURY, UNIT));
		stake(BOB, SOL_POOL, 100);
		credit(SOL_POOL, PICA, 1_000, 10);
		run_to_block(System::block_number() + 5);
		slash(SOL_POOL, 1, 1);
		stake(GOVERNANCE, SOL_POOL, 100);
		Restaking::do_try_state().expect("invariants hold before");
		corrupt();
	})
}

fn with_lost(change: impl FnOnce(&mut LostGeneration<Test>)) {
	LostGenerations::<Test>::mutate(SOL_POOL, 0, |lost| change(lost.as_mut().unwrap()));
}

#[test]
fn a_lost_generation_that_is_not_its_positions_is_caught() {
	assert_eq!(
		complaint_about_rewards(|| with_lost(|lost| lost.shares += 1)),
		"2: a lost generation's shares are not its positions'"
	);
	let complaint = complaint_about_rewards(|| {
		let lost = LostGenerations::<Test>::get(SOL_POOL, 0).unwrap();
		LostGenerations::<Test>::insert(SOL_POOL, 1, lost);
	});
	assert_eq!(complaint, "2: a generation is lost that is not over");
	let complaint = complaint_about_rewards(|| {
		let lost = LostGenerations::<Test>::get(SOL_POOL, 0).unwrap();
		LostGenerations::<Test>::insert(99, 0, lost);
	});
	assert_eq!(complaint, "2: a lost generation of no pool");
}

#[test]
fn wrong_counts_of_approvals_and_positions_are_caught() {
	assert_eq!(
		complaint_about(|| with_operator(|operator| operator.approvals += 1)),
		"5: an operator's count of approvals is wrong"
	);
	assert_eq!(
		complaint_about(|| Approvals::<Test>::insert(BOB, ALICE, ())),
		"5: approvals of no operator"
	);
	assert_eq!(
		complaint_about(|| with_pool(|pool| pool.positions += 1)),
		"5: a pool's count of positions is wrong"
	);
	assert_eq!(
		complaint_about(|| with_pool(|pool| pool.own_shares += 1)),
		"5: a pool takes its operator to have other shares"
	);
}

#[test]
fn a_pool_that_mistakes_its_operator_is_caught() {
	assert_eq!(
		complaint_about(|| with_pool(|pool| pool.suspended = true)),
		"5: a pool takes its operator to be what it is not"
	);
	assert_eq!(
		complaint_about(|| with_operator(|operator| operator.chilled = true)),
		"5: a pool takes its operator to be what it is not"
	);
	let complaint = complaint_about(|| {
		let leaving = OperatorStatus::Leaving;
		assert_ok!(Restaking::set_operator_status(origin(OPERATOR), leaving));
		with_pool(|pool| pool.status = PoolStatus::Closed);
	});
	assert_eq!(complaint, "5: a pool outlives its operator");
	let complaint = complaint_about(|| {
		PoolsByOperator::<Test>::remove(OPERATOR, SOL);
		with_operator(|operator| operator.pools -= 1);
	});
	assert_eq!(complaint, "5: a pool is not listed");
	assert_eq!(complaint_about(|| PoolNames::<Test>::remove(SOL_POOL)), "5: a pool has no name");
	let complaint =
		complaint_about(|| PoolNames::<Test>::insert(77, sp_runtime::BoundedVec::new()));
	assert_eq!(complaint, "5: a name of no pool");
}

#[test]
fn rewards_that_are_not_covered_are_caught() {
	let with_slot = |change: fn(&mut RewardSlot<u64>)| {
		complaint_about_rewards(|| with_pool(|pool| change(&mut pool.rewards.slots[0])))
	};
	// Rounding leaves less than a planck for each of the three positions.
	let uncovered = "6: a pool owes more than it was credited";
	assert_eq!(with_slot(|slot| slot.owed -= 3), uncovered);
	assert_eq!(with_slot(|slot| slot.unearned += 3), uncovered);
	assert_eq!(with_slot(|slot| slot.stream.remaining += 3), uncovered);
	assert_eq!(
		with_slot(|slot| slot.owed += UNIT * 10),
		"6: the account of rewards holds less than is owed"
	);
	assert_eq!(
		complaint_about_rewards(RewardCurrencies::<Test>::kill),
		"6: a counter of no currency"
	);
	assert_eq!(
		complaint_about_rewards(|| with_pool(|pool| pool.rewards.slots.clear())),
		"6: a tally without a counter"
	);
}

#[test]
fn a_donation_breaks_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Assets::transfer(origin(ALICE), SOL, Restaking::vault_account(SOL), 5));
	});
}
