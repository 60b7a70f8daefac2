// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What is wrong.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod errors {
	#[pallet::error]
	pub enum Error<T> {
		/// The encoded program is longer than allowed.
		ProgramTooLarge,
		/// Programs lie in one another deeper than allowed.
		ProgramTooDeep,
		/// The program has more steps than allowed, those of programs inside it counted.
		TooManySteps,
		/// The program, or one inside it, has no steps.
		ProgramEmpty,
		/// The program weighs more than allowed.
		ProgramTooHeavy,
		/// A program inside another can't have a refund: it fails with the outermost one, whose refund
		/// counts.
		RefundInside,
		/// A transfer, a spawn to another chain or a refund names no asset.
		NoAssets,
		/// An asset is named twice.
		DuplicateAsset,
		/// An amount that is zero whatever there is.
		ZeroPortion,
		/// The executor has nothing of what the step would move.
		NothingToMove,
		/// The step would move assets, or spawn a program, from the executor to itself.
		MovesToItself,
		/// There is no such pool.
		PoolNotFound,
		/// The executor has never run.
		ExecutorNotFound,
		/// The caller is not a keeper of the executor.
		NotKeeper,
		/// A keeper is named twice.
		DuplicateKeeper,
		/// As many exits of the executor go home as may at a time.
		TooManyExits,
		/// The exit joins another one, which goes another way or stays.
		OtherRoute,
		/// No such exit goes home: it never did, has completed, or its owner has withdrawn it or
		/// forgotten its way.
		ExitNotFound,
		/// The exit matures in a later era.
		ExitNotMature,
		/// A program has spent what the exit paid.
		ExitSpent,
		/// Nothing is set aside for the fees on the other chain.
		NoFee,
		/// More assets than one message takes.
		TooManyAssets,
		/// The way leads to no other chain.
		NotAnotherChain,
		/// No chain is known to hold the asset.
		NoReserve,
		/// The assets are held by different chains.
		ReservesDiffer,
		/// The chain that holds the asset is another one than that of the way, or of the order's origin.
		ReserveElsewhere,
		/// The other chain has no name for it.
		NotKnownThere,
		/// The origin of an order is no account of another chain that could own an executor.
		NotARemoteAccount,
	}
}
