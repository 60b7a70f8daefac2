// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! The development network's genesis, and what operators, restakers and AVSs do on it, by the calls that they
//! would make.

use crate::signer::Signer;
use frame_support::{
	assert_ok,
	genesis_builder_helper::build_state,
	traits::{fungible, fungibles},
};
use pallet_avs::AllocationChange;
use picasso_primitives::{
	avs::{possession_message, AssetTerms, Membership, Terms, MAX_OPERATORS},
	AssetId, AvsId, Balance, PoolId, PICA,
};
use picasso_runtime::{
	constants::{currency::EXISTENTIAL_DEPOSIT, time},
	AccountId, Assets, Avs, Balances, BlockNumber, Emissions, Referenda, Restaking, Runtime,
	RuntimeGenesisConfig, RuntimeOrigin, System,
};
use serde_json::{json, Value};
use sp_runtime::{
	traits::{BlakeTwo256, Hash},
	FixedU128, Perbill, Perquintill,
};

/// Builds the development network's genesis, with eras of that length and production's unbonding.
pub fn build_genesis(era_length: BlockNumber) -> Result<(), String> {
	build_state::<RuntimeGenesisConfig>(genesis(era_length)?.into_bytes())
}

fn genesis(era_length: BlockNumber) -> Result<String, String> {
	let preset = sp_genesis_builder::PresetId::from(picasso_runtime::DEVELOPMENT);
	let patch = picasso_runtime::get_preset(&preset).ok_or("there is no development preset")?;
	let read = |error: serde_json::Error| error.to_string();
	let mut config = serde_json::to_value(RuntimeGenesisConfig::default()).map_err(read)?;
	merge(&mut config, serde_json::from_slice(&patch).map_err(read)?);
	config["restaking"]["era"] = json!({
		"length": era_length,
		"unbonding": time::unbonding::PRODUCTION,
		"granularity": time::granularity::PRODUCTION,
	});
	Ok(config.to_string())
}

fn merge(into: &mut Value, patch: Value) {
	match (into, patch) {
		(Value::Object(into), Value::Object(patch)) => {
			for (key, value) in patch {
				merge(into.entry(key).or_insert(Value::Null), value);
			}
		},
		(into, value) => *into = value,
	}
}

/// The assets that there are vaults for, ascending, with the least planck that can be staked of each.
pub fn vaults() -> Vec<(AssetId, Balance)> {
	let mut assets: Vec<_> = pallet_restaking::Vaults::<Runtime>::iter()
		.map(|(asset, vault)| (asset, vault.settings.minimum_stake))
		.collect();
	assets.sort();
	assets
}

/// An account, by what it is there for and its number.
pub fn account(role: &str, number: u32) -> AccountId {
	AccountId::new(BlakeTwo256::hash(format!("{role} {number}").as_bytes()).0)
}

/// An account's signature.
pub fn signed(who: &AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who.clone())
}

/// Gives an account so many planck of an asset.
pub fn endow(who: &AccountId, asset: AssetId, amount: Balance) {
	if asset == PICA {
		assert_ok!(<Balances as fungible::Mutate<_>>::mint_into(who, amount));
	} else {
		assert_ok!(<Assets as fungibles::Mutate<_>>::mint_into(asset, who, amount));
	}
}

/// Gives an account so many planck of an asset and has it stake them.
pub fn stake(who: &AccountId, pool: PoolId, asset: AssetId, amount: Balance) {
	let kept = if asset == PICA { EXISTENTIAL_DEPOSIT } else { 0 };
	endow(who, asset, amount + kept);
	assert_ok!(Restaking::stake(signed(who), pool, amount, 0));
}

/// An operator with a pool for each entry of the list of assets, in which it has stake of its own; more of it
/// the higher its number.
pub fn open_pools(number: u32, assets: &[(AssetId, Balance)]) -> (AccountId, Vec<PoolId>) {
	let operator = account("operator", number);
	endow(&operator, PICA, 1_000_000_000 * EXISTENTIAL_DEPOSIT);
	assert_ok!(Restaking::register_operator(
		signed(&operator),
		Perbill::from_percent(1),
		Vec::new()
	));
	let pools = assets.iter().map(|(asset, least)| {
		let pool = pallet_restaking::NextPoolId::<Runtime>::get();
		assert_ok!(Restaking::create_pool(signed(&operator), *asset, Vec::new()));
		stake(&operator, pool, *asset, least * Balance::from(1_000 + number));
		pool
	});
	let pools = pools.collect();
	(operator, pools)
}

/// An AVS as if its referendum had approved of it.
pub fn onboard(number: u32, terms: Terms<AccountId>) -> AvsId {
	let owner = account("owner", number);
	endow(&owner, PICA, 1_000_000_000 * EXISTENTIAL_DEPOSIT);
	let avs = pallet_avs::NextAvsId::<Runtime>::get();
	let application = pallet_avs::NextApplicationId::<Runtime>::get();
	assert_ok!(Avs::propose(
		signed(&owner),
		Box::new(terms),
		b"https://avs.example".to_vec(),
		false
	));
	let record = pallet_avs::Applications::<Runtime>::get(application);
	let referendum = record.expect("it was proposed").referendum;
	assert_ok!(Avs::onboard(RuntimeOrigin::root(), application));
	assert_ok!(Referenda::cancel(RuntimeOrigin::root(), referendum));
	assert_ok!(Emissions::fund(signed(&owner), avs, PICA, ERAS_PAID * PAY));
	avs
}

/// What an AVS pays in an era, in planck of PICA: enough for each pool of each operator to get some.
const PAY: Balance = EXISTENTIAL_DEPOSIT;
/// Eras that its escrow lasts for.
const ERAS_PAID: Balance = 100;

/// Terms that all operators keep to, and that ask for as much to be looked at as any.
pub fn terms(assets: &[(AssetId, Balance)]) -> Terms<AccountId> {
	let assets: Vec<_> = assets
		.iter()
		.map(|(asset, least)| AssetTerms {
			asset: *asset,
			weight: FixedU128::from_u32(2),
			floor: Some(*least),
			cap: Some(least * 10_000),
		})
		.collect();
	Terms {
		assets: assets.try_into().expect("few assets"),
		minimum_security: 1,
		target_security: 2,
		minimum_operators: 2,
		maximum_operators: MAX_OPERATORS,
		minimum_stake: 1,
		minimum_self_stake: 1,
		maximum_share: Perbill::from_percent(50),
		minimum_nakamoto: 1,
		minimum_commission: Perbill::zero(),
		maximum_commission: Perbill::one(),
		membership: Membership::Open,
		conditions: Default::default(),
		pay_currency: PICA,
		pay_per_era: PAY,
		notice: 6,
	}
}

/// Has an operator join an AVS by a key, and put that part of each pool behind it.
pub fn stand_for(
	avs: AvsId,
	operator: &AccountId,
	signer: &Signer,
	pools: &[PoolId],
	fraction: Perquintill,
) {
	let message = possession_message(System::block_hash(0), avs, operator);
	let key = Some((signer.key(), signer.sign(&message)));
	assert_ok!(Avs::join(signed(operator), avs, key));
	let changes: Vec<_> =
		pools.iter().map(|pool| AllocationChange { avs, pool: *pool, fraction }).collect();
	assert_ok!(Avs::allocate(signed(operator), changes.try_into().expect("few pools")));
}
