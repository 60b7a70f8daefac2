// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! The path of a slash, from the report to the payout: how long its steps take, and which keys they touch.

use crate::{
	clock::{Act, Times},
	scene::{
		self, era, pass_eras, victims, whole_block, Cast, DoubleSigned, Operator, Scene,
		ERAS_TO_VERDICT, PART, PAYERS,
	},
};
use frame_support::traits::Hooks;
use picasso_primitives::{
	math::Ratio,
	slashing::{FaultId, FaultStatus, PoolSlash, Proceeds, Slashable},
	AssetId, Balance,
};
use picasso_runtime::{
	AccountId, Assets, Restaking, Runtime, RuntimeCall, RuntimeOrigin, Slashing, System,
};
use picasso_turn_bench::{
	chain::{Chain, Keys},
	people::{account, signed},
};
use sp_runtime::{traits::Dispatchable, DispatchResult};
use std::{collections::BTreeMap, hint::black_box, time::Instant};

/// What is measured. All but the first are done to the pools of many, or of few.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
	/// A bare transfer of the asset, from one account to another that has some.
	Transfer,
	/// The evidence of the reports is verified: all that a report looks at before it stores anything.
	Verify(Side),
	/// The reports.
	Report(Side),
	/// What is left of a block in which nothing is due: a look at what might be.
	Idle,
	/// What is left of a block carries the verdicts out, and pays what was taken.
	Verdict(Side),
	/// Of that, what the ledger does: the pools are slashed, and the proceeds moved.
	Ledger(Side),
}

/// Whose pools.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
	/// As many as there are restakers.
	Many,
	/// Ten.
	Few,
}

use Side::{Few, Many};

/// Keys that the steps touch.
pub struct Touched {
	/// The reports.
	pub report: Keys,
	/// The verdicts.
	pub verdict: Keys,
}

/// What was measured.
pub struct Path {
	/// Who was there.
	pub scene: Scene,
	/// How long steps take before the report.
	pub before: Times<Step>,
	/// How long they take when the verdict is due.
	pub due: Times<Step>,
	/// The keys touched, with many restakers.
	pub many: Touched,
	/// With few.
	pub few: Touched,
}

impl Path {
	/// Microseconds of a bare transfer when a step is measured.
	pub fn transfer(&self, step: Step) -> f64 {
		self.times_of(step).median(Step::Transfer)
	}

	/// Microseconds of a step.
	pub fn micros(&self, step: Step) -> f64 {
		self.times_of(step).median(step)
	}

	/// What a slash adds to a step, in bare transfers.
	pub fn transfers(&self, step: Step) -> f64 {
		self.added(step) / self.transfer(step)
	}

	/// What a slash adds on its whole path, in bare transfers.
	pub fn whole(&self) -> f64 {
		self.transfers(Step::Report(Many)) + self.transfers(Step::Verdict(Many))
	}

	/// What a slash adds on its whole path with many restakers against that with few.
	pub fn of_few(&self) -> f64 {
		let whole = |side| self.added(Step::Report(side)) + self.added(Step::Verdict(side));
		whole(Many) / whole(Few)
	}

	/// Microseconds that a slash adds to a step: less the verification of evidence, which has goals of its
	/// own, and less what a block in which nothing is due takes as well.
	fn added(&self, step: Step) -> f64 {
		match step {
			Step::Report(side) => self.before.median_beyond(step, Step::Verify(side)),
			Step::Verdict(_) => self.due.median_beyond(step, Step::Idle),
			_ => self.micros(step),
		}
	}

	fn times_of(&self, step: Step) -> &Times<Step> {
		match step {
			Step::Transfer | Step::Verify(_) | Step::Report(_) => &self.before,
			Step::Idle | Step::Verdict(_) | Step::Ledger(_) => &self.due,
		}
	}
}

/// Measures the path of a slash.
pub fn measure(scene: Scene, samples: u32) -> Result<Path, String> {
	let start = Instant::now();
	let say = |what: &str| eprintln!("{scene:?}: {what} after {} s", start.elapsed().as_secs());
	let (mut state, cast) = scene::build(scene)?;
	say("there");
	let (before, due) = state.execute_with(|| {
		let acts = Acts::of(&cast);
		undoing(|| acts.ensure_paid_to_the_planck());
		let of_both = |step: fn(Side) -> Step| vec![step(Many), step(Few)];
		let steps = [vec![Step::Transfer], of_both(Step::Verify), of_both(Step::Report)].concat();
		let before = Times::of(&steps, samples, |step, sample| acts.act(step, sample));
		let steps = [of_both(Step::Verdict), of_both(Step::Ledger)].concat();
		let steps = [vec![Step::Transfer, Step::Idle], steps].concat();
		let due = undoing(|| {
			acts.report_all();
			pass_eras(ERAS_TO_VERDICT);
			Times::of(&steps, samples, |step, sample| acts.act(step, sample))
		});
		(before, due)
	});
	say("measured");
	let acts = state.execute_with(|| Acts::of(&cast));
	let (many, few) = count(Chain::of(state.into_storages())?, &acts)?;
	say("counted");
	Ok(Path { scene, before, due, many, few })
}

fn undoing<R>(what: impl FnOnce() -> R) -> R {
	sp_io::storage::start_transaction();
	let result = what();
	sp_io::storage::rollback_transaction();
	result
}

/// Counts the keys that the path touches with many restakers, and with few.
fn count(mut chain: Chain, acts: &Acts) -> Result<(Touched, Touched), String> {
	let report = |side| move || acts.report(side)().expect("it is reported");
	let (many, few) = (chain.count(report(Many))?, chain.count(report(Few))?);
	chain.run(|| {
		pass_eras(ERAS_TO_VERDICT);
		acts.leave_queued(Some(Many));
	})?;
	let verdict = || {
		Slashing::on_idle(System::block_number(), whole_block());
	};
	let many = Touched { report: many, verdict: chain.count(verdict)? };
	chain.run(|| {
		acts.ensure_settled(Many);
		acts.leave_queued(Some(Few));
	})?;
	let few = Touched { report: few, verdict: chain.count(verdict)? };
	chain.run(|| acts.ensure_settled(Few))?;
	Ok((many, few))
}

/// What can be done, on one chain.
struct Acts<'a> {
	cast: &'a Cast,
	many: Vec<DoubleSigned>,
	few: Vec<DoubleSigned>,
}

impl<'a> Acts<'a> {
	fn of(cast: &'a Cast) -> Self {
		let sign = |operators: &[Operator]| -> Vec<_> {
			operators.iter().map(|one| one.sign_twice(cast, one.proved(cast))).collect()
		};
		Self { cast, many: sign(&cast.many), few: sign(&cast.few) }
	}

	fn operators(&self, side: Side) -> &[Operator] {
		match side {
			Many => &self.cast.many,
			Few => &self.cast.few,
		}
	}

	fn proofs(&self, side: Side) -> &[DoubleSigned] {
		match side {
			Many => &self.many,
			Few => &self.few,
		}
	}

	fn faults(&self, side: Side) -> impl Iterator<Item = &FaultId<AccountId>> {
		self.proofs(side).iter().map(|proof| &proof.fault)
	}

	fn act(&self, step: Step, sample: u32) -> Act<'_> {
		match step {
			Step::Transfer => self.transfer(sample),
			Step::Verify(side) => self.verify(side),
			Step::Report(side) => self.report(side),
			Step::Idle => self.idle(),
			Step::Verdict(side) => self.verdict(side),
			Step::Ledger(side) => self.ledger(side),
		}
	}

	fn transfer(&self, sample: u32) -> Act<'_> {
		let call = RuntimeCall::from(pallet_assets::Call::transfer {
			id: self.cast.asset,
			target: account("payee", 0).into(),
			amount: self.cast.amount,
		});
		dispatch(vec![call], signed(&account("payer", sample % PAYERS)))
	}

	fn verify(&self, side: Side) -> Act<'_> {
		let reporter = scene::reporter();
		let evidence: Vec<_> =
			self.proofs(side).iter().map(|proof| proof.evidence.clone()).collect();
		Box::new(move || {
			black_box(evidence).into_iter().try_for_each(|evidence| {
				Slashing::preview(&reporter, self.cast.avs, 0, evidence).map(drop)
			})
		})
	}

	fn report(&self, side: Side) -> Act<'_> {
		let calls = self.proofs(side).iter().map(|proof| {
			RuntimeCall::from(pallet_slashing::Call::report {
				avs: self.cast.avs,
				condition: 0,
				evidence: Box::new(proof.evidence.clone()),
			})
		});
		dispatch(calls.collect(), signed(&scene::reporter()))
	}

	fn report_all(&self) {
		for side in [Many, Few] {
			self.report(side)().expect("it is reported");
		}
	}

	fn verdict(&self, side: Side) -> Act<'_> {
		self.leave_queued(Some(side));
		Self::what_is_left()
	}

	fn idle(&self) -> Act<'_> {
		self.leave_queued(None);
		Self::what_is_left()
	}

	fn what_is_left<'b>() -> Act<'b> {
		let block = System::block_number();
		Box::new(move || {
			black_box(Slashing::on_idle(block, whole_block()));
			Ok(())
		})
	}

	fn ledger(&self, side: Side) -> Act<'_> {
		let part = Ratio::new(1, PART).expect("a part of a whole");
		let proceeds = Proceeds::all_to(victims());
		let slash = |pool: &_| PoolSlash { pool: *pool, part, settles: true };
		let pools = |one: &Operator| -> Vec<_> { one.pools.iter().map(slash).collect() };
		let pools: Vec<_> = self.operators(side).iter().map(pools).collect();
		Box::new(move || {
			pools.iter().try_for_each(|pools| Restaking::slash_for(pools, &proceeds).map(drop))
		})
	}

	/// Leaves nothing to be looked at but what is due of one side, after a block in which nothing was.
	fn leave_queued(&self, side: Option<Side>) {
		let now = era();
		pallet_slashing::QueueStart::<Runtime>::put(now - 1);
		pallet_slashing::ClosingsStart::<Runtime>::put(System::block_number());
		for fault in self.faults(Many).chain(self.faults(Few)) {
			pallet_slashing::Queue::<Runtime>::remove(now, fault);
		}
		for fault in side.into_iter().flat_map(|side| self.faults(side)) {
			pallet_slashing::Queue::<Runtime>::insert(now, fault, ());
		}
	}

	fn ensure_settled(&self, side: Side) {
		for fault in self.faults(side) {
			let record = pallet_slashing::Faults::<Runtime>::get(fault);
			assert_eq!(record.expect("a fault").status, FaultStatus::Settled);
		}
	}

	/// Goes all the way once: the victims get what is taken from each pool's stake and from each of its exits
	/// in progress, each rounded up, and nothing else.
	fn ensure_paid_to_the_planck(&self) {
		self.report_all();
		pass_eras(ERAS_TO_VERDICT);
		let mut owed = BTreeMap::<AssetId, Balance>::new();
		for pool in [Many, Few].iter().flat_map(|side| self.operators(*side)).flat_map(|o| &o.pools)
		{
			let pool = pallet_restaking::Pools::<Runtime>::get(pool).expect("a pool");
			let exits = pool.buckets.iter().filter(|bucket| bucket.maturity > era());
			let parts = exits.map(|bucket| bucket.exits.balance).chain([pool.active.balance]);
			*owed.entry(pool.asset).or_default() += parts.map(|of| of.div_ceil(PART)).sum::<u128>();
		}
		let had: BTreeMap<_, _> =
			owed.keys().map(|asset| (*asset, Assets::balance(*asset, victims()))).collect();
		Slashing::on_idle(System::block_number(), whole_block());
		[Many, Few].into_iter().for_each(|side| self.ensure_settled(side));
		for (asset, owed) in owed {
			let got = Assets::balance(asset, victims()) - had[&asset];
			assert_eq!(got, owed, "the victims get what is taken");
		}
	}
}

fn dispatch<'a>(calls: Vec<RuntimeCall>, origin: RuntimeOrigin) -> Act<'a> {
	Box::new(move || {
		calls.into_iter().try_for_each(|call| -> DispatchResult {
			let outcome = black_box(call).dispatch(origin.clone());
			outcome.map(drop).map_err(|failed| failed.error)
		})
	})
}
