//! When two scans of a device show that nothing is left, and why not.
//!
//! Source: product rules, "Removal": an after-export in which nothing is left. Security Center alone
//! is no proof of an installation, so a before-scan that found nothing else proves no removal: then
//! the after-scan alone must be clean. What a removal tool's log says to have removed proves that
//! the tool ran.

use super::compare::{Comparison, Doubt, Restart, compare_kept};
use super::kept::KeptScan;
use super::trace::Kind;
use crate::domain::id::ScanId;
use crate::domain::time::count_text;
use serde::{Deserialize, Serialize};

/// Names that are told of what is left.
const NAMES_TOLD_MAX: usize = 6;
/// Characters of one of them.
const NAME_CHARS_MAX: usize = 60;

/// What the scans of a device show: it is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// The scan before; `None` when it found nothing to compare, or there is none.
    pub before: Option<ScanId>,
    /// The scan after.
    pub after: ScanId,
    /// `7 found, 7 gone`.
    pub summary: String,
    /// Whether the files tell that the device was restarted in between.
    pub restart: Restart,
}

/// Why the scans of a device do not show that it is gone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotShown {
    /// There is none.
    #[error("no after-scan was taken")]
    NoAfterScan,
    /// It is of the time before.
    #[error("the after-scan was taken before the uninstall; scan again")]
    TooEarly,
    /// Something is left, or new.
    #[error("the after-scan still shows {0}")]
    Left(String),
    /// Kinds of traces were found before, and the after-files do not show them.
    #[error("the after-files don't show: {0}")]
    NotCovered(String),
    /// Nothing was found before, and the after-files do not show everything.
    #[error("without a before-scan the after-files must show programs, services and drivers")]
    NotWhole,
    /// The device runs since before.
    #[error("by the files the device was not restarted; restart it and scan again")]
    NotRestarted,
    /// They may not be of one device.
    #[error("{}", .0.sentence())]
    Doubt(Doubt),
    /// A filter without its driver.
    #[error("{0}")]
    Danger(String),
}

/// What the two show. Doubts that the way of removal explains are `forgiven`: a system that was
/// installed anew has another name.
pub fn proof(
    before: Option<&KeptScan>,
    after: &KeptScan,
    forgiven: &[Doubt],
) -> Result<Proof, NotShown> {
    if let Some(alert) = after.scan.danger() {
        return Err(NotShown::Danger(alert.text.clone()));
    }
    let compared = before.map(|before| (before, compare_kept(before, after)));
    let doubt = compared.iter().flat_map(|(_, comparison)| &comparison.doubts);
    if let Some(doubt) = doubt.copied().find(|doubt| !forgiven.contains(doubt)) {
        return Err(NotShown::Doubt(doubt));
    }
    let restart = compared.as_ref().map_or(Restart::NotTold, |(_, comparison)| comparison.restart);
    if restart == Restart::NotDone {
        return Err(NotShown::NotRestarted);
    }
    let proven = |before, summary| Proof { before, after: after.id, summary, restart };
    match compared.filter(|(before, _)| proves_installation(before)) {
        Some((before, comparison)) => {
            nothing_left(&comparison)?;
            Ok(proven(Some(before.id), comparison.summary()))
        }
        None if after.scan.found().next().is_some() => {
            Err(NotShown::Left(names(after.scan.found().map(|trace| (trace.kind, &trace.name)))))
        }
        None if after.scan.is_clean() => Ok(proven(None, CLEAN.to_owned())),
        None => Err(NotShown::NotWhole),
    }
}

/// The summary of an after-scan that stands alone.
const CLEAN: &str = "programs, services and drivers shown, nothing found";

/// Whether it found the product. Security Center alone may list what is long gone.
fn proves_installation(before: &KeptScan) -> bool {
    before.scan.found().any(|trace| trace.kind != Kind::SecurityCenter)
}

fn nothing_left(comparison: &Comparison) -> Result<(), NotShown> {
    if let Some(left) = left_names(comparison) {
        return Err(NotShown::Left(left));
    }
    if comparison.not_covered.is_empty() {
        return Ok(());
    }
    let kinds: Vec<_> = comparison.not_covered.iter().map(|kind| kind.label()).collect();
    Err(NotShown::NotCovered(format!("{}; take {}", kinds.join(", "), comparison.to_show_text())))
}

/// What is there after, named: `klif (driver), Kaspersky Lab (folder) and 3 more`. `None` for
/// nothing; what the after-files do not show is not named.
pub fn left_names(comparison: &Comparison) -> Option<String> {
    let there = comparison.left().filter(|change| change.fate != super::compare::Fate::Unknown);
    let there: Vec<_> = there.map(|change| (change.trace.kind, &change.trace.name)).collect();
    (!there.is_empty()).then(|| names(there.into_iter()))
}

/// What a scan alone found, named; `None` for nothing.
pub fn found_names(scan: &KeptScan) -> Option<String> {
    let found: Vec<_> = scan.scan.found().map(|trace| (trace.kind, &trace.name)).collect();
    (!found.is_empty()).then(|| names(found.into_iter()))
}

fn names<'a>(traces: impl Iterator<Item = (Kind, &'a String)>) -> String {
    let mut told = Vec::new();
    let mut n_more = 0;
    for (kind, name) in traces {
        if told.len() < NAMES_TOLD_MAX {
            let name: String = name.chars().take(NAME_CHARS_MAX).collect();
            told.push(format!("{name} ({})", kind.label()));
        } else {
            n_more += 1;
        }
    }
    let told = told.join(", ");
    if n_more == 0 { told } else { format!("{told} and {} more", count_text(n_more, "trace")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::evidence::kept::Side;
    use crate::domain::evidence::samples::{WHOLE, alarmed, kept, scan, trace};
    use crate::domain::evidence::trace::{Area, Scan, State};
    use crate::domain::id::DeviceId;
    use uuid::Uuid;

    /// Whether it is shown, or a word of why not.
    fn ask(before: Option<Scan>, after: Scan) -> Result<String, String> {
        let device = DeviceId(Uuid::nil());
        let before = before.map(|scan| kept(device, Side::Before, 1, scan));
        let after = kept(device, Side::After, 2, after);
        let asked = proof(before.as_ref(), &after, &[]);
        asked.map(|proof| proof.summary).map_err(|why| why.to_string())
    }

    #[test]
    fn gone_is_what_the_files_show_to_be_gone() {
        use Kind::{ClassFilter, Driver, Folder, OtherBrand, Program, SecurityCenter, Tool};
        let kis = || Some(scan(&[(Program, "KIS"), (Driver, "klif")], &WHOLE));
        let center = || Some(scan(&[(SecurityCenter, "KIS")], &[Area::SecurityCenter]));
        let center_only = || scan(&[], &[Area::SecurityCenter]);
        let whole = |found: &[(Kind, &str)]| scan(found, &WHOLE);
        let removed = |mut scan: Scan| {
            let mut gone = trace(Program, "KIS");
            gone.state = State::Removed;
            scan.traces.push(gone);
            scan
        };
        let clean = "programs, services and drivers shown, nothing found";
        let not_whole =
            "without a before-scan the after-files must show programs, services and drivers";
        let table: [(Option<Scan>, Scan, Result<&str, &str>); 18] = [
            (kis(), whole(&[]), Ok("2 found, 2 gone")),
            // What was found before is asked for, and no more.
            (kis(), scan(&[], &[Area::Programs, Area::Drivers]), Ok("2 found, 2 gone")),
            (
                kis(),
                scan(&[], &[Area::Programs]),
                Err("the after-files don't show: driver; take driverquery /v"),
            ),
            (kis(), whole(&[(Driver, "klif")]), Err("the after-scan still shows klif (driver)")),
            (kis(), whole(&[(Folder, "KL")]), Err("the after-scan still shows KL (folder)")),
            // Tools and other brands never count, for or against.
            (kis(), whole(&[(Tool, "kavremover")]), Ok("2 found, 2 gone")),
            (kis(), whole(&[(OtherBrand, "ZoneAlarm")]), Ok("2 found, 2 gone")),
            (Some(whole(&[(Tool, "TDSSKiller")])), scan(&[], &[Area::Programs]), Err(not_whole)),
            // Security Center alone is no installation.
            (center(), center_only(), Err(not_whole)),
            (center(), whole(&[]), Ok(clean)),
            (
                center(),
                whole(&[(SecurityCenter, "KIS")]),
                Err("the after-scan still shows KIS (Security Center entry)"),
            ),
            // Without a scan before.
            (None, whole(&[]), Ok(clean)),
            (None, whole(&[(Tool, "kavremover")]), Ok(clean)),
            (None, scan(&[], &[Area::Programs, Area::Services]), Err(not_whole)),
            // A log says that the tool ran, not that it worked: the exports beside it must.
            (None, removed(whole(&[])), Ok(clean)),
            (None, removed(scan(&[], &[Area::Programs])), Err(not_whole)),
            (Some(removed(scan(&[], &[]))), whole(&[]), Ok(clean)),
            (
                kis(),
                alarmed(whole(&[(ClassFilter, "klmouflt")])),
                Err("The mouse may be dead after the next restart"),
            ),
        ];
        for (no, (before, after, expected)) in table.into_iter().enumerate() {
            let expected = expected.map(str::to_owned).map_err(str::to_owned);
            assert_eq!(ask(before, after), expected, "row {no}");
        }
    }

    #[test]
    fn another_name_is_forgiven_only_where_the_system_is_new() {
        let device = DeviceId(Uuid::nil());
        let mut old = scan(&[(Kind::Program, "KIS")], &WHOLE);
        let mut new = scan(&[], &WHOLE);
        (old.hosts, new.hosts) = (vec!["1f3a".to_owned()], vec!["77d0".to_owned()]);
        let (old, new) = (kept(device, Side::Before, 1, old), kept(device, Side::After, 2, new));
        let asked = proof(Some(&old), &new, &[]);
        assert_eq!(asked, Err(NotShown::Doubt(Doubt::OtherMachine)));
        assert!(proof(Some(&old), &new, &[Doubt::OtherMachine]).is_ok());
        let same = proof(Some(&old), &kept(device, Side::After, 1, Scan::default()), &[]);
        assert_eq!(same, Err(NotShown::Doubt(Doubt::SameFile)));
    }

    #[test]
    fn many_names_stay_a_line() {
        let found: Vec<String> = (0..9).map(|n| format!("{n}{}", "x".repeat(80))).collect();
        let found: Vec<_> = found.iter().map(|name| (Kind::Folder, name)).collect();
        let told = names(found.into_iter());
        assert!(told.ends_with(" and 3 traces more") && told.len() < 500, "{told}");
    }
}
