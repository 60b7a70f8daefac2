// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

// Writes programs down as `cvm.execute` takes them, and derives the accounts of executors, from plain
// descriptions. It needs no metadata and no code of the chain: only the format, as
// primitives/src/cvm.rs tells it and primitives/vectors/cvm.json shows it.
//
// In a description, numbers beyond 32 bits are decimal strings, bytes are hexadecimal with `0x`, and one of
// several is an object with one key, or its name alone where it has no content.

import { blake2AsU8a } from "@polkadot/util-crypto";

const join = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));

/** An integer of so many bytes, little-endian. */
function int(value, bytes) {
	let rest = BigInt(value);
	if (rest < 0n || rest >= 1n << BigInt(8 * bytes)) {
		throw new RangeError(`${value} is not a number of ${bytes} bytes`);
	}
	return Uint8Array.from({ length: bytes }, () => {
		const byte = Number(rest & 0xffn);
		rest >>= 8n;
		return byte;
	});
}

const u8 = (value) => int(value, 1);
const u32 = (value) => int(value, 4);
const u64 = (value) => int(value, 8);
const u128 = (value) => int(value, 16);

/** An integer in as few bytes as it needs. */
function compact(value) {
	const number = BigInt(value);
	if (number < 1n << 6n) return int(number << 2n, 1);
	if (number < 1n << 14n) return int((number << 2n) | 1n, 2);
	if (number < 1n << 30n) return int((number << 2n) | 2n, 4);
	let bytes = 4;
	while (number >= 1n << BigInt(8 * bytes)) bytes += 1;
	return join(u8(((bytes - 4) << 2) | 3), int(number, bytes));
}

/** Bytes, exactly so many where that is said. */
function bytes(hex, length) {
	if (!/^0x([0-9a-f]{2})*$/i.test(hex)) throw new TypeError(`${hex} is not hexadecimal`);
	const all = Uint8Array.from(hex.slice(2).match(/../g) ?? [], (byte) => parseInt(byte, 16));
	if (length !== undefined && all.length !== length) {
		throw new RangeError(`${hex} has not ${length} bytes`);
	}
	return all;
}

const option = (value, encode) =>
	value === null || value === undefined ? u8(0) : join(u8(1), encode(value));

function list(values, most, encode) {
	if (values.length > most) throw new RangeError(`more than ${most} entries`);
	return join(compact(values.length), ...values.map(encode));
}

/** One of several: its index, then what it holds. */
function variant(value, variants) {
	const [name, content] = typeof value === "string" ? [value] : Object.entries(value)[0];
	const found = Object.hasOwn(variants, name) ? variants[name] : undefined;
	if (found === undefined) throw new TypeError(`there is no ${name}`);
	const [index, encode] = found;
	return join(u8(index), encode(content));
}

const nothing = () => new Uint8Array();

const network = (value) =>
	variant(value, {
		byGenesis: [0, (hash) => bytes(hash, 32)],
		byFork: [1, (fork) => join(u64(fork.blockNumber), bytes(fork.blockHash, 32))],
		polkadot: [2, nothing],
		kusama: [3, nothing],
		ethereum: [7, (ethereum) => compact(ethereum.chainId)],
		bitcoinCore: [8, nothing],
		bitcoinCash: [9, nothing],
		polkadotBulletin: [10, nothing],
	});

const junction = (value) =>
	variant(value, {
		parachain: [0, compact],
		accountId32: [1, (account) => join(option(account.network, network), bytes(account.id, 32))],
		accountIndex64: [2, (account) => join(option(account.network, network), compact(account.index))],
		accountKey20: [3, (account) => join(option(account.network, network), bytes(account.key, 20))],
		palletInstance: [4, u8],
		generalIndex: [5, compact],
		generalKey: [6, (key) => join(u8(key.length), bytes(key.data, 32))],
		onlyChild: [7, nothing],
		globalConsensus: [9, network],
	});

/** A location has no count of junctions: the byte that says which kind of interior it is does. */
function location({ parents, interior }) {
	if (interior.length > 8) throw new RangeError("more than 8 junctions");
	return join(u8(parents), u8(interior.length), ...interior.map(junction));
}

const route = ({ destination, beneficiary, fee }) =>
	join(option(destination, location), location(beneficiary), u128(fee));

const amount = (value) =>
	variant(value, {
		exactly: [0, u128],
		all: [1, nothing],
		// The part in billionths.
		part: [2, ({ base, part }) => join(u128(base), u32(part))],
	});

const portions = (values) =>
	list(values, 8, ([asset, much]) => join(u128(asset), amount(much)));

const ticket = ({ pool, maturity, into }) => join(u32(pool), u32(maturity), option(into, u32));

const spawned = (value) =>
	variant(value, {
		executor: [0, (inner) => join(u64(inner.salt), encodeProgram(inner.program))],
		account: [1, route],
	});

/** A step of a program. */
export const encodeInstruction = (value) =>
	variant(value, {
		transfer: [0, ({ to, assets }) => join(bytes(to, 32), portions(assets))],
		stake: [1, (stake) => join(u32(stake.pool), amount(stake.amount), u128(stake.minShares))],
		unstake: [2, ({ pool, shares, home }) => join(u32(pool), amount(shares), option(home, route))],
		withdraw: [3, (withdraw) => ticket(withdraw.ticket)],
		claim: [4, ({ pool }) => u32(pool)],
		redelegate: [5, ({ from, shares, into }) => join(u32(from), amount(shares), u32(into))],
		spawn: [6, ({ assets, to }) => join(portions(assets), spawned(to))],
		recover: [7, (recover) => join(u128(recover.asset), u128(recover.amount), route(recover.route))],
	});

/** A program, as `cvm.execute` takes it. */
export function encodeProgram({ tag, instructions, refund }) {
	const mark = bytes(tag);
	if (mark.length > 32) throw new RangeError("the tag is longer than 32 bytes");
	return join(
		compact(mark.length),
		mark,
		list(instructions, 32, encodeInstruction),
		option(refund, ({ assets, route: home }) => join(list(assets, 8, u128), route(home))),
	);
}

/** The account of an executor, of an owner's network and account and a salt. */
export function executorOf(networkNumber, account, salt) {
	const name = new TextEncoder().encode("pica/cvm");
	return blake2AsU8a(join(name, u32(networkNumber), bytes(account, 32), u64(salt)), 256);
}

/** Bytes in hexadecimal. */
export const toHex = (encoded) =>
	`0x${[...encoded].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
