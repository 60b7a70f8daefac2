// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

// What stake earns by its documentation (pallets/emissions/src/lib.rs, primitives/src/math), in plain
// integers: to compare the chain with. It is told what people did and what tables say, block by block, and
// foretells every event by which the chain pays somebody.

import { PoolModel, partOf } from "./pool-model.mjs";

export const BILLION = 10n ** 9n;
const LEAST_FOR_RESTAKERS = 400_000_000n;
const FIXED_ONE = 10n ** 18n;
const FRACTION_BITS = 128n;
/** 2⁻⁴⁰ planck, in planck / 2¹²⁸: what a part that comes out even may lack. */
const EVEN = 1n << 88n;
const CHAIN = 0;
const PICA = 1n;

const least = (one, other) => (one < other ? one : other);
const sum = (amounts) => amounts.reduce((all, amount) => all + amount, 0n);

/** ⌊amount · part / whole⌋ */
export const floorPart = (amount, part, whole) => (amount * part) / whole;

/** ⌊shares · per share + more⌋, in planck; all but the shares in planck / 2¹²⁸. */
const earnedBy = (shares, perShare, more) => (shares * perShare + more) >> FRACTION_BITS;

/** An amount in its parts: each rounded down, and the rest to the treasury. */
export function partsOf(amount, split) {
	const [restakers, picaStakers, operators] = [split.restakers, split.picaStakers, split.operators].map((part) =>
		floorPart(amount, part, BILLION),
	);
	return { restakers, picaStakers, operators, treasury: amount - restakers - picaStakers - operators };
}

/** What an operator takes of its restakers' part: it leaves them 40 % of all. */
export function commissionOf(wanted, split) {
	return least(wanted, BILLION - partOf(LEAST_FOR_RESTAKERS, BILLION, split.restakers));
}

/** What an operator with `weight` of `total` and its pools earn. */
export function earningOf(parts, split, { weight, commission, pools }, total) {
	const restakers = floorPart(parts.restakers, weight, total);
	const taken = floorPart(restakers, commissionOf(commission, split), BILLION);
	const units = sum(pools.map(([, own]) => own));
	return {
		pools: pools.map(([pool, own]) => [pool, units > 0n ? floorPart(restakers - taken, own, units) : 0n]),
		operator: floorPart(parts.operators, weight, total) + taken,
	};
}

/** Amounts by currency; none of them zero. */
class Purse {
	amounts = new Map();

	of(currency) {
		return this.amounts.get(currency) ?? 0n;
	}

	add(currency, amount) {
		const all = this.of(currency) + amount;
		if (all > 0n) this.amounts.set(currency, all);
		else this.amounts.delete(currency);
	}

	get entries() {
		return [...this.amounts].sort(([one], [other]) => (one < other ? -1 : 1));
	}
}

/** A pool's stake, and what streams to its shares. */
class EarningPool {
	stake = new PoolModel();
	/** By currency: what each share earned, what is still to come and until when. */
	slots = new Map();
	/** By currency, of each holder: what its shares earned and is none of theirs. */
	tallies = new Map();
	updated = 0;

	constructor(asset, operator) {
		Object.assign(this, { asset, operator });
	}

	/** What a slot is after the blocks up to `now`: ⌊remaining · passed / left⌋ is released, in the end all. */
	#released({ perShare, remaining, until, unearned, owed }, now) {
		const [passed, left] = [BigInt(now - this.updated), BigInt(until - this.updated)];
		const due = now >= until ? remaining : floorPart(remaining, passed, left);
		const shares = this.stake.active.all;
		if (shares > 0n) perShare += (due << FRACTION_BITS) / shares;
		else unearned += due;
		return { perShare, remaining: remaining - due, until, unearned, owed };
	}

	accrue(now) {
		for (const [currency, slot] of this.slots) this.slots.set(currency, this.#released(slot, now));
		this.updated = now;
	}

	/** Credits an amount that streams until `until`, together with what still does. Returns until when. */
	credit(currency, amount, now, until) {
		this.accrue(now);
		const none = { perShare: 0n, remaining: 0n, until, unearned: 0n, owed: 0n };
		const slot = this.slots.get(currency) ?? none;
		slot.until = slot.remaining > 0n ? Math.max(slot.until, until) : until;
		slot.remaining += amount;
		slot.owed += amount;
		this.slots.set(currency, slot);
		return slot.until;
	}

	#owed(who, slots) {
		const [shares, tallies] = [this.stake.active.of(who), this.tallies.get(who)];
		return [...slots].map(([currency, { perShare }]) => {
			const owed = earnedBy(shares, perShare, EVEN) - (tallies?.get(currency) ?? 0n);
			return [currency, owed > 0n ? owed : 0n];
		});
	}

	/** What somebody could claim in block `now`, by currency. */
	pending(who, now) {
		const slots = [...this.slots].map(([currency, slot]) => [currency, this.#released(slot, now)]);
		return this.#owed(who, slots).filter(([, amount]) => amount > 0n);
	}

	/** Changes what somebody has, who keeps what is owed: ⌈shares · per share⌉ - owed is none of theirs. */
	change(who, now, change) {
		this.accrue(now);
		const owed = new Map(this.#owed(who, this.slots));
		const result = change(owed);
		const shares = this.stake.active.of(who);
		const tallies = [...this.slots].map(([currency, { perShare }]) => [
			currency,
			earnedBy(shares, perShare, (1n << FRACTION_BITS) - 1n) - owed.get(currency),
		]);
		this.tallies.set(who, new Map(tallies));
		return result;
	}

	/** Pays somebody all that is owed. Returns what, by currency. */
	claim(who, now) {
		return this.change(who, now, (owed) => {
			const paid = [...owed].filter(([, amount]) => amount > 0n);
			for (const [currency, amount] of paid) {
				owed.set(currency, 0n);
				this.slots.get(currency).owed -= amount;
			}
			return paid;
		});
	}

	/** Takes what streamed while nobody had shares. */
	takeUnearned(now) {
		this.accrue(now);
		const taken = [];
		for (const [currency, slot] of this.slots) {
			if (slot.unearned > 0n) taken.push([currency, slot.unearned]);
			slot.owed -= slot.unearned;
			slot.unearned = 0n;
		}
		return taken;
	}
}

/**
 * All of it. `facts` are what happened in a block: each has the name and the fields of an event, numbers of
 * planck as BigInt. `on` of a fact returns the events that the chain must have emitted for it.
 */
export class Economy {
	era = 0;
	pot = 0n;
	year = null;
	pools = new Map();
	stakesAtTurn = new Map();
	picaTables = [];
	/** By AVS: its terms, escrow, tables by era, what it paid, and when it leaves. */
	avss = new Map();
	/** By era, by AVS. */
	due = new Map();
	/** By AVS and operator: until when it is kept from serving, null until a verdict. */
	excluded = new Map();
	rewardAccounts = new Map();
	history = new Map();
	/** By pool: the part that the next slash takes of it. */
	slashes = new Map();

	/**
	 * `rules`: split, ceiling (of 10⁹), blocksPerYear, eraLength, warningEras, rates by asset (of 10¹⁸),
	 * treasury, author: who makes all blocks, with its pool and commission.
	 */
	constructor(rules) {
		Object.assign(this, rules);
		this.addAvs(CHAIN, { owner: null, currency: PICA, perEra: 0n });
	}

	addPool(id, asset, operator) {
		this.pools.set(id, new EarningPool(asset, operator));
	}

	addAvs(id, { owner, currency, perEra }) {
		const money = { escrow: new Purse(), paid: new Map() };
		this.avss.set(id, { owner, currency, perEra, ...money, tables: [], leaves: Infinity });
	}

	dueOf(era, avs) {
		if (!this.due.has(era)) this.due.set(era, new Map());
		const ofEra = this.due.get(era);
		if (!ofEra.has(avs)) ofEra.set(avs, new Purse());
		return ofEra.get(avs);
	}

	/** Tells what happened in a block, in its order. Returns what the chain must have paid. */
	apply(number, facts) {
		this.now = number;
		return facts.flatMap((fact) => this[`on${fact.name}`]?.(fact) ?? []);
	}

	onEraStarted({ era }) {
		this.era = era;
		this.noteTurn();
	}

	noteTurn() {
		for (const [id, { stake }] of this.pools) this.stakesAtTurn.set(id, stake.active.balance);
	}

	onStaked({ who, pool, amount }) {
		const earning = this.pools.get(pool);
		earning.change(who, this.now, () => earning.stake.stake(who, amount));
	}

	onUnstaked({ who, pool, maturity }) {
		const earning = this.pools.get(pool);
		earning.change(who, this.now, () => earning.stake.unstake(who, maturity));
	}

	onWithdrawn({ who, pool, maturity }) {
		const amount = this.pools.get(pool).stake.withdraw(who, maturity);
		return { name: "ExitPaid", who, pool, maturity, amount };
	}

	onClaimAsked({ who, pool }) {
		const paid = this.pools.get(pool).claim(who, this.now);
		return paid.map(([currency, amount]) => ({ name: "Claimed", who, pool, currency, amount }));
	}

	onMoveUnearnedAsked({ pool }) {
		const moved = this.pools.get(pool).takeUnearned(this.now);
		return moved.map(([currency, amount]) => ({ name: "UnearnedMoved", pool, currency, amount }));
	}

	onSlashDue({ pool }) {
		const [part, whole] = this.slashes.get(pool);
		return { name: "Slashed", pool, ...this.pools.get(pool).stake.slash(part, whole, this.era) };
	}

	onTransactionFeePaid({ actualFee }) {
		this.dueOf(this.era, CHAIN).add(PICA, actualFee / 2n);
	}

	onEscrowFunded({ avs, currency, amount }) {
		this.avss.get(avs).escrow.add(currency, amount);
	}

	onRevenuePaid({ avs, currency, amount }) {
		this.dueOf(this.era, avs).add(currency, amount);
	}

	onDonated({ amount }) {
		this.pot += amount;
	}

	onRewardAccountChanged({ operator, new: account }) {
		this.rewardAccounts.set(operator, account ?? operator);
	}

	onSplitChanged({ split }) {
		this.split = split;
	}

	onOffboardingStarted({ avs, until }) {
		this.avss.get(avs).leaves = until;
	}

	onOperatorExcluded({ avs, operator, until }) {
		this.excluded.set(`${avs} ${operator}`, until ?? Infinity);
	}

	onOperatorReadmitted({ avs, operator }) {
		this.excluded.delete(`${avs} ${operator}`);
	}

	onPicaTableBuilt({ era }) {
		const stakes = [...this.pools].filter(([, { asset }]) => asset === PICA);
		this.picaTables.push({ era, stakes: stakes.map(([id]) => [id, this.stakesAtTurn.get(id)]) });
	}

	/** A table that keeps to the terms is relied on if its era's pay can be set aside. */
	onTableBuilt({ avs, era, entries, total, dormancy }) {
		const record = this.avss.get(avs);
		const foretold = [];
		if (!dormancy || dormancy === "Unpaid") {
			const { currency, perEra, escrow } = record;
			dormancy = escrow.of(currency) < perEra ? "Unpaid" : null;
			if (!dormancy) {
				escrow.add(currency, -perEra);
				this.dueOf(era, avs).add(currency, perEra);
				const eras = perEra > 0n ? escrow.of(currency) / perEra : BigInt(this.warningEras);
				if (eras < this.warningEras) foretold.push({ name: "EscrowLow", avs, currency, eras: Number(eras) });
			}
		}
		record.tables.push({ era, entries, total, dormancy });
		return [...foretold, { name: "Dormancy", avs, era, dormancy }];
	}

	onRefundAsked({ avs }) {
		const { owner, escrow } = this.avss.get(avs);
		const refunded = escrow.entries;
		for (const [currency, amount] of refunded) escrow.add(currency, -amount);
		return refunded.map(([currency, amount]) => ({ name: "Refunded", avs, to: owner, currency, amount }));
	}

	/** What is paid as an era begins. `issuance` is all the PICA there was before. */
	onEraPaid({ era, issuance }) {
		const foretold = [{ name: "EraPaid", era, blocks: 1 }];
		const yields = this.#payYields(era, issuance, foretold);
		const earned = era - 1;
		const pica = new Purse();
		const revenue = new Map();
		for (const [avs, purse] of this.due.get(earned) ?? []) {
			for (const [currency, amount] of purse.entries) {
				const parts = this.#payAvs(avs, earned, currency, amount, foretold);
				if (!parts) continue;
				pica.add(currency, parts.picaStakers);
				for (const sums of [revenue, this.avss.get(avs).paid]) addParts(sums, currency, parts);
			}
		}
		this.due.delete(earned);
		for (const [currency, amount] of pica.entries) this.#payPica(earned, currency, amount, foretold);
		this.history.set(era, { yields, revenue });
		return foretold;
	}

	#credit(pool, currency, amount, foretold) {
		if (amount === 0n) return;
		const until = this.pools.get(pool).credit(currency, amount, this.now, this.now + this.eraLength);
		foretold.push({ name: "RewardsCredited", pool, currency, amount, until });
	}

	#payDue(who, currency, amount, foretold) {
		if (amount === 0n) return;
		const to = this.rewardAccounts.get(who) ?? who;
		foretold.push({ name: "DuePaid", who, to, currency, amount });
	}

	/** What may be made for an era. */
	allowance() {
		const ofYear = floorPart(this.year.issuance, this.ceiling, BILLION);
		return least(floorPart(ofYear, BigInt(this.eraLength), BigInt(this.blocksPerYear)), ofYear - this.year.emitted);
	}

	#payYields(era, issuance, foretold) {
		const blocks = BigInt(this.eraLength);
		const amounts = [...this.pools].map(([id, { asset }]) => [
			id,
			floorPart(this.stakesAtTurn.get(id) * this.rates.get(asset), blocks, FIXED_ONE * BigInt(this.blocksPerYear)),
		]);
		const due = sum(amounts.map(([, amount]) => amount));
		this.year ??= { issuance, emitted: 0n };
		const lacking = due > this.pot ? due - this.pot : 0n;
		const emitted = least(lacking, this.allowance());
		this.year.emitted += emitted;
		this.pot += emitted;
		const available = least(due, this.pot);
		let paid = 0n;
		for (const [pool, amount] of amounts) {
			const part = due > 0n ? floorPart(amount, available, due) : 0n;
			this.#credit(pool, PICA, part, foretold);
			paid += part;
		}
		this.pot -= paid;
		if (available < due) foretold.push({ name: "YieldCut", era, due, available });
		const yields = { due, available, paid, emitted };
		foretold.push({ name: "YieldPaid", era, yields });
		return yields;
	}

	/** By what an AVS's pay for an era is shared out; nothing where nobody served. */
	#sharesOf(avs, era) {
		if (avs === CHAIN) {
			const { address: operator, pool, commission } = this.author;
			return { total: 1n, entries: [{ operator, weight: 1n, commission, pools: [[pool, 1n]] }] };
		}
		const table = this.avss.get(avs).tables.findLast((built) => built.era <= era);
		return table && !table.dormancy && table.total > 0n ? table : null;
	}

	#payAvs(avs, era, currency, amount, foretold) {
		const shares = this.#sharesOf(avs, era);
		if (!shares && this.era >= this.avss.get(avs).leaves) {
			this.avss.get(avs).escrow.add(currency, amount);
			foretold.push({ name: "PayReturned", avs, era, currency, amount });
			return null;
		}
		if (!shares) {
			this.dueOf(era + 1, avs).add(currency, amount);
			foretold.push({ name: "PayCarried", avs, era, currency, amount });
			return null;
		}
		const parts = partsOf(amount, this.split);
		const paid = { restakers: 0n, picaStakers: parts.picaStakers, operators: 0n };
		for (const entry of shares.entries) {
			if ((this.excluded.get(`${avs} ${entry.operator}`) ?? 0) > this.era) continue;
			const { pools, operator } = earningOf(parts, this.split, entry, shares.total);
			for (const [pool, part] of pools) this.#credit(pool, currency, part, foretold);
			this.#payDue(entry.operator, currency, operator, foretold);
			paid.restakers += sum(pools.map(([, part]) => part));
			paid.operators += operator;
		}
		paid.treasury = amount - paid.restakers - paid.picaStakers - paid.operators;
		this.#payDue(this.treasury, currency, paid.treasury, foretold);
		foretold.push({ name: "AvsPaid", avs, era, currency, parts: paid });
		return paid;
	}

	/** The PICA stakers' part of all AVSs, by stake in PICA at the turn of the era in which it was earned. */
	#payPica(era, currency, amount, foretold) {
		const stakes = this.picaTables.findLast((table) => table.era <= era)?.stakes ?? [];
		const total = sum(stakes.map(([, stake]) => stake));
		let paid = 0n;
		for (const [pool, stake] of stakes) {
			const part = floorPart(amount, stake, total);
			this.#credit(pool, currency, part, foretold);
			paid += part;
		}
		this.#payDue(this.treasury, currency, amount - paid, foretold);
		foretold.push({ name: "PicaStakersPaid", era, currency, amount: paid });
	}

	/** What somebody could claim now, by pool and currency. */
	pending(who) {
		return [...this.pools]
			.map(([pool, earning]) => ({ pool, amounts: earning.pending(who, this.now) }))
			.filter(({ amounts }) => amounts.length > 0);
	}

	/** What is to be paid of a currency and is in no pool yet. */
	held(currency) {
		const escrows = [...this.avss.values()].map(({ escrow }) => escrow.of(currency));
		const due = [...this.due.values()].flatMap((ofEra) => [...ofEra.values()].map((purse) => purse.of(currency)));
		return sum([...escrows, ...due]) + (currency === PICA ? this.pot : 0n);
	}

	/** What pools owe of a currency. */
	owed(currency) {
		return sum([...this.pools.values()].map(({ slots }) => slots.get(currency)?.owed ?? 0n));
	}
}

function addParts(sums, currency, parts) {
	const before = sums.get(currency);
	const entries = Object.entries(parts).map(([name, amount]) => [name, (before?.[name] ?? 0n) + amount]);
	sums.set(currency, Object.fromEntries(entries));
}
