// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

// What the model of emissions is told of a chain, block by block; and what the chain paid, to compare with
// what the model foretells.

import { ASSET, blockAt } from "./chain.mjs";
import { BILLION, Economy } from "./emissions-model.mjs";

/** As the parameters are until governance sets them: see runtime/src/configs/governance/parameters.rs. */
const CEILING = 50_000_000n;
const WARNING_ERAS = 18;

/** Events that say what people did, or what tables say, and not what follows from it. */
const DEEDS = new Set([
	...["EraStarted", "Staked", "Unstaked", "Withdrawn", "TransactionFeePaid", "OffboardingStarted"],
	...["OperatorExcluded", "OperatorReadmitted", "PicaTableBuilt", "TableBuilt"],
	...["EscrowFunded", "RevenuePaid", "Donated", "RewardAccountChanged", "SplitChanged"],
]);
/** Events that say what came of what somebody asked for, or of a verdict. */
const ASKED = {
	Claimed: "ClaimAsked",
	UnearnedMoved: "MoveUnearnedAsked",
	Refunded: "RefundAsked",
	Slashed: "SlashDue",
};
/** All others of emissions are payments too. */
const PAYMENTS = new Set(["RewardsCredited", ...Object.keys(ASKED)]);
const SECTIONS = new Set(["restaking", "emissions", "avs", "slashing", "transactionPayment"]);

/** What a value on the chain is in plain JavaScript: what may be planck as BigInt. */
export function plain(codec) {
	if (codec.isTrue !== undefined) return codec.isTrue;
	if (codec.isSome !== undefined) return codec.isSome ? plain(codec.unwrap()) : null;
	if (codec.toBigInt) return codec.bitLength() > 32 ? codec.toBigInt() : codec.toNumber();
	if (codec instanceof Map) return Object.fromEntries([...codec].map(([name, value]) => [name, plain(value)]));
	if (Array.isArray(codec)) return codec.map(plain);
	return codec.type ?? codec.toString();
}

function inBillionths(split) {
	return Object.fromEntries(Object.entries(split).map(([name, part]) => [name, BigInt(part)]));
}

function plainEvent({ method, data }) {
	// The client writes new_ for new.
	const fields = data.names.map((name, at) => [name.replace(/_$/, ""), plain(data[at])]);
	const { ticket, ...rest } = Object.fromEntries(fields);
	return { name: method, ...rest, ...ticket };
}

/** One event as one line, whatever the order of its fields. */
export function line(value) {
	if (typeof value !== "object" || value === null) return String(value);
	const fields = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
	return `{${fields.map(([name, field]) => `${name}: ${line(field)}`).join(", ")}}`;
}

/** The rules, the pools and the stakes that a chain starts with whose blocks one validator makes. */
export async function economyAtGenesis(api, author) {
	const at = await api.at(api.genesisHash);
	const vaults = await at.call.restakingApi.vaults();
	const { split } = await at.call.emissionsApi.yields();
	const pools = (await at.call.restakingApi.pools({}, 0, 256)).items.map(plain);
	const own = pools.find(({ operator, asset }) => operator === author && asset === ASSET.PICA).pool;
	const model = new Economy({
		split: inBillionths(plain(split)),
		ceiling: CEILING,
		blocksPerYear: api.consts.emissions.blocksPerYear.toNumber(),
		eraLength: (await at.query.restaking.currentEra()).unwrap().settings.length.toNumber(),
		warningEras: WARNING_ERAS,
		rates: new Map(vaults.map(({ asset, settings }) => [asset.toBigInt(), settings.yieldRate.toBigInt()])),
		treasury: (await at.query.assets.asset(ASSET.jitoSOL)).unwrap().owner.toString(),
		author: { address: author, pool: own, commission: BILLION / 100n },
	});
	for (const { pool, asset, operator, active } of pools) {
		model.addPool(pool, asset, operator);
		if (active > 0n) model.pools.get(pool).stake.stake(operator, active);
	}
	model.noteTurn();
	return model;
}

/**
 * What an event says; what a report or a verdict says of the operator, and of each pool. An operator is at fault
 * once at a time here: the last that is said of it holds.
 */
function factsOf(event) {
	const { section } = event;
	const told = plainEvent(event);
	const { name, fault, detained, jailedUntil, pools } = told;
	if (section !== "slashing") return [{ section, ...told }];
	const excluded = (until) => ({ section, name: "OperatorExcluded", avs: fault.avs, operator: fault.operator, until });
	if (name === "FaultReported") return detained ? [excluded(null)] : [];
	if (name !== "FaultSlashed") return [];
	const jailed = jailedUntil === null ? [] : [excluded(jailedUntil)];
	return [...jailed, ...pools.map(({ asset, ...slashed }) => ({ section, name: "Slashed", ...slashed }))];
}

/** What happened in a block, for the model; and what it paid. */
export async function readBlock(api, number) {
	const { at, events } = await blockAt(api, number);
	const [deeds, paid] = [[], []];
	for (const { section, ...told } of events.filter(({ section }) => SECTIONS.has(section)).flatMap(factsOf)) {
		const { name } = told;
		// What AVSs spend beside their escrows is no pay.
		const isKnown = DEEDS.has(name) || name === "Spent";
		const isPayment = !isKnown && (PAYMENTS.has(name) || section === "emissions");
		if (isPayment) paid.push(told);
		if (isPayment || DEEDS.has(name)) deeds.push(...(await deedsOf(api, at, number, told, deeds.at(-1))));
		if (name === "TableBuilt") {
			const { avs, era, table } = told;
			paid.push({ name: "Dormancy", avs, era, dormancy: table.dormancy });
		} else if (name === "Withdrawn") {
			const { who, pool, maturity, amount } = told;
			paid.push({ name: "ExitPaid", who, pool, maturity, amount });
		}
	}
	return { deeds, paid };
}

/** What the model is told of an event, after what it was told last. */
async function deedsOf(api, at, number, told, last) {
	const { name } = told;
	if (ASKED[name]) {
		// There is one event for each currency: who claims asks once.
		const asked = { ...told, name: ASKED[name] };
		const isSame = ["name", "who", "pool", "avs"].every((field) => last?.[field] === asked[field]);
		return isSame ? [] : [asked];
	}
	if (name === "TableBuilt") {
		const { items } = await at.call.avsApi.table(told.avs, told.era, 0);
		const entries = items.map(plain).map((entry) => ({ ...entry, commission: BigInt(entry.commission) }));
		return [{ ...told, ...told.table, entries }];
	}
	if (name === "PicaTableBuilt") return [{ name, era: told.table.era }];
	if (name === "SplitChanged") return [{ name, split: inBillionths(told.new) }];
	if (name === "EraPaid") {
		const before = await blockAt(api, number - 1);
		return [{ ...told, issuance: (await before.at.query.balances.totalIssuance()).toBigInt() }];
	}
	return DEEDS.has(name) ? [told] : [];
}
