// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! What the other steps are compared with: an empty call, and bare transfers.

use super::{ledger, Scheme};
use crate::{
	configs::UNIT,
	meter::{measure_calls, Meter, Reading, Step},
	people, AccountId, Runtime,
};
use alloc::{vec, vec::Vec};

/// Bare transfers.
pub struct Floor;

impl Scheme for Floor {
	fn open() {}

	fn join(_: &AccountId) {}

	fn round<M: Meter>(passers_by: &[AccountId], readings: &mut Vec<Reading>) {
		measure_calls::<M, _>(Step::Remark, readings, passers_by, |_| frame_system::Call::<
			Runtime,
		>::remark {
			remark: vec![],
		});
		measure_calls::<M, _>(
			Step::AssetTransfer,
			readings,
			passers_by,
			|_| pallet_assets::Call::<Runtime>::transfer {
				id: ledger::STAKED,
				target: people::payee().into(),
				amount: UNIT,
			},
		);
		measure_calls::<M, _>(Step::NativeTransfer, readings, passers_by, |_| {
			pallet_balances::Call::<Runtime>::transfer_allow_death {
				dest: people::payee().into(),
				value: UNIT,
			}
		});
	}
}
