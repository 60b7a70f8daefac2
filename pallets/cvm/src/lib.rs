// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Programs: what an account of another chain does here with one message.

#![cfg_attr(not(feature = "std"), no_std)]
