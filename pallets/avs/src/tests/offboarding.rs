// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! How AVSs go.

use super::*;

fn avs_of_one() -> u32 {
	let avs = onboard(terms());
	stake(ALICE, sol_pool(1), 1_000);
	join(1, avs);
	allocate(1, avs, sol_pool(1), 50);
	next_era();
	avs
}

#[test]
fn an_avs_keeps_its_rights_until_its_last_era() {
	ExtBuilder::execute(|| {
		let avs = avs_of_one();
		assert_noop!(Avs::offboard(origin(BOB), avs), Error::<Test>::NotAvsOwner);
		assert_ok!(Avs::offboard(origin(ALICE), avs));
		// An exit made in era 1 matures in era 8; the notice is 3.
		assert_eq!(last_event(), Event::OffboardingStarted { avs, until: 8 });
		assert_noop!(Avs::offboard(origin(ALICE), avs), Error::<Test>::AvsLeaving);
		run_to_era(7);
		assert_eq!(table(avs), [(OPERATORS[1], 500)]);
		assert_eq!(slash(avs, 1, 1, 10)[0].active, 50);
		next_era();
		assert_eq!(table(avs), []);
		assert_eq!(slash(avs, 1, 1, 9)[0].active, 50);
	});
}

#[test]
fn governance_sends_an_avs_away() {
	ExtBuilder::execute(|| {
		let avs = avs_of_one();
		assert_ok!(Avs::offboard(RuntimeOrigin::root(), avs));
	});
}

#[test]
fn operators_of_a_dead_avs_are_released_one_by_one_and_it_is_forgotten() {
	ExtBuilder::execute(|| {
		let avs = avs_of_one();
		assert_ok!(Avs::admit(origin(ALICE), avs, OPERATORS[2]));
		assert_ok!(Avs::offboard(origin(ALICE), avs));
		run_to_era(8);
		assert_ok!(Avs::remove_unfit(origin(BOB), avs, OPERATORS[1]));
		assert_ok!(Avs::withdraw_invitation(origin(BOB), avs, OPERATORS[2]));
		run_to_era(17);
		assert_ok!(Avs::free_allocation(origin(BOB), avs, sol_pool(1)));
		assert_ok!(Avs::release_operator(origin(BOB), avs, OPERATORS[1]));
		next_era();
		assert_eq!(Avs::avs_info(avs), None);
		assert_eq!(Tables::<Test>::iter_prefix(avs).count(), 0);
		assert_eq!(TablePages::<Test>::iter_prefix((avs,)).count(), 0);
		assert_eq!(last_event(), Event::EraTurned { era: era(), blocks: 1 });
		System::assert_has_event(Event::Offboarded { avs }.into());
	});
}
