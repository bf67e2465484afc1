//! What the traces of a scan amount to, and what must be seen first.

use crate::domain::evidence::trace::{Alert, AlertLevel, Area, Kind, Scan, State, Trace, Verdict};

/// Filter words of mouse and keyboard: without their driver the device is dead after a restart.
const INPUT_FILTERS: [(&str, &str); 2] = [("klmouflt", "mouse"), ("klkbdflt", "keyboard")];

/// The verdict, by the rules of the desk: disabled is not removed, Security Center alone is no proof.
pub(super) fn verdict(scan: &Scan) -> Verdict {
    let mut there = scan.traces.iter().filter(|trace| trace.state != State::Removed).peekable();
    if there.peek().is_none() {
        let whole = [Area::Programs, Area::Services, Area::Drivers];
        let is_removed = !scan.traces.is_empty();
        let is_whole = whole.iter().all(|area| scan.shows(*area));
        return if is_whole && !is_removed { Verdict::Clean } else { Verdict::NothingFound };
    }
    let traces: Vec<&Trace> = there.collect();
    let has = |kind: Kind| traces.iter().any(|trace| trace.kind == kind);
    let is_own = |trace: &&&Trace| !matches!(trace.kind, Kind::Tool | Kind::OtherBrand);
    if traces.iter().any(|trace| is_proof(trace)) {
        return Verdict::Installed;
    }
    // Another brand brings the engine's drivers along.
    let is_brought = |trace: &&Trace| matches!(trace.kind, Kind::Driver);
    match traces.iter().find(is_own) {
        Some(_) if has(Kind::OtherBrand) && traces.iter().filter(is_own).all(is_brought) => {
            Verdict::OtherBrand
        }
        Some(_) => Verdict::Leftovers,
        None if has(Kind::OtherBrand) => Verdict::OtherBrand,
        None => Verdict::ToolTracesOnly,
    }
}

/// Whether a trace alone proves that a product is installed.
///
/// A service proves it only where the export says that it runs or is switched on. A list of
/// registered services (`reg export`, `sc qc`) doesn't: uninstallers leave such keys behind, and
/// what is left of a product is found by its name all the same. A Security Center entry alone
/// doesn't either: removed products stay listed.
fn is_proof(trace: &Trace) -> bool {
    match trace.kind {
        Kind::Program | Kind::MacApp | Kind::AndroidPackage => trace.state != State::FileMissing,
        Kind::Process => true,
        Kind::Service | Kind::MacLaunchd => matches!(trace.state, State::Running | State::Enabled),
        _ => false,
    }
}

/// What must be seen before anything else.
pub(super) fn alerts(scan: &Scan) -> Vec<Alert> {
    let filters = scan
        .traces
        .iter()
        .filter(|trace| trace.kind == Kind::ClassFilter && !matches!(trace.state, State::Removed));
    let mut alerts = Vec::new();
    for filter in filters {
        let word = filter.name.split('.').next().unwrap_or_default().to_lowercase();
        let named = INPUT_FILTERS.iter().find(|(known, _)| word.starts_with(known));
        let device = named.map_or("a device", |(_, device)| *device);
        if has_driver(scan, &word) {
            continue;
        }
        let why = if scan.shows(Area::Drivers) {
            "its driver is missing"
        } else {
            "none of these files shows its driver"
        };
        let may = if named.is_some() {
            format!("The {device} may be dead")
        } else {
            "A device may fail".to_owned()
        };
        let text = format!(
            "{may} after the next restart: {} is still a filter of its device class, and {why}. \
             Do not restart; take this one word out of UpperFilters first.",
            filter.name
        );
        alerts.push(Alert { level: AlertLevel::Danger, text });
    }
    alerts.dedup();
    alerts
}

/// Whether the scan shows the filter's driver with its file, or that the product is whole.
fn has_driver(scan: &Scan, word: &str) -> bool {
    let is_it = |trace: &&Trace| {
        let base = trace.key.split('.').next().unwrap_or_default();
        trace.kind == Kind::Driver && base == word
    };
    let is_missing = |trace: &Trace| matches!(trace.state, State::FileMissing | State::Removed);
    let mut drivers = scan.traces.iter().filter(is_it).peekable();
    if drivers.peek().is_some() {
        return drivers.any(|trace| !is_missing(trace));
    }
    !scan.shows(Area::Drivers) && scan.verdict == Verdict::Installed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::evidence::trace::Confidence;
    use crate::evidence::Scanner;
    use crate::evidence::signatures::Signatures;

    /// What was found, what was covered, and the verdict.
    type Row = (&'static [(Kind, State)], &'static [Area], Verdict);

    const WHOLE: [Area; 3] = [Area::Programs, Area::Services, Area::Drivers];

    fn trace(kind: Kind, key: &str, state: State) -> Trace {
        Trace {
            kind,
            name: key.to_owned(),
            product: None,
            generation: None,
            path: None,
            state,
            line: 1,
            confidence: Confidence::Sure,
            text: String::new(),
            key: key.to_owned(),
            places: Vec::new(),
        }
    }

    fn scan(traces: Vec<Trace>, covers: &[Area]) -> Scan {
        let mut scan = Scan { traces, covers: covers.to_vec(), ..Scan::default() };
        scan.verdict = verdict(&scan);
        scan.alerts = alerts(&scan);
        scan
    }

    #[test]
    fn the_verdict_follows_from_what_was_found() {
        use Kind::{Driver, OtherBrand, Program, SecurityCenter, Service, Tool};
        let table: [Row; 11] = [
            (&[], &[], Verdict::NothingFound),
            (&[], &WHOLE, Verdict::Clean),
            (&[], &[Area::Programs, Area::Services], Verdict::NothingFound),
            (&[(Program, State::Unknown)], &[], Verdict::Installed),
            (&[(SecurityCenter, State::Enabled)], &WHOLE, Verdict::Leftovers),
            (&[(Service, State::Running)], &[], Verdict::Installed),
            (&[(Service, State::Stopped)], &[], Verdict::Leftovers),
            (&[(Driver, State::Running)], &[], Verdict::Leftovers),
            (&[(Tool, State::Unknown)], &WHOLE, Verdict::ToolTracesOnly),
            (&[(OtherBrand, State::Unknown), (Driver, State::Running)], &[], Verdict::OtherBrand),
            (&[(Driver, State::Removed)], &WHOLE, Verdict::NothingFound),
        ];
        for (found, covers, said) in table {
            let traces = found.iter().map(|(kind, state)| trace(*kind, "x", *state)).collect();
            assert_eq!(scan(traces, covers).verdict, said, "{found:?}");
        }
    }

    #[test]
    fn a_filter_word_without_its_driver_is_the_loudest_alert() {
        let word = || trace(Kind::ClassFilter, "klmouflt", State::Present);
        let driver = |state| trace(Kind::Driver, "klmouflt", state);
        let table = [
            (vec![word()], vec![Area::Drivers], 1),
            (vec![word()], vec![], 1),
            (vec![word(), driver(State::Running)], vec![Area::Drivers], 0),
            (vec![word(), driver(State::FileMissing)], vec![Area::Drivers], 1),
            (vec![word(), trace(Kind::Program, "kis", State::Unknown)], vec![], 0),
            (vec![word(), trace(Kind::Program, "kis", State::Unknown)], vec![Area::Drivers], 1),
            (vec![driver(State::FileMissing)], vec![Area::Drivers], 0),
        ];
        for (traces, covers, n_alerts) in table {
            let scan = scan(traces.clone(), &covers);
            assert_eq!(scan.alerts.len(), n_alerts, "{traces:?}");
            assert!(scan.alerts.iter().all(|alert| alert.level == AlertLevel::Danger));
        }
    }

    /// ZoneAlarm's firewall has the same service as its editions with Kaspersky's engine, and none
    /// of its drivers: beside it they may be what Kaspersky left. Only an edition's own name, or its
    /// antivirus in Security Center, tells that they are brought along.
    #[test]
    fn zonealarms_service_does_not_tell_whose_the_drivers_of_the_engine_are() {
        const SERVICES: &str = "SERVICE_NAME: vsmon\r\nDISPLAY_NAME: TrueVector Internet Monitor\r\n        TYPE               : 110  WIN32_OWN_PROCESS\r\n        STATE              : 4  RUNNING\r\n\r\n";
        const DRIVER: &str = "SERVICE_NAME: klif\r\nDISPLAY_NAME: klif\r\n        TYPE               : 2  FILE_SYSTEM_DRIVER\r\n        STATE              : 4  RUNNING\r\n\r\n";
        const CENTER: &str = "Node,displayName,instanceGuid,productState\r\nPC,ZoneAlarm Antivirus,{DE038A5B-9EEE-18A9-2361-FF7D98D43730},266240\r\n";
        const FIREWALL: &str =
            "Node,Name,Vendor,Version\r\nPC,ZoneAlarm Free Firewall,Check Point,15.1.504\r\n";
        const OWN: &str =
            "Node,Name,Vendor,Version\r\nPC,Kaspersky Anti-Virus,Kaspersky,17.0.0.611\r\n";
        let table: [(&[&str], Verdict); 6] = [
            (&[SERVICES], Verdict::NothingFound),
            (&[SERVICES, DRIVER], Verdict::Leftovers),
            (&[SERVICES, DRIVER, FIREWALL], Verdict::Leftovers),
            (&[SERVICES, DRIVER, CENTER], Verdict::OtherBrand),
            (&[SERVICES, CENTER], Verdict::OtherBrand),
            (&[SERVICES, DRIVER, CENTER, OWN], Verdict::Installed),
        ];
        for (exports, said) in table {
            let mut scanner = Scanner::new(Signatures::builtin());
            for export in exports {
                scanner.add(export.as_bytes()).expect("from memory");
            }
            assert_eq!(scanner.finish().verdict, said, "{exports:?}");
        }
    }
}
