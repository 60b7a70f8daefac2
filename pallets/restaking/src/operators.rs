// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Operators, their pools, and whom they admit.

use crate::{pallet::*, types::*};
use alloc::vec::Vec;
use frame_support::{
	pallet_prelude::*,
	traits::{Consideration, DefensiveOption, Footprint},
};
use picasso_primitives::{
	math::SharePool,
	restaking::{Commission, Obligations, OperatorStatus, PoolAccess, PoolStatus, VaultStatus},
	AssetId, EraIndex, PoolId,
};
use sp_runtime::{traits::Zero, ArithmeticError, Perbill};

/// Operators.
impl<T: Config> Pallet<T> {
	pub(crate) fn do_register_operator(
		who: &T::AccountId,
		commission: Perbill,
		metadata: Vec<u8>,
	) -> DispatchResult {
		let metadata = Self::bounded_text(metadata)?;
		Self::ensure_valid_commission(commission)?;
		ensure!(!Operators::<T>::contains_key(who), Error::<T>::OperatorExists);
		let deposit = T::OperatorDeposit::new(who, Self::footprint(metadata.len(), 0, 0))?;
		let operator = Operator {
			commission: Commission { first: commission, then: None },
			metadata,
			status: OperatorStatus::Active,
			chilled: false,
			pools: 0,
			approvals: 0,
			deposit,
		};
		Operators::<T>::insert(who, operator);
		Self::deposit_event(Event::OperatorRegistered { operator: who.clone(), commission });
		Ok(())
	}

	pub(crate) fn do_set_metadata(who: &T::AccountId, metadata: Vec<u8>) -> DispatchResult {
		let metadata = Self::bounded_text(metadata)?;
		Self::change_operator(who, |operator| {
			operator.metadata = metadata;
			Ok(())
		})?;
		Self::deposit_event(Event::MetadataChanged { operator: who.clone() });
		Ok(())
	}

	/// Announces a commission: a lower one for the next era, a higher one for the era in which an exit
	/// made now matures, so that whoever disagrees is gone by then.
	///
	/// One that has taken effect in this era cannot be replaced before the next: the last era is paid
	/// by what held then.
	pub(crate) fn do_set_commission(who: &T::AccountId, new: Perbill) -> DispatchResult {
		Self::ensure_valid_commission(new)?;
		let clock = Self::clock()?;
		let from = Self::change_operator(who, |operator| {
			let old = operator.commission;
			let just_changed = old.then.is_some_and(|(_, from)| from == clock.index);
			ensure!(!just_changed, Error::<T>::CommissionJustChanged);
			let first = old.at(clock.index);
			let from = if new > first { clock.maturity() } else { clock.index.checked_add(1) };
			let from = from.ok_or(ArithmeticError::Overflow)?;
			operator.commission = Commission { first, then: Some((new, from)) };
			Ok((old, from))
		});
		let (old, from) = from?;
		Self::deposit_event(Event::CommissionChanged { operator: who.clone(), old, new, from });
		Ok(())
	}

	pub(crate) fn do_set_operator_status(
		who: &T::AccountId,
		new: OperatorStatus,
	) -> DispatchResult {
		let old = Self::change_service(who, |operator| {
			ensure!(operator.status != OperatorStatus::Leaving, Error::<T>::OperatorLeaving);
			Ok(core::mem::replace(&mut operator.status, new))
		})?;
		Self::deposit_event(Event::OperatorStatusChanged { operator: who.clone(), old, new });
		Ok(())
	}

	pub(crate) fn do_set_chilled(who: &T::AccountId, new: bool) -> DispatchResult {
		let old = Self::change_service(who, |operator| {
			Ok(core::mem::replace(&mut operator.chilled, new))
		})?;
		Self::deposit_event(Event::OperatorChilled { operator: who.clone(), old, new });
		Ok(())
	}

	pub(crate) fn do_deregister_operator(who: &T::AccountId) -> DispatchResult {
		let operator = Operators::<T>::take(who).ok_or(Error::<T>::OperatorNotFound)?;
		ensure!(operator.status == OperatorStatus::Leaving, Error::<T>::OperatorNotLeaving);
		ensure!(operator.pools.is_zero(), Error::<T>::PoolsRemain);
		ensure!(operator.approvals.is_zero(), Error::<T>::ApprovalsRemain);
		ensure!(!T::Obligations::bind_operator(who), Error::<T>::StillBound);
		operator.deposit.drop(who)?;
		T::Obligations::forget_operator(who);
		Self::deposit_event(Event::OperatorDeregistered { operator: who.clone() });
		Ok(())
	}

	pub(crate) fn do_set_approval(
		who: &T::AccountId,
		restaker: &T::AccountId,
		approved: bool,
	) -> DispatchResult {
		ensure!(Operators::<T>::contains_key(who), Error::<T>::OperatorNotFound);
		if Approvals::<T>::contains_key(who, restaker) == approved {
			return Ok(());
		}
		Self::change_operator(who, |operator| {
			let approvals = operator.approvals;
			let changed =
				if approved { approvals.checked_add(1) } else { approvals.checked_sub(1) };
			operator.approvals = changed.ok_or(ArithmeticError::Overflow)?;
			Ok(())
		})?;
		if approved {
			Approvals::<T>::insert(who, restaker, ());
		} else {
			Approvals::<T>::remove(who, restaker);
		}
		let (operator, restaker) = (who.clone(), restaker.clone());
		Self::deposit_event(Event::ApprovalChanged { operator, restaker, approved });
		Ok(())
	}

	/// The commission of an operator in an era: the current one, the one before, or a later one.
	pub fn commission(who: &T::AccountId, era: EraIndex) -> Option<Perbill> {
		Operators::<T>::get(who).map(|operator| operator.commission.at(era))
	}

	fn ensure_valid_commission(commission: Perbill) -> DispatchResult {
		ensure!(commission <= T::MaxCommission::get(), Error::<T>::CommissionTooHigh);
		Ok(())
	}

	/// Changes an operator, and its deposit with what it stores.
	fn change_operator<Result>(
		who: &T::AccountId,
		change: impl FnOnce(&mut Operator<T>) -> core::result::Result<Result, DispatchError>,
	) -> core::result::Result<Result, DispatchError> {
		let mut operator = Operators::<T>::get(who).ok_or(Error::<T>::OperatorNotFound)?;
		let result = change(&mut operator)?;
		let Operator { pools, approvals, .. } = operator;
		let footprint = Self::footprint(operator.metadata.len(), pools, approvals);
		operator.deposit = operator.deposit.update(who, footprint)?;
		Operators::<T>::insert(who, operator);
		Ok(result)
	}

	/// Changes whether an operator serves, and tells its pools.
	fn change_service<Result>(
		who: &T::AccountId,
		change: impl FnOnce(&mut Operator<T>) -> core::result::Result<Result, DispatchError>,
	) -> core::result::Result<Result, DispatchError> {
		let (result, suspended, leaving) = Self::change_operator(who, |operator| {
			let result = change(operator)?;
			Ok((result, !operator.is_serving(), operator.status == OperatorStatus::Leaving))
		})?;
		for id in PoolsByOperator::<T>::iter_prefix_values(who).flatten() {
			Pools::<T>::try_mutate(id, |pool| {
				let pool = pool.as_mut().defensive_ok_or(Error::<T>::PoolNotFound)?;
				pool.suspended = suspended;
				if leaving {
					pool.status = PoolStatus::WindingUp;
				}
				Ok::<_, DispatchError>(())
			})?;
		}
		Ok(result)
	}

	/// What an operator stores: its own record, its pools, and its approvals, in items and bytes.
	fn footprint(metadata: usize, pools: u32, approvals: u32) -> Footprint {
		let of = |items: u32, bytes: usize| (u64::from(items), bytes as u64);
		let name = BoundedVec::<u8, T::MaxNameLength>::max_encoded_len();
		let parts = [
			of(1, metadata),
			of(pools, Pool::<T>::max_encoded_len().saturating_add(name)),
			of(approvals, T::AccountId::max_encoded_len()),
		];
		// Each factor is bounded by a constant or by the count of items that fit in a state.
		parts.iter().fold(Footprint { count: 0, size: 0 }, |sum, (items, bytes)| Footprint {
			count: sum.count.saturating_add(*items),
			size: sum.size.saturating_add(items.saturating_mul(*bytes)),
		})
	}

	fn bounded_text<Bound: Get<u32>>(
		text: Vec<u8>,
	) -> Result<BoundedVec<u8, Bound>, DispatchError> {
		ensure!(core::str::from_utf8(&text).is_ok(), Error::<T>::TextNotUtf8);
		text.try_into().map_err(|_| Error::<T>::TextTooLong.into())
	}
}

/// Pools, as their operators see them.
impl<T: Config> Pallet<T> {
	pub(crate) fn do_create_pool(
		who: &T::AccountId,
		asset: AssetId,
		name: Vec<u8>,
	) -> Result<PoolId, DispatchError> {
		let name = Self::bounded_text::<T::MaxNameLength>(name)?;
		let vault = Vaults::<T>::get(asset).ok_or(Error::<T>::VaultNotFound)?;
		ensure!(vault.settings.status != VaultStatus::Closed, Error::<T>::VaultNotOpen);
		let suspended = Self::change_operator(who, |operator| {
			ensure!(operator.status != OperatorStatus::Leaving, Error::<T>::OperatorLeaving);
			ensure!(operator.pools < T::MaxPoolsPerOperator::get(), Error::<T>::TooManyPools);
			operator.pools = operator.pools.checked_add(1).ok_or(ArithmeticError::Overflow)?;
			Ok(!operator.is_serving())
		})?;
		let id = NextPoolId::<T>::get();
		let next = id.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		PoolsByOperator::<T>::try_mutate(who, asset, |pools| {
			pools.try_push(id).map_err(|_| Error::<T>::TooManyPoolsForAsset)
		})?;

		NextPoolId::<T>::put(next);
		let pool = Pool {
			operator: who.clone(),
			asset,
			status: PoolStatus::Open,
			access: PoolAccess::Everyone,
			suspended,
			open_reports: 0,
			generation: 0,
			positions: 0,
			active: SharePool::default(),
			own_shares: 0,
			at_turn: StakeAtTurn { era: Self::clock()?.index, ..Default::default() },
			buckets: BoundedVec::new(),
			rewards: Rewards { updated: Zero::zero(), slots: BoundedVec::new() },
		};
		Pools::<T>::insert(id, pool);
		PoolNames::<T>::insert(id, name);
		PoolsByAsset::<T>::insert(asset, id, ());
		Self::deposit_event(Event::PoolCreated { pool: id, operator: who.clone(), asset });
		Ok(id)
	}

	pub(crate) fn do_set_pool_status(
		who: &T::AccountId,
		id: PoolId,
		new: PoolStatus,
	) -> DispatchResult {
		let mut pool = Self::own_pool(who, id)?;
		ensure!(pool.status != PoolStatus::WindingUp, Error::<T>::PoolWindingUp);
		let old = core::mem::replace(&mut pool.status, new);
		Pools::<T>::insert(id, pool);
		Self::deposit_event(Event::PoolStatusChanged { pool: id, old, new });
		Ok(())
	}

	pub(crate) fn do_set_pool_access(
		who: &T::AccountId,
		id: PoolId,
		new: PoolAccess,
	) -> DispatchResult {
		let mut pool = Self::own_pool(who, id)?;
		let old = core::mem::replace(&mut pool.access, new);
		Pools::<T>::insert(id, pool);
		Self::deposit_event(Event::PoolAccessChanged { pool: id, old, new });
		Ok(())
	}

	/// Removes a pool that is wound up, in which nobody has anything. What rounding left of its rewards,
	/// and what streams to nobody, is the treasury's.
	pub(crate) fn do_remove_pool(who: &T::AccountId, id: PoolId) -> DispatchResult {
		let mut pool = Self::own_pool(who, id)?;
		ensure!(pool.status == PoolStatus::WindingUp, Error::<T>::PoolNotWindingUp);
		let empty = pool.positions.is_zero()
			&& pool.buckets.iter().all(|bucket| bucket.exits.is_empty())
			&& MaturedBuckets::<T>::iter_key_prefix(id).next().is_none();
		ensure!(empty, Error::<T>::PoolNotEmpty);
		ensure!(pool.open_reports.is_zero(), Error::<T>::PoolReported);
		ensure!(!T::Obligations::bind_pool(id), Error::<T>::StillBound);
		for slot in pool.rewards.slots.iter_mut() {
			slot.unearned = slot.owed;
		}
		Self::pay_unearned(&mut pool, id)?;
		ensure!(
			pool.rewards.slots.iter().all(|slot| slot.owed.is_zero()),
			Error::<T>::PoolNotEmpty
		);

		Pools::<T>::remove(id);
		PoolNames::<T>::remove(id);
		PoolsByAsset::<T>::remove(pool.asset, id);
		PoolsByOperator::<T>::mutate_exists(who, pool.asset, |pools| {
			if let Some(list) = pools {
				list.retain(|other| *other != id);
				if list.is_empty() {
					*pools = None;
				}
			}
		});
		Self::change_operator(who, |operator| {
			operator.pools = operator.pools.checked_sub(1).ok_or(ArithmeticError::Underflow)?;
			Ok(())
		})?;
		T::Obligations::forget_pool(id);
		Self::deposit_event(Event::PoolRemoved { pool: id });
		Ok(())
	}

	fn own_pool(who: &T::AccountId, id: PoolId) -> Result<Pool<T>, DispatchError> {
		let pool = Pools::<T>::get(id).ok_or(Error::<T>::PoolNotFound)?;
		ensure!(pool.operator == *who, Error::<T>::NotPoolOperator);
		Ok(pool)
	}
}
