// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The rules of cost, read off the measured weights.

use crate::{
	configs::system::{RuntimeBlockWeights, MAXIMUM_BLOCK_WEIGHT},
	weights::pallet_restaking::WeightInfo,
	Runtime,
};
use frame_support::dispatch::DispatchClass;
use pallet_restaking::WeightInfo as _;

const MEASURED: &str = include_str!("../weights/pallet_restaking.rs");

/// Reads and writes of our own storage by a call, as its benchmark listed them.
fn own_accesses(call: &str) -> (u32, u32) {
	let end = MEASURED.find(&format!("fn {call}(")).expect("the call is measured");
	let start = MEASURED[..end].rfind('}').expect("an item before it");
	MEASURED[start..end]
		.lines()
		.filter_map(|line| line.split_once("Storage: `Restaking::"))
		.map(|(_, entry)| {
			let counts = entry.split_once("(r:").expect("reads and writes").1;
			let (reads, rest) = counts.split_once(" w:").expect("writes");
			let writes = rest.split_once(')').expect("an end").0;
			(reads.parse::<u32>().expect("a number"), writes.parse::<u32>().expect("a number"))
		})
		.fold((0, 0), |sum, each| (sum.0 + each.0, sum.1 + each.1))
}

#[test]
fn staking_leaving_and_claiming_need_at_most_five_reads_and_four_writes_of_ours() {
	// The worst cases: a restricted pool, and a position whose shares were lost with what they earned;
	// a bucket that must make room; one that was stored apart; such a position again, and one whose
	// rewards become stake in a restricted pool.
	let worst = [
		("stake", (5, 4)),
		("unstake", (3, 4)),
		("withdraw", (4, 3)),
		("claim", (4, 3)),
		("claim_compounding", (5, 3)),
	];
	for (call, expected) in worst {
		let (reads, writes) = own_accesses(call);
		assert!(reads <= 5 && writes <= 4, "{call}: {reads} reads, {writes} writes");
		assert_eq!((reads, writes), expected, "{call}");
	}
}

#[test]
fn every_call_fits_many_times_into_a_block() {
	type Weights = WeightInfo<Runtime>;
	let most =
		RuntimeBlockWeights::get().get(DispatchClass::Normal).max_extrinsic.expect("a bound");
	for weight in [
		Weights::create_vault(),
		Weights::create_pool(),
		Weights::stake(),
		Weights::unstake(),
		Weights::withdraw(),
	] {
		assert!(weight.all_gt(Default::default()));
		assert!(weight.saturating_mul(500).all_lte(most));
	}
	assert!(Weights::on_initialize().saturating_mul(5_000).all_lte(MAXIMUM_BLOCK_WEIGHT));
}
