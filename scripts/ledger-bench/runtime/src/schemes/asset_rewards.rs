// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! Asset rewards: what is staked stays with its owner, frozen, and can be had back at once.

use super::{endow_with, Scheme, STAKE};
use crate::{
	configs::UNIT,
	meter::{measure_calls, prepare, prepare_as, Meter, Reading, Step},
	people, AccountId, AssetId, Balance, FreezableAssets, Runtime,
};
use alloc::{boxed::Box, vec::Vec};
use frame_support::{
	dispatch::RawOrigin,
	traits::{fungibles::Mutate, schedule::DispatchTime},
};
use pallet_asset_rewards::Call;

/// The asset staked, and the one that rewards are in.
pub const STAKED: AssetId = 2 << 96;
pub const REWARD: AssetId = 3 << 96;

const POOL: u32 = 0;
/// Enough for every restaker to earn something in every block, and for every block there may be.
const RATE: Balance = 1_000_000 * UNIT;
const POT: Balance = RATE << 32;

/// Asset rewards.
pub struct AssetRewardsScheme;

impl Scheme for AssetRewardsScheme {
	fn open() {
		prepare(
			RawOrigin::Root,
			Call::<Runtime>::create_pool {
				staked_asset_id: Box::new(STAKED),
				reward_asset_id: Box::new(REWARD),
				reward_rate_per_block: RATE,
				expiry: DispatchTime::At(u32::MAX),
				admin: None,
			},
		);
		let payer = people::governance();
		FreezableAssets::mint_into(REWARD, &payer, POT + 1).expect("assets can be minted");
		prepare_as(&payer, Call::<Runtime>::deposit_reward_tokens { pool_id: POOL, amount: POT });
		let founder = people::founder();
		endow_with(&founder, STAKE * 2);
		Self::join(&founder);
	}

	fn join(who: &AccountId) {
		prepare_as(who, Call::<Runtime>::stake { pool_id: POOL, amount: STAKE });
	}

	fn round<M: Meter>(passers_by: &[AccountId], readings: &mut Vec<Reading>) {
		let stake = |_: &AccountId| Call::<Runtime>::stake { pool_id: POOL, amount: STAKE };
		let unstake =
			|_: &AccountId| Call::<Runtime>::unstake { pool_id: POOL, amount: STAKE, staker: None };
		let harvest =
			|_: &AccountId| Call::<Runtime>::harvest_rewards { pool_id: POOL, staker: None };
		measure_calls::<M, _>(Step::RewardsStake, readings, passers_by, stake);
		measure_calls::<M, _>(Step::RewardsStakeMore, readings, passers_by, stake);
		measure_calls::<M, _>(Step::RewardsUnstake, readings, passers_by, unstake);
		measure_calls::<M, _>(Step::RewardsHarvest, readings, passers_by, harvest);
		measure_calls::<M, _>(Step::RewardsUnstakeRest, readings, passers_by, unstake);
		passers_by.iter().for_each(|who| prepare_as(who, harvest(who)));
	}
}
