// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What users can do. Each call checks its origin and says what it does; the rest is elsewhere.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod calls {
	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Reports a fault with its evidence, which is verified before anything is stored. Evidence that
		/// proves it costs nothing: the fee comes back. Where it is somebody's word, the caller puts down a
		/// bond, which is lost if the fault is cancelled.
		///
		/// ## Dispatch Origin
		///
		/// Signed by anyone; by the arbiter, where it is the arbiter's word.
		///
		/// ## Parameters
		///
		/// - `avs`: the AVS.
		/// - `condition`: the number of the condition in its terms of the era of the fault, from zero.
		/// - `evidence`: what shows the fault; see the type.
		///
		/// ## Errors
		///
		/// - `EraInFuture`, `EvidenceTooOld`: the fault is not in the condition's evidence window.
		/// - `ConditionNotFound`, `AlreadyReported`.
		/// - `Evidence(…)`: it proves nothing, and why.
		/// - Those of the native ledger, where the caller can't put down the bond.
		///
		/// ## Events
		///
		/// - `FaultReported`.
		///
		/// O(signatures + pools that the operator put behind the AVS).
		#[pallet::call_index(0)]
		#[pallet::weight(Pallet::<T>::weight_of_report(evidence.size(), T::MaxPools::get()))]
		pub fn report(
			origin: OriginFor<T>,
			avs: AvsId,
			condition: u8,
			evidence: Box<Evidence<T::AccountId>>,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let size = evidence.size();
			let Reported { pools, bonded } = Self::do_report(&who, avs, condition, *evidence)?;
			Ok(PostDispatchInfo {
				actual_weight: Some(Self::weight_of_report(size, pools)),
				pays_fee: if bonded { Pays::Yes } else { Pays::No },
			})
		}

		/// Disputes a fault that is not carried out yet. The bond goes back unless the fault is upheld. Where
		/// nobody decides before the verdict is due, it is carried out.
		///
		/// ## Dispatch Origin
		///
		/// Signed by the accused operator.
		///
		/// ## Parameters
		///
		/// - `fault`: the fault.
		///
		/// ## Errors
		///
		/// - `FaultNotFound`, `NotAccused`, `NotPending`, `AlreadyDisputed`.
		/// - Those of the native ledger, where the caller can't put down the bond.
		///
		/// ## Events
		///
		/// - `FaultDisputed`.
		///
		/// O(1).
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::dispute())]
		pub fn dispute(origin: OriginFor<T>, fault: FaultId<T::AccountId>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_dispute(&who, fault)
		}

		/// Decides upon a fault that is not carried out yet, disputed or not.
		///
		/// ## Dispatch Origin
		///
		/// The slashing track of referenda; or signed by the account that the condition names for it.
		///
		/// ## Parameters
		///
		/// - `fault`: the fault.
		/// - `decision`: whether it is cancelled, costs less, or stands.
		///
		/// ## Errors
		///
		/// - `FaultNotFound`, `NotJudge`, `NotPending`.
		/// - `NotReduced`: the new fraction is not lower.
		/// - `NotDisputed`: there is nothing to uphold.
		///
		/// ## Events
		///
		/// - `FaultDecided`.
		///
		/// O(pools that answer for the fault).
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::decide(T::MaxPools::get()))]
		pub fn decide(
			origin: OriginFor<T>,
			fault: FaultId<T::AccountId>,
			decision: Decision,
		) -> DispatchResult {
			let judge = match T::DecisionOrigin::try_origin(origin) {
				Ok(_) => None,
				Err(origin) => Some(ensure_signed(origin)?),
			};
			Self::do_decide(judge.as_ref(), fault, decision)
		}

		/// Carries out a verdict that is due, or what a ceiling left of it: what happens by itself in what
		/// blocks leave of their time.
		///
		/// ## Dispatch Origin
		///
		/// Signed by anyone.
		///
		/// ## Parameters
		///
		/// - `fault`: the fault.
		///
		/// ## Errors
		///
		/// - `FaultNotFound`, `NothingDue`.
		/// - Why it can't be carried out.
		///
		/// ## Events
		///
		/// - `FaultSlashed`.
		///
		/// O(pools that answer for the fault).
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::attend(T::MaxPools::get()))]
		pub fn retry(origin: OriginFor<T>, fault: FaultId<T::AccountId>) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_retry(fault)
		}

		/// Attests that the caller is on duty in the current round.
		///
		/// ## Dispatch Origin
		///
		/// Signed by an operator of the AVS.
		///
		/// ## Parameters
		///
		/// - `avs`: the AVS.
		/// - `place`: the operator's place in the table whose operators are on duty, from zero.
		///
		/// ## Errors
		///
		/// - `NoDuty`, `NotOnDuty`, `AlreadyAttested`.
		///
		/// ## Events
		///
		/// - `DutyAttested`.
		///
		/// O(1).
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::attest())]
		pub fn attest(origin: OriginFor<T>, avs: AvsId, place: u32) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_attest(&who, avs, place)
		}

		/// Attests for operators, by their signatures, that they are on duty in the current round or were
		/// in the one before. Signatures that are wrong, or for a round that is attested, are passed over.
		///
		/// ## Dispatch Origin
		///
		/// Signed by anyone.
		///
		/// ## Parameters
		///
		/// - `avs`: the AVS.
		/// - `round`: the number of the round.
		/// - `signatures`: places in the table whose operators are on duty, and what their operators signed.
		///
		/// ## Errors
		///
		/// - `NoDuty`, `RoundOver`.
		/// - `AlreadyAttested`: none of the signatures counts.
		///
		/// ## Events
		///
		/// - `DutyAttested`.
		///
		/// O(signatures).
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::attest_for(signatures.len() as u32))]
		pub fn attest_for(
			origin: OriginFor<T>,
			avs: AvsId,
			round: Round,
			signatures: BoundedVec<(u32, AvsSignature), ConstU32<MAX_OPERATORS>>,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_attest_for(avs, round, &signatures)
		}

		/// Judges the next operator of a window of duty that is over: what happens by itself in what blocks
		/// leave of their time.
		///
		/// ## Dispatch Origin
		///
		/// Signed by anyone.
		///
		/// ## Parameters
		///
		/// - `avs`: the AVS.
		///
		/// ## Errors
		///
		/// - `NoDuty`: no window is over.
		///
		/// ## Events
		///
		/// - `FaultReported`, or `DutyWindowClosed` with the last.
		///
		/// O(operators of the AVS + pools of the one that is at fault).
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::judge(T::MaxPools::get()))]
		pub fn judge(origin: OriginFor<T>, avs: AvsId) -> DispatchResult {
			ensure_signed(origin)?;
			let window = Self::window_over(avs).ok_or(Error::<T>::NoDuty)?;
			Self::judge_next(avs, window);
			Ok(())
		}
	}
}
