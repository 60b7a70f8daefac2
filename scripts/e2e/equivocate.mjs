// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

// Runs a validator twice and tells what becomes of it.

import { equivocate } from "./equivocation.mjs";

const started = Date.now();
try {
	await equivocate((step) => {
		const seconds = Math.round((Date.now() - started) / 1_000);
		console.log(`${String(seconds).padStart(4)} s  ${step}`);
	});
} catch (error) {
	console.error(`error: ${error.message}`);
	process.exitCode = 1;
}
