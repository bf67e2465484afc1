//! The first rows of a file and how its columns are read.

use egui::Ui;

use crate::domain::catalog::Product;
use crate::domain::intake::{Preview, PreviewColumn, RefusedLine};
use crate::ui::theme::{Ink, Tone, Type, scale};
use crate::ui::views::numbers::thousands;
use crate::ui::widgets::key_value::fact;
use crate::ui::widgets::table::{Cell, Column, Fit, Row, Table, Width};
use crate::ui::widgets::text::{text, text_line};

/// How tall the rows may grow.
const HEIGHT_MAX: f32 = 300.0;
/// How wide the line numbers are.
const LINE_WIDTH: f32 = 48.0;
/// Problems that are told before the import; all of them are told after it.
const PROBLEMS_MAX: usize = 4;

const CATALOG: [Column<'static>; 4] = [
    Column::text("Product", Width::Rest),
    Column::text("Vendor", Width::Fixed(160.0)),
    Column::text("Covers", Width::Fixed(140.0)),
    Column::text("Term", Width::Fixed(100.0)),
];

pub(super) fn rows_ui(ui: &mut Ui, shown: &Preview) {
    ui.spacing_mut().item_spacing.y = scale::SPACE_2;
    let size = shown.n_bytes.map(|n| format!(", {} bytes", thousands(n))).unwrap_or_default();
    fact(ui, "File", &format!("{}, {}{size}", shown.name, shown.encoding.label()));
    fact(ui, "Holds", shown.kind.label());
    let is_skipped = |column: &&PreviewColumn| column.read_as.is_none();
    let skipped: Vec<&str> =
        shown.columns.iter().filter(is_skipped).map(|column| column.heading.as_str()).collect();
    let n_read = shown.columns.len() - skipped.len();
    fact(ui, "Columns", &mapping_text(&shown.columns, n_read));
    if !skipped.is_empty() {
        let words = format!("Not read: {}", skipped.join(", "));
        text(ui, Type::Secondary, Ink::Tone(Tone::Warn), &words);
    }
    table_ui(ui, shown);
    let problems = shown.rows.iter().filter_map(|row| {
        row.problem.as_ref().map(|problem| format!("line {}: {problem}", row.line_no))
    });
    for problem in problems.take(PROBLEMS_MAX) {
        text_line(ui, Type::Secondary, Ink::Tone(Tone::Danger), &format!("Refused, {problem}"));
    }
}

fn table_ui(ui: &mut Ui, shown: &Preview) {
    let mut columns = vec![Column::number("Line", LINE_WIDTH)];
    columns.extend(shown.columns.iter().map(|column| Column::text(&column.heading, Width::Rest)));
    ui.scope(|ui| {
        ui.set_max_height(HEIGHT_MAX);
        let table = Table::new("First rows", &columns).fit(Fit::Rows);
        table.show(ui, shown.rows.len(), &mut None, |row_idx| {
            let Some(row) = shown.rows.get(row_idx) else { return Row::default() };
            let mut cells = vec![Cell::muted(row.line_no.to_string())];
            for (column, cell) in shown.columns.iter().zip(&row.cells) {
                let is_taken = column.read_as.is_some() && row.problem.is_none();
                cells.push(if is_taken { Cell::text(cell) } else { Cell::muted(cell) });
            }
            Row::new(cells)
        });
    });
}

pub(super) fn catalog_ui(ui: &mut Ui, products: &[Product], refused: &[RefusedLine]) {
    ui.spacing_mut().item_spacing.y = scale::SPACE_2;
    ui.scope(|ui| {
        ui.set_max_height(HEIGHT_MAX);
        let table = Table::new("Products", &CATALOG).fit(Fit::Rows);
        table.show(ui, products.len(), &mut None, |row_idx| {
            let Some(product) = products.get(row_idx) else { return Row::default() };
            Row::new(vec![
                Cell::strong(product.name.as_str()),
                Cell::text(product.vendor.as_str()),
                Cell::text(product.seats.label()),
                Cell::text(format!("{} months", product.term_months)),
            ])
        });
    });
    for line in refused.iter().take(PROBLEMS_MAX) {
        let words = format!("Refused, {line}");
        text_line(ui, Type::Secondary, Ink::Tone(Tone::Danger), &words);
    }
}

/// `9 of 10 are read, named as they are` or which are read as something else.
fn mapping_text(columns: &[PreviewColumn], n_read: usize) -> String {
    let renamed: Vec<String> = columns
        .iter()
        .filter_map(|column| {
            let read_as = column.read_as.filter(|name| *name != column.heading)?;
            Some(format!("{} as {read_as}", column.heading))
        })
        .collect();
    let all = format!("{n_read} of {} are read", columns.len());
    if renamed.is_empty() { all } else { format!("{all}; {}", renamed.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_that_are_read_under_another_name_are_told() {
        let column =
            |heading: &str, read_as| PreviewColumn { heading: heading.to_owned(), read_as };
        let columns =
            [column("product", Some("product")), column("Lot", Some("lot")), column("x", None)];
        assert_eq!(mapping_text(&columns, 2), "2 of 3 are read; Lot as lot");
        assert_eq!(mapping_text(&columns[..1], 1), "1 of 1 are read");
    }
}
