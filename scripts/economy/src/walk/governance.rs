// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! What governance does, and those who issue assets.

use super::{step::R, Step, Walker};
use crate::{
	calls::{AssetsCall, EmissionsCall, ParametersCall, RestakingCall},
	world::Chain,
};
use pallet_restaking::{CurrentEra, EraSettings, Operators, RewardCurrencies, Vaults};
use picasso_primitives::{
	assets::PICA,
	math::Split,
	restaking::{CurrencyStatus, VaultSettings, VaultStatus},
	AssetId,
};
use picasso_runtime::configs::governance::parameters::{dynamic_params, RuntimeParameters};
use sp_runtime::{FixedU128, Perbill};

impl Walker<'_> {
	pub(super) fn some_governance(&mut self) -> Option<Step> {
		match self.dice.below(100) {
			0..=14 => self.set_split(),
			15..=34 => self.set_vault(),
			35..=52 => self.set_parameter(),
			53..=54 => self.add_currency(),
			55..=64 => self.set_currency(),
			65..=70 => self.set_chilled(),
			71..=73 => self.set_era(),
			_ => self.freeze(),
		}
	}

	fn set_split(&mut self) -> Option<Step> {
		let restakers = self.dice.between(390, 1_000).min(1_000) as u32;
		let left = 1_000 - restakers;
		let pica_stakers = self.dice.below(u64::from(left) + 1) as u32;
		let operators = self.dice.below(u64::from(left - pica_stakers) + 1) as u32;
		let treasury = left - pica_stakers - operators;
		let [restakers, pica_stakers, operators, treasury] =
			[restakers, pica_stakers, operators, treasury]
				.map(|p| Perbill::from_parts(p * 1_000_000));
		let split = Split { restakers, pica_stakers, operators, treasury };
		Some(Step::root("set split", EmissionsCall::set_split { split }))
	}

	fn set_vault(&mut self) -> Option<Step> {
		let vaults: Vec<_> = Vaults::<R>::iter().collect();
		let (asset, vault) = *self.dice.one_of(&vaults)?;
		let known = self.chain.scene.asset(asset);
		let (unit, original) = (known.unit(), known.vault());
		let old = vault.settings;
		let settings = match self.dice.below(12) {
			0 => VaultSettings { status: VaultStatus::ExitsOnly, ..old },
			1 => VaultSettings {
				deposit_cap: self.dice.amount(10_000 * unit),
				minimum_stake: 0,
				..old
			},
			2 => VaultSettings { minimum_stake: self.dice.amount(unit), ..old },
			3 => VaultSettings { yield_rate: FixedU128::default(), ..old },
			4 | 5 => {
				let times = FixedU128::from_rational(self.dice.amount(10_000), 100);
				let yield_rate = original.yield_rate.const_checked_mul(times)?;
				VaultSettings { yield_rate, ..old }
			},
			_ => original,
		};
		Some(Step::root("set vault", RestakingCall::set_vault { asset, settings }))
	}

	fn set_parameter(&mut self) -> Option<Step> {
		use dynamic_params::{emissions, fees, slashing};
		let key_value = match self.dice.below(6) {
			0 | 1 => {
				let part = Perbill::from_parts(self.dice.amount(200_000_000) as u32);
				let part = if self.dice.once_in(4) { Perbill::zero() } else { part };
				let parameter = emissions::Parameters::Ceiling(emissions::Ceiling, Some(part));
				RuntimeParameters::Emissions(parameter)
			},
			2 => {
				let eras = Some(self.dice.below(20) as u32);
				let parameter = emissions::Parameters::WarningEras(emissions::WarningEras, eras);
				RuntimeParameters::Emissions(parameter)
			},
			3 => {
				let part = Some(Perbill::from_percent(self.dice.below(101) as u32));
				RuntimeParameters::Fees(fees::Parameters::ChainPart(fees::ChainPart, part))
			},
			_ => {
				let part = Some(Perbill::from_percent(self.dice.between(1, 100) as u32));
				let parameter = slashing::Parameters::EraCeiling(slashing::EraCeiling, part);
				RuntimeParameters::Slashing(parameter)
			},
		};
		Some(Step::root("set parameter", ParametersCall::set_parameter { key_value }))
	}

	fn foreign(&mut self) -> AssetId {
		let foreign: Vec<_> =
			self.chain.scene.assets.iter().map(|asset| asset.id).filter(|id| *id != PICA).collect();
		*self.dice.one_of(&foreign).expect("there are foreign assets")
	}

	fn add_currency(&mut self) -> Option<Step> {
		let asset = self.foreign();
		Some(Step::root("add currency", RestakingCall::add_reward_currency { asset }))
	}

	fn set_currency(&mut self) -> Option<Step> {
		let currencies = RewardCurrencies::<R>::get();
		let asset = self.dice.one_of(&currencies)?.asset;
		let retired = self.dice.once_in(if asset == PICA { 8 } else { 3 });
		let status = if retired { CurrencyStatus::Retired } else { CurrencyStatus::Active };
		let call = RestakingCall::set_reward_currency { asset, status };
		Some(Step::root("set currency", call))
	}

	fn set_chilled(&mut self) -> Option<Step> {
		let all: Vec<_> = Operators::<R>::iter().collect();
		let mut chilled: Vec<_> = all.iter().filter(|(_, operator)| operator.chilled).collect();
		if chilled.is_empty() || self.dice.once_in(4) {
			chilled = all.iter().collect();
		}
		let operator = self.dice.one_of(&chilled)?.0.clone();
		let chilled = self.dice.once_in(4);
		Some(Step::root("set chilled", RestakingCall::set_chilled { operator, chilled }))
	}

	fn set_era(&mut self) -> Option<Step> {
		let settings = CurrentEra::<R>::get()?.settings;
		let length = self.dice.between(3, 16) as u32;
		let settings = EraSettings { length, ..settings };
		Some(Step::root("set era", RestakingCall::set_era_settings { settings }))
	}

	/// By whoever issues an asset: freezes all of it, or what one account has, and thaws it again.
	fn freeze(&mut self) -> Option<Step> {
		let (id, issuer) = (self.foreign(), Chain::treasury());
		if self.dice.once_in(2) {
			return Some(if self.dice.once_in(4) {
				Step::signed("freeze asset", &issuer, AssetsCall::freeze_asset { id })
			} else {
				Step::signed("thaw asset", &issuer, AssetsCall::thaw_asset { id })
			});
		}
		let who = match self.dice.below(4) {
			0 => issuer.clone(),
			1 => self.people.victims.clone(),
			2 => self.dice.one_of(&self.people.purses)?.clone(),
			_ => self.anyone(),
		};
		let who = who.into();
		Some(if self.dice.once_in(3) {
			Step::signed("block account", &issuer, AssetsCall::block { id, who })
		} else {
			Step::signed("thaw account", &issuer, AssetsCall::thaw { id, who })
		})
	}
}
