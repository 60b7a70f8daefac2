// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! What the node, the tools and users can ask the runtime.

use crate::{
	configs::{
		consensus::BABE_GENESIS_EPOCH_CONFIG,
		offences::KeyOwners,
		xcm::{orders, trader, LocationToAccountId, XcmRouter},
	},
	*,
};
use frame_support::{
	genesis_builder_helper::{build_state, get_preset},
	traits::{Get, KeyOwnerProofSystem},
	weights::Weight,
};
use pallet_transaction_payment::{FeeDetails, RuntimeDispatchInfo};
use picasso_primitives::{
	avs::{
		AllocationInfo, ApplicationId, AvsInfo, Concentration, EntryProof, Offer, PicaTable,
		SecurityInfo, TableEntry, TableSummary,
	},
	conditions::Evidence,
	cvm::{Explained, Program, RestakeOrder, Salt, Weighed},
	emissions::{AvsAccount, Earner, EraPayout, PendingRewards, Projection, Yields},
	restaking::{
		AccountInfo, EraInfo, ExitPreview, OperatorInfo, Page, PoolFilter, PoolInfo,
		RewardCurrency, VaultInfo,
	},
	slashing::{DutyInfo, ExposureInfo, FaultInfo, FaultPreview, FaultsOf},
	AvsId, EraIndex, PoolId,
};
use sp_api::impl_runtime_apis;
use sp_core::{crypto::KeyTypeId, OpaqueMetadata};
use sp_inherents::{CheckInherentsResult, InherentData};
use sp_runtime::{
	traits::Block as BlockT,
	transaction_validity::{TransactionSource, TransactionValidity},
	ApplyExtrinsicResult, DispatchError, ExtrinsicInclusionMode,
};
use sp_session::OpaqueGeneratedSessionKeys;
use staging_xcm::{
	Version as XcmVersion, VersionedAsset, VersionedAssetId, VersionedAssets, VersionedLocation,
	VersionedXcm,
};
use xcm_runtime_apis::{
	authorized_aliases::OriginAliaser,
	conversions::LocationToAccountHelper,
	dry_run::{CallDryRunEffects, Error as DryRunApiError, XcmDryRunEffects},
	fees::Error as XcmPaymentApiError,
	trusted_query::XcmTrustedQueryResult,
};

impl_runtime_apis! {
	impl sp_api::Core<Block> for Runtime {
		fn version() -> RuntimeVersion {
			VERSION
		}

		fn execute_block(block: <Block as BlockT>::LazyBlock) {
			Executive::execute_block(block)
		}

		fn initialize_block(header: &<Block as BlockT>::Header) -> ExtrinsicInclusionMode {
			Executive::initialize_block(header)
		}
	}

	impl sp_api::Metadata<Block> for Runtime {
		fn metadata() -> OpaqueMetadata {
			OpaqueMetadata::new(Runtime::metadata().into())
		}

		fn metadata_at_version(version: u32) -> Option<OpaqueMetadata> {
			Runtime::metadata_at_version(version)
		}

		fn metadata_versions() -> Vec<u32> {
			Runtime::metadata_versions()
		}
	}

	impl frame_support::view_functions::runtime_api::RuntimeViewFunction<Block> for Runtime {
		fn execute_view_function(
			id: frame_support::view_functions::ViewFunctionId,
			input: Vec<u8>,
		) -> Result<Vec<u8>, frame_support::view_functions::ViewFunctionDispatchError> {
			Runtime::execute_view_function(id, input)
		}
	}

	impl sp_block_builder::BlockBuilder<Block> for Runtime {
		fn apply_extrinsic(extrinsic: <Block as BlockT>::Extrinsic) -> ApplyExtrinsicResult {
			Executive::apply_extrinsic(extrinsic)
		}

		fn finalize_block() -> <Block as BlockT>::Header {
			Executive::finalize_block()
		}

		fn inherent_extrinsics(data: InherentData) -> Vec<<Block as BlockT>::Extrinsic> {
			data.create_extrinsics()
		}

		fn check_inherents(
			block: <Block as BlockT>::LazyBlock,
			data: InherentData,
		) -> CheckInherentsResult {
			data.check_extrinsics(&block)
		}
	}

	impl sp_transaction_pool::runtime_api::TaggedTransactionQueue<Block> for Runtime {
		fn validate_transaction(
			source: TransactionSource,
			transaction: <Block as BlockT>::Extrinsic,
			block_hash: <Block as BlockT>::Hash,
		) -> TransactionValidity {
			Executive::validate_transaction(source, transaction, block_hash)
		}
	}

	impl sp_offchain::OffchainWorkerApi<Block> for Runtime {
		fn offchain_worker(header: &<Block as BlockT>::Header) {
			Executive::offchain_worker(header)
		}
	}

	impl sp_consensus_babe::BabeApi<Block> for Runtime {
		fn configuration() -> sp_consensus_babe::BabeConfiguration {
			let config = Babe::epoch_config().unwrap_or(BABE_GENESIS_EPOCH_CONFIG);
			sp_consensus_babe::BabeConfiguration {
				slot_duration: Babe::slot_duration(),
				epoch_length: configs::consensus::EpochDuration::get(),
				c: config.c,
				authorities: Babe::authorities().to_vec(),
				randomness: Babe::randomness(),
				allowed_slots: config.allowed_slots,
			}
		}

		fn current_epoch_start() -> sp_consensus_babe::Slot {
			Babe::current_epoch_start()
		}

		fn current_epoch() -> sp_consensus_babe::Epoch {
			Babe::current_epoch()
		}

		fn next_epoch() -> sp_consensus_babe::Epoch {
			Babe::next_epoch()
		}

		/// None in a state of another session than the slot's: keys are proved for the state's own. The node
		/// then asks its best one.
		fn generate_key_ownership_proof(
			slot: sp_consensus_babe::Slot,
			authority_id: sp_consensus_babe::AuthorityId,
		) -> Option<sp_consensus_babe::OpaqueKeyOwnershipProof> {
			use codec::Encode;
			let epoch = Babe::current_epoch();
			if !(epoch.start_slot..epoch.start_slot + epoch.duration).contains(&slot) {
				return None;
			}
			KeyOwners::prove((sp_consensus_babe::KEY_TYPE, authority_id))
				.map(|proof| proof.encode())
				.map(sp_consensus_babe::OpaqueKeyOwnershipProof::new)
		}

		fn submit_report_equivocation_unsigned_extrinsic(
			equivocation_proof: sp_consensus_babe::EquivocationProof<<Block as BlockT>::Header>,
			key_owner_proof: sp_consensus_babe::OpaqueKeyOwnershipProof,
		) -> Option<()> {
			let key_owner_proof = key_owner_proof.decode()?;
			Babe::submit_unsigned_equivocation_report(equivocation_proof, key_owner_proof)
		}
	}

	impl sp_consensus_grandpa::GrandpaApi<Block> for Runtime {
		fn grandpa_authorities() -> sp_consensus_grandpa::AuthorityList {
			Grandpa::grandpa_authorities()
		}

		fn current_set_id() -> sp_consensus_grandpa::SetId {
			Grandpa::current_set_id()
		}

		fn submit_report_equivocation_unsigned_extrinsic(
			equivocation_proof: sp_consensus_grandpa::EquivocationProof<
				<Block as BlockT>::Hash,
				BlockNumber,
			>,
			key_owner_proof: sp_consensus_grandpa::OpaqueKeyOwnershipProof,
		) -> Option<()> {
			let key_owner_proof = key_owner_proof.decode()?;
			Grandpa::submit_unsigned_equivocation_report(equivocation_proof, key_owner_proof)
		}

		fn generate_key_ownership_proof(
			_set_id: sp_consensus_grandpa::SetId,
			authority_id: sp_consensus_grandpa::AuthorityId,
		) -> Option<sp_consensus_grandpa::OpaqueKeyOwnershipProof> {
			use codec::Encode;
			KeyOwners::prove((sp_consensus_grandpa::KEY_TYPE, authority_id))
				.map(|proof| proof.encode())
				.map(sp_consensus_grandpa::OpaqueKeyOwnershipProof::new)
		}
	}

	impl sp_session::SessionKeys<Block> for Runtime {
		fn generate_session_keys(owner: Vec<u8>, seed: Option<Vec<u8>>) -> OpaqueGeneratedSessionKeys {
			SessionKeys::generate(&owner, seed).into()
		}

		fn decode_session_keys(encoded: Vec<u8>) -> Option<Vec<(Vec<u8>, KeyTypeId)>> {
			SessionKeys::decode_into_raw_public_keys(&encoded)
		}
	}

	impl frame_system_rpc_runtime_api::AccountNonceApi<Block, AccountId, Nonce> for Runtime {
		fn account_nonce(account: AccountId) -> Nonce {
			System::account_nonce(account)
		}
	}

	impl pallet_transaction_payment_rpc_runtime_api::TransactionPaymentApi<Block, Balance> for Runtime {
		fn query_info(
			extrinsic: <Block as BlockT>::Extrinsic,
			length: u32,
		) -> RuntimeDispatchInfo<Balance> {
			TransactionPayment::query_info(extrinsic, length)
		}

		fn query_fee_details(
			extrinsic: <Block as BlockT>::Extrinsic,
			length: u32,
		) -> FeeDetails<Balance> {
			TransactionPayment::query_fee_details(extrinsic, length)
		}

		fn query_weight_to_fee(weight: Weight) -> Balance {
			TransactionPayment::weight_to_fee(weight)
		}

		fn query_length_to_fee(length: u32) -> Balance {
			TransactionPayment::length_to_fee(length)
		}
	}

	impl pallet_transaction_payment_rpc_runtime_api::TransactionPaymentCallApi<Block, Balance, RuntimeCall>
		for Runtime
	{
		fn query_call_info(call: RuntimeCall, length: u32) -> RuntimeDispatchInfo<Balance> {
			TransactionPayment::query_call_info(call, length)
		}

		fn query_call_fee_details(call: RuntimeCall, length: u32) -> FeeDetails<Balance> {
			TransactionPayment::query_call_fee_details(call, length)
		}

		fn query_weight_to_fee(weight: Weight) -> Balance {
			TransactionPayment::weight_to_fee(weight)
		}

		fn query_length_to_fee(length: u32) -> Balance {
			TransactionPayment::length_to_fee(length)
		}
	}

	impl picasso_primitives::restaking::RestakingApi<Block, AccountId> for Runtime {
		fn era() -> EraInfo {
			Restaking::era_info().unwrap_or(EraInfo { index: 0, started: 0, length: 0, unbonding: 0 })
		}

		fn vaults() -> Vec<VaultInfo<AccountId>> {
			Restaking::vault_infos()
		}

		fn operators(
			start: Option<AccountId>,
			count: u32,
		) -> Page<OperatorInfo<AccountId>, AccountId> {
			Restaking::operator_page(start, count)
		}

		fn pools(
			filter: PoolFilter<AccountId>,
			start: PoolId,
			count: u32,
		) -> Page<PoolInfo<AccountId>, PoolId> {
			Restaking::pool_page(filter, start, count)
		}

		fn position(account: AccountId) -> AccountInfo {
			Restaking::account_info(&account)
		}

		fn reward_currencies() -> Vec<RewardCurrency> {
			Restaking::reward_currencies()
		}

		fn preview_stake(pool: PoolId, amount: Balance) -> Result<Balance, DispatchError> {
			Restaking::preview_stake(pool, amount)
		}

		fn preview_unstake(pool: PoolId, shares: Balance) -> Result<ExitPreview, DispatchError> {
			Restaking::preview_unstake(pool, shares)
		}
	}

	impl picasso_primitives::avs::AvsApi<Block, AccountId> for Runtime {
		fn avs(avs: AvsId) -> Option<AvsInfo<AccountId>> {
			Avs::avs_info(avs)
		}

		fn avss(start: AvsId, count: u32) -> Page<AvsInfo<AccountId>, AvsId> {
			Avs::avs_page(start, count)
		}

		fn offer(application: ApplicationId) -> Option<Offer<AccountId>> {
			Avs::offer(application, 0..pallet_restaking::NextPoolId::<Runtime>::get())
		}

		fn table(avs: AvsId, era: EraIndex, page: u32) -> Page<TableEntry<AccountId>, u32> {
			Avs::table_page(avs, era, page)
		}

		fn table_summary(avs: AvsId, era: EraIndex) -> Option<TableSummary> {
			Avs::table_summary(avs, era)
		}

		fn security(avs: AvsId) -> Option<SecurityInfo> {
			Avs::security(avs)
		}

		fn concentration(avs: AvsId) -> Option<Concentration> {
			Avs::concentration(avs)
		}

		fn operator_allocations(operator: AccountId) -> Vec<AllocationInfo> {
			Avs::operator_allocations(&operator)
		}

		fn entry_proof(
			avs: AvsId,
			era: EraIndex,
			operator: AccountId,
		) -> Result<EntryProof<AccountId>, DispatchError> {
			Avs::entry_with_proof(avs, era, &operator)
		}

		fn pica_tables() -> Vec<PicaTable> {
			Avs::pica_tables()
		}

		fn pica_stakes(era: EraIndex, page: u32) -> Page<(PoolId, Balance), u32> {
			Avs::pica_stakes(era, page)
		}
	}

	impl picasso_primitives::slashing::SlashingApi<Block, AccountId> for Runtime {
		fn pending(of: FaultsOf<AccountId>) -> Vec<FaultInfo<AccountId>> {
			Slashing::pending(of)
		}

		fn history(of: FaultsOf<AccountId>) -> Vec<FaultInfo<AccountId>> {
			Slashing::history(of)
		}

		fn exposure(account: AccountId) -> Vec<ExposureInfo<AccountId>> {
			Slashing::exposure(&account)
		}

		fn verify(
			reporter: AccountId,
			avs: AvsId,
			condition: u8,
			evidence: Evidence<AccountId>,
		) -> Result<FaultPreview<AccountId>, DispatchError> {
			Slashing::preview(&reporter, avs, condition, evidence)
		}

		fn duty(avs: AvsId) -> Option<DutyInfo> {
			Slashing::duty_info(avs)
		}
	}

	impl picasso_primitives::emissions::EmissionsApi<Block, AccountId> for Runtime {
		fn yields() -> Yields {
			Emissions::yields()
		}

		fn pending(account: AccountId) -> Vec<PendingRewards> {
			let positions = Restaking::account_info(&account).positions.into_iter();
			positions
				.map(|position| PendingRewards { pool: position.pool, amounts: position.rewards })
				.filter(|pending| !pending.amounts.is_empty())
				.collect()
		}

		fn projected(earner: Earner<AccountId>) -> Projection {
			Emissions::projected(earner)
		}

		fn avs_account(avs: AvsId) -> Option<AvsAccount<AccountId>> {
			Emissions::avs_account(avs)
		}

		fn history(era: EraIndex) -> Option<EraPayout> {
			Emissions::history(era)
		}
	}

	impl picasso_primitives::cvm::CvmApi<Block, AccountId> for Runtime {
		fn executor_of(origin: VersionedLocation, salt: Salt) -> Option<AccountId> {
			orders::executor_of(origin, salt)
		}

		fn weigh(program: Program) -> Result<Weighed, DispatchError> {
			Cvm::weighed(&program)
		}

		fn encode_restake(
			order: RestakeOrder,
		) -> Result<(Program, VersionedXcm<()>), DispatchError> {
			orders::restake(order)
		}

		fn explain(program: Program) -> Result<Vec<Explained>, DispatchError> {
			Cvm::explain(&program)
		}
	}

	impl xcm_runtime_apis::fees::XcmPaymentApi<Block> for Runtime {
		fn query_acceptable_payment_assets(
			version: XcmVersion,
		) -> Result<Vec<VersionedAssetId>, XcmPaymentApiError> {
			PolkadotXcm::query_acceptable_payment_assets(version, trader::accepted())
		}

		fn query_xcm_weight(message: VersionedXcm<()>) -> Result<Weight, XcmPaymentApiError> {
			PolkadotXcm::query_xcm_weight(message)
		}

		fn query_weight_to_asset_fee(
			weight: Weight,
			asset: VersionedAssetId,
		) -> Result<u128, XcmPaymentApiError> {
			PolkadotXcm::query_weight_to_asset_fee::<trader::GovernedRates>(weight, asset)
		}

		fn query_delivery_fees(
			destination: VersionedLocation,
			message: VersionedXcm<()>,
			asset: VersionedAssetId,
		) -> Result<VersionedAssets, XcmPaymentApiError> {
			PolkadotXcm::query_delivery_fees::<()>(destination, message, asset)
		}
	}

	impl xcm_runtime_apis::dry_run::DryRunApi<Block, RuntimeCall, RuntimeEvent, OriginCaller>
		for Runtime
	{
		fn dry_run_call(
			origin: OriginCaller,
			call: RuntimeCall,
			version: XcmVersion,
		) -> Result<CallDryRunEffects<RuntimeEvent>, DryRunApiError> {
			PolkadotXcm::dry_run_call::<Runtime, XcmRouter, OriginCaller, RuntimeCall>(
				origin, call, version,
			)
		}

		fn dry_run_xcm(
			origin: VersionedLocation,
			xcm: VersionedXcm<RuntimeCall>,
		) -> Result<XcmDryRunEffects<RuntimeEvent>, DryRunApiError> {
			PolkadotXcm::dry_run_xcm::<XcmRouter>(origin, xcm)
		}
	}

	impl xcm_runtime_apis::conversions::LocationToAccountApi<Block, AccountId> for Runtime {
		fn convert_location(
			location: VersionedLocation,
		) -> Result<AccountId, xcm_runtime_apis::conversions::Error> {
			LocationToAccountHelper::<AccountId, LocationToAccountId>::convert_location(location)
		}
	}

	impl xcm_runtime_apis::trusted_query::TrustedQueryApi<Block> for Runtime {
		fn is_trusted_reserve(
			asset: VersionedAsset,
			location: VersionedLocation,
		) -> XcmTrustedQueryResult {
			PolkadotXcm::is_trusted_reserve(asset, location)
		}

		fn is_trusted_teleporter(
			asset: VersionedAsset,
			location: VersionedLocation,
		) -> XcmTrustedQueryResult {
			PolkadotXcm::is_trusted_teleporter(asset, location)
		}
	}

	impl xcm_runtime_apis::authorized_aliases::AuthorizedAliasersApi<Block> for Runtime {
		fn authorized_aliasers(
			target: VersionedLocation,
		) -> Result<Vec<OriginAliaser>, xcm_runtime_apis::authorized_aliases::Error> {
			PolkadotXcm::authorized_aliasers(target)
		}

		fn is_authorized_alias(
			origin: VersionedLocation,
			target: VersionedLocation,
		) -> Result<bool, xcm_runtime_apis::authorized_aliases::Error> {
			PolkadotXcm::is_authorized_alias(origin, target)
		}
	}

	impl sp_genesis_builder::GenesisBuilder<Block> for Runtime {
		fn build_state(json: Vec<u8>) -> sp_genesis_builder::Result {
			build_state::<RuntimeGenesisConfig>(json)
		}

		fn get_preset(id: &Option<sp_genesis_builder::PresetId>) -> Option<Vec<u8>> {
			get_preset::<RuntimeGenesisConfig>(id, crate::get_preset)
		}

		fn preset_names() -> Vec<sp_genesis_builder::PresetId> {
			crate::preset_names()
		}
	}

	#[cfg(feature = "try-runtime")]
	impl frame_try_runtime::TryRuntime<Block> for Runtime {
		fn on_runtime_upgrade(checks: frame_try_runtime::UpgradeCheckSelect) -> (Weight, Weight) {
			let weight = Executive::try_runtime_upgrade(checks).expect("the upgrade succeeds");
			(weight, configs::system::RuntimeBlockWeights::get().max_block)
		}

		fn execute_block(
			block: <Block as BlockT>::LazyBlock,
			state_root_check: bool,
			signature_check: bool,
			select: frame_try_runtime::TryStateSelect,
		) -> Weight {
			Executive::try_execute_block(block, state_root_check, signature_check, select)
				.expect("the block executes")
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	impl frame_benchmarking::Benchmark<Block> for Runtime {
		fn benchmark_metadata(
			extra: bool,
		) -> (Vec<frame_benchmarking::BenchmarkList>, Vec<frame_support::traits::StorageInfo>) {
			use crate::benchmarks::*;
			use frame_benchmarking::BenchmarkList;
			use frame_support::traits::StorageInfoTrait;

			let mut list = Vec::<BenchmarkList>::new();
			list_benchmarks!(list, extra);
			(list, AllPalletsWithSystem::storage_info())
		}

		fn dispatch_benchmark(
			config: frame_benchmarking::BenchmarkConfig,
		) -> Result<Vec<frame_benchmarking::BenchmarkBatch>, alloc::string::String> {
			use crate::benchmarks::*;
			use frame_benchmarking::BenchmarkBatch;
			use frame_support::traits::WhitelistedStorageKeys;

			let whitelist = AllPalletsWithSystem::whitelisted_storage_keys();
			let mut batches = Vec::<BenchmarkBatch>::new();
			let params = (&config, &whitelist);
			add_benchmarks!(params, batches);
			Ok(batches)
		}
	}
}
