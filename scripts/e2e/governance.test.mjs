// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

// Referenda on a live node: who has staked all but a little votes, cannot pass on what it voted with,
// and can still act; two of the technical collective make a way faster; a parameter changes.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ASSET, UNIT, balance, connect, poolOf, sealUntilEra, send } from "./chain.mjs";
import { ORIGIN, decide, propose, untilEnacted, vote } from "./governance.mjs";
import { Node } from "./node.mjs";

const PICA = UNIT.PICA;
const ROOT = 0;

let node, api, keyring, alice, bob, staker;

before(async () => {
	node = await Node.start({ args: ["--dev", "--sealing", "instant"] });
	({ api, keyring } = await connect(node.url));
	[alice, bob] = ["//Alice", "//Bob"].map((uri) => keyring.addFromUri(uri));
	staker = keyring.addFromUri(`//Staker//${Date.now()}`);
});

after(async () => {
	await api?.disconnect();
	await node?.stop();
});

test("there is no sudo, and there are seven tracks", async () => {
	assert.equal(api.tx.sudo, undefined);
	const tracks = api.consts.referenda.tracks.map(([id, { name }]) => [id.toNumber(), name.toString()]);
	assert.deepEqual(
		tracks.map(([id, name]) => [id, name.replace(/\0+$/, "")]),
		[
			[0, "root"],
			[1, "whitelisted_caller"],
			[2, "general_admin"],
			[3, "referendum_canceller"],
			[4, "referendum_killer"],
			[10, "avs_admin"],
			[11, "slash_admin"],
		],
	);
});

test("who votes with stake keeps it until the vote is over, and acts meanwhile", async () => {
	const pool = await poolOf(api, alice.address, ASSET.PICA);
	const staked = 5_000_000n * PICA;
	await send(api.tx.balances.transferKeepAlive(staker.address, staked + 100n * PICA), alice);
	await send(api.tx.restaking.stake(pool, staked, 0), staker);

	const note = api.tx.system.setStorage([["0x01", "0x05"]]);
	const since = (await api.rpc.chain.getHeader()).number.toNumber();
	const index = await propose(api, bob, note);
	await assert.rejects(send(vote(api, index, staked + 101n * PICA), staker), {
		message: "InsufficientFunds",
	});
	await send(vote(api, index, staked), staker);
	const { tally } = (await api.query.referenda.referendumInfoFor(index)).unwrap().asOngoing;
	assert.equal(tally.support.toBigInt(), staked);

	// All it has is locked, and a fee is paid all the same.
	const { fee, events } = await send(api.tx.restaking.unstake(pool, staked), staker);
	assert.ok(fee > 0n);
	const { ticket } = events.find(({ method }) => method === "Unstaked").data;
	const give = () => send(api.tx.restaking.transferTicket(ticket, staked, bob.address), staker);
	await assert.rejects(give(), { message: "StakeLocked" });
	await assert.rejects(send(api.tx.balances.transferKeepAlive(bob.address, PICA), staker));

	const voters = ["//Dave", "//Eve", "//Dave//stash", "//Eve//stash"].map((uri) => keyring.addFromUri(uri));
	await Promise.all(voters.map((voter) => send(vote(api, index, 90_000_000n * PICA), voter)));
	await untilEnacted(api, index, since);
	assert.equal((await api.rpc.state.getStorage("0x01")).toHex(), "0x05");

	await assert.rejects(give(), { message: "StakeLocked" });
	await send(api.tx.convictionVoting.removeVote(ROOT, index), staker);
	await send(api.tx.convictionVoting.unlock(ROOT, staker.address), staker);
	const before = await balance(api, ASSET.PICA, bob.address);
	await give();
	await sealUntilEra(api, ticket.maturity.toNumber());
	await send(api.tx.restaking.withdrawFor(bob.address, ticket), alice);
	assert.equal((await balance(api, ASSET.PICA, bob.address)) - before, staked);
});

test("two of six whitelist a call, and the general admin has a price changed", async () => {
	const code = api.tx.system.setStorage([["0x02", "0x06"]]);
	const whitelist = api.tx.whitelist.whitelistCall(code.method.hash);
	const { events } = await send(api.tx.technicalCollective.propose(2, whitelist, 1_000), alice);
	const { proposalHash, proposalIndex } = events.find(({ method }) => method === "Proposed").data;
	for (const member of [alice, bob]) {
		await send(api.tx.technicalCollective.vote(proposalHash, proposalIndex, true), member);
	}
	const most = { refTime: 10n ** 10n, proofSize: 1_000_000 };
	await send(api.tx.technicalCollective.close(proposalHash, proposalIndex, most, 1_000), alice);
	const dispatch = api.tx.whitelist.dispatchWhitelistedCallWithPreimage(code);
	assert.deepEqual(await decide(api, keyring, [dispatch], ORIGIN.whitelistedCaller), ["Ok"]);
	assert.equal((await api.rpc.state.getStorage("0x02")).toHex(), "0x06");

	const remark = api.tx.system.remark("0x00");
	const before = (await remark.paymentInfo(alice)).partialFee.toBigInt();
	const dearer = { Fees: { PerBaseWeight: [null, 20n * 10n ** 9n] } };
	const set = api.tx.parameters.setParameter(dearer);
	assert.deepEqual(await decide(api, keyring, [set], ORIGIN.generalAdmin), ["Ok"]);
	assert.ok((await remark.paymentInfo(alice)).partialFee.toBigInt() > before);
	// What an origin may not do fails by name, and the referendum is over all the same.
	const outcome = await decide(api, keyring, [api.tx.system.setHeapPages(64)], ORIGIN.generalAdmin);
	assert.deepEqual(outcome, ["BadOrigin"]);
});
