// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! A chain and the people on it.
//!
//! The state is in a map in memory: nothing is hashed into a trie, and no block is executed. Calls are
//! dispatched as a transaction's would be; the hooks of the pallets that make up the economy are called as
//! a block calls them, and nobody but they: no slots, no sessions' keys, no scheduler. Between blocks in
//! which something happens the number of the block may jump.

mod audit;
mod books;
mod people;
mod scene;
mod time;

pub use books::{Books, Flows};
pub use people::{account, pair, Keys, Signer};
pub use scene::{Asset, Operator, Scene};

use crate::{
	calls::{AvsCall, ReferendaCall},
	dice::Dice,
};
use frame_support::weights::Weight;
use picasso_primitives::{
	assets::PICA, avs::Terms, restaking::StakeLedger, AssetId, AvsId, Balance, EraIndex, PoolId,
};
use picasso_runtime::{
	configs::{governance::TreasuryAccount, system::RuntimeBlockWeights},
	AccountId, Assets, Balances, Restaking, Runtime, RuntimeCall, RuntimeOrigin, System,
};
use sp_runtime::{traits::Dispatchable, DispatchError, DispatchResult};
use sp_state_machine::BasicExternalities;

/// A chain, outside of its state.
pub struct World {
	state: BasicExternalities,
	chain: Chain,
}

impl World {
	/// A chain that begins with a scene. `seed` says who makes its blocks.
	pub fn new(scene: Scene, seed: u64) -> Self {
		let mut state = BasicExternalities::new_empty();
		let chain = state.execute_with(|| {
			scene.build();
			Chain::begin(scene, seed)
		});
		Self { state, chain }
	}

	/// Does something on the chain.
	pub fn on_chain<R>(&mut self, deed: impl FnOnce(&mut Chain) -> R) -> R {
		let Self { state, chain } = self;
		state.execute_with(|| deed(chain))
	}

	/// Forgets what the state remembers of keys that are gone: looking for the next key passes them one by
	/// one.
	pub fn tidy(&mut self) {
		let state = std::mem::take(&mut self.state);
		self.state = BasicExternalities::new(state.into_storages());
	}
}

/// A chain, within its state.
pub struct Chain {
	/// What it began with.
	pub scene: Scene,
	/// What was made and destroyed.
	pub books: Books,
	/// Weight that blocks leave for what is done when all else is.
	pub room: Weight,
	/// Who has which keys.
	pub keys: Keys,
	dice: Dice,
	validators: Vec<AccountId>,
	next_validators: Vec<AccountId>,
}

impl Chain {
	fn begin(scene: Scene, seed: u64) -> Self {
		System::set_block_number(1);
		let books = Books::open(&scene);
		let validators: Vec<_> = scene.validators().collect();
		Self {
			scene,
			books,
			room: Self::full_room(),
			keys: Keys::default(),
			dice: Dice::new(seed),
			next_validators: validators.clone(),
			validators,
		}
	}

	/// What an empty block leaves.
	pub fn full_room() -> Weight {
		let limits = RuntimeBlockWeights::get();
		limits.max_block.saturating_sub(limits.base_block)
	}

	/// Dispatches a call, and takes note of what happened.
	pub fn call(&mut self, origin: RuntimeOrigin, call: impl Into<RuntimeCall>) -> DispatchResult {
		let done = call.into().dispatch(origin);
		self.books.read_events();
		done.map(drop).map_err(|refused| refused.error)
	}

	/// Takes note of what happened since it did last.
	pub fn take_note(&mut self) {
		self.books.read_events();
	}

	/// An AVS comes, as if its referendum had approved of it.
	pub fn onboard(
		&mut self,
		owner: &AccountId,
		terms: Terms<AccountId>,
	) -> Result<AvsId, DispatchError> {
		let avs = pallet_avs::NextAvsId::<Runtime>::get();
		let application = pallet_avs::NextApplicationId::<Runtime>::get();
		let (terms, metadata) = (Box::new(terms), b"an AVS".to_vec());
		let place_decision_deposit = false;
		self.signed(owner, AvsCall::propose { terms, metadata, place_decision_deposit })?;
		let record = pallet_avs::Applications::<Runtime>::get(application);
		let index = record.map(|record| record.referendum).ok_or(DispatchError::CannotLookup)?;
		self.root(AvsCall::onboard { application })?;
		self.root(ReferendaCall::cancel { index })?;
		self.signed(owner, ReferendaCall::refund_submission_deposit { index })?;
		Ok(avs)
	}

	/// As [`Self::call`], of an account's.
	pub fn signed(&mut self, who: &AccountId, call: impl Into<RuntimeCall>) -> DispatchResult {
		self.call(RuntimeOrigin::signed(who.clone()), call)
	}

	/// As [`Self::call`], of governance's.
	pub fn root(&mut self, call: impl Into<RuntimeCall>) -> DispatchResult {
		self.call(RuntimeOrigin::root(), call)
	}

	/// The era.
	pub fn era() -> EraIndex {
		<Restaking as StakeLedger<AccountId>>::current_era()
	}

	/// The treasury.
	pub fn treasury() -> AccountId {
		TreasuryAccount::get()
	}

	/// What an account has of an asset and can use, in planck.
	pub fn balance(asset: AssetId, who: &AccountId) -> Balance {
		if asset == PICA {
			Balances::free_balance(who)
		} else {
			Assets::balance(asset, who)
		}
	}

	/// The asset of a pool that there is.
	pub fn asset_of(pool: PoolId) -> Option<AssetId> {
		pallet_restaking::Pools::<Runtime>::get(pool).map(|pool| pool.asset)
	}
}
