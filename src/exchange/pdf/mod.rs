//! The two sheets as PDF: one page US Letter each, fonts embedded. Alone names krilla, rustybuzz
//! and barcoders.
//!
//! Invariants: the same sheet gives the same bytes (no dates, no chance), so a sheet that is
//! printed again can be compared with the first; text can be copied and read aloud; nothing is
//! left out in silence.

mod barcode;
mod fonts;
mod handoff;
mod key;
mod page;
mod set;

use crate::domain::handoff::{HandoffSheet, KeySheet};
use fonts::Fonts;

/// Why there is no PDF. Each is a bug of ours or a broken program: no input leads here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// A typeface that is built into the program can't be read.
    #[error("the typeface {0} can't be read")]
    Font(&'static str),
    /// The case number has a character that Code 128 B does not.
    #[error("the case number can't be drawn as a barcode")]
    Barcode,
    /// A length is not a number.
    #[error("the page can't be laid out")]
    Page,
    /// Even the smallest size does not hold the contents.
    #[error("the contents don't fit on one page")]
    DoesNotFit,
    /// The PDF writer refused.
    #[error("the PDF can't be written: {0}")]
    Write(String),
}

/// The handoff sheet: one page, whatever it holds.
pub fn handoff_pdf(sheet: &HandoffSheet) -> Result<Vec<u8>, PdfError> {
    let fonts = Fonts::load()?;
    let (page, _) = handoff::lay_out(&fonts, sheet)?;
    let title = format!("{} · {}", sheet.title, sheet.head.number);
    page.into_pdf(&fonts, &title, &sheet.head.number)
}

/// The key sheet: one page with the whole key.
pub fn key_pdf(sheet: &KeySheet) -> Result<Vec<u8>, PdfError> {
    let fonts = Fonts::load()?;
    let page = key::lay_out(&fonts, sheet)?;
    let title = format!("{} · {}", sheet.title, sheet.head.number);
    page.into_pdf(&fonts, &title, &sheet.head.number)
}

#[cfg(test)]
mod tests;
