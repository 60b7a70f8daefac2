// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Each call and step at its worst case: tables as large as they can be, signatures that take longest, and
//! pools of different assets, whose proceeds move one by one.

use crate::{pallet::*, types::*, WeightInfo};
use alloc::{boxed::Box, vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::{
	assert_ok,
	traits::{EnsureOrigin, Get},
	weights::WeightMeter,
	BoundedVec,
};
use frame_system::RawOrigin;
use picasso_primitives::{
	avs::{AvsKey, AvsSignature, EntryProof, StakeTables, MAX_OPERATORS},
	conditions::{
		accusation_message, duty_message, Accusation, Attestation, Ballots, Condition, Destination,
		Duty, EntryClaim, Evidence, EvidenceSize, Fault, Jail, SlashFraction,
	},
	restaking::StakeLedger,
	slashing::{FaultId, FaultStatus},
	AvsId, EraIndex,
};
use sp_core::{crypto::KeyTypeId, H256};
use sp_runtime::Perbill;

/// Sets the scene: what only the runtime knows how.
pub trait BenchmarkHelper<AccountId> {
	/// An AVS with these conditions, and a table of so many operators, all with ECDSA keys of this type. The
	/// last by account has so many pools, of different assets, the others one.
	fn serve(
		keys: KeyTypeId,
		conditions: Vec<Condition<AccountId>>,
		operators: u32,
		pools: u32,
	) -> AvsId;

	/// The proof of an entry of the last table.
	fn prove(avs: AvsId, operator: &AccountId) -> EntryProof<AccountId>;

	/// Makes the last table as long as it can be: with as many pools for each operator as may be.
	fn fill_table(avs: AvsId);

	/// Gives PICA to an account.
	fn endow(who: &AccountId);

	/// The restaking clock's next turn.
	fn turn_era();
}

const KEYS: KeyTypeId = KeyTypeId(*b"bnch");
const FACT: H256 = H256::repeat_byte(9);

/// What costs the most: a reporter's share, and victims, of whom both get something of every asset.
fn condition<T: Config>(fault: Fault<T::AccountId>) -> Condition<T::AccountId> {
	let (first, more) = (Perbill::from_percent(10), Perbill::from_percent(10));
	let victims: T::AccountId = account("victims", 0, 0);
	T::BenchmarkHelper::endow(&victims);
	// As long as the shortest unbonding there is leaves time for.
	let dispute_window = EraIndex::from(fault.rests_on_word());
	Condition {
		fault,
		slash: SlashFraction::Repeats { first, more, maximum: Perbill::one() },
		evidence_window: 1 - dispute_window,
		dispute_window,
		jail: Jail::Eras(1),
		destination: Destination::Victims(victims),
		reporter_share: Perbill::from_percent(33),
		veto: Some(account("veto", 0, 0)),
	}
}

fn attested<T: Config>() -> Condition<T::AccountId> {
	condition::<T>(Fault::Attested { quorum: Perbill::from_parts(500_000_001) })
}

fn duty<T: Config>() -> Condition<T::AccountId> {
	let duty = Duty { round: 2, window: 2, least: Perbill::one() };
	condition::<T>(Fault::MissedDuty(duty))
}

fn reporter<T: Config>() -> T::AccountId {
	let reporter = account("reporter", 0, 0);
	T::BenchmarkHelper::endow(&reporter);
	reporter
}

fn last_table<T: Config>(avs: AvsId) -> EraIndex {
	T::Tables::last_table(avs).expect("a table")
}

/// The operator with many pools, which is the heaviest.
fn accused<T: Config>(avs: AvsId) -> T::AccountId {
	T::Tables::entry(avs, last_table::<T>(avs), 0).expect("an operator").operator
}

fn sign(key: &AvsKey, message: &[u8]) -> AvsSignature {
	let AvsKey::Ecdsa(key) = key else { panic!("keys are ECDSA") };
	let signature =
		sp_io::crypto::ecdsa_sign(KEYS, &sp_core::ecdsa::Public::from_raw(*key), message);
	AvsSignature::Ecdsa(signature.expect("the key is there").0)
}

/// An accusation by all of a table.
fn evidence<T: Config>(avs: AvsId) -> Evidence<T::AccountId> {
	let era = last_table::<T>(avs);
	let accused = accused::<T>(avs);
	let genesis = Pallet::<T>::genesis();
	let message = accusation_message(genesis, avs, era, 0, &accused, FACT);
	let ballots: Vec<_> = T::Tables::entries(avs, era)
		.into_iter()
		.map(|entry| {
			let signature = sign(&entry.key.expect("a key"), &message);
			(T::BenchmarkHelper::prove(avs, &entry.operator), signature)
		})
		.collect();
	let entry = EntryClaim::Proved(T::BenchmarkHelper::prove(avs, &accused));
	let accusation = Accusation { era, entry, fact: FACT };
	let ballots = Ballots::Proved(ballots.try_into().expect("as many as a table has"));
	Evidence::Attested(Attestation { accusation, ballots })
}

/// A fault that was reported, of an operator with so many pools.
fn reported<T: Config>(pools: u32) -> FaultId<T::AccountId> {
	let avs = T::BenchmarkHelper::serve(KEYS, vec![attested::<T>()], 2, pools);
	let (era, operator) = (last_table::<T>(avs), accused::<T>(avs));
	let evidence = evidence::<T>(avs);
	assert_ok!(Pallet::<T>::do_report(&reporter::<T>(), avs, 0, evidence).map(drop));
	FaultId { avs, operator, era, condition: 0 }
}

fn dispute<T: Config>(fault: &FaultId<T::AccountId>) {
	T::BenchmarkHelper::endow(&fault.operator);
	assert_ok!(Pallet::<T>::do_dispute(&fault.operator, fault.clone()));
}

/// As many faults as are remembered, of which none is forgotten.
fn remember_convictions<T: Config>(fault: &FaultId<T::AccountId>) {
	let known = Conviction { kind: 0, era: fault.era };
	let known = BoundedVec::truncate_from(vec![known; MAX_CONVICTIONS as usize]);
	Convictions::<T>::insert(fault.avs, &fault.operator, known);
}

/// An AVS with a window of duty that is open.
fn on_duty<T: Config>(operators: u32, pools: u32) -> AvsId {
	let avs = T::BenchmarkHelper::serve(KEYS, vec![duty::<T>()], operators, pools);
	assert!(Duties::<T>::contains_key(avs));
	T::BenchmarkHelper::fill_table(avs);
	avs
}

fn pass_blocks<T: Config>(count: u32) {
	let block = frame_system::Pallet::<T>::block_number() + count.into();
	frame_system::Pallet::<T>::set_block_number(block);
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn report(s: Linear<1, MAX_OPERATORS>, p: Linear<1, { T::MaxPools::get() }>) {
		let avs = T::BenchmarkHelper::serve(KEYS, vec![attested::<T>()], s, p);
		let evidence = Box::new(evidence::<T>(avs));
		assert_eq!(evidence.size(), EvidenceSize { signatures: s, is_listed: false });
		let (era, caller, operator) = (last_table::<T>(avs), reporter::<T>(), accused::<T>(avs));
		#[extrinsic_call]
		_(RawOrigin::Signed(caller), avs, 0, evidence);
		let fault = FaultId { avs, operator, era, condition: 0 };
		assert_eq!(Pallet::<T>::fault(&fault).map(|fault| fault.pools.len() as u32), Ok(p));
	}

	#[benchmark]
	fn dispute() {
		let fault = reported::<T>(T::MaxPools::get());
		T::BenchmarkHelper::endow(&fault.operator);
		let caller = fault.operator.clone();
		#[extrinsic_call]
		_(RawOrigin::Signed(caller), fault.clone());
		let record = Pallet::<T>::fault(&fault).expect("a fault");
		assert!(matches!(record.dispute, Dispute::Open(_)));
	}

	#[benchmark]
	fn decide(p: Linear<1, { T::MaxPools::get() }>) {
		let fault = reported::<T>(p);
		super::dispute::<T>(&fault);
		let origin = T::DecisionOrigin::try_successful_origin().expect("governance can act");
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, fault.clone(), Decision::Cancel);
		let status = Pallet::<T>::fault(&fault).map(|record| record.status);
		assert_eq!(status, Ok(FaultStatus::Cancelled));
	}

	#[benchmark]
	fn attend(p: Linear<1, { T::MaxPools::get() }>) {
		let fault = reported::<T>(p);
		super::dispute::<T>(&fault);
		remember_convictions::<T>(&fault);
		T::BenchmarkHelper::turn_era();
		T::BenchmarkHelper::turn_era();
		let now = T::Ledger::current_era();
		#[block]
		{
			Faults::<T>::mutate_exists(&fault, |slot| {
				let record = slot.take().expect("a fault");
				*slot = Pallet::<T>::attend(&fault, record, now).expect("it is carried out");
			});
		}
		let record = Pallet::<T>::fault(&fault).expect("a fault");
		assert_eq!(record.status, FaultStatus::Settled);
		assert!(record.charges.iter().all(|charge| charge.taken > 0));
		assert_eq!(record.charges.len() as u32, p);
	}

	/// A block in which nothing is due, after one in which nothing was.
	#[benchmark]
	fn look_at_queue() {
		T::BenchmarkHelper::turn_era();
		#[block]
		{
			let mut meter = WeightMeter::with_limit(Pallet::<T>::weight_of_step());
			Pallet::<T>::work_off(&mut meter);
		}
		assert_eq!(QueueStart::<T>::get(), 1);
	}

	#[benchmark]
	fn attest() {
		let avs = on_duty::<T>(MAX_OPERATORS, 1);
		let caller = accused::<T>(avs);
		#[extrinsic_call]
		_(RawOrigin::Signed(caller), avs, 0);
		let window = Duties::<T>::get(avs).expect("a window");
		assert_eq!(window.attended.first().map(|attended| attended.rounds), Some(1));
	}

	#[benchmark]
	fn attest_for(s: Linear<1, MAX_OPERATORS>) {
		let avs = on_duty::<T>(MAX_OPERATORS, 1);
		let window = Duties::<T>::get(avs).expect("a window");
		let round = window.round_number(0);
		let message = duty_message(Pallet::<T>::genesis(), avs, window.era, round);
		let signatures: Vec<_> = T::Tables::entries(avs, window.era)
			.into_iter()
			.zip(0..s)
			.map(|(entry, place)| (place, sign(&entry.key.expect("a key"), &message)))
			.collect();
		let signatures = BoundedVec::truncate_from(signatures);
		let caller = reporter::<T>();
		#[extrinsic_call]
		_(RawOrigin::Signed(caller), avs, round, signatures);
		let window = Duties::<T>::get(avs).expect("a window");
		let attested = window.attended.iter().filter(|attended| attended.rounds == 1);
		assert_eq!(attested.count() as u32, s);
	}

	/// One operator of the largest table did nothing.
	#[benchmark]
	fn judge(p: Linear<1, { T::MaxPools::get() }>) {
		let avs = on_duty::<T>(MAX_OPERATORS, p);
		let operator = accused::<T>(avs);
		let era = last_table::<T>(avs);
		pass_blocks::<T>(4);
		let caller = reporter::<T>();
		#[extrinsic_call]
		_(RawOrigin::Signed(caller), avs);
		let fault = FaultId { avs, operator, era, condition: 0 };
		assert_eq!(Pallet::<T>::fault(&fault).map(|fault| fault.pools.len() as u32), Ok(p));
	}

	/// A block in which no window is over, after one in which none was.
	#[benchmark]
	fn look_at_closings() {
		pass_blocks::<T>(1);
		#[block]
		{
			let mut meter = WeightMeter::with_limit(T::WeightInfo::look_at_closings());
			Pallet::<T>::close_windows(&mut meter);
		}
		assert_eq!(ClosingsStart::<T>::get(), 1);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::ExtBuilder::build(), crate::mock::Test);
}
