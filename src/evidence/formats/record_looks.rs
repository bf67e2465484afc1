//! Records whose keys are in the system's language: told by what their values look like.

use super::record::{Record, owner_said};
use crate::domain::evidence::trace::{Area, State};
use crate::evidence::collector::Collector;
use crate::evidence::fact::{Fact, Role};
use crate::evidence::words;

impl Record<'_> {
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
            let said = values.iter().map(|value| value.to_ascii_uppercase());
            let state = if said.clone().any(|value| value == "RUNNING") {
                State::Running
            } else {
                State::Present
            };
            let path = file.unwrap_or_default();
            let fact =
                Fact { name: first, path, owner: owner_said(second), state, ..Fact::default() };
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
