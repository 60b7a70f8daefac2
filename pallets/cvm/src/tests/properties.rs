// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Whatever owners do, what came in is somewhere, and the invariants hold.

use super::*;
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Action {
	Give(Balance),
	Run(Vec<Instruction>, bool),
	Complete(usize),
	Reroute(usize, Option<Balance>),
	Close(Balance),
	Open(Balance),
	Turn,
	Block,
	Slash(u128),
}

fn amount() -> impl Strategy<Value = Amount> {
	prop_oneof![
		(1..2_000u128).prop_map(Amount::Exactly),
		Just(Amount::All),
		(0..500u128, 1..=100u32)
			.prop_map(|(base, part)| Amount::Part { base, part: Perbill::from_percent(part) }),
	]
}

fn simple_step() -> impl Strategy<Value = Instruction> {
	let pool = || prop_oneof![Just(DOT_POOL), Just(OTHER_DOT_POOL)];
	let home = prop_oneof![Just(None), (0..3u128).prop_map(|fee| Some(route(fee)))];
	let ticket =
		(pool(), 0..30u32).prop_map(|(pool, maturity)| TicketId { pool, maturity, into: None });
	prop_oneof![
		amount().prop_map(|amount| transfer(&ALICE, DOT, amount)),
		(pool(), amount()).prop_map(|(pool, amount)| stake(pool, amount)),
		(pool(), amount(), home).prop_map(|(pool, shares, home)| unstake(pool, shares, home)),
		ticket.prop_map(|ticket| Instruction::Withdraw { ticket }),
		(amount(), 0..3u128).prop_map(|(amount, fee)| send(DOT, amount, fee)),
	]
}

fn step() -> impl Strategy<Value = Instruction> {
	let inner = prop::collection::vec(simple_step(), 1..3);
	prop_oneof![
		8 => simple_step(),
		1 => (amount(), inner)
			.prop_map(|(amount, steps)| spawn(&[(DOT, amount)], 1, program(&steps))),
	]
}

fn action() -> impl Strategy<Value = Action> {
	prop_oneof![
		2 => (1..5_000u128).prop_map(Action::Give),
		6 => (prop::collection::vec(step(), 1..4), any::<bool>())
			.prop_map(|(steps, refund)| Action::Run(steps, refund)),
		2 => (0..8usize).prop_map(Action::Complete),
		2 => (0..8usize, prop::option::of(0..3u128))
			.prop_map(|(number, fee)| Action::Reroute(number, fee)),
		1 => (0..3u128).prop_map(Action::Close),
		1 => (0..3u128).prop_map(Action::Open),
		3 => Just(Action::Turn),
		3 => Just(Action::Block),
		1 => (1..4u128).prop_map(Action::Slash),
	]
}

/// The recorded exit of this number, if there are as many.
fn exit(number: usize) -> Option<(AccountId, TicketId)> {
	let mut all: Vec<_> = Exits::<Test>::iter_keys().collect();
	all.sort_by_key(|(executor, ticket)| (executor.clone(), ticket.pool, ticket.maturity));
	all.get(number).cloned()
}

fn act(action: Action) {
	match action {
		Action::Give(amount) => give(&executor(), DOT, amount),
		Action::Run(steps, refund) => {
			let program = program(&steps);
			let program = if refund { with_refund(program, &[DOT], 1) } else { program };
			assert_ok!(Cvm::execute(origin(REMOTE), 0, program));
		},
		Action::Complete(number) => {
			let Some((executor, ticket)) = exit(number) else { return };
			let funds = Stalled::<Test>::get(&executor, DOT).unwrap_or_default();
			let before = balance(DOT, &executor);
			if Cvm::complete_exit(origin(BOB), executor.clone(), ticket).is_ok() {
				// Nothing but exits' money goes.
				assert!(before - funds.left <= balance(DOT, &executor));
			}
		},
		Action::Reroute(number, fee) => {
			let Some((executor, ticket)) = exit(number) else { return };
			let salt = Executors::<Test>::get(executor).expect("a record").salt;
			assert_ok!(Cvm::set_exit_route(origin(REMOTE), salt, ticket, fee.map(route)));
		},
		Action::Close(fee) => close(fee),
		Action::Open(fee) => open(fee),
		Action::Turn => run_to_era(era() + 1),
		Action::Block => next_block(),
		Action::Slash(parts) => slash(DOT_POOL, parts, 10),
	}
}

/// All planck of DOT that there are, but for what was sent away.
fn supply() -> Balance {
	use frame_support::traits::fungibles::Inspect;
	Assets::total_issuance(DOT)
}

fn sent() -> Balance {
	Outbox::get().iter().flat_map(|(_, assets, _)| assets).map(|(_, amount)| amount).sum()
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(64))]

	#[test]
	fn nothing_is_lost_or_made(actions in prop::collection::vec(action(), 1..40)) {
		ExtBuilder.build_and_execute(|| {
			let mut all = supply();
			for action in actions {
				if let Action::Give(amount) = action {
					all += amount;
				}
				act(action);
				check();
				assert_eq!(supply() + sent(), all);
				for (executor, asset, funds) in Stalled::<Test>::iter() {
					assert!(funds.left <= balance(asset, &executor), "it is there");
				}
			}
		});
	}
}
