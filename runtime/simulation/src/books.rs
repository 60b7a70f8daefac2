// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What must hold whenever messages have come to rest: of each asset Picasso has issued what its reserve
//! holds for it, less what waits to be let in, to the planck; and on each chain all that there is of an
//! asset is somebody's, or waits in the trap for somebody.

use crate::{
	bifrost::vdot_where,
	network::{AssetHub, Bifrost},
	parachain,
	picasso::{self, FOREIGN, PICA_ID, VDOT_ID},
	places::*,
};
use codec::Decode;
use picasso_primitives::{registry::AssetLocations, AssetId as Id};
use picasso_runtime::{AssetRegistry, Runtime, RuntimeEvent};
use staging_xcm::{latest::prelude::*, VersionedXcm};
use xcm_simulator::TestExt;

/// Checks all of it.
pub fn check() {
	for asset in FOREIGN {
		let (issued, waiting) =
			(picasso::on_chain(|| picasso::issuance(asset.id)), waiting(asset.id));
		let reserve = if asset.id == VDOT_ID && picasso::VdotReserve::get() == BIFROST {
			reserve_on_bifrost()
		} else {
			reserve((asset.there)())
		};
		assert!(issued <= reserve, "{asset:?}: {issued} issued, {reserve} held");
		assert_eq!(issued + waiting, reserve, "{asset:?}: {waiting} wait");
	}
	check_owned();
}

/// Checks that everything is somebody's.
pub fn check_owned() {
	for id in FOREIGN.map(|asset| asset.id).into_iter().chain([PICA_ID]) {
		let (issued, held) = picasso::on_chain(|| (picasso::issuance(id), picasso::held(id)));
		assert_eq!(issued, held + trapped(id), "{id}");
	}
	let there = FOREIGN.map(|asset| (asset.there)()).into_iter().chain([pica()]);
	AssetHub::execute_with(|| there.for_each(|location| check_owned_there(&location)));
	Bifrost::execute_with(|| {
		[vdot_where(BIFROST), dot()].iter().for_each(check_owned_there);
	});
	// What Asset Hub has of vDOT and PICA is backed, too.
	let (vdot, pica) =
		AssetHub::execute_with(|| (parachain::issuance(&vdot()), parachain::issuance(&pica())));
	let reserve = Bifrost::execute_with(|| {
		let sovereign = parachain::account_of(&sibling(ASSET_HUB));
		parachain::balance(&vdot_where(BIFROST), &sovereign)
	});
	assert_eq!(vdot, reserve);
	let sovereign = sovereign(ASSET_HUB);
	assert_eq!(pica, picasso::on_chain(|| picasso::balance(PICA_ID, &sovereign)));
}

fn check_owned_there(location: &Location) {
	let waiting: Balance = parachain::trapped()
		.iter()
		.flat_map(|(_, assets)| assets.inner())
		.filter(|asset| asset.id.0 == *location)
		.map(amount)
		.sum();
	assert_eq!(parachain::issuance(location), parachain::held(location) + waiting, "{location:?}");
}

/// What Asset Hub holds for Picasso.
pub fn reserve(location: Location) -> Balance {
	AssetHub::execute_with(|| {
		let sovereign = parachain::account_of(&picasso_from_parachain());
		parachain::balance(&location, &sovereign)
	})
}

/// What Bifrost holds for Picasso.
fn reserve_on_bifrost() -> Balance {
	Bifrost::execute_with(|| {
		let sovereign = parachain::account_of(&picasso_from_parachain());
		parachain::balance(&vdot_where(BIFROST), &sovereign)
	})
}

/// The account of a parachain here.
pub fn sovereign(para: u32) -> picasso_runtime::AccountId {
	use picasso_runtime::configs::xcm::LocationToAccountId;
	use staging_xcm_executor::traits::ConvertLocation;
	picasso::on_chain(|| LocationToAccountId::convert_location(&parachain_from_picasso(para)))
		.expect("all locations have accounts")
}

fn amount(asset: &Asset) -> Balance {
	match asset.fun {
		Fungible(amount) => amount,
		NonFungible(_) => panic!("there are none"),
	}
}

/// What messages that were set aside bring of an asset.
pub fn waiting(id: Id) -> Balance {
	picasso::on_chain(|| {
		pallet_lanes::Waiting::<Runtime>::iter_values()
			.flat_map(|message| brought(&message.bytes))
			.filter(|asset| AssetRegistry::asset_at(&asset.id.0) == Some(id))
			.map(|asset| amount(&asset))
			.sum()
	})
}

fn brought(bytes: &[u8]) -> Vec<Asset> {
	let message = VersionedXcm::<()>::decode(&mut &bytes[..]).expect("it was sent");
	let message = Xcm::<()>::try_from(message).expect("of this version");
	message
		.0
		.into_iter()
		.filter_map(|instruction| match instruction {
			ReserveAssetDeposited(assets) => Some(assets.into_inner()),
			_ => None,
		})
		.flatten()
		.collect()
}

/// What waits in Picasso's trap of an asset.
pub fn trapped(id: Id) -> Balance {
	traps()
		.into_iter()
		.flat_map(|(_, assets)| assets.into_inner())
		.filter(|asset| picasso::on_chain(|| AssetRegistry::asset_at(&asset.id.0)) == Some(id))
		.map(|asset| amount(&asset))
		.sum()
}

/// What waits in Picasso's trap, with whom it waits for.
pub fn traps() -> Vec<(Location, Assets)> {
	let mut waiting = Vec::new();
	for event in picasso::history() {
		match event {
			RuntimeEvent::PolkadotXcm(pallet_xcm::Event::AssetsTrapped {
				origin, assets, ..
			}) => waiting.push((origin, assets)),
			RuntimeEvent::PolkadotXcm(pallet_xcm::Event::AssetsClaimed {
				origin, assets, ..
			}) => {
				let claimed =
					waiting.iter().position(|other| *other == (origin.clone(), assets.clone()));
				waiting.swap_remove(claimed.expect("what is claimed was trapped"));
			},
			_ => (),
		}
	}
	waiting
		.into_iter()
		.map(|(origin, assets)| (origin, assets.try_into().expect("of this version")))
		.collect()
}
