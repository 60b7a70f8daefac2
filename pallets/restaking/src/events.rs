// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What happened, as clients are told.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod events {
	/// What happened in the ledger.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// The era turned.
		EraStarted {
			/// The era that began with this block.
			era: EraIndex,
		},
		/// Governance changed how time passes.
		EraSettingsChanged {
			/// Before.
			old: EraSettings<BlockNumberFor<T>>,
			/// From now on.
			new: EraSettings<BlockNumberFor<T>>,
		},
		/// Governance opened a vault.
		VaultCreated {
			/// The asset it is for.
			asset: AssetId,
			/// Its settings.
			settings: VaultSettings,
		},
		/// Governance changed a vault.
		VaultChanged {
			/// The asset it is for.
			asset: AssetId,
			/// Before.
			old: VaultSettings,
			/// From now on.
			new: VaultSettings,
		},
		/// An account became an operator.
		OperatorRegistered {
			/// The account.
			operator: T::AccountId,
			/// The part of the restakers' earnings that it keeps.
			commission: Perbill,
		},
		/// An operator changed what it says of itself.
		MetadataChanged {
			/// The operator.
			operator: T::AccountId,
		},
		/// An operator announced another commission.
		CommissionChanged {
			/// The operator.
			operator: T::AccountId,
			/// What was in force and announced before.
			old: Commission,
			/// What is announced.
			new: Perbill,
			/// The era from which on it holds.
			from: EraIndex,
		},
		/// An operator became active, paused, or began to leave.
		OperatorStatusChanged {
			/// The operator.
			operator: T::AccountId,
			/// Before.
			old: OperatorStatus,
			/// From now on.
			new: OperatorStatus,
		},
		/// Governance chilled an operator, or let it serve again.
		OperatorChilled {
			/// The operator.
			operator: T::AccountId,
			/// Whether it was chilled.
			old: bool,
			/// Whether it is.
			new: bool,
		},
		/// An operator is none any more, and has its deposit back.
		OperatorDeregistered {
			/// The account.
			operator: T::AccountId,
		},
		/// An operator approved a restaker, or withdrew that.
		ApprovalChanged {
			/// The operator.
			operator: T::AccountId,
			/// Whom.
			restaker: T::AccountId,
			/// Whether it may stake in pools that only the approved may.
			approved: bool,
		},
		/// An operator created a pool.
		PoolCreated {
			/// Its number.
			pool: PoolId,
			/// Who answers for it.
			operator: T::AccountId,
			/// The asset it takes.
			asset: AssetId,
		},
		/// An operator opened a pool to new stake, closed it, or began to wind it up.
		PoolStatusChanged {
			/// The pool.
			pool: PoolId,
			/// Before.
			old: PoolStatus,
			/// From now on.
			new: PoolStatus,
		},
		/// An operator changed who may stake in a pool.
		PoolAccessChanged {
			/// The pool.
			pool: PoolId,
			/// Before.
			old: PoolAccess,
			/// From now on.
			new: PoolAccess,
		},
		/// A pool was wound up and is gone.
		PoolRemoved {
			/// The pool.
			pool: PoolId,
		},
		/// Stake came into a pool.
		Staked {
			/// Whose.
			who: T::AccountId,
			/// The pool.
			pool: PoolId,
			/// Planck of the pool's asset that moved into the vault.
			amount: Balance,
			/// Shares of the pool issued for them.
			shares: Balance,
		},
		/// Stake began to leave a pool.
		Unstaked {
			/// Whose.
			who: T::AccountId,
			/// The ticket it joined.
			ticket: TicketId,
			/// Shares of the pool burned.
			shares: Balance,
			/// Planck of the pool's asset that left its stake.
			amount: Balance,
		},
		/// Shares worth less than a planck were burned, to wind up their pool.
		DustBurned {
			/// Whose.
			who: T::AccountId,
			/// The pool.
			pool: PoolId,
			/// The shares.
			shares: Balance,
		},
		/// An exit was taken back.
		UnstakeCancelled {
			/// Whose.
			who: T::AccountId,
			/// The ticket it was part of.
			ticket: TicketId,
			/// Planck of the pool's asset that went back into its stake.
			amount: Balance,
			/// Shares of the pool issued for them.
			shares: Balance,
		},
		/// A ticket, or a part of it, has another owner.
		TicketTransferred {
			/// Whose it was.
			from: T::AccountId,
			/// Whose it is.
			to: T::AccountId,
			/// The ticket.
			ticket: TicketId,
			/// Points of the ticket's bucket.
			points: Balance,
		},
		/// Stake arrived in the pool that it was moved into.
		Moved {
			/// Whose.
			who: T::AccountId,
			/// The ticket, which is gone.
			ticket: TicketId,
			/// Planck of the asset.
			amount: Balance,
			/// Shares of the new pool issued for them.
			shares: Balance,
		},
		/// A pool lost all its stake: its shares are worth nothing from now on, and it starts anew.
		PoolLost {
			/// The pool.
			pool: PoolId,
			/// The generation that begins.
			generation: u32,
		},
		/// Proceeds of slashes that were parked moved out of a vault.
		ProceedsMoved {
			/// The asset.
			asset: AssetId,
			/// To whom.
			beneficiary: T::AccountId,
			/// Planck of the asset.
			amount: Balance,
		},
		/// Proceeds of slashes were burnt.
		ProceedsBurned {
			/// The asset.
			asset: AssetId,
			/// Planck of it.
			amount: Balance,
		},
		/// Proceeds of slashes could not be moved and are parked: `move_proceeds` moves them.
		ProceedsParked {
			/// The asset.
			asset: AssetId,
			/// For whom.
			beneficiary: T::AccountId,
			/// Planck of the asset.
			amount: Balance,
			/// Why they could not be moved.
			reason: DispatchError,
		},
		/// A ticket was paid.
		Withdrawn {
			/// Whose it was.
			who: T::AccountId,
			/// The ticket, which is gone.
			ticket: TicketId,
			/// To whom.
			beneficiary: T::AccountId,
			/// Planck of the pool's asset that moved out of the vault.
			amount: Balance,
		},
		/// A ticket among several could not be paid and stays as it was.
		WithdrawFailed {
			/// Whose it is.
			who: T::AccountId,
			/// The ticket.
			ticket: TicketId,
			/// Why.
			error: DispatchError,
		},
		/// Governance listed a currency that rewards are paid in.
		RewardCurrencyAdded {
			/// The asset.
			asset: AssetId,
		},
		/// Governance retired a reward currency, or took it up again.
		RewardCurrencyChanged {
			/// The asset.
			asset: AssetId,
			/// Before.
			old: CurrencyStatus,
			/// From now on.
			new: CurrencyStatus,
		},
		/// Rewards began to stream to a pool.
		RewardsCredited {
			/// The pool.
			pool: PoolId,
			/// The asset they are in.
			currency: AssetId,
			/// Planck of the asset.
			amount: Balance,
			/// The block with which the stream ends.
			until: BlockNumberFor<T>,
		},
		/// Rewards were paid to a restaker.
		Claimed {
			/// To whom.
			who: T::AccountId,
			/// The pool that earned them.
			pool: PoolId,
			/// The asset they are in.
			currency: AssetId,
			/// Planck of the asset.
			amount: Balance,
		},
		/// Rewards in PICA became stake in the pool of PICA that earned them.
		Compounded {
			/// Whose.
			who: T::AccountId,
			/// The pool.
			pool: PoolId,
			/// Planck of PICA.
			amount: Balance,
			/// Shares of the pool issued for them.
			shares: Balance,
		},
		/// A restaker decided what becomes of a position's rewards in PICA.
		CompoundingChanged {
			/// Whose position.
			who: T::AccountId,
			/// The pool.
			pool: PoolId,
			/// Whether they became stake.
			old: bool,
			/// Whether they become stake from now on.
			new: bool,
		},
		/// Rewards could not be paid and stay owed.
		ClaimFailed {
			/// To whom.
			who: T::AccountId,
			/// The pool that earned them.
			pool: PoolId,
			/// The asset they are in.
			currency: AssetId,
			/// Planck of the asset.
			amount: Balance,
			/// Why.
			error: DispatchError,
		},
		/// Rewards that streamed while a pool had no shares went to the treasury.
		UnearnedMoved {
			/// The pool.
			pool: PoolId,
			/// The asset they are in.
			currency: AssetId,
			/// Planck of the asset.
			amount: Balance,
		},
	}
}
