// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What a message is taken to bring: what the executor would believe, and nothing more.

use super::*;

/// What a message of a lane's brings of [`DOT`], [`USDC`] and [`VDOT`].
fn brings(chain: InteriorLocation, message: Vec<Instruction<()>>) -> [Balance; 3] {
	let arrivals = Lanes::arrivals(outside(chain), &encoded(Xcm(message))).expect("a message");
	[DOT, USDC, VDOT].map(|asset| arrivals.sums.get(&asset).copied().unwrap_or_default())
}

fn deposited(asset: u128, amount: Balance) -> Instruction<()> {
	ReserveAssetDeposited(Asset::from((location(asset), amount)).into())
}

fn inside(number: u8) -> InteriorLocation {
	[AccountId32 { network: None, id: [number; 32] }].into()
}

#[test]
fn amounts_from_their_reserve_count() {
	ExtBuilder.build_and_execute(|| {
		let message = vec![deposited(DOT, 5), deposited(USDC, 7), deposited(DOT, 1), ClearOrigin];
		assert_eq!(brings(hub(), message), [6, 7, 0]);
	});
}

/// Else anyone on another chain could use up an asset's limit with nothing.
#[test]
fn amounts_from_elsewhere_do_not_count() {
	ExtBuilder.build_and_execute(|| {
		let none = [0; 3];
		assert_eq!(brings(bifrost(), vec![deposited(DOT, 5)]), none);
		let account = DescendOrigin(inside(1));
		assert_eq!(brings(hub(), vec![account.clone(), deposited(DOT, 5)]), none);
		assert_eq!(brings(hub(), vec![ClearOrigin, deposited(DOT, 5)]), none);
		let back = AliasOrigin(outside(hub()));
		assert_eq!(brings(hub(), vec![account, back.clone(), deposited(DOT, 5)]), none);
		assert_eq!(brings(bifrost(), vec![back, deposited(DOT, 5)]), none);
		let universal = UniversalOrigin(GlobalConsensus(Polkadot));
		let hub_below = DescendOrigin([Parachain(1000)].into());
		assert_eq!(brings(hub(), vec![universal, hub_below, deposited(DOT, 5)]), none);
		let own = UniversalOrigin(GlobalConsensus(ByGenesis([7; 32])));
		assert_eq!(brings(bifrost(), vec![own, deposited(VDOT, 5)]), none);
		// After the first that fails nothing is done.
		assert_eq!(brings(hub(), vec![deposited(VDOT, 1), deposited(DOT, 5)]), none);
		// An instruction is done as a whole.
		let both: Vec<Asset> = vec![(location(DOT), 5u128).into(), (location(VDOT), 1u128).into()];
		assert_eq!(brings(hub(), vec![ReserveAssetDeposited(both.into())]), none);
	});
}

#[test]
fn an_origin_that_may_act_as_the_reserve_counts() {
	ExtBuilder.build_and_execute(|| {
		let universal = UniversalOrigin(GlobalConsensus(Polkadot));
		let hub_below = DescendOrigin([Parachain(1000)].into());
		let message = vec![universal.clone(), hub_below.clone(), deposited(DOT, 5)];
		assert_eq!(brings(bifrost(), message), [5, 0, 0]);
		let alias = AliasOrigin(outside(hub()));
		let message = vec![universal, alias, deposited(DOT, 5), AliasOrigin(Location::here())];
		assert_eq!(brings(bifrost(), message), [5, 0, 0]);
	});
}

#[test]
fn what_is_not_an_amount_of_a_registered_asset_does_not_count() {
	ExtBuilder.build_and_execute(|| {
		let unknown: Asset = (Location::new(1, [GlobalConsensus(Kusama)]), 5u128).into();
		let thing: Asset = (location(USDC), NonFungible(Index(1))).into();
		let message = vec![
			ReserveAssetDeposited(unknown.into()),
			ReserveAssetDeposited(thing.into()),
			ReceiveTeleportedAsset(Asset::from((location(DOT), 5u128)).into()),
			deposited(DOT, 1),
		];
		assert_eq!(brings(hub(), message), [1, 0, 0]);
	});
}

#[test]
fn amounts_hidden_in_handlers_are_refused() {
	ExtBuilder.build_and_execute(|| {
		let inner = || Xcm(vec![ClearOrigin, deposited(DOT, 5)]);
		let hidden = [
			SetAppendix(inner()),
			SetErrorHandler(inner()),
			ExecuteWithOrigin { descendant_origin: None, xcm: inner() },
			SetAppendix(Xcm(vec![SetErrorHandler(inner())])),
		];
		for instruction in hidden {
			let message = Xcm(vec![ClearOrigin, instruction]);
			assert_eq!(guard(HUB, message), Err(ProcessMessageError::Unsupported));
		}
		// What goes on to other chains is not for this one.
		let onward = vec![
			SetAppendix(Xcm(vec![RefundSurplus])),
			InitiateReserveWithdraw {
				assets: All.into(),
				reserve: outside(bifrost()),
				xcm: inner(),
			},
		];
		assert_eq!(brings(hub(), onward), [0; 3]);
	});
}

#[test]
fn too_many_amounts_or_too_large_a_sum_are_refused() {
	ExtBuilder.build_and_execute(|| {
		let most = MAX_ARRIVALS as usize;
		assert_eq!(brings(hub(), vec![deposited(DOT, 1); most]), [4, 0, 0]);
		let refused = Err(ProcessMessageError::Unsupported);
		assert_eq!(guard(HUB, Xcm(vec![deposited(DOT, 1); most + 1])), refused);
		let sum = Xcm(vec![deposited(DOT, Balance::MAX), deposited(DOT, 1)]);
		assert_eq!(guard(HUB, sum), refused);
	});
}

/// A chain that may act as another could else have messages of this chain's own bring what the guard of its
/// lane would have counted.
#[test]
fn nothing_is_brought_from_this_chain_itself() {
	ExtBuilder.build_and_execute(|| {
		let message = encoded(Xcm(vec![AliasOrigin(outside(hub())), deposited(DOT, 5)]));
		let arrivals = Lanes::arrivals(Location::here(), &message).expect("a message");
		assert!(arrivals.sums.is_empty());
		// As if it could.
		Statuses::mutate(|statuses| statuses.insert(SELF_HELD, AssetStatus::Active));
		let message = encoded(Xcm(vec![deposited(SELF_HELD, 5)]));
		let mut meter = WeightMeter::with_limit(SERVICE);
		let result = crate::InflowGuard::<Test>::process_message(
			&message,
			MessageOrigin::Here,
			&mut meter,
			&mut [0; 32],
		);
		assert_eq!(result, Err(ProcessMessageError::Unsupported));
	});
}
