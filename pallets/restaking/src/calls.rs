// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The calls: who may, and which function does it. Longer than other files, as these are the pages
//! that users read.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod calls {
	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Opens a vault: from now on `asset` can be restaked.
		///
		/// The account that the origin stands for pays the asset's minimum balance into the vault's
		/// account. It stays there, so that the account lives however little is staked.
		///
		/// ## Dispatch Origin
		/// Governance.
		///
		/// ## Parameters
		/// - `asset`: the asset.
		/// - `settings`: deposit cap and minimum stake in planck of the asset, status, and yield rate in
		///   planck of PICA per planck of the asset per year.
		///
		/// ## Errors
		/// - `AssetNotFound`, `VaultExists`.
		/// - `InvalidVaultSettings`: the cap is above 10²⁹ planck or below the minimum stake.
		/// - `YieldRateTooHigh`: a full vault would earn above 10²⁹ planck of PICA in a year.
		/// - What the transfer of the minimum balance fails with.
		///
		/// ## Events
		/// - `VaultCreated`.
		///
		/// Cost does not depend on state.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::create_vault().saturating_add(T::VaultPolicy::weight()))]
		pub fn create_vault(
			origin: OriginFor<T>,
			asset: AssetId,
			settings: VaultSettings,
		) -> DispatchResult {
			let funder = T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_create_vault(&funder, asset, settings)
		}

		/// Changes the settings of a vault. Those who are in it can leave whatever they become.
		///
		/// ## Dispatch Origin
		/// Governance.
		///
		/// ## Parameters
		/// - `asset`: the vault's asset.
		/// - `settings`: all settings, as for `create_vault`. A cap below what is held stops new stake
		///   and nothing else.
		///
		/// ## Errors
		/// - `VaultNotFound`, `InvalidVaultSettings`, `YieldRateTooHigh`.
		///
		/// ## Events
		/// - `VaultChanged`, with the old settings and the new.
		///
		/// Cost does not depend on state.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::set_vault().saturating_add(T::VaultPolicy::weight()))]
		pub fn set_vault(
			origin: OriginFor<T>,
			asset: AssetId,
			settings: VaultSettings,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_set_vault(asset, settings)
		}

		/// Changes how time passes: the current era ends by the new length, exits from now on wait by
		/// the new period, and those in progress mature in the era they would have.
		///
		/// ## Dispatch Origin
		/// Governance.
		///
		/// ## Parameters
		/// - `settings`: length of an era in blocks, unbonding period in eras, and granularity in eras,
		///   which must stay what it is.
		///
		/// ## Errors
		/// - `InvalidEraSettings`: one of them is zero or beyond its bound, or the period spans more
		///   granules than a pool can keep buckets.
		/// - `GranularityIsFixed`.
		///
		/// ## Events
		/// - `EraSettingsChanged`, with the old settings and the new.
		///
		/// Cost does not depend on state.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::set_era_settings())]
		pub fn set_era_settings(
			origin: OriginFor<T>,
			settings: EraSettings<BlockNumberFor<T>>,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_set_era_settings(settings)
		}

		/// Makes the caller an operator, against a deposit for what the chain stores of it.
		///
		/// ## Dispatch Origin
		/// Signed, by the account that will be the operator.
		///
		/// ## Parameters
		/// - `commission`: the part of the restakers' earnings that the operator keeps, in billionths.
		/// - `metadata`: who the operator is: free text or a link, UTF-8.
		///
		/// ## Errors
		/// - `OperatorExists`, `TextTooLong`, `TextNotUtf8`, `CommissionTooHigh`.
		/// - What holding the deposit fails with.
		///
		/// ## Events
		/// - `OperatorRegistered`.
		///
		/// Cost does not depend on state.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::register_operator())]
		pub fn register_operator(
			origin: OriginFor<T>,
			commission: Perbill,
			metadata: Vec<u8>,
		) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			Self::do_register_operator(&operator, commission, metadata)
		}

		/// Creates a pool of the caller's for `asset`, open to everyone's stake, against a deposit.
		///
		/// ## Dispatch Origin
		/// Signed, by an operator.
		///
		/// ## Parameters
		/// - `asset`: the asset it takes.
		/// - `name`: what the operator calls it, UTF-8.
		///
		/// ## Errors
		/// - `OperatorNotFound`, `OperatorLeaving`, `VaultNotFound`, `TextTooLong`, `TextNotUtf8`.
		/// - `VaultNotOpen`: the vault is closed.
		/// - `TooManyPools`, `TooManyPoolsForAsset`.
		/// - What holding the deposit fails with.
		///
		/// ## Events
		/// - `PoolCreated`, with the pool's number.
		///
		/// Cost does not depend on state.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::create_pool())]
		pub fn create_pool(origin: OriginFor<T>, asset: AssetId, name: Vec<u8>) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			Self::do_create_pool(&operator, asset, name).map(drop)
		}

		/// Opens a pool to new stake, closes it to new stake, or begins to wind it up, for good. Exits
		/// are open in every state.
		///
		/// ## Dispatch Origin
		/// Signed, by the pool's operator.
		///
		/// ## Parameters
		/// - `pool`: the pool.
		/// - `status`: open, closed or winding up.
		///
		/// ## Errors
		/// - `PoolNotFound`, `NotPoolOperator`, `PoolWindingUp`.
		///
		/// ## Events
		/// - `PoolStatusChanged`, with the old status and the new.
		///
		/// Cost does not depend on state.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::set_pool_status())]
		pub fn set_pool_status(
			origin: OriginFor<T>,
			pool: PoolId,
			status: PoolStatus,
		) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			Self::do_set_pool_status(&operator, pool, status)
		}

		/// Stakes `amount` in `pool`: it moves into the vault, and the caller gets shares.
		///
		/// ## Dispatch Origin
		/// Signed.
		///
		/// ## Parameters
		/// - `pool`: the pool.
		/// - `amount`: planck of the pool's asset. PICA leaves the existential deposit behind.
		/// - `min_shares`: the fewest shares the caller agrees to, lest a slash come in between; 0 for
		///   any number.
		///
		/// ## Errors
		/// - `PoolNotFound`, `PoolNotOpen`, `OperatorNotServing`, `PoolReported`, `NotApproved`.
		/// - `ZeroAmount`, `VaultNotOpen`, `BelowMinimumStake`, `VaultFull`.
		/// - `PoolWorthless`, `BuysNoShare`, `SharesBelowMinimum`.
		/// - What the transfer fails with, where the caller has too little or the asset is frozen.
		///
		/// ## Events
		/// - `Staked`.
		///
		/// Cost does not depend on state.
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::stake())]
		pub fn stake(
			origin: OriginFor<T>,
			pool: PoolId,
			amount: Balance,
			min_shares: Balance,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_stake(&who, pool, amount, min_shares).map(|_| ())
		}

		/// Begins an exit: burns `shares` of `pool`, and their worth becomes a ticket, or joins the
		/// caller's ticket of the same maturity. Until then it is not paid and can be slashed.
		///
		/// ## Dispatch Origin
		/// Signed.
		///
		/// ## Parameters
		/// - `pool`: the pool.
		/// - `shares`: shares of the pool.
		///
		/// ## Errors
		/// - `PoolNotFound`, `NotEnoughShares`.
		/// - `ExitWorthNothing`: the shares are worth less than one planck.
		///
		/// ## Events
		/// - `Unstaked`, with the ticket.
		///
		/// Cost does not depend on state.
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::unstake())]
		pub fn unstake(origin: OriginFor<T>, pool: PoolId, shares: Balance) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_unstake(&who, pool, shares, None).map(|_| ())
		}

		/// Pays a mature ticket of the caller's. Waiting longer neither gains nor loses. A ticket that
		/// was to move into another pool is paid too.
		///
		/// ## Dispatch Origin
		/// Signed, by the ticket's owner.
		///
		/// ## Parameters
		/// - `ticket`: pool, era of maturity and where it goes, as `Unstaked` and
		///   `RestakingApi.position` tell it.
		///
		/// ## Errors
		/// - `TicketNotFound`, `TicketNotMature`.
		/// - What the transfer fails with, where the asset is frozen or the caller cannot receive it; the
		///   ticket stays.
		///
		/// ## Events
		/// - `Withdrawn`.
		///
		/// Cost does not depend on state.
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::withdraw())]
		pub fn withdraw(origin: OriginFor<T>, ticket: TicketId) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_withdraw(&owner, ticket, &owner).map(|_| ())
		}

		/// Moves the parked proceeds of slashes to the account they are for.
		///
		/// ## Dispatch Origin
		/// Signed, by anyone.
		///
		/// ## Parameters
		/// - `asset`: the asset they are in.
		/// - `beneficiary`: the account they are for.
		///
		/// ## Errors
		/// - `NothingParked`.
		/// - What the transfer fails with; the proceeds stay parked.
		///
		/// ## Events
		/// - `ProceedsMoved`.
		///
		/// Cost does not depend on state.
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::move_proceeds())]
		pub fn move_proceeds(
			origin: OriginFor<T>,
			asset: AssetId,
			beneficiary: T::AccountId,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_move_proceeds(asset, &beneficiary)
		}

		/// Changes what an operator says of itself; the deposit changes with its length.
		///
		/// ## Dispatch Origin
		/// Signed, by an operator.
		///
		/// ## Parameters
		/// - `metadata`: free text or a link, UTF-8.
		///
		/// ## Errors
		/// - `OperatorNotFound`, `TextTooLong`, `TextNotUtf8`.
		/// - What holding the deposit fails with.
		///
		/// ## Events
		/// - `MetadataChanged`.
		///
		/// Cost does not depend on state.
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::set_metadata())]
		pub fn set_metadata(origin: OriginFor<T>, metadata: Vec<u8>) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			Self::do_set_metadata(&operator, metadata)
		}

		/// Announces another commission: a lower one from the next era on; a higher one from the era in
		/// which an exit made now matures, so that whoever disagrees can be gone by then. It replaces
		/// what was announced before and is not in force yet.
		///
		/// ## Dispatch Origin
		/// Signed, by an operator.
		///
		/// ## Parameters
		/// - `commission`: the part of the restakers' earnings that the operator keeps, in billionths.
		///
		/// ## Errors
		/// - `OperatorNotFound`, `CommissionTooHigh`, `CommissionJustChanged`.
		///
		/// ## Events
		/// - `CommissionChanged`, with the old one, the new one, and the era from which on it holds.
		///
		/// Cost does not depend on state.
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::set_commission())]
		pub fn set_commission(origin: OriginFor<T>, commission: Perbill) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			Self::do_set_commission(&operator, commission)
		}

		/// Pauses all of an operator's pools, lets them take stake again, or begins to leave: all pools
		/// are then wound up, for good. The operator stays slashable until it is deregistered.
		///
		/// ## Dispatch Origin
		/// Signed, by an operator.
		///
		/// ## Parameters
		/// - `status`: active, paused or leaving.
		///
		/// ## Errors
		/// - `OperatorNotFound`, `OperatorLeaving`.
		///
		/// ## Events
		/// - `OperatorStatusChanged`, with the old status and the new.
		///
		/// Cost grows with the operator's pools, and is charged for as many as it may have.
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::set_operator_status())]
		pub fn set_operator_status(origin: OriginFor<T>, status: OperatorStatus) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			Self::do_set_operator_status(&operator, status)
		}

		/// Ends an operator that is leaving and has nothing left to answer for. The deposit goes back.
		///
		/// ## Dispatch Origin
		/// Signed, by an operator.
		///
		/// ## Errors
		/// - `OperatorNotFound`, `OperatorNotLeaving`, `PoolsRemain`, `ApprovalsRemain`, `StillBound`.
		///
		/// ## Events
		/// - `OperatorDeregistered`.
		///
		/// Cost does not depend on state.
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::deregister_operator())]
		pub fn deregister_operator(origin: OriginFor<T>) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			Self::do_deregister_operator(&operator)
		}

		/// Keeps all pools of an operator from taking stake, or ends that.
		///
		/// ## Dispatch Origin
		/// Governance.
		///
		/// ## Parameters
		/// - `operator`: the operator.
		/// - `chilled`: whether they are kept.
		///
		/// ## Errors
		/// - `OperatorNotFound`.
		///
		/// ## Events
		/// - `OperatorChilled`, with what it was and what it is.
		///
		/// Cost grows with the operator's pools, and is charged for as many as it may have.
		#[pallet::call_index(14)]
		#[pallet::weight(T::WeightInfo::set_chilled())]
		pub fn set_chilled(
			origin: OriginFor<T>,
			operator: T::AccountId,
			chilled: bool,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_set_chilled(&operator, chilled)
		}

		/// Decides who may stake in a pool. Those who are in it stay.
		///
		/// ## Dispatch Origin
		/// Signed, by the pool's operator.
		///
		/// ## Parameters
		/// - `pool`: the pool.
		/// - `access`: everyone, or those whom the operator approved.
		///
		/// ## Errors
		/// - `PoolNotFound`, `NotPoolOperator`.
		///
		/// ## Events
		/// - `PoolAccessChanged`, with the old access and the new.
		///
		/// Cost does not depend on state.
		#[pallet::call_index(15)]
		#[pallet::weight(T::WeightInfo::set_pool_access())]
		pub fn set_pool_access(
			origin: OriginFor<T>,
			pool: PoolId,
			access: PoolAccess,
		) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			Self::do_set_pool_access(&operator, pool, access)
		}

		/// Approves a restaker for the caller's pools that only the approved may stake in, against a
		/// deposit, or withdraws that. To say what is so already changes nothing.
		///
		/// ## Dispatch Origin
		/// Signed, by an operator.
		///
		/// ## Parameters
		/// - `restaker`: whom.
		/// - `approved`: whether it may stake.
		///
		/// ## Errors
		/// - `OperatorNotFound`.
		/// - What holding the deposit fails with.
		///
		/// ## Events
		/// - `ApprovalChanged`.
		///
		/// Cost does not depend on state.
		#[pallet::call_index(16)]
		#[pallet::weight(T::WeightInfo::set_approval())]
		pub fn set_approval(
			origin: OriginFor<T>,
			restaker: T::AccountId,
			approved: bool,
		) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			Self::do_set_approval(&operator, &restaker, approved)
		}

		/// Removes a pool that was wound up and in which nobody has anything. Its deposit goes back;
		/// what rounding left of its rewards is the treasury's.
		///
		/// ## Dispatch Origin
		/// Signed, by the pool's operator.
		///
		/// ## Parameters
		/// - `pool`: the pool.
		///
		/// ## Errors
		/// - `PoolNotFound`, `NotPoolOperator`, `PoolNotWindingUp`, `PoolReported`, `StillBound`.
		/// - `PoolNotEmpty`: there are positions, tickets, or rewards that cannot be moved.
		///
		/// ## Events
		/// - `PoolRemoved`.
		///
		/// Cost does not depend on state.
		#[pallet::call_index(17)]
		#[pallet::weight(T::WeightInfo::remove_pool())]
		pub fn remove_pool(origin: OriginFor<T>, pool: PoolId) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			Self::do_remove_pool(&operator, pool)
		}

		/// Sees a restaker out of a pool that is being wound up: all their shares become a ticket of
		/// theirs, as by `unstake`. Shares worth less than a planck are burned.
		///
		/// ## Dispatch Origin
		/// Signed, by anyone.
		///
		/// ## Parameters
		/// - `pool`: the pool.
		/// - `who`: the restaker.
		///
		/// ## Errors
		/// - `PoolNotFound`, `PoolNotWindingUp`, `NotEnoughShares`.
		///
		/// ## Events
		/// - `Unstaked` or `DustBurned`.
		///
		/// Cost does not depend on state.
		#[pallet::call_index(18)]
		#[pallet::weight(T::WeightInfo::unstake_for())]
		pub fn unstake_for(
			origin: OriginFor<T>,
			pool: PoolId,
			who: T::AccountId,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_unstake_for(pool, &who)
		}

		/// Begins a move of stake into another pool of the same asset: an exit as by `unstake`, which at
		/// maturity anyone can complete by `complete_move`. Its owner can have it paid instead.
		///
		/// ## Dispatch Origin
		/// Signed.
		///
		/// ## Parameters
		/// - `pool`: the pool to leave.
		/// - `shares`: shares of it.
		/// - `into`: the pool to move into.
		///
		/// ## Errors
		/// - `PoolNotFound`, `CannotMoveThere`, `NotEnoughShares`, `ExitWorthNothing`.
		///
		/// ## Events
		/// - `Unstaked`, with the ticket.
		///
		/// Cost does not depend on state.
		#[pallet::call_index(19)]
		#[pallet::weight(T::WeightInfo::redelegate())]
		pub fn redelegate(
			origin: OriginFor<T>,
			pool: PoolId,
			shares: Balance,
			into: PoolId,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_unstake(&who, pool, shares, Some(into)).map(|_| ())
		}

		/// Turns a mature ticket into stake of its owner's in the pool that it was to move into. The
		/// vault's cap and minimum stake don't count, as nothing comes into it.
		///
		/// ## Dispatch Origin
		/// Signed, by anyone.
		///
		/// ## Parameters
		/// - `owner`: whose ticket it is.
		/// - `ticket`: the ticket.
		///
		/// ## Errors
		/// - `TicketNotMoving`, `TicketNotFound`, `TicketNotMature`, `VaultNotOpen`, `BuysNoShare`.
		/// - What keeps the pool from taking stake, as for `stake`. The owner can always withdraw.
		///
		/// ## Events
		/// - `Moved`.
		///
		/// Cost does not depend on state.
		#[pallet::call_index(20)]
		#[pallet::weight(T::WeightInfo::complete_move())]
		pub fn complete_move(
			origin: OriginFor<T>,
			owner: T::AccountId,
			ticket: TicketId,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_complete_move(&owner, ticket)
		}

		/// Takes an exit back, or a part of it, while it has not matured: its worth becomes stake in the
		/// pool it was leaving, if that takes stake from the caller. Cap and minimum stake don't count.
		///
		/// ## Dispatch Origin
		/// Signed, by the ticket's owner.
		///
		/// ## Parameters
		/// - `ticket`: the ticket.
		/// - `points`: points of the ticket.
		///
		/// ## Errors
		/// - `TicketNotFound`, `ZeroAmount`, `NotEnoughPoints`, `TicketMature`, `ExitWorthNothing`.
		/// - `VaultNotOpen`, `BuysNoShare`, and what keeps the pool from taking stake, as for `stake`.
		///
		/// ## Events
		/// - `UnstakeCancelled`.
		///
		/// Cost does not depend on state.
		#[pallet::call_index(21)]
		#[pallet::weight(T::WeightInfo::cancel_unstake())]
		pub fn cancel_unstake(
			origin: OriginFor<T>,
			ticket: TicketId,
			points: Balance,
		) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_cancel_unstake(&owner, ticket, points)
		}

		/// Gives a ticket, or a part of it, to another account. It matures and can be slashed as before.
		/// What the owner has locked, by votes, stays with it.
		///
		/// ## Dispatch Origin
		/// Signed, by the ticket's owner.
		///
		/// ## Parameters
		/// - `ticket`: the ticket.
		/// - `points`: points of the ticket; all of them, or fewer to split it.
		/// - `to`: its new owner.
		///
		/// ## Errors
		/// - `TransferToSelf`, `TicketNotFound`, `ZeroAmount`, `NotEnoughPoints`, `TicketWorthless`.
		/// - `StakeLocked`: the owner would be left with less than it has locked.
		///
		/// ## Events
		/// - `TicketTransferred`.
		///
		/// Cost grows with what the owner has in the ledger, up to a bound, where something of it is
		/// locked; what was charged for more goes back.
		#[pallet::call_index(22)]
		#[pallet::weight(T::WeightInfo::transfer_ticket().saturating_add(T::StakeLocks::weight()))]
		pub fn transfer_ticket(
			origin: OriginFor<T>,
			ticket: TicketId,
			points: Balance,
			to: T::AccountId,
		) -> DispatchResultWithPostInfo {
			let owner = ensure_signed(origin)?;
			let checked = Self::do_transfer_ticket(&owner, ticket, points, &to)?;
			Ok(Some(T::WeightInfo::transfer_ticket().saturating_add(checked)).into())
		}

		/// Pays a mature ticket of the caller's to another account. What the caller has locked, by votes,
		/// stays with it.
		///
		/// ## Dispatch Origin
		/// Signed, by the ticket's owner.
		///
		/// ## Parameters
		/// - `ticket`: the ticket.
		/// - `beneficiary`: who is paid.
		///
		/// ## Errors
		/// - As for `withdraw`.
		/// - `StakeLocked`: the caller would be left with less than it has locked.
		///
		/// ## Events
		/// - `Withdrawn`.
		///
		/// As for `transfer_ticket`.
		#[pallet::call_index(23)]
		#[pallet::weight(T::WeightInfo::withdraw().saturating_add(T::StakeLocks::weight()))]
		pub fn withdraw_to(
			origin: OriginFor<T>,
			ticket: TicketId,
			beneficiary: T::AccountId,
		) -> DispatchResultWithPostInfo {
			let owner = ensure_signed(origin)?;
			let checked = Self::do_withdraw_to(&owner, ticket, &beneficiary)?;
			Ok(Some(T::WeightInfo::withdraw().saturating_add(checked)).into())
		}

		/// Pays a mature ticket to its owner, whoever asks for it: it frees room in the vault, and helps
		/// to wind a pool up. A ticket that is to move into another pool is its owner's alone to have
		/// paid, unless its own pool is being wound up.
		///
		/// ## Dispatch Origin
		/// Signed, by anyone.
		///
		/// ## Parameters
		/// - `owner`: whose ticket it is.
		/// - `ticket`: the ticket.
		///
		/// ## Errors
		/// - As for `withdraw`, `TicketMoving`, and `TicketRouted` where what is paid goes on by itself.
		///
		/// ## Events
		/// - `Withdrawn`.
		///
		/// Cost does not depend on state.
		#[pallet::call_index(24)]
		#[pallet::weight(T::WeightInfo::withdraw())]
		pub fn withdraw_for(
			origin: OriginFor<T>,
			owner: T::AccountId,
			ticket: TicketId,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_withdraw_for(&owner, ticket)
		}

		/// Pays those of the caller's tickets that can be paid. The others stay as they are.
		///
		/// ## Dispatch Origin
		/// Signed, by the tickets' owner.
		///
		/// ## Parameters
		/// - `tickets`: the tickets.
		///
		/// ## Errors
		/// - None.
		///
		/// ## Events
		/// - `Withdrawn` or `WithdrawFailed` for each.
		///
		/// Cost grows with the number of tickets.
		#[pallet::call_index(25)]
		#[pallet::weight(T::WeightInfo::withdraw_many(tickets.len() as u32))]
		pub fn withdraw_many(
			origin: OriginFor<T>,
			tickets: BoundedVec<TicketId, T::MaxWithdrawals>,
		) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_withdraw_many(&owner, tickets.into_inner());
			Ok(())
		}

		/// Lists a currency that rewards are paid in, for good. The account that the origin stands for
		/// pays the asset's minimum balance into the account of rewards.
		///
		/// ## Dispatch Origin
		/// Governance.
		///
		/// ## Parameters
		/// - `asset`: the asset.
		///
		/// ## Errors
		/// - `AssetNotFound`, `CurrencyExists`, `TooManyCurrencies`.
		/// - What the transfer of the minimum balance fails with.
		///
		/// ## Events
		/// - `RewardCurrencyAdded`.
		///
		/// Cost does not depend on state.
		#[pallet::call_index(26)]
		#[pallet::weight(T::WeightInfo::add_reward_currency())]
		pub fn add_reward_currency(origin: OriginFor<T>, asset: AssetId) -> DispatchResult {
			let funder = T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_add_reward_currency(&funder, asset)
		}

		/// Retires a reward currency, or takes it up again. What is owed in it stays claimable.
		///
		/// ## Dispatch Origin
		/// Governance.
		///
		/// ## Parameters
		/// - `asset`: the currency.
		/// - `status`: active or retired.
		///
		/// ## Errors
		/// - `CurrencyNotFound`.
		///
		/// ## Events
		/// - `RewardCurrencyChanged`, with the old status and the new.
		///
		/// Cost does not depend on state.
		#[pallet::call_index(27)]
		#[pallet::weight(T::WeightInfo::set_reward_currency())]
		pub fn set_reward_currency(
			origin: OriginFor<T>,
			asset: AssetId,
			status: CurrencyStatus,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_set_reward_currency(asset, status)
		}

		/// Pays the caller all that its position in a pool has earned, in every currency. A currency that
		/// cannot be moved stays owed and stops no other.
		///
		/// Where the position compounds (`set_compounding`) and has shares, what it is owed in PICA becomes
		/// stake in the pool at its price, by the rules of `stake`. If pool or vault don't take it, it is
		/// paid all the same.
		///
		/// ## Dispatch Origin
		/// Signed.
		///
		/// ## Parameters
		/// - `pool`: the pool.
		///
		/// ## Errors
		/// - `PoolNotFound`, `NothingToClaim`.
		/// - What the transfer fails with, where no currency could be moved.
		///
		/// ## Events
		/// - `Claimed`, `Compounded` or `ClaimFailed` for each currency.
		///
		/// Cost grows with the number of currencies, and what was charged for more goes back.
		#[pallet::call_index(28)]
		#[pallet::weight(Pallet::<T>::weight_of_claim(T::MaxRewardCurrencies::get()))]
		pub fn claim(origin: OriginFor<T>, pool: PoolId) -> DispatchResultWithPostInfo {
			let owner = ensure_signed(origin)?;
			Ok(Self::claimed(Self::do_claim(&owner, pool)?))
		}

		/// Pays a restaker what its position has earned, whoever asks for it.
		///
		/// ## Dispatch Origin
		/// Signed, by anyone.
		///
		/// ## Parameters
		/// - `owner`: the restaker.
		/// - `pool`: the pool.
		///
		/// ## Errors
		/// - As for `claim`.
		///
		/// ## Events
		/// - As for `claim`.
		///
		/// As for `claim`.
		#[pallet::call_index(29)]
		#[pallet::weight(Pallet::<T>::weight_of_claim(T::MaxRewardCurrencies::get()))]
		pub fn claim_for(
			origin: OriginFor<T>,
			owner: T::AccountId,
			pool: PoolId,
		) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			Ok(Self::claimed(Self::do_claim(&owner, pool)?))
		}

		/// Pays the treasury what streamed to a pool while nobody had shares of it.
		///
		/// ## Dispatch Origin
		/// Signed, by anyone.
		///
		/// ## Parameters
		/// - `pool`: the pool.
		///
		/// ## Errors
		/// - `PoolNotFound`, `NothingToClaim`.
		/// - What the transfer fails with, where no currency could be moved.
		///
		/// ## Events
		/// - `UnearnedMoved` for each currency.
		///
		/// Cost does not depend on state.
		#[pallet::call_index(30)]
		#[pallet::weight(T::WeightInfo::move_unearned())]
		pub fn move_unearned(origin: OriginFor<T>, pool: PoolId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_move_unearned(pool)
		}

		/// Decides what becomes of what the caller's position in a pool of PICA is owed in PICA whenever it
		/// is claimed, by whomever: stake in the same pool, or money of the caller's. It holds until it is
		/// decided otherwise or the position goes away: a position without shares stays only until what it
		/// is owed was paid, and does not compound.
		///
		/// ## Dispatch Origin
		/// Signed.
		///
		/// ## Parameters
		/// - `pool`: the pool.
		/// - `compound`: whether it becomes stake.
		///
		/// ## Errors
		/// - `PoolNotFound`, `PositionNotFound`.
		/// - `CannotCompound`: the pool is not one of PICA.
		///
		/// ## Events
		/// - `CompoundingChanged`, with what was decided before and what now.
		///
		/// Cost does not depend on state.
		#[pallet::call_index(31)]
		#[pallet::weight(T::WeightInfo::set_compounding())]
		pub fn set_compounding(
			origin: OriginFor<T>,
			pool: PoolId,
			compound: bool,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_compounding(&who, pool, compound)
		}
	}
}
