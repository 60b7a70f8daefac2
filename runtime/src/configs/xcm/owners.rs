// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Who owns executors: accounts of this chain, and what is on networks that have a number.

use super::{account_location, lanes::place_of};
use crate::*;
use codec::Encode;
use frame_support::traits::EnsureOrigin;
use picasso_primitives::{assets::Network, cvm::Owner};
use sp_io::hashing::blake2_256;
use staging_xcm::latest::prelude::*;

/// The owner that a location is: an account of this chain itself, or whatever another chain speaks for.
/// None on networks without a number.
///
/// An account elsewhere is told by a digest of its place within its network, `blake2_256` of the SCALE of
/// its junctions after the network's. What a junction says of its network counts for nothing: it was said
/// before, and not everybody says it.
pub fn owner_of(location: &Location) -> Option<Owner> {
	match location.unpack() {
		(0, [AccountId32 { id, .. }]) => {
			Some(Owner { network: Network::Picasso as u32, account: *id })
		},
		(1, [GlobalConsensus(network), rest @ ..]) => {
			let rest: Vec<Junction> = rest.iter().map(without_network).collect();
			let place = place_of(&rest)?;
			Some(Owner {
				network: number_of(network)? as u32,
				account: place.using_encoded(blake2_256),
			})
		},
		_ => None,
	}
}

fn without_network(junction: &Junction) -> Junction {
	match *junction {
		AccountId32 { id, .. } => AccountId32 { network: None, id },
		AccountKey20 { key, .. } => AccountKey20 { network: None, key },
		AccountIndex64 { index, .. } => AccountIndex64 { network: None, index },
		junction => junction,
	}
}

fn number_of(network: &NetworkId) -> Option<Network> {
	match network {
		NetworkId::Polkadot => Some(Network::Polkadot),
		NetworkId::Ethereum { chain_id: 1 } => Some(Network::Ethereum),
		_ => None,
	}
}

/// Signed accounts, and what the executor of messages proves.
pub struct Owners;

impl EnsureOrigin<RuntimeOrigin> for Owners {
	type Success = Owner;

	fn try_origin(origin: RuntimeOrigin) -> Result<Owner, RuntimeOrigin> {
		let location = match origin.clone().into() {
			Ok(frame_system::RawOrigin::Signed(account)) => Some(account_location(&account)),
			_ => match &origin.caller {
				OriginCaller::PolkadotXcm(pallet_xcm::Origin::Xcm(location)) => {
					Some(location.clone())
				},
				_ => None,
			},
		};
		location.as_ref().and_then(owner_of).ok_or(origin)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin() -> Result<RuntimeOrigin, ()> {
		Ok(RuntimeOrigin::signed(AccountId::new([1; 32])))
	}
}
