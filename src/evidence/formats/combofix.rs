//! ComboFix, DDS and RSIT: Security Center lines with stars, sections in brackets or between rules, drivers
//! with semicolons.

use super::wording::{current_in, state_in};
use crate::domain::evidence::trace::{Area, State};
use crate::evidence::collector::Collector;
use crate::evidence::fact::{Fact, Line, Role};
use crate::evidence::words;

/// Lines at the head that name the user and the date.
const HEAD_LINES: u64 = 4;
/// Where the log's entries stand.
const PLACE: &str = "combofix";
/// In the last line, before a checksum, in every language.
const END: &str = "- End Of File -";
/// In the last line of DDS, which lists in the same form.
const DDS_END: &str = "= FINISH: ";
/// In a key below which an extension of Internet Explorer stands.
const HELPERS: &str = "\\Browser Helper Objects\\{";
/// Bytes of a key that are kept, to tell what stands below it.
const KEY_BYTES_MAX: usize = 300;

/// Reads one log.
#[derive(Default)]
pub(super) struct ComboFix {
    n_lines: u64,
    part: Part,
    key: String,
    n_sections: usize,
    n_services: usize,
    has_center: bool,
    is_ended: bool,
    tool: Tool,
}

/// Who wrote the log.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Tool {
    /// ComboFix on a Windows of 32 bits, or DDS.
    #[default]
    ComboFix,
    /// ComboFix, a program of 32 bits, on a Windows of 64.
    ComboFix64,
    /// RSIT, which says nowhere what it leaves out.
    Random,
}

#[derive(Default, PartialEq, Eq)]
enum Part {
    #[default]
    Head,
    /// What the tool deleted.
    Deleted,
    Listed,
    Processes,
    Programs,
}

impl ComboFix {
    /// For RSIT, whose lines have the same form.
    pub(super) fn random() -> Self {
        Self { tool: Tool::Random, ..Self::default() }
    }

    pub(super) fn line(&mut self, line: Line<'_>, out: &mut Collector<'_>) {
        self.n_lines += 1;
        let text = line.text.trim();
        let line = Line { text, ..line };
        if self.n_lines == 1 {
            out.at(PLACE);
        }
        if self.n_lines <= HEAD_LINES {
            head(text, out);
            if text.starts_with("ComboFix ") && text.ends_with("- x64") {
                self.tool = Tool::ComboFix64;
            }
        }
        // DDS marks what is of 64 bits.
        let text = text.strip_prefix("x64-").unwrap_or(text);
        match text.as_bytes() {
            [b'A' | b'F' | b'S', b'V' | b'W' | b'P', b':', b' ', ..] => {
                self.has_center = true;
                security_center(line, out);
            }
            [b'-', ..] if words::contains(text, END) => self.is_ended = true,
            [b'=', ..] if text.contains(DDS_END) => self.is_ended = true,
            [b'(', b'(', b'(', ..] => {
                self.n_sections += 1;
                // The first section is what was deleted, then come files by date and the registry.
                self.part = if self.n_sections == 1 { Part::Deleted } else { Part::Listed };
            }
            [b'-', b'-', b'-', b'-', b'-', b'-', b'-', b'\\', ..] => removed(line, out),
            [b'-', b'-', b'-', b'-', b'-', b'-', ..] if text.contains(' ') => {
                self.part = Part::Processes;
            }
            // DDS, which writes the rest alike.
            [b'=', b'=', b'=', b'=', b'=', b'=', ..] if text.contains(' ') => {
                self.n_sections += 1;
                self.part = match text {
                    _ if words::contains(text, "Running Processes") => Part::Processes,
                    _ if words::contains(text, "Uninstall list") => Part::Programs,
                    _ => Part::Listed,
                };
            }
            [b'[', b'H', b'K', ..] => {
                self.key.clear();
                self.key.push_str(words::cut(text, KEY_BYTES_MAX));
                self.part = Part::Listed;
                if line.is_hit {
                    let name = text.trim_matches(['[', ']']);
                    out.tell(Area::Registry, line, &Fact { name, ..Fact::default() });
                }
            }
            [b'R' | b'S' | b'U', b'0'..=b'9', b' ', ..] if text.contains(';') => {
                self.n_services += 1;
                if line.is_hit {
                    service(line, self.tool, out);
                }
            }
            [b'*', ..] if line.is_hit => in_memory(line, out),
            _ if line.is_hit => self.other(Line { text, ..line }, out),
            _ => (),
        }
    }

    fn other(&mut self, line: Line<'_>, out: &mut Collector<'_>) {
        let text = line.text;
        let path = words::path(text);
        if self.tool == Tool::Random && self.random_only(line, out) {
            return;
        }
        if let Some(fact) = value(text, path) {
            out.tell(Area::Registry, line, &fact);
        } else if words::starts(text, "FF -")
            || words::starts(text, "BHO")
            || words::starts(text, "TB:")
            || words::starts(text, "IE:")
        {
            let name = extension_name(text);
            out.tell(
                Area::Browsers,
                line,
                &Fact { name, path, owner: name, state: State::Present, ..Fact::default() },
            );
        } else if self.part == Part::Processes && words::ends(text, ".dll") {
            // Below a process stand the libraries it has loaded.
        } else if self.part == Part::Processes && text.get(1..3) == Some(":\\") {
            out.tell(
                Area::Processes,
                line,
                &Fact { path, state: State::Running, ..Fact::default() },
            );
        } else if !path.is_empty() {
            let state = if self.part == Part::Deleted && text.get(1..3) == Some(":\\") {
                State::Removed
            } else {
                State::Present
            };
            out.tell(Area::Folders, line, &Fact { path, state, ..Fact::default() });
        }
    }

    /// What RSIT alone lists: programs, and extensions below their keys. Says whether the line was one.
    fn random_only(&self, line: Line<'_>, out: &mut Collector<'_>) -> bool {
        let text = line.text;
        let path = words::path(text);
        if self.part == Part::Programs {
            // `Name-->command that removes it`.
            let (name, command) = text.split_once("-->").unwrap_or((text, ""));
            let guid = words::guid(command).unwrap_or_default();
            out.tell(Area::Programs, line, &Fact { name, guid, ..Fact::default() });
            return true;
        }
        if path.is_empty() || !words::contains(&self.key, HELPERS) {
            return false;
        }
        let name = text.split(" - ").next().unwrap_or(text);
        let guid = words::guid(&self.key).unwrap_or_default();
        let fact = Fact { name, path, guid, state: State::Present, ..Fact::default() };
        out.tell(Area::Browsers, line, &fact);
        true
    }

    pub(super) fn end(&mut self, out: &mut Collector<'_>) {
        let is_random = self.tool == Tool::Random;
        out.format(if is_random { "rsit" } else { "combofix" });
        if is_random {
            return;
        }
        if !self.is_ended {
            out.is_cut_short();
            return;
        }
        if self.n_services > 0 && self.n_sections > 1 {
            out.lists(Area::Services);
            out.lists(Area::Drivers);
        }
        if self.has_center {
            for role in [Role::Antivirus, Role::Antispyware, Role::Firewall] {
                out.lists_center(role);
            }
        }
        out.lists_place(PLACE);
    }
}

/// A value or key of the registry: `"AVP"="path"`, `mRun: [AVP] path`, `AppInit_DLLs= path`, `[HKEY_…`, and
/// `HKLM-Run-AVP - path` among what was removed because its file is gone.
fn value<'t>(text: &'t str, path: &'t str) -> Option<Fact<'t>> {
    let present = |name| Some(Fact { name, path, state: State::Present, ..Fact::default() });
    match () {
        () if text.starts_with('"') && text.contains("\"=") => {
            let name = words::between(text, "\"", "\"").unwrap_or_default();
            // The firewall's list names files instead of values.
            present(if name.contains(":\\") { words::file_name(name) } else { name })
        }
        () if is_orphan(text) && !path.is_empty() => {
            let (_, rest) = text.split_once("-Run-")?;
            let name = rest.split(" - ").next().unwrap_or(rest);
            Some(Fact { name, path, state: State::Removed, ..Fact::default() })
        }
        () if words::starts(text, "AppInit_DLLs") => present("AppInit_DLLs"),
        () if text.contains("Run: [") || words::contains(text, "Notify: ") => {
            let (_, rest) = text.split_once(": ").unwrap_or_default();
            let name = words::between(rest, "[", "]")
                .unwrap_or_else(|| rest.split(" - ").next().unwrap_or(rest));
            present(name)
        }
        () if words::starts(text, "[HK") || words::starts(text, "HK") => {
            Some(Fact { name: text.trim_matches(['[', ']']), ..Fact::default() })
        }
        () => None,
    }
}

/// `HKLM-Run-AVP - path`, `Wow6432Node-HKCU-Run-AVP - path`.
fn is_orphan(text: &str) -> bool {
    text.split_once("-Run-").is_some_and(|(head, _)| head.len() < 24 && head.contains("HK"))
}

/// `FF - Ext: Name: id - path`, `FF - ExtSQL: date; id; path`, `FF - plugin: path`, `IE: Name - path`.
fn extension_name(text: &str) -> &str {
    let after = text.split_once(": ").map_or(text, |(_, after)| after);
    if words::starts(text, "FF - ExtSQL") {
        return after.split("; ").nth(1).unwrap_or(after);
    }
    if after.get(1..3) == Some(":\\") {
        return words::file_name(words::path(after));
    }
    let name = after.split([':', '\t']).next().unwrap_or(after);
    name.split(" - ").next().unwrap_or(name)
}

/// `ComboFix 12-02-17.02 - user 02/18/2012  21:41:27.1.4 - x64`.
fn head(text: &str, out: &mut Collector<'_>) {
    let Some(rest) = text.strip_prefix("ComboFix ") else { return };
    let Some((_, rest)) = rest.split_once(" - ") else { return };
    let is_date = |word: &&str| word.chars().filter(char::is_ascii_digit).count() >= 6;
    let mut words_after = rest.split_whitespace();
    if let Some(date) = words_after.clone().find(is_date) {
        let at = rest.find(date).unwrap_or(0);
        out.mask().learn_user(rest.get(..at).unwrap_or_default());
        let time = words_after.find(|word| word.contains(':')).unwrap_or_default();
        out.device().taken(&format!("{date} {}", time.split('.').next().unwrap_or(time)));
    }
}

/// `AV: name *Enabled/Updated* {GUID}`.
fn security_center(line: Line<'_>, out: &mut Collector<'_>) {
    let Some((head, rest)) = line.text.split_once(": ") else { return };
    let role = match head {
        "AV" => Role::Antivirus,
        "FW" => Role::Firewall,
        _ => Role::Antispyware,
    };
    // RSIT: `AV: name (disabled)`.
    let (name, phrase) =
        rest.split_once(" *").or_else(|| rest.split_once(" (")).unwrap_or((rest, ""));
    let phrase = phrase.split('*').next().unwrap_or(phrase);
    let guid = words::guid(rest).unwrap_or_default();
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

/// `R2 AVP;Kaspersky Anti-Virus;c:\…\avp.exe [date size]`.
///
/// Of a Windows of 64 bits ComboFix writes R for what is stopped and S for what has been started, and
/// `[x]` for every file that it cannot look at, whether it is there or not.
fn service(line: Line<'_>, tool: Tool, out: &mut Collector<'_>) {
    let is_64 = tool == Tool::ComboFix64;
    let rest = line.text.get(3..).unwrap_or_default();
    let mut parts = rest.splitn(3, ';');
    let name = parts.next().unwrap_or_default();
    let display = parts.next().unwrap_or_default();
    let path = words::path(parts.next().unwrap_or_default());
    let is_gone = words::contains(rest, "[x]") && !is_64 || words::contains(rest, "[?]");
    let state = match line.text.as_bytes() {
        _ if is_gone => State::FileMissing,
        [b'S', b'4', ..] => State::Disabled,
        [b'R', ..] if is_64 => State::Stopped,
        [b'S', ..] if is_64 => State::Running,
        [b'R', ..] => State::Running,
        [b'S', ..] => State::Stopped,
        _ => State::Present,
    };
    let owner = super::record::owner_said(display);
    let area = if words::ends(path, ".sys") { Area::Drivers } else { Area::Services };
    out.tell(area, line, &Fact { name, path, owner, state, ..Fact::default() });
}

/// `*Deregistered* - KLIF`: a driver in memory.
fn in_memory(line: Line<'_>, out: &mut Collector<'_>) {
    let Some((_, name)) = line.text.split_once("* - ") else { return };
    out.tell(Area::Services, line, &Fact { name, state: State::Running, ..Fact::default() });
}

/// `-------\Legacy_KLIF`, `-------\Service_klif`: what the tool removed.
fn removed(line: Line<'_>, out: &mut Collector<'_>) {
    let name = line.text.trim_start_matches(['-', '\\']);
    let name = name.split_once('_').map_or(name, |(_, name)| name);
    out.tell(Area::Services, line, &Fact { name, state: State::Removed, ..Fact::default() });
}
