// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use super::*;
use picasso_primitives::restaking::{ExitPreview, PoolFilter, PositionInfo, TicketInfo, MAX_PAGE};

#[test]
fn era_and_vaults_are_told() {
	ExtBuilder::default().build_and_execute(|| {
		run_to_era(2);
		let era = Restaking::era_info().unwrap();
		assert_eq!((era.index, era.started, era.length, era.unbonding), (2, 20, 10, UNBONDING));
		stake(ALICE, SOL_POOL, 100);
		let vaults = Restaking::vault_infos();
		assert_eq!(
			vaults.iter().map(|vault| (vault.asset, vault.custody)).collect::<Vec<_>>(),
			vec![(PICA, 0), (SOL, 100), (COARSE, 0)]
		);
		assert_eq!(vaults[1].account, Restaking::vault_account(SOL));
	});
}

#[test]
fn operators_are_told_page_by_page() {
	ExtBuilder::default().build_and_execute(|| {
		for who in 100..110 {
			assert_ok!(Balances::transfer_keep_alive(origin(ALICE), who, 10 * UNIT));
			assert_ok!(Restaking::register_operator(origin(who), Perbill::zero(), vec![]));
		}
		let (mut seen, mut start) = (vec![], None);
		loop {
			let page = Restaking::operator_page(start, 3);
			assert!(page.items.len() <= 3);
			seen.extend(page.items.into_iter().map(|info| (info.operator, info.pools)));
			start = page.next;
			if start.is_none() {
				break;
			}
		}
		seen.sort();
		assert_eq!(seen.len(), 11);
		assert_eq!(seen[0], (OPERATOR, vec![0, 1, 2]));
		let whole = Restaking::operator_page(None, u32::MAX);
		assert_eq!((whole.items.len(), whole.next), (11, None));
	});
}

#[test]
fn pools_are_told_by_operator_and_asset() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Restaking::register_operator(origin(BOB), Perbill::zero(), vec![]));
		assert_ok!(Restaking::create_pool(origin(BOB), SOL, b"b".to_vec()));
		stake(ALICE, SOL_POOL, 100);
		unstake(ALICE, SOL_POOL, 30);
		let pools = |operator, asset, start, count| {
			let page = Restaking::pool_page(PoolFilter { operator, asset }, start, count);
			(page.items.iter().map(|info| info.pool).collect::<Vec<_>>(), page.next)
		};
		assert_eq!(pools(None, None, 0, MAX_PAGE), (vec![0, 1, 2, 3], None));
		assert_eq!(pools(None, None, 0, 3), (vec![0, 1, 2], Some(3)));
		assert_eq!(pools(None, None, 3, 3), (vec![3], None));
		assert_eq!(pools(Some(BOB), None, 0, 2), (vec![], Some(2)));
		assert_eq!(pools(Some(BOB), None, 2, 2), (vec![3], None));
		assert_eq!(pools(None, Some(SOL), 0, MAX_PAGE), (vec![0, 3], None));
		assert_eq!(pools(Some(OPERATOR), Some(SOL), 0, MAX_PAGE), (vec![0], None));
		assert_eq!(pools(None, None, u32::MAX, MAX_PAGE), (vec![], None));
		let info = &Restaking::pool_page(PoolFilter::default(), 0, 1).items[0];
		assert_eq!((info.active, info.shares, info.unbonding), (70, 70, 30));
	});
}

#[test]
fn a_position_is_told_with_its_value_and_tickets() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		stake(ALICE, PICA_POOL, 50);
		let ticket = unstake(ALICE, SOL_POOL, 40);
		slash(SOL_POOL, 1, 2);
		let told = || Restaking::account_info(&ALICE);
		let position = |pool, asset, shares, value| PositionInfo {
			pool,
			asset,
			shares,
			value,
			rewards: vec![],
			compounds: false,
		};
		let expected = [position(SOL_POOL, SOL, 60, 30), position(PICA_POOL, PICA, 50, 50)];
		assert_eq!(told().positions, expected);
		let info = |mature| TicketInfo { ticket, asset: SOL, points: 40, value: 20, mature };
		assert_eq!(told().tickets, vec![info(false)]);
		run_to_era(ticket.maturity);
		assert_eq!(told().tickets, vec![info(true)]);
		// The same when its bucket is stored apart.
		unstake(ALICE, SOL_POOL, 2);
		assert_eq!(told().tickets[0], info(true));
		assert_eq!(Restaking::account_info(&BOB).positions, vec![]);
	});
}

#[test]
fn what_is_lost_is_told_as_worth_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		unstake(ALICE, SOL_POOL, 40);
		slash(SOL_POOL, 1, 1);
		stake(BOB, SOL_POOL, 100);
		unstake(BOB, SOL_POOL, 40);
		let told = Restaking::account_info(&ALICE);
		assert_eq!((told.positions[0].value, told.tickets[0].value), (0, 0));
	});
}

#[test]
fn previews_tell_what_the_calls_will_do_or_why_they_will_not() {
	ExtBuilder::default().build_and_execute(|| {
		stake(ALICE, SOL_POOL, 100);
		slash(SOL_POOL, 1, 2);
		assert_eq!(Restaking::preview_stake(SOL_POOL, 10), Ok(20));
		assert_eq!(Restaking::preview_stake(SOL_POOL, 0), Err(Error::<Test>::ZeroAmount.into()));
		assert_eq!(Restaking::preview_stake(SOL_POOL, CAP), Err(Error::<Test>::VaultFull.into()));
		assert_eq!(Restaking::preview_stake(99, 1), Err(Error::<Test>::PoolNotFound.into()));
		let ticket = TicketId { pool: SOL_POOL, maturity: 8, into: None };
		assert_eq!(Restaking::preview_unstake(SOL_POOL, 10), Ok(ExitPreview { amount: 5, ticket }));
		assert_eq!(
			Restaking::preview_unstake(SOL_POOL, 1),
			Err(Error::<Test>::ExitWorthNothing.into())
		);
		assert_eq!(
			Restaking::preview_unstake(SOL_POOL, 101),
			Err(Error::<Test>::NotEnoughShares.into())
		);
		assert_eq!(Restaking::preview_unstake(99, 1), Err(Error::<Test>::PoolNotFound.into()));
		assert_eq!(unstake(ALICE, SOL_POOL, 10), ticket);
		assert_ok!(Restaking::set_pool_status(origin(OPERATOR), SOL_POOL, PoolStatus::Closed));
		let refused = Err(Error::<Test>::PoolNotOpen.into());
		assert_eq!(Restaking::preview_stake(SOL_POOL, 10), refused);
	});
}
