// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Who is kept from serving, how long, and who is not any more.

use super::*;
use picasso_primitives::{avs::StakeTables, slashing::Jails};

const AVS: u32 = 0;

fn operator() -> AccountId {
	OPERATORS[1]
}

fn detain(due: u32, until: u32) -> bool {
	Avs::detain(AVS, &operator(), due, until)
}

fn acquit(due: u32, until: u32) {
	Avs::acquit(AVS, &operator(), due, until);
}

fn is_excluded() -> bool {
	Avs::is_excluded(AVS, &operator())
}

/// The eras, of the next few, in which it is kept from serving.
fn excluded_eras(up_to: u32) -> Vec<u32> {
	let eras = (era()..up_to).collect::<Vec<_>>();
	eras.into_iter()
		.filter(|wanted| {
			run_to_era(*wanted);
			is_excluded()
		})
		.collect()
}

#[test]
fn who_is_detained_serves_what_the_verdict_asks_for_without_another_word() {
	ExtBuilder::execute(|| {
		assert!(detain(3, 5));
		assert_eq!(excluded_eras(7), [0, 1, 2, 3, 4]);
	});
}

#[test]
fn an_acquittal_takes_back_one_detention_and_no_other() {
	ExtBuilder::execute(|| {
		assert!(detain(3, 5) && detain(4, 9) && detain(4, 9));
		acquit(4, 9);
		acquit(4, 9);
		assert!(System::events().is_empty());
		assert_eq!(excluded_eras(7), [0, 1, 2, 3, 4]);
	});
}

#[test]
fn an_acquittal_of_the_last_one_readmits_the_operator() {
	ExtBuilder::execute(|| {
		assert!(detain(3, 5) && detain(4, 9));
		acquit(3, 5);
		acquit(4, 9);
		assert_eq!(last_event(), Event::OperatorReadmitted { avs: AVS, operator: operator() });
		assert!(!is_excluded());
		assert_eq!(Exclusions::<Test>::iter().count(), 0);
	});
}

#[test]
fn an_acquittal_ends_no_jail() {
	ExtBuilder::execute(|| {
		Avs::jail(AVS, &operator(), 4);
		assert!(detain(3, 9));
		acquit(3, 9);
		assert_eq!(excluded_eras(6), [0, 1, 2, 3]);
	});
}

#[test]
fn a_jail_only_grows() {
	ExtBuilder::execute(|| {
		for until in [5, 3, 4] {
			Avs::jail(AVS, &operator(), until);
		}
		assert_eq!(excluded_eras(7), [0, 1, 2, 3, 4]);
		Avs::jail(AVS, &operator(), u32::MAX);
		run_to_era(20);
		assert!(is_excluded());
	});
}

/// So many are awaited at a time, and no more: they make room when they came.
#[test]
fn verdicts_that_are_awaited_are_bounded() {
	ExtBuilder::execute(|| {
		for _ in 0..MAX_AWAITED {
			assert!(detain(3, 5));
		}
		assert!(!detain(3, 9));
		run_to_era(3);
		assert!(detain(6, 8));
		let Exclusion { until, awaited } = Exclusions::<Test>::get(AVS, operator());
		assert_eq!((until, awaited.len()), (5, 1));
		assert_eq!(excluded_eras(10), [3, 4, 5, 6, 7]);
	});
}
