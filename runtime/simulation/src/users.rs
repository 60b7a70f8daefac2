// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Users of Asset Hub: what they execute there to have something done on Picasso.

use crate::{
	network::AssetHub,
	parachain,
	picasso::{self, Foreign},
	places::*,
};
use codec::Encode;
use picasso_primitives::{
	cvm::{
		runtime_decl_for_cvm_api::CvmApi, Amount, Instruction as Step, Program, RestakeOrder,
		Route, Salt, Spawned,
	},
	AssetId as Id, PoolId,
};
use picasso_runtime::{AccountId as LocalAccount, Runtime, RuntimeCall};
use sp_runtime::DispatchResult;
use staging_xcm::latest::{prelude::*, AssetTransferFilter};
use xcm_simulator::TestExt;

/// The salt of the executors that tests use.
pub const SALT: Salt = 7;

/// What a fiftieth of an asset's unit is: enough for any message, anywhere.
pub fn ample(asset: &Foreign) -> Balance {
	asset.unit / 2
}

/// The executor of a user of Asset Hub.
pub fn executor(who: &AccountId) -> LocalAccount {
	let origin = account_from_picasso(ASSET_HUB, who).into();
	picasso::on_chain(|| Runtime::executor_of(origin, SALT)).expect("it owns one")
}

/// The message that Picasso says is to be executed to restake.
pub fn order(
	who: &AccountId,
	asset: &Foreign,
	amount: Balance,
	pool: PoolId,
	min_shares: Balance,
	fees: (Balance, Balance),
) -> Xcm<parachain::RuntimeCall> {
	let order = RestakeOrder {
		origin: account_from_picasso(ASSET_HUB, who).into(),
		salt: SALT,
		asset: asset.id,
		amount,
		pool,
		min_shares,
		fee: fees.0,
		local_fee: fees.1,
	};
	let (_, message) = picasso::on_chain(|| Runtime::encode_restake(order)).expect("it can be");
	let message = Xcm::<()>::try_from(message).expect("of this version");
	Xcm::<parachain::RuntimeCall>::from(message)
}

/// Has a user of Asset Hub restake, by what Picasso says.
pub fn restake(who: &AccountId, asset: &Foreign, amount: Balance, pool: PoolId) -> DispatchResult {
	let message = order(who, asset, amount, pool, 0, (ample(asset), ample(asset)));
	AssetHub::execute_with(|| parachain::execute(who, message))
}

/// Has a user of Asset Hub send an asset, and have their executor run a program. `fees` are what may be
/// spent here and there.
pub fn send(
	who: &AccountId,
	asset: &Foreign,
	amount: Balance,
	fees: (Balance, Balance),
	calls: Vec<Vec<u8>>,
) -> DispatchResult {
	let location = (asset.there)();
	let planck = |amount: Balance| Asset::from((location.clone(), amount));
	let message = Xcm(vec![
		WithdrawAsset(planck(amount + fees.0 + fees.1).into()),
		PayFees { asset: planck(fees.1) },
		InitiateTransfer {
			destination: picasso_from_parachain(),
			remote_fees: Some(AssetTransferFilter::ReserveDeposit(Definite(planck(fees.0).into()))),
			preserve_origin: true,
			assets: (amount > 0)
				.then(|| AssetTransferFilter::ReserveDeposit(Definite(planck(amount).into())))
				.into_iter()
				.collect::<Vec<_>>()
				.try_into()
				.expect("one at the most"),
			remote_xcm: remote(who, calls),
		},
		RefundSurplus,
		DepositAsset { assets: Wild(All), beneficiary: account(who) },
	]);
	AssetHub::execute_with(|| parachain::execute(who, message))
}

/// What a message does on Picasso once its assets are there: they are the executor's, then it calls.
pub fn remote(who: &AccountId, calls: Vec<Vec<u8>>) -> Xcm<()> {
	let executor = AccountId32 { network: None, id: executor(who).into() }.into_location();
	let deposit = |assets| DepositAsset { assets, beneficiary: executor.clone() };
	let mut message = vec![
		SetAppendix(Xcm(vec![RefundSurplus, deposit(Wild(All))])),
		deposit(Wild(AllCounted(1))),
	];
	for call in calls {
		message.push(Transact {
			origin_kind: OriginKind::Xcm,
			fallback_max_weight: None,
			call: call.into(),
		});
		message.push(ExpectTransactStatus(MaybeErrorCode::Success));
	}
	Xcm(message)
}

/// A call, encoded.
pub fn run(program: Program) -> Vec<u8> {
	RuntimeCall::Cvm(pallet_cvm::Call::execute { salt: SALT, program }).encode()
}

/// Has a user of Asset Hub run a program in their executor, paid in an asset.
pub fn command(who: &AccountId, asset: &Foreign, program: Program) -> DispatchResult {
	send(who, asset, 0, (ample(asset), ample(asset)), vec![run(program)])
}

pub fn program(steps: Vec<Step>) -> Program {
	Program {
		tag: b"test".to_vec().try_into().expect("it is short"),
		instructions: steps.try_into().expect("it is short"),
		refund: None,
	}
}

/// The way home of a user's.
pub fn home(who: &AccountId, fee: Balance) -> Route {
	Route { destination: None, beneficiary: account(who), fee }
}

/// Sends all that the executor has of an asset home.
pub fn take_home(who: &AccountId, asset: &Foreign) -> Step {
	spawn(asset.id, Amount::All, home(who, ample(asset)))
}

pub fn spawn(id: Id, amount: Amount, route: Route) -> Step {
	Step::Spawn { assets: vec![(id, amount)].try_into().expect("one"), to: Spawned::Account(route) }
}
