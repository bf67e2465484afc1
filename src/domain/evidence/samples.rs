//! Scans to test with.

use super::kept::{KeptScan, Lines, Side};
use super::trace::{
    Alert, AlertLevel, Area, Confidence, Kind, OtherAntivirus, Scan, State, Trace, Verdict,
};
use crate::domain::file_mark::FileMark;
use crate::domain::id::{DeviceId, ScanId};
use crate::domain::time::Moment;
use uuid::Uuid;

/// What shows all that a clean verdict asks for.
pub(crate) const WHOLE: [Area; 3] = Area::WHOLE;

pub(crate) fn trace(kind: Kind, name: &str) -> Trace {
    Trace {
        kind,
        name: name.to_owned(),
        product: None,
        generation: None,
        path: None,
        state: State::Present,
        line: 1,
        file: None,
        confidence: Confidence::Sure,
        text: format!("a line with {name}"),
        key: name.to_lowercase(),
        places: Vec::new(),
    }
}

/// A scan that found these and shows these areas, with the verdict that follows.
pub(crate) fn scan(found: &[(Kind, &str)], covers: &[Area]) -> Scan {
    let traces: Vec<Trace> = found.iter().map(|(kind, name)| trace(*kind, name)).collect();
    let mut scan = Scan { traces, covers: covers.to_vec(), ..Scan::default() };
    scan.verdict = match () {
        () if scan.found().any(|trace| trace.kind == Kind::Program) => Verdict::Installed,
        () if scan.found().next().is_some() => Verdict::Leftovers,
        () if !scan.traces.is_empty() => Verdict::ToolTracesOnly,
        () if scan.is_whole() => Verdict::Clean,
        () => Verdict::NothingFound,
    };
    scan
}

/// With the loudest alert.
pub(crate) fn alarmed(mut scan: Scan) -> Scan {
    let text = "The mouse may be dead after the next restart".to_owned();
    scan.alerts.push(Alert { level: AlertLevel::Danger, text });
    scan
}

/// With other antivirus: name, state, whether current.
pub(crate) fn protected(mut scan: Scan, known: &[(&str, State, Option<bool>)]) -> Scan {
    for (name, state, current) in known {
        let (name, vendor) = ((*name).to_owned(), (*name).to_owned());
        scan.other_antivirus.push(OtherAntivirus {
            name,
            vendor,
            state: *state,
            current: *current,
        });
    }
    scan
}

/// The scan, kept `ms` after the beginning of time, from one file of its own.
pub(crate) fn kept(device: DeviceId, side: Side, ms: i64, scan: Scan) -> KeptScan {
    let n = u128::try_from(ms).expect("after the beginning");
    let file = FileMark { name: format!("{ms}.txt"), sha256: format!("{n:064x}") };
    let stamp = (ScanId(Uuid::from_u128(n)), Moment(ms));
    KeptScan::new(stamp, (device, side), vec![file], scan, Lines::Dropped)
}
