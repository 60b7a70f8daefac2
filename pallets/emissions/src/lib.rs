// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! # Emissions
//!
//! What stake earns: a fixed yield in PICA, and a share of what AVSs pay for security.
//!
//! ## Terminology
//!
//! - *Pot*: PICA out of which the fixed yield is paid.
//! - *Emission*: PICA that is made for it.
//! - *Escrow*: what an AVS was funded with, by currency.
//! - *Account*: what an AVS has beside that, here and on other chains, and can spend.
//! - *Pay*: what an AVS's terms promise for an era. *Revenue*: that, and what else is paid in for it.
//! - *Split*: how revenue is divided between restakers, PICA stakers, operators and the treasury.
//! - *Round*: all that is paid as an era begins.
//!
//! ## Goals
//!
//! - Everything accrues by itself; nobody must push a button.
//! - It adds up to the planck: parts are the whole by construction, and what rounding leaves goes to the
//!   treasury and is counted.
//! - Who comes for a block earns a block's worth, and nobody earns for time before they came.
//! - Nothing costs more for more restakers, and nothing that can't be moved holds up anything else.
//!
//! ## Design
//!
//! ### From the stake table to the restaker
//!
//! When the table of an era is built, what its AVS's terms promise for the era is set aside out of its
//! escrow ([`Paymaster`](picasso_primitives::emissions::Paymaster)): whoever serves is sure of its pay.
//! Where the escrow can't pay in full, the AVS sleeps until somebody funds it, and events warn for
//! [`Config::WarningEras`] eras beforehand. Further revenue joins what was set aside for the era in which
//! it is paid in.
//!
//! When the era is over, the round of the next shares it out:
//! 1. The split divides it: ⌊amount · part⌋ each, and the rest to the treasury.
//! 2. The restakers' part goes to operators by their weights in the table of the era that ended:
//!    ⌊part · weight / total⌋. Each takes its commission of that, as it was when the table was built, but
//!    no more than leaves restakers 40 % of all; what is left goes to its pools by what each brought,
//!    ⌊rest · units / all units⌋, and streams to their shares for the length of an era, block by block: see
//!    [`PoolRewards`](picasso_primitives::rewards::PoolRewards).
//! 3. The operators' part goes to operators by weight, to the account that each named.
//! 4. The PICA stakers' part of all AVSs together goes to the pools of PICA by their stakes at the turn of
//!    that era, ⌊part · stake / total⌋, and streams likewise.
//! 5. What rounding left, and what was that of operators who are in jail or of pools that are gone, is the
//!    treasury's.
//!
//! The chain, AVS 0, pays a part of transaction fees, and what its escrow has of what its terms promise.
//! It is shared out by the blocks that validators made in the era, and among the pools of one validator by
//! what counted of each in the table that chose it; so validators that a table replaced in the midst of an
//! era are paid for what they did.
//!
//! ### The fixed yield
//!
//! As an era begins, each pool gets ⌊stake · rate · blocks / year⌋ planck of PICA by its stake at the turn
//! and its vault's yearly rate; it streams in the era. What the pot lacks is made, up to
//! [`Config::EmissionCeiling`] of the issuance a year; what may be made for an era and isn't needed is not
//! made later. Where that is not enough every pool is paid the same part, ⌊due · available / all due⌋, an
//! event says so, and the difference is not owed. Operators take no commission of it.
//!
//! ### Rounds
//!
//! A round takes as many blocks as it needs: it goes on in what a block leaves of its weight
//! ([`Hooks::on_idle`]), a page of pools, a page of a table, or one validator at a step. Rounds follow one
//! after the other; the tables that one needs are kept for it. Only the fixed yield is paid by stakes that
//! pass with the era: what a round could not pay of it by then stays in the pot.
//!
//! ### What can't be moved
//!
//! Where a currency can't be moved into the ledger, what pools and their operators would have got waits
//! for the next round, and is divided again with what is due then. What an operator or the treasury can't
//! be paid is kept for them ([`Dues`]) and tried again with their next pay, or by anyone. Where a currency
//! is retired, or an AVS is gone, what was set aside and not paid goes back into the escrow.
//!
//! ### What else an AVS has
//!
//! Each AVS has an account here, and by it one on every chain that this one sends messages to. What is
//! there has nothing to do with its pay: the owner spends it ([`Pallet::spend`]), here at once, elsewhere by
//! a message that has the other chain pay, as the treasury does. The message moves nothing here; where
//! it fails there, nothing but its fee is moved there. An AVS's owner is that for good: it spends what the
//! AVS has when nobody else knows of it any more.
//!
//! ### Invariants
//!
//! 8. In each currency this pallet's account holds what is in escrows, what is set aside, what is due,
//!    what a round has begun to pay, and in PICA the pot.
//! 11. No amount that is kept is zero; counts of blocks are those of all validators; a round pays no more
//!     than there is.
//!
//! ## Limitations
//!
//! - Restakers who come to a pool in the midst of an era share in what streams to it from then on: its
//!   yield of the era is by the stake at the turn.
//! - An AVS that has no table of an era, as the turn took longer than the era, sets aside no pay for it.
//! - In an era that an AVS sleeps through, it pays nothing; further revenue waits.
//! - Pay that couldn't be moved is divided by the split twice.
//! - A chain that is paid for executing a payment doesn't tell what became of it. It keeps its fee where the
//!   payment fails, and traps a fee that is too small, or that it doesn't take, for good.
//! - An answer to a payment that gave way to others is not taken in.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

use frame_support::pallet_macros::import_section;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

mod authors;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod calls;
mod config;
mod custody;
mod errors;
mod escrows;
mod events;
#[cfg(test)]
mod mock;
mod pica;
mod reads;
mod revenue;
mod rounds;
mod spending;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
mod types;
pub mod weights;
mod yields;

#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;

#[import_section(config::config)]
#[import_section(events::events)]
#[import_section(errors::errors)]
#[import_section(calls::calls)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::boxed::Box;
	use frame_support::{
		pallet_prelude::*,
		traits::{
			fungible,
			fungible::{Inspect, Mutate},
			fungibles,
			tokens::transfer::Transfer,
			EnsureOrigin,
		},
		weights::WeightMeter,
		PalletId,
	};
	use frame_system::pallet_prelude::*;
	use picasso_primitives::{
		assets::Transfers,
		avs::{PicaStakes, StakeTables, TABLE_PAGE},
		emissions::{EraPoints, Payers, YieldPaid},
		math::{Parts, Split, SplitError},
		restaking::StakeLedger,
		rewards::PoolRewards,
		AssetId, AvsId, Balance, BlockNumber, EraIndex,
	};
	use sp_runtime::{traits::BlockNumberProvider, Perbill};

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// PICA out of which the fixed yield is paid, in planck. Written by donors, and by each round; part of
	/// what this pallet's account holds.
	#[pallet::storage]
	pub type Pot<T: Config> = StorageValue<_, Balance, ValueQuery>;

	/// How revenue is divided. Written by governance.
	#[pallet::storage]
	pub type CurrentSplit<T: Config> = StorageValue<_, Split, ValueQuery>;

	/// The money of AVSs. Written by those who fund them, as their tables are built, and when they are
	/// paid for; goes when an AVS is forgotten that nobody owned and that has nothing left.
	#[pallet::storage]
	pub type Accounts<T: Config> = StorageMap<_, Twox64Concat, AvsId, Account<T>, ValueQuery>;

	/// Payments of AVSs whose outcome another chain has yet to tell. Written as they are made, and when
	/// anyone asks what became of them.
	#[pallet::storage]
	pub type OpenPayments<T: Config> = StorageMap<
		_,
		Twox64Concat,
		AvsId,
		BoundedVec<OpenPayment<T>, ConstU32<MAX_OPEN_PAYMENTS>>,
		ValueQuery,
	>;

	/// What is to be paid for an era, by era and AVS. Written as tables are built and as revenue comes in;
	/// goes when the next era's round takes it up.
	#[pallet::storage]
	pub type DuePay<T: Config> =
		StorageDoubleMap<_, Twox64Concat, EraIndex, Twox64Concat, AvsId, Purse<T>, ValueQuery>;

	/// Blocks that validators made, by era. Written with each block; goes with the round that pays for
	/// the era.
	#[pallet::storage]
	pub type Points<T: Config> =
		StorageDoubleMap<_, Twox64Concat, EraIndex, Blake2_128Concat, T::AccountId, EraPoints>;

	/// All of them together, by era. Written with [`Points`].
	#[pallet::storage]
	pub type PointsTotals<T: Config> = StorageMap<_, Twox64Concat, EraIndex, u32, ValueQuery>;

	/// Where operators are paid, if not at their own account. Written by operators; goes with them.
	#[pallet::storage]
	pub type RewardAccounts<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, T::AccountId>;

	/// What operators and the treasury are owed and could not be paid, in planck, by account and currency.
	/// Written when they are paid.
	#[pallet::storage]
	pub type Dues<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		T::AccountId,
		Twox64Concat,
		AssetId,
		Balance,
		ValueQuery,
	>;

	/// What is paid as the era begins. Written by each step of it.
	#[pallet::storage]
	pub type Round<T: Config> = StorageValue<_, RoundState<T>, ValueQuery>;

	/// What was paid, by the era that began. Written when a round is over; kept for
	/// [`Config::KeptEras`].
	#[pallet::storage]
	pub type History<T: Config> = StorageMap<_, Twox64Concat, EraIndex, EraRecord<T>>;

	/// The year by which the ceiling of emission is reckoned. Written by each round.
	#[pallet::storage]
	pub type Year<T: Config> = StorageValue<_, EmissionYear<T>>;

	/// Nothing but the account, which must hold the least that any account must.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		#[serde(skip)]
		_config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			let least = T::Currency::minimum_balance();
			T::Currency::mint_into(&Pallet::<T>::account(), least)
				.expect("genesis: the account of what is to be paid");
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_idle(_: BlockNumberFor<T>, remaining: Weight) -> Weight {
			let mut meter = WeightMeter::with_limit(remaining);
			Self::go_on_with_round(&mut meter);
			meter.consumed()
		}

		fn integrity_test() {
			assert!(T::BlocksPerYear::get() > 0, "a year has blocks");
			assert!(T::YieldPage::get() > 0, "a page needs room");
			assert!(T::MaxCurrencies::get() > 0, "pay is in something");
			let limits = <T as frame_system::Config>::BlockWeights::get();
			let normal = limits
				.get(frame_support::dispatch::DispatchClass::Normal)
				.max_total
				.unwrap_or(limits.max_block);
			let room = limits.max_block.saturating_sub(normal);
			let pools = TABLE_PAGE.saturating_mul(T::MaxPools::get());
			for step in [
				T::WeightInfo::sum_yields().saturating_add(T::WeightInfo::emit()),
				T::WeightInfo::pay_yields(),
				T::WeightInfo::read_page().saturating_add(Self::weight_of_page(TABLE_PAGE, pools)),
				T::WeightInfo::pay_author(T::MaxCurrencies::get()),
				T::WeightInfo::pay_pica_page(),
			] {
				let step = step.saturating_add(T::WeightInfo::go_on_with_round());
				assert!(step.all_lte(room), "each step fits beside a full load: {step:?}");
			}
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	impl<T> From<SplitError> for Error<T> {
		fn from(error: SplitError) -> Self {
			match error {
				SplitError::NotTheWhole => Self::SplitNotTheWhole,
				SplitError::TooLittleForRestakers => Self::TooLittleForRestakers,
			}
		}
	}
}
