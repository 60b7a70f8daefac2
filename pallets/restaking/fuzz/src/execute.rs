// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What each step does.

use crate::{
	actors::*,
	steps::{pool, Freeze, Step},
	time,
};
use codec::{Decode, DecodeLimit};
use frame_support::{
	dispatch::GetDispatchInfo, storage::with_storage_layer, traits::GetCallMetadata,
	MAX_EXTRINSIC_DEPTH,
};
use picasso_primitives::{math::Ratio, rewards::PoolRewards, slashing::Slashable, AssetId};
use picasso_runtime::{AccountId, Restaking, Runtime, RuntimeCall, RuntimeOrigin};
use sp_runtime::{traits::Dispatchable, DispatchError, DispatchResult, MultiAddress};

/// What came of a step.
pub struct Outcome {
	/// What was done: pallet and call, or the trait's function.
	pub what: (&'static str, &'static str),
	/// Whether it was.
	pub result: DispatchResult,
}

/// Does a step; nothing where its bytes are no call.
pub fn execute(step: &Step) -> Option<Outcome> {
	match step {
		Step::Call { signer: by, encoded } => {
			Some(dispatch(decode(encoded)?, RuntimeOrigin::signed(signer(*by))))
		},
		Step::Governance { encoded } => {
			let call = RuntimeCall::Restaking(decode_governance(encoded)?);
			Some(dispatch(call, RuntimeOrigin::root()))
		},
		Step::Slash { pools, denominator, beneficiary } => {
			let pools: Vec<_> = pools
				.iter()
				.take(8)
				.filter_map(|(id, numerator)| {
					Some((pool(*id), Ratio::new(*numerator, *denominator)?))
				})
				.collect();
			let beneficiary = anyone(*beneficiary);
			outcome("slash", Restaking::slash(&pools, &beneficiary).map(drop))
		},
		Step::OpenReport { pool: id } => outcome(
			"open_report",
			with_storage_layer(|| <Restaking as Slashable<AccountId>>::open_report(pool(*id))),
		),
		Step::SettleReport { pool: id } => outcome(
			"settle_report",
			with_storage_layer(|| <Restaking as Slashable<AccountId>>::settle_report(pool(*id))),
		),
		Step::Credit { currency, blocks, amounts } => {
			let amounts: Vec<_> =
				amounts.iter().take(8).map(|(id, amount)| (pool(*id), *amount)).collect();
			let result = Restaking::credit(&payer(), asset(*currency), (*blocks).into(), &amounts);
			outcome("credit", result.map(drop))
		},
		Step::Blocks { count } => {
			time::pass_blocks(u32::from(*count).min(32));
			outcome("blocks", Ok(()))
		},
		Step::Eras { count } => {
			time::turn_eras(u32::from(*count).min(64));
			outcome("eras", Ok(()))
		},
		Step::FreezeAsset { asset: id, frozen } => Some(freeze_asset(asset(*id), *frozen)),
		Step::FreezeAccount { asset: id, who, how } => {
			Some(freeze_account(asset(*id), anyone(*who), *how))
		},
	}
}

fn outcome(function: &'static str, result: DispatchResult) -> Option<Outcome> {
	Some(Outcome { what: ("step", function), result })
}

/// The call that bytes are, read as the chain reads extrinsics.
pub fn decode(encoded: &[u8]) -> Option<RuntimeCall> {
	RuntimeCall::decode_with_depth_limit(MAX_EXTRINSIC_DEPTH, &mut &encoded[..]).ok()
}

/// The call of the ledger that bytes are.
pub fn decode_governance(encoded: &[u8]) -> Option<pallet_restaking::Call<Runtime>> {
	Decode::decode(&mut &encoded[..]).ok()
}

/// Dispatches a call as the runtime's filter allows.
pub fn dispatch(call: RuntimeCall, origin: RuntimeOrigin) -> Outcome {
	let names = call.get_call_metadata();
	// Whoever sends a transaction makes the chain weigh it first.
	let _ = call.get_dispatch_info();
	let result = call.dispatch(origin).map(drop).map_err(|error| error.error);
	Outcome { what: (names.pallet_name, names.function_name), result }
}

/// An issuer stops an asset or lets it move again.
pub fn freeze_asset(id: AssetId, frozen: bool) -> Outcome {
	let call = if frozen {
		pallet_assets::Call::freeze_asset { id }
	} else {
		pallet_assets::Call::thaw_asset { id }
	};
	dispatch(RuntimeCall::Assets(call), RuntimeOrigin::signed(treasury()))
}

/// An issuer stops an account or lets it go.
pub fn freeze_account(id: AssetId, who: AccountId, how: Freeze) -> Outcome {
	let who = MultiAddress::Id(who);
	let call = match how {
		Freeze::Not => pallet_assets::Call::thaw { id, who },
		Freeze::Sending => pallet_assets::Call::freeze { id, who },
		Freeze::Both => pallet_assets::Call::block { id, who },
	};
	dispatch(RuntimeCall::Assets(call), RuntimeOrigin::signed(treasury()))
}

/// What a refusal is called, for a table of them.
pub fn name_of(error: &DispatchError) -> String {
	match error {
		DispatchError::Module(error) => {
			error.message.map_or_else(|| format!("{error:?}"), String::from)
		},
		other => format!("{other:?}"),
	}
}
