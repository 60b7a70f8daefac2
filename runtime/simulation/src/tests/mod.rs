// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What the chains do to one another.

mod bad_input;
mod network;
mod path;
mod spending;
mod steps;
mod treasury;
mod walk;
