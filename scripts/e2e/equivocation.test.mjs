// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

// A validator that is run twice is found out.

import { test } from "node:test";
import { equivocate } from "./equivocation.mjs";

test("who validates twice is reported, disabled, slashed and out, and finality goes on", { timeout: 15 * 60_000 }, (context) =>
	equivocate((step) => context.diagnostic(step)),
);
