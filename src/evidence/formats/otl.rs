//! OTL and OTL Extras: lines with a code (`PRC`, `SRV`, `DRV`, `O4`), files with dates, an uninstall list.

use super::frst_part::is_missing;
use super::hijackthis;
use crate::domain::evidence::trace::{Area, State};
use crate::evidence::collector::Collector;
use crate::evidence::fact::{Fact, Line};
use crate::evidence::words;

/// Lines at the head that name the user and the computer.
const HEAD_LINES: u64 = 30;
/// Where the log's entries stand.
const PLACE: &str = "otl";
/// Its last line, in every language.
const END: &str = "< End of report >";

/// Reads one log.
#[derive(Default)]
pub(super) struct Otl {
    n_lines: u64,
    in_uninstall: bool,
    n_programs: usize,
    n_processes: usize,
    n_services: usize,
    n_drivers: usize,
    n_entries: usize,
    is_headed: bool,
    is_ended: bool,
}

impl Otl {
    pub(super) fn line(&mut self, line: Line<'_>, out: &mut Collector<'_>) {
        self.n_lines += 1;
        let text = line.text.trim();
        let line = Line { text, ..line };
        if self.n_lines == 1 {
            out.at(PLACE);
            self.is_headed = words::starts(text, "OTL ");
        }
        if self.n_lines <= HEAD_LINES {
            head(text, out);
        }
        self.is_ended |= text == END;
        match text.as_bytes() {
            [b'P', b'R', b'C', ..] => {
                self.n_processes += usize::from(file(Area::Processes, line, out));
            }
            [b'S', b'R', b'V', ..] => {
                self.n_services += usize::from(file(Area::Services, line, out));
            }
            [b'D', b'R', b'V', ..] => self.n_drivers += usize::from(file(Area::Drivers, line, out)),
            // A library that is loaded shows where it lies.
            [b'M', b'O', b'D', b' ' | b':', ..] if line.is_hit => {
                folder(line, out);
            }
            [b'F', b'F', ..] | [b'C', b'H', b'R', ..] | [b'I', b'E', b' ', ..] if line.is_hit => {
                extension(line, out);
            }
            [b'[', b'H', b'K', ..] => self.in_uninstall = words::contains(text, "\\Uninstall]"),
            [b'"', ..] if self.in_uninstall => self.program(line, out),
            // The firewall's list: `"path" = path:*:Enabled:name`.
            [b'"', _, b':', b'\\', ..] if line.is_hit => {
                let path = words::path(text);
                let fact = Fact {
                    name: words::file_name(path),
                    path,
                    state: State::Present,
                    ..Fact::default()
                };
                out.tell(Area::Registry, line, &fact);
            }
            [b'[', b'0'..=b'9', ..] if line.is_hit => {
                let path = text.rsplit_once("-- ").map_or("", |(_, path)| words::path(path));
                let owner = text.split_once("] (").map_or("", |(_, rest)| rest);
                let owner = owner.split(") --").next().unwrap_or_default();
                out.tell(
                    Area::Folders,
                    line,
                    &Fact { path, owner, state: State::Present, ..Fact::default() },
                );
            }
            // `SafeBootMin:64bit: klmdb.sys - Driver`.
            [b'S', b'a', b'f', b'e', ..] if line.is_hit => {
                let name = text.split_once(": ").map_or(text, |(_, rest)| rest);
                let name = name.split(" - ").next().unwrap_or(name);
                let name = format!("\\SafeBoot\\{name}");
                let fact = Fact { name: &name, state: State::Present, ..Fact::default() };
                out.tell(Area::Registry, line, &fact);
            }
            _ => {
                if let Some(code) = hijackthis::code_in(text) {
                    self.n_entries += 1;
                    if line.is_hit {
                        hijackthis::entry(code, line, out);
                    }
                } else if line.is_hit && text.get(1..3) == Some(":\\") {
                    folder(line, out);
                }
            }
        }
    }

    /// `"{GUID}" = Name`.
    fn program(&mut self, line: Line<'_>, out: &mut Collector<'_>) {
        self.n_programs += 1;
        let Some((key, name)) = line.text.split_once("\" = ") else { return };
        if line.is_hit {
            let fact = Fact { name, guid: words::guid(key).unwrap_or_default(), ..Fact::default() };
            out.tell(Area::Programs, line, &fact);
        }
    }

    pub(super) fn end(&mut self, out: &mut Collector<'_>) {
        out.format("otl");
        if !self.is_ended || !self.is_headed {
            out.is_cut_short();
            return;
        }
        let table = [
            (self.n_processes, Area::Processes),
            (self.n_services, Area::Services),
            (self.n_drivers, Area::Drivers),
            (self.n_programs, Area::Programs),
            (self.n_entries, Area::Registry),
            (self.n_entries, Area::Browsers),
        ];
        for (n, area) in table {
            if n > 0 {
                out.lists(area);
            }
        }
        if self.n_entries > 0 {
            out.lists_place(PLACE);
        }
    }
}

fn head(text: &str, out: &mut Collector<'_>) {
    if let Some((_, date)) = text.split_once("logfile created on: ") {
        out.device().taken(date.split(" - ").next().unwrap_or(date));
    }
    if words::starts(text, "Computer Name:") {
        for piece in text.split(" | ") {
            match piece.split_once(": ") {
                Some((key, host)) if words::contains(key, "Computer") => {
                    out.host(host);
                }
                Some((key, user)) if words::contains(key, "User") => out.mask().learn_user(user),
                _ => (),
            }
        }
    }
}

/// `SRV - [date | size] (Company) [Auto | Running] -- path -- (name)`, and shorter forms of older
/// versions. Says whether the line is of this form.
fn file(area: Area, line: Line<'_>, out: &mut Collector<'_>) -> bool {
    let text = line.text;
    let Some((_, body)) = text.split_once("- ") else { return false };
    if !line.is_hit {
        return true;
    }
    let mut pieces = body.split(" -- ");
    let head = pieces.next().unwrap_or_default();
    let rest: Vec<&str> = pieces.collect();
    let path = rest
        .iter()
        .map(|piece| words::path(piece))
        .find(|path| !path.is_empty())
        .unwrap_or_else(|| words::path(body));
    // Where the file is not found, nothing stands between: ` --  -- (name)`.
    let last = rest.last().map_or("", |last| last.trim_start_matches(['-', ' ']));
    let name = if last.starts_with('(') { last } else { "" };
    let name =
        if name.is_empty() && area != Area::Processes { short_form_name(body) } else { name };
    let owner = if head.starts_with('(') {
        // First versions: the name comes first, the company last.
        body.rsplit_once(" (").map_or("", |(_, owner)| owner.trim_end_matches(')'))
    } else {
        words::between(head, "(", ") ")
            .or_else(|| words::between(head, "(", ")"))
            .unwrap_or_default()
    };
    let state = match () {
        () if words::contains(head, "file not found") || is_missing(body) => State::FileMissing,
        () if area == Area::Processes || words::contains(head, "| running") => State::Running,
        () if words::contains(head, "disabled |") => State::Disabled,
        () if words::contains(head, "| stopped") => State::Stopped,
        () => State::Present,
    };
    let fact =
        Fact { name: name.trim_matches(['(', ')', ' ']), path, owner, state, ..Fact::default() };
    out.tell(area, line, &fact);
    true
}

/// `SRV - (AVP) -- path` and `SRV - (AVP) Display -- path (Company)` of the first versions.
fn short_form_name(body: &str) -> &str {
    if body.starts_with('(') { words::between(body, "(", ")").unwrap_or_default() } else { "" }
}

/// A line that shows where a file lies, and no more.
fn folder(line: Line<'_>, out: &mut Collector<'_>) {
    let fact = Fact { path: words::path(line.text), state: State::Present, ..Fact::default() };
    out.tell(Area::Folders, line, &fact);
}

fn extension(line: Line<'_>, out: &mut Collector<'_>) {
    let after = line.text.split_once("- ").map_or(line.text, |(_, after)| after);
    let path = words::path(after);
    let name = after.split("\\\\").nth(1).unwrap_or(after);
    let name = name.split_once(": ").map_or(name, |(name, value)| {
        if words::contains(name, "kaspersky") { name } else { value }
    });
    let name = name.split(" = ").next().unwrap_or(name).trim_matches('"');
    // `enabledItems: id@maker:version`.
    let name = if name.contains('@') { name.split(':').next().unwrap_or(name) } else { name };
    let fact = Fact {
        name: name.split(": ").next().unwrap_or(name),
        path,
        state: State::Present,
        ..Fact::default()
    };
    out.tell(Area::Browsers, line, &fact);
}
