// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

mod costs;
mod fees;
mod presets;
mod proxies;
