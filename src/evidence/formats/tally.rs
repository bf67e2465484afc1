//! Counts what the records of an export list, to say what it shows whole, and what it is.

use super::Ending;
use super::alphabet::{Alphabet, Extent, FIRST_SERVICE};
use super::program_list::ProgramList;
use crate::domain::evidence::trace::Area;
use crate::evidence::collector::Collector;
use crate::evidence::words;

/// Keys of records that tell of the device as a whole.
const KNOWN: [&str; 4] = ["lastbootuptime", "localdatetime", "osarchitecture", "systemtype"];
/// Keys of what a debugger says of a crash.
const CRASH: [&str; 4] =
    ["causedbydriver", "probablycausedby", "failurebucketid", "defaultbucketid"];
/// Where Autoruns' entries stand.
pub(super) const AUTORUNS: &str = "autoruns";
/// Bytes of a state as `sc` writes it: `4  RUNNING`.
const STATE_BYTES_MAX: usize = 16;
/// Fewer records than this are a search result, not a device's list.
const RECORDS_MIN: usize = 3;
/// Keys of a record's own name, which it is sorted by; in other languages it comes first.
const NAMES: [&str; 5] = ["name", "modulename", "servicename", "imagename", "processname"];
/// What is said of a list of services or drivers that begins late or ends early.
const A_PART: &str = "a part of the list: it must go from A to Z";
/// What is said of one in which all run, or none does.
const ONE_STATE: &str =
    "only what runs is listed, or only what doesn't: ask for all (sc query type= all state= all)";
/// The same of a program, the surest first.
const PROGRAM_NAMES: [&str; 3] = ["displayname", "name", "caption"];
/// Processes that list processes: a list without the one that wrote it ends before it.
const LISTERS: [&str; 6] =
    ["tasklist.exe", "wmic.exe", "powershell", "powershell.exe", "pwsh", "pwsh.exe"];

/// What the records of one export were.
#[derive(Default)]
pub(super) struct Tally {
    programs: ProgramList,
    /// Records of a tool that lists the programs of all of the device's lists.
    n_of_all_lists: usize,
    services: usize,
    drivers: usize,
    processes: usize,
    centers: usize,
    certificates: usize,
    /// Different components that network adapters are bound to, up to [`RECORDS_MIN`].
    bound: Vec<String>,
    autoruns: usize,
    /// Records of a crash.
    crashes: usize,
    states: States,
    is_service_control: bool,
    /// The tool lists some services and drivers only.
    has_partial: bool,
    /// Services and drivers.
    alphabet: Alphabet,
    name_at: usize,
    has_lister: bool,
    /// Records that told something, of whatever kind.
    n_known: usize,
}

/// Whether any is said to run, and any not to: most tools can be asked for the running ones alone.
#[derive(Default)]
struct States {
    has_running: bool,
    has_stopped: bool,
}

impl States {
    /// Whether all run, or none does: a device has always both.
    fn is_one(&self) -> bool {
        self.has_running != self.has_stopped
    }
}

impl Tally {
    /// Counts a record of this area.
    pub(super) fn count(&mut self, area: Option<Area>, pairs: &[(&str, &str)]) {
        self.name_at =
            pairs.iter().position(|(key, _)| NAMES.contains(key)).unwrap_or(self.name_at);
        let name = pairs.get(self.name_at).map_or("", |(_, value)| value.trim());
        let has = |wanted: &str| pairs.iter().any(|(key, _)| *key == wanted);
        let is_known = area.is_some() || KNOWN.iter().any(|key| has(key));
        self.n_known += usize::from(is_known);
        self.autoruns += usize::from(has("entrylocation"));
        // Devices with their drivers, filters that are loaded, what starts by itself: not all drivers.
        self.crashes += usize::from(CRASH.iter().any(|key| has(key)));
        self.has_partial |=
            self.crashes > 0 || has("infname") || has("filtername") || has("entrylocation");
        // `sc` goes on in parentheses. Descriptions tell of services that are stopped, too.
        let is_word = |value: &str, word: &str| {
            let said = value.split('(').next().unwrap_or(value).trim_end();
            said.len() <= STATE_BYTES_MAX && words::ends(said, word)
        };
        let says = |word: &str| pairs.iter().any(|(_, value)| is_word(value, word));
        self.states.has_running = self.states.has_running || says("running");
        self.states.has_stopped = self.states.has_stopped || says("stopped");
        // Their words have a sign that hardly any other value has.
        let is_control = |value: &str| {
            memchr::memchr(b'_', value.as_bytes()).is_some()
                && (value.contains("WIN32_") || value.contains("_DRIVER"))
        };
        self.is_service_control = self.is_service_control
            || pairs.first().is_some_and(|(key, _)| *key == "servicename")
            || pairs.iter().any(|(_, value)| is_control(value));
        match area {
            Some(Area::Programs) => {
                let is_of_all = has("providername") || (has("id") && has("version"));
                self.n_of_all_lists += usize::from(is_of_all);
                let key = |(key, _): &(&str, &str)| PROGRAM_NAMES.contains(key);
                self.name_at = pairs.iter().position(key).unwrap_or(self.name_at);
                self.programs.pass(pairs.get(self.name_at).map_or("", |(_, value)| value));
            }
            Some(Area::Services) => {
                self.services += 1;
                self.alphabet.pass(name);
            }
            Some(Area::Drivers) => {
                self.drivers += 1;
                self.alphabet.pass(name);
            }
            Some(Area::Processes) => {
                self.processes += 1;
                self.pass_process(name);
            }
            Some(Area::SecurityCenter) => self.centers += 1,
            Some(Area::Certificates) => self.certificates += 1,
            Some(Area::NetworkFilters) => self.count_binding(pairs),
            _ => (),
        }
    }

    /// Counts a component once, however many adapters are bound to it: a search for one of them
    /// has a line for each adapter, and shows nothing of the others.
    fn count_binding(&mut self, pairs: &[(&str, &str)]) {
        let component = pairs.iter().find(|(key, _)| *key == "componentid");
        let component = component.map_or("", |(_, value)| value.trim());
        let is_known = |known: &String| known.eq_ignore_ascii_case(component);
        if self.bound.len() < RECORDS_MIN && !self.bound.iter().any(is_known) {
            self.bound.push(component.to_owned());
        }
    }

    /// Which value of a record is its name, from 0.
    pub(super) fn name_at(&self) -> usize {
        self.name_at
    }

    /// Notes a further record by its name alone: enough to see how far a sorted list goes.
    pub(super) fn pass(&mut self, name: &str) {
        if self.processes > 0 {
            self.pass_process(name);
        } else if self.drivers > 0 || self.services > 0 {
            self.alphabet.pass(name);
        } else if self.programs.len() > 0 {
            self.programs.pass(name);
        }
    }

    fn pass_process(&mut self, name: &str) {
        self.has_lister |= LISTERS.iter().any(|lister| lister.eq_ignore_ascii_case(name));
    }

    /// Whether the records are those of `sc`.
    pub(super) fn is_service_control(&self) -> bool {
        self.is_service_control
    }

    /// Whether any record told something.
    pub(super) fn is_known(&self) -> bool {
        self.n_known > 0
    }

    /// Says what the export shows whole.
    pub(super) fn tell(&self, ending: Ending, out: &mut Collector<'_>) {
        let many = |n: usize| n >= RECORDS_MIN;
        let is_ended = ending.is_end();
        let extent = self.alphabet.extent(FIRST_SERVICE);
        let is_whole = match extent {
            Extent::Whole => true,
            Extent::Part => false,
            Extent::Unsorted => is_ended,
        };
        // `sc query` says of each whether it runs.
        let has_all =
            !self.states.is_one() && (self.states.has_stopped || !self.is_service_control);
        let table = [
            (many(self.services) && is_whole && !self.has_partial && has_all, Area::Services),
            (many(self.drivers) && is_whole && !self.has_partial && has_all, Area::Drivers),
            (many(self.processes) && self.has_lister, Area::Processes),
            (many(self.programs.len()) && is_ended && self.n_of_all_lists > 0, Area::Programs),
            (many(self.certificates) && is_ended, Area::Certificates),
            (many(self.bound.len()) && is_ended, Area::NetworkFilters),
            (many(self.autoruns) && is_ended, Area::Registry),
        ];
        for (is_shown, area) in table {
            if is_shown {
                out.lists(area);
            }
        }
        if many(self.autoruns) && is_ended {
            out.lists_place(AUTORUNS);
        }
        if self.programs.len() > 0 && self.n_of_all_lists == 0 {
            out.programs_beside(&self.programs.neighbors());
            if many(self.programs.len()) && is_ended {
                self.programs.ends().for_each(|other| out.lists_beside(other));
            }
        }
        self.note(ending, out);
    }

    /// Says what limits the export.
    fn note(&self, ending: Ending, out: &mut Collector<'_>) {
        let many = |n: usize| n >= RECORDS_MIN;
        let extent = self.alphabet.extent(FIRST_SERVICE);
        let is_list = many(self.services) || many(self.drivers);
        if extent == Extent::Part && is_list && !self.has_partial {
            out.note(A_PART);
        } else if is_list && self.states.is_one() {
            out.note(ONE_STATE);
        }
        let knows_its_end = match () {
            () if self.processes > 0 => self.has_lister,
            () => is_list && extent != Extent::Unsorted,
        };
        if !ending.is_end() && !knows_its_end {
            out.is_cut_short();
        }
    }

    /// The name of a list with this separator.
    pub(super) fn list_format(&self, separator: Option<char>) -> &'static str {
        match separator {
            _ if self.is_service_control && self.crashes == 0 => "sc_query",
            Some('=') => "wmic_list",
            _ => self.tool().unwrap_or("powershell_list"),
        }
    }

    /// The name of a table: `tasklist` and `driverquery` rule their headers with `=`.
    pub(super) fn table_format(&self, rule: char) -> &'static str {
        match rule {
            '=' => self.tool().unwrap_or("tasklist"),
            _ => "powershell_table",
        }
    }

    /// The Windows tool whose records these are, if only it lists such.
    pub(super) fn tool(&self) -> Option<&'static str> {
        match () {
            () if self.crashes > 0 => Some("crash_dump"),
            () if self.autoruns > 0 => Some("autoruns_csv"),
            () if self.processes > self.drivers => Some("tasklist"),
            () if self.drivers > self.services => Some("driverquery"),
            () => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::evidence::trace::Area;
    use crate::evidence::read;

    #[test]
    fn network_filters_are_covered_by_a_list_of_all_not_by_a_search_for_one() {
        let table: [(&[(&str, &str)], bool); 5] = [
            (&[("Ethernet", "ms_msclient"), ("Ethernet", "ms_tcpip")], false),
            (
                &[("Ethernet", "ms_msclient"), ("Ethernet", "ms_pacer"), ("Ethernet", "ms_tcpip")],
                true,
            ),
            (&[("Ethernet", "ms_tcpip"), ("Wi-Fi", "ms_tcpip"), ("VPN", "MS_TCPIP")], false),
            (&[("Ethernet", "kl_klim6"), ("Wi-Fi", "kl_klim6"), ("VPN", "kl_klim6")], false),
            (&[("Ethernet", "ms_tcpip"), ("Wi-Fi", "ms_tcpip"), ("VPN", "ms_server")], false),
        ];
        for (rows, is_covered) in table {
            let row =
                |(name, id): &(&str, &str)| format!("{name:<8} x           {id:<11} True\r\n");
            let rows_text: String = rows.iter().map(row).collect();
            let head = "Name     DisplayName ComponentID Enabled\r\n----     ----------- ----------- -------\r\n";
            let records = rows.iter().map(|(name, id)| {
                format!("Name        : {name}\r\nDisplayName : x\r\nComponentID : {id}\r\nEnabled     : True\r\n\r\n")
            });
            for text in [format!("{head}{rows_text}\r\n"), records.collect()] {
                let scan = read(text.as_bytes());
                assert_eq!(scan.shows(Area::NetworkFilters), is_covered, "{text}");
            }
        }
    }
}
