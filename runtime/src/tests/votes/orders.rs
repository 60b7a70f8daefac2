// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Three accounts try, in any order, to have one poll count a coin twice.

use super::*;
use pallet_conviction_voting::{Voting, VotingFor};
use pallet_referenda::{ReferendumInfo, ReferendumInfoFor};
use proptest::{prelude::*, test_runner::TestCaseError};

const PEOPLE: [Sr25519Keyring; 3] = [Dave, Eve, Ferdie];
const ENDOWMENT: Balance = 1_000 * PICA;

/// What an account tries. Who acts, on or for whom, and with how much, are chosen at random.
#[derive(Clone, Copy, Debug)]
enum Deed {
	Stake,
	Unstake,
	Redelegate,
	CancelUnstake,
	TransferTicket,
	Withdraw,
	WithdrawTo,
	WithdrawFor,
	CompleteMove,
	Transfer,
	TransferAll,
	Vote,
	VoteNay,
	RemoveVote,
	Delegate,
	Undelegate,
	Unlock,
	Reserve,
	QuitSub,
	Judge,
	Slash,
	Wait,
}

#[derive(Clone, Debug)]
struct Step {
	deed: Deed,
	who: usize,
	other: usize,
	/// Which pool, or which ticket.
	which: usize,
	/// The part of what there is: so many 255ths.
	part: u8,
	/// Whether somebody else does it, as a proxy or in a batch.
	wrapped: u8,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
	use Deed::*;
	let deed = prop_oneof![
		4 => Just(Stake), 4 => Just(Unstake), 2 => Just(Redelegate), 2 => Just(CancelUnstake),
		5 => Just(TransferTicket), 3 => Just(Withdraw), 3 => Just(WithdrawTo),
		1 => Just(WithdrawFor), 2 => Just(CompleteMove), 3 => Just(Transfer),
		2 => Just(TransferAll), 8 => Just(Vote), 2 => Just(VoteNay), 2 => Just(RemoveVote),
		3 => Just(Delegate), 2 => Just(Undelegate), 3 => Just(Unlock), 1 => Just(Reserve),
		1 => Just(QuitSub), 1 => Just(Judge), 1 => Just(Slash), 3 => Just(Wait),
	];
	let part = prop_oneof![3 => Just(255u8), 2 => any::<u8>()];
	let step = (deed, 0..3usize, 0..3usize, 0..8usize, part, 0..6u8).prop_map(
		|(deed, who, other, which, part, wrapped)| Step { deed, who, other, which, part, wrapped },
	);
	prop::collection::vec(step, 20..90)
}

/// The poll, and what slashes took from it.
struct World {
	poll: u32,
	slashed: Balance,
	waited: BlockNumber,
}

impl World {
	fn new() -> Self {
		for (index, who) in PEOPLE.into_iter().enumerate() {
			endow(who, ENDOWMENT);
			let info = pallet_identity::legacy::IdentityInfo::default();
			assert_ok!(Identity::set_identity(signed(who), Box::new(info)));
			assert_ok!(Identity::add_registrar(RuntimeOrigin::root(), account(who).into()));
			assert_ok!(Identity::set_fee(signed(who), index as u32, 50 * PICA));
		}
		// Each is the next one's proxy, has it as a sub-account, and owes it for a judgement.
		for (index, who) in PEOPLE.into_iter().enumerate() {
			let next = next_of(index);
			let proxy = account(who).into();
			assert_ok!(Proxy::add_proxy(signed(next), proxy, ProxyType::Any, 0));
			let subs = vec![(account(next), pallet_identity::Data::None)];
			assert_ok!(Identity::set_subs(signed(who), subs));
			let registrar = (index as u32 + 1) % 3;
			assert_ok!(Identity::request_judgement(signed(who), registrar, 100 * PICA));
		}
		Self { poll: poll(), slashed: 0, waited: 0 }
	}

	fn call(&self, step: &Step) -> Option<RuntimeCall> {
		use pallet_conviction_voting::Call as Vote;
		use pallet_restaking::Call as Ledger;
		let (who, other) = (account(PEOPLE[step.who]), account(PEOPLE[step.other]));
		let part = |whole: Balance| whole / 255 * Balance::from(step.part);
		let free = Balances::free_balance(&who);
		let pools = pools_of(PICA_ASSET);
		let pool = pools[step.which % 2];
		let shares = Positions::<Runtime>::get(&who, pool).map_or(0, |position| position.shares);
		let tickets: Vec<_> = Tickets::<Runtime>::iter_prefix(&who).collect();
		let ticket = tickets.get(step.which % tickets.len().max(1)).copied();
		let may_vote = part(<Pica as Currency<_>>::total_balance(&who));
		let poll_index = self.poll;
		Some(match step.deed {
			Deed::Stake => Ledger::stake { pool, amount: part(free), min_shares: 0 }.into(),
			Deed::Unstake => Ledger::unstake { pool, shares: part(shares) }.into(),
			Deed::Redelegate => {
				let into = pools[(step.which + 1) % 2];
				Ledger::redelegate { pool, shares: part(shares), into }.into()
			},
			Deed::CancelUnstake => {
				let (ticket, held) = ticket?;
				Ledger::cancel_unstake { ticket, points: part(held.points) }.into()
			},
			Deed::TransferTicket => {
				let (ticket, held) = ticket?;
				let points = part(held.points);
				Ledger::transfer_ticket { ticket, points, to: other }.into()
			},
			Deed::Withdraw => Ledger::withdraw { ticket: ticket?.0 }.into(),
			Deed::WithdrawTo => {
				Ledger::withdraw_to { ticket: ticket?.0, beneficiary: other }.into()
			},
			Deed::WithdrawFor => Ledger::withdraw_for { owner: who, ticket: ticket?.0 }.into(),
			Deed::CompleteMove => Ledger::complete_move { owner: who, ticket: ticket?.0 }.into(),
			Deed::Transfer => {
				let (dest, value) = (other.into(), part(free));
				pallet_balances::Call::transfer_allow_death { dest, value }.into()
			},
			Deed::TransferAll => {
				let keep_alive = step.part > 128;
				pallet_balances::Call::transfer_all { dest: other.into(), keep_alive }.into()
			},
			Deed::Vote => Vote::vote { poll_index, vote: ayes(may_vote) }.into(),
			Deed::VoteNay => {
				let vote =
					pallet_conviction_voting::Vote { aye: false, conviction: Conviction::Locked1x };
				let vote = AccountVote::Standard { vote, balance: may_vote };
				Vote::vote { poll_index, vote }.into()
			},
			Deed::RemoveVote => Vote::remove_vote { class: Some(ROOT), index: poll_index }.into(),
			Deed::Delegate => Vote::delegate {
				class: ROOT,
				to: other.into(),
				conviction: Conviction::Locked1x,
				balance: may_vote,
			}
			.into(),
			Deed::Undelegate => Vote::undelegate { class: ROOT }.into(),
			Deed::Unlock => Vote::unlock { class: ROOT, target: who.into() }.into(),
			Deed::Reserve => {
				let call_hash = [step.part; 32];
				pallet_proxy::Call::announce { real: other.into(), call_hash: call_hash.into() }
					.into()
			},
			Deed::QuitSub => pallet_identity::Call::quit_sub {}.into(),
			Deed::Judge => {
				let info = pallet_identity::legacy::IdentityInfo::<
					frame_support::traits::ConstU32<16>,
				>::default();
				pallet_identity::Call::provide_judgement {
					reg_index: step.who as u32,
					target: other.into(),
					judgement: pallet_identity::Judgement::Reasonable,
					identity: <BlakeTwo256 as sp_runtime::traits::Hash>::hash_of(&info),
				}
				.into()
			},
			Deed::Slash | Deed::Wait => return None,
		})
	}

	/// Tries a step, itself, through a proxy, or in a batch. It may be refused.
	fn take(&mut self, step: &Step) {
		match step.deed {
			Deed::Wait if self.waited < 80 => {
				pass(10);
				self.waited += 10;
			},
			Deed::Slash => {
				let pool = pools_of(PICA_ASSET)[step.which % 2];
				let ratio = Ratio::new(u128::from(step.part) / 4, 255).expect("a part");
				// What is taken comes back to one of them.
				let to = account(PEOPLE[step.other]);
				let taken = assert_ok_of(Restaking::slash(&[(pool, ratio)], &to));
				self.slashed += taken.iter().map(|pool| pool.active + pool.exits).sum::<Balance>();
			},
			_ => {
				let Some(call) = self.call(step) else { return };
				let who = PEOPLE[step.who];
				match step.wrapped {
					0 => {
						let proxy = PEOPLE[(step.who + 2) % 3];
						let real = account(who).into();
						let _ = Proxy::proxy(signed(proxy), real, None, Box::new(call));
					},
					1 => {
						let _ = Utility::force_batch(signed(who), vec![call.clone(), call]);
					},
					_ => {
						let _ = call.dispatch(signed(who));
					},
				}
			},
		}
	}

	/// PICA that an account has: of its own, staked, and on its way out.
	fn held(&self, who: Sr25519Keyring) -> Balance {
		let who = account(who);
		Balances::total_balance(&who)
			+ Restaking::staked_value(&who, PICA_ASSET, u32::MAX)
			+ Restaking::exiting_value(&who, PICA_ASSET, u32::MAX)
	}

	/// PICA that an account's votes in the poll count, its own or by delegation.
	fn counted(&self, who: Sr25519Keyring) -> Balance {
		match VotingFor::<Runtime>::get(account(who), ROOT) {
			Voting::Casting(casting) => casting
				.votes
				.iter()
				.find(|(index, _)| *index == self.poll)
				.map_or(0, |(_, vote)| vote.balance()),
			Voting::Delegating(delegating) => delegating.balance,
		}
	}

	fn check(&self) -> Result<(), TestCaseError> {
		let coins: Balance = PEOPLE.iter().map(|who| self.held(*who)).sum();
		// Somebody's slash may have gone to another, and votes are not taken back for it.
		let bound = coins + self.slashed;
		let (mut at_most, mut short) = (0, 0);
		for who in PEOPLE {
			let own = self.counted(who);
			let locked = System::account(account(who)).data.frozen;
			prop_assert!(own <= locked, "a vote without a lock");
			at_most += own.max(may_vote_with(who));
			short += locked.saturating_sub(self.held(who));
		}
		prop_assert!(at_most <= bound, "{at_most} of {coins}, {} slashed", self.slashed);
		prop_assert!(short <= self.slashed, "{short} short, {} slashed", self.slashed);
		let Some(ReferendumInfo::Ongoing(status)) = ReferendumInfoFor::<Runtime>::get(self.poll)
		else {
			return Err(TestCaseError::fail("the poll is over"));
		};
		prop_assert!(status.tally.ayes + status.tally.nays <= bound);
		Ok(())
	}
}

fn next_of(index: usize) -> Sr25519Keyring {
	PEOPLE[(index + 1) % 3]
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 200, ..Default::default() })]

	#[test]
	fn no_coin_votes_twice_in_any_order(steps in steps()) {
		network(DEVELOPMENT).execute_with(|| {
			let mut world = World::new();
			for step in &steps {
				world.take(step);
				world.check()?;
			}
			#[cfg(feature = "try-runtime")]
			Restaking::do_try_state().expect("the invariants hold");
			Ok::<_, TestCaseError>(())
		})?;
	}
}
