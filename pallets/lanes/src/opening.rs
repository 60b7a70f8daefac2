// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Lanes: which there are, and whether they move.

use crate::{pallet::*, types::*};
use frame_support::{pallet_prelude::*, traits::Get};
use picasso_primitives::lanes::LaneId;
use staging_xcm::v5::{InteriorLocation, Junction, Location};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_open_lane(chain: InteriorLocation) -> DispatchResult {
		ensure!(is_chain(&chain), Error::<T>::NotAChain);
		let own = T::UniversalLocation::get();
		ensure!(chain.first() != own.first(), Error::<T>::OwnConsensus);
		ensure!(!LaneIds::<T>::contains_key(&chain), Error::<T>::LaneExists);
		let lane = NextLane::<T>::get();
		ensure!(lane < T::MaxLanes::get(), Error::<T>::TooManyLanes);
		let next = lane.checked_add(1).ok_or(Error::<T>::TooManyLanes)?;
		NextLane::<T>::put(next);
		LaneIds::<T>::insert(&chain, lane);
		Lanes::<T>::insert(lane, Lane::to(chain.clone()));
		Self::deposit_event(Event::LaneOpened { lane, chain });
		Ok(())
	}

	pub(crate) fn do_pause_lane(id: LaneId) -> DispatchResult {
		let mut lane = Self::lane(id)?;
		ensure!(!lane.is_paused(), Error::<T>::LanePaused);
		lane.status = LaneStatus::Paused;
		Lanes::<T>::insert(id, lane);
		Self::deposit_event(Event::LanePaused { lane: id });
		Ok(())
	}

	pub(crate) fn do_resume_lane(id: LaneId) -> DispatchResult {
		let mut lane = Self::lane(id)?;
		ensure!(lane.is_paused(), Error::<T>::LaneOpen);
		lane.status = LaneStatus::Open;
		Lanes::<T>::insert(id, lane);
		Self::deposit_event(Event::LaneResumed { lane: id });
		Ok(())
	}

	pub(crate) fn lane(id: LaneId) -> Result<Lane, Error<T>> {
		Lanes::<T>::get(id).ok_or(Error::<T>::LaneNotFound)
	}

	/// The lane, if it moves.
	pub(crate) fn ensure_open(id: LaneId) -> Result<Lane, Error<T>> {
		let lane = Self::lane(id)?;
		ensure!(!lane.is_paused(), Error::<T>::LanePaused);
		Ok(lane)
	}

	/// Where the chain at the other end of a lane is, as this chain sees it.
	pub fn location_of(lane: LaneId) -> Option<Location> {
		Lanes::<T>::get(lane).map(|lane| lane.location())
	}
}

/// Whether a location in the universe is that of a chain, written in the one way there is: a global
/// consensus, or parachains below it.
fn is_chain(location: &InteriorLocation) -> bool {
	let mut junctions = location.iter();
	matches!(junctions.next(), Some(Junction::GlobalConsensus(_)))
		&& junctions.all(|junction| matches!(junction, Junction::Parachain(_)))
}
