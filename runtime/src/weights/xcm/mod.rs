// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What the instructions of messages cost, from the benchmarks of pallet-xcm-benchmarks.

mod pallet_xcm_benchmarks_fungible;
mod pallet_xcm_benchmarks_generic;

use crate::{configs::xcm::MaxAssetsIntoHolding, Runtime};
use alloc::vec::Vec;
use frame_support::{weights::Weight, BoundedVec};
use pallet_xcm_benchmarks_fungible::WeightInfo as FungibleWeights;
use pallet_xcm_benchmarks_generic::WeightInfo as GenericWeights;
use staging_xcm::{
	latest::{prelude::*, AssetTransferFilter, XcmWeightInfo},
	DoubleEncoded,
};

type Fungible = FungibleWeights<Runtime>;
type Generic = GenericWeights<Runtime>;

/// Weighs each instruction; those that nobody can have executed here can't be weighed.
pub struct PicassoXcmWeight<Call>(core::marker::PhantomData<Call>);

/// How many assets an instruction may handle.
trait Count {
	fn count(&self) -> u64;
}

impl Count for Assets {
	fn count(&self) -> u64 {
		self.len() as u64
	}
}

impl Count for AssetFilter {
	fn count(&self) -> u64 {
		let most = u64::from(MaxAssetsIntoHolding::get());
		match self {
			Definite(assets) => assets.count(),
			Wild(AllOf { .. }) => 1,
			Wild(AllCounted(count) | AllOfCounted { count, .. }) => u64::from(*count).min(most),
			Wild(All) => most,
		}
	}
}

impl Count for AssetTransferFilter {
	fn count(&self) -> u64 {
		Count::count(self.inner())
	}
}

/// The weight of an instruction for one asset, for so many.
fn each(of: &impl Count, weight: Weight) -> Weight {
	weight.saturating_mul(of.count())
}

impl<Call> XcmWeightInfo<Call> for PicassoXcmWeight<Call> {
	fn withdraw_asset(assets: &Assets) -> Weight {
		each(assets, Fungible::withdraw_asset())
	}

	fn reserve_asset_deposited(assets: &Assets) -> Weight {
		each(assets, Fungible::reserve_asset_deposited())
	}

	/// Nothing is teleported.
	fn receive_teleported_asset(_: &Assets) -> Weight {
		Weight::MAX
	}

	fn query_response(_: &u64, _: &Response, _: &Weight, _: &Option<Location>) -> Weight {
		Generic::query_response()
	}

	fn transfer_asset(assets: &Assets, _: &Location) -> Weight {
		each(assets, Fungible::transfer_asset())
	}

	fn transfer_reserve_asset(assets: &Assets, _: &Location, _: &Xcm<()>) -> Weight {
		each(assets, Fungible::transfer_reserve_asset())
	}

	/// The call's own weight comes on top.
	fn transact(_: &OriginKind, _: &Option<Weight>, _: &DoubleEncoded<Call>) -> Weight {
		Generic::transact()
	}

	fn hrmp_new_channel_open_request(_: &u32, _: &u32, _: &u32) -> Weight {
		Weight::MAX
	}

	fn hrmp_channel_accepted(_: &u32) -> Weight {
		Weight::MAX
	}

	fn hrmp_channel_closing(_: &u32, _: &u32, _: &u32) -> Weight {
		Weight::MAX
	}

	fn clear_origin() -> Weight {
		Generic::clear_origin()
	}

	fn descend_origin(_: &InteriorLocation) -> Weight {
		Generic::descend_origin()
	}

	fn report_error(_: &QueryResponseInfo) -> Weight {
		Generic::report_error()
	}

	fn deposit_asset(assets: &AssetFilter, _: &Location) -> Weight {
		each(assets, Fungible::deposit_asset())
	}

	fn deposit_reserve_asset(assets: &AssetFilter, _: &Location, _: &Xcm<()>) -> Weight {
		each(assets, Fungible::deposit_reserve_asset())
	}

	/// Nothing is exchanged.
	fn exchange_asset(_: &AssetFilter, _: &Assets, _: &bool) -> Weight {
		Weight::MAX
	}

	fn initiate_reserve_withdraw(assets: &AssetFilter, _: &Location, _: &Xcm<()>) -> Weight {
		each(assets, Fungible::initiate_reserve_withdraw())
	}

	fn initiate_teleport(_: &AssetFilter, _: &Location, _: &Xcm<()>) -> Weight {
		Weight::MAX
	}

	fn initiate_transfer(
		_: &Location,
		fees: &Option<AssetTransferFilter>,
		_: &bool,
		assets: &BoundedVec<AssetTransferFilter, staging_xcm::latest::MaxAssetTransferFilters>,
		_: &Xcm<()>,
	) -> Weight {
		let all: Vec<&AssetTransferFilter> = fees.iter().chain(assets.iter()).collect();
		let count = all.into_iter().map(Count::count).fold(0u64, u64::saturating_add);
		Fungible::initiate_transfer().saturating_mul(count.max(1))
	}

	fn report_holding(_: &QueryResponseInfo, _: &AssetFilter) -> Weight {
		Generic::report_holding()
	}

	fn buy_execution(_: &Asset, _: &WeightLimit) -> Weight {
		Generic::buy_execution()
	}

	fn pay_fees(_: &Asset) -> Weight {
		Generic::pay_fees()
	}

	fn refund_surplus() -> Weight {
		Generic::refund_surplus()
	}

	fn set_error_handler(_: &Xcm<Call>) -> Weight {
		Generic::set_error_handler()
	}

	fn set_appendix(_: &Xcm<Call>) -> Weight {
		Generic::set_appendix()
	}

	fn clear_error() -> Weight {
		Generic::clear_error()
	}

	fn set_hints(hints: &BoundedVec<Hint, HintNumVariants>) -> Weight {
		hints.iter().fold(Weight::zero(), |sum, hint| match hint {
			AssetClaimer { .. } => sum.saturating_add(Generic::asset_claimer()),
		})
	}

	fn claim_asset(assets: &Assets, _: &Location) -> Weight {
		each(assets, Generic::claim_asset())
	}

	fn trap(_: &u64) -> Weight {
		Generic::trap()
	}

	fn subscribe_version(_: &u64, _: &Weight) -> Weight {
		Generic::subscribe_version()
	}

	fn unsubscribe_version() -> Weight {
		Generic::unsubscribe_version()
	}

	fn burn_asset(assets: &Assets) -> Weight {
		each(assets, Generic::burn_asset())
	}

	fn expect_asset(assets: &Assets) -> Weight {
		each(assets, Generic::expect_asset())
	}

	fn expect_origin(_: &Option<Location>) -> Weight {
		Generic::expect_origin()
	}

	fn expect_error(_: &Option<(u32, XcmError)>) -> Weight {
		Generic::expect_error()
	}

	fn expect_transact_status(_: &MaybeErrorCode) -> Weight {
		Generic::expect_transact_status()
	}

	fn query_pallet(_: &Vec<u8>, _: &QueryResponseInfo) -> Weight {
		Generic::query_pallet()
	}

	fn expect_pallet(_: &u32, _: &Vec<u8>, _: &Vec<u8>, _: &u32, _: &u32) -> Weight {
		Generic::expect_pallet()
	}

	fn report_transact_status(_: &QueryResponseInfo) -> Weight {
		Generic::report_transact_status()
	}

	fn clear_transact_status() -> Weight {
		Generic::clear_transact_status()
	}

	/// No origin here speaks for another consensus.
	fn universal_origin(_: &Junction) -> Weight {
		Weight::MAX
	}

	/// This chain takes nobody's messages further.
	fn export_message(_: &NetworkId, _: &Junctions, _: &Xcm<()>) -> Weight {
		Weight::MAX
	}

	fn lock_asset(_: &Asset, _: &Location) -> Weight {
		Weight::MAX
	}

	fn unlock_asset(_: &Asset, _: &Location) -> Weight {
		Weight::MAX
	}

	fn note_unlockable(_: &Asset, _: &Location) -> Weight {
		Weight::MAX
	}

	fn request_unlock(_: &Asset, _: &Location) -> Weight {
		Weight::MAX
	}

	fn set_fees_mode(_: &bool) -> Weight {
		Generic::set_fees_mode()
	}

	fn set_topic(_: &[u8; 32]) -> Weight {
		Generic::set_topic()
	}

	fn clear_topic() -> Weight {
		Generic::clear_topic()
	}

	fn alias_origin(_: &Location) -> Weight {
		Generic::alias_origin()
	}

	fn unpaid_execution(_: &WeightLimit, _: &Option<Location>) -> Weight {
		Generic::unpaid_execution()
	}

	fn execute_with_origin(_: &Option<InteriorLocation>, _: &Xcm<Call>) -> Weight {
		Generic::execute_with_origin()
	}
}
