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
	slashing::{FaultId, FaultStatus, Proceeds, Slashable},
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

/// What is measured. All but the first two are done to the pools of many, or of few.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
	/// A bare transfer of the asset, from one account to another that has some.
	Transfer,
	/// Bare checks of both signatures of one report's evidence.
	Check,
	/// The reports.
	Report(Side),
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
	/// How many operators are reported.
	pub reports: u32,
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

	/// A step in bare transfers, less what bare checks of its signatures take.
	pub fn transfers(&self, step: Step) -> f64 {
		self.unchecked(step) / self.transfer(step)
	}

	/// The whole path in bare transfers, less the checks.
	pub fn whole(&self) -> f64 {
		self.transfers(Step::Report(Many)) + self.transfers(Step::Verdict(Many))
	}

	/// The whole path with many restakers against that with few, both less the checks.
	pub fn of_few(&self) -> f64 {
		let whole = |side| self.unchecked(Step::Report(side)) + self.unchecked(Step::Verdict(side));
		whole(Many) / whole(Few)
	}

	/// Microseconds of a step, less what bare checks of its signatures take.
	fn unchecked(&self, step: Step) -> f64 {
		let checks = match step {
			Step::Report(_) => f64::from(self.reports) * self.micros(Step::Check),
			_ => 0.0,
		};
		self.micros(step) - checks
	}

	fn times_of(&self, step: Step) -> &Times<Step> {
		match step {
			Step::Transfer | Step::Check | Step::Report(_) => &self.before,
			Step::Verdict(_) | Step::Ledger(_) => &self.due,
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
		let steps = [Step::Transfer, Step::Check, Step::Report(Many), Step::Report(Few)];
		let before = Times::of(&steps, samples, |step, sample| acts.act(step, sample));
		let of_both = |step: fn(Side) -> Step| [step(Many), step(Few)];
		let steps = [of_both(Step::Verdict), of_both(Step::Ledger)].concat();
		let steps = [vec![Step::Transfer], steps].concat();
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
	let reports = cast.many.len() as u32;
	Ok(Path { scene, reports, before, due, many, few })
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
		acts.leave_queued(Many);
	})?;
	let verdict = || {
		Slashing::on_idle(System::block_number(), whole_block());
	};
	let many = Touched { report: many, verdict: chain.count(verdict)? };
	chain.run(|| {
		acts.ensure_settled(Many);
		acts.leave_queued(Few);
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
			Step::Check => self.check(),
			Step::Report(side) => self.report(side),
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

	fn check(&self) -> Act<'_> {
		let key = self.cast.many[0].signer.key();
		Box::new(move || {
			scene::check_both(black_box(&key), &self.many[0].messages);
			Ok(())
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
		self.leave_queued(side);
		let block = System::block_number();
		Box::new(move || {
			black_box(Slashing::on_idle(block, whole_block()));
			Ok(())
		})
	}

	fn ledger(&self, side: Side) -> Act<'_> {
		let part = Ratio::new(1, PART).expect("a part of a whole");
		let proceeds = Proceeds::all_to(victims());
		let pools =
			|one: &Operator| -> Vec<_> { one.pools.iter().map(|pool| (*pool, part)).collect() };
		let pools: Vec<_> = self.operators(side).iter().map(pools).collect();
		Box::new(move || {
			pools.iter().try_for_each(|pools| Restaking::slash_for(pools, &proceeds).map(drop))
		})
	}

	/// Leaves nothing to be looked at but what is due of one side, after a block in which nothing was.
	fn leave_queued(&self, side: Side) {
		let now = era();
		pallet_slashing::QueueStart::<Runtime>::put(now - 1);
		pallet_slashing::ClosingsStart::<Runtime>::put(System::block_number() - 1);
		for fault in self.faults(Many).chain(self.faults(Few)) {
			pallet_slashing::Queue::<Runtime>::remove(now, fault);
		}
		for fault in self.faults(side) {
			pallet_slashing::Queue::<Runtime>::insert(now, fault, ());
		}
	}

	fn ensure_settled(&self, side: Side) {
		for FaultId { avs, operator, era, condition } in self.faults(side) {
			let record = pallet_slashing::Faults::<Runtime>::get((avs, operator, era, condition));
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
