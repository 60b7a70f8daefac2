// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Messages bring all that they bring, and become their sender's, before they pay.

use super::*;
use crate::inbound::arrivals_first;

fn some(asset: u128, amount: Balance) -> Asset {
	(location(asset), amount).into()
}

fn brings(assets: Vec<Asset>) -> Instruction<()> {
	ReserveAssetDeposited(assets.into())
}

fn pays() -> Instruction<()> {
	PayFees { asset: some(DOT, 1) }
}

fn ordered(message: Vec<Instruction<()>>) -> Vec<Instruction<()>> {
	arrivals_first::<(), Test>(&outside(hub()), Xcm(message)).0
}

fn user() -> Location {
	outside(hub()).appended_with(AccountId32 { network: None, id: [9; 32] }).unwrap()
}

#[test]
fn what_comes_after_the_fee_comes_with_it() {
	ExtBuilder.build_and_execute(|| {
		let message =
			vec![brings(vec![some(DOT, 1)]), pays(), brings(vec![some(DOT, 9)]), ClearOrigin];
		assert_eq!(ordered(message), vec![brings(vec![some(DOT, 10)]), pays(), ClearOrigin]);
		let message =
			vec![brings(vec![some(DOT, 1)]), pays(), brings(vec![some(USDC, 9)]), Trap(1)];
		let both = brings(vec![some(DOT, 1), some(USDC, 9)]);
		assert_eq!(ordered(message), vec![both, pays(), Trap(1)]);
	});
}

#[test]
fn a_sender_whom_the_chain_may_name_is_named_before_it_pays() {
	ExtBuilder.build_and_execute(|| {
		let message = |sender| {
			vec![
				brings(vec![some(DOT, 1)]),
				pays(),
				brings(vec![some(DOT, 9)]),
				AliasOrigin(sender),
				Trap(1),
			]
		};
		let first = || brings(vec![some(DOT, 10)]);
		let expected = vec![first(), AliasOrigin(user()), pays(), Trap(1)];
		assert_eq!(ordered(message(user())), expected);
		// One that it may not name is not believed, and the message fails where it did.
		let other = outside(bifrost());
		let expected = vec![first(), pays(), AliasOrigin(other.clone()), Trap(1)];
		assert_eq!(ordered(message(other)), expected);
	});
}

#[test]
fn other_messages_stay_as_they_are() {
	ExtBuilder.build_and_execute(|| {
		let three = [DOT, USDC, VDOT].map(|asset| some(asset, 1)).to_vec();
		let hints =
			|| SetHints { hints: vec![AssetClaimer { location: user() }].try_into().unwrap() };
		for message in [
			vec![],
			vec![pays(), brings(vec![some(DOT, 1)])],
			vec![brings(vec![some(DOT, 1)]), ClearOrigin, pays()],
			vec![brings(vec![some(DOT, 1)]), hints(), pays()],
			// Another chain holds the second.
			vec![brings(vec![some(DOT, 1)]), pays(), brings(vec![some(VDOT, 1)])],
			// No barrier lets more than two assets pay.
			vec![brings(vec![some(DOT, 1)]), pays(), brings(three)],
			vec![WithdrawAsset(some(DOT, 1).into()), pays()],
		] {
			assert_eq!(ordered(message.clone()), message);
		}
	});
}
