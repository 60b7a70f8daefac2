// This file is part of Picasso.
// SPDX-License-Identifier: Apache-2.0

//! The relay chain and its parachains, joined by xcm-simulator.

use crate::{asset_hub, bifrost, gateway, parachain, relay};
use xcm_simulator::{decl_test_network, decl_test_parachain, decl_test_relay_chain, TestExt};

decl_test_relay_chain! {
	pub struct Relay {
		Runtime = relay::Runtime,
		RuntimeCall = relay::RuntimeCall,
		RuntimeEvent = relay::RuntimeEvent,
		XcmConfig = relay::XcmConfig,
		MessageQueue = relay::MessageQueue,
		System = relay::System,
		new_ext = relay::genesis(),
	}
}

decl_test_parachain! {
	pub struct AssetHub {
		Runtime = parachain::Runtime,
		XcmpMessageHandler = parachain::MsgQueue,
		DmpMessageHandler = parachain::MsgQueue,
		new_ext = asset_hub::genesis(),
	}
}

decl_test_parachain! {
	pub struct Bifrost {
		Runtime = parachain::Runtime,
		XcmpMessageHandler = parachain::MsgQueue,
		DmpMessageHandler = parachain::MsgQueue,
		new_ext = bifrost::genesis(),
	}
}

decl_test_parachain! {
	pub struct Gateway {
		Runtime = parachain::Runtime,
		XcmpMessageHandler = parachain::MsgQueue,
		DmpMessageHandler = parachain::MsgQueue,
		new_ext = gateway::genesis(),
	}
}

decl_test_network! {
	pub struct Polkadot {
		relay_chain = Relay,
		parachains = vec![
			(1000, AssetHub),
			(2030, Bifrost),
			(2500, Gateway),
		],
	}
}
