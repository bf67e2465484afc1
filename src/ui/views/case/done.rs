//! What is left to do with the customer, and a case that is closed.

use super::bar::{Bar, Main};
use super::data::CaseData;
use super::draft::CaseDraft;
use super::header::gap_words;
use super::obey::obey;
use super::stage::Stage;
use crate::domain::card::CaseKey;
use crate::domain::case::Closing;
use crate::domain::entry::Change;
use crate::ui::action::{Action, Dialog};
use crate::ui::command::UiCommand;
use crate::ui::theme::{Ink, Tone, Type, scale};
use crate::ui::widgets::button::{Button, buttons};
use crate::ui::widgets::card::titled_card;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::key_value::fact_ui;
use crate::ui::widgets::text::{text, text_line};
use egui::Ui;

/// Draws what stays until the next customer: number, key, sheets, protection.
pub(super) fn ui(ui: &mut Ui, data: &CaseData<'_>, stage: Stage) -> Option<Action> {
    let title = match stage {
        Stage::Closed => "Closed",
        _ => "Hand over",
    };
    let asked = titled_card(ui, title, |ui| {
        ui.spacing_mut().item_spacing.y = scale::SPACE_1;
        let case = &data.file.case;
        fact_ui(ui, "Case", |ui| {
            text_line(ui, Type::Mono, Ink::Strong, &case.number.to_string());
        });
        if let Some((at, closing)) = &case.closed {
            let words = match closing {
                Closing::HandedOver => format!("Handed over {}", data.clock(*at)),
                Closing::Withdrawn { reason } => {
                    format!("Withdrawn {}: {reason}", data.clock(*at))
                }
            };
            fact(ui, "Ended", &words);
        }
        let asked = key_ui(ui, data);
        let sheets = sheets_ui(ui, data);
        let gap = gap_ui(ui, data);
        ui.add_space(scale::SPACE_2);
        let reopen = UiCommand::Reopen.key_text();
        let is_reopened = stage == Stage::Closed && {
            let button = Button::secondary("Reopen the case…").icon(Icon::RotateCcw).key(&reopen);
            button.show(ui).clicked()
        };
        let reopened = is_reopened.then_some(Action::Open(Dialog::Reopen(case.id)));
        asked.or(sheets).or(gap).or(reopened)
    });
    asked.inner.filter(|_| !data.is_busy)
}

/// The key that was handed out: masked, until its reveal is in the journal.
fn key_ui(ui: &mut Ui, data: &CaseData<'_>) -> Option<Action> {
    let replacement = data.file.case.replacement()?;
    let key = shown_key(data)?;
    fact(ui, "Replacement", &format!("{}, {}", key.product.name, key.product.terms_text()));
    let asked = fact_ui(ui, "Key", |ui| one_key_ui(ui, data, key));
    if !key.product.activation_address.is_empty() {
        fact(ui, "Activated at", &key.product.activation_address);
    }
    if !replacement.shortfall_reason.is_empty() {
        fact(ui, "Less, because", &replacement.shortfall_reason);
    }
    asked
}

/// The key that was handed out.
pub(super) fn shown_key<'a>(data: &CaseData<'a>) -> Option<&'a CaseKey> {
    let replacement = data.file.case.replacement()?;
    data.file.key.as_ref().filter(|key| key.id == replacement.key)
}

fn one_key_ui(ui: &mut Ui, data: &CaseData<'_>, key: &CaseKey) -> Option<Action> {
    let case = &data.file.case;
    let is_whole = data.revealed == Some(key.id);
    ui.spacing_mut().item_spacing.x = scale::SPACE_2;
    if is_whole {
        text(ui, Type::MonoLarge, Ink::Strong, key.key.reveal());
        if Button::secondary("Copy key").icon(Icon::Copy).key("C").show(ui).clicked() {
            return Some(Action::CopySecret(key.key.clone()));
        }
    } else {
        text(ui, Type::MonoLarge, Ink::Strong, &key.key.ending(4));
        if Button::secondary("Reveal key").icon(Icon::Eye).key("R").show(ui).clicked() {
            return Some(Action::Reveal { key: key.id, case: Some(case.id) });
        }
    }
    let void = UiCommand::VoidKey.key_text();
    let rejected = Button::link("Key rejected…").key(&void).show(ui).clicked();
    rejected.then_some(Action::Open(Dialog::VoidKey(key.id, Some(case.id))))
}

fn sheets_ui(ui: &mut Ui, data: &CaseData<'_>) -> Option<Action> {
    ui.add_space(scale::SPACE_2);
    text(ui, Type::BodyStrong, Ink::Strong, "Sheets for the customer");
    let commands = [
        (UiCommand::Print, Icon::Printer, "Print"),
        (UiCommand::OpenSheet, Icon::ExternalLink, "Open"),
        (UiCommand::SaveSheet, Icon::Save, "Save…"),
        (UiCommand::KeySheet, Icon::KeyRound, "Print key sheet"),
    ];
    let n_shown = if data.file.case.replacement().is_some() { 4 } else { 3 };
    row_ui(ui, data, commands.get(..n_shown).unwrap_or_default())
}

/// How the device is protected now, and what was seen.
fn gap_ui(ui: &mut Ui, data: &CaseData<'_>) -> Option<Action> {
    let case = &data.file.case;
    if case.closed.is_some() {
        return None;
    }
    ui.add_space(scale::SPACE_2);
    let words = match gap_words(data) {
        Some((.., words)) => format!("Protection · {words}"),
        None => "Protection · nothing was taken away at this desk".to_owned(),
    };
    text(ui, Type::BodyStrong, Ink::Strong, &words);
    let is_active = case.replacement().is_none_or(|replacement| replacement.active_at.is_some());
    let commands = [
        (UiCommand::SeenActive, Icon::ShieldCheck, "Replacement seen active"),
        (UiCommand::ProtectionSeen, Icon::Shield, "Other protection seen…"),
    ];
    row_ui(ui, data, commands.get(usize::from(is_active)..).unwrap_or_default())
}

/// Buttons that give commands.
fn row_ui(
    ui: &mut Ui,
    data: &CaseData<'_>,
    commands: &[(UiCommand, Icon, &str)],
) -> Option<Action> {
    let keys: Vec<String> = commands.iter().map(|(command, ..)| command.key_text()).collect();
    let row: Vec<Button<'_>> = commands
        .iter()
        .zip(&keys)
        .map(|((_, mark, label), key)| Button::secondary(label).icon(*mark).key(key))
        .collect();
    let pressed = buttons(ui, &row)?;
    let (command, ..) = commands.get(pressed)?;
    // None of these commands touches a draft.
    obey(&mut CaseDraft::default(), data, *command)
}

/// The replacement was seen active on the customer's device.
pub(super) fn seen_active(data: &CaseData<'_>) -> Option<Action> {
    let case = &data.file.case;
    let replacement = case.replacement().filter(|replacement| replacement.active_at.is_none())?;
    Some(Action::Record(Change::ReplacementSeenActive {
        case: case.id,
        replacement: replacement.id,
    }))
}

/// The sheet is in the customer's hand: the case ends, and the next customer follows.
pub(super) fn hand_over(draft: &mut CaseDraft, data: &CaseData<'_>) -> Option<Action> {
    let change = Change::CaseClosed { case: data.file.case.id, closing: Closing::HandedOver };
    if data.refusal(&change).is_some() {
        return None;
    }
    draft.is_leaving = true;
    Some(Action::Record(change))
}

/// What was not seen yet, and the button that ends the case.
pub(super) fn bar(data: &CaseData<'_>) -> Bar {
    let case = &data.file.case;
    if case.unanswered_danger().is_some() {
        let words = "A device may be dead after its next restart: mend the filter, then scan again";
        return Bar::saying(Tone::Danger, words)
            .with(UiCommand::Override, Icon::MessageSquareWarning, "Go on anyway…")
            .with_main(Main::Waits, Icon::Handshake, "Hand over, next customer");
    }
    let bar = match (case.unprotected_since(), case.replacement()) {
        _ if data.is_unprinted => {
            Bar::saying(Tone::Warn, "The sheet was not printed: Ctrl+P tries again")
        }
        (Some(_), Some(_)) => {
            Bar::saying(Tone::Warn, "The replacement was not seen active yet: press A when it is")
        }
        (Some(_), None) => {
            Bar::saying(Tone::Warn, "No protection was seen yet: press W when one is on")
        }
        (None, _) => Bar::saying(Tone::Ok, "Everything that the customer came for is done"),
    };
    bar.with_main(Main::Ready, Icon::Handshake, "Hand over, next customer")
}

/// A closed case only leads on.
pub(super) fn closed_bar() -> Bar {
    Bar::default().with_main(Main::Ready, Icon::ArrowRight, "Next customer")
}

/// A label and what is so.
pub(super) fn fact(ui: &mut Ui, label: &str, value: &str) {
    fact_ui(ui, label, |ui| {
        text_line(ui, Type::Body, Ink::Strong, value);
    });
}
