// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! The chain, block by block: the runtime compiled for this machine, its state in a trie over a database in
//! memory that counts the keys that are touched.

use frame_support::{
	dispatch::DispatchClass, storage::transactional::TRANSACTION_LEVEL_KEY,
	traits::WhitelistedStorageKeys, weights::Weight,
};
use picasso_runtime::{
	configs::system::RuntimeBlockWeights, constants::time::MILLISECS_PER_BLOCK,
	AllPalletsWithSystem, BlockNumber, Executive, Hash, Header, Runtime, RuntimeCall, System,
	UncheckedExtrinsic,
};
use sc_client_db::BenchmarkingState;
use sp_consensus_babe::{
	digests::{CompatibleDigestItem, PreDigest, SecondaryPlainPreDigest},
	Slot,
};
use sp_core::storage::{StateVersion, Storage};
use sp_runtime::{
	traits::{BlakeTwo256, Header as _},
	Digest, DigestItem,
};
use sp_state_machine::{Backend, Ext, OverlayedChanges};
use std::time::{Duration, Instant};

/// The slot before that of the first block: the clock has run for a while.
const SLOTS_BEFORE: u64 = 1_000;

/// Whether transactions fill as much of blocks as they may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Load {
	/// There are none.
	Empty,
	/// They do.
	Full,
}

/// What one block took.
#[derive(Clone, Copy, Debug)]
pub struct Block {
	/// Weight used when all else was done, of which the turn is.
	pub idle: Weight,
	/// Weight of the whole block.
	pub total: Weight,
	/// From its beginning to its state root.
	pub time: Duration,
	/// Keys read from the database.
	pub reads: u32,
	/// Keys written.
	pub writes: u32,
}

/// Keys that something touched, each counted once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keys {
	/// Read from the database.
	pub reads: u32,
	/// Written.
	pub writes: u32,
	/// Of those read, the restaking ledger's, the registry's and those of slashing.
	pub own_reads: u32,
	/// Of those written.
	pub own_writes: u32,
}

/// The pallets whose keys are our own.
const OWN: [&[u8]; 3] = [b"Restaking", b"Avs", b"Slashing"];

/// How far the turn of the era was after a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Progress {
	era: u32,
	/// All tables are built.
	over: bool,
	/// All that is to be paid as the era begins is.
	paid: bool,
}

/// The chain.
pub struct Chain {
	state: BenchmarkingState<BlakeTwo256>,
	parent: Hash,
	number: BlockNumber,
}

impl Chain {
	/// A chain that starts with a state.
	pub fn of(state: Storage) -> Result<Self, String> {
		let state = BenchmarkingState::new(state, None, false, true)?;
		Ok(Self { state, parent: Default::default(), number: 0 })
	}

	/// Lets an era turn, and returns the blocks that its turn took.
	pub fn turn(&mut self, era_length: BlockNumber, load: Load) -> Result<Vec<Block>, String> {
		let mut blocks = Vec::new();
		let (_, before) = self.block(load)?;
		for _ in 0..era_length * 2 {
			let (block, now) = self.block(load)?;
			if now.era > before.era {
				blocks.push(block);
				if now.over {
					return Ok(blocks);
				}
			}
		}
		Err("the turn takes longer than an era: name a longer one".into())
	}

	/// Lets what an era's turn left to be paid be paid, and returns the blocks that it took: none where it
	/// was paid in the last one of the turn.
	pub fn pay(&mut self, era_length: BlockNumber, load: Load) -> Result<Vec<Block>, String> {
		let mut blocks = Vec::new();
		if self.run(|| progress().paid)? {
			return Ok(blocks);
		}
		for _ in 0..era_length {
			let (block, now) = self.block(load)?;
			blocks.push(block);
			if now.paid {
				return Ok(blocks);
			}
		}
		Err("a payout takes longer than an era: name a longer one".into())
	}

	/// Does something, and keeps what it changes.
	pub fn run<R>(&mut self, what: impl FnOnce() -> R) -> Result<R, String> {
		self.timed(what).map(|(result, _)| result)
	}

	/// Does something, keeps what it changes, and returns the keys that it touched; but not those that every
	/// block touches.
	pub fn count(&mut self, what: impl FnOnce()) -> Result<Keys, String> {
		let mut known = AllPalletsWithSystem::whitelisted_storage_keys();
		known.push(TRANSACTION_LEVEL_KEY.to_vec().into());
		known.iter_mut().for_each(|key| key.whitelist());
		self.state.set_whitelist(known);
		self.run(what)?;
		let own = OWN.map(sp_io::hashing::twox_128);
		let touched = self.state.get_read_and_written_keys().into_iter();
		Ok(touched.filter(|(.., whitelisted)| !whitelisted).fold(
			Keys::default(),
			|sum, (prefix, reads, writes, _)| {
				let own = u32::from(own.iter().any(|pallet| prefix.starts_with(pallet)));
				Keys {
					reads: sum.reads + reads,
					writes: sum.writes + writes,
					own_reads: sum.own_reads + own * reads,
					own_writes: sum.own_writes + own * writes,
				}
			},
		))
	}

	fn timed<R>(&mut self, what: impl FnOnce() -> R) -> Result<(R, Duration), String> {
		self.state.reset_read_write_count();
		let mut overlay = OverlayedChanges::<BlakeTwo256>::default();
		let mut ext = Ext::new(&mut overlay, &self.state, None);
		let start = Instant::now();
		let result = sp_externalities::set_and_run_with_externalities(&mut ext, what);
		let time = start.elapsed();
		let changes = overlay.drain_storage_changes(&self.state, StateVersion::V1)?;
		self.state.commit(
			changes.transaction_storage_root,
			changes.transaction,
			changes.main_storage_changes,
			changes.child_storage_changes,
		)?;
		Ok((result, time))
	}

	fn block(&mut self, load: Load) -> Result<(Block, Progress), String> {
		self.number += 1;
		let (number, parent) = (self.number, self.parent);
		let ((header, idle, total, progress), time) =
			self.timed(|| execute(number, parent, load))?;
		let (reads, _, writes, _) = self.state.read_write_count();
		self.parent = header.hash();
		Ok((Block { idle, total, time, reads, writes }, progress))
	}
}

/// A block with nothing in it but the time.
fn execute(number: BlockNumber, parent: Hash, load: Load) -> (Header, Weight, Weight, Progress) {
	let slot = Slot::from(SLOTS_BEFORE + u64::from(number));
	let author = SecondaryPlainPreDigest { authority_index: 0, slot };
	let digest = DigestItem::babe_pre_digest(PreDigest::SecondaryPlain(author));
	let digest = Digest { logs: vec![digest] };
	Executive::initialize_block(&Header::new(
		number,
		Default::default(),
		Default::default(),
		parent,
		digest,
	));
	let now = *slot * MILLISECS_PER_BLOCK;
	let time = RuntimeCall::Timestamp(pallet_timestamp::Call::set { now });
	Executive::apply_extrinsic(UncheckedExtrinsic::new_bare(time))
		.expect("the time is valid")
		.expect("the time is set");
	if load == Load::Full {
		let limits = RuntimeBlockWeights::get();
		let most = limits.get(DispatchClass::Normal).max_total.expect("a bound");
		// The end of a session leaves no room for transactions.
		let room = limits.max_block.saturating_sub(System::block_weight().total());
		System::register_extra_weight_unchecked(most.min(room), DispatchClass::Normal);
	}
	let before = System::block_weight().total();
	let header = Executive::finalize_block();
	let total = System::block_weight().total();
	(header, total.saturating_sub(before), total, progress())
}

fn progress() -> Progress {
	let turn = pallet_avs::Turn::<Runtime>::get();
	let round = pallet_emissions::Round::<Runtime>::get();
	let era = pallet_restaking::CurrentEra::<Runtime>::get().expect("a clock").index;
	let over = turn.era == era && turn.is_over();
	let paid = round.era == era && round.stage == pallet_emissions::Stage::Over;
	Progress { era, over, paid }
}
