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
//! ### Invariants
//!
//! 1. A vault's custody is the sum of its pools' stake, of their buckets, matured ones included, and
//!    of the proceeds parked in its asset; and the vault's account holds it.
//! 2. A pool's shares are the sum of its positions' shares of its generation; a bucket's points are
//!    the sum of its tickets' points of its generation.
//! 3. No share pool has more planck than shares.
//! 4. Buckets of a pool ascend by maturity, only matured ones are in [`MaturedBuckets`], and a bucket
//!    is empty only if it was lost whole: it stays to tell its tickets from those of a new generation.
//! 5. An operator's count of pools, and its list of them by asset, are true.
//!
//! ## Limitations
//!
//! - There is no reward yet.
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

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod genesis;
mod impls;
#[cfg(test)]
mod mock;
mod reads;
mod slash;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
mod types;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use frame_support::{
		pallet_prelude::*,
		traits::{fungibles, EnsureOrigin},
		PalletId,
	};
	use frame_system::pallet_prelude::*;
	use picasso_primitives::{
		math::ShareError,
		restaking::{PoolStatus, TicketId, VaultSettings},
		AssetId, Balance, EraIndex, PoolId,
	};
	use sp_runtime::{traits::BlockNumberProvider, ArithmeticError, Perbill};

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// Every asset there is, PICA among them.
		type Assets: fungibles::Mutate<Self::AccountId, AssetId = AssetId, Balance = Balance>;

		/// The native asset. Who stakes it keeps its existential deposit, and so the account.
		#[pallet::constant]
		type NativeAsset: Get<AssetId>;

		/// Decides of vaults and of the clock. Its account pays a new vault's minimum balance.
		type GovernanceOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = Self::AccountId>;

		/// The clock that eras count.
		type BlockNumberProvider: BlockNumberProvider<BlockNumber = BlockNumberFor<Self>>;

		/// Names the accounts of vaults.
		#[pallet::constant]
		type PalletId: Get<PalletId>;

		/// The most bytes of an operator's metadata.
		#[pallet::constant]
		type MaxMetadataLength: Get<u32>;

		/// The most bytes of a pool's name.
		#[pallet::constant]
		type MaxNameLength: Get<u32>;

		/// The most pools of one operator, over all assets.
		#[pallet::constant]
		type MaxPoolsPerOperator: Get<u32>;

		/// The most pools of one operator for one asset.
		#[pallet::constant]
		type MaxPoolsPerAsset: Get<u32>;

		/// The most buckets in a pool's value: bounds the unbonding period, counted in granules.
		#[pallet::constant]
		type MaxBuckets: Get<u32>;

		/// The longest era there may be, in blocks: exits wait for eras to turn.
		#[pallet::constant]
		type MaxEraLength: Get<BlockNumberFor<Self>>;

		/// The longest unbonding period there may be, in eras.
		#[pallet::constant]
		type MaxUnbonding: Get<EraIndex>;

		/// How time passes on a network whose genesis doesn't say.
		type DefaultEraSettings: Get<EraSettings<BlockNumberFor<Self>>>;

		/// What calls cost.
		type WeightInfo: WeightInfo;

		/// Sets the scene of benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper;
	}

	/// The restaking clock. Written by genesis, by each turn of the era, and by `set_era_settings`.
	#[pallet::storage]
	pub type CurrentEra<T: Config> = StorageValue<_, EraClock<BlockNumberFor<T>>>;

	/// Vaults by asset. Written by governance, `stake`, `withdraw` and when proceeds of slashes move;
	/// `custody` moves with the balance of the vault's account.
	#[pallet::storage]
	pub type Vaults<T: Config> = StorageMap<_, Twox64Concat, AssetId, Vault>;

	/// Operators by account. Written by the operator; `pools` moves with [`PoolsByOperator`].
	#[pallet::storage]
	pub type Operators<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Operator<T>>;

	/// The pools of an operator for an asset. Written when a pool is created.
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

	/// The number of the next pool. Written when a pool is created.
	#[pallet::storage]
	pub type NextPoolId<T: Config> = StorageValue<_, PoolId, ValueQuery>;

	/// Pools by number. Written by its operator, and by `stake`, `unstake` and `withdraw`: shares move
	/// with [`Positions`], points of buckets with [`Tickets`]. Slashes take balances and leave both.
	#[pallet::storage]
	pub type Pools<T: Config> = StorageMap<_, Twox64Concat, PoolId, Pool<T>>;

	/// Matured buckets that had to make room in their pool's list, by pool and era of maturity.
	/// Written by `unstake`, which moves them here, and by `withdraw`, which empties them.
	#[pallet::storage]
	pub type MaturedBuckets<T: Config> =
		StorageDoubleMap<_, Twox64Concat, PoolId, Twox64Concat, EraIndex, Bucket>;

	/// Positions by restaker and pool. Written by `stake` and `unstake`, together with the pool.
	#[pallet::storage]
	pub type Positions<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, PoolId, Position>;

	/// Tickets by owner, and by pool and era of maturity. Written by `unstake` and `withdraw`,
	/// together with the bucket.
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
		/// The account that pays each vault's minimum balance.
		pub funder: Option<T::AccountId>,
		/// Vaults by asset.
		pub vaults: Vec<(AssetId, VaultSettings)>,
		/// Operators: account, commission, metadata, and their pools by asset and name.
		pub operators: Vec<(T::AccountId, Perbill, Vec<u8>, Vec<(AssetId, Vec<u8>)>)>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			self.build_ledger();
		}
	}

	/// What happened in the ledger.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// The era turned.
		EraStarted {
			/// The era that began with this block.
			era: EraIndex,
		},
		/// Governance changed how time passes.
		EraSettingsChanged {
			/// Before.
			old: EraSettings<BlockNumberFor<T>>,
			/// From now on.
			new: EraSettings<BlockNumberFor<T>>,
		},
		/// Governance opened a vault.
		VaultCreated {
			/// The asset it is for.
			asset: AssetId,
			/// Its settings.
			settings: VaultSettings,
		},
		/// Governance changed a vault.
		VaultChanged {
			/// The asset it is for.
			asset: AssetId,
			/// Before.
			old: VaultSettings,
			/// From now on.
			new: VaultSettings,
		},
		/// An account became an operator.
		OperatorRegistered {
			/// The account.
			operator: T::AccountId,
			/// The part of the restakers' earnings that it keeps.
			commission: Perbill,
		},
		/// An operator created a pool.
		PoolCreated {
			/// Its number.
			pool: PoolId,
			/// Who answers for it.
			operator: T::AccountId,
			/// The asset it takes.
			asset: AssetId,
		},
		/// An operator opened a pool to new stake, or closed it.
		PoolStatusChanged {
			/// The pool.
			pool: PoolId,
			/// Before.
			old: PoolStatus,
			/// From now on.
			new: PoolStatus,
		},
		/// Stake came into a pool.
		Staked {
			/// Whose.
			who: T::AccountId,
			/// The pool.
			pool: PoolId,
			/// Planck of the pool's asset that moved into the vault.
			amount: Balance,
			/// Shares of the pool issued for them.
			shares: Balance,
		},
		/// Stake began to leave a pool.
		Unstaked {
			/// Whose.
			who: T::AccountId,
			/// The ticket it joined.
			ticket: TicketId,
			/// Shares of the pool burned.
			shares: Balance,
			/// Planck of the pool's asset that left its stake.
			amount: Balance,
		},
		/// A pool was slashed.
		Slashed {
			/// The pool.
			pool: PoolId,
			/// Planck of its asset taken from its stake.
			active: Balance,
			/// Planck of its asset taken from exits that had not matured.
			exits: Balance,
		},
		/// A pool lost all its stake: its shares are worth nothing from now on, and it starts anew.
		PoolLost {
			/// The pool.
			pool: PoolId,
			/// The generation that begins.
			generation: u32,
		},
		/// Proceeds of slashes moved out of a vault.
		ProceedsMoved {
			/// The asset.
			asset: AssetId,
			/// To whom.
			beneficiary: T::AccountId,
			/// Planck of the asset.
			amount: Balance,
		},
		/// Proceeds of slashes could not be moved and are parked: `move_proceeds` moves them.
		ProceedsParked {
			/// The asset.
			asset: AssetId,
			/// For whom.
			beneficiary: T::AccountId,
			/// Planck of the asset.
			amount: Balance,
			/// Why they could not be moved.
			reason: DispatchError,
		},
		/// A ticket was paid.
		Withdrawn {
			/// To whom.
			who: T::AccountId,
			/// The ticket, which is gone.
			ticket: TicketId,
			/// Planck of the pool's asset that moved out of the vault.
			amount: Balance,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// There is no such asset.
		AssetNotFound,
		/// There is a vault for this asset already.
		VaultExists,
		/// There is no vault for this asset.
		VaultNotFound,
		/// The vault takes no new stake.
		VaultNotOpen,
		/// The stake would lift the vault above its deposit cap.
		VaultFull,
		/// The deposit cap is beyond what the ledger can count, or below the minimum stake.
		InvalidVaultSettings,
		/// An era or an unbonding period of nothing or beyond its bound, a granularity of none or above
		/// the period, or more buckets than a pool can keep.
		InvalidEraSettings,
		/// Exits mature on a grid of eras that cannot change any more.
		GranularityIsFixed,
		/// The account is an operator already.
		OperatorExists,
		/// The account is not an operator.
		OperatorNotFound,
		/// The text is longer than allowed.
		TextTooLong,
		/// The text is not UTF-8.
		TextNotUtf8,
		/// The operator has as many pools as it may have.
		TooManyPools,
		/// The operator has as many pools for this asset as it may have.
		TooManyPoolsForAsset,
		/// There is no such pool.
		PoolNotFound,
		/// The pool is another operator's.
		NotPoolOperator,
		/// The pool takes no new stake.
		PoolNotOpen,
		/// A report that could slash the pool is open: it takes no new stake until that is settled.
		PoolReported,
		/// No report on the pool is open.
		NoOpenReport,
		/// The ratio is more than the whole, or its denominator is zero.
		InvalidRatio,
		/// Nothing is parked for this account in this asset.
		NothingParked,
		/// The pool has lost all its stake.
		PoolWorthless,
		/// An amount of zero.
		ZeroAmount,
		/// The amount is below the vault's minimum stake.
		BelowMinimumStake,
		/// The amount is too small to buy a share.
		BuysNoShare,
		/// The amount buys fewer shares than the caller asked for.
		SharesBelowMinimum,
		/// The caller has fewer shares in the pool.
		NotEnoughShares,
		/// The shares are worth less than one planck.
		ExitWorthNothing,
		/// The caller has no such ticket: it never existed, was withdrawn, or is someone else's.
		TicketNotFound,
		/// The ticket matures in a later era.
		TicketNotMature,
	}

	impl<T: Config> Error<T> {
		/// What a user is told when shares cannot be issued.
		pub(crate) fn of_deposit(error: ShareError) -> DispatchError {
			match error {
				ShareError::Nothing => Error::<T>::BuysNoShare.into(),
				ShareError::Worthless => Error::<T>::PoolWorthless.into(),
				ShareError::NotEnoughShares | ShareError::Overflow => {
					ArithmeticError::Overflow.into()
				},
			}
		}

		/// What a user is told when shares cannot be redeemed.
		pub(crate) fn of_redemption(error: ShareError) -> DispatchError {
			match error {
				ShareError::NotEnoughShares => Error::<T>::NotEnoughShares.into(),
				ShareError::Nothing | ShareError::Worthless | ShareError::Overflow => {
					ArithmeticError::Overflow.into()
				},
			}
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(_: BlockNumberFor<T>) -> Weight {
			Self::turn_era_if_due();
			T::WeightInfo::on_initialize()
		}

		fn integrity_test() {
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

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Opens a vault: from now on `asset` can be restaked.
		///
		/// The account that the origin stands for pays the asset's minimum balance into the vault's
		/// account. It stays there, so that the account lives however little is staked.
		///
		/// ## Dispatch Origin
		///
		/// Governance.
		///
		/// ## Parameters
		///
		/// - `asset`: the asset.
		/// - `settings`: deposit cap and minimum stake in planck of the asset, status, and yield rate in
		///   planck of PICA per planck of the asset per year.
		///
		/// ## Errors
		///
		/// - `AssetNotFound`, `VaultExists`.
		/// - `InvalidVaultSettings`: the cap is above 10²⁹ planck or below the minimum stake.
		/// - What the transfer of the minimum balance fails with.
		///
		/// ## Events
		///
		/// - `VaultCreated`.
		///
		/// Cost does not depend on state.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::create_vault())]
		pub fn create_vault(
			origin: OriginFor<T>,
			asset: AssetId,
			settings: VaultSettings,
		) -> DispatchResult {
			let funder = T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_create_vault(&funder, asset, settings)
		}

		/// Changes the settings of a vault. Those who are in it can leave whatever they become.
		///
		/// ## Dispatch Origin
		///
		/// Governance.
		///
		/// ## Parameters
		///
		/// - `asset`: the vault's asset.
		/// - `settings`: all settings, as for `create_vault`. A cap below what is held stops new stake
		///   and nothing else.
		///
		/// ## Errors
		///
		/// - `VaultNotFound`, `InvalidVaultSettings`.
		///
		/// ## Events
		///
		/// - `VaultChanged`, with the old settings and the new.
		///
		/// Cost does not depend on state.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::set_vault())]
		pub fn set_vault(
			origin: OriginFor<T>,
			asset: AssetId,
			settings: VaultSettings,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_set_vault(asset, settings)
		}

		/// Changes how time passes: the current era ends by the new length, exits from now on wait by
		/// the new period, and those in progress mature in the era they would have.
		///
		/// ## Dispatch Origin
		///
		/// Governance.
		///
		/// ## Parameters
		///
		/// - `settings`: length of an era in blocks, unbonding period in eras, and granularity in eras,
		///   which must stay what it is.
		///
		/// ## Errors
		///
		/// - `InvalidEraSettings`: one of them is zero or beyond its bound, or the period spans more
		///   granules than a pool can keep buckets.
		/// - `GranularityIsFixed`.
		///
		/// ## Events
		///
		/// - `EraSettingsChanged`, with the old settings and the new.
		///
		/// Cost does not depend on state.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::set_era_settings())]
		pub fn set_era_settings(
			origin: OriginFor<T>,
			settings: EraSettings<BlockNumberFor<T>>,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_set_era_settings(settings)
		}

		/// Makes the caller an operator.
		///
		/// ## Dispatch Origin
		///
		/// Signed, by the account that will be the operator.
		///
		/// ## Parameters
		///
		/// - `commission`: the part of the restakers' earnings that the operator keeps, in billionths.
		/// - `metadata`: who the operator is: free text or a link, UTF-8.
		///
		/// ## Errors
		///
		/// - `OperatorExists`, `TextTooLong`, `TextNotUtf8`.
		///
		/// ## Events
		///
		/// - `OperatorRegistered`.
		///
		/// Cost does not depend on state.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::register_operator())]
		pub fn register_operator(
			origin: OriginFor<T>,
			commission: Perbill,
			metadata: Vec<u8>,
		) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			Self::do_register_operator(&operator, commission, metadata)
		}

		/// Creates a pool of the caller's for `asset`, open to new stake.
		///
		/// ## Dispatch Origin
		///
		/// Signed, by an operator.
		///
		/// ## Parameters
		///
		/// - `asset`: the asset it takes.
		/// - `name`: what the operator calls it, UTF-8.
		///
		/// ## Errors
		///
		/// - `OperatorNotFound`, `VaultNotFound`, `TextTooLong`, `TextNotUtf8`.
		/// - `VaultNotOpen`: the vault is closed.
		/// - `TooManyPools`, `TooManyPoolsForAsset`.
		///
		/// ## Events
		///
		/// - `PoolCreated`, with the pool's number.
		///
		/// Cost does not depend on state.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::create_pool())]
		pub fn create_pool(origin: OriginFor<T>, asset: AssetId, name: Vec<u8>) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			Self::do_create_pool(&operator, asset, name).map(drop)
		}

		/// Opens a pool to new stake, or closes it to new stake. Exits are open in either state.
		///
		/// ## Dispatch Origin
		///
		/// Signed, by the pool's operator.
		///
		/// ## Parameters
		///
		/// - `pool`: the pool.
		/// - `status`: open or closed.
		///
		/// ## Errors
		///
		/// - `PoolNotFound`, `NotPoolOperator`.
		///
		/// ## Events
		///
		/// - `PoolStatusChanged`, with the old status and the new.
		///
		/// Cost does not depend on state.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::set_pool_status())]
		pub fn set_pool_status(
			origin: OriginFor<T>,
			pool: PoolId,
			status: PoolStatus,
		) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			Self::do_set_pool_status(&operator, pool, status)
		}

		/// Stakes `amount` in `pool`: it moves into the vault, and the caller gets shares.
		///
		/// ## Dispatch Origin
		///
		/// Signed.
		///
		/// ## Parameters
		///
		/// - `pool`: the pool.
		/// - `amount`: planck of the pool's asset. PICA leaves the existential deposit behind.
		/// - `min_shares`: the fewest shares the caller agrees to, lest a slash come in between; 0 for
		///   any number.
		///
		/// ## Errors
		///
		/// - `ZeroAmount`, `PoolNotFound`, `PoolNotOpen`, `PoolReported`, `VaultNotOpen`, `BelowMinimumStake`, `VaultFull`.
		/// - `PoolWorthless`, `BuysNoShare`, `SharesBelowMinimum`.
		/// - What the transfer fails with, where the caller has too little or the asset is frozen.
		///
		/// ## Events
		///
		/// - `Staked`.
		///
		/// Cost does not depend on state.
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::stake())]
		pub fn stake(
			origin: OriginFor<T>,
			pool: PoolId,
			amount: Balance,
			min_shares: Balance,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_stake(&who, pool, amount, min_shares)
		}

		/// Begins an exit: burns `shares` of `pool`, and their worth becomes a ticket, or joins the
		/// caller's ticket of the same maturity. Until then it is not paid and can be slashed.
		///
		/// ## Dispatch Origin
		///
		/// Signed.
		///
		/// ## Parameters
		///
		/// - `pool`: the pool.
		/// - `shares`: shares of the pool.
		///
		/// ## Errors
		///
		/// - `PoolNotFound`, `NotEnoughShares`.
		/// - `ExitWorthNothing`: the shares are worth less than one planck.
		///
		/// ## Events
		///
		/// - `Unstaked`, with the ticket.
		///
		/// Cost does not depend on state.
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::unstake())]
		pub fn unstake(origin: OriginFor<T>, pool: PoolId, shares: Balance) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_unstake(&who, pool, shares)
		}

		/// Pays a mature ticket of the caller's. Waiting longer neither gains nor loses.
		///
		/// ## Dispatch Origin
		///
		/// Signed, by the ticket's owner.
		///
		/// ## Parameters
		///
		/// - `ticket`: pool and era of maturity, as `Unstaked` and `RestakingApi.position` tell it.
		///
		/// ## Errors
		///
		/// - `TicketNotFound`, `TicketNotMature`.
		/// - What the transfer fails with, where the asset is frozen or the caller cannot receive it; the
		///   ticket stays.
		///
		/// ## Events
		///
		/// - `Withdrawn`.
		///
		/// Cost does not depend on state.
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::withdraw())]
		pub fn withdraw(origin: OriginFor<T>, ticket: TicketId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw(&who, ticket)
		}

		/// Moves the parked proceeds of slashes to the account they are for.
		///
		/// ## Dispatch Origin
		///
		/// Signed, by anyone.
		///
		/// ## Parameters
		///
		/// - `asset`: the asset they are in.
		/// - `beneficiary`: the account they are for.
		///
		/// ## Errors
		///
		/// - `NothingParked`.
		/// - What the transfer fails with; the proceeds stay parked.
		///
		/// ## Events
		///
		/// - `ProceedsMoved`.
		///
		/// Cost does not depend on state.
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::move_proceeds())]
		pub fn move_proceeds(
			origin: OriginFor<T>,
			asset: AssetId,
			beneficiary: T::AccountId,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_move_proceeds(asset, &beneficiary)
		}
	}
}
