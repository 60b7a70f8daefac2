// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use super::*;
use picasso_primitives::cvm::Refund;
use staging_xcm::v5::{Junction, Location, NetworkId};

fn lines(program: &Program) -> Vec<(Vec<u32>, String, u64)> {
	Cvm::explain(program)
		.expect("within bounds")
		.into_iter()
		.map(|line| {
			let text = String::from_utf8(line.text).expect("UTF-8");
			(line.path, text, line.weight.ref_time())
		})
		.collect()
}

fn way() -> Route {
	let hub = [Junction::GlobalConsensus(NetworkId::Polkadot), Junction::Parachain(1_000)];
	let key = Junction::AccountKey20 { network: None, key: [0xab; 20] };
	Route {
		destination: Some(Location::new(1, hub)),
		beneficiary: Location::new(0, [key]),
		fee: 33,
	}
}

#[test]
fn programs_are_told_step_by_step() {
	ExtBuilder.build_and_execute(|| {
		let part = Amount::Part { base: 5, part: Perbill::from_parts(12_345_000) };
		let half = Amount::Part { base: 0, part: Perbill::from_percent(50) };
		let ticket = TicketId { pool: 3, maturity: 42, into: None };
		let moving = TicketId { into: Some(4), ..ticket };
		let inner = program(&[
			Instruction::Claim { pool: 2 },
			spawn(&[], 9, program(&[Instruction::Withdraw { ticket: moving }])),
		]);
		let assets = portions(&[(DOT, Amount::Exactly(7)), (PICA, half)]);
		let steps = [
			Instruction::Transfer { to: AccountId::new([0xcd; 32]), assets },
			Instruction::Stake { pool: DOT_POOL, amount: part, min_shares: 4 },
			unstake(COARSE_POOL, Amount::All, Some(way())),
			unstake(99, Amount::Exactly(1), None),
			Instruction::Withdraw { ticket },
			Instruction::Redelegate { from: DOT_POOL, shares: half, into: OTHER_DOT_POOL },
			spawn(&[(DOT, Amount::All)], 8, inner),
			Instruction::Spawn {
				assets: portions(&[(DOT, Amount::All)]),
				to: Spawned::Account(Route { destination: None, ..way() }),
			},
			Instruction::Recover { asset: DOT, amount: 6, route: route(1) },
		];
		let refund = Refund {
			assets: vec![DOT, PICA].try_into().expect("two"),
			route: Route {
				destination: Some(Location::parent()),
				beneficiary: Location::here(),
				fee: 2,
			},
		};
		let program = Program { refund: Some(refund), ..program(&steps) };
		let (cd, ab, remote) = ("cd".repeat(32), "ab".repeat(20), "1e".repeat(32));
		let expected: Vec<(&[u32], String, u64)> = vec![
			(
				&[0],
				format!(
					"0: gives account 0x{cd} 7 planck of asset 1000 and 50 % of all planck of \
					 asset 1."
				),
				202,
			),
			(
				&[1],
				"1: stakes 5 planck and 1.2345 % of the rest of asset 1000 in pool 0, for 4 shares \
				 at the least."
					.into(),
				20,
			),
			(
				&[2],
				format!(
					"2: begins the exit of all shares of pool 2, of asset 1001; what it pays at \
					 maturity goes by itself to AccountKey20(0x{ab}) on \
					 ../GlobalConsensus(Polkadot)/Parachain(1000), with up to 33 planck of the \
					 first asset for fees there."
				),
				40 + COMPLETING,
			),
			(
				&[3],
				"3: begins the exit of 1 shares of pool 99, of no asset, as there is no such pool."
					.into(),
				30,
			),
			(&[4], "4: withdraws the exit from pool 3 that matures in era 42.".into(), 50),
			(
				&[5],
				"5: begins the move of 50 % of all shares of pool 0, of asset 1000, into pool 1."
					.into(),
				70,
			),
			(
				&[6],
				"6: moves all planck of asset 1000 to the owner's executor of salt 8, which goes \
				 on."
				.into(),
				301,
			),
			(&[6, 0], "6.0: claims what pool 2 owes.".into(), 60),
			(
				&[6, 1],
				"6.1: moves nothing to the owner's executor of salt 9, which goes on.".into(),
				300,
			),
			(
				&[6, 1, 0],
				"6.1.0: withdraws the exit from pool 3 that matures in era 42 and was to move into \
				 pool 4."
					.into(),
				50,
			),
			(
				&[7],
				format!(
					"7: sends all planck of asset 1000 to AccountKey20(0x{ab}) on the chain that \
					 is their reserve, with up to 33 planck of the first asset for fees there."
				),
				401 + 5_001,
			),
			(
				&[8],
				format!(
					"8: asks for 6 planck of asset 1000, which were trapped, and sends them to \
					 AccountId32(0x{remote}) on the chain that is their reserve, with up to 1 \
					 planck of the first asset for fees there."
				),
				400 + 7_000,
			),
			(
				&[],
				"If a step fails: sends all of asset 1000 and all of asset 1 to Here on .., with \
				 up to 2 planck of the first asset for fees there."
					.into(),
				402 + 5_002,
			),
		];
		let told = lines(&program);
		assert_eq!(told.len(), expected.len());
		for (told, (path, text, weight)) in told.iter().zip(expected) {
			assert_eq!((&told.0[..], &told.1, told.2), (path, &text, weight));
		}
		let sum: u64 = told.iter().map(|(.., weight)| weight).sum();
		assert_eq!(Cvm::weigh(&program).ref_time(), 1_000 + sum);
	});
}
