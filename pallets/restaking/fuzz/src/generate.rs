// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Steps made up for the state of the world: calls that name pools, positions and tickets that are
//! there, and are mostly, not always, allowed to whoever signs them.

pub mod others;

use crate::{
	actors::*,
	execute,
	rng::Rng,
	steps::{Freeze, Input, Step, MAX_STEPS},
	time, world,
};
use codec::Encode;
use frame_support::traits::fungibles::Inspect;
use pallet_restaking::{Call, EraSettings, Operators, Pool, Pools};
use picasso_primitives::{
	restaking::{
		CurrencyStatus, OperatorStatus, PoolAccess, PoolStatus, TicketId, VaultSettings,
		VaultStatus,
	},
	Balance, PoolId, PICA,
};
use picasso_runtime::{configs::assets::NativeAndForeign, AccountId, Runtime, RuntimeCall};
use sp_runtime::{FixedPointNumber, FixedU128, Perbill};

/// How many calls the ledger has.
pub const LEDGER_CALLS: usize = 32;

/// The ledger's calls that governance makes; everyone may try.
pub const GOVERNANCE_CALLS: [usize; 6] = [0, 1, 2, 14, 26, 27];

/// A step that fits the world as it is.
pub fn step(rng: &mut Rng) -> Step {
	match rng.below(24) {
		0..=11 => {
			let index = rng.below(LEDGER_CALLS);
			signed_ledger_call(rng, index)
		},
		12..=13 => signed(rng, None, others::call),
		14..=15 => {
			let index = rng.pick(&GOVERNANCE_CALLS).expect("there are some");
			governance_step(rng, index)
		},
		16..=17 => Step::Slash {
			pools: (0..1 + rng.below(3)).map(|_| (pool(rng) as u8, numerator(rng))).collect(),
			denominator: 1_000,
			beneficiary: rng.byte(),
		},
		18 => Step::OpenReport { pool: pool(rng) as u8 },
		19 => Step::SettleReport { pool: pool(rng) as u8 },
		20 => Step::Credit {
			currency: rng.pick(&[0, 1, 6, 7]).expect("there are some"),
			blocks: rng.pick(&[1, 2, 10, 100, u16::MAX]).expect("there are some"),
			amounts: (0..1 + rng.below(3)).map(|_| (pool(rng) as u8, rng.amount())).collect(),
		},
		21 => Step::Blocks { count: 1 + rng.byte() % 16 },
		22 => Step::Eras { count: 1 + (rng.byte() % time::waiting_time() as u8) },
		_ if rng.once_in(2) => Step::FreezeAsset { asset: rng.byte(), frozen: !rng.once_in(3) },
		_ => Step::FreezeAccount {
			asset: rng.byte(),
			who: rng.byte(),
			how: rng.pick(&[Freeze::Not, Freeze::Sending, Freeze::Both]).expect("there are some"),
		},
	}
}

/// Parts of a thousand: small, most of it, and all of it.
fn numerator(rng: &mut Rng) -> Balance {
	rng.pick(&[0, 1, 10, 333, 500, 999, 1_000]).expect("there are some")
}

/// Steps each of which fits the world that those before it left.
pub fn walk(rng: &mut Rng, coarse_grid: bool, length: usize) -> Input {
	world::within(coarse_grid, || {
		let mut input = Input { coarse_grid, steps: Vec::new() };
		for _ in 0..length.min(MAX_STEPS) {
			let next = step(rng);
			execute::execute(&next);
			input.steps.push(next);
		}
		input
	})
}

/// A call of the ledger by its index, signed by whoever may make it.
pub fn signed_ledger_call(rng: &mut Rng, index: usize) -> Step {
	let (who, call) = ledger_call(rng, index);
	signed(rng, Some(who), |_| RuntimeCall::Restaking(call))
}

/// A call of the ledger by its index, made by governance.
pub fn governance_step(rng: &mut Rng, index: usize) -> Step {
	Step::Governance { encoded: governance_call(rng, index).encode() }
}

/// A call signed by `who` or, where that is no signer or one time in sixteen, by anyone; sometimes
/// inside another call.
fn signed(
	rng: &mut Rng,
	who: Option<AccountId>,
	make: impl FnOnce(&mut Rng) -> RuntimeCall,
) -> Step {
	let allowed = (0..SIGNERS).find(|index| Some(signer(*index)) == who);
	let by = allowed.filter(|_| !rng.once_in(16)).unwrap_or_else(|| rng.byte() % SIGNERS);
	let call = make(rng);
	let call = if rng.once_in(10) { others::wrapped(rng, call) } else { call };
	Step::Call { signer: by, encoded: call.encode() }
}

/// A pool that exists; one in sixteen times, perhaps not.
pub fn pool(rng: &mut Rng) -> PoolId {
	if rng.once_in(16) {
		return PoolId::from(rng.byte() % 32);
	}
	rng.pick(&world::pools()).unwrap_or_default()
}

fn pools_where(fits: impl Fn(&Pool<Runtime>) -> bool) -> Vec<PoolId> {
	Pools::<Runtime>::iter().filter(|(_, pool)| fits(pool)).map(|(id, _)| id).collect()
}

/// Someone with shares, the pool, and how many.
fn position(rng: &mut Rng) -> (AccountId, PoolId, Balance) {
	let positions = world::positions();
	rng.pick(&positions).unwrap_or_else(|| (person(rng), pool(rng), 1))
}

/// Someone with a ticket, the ticket, and its points. Half the time one that has the maturity asked.
fn ticket(rng: &mut Rng, mature: bool, moving: bool) -> (AccountId, TicketId, Balance) {
	let all = world::tickets();
	let fits =
		|id: &TicketId| (id.maturity <= time::era()) == mature && (!moving || id.into.is_some());
	let fitting: Vec<_> = all.iter().filter(|(_, id, _)| fits(id)).cloned().collect();
	let chosen = if rng.once_in(4) { rng.pick(&all) } else { rng.pick(&fitting) };
	chosen.unwrap_or_else(|| {
		let id = TicketId { pool: pool(rng), maturity: time::era(), into: None };
		(person(rng), id, 1)
	})
}

/// A signer, mostly.
pub fn person(rng: &mut Rng) -> AccountId {
	if rng.once_in(8) {
		anyone(rng.byte())
	} else {
		signer(rng.byte())
	}
}

/// An operator, if there is one, and a pool of its.
fn operator(rng: &mut Rng) -> (AccountId, PoolId) {
	let id = pool(rng);
	let operator = Pools::<Runtime>::get(id).map(|pool| pool.operator);
	let leaving = rng.once_in(6).then(|| {
		let operators: Vec<_> = Operators::<Runtime>::iter_keys().collect();
		rng.pick(&operators)
	});
	let who = leaving.flatten().or(operator).unwrap_or_else(|| person(rng));
	(who, id)
}

fn text(rng: &mut Rng) -> Vec<u8> {
	let length = rng.pick(&[0, 1, 31, 32, 33, 256]).expect("there are some");
	vec![b'a' + rng.byte() % 26; length]
}

fn stake(rng: &mut Rng) -> (AccountId, PoolId, Balance) {
	let (who, pool) = (signer(rng.byte()), pool(rng));
	let asset = Pools::<Runtime>::get(pool).map_or(JITO_SOL, |pool| pool.asset);
	let balance = NativeAndForeign::balance(asset, &who);
	let amount = if rng.once_in(2) { rng.part_of(balance) } else { rng.amount() };
	(who, pool, amount)
}

/// A call of the ledger, and who may make it.
fn ledger_call(rng: &mut Rng, index: usize) -> (AccountId, Call<Runtime>) {
	match index {
		0..=2 | 14 | 26 | 27 => (person(rng), governance_call(rng, index)),
		3..=5 | 10..=13 | 15..=17 => operators_call(rng, index),
		_ => restakers_call(rng, index),
	}
}

fn governance_call(rng: &mut Rng, index: usize) -> Call<Runtime> {
	let asset = if rng.once_in(2) { COARSE } else { asset(rng.byte()) };
	match index {
		0 => Call::create_vault { asset, settings: vault_settings(rng) },
		1 => Call::set_vault { asset, settings: vault_settings(rng) },
		2 => {
			let unbonding = 1 + u32::from(rng.byte() % 48);
			let granularity = rng.pick(&[1, 6]).expect("there are some");
			let length = 1 + u32::from(rng.byte());
			Call::set_era_settings { settings: EraSettings { length, unbonding, granularity } }
		},
		14 => Call::set_chilled { operator: operator(rng).0, chilled: !rng.once_in(3) },
		26 => Call::add_reward_currency { asset },
		_ => {
			let status = rng.pick(&[CurrencyStatus::Active, CurrencyStatus::Retired]);
			Call::set_reward_currency { asset, status: status.unwrap_or_default() }
		},
	}
}

fn vault_settings(rng: &mut Rng) -> VaultSettings {
	let status =
		[VaultStatus::Open, VaultStatus::Open, VaultStatus::ExitsOnly, VaultStatus::Closed];
	// Often as high as a vault of the largest cap may have it, and sometimes too high.
	let yield_rate = rng.pick(&[0, 1, FixedU128::DIV]).unwrap_or_default();
	let yield_rate = if rng.once_in(4) { rng.amount() } else { yield_rate };
	VaultSettings {
		deposit_cap: rng.amount(),
		minimum_stake: rng.pick(&[0, 1, 1_000]).unwrap_or_default(),
		status: rng.pick(&status).unwrap_or_default(),
		yield_rate: FixedU128::from_inner(yield_rate),
	}
}

fn operators_call(rng: &mut Rng, index: usize) -> (AccountId, Call<Runtime>) {
	let commission = Perbill::from_percent(u32::from(rng.byte()) % 22);
	let (who, pool) = operator(rng);
	let call = match index {
		3 => {
			let metadata = text(rng);
			return (person(rng), Call::register_operator { commission, metadata });
		},
		4 => Call::create_pool { asset: asset(rng.byte()), name: text(rng) },
		5 => {
			let status = [PoolStatus::Open, PoolStatus::Closed, PoolStatus::WindingUp];
			Call::set_pool_status { pool, status: rng.pick(&status).unwrap_or_default() }
		},
		10 => Call::set_metadata { metadata: text(rng) },
		11 => Call::set_commission { commission },
		12 => {
			let status = [OperatorStatus::Active, OperatorStatus::Paused, OperatorStatus::Leaving];
			Call::set_operator_status { status: rng.pick(&status).unwrap_or_default() }
		},
		13 => {
			let leaving = Operators::<Runtime>::iter()
				.filter(|(_, operator)| operator.status == OperatorStatus::Leaving);
			let leaving: Vec<_> = leaving.map(|(who, _)| who).collect();
			return (rng.pick(&leaving).unwrap_or(who), Call::deregister_operator {});
		},
		15 => {
			let access = rng.pick(&[PoolAccess::Everyone, PoolAccess::Approved]);
			Call::set_pool_access { pool, access: access.unwrap_or_default() }
		},
		16 => Call::set_approval { restaker: person(rng), approved: !rng.once_in(3) },
		_ => {
			let closing = pools_where(|pool| pool.status == PoolStatus::WindingUp);
			let pool = rng.pick(&closing).unwrap_or(pool);
			let operator = Pools::<Runtime>::get(pool).map_or(who, |pool| pool.operator);
			return (operator, Call::remove_pool { pool });
		},
	};
	(who, call)
}

fn restakers_call(rng: &mut Rng, index: usize) -> (AccountId, Call<Runtime>) {
	match index {
		6 => {
			let (who, pool, amount) = stake(rng);
			let min_shares = if rng.once_in(8) { amount } else { 0 };
			(who, Call::stake { pool, amount, min_shares })
		},
		7 | 19 => {
			let (who, id, shares) = position(rng);
			let shares = rng.part_of(shares);
			let same_asset = |into: &PoolId| {
				let asset = |id| Pools::<Runtime>::get(id).map(|pool| pool.asset);
				asset(*into) == asset(id)
			};
			let targets: Vec<_> = world::pools().into_iter().filter(same_asset).collect();
			let into = rng.pick(&targets).unwrap_or_default();
			let exit = Call::unstake { pool: id, shares };
			(who, if index == 7 { exit } else { Call::redelegate { pool: id, shares, into } })
		},
		8 => {
			let (who, ticket, _) = ticket(rng, true, false);
			(who, Call::withdraw { ticket })
		},
		9 => {
			let parked: Vec<_> = pallet_restaking::ParkedProceeds::<Runtime>::iter_keys().collect();
			let (asset, beneficiary) =
				rng.pick(&parked).unwrap_or_else(|| (asset(rng.byte()), person(rng)));
			(person(rng), Call::move_proceeds { asset, beneficiary })
		},
		18 => {
			let closing = pools_where(|pool| pool.status == PoolStatus::WindingUp);
			let held = world::positions();
			let held: Vec<_> = held.into_iter().filter(|(_, id, _)| closing.contains(id)).collect();
			let (who, pool, _) = rng.pick(&held).unwrap_or_else(|| position(rng));
			(person(rng), Call::unstake_for { pool, who })
		},
		20 => {
			let (owner, ticket, _) = ticket(rng, true, true);
			(person(rng), Call::complete_move { owner, ticket })
		},
		21 => {
			let (who, ticket, points) = ticket(rng, false, false);
			(who, Call::cancel_unstake { ticket, points: rng.part_of(points) })
		},
		22 => {
			let mature = rng.once_in(2);
			let (who, ticket, points) = ticket(rng, mature, false);
			let points = rng.part_of(points);
			(who, Call::transfer_ticket { ticket, points, to: person(rng) })
		},
		23 => {
			let (who, ticket, _) = ticket(rng, true, false);
			(who, Call::withdraw_to { ticket, beneficiary: person(rng) })
		},
		24 => {
			let (owner, ticket, _) = ticket(rng, true, false);
			(person(rng), Call::withdraw_for { owner, ticket })
		},
		25 => {
			let (who, first, _) = ticket(rng, true, false);
			let own = world::tickets().into_iter().filter(|(owner, _, _)| *owner == who);
			let mut tickets: Vec<_> = own.map(|(_, id, _)| id).take(8).collect();
			tickets.push(first);
			(who, Call::withdraw_many { tickets: tickets.try_into().unwrap_or_default() })
		},
		28 => {
			let (who, pool, _) = position(rng);
			(who, Call::claim { pool })
		},
		29 => {
			let (owner, pool, _) = position(rng);
			(person(rng), Call::claim_for { owner, pool })
		},
		31 => {
			let of_pica = pools_where(|pool| pool.asset == PICA);
			let held = world::positions();
			let held: Vec<_> = held.into_iter().filter(|(_, id, _)| of_pica.contains(id)).collect();
			let fitting = rng.pick(&held).filter(|_| !rng.once_in(8));
			let (who, pool, _) = fitting.unwrap_or_else(|| position(rng));
			(who, Call::set_compounding { pool, compound: !rng.once_in(4) })
		},
		_ => {
			let empty = pools_where(|pool| pool.active.shares == 0);
			let id = if rng.once_in(4) { pool(rng) } else { rng.pick(&empty).unwrap_or_default() };
			(person(rng), Call::move_unearned { pool: id })
		},
	}
}
