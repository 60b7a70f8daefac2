// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! How one input comes of another.

use crate::{
	execute, generate,
	rng::Rng,
	steps::{Input, Step, MAX_STEPS},
	world,
};
use libfuzzer_sys::fuzzer_mutate;

/// Changes an input in place and returns its new length. Of four changes, one is of any bytes, as
/// libFuzzer does it; one of the bytes of one call; and two are of steps.
pub fn mutate(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
	let rng = &mut Rng::new(seed.into());
	if rng.once_in(4) {
		return fuzzer_mutate(data, size, max_size);
	}
	let mut input = Input::read(&data[..size]);
	if rng.once_in(3) {
		mutate_call(rng, &mut input);
	} else {
		mutate_steps(rng, &mut input);
	}
	let bytes = input.bytes();
	if bytes.len() > max_size {
		return fuzzer_mutate(data, size, max_size);
	}
	data[..bytes.len()].copy_from_slice(&bytes);
	bytes.len()
}

/// Changes the bytes of one call, which keeps its place and its signer.
fn mutate_call(rng: &mut Rng, input: &mut Input) {
	let is_call = |step: &&Step| matches!(step, Step::Call { .. } | Step::Governance { .. });
	let calls = input.steps.iter().filter(is_call).count();
	if calls == 0 {
		return mutate_steps(rng, input);
	}
	let encoded = input.steps.iter_mut().filter_map(|step| match step {
		Step::Call { encoded, .. } | Step::Governance { encoded } => Some(encoded),
		_ => None,
	});
	let Some(call) = encoded.skip(rng.below(calls)).next() else { return };
	let size = call.len();
	let room = size + 64;
	call.resize(room, 0);
	let size = fuzzer_mutate(call, size, room);
	call.truncate(size);
}

fn mutate_steps(rng: &mut Rng, input: &mut Input) {
	let length = input.steps.len();
	let at = rng.below(length.max(1));
	match rng.below(10) {
		0 if length > 1 => {
			input.steps.remove(at);
		},
		1 if length > 1 => {
			let other = rng.below(length);
			input.steps.swap(at, other);
		},
		2 if (1..MAX_STEPS).contains(&length) => {
			let step = input.steps[at].clone();
			input.steps.insert(rng.below(length + 1), step);
		},
		3 if length > 0 => resign(rng, &mut input.steps[at]),
		4 if rng.once_in(4) => input.coarse_grid = !input.coarse_grid,
		_ => insert_fitting_steps(rng, input),
	}
}

fn resign(rng: &mut Rng, step: &mut Step) {
	if let Step::Call { signer, .. } = step {
		*signer = rng.byte() % crate::actors::SIGNERS;
	}
}

/// Runs an input up to some step, makes up what fits the world as it is then, and puts it there; in
/// the place of another step where there are too many.
fn insert_fitting_steps(rng: &mut Rng, input: &mut Input) {
	let at = rng.below(input.steps.len() + 1);
	let count = 1 + rng.below(3);
	let made_up = world::within(input.coarse_grid, || {
		input.steps[..at].iter().for_each(|step| drop(execute::execute(step)));
		let mut made_up = Vec::new();
		for _ in 0..count {
			let step = generate::step(rng);
			execute::execute(&step);
			made_up.push(step);
		}
		made_up
	});
	let rest = input.steps.split_off(at);
	let replaced = (at + count + rest.len()).saturating_sub(MAX_STEPS).min(rest.len());
	input.steps.extend(made_up);
	input.steps.extend(rest.into_iter().skip(replaced));
	input.steps.truncate(MAX_STEPS);
}
