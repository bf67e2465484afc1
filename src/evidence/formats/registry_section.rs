//! One registry key and its values, and what they list.

use super::alphabet::{AFTER_ALL, Alphabet, Extent, FIRST_MAKER, FIRST_PROGRAM, FIRST_SERVICE};
use super::record::owner_said;
use super::registry::Shown;
use super::registry_value::Value;
use crate::domain::evidence::trace::{Area, State};
use crate::evidence::collector::Collector;
use crate::evidence::coverage::{self, Part};
use crate::evidence::fact::{Fact, Line, Role};
use crate::evidence::words;

/// Service keys below which a list is not the whole list of a device.
const SERVICES_MIN: usize = 5;
/// Makers' keys below `Software`, below which a list is not the whole list.
const SOFTWARE_MIN: usize = 3;
/// The key of a list of programs.
const UNINSTALL: &str = "\\CurrentVersion\\Uninstall";
/// Programs that make a list of which the key above them was not shown.
const PROGRAMS_MIN: usize = 3;

/// What an export shows of the device.
#[derive(Default)]
pub(super) struct Seen {
    services: Alphabet,
    /// The list of programs, and that of 32-bit programs.
    programs: [Programs; 2],
    /// `reg query` said something else: how much it found, or an error.
    pub has_remark: bool,
    /// The key whose keys are listed, and their names.
    software: (String, Alphabet),
}

#[derive(Default)]
struct Programs {
    names: Alphabet,
    /// The key above them.
    key: String,
    /// How many of them are told with values.
    n_told: usize,
    /// The key above them was shown, so the list was asked for as a whole.
    has_root: bool,
}

impl Seen {
    /// One of the device's lists of programs: what is installed for one person alone is none.
    fn list_at(&mut self, root: &str) -> Option<&mut Programs> {
        let is_of_all = words::starts(root, "HKEY_LOCAL_MACHINE\\");
        let at = usize::from(words::contains(root, "\\Wow6432Node\\"));
        let list = self.programs.get_mut(at).filter(|_| is_of_all)?;
        root.clone_into(&mut list.key);
        Some(list)
    }

    fn add_root(&mut self, root: &str) {
        if let Some(list) = self.list_at(root) {
            list.has_root = true;
        }
    }

    fn add_program(&mut self, root: &str, key: &str, n_values: usize) {
        if let Some(list) = self.list_at(root) {
            list.names.pass(key.split('\\').next().unwrap_or(key));
            list.n_told += usize::from(n_values > 0);
        }
    }

    fn add_software(&mut self, parent: &str, name: &str, out: &mut Collector<'_>) {
        if self.software.0 != parent {
            self.end_software(out);
            parent.clone_into(&mut self.software.0);
        }
        self.software.1.pass(name);
    }

    fn end_software(&mut self, out: &mut Collector<'_>) {
        let (parent, names) = std::mem::take(&mut self.software);
        if names.len() >= SOFTWARE_MIN && names.extent(FIRST_MAKER) != Extent::Part {
            out.lists(Area::Registry);
            out.lists_place(&parent);
        }
    }

    /// Says what an export shows whole that was not cut short.
    pub(super) fn end(&mut self, out: &mut Collector<'_>) {
        self.end_software(out);
        let is_whole = |list: &Programs| {
            let (n_min, first) =
                if list.has_root { (1, AFTER_ALL) } else { (PROGRAMS_MIN, FIRST_PROGRAM) };
            // Keys alone don't name their programs, and a search shows what it found.
            let is_told = list.n_told > 0 && (list.has_root || !self.has_remark);
            is_told && list.names.len() >= n_min && list.names.extent(first) != Extent::Part
        };
        for (programs, part) in self.programs.iter().zip([Part::Programs, Part::Programs32]) {
            if is_whole(programs) {
                out.lists_part(part);
                out.lists_place(&programs.key);
            }
        }
        if self.services.len() >= SERVICES_MIN
            && self.services.extent(FIRST_SERVICE) != Extent::Part
        {
            out.lists(Area::Services);
            out.lists(Area::Drivers);
        }
    }
}

/// Whether a key is one of the configuration that Windows runs by: it keeps others aside.
fn is_current(key: &str) -> bool {
    words::contains(key, "\\CurrentControlSet\\")
}

/// One key with its values.
pub(super) struct Section<'a> {
    pub key: &'a str,
    pub no: u64,
    pub is_hit: bool,
    pub shown: Shown,
    /// How many values it has that could say something.
    pub n_values: usize,
    pub values: &'a [Named<'a>],
}

/// One value, and the line that it stands in.
pub(super) struct Named<'a> {
    pub name: &'a str,
    pub value: Value,
    pub no: u64,
    pub said: &'a str,
}

impl<'a> Section<'a> {
    fn get(&self, name: &str) -> &'a str {
        self.value(name).map_or("", |known| known.value.text())
    }

    fn value(&self, name: &str) -> Option<&'a Named<'a>> {
        self.values.iter().find(|known| known.name.eq_ignore_ascii_case(name))
    }

    /// The line of a value, or of the key where there is none.
    fn line(&self, name: &str) -> Line<'a> {
        match self.value(name) {
            Some(known) => Line { no: known.no, text: known.said, is_hit: true },
            None => Line { no: self.no, text: self.key, is_hit: true },
        }
    }

    /// The key's part behind `\name\`.
    fn below(&self, name: &str) -> Option<&'a str> {
        let at = words::find(self.key, name)?;
        self.key.get(at + name.len()..)
    }

    pub(super) fn tell(&self, seen: &mut Seen, out: &mut Collector<'_>) {
        let (parent, last) = self.key.rsplit_once('\\').unwrap_or(("", self.key));
        if words::ends(parent, "\\Software") || words::ends(parent, "\\Wow6432Node") {
            seen.add_software(parent, last, out);
        }
        if self.shown == Shown::Whole && words::ends(self.key, "\\CurrentVersion\\Run") {
            out.lists_place(self.key);
        }
        if words::ends(self.key, UNINSTALL) {
            seen.add_root(self.key);
        } else if let Some((root, name)) = words::split_behind(self.key, UNINSTALL) {
            seen.add_program(root, name, self.n_values);
            out.at(root);
            self.program(name, out);
        } else if let Some(name) = self.below("\\Services\\")
            && words::contains(self.key, "ControlSet")
        {
            if is_current(self.key) {
                seen.services.pass(name.split('\\').next().unwrap_or(name));
            }
            self.service(name, out);
        } else if let Some(class) = self.below("\\Control\\Class\\") {
            self.device_class(class, out);
            self.filters(out);
        } else if words::contains(self.key, "\\Enum\\") && self.value("UpperFilters").is_some() {
            self.filters(out);
        } else if let Some(number) = self.below("\\Security Center\\Provider\\") {
            self.security_center(number, out);
        } else if words::contains(self.key, "\\SystemCertificates\\") {
            self.certificate(out);
        } else if self.is_hit {
            self.other(out);
        }
    }

    fn program(&self, name: &str, out: &mut Collector<'_>) {
        let location = self.get("InstallLocation");
        let path =
            if location.is_empty() { words::path(self.get("UninstallString")) } else { location };
        let guid = words::guid(name)
            .or_else(|| words::guid(self.get("UninstallString")))
            .unwrap_or_default();
        let fact = Fact {
            name: self.get("DisplayName"),
            path,
            owner: self.get("Publisher"),
            version: self.get("DisplayVersion"),
            guid,
            ..Fact::default()
        };
        out.tell(Area::Programs, self.line("DisplayName"), &fact);
    }

    fn service(&self, name: &str, out: &mut Collector<'_>) {
        // Parameters and instances of a service are keys below it.
        let own = name.split('\\').next().unwrap_or(name);
        if own.len() != name.len() && self.value("ImagePath").is_none() {
            return;
        }
        let image = self.get("ImagePath");
        let path = if words::path(image).is_empty() { image } else { words::path(image) };
        let is_driver = matches!(self.get("Type"), "1" | "2") || words::ends(path, ".sys");
        let state = if self.get("Start") == "4" { State::Disabled } else { State::Present };
        let fact = Fact {
            name: own,
            path,
            owner: owner_said(self.get("DisplayName")),
            state,
            ..Fact::default()
        };
        let area = if is_driver { Area::Drivers } else { Area::Services };
        out.tell(area, Line { no: self.no, text: self.key, is_hit: true }, &fact);
    }

    /// A class whose filters were shown. Mouse and keyboard have at least Windows' own.
    fn device_class(&self, class: &str, out: &mut Collector<'_>) {
        let is_class = words::guid(class).is_some_and(|guid| guid.len() == class.len());
        let has_own = !coverage::is_input(class) || self.value("UpperFilters").is_some();
        if is_class && has_own && self.shown == Shown::Whole && is_current(self.key) {
            out.lists_place(class);
        }
    }

    fn filters(&self, out: &mut Collector<'_>) {
        for name in ["UpperFilters", "LowerFilters"] {
            let Some(Named { value, no, .. }) = self.value(name) else { continue };
            let said = format!("{name}: {}  [{}]", value.text().replace('\n', " "), self.key);
            for word in value.text().lines() {
                let fact =
                    Fact { name: word, path: self.key, state: State::Present, ..Fact::default() };
                out.tell(Area::ClassFilters, Line { no: *no, text: &said, is_hit: true }, &fact);
            }
        }
    }

    fn security_center(&self, number: &str, out: &mut Collector<'_>) {
        let role = match number {
            number if words::starts(number, "Av\\") => Role::Antivirus,
            number if words::starts(number, "As\\") => Role::Antispyware,
            number if words::starts(number, "Fw\\") => Role::Firewall,
            _ => return,
        };
        if self.shown == Shown::Whole {
            out.lists_center(role);
        }
        let (state, current) = super::product_state(self.get("STATE"));
        let fact = Fact {
            name: self.get("DISPLAYNAME"),
            path: self.get("PRODUCTEXE"),
            guid: words::guid(number).unwrap_or_default(),
            state,
            current,
            role,
            ..Fact::default()
        };
        out.tell(Area::SecurityCenter, self.line("DISPLAYNAME"), &fact);
    }

    fn certificate(&self, out: &mut Collector<'_>) {
        let Some(Named { value: Value::Bytes(bytes), no, .. }) = self.value("Blob") else { return };
        let text: String =
            bytes
                .iter()
                .map(|byte| {
                    if byte.is_ascii_graphic() || *byte == b' ' { char::from(*byte) } else { '\n' }
                })
                .collect();
        if let Some(name) = text.lines().find(|line| words::contains(line, "Kaspersky")) {
            let at = words::find(name, "Kaspersky").unwrap_or_default();
            let name = name.get(at..).unwrap_or(name);
            let fact = Fact { name, path: self.key, state: State::Present, ..Fact::default() };
            out.tell(Area::Certificates, Line { no: *no, text: self.key, is_hit: true }, &fact);
        }
    }

    /// Keys of any other kind that name Kaspersky: its own key, autostarts, extensions, classes.
    fn other(&self, out: &mut Collector<'_>) {
        let key_line = Line { no: self.no, text: self.key, is_hit: true };
        out.at(self.key);
        let publisher = self.get("Publisher");
        let owner = if publisher.is_empty() { self.get("ProductName") } else { publisher };
        let owner = if owner.is_empty() { self.get("DisplayName") } else { owner };
        let is_browser = words::contains(self.key, "\\Extensions")
            || words::contains(self.key, "NativeMessagingHosts")
            || words::contains(self.key, "\\Browser Helper Objects\\");
        if out.tell(Area::Registry, key_line, &Fact { name: self.key, owner, ..Fact::default() })
            && !is_browser
        {
            return;
        }
        if is_browser {
            out.at("");
        }
        // Chrome names an extension by its key, Firefox by a value.
        let last = words::file_name(self.key);
        if is_browser
            && out.tell(
                Area::Browsers,
                key_line,
                &Fact { name: last, guid: last, ..Fact::default() },
            )
        {
            return;
        }
        for Named { name, value, no, said } in self.values {
            let line = Line { no: *no, text: said, is_hit: true };
            let path = words::path(value.text());
            if is_browser {
                let name = if name.contains(['@', '{']) { name } else { last };
                out.tell(Area::Browsers, line, &Fact { name, path, guid: name, ..Fact::default() });
            } else if words::contains(self.key, "\\Run") {
                out.tell(Area::Registry, line, &Fact { name, path, ..Fact::default() });
            } else if !path.is_empty() {
                out.tell(Area::Registry, line, &Fact { name: self.key, path, ..Fact::default() });
            }
        }
    }
}
