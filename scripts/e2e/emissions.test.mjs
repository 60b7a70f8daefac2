// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

// What stake earns, on a live node: two AVSs that pay in two assets, further revenue in a third, and the
// fixed yield; three restakers who come in different eras, one of whom is slashed and one of whom leaves.
// Block by block, every payment is as this folder's own model of emissions foretells it, and in the end
// each has what it says, to the planck.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { AvsClient } from "./avs-client.mjs";
import { ASSET, UNIT, balance, bestNumber, connect, era, poolOf, sealUntilEra, send } from "./chain.mjs";
import { economyAtGenesis, line, plain, readBlock } from "./emissions-facts.mjs";
import { BILLION, Economy, commissionOf, earningOf, floorPart, partsOf } from "./emissions-model.mjs";
import { ORIGIN, decide, untilEnacted, vote } from "./governance.mjs";
import { Node } from "./node.mjs";
import { partOf } from "./pool-model.mjs";

const PICA = UNIT.PICA;
const ONE = 10n ** 18n;
/** The magnitude of a pool that was never slashed. */
const WHOLE = 10n ** 27n;
const [BRIDGE, ORACLE] = [1, 2];
const SLASH = 123_456_789n;
/** What an operator asks for: as much as it may, and more than it gets where restakers' part is small. */
const COMMISSION = 200_000_000n;
const SPLIT = { restakers: 456_789_012n, picaStakers: 222_222_222n, operators: 210_987_654n, treasury: 110_001_112n };
const CURRENCIES = ["PICA", "jitoSOL", "DOT"];

/** What they ask for and pay. Both take PICA and jitoSOL. */
const PAY = {
	[BRIDGE]: { currency: "PICA", perEra: 1_000n * PICA + 7n, eras: 40n },
	[ORACLE]: { currency: "jitoSOL", perEra: 3n * UNIT.jitoSOL + 1n, eras: 8n },
};

/** Who stakes with whom, and what. The second brings so much that the pot falls short. */
const STAKES = {
	first: [["bob", "jitoSOL", 1_000n * UNIT.jitoSOL + 7n], ["bob", "PICA", 5_000n * PICA + 1n]],
	second: [["charlie", "jitoSOL", 123_456n * UNIT.jitoSOL + 789n]],
	third: [
		["alice", "jitoSOL", 777_777_777_777n],
		["charlie", "jitoSOL", 2_222n * UNIT.jitoSOL + 22n],
		["charlie", "PICA", 3_333n * PICA + 333n],
	],
};
const ENDOWMENT = { PICA: 10_000n * PICA, jitoSOL: 150_000n * UNIT.jitoSOL, DOT: 0n };

let node, api, keyring, people, owners, economy, clients;
/** What the model foretold, up to the block before `nextBlock`. */
const foretold = [];
let nextBlock = 1;

before(async () => {
	node = await Node.start({ args: ["--dev", "--sealing", "instant"] });
	({ api, keyring } = await connect(node.url));
	const at = Date.now();
	const fresh = [...Object.keys(STAKES), "till", "reporter"].map((name) => [name, `//${name}//${at}`]);
	const uris = { alice: "//Alice", bob: "//Bob", charlie: "//Charlie", ...Object.fromEntries(fresh) };
	people = Object.fromEntries(Object.entries(uris).map(([name, uri]) => [name, keyring.addFromUri(uri)]));
	owners = { [BRIDGE]: keyring.addFromUri("//Eve"), [ORACLE]: keyring.addFromUri("//Dave") };
	const genesis = Buffer.from(api.genesisHash.toU8a());
	clients = Object.fromEntries([BRIDGE, ORACLE].map((avs) => [
		avs,
		Object.fromEntries(["alice", "bob", "charlie"].map((name) => [name, new AvsClient(genesis, avs)])),
	]));
	economy = await economyAtGenesis(api, people.alice.address);
});

after(async () => {
	await api?.disconnect();
	await node?.stop();
});

/** The account of a pallet, and of what `sub` names of it. */
function accountOf(pallet, sub = "") {
	const bytes = Buffer.alloc(32);
	bytes.write(`modl${api.consts[pallet].palletId.toUtf8()}${sub}`, "ascii");
	return keyring.encodeAddress(bytes);
}

/** The account of an AVS, of which its owner pays whom it likes. */
const purseOf = (avs) => accountOf("emissions", `avs${String.fromCharCode(avs)}`);

/** Has the model catch up with the chain, and compares all that was paid and all that is owed. */
async function catchUp() {
	const best = await bestNumber(api);
	for (; nextBlock <= best; nextBlock++) {
		const { deeds, paid } = await readBlock(api, nextBlock);
		const expected = economy.apply(nextBlock, deeds);
		assert.deepEqual(paid.map(line).sort(), expected.map(line).sort(), `block ${nextBlock}`);
		foretold.push(...expected.map((event) => ({ ...event, block: nextBlock })));
	}
	for (const { address } of Object.values(people)) {
		const pending = (await api.call.emissionsApi.pending(address)).map(plain);
		assert.deepEqual(inOrder(pending), inOrder(economy.pending(address)), `${address} in block ${best}`);
	}
	for (const name of CURRENCIES) {
		const currency = ASSET[name];
		const [toPay, owed] = await Promise.all(
			[accountOf("emissions"), accountOf("restaking", "rewards of all pools")].map((account) =>
				balance(api, currency, account),
			),
		);
		// Beside it each holds what an account must, once it holds any.
		const minimum = name === "PICA" ? PICA / 1_000n : 1n;
		assert.equal(toPay, toPay === 0n ? 0n : economy.held(currency) + minimum);
		assert.ok(economy.held(currency) === 0n || toPay > 0n);
		assert.equal(owed, economy.owed(currency) + minimum);
	}
}

const byKey = ([one], [other]) => (one < other ? -1 : 1);

function inOrder(pending) {
	return pending
		.map(({ pool, amounts }) => ({ pool, amounts: amounts.toSorted(byKey) }))
		.sort((one, other) => one.pool - other.pool);
}

const find = (events, name) => events.find(({ method }) => method === name)?.data;
const batch = (calls) => api.tx.utility.batchAll(calls);
const poolIn = (operator, name) => poolOf(api, people[operator].address, ASSET[name]);
const stakesOf = (who) => Promise.all(STAKES[who].map(async ([operator, name]) => poolIn(operator, name)));

/** What the model foretold, and the chain did, of that name and with these fields. */
function told(name, fields) {
	const has = (event) => Object.entries(fields).every(([field, value]) => event[field] === value);
	return foretold.filter((event) => event.name === name && has(event));
}

/** Fees that restakers paid. */
const fees = {};

async function sendAs(who, call) {
	const result = await send(call, people[who]);
	fees[who] = (fees[who] ?? 0n) + result.fee;
	return result;
}

/** The first block of an era, or a later one. */
async function enter(index) {
	await sealUntilEra(api, index);
	return era(api);
}

const nextEra = async () => enter((await era(api)) + 1);

const terms = (avs) => ({
	assets: [[ASSET.PICA, 1n], [ASSET.jitoSOL, 5_000n]].map(([asset, weight]) => ({
		asset,
		weight: weight * ONE,
		floor: null,
		cap: null,
	})),
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
		{
			fault: "DoubleSign",
			slash: { Fixed: SLASH },
			evidenceWindow: 0,
			disputeWindow: 0,
			jail: { Eras: 1 },
			destination: "Treasury",
			reporterShare: 0,
			veto: null,
		},
	],
	payCurrency: ASSET[PAY[avs].currency],
	payPerEra: PAY[avs].perEra,
	notice: 1,
});

/** Has an operator serve AVSs with the parts of its pools that are named. */
async function serve(who, parts) {
	const avss = [...new Set(parts.map(([avs]) => avs))];
	const joins = avss.map((avs) => api.tx.avs.join(avs, clients[avs][who].join(people[who].publicKey)));
	const changes = await Promise.all(
		parts.map(async ([avs, name, fraction]) => ({ avs, pool: await poolIn(who, name), fraction })),
	);
	await send(batch([...joins, api.tx.avs.allocate(changes)]), people[who]);
}

const dormancyOf = async (avs) => {
	const { dormancy } = (await api.call.avsApi.security(avs)).unwrap();
	return dormancy.isSome ? dormancy.unwrap().type : null;
};

const fund = (avs, eras) => {
	const { currency, perEra } = PAY[avs];
	return api.tx.emissions.fund(avs, ASSET[currency], perEra * eras + perEra / 2n);
};

test("two AVSs are voted in, and sleep until somebody funds them", async () => {
	const endow = Object.keys(STAKES).flatMap((who) => [
		api.tx.balances.transferKeepAlive(people[who].address, ENDOWMENT.PICA),
		api.tx.assets.transfer(ASSET.jitoSOL, people[who].address, ENDOWMENT.jitoSOL),
	]);
	await send(batch([...endow, api.tx.balances.transferKeepAlive(people.reporter.address, 10n * PICA)]), people.alice);
	await send(api.tx.restaking.setCommission(COMMISSION), people.charlie);
	await send(api.tx.emissions.setRewardAccount(people.till.address), people.bob);

	const since = await bestNumber(api);
	const referenda = [];
	for (const avs of [BRIDGE, ORACLE]) {
		const { events } = await send(api.tx.avs.propose(terms(avs), "it pays", true), owners[avs]);
		referenda.push(find(events, "Proposed").referendum.toNumber());
	}
	const uris = ["//Ferdie", "//Alice//stash", "//Bob//stash", "//Charlie//stash"];
	const voters = uris.map((uri) => keyring.addFromUri(uri));
	const ayes = referenda.map((index) => vote(api, index, 90_000_000n * PICA));
	await Promise.all(voters.map((voter) => send(batch(ayes), voter)));
	for (const index of referenda) await untilEnacted(api, index, since);
	for (const avs of [BRIDGE, ORACLE]) {
		const owner = (await api.call.avsApi.avs(avs)).unwrap().owner.unwrap().toString();
		assert.equal(owner, owners[avs].address);
		const { currency, perEra } = PAY[avs];
		economy.addAvs(avs, { owner, currency: ASSET[currency], perEra });
	}
	const third = ONE / 3n;
	await serve("bob", [[BRIDGE, "jitoSOL", third], [ORACLE, "jitoSOL", 2n * third], [BRIDGE, "PICA", ONE]]);
	await serve("charlie", [[BRIDGE, "jitoSOL", ONE / 2n], [ORACLE, "jitoSOL", ONE / 2n], [ORACLE, "PICA", ONE]]);
	await serve("alice", [[BRIDGE, "jitoSOL", ONE]]);
	await nextEra();
	assert.deepEqual(await Promise.all([BRIDGE, ORACLE].map(dormancyOf)), ["Unpaid", "Unpaid"]);

	const { fund: give, payRevenue, donate, collect } = api.tx.emissions;
	const wrong = [
		[give(BRIDGE, ASSET.jitoSOL, 1), "WrongCurrency"],
		[give(BRIDGE, ASSET.PICA, 0), "ZeroAmount"],
		[give(9, ASSET.PICA, 1), "AvsNotFound"],
		[payRevenue(ORACLE, ASSET.stATOM, 1), "CurrencyNotActive"],
		[payRevenue(ORACLE, ASSET.PICA, 0), "ZeroAmount"],
		[donate(0), "ZeroAmount"],
		[collect(people.bob.address, ASSET.PICA), "NothingDue"],
		[api.tx.emissions.refund(BRIDGE), "NothingToRefund"],
		[api.tx.emissions.setRewardAccount(null), "NotAnOperator"],
	];
	for (const [call, name] of wrong) await assert.rejects(send(call, owners[BRIDGE]), { message: name });
	await send(fund(BRIDGE, PAY[BRIDGE].eras), owners[BRIDGE]);
	await send(fund(ORACLE, PAY[ORACLE].eras), people.alice);
	await nextEra();
	assert.deepEqual(await Promise.all([BRIDGE, ORACLE].map(dormancyOf)), [null, null]);
	await catchUp();
});

/** Has a restaker stake all that it will. */
async function stake(who) {
	const pools = await stakesOf(who);
	await sendAs(who, batch(STAKES[who].map(([, , amount], at) => api.tx.restaking.stake(pools[at], amount, 0))));
}

test("three restakers come, each in an era of its own, and what streams to them is as foretold", async () => {
	await stake("first");
	await nextEra();
	await stake("second");
	await send(api.tx.emissions.payRevenue(BRIDGE, ASSET.DOT, 5n * UNIT.DOT + 3n), people.alice);
	await send(api.tx.emissions.payRevenue(ORACLE, ASSET.PICA, 123n * PICA + 456n), people.alice);
	await catchUp();
	await nextEra();
	await stake("third");
	const cut = await nextEra();
	await sendAs("second", api.tx.restaking.claim(await poolIn("charlie", "jitoSOL")));
	await send(api.tx.emissions.donate(500n * PICA), people.charlie);
	const full = await nextEra();
	await catchUp();
	// With what the second staked, more is due than may be made for an era, until somebody gives the rest.
	assert.equal(told("YieldCut", { era: cut }).length, 1);
	assert.equal(told("YieldCut", { era: full }).length, 0);
});

test("who is reported earns nothing of the era, and its restakers go on with what is left", async () => {
	const faultEra = await era(api);
	const { items } = await api.call.avsApi.table(BRIDGE, faultEra, 0);
	const place = items.findIndex(({ operator }) => operator.toString() === people.bob.address);
	const content = (text) => createHash("sha256").update(text).digest();
	const sign = (text) => clients[BRIDGE].bob.signRound(faultEra, 7n, content(text));
	const [one, other] = ["a block", "another block"].map(sign);
	const evidence = { DoubleSign: { round: 7n, one, other, entry: { Listed: place }, earlierEntry: null } };
	const { fee } = await send(api.tx.slashing.report(BRIDGE, 0, evidence), people.reporter);
	assert.equal(fee, 0n);
	const counted = (WHOLE * (ONE / 3n)) / ONE;
	economy.slashes.set(await poolIn("bob", "jitoSOL"), [partOf(counted, SLASH, BILLION), WHOLE]);
	economy.slashes.set(await poolIn("bob", "PICA"), [partOf(WHOLE, SLASH, BILLION), WHOLE]);
	await nextEra();
	await api.rpc.engine.createBlock(true, true);
	await catchUp();
	assert.equal(told("Slashed", {}).length, 2);
	assert.ok(told("AvsPaid", { avs: BRIDGE, era: faultEra }).length > 0);
	for (const pool of await stakesOf("first")) {
		const { active } = economy.pools.get(pool).stake;
		const { positions } = await api.call.restakingApi.position(people.first.address);
		const position = positions.find((one) => one.pool.toNumber() === pool);
		assert.equal(position.value.toBigInt(), active.worth(people.first.address));
		assert.ok(position.value.toBigInt() < position.shares.toBigInt());
	}
});

let maturity;

test("one leaves, and what streams on to nobody is the treasury's", async () => {
	const pools = await stakesOf("third");
	const { address } = people.third;
	const exits = pools.map((pool) => api.tx.restaking.unstake(pool, economy.pools.get(pool).stake.active.of(address)));
	const { events } = await sendAs("third", batch(exits));
	maturity = find(events, "Unstaked").ticket.maturity.toNumber();
	await nextEra();
	// It was alone with Alice.
	await send(api.tx.restaking.moveUnearned(pools[0]), people.bob);
	await catchUp();
	const moved = told("UnearnedMoved", { pool: pools[0] });
	assert.deepEqual(moved.map(({ currency }) => currency), [ASSET.PICA]);
});

test("governance divides revenue anew, and operators' commission leaves restakers their 40 %", async () => {
	const set = api.tx.emissions.setSplit;
	await assert.rejects(send(set(SPLIT), people.alice), (error) => /BadOrigin/.test(error.message));
	const calls = [
		set({ ...SPLIT, treasury: 0 }),
		set({ ...SPLIT, restakers: 399_999_999, treasury: SPLIT.treasury + SPLIT.restakers - 399_999_999n }),
		set(SPLIT),
	];
	const outcomes = await decide(api, keyring, calls, ORIGIN.generalAdmin);
	assert.deepEqual(outcomes, ["SplitNotTheWhole", "TooLittleForRestakers", "Ok"]);
	await catchUp();
	assert.deepEqual(economy.split, SPLIT);
});

test("an AVS whose escrow runs dry is warned, sleeps, and wakes when somebody funds it", async () => {
	while ((await dormancyOf(ORACLE)) === null) await nextEra();
	assert.equal(await dormancyOf(ORACLE), "Unpaid");
	await catchUp();
	const warnings = told("EscrowLow", { avs: ORACLE }).map(({ eras }) => eras);
	assert.deepEqual(warnings, Array.from({ length: Number(PAY[ORACLE].eras) }, (_, at) => warnings.length - 1 - at));
	const asleep = await era(api);
	const amount = 77n * PICA + 7n;
	await send(api.tx.emissions.payRevenue(ORACLE, ASSET.PICA, amount), people.alice);
	await send(fund(ORACLE, 20n), owners[ORACLE]);
	await nextEra();
	assert.equal(await dormancyOf(ORACLE), null);
	await nextEra();
	await catchUp();
	const [carried] = told("PayCarried", { avs: ORACLE });
	assert.deepEqual([carried.era, carried.amount], [asleep, amount]);
	assert.equal(told("AvsPaid", { avs: ORACLE, era: asleep + 1 }).length, 2);
});

const sum = (amounts) => amounts.reduce((all, amount) => all + amount, 0n);
const listOf = (amounts) => [...amounts].filter(([, amount]) => amount > 0n).sort(byKey);
const paidOf = (paid) => [...paid].sort(byKey).map(([currency, parts]) => ({ currency, parts }));
const inCurrencies = (paid) => paid.toSorted((one, other) => byKey([one.currency], [other.currency]));

/** What pools earn in a year by what AVSs pay for an era, by their last tables. */
function projection(pools, avss, fixed) {
	const [stake, revenue, picaStakers] = [new Map(), new Map(), new Map()];
	const add = (sums, key, amount) => sums.set(key, (sums.get(key) ?? 0n) + amount);
	const { split, blocksPerYear, eraLength } = economy;
	const activeOf = (pool) => economy.pools.get(pool).stake.active.balance;
	const inPica = (pool) => economy.pools.get(pool).asset === ASSET.PICA;
	for (const pool of pools) add(stake, economy.pools.get(pool).asset, activeOf(pool));
	const allPica = sum(economy.picaTables.at(-1).stakes.map(([, staked]) => staked));
	for (const { currency, perEra, tables } of avss.map((avs) => economy.avss.get(avs))) {
		const parts = partsOf(perEra * BigInt(Math.floor(blocksPerYear / eraLength)), split);
		const { entries } = tables.at(-1);
		const total = sum(entries.map(({ weight }) => weight));
		for (const { weight, commission, pools: behind } of entries) {
			const restakers = floorPart(parts.restakers, weight, total);
			const rest = restakers - floorPart(restakers, commissionOf(commission, split), BILLION);
			const own = behind.filter(([pool]) => pools.includes(pool));
			const [units, all] = [own, behind].map((counted) => sum(counted.map(([, brought]) => brought)));
			add(revenue, currency, floorPart(rest, units, all));
		}
		add(picaStakers, currency, floorPart(parts.picaStakers, sum(pools.filter(inPica).map(activeOf)), allPica));
	}
	const yearly = pools.map((pool) => floorPart(activeOf(pool), economy.rates.get(economy.pools.get(pool).asset), ONE));
	const { due, available } = economy.history.get(economy.era).yields;
	return {
		stake: listOf(stake),
		fixed: fixed ? floorPart(sum(yearly), available, due) : 0n,
		revenue: listOf(revenue),
		picaStakers: listOf(picaStakers),
	};
}

test("what is told of yields, escrows, projections and history is what the model has", async () => {
	const { yields, avsAccount, history, projected } = api.call.emissionsApi;
	const { yields: last } = economy.history.get(economy.era);
	const found = plain(await yields());
	const { vaults, split, ...rest } = found;
	assert.deepEqual(
		vaults.map(({ asset, rate, paidRate }) => [asset, rate, paidRate]).sort(byKey),
		[...economy.rates].map(([asset, rate]) => [asset, rate, floorPart(rate, last.available, last.due)]).sort(byKey),
	);
	assert.deepEqual(Object.values(split).map(BigInt), Object.values(economy.split));
	const emissionPerEra = economy.allowance();
	const lacking = last.due - emissionPerEra;
	const runway = lacking > 0n ? Number(economy.pot / lacking) : null;
	assert.deepEqual(rest, { pot: economy.pot, emissionPerEra, runway, last });

	for (const avs of [BRIDGE, ORACLE]) {
		const { escrow, perEra, currency, paid } = economy.avss.get(avs);
		const account = plain((await avsAccount(avs)).unwrap());
		assert.deepEqual({ ...account, paid: inCurrencies(account.paid) }, {
			account: purseOf(avs),
			escrow: escrow.entries,
			due: economy.dueOf(economy.era, avs).entries,
			runway: Number(escrow.of(currency) / perEra),
			paid: paidOf(paid),
		});
	}
	assert.equal((await avsAccount(99)).isNone, true);

	for (const [index, { yields: paid, revenue }] of economy.history) {
		const payout = plain((await history(index)).unwrap());
		const expected = { yields: paid, revenue: paidOf(revenue), blocks: 1 };
		assert.deepEqual({ ...payout, revenue: inCurrencies(payout.revenue) }, expected);
	}
	assert.equal((await history(economy.era + 1)).isNone, true);

	const poolsWhere = (holds) => [...economy.pools].filter(([, pool]) => holds(pool)).map(([id]) => id);
	const all = [BRIDGE, ORACLE];
	const entriesOf = (avs) => economy.avss.get(avs).tables.at(-1).entries;
	const behind = (avs) => entriesOf(avs).flatMap(({ pools }) => pools.map(([pool]) => pool));
	const cases = [
		[{ Vault: ASSET.jitoSOL }, projection(poolsWhere(({ asset }) => asset === ASSET.jitoSOL), all, true)],
		[{ Vault: ASSET.PICA }, projection(poolsWhere(({ asset }) => asset === ASSET.PICA), all, true)],
		...["alice", "bob", "charlie"].map((name) => {
			const { address } = people[name];
			return [{ Operator: address }, projection(poolsWhere(({ operator }) => operator === address), all, true)];
		}),
		...all.map((avs) => [{ Avs: avs }, projection(behind(avs), [avs], false)]),
	];
	for (const [earner, expected] of cases) {
		assert.deepEqual(plain(await projected(earner)), expected, JSON.stringify(earner, (_, value) => String(value)));
	}
});

test("each claims exactly what the model says, and operators have theirs", async () => {
	const expected = {};
	await enter(maturity);
	await catchUp();
	for (const who of Object.keys(STAKES)) {
		const pools = await stakesOf(who);
		const exits = pools.map((pool) => api.tx.restaking.withdraw({ pool, maturity, into: null }));
		if (who === "third") await sendAs(who, batch(exits));
		// Anyone can, and what is owed goes to whom it is owed.
		const [one, ...rest] = pools;
		await send(api.tx.restaking.claimFor(people[who].address, one), people.alice);
		for (const pool of rest) await sendAs(who, api.tx.restaking.claim(pool));
	}
	const again = api.tx.restaking.claimFor(people.third.address, (await stakesOf("third"))[0]);
	await assert.rejects(send(again, people.alice), { message: "NothingToClaim" });
	await catchUp();
	for (const who of Object.keys(STAKES)) {
		const { address } = people[who];
		for (const name of CURRENCIES) {
			const claimed = sum(told("Claimed", { who: address, currency: ASSET[name] }).map(({ amount }) => amount));
			const staked = sum(STAKES[who].filter(([, asset]) => asset === name).map(([, , amount]) => amount));
			const returned = sum(
				told("ExitPaid", { who: address })
					.filter(({ pool }) => economy.pools.get(pool).asset === ASSET[name])
					.map(({ amount }) => amount),
			);
			const paid = name === "PICA" ? fees[who] : 0n;
			const has = await balance(api, ASSET[name], address);
			assert.equal(has, ENDOWMENT[name] - staked + returned - paid + claimed, `${who} ${name}`);
			expected[name] = (expected[name] ?? 0n) + claimed;
		}
	}
	for (const name of CURRENCIES) assert.ok(expected[name] > 0n, name);
	const { till, charlie } = people;
	for (const name of CURRENCIES) {
		const earned = sum(told("DuePaid", { to: till.address, currency: ASSET[name] }).map(({ amount }) => amount));
		assert.equal(await balance(api, ASSET[name], till.address), earned);
		assert.ok(earned > 0n);
	}
	const { entries } = economy.avss.get(BRIDGE).tables.at(-1);
	const charlies = entries.find(({ operator }) => operator === charlie.address);
	assert.equal(charlies.commission, COMMISSION);
	assert.ok(commissionOf(COMMISSION, economy.split) < COMMISSION);
});

test("an AVS's owner, and nobody else, spends what it has beside its escrow", async () => {
	const owner = owners[BRIDGE];
	const payee = keyring.addFromUri("//Payee");
	const beneficiary = { parents: 0, interior: { X1: [{ AccountId32: { network: null, id: payee.publicKey } }] } };
	const spend = (asset, amount) => api.tx.emissions.spend(BRIDGE, asset, amount, beneficiary, null);
	const here = spend({ Here: ASSET.PICA }, 3n * PICA);
	await send(api.tx.balances.transferKeepAlive(purseOf(BRIDGE), 10n * PICA), people.bob);
	await assert.rejects(send(here, people.bob), { message: "NotTheOwner" });
	const spent = find((await send(here, owner)).events, "Spent");
	assert.equal(spent.payment.type, "Done");
	assert.equal(await balance(api, ASSET.PICA, payee.address), 3n * PICA);
	assert.equal(await balance(api, ASSET.PICA, purseOf(BRIDGE)), 7n * PICA);
	// No lane leads there.
	const chain = { parents: 1, interior: { X2: [{ GlobalConsensus: "Polkadot" }, { Parachain: 1_000 }] } };
	const usdc = { parents: 0, interior: { X2: [{ PalletInstance: 50 }, { GeneralIndex: 1_337 }] } };
	await assert.rejects(send(spend({ There: { chain, asset: usdc } }, 1n), owner), { message: "SendFailure" });
	await catchUp();
});

test("an AVS that leaves pays for its last era, and has back what it didn't need", async () => {
	const owner = owners[BRIDGE];
	const { events } = await send(api.tx.avs.offboard(BRIDGE), owner);
	const until = find(events, "OffboardingStarted").until.toNumber();
	await enter(until - 1);
	await assert.rejects(send(api.tx.emissions.refund(BRIDGE), people.bob), { message: "NothingToRefund" });
	await enter(until);
	await catchUp();
	assert.equal(told("AvsPaid", { avs: BRIDGE, era: until - 1 }).length, 1);
	const left = economy.avss.get(BRIDGE).escrow.of(ASSET.PICA);
	const before = await balance(api, ASSET.PICA, owner.address);
	await send(api.tx.emissions.refund(BRIDGE), people.bob);
	assert.equal((await balance(api, ASSET.PICA, owner.address)) - before, left);
	assert.ok(left > 0n);
	await assert.rejects(send(fund(BRIDGE, 1n), owner), { message: "AvsIsGone" });
	await assert.rejects(send(api.tx.emissions.refund(BRIDGE), people.bob), { message: "NothingToRefund" });
	await nextEra();
	await catchUp();
	assert.deepEqual(plain((await api.call.emissionsApi.avsAccount(BRIDGE)).unwrap()).escrow, []);
});
