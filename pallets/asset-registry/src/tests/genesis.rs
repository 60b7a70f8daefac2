// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

use super::*;
use sp_runtime::FixedU128;

fn genesis(owner: Option<u64>) -> GenesisConfig<Test> {
	GenesisConfig {
		owner,
		assets: five().to_vec(),
		rates: vec![(7 << 96, FixedU128::from_u32(2))],
		class_caps: vec![(TrustClass::Staked, 1_000), (TrustClass::Custodian, 0)],
	}
}

#[test]
fn genesis_registers_and_adopts() {
	ExtBuilder::default()
		.asset(DOT, (TREASURY, true, 10), ("DOT", 10))
		.registry(genesis(Some(TREASURY)))
		.build_and_execute(|| {
			assert_eq!(Assets::<Test>::iter().count(), 5);
			assert_eq!(Registry::asset_at(&outside(Polkadot, [])), Some(DOT));
			assert_eq!(ClassCaps::<Test>::get(TrustClass::Staked), Some(1_000));
			assert_eq!(ClassCaps::<Test>::get(TrustClass::LightClient), None);
		});
}

#[test]
fn genesis_is_written_and_read_as_json() {
	let text = serde_json::to_string(&genesis(Some(TREASURY))).expect("it can be written");
	let read: GenesisConfig<Test> = serde_json::from_str(&text).expect("it can be read");
	assert_eq!(read.assets, genesis(None).assets);
	assert_eq!(read.class_caps, genesis(None).class_caps);
	assert_eq!(read.owner, Some(TREASURY));
}

#[test]
#[should_panic(expected = "genesis: assets need an owner")]
fn genesis_fails_when_assets_have_no_owner() {
	ExtBuilder::default().registry(genesis(None)).build();
}

#[test]
#[should_panic(expected = "DecimalsMismatch")]
fn genesis_fails_when_an_asset_differs() {
	ExtBuilder::default()
		.asset(VDOT, (TREASURY, true, 10), ("vDOT", 12))
		.registry(genesis(Some(TREASURY)))
		.build();
}
