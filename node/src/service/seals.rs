// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! Seals of blocks, for reports of validators that made two for one slot.
//!
//! `sc-consensus-babe` 0.60 looks for such blocks as it imports them, when their seals are apart from their
//! headers, and reports them without: the runtime then can't tell who signed. Here seals are remembered, and
//! put back on the way of a report to the pool. A report that has them passes as it is.

use super::parts::TransactionPool;
use async_trait::async_trait;
use pallet_babe::Call;
use picasso_runtime::{Block, Hash, Header, RuntimeCall, UncheckedExtrinsic};
use sc_consensus::{BlockCheckParams, BlockImport, BlockImportParams, ImportResult};
use sc_transaction_pool_api::{LocalTransactionFor, LocalTransactionPool};
use sp_runtime::DigestItem;
use std::{
	collections::VecDeque,
	sync::{Arc, Mutex, PoisonError},
};

/// Blocks whose seals are remembered. BABE remembers a thousand slots at least.
const REMEMBERED: usize = 4_096;

/// Seals of the last blocks, by the hashes that they sign.
#[derive(Clone, Default)]
pub struct Seals(Arc<Mutex<VecDeque<(Hash, DigestItem)>>>);

impl Seals {
	fn note(&self, signed: Hash, seal: DigestItem) {
		let mut seals = self.0.lock().unwrap_or_else(PoisonError::into_inner);
		if seals.len() == REMEMBERED {
			seals.pop_front();
		}
		seals.push_back((signed, seal));
	}

	fn put_back(&self, header: &mut Header) {
		let signed = header.hash();
		let seals = self.0.lock().unwrap_or_else(PoisonError::into_inner);
		if let Some((_, seal)) = seals.iter().rev().find(|(known, _)| *known == signed) {
			header.digest.push(seal.clone());
		}
	}
}

/// Notes the seal of each block on its way into the chain.
#[derive(Clone)]
pub struct NotingSeals<Import> {
	pub seals: Seals,
	pub import: Import,
}

#[async_trait]
impl<Import: BlockImport<Block> + Send + Sync> BlockImport<Block> for NotingSeals<Import> {
	type Error = Import::Error;

	async fn check_block(
		&self,
		block: BlockCheckParams<Block>,
	) -> Result<ImportResult, Self::Error> {
		self.import.check_block(block).await
	}

	async fn import_block(
		&self,
		block: BlockImportParams<Block>,
	) -> Result<ImportResult, Self::Error> {
		if let Some(seal) = block.post_digests.last() {
			self.seals.note(block.header.hash(), seal.clone());
		}
		self.import.import_block(block).await
	}
}

/// Puts the seals back into reports on their way to the pool.
pub struct PuttingSealsBack {
	pub seals: Seals,
	pub pool: Arc<TransactionPool>,
}

impl LocalTransactionPool for PuttingSealsBack {
	type Block = Block;
	type Hash = <TransactionPool as LocalTransactionPool>::Hash;
	type Error = <TransactionPool as LocalTransactionPool>::Error;

	fn submit_local(
		&self,
		at: Hash,
		transaction: LocalTransactionFor<Self>,
	) -> Result<Self::Hash, Self::Error> {
		let transaction = match transaction {
			UncheckedExtrinsic {
				function:
					RuntimeCall::Babe(Call::report_equivocation_unsigned {
						mut equivocation_proof,
						key_owner_proof,
					}),
				..
			} => {
				self.seals.put_back(&mut equivocation_proof.first_header);
				self.seals.put_back(&mut equivocation_proof.second_header);
				let call =
					Call::report_equivocation_unsigned { equivocation_proof, key_owner_proof };
				UncheckedExtrinsic::new_bare(call.into())
			},
			other => other,
		};
		self.pool.submit_local(at, transaction)
	}
}
