// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! What was made, destroyed, given away and taken, as events tell it.

use super::{Chain, Scene};
use frame_support::{
	storage::{storage_prefix, unhashed},
	traits::fungibles::Inspect,
};
use pallet_avs::Event as AvsEvent;
use pallet_balances::Event as BalancesEvent;
use pallet_emissions::Event as EmissionsEvent;
use pallet_restaking::Event as RestakingEvent;
use pallet_slashing::Event as SlashingEvent;
use picasso_primitives::{
	assets::PICA, avs::Dormancy, math::Parts, slashing::SlashedPool, AssetId, Balance, PoolId,
};
use picasso_runtime::{
	configs::assets::NativeAndForeign, AccountId, Emissions, Restaking, Runtime, RuntimeEvent,
	RuntimeHoldReason, System,
};
use std::collections::BTreeMap;

/// What moved since the beginning, in planck.
#[derive(Clone, Debug, Default)]
pub struct Flows {
	/// PICA made by the fixed yield.
	pub emitted: Balance,
	/// PICA destroyed: bonds that were lost, and slashes that go to nobody.
	pub burned: Balance,
	/// Taken by slashes, by asset.
	pub slashed: BTreeMap<AssetId, Balance>,
	/// Paid by AVSs, by currency.
	pub revenue: BTreeMap<AssetId, Parts>,
	/// Fixed yield due and paid.
	pub yields: (Balance, Balance),
	/// Credited to pools as fixed yield.
	pub fixed_by_pool: BTreeMap<PoolId, Balance>,
	/// Credited to pools of revenue, by currency.
	pub revenue_by_pool: BTreeMap<(PoolId, AssetId), Balance>,
	/// Claimed by restakers, by currency; what became stake included.
	pub claimed: BTreeMap<AssetId, Balance>,
}

/// The books of a chain.
pub struct Books {
	/// What there was of each asset when it began.
	genesis: BTreeMap<AssetId, Balance>,
	/// PICA made and destroyed, as the pallet that keeps it says.
	made: Balance,
	destroyed: Balance,
	/// What moved.
	pub flows: Flows,
	/// Credited to pools, and not told yet as what.
	credited: Vec<(PoolId, AssetId, Balance)>,
	/// Given to accounts of pallets behind their backs.
	gifts: BTreeMap<(AccountId, AssetId), Balance>,
	/// What the treasury lent the account of what is to be paid.
	lent: BTreeMap<AssetId, Balance>,
	/// How often what was noticed.
	pub noticed: BTreeMap<&'static str, u64>,
}

impl Books {
	/// Of a chain that has just begun.
	pub(super) fn open(scene: &Scene) -> Self {
		let genesis =
			scene.assets.iter().map(|asset| (asset.id, NativeAndForeign::total_issuance(asset.id)));
		Self {
			genesis: genesis.collect(),
			made: 0,
			destroyed: 0,
			flows: Flows::default(),
			credited: Vec::new(),
			gifts: BTreeMap::new(),
			lent: BTreeMap::new(),
			noticed: BTreeMap::new(),
		}
	}

	/// Notes a transfer to an account of a pallet's.
	pub fn note_gift(&mut self, to: &AccountId, asset: AssetId, amount: Balance) {
		*self.gifts.entry((to.clone(), asset)).or_default() += amount;
	}

	/// What was given to an account of a pallet's.
	pub fn gift(&self, to: &AccountId, asset: AssetId) -> Balance {
		self.gifts.get(&(to.clone(), asset)).copied().unwrap_or_default()
	}

	/// What the account of what is to be paid was lent, where it has `held`: with the first money that it
	/// takes in, unless somebody gave it some before.
	pub(super) fn lent(&mut self, asset: AssetId, minimum: Balance, held: Balance) -> Balance {
		let gift = self.gift(&Emissions::account(), asset);
		if let Some(lent) = self.lent.get(&asset) {
			return *lent;
		}
		if held <= gift {
			return 0;
		}
		let lent = if gift == 0 { minimum } else { 0 };
		self.lent.insert(asset, lent);
		lent
	}

	fn notice(&mut self, what: &'static str) {
		*self.noticed.entry(what).or_default() += 1;
	}

	/// Reads the events since they were read last.
	pub(super) fn read_events(&mut self) {
		for record in System::read_events_no_consensus() {
			match record.event {
				RuntimeEvent::Balances(event) => self.read_balances(event),
				RuntimeEvent::Restaking(event) => self.read_ledger(event),
				RuntimeEvent::Avs(event) => self.read_registry(event),
				RuntimeEvent::Slashing(event) => self.read_slashing(event),
				RuntimeEvent::Emissions(event) => self.read_emissions(event),
				_ => {},
			}
		}
		forget_events();
	}

	fn read_balances(&mut self, event: BalancesEvent<Runtime>) {
		match event {
			BalancesEvent::Minted { amount, .. } | BalancesEvent::MintedCredit { amount } => {
				self.made += amount
			},
			BalancesEvent::Burned { amount, .. } | BalancesEvent::BurnedDebt { amount } => {
				self.destroyed += amount
			},
			BalancesEvent::BurnedHeld { reason, amount, .. } => {
				self.destroyed += amount;
				if matches!(reason, RuntimeHoldReason::Slashing(_)) {
					self.flows.burned += amount;
				}
			},
			BalancesEvent::DustLost { .. } => self.notice("dust lost"),
			BalancesEvent::Unexpected(_) => self.notice("unexpected balance"),
			_ => {},
		}
	}

	fn read_ledger(&mut self, event: RestakingEvent<Runtime>) {
		match event {
			RestakingEvent::ProceedsBurned { asset: PICA, amount } => self.flows.burned += amount,
			RestakingEvent::Claimed { currency, amount, .. } => {
				*self.flows.claimed.entry(currency).or_default() += amount;
			},
			RestakingEvent::Compounded { amount, .. } => {
				*self.flows.claimed.entry(PICA).or_default() += amount;
				self.notice("rewards compounded");
			},
			RestakingEvent::RewardsCredited { pool, currency, amount, .. } => {
				self.credited.push((pool, currency, amount));
			},
			RestakingEvent::ClaimFailed { .. } => self.notice("claim failed"),
			RestakingEvent::PoolLost { .. } => self.notice("pool lost"),
			RestakingEvent::ProceedsParked { .. } => self.notice("proceeds parked"),
			RestakingEvent::UnearnedMoved { .. } => self.notice("unearned moved"),
			RestakingEvent::PoolRemoved { .. } => self.notice("pool removed"),
			RestakingEvent::EraStarted { .. } => self.notice("era"),
			_ => {},
		}
	}

	fn read_registry(&mut self, event: AvsEvent<Runtime>) {
		match event {
			AvsEvent::AvsDormant { reason: Dormancy::Unpaid, .. } => self.notice("AVS can't pay"),
			AvsEvent::AvsDormant { reason: Dormancy::TooFewOperators, .. } => {
				self.notice("AVS has too few operators")
			},
			AvsEvent::AvsDormant { .. } => self.notice("AVS sleeps for another reason"),
			AvsEvent::AvsAwake { .. } => self.notice("AVS awoke"),
			AvsEvent::EraOverran { .. } => self.notice("tables overran the era"),
			AvsEvent::Offboarded { .. } => self.notice("AVS forgotten"),
			_ => {},
		}
	}

	fn read_slashing(&mut self, event: SlashingEvent<Runtime>) {
		match event {
			SlashingEvent::FaultReported { detained: true, .. } => self.notice("operator detained"),
			SlashingEvent::FaultSlashed { pools, until, .. } => {
				for SlashedPool { asset, active, exits, .. } in pools {
					*self.flows.slashed.entry(asset).or_default() += active + exits;
				}
				self.notice("verdict carried out");
				if until.is_some() {
					self.notice("fault deferred");
				}
			},
			SlashingEvent::FaultParked { .. } => self.notice("fault parked"),
			_ => {},
		}
	}

	fn read_emissions(&mut self, event: EmissionsEvent<Runtime>) {
		match event {
			EmissionsEvent::YieldPaid { yields, .. } => {
				self.flows.yields.0 += yields.due;
				self.flows.yields.1 += yields.paid;
				self.tell_yields();
				self.notice("yield paid");
			},
			EmissionsEvent::YieldCut { .. } => self.notice("yield cut"),
			EmissionsEvent::YieldMissed { .. } => {
				self.tell_yields();
				self.notice("yield missed");
			},
			EmissionsEvent::AvsPaid { currency, parts, .. } => {
				let paid = self.flows.revenue.entry(currency).or_default();
				*paid = paid.checked_add(parts).expect("all that was ever paid fits");
				self.notice("AVS paid");
			},
			EmissionsEvent::PayCarried { .. } => self.notice("pay carried"),
			EmissionsEvent::PayReturned { .. } => self.notice("pay returned"),
			EmissionsEvent::CreditFailed { .. } => self.notice("credit failed"),
			EmissionsEvent::PicaStakersPaid { .. } => self.notice("PICA stakers paid"),
			EmissionsEvent::DuePaid { .. } => self.notice("due paid"),
			EmissionsEvent::DueKept { .. } => self.notice("due kept"),
			EmissionsEvent::Refunded { .. } => self.notice("escrow refunded"),
			EmissionsEvent::EscrowLow { .. } => self.notice("escrow low"),
			EmissionsEvent::EraPaid { era, .. } => {
				let record = pallet_emissions::History::<Runtime>::get(era);
				self.flows.emitted += record.map_or(0, |record| record.yields.emitted);
				for (pool, currency, amount) in self.credited.drain(..) {
					*self.flows.revenue_by_pool.entry((pool, currency)).or_default() += amount;
				}
				self.notice("round over");
			},
			_ => {},
		}
	}

	/// What was credited in a round before its revenue was fixed yield.
	fn tell_yields(&mut self) {
		for (pool, _, amount) in self.credited.drain(..) {
			*self.flows.fixed_by_pool.entry(pool).or_default() += amount;
		}
	}

	/// That of each asset there is what there was and was made, less what was destroyed; and that what was
	/// made and destroyed of PICA is what the pallets say that make and destroy it.
	pub(super) fn check_issuance(&self) -> Result<(), String> {
		for (asset, genesis) in &self.genesis {
			let (made, destroyed) =
				if *asset == PICA { (self.made, self.destroyed) } else { (0, 0) };
			let expected = genesis + made - destroyed;
			let found = NativeAndForeign::total_issuance(*asset);
			if found != expected {
				return Err(format!("issuance of {asset}: {found} instead of {expected}"));
			}
		}
		if self.destroyed != self.flows.burned {
			let (found, expected) = (self.destroyed, self.flows.burned);
			return Err(format!("{found} PICA were destroyed instead of {expected}"));
		}
		// What the round that goes on has made is in no record yet.
		let round = pallet_emissions::Round::<Runtime>::get();
		let going =
			if round.stage == pallet_emissions::Stage::Over { 0 } else { round.yields.emitted };
		let emitted = self.flows.emitted + going;
		if self.made != emitted {
			return Err(format!("{} PICA were made instead of {emitted}", self.made));
		}
		Ok(())
	}

	/// What there was of an asset when the chain began, in planck.
	pub fn genesis(&self, asset: AssetId) -> Balance {
		self.genesis.get(&asset).copied().unwrap_or_default()
	}
}

/// As `System::reset_events`, which looks at every key of a state in a map: it clears a prefix for topics,
/// of which nobody uses any.
fn forget_events() {
	for item in [b"Events".as_slice(), b"EventCount"] {
		unhashed::kill(&storage_prefix(b"System", item));
	}
}

impl Chain {
	/// The accounts that hold what the economy moves: of an asset's vault, of rewards, and of what is to be
	/// paid.
	pub fn accounts_of_pallets(asset: AssetId) -> [AccountId; 3] {
		[Restaking::vault_account(asset), Restaking::reward_account(), Emissions::account()]
	}
}
