//! Counts what the records of an export list, to say what it shows whole, and what it is.

use crate::domain::evidence::trace::Area;
use crate::evidence::collector::Collector;
use crate::evidence::piece::Piece;

/// Fewer records than this are a search result, not a device's list.
const RECORDS_MIN: usize = 3;

/// How services say that they don't run.
const STOPPED: Piece = Piece::new("stopped");

/// What the records of one export were.
#[derive(Default)]
pub(super) struct Tally {
    programs: usize,
    services: usize,
    drivers: usize,
    processes: usize,
    centers: usize,
    certificates: usize,
    /// Different components that network adapters are bound to, up to [`RECORDS_MIN`].
    bound: Vec<String>,
    autoruns: usize,
    has_stopped: bool,
    is_service_control: bool,
    /// Drivers come in the order of the alphabet; one list that ends before K shows none of Kaspersky's.
    last_driver: String,
    is_sorted: bool,
}

impl Tally {
    /// Counts a record of this area, whose first value is `name`.
    pub(super) fn count(&mut self, area: Option<Area>, name: &str, pairs: &[(&str, &str)]) {
        let is_autorun = pairs.iter().any(|(key, _)| *key == "entrylocation");
        self.autoruns += usize::from(is_autorun);
        self.has_stopped = self.has_stopped
            || pairs.iter().any(|(_, value)| STOPPED.find_any_case(value).is_some());
        // Their words have a sign that hardly any other value has.
        let is_control = |value: &str| {
            memchr::memchr(b'_', value.as_bytes()).is_some()
                && (value.contains("WIN32_") || value.contains("_DRIVER"))
        };
        self.is_service_control = self.is_service_control
            || pairs.first().is_some_and(|(key, _)| *key == "servicename")
            || pairs.iter().any(|(_, value)| is_control(value));
        match area {
            Some(Area::Programs) => self.programs += 1,
            Some(Area::Services) => self.services += 1,
            Some(Area::Drivers) => {
                let name = name.to_lowercase();
                self.is_sorted = self.drivers == 0 || (self.is_sorted && self.last_driver <= name);
                self.last_driver = name;
                self.drivers += 1;
            }
            Some(Area::Processes) => self.processes += 1,
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

    /// Notes a further record by its name alone: enough to see how far a sorted list goes.
    pub(super) fn pass(&mut self, name: &str) {
        if self.drivers > 0 && self.processes == 0 {
            let name = name.to_lowercase();
            self.is_sorted &= self.last_driver <= name;
            self.last_driver = name;
        }
    }

    /// Says what the export shows whole.
    pub(super) fn tell(&self, out: &mut Collector<'_>) {
        let many = |n: usize| n >= RECORDS_MIN;
        let table = [
            (many(self.programs), Area::Programs),
            // `sc query` without `state= all` shows only what runs.
            (many(self.services) && (self.has_stopped || !self.is_service_control), Area::Services),
            (many(self.drivers) && !self.ends_early(), Area::Drivers),
            (many(self.processes), Area::Processes),
            (many(self.certificates), Area::Certificates),
            (many(self.bound.len()), Area::NetworkFilters),
            (many(self.autoruns), Area::Registry),
        ];
        for (is_whole, area) in table {
            if is_whole {
                out.lists(area);
            }
        }
        if self.drivers > 0 && self.ends_early() {
            out.note("cut short: the list of drivers ends before the letter K");
        }
    }

    fn ends_early(&self) -> bool {
        self.drivers > 5 && self.is_sorted && self.last_driver.as_str() < "l"
    }

    /// The name of a list with this separator.
    pub(super) fn list_format(&self, separator: Option<char>) -> &'static str {
        match separator {
            _ if self.is_service_control => "sc_query",
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
            for text in [format!("{head}{rows_text}"), records.collect()] {
                let scan = read(text.as_bytes());
                assert_eq!(scan.shows(Area::NetworkFilters), is_covered, "{text}");
            }
        }
    }
}
