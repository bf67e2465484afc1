//! What an import did, with each line that was refused.

use egui::{ScrollArea, Ui};

use super::ImportDone;
use crate::domain::intake::RefusedLine;
use crate::ui::action::{Action, Dialog};
use crate::ui::theme::{Ink, Tone, Type, scale};
use crate::ui::views::numbers::thousands;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{section_title, well};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::row::row;
use crate::ui::widgets::text::{text, text_to_copy};
use crate::ui::widgets::tile::{Tile, tiles};

/// How tall the list of refused lines may grow.
const HEIGHT_MAX: f32 = 260.0;

pub(super) fn ui(ui: &mut Ui, done: &ImportDone<'_>) -> Option<Action> {
    ui.spacing_mut().item_spacing.y = scale::SPACE_3;
    tiles_ui(ui, done);
    text(ui, Type::Body, Ink::Body, &sentence(done));
    for note in done.notes {
        text(ui, Type::Secondary, Ink::Muted, note);
    }
    if done.counts.n_refused > 0 {
        refused_ui(ui, done);
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = scale::SPACE_3;
        let close = Button::primary("Close").key("Enter").salt("close").focus_first().show(ui);
        let next = Button::secondary("Import another file").icon(Icon::Upload).salt("next");
        let is_next = next.show(ui).clicked();
        let copy = Button::secondary("Copy refused lines").icon(Icon::Copy).salt("copy");
        let is_copy = done.counts.n_refused > 0 && copy.show(ui).clicked();
        if close.clicked() {
            Some(Action::CloseDialog)
        } else if is_next {
            Some(Action::Open(Dialog::Import))
        } else {
            is_copy.then(|| Action::Copy(lines_text(done.refused)))
        }
    })
    .inner
}

fn tiles_ui(ui: &mut Ui, done: &ImportDone<'_>) {
    let counts = done.counts;
    let numbers = [counts.n_read, counts.n_added, counts.n_changed, counts.n_refused];
    let [read, added, changed, refused] = numbers.map(thousands);
    let refused_tone = if counts.n_refused > 0 { Tone::Warn } else { Tone::Neutral };
    let tile = |icon, tone, label, number| Tile { icon, tone, label, number, note: "" };
    tiles(
        ui,
        &[
            tile(Icon::FileText, Tone::Neutral, "Read", &read),
            tile(Icon::Plus, Tone::Ok, "Added", &added),
            tile(Icon::Pencil, Tone::Info, "Changed", &changed),
            tile(Icon::TriangleAlert, refused_tone, "Refused", &refused),
        ],
    );
}

fn sentence(done: &ImportDone<'_>) -> String {
    let counts = done.counts;
    let kind = done.kind.label();
    if counts.n_added + counts.n_changed > 0 || counts.n_read == counts.n_refused {
        format!("{kind} from {}", done.name)
    } else if counts.n_refused == 0 {
        format!("{kind} from {}: everything was in the file already, nothing changed", done.name)
    } else {
        format!("{kind} from {}: nothing changed, the good rows were there already", done.name)
    }
}

fn refused_ui(ui: &mut Ui, done: &ImportDone<'_>) {
    let n_shown = u64::try_from(done.refused.len()).unwrap_or(u64::MAX);
    let note = match done.counts.n_refused.saturating_sub(n_shown) {
        0 => String::new(),
        n_more => format!("and {} more", thousands(n_more)),
    };
    section_title(ui, "Refused lines; the good ones were taken", &note);
    well(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let area = ScrollArea::vertical().id_salt("refused").max_height(HEIGHT_MAX);
        area.auto_shrink([false, true]).show_rows(
            ui,
            scale::TARGET_MIN,
            done.refused.len(),
            |ui, range| {
                for line in done.refused.get(range).unwrap_or_default() {
                    row(ui, scale::TARGET_MIN, |ui| {
                        text_to_copy(ui, Type::Secondary, Ink::Body, &line.to_string());
                    });
                }
            },
        );
    });
}

fn lines_text(refused: &[RefusedLine]) -> String {
    let lines: Vec<String> = refused.iter().map(ToString::to_string).collect();
    lines.join("\n")
}
