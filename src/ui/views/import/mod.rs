//! The import dialog: choose a file, look at its first rows, watch it run, read what was refused.

mod done;
mod preview;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

use egui::{Context, Key, Modifiers, Ui};

use crate::domain::catalog::Product;
use crate::domain::entry::ImportCounts;
use crate::domain::intake::{Preview, RefusedLine};
use crate::ui::action::{Action, ImportKind};
use crate::ui::command::UiCommand;
use crate::ui::theme::{Ink, Type, scale};
use crate::ui::views::numbers::thousands;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::list_card;
use crate::ui::widgets::field::Field;
use crate::ui::widgets::focus;
use crate::ui::widgets::list_row::ListRow;
use crate::ui::widgets::modal::dialog;
use crate::ui::widgets::progress::progress;
use crate::ui::widgets::text::text;

/// Wide enough for the first rows of a file.
const WIDTH: f32 = 1040.0;
/// The keys that choose a kind, in the order of [`ImportKind::ALL`].
const KIND_KEYS: [Key; 4] = [Key::Num1, Key::Num2, Key::Num3, Key::Num4];

/// How far an import is.
#[derive(Debug, Clone, Copy)]
pub enum ImportStage<'a> {
    /// No file was chosen.
    Idle,
    /// The file is being looked at.
    Reading {
        /// The file's name.
        name: &'a str,
    },
    /// A CSV file was looked at.
    Rows(&'a Preview),
    /// A catalog was looked at.
    Catalog {
        /// The file's name.
        name: &'a str,
        /// Its products.
        products: &'a [Product],
        /// Entries that will be refused.
        refused: &'a [RefusedLine],
    },
    /// The file is being imported.
    Running {
        /// The file's name.
        name: &'a str,
        /// Rows read.
        n_rows: u64,
        /// Bytes read.
        n_bytes: u64,
        /// Bytes in the file, 0 when nobody knows.
        n_bytes_all: u64,
    },
    /// The file was imported.
    Done(ImportDone<'a>),
}

/// What an import did.
#[derive(Debug, Clone, Copy)]
pub struct ImportDone<'a> {
    /// What the file held.
    pub kind: ImportKind,
    /// The file's name.
    pub name: &'a str,
    /// Rows.
    pub counts: ImportCounts,
    /// The first refused lines.
    pub refused: &'a [RefusedLine],
    /// What is worth knowing and stopped nothing.
    pub notes: &'a [String],
}

/// What the dialog draws.
#[derive(Debug, Clone, Copy)]
pub struct ImportData<'a> {
    /// The command that was given in this frame.
    pub command: Option<UiCommand>,
    /// How far it is.
    pub stage: ImportStage<'a>,
}

/// The import dialog. Keeps the path that is typed.
#[derive(Debug, Default)]
pub struct ImportView {
    path: String,
}

impl ImportView {
    /// Draws the dialog over the page.
    pub fn ui(&mut self, ctx: &Context, data: &ImportData<'_>) -> Option<Action> {
        let shown = dialog(ctx, title(data.stage), |ui| self.body_ui(ui, data));
        if shown.inner.is_some() {
            return shown.inner;
        }
        let is_back = shown.is_close_asked || data.command == Some(UiCommand::Back);
        is_back.then_some(match data.stage {
            ImportStage::Running { .. } => Action::CancelImport,
            _ => Action::CloseDialog,
        })
    }

    fn body_ui(&mut self, ui: &mut Ui, data: &ImportData<'_>) -> Option<Action> {
        match data.stage {
            ImportStage::Idle => self.choose_ui(ui),
            ImportStage::Reading { name } => {
                text(ui, Type::Body, Ink::Body, &format!("Reading the first rows of {name} …"));
                cancel_ui(ui)
            }
            ImportStage::Rows(shown) => {
                widen(ui);
                preview::rows_ui(ui, shown);
                go_ui(ui, data.command)
            }
            ImportStage::Catalog { products, refused, .. } => {
                widen(ui);
                preview::catalog_ui(ui, products, refused);
                go_ui(ui, data.command)
            }
            ImportStage::Running { name, n_rows, n_bytes, n_bytes_all } => {
                let share =
                    if n_bytes_all == 0 { 0.0 } else { n_bytes as f32 / n_bytes_all as f32 };
                let note = format!("{} rows", thousands(n_rows));
                let is_canceled = progress(ui, name, share, &note, Some("Esc"));
                text(ui, Type::Secondary, Ink::Muted, "If you cancel, nothing of the file is kept");
                is_canceled.then_some(Action::CancelImport)
            }
            ImportStage::Done(done) => {
                widen(ui);
                done::ui(ui, &done)
            }
        }
    }

    fn choose_ui(&mut self, ui: &mut Ui) -> Option<Action> {
        let words = "Choose what the file holds, or drop it on the window: its first line tells";
        text(ui, Type::Secondary, Ink::Muted, words);
        let is_typing = ui.ctx().text_edit_focused();
        let by_key = ui.input_mut(|input| {
            if is_typing {
                return None;
            }
            let mut pairs = ImportKind::ALL.into_iter().zip(KIND_KEYS);
            pairs.find(|(_, key)| input.consume_key(Modifiers::NONE, *key))
        });
        let mut picked = by_key.map(|(kind, _)| kind);
        list_card(ui, "Kinds of files", |ui| {
            for (row_idx, kind) in ImportKind::ALL.into_iter().enumerate() {
                let row = ListRow::new(kind.label())
                    .number(row_idx + 1)
                    .subtitle(columns_of(kind))
                    .position(row_idx, ImportKind::ALL.len());
                let response = row.show(ui);
                if row_idx == 0 {
                    focus::at_first_sight(&response);
                }
                if response.clicked() {
                    picked = Some(kind);
                }
            }
        });
        let by_enter =
            is_typing && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
        Field::new("Or type where it is")
            .hint("C:\\Exports\\customers.csv")
            .help("Enter looks at it")
            .width(f32::INFINITY)
            .show(ui, &mut self.path);
        let path = self.path.trim().trim_matches('"');
        if by_enter && !path.is_empty() {
            return Some(Action::Preview(None, PathBuf::from(path)));
        }
        picked.map(Action::PickFile).or_else(|| cancel_ui(ui))
    }
}

fn title(stage: ImportStage<'_>) -> &'static str {
    match stage {
        ImportStage::Idle | ImportStage::Reading { .. } => "Import a file",
        ImportStage::Rows(_) | ImportStage::Catalog { .. } => "Is this the right file?",
        ImportStage::Running { .. } => "Importing",
        ImportStage::Done(_) => "Imported",
    }
}

const fn columns_of(kind: ImportKind) -> &'static str {
    match kind {
        ImportKind::Customers => "external_id, given_name, surname, phone, email, street …",
        ImportKind::Subscriptions => "external_id, product, activation_code, receipt_no …",
        ImportKind::Keys => "product, key, lot",
        ImportKind::Catalog => "replacement products, as JSON",
    }
}

fn widen(ui: &mut Ui) {
    let room = ui.ctx().content_rect().width() - 4.0 * scale::SPACE_8;
    ui.set_width(WIDTH.min(room));
}

fn cancel_ui(ui: &mut Ui) -> Option<Action> {
    let cancel = Button::secondary("Close").key("Esc").salt("close").show(ui);
    cancel.clicked().then_some(Action::CloseDialog)
}

/// The buttons below a preview. Import has the focus: Enter goes on.
fn go_ui(ui: &mut Ui, command: Option<UiCommand>) -> Option<Action> {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = scale::SPACE_3;
        let go = Button::primary("Import").key("Enter").salt("go").focus_first().show(ui);
        let close = Button::secondary("Cancel").key("Esc").salt("close").show(ui);
        if go.clicked() || command == Some(UiCommand::Finish) {
            Some(Action::StartImport)
        } else {
            close.clicked().then_some(Action::CloseDialog)
        }
    })
    .inner
}
