// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What a program costs: the sum of what its steps do, each measured by itself.

use crate::{pallet::*, WeightInfo};
use frame_support::weights::Weight;
use picasso_primitives::cvm::{Instruction, Program, RemoteTransfers, Spawned};

impl<T: Config> Pallet<T> {
	/// The most that `execute` with a program costs, whether it can be run or not.
	pub fn weigh(program: &Program) -> Weight {
		T::WeightInfo::execute().saturating_add(Self::weight_of_program(program))
	}

	/// The most that `execute_as` with a program costs.
	pub(crate) fn weight_of_execute_as(program: &Program) -> Weight {
		T::WeightInfo::execute_as().saturating_add(Self::weight_of_program(program))
	}

	/// The steps of a program and of those inside it, and its refund. A program that fails late and is
	/// refunded has cost both.
	fn weight_of_program(program: &Program) -> Weight {
		let refund = Self::weight_of_refund(program);
		Self::weight_of_steps(program).saturating_add(refund)
	}

	fn weight_of_steps(program: &Program) -> Weight {
		let own = program
			.instructions
			.iter()
			.map(Self::weight_of)
			.fold(Weight::zero(), |sum, weight| sum.saturating_add(weight));
		program
			.spawned()
			.map(Self::weight_of_steps)
			.fold(own, |sum, weight| sum.saturating_add(weight))
	}

	pub(crate) fn weight_of_refund(program: &Program) -> Weight {
		program
			.refund
			.as_ref()
			.map_or(Weight::zero(), |refund| Self::weight_of_leaving(refund.assets.len() as u32))
	}

	/// The most that a step costs, the steps of a program that it spawns not counted.
	pub(crate) fn weight_of(instruction: &Instruction) -> Weight {
		match instruction {
			Instruction::Transfer { assets, .. } => T::WeightInfo::transfer(assets.len() as u32),
			Instruction::Stake { .. } => T::WeightInfo::stake(),
			Instruction::Unstake { home: None, .. } => T::WeightInfo::unstake(),
			// Its way home is paid for in advance.
			Instruction::Unstake { home: Some(_), .. } => {
				T::WeightInfo::unstake_home().saturating_add(Self::weight_of_completing())
			},
			Instruction::Withdraw { .. } => T::WeightInfo::withdraw(),
			Instruction::Claim { .. } => T::WeightInfo::claim(),
			Instruction::Redelegate { .. } => T::WeightInfo::redelegate(),
			Instruction::Spawn { assets, to: Spawned::Executor { .. } } => {
				T::WeightInfo::spawn(assets.len() as u32)
			},
			Instruction::Spawn { assets, to: Spawned::Account(_) } => {
				Self::weight_of_leaving(assets.len() as u32)
			},
			Instruction::Recover { .. } => {
				T::WeightInfo::leave(0).saturating_add(T::Remote::weight_of_recovering())
			},
		}
	}

	/// Sending so many assets to another chain.
	fn weight_of_leaving(assets: u32) -> Weight {
		T::WeightInfo::leave(assets).saturating_add(T::Remote::weight_of_sending(assets))
	}

	/// Completing an exit by itself.
	pub(crate) fn weight_of_completing() -> Weight {
		T::WeightInfo::complete_queued().saturating_add(T::Remote::weight_of_sending(1))
	}
}
