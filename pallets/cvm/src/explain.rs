// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! Programs in words, for whoever is about to sign one.

use crate::pallet::*;
use alloc::{format, string::String, vec::Vec};
use core::fmt::{Display, Formatter, Result as Written};
use frame_support::{pallet_prelude::*, weights::Weight};
use picasso_primitives::{
	cvm::{Amount, Explained, Instruction, Program, Route, Spawned},
	restaking::{Restaking, TicketId},
	AssetId, PoolId,
};
use sp_runtime::Perbill;
use staging_xcm::v5::{Junction, Location};

impl<T: Config> Pallet<T> {
	/// A program in words: a line for each step, as it would be taken now; the refund comes last, and has
	/// no path.
	pub fn explain(program: &Program) -> Result<Vec<Explained>, DispatchError> {
		Self::weighed(program)?;
		let mut lines = Vec::new();
		Self::explain_steps(program, &[], &mut lines);
		if let Some(refund) = &program.refund {
			let assets = list(refund.assets.iter().map(|asset| format!("all of asset {asset}")));
			let text = format!("If a step fails: sends {assets} {}.", Way(&refund.route));
			let weight = Self::weight_of_refund(program);
			lines.push(Explained { path: Vec::new(), text: text.into_bytes(), weight });
		}
		Ok(lines)
	}

	fn explain_steps(program: &Program, outside: &[u32], lines: &mut Vec<Explained>) {
		for (number, instruction) in (0..).zip(&program.instructions) {
			let path: Vec<u32> = outside.iter().copied().chain([number]).collect();
			let weight = Self::weight_of(instruction);
			lines.push(explained(path.clone(), &Self::words_of(instruction), weight));
			if let Instruction::Spawn { to: Spawned::Executor { program, .. }, .. } = instruction {
				Self::explain_steps(program, &path, lines);
			}
		}
	}

	fn words_of(instruction: &Instruction) -> String {
		match instruction {
			Instruction::Transfer { to, assets } => {
				format!("gives account {} {}", Hex(to.as_ref()), portions(assets))
			},
			Instruction::Stake { pool, amount, min_shares } => format!(
				"stakes {} of {} in pool {pool}, for {min_shares} shares at the least",
				Quantity(*amount, "planck"),
				Self::asset_of(*pool),
			),
			Instruction::Unstake { pool, shares, home } => {
				let begun = format!(
					"begins the exit of {} of pool {pool}, of {}",
					Quantity(*shares, "shares"),
					Self::asset_of(*pool),
				);
				match home {
					Some(route) => {
						format!("{begun}; what it pays at maturity goes by itself {}", Way(route))
					},
					None => begun,
				}
			},
			Instruction::Withdraw { ticket } => format!("withdraws {}", ticket_of(ticket)),
			Instruction::Claim { pool } => format!("claims what pool {pool} owes"),
			Instruction::Redelegate { from, shares, into } => format!(
				"begins the move of {} of pool {from}, of {}, into pool {into}",
				Quantity(*shares, "shares"),
				Self::asset_of(*from),
			),
			Instruction::Spawn { assets, to: Spawned::Executor { salt, .. } } => format!(
				"moves {} to the owner's executor of salt {salt}, which goes on",
				portions(assets)
			),
			Instruction::Spawn { assets, to: Spawned::Account(route) } => {
				format!("sends {} {}", portions(assets), Way(route))
			},
			Instruction::Recover { asset, amount, route } => format!(
				"asks for {amount} planck of asset {asset}, which were trapped, and sends them {}",
				Way(route)
			),
		}
	}

	fn asset_of(pool: PoolId) -> String {
		match T::Ledger::asset_of(pool) {
			Some(asset) => format!("asset {asset}"),
			None => "no asset, as there is no such pool".into(),
		}
	}
}

fn explained(path: Vec<u32>, words: &str, weight: Weight) -> Explained {
	let numbers: Vec<String> = path.iter().map(|number| format!("{number}")).collect();
	let text = format!("{}: {words}.", numbers.join("."));
	Explained { path, text: text.into_bytes(), weight }
}

fn list(items: impl Iterator<Item = String>) -> String {
	items.collect::<Vec<_>>().join(" and ")
}

fn portions(portions: &[(AssetId, Amount)]) -> String {
	if portions.is_empty() {
		return "nothing".into();
	}
	list(
		portions
			.iter()
			.map(|(asset, amount)| format!("{} of asset {asset}", Quantity(*amount, "planck"))),
	)
}

fn ticket_of(ticket: &TicketId) -> String {
	let TicketId { pool, maturity, into } = ticket;
	let exit = format!("the exit from pool {pool} that matures in era {maturity}");
	match into {
		Some(into) => format!("{exit} and was to move into pool {into}"),
		None => exit,
	}
}

/// An amount, of planck or of shares.
struct Quantity(Amount, &'static str);

impl Display for Quantity {
	fn fmt(&self, f: &mut Formatter<'_>) -> Written {
		let Self(amount, unit) = self;
		match amount {
			Amount::Exactly(amount) => write!(f, "{amount} {unit}"),
			Amount::All => write!(f, "all {unit}"),
			Amount::Part { base: 0, part } => write!(f, "{} of all {unit}", Percent(*part)),
			Amount::Part { base, part } => {
				write!(f, "{base} {unit} and {} of the rest", Percent(*part))
			},
		}
	}
}

/// A part, to the last digit.
struct Percent(Perbill);

impl Display for Percent {
	fn fmt(&self, f: &mut Formatter<'_>) -> Written {
		let parts = self.0.deconstruct();
		let of_one = Perbill::from_percent(1).deconstruct();
		let digits = format!("{:07}", parts % of_one);
		let rest = digits.trim_end_matches('0');
		let point = if rest.is_empty() { "" } else { "." };
		write!(f, "{}{point}{rest} %", parts / of_one)
	}
}

/// The way of assets to another chain.
struct Way<'a>(&'a Route);

impl Display for Way<'_> {
	fn fmt(&self, f: &mut Formatter<'_>) -> Written {
		let Route { destination, beneficiary, fee } = self.0;
		write!(f, "to {} on ", Place(beneficiary))?;
		match destination {
			Some(destination) => write!(f, "{}", Place(destination))?,
			None => write!(f, "the chain that is their reserve")?,
		}
		write!(f, ", with up to {fee} planck of the first asset for fees there")
	}
}

/// A location as a path, each parent as `..`.
struct Place<'a>(&'a Location);

impl Display for Place<'_> {
	fn fmt(&self, f: &mut Formatter<'_>) -> Written {
		let parents = (0..self.0.parents).map(|_| String::from(".."));
		let interior = self.0.interior.iter().map(|junction| match junction {
			Junction::AccountId32 { id, .. } => format!("AccountId32({})", Hex(id)),
			Junction::AccountKey20 { key, .. } => format!("AccountKey20({})", Hex(key)),
			other => format!("{other:?}"),
		});
		let parts: Vec<_> = parents.chain(interior).collect();
		if parts.is_empty() {
			return f.write_str("Here");
		}
		f.write_str(&parts.join("/"))
	}
}

/// Bytes in hexadecimal.
struct Hex<'a>(&'a [u8]);

impl Display for Hex<'_> {
	fn fmt(&self, f: &mut Formatter<'_>) -> Written {
		f.write_str("0x")?;
		self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
	}
}
