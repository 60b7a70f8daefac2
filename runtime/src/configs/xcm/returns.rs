// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What becomes of assets in a message that the other chain did not let in: they are their sender's again.

use super::{assets::AssetTransactors, MaxAssetsIntoHolding, UniversalLocation};
use crate::{weights::xcm::PicassoXcmWeight, PolkadotXcm, Runtime, RuntimeCall};
use alloc::{vec, vec::Vec};
use codec::Encode;
use frame_support::{ensure, traits::Get, weights::Weight};
use pallet_lanes::OnRefused;
use sp_io::hashing::blake2_256;
use sp_runtime::{DispatchError, DispatchResult};
use staging_xcm::latest::{prelude::*, XcmWeightInfo};
use staging_xcm_executor::{
	traits::{DropAssets, TransactAsset},
	AssetsInHolding,
};

type Error = pallet_xcm::Error<Runtime>;

/// Gives back what left in a message.
pub struct Returns;

impl OnRefused for Returns {
	fn refused(
		sender: Option<Location>,
		chain: &InteriorLocation,
		message: Xcm<()>,
	) -> DispatchResult {
		let chain = Location::new(1, chain.clone());
		let context = XcmContext::with_message_id(message.using_encoded(blake2_256));
		// Only the executor tells of senders, once it has taken what they send: what is sent without it
		// says by itself what it brings.
		let Some(owner) = sender else { return Ok(()) };
		for instruction in message.0 {
			match instruction {
				// Left this chain by being burned: it lies in this chain's account over there, unspent.
				WithdrawAsset(assets) => {
					for asset in at_home(assets, &chain)? {
						let issued = AssetTransactors::mint_asset(&asset, &context)
							.map_err(|_| DispatchError::Unavailable)?;
						give(&owner, issued, &context);
					}
				},
				// Is in that chain's account here.
				ReserveAssetDeposited(assets) => {
					for asset in at_home(assets, &chain)? {
						let held = AssetTransactors::withdraw_asset(&asset, &chain, Some(&context))
							.map_err(|_| DispatchError::Unavailable)?;
						give(&owner, held, &context);
					}
				},
				SetHints { .. } | PayFees { .. } | BuyExecution { .. } => (),
				// This chain puts what leaves first. What comes after the origin was altered, its sender wrote.
				_ => break,
			}
		}
		Ok(())
	}

	/// Each asset is issued, or taken, and deposited, or trapped.
	fn weight() -> Weight {
		type Weights = PicassoXcmWeight<RuntimeCall>;
		let asset = Asset { id: AssetId(Location::here()), fun: Fungible(1) };
		let assets: Assets = vec![asset; MaxAssetsIntoHolding::get() as usize].into();
		let issue = <Weights as XcmWeightInfo<RuntimeCall>>::withdraw_asset(&assets);
		let claim =
			<Weights as XcmWeightInfo<RuntimeCall>>::claim_asset(&assets, &Location::here());
		issue.saturating_add(claim).saturating_mul(2)
	}
}

/// Assets that another chain names, as this one does.
fn at_home(assets: Assets, chain: &Location) -> Result<Vec<Asset>, DispatchError> {
	let ours = UniversalLocation::get();
	let from_there = ours.invert_target(chain).map_err(|_| Error::CannotReanchor)?;
	let theirs = chain.interior.clone();
	assets
		.into_inner()
		.into_iter()
		.map(|asset| {
			let asset =
				asset.reanchored(&from_there, &theirs).map_err(|_| Error::CannotReanchor)?;
			ensure!(matches!(asset.fun, Fungible(_)), Error::Filtered);
			Ok(asset)
		})
		.collect()
}

/// To the owner's account, or where that can't have it into the trap, for the owner to claim.
fn give(owner: &Location, assets: AssetsInHolding, context: &XcmContext) {
	if let Err((assets, _)) = AssetTransactors::deposit_asset(assets, owner, Some(context)) {
		PolkadotXcm::drop_assets(owner, assets, context);
	}
}
