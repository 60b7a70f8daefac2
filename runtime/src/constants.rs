// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Units of money and of time, and what depends on nothing else.

/// Money.
pub mod currency {
	use picasso_primitives::Balance;

	/// One PICA, in planck: 12 decimals.
	pub const PICA: Balance = 1_000_000_000_000;

	/// The thousandth part of one PICA.
	pub const MILLI_PICA: Balance = PICA / 1_000;

	/// What an account must hold to exist: 0.001 PICA.
	pub const EXISTENTIAL_DEPOSIT: Balance = MILLI_PICA;

	/// What state costs its owner: a deposit for each item and each byte, given back with them.
	pub const fn deposit(items: u32, bytes: u32) -> Balance {
		items as Balance * 10 * PICA + bytes as Balance * 100 * MILLI_PICA
	}
}

/// Time.
pub mod time {
	use picasso_primitives::BlockNumber;

	/// Milliseconds from block to block: the length of a slot.
	pub const MILLISECS_PER_BLOCK: u64 = 6_000;

	/// One minute, in blocks.
	pub const MINUTES: BlockNumber = (60_000 / MILLISECS_PER_BLOCK) as BlockNumber;
	/// One hour, in blocks.
	pub const HOURS: BlockNumber = 60 * MINUTES;
	/// One day, in blocks.
	pub const DAYS: BlockNumber = 24 * HOURS;
	/// One year of 365.25 days, in blocks.
	pub const YEAR: BlockNumber = 365 * DAYS + DAYS / 4;

	/// The part of slots that have a primary author in BABE: 1 in 4.
	pub const PRIMARY_PROBABILITY: (u64, u64) = (1, 4);

	/// A session, which is an epoch of BABE, in slots.
	pub mod session {
		/// One hour.
		pub const PRODUCTION: u64 = super::HOURS as u64;
		/// Two minutes: short enough to watch.
		pub const DEVELOPMENT: u64 = 2 * super::MINUTES as u64;
	}

	/// An era of restaking, in blocks.
	pub mod era {
		use super::{BlockNumber, HOURS};

		/// Four hours.
		pub const PRODUCTION: BlockNumber = 4 * HOURS;
		/// One minute.
		pub const DEVELOPMENT: BlockNumber = 10;
	}

	/// From an exit to the era in which it may mature, in eras.
	pub mod unbonding {
		/// Seven days.
		pub const PRODUCTION: u32 = 42;
		/// Three minutes.
		pub const DEVELOPMENT: u32 = 3;
	}

	/// Exits mature in eras that are a multiple of this.
	pub mod granularity {
		/// Once a day.
		pub const PRODUCTION: u32 = 6;
		/// In every era.
		pub const DEVELOPMENT: u32 = 1;
	}
}
