//! What the scans can't know, and what they know besides: the restart, and which antivirus is on.

use super::super::super::data::CaseData;
use super::Evidence;
use crate::domain::evidence::compare::Restart;
use crate::domain::evidence::kept::{KeptScan, Side};
use crate::domain::evidence::trace::Protection;
use crate::ui::theme::{Ink, Tone, Type, scale};
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::text::text;
use egui::Ui;

/// Draws them, a line each, the weighty ones first.
pub(super) fn ui(ui: &mut Ui, data: &CaseData<'_>, evidence: &Evidence<'_>) {
    let mut said = said(data, evidence);
    said.sort_by_key(|(tone, _)| weight(*tone));
    if said.is_empty() {
        return;
    }
    ui.add_space(scale::SPACE_2);
    for (tone, words) in said {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = scale::SPACE_2;
            icon(ui, mark(tone), scale::ICON, Ink::Tone(tone));
            let ink = if tone == Tone::Info { Ink::Muted } else { Ink::Body };
            // Beside the mark, and on to the next line: in the row itself it would not wrap.
            ui.vertical(|ui| text(ui, Type::Secondary, ink, &words));
        });
        ui.add_space(scale::SPACE_1);
    }
}

fn said(data: &CaseData<'_>, evidence: &Evidence<'_>) -> Vec<(Tone, String)> {
    let mut said = Vec::new();
    let mut say = |tone, words: String| said.push((tone, words));
    if let Some(comparison) = &evidence.comparison {
        for doubt in &comparison.doubts {
            say(Tone::Danger, doubt.sentence().to_owned());
        }
        match comparison.restart {
            Restart::Done if evidence.is_restarted => {
                say(Tone::Ok, "Restarted between the two, as the files tell".to_owned());
            }
            Restart::Done => {
                let words = "Restarted between the two, but by the files not after the uninstall \
                             was ticked: tick the restart if it was";
                say(Tone::Warn, words.to_owned());
            }
            Restart::NotDone if evidence.is_danger => {
                let words =
                    "By the files it was not restarted: do so only after the filter is mended";
                say(Tone::Danger, words.to_owned());
            }
            Restart::NotDone => {
                let words = "By the files it was not restarted: restart it, then scan again";
                say(Tone::Danger, words.to_owned());
            }
            Restart::NotTold => (),
        }
        if !comparison.not_covered.is_empty() {
            let kinds: Vec<_> = comparison.not_covered.iter().map(|kind| kind.label()).collect();
            // Later, or by another start of the program, what comes takes the place of what was.
            let can_add = evidence.after.is_some_and(|it| data.intake.can_add(it, data.now));
            let next = if can_add {
                "Add an export that lists them"
            } else {
                "Take all exports again, with one that lists them"
            };
            let kinds = kinds.join(", ");
            let what = comparison.to_show_text();
            let words = format!("The after-files don't show every kind: {kinds}. {next}: {what}");
            say(Tone::Warn, words);
        }
    }
    if let (None, Some(_)) = (evidence.before, evidence.after) {
        let words =
            "Without a before-scan the after-files must show programs, services and drivers";
        say(Tone::Info, words.to_owned());
    }
    if let Some((tone, words)) = evidence.after.and_then(protection) {
        say(tone, words);
    }
    for kept in [evidence.after, evidence.before].into_iter().flatten() {
        for note in &kept.scan.notes {
            say(Tone::Info, format!("{}: {note}", kept.side.label()));
        }
    }
    said
}

/// Which antivirus is on, as the after-scan shows it.
fn protection(after: &KeptScan) -> Option<(Tone, String)> {
    if after.side != Side::After {
        return None;
    }
    Some(match after.scan.protection() {
        Protection::One { name, current: Some(true) } => {
            (Tone::Ok, format!("Exactly one antivirus is on, and it is current: {name}"))
        }
        Protection::One { name, current: Some(false) } => {
            (Tone::Warn, format!("{name} is on, but not current: let it update, then scan again"))
        }
        Protection::One { name, current: None } => {
            (Tone::Info, format!("{name} is on; whether it is current the files don't say"))
        }
        Protection::Several => {
            (Tone::Warn, "More than one antivirus is on: switch all but one off".to_owned())
        }
        Protection::None => (Tone::Warn, "No antivirus is on".to_owned()),
        Protection::NotShown => {
            (Tone::Info, "The files don't show which antivirus is on".to_owned())
        }
    })
}

fn weight(tone: Tone) -> u8 {
    match tone {
        Tone::Danger => 0,
        Tone::Warn => 1,
        Tone::Ok => 2,
        Tone::Info | Tone::Neutral => 3,
    }
}

fn mark(tone: Tone) -> Icon {
    match tone {
        Tone::Danger => Icon::CircleAlert,
        Tone::Warn => Icon::TriangleAlert,
        Tone::Ok => Icon::CircleCheck,
        Tone::Info | Tone::Neutral => Icon::Info,
    }
}
