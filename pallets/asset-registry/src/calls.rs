// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What governance can ask for.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod calls {
	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Says what an asset is elsewhere, once and for all. It is created, so that any account can hold it
		/// without PICA; or it is adopted, where it is there already and agrees with what is told.
		///
		/// ## Dispatch Origin
		/// `GovernanceOrigin`. Its account owns the asset.
		///
		/// ## Parameters
		/// - `asset`: its id, `network << 96 | protocol << 64 | nonce`, of another network than this chain.
		/// - `details`: what it is. `decimals` at most 30; `symbol` printable ASCII without spaces, not
		///   empty; `minimum_balance` in planck of it, not zero; `reserve` a chain, as this chain sees it,
		///   which only an asset without a location may lack.
		///
		/// ## Errors
		/// - `NotForeign`, `AlreadyRegistered`, `ForeignIdTaken`, `TooManyMembers`, `DepositCapNotZero`.
		/// - `LocalLocation`, `LocationNotGlobal`, `AmbiguousNetwork`, `AmbiguousLocation`,
		///   `InvalidTrace`, `InvalidAddress`: it has no canonical form, or its reserve has none.
		/// - `ReserveMissing`, `NotAChain`.
		/// - `TooManyDecimals`, `WrongDecimals`, `InvalidSymbol`, `ZeroMinimumBalance`.
		/// - `DecimalsMismatch`, `SymbolMismatch`, `MinimumBalanceMismatch`, `NotSufficient`,
		///   `TeamMismatch`, `AssetNotLive`: it is there and differs.
		/// - What pallet-assets fails with.
		///
		/// ## Events
		/// - `AssetRegistered`, and those of pallet-assets.
		///
		/// ## Complexity
		/// O(assets of its class), which are read and written as one.
		#[pallet::call_index(0)]
		#[pallet::weight(<T as Config>::WeightInfo::register())]
		pub fn register(origin: OriginFor<T>, asset: AssetId, details: Details) -> DispatchResult {
			let owner = T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_register(owner, asset, details)
		}

		/// Says which chain holds what is issued of an asset that was registered before a bridge led to it.
		///
		/// ## Dispatch Origin
		/// `GovernanceOrigin`.
		///
		/// ## Parameters
		/// - `asset`: the asset.
		/// - `reserve`: the chain, as this chain sees it.
		///
		/// ## Errors
		/// - `NotRegistered`, `ReserveIsKnown`.
		/// - `NotAChain`, `LocalLocation`, `LocationNotGlobal`, `AmbiguousNetwork`.
		///
		/// ## Events
		/// - `ReserveSet`.
		///
		/// ## Complexity
		/// O(1).
		#[pallet::call_index(1)]
		#[pallet::weight(<T as Config>::WeightInfo::set_reserve())]
		pub fn set_reserve(
			origin: OriginFor<T>,
			asset: AssetId,
			reserve: Location,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_set_reserve(asset, reserve)
		}

		/// Says what may be done with an asset. Unless it is active its vault takes no stake; while it is
		/// frozen nobody moves it. Once it is active again, governance may open its vault again.
		///
		/// ## Dispatch Origin
		/// `GovernanceOrigin`.
		///
		/// ## Parameters
		/// - `asset`: the asset.
		/// - `status`: what may be done with it.
		///
		/// ## Errors
		/// - `NotRegistered`.
		/// - What pallet-assets fails with.
		///
		/// ## Events
		/// - `StatusChanged`, and those of pallet-assets and of the vault.
		///
		/// ## Complexity
		/// O(1).
		#[pallet::call_index(2)]
		#[pallet::weight(
			<T as Config>::WeightInfo::set_status().saturating_add(T::Vaults::weight_of_stopping())
		)]
		pub fn set_status(
			origin: OriginFor<T>,
			asset: AssetId,
			status: AssetStatus,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_set_status(asset, status)
		}

		/// Says how the link to an asset's reserve is secured.
		///
		/// ## Dispatch Origin
		/// `GovernanceOrigin`.
		///
		/// ## Parameters
		/// - `asset`: the asset.
		/// - `trust`: the class, which must have room for what the asset's vault takes.
		///
		/// ## Errors
		/// - `NotRegistered`, `TooManyMembers`, `ClassCapExceeded`, `NoRate`.
		///
		/// ## Events
		/// - `TrustChanged`.
		///
		/// ## Complexity
		/// O(assets of the class).
		#[pallet::call_index(3)]
		#[pallet::weight(<T as Config>::WeightInfo::set_trust())]
		pub fn set_trust(
			origin: OriginFor<T>,
			asset: AssetId,
			trust: TrustClass,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_set_trust(asset, trust)
		}

		/// Says what the vaults of a class's assets may be worth together, if they are full.
		///
		/// ## Dispatch Origin
		/// `GovernanceOrigin`.
		///
		/// ## Parameters
		/// - `class`: the class.
		/// - `cap`: the most that they may be worth, in planck of PICA; none where they take nothing.
		///
		/// ## Errors
		/// - `ClassCapExceeded`: they are worth more, at the rates of now.
		/// - `NoRate`.
		///
		/// ## Events
		/// - `ClassCapChanged`.
		///
		/// ## Complexity
		/// O(assets of the class).
		#[pallet::call_index(4)]
		#[pallet::weight(<T as Config>::WeightInfo::set_class_cap())]
		pub fn set_class_cap(
			origin: OriginFor<T>,
			class: TrustClass,
			cap: Option<Balance>,
		) -> DispatchResult {
			T::GovernanceOrigin::ensure_origin(origin)?;
			Self::do_set_class_cap(class, cap)
		}
	}
}
