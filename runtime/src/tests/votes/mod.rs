// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What an account votes with, and that no coin votes twice.

mod orders;

use super::{account, network, pass, signed};
use crate::{
	configs::{
		governance::{
			tracks::id::ROOT,
			voting::{Pica, MAX_LOOKED_AT},
		},
		system::ProxyType,
	},
	constants::currency::PICA,
	*,
};
use frame_support::{
	assert_noop, assert_ok,
	traits::{schedule::DispatchTime, Currency, StorePreimage},
};
use pallet_conviction_voting::{AccountVote, Conviction, Vote};
use pallet_restaking::{Error, Pools, Positions, Tickets};
use picasso_primitives::{
	assets::{foreign_asset_id, Network, PICA as PICA_ASSET},
	math::Ratio,
	restaking::{PoolFilter, TicketId},
	slashing::Slashable,
	PoolId,
};
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Dave, Eve, Ferdie};
use sp_runtime::{traits::Dispatchable, TokenError};

type VotingError = pallet_conviction_voting::Error<Runtime>;

/// The pools of an asset, by operator: Alice's, Bob's and Charlie's.
fn pools_of(asset: AssetId) -> Vec<PoolId> {
	let filter = PoolFilter { operator: None, asset: Some(asset) };
	Restaking::pool_page(filter, 0, 256).items.into_iter().map(|pool| pool.pool).collect()
}

fn pool() -> PoolId {
	pools_of(PICA_ASSET)[0]
}

/// Lets `who` have so much PICA, and no more.
fn endow(who: Sr25519Keyring, amount: Balance) {
	assert_ok!(Balances::force_set_balance(RuntimeOrigin::root(), account(who).into(), amount));
}

fn stake(who: Sr25519Keyring, amount: Balance) {
	assert_ok!(Restaking::stake(signed(who), pool(), amount, 0));
}

/// The ticket of an exit with so many shares.
fn unstake(who: Sr25519Keyring, shares: Balance) -> TicketId {
	assert_ok!(Restaking::unstake(signed(who), pool(), shares));
	Tickets::<Runtime>::iter_key_prefix(account(who)).next().expect("a ticket")
}

/// A referendum that nobody decides yet.
fn poll() -> u32 {
	let index = pallet_referenda::ReferendumCount::<Runtime>::get();
	let call = RuntimeCall::from(frame_system::Call::remark { remark: vec![] });
	let proposal = Preimage::bound(call).expect("a proposal");
	let root = Box::new(frame_system::RawOrigin::Root.into());
	assert_ok!(Referenda::submit(signed(Alice), root, proposal, DispatchTime::After(0)));
	index
}

fn ayes(balance: Balance) -> AccountVote<Balance> {
	let vote = Vote { aye: true, conviction: Conviction::Locked1x };
	AccountVote::Standard { vote, balance }
}

fn vote(who: Sr25519Keyring, index: u32, balance: Balance) {
	assert_ok!(ConvictionVoting::vote(signed(who), index, ayes(balance)));
}

fn may_vote_with(who: Sr25519Keyring) -> Balance {
	<Pica as Currency<_>>::total_balance(&account(who))
}

/// Runs a test in which Dave has 1,000 PICA and has staked 900 of them, and Eve has 10.
fn with_stake(test: impl FnOnce()) {
	network(DEVELOPMENT).execute_with(|| {
		endow(Dave, 1_000 * PICA);
		endow(Eve, 10 * PICA);
		stake(Dave, 900 * PICA);
		test();
		#[cfg(feature = "try-runtime")]
		Restaking::do_try_state().expect("the invariants hold");
	});
}

#[test]
fn staked_pica_votes_and_nothing_else_that_is_staked() {
	with_stake(|| {
		let index = poll();
		let too_much = ConvictionVoting::vote(signed(Dave), index, ayes(1_000 * PICA + 1));
		assert_noop!(too_much, VotingError::InsufficientFunds);
		vote(Dave, index, 1_000 * PICA);
		let jito = foreign_asset_id(Network::Solana, 0, 1);
		assert_ok!(Restaking::stake(signed(Eve), pools_of(jito)[0], 1_000_000_000, 0));
		assert_eq!(may_vote_with(Eve), 10 * PICA);
	});
}

#[test]
fn stake_votes_with_what_it_is_worth() {
	with_stake(|| {
		let quarter = Ratio::new(1, 4).expect("a part");
		assert_ok!(Restaking::slash(&[(pool(), quarter)], &account(Alice)));
		assert_eq!(may_vote_with(Dave), (100 + 675) * PICA);
		// A generation that was lost is worth nothing.
		assert_ok!(Restaking::slash(&[(pool(), Ratio::ONE)], &account(Alice)));
		assert_eq!(may_vote_with(Dave), 100 * PICA);
	});
}

#[test]
fn what_leaves_a_pool_votes_no_more_and_stays_locked() {
	with_stake(|| {
		let index = poll();
		vote(Dave, index, 1_000 * PICA);
		let ticket = unstake(Dave, 900 * PICA);
		assert_eq!(may_vote_with(Dave), 100 * PICA);
		let again = ConvictionVoting::vote(signed(Dave), index, ayes(101 * PICA));
		assert_noop!(again, VotingError::InsufficientFunds);

		let give = |points| Restaking::transfer_ticket(signed(Dave), ticket, points, account(Eve));
		assert_noop!(give(1), Error::<Runtime>::StakeLocked);
		pass(40);
		assert_noop!(give(1), Error::<Runtime>::StakeLocked);
		let divert = Restaking::withdraw_to(signed(Dave), ticket, account(Eve));
		assert_noop!(divert, Error::<Runtime>::StakeLocked);
		// To its owner it is paid, and cannot go anywhere from there: into a pool neither.
		assert_ok!(Restaking::withdraw(signed(Dave), ticket));
		let send = Balances::transfer_keep_alive(signed(Dave), account(Eve).into(), 1);
		assert_noop!(send, TokenError::Frozen);
		let stake = Restaking::stake(signed(Dave), pool(), PICA, 0);
		assert_noop!(stake, TokenError::Frozen);
	});
}

#[test]
fn what_no_lock_needs_can_be_passed_on() {
	with_stake(|| {
		let index = poll();
		vote(Dave, index, 400 * PICA);
		let ticket = unstake(Dave, 900 * PICA);
		let give = |points| Restaking::transfer_ticket(signed(Dave), ticket, points, account(Eve));
		assert_noop!(give(600 * PICA + 1), Error::<Runtime>::StakeLocked);
		let info = assert_ok_of(give(500 * PICA));
		assert!(info.actual_weight.is_some());
		assert_ok!(give(100 * PICA));
		assert_noop!(give(1), Error::<Runtime>::StakeLocked);
		// The vote taken back, all of it can.
		assert_ok!(ConvictionVoting::remove_vote(signed(Dave), Some(ROOT), index));
		assert_ok!(ConvictionVoting::unlock(signed(Eve), ROOT, account(Dave).into()));
		assert_ok!(give(300 * PICA));
	});
}

fn assert_ok_of<T, E: core::fmt::Debug>(result: Result<T, E>) -> T {
	result.expect("it goes well")
}

#[test]
fn who_has_no_lock_pays_for_no_look_at_the_stake() {
	with_stake(|| {
		let ticket = unstake(Dave, 900 * PICA);
		let give = pallet_restaking::Call::transfer_ticket { ticket, points: 1, to: account(Eve) };
		let call = RuntimeCall::from(give);
		let charged =
			frame_support::dispatch::GetDispatchInfo::get_dispatch_info(&call).call_weight;
		let used = assert_ok_of(call.dispatch(signed(Dave))).actual_weight.expect("a refund");
		assert!(used.ref_time() * 4 < charged.ref_time());
	});
}

#[test]
fn a_move_to_another_pool_keeps_the_lock_whoever_completes_it() {
	with_stake(|| {
		let index = poll();
		vote(Dave, index, 1_000 * PICA);
		let into = pools_of(PICA_ASSET)[1];
		assert_ok!(Restaking::redelegate(signed(Dave), pool(), 900 * PICA, into));
		let ticket = Tickets::<Runtime>::iter_key_prefix(account(Dave)).next().expect("a ticket");
		let give = Restaking::transfer_ticket(signed(Dave), ticket, 1, account(Eve));
		assert_noop!(give, Error::<Runtime>::StakeLocked);
		pass(40);
		assert_ok!(Restaking::complete_move(signed(Eve), account(Dave), ticket));
		assert_eq!(may_vote_with(Dave), 1_000 * PICA);
		assert_eq!(may_vote_with(Eve), 10 * PICA);
	});
}

#[test]
fn an_exit_taken_back_votes_again() {
	with_stake(|| {
		let ticket = unstake(Dave, 900 * PICA);
		assert_eq!(may_vote_with(Dave), 100 * PICA);
		assert_ok!(Restaking::cancel_unstake(signed(Dave), ticket, 900 * PICA));
		assert_eq!(may_vote_with(Dave), 1_000 * PICA);
	});
}

#[test]
fn who_votes_with_stake_alone_can_still_pay_fees() {
	use frame_support::dispatch::GetDispatchInfo;
	use pallet_transaction_payment::OnChargeTransaction;
	type Charge = <Runtime as pallet_transaction_payment::Config>::OnChargeTransaction;
	with_stake(|| {
		let index = poll();
		vote(Dave, index, 900 * PICA);
		let who = account(Dave);
		let call = RuntimeCall::from(frame_system::Call::remark { remark: vec![] });
		let info = call.get_dispatch_info();
		let can = |fee| Charge::can_withdraw_fee(&who, &call, &info, fee, 0).is_ok();
		assert!(can(99 * PICA));
		// The account lives on.
		assert!(!can(100 * PICA));
		let treasury = configs::governance::TreasuryAccount::get();
		let before = Balances::free_balance(&treasury);
		let paid = assert_ok_of(Charge::withdraw_fee(&who, &call, &info, 3 * PICA, PICA));
		let post = Default::default();
		assert_ok!(Charge::correct_and_deposit_fee(&who, &info, &post, 2 * PICA, PICA, paid));
		// What was too much comes back; the tip is the treasury's, and so is half of the fee. The other half is
		// the chain's pay.
		assert_eq!(Balances::free_balance(&who), 98 * PICA);
		assert_eq!(Balances::free_balance(&treasury) - before, PICA + PICA / 2);
		let chains = pallet_emissions::DuePay::<Runtime>::get(0, picasso_primitives::avs::CHAIN);
		assert_eq!(chains.of(picasso_primitives::PICA), PICA / 2);
		assert_ok!(Emissions::do_try_state());
	});
}

#[test]
fn an_account_without_a_balance_of_its_own_does_not_vote() {
	with_stake(|| {
		assert_ok!(Balances::transfer_all(signed(Dave), account(Eve).into(), false));
		assert_eq!(Balances::total_balance(&account(Dave)), 0);
		let index = poll();
		let vote = ConvictionVoting::vote(signed(Dave), index, ayes(1));
		assert_noop!(vote, VotingError::InsufficientFunds);
	});
}

#[test]
fn delegated_stake_is_locked_until_it_comes_back() {
	with_stake(|| {
		let index = poll();
		vote(Eve, index, 10 * PICA);
		let delegate = |balance| {
			let to = account(Eve).into();
			ConvictionVoting::delegate(signed(Dave), ROOT, to, Conviction::Locked1x, balance)
		};
		assert_noop!(delegate(1_001 * PICA), VotingError::InsufficientFunds);
		assert_ok!(delegate(1_000 * PICA));
		let own = ConvictionVoting::vote(signed(Dave), index, ayes(1));
		assert_noop!(own, VotingError::AlreadyDelegating);
		let ticket = unstake(Dave, 900 * PICA);
		let give = || Restaking::transfer_ticket(signed(Dave), ticket, 1, account(Eve));
		assert_noop!(give(), Error::<Runtime>::StakeLocked);
		assert_ok!(ConvictionVoting::undelegate(signed(Dave), ROOT));
		let unlock = || ConvictionVoting::unlock(signed(Dave), ROOT, account(Dave).into());
		// For as long as the conviction said.
		assert_ok!(unlock());
		assert_noop!(give(), Error::<Runtime>::StakeLocked);
		pass(10);
		assert_ok!(unlock());
		assert_ok!(give());
	});
}

#[test]
fn a_proxy_votes_for_its_principal_and_locks_what_is_the_principals() {
	with_stake(|| {
		let index = poll();
		let kind = ProxyType::Governance;
		assert_ok!(Proxy::add_proxy(signed(Dave), account(Eve).into(), kind, 0));
		let through = |call: RuntimeCall| {
			let call = Box::new(call);
			assert_ok!(Proxy::proxy(signed(Eve), account(Dave).into(), None, call));
			System::assert_last_event(pallet_proxy::Event::ProxyExecuted { result: Ok(()) }.into());
		};
		let vote =
			pallet_conviction_voting::Call::vote { poll_index: index, vote: ayes(900 * PICA) };
		through(vote.into());
		let ticket = unstake(Dave, 900 * PICA);
		let give = Restaking::transfer_ticket(signed(Dave), ticket, 101 * PICA, account(Eve));
		assert_noop!(give, Error::<Runtime>::StakeLocked);
		assert_eq!(may_vote_with(Eve), 10 * PICA);
	});
}

#[test]
fn what_is_reserved_cannot_be_paid_on_from_under_a_lock() {
	with_stake(|| {
		let (dave, eve) = (account(Dave), account(Eve));
		let root = RuntimeOrigin::root();
		assert_ok!(Identity::add_registrar(root, eve.clone().into()));
		assert_ok!(Identity::set_fee(signed(Eve), 0, 20 * PICA));
		let info = pallet_identity::legacy::IdentityInfo::default();
		let hash = <BlakeTwo256 as sp_runtime::traits::Hash>::hash_of(&info);
		assert_ok!(Identity::set_identity(signed(Dave), Box::new(info)));
		assert_ok!(Identity::request_judgement(signed(Dave), 0, 20 * PICA));
		let index = poll();
		vote(Dave, index, 1_000 * PICA);
		let judge = || {
			let judgement = pallet_identity::Judgement::Reasonable;
			Identity::provide_judgement(signed(Eve), 0, dave.clone().into(), judgement, hash)
		};
		// Eve would vote with it again.
		assert_ok!(judge());
		assert_eq!(Balances::total_balance(&eve), 10 * PICA);
		assert_eq!(Balances::total_balance(&dave), 100 * PICA);
	});
}

#[test]
fn a_sub_account_that_quits_gets_no_deposit_from_under_a_lock() {
	with_stake(|| {
		let (dave, eve) = (account(Dave), account(Eve));
		let info = pallet_identity::legacy::IdentityInfo::default();
		assert_ok!(Identity::set_identity(signed(Dave), Box::new(info)));
		let subs = vec![(eve.clone(), pallet_identity::Data::None)];
		assert_ok!(Identity::set_subs(signed(Dave), subs));
		let index = poll();
		vote(Dave, index, 1_000 * PICA);
		assert_ok!(Identity::quit_sub(signed(Eve)));
		assert_eq!(Balances::total_balance(&eve), 10 * PICA);
		assert_eq!(Balances::total_balance(&dave), 100 * PICA);
	});
}

#[test]
fn as_many_positions_vote_as_are_looked_at() {
	with_stake(|| {
		let dave = account(Dave);
		let (record, position) = (
			Pools::<Runtime>::get(pool()).expect("a pool"),
			Positions::<Runtime>::get(&dave, pool()).expect("a position"),
		);
		// As if there were more pools with a stake of Dave's as large.
		let first = pallet_restaking::NextPoolId::<Runtime>::get();
		let more = first..first + MAX_LOOKED_AT + 10;
		for id in more.clone() {
			Pools::<Runtime>::insert(id, &record);
			Positions::<Runtime>::insert(&dave, id, &position);
		}
		let all = 100 * PICA + Balance::from(MAX_LOOKED_AT) * 900 * PICA;
		assert_eq!(may_vote_with(Dave), all);
		for id in more {
			Pools::<Runtime>::remove(id);
			Positions::<Runtime>::remove(&dave, id);
		}
	});
}

#[test]
fn voting_charges_for_the_look_at_the_stake() {
	use crate::weights::pallet_restaking::WeightInfo as Ledger;
	use frame_support::dispatch::GetDispatchInfo;
	use pallet_restaking::WeightInfo;
	let look = Ledger::<Runtime>::staked_value(MAX_LOOKED_AT);
	let vote = pallet_conviction_voting::Call::vote { poll_index: 0, vote: ayes(1) };
	let delegate = pallet_conviction_voting::Call::delegate {
		class: ROOT,
		to: account(Bob).into(),
		conviction: Conviction::None,
		balance: 1,
	};
	for call in [RuntimeCall::from(vote), delegate.into()] {
		let charged = call.get_dispatch_info().call_weight;
		assert!(charged.all_gte(look) && charged != look);
	}
}
