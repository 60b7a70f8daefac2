// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

// A fault on a live node: an operator's client, which knows nothing of the chain but what is documented,
// signs two contents in one round. What follows is compared to the planck with this folder's own model of
// a pool: for those who stayed, who were leaving and who had left. Then two faults that are cancelled.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { AvsClient } from "./avs-client.mjs";
import {
	ASSET, UNIT, balance, bestNumber, blockAt, connect, era, nameOf, poolOf, sealUntilEra, send,
} from "./chain.mjs";
import { ORIGIN, decide, pass } from "./governance.mjs";
import { Node } from "./node.mjs";
import { PoolModel, partOf } from "./pool-model.mjs";

const PICA = UNIT.PICA;
const ONE = 10n ** 18n;
/** The magnitude of a pool that was never slashed. */
const WHOLE = 10n ** 27n;
const BILLION = 1_000_000_000n;
const AVS = 1;
const [DOUBLE_SIGN, ARBITER] = [0, 1];
const SLASH = 123_456_789n;
const ARBITER_SLASH = 500_000_000n;
const REPORTER_SHARE = 77_777_777n;
const REPORT_BOND = 1_000n * PICA;
const DISPUTE_BOND = 500n * PICA;

/** The accused's pools, by number, and the part of each that is behind the AVS. */
const POOLS = [
	{ name: "jitoSOL", part: ONE / 3n },
	{ name: "PICA", part: ONE },
];

/** Who restakes with the accused, and what. */
const STAKES = {
	stays: { jitoSOL: 1_000n * UNIT.jitoSOL + 7n, PICA: 5_000n * PICA + 1n },
	leaves: { jitoSOL: 777_777_777_777n, PICA: 3_333n * PICA + 333n },
	leftBefore: { jitoSOL: 123_456_789_013n, PICA: 2_000n * PICA + 77n },
	isGone: { jitoSOL: 50n * UNIT.jitoSOL + 3n, PICA: 1_000n * PICA + 9n },
};
const ENDOWMENT = { jitoSOL: 2_000n * UNIT.jitoSOL, PICA: 10_000n * PICA };

let node, api, keyring, alice, bob, charlie, service, reporter, arbiter, judge, treasury;
let restakers, client, other, firstTable, faultEra;

before(async () => {
	node = await Node.start({ args: ["--dev", "--sealing", "instant"] });
	({ api, keyring } = await connect(node.url));
	const at = Date.now();
	const fresh = (name) => keyring.addFromUri(`//${name}//${at}`);
	[alice, bob, charlie, service] = ["//Alice", "//Bob", "//Charlie", "//Eve"].map((uri) =>
		keyring.addFromUri(uri),
	);
	[reporter, arbiter, judge] = ["Reporter", "Arbiter", "Judge"].map(fresh);
	restakers = Object.keys(STAKES).map((name) => ({ name, pair: fresh(name), fees: 0n }));
	treasury = (await api.query.assets.asset(ASSET.jitoSOL)).unwrap().owner.toString();
	for (const pool of POOLS) {
		pool.id = await poolOf(api, bob.address, ASSET[pool.name]);
		pool.model = new PoolModel();
		[pool.counted, pool.left] = [(WHOLE * pool.part) / ONE, WHOLE];
	}
	POOLS.sort((one, next) => one.id - next.id);
	client = new AvsClient(Buffer.from(api.genesisHash.toU8a()), AVS);
	other = new AvsClient(client.genesis, AVS);
});

after(async () => {
	await api?.disconnect();
	await node?.stop();
});

const condition = (fault, slash, jail) => ({
	fault,
	slash: { Fixed: slash },
	evidenceWindow: 0,
	disputeWindow: 1,
	jail,
	destination: "Treasury",
	reporterShare: REPORTER_SHARE,
	veto: judge.address,
});

const terms = () => ({
	assets: [ASSET.PICA, ASSET.jitoSOL].map((asset) => ({ asset, weight: ONE, floor: null, cap: null })),
	minimumSecurity: 1,
	targetSecurity: 1,
	minimumOperators: 1,
	maximumOperators: 10,
	minimumStake: 1,
	minimumSelfStake: 0,
	maximumShare: BILLION,
	minimumNakamoto: 1,
	minimumCommission: 0,
	maximumCommission: BILLION,
	membership: "Open",
	conditions: [
		condition("DoubleSign", SLASH, { Eras: 1 }),
		condition({ Arbiter: { arbiter: arbiter.address } }, ARBITER_SLASH, { Eras: 5 }),
	],
	payCurrency: ASSET.PICA,
	payPerEra: 0,
	notice: 1,
});

const find = (events, name) => events.find(({ method }) => method === name)?.data;
const batch = (calls) => api.tx.utility.batchAll(calls);
const restaker = (name) => restakers.find((one) => one.name === name);
const contentOf = (text) => createHash("sha256").update(text).digest();

/** What the runtime API says that an account has with the accused, but for what it earned. */
async function told(at, address) {
	const { positions, tickets } = await at.call.restakingApi.position(address);
	return POOLS.map(({ id }) => ({
		positions: positions
			.filter(({ pool, shares }) => pool.toNumber() === id && !shares.isZero())
			.map(({ shares, value }) => ({ shares: shares.toBigInt(), value: value.toBigInt() })),
		tickets: tickets
			.filter(({ ticket }) => ticket.pool.toNumber() === id)
			.map(({ ticket, points, value }) => ({
				maturity: ticket.maturity.toNumber(),
				points: points.toBigInt(),
				value: value.toBigInt(),
			})),
	}));
}

/** Compares all who restake with the accused, itself included, with the model. */
async function assertAsModelled(at = api) {
	for (const { address } of [bob, ...restakers.map(({ pair }) => pair)]) {
		assert.deepEqual(await told(at, address), POOLS.map(({ model }) => model.of(address)));
	}
}

/** Sends a restaker's calls, one for each pool. */
async function each(who, call) {
	const { events, fee } = await send(batch(POOLS.map(call)), who.pair);
	who.fees += fee;
	return events;
}

/** Has a restaker leave with all it has, in the era named. */
async function leave(who, now) {
	const events = await each(who, ({ id, model }) =>
		api.tx.restaking.unstake(id, model.active.of(who.pair.address)),
	);
	const exits = events.filter(({ method }) => method === "Unstaked");
	for (const [at, { model }] of POOLS.entries()) {
		who.maturity = exits[at].data.ticket.maturity.toNumber();
		assert.equal(who.maturity, now + 3);
		model.unstake(who.pair.address, who.maturity);
	}
}

/** Has a restaker withdraw all that it left with, and compares what it has then to the planck. */
async function withdraw(who) {
	await each(who, ({ id }) => api.tx.restaking.withdraw({ pool: id, maturity: who.maturity, into: null }));
	for (const { name, model } of POOLS) {
		const amount = model.withdraw(who.pair.address, who.maturity);
		const fees = name === "PICA" ? who.fees : 0n;
		const expected = ENDOWMENT[name] - STAKES[who.name][name] + amount - fees;
		assert.equal(await balance(api, ASSET[name], who.pair.address), expected);
	}
	assert.deepEqual(await told(api, who.pair.address), POOLS.map(() => ({ positions: [], tickets: [] })));
}

const operatorsOf = async (index) =>
	(await api.call.avsApi.table(AVS, index, 0)).items.map(({ operator }) => operator.toString());

const faultOf = (index, number) => ({ avs: AVS, operator: bob.address, era: index, condition: number });

/** Faults of the accused, as the runtime API tells them. */
async function faults(kind, at = api) {
	const found = await at.call.slashingApi[kind]({ Operator: bob.address });
	return found.map(({ fault, status, fraction, charged, due, disputed, pools, reporter: by }) => ({
		fault: { ...fault.toJSON(), operator: fault.operator.toString() },
		status: status.type,
		fraction: fraction.toBigInt(),
		charged: charged.toBigInt(),
		due: due.toNumber(),
		disputed: disputed.isTrue,
		pools: pools.map((pool) => pool.toNumber()).sort((one, next) => one - next),
		reporter: by.unwrap().toString(),
	}));
}

/** What an account's evidence would lead to, or why to nothing. */
async function preview(by, number, what) {
	const result = await api.call.slashingApi.verify(by.address, AVS, number, what);
	if (result.isErr) return nameOf(result.asErr);
	const { fault, fraction, due } = result.asOk;
	return {
		fault: { ...fault.toJSON(), operator: fault.operator.toString() },
		fraction: fraction.toBigInt(),
		due: due.toNumber(),
	};
}

/** What the treasury was paid of what AVSs paid. */
function earned(events, asset) {
	return events
		.filter(({ method, data }) => method === "DuePaid" && data.who.toString() === treasury)
		.filter(({ data }) => data.currency.toBigInt() === asset)
		.reduce((sum, { data }) => sum + data.amount.toBigInt(), 0n);
}

async function pica(address, at = api) {
	const { free, reserved } = (await at.query.system.account(address)).data;
	return { free: free.toBigInt(), held: reserved.toBigInt() };
}

test("an AVS that punishes double signing is voted in, and operators serve it", async () => {
	const endow = restakers.flatMap(({ pair }) => [
		api.tx.balances.transferKeepAlive(pair.address, ENDOWMENT.PICA),
		api.tx.assets.transfer(ASSET.jitoSOL, pair.address, ENDOWMENT.jitoSOL),
	]);
	const others = [[reporter, 10n], [judge, 10n], [arbiter, 1_100n]].map(([{ address }, amount]) =>
		api.tx.balances.transferKeepAlive(address, amount * PICA),
	);
	await send(batch([...endow, ...others]), alice);
	const self = await told(api, bob.address);
	for (const [at, { model }] of POOLS.entries()) {
		for (const { value } of self[at].positions) model.stake(bob.address, value);
	}

	const since = await bestNumber(api);
	const { events } = await send(api.tx.avs.propose(terms(), "a bridge", true), service);
	const voters = ["//Dave", "//Ferdie", "//Alice//stash", "//Bob//stash"].map((uri) => keyring.addFromUri(uri));
	await pass(api, voters, find(events, "Proposed").referendum.toNumber(), since);
	assert.equal((await api.call.avsApi.avs(AVS)).unwrap().owner.unwrap().toString(), service.address);

	for (const who of restakers) {
		await each(who, ({ id, name }) => api.tx.restaking.stake(id, STAKES[who.name][name], 0));
		for (const { name, model } of POOLS) model.stake(who.pair.address, STAKES[who.name][name]);
	}
	const behind = (pool, fraction) => ({ avs: AVS, pool, fraction });
	await send(batch([
		api.tx.avs.join(AVS, client.join(bob.publicKey)),
		api.tx.avs.allocate(POOLS.map(({ id, part }) => behind(id, part))),
	]), bob);
	await send(batch([
		api.tx.avs.join(AVS, other.join(charlie.publicKey)),
		api.tx.avs.allocate([behind(await poolOf(api, charlie.address, ASSET.PICA), ONE)]),
	]), charlie);

	firstTable = (await era(api)) + 1;
	await sealUntilEra(api, firstTable);
	await leave(restaker("isGone"), firstTable);
	assert.deepEqual(new Set(await operatorsOf(firstTable)), new Set([bob.address, charlie.address]));
	await assertAsModelled();
});

test("what could be taken of a restaker is told beforehand", async () => {
	const { address } = restaker("stays").pair;
	const exposure = await api.call.slashingApi.exposure(address);
	const found = exposure
		.map(({ pool, avs, conditionNumber, most }) => [
			pool.toNumber(),
			avs.toNumber(),
			conditionNumber.toNumber(),
			most.toBigInt(),
		])
		.sort(([pool, , number], [next, , later]) => pool - next || number - later);
	const expected = POOLS.flatMap(({ id, model, counted, left }) =>
		[SLASH, ARBITER_SLASH].map((fraction, number) => [
			id,
			AVS,
			number,
			partOf(partOf(model.active.worth(address), counted, left), fraction, BILLION),
		]),
	);
	assert.deepEqual(found, expected);
});

test("a forged signature proves nothing; two of the operator's own prove a fault, and it is free to say so", async () => {
	await sealUntilEra(api, firstTable + 2);
	await leave(restaker("leftBefore"), firstTable + 2);
	faultEra = firstTable + 3;
	await sealUntilEra(api, faultEra);
	await withdraw(restaker("isGone"));
	assert.equal((await api.call.slashingApi.exposure(restaker("isGone").pair.address)).length, 0);
	await leave(restaker("leaves"), faultEra);
	await assertAsModelled();

	const [round, place] = [7_000_000_000_000n, (await operatorsOf(faultEra)).indexOf(bob.address)];
	const [one, two] = ["a block", "another block"].map((text) => client.signRound(faultEra, round, contentOf(text)));
	const doubleSign = (changes) => ({
		DoubleSign: { round, one, other: two, entry: { Listed: place }, earlierEntry: null, ...changes },
	});
	const evidence = doubleSign({});
	const wrong = [
		[{ other: other.signRound(faultEra, round, two.content) }, "Evidence.SignatureInvalid"],
		[{ other: { ...two, content: contentOf("what nobody signed") } }, "Evidence.SignatureInvalid"],
		[{ round: round + 1n }, "Evidence.SignatureInvalid"],
		[{ other: one }, "Evidence.MessagesAlike"],
		[{ entry: { Listed: 1 - place } }, "Evidence.SignatureInvalid"],
		[{ entry: { Listed: 2 } }, "Evidence.EntryNotInTable"],
	];
	for (const [changes, name] of wrong) {
		assert.equal(await preview(reporter, DOUBLE_SIGN, doubleSign(changes)), name);
	}
	assert.equal(await preview(reporter, ARBITER, evidence), "Evidence.OfAnotherKind");
	await assert.rejects(
		send(api.tx.slashing.report(AVS, DOUBLE_SIGN, doubleSign(wrong[0][0])), charlie),
		({ message, fee }) => message === wrong[0][1] && fee > 0n,
	);

	const expected = { fault: faultOf(faultEra, DOUBLE_SIGN), fraction: SLASH, due: faultEra + 2 };
	assert.deepEqual(await preview(reporter, DOUBLE_SIGN, evidence), expected);
	const { fee } = await send(api.tx.slashing.report(AVS, DOUBLE_SIGN, evidence), reporter);
	assert.equal(fee, 0n);
	assert.deepEqual(await pica(reporter.address), { free: 10n * PICA, held: 0n });
	await assert.rejects(send(api.tx.slashing.report(AVS, DOUBLE_SIGN, evidence), charlie), {
		message: "AlreadyReported",
	});
	const pools = POOLS.map(({ id }) => id);
	const pending = { ...expected, status: "Pending", charged: 0n, disputed: false, pools, reporter: reporter.address };
	assert.deepEqual(await faults("pending"), [pending]);
	assert.deepEqual(await faults("history"), []);
	for (const { id } of POOLS) {
		const refused = (await api.call.restakingApi.previewStake(id, 10n * PICA)).asErr;
		assert.equal(nameOf(refused), "PoolReported");
	}
});

test("the accused disputes it, governance upholds it, and the bond is burnt", async () => {
	const fault = faultOf(faultEra, DOUBLE_SIGN);
	const before = await pica(bob.address);
	const { fee } = await send(api.tx.slashing.dispute(fault), bob);
	const disputed = { free: before.free - fee - DISPUTE_BOND, held: before.held + DISPUTE_BOND };
	assert.deepEqual(await pica(bob.address), disputed);
	assert.equal((await faults("pending"))[0].disputed, true);

	const since = await bestNumber(api);
	const uphold = api.tx.slashing.decide(fault, "Uphold");
	assert.deepEqual(await decide(api, keyring, [uphold], ORIGIN.slashAdmin, ["//Dave", "//Ferdie"]), ["Ok"]);
	assert.deepEqual(await pica(bob.address), { free: disputed.free, held: before.held });
	const decided = await blockWith("FaultDecided", since);
	const issued = async ({ at }) => (await at.query.balances.totalIssuance()).toBigInt();
	assert.equal((await issued(await blockAt(api, decided.number - 1))) - (await issued(decided)), DISPUTE_BOND);
	assert.equal((await faults("pending"))[0].disputed, false);
	assert.ok((await era(api)) < faultEra + 2, "a referendum fits into the dispute window");
	await assertAsModelled();
});

/** The first block from `since` on with an event of the slashing pallet of that name. */
async function blockWith(name, since) {
	for (let number = since; number <= (await bestNumber(api)); number++) {
		const block = await blockAt(api, number);
		if (block.events.some(({ section, method }) => section === "slashing" && method === name)) return block;
	}
	return assert.fail(`there was no ${name}`);
}

test("the verdict takes what it should of those who stayed and were leaving, and nothing of who had left", async () => {
	const since = await bestNumber(api);
	await sealUntilEra(api, faultEra + 1);
	await api.rpc.engine.createBlock(true, true);
	assert.deepEqual(await operatorsOf(faultEra + 1), [charlie.address]);
	await sealUntilEra(api, faultEra + 2);
	await api.rpc.engine.createBlock(true, true);
	const verdict = await blockWith("FaultSlashed", since);
	const before = await blockAt(api, verdict.number - 1);
	assert.equal((await verdict.at.call.restakingApi.era()).index.toNumber(), faultEra + 2);
	await assertAsModelled(before.at);

	const carriedOut = verdict.events.find(({ method }) => method === "FaultSlashed");
	const { pools: slashed, until } = carriedOut.data;
	assert.ok(until.isNone);
	for (const pool of POOLS) {
		// Of what counted ⌈counted · fraction⌉, in magnitudes; of the pool that over what was left of it.
		const owed = partOf(pool.counted, SLASH, BILLION);
		const taken = pool.model.slash(owed, pool.left, faultEra + 2);
		[pool.counted, pool.left] = [pool.counted - owed, pool.left - owed];
		const { active, exits } = slashed.find((one) => one.pool.toNumber() === pool.id);
		assert.deepEqual({ active: active.toBigInt(), exits: exits.toBigInt() }, taken);
		assert.ok(taken.active > 0n && taken.exits > 0n);

		const all = taken.active + taken.exits;
		const reward = (all * REPORTER_SHARE) / BILLION;
		const ofTreasury = all - reward + earned(verdict.events, ASSET[pool.name]);
		for (const [address, share] of [[reporter.address, reward], [treasury, ofTreasury]]) {
			const [was, is] = await Promise.all(
				[before, verdict].map(({ at }) => balance(at, ASSET[pool.name], address)),
			);
			assert.equal(is - was, share);
		}
	}
	assert.equal(slashed.length, POOLS.length);
	await assertAsModelled(verdict.at);
	for (const { name, model } of POOLS) {
		const { address } = restaker("leftBefore").pair;
		assert.equal(model.exits.get(faultEra + 2).worth(address), STAKES.leftBefore[name]);
	}
	assert.deepEqual(await faults("pending", verdict.at), []);
	const [settled] = await faults("history", verdict.at);
	assert.deepEqual([settled.status, settled.charged], ["Settled", SLASH]);

	await withdraw(restaker("leftBefore"));
	await sealUntilEra(api, faultEra + 3);
	await withdraw(restaker("leaves"));
	await assertAsModelled();
});

/** What an answer of the runtime API says, but for what is earned, which grows by itself. */
const withoutRewards = (answer) =>
	JSON.parse(JSON.stringify(answer, (name, value) => (name === "rewards" ? undefined : value)));

/** All that a fault could change, but for PICA of those who send transactions. */
async function everything() {
	const people = [...restakers.map(({ pair }) => pair), bob, charlie, reporter];
	const of = async ({ address }) => ({
		staked: withoutRewards(await api.call.restakingApi.position(address)),
		exposure: (await api.call.slashingApi.exposure(address)).toJSON(),
		jitoSOL: await balance(api, ASSET.jitoSOL, address),
	});
	return {
		people: await Promise.all(people.map(of)),
		restakers: await Promise.all(restakers.map(({ pair }) => pica(pair.address))),
		treasury: await balance(api, ASSET.jitoSOL, treasury),
		pools: withoutRewards(await api.call.restakingApi.pools({ operator: bob.address }, 0, 256)),
		vaults: (await api.call.restakingApi.vaults()).toJSON(),
		allocations: (await api.call.avsApi.operatorAllocations(bob.address)).toJSON(),
	};
}

test("faults that are cancelled leave everything as it was but for the bonds", async () => {
	const again = faultEra + 4;
	await sealUntilEra(api, again);
	await api.rpc.engine.createBlock(true, true);
	assert.ok((await operatorsOf(again)).includes(bob.address), "it was in jail for an era");
	const [accused, treasuryBefore] = [await pica(bob.address), (await pica(treasury)).free];
	const was = await everything();
	const since = await bestNumber(api);
	let fees = 0n;
	const run = async (call, by) => {
		const { fee } = await send(call, by);
		// Half of it is the validators'.
		fees += fee - fee / 2n;
		return fee;
	};
	const earnedSince = async () => {
		let sum = 0n;
		for (let number = since + 1; number <= (await bestNumber(api)); number++) {
			sum += earned((await blockAt(api, number)).events, ASSET.PICA);
		}
		return sum;
	};

	const entry = { Proved: (await api.call.avsApi.entryProof(AVS, again, bob.address)).asOk };
	const [one, two] = ["yes", "no"].map((text) => client.signRound(again, 1, contentOf(text)));
	const signatures = { DoubleSign: { round: 1, one, other: two, entry, earlierEntry: null } };
	const word = { Arbiter: { era: again, entry, fact: contentOf("a film of it") } };
	assert.equal(await preview(reporter, ARBITER, word), "Evidence.NotArbiter");
	assert.equal(await run(api.tx.slashing.report(AVS, DOUBLE_SIGN, signatures), reporter), 0n);
	const reportFee = await run(api.tx.slashing.report(AVS, ARBITER, word), arbiter);
	assert.ok(reportFee > 0n);
	const bonded = { free: 1_100n * PICA - reportFee - REPORT_BOND, held: REPORT_BOND };
	assert.deepEqual(await pica(arbiter.address), bonded);

	const both = [DOUBLE_SIGN, ARBITER].map((number) => faultOf(again, number));
	const disputeFee = await run(batch(both.map((fault) => api.tx.slashing.dispute(fault))), bob);
	assert.equal((await pica(bob.address)).held, accused.held + 2n * DISPUTE_BOND);
	assert.deepEqual((await faults("pending")).map(({ disputed }) => disputed), [true, true]);
	await run(batch(both.map((fault) => api.tx.slashing.decide(fault, "Cancel"))), judge);

	const assertUnchanged = async () => {
		assert.deepEqual(await everything(), was);
		assert.deepEqual(await pica(bob.address), { ...accused, free: accused.free - disputeFee });
		assert.deepEqual(await pica(arbiter.address), { free: bonded.free, held: 0n });
		assert.equal((await pica(treasury)).free, treasuryBefore + fees + (await earnedSince()));
		assert.deepEqual(await faults("pending"), []);
		const history = await faults("history");
		assert.deepEqual(history.map(({ status, charged }) => [status, charged]), [["Cancelled", 0n], ["Cancelled", 0n]]);
	};
	await assertUnchanged();
	await assertAsModelled();
	assert.equal(await preview(reporter, DOUBLE_SIGN, signatures), "AlreadyReported");

	await sealUntilEra(api, again + 3);
	await api.rpc.engine.createBlock(true, true);
	await assertUnchanged();
	assert.ok((await operatorsOf(again + 3)).includes(bob.address), "it serves");
});
