// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Picasso itself: its runtime on a state in memory, block by block.
//!
//! A block is begun and finished by the runtime's own `Executive`, with the time in between, and then what
//! the test has it do. It starts as the development network does; governance's part of the set-up is
//! dispatched as root.

use crate::{bifrost::vdot_where, network, parachain, places::*};
use frame_support::{
	assert_ok,
	genesis_builder_helper::build_state,
	parameter_types,
	traits::{fungible, fungibles, QueueFootprintQuery},
};
use pallet_asset_registry::Details;
use picasso_primitives::{
	assets::{foreign_asset_id, Network},
	lanes::{Carrier, LaneId, MessageOrigin},
	registry::{AssetLocations, ForeignId, TrustClass},
	AssetId as Id, PoolId,
};
use picasso_runtime::{
	configs::governance::TreasuryAccount, constants::time::MILLISECS_PER_BLOCK,
	AccountId as LocalAccount, AssetRegistry, Assets, Balances, BlockNumber, Executive, Header,
	Lanes, MessageQueue, Restaking, Runtime, RuntimeCall, RuntimeEvent, RuntimeGenesisConfig,
	RuntimeOrigin, System, UncheckedExtrinsic,
};
use serde_json::Value;
use sp_consensus_babe::{
	digests::{CompatibleDigestItem, PreDigest, SecondaryPlainPreDigest},
	Slot,
};
use sp_core::H256;
use sp_io::TestExternalities;
use sp_runtime::{
	traits::{Dispatchable, Header as _},
	Digest, DigestItem, DispatchResult, FixedU128,
};
use staging_xcm::latest::prelude::*;
use std::cell::RefCell;
use xcm_simulator::TestExt;

pub const PICA_ID: Id = picasso_primitives::PICA;
pub const DOT_ID: Id = foreign_asset_id(Network::Polkadot, 0, 1);
pub const USDC_ID: Id = foreign_asset_id(Network::Polkadot, 50, 1337);
pub const VDOT_ID: Id = foreign_asset_id(Network::Bifrost, 0, 1);
pub const WSTETH_ID: Id = foreign_asset_id(Network::Ethereum, 0, 1);

/// An asset that comes from Asset Hub.
#[derive(Clone, Debug)]
pub struct Foreign {
	pub id: Id,
	/// Where Asset Hub sees it.
	pub there: fn() -> Location,
	/// Planck of one.
	pub unit: Balance,
	/// What one is worth, in PICA.
	pub worth: u32,
}

pub const FOREIGN: [Foreign; 4] = [
	Foreign { id: DOT_ID, there: dot, unit: DOT, worth: 100 },
	Foreign { id: VDOT_ID, there: vdot, unit: DOT, worth: 150 },
	Foreign { id: USDC_ID, there: usdc, unit: USDC, worth: 20 },
	Foreign { id: WSTETH_ID, there: wsteth, unit: WSTETH, worth: 60_000 },
];

pub fn foreign(id: Id) -> Foreign {
	FOREIGN.into_iter().find(|asset| asset.id == id).expect("it comes from Asset Hub")
}

/// The chain, and what happened on it.
struct Chain {
	state: TestExternalities,
	number: BlockNumber,
	parent: H256,
	history: Vec<RuntimeEvent>,
}

parameter_types! {
	/// The parachain that is vDOT's reserve.
	pub static VdotReserve: u32 = ASSET_HUB;
}

/// The parachain that holds what is issued here of an asset.
fn reserve_of(id: Id) -> u32 {
	if id == VDOT_ID {
		VdotReserve::get()
	} else {
		ASSET_HUB
	}
}

thread_local! {
	static CHAIN: RefCell<Option<Chain>> = const { RefCell::new(None) };
}

/// The slot before that of the first block: the clock has run for a while.
const SLOTS_BEFORE: u64 = 1_000;
/// Hash of block 0.
const GENESIS: [u8; 32] = [77; 32];

/// Starts the chain, and the others beside it.
pub fn begin() {
	begin_with(ASSET_HUB);
}

/// As [`begin`], where governance names another chain as vDOT's reserve.
pub fn begin_with(vdot_reserve: u32) {
	VdotReserve::set(vdot_reserve);
	PicassoGenesis::set(GENESIS);
	parachain::Closed::set(false);
	parachain::Welcome::set(None);
	crate::gateway::Halted::set(false);
	crate::gateway::take();
	network::Polkadot::reset();
	let mut state = TestExternalities::default();
	state.execute_with(|| {
		build_state::<RuntimeGenesisConfig>(genesis().to_string().into_bytes())
			.expect("the preset builds");
	});
	CHAIN.with(|chain| {
		*chain.borrow_mut() =
			Some(Chain { state, number: 0, parent: GENESIS.into(), history: Vec::new() })
	});
	block(|| ());
	block(govern);
	back();
}

/// The development network's genesis, with the reserves of this simulation.
fn genesis() -> Value {
	let preset = sp_genesis_builder::PresetId::from(picasso_runtime::DEVELOPMENT);
	let patch = picasso_runtime::get_preset(&preset).expect("there is one");
	let mut config = serde_json::to_value(RuntimeGenesisConfig::default()).expect("JSON");
	merge(&mut config, serde_json::from_slice(&patch).expect("JSON"));
	let reserve = serde_json::to_value(parachain_from_picasso(VdotReserve::get())).expect("JSON");
	let assets = config["assetRegistry"]["assets"].as_array_mut().expect("assets are registered");
	for entry in assets {
		if entry[0] == serde_json::to_value(VDOT_ID).expect("JSON") {
			entry[1]["reserve"] = reserve.clone();
		}
	}
	config
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

/// What governance decides before anything comes.
fn govern() {
	for para in [ASSET_HUB, BIFROST] {
		let chain = [GlobalConsensus(NetworkId::Polkadot), Parachain(para)].into();
		assert_ok!(root(pallet_lanes::Call::open_lane { chain }));
		// Nobody sends to a chain that it doesn't know the language of.
		let location = Box::new(parachain_from_picasso(para));
		let version = staging_xcm::latest::VERSION;
		assert_ok!(root(pallet_xcm::Call::force_xcm_version { location, version }));
	}
	let text = |text: &[u8]| text.to_vec();
	assert_ok!(root(pallet_asset_registry::Call::register {
		asset: USDC_ID,
		details: Details {
			foreign: ForeignId::Xcm(from_picasso(ASSET_HUB, usdc())),
			decimals: 6,
			symbol: text(b"USDC").try_into().expect("it is short"),
			name: text(b"USD Coin").try_into().expect("it is short"),
			minimum_balance: USDC_MINIMUM,
			reserve: Some(parachain_from_picasso(ASSET_HUB)),
			trust: TrustClass::LightClient,
		},
	}));
	for Foreign { id, unit, worth, .. } in FOREIGN {
		let rate = FixedU128::from_rational(u128::from(worth) * UNIT, unit);
		let asset_kind = Box::new(id);
		if pallet_asset_rate::ConversionRateToNative::<Runtime>::contains_key(id) {
			assert_ok!(root(pallet_asset_rate::Call::update { asset_kind, rate }));
		} else {
			assert_ok!(root(pallet_asset_rate::Call::create { asset_kind, rate }));
		}
	}
	for Foreign { id, there, .. } in FOREIGN {
		let seen = from_picasso(ASSET_HUB, there());
		assert_eq!(AssetRegistry::asset_at(&seen), Some(id), "{seen:?}");
		let reserve = parachain_from_picasso(reserve_of(id));
		assert_eq!(AssetRegistry::reserve_of(id), Some(reserve));
	}
	// What pays for the delivery of treasury's own messages, and keeps dust.
	let treasury = TreasuryAccount::get();
	<Assets as fungibles::Mutate<_>>::mint_into(USDC_ID, &treasury, USDC).expect("it can");
}

/// The least USDC that an account holds here.
pub const USDC_MINIMUM: Balance = USDC / 100;

/// Has reserves hold what the chain began with.
fn back() {
	let hold = |location: Location, amount: Balance| {
		let sovereign = parachain::account_of(&picasso_from_parachain());
		parachain::mint(&location, &sovereign, amount);
	};
	for Foreign { id, there, .. } in FOREIGN {
		let issued = on_chain(|| issuance(id));
		if reserve_of(id) == BIFROST {
			network::Bifrost::execute_with(|| hold(vdot_where(BIFROST), issued));
			continue;
		}
		network::AssetHub::execute_with(|| hold(there(), issued));
		// Asset Hub's vouchers are backed in turn.
		if id == VDOT_ID {
			network::Bifrost::execute_with(|| {
				let asset_hub = parachain::account_of(&sibling(ASSET_HUB));
				parachain::mint(&vdot_where(BIFROST), &asset_hub, issued);
			});
		}
	}
}

/// Looks at the chain's state, or changes it between blocks.
pub fn on_chain<R>(what: impl FnOnce() -> R) -> R {
	CHAIN.with(|chain| chain.borrow_mut().as_mut().expect("it has begun").state.execute_with(what))
}

/// Makes a block in which something happens.
pub fn block<R>(what: impl FnOnce() -> R) -> R {
	CHAIN.with(|chain| {
		let mut chain = chain.borrow_mut();
		let chain = chain.as_mut().expect("it has begun");
		chain.number += 1;
		let (number, parent) = (chain.number, chain.parent);
		let (result, hash, events) = chain.state.execute_with(|| {
			let slot = Slot::from(SLOTS_BEFORE + u64::from(number));
			let author =
				PreDigest::SecondaryPlain(SecondaryPlainPreDigest { authority_index: 0, slot });
			let digest = Digest { logs: vec![DigestItem::babe_pre_digest(author)] };
			let header =
				Header::new(number, Default::default(), Default::default(), parent, digest);
			Executive::initialize_block(&header);
			let now = *slot * MILLISECS_PER_BLOCK;
			let time = RuntimeCall::Timestamp(pallet_timestamp::Call::set { now });
			Executive::apply_extrinsic(UncheckedExtrinsic::new_bare(time))
				.expect("the time is valid")
				.expect("the time is set");
			let result = what();
			let header = Executive::finalize_block();
			let events = System::read_events_no_consensus().map(|record| record.event);
			(result, header.hash(), events.collect::<Vec<_>>())
		});
		chain.parent = hash;
		chain.history.extend(events);
		result
	})
}

/// Lets blocks pass.
pub fn pass(blocks: u32) {
	for _ in 0..blocks {
		block(|| ());
	}
}

/// Lets eras pass.
pub fn pass_eras(eras: u32) {
	let era = || on_chain(<Restaking as picasso_primitives::restaking::Restaking<_>>::current_era);
	let end = era() + eras;
	while era() < end {
		block(|| ());
	}
}

/// What happened since the chain began.
pub fn history() -> Vec<RuntimeEvent> {
	CHAIN.with(|chain| chain.borrow().as_ref().expect("it has begun").history.clone())
}

/// Dispatches a call as root, as a transaction is.
pub fn root(call: impl Into<RuntimeCall>) -> DispatchResult {
	dispatch(RuntimeOrigin::root(), call)
}

/// Dispatches a call of an account.
pub fn signed(who: &LocalAccount, call: impl Into<RuntimeCall>) -> DispatchResult {
	dispatch(RuntimeOrigin::signed(who.clone()), call)
}

fn dispatch(origin: RuntimeOrigin, call: impl Into<RuntimeCall>) -> DispatchResult {
	call.into().dispatch(origin).map(drop).map_err(|refused| refused.error)
}

/// The lane to a parachain.
pub fn lane(para: u32) -> LaneId {
	let chain: InteriorLocation = [GlobalConsensus(NetworkId::Polkadot), Parachain(para)].into();
	pallet_lanes::LaneIds::<Runtime>::get(chain).expect("it is open")
}

/// Whether messages wait to be processed or carried, and can be.
pub fn is_busy() -> bool {
	on_chain(|| {
		let moves = |lane: &LaneId| {
			pallet_lanes::Lanes::<Runtime>::get(lane).is_some_and(|lane| !lane.is_paused())
		};
		[ASSET_HUB, BIFROST].map(lane).into_iter().filter(moves).any(|lane| {
			let queue =
				<MessageQueue as QueueFootprintQuery<_>>::footprint(MessageOrigin::Lane(lane));
			queue.ready_pages > 0 || <Lanes as Carrier>::next(lane).is_some()
		})
	})
}

/// What an account has of an asset.
pub fn balance(id: Id, who: &LocalAccount) -> Balance {
	match id {
		PICA_ID => Balances::free_balance(who),
		id => Assets::balance(id, who),
	}
}

/// How much there is of an asset.
pub fn issuance(id: Id) -> Balance {
	match id {
		PICA_ID => <Balances as fungible::Inspect<LocalAccount>>::total_issuance(),
		id => Assets::total_supply(id),
	}
}

/// All that accounts have of an asset.
pub fn held(id: Id) -> Balance {
	match id {
		PICA_ID => frame_system::Account::<Runtime>::iter_values()
			.map(|account| account.data.free + account.data.reserved)
			.sum(),
		id => pallet_assets::Account::<Runtime>::iter_prefix_values(id)
			.map(|account| account.balance)
			.sum(),
	}
}

/// A pool of an asset that takes stake.
pub fn pool(id: Id) -> PoolId {
	pallet_restaking::Pools::<Runtime>::iter()
		.find(|(_, pool)| pool.asset == id)
		.map(|(number, _)| number)
		.expect("there is one for each asset of the preset")
}

/// Checks what the pallets say must hold.
pub fn try_state() {
	#[cfg(feature = "try-runtime")]
	on_chain(|| {
		use frame_support::traits::{TryState, TryStateSelect};
		<picasso_runtime::AllPalletsWithSystem as TryState<BlockNumber>>::try_state(
			System::block_number(),
			TryStateSelect::All,
		)
		.expect("all pallets' invariants hold");
	});
}
