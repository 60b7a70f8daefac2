// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Messages that are wrong, one way each: nothing is lost, and nothing is minted that isn't backed.
//!
//! What a chain at the other end of a lane would have to lie for is put on the lane by hand.

use crate::{
	asset_hub::{self, ENDOWMENT},
	books,
	glue::{self, carry},
	network::AssetHub,
	parachain,
	picasso::{
		self, foreign, lane, on_chain, root, signed, DOT_ID, FOREIGN, PICA_ID, USDC_ID, VDOT_ID,
	},
	places::*,
	users::*,
};
use codec::Encode;
use frame_support::{assert_noop, assert_ok, traits::ProcessMessageError, weights::Weight};
use picasso_primitives::{
	cvm::{Amount, Instruction as Step, Route},
	lanes::{Carrier, Delivery},
	restaking::{Restaking as _, TicketId},
	PoolId,
};
use picasso_runtime::{Lanes, Restaking, Runtime, RuntimeEvent};
use staging_xcm::{
	latest::{
		prelude::*,
		AssetTransferFilter::{ReserveDeposit, ReserveWithdraw},
	},
	VersionedXcm,
};
use xcm_simulator::TestExt;

fn planck(para: u32, location: Location, amount: Balance) -> Asset {
	(from_picasso(para, location), amount).into()
}

/// vDOT as it comes from Asset Hub.
fn some_vdot(amount: Balance) -> Asset {
	planck(ASSET_HUB, vdot(), amount)
}

/// How the messages that were processed ended.
fn endings() -> Vec<Result<bool, ProcessMessageError>> {
	picasso::history()
		.into_iter()
		.filter_map(|event| match event {
			RuntimeEvent::MessageQueue(pallet_message_queue::Event::Processed {
				success, ..
			}) => Some(Ok(success)),
			RuntimeEvent::MessageQueue(pallet_message_queue::Event::ProcessingFailed {
				error,
				..
			}) => Some(Err(error)),
			_ => None,
		})
		.collect()
}

/// All that there is of each foreign asset.
fn issuances() -> Vec<Balance> {
	on_chain(|| FOREIGN.map(|asset| picasso::issuance(asset.id)).to_vec())
}

/// Puts a message on a chain's lane as that chain's, and tells how it ends.
fn forge(para: u32, message: Vec<Instruction<()>>) -> Result<bool, ProcessMessageError> {
	let seen = endings().len();
	let bytes = VersionedXcm::from(Xcm(message)).encode();
	picasso::block(|| {
		let lane = lane(para);
		assert_ok!(glue::receive(lane, &bytes));
	});
	picasso::pass(2);
	let all = endings();
	assert_eq!(all.len(), seen + 1, "it ends once");
	all.into_iter().last().expect("it ends")
}

/// Somebody of Picasso's own.
fn local() -> picasso_runtime::AccountId {
	sp_keyring::Sr25519Keyring::Alice.to_account_id()
}

/// Who would gain by what is forged.
const FORGER: [u8; 32] = [61; 32];

fn to_forger() -> Instruction<()> {
	DepositAsset {
		assets: Wild(AllCounted(4)),
		beneficiary: AccountId32 { network: None, id: FORGER }.into(),
	}
}

/// Forges a message, and checks that nothing is issued by it.
fn refuses(para: u32, message: Vec<Instruction<()>>, ending: Result<bool, ProcessMessageError>) {
	let before = issuances();
	assert_eq!(forge(para, message), ending);
	assert_eq!(issuances(), before);
	assert_eq!(on_chain(|| picasso::balance(PICA_ID, &FORGER.into())), 0);
	books::check();
}

#[test]
fn unpaid_messages_are_refused_and_what_they_bring_waits_for_its_owner() {
	picasso::begin();
	let some_usdc = || planck(ASSET_HUB, usdc(), 100 * USDC);
	let unpaid = vec![ReserveAssetDeposited(some_usdc().into()), ClearOrigin, to_forger()];
	let for_nothing = vec![
		UnpaidExecution { weight_limit: Unlimited, check_origin: None },
		ReserveAssetDeposited(some_usdc().into()),
		to_forger(),
	];
	for message in [unpaid, for_nothing] {
		AssetHub::execute_with(|| {
			let reserve = parachain::account_of(&picasso_from_parachain());
			parachain::mint(&usdc(), &reserve, 100 * USDC);
		});
		let (before, issued) = (books::trapped(USDC_ID), on_chain(|| picasso::issuance(USDC_ID)));
		assert_eq!(forge(ASSET_HUB, message), Ok(false));
		// Less what it costs to keep it.
		let kept = books::trapped(USDC_ID) - before;
		assert!(kept < 100 * USDC && kept > 99 * USDC, "{kept}");
		assert_eq!(on_chain(|| picasso::issuance(USDC_ID)), issued + 100 * USDC);
		assert_eq!(on_chain(|| picasso::balance(USDC_ID, &FORGER.into())), 0);
		books::check();
	}
	let chain = parachain_from_picasso(ASSET_HUB);
	assert!(books::traps().iter().all(|(owner, _)| *owner == chain));
}

#[test]
fn messages_paid_with_what_there_is_none_of_do_nothing() {
	picasso::begin();
	// What pays isn't there.
	let message =
		vec![WithdrawAsset(some_vdot(DOT).into()), PayFees { asset: some_vdot(DOT) }, to_forger()];
	refuses(ASSET_HUB, message, Ok(false));
	// It is claimed, and nobody trapped it.
	let message = vec![
		ClaimAsset { assets: some_vdot(DOT).into(), ticket: Location::here() },
		PayFees { asset: some_vdot(DOT) },
		to_forger(),
	];
	refuses(ASSET_HUB, message, Ok(false));
}

#[test]
fn messages_with_more_instructions_than_are_read_are_refused() {
	picasso::begin();
	let mut message =
		vec![ReserveAssetDeposited(some_vdot(DOT).into()), PayFees { asset: some_vdot(DOT) }];
	message.resize(200, RefundSurplus);
	refuses(ASSET_HUB, message, Err(ProcessMessageError::Corrupt));
}

#[test]
fn what_is_no_message_is_refused() {
	picasso::begin();
	let before = issuances();
	let seen = endings().len();
	picasso::block(|| {
		let lane = lane(ASSET_HUB);
		assert_ok!(glue::receive(lane, b"not a message"));
		assert_ok!(glue::receive(lane, &[]));
		assert_ok!(glue::receive(lane, &[255; 1_000]));
		let too_large = vec![0; 1 << 20];
		assert_noop!(
			glue::receive(lane, &too_large),
			pallet_lanes::Error::<Runtime>::MessageTooLarge
		);
		assert_noop!(glue::receive(77, &[0]), pallet_lanes::Error::<Runtime>::LaneNotFound);
	});
	picasso::pass(2);
	let refused = &endings()[seen..];
	assert!(
		refused.iter().all(|ending| *ending == Err(ProcessMessageError::Corrupt)),
		"{refused:?}"
	);
	assert_eq!(issuances(), before);
}

#[test]
fn nobody_speaks_for_another_consensus() {
	picasso::begin();
	for global in [NetworkId::Kusama, NetworkId::Ethereum { chain_id: 1 }, NetworkId::Polkadot] {
		let message = vec![
			UniversalOrigin(GlobalConsensus(global)),
			ReserveAssetDeposited(some_vdot(DOT).into()),
			PayFees { asset: some_vdot(DOT) },
			to_forger(),
		];
		let before = issuances();
		assert!(!matches!(forge(ASSET_HUB, message), Ok(true)), "{global:?}");
		assert_eq!(issuances(), before);
	}
	let us = vec![
		UniversalOrigin(GlobalConsensus(picasso())),
		ReserveAssetDeposited(some_vdot(DOT).into()),
		PayFees { asset: some_vdot(DOT) },
		to_forger(),
	];
	let before = issuances();
	assert!(!matches!(forge(ASSET_HUB, us), Ok(true)));
	assert_eq!(issuances(), before);
}

/// Stakes of Alice's that somebody wants.
fn with_stake_of_alice() -> (picasso_runtime::AccountId, PoolId) {
	picasso::begin();
	let pool = on_chain(|| picasso::pool(VDOT_ID));
	assert_ok!(restake(&ALICE, &foreign(VDOT_ID), 100 * DOT, pool));
	carry();
	(executor(&ALICE), pool)
}

#[test]
fn no_chain_acts_for_accounts_of_another() {
	let (executor, pool) = with_stake_of_alice();
	let shares = || on_chain(|| Restaking::shares_of(&executor, pool));
	let before = shares();
	let away = Route { beneficiary: account(&BOB), ..home(&ALICE, DOT) };
	let theft = run(program(vec![Step::Unstake { pool, shares: Amount::All, home: Some(away) }]));
	let transact =
		Transact { origin_kind: OriginKind::Xcm, fallback_max_weight: None, call: theft.into() };
	let alice = account_from_picasso(ASSET_HUB, &ALICE);
	let executor_here = AccountId32 { network: None, id: executor.clone().into() }.into_location();
	let claims = [
		AliasOrigin(alice),
		AliasOrigin(parachain_from_picasso(ASSET_HUB)),
		AliasOrigin(executor_here),
		AliasOrigin(Location::here()),
		AliasOrigin(Location::new(1, [GlobalConsensus(NetworkId::Polkadot)])),
		UniversalOrigin(GlobalConsensus(NetworkId::Polkadot)),
	];
	// Bifrost holds something here with which it pays.
	let bifrost = books::sovereign(BIFROST);
	picasso::block(|| {
		let to = bifrost.clone().into();
		let call = pallet_balances::Call::transfer_allow_death { dest: to, value: 1_000 * UNIT };
		assert_ok!(signed(&local(), call));
	});
	let pica = Asset::from((Location::here(), 20 * UNIT));
	for claim in claims {
		let message = vec![
			WithdrawAsset(pica.clone().into()),
			PayFees { asset: pica.clone() },
			claim.clone(),
			transact.clone(),
		];
		assert_ne!(forge(BIFROST, message), Ok(true), "{claim:?}");
		assert_eq!(shares(), before, "{claim:?}");
	}
	// In its own name it has an executor of its own, which has none of these shares.
	let message = vec![WithdrawAsset(pica.clone().into()), PayFees { asset: pica }, transact];
	assert_eq!(forge(BIFROST, message), Ok(true));
	assert_eq!(shares(), before);
	books::check();
}

#[test]
fn users_of_a_chain_act_for_themselves_alone() {
	let (executor, pool) = with_stake_of_alice();
	let before = on_chain(|| Restaking::shares_of(&executor, pool));
	let steal =
		program(vec![Step::Unstake { pool, shares: Amount::All, home: Some(home(&BOB, DOT)) }]);
	assert_ok!(command(&BOB, &foreign(DOT_ID), steal));
	carry();
	assert_eq!(on_chain(|| Restaking::shares_of(&executor, pool)), before);
	books::check();
}

#[test]
fn unknown_assets_are_refused() {
	picasso::begin();
	let unknown = planck(ASSET_HUB, Location::new(0, [PalletInstance(50), GeneralIndex(4)]), DOT);
	let message = vec![
		ReserveAssetDeposited(unknown.clone().into()),
		PayFees { asset: unknown },
		to_forger(),
	];
	refuses(ASSET_HUB, message, Ok(false));
	// Beside one that is known.
	let unknown = planck(ASSET_HUB, Location::new(0, [PalletInstance(50), GeneralIndex(4)]), DOT);
	let message = vec![
		ReserveAssetDeposited(vec![some_vdot(DOT), unknown].into()),
		PayFees { asset: some_vdot(DOT) },
		to_forger(),
	];
	refuses(ASSET_HUB, message, Ok(false));
}

#[test]
fn what_another_chain_says_it_holds_is_refused() {
	picasso::begin();
	for asset in FOREIGN {
		let said = planck(ASSET_HUB, (asset.there)(), asset.unit);
		let message =
			vec![ReserveAssetDeposited(said.clone().into()), PayFees { asset: said }, to_forger()];
		refuses(BIFROST, message, Ok(false));
	}
	// PICA is nobody's but ours.
	let pica = Asset::from((Location::here(), UNIT));
	let message =
		vec![ReserveAssetDeposited(pica.clone().into()), PayFees { asset: pica }, to_forger()];
	refuses(ASSET_HUB, message, Ok(false));
}

#[test]
fn nothing_is_teleported() {
	picasso::begin();
	for para in [ASSET_HUB, BIFROST] {
		for what in [some_vdot(DOT), Asset::from((Location::here(), UNIT))] {
			let message = vec![
				ReceiveTeleportedAsset(what.clone().into()),
				PayFees { asset: what },
				to_forger(),
			];
			refuses(para, message, Err(ProcessMessageError::Unsupported));
		}
	}
}

#[test]
fn assets_hidden_where_limits_do_not_look_are_refused() {
	picasso::begin();
	let hidden = Xcm(vec![ReserveAssetDeposited(some_vdot(1_000 * DOT).into()), to_forger()]);
	for hide in [SetAppendix(hidden.clone()), SetErrorHandler(hidden.clone())] {
		let message = vec![
			ReserveAssetDeposited(some_vdot(DOT).into()),
			PayFees { asset: some_vdot(DOT) },
			hide,
			to_forger(),
		];
		refuses(ASSET_HUB, message, Err(ProcessMessageError::Unsupported));
	}
}

#[test]
fn a_program_that_fails_at_any_step_changes_nothing_but_what_its_message_paid() {
	let (executor, pool) = with_stake_of_alice();
	let asset = foreign(VDOT_ID);
	assert_ok!(send(&ALICE, &asset, 10 * DOT, (DOT, DOT), vec![]));
	carry();
	let other = sp_runtime::AccountId32::new([88; 32]);
	// Each of these works.
	let mut works = vec![
		Step::Transfer {
			to: other.clone(),
			assets: vec![(VDOT_ID, Amount::Exactly(DOT))].try_into().expect("one"),
		},
		Step::Stake { pool, amount: Amount::Exactly(DOT), min_shares: 0 },
		Step::Claim { pool },
		Step::Unstake { pool, shares: Amount::Exactly(DOT), home: Some(home(&ALICE, DOT / 2)) },
		spawn(VDOT_ID, Amount::Exactly(DOT), home(&ALICE, DOT / 2)),
	];
	// And none of these.
	let here = || Route { destination: Some(Location::here()), ..home(&ALICE, DOT / 2) };
	let fails = [
		Step::Transfer {
			to: other.clone(),
			assets: vec![(VDOT_ID, Amount::Exactly(Balance::MAX))].try_into().expect("one"),
		},
		Step::Stake { pool, amount: Amount::All, min_shares: Balance::MAX },
		Step::Stake { pool: PoolId::MAX, amount: Amount::All, min_shares: 0 },
		Step::Unstake { pool, shares: Amount::Exactly(Balance::MAX), home: None },
		Step::Withdraw { ticket: TicketId { pool, maturity: 9, into: None } },
		Step::Claim { pool: PoolId::MAX },
		Step::Redelegate { from: pool, shares: Amount::All, into: PoolId::MAX },
		spawn(VDOT_ID, Amount::Exactly(Balance::MAX), home(&ALICE, DOT)),
		spawn(
			VDOT_ID,
			Amount::Exactly(DOT),
			Route { destination: Some(parachain_from_picasso(BIFROST)), ..home(&ALICE, DOT / 2) },
		),
		spawn(USDC_ID, Amount::All, home(&ALICE, 1)),
		spawn(VDOT_ID, Amount::Exactly(DOT), home(&ALICE, 0)),
		spawn(VDOT_ID, Amount::Exactly(DOT), here()),
		Step::Recover { asset: VDOT_ID, amount: DOT, route: home(&ALICE, 0) },
		Step::Recover { asset: VDOT_ID, amount: DOT, route: here() },
	];
	let state = || {
		on_chain(|| {
			(
				picasso::balance(VDOT_ID, &executor),
				picasso::balance(VDOT_ID, &other),
				Restaking::shares_of(&executor, pool),
				pallet_restaking::Tickets::<Runtime>::iter_prefix(&executor).count(),
				pallet_cvm::Exits::<Runtime>::iter_prefix(&executor).count(),
			)
		})
	};
	let before = state();
	for after in 0..=works.len() {
		for failing in &fails {
			let mut steps = works[..after].to_vec();
			steps.push(failing.clone());
			assert_ok!(command(&ALICE, &foreign(DOT_ID), program(steps)));
			carry();
			assert_eq!(state(), before, "{failing:?} after {after}");
			let failed = picasso::history().into_iter().rev().find_map(|event| match event {
				RuntimeEvent::Cvm(pallet_cvm::Event::ProgramFailed { path, .. }) => Some(path),
				_ => None,
			});
			assert_eq!(failed.expect("it failed")[..], [after as u32], "{failing:?}");
		}
	}
	books::check();
	works.truncate(5);
	assert_ok!(command(&ALICE, &foreign(DOT_ID), program(works)));
	carry();
	assert_ne!(state(), before);
	books::check();
	picasso::try_state();
}

#[test]
fn what_is_too_little_for_an_account_here_waits_for_its_owner() {
	picasso::begin();
	let asset = foreign(USDC_ID);
	let executor = executor(&ALICE);
	// What is left of the fee is less than an account must hold, and so is what comes.
	let price = price_of_deposit(&asset);
	assert_ok!(send(&ALICE, &asset, 100, (price + 100, USDC), vec![]));
	carry();
	books::check();
	assert_eq!(on_chain(|| picasso::balance(USDC_ID, &executor)), 0);
	let traps = books::traps();
	let [(owner, assets)] = &traps[..] else { panic!("one waits: {traps:?}") };
	assert_eq!(*owner, account_from_picasso(ASSET_HUB, &ALICE));
	// Claimed, it is enough with what else comes.
	let claim = Xcm(vec![
		RefundSurplus,
		ClaimAsset { assets: assets.clone(), ticket: GeneralIndex(5).into() },
		DepositAsset {
			assets: Wild(AllCounted(2)),
			beneficiary: AccountId32 { network: None, id: executor.clone().into() }.into(),
		},
	]);
	assert_ok!(send_xcm_of(&ALICE, &asset, USDC, claim));
	carry();
	assert_eq!(books::traps(), []);
	assert!(on_chain(|| picasso::balance(USDC_ID, &executor)) > 0);
	books::check();
}

/// What a message that only brings an asset costs here.
fn price_of_deposit(asset: &picasso::Foreign) -> Balance {
	let executor = executor(&BOB);
	let has = || on_chain(|| picasso::balance(asset.id, &executor));
	let before = has();
	assert_ok!(send(&BOB, asset, asset.unit, (asset.unit, asset.unit), vec![]));
	carry();
	2 * asset.unit - (has() - before)
}

/// A user's message with nothing but a fee, and what it is to do here.
fn send_xcm_of(
	who: &AccountId,
	asset: &picasso::Foreign,
	fee: Balance,
	remote_xcm: Xcm<()>,
) -> sp_runtime::DispatchResult {
	let planck = |amount: Balance| Asset::from(((asset.there)(), amount));
	let message = Xcm(vec![
		WithdrawAsset(planck(2 * fee).into()),
		PayFees { asset: planck(fee) },
		InitiateTransfer {
			destination: picasso_from_parachain(),
			remote_fees: Some(ReserveDeposit(Definite(planck(fee).into()))),
			preserve_origin: true,
			assets: vec![].try_into().expect("none"),
			remote_xcm,
		},
		RefundSurplus,
		DepositAsset { assets: Wild(All), beneficiary: account(who) },
	]);
	AssetHub::execute_with(|| parachain::execute(who, message))
}

#[test]
fn what_is_too_little_for_an_account_there_waits_for_its_executor() {
	picasso::begin();
	let asset = foreign(USDC_ID);
	assert_ok!(send(&ALICE, &asset, 10 * USDC, (USDC, USDC), vec![]));
	carry();
	// What it costs there.
	let treasury = || AssetHub::execute_with(|| parachain::balance(&usdc(), &TREASURY));
	let before = treasury();
	let some = Amount::Exactly(2 * USDC);
	let way = |who: &AccountId, fee| Route { beneficiary: account(who), ..home(&ALICE, fee) };
	let steps = vec![spawn(USDC_ID, some, way(&BOB, USDC))];
	assert_ok!(command(&ALICE, &foreign(DOT_ID), program(steps)));
	carry();
	let fee = treasury() - before;

	let nobody = AccountId::new([60; 32]);
	let little = Amount::Exactly(fee + asset_hub::USDC_MINIMUM / 4);
	let steps = vec![spawn(USDC_ID, little, way(&nobody, fee))];
	assert_ok!(command(&ALICE, &foreign(DOT_ID), program(steps)));
	carry();
	books::check_owned();
	let claimer = picasso_account(executor(&ALICE).into());
	let waits = AssetHub::execute_with(parachain::trapped);
	let waits: Vec<_> = waits.into_iter().filter(|(owner, _)| *owner == claimer).collect();
	let [(_, assets)] = &waits[..] else { panic!("it waits: {waits:?}") };
	let Fungible(amount) = assets.inner()[0].fun else { panic!("planck") };
	assert!(amount < asset_hub::USDC_MINIMUM);
}

#[test]
fn the_same_message_twice_brings_twice_what_backs_it() {
	picasso::begin();
	let asset = foreign(VDOT_ID);
	let executor = executor(&ALICE);
	for _ in 0..2 {
		assert_ok!(send(&ALICE, &asset, 10 * DOT, (DOT, DOT), vec![]));
	}
	carry();
	books::check();
	assert!(on_chain(|| picasso::balance(VDOT_ID, &executor)) > 20 * DOT);

	// Out: what became of a message is told once.
	for _ in 0..2 {
		let steps = vec![spawn(VDOT_ID, Amount::Exactly(5 * DOT), home(&ALICE, DOT))];
		assert_ok!(command(&ALICE, &foreign(DOT_ID), program(steps)));
	}
	carry();
	books::check();
	picasso::block(|| {
		let lane = lane(ASSET_HUB);
		for nonce in 0..4 {
			for delivery in [Delivery::Accepted, Delivery::Refused] {
				assert_noop!(
					<Lanes as Carrier>::settle(lane, nonce, delivery),
					pallet_lanes::Error::<Runtime>::NotNext
				);
			}
		}
	});
	books::check();
}

#[test]
fn what_is_recovered_twice_is_recovered_once() {
	picasso::begin();
	let asset = foreign(VDOT_ID);
	assert_ok!(send(&ALICE, &asset, 10 * DOT, (DOT, DOT), vec![]));
	carry();
	let nowhere = Route { beneficiary: Location::new(0, [GeneralIndex(5)]), ..home(&ALICE, DOT) };
	let steps = vec![spawn(VDOT_ID, Amount::Exactly(5 * DOT), nowhere)];
	assert_ok!(command(&ALICE, &foreign(DOT_ID), program(steps)));
	carry();
	let claimer = picasso_account(executor(&ALICE).into());
	let waits = AssetHub::execute_with(parachain::trapped);
	let [(_, assets)] =
		&waits.into_iter().filter(|(who, _)| *who == claimer).collect::<Vec<_>>()[..]
	else {
		panic!("it is trapped")
	};
	let Fungible(amount) = assets.inner()[0].fun else { panic!("planck") };
	let before = AssetHub::execute_with(|| parachain::balance(&vdot(), &ALICE));
	for _ in 0..2 {
		let steps = vec![Step::Recover { asset: VDOT_ID, amount, route: home(&ALICE, DOT) }];
		assert_ok!(command(&ALICE, &foreign(DOT_ID), program(steps)));
		carry();
	}
	let after = AssetHub::execute_with(|| parachain::balance(&vdot(), &ALICE));
	assert!(after - before <= amount);
	assert!(AssetHub::execute_with(parachain::failures).contains(&XcmError::UnknownClaim));
	books::check();
	// Bob recovers none of Alice's.
	let steps = vec![Step::Recover { asset: VDOT_ID, amount, route: home(&BOB, DOT) }];
	assert_ok!(command(&BOB, &foreign(DOT_ID), program(steps)));
	carry();
	let bob = AssetHub::execute_with(|| parachain::balance(&vdot(), &BOB));
	assert_eq!(bob, ENDOWMENT * DOT);
	books::check();
}

#[test]
fn a_flood_of_tiny_messages_holds_nobody_up_for_long() {
	picasso::begin();
	let tiny = VersionedXcm::from(Xcm::<()>(vec![ClearOrigin])).encode();
	let before = issuances();
	let mut taken = 0;
	picasso::block(|| {
		let lane = lane(BIFROST);
		while glue::receive(lane, &tiny).is_ok() {
			taken += 1;
			assert!(taken < 10_000, "there is a bound");
		}
		assert_noop!(glue::receive(lane, &tiny), pallet_lanes::Error::<Runtime>::QueueFull);
	});
	// Another lane's message is served within few blocks.
	let asset = foreign(VDOT_ID);
	assert_ok!(send(&ALICE, &asset, 10 * DOT, (DOT, DOT), vec![]));
	glue::bring();
	let executor = executor(&ALICE);
	let mut blocks = 0;
	while on_chain(|| picasso::balance(VDOT_ID, &executor)) == 0 {
		picasso::pass(1);
		blocks += 1;
		assert!(blocks < 20, "the other lane has its turn");
	}
	carry();
	assert_eq!(issuances()[0], before[0]);
	let refused = endings().into_iter().filter(Result::is_err).count();
	assert_eq!(refused, taken);
	books::check();
	picasso::try_state();
}

#[test]
fn pica_goes_out_and_comes_back() {
	let (executor, pool) = with_stake_of_alice();
	picasso::pass_eras(3);
	let out = spawn(
		PICA_ID,
		Amount::Exactly(20 * UNIT),
		Route { destination: Some(parachain_from_picasso(ASSET_HUB)), ..home(&ALICE, 5 * UNIT) },
	);
	picasso::block(|| {
		let dest = executor.clone().into();
		let call = pallet_balances::Call::transfer_allow_death { dest, value: 100 * UNIT };
		assert_ok!(signed(&local(), call));
	});
	assert_ok!(command(&ALICE, &foreign(DOT_ID), program(vec![Step::Claim { pool }, out])));
	carry();
	books::check();
	let there = AssetHub::execute_with(|| parachain::balance(&pica(), &ALICE));
	assert!(there > 15 * UNIT && there < 20 * UNIT, "{there}");
	// Back, by a message that is paid with it.
	let planck = |amount: Balance| Asset::from((pica(), amount));
	let before = on_chain(|| picasso::balance(PICA_ID, &executor));
	let message = Xcm(vec![
		WithdrawAsset(planck(14 * UNIT).into()),
		PayFees { asset: planck(3 * UNIT) },
		InitiateTransfer {
			destination: picasso_from_parachain(),
			remote_fees: Some(ReserveWithdraw(Definite(planck(5 * UNIT).into()))),
			preserve_origin: true,
			assets: vec![ReserveWithdraw(Definite(planck(5 * UNIT).into()))]
				.try_into()
				.expect("one"),
			remote_xcm: remote(&ALICE, vec![]),
		},
		RefundSurplus,
		DepositAsset { assets: Wild(All), beneficiary: account(&ALICE) },
	]);
	assert_ok!(AssetHub::execute_with(|| parachain::execute(&ALICE, message)));
	carry();
	books::check();
	assert!(on_chain(|| picasso::balance(PICA_ID, &executor)) > before + 5 * UNIT);
	picasso::try_state();
}

/// Has somebody of Picasso's send something with a claim in its wake that Asset Hub doesn't let in. It is
/// given back what it sent, and nothing else.
fn sends_what_is_refused(how: fn(Xcm<()>) -> picasso_runtime::RuntimeCall) {
	picasso::begin();
	let has = || on_chain(|| FOREIGN.map(|asset| picasso::balance(asset.id, &local())));
	let (issued, had) = (issuances(), has());
	let claim = Xcm(vec![WithdrawAsset((vdot(), 1_000 * DOT).into())]);
	picasso::block(|| assert_eq!(signed(&local(), how(claim)), Ok(())));
	parachain::Closed::set(true);
	carry();
	parachain::Closed::set(false);
	let returned = picasso::history().into_iter().any(|event| {
		matches!(event, RuntimeEvent::Lanes(pallet_lanes::Event::MessageReturned { .. }))
	});
	assert!(returned, "Asset Hub is closed");
	assert_eq!(issuances(), issued);
	assert_eq!(has(), had);
	books::check();
}

fn executes(
	message: Vec<Instruction<picasso_runtime::RuntimeCall>>,
) -> picasso_runtime::RuntimeCall {
	pallet_xcm::Call::execute {
		message: Box::new(VersionedXcm::from(Xcm(message))),
		max_weight: Weight::from_parts(100_000_000_000, 10_000_000),
	}
	.into()
}

#[test]
fn what_follows_assets_that_come_back_is_nobodys_word() {
	// PICA goes out, with more in its wake.
	sends_what_is_refused(|xcm| {
		let pica = Asset::from((Location::here(), 100 * UNIT));
		executes(vec![
			WithdrawAsset(Asset::from((Location::here(), 200 * UNIT)).into()),
			DepositReserveAsset {
				assets: Definite(pica.into()),
				dest: parachain_from_picasso(ASSET_HUB),
				xcm,
			},
		])
	});
}

#[test]
fn what_follows_assets_that_go_home_is_nobodys_word() {
	sends_what_is_refused(|xcm| {
		let some = some_vdot(DOT);
		executes(vec![
			WithdrawAsset(vec![some.clone(), (Location::here(), 200 * UNIT).into()].into()),
			InitiateReserveWithdraw {
				assets: Definite(some.into()),
				reserve: parachain_from_picasso(ASSET_HUB),
				xcm,
			},
		])
	});
}

#[test]
fn what_an_account_sends_without_assets_brings_nothing_back() {
	sends_what_is_refused(|xcm| {
		pallet_xcm::Call::send {
			dest: Box::new(parachain_from_picasso(ASSET_HUB).into()),
			message: Box::new(VersionedXcm::from(xcm)),
		}
		.into()
	});
}

#[test]
fn what_follows_a_transfer_that_is_paid_there_is_nobodys_word() {
	sends_what_is_refused(|xcm| {
		let some = some_vdot(2 * DOT);
		executes(vec![
			WithdrawAsset(vec![some, (Location::here(), 200 * UNIT).into()].into()),
			InitiateTransfer {
				destination: parachain_from_picasso(ASSET_HUB),
				remote_fees: Some(ReserveWithdraw(Definite(some_vdot(DOT).into()))),
				preserve_origin: false,
				assets: vec![ReserveWithdraw(Definite(some_vdot(DOT).into()))]
					.try_into()
					.expect("one"),
				remote_xcm: xcm,
			},
		])
	});
}

#[test]
fn what_governance_sends_without_assets_brings_nothing_back() {
	picasso::begin();
	let issued = issuances();
	picasso::block(|| {
		let claim = Xcm(vec![WithdrawAsset((vdot(), 1_000 * DOT).into())]);
		let call = pallet_xcm::Call::send {
			dest: Box::new(parachain_from_picasso(ASSET_HUB).into()),
			message: Box::new(VersionedXcm::from(claim)),
		};
		assert_ok!(root(call));
	});
	carry();
	assert_eq!(issuances(), issued);
	books::check();
}

#[test]
fn what_can_not_pay_here_waits_for_its_owner() {
	picasso::begin();
	assert_ok!(send(&ALICE, &foreign(VDOT_ID), 100 * DOT, (1, DOT), vec![]));
	carry();
	books::check();
	let waits = books::trapped(VDOT_ID);
	assert_eq!(waits, 100 * DOT + 1);
	let alice = account_from_picasso(ASSET_HUB, &ALICE);
	assert!(books::traps().iter().all(|(owner, _)| *owner == alice));
}

#[test]
fn what_comes_with_a_call_that_is_none_waits_for_its_owner() {
	picasso::begin();
	let call = vec![255; 40];
	assert_ok!(send(&ALICE, &foreign(VDOT_ID), 100 * DOT, (DOT, DOT), vec![call]));
	carry();
	books::check();
	let executor = executor(&ALICE);
	let owned = on_chain(|| picasso::balance(VDOT_ID, &executor)) + books::trapped(VDOT_ID);
	assert!(owned > 100 * DOT);
}

#[test]
fn what_can_not_pay_there_waits_for_its_executor() {
	picasso::begin();
	let asset = foreign(VDOT_ID);
	assert_ok!(send(&ALICE, &asset, 100 * DOT, (DOT, DOT), vec![]));
	carry();
	let steps = vec![spawn(VDOT_ID, Amount::Exactly(50 * DOT), home(&ALICE, 1))];
	assert_ok!(command(&ALICE, &foreign(DOT_ID), program(steps)));
	carry();
	books::check();
	let before = AssetHub::execute_with(|| parachain::balance(&vdot(), &ALICE));
	let amount = 50 * DOT;
	let steps = vec![Step::Recover { asset: VDOT_ID, amount, route: home(&ALICE, DOT) }];
	assert_ok!(command(&ALICE, &foreign(DOT_ID), program(steps)));
	carry();
	let after = AssetHub::execute_with(|| parachain::balance(&vdot(), &ALICE));
	assert!(after - before > 49 * DOT);
	books::check();
}
