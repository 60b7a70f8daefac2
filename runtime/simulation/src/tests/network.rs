// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The mock chains among themselves, and what they export and import at the gateway.

use crate::{
	asset_hub::{self, ENDOWMENT, USDC_MINIMUM},
	bifrost::vdot_where,
	gateway::{self, Exported},
	network::{AssetHub, Bifrost, Gateway, Relay},
	parachain::{
		self, account_of, balance, execute, failures, held, issuance, trapped, RuntimeCall,
	},
	places::*,
	relay,
};
use frame_support::{assert_ok, BoundedVec};
use staging_xcm::latest::{prelude::*, AssetTransferFilter};
use xcm_simulator::TestExt;

/// An executor's account on Picasso.
const EXECUTOR: [u8; 32] = [99; 32];

fn asset(location: Location, amount: Balance) -> Asset {
	(AssetId(location), amount).into()
}

fn filters(
	filter: AssetTransferFilter,
) -> BoundedVec<AssetTransferFilter, MaxAssetTransferFilters> {
	vec![filter].try_into().expect("one is not too many")
}

/// What somebody executes to send one asset, which pays its way: `fee` here and there, `amount` beside.
fn send(
	who: &AccountId,
	sent: Location,
	amount: Balance,
	fee: Balance,
	destination: Location,
	how: fn(AssetFilter) -> AssetTransferFilter,
	preserve_origin: bool,
	remote: Xcm<()>,
) -> Xcm<RuntimeCall> {
	Xcm(vec![
		WithdrawAsset(asset(sent.clone(), amount + 2 * fee).into()),
		PayFees { asset: asset(sent.clone(), fee) },
		InitiateTransfer {
			destination,
			remote_fees: Some(how(Definite(asset(sent.clone(), fee).into()))),
			preserve_origin,
			assets: filters(how(Definite(asset(sent, amount).into()))),
			remote_xcm: remote,
		},
		RefundSurplus,
		DepositAsset { assets: Wild(All), beneficiary: account(who) },
	])
}

/// Gives all to somebody.
fn give(beneficiary: Location) -> Xcm<()> {
	Xcm(vec![RefundSurplus, DepositAsset { assets: Wild(AllCounted(4)), beneficiary }])
}

/// On one chain, for each asset: all that there is, somebody has, or waits in a trap.
fn assert_owned(assets: &[Location]) {
	for location in assets {
		let waiting: Balance = trapped()
			.iter()
			.flat_map(|(_, assets)| assets.inner())
			.filter_map(|asset| match asset {
				Asset { id, fun: Fungible(amount) } if id.0 == *location => Some(*amount),
				_ => None,
			})
			.sum();
		assert_eq!(issuance(location), held(location) + waiting, "{location:?}");
	}
}

#[test]
fn dot_goes_from_the_relay_chain_to_asset_hub_and_back() {
	let sent = 10 * DOT;
	Relay::execute_with(|| {
		assert_ok!(relay::XcmPallet::limited_teleport_assets(
			relay::RuntimeOrigin::signed(ALICE),
			Box::new(Location::from(Parachain(ASSET_HUB)).into()),
			Box::new(account(&BOB).into()),
			Box::new(vec![asset(Location::here(), sent)].into()),
			0,
			Unlimited,
		));
	});
	AssetHub::execute_with(|| {
		let has = balance(&dot(), &BOB);
		let start = ENDOWMENT * DOT;
		assert!(has > start && has < start + sent, "{has}");
		assert_owned(&[dot()]);

		let message = send(
			&BOB,
			dot(),
			DOT,
			DOT,
			Location::parent(),
			AssetTransferFilter::Teleport,
			false,
			give(account(&BOB)),
		);
		assert_ok!(execute(&BOB, message));
	});
	Relay::execute_with(|| {
		let has = relay::Balances::free_balance(&BOB);
		assert!(has > 1_001 * DOT && has < 1_002 * DOT, "{has}");
	});
}

#[test]
fn vdot_goes_from_bifrost_to_asset_hub_and_back() {
	let backing = || {
		let reserve = Bifrost::execute_with(|| {
			balance(&vdot_where(BIFROST), &account_of(&sibling(ASSET_HUB)))
		});
		let vouchers = AssetHub::execute_with(|| issuance(&vdot()));
		assert_eq!(reserve, vouchers);
		vouchers
	};
	assert_eq!(backing(), asset_hub::VDOT_VOUCHERS);

	Bifrost::execute_with(|| {
		assert_ok!(execute(
			&ALICE,
			send(
				&ALICE,
				vdot_where(BIFROST),
				5 * DOT,
				DOT,
				sibling(ASSET_HUB),
				AssetTransferFilter::ReserveDeposit,
				false,
				give(account(&BOB)),
			)
		));
		assert_owned(&[vdot_where(BIFROST)]);
	});
	assert_eq!(backing(), asset_hub::VDOT_VOUCHERS + 6 * DOT);
	AssetHub::execute_with(|| {
		let has = balance(&vdot(), &BOB) - ENDOWMENT * DOT;
		assert!(has > 5 * DOT && has < 6 * DOT, "{has}");
		assert_owned(&[vdot()]);

		assert_ok!(execute(
			&BOB,
			send(
				&BOB,
				vdot(),
				3 * DOT,
				DOT,
				sibling(BIFROST),
				AssetTransferFilter::ReserveWithdraw,
				false,
				give(account(&BOB)),
			)
		));
	});
	assert_eq!(backing(), asset_hub::VDOT_VOUCHERS + 2 * DOT);
	Bifrost::execute_with(|| assert_eq!(failures(), []));
}

#[test]
fn an_export_reaches_the_glue_with_its_source_its_user_and_what_backs_it() {
	AssetHub::execute_with(|| {
		let message = send(
			&ALICE,
			usdc(),
			100 * USDC,
			USDC,
			picasso_from_parachain(),
			AssetTransferFilter::ReserveDeposit,
			true,
			give(AccountId32 { network: None, id: EXECUTOR }.into()),
		);
		assert_ok!(execute(&ALICE, message));
		assert_eq!(balance(&usdc(), &account_of(&picasso_from_parachain())), 101 * USDC);
		assert_owned(&[usdc()]);
	});
	Gateway::execute_with(|| assert_eq!(failures(), []));

	let exported = gateway::take();
	let [Exported { source, destination, message }] = &exported[..] else {
		panic!("one message was sent: {exported:?}")
	};
	assert_eq!(*source, [GlobalConsensus(Polkadot), Parachain(ASSET_HUB)]);
	assert_eq!(*destination, Here);
	let usdc = Location::new(
		1,
		[GlobalConsensus(Polkadot), Parachain(ASSET_HUB), PalletInstance(50), GeneralIndex(1337)],
	);
	let alice = account_from_picasso(ASSET_HUB, &ALICE);
	assert_eq!(
		message.0[..4],
		[
			ReserveAssetDeposited(asset(usdc.clone(), USDC).into()),
			PayFees { asset: asset(usdc.clone(), USDC) },
			ReserveAssetDeposited(asset(usdc, 100 * USDC).into()),
			AliasOrigin(alice),
		]
	);
	assert!(matches!(message.0.last(), Some(SetTopic(_))));
}

#[test]
fn each_asset_is_seen_from_picasso_where_it_is_registered() {
	let polkadot = Location::new(1, [GlobalConsensus(Polkadot)]);
	assert_eq!(from_picasso(ASSET_HUB, dot()), polkadot);
	assert_eq!(from_picasso(BIFROST, dot()), polkadot);
	let vdot_there = Location::new(1, [GlobalConsensus(Polkadot), Parachain(BIFROST), vdot_key()]);
	assert_eq!(from_picasso(ASSET_HUB, vdot()), vdot_there);
	assert_eq!(from_picasso(BIFROST, vdot_where(BIFROST)), vdot_there);
	let Location { parents: 2, interior } = wsteth() else { panic!("Ethereum is far from here") };
	assert_eq!(from_picasso(ASSET_HUB, wsteth()), Location { parents: 1, interior });
	assert_eq!(from_picasso(ASSET_HUB, pica()), Location::here());
}

#[test]
fn what_a_halted_gateway_does_not_take_stays_with_its_owner() {
	gateway::Halted::set(true);
	AssetHub::execute_with(|| {
		let message = send(
			&ALICE,
			usdc(),
			100 * USDC,
			USDC,
			picasso_from_parachain(),
			AssetTransferFilter::ReserveDeposit,
			true,
			give(AccountId32 { network: None, id: EXECUTOR }.into()),
		);
		assert!(execute(&ALICE, message).is_err());
		assert_eq!(balance(&usdc(), &ALICE), ENDOWMENT * USDC);
		assert_eq!(balance(&usdc(), &account_of(&picasso_from_parachain())), 0);
	});
	assert_eq!(gateway::take(), []);
}

/// A message of Picasso's that withdraws from its account, pays, and does what it says.
fn home(location: Location, amount: Balance, fee: Balance, then: Vec<Instruction<()>>) -> Xcm<()> {
	let mut message = vec![
		UniversalOrigin(GlobalConsensus(picasso())),
		WithdrawAsset(asset(location.clone(), fee).into()),
		PayFees { asset: asset(location.clone(), fee) },
		WithdrawAsset(asset(location, amount).into()),
	];
	message.extend(then);
	Xcm(message)
}

fn endow_picasso(location: &Location, amount: Balance) -> AccountId {
	AssetHub::execute_with(|| {
		let sovereign = account_of(&picasso_from_parachain());
		parachain::mint(location, &sovereign, amount);
		sovereign
	})
}

#[test]
fn what_picasso_sends_home_is_taken_from_its_account() {
	for (location, unit) in [(dot(), DOT), (vdot(), DOT), (usdc(), USDC), (wsteth(), WSTETH)] {
		let sovereign = endow_picasso(&location, 20 * unit);
		let message = home(
			location.clone(),
			5 * unit,
			unit,
			vec![
				ClearOrigin,
				RefundSurplus,
				DepositAsset { assets: Wild(AllCounted(2)), beneficiary: account(&BOB) },
			],
		);
		assert_ok!(gateway::import(ASSET_HUB, message));
		AssetHub::execute_with(|| {
			assert_eq!(failures(), []);
			assert_eq!(balance(&location, &sovereign), 14 * unit);
			let fee = ENDOWMENT * unit + 6 * unit - balance(&location, &BOB);
			assert!(fee > 0 && fee < unit / 10, "{location:?} {fee}");
			assert_eq!(balance(&location, &TREASURY), unit + fee);
			assert_owned(&[location]);
		});
	}
}

#[test]
fn what_fails_there_is_trapped_for_the_executor_who_claims_it() {
	endow_picasso(&usdc(), 20 * USDC);
	let executor = picasso_account(EXECUTOR);
	let nobody = AccountId::new([60; 32]);
	let message = home(
		usdc(),
		5 * USDC,
		USDC,
		vec![
			SetHints {
				hints: vec![AssetClaimer { location: executor.clone() }].try_into().unwrap(),
			},
			// Less than an account may hold.
			DepositAsset {
				assets: Definite(asset(usdc(), USDC_MINIMUM - 1).into()),
				beneficiary: account(&nobody),
			},
		],
	);
	assert_ok!(gateway::import(ASSET_HUB, message));
	let waiting = AssetHub::execute_with(|| {
		assert_eq!(balance(&usdc(), &nobody), 0);
		assert_owned(&[usdc()]);
		let [(claimer, assets)] = &trapped()[..] else { panic!("one was trapped") };
		assert_eq!(*claimer, executor);
		assets.clone()
	});
	let [Asset { fun: Fungible(amount), .. }] = waiting.inner()[..] else { panic!("of one kind") };
	assert!(amount > 5 * USDC && amount < 6 * USDC, "the fee was taken: {amount}");

	let claim = |claimer: [u8; 32]| {
		Xcm(vec![
			UniversalOrigin(GlobalConsensus(picasso())),
			DescendOrigin(AccountId32 { network: None, id: claimer }.into()),
			ClaimAsset { assets: waiting.clone(), ticket: Location::here() },
			PayFees { asset: asset(usdc(), USDC) },
			RefundSurplus,
			DepositAsset { assets: Wild(AllCounted(1)), beneficiary: account(&nobody) },
		])
	};
	// Not somebody else.
	assert_ok!(gateway::import(ASSET_HUB, claim([98; 32])));
	AssetHub::execute_with(|| {
		assert!(failures().contains(&XcmError::UnknownClaim));
		assert_eq!(balance(&usdc(), &nobody), 0);
	});
	assert_ok!(gateway::import(ASSET_HUB, claim(EXECUTOR)));
	AssetHub::execute_with(|| {
		let has = balance(&usdc(), &nobody);
		assert!(has > 5 * USDC && has < amount, "{has}");
	});
	// Not twice.
	assert_ok!(gateway::import(ASSET_HUB, claim(EXECUTOR)));
	AssetHub::execute_with(|| {
		let errors = failures();
		assert_eq!(errors.iter().filter(|error| **error == XcmError::UnknownClaim).count(), 2);
	});
}

#[test]
fn only_the_gateway_speaks_for_picasso() {
	let sovereign = endow_picasso(&usdc(), 20 * USDC);
	let message = home(
		usdc(),
		5 * USDC,
		USDC,
		vec![DepositAsset { assets: Wild(AllCounted(1)), beneficiary: account(&BOB) }],
	);
	Bifrost::execute_with(|| {
		assert_ok!(send_xcm::<parachain::Router>(sibling(ASSET_HUB), message));
	});
	AssetHub::execute_with(|| {
		assert_eq!(failures(), [XcmError::InvalidLocation]);
		assert_eq!(balance(&usdc(), &sovereign), 20 * USDC);
	});
}

#[test]
fn no_chain_speaks_for_accounts_of_another() {
	// Bifrost says that it is Alice of Asset Hub.
	Bifrost::execute_with(|| {
		let message = Xcm(vec![
			AliasOrigin(account(&ALICE)),
			WithdrawAsset(asset(usdc(), 5 * USDC).into()),
			PayFees { asset: asset(usdc(), USDC) },
			DepositAsset { assets: Wild(AllCounted(1)), beneficiary: account(&BOB) },
		]);
		assert_ok!(send_xcm::<parachain::Router>(sibling(ASSET_HUB), message));
	});
	AssetHub::execute_with(|| {
		assert_eq!(failures().len(), 1);
		assert_eq!(balance(&usdc(), &ALICE), ENDOWMENT * USDC);
	});
}

/// vDOT of a user of Asset Hub that takes the way through Bifrost.
fn through_bifrost(preserve_origin: bool) -> Vec<Exported> {
	AssetHub::execute_with(|| {
		let there = vdot_where(BIFROST);
		let on = Xcm(vec![InitiateTransfer {
			destination: picasso_from_parachain(),
			remote_fees: Some(AssetTransferFilter::ReserveDeposit(Definite(
				asset(there.clone(), DOT).into(),
			))),
			preserve_origin,
			assets: filters(AssetTransferFilter::ReserveDeposit(Wild(AllCounted(1)))),
			remote_xcm: give(AccountId32 { network: None, id: EXECUTOR }.into()),
		}]);
		let message = send(
			&ALICE,
			vdot(),
			50 * DOT,
			DOT,
			sibling(BIFROST),
			AssetTransferFilter::ReserveWithdraw,
			true,
			on,
		);
		assert_ok!(execute(&ALICE, message));
	});
	Bifrost::execute_with(|| {
		assert_eq!(failures(), []);
		assert_eq!(balance(&vdot_where(BIFROST), &account_of(&picasso_from_parachain())), 50 * DOT);
	});
	gateway::take()
}

#[test]
fn what_comes_through_bifrost_is_said_by_bifrost() {
	let exported = through_bifrost(false);
	let [Exported { source, message, .. }] = &exported[..] else { panic!("one was sent") };
	assert_eq!(*source, [GlobalConsensus(Polkadot), Parachain(BIFROST)]);
	assert!(message.0.contains(&ClearOrigin));
	assert!(!message.0.iter().any(|instruction| matches!(instruction, AliasOrigin(_))));
}

#[test]
fn through_bifrost_the_users_origin_is_a_claim_that_nobody_proved() {
	let exported = through_bifrost(true);
	let [Exported { source, message, .. }] = &exported[..] else { panic!("one was sent") };
	let Some(alias) = message.0.iter().find_map(|instruction| match instruction {
		AliasOrigin(alias) => Some(alias.clone()),
		_ => None,
	}) else {
		panic!("the origin was to be preserved")
	};
	assert_eq!(alias, account_from_picasso(ASSET_HUB, &ALICE));
	// Who says so is not the chain whose user this is.
	let speaker = source.clone().relative_to(&GlobalConsensus(picasso()).into());
	assert_eq!(speaker, parachain_from_picasso(BIFROST));
	assert!(!alias.starts_with(&speaker));
}

#[test]
fn a_closed_chain_lets_nothing_happen() {
	let sovereign = endow_picasso(&usdc(), 20 * USDC);
	parachain::Closed::set(true);
	let message = home(
		usdc(),
		5 * USDC,
		USDC,
		vec![DepositAsset { assets: Wild(AllCounted(1)), beneficiary: account(&BOB) }],
	);
	assert_ok!(gateway::import(ASSET_HUB, message));
	AssetHub::execute_with(|| {
		assert_eq!(failures(), [XcmError::Barrier]);
		assert_eq!(balance(&usdc(), &sovereign), 20 * USDC);
	});
}

#[test]
fn messages_to_a_chain_that_there_is_not_are_refused_at_the_gateway() {
	assert_eq!(gateway::import(4_000, Xcm(vec![])), Err(SendError::NotApplicable));
}
