// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Messages to and from other chains: what waits to be carried, what may come in, and what came back.

#![cfg_attr(not(feature = "std"), no_std)]
