//! The dialogs of a case. Each keeps what is typed until it is in the file.

mod lead;
mod reason;
mod subscription;
mod which_scan;

use super::data::CaseData;
use super::draft::CaseDraft;
use crate::domain::case::Closing;
use crate::domain::entry::Change;
use crate::ui::action::{Action, Dialog};
use crate::ui::command::UiCommand;
use crate::ui::theme::{Ink, Tone, Type};
use crate::ui::widgets::modal::dialog as frame;
use crate::ui::widgets::text::text;
use egui::{Context, Ui};

/// What is typed in the dialogs of one case.
#[derive(Debug, Default)]
pub(super) struct Drafts {
    note: reason::Draft,
    withdraw: reason::Draft,
    reopen: reason::Draft,
    protection: reason::Draft,
    word: lead::Draft,
    subscription: subscription::Draft,
    which_scan: which_scan::Draft,
    drop_scan: reason::Draft,
}

/// Draws `dialog` if it is one of a case.
pub(super) fn ui(
    ctx: &Context,
    dialog: &Dialog,
    draft: &mut CaseDraft,
    data: &CaseData<'_>,
) -> Option<Action> {
    let case = data.file.case.id;
    let drafts = &mut draft.dialogs;
    let asked = match dialog {
        Dialog::Override(_, kind) => {
            let title = format!("Override: {}", super::data::lowered(kind.label()));
            shown(ctx, &title, |ui| lead::ui(ui, &mut drafts.word, data, *kind))
        }
        Dialog::Note(_) => shown(ctx, "Add a note", |ui| {
            let change = |text| Change::NoteAdded { case, text };
            reason::ui(ui, &mut drafts.note, data, (&reason::NOTE, &change))
        }),
        Dialog::Withdraw(_) => shown(ctx, "End the case without an exchange", |ui| {
            let change =
                |reason| Change::CaseClosed { case, closing: Closing::Withdrawn { reason } };
            reason::ui(ui, &mut drafts.withdraw, data, (&reason::WITHDRAW, &change))
        }),
        Dialog::Reopen(_) => shown(ctx, "Reopen the case", |ui| {
            let change = |reason| Change::CaseReopened { case, reason };
            reason::ui(ui, &mut drafts.reopen, data, (&reason::REOPEN, &change))
        }),
        Dialog::ProtectionSeen(_) => shown(ctx, "Other protection seen on the device", |ui| {
            let change = |name| Change::ProtectionSeen { case, name };
            reason::ui(ui, &mut drafts.protection, data, (&reason::PROTECTION, &change))
        }),
        Dialog::Subscription(_) => {
            let (typed, choose) = (&mut drafts.subscription, &mut draft.choose);
            shown(ctx, "Subscription to exchange", |ui| subscription::ui(ui, typed, choose, data))
        }
        Dialog::DropScan(_, scan) => {
            let kept = data.file.case.scan(*scan)?;
            let side = super::data::lowered(kept.side.label());
            let title = format!("Remove the scan {side} of {}", data.clock(kept.kept_at));
            let dropped = Change::EvidenceDropped { case, scan: *scan };
            let change = |reason: String| match reason.as_str() {
                "" => Change::NoteAdded { case, text: reason },
                _ => Change::NoteAdded { case, text: format!("Scan {side} removed: {reason}") },
            };
            let why = data.refusal(&dropped);
            let asked = shown(ctx, &title, |ui| {
                if let Some(why) = &why {
                    text(ui, Type::Body, Ink::Tone(Tone::Danger), why);
                }
                reason::ui(ui, &mut drafts.drop_scan, data, (&reason::DROP_SCAN, &change))
            });
            match asked {
                Some(Action::Record(Change::NoteAdded { case, text })) => {
                    let drop_it = Action::DropScan { case, scan: *scan, note: text };
                    why.is_none().then_some(drop_it)
                }
                other => other,
            }
        }
        Dialog::WhichScan(_) => match &data.intake.asked {
            Some(asked) => shown(ctx, "Is it the scan before or after?", |ui| {
                which_scan::ui(ui, &mut drafts.which_scan, data, asked)
            }),
            None => Some(Action::CloseDialog),
        },
        Dialog::Palette
        | Dialog::Keys
        | Dialog::NewCustomer
        | Dialog::History
        | Dialog::Import
        | Dialog::People
        | Dialog::VoidKey(..)
        | Dialog::ReleaseFrozen
        | Dialog::Path(_) => return None,
    };
    let is_back = data.command == Some(UiCommand::Back);
    asked.or_else(|| is_back.then_some(Action::CloseDialog))
}

/// Draws the frame; Esc closes and keeps what was typed.
fn shown(
    ctx: &Context,
    title: &str,
    body: impl FnOnce(&mut Ui) -> Option<Action>,
) -> Option<Action> {
    let response = frame(ctx, title, body);
    response.inner.or_else(|| response.is_close_asked.then_some(Action::CloseDialog))
}
