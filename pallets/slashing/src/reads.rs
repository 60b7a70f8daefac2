// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What the runtime API tells users. Nothing here is reachable from a call.

use crate::{pallet::*, reports::Proved, types::*};
use alloc::vec::Vec;
use frame_support::pallet_prelude::*;
use picasso_primitives::{
	conditions::Evidence,
	math::Ratio,
	restaking::StakeLedger,
	slashing::{
		DutyInfo, ExposureInfo, FaultId, FaultInfo, FaultPreview, FaultsOf, SlashableParts,
		SlashingTerms,
	},
	AvsId, Balance, PoolId,
};
use sp_runtime::Perbill;

impl<T: Config> Pallet<T> {
	/// See [`SlashingApi::pending`](picasso_primitives::slashing::SlashingApi).
	pub fn pending(of: FaultsOf<T::AccountId>) -> Vec<FaultInfo<T::AccountId>> {
		Self::faults_of(of, |record| !record.is_final())
	}

	/// See [`SlashingApi::history`](picasso_primitives::slashing::SlashingApi).
	pub fn history(of: FaultsOf<T::AccountId>) -> Vec<FaultInfo<T::AccountId>> {
		Self::faults_of(of, FaultRecord::is_final)
	}

	fn faults_of(
		of: FaultsOf<T::AccountId>,
		asked: impl Fn(&FaultRecord<T>) -> bool,
	) -> Vec<FaultInfo<T::AccountId>> {
		let all = Faults::<T>::iter().filter(|(_, record)| asked(record)).map(Self::info);
		match of {
			FaultsOf::Avs(avs) => all.filter(|info| info.fault.avs == avs).collect(),
			FaultsOf::Operator(operator) => {
				all.filter(|info| info.fault.operator == operator).collect()
			},
			FaultsOf::Restaker(who) => {
				let pools: Vec<PoolId> =
					T::Ledger::at_stake(&who).into_iter().map(|(pool, _)| pool).collect();
				all.filter(|info| info.pools.iter().any(|pool| pools.contains(pool))).collect()
			},
		}
	}

	fn info((fault, record): (FaultId<T::AccountId>, FaultRecord<T>)) -> FaultInfo<T::AccountId> {
		FaultInfo {
			fault,
			status: record.status,
			fraction: record.fraction,
			charged: record.charged,
			due: record.due,
			reporter: record.reporter,
			disputed: matches!(record.dispute, Dispute::Open(_)),
			pools: record.pools.into_inner(),
			condition: record.condition,
		}
	}

	/// See [`SlashingApi::exposure`](picasso_primitives::slashing::SlashingApi).
	pub fn exposure(who: &T::AccountId) -> Vec<ExposureInfo<T::AccountId>> {
		let era = T::Ledger::current_era();
		let claims = T::Ledger::at_stake(who).into_iter().flat_map(|(pool, value)| {
			let claims = T::Parts::claims(pool).into_iter();
			claims.map(move |(avs, claim)| (pool, avs, claim.of(value).unwrap_or(value)))
		});
		claims
			.flat_map(|(pool, avs, value)| {
				T::Terms::conditions(avs, era).into_iter().zip(0u8..).map(
					move |(condition, condition_number)| {
						let most = part_of(value, condition.slash.maximum());
						ExposureInfo { pool, avs, condition_number, condition, most }
					},
				)
			})
			.collect()
	}

	/// See [`SlashingApi::verify`](picasso_primitives::slashing::SlashingApi).
	pub fn preview(
		reporter: &T::AccountId,
		avs: AvsId,
		condition: u8,
		evidence: Evidence<T::AccountId>,
	) -> Result<FaultPreview<T::AccountId>, DispatchError> {
		let Proved { fault, condition, due } = Self::examine(reporter, avs, condition, evidence)?;
		Ok(FaultPreview { fault, fraction: condition.slash.maximum(), due })
	}

	/// See [`SlashingApi::duty`](picasso_primitives::slashing::SlashingApi).
	pub fn duty_info(avs: AvsId) -> Option<DutyInfo> {
		let window = Duties::<T>::get(avs)?;
		let round = window.round(Self::now()).map(|round| window.round_number(round));
		let (era, closes, required) = (window.era, window.closes(), window.duty.required());
		Some(DutyInfo { era, round, closes, required })
	}
}

/// ⌈value · fraction⌉.
fn part_of(value: Balance, fraction: Perbill) -> Balance {
	let whole = Perbill::one().deconstruct().into();
	let ratio = Ratio::new(fraction.deconstruct().into(), whole);
	ratio.and_then(|ratio| ratio.of(value)).unwrap_or(value)
}
