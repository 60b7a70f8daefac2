// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

// Starts and stops nodes of the built binary, each on ports and in a folder of its own.

import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

// Each node and folder is cleared away when the process ends.
process.setMaxListeners(0);

export const BINARY =
	process.env.PICASSO_NODE ?? new URL("../../target/debug/picasso-node", import.meta.url).pathname;

const READY_WITHIN_MS = 300_000;

/** A port that nobody listens on. */
export function freePort() {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once("error", reject);
		server.listen(0, "127.0.0.1", () => {
			const { port } = server.address();
			server.close(() => resolve(port));
		});
	});
}

/** A folder that is gone with the process. */
export function temporaryFolder() {
	const folder = mkdtempSync(join(tmpdir(), "picasso-"));
	process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
	return folder;
}

/** Runs the binary to its end. */
export function run(...args) {
	const { status, stdout, stderr } = spawnSync(BINARY, args, { encoding: "utf8", maxBuffer: 2 ** 26, timeout: 120_000 });
	return { status, output: stdout + stderr, stdout };
}

export class Node {
	/** Starts a node and waits until it answers. */
	static async start({ args, basePath = temporaryFolder() }) {
		const node = new Node();
		node.basePath = basePath;
		[node.port, node.rpcPort] = [await freePort(), await freePort()];
		const all = [
			...args,
			...["--base-path", basePath, "--rpc-port", node.rpcPort],
			...["--listen-addr", `/ip4/127.0.0.1/tcp/${node.port}`],
			...["--no-prometheus", "--no-telemetry", "--no-mdns"],
		].map(String);
		node.log = "";
		node.process = spawn(BINARY, all, { stdio: ["ignore", "pipe", "pipe"] });
		for (const stream of [node.process.stdout, node.process.stderr]) {
			stream.on("data", (chunk) => (node.log += chunk));
		}
		node.ended = new Promise((resolve) => node.process.once("exit", resolve));
		process.on("exit", () => node.process.kill("SIGKILL"));
		await node.untilReady();
		return node;
	}

	get url() {
		return `ws://127.0.0.1:${this.rpcPort}`;
	}

	async untilReady() {
		const deadline = Date.now() + READY_WITHIN_MS;
		while (Date.now() < deadline) {
			if (this.process.exitCode !== null) break;
			const answered = await this.rpc("system_health").catch(() => null);
			if (answered) return;
			await sleep(200);
		}
		this.process.kill("SIGKILL");
		throw new Error(`the node did not get ready:\n${this.log}`);
	}

	/** Asks the node by plain JSON-RPC. */
	async rpc(method, ...params) {
		const response = await fetch(`http://127.0.0.1:${this.rpcPort}`, {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify({ id: 1, jsonrpc: "2.0", method, params }),
		});
		const { result, error } = await response.json();
		if (error) throw new Error(`${method}: ${error.message}`);
		return result;
	}

	async number(hash) {
		return Number((await this.rpc("chain_getHeader", hash)).number);
	}

	async finalized() {
		return this.number(await this.rpc("chain_getFinalizedHead"));
	}

	/** Ends the node, at once and without warning if `signal` is SIGKILL. */
	async stop(signal = "SIGTERM") {
		this.process.kill(signal);
		await this.ended;
	}
}

/** Waits until `check` is truthy, and returns what it is. */
export async function until(what, check, withinMs = 120_000) {
	const deadline = Date.now() + withinMs;
	for (;;) {
		const value = await check();
		if (value) return value;
		if (Date.now() > deadline) throw new Error(`waited too long until ${what}`);
		await sleep(300);
	}
}

/** Watches how far a node's finality is behind. `stop` says by how many blocks it was, at the most. */
export function watchFinality(node) {
	let mostBehind = 0;
	const watch = setInterval(async () => {
		const best = await node.number().catch(() => 0);
		const final = await node.finalized().catch(() => best);
		mostBehind = Math.max(mostBehind, best - final);
	}, 3_000);
	// A test that fails does not stop it.
	watch.unref();
	return {
		stop() {
			clearInterval(watch);
			return mostBehind;
		},
	};
}
