// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! Who is on the chain, and how they come: operators, AVSs that they serve, restakers.

use super::{scene::price, Plan};
use crate::{
	calls::{AvsCall, EmissionsCall, RestakingCall},
	dice::Dice,
	walk::{Deed, Step},
	world::Chain,
};
use pallet_avs::AllocationChange;
use pallet_restaking::PoolsByOperator;
use picasso_primitives::{
	assets::PICA,
	avs::{AssetTerms, Membership, Terms},
	conditions::{Condition, Destination, Fault, Jail, SlashFraction},
	AssetId, AvsId, Balance, PoolId,
};
use picasso_runtime::{AccountId, Runtime};
use sp_runtime::{DispatchResult, FixedPointNumber, FixedU128, Perbill, Perquintill};

/// An AVS that is there.
#[derive(Clone, Debug)]
pub(super) struct Service {
	pub(super) avs: AvsId,
	pub(super) owner: AccountId,
	pub(super) currency: AssetId,
	pub(super) per_era: Balance,
	/// The era up to which its owner forgets to fund it.
	pub(super) careless_until: u32,
}

/// Everyone.
pub(super) struct Crowd {
	pub(super) operators: Vec<AccountId>,
	pub(super) restakers: Vec<AccountId>,
	/// How many of the restakers have come.
	pub(super) here: usize,
	pub(super) owners: Vec<AccountId>,
	/// How many of the owners have come.
	pub(super) next_owner: usize,
	/// Those who use the chain for something else.
	pub(super) others: Vec<AccountId>,
	pub(super) services: Vec<Service>,
	operations: (u64, u64),
}

impl Crowd {
	pub(super) fn new(
		operators: Vec<AccountId>,
		restakers: Vec<AccountId>,
		owners: Vec<AccountId>,
		others: Vec<AccountId>,
	) -> Self {
		Self {
			operators,
			restakers,
			here: 0,
			owners,
			next_owner: 0,
			others,
			services: Vec::new(),
			operations: (0, 0),
		}
	}

	pub(super) fn operations(&self) -> (u64, u64) {
		self.operations
	}

	/// Takes a step; what is refused is refused.
	pub(super) fn take(&mut self, chain: &mut Chain, step: &Step) -> DispatchResult {
		let done = step.deed.perform(chain);
		self.operations.0 += 1;
		self.operations.1 += u64::from(done.is_ok());
		done
	}

	/// Those who are there from the beginning.
	pub(super) fn settle(
		&mut self,
		chain: &mut Chain,
		dice: &mut Dice,
		plan: &Plan,
	) -> Result<(), String> {
		for operator in self.operators.clone() {
			for pool in Self::pools_of(&operator) {
				let asset = Chain::asset_of(pool).ok_or("a pool of nothing")?;
				let amount = Chain::balance(asset, &operator) / 4;
				let call = RestakingCall::stake { pool, amount, min_shares: 0 };
				self.must(chain, &Step::signed("stake", &operator, call))?;
			}
		}
		for _ in 0..plan.avss * 4 / 5 {
			self.open_service(chain, dice)?;
		}
		for _ in 0..plan.restakers * 3 / 5 {
			self.arrive(chain, dice);
		}
		Ok(())
	}

	fn must(&mut self, chain: &mut Chain, step: &Step) -> Result<(), String> {
		self.take(chain, step).map_err(|error| format!("{step:?}: {error:?}"))
	}

	pub(super) fn pools_of(operator: &AccountId) -> Vec<PoolId> {
		PoolsByOperator::<Runtime>::iter_prefix_values(operator).flatten().collect()
	}

	/// A restaker comes, and stakes in one pool or two.
	pub(super) fn arrive(&mut self, chain: &mut Chain, dice: &mut Dice) {
		let Some(who) = self.restakers.get(self.here).cloned() else { return };
		self.here += 1;
		for _ in 0..dice.between(1, 2) {
			self.stake_somewhere(chain, dice, &who);
		}
	}

	/// Stakes a part of what somebody has of an asset, in any pool: of 2 to 80 %.
	pub(super) fn stake_somewhere(&mut self, chain: &mut Chain, dice: &mut Dice, who: &AccountId) {
		let next = pallet_restaking::NextPoolId::<Runtime>::get();
		let pool = dice.below(next.into()) as PoolId;
		let Some(asset) = Chain::asset_of(pool) else { return };
		let part = u128::from(dice.between(2, 80));
		let amount = Chain::balance(asset, who) / 100 * part;
		let call = RestakingCall::stake { pool, amount, min_shares: 0 };
		// The pool may be reported.
		let _ = self.take(chain, &Step::signed("stake", who, call));
	}

	/// An AVS comes, is funded, and operators come to serve it.
	pub(super) fn open_service(
		&mut self,
		chain: &mut Chain,
		dice: &mut Dice,
	) -> Result<(), String> {
		let Some(owner) = self.owners.get(self.next_owner).cloned() else { return Ok(()) };
		let terms = self.terms(chain, dice);
		self.next_owner += 1;
		let (currency, per_era) = (terms.pay_currency, terms.pay_per_era);
		let avs = pallet_avs::NextAvsId::<Runtime>::get();
		let deed = Deed::Onboard(owner.clone(), Box::new(terms));
		self.must(chain, &Step { kind: "onboard", deed })?;
		let amount = per_era * 60;
		let call = EmissionsCall::fund { avs, currency, amount };
		self.must(chain, &Step::signed("fund", &owner, call))?;
		self.services.push(Service { avs, owner, currency, per_era, careless_until: 0 });
		for operator in self.operators.clone() {
			if dice.once_in(2) {
				self.serve(chain, dice, avs, &operator)?;
			}
		}
		Ok(())
	}

	/// An operator joins an AVS, and puts a tenth of its pools behind it: there are ten.
	fn serve(
		&mut self,
		chain: &mut Chain,
		dice: &mut Dice,
		avs: AvsId,
		operator: &AccountId,
	) -> Result<(), String> {
		let key = Some(chain.keys.prove(avs, operator, 0));
		self.must(chain, &Step::signed("join", operator, AvsCall::join { avs, key }))?;
		let pools = Self::pools_of(operator);
		let fraction = Perquintill::from_percent(dice.between(4, 10));
		let of = |pool: &PoolId| AllocationChange { avs, pool: *pool, fraction };
		let changes: Vec<_> = pools.iter().map(of).collect();
		let changes = changes.try_into().map_err(|_| "too many pools")?;
		// What validators have is behind the chain already.
		let step = Step::signed("allocate", operator, AvsCall::allocate { changes });
		if self.take(chain, &step).is_err() {
			let foreign = pools.iter().filter(|pool| Chain::asset_of(**pool) != Some(PICA));
			let changes: Vec<_> = foreign.map(of).collect();
			let changes = changes.try_into().map_err(|_| "too many pools")?;
			let call = AvsCall::allocate { changes };
			self.must(chain, &Step::signed("allocate", operator, call))?;
		}
		Ok(())
	}

	/// Terms that take all assets, and pay something like 0.3 % of what is staked in a year.
	fn terms(&self, chain: &Chain, dice: &mut Dice) -> Terms<AccountId> {
		let mut assets: Vec<_> = chain
			.scene
			.assets
			.iter()
			.filter(|asset| asset.has_vault)
			.map(|asset| {
				// So many units for a whole PICA's worth that the least of the weights is not rounded away,
				// and the largest is not too large.
				let worth = (price(asset.id) * 1e8) as u128;
				let weight = FixedU128::saturating_from_rational(worth, asset.unit());
				AssetTerms { asset: asset.id, weight, floor: None, cap: None }
			})
			.collect();
		assets.sort_by_key(|asset| asset.asset);
		let currencies = &chain.scene.currencies;
		let pay_currency = currencies[self.next_owner % currencies.len()];
		let worth = dice.between(500, 3_000) as f64 / price(pay_currency);
		let unit = chain.scene.asset(pay_currency).unit();
		let condition = Condition {
			fault: Fault::DoubleSign,
			slash: SlashFraction::Repeats {
				first: Perbill::from_percent(dice.between(1, 20) as u32),
				more: Perbill::from_percent(20),
				maximum: Perbill::from_percent(60),
			},
			evidence_window: 6,
			dispute_window: 6,
			jail: Jail::Eras(12),
			destination: match dice.below(3) {
				0 => Destination::Treasury,
				1 => Destination::Burn,
				_ => Destination::Victims(self.owners[self.next_owner].clone()),
			},
			reporter_share: Perbill::from_percent(5),
			veto: None,
		};
		Terms {
			assets: assets.try_into().expect("few assets"),
			minimum_security: 1,
			target_security: 2,
			minimum_operators: 5,
			maximum_operators: 64,
			minimum_stake: 1,
			minimum_self_stake: 0,
			maximum_share: Perbill::from_percent(30),
			minimum_nakamoto: 2,
			minimum_commission: Perbill::zero(),
			maximum_commission: Perbill::one(),
			membership: Membership::Open,
			conditions: vec![condition].try_into().expect("one"),
			pay_currency,
			pay_per_era: (worth * unit as f64) as Balance,
			notice: 12,
		}
	}
}
