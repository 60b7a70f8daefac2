// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The format, against the golden vectors: a description of each program, and its bytes.

use super::*;
use alloc::{format, string::String};
use codec::DecodeAll;
use serde_json::Value;
use staging_xcm::v5::{Junction, Junctions, NetworkId};

fn vectors() -> Value {
	serde_json::from_str(include_str!("../../vectors/cvm.json")).expect("JSON")
}

fn text(value: &Value) -> &str {
	value.as_str().unwrap_or_else(|| panic!("{value} is not a text"))
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
	value.as_array().unwrap_or_else(|| panic!("{value} is not a list")).iter()
}

/// Short numbers are numbers, longer ones are texts.
fn number<N: TryFrom<u128>>(value: &Value) -> N {
	let number = match value {
		Value::Number(number) => number.as_u64().map(u128::from),
		_ => text(value).parse().ok(),
	};
	number
		.and_then(|number| N::try_from(number).ok())
		.unwrap_or_else(|| panic!("{value} is not such a number"))
}

fn bytes(value: &Value) -> Vec<u8> {
	let digits = text(value).strip_prefix("0x").expect("hexadecimal");
	let pairs = digits.as_bytes().chunks(2).map(|pair| core::str::from_utf8(pair).expect("ASCII"));
	pairs.map(|pair| u8::from_str_radix(pair, 16).expect("hexadecimal")).collect()
}

fn array<const N: usize>(value: &Value) -> [u8; N] {
	bytes(value).try_into().unwrap_or_else(|_| panic!("{value} has not {N} bytes"))
}

fn bounded<T, const N: u32>(items: impl Iterator<Item = T>) -> BoundedVec<T, ConstU32<N>> {
	items.collect::<Vec<_>>().try_into().unwrap_or_else(|_| panic!("more than {N}"))
}

fn option<T>(value: &Value, read: impl FnOnce(&Value) -> T) -> Option<T> {
	(!value.is_null()).then(|| read(value))
}

/// Which of several it is, and what it holds.
fn variant(value: &Value) -> (&str, &Value) {
	match value.as_object().and_then(|object| object.iter().next()) {
		Some((name, content)) => (name, content),
		None => (text(value), &Value::Null),
	}
}

fn network(value: &Value) -> NetworkId {
	match variant(value) {
		("byGenesis", hash) => NetworkId::ByGenesis(array(hash)),
		("byFork", fork) => NetworkId::ByFork {
			block_number: number(&fork["blockNumber"]),
			block_hash: array(&fork["blockHash"]),
		},
		("polkadot", _) => NetworkId::Polkadot,
		("kusama", _) => NetworkId::Kusama,
		("ethereum", chain) => NetworkId::Ethereum { chain_id: number(&chain["chainId"]) },
		("bitcoinCore", _) => NetworkId::BitcoinCore,
		("bitcoinCash", _) => NetworkId::BitcoinCash,
		("polkadotBulletin", _) => NetworkId::PolkadotBulletin,
		(other, _) => panic!("there is no network {other}"),
	}
}

fn junction(value: &Value) -> Junction {
	let (name, content) = variant(value);
	let of = || option(&content["network"], network);
	match name {
		"parachain" => Junction::Parachain(number(content)),
		"accountId32" => Junction::AccountId32 { network: of(), id: array(&content["id"]) },
		"accountIndex64" => {
			Junction::AccountIndex64 { network: of(), index: number(&content["index"]) }
		},
		"accountKey20" => Junction::AccountKey20 { network: of(), key: array(&content["key"]) },
		"palletInstance" => Junction::PalletInstance(number(content)),
		"generalIndex" => Junction::GeneralIndex(number(content)),
		"generalKey" => Junction::GeneralKey {
			length: number(&content["length"]),
			data: array(&content["data"]),
		},
		"onlyChild" => Junction::OnlyChild,
		"globalConsensus" => Junction::GlobalConsensus(network(content)),
		other => panic!("there is no junction {other}"),
	}
}

fn location(value: &Value) -> Location {
	let interior = list(&value["interior"])
		.map(junction)
		.fold(Junctions::Here, |all, next| all.pushed_with(next).expect("few junctions"));
	Location { parents: number(&value["parents"]), interior }
}

fn route(value: &Value) -> Route {
	Route {
		destination: option(&value["destination"], location),
		beneficiary: location(&value["beneficiary"]),
		fee: number(&value["fee"]),
	}
}

fn amount(value: &Value) -> Amount {
	match variant(value) {
		("exactly", amount) => Amount::Exactly(number(amount)),
		("all", _) => Amount::All,
		("part", part) => Amount::Part {
			base: number(&part["base"]),
			part: Perbill::from_parts(number(&part["part"])),
		},
		(other, _) => panic!("there is no amount {other}"),
	}
}

fn portions(value: &Value) -> Portions {
	bounded(list(value).map(|portion| (number(&portion[0]), amount(&portion[1]))))
}

fn ticket(value: &Value) -> TicketId {
	TicketId {
		pool: number(&value["pool"]),
		maturity: number(&value["maturity"]),
		into: option(&value["into"], number),
	}
}

fn instruction(value: &Value) -> Instruction {
	let (name, content) = variant(value);
	let pool = |name: &str| number::<PoolId>(&content[name]);
	match name {
		"transfer" => Instruction::Transfer {
			to: array::<32>(&content["to"]).into(),
			assets: portions(&content["assets"]),
		},
		"stake" => Instruction::Stake {
			pool: pool("pool"),
			amount: amount(&content["amount"]),
			min_shares: number(&content["minShares"]),
		},
		"unstake" => Instruction::Unstake {
			pool: pool("pool"),
			shares: amount(&content["shares"]),
			home: option(&content["home"], route),
		},
		"withdraw" => Instruction::Withdraw { ticket: ticket(&content["ticket"]) },
		"claim" => Instruction::Claim { pool: pool("pool") },
		"redelegate" => Instruction::Redelegate {
			from: pool("from"),
			shares: amount(&content["shares"]),
			into: pool("into"),
		},
		"spawn" => {
			let to = match variant(&content["to"]) {
				("executor", executor) => Spawned::Executor {
					salt: number(&executor["salt"]),
					program: Box::new(program(&executor["program"])),
				},
				("account", account) => Spawned::Account(route(account)),
				(other, _) => panic!("nothing is spawned to {other}"),
			};
			Instruction::Spawn { assets: portions(&content["assets"]), to }
		},
		"recover" => Instruction::Recover {
			asset: number(&content["asset"]),
			amount: number(&content["amount"]),
			route: route(&content["route"]),
		},
		other => panic!("there is no instruction {other}"),
	}
}

fn program(value: &Value) -> Program {
	Program {
		tag: bounded(bytes(&value["tag"]).into_iter()),
		instructions: bounded(list(&value["instructions"]).map(instruction)),
		refund: option(&value["refund"], |refund| Refund {
			assets: bounded(list(&refund["assets"]).map(number)),
			route: route(&refund["route"]),
		}),
	}
}

#[test]
fn programs_are_written_as_the_vectors_say() {
	let vectors = vectors();
	for vector in list(&vectors["programs"]) {
		let (name, encoded) = (text(&vector["name"]), bytes(&vector["encoded"]));
		let program = program(&vector["program"]);
		assert_eq!(program.encode(), encoded, "{name}");
		assert_eq!(Program::decode_all(&mut &encoded[..]), Ok(program), "{name}");
	}
}

#[test]
fn executors_have_the_accounts_that_the_vectors_say() {
	let vectors = vectors();
	for vector in list(&vectors["executors"]) {
		let owner =
			Owner { network: number(&vector["network"]), account: array(&vector["account"]) };
		let executor: [u8; 32] = array(&vector["executor"]);
		assert_eq!(owner.executor(number(&vector["salt"])), executor, "{vector}");
	}
}

/// A vector for each index of an enum: none is left out, and none beyond the last is known.
#[test]
fn every_instruction_and_amount_has_a_vector() {
	let vectors = vectors();
	let mut seen = alloc::collections::BTreeSet::<String>::new();
	for vector in list(&vectors["programs"]) {
		for instruction in program(&vector["program"]).instructions {
			seen.insert(format!("instruction {}", instruction.encode()[0]));
			let amounts: Vec<Amount> = match instruction {
				Instruction::Transfer { assets, .. } => {
					assets.into_iter().map(|(_, amount)| amount).collect()
				},
				Instruction::Spawn { to, .. } => {
					seen.insert(format!("spawned {}", to.encode()[0]));
					Vec::new()
				},
				_ => Vec::new(),
			};
			seen.extend(amounts.iter().map(|amount| format!("amount {}", amount.encode()[0])));
		}
	}
	let all = (0..8)
		.map(|index| format!("instruction {index}"))
		.chain((0..3).map(|index| format!("amount {index}")))
		.chain((0..2).map(|index| format!("spawned {index}")));
	assert!(seen.into_iter().eq(all.collect::<alloc::collections::BTreeSet<_>>()));
	assert!(Instruction::decode(&mut &[8u8; 64][..]).is_err());
	assert!(Amount::decode(&mut &[3u8; 64][..]).is_err());
	assert!(Spawned::decode(&mut &[2u8; 64][..]).is_err());
}

#[test]
fn amounts_are_parts_of_what_is_held() {
	let half = |base| Amount::Part { base, part: Perbill::from_percent(50) };
	assert_eq!(Amount::Exactly(7).of(3), 7);
	assert_eq!(Amount::All.of(3), 3);
	assert_eq!(half(0).of(101), 50);
	assert_eq!(half(1).of(101), 51);
	assert_eq!(half(101).of(101), 101);
	assert_eq!(half(102).of(101), 101);
	let whole = Amount::Part { base: 1, part: Perbill::one() };
	assert_eq!(whole.of(Balance::MAX), Balance::MAX);
}

#[test]
fn programs_are_as_deep_and_long_as_those_inside() {
	let claim = Instruction::Claim { pool: 1 };
	let program = |instructions: Vec<Instruction>| Program {
		tag: Default::default(),
		instructions: bounded(instructions.into_iter()),
		refund: None,
	};
	let spawn = |program| Instruction::Spawn {
		assets: Default::default(),
		to: Spawned::Executor { salt: 0, program: Box::new(program) },
	};
	let flat = program(alloc::vec![claim.clone(), claim.clone()]);
	assert_eq!((flat.depth(), flat.steps(), flat.spawned().count()), (1, 2, 0));
	let deep = program(alloc::vec![spawn(flat.clone()), claim]);
	let deeper = program(alloc::vec![spawn(flat), spawn(deep)]);
	assert_eq!((deeper.depth(), deeper.steps(), deeper.spawned().count()), (3, 8, 2));
}
