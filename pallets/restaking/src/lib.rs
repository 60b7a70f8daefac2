// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! # Restaking
//!
//! The one ledger of stake: who has staked how much of which asset with which operator, and who is
//! leaving.
//!
//! ## Terminology
//!
//! - **Vault**: one per restakable asset: settings that governance decides, and an account that holds
//!   every unit staked.
//! - **Operator**: a registered account that answers for the stake in its pools.
//! - **Pool**: stake of one asset that one operator answers for, held in shares.
//! - **Position**: one restaker's shares in one pool.
//! - **Bucket**: the exits from one pool that mature together, held in points.
//! - **Ticket**: one owner's points in one bucket.
//! - **Era**: the clock by which exits mature.
//!
//! ## Goals
//!
//! - A call costs the same whatever the number of restakers, operators, pools and eras waited.
//! - A slash is one change to a pool, whatever the number of restakers, and reaches exits that have
//!   not matured.
//! - Anyone can leave at any time, whatever the state of operator, pool and vault.
//!
//! ## Design
//!
//! Custody is by transfer: what is staked belongs to the vault's account, and the ledger alone says
//! whose it is. A donation to that account changes nothing, as the ledger counts for itself.
//!
//! - `stake` x: mints ⌊x · shares / active⌋ shares, x in an empty pool.
//! - `unstake` s: burns s shares; ⌊s · active / shares⌋ planck leave the stake for the bucket of
//!   era ⌈(now + unbonding) / granularity⌉ · granularity and become points there by the same formula.
//! - `withdraw`: a ticket of a matured bucket pays ⌊points · balance / all points⌋ planck.
//!
//! - `slash` by a ratio: takes ⌈balance · ratio⌉ planck of the stake and of each bucket that has not
//!   matured, through [`Slashable`](picasso_primitives::slashing::Slashable) and for no call. What is
//!   lost whole, or to where a share is worth less than 10⁻⁹ planck, begins a new generation: shares
//!   and points of the old one are worth nothing, and those who come later inherit nothing of it.
//!
//! All other divisions round in favour of those who stay, by less than one unit; see
//! [`SharePool`](picasso_primitives::math::SharePool).
//!
//! A pool keeps the buckets that can still be slashed, and a few matured ones, in its own value. An
//! exit that needs a new bucket moves one matured bucket out to [`MaturedBuckets`], so the list never
//! holds more than the buckets that can be unmatured at one time. The list is short because exits
//! mature at every `granularity`th era only.
//!
//! An exit can be taken back until it matures, and be passed on in whole or in part at any time. One
//! that moves to another pool waits like any other, as what it leaves may still be slashed; then anyone
//! can complete it, or its owner have it paid.
//!
//! ### Rewards
//!
//! What a pool is credited, through [`PoolRewards`](picasso_primitives::rewards::PoolRewards) and by no
//! call, streams block by block to its shares; see [`PerShare`](picasso_primitives::math::PerShare) for
//! the formulas. A pool keeps up to [`Config::MaxRewardCurrencies`] counters in its own value, and a
//! position one [`Tally`](picasso_primitives::math::Tally) for each: both are brought up to date
//! whenever they are written anyway. What a generation had earned when it was lost is kept in
//! [`LostGenerations`] until the last of its positions was told.
//!
//! Who leaves a pool with all shares keeps the position until what it earned is claimed.
//!
//! A restaker may have a position's rewards in PICA become stake in the same pool of PICA when they are
//! claimed: `x` planck go from the account of rewards into the vault for ⌊x · shares / active⌋ shares,
//! by all rules of `stake`. What pool or vault don't take is paid; and so is what is owed to a position
//! without shares, as its owner has left or lost all.
//!
//! ### Operators
//!
//! An operator's deposit covers what the chain stores of it, of its pools and of its approvals. Whether
//! its pools may take stake is noted in each of them, so that `stake` reads no operator. Pools that are
//! winding up can be emptied by anyone, each restaker's stake to its owner; so an operator can always
//! leave, however absent its restakers are, and never with what is theirs.
//!
//! ### Invariants
//!
//! 1. A vault's custody is the sum of its pools' stake, of their buckets, matured ones included, and
//!    of the proceeds parked in its asset; and the vault's account holds it.
//! 2. A pool's shares are the sum of its positions' shares of its generation; a bucket's points are
//!    the sum of its tickets' points of its generation; the shares of a lost generation that is kept
//!    are those of its positions.
//! 3. No share pool has more planck than shares.
//! 4. Buckets of a pool ascend by maturity, only matured ones are in [`MaturedBuckets`], and a bucket
//!    is empty only if it was lost whole: it stays to tell its tickets from those of a new generation.
//! 5. An operator's counts of pools and approvals, the lists of pools by asset, and what its pools say
//!    of it, are true; a pool's count of positions is, too, and its operator's own shares.
//! 6. In each currency, a pool owes at least what its positions have earned, what is unearned, and what
//!    is still to stream; and the account of rewards holds what all pools owe.
//!
//! ## Limitations
//!
//! - A reward currency is listed for good: a retired one keeps its slot, as positions that nobody
//!   touches still count in it.
//! - A currency in which a pool is credited again before its stream has ended is spread anew, up to the
//!   later end: who credits often and late delays what was credited before.
//! - Anyone can have rewards claimed while they are below the vault's minimum stake: they are paid then,
//!   even where the restaker wants them to compound.
//! - A ticket can be given to anyone unasked. It changes nothing else of theirs.
//! - An exit waits for the next multiple of the granularity: up to `granularity - 1` eras longer than
//!   the unbonding period.
//! - Matured tickets count against a vault's deposit cap until they are withdrawn, as its account
//!   holds them.
//! - Where an asset's issuer raises its minimum balance above what the vault's account keeps, the last
//!   withdrawals wait until somebody sends the account the difference.
//! - `unbonding` counts turns of the era: an exit made just before a turn waits almost an era less
//!   than one made just after it.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

use frame_support::pallet_macros::import_section;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

mod acting;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod calls;
mod clock;
mod compounding;
mod config;
mod errors;
mod events;
mod exits;
mod genesis;
mod holdings;
#[cfg(test)]
mod mock;
mod operators;
mod positions;
mod reads;
mod rewards;
mod slash;
mod stake;
mod stake_ledger;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
mod types;
mod vaults;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;

#[import_section(config::config)]
#[import_section(events::events)]
#[import_section(errors::errors)]
#[import_section(calls::calls)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use frame_support::{
		pallet_prelude::*,
		traits::{fungibles, Consideration, EnsureOrigin, Footprint},
		PalletId,
	};
	use frame_system::pallet_prelude::*;
	use picasso_primitives::{
		assets::Transfers,
		math::ShareError,
		registry::VaultPolicy,
		restaking::{
			Commission, CurrencyStatus, ExitRoutes, Obligations, OperatorStatus, PoolAccess,
			PoolStatus, RewardCurrency, StakeLocks, TicketId, VaultSettings,
		},
		AssetId, Balance, EraIndex, PoolId,
	};
	use sp_runtime::{traits::BlockNumberProvider, ArithmeticError, Perbill};

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// The restaking clock. Written by genesis, by each turn of the era, and by `set_era_settings`. Each
	/// block reads it as it begins.
	#[pallet::storage]
	#[pallet::whitelist_storage]
	pub type CurrentEra<T: Config> = StorageValue<_, EraClock<BlockNumberFor<T>>>;

	/// Vaults by asset. Written by governance, by all that stake comes in by or is paid, and when proceeds
	/// of slashes move;
	/// `custody` moves with the balance of the vault's account.
	#[pallet::storage]
	pub type Vaults<T: Config> = StorageMap<_, Twox64Concat, AssetId, Vault>;

	/// Operators by account. Written by the operator; `pools` moves with [`PoolsByOperator`] and
	/// `approvals` with [`Approvals`].
	#[pallet::storage]
	pub type Operators<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Operator<T>>;

	/// Restakers by the operator that approved them. Written by the operator.
	#[pallet::storage]
	pub type Approvals<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Blake2_128Concat, T::AccountId, ()>;

	/// The pools of an operator for an asset. Written when a pool is created or removed.
	#[pallet::storage]
	pub type PoolsByOperator<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		T::AccountId,
		Twox64Concat,
		AssetId,
		BoundedVec<PoolId, T::MaxPoolsPerAsset>,
		ValueQuery,
	>;

	/// Pools by the asset staked in them. Written when a pool is created or removed.
	#[pallet::storage]
	pub type PoolsByAsset<T: Config> =
		StorageDoubleMap<_, Twox64Concat, AssetId, Twox64Concat, PoolId, ()>;

	/// The number of the next pool. Written when a pool is created.
	#[pallet::storage]
	pub type NextPoolId<T: Config> = StorageValue<_, PoolId, ValueQuery>;

	/// Pools by number. Written by its operator, and by all that changes stake: shares, and the operator's
	/// own among them, move with [`Positions`], points of buckets with [`Tickets`], what is owed with the
	/// account of rewards. Slashes take balances and leave shares and points.
	#[pallet::storage]
	pub type Pools<T: Config> = StorageMap<_, Twox64Concat, PoolId, Pool<T>>;

	/// What operators call their pools, UTF-8, by pool. Written when a pool is created or removed.
	#[pallet::storage]
	pub type PoolNames<T: Config> =
		StorageMap<_, Twox64Concat, PoolId, BoundedVec<u8, T::MaxNameLength>, ValueQuery>;

	/// Matured buckets that had to make room in their pool's list, by pool and era of maturity.
	/// Written by exits, which move them here, and by withdrawals, which empty them.
	#[pallet::storage]
	pub type MaturedBuckets<T: Config> =
		StorageDoubleMap<_, Twox64Concat, PoolId, Twox64Concat, EraIndex, Bucket>;

	/// Positions by restaker and pool. Written together with the pool, but for what the restaker decides
	/// of compounding.
	#[pallet::storage]
	pub type Positions<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, PoolId, Position<T>>;

	/// What generations had earned when they were lost, by pool and generation; none where they had
	/// never been credited. Written by slashes, and whenever a position of the generation is touched.
	#[pallet::storage]
	pub type LostGenerations<T: Config> =
		StorageDoubleMap<_, Twox64Concat, PoolId, Twox64Concat, u32, LostGeneration<T>>;

	/// The currencies that rewards are paid in, by slot. Written by governance.
	#[pallet::storage]
	pub type RewardCurrencies<T: Config> =
		StorageValue<_, BoundedVec<RewardCurrency, T::MaxRewardCurrencies>, ValueQuery>;

	/// Tickets by owner, and by pool, era of maturity and where they go. Written together with the
	/// bucket, or with another owner's ticket.
	#[pallet::storage]
	pub type Tickets<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, TicketId, Ticket>;

	/// Proceeds of slashes that could not be moved, by asset and beneficiary; part of the vault's
	/// custody. Written by slashes, and by `move_proceeds`, which empties them.
	#[pallet::storage]
	pub type ParkedProceeds<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		AssetId,
		Blake2_128Concat,
		T::AccountId,
		Balance,
		ValueQuery,
	>;

	/// The ledger a chain starts with.
	#[pallet::genesis_config]
	pub struct GenesisConfig<T: Config> {
		/// How time passes.
		pub era: EraSettings<BlockNumberFor<T>>,
		/// The account that pays the minimum balances of the accounts of vaults and of rewards.
		pub funder: Option<T::AccountId>,
		/// Vaults by asset.
		pub vaults: Vec<(AssetId, VaultSettings)>,
		/// The currencies that rewards are paid in, by slot.
		pub reward_currencies: Vec<AssetId>,
		/// Operators: account, commission, metadata, and their pools by asset and name.
		pub operators: Vec<(T::AccountId, Perbill, Vec<u8>, Vec<(AssetId, Vec<u8>)>)>,
		/// Stake: whose, in which pool, and how many planck. It counts from the first era on.
		pub stakes: Vec<(T::AccountId, PoolId, Balance)>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			self.build_ledger();
		}
	}

	/// Why the ledger holds PICA.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// An operator's deposit for what is stored of it.
		#[codec(index = 0)]
		OperatorDeposit,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(_: BlockNumberFor<T>) -> Weight {
			Self::turn_era_if_due();
			T::WeightInfo::on_initialize()
		}

		fn integrity_test() {
			assert!(T::MaxRewardCurrencies::get() > 0, "rewards are paid in something");
			assert!(T::MaxBuckets::get() > 0, "a pool must be able to keep an exit");
			assert!(
				Self::ensure_valid_era_settings(&T::DefaultEraSettings::get()).is_ok(),
				"a network starts with valid era settings",
			);
			assert!(
				T::MaxPoolsPerAsset::get() <= T::MaxPoolsPerOperator::get(),
				"the pools for one asset are among all pools of an operator",
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
