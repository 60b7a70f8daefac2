// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Builds the ledger a chain starts with, by what the calls do.

use crate::{pallet::*, types::*};
use alloc::vec::Vec;
use frame_support::traits::Get;
use sp_runtime::traits::Zero;

impl<T: Config> Default for GenesisConfig<T> {
	fn default() -> Self {
		Self {
			era: T::DefaultEraSettings::get(),
			funder: None,
			vaults: Vec::new(),
			reward_currencies: Vec::new(),
			operators: Vec::new(),
			stakes: Vec::new(),
		}
	}
}

impl<T: Config> GenesisConfig<T> {
	/// A genesis that breaks the ledger's rules must not start a chain: this panics, as genesis does.
	pub(crate) fn build_ledger(&self) {
		Pallet::<T>::ensure_valid_era_settings(&self.era).expect("genesis: era settings are valid");
		CurrentEra::<T>::put(EraClock { index: 0, started: Zero::zero(), settings: self.era });
		let funder =
			|| self.funder.as_ref().expect("genesis: accounts of the ledger need a funder");
		for asset in &self.reward_currencies {
			Pallet::<T>::do_add_reward_currency(funder(), *asset)
				.unwrap_or_else(|error| panic!("genesis: currency {asset}: {error:?}"));
		}
		for (asset, settings) in &self.vaults {
			Pallet::<T>::do_create_vault(funder(), *asset, *settings)
				.unwrap_or_else(|error| panic!("genesis: vault of asset {asset}: {error:?}"));
		}
		for (operator, commission, metadata, pools) in &self.operators {
			Pallet::<T>::do_register_operator(operator, *commission, metadata.clone())
				.unwrap_or_else(|error| panic!("genesis: operator {operator:?}: {error:?}"));
			for (asset, name) in pools {
				Pallet::<T>::do_create_pool(operator, *asset, name.clone())
					.unwrap_or_else(|error| panic!("genesis: pool of {operator:?}: {error:?}"));
			}
		}
		for (who, pool, amount) in &self.stakes {
			Pallet::<T>::do_stake(who, *pool, *amount, 0)
				.unwrap_or_else(|error| panic!("genesis: stake of {who:?}: {error:?}"));
			Pools::<T>::mutate(pool, |pool| {
				let pool = pool.as_mut().expect("it takes stake");
				pool.at_turn.active = pool.active.balance;
			});
		}
	}
}
