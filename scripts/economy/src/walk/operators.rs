// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! What operators do.

use super::{step::R, Step, Walker};
use crate::calls::{AvsCall, EmissionsCall, RestakingCall};
use pallet_avs::{AllocationChange, Allocations, Avss, Members, TermsOf};
use pallet_restaking::{Operators, PoolsByOperator};
use picasso_primitives::{
	avs::CHAIN,
	restaking::{OperatorStatus, PoolAccess, PoolStatus},
	AvsId, PoolId,
};
use picasso_runtime::AccountId;
use sp_runtime::{Perbill, Perquintill};

impl Walker<'_> {
	pub(super) fn some_operators_step(&mut self) -> Option<Step> {
		match self.dice.below(100) {
			0..=37 => self.allocate(),
			38..=55 => self.join(),
			56..=61 => self.leave(),
			62..=68 => self.set_commission(),
			69..=74 => self.set_reward_account(),
			75..=79 => self.free_allocation(),
			80..=83 => self.release(),
			84..=89 => self.change_pool(),
			90..=93 => self.change_key(),
			_ => self.come_or_go(),
		}
	}

	fn pool_of(&mut self, operator: &AccountId) -> Option<PoolId> {
		let pools: Vec<_> = PoolsByOperator::<R>::iter_prefix_values(operator).flatten().collect();
		self.dice.one_of(&pools).copied()
	}

	/// A member of an AVS, and one of its pools that the AVS takes.
	fn member(&mut self) -> Option<(AccountId, AvsId, PoolId)> {
		let members: Vec<_> =
			Members::<R>::iter().filter(|(_, _, member)| member.until.is_none()).collect();
		let (avs, operator, _) = self.dice.one_of(&members)?.clone();
		let terms = TermsOf::<R>::get(avs, Avss::<R>::get(avs)?.terms.last()?)?;
		let pools = PoolsByOperator::<R>::iter_prefix(&operator);
		let taken = pools.filter(|(asset, _)| terms.asset(*asset).is_some());
		let pools: Vec<_> = taken.flat_map(|(_, pools)| pools).collect();
		Some((operator, avs, *self.dice.one_of(&pools)?))
	}

	fn allocate(&mut self) -> Option<Step> {
		let (operator, avs, pool) = match self.dice.below(8) {
			0 => {
				let operator = self.operator();
				(operator.clone(), self.avs(), self.pool_of(&operator)?)
			},
			_ => self.member()?,
		};
		let others = self.dice.once_in(4).then(|| Some((self.avs(), self.pool_of(&operator)?)));
		let mut changes = Vec::new();
		for (avs, pool) in others.flatten().into_iter().chain([(avs, pool)]) {
			let fraction = match self.dice.below(10) {
				0 => 0,
				1 => 100,
				_ => self.dice.between(1, 40),
			};
			let fraction = Perquintill::from_percent(fraction);
			changes.push(AllocationChange { avs, pool, fraction });
		}
		let changes = changes.try_into().expect("few");
		Some(Step::signed("allocate", &operator, AvsCall::allocate { changes }))
	}

	fn join(&mut self) -> Option<Step> {
		let (operator, mut avs) = (self.operator(), self.avs());
		if Members::<R>::contains_key(avs, &operator) && !self.dice.once_in(8) {
			avs = self.avs();
		}
		let key = (avs != CHAIN).then(|| {
			let number = self.dice.below(2) as u8;
			self.chain.keys.prove(avs, &operator, number)
		});
		Some(Step::signed("join", &operator, AvsCall::join { avs, key }))
	}

	fn leave(&mut self) -> Option<Step> {
		let (operator, avs) = (self.operator(), self.avs());
		// The chain should seldom be without validators.
		if !self.dice.once_in(if avs == CHAIN { 4 } else { 2 }) {
			return None;
		}
		Some(Step::signed("leave", &operator, AvsCall::leave { avs }))
	}

	fn set_commission(&mut self) -> Option<Step> {
		let operator = self.operator();
		let commission = Perbill::from_percent(self.dice.below(23) as u32);
		let call = RestakingCall::set_commission { commission };
		Some(Step::signed("set commission", &operator, call))
	}

	fn set_reward_account(&mut self) -> Option<Step> {
		let operator = self.operator();
		let account = match self.dice.below(4) {
			0 => None,
			1 => Some(self.anyone()),
			_ => self.dice.one_of(&self.people.purses).cloned(),
		};
		let call = EmissionsCall::set_reward_account { account };
		Some(Step::signed("set reward account", &operator, call))
	}

	fn free_allocation(&mut self) -> Option<Step> {
		let by = self.restaker();
		let all: Vec<_> = Allocations::<R>::iter_keys().collect();
		let (pool, avs) = *self.dice.one_of(&all)?;
		Some(Step::signed("free allocation", &by, AvsCall::free_allocation { avs, pool }))
	}

	fn release(&mut self) -> Option<Step> {
		let (by, operator, avs) = (self.restaker(), self.operator(), self.avs());
		Some(if self.dice.once_in(2) {
			Step::signed("release operator", &by, AvsCall::release_operator { avs, operator })
		} else {
			Step::signed("remove unfit", &by, AvsCall::remove_unfit { avs, operator })
		})
	}

	fn change_pool(&mut self) -> Option<Step> {
		let operator = self.operator();
		let kind = self.dice.below(8);
		if kind < 3 {
			let vaults: Vec<_> = pallet_restaking::Vaults::<R>::iter_keys().collect();
			let asset = *self.dice.one_of(&vaults)?;
			let held = Operators::<R>::get(&operator).map_or(0, |operator| operator.pools);
			if held >= 4 {
				return None;
			}
			let call = RestakingCall::create_pool { asset, name: b"pool".to_vec() };
			return Some(Step::signed("create pool", &operator, call));
		}
		let pool = self.pool_of(&operator)?;
		Some(match kind {
			3 => Step::signed("remove pool", &operator, RestakingCall::remove_pool { pool }),
			4 => {
				let access =
					if self.dice.once_in(4) { PoolAccess::Approved } else { PoolAccess::Everyone };
				let call = RestakingCall::set_pool_access { pool, access };
				Step::signed("set pool access", &operator, call)
			},
			5 => {
				let (restaker, approved) = (self.restaker(), !self.dice.once_in(4));
				let call = RestakingCall::set_approval { restaker, approved };
				Step::signed("set approval", &operator, call)
			},
			_ => {
				let status = match self.dice.below(16) {
					0 => PoolStatus::WindingUp,
					1 | 2 => PoolStatus::Closed,
					_ => PoolStatus::Open,
				};
				let call = RestakingCall::set_pool_status { pool, status };
				Step::signed("set pool status", &operator, call)
			},
		})
	}

	fn change_key(&mut self) -> Option<Step> {
		let operator = self.operator();
		let avs = self.avs();
		if avs == CHAIN || !Members::<R>::contains_key(avs, &operator) {
			return None;
		}
		let number = self.dice.below(3) as u8;
		let (key, proof) = self.chain.keys.prove(avs, &operator, number);
		Some(if self.dice.once_in(4) {
			Step::signed("forget key", &operator, AvsCall::forget_key { key })
		} else {
			Step::signed("set key", &operator, AvsCall::set_key { avs, key, proof })
		})
	}

	fn come_or_go(&mut self) -> Option<Step> {
		let operator = self.operator();
		let Some(record) = Operators::<R>::get(&operator) else {
			let commission = Perbill::from_percent(self.dice.below(21) as u32);
			let call = RestakingCall::register_operator { commission, metadata: Vec::new() };
			return Some(Step::signed("register operator", &operator, call));
		};
		if record.status == OperatorStatus::Leaving {
			let call = RestakingCall::deregister_operator {};
			return Some(Step::signed("deregister operator", &operator, call));
		}
		let status = match (record.status, self.dice.below(30)) {
			(_, 0) => OperatorStatus::Leaving,
			(OperatorStatus::Active, 1..=9) => OperatorStatus::Paused,
			_ => OperatorStatus::Active,
		};
		let call = RestakingCall::set_operator_status { status };
		Some(Step::signed("set operator status", &operator, call))
	}
}
