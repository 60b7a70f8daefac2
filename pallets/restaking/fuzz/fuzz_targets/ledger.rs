// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The target: see the library's documentation. `scripts/fuzz` builds and runs it.

#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use pallet_restaking_fuzz::{mutate, run, tools, Care};

fuzz_target!(
	init: tools::serve(),
	|bytes: &[u8]| run(bytes, Care::AtTheEnd, |_, _| ())
);

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
	mutate::mutate(data, size, max_size, seed)
});
