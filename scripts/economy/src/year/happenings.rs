// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! What happens in a year.

use super::crowd::Crowd;
use crate::{
	calls::{AssetsCall, AvsCall, EmissionsCall, RestakingCall, SlashingCall},
	dice::Dice,
	walk::{Deed, Step},
	world::Chain,
};
use pallet_avs::{Avss, Tables};
use pallet_restaking::{Positions, Tickets};
use pallet_slashing::{Decision, Faults};
use picasso_primitives::{assets::PICA, avs::CHAIN, slashing::FaultStatus};
use picasso_runtime::{AccountId, Runtime};
use sp_runtime::Perbill;

/// The era in which one AVS more comes, that in which the last one does, that in which the first one
/// leaves, and that in which its successor comes.
const COMINGS: [u32; 2] = [300, 700];
const GOING: u32 = 1_300;
const SUCCESSION: u32 = 1_450;
/// When the issuer of jitoSOL freezes it, and thaws it again.
const FREEZE: (u32, u32) = (1_000, 1_012);
/// Eras for which owners fund their AVSs.
const FUNDED: u128 = 60;

impl Crowd {
	/// What happens in one moment of an era.
	pub(super) fn act(&mut self, chain: &mut Chain, dice: &mut Dice, era: u32, moment: u32) {
		if moment == 0 {
			self.services_act(chain, dice, era);
			self.governance_acts(chain, dice, era);
		}
		self.others_pay(chain, dice);
		self.restakers_act(chain, dice);
		self.operators_act(chain, dice);
		self.faults_happen(chain, dice);
	}

	/// Fees, of which AVS 0 is paid.
	fn others_pay(&mut self, chain: &mut Chain, dice: &mut Dice) {
		let Some(who) = self.others.first().cloned() else { return };
		let amount = u128::from(dice.between(20, 400)) * 10u128.pow(12);
		let _ = self.take(chain, &Step { kind: "fee", deed: Deed::Fee(who, amount) });
	}

	fn services_act(&mut self, chain: &mut Chain, dice: &mut Dice, era: u32) {
		if COMINGS.contains(&era) || era == SUCCESSION {
			let _ = self.open_service(chain, dice);
		}
		if era == GOING {
			if let Some(service) = self.services.first().cloned() {
				let call = AvsCall::offboard { avs: service.avs };
				let _ = self.take(chain, &Step::signed("offboard", &service.owner, call));
			}
		}
		for at in 0..self.services.len() {
			let service = self.services[at].clone();
			let (avs, currency) = (service.avs, service.currency);
			if dice.once_in(800) {
				self.services[at].careless_until = era + 30;
			}
			let escrow = pallet_emissions::Accounts::<Runtime>::get(avs).escrow.of(currency);
			let low = escrow < service.per_era * 10;
			if low && era >= service.careless_until {
				let amount = service.per_era * FUNDED;
				let call = EmissionsCall::fund { avs, currency, amount };
				let _ = self.take(chain, &Step::signed("fund", &service.owner, call));
			}
			if dice.once_in(24) {
				let amount = service.per_era * u128::from(dice.between(1, 20)) / 4;
				let call = EmissionsCall::pay_revenue { avs, currency, amount };
				let _ = self.take(chain, &Step::signed("pay revenue", &service.owner, call));
			}
			if dice.once_in(400) {
				let by = service.owner.clone();
				let _ =
					self.take(chain, &Step::signed("refund", &by, EmissionsCall::refund { avs }));
			}
		}
	}

	fn governance_acts(&mut self, chain: &mut Chain, dice: &mut Dice, era: u32) {
		let issuer = Chain::treasury();
		let id = super::scene::JITO_SOL;
		if era == FREEZE.0 {
			let _ =
				self.take(chain, &Step::signed("freeze", &issuer, AssetsCall::freeze_asset { id }));
		}
		if era == FREEZE.1 {
			let _ = self.take(chain, &Step::signed("thaw", &issuer, AssetsCall::thaw_asset { id }));
		}
		if dice.once_in(120) {
			let Some(who) = self.others.first().cloned() else { return };
			let amount = u128::from(dice.between(10_000, 300_000)) * 10u128.pow(12);
			let call = EmissionsCall::donate { amount };
			let _ = self.take(chain, &Step::signed("donate", &who, call));
		}
		let dues: Vec<_> = pallet_emissions::Dues::<Runtime>::iter_keys().take(2).collect();
		for (who, currency) in dues {
			let call = EmissionsCall::collect { who, currency };
			let _ = self.take(chain, &Step::signed("collect", &issuer, call));
		}
	}

	fn someone(&self, dice: &mut Dice) -> Option<AccountId> {
		self.restakers.get(dice.below(self.here as u64) as usize).cloned()
	}

	fn restakers_act(&mut self, chain: &mut Chain, dice: &mut Dice) {
		if dice.once_in(2) {
			self.arrive(chain, dice);
		}
		for _ in 0..dice.between(1, 6) {
			let Some(who) = self.someone(dice) else { return };
			match dice.below(20) {
				0..=2 => self.stake_somewhere(chain, dice, &who),
				3..=5 => self.leave(chain, dice, &who),
				6 => self.take_back(chain, &who),
				_ => self.claim(chain, &who),
			}
		}
		for _ in 0..4 {
			let Some(who) = self.someone(dice) else { return };
			self.tickets_end(chain, &who);
		}
	}

	fn leave(&mut self, chain: &mut Chain, dice: &mut Dice, who: &AccountId) {
		let positions: Vec<_> = Positions::<Runtime>::iter_prefix(who).collect();
		let Some((pool, position)) = dice.one_of(&positions) else { return };
		let pool = *pool;
		let shares = if dice.once_in(2) { position.shares } else { position.shares / 3 };
		if dice.once_in(3) {
			let Some(asset) = Chain::asset_of(pool) else { return };
			let others: Vec<_> =
				pallet_restaking::PoolsByAsset::<Runtime>::iter_key_prefix(asset).collect();
			let Some(into) = dice.one_of(&others).copied() else { return };
			let call = RestakingCall::redelegate { pool, shares, into };
			let _ = self.take(chain, &Step::signed("redelegate", who, call));
		} else {
			let call = RestakingCall::unstake { pool, shares };
			let _ = self.take(chain, &Step::signed("unstake", who, call));
		}
	}

	fn take_back(&mut self, chain: &mut Chain, who: &AccountId) {
		let now = Chain::era();
		let mut tickets = Tickets::<Runtime>::iter_prefix(who);
		if let Some((ticket, record)) = tickets.find(|(ticket, _)| ticket.maturity > now) {
			let call = RestakingCall::cancel_unstake { ticket, points: record.points };
			let _ = self.take(chain, &Step::signed("cancel unstake", who, call));
		}
	}

	fn claim(&mut self, chain: &mut Chain, who: &AccountId) {
		let positions: Vec<_> = Positions::<Runtime>::iter_prefix(who).collect();
		for (pool, position) in positions {
			// Every other one wants more stake.
			let wants = AsRef::<[u8; 32]>::as_ref(who)[0].is_multiple_of(2);
			if wants && !position.compounds && Chain::asset_of(pool) == Some(PICA) {
				let call = RestakingCall::set_compounding { pool, compound: true };
				let _ = self.take(chain, &Step::signed("set compounding", who, call));
			}
			let call = RestakingCall::claim { pool };
			let _ = self.take(chain, &Step::signed("claim", who, call));
		}
	}

	fn tickets_end(&mut self, chain: &mut Chain, who: &AccountId) {
		let now = Chain::era();
		let tickets: Vec<_> = Tickets::<Runtime>::iter_key_prefix(who)
			.filter(|ticket| ticket.maturity <= now)
			.collect();
		for ticket in tickets {
			let step = if ticket.into.is_some() {
				let call = RestakingCall::complete_move { owner: who.clone(), ticket };
				Step::signed("complete move", who, call)
			} else {
				Step::signed("withdraw", who, RestakingCall::withdraw { ticket })
			};
			let _ = self.take(chain, &step);
		}
	}

	fn operators_act(&mut self, chain: &mut Chain, dice: &mut Dice) {
		if !dice.once_in(40) {
			return;
		}
		let Some(operator) = dice.one_of(&self.operators).cloned() else { return };
		let commission = Perbill::from_percent(dice.below(20) as u32);
		let call = RestakingCall::set_commission { commission };
		let _ = self.take(chain, &Step::signed("set commission", &operator, call));
		// Its own stake earns as others' does.
		self.claim(chain, &operator);
	}

	fn faults_happen(&mut self, chain: &mut Chain, dice: &mut Dice) {
		if dice.once_in(160) {
			self.report(chain, dice);
		}
		if dice.once_in(2_000) {
			let validators = chain.validators().to_vec();
			let era = Avss::<Runtime>::get(CHAIN).and_then(|record| record.tables.last);
			if let (Some(who), Some(era)) = (dice.one_of(&validators).cloned(), era) {
				let fraction = Perbill::from_percent(dice.between(1, 10) as u32);
				let deed = Deed::Equivocation(who, era, fraction);
				let _ = self.take(chain, &Step { kind: "equivocation", deed });
			}
		}
		if dice.once_in(40) {
			self.dispute(chain, dice);
		}
	}

	/// Somebody proves that an operator signed twice.
	fn report(&mut self, chain: &mut Chain, dice: &mut Dice) {
		let Some(service) = dice.one_of(&self.services) else { return };
		let avs = service.avs;
		let tables = Avss::<Runtime>::get(avs).map(|record| record.tables);
		let Some(era) = tables.and_then(|tables| tables.last) else { return };
		let operators = Tables::<Runtime>::get(avs, era).map_or(0, |table| table.operators);
		if operators == 0 {
			return;
		}
		let place = dice.below(operators.into()) as u32;
		let Some(evidence) = chain.signed_twice(avs, era, place, 1) else { return };
		let Some(who) = self.someone(dice) else { return };
		let evidence = Box::new(evidence);
		let call = SlashingCall::report { avs, condition: 0, evidence };
		let _ = self.take(chain, &Step::signed("report", &who, call));
	}

	/// The accused disputes, and governance decides.
	fn dispute(&mut self, chain: &mut Chain, dice: &mut Dice) {
		let open = Faults::<Runtime>::iter()
			.filter(|(_, record)| record.status == FaultStatus::Pending)
			.map(|(fault, _)| fault);
		let Some(fault) = dice.one_of(&open.collect::<Vec<_>>()).cloned() else { return };
		let who = fault.operator.clone();
		let call = SlashingCall::dispute { fault: fault.clone() };
		let _ = self.take(chain, &Step::signed("dispute", &who, call));
		let decision = match dice.below(3) {
			0 => Decision::Cancel,
			1 => Decision::Reduce(Perbill::from_percent(1)),
			_ => Decision::Uphold,
		};
		let call = SlashingCall::decide { fault, decision };
		let _ = self.take(chain, &Step::root("decide", call));
	}
}

/// Planck of a whole PICA.
pub(super) fn pica(planck: u128) -> f64 {
	debug_assert_eq!(PICA, 1);
	planck as f64 / 1e12
}
