// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! The Picasso node.

// The error of sc-cli is what it is.
#![allow(clippy::result_large_err)]

mod chain_spec;
mod cli;
mod command;
mod preflight;
mod rpc;
mod service;

use std::process::ExitCode;

fn main() -> ExitCode {
	match command::run() {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("error: {}", explain(&error));
			ExitCode::FAILURE
		},
	}
}

/// What went wrong, with the remedy where sc-cli does not name it.
fn explain(error: &sc_cli::Error) -> String {
	match error {
		sc_cli::Error::NetworkKeyNotFound(path) => format!(
			"a validator needs a node key, and there is none at {}: make one with `picasso-node key \
			 generate-node-key --chain CHAIN --default-base-path`, or with --base-path DIR in place of \
			 the last where the chain has a folder of its own",
			path.display(),
		),
		other => other.to_string(),
	}
}
