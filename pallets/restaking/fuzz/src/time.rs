// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! How time passes in a world: what the ledger does at the start of each block, and nothing else.

use frame_support::traits::Hooks;
use frame_system::Pallet as System;
use pallet_restaking::CurrentEra;
use picasso_primitives::{BlockNumber, EraIndex};
use picasso_runtime::{Restaking, Runtime};

fn start_block(number: BlockNumber) {
	System::<Runtime>::set_block_number(number);
	// As at the end of a block: nobody reads them later.
	System::<Runtime>::reset_events();
	Restaking::on_initialize(number);
}

/// Some blocks pass.
pub fn pass_blocks(count: u32) {
	for _ in 0..count {
		start_block(System::<Runtime>::block_number().saturating_add(1));
	}
}

/// Some eras pass: of each, the last block alone, as all others do nothing.
pub fn turn_eras(count: u32) {
	for _ in 0..count {
		let clock = CurrentEra::<Runtime>::get().expect("there is a clock");
		let due = clock.started.saturating_add(clock.settings.length);
		start_block(due.max(System::<Runtime>::block_number().saturating_add(1)));
	}
}

/// The current era.
pub fn era() -> EraIndex {
	CurrentEra::<Runtime>::get().map_or(0, |clock| clock.index)
}

/// Eras until an exit made now has matured for certain.
pub fn waiting_time() -> EraIndex {
	CurrentEra::<Runtime>::get()
		.map_or(0, |clock| clock.settings.unbonding + clock.settings.granularity)
}
