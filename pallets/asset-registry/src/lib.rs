// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What each asset is on other chains, and how far its link is trusted.

#![cfg_attr(not(feature = "std"), no_std)]
