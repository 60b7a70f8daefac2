// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! Who buys in one block before a payout and leaves one block after it gains no more than its blocks'
//! worth, in every way the calls allow.

use pallet_avs::AllocationChange;
use pallet_restaking::{EraSettings, Pools, Positions, Tickets};
use pallet_tempo::Tempo;
use picasso_economy::{
	calls::{AvsCall, EmissionsCall, RestakingCall as Call},
	world::{account, Asset, Chain, Operator, Scene, World},
};
use picasso_primitives::{
	assets::{foreign_asset_id, Network, PICA},
	avs::{AssetTerms, Membership, Terms},
	math::part_of,
	restaking::TicketId,
	AssetId, Balance, PoolId,
};
use picasso_runtime::{AccountId, Runtime, System};
use sp_runtime::{Perbill, Perquintill};

const SOL: AssetId = foreign_asset_id(Network::Solana, 0, 1);
const USD: AssetId = foreign_asset_id(Network::Osmosis, 0, 1);
const ERA: u32 = 100;
const UNBONDING: u32 = 5;
/// What everyone stakes, in planck.
const STAKE: Balance = 1_000_000_000_000;
/// What the AVS pays for an era, in planck of USD.
const PAY: Balance = 1_000_000_000;

/// How somebody comes into a pool.
#[derive(Clone, Copy, Debug)]
enum Entry {
	Stake,
	/// By a move that has matured.
	Move,
	/// By taking an exit back.
	Cancel,
	/// By an exit that an accomplice passes on, and taking that back.
	CancelOfAnothers,
	/// By a move that has matured, which an accomplice passes on.
	MoveOfAnothers,
	/// By an exit that has matured, and staking that.
	WithdrawAndStake,
	/// By rewards that become stake; there is some already, as nothing compounds without.
	Compound,
}

/// How somebody leaves it.
#[derive(Clone, Copy, Debug)]
enum Exit {
	Unstake,
	Redelegate,
	/// And passes the exit on.
	UnstakeAndTransfer,
}

const ENTRIES: [Entry; 6] = [
	Entry::Stake,
	Entry::Move,
	Entry::Cancel,
	Entry::CancelOfAnothers,
	Entry::MoveOfAnothers,
	Entry::WithdrawAndStake,
];
const EXITS: [Exit; 3] = [Exit::Unstake, Exit::Redelegate, Exit::UnstakeAndTransfer];

/// The pools of an asset: the one that is bought into, and another one.
fn pools(asset: AssetId) -> (PoolId, PoolId) {
	if asset == SOL {
		(0, 1)
	} else {
		(3, 2)
	}
}

fn people() -> [AccountId; 4] {
	["honest", "thief", "accomplice", "owner"].map(|who| account(who, 0))
}

fn operator() -> AccountId {
	account("operator", 0)
}

/// One operator with two pools each of SOL and of PICA, and a foreign currency.
fn world() -> World {
	let foreign = |id, symbol, decimals, has_vault| Asset {
		id,
		symbol,
		decimals,
		minimum: 1,
		yearly_yield: 100_000_000,
		has_vault,
		endowment: 10_000_000,
	};
	let pica = Asset {
		id: PICA,
		symbol: "PICA",
		decimals: 12,
		minimum: 1_000_000_000,
		yearly_yield: 500,
		has_vault: true,
		endowment: 10_000_000,
	};
	let scene = Scene {
		tempo: Tempo::Development,
		era: EraSettings { length: ERA, unbonding: UNBONDING, granularity: 1 },
		session: 10 * ERA,
		assets: vec![pica, foreign(SOL, "SOL", 9, true), foreign(USD, "USD", 6, false)],
		currencies: vec![PICA, USD],
		people: people().to_vec(),
		rich: (Vec::new(), 1),
		operators: vec![Operator {
			account: operator(),
			commission: Perbill::from_percent(10),
			assets: vec![SOL, SOL, PICA, PICA],
			validates: true,
		}],
		self_stake: STAKE,
		chain_pay: 0,
		chain_windows: (1, 0),
	};
	World::new(scene, 0)
}

fn must(done: sp_runtime::DispatchResult) {
	done.expect("nobody is refused");
}

/// An AVS that the operator serves with its pools of SOL, and pays for.
fn serve(chain: &mut Chain) {
	let asset = |asset| AssetTerms {
		asset,
		weight: sp_runtime::FixedU128::from_u32(1),
		floor: None,
		cap: None,
	};
	let terms = Terms {
		assets: vec![asset(SOL)].try_into().expect("one"),
		minimum_security: 0,
		target_security: 0,
		minimum_operators: 1,
		maximum_operators: 1,
		minimum_stake: 0,
		minimum_self_stake: 0,
		maximum_share: Perbill::one(),
		minimum_nakamoto: 0,
		minimum_commission: Perbill::zero(),
		maximum_commission: Perbill::one(),
		membership: Membership::Open,
		conditions: Default::default(),
		pay_currency: USD,
		pay_per_era: PAY,
		notice: 1,
	};
	let [.., owner] = people();
	let avs = chain.onboard(&owner, terms).expect("an AVS comes");
	let key = Some(chain.keys.prove(avs, &operator(), 0));
	must(chain.signed(&operator(), AvsCall::join { avs, key }));
	let fraction = Perquintill::one();
	let changes = [0, 1].map(|pool| AllocationChange { avs, pool, fraction }).to_vec();
	let changes = changes.try_into().expect("few");
	must(chain.signed(&operator(), AvsCall::allocate { changes }));
	let amount = 100 * PAY;
	must(chain.signed(&owner, EmissionsCall::fund { avs, currency: USD, amount }));
	must(chain.signed(&owner, EmissionsCall::donate { amount: 1_000 * STAKE }));
}

/// Blocks pass up to one.
fn pass_to(chain: &mut Chain, block: u32) {
	while System::block_number() < block {
		let next = Chain::next_turn().min(block);
		chain.jump(next - System::block_number());
		chain.check_money().expect("money is where it belongs");
	}
}

fn shares(who: &AccountId, pool: PoolId) -> Balance {
	Positions::<Runtime>::get(who, pool).map_or(0, |position| position.shares)
}

fn stake(chain: &mut Chain, who: &AccountId, pool: PoolId) {
	let call = Call::stake { pool, amount: STAKE, min_shares: 0 };
	must(chain.signed(who, call));
}

fn ticket_of(who: &AccountId) -> (TicketId, Balance) {
	let (id, ticket) = Tickets::<Runtime>::iter_prefix(who).next().expect("a ticket");
	(id, ticket.points)
}

fn pass_on(chain: &mut Chain, from: &AccountId, to: &AccountId) {
	let (ticket, points) = ticket_of(from);
	let call = Call::transfer_ticket { ticket, points, to: to.clone() };
	must(chain.signed(from, call));
}

impl Entry {
	/// What has to be done long before.
	fn prepare(self, chain: &mut Chain, pool: PoolId, other: PoolId) {
		let [_, thief, accomplice, _] = people();
		match self {
			Self::Stake => {},
			Self::Compound => {
				stake(chain, &thief, pool);
				must(chain.signed(&thief, Call::set_compounding { pool, compound: true }));
			},
			Self::Move | Self::MoveOfAnothers => {
				let who = if matches!(self, Self::Move) { thief } else { accomplice };
				stake(chain, &who, other);
				let shares = shares(&who, other);
				let call = Call::redelegate { pool: other, shares, into: pool };
				must(chain.signed(&who, call));
			},
			Self::Cancel | Self::CancelOfAnothers | Self::WithdrawAndStake => {
				let thiefs = !matches!(self, Self::CancelOfAnothers);
				let who = if thiefs { thief } else { accomplice };
				stake(chain, &who, pool);
				let shares = shares(&who, pool);
				must(chain.signed(&who, Call::unstake { pool, shares }));
			},
		}
	}

	/// The eras that pass before the payout: exits mature or not.
	fn eras(self) -> u32 {
		match self {
			Self::Cancel | Self::CancelOfAnothers => UNBONDING - 2,
			_ => UNBONDING + 2,
		}
	}

	fn perform(self, chain: &mut Chain, pool: PoolId) {
		let [_, thief, accomplice, _] = people();
		match self {
			Self::Stake => stake(chain, &thief, pool),
			Self::Compound => {
				let before = shares(&thief, pool);
				must(chain.signed(&thief, Call::claim { pool }));
				assert!(shares(&thief, pool) > before);
				// What is claimed from now on is money that can be counted.
				must(chain.signed(&thief, Call::set_compounding { pool, compound: false }));
			},
			Self::Move | Self::MoveOfAnothers => {
				if matches!(self, Self::MoveOfAnothers) {
					pass_on(chain, &accomplice, &thief);
				}
				let (ticket, _) = ticket_of(&thief);
				let call = Call::complete_move { owner: thief.clone(), ticket };
				must(chain.signed(&thief, call));
			},
			Self::Cancel | Self::CancelOfAnothers => {
				if matches!(self, Self::CancelOfAnothers) {
					pass_on(chain, &accomplice, &thief);
				}
				let (ticket, points) = ticket_of(&thief);
				must(chain.signed(&thief, Call::cancel_unstake { ticket, points }));
			},
			Self::WithdrawAndStake => {
				let (ticket, _) = ticket_of(&thief);
				must(chain.signed(&thief, Call::withdraw { ticket }));
				stake(chain, &thief, pool);
			},
		}
	}
}

impl Exit {
	fn perform(self, chain: &mut Chain, pool: PoolId, other: PoolId) {
		let [_, thief, accomplice, _] = people();
		let shares = shares(&thief, pool);
		match self {
			Self::Redelegate => {
				let call = Call::redelegate { pool, shares, into: other };
				must(chain.signed(&thief, call));
			},
			Self::Unstake | Self::UnstakeAndTransfer => {
				must(chain.signed(&thief, Call::unstake { pool, shares }));
				if matches!(self, Self::UnstakeAndTransfer) {
					pass_on(chain, &thief, &accomplice);
				}
			},
		}
	}
}

/// What the next block brings the thief by what streams now, by currency, rounded up; and what still
/// streams to all.
fn worth_of_a_block(pool: PoolId) -> Vec<(Balance, Balance)> {
	let [_, thief, ..] = people();
	let (own, now) = (shares(&thief, pool), System::block_number());
	let pool = Pools::<Runtime>::get(pool).expect("a pool");
	pool.rewards
		.slots
		.iter()
		.map(|slot| {
			// Up to this block.
			let mut stream = slot.stream;
			stream.release(pool.rewards.updated, now);
			let left: Balance = stream.until.saturating_sub(now).max(1).into();
			let released = stream.remaining / left + 1;
			(part_of(released, own, pool.active.shares) + 1, stream.remaining)
		})
		.collect()
}

/// What the thief has claimed of a pool, by slot of the currency.
fn claim(chain: &mut Chain, pool: PoolId) -> [Balance; 2] {
	let [_, thief, ..] = people();
	let wealth = || [PICA, USD].map(|asset| Chain::balance(asset, &thief));
	let before = wealth();
	// There may be nothing.
	let _ = chain.signed(&thief, Call::claim { pool });
	let after = wealth();
	[after[0] - before[0], after[1] - before[1]]
}

fn try_to_steal(asset: AssetId, entry: Entry, exit: Exit) {
	let (pool, other) = pools(asset);
	let [honest, ..] = people();
	world().on_chain(|chain| {
		serve(chain);
		// The AVS is served, whichever pools are bought into.
		for pool in 0..4 {
			stake(chain, &honest, pool);
		}
		pass_to(chain, 3 * ERA);
		entry.prepare(chain, pool, other);
		let turn = Chain::next_turn() + entry.eras() * ERA;
		pass_to(chain, turn - 1);
		if !matches!(entry, Entry::Compound) {
			claim(chain, pool);
		}
		entry.perform(chain, pool);
		let before = worth_of_a_block(pool);
		pass_to(chain, turn);
		assert_eq!(pallet_emissions::Round::<Runtime>::get().era, Chain::era(), "the payout");
		let after = worth_of_a_block(pool);
		pass_to(chain, turn + 1);
		exit.perform(chain, pool, other);
		let gain = claim(chain, pool);
		pass_to(chain, turn + 2 * ERA);
		assert_eq!(claim(chain, pool), [0, 0], "whoever left earns nothing");
		for (slot, gain) in gain.into_iter().enumerate() {
			let ((first, _), (second, paid)) = (before[slot], after[slot]);
			let most = first + second;
			assert!(
				gain <= most,
				"{asset}, {entry:?}, {exit:?}: {gain} in currency {slot}, worth {most}"
			);
			// Two blocks of a hundred, of which others have a half at the least.
			assert!(paid > 1_000 && gain > 0, "{entry:?}: currency {slot} pays {paid}: {gain}");
			assert!(gain < paid / 50, "{asset}, {entry:?}, {exit:?}: {gain} of {paid}");
		}
	});
}

#[test]
fn who_buys_in_before_a_payout_of_an_avs_gains_two_blocks_worth() {
	for entry in ENTRIES {
		for exit in EXITS {
			try_to_steal(SOL, entry, exit);
		}
	}
}

#[test]
fn who_buys_in_before_a_payout_to_pica_stakers_gains_two_blocks_worth() {
	for entry in ENTRIES {
		for exit in EXITS {
			try_to_steal(PICA, entry, exit);
		}
	}
	for exit in EXITS {
		try_to_steal(PICA, Entry::Compound, exit);
	}
}

/// The test of the test: who stays for the era gets it all.
#[test]
fn who_stays_for_an_era_gains_more_than_the_worth_of_two_blocks() {
	for asset in [SOL, PICA] {
		let (pool, _) = pools(asset);
		world().on_chain(|chain| {
			let [honest, thief, ..] = people();
			serve(chain);
			for pool in 0..4 {
				stake(chain, &honest, pool);
			}
			pass_to(chain, 5 * ERA - 1);
			stake(chain, &thief, pool);
			let worth = worth_of_a_block(pool);
			pass_to(chain, 6 * ERA);
			let gain = claim(chain, pool);
			for (gain, (block, _)) in gain.into_iter().zip(worth) {
				assert!(gain > 50 * block, "{asset}: {gain}, a block is worth {block}");
			}
		});
	}
}
