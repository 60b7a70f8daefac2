// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! How one dispatch is measured.

use crate::{AccountId, AllPalletsWithSystem, BlockNumber, RuntimeCall, RuntimeOrigin, System};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use core::hint::black_box;
use frame_support::{
	dispatch::RawOrigin,
	storage::{storage_prefix, transactional::TRANSACTION_LEVEL_KEY, unhashed},
	traits::WhitelistedStorageKeys,
};
use scale_info::TypeInfo;
use sp_runtime::{traits::Dispatchable, DispatchError};

/// What can be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, TypeInfo)]
pub enum Step {
	/// A call that does nothing: what a dispatch costs.
	Remark,
	/// `Assets::transfer` to an existing account: the floor.
	AssetTransfer,
	/// `Balances::transfer_allow_death` to an existing account.
	NativeTransfer,
	/// Ours: a first stake, which opens a position.
	Stake,
	/// Ours: a stake into a position.
	StakeMore,
	/// Ours: a first stake in a pool that earns eight currencies.
	Stake8,
	/// Ours: an exit with half of a position.
	Unstake,
	/// Ours: an exit with all that is left of a position, which closes it.
	UnstakeRest,
	/// Ours: an exit with all of a position that earned eight currencies.
	Unstake8,
	/// Ours: a matured ticket is paid.
	Withdraw,
	/// Ours: rewards in one currency.
	Claim1,
	/// Ours: rewards in two currencies.
	Claim2,
	/// Ours: rewards in eight currencies.
	Claim8,
	/// Ours: rewards in two currencies, an era after the position was opened.
	ClaimAfterEra,
	/// Ours: rewards in two currencies, thousands of eras after the position was opened.
	ClaimAfterEras,
	/// Ours: rewards in two currencies, from the population's pool.
	ClaimOfMany,
	/// Ours: rewards in two currencies, from a pool of ten restakers, in the same state.
	ClaimOfFew,
	/// Ours: a slash of one pool, its proceeds moved.
	Slash1,
	/// Ours: a slash of one pool that ten restakers are in, in the same state.
	SlashFew,
	/// Ours: a slash of eight pools of one asset, the proceeds moved.
	Slash8,
	/// Nomination pools: `join`.
	PoolJoin,
	/// Nomination pools: `bond_extra` from the free balance.
	PoolBondExtra,
	/// Nomination pools: `claim_payout`.
	PoolClaim,
	/// Nomination pools: `unbond` of half.
	PoolUnbond,
	/// Nomination pools: `unbond` of the rest.
	PoolUnbondRest,
	/// Nomination pools: `withdraw_unbonded` of everything.
	PoolWithdraw,
	/// Nomination pools: the slash of the pool, which reaches no member yet.
	PoolSlash,
	/// Nomination pools: `apply_slash` for one member.
	PoolApplySlash,
	/// Asset rewards: a first `stake`.
	RewardsStake,
	/// Asset rewards: another `stake`.
	RewardsStakeMore,
	/// Asset rewards: `harvest_rewards`.
	RewardsHarvest,
	/// Asset rewards: `unstake` of half.
	RewardsUnstake,
	/// Asset rewards: `unstake` of the rest.
	RewardsUnstakeRest,
}

/// Keys that a step touched in state, each counted once; those that every block touches anyhow (its
/// number, its events, the total issuance of the native coin) are not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Accesses {
	/// Keys read.
	pub reads: u32,
	/// Keys written.
	pub writes: u32,
	/// Keys of the restaking ledger among those read.
	pub own_reads: u32,
	/// Keys of the restaking ledger among those written.
	pub own_writes: u32,
}

/// What one measurement gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Reading {
	/// What was measured.
	pub step: Step,
	/// How long it took.
	pub nanos: u64,
	/// What it touched, where the state keeps count.
	pub accesses: Accesses,
}

/// The state and the clock by which steps are measured.
pub trait Meter {
	/// Ends the preparation of a step: what it wrote is in state, and nothing is counted yet.
	fn settle();
	/// Nanoseconds of a clock.
	fn now() -> u128;
	/// What was touched since [`settle`](Self::settle).
	fn accesses() -> Accesses;
}

/// State in memory without a trie. Nothing is counted.
#[cfg(feature = "std")]
pub struct InMemory;

#[cfg(feature = "std")]
impl Meter for InMemory {
	fn settle() {}

	fn now() -> u128 {
		use std::{sync::OnceLock, time::Instant};
		static START: OnceLock<Instant> = OnceLock::new();
		START.get_or_init(Instant::now).elapsed().as_nanos()
	}

	fn accesses() -> Accesses {
		Accesses::default()
	}
}

/// State in a trie, by the host functions of FRAME's benchmarks. Each step finds the trie's caches
/// empty, as benchmarks of weights do, but for the keys that every block touches anyhow. What it
/// writes goes into the trie after the clock is stopped: neither is the state root's time counted.
pub struct InTrie;

impl Meter for InTrie {
	fn settle() {
		let mut known = AllPalletsWithSystem::whitelisted_storage_keys();
		known.push(TRANSACTION_LEVEL_KEY.to_vec().into());
		frame_benchmarking::benchmarking::commit_db();
		for key in &known {
			black_box(sp_io::storage::get(&key.key));
		}
		frame_benchmarking::benchmarking::set_whitelist(
			known
				.into_iter()
				.map(|mut key| {
					key.whitelist();
					key
				})
				.collect(),
		);
		frame_benchmarking::benchmarking::reset_read_write_count();
	}

	fn now() -> u128 {
		frame_benchmarking::current_time()
	}

	fn accesses() -> Accesses {
		frame_benchmarking::benchmarking::commit_db();
		let ours = sp_io::hashing::twox_128(b"Restaking");
		frame_benchmarking::benchmarking::get_read_and_written_keys()
			.into_iter()
			.filter(|(_, _, _, whitelisted)| !whitelisted)
			.fold(Accesses::default(), |sum, (prefix, reads, writes, _)| {
				let own = u32::from(prefix.starts_with(&ours));
				Accesses {
					reads: sum.reads + reads,
					writes: sum.writes + writes,
					own_reads: sum.own_reads + own * reads,
					own_writes: sum.own_writes + own * writes,
				}
			})
	}
}

/// Measures `run`, which must succeed.
fn measure<M: Meter>(step: Step, run: impl FnOnce() -> Result<(), DispatchError>) -> Reading {
	clear_events();
	M::settle();
	let start = M::now();
	let outcome = run();
	let nanos = M::now().saturating_sub(start) as u64;
	if let Err(error) = outcome {
		panic!("{step:?} fails: {error:?}");
	}
	Reading { step, nanos, accesses: M::accesses() }
}

/// Measures what `run` does for each of `passers_by`, in a block of its own for each. The first of them
/// only warms up the processor, and is not among the readings: what it has just done costs the least
/// anywhere, and a step that comes after much else the most.
pub fn measure_each<M: Meter>(
	step: Step,
	readings: &mut Vec<Reading>,
	passers_by: &[AccountId],
	run: impl Fn(&AccountId) -> Result<(), DispatchError>,
) {
	let measured = passers_by.iter().map(|who| {
		pass_blocks(1);
		measure::<M>(step, || run(black_box(who)))
	});
	readings.extend(measured.skip(1));
}

/// Measures two steps in turns, each `times` times; the first of each only warms up. The order changes
/// with each turn: neither of them is always the one that comes second.
pub fn measure_in_turns<M: Meter>(
	steps: [Step; 2],
	readings: &mut Vec<Reading>,
	times: usize,
	run: impl Fn(Step) -> Result<(), DispatchError>,
) {
	let turns = core::iter::successors(Some(steps), |[first, second]| Some([*second, *first]));
	let measured = turns.take(times).flatten().map(|step| {
		pass_blocks(1);
		measure::<M>(step, || run(step))
	});
	readings.extend(measured.skip(2));
}

/// Measures a call of each of `passers_by`, as [`measure_each`] does, with the transactional layer that
/// every dispatch has.
pub fn measure_calls<M: Meter, C: Into<RuntimeCall>>(
	step: Step,
	readings: &mut Vec<Reading>,
	passers_by: &[AccountId],
	call: impl Fn(&AccountId) -> C,
) {
	let measured = passers_by.iter().map(|who| measure_call::<M>(step, who.clone(), call(who)));
	readings.extend(measured.skip(1));
}

/// Measures the calls of each pair, of which the first is of the first step, in turns, as
/// [`measure_in_turns`] does. The first pair only warms up.
pub fn measure_calls_in_turns<M: Meter, C: Into<RuntimeCall>>(
	steps: [Step; 2],
	readings: &mut Vec<Reading>,
	pairs: impl Iterator<Item = [(AccountId, C); 2]>,
) {
	let [one, other] = steps;
	let measured = pairs.enumerate().flat_map(|(turn, [first, second])| {
		let mut calls = [(one, first), (other, second)];
		if turn % 2 == 1 {
			calls.reverse();
		}
		calls.map(|(step, (who, call))| measure_call::<M>(step, who, call))
	});
	readings.extend(measured.skip(2));
}

/// Measures a call in a block of its own.
fn measure_call<M: Meter>(step: Step, who: AccountId, call: impl Into<RuntimeCall>) -> Reading {
	pass_blocks(1);
	let (origin, call) = (RuntimeOrigin::signed(who), call.into());
	measure::<M>(step, || {
		black_box(call).dispatch(origin).map(|_| ()).map_err(|failed| failed.error)
	})
}

/// As `System::reset_events`, which looks through all of state for topics of events where state is in
/// memory: no caches would survive that.
pub fn clear_events() {
	unhashed::kill(&storage_prefix(b"System", b"EventCount"));
	unhashed::kill(&storage_prefix(b"System", b"Events"));
}

/// As `System::set_block_number`, which the Wasm runtime does not have.
pub fn pass_blocks(count: BlockNumber) {
	let number = System::block_number() + count;
	unhashed::put(&storage_prefix(b"System", b"Number"), &number);
}

/// Dispatches a call that prepares something.
pub fn prepare(origin: RawOrigin<AccountId>, call: impl Into<RuntimeCall>) {
	let call = call.into();
	let again = call.clone();
	if let Err(failed) = call.dispatch(origin.into()) {
		panic!("{again:?} fails: {:?}", failed.error);
	}
}

/// Dispatches a call of `who` that prepares something.
pub fn prepare_as(who: &AccountId, call: impl Into<RuntimeCall>) {
	prepare(RawOrigin::Signed(who.clone()), call)
}
