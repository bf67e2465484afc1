//! What to export next, so that what two scans leave unknown can be known.

use super::{Comparison, Fate};
use crate::domain::evidence::trace::{EITHER, Kind, Trace};

/// Logs that name their own places, and what makes them again.
const LOGS: [(&str, &str); 7] = [
    ("frst ", "FRST, with FRST.txt and Addition.txt"),
    ("otl", "OTL"),
    ("hijackthis", "HijackThis"),
    ("combofix", "ComboFix's log"),
    ("autoruns", "Autoruns"),
    ("programs beside ", "the same list of programs as before"),
    ("collect", "collect.cmd"),
];

/// Commands that are told in a line.
const TOLD_MAX: usize = 2;

impl Comparison {
    /// A command or tool for each thing that the after-files don't show, each once, as typed.
    pub fn to_show(&self) -> Vec<String> {
        let unknown = self.changes.iter().filter(|change| change.fate == Fate::Unknown);
        let mut said: Vec<String> = Vec::new();
        for change in unknown.filter(|change| change.trace.kind.is_counted()) {
            for command in commands(&change.trace) {
                if !said.contains(&command) {
                    said.push(command);
                }
            }
        }
        said
    }

    /// The same in a line; where that would be a list, what brings them all.
    pub fn to_show_text(&self) -> String {
        match self.to_show().as_slice() {
            few if few.len() <= TOLD_MAX => few.join("; "),
            _ => "the same exports as before; on Windows collect.cmd shows all".to_owned(),
        }
    }
}

/// What lists the places of a trace again, or all of its kind.
fn commands(trace: &Trace) -> Vec<String> {
    let by_place: Vec<String> =
        trace.places.iter().filter_map(|place| command_for(trace.kind, place)).collect();
    if by_place.is_empty() { vec![all_of(trace.kind).to_owned()] } else { by_place }
}

/// What lists this place; `None` where only what lists all of the kind does.
fn command_for(kind: Kind, place: &str) -> Option<String> {
    let place = place.split(EITHER).next().unwrap_or(place);
    if let Some((_, tool)) = LOGS.iter().find(|(head, _)| place.starts_with(head)) {
        return Some((*tool).to_owned());
    }
    // The names of people are masked, and whose the current user's keys are isn't known.
    if place.contains('<') || place.starts_with("hkcu\\") {
        return Some("collect.cmd".to_owned());
    }
    match kind {
        Kind::Folder if place.contains(":\\") => Some(format!("dir /ad \"{place}\"")),
        Kind::Folder if place.ends_with(':') => Some(format!("dir /ad {place}\\")),
        Kind::ClassFilter if place.starts_with('{') => {
            Some(format!("reg query HKLM\\SYSTEM\\CurrentControlSet\\Control\\Class\\{place}"))
        }
        Kind::Program if place.starts_with("hk") => Some(format!("reg query \"{place}\" /s")),
        Kind::RegistryKey if place.starts_with("hk") => Some(format!("reg query \"{place}\"")),
        Kind::SecurityCenter => {
            let class = match place {
                "security center fw" => "FirewallProduct",
                "security center as" => "AntiSpywareProduct",
                _ => "AntiVirusProduct",
            };
            Some(format!("wmic /namespace:\\\\root\\SecurityCenter2 path {class} get /format:list"))
        }
        _ => None,
    }
}

/// What lists all of a kind.
fn all_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Program => "reg export of both Uninstall keys (collect.cmd does it)",
        Kind::Service => "sc query type= all state= all",
        Kind::Driver => "driverquery /v",
        Kind::Process => "tasklist",
        Kind::NetworkFilter => "PowerShell: Get-NetAdapterBinding",
        Kind::Certificate => "certutil -store root",
        Kind::SecurityCenter
        | Kind::Folder
        | Kind::RegistryKey
        | Kind::ClassFilter
        | Kind::BrowserExtension
        | Kind::Tool
        | Kind::OtherBrand => "collect.cmd",
        Kind::MacApp => "system_profiler SPApplicationsDataType",
        Kind::MacKext => "kextstat; ls /Library/Extensions /Library/LaunchAgents /Users",
        Kind::MacLaunchd => {
            "launchctl list; ls /Library/LaunchAgents /Library/LaunchDaemons /Users"
        }
        Kind::AndroidPackage => "adb shell pm list packages",
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::evidence::compare::compare;
    use crate::domain::evidence::samples::{scan, trace};
    use crate::domain::evidence::trace::{Kind, Scan};

    #[test]
    fn what_is_not_shown_is_told_with_the_command_that_shows_it() {
        let table: [(Kind, &[&str], &[&str]); 13] = [
            (Kind::Driver, &[], &["driverquery /v"]),
            (Kind::Service, &[], &["sc query type= all state= all"]),
            (Kind::Folder, &["c:\\programdata"], &["dir /ad \"c:\\programdata\""]),
            (Kind::Folder, &["c:"], &["dir /ad c:\\"]),
            (Kind::Folder, &["c:\\users\\<user>\\appdata 1f3a"], &["collect.cmd"]),
            (Kind::RegistryKey, &["hklm\\software"], &["reg query \"hklm\\software\""]),
            (Kind::RegistryKey, &["hkcu\\software"], &["collect.cmd"]),
            (
                Kind::Program,
                &["programs beside 1f3a", "programs beside 77d0"],
                &["the same list of programs as before"],
            ),
            (
                Kind::Program,
                &["elsewhere"],
                &["reg export of both Uninstall keys (collect.cmd does it)"],
            ),
            (Kind::BrowserExtension, &["frst internet"], &["FRST, with FRST.txt and Addition.txt"]),
            (Kind::BrowserExtension, &["elsewhere"], &["collect.cmd"]),
            (Kind::Tool, &[], &[]),
            (
                Kind::ClassFilter,
                &["{4d36e96f-e325-11ce-bfc1-08002be10318}"],
                &[
                    "reg query HKLM\\SYSTEM\\CurrentControlSet\\Control\\Class\\{4d36e96f-e325-11ce-bfc1-08002be10318}",
                ],
            ),
        ];
        for (kind, places, said) in table {
            let mut before = scan(&[], &[]);
            for name in ["one", "another"] {
                let mut trace = trace(kind, name);
                trace.places = places.iter().map(|place| (*place).to_owned()).collect();
                before.traces.push(trace);
            }
            assert_eq!(compare(&before, &Scan::default()).to_show(), said, "{kind:?} {places:?}");
        }
    }

    #[test]
    fn many_commands_are_told_as_what_brings_them_all() {
        let text = |kinds: &[Kind]| {
            let traces = kinds.iter().map(|kind| trace(*kind, "x")).collect();
            let before = Scan { traces, ..scan(&[], &[]) };
            compare(&before, &Scan::default()).to_show_text()
        };
        assert_eq!(text(&[]), "");
        assert_eq!(text(&[Kind::Process, Kind::Driver]), "tasklist; driverquery /v");
        let all = "the same exports as before; on Windows collect.cmd shows all";
        assert_eq!(text(&[Kind::Process, Kind::Driver, Kind::Service]), all);
    }
}
