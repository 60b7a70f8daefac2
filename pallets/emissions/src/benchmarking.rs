// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Each call and each step of a round at its worst case: as many currencies, pools and operators as there
//! may be.

use crate::{pallet::*, types::*, WeightInfo};
use alloc::{boxed::Box, vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{tokens::transfer::Transfer, EnsureOrigin, Get},
	weights::WeightMeter,
	BoundedVec,
};
use frame_system::RawOrigin;
use picasso_primitives::{
	avs::{StakeTables, TableEntry, CHAIN, TABLE_PAGE},
	emissions::{EraPoints, Paymaster, YieldPaid},
	math::{Parts, Split},
	restaking::StakeLedger,
	rewards::PoolRewards,
	AssetId, AvsId, Balance, EraIndex, PoolId, PICA,
};
use sp_runtime::{FixedU128, Perbill};

/// Sets the scene: what only the runtime knows how.
pub trait BenchmarkHelper<AccountId> {
	/// What AVSs pay.
	type PaidAsset;
	/// Whom they pay.
	type Beneficiary;

	/// An asset on another chain that messages can be sent to and that tells what becomes of them, and
	/// somebody there.
	fn payment_abroad() -> (Self::PaidAsset, Self::Beneficiary);

	/// Makes an asset a reward currency, if it isn't one, of which the treasury has some.
	fn list_currency(currency: AssetId);

	/// Gives an account 10¹⁵ planck.
	fn endow(who: &AccountId, currency: AssetId);

	/// An AVS that pays in a currency.
	fn onboard(currency: AssetId) -> AvsId;

	/// Registers an operator.
	fn register_operator(who: &AccountId);

	/// Pools of a new asset, or of PICA, with stake: each as large a value as there can be. Its vault has
	/// the yearly yield named.
	fn create_pools(asset: AssetId, rate: FixedU128, count: u32) -> Vec<PoolId>;

	/// Has an AVS have a table of an era on which one can rely.
	fn set_table(avs: AvsId, era: EraIndex, entries: Vec<TableEntry<AccountId>>);

	/// The table of PICA's pools of an era.
	fn set_pica_table(era: EraIndex, stakes: Vec<(PoolId, Balance)>);

	/// Puts pools behind the chain.
	fn put_behind_chain(operator: &AccountId, pools: &[PoolId]);

	/// The restaking clock's next turn.
	fn turn_era();
}

const CURRENCIES: AssetId = 7 << 96 | 8_000;
const STAKED: AssetId = 7 << 96 | 8_100;
const MUCH: Balance = 1_000_000_000_000;

/// Reward currencies, PICA first, those that there are and others; and this pallet's account with some of
/// each.
fn currencies<T: Config>(count: u32) -> Vec<AssetId> {
	let known = T::Ledger::currencies().into_iter().filter(|currency| *currency != PICA);
	let all: Vec<_> =
		core::iter::once(PICA).chain(known).chain(CURRENCIES..).take(count as usize).collect();
	for currency in &all {
		T::BenchmarkHelper::list_currency(*currency);
		T::BenchmarkHelper::endow(&Pallet::<T>::account(), *currency);
	}
	all
}

/// As many as there may be.
fn all_currencies<T: Config>() -> Vec<AssetId> {
	currencies::<T>(T::MaxCurrencies::get())
}

fn purse<T: Config>(currencies: &[AssetId]) -> Purse<T> {
	let mut purse = Purse::default();
	for currency in currencies {
		purse.put(*currency, MUCH).expect("room for all");
	}
	purse
}

fn funder<T: Config>(currency: AssetId) -> T::AccountId {
	let who = account("funder", 0, 0);
	T::BenchmarkHelper::endow(&who, PICA);
	T::BenchmarkHelper::endow(&who, currency);
	who
}

fn operator<T: Config>(number: u32) -> T::AccountId {
	account("operator", number, 1)
}

/// Entries with so many pools each, all of them a real one.
fn entries<T: Config>(count: u32, pools: &[PoolId]) -> Vec<TableEntry<T::AccountId>> {
	(0..count)
		.map(|number| TableEntry {
			operator: operator::<T>(number),
			key: None,
			weight: MUCH,
			commission: Perbill::from_percent(10),
			pools: pools.iter().map(|pool| (*pool, MUCH)).collect(),
		})
		.collect()
}

/// A round in an era that has begun, which pays for the one before.
fn round<T: Config>(stage: Stage) -> RoundState<T> {
	while T::Ledger::current_era() < 2 {
		T::BenchmarkHelper::turn_era();
	}
	RoundState { era: T::Ledger::current_era(), stage, ..Default::default() }
}

fn paying<T: Config>(avs: AvsId, shares: Shares<T>, currencies: &[AssetId]) -> Paying<T> {
	let currencies: Vec<_> = currencies
		.iter()
		.map(|currency| PayingCurrency::new(*currency, Split::default().of(MUCH)))
		.collect();
	Paying { avs, shares, currencies: BoundedVec::truncate_from(currencies), at: 0, page: 0 }
}

fn payments<T: Config>(currencies: &[AssetId]) -> Payments<T> {
	let mut payments = Payments::default();
	for currency in currencies {
		payments.add(*currency, Parts::default()).expect("room for all");
	}
	payments
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn fund() {
		T::BenchmarkHelper::list_currency(CURRENCIES);
		let avs = T::BenchmarkHelper::onboard(CURRENCIES);
		let who = funder::<T>(CURRENCIES);
		#[extrinsic_call]
		_(RawOrigin::Signed(who), avs, CURRENCIES, MUCH);
		assert_eq!(Accounts::<T>::get(avs).escrow.of(CURRENCIES), MUCH);
	}

	#[benchmark]
	fn pay_revenue() {
		T::BenchmarkHelper::list_currency(CURRENCIES);
		let avs = T::BenchmarkHelper::onboard(CURRENCIES);
		let who = funder::<T>(CURRENCIES);
		#[extrinsic_call]
		_(RawOrigin::Signed(who), avs, CURRENCIES, MUCH);
		let era = T::Ledger::current_era();
		assert_eq!(DuePay::<T>::get(era, avs).of(CURRENCIES), MUCH);
	}

	#[benchmark]
	fn donate() {
		T::BenchmarkHelper::list_currency(PICA);
		let who = funder::<T>(PICA);
		#[extrinsic_call]
		_(RawOrigin::Signed(who), MUCH);
		assert_eq!(Pot::<T>::get(), MUCH);
	}

	#[benchmark]
	fn set_split() -> Result<(), BenchmarkError> {
		let origin = T::GovernanceOrigin::try_successful_origin()
			.map_err(|()| BenchmarkError::Weightless)?;
		let split = Split {
			restakers: Perbill::one(),
			pica_stakers: Perbill::zero(),
			operators: Perbill::zero(),
			treasury: Perbill::zero(),
		};
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, split);
		assert_eq!(CurrentSplit::<T>::get(), split);
		Ok(())
	}

	#[benchmark]
	fn set_reward_account() {
		let (who, old, new): (T::AccountId, T::AccountId, T::AccountId) =
			(operator::<T>(0), account("old", 0, 0), account("new", 0, 0));
		T::BenchmarkHelper::register_operator(&who);
		RewardAccounts::<T>::insert(&who, old);
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), Some(new.clone()));
		assert_eq!(RewardAccounts::<T>::get(who), Some(new));
	}

	#[benchmark]
	fn collect() {
		let currency = currencies::<T>(2)[1];
		let who = operator::<T>(0);
		RewardAccounts::<T>::insert(&who, account::<T::AccountId>("new", 0, 0));
		Dues::<T>::insert(&who, currency, MUCH);
		#[extrinsic_call]
		_(RawOrigin::Signed(funder::<T>(PICA)), who.clone(), currency);
		assert!(!Dues::<T>::contains_key(who, currency));
	}

	#[benchmark]
	fn refund(c: Linear<1, { T::MaxCurrencies::get() }>) {
		let currencies = currencies::<T>(c);
		let avs = AvsId::MAX;
		let heir = Some(account::<T::AccountId>("heir", 0, 0));
		let escrow = purse::<T>(&currencies);
		Accounts::<T>::insert(avs, Account { escrow, heir, ..Default::default() });
		#[extrinsic_call]
		_(RawOrigin::Signed(funder::<T>(PICA)), avs);
		assert!(Accounts::<T>::get(avs).escrow.is_empty());
	}

	/// On another chain, which costs more than here.
	#[benchmark]
	fn spend() -> Result<(), BenchmarkError> {
		let avs = T::BenchmarkHelper::onboard(PICA);
		let owner = Pallet::<T>::owner_of(avs).ok_or(BenchmarkError::Weightless)?;
		T::BenchmarkHelper::endow(&Pallet::<T>::account_of(avs), PICA);
		let (asset, to) = T::BenchmarkHelper::payment_abroad();
		T::Payments::ensure_successful(&to, asset.clone(), MUCH);
		for _ in 1..MAX_OPEN_PAYMENTS {
			Pallet::<T>::do_spend(avs, asset.clone(), MUCH, to.clone(), None)?;
		}
		#[extrinsic_call]
		_(RawOrigin::Signed(owner), avs, Box::new(asset), MUCH, Box::new(to), None);
		assert_eq!(OpenPayments::<T>::get(avs).len(), MAX_OPEN_PAYMENTS as usize);
		Ok(())
	}

	#[benchmark]
	fn check_payment() -> Result<(), BenchmarkError> {
		let avs = T::BenchmarkHelper::onboard(PICA);
		T::BenchmarkHelper::endow(&Pallet::<T>::account_of(avs), PICA);
		let (asset, to) = T::BenchmarkHelper::payment_abroad();
		T::Payments::ensure_successful(&to, asset.clone(), MUCH);
		for _ in 0..MAX_OPEN_PAYMENTS {
			Pallet::<T>::do_spend(avs, asset.clone(), MUCH, to.clone(), None)?;
		}
		let last = OpenPayments::<T>::get(avs).pop().expect("a payment").payment;
		T::Payments::ensure_concluded(last);
		#[extrinsic_call]
		_(RawOrigin::Signed(funder::<T>(PICA)), avs, last);
		assert_eq!(OpenPayments::<T>::get(avs).len(), MAX_OPEN_PAYMENTS as usize - 1);
		Ok(())
	}

	#[benchmark]
	fn set_aside() {
		let all = all_currencies::<T>();
		let (avs, era) = (AvsId::MAX, T::Ledger::current_era());
		let account = Account { escrow: purse(&all), paid: payments(&all), ..Default::default() };
		Accounts::<T>::insert(avs, account);
		DuePay::<T>::insert(era, avs, purse::<T>(&all));
		let last = *all.last().expect("a currency");
		let set;
		#[block]
		{
			set = <Pallet<T> as Paymaster<_>>::set_aside(avs, era, last, MUCH);
		}
		assert!(set);
		assert_eq!(DuePay::<T>::get(era, avs).of(last), 2 * MUCH);
	}

	#[benchmark]
	fn note_author() {
		let author = operator::<T>(0);
		T::BenchmarkHelper::register_operator(&author);
		#[block]
		{
			Pallet::<T>::note_author(&author);
		}
		assert!(Points::<T>::contains_key(T::Ledger::current_era(), author));
	}

	#[benchmark]
	fn go_on_with_round() {
		let all = all_currencies::<T>();
		let mut state = round::<T>(Stage::PayAvss);
		state.pica = purse(&all);
		state.revenue = payments(&all);
		state.paying = Some(paying(CHAIN, Shares::Points { total: 1, after: None }, &all));
		Points::<T>::insert(state.era - 1, operator::<T>(0), EraPoints::default());
		Round::<T>::put(state);
		let mut meter = WeightMeter::with_limit(T::WeightInfo::go_on_with_round());
		#[block]
		{
			Pallet::<T>::go_on_with_round(&mut meter);
		}
		assert_eq!(Round::<T>::get().blocks, 1);
	}

	#[benchmark]
	fn sum_yields() {
		T::BenchmarkHelper::create_pools(STAKED, FixedU128::from_u32(1), T::YieldPage::get());
		let walk = Walk { done: before::<T>(STAKED), vault: None };
		let mut state = round::<T>(Stage::SumYields(walk));
		let now = state.era;
		#[block]
		{
			assert!(Pallet::<T>::sum_yields(&mut state, walk, now, &mut WeightMeter::new()).is_ok());
		}
		assert!(state.yields.due > 0);
	}

	#[benchmark]
	fn emit() {
		currencies::<T>(1);
		let mut walk = Walk::default();
		while let Some((asset, _)) = T::Ledger::yield_after(walk.done) {
			walk.done = Some(asset);
		}
		let mut state = round::<T>(Stage::SumYields(walk));
		state.yields.due = MUCH;
		let now = state.era;
		#[block]
		{
			assert!(Pallet::<T>::sum_yields(&mut state, walk, now, &mut WeightMeter::new()).is_ok());
		}
		assert!(state.stage == Stage::PayYields(Walk::default()));
	}

	#[benchmark]
	fn pay_yields() {
		currencies::<T>(1);
		T::BenchmarkHelper::create_pools(STAKED, FixedU128::from_u32(1), T::YieldPage::get());
		Pot::<T>::put(MUCH);
		let walk = Walk { done: before::<T>(STAKED), vault: None };
		let mut state = round::<T>(Stage::PayYields(walk));
		// A part of what is due.
		state.yields = YieldPaid { due: MUCH * 1_000, available: MUCH, ..Default::default() };
		let now = state.era;
		#[block]
		{
			assert!(Pallet::<T>::pay_yields(&mut state, walk, now, &mut WeightMeter::new()).is_ok());
		}
		assert!(state.yields.paid > 0);
	}

	#[benchmark]
	fn open_pay() {
		let all = all_currencies::<T>();
		let avs = T::BenchmarkHelper::onboard(PICA);
		let mut state = round::<T>(Stage::PayAvss);
		let era = state.era - 1;
		T::BenchmarkHelper::set_table(avs, era, entries::<T>(TABLE_PAGE, &[]));
		DuePay::<T>::insert(era, avs, purse::<T>(&all));
		#[block]
		{
			assert!(Pallet::<T>::pay_avss(&mut state, &mut WeightMeter::new()).is_ok());
		}
		assert!(state.paying.is_some());
	}

	#[benchmark]
	fn read_page() {
		let avs = T::BenchmarkHelper::onboard(PICA);
		let pools = vec![1; T::MaxPools::get() as usize];
		let era = round::<T>(Stage::PayAvss).era - 1;
		T::BenchmarkHelper::set_table(avs, era, entries::<T>(TABLE_PAGE, &pools));
		let page;
		#[block]
		{
			page = <T::Avss as StakeTables<T::AccountId>>::page(avs, era, 0);
		}
		assert_eq!(page.len(), TABLE_PAGE as usize);
	}

	#[benchmark]
	fn pay_operators(o: Linear<1, TABLE_PAGE>) {
		let all = currencies::<T>(2);
		let avs = T::BenchmarkHelper::onboard(PICA);
		let mut state = round::<T>(Stage::PayAvss);
		let table = state.era - 1;
		T::BenchmarkHelper::set_table(avs, table, entries::<T>(o, &[]));
		for number in 0..o {
			let who = operator::<T>(number);
			RewardAccounts::<T>::insert(&who, account::<T::AccountId>("rewards", number, 0));
			Dues::<T>::insert(&who, all[1], 1);
		}
		let shares = Shares::Weights { table, total: MUCH * Balance::from(o), pages: 1 };
		state.paying = Some(paying(avs, shares, &all[1..]));
		#[block]
		{
			assert!(Pallet::<T>::pay_avss(&mut state, &mut WeightMeter::new()).is_ok());
		}
		assert!(state.paying.expect("it goes on").currencies[0].operators > 0);
		assert_eq!(Dues::<T>::iter().count(), 0);
	}

	#[benchmark]
	fn credit(p: Linear<0, { TABLE_PAGE * T::MaxPools::get() }>) {
		let all = currencies::<T>(2);
		let pools = T::BenchmarkHelper::create_pools(STAKED, FixedU128::default(), p);
		let amounts: Vec<_> = pools.into_iter().map(|pool| (pool, 1_000)).collect();
		let moved;
		#[block]
		{
			moved = Pallet::<T>::credit(1, all[1], &amounts);
		}
		assert_eq!(moved, Ok(Balance::from(p) * 1_000));
	}

	#[benchmark]
	fn pay_author(c: Linear<1, { T::MaxCurrencies::get() }>) {
		let currencies = currencies::<T>(c);
		let author = operator::<T>(0);
		T::BenchmarkHelper::register_operator(&author);
		let pools =
			T::BenchmarkHelper::create_pools(PICA, FixedU128::default(), T::MaxPools::get());
		T::BenchmarkHelper::put_behind_chain(&author, &pools);
		let mut state = round::<T>(Stage::PayAvss);
		let points = EraPoints { blocks: 1, table: 1, commission: Perbill::from_percent(1) };
		Points::<T>::insert(state.era - 1, &author, points);
		let shares = Shares::Points { total: 1, after: None };
		state.paying = Some(paying(CHAIN, shares, &currencies));
		#[block]
		{
			assert!(Pallet::<T>::pay_avss(&mut state, &mut WeightMeter::new()).is_ok());
		}
		let paid = state.paying.expect("it goes on").currencies;
		assert!(paid.iter().all(|paid| paid.restakers > 0 && paid.operators > 0));
		assert!(!Points::<T>::contains_key(state.era - 1, author));
	}

	#[benchmark]
	fn close_pay(c: Linear<1, { T::MaxCurrencies::get() }>) {
		let currencies = currencies::<T>(c);
		let avs = AvsId::MAX;
		let mut state = round::<T>(Stage::PayAvss);
		let shares = Shares::Weights { table: 1, total: 1, pages: 1 };
		let mut paying = paying(avs, shares, &currencies);
		paying.at = c;
		for paid in paying.currencies.iter_mut() {
			paid.failed = 1;
			Dues::<T>::insert(T::Treasury::get(), paid.currency, 1);
		}
		state.paying = Some(paying);
		#[block]
		{
			assert!(Pallet::<T>::pay_avss(&mut state, &mut WeightMeter::new()).is_ok());
		}
		assert!(state.paying.is_none());
		assert_eq!(state.pica.iter().count(), c as usize);
		assert_eq!(DuePay::<T>::get(state.era, avs).iter().count(), c as usize);
	}

	#[benchmark]
	fn forget_points() {
		let mut state = round::<T>(Stage::ForgetPoints);
		let era = state.era - 1;
		let count = crate::authors::FORGOTTEN_AT_ONCE as u32;
		for number in 0..=count {
			Points::<T>::insert(era, operator::<T>(number), EraPoints::default());
		}
		#[block]
		{
			assert!(Pallet::<T>::forget_points(&mut state, &mut WeightMeter::new()).is_ok());
		}
		assert_eq!(Points::<T>::iter_prefix(era).count(), 1);
	}

	#[benchmark]
	fn pay_pica_page() {
		let all = all_currencies::<T>();
		let count = T::YieldPage::get();
		let pools = T::BenchmarkHelper::create_pools(PICA, FixedU128::default(), count);
		let mut state = round::<T>(Stage::PayAvss);
		let stakes = pools.into_iter().map(|pool| (pool, MUCH)).collect();
		T::BenchmarkHelper::set_pica_table(state.era - 1, stakes);
		// Not of PICA, the transfer of which costs less.
		state.pica = purse(&all[1..]);
		#[block]
		{
			let meter = &mut WeightMeter::new();
			assert!(Pallet::<T>::pay_pica(&mut state, 0, 0, 0, meter).is_ok());
		}
		assert!(matches!(state.stage, Stage::PayPica { page: 1, paid, .. } if paid > 0));
	}

	#[benchmark]
	fn settle_pica() {
		let all = currencies::<T>(2);
		let mut state = round::<T>(Stage::PayAvss);
		state.pica = purse(&all[1..]);
		Dues::<T>::insert(T::Treasury::get(), all[1], 1);
		#[block]
		{
			let meter = &mut WeightMeter::new();
			assert!(Pallet::<T>::pay_pica(&mut state, u32::MAX, 0, 0, meter).is_ok());
			assert!(Pallet::<T>::pay_pica(&mut state, 0, 0, 0, meter).is_ok());
		}
		assert_eq!(state.stage, Stage::Over);
		assert!(!T::Ledger::currencies().is_empty());
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::mock::ExtBuilder::default().build(),
		crate::mock::Test
	);
}

/// The vault that comes before an asset's in the walk over all.
fn before<T: Config>(asset: AssetId) -> Option<AssetId> {
	let mut last = None;
	while let Some((next, _)) = T::Ledger::yield_after(last) {
		if next == asset {
			return last;
		}
		last = Some(next);
	}
	last
}
