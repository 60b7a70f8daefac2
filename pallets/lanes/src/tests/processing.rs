// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The processor, over an executor of which each step can be told.

use super::*;
use frame_support::parameter_types;
use staging_xcm::latest::PreparedMessage;

parameter_types! {
	static Outcomes: Vec<Outcome> = vec![];
	static Executed: Vec<(Location, Xcm<RuntimeCall>, Weight)> = vec![];
}

struct Told;

struct Prepared(Xcm<RuntimeCall>);

impl PreparedMessage for Prepared {
	fn weight_of(&self) -> Weight {
		Weight::from_parts(10, 10)
	}
}

impl ExecuteXcm<RuntimeCall> for Told {
	type Prepared = Prepared;

	fn prepare(
		message: Xcm<RuntimeCall>,
		limit: Weight,
	) -> Result<Self::Prepared, InstructionError> {
		assert_eq!(limit, Weight::MAX);
		if message.0.is_empty() {
			return Err(InstructionError { index: 0, error: XcmError::WeightNotComputable });
		}
		Ok(Prepared(message))
	}

	fn execute(
		origin: impl Into<Location>,
		Prepared(message): Self::Prepared,
		id: &mut XcmHash,
		credit: Weight,
	) -> Outcome {
		*id = [9; 32];
		Executed::mutate(|executed| executed.push((origin.into(), message, credit)));
		Outcomes::mutate(|outcomes| outcomes.remove(0))
	}

	fn charge_fees(_: impl Into<Location>, _: Assets) -> XcmResult {
		Ok(())
	}
}

type Processor = crate::ProcessLaneMessage<Told, RuntimeCall, Test>;

/// What processing a message comes to, and what it used of 20.
fn process(
	bytes: &[u8],
	origin: MessageOrigin,
	outcome: Outcome,
) -> (Result<bool, ProcessMessageError>, u64) {
	Outcomes::set(vec![outcome]);
	let mut meter = WeightMeter::with_limit(Weight::from_parts(20, 20));
	let mut id = [0; 32];
	let result = Processor::process_message(bytes, origin, &mut meter, &mut id);
	assert_eq!(id == [9; 32], Outcomes::get().is_empty(), "the id is the executor's to say");
	(result, meter.consumed().ref_time())
}

fn used(part: u64) -> Weight {
	Weight::from_parts(part, part)
}

fn error(error: XcmError) -> InstructionError {
	InstructionError { index: 0, error }
}

#[test]
fn a_message_runs_with_the_location_of_its_chain() {
	ExtBuilder.build_and_execute(|| {
		let bytes = encoded(outgoing(1));
		let complete = || Outcome::Complete { used: used(4) };
		assert_eq!(process(&bytes, MessageOrigin::Lane(HUB), complete()), (Ok(true), 4));
		assert_eq!(process(&bytes, MessageOrigin::Here, complete()), (Ok(true), 4));
		let origins: Vec<_> = Executed::take()
			.into_iter()
			.map(|(origin, _, credit)| {
				assert_eq!(credit, Weight::zero());
				origin
			})
			.collect();
		assert_eq!(origins, vec![outside(hub()), Location::here()]);
		let unknown = process(&bytes, MessageOrigin::Lane(7), complete());
		assert_eq!(unknown, (Err(ProcessMessageError::Unsupported), 0));
	});
}

#[test]
fn outcomes_are_told_as_the_queue_knows_them() {
	ExtBuilder.build_and_execute(|| {
		let run = |outcome| process(&encoded(outgoing(1)), MessageOrigin::Lane(HUB), outcome);
		let incomplete = Outcome::Incomplete { used: used(3), error: error(XcmError::Trap(1)) };
		assert_eq!(run(incomplete), (Ok(false), 3));
		let refused = Outcome::Error(error(XcmError::Barrier));
		assert_eq!(run(refused), (Err(ProcessMessageError::Unsupported), 10));
		let deep = Outcome::Error(error(XcmError::ExceedsStackLimit));
		assert_eq!(run(deep), (Err(ProcessMessageError::StackLimitReached), 10));
	});
}

#[test]
fn a_message_that_is_too_heavy_does_not_run() {
	ExtBuilder.build_and_execute(|| {
		let mut meter = WeightMeter::with_limit(Weight::from_parts(9, 20));
		let result = Processor::process_message(
			&encoded(outgoing(1)),
			MessageOrigin::Lane(HUB),
			&mut meter,
			&mut [0; 32],
		);
		assert_eq!(result, Err(ProcessMessageError::Overweight(Weight::from_parts(10, 10))));
		assert_eq!(Executed::get().len(), 0);
	});
}

#[test]
fn what_can_not_be_read_or_weighed_does_not_run() {
	ExtBuilder.build_and_execute(|| {
		let run = |bytes: &[u8]| {
			let complete = Outcome::Complete { used: used(4) };
			process(bytes, MessageOrigin::Lane(HUB), complete)
		};
		assert_eq!(run(&[255; 8]), (Err(ProcessMessageError::Corrupt), 0));
		let mut with_more = encoded(outgoing(1));
		with_more.push(0);
		assert_eq!(run(&with_more), (Err(ProcessMessageError::Corrupt), 0));
		let deep = (0..9).fold(Xcm::<()>(vec![]), |inner, _| Xcm(vec![SetAppendix(inner)]));
		assert_eq!(run(&encoded(deep)), (Err(ProcessMessageError::Corrupt), 0));
		assert_eq!(run(&encoded(Xcm(vec![]))), (Err(ProcessMessageError::Unsupported), 0));
		assert_eq!(Executed::get().len(), 0);
	});
}

#[test]
fn older_versions_run_as_the_newest() {
	ExtBuilder.build_and_execute(|| {
		for version in [3, 4] {
			let old = VersionedXcm::from(outgoing(1)).into_version(version).expect("a version");
			let bytes = codec::Encode::encode(&old);
			let complete = Outcome::Complete { used: used(4) };
			assert_eq!(process(&bytes, MessageOrigin::Lane(HUB), complete), (Ok(true), 4));
			let (_, message, _) = Executed::take().remove(0);
			assert_eq!(message, Xcm(vec![ClearOrigin, SetTopic([1; 32])]));
		}
	});
}
