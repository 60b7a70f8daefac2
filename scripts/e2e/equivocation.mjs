// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

// A local network of four validators, one of which is run a second time with the same keys: it is found,
// reported by the others, and disabled, and finality goes on.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { ASSET, connect } from "./chain.mjs";
import { Node, until, watchFinality } from "./node.mjs";

/** Who is run twice. */
const OFFENDER = { name: "dave", uri: "//Dave" };
/** A session of the local network. */
const SESSION_MS = 2 * 60_000;
/** The offender has one slot in four: half a minute, commonly. A machine that is busy takes longer. */
const FOUND_WITHIN_MS = 3 * SESSION_MS;
/** A session is planned when the one before begins. */
const OUT_WITHIN_SESSIONS = 2;
/** Finality may not lag by more blocks at any time. */
const MOST_BEHIND = 12;
/** Final blocks that show that it goes on. */
const FINAL_BLOCKS_AFTER = 5;

/**
 * Runs it all, and tells of each step by `tell`. Throws where something does not happen, or not in time.
 */
export async function equivocate(tell) {
	const nodes = [];
	let api;
	try {
		const validator = async (name, ...args) => {
			const key = randomBytes(32).toString("hex");
			const node = await Node.start({ args: ["--chain", "local", `--${name}`, "--node-key", key, ...args] });
			nodes.push(node);
			return node;
		};
		tell("Starting a local network of four validators");
		const first = await validator("alice");
		const peer = await first.rpc("system_localPeerId");
		const bootnodes = ["--bootnodes", `/ip4/127.0.0.1/tcp/${first.port}/p2p/${peer}`];
		for (const name of ["bob", "charlie", OFFENDER.name]) await validator(name, ...bootnodes);
		await until("blocks are final", async () => (await first.finalized()) >= 2);
		const finality = watchFinality(first);
		const connection = await connect(first.url);
		api = connection.api;
		const offender = connection.keyring.addFromUri(OFFENDER.uri).address;
		const before = await stakeOf(api, offender);

		tell(`Starting ${OFFENDER.name} a second time, with the same keys`);
		const from = await first.finalized();
		await validator(OFFENDER.name, ...bootnodes);
		const report = await untilReported(api, first, from);
		tell(`${report.kind} is reported in block ${report.number}, final, of session ${report.session}`);

		assert.ok(await isDisabled(api, offender, report.hash), "the offender is disabled with the report");
		tell("The offender is disabled");

		await untilSlashedAndOut(api, offender, before, report);
		tell("The offender is slashed, and validates no more");

		const final = await first.finalized();
		await until("finality goes on", async () => (await first.finalized()) >= final + FINAL_BLOCKS_AFTER);
		const mostBehind = finality.stop();
		assert.ok(mostBehind <= MOST_BEHIND, `finality was ${mostBehind} blocks behind`);
		tell(`Finality goes on; it was ${mostBehind} blocks behind at the most`);
	} finally {
		await api?.disconnect();
		await Promise.all(nodes.map((node) => node.stop("SIGKILL")));
	}
}

/** The first final block after `from` that has an offence. */
async function untilReported(api, node, from) {
	let seen = from;
	return until(
		"the equivocation is reported",
		async () => {
			for (const final = await node.finalized(); seen < final; ) {
				seen += 1;
				const hash = await api.rpc.chain.getBlockHash(seen);
				const at = await api.at(hash);
				const events = await at.query.system.events();
				const failed = events.some(({ event }) => api.events.system.ExtrinsicFailed.is(event));
				assert.ok(!failed, `a report fails in block ${seen}`);
				const offence = events.find(({ event }) => api.events.offences.Offence.is(event));
				if (!offence) continue;
				const kind = offence.event.data.kind.toUtf8();
				assert.match(kind, /^(babe|grandpa):equivoca/);
				return { number: seen, hash, kind, session: (await at.query.session.currentIndex()).toNumber() };
			}
			return null;
		},
		FOUND_WITHIN_MS,
	);
}

/** Whether a validator of a block's session may make no more blocks in it. */
async function isDisabled(api, validator, hash) {
	const at = await api.at(hash);
	const index = (await at.query.session.validators()).findIndex((known) => known.toString() === validator);
	const disabled = (await at.query.session.disabledValidators()).map(([known]) => known.toNumber());
	return disabled.includes(index);
}

/** Planck that an operator has in its pool of PICA. */
async function stakeOf(api, operator) {
	const { items } = await api.call.restakingApi.pools({ operator, asset: ASSET.PICA }, 0, 256);
	return items[0].active.toBigInt();
}

/**
 * What slashing does: the offender has less stake than `before`, and is not among the validators of the
 * second session after the report's.
 */
async function untilSlashedAndOut(api, offender, before, report) {
	const withinMs = (OUT_WITHIN_SESSIONS + 1) * SESSION_MS;
	await until("stake is taken", async () => (await stakeOf(api, offender)) < before, withinMs);
	const validators = async () => (await api.query.session.validators()).map(String);
	await until("the offender is out", async () => !(await validators()).includes(offender), withinMs);
	const session = (await api.query.session.currentIndex()).toNumber();
	assert.ok(session <= report.session + OUT_WITHIN_SESSIONS, `it was out in session ${session}`);
	assert.equal((await validators()).length, 3);
}
