// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Each call and step at its worst case: messages as large, and with as many arrivals, as there may be; other
//! messages everywhere.

use crate::{pallet::*, types::*, InflowGuard, LaneRouter, LocalHereRouter};
use alloc::{vec, vec::Vec};
use codec::Encode;
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{EnsureOrigin, Get, ProcessMessage},
	weights::{Weight, WeightMeter},
};
use frame_system::RawOrigin;
use picasso_primitives::{
	lanes::{Carrier, Delivery, LaneId, MessageOrigin},
	AssetId, Balance,
};
use staging_xcm::{prelude::*, VersionedXcm};

/// Sets the scene: what only the runtime knows how.
pub trait BenchmarkHelper {
	/// Registers so many assets that a chain holds, each of which may come in. Returns them, with where they
	/// are as this chain sees it.
	fn register(chain: &InteriorLocation, count: u32) -> Vec<(AssetId, Location)>;

	/// Has it be known that a chain understands the newest version of XCM.
	fn set_version(chain: &Location);
}

const MUCH: Balance = 1_000_000_000_000;

fn chain() -> InteriorLocation {
	[GlobalConsensus(ByGenesis([9; 32])), Parachain(1000)].into()
}

fn root<T: Config>() -> Result<T::RuntimeOrigin, BenchmarkError> {
	T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)
}

/// A lane, with one to another chain beside it.
fn open<T: Config>() -> LaneId {
	let id = NextLane::<T>::get();
	Pallet::<T>::do_open_lane(chain()).expect("room for a lane");
	T::BenchmarkHelper::set_version(&Location::new(1, chain()));
	id
}

/// A message that does nothing, so large that an addition still fits.
fn large<T: Config>(before: Vec<Instruction<()>>) -> Xcm<()> {
	let empty = message_with(before.clone(), 0).encoded_size();
	// What comes before it on the way out, and the longer length.
	let room = (T::MaxMessageSize::get() as usize).saturating_sub(empty + 64);
	let message = message_with(before, room);
	assert!(message.encoded_size() <= T::MaxMessageSize::get() as usize);
	message
}

fn message_with(before: Vec<Instruction<()>>, bytes: usize) -> Xcm<()> {
	let call = vec![7u8; bytes].into();
	let filler = Transact { origin_kind: OriginKind::Native, fallback_max_weight: None, call };
	Xcm(before.into_iter().chain([filler, SetTopic([7; 32])]).collect())
}

fn encoded(message: Xcm<()>) -> Vec<u8> {
	VersionedXcm::from(message).encode()
}

/// Assets that are limited, and have come in already.
fn assets<T: Config>(count: u32) -> Vec<(AssetId, Location)> {
	let assets = T::BenchmarkHelper::register(&chain(), count);
	for (asset, _) in &assets {
		InflowLimits::<T>::insert(asset, MUCH);
		Inflows::<T>::insert(asset, crate::Bucket { level: MUCH / 2, ..Default::default() });
	}
	assets
}

/// A large message that brings so much of each.
fn bringing<T: Config>(assets: &[(AssetId, Location)], amount: Balance) -> Vec<u8> {
	let before = assets
		.iter()
		.map(|(_, location)| ReserveAssetDeposited(Asset::from((location.clone(), amount)).into()))
		.collect();
	encoded(large::<T>(before))
}

/// As many messages as may be wait on a lane but one, all of them behind the first.
fn fill_waiting<T: Config>(lane: LaneId, assets: &[(AssetId, Location)], message: &[u8]) {
	let sums = assets.iter().map(|(asset, _)| (*asset, 1)).collect();
	for _ in 1..T::MaxWaiting::get() {
		let reason = DelayReason::OverLimit(assets.first().map_or(0, |(asset, _)| *asset));
		Pallet::<T>::set_aside(lane, message, &sums, reason).expect("room for it");
	}
}

/// A message in the outbox.
fn queue_out<T: Config>(lane: LaneId) {
	let mut message = Some(large::<T>(vec![]));
	let (ticket, _) = LaneRouter::<T>::validate(&mut Some(destination()), &mut message)
		.expect("a message that can be sent");
	LaneRouter::<T>::deliver(ticket).expect("a message sent");
	assert!(Outbox::<T>::contains_key(lane, 0));
}

fn destination() -> Location {
	Location::new(1, chain())
}

fn sender() -> Location {
	AccountId32 { network: None, id: [7; 32] }.into()
}

fn fail_return<T: Config>(lane: LaneId) {
	queue_out::<T>(lane);
	let message = Outbox::<T>::take(lane, 0).expect("a message");
	Returns::<T>::insert(lane, 0, message);
	Lanes::<T>::mutate_extant(lane, |lane| {
		lane.oldest_out = 1;
		lane.failed_returns = 1;
	});
}

impl<T: Config> Pallet<T> {
	/// Has a message to a chain find a lane.
	pub(crate) fn open_for_benchmarks(destination: Option<Location>) {
		let Some(Location { parents: 1, interior }) = destination else { return };
		T::BenchmarkHelper::set_version(&Location::new(1, interior.clone()));
		// There is one, or it's no chain.
		let _ = Self::do_open_lane(interior);
	}
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn open_lane() -> Result<(), BenchmarkError> {
		let origin = root::<T>()?;
		let lane = NextLane::<T>::get();
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, chain());
		assert!(Lanes::<T>::contains_key(lane));
		Ok(())
	}

	#[benchmark]
	fn pause_lane() -> Result<(), BenchmarkError> {
		let lane = open::<T>();
		let origin = root::<T>()?;
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, lane);
		assert!(Pallet::<T>::ensure_open(lane).is_err());
		Ok(())
	}

	#[benchmark]
	fn resume_lane() -> Result<(), BenchmarkError> {
		let lane = open::<T>();
		Pallet::<T>::do_pause_lane(lane)?;
		let origin = root::<T>()?;
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, lane);
		assert!(Pallet::<T>::ensure_open(lane).is_ok());
		Ok(())
	}

	#[benchmark]
	fn set_inflow_limit() -> Result<(), BenchmarkError> {
		let assets = assets::<T>(1);
		let asset = assets.first().map(|(asset, _)| *asset).ok_or("an asset")?;
		let origin = root::<T>()?;
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, asset, Some(MUCH / 2));
		assert_eq!(InflowLimits::<T>::get(asset), Some(MUCH / 2));
		Ok(())
	}

	#[benchmark]
	fn settle_by_vote() -> Result<(), BenchmarkError> {
		let lane = open::<T>();
		queue_out::<T>(lane);
		let origin = root::<T>()?;
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, lane, 0, Delivery::Refused);
		assert!(!Outbox::<T>::contains_key(lane, 0));
		Ok(())
	}

	/// Without what it has others do: whether that succeeds is theirs.
	#[benchmark]
	fn retry_return() {
		let lane = open::<T>();
		fail_return::<T>(lane);
		#[block]
		{
			let _ = Pallet::<T>::ensure_open(lane);
			let _ = Pallet::<T>::do_retry_return(lane, 0);
		}
		assert!(!Outbox::<T>::contains_key(lane, 0));
	}

	#[benchmark]
	fn release(n: Linear<0, { T::MaxArrivals::get() }>) {
		let lane = open::<T>();
		let assets = assets::<T>(n);
		let message = bringing::<T>(&assets, 1);
		fill_waiting::<T>(lane, &assets, &message);
		let who = account("releaser", 0, 0);
		#[extrinsic_call]
		_(RawOrigin::Signed(who), lane, 0, Weight::MAX);
		assert!(!Waiting::<T>::contains_key(lane, 0));
	}

	#[benchmark]
	fn export() -> Result<(), BenchmarkError> {
		let lane = open::<T>();
		let (mut to, mut message) = (Some(destination()), Some(large::<T>(vec![])));
		#[block]
		{
			let (ticket, _) = LaneRouter::<T>::validate(&mut to, &mut message)
				.map_err(|_| BenchmarkError::Stop("a message that can be sent"))?;
			LaneRouter::<T>::deliver(ticket)
				.map_err(|_| BenchmarkError::Stop("a message that can be sent"))?;
		}
		assert!(Outbox::<T>::contains_key(lane, 0));
		Ok(())
	}

	#[benchmark]
	fn note_sender() {
		let lane = open::<T>();
		queue_out::<T>(lane);
		let (from, to) = (sender(), destination());
		#[block]
		{
			Pallet::<T>::note_sender(&from, &to, &[7; 32]);
		}
		let message = Outbox::<T>::get(lane, 0).expect("a message");
		assert_eq!(message.sender, Some(from));
	}

	#[benchmark]
	fn send_here() -> Result<(), BenchmarkError> {
		let (mut to, mut message) = (Some(Location::here()), Some(large::<T>(vec![])));
		#[block]
		{
			let (ticket, _) = LocalHereRouter::<T>::validate(&mut to, &mut message)
				.map_err(|_| BenchmarkError::Stop("a message that can be sent"))?;
			LocalHereRouter::<T>::deliver(ticket)
				.map_err(|_| BenchmarkError::Stop("a message that can be sent"))?;
		}
		Ok(())
	}

	#[benchmark]
	fn receive() -> Result<(), BenchmarkError> {
		let lane = open::<T>();
		let message = encoded(large::<T>(vec![]));
		// A page that must be read.
		Pallet::<T>::receive(lane, &encoded(Xcm(vec![ClearOrigin])))?;
		#[block]
		{
			Pallet::<T>::receive(lane, &message)?;
		}
		Ok(())
	}

	#[benchmark]
	fn next() {
		let lane = open::<T>();
		queue_out::<T>(lane);
		let oldest;
		#[block]
		{
			oldest = <Pallet<T> as Carrier>::next(lane);
		}
		assert!(oldest.is_some());
	}

	#[benchmark]
	fn settle() -> Result<(), BenchmarkError> {
		let lane = open::<T>();
		queue_out::<T>(lane);
		#[block]
		{
			<Pallet<T> as Carrier>::settle(lane, 0, Delivery::Refused)?;
		}
		assert!(!Outbox::<T>::contains_key(lane, 0));
		Ok(())
	}

	/// Setting a message aside costs more than passing it on. It is of the last of its assets that there is
	/// too much.
	#[benchmark]
	fn guard(n: Linear<0, { T::MaxArrivals::get() }>) {
		let lane = open::<T>();
		let assets = assets::<T>(n);
		let message = bringing::<T>(&assets, 1);
		if let Some((last, _)) = assets.iter().max_by_key(|(asset, _)| *asset) {
			InflowLimits::<T>::insert(last, 0);
		}
		let origin = MessageOrigin::Lane(lane);
		let (mut meter, mut id) = (WeightMeter::new(), [0; 32]);
		#[block]
		{
			// What brings nothing goes on to the processor, which may refuse it.
			let _ = InflowGuard::<T>::process_message(&message, origin, &mut meter, &mut id);
		}
		assert_eq!(Waiting::<T>::contains_key(lane, 0), n > 0);
	}

	#[benchmark]
	fn seek_waiting() {
		let lane = open::<T>();
		let assets = assets::<T>(1);
		let message = bringing::<T>(&assets, 1);
		fill_waiting::<T>(lane, &assets, &message);
		// Behind the last key: the round is over.
		let last = WaitingFor::<T>::iter_keys().last().expect("one that waits");
		IdleCursor::<T>::put(last);
		#[block]
		{
			Pallet::<T>::let_waiting_in(&mut WeightMeter::new());
		}
		assert!(!IdleCursor::<T>::exists());
	}

	#[benchmark]
	fn pass_over(n: Linear<1, { T::MaxArrivals::get() }>) {
		let lane = open::<T>();
		let assets = assets::<T>(n);
		let message = bringing::<T>(&assets, 1);
		fill_waiting::<T>(lane, &assets, &message);
		#[block]
		{
			Pallet::<T>::pass_over(lane, 0, Weight::MAX);
		}
		let waiting = Waiting::<T>::get(lane, 0).expect("it still waits");
		assert!(waiting.assets.is_empty());
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::ExtBuilder.build(), crate::mock::Test);
}
