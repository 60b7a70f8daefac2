// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

// A fifth validator joins a running network of four by ordinary calls and authors blocks; one of the
// first leaves; finality never stops.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { randomBytes } from "node:crypto";
import { ASSET, UNIT, connect, poolOf, send } from "./chain.mjs";
import { Node, until, watchFinality } from "./node.mjs";

const CHAIN = 0;
const ONE = 10n ** 18n;
/** An era, and two sessions at the most: one to be planned in, and one to wait for. */
const TURN_MS = 15 * 60_000;
/** Finality may not lag by more blocks at any time. */
const MOST_BEHIND = 12;

const nodes = [];
let api;

async function validator(...args) {
	const key = randomBytes(32).toString("hex");
	const node = await Node.start({ args: ["--chain", "local", "--node-key", key, ...args] });
	nodes.push(node);
	return node;
}

after(async () => {
	await api?.disconnect();
	await Promise.all(nodes.map((node) => node.stop("SIGKILL")));
});

test("a validator joins a live network and another leaves, and finality never stops", { timeout: 3 * TURN_MS }, async () => {
	const first = await validator("--alice");
	const peer = await first.rpc("system_localPeerId");
	const bootnodes = ["--bootnodes", `/ip4/127.0.0.1/tcp/${first.port}/p2p/${peer}`];
	const charlieNode = await validator("--charlie", ...bootnodes);
	await validator("--bob", ...bootnodes);
	await validator("--dave", ...bootnodes);
	const fifth = await validator("--validator", "--rpc-methods", "unsafe", ...bootnodes);
	await until("blocks are final", async () => (await first.finalized()) >= 2);
	const connection = await connect(first.url);
	api = connection.api;
	const [eve, charlie] = ["//Eve", "//Charlie"].map((uri) => connection.keyring.addFromUri(uri));

	const finality = watchFinality(first);

	const account = `0x${Buffer.from(eve.publicKey).toString("hex")}`;
	const { keys, proof } = await fifth.rpc("author_rotateKeysWithOwner", account);
	await send(api.tx.session.setKeys(keys, proof), eve);
	await send(api.tx.restaking.registerOperator(10_000_000, "Eve"), eve);
	await send(api.tx.restaking.createPool(ASSET.PICA, "Eve PICA"), eve);
	const pool = await poolOf(api, eve.address, ASSET.PICA);
	await send(api.tx.restaking.stake(pool, 2_000_000n * UNIT.PICA, 0), eve);
	await send(api.tx.avs.join(CHAIN, null), eve);
	await send(api.tx.avs.allocate([{ avs: CHAIN, pool, fraction: ONE }]), eve);

	const validators = async () => (await api.query.session.validators()).map(String);
	await until("Eve validates", async () => (await validators()).includes(eve.address), TURN_MS);
	assert.equal((await validators()).length, 5);
	await until(
		"Eve has authored a block",
		async () => {
			const hash = await api.rpc.chain.getBlockHash();
			const { author } = await api.derive.chain.getHeader(hash);
			return author?.toString() === eve.address;
		},
		TURN_MS,
	);

	await send(api.tx.avs.leave(CHAIN), charlie);
	await until("Charlie is out", async () => !(await validators()).includes(charlie.address), TURN_MS);
	assert.equal((await validators()).length, 4);
	await charlieNode.stop();
	const final = await first.finalized();
	await until("finality goes on without it", async () => (await first.finalized()) > final + 5, TURN_MS);
	const mostBehind = finality.stop();
	assert.ok(mostBehind <= MOST_BEHIND, `finality was ${mostBehind} blocks behind`);
});
