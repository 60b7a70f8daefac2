// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What happened.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod events {
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An asset was registered, and is active.
		AssetRegistered {
			/// The asset.
			asset: AssetId,
			/// What it is elsewhere, in canonical form.
			foreign: ForeignId,
			/// Decimals of its unit.
			decimals: u8,
			/// Its symbol.
			symbol: Symbol,
			/// The chain that holds what is issued here, if it is known.
			reserve: Option<Location>,
			/// How the link to that chain is secured.
			trust: TrustClass,
			/// Whether the asset was there before.
			adopted: bool,
		},
		/// The chain that holds what is issued of an asset became known.
		ReserveSet {
			/// The asset.
			asset: AssetId,
			/// The chain, as this chain sees it, in canonical form.
			reserve: Location,
		},
		/// Governance decided what may be done with an asset.
		StatusChanged {
			/// The asset.
			asset: AssetId,
			/// What it was.
			old: AssetStatus,
			/// What it is.
			new: AssetStatus,
		},
		/// Governance decided how far an asset's link is trusted.
		TrustChanged {
			/// The asset.
			asset: AssetId,
			/// The class it was in.
			old: TrustClass,
			/// The class it is in.
			new: TrustClass,
		},
		/// Governance decided what vaults of a class's assets may be worth together.
		ClassCapChanged {
			/// The class.
			class: TrustClass,
			/// What it was, in planck of PICA; none where they took nothing.
			old: Option<Balance>,
			/// What it is.
			new: Option<Balance>,
		},
	}
}
