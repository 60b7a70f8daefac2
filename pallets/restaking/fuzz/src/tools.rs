// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What the target does beside fuzzing, asked by the environment: it is the one binary that is built
//! with the fuzzer's flags, and a second one would mean to compile the runtime twice.

use crate::{
	actors::*,
	execute,
	generate::{self, others},
	rng::Rng,
	steps::{Input, Step},
	world, Care,
};
use codec::Encode;
use frame_support::traits::GetCallName;
use pallet_restaking::Call;
use picasso_runtime::{Runtime, RuntimeCall};
use std::{collections::BTreeMap, fs, io, path::Path};

/// Writes a seed corpus into the folder named, and exits.
const SEEDS: &str = "LEDGER_SEEDS";
/// Writes a dictionary into the file named, and exits.
const DICTIONARY: &str = "LEDGER_DICTIONARY";
/// Runs every input in the folder named, prints which calls succeeded and which failed how, and exits.
const REACHED: &str = "LEDGER_REACHED";
/// Runs the input in the file named, watched at every step, prints each and what came of it, and exits.
const EXPLAIN: &str = "LEDGER_EXPLAIN";

/// Does what the environment asks, if anything.
pub fn serve() {
	let asked = |name| std::env::var(name).ok();
	let mut done = false;
	let mut finish = |result: io::Result<()>| {
		result.expect("files of the fuzzer can be read and written");
		done = true;
	};
	if let Some(folder) = asked(SEEDS) {
		finish(write_seeds(Path::new(&folder)));
	}
	if let Some(file) = asked(DICTIONARY) {
		finish(fs::write(file, dictionary()));
	}
	if let Some(folder) = asked(REACHED) {
		finish(print_reached(Path::new(&folder)));
	}
	if let Some(file) = asked(EXPLAIN) {
		finish(explain(Path::new(&file)));
	}
	if done {
		std::process::exit(0);
	}
}

/// Every call of the ledger, by whoever may make it and by governance, calls of other pallets, alone
/// and inside others, and long walks.
fn write_seeds(folder: &Path) -> io::Result<()> {
	fs::create_dir_all(folder)?;
	let write = |name: String, input: Input| fs::write(folder.join(name), input.bytes());
	let rng = &mut Rng::new(2_609);
	for coarse_grid in [false, true] {
		let grid = u8::from(coarse_grid);
		let alone = |name: String, make: &mut dyn FnMut() -> Step| {
			let step = world::within(coarse_grid, make);
			write(name, Input { coarse_grid, steps: vec![step] })
		};
		for index in 0..generate::LEDGER_CALLS {
			for nth in 0..4 {
				let name = format!("call-{grid}-{index:02}-{nth}");
				alone(name, &mut || generate::signed_ledger_call(rng, index))?;
			}
		}
		for index in generate::GOVERNANCE_CALLS {
			for nth in 0..4 {
				let name = format!("governance-{grid}-{index:02}-{nth}");
				alone(name, &mut || generate::governance_step(rng, index))?;
			}
		}
		for kind in 0..others::KINDS {
			let name = format!("other-{grid}-{kind:02}");
			alone(name, &mut || {
				let call = others::call_of(rng, kind);
				Step::Call { signer: rng.byte() % SIGNERS, encoded: call.encode() }
			})?;
			let name = format!("wrapped-{grid}-{kind:02}");
			alone(name, &mut || {
				let call = others::call_of(rng, kind);
				let call = others::wrapped(rng, call);
				Step::Call { signer: rng.byte() % SIGNERS, encoded: call.encode() }
			})?;
		}
		for nth in 0..64 {
			write(format!("walk-{grid}-{nth:02}"), generate::walk(rng, coarse_grid, 4 + nth / 4))?;
		}
	}
	Ok(())
}

/// The accounts, assets and tickets that calls name.
fn dictionary() -> String {
	let tickets = [false, true].into_iter().flat_map(|coarse_grid| {
		world::within(coarse_grid, world::tickets).into_iter().map(|(_, id, _)| id.encode())
	});
	let pallets = [
		RuntimeCall::Restaking(Call::deregister_operator {}).encode(),
		RuntimeCall::Utility(pallet_utility::Call::batch { calls: Vec::new() }).encode(),
		RuntimeCall::Utility(pallet_utility::Call::batch_all { calls: Vec::new() }).encode(),
		RuntimeCall::Proxy(pallet_proxy::Call::remove_proxies {}).encode(),
	];
	everyone()
		.into_iter()
		.map(|account| account.encode())
		.chain([sink().encode(), payer().encode()])
		.chain(ASSETS.iter().map(Encode::encode))
		.chain(tickets)
		.chain(pallets)
		.map(|bytes| {
			let escaped: String = bytes.iter().map(|byte| format!("\\x{byte:02x}")).collect();
			format!("\"{escaped}\"\n")
		})
		.collect()
}

fn inputs(folder: &Path) -> io::Result<Vec<Vec<u8>>> {
	let mut files: Vec<_> =
		fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
	files.sort();
	files.into_iter().map(fs::read).collect()
}

fn print_reached(folder: &Path) -> io::Result<()> {
	let inputs = inputs(folder)?;
	let mut reached = BTreeMap::<_, (u64, BTreeMap<String, u64>)>::new();
	let mut steps = 0u64;
	for bytes in &inputs {
		crate::run(bytes, Care::AtTheEnd, |_, outcome| {
			let Some(outcome) = outcome else { return };
			steps += 1;
			let (done, refused) = reached.entry(outcome.what).or_default();
			match outcome.result {
				Ok(()) => *done += 1,
				Err(error) => *refused.entry(execute::name_of(&error)).or_default() += 1,
			}
		});
	}
	println!("{} inputs, {steps} steps that were calls or events", inputs.len());
	for ((pallet, call), (done, refused)) in &reached {
		println!("{pallet}.{call}: {done} done, refused: {refused:?}");
	}
	let never = Call::<Runtime>::get_call_names()
		.iter()
		.filter(|call| reached.get(&("Restaking", **call)).is_none_or(|(done, _)| *done == 0));
	println!("calls of the ledger that were never done: {:?}", never.collect::<Vec<_>>());
	Ok(())
}

fn explain(file: &Path) -> io::Result<()> {
	let bytes = fs::read(file)?;
	let input = Input::read(&bytes);
	println!("coarse grid: {}", input.coarse_grid);
	let told = |step: &Step| match step {
		Step::Call { signer: by, encoded } => {
			let call = execute::decode(encoded).map(|call| format!("{call:?}"));
			format!("{by} ({}) calls {}", signer(*by), call.unwrap_or_else(|| "nothing".into()))
		},
		Step::Governance { encoded } => {
			let call = execute::decode_governance(encoded).map(|call| format!("{call:?}"));
			format!("governance calls {}", call.unwrap_or_else(|| "nothing".into()))
		},
		other => format!("{other:?}"),
	};
	// Told before, as one of them may panic.
	for (index, step) in input.steps.iter().enumerate() {
		println!("step {index}: {}", told(step));
	}
	let mut results = 0..;
	crate::run(&bytes, Care::AtEveryStep, |_, outcome| {
		let result = outcome.map(|outcome| outcome.result);
		println!("result of step {}: {result:?}", results.next().unwrap_or(0));
	});
	println!("nothing is wrong");
	Ok(())
}
