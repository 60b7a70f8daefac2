// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What the pallet does, by subject.

use crate::{mock::*, pallet::*, types::*};
