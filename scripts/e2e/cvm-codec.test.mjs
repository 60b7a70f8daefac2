// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

// The codec against the golden vectors, which the chain's own code is tested against, too.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { encodeProgram, executorOf, toHex } from "./cvm-codec.mjs";

const vectors = JSON.parse(
	readFileSync(new URL("../../primitives/vectors/cvm.json", import.meta.url), "utf8"),
);

for (const { name, program, encoded } of vectors.programs) {
	test(`program: ${name}`, () => assert.equal(toHex(encodeProgram(program)), encoded));
}

for (const { network, account, salt, executor } of vectors.executors) {
	test(`executor of ${account} of network ${network}, salt ${salt}`, () =>
		assert.equal(toHex(executorOf(network, account, salt)), executor));
}

test("every instruction, amount and destination has a vector", () => {
	const seen = new Set();
	const visit = (value) => {
		if (typeof value === "string") seen.add(value);
		if (value === null || typeof value !== "object") return;
		for (const [key, inner] of Object.entries(value)) {
			seen.add(key);
			visit(inner);
		}
	};
	vectors.programs.forEach(({ program }) => visit(program));
	const all = [
		"transfer", "stake", "unstake", "withdraw", "claim", "redelegate", "spawn", "recover",
		"exactly", "all", "part", "executor", "account", "refund", "parachain", "accountId32",
		"accountIndex64", "accountKey20", "palletInstance", "generalIndex", "generalKey", "onlyChild",
		"globalConsensus", "byGenesis", "byFork", "polkadot", "kusama", "ethereum", "bitcoinCore",
		"bitcoinCash", "polkadotBulletin",
	];
	for (const name of all) assert.ok(seen.has(name), `${name} has no vector`);
});

test("what is no program is refused", () => {
	const program = (instruction) => ({ tag: "0x", instructions: [instruction], refund: null });
	const refused = [
		{ tag: `0x${"00".repeat(33)}`, instructions: [], refund: null },
		{ tag: "tag", instructions: [], refund: null },
		{ tag: "0x", instructions: Array(33).fill({ claim: { pool: 1 } }), refund: null },
		program({ exchange: {} }),
		program({ claim: { pool: 2 ** 32 } }),
		program({ claim: { pool: -1 } }),
		program({ transfer: { to: "0x00", assets: [] } }),
		program({ stake: { pool: 1, amount: { some: "1" }, minShares: "0" } }),
	];
	for (const value of refused) assert.throws(() => encodeProgram(value));
});
