// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The tracks are those of the table.

use crate::{
	configs::governance::tracks::{
		ShortestDisputeWindow, SubmissionDeposit, Tracks, VoteLockingPeriod,
	},
	constants::{
		currency::PICA,
		time::{DAYS, HOURS, MINUTES},
	},
	tests::network,
	*,
};
use frame_support::traits::Get;
use pallet_referenda::{Curve, TracksInfo};
use sp_runtime::Perbill;

/// Name, deciding at once, deposit in PICA; to prepare, to decide, to confirm and to enact, in blocks.
type Row = (&'static str, u32, u128, [BlockNumber; 4]);

const TABLE: [Row; 7] = [
	("root", 5, 5_000_000, [DAYS, 10 * DAYS, DAYS, DAYS]),
	("whitelisted_caller", 25, 500_000, [10 * MINUTES, 10 * DAYS, 30 * MINUTES, 10 * MINUTES]),
	("general_admin", 10, 1_000_000, [HOURS, 10 * DAYS, DAYS, DAYS]),
	("referendum_canceller", 10, 1_000_000, [HOURS, 10 * DAYS, 3 * HOURS, 10 * MINUTES]),
	("referendum_killer", 25, 1_000_000, [HOURS, 10 * DAYS, 3 * HOURS, 10 * MINUTES]),
	("avs_admin", 50, 100_000, [HOURS, 7 * DAYS, 12 * HOURS, 4 * HOURS]),
	("slash_admin", 100, 10_000, [10 * MINUTES, 12 * HOURS, HOURS, 10 * MINUTES]),
];

fn name(bytes: &[u8]) -> &str {
	core::str::from_utf8(bytes).expect("a name").trim_end_matches('\0')
}

#[test]
fn tracks_in_production_are_those_of_the_table() {
	sp_io::TestExternalities::default().execute_with(|| {
		Tracks::check_integrity().expect("sorted by number");
		let tracks: Vec<_> = Tracks::tracks().collect();
		assert_eq!(tracks.len(), TABLE.len());
		for (track, (expected, deciding, deposit, periods)) in tracks.iter().zip(TABLE) {
			let info = &track.info;
			assert_eq!(name(&info.name), expected);
			assert_eq!((info.max_deciding, info.decision_deposit), (deciding, deposit * PICA));
			let own = [
				info.prepare_period,
				info.decision_period,
				info.confirm_period,
				info.min_enactment_period,
			];
			assert_eq!(own, periods, "{expected}");
		}
		assert_eq!(SubmissionDeposit::get(), 20_000 * PICA);
		assert_eq!(<VoteLockingPeriod as Get<BlockNumber>>::get(), 28 * DAYS);
	});
}

#[test]
fn tracks_in_development_differ_by_their_periods_alone_and_take_minutes() {
	let production: Vec<_> = sp_io::TestExternalities::default()
		.execute_with(|| Tracks::tracks().map(|track| track.into_owned()).collect());
	network(DEVELOPMENT).execute_with(|| {
		for (track, expected) in Tracks::tracks().zip(production) {
			let mut own = track.info.clone();
			let all = own.prepare_period + own.decision_period + own.confirm_period;
			assert!(all + own.min_enactment_period <= 3 * MINUTES);
			own.prepare_period = expected.info.prepare_period;
			own.decision_period = expected.info.decision_period;
			own.confirm_period = expected.info.confirm_period;
			own.min_enactment_period = expected.info.min_enactment_period;
			assert_eq!(own, expected.info);
		}
	});
}

#[test]
fn a_slash_can_be_cancelled_within_the_shortest_dispute_window() {
	let fits = || {
		let window: BlockNumber = ShortestDisputeWindow::get();
		let track = Tracks::tracks().last().expect("tracks");
		assert_eq!(name(&track.info.name), "slash_admin");
		let info = &track.info;
		let all = info.prepare_period + info.decision_period + info.confirm_period;
		assert!(all + info.min_enactment_period < window);
	};
	sp_io::TestExternalities::default().execute_with(fits);
	network(DEVELOPMENT).execute_with(fits);
}

/// Where a curve is after a part of the decision period, in per mille.
fn at(curve: &Curve, passed: BlockNumber, of: BlockNumber) -> u32 {
	(curve.threshold(Perbill::from_rational(passed, of)).deconstruct() + 500_000) / 1_000_000
}

#[test]
fn thresholds_fall_as_the_table_says() {
	// Number of the track; whether approval or support; after how long and what, in per mille.
	const POINTS: [(u16, bool, [(BlockNumber, u32); 3]); 14] = [
		(0, true, [(0, 1_000), (2 * DAYS, 800), (10 * DAYS, 500)]),
		(0, false, [(0, 500), (5 * DAYS, 253), (10 * DAYS, 5)]),
		(1, true, [(0, 1_000), (2 * DAYS, 800), (10 * DAYS, 500)]),
		(1, false, [(0, 20), (HOURS, 10), (10 * DAYS, 0)]),
		(2, true, [(0, 1_000), (2 * DAYS, 800), (10 * DAYS, 500)]),
		(2, false, [(0, 500), (5 * DAYS, 100), (10 * DAYS, 0)]),
		(3, true, [(0, 1_000), (2 * DAYS, 800), (10 * DAYS, 500)]),
		(3, false, [(0, 100), (DAYS, 10), (10 * DAYS, 0)]),
		(4, true, [(0, 1_000), (2 * DAYS, 800), (10 * DAYS, 500)]),
		(4, false, [(0, 100), (DAYS, 10), (10 * DAYS, 0)]),
		(10, true, [(0, 1_000), (2 * DAYS, 800), (7 * DAYS, 500)]),
		(10, false, [(0, 250), (5 * DAYS, 20), (7 * DAYS, 5)]),
		(11, true, [(0, 1_000), (3 * HOURS, 600), (12 * HOURS, 500)]),
		(11, false, [(0, 100), (3 * HOURS, 10), (12 * HOURS, 1)]),
	];
	sp_io::TestExternalities::default().execute_with(|| {
		for (id, approval, points) in POINTS {
			let info = Tracks::info(id).expect("a track");
			let curve = if approval { &info.min_approval } else { &info.min_support };
			for (passed, expected) in points {
				let own = at(curve, passed, info.decision_period);
				assert!(own.abs_diff(expected) <= 1, "{id} {approval} {passed}: {own}");
			}
		}
	});
}
