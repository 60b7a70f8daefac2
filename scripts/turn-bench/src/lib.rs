// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! The whole runtime compiled for this machine, and who is on its chain: for what is measured of it.

pub mod chain;
pub mod people;
pub mod signer;
