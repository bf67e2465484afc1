//! The strip over the steps: verdict with deadline, device, protection gap.

use super::data::CaseData;
use crate::domain::campaign::WindowState;
use crate::domain::case::OverrideKind;
use crate::domain::eligibility::Verdict;
use crate::domain::removal::{Check, Removal};
use crate::domain::time::{count_text, span_text};
use crate::ui::theme::{Ink, Tone, Type, scale};
use crate::ui::widgets::chip::Chip;
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::text::text_line;
use egui::Ui;

/// Draws the strip.
pub(super) fn ui(ui: &mut Ui, data: &CaseData<'_>) {
    ui.spacing_mut().interact_size.y = scale::TARGET_MIN;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = scale::SPACE_2;
        let (tone, mark, words) = verdict_words(data);
        Chip::new(tone, mark, &words).show(ui);
        ui.add_space(scale::SPACE_4);
        let gap = gap_words(data);
        let gap_room = if gap.is_some() { scale::SIDE_WIDTH } else { 0.0 };
        let device_room = (ui.available_width() - gap_room).max(scale::TARGET_MIN);
        ui.scope(|ui| {
            ui.set_max_width(device_room);
            text_line(ui, Type::Secondary, Ink::Body, &device_words(data));
        });
        if let Some((tone, mark, words)) = gap {
            ui.add_space(scale::SPACE_3);
            icon(ui, mark, scale::ICON, Ink::Tone(tone));
            text_line(ui, Type::SecondaryStrong, Ink::Tone(tone), &words);
        }
    });
}

/// The verdict with the deadline. The removal's own where no exchange is wanted.
pub(super) fn verdict_words(data: &CaseData<'_>) -> (Tone, Icon, String) {
    let case = &data.file.case;
    let (what, verdict, word) = if case.wants().exchange() {
        ("", data.file.eligibility.verdict(), OverrideKind::Exchange)
    } else {
        ("Removal: ", data.file.eligibility.removal_verdict(), OverrideKind::Removal)
    };
    let deadline = deadline_words(data);
    if verdict != Verdict::Eligible && case.is_overridden(word) {
        return (Tone::Info, Icon::UserCheck, format!("{what}Allowed by a lead — {deadline}"));
    }
    let (tone, mark) = match verdict {
        Verdict::Eligible => (Tone::Ok, Icon::CircleCheck),
        Verdict::LeadDecides => (Tone::Warn, Icon::TriangleAlert),
        Verdict::NotEligible => (Tone::Danger, Icon::CircleX),
    };
    (tone, mark, format!("{what}{} — {deadline}", verdict.label()))
}

fn deadline_words(data: &CaseData<'_>) -> String {
    let today = data.now.day(data.settings.desk.time_zone);
    let campaign = &data.settings.campaign;
    match (campaign.state_on(today), campaign.state_on(data.file.case.opened_on)) {
        (WindowState::Open { days_left: 0 }, _) => "last day, until midnight".to_owned(),
        (WindowState::Open { days_left }, _) => format!("{} left", count_text(days_left, "day")),
        (WindowState::Over, WindowState::Open { .. }) => "opened in time".to_owned(),
        (WindowState::Over, _) => "offer over".to_owned(),
        (WindowState::NotYet, _) => "offer not begun".to_owned(),
    }
}

fn device_words(data: &CaseData<'_>) -> String {
    match data.file.case.devices() {
        [] if data.file.case.check_in.is_some() => "No device here".to_owned(),
        [] => String::new(),
        [device] => device.label(),
        [first, others @ ..] => format!("{} and {} more", first.label(), others.len()),
    }
}

/// Since when the customer is unprotected, or by what they are protected.
pub(super) fn gap_words(data: &CaseData<'_>) -> Option<(Tone, Icon, String)> {
    let case = &data.file.case;
    if let Some(since) = case.unprotected_since() {
        let span = span_text(data.now.minutes_since(since));
        if is_meanwhile_protected(data) {
            // What was ticked says that something is on; the clock runs for the replacement.
            let words = if case.wants().exchange() {
                format!("Without a replacement for {span}, another antivirus is on")
            } else {
                format!("Another antivirus was on, not confirmed for {span}")
            };
            return Some((Tone::Warn, Icon::Shield, words));
        }
        return Some((Tone::Danger, Icon::ShieldX, format!("Unprotected for {span}")));
    }
    let active = case.replacement().and_then(|replacement| replacement.active_at);
    match (active, &case.protection_seen) {
        (Some(at), _) => {
            let words = format!("Seen active {}", data.clock(at));
            Some((Tone::Ok, Icon::ShieldCheck, words))
        }
        (None, Some((_, name))) => Some((Tone::Ok, Icon::ShieldCheck, format!("{name} is on"))),
        (None, None) => shown_words(data),
    }
}

/// Whether every removal that left a device bare was ticked to leave another antivirus on.
fn is_meanwhile_protected(data: &CaseData<'_>) -> bool {
    let is_bare = |removal: &&Removal| {
        removal.finish.as_ref().is_some_and(|finish| finish.outcome.leaves_unprotected())
    };
    let mut bare = data.file.case.removals.iter().filter(is_bare).peekable();
    bare.peek().is_some() && bare.all(|removal| removal.ticked_at(Check::ProtectionOn).is_some())
}

/// What the after-scan of a device whose removal has ended shows to be on.
fn shown_words(data: &CaseData<'_>) -> Option<(Tone, Icon, String)> {
    let case = &data.file.case;
    let mut ended = case.removals.iter().filter(|removal| removal.finish.is_some());
    let shown = ended.find_map(|removal| case.protection_shown(removal.device))?;
    let words = format!("{} is on, shown by the scan", shown.name);
    Some((Tone::Ok, Icon::ShieldCheck, words))
}
