//! Step 2: the removal from each device: how, the checklist, how it ended.
//!
//! What dies with the product is said before the uninstall. Scans before and after belong to
//! evidence; until a device has them, the end is the technician's statement and is shown as one.

mod checklist;
mod draft;
mod ending;
mod form;

pub(super) use draft::{RemovalDraft, Ticks};

use super::bar::{Bar, Main};
use super::data::{CaseData, sentence};
use super::draft::CaseDraft;
use super::obey::override_kind;
use super::stage::Stage;
use crate::domain::case::OverrideKind;
use crate::domain::device::Device;
use crate::domain::entry::Change;
use crate::domain::id::{DeviceId, RemovalId};
use crate::domain::removal::{Check, DIES_WITH_THE_PRODUCT, Removal, RemovedBy};
use crate::ui::action::Action;
use crate::ui::command::UiCommand;
use crate::ui::theme::{Ink, Tone, Type, scale};
use crate::ui::widgets::card::well;
use crate::ui::widgets::choice::Choice;
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::text::text;
use egui::Ui;

/// What is open for the shown device.
enum Panel<'a> {
    /// How it will be removed, or is described anew.
    Form(Option<&'a Removal>),
    /// It runs.
    Running(&'a Removal),
    /// It ended.
    Ended(&'a Removal),
}

impl<'a> Panel<'a> {
    fn of(device: DeviceId, draft: &CaseDraft, data: &CaseData<'a>) -> Self {
        let is_form = draft.removals.get(&device).is_some_and(|draft| draft.is_form_open);
        match data.file.case.removal_of(device) {
            None => Self::Form(None),
            Some(removal) if removal.finish.is_some() => Self::Ended(removal),
            Some(removal) if is_form => Self::Form(Some(removal)),
            Some(removal) => Self::Running(removal),
        }
    }
}

/// The device that is shown: the picked one, else the first whose removal has not ended.
fn shown<'a>(draft: &CaseDraft, data: &CaseData<'a>) -> Option<&'a Device> {
    let case = &data.file.case;
    let picked = draft.device.and_then(|id| case.devices().iter().find(|device| device.id == id));
    picked.or_else(|| case.devices_to_do().next()).or_else(|| case.devices().first())
}

/// Draws the step for the shown device; with several, a row to pick one.
pub(super) fn ui(ui: &mut Ui, draft: &mut CaseDraft, data: &CaseData<'_>) -> Option<Action> {
    devices_ui(ui, draft, data);
    let device = shown(draft, data)?;
    draft.removals.entry(device.id).or_insert_with(|| RemovalDraft::new(device, data));
    let asked = ui
        .push_id(("removal", device.id), |ui| match Panel::of(device.id, draft, data) {
            Panel::Form(_) => {
                if let Some(draft) = draft.removals.get_mut(&device.id) {
                    form::ui(ui, draft, device);
                }
                None
            }
            Panel::Running(removal) => running_ui(ui, draft, data, (device, removal)),
            Panel::Ended(removal) => ending::ended_ui(ui, data, removal),
        })
        .inner;
    asked.or_else(|| draft.ticks.next(data))
}

fn running_ui(
    ui: &mut Ui,
    draft: &mut CaseDraft,
    data: &CaseData<'_>,
    shown: (&Device, &Removal),
) -> Option<Action> {
    let (device, removal) = shown;
    ui.spacing_mut().item_spacing.y = 0.0;
    if form::summary_ui(ui, removal)
        && let Some(draft) = draft.removals.get_mut(&device.id)
    {
        draft.is_form_open = true;
    }
    let ahead = draft.ticks.ahead(removal);
    let mut asked = None;
    if removal.by == RemovedBy::Technician {
        if ahead.ticked_at(Check::DataSaved).is_none() {
            dies_ui(ui);
            ui.add_space(scale::SPACE_1);
        }
        asked = checklist::ui(ui, draft, data, (device, &ahead));
    } else {
        dies_ui(ui);
    }
    let is_end_near =
        removal.by == RemovedBy::Customer || ahead.ticked_at(Check::DataSaved).is_some();
    if is_end_near && let Some(draft) = draft.removals.get_mut(&device.id) {
        ending::ui(ui, draft, removal.by);
    }
    asked
}

fn devices_ui(ui: &mut Ui, draft: &mut CaseDraft, data: &CaseData<'_>) {
    let case = &data.file.case;
    let devices = case.devices();
    if devices.len() < 2 {
        return;
    }
    ui.add_space(scale::SPACE_1);
    let labels: Vec<String> = devices
        .iter()
        .map(|device| {
            let removal = case.removal_of(device.id);
            let state = match removal.map(|removal| removal.finish.is_some()) {
                None => "to do",
                Some(false) => "running",
                Some(true) => "ended",
            };
            format!("{}: {state}", device.model)
        })
        .collect();
    let options: Vec<&str> = labels.iter().map(String::as_str).take(9).collect();
    let shown_id = shown(draft, data).map(|device| device.id);
    let mut picked = devices.iter().position(|device| Some(device.id) == shown_id);
    if Choice::new("Device", &options).show(ui, &mut picked).changed() {
        draft.device = picked.and_then(|idx| devices.get(idx)).map(|device| device.id);
    }
}

/// What the customer loses, said before the uninstall.
fn dies_ui(ui: &mut Ui) {
    well(ui, |ui| {
        ui.spacing_mut().item_spacing = egui::vec2(scale::SPACE_2, scale::SPACE_1);
        ui.spacing_mut().interact_size.y = scale::ICON;
        ui.horizontal(|ui| {
            icon(ui, Icon::TriangleAlert, scale::ICON, Ink::Tone(Tone::Warn));
            let words = "Say this to the customer before the uninstall: it dies with the product";
            text(ui, Type::SecondaryStrong, Ink::Tone(Tone::Warn), words);
        });
        for words in DIES_WITH_THE_PRODUCT {
            text(ui, Type::Secondary, Ink::Body, words);
        }
    });
}

/// `3 of 5 done`, for the head of the step.
pub(super) fn progress(draft: &CaseDraft, data: &CaseData<'_>) -> String {
    let Some(device) = shown(draft, data) else { return String::new() };
    match Panel::of(device.id, draft, data) {
        Panel::Running(removal) if removal.by == RemovedBy::Technician => {
            let ahead = draft.ticks.ahead(removal);
            format!("{} of {} done", ahead.checks.len(), Check::ALL.len())
        }
        Panel::Form(_) | Panel::Running(_) | Panel::Ended(_) => String::new(),
    }
}

/// W ticks that a protection is on, while a removal runs.
pub(super) fn tick_protection(draft: &mut CaseDraft, data: &CaseData<'_>) -> Option<Action> {
    let device = shown(draft, data)?;
    if let Panel::Running(removal) = Panel::of(device.id, draft, data)
        && removal.by == RemovedBy::Technician
        && removal.ticked_at(Check::ProtectionOn).is_none()
    {
        draft.ticks.ask(removal.id, Check::ProtectionOn);
    }
    draft.ticks.next(data)
}

/// Starts, ends, or goes on to the next device or step.
pub(super) fn finish(draft: &mut CaseDraft, data: &CaseData<'_>) -> Option<Action> {
    let device = shown(draft, data)?;
    let case = &data.file.case;
    draft.removals.entry(device.id).or_insert_with(|| RemovalDraft::new(device, data));
    let panel = Panel::of(device.id, draft, data);
    let typed = draft.removals.get_mut(&device.id)?;
    typed.is_tried = true;
    match panel {
        Panel::Form(known) => {
            let id = known.map_or_else(|| RemovalId::mint(data.now), |removal| removal.id);
            let change =
                Change::RemovalStarted { case: case.id, removal: typed.removal(id, device, data) };
            if typed.product.trim().is_empty() || data.refusal(&change).is_some() {
                return None;
            }
            typed.is_tried = false;
            typed.is_form_open = false;
            Some(Action::Record(change))
        }
        Panel::Running(removal) => {
            let finish = typed.finish(data)?;
            let change = Change::RemovalFinished { case: case.id, removal: removal.id, finish };
            if data.refusal(&change).is_some() {
                return None;
            }
            typed.is_tried = false;
            draft.device = None;
            Some(Action::Record(change))
        }
        Panel::Ended(_) => {
            draft.device = None;
            draft.opened = None;
            None
        }
    }
}

/// What is in the way or comes next.
pub(super) fn bar(draft: &CaseDraft, data: &CaseData<'_>) -> Bar {
    let Some(device) = shown(draft, data) else { return Bar::default() };
    let mut bar = match Panel::of(device.id, draft, data) {
        Panel::Form(known) => form_bar(data, known),
        Panel::Running(removal) => running_bar(draft, data, removal),
        Panel::Ended(_) => Bar::default().with_main(Main::Ready, Icon::ArrowRight, "Go on"),
    };
    let kind = override_kind(Stage::Removal, data);
    let is_needed = match kind {
        Some(OverrideKind::Removal) => true,
        // Offered once something is known to stand in the way; the key works before.
        Some(OverrideKind::GoOn) => {
            data.file.case.unsettled().next().is_some()
                || draft.removals.get(&device.id).is_some_and(ending::is_unsettled)
        }
        Some(OverrideKind::Exchange | OverrideKind::Danger) | None => false,
    };
    if is_needed {
        let label =
            if kind == Some(OverrideKind::GoOn) { "Go on anyway…" } else { "Override…" };
        let main = bar.buttons.pop();
        bar = bar.with(UiCommand::Override, Icon::MessageSquareWarning, label);
        bar.buttons.extend(main);
    }
    bar
}

fn form_bar(data: &CaseData<'_>, known: Option<&Removal>) -> Bar {
    let label = if known.is_some() { "Save" } else { "Start removal" };
    if data.is_removal_allowed() {
        return Bar::default().with_main(Main::Ready, Icon::Play, label);
    }
    let fact = &data.file.eligibility.removal.fact;
    Bar::saying(Tone::Danger, format!("Removal not free. {}", sentence(fact))).with_main(
        Main::Waits,
        Icon::Play,
        label,
    )
}

fn running_bar(draft: &CaseDraft, data: &CaseData<'_>, removal: &Removal) -> Bar {
    const LABEL: &str = "Finish removal";
    let typed = draft.removals.get(&removal.device);
    let Some(finish) = typed.and_then(|typed| typed.finish(data)) else {
        return Bar::saying(Tone::Info, "Choose how it ended").with_main(
            Main::Waits,
            Icon::Check,
            LABEL,
        );
    };
    let change = Change::RemovalFinished { case: data.file.case.id, removal: removal.id, finish };
    match data.refusal(&change) {
        None => Bar::default().with_main(Main::Ready, Icon::Check, LABEL),
        Some(why) if typed.is_some_and(|typed| typed.is_tried) => {
            Bar::saying(Tone::Danger, why).with_main(Main::Ready, Icon::Check, LABEL)
        }
        Some(why) => Bar::saying(Tone::Info, why).with_main(Main::Waits, Icon::Check, LABEL),
    }
}
