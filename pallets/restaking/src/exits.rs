// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Exits: from the shares they were to the buckets they wait in, and from there to their owners, to
//! another pool, or back.

use crate::{pallet::*, types::*};
use alloc::vec::Vec;
use frame_support::{
	defensive, pallet_prelude::*, storage::with_storage_layer, traits::DefensiveOption,
	weights::Weight,
};
use frame_system::pallet_prelude::BlockNumberFor;
use picasso_primitives::{
	math::SharePool,
	restaking::{ExitRoutes, PoolStatus, StakeLocks, TicketId, VaultStatus},
	AssetId, Balance, EraIndex, PoolId,
};
use sp_runtime::{traits::Zero, ArithmeticError};

/// Points issued for an exit, of a bucket's current generation.
struct ExitPoints {
	generation: u32,
	points: Balance,
}

/// What a ticket was worth when it was taken out of its bucket.
pub(crate) struct Redeemed {
	/// The asset of its pool; none where the pool was removed.
	pub(crate) asset: Option<AssetId>,
	/// Planck of it.
	pub(crate) amount: Balance,
}

/// Into a bucket.
impl<T: Config> Pallet<T> {
	/// Puts `amount`, which left the stake of a pool, into the bucket that matures next, and gives `who`
	/// the points. The pool is for the caller to store.
	pub(crate) fn begin_exit(
		pool: &mut Pool<T>,
		clock: &EraClock<BlockNumberFor<T>>,
		id: PoolId,
		who: &T::AccountId,
		shares: Balance,
		amount: Balance,
		into: Option<PoolId>,
	) -> Result<TicketId, DispatchError> {
		let maturity = clock.maturity().ok_or(ArithmeticError::Overflow)?;
		let ticket = TicketId { pool: id, maturity, into };
		let (points, made_room) = Self::add_exit(pool, clock, maturity, amount)?;
		if let Some(bucket) = made_room.filter(|bucket| !bucket.exits.is_empty()) {
			MaturedBuckets::<T>::insert(id, bucket.maturity, bucket);
		}
		Self::grow_ticket(who, ticket, points)?;
		Self::deposit_event(Event::Unstaked { who: who.clone(), ticket, shares, amount });
		Ok(ticket)
	}

	/// Adds an exit to the bucket of `maturity` and returns its points there.
	///
	/// A new bucket takes the place of the oldest one that has matured, if any, which is returned to
	/// be stored apart.
	fn add_exit(
		pool: &mut Pool<T>,
		clock: &EraClock<BlockNumberFor<T>>,
		maturity: EraIndex,
		amount: Balance,
	) -> Result<(ExitPoints, Option<Bucket>), DispatchError> {
		let mut made_room = None;
		let found = pool.buckets.binary_search_by_key(&maturity, |bucket| bucket.maturity);
		let index = match found {
			Ok(index) => index,
			Err(mut index) => {
				if pool.buckets.first().is_some_and(|oldest| oldest.maturity <= clock.index) {
					made_room = Some(pool.buckets.remove(0));
					index = index.saturating_sub(1);
				}
				let bucket = Bucket { maturity, generation: 0, exits: SharePool::default() };
				if pool.buckets.try_insert(index, bucket).is_err() {
					defensive!("unmatured buckets are bounded by the era settings");
					return Err(ArithmeticError::Overflow.into());
				}
				index
			},
		};
		let bucket = &mut pool.buckets[index];
		let points = bucket.exits.deposit(amount).map_err(Error::<T>::of_deposit)?;
		Ok((ExitPoints { generation: bucket.generation, points }, made_room))
	}

	/// Adds points to a ticket. Points of an earlier generation of the bucket are worth nothing and are
	/// dropped for later ones.
	fn grow_ticket(who: &T::AccountId, id: TicketId, added: ExitPoints) -> DispatchResult {
		Tickets::<T>::try_mutate(who, id, |slot| {
			let ahead = slot.is_some_and(|ticket| ticket.generation > added.generation);
			ensure!(!ahead, Error::<T>::TicketWorthless);
			let held = slot
				.filter(|ticket| ticket.generation == added.generation)
				.map_or(0, |ticket| ticket.points);
			let points = held.checked_add(added.points).ok_or(ArithmeticError::Overflow)?;
			*slot = Some(Ticket { generation: added.generation, points });
			Ok(())
		})
	}

	/// Takes points out of a ticket, all where none are named; one without points goes away.
	fn shrink_ticket(
		who: &T::AccountId,
		id: TicketId,
		points: Option<Balance>,
	) -> Result<ExitPoints, DispatchError> {
		Tickets::<T>::try_mutate_exists(who, id, |slot| {
			let ticket = slot.as_mut().ok_or(Error::<T>::TicketNotFound)?;
			let taken = points.unwrap_or(ticket.points);
			ensure!(!taken.is_zero(), Error::<T>::ZeroAmount);
			let rest = ticket.points.checked_sub(taken).ok_or(Error::<T>::NotEnoughPoints)?;
			let generation = ticket.generation;
			ticket.points = rest;
			if rest.is_zero() {
				*slot = None;
			}
			Ok(ExitPoints { generation, points: taken })
		})
	}
}

/// Out of a bucket.
impl<T: Config> Pallet<T> {
	pub(crate) fn do_withdraw(
		owner: &T::AccountId,
		ticket: TicketId,
		beneficiary: &T::AccountId,
	) -> Result<Redeemed, DispatchError> {
		let points = Self::shrink_ticket(owner, ticket, None)?;
		let Redeemed { asset, amount } = Self::redeem_matured(ticket, points)?;
		if let Some(asset) = asset {
			Self::release(asset, beneficiary, amount)?;
		}
		Self::deposit_event(Event::Withdrawn {
			who: owner.clone(),
			ticket,
			beneficiary: beneficiary.clone(),
			amount,
		});
		Ok(Redeemed { asset, amount })
	}

	/// Pays a ticket to `beneficiary`, who need not be its owner: only what no lock of the owner's needs.
	/// Returns what it cost to find that out.
	pub(crate) fn do_withdraw_to(
		owner: &T::AccountId,
		ticket: TicketId,
		beneficiary: &T::AccountId,
	) -> Result<Weight, DispatchError> {
		let asset = Pools::<T>::get(ticket.pool).map(|pool| pool.asset);
		Self::do_withdraw(owner, ticket, beneficiary)?;
		match asset {
			Some(asset) if owner != beneficiary => Self::ensure_not_locked(owner, asset),
			_ => Ok(Weight::zero()),
		}
	}

	/// Pays a ticket to its owner, whoever asks. One that is to move elsewhere must not be diverted by
	/// anyone but its owner, unless it holds up the winding up of its pool.
	pub(crate) fn do_withdraw_for(owner: &T::AccountId, ticket: TicketId) -> DispatchResult {
		let winding_up = |pool: Pool<T>| pool.status == PoolStatus::WindingUp;
		let free = ticket.into.is_none() || Pools::<T>::get(ticket.pool).is_none_or(winding_up);
		ensure!(free, Error::<T>::TicketMoving);
		ensure!(!T::ExitRoutes::has_route(owner, ticket), Error::<T>::TicketRouted);
		Self::do_withdraw(owner, ticket, owner).map(|_| ())
	}

	/// Pays each ticket that can be paid. What cannot be is told by an event and stays as it was.
	pub(crate) fn do_withdraw_many(owner: &T::AccountId, tickets: Vec<TicketId>) {
		for ticket in tickets {
			if let Err(error) = with_storage_layer(|| Self::do_withdraw(owner, ticket, owner)) {
				Self::deposit_event(Event::WithdrawFailed { who: owner.clone(), ticket, error });
			}
		}
	}

	/// Turns a matured ticket into stake of its owner's in the pool it was to move into.
	pub(crate) fn do_complete_move(owner: &T::AccountId, ticket: TicketId) -> DispatchResult {
		let into = ticket.into.ok_or(Error::<T>::TicketNotMoving)?;
		let points = Self::shrink_ticket(owner, ticket, None)?;
		let Redeemed { amount, .. } = Self::redeem_matured(ticket, points)?;
		let shares = Self::change_pool(into, |pool| {
			Self::ensure_admits(pool, owner)?;
			Self::ensure_vault_open(pool.asset)?;
			Self::issue_shares(pool, into, owner, amount, 0)
		})?;
		Self::deposit_event(Event::Moved { who: owner.clone(), ticket, amount, shares });
		Ok(())
	}

	/// Turns points of an unmatured ticket back into stake of its owner's in the pool they are from.
	pub(crate) fn do_cancel_unstake(
		owner: &T::AccountId,
		ticket: TicketId,
		points: Balance,
	) -> DispatchResult {
		let taken = Self::shrink_ticket(owner, ticket, Some(points))?;
		ensure!(Self::clock()?.index < ticket.maturity, Error::<T>::TicketMature);
		let (amount, shares) = Self::change_pool(ticket.pool, |pool| {
			Self::ensure_admits(pool, owner)?;
			Self::ensure_vault_open(pool.asset)?;
			let amount = Self::redeem_listed(pool, ticket, &taken, false)?.unwrap_or_default();
			ensure!(!amount.is_zero(), Error::<T>::ExitWorthNothing);
			let shares = Self::issue_shares(pool, ticket.pool, owner, amount, 0)?;
			Ok((amount, shares))
		})?;
		Self::deposit_event(Event::UnstakeCancelled { who: owner.clone(), ticket, amount, shares });
		Ok(())
	}

	/// Gives points of a ticket to another owner's ticket of the same name: only what no lock of its
	/// owner's needs. Returns what it cost to find that out.
	pub(crate) fn do_transfer_ticket(
		owner: &T::AccountId,
		ticket: TicketId,
		points: Balance,
		to: &T::AccountId,
	) -> Result<Weight, DispatchError> {
		ensure!(owner != to, Error::<T>::TransferToSelf);
		let taken = Self::shrink_ticket(owner, ticket, Some(points))?;
		Self::grow_ticket(to, ticket, taken)?;
		let checked = match Pools::<T>::get(ticket.pool) {
			Some(pool) => Self::ensure_not_locked(owner, pool.asset)?,
			None => Weight::zero(),
		};
		let (from, to) = (owner.clone(), to.clone());
		Self::deposit_event(Event::TicketTransferred { from, to, ticket, points });
		Ok(checked)
	}

	/// Whether an owner who has just passed on some of an asset has kept what its locks need.
	fn ensure_not_locked(owner: &T::AccountId, asset: AssetId) -> Result<Weight, DispatchError> {
		let (covered, weight) = T::StakeLocks::cover(owner, asset);
		ensure!(covered, Error::<T>::StakeLocked);
		Ok(weight)
	}

	/// Stake that stays in a vault is as welcome there as new stake is, but for the cap.
	fn ensure_vault_open(asset: AssetId) -> DispatchResult {
		let vault = Vaults::<T>::get(asset).defensive_ok_or(Error::<T>::VaultNotFound)?;
		ensure!(vault.settings.status == VaultStatus::Open, Error::<T>::VaultNotOpen);
		Ok(())
	}

	/// Takes the worth of points out of their bucket, which must have matured. They are worth nothing
	/// where they, or the whole bucket, were lost.
	fn redeem_matured(ticket: TicketId, taken: ExitPoints) -> Result<Redeemed, DispatchError> {
		ensure!(Self::clock()?.index >= ticket.maturity, Error::<T>::TicketNotMature);
		let Some(mut pool) = Pools::<T>::get(ticket.pool) else {
			// A pool is removed when no ticket of it is worth anything.
			return Ok(Redeemed { asset: None, amount: 0 });
		};
		let asset = Some(pool.asset);
		if let Some(amount) = Self::redeem_listed(&mut pool, ticket, &taken, true)? {
			Pools::<T>::insert(ticket.pool, pool);
			return Ok(Redeemed { asset, amount });
		}
		let amount =
			MaturedBuckets::<T>::try_mutate_exists(ticket.pool, ticket.maturity, |slot| {
				let Some(bucket) = slot else { return Ok(0) };
				let amount = Self::redeem_from(bucket, &taken)?;
				if bucket.exits.is_empty() {
					*slot = None;
				}
				Ok::<_, DispatchError>(amount)
			})?;
		Ok(Redeemed { asset, amount })
	}

	/// Takes the worth of points out of their bucket in the pool's list; nothing where it isn't there.
	fn redeem_listed(
		pool: &mut Pool<T>,
		ticket: TicketId,
		taken: &ExitPoints,
		matured: bool,
	) -> Result<Option<Balance>, DispatchError> {
		let found = pool.buckets.binary_search_by_key(&ticket.maturity, |bucket| bucket.maturity);
		let Ok(index) = found else { return Ok(None) };
		let bucket = &mut pool.buckets[index];
		let amount = Self::redeem_from(bucket, taken)?;
		// One that was lost stays until it has matured, to tell its tickets from later ones.
		if bucket.exits.is_empty() && (matured || bucket.generation == 0) {
			pool.buckets.remove(index);
		}
		Ok(Some(amount))
	}

	fn redeem_from(bucket: &mut Bucket, taken: &ExitPoints) -> Result<Balance, DispatchError> {
		if bucket.generation != taken.generation {
			return Ok(0);
		}
		bucket.exits.redeem(taken.points).map_err(Error::<T>::of_redemption)
	}
}
