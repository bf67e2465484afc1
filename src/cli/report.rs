//! `swapdesk report`: the day's figures as text.

use crate::cli::args::Report;
use crate::cli::{CliError, Desk, Outcome};
use crate::clock;
use crate::domain::card::CaseLine;
use crate::domain::stock::LOW_STOCK_MAX;
use crate::domain::time::{Moment, day_text, span_text};
use crate::store::case_lines::CaseFilter;
use crate::store::report::{DayFigures, StockLine};
use std::io::{self, Write};

pub(super) fn run(desk: &mut Desk<'_>, args: &Report) -> Result<Outcome, CliError> {
    let now = clock::now();
    let reader = desk.reader()?;
    let settings = reader.settings().map_err(|err| desk.failed(err))?;
    let day = args.on.unwrap_or_else(|| now.day(settings.desk.time_zone));
    let figures = reader.day_figures(day).map_err(|err| desk.failed(err))?;
    let open = reader.case_lines(CaseFilter::Open, usize::MAX).map_err(|err| desk.failed(err))?;
    let stock = reader.stock_lines(now).map_err(|err| desk.failed(err))?;
    let out = &mut *desk.data;
    writeln!(out, "{} · {}", settings.desk.store_name, settings.desk.label())?;
    tell_day(out, &day_text(day), figures)?;
    tell_now(out, now, &open)?;
    tell_stock(out, &stock)?;
    Ok(Outcome::Done)
}

fn tell_day(out: &mut dyn Write, day: &str, figures: DayFigures) -> io::Result<()> {
    writeln!(out, "\n{day}")?;
    for (label, n) in [
        ("Cases opened", figures.n_opened),
        ("Cases handed over", figures.n_handed_over),
        ("Cases withdrawn", figures.n_withdrawn),
        ("Removals finished", figures.n_removed),
        ("Keys issued", figures.n_issued),
        ("Issued keys voided", figures.n_voided),
        ("Overrides by a lead", figures.n_overrides),
    ] {
        writeln!(out, "{n:>8}  {label}")?;
    }
    Ok(())
}

fn tell_now(out: &mut dyn Write, now: Moment, open: &[CaseLine]) -> io::Result<()> {
    let since = |line: &CaseLine| line.unprotected_since.map(|since| now.minutes_since(since));
    let mut unprotected: Vec<_> =
        open.iter().filter_map(|line| Some((since(line)?, &line.number))).collect();
    unprotected.sort_by_key(|(minutes, _)| std::cmp::Reverse(*minutes));
    writeln!(out, "\nNow")?;
    writeln!(out, "{:>8}  Cases open", open.len())?;
    writeln!(out, "{:>8}  Customers unprotected", unprotected.len())?;
    for (minutes, number) in unprotected {
        writeln!(out, "          {number} for {}", span_text(minutes))?;
    }
    Ok(())
}

fn tell_stock(out: &mut dyn Write, stock: &[StockLine]) -> io::Result<()> {
    writeln!(out, "\nFree keys")?;
    for line in stock {
        let low = if line.n_free <= LOW_STOCK_MAX { " (low)" } else { "" };
        writeln!(out, "{:>8}  {}{low}", line.n_free, line.product)?;
    }
    if stock.is_empty() {
        writeln!(out, "          no keys were delivered yet")?;
    }
    Ok(())
}
