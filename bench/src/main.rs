//! The figures of the design's bars, one a line: name, value, unit, bar.

#![expect(clippy::print_stdout, reason = "a figure is printed")]
#![expect(clippy::disallowed_methods, reason = "measuring takes real time")]

mod acts;
mod decisions;
mod distribution;
mod inbox;
mod ledger;
mod matters;
mod memory;
mod pages;
mod peers;
mod people;
mod process;
mod scans;
mod search;
mod start;
mod votes;

use std::time::Duration;
use tokio::runtime::Runtime;

/// How much is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// Everything within two minutes, on smaller numbers that are named in the line.
    Quick,
    /// The design's own numbers.
    Full,
}

fn main() -> Result<(), String> {
    let words: Vec<String> = std::env::args().collect();
    let quick = words.iter().any(|word| word == "--quick");
    let extent = if quick { Extent::Quick } else { Extent::Full };
    let only = words.iter().position(|word| word == "--only").and_then(|at| words.get(at + 1));
    println!("name\tvalue\tunit\tbar");
    let runtime = tokio::runtime::Runtime::new().map_err(|e| e.to_string())?;
    if only.is_some_and(|only| PARTS.iter().all(|(part, _)| part != only)) {
        let parts = PARTS.map(|(part, _)| part);
        return Err(format!("no such part; there are {}", parts.join(" ")));
    }
    let wanted = PARTS.iter().filter(|(part, _)| only.is_none_or(|only| only == part));
    for (_, measure) in wanted {
        measure(&runtime, extent)?;
    }
    Ok(())
}

type Measure = fn(&Runtime, Extent) -> Result<(), String>;

/// What `--only` names, in the order it is measured.
const PARTS: [(&str, Measure); 11] = [
    ("process", |runtime, extent| {
        peers::beside(process::in_memory())?;
        votes::of_many()?;
        runtime.block_on(process::durable(extent))
    }),
    ("decisions", |_, _| {
        decisions::single_and_bulk()?;
        decisions::compatibility_kit()
    }),
    ("acts", |runtime, extent| {
        runtime.block_on(acts::on_sqlite(extent))?;
        runtime.block_on(acts::on_postgres(extent))
    }),
    ("inbox", |runtime, extent| runtime.block_on(inbox::page(extent))),
    ("start", |runtime, extent| runtime.block_on(start::with_many_acts(extent))),
    ("matters", |runtime, extent| runtime.block_on(matters::with_timers(extent))),
    ("people", |_, _| {
        people::search();
        Ok(())
    }),
    ("documents", |_, _| search::documents_found()),
    ("pages", |_, extent| pages::set_and_open(extent)),
    ("distribution", |_, _| distribution::to_a_thousand_units()),
    ("memory", |_, _| memory::of_the_demonstration()),
];

/// Prints a figure.
fn line(name: &str, value: f64, unit: &str, bar: &str) {
    println!("{name}\t{value:.1}\t{unit}\t{bar}");
}

/// The value below which the given share of all lie.
fn quantile(times: &mut [Duration], share: f64) -> f64 {
    times.sort_unstable();
    #[expect(clippy::as_conversions, reason = "a place in a list of measured times")]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "as above")]
    #[expect(clippy::cast_precision_loss, reason = "as above")]
    let place = ((times.len() as f64 - 1.0) * share) as usize;
    times.get(place).map_or(0.0, |time| time.as_secs_f64() * 1_000.0)
}

/// How many per second.
fn rate(count: u32, time: Duration) -> f64 {
    f64::from(count) / time.as_secs_f64().max(1e-9)
}
