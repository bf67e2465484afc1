//! Farbar Recovery Scan Tool: FRST.txt, Addition.txt and Fixlog.txt of all years and languages.
//!
//! Section titles are in the user's language, so lines are told by their own form: `R2 name; path`,
//! `AV: name (state) {GUID}`, `Name (HKLM\...) (Version: …)`.

use super::frst_kind::{Kind, kind_of, may_be_center};
use super::frst_line as form;
use super::frst_month::Month;
use super::frst_part as part;
use super::wording::{current_in, state_in};
use crate::domain::evidence::trace::{Area, State};
use crate::evidence::collector::Collector;
use crate::evidence::fact::{Fact, Line, Role};
use crate::evidence::notes::CUT_SHORT;
use crate::evidence::words;

/// Lines at the head that name the user and the computer.
const HEAD_LINES: u64 = 12;

/// Bytes of a section's title that are kept: FRST's have under forty.
const TITLE_BYTES_MAX: usize = 100;

/// Lines of a section that are read to tell what it lists.
const LINES_READ: usize = 60;

/// Reads one of the three files.
#[derive(Default)]
pub(super) struct Frst {
    n_lines: u64,
    part: Part,
    /// What the current section lists.
    area: Option<Area>,
    /// Its title, as a place.
    place: String,
    month: Month,
    /// Whether it lists what is new within the month.
    is_month: bool,
    n_sections: usize,
    n_section_lines: usize,
    is_ended: bool,
    is_addition: bool,
    n_stars: usize,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Part {
    #[default]
    List,
    /// The event log tells of the past.
    Events,
    /// The list of what is to be fixed, repeated at the head of a Fixlog.
    Wishes,
    /// What was fixed.
    Fixes,
}

impl Frst {
    pub(super) fn line(&mut self, line: Line<'_>, out: &mut Collector<'_>) {
        self.n_lines += 1;
        let text = line.text.trim_end();
        if self.n_lines <= HEAD_LINES {
            self.head(text, out);
        }
        if text.starts_with("====") {
            self.section(text, out);
        } else if text.starts_with("****") && text.trim_matches('*').is_empty() {
            self.n_stars += 1;
            self.part = if self.n_stars == 1 { Part::Wishes } else { Part::Fixes };
        } else if self.part == Part::List {
            self.list_line(Line { text, ..line }, out);
        } else if self.part == Part::Fixes && line.is_hit {
            fix_line(Line { text, ..line }, out);
        }
    }

    fn head(&mut self, text: &str, out: &mut Collector<'_>) {
        if self.n_lines == 1 {
            // "Additional scan result of", in any language a longer line than the scan's own.
            const ADDITIONS: [&str; 10] = [
                "addition",
                "dodatkow",
                "uzupe",
                "zusätzlich",
                "suppl",
                "adicional",
                "extra ",
                "aggiuntiv",
                "дополнит",
                "额外",
            ];
            let said = text.to_lowercase();
            self.is_addition = ADDITIONS.iter().any(|word| said.contains(word));
            return;
        }
        // A log without its head has no such line.
        if self.n_lines == 2
            && let Some(at) = form::date_at(text)
        {
            let (before, date) = text.split_at_checked(at).unwrap_or((text, ""));
            self.month.made(date);
            out.device().taken(date.trim_end_matches(')').split(')').next().unwrap_or(date));
            form::people(before, out);
        } else if let Some((_, names)) =
            text.split_once(": ").filter(|_| text.contains('&') || words::contains(text, "Profil"))
        {
            for name in names.split(['&', '(', ')', ':']) {
                out.mask().learn_user(name);
            }
        }
    }

    fn section(&mut self, text: &str, out: &mut Collector<'_>) {
        let name = words::trim_signs(text, |byte| matches!(byte, b'=' | b' '));
        if name.is_empty() {
            return;
        }
        self.close(out);
        self.n_sections += 1;
        self.n_section_lines = 0;
        self.part = if self.n_stars >= 2 { Part::Fixes } else { Part::List };
        self.is_ended = form::is_end(name);
        self.area = form::section_area(name);
        // In parentheses the tool says how it was asked: "(Whitelisted)".
        let title = name.split(" (").next().unwrap_or(name);
        let title = words::cut(title, TITLE_BYTES_MAX);
        // Of the lists of a month they say which.
        let month = self.month.place(words::cut(name, TITLE_BYTES_MAX));
        self.is_month = month.is_some();
        self.place = month.unwrap_or_else(|| format!("frst {}", title.to_lowercase()));
        out.at(&self.place);
    }

    /// The section that ends here was shown whole, if its title was.
    fn close(&mut self, out: &mut Collector<'_>) {
        match self.area.take().filter(|_| self.n_sections > 0) {
            Some(Area::SecurityCenter) => {
                for role in [Role::Antivirus, Role::Antispyware, Role::Firewall] {
                    out.lists_center(role);
                }
            }
            Some(area) => out.lists(area),
            None => (),
        }
        if !self.place.is_empty() {
            out.lists_place(&self.place);
        }
    }

    fn list_line(&mut self, line: Line<'_>, out: &mut Collector<'_>) {
        // Within a known section only Security Center matters if nothing of Kaspersky's is named.
        // A section of no known title is told by its first lines, or isn't told.
        self.n_section_lines += 1;
        let is_known = self.area.is_some() || self.n_section_lines > LINES_READ;
        if !line.is_hit && is_known && !may_be_center(line.text) {
            return;
        }
        let kind = kind_of(line);
        let area = match kind {
            Kind::Event => {
                self.part = Part::Events;
                return;
            }
            Kind::Program => Some(Area::Programs),
            Kind::Service if self.area.is_none() => {
                form::service_area(form::service(line.text).path)
            }
            Kind::Center => Some(Area::SecurityCenter),
            Kind::Browser => Some(Area::Browsers),
            Kind::Process => Some(Area::Processes),
            Kind::Account => {
                let name = line.text.split(" (").next().unwrap_or_default();
                out.mask().learn_user(name);
                None
            }
            Kind::Service | Kind::File | Kind::Address | Kind::Other => None,
        };
        if self.area.is_none() {
            self.area = area;
        }
        let leaves = self.is_month && kind == Kind::File && !self.month.holds(line.text);
        if leaves {
            out.at("frst");
        }
        if line.is_hit || kind == Kind::Center {
            tell(kind, line, out);
        }
        if leaves {
            out.at(&self.place);
        }
    }

    pub(super) fn end(&mut self, out: &mut Collector<'_>) {
        let is_fixlog = self.n_stars > 0;
        if !self.is_ended && !is_fixlog {
            self.area = None;
            self.place.clear();
            out.note(CUT_SHORT);
        }
        self.close(out);
        out.format(match () {
            () if is_fixlog => "frst_fixlog",
            () if self.is_addition => "frst_addition",
            () => "frst",
        });
    }
}

fn tell(kind: Kind, line: Line<'_>, out: &mut Collector<'_>) {
    let text = line.text;
    match kind {
        Kind::Center => security_center(line, out),
        Kind::Service => {
            let fact = form::service(text);
            let area = form::service_area(fact.path).unwrap_or(Area::Services);
            out.tell(area, line, &fact);
        }
        Kind::Program => {
            out.tell(Area::Programs, line, &form::program(text));
        }
        Kind::Process => {
            out.tell(Area::Processes, line, &form::process(text));
        }
        Kind::Browser => {
            out.tell(Area::Browsers, line, &form::extension(text));
        }
        Kind::File => file(line, out),
        Kind::Other => other(line, out),
        Kind::Event | Kind::Account | Kind::Address => (),
    }
}

/// `AV: name (Enabled - Up to date) {GUID}`.
fn security_center(line: Line<'_>, out: &mut Collector<'_>) {
    let (role, rest) = match part::COLON.split_once(line.text) {
        Some(("AV", rest)) => (Role::Antivirus, rest),
        Some(("AS" | "SP", rest)) => (Role::Antispyware, rest),
        Some(("FW", rest)) => (Role::Firewall, rest),
        _ => return,
    };
    let guid = words::guid(rest).unwrap_or_default();
    let before = rest.split('{').next().unwrap_or(rest).trim_end();
    // An entry can lack its name: `AV:  (Disabled - Out of date) {GUID}`.
    let nameless = || before.strip_prefix('(').map(|phrase| ("", phrase));
    let (name, phrase) = nameless().or_else(|| before.rsplit_once(" (")).unwrap_or((before, ""));
    let fact = Fact {
        name,
        guid,
        state: state_in(phrase),
        current: current_in(phrase),
        role,
        ..Fact::default()
    };
    out.tell(Area::SecurityCenter, line, &fact);
}

/// Autostarts, shell extensions, tasks, firewall rules, network bindings.
fn other(line: Line<'_>, out: &mut Collector<'_>) {
    let text = line.text;
    if text.ends_with(')')
        && memchr::memchr(b'\\', text.as_bytes()).is_none()
        && let Some((name, component)) = part::ARROW.split_once(text)
    {
        let component = component.split(" (").next().unwrap_or(component);
        let name = part::COLON.split_once(name).map_or(name, |(_, name)| name);
        let state = state_in(text.rsplit(" (").next().unwrap_or_default());
        out.tell(
            Area::NetworkFilters,
            line,
            &Fact { name, path: component, state, ..Fact::default() },
        );
        return;
    }
    if text.starts_with("Shortcut") || text.starts_with('C') && text.get(1..3) == Some(":\\") {
        folders(line, None, out);
        return;
    }
    if let Some(name) = text.strip_prefix("Service: ") {
        // A device whose driver is no longer what it was.
        out.tell(Area::Services, line, &Fact { name, state: State::Present, ..Fact::default() });
        return;
    }
    if let Some((area, name)) = part::switched_off(text) {
        out.tell(area, line, &Fact { name, state: State::Disabled, ..Fact::default() });
        return;
    }
    let name = part::entry_name(text);
    let path = part::target(text);
    let state = part::state_of(text);
    let fact = Fact { name, path, owner: part::owner(text), state, ..Fact::default() };
    let is_start = text.contains('[') || part::COLON.is_in(text) || text.starts_with("HK");
    if !(is_start && out.tell(Area::Registry, line, &fact)) {
        folders(line, Some(state), out);
    }
}

/// `2017-09-01 10:00 - 2017-09-01 10:00 - 00000123 _____ (Company) C:\…`.
fn file(line: Line<'_>, out: &mut Collector<'_>) {
    let path = words::path(line.text);
    let at = words::find_as_written(line.text, path).unwrap_or(0);
    let (before, rest) = line.text.split_at_checked(at).unwrap_or_default();
    // The path comes last, whatever signs are in it: "kavremvr 2017-10-05 18-02-11 (pid 2776).log".
    let path =
        if path.is_empty() { path } else { rest.split(" <==").next().unwrap_or(rest).trim() };
    let owner = words::between(before, "(", ") ").unwrap_or_default();
    if path.is_empty() || rest.contains(" => ") || rest.contains(" -> ") {
        folders(line, None, out);
    } else {
        let fact = Fact { path, owner, state: State::Present, ..Fact::default() };
        out.tell(Area::Folders, line, &fact);
    }
}

/// Every folder and file that a line names, in this state or in the one that the line tells.
fn folders(line: Line<'_>, state: Option<State>, out: &mut Collector<'_>) {
    let mut state = state;
    for piece in part::ARROW.split(line.text).flat_map(|piece| part::DOUBLE_ARROW.split(piece)) {
        let path = words::path(piece);
        if !path.is_empty() {
            let state = *state.get_or_insert_with(|| part::state_of(line.text));
            out.tell(Area::Folders, line, &Fact { path, state, ..Fact::default() });
        }
    }
}

/// `what => moved successfully`, in any language.
fn fix_line(line: Line<'_>, out: &mut Collector<'_>) {
    let Some((what, result)) = line.text.rsplit_once(" => ") else { return };
    let result = result.to_lowercase();
    let absent = [
        "not found",
        "nie znalez",
        "nicht gefunden",
        "introuvable",
        "no encontrad",
        "не найден",
        "non trovat",
    ];
    let failed = [
        "could not",
        "unable",
        "scheduled",
        "cannot",
        "nie można",
        "nie udało",
        "konnte nicht",
        "impossible",
        "no se pudo",
        "не удалось",
        "error",
        "błąd",
        "fehler",
    ];
    if absent.iter().any(|word| result.contains(word)) {
        return;
    }
    let is_failed =
        failed.iter().any(|word| result.contains(word)) || words::starts(line.text, "Could not");
    let state = if is_failed { State::Present } else { State::Removed };
    let what = what.trim_matches('"');
    let path = words::path(what);
    if words::starts(what, "HK") {
        if let Some(at) = words::find(what, "\\Services\\") {
            let name = words::file_name(what.get(at..).unwrap_or_default());
            out.tell(Area::Services, line, &Fact { name, state, ..Fact::default() });
        } else {
            out.tell(Area::Registry, line, &Fact { name: what, state, ..Fact::default() });
        }
    } else if path.is_empty() {
        out.tell(Area::Services, line, &Fact { name: what, state, ..Fact::default() });
    } else {
        out.tell(Area::Folders, line, &Fact { path, state, ..Fact::default() });
    }
}
