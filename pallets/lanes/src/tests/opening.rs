// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use super::*;

fn open(chain: impl Into<InteriorLocation>) -> Result<(), DispatchError> {
	Lanes::open_lane(RuntimeOrigin::root(), chain.into())
}

#[test]
fn a_lane_is_opened_to_a_chain() {
	ExtBuilder.build_and_execute(|| {
		let kusama: InteriorLocation = [GlobalConsensus(Kusama)].into();
		assert_ok!(open(kusama.clone()));
		assert_eq!(lane(2), Lane::to(kusama.clone()));
		assert_eq!(LaneIds::<Test>::get(&kusama), Some(2));
		assert_eq!(Lanes::location_of(2), Some(Location::new(1, [GlobalConsensus(Kusama)])));
		assert_eq!(Lanes::location_of(HUB), Some(outside(hub())));
		assert_eq!(Lanes::location_of(3), None);
		assert_eq!(events(), vec![Event::LaneOpened { lane: 2, chain: kusama }]);
	});
}

#[test]
fn opening_fails_for_what_is_no_other_chain() {
	ExtBuilder.build_and_execute(|| {
		let not = DispatchError::from(Error::<Test>::NotAChain);
		assert_noop!(open(Here), not);
		assert_noop!(open([Parachain(1)]), not);
		assert_noop!(open([GlobalConsensus(Polkadot), PalletInstance(1)]), not);
		assert_noop!(open([GlobalConsensus(Polkadot), GlobalConsensus(Kusama)]), not);
		assert_noop!(open([GlobalConsensus(ByGenesis([7; 32]))]), Error::<Test>::OwnConsensus);
		let below = [GlobalConsensus(ByGenesis([7; 32])), Parachain(1)];
		assert_noop!(open(below), Error::<Test>::OwnConsensus);
	});
}

#[test]
fn opening_fails_where_there_is_a_lane_or_too_many() {
	ExtBuilder.build_and_execute(|| {
		assert_noop!(open(hub()), Error::<Test>::LaneExists);
		assert_ok!(open([GlobalConsensus(Kusama)]));
		assert_noop!(open([GlobalConsensus(ByGenesis([8; 32]))]), Error::<Test>::TooManyLanes);
	});
}

#[test]
fn lanes_are_opened_and_resumed_by_governance_only() {
	ExtBuilder.build_and_execute(|| {
		let bad = DispatchError::BadOrigin;
		for who in [ALICE, GUARDIAN] {
			let who = RuntimeOrigin::signed(who);
			assert_noop!(Lanes::open_lane(who.clone(), [GlobalConsensus(Kusama)].into()), bad);
			assert_noop!(Lanes::resume_lane(who.clone(), HUB), bad);
			assert_noop!(Lanes::set_inflow_limit(who.clone(), DOT, None), bad);
			assert_noop!(Lanes::settle_by_vote(who, HUB, 0, Delivery::Accepted), bad);
		}
		assert_noop!(Lanes::pause_lane(RuntimeOrigin::signed(ALICE), HUB), bad);
		assert_noop!(Lanes::retry_return(RuntimeOrigin::root(), HUB, 0), bad);
		assert_noop!(Lanes::release(RuntimeOrigin::root(), HUB, 0, Weight::zero()), bad);
	});
}

#[test]
fn a_lane_is_paused_by_two_origins_and_resumed() {
	ExtBuilder.build_and_execute(|| {
		for origin in [RuntimeOrigin::signed(GUARDIAN), RuntimeOrigin::root()] {
			assert_ok!(Lanes::pause_lane(origin.clone(), HUB));
			assert_eq!(lane(HUB).status, LaneStatus::Paused);
			assert_noop!(Lanes::pause_lane(origin, HUB), Error::<Test>::LanePaused);
			assert_ok!(Lanes::resume_lane(RuntimeOrigin::root(), HUB));
			assert_eq!(lane(HUB).status, LaneStatus::Open);
			let told = vec![Event::LanePaused { lane: HUB }, Event::LaneResumed { lane: HUB }];
			assert_eq!(events(), told);
		}
		assert_noop!(Lanes::resume_lane(RuntimeOrigin::root(), HUB), Error::<Test>::LaneOpen);
		assert_noop!(Lanes::resume_lane(RuntimeOrigin::root(), 7), Error::<Test>::LaneNotFound);
		assert_noop!(Lanes::pause_lane(RuntimeOrigin::root(), 7), Error::<Test>::LaneNotFound);
		assert_eq!(lane(BIFROST).status, LaneStatus::Open);
	});
}
