//! The dialog that is open, drawn over its page.

use crate::app::draw::{Views, case_data};
use crate::app::model::{ImportState, Model};
use crate::domain::id::{CaseId, KeyId};
use crate::domain::stock::KeyState;
use crate::ui::action::{Action, Dialog};
use crate::ui::command::{Place, UiCommand};
use crate::ui::shell::Page;
use crate::ui::views::history::HistoryData;
use crate::ui::views::import::{ImportData, ImportDone, ImportStage};
use crate::ui::views::keys::KeysData;
use crate::ui::views::new_customer::NewCustomerData;
use crate::ui::views::palette::PaletteData;
use crate::ui::views::path::PathData;
use crate::ui::views::people::PeopleData;
use crate::ui::views::release_frozen::ReleaseFrozenData;
use crate::ui::views::void_key::VoidKeyData;
use crate::ui::views::word::Staff;
use crate::worker::event::FilePreview;
use egui::Context;
use std::path::Path;

/// Draws it; what was asked for, if anything.
pub(super) fn ui(
    ctx: &Context,
    views: &mut Views,
    model: &Model,
    command: Option<UiCommand>,
) -> Option<Action> {
    let desk = model.desk.as_ref()?;
    let staff = Staff { people: &desk.people, me: model.me };
    match model.dialog.as_ref()? {
        Dialog::Palette => {
            let blocked = blocked(views, model);
            views.palette.ui(ctx, &PaletteData { command, page: model.page, blocked: &blocked })
        }
        Dialog::Keys => views.keys.ui(ctx, KeysData { command }),
        Dialog::NewCustomer => {
            let data = NewCustomerData { command, now: model.now, alike: &model.alike };
            views.new_customer.ui(ctx, &data)
        }
        Dialog::History => {
            let Some(card) = model.card.as_deref() else { return Some(Action::CloseDialog) };
            let data = HistoryData { command, zone: desk.settings.desk.time_zone, card };
            views.history.ui(ctx, &data)
        }
        Dialog::Import => {
            views.import.ui(ctx, &ImportData { command, stage: import_stage(&model.import) })
        }
        Dialog::People => views.people.ui(ctx, &PeopleData { command, staff }),
        Dialog::Path(what_for) => views.path.ui(ctx, PathData { command, what_for: *what_for }),
        Dialog::VoidKey(key, case) => void_key(ctx, views, model, (*key, *case, command)),
        Dialog::ReleaseFrozen => {
            let keys = model.stock.as_ref().map(|stock| stock.frozen.as_slice());
            let keys = keys.unwrap_or_default();
            views.release_frozen.ui(ctx, &ReleaseFrozenData { command, keys, staff })
        }
        dialog @ (Dialog::Override(..)
        | Dialog::Note(_)
        | Dialog::Subscription(_)
        | Dialog::Withdraw(_)
        | Dialog::Reopen(_)
        | Dialog::ProtectionSeen(_)
        | Dialog::DropScan(..)
        | Dialog::WhichScan(_)) => match case_data(model, command) {
            Some(data) => views.case.dialog_ui(ctx, dialog, &data),
            None => Some(Action::CloseDialog),
        },
    }
}

/// What can't be done now on the page behind the palette, and why.
fn blocked(views: &mut Views, model: &Model) -> Vec<(UiCommand, &'static str)> {
    let mut blocked = match (model.page, case_data(model, None)) {
        (Page::Cases, Some(data)) => views.case.blocked(&data),
        (Page::Cases, None) => UiCommand::ALL
            .into_iter()
            .filter(|command| command.place() == Place::On(Page::Cases))
            .map(|command| (command, "open a case first"))
            .collect(),
        _ => Vec::new(),
    };
    if model.undo.is_none() {
        blocked.push((UiCommand::Undo, "nothing to undo"));
    }
    if model.stock.as_ref().is_none_or(|stock| stock.frozen.is_empty()) {
        blocked.push((UiCommand::ReleaseFrozen, "no key is frozen"));
    }
    blocked
}

/// A key is voided from the stock, where its row says what it is, or from its case.
fn void_key(
    ctx: &Context,
    views: &mut Views,
    model: &Model,
    (key, case, command): (KeyId, Option<CaseId>, Option<UiCommand>),
) -> Option<Action> {
    let desk = model.desk.as_ref()?;
    let staff = Staff { people: &desk.people, me: model.me };
    let of_case = model.case.as_ref().and_then(|file| {
        let held = file.key.as_ref().filter(|held| held.id == key)?;
        let state = KeyState::Issued { case: file.case.id };
        Some((held.key.ending(4), held.product.name.clone(), state))
    });
    let of_stock = || {
        let row = model.stock.as_ref()?.rows.iter().find(|row| row.id == key)?;
        Some((row.ending.clone(), row.product.clone(), row.state.clone()))
    };
    let Some((ending, product, state)) = of_case.or_else(of_stock) else {
        return Some(Action::CloseDialog);
    };
    let data = VoidKeyData {
        command,
        key,
        ending: &ending,
        product: &product,
        state: &state,
        case,
        staff,
    };
    views.void_key.ui(ctx, &data)
}

fn import_stage(state: &ImportState) -> ImportStage<'_> {
    match state {
        ImportState::Idle => ImportStage::Idle,
        ImportState::Reading(path) => ImportStage::Reading { name: name(path) },
        ImportState::Previewed(preview, _) => match preview.as_ref() {
            FilePreview::Rows(preview) => ImportStage::Rows(preview),
            FilePreview::Catalog { name, products, refused } => {
                ImportStage::Catalog { name, products, refused }
            }
        },
        ImportState::Running(path, progress) => ImportStage::Running {
            name: name(path),
            n_rows: progress.n_rows,
            n_bytes: progress.n_bytes,
            n_bytes_all: progress.n_bytes_all,
        },
        ImportState::Done(report) => ImportStage::Done(ImportDone {
            kind: super::route::import_kind(report.kind),
            name: &report.name,
            counts: report.counts,
            refused: &report.refused,
            notes: &report.notes,
        }),
    }
}

fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or("the file")
}
