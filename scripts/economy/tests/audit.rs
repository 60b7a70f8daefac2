// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! What is counted is found to be wrong where it is: a planck too many or too few, anywhere.

use pallet_restaking::{Pools, Vaults};
use picasso_economy::{
	dice::Dice,
	walk,
	world::{Chain, World},
};
use picasso_primitives::{assets::PICA, AssetId};
use picasso_runtime::{AccountId, Assets, Balances, Emissions, Restaking, Runtime};

/// A chain on which nothing has happened yet but a few blocks.
fn on_chain(check: impl FnOnce(&mut Chain, AssetId)) {
	let (scene, _) = walk::scene(&mut Dice::new(1));
	World::new(scene, 1).on_chain(|chain| {
		chain.pass(50);
		assert_eq!(chain.check_money(), Ok(()));
		assert_eq!(chain.check_invariants(), Ok(()));
		let foreign = chain.scene.assets[1].id;
		check(chain, foreign)
	})
}

fn found(what: &str, corrupt: impl FnOnce(&mut Chain, AssetId)) {
	on_chain(|chain, foreign| {
		corrupt(chain, foreign);
		let told = chain.check_money().expect_err(what);
		assert!(told.contains(what), "{told}");
	});
}

fn move_foreign(asset: AssetId, from: &AccountId, to: &AccountId) {
	use frame_support::traits::{fungibles::Mutate, tokens::Preservation::Expendable};
	<Assets as Mutate<_>>::transfer(asset, from, to, 1, Expendable).expect("there is one");
}

fn move_pica(from: &AccountId, to: &AccountId) {
	use frame_support::traits::{fungible::Mutate, tokens::Preservation::Expendable};
	<Balances as Mutate<_>>::transfer(from, to, 1, Expendable).expect("there is one");
}

#[test]
fn a_planck_that_nobody_made_is_found() {
	use frame_support::traits::{fungible, fungibles};
	let treasury = Chain::treasury();
	found("issuance of 1:", |_, _| {
		<Balances as fungible::Unbalanced<_>>::set_total_issuance(1);
	});
	found("issuance", |_, foreign| {
		<Assets as fungibles::Mutate<_>>::mint_into(foreign, &treasury, 1).expect("it can be");
	});
	// It is in an event, and no pallet says that it made it.
	found("PICA were made", |chain, _| {
		<Balances as fungible::Mutate<_>>::mint_into(&treasury, 1).expect("it can be");
		chain.take_note();
	});
	found("PICA were destroyed", |chain, _| {
		use frame_support::traits::tokens::{
			Fortitude::Force, Precision::Exact, Preservation::Expendable,
		};
		<Balances as fungible::Mutate<_>>::burn_from(&treasury, 1, Expendable, Exact, Force)
			.expect("there is one");
		chain.take_note();
	});
}

#[test]
fn a_planck_that_is_missing_in_a_vault_or_counted_twice_is_found() {
	let treasury = Chain::treasury();
	found("the vault of", |_, foreign| {
		move_foreign(foreign, &treasury, &Restaking::vault_account(foreign));
	});
	found("the vault of 1 ", |_, _| move_pica(&Restaking::vault_account(PICA), &treasury));
	found("custody of 1 ", |_, _| {
		Vaults::<Runtime>::mutate(PICA, |vault| vault.as_mut().expect("a vault").custody += 1);
	});
	found("custody of 1 ", |_, _| {
		let pool = Pools::<Runtime>::iter().find(|(_, pool)| pool.active.balance > 0);
		let (id, mut pool) = pool.expect("validators have stake");
		pool.active.balance -= 1;
		Pools::<Runtime>::insert(id, pool);
	});
}

#[test]
fn a_planck_that_is_owed_and_not_there_is_found() {
	let treasury = Chain::treasury();
	found("of rewards of 1 ", |_, _| move_pica(&Restaking::reward_account(), &treasury));
	found("to be paid of 1 ", |_, _| move_pica(&Emissions::account(), &treasury));
	found("to be paid of 1 ", |_, _| pallet_emissions::Pot::<Runtime>::mutate(|pot| *pot += 1));
	found("to be paid of", |_, foreign| {
		pallet_emissions::Accounts::<Runtime>::mutate(7, |account| {
			account.escrow.put(foreign, 1).expect("there is room");
		});
	});
	found("to be paid of", |_, foreign| {
		pallet_emissions::DuePay::<Runtime>::mutate(7, 7, |due| {
			due.put(foreign, 1).expect("there is room");
		});
	});
	found("to be paid of", |_, foreign| {
		pallet_emissions::Dues::<Runtime>::insert(&treasury, foreign, 1);
	});
}

#[test]
fn what_a_pallet_takes_to_be_impossible_is_found() {
	picasso_economy::watch::begin();
	on_chain(|chain, _| {
		log::error!(target: "runtime::defensive", "it happened");
		assert!(chain.check_money().is_err_and(|told| told.contains("it happened")));
		assert_eq!(chain.check_money(), Ok(()));
	});
}
