// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use crate::{configs::system::ProxyType, *};
use frame_support::traits::InstanceFilter;
use picasso_primitives::restaking::TicketId;

fn transfers() -> [RuntimeCall; 2] {
	let dest = Address::Id(AccountId::new([1; 32]));
	[
		pallet_balances::Call::transfer_keep_alive { dest: dest.clone(), value: 1 }.into(),
		pallet_assets::Call::transfer { id: 2, target: dest, amount: 1 }.into(),
	]
}

fn restaking_calls() -> [RuntimeCall; 3] {
	[
		pallet_restaking::Call::stake { pool: 0, amount: 1, min_shares: 0 }.into(),
		pallet_restaking::Call::unstake { pool: 0, shares: 1 }.into(),
		pallet_restaking::Call::withdraw { ticket: TicketId { pool: 0, maturity: 1, into: None } }
			.into(),
	]
}

#[test]
fn a_restaking_proxy_gives_neither_stake_nor_an_avs_away() {
	let ticket = TicketId { pool: 0, maturity: 1, into: None };
	let to = AccountId::new([1; 32]);
	for call in [
		pallet_restaking::Call::transfer_ticket { ticket, points: 1, to: to.clone() }.into(),
		pallet_restaking::Call::withdraw_to { ticket, beneficiary: to.clone() }.into(),
		pallet_avs::Call::offer_ownership { avs: 1, next_owner: Some(to) }.into(),
	] {
		assert!(ProxyType::Any.filter(&call));
		assert!(!ProxyType::Restaking.filter(&call));
		assert!(!ProxyType::NonTransfer.filter(&call));
	}
	let take_back = pallet_avs::Call::offer_ownership { avs: 1, next_owner: None }.into();
	assert!(ProxyType::Restaking.filter(&take_back));
}

#[test]
fn a_restaking_proxy_restakes_and_moves_no_money() {
	assert!(restaking_calls().iter().all(|call| ProxyType::Restaking.filter(call)));
	assert!(!transfers().iter().any(|call| ProxyType::Restaking.filter(call)));
	let add = pallet_proxy::Call::add_proxy {
		delegate: Address::Id(AccountId::new([1; 32])),
		proxy_type: ProxyType::Any,
		delay: 0,
	};
	assert!(!ProxyType::Restaking.filter(&add.into()));
}

#[test]
fn a_governance_proxy_votes_and_neither_stakes_nor_moves_money() {
	let vote = pallet_conviction_voting::AccountVote::Split { aye: 1, nay: 1 };
	let vote = pallet_conviction_voting::Call::vote { poll_index: 0, vote }.into();
	let deposit = pallet_referenda::Call::place_decision_deposit { index: 0 }.into();
	for call in [vote, deposit] {
		assert!(ProxyType::Governance.filter(&call));
		// Neither is a transfer.
		assert!(ProxyType::NonTransfer.filter(&call));
		assert!(!ProxyType::Restaking.filter(&call));
	}
	assert!(!restaking_calls().iter().any(|call| ProxyType::Governance.filter(call)));
}

#[test]
fn only_any_moves_money() {
	for call in transfers() {
		assert!(ProxyType::Any.filter(&call));
		for kind in [
			ProxyType::NonTransfer,
			ProxyType::Restaking,
			ProxyType::Identity,
			ProxyType::CancelProxy,
			ProxyType::Governance,
		] {
			assert!(!kind.filter(&call));
		}
	}
}

#[test]
fn a_proxy_can_only_make_narrower_ones() {
	assert!(ProxyType::Any.is_superset(&ProxyType::Restaking));
	assert!(ProxyType::NonTransfer.is_superset(&ProxyType::Restaking));
	assert!(ProxyType::NonTransfer.is_superset(&ProxyType::Governance));
	assert!(!ProxyType::NonTransfer.is_superset(&ProxyType::Any));
	assert!(!ProxyType::Restaking.is_superset(&ProxyType::NonTransfer));
}
