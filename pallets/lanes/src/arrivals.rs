// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What a message brings in.

use crate::{inbound::decode, pallet::*};
use alloc::{collections::BTreeMap, vec::Vec};
use frame_support::{
	ensure,
	traits::{Contains, ContainsPair, Get, ProcessMessageError},
};
use picasso_primitives::{registry::AssetLocations, AssetId, Balance};
use staging_xcm::prelude::{Asset, Fungible, Instruction, Junctions, Location, Xcm};

/// Amounts of registered assets that a message brings, if everything in it succeeds.
#[derive(Debug, Default)]
pub(crate) struct Arrivals {
	/// Planck of each.
	pub sums: BTreeMap<AssetId, Balance>,
	/// The same, as they are told.
	pub assets: Vec<Asset>,
	/// Amounts that were looked at.
	pub looked_at: u32,
	/// Whose they are if nothing becomes of the message: of the last one who is proved to speak in it.
	pub owner: Location,
}

impl<T: Config> Pallet<T> {
	/// What a message of a chain's brings.
	///
	/// Follows the origin through the message as the executor does, with the executor's own rules, and counts
	/// what the chain that the message comes from is believed to hold: else somebody over there could use up
	/// the limit with amounts that would never arrive. Where the executor is sure to stop, so does this.
	pub(crate) fn arrivals(
		origin: Location,
		message: &[u8],
	) -> Result<Arrivals, ProcessMessageError> {
		let Xcm(instructions) = decode::<()>(message)?;
		// Handlers run with an origin that can't be told from where they stand. Honest chains put amounts
		// before everything else.
		ensure!(!instructions.iter().any(hides_arrivals), ProcessMessageError::Unsupported);
		let mut arrivals = Arrivals { owner: origin.clone(), ..Default::default() };
		let mut origin = Some(origin);
		for instruction in instructions {
			let goes_on = match instruction {
				Instruction::ReserveAssetDeposited(assets) => match &origin {
					Some(origin) => Self::add_arrivals(&mut arrivals, origin, assets.inner())?,
					None => false,
				},
				other => Self::follow(&mut origin, other),
			};
			if !goes_on {
				break;
			}
			if let Some(origin) = &origin {
				arrivals.owner = origin.clone();
			}
		}
		Ok(arrivals)
	}

	/// Adds what one instruction brings: all or, where the origin isn't believed to hold one of them, nothing.
	/// Returns whether the message goes on.
	fn add_arrivals(
		arrivals: &mut Arrivals,
		origin: &Location,
		assets: &[Asset],
	) -> Result<bool, ProcessMessageError> {
		let mut sums = arrivals.sums.clone();
		let mut registered = Vec::new();
		for asset in assets {
			arrivals.looked_at = arrivals.looked_at.saturating_add(1);
			let within = arrivals.looked_at <= T::MaxArrivals::get();
			ensure!(within, ProcessMessageError::Unsupported);
			if !T::IsReserve::contains(asset, origin) {
				return Ok(false);
			}
			// What isn't registered the executor refuses.
			let (Some(id), Fungible(amount)) = (T::Locations::asset_at(&asset.id.0), &asset.fun)
			else {
				continue;
			};
			let sum = sums.entry(id).or_default();
			*sum = sum.checked_add(*amount).ok_or(ProcessMessageError::Unsupported)?;
			registered.push(asset.clone());
		}
		arrivals.sums = sums;
		arrivals.assets.extend(registered);
		Ok(true)
	}

	/// Follows a change of the origin. Returns whether the message goes on.
	fn follow(origin: &mut Option<Location>, instruction: Instruction<()>) -> bool {
		match instruction {
			Instruction::ClearOrigin => {
				*origin = None;
				true
			},
			Instruction::DescendOrigin(interior) => {
				origin.as_mut().is_some_and(|origin| origin.append_with(interior).is_ok())
			},
			Instruction::AliasOrigin(target) => {
				let may =
					origin.as_ref().is_some_and(|origin| T::Aliasers::contains(origin, &target));
				*origin = Some(target);
				may
			},
			Instruction::UniversalOrigin(global) => {
				let own = T::UniversalLocation::get();
				let may = own.first() != Some(&global)
					&& origin
						.take()
						.is_some_and(|origin| T::UniversalAliases::contains(&(origin, global)));
				*origin = Some(Junctions::from([global]).relative_to(&own));
				may
			},
			_ => true,
		}
	}
}

/// Whether an instruction that runs others, here and not on another chain, has one among them that brings
/// assets.
fn hides_arrivals(instruction: &Instruction<()>) -> bool {
	let inner = match instruction {
		Instruction::SetErrorHandler(inner)
		| Instruction::SetAppendix(inner)
		| Instruction::ExecuteWithOrigin { xcm: inner, .. } => inner,
		_ => return false,
	};
	inner.0.iter().any(|instruction| {
		matches!(instruction, Instruction::ReserveAssetDeposited(_)) || hides_arrivals(instruction)
	})
}
