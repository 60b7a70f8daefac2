// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! What it takes to verify evidence, beside a bare check of a signature.

use crate::{
	clock::{Act, Times},
	scene::{self, DoubleSigned, Operator, Scene, FEW},
};
use picasso_primitives::{
	conditions::{Case, EntryClaim},
	slashing::SlashingTerms,
};
use picasso_runtime::{AccountId, Avs, Slashing, System};
use picasso_turn_bench::signer::Signer;
use std::hint::black_box;

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
	/// The host function checks both signatures.
	Check,
	/// Evidence of two signatures is verified, of an operator whose entry in the table is known.
	Verify,
	/// All that a report looks at before it stores anything: eras, terms, table, whether the fault is known,
	/// and the evidence.
	Examine,
}

/// What was measured, in microseconds.
pub struct Verification {
	/// The kind of key.
	pub scheme: &'static str,
	/// How the evidence shows that the operator is in the table.
	pub entry: &'static str,
	/// A bare check of one signature.
	pub check: f64,
	/// Evidence is verified, of two signatures.
	pub verify: f64,
	/// All that a report looks at.
	pub examine: f64,
}

/// Measures it for each kind of key, and each way to show an entry.
pub fn measure(operators: u32, samples: u32) -> Result<Vec<Verification>, String> {
	let (mut state, cast) = scene::build(Scene { restakers: FEW, pools: 1, operators })?;
	Ok(state.execute_with(|| {
		let entries: [(_, fn(&Operator, &scene::Cast) -> EntryClaim<AccountId>); 2] =
			[("by proof", Operator::proved), ("by place", Operator::listed)];
		// Keys of all kinds, one after the other.
		let operators = cast.others.iter().take(3);
		operators
			.flat_map(|operator| entries.map(|(name, entry)| (operator, name, entry)))
			.map(|(operator, name, entry)| {
				let signed = operator.sign_twice(&cast, entry(operator, &cast));
				measure_one(&cast, operator, &signed, name, samples)
			})
			.collect()
	}))
}

fn measure_one(
	cast: &scene::Cast,
	operator: &Operator,
	signed: &DoubleSigned,
	entry: &'static str,
	samples: u32,
) -> Verification {
	let condition = <Avs as SlashingTerms<_>>::conditions(cast.avs, cast.era).remove(0);
	let accused = signed.evidence.accused::<Avs>(cast.avs).expect("it is in the table");
	let reporter = scene::reporter();
	let key = operator.signer.key();
	let steps = [Step::Check, Step::Verify, Step::Examine];
	let times = Times::of(&steps, samples, |step, _| -> Act {
		let evidence = signed.evidence.clone();
		let case = Case {
			genesis: System::block_hash(0),
			avs: cast.avs,
			number: 0,
			condition: &condition,
			accused: &accused,
			reporter: &reporter,
		};
		let reporter = &reporter;
		match step {
			Step::Check => Box::new(move || {
				scene::check_both(black_box(&key), &signed.messages);
				Ok(())
			}),
			Step::Verify => Box::new(move || {
				black_box(evidence).verify::<Avs>(&case).expect("it proves the fault");
				Ok(())
			}),
			Step::Examine => Box::new(move || {
				Slashing::preview(reporter, cast.avs, 0, black_box(evidence)).map(drop)
			}),
		}
	});
	let scheme = match operator.signer {
		Signer::Sr25519(_) => "Sr25519",
		Signer::Ed25519(_) => "Ed25519",
		Signer::Ecdsa(_) => "ECDSA",
	};
	let [checks, verify, examine] = steps.map(|step| times.median(step));
	// Half of both: the first in a row takes longer, which would flatter what is compared with it.
	Verification { scheme, entry, check: checks / 2.0, verify, examine }
}
