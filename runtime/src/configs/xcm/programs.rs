// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Programs: how assets of executors go to other chains.

use super::{
	account_location, lanes::Router, owners::Owners, UniversalLocation, Weigher, XcmConfig,
};
use crate::{
	configs::{assets::NativeAndForeign, system::RuntimeBlockWeights},
	*,
};
use alloc::{vec, vec::Vec};
use codec::Encode;
use frame_support::{
	dispatch::DispatchClass,
	ensure, parameter_types,
	traits::{ConstU32, Get},
	weights::Weight,
};
use picasso_primitives::{
	assets,
	cvm::{RemoteTransfers, Route},
	registry::AssetLocations,
	PICA,
};
use sp_io::hashing::blake2_256;
use sp_runtime::{traits::Zero, DispatchError, Perbill};
use staging_xcm::latest::prelude::*;
use staging_xcm_executor::{traits::WeightBounds, XcmExecutor};

type Error = pallet_cvm::Error<Runtime>;

type LaneWeights = <Runtime as pallet_lanes::Config>::WeightInfo;

/// Takes assets of executors to other chains, by messages.
pub struct ByMessage;

/// The most assets of one message: chains look at no more before they are paid. A program may send several.
const MAX_ASSETS_SENT: usize = 2;

/// Assets of an executor on their way.
struct Shipment {
	destination: Location,
	/// The first one pays over there.
	assets: Vec<Asset>,
	/// Whether all of them come home; else they are this chain's own and go out.
	comes_home: bool,
}

impl Shipment {
	fn of(assets: &[(crate::AssetId, Balance)], route: &Route) -> Result<Self, DispatchError> {
		let (first, _) = assets.first().ok_or(Error::NoAssets)?;
		ensure!(assets.len() <= MAX_ASSETS_SENT, Error::TooManyAssets);
		let reserve = AssetRegistry::reserve_of(*first).ok_or(Error::NoReserve)?;
		let destination = route.destination.clone().unwrap_or_else(|| reserve.clone());
		ensure!(destination != Location::here(), Error::NotAnotherChain);
		let mut located = Vec::with_capacity(assets.len());
		for (asset, amount) in assets {
			let same = AssetRegistry::reserve_of(*asset).is_some_and(|other| other == reserve);
			ensure!(same, Error::ReservesDiffer);
			let location = AssetRegistry::location_of(*asset).ok_or(Error::NoReserve)?;
			located.push(Asset { id: AssetId(location), fun: Fungible(*amount) });
		}
		let comes_home = *first != PICA;
		let direct = !comes_home || destination == reserve;
		ensure!(direct, Error::ReserveElsewhere);
		Ok(Self { destination, assets: located, comes_home })
	}

	/// What `from` executes here. What goes wrong over there leaves its assets trapped as the executor's own,
	/// for [`RemoteTransfers::recover`].
	fn message(&self, from: &AccountId, route: &Route) -> Result<Xcm<RuntimeCall>, DispatchError> {
		let fees =
			self.assets.first().map(|first| Asset { fun: Fungible(route.fee), ..first.clone() });
		let fees = fees.ok_or(Error::NoAssets)?;
		let count = self.assets.len() as u32;
		let everything = || AssetFilter::Wild(AllCounted(count));
		let beneficiary = || route.beneficiary.clone();
		let claimer = account_location(from)
			.reanchored(&self.destination, &UniversalLocation::get())
			.map_err(|_| Error::NotAnotherChain)?;
		let fees = fees
			.reanchored(&self.destination, &UniversalLocation::get())
			.map_err(|_| Error::NotAnotherChain)?;
		// Whom it waits for is said before it pays: a fee that is too small leaves all of it claimable.
		let there = Xcm(vec![
			SetHints {
				hints: vec![AssetClaimer { location: claimer }]
					.try_into()
					.map_err(|_| Error::TooManySteps)?,
			},
			PayFees { asset: fees },
			SetAppendix(Xcm(vec![
				RefundSurplus,
				DepositAsset { assets: everything(), beneficiary: beneficiary() },
			])),
			DepositAsset { assets: everything(), beneficiary: beneficiary() },
		]);
		let (assets, chain) = (everything(), self.destination.clone());
		let send = if self.comes_home {
			InitiateReserveWithdraw { assets, reserve: chain, xcm: there }
		} else {
			DepositReserveAsset { assets, dest: chain, xcm: there }
		};
		Ok(Xcm(vec![WithdrawAsset(self.assets.clone().into()), send]))
	}
}

/// What the instructions of a shipment cost here.
fn weight_of_executing(assets: u32, comes_home: bool) -> Weight {
	let asset = Asset { id: AssetId(Location::here()), fun: Fungible(1) };
	let assets = vec![asset; assets as usize];
	let shipment = Shipment { destination: Location::here(), assets, comes_home };
	let route = Route { destination: None, beneficiary: Location::here(), fee: 1 };
	shipment
		.message(&AccountId::new([0; 32]), &route)
		.ok()
		.and_then(|mut message| Weigher::weight(&mut message, Weight::MAX).ok())
		// Nothing that can be sent: it must not come cheap.
		.unwrap_or(Weight::MAX)
}

/// A name for a message that no other one has.
fn fresh_id(from: &AccountId, what: &impl Encode) -> XcmHash {
	let parent = System::parent_hash();
	(b"pica/cvm/sent", parent, System::event_count(), from, what).using_encoded(blake2_256)
}

impl RemoteTransfers<AccountId> for ByMessage {
	fn send(
		from: &AccountId,
		assets: &[(crate::AssetId, Balance)],
		route: &Route,
	) -> Result<[u8; 32], DispatchError> {
		ensure!(!route.fee.is_zero(), Error::NoFee);
		let shipment = Shipment::of(assets, route)?;
		let message = shipment.message(from, route)?;
		let mut id = fresh_id(from, &message);
		let limit = Self::weight_of_sending(assets.len() as u32);
		let outcome = XcmExecutor::<XcmConfig>::prepare_and_execute(
			account_location(from),
			message,
			&mut id,
			limit,
			limit,
		);
		outcome.ensure_complete().map_err(|failed| {
			log::debug!(target: "runtime::cvm", "a shipment failed: {failed:?}");
			let InstructionError { index, error } = failed;
			let error = error.into();
			let failure =
				pallet_xcm::Error::<Runtime>::LocalExecutionIncompleteWithError { index, error };
			DispatchError::from(failure)
		})?;
		Ok(id)
	}

	fn recover(
		owner: &AccountId,
		asset: crate::AssetId,
		amount: Balance,
		route: &Route,
	) -> Result<[u8; 32], DispatchError> {
		ensure!(!route.fee.is_zero(), Error::NoFee);
		let destination = route
			.destination
			.clone()
			.or_else(|| AssetRegistry::reserve_of(asset))
			.ok_or(Error::NoReserve)?;
		ensure!(destination != Location::here(), Error::NotAnotherChain);
		let ours = UniversalLocation::get();
		let id = AssetRegistry::location_of(asset)
			.map(AssetId)
			.and_then(|id| id.reanchored(&destination, &ours).ok())
			.ok_or(Error::NotKnownThere)?;
		let trapped = Asset { id: id.clone(), fun: Fungible(amount) };
		let fees = Asset { id, fun: Fungible(route.fee) };
		let message = Xcm(vec![
			DescendOrigin(account_location(owner).interior),
			// The version of the trapped assets, as `pallet_xcm` has it claimed.
			ClaimAsset {
				assets: trapped.into(),
				ticket: GeneralIndex(staging_xcm::latest::VERSION.into()).into(),
			},
			PayFees { asset: fees },
			SetAppendix(Xcm(vec![
				RefundSurplus,
				DepositAsset { assets: Wild(All), beneficiary: route.beneficiary.clone() },
			])),
			DepositAsset { assets: Wild(All), beneficiary: route.beneficiary.clone() },
			SetTopic(fresh_id(owner, &(asset, amount))),
		]);
		send_xcm::<Router>(destination, message).map(|(id, _)| id).map_err(|failed| {
			log::debug!(target: "runtime::cvm", "a recovery failed: {failed:?}");
			DispatchError::from(pallet_xcm::Error::<Runtime>::SendFailure)
		})
	}

	/// Of the instructions that are executed here, whichever way the assets go, and of what the lane stores.
	fn weight_of_sending(assets: u32) -> Weight {
		let [home, out] = [true, false].map(|comes_home| weight_of_executing(assets, comes_home));
		home.max(out)
			.saturating_add(<LaneWeights as pallet_lanes::WeightInfo>::export())
			.saturating_add(<LaneWeights as pallet_lanes::WeightInfo>::note_sender())
	}

	fn weight_of_recovering() -> Weight {
		<LaneWeights as pallet_lanes::WeightInfo>::export()
	}
}

parameter_types! {
	/// The most that one program weighs: a quarter of what transactions may fill of a block.
	pub MaxProgramWeight: Weight = RuntimeBlockWeights::get()
		.get(DispatchClass::Normal)
		.max_total
		.map_or(Weight::zero(), |most| Perbill::from_percent(25) * most);
}

impl pallet_cvm::Config for Runtime {
	type Ledger = Restaking;
	type Remote = ByMessage;
	type Assets = NativeAndForeign;
	type Transfers = assets::NativeAndForeign<Balances, Runtime>;
	type OwnerOrigin = Owners;
	type MaxWeight = MaxProgramWeight;
	type MaxExits = ConstU32<64>;
	type WeightInfo = crate::weights::pallet_cvm::WeightInfo<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::ProgramScene;
}
