//! Rows divided by tabs whose header doesn't help: `msinfo32`'s report, whose titles are in the system's
//! language, and the text that Autoruns itself saves. Their cells are told by what they look like.

use super::record::{Record, owner_said};
use crate::domain::evidence::trace::{Area, State};
use crate::evidence::collector::Collector;
use crate::evidence::fact::{Fact, Line, Role};
use crate::evidence::words;

/// Sections and rows that make a report of `msinfo32`.
const SECTIONS_MIN: usize = 2;
/// Cells of the widest row, a service's.
const CELLS_MAX: usize = 16;
/// Bytes of a place that Autoruns names: a registry key's path.
const PLACE_BYTES_MAX: usize = 1_000;
/// What `msinfo32` says of a driver or service that runs, in the languages of Windows.
const RUNNING: [&str; 9] = [
    "Running",
    "Wird ausgeführt",
    "Работает",
    "En cours d’exécution",
    "En cours d'exécution",
    "En ejecución",
    "In esecuzione",
    "Uruchomione",
    "Em execução",
];
const STOPPED: [&str; 8] = [
    "Stopped",
    "Beendet",
    "Остановлено",
    "Arrêté",
    "Detenido",
    "Interrotto",
    "Zatrzymane",
    "Parado",
];

/// Reads such rows.
#[derive(Default)]
pub(super) struct Rows {
    /// The registry key or folder that Autoruns' next entries start from.
    place: String,
    n_sections: usize,
    /// Rows of a report, and of Autoruns' text.
    n_told: usize,
    n_entries: usize,
}

impl Rows {
    /// Whether a line could be a part of such an export, at a glance.
    pub(super) fn could_be(text: &str) -> bool {
        text.starts_with(['[', 'H', '"']) || memchr::memchr(b'\t', text.as_bytes()).is_some()
    }

    /// Reads a line. Says whether it was a row.
    pub(super) fn line(&mut self, line: Line<'_>, out: &mut Collector<'_>) -> bool {
        let text = line.text.trim_end();
        self.n_sections += usize::from(text.starts_with('[') && text.ends_with(']'));
        let place = text.split('\t').next().unwrap_or_default().trim_matches('"');
        if words::starts(place, "HKLM\\") || words::starts(place, "HKCU\\") {
            self.place.clear();
            self.place.push_str(words::cut(place, PLACE_BYTES_MAX));
            return false;
        }
        let n_tabs = memchr::memchr_iter(b'\t', text.as_bytes()).take(CELLS_MAX).count();
        self.n_told += usize::from(n_tabs > 1);
        let is_entry = n_tabs > 2 && (text.starts_with("+ ") || text.starts_with("X "));
        self.n_entries += usize::from(is_entry);
        if !line.is_hit {
            return false;
        }
        let cells: Vec<&str> = text.split('\t').take(CELLS_MAX).map(str::trim).collect();
        // What a report tells of past crashes is no list.
        let is_report = self.n_sections >= SECTIONS_MIN && cells.len() > 1;
        if cells.len() < 4 {
            return is_report;
        }
        if is_entry {
            return self.entry(&cells, line, out);
        }
        report(&cells, line, out) || is_report
    }

    /// `+ "name"<tab>"description"<tab>"company"<tab>"path"<tab>…`; an X for what is switched off.
    fn entry(&self, cells: &[&str], line: Line<'_>, out: &mut Collector<'_>) -> bool {
        let mut said = cells.iter().map(|cell| cell.trim_matches('"'));
        let mut next = || said.next().unwrap_or_default();
        let (entry, description, company, image) = (next(), next(), next(), next());
        let (sign, entry) = entry.split_once(' ').unwrap_or_default();
        let pairs = [
            ("entrylocation", self.place.as_str()),
            ("entry", entry.trim().trim_matches('"')),
            ("description", description),
            ("company", company),
            ("imagepath", image),
            ("enabled", if sign == "X" { "disabled" } else { "enabled" }),
        ];
        Record::new(&pairs, line, Role::default()).tell(out);
        true
    }

    /// The export's name, if the rows were of one.
    pub(super) fn format(&self) -> Option<&'static str> {
        match () {
            () if self.n_entries > 1 => Some("autoruns_text"),
            () if self.n_sections >= SECTIONS_MIN && self.n_told > 1 => Some("msinfo"),
            () => None,
        }
    }
}

/// A row of `msinfo32`: a driver, a service, a task, a library, or what starts by itself.
fn report(cells: &[&str], line: Line<'_>, out: &mut Collector<'_>) -> bool {
    let paths = || cells.iter().map(|cell| words::path(cell));
    let Some(path) = paths().find(|path| path.contains('\\')) else { return false };
    let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
    let is_name = |name: &str| !name.is_empty() && !name.contains([' ', '\\']);
    let says = |words: &[&str]| cells.iter().any(|cell| words.contains(cell));
    let state = match () {
        () if says(&RUNNING) => State::Running,
        () if says(&STOPPED) => State::Stopped,
        () => State::Present,
    };
    let is_program = words::ends(path, ".exe");
    let (area, fact) = match cells.len() {
        _ if words::ends(path, ".sys") && is_name(cell(0)) => {
            let owner = owner_said(cell(1));
            (Area::Drivers, Fact { name: cell(0), path, owner, state, ..Fact::default() })
        }
        _ if is_program && cell(0).eq_ignore_ascii_case(words::file_name(path)) => {
            (Area::Processes, Fact { path, state: State::Running, ..Fact::default() })
        }
        6.. if is_program && is_name(cell(1)) => {
            let owner = owner_said(cell(0));
            (Area::Services, Fact { name: cell(1), path, owner, state, ..Fact::default() })
        }
        4 if is_program && words::starts(cell(3), "HK") => {
            let state = State::Present;
            (Area::Registry, Fact { name: cell(0), path, state, ..Fact::default() })
        }
        5.. if words::ends(path, ".dll") => {
            (Area::Folders, Fact { path, state: State::Present, ..Fact::default() })
        }
        _ => return false,
    };
    out.tell(area, line, &fact);
    true
}

#[cfg(test)]
mod tests {
    use crate::evidence::read;

    #[test]
    fn rows_of_a_report_are_told_by_their_cells() {
        let lab = "c:\\program files\\kaspersky lab\\kaspersky free 18.0.0";
        let table = [
            (
                "klif\tx\tc:\\windows\\system32\\drivers\\klif.sys\tкернел\tДа\tРаботает"
                    .to_owned(),
                "driver klif running",
            ),
            (
                format!("Служба\tAVP18.0.0\tРаботает\tАвто\tx\t\"{lab}\\avp.exe\" -r\tx"),
                "service AVP18.0.0 running",
            ),
            (format!("avpui.exe\t{lab}\\avpui.exe\t4120\t8\t200"), "process avpui.exe running"),
            (
                format!("AVP\t\"{lab}\\avpui.exe\"\tPublic\tHKLM\\SOFTWARE\\Run"),
                "registry_key AVP present",
            ),
            (
                format!("prremote\t18.0\t1 MB\t{lab}\\prremote.dll\tx"),
                "folder c:\\program files\\kaspersky lab\\kaspersky free 18.0.0 present",
            ),
            ("ksthunk\tx\tc:\\windows\\system32\\drivers\\ksthunk.sys\tx\tx".to_owned(), ""),
        ];
        for (row, said) in table {
            let scan =
                read(format!("[One]\r\n\r\n[Two]\r\n\r\na\tb\tc\td\r\n{row}\r\n").as_bytes());
            let trace = scan.traces.first();
            let told = trace.map(|trace| {
                format!("{} {} {}", trace.kind.name(), trace.name, trace.state.name())
            });
            assert_eq!(told.unwrap_or_default(), said, "{row}");
            assert_eq!(scan.formats, ["msinfo"], "{row}");
        }
    }

    #[test]
    fn an_entry_of_autoruns_belongs_to_the_place_above_it() {
        let text = "\"HKLM\\System\\CurrentControlSet\\Services\"\t\"\"\t\"\"\t\"\"\r\n\
            + \"AVP18.0.0\"\t\"x\"\t\"AO Kaspersky Lab\"\t\"c:\\kl\\kaspersky lab\\avp.exe\"\r\n\
            X \"KLIF\"\t\"x\"\t\"AO Kaspersky Lab\"\t\"c:\\windows\\system32\\drivers\\klif.sys\"\r\n";
        let scan = read(text.as_bytes());
        let told: Vec<_> =
            scan.traces.iter().map(|trace| (trace.kind.name(), trace.state.name())).collect();
        assert_eq!(told, [("service", "enabled"), ("driver", "disabled")]);
        assert_eq!(scan.formats, ["autoruns_text"]);
    }
}
