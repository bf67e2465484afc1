//! The case number as Code 128, start set B: what the desk's scanners read back.

use super::PdfError;
use super::page::{Area, Ink, Page, Shape};
use barcoders::sym::code128::Code128;

/// Width of the narrowest bar, in points: 0.35 mm, which a worn office printer still keeps apart.
const MODULE: f32 = 1.0;

/// White on either side, in modules. Source: ISO/IEC 15417 asks for ten.
const QUIET_MODULES: f32 = 10.0;

/// The bars of `text` in a white box with its quiet zone, `h` points high, from 0,0 on. Returns
/// the box's width.
pub(super) fn draw(page: &mut Page, text: &str, h: f32) -> Result<f32, PdfError> {
    let code = Code128::new(format!("\u{181}{text}")).map_err(|_| PdfError::Barcode)?;
    let modules: Vec<bool> = code.encode().into_iter().map(|module| module == 1).collect();
    let bars = modules.len() as f32 * MODULE;
    let quiet = QUIET_MODULES * MODULE;
    let w = bars + 2.0 * quiet;
    page.shape(Area { x: 0.0, y: 0.0, w, h }, Ink::White, Shape::Fill);
    page.shape(Area { x: quiet, y: 0.0, w: bars, h }, Ink::Strong, Shape::Bars(modules));
    Ok(w)
}
