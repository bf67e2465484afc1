//! Records whose keys are in the system's language: told by what their values look like.

use super::record::{Record, owner_said};
use crate::domain::evidence::trace::{Area, State};
use crate::evidence::collector::Collector;
use crate::evidence::fact::{Fact, Role};
use crate::evidence::words;

impl Record<'_> {
    pub(super) fn binding(&self, out: &mut Collector<'_>) -> Area {
        let is_on = self.get(&["enabled"]).eq_ignore_ascii_case("true");
        let state = if is_on { State::Enabled } else { State::Disabled };
        let fact = Fact {
            name: self.get(&["displayname"]),
            path: self.get(&["componentid"]),
            state,
            ..Fact::default()
        };
        out.tell(Area::NetworkFilters, self.line, &fact);
        Area::NetworkFilters
    }

    pub(super) fn certificate(&self, out: &mut Collector<'_>) -> Area {
        let subject = self.get(&["subject", "friendlyname"]);
        let name = subject.split(", ").find_map(|part| part.strip_prefix("CN=")).unwrap_or(subject);
        let fact = Fact { name, state: State::Present, ..Fact::default() };
        out.tell(Area::Certificates, self.line, &fact);
        Area::Certificates
    }

    /// Tells a record of `tasklist` or `driverquery` in any language, or a path of Kaspersky's.
    pub(super) fn tell_by_looks(&self, out: &mut Collector<'_>) -> Option<Area> {
        let values: Vec<&str> = self.pairs.iter().map(|(_, value)| value.trim()).collect();
        let first = values.first().copied().unwrap_or_default();
        let second = values.get(1).copied().unwrap_or_default();
        if is_program_file(first) && is_number(second) {
            self.process_by_looks(&values, out);
            return Some(Area::Processes);
        }
        let file =
            values.iter().map(|value| words::path(value)).find(|path| words::ends(path, ".sys"));
        if values.len() >= 4
            && !first.contains([' ', '\\'])
            && (file.is_some() || has_date(&values))
        {
            let state = if values.iter().any(|value| value.eq_ignore_ascii_case("RUNNING")) {
                State::Running
            } else {
                State::Present
            };
            let path = file.unwrap_or_default();
            // Lists of modules from memory begin with an address.
            let name = if first.starts_with("0x") { "" } else { first };
            let fact = Fact { name, path, owner: owner_said(second), state, ..Fact::default() };
            out.tell(Area::Drivers, self.line, &fact);
            return Some(Area::Drivers);
        }
        for value in values {
            let path = words::path(value);
            if !path.is_empty() {
                out.tell(Area::Folders, self.line, &Fact { path, ..Fact::default() });
            }
        }
        None
    }

    /// `sc query`: names in the system's language, numbers and words of states always the same.
    pub(super) fn service_control(&self, out: &mut Collector<'_>) -> Option<Area> {
        const KINDS: [&str; 7] = [
            "WIN32",
            "KERNEL_DRIVER",
            "FILE_SYSTEM_DRIVER",
            "USER_",
            "RECOGNIZER",
            "INTERACTIVE",
            "ADAPTER",
        ];
        const STATES: [&str; 5] = ["RUNNING", "STOPPED", "START_PENDING", "STOP_PENDING", "PAUSED"];
        const STARTS: [&str; 5] =
            ["AUTO_START", "DEMAND_START", "DISABLED", "BOOT_START", "SYSTEM_START"];
        let (mut kind, mut state, mut start) = (None, None, None);
        for value in self.pairs.iter().map(|(_, value)| value.trim()) {
            let Some(word) = coded_word(value) else { continue };
            for (found, known) in
                [(&mut kind, &KINDS[..]), (&mut state, &STATES), (&mut start, &STARTS)]
            {
                if found.is_none() && known.iter().any(|known| word.starts_with(known)) {
                    *found = Some(value);
                }
            }
        }
        if state.is_none() && (kind.is_none() || start.is_none()) {
            return None;
        }
        let state = match (state, start) {
            (Some(said), _) if said.contains("RUNNING") => State::Running,
            (Some(_), _) => State::Stopped,
            (None, Some(said)) if said.contains("DISABLED") => State::Disabled,
            _ => State::Present,
        };
        let path =
            self.pairs.iter().map(|(_, value)| words::path(value)).find(|path| !path.is_empty());
        let display = self.get(&["displayname"]);
        let fact = Fact {
            name: self.value(0),
            path: path.unwrap_or_default(),
            owner: owner_said(if display.is_empty() { self.value(1) } else { display }),
            state,
            ..Fact::default()
        };
        let is_driver = kind.is_some_and(|kind| kind.contains("DRIVER"));
        let area = if is_driver { Area::Drivers } else { Area::Services };
        out.tell(area, self.line, &fact);
        Some(area)
    }

    fn process_by_looks(&self, values: &[&str], out: &mut Collector<'_>) {
        let name = values.first().copied().unwrap_or_default();
        out.tell(
            Area::Processes,
            self.line,
            &Fact { name, state: State::Running, ..Fact::default() },
        );
        let rest = values.get(2..).unwrap_or_default();
        if let [services] = rest {
            for service in services.split(',').map(str::trim) {
                out.tell(
                    Area::Services,
                    self.line,
                    &Fact { name: service, state: State::Running, ..Fact::default() },
                );
            }
        }
        // The verbose form names the account, "HOST\user".
        for account in
            rest.iter().filter(|value| value.matches('\\').count() == 1 && !value.contains(':'))
        {
            out.mask().learn_user(account);
        }
    }
}

/// The word behind a value's number: `RUNNING` in `4  RUNNING`.
fn coded_word(value: &str) -> Option<&str> {
    let n_digits = value.bytes().take_while(u8::is_ascii_hexdigit).count();
    let rest = value.get(n_digits..).filter(|_| n_digits > 0)?;
    let word = rest.trim_start();
    (word.len() < rest.len()).then_some(word)
}

/// What Security Center is asked for in a command line.
pub(super) fn role_in(command: &str) -> Role {
    if words::contains(command, "AntiSpywareProduct") {
        Role::Antispyware
    } else if words::contains(command, "FirewallProduct") {
        Role::Firewall
    } else {
        Role::Antivirus
    }
}

fn is_program_file(name: &str) -> bool {
    !name.contains('\\')
        && (words::ends(name, ".exe")
            || words::ends(name, ".com")
            || words::ends(name, ".srv")
            || words::starts(name, "System"))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.len() < 9 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether the last value is a link date: digits between points, slashes or hyphens.
fn has_date(values: &[&str]) -> bool {
    let Some(last) = values.last() else { return false };
    let n_signs = last.chars().filter(|char| matches!(char, '/' | '.' | '-' | ':')).count();
    last.chars().any(|char| char.is_ascii_digit()) && n_signs >= 2
}
