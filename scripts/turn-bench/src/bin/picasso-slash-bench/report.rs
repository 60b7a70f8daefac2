// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! What was found, as tables.

use crate::{
	path::{Path, Side::*, Step, Touched},
	verification::Verification,
};

const VERIFICATIONS: &str = "\
VERIFYING EVIDENCE of a round signed twice, natively, in microseconds and in bare checks
  check    the host function that checks a signature: half of what it takes for both
  verify   both signatures, against the condition and the operator's entry, which is known
  examine  all that a report looks at before it stores anything: eras, terms, the entry, whether the fault is known, and verify";

const PATHS: &str = "\
THE PATH OF A SLASH, natively, state in memory without a trie: medians in microseconds, and in bare transfers of
the asset, measured in turns in one state.
  verify   all that a report looks at before it stores anything: eras, terms, entry, and two Ed25519 signatures
  report   slashing.report for each operator at fault; in transfers: less the verification, which has goals of its own
  idle     what is left of a block is spent where nothing is due: a look at what might be
  verdict  what is left of the block carries the verdicts out, and pays the victims; in transfers: less idle
  ledger   of that, the ledger's part: pools and exits slashed, proceeds moved
  path     report and verdict; in transfers: what a slash adds, as above
  /few     what a slash adds on the path, against that of as many pools with ten restakers, in the same state
  keys     read and written, each once, those that every block touches left out; in brackets our own
Each pool has exits of eight days in progress and earns in one currency. Up to four pools are of one asset, and up
to sixteen one operator's, which is as many as may stand behind an AVS: 32 are two operators', and two reports.";

/// What it takes to verify evidence.
pub fn print_verifications(verifications: &[Verification], csv: bool) {
	if csv {
		println!("scheme,entry,check_us,verify_us,examine_us");
	} else {
		println!("{VERIFICATIONS}\n");
		println!(
			"{:>10}{:>10}{:>10}{:>10}{:>10}{:>10}{:>10}",
			"key", "entry", "check", "verify", "/check", "examine", "/check"
		);
	}
	for Verification { scheme, entry, check, verify, examine } in verifications {
		if csv {
			println!("{scheme},{entry},{check:.3},{verify:.3},{examine:.3}");
		} else {
			let (of_verify, of_examine) = (verify / check, examine / check);
			println!(
				"{scheme:>10}{entry:>10}{check:>10.2}{verify:>10.2}{of_verify:>10.3}{examine:>10.2}{of_examine:>10.3}"
			);
		}
	}
	println!();
}

/// The head of the table of [`print_path`].
pub fn print_head(csv: bool) {
	if csv {
		println!(
			"pools,restakers,transfer_us,verify_us,report_us,report_per_transfer,idle_us,verdict_us,\
			verdict_per_transfer,ledger_us,ledger_per_transfer,path_us,path_per_transfer,path_per_few,\
			report_reads,report_own_reads,report_writes,report_own_writes,verdict_reads,\
			verdict_own_reads,verdict_writes,verdict_own_writes"
		);
		return;
	}
	println!("{PATHS}\n");
	println!(
		"{:>5}{:>10}{:>9}{:>8}{:>16}{:>6}{:>16}{:>16}{:>17}{:>7}{:>19}{:>23}",
		"pools",
		"restakers",
		"transfer",
		"verify",
		"report",
		"idle",
		"verdict",
		"ledger",
		"path",
		"/few",
		"keys of report",
		"of verdict"
	);
}

/// A row.
pub fn print_path(path: &Path, csv: bool) {
	let (restakers, pools) = (path.scene.restakers, path.scene.pools);
	let (report, verdict, ledger) = (Step::Report(Many), Step::Verdict(Many), Step::Ledger(Many));
	let [transfer, verify, idle] =
		[Step::Transfer, Step::Verify(Many), Step::Idle].map(|step| path.micros(step));
	let steps = [report, verdict, ledger].map(|step| (path.micros(step), path.transfers(step)));
	let whole = (path.micros(report) + path.micros(verdict), path.whole());
	let few = path.of_few();
	let Touched { report, verdict } = &path.many;
	if csv {
		let times = steps.into_iter().chain([whole]).map(|(us, of)| format!("{us:.2},{of:.3}"));
		let mut times: Vec<_> = times.collect();
		times.insert(1, format!("{idle:.2}"));
		let keys = [report, verdict].map(|keys| {
			let (reads, own_reads) = (keys.reads, keys.own_reads);
			format!("{reads},{own_reads},{},{}", keys.writes, keys.own_writes)
		});
		let (times, keys) = (times.join(","), keys.join(","));
		println!("{pools},{restakers},{transfer:.2},{verify:.2},{times},{few:.3},{keys}");
		return;
	}
	let [report_time, verdict_time, ledger_time] =
		steps.map(|(us, of)| format!("{us:.1} ({of:.2})"));
	let whole = format!("{:.1} ({:.2})", whole.0, whole.1);
	let [report, verdict] = [report, verdict].map(|keys| {
		format!("{} ({}), {} ({})", keys.reads, keys.own_reads, keys.writes, keys.own_writes)
	});
	println!(
		"{pools:>5}{restakers:>10}{transfer:>9.1}{verify:>8.1}{report_time:>16}{idle:>6.1}{verdict_time:>16}\
		{ledger_time:>16}{whole:>17}{few:>7.3}{report:>19}{verdict:>23}"
	);
}
