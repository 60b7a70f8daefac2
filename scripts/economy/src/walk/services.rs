// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! What AVSs do, and those who pay.

use super::{step::R, Deed, Step, Walker};
use crate::{
	calls::{AvsCall, EmissionsCall, RestakingCall},
	world::Chain,
};
use pallet_avs::{AllocationChange, Avss};
use picasso_primitives::{
	assets::PICA,
	avs::{AssetTerms, AvsStatus, Membership, Terms},
	conditions::{Condition, Destination, Duty, Fault, Jail, SlashFraction},
	rewards::PoolRewards,
	AssetId, AvsId,
};
use picasso_runtime::{AccountId, BlockNumber, Restaking};
use sp_runtime::{Perbill, Perquintill};

/// The most AVSs at a time, the chain not counted.
const MOST: usize = 4;

impl Walker<'_> {
	pub(super) fn some_services_step(&mut self) -> Option<Step> {
		match self.dice.below(100) {
			0..=11 => self.onboard(),
			12..=13 => self.offboard(),
			14..=17 => self.set_terms(),
			18..=44 => self.fund(),
			45..=64 => self.pay_revenue(),
			65..=70 => self.refund(),
			71..=77 => self.donate(),
			78..=83 => self.collect(),
			84..=93 => self.fee(),
			94..=95 => self.admit(),
			96 => self.hand_over(),
			_ => self.gift(),
		}
	}

	fn owner_of(avs: AvsId) -> Option<AccountId> {
		Avss::<R>::get(avs)?.owner
	}

	fn currency(&mut self) -> AssetId {
		let active = <Restaking as PoolRewards<AccountId, BlockNumber>>::currencies();
		let any: Vec<_> = self.chain.scene.assets.iter().map(|asset| asset.id).collect();
		let from = if active.is_empty() || self.dice.once_in(15) { &any } else { &active };
		*self.dice.one_of(from).expect("there are assets")
	}

	fn terms(&mut self) -> Terms<AccountId> {
		let staked: Vec<_> =
			self.chain.scene.assets.iter().filter(|asset| asset.has_vault).cloned().collect();
		let mut assets = Vec::new();
		for asset in staked {
			if asset.id == PICA || self.dice.once_in(2) {
				let cap = self.dice.once_in(4).then(|| self.dice.amount(100 * asset.unit()));
				let floor = self.dice.once_in(16).then(|| cap.unwrap_or(asset.unit()) / 2);
				assets.push(AssetTerms { asset: asset.id, weight: asset.weight(), floor, cap });
			}
		}
		assets.sort_by_key(|asset| asset.asset);
		let currency = self.currency();
		let most = self.chain.scene.asset(currency).unit() * 20;
		let pay_per_era = if self.dice.once_in(10) { 0 } else { self.dice.amount(most) };
		let at_least = if self.dice.once_in(3) { 2 } else { 1 };
		let share = if at_least == 2 && self.dice.once_in(2) { 60 } else { 100 };
		let maximum_commission = if self.dice.once_in(8) { 10 } else { 100 };
		let membership = match self.dice.below(8) {
			0 if self.dice.once_in(2) => Membership::Invited,
			1 if self.dice.once_in(2) => Membership::Approved,
			_ => Membership::Open,
		};
		Terms {
			assets: assets.try_into().expect("few assets"),
			minimum_security: self.dice.below(2).into(),
			target_security: 1,
			minimum_operators: at_least,
			maximum_operators: self.dice.between(2, 5) as u32,
			minimum_stake: 0,
			minimum_self_stake: 0,
			maximum_share: Perbill::from_percent(share),
			minimum_nakamoto: 0,
			minimum_commission: Perbill::zero(),
			maximum_commission: Perbill::from_percent(maximum_commission),
			membership,
			conditions: self.conditions().try_into().expect("few conditions"),
			pay_currency: currency,
			pay_per_era,
			notice: self.dice.below(4) as u32,
		}
	}

	/// Two messages of one round, the arbiter's word, and now and then too few attestations.
	fn conditions(&mut self) -> Vec<Condition<AccountId>> {
		let percent = Perbill::from_percent;
		let double_sign = Condition {
			fault: Fault::DoubleSign,
			slash: match self.dice.below(4) {
				0 => SlashFraction::Fixed(percent(100)),
				1 => {
					SlashFraction::Correlated { maximum: percent(self.dice.between(1, 100) as u32) }
				},
				2 => SlashFraction::Fixed(Perbill::from_parts(self.dice.between(1, 1_000) as u32)),
				_ => {
					let (first, more, maximum) = (percent(5), percent(20), percent(60));
					SlashFraction::Repeats { first, more, maximum }
				},
			},
			evidence_window: self.dice.between(0, 2) as u32,
			dispute_window: self.dice.below(2) as u32,
			jail: match self.dice.below(8) {
				0 if self.dice.once_in(3) => Jail::Forever,
				1..=4 => Jail::Eras(self.dice.between(1, 3) as u32),
				_ => Jail::None,
			},
			destination: match self.dice.below(3) {
				0 => Destination::Treasury,
				1 => Destination::Burn,
				_ => Destination::Victims(self.people.victims.clone()),
			},
			reporter_share: percent(self.dice.below(20) as u32),
			veto: None,
		};
		let accusation = Condition {
			fault: Fault::Arbiter { arbiter: self.people.arbiter.clone() },
			slash: SlashFraction::Fixed(percent(self.dice.between(1, 50) as u32)),
			evidence_window: 1,
			// As many as a referendum takes, which is ten blocks here.
			dispute_window: 10u32.div_ceil(self.chain.scene.era.length),
			jail: Jail::None,
			..double_sign.clone()
		};
		let mut conditions = vec![double_sign.clone(), accusation];
		if self.dice.once_in(6) {
			let length = u64::from(self.chain.scene.era.length);
			let round = self.dice.between(1, length) as u32;
			let window = self.dice.between(1, length / u64::from(round)) as u32;
			let least = percent(self.dice.between(1, 60) as u32);
			conditions.push(Condition {
				fault: Fault::MissedDuty(Duty { round, window, least }),
				slash: SlashFraction::Fixed(Perbill::from_parts(
					self.dice.amount(20_000_000) as u32
				)),
				evidence_window: 1,
				jail: if self.dice.once_in(3) { Jail::Eras(1) } else { Jail::None },
				..double_sign
			});
		}
		conditions
	}

	fn onboard(&mut self) -> Option<Step> {
		let active = Avss::<R>::iter_values().filter(|avs| avs.status == AvsStatus::Active).count();
		if active > MOST {
			return None;
		}
		let owner = self.dice.one_of(&self.people.owners)?.clone();
		let terms = Box::new(self.terms());
		Some(Step { kind: "onboard", deed: Deed::Onboard(owner, terms) })
	}

	/// An AVS that the whole crowd serves, with a pool that each has of the second asset and stakes in.
	pub(super) fn gather_crowd(&mut self) -> Result<(), String> {
		let Some(owner) = self.people.owners.first().cloned() else { return Ok(()) };
		let asset = self.chain.scene.assets[1].clone();
		let mut terms = self.terms();
		let counted =
			AssetTerms { asset: asset.id, weight: asset.weight(), floor: None, cap: None };
		terms.assets = vec![counted].try_into().expect("one");
		(terms.membership, terms.maximum_operators) = (Membership::Open, 256);
		let avs = pallet_avs::NextAvsId::<R>::get();
		let (currency, per_era) = (terms.pay_currency, terms.pay_per_era);
		self.take(Step { kind: "onboard", deed: Deed::Onboard(owner.clone(), Box::new(terms)) })?;
		let amount = per_era * 40;
		self.take(Step::signed("fund", &owner, EmissionsCall::fund { avs, currency, amount }))?;
		for operator in self.people.crowd.clone() {
			let pools = pallet_restaking::PoolsByOperator::<R>::get(&operator, asset.id);
			let Some(pool) = pools.first().copied() else { continue };
			let amount = asset.unit() * 1_000;
			let call = RestakingCall::stake { pool, amount, min_shares: 0 };
			self.take(Step::signed("stake", &operator, call))?;
			let key = Some(self.chain.keys.prove(avs, &operator, 0));
			self.take(Step::signed("join", &operator, AvsCall::join { avs, key }))?;
			let fraction = Perquintill::from_percent(50);
			let changes = vec![AllocationChange { avs, pool, fraction }].try_into();
			let call = AvsCall::allocate { changes: changes.expect("one") };
			self.take(Step::signed("allocate", &operator, call))?;
		}
		Ok(())
	}

	fn offboard(&mut self) -> Option<Step> {
		let avs = self.avs();
		if !self.dice.once_in(3) {
			return None;
		}
		let call = AvsCall::offboard { avs };
		let owner = Self::owner_of(avs)?;
		Some(if self.dice.once_in(3) {
			Step::root("offboard", call)
		} else {
			Step::signed("offboard", &owner, call)
		})
	}

	fn set_terms(&mut self) -> Option<Step> {
		let avs = self.avs();
		let owner = Self::owner_of(avs)?;
		let mut terms = self.terms();
		if self.dice.once_in(2) {
			// Only what it pays.
			let record = Avss::<R>::get(avs)?;
			let old = pallet_avs::TermsOf::<R>::get(avs, record.terms.last()?)?;
			let (pay_currency, pay_per_era) = (terms.pay_currency, terms.pay_per_era);
			terms = Terms { pay_currency, pay_per_era, ..old };
		}
		let call = AvsCall::set_terms { avs, terms: Box::new(terms) };
		Some(Step::signed("set terms", &owner, call))
	}

	fn payer(&mut self) -> AccountId {
		if self.dice.once_in(2) {
			return self.anyone();
		}
		self.dice.one_of(&self.people.owners).expect("there are owners").clone()
	}

	/// What the terms ask for, for a few eras.
	fn fund(&mut self) -> Option<Step> {
		let avs = self.avs();
		let payer =
			<picasso_runtime::Avs as picasso_primitives::emissions::Payers<AccountId>>::payer(avs)?;
		let currency = match (payer.next_currency, self.dice.below(16)) {
			(Some(next), 0..=6) => next,
			(_, 15) => self.currency(),
			_ => payer.currency,
		};
		let who = self.payer();
		let eras = self.dice.between(1, 12).into();
		let wanted = match self.dice.below(5) {
			0 => self.affordable(currency, &who),
			_ => payer.per_era.saturating_mul(eras).max(1),
		};
		let amount = self.within_means(currency, &who, wanted);
		Some(Step::signed("fund", &who, EmissionsCall::fund { avs, currency, amount }))
	}

	/// No more than leaves somebody enough to be.
	pub(super) fn within_means(&mut self, asset: AssetId, who: &AccountId, wanted: u128) -> u128 {
		let (has, minimum) = (Chain::balance(asset, who), self.chain.scene.asset(asset).minimum);
		let rest = has.saturating_sub(wanted);
		if wanted < has && rest < minimum {
			return has.saturating_sub(minimum);
		}
		wanted
	}

	fn pay_revenue(&mut self) -> Option<Step> {
		let (avs, currency, who) = (self.avs(), self.currency(), self.payer());
		let amount = match self.dice.below(3) {
			0 => self.affordable(currency, &who),
			1 => self.dice.evenly(1, 50),
			_ => self.dice.amount(self.chain.scene.asset(currency).unit() * 100),
		};
		let amount = self.within_means(currency, &who, amount);
		Some(Step::signed(
			"pay revenue",
			&who,
			EmissionsCall::pay_revenue { avs, currency, amount },
		))
	}

	fn refund(&mut self) -> Option<Step> {
		let (by, avs) = (self.restaker(), self.avs());
		Some(Step::signed("refund", &by, EmissionsCall::refund { avs }))
	}

	fn donate(&mut self) -> Option<Step> {
		let who = self.payer();
		let amount = self.affordable(PICA, &who) / 16;
		Some(Step::signed("donate", &who, EmissionsCall::donate { amount }))
	}

	fn collect(&mut self) -> Option<Step> {
		let by = self.restaker();
		let dues: Vec<_> = pallet_emissions::Dues::<R>::iter_keys().collect();
		let (who, currency) = match self.dice.one_of(&dues) {
			Some(due) => due.clone(),
			None => (self.operator(), self.currency()),
		};
		Some(Step::signed("collect", &by, EmissionsCall::collect { who, currency }))
	}

	fn fee(&mut self) -> Option<Step> {
		let who = self.payer();
		let amount = match self.dice.below(4) {
			0 => self.dice.evenly(1, 5),
			_ => self.dice.amount(10u128.pow(13)),
		};
		Some(Step { kind: "fee", deed: Deed::Fee(who, amount) })
	}

	fn admit(&mut self) -> Option<Step> {
		let (avs, operator) = (self.avs(), self.operator());
		let owner = Self::owner_of(avs)?;
		Some(match self.dice.below(3) {
			0 => Step::signed("eject", &owner, AvsCall::eject { avs, operator }),
			_ => Step::signed("admit", &owner, AvsCall::admit { avs, operator }),
		})
	}

	/// Somebody else is to speak for an AVS.
	fn hand_over(&mut self) -> Option<Step> {
		let avs = self.avs();
		let record = Avss::<R>::get(avs)?;
		if let Some(next) = record.next_owner {
			return Some(Step::signed("accept", &next, AvsCall::accept_ownership { avs }));
		}
		let next_owner = self.dice.one_of(&self.people.owners).cloned();
		let call = AvsCall::offer_ownership { avs, next_owner };
		Some(Step::signed("offer", &record.owner?, call))
	}

	fn gift(&mut self) -> Option<Step> {
		let from = self.restaker();
		let asset = match self.dice.below(3) {
			0 => PICA,
			_ => self.currency(),
		};
		let accounts = Chain::accounts_of_pallets(asset);
		let to = self.dice.one_of(&accounts)?.clone();
		let amount = self.affordable(asset, &from) / 32;
		let amount = self.within_means(asset, &from, amount);
		Some(Step { kind: "gift", deed: Deed::Gift(from, to, asset, amount) })
	}
}
