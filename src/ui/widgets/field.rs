//! A field: label above, what is wrong below, and what was typed is always kept.

use egui::{Id, Response, TextEdit, Ui};

use super::draw;
use super::icon::icon;
use super::row::row;
use super::text::text;
use crate::ui::theme::{Ink, Tone, Type, palette, scale};

/// The line of a label.
const LABEL_HEIGHT: f32 = scale::SPACE_4;

/// A field that is about to be drawn.
#[derive(Debug, Clone, Copy)]
#[must_use = "nothing is drawn before `show`"]
pub struct Field<'a> {
    label: &'a str,
    hint: &'a str,
    note: Option<(Tone, &'a str)>,
    is_required: bool,
    width: f32,
    n_rows: usize,
    style: Type,
    n_chars_max: usize,
    is_secret: bool,
    id: Option<Id>,
}

impl<'a> Field<'a> {
    /// A field called `label`, in sentence case and without a colon.
    pub const fn new(label: &'a str) -> Self {
        Self {
            label,
            hint: "",
            note: None,
            is_required: false,
            width: scale::FIELD_WIDTH,
            n_rows: 1,
            style: Type::Body,
            n_chars_max: usize::MAX,
            is_secret: false,
            id: None,
        }
    }

    /// Shows an example while nothing is typed: "0281-77310".
    pub const fn hint(self, hint: &'a str) -> Self {
        Self { hint, ..self }
    }

    /// Marks the field as one that must be filled.
    pub const fn required(self) -> Self {
        Self { is_required: true, ..self }
    }

    /// What to do, where something is wrong: "Enter the receipt number, for example 0281-77310".
    /// Wins over a warning and a help line.
    pub const fn error(self, error: Option<&'a str>) -> Self {
        match error {
            Some(error) => Self { note: Some((Tone::Danger, error)), ..self },
            None => self,
        }
    }

    /// What is unusual but allowed.
    pub const fn warning(self, warning: Option<&'a str>) -> Self {
        match (warning, self.note) {
            (Some(warning), None | Some((Tone::Neutral, _))) => {
                Self { note: Some((Tone::Warn, warning)), ..self }
            }
            _ => self,
        }
    }

    /// A quiet line below, such as what the text is used for.
    pub const fn help(self, help: &'a str) -> Self {
        match self.note {
            None => Self { note: Some((Tone::Neutral, help)), ..self },
            Some(_) => self,
        }
    }

    /// As wide as this, in points; `f32::INFINITY` for all there is.
    pub const fn width(self, width: f32) -> Self {
        Self { width, ..self }
    }

    /// Several lines of text.
    pub const fn rows(self, n_rows: usize) -> Self {
        Self { n_rows, ..self }
    }

    /// In letters of one width: serial numbers, keys.
    pub const fn mono(self) -> Self {
        Self { style: Type::Mono, ..self }
    }

    /// Takes no more letters than this.
    pub const fn limit(self, n_chars_max: usize) -> Self {
        Self { n_chars_max, ..self }
    }

    /// Shows dots instead of letters: a PIN.
    pub const fn secret(self) -> Self {
        Self { is_secret: true, ..self }
    }

    /// The id to give the focus to from elsewhere.
    pub const fn id(self, id: Id) -> Self {
        Self { id: Some(id), ..self }
    }

    /// Draws the field; the response is the text edit's.
    pub fn show(self, ui: &mut Ui, typed: &mut String) -> Response {
        let id = self.id.unwrap_or_else(|| ui.make_persistent_id(("field", self.label)));
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = scale::SPACE_1;
            let width = self.width.min(ui.available_width());
            ui.set_max_width(width);
            self.label_ui(ui);
            let response = self.edit_ui(ui, id, typed);
            self.note_ui(ui);
            response
        })
        .inner
    }

    fn label_ui(&self, ui: &mut Ui) {
        row(ui, LABEL_HEIGHT, |ui| {
            ui.spacing_mut().item_spacing.x = scale::SPACE_1;
            text(ui, Type::Label, Ink::Body, self.label);
            if self.is_required {
                text(ui, Type::Small, Ink::Muted, "required");
            }
        });
    }

    fn edit_ui(&self, ui: &mut Ui, id: Id, typed: &mut String) -> Response {
        let edit = if self.n_rows > 1 {
            TextEdit::multiline(typed).desired_rows(self.n_rows)
        } else {
            TextEdit::singleline(typed)
        };
        let edit = edit
            .id(id)
            .hint_text(self.hint)
            .password(self.is_secret)
            .char_limit(self.n_chars_max)
            .font(self.style.font())
            .desired_width(f32::INFINITY);
        // The edge tells the state too, for those who skim down the edges.
        let response = ui
            .scope(|ui| {
                if let Some((tone @ (Tone::Danger | Tone::Warn), _)) = self.note {
                    let color = palette(ui).tone(tone).fg;
                    let widgets = &mut ui.visuals_mut().widgets;
                    widgets.inactive.bg_stroke.color = color;
                    widgets.hovered.bg_stroke.color = color;
                }
                ui.add(edit)
            })
            .inner;
        super::focus::follow(&response);
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_label(self.label);
            if self.is_required {
                node.set_required();
            }
            if let Some((_, note)) = self.note {
                node.set_description(note);
            }
            if let Some((Tone::Danger, _)) = self.note {
                node.set_invalid(egui::accesskit::Invalid::True);
            }
        });
        response
    }

    fn note_ui(&self, ui: &mut Ui) {
        match self.note {
            Some((Tone::Neutral, help)) => {
                text(ui, Type::Small, Ink::Muted, help);
            }
            Some((tone, note)) => note_line(ui, tone, note),
            None => (),
        }
    }
}

/// An icon and what to do, in the color of its tone.
pub(super) fn note_line(ui: &mut Ui, tone: Tone, note: &str) {
    row(ui, LABEL_HEIGHT, |ui| {
        ui.spacing_mut().item_spacing.x = scale::SPACE_1;
        icon(ui, draw::tone_icon(tone), scale::ICON_SMALL, Ink::Tone(tone));
        text(ui, Type::Small, Ink::Tone(tone), note);
    });
}
