// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! The chain natively: the runtime compiled for this machine, its state in memory without a trie.

use crate::measure::Chain;
use picasso_ledger_bench_runtime::{
	genesis,
	meter::{InMemory, Reading},
	schemes::{self, Scheme},
};
use sp_state_machine::BasicExternalities;

/// Restakers by whom the growth of state is measured.
const WEIGHED: u32 = 1_000;

/// Keys and values of state, in order.
pub type Entries = Vec<(Vec<u8>, Vec<u8>)>;

/// The chain in memory.
pub struct Native {
	state: BasicExternalities,
	population: u32,
	passers_by: u32,
}

impl Native {
	/// A chain on which every scheme is open and nobody is in.
	pub fn new() -> Self {
		let mut state = BasicExternalities::new(genesis::storage());
		state.execute_with(schemes::open);
		Self { state, population: 0, passers_by: 0 }
	}

	/// Lets in `population` restakers, to one scheme after the other. Returns what state grew by for
	/// each of the first of them in each scheme.
	pub fn populate(&mut self, population: u32) -> Growth {
		let growth = self.populate_weighing(population.min(WEIGHED));
		let from = std::mem::replace(&mut self.population, population);
		self.run(|| {
			schemes::for_restakers(from, population, |who| {
				schemes::endow(who);
				schemes::Ledger::join(who);
				schemes::NominationPoolsScheme::join(who);
				schemes::AssetRewardsScheme::join(who);
			})
		});
		growth
	}

	fn populate_weighing(&mut self, population: u32) -> Growth {
		let from = std::mem::replace(&mut self.population, population);
		let joins = [
			schemes::Ledger::join,
			schemes::NominationPoolsScheme::join,
			schemes::AssetRewardsScheme::join,
		];
		self.run(|| schemes::for_restakers(from, population, schemes::endow));
		let mut before = self.census();
		let grown = joins.map(|join| {
			self.run(|| schemes::for_restakers(from, population, join));
			let after = self.census();
			let grown = after.bytes.saturating_sub(std::mem::replace(&mut before, after).bytes);
			grown as f64 / f64::from(population.saturating_sub(from))
		});
		let [ledger, nomination_pools, asset_rewards] = grown;
		Growth { ledger, nomination_pools, asset_rewards }
	}

	/// Bytes of the ledger's own state that a position takes, keys included, in a pool that earns in so
	/// many currencies: what `count` of them add to what is there.
	pub fn own_bytes_per_position(&mut self, currencies: u32, count: u32) -> f64 {
		let from = self.population;
		self.population += count;
		let to = self.population;
		self.run(|| schemes::for_restakers(from, to, schemes::endow));
		let before = self.census().own_bytes;
		self.run(|| schemes::for_restakers(from, to, |who| schemes::join_pool_of(currencies, who)));
		self.census().own_bytes.saturating_sub(before) as f64 / f64::from(count)
	}

	/// All of state.
	pub fn entries(&mut self) -> Entries {
		let mut last = Vec::new();
		self.run(|| {
			let next = || {
				let key = sp_io::storage::next_key(&last)?;
				let value = sp_io::storage::get(&key).expect("a key has a value").to_vec();
				last = key.clone();
				Some((key, value))
			};
			std::iter::from_fn(next).collect()
		})
	}

	/// Does something and takes it back.
	pub fn undoing<R>(&mut self, what: impl FnOnce(&mut Self) -> R) -> R {
		self.run(sp_io::storage::start_transaction);
		let result = what(self);
		self.run(sp_io::storage::rollback_transaction);
		result
	}

	fn census(&mut self) -> Census {
		let own = sp_io::hashing::twox_128(b"Restaking");
		let mut census = Census::default();
		self.run(|| {
			let mut key = Vec::new();
			while let Some(next) = sp_io::storage::next_key(&key) {
				let value = sp_io::storage::read(&next, &mut [], 0).expect("a key has a value");
				let bytes = next.len() as u64 + u64::from(value);
				census.bytes += bytes;
				if next.starts_with(&own) {
					census.own_bytes += bytes;
				}
				key = next;
			}
		});
		census
	}

	fn run<R>(&mut self, what: impl FnOnce() -> R) -> R {
		self.state.execute_with(what)
	}
}

impl Chain for Native {
	fn round(&mut self, count: u32) -> Result<Vec<Reading>, String> {
		let first = self.passers_by;
		self.passers_by += count + 1;
		Ok(self.run(|| schemes::round::<InMemory>(first, count)))
	}

	fn claims(&mut self, count: u32) -> Result<Vec<Reading>, String> {
		let first = self.passers_by;
		self.passers_by += 2 * (count + 1);
		Ok(self.run(|| schemes::claims::<InMemory>(first, count)))
	}

	fn slash_pool(&mut self, times: u32) -> Result<Vec<Reading>, String> {
		Ok(self.run(|| schemes::slash_pool::<InMemory>(times)))
	}

	fn apply_slashes(&mut self, from: u32, to: u32) -> Result<Vec<Reading>, String> {
		Ok(self.run(|| schemes::apply_slashes::<InMemory>(from, to)))
	}
}

/// Bytes in state, keys included.
#[derive(Default)]
struct Census {
	bytes: u64,
	/// Of these, the restaking ledger's own.
	own_bytes: u64,
}

/// Bytes that one position adds to state, keys included, in whatever pallet.
#[derive(Clone, Copy, Debug)]
pub struct Growth {
	/// A stake in our ledger.
	pub ledger: f64,
	/// A member of a nomination pool.
	pub nomination_pools: f64,
	/// A stake for asset rewards.
	pub asset_rewards: f64,
}
