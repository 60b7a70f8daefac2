// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

// Has referenda decide, as anyone would: proposes, places the deposit, votes, and waits until the
// proposal is enacted. Development networks take a few blocks for it.

import { setTimeout as sleep } from "node:timers/promises";
import { bestNumber, blockAt, nameOf, send } from "./chain.mjs";

/** What a referendum can decide as: its track follows from it. */
export const ORIGIN = {
	root: { system: "Root" },
	whitelistedCaller: { Origins: "WhitelistedCaller" },
	generalAdmin: { Origins: "GeneralAdmin" },
	referendumCanceller: { Origins: "ReferendumCanceller" },
	referendumKiller: { Origins: "ReferendumKiller" },
	avsAdmin: { Origins: "AvsAdmin" },
	slashAdmin: { Origins: "SlashAdmin" },
};

const PICA = 10n ** 12n;
/** What each of them votes with: more than half of all PICA together. */
const VOTE = 90_000_000n * PICA;
const PROPOSER = "//Ferdie";
const VOTERS = [
	"//Dave", "//Eve", "//Ferdie",
	"//Alice//stash", "//Bob//stash", "//Charlie//stash",
	"//Dave//stash", "//Eve//stash", "//Ferdie//stash",
];
const INLINE_BYTES = 128;

/** Makes a block, or waits for one where blocks come by themselves. */
async function nextBlock(api) {
	await api.rpc.engine.createBlock(true, true).catch(() => sleep(1_000));
}

/** A call as a proposal, in the referendum itself or, if it is long, as a preimage. */
async function bound(api, call, proposer) {
	const encoded = call.method.toU8a();
	if (encoded.length <= INLINE_BYTES) return { Inline: call.method.toHex() };
	const hash = call.method.hash.toHex();
	const known = await api.query.preimage.requestStatusFor(hash);
	if (known.isNone) await send(api.tx.preimage.notePreimage(call.method.toHex()), proposer);
	return { Lookup: { hash, len: encoded.length } };
}

/** Submits a referendum and places its decision deposit. Returns its index. */
export async function propose(api, proposer, call, origin = ORIGIN.root) {
	const proposal = await bound(api, call, proposer);
	const { events } = await send(api.tx.referenda.submit(origin, proposal, { After: 0 }), proposer);
	const index = events.find(({ method }) => method === "Submitted").data.index.toNumber();
	await send(api.tx.referenda.placeDecisionDeposit(index), proposer);
	return index;
}

/** A vote without conviction. */
export function vote(api, index, balance, aye = true) {
	const standard = { Standard: { vote: { aye, conviction: "None" }, balance } };
	return api.tx.convictionVoting.vote(index, standard);
}

/** How the scheduler calls the enactment of a referendum. */
function enactmentOf(api, index) {
	const name = api.createType("([u8; 8], Text, u32)", ["assembly", "enactment", index]);
	return api.registry.hash(name.toU8a()).toHex();
}

/** Lets blocks pass until a referendum is enacted. Returns the events of that block. */
export async function untilEnacted(api, index, since = 1) {
	const id = enactmentOf(api, index);
	for (let number = since; ; ) {
		const best = await bestNumber(api);
		for (; number <= best; number++) {
			const { events } = await blockAt(api, number);
			const isOurs = ({ section, method, data }) =>
				section === "scheduler" && method === "Dispatched" && data.id.toString() === id;
			if (events.some(isOurs)) return events;
		}
		const info = (await api.query.referenda.referendumInfoFor(index)).unwrap();
		if (!info.isOngoing && !info.isApproved) throw new Error(`referendum ${index}: ${info.type}`);
		await nextBlock(api);
	}
}

/** Has voters pass a referendum. Returns the events of the block in which it is enacted. */
export async function pass(api, voters, index, since) {
	await Promise.all(voters.map((voter) => send(vote(api, index, VOTE), voter)));
	return untilEnacted(api, index, since);
}

/**
 * Has one referendum decide `calls`. Returns what each of them came to: "Ok", or its error's name.
 * Who votes has its PICA back at the end. Where blocks count, let fewer vote.
 */
export async function decide(api, keyring, calls, origin = ORIGIN.root, uris = VOTERS) {
	const proposer = keyring.addFromUri(PROPOSER);
	const voters = uris.map((uri) => keyring.addFromUri(uri));
	const since = await bestNumber(api);
	const index = await propose(api, proposer, api.tx.utility.forceBatch(calls), origin);
	const { track } = (await api.query.referenda.referendumInfoFor(index)).unwrap().asOngoing;
	const events = await pass(api, voters, index, since);
	const refund = [
		api.tx.referenda.refundDecisionDeposit(index),
		api.tx.referenda.refundSubmissionDeposit(index),
	];
	await Promise.all(
		voters.map((voter, at) => {
			const release = [
				api.tx.convictionVoting.removeVote(track, index),
				api.tx.convictionVoting.unlock(track, voter.address),
			];
			return send(api.tx.utility.batchAll(at === 0 ? [...release, ...refund] : release), voter);
		}),
	);
	return events
		.filter(({ section, method }) => section === "utility" && /^Item(Completed|Failed)$/.test(method))
		.map(({ method, data }) => (method === "ItemCompleted" ? "Ok" : nameOf(data.error)));
}
