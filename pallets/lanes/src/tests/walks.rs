// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Random walks: whatever comes, when, and under whatever limits, beside a plain account of it.

use super::*;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Debug)]
enum Step {
	/// Amounts of assets, by number, that a lane brings, with how the message ends.
	Bring {
		from_hub: bool,
		amounts: Vec<(usize, Balance)>,
		ending: u8,
	},
	Pass(u64),
	Limit(usize, Option<Balance>),
	Status(usize, u8),
	Pause(bool),
	Release(u64),
	Send,
	Settle {
		refused: bool,
		fails: bool,
	},
	Retry(u64),
}

const ASSETS: [u128; 3] = [DOT, USDC, VDOT];

fn step() -> impl Strategy<Value = Step> {
	let amount = prop_oneof![4 => 1..600u128, 1 => 600..5_000u128];
	let amounts = prop::collection::vec((0..3usize, amount), 0..4);
	prop_oneof![
		8 => (any::<bool>(), amounts, 0..6u8).prop_map(|(from_hub, amounts, ending)| {
			Step::Bring { from_hub, amounts, ending }
		}),
		6 => (1..DAY / 2).prop_map(Step::Pass),
		1 => (0..3u8, 0..6u8).prop_map(|(asset, status)| Step::Status(asset.into(), status)),
		1 => any::<bool>().prop_map(Step::Pause),
		3 => (0..12u64).prop_map(Step::Release),
		2 => Just(Step::Send),
		2 => any::<(bool, bool)>().prop_map(|(refused, fails)| Step::Settle { refused, fails }),
		1 => (0..6u64).prop_map(Step::Retry),
	]
}

fn limit() -> impl Strategy<Value = Step> {
	(0..3usize, prop::option::weighted(0.8, 100..1_000u128))
		.prop_map(|(asset, limit)| Step::Limit(asset, limit))
}

/// What there is to know of messages from outside.
#[derive(Default)]
struct Account {
	received: u64,
	refused: u64,
	/// What came in, by asset: when, how much.
	came: BTreeMap<u128, Vec<(u64, Balance)>>,
	done: u64,
	topics: u8,
}

impl Account {
	/// What was processed since.
	fn note(&mut self) {
		let now = System::block_number();
		for (_, assets) in Stranded::take() {
			self.done += 1;
			for asset in assets {
				let Fungible(amount) = asset.fun else { panic!("an amount") };
				let id = *ASSETS.iter().find(|id| location(**id) == asset.id.0).expect("known");
				self.came.entry(id).or_default().push((now, amount));
			}
		}
		for (origin, message) in Processed::take() {
			self.done += 1;
			let MessageOrigin::Lane(from) = origin else { panic!("a lane") };
			for instruction in &message.0 {
				let ReserveAssetDeposited(assets) = instruction else { continue };
				for asset in assets.inner() {
					let Fungible(amount) = asset.fun else { panic!("an amount") };
					let id = *ASSETS.iter().find(|id| location(**id) == asset.id.0).expect("known");
					let held = if id == VDOT { BIFROST } else { HUB };
					assert_eq!(held, from, "the walk brings what is held there");
					self.came.entry(id).or_default().push((now, amount));
				}
			}
		}
	}

	/// Nothing is lost, and in no window of a day more comes in than a limit and what a bucket holds.
	fn check(&self, limits: &BTreeMap<u128, Balance>) {
		let queued = queued(HUB) + queued(BIFROST);
		let waiting = lane(HUB).waiting + lane(BIFROST).waiting;
		assert_eq!(self.received, self.done + self.refused + queued + u64::from(waiting));
		for (asset, limit) in limits {
			let came = self.came.get(asset).cloned().unwrap_or_default();
			for (start, _) in &came {
				// Blocks from the first to just before a whole day is over.
				let window: Vec<_> = came
					.iter()
					.filter(|(at, _)| at >= start && *at < start + DAY)
					.map(|(_, amount)| *amount)
					.collect();
				let sum: Balance = window.iter().sum();
				let largest = window.iter().copied().max().unwrap_or_default();
				let most = limit + (*limit).max(largest);
				assert!(sum <= most, "{sum} of {asset} came in a day, limit {limit}");
			}
		}
	}
}

fn walk(steps: Vec<Step>, limits: BTreeMap<u128, Balance>, are_fixed: bool) {
	ExtBuilder.build_and_execute(|| {
		for (asset, limit) in &limits {
			set_limit(*asset, *limit);
		}
		let mut account = Account::default();
		for step in steps {
			take(step, &mut account);
			let events = System::events();
			account.refused += events.iter().fold(0, |count, record| match &record.event {
				RuntimeEvent::Lanes(Event::MessageRefused { .. }) => count + 1,
				RuntimeEvent::MessageQueue(pallet_message_queue::Event::ProcessingFailed {
					..
				}) => count + 1,
				_ => count,
			});
			System::reset_events();
			account.note();
			account.check(if are_fixed { &limits } else { &EMPTY });
			assert_ok!(Lanes::do_try_state());
		}
	});
}

static EMPTY: BTreeMap<u128, Balance> = BTreeMap::new();

fn take(step: Step, account: &mut Account) {
	match step {
		Step::Bring { from_hub, amounts, ending } => {
			let from = if from_hub { HUB } else { BIFROST };
			let held = |asset: u128| (asset == VDOT) != from_hub;
			let mut seen = BTreeSet::new();
			let amounts: Vec<_> = amounts
				.into_iter()
				.map(|(asset, amount)| (ASSETS[asset], amount))
				.filter(|(asset, _)| held(*asset) && seen.insert(*asset))
				.collect();
			account.topics = account.topics.wrapping_add(1);
			let message = bringing(&amounts, account.topics);
			let before = queued(from);
			match receive(from, message) {
				Ok(()) => account.received += 1,
				Err(error) => {
					assert_eq!(error, Error::<Test>::QueueFull.into());
					assert!(before >= u64::from(MAX_INBOUND));
				},
			}
			Endings::set(match ending {
				0 => vec![Ending::Failed(ProcessMessageError::Unsupported)],
				1 => vec![Ending::Failed(ProcessMessageError::Yield)],
				2 => vec![Ending::Incomplete],
				_ => vec![],
			});
			service();
			Endings::set(vec![]);
		},
		Step::Pass(blocks) => run_to(System::block_number() + blocks),
		Step::Limit(asset, limit) => {
			assert_ok!(Lanes::set_inflow_limit(RuntimeOrigin::root(), ASSETS[asset], limit));
		},
		Step::Status(asset, status) => {
			let status = match status {
				0 => AssetStatus::Frozen,
				1 => AssetStatus::ExitsOnly,
				_ => AssetStatus::Active,
			};
			set_status(ASSETS[asset], status);
		},
		Step::Pause(yes) => {
			let _ = if yes {
				Lanes::pause_lane(RuntimeOrigin::root(), HUB)
			} else {
				Lanes::resume_lane(RuntimeOrigin::root(), HUB)
			};
		},
		Step::Release(index) => {
			let _ = Lanes::release(RuntimeOrigin::signed(ALICE), HUB, index, Weight::MAX);
		},
		Step::Send => {
			let _ = send_xcm::<Router>(outside(hub()), outgoing(1));
		},
		Step::Settle { refused, fails } => {
			ReturnError::set(fails.then_some(DispatchError::Other("no")));
			let delivery = if refused { Delivery::Refused } else { Delivery::Accepted };
			let _ = <Lanes as Carrier>::settle(HUB, lane(HUB).oldest_out, delivery);
			ReturnError::set(None);
		},
		Step::Retry(nonce) => {
			let _ = Lanes::retry_return(RuntimeOrigin::signed(ALICE), HUB, nonce);
		},
	}
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..Default::default() })]

	/// Under limits that stay.
	#[test]
	fn no_day_lets_in_more_than_it_may(
		steps in prop::collection::vec(step(), 1..120),
		limits in prop::collection::vec(50..1_000u128, 3),
	) {
		walk(steps, ASSETS.into_iter().zip(limits).collect(), true);
	}

	/// Under limits that change.
	#[test]
	fn nothing_is_lost_whatever_the_limits(
		steps in prop::collection::vec(prop_oneof![9 => step(), 1 => limit()], 1..120),
	) {
		walk(steps, BTreeMap::new(), false);
	}
}
