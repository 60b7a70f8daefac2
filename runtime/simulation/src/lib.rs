// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Picasso beside a relay chain, Asset Hub, a Bifrost-like chain and a gateway, in one process.
