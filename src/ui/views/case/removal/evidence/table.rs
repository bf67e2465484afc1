//! Before and after, trace by trace: what is left stands first, and a line opens to what to do.

use super::super::super::data::{CaseData, sentence};
use super::{Evidence, First, OpenTrace, ScansDraft, detail, limits};
use crate::domain::evidence::compare::Fate;
use crate::domain::evidence::kept::{KeptScan, Side};
use crate::domain::evidence::trace::Trace;
use crate::domain::time::day_text;
use crate::ui::action::{Action, ScanTarget};
use crate::ui::command::UiCommand;
use crate::ui::theme::{Ink, Tone, Type, scale};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{section_title, well};
use crate::ui::widgets::check_row::CheckRow;
use crate::ui::widgets::compare_row::CompareRow;
use crate::ui::widgets::focus::when_nowhere;
use crate::ui::widgets::text::{announce, text};
use egui::{InnerResponse, Response, Role, Ui, UiBuilder};

/// Lines that are shown before somebody asks for all.
const LINES_MAX: usize = 40;

/// One trace: how it was, how it is.
struct Line<'a> {
    trace: &'a Trace,
    /// The file it was seen in; empty where that is not known.
    file: &'a str,
    /// What became of it; `None` while there is no scan after.
    fate: Option<Fate>,
    before: &'static str,
    after: (Tone, &'static str),
}

pub(super) fn ui(
    ui: &mut Ui,
    draft: &mut ScansDraft,
    data: &CaseData<'_>,
    (evidence, first): (&Evidence<'_>, First),
) -> InnerResponse<Option<Action>> {
    ui.add_space(scale::SPACE_2);
    well(ui, |ui| {
        let title = match (evidence.before, evidence.after) {
            (Some(_), None) => "Found before",
            (None, Some(_)) => "Found after",
            _ => "Before and after",
        };
        let summary = summary(evidence);
        announce(&section_title(ui, title, &summary));
        let n_max = if evidence.after.is_some() { LINES_MAX } else { 0 };
        lines_ui(ui, draft, (&lines(evidence), n_max), first);
        limits::ui(ui, data, evidence);
        ui.add_space(scale::SPACE_1);
        kept_ui(ui, data, evidence)
    })
}

/// `7 found, 6 gone, 1 still there`.
fn summary(evidence: &Evidence<'_>) -> String {
    match (&evidence.comparison, evidence.before.or(evidence.after)) {
        (Some(comparison), _) => comparison.summary(),
        (None, Some(kept)) => sentence(kept.scan.verdict.label()),
        (None, None) => String::new(),
    }
}

fn lines<'a>(evidence: &'a Evidence<'_>) -> Vec<Line<'a>> {
    match (&evidence.comparison, evidence.before, evidence.after) {
        (Some(comparison), ..) => {
            let changes = comparison.changes.iter();
            changes.map(|change| line(&change.trace, change.fate, evidence)).collect()
        }
        (None, Some(kept), _) => {
            let found = kept.scan.traces.iter().filter(|trace| trace.is_there());
            let (before, after) = ("found", (Tone::Info, ""));
            let line = |trace| {
                let file = kept.file_of(trace);
                Line { trace, file, fate: None, before, after }
            };
            found.map(line).collect()
        }
        (None, None, Some(kept)) => {
            let found = kept.scan.traces.iter().filter(|trace| trace.is_there());
            found.map(|trace| line(trace, Fate::New, evidence)).collect()
        }
        (None, None, None) => Vec::new(),
    }
}

fn line<'a>(trace: &'a Trace, fate: Fate, evidence: &'a Evidence<'_>) -> Line<'a> {
    // What is no part of the subscription may stay.
    let loud = |tone| if trace.kind.is_counted() { tone } else { Tone::Neutral };
    let (before, after) = match fate {
        Fate::StillThere => ("found", (loud(Tone::Danger), "still there")),
        Fate::New => ("", (loud(Tone::Danger), "new")),
        Fate::Unknown => ("found", (loud(Tone::Warn), "not covered")),
        Fate::Gone => ("found", (Tone::Ok, "gone")),
    };
    let kept = match fate {
        Fate::StillThere | Fate::New => evidence.after,
        Fate::Unknown | Fate::Gone => evidence.before,
    };
    let file = kept.map_or("", |kept| kept.file_of(trace));
    Line { trace, file, fate: Some(fate), before, after }
}

/// Draws the first `n_max` lines; all, once somebody asked.
fn lines_ui(
    ui: &mut Ui,
    draft: &mut ScansDraft,
    (lines, n_max): (&[Line<'_>], usize),
    first: First,
) {
    let n_lines = lines.len();
    let n_shown = if draft.is_long { n_lines } else { n_lines.min(n_max) };
    let list = UiBuilder::new().accessibility_role(Role::List).accessibility_label("Traces");
    ui.scope_builder(list, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (row_idx, line) in lines.iter().take(n_shown).enumerate() {
            let response = line_ui(ui, draft, line, (row_idx, n_lines));
            match first {
                First::Focused if row_idx == 0 => response.request_focus(),
                First::Quiet if row_idx == 0 => when_nowhere(&response),
                First::Focused | First::Quiet => (),
            }
        }
    });
    if n_lines > n_max {
        let words = match (draft.is_long, n_max) {
            (true, _) => "Show fewer".to_owned(),
            (false, 0) => format!("Show {}", super::traces(n_lines)),
            (false, _) => format!("Show {} more", n_lines - n_max),
        };
        let key = UiCommand::ShowTraces.key_text();
        let link = Button::link(&words).key(&key).salt("more traces");
        draft.is_long ^= link.show(ui).clicked();
    }
}

/// Draws a line, and what is known about its trace if it is open.
fn line_ui(
    ui: &mut Ui,
    draft: &mut ScansDraft,
    line: &Line<'_>,
    (row_idx, n_lines): (usize, usize),
) -> Response {
    let name = format!("{} {}", sentence(line.trace.kind.label()), line.trace.name);
    let opened = OpenTrace::of(line.trace);
    let is_open = draft.opened.as_ref() == Some(&opened);
    let mut row = CompareRow::new(&name, line.before, line.after).position(row_idx, n_lines);
    if is_open {
        row = row.open();
    }
    let response = row.show(ui);
    if response.clicked() {
        draft.opened = (!is_open).then_some(opened);
    }
    if is_open {
        detail::ui(ui, line.trace, (line.file, line.fate));
    }
    response
}

/// Which files they were read from, and whether the masked lines stay with the case.
fn kept_ui(ui: &mut Ui, data: &CaseData<'_>, evidence: &Evidence<'_>) -> Option<Action> {
    let said = |kept: &KeptScan| {
        format!("{}: {}, {}", kept.side.label(), kept.count_text(), data.clock(kept.kept_at))
    };
    let scans = || [evidence.before, evidence.after].into_iter().flatten();
    let files: Vec<String> = scans().map(said).collect();
    let signatures = signatures_text(evidence);
    let words = format!("{} · SHA-256 of each kept{signatures}", files.join(" · "));
    let digests = scans().flat_map(|kept| &kept.files);
    let digests: Vec<String> =
        digests.map(|file| format!("{}  {}", file.sha256, file.name)).collect();
    text(ui, Type::Small, Ink::Muted, &words).on_hover_ui(|ui| {
        ui.set_max_width(scale::TEXT_WIDTH_MAX);
        text(ui, Type::MonoSmall, Ink::Body, &digests.join("\n"));
    });
    let pin = Pin::of(data, evidence);
    let key = UiCommand::PinLines.key_text();
    let row = CheckRow::new("Keep the masked lines with the case").checked(pin == Pin::Kept);
    let is_asked = row.note(pin.note()).key(&key).show(ui).clicked();
    if is_asked { pin_action(data, evidence) } else { None }
}

/// ` · signatures of 8 Sep 2017`; both days where the two scans were read with others.
fn signatures_text(evidence: &Evidence<'_>) -> String {
    let scans = [evidence.before, evidence.after].into_iter().flatten();
    let mut days: Vec<_> = scans.filter_map(|kept| kept.scan.signatures.map(day_text)).collect();
    days.dedup();
    if days.is_empty() { String::new() } else { format!(" · signatures of {}", days.join(", ")) }
}

/// Whether the lines are kept, or could be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pin {
    Kept,
    Free,
    /// They are in the memory of the program that read them, and that has ended since.
    Lost,
}

impl Pin {
    fn of(data: &CaseData<'_>, evidence: &Evidence<'_>) -> Self {
        let mut scans = [evidence.before, evidence.after].into_iter().flatten();
        let mut open = scans.clone().filter(|kept| !kept.is_pinned);
        match () {
            () if scans.all(|kept| kept.is_pinned) => Self::Kept,
            () if open.any(|kept| data.intake.has_lines(kept.id)) => Self::Free,
            () => Self::Lost,
        }
    }

    const fn note(self) -> &'static str {
        match self {
            Self::Kept => "Users, computers and addresses are masked",
            Self::Free => "Without it only the list of traces stays",
            Self::Lost => "Scan again to keep them",
        }
    }
}

/// Keeps the lines of this device's scans, or drops them.
pub(in super::super) fn pin_action(data: &CaseData<'_>, evidence: &Evidence<'_>) -> Option<Action> {
    let pin = Pin::of(data, evidence);
    if data.is_busy || pin == Pin::Lost || evidence.is_empty() {
        return None;
    }
    let target = ScanTarget { case: data.file.case.id, device: evidence.device, side: Side::After };
    Some(if pin == Pin::Kept { Action::DropLines(target) } else { Action::KeepLines(target) })
}
