// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use super::*;
use frame_support::BoundedVec;
use staging_xcm::MAX_XCM_DECODE_DEPTH;

fn claim() -> Instruction {
	Instruction::Claim { pool: DOT_POOL }
}

/// Programs in one another, this deep.
fn nest(depth: u32) -> Program {
	let inner = match depth {
		1 => return program(&[transfer(&ALICE, DOT, Amount::All)]),
		_ => nest(depth - 1),
	};
	program(&[spawn(&[(DOT, Amount::All)], depth.into(), inner)])
}

fn refuses(program: Program, error: Error<Test>) {
	let error = DispatchError::from(error);
	assert_noop!(Cvm::execute(origin(REMOTE), 0, program.clone()), error);
	assert_noop!(Cvm::execute_as(origin(ALICE), executor(), program.clone()), error);
	assert_eq!(Cvm::weighed(&program), Err(error));
	assert_eq!(Cvm::explain(&program), Err(error));
}

#[test]
fn programs_beyond_bounds_are_refused_before_anything_else() {
	ExtBuilder.build_and_execute(|| {
		refuses(nest(MAX_DEPTH + 1), Error::<Test>::ProgramTooDeep);
		refuses(program(&[]), Error::<Test>::ProgramEmpty);
		refuses(program(&[spawn(&[], 1, program(&[]))]), Error::<Test>::ProgramEmpty);
		let many = vec![claim(); MAX_INSTRUCTIONS as usize];
		let more = spawn(&[], 1, program(&many));
		refuses(program(&[more.clone(), more.clone()]), Error::<Test>::TooManySteps);
		assert_eq!(program(&[more]).steps(), MAX_INSTRUCTIONS + 1);
		let large = vec![transfer(&ALICE, DOT, Amount::All); MAX_INSTRUCTIONS as usize];
		let larger = spawn(&[], 1, program(&large));
		assert!(program(std::slice::from_ref(&larger)).encoded_size() <= MAX_SIZE as usize);
		let assets: Vec<_> = (0..8).map(|asset| (asset, Amount::Exactly(1))).collect();
		let large = Instruction::Transfer { to: ALICE, assets: portions(&assets) };
		let large = program(&vec![large; MAX_INSTRUCTIONS as usize]);
		assert!(large.encoded_size() > MAX_SIZE as usize);
		refuses(large, Error::<Test>::ProgramTooLarge);
		HeaviestProgram::set(Weight::from_parts(1_059, 0));
		refuses(program(&[claim()]), Error::<Test>::ProgramTooHeavy);
		HeaviestProgram::set(Weight::from_parts(1_060, 0));
		assert!(Cvm::weighed(&program(&[claim()])).is_ok());
	});
}

#[test]
fn programs_within_bounds_run() {
	ExtBuilder.build_and_execute(|| {
		give(&executor(), DOT, UNIT);
		assert_ok!(Cvm::execute(origin(REMOTE), 0, nest(MAX_DEPTH)));
		assert_eq!(balance(DOT, &ALICE), ENDOWMENT + UNIT);
		assert_eq!(MAX_STEPS, 64);
	});
}

#[test]
fn steps_that_make_no_sense_are_refused() {
	ExtBuilder.build_and_execute(|| {
		let transfer_of =
			|assets: &[_]| Instruction::Transfer { to: ALICE, assets: portions(assets) };
		let sending = |assets: &[_]| Instruction::Spawn {
			assets: portions(assets),
			to: Spawned::Account(route(1)),
		};
		let spawning = |assets: &[_]| spawn(assets, 1, program(&[claim()]));
		let (one, all) = (Amount::Exactly(1), Amount::All);
		for empty in [transfer_of(&[]), sending(&[])] {
			refuses(program(&[claim(), empty]), Error::<Test>::NoAssets);
		}
		let twice = [(DOT, one), (PICA, one), (DOT, all)];
		for twice in [transfer_of(&twice), sending(&twice), spawning(&twice)] {
			refuses(program(std::slice::from_ref(&twice)), Error::<Test>::DuplicateAsset);
			refuses(program(&[spawn(&[], 1, program(&[twice]))]), Error::<Test>::DuplicateAsset);
		}
		let zeros = [Amount::Exactly(0), Amount::Part { base: 0, part: Perbill::zero() }];
		for zero in zeros {
			for nothing in [
				transfer_of(&[(PICA, one), (DOT, zero)]),
				sending(&[(DOT, zero)]),
				spawning(&[(DOT, zero)]),
				stake(DOT_POOL, zero),
				unstake(DOT_POOL, zero, None),
				Instruction::Redelegate { from: DOT_POOL, shares: zero, into: OTHER_DOT_POOL },
			] {
				refuses(program(&[nothing]), Error::<Test>::ZeroPortion);
			}
		}
		let nothing = Instruction::Recover { asset: DOT, amount: 0, route: route(1) };
		refuses(program(&[nothing]), Error::<Test>::ZeroPortion);
		refuses(with_refund(program(&[claim()]), &[], 1), Error::<Test>::NoAssets);
		refuses(with_refund(program(&[claim()]), &[DOT, DOT], 1), Error::<Test>::DuplicateAsset);
		let inside = with_refund(program(&[claim()]), &[DOT], 1);
		refuses(program(&[spawn(&[], 1, inside)]), Error::<Test>::RefundInside);
		assert!(Cvm::weighed(&program(&[spawning(&[])])).is_ok());
		let part = Amount::Part { base: 1, part: Perbill::zero() };
		assert!(Cvm::weighed(&program(&[stake(DOT_POOL, part)])).is_ok());
	});
}

/// What a message of another chain carries is decoded with less depth than an extrinsic.
#[test]
fn the_deepest_program_can_be_carried_by_a_message() {
	let mut inner = program(&[send(DOT, Amount::All, 1), unstake(0, Amount::All, Some(route(1)))]);
	for salt in 1..MAX_DEPTH {
		inner = program(&[spawn(&[(DOT, Amount::All)], salt.into(), inner)]);
	}
	let inner = with_refund(inner, &[DOT], 1);
	assert_eq!(inner.depth(), MAX_DEPTH);
	let call = RuntimeCall::Cvm(Call::execute { salt: 0, program: inner });
	let bytes = call.encode();
	let decoded = RuntimeCall::decode_all_with_depth_limit(MAX_XCM_DECODE_DEPTH, &mut &bytes[..]);
	assert_eq!(decoded, Ok(call));
}

#[test]
fn weights_are_the_sum_of_all_that_may_be_done() {
	ExtBuilder.build_and_execute(|| {
		let weigh = |program: &Program| Cvm::weigh(program).ref_time();
		let ticket = TicketId { pool: 0, maturity: 1, into: None };
		for (step, weight) in [
			(transfer(&ALICE, DOT, Amount::All), 201),
			(stake(0, Amount::All), 20),
			(unstake(0, Amount::All, None), 30),
			(unstake(0, Amount::All, Some(route(1))), 40 + COMPLETING),
			(Instruction::Withdraw { ticket }, 50),
			(claim(), 60),
			(Instruction::Redelegate { from: 0, shares: Amount::All, into: 1 }, 70),
			(spawn(&[], 1, program(&[claim(), claim()])), 300 + 60 + 60),
			(spawn(&[(DOT, Amount::All)], 1, program(&[spawn(&[], 1, nest(1))])), 301 + 300 + 201),
			(send(DOT, Amount::All, 1), 401 + 5_001),
			(Instruction::Recover { asset: DOT, amount: 1, route: route(1) }, 400 + 7_000),
		] {
			let program = program(&[step.clone(), step]);
			assert_eq!(weigh(&program), 1_000 + 2 * weight);
			let refunded = with_refund(program.clone(), &[DOT, PICA], 1);
			assert_eq!(weigh(&refunded), 1_000 + 2 * weight + 402 + 5_002);
			let weighed = Cvm::weighed(&refunded).expect("within bounds");
			assert_eq!(weighed.weight, Cvm::weigh(&refunded));
			assert_eq!(weighed.size as usize, refunded.encoded_size());
			assert_eq!(weighed.depth, refunded.depth());
		}
	});
}

#[test]
fn calls_weigh_what_their_programs_do() {
	use frame_support::dispatch::GetDispatchInfo;
	ExtBuilder.build_and_execute(|| {
		let program = program(&[claim()]);
		let ticket = TicketId { pool: 0, maturity: 1, into: None };
		let keepers = BoundedVec::new();
		for (call, weight) in [
			(Call::execute { salt: 0, program: program.clone() }, 1_060),
			(Call::execute_as { executor: ALICE, program }, 1_061),
			(Call::set_keepers { salt: 0, keepers }, 10),
			(Call::complete_exit { executor: ALICE, ticket }, 10 + 5_001),
			(Call::set_exit_route { salt: 0, ticket, route: None }, 10 + COMPLETING),
		] {
			let info = RuntimeCall::Cvm(call).get_dispatch_info();
			assert_eq!(info.call_weight.ref_time(), weight);
		}
	});
}
