// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What happened.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod events {
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A fault was reported. Until it is settled, the pools that answer for it take no new stake.
		FaultReported {
			/// The fault.
			fault: FaultId<T::AccountId>,
			/// Who reported it; none where the chain itself did.
			reporter: Option<T::AccountId>,
			/// What it costs at the most, of what answered for it.
			fraction: Perbill,
			/// The era in which it is taken, unless a dispute ends otherwise.
			due: EraIndex,
			/// Whether the operator is kept from serving the AVS from now on.
			detained: bool,
		},
		/// A fault costs more than was known when it was reported.
		FaultRaised {
			/// The fault.
			fault: FaultId<T::AccountId>,
			/// What it cost before.
			old: Perbill,
			/// What it costs at the most.
			new: Perbill,
			/// The era in which the difference is taken.
			due: EraIndex,
		},
		/// The accused disputes a fault.
		FaultDisputed {
			/// The fault.
			fault: FaultId<T::AccountId>,
		},
		/// A fault was decided upon.
		FaultDecided {
			/// The fault.
			fault: FaultId<T::AccountId>,
			/// How.
			decision: Decision,
		},
		/// What is due of a fault was carried out: some of what it costs was taken, or all; nothing where
		/// there was nothing, where a raise was cancelled, or where no more may be taken in this era.
		FaultSlashed {
			/// The fault.
			fault: FaultId<T::AccountId>,
			/// What it costs, of what answered for it.
			fraction: Perbill,
			/// Of which pools something was taken now, and what.
			pools: Vec<SlashedPool>,
			/// The first era in which the operator may serve again, where the verdict jails it now; the last
			/// there can be stands for never.
			jailed_until: Option<EraIndex>,
			/// The era in which it goes on, where all AVSs together took as much of a pool as they may in
			/// this one; none where the fault is settled.
			until: Option<EraIndex>,
		},
		/// A verdict could not be carried out. It is tried again, by itself or by `retry`.
		FaultParked {
			/// The fault.
			fault: FaultId<T::AccountId>,
			/// Why.
			reason: DispatchError,
			/// The era in which it is tried again.
			until: EraIndex,
		},
		/// Nobody can be held to a fault any more: it is forgotten.
		FaultForgotten {
			/// The fault.
			fault: FaultId<T::AccountId>,
		},
		/// A window of duty began.
		DutyWindowOpened {
			/// The AVS.
			avs: AvsId,
			/// The era of the table whose operators are on duty.
			era: EraIndex,
			/// The block with which it is over.
			closes: BlockNumber,
		},
		/// Operators attested that they were there.
		DutyAttested {
			/// The AVS.
			avs: AvsId,
			/// The round.
			round: Round,
			/// How many of them, who had not yet.
			operators: u32,
		},
		/// A window of duty is over, and was judged.
		DutyWindowClosed {
			/// The AVS.
			avs: AvsId,
			/// The era of the table whose operators were on duty.
			era: EraIndex,
		},
		/// A window of duty could not be judged of an operator.
		DutyUnjudged {
			/// The AVS.
			avs: AvsId,
			/// The operator's place in the table.
			place: u32,
			/// Why.
			reason: DispatchError,
		},
	}
}
