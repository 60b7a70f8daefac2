// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

// Nodes among nodes, by BABE's slots: one syncs from another, and one survives being killed.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { randomBytes } from "node:crypto";
import { Node, temporaryFolder, until } from "./node.mjs";

const nodes = [];

async function start(options) {
	const node = await Node.start(options);
	nodes.push(node);
	return node;
}

after(() => Promise.all(nodes.map((node) => node.stop("SIGKILL"))));

test("three of the local network's four validators make and finalise blocks without the fourth", async () => {
	const validator = (name, bootnodes = []) =>
		start({
			args: [
				...["--chain", "local", `--${name}`, "--node-key", randomBytes(32).toString("hex")],
				...bootnodes.flatMap((bootnode) => ["--bootnodes", bootnode]),
			],
		});
	const alice = await validator("alice");
	const peer = await alice.rpc("system_localPeerId");
	const bootnode = `/ip4/127.0.0.1/tcp/${alice.port}/p2p/${peer}`;
	const others = await Promise.all(["bob", "charlie"].map((name) => validator(name, [bootnode])));
	// Two of four are not enough for finality: all three have to see and vote.
	for (const node of [alice, ...others]) {
		await until("blocks are final", async () => (await node.finalized()) >= 2);
	}
	const hashes = await Promise.all(
		[alice, ...others].map((node) => node.rpc("chain_getBlockHash", 2)),
	);
	assert.equal(new Set(hashes).size, 1);
	await Promise.all([alice, ...others].map((node) => node.stop()));
});

test("a second node syncs and agrees, and the first survives kill -9", async () => {
	const basePath = temporaryFolder();
	let author = await start({ args: ["--dev"], basePath });
	await until("blocks are final", async () => (await author.finalized()) >= 2);

	const peer = await author.rpc("system_localPeerId");
	const bootnode = `/ip4/127.0.0.1/tcp/${author.port}/p2p/${peer}`;
	const follower = await start({ args: ["--chain", "dev", "--bootnodes", bootnode] });
	await until("the second node has final blocks", async () => (await follower.finalized()) >= 2);
	const number = await follower.finalized();
	const [theirs, ours] = await Promise.all(
		[author, follower].map(async (node) => {
			const hash = await node.rpc("chain_getBlockHash", number);
			return { hash, root: (await node.rpc("chain_getHeader", hash)).stateRoot };
		}),
	);
	assert.deepEqual(theirs, ours);
	// Not only the header: the state itself is there.
	const key = "0x26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9";
	const keys = await follower.rpc("state_getKeysPaged", key, 10, null, ours.hash);
	assert.ok(keys.length > 0);

	const final = await author.finalized();
	const hash = await author.rpc("chain_getBlockHash", final);
	await author.stop("SIGKILL");
	author = await start({ args: ["--dev"], basePath });
	assert.equal(await author.rpc("chain_getBlockHash", final), hash);
	await until("the chain goes on", async () => (await author.finalized()) > final);
});
