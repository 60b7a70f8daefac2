// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! One id space for all assets, PICA inside it.

use crate::Balance;
use core::marker::PhantomData;
use frame_support::traits::{fungible, tokens::Preservation};
use pallet_assets::TransferFlags;
use sp_runtime::{traits::Convert, DispatchResult, Either};

/// Identifies a fungible asset: PICA is 1, a foreign one is
/// `network << 96 | protocol << 64 | nonce`.
pub type AssetId = u128;

/// The native asset: 12 decimals.
pub const PICA: AssetId = 1;

/// A network that assets come from. The first four numbers are those of Composable's protocol; the
/// others continue them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Network {
	/// This chain.
	Picasso = 1,
	/// Composable's Cosmos chain.
	Centauri = 2,
	/// Osmosis.
	Osmosis = 3,
	/// Neutron.
	Neutron = 4,
	/// Polkadot and its system chains.
	Polkadot = 5,
	/// Ethereum mainnet.
	Ethereum = 6,
	/// Solana mainnet.
	Solana = 7,
	/// Stride.
	Stride = 8,
	/// Bifrost on Polkadot.
	Bifrost = 9,
}

/// The id of the asset that is number `nonce` of a `protocol` (0 where the network has but one way of
/// issuing) on a `network`.
///
/// Pallet-assets hands out no ids here and nobody but governance creates an asset, so an id says where
/// an asset comes from; what it is there, the asset registry knows.
pub const fn foreign_asset_id(network: Network, protocol: u32, nonce: u64) -> AssetId {
	(network as u128) << 96 | (protocol as u128) << 64 | nonce as u128
}

/// Tells PICA, which the native ledger keeps, from every other asset: the criterion that joins both
/// ledgers into one by `frame_support::traits::fungible::UnionOf`.
pub struct NativeOrForeign;

impl Convert<AssetId, Either<(), AssetId>> for NativeOrForeign {
	fn convert(asset: AssetId) -> Either<(), AssetId> {
		match asset {
			PICA => Either::Left(()),
			foreign => Either::Right(foreign),
		}
	}
}

/// Moves assets from one account to another.
pub trait Transfers<AccountId> {
	/// Moves exactly `amount` planck of `asset`. What the sender would keep below the asset's minimum
	/// balance, where `preservation` lets its account go, is burned.
	///
	/// An error leaves everything as it was: callers need no storage layer for it.
	fn transfer(
		asset: AssetId,
		from: &AccountId,
		to: &AccountId,
		amount: Balance,
		preservation: Preservation,
	) -> DispatchResult;
}

/// PICA by the native ledger, every other asset by pallet-assets itself.
///
/// Pallet-assets has a transfer by `fungibles::Mutate` as well. It takes a third longer, and where more
/// than half of all balances there can be is issued, it debits one account and credits none, without
/// an error: it checks the sum of supply and amount once more, and drops the outcome.
pub struct NativeAndForeign<Native, Foreign>(PhantomData<(Native, Foreign)>);

impl<AccountId, Native, Foreign> Transfers<AccountId> for NativeAndForeign<Native, Foreign>
where
	AccountId: Eq,
	Native: fungible::Mutate<AccountId, Balance = Balance>,
	Foreign: pallet_assets::Config<AssetId = AssetId, Balance = Balance, AccountId = AccountId>,
{
	fn transfer(
		asset: AssetId,
		from: &AccountId,
		to: &AccountId,
		amount: Balance,
		preservation: Preservation,
	) -> DispatchResult {
		if amount == 0 {
			return Ok(());
		}
		if asset == PICA {
			return Native::transfer(from, to, amount, preservation).map(|_| ());
		}
		let flags = TransferFlags {
			keep_alive: preservation != Preservation::Expendable,
			best_effort: false,
			burn_dust: true,
		};
		pallet_assets::Pallet::<Foreign>::do_transfer(asset, from, to, amount, None, flags)
			.map(|_| ())
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn foreign_asset_ids_keep_their_parts_apart() {
		let id = foreign_asset_id(Network::Solana, 2, 3);
		assert_eq!((id >> 96, (id >> 64) as u32, id as u64), (7, 2, 3));
		assert_ne!(foreign_asset_id(Network::Picasso, 0, 1), PICA);
	}
}
