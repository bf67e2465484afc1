//! The strip under a removal: what is in the way or comes next, decided by what the scans show.

use super::super::bar::{Bar, Main};
use super::super::data::{CaseData, sentence};
use super::super::draft::CaseDraft;
use super::super::obey::override_kind;
use super::super::stage::Stage;
use super::draft::{End, RemovalDraft};
use super::evidence::{Evidence, traces};
use super::{Panel, checklist, ending, shown};
use crate::domain::case::OverrideKind;
use crate::domain::device::Device;
use crate::domain::entry::Change;
use crate::domain::evidence::kept::Side;
use crate::domain::evidence::proof::NotShown;
use crate::domain::id::RemovalId;
use crate::domain::removal::{Check, Removal, RemovedBy};
use crate::ui::command::UiCommand;
use crate::ui::theme::Tone;
use crate::ui::widgets::icon::Icon;

/// What is in the way or comes next.
pub(in super::super) fn bar(draft: &CaseDraft, data: &CaseData<'_>) -> Bar {
    let Some(device) = shown(draft, data) else { return Bar::default() };
    let evidence = Evidence::of(data, device.id);
    let mut bar = match Panel::of(device.id, draft, data) {
        Panel::Form(known) => form_bar(draft, data, (device, known)),
        Panel::Running(removal) => running_bar(draft, data, (removal, &evidence)),
        Panel::Ended(_) => Bar::default().with_main(Main::Ready, Icon::ArrowRight, "Go on"),
    };
    let kind = override_kind(Stage::Removal, data);
    let is_needed = match kind {
        Some(OverrideKind::Removal) => true,
        // Offered once something is known to stand in the way; the key works before.
        Some(OverrideKind::GoOn) => {
            data.file.case.unsettled().next().is_some()
                || draft.removals.get(&device.id).is_some_and(ending::is_unsettled)
                || evidence.n_left().is_some_and(|n_left| n_left > 0)
        }
        Some(OverrideKind::Danger) => true,
        Some(OverrideKind::Exchange) | None => false,
    };
    if is_needed {
        let label =
            if kind == Some(OverrideKind::Removal) { "Override…" } else { "Go on anyway…" };
        let main = bar.buttons.pop();
        bar = bar.with(UiCommand::Override, Icon::MessageSquareWarning, label);
        bar.buttons.extend(main);
    }
    bar
}

fn form_bar(
    draft: &CaseDraft,
    data: &CaseData<'_>,
    (device, known): (&Device, Option<&Removal>),
) -> Bar {
    let label = if known.is_some() { "Save" } else { "Start removal" };
    if data.is_removal_allowed() {
        let tried = draft.removals.get(&device.id).filter(|typed| typed.is_tried);
        let why = tried.and_then(|typed| form_refusal(typed, data, (device, known)));
        let bar = why.map_or_else(Bar::default, |why| Bar::saying(Tone::Danger, why));
        return bar.with_main(Main::Ready, Icon::Play, label);
    }
    let fact = &data.file.eligibility.removal.fact;
    Bar::saying(Tone::Danger, format!("Removal not free. {}", sentence(fact))).with_main(
        Main::Waits,
        Icon::Play,
        label,
    )
}

/// Why the file would not take the form as it is.
fn form_refusal(
    typed: &RemovalDraft,
    data: &CaseData<'_>,
    (device, known): (&Device, Option<&Removal>),
) -> Option<String> {
    if typed.product.trim().is_empty() {
        return Some("Enter what is removed".to_owned());
    }
    let id = known.map_or_else(|| RemovalId::mint(data.now), |removal| removal.id);
    let removal = typed.removal(id, device, data);
    data.refusal(&Change::RemovalStarted { case: data.file.case.id, removal })
}

fn running_bar(
    draft: &CaseDraft,
    data: &CaseData<'_>,
    (removal, evidence): (&Removal, &Evidence<'_>),
) -> Bar {
    let typed = draft.removals.get(&removal.device);
    let end = typed.and_then(|typed| typed.end(evidence));
    let label = match end {
        Some(End::Shown) => "Finish: removed, shown by the scan",
        Some(_) | None => "Finish removal",
    };
    if let Some(reading) = data.intake.reading {
        let words = format!("Reading {}", reading.names);
        return Bar::saying(Tone::Info, words).with_main(Main::Waits, Icon::Check, label);
    }
    let Some(finish) = typed.and_then(|typed| typed.finish(data, evidence)) else {
        return match &evidence.shown {
            Err(why) if evidence.after.is_some() => {
                let words = not_shown_words(evidence, why);
                let tone = match why {
                    NotShown::Danger(_) => Tone::Danger,
                    _ => Tone::Warn,
                };
                Bar::saying(tone, words).with_main(Main::Ready, Icon::ScanLine, "Scan again")
            }
            _ => open_bar(draft, data, (removal, evidence)),
        };
    };
    let change = Change::RemovalFinished { case: data.file.case.id, removal: removal.id, finish };
    match data.refusal(&change) {
        None if end == Some(End::Shown) => {
            let summary = evidence.shown.as_ref().map(|proof| sentence(&proof.summary));
            Bar::saying(Tone::Ok, summary.unwrap_or_default()).with_main(
                Main::Ready,
                Icon::CircleCheck,
                label,
            )
        }
        None => Bar::default().with_main(Main::Ready, Icon::Check, label),
        Some(why) if typed.is_some_and(|typed| typed.is_tried) => {
            Bar::saying(Tone::Danger, why).with_main(Main::Ready, Icon::Check, label)
        }
        Some(why) => Bar::saying(Tone::Info, why).with_main(Main::Waits, Icon::Check, label),
    }
}

/// What comes next while nothing says how it ended.
fn open_bar(
    draft: &CaseDraft,
    data: &CaseData<'_>,
    (removal, evidence): (&Removal, &Evidence<'_>),
) -> Bar {
    let label = "Finish removal";
    let ahead = draft.ticks.ahead(removal);
    let next = data.file.case.next_needed(&ahead).filter(|_| removal.by == RemovedBy::Technician);
    let Some(check) = next else {
        let words = "Choose how it ended";
        return Bar::saying(Tone::Info, words).with_main(Main::Ready, Icon::Check, label);
    };
    let words = match checklist::scan_next(data, evidence, next) {
        Some(Side::After) if check == Check::LeftoversChecked => {
            "Scan after: drop the exports or press S; or look yourself (Space)".to_owned()
        }
        Some(_) | None => format!("Not all is ticked: {}", check.label(removal.method)),
    };
    Bar::saying(Tone::Info, words).with_main(Main::Waits, Icon::Check, label)
}

/// `1 trace is still there: Kaspersky Protection (browser extension). Remove it, then scan again`.
fn not_shown_words(evidence: &Evidence<'_>, why: &NotShown) -> String {
    match (why, evidence.n_left()) {
        (NotShown::Danger(_), _) => {
            "Mouse or keyboard may be dead after a restart: mend the filter, then scan again"
                .to_owned()
        }
        (NotShown::Left(names), Some(1)) => {
            format!("1 trace is still there: {names}. Remove it, then scan again")
        }
        (NotShown::Left(names), Some(n_left)) => {
            format!("{} are still there: {names}. Remove them, then scan again", traces(n_left))
        }
        (why, _) => sentence(&why.to_string()),
    }
}
