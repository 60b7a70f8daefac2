// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! What would make a node fail later and less clearly, found before it starts.

use sc_network::multiaddr::{Multiaddr, Protocol};
use sc_service::Configuration;
use sc_storage_monitor::StorageMonitorParams;
use std::{
	io::ErrorKind,
	net::{IpAddr, SocketAddr, TcpListener},
};

/// Says that the disk is too full for the chain, before the database finds out in the middle of a
/// write. While the node runs, the storage monitor watches it.
pub fn ensure_disk_has_room(
	config: &Configuration,
	monitor: &StorageMonitorParams,
) -> Result<(), String> {
	const MIB: u64 = 1024 * 1024;
	let Some(database) = config.database.path() else { return Ok(()) };
	let exists = database.ancestors().find(|folder| folder.exists());
	let free = exists.map(fs4::available_space).transpose().map_err(|error| {
		format!("the free space at {} cannot be told: {error}", database.display())
	})?;
	match free.map(|bytes| bytes / MIB) {
		Some(free) if free < monitor.threshold => Err(format!(
			"{free} MiB are free at {}, and {} are needed: make room, store the chain on another disk \
			 with --base-path, or lower --db-storage-threshold",
			database.display(),
			monitor.threshold,
		)),
		_ => Ok(()),
	}
}

/// Says which port is in use by another program, and which option chooses another.
pub fn ensure_ports_are_free(config: &Configuration) -> Result<(), String> {
	let rpc = config.rpc.addr.iter().flatten().map(|endpoint| endpoint.listen_addr);
	let prometheus = config.prometheus_config.iter().map(|prometheus| prometheus.port);
	let peers = config.network.listen_addresses.iter().filter_map(tcp_address);
	rpc.map(|address| (address, "RPC", "--rpc-port"))
		.chain(prometheus.map(|address| (address, "Prometheus", "--prometheus-port")))
		.chain(peers.map(|address| (address, "peer-to-peer", "--port")))
		.try_for_each(|(address, purpose, option)| {
			if !is_in_use(address) {
				return Ok(());
			}
			Err(format!(
				"the {purpose} port {} is in use by another program: stop that program, or choose \
				 another port with {option}",
				address.port(),
			))
		})
}

fn is_in_use(address: SocketAddr) -> bool {
	TcpListener::bind(address).is_err_and(|error| error.kind() == ErrorKind::AddrInUse)
}

/// The address of plain TCP in a multiaddress.
fn tcp_address(address: &Multiaddr) -> Option<SocketAddr> {
	let mut parts = address.iter();
	let ip: IpAddr = match parts.next()? {
		Protocol::Ip4(ip) => ip.into(),
		Protocol::Ip6(ip) => ip.into(),
		_ => return None,
	};
	match parts.next()? {
		Protocol::Tcp(port) => Some((ip, port).into()),
		_ => None,
	}
}
