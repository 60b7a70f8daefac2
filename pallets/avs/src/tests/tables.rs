// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What a table says.

use super::*;

/// An AVS with these terms, and operators with these stakes of SOL behind it, in the first era that they
/// count in.
fn avs_with(terms: Terms<AccountId>, stakes: &[u128]) -> u32 {
	let avs = onboard(terms);
	for (operator, amount) in stakes.iter().enumerate() {
		stake(ALICE, sol_pool(operator), *amount);
		join(operator, avs);
		allocate(operator, avs, sol_pool(operator), 100);
	}
	next_era();
	avs
}

fn dormancy(avs: u32) -> Option<Dormancy> {
	Avs::security(avs).unwrap().dormancy
}

fn weights(avs: u32) -> Vec<u128> {
	table(avs).into_iter().map(|(_, weight)| weight).collect()
}

#[test]
fn the_heaviest_serve() {
	ExtBuilder::execute(|| {
		let avs = avs_with(Terms { maximum_operators: 2, ..terms() }, &[10, 30, 20, 20]);
		assert_eq!(table(avs), [(OPERATORS[1], 30), (OPERATORS[2], 20)]);
	});
}

#[test]
fn assets_weigh_as_the_terms_say_up_to_their_caps() {
	ExtBuilder::execute(|| {
		let assets = vec![
			AssetTerms { cap: Some(300), ..asset_terms(PICA) },
			AssetTerms { weight: FixedU128::from_rational(5, 2), ..asset_terms(SOL) },
		];
		let avs = onboard(Terms { assets: assets.try_into().unwrap(), ..terms() });
		for operator in 0..2 {
			join(operator, avs);
			stake(ALICE, sol_pool(operator), 101);
			allocate(operator, avs, sol_pool(operator), 100);
		}
		stake(ALICE, pica_pool(1), 1_000);
		stake(ALICE, pica_pool(0), 500);
		allocate(1, avs, pica_pool(1), 100);
		let of_chain = try_allocate(0, avs, pica_pool(0), percent(100));
		assert_eq!(of_chain, Err(Error::<Test>::PoolExhausted.into()));
		next_era();
		// ⌊101 · 2.5⌋, and 300 of the 1,000.
		assert_eq!(table(avs), [(OPERATORS[1], 552), (OPERATORS[0], 252)]);
		let security = Avs::security(avs).unwrap();
		assert_eq!((security.total, security.operators), (804, 2));
		assert_eq!(security.assets, [(PICA, 300), (SOL, 200)]);
	});
}

#[test]
fn operators_bring_the_least_that_the_terms_ask() {
	ExtBuilder::execute(|| {
		let asked = Terms { minimum_stake: 100, minimum_self_stake: 50, ..terms() };
		let avs = avs_with(asked, &[99, 100, 200]);
		assert_eq!(table(avs), []);
		stake(OPERATORS[1], sol_pool(1), 50);
		stake(OPERATORS[2], sol_pool(2), 49);
		stake(OPERATORS[0], sol_pool(0), 50);
		next_era();
		assert_eq!(table(avs), [(OPERATORS[1], 150), (OPERATORS[0], 149)]);
	});
}

#[test]
fn commissions_keep_to_the_terms() {
	ExtBuilder::execute(|| {
		let cheap = Terms { maximum_commission: Perbill::from_percent(4), ..terms() };
		assert_eq!(table(avs_with(cheap, &[10, 20])), []);
	});
}

#[test]
fn chilled_operators_do_not_serve() {
	ExtBuilder::execute(|| {
		let avs = avs_with(terms(), &[10, 20]);
		assert_ok!(Restaking::set_chilled(RuntimeOrigin::root(), OPERATORS[1], true));
		assert_eq!(weights(avs), [20, 10]);
		next_era();
		assert_eq!(weights(avs), [10]);
	});
}

#[test]
fn no_share_is_above_its_cap() {
	ExtBuilder::execute(|| {
		let shared =
			Terms { maximum_share: Perbill::from_percent(40), minimum_operators: 3, ..terms() };
		let avs = avs_with(shared, &[1_000, 60, 20, 20]);
		assert_eq!(weights(avs), [66, 60, 20, 20]);
		let concentration = Avs::concentration(avs).unwrap();
		assert!(concentration.largest_share <= Perbill::from_percent(40));
		assert_eq!(concentration.nakamoto, 1);
	});
}

#[test]
fn an_avs_lies_dormant_and_says_why() {
	let asked = |change: fn(&mut Terms<AccountId>)| {
		let mut terms = terms();
		change(&mut terms);
		terms
	};
	let cases = [
		(asked(|terms| terms.minimum_operators = 3), Some(Dormancy::TooFewOperators)),
		(
			asked(|terms| (terms.minimum_security, terms.target_security) = (31, 31)),
			Some(Dormancy::TooLittleSecurity),
		),
		(asked(|terms| terms.assets[0].floor = Some(31)), Some(Dormancy::AssetBelowFloor(SOL))),
		(asked(|terms| terms.minimum_nakamoto = 2), Some(Dormancy::TooConcentrated)),
		(asked(|terms| terms.assets[0].floor = Some(30)), None),
	];
	for (terms, expected) in cases {
		ExtBuilder::execute(|| {
			let avs = avs_with(terms, &[10, 20]);
			assert_eq!(dormancy(avs), expected);
			let told = match expected {
				Some(reason) => Event::AvsDormant { avs, reason },
				None => Event::AvsAwake { avs },
			};
			System::assert_has_event(told.into());
		});
	}
}

#[test]
fn an_avs_whose_operators_all_leave_lies_dormant() {
	ExtBuilder::execute(|| {
		let avs = avs_with(terms(), &[10, 20]);
		for operator in [0, 1] {
			assert_ok!(Avs::leave(origin(OPERATORS[operator]), avs));
		}
		next_era();
		assert_eq!((table(avs), dormancy(avs)), (vec![], Some(Dormancy::TooFewOperators)));
	});
}

#[test]
fn entries_are_proved_as_long_as_anybody_is_held_to_them() {
	ExtBuilder::execute(|| {
		let avs = avs_with(terms(), &[10, 20, 30]);
		let first = era();
		let proof = Avs::entry_with_proof(avs, first, &OPERATORS[1]).unwrap();
		assert_eq!((proof.weight, proof.index), (20, 1));
		assert_eq!(
			Avs::entry_with_proof(avs, first, &OPERATORS[3]),
			Err(Error::<Test>::EntryNotFound.into())
		);
		let verify = |proof: &EntryProof<AccountId>| {
			<Avs as StakeTables<AccountId>>::verify_entry(avs, first, proof)
		};
		assert!(verify(&proof));
		assert!(!verify(&EntryProof { weight: 21, ..proof.clone() }));
		run_to_era(first + 2);
		assert_eq!(
			Avs::entry_with_proof(avs, first, &OPERATORS[1]),
			Err(Error::<Test>::EntryNotFound.into())
		);
		run_to_era(first + UNBONDING);
		assert!(verify(&proof));
		run_to_era(first + UNBONDING + 2);
		assert!(!verify(&proof));
		assert_eq!(Tables::<Test>::iter_prefix(avs).count() as u32, UNBONDING + 1);
	});
}

#[test]
fn a_long_table_is_told_by_pages() {
	ExtBuilder::execute(|| {
		let avs = avs_with(terms(), &[10, 20, 30]);
		let page = Avs::table_page(avs, era(), 0);
		assert_eq!((page.items.len(), page.next), (3, None));
		assert_eq!(page.items[0].pools, [(sol_pool(2), 30)]);
		assert_eq!(Avs::table_page(avs, era(), 1).items, []);
		assert_eq!(Avs::avs_page(0, 1).next, Some(1));
		assert_eq!(Avs::avs_page(1, 10).items[0].table, Some(era()));
		let known = Avs::operator_allocations(&OPERATORS[0]);
		assert_eq!(known.iter().map(|info| info.avs).collect::<Vec<_>>(), [0, 1]);
		assert_eq!(known[1].counted, FixedU128::from_u32(1));
	});
}

#[test]
fn the_chain_has_its_first_table_from_genesis() {
	ExtBuilder::execute(|| {
		assert_eq!(Avss::<Test>::get(CHAIN).unwrap().tables.last, Some(0));
		stake(ALICE, pica_pool(0), 500);
		next_era();
		assert_eq!(table(CHAIN), [(OPERATORS[0], 500)]);
		assert_ok!(Avs::join(origin(OPERATORS[1]), CHAIN, None));
		stake(ALICE, pica_pool(1), 600);
		allocate(1, CHAIN, pica_pool(1), 50);
		next_era();
		assert_eq!(table(CHAIN), [(OPERATORS[0], 500), (OPERATORS[1], 300)]);
	});
}

#[test]
fn a_session_that_no_table_chose_for_has_the_one_of_the_session_before() {
	ExtBuilder::execute(|| {
		Avs::note_session(0, None);
		Avs::note_session(1, Some(3));
		Avs::note_session(2, None);
		assert_eq!([0, 1, 2, 3].map(Avs::table_of_session), [Some(0), Some(3), Some(3), None]);
		Avs::forget_session(1);
		assert_eq!(Avs::table_of_session(1), None);
	});
}
