// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

// Messages and programs on a live node: what a dry run foretells of a message that restakes, its fee and its
// effects, is exactly what executing it does; what another chain's message would do can be asked for
// beforehand; and a front end needs no code of ours to write programs and to find executors.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ASSET, UNIT, balance, connect, poolOf, send } from "./chain.mjs";
import { encodeProgram, executorOf } from "./cvm-codec.mjs";
import { ORIGIN, decide } from "./governance.mjs";
import { Node } from "./node.mjs";

const SALT = 7n;
const STAKE = 123n * UNIT.DOT + 45n;
/** What a message may spend on fees, in planck of DOT. */
const FEE = 10n * UNIT.DOT;
/** `Network::Picasso`. */
const PICASSO = 1;

const POLKADOT = { parents: 1, interior: { X1: [{ GlobalConsensus: "Polkadot" }] } };
const ASSET_HUB = {
	parents: 1,
	interior: { X2: [{ GlobalConsensus: "Polkadot" }, { Parachain: 1000 }] },
};

let node, api, keyring, alice, dave, pool;

before(async () => {
	node = await Node.start({ args: ["--dev", "--sealing", "instant"] });
	({ api, keyring } = await connect(node.url));
	[alice, dave] = ["//Alice", "//Dave"].map((uri) => keyring.addFromUri(uri));
	pool = await poolOf(api, alice.address, ASSET.DOT);
	// On the state of block 0 nothing that is dry run emits events.
	await send(api.tx.system.remark("0x"), alice);
});

after(async () => {
	await api?.disconnect();
	await node?.stop();
});

const hex = (bytes) => `0x${Buffer.from(bytes).toString("hex")}`;
const dot = (planck) => ({ id: POLKADOT, fun: { Fungible: planck } });
const here = (id) => ({ parents: 0, interior: { X1: [{ AccountId32: { network: null, id } }] } });

/** The executor of an account of this chain, as the format says. */
function localExecutor(account, salt = SALT) {
	return hex(executorOf(PICASSO, hex(account.publicKey), String(salt)));
}

/** A program that stakes, as plain data. */
function staking(amount, minShares = 0n) {
	const stake = { pool, amount: { exactly: String(amount) }, minShares: String(minShares) };
	return { tag: "0x6c697665", instructions: [{ stake }], refund: null };
}

/** What `polkadotXcm.execute` is given: DOT of the account that executes it pays, and the rest is staked by a
 * program of its executor's. */
function restaking(account, program, { fee = FEE, bring = STAKE } = {}) {
	const executor = here(localExecutor(account));
	const call = api.tx.cvm.execute(SALT, encoded(program)).method.toHex();
	return {
		V5: [
			{ WithdrawAsset: [dot(bring + fee)] },
			{ PayFees: { asset: dot(fee) } },
			{
				SetAppendix: [
					"RefundSurplus",
					{ DepositAsset: { assets: { Wild: "All" }, beneficiary: executor } },
				],
			},
			{ DepositAsset: { assets: { Wild: { AllCounted: 1 } }, beneficiary: executor } },
			{ Transact: { originKind: "Xcm", fallbackMaxWeight: null, call: { encoded: call } } },
			{ ExpectTransactStatus: "Success" },
		],
	};
}

/** A program's bytes, by this folder's own codec, as the API takes it. */
function encoded(program) {
	return api.createType("PicassoPrimitivesCvmProgram", encodeProgram(program));
}

/** Events that a call itself emits, without what paying for its transaction does. A message's id, the last that
 * is told of it, follows from the block and the transaction that it is sent in. */
function told(events) {
	const around = new Set(["balances", "transactionPayment", "emissions", "treasury", "system"]);
	return events
		.filter(({ section }) => !around.has(section))
		.map(({ section, method, data }) => `${section}.${method} ${data.toString()}`)
		.map((event) => event.replace(/"0x[0-9a-f]{64}"\]$/, '"id"]'));
}

/** What accounts have of DOT, and staked. */
async function holdings(addresses) {
	const all = await Promise.all(
		addresses.map(async (address) => [
			await balance(api, ASSET.DOT, address),
			(await api.call.restakingApi.position(address)).toString(),
		]),
	);
	return all;
}

test("each runtime API of XCM answers", async () => {
	const payable = await api.call.xcmPaymentApi.queryAcceptablePaymentAssets(5);
	assert.ok(payable.isOk);
	assert.ok(payable.asOk.length >= 4, "PICA and every asset with a rate and a location");
	const reserve = await api.call.trustedQueryApi.isTrustedReserve({ V5: dot(1n) }, { V5: ASSET_HUB });
	assert.ok(reserve.asOk.isTrue);
	const wrong = await api.call.trustedQueryApi.isTrustedReserve({ V5: dot(1n) }, { V5: POLKADOT });
	assert.ok(wrong.asOk.isFalse);
	const teleporter = await api.call.trustedQueryApi.isTrustedTeleporter({ V5: dot(1n) }, { V5: ASSET_HUB });
	assert.ok(teleporter.asOk.isFalse);
	const account = await api.call.locationToAccountApi.convertLocation({ V5: here(hex(alice.publicKey)) });
	assert.equal(account.asOk.toString(), alice.address);
	const aliasers = await api.call.authorizedAliasersApi.authorizedAliasers({ V5: ASSET_HUB });
	assert.equal(aliasers.asOk.length, 0);
});

test("executors and programs need no code of ours", async () => {
	const api32 = await api.call.cvmApi.executorOf({ V5: here(hex(alice.publicKey)) }, SALT);
	assert.equal(hex(api32.unwrap().toU8a()), localExecutor(alice));
	const program = encoded(staking(STAKE));
	assert.equal(hex(program.toU8a()), hex(encodeProgram(staking(STAKE))));
	const weighed = (await api.call.cvmApi.weigh(program)).asOk;
	assert.equal(weighed.size_.toNumber(), encodeProgram(staking(STAKE)).length);
	const [step] = (await api.call.cvmApi.explain(program)).asOk;
	assert.match(step.text.toUtf8(), new RegExp(`${STAKE}`));
});

test("a dry run foretells the fee and the effects of a message that restakes, and executing it has them", async () => {
	const message = restaking(alice, staking(STAKE));
	const weight = (await api.call.xcmPaymentApi.queryXcmWeight(message)).asOk;
	const price = await api.call.xcmPaymentApi.queryWeightToAssetFee(weight, { V5: POLKADOT });
	const predicted = price.asOk.toBigInt();
	assert.ok(predicted > 0n && predicted < FEE);

	const transaction = api.tx.polkadotXcm.execute(message, weight);
	const origin = { system: { Signed: alice.address } };
	const dry = (await api.call.dryRunApi.dryRunCall(origin, transaction.method, 5)).asOk;
	assert.ok(dry.executionResult.isOk, dry.executionResult.toString());
	assert.equal(dry.forwardedXcms.length, 0);

	const executor = keyring.encodeAddress(localExecutor(alice));
	const before = await balance(api, ASSET.DOT, alice.address);
	const { events } = await send(transaction, alice);
	assert.deepEqual(told(events), told(dry.emittedEvents));

	const position = await api.call.restakingApi.position(executor);
	assert.equal(position.positions.length, 1);
	assert.equal(position.positions[0].value.toBigInt(), STAKE);
	// What the fees left is the executor's: all of it was Alice's.
	const left = await balance(api, ASSET.DOT, executor);
	assert.equal(await balance(api, ASSET.DOT, alice.address), before - STAKE - FEE);
	assert.equal(FEE - left, predicted, "the fee is what was foretold");
});

test("a program that fails leaves its funds with the executor, and says why", async () => {
	const impossible = staking(STAKE, STAKE * 2n);
	const message = restaking(dave, impossible);
	const weight = (await api.call.xcmPaymentApi.queryXcmWeight(message)).asOk;
	const transaction = api.tx.polkadotXcm.execute(message, weight);
	const origin = { system: { Signed: dave.address } };
	const dry = (await api.call.dryRunApi.dryRunCall(origin, transaction.method, 5)).asOk;
	const executor = keyring.encodeAddress(localExecutor(dave));
	const { events } = await send(transaction, dave);
	assert.deepEqual(told(events), told(dry.emittedEvents));
	const failed = events.find(({ method }) => method === "ProgramFailed");
	assert.ok(failed, "an event says so");
	const [held] = await holdings([executor]);
	assert.ok(held[0] >= STAKE, "it is all there");

	// Its owner takes it back by a call of this chain.
	const take = {
		tag: "0x",
		instructions: [{ transfer: { to: hex(dave.publicKey), assets: [[String(ASSET.DOT), "all"]] } }],
		refund: null,
	};
	const before = await balance(api, ASSET.DOT, dave.address);
	await send(api.tx.cvm.execute(SALT, encoded(take)), dave);
	assert.equal(await balance(api, ASSET.DOT, executor), 0n);
	assert.equal(await balance(api, ASSET.DOT, dave.address), before + held[0]);
});

test("a message without enough for its fee is not executed, and takes nothing", async () => {
	const message = restaking(alice, staking(STAKE), { fee: 1n });
	const weight = (await api.call.xcmPaymentApi.queryXcmWeight(message)).asOk;
	const before = await holdings([alice.address, keyring.encodeAddress(localExecutor(alice))]);
	await assert.rejects(send(api.tx.polkadotXcm.execute(message, weight), alice), /LocalExecutionIncomplete/);
	assert.deepEqual(await holdings([alice.address, keyring.encodeAddress(localExecutor(alice))]), before);
});

test("what a message of Asset Hub would do can be asked for, and nobody can forge one", async () => {
	const universal = { X2: [{ GlobalConsensus: "Polkadot" }, { Parachain: 1000 }] };
	const calls = [api.tx.lanes.openLane(universal), api.tx.polkadotXcm.forceXcmVersion(ASSET_HUB, 5)];
	await decide(api, keyring, calls, ORIGIN.root);
	const user = { AccountId32: { network: "Polkadot", id: hex(alice.publicKey) } };
	const account = {
		parents: 1,
		interior: { X3: [{ GlobalConsensus: "Polkadot" }, { Parachain: 1000 }, user] },
	};
	const order = {
		origin: { V5: account },
		salt: SALT,
		asset: ASSET.DOT,
		amount: STAKE,
		pool,
		minShares: 0n,
		fee: FEE,
		localFee: UNIT.DOT,
	};
	const [program, local] = (await api.call.cvmApi.encodeRestake(order)).asOk;
	const transfer = local.asV5.find((instruction) => instruction.isInitiateTransfer).asInitiateTransfer;
	assert.ok(transfer.preserveOrigin.isTrue);
	// What Asset Hub makes of it for the way.
	const remote = {
		V5: [
			{ ReserveAssetDeposited: [dot(FEE)] },
			{ PayFees: { asset: dot(FEE) } },
			{ ReserveAssetDeposited: [dot(STAKE)] },
			{ AliasOrigin: account },
			...transfer.remoteXcm.toJSON(),
		],
	};
	const dry = (await api.call.dryRunApi.dryRunXcm({ V5: ASSET_HUB }, remote)).asOk;
	assert.ok(dry.executionResult.isComplete, dry.executionResult.toString());
	const events = dry.emittedEvents.map(({ section, method }) => `${section}.${method}`);
	assert.ok(events.includes("cvm.ProgramExecuted") && events.includes("restaking.Staked"));
	assert.equal(program.instructions.length, 1);

	// Another chain's origin can't act for it.
	const bifrost = {
		parents: 1,
		interior: { X2: [{ GlobalConsensus: "Polkadot" }, { Parachain: 2030 }] },
	};
	const forged = (await api.call.dryRunApi.dryRunXcm({ V5: bifrost }, remote)).asOk;
	assert.ok(forged.executionResult.isIncomplete, forged.executionResult.toString());
});

test("what is sent to a chain goes by its lane, for a fee, and what is in it is gone from here", async () => {
	const beneficiary = { V5: { parents: 0, interior: { X1: [{ AccountId32: { network: null, id: hex(alice.publicKey) } }] } } };
	const assets = { V5: [dot(5n * UNIT.DOT)] };
	const transaction = api.tx.polkadotXcm.transferAssets({ V5: ASSET_HUB }, beneficiary, assets, 0, "Unlimited");
	const origin = { system: { Signed: alice.address } };
	const dry = (await api.call.dryRunApi.dryRunCall(origin, transaction.method, 5)).asOk;
	assert.ok(dry.executionResult.isOk, dry.executionResult.toString());
	assert.equal(dry.forwardedXcms.length, 1);
	const supply = async () => (await api.query.assets.asset(ASSET.DOT)).unwrap().supply.toBigInt();
	const before = await supply();
	const { events } = await send(transaction, alice);
	assert.deepEqual(told(events), told(dry.emittedEvents));
	assert.equal(await supply(), before - 5n * UNIT.DOT);
	assert.ok(events.some(({ section, method }) => `${section}.${method}` === "lanes.MessageQueued"));
});
