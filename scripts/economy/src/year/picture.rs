// This file is part of Picasso.
// SPDX-License-Identifier: GPL-3.0-or-later WITH Classpath-exception-2.0

//! The year in a picture: yields, the pot, what shares are worth, and who was paid.

use super::Record;
use picasso_runtime::constants::time;
use plotters::{coord::Shift, prelude::*};
use std::path::Path;

const SIZE: (u32, u32) = (1_200, 1_600);
/// Eras over which yields are averaged: a day.
const DAY: usize = 6;
const COLOURS: [RGBColor; 6] = [
	RGBColor(31, 119, 180),
	RGBColor(255, 127, 14),
	RGBColor(44, 160, 44),
	RGBColor(214, 39, 40),
	RGBColor(148, 103, 189),
	RGBColor(140, 86, 75),
];

/// A line: what it is called, and where it goes.
struct Line {
	name: String,
	points: Vec<(f64, f64)>,
}

/// Draws it.
pub fn draw(records: &[Record], path: &Path) -> Result<(), String> {
	use SeriesLabelPosition::{LowerLeft, UpperLeft};
	let panels = [
		("Yield of a year, fixed and revenue (percent, daily mean)", yields(records), UpperLeft),
		("Fixed yield of an era, and the pot (thousand PICA, daily mean)", pot(records), UpperLeft),
		("Worth of a share, by vault (1 at first)", shares(records), LowerLeft),
		("Revenue since the beginning (million PICA, by prices)", revenue(records), UpperLeft),
	];
	let root = SVGBackend::new(path, SIZE).into_drawing_area();
	let failed = |error: &dyn std::fmt::Display| format!("the picture: {error}");
	root.fill(&WHITE).map_err(|error| failed(&error))?;
	let areas = root.split_evenly((panels.len(), 1));
	for (area, (title, lines, corner)) in areas.iter().zip(panels) {
		panel(area, title, &lines, corner).map_err(|error| failed(&error))?;
	}
	root.present().map_err(|error| failed(&error))
}

fn days(record: &Record) -> f64 {
	f64::from(record.block) / f64::from(time::DAYS)
}

fn line(records: &[Record], name: &str, value: impl Fn(&Record) -> f64) -> Line {
	let points = records.iter().map(|record| (days(record), value(record))).collect();
	Line { name: name.into(), points }
}

fn yields(records: &[Record]) -> Vec<Line> {
	let Some(first) = records.first() else { return Vec::new() };
	let vault = |at: usize| {
		let days = records.chunks(DAY).map(|day| {
			let all = day.iter().map(|it| it.vaults[at].fixed_yield + it.vaults[at].revenue_yield);
			(days(&day[0]), all.sum::<f64>() / day.len() as f64)
		});
		Line { name: first.vaults[at].symbol.into(), points: days.collect() }
	};
	(0..first.vaults.len()).map(vault).collect()
}

fn pot(records: &[Record]) -> Vec<Line> {
	let mean = |name: &str, value: &dyn Fn(&Record) -> f64| {
		let points = records.chunks(DAY).map(|day| {
			let all: f64 = day.iter().map(value).sum();
			(days(&day[0]), all / day.len() as f64 / 1e3)
		});
		Line { name: name.into(), points: points.collect() }
	};
	vec![
		mean("due", &|record| record.yield_due),
		mean("paid", &|record| record.yield_paid),
		mean("made", &|record| record.emitted),
		mean("left in the pot", &|record| record.pot),
	]
}

fn shares(records: &[Record]) -> Vec<Line> {
	let Some(first) = records.first() else { return Vec::new() };
	let of =
		|at: usize| line(records, first.vaults[at].symbol, |record| record.vaults[at].share_price);
	(0..first.vaults.len()).map(of).collect()
}

fn revenue(records: &[Record]) -> Vec<Line> {
	let names = ["restakers", "PICA stakers", "operators", "treasury"];
	let of = |(at, name): (usize, &&str)| {
		let mut sum = 0.0;
		let points = records.iter().map(|record| {
			sum += record.revenue_worth[at] / 1e6;
			(days(record), sum)
		});
		Line { name: name.to_string(), points: points.collect() }
	};
	names.iter().enumerate().map(of).collect()
}

fn panel(
	area: &DrawingArea<SVGBackend, Shift>,
	title: &str,
	lines: &[Line],
	corner: SeriesLabelPosition,
) -> Result<(), Box<dyn std::error::Error>> {
	let all = || lines.iter().flat_map(|line| &line.points);
	let end = all().map(|(day, _)| *day).fold(1.0, f64::max);
	let lowest = all().map(|(_, value)| *value).fold(f64::INFINITY, f64::min);
	let highest = all().map(|(_, value)| *value).fold(f64::NEG_INFINITY, f64::max);
	let (lowest, highest) = if lowest < highest { (lowest, highest) } else { (0.0, 1.0) };
	let margin = (highest - lowest) * 0.05;
	let mut chart = ChartBuilder::on(area)
		.caption(title, ("sans-serif", 20))
		.margin(12)
		.x_label_area_size(32)
		.y_label_area_size(64)
		.build_cartesian_2d(0.0..end, lowest - margin..highest + margin)?;
	chart.configure_mesh().x_desc("days").light_line_style(TRANSPARENT).draw()?;
	for (line, colour) in lines.iter().zip(COLOURS) {
		chart
			.draw_series(LineSeries::new(line.points.iter().copied(), colour.stroke_width(1)))?
			.label(&line.name)
			.legend(move |(x, y)| {
				PathElement::new(vec![(x, y), (x + 18, y)], colour.stroke_width(2))
			});
	}
	chart
		.configure_series_labels()
		.background_style(WHITE.mix(0.8))
		.border_style(BLACK.mix(0.3))
		.position(corner)
		.draw()?;
	Ok(())
}
