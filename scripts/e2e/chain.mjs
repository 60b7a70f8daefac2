// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

// The chain through @polkadot/api: transactions, balances of any asset, eras.

import { ApiPromise, Keyring, WsProvider } from "@polkadot/api";

export const UNIT = { jitoSOL: 10n ** 9n, stATOM: 10n ** 6n, PICA: 10n ** 12n, DOT: 10n ** 10n };

const id = (network, nonce) => (BigInt(network) << 96n) | BigInt(nonce);

/** Ids of assets, as the development networks have them: see primitives/src/assets.rs. */
export const ASSET = { PICA: 1n, jitoSOL: id(7, 1), stATOM: id(8, 1), DOT: id(5, 1) };

export async function connect(url) {
	const api = await ApiPromise.create({ provider: new WsProvider(url), noInitWarn: true });
	const keyring = new Keyring({ type: "sr25519", ss58Format: 49 });
	return { api, keyring };
}

/** The name of a dispatch error, and of the one within it where it carries one: Evidence.SignatureInvalid. */
export function nameOf(error) {
	if (!error.isModule) return error.toString();
	const { registry, asModule } = error;
	const { name, fields } = registry.findMetaError(asModule);
	if (fields.length === 0) return name;
	const type = registry.createLookupType(fields[0].type);
	return `${name}.${registry.createType(type, asModule.error.slice(1)).type}`;
}

/**
 * Sends a transaction and waits until it is in a block. Returns its events and fee, or throws the
 * error's name.
 */
export function send(transaction, signer) {
	return new Promise((resolve, reject) => {
		transaction
			.signAndSend(signer, ({ status, events, dispatchError }) => {
				if (!status.isInBlock && !status.isFinalized) return;
				const fee = events.find(({ event }) => event.method === "TransactionFeePaid");
				const result = {
					fee: fee ? fee.event.data.actualFee.toBigInt() : 0n,
					events: events.map(({ event }) => event),
				};
				if (!dispatchError) return resolve(result);
				reject(Object.assign(new Error(nameOf(dispatchError)), result));
			})
			.catch(reject);
	});
}

/** A block of that number: what can be read as of it, and its events. */
export async function blockAt(api, number) {
	const at = await api.at(await api.rpc.chain.getBlockHash(number));
	return { number, at, events: (await at.query.system.events()).map(({ event }) => event) };
}

export async function bestNumber(api) {
	return (await api.rpc.chain.getHeader()).number.toNumber();
}

export async function balance(api, asset, address) {
	if (asset === ASSET.PICA) return (await api.query.system.account(address)).data.free.toBigInt();
	const account = await api.query.assets.account(asset, address);
	return account.isSome ? account.unwrap().balance.toBigInt() : 0n;
}

/** The pool of an operator for an asset, by the runtime API. */
export async function poolOf(api, operator, asset) {
	const page = await api.call.restakingApi.pools({ operator, asset }, 0, 256);
	return page.items[0].pool.toNumber();
}

export async function era(api) {
	return (await api.call.restakingApi.era()).index.toNumber();
}

/** Makes blocks on demand until an era has begun. Returns how many. */
export async function sealUntilEra(api, index) {
	for (let blocks = 0; ; blocks++) {
		if ((await era(api)) >= index) return blocks;
		await api.rpc.engine.createBlock(true, true);
	}
}
