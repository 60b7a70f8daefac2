// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What calls cost. The runtime has them measured.

use frame_support::weights::Weight;

/// What calls cost.
pub trait WeightInfo {
	/// `register`.
	fn register() -> Weight;
	/// `set_reserve`.
	fn set_reserve() -> Weight;
	/// `set_status`, but for stopping the vault.
	fn set_status() -> Weight;
	/// `set_trust` into a class that is almost full.
	fn set_trust() -> Weight;
	/// `set_class_cap` of a class that is full.
	fn set_class_cap() -> Weight;
	/// Raising the deposit cap of a vault whose class is full.
	fn ensure_allowed() -> Weight;
}
