// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Referenda decide: from a proposal to what it does, on every track.

use super::{account, network, pass, signed};
use crate::configs::{payments::PaidAsset, xcm::account_location};
use crate::{
	configs::{
		assets::NativeAndForeign,
		governance::{
			parameters::{dynamic_params::fees, RuntimeParameters},
			tracks::{id, SubmissionDeposit, Tracks},
			TechnicalCollectiveInstance, TreasuryAccount,
		},
	},
	constants::currency::PICA,
	*,
};
use frame_support::{
	assert_noop, assert_ok,
	traits::{fungibles::Inspect, schedule::DispatchTime, Get, StorePreimage},
};
use pallet_conviction_voting::{AccountVote, Conviction, Vote};
use pallet_origins::Origin;
use pallet_referenda::{ReferendumInfo, ReferendumInfoFor, TracksInfo};
use picasso_primitives::{assets::PICA as PICA_ASSET, restaking::VaultStatus};
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave, Eve, Ferdie};
use sp_runtime::traits::{BadOrigin, Dispatchable, Hash as _};

/// Proposes, and places the deposit.
fn propose(origin: impl Into<OriginCaller>, call: impl Into<RuntimeCall>) -> u32 {
	let index = pallet_referenda::ReferendumCount::<Runtime>::get();
	let proposal = Preimage::bound(call.into()).expect("a proposal");
	let origin = Box::new(origin.into());
	let soon = DispatchTime::After(0);
	assert_ok!(Referenda::submit(signed(Alice), origin, proposal, soon));
	assert_ok!(Referenda::place_decision_deposit(signed(Bob), index));
	index
}

fn vote(voter: Sr25519Keyring, index: u32, aye: bool, balance: Balance) {
	let vote = Vote { aye, conviction: Conviction::None };
	let vote = AccountVote::Standard { vote, balance };
	assert_ok!(ConvictionVoting::vote(signed(voter), index, vote));
}

/// Four accounts vote aye with nearly all they have, and time passes.
fn carry(index: u32) {
	for voter in [Charlie, Dave, Eve, Ferdie] {
		vote(voter, index, true, 90_000_000 * PICA);
	}
	pass(30);
}

fn is_approved(index: u32) -> bool {
	matches!(ReferendumInfoFor::<Runtime>::get(index), Some(ReferendumInfo::Approved(..)))
}

fn root() -> OriginCaller {
	frame_system::RawOrigin::Root.into()
}

/// What root alone can do, and is seen to have been done.
fn note() -> frame_system::Call<Runtime> {
	frame_system::Call::set_storage { items: vec![(b"key".to_vec(), vec![1])] }
}

fn is_noted() -> bool {
	sp_io::storage::get(b"key").as_deref() == Some(&[1][..])
}

fn close_vault() -> pallet_restaking::Call<Runtime> {
	let vault = pallet_restaking::Vaults::<Runtime>::get(PICA_ASSET).expect("a vault");
	let mut settings = vault.settings;
	settings.status = VaultStatus::ExitsOnly;
	pallet_restaking::Call::set_vault { asset: PICA_ASSET, settings }
}

fn vault_status() -> VaultStatus {
	pallet_restaking::Vaults::<Runtime>::get(PICA_ASSET).expect("a vault").settings.status
}

#[test]
fn an_approved_root_referendum_is_enacted_as_root() {
	network(DEVELOPMENT).execute_with(|| {
		let reserved = || [Alice, Bob].map(|key| Balances::reserved_balance(account(key)));
		let before = reserved();
		let index = propose(root(), note());
		let deposits = [SubmissionDeposit::get(), 5_000_000 * PICA];
		assert_eq!(reserved(), [before[0] + deposits[0], before[1] + deposits[1]]);
		carry(index);
		assert!(is_approved(index));
		assert!(is_noted());
		assert_ok!(Referenda::refund_submission_deposit(signed(Alice), index));
		assert_ok!(Referenda::refund_decision_deposit(signed(Bob), index));
		assert_eq!(reserved(), before);
	});
}

#[test]
fn a_referendum_without_support_or_approval_is_rejected() {
	network(DEVELOPMENT).execute_with(|| {
		let lonely = propose(root(), close_vault());
		vote(Charlie, lonely, true, PICA);
		let refused = propose(root(), close_vault());
		vote(Charlie, refused, true, 90_000_000 * PICA);
		vote(Dave, refused, false, 95_000_000 * PICA);
		pass(30);
		for index in [lonely, refused] {
			let info = ReferendumInfoFor::<Runtime>::get(index);
			assert!(matches!(info, Some(ReferendumInfo::Rejected(..))));
		}
		assert_eq!(vault_status(), VaultStatus::Open);
	});
}

#[test]
fn every_track_decides_by_its_own_origin() {
	network(DEVELOPMENT).execute_with(|| {
		let all = [
			(root(), id::ROOT),
			(Origin::WhitelistedCaller.into(), id::WHITELISTED_CALLER),
			(Origin::GeneralAdmin.into(), id::GENERAL_ADMIN),
			(Origin::ReferendumCanceller.into(), id::REFERENDUM_CANCELLER),
			(Origin::ReferendumKiller.into(), id::REFERENDUM_KILLER),
			(Origin::AvsAdmin.into(), id::AVS_ADMIN),
			(Origin::SlashAdmin.into(), id::SLASH_ADMIN),
		];
		assert_eq!(Tracks::track_ids().collect::<Vec<_>>(), all.clone().map(|(_, id)| id));
		for (origin, track) in all {
			assert_eq!(Tracks::track_for(&origin), Ok(track));
			let index = propose(origin, note());
			let Some(ReferendumInfo::Ongoing(status)) = ReferendumInfoFor::<Runtime>::get(index)
			else {
				panic!("a referendum");
			};
			assert_eq!(status.track, track);
			carry(index);
			assert!(is_approved(index), "track {track}");
			// Root alone may do it.
			assert_eq!(is_noted(), track == id::ROOT);
			sp_io::storage::clear(b"key");
			for voter in [Charlie, Dave, Eve, Ferdie] {
				assert_ok!(ConvictionVoting::remove_vote(signed(voter), Some(track), index));
			}
		}
		let nobody = OriginCaller::system(frame_system::RawOrigin::Signed(account(Alice)));
		assert_eq!(Tracks::track_for(&nobody), Err(()));
	});
}

#[test]
fn the_general_admin_runs_the_ledger_and_the_other_origins_do_not() {
	network(DEVELOPMENT).execute_with(|| {
		let pallet_restaking::Call::set_vault { asset, settings } = close_vault() else {
			panic!("a call");
		};
		for origin in [
			Origin::WhitelistedCaller,
			Origin::ReferendumCanceller,
			Origin::ReferendumKiller,
			Origin::AvsAdmin,
			Origin::SlashAdmin,
		] {
			assert_noop!(Restaking::set_vault(origin.into(), asset, settings), BadOrigin);
		}
		let index = propose(Origin::GeneralAdmin, close_vault());
		carry(index);
		assert_eq!(vault_status(), VaultStatus::ExitsOnly);
		// It pays what it opens from the treasury.
		let before = Balances::free_balance(TreasuryAccount::get());
		assert_ok!(Assets::create(
			Origin::GeneralAdmin.into(),
			77,
			TreasuryAccount::get().into(),
			1
		));
		assert!(Balances::free_balance(TreasuryAccount::get()) < before);
	});
}

#[test]
fn two_of_the_six_whitelist_a_call_that_then_goes_the_faster_way() {
	network(DEVELOPMENT).execute_with(|| {
		let call = RuntimeCall::from(note());
		let hash = <Runtime as frame_system::Config>::Hashing::hash_of(&call);
		let whitelist = pallet_whitelist::Call::whitelist_call { call_hash: hash };
		let whitelist = Box::new(RuntimeCall::from(whitelist));
		// One of six is not a third.
		assert_ok!(TechnicalCollective::propose(signed(Alice), 1, whitelist.clone(), 1_000));
		assert!(!pallet_whitelist::WhitelistedCall::<Runtime>::contains_key(hash));
		assert_ok!(TechnicalCollective::propose(signed(Alice), 2, whitelist.clone(), 1_000));
		let motion = <Runtime as frame_system::Config>::Hashing::hash_of(&whitelist);
		assert_ok!(TechnicalCollective::vote(signed(Alice), motion, 0, true));
		assert_ok!(TechnicalCollective::vote(signed(Bob), motion, 0, true));
		assert_ok!(TechnicalCollective::close(
			signed(Alice),
			motion,
			0,
			frame_support::weights::Weight::from_parts(10_000_000_000, 1_000_000),
			1_000
		));
		assert!(pallet_whitelist::WhitelistedCall::<Runtime>::contains_key(hash));

		let dispatch = pallet_whitelist::Call::dispatch_whitelisted_call_with_preimage {
			call: Box::new(call),
		};
		let index = propose(Origin::WhitelistedCaller, dispatch);
		// A fiftieth of all PICA is enough here.
		vote(Charlie, index, true, 90_000_000 * PICA);
		pass(12);
		assert!(is_approved(index) && is_noted());
		assert!(!pallet_whitelist::WhitelistedCall::<Runtime>::contains_key(hash));
	});
}

#[test]
fn a_referendum_is_cancelled_with_its_deposits_and_killed_without() {
	network(DEVELOPMENT).execute_with(|| {
		let harmful = propose(root(), note());
		let cancel = pallet_referenda::Call::cancel { index: harmful };
		carry(propose(Origin::ReferendumCanceller, cancel));
		let info = ReferendumInfoFor::<Runtime>::get(harmful);
		assert!(matches!(info, Some(ReferendumInfo::Cancelled(..) | ReferendumInfo::Rejected(..))));

		let hostile = propose(root(), note());
		assert_noop!(Referenda::kill(Origin::ReferendumCanceller.into(), hostile), BadOrigin);
		assert_noop!(Referenda::cancel(Origin::ReferendumKiller.into(), hostile), BadOrigin);
		let before = Balances::free_balance(TreasuryAccount::get());
		assert_ok!(Referenda::kill(Origin::ReferendumKiller.into(), hostile));
		assert_eq!(
			Balances::free_balance(TreasuryAccount::get()) - before,
			5_000_000 * PICA + SubmissionDeposit::get()
		);
	});
}

#[test]
fn the_treasury_pays_in_any_asset_it_has() {
	network(DEVELOPMENT).execute_with(|| {
		let jito = picasso_primitives::assets::foreign_asset_id(
			picasso_primitives::assets::Network::Solana,
			0,
			1,
		);
		let friend = AccountId::new([9; 32]);
		for (asset, amount) in [(PICA_ASSET, PICA), (jito, 1_000_000_000)] {
			let spend = pallet_treasury::Call::spend {
				asset_kind: Box::new(PaidAsset::Here(asset)),
				amount,
				beneficiary: Box::new(account_location(&friend)),
				valid_from: None,
			};
			let admin = Origin::GeneralAdmin.into();
			assert!(RuntimeCall::from(spend.clone()).dispatch(admin).is_err());
			assert_ok!(RuntimeCall::from(spend).dispatch(RuntimeOrigin::root()));
			let index = pallet_treasury::SpendCount::<Runtime>::get() - 1;
			assert_ok!(Treasury::payout(signed(Alice), index));
			assert_eq!(NativeAndForeign::balance(asset, &friend), amount);
		}
	});
}

#[test]
fn the_collectives_members_are_roots_to_choose() {
	network(DEVELOPMENT).execute_with(|| {
		let one = AccountId::new([9; 32]);
		let swap = |origin| {
			TechnicalMembership::swap_member(origin, account(Ferdie).into(), one.clone().into())
		};
		assert_noop!(swap(Origin::GeneralAdmin.into()), BadOrigin);
		assert_ok!(swap(RuntimeOrigin::root()));
		let members = pallet_collective::Members::<Runtime, TechnicalCollectiveInstance>::get();
		assert!(members.contains(&one) && !members.contains(&account(Ferdie)));
	});
}

#[test]
fn a_referendum_sets_what_transactions_cost() {
	network(DEVELOPMENT).execute_with(|| {
		let key_value = RuntimeParameters::Fees(fees::Parameters::PerByte(fees::PerByte, Some(7)));
		let index =
			propose(Origin::GeneralAdmin, pallet_parameters::Call::set_parameter { key_value });
		carry(index);
		assert_eq!(<fees::PerByte as Get<Balance>>::get(), 7);
	});
}
