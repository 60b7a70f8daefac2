// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use super::*;
use codec::Encode;
use sp_runtime::traits::{BlakeTwo256, Hash};
use staging_xcm_builder::InspectMessageQueues;
use staging_xcm_executor::traits::{validate_export, ExportXcm};

fn validate(destination: Location, message: Xcm<()>) -> Result<Assets, SendError> {
	validate_send::<crate::LaneRouter<Test>>(destination, message).map(|(_, price)| price)
}

fn stored(nonce: u64) -> OutboundMessage<Test> {
	Outbox::<Test>::get(HUB, nonce).expect("a message")
}

#[test]
fn a_message_says_first_which_consensus_it_comes_from() {
	ExtBuilder.build_and_execute(|| {
		let id = send(None, hub(), outgoing(9));
		assert_eq!(id, [9; 32]);
		let expected = Xcm(vec![
			UniversalOrigin(GlobalConsensus(ByGenesis([7; 32]))),
			ClearOrigin,
			SetTopic([9; 32]),
		]);
		let message = stored(0);
		assert_eq!(message.bytes.to_vec(), VersionedXcm::<()>::V5(expected).encode());
		assert_eq!((message.id, message.sender, message.prefix), ([9; 32], None, 1));
		assert_eq!(events(), vec![Event::MessageQueued { lane: HUB, nonce: 0, id: [9; 32] }]);
		assert_eq!(<Lanes as Carrier>::next(HUB), Some((0, message.bytes.to_vec())));
		assert_eq!(<Lanes as Carrier>::next(BIFROST), None);
	});
}

#[test]
fn a_message_from_inside_of_this_chain_says_from_where() {
	ExtBuilder.build_and_execute(|| {
		let source = [GlobalConsensus(ByGenesis([7; 32])), PalletInstance(3)].into();
		let destination: InteriorLocation = [Parachain(1000)].into();
		let (ticket, _) =
			validate_export::<Lanes>(Polkadot, 0, source, destination.clone(), outgoing(1))
				.expect("a message that can be sent");
		assert_ok!(<Lanes as ExportXcm>::deliver(ticket));
		let bytes = stored(0).bytes;
		let message = VersionedXcm::<()>::decode_all_with_mem_and_depth_limit(&mut &bytes[..]);
		let Ok(VersionedXcm::V5(message)) = message else { panic!("a message") };
		assert_eq!(message.0[1], DescendOrigin([PalletInstance(3)].into()));
		assert_eq!(stored(0).prefix, 2);
		// Nobody sends for another consensus.
		let other = [GlobalConsensus(Kusama)].into();
		let result = validate_export::<Lanes>(Polkadot, 0, other, destination.clone(), outgoing(1));
		assert_eq!(result.map(drop), Err(SendError::Unroutable));
		let nowhere = [PalletInstance(3)].into();
		let result = validate_export::<Lanes>(Polkadot, 0, nowhere, destination, outgoing(1));
		assert_eq!(result.map(drop), Err(SendError::Unroutable));
	});
}

#[test]
fn a_message_without_a_topic_is_known_by_its_hash() {
	ExtBuilder.build_and_execute(|| {
		let message = Xcm(vec![ClearOrigin]);
		let (id, _) = send_xcm::<crate::LaneRouter<Test>>(outside(hub()), message).expect("sent");
		assert_eq!(id, BlakeTwo256::hash(&stored(0).bytes).0);
	});
}

#[test]
fn what_is_no_lanes_is_left_to_other_routers() {
	ExtBuilder.build_and_execute(|| {
		let elsewhere = [
			Location::here(),
			Location::parent(),
			Location::new(1, [GlobalConsensus(Polkadot)]),
			Location::new(1, [GlobalConsensus(Polkadot), Parachain(1000), PalletInstance(1)]),
			Location::new(1, [GlobalConsensus(Kusama), Parachain(1000)]),
			Location::new(0, [Parachain(1000)]),
		];
		for destination in elsewhere {
			let (mut to, mut message) = (Some(destination.clone()), Some(outgoing(1)));
			let result = crate::LaneRouter::<Test>::validate(&mut to, &mut message);
			assert_eq!(result.map(drop), Err(SendError::NotApplicable));
			assert_eq!((to, message), (Some(destination), Some(outgoing(1))));
		}
		let mut source = Some(Universal::get());
		let mut destination = Some([Parachain(7)].into());
		let mut message = Some(outgoing(1));
		let result = Lanes::validate(Polkadot, 0, &mut source, &mut destination, &mut message);
		assert_eq!(result.map(drop), Err(SendError::NotApplicable));
		assert!(source.is_some() && destination.is_some() && message.is_some());
		let result = Lanes::validate(Polkadot, 0, &mut source, &mut None, &mut message);
		assert_eq!(result.map(drop), Err(SendError::MissingArgument));
	});
}

#[test]
fn a_message_costs_by_its_bytes() {
	ExtBuilder.build_and_execute(|| {
		assert_eq!(validate(outside(hub()), outgoing(1)), Ok(Assets::new()));
		Fee::set(1_000);
		FeePerByte::set(10);
		send(None, hub(), outgoing(1));
		let bytes = stored(0).bytes.len() as Balance;
		assert_eq!(validate(outside(hub()), outgoing(1)), Ok((Here, 1_000 + 10 * bytes).into()));
		let hundred_more = Xcm(vec![
			Transact {
				origin_kind: OriginKind::Native,
				fallback_max_weight: None,
				call: vec![0; 100].into(),
			},
			SetTopic([1; 32]),
		]);
		let price = validate(outside(hub()), hundred_more).expect("a price");
		assert!(price.get(0).is_some_and(|asset| asset.fun > Fungible(2_000 + 10 * bytes)));
		FeePerByte::set(Balance::MAX);
		assert_eq!(validate(outside(hub()), outgoing(1)), Err(SendError::Fees));
	});
}

#[test]
fn sending_fails_when_the_lane_is_paused() {
	ExtBuilder.build_and_execute(|| {
		let (ticket, _) = validate_send::<Router>(outside(hub()), outgoing(1)).expect("a ticket");
		send(None, hub(), outgoing(2));
		pause(HUB);
		let result = validate(outside(hub()), outgoing(3));
		assert!(matches!(result, Err(SendError::Transport(_))));
		// Nor is anything given to carry, or delivered that was validated before.
		assert_eq!(<Lanes as Carrier>::next(HUB), None);
		assert!(matches!(Router::deliver(ticket), Err(SendError::Transport(_))));
		assert_eq!(validate(outside(bifrost()), outgoing(3)), Ok(Assets::new()));
		resume(HUB);
		assert!(<Lanes as Carrier>::next(HUB).is_some());
	});
}

#[test]
fn sending_fails_when_the_outbox_is_full() {
	ExtBuilder.build_and_execute(|| {
		let (ticket, _) = validate_send::<Router>(outside(hub()), outgoing(9)).expect("a ticket");
		(0..MAX_OUTBOX).for_each(|number| {
			send(None, hub(), outgoing(number as u8));
		});
		let result = validate(outside(hub()), outgoing(1));
		assert!(matches!(result, Err(SendError::Transport(_))));
		assert!(matches!(Router::deliver(ticket), Err(SendError::Transport(_))));
		assert_ok!(<Lanes as Carrier>::settle(HUB, 0, Delivery::Accepted));
		send(None, hub(), outgoing(1));
		assert_eq!(outbox(HUB), vec![1, 2, 3, 4]);
	});
}

#[test]
fn a_message_is_written_in_a_version_that_is_understood() {
	ExtBuilder.build_and_execute(|| {
		Version::set(Some(4));
		send(None, hub(), outgoing(1));
		assert_eq!(stored(0).bytes[0], 4);
		Version::set(None);
		let result = validate(outside(hub()), outgoing(1));
		assert_eq!(result, Err(SendError::DestinationUnsupported));
		Version::set(Some(4));
		// There is no such instruction in version 4.
		let new = Xcm(vec![PayFees { asset: (Here, 1u128).into() }]);
		assert_eq!(validate(outside(hub()), new), Err(SendError::DestinationUnsupported));
	});
}

#[test]
fn sending_fails_for_what_is_too_large_or_too_deep() {
	ExtBuilder.build_and_execute(|| {
		let transact = |size| {
			Xcm(vec![Transact {
				origin_kind: OriginKind::Native,
				fallback_max_weight: None,
				call: vec![0; size].into(),
			}])
		};
		let too_large = Err(SendError::ExceedsMaxMessageSize);
		assert_ok!(validate(outside(hub()), transact(MAX_SIZE as usize - 100)));
		assert_eq!(validate(outside(hub()), transact(MAX_SIZE as usize)), too_large);
		let many = Xcm(vec![ClearOrigin; 100]);
		assert_eq!(validate(outside(hub()), many), too_large, "with the first it's one too many");
		let deep = (0..9).fold(Xcm(vec![]), |inner, _| Xcm(vec![SetAppendix(inner)]));
		assert_eq!(validate(outside(hub()), deep), too_large);
	});
}

#[test]
fn a_trial_shows_what_would_be_sent() {
	ExtBuilder.build_and_execute(|| {
		send(None, hub(), outgoing(1));
		Router::clear_messages();
		assert_eq!(Router::get_messages(), vec![]);
		send(None, hub(), outgoing(2));
		let messages = Router::get_messages();
		assert_eq!(messages.len(), 1);
		assert_eq!(messages[0].0, outside(hub()).into());
		assert_eq!(messages[0].1.len(), 1);
	});
}

#[test]
fn a_message_to_this_chain_goes_through_its_queue() {
	ExtBuilder.build_and_execute(|| {
		send_xcm::<Router>(Location::here(), outgoing(3)).expect("a message sent");
		assert_eq!(events(), vec![]);
		service();
		assert_eq!(Processed::take(), vec![(MessageOrigin::Here, outgoing(3))]);
		FeePerByte::set(2);
		Fee::set(1_000);
		let bytes = encoded(outgoing(3)).len() as Balance;
		let (_, price) = validate_send::<Router>(Location::here(), outgoing(3)).expect("a ticket");
		assert_eq!(price, (Here, 2 * bytes).into());
		type Piece = crate::LocalHereRouter<Test>;
		let mut message = Some(outgoing(3));
		let result = Piece::validate(&mut Some(Location::parent()), &mut message);
		assert_eq!(result, Err(SendError::NotApplicable));
		assert!(message.is_some());
		FeePerByte::set(Balance::MAX);
		let result = validate_send::<Piece>(Location::here(), outgoing(3));
		assert_eq!(result, Err(SendError::Fees));
		FeePerByte::set(0);
		let large = Xcm(vec![Transact {
			origin_kind: OriginKind::Native,
			fallback_max_weight: None,
			call: vec![0; MAX_SIZE as usize].into(),
		}]);
		let result = validate_send::<Piece>(Location::here(), large);
		assert_eq!(result, Err(SendError::ExceedsMaxMessageSize));
		let (id, _) = send_xcm::<Piece>(Location::here(), Xcm(vec![ClearOrigin])).expect("sent");
		assert_eq!(id, BlakeTwo256::hash(&encoded(Xcm(vec![ClearOrigin]))).0);
	});
}

#[test]
fn the_queue_of_this_chain_is_bounded() {
	ExtBuilder.build_and_execute(|| {
		let (ticket, _) = validate_send::<Router>(Location::here(), outgoing(1)).expect("a ticket");
		(0..MAX_INBOUND).for_each(|_| {
			send_xcm::<Router>(Location::here(), outgoing(1)).expect("a message sent");
		});
		let result = send_xcm::<Router>(Location::here(), outgoing(1));
		assert!(matches!(result, Err(SendError::Transport(_))));
		assert!(matches!(Router::deliver(ticket), Err(SendError::Transport(_))));
		service();
		assert_ok!(send_xcm::<Router>(Location::here(), outgoing(1)));
	});
}
