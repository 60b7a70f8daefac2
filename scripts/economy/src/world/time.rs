// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! How time passes: who makes blocks, sessions, and the hooks of the pallets that make up the economy, in
//! the order in which a block calls them.

use super::Chain;
use frame_support::traits::{Hooks, OnIdle};
use picasso_primitives::SessionIndex;
use picasso_runtime::{
	configs::consensus::KEPT_SESSIONS, AccountId, AllPalletsWithSystem, Avs, BlockNumber,
	Emissions, Restaking, Runtime, Session, System,
};

impl Chain {
	/// Lets blocks pass one by one.
	pub fn pass(&mut self, blocks: BlockNumber) {
		for _ in 0..blocks {
			self.jump(1);
		}
	}

	/// Lets blocks pass of which all but the last are empty, and begin nothing: hooks are called in the
	/// last alone. All count for those who make them.
	pub fn jump(&mut self, blocks: BlockNumber) {
		let now = System::block_number() + blocks;
		System::set_block_number(now);
		for _ in 0..blocks {
			self.note_author();
		}
		self.turn_sessions(now);
		Restaking::on_initialize(now);
		AllPalletsWithSystem::on_idle(now, self.room);
		self.books.read_events();
	}

	/// The block in which the next era begins, if its length stays.
	pub fn next_turn() -> BlockNumber {
		let clock = pallet_restaking::CurrentEra::<Runtime>::get().expect("genesis sets the clock");
		clock.started + clock.settings.length
	}

	fn note_author(&mut self) {
		if let Some(author) = self.dice.one_of(&self.validators) {
			Emissions::note_author(author);
		}
	}

	/// As the runtime's session manager does it: a session's validators are planned while the one before
	/// it goes on. Nobody needs keys, as nobody seals blocks.
	fn turn_sessions(&mut self, now: BlockNumber) {
		let due: SessionIndex = now / self.scene.session;
		while Session::current_index() < due {
			let current = Session::current_index() + 1;
			pallet_session::CurrentIndex::<Runtime>::put(current);
			self.validators = self.next_validators.clone();
			let planned = Avs::plan_validators(|_| true);
			Avs::note_session(current + 1, planned.as_ref().map(|(era, _)| *era));
			if let Some((_, validators)) = planned {
				self.next_validators = validators.into_iter().map(|(account, _)| account).collect();
			}
			if let Some(last) = current.checked_sub(KEPT_SESSIONS + 1) {
				Avs::forget_session(last);
			}
		}
	}

	/// Who makes blocks.
	pub fn validators(&self) -> &[AccountId] {
		&self.validators
	}
}
