// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

// The life of a stake on a live node, by @polkadot/api and by polkadot-api: every balance to the
// planck.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createClient } from "polkadot-api";
import { getWsProvider } from "polkadot-api/ws";
import { WebSocket } from "ws";
import { ASSET, UNIT, balance, connect, era, poolOf, sealUntilEra, send } from "./chain.mjs";
import { ORIGIN, decide } from "./governance.mjs";
import { Node, until } from "./node.mjs";

let node, api, keyring, alice, restaker, papi;

before(async () => {
	node = await Node.start({ args: ["--dev", "--sealing", "instant"] });
	({ api, keyring } = await connect(node.url));
	papi = createClient(getWsProvider(node.url, { websocketClass: WebSocket }));
	alice = keyring.addFromUri("//Alice");
	restaker = keyring.addFromUri(`//Restaker//${Date.now()}`);
});

after(async () => {
	papi?.destroy();
	await api?.disconnect();
	await node?.stop();
});

/** A ticket's name as polkadot-api reads it. */
function plain({ pool, maturity, into }) {
	return {
		pool: pool.toNumber(),
		maturity: maturity.toNumber(),
		into: into.isSome ? into.unwrap().toNumber() : undefined,
	};
}

/** What the runtime API says of an account, as both clients read it. */
async function told(account = restaker) {
	const position = await api.call.restakingApi.position(account.address);
	const byPolkadotJs = {
		positions: position.positions.map(({ pool, asset, shares, value, rewards, compounds }) => ({
			pool: pool.toNumber(),
			asset: asset.toBigInt(),
			shares: shares.toBigInt(),
			value: value.toBigInt(),
			rewards: rewards.map(([currency, amount]) => [currency.toBigInt(), amount.toBigInt()]),
			compounds: compounds.isTrue,
		})),
		tickets: position.tickets.map(({ ticket, asset, points, value, mature }) => ({
			ticket: plain(ticket),
			asset: asset.toBigInt(),
			points: points.toBigInt(),
			value: value.toBigInt(),
			mature: mature.isTrue,
		})),
	};
	const best = (await api.rpc.chain.getBlockHash()).toHex();
	await until("polkadot-api has the block", async () => {
		return (await papi.getBestBlocks()).some(({ hash }) => hash === best);
	});
	const byPapi = await papi.getUnsafeApi().apis.RestakingApi.position(account.address, { at: "best" });
	assert.deepEqual(byPapi, byPolkadotJs, "both clients read the same");
	return byPolkadotJs;
}

test("the development chain has its assets, vaults, operators and pools", async () => {
	const vaults = await api.call.restakingApi.vaults();
	assert.equal(vaults.length, 7);
	assert.ok(vaults.every(({ settings }) => settings.status.isOpen));
	const symbols = await Promise.all(
		vaults
			.filter(({ asset }) => asset.toBigInt() !== ASSET.PICA)
			.map(async ({ asset }) => {
				const { symbol, decimals } = await api.query.assets.metadata(asset);
				return [symbol.toUtf8(), decimals.toNumber()];
			}),
	);
	assert.deepEqual(Object.fromEntries(symbols), {
		jitoSOL: 9,
		mSOL: 9,
		stATOM: 6,
		wstETH: 18,
		vDOT: 10,
		DOT: 10,
	});
	const operators = await api.call.restakingApi.operators(null, 10);
	assert.equal(operators.items.length, 3);
	assert.ok(operators.items.every(({ pools }) => pools.length === 7));
	const properties = await api.rpc.system.properties();
	assert.deepEqual(properties.toHuman(), {
		isEthereum: false,
		ss58Format: "49",
		tokenDecimals: ["12"],
		tokenSymbol: ["PICA"],
	});
});

/** The same, but for what is earned, which grows by itself, and what becomes of it. */
async function toldOfStake() {
	const { positions, tickets } = await told();
	return { positions: positions.map(({ rewards, compounds, ...position }) => position), tickets };
}

test("a stake goes in and comes back, to the planck", async () => {
	const stakes = [
		{ asset: ASSET.jitoSOL, endowment: 5n * UNIT.jitoSOL, amount: 3n * UNIT.jitoSOL + 7n },
		{ asset: ASSET.stATOM, endowment: 9n * UNIT.stATOM, amount: 9n * UNIT.stATOM },
	];
	const pica = 100n * UNIT.PICA;
	await send(api.tx.balances.transferKeepAlive(restaker.address, pica), alice);
	for (const { asset, endowment } of stakes) {
		await send(api.tx.assets.transfer(asset, restaker.address, endowment), alice);
	}

	let fees = 0n;
	for (const stake of stakes) {
		const { asset, endowment, amount } = stake;
		stake.pool = await poolOf(api, alice.address, asset);
		const preview = await api.call.restakingApi.previewStake(stake.pool, amount);
		assert.equal(preview.asOk.toBigInt(), amount);
		const { fee, events } = await send(api.tx.restaking.stake(stake.pool, amount, amount), restaker);
		fees += fee;
		const staked = events.find(({ method }) => method === "Staked");
		assert.equal(staked.data.shares.toBigInt(), amount);
		assert.equal(await balance(api, asset, restaker.address), endowment - amount);
	}
	assert.deepEqual((await told()).positions, stakes
		.map(({ pool, asset, amount }) => ({ pool, asset, shares: amount, value: amount, rewards: [], compounds: false })));

	// A third of each leaves first, then the rest.
	for (const stake of stakes) {
		const { pool, amount } = stake;
		const preview = (await api.call.restakingApi.previewUnstake(pool, amount / 3n)).asOk;
		assert.equal(preview.amount.toBigInt(), amount / 3n);
		const now = await era(api);
		const { fee, events } = await send(api.tx.restaking.unstake(pool, amount / 3n), restaker);
		fees += fee;
		const { ticket } = events.find(({ method }) => method === "Unstaked").data;
		stake.ticket = plain(ticket);
		// Three eras from now; the era may have turned with the block.
		assert.ok([now + 3, now + 4].includes(stake.ticket.maturity));
	}
	assert.deepEqual((await told()).tickets, stakes.map(({ ticket, asset, amount }) => ({
		ticket,
		asset,
		points: amount / 3n,
		value: amount / 3n,
		mature: false,
	})));
	await assert.rejects(send(api.tx.restaking.withdraw(stakes[0].ticket), restaker), (error) => {
		fees += error.fee;
		return error.message === "TicketNotMature";
	});
	for (const { pool, amount } of stakes) {
		fees += (await send(api.tx.restaking.unstake(pool, amount - amount / 3n), restaker)).fee;
	}
	assert.deepEqual((await told()).positions, []);

	const { tickets } = await told();
	await sealUntilEra(api, Math.max(...tickets.map(({ ticket }) => ticket.maturity)));
	for (const { ticket, mature } of (await told()).tickets) {
		assert.ok(mature);
		fees += (await send(api.tx.restaking.withdraw(ticket), restaker)).fee;
	}
	assert.deepEqual(await told(), { positions: [], tickets: [] });
	for (const { asset, endowment } of stakes) {
		assert.equal(await balance(api, asset, restaker.address), endowment);
	}
	assert.equal(await balance(api, ASSET.PICA, restaker.address), pica - fees);
});

test("PICA is restaked like any other asset, and the account lives", async () => {
	const pool = await poolOf(api, alice.address, ASSET.PICA);
	const before = await balance(api, ASSET.PICA, restaker.address);
	await assert.rejects(send(api.tx.restaking.stake(pool, before, 0), restaker));
	const { fee } = await send(api.tx.restaking.stake(pool, UNIT.PICA, 0), restaker);
	const now = await balance(api, ASSET.PICA, restaker.address);
	assert.ok(before - UNIT.PICA - fee - now > 0n, "the refused attempt cost its fee");
	const { fee: exitFee } = await send(api.tx.restaking.unstake(pool, UNIT.PICA), restaker);
	const [{ ticket }] = (await told()).tickets;
	await sealUntilEra(api, ticket.maturity);
	const { fee: lastFee } = await send(api.tx.restaking.withdraw(ticket), restaker);
	assert.equal(
		await balance(api, ASSET.PICA, restaker.address),
		now - exitFee - lastFee + UNIT.PICA,
	);
});

test("bad input is refused by name and moves nothing", async () => {
	const pool = await poolOf(api, alice.address, ASSET.jitoSOL);
	const { stake, unstake, withdraw, createPool, createVault, setVault } = api.tx.restaking;
	const whole = UNIT.jitoSOL;
	await send(stake(pool, whole, 0), restaker);
	const ticketOfAlice = async () => {
		await send(stake(pool, whole, 0), alice);
		await send(unstake(pool, whole), alice);
		const { tickets } = await api.call.restakingApi.position(alice.address);
		return tickets[0].ticket;
	};
	const cases = [
		[stake(999, whole, 0), "PoolNotFound"],
		[stake(pool, 0, 0), "ZeroAmount"],
		[stake(pool, 1, 0), "BelowMinimumStake"],
		[stake(pool, whole, whole + 1n), "SharesBelowMinimum"],
		[stake(pool, 20_000_000n * whole, 0), "VaultFull"],
		[unstake(pool, whole + 1n), "NotEnoughShares"],
		[unstake(pool, 0), "ExitWorthNothing"],
		[withdraw(await ticketOfAlice()), "TicketNotFound"],
		[createPool(ASSET.jitoSOL, "mine"), "OperatorNotFound"],
	];
	const before = await toldOfStake();
	const held = await balance(api, ASSET.jitoSOL, restaker.address);
	for (const [transaction, name] of cases) {
		await assert.rejects(send(transaction, restaker), { message: name });
	}
	assert.deepEqual(await toldOfStake(), before);
	assert.equal(await balance(api, ASSET.jitoSOL, restaker.address), held);

	const settings = (await api.call.restakingApi.vaults())
		.find(({ asset }) => asset.toBigInt() === ASSET.jitoSOL)
		.settings.toJSON();
	const closing = [
		createVault(12345n, settings),
		createVault(ASSET.jitoSOL, settings),
		setVault(12345n, settings),
		setVault(ASSET.jitoSOL, { ...settings, status: "ExitsOnly" }),
	];
	assert.deepEqual(
		await decide(api, keyring, closing, ORIGIN.generalAdmin),
		["NotRegistered", "VaultExists", "NotRegistered", "Ok"],
	);
	await assert.rejects(send(stake(pool, whole, 0), restaker), { message: "VaultNotOpen" });
	assert.deepEqual(await decide(api, keyring, [setVault(ASSET.jitoSOL, settings)]), ["Ok"]);
	await send(api.tx.restaking.setPoolStatus(pool, "Closed"), alice);
	await assert.rejects(send(stake(pool, whole, 0), restaker), { message: "PoolNotOpen" });
	await send(api.tx.restaking.setPoolStatus(pool, "Open"), alice);
});

test("a proxy for restaking stakes for its principal and moves no money", async () => {
	const proxy = keyring.addFromUri("//Bob");
	await send(api.tx.proxy.addProxy(proxy.address, "Restaking", 0), restaker);
	const pool = await poolOf(api, alice.address, ASSET.jitoSOL);
	const through = async (call) => {
		const { events } = await send(api.tx.proxy.proxy(restaker.address, null, call), proxy);
		return events.find(({ method }) => method === "ProxyExecuted").data[0];
	};
	const { positions } = await told();
	assert.ok((await through(api.tx.restaking.stake(pool, UNIT.jitoSOL, 0))).isOk);
	assert.equal((await told()).positions[0].shares, positions[0].shares + UNIT.jitoSOL);
	for (const call of [
		api.tx.assets.transfer(ASSET.jitoSOL, proxy.address, 1),
		api.tx.balances.transferAllowDeath(proxy.address, 1),
	]) {
		assert.ok((await through(call)).isErr);
	}
});

test("an operator registers, announces a commission, restricts a pool and leaves", async () => {
	const operator = keyring.addFromUri(`//Operator//${Date.now()}`);
	const endowment = 10_000n * UNIT.PICA;
	await send(api.tx.balances.transferKeepAlive(operator.address, endowment), alice);
	await send(api.tx.assets.transfer(ASSET.jitoSOL, operator.address, UNIT.jitoSOL), alice);
	let fees = 0n;
	const run = async (call) => {
		const result = await send(call, operator);
		fees += result.fee;
		return result;
	};
	const {
		registerOperator, createPool, setCommission, setPoolAccess, setApproval, setOperatorStatus,
		removePool, deregisterOperator, stake, unstakeFor, withdrawFor, claimFor,
	} = api.tx.restaking;
	await run(registerOperator(10_000_000, "https://operator.example"));
	await run(createPool(ASSET.jitoSOL, "mine"));
	const pool = await poolOf(api, operator.address, ASSET.jitoSOL);
	const held = async () => {
		const { data } = await api.query.system.account(operator.address);
		return data.reserved.toBigInt();
	};
	assert.ok((await held()) > 0n);

	const now = await era(api);
	const { events } = await run(setCommission(200_000_000));
	const { from } = events.find(({ method }) => method === "CommissionChanged").data;
	assert.ok([now + 3, now + 4].includes(from.toNumber()), "whoever disagrees can leave first");
	await run(setPoolAccess(pool, "Approved"));
	await assert.rejects(send(stake(pool, UNIT.jitoSOL, 0), alice), { message: "NotApproved" });
	await run(setApproval(alice.address, true));
	await send(stake(pool, UNIT.jitoSOL, 0), alice);
	await run(setApproval(alice.address, false));
	// She earns from the next era on.
	await sealUntilEra(api, (await era(api)) + 1);

	// It leaves while Alice does nothing: she is seen out with everything.
	const before = await balance(api, ASSET.jitoSOL, alice.address);
	await run(setOperatorStatus("Leaving"));
	await assert.rejects(run(deregisterOperator()), (error) => {
		fees += error.fee;
		return error.message === "PoolsRemain";
	});
	const exit = await run(unstakeFor(pool, alice.address));
	const { ticket } = exit.events.find(({ method }) => method === "Unstaked").data;
	await sealUntilEra(api, ticket.maturity.toNumber());
	await run(withdrawFor(alice.address, ticket));
	assert.equal(await balance(api, ASSET.jitoSOL, alice.address), before + UNIT.jitoSOL);
	await assert.rejects(run(removePool(pool)), (error) => {
		fees += error.fee;
		return error.message === "PoolNotEmpty";
	});
	await run(claimFor(alice.address, pool));
	await run(removePool(pool));
	await run(deregisterOperator());
	assert.equal(await held(), 0n);
	assert.equal(await balance(api, ASSET.PICA, operator.address), endowment - fees);
});

test("exits are taken back, passed on, moved to another pool, and paid together", async () => {
	const other = keyring.addFromUri(`//Other//${Date.now()}`);
	const unit = UNIT.stATOM;
	const [pool, into] = await Promise.all(
		["//Alice", "//Bob"].map((uri) => poolOf(api, keyring.addFromUri(uri).address, ASSET.stATOM)),
	);
	await send(api.tx.assets.transfer(ASSET.stATOM, restaker.address, 10n * unit), alice);
	const before = await balance(api, ASSET.stATOM, restaker.address);
	const {
		stake, unstake, cancelUnstake, transferTicket, redelegate, completeMove, withdrawMany,
		withdrawTo, claim,
	} = api.tx.restaking;
	await send(stake(pool, 10n * unit, 0), restaker);
	const exit = async (call) => {
		const { events } = await send(call, restaker);
		return plain(events.find(({ method }) => method === "Unstaked").data.ticket);
	};
	const paid = await exit(unstake(pool, 6n * unit));
	await send(cancelUnstake(paid, unit), restaker);
	await send(transferTicket(paid, 2n * unit, other.address), restaker);
	assert.equal((await told(other)).tickets[0].value, 2n * unit);
	const moving = await exit(redelegate(pool, 4n * unit, into));
	assert.equal(moving.into, into);

	await sealUntilEra(api, Math.max(paid.maturity, moving.maturity));
	await send(completeMove(restaker.address, moving), alice);
	const unknown = { pool: 999, maturity: 0, into: null };
	const { events } = await send(withdrawMany([unknown, paid]), restaker);
	const methods = events.map(({ method }) => method);
	assert.ok(methods.includes("WithdrawFailed") && methods.includes("Withdrawn"));
	assert.equal(await balance(api, ASSET.stATOM, restaker.address), before - 10n * unit + 3n * unit);
	const positions = (await told()).positions.filter(({ asset }) => asset === ASSET.stATOM);
	assert.deepEqual(
		positions.map(({ pool, shares }) => [pool, shares]),
		[[pool, unit], [into, 4n * unit]].sort(([one], [two]) => one - two),
	);
	// The other has no PICA for a fee: its ticket can still be paid, to itself, by anyone.
	await send(api.tx.restaking.withdrawFor(other.address, paid), alice);
	assert.equal(await balance(api, ASSET.stATOM, other.address), 2n * unit);
	// What it staked earned a fixed yield by itself.
	const { rewards } = positions.find((position) => position.pool === pool);
	assert.deepEqual(rewards.map(([currency]) => currency), [ASSET.PICA]);
	const { events: claimed } = await send(claim(pool), restaker);
	const { amount } = claimed.find(({ method }) => method === "Claimed").data;
	assert.ok(amount.toBigInt() >= rewards[0][1]);
	const unknownPool = await poolOf(api, alice.address, ASSET.DOT);
	await assert.rejects(send(claim(unknownPool), restaker), { message: "NothingToClaim" });
	await assert.rejects(send(withdrawTo(paid, alice.address), restaker), { message: "TicketNotFound" });
});
