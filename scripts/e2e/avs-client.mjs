// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

// What an operator runs for an AVS, in small: a key that OpenSSL made, and messages put together byte by
// byte as primitives/src/conditions/messages.rs tells them. Nothing here knows SCALE or the chain.

import { generateKeyPairSync, sign } from "node:crypto";

function littleEndian(number, bytes) {
	const buffer = Buffer.alloc(bytes);
	let rest = BigInt(number);
	for (let at = 0; at < bytes; at++, rest >>= 8n) buffer[at] = Number(rest & 0xffn);
	return buffer;
}

const message = (text, genesis, avs, ...parts) =>
	Buffer.concat([Buffer.from(text, "ascii"), genesis, littleEndian(avs, 4), ...parts]);

/** What proves that an operator has a key. */
export function possessionMessage(genesis, avs, operator) {
	return message("picasso/avs/key", genesis, avs, operator);
}

/** What an operator signs in a round: that it takes `content`, 32 bytes, for right. */
export function roundMessage(genesis, avs, era, round, content) {
	const numbers = [littleEndian(era, 4), littleEndian(round, 8)];
	return message("picasso/avs/round", genesis, avs, ...numbers, content);
}

/** The client of one operator of one AVS. Nothing keeps it from signing twice. */
export class AvsClient {
	constructor(genesis, avs) {
		Object.assign(this, { genesis, avs, ...generateKeyPairSync("ed25519") });
	}

	/** The key, as the chain names it. */
	get key() {
		return { Ed25519: Buffer.from(this.publicKey.export({ format: "jwk" }).x, "base64url") };
	}

	#sign(bytes) {
		return { Ed25519: sign(null, bytes, this.privateKey) };
	}

	/** What `operator`, 32 bytes, joins with. */
	join(operator) {
		return [this.key, this.#sign(possessionMessage(this.genesis, this.avs, operator))];
	}

	/** Signs `content` in a round. */
	signRound(era, round, content) {
		const bytes = roundMessage(this.genesis, this.avs, era, round, content);
		return { era, content, signature: this.#sign(bytes) };
	}
}
