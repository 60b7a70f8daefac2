// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! A chain on which operators answer to an AVS with pools that many restakers are in, and others with pools
//! of few; and time that passes on it.
//!
//! The pools are in use: somebody has left each of them on each of the last days, so that it keeps as many
//! buckets of exits in progress as it can, and it earns in one currency.

use frame_support::{assert_ok, traits::Hooks, weights::Weight};
use picasso_primitives::{
	avs::{AvsKey, AvsSignature, Terms},
	conditions::{
		round_message, Condition, Destination, DoubleSign, EntryClaim, Evidence, Fault, Jail,
		SignedMessage, SlashFraction,
	},
	rewards::PoolRewards,
	slashing::FaultId,
	AssetId, AvsId, Balance, EraIndex, PoolId, PICA,
};
use picasso_runtime::{
	AccountId, Avs, BlockNumber, Emissions, Restaking, Runtime, Slashing, System,
};
use picasso_turn_bench::{
	people::{
		account, build_genesis, endow, onboard, open_pools, signed, stake, stand_for, terms, vaults,
	},
	signer::{Scheme, Signer},
};
use sp_core::H256;
use sp_runtime::{Perbill, Perquintill};
use sp_state_machine::BasicExternalities;
use std::hint::black_box;

/// The most pools that an operator may put behind one AVS.
pub const MOST_POOLS: u32 = 16;
/// The most pools of one asset that an operator may have.
pub const POOLS_OF_ASSET: u32 = 4;
/// Restakers in the pools of few.
pub const FEW: u32 = 10;
/// What a fault costs: one part in so many.
pub const PART: u128 = 10;
/// Eras after the report in which it can be disputed.
const DISPUTE_WINDOW: EraIndex = 2;
/// Eras from the report to the verdict.
pub const ERAS_TO_VERDICT: EraIndex = DISPUTE_WINDOW + 1;

const ERA_LENGTH: BlockNumber = 10;
/// Exits mature once a day, which has so many eras.
const ERAS_OF_DAY: EraIndex = 6;
/// Days of the unbonding period.
const UNBONDING_DAYS: u32 = 7;
/// Planck of PICA for those who need any: one PICA.
const PICA_EACH: Balance = 1_000_000_000_000;
/// Accounts that transfer something.
pub const PAYERS: u32 = 1_024;

/// Who is on the chain.
#[derive(Clone, Copy, Debug)]
pub struct Scene {
	/// How many restakers there are over the pools of many.
	pub restakers: u32,
	/// How many pools of many there are, and as many of few.
	pub pools: u32,
	/// How many operators there are in the AVS's table.
	pub operators: u32,
}

/// An operator of the AVS.
pub struct Operator {
	/// Its account.
	pub account: AccountId,
	/// Its key.
	pub signer: Signer,
	/// Its pools, all of which are whole behind the AVS.
	pub pools: Vec<PoolId>,
}

/// Who plays a part.
pub struct Cast {
	/// The AVS.
	pub avs: AvsId,
	/// The era of its last table, in which the faults are.
	pub era: EraIndex,
	/// The asset of the first pools, of which [`PAYERS`] have some.
	pub asset: AssetId,
	/// Planck of it that can be transferred.
	pub amount: Balance,
	/// Operators with the pools of many.
	pub many: Vec<Operator>,
	/// Operators with the pools of few.
	pub few: Vec<Operator>,
	/// Others of the table, with keys of all kinds.
	pub others: Vec<Operator>,
}

/// Who gets what is taken.
pub fn victims() -> AccountId {
	account("victims", 0)
}

/// Who brings evidence.
pub fn reporter() -> AccountId {
	account("reporter", 0)
}

/// The chain.
pub fn build(scene: Scene) -> Result<(BasicExternalities, Cast), String> {
	let mut state = BasicExternalities::new_empty();
	let cast = state.execute_with(|| {
		build_genesis(ERA_LENGTH)?;
		System::set_block_number(1);
		populate(scene)
	})?;
	Ok((state, cast))
}

fn populate(scene: Scene) -> Result<Cast, String> {
	let assets: Vec<_> = vaults().into_iter().filter(|(asset, _)| *asset != PICA).collect();
	let assets = assets.get(..(MOST_POOLS / POOLS_OF_ASSET) as usize).ok_or("too few vaults")?;
	let of_pools = |count: u32| -> Vec<_> {
		(0..count).map(|pool| assets[(pool / POOLS_OF_ASSET) as usize]).collect()
	};
	let mut numbers = 0..;
	let mut enter = |pools: u32, scheme| {
		let number = numbers.next().expect("few operators");
		let (account, pools) = open_pools(number, &of_pools(pools));
		let signer = Signer::new(scheme, account.as_ref());
		Operator { account, signer, pools }
	};
	let mut side = || -> Vec<_> {
		let full = (0..scene.pools / MOST_POOLS).map(|_| MOST_POOLS);
		let rest = Some(scene.pools % MOST_POOLS).filter(|rest| *rest > 0);
		full.chain(rest).map(|pools| enter(pools, Scheme::Ed25519)).collect()
	};
	let (many, few) = (side(), side());
	let entered = (many.len() + few.len()) as u32;
	let schemes = [Scheme::Sr25519, Scheme::Ed25519, Scheme::Ecdsa].into_iter().cycle();
	let others = scene.operators.saturating_sub(entered).max(3);
	let others: Vec<_> = schemes.take(others as usize).map(|scheme| enter(1, scheme)).collect();

	let conditions = vec![condition()].try_into().expect("one condition");
	let avs = onboard(0, Terms { conditions, ..terms(assets) });
	for Operator { account, signer, pools } in many.iter().chain(&few).chain(&others) {
		stand_for(avs, account, signer, pools, Perquintill::one());
	}
	let accused: Vec<_> = many.iter().chain(&few).flat_map(|one| &one.pools).copied().collect();
	earn(&accused);
	leave_on_all_days(&accused);
	for (side, restakers) in [(&many, scene.restakers), (&few, FEW)] {
		let pools: Vec<_> = side.iter().flat_map(|one| &one.pools).collect();
		for number in 0..restakers {
			let pool = number as usize % pools.len();
			let (asset, amount) = of_pools(MOST_POOLS)[pool % MOST_POOLS as usize];
			stake(&account("restaker", number), *pools[pool], asset, amount);
		}
	}
	let (asset, amount) = assets[0];
	for number in 0..PAYERS {
		endow(&account("payer", number), asset, 2 * amount);
	}
	for (asset, amount) in assets.iter().chain(&[(PICA, PICA_EACH)]) {
		[victims(), reporter()].iter().for_each(|who| endow(who, *asset, *amount));
	}
	pass_eras(1);
	Ok(Cast { avs, era: era(), asset, amount, many, few, others })
}

/// Two messages for one round cost a tenth, all of it to the victims.
fn condition() -> Condition<AccountId> {
	Condition {
		fault: Fault::DoubleSign,
		slash: SlashFraction::Fixed(Perbill::from_rational(1, PART)),
		evidence_window: 2,
		dispute_window: DISPUTE_WINDOW,
		jail: Jail::Eras(1),
		destination: Destination::Victims(victims()),
		reporter_share: Perbill::zero(),
		veto: None,
	}
}

/// Has pools earn in one currency, for longer than anything is measured.
fn earn(pools: &[PoolId]) {
	let patron = account("patron", 0);
	endow(&patron, PICA, PICA_EACH * (pools.len() as Balance + 1));
	let amounts: Vec<_> = pools.iter().map(|pool| (*pool, PICA_EACH)).collect();
	assert_ok!(Restaking::credit(&patron, PICA, 1 << 20, &amounts));
}

/// Has somebody leave pools with a little on each day of the unbonding period.
fn leave_on_all_days(pools: &[PoolId]) {
	let leaver = account("leaver", 0);
	let least = |pool| {
		let pool = pallet_restaking::Pools::<Runtime>::get(pool).expect("a pool");
		let vault = pallet_restaking::Vaults::<Runtime>::get(pool.asset).expect("its vault");
		(pool.asset, vault.settings.minimum_stake)
	};
	for pool in pools {
		let (asset, amount) = least(pool);
		stake(&leaver, *pool, asset, 100 * amount);
	}
	let leave = || {
		for pool in pools {
			assert_ok!(Restaking::unstake(signed(&leaver), *pool, least(pool).1));
		}
	};
	for _ in 0..UNBONDING_DAYS {
		pass_eras(ERAS_OF_DAY);
		leave();
	}
	pass_eras(1);
	leave();
	let full = |pool| {
		let pool = pallet_restaking::Pools::<Runtime>::get(pool).expect("a pool");
		pool.buckets.len() as u32 == UNBONDING_DAYS + 1
	};
	assert!(pools.iter().all(full), "there are exits of all days");
}

/// The current era.
pub fn era() -> EraIndex {
	pallet_restaking::CurrentEra::<Runtime>::get().expect("a clock").index
}

/// What a block leaves where nothing else is in it.
pub fn whole_block() -> Weight {
	picasso_runtime::configs::system::RuntimeBlockWeights::get().max_block
}

/// Lets time pass to the first block of a later era, up to where verdicts would be carried out in it.
pub fn pass_eras(count: u32) {
	for _ in 0..count {
		let last = System::block_number() + ERA_LENGTH - 1;
		System::set_block_number(last);
		Slashing::on_idle(last, whole_block());
		let first = last + 1;
		System::set_block_number(first);
		Restaking::on_initialize(first);
		while !is_turned() {
			Avs::on_idle(first, whole_block());
		}
		// Tables wait for what earlier ones owe.
		while !is_paid() {
			Emissions::on_idle(first, whole_block());
		}
	}
}

fn is_turned() -> bool {
	let turn = pallet_avs::Turn::<Runtime>::get();
	turn.era == era() && turn.is_over()
}

fn is_paid() -> bool {
	let round = pallet_emissions::Round::<Runtime>::get();
	round.era == era() && round.stage == pallet_emissions::Stage::Over
}

/// Two messages that an operator signed for one round.
pub struct DoubleSigned {
	/// What brings it to the chain.
	pub evidence: Evidence<AccountId>,
	/// The bytes of both messages, with their signatures.
	pub messages: [(Vec<u8>, AvsSignature); 2],
	/// The fault that it proves.
	pub fault: FaultId<AccountId>,
}

impl Operator {
	/// What proves its entry in the last table.
	pub fn proved(&self, cast: &Cast) -> EntryClaim<AccountId> {
		let proof = Avs::entry_with_proof(cast.avs, cast.era, &self.account);
		EntryClaim::Proved(proof.expect("an operator of the table"))
	}

	/// Its place in the last table.
	pub fn listed(&self, cast: &Cast) -> EntryClaim<AccountId> {
		let EntryClaim::Proved(proof) = self.proved(cast) else { unreachable!("it is a proof") };
		EntryClaim::Listed(proof.index)
	}

	/// It signs twice.
	pub fn sign_twice(&self, cast: &Cast, entry: EntryClaim<AccountId>) -> DoubleSigned {
		const ROUND: u64 = 7;
		let (avs, era) = (cast.avs, cast.era);
		let contents = [1, 2].map(H256::repeat_byte);
		let messages = contents.map(|content| {
			let bytes = round_message(System::block_hash(0), avs, era, ROUND, content);
			let signature = self.signer.sign(&bytes);
			(bytes, signature)
		});
		let message = |number: usize| {
			let (content, signature) = (contents[number], messages[number].1);
			SignedMessage { era, content, signature }
		};
		let (one, other) = (message(0), message(1));
		let evidence = DoubleSign { round: ROUND, one, other, entry, earlier_entry: None };
		DoubleSigned {
			evidence: Evidence::DoubleSign(evidence),
			messages,
			fault: FaultId { avs, operator: self.account.clone(), era, condition: 0 },
		}
	}
}

/// The host functions that check signatures, over both messages: nothing else.
pub fn check_both(key: &AvsKey, messages: &[(Vec<u8>, AvsSignature); 2]) {
	use sp_core::{ecdsa, ed25519, sr25519};
	use sp_io::crypto::{ecdsa_verify, ed25519_verify, sr25519_verify};
	let check = |message: &[u8], signature: &AvsSignature| match (*key, *signature) {
		(AvsKey::Sr25519(key), AvsSignature::Sr25519(signature)) => {
			let key = sr25519::Public::from_raw(key);
			sr25519_verify(&sr25519::Signature::from_raw(signature), message, &key)
		},
		(AvsKey::Ed25519(key), AvsSignature::Ed25519(signature)) => {
			let key = ed25519::Public::from_raw(key);
			ed25519_verify(&ed25519::Signature::from_raw(signature), message, &key)
		},
		(AvsKey::Ecdsa(key), AvsSignature::Ecdsa(signature)) => {
			let key = ecdsa::Public::from_raw(key);
			ecdsa_verify(&ecdsa::Signature::from_raw(signature), message, &key)
		},
		_ => false,
	};
	for (message, signature) in messages {
		assert!(check(black_box(message), signature), "it is signed");
	}
}
