// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The invariants, by the numbers that the crate's documentation gives them.

use crate::{pallet::*, types::*};
use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec::Vec,
};
use codec::Encode;
use frame_support::{ensure, traits::fungible::hold::Inspect};
use picasso_primitives::{
	avs::StakeTables,
	restaking::StakeLedger,
	slashing::{FaultId, FaultStatus},
	EraIndex, PoolId,
};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks every invariant.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_queue()?;
		Self::check_marks()?;
		Self::check_detentions()?;
		Self::check_charges()?;
		Self::check_bonds()?;
		Self::check_windows()
	}

	fn check_queue() -> Result<(), TryRuntimeError> {
		let start = QueueStart::<T>::get();
		let queued: Vec<(EraIndex, FaultId<T::AccountId>)> = Queue::<T>::iter_keys().collect();
		ensure!(queued.iter().all(|(era, _)| *era >= start), "9: the queue lost sight of a fault");
		let waiting: BTreeSet<_> = queued.iter().map(|(_, fault)| fault.encode()).collect();
		for (fault, _) in Faults::<T>::iter() {
			ensure!(waiting.contains(&fault.encode()), "9: a fault that nobody looks at");
		}
		Ok(())
	}

	fn check_marks() -> Result<(), TryRuntimeError> {
		let mut marks = BTreeMap::<PoolId, u32>::new();
		for (_, record) in Faults::<T>::iter() {
			let mark = u32::from(!record.is_final());
			for pool in record.pools {
				*marks.entry(pool).or_default() += mark;
			}
		}
		for (pool, marks) in marks {
			// A pool that answers for nothing any more may be gone.
			let open = T::Ledger::pool_stake(pool).map_or(0, |stake| stake.open_reports);
			ensure!(open == marks, "9: a pool is not marked by the faults it answers for");
		}
		Ok(())
	}

	fn check_detentions() -> Result<(), TryRuntimeError> {
		let now = T::Ledger::current_era();
		for (fault, record) in Faults::<T>::iter() {
			if record.detained.is_some_and(|due| due >= now) {
				let kept = T::Tables::is_excluded(fault.avs, &fault.operator);
				ensure!(kept, "9: who is detained serves");
			}
		}
		Ok(())
	}

	fn check_charges() -> Result<(), TryRuntimeError> {
		for (_, record) in Faults::<T>::iter() {
			for charge in &record.charges {
				ensure!(charge.taken <= charge.owed, "9: more was taken than a fault costs");
				ensure!(
					record.status != FaultStatus::Settled || charge.taken == charge.owed,
					"9: a fault is settled that is not"
				);
			}
			ensure!(record.charged <= record.fraction, "9: more was charged than a fault costs");
			let ends = !record.is_final() || (record.bond.is_none() && record.detained.is_none());
			ensure!(ends, "9: a fault is final that is not");
		}
		Ok(())
	}

	fn check_bonds() -> Result<(), TryRuntimeError> {
		for (fault, record) in Faults::<T>::iter() {
			if record.bond.is_some() {
				let reporter = record.reporter.ok_or("9: a bond of nobody's")?;
				let held = T::Currency::balance_on_hold(&HoldReason::Report.into(), &reporter);
				ensure!(held > 0, "9: the bond of a report is not held");
			}
			if matches!(record.dispute, Dispute::Open(_)) {
				let reason = HoldReason::Dispute.into();
				let held = T::Currency::balance_on_hold(&reason, &fault.operator);
				ensure!(held > 0, "9: the bond of a dispute is not held");
			}
		}
		Ok(())
	}

	fn check_windows() -> Result<(), TryRuntimeError> {
		for (avs, window) in Duties::<T>::iter() {
			let closes = Closings::<T>::contains_key(window.closes(), avs);
			ensure!(closes, "9: a window of duty that nobody closes");
		}
		let start = ClosingsStart::<T>::get();
		for (block, avs) in Closings::<T>::iter_keys() {
			ensure!(block >= start, "9: the closings lost sight of a window");
			let closes = Duties::<T>::get(avs).map(|window| window.closes());
			ensure!(closes == Some(block), "9: a closing of no window");
		}
		Ok(())
	}
}
