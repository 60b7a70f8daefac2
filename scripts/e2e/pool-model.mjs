// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

// What a pool is by its documentation, in plain integers: to compare the chain with.

/** ⌈amount · part / whole⌉ */
export const partOf = (amount, part, whole) => (amount * part + whole - 1n) / whole;

/** A balance divided into shares; a share costs a planck at first, and never more. */
class SharePool {
	balance = 0n;
	all = 0n;
	held = new Map();

	add(who, amount) {
		const shares = this.all === 0n ? amount : (amount * this.all) / this.balance;
		this.balance += amount;
		this.all += shares;
		this.held.set(who, this.of(who) + shares);
	}

	/** Takes out all that somebody has. */
	remove(who) {
		const amount = this.worth(who);
		this.balance -= amount;
		this.all -= this.of(who);
		this.held.delete(who);
		return amount;
	}

	of(who) {
		return this.held.get(who) ?? 0n;
	}

	worth(who) {
		return this.all === 0n ? 0n : (this.of(who) * this.balance) / this.all;
	}

	slash(part, whole) {
		const taken = partOf(this.balance, part, whole);
		this.balance -= taken;
		return taken;
	}
}

/** Stake, and exits by the era in which they mature. */
export class PoolModel {
	active = new SharePool();
	exits = new Map();

	stake(who, amount) {
		this.active.add(who, amount);
	}

	unstake(who, maturity) {
		if (!this.exits.has(maturity)) this.exits.set(maturity, new SharePool());
		this.exits.get(maturity).add(who, this.active.remove(who));
	}

	withdraw(who, maturity) {
		return this.exits.get(maturity).remove(who);
	}

	/** Takes its part of stake and of each exit that has not matured in `era`, and returns both. */
	slash(part, whole, era) {
		const active = this.active.slash(part, whole);
		let exits = 0n;
		for (const [maturity, bucket] of this.exits) {
			if (maturity > era) exits += bucket.slash(part, whole);
		}
		return { active, exits };
	}

	/** What somebody has in it, as far as the runtime API tells it. */
	of(who) {
		const [shares, value] = [this.active.of(who), this.active.worth(who)];
		const tickets = [...this.exits]
			.filter(([, bucket]) => bucket.of(who) > 0n)
			.map(([maturity, bucket]) => ({ maturity, points: bucket.of(who), value: bucket.worth(who) }))
			.sort((one, other) => one.maturity - other.maturity);
		return { positions: shares > 0n ? [{ shares, value }] : [], tickets };
	}
}
