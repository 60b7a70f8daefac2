// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What is wrong.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod errors {
	#[pallet::error]
	pub enum Error<T> {
		/// The id is PICA's, or names no network but this chain.
		NotForeign,
		/// The id is registered already: what it is elsewhere never changes.
		AlreadyRegistered,
		/// What the asset is elsewhere is registered under another id.
		ForeignIdTaken,
		/// The asset is not registered.
		NotRegistered,
		/// The location is on this chain.
		LocalLocation,
		/// The location doesn't begin with a network, one step up from here.
		LocationNotGlobal,
		/// The network has a better name, or shares this one with others.
		AmbiguousNetwork,
		/// What is at the location has another location as well, or is no asset.
		AmbiguousLocation,
		/// Not an ICS-20 trace as this chain sees it: `port/channel-N/…/denomination`, printable, not
		/// hashed.
		InvalidTrace,
		/// The address is not that of a token of its own.
		InvalidAddress,
		/// An asset with a location needs a reserve.
		ReserveMissing,
		/// The reserve is not a chain.
		NotAChain,
		/// The asset has a reserve, which never changes.
		ReserveIsKnown,
		/// More decimals than an asset may have.
		TooManyDecimals,
		/// Everybody knows that this token has other decimals.
		WrongDecimals,
		/// The asset is there with other decimals.
		DecimalsMismatch,
		/// The symbol is empty, or not printable ASCII without spaces.
		InvalidSymbol,
		/// The asset is there with another symbol.
		SymbolMismatch,
		/// A minimum balance of zero.
		ZeroMinimumBalance,
		/// The asset is there with another minimum balance.
		MinimumBalanceMismatch,
		/// The asset is there, and can't be held by an account without PICA.
		NotSufficient,
		/// The asset is there, and somebody else than governance's account may issue it or freeze it.
		TeamMismatch,
		/// The asset is there, and is frozen or being destroyed.
		AssetNotLive,
		/// The asset has a vault that takes stake already: it can't be in a class before its cap is zero.
		DepositCapNotZero,
		/// The class has as many assets as it may have.
		TooManyMembers,
		/// The vaults of the class would be worth more than they may be.
		ClassCapExceeded,
		/// Nobody said what an asset of the class is worth.
		NoRate,
		/// The asset is not active: its vault can't be open.
		AssetNotActive,
	}
}
