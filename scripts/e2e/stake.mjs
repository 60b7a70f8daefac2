// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

// Stakes on a running chain and shows the position.

import { parseArgs } from "node:util";
import { connect, send } from "./chain.mjs";

const USAGE = `usage: scripts/stake --asset SYMBOL --amount AMOUNT [--as URI] [--operator ADDRESS] [--rpc URL]

  --asset SYMBOL       what to stake: PICA, jitoSOL, mSOL, stATOM, wstETH, vDOT, DOT
  --amount AMOUNT      how much, in whole units: 1.5
  --as URI             who stakes (default //Alice)
  --operator ADDRESS   with whom (default: the first who has a pool for the asset)
  --rpc URL            where (default ws://127.0.0.1:9944)
  --help               this`;

function readArguments() {
	try {
		const options = Object.fromEntries(
			["asset", "amount", "as", "operator", "rpc"].map((name) => [name, { type: "string" }]),
		);
		const { values } = parseArgs({ options: { ...options, help: { type: "boolean" } } });
		if (values.help) {
			console.log(USAGE);
			process.exit(0);
		}
		if (!values.asset || !values.amount) throw new Error("--asset and --amount are needed");
		return { as: "//Alice", rpc: "ws://127.0.0.1:9944", ...values };
	} catch (error) {
		console.error(`${error.message}\n\n${USAGE}`);
		process.exit(2);
	}
}

/** The asset of a symbol: its id and its decimals. */
async function assetOf(api, symbol) {
	if (symbol === "PICA") return { id: 1n, decimals: 12 };
	const all = await api.query.assets.metadata.entries();
	const found = all.find(([, metadata]) => metadata.symbol.toUtf8() === symbol);
	if (!found) throw new Error(`there is no asset ${symbol}`);
	return { id: found[0].args[0].toBigInt(), decimals: found[1].decimals.toNumber() };
}

/** Whole units, as people write them, in planck. */
function planck(amount, decimals) {
	const match = /^(\d+)(?:\.(\d+))?$/.exec(amount);
	const fraction = match?.[2] ?? "";
	if (!match || fraction.length > decimals) {
		throw new Error(`${amount} is no amount with at most ${decimals} decimals`);
	}
	return BigInt(match[1] + fraction.padEnd(decimals, "0"));
}

/** The first open pool for an asset, whatever page it is on. */
async function poolFor(api, asset, operator) {
	for (let start = 0; ; ) {
		const { items, next } = await api.call.restakingApi.pools({ asset, operator }, start, 256);
		const open = items.find(({ status }) => status.isOpen);
		if (open) return open.pool.toNumber();
		if (next.isNone) throw new Error("no pool takes this asset");
		start = next.unwrap().toNumber();
	}
}

const options = readArguments();
const { api, keyring } = await connect(options.rpc);
try {
	const signer = keyring.addFromUri(options.as);
	const { id, decimals } = await assetOf(api, options.asset);
	const pool = await poolFor(api, id, options.operator ?? null);
	const amount = planck(options.amount, decimals);
	await send(api.tx.restaking.stake(pool, amount, 0), signer);
	console.log(`Staked ${options.amount} ${options.asset} in pool ${pool}. What ${signer.address} has:`);
	console.log(JSON.stringify((await api.call.restakingApi.position(signer.address)).toHuman(), null, 2));
} catch (error) {
	console.error(`error: ${error.message}`);
	process.exitCode = 1;
} finally {
	await api.disconnect();
}
