// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Programs as they run, step by step.

use crate::{pallet::*, types::*};
use alloc::vec::Vec;
use frame_support::{
	pallet_prelude::*,
	storage::with_storage_layer,
	traits::{
		fungibles::Inspect,
		tokens::{Fortitude, Preservation},
	},
};
use picasso_primitives::{
	assets::Transfers,
	cvm::{Amount, Instruction, Owner, Program, Refund, RemoteTransfers, Salt, Spawned},
	restaking::Restaking,
	AssetId, Balance, PoolId, PICA,
};
use sp_runtime::traits::Zero;

/// A program as a whole.
impl<T: Config> Pallet<T> {
	pub(crate) fn do_execute(owner: &Owner, salt: Salt, program: Program) -> DispatchResult {
		Self::weighed(&program)?;
		let executor = Self::record(owner, salt);
		Self::run_or_refund(&Runner { owner, keeper: None }, executor, program);
		Ok(())
	}

	pub(crate) fn do_execute_as(
		keeper: &T::AccountId,
		executor: &T::AccountId,
		program: Program,
	) -> DispatchResult {
		Self::weighed(&program)?;
		let record = Executors::<T>::get(executor).ok_or(Error::<T>::ExecutorNotFound)?;
		ensure!(record.keepers.contains(keeper), Error::<T>::NotKeeper);
		let runner = Runner { owner: &record.owner, keeper: Some(keeper) };
		Self::run_or_refund(&runner, executor.clone(), program);
		Ok(())
	}

	/// Runs a program. If it fails, its assets take their way home, where it names one.
	fn run_or_refund(runner: &Runner<'_, T::AccountId>, executor: T::AccountId, program: Program) {
		let failure = match with_storage_layer(|| Self::run(runner, &executor, &program)) {
			Ok(()) => return,
			Err(failure) => failure,
		};
		let Program { tag, refund, .. } = program;
		let error = failure.error;
		Self::deposit_event(Event::ProgramFailed {
			executor: executor.clone(),
			tag: tag.clone(),
			path: BoundedVec::truncate_from(failure.path()),
			error,
		});
		let Some(refund) = refund else { return };
		let event = match with_storage_layer(|| Self::refund(&executor, &refund)) {
			Ok(message_id) => Event::Refunded { executor, tag, message_id },
			Err(error) => Event::RefundFailed { executor, tag, error },
		};
		Self::deposit_event(event);
	}

	/// Sends all that an executor has of the assets of a refund. The first must be among them, as it pays
	/// the fees.
	fn refund(executor: &T::AccountId, refund: &Refund) -> Result<[u8; 32], DispatchError> {
		let assets: Vec<_> = refund
			.assets
			.iter()
			.map(|asset| (*asset, Self::spendable(executor, *asset)))
			.filter(|(_, amount)| !amount.is_zero())
			.collect();
		let pays = assets.first().map(|(asset, _)| asset) == refund.assets.first();
		ensure!(pays, Error::<T>::NothingToMove);
		let message_id = T::Remote::send(executor, &assets, &refund.route)?;
		Self::note_spent_all(executor, &assets);
		Ok(message_id)
	}

	fn run(
		runner: &Runner<'_, T::AccountId>,
		executor: &T::AccountId,
		program: &Program,
	) -> Result<(), Failure> {
		for (number, instruction) in (0..).zip(&program.instructions) {
			Self::step(runner, executor, instruction).map_err(|failure| failure.inside(number))?;
		}
		let (executor, tag) = (executor.clone(), program.tag.clone());
		Self::deposit_event(Event::ProgramExecuted { executor, tag });
		Ok(())
	}
}

/// Its steps.
impl<T: Config> Pallet<T> {
	pub(crate) fn step(
		runner: &Runner<'_, T::AccountId>,
		executor: &T::AccountId,
		instruction: &Instruction,
	) -> Result<(), Failure> {
		match instruction {
			Instruction::Transfer { to, assets } => {
				let to: [u8; 32] = to.clone().into();
				Self::give(executor, &to.into(), assets)?;
			},
			Instruction::Stake { pool, amount, min_shares } => {
				Self::stake(executor, *pool, *amount, *min_shares)?;
			},
			Instruction::Unstake { pool, shares, home } => {
				let shares = Self::shares(executor, *pool, *shares)?;
				let ticket = T::Ledger::unstake(executor, *pool, shares)?;
				Self::note_exit(executor, ticket, home.as_ref())?;
			},
			Instruction::Withdraw { ticket } => {
				T::Ledger::withdraw(executor, *ticket)?;
				Self::forget_exit(executor, *ticket);
			},
			Instruction::Claim { pool } => T::Ledger::claim(executor, *pool)?,
			Instruction::Redelegate { from, shares, into } => {
				let shares = Self::shares(executor, *from, *shares)?;
				T::Ledger::redelegate(executor, *from, shares, *into)?;
			},
			Instruction::Spawn { assets, to: Spawned::Executor { salt, program } } => {
				Self::spawn(runner, executor, assets, *salt, program)?;
			},
			Instruction::Spawn { assets, to: Spawned::Account(route) } => {
				let assets = Self::amounts(executor, assets)?;
				let message_id = T::Remote::send(executor, &assets, route)?;
				Self::note_spent_all(executor, &assets);
				let executor = executor.clone();
				Self::deposit_event(Event::AssetsSent { executor, message_id });
			},
			Instruction::Recover { asset, amount, route } => {
				let message_id = T::Remote::recover(executor, *asset, *amount, route)?;
				let executor = executor.clone();
				Self::deposit_event(Event::RecoverySent { executor, message_id });
			},
		}
		Ok(())
	}

	fn stake(
		executor: &T::AccountId,
		pool: PoolId,
		amount: Amount,
		min_shares: Balance,
	) -> DispatchResult {
		let asset = T::Ledger::asset_of(pool).ok_or(Error::<T>::PoolNotFound)?;
		let amount = Self::amount(amount, Self::stakeable(executor, asset))?;
		T::Ledger::stake(executor, pool, amount, min_shares)?;
		Self::note_spent(executor, asset);
		Ok(())
	}

	fn spawn(
		runner: &Runner<'_, T::AccountId>,
		executor: &T::AccountId,
		assets: &[(AssetId, Amount)],
		salt: Salt,
		program: &Program,
	) -> Result<(), Failure> {
		let to = Self::record(runner.owner, salt);
		// A keeper of one executor must not reach what another one holds.
		let kept = runner.keeper.is_none_or(|keeper| Self::keeps(keeper, &to));
		ensure!(kept, Error::<T>::NotKeeper);
		Self::give(executor, &to, assets)?;
		Self::run(runner, &to, program)
	}

	fn give(
		from: &T::AccountId,
		to: &T::AccountId,
		assets: &[(AssetId, Amount)],
	) -> DispatchResult {
		ensure!(from != to, Error::<T>::MovesToItself);
		let assets = Self::amounts(from, assets)?;
		for (asset, amount) in &assets {
			T::Transfers::transfer(*asset, from, to, *amount, Preservation::Expendable)?;
		}
		Self::note_spent_all(from, &assets);
		Ok(())
	}

	/// How much each portion is.
	pub(crate) fn amounts(
		executor: &T::AccountId,
		portions: &[(AssetId, Amount)],
	) -> Result<Vec<(AssetId, Balance)>, DispatchError> {
		portions
			.iter()
			.map(|(asset, amount)| {
				Ok((*asset, Self::amount(*amount, Self::spendable(executor, *asset))?))
			})
			.collect()
	}

	fn shares(
		executor: &T::AccountId,
		pool: PoolId,
		shares: Amount,
	) -> Result<Balance, DispatchError> {
		Self::amount(shares, T::Ledger::shares_of(executor, pool))
	}

	fn amount(amount: Amount, held: Balance) -> Result<Balance, DispatchError> {
		let amount = amount.of(held);
		ensure!(!amount.is_zero(), Error::<T>::NothingToMove);
		Ok(amount)
	}

	/// What an executor can spend of an asset.
	pub(crate) fn spendable(executor: &T::AccountId, asset: AssetId) -> Balance {
		Self::reducible(executor, asset, Preservation::Expendable)
	}

	/// What an executor can stake of an asset: the ledger leaves its stakers' accounts the existential
	/// deposit.
	fn stakeable(executor: &T::AccountId, asset: AssetId) -> Balance {
		let preservation =
			if asset == PICA { Preservation::Preserve } else { Preservation::Expendable };
		Self::reducible(executor, asset, preservation)
	}

	fn reducible(executor: &T::AccountId, asset: AssetId, preservation: Preservation) -> Balance {
		T::Assets::reducible_balance(asset, executor, preservation, Fortitude::Polite)
	}
}
