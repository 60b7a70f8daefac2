// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! A balance divided into shares.
//!
//! Both the stake of a pool and the exits that mature together are one. The rules are those of
//! ERC-4626 without donations: the balance changes by deposits, redemptions and slashes alone, so a
//! share costs 1 planck at first and its price never rises above that. This leaves nothing to the
//! attack on the first depositor, which needs a price that somebody can raise.
//!
//! Bounds: a price is kept at or above 1 / [`SHARES_PER_PLANCK_LIMIT`] by whoever slashes, and a
//! balance at or below [`MAX_BALANCE`] by whoever deposits. Together they keep shares within
//! 10⁹ · 10²⁹ < 2¹²⁸; products are computed in 256 bits.

use super::{mul_div, Ratio};
use crate::Balance;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::Rounding;

/// The most planck that one share pool, and one vault, may hold: 10²⁹.
///
/// At 18 decimals this is 10¹¹ whole tokens.
pub const MAX_BALANCE: Balance = 10u128.pow(29);

/// The most shares a planck may buy: a pool whose share price falls below its inverse is closed.
pub const SHARES_PER_PLANCK_LIMIT: u128 = 10u128.pow(9);

/// Why a share pool refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareError {
	/// The amount buys no share.
	Nothing,
	/// More shares than there are.
	NotEnoughShares,
	/// Shares without a balance behind them: total loss.
	Worthless,
	/// A result is beyond 128 bits or [`MAX_BALANCE`].
	Overflow,
}

/// A balance and the shares that divide it.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct SharePool {
	/// Planck of the asset that back the shares.
	pub balance: Balance,
	/// Shares issued. At least as many as there are planck.
	pub shares: Balance,
}

impl SharePool {
	/// Shares that `amount` planck buy: ⌊amount · shares / balance⌋, `amount` when the pool is empty.
	pub fn shares_for(&self, amount: Balance) -> Result<Balance, ShareError> {
		let shares = match (self.balance, self.shares) {
			(_, 0) => amount,
			(0, _) => return Err(ShareError::Worthless),
			(balance, shares) => mul_div_floor(amount, shares, balance)?,
		};
		(shares > 0).then_some(shares).ok_or(ShareError::Nothing)
	}

	/// Planck that `shares` are worth: ⌊shares · balance / all shares⌋. The last shares are worth all
	/// that is left.
	pub fn value_of(&self, shares: Balance) -> Result<Balance, ShareError> {
		if shares > self.shares {
			return Err(ShareError::NotEnoughShares);
		}
		if shares == 0 {
			return Ok(0);
		}
		mul_div_floor(shares, self.balance, self.shares)
	}

	/// Adds `amount` planck and returns the shares issued for it.
	///
	/// Rounds down, in favour of those who hold shares already, by less than one share.
	pub fn deposit(&mut self, amount: Balance) -> Result<Balance, ShareError> {
		let issued = self.shares_for(amount)?;
		let balance = self.balance.checked_add(amount).ok_or(ShareError::Overflow)?;
		if balance > MAX_BALANCE {
			return Err(ShareError::Overflow);
		}
		let shares = self.shares.checked_add(issued).ok_or(ShareError::Overflow)?;
		*self = Self { balance, shares };
		Ok(issued)
	}

	/// Burns `shares` and returns the planck taken out for them, which may be none.
	///
	/// Rounds down, in favour of those who stay, by less than one planck.
	pub fn redeem(&mut self, shares: Balance) -> Result<Balance, ShareError> {
		let amount = self.value_of(shares)?;
		*self = Self {
			balance: self.balance.checked_sub(amount).ok_or(ShareError::Overflow)?,
			shares: self.shares.checked_sub(shares).ok_or(ShareError::NotEnoughShares)?,
		};
		Ok(amount)
	}

	/// Takes ⌈balance · ratio⌉ planck and returns how much it took.
	///
	/// Rounds up, by less than one planck: no fault is too small to cost anything. Where a share is
	/// then worth less than 1 / [`SHARES_PER_PLANCK_LIMIT`] planck, all that is left is taken too and
	/// no share remains: precision cannot decay for ever, and the next to come start clean.
	pub fn slash(&mut self, ratio: &Ratio) -> Result<Balance, ShareError> {
		let taken = ratio.of(self.balance).ok_or(ShareError::Overflow)?;
		let balance = self.balance.checked_sub(taken).ok_or(ShareError::Overflow)?;
		let needed = balance.checked_mul(SHARES_PER_PLANCK_LIMIT).ok_or(ShareError::Overflow)?;
		if needed < self.shares {
			let all = self.balance;
			*self = Self::default();
			return Ok(all);
		}
		self.balance = balance;
		Ok(taken)
	}

	/// Whether no shares are left.
	pub fn is_empty(&self) -> bool {
		self.shares == 0
	}
}

/// ⌊a · b / c⌋ with a product of 256 bits.
fn mul_div_floor(a: u128, b: u128, c: u128) -> Result<u128, ShareError> {
	mul_div(a, b, c, Rounding::Down).ok_or(ShareError::Overflow)
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;
	use sp_core::U256;

	fn pool(balance: Balance, shares: Balance) -> SharePool {
		SharePool { balance, shares }
	}

	/// Any pool that slashes within the bounds can leave behind.
	fn any_pool() -> impl Strategy<Value = SharePool> {
		(1..=MAX_BALANCE / 2, 1..=SHARES_PER_PLANCK_LIMIT, any::<u64>()).prop_map(
			|(balance, price, dust)| {
				pool(balance, balance * price + (dust as u128 % balance) * (price - 1).min(1))
			},
		)
	}

	#[test]
	fn an_empty_pool_issues_one_share_per_planck() {
		let mut p = SharePool::default();
		assert_eq!(p.deposit(7), Ok(7));
		assert_eq!(p, pool(7, 7));
	}

	#[test]
	fn a_deposit_rounds_shares_down() {
		assert_eq!(pool(3, 10).deposit(2), Ok(6));
	}

	#[test]
	fn a_redemption_rounds_planck_down_and_the_last_takes_the_rest() {
		let mut p = pool(2, 3);
		assert_eq!(p.redeem(2), Ok(1));
		assert_eq!(p.redeem(1), Ok(1));
		assert_eq!(p, SharePool::default());
	}

	#[test]
	fn shares_worth_less_than_a_planck_are_redeemed_for_none() {
		let mut p = pool(1, 3);
		assert_eq!(p.redeem(1), Ok(0));
		assert_eq!(p, pool(1, 2));
		assert_eq!(SharePool::default().redeem(0), Ok(0));
	}

	#[test]
	fn a_deposit_that_buys_no_share_is_refused() {
		assert_eq!(pool(1, 3).deposit(0), Err(ShareError::Nothing));
		assert_eq!(SharePool::default().deposit(0), Err(ShareError::Nothing));
	}

	#[test]
	fn more_shares_than_there_are_is_refused() {
		assert_eq!(pool(3, 3).redeem(4), Err(ShareError::NotEnoughShares));
	}

	#[test]
	fn a_pool_lost_to_the_last_planck_takes_no_deposit() {
		assert_eq!(pool(0, 3).deposit(1), Err(ShareError::Worthless));
		assert!(!pool(0, 3).is_empty());
	}

	#[test]
	fn a_deposit_beyond_the_bound_is_refused_and_changes_nothing() {
		let mut p = pool(MAX_BALANCE, MAX_BALANCE);
		assert_eq!(p.deposit(1), Err(ShareError::Overflow));
		assert_eq!(pool(1, u128::MAX).deposit(2), Err(ShareError::Overflow));
		assert_eq!(p, pool(MAX_BALANCE, MAX_BALANCE));
	}

	#[test]
	fn the_bounds_leave_room_for_every_share() {
		let mut p = pool(1, SHARES_PER_PLANCK_LIMIT);
		assert_eq!(p.deposit(MAX_BALANCE - 1), Ok((MAX_BALANCE - 1) * SHARES_PER_PLANCK_LIMIT));
	}

	#[test]
	fn a_slash_takes_its_part_rounded_up_from_all_shares_alike() {
		let mut p = pool(10, 10);
		assert_eq!(p.slash(&Ratio::new(1, 3).unwrap()), Ok(4));
		assert_eq!(p, pool(6, 10));
		assert_eq!(p.slash(&Ratio::new(1, u128::MAX).unwrap()), Ok(1));
		assert_eq!(p, pool(5, 10));
		assert_eq!(p.slash(&Ratio::new(0, 1).unwrap()), Ok(0));
	}

	#[test]
	fn a_slash_of_everything_leaves_no_shares() {
		let mut p = pool(10, 10);
		assert!(!p.is_empty());
		assert_eq!(p.slash(&Ratio::ONE), Ok(10));
		assert_eq!(p, SharePool::default());
		assert!(p.is_empty());
		assert_eq!(p.slash(&Ratio::ONE), Ok(0));
	}

	#[test]
	fn a_slash_to_the_limit_of_precision_takes_the_dust_too() {
		let limit = SHARES_PER_PLANCK_LIMIT;
		let mut p = pool(10, 5 * limit);
		assert_eq!(p.slash(&Ratio::new(1, 2).unwrap()), Ok(5));
		assert_eq!(p, pool(5, 5 * limit));
		assert_eq!(p.slash(&Ratio::new(1, 5).unwrap()), Ok(5));
		assert_eq!(p, SharePool::default());
	}

	proptest! {
		#![proptest_config(ProptestConfig::with_cases(2_000))]

		#[test]
		fn shares_follow_the_formula(p in any_pool(), amount in 1..=MAX_BALANCE / 2) {
			let exact = U256::from(amount) * U256::from(p.shares) / U256::from(p.balance);
			prop_assert_eq!(U256::from(p.shares_for(amount).unwrap()), exact);
		}

		#[test]
		fn the_price_never_falls_and_never_passes_one(
			before in any_pool(), amount in 1..=MAX_BALANCE / 2, part in any::<u128>(),
		) {
			let price_holds = |old: SharePool, new: SharePool| {
				new.shares == 0 || (
					U256::from(new.balance) * U256::from(old.shares) >= U256::from(old.balance) * U256::from(new.shares)
						&& new.balance <= new.shares
				)
			};
			let mut p = before;
			p.deposit(amount).unwrap();
			prop_assert!(price_holds(before, p));
			let deposited = p;
			p.redeem(part % p.shares + 1).unwrap();
			prop_assert!(price_holds(deposited, p));
		}

		#[test]
		fn a_round_trip_never_profits_and_loses_less_than_a_share_and_a_planck(
			before in any_pool(), amount in 1..=MAX_BALANCE / 2,
		) {
			let mut p = before;
			let shares = p.deposit(amount).unwrap();
			let back = p.redeem(shares).unwrap();
			prop_assert!(back <= amount);
			prop_assert!(amount - back <= 2);
		}

		#[test]
		fn slashes_leave_a_pool_within_its_bounds(
			before in any_pool(), a in any::<u128>(), b in 1..u128::MAX,
		) {
			let ratio = Ratio::new(a.min(b), b).unwrap();
			let mut p = before;
			let taken = p.slash(&ratio).unwrap();
			prop_assert_eq!(p.balance, before.balance - taken);
			prop_assert!(taken >= ratio.of(before.balance).unwrap());
			prop_assert!(p.shares == 0 || p.shares == before.shares);
			prop_assert!(p.balance * SHARES_PER_PLANCK_LIMIT >= p.shares);
		}

		#[test]
		fn many_small_deposits_never_beat_a_large_one(
			before in any_pool(), parts in prop::collection::vec(1..=1_000_000u128, 1..20),
		) {
			let (mut one, mut many) = (before, before);
			let large = one.deposit(parts.iter().sum()).unwrap();
			let small: u128 = parts.iter().map(|part| many.deposit(*part).unwrap_or(0)).sum();
			prop_assert!(small <= large);
		}

		#[test]
		fn many_small_redemptions_never_beat_a_large_one(
			before in any_pool(), parts in prop::collection::vec(any::<u64>(), 1..20),
		) {
			let parts: Vec<u128> = parts.iter().map(|p| *p as u128 % (before.shares / 20).max(1)).collect();
			let mut many = before;
			let large = before.value_of(parts.iter().sum()).unwrap();
			let small: u128 = parts.iter().map(|part| many.redeem(*part).unwrap()).sum();
			// What a redemption leaves behind may come back to the next one, never more.
			prop_assert!(small <= large);
		}
	}
}
