// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! How the host asks for measurements where the runtime is Wasm.

use crate::{
	meter::{InTrie, Reading},
	schemes, Block, Runtime, VERSION,
};
use alloc::vec::Vec;
use sp_api::impl_runtime_apis;
use sp_runtime::{traits::Block as BlockT, ExtrinsicInclusionMode};
use sp_version::RuntimeVersion;

sp_api::decl_runtime_apis! {
	/// Measures steps in the state that the host holds.
	pub trait LedgerBench {
		/// See [`round`](schemes::round).
		fn round(first: u32, count: u32) -> Vec<Reading>;
		/// See [`claims`](schemes::claims).
		fn claims(first: u32, count: u32) -> Vec<Reading>;
		/// See [`slash_pool`](schemes::slash_pool).
		fn slash_pool(times: u32) -> Vec<Reading>;
		/// See [`apply_slashes`](schemes::apply_slashes).
		fn apply_slashes(from: u32, to: u32) -> Vec<Reading>;
	}
}

impl_runtime_apis! {
	impl sp_api::Core<Block> for Runtime {
		fn version() -> RuntimeVersion {
			VERSION
		}

		fn execute_block(_: <Block as BlockT>::LazyBlock) {
			unimplemented!("no blocks are executed")
		}

		fn initialize_block(_: &<Block as BlockT>::Header) -> ExtrinsicInclusionMode {
			unimplemented!("no blocks are executed")
		}
	}

	impl self::LedgerBench<Block> for Runtime {
		fn round(first: u32, count: u32) -> Vec<Reading> {
			schemes::round::<InTrie>(first, count)
		}

		fn claims(first: u32, count: u32) -> Vec<Reading> {
			schemes::claims::<InTrie>(first, count)
		}

		fn slash_pool(times: u32) -> Vec<Reading> {
			schemes::slash_pool::<InTrie>(times)
		}

		fn apply_slashes(from: u32, to: u32) -> Vec<Reading> {
			schemes::apply_slashes::<InTrie>(from, to)
		}
	}
}
