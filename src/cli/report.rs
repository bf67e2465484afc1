//! `swapdesk report`: the day's figures as text.

use crate::cli::args::Report;
use crate::cli::{CliError, Desk, Outcome};
use crate::clock;
use crate::domain::stock::LOW_STOCK_MAX;
use crate::domain::time::{day_text, span_text};
use std::io::Write;

pub(super) fn run(desk: &mut Desk<'_>, args: &Report) -> Result<Outcome, CliError> {
    let now = clock::now();
    let reader = desk.reader()?;
    let settings = reader.settings().map_err(|err| desk.failed(err))?;
    let zone = settings.desk.time_zone;
    let day = args.on.unwrap_or_else(|| now.day(zone));
    let figures = reader.day_figures(day).map_err(|err| desk.failed(err))?;
    let stock = reader.product_stock(now, now.day(zone)).map_err(|err| desk.failed(err))?;
    let unprotected = reader.unprotected_now().map_err(|err| desk.failed(err))?;
    let out = &mut desk.data;
    writeln!(out, "{} · {}", settings.desk.store_name, settings.desk.label())?;
    writeln!(out, "{}\n", day_text(day))?;
    for (label, n) in [
        ("Cases opened", figures.n_opened),
        ("Cases handed over", figures.n_handed_over),
        ("Cases withdrawn", figures.n_withdrawn),
        ("Removals finished", figures.n_removed),
        ("Keys issued", figures.n_issued),
        ("Keys voided", figures.n_voided),
        ("Overrides by a lead", figures.n_overrides),
    ] {
        writeln!(out, "{label:<22}{n:>6}")?;
    }
    writeln!(out, "\nNow")?;
    writeln!(out, "{:<22}{:>6}", "Cases open", figures.n_open_now)?;
    writeln!(out, "{:<22}{:>6}", "Unprotected", unprotected.len())?;
    for (number, since) in &unprotected {
        writeln!(out, "  {number} for {}", span_text(now.minutes_since(*since)))?;
    }
    writeln!(out, "\nFree keys")?;
    for row in stock.iter().filter(|row| row.n_free > 0 || row.n_keys_ever > 0) {
        let low = if row.n_free <= LOW_STOCK_MAX { "  low" } else { "" };
        writeln!(out, "{:>6}  {}{low}", row.n_free, row.product.name)?;
    }
    Ok(Outcome::Done)
}
