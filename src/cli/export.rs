//! `swapdesk export`: CSV on standard output, for a spreadsheet.

use crate::cli::args::{Export, ExportWhat};
use crate::cli::{CliError, Desk, Outcome};
use crate::exchange::export::CsvOut;
use crate::store::export::{ExportOf, Span};
use std::ops::ControlFlow;

pub(super) fn run(desk: &mut Desk<'_>, args: &Export) -> Result<Outcome, CliError> {
    if args.from.zip(args.to).is_some_and(|(from, to)| from > to) {
        return Err(CliError::Usage("--from is later than --to".to_owned()));
    }
    let reader = desk.reader()?;
    let of = match args.what {
        ExportWhat::Cases => ExportOf::Cases,
        ExportWhat::Removals => ExportOf::Removals,
        ExportWhat::Replacements => ExportOf::Replacements,
        ExportWhat::Stock => ExportOf::Stock,
        ExportWhat::Journal => ExportOf::Journal,
    };
    if of == ExportOf::Stock && (args.from.is_some() || args.to.is_some()) {
        writeln!(desk.words, "note: the stock is as it is now, whatever --from and --to say")?;
    }
    let now = crate::clock::now();
    let span = Span { from: args.from, to: args.to };
    let mut csv = CsvOut::new(&mut *desk.data, of.columns())?;
    let mut written = Ok(());
    let read = reader.export(of, span, now, &mut |row| {
        written = csv.row(row);
        if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    written?;
    csv.finish()?;
    read.map_err(|err| desk.failed(err))?;
    Ok(Outcome::Done)
}
