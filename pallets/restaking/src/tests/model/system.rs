// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The pallet, beside the model: does what the model did, and finds every difference.

use super::{
	action::{Action, Outcome},
	reference::{planck, Model, Number, Pool as ModelPool, TicketKey},
	scene::{
		ASSETS, BENEFICIARIES, CURRENCIES, FIRST_POOLS, OPERATORS, PEOPLE, RICH, RICHES, STRANGER,
	},
};
use crate::{mock::*, pallet::*, types::*};
use frame_support::traits::{tokens::Preservation, OnInitialize, UnfilteredDispatchable};
use picasso_primitives::{
	assets::Transfers,
	math::Ratio,
	restaking::{TicketId, VaultSettings},
	rewards::PoolRewards,
	slashing::Slashable,
	AssetId, Balance, PoolId, PICA,
};
use sp_runtime::{BuildStorage, Perbill};
use std::collections::BTreeSet;

/// The chain that a model begins with.
pub fn chain(genesis: EraSettings<u64>) -> sp_io::TestExternalities {
	let restakers = || PEOPLE.into_iter().filter(|who| *who != STRANGER);
	let holders = |endowment: Balance| {
		let rich = RICH.into_iter().map(|who| (who, RICHES));
		restakers().map(move |who| (who, endowment)).chain(rich)
	};
	let foreign = || ASSETS.iter().filter(|asset| asset.id != PICA);
	let pica = ASSETS.iter().find(|asset| asset.id == PICA).expect("PICA is among them");
	let operators = OPERATORS.into_iter().zip(FIRST_POOLS).map(|(operator, assets)| {
		let pools = assets.iter().map(|asset| (ASSETS[*asset].id, b"pool".to_vec())).collect();
		(operator, Perbill::from_percent(1), Vec::new(), pools)
	});
	let storage = RuntimeGenesisConfig {
		balances: pallet_balances::GenesisConfig {
			balances: holders(pica.endowment())
				.chain(OPERATORS.into_iter().map(|who| (who, RICHES)))
				.collect(),
			..Default::default()
		},
		assets: pallet_assets::GenesisConfig {
			assets: foreign().map(|asset| (asset.id, ISSUER, true, asset.minimum)).collect(),
			accounts: foreign()
				.flat_map(|asset| {
					holders(asset.endowment()).map(move |(who, amount)| (asset.id, who, amount))
				})
				.collect(),
			..Default::default()
		},
		restaking: GenesisConfig {
			era: genesis,
			funder: Some(GOVERNANCE),
			reward_currencies: CURRENCIES[..2].to_vec(),
			vaults: ASSETS
				.iter()
				.map(|asset| (asset.id, VaultSettings { deposit_cap: asset.cap, ..open_vault() }))
				.collect(),
			stakes: vec![],
			operators: operators.collect(),
		},
		..Default::default()
	};
	let mut chain = sp_io::TestExternalities::new(storage.build_storage().expect("genesis builds"));
	chain.execute_with(|| System::set_block_number(1));
	chain
}

/// Does to the pallet what was done to the model.
pub fn execute(action: &Action) -> Outcome {
	let done = match action {
		Action::Signed(who, call) => call
			.clone()
			.dispatch_bypass_filter(RuntimeOrigin::signed(*who))
			.map(drop)
			.map_err(|refusal| refusal.error),
		Action::Root(call) => call
			.clone()
			.dispatch_bypass_filter(RuntimeOrigin::root())
			.map(drop)
			.map_err(|refusal| refusal.error),
		Action::Slash { pools, beneficiary } => {
			let ratio = |(pool, numerator, denominator): &(PoolId, u128, u128)| {
				(*pool, Ratio::new(*numerator, *denominator).expect("a ratio"))
			};
			let pools: Vec<_> = pools.iter().map(ratio).collect();
			return Restaking::slash(&pools, beneficiary);
		},
		Action::OpenReport(pool) => <Restaking as Slashable<AccountId>>::open_report(*pool),
		Action::SettleReport(pool) => <Restaking as Slashable<AccountId>>::settle_report(*pool),
		Action::Credit { currency, blocks, amounts } => {
			Restaking::credit(&GOVERNANCE, *currency, *blocks, amounts).map(drop)
		},
		Action::Donate { asset, to, amount } => {
			let expendable = Preservation::Expendable;
			<Test as Config>::Transfers::transfer(*asset, &ISSUER, to, *amount, expendable)
		},
		Action::Freeze(asset) => Assets::freeze_asset(origin(ISSUER), *asset),
		Action::Thaw(asset) => Assets::thaw_asset(origin(ISSUER), *asset),
		Action::Eras(eras) => {
			System::reset_events();
			for _ in 0..*eras {
				let clock = CurrentEra::<Test>::get().expect("a clock");
				let due = clock.started + clock.settings.length;
				jump_to(due.max(System::block_number() + 1));
			}
			Ok(())
		},
		Action::Blocks(blocks) => {
			jump_to(System::block_number() + blocks);
			Ok(())
		},
	};
	done.map(|()| Vec::new())
}

fn jump_to(block: u64) {
	System::set_block_number(block);
	Restaking::on_initialize(block);
}

/// Compares all that an action could have to do with: all of the pools it names, and of their assets.
pub fn compare_touched(model: &Model, action: &Action) {
	let (pools, mut assets) = touched(model, action);
	for id in &pools {
		compare_pool(model, *id);
		assets.extend(model.pools.get(id).map(|pool| pool.asset));
	}
	for id in assets {
		compare_vault(model, id);
		if moves_tokens(action) {
			compare_balances(model, id);
		}
	}
	compare_clock(model);
}

/// Compares everything.
pub fn compare_all(model: &Model) {
	(0..model.next_pool).for_each(|id| compare_pool(model, id));
	for asset in &ASSETS {
		compare_vault(model, asset.id);
		compare_balances(model, asset.id);
	}
	OPERATORS.into_iter().for_each(|who| compare_operator(model, who));
	compare_clock(model);
	assert_eq!(Restaking::reward_currencies(), model.currencies);
	assert_eq!(NextPoolId::<Test>::get(), model.next_pool);
	assert_eq!(Tickets::<Test>::iter_keys().count(), model.tickets.len(), "tickets");
	assert_eq!(ParkedProceeds::<Test>::iter_keys().count(), model.parked.len(), "parked");
	assert_eq!(Approvals::<Test>::iter_keys().count(), model.approvals.len(), "approvals");
	let matured = MaturedBuckets::<Test>::iter_keys();
	assert!(
		matured.into_iter().all(|(id, maturity)| model.pools[&id].exits.contains_key(&maturity)),
		"matured buckets"
	);
}

fn touched(model: &Model, action: &Action) -> (BTreeSet<PoolId>, BTreeSet<AssetId>) {
	let of_ticket = |ticket: &TicketId| [Some(ticket.pool), ticket.into].into_iter().flatten();
	let currencies = || CURRENCIES.into_iter().collect();
	let of_operator = |who: AccountId| {
		let own = model.pools.iter().filter(move |(_, pool)| pool.operator == who);
		own.map(|(id, _)| *id).collect()
	};
	let call = match action {
		Action::Signed(_, call) | Action::Root(call) => call,
		Action::Slash { pools, .. } => {
			return (pools.iter().map(|(id, ..)| *id).collect(), BTreeSet::new())
		},
		Action::OpenReport(pool) | Action::SettleReport(pool) => {
			return ([*pool].into(), BTreeSet::new())
		},
		Action::Credit { currency, amounts, .. } => {
			return (amounts.iter().map(|(id, _)| *id).collect(), [*currency].into())
		},
		Action::Donate { asset, .. } | Action::Freeze(asset) | Action::Thaw(asset) => {
			return (BTreeSet::new(), [*asset].into())
		},
		Action::Eras(_) | Action::Blocks(_) => return Default::default(),
	};
	match call {
		Call::stake { pool, .. }
		| Call::unstake { pool, .. }
		| Call::unstake_for { pool, .. }
		| Call::set_pool_status { pool, .. }
		| Call::set_compounding { pool, .. }
		| Call::set_pool_access { pool, .. } => ([*pool].into(), BTreeSet::new()),
		Call::redelegate { pool, into, .. } => ([*pool, *into].into(), BTreeSet::new()),
		Call::withdraw { ticket }
		| Call::withdraw_to { ticket, .. }
		| Call::withdraw_for { ticket, .. }
		| Call::complete_move { ticket, .. }
		| Call::cancel_unstake { ticket, .. }
		| Call::transfer_ticket { ticket, .. } => (of_ticket(ticket).collect(), BTreeSet::new()),
		Call::withdraw_many { tickets } => {
			(tickets.iter().flat_map(of_ticket).collect(), BTreeSet::new())
		},
		Call::claim { pool }
		| Call::claim_for { pool, .. }
		| Call::move_unearned { pool }
		| Call::remove_pool { pool } => ([*pool].into(), currencies()),
		Call::move_proceeds { asset, .. } | Call::set_vault { asset, .. } => {
			(BTreeSet::new(), [*asset].into())
		},
		Call::set_chilled { operator, .. } => (of_operator(*operator), BTreeSet::new()),
		Call::create_pool { .. } => ((0..model.next_pool).rev().take(1).collect(), BTreeSet::new()),
		Call::set_operator_status { .. } => match action {
			Action::Signed(who, _) => (of_operator(*who), BTreeSet::new()),
			_ => Default::default(),
		},
		_ => Default::default(),
	}
}

/// Whether any account has another balance after an action.
fn moves_tokens(action: &Action) -> bool {
	match action {
		Action::Signed(_, call) => matches!(
			call,
			Call::stake { .. }
				| Call::withdraw { .. }
				| Call::withdraw_to { .. }
				| Call::withdraw_for { .. }
				| Call::withdraw_many { .. }
				| Call::move_proceeds { .. }
				| Call::claim { .. }
				| Call::claim_for { .. }
				| Call::move_unearned { .. }
				| Call::remove_pool { .. }
		),
		Action::Slash { .. } | Action::Credit { .. } | Action::Donate { .. } => true,
		_ => false,
	}
}

fn compare_clock(model: &Model) {
	let clock = CurrentEra::<Test>::get().expect("a clock");
	let expected = EraClock { index: model.era, started: model.started, settings: model.settings };
	assert_eq!(clock, expected, "the clock");
}

fn compare_operator(model: &Model, who: AccountId) {
	let (found, expected) = (Operators::<Test>::get(who), model.operators.get(&who));
	assert_eq!(found.is_some(), expected.is_some(), "operator {who}");
	let (Some(found), Some(expected)) = (found, expected) else { return };
	let pools = model.pools.values().filter(|pool| pool.operator == who).count();
	let approvals = model.approvals.iter().filter(|(operator, _)| *operator == who).count();
	let counts = (found.pools as usize, found.approvals as usize);
	assert_eq!(counts, (pools, approvals), "counts of operator {who}");
	assert_eq!((found.status, found.chilled), (expected.status, expected.chilled));
}

fn compare_vault(model: &Model, id: AssetId) {
	let (vault, expected) = (Vaults::<Test>::get(id).expect("a vault"), &model.vaults[&id]);
	assert_eq!(vault.settings, expected.settings, "settings of vault {id}");
	assert_eq!(vault.custody, planck(&expected.custody), "custody of vault {id}");
}

fn compare_balances(model: &Model, id: AssetId) {
	let ledger = [Restaking::vault_account(id), Restaking::reward_account()];
	for who in PEOPLE.into_iter().chain(ledger).chain([GOVERNANCE, TREASURY]) {
		let expected = planck(&model.tokens.balance(id, who));
		assert_eq!(balance(id, who), expected, "what {who} has of asset {id}");
	}
	for who in BENEFICIARIES {
		let expected = model.parked.get(&(id, who)).map_or(0, planck);
		assert_eq!(ParkedProceeds::<Test>::get(id, who), expected, "what is parked for {who}");
	}
}

fn compare_pool(model: &Model, id: PoolId) {
	let (found, expected) = (Pools::<Test>::get(id), model.pools.get(&id));
	assert_eq!(found.is_some(), expected.is_some(), "pool {id}");
	compare_tickets(model, id);
	let (Some(found), Some(expected)) = (found, expected) else { return };
	assert_eq!((found.operator, found.asset), (expected.operator, expected.asset));
	assert_eq!((found.status, found.access), (expected.status, expected.access));
	assert_eq!(found.suspended, model.is_suspended(expected), "pool {id} is suspended");
	assert_eq!(found.open_reports, expected.open_reports, "reports on pool {id}");
	assert_eq!(found.generation, expected.generation, "generation of pool {id}");
	assert_eq!(found.active.balance, planck(&expected.active.balance), "stake of pool {id}");
	assert_eq!(found.active.shares, planck(&expected.active.shares), "shares of pool {id}");
	let at_turn = found.stake_at_turn(model.era);
	let expected_then = (planck(&expected.at_turn.0), expected.at_turn.1);
	assert_eq!((at_turn.active, at_turn.generation), expected_then, "pool {id} at the turn");
	assert_eq!(found.positions as usize, expected.count(), "positions in pool {id}");
	compare_buckets(id, &found, expected);
	compare_rewards(id, &found, expected);
	for who in PEOPLE {
		compare_position(id, &found, expected, who);
	}
	expected.check_earnings();
}

fn compare_tickets(model: &Model, id: PoolId) {
	for (key, expected) in model.tickets.iter().filter(|((_, pool, ..), _)| *pool == id) {
		let (owner, pool, maturity, into): TicketKey = *key;
		let found = Tickets::<Test>::get(owner, TicketId { pool, maturity, into });
		let expected = Ticket { generation: expected.generation, points: planck(&expected.points) };
		assert_eq!(found, Some(expected), "ticket {key:?}");
	}
}

fn compare_buckets(id: PoolId, found: &Pool<Test>, expected: &ModelPool) {
	let listed = found.buckets.iter().filter(|bucket| !bucket.exits.is_empty());
	for bucket in listed {
		assert!(expected.exits.contains_key(&bucket.maturity), "a bucket of pool {id}");
	}
	for (maturity, exits) in &expected.exits {
		let listed = found.buckets.iter().find(|bucket| bucket.maturity == *maturity).copied();
		let stored = || MaturedBuckets::<Test>::get(id, maturity);
		let Some(bucket) = listed.or_else(stored) else {
			assert!(exits.divided.is_empty(), "bucket {maturity} of pool {id} is missing");
			continue;
		};
		assert_eq!(bucket.generation, exits.generation, "bucket {maturity} of pool {id}");
		let sums = (planck(&exits.divided.balance), planck(&exits.divided.shares));
		let bucket = (bucket.exits.balance, bucket.exits.shares);
		assert_eq!(bucket, sums, "bucket {maturity} of pool {id}");
	}
}

fn compare_rewards(id: PoolId, found: &Pool<Test>, expected: &ModelPool) {
	assert_eq!(found.rewards.updated, expected.updated, "rewards of pool {id} are of block");
	assert_eq!(found.rewards.slots.len(), expected.slots.len(), "currencies of pool {id}");
	for (found, expected) in found.rewards.slots.iter().zip(&expected.slots) {
		let found = (found.stream.remaining, found.stream.until, found.unearned, found.owed);
		let [remaining, unearned, owed] =
			[&expected.remaining, &expected.unearned, &expected.owed].map(planck);
		assert_eq!(found, (remaining, expected.until, unearned, owed), "rewards of pool {id}");
	}
}

fn compare_position(id: PoolId, pool: &Pool<Test>, expected: &ModelPool, who: AccountId) {
	let found = Positions::<Test>::get(who, id);
	let expected_position = expected.positions.get(&who).filter(|position| position.exists);
	assert_eq!(found.is_some(), expected_position.is_some(), "{who} in pool {id}");
	let (Some(found), Some(position)) = (found, expected_position) else { return };
	assert_eq!(found.generation, position.generation, "generation of {who} in pool {id}");
	assert_eq!(found.shares, planck(&position.shares), "shares of {who} in pool {id}");
	assert_eq!(found.compounds, position.compounds, "whether {who} compounds in pool {id}");
	let owed = if found.generation == pool.generation {
		found.owed(pool.earned())
	} else {
		let lost = LostGenerations::<Test>::get(id, found.generation);
		found.owed(lost.into_iter().flat_map(|lost| lost.earned))
	};
	// Neither has to say what is nothing.
	let pending = expected.pending(position);
	for currency in 0..owed.len().max(pending.len()) {
		let owed = owed.get(currency).copied().unwrap_or_default();
		let pending = pending.get(currency).map_or(0, planck);
		assert_eq!(owed, pending, "what {who} is owed in pool {id}");
	}
}

/// That what is left where everyone has left is dust.
pub fn check_dust(model: &Model) {
	for (id, vault) in &model.vaults {
		let holders = model.pools.values().filter(|pool| pool.asset == *id).map(ModelPool::count);
		let holders = Number::from(holders.sum::<usize>());
		assert!(vault.custody <= holders, "more than dust is left in vault {id}");
	}
	for (id, pool) in &model.pools {
		for slot in &pool.slots {
			let dust = Number::from(2 * pool.roundings);
			assert!(slot.owed <= dust, "more than dust is left of the rewards of pool {id}");
		}
	}
}
