// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The invariants, by the numbers that the crate's documentation gives them.

use crate::{pallet::*, types::Lane};
use alloc::{collections::BTreeMap, vec::Vec};
use frame_support::{ensure, traits::Get};
use picasso_primitives::{lanes::LaneId, AssetId};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks every invariant.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_lanes()?;
		let known = |lane: LaneId| Lanes::<T>::contains_key(lane);
		for (id, lane) in Lanes::<T>::iter() {
			Self::check_outbox(id, &lane)?;
			Self::check_returns(id, &lane)?;
			Self::check_waiting(id, &lane)?;
		}
		ensure!(
			Outbox::<T>::iter_keys().all(|(lane, _)| known(lane)),
			"2: a message on a lane that there isn't"
		);
		ensure!(
			Returns::<T>::iter_keys().all(|(lane, _)| known(lane)),
			"3: a return on a lane that there isn't"
		);
		ensure!(
			Waiting::<T>::iter_keys().all(|(lane, _)| known(lane)),
			"4: a message waits on a lane that there isn't"
		);
		Self::check_order()?;
		Self::check_inflows()
	}

	fn check_lanes() -> Result<(), TryRuntimeError> {
		let next = NextLane::<T>::get();
		ensure!(next <= T::MaxLanes::get(), "1: too many lanes");
		ensure!(Lanes::<T>::iter_keys().count() == next as usize, "1: lanes are miscounted");
		for (id, lane) in Lanes::<T>::iter() {
			ensure!(id < next, "1: a lane has a number that wasn't given yet");
			let found = LaneIds::<T>::get(&lane.chain);
			ensure!(found == Some(id), "1: a lane isn't found by its chain");
		}
		let by_chain = LaneIds::<T>::iter_keys().count();
		ensure!(by_chain == next as usize, "1: a chain leads to no lane");
		Ok(())
	}

	fn check_outbox(id: LaneId, lane: &Lane) -> Result<(), TryRuntimeError> {
		let mut nonces: Vec<_> = Outbox::<T>::iter_key_prefix(id).collect();
		nonces.sort();
		let is_whole = nonces.into_iter().eq(lane.oldest_out..lane.next_out);
		ensure!(is_whole, "2: other messages wait to be carried than are not settled");
		ensure!(lane.oldest_out <= lane.next_out, "2: what wasn't sent is settled");
		let is_bounded = lane.kept() <= T::MaxOutbox::get().into();
		ensure!(is_bounded, "2: more messages are kept than may be");
		Ok(())
	}

	fn check_returns(id: LaneId, lane: &Lane) -> Result<(), TryRuntimeError> {
		let nonces: Vec<_> = Returns::<T>::iter_key_prefix(id).collect();
		ensure!(nonces.len() == lane.failed_returns as usize, "3: returns are miscounted");
		let are_settled = nonces.into_iter().all(|nonce| nonce < lane.oldest_out);
		ensure!(are_settled, "3: what isn't settled is returned");
		Ok(())
	}

	fn check_waiting(id: LaneId, lane: &Lane) -> Result<(), TryRuntimeError> {
		let indices: Vec<_> = Waiting::<T>::iter_key_prefix(id).collect();
		ensure!(indices.len() == lane.waiting as usize, "4: messages that wait are miscounted");
		ensure!(lane.waiting <= T::MaxWaiting::get(), "4: more messages wait than may");
		let are_given = indices.into_iter().all(|index| index < lane.next_waiting);
		ensure!(are_given, "4: a message has a number that wasn't given yet");
		Ok(())
	}

	fn check_order() -> Result<(), TryRuntimeError> {
		let mut orders = BTreeMap::<(LaneId, AssetId), Vec<u64>>::new();
		for (lane, index, message) in Waiting::<T>::iter() {
			for asset in message.assets {
				orders.entry((lane, asset)).or_default().push(index);
			}
		}
		orders.values_mut().for_each(|indices| indices.sort());
		for (lane, asset, order) in WaitingFor::<T>::iter() {
			let expected = orders.remove(&(lane, asset));
			let is_exact = expected.is_some_and(|expected| expected == order.into_inner());
			ensure!(is_exact, "5: messages wait in another order than they came in");
		}
		ensure!(orders.is_empty(), "5: a message has no place in the order");
		Ok(())
	}

	fn check_inflows() -> Result<(), TryRuntimeError> {
		let are_limited = Inflows::<T>::iter_keys().all(InflowLimits::<T>::contains_key);
		ensure!(are_limited, "6: what isn't limited is counted");
		Ok(())
	}
}
