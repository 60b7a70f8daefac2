// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Which programs are run at all.

use crate::pallet::*;
use codec::Encode;
use frame_support::pallet_prelude::*;
use picasso_primitives::{
	cvm::{
		Amount, Instruction, Program, Spawned, Weighed, MAX_ASSETS, MAX_DEPTH, MAX_SIZE, MAX_STEPS,
	},
	AssetId,
};
use sp_runtime::traits::Zero;

impl<T: Config> Pallet<T> {
	/// What a program may cost, or why it can't be run.
	pub fn weighed(program: &Program) -> Result<Weighed, DispatchError> {
		let size = program.encoded_size() as u32;
		ensure!(size <= MAX_SIZE, Error::<T>::ProgramTooLarge);
		let depth = program.depth();
		ensure!(depth <= MAX_DEPTH, Error::<T>::ProgramTooDeep);
		ensure!(program.steps() <= MAX_STEPS, Error::<T>::TooManySteps);
		Self::ensure_makes_sense(program)?;
		let weight = Self::weigh(program);
		ensure!(weight.all_lte(T::MaxWeight::get()), Error::<T>::ProgramTooHeavy);
		Ok(Weighed { weight, size, depth })
	}

	fn ensure_makes_sense(program: &Program) -> DispatchResult {
		if let Some(refund) = &program.refund {
			Self::ensure_assets(refund.assets.iter().copied())?;
			ensure!(!refund.assets.is_empty(), Error::<T>::NoAssets);
		}
		Self::ensure_steps_make_sense(program)
	}

	fn ensure_steps_make_sense(program: &Program) -> DispatchResult {
		ensure!(!program.instructions.is_empty(), Error::<T>::ProgramEmpty);
		program.instructions.iter().try_for_each(Self::ensure_step_makes_sense)
	}

	fn ensure_step_makes_sense(instruction: &Instruction) -> DispatchResult {
		match instruction {
			Instruction::Transfer { assets, .. } => {
				ensure!(!assets.is_empty(), Error::<T>::NoAssets);
				Self::ensure_portions(assets)
			},
			Instruction::Spawn { assets, to: Spawned::Account(_) } => {
				ensure!(!assets.is_empty(), Error::<T>::NoAssets);
				Self::ensure_portions(assets)
			},
			// It can do with what the executor has already.
			Instruction::Spawn { assets, to: Spawned::Executor { program, .. } } => {
				Self::ensure_portions(assets)?;
				ensure!(program.refund.is_none(), Error::<T>::RefundInside);
				Self::ensure_steps_make_sense(program)
			},
			Instruction::Stake { amount, .. } => Self::ensure_amount(amount),
			Instruction::Unstake { shares, .. } | Instruction::Redelegate { shares, .. } => {
				Self::ensure_amount(shares)
			},
			Instruction::Recover { amount, .. } => {
				ensure!(!amount.is_zero(), Error::<T>::ZeroPortion);
				Ok(())
			},
			Instruction::Withdraw { .. } | Instruction::Claim { .. } => Ok(()),
		}
	}

	fn ensure_portions(portions: &[(AssetId, Amount)]) -> DispatchResult {
		Self::ensure_assets(portions.iter().map(|(asset, _)| *asset))?;
		portions.iter().try_for_each(|(_, amount)| Self::ensure_amount(amount))
	}

	/// Of a few assets, none is named twice.
	fn ensure_assets(assets: impl Iterator<Item = AssetId>) -> DispatchResult {
		let mut seen = BoundedVec::<AssetId, ConstU32<MAX_ASSETS>>::new();
		for asset in assets {
			ensure!(!seen.contains(&asset), Error::<T>::DuplicateAsset);
			seen.try_push(asset).map_err(|_| Error::<T>::DuplicateAsset)?;
		}
		Ok(())
	}

	fn ensure_amount(amount: &Amount) -> DispatchResult {
		let zero = match amount {
			Amount::Exactly(amount) => amount.is_zero(),
			Amount::All => false,
			Amount::Part { base, part } => base.is_zero() && part.is_zero(),
		};
		ensure!(!zero, Error::<T>::ZeroPortion);
		Ok(())
	}
}
