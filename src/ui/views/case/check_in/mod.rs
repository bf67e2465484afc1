//! Step 1: what the customer wants, the devices, the backup, the signature.

mod device;
mod draft;

pub(super) use draft::CheckInDraft;

use super::bar::{Bar, Main};
use super::data::CaseData;
use super::draft::CaseDraft;
use super::obey::override_kind;
use super::stage::Stage;
use crate::domain::case::{CheckInGap, OverrideKind, Wants};
use crate::domain::device::Backup;
use crate::domain::eligibility::Verdict;
use crate::domain::entry::Change;
use crate::ui::action::Action;
use crate::ui::command::UiCommand;
use crate::ui::theme::{Ink, Tone, Type, scale};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::check_row::CheckRow;
use crate::ui::widgets::choice::Choice;
use crate::ui::widgets::field::Field;
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::text::text;
use draft::Spot;
use egui::{Key, Ui};

const WANTS: [Wants; 3] = [Wants::Both, Wants::RemovalOnly, Wants::ExchangeOnly];
const BACKUPS: [Backup; 2] = [Backup::Yes, Backup::No];
const ARROWS: [Key; 4] = [Key::ArrowLeft, Key::ArrowRight, Key::ArrowUp, Key::ArrowDown];

/// Draws the form.
pub(super) fn ui(ui: &mut Ui, draft: &mut CheckInDraft, data: &CaseData<'_>) {
    ui.spacing_mut().item_spacing.y = scale::SPACE_3;
    ui.add_space(scale::SPACE_1);
    let options = WANTS.map(Wants::label);
    let mut picked = WANTS.iter().position(|wants| *wants == draft.wants);
    if Choice::new("What the customer wants", &options).show(ui, &mut picked).changed() {
        draft.wants = picked.and_then(|idx| WANTS.get(idx)).copied().unwrap_or_default();
        draft.wants_changed(data.now);
    }
    let gaps = if draft.is_tried { draft.gaps() } else { Vec::new() };
    device::all_ui(ui, draft, data, &gaps);
    if !draft.devices.is_empty() {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = scale::SPACE_3;
            let half = (ui.available_width() - scale::SPACE_3) / 2.0;
            ui.vertical(|ui| {
                ui.set_width(half);
                ui.spacing_mut().item_spacing.y = scale::SPACE_1;
                backup_ui(ui, draft, &gaps);
            });
            ui.vertical(|ui| {
                ui.set_width(half);
                ui.spacing_mut().item_spacing.y = scale::SPACE_1;
                consent_ui(ui, draft, &gaps);
            });
        });
    }
}

fn backup_ui(ui: &mut Ui, draft: &mut CheckInDraft, gaps: &[CheckInGap]) {
    ui.spacing_mut().item_spacing.x = scale::SPACE_2;
    let mut picked = BACKUPS.iter().position(|backup| Some(*backup) == draft.backup);
    let mut choice =
        Choice::new("Does the customer have a backup", &["Yes, recent", "No, was told"]);
    if draft.is_sent_to(Spot::Backup) {
        choice = choice.focused();
    }
    if choice.show(ui, &mut picked).changed() {
        draft.backup = picked.and_then(|idx| BACKUPS.get(idx)).copied();
        // On to the signature, but for the arrows, which go to and fro between the answers.
        let is_browsing = ui.input(|input| ARROWS.iter().any(|key| input.key_down(*key)));
        if !draft.is_signed && !is_browsing {
            draft.focus = Some(Spot::Consent);
        }
    }
    gap_ui(ui, CheckInGap::Backup, gaps);
}

fn consent_ui(ui: &mut Ui, draft: &mut CheckInDraft, gaps: &[CheckInGap]) {
    text(ui, Type::Label, Ink::Body, "Consent to the work");
    let words = match draft.signer.trim() {
        "" => "Signed".to_owned(),
        name => format!("{name} signed"),
    };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = scale::SPACE_2;
        let link = Button::link("Somebody else");
        let others = if draft.is_signer_open { 0.0 } else { link.width(ui) + scale::SPACE_2 };
        ui.vertical(|ui| {
            ui.set_width(ui.available_width() - others);
            let row = CheckRow::new(&words).checked(draft.is_signed).key("Space").show(ui);
            if draft.is_sent_to(Spot::Consent) {
                row.request_focus();
            }
            if row.clicked() {
                draft.is_signed = !draft.is_signed;
            }
        });
        if !draft.is_signer_open && link.show(ui).clicked() {
            draft.is_signer_open = true;
            draft.focus = Some(Spot::Signer);
        }
    });
    gap_ui(ui, CheckInGap::Consent, gaps);
    if !draft.is_signer_open {
        return;
    }
    let card = card_number_error(&draft.signer);
    let is_sent = draft.is_sent_to(Spot::Signer);
    let field = Field::new("Who signs").width(f32::INFINITY).error(card.as_deref());
    let response = field.show(ui, &mut draft.signer);
    if is_sent {
        response.request_focus();
    }
}

/// The sentence of `gap`, if it is one of `gaps`.
fn gap_ui(ui: &mut Ui, gap: CheckInGap, gaps: &[CheckInGap]) {
    if gaps.contains(&gap) {
        ui.spacing_mut().interact_size.y = scale::ICON;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = scale::SPACE_1;
            icon(ui, Icon::CircleAlert, scale::ICON, Ink::Tone(Tone::Danger));
            text(ui, Type::Small, Ink::Tone(Tone::Danger), &gap.to_string());
        });
    }
}

/// A card number is refused while it is typed, not only at the end.
fn card_number_error(typed: &str) -> Option<String> {
    crate::domain::privacy::holds_card_number(typed).then(|| CheckInGap::CardNumber.to_string())
}

/// Records check-in when nothing is missing; else says what is, and sends the cursor there.
pub(super) fn finish(draft: &mut CaseDraft, data: &CaseData<'_>) -> Option<Action> {
    let case = data.file.case.id;
    let check_in = draft.check_in_mut(data);
    let change = Change::CheckedIn { case, check_in: check_in.check_in() };
    check_in.is_tried = true;
    if let Some(gap) = check_in.gaps().first() {
        check_in.focus = check_in.spot(*gap);
        return None;
    }
    if data.refusal(&change).is_some() {
        return None;
    }
    check_in.is_tried = false;
    draft.opened = None;
    Some(Action::Record(change))
}

/// What is missing, or what the rules say, with the button that finishes.
pub(super) fn bar(draft: &CaseDraft, data: &CaseData<'_>) -> Bar {
    let gaps = draft
        .check_in
        .as_ref()
        .filter(|check_in| check_in.is_tried)
        .map(CheckInDraft::gaps)
        .unwrap_or_default();
    let mut bar = match gaps.as_slice() {
        [] => verdict_bar(draft, data),
        [gap] => Bar::saying(Tone::Danger, gap.to_string()),
        [gap, ..] => {
            let n = super::data::count(gaps.len(), "thing");
            Bar::saying(Tone::Danger, format!("{n} missing. {gap}"))
        }
    };
    let is_needed = match override_kind(Stage::CheckIn, data) {
        Some(OverrideKind::Exchange) => wants(draft, data).exchange(),
        Some(OverrideKind::Removal | OverrideKind::GoOn | OverrideKind::Danger) => true,
        None => false,
    };
    if is_needed {
        bar = bar.with(UiCommand::Override, Icon::MessageSquareWarning, "Override…");
    }
    let label = if data.file.case.check_in.is_some() { "Save check-in" } else { "Check in" };
    bar.with_main(Main::Ready, Icon::Check, label)
}

/// What is chosen on the form, recorded or not.
fn wants(draft: &CaseDraft, data: &CaseData<'_>) -> Wants {
    draft.check_in.as_ref().map_or(data.file.case.wants(), |check_in| check_in.wants)
}

/// What the rules say; where they say yes, what comes next.
fn verdict_bar(draft: &CaseDraft, data: &CaseData<'_>) -> Bar {
    let gap = draft.check_in.as_ref().and_then(|check_in| check_in.gaps().first().copied());
    let next = || match gap {
        Some(gap) => Bar::saying(Tone::Info, gap.to_string()),
        None => Bar::saying(Tone::Ok, "Everything is there"),
    };
    let case = &data.file.case;
    let verdict = data.file.eligibility.verdict();
    let facts = super::data::sentence(&data.open_facts());
    match verdict {
        Verdict::Eligible => next(),
        _ if case.is_overridden(OverrideKind::Exchange) || !wants(draft, data).exchange() => next(),
        Verdict::LeadDecides => {
            Bar::saying(Tone::Warn, format!("A lead decides on the exchange. {facts}"))
        }
        Verdict::NotEligible => Bar::saying(Tone::Danger, format!("Exchange not free. {facts}")),
    }
}

/// Does what the links of check-in do.
pub(super) fn obey(draft: &mut CheckInDraft, data: &CaseData<'_>, command: UiCommand) {
    match command {
        UiCommand::AnotherDevice => draft.add_blank(data.now),
        UiCommand::NotThisDevice => draft.take_out_last(data),
        UiCommand::SomebodyElse => {
            draft.is_signer_open = true;
            draft.focus = Some(Spot::Signer);
        }
        _ => (),
    }
}
