// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What holds for a call holds for each call of a batch.

use super::network;
use crate::*;
use frame_support::{assert_ok, traits::fungibles::Inspect};
use picasso_primitives::{
	restaking::{PoolFilter, VaultSettings},
	PICA,
};
use sp_keyring::Sr25519Keyring::Alice;
use sp_runtime::traits::Dispatchable;

/// Lets the PICA vault take three stakes of `AMOUNT` more, and a little.
fn leave_room_for_three() -> Balance {
	let vault = Restaking::vault_infos().into_iter().find(|vault| vault.asset == PICA);
	let vault = vault.expect("a PICA vault");
	let deposit_cap = vault.custody + 3 * AMOUNT + AMOUNT / 2;
	let settings = VaultSettings { deposit_cap, minimum_stake: AMOUNT, ..vault.settings };
	assert_ok!(Restaking::set_vault(RuntimeOrigin::root(), PICA, settings));
	vault.custody
}

const AMOUNT: Balance = constants::currency::PICA;

fn stakes(count: usize) -> Vec<RuntimeCall> {
	let pools =
		Restaking::pool_page(PoolFilter { operator: None, asset: Some(PICA) }, 0, 100).items;
	let pool = pools.iter().find(|pool| pool.asset == PICA).expect("a PICA pool").pool;
	let stake = pallet_restaking::Call::stake { pool, amount: AMOUNT, min_shares: 0 };
	core::iter::repeat_n(RuntimeCall::from(stake), count).collect()
}

fn custody() -> Balance {
	pallet_restaking::Vaults::<Runtime>::get(PICA).expect("a PICA vault").custody
}

#[test]
fn a_vaults_cap_holds_in_every_kind_of_batch() {
	let origin = || RuntimeOrigin::signed(Alice.to_account_id());
	let batch = |kind: fn(Vec<RuntimeCall>) -> pallet_utility::Call<Runtime>, taken: Balance| {
		network("development").execute_with(|| {
			let before = leave_room_for_three();
			let held = configs::assets::NativeAndForeign::balance(PICA, &Alice.to_account_id());
			let outcome = RuntimeCall::from(kind(stakes(5))).dispatch(origin());
			assert_eq!(outcome.is_ok(), taken > 0);
			assert_eq!(custody(), before + taken * AMOUNT);
			let rest = configs::assets::NativeAndForeign::balance(PICA, &Alice.to_account_id());
			assert_eq!(rest, held - taken * AMOUNT);
		});
	};
	batch(|calls| pallet_utility::Call::batch { calls }, 3);
	batch(|calls| pallet_utility::Call::force_batch { calls }, 3);
	batch(|calls| pallet_utility::Call::batch_all { calls }, 0);
}
