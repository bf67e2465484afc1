//! Step 2: the removal from each device: how, the checklist, how it ended.
//!
//! What dies with the product is said before the uninstall. The scans before and after show what
//! became of it; without them the end is the technician's statement and is shown as one.

mod bar;
mod checklist;
mod draft;
mod ending;
mod evidence;
mod form;

pub(super) use bar::bar;
pub(super) use draft::{RemovalDraft, Ticks};
pub(super) use ending::resume;

use super::data::CaseData;
use super::draft::CaseDraft;
use super::stage::{self, Stage};
use crate::domain::device::Device;
use crate::domain::entry::Change;
use crate::domain::evidence::kept::Side;
use crate::domain::id::{DeviceId, RemovalId, ScanId};
use crate::domain::removal::{
    Check, DIES_IN_SHORT, DIES_WITH_THE_PRODUCT, Finish, Outcome, Removal, RemovedBy,
};
use crate::ui::action::{Action, ScanTarget};
use crate::ui::command::UiCommand;
use crate::ui::theme::{Ink, Tone, Type, scale};
use crate::ui::widgets::Selection;
use crate::ui::widgets::card::well;
use crate::ui::widgets::choice::Choice;
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::progress;
use crate::ui::widgets::row::row;
use crate::ui::widgets::text::{text, text_line};
use draft::Question;
use egui::Ui;
use evidence::Evidence;

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
    let evidence = Evidence::of(data, device.id);
    let asked = ui
        .push_id(("removal", device.id), |ui| match Panel::of(device.id, draft, data) {
            Panel::Form(_) => form_ui(ui, draft, data, (device, &evidence)),
            Panel::Running(removal) => running_ui(ui, draft, data, (device, removal, &evidence)),
            Panel::Ended(removal) => ended_ui(ui, draft, data, (removal, &evidence)),
        })
        .inner;
    asked.or_else(|| draft.ticks.next(data))
}

fn form_ui(
    ui: &mut Ui,
    draft: &mut CaseDraft,
    data: &CaseData<'_>,
    (device, evidence): (&Device, &Evidence<'_>),
) -> Option<Action> {
    let typed = draft.removals.get_mut(&device.id)?;
    let row = (Side::Before, Selection::from(!data.intake.offer(Side::Before).is_empty()));
    let (_, asked) = evidence::row_ui(ui, data, evidence, row);
    let read = reading_ui(ui, data, evidence);
    typed.tell(evidence.before, &data.settings.campaign.withdrawn_vendor);
    form::ui(ui, typed, device);
    asked.or(read).or(evidence::ui(ui, &mut typed.scans, data, evidence))
}

fn running_ui(
    ui: &mut Ui,
    draft: &mut CaseDraft,
    data: &CaseData<'_>,
    (device, removal, evidence): (&Device, &Removal, &Evidence<'_>),
) -> Option<Action> {
    ui.spacing_mut().item_spacing.y = 0.0;
    let ahead = draft.ticks.ahead(removal);
    let is_by_technician = removal.by == RemovedBy::Technician;
    // Before the restart nobody knows how it ended, unless it can't be removed at all.
    let is_restarted = data.file.case.done_at(&ahead, Check::Restarted).is_some();
    let typed = draft.removals.get_mut(&device.id)?;
    let is_asked = typed.question != Question::Later;
    let is_end_shown = !is_by_technician || is_restarted || is_asked || evidence.after.is_some();
    let links: &[&str] =
        if is_end_shown { &["Change"] } else { &["Change", "It can't be removed…"] };
    match form::summary_ui(ui, removal, links) {
        Some(0) => typed.is_form_open = true,
        Some(_) => typed.question = Question::Sent,
        None => (),
    }
    if !is_by_technician || ahead.ticked_at(Check::DataSaved).is_none() {
        dies_short_ui(ui);
        ui.add_space(scale::SPACE_1);
    }
    let asked = if is_by_technician {
        checklist::ui(ui, draft, data, (device, &ahead, evidence))
    } else {
        scan_rows_ui(ui, data, evidence)
    };
    let read = reading_ui(ui, data, evidence);
    let typed = draft.removals.get_mut(&device.id)?;
    let table = evidence::ui(ui, &mut typed.scans, data, evidence);
    if is_end_shown {
        ending::ui(ui, typed, data, evidence);
    }
    asked.or(read).or(table)
}

fn ended_ui(
    ui: &mut Ui,
    draft: &mut CaseDraft,
    data: &CaseData<'_>,
    (removal, evidence): (&Removal, &Evidence<'_>),
) -> Option<Action> {
    let resumed = ending::ended_ui(ui, data, removal);
    ui.spacing_mut().item_spacing.y = 0.0;
    let asked = scan_rows_ui(ui, data, evidence);
    let read = reading_ui(ui, data, evidence);
    let typed = draft.removals.get_mut(&removal.device)?;
    let table = evidence::ui(ui, &mut typed.scans, data, evidence);
    resumed.or(asked).or(read).or(table)
}

/// Both scans where there is no checklist for them to stand in.
fn scan_rows_ui(ui: &mut Ui, data: &CaseData<'_>, evidence: &Evidence<'_>) -> Option<Action> {
    let next = evidence::side_shown(data, evidence);
    let mut asked = None;
    for side in [Side::Before, Side::After] {
        let is_offered = side == next && !data.intake.offer(side).is_empty();
        let (_, row) = evidence::row_ui(ui, data, evidence, (side, is_offered.into()));
        asked = asked.or(row);
    }
    asked
}

/// What is being read for this device, with the way out of it once it takes long.
fn reading_ui(ui: &mut Ui, data: &CaseData<'_>, evidence: &Evidence<'_>) -> Option<Action> {
    let reading = data.intake.reading.filter(|it| it.target.device == evidence.device)?;
    ui.add_space(scale::SPACE_1);
    let words = format!("Reading {}", reading.names);
    let Some(fraction) = reading.fraction else {
        progress::busy(ui, &words);
        return None;
    };
    let note = format!("for the scan {}", reading.target.side.label().to_lowercase());
    let key = UiCommand::Back.key_text();
    let is_canceled = progress::progress(ui, &words, fraction, &note, Some(&key));
    is_canceled.then_some(Action::CancelScan)
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

/// The same on one line, once it stood in the form: the words to hear are the customer's.
fn dies_short_ui(ui: &mut Ui) {
    well(ui, |ui| {
        row(ui, scale::ICON_LARGE, |ui| {
            ui.spacing_mut().item_spacing.x = scale::SPACE_2;
            icon(ui, Icon::TriangleAlert, scale::ICON, Ink::Tone(Tone::Warn));
            let all = DIES_WITH_THE_PRODUCT.join(". ");
            let words = format!("Dies with the product. {all}");
            let said = text_line(ui, Type::Secondary, Ink::Body, DIES_IN_SHORT);
            said.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &words));
            said.on_hover_text(words);
        });
    });
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
            checklist::progress(&draft.ticks.ahead(removal), data)
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
            if data.intake.reading.is_some() {
                return None;
            }
            let evidence = Evidence::of(data, device.id);
            let Some(finish) = typed.finish(data, &evidence) else {
                // The scan shows something else than hoped for: mended, it is taken again. Without
                // one, how it ended is asked.
                let ahead = draft.ticks.ahead(removal);
                let is_far =
                    removal.by == RemovedBy::Customer || case.next_needed(&ahead).is_none();
                if evidence.after.is_none() && is_far {
                    typed.question = Question::Sent;
                }
                return evidence.after.map(|_| take_scan(draft, data, Turn::Next));
            };
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

/// Which of the two scans is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// The one that follows from what was done.
    Next,
    /// The other one.
    Other,
}

/// Asks for a scan of the shown device.
pub(super) fn take_scan(draft: &mut CaseDraft, data: &CaseData<'_>, turn: Turn) -> Action {
    let target = match scan_target(draft, data) {
        Ok(target) => target,
        Err(why) => return Action::Say(why),
    };
    match (turn, target.side) {
        (Turn::Next, _) => Action::TakeScan(target),
        (Turn::Other, Side::After) => Action::TakeScan(ScanTarget { side: Side::Before, ..target }),
        (Turn::Other, Side::Before) => Action::Say(
            "The scan after comes after the uninstall: tick it first. S takes the scan before",
        ),
    }
}

/// Of what a scan is taken now, or why none can be. The step opens, so that it is seen.
pub(super) fn scan_target(
    draft: &mut CaseDraft,
    data: &CaseData<'_>,
) -> Result<ScanTarget, &'static str> {
    let case = &data.file.case;
    if case.closed.is_some() {
        return Err("The case is closed: reopen it first");
    }
    let Some(device) = shown(draft, data) else {
        return Err("Check the device in first: a scan belongs to a device");
    };
    if draft.stage(data) != Stage::Removal && stage::can_open(Stage::Removal, data) {
        draft.opened = Some(Stage::Removal);
    }
    Ok(ScanTarget { case: case.id, device: device.id, side: case.side_next(device.id) })
}

/// Shows all traces of the shown device's scans, or fewer again.
pub(super) fn show_traces(draft: &mut CaseDraft, data: &CaseData<'_>) -> Option<Action> {
    let device = shown(draft, data)?;
    let typed = draft.removals.get_mut(&device.id)?;
    evidence::turn(&mut typed.scans);
    None
}

/// Keeps the masked lines of the shown device's scans, or drops them.
pub(super) fn pin(draft: &CaseDraft, data: &CaseData<'_>) -> Option<Action> {
    let device = shown(draft, data)?;
    evidence::pin_action(data, &Evidence::of(data, device.id))
}

/// The scan of the shown device that was kept last.
pub(super) fn latest_scan(draft: &CaseDraft, data: &CaseData<'_>) -> Option<ScanId> {
    let device = shown(draft, data)?;
    let case = &data.file.case;
    let scans = [Side::Before, Side::After].map(|side| case.scan_of(device.id, side));
    scans.into_iter().flatten().max_by_key(|kept| kept.kept_at).map(|kept| kept.id)
}

/// Ends the removal with what the scan still shows; then a lead is asked whether it goes on.
pub(super) fn end_with_leftovers(draft: &mut CaseDraft, data: &CaseData<'_>) -> Option<Action> {
    let device = shown(draft, data)?;
    let Panel::Running(removal) = Panel::of(device.id, draft, data) else { return None };
    let case = &data.file.case;
    let typed = draft.removals.get(&device.id)?;
    let reason = match typed.reason.trim() {
        "" => case.leftovers(device.id)?,
        reason => reason.to_owned(),
    };
    let notes = typed.notes.trim().to_owned();
    let finish = Finish { at: data.now, outcome: Outcome::LeftoversRemain { reason }, notes };
    let change = Change::RemovalFinished { case: case.id, removal: removal.id, finish };
    if data.refusal(&change).is_some() {
        return None;
    }
    draft.device = None;
    draft.wants_word = true;
    Some(Action::Record(change))
}
