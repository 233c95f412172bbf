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

/// How much is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// Everything within two minutes, on smaller numbers that are named in the line.
    Quick,
    /// The design's own numbers.
    Full,
}

fn main() -> Result<(), String> {
    let quick = std::env::args().any(|word| word == "--quick");
    let extent = if quick { Extent::Quick } else { Extent::Full };
    println!("name\tvalue\tunit\tbar");
    let ours = process::in_memory();
    peers::beside(ours)?;
    votes::of_many()?;
    decisions::single_and_bulk()?;
    decisions::compatibility_kit()?;
    let runtime = tokio::runtime::Runtime::new().map_err(|e| e.to_string())?;
    runtime.block_on(async {
        process::durable(extent).await?;
        acts::on_sqlite(extent).await?;
        acts::on_postgres(extent).await?;
        inbox::page(extent).await?;
        start::with_many_acts(extent).await?;
        matters::with_timers(extent).await
    })?;
    people::search();
    search::documents_found()?;
    pages::set_and_open(extent)?;
    distribution::to_a_thousand_units()?;
    memory::of_the_demonstration()
}

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
