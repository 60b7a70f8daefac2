// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! How long steps take, of which each is taken back.

use frame_support::storage::{storage_prefix, unhashed};
use sp_runtime::DispatchResult;
use std::{collections::BTreeMap, hint::black_box, time::Instant};

/// What is done while the clock runs.
pub type Act<'a> = Box<dyn FnOnce() -> DispatchResult + 'a>;

/// How long steps took, in nanoseconds, each time.
pub struct Times<Step>(BTreeMap<Step, Vec<u64>>);

impl<Step: Copy + Ord> Times<Step> {
	/// Measures steps in turns, each `samples` times, in a state that stays what it is; a first time only
	/// warms up. Another comes first each time, and every other time they go backwards, so that none always
	/// follows the same. `prepare` makes what is done, while the clock does not run.
	pub fn of<'a>(steps: &[Step], samples: u32, prepare: impl Fn(Step, u32) -> Act<'a>) -> Self {
		let mut times = Self(BTreeMap::new());
		for sample in 0..=samples {
			let mut steps = steps.to_vec();
			let count = steps.len();
			steps.rotate_left(sample as usize % count);
			if sample % 2 == 1 {
				steps.reverse();
			}
			for step in steps {
				sp_io::storage::start_transaction();
				let act = prepare(step, sample);
				clear_events();
				let (outcome, nanos) = timed(act, sample % DEPTHS);
				sp_io::storage::rollback_transaction();
				outcome.expect("what is measured succeeds");
				if sample > 0 {
					times.0.entry(step).or_default().push(nanos);
				}
			}
		}
		times
	}

	/// The median of a step, in microseconds.
	pub fn median(&self, step: Step) -> f64 {
		median(self.nanos(step).map(|nanos| nanos as i64))
	}

	/// The median of what a step took more than another each time, in microseconds.
	pub fn median_beyond(&self, step: Step, other: Step) -> f64 {
		let pairs = self.nanos(step).zip(self.nanos(other));
		median(pairs.map(|(nanos, others)| nanos as i64 - others as i64))
	}

	fn nanos(&self, step: Step) -> impl Iterator<Item = u64> + '_ {
		self.0.get(&step).into_iter().flatten().copied()
	}
}

fn median(nanos: impl Iterator<Item = i64>) -> f64 {
	let mut nanos: Vec<_> = nanos.collect();
	nanos.sort_unstable();
	nanos.get(nanos.len() / 2).map_or(f64::NAN, |nanos| *nanos as f64 / 1_000.0)
}

/// Places on the stack, over more than a page of it, at which steps run.
const DEPTHS: u32 = 64;

/// Does something, so many frames deeper, and returns how many nanoseconds it took. What comes to lie where
/// makes some code, that of signatures above all, faster or slower by a fifth: it must not be the same for all
/// samples of a step.
#[inline(never)]
fn timed(act: Act, deeper: u32) -> (DispatchResult, u64) {
	let frame = black_box([deeper; 16]);
	let result = match frame[0].checked_sub(1) {
		Some(deeper) => timed(act, deeper),
		None => {
			let start = Instant::now();
			let outcome = act();
			(outcome, start.elapsed().as_nanos() as u64)
		},
	};
	black_box(frame);
	result
}

/// As `System::reset_events`, which looks through all of state for topics of events where state is in
/// memory: no caches would survive that.
fn clear_events() {
	unhashed::kill(&storage_prefix(b"System", b"EventCount"));
	unhashed::kill(&storage_prefix(b"System", b"Events"));
}
