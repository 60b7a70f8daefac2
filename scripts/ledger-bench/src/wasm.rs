// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! The chain as Wasm: the same runtime compiled by wasmtime as a node does it, its state in a trie over
//! a database in memory, which is the one that weights are measured in.

use crate::{measure::Chain, native::Entries};
use codec::{Decode, Encode};
use picasso_ledger_bench_runtime::{meter::Reading, WASM_BINARY};
use sc_client_db::BenchmarkingState;
use sc_executor::{HeapAllocStrategy, WasmExecutor};
use sp_core::traits::{CallContext, RuntimeCode, WrappedRuntimeCode};
use sp_runtime::{traits::BlakeTwo256, StateVersion};
use sp_state_machine::{Backend, StateMachine};

type HostFunctions =
	(sp_io::SubstrateHostFunctions, frame_benchmarking::benchmarking::HostFunctions);

/// Entries that go into the trie together.
const CHUNK: usize = 100_000;
/// Pages of memory that the runtime may use: 4 GiB less one.
const HEAP_PAGES: u32 = 4_096;

/// The chain that is copied has seen others.
const FIRST_PASSER_BY: u32 = 1 << 20;

/// The chain in a trie.
pub struct Wasm {
	state: BenchmarkingState<BlakeTwo256>,
	executor: WasmExecutor<HostFunctions>,
	passers_by: u32,
}

impl Wasm {
	/// A chain of that state. Where its accesses are counted, its times are those of counting too.
	pub fn of(entries: &Entries, counts_accesses: bool) -> Result<Self, String> {
		let state = BenchmarkingState::new(Default::default(), None, false, counts_accesses)?;
		for chunk in entries.chunks(CHUNK) {
			let delta = chunk.iter().map(|(key, value)| (&key[..], Some(&value[..])));
			let (root, transaction) = state.storage_root(delta, StateVersion::V1);
			state.commit(root, transaction, Vec::new(), Vec::new())?;
		}
		let pages = HeapAllocStrategy::Static { extra_pages: HEAP_PAGES };
		let executor = WasmExecutor::builder()
			.with_onchain_heap_alloc_strategy(pages)
			.with_offchain_heap_alloc_strategy(pages)
			.build();
		Ok(Self { state, executor, passers_by: FIRST_PASSER_BY })
	}

	fn call<R: Decode>(&self, method: &str, arguments: impl Encode) -> Result<R, String> {
		let code =
			WASM_BINARY.ok_or("this was built with SKIP_WASM_BUILD: there is no Wasm in it")?;
		let code = RuntimeCode {
			code_fetcher: &WrappedRuntimeCode(code.into()),
			hash: sp_io::hashing::blake2_256(code).to_vec(),
			heap_pages: None,
		};
		let result = StateMachine::new(
			&self.state,
			&mut Default::default(),
			&self.executor,
			method,
			&arguments.encode(),
			&mut Default::default(),
			&code,
			CallContext::Offchain,
		)
		.execute()
		.map_err(|error| format!("{method} fails: {error:?}"))?;
		R::decode(&mut &result[..]).map_err(|error| format!("{method} answers nonsense: {error}"))
	}
}

impl Chain for Wasm {
	fn round(&mut self, count: u32) -> Result<Vec<Reading>, String> {
		let first = self.passers_by;
		self.passers_by += count + 1;
		self.call("LedgerBench_round", (first, count))
	}

	fn claims(&mut self, count: u32) -> Result<Vec<Reading>, String> {
		let first = self.passers_by;
		self.passers_by += 2 * (count + 1);
		self.call("LedgerBench_claims", (first, count))
	}

	fn slash_pool(&mut self, times: u32) -> Result<Vec<Reading>, String> {
		self.call("LedgerBench_slash_pool", times)
	}

	fn apply_slashes(&mut self, from: u32, to: u32) -> Result<Vec<Reading>, String> {
		self.call("LedgerBench_apply_slashes", (from, to))
	}
}
