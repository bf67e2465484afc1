//! Tooltips: words for an icon, the rest of a text that was cut, a key.

use egui::Response;

use super::key_hint::key_box;
use super::text::text;
use crate::ui::theme::{Ink, Type};

/// Says `words` and shows `key` while the pointer rests on `response`.
pub fn with_key(response: Response, words: &str, key: &str) -> Response {
    response.on_hover_ui(|ui| {
        ui.horizontal(|ui| {
            text(ui, Type::Secondary, Ink::Strong, words);
            key_box(ui, key);
        });
    })
}
