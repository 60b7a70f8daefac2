// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

// The subcommands, and what the node says when it cannot start.

import assert from "node:assert/strict";
import { createServer } from "node:net";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Node, freePort, run, temporaryFolder } from "./node.mjs";

test("a chain is exported, checked, imported, reverted and purged", async () => {
	const [from, into] = [temporaryFolder(), temporaryFolder()];
	const node = await Node.start({ args: ["--dev"], basePath: from });
	while ((await node.finalized()) < 3) await new Promise((resolve) => setTimeout(resolve, 500));
	const third = await node.rpc("chain_getBlockHash", 3);
	await node.stop();

	const file = join(from, "blocks");
	const of = (folder) => ["--chain", "dev", "--base-path", folder];
	const ok = (...args) => {
		const { status, output } = run(...args);
		assert.equal(status, 0, `${args[0]}: ${output}`);
		return output;
	};
	ok("export-blocks", ...of(from), "--to", "3", "--binary", file);
	ok("check-block", ...of(from), "3");
	ok("import-blocks", ...of(into), "--binary", file);
	const follower = await Node.start({ args: ["--chain", "dev"], basePath: into });
	assert.equal(await follower.rpc("chain_getBlockHash", 3), third);
	await follower.stop();
	assert.match(ok("chain-info", ...of(into)), /best/i);
	ok("revert", ...of(into), "1");
	ok("purge-chain", ...of(into), "-y");
	assert.ok(!existsSync(join(into, "chains/picasso_dev/paritydb")));
});

test("specs of the networks are the same each time and carry the token's properties", () => {
	for (const network of ["dev", "local"]) {
		const [first, second] = [0, 1].map(() => run("export-chain-spec", "--chain", network, "--raw").stdout);
		assert.equal(first, second);
		const spec = JSON.parse(first);
		assert.deepEqual(spec.properties, { ss58Format: 49, tokenDecimals: 12, tokenSymbol: "PICA" });
	}
});

test("keys are made and inspected with Picasso's prefix", () => {
	const output = run("key", "inspect", "//Alice").output;
	assert.match(output, /SS58 Address:\s+5u?/);
});

test("a broken spec is named, with the remedy", () => {
	const file = join(temporaryFolder(), "spec.json");
	writeFileSync(file, "{ not a spec");
	const { status, output } = run("--chain", file, "--tmp");
	assert.notEqual(status, 0);
	assert.ok(output.includes(file));
	assert.match(output, /export-chain-spec/);
	assert.match(run("--chain", "nowhere.json", "--tmp").output, /Name a network \(dev, local\)/);
});

test("a validator without a node key is told how to make one", () => {
	const { status, output } = run("--chain", "local", "--validator", "--base-path", temporaryFolder());
	assert.notEqual(status, 0);
	assert.match(output, /generate-node-key/);
});

test("a used port is named, with the remedy", async () => {
	const used = await freePort();
	const server = createServer();
	await new Promise((resolve) => server.listen(used, "127.0.0.1", resolve));
	const other = await freePort();
	const listen = (port) => ["--listen-addr", `/ip4/127.0.0.1/tcp/${port}`];
	const common = ["--chain", "dev", "--tmp", "--no-prometheus", "--no-telemetry"];
	for (const args of [
		[...listen(other), "--rpc-port", used],
		[...listen(used), "--rpc-port", other],
	]) {
		const { status, output } = run(...common, ...args.map(String));
		assert.notEqual(status, 0, output);
		assert.ok(output.includes(String(used)), output);
		assert.match(output, /in use/i);
		assert.match(output, /with --(rpc-)?port/);
	}
	server.close();
});

test("a disk too full is named, with the remedy", () => {
	const folder = temporaryFolder();
	mkdirSync(folder, { recursive: true });
	const { status, output } = run(
		...["--chain", "dev", "--base-path", folder, "--no-prometheus", "--no-telemetry"],
		...["--db-storage-threshold", "900000000", "--rpc-port", "0", "--listen-addr", "/ip4/127.0.0.1/tcp/0"],
	);
	assert.notEqual(status, 0);
	assert.match(output, /MiB are free/);
	assert.match(output, /--base-path/);
});
