// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! Faults: how they come to be known, are disputed and decided.

use super::{step::R, Deed, Step, Walker};
use crate::{calls::SlashingCall as Call, world::Chain};
use pallet_avs::{Avss, Tables};
use pallet_slashing::{Decision, Duties, Faults};
use picasso_primitives::{
	avs::{StakeTables, CHAIN},
	slashing::FaultId,
	AvsId, EraIndex,
};
use picasso_runtime::{AccountId, Avs};
use sp_runtime::Perbill;

impl Walker<'_> {
	pub(super) fn some_fault(&mut self) -> Option<Step> {
		match self.dice.below(100) {
			0..=29 => self.report_double_sign(),
			30..=49 => self.accuse(),
			50..=64 => self.dispute(),
			65..=79 => self.decide(),
			80..=85 => self.retry(),
			86..=92 => self.attest(),
			_ => self.consensus(),
		}
	}

	/// A place in a table that is kept whole.
	fn place(&mut self) -> Option<(AvsId, EraIndex, u32)> {
		let avs = self.avs();
		let tables = Avss::<R>::get(avs)?.tables;
		let era = if self.dice.once_in(3) { tables.previous? } else { tables.last? };
		let operators = Tables::<R>::get(avs, era)?.operators;
		(operators > 0).then(|| (avs, era, self.dice.below(operators.into()) as u32))
	}

	fn report_double_sign(&mut self) -> Option<Step> {
		let (avs, era, place) = self.place()?;
		let evidence = Box::new(self.chain.signed_twice(avs, era, place, 7)?);
		let who = self.anyone();
		Some(Step::signed("double sign", &who, Call::report { avs, condition: 0, evidence }))
	}

	fn accuse(&mut self) -> Option<Step> {
		let (avs, era, place) = self.place()?;
		let evidence = Box::new(Chain::accusation(era, place));
		let who = self.people.arbiter.clone();
		Some(Step::signed("accuse", &who, Call::report { avs, condition: 1, evidence }))
	}

	fn fault(&mut self) -> Option<FaultId<AccountId>> {
		let keys: Vec<_> = Faults::<R>::iter_keys().collect();
		self.dice.one_of(&keys).cloned()
	}

	fn dispute(&mut self) -> Option<Step> {
		let fault = self.fault()?;
		let who = fault.operator.clone();
		Some(Step::signed("dispute", &who, Call::dispute { fault }))
	}

	fn decide(&mut self) -> Option<Step> {
		let fault = self.fault()?;
		let decision = match self.dice.below(3) {
			0 => Decision::Cancel,
			1 => Decision::Reduce(Perbill::from_percent(self.dice.below(5) as u32)),
			_ => Decision::Uphold,
		};
		Some(Step::root("decide", Call::decide { fault, decision }))
	}

	fn retry(&mut self) -> Option<Step> {
		let (by, fault) = (self.restaker(), self.fault()?);
		Some(Step::signed("retry", &by, Call::retry { fault }))
	}

	/// An operator does its duty, or somebody has those judged who did not.
	fn attest(&mut self) -> Option<Step> {
		let on_duty: Vec<_> = Duties::<R>::iter().map(|(avs, window)| (avs, window.era)).collect();
		let (avs, era) = *self.dice.one_of(&on_duty)?;
		if self.dice.once_in(6) {
			let by = self.restaker();
			return Some(Step::signed("judge", &by, Call::judge { avs }));
		}
		let operators = Tables::<R>::get(avs, era)?.operators;
		let place = self.dice.below(operators.into()) as u32;
		let entry = <Avs as StakeTables<AccountId>>::entry(avs, era, place)?;
		Some(Step::signed("attest", &entry.operator, Call::attest { avs, place }))
	}

	/// What the SDK finds of validators.
	fn consensus(&mut self) -> Option<Step> {
		let validators = self.chain.validators().to_vec();
		let who = self.dice.one_of(&validators)?.clone();
		let era = Avss::<R>::get(CHAIN)?.tables.last?;
		let fraction = Perbill::from_parts(self.dice.amount(1_000_000_000) as u32);
		Some(if self.dice.once_in(2) {
			Step { kind: "equivocation", deed: Deed::Equivocation(who, era, fraction) }
		} else {
			Step { kind: "absence", deed: Deed::Absence(who, era, fraction) }
		})
	}
}
