// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What came in messages that could not be executed, such as ones that don't pay: it waits in the trap for
//! its owner, less the price of putting it there.

use super::{assets::AssetTransactors, trader, TreasuryLocation};
use crate::{weights::xcm::PicassoXcmWeight, AssetRegistry, Balance, PolkadotXcm, RuntimeCall};
use alloc::{vec, vec::Vec};
use frame_support::weights::Weight;
use pallet_lanes::OnStranded;
use picasso_primitives::registry::AssetLocations;
use staging_xcm::latest::{prelude::*, XcmWeightInfo};
use staging_xcm_builder::deposit_or_burn_fee;
use staging_xcm_executor::{
	traits::{DropAssets, TransactAsset},
	AssetsInHolding,
};

/// Keeps it in the trap.
pub struct ToTrap;

impl OnStranded for ToTrap {
	fn stranded(owner: &Location, assets: Vec<Asset>) {
		let context = XcmContext { origin: Some(owner.clone()), message_id: [0; 32], topic: None };
		let mut kept = AssetsInHolding::new();
		for asset in assets {
			let Some(price) = price_of_keeping(&asset) else { continue };
			let mut issued = match AssetTransactors::mint_asset(&asset, &context) {
				Ok(issued) => issued,
				Err(failed) => {
					log::warn!(target: "runtime::xcm", "{asset:?} stays with its reserve: {failed:?}");
					continue;
				},
			};
			let price = Asset { fun: Fungible(price), ..asset };
			if let Ok(price) = issued.try_take(price.into()) {
				deposit_or_burn_fee::<AssetTransactors>(price, None, TreasuryLocation::get());
			}
			kept.subsume_assets(issued);
		}
		if !kept.is_empty() {
			PolkadotXcm::drop_assets(owner, kept, &context);
		}
	}

	/// Each is issued, a part of it deposited, and all of them trapped.
	fn weight(assets: u32) -> Weight {
		weight_of_keeping().saturating_mul(assets.into())
	}
}

/// What keeping an asset costs, in planck of it. None where there isn't more of it than that.
fn price_of_keeping(asset: &Asset) -> Option<Balance> {
	let id = AssetRegistry::asset_at(&asset.id.0)?;
	let price = trader::price(weight_of_keeping(), id)?;
	matches!(asset.fun, Fungible(amount) if amount > price).then_some(price)
}

fn weight_of_keeping() -> Weight {
	type Weights = PicassoXcmWeight<RuntimeCall>;
	let asset: Assets = vec![Asset { id: AssetId(Location::here()), fun: Fungible(1) }].into();
	let deposit = <Weights as XcmWeightInfo<RuntimeCall>>::deposit_asset(
		&Wild(AllCounted(1)),
		&Location::here(),
	);
	<Weights as XcmWeightInfo<RuntimeCall>>::reserve_asset_deposited(&asset)
		.saturating_add(deposit)
		.saturating_add(<Weights as XcmWeightInfo<RuntimeCall>>::claim_asset(
			&asset,
			&Location::here(),
		))
}
