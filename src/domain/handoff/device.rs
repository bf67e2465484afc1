//! One device on the sheet: what was found, what was removed and how, what proves it, what stays.

use super::evidence::{self, NO_SCAN};
use super::story::{State, Story};
use super::{Fact, Mark, Part, code, detail, sentence, text};
use crate::domain::device::{Backup, Device};
use crate::domain::evidence::kept::Side;
use crate::domain::removal::{Check, Finish, Outcome, Removal, RemovedBy};

/// How many of a serial number's last characters are printed, at most.
const SERIAL_CHARS_MAX: usize = 4;

/// The part of one device.
pub(super) fn part(story: &Story<'_>, device: &Device) -> Part {
    let state = story.state_of(device);
    let mut facts = vec![
        match serial_ending(&device.serial) {
            Some(ending) => code("Serial ends in", ending),
            None => text("Serial number", "could not be read"),
        },
        detail("System", device.platform.label()),
    ];
    facts.extend(said("Handed in with", &device.accessories));
    facts.extend(said("Condition", &device.condition));
    if story.file.case.devices().first().is_some_and(|first| first.id == device.id) {
        facts.extend(consent(story));
    }
    facts.extend(evidence::danger(story, device));
    match state {
        State::NotWanted => facts.push(text(
            "Result",
            format!("No removal was asked for; {} was not looked for.", story.vendor()),
        )),
        State::NotBegun if story.is_closed() => {
            facts.push(text("Result", "Nothing was removed."));
        }
        State::NotBegun => facts.push(text("Result", "The removal has not begun.")),
        State::Running(removal) => {
            facts.extend(work(story, removal));
            facts.extend(evidence::facts(story, device, "Scan", ""));
            let is = if story.is_closed() { "was" } else { "is" };
            facts.push(text("Result", format!("The removal {is} not finished.")));
        }
        State::Ended(removal, finish) => {
            facts.extend(ended(story, (device, removal), finish));
            facts.extend(evidence::contradiction(story, device));
        }
    }
    Part { title: device.model.trim().to_owned(), status: status(story, state), facts }
}

/// What was agreed at check-in; it stands with the first device.
fn consent(story: &Story<'_>) -> Vec<Fact> {
    let Some(check_in) = &story.file.case.check_in else { return Vec::new() };
    let backup = check_in.backup.map(|backup| match backup {
        Backup::Yes => detail("Backup", "you have one, as you said"),
        Backup::No => detail("Backup", "none, as you said"),
    });
    let by = check_in.consent_by.trim();
    let consent = (!by.is_empty()).then(|| detail("Consent", format!("signed by {by}")));
    backup.into_iter().chain(consent).collect()
}

/// `0160`; never more than half of the number. `None` when there is none.
fn serial_ending(serial: &str) -> Option<String> {
    let chars: Vec<char> = serial.chars().filter(|c| c.is_alphanumeric()).collect();
    let n_shown = SERIAL_CHARS_MAX.min(chars.len() / 2);
    let tail = chars.get(chars.len() - n_shown..).filter(|tail| !tail.is_empty())?;
    Some(tail.iter().collect())
}

fn said(label: &'static str, value: &str) -> Option<Fact> {
    let value = value.trim();
    (!value.is_empty()).then(|| detail(label, value))
}

fn status(story: &Story<'_>, state: State<'_>) -> Option<(Mark, &'static str)> {
    match state {
        State::NotWanted => None,
        State::NotBegun if story.is_closed() => Some((Mark::Open, "Not done")),
        State::NotBegun => Some((Mark::Open, "Not begun")),
        State::Running(_) => Some((Mark::Open, "Not finished")),
        State::Ended(removal, _) if story.file.case.contradiction(removal).is_some() => {
            Some((Mark::Open, "Found again"))
        }
        State::Ended(_, finish) => Some(match finish.outcome {
            Outcome::RemovedAsShown { .. } | Outcome::RemovedAsStated { .. } => {
                (Mark::Done, "Removed")
            }
            Outcome::RemovedByCustomer => (Mark::Done, "Removed by you"),
            Outcome::LeftoversRemain { .. } => (Mark::Open, "Leftovers remain"),
            Outcome::LeftToCustomer => (Mark::Open, "Left to you"),
            Outcome::NotRemoved { .. } => (Mark::Open, "Not removed"),
        }),
    }
}

/// What was found, and the work on it as far as it went.
fn work(story: &Story<'_>, removal: &Removal) -> Vec<Fact> {
    let version = match removal.version.trim() {
        "" => "(version not noted)".to_owned(),
        version => version.to_owned(),
    };
    let mut facts = vec![text("Found", format!("{} {version}", removal.product.trim()))];
    let ticks = [
        (Check::DataSaved, "Your data"),
        (Check::Uninstalled, "Uninstalled"),
        (Check::Restarted, "Restarted"),
        (Check::LeftoversChecked, "Leftover search"),
        (Check::ProtectionOn, "Protection"),
    ];
    for (check, label) in ticks {
        let Some(at) = removal.ticked_at(check) else {
            facts.extend(restart_told(story, removal, check));
            continue;
        };
        let at = story.time(at);
        facts.push(detail(
            label,
            match check {
                Check::DataSaved => format!("safe before the uninstall, {at}"),
                Check::Uninstalled => format!("{at}, {}", removal.method.label()),
                Check::Restarted | Check::LeftoversChecked => at,
                Check::ProtectionOn => format!("an antivirus was seen on, {at}"),
            },
        ));
    }
    facts
}

/// A restart that nobody ticked, but the files tell of.
fn restart_told(story: &Story<'_>, removal: &Removal, check: Check) -> Option<Fact> {
    let at = story.file.case.done_at(removal, check).filter(|_| check == Check::Restarted)?;
    Some(detail("Restarted", format!("before {}, as the scanned files tell", story.time(at))))
}

fn ended(story: &Story<'_>, (device, removal): (&Device, &Removal), finish: &Finish) -> Vec<Fact> {
    let at = story.time(finish.at);
    let technician = || match story.who(finish.at, "") {
        Some(name) => format!("{name}, {at}"),
        None => format!("a technician of this desk, {at}"),
    };
    let by = match removal.by {
        RemovedBy::Technician => technician(),
        RemovedBy::Customer => format!("you; noted {at}"),
    };
    let vendor = story.vendor();
    let mut facts = match finish.outcome {
        // Nobody at the desk touched it: there is no work to tell of.
        Outcome::LeftToCustomer | Outcome::RemovedByCustomer => {
            work(story, removal).into_iter().take(1).collect()
        }
        _ => work(story, removal),
    };
    let scans = |label, said: &str| evidence::facts(story, device, label, said);
    let is_scanned = story.file.case.scan_of(device.id, Side::After).is_some();
    match &finish.outcome {
        Outcome::RemovedAsShown { .. } => {
            facts.push(detail("Removed by", by));
            facts.extend(scans("Proof", ""));
        }
        Outcome::RemovedAsStated { statement } => {
            facts.push(detail("Removed by", by));
            facts.extend(restart_not_noted(story, removal));
            let statement = format!("The technician states: “{}”", sentence(statement));
            let has_scan = story.file.case.scan_of(device.id, Side::Before).is_some() || is_scanned;
            let no_scan = if has_scan { String::new() } else { format!(" {NO_SCAN}") };
            facts.push(text("Proof", format!("{statement}{no_scan}")));
            facts.extend(scans("Scan", ""));
        }
        Outcome::LeftoversRemain { reason } => {
            facts.push(detail("Removed by", by));
            facts.extend(restart_not_noted(story, removal));
            facts.push(text("What remains", sentence(reason)));
            facts.extend(scans("Scan", reason));
        }
        Outcome::RemovedByCustomer => {
            facts.push(text("Removed by", format!("you, as you told us, {at}")));
            let unchecked = if is_scanned { "" } else { " This desk did not check the device." };
            facts.push(text("Proof", format!("Your word.{unchecked}")));
            facts.extend(scans("Scan", ""));
        }
        Outcome::LeftToCustomer => {
            facts.push(text(
                "Result",
                format!("{vendor} is still on this device. You remove it at home."),
            ));
        }
        Outcome::NotRemoved { reason } => {
            facts.push(detail("Tried by", by));
            facts.push(text("What remains", format!("{vendor} is still on this device.")));
            facts.push(text("Why", sentence(reason)));
            facts.extend(scans("Scan", ""));
        }
    }
    facts.extend(said("Notes", &finish.notes));
    facts
}

/// A missing restart is said, never left out.
fn restart_not_noted(story: &Story<'_>, removal: &Removal) -> Option<Fact> {
    story
        .file
        .case
        .done_at(removal, Check::Restarted)
        .is_none()
        .then(|| text("Restarted", "not noted; the removal is complete only after a restart"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_serial_number_never_shows_more_than_half_of_itself() {
        let table = [
            ("NXGE6AA0017160", Some("7160")),
            ("NXGE-6AA0-0171-60", Some("7160")),
            ("12345678", Some("5678")),
            ("1234567", Some("567")),
            ("12", Some("2")),
            ("1", None),
            ("", None),
            (" - ", None),
        ];
        for (serial, expected) in table {
            assert_eq!(serial_ending(serial).as_deref(), expected, "{serial:?}");
        }
    }
}
