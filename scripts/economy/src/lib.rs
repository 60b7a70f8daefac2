// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! The economy of the chain: the runtime, compiled for this machine, over a state in memory, by the calls
//! that people make.
//!
//! - [`world`]: a chain and the people on it, how time passes there, and what must always hold.
//! - [`walk`]: walks through all that people can do, at random. `scripts/soak economy` calls it.
//! - [`year`]: a year of eras. `scripts/simulate-economy` calls it.

pub mod calls;
pub mod dice;
pub mod walk;
pub mod watch;
pub mod world;
pub mod year;
