// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The chain as AVS 0, and its first table, by what the calls do.

use crate::{pallet::*, types::*};
use alloc::vec::Vec;
use frame_support::BoundedVec;
use picasso_primitives::{
	avs::{AssetTerms, Membership, Terms, CHAIN},
	conditions::{Condition, Destination, Duty, Fault, Jail, SlashFraction},
	AssetId, Balance, EraIndex, PoolId,
};
use serde::{Deserialize, Serialize};
use sp_runtime::{FixedU128, Perbill, Perquintill};

/// The most that absence costs a validator, as the SDK has it: where a third of all are absent together.
const MAX_ABSENCE: Perbill = Perbill::from_percent(7);

/// The terms of AVS 0, as a network's genesis names them. Its consensus faults cost more the more
/// validators are at fault together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChainTerms {
	/// Assets, and the units of security that a planck of each counts for.
	pub assets: Vec<(AssetId, FixedU128)>,
	/// The number of validators below which the old ones stay.
	pub minimum_operators: u32,
	/// The most validators.
	pub maximum_operators: u32,
	/// The least units of security that a validator brings.
	pub minimum_stake: u128,
	/// The currency that validators and their restakers are paid in.
	pub pay_currency: AssetId,
	/// Planck of it in each era.
	pub pay_per_era: Balance,
	/// Eras of notice for terms that are against stake.
	pub notice: EraIndex,
	/// Eras after a fault in which it can be reported.
	pub evidence_window: EraIndex,
	/// Eras after a report in which it can be disputed.
	pub dispute_window: EraIndex,
}

impl ChainTerms {
	fn terms<AccountId: Clone>(&self) -> Terms<AccountId> {
		let assets: Vec<_> = self
			.assets
			.iter()
			.map(|(asset, weight)| AssetTerms {
				asset: *asset,
				weight: *weight,
				floor: None,
				cap: None,
			})
			.collect();
		// The SDK finds both and says what they cost; duty is counted by its heartbeats, session by session.
		let equivocation = Condition {
			fault: Fault::Consensus,
			slash: SlashFraction::Correlated { maximum: Perbill::one() },
			evidence_window: self.evidence_window,
			dispute_window: self.dispute_window,
			jail: Jail::Eras(self.evidence_window),
			destination: Destination::Treasury,
			reporter_share: Perbill::zero(),
			veto: None,
		};
		let absence = Condition {
			fault: Fault::MissedDuty(Duty { round: 1, window: 1, least: Perbill::one() }),
			slash: SlashFraction::Fixed(MAX_ABSENCE),
			jail: Jail::Eras(1),
			..equivocation.clone()
		};
		Terms {
			assets: assets.try_into().expect("genesis: few assets"),
			minimum_security: 0,
			target_security: 0,
			minimum_operators: self.minimum_operators,
			maximum_operators: self.maximum_operators,
			minimum_stake: self.minimum_stake,
			minimum_self_stake: 0,
			maximum_share: Perbill::one(),
			minimum_nakamoto: 0,
			minimum_commission: Perbill::zero(),
			maximum_commission: Perbill::one(),
			membership: Membership::Open,
			conditions: BoundedVec::truncate_from(alloc::vec![equivocation, absence]),
			pay_currency: self.pay_currency,
			pay_per_era: self.pay_per_era,
			notice: self.notice,
		}
	}
}

impl<T: Config> GenesisConfig<T> {
	/// A genesis that breaks the registry's rules must not start a chain: this panics, as genesis does.
	pub(crate) fn build_chain(&self) {
		let Some(terms) = &self.terms else { return };
		let terms = terms.terms();
		Pallet::<T>::ensure_valid_terms(Some(CHAIN), &terms).expect("genesis: valid terms");
		let avs = Pallet::<T>::add_avs(None, BoundedVec::new(), terms).expect("genesis: AVS 0");
		assert_eq!(avs, CHAIN, "genesis: the chain is the first AVS");
		for (operator, pools) in &self.operators {
			Pallet::<T>::do_join(operator, CHAIN, None)
				.unwrap_or_else(|error| panic!("genesis: operator {operator:?}: {error:?}"));
			for pool in pools {
				let fraction = Perquintill::one();
				let change = AllocationChange { avs: CHAIN, pool: *pool, fraction };
				Pallet::<T>::do_allocate(operator, change)
					.unwrap_or_else(|error| panic!("genesis: pool {pool}: {error:?}"));
				Self::count_at_once(*pool);
			}
			Self::serve_at_once(operator);
		}
		Avss::<T>::mutate(CHAIN, |record| {
			let record = record.as_mut().expect("it was added");
			Pallet::<T>::build(CHAIN, record, 0);
		});
	}

	/// What is put behind the chain at genesis counts in the first era.
	fn count_at_once(pool: PoolId) {
		Allocations::<T>::mutate(pool, CHAIN, |part| {
			let part = part.as_mut().expect("it was made");
			part.since = 0;
			part.at_turn.magnitude = part.total();
			part.note(0, part.total(), 0);
		});
	}

	fn serve_at_once(operator: &T::AccountId) {
		Members::<T>::mutate(CHAIN, operator, |member| {
			member.as_mut().expect("it joined").since = Some(0);
		});
		TenuresOf::<T>::mutate(CHAIN, operator, |tenures| {
			for tenure in tenures.as_mut().expect("it joined").eras.iter_mut() {
				tenure.since = 0;
			}
		});
	}
}
