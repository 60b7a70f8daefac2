// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What an account votes with, and what keeps a coin from voting twice.
//!
//! An account votes with the PICA it has, deposits included, and with the worth of its stake in pools of
//! PICA. What it voted with it must keep for as long as the vote is locked, and no lock is shed by
//! moving between the three places where PICA can be:
//!
//! - its own balance: the lock is on the account, so nothing leaves it, into a pool neither, unless what
//!   stays is as much as the lock, deposits included; nor is a deposit paid to another from under it. Only
//!   fees do leave, which are the treasury's;
//! - a pool: a position is nobody's to pass on, and what leaves the pool is an exit of its owner's;
//! - an exit: paid to its owner, it comes under the lock. Passed on, or paid to another, it must leave
//!   enough behind: [`VoteLocks`].
//!
//! A slash takes what votes were cast with, and leaves the votes as they are: it costs the same whatever
//! the number of restakers, and so can't look for them. What is left of the stake stays locked.

use crate::{weights, *};
use frame_support::{
	traits::{
		fungible::Inspect,
		tokens::{
			BalanceStatus, DepositConsequence, Fortitude, Preservation, Provenance,
			WithdrawConsequence,
		},
		Currency, ExistenceRequirement, LockIdentifier, LockableCurrency, ReservableCurrency,
		SignedImbalance, WithdrawReasons,
	},
	weights::Weight,
};
use pallet_restaking::WeightInfo as _;
use picasso_primitives::{restaking::StakeLocks, PICA};
use sp_runtime::{DispatchError, DispatchResult};

/// How many of an account's positions are looked at, whatever they are stakes of, and how many of its
/// exits. What is beyond doesn't vote, and doesn't cover a lock: it counts for less, never for more.
/// Others can give an account exits, and by them positions, unasked; it can leave those by `unstake`.
pub const MAX_LOOKED_AT: u32 = 64;

/// PICA of an account's own, deposits included, in planck.
fn own(who: &AccountId) -> Balance {
	<Balances as Currency<_>>::total_balance(who)
}

/// What must stay with an account, in planck.
fn locked(who: &AccountId) -> Balance {
	System::account(who).data.frozen
}

/// What an account has staked in pools of PICA, in planck.
///
/// None where it has no balance of its own: a lock needs an account to be on.
fn staked(who: &AccountId) -> Balance {
	if <Balances as Currency<_>>::free_balance(who) < <Balances as Currency<_>>::minimum_balance() {
		return 0;
	}
	Restaking::staked_value(who, PICA, MAX_LOOKED_AT)
}

/// PICA as voting sees it: what an account votes with. All else is as in [`Balances`].
pub struct Pica;

impl Currency<AccountId> for Pica {
	type Balance = Balance;
	type PositiveImbalance = <Balances as Currency<AccountId>>::PositiveImbalance;
	type NegativeImbalance = <Balances as Currency<AccountId>>::NegativeImbalance;

	/// What an account votes with.
	fn total_balance(who: &AccountId) -> Balance {
		own(who).saturating_add(staked(who))
	}

	fn can_slash(who: &AccountId, value: Balance) -> bool {
		<Balances as Currency<_>>::can_slash(who, value)
	}

	fn total_issuance() -> Balance {
		<Balances as Currency<_>>::total_issuance()
	}

	fn active_issuance() -> Balance {
		<Balances as Currency<_>>::active_issuance()
	}

	fn deactivate(amount: Balance) {
		<Balances as Currency<_>>::deactivate(amount)
	}

	fn reactivate(amount: Balance) {
		<Balances as Currency<_>>::reactivate(amount)
	}

	fn minimum_balance() -> Balance {
		<Balances as Currency<_>>::minimum_balance()
	}

	fn burn(amount: Balance) -> Self::PositiveImbalance {
		<Balances as Currency<_>>::burn(amount)
	}

	fn issue(amount: Balance) -> Self::NegativeImbalance {
		<Balances as Currency<_>>::issue(amount)
	}

	fn free_balance(who: &AccountId) -> Balance {
		<Balances as Currency<_>>::free_balance(who)
	}

	fn ensure_can_withdraw(
		who: &AccountId,
		amount: Balance,
		reasons: WithdrawReasons,
		new_balance: Balance,
	) -> DispatchResult {
		<Balances as Currency<_>>::ensure_can_withdraw(who, amount, reasons, new_balance)
	}

	fn transfer(
		from: &AccountId,
		to: &AccountId,
		value: Balance,
		existence: ExistenceRequirement,
	) -> DispatchResult {
		<Balances as Currency<_>>::transfer(from, to, value, existence)
	}

	fn slash(who: &AccountId, value: Balance) -> (Self::NegativeImbalance, Balance) {
		<Balances as Currency<_>>::slash(who, value)
	}

	fn deposit_into_existing(
		who: &AccountId,
		value: Balance,
	) -> Result<Self::PositiveImbalance, DispatchError> {
		<Balances as Currency<_>>::deposit_into_existing(who, value)
	}

	fn deposit_creating(who: &AccountId, value: Balance) -> Self::PositiveImbalance {
		<Balances as Currency<_>>::deposit_creating(who, value)
	}

	fn withdraw(
		who: &AccountId,
		value: Balance,
		reasons: WithdrawReasons,
		existence: ExistenceRequirement,
	) -> Result<Self::NegativeImbalance, DispatchError> {
		<Balances as Currency<_>>::withdraw(who, value, reasons, existence)
	}

	fn make_free_balance_be(
		who: &AccountId,
		balance: Balance,
	) -> SignedImbalance<Balance, Self::PositiveImbalance> {
		<Balances as Currency<_>>::make_free_balance_be(who, balance)
	}
}

impl ReservableCurrency<AccountId> for Pica {
	fn can_reserve(who: &AccountId, value: Balance) -> bool {
		Balances::can_reserve(who, value)
	}

	fn slash_reserved(who: &AccountId, value: Balance) -> (Self::NegativeImbalance, Balance) {
		Balances::slash_reserved(who, value)
	}

	fn reserved_balance(who: &AccountId) -> Balance {
		Balances::reserved_balance(who)
	}

	fn reserve(who: &AccountId, value: Balance) -> DispatchResult {
		Balances::reserve(who, value)
	}

	fn unreserve(who: &AccountId, value: Balance) -> Balance {
		Balances::unreserve(who, value)
	}

	fn repatriate_reserved(
		from: &AccountId,
		to: &AccountId,
		value: Balance,
		status: BalanceStatus,
	) -> Result<Balance, DispatchError> {
		Balances::repatriate_reserved(from, to, value, status)
	}
}

impl LockableCurrency<AccountId> for Pica {
	type Moment = <Balances as LockableCurrency<AccountId>>::Moment;
	type MaxLocks = <Balances as LockableCurrency<AccountId>>::MaxLocks;

	fn set_lock(id: LockIdentifier, who: &AccountId, amount: Balance, reasons: WithdrawReasons) {
		Balances::set_lock(id, who, amount, reasons)
	}

	fn extend_lock(id: LockIdentifier, who: &AccountId, amount: Balance, reasons: WithdrawReasons) {
		Balances::extend_lock(id, who, amount, reasons)
	}

	fn remove_lock(id: LockIdentifier, who: &AccountId) {
		Balances::remove_lock(id, who)
	}
}

impl Inspect<AccountId> for Pica {
	type Balance = Balance;

	fn total_issuance() -> Balance {
		<Balances as Inspect<_>>::total_issuance()
	}

	fn active_issuance() -> Balance {
		<Balances as Inspect<_>>::active_issuance()
	}

	fn minimum_balance() -> Balance {
		<Balances as Inspect<_>>::minimum_balance()
	}

	fn total_balance(who: &AccountId) -> Balance {
		<Self as Currency<_>>::total_balance(who)
	}

	fn balance(who: &AccountId) -> Balance {
		<Balances as Inspect<_>>::balance(who)
	}

	fn reducible_balance(who: &AccountId, keep: Preservation, force: Fortitude) -> Balance {
		<Balances as Inspect<_>>::reducible_balance(who, keep, force)
	}

	fn can_deposit(who: &AccountId, amount: Balance, provenance: Provenance) -> DepositConsequence {
		<Balances as Inspect<_>>::can_deposit(who, amount, provenance)
	}

	fn can_withdraw(who: &AccountId, amount: Balance) -> WithdrawConsequence<Balance> {
		<Balances as Inspect<_>>::can_withdraw(who, amount)
	}
}

/// An account that has voted keeps as much as it voted with: in its balance, in pools and in exits.
pub struct VoteLocks;

impl StakeLocks<AccountId> for VoteLocks {
	fn cover(owner: &AccountId, asset: AssetId) -> (bool, Weight) {
		let at_least = <Runtime as frame_system::Config>::DbWeight::get().reads(1);
		if asset != PICA {
			return (true, Weight::zero());
		}
		let (own, locked) = (own(owner), locked(owner));
		if own >= locked {
			return (true, at_least);
		}
		let kept = own
			.saturating_add(Restaking::staked_value(owner, asset, MAX_LOOKED_AT))
			.saturating_add(Restaking::exiting_value(owner, asset, MAX_LOOKED_AT));
		(kept >= locked, Self::weight())
	}

	fn weight() -> Weight {
		<Runtime as frame_system::Config>::DbWeight::get()
			.reads(1)
			.saturating_add(Ledger::staked_value(MAX_LOOKED_AT))
			.saturating_add(Ledger::exiting_value(MAX_LOOKED_AT))
	}
}

type Ledger = weights::pallet_restaking::WeightInfo<Runtime>;
type Measured = pallet_conviction_voting::weights::SubstrateWeight<Runtime>;

/// What voting costs, with the look at the voter's stake.
pub struct VotingWeights;

impl pallet_conviction_voting::WeightInfo for VotingWeights {
	fn vote_new() -> Weight {
		Measured::vote_new().saturating_add(Ledger::staked_value(MAX_LOOKED_AT))
	}

	fn vote_existing() -> Weight {
		Measured::vote_existing().saturating_add(Ledger::staked_value(MAX_LOOKED_AT))
	}

	fn remove_vote() -> Weight {
		Measured::remove_vote()
	}

	fn remove_other_vote() -> Weight {
		Measured::remove_other_vote()
	}

	fn delegate(r: u32) -> Weight {
		Measured::delegate(r).saturating_add(Ledger::staked_value(MAX_LOOKED_AT))
	}

	fn undelegate(r: u32) -> Weight {
		Measured::undelegate(r)
	}

	fn unlock() -> Weight {
		Measured::unlock()
	}
}
