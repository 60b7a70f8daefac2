// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! The end of a walk: whatever happened, everyone gets away with all that is theirs, and nothing but dust
//! is left. Nobody may be refused.

use super::{step::R, Deed, Step, Walker};
use crate::{
	calls::{AssetsCall, AvsCall, BalancesCall, EmissionsCall, ParametersCall, RestakingCall},
	world::Chain,
};
use pallet_avs::{Allocations, Avss, Members};
use pallet_restaking::{Approvals, Operators, Pools, Positions, RewardCurrencies, Tickets, Vaults};
use picasso_primitives::{
	assets::PICA,
	avs::{AvsStatus, CHAIN},
	restaking::{CurrencyStatus, OperatorStatus},
	AssetId,
};
use picasso_runtime::{
	configs::governance::parameters::{dynamic_params::slashing, RuntimeParameters},
	AccountId,
};
use sp_runtime::Perbill;

/// Eras after which everything must have come to its end.
const ERAS: u32 = 80;

impl Walker<'_> {
	pub(super) fn end(&mut self) -> Result<(), String> {
		self.lift_what_holds_up()?;
		self.services_and_operators_leave()?;
		self.restakers_leave()?;
		self.wait()?;
		self.restakers_are_paid()?;
		self.what_is_owed_is_paid()?;
		self.pools_and_operators_go()?;
		self.check_what_is_left()
	}

	/// Frozen assets, blocked accounts, payments that are too small for those who have nothing.
	fn lift_what_holds_up(&mut self) -> Result<(), String> {
		let issuer = Chain::treasury();
		self.take(Step { kind: "room", deed: Deed::Room(Chain::full_room()) })?;
		let parameter =
			slashing::Parameters::EraCeiling(slashing::EraCeiling, Some(Perbill::one()));
		let key_value = RuntimeParameters::Slashing(parameter);
		self.must(Step::root("end", ParametersCall::set_parameter { key_value }))?;
		let currencies: Vec<_> =
			RewardCurrencies::<R>::get().iter().map(|currency| currency.asset).collect();
		for asset in currencies {
			let status = CurrencyStatus::Active;
			let call = RestakingCall::set_reward_currency { asset, status };
			self.must(Step::root("end", call))?;
		}
		let everyone: Vec<_> = self.people.all().cloned().chain([issuer.clone()]).collect();
		let assets = self.chain.scene.assets.clone();
		for id in assets.iter().map(|asset| asset.id).filter(|id| *id != PICA) {
			// Most are not frozen.
			self.take(Step::signed("end", &issuer, AssetsCall::thaw_asset { id }))?;
			for who in everyone.iter().cloned().map(Into::into) {
				self.take(Step::signed("end", &issuer, AssetsCall::thaw { id, who }))?;
			}
		}
		for (asset, who) in
			assets.iter().flat_map(|asset| everyone.iter().map(move |who| (asset, who)))
		{
			let (id, amount, target) = (asset.id, asset.minimum, who.clone().into());
			// Whoever is richest has some.
			let rich = self.rich(id);
			if id == PICA {
				let call = BalancesCall::transfer_keep_alive { dest: target, value: amount };
				self.must(Step::signed("end", &rich, call))?;
			} else {
				let call = AssetsCall::transfer { id, target, amount };
				self.must(Step::signed("end", &rich, call))?;
			}
		}
		Ok(())
	}

	fn rich(&self, asset: AssetId) -> AccountId {
		let all = self.people.all();
		all.max_by_key(|who| Chain::balance(asset, who)).expect("there are people").clone()
	}

	fn services_and_operators_leave(&mut self) -> Result<(), String> {
		let avss: Vec<_> = Avss::<R>::iter()
			.filter(|(avs, record)| *avs != CHAIN && record.status == AvsStatus::Active)
			.map(|(avs, _)| avs)
			.collect();
		for avs in avss {
			self.must(Step::root("end", AvsCall::offboard { avs }))?;
		}
		let members: Vec<_> =
			Members::<R>::iter().filter(|(_, _, member)| member.until.is_none()).collect();
		for (avs, operator, _) in members {
			self.must(Step::signed("end", &operator, AvsCall::leave { avs }))?;
		}
		let operators: Vec<_> = Operators::<R>::iter()
			.filter(|(_, operator)| operator.status != OperatorStatus::Leaving)
			.map(|(operator, _)| operator)
			.collect();
		for operator in operators {
			let status = OperatorStatus::Leaving;
			let call = RestakingCall::set_operator_status { status };
			self.must(Step::signed("end", &operator, call))?;
		}
		Ok(())
	}

	/// Pools are being wound up: anyone sees restakers out.
	fn restakers_leave(&mut self) -> Result<(), String> {
		let by = self.restaker();
		let positions: Vec<_> = Positions::<R>::iter().collect();
		for (who, pool, position) in positions {
			let generation = Pools::<R>::get(pool).map(|pool| pool.generation);
			if position.shares > 0 && generation == Some(position.generation) {
				let call = RestakingCall::unstake_for { pool, who };
				self.must(Step::signed("end", &by, call))?;
			}
		}
		Ok(())
	}

	/// Until exits have matured, faults are settled, streams have run dry, and nobody is bound any more.
	fn wait(&mut self) -> Result<(), String> {
		let mut eras = 0;
		while eras < ERAS && !(eras > 40 && Self::is_quiet()) {
			let length =
				pallet_restaking::CurrentEra::<R>::get().map_or(1, |it| it.settings.length);
			self.take(Step { kind: "blocks", deed: Deed::Blocks(length) })?;
			eras += 1;
		}
		match Self::is_quiet() {
			true => Ok(()),
			false => Err("there is no end to faults".into()),
		}
	}

	fn is_quiet() -> bool {
		pallet_slashing::Faults::<R>::iter_keys().next().is_none()
	}

	fn restakers_are_paid(&mut self) -> Result<(), String> {
		let by = self.restaker();
		let tickets: Vec<_> = Tickets::<R>::iter_keys().collect();
		for (owner, ticket) in tickets {
			let call = RestakingCall::withdraw_for { owner, ticket };
			self.must(Step::signed("end", &by, call))?;
		}
		let positions: Vec<_> = Positions::<R>::iter_keys().collect();
		for (owner, pool) in positions {
			let call = RestakingCall::claim_for { owner, pool };
			self.must(Step::signed("end", &by, call))?;
		}
		let parked: Vec<_> = pallet_restaking::ParkedProceeds::<R>::iter_keys().collect();
		for (asset, beneficiary) in parked {
			let call = RestakingCall::move_proceeds { asset, beneficiary };
			self.must(Step::signed("end", &by, call))?;
		}
		Ok(())
	}

	/// Escrows go back, and what operators and the treasury are owed is paid.
	fn what_is_owed_is_paid(&mut self) -> Result<(), String> {
		let by = self.restaker();
		let accounts: Vec<_> = pallet_emissions::Accounts::<R>::iter()
			.filter(|(avs, account)| *avs != CHAIN && !account.escrow.is_empty())
			.map(|(avs, _)| avs)
			.collect();
		for avs in accounts {
			self.must(Step::signed("end", &by, EmissionsCall::refund { avs }))?;
		}
		let dues: Vec<_> = pallet_emissions::Dues::<R>::iter_keys().collect();
		for (who, currency) in dues {
			let call = EmissionsCall::collect { who, currency };
			self.must(Step::signed("end", &by, call))?;
		}
		Ok(())
	}

	fn pools_and_operators_go(&mut self) -> Result<(), String> {
		let by = self.restaker();
		let parts: Vec<_> = Allocations::<R>::iter_keys().collect();
		for (pool, avs) in parts {
			self.must(Step::signed("end", &by, AvsCall::free_allocation { avs, pool }))?;
		}
		let pools: Vec<_> = Pools::<R>::iter().map(|(id, pool)| (id, pool.operator)).collect();
		for (pool, operator) in pools {
			let call = RestakingCall::remove_pool { pool };
			self.must(Step::signed("end", &operator, call))?;
		}
		let approvals: Vec<_> = Approvals::<R>::iter_keys().collect();
		for (operator, restaker) in approvals {
			let call = RestakingCall::set_approval { restaker, approved: false };
			self.must(Step::signed("end", &operator, call))?;
		}
		let operators: Vec<_> = Operators::<R>::iter_keys().collect();
		for operator in operators {
			let call = RestakingCall::deregister_operator {};
			self.must(Step::signed("end", &operator, call))?;
		}
		Ok(())
	}

	/// Less than a planck of each asset for each operation, in the ledger. What is to be paid is the pot's,
	/// the chain's, and nobody else's.
	fn check_what_is_left(&mut self) -> Result<(), String> {
		self.chain.check_money()?;
		self.chain.check_invariants()?;
		for (asset, vault) in Vaults::<R>::iter() {
			self.done.dust = self.done.dust.max(vault.custody);
			if vault.custody > self.done.operations.into() {
				return Err(format!("{} planck of {asset} are left", vault.custody));
			}
		}
		let left = [
			("positions", Positions::<R>::iter_keys().count()),
			("tickets", Tickets::<R>::iter_keys().count()),
			("pools", Pools::<R>::iter_keys().count()),
			("operators", Operators::<R>::iter_keys().count()),
			("allocations", Allocations::<R>::iter_keys().count()),
			("dues", pallet_emissions::Dues::<R>::iter_keys().count()),
		];
		if let Some((what, count)) = left.into_iter().find(|(_, count)| *count > 0) {
			return Err(format!("{count} {what} are left"));
		}
		let chains = pallet_emissions::DuePay::<R>::iter()
			.filter(|(_, avs, _)| *avs == CHAIN)
			.map(|(_, _, purse)| purse)
			.chain([pallet_emissions::Accounts::<R>::get(CHAIN).escrow]);
		let chains: Vec<_> = chains.collect();
		for asset in &self.chain.scene.assets {
			let pot = if asset.id == PICA { pallet_emissions::Pot::<R>::get() } else { 0 };
			let chains: u128 = chains.iter().map(|purse| purse.of(asset.id)).sum();
			let owed = Chain::owed_by_emissions(asset.id)?;
			if owed != pot + chains {
				let id = asset.id;
				return Err(format!("of {id} {owed} are to be paid, and not {pot} + {chains}"));
			}
		}
		Ok(())
	}
}
