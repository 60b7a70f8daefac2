// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What terms may say, when they change, and who may change them.

use super::*;

type Change = fn(&mut Terms<AccountId>);

fn condition() -> Condition<AccountId> {
	Condition {
		fault: Fault::DoubleSign,
		slash: SlashFraction::Fixed(Perbill::from_percent(5)),
		evidence_window: 3,
		dispute_window: 2,
		jail: Jail::Eras(4),
		destination: Destination::Treasury,
		reporter_share: Perbill::from_percent(33),
		veto: None,
	}
}

/// As long as an era.
fn duty() -> Duty {
	Duty { round: 2, window: 5, least: Perbill::from_percent(50) }
}

/// The terms of an AVS in an era.
fn terms_in(avs: u32, era: u32) -> Terms<AccountId> {
	Avs::terms_of(avs, &Avss::<Test>::get(avs).unwrap(), era).unwrap()
}

/// The last terms of an AVS, and the first era in which they are in force.
fn last_terms(avs: u32) -> (u32, Terms<AccountId>) {
	let from = *Avss::<Test>::get(avs).unwrap().terms.last().unwrap();
	(from, TermsOf::<Test>::get(avs, from).unwrap())
}

fn with_conditions(conditions: Vec<Condition<AccountId>>) -> Terms<AccountId> {
	Terms { conditions: conditions.try_into().unwrap(), ..terms() }
}

#[test]
fn terms_that_contradict_themselves_are_refused_each_for_its_own_reason() {
	use Error::*;
	let bad: Vec<(Change, Error<Test>)> = vec![
		(|terms| terms.assets = Default::default(), TermsNoAssets),
		(
			|terms| terms.assets = vec![asset_terms(SOL), asset_terms(SOL)].try_into().unwrap(),
			TermsAssetsUnordered,
		),
		(
			|terms| terms.assets = vec![asset_terms(SOL), asset_terms(PICA)].try_into().unwrap(),
			TermsAssetsUnordered,
		),
		(|terms| terms.assets = vec![asset_terms(IDLE)].try_into().unwrap(), TermsAssetUnknown),
		(|terms| terms.assets[0].weight = FixedU128::from_u32(0), TermsAssetWeightOutOfRange),
		(
			|terms| terms.assets[0].weight = FixedU128::from_u32(1_000_001),
			TermsAssetWeightOutOfRange,
		),
		(
			|terms| (terms.assets[0].floor, terms.assets[0].cap) = (Some(2), Some(1)),
			TermsAssetFloorAboveCap,
		),
		(|terms| terms.assets[0].floor = Some(u128::MAX), TermsAssetFloorAboveCap),
		(|terms| terms.minimum_security = 1, TermsSecurityBoundsCrossed),
		(|terms| terms.minimum_operators = 0, TermsOperatorBoundsCrossed),
		(|terms| terms.minimum_operators = 5, TermsOperatorBoundsCrossed),
		(|terms| terms.maximum_operators = 257, TermsOperatorBoundsCrossed),
		(|terms| terms.minimum_self_stake = 1, TermsSelfStakeAboveStake),
		(|terms| terms.maximum_share = Perbill::from_percent(99), TermsMaximumShareTooSmall),
		(|terms| terms.minimum_nakamoto = 3, TermsNakamotoTooLarge),
		(|terms| terms.minimum_commission = Perbill::one(), TermsSecurityBoundsCrossed),
		(|terms| terms.pay_currency = IDLE, TermsPayCurrencyUnlisted),
		(|terms| terms.notice = 21, TermsNoticeTooLong),
	];
	ExtBuilder::execute(|| {
		for (number, (change, error)) in bad.into_iter().enumerate() {
			let mut terms = terms();
			change(&mut terms);
			let mut expected = error;
			if terms.minimum_commission == Perbill::one() {
				terms.maximum_commission = Perbill::from_percent(50);
				expected = TermsCommissionBoundsCrossed;
			}
			let proposed = Avs::propose(origin(ALICE), Box::new(terms), vec![], false);
			assert_eq!(proposed, Err(expected.into()), "case {number}");
		}
	});
}

#[test]
fn conditions_that_cannot_be_kept_are_refused_each_for_its_own_reason() {
	use Error::*;
	let bad: Vec<(Condition<AccountId>, Error<Test>)> = vec![
		(
			Condition { slash: SlashFraction::Fixed(Perbill::zero()), ..condition() },
			TermsConditionWithoutSlash,
		),
		(Condition { evidence_window: 4, ..condition() }, TermsConditionOutlastsUnbonding),
		(Condition { evidence_window: u32::MAX, ..condition() }, TermsConditionOutlastsUnbonding),
		(
			Condition {
				fault: Fault::Attested { quorum: Perbill::from_percent(50) },
				..condition()
			},
			TermsConditionOutOfRange,
		),
		(
			Condition { fault: Fault::MissedDuty(Duty { window: 0, ..duty() }), ..condition() },
			TermsConditionOutOfRange,
		),
		(
			Condition { fault: Fault::MissedDuty(duty()), evidence_window: 0, ..condition() },
			TermsConditionOutOfRange,
		),
		(
			Condition { fault: Fault::Arbiter { arbiter: BOB }, dispute_window: 0, ..condition() },
			TermsConditionIndisputable,
		),
		(
			Condition {
				slash: SlashFraction::Repeats {
					first: Perbill::from_percent(3),
					more: Perbill::zero(),
					maximum: Perbill::from_percent(2),
				},
				..condition()
			},
			TermsConditionOutOfRange,
		),
		(Condition { fault: Fault::Consensus, ..condition() }, TermsConditionIsTheChains),
	];
	ExtBuilder::execute(|| {
		for (condition, error) in bad {
			let terms = with_conditions(vec![condition]);
			let proposed = Avs::propose(origin(ALICE), Box::new(terms), vec![], false);
			assert_eq!(proposed, Err(error.into()));
		}
		let of = |fault| Condition { fault, ..condition() };
		let duties = [duty(), Duty { window: 4, ..duty() }].map(|duty| of(Fault::MissedDuty(duty)));
		for alike in [vec![condition(), condition()], duties.to_vec()] {
			let twice = Box::new(with_conditions(alike));
			let proposed = Avs::propose(origin(ALICE), twice, vec![], false);
			assert_eq!(proposed, Err(Error::<Test>::TermsConditionsAlike.into()));
		}
	});
}

#[test]
fn terms_that_favour_stake_hold_from_the_next_era() {
	let good: &[Change] = &[
		|terms| terms.pay_per_era += 1,
		|terms| terms.minimum_security -= 1,
		|terms| terms.maximum_operators += 1,
		|terms| terms.notice += 1,
		|terms| terms.target_security += 1,
		|terms| terms.conditions = Default::default(),
		|terms| terms.conditions[0].slash = SlashFraction::Fixed(Perbill::from_percent(4)),
		|terms| terms.conditions[0].jail = Jail::None,
		|terms| terms.conditions[0].evidence_window -= 1,
	];
	let bad: &[Change] = &[
		|terms| terms.pay_per_era -= 1,
		|terms| terms.pay_currency = SOL,
		|terms| terms.minimum_security += 1,
		|terms| terms.target_security -= 1,
		|terms| terms.minimum_stake += 1,
		|terms| terms.notice -= 1,
		|terms| terms.membership = Membership::Invited,
		|terms| terms.assets[0].weight = FixedU128::from_u32(2),
		|terms| terms.conditions[0].slash = SlashFraction::Fixed(Perbill::from_percent(6)),
		|terms| terms.conditions[0].dispute_window -= 1,
		|terms| terms.conditions[0].jail = Jail::Forever,
		|terms| terms.conditions[0].destination = Destination::Burn,
		|terms| terms.conditions[0].fault = Fault::Arbiter { arbiter: 5 },
	];
	let first = Terms {
		minimum_security: 5,
		target_security: 10,
		maximum_operators: 3,
		..with_conditions(vec![condition()])
	};
	let against = |changed: &Terms<AccountId>| !changed.favours_stake(&first);
	ExtBuilder::execute(|| {
		let avs = onboard(first.clone());
		run_to_era(3);
		for change in good.iter().chain(bad) {
			let mut changed = first.clone();
			change(&mut changed);
			assert_ok!(Avs::set_terms(origin(ALICE), avs, Box::new(changed.clone())));
			// An exit made in era 3 matures in 10; the notice is 3.
			let from = if against(&changed) { 10 } else { 4 };
			let (old, new) = (Box::new(first.clone()), Box::new(changed.clone()));
			assert_eq!(last_event(), Event::TermsChanged { avs, old, new, from });
			assert_eq!(terms_in(avs, from - 1), first);
			assert_eq!(terms_in(avs, from), changed);
		}
		let hard = bad.iter().filter(|change| {
			let mut changed = first.clone();
			change(&mut changed);
			against(&changed)
		});
		// A target asks nothing of anyone.
		assert_eq!(hard.count(), bad.len() - 1);
		let soft = good.iter().filter(|change| {
			let mut changed = first.clone();
			change(&mut changed);
			!against(&changed)
		});
		assert_eq!(soft.count(), good.len());
	});
}

#[test]
fn a_long_notice_is_waited_out() {
	ExtBuilder::execute(|| {
		let avs = onboard(Terms { notice: 20, ..terms() });
		let less = Terms { pay_per_era: 1, notice: 20, ..terms() };
		assert_ok!(Avs::set_terms(origin(ALICE), avs, Box::new(less.clone())));
		assert_eq!(last_terms(avs), (20, less));
		// It is dropped for one that favours stake.
		let more = Terms { pay_per_era: 2_000, notice: 20, ..terms() };
		assert_ok!(Avs::set_terms(origin(ALICE), avs, Box::new(more.clone())));
		assert_eq!(last_terms(avs), (1, more));
	});
}

#[test]
fn set_terms_fails_for_others_for_no_change_and_for_an_avs_that_leaves() {
	ExtBuilder::execute(|| {
		let avs = onboard(terms());
		let set = |who, avs, terms| Avs::set_terms(origin(who), avs, Box::new(terms));
		let more = Terms { pay_per_era: 2_000, ..terms() };
		assert_noop!(set(BOB, avs, more.clone()), Error::<Test>::NotAvsOwner);
		assert_noop!(set(ALICE, 9, more.clone()), Error::<Test>::AvsNotFound);
		assert_noop!(set(ALICE, avs, terms()), Error::<Test>::TermsUnchanged);
		assert_noop!(set(ALICE, 0, more.clone()), BadOrigin);
		// A change still to come can be dropped for what there is; one that has come is what there is.
		assert_ok!(set(ALICE, avs, more.clone()));
		assert_ok!(set(ALICE, avs, terms()));
		assert_ok!(set(ALICE, avs, more.clone()));
		next_era();
		assert_noop!(set(ALICE, avs, more.clone()), Error::<Test>::TermsUnchanged);
		let no_assets = Terms { assets: Default::default(), ..terms() };
		assert_noop!(set(ALICE, avs, no_assets), Error::<Test>::TermsNoAssets);
		assert_ok!(Avs::offboard(origin(ALICE), avs));
		assert_noop!(set(ALICE, avs, more), Error::<Test>::AvsLeaving);
	});
}

#[test]
fn governance_speaks_for_the_chain() {
	ExtBuilder::execute(|| {
		let chain = terms_in(CHAIN, 0);
		let more = Terms { maximum_operators: 4, ..chain };
		assert_ok!(Avs::set_terms(RuntimeOrigin::root(), CHAIN, Box::new(more)));
		assert_ok!(Avs::set_metadata(RuntimeOrigin::root(), CHAIN, b"Picasso".to_vec()));
		assert_noop!(Avs::offboard(RuntimeOrigin::root(), CHAIN), Error::<Test>::ChainCannotLeave);
		assert_noop!(
			Avs::offer_ownership(RuntimeOrigin::root(), CHAIN, Some(BOB)),
			Error::<Test>::ChainCannotLeave
		);
	});
}

#[test]
fn an_avs_is_handed_over_when_the_next_owner_accepts() {
	ExtBuilder::execute(|| {
		let avs = onboard(terms());
		assert_noop!(Avs::accept_ownership(origin(BOB), avs), Error::<Test>::NotNextOwner);
		assert_noop!(Avs::offer_ownership(origin(BOB), avs, Some(BOB)), Error::<Test>::NotAvsOwner);
		assert_ok!(Avs::offer_ownership(origin(ALICE), avs, Some(BOB)));
		assert_ok!(Avs::offer_ownership(origin(ALICE), avs, None));
		assert_noop!(Avs::accept_ownership(origin(BOB), avs), Error::<Test>::NotNextOwner);
		assert_ok!(Avs::offer_ownership(origin(ALICE), avs, Some(BOB)));
		assert_ok!(Avs::accept_ownership(origin(BOB), avs));
		assert_eq!(last_event(), Event::OwnerChanged { avs, old: Some(ALICE), new: BOB });
		assert_noop!(Avs::set_metadata(origin(ALICE), avs, vec![]), Error::<Test>::NotAvsOwner);
		assert_ok!(Avs::set_metadata(origin(BOB), avs, b"mine".to_vec()));
		assert_noop!(
			Avs::set_metadata(origin(BOB), avs, vec![0; 17]),
			Error::<Test>::MetadataTooLong
		);
		assert_eq!(Avs::avs_info(avs).unwrap().metadata, b"mine");
	});
}

#[test]
fn terms_are_known_for_as_long_as_anybody_can_be_held_to_them() {
	ExtBuilder::execute(|| {
		let avs = onboard(terms());
		let paid = |era: u32| terms_in(avs, era).pay_per_era;
		let mut last = 0;
		for changes in 1..30u128 {
			let more = Terms { pay_per_era: 1_000 + changes, ..terms() };
			assert_ok!(Avs::set_terms(origin(ALICE), avs, Box::new(more)));
			last = era() + 1;
			for past in era().saturating_sub(UNBONDING)..=era() {
				assert_eq!(paid(past), 1_000 + u128::from(past), "in era {past} of {}", era());
			}
			next_era();
			check();
		}
		assert_eq!(paid(last), 1_029);
		let kept = TermsOf::<Test>::iter_key_prefix(avs).count();
		assert!(kept <= UNBONDING as usize + 3, "{kept} terms are kept");
	});
}

#[test]
fn terms_cannot_change_so_often_that_those_in_force_are_forgotten() {
	ExtBuilder::execute(|| {
		let avs = onboard(terms());
		Avss::<Test>::mutate(avs, |record| {
			let record = record.as_mut().unwrap();
			for era in 1..16 {
				record.terms.try_push(era).unwrap();
				TermsOf::<Test>::insert(avs, era, terms());
			}
		});
		run_to_era(16);
		let more = || Box::new(Terms { pay_per_era: 2_000, ..terms() });
		// Two of the old ones go with each change, which adds one.
		assert_ok!(Avs::set_terms(origin(ALICE), avs, more()));
		let known = Avss::<Test>::get(avs).unwrap().terms;
		assert_eq!((known.first(), known.len()), (Some(&2), 15));
	});
	ExtBuilder::build().execute_with(|| {
		let avs = onboard(terms());
		let many = vec![era(); MAX_TERMS as usize];
		Avss::<Test>::mutate(avs, |record| {
			record.as_mut().unwrap().terms = many.try_into().unwrap();
		});
		let more = Box::new(Terms { pay_per_era: 2_000, ..terms() });
		assert_noop!(Avs::set_terms(origin(ALICE), avs, more), Error::<Test>::TooManyTerms);
	});
}
