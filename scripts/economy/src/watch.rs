// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! Notices what pallets take to be impossible: they say so in the log, and go on.

use std::cell::RefCell;

/// Where the SDK tells of it.
const TARGET: &str = "runtime::defensive";

thread_local! {
	static NOTICED: RefCell<Option<String>> = const { RefCell::new(None) };
}

struct Watch;

impl log::Log for Watch {
	fn enabled(&self, metadata: &log::Metadata) -> bool {
		metadata.target() == TARGET
	}

	fn log(&self, record: &log::Record) {
		if self.enabled(record.metadata()) {
			NOTICED.set(Some(record.args().to_string()));
		}
	}

	fn flush(&self) {}
}

/// Begins to watch, in all threads.
pub fn begin() {
	static WATCH: Watch = Watch;
	// Whoever was first watches the same.
	if log::set_logger(&WATCH).is_ok() {
		log::set_max_level(log::LevelFilter::Error);
	}
}

/// What this thread has seen since it was asked last.
pub fn noticed() -> Option<String> {
	NOTICED.take()
}
