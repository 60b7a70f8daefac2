// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Orders: what a user of another chain executes there to restake here, by one message.

use super::{account_location, lanes::place_of, owners::owner_of, UniversalLocation};
use crate::*;
use alloc::vec;
use codec::Encode;
use frame_support::{ensure, traits::Get};
use picasso_primitives::{
	cvm::{Amount, Instruction as Step, Program, RestakeOrder, Salt},
	registry::AssetLocations,
};
use sp_runtime::DispatchError;
use staging_xcm::{
	latest::{prelude::*, AssetTransferFilter},
	VersionedLocation, VersionedXcm,
};

type Error = pallet_cvm::Error<Runtime>;

/// The executor of an account, of this chain or another. None where it can own none.
pub fn executor_of(origin: VersionedLocation, salt: Salt) -> Option<AccountId> {
	let origin: Location = origin.try_into().ok()?;
	owner_of(&origin).map(|owner| Cvm::executor_of(&owner, salt))
}

/// The chain that an account is on: its location up to the parachain, or else up to the network.
fn chain_of(account: &Location) -> Result<Location, DispatchError> {
	let length = match account.unpack() {
		(1, [GlobalConsensus(_), Parachain(_), _, ..]) => 2,
		(1, [GlobalConsensus(_), _, ..]) => 1,
		_ => return Err(Error::NotARemoteAccount.into()),
	};
	let chain = account.interior.as_slice().get(..length).and_then(place_of);
	let chain = chain.ok_or(Error::NotARemoteAccount)?;
	Ok(Location::new(1, chain))
}

/// The program that an order comes to, and the message that its origin executes on its own chain.
pub fn restake(order: RestakeOrder) -> Result<(Program, VersionedXcm<()>), DispatchError> {
	let origin: Location = order.origin.clone().try_into().map_err(|_| Error::NotARemoteAccount)?;
	let owner = owner_of(&origin).ok_or(Error::NotARemoteAccount)?;
	let executor = account_location(&Cvm::executor_of(&owner, order.salt));
	let chain = chain_of(&origin)?;
	// What is elsewhere has to be moved there first.
	let reserve = AssetRegistry::reserve_of(order.asset);
	ensure!(reserve.as_ref() == Some(&chain), Error::ReserveElsewhere);

	let program = program(&order)?;
	let call =
		RuntimeCall::Cvm(pallet_cvm::Call::execute { salt: order.salt, program: program.clone() });
	let asset = AssetRegistry::location_of(order.asset).ok_or(Error::NoReserve)?;
	let asset = seen_from(&chain, asset)?;
	let planck = |amount: Balance| Asset { id: AssetId(asset.clone()), fun: Fungible(amount) };
	let all = order
		.amount
		.checked_add(order.fee)
		.and_then(|sum| sum.checked_add(order.local_fee))
		.ok_or(sp_runtime::ArithmeticError::Overflow)?;
	let account = seen_from(&chain, origin)?;

	let to_executor = |assets| DepositAsset { assets, beneficiary: executor.clone() };
	let here = Xcm(vec![
		SetAppendix(Xcm(vec![RefundSurplus, to_executor(Wild(All))])),
		to_executor(Wild(AllCounted(1))),
		Transact {
			origin_kind: OriginKind::Xcm,
			fallback_max_weight: None,
			call: call.encode().into(),
		},
		ExpectTransactStatus(MaybeErrorCode::Success),
	]);
	let message = Xcm::<()>(vec![
		WithdrawAsset(planck(all).into()),
		PayFees { asset: planck(order.local_fee) },
		InitiateTransfer {
			destination: seen_from(&chain, Location::here())?,
			remote_fees: Some(AssetTransferFilter::ReserveDeposit(Definite(
				planck(order.fee).into(),
			))),
			preserve_origin: true,
			assets: vec![AssetTransferFilter::ReserveDeposit(Definite(
				planck(order.amount).into(),
			))]
			.try_into()
			.map_err(|_| Error::TooManySteps)?,
			remote_xcm: here,
		},
		RefundSurplus,
		DepositAsset { assets: Wild(All), beneficiary: account },
	]);
	Ok((program, VersionedXcm::from(message)))
}

fn program(order: &RestakeOrder) -> Result<Program, DispatchError> {
	let stake = Step::Stake {
		pool: order.pool,
		amount: Amount::Exactly(order.amount),
		min_shares: order.min_shares,
	};
	Ok(Program {
		tag: b"restake".to_vec().try_into().map_err(|_| Error::TooManySteps)?,
		instructions: vec![stake].try_into().map_err(|_| Error::TooManySteps)?,
		refund: None,
	})
}

/// What this chain sees, as another chain does.
fn seen_from(chain: &Location, what: Location) -> Result<Location, DispatchError> {
	what.reanchored(chain, &UniversalLocation::get()).map_err(|_| Error::NotKnownThere.into())
}
