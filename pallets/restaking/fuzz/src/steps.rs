// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What an input is: a world to start from, and steps in it.

use codec::{Decode, Encode, Input as Bytes};
use picasso_primitives::{Balance, PoolId};

/// The most steps of an input: more make it slow, not deep, as the world is deep already.
pub const MAX_STEPS: usize = 32;

/// One thing that happens. Everything but `Call` is what no signed account can do.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Step {
	/// Any call of the runtime, signed by one of the signers. Bytes that are no call do nothing.
	Call { signer: u8, encoded: Vec<u8> },
	/// A call of the ledger, by governance.
	Governance { encoded: Vec<u8> },
	/// What the slashing pallet will ask: a ratio of each of a few pools.
	Slash { pools: Vec<(u8, Balance)>, denominator: Balance, beneficiary: u8 },
	/// A report is noted.
	OpenReport { pool: u8 },
	/// A report is settled.
	SettleReport { pool: u8 },
	/// What the rewards pallet will ask.
	Credit { currency: u8, blocks: u16, amounts: Vec<(u8, Balance)> },
	/// Blocks pass.
	Blocks { count: u8 },
	/// Eras pass, each in the first block that it can.
	Eras { count: u8 },
	/// An issuer stops a whole asset, or lets it move again.
	FreezeAsset { asset: u8, frozen: bool },
	/// An issuer stops one account: from sending, or from receiving too; or lets it go.
	FreezeAccount { asset: u8, who: u8, how: Freeze },
}

/// What an issuer does to an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Freeze {
	/// It can do everything.
	Not,
	/// It cannot send.
	Sending,
	/// It cannot send or receive.
	Both,
}

/// Where an input starts, and what happens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
	/// Whether exits mature at every sixth era, after 42 of them, as in production; else after three.
	pub coarse_grid: bool,
	/// What happens, in this order.
	pub steps: Vec<Step>,
}

impl Input {
	/// Reads as many steps as there are: what follows the last that can be read is ignored, so that a
	/// change of a byte never spoils what came before it.
	pub fn read(mut bytes: &[u8]) -> Self {
		let input = &mut bytes;
		let coarse_grid = input.read_byte().is_ok_and(|byte| byte & 1 == 1);
		let steps = core::iter::from_fn(|| Step::decode(input).ok()).take(MAX_STEPS).collect();
		Self { coarse_grid, steps }
	}

	/// The bytes that are read as this input.
	pub fn bytes(&self) -> Vec<u8> {
		let mut bytes = vec![u8::from(self.coarse_grid)];
		self.steps.iter().for_each(|step| step.encode_to(&mut bytes));
		bytes
	}
}

/// The pool that a byte names, among those that there may be.
pub fn pool(index: u8) -> PoolId {
	PoolId::from(index)
}
