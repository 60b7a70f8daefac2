// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! What somebody does.

use crate::{
	calls::{AssetsCall, BalancesCall},
	world::Chain,
};
use frame_support::{
	traits::{
		fungible::Balanced,
		tokens::{Fortitude::Polite, Precision::Exact, Preservation::Preserve},
		OnUnbalanced,
	},
	weights::Weight,
};
use picasso_primitives::{
	assets::PICA, avs::Terms, slashing::ConsensusFaults, AssetId, Balance, EraIndex,
};
use picasso_runtime::{
	configs::emissions::FeesToChain, AccountId, Balances, BlockNumber, Runtime, RuntimeCall,
	Slashing,
};
use sp_runtime::{DispatchResult, Perbill};

/// Something that is done.
#[derive(Clone, Debug)]
pub enum Deed {
	/// An account calls.
	Signed(AccountId, Box<RuntimeCall>),
	/// Governance does.
	Root(Box<RuntimeCall>),
	/// An AVS comes, by a referendum's word.
	Onboard(AccountId, Box<Terms<AccountId>>),
	/// An account gives to one of a pallet's, behind its back.
	Gift(AccountId, AccountId, AssetId, Balance),
	/// An account pays a fee.
	Fee(AccountId, Balance),
	/// The SDK says that a validator that a table of an era chose equivocated.
	Equivocation(AccountId, EraIndex, Perbill),
	/// Or that it was absent.
	Absence(AccountId, EraIndex, Perbill),
	/// Blocks pass.
	Blocks(BlockNumber),
	/// Blocks leave so much room from now on.
	Room(Weight),
}

/// Something that is done, and of which kind it is.
#[derive(Clone, Debug)]
pub struct Step {
	/// What it is counted as.
	pub kind: &'static str,
	/// What is done.
	pub deed: Deed,
}

impl Step {
	/// An account calls.
	pub fn signed(kind: &'static str, who: &AccountId, call: impl Into<RuntimeCall>) -> Self {
		Self { kind, deed: Deed::Signed(who.clone(), Box::new(call.into())) }
	}

	/// Governance calls.
	pub fn root(kind: &'static str, call: impl Into<RuntimeCall>) -> Self {
		Self { kind, deed: Deed::Root(Box::new(call.into())) }
	}
}

impl Deed {
	/// Does it.
	pub fn perform(&self, chain: &mut Chain) -> DispatchResult {
		match self {
			Self::Signed(who, call) => chain.signed(who, (**call).clone()),
			Self::Root(call) => chain.root((**call).clone()),
			Self::Onboard(owner, terms) => chain.onboard(owner, (**terms).clone()).map(drop),
			Self::Gift(from, to, asset, amount) => {
				let (dest, asset, amount) = (to.clone().into(), *asset, *amount);
				if asset == PICA {
					let value = amount;
					chain.signed(from, BalancesCall::transfer_keep_alive { dest, value })?;
				} else {
					let call = AssetsCall::transfer { id: asset, target: dest, amount };
					chain.signed(from, call)?;
				}
				chain.books.note_gift(to, asset, amount);
				Ok(())
			},
			Self::Fee(who, amount) => {
				let fee =
					<Balances as Balanced<_>>::withdraw(who, *amount, Exact, Preserve, Polite)?;
				FeesToChain::on_unbalanceds(std::iter::once(fee));
				chain.take_note();
				Ok(())
			},
			Self::Equivocation(who, era, fraction) => chain.hear_of_a_fault(|| {
				<Slashing as ConsensusFaults<_>>::equivocated(who, *era, *fraction)
			}),
			Self::Absence(who, era, fraction) => chain.hear_of_a_fault(|| {
				<Slashing as ConsensusFaults<_>>::was_absent(who, *era, *fraction)
			}),
			Self::Blocks(blocks) => {
				chain.pass(*blocks);
				Ok(())
			},
			Self::Room(room) => {
				chain.room = *room;
				Ok(())
			},
		}
	}
}

impl Chain {
	/// As the runtime passes on what the SDK found: what can't be taken in changes nothing.
	fn hear_of_a_fault(&mut self, fault: impl FnOnce() -> DispatchResult) -> DispatchResult {
		let heard = frame_support::storage::with_storage_layer(fault);
		self.take_note();
		heard
	}
}

/// The storage of a pallet of the runtime's, by its shortest name.
pub type R = Runtime;
