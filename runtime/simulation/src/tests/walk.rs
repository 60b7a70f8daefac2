// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Random sequences of messages, programs, failures and slashes. After each deed no more is issued than the
//! reserve holds and everything is somebody's; once messages can rest, what is issued is what the reserve
//! holds, to the planck. In the end all goes right again and everyone goes home.

use crate::{
	books, gateway,
	glue::{self, carry},
	network::AssetHub,
	parachain,
	picasso::{self, foreign, lane, on_chain, root, signed, Foreign, DOT_ID, FOREIGN, VDOT_ID},
	places::*,
	users::*,
};
use codec::Encode;
use picasso_primitives::{
	cvm::{Amount, Instruction as Step, Route},
	math::Ratio,
	registry::AssetStatus,
	restaking::{VaultSettings, VaultStatus},
	slashing::Slashable,
	AssetId as Id, PoolId,
};
use picasso_runtime::{configs::governance::TreasuryAccount, Restaking, Runtime};
use proptest::{collection::vec, prelude::*};
use sp_runtime::Perbill;
use staging_xcm::{latest::prelude::*, VersionedXcm};
use xcm_simulator::TestExt;

/// Something that happens.
#[derive(Clone, Debug)]
enum Deed {
	/// A user restakes, or asks for more shares than come.
	Restake { user: usize, asset: usize, tenths: u8, sane: bool },
	/// A user sends something, and runs a program.
	Send { user: usize, asset: usize, tenths: u8, steps: Vec<Act> },
	/// A user runs a program.
	Command { user: usize, steps: Vec<Act> },
	/// A user recovers what waits on Asset Hub.
	Recover { user: usize },
	/// Somebody lies at one end of a lane.
	Forge { bifrost: bool, lie: usize },
	/// The pools of an asset lose a part.
	Slash { asset: usize, percent: u8 },
	/// Eras pass.
	Pass { eras: u8 },
	/// A lane stands still, or goes on.
	Pause { paused: bool },
	/// An asset is limited, or not.
	Status { asset: usize, status: u8 },
	/// How much comes in.
	Limit { asset: usize, limited: bool },
	/// Asset Hub lets nothing in, or does.
	Close { closed: bool },
	/// The gateway takes nothing, or does.
	Halt { halted: bool },
	/// Anyone completes all exits that can be.
	Complete,
}

/// A step of a program.
#[derive(Clone, Debug)]
enum Act {
	Stake { asset: usize, percent: u8 },
	Unstake { asset: usize, percent: u8, home: bool },
	Claim { asset: usize },
	Home { asset: usize, percent: u8, way: Way },
	Give { asset: usize, percent: u8 },
	Fail,
}

#[derive(Clone, Copy, Debug)]
enum Way {
	Right,
	ToNobody,
	Elsewhere,
}

const USERS: [AccountId; 2] = [ALICE, BOB];
/// Assets with a vault: USDC has none.
const STAKED: [Id; 3] = [DOT_ID, VDOT_ID, picasso::WSTETH_ID];

fn staked(asset: usize) -> Foreign {
	foreign(STAKED[asset % STAKED.len()])
}

fn pool(asset: usize) -> PoolId {
	let id = staked(asset).id;
	on_chain(|| picasso::pool(id))
}

fn part(percent: u8) -> Amount {
	Amount::Part { base: 0, part: Perbill::from_percent(percent.into()) }
}

impl Act {
	fn step(&self, user: &AccountId) -> Step {
		match *self {
			Act::Stake { asset, percent } => {
				Step::Stake { pool: pool(asset), amount: part(percent), min_shares: 0 }
			},
			Act::Unstake { asset, percent, home: goes } => {
				let fee = ample(&staked(asset));
				let home = goes.then(|| home(user, fee));
				Step::Unstake { pool: pool(asset), shares: part(percent), home }
			},
			Act::Claim { asset } => Step::Claim { pool: pool(asset) },
			Act::Home { asset, percent, way } => {
				let asset = &FOREIGN[asset % FOREIGN.len()];
				let right = home(user, ample(asset));
				let route = match way {
					Way::Right => right,
					Way::ToNobody => {
						Route { beneficiary: Location::new(0, [GeneralIndex(5)]), ..right }
					},
					Way::Elsewhere => {
						Route { destination: Some(parachain_from_picasso(BIFROST)), ..right }
					},
				};
				spawn(asset.id, part(percent), route)
			},
			Act::Give { asset, percent } => Step::Transfer {
				to: executor(&BOB),
				assets: vec![(FOREIGN[asset % FOREIGN.len()].id, part(percent))]
					.try_into()
					.expect("one"),
			},
			Act::Fail => Step::Claim { pool: PoolId::MAX },
		}
	}
}

fn program_of(user: &AccountId, steps: &[Act]) -> picasso_primitives::cvm::Program {
	program(steps.iter().map(|act| act.step(user)).collect())
}

impl Deed {
	fn happen(&self) {
		match self {
			Deed::Restake { user, asset, tenths, sane } => {
				let (user, asset) = (&USERS[*user], *asset);
				let foreign = staked(asset);
				let amount = foreign.unit * Balance::from(*tenths) / 10;
				let min_shares = if *sane { 0 } else { Balance::MAX };
				let fees = (ample(&foreign), ample(&foreign));
				let message = order(user, &foreign, amount, pool(asset), min_shares, fees);
				let _ = AssetHub::execute_with(|| parachain::execute(user, message));
			},
			Deed::Send { user, asset, tenths, steps } => {
				let (user, asset) = (&USERS[*user], &FOREIGN[*asset]);
				let amount = asset.unit * Balance::from(*tenths) / 10;
				let call = run(program_of(user, steps));
				let _ = send(user, asset, amount, (ample(asset), ample(asset)), vec![call]);
			},
			Deed::Command { user, steps } => {
				let user = &USERS[*user];
				let _ = command(user, &foreign(DOT_ID), program_of(user, steps));
			},
			Deed::Recover { user } => recover(&USERS[*user]),
			Deed::Forge { bifrost, lie } => forge(if *bifrost { BIFROST } else { ASSET_HUB }, *lie),
			Deed::Slash { asset, percent } => picasso::block(|| {
				let id = staked(*asset).id;
				let ratio = Ratio::new((*percent).into(), 100).expect("at most all");
				let pools = [(picasso::pool(id), ratio)];
				<Restaking as Slashable<_>>::slash(&pools, &TreasuryAccount::get())
					.expect("it can always be slashed");
			}),
			Deed::Pass { eras } => picasso::pass_eras((*eras).into()),
			Deed::Pause { paused } => picasso::block(|| {
				let lane = lane(ASSET_HUB);
				let _ = if *paused {
					root(pallet_lanes::Call::pause_lane { lane })
				} else {
					root(pallet_lanes::Call::resume_lane { lane })
				};
			}),
			Deed::Status { asset, status } => {
				let status = [AssetStatus::Active, AssetStatus::ExitsOnly, AssetStatus::Frozen]
					[*status as usize];
				set_status(&FOREIGN[*asset], status);
			},
			Deed::Limit { asset, limited } => {
				let asset = &FOREIGN[*asset];
				set_limit(asset, limited.then_some(asset.unit));
			},
			Deed::Close { closed } => parachain::Closed::set(*closed),
			Deed::Halt { halted } => gateway::Halted::set(*halted),
			Deed::Complete => complete(),
		}
	}
}

fn set_status(asset: &Foreign, status: AssetStatus) {
	picasso::block(|| {
		let set = pallet_asset_registry::Call::set_status { asset: asset.id, status };
		assert_eq!(root(set), Ok(()));
		let Some(vault) = pallet_restaking::Vaults::<Runtime>::get(asset.id) else { return };
		if status == AssetStatus::Active && vault.settings.status != VaultStatus::Open {
			let settings = VaultSettings { status: VaultStatus::Open, ..vault.settings };
			let set = pallet_restaking::Call::set_vault { asset: asset.id, settings };
			assert_eq!(root(set), Ok(()));
		}
	});
}

fn set_limit(asset: &Foreign, limit: Option<Balance>) {
	picasso::block(|| {
		let asset = asset.id;
		assert_eq!(root(pallet_lanes::Call::set_inflow_limit { asset, limit }), Ok(()));
	});
}

/// Recovers all that waits on Asset Hub for a user's executor, one by one.
fn recover(user: &AccountId) {
	let claimer = picasso_account(executor(user).into());
	let waits = AssetHub::execute_with(parachain::trapped);
	for (owner, assets) in waits {
		let [Asset { id, fun: Fungible(amount) }] = &assets.inner()[..] else { continue };
		let amount = *amount;
		let Some(asset) = FOREIGN.iter().find(|asset| (asset.there)() == id.0) else { continue };
		if owner == claimer {
			let route = home(user, ample(asset).min(amount));
			let steps = vec![Step::Recover { asset: asset.id, amount, route }];
			let _ = command(user, &foreign(DOT_ID), program(steps));
			carry();
		}
	}
}

/// Has anyone complete all exits.
fn complete() {
	picasso::block(|| {
		let exits: Vec<_> = pallet_cvm::Exits::<Runtime>::iter_keys().collect();
		for (executor, ticket) in exits {
			let anyone = picasso_runtime::AccountId::new([200; 32]);
			let _ = signed(&anyone, pallet_cvm::Call::complete_exit { executor, ticket });
		}
	});
}

fn forge(para: u32, lie: usize) {
	let vdot = Asset::from((from_picasso(ASSET_HUB, vdot()), 5 * DOT));
	let pica = Asset::from((Location::here(), UNIT));
	let to_bob = || DepositAsset {
		assets: Wild(AllCounted(4)),
		beneficiary: AccountId32 { network: None, id: executor(&BOB).into() }.into(),
	};
	let alice = AliasOrigin(account_from_picasso(ASSET_HUB, &ALICE));
	let lies = [
		vec![ReserveAssetDeposited(pica.clone().into()), PayFees { asset: pica.clone() }, to_bob()],
		vec![WithdrawAsset(vdot.clone().into()), PayFees { asset: vdot.clone() }, to_bob()],
		vec![
			ReceiveTeleportedAsset(vdot.clone().into()),
			PayFees { asset: vdot.clone() },
			to_bob(),
		],
		vec![UniversalOrigin(GlobalConsensus(NetworkId::Kusama)), to_bob()],
		vec![alice, WithdrawAsset(pica.clone().into()), PayFees { asset: pica }, to_bob()],
	];
	let message = VersionedXcm::from(Xcm::<()>(lies[lie % lies.len()].clone())).encode();
	// Bifrost lies about what Asset Hub has, too.
	let stolen = VersionedXcm::from(Xcm::<()>(vec![
		ReserveAssetDeposited(vdot.clone().into()),
		PayFees { asset: vdot },
		to_bob(),
	]))
	.encode();
	picasso::block(|| {
		let _ = glue::receive(lane(para), &message);
		if para == BIFROST {
			let _ = glue::receive(lane(para), &stolen);
		}
	});
}

/// What must hold after each deed.
fn check() {
	books::check_owned();
	for asset in FOREIGN {
		let issued = on_chain(|| picasso::issuance(asset.id));
		let (waits, reserve) = (books::waiting(asset.id), books::reserve((asset.there)()));
		assert!(issued + waits <= reserve, "{asset:?}: {issued} and {waits} of {reserve}");
	}
	let paused =
		on_chain(|| pallet_lanes::Lanes::<Runtime>::iter_values().any(|lane| lane.is_paused()));
	if !paused {
		books::check();
	}
}

/// Everyone has something staked, and something beside.
fn begin() {
	picasso::begin();
	for user in USERS {
		for (number, id) in STAKED.into_iter().enumerate() {
			let asset = foreign(id);
			assert_eq!(restake(&user, &asset, 20 * asset.unit, pool(number)), Ok(()));
		}
		for asset in FOREIGN {
			let fees = (ample(&asset), ample(&asset));
			assert_eq!(send(&user, &asset, 20 * asset.unit, fees, vec![]), Ok(()));
		}
	}
	carry();
	check();
}

/// All goes right again, and everyone goes home.
fn end() {
	gateway::Halted::set(false);
	parachain::Closed::set(false);
	Deed::Pause { paused: false }.happen();
	for asset in FOREIGN {
		set_limit(&asset, None);
		set_status(&asset, AssetStatus::Active);
	}
	picasso::pass(3);
	carry();
	check();
	for user in USERS {
		for asset in 0..STAKED.len() {
			let _ = command(
				&user,
				&foreign(DOT_ID),
				program(vec![Act::Unstake { asset, percent: 100, home: false }.step(&user)]),
			);
		}
	}
	carry();
	picasso::pass_eras(4);
	carry();
	complete();
	carry();
	for user in USERS {
		let executor = executor(&user);
		let tickets: Vec<_> =
			on_chain(|| pallet_restaking::Tickets::<Runtime>::iter_key_prefix(&executor).collect());
		for ticket in tickets {
			let steps = vec![Step::Withdraw { ticket }];
			assert_eq!(command(&user, &foreign(DOT_ID), program(steps)), Ok(()));
		}
		carry();
		recover(&user);
		// DOT last: it pays.
		for asset in FOREIGN.iter().rev() {
			let steps = vec![take_home(&user, asset)];
			assert_eq!(command(&user, &foreign(DOT_ID), program(steps)), Ok(()));
			carry();
		}
		for asset in FOREIGN {
			let left = on_chain(|| picasso::balance(asset.id, &executor));
			// What didn't pay its own way home, and what the last message didn't spend.
			assert!(left <= ample(&asset), "{asset:?}: {left} left");
		}
		// What couldn't pay its way home was paid to the executor, and left with the rest.
		let under_way = on_chain(|| {
			pallet_cvm::Exits::<Runtime>::iter_prefix_values(&executor)
				.filter(|exit| exit.queued.is_some() || exit.paid.is_none())
				.count()
		});
		assert_eq!(under_way, 0);
	}
	check();
	books::check();
	picasso::try_state();
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
	let percent = 1..=100u8;
	let way = prop_oneof![
		4 => Just(Way::Right),
		1 => Just(Way::ToNobody),
		1 => Just(Way::Elsewhere),
	];
	let act = prop_oneof![
		2 => (0..3usize, percent.clone())
			.prop_map(|(asset, percent)| Act::Stake { asset, percent }),
		4 => (0..3usize, percent.clone(), any::<bool>())
			.prop_map(|(asset, percent, home)| Act::Unstake { asset, percent, home }),
		1 => (0..3usize).prop_map(|asset| Act::Claim { asset }),
		3 => (0..4usize, percent.clone(), way)
			.prop_map(|(asset, percent, way)| Act::Home { asset, percent, way }),
		1 => (0..4usize, percent).prop_map(|(asset, percent)| Act::Give { asset, percent }),
		1 => Just(Act::Fail),
	];
	vec(act, 1..3)
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
	let deed = prop_oneof![
		4 => (0..2usize, 0..3usize, 1..200u8, prop::bool::weighted(0.8)).prop_map(
			|(user, asset, tenths, sane)| Deed::Restake { user, asset, tenths, sane }
		),
		4 => (0..2usize, 0..4usize, 1..200u8, acts()).prop_map(
			|(user, asset, tenths, steps)| Deed::Send { user, asset, tenths, steps }
		),
		6 => (0..2usize, acts()).prop_map(|(user, steps)| Deed::Command { user, steps }),
		1 => (0..2usize).prop_map(|user| Deed::Recover { user }),
		1 => (any::<bool>(), 0..5usize).prop_map(|(bifrost, lie)| Deed::Forge { bifrost, lie }),
		2 => (0..3usize, 1..=50u8).prop_map(|(asset, percent)| Deed::Slash { asset, percent }),
		3 => (1..4u8).prop_map(|eras| Deed::Pass { eras }),
		1 => any::<bool>().prop_map(|paused| Deed::Pause { paused }),
		1 => (0..4usize, 0..3u8).prop_map(|(asset, status)| Deed::Status { asset, status }),
		1 => (0..4usize, any::<bool>()).prop_map(|(asset, limited)| Deed::Limit { asset, limited }),
		2 => any::<bool>().prop_map(|closed| Deed::Close { closed }),
		1 => any::<bool>().prop_map(|halted| Deed::Halt { halted }),
		1 => Just(Deed::Complete),
	];
	vec(deed, 1..30)
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 200, ..Default::default() })]

	#[test]
	fn nothing_is_issued_that_is_not_backed_and_everything_is_somebodys(deeds in deeds()) {
		begin();
		let total = |asset: &Foreign| AssetHub::execute_with(|| parachain::issuance(&(asset.there)()));
		let totals = FOREIGN.each_ref().map(total);
		for deed in &deeds {
			deed.happen();
			carry();
			check();
		}
		end();
		// Asset Hub makes and destroys nothing by it.
		prop_assert_eq!(FOREIGN.each_ref().map(total), totals);
	}
}
