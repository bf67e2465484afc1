//! What the scans of a device say, on its part of the sheet: before, after, and what is left.

use super::story::Story;
use super::{Fact, detail, sentence, text};
use crate::domain::case::DeviceEvidence;
use crate::domain::device::{Device, Platform};
use crate::domain::evidence::advice::advice;
use crate::domain::evidence::compare::{Comparison, Fate};
use crate::domain::evidence::kept::{KeptScan, Side};
use crate::domain::evidence::proof::{found_names, left_names};
use crate::domain::evidence::trace::{Area, Trace, Verdict};
use crate::domain::time::count_text;

/// What to do about what is left: so many sentences.
const ADVICE_MAX: usize = 3;

/// Said where a scan afterwards would stand.
pub(super) const NO_SCAN: &str = "No scan was made afterwards.";

/// The scans under `label`, and the files they were read from; nothing when there is no scan.
/// What `said` names already is not named again.
pub(super) fn facts(
    story: &Story<'_>,
    device: &Device,
    label: &'static str,
    said: &str,
) -> Vec<Fact> {
    let evidence = story.file.case.evidence_of(device.id);
    let (before, after, words) = match &evidence {
        DeviceEvidence::None => return Vec::new(),
        DeviceEvidence::BeforeOnly(before) => {
            (Some(*before), None, vec![alone(story, before), NO_SCAN.to_owned()])
        }
        DeviceEvidence::AfterOnly(after) => (None, Some(*after), vec![alone(story, after)]),
        DeviceEvidence::Both { before, after, comparison } => {
            (Some(*before), Some(*after), both(story, (before, after), comparison, said))
        }
    };
    let limits = after.filter(|_| device.platform == Platform::Windows).and_then(not_shown);
    let words: Vec<String> = words.into_iter().chain(limits).collect();
    let mut facts = vec![text(label, words.join(" "))];
    facts.extend(to_do(&evidence).map(|advice| text("What to do", advice)));
    let marks = [before, after].into_iter().flatten();
    let marks =
        marks.map(|kept| format!("{}: {}", kept.side.label().to_lowercase(), kept.files_text()));
    facts.push(detail("Scanned", marks.collect::<Vec<_>>().join("; ")));
    facts
}

/// `After, 11:15: nothing found; programs, services and drivers were shown.`
fn alone(story: &Story<'_>, kept: &KeptScan) -> String {
    let said = match (kept.side, kept.scan.verdict) {
        _ if kept.scan.is_clean() => {
            "nothing found; programs, services and drivers were shown".to_owned()
        }
        (_, Verdict::ToolTracesOnly) => "only on-demand tools".to_owned(),
        (_, Verdict::OtherBrand) => "only another brand's product".to_owned(),
        (Side::Before, Verdict::Installed | Verdict::Leftovers) => found(kept),
        (Side::After, Verdict::Installed | Verdict::Leftovers) => {
            let names = found_names(kept).map(|names| format!(": {names}")).unwrap_or_default();
            format!("{}{names}", found(kept))
        }
        (_, Verdict::Clean | Verdict::NothingFound) => {
            "nothing found in these files, which don't show everything".to_owned()
        }
    };
    format!("{}, {}: {said}.", kept.side.label(), story.time(kept.kept_at))
}

fn found(kept: &KeptScan) -> String {
    format!("{} found", kept.scan.found().count())
}

/// `Before, 11:02: 7 found.` `After, 11:15: 7 gone, nothing left.` And what speaks against it.
fn both(
    story: &Story<'_>,
    (before, after): (&KeptScan, &KeptScan),
    comparison: &Comparison,
    said: &str,
) -> Vec<String> {
    let doubts = comparison.doubts.iter().map(|doubt| doubt.sentence().to_owned());
    if comparison.n_found == 0 && comparison.count(Fate::New) == 0 {
        return [alone(story, before), alone(story, after)].into_iter().chain(doubts).collect();
    }
    let mut result = vec![format!("{} gone", comparison.n_gone)];
    let rest = [
        (Fate::StillThere, "still there"),
        (Fate::New, "new"),
        (Fate::Unknown, "not shown by the files"),
    ];
    for (fate, words) in rest {
        if comparison.count(fate) > 0 {
            result.push(format!("{} {words}", comparison.count(fate)));
        }
    }
    if comparison.left().next().is_none() {
        result.push("nothing left".to_owned());
    }
    let mut words = vec![
        format!("Before, {}: {}.", story.time(before.kept_at), found(before)),
        format!("After, {}: {}.", story.time(after.kept_at), result.join(", ")),
    ];
    let left = left_names(comparison).filter(|names| !said.contains(names.as_str()));
    words.extend(left.map(|names| format!("There: {names}.")));
    words.extend(doubts);
    words
}

/// `The after-files did not show services and drivers.`
fn not_shown(after: &KeptScan) -> Option<String> {
    let hidden = Area::WHOLE.into_iter().filter(|area| !after.scan.shows(*area));
    let missing: Vec<&str> = hidden.map(Area::name).collect();
    match missing.as_slice() {
        [] => None,
        [one] => Some(format!("The files did not show {one}.")),
        [first, last] => Some(format!("The files did not show {first} and {last}.")),
        _ => Some("The files did not show programs, services and drivers.".to_owned()),
    }
}

/// What to do about what is there after, each thing once.
fn to_do(evidence: &DeviceEvidence<'_>) -> Option<String> {
    let there: Vec<&Trace> = match evidence {
        DeviceEvidence::Both { comparison, .. } => {
            let left = comparison.left().filter(|change| change.fate != Fate::Unknown);
            left.map(|change| &change.trace).collect()
        }
        DeviceEvidence::AfterOnly(after) => after.scan.found().collect(),
        DeviceEvidence::None | DeviceEvidence::BeforeOnly(_) => return None,
    };
    let mut told: Vec<&str> = Vec::new();
    for trace in there {
        let advice = advice(trace);
        if told.len() < ADVICE_MAX && !told.contains(&advice) {
            told.push(advice);
        }
    }
    (!told.is_empty()).then(|| told.join(" "))
}

/// What a later scan says against the end of the removal.
pub(super) fn contradiction(story: &Story<'_>, device: &Device) -> Option<Fact> {
    let case = &story.file.case;
    let names = case.contradiction(case.removal_of(device.id)?)?;
    let at = story.time(case.scan_of(device.id, Side::After)?.kept_at);
    Some(text("Found again", sentence(&format!("By the scan of {at}: {names}"))))
}

/// The alert that stands for the device, loudest of all.
pub(super) fn danger(story: &Story<'_>, device: &Device) -> Option<Fact> {
    let alert = story.file.case.danger_of(device.id)?;
    Some(text("Warning", sentence(&alert.text)))
}

/// `3 devices` of a kind are unprotected no more: `The scan of 11:15 shows X on and current.`
pub(super) fn protection(story: &Story<'_>) -> Option<String> {
    let case = &story.file.case;
    let shown: Vec<String> = story
        .devices()
        .filter_map(|(device, _)| {
            let shown = case.protection_shown(device.id)?;
            let (at, name) = (story.time(shown.at), shown.name.trim());
            let on = device.model.trim();
            Some(format!("The scan of {at} shows {name} on and current on your {on}."))
        })
        .collect();
    match shown.len() {
        0 => None,
        1..=3 => Some(shown.join(" ")),
        n => {
            let n = count_text(i64::try_from(n).unwrap_or(i64::MAX), "device");
            Some(format!("The scans show an antivirus on and current on {n}."))
        }
    }
}
