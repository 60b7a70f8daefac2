// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Each call and each step at its worst case. Nothing is sent: what that costs, the transport says. Where
//! an exit must leave, it is given a way that there is not, so that it stalls, which writes the most.

use crate::{pallet::*, types::*, WeightInfo};
use alloc::{vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::{
	assert_ok,
	traits::{fungibles::Inspect, EnsureOrigin},
	weights::WeightMeter,
	BoundedVec,
};
use frame_system::RawOrigin;
use picasso_primitives::{
	cvm::{
		Amount, Instruction, Owner, Portions, Program, Route, Salt, Spawned, MAX_ASSETS,
		MAX_INSTRUCTIONS, MAX_TAG,
	},
	restaking::{Restaking, TicketId},
	AssetId, Balance, EraIndex, PoolId,
};
use sp_runtime::{AccountId32, Perbill};
use staging_xcm::v5::{Junction, Location};

/// Sets the scene: what only the runtime knows how.
pub trait BenchmarkHelper<AccountId> {
	/// A foreign asset that any account can hold; the same one for the same number.
	fn asset(number: u32) -> AssetId;

	/// Gives an account 10¹⁵ planck.
	fn endow(who: &AccountId, asset: AssetId);

	/// Two pools of one foreign asset that take stake, each as large a value as there can be.
	fn pools() -> (PoolId, PoolId);

	/// Credits a pool in as many currencies as may be, and lets time pass so that they are earned.
	fn reward(pool: PoolId);

	/// Turns the restaking clock to an era.
	fn turn_to(era: EraIndex);
}

const MUCH: Balance = 1_000_000_000;
const SALT: Salt = 7;

fn owner<T: Config>() -> Result<(T::RuntimeOrigin, Owner), BenchmarkError> {
	let origin =
		T::OwnerOrigin::try_successful_origin().map_err(|()| BenchmarkError::Weightless)?;
	let owner =
		T::OwnerOrigin::ensure_origin(origin.clone()).map_err(|_| BenchmarkError::Weightless)?;
	Ok((origin, owner))
}

/// A way as long as may be, to nowhere.
fn nowhere(fee: Balance) -> Route {
	let junction = Junction::GeneralKey { length: 32, data: [255; 32] };
	let place = || Location::new(255, [junction; 8]);
	Route { destination: Some(place()), beneficiary: place(), fee }
}

/// An executor with as many exits recorded as leave room for one more, and funds stalled in an asset.
fn executor<T: Config>(asset: AssetId) -> Result<(Owner, T::AccountId), BenchmarkError> {
	let (_, owner) = owner::<T>()?;
	let executor = Pallet::<T>::record(&owner, SALT);
	let keepers: Vec<T::AccountId> =
		(0..MAX_KEEPERS).map(|number| account("keeper", number, 0)).collect();
	Executors::<T>::mutate(&executor, |slot| {
		let record = slot.as_mut().expect("it is recorded");
		record.keepers = keepers.try_into().expect("few keepers");
	});
	T::BenchmarkHelper::endow(&executor, asset);
	stall::<T>(&executor, PoolId::MAX, asset);
	Ok((owner, executor))
}

/// Another exit that was paid, and is more than there is.
fn stall<T: Config>(executor: &T::AccountId, pool: PoolId, asset: AssetId) {
	let ticket = TicketId { pool, maturity: 0, into: None };
	let exit = Exit { route: nowhere(0), queued: None, paid: Some((asset, Balance::MAX / 64)) };
	Exits::<T>::insert(executor, ticket, exit);
	Executors::<T>::mutate(executor, |slot| slot.as_mut().expect("it is recorded").exits += 1);
	assert_ok!(Pallet::<T>::add_stalled(executor, asset, Balance::MAX / 64));
}

fn assets<T: Config>(who: &T::AccountId, count: u32) -> Portions {
	let part = Amount::Part { base: 1, part: Perbill::from_percent(10) };
	let assets: Vec<_> = (0..count)
		.map(|number| {
			let asset = T::BenchmarkHelper::asset(number);
			T::BenchmarkHelper::endow(who, asset);
			if number > 0 {
				stall::<T>(who, PoolId::MAX - number, asset);
			}
			(asset, part)
		})
		.collect();
	assets.try_into().expect("few assets")
}

fn asset_of<T: Config>(pool: PoolId) -> AssetId {
	T::Ledger::asset_of(pool).expect("a pool")
}

/// An executor that has stake in the first of two pools.
#[allow(clippy::type_complexity)]
fn staker<T: Config>() -> Result<(Owner, T::AccountId, PoolId, PoolId), BenchmarkError> {
	let (from, into) = T::BenchmarkHelper::pools();
	let (owner, executor) = executor::<T>(asset_of::<T>(from))?;
	T::Ledger::stake(&executor, from, MUCH, 0)?;
	Ok((owner, executor, from, into))
}

/// An exit that goes nowhere and has matured.
fn matured<T: Config>() -> Result<(Owner, T::AccountId, TicketId), BenchmarkError> {
	let (owner, executor, pool, _) = staker::<T>()?;
	let ticket = T::Ledger::unstake(&executor, pool, MUCH / 2)?;
	Pallet::<T>::note_exit(&executor, ticket, Some(&nowhere(0)))?;
	T::BenchmarkHelper::turn_to(ticket.maturity);
	Ok((owner, executor, ticket))
}

fn step<T: Config>(owner: &Owner, executor: &T::AccountId, instruction: &Instruction) {
	let runner = Runner { owner, keeper: None };
	assert!(Pallet::<T>::step(&runner, executor, instruction).is_ok());
}

/// A program about as long as may be, the first step of which fails.
fn long_program() -> Program {
	let ticket = TicketId { pool: PoolId::MAX, maturity: EraIndex::MAX, into: None };
	let to = AccountId32::new([255; 32]);
	let assets: Vec<_> =
		(0..MAX_ASSETS).map(|asset| (AssetId::from(asset), Amount::Exactly(1))).collect();
	let mut instructions = vec![Instruction::Withdraw { ticket }];
	instructions.resize(
		MAX_INSTRUCTIONS as usize / 3,
		Instruction::Transfer { to, assets: BoundedVec::truncate_from(assets) },
	);
	Program {
		tag: BoundedVec::truncate_from(vec![255; MAX_TAG as usize]),
		instructions: BoundedVec::truncate_from(instructions),
		refund: None,
	}
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn execute() -> Result<(), BenchmarkError> {
		let (origin, owner) = owner::<T>()?;
		let executor = Pallet::<T>::executor_of(&owner, SALT);
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, SALT, long_program());
		assert!(Pallet::<T>::is_executor(&executor));
		Ok(())
	}

	#[benchmark]
	fn execute_as() -> Result<(), BenchmarkError> {
		let (_, executor) = executor::<T>(T::BenchmarkHelper::asset(0))?;
		let keeper: T::AccountId = account("keeper", MAX_KEEPERS - 1, 0);
		#[extrinsic_call]
		_(RawOrigin::Signed(keeper), executor, long_program());
		Ok(())
	}

	#[benchmark]
	fn set_keepers() -> Result<(), BenchmarkError> {
		let (_, executor) = executor::<T>(T::BenchmarkHelper::asset(0))?;
		let (origin, _) = owner::<T>()?;
		let keepers: Vec<T::AccountId> =
			(0..MAX_KEEPERS).map(|number| account("new", number, 0)).collect();
		let keepers: Keepers<_> = keepers.try_into().expect("few keepers");
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, SALT, keepers.clone());
		assert_eq!(Executors::<T>::get(executor).expect("a record").keepers, keepers);
		Ok(())
	}

	#[benchmark]
	fn complete_exit() -> Result<(), BenchmarkError> {
		let (_, executor, ticket) = matured::<T>()?;
		let caller: T::AccountId = whitelisted_caller();
		#[extrinsic_call]
		_(RawOrigin::Signed(caller), executor.clone(), ticket);
		let exit = Exits::<T>::get(executor, ticket);
		assert!(exit.is_none_or(|exit| exit.queued.is_none()));
		Ok(())
	}

	#[benchmark]
	fn set_exit_route() -> Result<(), BenchmarkError> {
		let (_, executor, ticket) = matured::<T>()?;
		Pallet::<T>::complete_queued(ticket.maturity, &executor, ticket);
		let (origin, _) = owner::<T>()?;
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, SALT, ticket, Some(nowhere(1)));
		let exit = Exits::<T>::get(executor, ticket).expect("an exit");
		assert!(exit.route == nowhere(1) && exit.queued.is_some());
		Ok(())
	}

	#[benchmark]
	fn transfer(a: Linear<1, MAX_ASSETS>) -> Result<(), BenchmarkError> {
		let (owner, executor) = executor::<T>(T::BenchmarkHelper::asset(0))?;
		let to = AccountId32::new([255; 32]);
		let assets = assets::<T>(&executor, a);
		let instruction = Instruction::Transfer { to: to.clone(), assets: assets.clone() };
		#[block]
		{
			step::<T>(&owner, &executor, &instruction);
		}
		let to: [u8; 32] = to.into();
		let to = T::AccountId::from(to);
		assert!(assets.iter().all(|(asset, _)| T::Assets::balance(*asset, &to) > 0));
		Ok(())
	}

	#[benchmark]
	fn stake() -> Result<(), BenchmarkError> {
		let (owner, executor, pool, _) = staker::<T>()?;
		let instruction = Instruction::Stake { pool, amount: Amount::Exactly(MUCH), min_shares: 1 };
		let before = T::Ledger::shares_of(&executor, pool);
		#[block]
		{
			step::<T>(&owner, &executor, &instruction);
		}
		assert!(T::Ledger::shares_of(&executor, pool) > before);
		Ok(())
	}

	#[benchmark]
	fn unstake() -> Result<(), BenchmarkError> {
		let (owner, executor, pool, _) = staker::<T>()?;
		let part = Amount::Part { base: 1, part: Perbill::from_percent(10) };
		let instruction = Instruction::Unstake { pool, shares: part, home: None };
		let before = T::Ledger::shares_of(&executor, pool);
		#[block]
		{
			step::<T>(&owner, &executor, &instruction);
		}
		assert!(T::Ledger::shares_of(&executor, pool) < before);
		Ok(())
	}

	#[benchmark]
	fn unstake_home() -> Result<(), BenchmarkError> {
		let (owner, executor, pool, _) = staker::<T>()?;
		let part = Amount::Part { base: 1, part: Perbill::from_percent(10) };
		let instruction = Instruction::Unstake { pool, shares: part, home: Some(nowhere(0)) };
		NextEra::<T>::put(EraIndex::MAX);
		#[block]
		{
			step::<T>(&owner, &executor, &instruction);
		}
		assert_eq!(Executors::<T>::get(executor).expect("a record").exits, 2);
		Ok(())
	}

	#[benchmark]
	fn withdraw() -> Result<(), BenchmarkError> {
		let (owner, executor, ticket) = matured::<T>()?;
		#[block]
		{
			step::<T>(&owner, &executor, &Instruction::Withdraw { ticket });
		}
		assert!(!Exits::<T>::contains_key(executor, ticket));
		Ok(())
	}

	#[benchmark]
	fn claim() -> Result<(), BenchmarkError> {
		let (owner, executor, pool, _) = staker::<T>()?;
		T::BenchmarkHelper::reward(pool);
		#[block]
		{
			step::<T>(&owner, &executor, &Instruction::Claim { pool });
		}
		assert!(T::Ledger::claim(&executor, pool).is_err(), "all was paid");
		Ok(())
	}

	#[benchmark]
	fn redelegate() -> Result<(), BenchmarkError> {
		let (owner, executor, from, into) = staker::<T>()?;
		let part = Amount::Part { base: 1, part: Perbill::from_percent(10) };
		let instruction = Instruction::Redelegate { from, shares: part, into };
		let before = T::Ledger::shares_of(&executor, from);
		#[block]
		{
			step::<T>(&owner, &executor, &instruction);
		}
		assert!(T::Ledger::shares_of(&executor, from) < before);
		Ok(())
	}

	#[benchmark]
	fn spawn(a: Linear<0, MAX_ASSETS>) -> Result<(), BenchmarkError> {
		let (owner, executor) = executor::<T>(T::BenchmarkHelper::asset(0))?;
		let assets = assets::<T>(&executor, a);
		let tag = BoundedVec::truncate_from(vec![255; MAX_TAG as usize]);
		let program = Program { tag, instructions: BoundedVec::new(), refund: None };
		let to = Spawned::Executor { salt: SALT + 1, program: program.into() };
		let instruction = Instruction::Spawn { assets, to };
		#[block]
		{
			step::<T>(&owner, &executor, &instruction);
		}
		assert!(Pallet::<T>::is_executor(&Pallet::<T>::executor_of(&owner, SALT + 1)));
		Ok(())
	}

	#[benchmark]
	fn leave(a: Linear<0, MAX_ASSETS>) -> Result<(), BenchmarkError> {
		let (_, executor) = executor::<T>(T::BenchmarkHelper::asset(0))?;
		let portions = assets::<T>(&executor, a);
		let amounts;
		#[block]
		{
			amounts = Pallet::<T>::amounts(&executor, &portions)?;
			Pallet::<T>::note_spent_all(&executor, &amounts);
			let tag = BoundedVec::truncate_from(vec![255; MAX_TAG as usize]);
			let message_id = [255; 32];
			Pallet::<T>::deposit_event(Event::Refunded { executor, tag, message_id });
		}
		assert_eq!(amounts.len(), a as usize);
		Ok(())
	}

	#[benchmark]
	fn next_exit() -> Result<(), BenchmarkError> {
		let (_, executor, ticket) = matured::<T>()?;
		// In an era in which nothing is queued.
		let now = T::Ledger::current_era();
		T::BenchmarkHelper::turn_to(now + 1);
		Queue::<T>::remove(ticket.maturity, (&executor, ticket));
		NextEra::<T>::put(now + 1);
		let mut meter = WeightMeter::with_limit(T::WeightInfo::next_exit());
		#[block]
		{
			Pallet::<T>::go_on_with_exits(&mut meter);
		}
		assert_eq!(NextEra::<T>::get(), Some(now + 2));
		Ok(())
	}

	#[benchmark]
	fn complete_queued() -> Result<(), BenchmarkError> {
		let (_, executor, ticket) = matured::<T>()?;
		#[block]
		{
			Pallet::<T>::complete_queued(ticket.maturity, &executor, ticket);
		}
		let exit = Exits::<T>::get(executor, ticket);
		assert!(exit.is_none_or(|exit| exit.queued.is_none()));
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::ExtBuilder.build(), crate::mock::Test);
}
