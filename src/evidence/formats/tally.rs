//! Counts what the records of an export list, to say what it shows whole, and what it is.

use crate::domain::evidence::trace::Area;
use crate::evidence::collector::Collector;
use crate::evidence::words;

/// Fewer records than this are a search result, not a device's list.
const RECORDS_MIN: usize = 3;

/// What the records of one export were.
#[derive(Default)]
pub(super) struct Tally {
    programs: usize,
    services: usize,
    drivers: usize,
    processes: usize,
    centers: usize,
    certificates: usize,
    bindings: usize,
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
        self.has_stopped =
            self.has_stopped || pairs.iter().any(|(_, value)| words::contains(value, "stopped"));
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
            Some(Area::NetworkFilters) => self.bindings += 1,
            _ => (),
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
            (many(self.bindings), Area::NetworkFilters),
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
