// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What the calls do, free of origins.

use crate::{pallet::*, types::*};
use alloc::vec::Vec;
use frame_support::{
	defensive,
	pallet_prelude::*,
	traits::{
		fungibles::{Inspect, Mutate},
		tokens::Preservation,
		DefensiveOption,
	},
};
use frame_system::pallet_prelude::BlockNumberFor;
use picasso_primitives::{
	math::{SharePool, MAX_BALANCE},
	restaking::{PoolStatus, TicketId, VaultSettings, VaultStatus},
	AssetId, Balance, PoolId,
};
use sp_runtime::{
	traits::{AccountIdConversion, BlockNumberProvider, CheckedAdd, Zero},
	ArithmeticError, Perbill,
};

/// The clock.
impl<T: Config> Pallet<T> {
	pub(crate) fn turn_era_if_due() {
		let Some(clock) = CurrentEra::<T>::get() else { return };
		let now = T::BlockNumberProvider::current_block_number();
		let due = clock.started.checked_add(&clock.settings.length).is_some_and(|end| now >= end);
		let Some(index) = clock.index.checked_add(1).filter(|_| due) else { return };
		CurrentEra::<T>::put(EraClock { index, started: now, ..clock });
		Self::deposit_event(Event::EraStarted { era: index });
	}

	pub(crate) fn do_set_era_settings(new: EraSettings<BlockNumberFor<T>>) -> DispatchResult {
		let clock = Self::clock()?;
		let old = clock.settings;
		Self::ensure_valid_era_settings(&new)?;
		ensure!(new.granularity == old.granularity, Error::<T>::GranularityIsFixed);
		CurrentEra::<T>::put(EraClock { settings: new, ..clock });
		Self::deposit_event(Event::EraSettingsChanged { old, new });
		Ok(())
	}

	/// Exits made in one era mature on a grid of `granularity`: in any era the unmatured ones are at
	/// most ⌈(unbonding - 1) / granularity⌉ + 1.
	pub(crate) fn ensure_valid_era_settings(
		settings: &EraSettings<BlockNumberFor<T>>,
	) -> DispatchResult {
		let EraSettings { length, unbonding, granularity } = *settings;
		let valid = !length.is_zero()
			&& length <= T::MaxEraLength::get()
			&& granularity > 0
			&& granularity <= unbonding
			&& unbonding <= T::MaxUnbonding::get()
			&& (unbonding - 1).div_ceil(granularity) < T::MaxBuckets::get();
		ensure!(valid, Error::<T>::InvalidEraSettings);
		Ok(())
	}

	/// The clock, which genesis sets.
	pub(crate) fn clock() -> Result<EraClock<BlockNumberFor<T>>, DispatchError> {
		CurrentEra::<T>::get().defensive_ok_or(Error::<T>::InvalidEraSettings.into())
	}
}

/// Vaults.
impl<T: Config> Pallet<T> {
	/// The account that holds what is staked of an asset.
	pub fn vault_account(asset: AssetId) -> T::AccountId {
		T::PalletId::get().into_sub_account_truncating(asset)
	}

	pub(crate) fn do_create_vault(
		funder: &T::AccountId,
		asset: AssetId,
		settings: VaultSettings,
	) -> DispatchResult {
		Self::ensure_valid_vault_settings(&settings)?;
		ensure!(!Vaults::<T>::contains_key(asset), Error::<T>::VaultExists);
		ensure!(T::Assets::asset_exists(asset), Error::<T>::AssetNotFound);
		let account = Self::vault_account(asset);
		// Without a provider an account cannot hold an asset that is not sufficient.
		frame_system::Pallet::<T>::inc_providers(&account);
		let minimum = T::Assets::minimum_balance(asset);
		T::Assets::transfer(asset, funder, &account, minimum, Preservation::Preserve)?;
		Vaults::<T>::insert(asset, Vault { settings, custody: 0 });
		Self::deposit_event(Event::VaultCreated { asset, settings });
		Ok(())
	}

	pub(crate) fn do_set_vault(asset: AssetId, new: VaultSettings) -> DispatchResult {
		Self::ensure_valid_vault_settings(&new)?;
		let old = Vaults::<T>::try_mutate(asset, |vault| {
			let vault = vault.as_mut().ok_or(Error::<T>::VaultNotFound)?;
			Ok::<_, Error<T>>(core::mem::replace(&mut vault.settings, new))
		})?;
		Self::deposit_event(Event::VaultChanged { asset, old, new });
		Ok(())
	}

	fn ensure_valid_vault_settings(settings: &VaultSettings) -> DispatchResult {
		let valid =
			settings.deposit_cap <= MAX_BALANCE && settings.minimum_stake <= settings.deposit_cap;
		ensure!(valid, Error::<T>::InvalidVaultSettings);
		Ok(())
	}
}

/// Operators and their pools.
impl<T: Config> Pallet<T> {
	pub(crate) fn do_register_operator(
		operator: &T::AccountId,
		commission: Perbill,
		metadata: Vec<u8>,
	) -> DispatchResult {
		let metadata = Self::bounded_text(metadata)?;
		ensure!(!Operators::<T>::contains_key(operator), Error::<T>::OperatorExists);
		Operators::<T>::insert(operator, Operator { commission, metadata, pools: 0 });
		Self::deposit_event(Event::OperatorRegistered { operator: operator.clone(), commission });
		Ok(())
	}

	pub(crate) fn do_create_pool(
		operator: &T::AccountId,
		asset: AssetId,
		name: Vec<u8>,
	) -> Result<PoolId, DispatchError> {
		let name = Self::bounded_text(name)?;
		let mut record = Operators::<T>::get(operator).ok_or(Error::<T>::OperatorNotFound)?;
		let vault = Vaults::<T>::get(asset).ok_or(Error::<T>::VaultNotFound)?;
		ensure!(vault.settings.status != VaultStatus::Closed, Error::<T>::VaultNotOpen);
		ensure!(record.pools < T::MaxPoolsPerOperator::get(), Error::<T>::TooManyPools);
		let pool = NextPoolId::<T>::get();
		let next = pool.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		let mut of_asset = PoolsByOperator::<T>::get(operator, asset);
		of_asset.try_push(pool).map_err(|_| Error::<T>::TooManyPoolsForAsset)?;
		record.pools = record.pools.checked_add(1).ok_or(ArithmeticError::Overflow)?;

		NextPoolId::<T>::put(next);
		PoolsByOperator::<T>::insert(operator, asset, of_asset);
		Operators::<T>::insert(operator, record);
		Pools::<T>::insert(
			pool,
			Pool {
				operator: operator.clone(),
				asset,
				name,
				status: PoolStatus::Open,
				open_reports: 0,
				generation: 0,
				active: SharePool::default(),
				buckets: BoundedVec::new(),
			},
		);
		Self::deposit_event(Event::PoolCreated { pool, operator: operator.clone(), asset });
		Ok(pool)
	}

	pub(crate) fn do_set_pool_status(
		operator: &T::AccountId,
		pool: PoolId,
		new: PoolStatus,
	) -> DispatchResult {
		let mut record = Pools::<T>::get(pool).ok_or(Error::<T>::PoolNotFound)?;
		ensure!(record.operator == *operator, Error::<T>::NotPoolOperator);
		let old = core::mem::replace(&mut record.status, new);
		Pools::<T>::insert(pool, record);
		Self::deposit_event(Event::PoolStatusChanged { pool, old, new });
		Ok(())
	}

	fn bounded_text<Bound: Get<u32>>(
		text: Vec<u8>,
	) -> Result<BoundedVec<u8, Bound>, DispatchError> {
		ensure!(core::str::from_utf8(&text).is_ok(), Error::<T>::TextNotUtf8);
		text.try_into().map_err(|_| Error::<T>::TextTooLong.into())
	}
}

/// Stake, in and out.
impl<T: Config> Pallet<T> {
	pub(crate) fn do_stake(
		who: &T::AccountId,
		pool_id: PoolId,
		amount: Balance,
		min_shares: Balance,
	) -> DispatchResult {
		let (mut pool, mut vault) = Self::ensure_takes_stake(pool_id, amount)?;
		let shares = pool.active.deposit(amount).map_err(Error::<T>::of_deposit)?;
		ensure!(shares >= min_shares, Error::<T>::SharesBelowMinimum);
		let mut position = Self::position_in(&pool, who, pool_id);
		position.shares = position.shares.checked_add(shares).ok_or(ArithmeticError::Overflow)?;
		vault.custody = vault.custody.checked_add(amount).ok_or(ArithmeticError::Overflow)?;

		let asset = pool.asset;
		let account = Self::vault_account(asset);
		T::Assets::transfer(asset, who, &account, amount, Self::preservation(asset))?;
		Vaults::<T>::insert(asset, vault);
		Pools::<T>::insert(pool_id, pool);
		Positions::<T>::insert(who, pool_id, position);
		Self::deposit_event(Event::Staked { who: who.clone(), pool: pool_id, amount, shares });
		Ok(())
	}

	pub(crate) fn do_unstake(
		who: &T::AccountId,
		pool_id: PoolId,
		shares: Balance,
	) -> DispatchResult {
		let mut pool = Pools::<T>::get(pool_id).ok_or(Error::<T>::PoolNotFound)?;
		let mut position = Self::position_in(&pool, who, pool_id);
		position.shares = position.shares.checked_sub(shares).ok_or(Error::<T>::NotEnoughShares)?;
		let amount = pool.active.redeem(shares).map_err(Error::<T>::of_redemption)?;
		ensure!(!amount.is_zero(), Error::<T>::ExitWorthNothing);
		let clock = Self::clock()?;
		let maturity = clock.maturity().ok_or(ArithmeticError::Overflow)?;
		let id = TicketId { pool: pool_id, maturity };
		let (points, made_room) = Self::add_exit(&mut pool, &clock, maturity, amount)?;
		let ticket = Self::grown_ticket(who, id, points)?;

		if let Some(bucket) = made_room.filter(|bucket| !bucket.exits.is_empty()) {
			MaturedBuckets::<T>::insert(pool_id, bucket.maturity, bucket);
		}
		Pools::<T>::insert(pool_id, pool);
		match position.shares {
			0 => Positions::<T>::remove(who, pool_id),
			_ => Positions::<T>::insert(who, pool_id, position),
		}
		Tickets::<T>::insert(who, id, ticket);
		Self::deposit_event(Event::Unstaked { who: who.clone(), ticket: id, shares, amount });
		Ok(())
	}

	pub(crate) fn do_withdraw(who: &T::AccountId, id: TicketId) -> DispatchResult {
		let ticket = Tickets::<T>::get(who, id).ok_or(Error::<T>::TicketNotFound)?;
		ensure!(Self::clock()?.index >= id.maturity, Error::<T>::TicketNotMature);
		let mut pool = Pools::<T>::get(id.pool).defensive_ok_or(Error::<T>::PoolNotFound)?;
		let asset = pool.asset;
		let amount = match Self::position_of_bucket(&pool, id) {
			Ok(index) => {
				let amount = Self::redeem_ticket(&mut pool.buckets[index], &ticket)?;
				if pool.buckets[index].exits.is_empty() {
					pool.buckets.remove(index);
				}
				Pools::<T>::insert(id.pool, pool);
				amount
			},
			Err(_) => MaturedBuckets::<T>::try_mutate_exists(id.pool, id.maturity, |slot| {
				let Some(bucket) = slot else { return Ok(0) };
				let amount = Self::redeem_ticket(bucket, &ticket)?;
				if bucket.exits.is_empty() {
					*slot = None;
				}
				Ok::<_, DispatchError>(amount)
			})?,
		};
		Tickets::<T>::remove(who, id);
		Self::release(asset, who, amount)?;
		Self::deposit_event(Event::Withdrawn { who: who.clone(), ticket: id, amount });
		Ok(())
	}

	/// The pool and the vault, if they take `amount`.
	fn ensure_takes_stake(
		pool_id: PoolId,
		amount: Balance,
	) -> Result<(Pool<T>, Vault), DispatchError> {
		ensure!(!amount.is_zero(), Error::<T>::ZeroAmount);
		let pool = Pools::<T>::get(pool_id).ok_or(Error::<T>::PoolNotFound)?;
		ensure!(pool.status == PoolStatus::Open, Error::<T>::PoolNotOpen);
		ensure!(pool.open_reports == 0, Error::<T>::PoolReported);
		let vault = Vaults::<T>::get(pool.asset).defensive_ok_or(Error::<T>::VaultNotFound)?;
		ensure!(vault.settings.status == VaultStatus::Open, Error::<T>::VaultNotOpen);
		ensure!(amount >= vault.settings.minimum_stake, Error::<T>::BelowMinimumStake);
		let room = vault.settings.deposit_cap.checked_sub(vault.custody);
		ensure!(room.is_some_and(|room| amount <= room), Error::<T>::VaultFull);
		Ok((pool, vault))
	}

	/// Shares bought for `amount`, if the pool and its vault take it.
	pub(crate) fn shares_for_stake(
		pool_id: PoolId,
		amount: Balance,
	) -> Result<Balance, DispatchError> {
		let (mut pool, _) = Self::ensure_takes_stake(pool_id, amount)?;
		pool.active.deposit(amount).map_err(Error::<T>::of_deposit)
	}

	/// What `who` has in the pool: nothing, where the shares are of an earlier generation.
	fn position_in(pool: &Pool<T>, who: &T::AccountId, pool_id: PoolId) -> Position {
		Positions::<T>::get(who, pool_id)
			.filter(|position| position.generation == pool.generation)
			.unwrap_or(Position { generation: pool.generation, shares: 0 })
	}

	/// Adds an exit to the bucket of `maturity` and returns its points there.
	///
	/// A new bucket takes the place of the oldest one that has matured, if any, which is returned to
	/// be stored apart.
	fn add_exit(
		pool: &mut Pool<T>,
		clock: &EraClock<BlockNumberFor<T>>,
		maturity: u32,
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

	/// The owner's ticket with `added` points more; points of an earlier generation of the bucket are
	/// worth nothing and are dropped.
	fn grown_ticket(
		who: &T::AccountId,
		id: TicketId,
		added: ExitPoints,
	) -> Result<Ticket, DispatchError> {
		let held = Tickets::<T>::get(who, id)
			.filter(|ticket| ticket.generation == added.generation)
			.map_or(0, |ticket| ticket.points);
		let points = held.checked_add(added.points).ok_or(ArithmeticError::Overflow)?;
		Ok(Ticket { generation: added.generation, points })
	}

	fn position_of_bucket(pool: &Pool<T>, id: TicketId) -> Result<usize, usize> {
		pool.buckets.binary_search_by_key(&id.maturity, |bucket| bucket.maturity)
	}

	/// Takes a ticket's worth out of its bucket: nothing, where its points are of an earlier
	/// generation.
	fn redeem_ticket(bucket: &mut Bucket, ticket: &Ticket) -> Result<Balance, DispatchError> {
		if bucket.generation != ticket.generation {
			return Ok(0);
		}
		bucket.exits.redeem(ticket.points).map_err(Error::<T>::of_redemption)
	}

	/// Pays `amount` out of the vault.
	pub(crate) fn release(asset: AssetId, to: &T::AccountId, amount: Balance) -> DispatchResult {
		if amount.is_zero() {
			return Ok(());
		}
		let mut vault = Vaults::<T>::get(asset).defensive_ok_or(Error::<T>::VaultNotFound)?;
		vault.custody = vault.custody.checked_sub(amount).ok_or(ArithmeticError::Underflow)?;
		// The vault's account keeps the minimum balance that it was opened with.
		let account = Self::vault_account(asset);
		T::Assets::transfer(asset, &account, to, amount, Preservation::Preserve)?;
		Vaults::<T>::insert(asset, vault);
		Ok(())
	}

	fn preservation(asset: AssetId) -> Preservation {
		if asset == T::NativeAsset::get() {
			Preservation::Preserve
		} else {
			Preservation::Expendable
		}
	}
}

/// Points issued for an exit, of a bucket's current generation.
struct ExitPoints {
	generation: u32,
	points: Balance,
}
