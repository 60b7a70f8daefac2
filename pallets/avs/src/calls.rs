// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What users can do. Each call checks its origin and says what it does; the rest is elsewhere.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod calls {
	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Applies to become an AVS: opens a referendum whose enactment onboards it.
		///
		/// ## Dispatch Origin
		///
		/// Signed by who will speak for the AVS. It needs the application's deposit, which is held until
		/// the referendum is over, and what the referendum itself costs.
		///
		/// ## Parameters
		///
		/// - `terms`: what the AVS asks for and pays; see the type for units.
		/// - `metadata`: what it is, free text or a link, UTF-8.
		/// - `place_decision_deposit`: whether to place the referendum's decision deposit at once.
		///
		/// ## Errors
		///
		/// - `Terms…`: the terms contradict themselves or the chain; the error says where.
		/// - `MetadataTooLong`, `TooManyApplications`.
		/// - Those of the native ledger and of referenda, where the caller has too little PICA.
		///
		/// ## Events
		///
		/// - `Proposed`.
		///
		/// Bounded by the length of the terms.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::propose())]
		pub fn propose(
			origin: OriginFor<T>,
			terms: Box<Terms<T::AccountId>>,
			metadata: Vec<u8>,
			place_decision_deposit: bool,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_propose(&who, *terms, metadata, place_decision_deposit)
		}

		/// Makes an application an AVS, and gives its deposit back.
		///
		/// ## Dispatch Origin
		///
		/// The AVS track of referenda, by which the application's own referendum enacts it.
		///
		/// ## Parameters
		///
		/// - `application`: its number.
		///
		/// ## Errors
		///
		/// - `ApplicationNotFound`.
		/// - `Terms…`: the terms no longer fit the chain; the application stays, to be ended.
		///
		/// ## Events
		///
		/// - `Onboarded`.
		///
		/// O(1).
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::onboard())]
		pub fn onboard(origin: OriginFor<T>, application: ApplicationId) -> DispatchResult {
			T::AvsAdminOrigin::ensure_origin(origin)?;
			Self::do_onboard(application)
		}

		/// Ends an application whose referendum is over and onboarded nothing. The deposit goes back but
		/// for what rejection costs; all of it is lost where the referendum was killed. This happens by
		/// itself once an era, too.
		///
		/// ## Dispatch Origin
		///
		/// Signed by anyone.
		///
		/// ## Parameters
		///
		/// - `application`: its number.
		///
		/// ## Errors
		///
		/// - `ApplicationNotFound`, `ApplicationUndecided`.
		///
		/// ## Events
		///
		/// - `ApplicationEnded`.
		///
		/// O(1).
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::settle_applications(1))]
		pub fn settle_application(
			origin: OriginFor<T>,
			application: ApplicationId,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_settle_application(application)
		}

		/// Changes what an AVS asks for and pays: from the next era on where nothing is taken from stake or
		/// new to it, else when the notice is over and an exit made now has matured. A change still to
		/// come is dropped for this one.
		///
		/// ## Dispatch Origin
		///
		/// Signed by the AVS's owner; for the chain, the AVS track of referenda.
		///
		/// ## Parameters
		///
		/// - `avs`: the AVS.
		/// - `terms`: what it will ask for and pay; see the type for units.
		///
		/// ## Errors
		///
		/// - `AvsNotFound`, `NotAvsOwner`, `AvsLeaving`, `TermsUnchanged`.
		/// - `Terms…`: the terms contradict themselves or the chain; the error says where.
		///
		/// ## Events
		///
		/// - `TermsChanged`, with the first era in which they hold.
		///
		/// Bounded by the length of the terms.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::set_terms())]
		pub fn set_terms(
			origin: OriginFor<T>,
			avs: AvsId,
			terms: Box<Terms<T::AccountId>>,
		) -> DispatchResult {
			Self::ensure_speaks_for(origin, avs)?;
			Self::do_set_terms(avs, *terms)
		}

		/// Says what an AVS is.
		///
		/// ## Dispatch Origin
		///
		/// Signed by the AVS's owner; for the chain, the AVS track of referenda.
		///
		/// ## Parameters
		///
		/// - `avs`: the AVS.
		/// - `metadata`: free text or a link, UTF-8.
		///
		/// ## Errors
		///
		/// - `AvsNotFound`, `NotAvsOwner`, `MetadataTooLong`.
		///
		/// ## Events
		///
		/// - `MetadataChanged`.
		///
		/// O(1).
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::set_metadata())]
		pub fn set_metadata(origin: OriginFor<T>, avs: AvsId, metadata: Vec<u8>) -> DispatchResult {
			Self::ensure_speaks_for(origin, avs)?;
			Self::do_set_metadata(avs, metadata)
		}

		/// Offers an AVS to another owner, or takes the offer back. Nothing changes until it is accepted; then
		/// what the AVS has goes with it.
		///
		/// ## Dispatch Origin
		///
		/// Signed by the AVS's owner; for the chain, the AVS track of referenda.
		///
		/// ## Parameters
		///
		/// - `avs`: the AVS.
		/// - `next_owner`: an account, multisig or other; none to take the offer back.
		///
		/// ## Errors
		///
		/// - `AvsNotFound`, `NotAvsOwner`, `ChainCannotLeave`: nobody owns the chain.
		///
		/// ## Events
		///
		/// - `OwnershipOffered`.
		///
		/// O(1).
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::offer_ownership())]
		pub fn offer_ownership(
			origin: OriginFor<T>,
			avs: AvsId,
			next_owner: Option<T::AccountId>,
		) -> DispatchResult {
			Self::ensure_speaks_for(origin, avs)?;
			ensure!(avs != CHAIN, Error::<T>::ChainCannotLeave);
			Self::do_offer_ownership(avs, next_owner)
		}

		/// Speaks for an AVS from now on.
		///
		/// ## Dispatch Origin
		///
		/// Signed by the account that the AVS was offered to.
		///
		/// ## Parameters
		///
		/// - `avs`: the AVS.
		///
		/// ## Errors
		///
		/// - `AvsNotFound`, `NotNextOwner`.
		///
		/// ## Events
		///
		/// - `OwnerChanged`.
		///
		/// O(1).
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::accept_ownership())]
		pub fn accept_ownership(origin: OriginFor<T>, avs: AvsId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_accept_ownership(&who, avs)
		}

		/// Stands for an AVS, from the next era on; where the AVS approves its operators, from the era
		/// after it did.
		///
		/// ## Dispatch Origin
		///
		/// Signed by an operator that is neither leaving nor chilled. It pays a deposit for the record, and
		/// one for a key that it uses for the first time.
		///
		/// ## Parameters
		///
		/// - `avs`: the AVS.
		/// - `key`: the key by which it signs for the AVS, and its signature over the bytes
		///   `picasso/avs/key`, the genesis hash, the AVS (4 bytes, little endian) and the operator's
		///   account. None for the chain, which takes session keys.
		///
		/// ## Errors
		///
		/// - `AvsNotFound`, `AvsLeaving`, `OperatorNotServing`, `AlreadyMember`, `NotInvited`,
		///   `TooManyMembers`, `TooManyTenures`.
		/// - `KeyMissing`, `KeyNotNeeded`, `KeyNotProved`, `KeyTaken`.
		///
		/// ## Events
		///
		/// - `OperatorJoined`.
		///
		/// O(1), with one signature verified.
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::join())]
		pub fn join(
			origin: OriginFor<T>,
			avs: AvsId,
			key: Option<(AvsKey, AvsSignature)>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_join(&who, avs, key)
		}

		/// Signs for an AVS by another key, from its next table on.
		///
		/// ## Dispatch Origin
		///
		/// Signed by an operator that stands for the AVS.
		///
		/// ## Parameters
		///
		/// - `avs`: the AVS.
		/// - `key`, `proof`: as for `join`.
		///
		/// ## Errors
		///
		/// - `NotMember`, `KeyNotNeeded`, `KeyNotProved`, `KeyTaken`.
		///
		/// ## Events
		///
		/// - `KeyChanged`.
		///
		/// O(1), with one signature verified.
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::set_key())]
		pub fn set_key(
			origin: OriginFor<T>,
			avs: AvsId,
			key: AvsKey,
			proof: AvsSignature,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_key(&who, avs, key, &proof)
		}

		/// Gives a key up that nobody can be held to any more, for its deposit.
		///
		/// ## Dispatch Origin
		///
		/// Signed by the operator that has the key.
		///
		/// ## Parameters
		///
		/// - `key`: the key.
		///
		/// ## Errors
		///
		/// - `KeyNotFound`, `KeyTaken`, `KeyInUse`.
		///
		/// ## Events
		///
		/// - `KeyForgotten`.
		///
		/// O(1).
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::forget_key())]
		pub fn forget_key(origin: OriginFor<T>, key: AvsKey) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_forget_key(&who, key)
		}

		/// Stands for an AVS no more, after the current era. All that was put behind it is taken back, and
		/// held until an exit made now would mature.
		///
		/// ## Dispatch Origin
		///
		/// Signed by an operator that stands for the AVS.
		///
		/// ## Parameters
		///
		/// - `avs`: the AVS.
		///
		/// ## Errors
		///
		/// - `NotMember`.
		///
		/// ## Events
		///
		/// - `AllocationChanged` for each pool; `OperatorLeft`.
		///
		/// O(the operator's pools).
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::leave(T::MaxPoolsPerMember::get()))]
		pub fn leave(origin: OriginFor<T>, avs: AvsId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_leave(avs, &who, true)
		}

		/// Approves an operator that stands for an AVS, or invites one to.
		///
		/// ## Dispatch Origin
		///
		/// Signed by the AVS's owner; for the chain, the AVS track of referenda.
		///
		/// ## Parameters
		///
		/// - `avs`: the AVS.
		/// - `operator`: the operator's account.
		///
		/// ## Errors
		///
		/// - `AvsNotFound`, `NotAvsOwner`, `AlreadyApproved`, `TooManyInvitations`, `TooManyTenures`.
		///
		/// ## Events
		///
		/// - `OperatorAdmitted`.
		///
		/// O(1).
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::admit())]
		pub fn admit(origin: OriginFor<T>, avs: AvsId, operator: T::AccountId) -> DispatchResult {
			Self::ensure_speaks_for(origin, avs)?;
			Self::do_admit(avs, &operator)
		}

		/// Takes an invitation back that was not followed.
		///
		/// ## Dispatch Origin
		///
		/// Signed by the AVS's owner, or by anyone once the AVS is gone; for the chain, the AVS track of
		/// referenda.
		///
		/// ## Parameters
		///
		/// - `avs`: the AVS.
		/// - `operator`: the operator's account.
		///
		/// ## Errors
		///
		/// - `AvsNotFound`, `NotAvsOwner`, `NotInvited`.
		///
		/// ## Events
		///
		/// - `InvitationWithdrawn`.
		///
		/// O(1).
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::withdraw_invitation())]
		pub fn withdraw_invitation(
			origin: OriginFor<T>,
			avs: AvsId,
			operator: T::AccountId,
		) -> DispatchResult {
			if Self::ensure_gone(avs).is_ok() {
				ensure_signed(origin)?;
			} else {
				Self::ensure_speaks_for(origin, avs)?;
			}
			Self::do_withdraw_invitation(avs, &operator)
		}

		/// Sends an operator away, as if it left. Where every operator may serve, none can be sent away.
		///
		/// ## Dispatch Origin
		///
		/// Signed by the AVS's owner; for the chain, the AVS track of referenda.
		///
		/// ## Parameters
		///
		/// - `avs`: the AVS.
		/// - `operator`: the operator's account.
		///
		/// ## Errors
		///
		/// - `AvsNotFound`, `NotAvsOwner`, `MembershipOpen`, `NotMember`.
		///
		/// ## Events
		///
		/// - `AllocationChanged` for each pool; `OperatorLeft`.
		///
		/// O(the operator's pools).
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::leave(T::MaxPoolsPerMember::get()))]
		pub fn eject(origin: OriginFor<T>, avs: AvsId, operator: T::AccountId) -> DispatchResult {
			Self::ensure_speaks_for(origin, avs)?;
			Self::do_eject(avs, &operator)
		}

		/// Removes an operator, as if it left, that does not keep to an AVS's terms after it had an era's
		/// time, so that it takes nobody's place; or any operator of an AVS whose last era is over.
		///
		/// ## Dispatch Origin
		///
		/// Signed by anyone.
		///
		/// ## Parameters
		///
		/// - `avs`: the AVS.
		/// - `operator`: the operator's account.
		///
		/// ## Errors
		///
		/// - `AvsNotFound`, `NotMember`.
		/// - `OperatorFits`: it keeps to the terms, or has had no era's time.
		///
		/// ## Events
		///
		/// - `AllocationChanged` for each pool; `OperatorLeft`.
		///
		/// O(the operator's pools).
		#[pallet::call_index(14)]
		#[pallet::weight(T::WeightInfo::remove_unfit(T::MaxPoolsPerMember::get()))]
		pub fn remove_unfit(
			origin: OriginFor<T>,
			avs: AvsId,
			operator: T::AccountId,
		) -> DispatchResult {
			ensure_signed(origin)?;
			if Self::ensure_gone(avs).is_ok() {
				return Self::do_leave(avs, &operator, false);
			}
			Self::do_remove_unfit(avs, &operator)
		}

		/// Forgets when an operator answered to an AVS, once nobody can hold it to that any more, and gives
		/// its deposit back.
		///
		/// ## Dispatch Origin
		///
		/// Signed by anyone.
		///
		/// ## Parameters
		///
		/// - `avs`: the AVS.
		/// - `operator`: the operator's account.
		///
		/// ## Errors
		///
		/// - `NotMember`, `StillLiable`.
		///
		/// ## Events
		///
		/// - `OperatorReleased`.
		///
		/// O(1).
		#[pallet::call_index(15)]
		#[pallet::weight(T::WeightInfo::release_operator())]
		pub fn release_operator(
			origin: OriginFor<T>,
			avs: AvsId,
			operator: T::AccountId,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_release(avs, &operator)
		}

		/// Puts parts of pools behind AVSs, one after the other. More than before counts from the next era
		/// on; less is out of the next table, and can be slashed until an exit made now would mature.
		///
		/// ## Dispatch Origin
		///
		/// Signed by the operator of the pools.
		///
		/// ## Parameters
		///
		/// - `changes`: for each AVS and pool the part of the pool's stake that is to be behind the AVS, in
		///   parts of 10^18. All of them or none.
		///
		/// ## Errors
		///
		/// - `PoolNotFound`, `NotPoolOperator`, `NotMember`, `AvsLeaving`, `AssetNotTaken`.
		/// - `AllocationNotFound`: nothing is to be taken back.
		/// - `PoolExhausted`: more than the whole of a pool, what was taken back lately included.
		/// - `TooManyPools`, `TooManyReleases`.
		///
		/// ## Events
		///
		/// - `AllocationChanged` for each.
		///
		/// O(the changes).
		#[pallet::call_index(16)]
		#[pallet::weight(T::WeightInfo::allocate(changes.len() as u32))]
		pub fn allocate(
			origin: OriginFor<T>,
			changes: BoundedVec<AllocationChange, T::MaxChanges>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			changes.into_iter().try_for_each(|change| Self::do_allocate(&who, change))
		}

		/// Forgets what is no longer put behind an AVS and can't be slashed by it any more.
		///
		/// ## Dispatch Origin
		///
		/// Signed by anyone.
		///
		/// ## Parameters
		///
		/// - `avs`: the AVS.
		/// - `pool`: the pool.
		///
		/// ## Errors
		///
		/// - `PoolNotFound`, `AllocationNotFound`, `AllocationInUse`.
		///
		/// ## Events
		///
		/// - `AllocationFreed`.
		///
		/// O(1).
		#[pallet::call_index(17)]
		#[pallet::weight(T::WeightInfo::free_allocation())]
		pub fn free_allocation(origin: OriginFor<T>, avs: AvsId, pool: PoolId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_free_allocation(avs, pool)
		}

		/// Sends an AVS away, after its notice, or when an exit made now has matured if that is later. Until
		/// then it has tables, pays and can slash; what was put behind it is held as long as if it had been
		/// taken back.
		///
		/// ## Dispatch Origin
		///
		/// Signed by the AVS's owner, or the AVS track of referenda.
		///
		/// ## Parameters
		///
		/// - `avs`: the AVS.
		///
		/// ## Errors
		///
		/// - `AvsNotFound`, `NotAvsOwner`, `AvsLeaving`, `ChainCannotLeave`.
		///
		/// ## Events
		///
		/// - `OffboardingStarted`.
		///
		/// O(1).
		#[pallet::call_index(18)]
		#[pallet::weight(T::WeightInfo::offboard())]
		pub fn offboard(origin: OriginFor<T>, avs: AvsId) -> DispatchResult {
			Self::ensure_may_offboard(origin, avs)?;
			Self::do_offboard(avs)
		}
	}
}
