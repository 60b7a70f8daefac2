// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! One form for each asset, in whatever form it is told.
//!
//! A form that others write in good faith is turned into the canonical one; a form that nobody writes, or
//! of which nobody can say here what else it may be called, is refused. Nothing depends on storage, so that
//! registration and lookups can't differ.

use crate::networks::{self, FIRST_PARACHAIN_OF_OTHERS};
use alloc::vec::Vec;
use frame_support::ensure;
use picasso_primitives::registry::ForeignId;
use staging_xcm::v5::{
	Junction::{self, *},
	Junctions, Location,
	NetworkId::{self, *},
};

/// Why something has no canonical form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotCanonical {
	/// It is on this chain.
	Local,
	/// It doesn't begin with a network, one step up.
	NotGlobal,
	/// The network has a better name, or shares this one.
	AmbiguousNetwork,
	/// What is there has another location as well, or is no asset.
	AmbiguousLocation,
	/// Not an ICS-20 trace as this chain sees it.
	InvalidTrace,
	/// Not a token of its own.
	InvalidAddress,
	/// Not a chain.
	NotAChain,
}

/// The canonical form of what an asset is elsewhere. `universe` is this chain's universal location.
pub fn canonical(foreign: ForeignId, universe: &Junctions) -> Result<ForeignId, NotCanonical> {
	match foreign {
		ForeignId::Xcm(location) => canonical_asset(&location, universe),
		ForeignId::Ics20(ref trace) => {
			ensure!(is_trace(trace), NotCanonical::InvalidTrace);
			Ok(foreign)
		},
		ForeignId::Erc20 { chain, address } => canonical_contract(chain, address),
		ForeignId::SolanaMint(mint) => {
			// The system program's account: no mint.
			ensure!(mint != [0; 32], NotCanonical::InvalidAddress);
			Ok(foreign)
		},
	}
}

/// The canonical form of a chain's location.
pub fn canonical_chain(
	location: &Location,
	universe: &Junctions,
) -> Result<Location, NotCanonical> {
	let (network, path) = within_network(location, universe)?;
	match (network, path) {
		(_, []) | (Polkadot | Kusama | ByGenesis(_), [Parachain(_)]) => located(network, path),
		_ => Err(NotCanonical::NotAChain),
	}
}

/// Whether a location is this chain, seen from within or from without.
pub fn is_this_chain(location: &Location, universe: &Junctions) -> bool {
	location.is_here() || location.parents == 1 && location.interior == *universe
}

/// The location of an ERC-20 contract.
pub fn contract_location(chain_id: u64, key: [u8; 20]) -> Location {
	let contract = AccountKey20 { network: None, key };
	Location::new(1, [GlobalConsensus(Ethereum { chain_id }), contract])
}

fn canonical_asset(location: &Location, universe: &Junctions) -> Result<ForeignId, NotCanonical> {
	let (network, path) = within_network(location, universe)?;
	match (network, path) {
		(Ethereum { chain_id }, [AccountKey20 { network: named, key }]) => {
			ensure_same(*named, network)?;
			return canonical_contract(chain_id, *key);
		},
		(Ethereum { .. } | BitcoinCore | BitcoinCash | Polkadot | Kusama | ByGenesis(_), []) => {},
		// A relay chain has no asset but its token, which is that of its own parachains, too.
		(Polkadot | Kusama, [Parachain(number)]) => {
			ensure!(*number >= FIRST_PARACHAIN_OF_OTHERS, NotCanonical::AmbiguousLocation);
		},
		(Polkadot | Kusama, [Parachain(_), ..]) => {},
		// A network with contracts of such addresses has a number.
		(ByGenesis(_), [AccountKey20 { .. }, ..]) => return Err(NotCanonical::AmbiguousNetwork),
		(ByGenesis(_), _) => {},
		_ => return Err(NotCanonical::AmbiguousLocation),
	}
	let path: Vec<_> =
		path.iter().map(|step| canonical_step(*step, network)).collect::<Result<_, _>>()?;
	located(network, &path).map(ForeignId::Xcm)
}

/// The network of a location, by its canonical name, and the way from there.
fn within_network<'a>(
	location: &'a Location,
	universe: &Junctions,
) -> Result<(NetworkId, &'a [Junction]), NotCanonical> {
	// More than one junction and this chain were part of another, where one step up is no network.
	let [GlobalConsensus(ours)] = universe.as_slice() else {
		return Err(NotCanonical::NotGlobal);
	};
	match location.unpack() {
		(0, _) => Err(NotCanonical::Local),
		(1, [GlobalConsensus(network), path @ ..]) => {
			ensure!(network != ours, NotCanonical::Local);
			let network = networks::canonical(*network).ok_or(NotCanonical::AmbiguousNetwork)?;
			Ok((network, path))
		},
		_ => Err(NotCanonical::NotGlobal),
	}
}

fn located(network: NetworkId, path: &[Junction]) -> Result<Location, NotCanonical> {
	let mut interior = Junctions::from([GlobalConsensus(network)]);
	for step in path {
		interior.push(*step).map_err(|_| NotCanonical::AmbiguousLocation)?;
	}
	Ok(Location { parents: 1, interior })
}

fn canonical_step(step: Junction, network: NetworkId) -> Result<Junction, NotCanonical> {
	match step {
		Parachain(_) | PalletInstance(_) | GeneralIndex(_) => Ok(step),
		GeneralKey { length, data } => {
			let padding = data.get(usize::from(length)..);
			let is_zero = padding.is_some_and(|padding| padding.iter().all(|byte| *byte == 0));
			ensure!(is_zero, NotCanonical::AmbiguousLocation);
			Ok(step)
		},
		AccountId32 { network: named, id } => {
			ensure_same(named, network)?;
			Ok(AccountId32 { network: None, id })
		},
		AccountKey20 { network: named, key } => {
			ensure_same(named, network)?;
			Ok(AccountKey20 { network: None, key })
		},
		// An index stands for an account; the others for no asset.
		AccountIndex64 { .. } | OnlyChild | Plurality { .. } | GlobalConsensus(_) => {
			Err(NotCanonical::AmbiguousLocation)
		},
	}
}

/// Whether an account says nothing of its network, or says that it is the one it is in.
fn ensure_same(named: Option<NetworkId>, network: NetworkId) -> Result<(), NotCanonical> {
	let same = named.is_none_or(|named| networks::canonical(named) == Some(network));
	ensure!(same, NotCanonical::AmbiguousLocation);
	Ok(())
}

fn canonical_contract(chain: u64, address: [u8; 20]) -> Result<ForeignId, NotCanonical> {
	let network = Ethereum { chain_id: chain };
	networks::canonical(network).ok_or(NotCanonical::AmbiguousNetwork)?;
	ensure!(!networks::is_native(chain, address), NotCanonical::InvalidAddress);
	Ok(ForeignId::Erc20 { chain, address })
}

/// Whether it is `port/channel-N/…/denomination`, with a hop at least: what came here came by a channel.
/// A denomination that is the hash of another trace hides what it is.
fn is_trace(trace: &[u8]) -> bool {
	let mut rest = trace;
	let mut hops = 0u32;
	while let Some((channel, after)) = split_hop(rest) {
		// As channels are numbered: `channel-07` is none.
		if channel.len() > 1 && channel.starts_with(b"0") {
			return false;
		}
		rest = after;
		hops = hops.saturating_add(1);
	}
	let is_printable = trace.iter().all(u8::is_ascii_graphic);
	is_printable && hops > 0 && !rest.is_empty() && !rest.starts_with(b"ibc/")
}

/// The number of the first hop's channel, in digits, and what comes after the hop.
fn split_hop(trace: &[u8]) -> Option<(&[u8], &[u8])> {
	let mut parts = trace.splitn(3, |byte| *byte == b'/');
	let (port, channel, after) = (parts.next()?, parts.next()?, parts.next()?);
	let number = channel.strip_prefix(b"channel-")?;
	let is_hop = !port.is_empty() && !number.is_empty() && number.iter().all(u8::is_ascii_digit);
	is_hop.then_some((number, after))
}
