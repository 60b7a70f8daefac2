// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Random transitions. Each is a kind and raw numbers, which the model makes an action of when it comes
//! to it: so a sequence stays meaningful whatever shrinking takes out of it, and is drawn without a look
//! at any state.

use proptest::prelude::*;
use std::sync::LazyLock;

/// Kinds of transitions, and how often each is drawn.
macro_rules! kinds {
	($($kind:ident: $weight:literal),* $(,)?) => {
		#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
		pub enum Kind { $($kind),* }

		static KINDS: LazyLock<Vec<Kind>> = LazyLock::new(|| {
			[$((Kind::$kind, $weight)),*]
				.into_iter()
				.flat_map(|(kind, weight)| core::iter::repeat_n(kind, weight))
				.collect()
		});
	};
}

kinds! {
	Stake: 20,
	Unstake: 10,
	Eras: 6,
	Blocks: 5,
	Withdraw: 6,
	WithdrawTo: 3,
	WithdrawFor: 3,
	WithdrawMany: 3,
	Slash: 5,
	Redelegate: 5,
	CompleteMove: 5,
	CancelUnstake: 5,
	TransferTicket: 4,
	Credit: 6,
	Claim: 5,
	ClaimFor: 3,
	SetCompounding: 3,
	MoveUnearned: 2,
	Donate: 2,
	MoveProceeds: 2,
	OpenReport: 1,
	SettleReport: 3,
	Freeze: 1,
	Thaw: 2,
	SetPoolStatus: 4,
	SetPoolAccess: 2,
	SetApproval: 3,
	SetOperatorStatus: 3,
	SetChilled: 2,
	SetVault: 4,
	SetEraSettings: 1,
	SetCurrency: 2,
	ListCurrency: 1,
	CreatePool: 2,
	UnstakeFor: 4,
	RemovePool: 3,
	Register: 1,
	Deregister: 1,
}

/// What a random amount is measured by.
#[derive(Clone, Copy, Debug)]
pub enum Measure {
	All,
	Few,
	Part,
	Half,
	TooMuch,
	Nothing,
	Units,
	Limit,
}

#[derive(Clone, Debug)]
pub struct Transition {
	pub kind: Kind,
	/// Of a person.
	pub who: u8,
	/// Of another person.
	pub whom: u8,
	/// Of a pool.
	pub pool: u8,
	/// Of a ticket, or of anything else.
	pub nth: u16,
	pub measure: Measure,
	pub amount: u128,
}

pub fn transition() -> impl Strategy<Value = Transition> {
	use Measure::*;
	let measure = prop::sample::select(vec![
		All, Few, Few, Part, Part, Part, Part, Half, TooMuch, Nothing, Units, Units, Limit,
	]);
	let numbers = (any::<[u8; 3]>(), any::<u16>(), measure, any::<u128>());
	(prop::sample::select(KINDS.as_slice()), numbers).prop_map(
		|(kind, ([who, whom, pool], nth, measure, amount))| Transition {
			kind,
			who,
			whom,
			pool,
			nth,
			measure,
			amount,
		},
	)
}
