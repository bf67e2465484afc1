//! Scans as a real device would give them: seven traces before, what is left after.

use super::samples::{Desk, acer};
use super::{ScanIntake, ScanReading};
use crate::domain::entry::Change;
use crate::domain::evidence::kept::{KeptScan, Lines, Side};
use crate::domain::evidence::trace::{
    Alert, AlertLevel, Area, Confidence, Kind, OtherAntivirus, Scan, State, Trace, Verdict,
};
use crate::domain::file_mark::FileMark;
use crate::domain::id::{CaseId, DeviceId, ScanId};
use crate::ui::action::ScanTarget;
use uuid::Uuid;

/// What a usual Kaspersky leaves in a collector's folder.
pub(super) const FOUND: [(Kind, &str); 7] = [
    (Kind::Program, "Kaspersky Internet Security"),
    (Kind::Service, "AVP17.0.0"),
    (Kind::Driver, "klflt.sys"),
    (Kind::Driver, "klif.sys"),
    (Kind::SecurityCenter, "Kaspersky Internet Security"),
    (Kind::NetworkFilter, "Kaspersky Anti-Virus NDIS 6 Filter"),
    (Kind::BrowserExtension, "Kaspersky Protection"),
];

const COVERED: [Area; 8] = [
    Area::Programs,
    Area::Services,
    Area::Drivers,
    Area::Processes,
    Area::SecurityCenter,
    Area::ClassFilters,
    Area::NetworkFilters,
    Area::Browsers,
];

pub(super) fn trace(kind: Kind, name: &str) -> Trace {
    Trace {
        kind,
        name: name.to_owned(),
        product: Some("Kaspersky Internet Security".to_owned()),
        generation: Some("2017 (17.0.0)".to_owned()),
        path: Some(format!(r"C:\Program Files (x86)\Kaspersky Lab\{name}")),
        state: State::Present,
        line: 212,
        file: Some(0),
        confidence: Confidence::Sure,
        text: format!("R2 {name}; C:\\Program Files (x86)\\Kaspersky Lab\\{name} [user masked]"),
        key: name.to_lowercase(),
        places: Vec::new(),
    }
}

/// A scan that shows these traces.
pub(super) fn scan(found: &[(Kind, &str)]) -> Scan {
    let is_installed = found.iter().any(|(kind, _)| *kind == Kind::Program);
    Scan {
        formats: vec!["sc".to_owned(), "reg".to_owned()],
        covers: COVERED.to_vec(),
        verdict: match (found.is_empty(), is_installed) {
            (true, _) => Verdict::Clean,
            (false, true) => Verdict::Installed,
            (false, false) => Verdict::Leftovers,
        },
        traces: found.iter().map(|(kind, name)| trace(*kind, name)).collect(),
        ..Scan::default()
    }
}

/// The after-scan of a device on which Windows Defender is on again and current.
pub(super) fn after(found: &[(Kind, &str)]) -> Scan {
    let defender = OtherAntivirus {
        name: "Windows Defender".to_owned(),
        vendor: "Microsoft".to_owned(),
        state: State::Enabled,
        current: Some(true),
    };
    Scan { other_antivirus: vec![defender], ..scan(found) }
}

/// A filter of the keyboard that has lost its driver.
pub(super) fn alarmed() -> Scan {
    let text = "The keyboard may be dead after the next restart: klkbdflt is still a filter of \
                its device class, and its driver is gone. Do not restart; take this one word out \
                of UpperFilters first."
        .to_owned();
    let alerts = vec![Alert { level: AlertLevel::Danger, text }];
    Scan { alerts, ..after(&[(Kind::ClassFilter, "klkbdflt")]) }
}

/// What the window knows of exports that are not in the case.
#[derive(Default)]
pub(super) struct Intake {
    /// What is new in the watched folder.
    pub(super) offer: String,
    pub(super) with_lines: Vec<ScanId>,
    /// How far exports are that are being read.
    pub(super) reading: Option<f32>,
}

impl Intake {
    pub(super) fn of(&self, case: CaseId) -> ScanIntake<'_> {
        let target = ScanTarget { case, device: acer().id, side: Side::After };
        let names = "evidence-20171005111204";
        let reading = |fraction| ScanReading { target, names, fraction: Some(fraction) };
        ScanIntake {
            offer_before: &self.offer,
            offer_after: &self.offer,
            reading: self.reading.map(reading),
            with_lines: &self.with_lines,
            asked: None,
        }
    }
}

impl Desk {
    /// Keeps a scan of the laptop, as the window does once it is read.
    pub(super) fn keep(&mut self, side: Side, scan: Scan) -> ScanId {
        self.keep_of(acer().id, side, scan)
    }

    pub(super) fn keep_of(&mut self, device: DeviceId, side: Side, scan: Scan) -> ScanId {
        let n = self.file.case.scans.len() as u128;
        let id = ScanId(Uuid::from_u128(100 + n));
        self.now = self.now.plus_ms(60_000);
        let files = vec![FileMark {
            name: "services.txt".to_owned(),
            sha256: format!("{n}{}", "7d".repeat(32)).chars().take(64).collect(),
        }];
        let kept = KeptScan::new((id, self.now), (device, side), files, scan, Lines::Dropped);
        let case = self.file.case.id;
        let me = self.people[0].clone();
        self.record(&me, Change::EvidenceKept { case, scan: kept });
        self.intake.with_lines.push(id);
        id
    }
}
