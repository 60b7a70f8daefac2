// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

// An AVS on a live node: it applies, PICA holders vote it in, one of them with staked PICA alone,
// operators put stake behind it, the next era's table is right to the planck by this file's own
// arithmetic, terms change with notice, and it leaves.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { possessionMessage } from "./avs-client.mjs";
import { ASSET, UNIT, connect, era, poolOf, sealUntilEra, send } from "./chain.mjs";
import { ORIGIN, decide, pass, vote } from "./governance.mjs";
import { Node } from "./node.mjs";

const PICA = UNIT.PICA;
const ONE = 10n ** 18n;
const AVS = 1;

let node, api, keyring, alice, bob, charlie, dave, service, staker;

before(async () => {
	node = await Node.start({ args: ["--dev", "--sealing", "instant"] });
	({ api, keyring } = await connect(node.url));
	[alice, bob, charlie, dave, service] = ["//Alice", "//Bob", "//Charlie", "//Dave", "//Eve"].map((uri) =>
		keyring.addFromUri(uri),
	);
	staker = keyring.addFromUri(`//Staker//${Date.now()}`);
});

after(async () => {
	await api?.disconnect();
	await node?.stop();
});

/** A unit of security for each thousandth of a jitoSOL's planck and two for each of stATOM's. */
const WEIGHTS = [
	{ asset: ASSET.jitoSOL, weight: ONE, cap: 5_000n * UNIT.jitoSOL },
	{ asset: ASSET.stATOM, weight: (5n * ONE) / 2n, cap: null },
];

function terms(changes = {}) {
	return {
		assets: WEIGHTS.map(({ asset, weight, cap }) => ({ asset, weight, floor: null, cap })),
		minimumSecurity: UNIT.jitoSOL,
		targetSecurity: 100n * UNIT.jitoSOL,
		minimumOperators: 2,
		maximumOperators: 10,
		minimumStake: 1,
		minimumSelfStake: 0,
		maximumShare: 600_000_000,
		minimumNakamoto: 1,
		minimumCommission: 0,
		maximumCommission: 1_000_000_000,
		membership: "Open",
		conditions: [
			{
				fault: "DoubleSign",
				slash: { Fixed: 50_000_000 },
				evidenceWindow: 1,
				disputeWindow: 0,
				jail: { Eras: 10 },
				destination: "Treasury",
				reporterShare: 330_000_000,
			},
		],
		payCurrency: ASSET.PICA,
		payPerEra: 1_000n * PICA,
		notice: 2,
		...changes,
	};
}

const find = (events, name) => events.find(({ method }) => method === name)?.data;

/** What an operator joins with: its key, and its signature by that key. */
function proofOf(pair, avs, operator) {
	const message = possessionMessage(api.genesisHash.toU8a(), avs, operator.publicKey);
	return [{ Sr25519: pair.publicKey }, { Sr25519: pair.sign(message) }];
}

test("an application is voted in, by holders and by one who has only staked PICA", async () => {
	const staked = 100_000n * PICA;
	const pool = await poolOf(api, alice.address, ASSET.PICA);
	await send(api.tx.balances.transferKeepAlive(staker.address, staked + 10n * PICA), alice);
	await send(api.tx.restaking.stake(pool, staked, 0), staker);

	const poor = api.tx.avs.propose(terms(), "a bridge", false);
	await assert.rejects(send(poor, staker), (error) => /FundsUnavailable/.test(error.message));
	const contrary = api.tx.avs.propose(terms({ minimumOperators: 20 }), "a bridge", false);
	await assert.rejects(send(contrary, service), { message: "TermsOperatorBoundsCrossed" });

	const before = (await api.query.system.account(service.address)).data;
	const since = (await api.rpc.chain.getHeader()).number.toNumber();
	const { events } = await send(api.tx.avs.propose(terms(), "a bridge", true), service);
	const { application, referendum } = find(events, "Proposed");
	const held = (await api.query.system.account(service.address)).data;
	assert.equal(held.reserved.toBigInt() - before.reserved.toBigInt(), 220_000n * PICA);

	const offer = (await api.call.avsApi.offer(application)).unwrap();
	assert.equal(offer.payPerEra?.toBigInt() ?? offer.terms.payPerEra.toBigInt(), 1_000n * PICA);
	assert.equal(offer.highestSlash.toNumber(), 50_000_000);
	assert.equal(offer.assets.length, 2);

	const index = referendum.toNumber();
	await send(vote(api, index, staked), staker);
	const { tally } = (await api.query.referenda.referendumInfoFor(index)).unwrap().asOngoing;
	assert.equal(tally.support.toBigInt(), staked);
	const voters = ["//Dave", "//Ferdie", "//Alice//stash", "//Bob//stash"].map((uri) => keyring.addFromUri(uri));
	await pass(api, voters, index, since);
	const info = (await api.call.avsApi.avs(AVS)).unwrap();
	assert.equal(info.owner.unwrap().toString(), service.address);
	assert.equal((await api.query.avs.applications(application)).isNone, true);
});

/** Puts `part` of 10^18 of an operator's pools behind the AVS. */
async function serve(operator, pools, part) {
	const pair = keyring.addFromUri(`//${operator.address}//avs`);
	await send(api.tx.avs.join(AVS, proofOf(pair, AVS, operator)), operator);
	const changes = pools.map((pool) => ({ avs: AVS, pool, fraction: part }));
	await send(api.tx.avs.allocate(changes), operator);
	return pair;
}

test("operators put stake behind it, and the table is right to the planck", async () => {
	const stakes = [
		{ operator: alice, jitoSOL: 4_000n * UNIT.jitoSOL + 1n, stATOM: 7_777n * UNIT.stATOM, part: ONE },
		{ operator: bob, jitoSOL: 3_000n * UNIT.jitoSOL, stATOM: 33n, part: ONE / 3n },
		{ operator: charlie, jitoSOL: 1_234_567n, stATOM: 1n * UNIT.stATOM, part: ONE / 2n },
	];
	for (const stake of stakes) {
		stake.pools = [];
		for (const name of ["jitoSOL", "stATOM"]) {
			const pool = await poolOf(api, stake.operator.address, ASSET[name]);
			const minimum = UNIT[name] / 1_000n;
			if (stake[name] < minimum) stake[name] = minimum;
			await send(api.tx.restaking.stake(pool, stake[name], 0), dave);
			stake.pools.push(pool);
		}
		stake.pair = await serve(stake.operator, stake.pools, stake.part);
	}
	// An AVS that can't pay sleeps.
	await send(api.tx.emissions.fund(AVS, ASSET.PICA, 1_000_000n * PICA), service);
	const next = (await era(api)) + 1;
	await sealUntilEra(api, next);
	await api.rpc.engine.createBlock(true, true);

	// Of each pool ⌊stake · ⌊whole · part⌋ / whole⌋, with whole = 10^27; then caps; then weights.
	const whole = 10n ** 27n;
	const brought = stakes.map(({ jitoSOL, stATOM, part }) =>
		[jitoSOL, stATOM].map((planck) => (planck * ((whole * part) / ONE)) / whole),
	);
	const totals = [0, 1].map((asset) => brought.reduce((sum, planck) => sum + planck[asset], 0n));
	const weights = brought.map((planck) =>
		WEIGHTS.reduce((sum, { weight, cap }, asset) => {
			const counts = cap && cap < totals[asset] ? cap : totals[asset];
			const counted = (planck[asset] * counts) / totals[asset];
			return sum + (counted * weight) / ONE;
		}, 0n),
	);
	const all = weights.reduce((sum, weight) => sum + weight, 0n);
	const rest = all - weights[0];
	// Alice has more than 60 %: c = 0.6 · rest / 0.4.
	assert.ok(weights[0] * 10n > all * 6n);
	weights[0] = (rest * 600_000_000n) / 400_000_000n;

	const page = await api.call.avsApi.table(AVS, next, 0);
	const found = page.items.map(({ operator, key, weight }) => [
		operator.toString(),
		key.unwrap().asSr25519.toHex(),
		weight.toBigInt(),
	]);
	const expected = stakes.map(({ operator, pair }, at) => [
		operator.address,
		`0x${Buffer.from(pair.publicKey).toString("hex")}`,
		weights[at],
	]);
	assert.deepEqual(found, expected);
	const security = (await api.call.avsApi.security(AVS)).unwrap();
	assert.equal(security.total.toBigInt(), weights.reduce((sum, weight) => sum + weight, 0n));
	assert.equal(security.dormancy.isNone, true);
	const { nakamoto, largestShare } = (await api.call.avsApi.concentration(AVS)).unwrap();
	assert.equal(nakamoto.toNumber(), 1);
	assert.ok(largestShare.toNumber() <= 600_000_000);

	const proof = await api.call.avsApi.entryProof(AVS, next, bob.address);
	assert.equal(proof.isOk, true);
	const allocations = await api.call.avsApi.operatorAllocations(bob.address);
	assert.deepEqual(
		allocations.map(({ avs, counted }) => [avs.toNumber(), counted.toBigInt()]),
		[[AVS, ONE / 3n], [AVS, ONE / 3n]],
	);
});

test("terms change with notice where they are against stake, and at once where not", async () => {
	const change = async (changes) => {
		const { events } = await send(api.tx.avs.setTerms(AVS, terms(changes)), service);
		return find(events, "TermsChanged").from.toNumber() - (await era(api));
	};
	await assert.rejects(send(api.tx.avs.setTerms(AVS, terms({ notice: 3 })), alice), {
		message: "NotAvsOwner",
	});
	assert.ok((await change({ payPerEra: 1n })) >= 3);
	assert.equal(await change({ payPerEra: 2_000n * PICA }), 1);
	await sealUntilEra(api, (await era(api)) + 1);
	const info = (await api.call.avsApi.avs(AVS)).unwrap();
	assert.equal(info.terms.payPerEra.toBigInt(), 2_000n * PICA);
});

test("it leaves after its notice, and lets its operators go", async () => {
	const { events } = await send(api.tx.avs.offboard(AVS), service);
	const until = find(events, "OffboardingStarted").until.toNumber();
	assert.ok(until >= (await era(api)) + 3);
	await sealUntilEra(api, until);
	await api.rpc.engine.createBlock(true, true);
	assert.equal((await api.call.avsApi.table(AVS, until, 0)).items.length, 0);
	for (const operator of [alice, bob, charlie]) {
		await send(api.tx.avs.removeUnfit(AVS, operator.address), dave);
	}
	await sealUntilEra(api, (await era(api)) + 5);
	for (const operator of [alice, bob, charlie]) {
		for (const name of ["jitoSOL", "stATOM"]) {
			await send(api.tx.avs.freeAllocation(AVS, await poolOf(api, operator.address, ASSET[name])), dave);
		}
		await send(api.tx.avs.releaseOperator(AVS, operator.address), dave);
	}
	await sealUntilEra(api, (await era(api)) + 2);
	assert.equal((await api.call.avsApi.avs(AVS)).isNone, true);
});

test("governance changes the chain's own terms", async () => {
	const chain = (await api.call.avsApi.avs(0)).unwrap();
	assert.equal(chain.owner.isNone, true);
	const changed = { ...chain.terms.toJSON(), maximumOperators: 50 };
	const set = api.tx.avs.setTerms(0, changed);
	await assert.rejects(send(set, alice), (error) => /BadOrigin/.test(error.message));
	assert.deepEqual(await decide(api, keyring, [set], ORIGIN.avsAdmin), ["Ok"]);
});
