// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Calls of other pallets, and calls inside calls.

use super::{person, Rng};
use crate::actors::*;
use frame_support::traits::fungibles::Inspect;
use pallet_restaking::Pallet;
use picasso_primitives::Balance;
use picasso_runtime::{
	configs::{assets::NativeAndForeign, system::ProxyType},
	AccountId, Runtime, RuntimeCall,
};
use sp_runtime::MultiAddress;

/// Kinds of calls that [`call`] makes up.
pub const KINDS: usize = 16;

/// A call of another pallet that could matter to the ledger: money, accounts, and who acts for whom.
pub fn call(rng: &mut Rng) -> RuntimeCall {
	let kind = rng.below(KINDS);
	call_of(rng, kind)
}

/// As [`call`], of one kind.
pub fn call_of(rng: &mut Rng, kind: usize) -> RuntimeCall {
	let to = if rng.once_in(3) { anyone(rng.byte()) } else { person(rng) };
	let id = asset(rng.byte());
	match kind {
		0..=5 => money(rng, kind, to),
		6 => RuntimeCall::Assets(pallet_assets::Call::transfer_approved {
			id,
			owner: address(person(rng)),
			destination: address(to),
			amount: amount(rng),
		}),
		7 => {
			RuntimeCall::Assets(pallet_assets::Call::cancel_approval { id, delegate: address(to) })
		},
		8 => RuntimeCall::Assets(pallet_assets::Call::touch { id }),
		9 => RuntimeCall::Assets(pallet_assets::Call::refund { id, allow_burn: rng.once_in(2) }),
		10 => RuntimeCall::Assets(pallet_assets::Call::transfer_all {
			id,
			dest: address(to),
			keep_alive: rng.once_in(2),
		}),
		11 => RuntimeCall::Proxy(pallet_proxy::Call::add_proxy {
			delegate: address(to),
			proxy_type: proxy_type(rng),
			delay: 0,
		}),
		12 => RuntimeCall::Proxy(pallet_proxy::Call::remove_proxies {}),
		13 => RuntimeCall::Proxy(pallet_proxy::Call::create_pure {
			proxy_type: proxy_type(rng),
			delay: 0,
			index: 0,
		}),
		14 => RuntimeCall::Identity(pallet_identity::Call::clear_identity {}),
		_ => RuntimeCall::System(frame_system::Call::remark { remark: vec![rng.byte(); 3] }),
	}
}

fn money(rng: &mut Rng, kind: usize, to: AccountId) -> RuntimeCall {
	let id = asset(rng.byte());
	let vault = Pallet::<Runtime>::vault_account(id);
	match kind {
		0 => RuntimeCall::Balances(pallet_balances::Call::transfer_allow_death {
			dest: address(to),
			value: amount(rng),
		}),
		1 => RuntimeCall::Balances(pallet_balances::Call::transfer_all {
			dest: address(to),
			keep_alive: rng.once_in(2),
		}),
		2 => RuntimeCall::Balances(pallet_balances::Call::burn {
			value: amount(rng),
			keep_alive: rng.once_in(2),
		}),
		3 => {
			let held = NativeAndForeign::balance(id, &signer(rng.byte()));
			let amount = rng.part_of(held);
			RuntimeCall::Assets(pallet_assets::Call::transfer { id, target: address(to), amount })
		},
		4 => {
			let target = address(vault);
			let amount = amount(rng);
			RuntimeCall::Assets(pallet_assets::Call::transfer { id, target, amount })
		},
		_ => RuntimeCall::Assets(pallet_assets::Call::approve_transfer {
			id,
			delegate: address(to),
			amount: amount(rng),
		}),
	}
}

/// A call inside another: in a batch, on behalf of another, or of an account that is one's own.
pub fn wrapped(rng: &mut Rng, call: RuntimeCall) -> RuntimeCall {
	match rng.below(7) {
		0 => RuntimeCall::Utility(pallet_utility::Call::batch { calls: vec![call.clone(), call] }),
		1 => RuntimeCall::Utility(pallet_utility::Call::batch_all {
			calls: vec![call.clone(), call],
		}),
		2 => RuntimeCall::Utility(pallet_utility::Call::force_batch {
			calls: vec![call.clone(), super::others::call(rng), call],
		}),
		3 => RuntimeCall::Utility(pallet_utility::Call::as_derivative {
			index: rng.below(2) as u16,
			call: Box::new(call),
		}),
		4 => RuntimeCall::Multisig(pallet_multisig::Call::as_multi_threshold_1 {
			other_signatories: vec![person(rng)],
			call: Box::new(call),
		}),
		5 => RuntimeCall::Utility(pallet_utility::Call::if_else {
			main: Box::new(call.clone()),
			fallback: Box::new(call),
		}),
		_ => RuntimeCall::Proxy(pallet_proxy::Call::proxy {
			// The world has one who lets another act for him.
			real: address(if rng.once_in(2) { signer(3) } else { person(rng) }),
			force_proxy_type: None,
			call: Box::new(call),
		}),
	}
}

fn address(account: AccountId) -> MultiAddress<AccountId, ()> {
	MultiAddress::Id(account)
}

fn amount(rng: &mut Rng) -> Balance {
	rng.amount()
}

fn proxy_type(rng: &mut Rng) -> ProxyType {
	rng.pick(&[ProxyType::Any, ProxyType::NonTransfer, ProxyType::Restaking]).unwrap_or_default()
}
