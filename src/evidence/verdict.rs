//! What the traces of a scan amount to, and what must be seen first.

use std::collections::BTreeSet;

use crate::domain::evidence::trace::{Alert, AlertLevel, Area, Kind, Scan, State, Trace, Verdict};

/// Filter words of mouse and keyboard: without their driver the device is dead after a restart.
const INPUT_FILTERS: [(&str, &str); 2] = [("klmouflt", "mouse"), ("klkbdflt", "keyboard")];

/// The verdict, by the rules of the desk: disabled is not removed, Security Center alone is no proof.
pub(super) fn verdict(scan: &Scan) -> Verdict {
    let traces: Vec<&Trace> = scan.traces.iter().filter(|trace| trace.is_there()).collect();
    if traces.is_empty() {
        return if scan.is_whole() { Verdict::Clean } else { Verdict::NothingFound };
    }
    let has = |kind: Kind| traces.iter().any(|trace| trace.kind == kind);
    let is_own = |trace: &&&Trace| trace.kind.is_counted();
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

/// What must be seen before anything else. `driver_files` are the drivers whose file a list of
/// files shows, by their keys.
pub(super) fn alerts(scan: &Scan, driver_files: &BTreeSet<String>) -> Vec<Alert> {
    let filters = scan.found().filter(|trace| trace.kind == Kind::ClassFilter);
    let mut alerts = Vec::new();
    for filter in filters {
        let word = filter.name.split('.').next().unwrap_or_default().to_lowercase();
        let named = INPUT_FILTERS.iter().find(|(known, _)| word.starts_with(known));
        let device = named.map_or("a device", |(_, device)| *device);
        let why = match driver(scan, &word, driver_files) {
            Driver::There => continue,
            Driver::Idle => "its driver is listed, but does not run, and its file was not seen",
            Driver::Missing => "its driver is missing",
            Driver::NotShown => "none of these files shows its driver",
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

/// What the scan says of a filter's driver.
enum Driver {
    /// It runs, or its file was seen, or the product is whole.
    There,
    /// It is listed, and no more: an uninstaller can leave that behind.
    Idle,
    /// Drivers are shown, and it is not among them, or its file is missing.
    Missing,
    /// Drivers are not shown.
    NotShown,
}

fn driver(scan: &Scan, word: &str, files: &BTreeSet<String>) -> Driver {
    let base = |key: &str| key.split('.').next() == Some(word);
    let is_it = |trace: &&Trace| trace.kind == Kind::Driver && base(&trace.key);
    let is_installed = scan.verdict == Verdict::Installed;
    let mut listed = scan.traces.iter().filter(is_it).peekable();
    if listed.peek().is_none() {
        return match scan.shows(Area::Drivers) {
            true => Driver::Missing,
            false if is_installed => Driver::There,
            false => Driver::NotShown,
        };
    }
    let is_missing = |trace: &Trace| matches!(trace.state, State::FileMissing | State::Removed);
    let listed: Vec<&Trace> = listed.filter(|trace| !is_missing(trace)).collect();
    let runs = listed.iter().any(|trace| trace.state == State::Running);
    match () {
        () if listed.is_empty() => Driver::Missing,
        () if runs || is_installed || files.iter().any(|key| base(key)) => Driver::There,
        () => Driver::Idle,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::evidence::trace::Confidence;
    use crate::evidence::Scanner;
    use crate::evidence::signatures::Signatures;

    /// What was found, what was covered, and the verdict.
    type Row = (&'static [(Kind, State)], &'static [Area], Verdict);

    fn trace(kind: Kind, key: &str, state: State) -> Trace {
        Trace {
            kind,
            name: key.to_owned(),
            product: None,
            generation: None,
            path: None,
            state,
            line: 1,
            file: None,
            confidence: Confidence::Sure,
            text: String::new(),
            key: key.to_owned(),
            places: Vec::new(),
        }
    }

    fn scan(traces: Vec<Trace>, covers: &[Area]) -> Scan {
        let mut scan = Scan { traces, covers: covers.to_vec(), ..Scan::default() };
        scan.verdict = verdict(&scan);
        scan.alerts = alerts(&scan, &BTreeSet::new());
        scan
    }

    #[test]
    fn the_verdict_follows_from_what_was_found() {
        use Kind::{Driver, OtherBrand, Program, SecurityCenter, Service, Tool};
        let table: [Row; 12] = [
            (&[], &[], Verdict::NothingFound),
            (&[], &Area::WHOLE, Verdict::Clean),
            (&[], &[Area::Programs, Area::Services], Verdict::NothingFound),
            (&[(Program, State::Unknown)], &[], Verdict::Installed),
            (&[(SecurityCenter, State::Enabled)], &Area::WHOLE, Verdict::Leftovers),
            (&[(Service, State::Running)], &[], Verdict::Installed),
            (&[(Service, State::Stopped)], &[], Verdict::Leftovers),
            (&[(Driver, State::Running)], &[], Verdict::Leftovers),
            (&[(Tool, State::Unknown)], &Area::WHOLE, Verdict::ToolTracesOnly),
            (&[(OtherBrand, State::Unknown), (Driver, State::Running)], &[], Verdict::OtherBrand),
            (&[(Driver, State::Removed)], &[Area::Programs], Verdict::NothingFound),
            (&[(Driver, State::Removed)], &Area::WHOLE, Verdict::Clean),
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
            // A word in a list is no file.
            (vec![word(), driver(State::Stopped)], vec![Area::Drivers], 1),
            (vec![word(), driver(State::Present)], vec![Area::Drivers], 1),
            (vec![word(), driver(State::Disabled)], vec![], 1),
            (
                vec![word(), driver(State::Stopped), trace(Kind::Program, "kis", State::Unknown)],
                vec![Area::Drivers],
                0,
            ),
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

    #[test]
    fn a_stopped_driver_vouches_for_its_filter_only_where_its_file_was_seen() {
        const CLASS: &str = "HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Class\\{4D36E96F-E325-11CE-BFC1-08002BE10318}\r\n    UpperFilters    REG_MULTI_SZ    klmouflt\\0mouclass\r\n\r\n";
        const STOPPED: &str = "SERVICE_NAME: klmouflt\r\nDISPLAY_NAME: klmouflt\r\n        TYPE               : 1  KERNEL_DRIVER\r\n        STATE              : 1  STOPPED\r\n\r\n";
        const FILES: &str = " Directory of C:\\Windows\\System32\\drivers\r\n\r\n05/10/2017  08:30 AM            55,112 klmouflt.sys\r\n";
        let alarm = "its driver is listed, but does not run, and its file was not seen";
        let table: [(&[&str], Option<&str>); 4] = [
            (&[CLASS], Some("none of these files shows its driver")),
            (&[CLASS, STOPPED], Some(alarm)),
            (&[CLASS, STOPPED, FILES], None),
            (&[FILES, STOPPED, CLASS], None),
        ];
        for (exports, why) in table {
            let mut scanner = Scanner::new(Signatures::builtin());
            for export in exports {
                scanner.add(export.as_bytes()).expect("from memory");
            }
            let alerts = scanner.finish().alerts;
            let said = alerts.first().map(|alert| alert.text.as_str());
            assert_eq!(said.is_some(), why.is_some(), "{exports:?}: {said:?}");
            assert!(said.unwrap_or_default().contains(why.unwrap_or_default()), "{said:?}");
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
